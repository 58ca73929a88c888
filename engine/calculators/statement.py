"""The sentence that tells a result, made from its inputs alone: verification makes it again and compares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from chartcite.engine.calculators.declaration import Calculator, Day, Input, Number
from chartcite.engine.calculators.evaluation import Result, evaluate
from chartcite.engine.calculators.reading import RefusedError, readable, split

ASKED = "asked"
_TOKEN = re.compile(r"(\w+)=(.*?)(?: @(\d{4}(?:-\d\d){0,2}))?")
_SILENT = "?"


class Taken(NamedTuple):
    """An input of a calculation, and what it rests on."""

    name: str
    written: str
    """As the formula's reader takes it: `124 umol/L`, `yes`, `female`. Of the age: the years on `day`."""
    day: str = ""
    """When it was measured or began, as written; of the age: the day on which it was so (the day of birth: 0)."""
    words: str = ""
    """The chart's own words for a yes or no."""
    given: bool = False
    """Whether the caller gave it."""


class Told(NamedTuple):
    """The inputs of one calculation, with the day on which it is made."""

    asked: date
    taken: tuple[Taken, ...]
    silent: tuple[str, ...] = ()
    """Names of inputs that were searched for in vain."""


def tokens(told: Told) -> tuple[str, ...]:
    """Write inputs as `Computation.inputs` holds them."""
    asked = f"{ASKED}={told.asked.isoformat()}"
    kept = [
        f"{one.name}={one.written}{f': {one.words}' if one.words else ''}{f' @{one.day}' if one.day else ''}"
        for one in told.taken
    ]
    return (asked, *kept, *(f"{name}={_SILENT}" for name in told.silent))


def from_tokens(written: Sequence[str]) -> Told:
    """Read inputs as `tokens` wrote them.

    Raises:
        ValueError: they are not.
    """
    taken: list[Taken] = []
    silent: list[str] = []
    asked: date | None = None
    for token in written:
        match = _TOKEN.fullmatch(token)
        if match is None:
            raise ValueError("not an input of a calculation")
        name, said, day = match[1], match[2], match[3] or ""
        if name == ASKED:
            asked = date.fromisoformat(said)
        elif said == _SILENT:
            silent.append(name)
        else:
            value, _, words = said.partition(": ")
            taken.append(Taken(name, value, day, words))
    if asked is None:
        raise ValueError("a calculation without its day")
    return Told(asked, tuple(taken), tuple(silent))


def years_on(one: Taken, asked: date) -> int:
    """Return the age in years on a day, from the age on an earlier day.

    Raises:
        RefusedError: the age is no number.
    """
    found = split(one.written)
    if found is None:
        raise RefusedError("age: give a number of years")
    then = date.fromisoformat(one.day) if len(one.day) == len("2026-03-01") else asked
    return int(found[0]) + asked.year - then.year - ((asked.month, asked.day) < (then.month, then.day))


def result_of(calculator: Calculator, told: Told) -> Result:
    """Calculate from inputs as they were taken.

    Raises:
        MissingInputsError: inputs are missing.
        RefusedError: one cannot be read, or lies outside the range.
    """
    written = {one.name: one.written for one in told.taken}
    for one in told.taken:
        if one.name == "age" and one.day:
            written["age"] = str(years_on(one, told.asked))
    return evaluate(calculator, written, silent=told.silent)


def statement(result: Result, told: Told) -> str:
    """Say a result with everything that it rests on."""
    calculator = result.calculator
    said = [f"{calculator.title}: {result.shown}"]
    if result.parts:
        said.append(f" ({', '.join(f'{label} {points:+f}' for label, points in result.parts)})")
    inputs = "; ".join(_input(calculator, one, told.asked) for one in told.taken)
    said.append(f". From {inputs}." if inputs else ".")
    for names, words in (
        ([name for name in result.silent if name in told.silent], "Not found in the chart and counted as no"),
        ([name for name in result.silent if name not in told.silent], "Not given and counted as none"),
    ):
        if names:
            said.append(f" {words}: {', '.join(_label(calculator, name) for name in names)}.")
    if result.band is not None:
        said.append(f" {result.band.text[0].upper()}{result.band.text[1:]}.")
    return "".join(said)


def _label(calculator: Calculator, name: str) -> str:
    declared = calculator.input(name)
    return declared.label if declared is not None else name


def _input(calculator: Calculator, one: Taken, asked: date) -> str:
    """Say one input: label, value, day, and how old it is."""
    declared = calculator.input(one.name)
    label = _label(calculator, one.name)
    if one.name == "age":
        return f"age {years_on(one, asked)} years{' (given)' if one.given else ''}"
    shown = shown_input(declared, one.written)
    notes = [one.words] if one.words else []
    if one.given:
        notes.append("given")
    elif isinstance(declared, Number) and readable(declared.unit) and not (split(one.written) or ("", " "))[1]:
        notes.append("no unit written")
    if one.day and not isinstance(declared, Day):
        notes.append(one.day)
        old = days_old(one, asked)
        if isinstance(declared, Number) and old is not None and old > declared.fresh_days:
            notes.append(f"{old} days old: stale")
    beside = f" ({', '.join(notes)})" if notes else ""
    return f"{label} {shown}{beside}"


def shown_input(declared: Input | None, written: str) -> str:
    """Return an input as a reader expects it: a number with its unit, which is the declared one where none is written."""
    found = split(written) if isinstance(declared, Number) else None
    if found is None or not isinstance(declared, Number):
        return written
    return f"{found[0]:f} {readable(found[1] or declared.unit)}".rstrip()


def days_old(one: Taken, asked: date) -> int | None:
    """Return how many days before the question an input was measured; `None` where its day is not known to the day."""
    if len(one.day) != len("2026-03-01"):
        return None
    return (asked - date.fromisoformat(one.day)).days
