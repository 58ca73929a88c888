"""The seam of ingestion: what a reader of a format gets, and what it gives.

A reader is a `Format`: it recognises a document by its content and yields what it holds. `formats.py` lists them in the
order in which they are asked. Facts of any format point into the stored text: FHIR by element path, all others by
`range_path`, the characters themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from chartcite.engine.domain.records import Document, Frozen, PartialDate, PatientId
from chartcite.engine.facts.elements import Unreadable
from chartcite.engine.ports import PreparedPassage, PreparedResource, WrittenResource
from chartcite.ingestion.passages import cut
from pydantic import Field

HEAD_BYTES = 65536
"""How much of a document a format may look at to recognise it."""

_MAX_EMBEDDED_TITLE_CHARACTERS = 120


class Given(Frozen):
    """What the caller says of documents that do not say it themselves: plain notes, PDF, spreadsheets of notes."""

    patient_id: PatientId | None = None
    occurred: PartialDate | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    """Role (`patient`, `date`, `text`, `id`, `kind`, `author`) to the name of a column."""
    corpus: str = ""
    """Name of the guideline or literature corpus that the documents belong to; empty: they are charts."""


NOTHING_GIVEN = Given()


@dataclass(frozen=True, slots=True)
class Folder:
    """Documents that came together (a folder or an archive): the context in which references of a file are resolved."""

    documents: Mapping[str, Callable[[], BinaryIO]]
    """Name within the folder to a way to open it."""
    learnt: dict[str, object] = field(default_factory=dict)
    """Where a format keeps what it has read of the folder, by its own name."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One document of a source. It is one transaction."""

    uri: str
    """Where it came from: a path, `export.zip!notes/a.txt` for a member of an archive, an address."""
    name: str
    """Last part of the uri: a hint only, the content decides."""
    head: bytes
    """The first `HEAD_BYTES`."""
    size: int
    """In bytes."""
    open: Callable[[], BinaryIO]
    given: Given = NOTHING_GIVEN
    folder: Folder | None = None

    def content(self) -> bytes:
        """Return all of it. Formats of big files read from `open` piece by piece instead."""
        with self.open() as stream:
            return stream.read()


class Note(NamedTuple):
    """Something of a resource that could not be used, though the resource itself is kept."""

    resource: str
    where: str
    """Element path."""
    reason: str
    raw: str = ""
    """What was refused, for quarantine; empty: nothing was lost, the words still stand in the resource."""


class ReadResource(NamedTuple):
    """A resource ready to be stored, with what could not be used of it."""

    prepared: PreparedResource
    where: str
    notes: tuple[Note, ...] = ()


class WrittenRead(NamedTuple):
    """The same, already written as rows of a store."""

    prepared: WrittenResource
    where: str
    notes: tuple[Note, ...] = ()


class Deleted(NamedTuple):
    """A resource that the source says is gone."""

    resource: str
    """`Type/id`."""
    where: str


Read = Iterator[ReadResource | WrittenRead | Deleted | Unreadable]


class Format(NamedTuple):
    """A reader of one format."""

    name: str
    """As a person calls it: `FHIR R4 JSON`, `C-CDA R2.1`, `PDF`."""
    recognises: Callable[[SourceFile], bool]
    """Looks at head and name; cheap, and never raises."""
    read: Callable[[SourceFile], Read]
    """Yields what the document holds. `SourceRejectedError`: it cannot be read at all."""


def passages_of(documents: Iterable[tuple[int, Document]]) -> tuple[PreparedPassage, ...]:
    """Cut narrative documents (given with their positions) into passages."""
    return tuple(
        PreparedPassage(
            document=position,
            start=passage.start,
            end=passage.end,
            section=passage.section,
            sentences=passage.sentences,
            embed_text=embed_text(document.title, passage.section, document.text[passage.start : passage.end]),
        )
        for position, document in documents
        for passage in cut(document.text)
    )


def embed_text(title: str, section: str, words: str) -> str:
    """Return what is embedded of a passage: title and section in front of the words."""
    head = " - ".join(part for part in (title[:_MAX_EMBEDDED_TITLE_CHARACTERS], section) if part)
    return f"{head}\n{words}" if head else words
