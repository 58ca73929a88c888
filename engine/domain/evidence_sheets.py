"""What a language model reads: numbered sentences that it may cite."""

from __future__ import annotations

from chartcite.engine.domain.evidence import Citation
from chartcite.engine.domain.records import Frozen
from pydantic import Field


class EvidenceSentence(Frozen):
    """A sentence that can be cited."""

    id: str = Field(pattern=r"^[RG]\d{2,3}\.s\d{1,3}$")
    """`R12.s4`: sentence 4 of item 12 of the record; `G..`: of a guideline."""
    text: str = Field(min_length=1)
    """As the model reads it: what is cited, without characters that hide or command."""
    citations: tuple[Citation, ...] = Field(min_length=1)
    """What is shown for it: cut from the stored source."""


class EvidenceItem(Frozen):
    """Sentences of one passage, or one statement that code made from the record."""

    id: str = Field(pattern=r"^[RG]\d{2,3}$")
    heading: str
    """Title of the document, its day, the section, who wrote it: as the model reads it."""
    context: str = ""
    """What of the heading the checks may read beside a sentence: day, section and writer. A title supports no claim."""
    day: str = ""
    sentences: tuple[EvidenceSentence, ...] = Field(min_length=1)


class EvidenceSheet(Frozen):
    """All that a model may cite for one question, in the order in which it is told."""

    items: tuple[EvidenceItem, ...] = ()
    left_out: int = Field(default=0, ge=0)
    """Items that were found and did not fit into the budget of tokens, or that command whoever reads them."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all sentences."""
        return tuple(sentence.id for item in self.items for sentence in item.sentences)

    def find(self, sentence_id: str) -> tuple[EvidenceItem, EvidenceSentence] | None:
        """Return a sentence by its id, with the item it stands in; `None`: there is none."""
        for item in self.items:
            for sentence in item.sentences:
                if sentence.id == sentence_id:
                    return item, sentence
        return None
