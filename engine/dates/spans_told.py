"""Stretches of time that a question measures off from a day or a season.

"The winter before last", "two summers ago", "the 2023/24 winter", "the 90 days to 1 June 2025", "the turn of the year",
"the week beginning 4 March 2024", "going back three years".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from chartcite.engine.dates.calendar_times import written_periods
from chartcite.engine.dates.periods import Period, season, shift
from chartcite.engine.dates.relative_times import NUMBER, SPAN, length_of
from chartcite.engine.language.cues import Cue

_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_AT_TURN = timedelta(days=12)
"""Days on both sides of New Year that "the turn of the year" takes in."""


def told_spans(text: str, today: date) -> Iterator[Period]:
    """Yield the stretches of a text that count from a season, from another day or from today."""
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            period = read(match, today)
            if period is not None and period.first is not None and period.last is not None and period.first <= period.last:
                yield period


def _last_over(name: str, today: date) -> int:
    """Return the year that the newest season of a name bears which is over."""
    return next(year for year in range(today.year, today.year - 3, -1) if season(name, year)[1] < today)


def _before_last(match: re.Match[str], today: date) -> Period:
    """Read "the winter before last"."""
    name = match["season"].lower()
    return Period(*season(name, _last_over(name, today) - 1), match.start(), match.end(), whole=True)


def _ago(match: re.Match[str], today: date) -> Period:
    """Read "two summers ago"; one that goes on does not count."""
    name = match["season"].lower()
    year = _last_over(name, today) - _number(match["count"]) + 1
    return Period(*season(name, year), match.start(), match.end(), whole=True)


def _number(words: str) -> int:
    match = _COUNT.match(f"{words} years")
    return length_of(match).usual if match else 1


_COUNT = re.compile(SPAN, re.IGNORECASE)


def _season_of_years(match: re.Match[str], _today: date) -> Period | None:
    """Read "the 2023/24 winter"."""
    first, second = int(match["y"]), int(match["y2"][-2:])
    if (first + 1) % 100 != second:
        return None
    return Period(*season("winter", first), match.start(), match.end(), explicit=True, whole=True)


def _up_to_day(match: re.Match[str], today: date) -> Period | None:
    """Read "the 90 days to 1 June 2025"."""
    ends = _day_at(match, today)
    if ends is None or ends.last is None or ends.first is None or not (ends.explicit or ends.yearless):
        return None
    length = length_of(match)
    return Period(
        shift(ends.last, -length.usual, length.unit), ends.last, match.start(), ends.end, explicit=ends.explicit, whole=True
    )


def _week_from(match: re.Match[str], today: date) -> Period | None:
    """Read "the week beginning 4 March 2024" and "the week ending 10 March"."""
    day = _day_at(match, today)
    if day is None or day.first is None or day.first != day.last:
        return None
    ends = match["edge"].lower().startswith("end")
    first = day.first - timedelta(days=6) if ends else day.first
    return Period(first, first + timedelta(days=6), match.start(), day.end, explicit=day.explicit, whole=True)


def _day_at(match: re.Match[str], today: date) -> Period | None:
    """Return the written time that begins where a match ends."""
    text = match.string
    return next((each for each in written_periods(text, today) if each.start == match.end()), None)


def _turn_of_year(match: re.Match[str], today: date) -> Period:
    newest = date(today.year, 1, 1)
    return Period(newest - _AT_TURN, newest + _AT_TURN, match.start(), match.end(), whole=True)


def _going_back(match: re.Match[str], today: date) -> Period:
    length = length_of(match)
    return Period(shift(today, -length.usual, length.unit), today, match.start(), match.end(), whole=True)


_RULES: tuple[tuple[Cue, Callable[[re.Match[str], date], Period | None]], ...] = (
    (Cue(rf"\b(?:the\s+)?{_SEASON}\s+before\s+last\b"), _before_last),
    (Cue(rf"(?<!\w)(?P<count>{NUMBER})\s+(?P<season>spring|summer|autumn|winter)s\s+ago\b"), _ago),
    (Cue(r"\b(?P<y>20\d\d)\s*[-–/]\s*(?P<y2>20\d\d|\d\d)\s+winter\b"), _season_of_years),
    (Cue(rf"\b(?:in|over|during|for|within)\s+the\s+{SPAN}\s+(?:up\s+)?to\s+(?:the\s+)?"), _up_to_day),
    (Cue(r"\bweek\s+(?P<edge>beginning|commencing|starting|ending)\s+(?:on\s+)?(?:the\s+)?"), _week_from),
    (Cue(r"\b(?:at|around|about|over)\s+the\s+turn\s+of\s+the\s+year\b"), _turn_of_year),
    (Cue(rf"\bgoing\s+back\s+(?:about\s+|some\s+|over\s+)?{SPAN}"), _going_back),
)
