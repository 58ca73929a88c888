"""Whether an answer tells a value of the medcalc list: numbers with their units as they stand in its words, and the sex.

A number counts with the unit beside it: equal to the list's value, or equal after exact conversion. A number without a unit
counts as it stands. Where the note itself gives the value in a unit that the list does not use, the note's unit is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from chartcite.engine.language.units import convert, normalised

_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:[,\u00a0\u2009 ]\d{3})+(?=\s?/)|\d+(?:,\d{3})*)(?:\.\d+)?(?!\d)|(?<![\w.,])\.\d+")
"""Thousands may be parted by a comma; by a space only before a "/", as in "186 000/µL"."""
_FLAT_POWER = re.compile(r"\s*[x×*]\s*10\s?(\d{1,2})(?=\s*/)", re.IGNORECASE)
"""A power of ten whose exponent lost its place: "16.5 × 104/µL"."""
_BETWEEN = re.compile(r"(?:\s*/\s*\d+(?:\.\d+)?)?[\s-]*(?:x|×|\*)?\s*", re.IGNORECASE)
"""What may stand between a number and its unit: the second pressure, a hyphen, a sign of multiplication."""
_YEAR = re.compile(r"(?:years?|yrs?|y/?o|yo|months?|mos?|weeks?|days?)\b", re.IGNORECASE)
_MOST_UNIT_CHARACTERS = 24
_ROUNDING = Decimal("0.006")
"""The list rounds what it converted itself: two values as near as this are the same."""
_LIST_UNITS = {
    "µl": "/uL",
    "m^3": "/uL",
    "degrees celsisus": "Cel",
    "degrees fahreinheit": "[degF]",
    "mc/kg/min": "ug/kg/min",
    "µmol/l": "umol/L",
}
"""Units that the list misspells; cell counts stand there as "µL" and "m^3", meant as "in each"."""
_MALE = frozenset("male males man men boy gentleman he his him himself father husband mr".split())
_FEMALE = frozenset("female females woman women girl lady she her hers herself mother wife mrs ms gravida pregnant".split())


class Amount(NamedTuple):
    """A number of a text with its unit."""

    value: Decimal
    unit: str | None
    """UCUM; `None`: none stands beside it, or one that is not known."""
    start: int
    end: int


def amounts(text: str) -> Iterator[Amount]:
    """Yield the numbers of a text, each with the unit that follows it."""
    for match in _NUMBER.finditer(text):
        try:
            value = Decimal(re.sub(r"[,\s]", "", match[0]))
        except InvalidOperation:
            continue
        yield Amount(value, unit_after(text, match.end()), match.start(), match.end())


def unit_after(text: str, end: int) -> str | None:
    """Return the unit that follows a number ending there, the longest that is known."""
    power = _FLAT_POWER.match(text, end)
    if power:
        return _known(f"10*{power[1]}{text[power.end() : power.end() + 4].split(maxsplit=1)[0].rstrip('.,;)')}")
    between = _BETWEEN.match(text, end)
    start = between.end() if between else end
    age = _YEAR.match(text, start)
    if age:
        return {"m": "mo", "w": "wk", "d": "d"}.get(age[0][0].lower(), "a")
    written = text[start : start + _MOST_UNIT_CHARACTERS].split("\n", maxsplit=1)[0]
    ends = [found.start() for found in re.finditer(r"[\s,;)(]|\.(?!\d)|$", written)]
    return next((unit for last in reversed(ends[:4]) if last and (unit := _known(written[:last]))), None)


def _known(written: str) -> str | None:
    """Return a unit as written; single letters are words of the sentence far more often than units."""
    return normalised(written) if len(written) > 1 or written in {"%", "C", "F", "g", "m"} else None


def list_unit(unit: str | None) -> str | None:
    """Return a unit of the list in UCUM; `None`: it has none, or one that is not known."""
    return _LIST_UNITS.get(unit.lower().strip()) or normalised(unit) if unit else None


def tells_number(text: str, value: float, unit: str | None, note_units: frozenset[str]) -> bool:
    """Say whether a text holds a value of the list in its unit, in one that converts into it, or in the note's own."""
    wanted, target = Decimal(str(value)), list_unit(unit)
    return any(_is_same(one, wanted, target, note_units) for one in amounts(text))


def _is_same(one: Amount, wanted: Decimal, target: str | None, note_units: frozenset[str]) -> bool:
    if one.value == wanted and (one.unit is None or target is None or one.unit in note_units | {target}):
        return True
    if one.unit is None or target is None:
        return False
    converted = convert(one.value, one.unit, target)
    return converted is not None and abs(converted - wanted) <= abs(wanted) * _ROUNDING


def units_in_note(note: str, spans: Sequence[Sequence[int]]) -> frozenset[str]:
    """Return the units that the note itself writes after the value."""
    return frozenset(unit for _, end in spans if (unit := unit_after(note, end)))


def tells_sex(text: str, sex: str) -> bool:
    """Say whether the first word of a text that tells a sex tells this one."""
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _MALE or word in _FEMALE:
            return (word in _MALE) == (sex.lower() == "male")
    return bool(
        re.search(r"\d+\s*-?\s*(?:y/?o|yo)?\s*(M)\b" if sex.lower() == "male" else r"\d+\s*-?\s*(?:y/?o|yo)?\s*(F)\b", text)
    )
