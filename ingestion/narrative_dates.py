"""Explicit dates in prose, as FHIR writes them. A date with two readings (`03/04/2023`) is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from chartcite.engine.domain.records import PartialDate

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d/-]){_YEAR}[-/](?P<monthnumber>\d{{1,2}})[-/](?P<day>\d{{1,2}})(?![\d/])",
        rf"(?<![\d/.-])(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<second>\d{{1,2}})(?P=mark){_YEAR}(?![\d/])",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?:of\s+)?{_MONTH}[,\s-]+{_YEAR}\b",
        rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b",
        rf"(?<![\d/.-])(?P<monthnumber>0?[1-9]|1[0-2])/{_YEAR}(?![\d/])",
        rf"\b(?:in|since|of|from|circa|during|year|late|early|mid-?)\s+{_YEAR}\b(?!\s?[-/]\s?\d|\s*(?:mg|ml|kcal))",
        rf"\({_YEAR}\)",
    )
)  # fmt: skip


class Dated(NamedTuple):
    """A date with the range of the words that say it."""

    date: PartialDate
    start: int
    end: int


def dates_in(text: str) -> Iterator[Dated]:
    """Yield the unambiguous dates of a sentence, in order; a longer form hides the shorter ones inside it."""
    if "19" not in text and "20" not in text:
        return
    found: list[Dated] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            if (date := _date(match.groupdict())) is not None:
                found.append(Dated(date, *_span(match)))
    yield from sorted(found, key=lambda one: one.start)


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Return the range of a match, without the `in` before a year."""
    groups = [group for group in match.groupdict() if group != "mark" and match[group] is not None]
    return min(match.start(group) for group in groups), max(match.end(group) for group in groups)


def _date(parts: dict[str, str | None]) -> PartialDate | None:
    year = next((value for name, value in parts.items() if name.startswith("year") and value), None)
    if year is None:
        return None
    month, day = parts.get("monthnumber"), parts.get("day")
    if name := parts.get("month"):
        month = str(_MONTHS[name[:3].lower()])
    if (first := parts.get("first")) and (second := parts.get("second")):
        if int(first) <= 12 and int(second) <= 12 and int(first) != int(second):
            return None  # day and month could be either
        month, day = (second, first) if int(first) > 12 else (first, second)
    try:
        return PartialDate.parse("-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)]))
    except ValueError:
        return None
