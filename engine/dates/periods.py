"""Stretches of the calendar that words name, and their parts: a year's end, a month's middle, the first week of May."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = {
    name: number for number in range(1, 13) for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
"""Pattern of a month's name, also shortened."""
SEASONS = {"spring": ((3, 1), (6, 20)), "summer": ((6, 1), (9, 22)), "autumn": ((8, 15), (12, 21)), "fall": ((8, 15), (12, 21))}
"""Month and day of the first and last day that a season can mean (northern hemisphere), winter aside."""
_UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12, "yr": 12, "decade": 120}
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14}


class Period(NamedTuple):
    """Calendar days that words name, both ends included."""

    first: date | None
    last: date | None
    start: int
    """Range of the words in the question: first character."""
    end: int
    """And the one after the last."""
    explicit: bool = False
    """Whether the words give the year themselves."""
    ambiguous: bool = False
    """Whether the digits can also mean another day (3/4/2023): they are read month first."""
    opens: date | None = None
    """Day from which "since" counts, where that is not the first."""
    closes: date | None = None
    """Day up to which "until" counts, where that is not the last."""
    edge: str = ""
    """`start` or `end` where the words name one end of something longer."""
    yearless: bool = False
    """Whether it comes every year and the words leave the year open ("20 December", "Easter")."""
    whole: bool = False
    """Whether a preposition changes nothing: the words already say from when to when ("the last 2 years")."""

    @property
    def since(self) -> date | None:
        """The day from which "since" counts."""
        return self.opens or self.first

    @property
    def until(self) -> date | None:
        """The day up to which "until" counts."""
        return self.closes or self.last


def shift(day: date, count: int, unit: str) -> date:
    """Move a day by calendar units, from `day` to `decade`; the end of a month stays inside it.

    Raises:
        OverflowError: past the calendar's ends.
        ValueError: likewise.
    """
    unit = unit.lower()
    if unit in _UNIT_DAYS:
        return day + timedelta(days=count * _UNIT_DAYS[unit])
    months = day.year * 12 + day.month - 1 + count * _UNIT_MONTHS[unit]
    year, month = max(months // 12, 1), months % 12 + 1
    return date(year, month, min(day.day, month_length(year, month)))


def month_length(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return calendar.monthrange(year, month)[1]


def months(year: int, month: int, count: int) -> tuple[date, date]:
    """Return first and last day of some months of one year, from the given one on."""
    last = month + count - 1
    return date(year, month, 1), date(year, last, month_length(year, last))


def season(name: str, year: int) -> tuple[date, date]:
    """Return the days that a season can mean; a winter bears the year of its December."""
    if name == "winter":
        return date(year, 12, 1), date(year + 1, 3, 20)
    first, last = SEASONS[name]
    return date(year, *first), date(year, *last)


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (the anonymous Gregorian reckoning)."""
    golden, hundreds, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + hundreds - hundreds // 4 - (hundreds - (hundreds + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (hundreds % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def century(two_digits: int, today: date) -> int:
    """Return the year that two digits mean: of this century unless that lies ahead."""
    this = today.year // 100 * 100 + two_digits
    return this if this <= today.year else this - 100


def part(period: Period, name: str) -> Period:
    """Return the early, mid or late part of a period, its `start`, `end`, `first half` or `second half`."""
    first, last = period.first, period.last
    if first is None or last is None:
        return period
    if name.endswith("half"):
        middle = _middle(first, last)
        return period._replace(last=middle) if name == "first half" else period._replace(first=middle + timedelta(days=1))
    edge = name if name in {"start", "end"} else ""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        if first.year == last.year:
            return _part_of_year(period._replace(edge=edge), name, first.year)
        low, high = {"early": (0, 3), "start": (0, 3), "mid": (3, 6)}.get(name, (6, 9))
        return period._replace(first=date(first.year + low, 1, 1), last=date(first.year + high, 12, 31), edge=edge)
    if first.day == 1 and last == months(first.year, first.month, 1)[1]:
        low, high = {"early": (1, 10), "start": (1, 10), "mid": (10, 20)}.get(name, (20, last.day))
        return period._replace(first=first.replace(day=low), last=first.replace(day=high), edge=edge)
    third = timedelta(days=((last - first).days + 1) // 3)
    if name in {"early", "start"}:
        return period._replace(last=first + third - timedelta(days=1), edge=edge)
    if name == "mid":
        return period._replace(first=first + third, last=last - third)
    return period._replace(first=last - third + timedelta(days=1), edge=edge)


def _middle(first: date, last: date) -> date:
    """Return the last day of a first half: of a year, June; of a month, the 15th."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return date(first.year, 6, 30)
    if first.day == 1 and last == months(first.year, first.month, 1)[1]:
        return first.replace(day=15)
    return first + (last - first) // 2


def _part_of_year(period: Period, name: str, year: int) -> Period:
    if name == "start":
        return period._replace(last=date(year, 3, 31), closes=date(year, 1, 31))
    if name == "end":
        return period._replace(first=date(year, 10, 1), opens=date(year, 12, 1))
    if name == "mid":
        opens, closes = date(year, 6, 1), date(year, 7, 31)
        return period._replace(first=date(year, 4, 15), last=date(year, 9, 15), opens=opens, closes=closes)
    return period._replace(last=date(year, 4, 30)) if name == "early" else period._replace(first=date(year, 9, 1))


def piece(period: Period, *, ordinal: int, count: int, unit: str) -> Period | None:
    """Return some units of a period ("the first 3 months of 2022"): `ordinal` from 1, or -1 for the last; `None`: not in it."""
    first, last = period.first, period.last
    if first is None or last is None:
        return None
    if ordinal < 0:
        beyond = last + timedelta(days=1)
        begins, ends = shift(beyond, -count, unit), last
    else:
        begins = shift(first, (ordinal - 1) * count, unit)
        ends = shift(first, ordinal * count, unit) - timedelta(days=1)
    if begins < first or begins > last:
        return None
    return period._replace(first=begins, last=min(ends, last))
