"""Which value is of which day: "7.4 % on 4 March" does not stand where 7.4 % is of September, though both are there."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.claim_checks.dates import WrittenDate, dates_in, supports
from chartcite.engine.claim_checks.findings import Finding, Place, contradicted
from chartcite.engine.claim_checks.quantities import WrittenQuantity, quantities_in, rounds_to
from chartcite.engine.claim_checks.texts import Text

_BETWEEN = re.compile(r"\s?(?:\(|\[|,|:|-|–|on|in|at|of|as of|dated|was|from|back in|\(was)?\s?(?:on|in|at)?\s?", re.IGNORECASE)
_NOT_OF_A_DAY = re.compile(r"(?:low|high|range|normal|reference)[^\d\n]{0,24}$|\bby (?:about )?[-−]?$", re.IGNORECASE)
"""Before a limit, and before what something changed by."""
_ALONE = re.compile(r"^[-−]?\d[\d,.]*$", re.MULTILINE)


class DatedValue(NamedTuple):
    """A number with the date that stands beside it."""

    value: WrittenQuantity
    day: WrittenDate


@lru_cache(maxsize=4096)
def dated_values(text: str) -> tuple[DatedValue, ...]:
    """Return the numbers of a text with the dates right after them; in a record that begins with a number, those alone in a line are of all its dates."""
    days, numbers = dates_in(text), quantities_in(text)
    found = [
        DatedValue(number, day) for number in numbers for day in days if day.start > number.start and _BETWEEN.fullmatch(text[number.unit_end : day.start])
    ]  # fmt: skip
    lines = [match.span() for match in _ALONE.finditer(text)] if _ALONE.match(text) else []
    unit = next((one.unit for one in numbers if one.unit), "")  # the limits of a record have it, where its value stands apart
    leading = [number._replace(unit=number.unit or unit) for number in numbers if (number.start, number.end) in lines]
    return tuple(found + [DatedValue(number, day) for number in leading for day in days])


def check_dated_values(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return the values to which a claim gives another date than every place of the evidence that gives one to them."""
    known = [(number, pair) for number, text in enumerate(passages) for pair in dated_values(text.text)]
    by_place: dict[tuple[int, int], list[DatedValue]] = {}
    for said in dated_values(claim.text):
        if not _NOT_OF_A_DAY.search(claim.text[: said.value.start]):
            by_place.setdefault((said.value.start, said.day.end), []).append(said)
    found = []
    for (start, end), readings in by_place.items():
        if (number := _elsewhere(readings, known)) is not None:
            place = Place(number[0], number[1].value.start, number[1].value.end)
            found.append(contradicted("dated values", claim.text[start:end], place))
    return found


def _elsewhere(readings: Sequence[DatedValue], known: Sequence[tuple[int, DatedValue]]) -> tuple[int, DatedValue] | None:
    """Return what the evidence dates otherwise: another value of that day, or that value of another day."""
    value = readings[0].value
    same_value = [one for one in known if rounds_to(one[1].value.value, value.value, about=value.about)]
    same_day = [one for one in known if one[1].value.unit == value.unit and _any_supports([one[1].day], readings)]
    if _any_supports([one.day for _, one in same_value], readings):
        return None
    if not same_day and any(supports(said.day, one.day) for _, one in same_value for said in readings):
        return None  # the evidence dates it less exactly
    return next(iter(same_day or same_value), None)


def _any_supports(known: Sequence[WrittenDate], readings: Sequence[DatedValue]) -> bool:
    return any(supports(day, said.day) for day in known for said in readings)


def is_later(passages: Sequence[Text], one: WrittenQuantity, two: WrittenQuantity) -> bool | None:
    """Say whether the evidence dates the second number after the first; `None`: it does not tell."""
    pairs = [pair for text in passages for pair in dated_values(text.text)]
    if pairs and not any(pair.day.year for pair in pairs):
        return _is_later_in_the_year(pairs, one, two) if len(passages) == 1 else None
    firsts, seconds = (
        [_key(pair.day) for pair in pairs if rounds_to(pair.value.value, number.value) and pair.day.year] for number in (one, two)
    )
    if not firsts or not seconds:
        return None
    if max(firsts) < min(seconds):
        return True
    return False if min(firsts) > max(seconds) else None


def _is_later_in_the_year(pairs: Sequence[DatedValue], one: WrittenQuantity, two: WrittenQuantity) -> bool | None:
    """Say the same of days without years, which only together with the order of the text tell what came first."""
    firsts, seconds = (
        [(*_key(pair.day), pair.day.start) for pair in pairs if rounds_to(pair.value.value, number.value)]
        for number in (one, two)
    )
    if len(firsts) != 1 or len(seconds) != 1:
        return None
    by_day, by_text = firsts[0][:3] < seconds[0][:3], firsts[0][3] < seconds[0][3]
    return by_day if by_day == by_text else None


def _key(day: WrittenDate) -> tuple[int, int, int]:
    return day.year or 0, day.month or 0, day.day or 0
