"""Measured values of a chart: which mean a target, which belong to one series, and which can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus, CodedConcept, Coding, Component, Fact, Quantity
from chartcite.engine.facts.body_sides import side_told
from chartcite.engine.facts.fact_claims import Chart
from chartcite.engine.facts.statements import SYSTOLIC, value_of
from chartcite.engine.language.terminology import forms, plain_display
from chartcite.engine.language.units import convert, measure_of, normalised, same_dimension
from chartcite.engine.questions.plans import Target

LOW_IS_BAD = frozenset({
    "egfr", "egfr-cystatin-c", "hemoglobin", "oxygen-saturation", "platelet-count", "albumin", "cd4-count", "moca", "mmse",
    "fev1", "fev1-percent-predicted", "fev1-fvc-ratio", "dxa-t-score", "ejection-fraction",
})  # fmt: skip
"""Measurements whose worst value is the lowest."""
MOST_LEFT_OUT = 6
"""Values in other units that are told beside the compared ones."""


class Point(NamedTuple):
    """A measured value of one fact or of one of its components."""

    fact: Fact
    component: Component | None

    @property
    def quantity(self) -> Quantity | None:
        """The number with its unit, if it is one."""
        value = value_of(self.fact, self.component)
        return value.quantity if value else None

    @property
    def day(self) -> str:
        """Calendar day as written."""
        return self.fact.occurred.day if self.fact.occurred else "undated"


def points_of(target: Target, facts: Sequence[Fact], chart: Chart) -> list[Point]:
    """Return the values that mean the target, oldest first; a component where only a component means it."""
    keys = set(target.concept_keys)
    found: list[Point] = []
    for fact in facts:
        if fact.assertion is AssertionStatus.ABSENT and fact.value is None:
            continue
        if _means(fact.concept.codings, fact.concept.text, target, chart, keys) or not fact.components:
            found.append(Point(fact, None))
            continue
        found += [
            Point(fact, part)
            for part in fact.components
            if part.value is not None and _means(part.concept.codings, part.concept.text, target, chart, keys)
        ]
    return [point for point in found if point.component or point.fact.value or point.fact.components]


def _means(codings: Sequence[object], text: str, target: Target, chart: Chart, keys: set[int]) -> bool:
    concept = CodedConcept(text=text, codings=tuple(coding for coding in codings if isinstance(coding, Coding)))
    if target.ids:
        return any(id_ in target.ids for id_ in chart.lexicon.link(concept))
    return set(forms(target.words)) <= set(forms(text)) | {word for coding in concept.codings for word in forms(coding.display)}


def series_of(points: Sequence[Point], chart: Chart) -> dict[str, list[Point]]:
    """Group values by what was measured, and of which side: by lexicon concept where the words lead to one, else by the words."""
    groups: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        concept = point.component.concept if point.component else point.fact.concept
        exact = sorted(id_ for id_, strength in chart.lexicon.link(concept).items() if strength == 2)
        groups[(exact[0] if exact else plain_display(concept.text).lower()) + of_side(point.fact)].append(point)
    return groups


def of_side(fact: Fact) -> str:
    """Return what a series of one side is called by beside its measurement: `|left`; empty where no side is told."""
    side = side_told(fact)
    return f"{BESIDE}{side}" if side else ""


BESIDE = "|"


def by_side(points: Sequence[Point]) -> list[list[Point]]:
    """Part values into those of each side of the body, in the order in which they first come."""
    sides: dict[str, list[Point]] = {}
    for point in points:
        sides.setdefault(of_side(point.fact), []).append(point)
    return list(sides.values())


def is_unavailable(fact: Fact) -> bool:
    """Say whether a fact only tells that its value is not available."""
    values = [fact.value] if fact.value is not None else [part.value for part in fact.components]
    return bool(values) and all(value is not None and (value.text or "").lower().startswith("not available") for value in values)


def numeric(points: Sequence[Point]) -> list[Point]:
    """Return the points with a number in the unit of the newest one: others cannot be compared without a conversion."""
    found = [as_number(point) for point in points]
    numbers = [point for point in found if point is not None]
    if not numbers:
        return []
    unit = _unit(numbers[-1])
    return [point for point in numbers if _is_same_size(_unit(point), unit)]


@cache
def _is_same_size(unit: str, other: str) -> bool:
    """Say whether a number means the same in both units: ng/mL and ug/L, K/uL and 10*9/L."""
    return unit == other or (same_dimension(unit, other) and convert(Decimal(1), unit, other) == 1)


def as_number(point: Point) -> Point | None:
    """A blood pressure stands for its systolic part when pressures are compared."""
    if point.quantity is not None:
        return point
    parts = [part for part in point.fact.components if part.value and part.value.quantity]
    systolic = [part for part in parts if any(coding.code == SYSTOLIC for coding in part.concept.codings)]
    return Point(point.fact, (systolic or parts)[0]) if parts else None


def _unit(point: Point) -> str:
    """Return the unit, however it is spelled, the same for units of one size (ng/L, pg/mL); an unknown one as written."""
    if point.quantity is None:
        return ""
    written = point.quantity.unit or point.quantity.ucum
    code = normalised(written, ucum=point.quantity.ucum)
    measured = measure_of(code) if code else None
    return repr(measured) if measured is not None else code or written.lower().replace(" ", "")


def number_of(point: Point) -> Decimal:
    """Return the number of a value; 0 where it has none."""
    return point.quantity.value if point.quantity else Decimal(0)


def worst_is_low(point: Point, chart: Chart) -> bool:
    """Say whether the lowest value of this measurement is the worst."""
    concept = point.component.concept if point.component else point.fact.concept
    return bool(LOW_IS_BAD & chart.lexicon.link(concept).keys())


def in_other_units(points: Sequence[Point], numbers: Sequence[Point]) -> list[Point]:
    """Return the values that were left out because their unit is another one."""
    known = {id(point.fact) for point in numbers}
    found = [as_number(point) for point in points if id(point.fact) not in known]
    return [point for point in found if point is not None][-MOST_LEFT_OUT:]
