"""What medicines are known to do to a result or a complaint: rows of a reviewed table (`corpora/safety/effects.tsv`).

A row belongs to no patient and says that something can happen, never that it did.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from chartcite.engine.domain.medication_rules import ADVICE, REVIEW_STATE, RuleSource, RuleText, spoken


class Direction(StrEnum):
    """What a medicine does to a result, or that it brings a complaint."""

    RAISES = "raises"
    LOWERS = "lowers"
    CAUSES = "causes"


class MedicineEffect(NamedTuple):
    """One row: medicines, and what they can do."""

    id: str
    drugs: frozenset[str]
    """Lexicon ids of ingredients or classes."""
    direction: Direction
    things: tuple[str, ...]
    """Lexicon ids of results and complaints, the one by which it is named first."""
    mechanism: str
    sources: tuple[RuleSource, ...]

    @property
    def said(self) -> str:
        """In words: `can raise potassium`."""
        return f"can {_VERBS[self.direction]} {spoken(self.things[0])}"

    def told(self, of: str) -> RuleText:
        """Write the row as a document; `of`: name and version of its set."""
        drugs = " or ".join(sorted(map(spoken, self.drugs)))
        title = f"Known effect: {drugs} {self.said}"
        quoted = (
            f"Known effect: {self.said}. Mechanism: {self.mechanism}. Applies to: {drugs}.\n"
            f"Source: {'; '.join(source.shown for source in self.sources)}.\n"
            f"Effect {self.id} of {of}, {REVIEW_STATE}. That it can happen does not say that it did. {ADVICE}"
        )
        start = len(title) + 1
        return RuleText(title, f"{title}\n{quoted}", start, start + len(quoted), self.sources[0].organisation)


_VERBS = {Direction.RAISES: "raise", Direction.LOWERS: "lower", Direction.CAUSES: "cause"}
