"""Days, months, years and times of day that a claim writes out, looked for in its evidence. Relative words are not checked."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from chartcite.engine.claim_checks.findings import Finding, contradicted, missing
from chartcite.engine.claim_checks.texts import masked
from chartcite.engine.dates.periods import MONTH, MONTHS
from chartcite.engine.language.cues import Cue

_YEAR = r"(?:18|19|20|21)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH = r"(?:st|nd|rd|th)?"
_ISO = Cue(
    rf"(?<![\d.])(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>{_DAY}))?(?!\d)(?:[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?", 0
)
_WORDS = (
    Cue(rf"(?<!\d)(?P<d>{_DAY}){_NTH}[\s-]+(?:of\s+)?(?P<m>{MONTH})(?:[\s,-]+(?P<y>{_YEAR})\b)?"),
    Cue(
        rf"\b(?P<m>{MONTH})\s+(?:the\s+)?(?P<d>{_DAY}){_NTH}(?![\d:.%]|\s*(?:mg|mcg|g|ml|units?)\b)(?:,?\s+(?P<y>{_YEAR})\b)?",
    ),
    Cue(rf"\b(?P<m>{MONTH})[\s,-]+(?:of\s+)?(?P<y>{_YEAR})\b"),
)
_NUMERIC = Cue(rf"(?<![\d/.])(?P<one>\d{{1,2}})(?P<mark>[/.-])(?P<two>\d{{1,2}})(?P=mark)(?P<y>{_YEAR}|\d\d)(?![\d/])", 0)
_MONTH_YEAR = Cue(rf"(?<![\d/])(?P<m>0?[1-9]|1[0-2])/(?P<y>{_YEAR})(?!\d)", 0)
_MONTH_DAY = Cue(rf"(?<![\d/])(?P<m>0?[1-9]|1[0-2])/(?P<d>{_DAY})(?![\d/])", 0)
_LONE_YEAR = Cue(
    r"(?<![\w.,/-])(?P<y>(?:19|20)\d\d)(?![\d%]|[.,/]\d|\s*(?:mg|mcg|g|ml|kcal|units?|patients?|people|cells?|participants?|women|men|subjects?|mL|IU)\b)",
    0,
)
_CLOCK = Cue(r"(?<![\d:])(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?!\d)(?P<half>\s?[ap]\.?m\b)?")
_CENTURY = 2000
_LATEST_SHORT_YEAR = 69


class WrittenDate(NamedTuple):
    """A date as far as it is written; `None`: that part is not."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int


def dates_in(text: str, *, short: bool = False) -> list[WrittenDate]:
    """Return the dates that a text writes out, each reading of digits that can be read both ways.

    Args:
        text: any text.
        short: also month and day alone in digits (`6/10`), which may be something else.
    """
    free = text
    found: list[WrittenDate] = []
    patterns = [_ISO, *_WORDS, _NUMERIC, _MONTH_YEAR, *([_MONTH_DAY] if short else []), _LONE_YEAR]
    for pattern in patterns:
        read = [one for match in pattern.finditer(free) for one in _readings(match)]
        free = masked(free, [(one.start, one.end) for one in read])
        found += read
    return sorted(found, key=lambda one: one.start)


def _readings(match: re.Match[str]) -> Iterator[WrittenDate]:
    groups = match.groupdict()
    if "one" in groups:
        one, two = int(match["one"]), int(match["two"])
        pairs = {(one, two), (two, one)} if match["mark"] != "." else {(two, one)}
        for pair in sorted(pairs):
            yield from _real(_full_year(match["y"]), *pair, match)
        return
    written = groups.get("m")
    if written and written[0].isalpha() and not written[0].isupper():
        return  # "may", "march" in lower case are verbs
    month = None if written is None else int(written) if written.isdigit() else MONTHS[written.lower().rstrip(".")]
    yield from _real(int(groups["y"]) if groups.get("y") else None, month, int(groups["d"]) if groups.get("d") else None, match)


def _full_year(written: str) -> int:
    year = int(written)
    return year if len(written) == len("2000") else year + _CENTURY - (100 if year > _LATEST_SHORT_YEAR else 0)


def _real(year: int | None, month: int | None, day: int | None, match: re.Match[str]) -> Iterator[WrittenDate]:
    try:
        date(year or _CENTURY, month or 1, day or 1)
    except ValueError:
        return
    yield WrittenDate(year, month, day, match.start(), match.end())


def supports(known: WrittenDate, said: WrittenDate) -> bool:
    """Say whether a date of the evidence holds the date said: as exact or more exact, and equal as far as said."""
    pairs = ((said.year, known.year), (said.month, known.month), (said.day, known.day))
    if known.year is None and said.year is not None:
        return known.month == said.month and said.day in {None, known.day}
    return all(wanted is None or wanted == there for wanted, there in pairs)


def check_dates(claim: str, passages: Sequence[str]) -> list[Finding]:
    """Return the dates and times of day of a claim that no passage holds."""
    known = list(chain.from_iterable(dates_in(text, short=True) for text in passages))
    numbers = {number for text in passages for number in re.findall(r"(?<![\d.,])\d{4}(?![\d.,]\d)", text)}
    by_place: dict[tuple[int, int], list[WrittenDate]] = {}
    for said in dates_in(claim):
        by_place.setdefault((said.start, said.end), []).append(said)
    found = []
    for (start, end), readings in by_place.items():
        if any(supports(there, said) for said in readings for there in known) or claim[start:end] in numbers:
            continue
        exact = any((there.day is None) <= (said.day is None) for said in readings for there in known)
        found.append((contradicted if exact else missing)("dates", claim[start:end]))
    return found + _check_clock(claim, passages) + _check_roles(claim, passages)


_BEGINS = Cue(r"\b(?:start(?:ed)?|began|begun|onset|since|admitted|admission)[ :]*(?:on|in|date)?[ :(]*\Z")
_ENDS = Cue(
    r"\b(?:stop(?:ped)?|end(?:ed)?|complet(?:ed|ion)|until|discontinued|abated|abatement|resolved|discharged?)[ :]*(?:on|in|date)?[ :(]*\Z",
)


def _check_roles(claim: str, passages: Sequence[str]) -> list[Finding]:
    """Return the days by which a claim says that something began and the evidence that it ended, or the other way round."""
    roles = [(day, _role(text, day)) for text in passages for day in dates_in(text)]
    found = []
    for said in dates_in(claim):
        role = _role(claim, said)
        there = {known for day, known in roles if known and supports(day, said)}
        if role and there and role not in there:
            found.append(contradicted("dates", claim[said.start : said.end]))
    return found


def _role(text: str, day: WrittenDate) -> str:
    before = text[max(0, day.start - 24) : day.start]
    return "begins" if _BEGINS.search(before) else "ends" if _ENDS.search(before) else ""


def _check_clock(claim: str, passages: Sequence[str]) -> list[Finding]:
    known = {minutes for text in passages for match in _CLOCK.finditer(text) for minutes in _minutes(match)}
    return [
        (contradicted if known else missing)("dates", match[0])
        for match in _CLOCK.finditer(claim)
        if not known.intersection(_minutes(match))
    ]


def _minutes(match: re.Match[str]) -> set[int]:
    hour, half = int(match["h"]), (match["half"] or "").strip().lower()[:1]
    minute = int(match["m"])
    if half:
        return {(hour % 12 + (12 if half == "p" else 0)) * 60 + minute}
    return {hour * 60 + minute}


def times_masked(text: str, *, short: bool = False) -> str:
    """Return a text with spaces in place of its dates and times of day, so that their digits are no numbers."""
    text = masked(text, [(one.start, one.end) for one in dates_in(text, short=short)])
    return _CLOCK.sub(lambda match: " " * len(match[0]), text)
