"""A fact while it is being read, of whatever format: its words, dates and details with the places where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from chartcite.engine.domain.records import (
    AssertionStatus,
    Category,
    Component,
    Detail,
    Fact,
    PartialDate,
    PatientId,
    Value,
)
from chartcite.engine.language.denied_names import read_denial
from chartcite.ingestion.sources.fhir_elements import Named, Phrase


class Moment(NamedTuple):
    """A date of a source and where it stands."""

    date: PartialDate | None = None
    path: str = ""


NOWHEN = Moment()
_SAYS_BY_NAME = frozenset({Category.CONDITION, Category.OBSERVATION})
"""What may be entered under a name that denies it."""


@dataclass(slots=True)
class Draft:
    """A fact that grows: each rule of a reader fills in what the source says."""

    category: Category
    named: Named
    suffix: str = ""
    assertion: AssertionStatus = AssertionStatus.PRESENT
    status: Phrase | None = None
    value: Value | None = None
    components: tuple[Component, ...] = ()
    interpretation: str = ""
    reference_range: str = ""
    range_low: Decimal | None = None
    range_high: Decimal | None = None
    occurred: Moment = NOWHEN
    ended: Moment = NOWHEN
    recorded: Moment = NOWHEN
    author: str = ""
    encounter: str = ""
    details: list[Detail] = field(default_factory=list)

    def tell(self, name: str, words: Phrase | None) -> None:
        """Add a detail, where there are words for it."""
        if words is not None and words.text:
            self.details.append(Detail(name=name, text=words.text, path=words.path))

    def _asserted(self) -> AssertionStatus:
        """Return what the source says by code, else by the name itself: "Myocardial infarction ruled out" is a denial."""
        if self.assertion is not AssertionStatus.PRESENT or self.value is not None or self.category not in _SAYS_BY_NAME:
            return self.assertion
        denial = read_denial(self.named.concept.text)
        return denial.status if denial is not None else self.assertion

    def fact(self, resource: str, patient_id: PatientId) -> Fact:
        """Return the finished fact."""
        return Fact(
            id=f"{resource}#{self.suffix}" if self.suffix else resource,
            patient_id=patient_id,
            category=self.category,
            resource=resource,
            concept=self.named.concept,
            concept_path=self.named.path,
            assertion=self._asserted(),
            status=self.status.text if self.status else "",
            status_path=self.status.path if self.status else "",
            value=self.value,
            components=self.components,
            interpretation=self.interpretation,
            reference_range=self.reference_range,
            range_low=self.range_low,
            range_high=self.range_high,
            occurred=self.occurred.date,
            occurred_path=self.occurred.path,
            ended=self.ended.date,
            ended_path=self.ended.path,
            recorded=self.recorded.date,
            author=self.author,
            encounter=self.encounter,
            details=tuple(dict.fromkeys(self.details) if len(self.details) > 1 else self.details),
        )


def numbered(drafts: list[Draft]) -> list[Draft]:
    """Make the suffixes of facts of one resource unique: the second `x` becomes `x-2`."""
    counts: dict[str, int] = {}
    taken = {draft.suffix for draft in drafts}
    for draft in drafts:
        base = draft.suffix
        counts[base] = counts.get(base, 0) + 1
        if counts[base] > 1:
            while (name := f"{base}-{counts[base]}") in taken:
                counts[base] += 1
            draft.suffix = name
            taken.add(name)
    return drafts
