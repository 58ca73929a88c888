"""Moments and windows in questions: "in 2023", "since March 2024", "over the past 2 years", "before 2020-05-01".

A small grammar of ours; relative words count from `today` (the scope's moment, or the clock's day).
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from chartcite.engine.domain.records import Frozen, PartialDate


class Window(Frozen):
    """Calendar days from `first` to `last`, both included; `None`: open."""

    first: date | None = None
    last: date | None = None
    words: str
    """The words of the question that say so."""

    def holds(self, moment: PartialDate | None) -> bool:
        """Say whether something that happened then lies in the window (undated: no)."""
        if moment is None:
            return False
        return (self.first is None or moment.last_day >= self.first) and (self.last is None or moment.first_day <= self.last)

    def overlaps(self, start: PartialDate | None, end: PartialDate | None) -> bool:
        """Say whether a span of time touches the window; without an end it goes on."""
        if start is None:
            return False
        begins = self.last is None or start.first_day <= self.last
        return begins and (self.first is None or end is None or end.last_day >= self.first)


_MONTHS = {
    name: number for number in range(1, 13) for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "couple of": 2, "few": 3,
}  # fmt: skip
_COUNT = r"(\d{1,3}|" + "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)) + ")"
_UNIT = r"(day|week|month|quarter|year|yr|decade)s?"
_DAY = re.compile(
    rf"\b(?:(\d{{4}})-(\d\d)-(\d\d)|(\d{{4}})-(\d\d)|({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})"
    rf"|(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\.?,?\s+(\d{{4}})|({_MONTH})\.?,?\s+(?:of\s+)?(\d{{4}})"
    r"|(\d{1,2})/(\d{1,2})/(\d{4})|[Qq]([1-4])\s*,?\s*(\d{4})|(\d{4})\s*[Qq]([1-4])|((?:19|20)\d\d)s|((?:19|20)\d\d)(?!\s*(?:mg|mcg|µg|ug|g|kg|ml|l|iu|units?|kcal|cal|steps|cc|meq|mmol|%|/)\b))\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"\b(?:in|over|during|within|for|from)?\s*(?:the\s+)?(?:last|past|previous|preceding)\s+(?:{_COUNT}\s+)?{_UNIT}\b"
    rf"|\b(?:within|in)\s+{_COUNT}\s+{_UNIT}\b|\b{_COUNT}\s+{_UNIT}\s+ago\b",
    re.IGNORECASE,
)
_BARE_MONTH = re.compile(rf"\b({_MONTH})\.?\s+(?:and|to|through|until|-|–)$", re.IGNORECASE)
_SEASON = re.compile(r"\b(spring|summer|fall|autumn|winter|early|mid|late)[\s-]*(?:of)?$", re.IGNORECASE)
_NAMED = re.compile(r"\b(this|last)\s+(year|month|week)\b|\b(today|yesterday)\b|\byear to date\b", re.IGNORECASE)


def find_window(text: str, *, today: date) -> Window | None:
    """Return the window of time that a question names, or `None`: see `_find_window`; past the calendar's ends there is none."""
    try:
        return _find_window(text, today=today)
    except (OverflowError, ValueError):
        return None


def _find_window(text: str, *, today: date) -> Window | None:
    """Return the window of time that a question names, or `None`.

    Two dates with "between", "from ... to" make one window; "since", "after", "before", "until" open one side. A lone year,
    month or day is the window itself.
    """
    dates = [(match, interval) for match in _DAY.finditer(text) if (interval := _interval(match))]
    if dates:
        return _absolute(text, dates)
    match = _RELATIVE.search(text)
    if match:
        return _relative(match, today)
    named = _NAMED.search(text)
    return _named(named, today) if named else None


def _absolute(text: str, dates: list[tuple[re.Match[str], tuple[date, date]]]) -> Window:
    first_match, (first, last) = dates[0]
    before = text[: first_match.start()].lower().rstrip()
    words = first_match[0]
    bare = _BARE_MONTH.search(before)
    if bare and len(dates) == 1:  # "between June and December 2023"
        opened = _months(last.year, _MONTHS[bare[1].lower()], 1)[0]
        if opened < first:
            return Window(first=opened, last=last, words=f"{bare[1]} to {words}")
    season = _SEASON.search(before)
    if season and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return _season(season[1].lower(), first.year, words=f"{season[1]} {words}")
    if len(dates) > 1:
        second_match, (_, second_last) = dates[1]
        between = text[first_match.end() : second_match.start()].lower().strip()
        apart = (
            re.search(r"\b(?:from|between)\b", before) and re.search(r"\b(?:to|and|until|till)\b", between) and len(between) < 60
        )
        if between in {"and", "to", "-", "–", "through", "until", "till", "or", "->", "→", "vs", "versus"} or apart:
            return Window(first=first, last=max(second_last, last), words=text[first_match.start() : second_match.end()])
    if re.search(
        r"\bas (?:of|at)(?: the)?(?: end of| start of)?(?: spring| summer| fall| autumn| winter| early| mid| late)?$", before
    ):
        return Window(last=last, words=f"as of {words}")
    if re.search(r"\b(?:since|from|starting(?: in| from)?)$", before):
        return Window(first=first, words=f"since {words}")
    if re.search(r"\bafter$", before):
        return Window(first=last + timedelta(days=1), words=f"after {words}")
    if re.search(r"\b(?:before|prior to|until|till|up to|by)$", before):
        closed = re.search(r"\b(?:until|till|up to|by)$", before)
        return Window(last=last if closed else first - timedelta(days=1), words=f"before {words}")
    return Window(first=first, last=last, words=words)


def _season(name: str, year: int, *, words: str) -> Window:
    """Return the months that a season or part of a year can mean (northern hemisphere; winter reaches into the next year)."""
    first, last = {
        "spring": (date(year, 3, 1), date(year, 6, 20)),
        "summer": (date(year, 6, 1), date(year, 9, 22)),
        "fall": (date(year, 8, 15), date(year, 12, 21)),
        "autumn": (date(year, 8, 15), date(year, 12, 21)),
        "winter": (date(year, 12, 1), date(year + 1, 3, 20)),
        "early": (date(year, 1, 1), date(year, 4, 30)),
        "mid": (date(year, 4, 15), date(year, 9, 15)),
        "late": (date(year, 9, 1), date(year, 12, 31)),
    }[name]
    return Window(first=first, last=last, words=words)


def _interval(match: re.Match[str]) -> tuple[date, date] | None:
    groups = match.groups()
    try:
        for year, month, day in ((0, 1, 2), (7, 5, 6), (10, 9, 8), (15, 13, 14)):
            if groups[year] and groups[month] and groups[day]:
                number = _MONTHS.get(groups[month].lower()) or int(groups[month])
                exact = date(int(groups[year]), number, int(groups[day]))
                return exact, exact
        for year, month in ((3, 4), (12, 11)):
            if groups[year] and groups[month]:
                return _months(int(groups[year]), _MONTHS.get(groups[month].lower()) or int(groups[month]), 1)
        for year, quarter in ((17, 16), (18, 19)):
            if groups[year] and groups[quarter]:
                return _months(int(groups[year]), 3 * int(groups[quarter]) - 2, 3)
        if groups[20]:
            return date(int(groups[20]), 1, 1), date(int(groups[20]) + 9, 12, 31)
        return date(int(groups[21]), 1, 1), date(int(groups[21]), 12, 31)
    except (ValueError, TypeError):
        return None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last = month + count - 1
    return date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1])


def _relative(match: re.Match[str], today: date) -> Window:
    groups = match.groups()
    if groups[4]:  # "three years ago": the year around that day
        middle = shift(today, -_count(groups[4]), groups[5])
        return Window(first=shift(middle, -1, "month"), last=shift(middle, 1, "month"), words=match[0].strip())
    count, unit = (groups[0], groups[1]) if groups[1] else (groups[2], groups[3])
    return Window(first=shift(today, -_count(count or "one"), unit), last=today, words=match[0].strip())


def _named(match: re.Match[str], today: date) -> Window:
    words = match[0].lower()
    if words == "today":
        return Window(first=today, last=today, words=words)
    if words == "yesterday":
        return Window(first=today - timedelta(days=1), last=today - timedelta(days=1), words=words)
    if match[2] and match[2].lower() == "month":
        return Window(first=today.replace(day=1), last=today, words=words)
    if match[2] and match[2].lower() == "week":
        return Window(first=today - timedelta(days=today.weekday()), last=today, words=words)
    return Window(first=today.replace(month=1, day=1), last=today, words=words)


def _count(words: str) -> int:
    return int(words) if words.isdigit() else _NUMBER_WORDS[words.lower()]


def shift(day: date, count: int, unit: str) -> date:
    """Move a day by calendar units, from `day` to `decade`; the end of a month stays inside it."""
    unit = unit.lower()
    if unit in {"day", "week"}:
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12, "yr": 12, "decade": 120}[unit]
    year, month = max(months // 12, 1), months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def years_between(first: date, last: date) -> int:
    """Return completed years, as ages are counted."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))
