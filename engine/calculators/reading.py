"""Inputs as people and charts write them, turned into what a formula takes. Nothing is guessed: what does not fit is an error."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from chartcite.engine.calculators.declaration import Calculator, Choice, Day, Input, Number, Values, YesNo
from chartcite.engine.errors import InvalidQuestionError
from chartcite.engine.language.analytes import convert_analyte
from chartcite.engine.language.units import normalised

_NUMBER = re.compile(r"\s*([-+]?\d+(?:\.\d+)?|[-+]?\.\d+)\s*(.*?)\s*")
_LONGEST = 60
_YES = frozenset({"yes", "y", "true", "1", "present", "positive"})
_NO = frozenset({"no", "n", "false", "0", "absent", "negative", "none"})
_PURE = frozenset({"1", "{INR}", "{score}", "{ratio}", "[pH]"})
_PURE_WORDS = frozenset({"", "1", "inr", "{inr}", "score", "{score}", "points", "ratio", "{ratio}", "[ph]", "ph", "{ph}"})
_YEARS = frozenset({"a", "year", "years", "yr", "yrs", "y", "yo", "y.o.", "years old"})


class RefusedError(InvalidQuestionError):
    """An input that the calculator does not take: a word it does not know, another unit, or a value outside its range."""


def read_number(declared: Number, value: Decimal, unit: str) -> Decimal:
    """Return a number in the declared unit, inside the declared range.

    Raises:
        RefusedError: the unit is unknown or of another quantity, or the value lies outside the range.
    """
    converted = in_declared_unit(declared, value, unit)
    if converted is None:
        raise RefusedError(f"{declared.name}: its unit cannot be converted; give it in {readable(declared.unit)}")
    if not declared.low <= converted <= declared.high:
        raise RefusedError(
            f"{declared.name}: outside {declared.low} to {declared.high} {readable(declared.unit)}, "
            "for which this calculator may be used; check number and unit"
        )
    return converted


def in_declared_unit(declared: Number, value: Decimal, unit: str) -> Decimal | None:
    """Return a number in the declared unit; without a unit it is in the declared one. `None`: it cannot be converted."""
    if not unit or unit == declared.unit or _same(unit, declared.unit):
        return value
    return convert_analyte(value, unit, declared.unit, (*declared.substance, *declared.concepts))


def _same(unit: str, declared: str) -> bool:
    if declared in _PURE:
        return unit.strip().lower() in _PURE_WORDS
    if declared == "a":
        return unit.strip().lower() in _YEARS
    known = normalised(unit)
    return known is not None and known == normalised(declared)


def readable(unit: str) -> str:
    """Return a unit as a reader expects it."""
    shown = {
        "mm[Hg]": "mmHg",
        "Cel": "°C",
        "10*3/uL": "10³/µL",
        "a": "years",
        "1": "",
        "{INR}": "",
        "[pH]": "",
        "u[IU]/mL": "µIU/mL",
        "d": "days",
        "mg/d": "mg/day",
        "mL/d": "mL/day",
        "ug/h": "µg/h",
        "ug/kg/min": "µg/kg/min",
    }
    return shown.get(unit, unit)


def split(written: str) -> tuple[Decimal, str] | None:
    """Return number and unit of an input as written; `None` where it is no number."""
    match = _NUMBER.fullmatch(written) if len(written) <= _LONGEST else None
    return (Decimal(match[1]), match[2]) if match else None


def read_day(declared: Day, written: str) -> Decimal:
    """Return a day as its ordinal.

    Raises:
        RefusedError: not a day as ISO 8601 writes it.
    """
    try:
        return Decimal(date.fromisoformat(written.strip()).toordinal())
    except ValueError:
        raise RefusedError(f"{declared.name}: give a day such as 2026-03-01") from None


def read_yes(declared: YesNo, written: str) -> bool:
    """Return a yes or no.

    Raises:
        RefusedError: neither.
    """
    said = written.strip().lower()
    if said not in _YES | _NO:
        raise RefusedError(f"{declared.name}: say yes or no")
    return said in _YES


def read_choice(declared: Choice, written: str) -> str:
    """Return one of the options; case does not count, and one that is the only to begin so is meant.

    Raises:
        RefusedError: none of them.
    """
    said = " ".join(written.lower().split())
    begun = [option for option in declared.options if option.lower().startswith(said)] if said else []
    exact = [option for option in declared.options if option.lower() == said]
    if exact or len(begun) == 1:
        return (exact or begun)[0]
    raise RefusedError(f"{declared.name}: choose one of {', '.join(declared.options)}")


def values_of(calculator: Calculator, written: dict[str, str]) -> Values:
    """Return what the formula takes, out of inputs as written.

    Raises:
        RefusedError: an input that the calculator does not take.
    """
    check_names(calculator, written)
    numbers: dict[str, Decimal] = {}
    words: dict[str, str] = {}
    holds: dict[str, bool] = {}
    for name, text in written.items():
        declared = calculator.input(name)
        if isinstance(declared, Number):
            found = split(text)
            if found is None:
                raise RefusedError(
                    f"{name}: give a number, with its unit where it is not {readable(declared.unit) or 'a pure number'}"
                )
            numbers[name] = read_number(declared, *found)
        elif isinstance(declared, Day):
            numbers[name] = read_day(declared, text)
        elif isinstance(declared, Choice):
            words[name] = read_choice(declared, text)
        elif declared is not None:
            holds[name] = read_yes(declared, text)
    return Values(numbers, words, holds)


def check_names(calculator: Calculator, names: Iterable[str]) -> None:
    """Check that a calculator has inputs of these names.

    Raises:
        RefusedError: it has none of a name; all that it has are told.
    """
    known = [one.name for one in calculator.inputs]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise RefusedError(f"input: {calculator.name} has none of that name; {hint}it takes {', '.join(known)}")


def accepted(declared: Input) -> str:
    """Say what an input takes, in words."""
    if isinstance(declared, Number):
        return f"{declared.low} to {declared.high} {readable(declared.unit)}".rstrip()
    if isinstance(declared, Choice):
        return ", ".join(declared.options)
    return "a day such as 2026-03-01" if isinstance(declared, Day) else "yes or no"
