"""What was found for a question, and how a sentence points into its source."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Self

from chartcite.engine.domain.records import AssertionStatus, Fact, Frozen, PartialDate, PatientId, Repeats
from pydantic import AwareDatetime, Field, model_validator


class Scope(Frozen):
    """Whose chart, and as it stood when. Travels whole into every search, so that nobody can filter half of it."""

    patient_id: PatientId = Field(min_length=1)
    as_of: date | AwareDatetime | None = None
    """Last calendar day (or last instant) whose records count; `None`: everything."""

    def admits(self, known: PartialDate | None) -> bool:
        """Say whether a record written then belongs to this moment; undated records always do."""
        if self.as_of is None or known is None:
            return True
        if isinstance(self.as_of, datetime):
            return known.start <= self.as_of
        return known.first_day <= self.as_of


class Sentence(Frozen):
    """A sentence by its character range in the document."""

    start: int = Field(ge=0)
    end: int
    repeats: Repeats | None = None


SUPERSEDED = " (superseded)"
"""Ends the title of a document that the record says a later one replaced."""


class Passage(Frozen):
    """A run of sentences of one section of one document, by exact character range."""

    id: int
    document_key: int
    """Row of the document in the store."""
    patient_id: PatientId | None
    resource: str
    path: str
    title: str
    section: str = ""
    """Heading it stands under, as written; empty: none."""
    start: int = Field(ge=0)
    end: int
    text: str
    sentences: tuple[Sentence, ...] = ()
    """What may be quoted."""
    commands: tuple[Sentence, ...] = ()
    """Its sentences that read like an instruction to a computer: marked, never followed, and no answer to anything."""
    occurred: PartialDate | None = None
    recorded: PartialDate | None = None
    author: str = ""
    kind: str = ""
    """Kind of its document; of a guideline `current` or `superseded`."""

    @model_validator(mode="after")
    def _span_is_text(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError("the text of a passage is exactly its span")
        return self

    @property
    def superseded(self) -> bool:
        """Whether the record says that a later document replaced this one."""
        return self.title.endswith(SUPERSEDED)

    def sentence_text(self, sentence: Sentence) -> str:
        """Return the words of one of its sentences."""
        return self.text[sentence.start - self.start : sentence.end - self.start]


class Evidence(Frozen):
    """A passage chosen for a question. `relevance` orders; it is never shown as confidence."""

    passage: Passage
    relevance: float = Field(ge=0, le=1)
    similarity: float = Field(default=0.0, ge=-1, le=1)
    """Cosine of question and passage; 0 where only words found it."""


class Source(Frozen):
    """Where a citation points, in the words of the answer contract."""

    resource: str
    path: str
    title: str
    occurred_at: str | None = None
    recorded_at: str | None = None
    author: str | None = None


class Element(Frozen):
    """A further exact slice of the same document that completes a quote: the unit, the date, the name of the test."""

    path: str
    quote: str
    start: int = Field(ge=0)
    end: int


class Mark(StrEnum):
    """What a reader is warned of in a quoted text. The text itself stays as it is."""

    HIDDEN_CHARACTERS = "hidden_characters"
    """It holds characters that hide or reorder others; places that display it name them."""
    INSTRUCTION_LIKE = "instruction_like"
    """It reads like an instruction to a computer. Nothing follows it."""
    NEAR_INSTRUCTION = "near_instruction"
    """Text beside it, in the same passage, reads like one."""


class Citation(Frozen):
    """An exact slice of a stored document. Built only by cutting: see `RecordStore.cite`."""

    id: str
    source: Source
    quote: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int
    elements: tuple[Element, ...] = ()
    marks: tuple[Mark, ...] = ()
    repeats: Repeats | None = None

    @model_validator(mode="after")
    def _span_is_quote(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError("the quote of a citation is exactly its span")
        return self


class Rectangle(Frozen):
    """A line on a page, in points of 1/72 inch from its lower left corner."""

    page: int = Field(ge=1)
    left: float
    bottom: float
    right: float
    top: float


class Excerpt(Frozen):
    """A citation opened: the document with the quote's range in it."""

    citation: Citation
    patient_id: PatientId | None
    text: str
    """The whole stored text."""
    page: int | None = None
    """Number of the page on which the quote begins, where the source has pages."""
    rectangles: tuple[Rectangle, ...] = ()
    """Lines of the quote on the pages of the source."""


class NotedMention(Frozen):
    """A sentence of the narrative that names what was asked, with its assertion."""

    passage: Passage
    sentence: Sentence
    assertion: AssertionStatus


class FactEvidence(Frozen):
    """A fact chosen for a question."""

    fact: Fact
    matched: str = ""
    """The concept of the question that it matched."""
