"""Times that questions count from today: "the last 6 months", "two weeks ago", "last year", "overnight", "year to date".

"Last year" is the calendar year before; "the last year" is the twelve months up to today. "Recently" and "lately" name no time.
"""
# ruff: noqa: E501

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.dates.periods import Period, months, shift
from chartcite.engine.language.cues import Cue

_WORDS = {
    name: number
    for number, name in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(), 1
    )
} | {"a": 1, "an": 1, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}  # fmt: skip
_VAGUE = {"couple": (1, 3, 2), "few": (2, 5, 3), "several": (3, 8, 5)}
"""Least, most and usual number that a vague word means."""
_UNITS = {
    "h": "hour", "hr": "hour", "hour": "hour", "d": "day", "day": "day", "night": "day", "w": "week", "wk": "week", "week": "week",
    "fortnight": "fortnight", "m": "month", "mo": "month", "mth": "month", "month": "month", "quarter": "quarter", "qtr": "quarter",
    "y": "year", "yr": "year", "year": "year", "decade": "decade",
}  # fmt: skip
NUMBER = (
    r"(?:\d{1,3}(?:\.\d)?(?!\d)|(?:a\s+|the\s+)?couple(?:\s+of)?\b|(?:a\s+)?few\b|several\b|(?:"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r")\b)"
)
"""Pattern of a count, in digits or words."""
UNIT = r"(?:(?:hour|hr|day|night|week|wk|fortnight|month|mth|mo|quarter|qtr|year|yr|decade)s?|(?<=\d)[hdwmy]|(?<=\d\s)[hdwmy])\b"
"""Pattern of a unit of time, in words or short after a number."""
_MORE = r"\s+and\s+a\s+half"
QUANTITY = (
    r"(?:(?P<half>(?:a\s+)?half)(?:\s+(?:of\s+)?an?)?[\s-]+"
    rf"|(?P<low>{NUMBER})(?:\s*(?:-|–|to|or|and)\s*(?P<high>{NUMBER}))?(?P<more>{_MORE})?[\s-]*)"
)
IN_UNIT = rf"(?P<unit>{UNIT})(?P<after>{_MORE})?"
SPAN = QUANTITY + IN_UNIT
"""Pattern of a length of time: `half a year`, `2-3 yrs`, `a year and a half`."""


class Length(NamedTuple):
    """A length of time: the usual count, the least and the most that the words can mean, and the calendar unit."""

    usual: int
    least: int
    most: int
    unit: str
    exact: bool


def length_of(match: re.Match[str]) -> Length:
    """Return the length that a match of `SPAN` (or of one unit alone) means, in whole units from day to decade."""
    unit = _UNITS[_singular(match["unit"].lower())]
    if match["half"]:
        low = high = usual = 0.5
    else:
        low, usual, high = _count(match["low"] or "one")
        if match["high"]:
            high = usual = _count(match["high"])[2]
    if match["more"] or match["after"]:
        low, usual, high = low + 0.5, usual + 0.5, high + 0.5
    factor = 1.0
    if unit == "hour":
        unit, factor = "day", 1 / 24
    elif any(value % 1 for value in (low, usual, high)):
        unit, factor = {
            "decade": ("year", 10), "year": ("month", 12), "quarter": ("day", 91), "month": ("day", 30), "week": ("day", 7),
            "fortnight": ("day", 14), "day": ("day", 1),
        }[unit]  # fmt: skip
    least, count, most = (math.ceil(value * factor - 1e-9) for value in (low, usual, high))
    return Length(count, least, most, unit, exact=least == most)


def _singular(unit: str) -> str:
    return unit if unit in _UNITS else unit.removesuffix("s")


def _count(words: str) -> tuple[float, float, float]:
    """Return the least, usual and greatest number that a count means."""
    words = " ".join(words.lower().split())
    for name, (least, most, usual) in _VAGUE.items():
        if name in words:
            return least, usual, most
    number = float(words) if words[0].isdigit() else float(_WORDS[words.removeprefix("the ")])
    return number, number, number


def ago(length: Length, today: date) -> tuple[date, date]:
    """Return the days that "so long ago" can mean: some room on both sides, and never after today."""
    room_unit, room = {
        "day": ("day", 1 + length.usual // 10),
        "week": ("day", 3 + length.usual // 2),
        "fortnight": ("day", 4),
        "month": ("day", 15) if length.usual < 12 else ("month", 1),
        "quarter": ("day", 30),
        "year": ("month", max(1, length.usual * 12 // 30)),
        "decade": ("month", 12 * length.usual),
    }[length.unit]
    first = shift(shift(today, -length.most, length.unit), -room, room_unit)
    last = shift(shift(today, -length.least, length.unit), room, room_unit)
    return first, min(last, today)


def _last_span(match: re.Match[str], today: date) -> Period | None:
    """Read "the last 2 years" as the time up to today, and a bare "last year" as the calendar year before."""
    bare = not (match["the"] or match["low"] or match["half"] or match["after"]) and match["past"].lower() == "last"
    unit = _UNITS[_singular(match["unit"].lower())]
    if unit == "day" and match["unit"].lower().startswith("night"):
        return Period(today - timedelta(days=1), today, match.start(), match.end()) if bare else None
    if bare and unit in {"week", "month", "quarter", "year"} and not match["unit"].lower().endswith("s"):
        begins = match.start("past")
        return Period(*_calendar(unit, today, back=1), begins, match.end())
    length = length_of(match)
    return Period(shift(today, -length.usual, length.unit), today, _after_space(match), match.end(), whole=True)


def _within(match: re.Match[str], today: date) -> Period | None:
    if _HABIT.search(match.string[: match.start()]) and (match["low"] or "").lower() in {"a", "an", "one"}:
        return None
    length = length_of(match)
    return Period(shift(today, -length.usual, length.unit), today, match.start(), match.end(), whole=True)


_HABIT = re.compile(r"\bhow (?:much|many|often)\b.*\b(?:does|do|is|are)\b(?!.*\b(?:did|had|been)\b)", re.IGNORECASE)
"""How much somebody does "in a week" asks for a habit, and tells no time."""


def _ago(match: re.Match[str], today: date) -> Period | None:
    length = length_of(match)
    bound = (match["bound"] or "").lower()
    first, last = ago(length, today)
    if bound in {"more than", "over", "longer than", "at least"}:
        return Period(None, shift(today, -length.usual, length.unit), match.start(), match.end(), whole=True)
    if bound in {"less than", "under", "up to", "at most", "within"}:
        return Period(shift(today, -length.usual, length.unit), today, match.start(), match.end(), whole=True)
    if match["high"] and not match["between"]:
        return Period(first, last, match.start("low"), match.end())
    return Period(first, last, match.start(), match.end())


def _calendar(unit: str, today: date, *, back: int) -> tuple[date, date]:
    """Return the calendar week, month, quarter or year some units back; 0 is the running one."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return monday, monday + timedelta(days=6)
    day = shift(today.replace(day=1), -back, unit)
    if unit == "month":
        return months(day.year, day.month, 1)
    if unit == "quarter":
        return months(day.year, 3 * ((day.month - 1) // 3) + 1, 3)
    if unit == "decade":
        return date(day.year // 10 * 10, 1, 1), date(day.year // 10 * 10 + 9, 12, 31)
    return months(day.year, 1, 12)


def _running(match: re.Match[str], today: date) -> Period | None:
    unit = match["unit"].lower()
    if unit in {"morning", "afternoon", "evening"}:
        return Period(today, today, match.start(), match.end())
    first, last = _calendar(unit, today, back=0)
    if not _PART_OF.search(match.string[max(0, match.start() - 16) : match.start()]):
        last = today
    return Period(first, last, match.start(), match.end())


def _whole_running(match: re.Match[str], today: date) -> Period | None:
    """Read "the year" of "the start of the year": all of the running one, also what lies ahead."""
    return Period(*_calendar(match["unit"].lower(), today, back=0), match.start("named"), match.end())


_PART_OF = Cue(r"\b(?:early|mid|late|(?:beginning|start|middle|end|half|week|weeks|month|months)\s+of)[\s-]*$")


def _to_date(match: re.Match[str], today: date) -> Period | None:
    unit = "month" if match[0].lower().startswith("m") else "year"
    return Period(_calendar(unit, today, back=0)[0], today, match.start(), match.end(), whole=True)


def _before_last(match: re.Match[str], today: date) -> Period | None:
    return Period(*_calendar(match["unit"].lower(), today, back=2), match.start(), match.end())


def _this_time_last(match: re.Match[str], today: date) -> Period | None:
    day = shift(today, -1, "year")
    return Period(shift(day, -1, "month"), shift(day, 1, "month"), match.start(), match.end())


def _days_back(match: re.Match[str], today: date) -> Period | None:
    words = match[0].lower()
    if words == "overnight":
        return Period(today - timedelta(days=1), today, match.start(), match.end(), whole=True)
    exact = today - timedelta(days=2 if "before" in words else 1 if words == "yesterday" else 0)
    return Period(exact, exact, match.start(), match.end())


def _after_space(match: re.Match[str]) -> int:
    return match.end() - len(match[0].lstrip())


def _c(pattern: str) -> Cue:
    return Cue(pattern)


_NOT_OF_EVENT = r"(?!\s+(?:of|before|after|prior|leading|preceding|until|following|from|post)\b)"
_RULES: tuple[tuple[Cue, Callable[[re.Match[str], date], Period | None]], ...] = (
    (_c(r"\bthe day before yesterday\b|\byesterday\b|\btoday\b|\btonight\b"), _days_back),
    (_c(r"(?<!kept )(?<!keep )(?<!hospitalised )(?<!hospitalized )(?<!ever )(?<!spent )(?<!spend )(?<!ward )(?<!staying )(?<!stay )(?<!stayed )(?<!hospital )(?<!admitted )(?<!in )(?<!him )(?<!her )(?<!me )\bovernight\b(?!\s+(?:oxim|stay|polysom|sleep|eeg|stud|observ|shift|fast|pulse|dexa|suppress|monitor|admission))"), _days_back),
    (_c(r"\bthis time last year\b"), _this_time_last),
    (_c(r"\bthe (?P<unit>year|month|week|quarter) before last\b"), _before_last),
    (_c(r"\byear to date\b|\bytd\b|\bmonth to date\b|\bmtd\b|\bso far this year\b|\bthis year so far\b"), _to_date),
    (_c(r"\bthis (?P<unit>year|month|week|quarter|decade|morning|afternoon|evening)\b"), _running),
    (_c(r"\b(?:start|beginning|first half|middle|end)\s+of\s+(?P<named>the (?P<unit>year|month|week|quarter|decade))\b(?!\s+(?:19|20)\d\d)"), _whole_running),
    (
        _c(
            r"(?:\b(?:in|over|during|within|for|from|across|throughout)\s+)?(?:\b(?P<the>the|these|this)\s+)?"
            rf"(?<!first and )(?<!first or )\b(?P<past>last|past|previous|preceding|trailing)\s+{QUANTITY}?{IN_UNIT}{_NOT_OF_EVENT}"
        ),
        _last_span,
    ),
    (_c(rf"\bwithin\s+{SPAN}(?!\s+ago){_NOT_OF_EVENT}"), _within),
    (_c(rf"(?<!return )(?<!follow up )(?<!follow-up )(?<!again )(?<!due )(?<!recheck )(?<!repeat )\bin\s+(?!(?:an?|one)\s+day){SPAN}(?!['’])(?!\s+(?:time|old|ago)\b){_NOT_OF_EVENT}"), _within),
    (
        _c(
            rf"(?:\b(?P<bound>more than|longer than|less than|at least|at most|up to|over|under|within)\s+|\b(?:about|around|approximately|roughly|almost|nearly|some)\s+|\b(?P<between>between|from)\s+)?(?<![\w.]){SPAN}"
            r"\s+(?:ago\b|back\b(?!\s+(?:pain|surgery|ache|injur\w+|to|in|on)\b))"
        ),
        _ago,
    ),
)  # fmt: skip


def relative_periods(text: str, today: date) -> Iterator[Period]:
    """Yield every time that the text counts from today, overlapping ones too."""
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            period = read(match, today)
            if period is not None:
                yield period
