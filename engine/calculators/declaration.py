"""What a calculator is: a frozen declaration of names, inputs, formula, source and worked examples. Pure: no chart, no I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

REVIEW_STATE = "not yet reviewed by a clinician"
"""Every calculator's state: nobody but its author has compared it with its source."""


class Number(NamedTuple):
    """A measured number, with the unit of the formula and the range in which the formula may be used (both ends included)."""

    name: str
    label: str
    unit: str
    """UCUM code of the formula; other units of the same quantity are converted."""
    low: Decimal
    high: Decimal
    concepts: tuple[str, ...] = ()
    """Measurements of the lexicon that give it, the first found counts; empty: only a caller can give it."""
    substance: tuple[str, ...] = ()
    """By what `analytes.py` knows the substance, where `concepts` do not say it."""
    optional: Literal["", "raises", "left out"] = ""
    """The formula stands without it: `raises`, a value could only add to the result; `left out`, it is no part of it then."""
    fresh_days: int = 365
    """A chart's value older than this is flagged as stale."""
    one_unit: bool = False
    """Everywhere written in this unit (or one of the same size), so that a chart's number without a unit is in it."""


class Threshold(NamedTuple):
    """A measurement that decides a yes or no."""

    concept: str
    unit: str
    above: Decimal | None = None
    below: Decimal | None = None


class YesNo(NamedTuple):
    """A statement that holds or not."""

    name: str
    label: str
    conditions: tuple[str, ...] = ()
    """Conditions of the lexicon of which any makes it hold; classes count for their members."""
    excluding: tuple[str, ...] = ()
    """Members of those classes that do not count."""
    lasting: bool = False
    """An entry that has ended counts no more; else a history counts too."""
    while_active: tuple[str, ...] = ()
    """Members of the conditions of which an entry that has ended counts no more, though a history of the others does."""
    medications: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    """Conditions of a relative."""
    threshold: Threshold | None = None
    within_days: int | None = None
    """The finding must have begun within these days; `None`: ever."""

    bedside: bool = False
    """A finding or judgement of who sees the patient: the chart's silence about it counts for nothing, it must be given."""


class Choice(NamedTuple):
    """One of several words."""

    name: str
    label: str
    options: tuple[str, ...]


class Day(NamedTuple):
    """A day of the calendar, as its ordinal in formulas (1 = 0001-01-01)."""

    name: str
    label: str
    concepts: tuple[str, ...] = ()


Input = Number | YesNo | Choice | Day


class Values(NamedTuple):
    """The inputs of one calculation, by name: numbers in the formula's units, days as ordinals."""

    numbers: Mapping[str, Decimal] = {}
    words: Mapping[str, str] = {}
    holds: Mapping[str, bool] = {}

    def number(self, name: str) -> Decimal:
        """Return a number that must be there."""
        return self.numbers[name]

    def maybe(self, name: str) -> Decimal | None:
        """Return a number that the formula can do without."""
        return self.numbers.get(name)

    def word(self, name: str) -> str:
        """Return a choice."""
        return self.words[name]

    def yes(self, name: str) -> bool:
        """Say whether a statement holds."""
        return self.holds[name]

    @property
    def female(self) -> bool:
        """Whether the input `sex` is female."""
        return self.words["sex"] == "female"


class Worked(NamedTuple):
    """Result of a formula, unrounded, with what counted towards a score."""

    value: Decimal
    parts: tuple[tuple[str, Decimal], ...] = ()


class Band(NamedTuple):
    """What the source says of results from `low` (included) up to the next band."""

    low: Decimal | None
    """`None`: from the lowest."""
    text: str


class Source(NamedTuple):
    """Where the formula was published."""

    authors: str
    title: str
    journal: str
    """Journal, year, volume and pages as one reference."""
    identifier: str = ""
    """`doi:...`; empty where it has none that is known for sure."""

    @property
    def shown(self) -> str:
        """The reference in one line."""
        return f"{self.authors}. {self.title}. {self.journal}{f'. {self.identifier}' if self.identifier else ''}"


class Vector(NamedTuple):
    """Inputs as a caller writes them, and the result as shown."""

    given: Mapping[str, str]
    shown: str
    origin: Literal["published", "worked"] = "worked"
    """`published`: the source (or its guideline) prints this example; `worked`: done by hand from the formula."""


class Calculator(NamedTuple):
    """One calculator."""

    name: str
    title: str
    topic: str
    aliases: tuple[str, ...]
    """How people ask for it, beside its name and title."""
    inputs: tuple[Input, ...]
    formula: Callable[[Values], Worked]
    unit: str
    """Of the result, as shown; empty for a score."""
    decimals: int
    source: Source
    vectors: tuple[Vector, ...]
    bands: tuple[Band, ...] = ()
    """Only as the source states them, lowest first."""
    notes: tuple[str, ...] = ()
    """What a reader must know to use the result."""
    records: tuple[str, ...] = ()
    """Measurements of the lexicon under which a chart holds this very result."""
    kind: Literal["number", "score", "day", "weeks"] = "number"
    review: str = REVIEW_STATE

    def input(self, name: str) -> Input | None:
        """Return the input of that name."""
        return next((one for one in self.inputs if one.name == name), None)


def number(value: str | int) -> Decimal:
    """Return a number of a declaration: never by way of a binary fraction."""
    return Decimal(value)


def plain(value: Decimal) -> Worked:
    """Return the result of an equation."""
    return Worked(value)


def score(*parts: tuple[str, int | Decimal | bool]) -> Worked:
    """Add up points. Parts that give none are left out of what is shown."""
    counted = tuple((label, Decimal(points)) for label, points in parts if points)
    return Worked(sum((points for _, points in counted), Decimal(0)), counted)


def steps(value: Decimal, *limits: str) -> int:
    """Return how many of the rising limits a value reaches (a value on a limit reaches it)."""
    return sum(value >= Decimal(limit) for limit in limits)


def bands(*rows: tuple[str | None, str]) -> tuple[Band, ...]:
    """Return bands from their lower ends, as they are written in a declaration."""
    return tuple(Band(None if low is None else Decimal(low), text) for low, text in rows)
