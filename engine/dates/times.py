"""Windows of time in questions: "in 2023", "since last March", "over the past 2 years", "from 2019 through mid 2021".

A small grammar of ours over dates (`calendar_times`) and relative times (`relative_times`); relative words count from `today`
(the scope's moment, or the clock's day). A numeric date is read month first where both readings are days, and says so.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from chartcite.engine.dates.anchor_words import ACTS_OF_PERSON
from chartcite.engine.dates.calendar_times import written_periods
from chartcite.engine.dates.periods import MONTH, MONTHS, Period, months, part, piece, shift
from chartcite.engine.dates.relative_times import SPAN, Length, length_of, relative_periods
from chartcite.engine.dates.spans_told import told_spans
from chartcite.engine.domain.records import Frozen, PartialDate
from chartcite.engine.language.cues import Cue

__all__ = ["Window", "find_window", "shift", "years_between"]


class Window(Frozen):
    """Calendar days from `first` to `last`, both included; `None`: open."""

    first: date | None = None
    last: date | None = None
    words: str
    """The words of the question that say so."""
    span: tuple[int, int] | None = None
    """Range of those words in the question; `None`: not given."""
    ambiguous: bool = False
    """Whether a date in digits can also mean another day (3/4/2023); it is read month first."""
    other: Window | None = None
    """Of a date in digits, the same time read day first; what the chart holds tells which one is meant."""

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


def years_between(first: date, last: date) -> int:
    """Return completed years, as ages are counted."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def find_window(text: str, *, today: date) -> Window | None:
    """Return the window of time that a question names, or `None`; past the calendar's ends there is none.

    Two times with "between", "from ... to" make one window; "since", "after", "before", "until" open one side ("after" and
    "before" leave the named time out). Anything else is the window itself. Dates with a year go before relative words.
    """
    try:
        return _find_window(text, today)
    except (OverflowError, ValueError):
        return None


_CONTEXT = 64
"""Characters around a time in which its prepositions are looked for."""


def _find_window(text: str, today: date) -> Window | None:
    found = periods(text, today=today)
    for first, second in pairwise(found):
        joined = _joined(text, first, second)
        if joined is not None:
            return joined
    if not found:
        return None
    period = next((each for each in found if each.explicit), None) or next((each for each in found if _is_day(each)), found[0])
    return _to_now(text, period, today) or _opened(text, period)


_DIGITS = re.compile(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d\d))?(?![\d/-])")
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def with_day_first(text: str) -> str:
    """Return a text with its dates in digits written out as they read day first: "4/3" as "4 Mar"."""

    def written(match: re.Match[str]) -> str:
        day, month, year = int(match[1]), int(match[2]), match[3]
        if not (0 < month <= len(_MONTH_NAMES) and 0 < day <= _MOST_DAYS):
            return match[0]
        whole = f" {f'20{year}' if len(year) == _SHORT else year}" if year else ""
        return f"{day} {_MONTH_NAMES[month - 1]}{whole}"

    return _DIGITS.sub(written, text)


_MOST_DAYS, _SHORT = 31, 2


def with_other_reading(window: Window | None, text: str, *, today: date) -> Window | None:
    """Return a window told by an ambiguous date in digits together with its reading day first."""
    if window is None or not window.ambiguous:
        return window
    other = find_window(with_day_first(text), today=today)
    if other is None or (other.first, other.last) == (window.first, window.last):
        return window
    other = other.model_copy(update={"words": window.words, "span": window.span, "ambiguous": True})
    return window.model_copy(update={"other": other})


def _is_day(period: Period) -> bool:
    """Say whether a day and a month are written: "overnight 13 March" is that night."""
    return period.yearless and period.first is not None and period.first == period.last


def periods(text: str, *, today: date) -> list[Period]:
    """Return the times of the text in order, none inside another, each with the words that narrow it."""
    found = sorted(
        (*written_periods(text, today), *relative_periods(text, today), *told_spans(text, today)),
        key=lambda period: (period.start, -period.end),
    )
    distinct: list[Period] = []
    for period in found:
        if not distinct or period.start >= distinct[-1].end:
            distinct.append(period)
        elif period.end > distinct[-1].end and period.explicit and not distinct[-1].explicit:
            distinct[-1] = period
    return [_glossed(text, _narrowed(text, period)) for period in distinct if not _is_gloss(text, period, distinct)]


_SEASON_DAYS = (80, 140)
"""Least and most days that the words for a season mean."""
_GLOSS = Cue(
    rf"\s*[,(–—:-]\s*(?:(?:say|so|i\.?e\.?|meaning|that is|that's|from|between|roughly|about),?\s+)*"
    rf"(?P<m>{MONTH})\s*(?:-|–|—|to|through|thru|until|till|and)\s*(?P<m2>{MONTH})(?!\s*\d)\)?",
)
"""The months that somebody means by a season: "last winter, Nov to Feb"."""


def _gloss(text: str, period: Period) -> re.Match[str] | None:
    lasts = (period.last - period.first).days if period.first and period.last else 0
    return _GLOSS.match(text, period.end) if _SEASON_DAYS[0] <= lasts <= _SEASON_DAYS[1] else None


def _is_gloss(text: str, period: Period, others: list[Period]) -> bool:
    """Say whether a time only tells which months another one means."""
    glosses = (match for other in others if other is not period and (match := _gloss(text, other)))
    return any(match.start() <= period.start and period.end <= match.end() for match in glosses)


def _glossed(text: str, period: Period) -> Period:
    """Return the months that the words after a season say it means, in the year of the season."""
    match = _gloss(text, period)
    start, end = period.first, period.last
    if match is None or start is None or end is None:
        return period
    begins, ends = (MONTHS[match[name].lower().rstrip(".")] for name in ("m", "m2"))
    near = [
        (months(year, begins, 1)[0], months(year + (ends < begins), ends, 1)[1])
        for year in (start.year - 1, start.year, end.year)
    ]
    first, last = max(near, key=lambda days: (min(days[1], end) - max(days[0], start)).days)
    return period._replace(first=first, last=last, end=match.end()) if first <= end and last >= start else period


_PART = Cue(
    r"\b(?:(?P<edge>early|mid|late)[\s-]*(?:(?:in|of)\s+)?"
    r"|(?P<named>beginning|start|middle|end|first half|1st half|second half|2nd half|latter half|last half)(?:\s+of)?\s+)"
    r"(?:the\s+)?$",
)
_PART_NAMES = {
    "beginning": "start", "middle": "mid", "1st half": "first half", "2nd half": "second half", "latter half": "second half",
    "last half": "second half",
}  # fmt: skip
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1, "final": -1}
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple of": 2, "few": 3}
_PIECE = Cue(
    rf"\b(?P<ordinal>{'|'.join(_ORDINALS)})\s+(?:(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})\s+)?(?P<unit>day|week|month)s?\s+(?:of|in)\s+(?:the\s+)?$",
)
_CALENDAR = Cue(r"\b(?:the\s+)?calendar(?:\s+year)?\s+(?:of\s+)?$")
_WEEK_OF = Cue(r"\bweek\s+of\s+(?:the\s+)?$")


def _narrowed(text: str, period: Period) -> Period:
    """Apply the words before a time that take a part of it: "mid", "the end of", "the first week of"."""
    begins = max(0, period.start - _CONTEXT)
    before = text[begins : period.start]
    if match := _PART.search(before):
        name = " ".join((match["edge"] or match["named"]).lower().split())
        return part(period, _PART_NAMES.get(name, name))._replace(start=begins + match.start())
    if match := _PIECE.search(before):
        count = match["count"] or "1"
        number = int(count) if count.isdigit() else _COUNTS[count.lower()]
        cut = piece(period, ordinal=_ORDINALS[match["ordinal"].lower()], count=number, unit=match["unit"].lower())
        return cut._replace(start=begins + match.start()) if cut else period
    if match := _CALENDAR.search(before):
        return period._replace(start=begins + match.start())
    if (match := _WEEK_OF.search(before)) and period.first and period.first == period.last:
        monday = period.first - timedelta(days=period.first.weekday())
        return period._replace(first=monday, last=monday + timedelta(days=6), start=begins + match.start())
    return period


_LINKS = Cue(
    r"(?:back |up )?(?:to|until|till|and|or)(?: the)?|-|–|—|through|thru|up until|-+>|→|vs?\.?|versus|against|&"
    r"|compared (?:to|with)",
)
_APART_FROM = Cue(r"\b(?:from|between)\b")
_APART_TO = Cue(r"\b(?:to|and|until|till)\b")
_FROM = Cue(r"\b(?:from|between|since)\s+(?:the\s+)?$")


def _joined(text: str, first: Period, second: Period) -> Window | None:
    """Return the window from one time to the next where words join them."""
    between = text[first.end : second.start].strip()
    before = text[max(0, first.start - _CONTEXT) : first.start]
    apart = len(between) < 60 and _APART_FROM.search(before) and _APART_TO.search(between)
    if not (_LINKS.fullmatch(between) or apart):
        return None
    lead = _FROM.search(before)
    start = first.start - len(before) + lead.start() if lead else first.start
    first, second = _in_years(first, second, between)
    opens = [each.since for each in (first, second)]
    closes = [each.until for each in (first, second)]
    days = [day for day in opens if day], [day for day in closes if day]
    if len(days[0]) < 2 or len(days[1]) < 2:
        return None
    return _window(text, min(days[0]), max(days[1]), (start, second.end), ambiguous=first.ambiguous or second.ambiguous)


_SAME_YEAR = Cue(r"\b(?:that|the same|the following|the next)$")


def _in_years(first: Period, second: Period, between: str) -> tuple[Period, Period]:
    """Give a time without a year that of the one it is joined to: "20 Dec to Easter 2025", "Feb 2022 to that Christmas"."""
    if first.yearless and second.explicit and first.first and second.first:
        while first.first is not None and first.first > second.first:
            first = _years_on(first, -1)
        while (later := _years_on(first, 1)).first is not None and later.first <= second.first:
            first = later
    elif second.yearless and first.explicit and first.last and _SAME_YEAR.search(between):
        while second.first is not None and second.first > first.last:
            second = _years_on(second, -1)
        while second.first is not None and second.first <= first.last:
            second = _years_on(second, 1)
    elif second.yearless and first.explicit and first.first and first.last and (first.last - first.first).days < _PART_OF_YEAR:
        while (earlier := _years_on(second, -1)).first is not None and earlier.first >= first.first:
            second = earlier  # "between early 2022 and the clinic on 8 March"
        if second.first is not None and first.first <= second.first <= first.last:
            first = first._replace(last=second.first, closes=None)
    return first, second


_PART_OF_YEAR = 250


def _years_on(period: Period, count: int) -> Period:
    first, last, opens, closes = (
        shift(day, count, "year") if day else None for day in (period.first, period.last, period.opens, period.closes)
    )
    return period._replace(first=first, last=last, opens=opens, closes=closes)


_NOW = Cue(
    r"\s*,?\s*(?:to|until|till|through|thru|up to|-+>|→|(?:and )?(?:vs?\.?|versus|against|compared (?:to|with))"
    r"|(?P<and>and|&)|-|–)"
    r"\s*(?:the\s+|her\s+|his\s+|my\s+)?"
    r"(?:present|now|date|today|current|latest|(?:most )?recent|this year|last (?:one|value|reading|result))\b(?P<ends>\W*$)?",
)
_ABOUT = r"around|about|approximately|approx\.?|circa|roughly"
_SINCE = "on or after|in or after|(?:ever )?since|starting(?: in| from| on)?|from"
_UNTIL = "on or before|in or before|(?:no|not) later than|up to and including|up to|up until|until|till|by|through|thru"
_OPENING = tuple(
    (name, Cue(pattern))
    for name, pattern in (
        ("as of", r"\bas (?:of|at)\s+(?:the\s+)?$"),
        ("from", rf"\b(?:{_SINCE})\s+(?:(?:{_ABOUT})\s+)?(?:the\s+)?$"),
        ("until", rf"\b(?:{_UNTIL})\s+(?:the\s+)?$"),
        ("after", r"\b(?:after|following|later than|newer than|post)(?:\s+(?:the\s+)?|-)$"),
        ("before", r"\b(?:before|prior to|preceding|earlier than|older than|pre)(?:\s+(?:the\s+)?|-)$"),
        ("around", rf"(?:\b(?:{_ABOUT})\s+|~\s*)(?:the\s+)?$"),
    )
)
_VAGUELY = Cue(rf"\b(?:{_ABOUT})")
_RECORD_FROM = Cue(
    r"\b(?:notes?|reports?|scans?|labs?|results?|visits?|letters?|readings?|values?|mri|ct|x-?rays?|panel|tests?|study|studies|imaging|summary"
    r"|encounters?|appointments?|admissions?|films?|ekg|ecg|echo|biops\w+|bloods?|bloodwork|vitals|one)\s+from\s+(?:the\s+)?$",
)
_OF_EVENT = Cue(
    r"\s+(?!(?:and|or|to|in|on|at|for|did|does|was|were|is|are|has|have|had|what|when|which|who|how|why|any|if|but|with|she|he|they)\b)[a-z]",
)
"""What follows a date that only tells which of several: "after the 2012 injury" is not after 2012."""
_SINCE_EVENT = Cue(
    r"\b(?:ever )?since\s+"
    r"(?P<event>(?:(?!\b(?:since|before|after|until|till|and|or|but|if|than|because|when|what|which|who|how|why)\b)[^,;:?.()]){3,60}?)"
    r"\s+(?:back )?(?:in|on|of|around|about)\s+(?:the\s+)?$"
)
"""What happened at the time that follows: "since she moved here in 2019" is from 2019 on."""
_EVENT_NAMED = Cue(r"\s+(?:[a-z][\w-]*\s*){1,3}(?=\W*$)")
_ONWARD = Cue(r"\s*(?:onwards?|forward|(?:and|or) (?:later|after|beyond|onwards?|newer)|and on|on(?=\s*(?:[,;?.]|$)))")
_BACKWARD = Cue(r"\s*(?:and|or) (?:earlier|before|older)\b")


def _to_now(text: str, period: Period, today: date) -> Window | None:
    """Return the window of "2019 to present"."""
    match = _NOW.match(text, period.end)
    if match is None or period.since is None or period.since > today:
        return None
    before = text[max(0, period.start - _CONTEXT) : period.start]
    lead = _FROM.search(before)
    if match["and"] and match["ends"] is None and not (lead and lead[0].lower().startswith("between")):
        return None
    start = period.start - len(before) + lead.start() if lead else period.start
    return _window(text, period.since, today, (start, match.end()), ambiguous=period.ambiguous)


def _opened(text: str, period: Period) -> Window:
    """Return the window that a time and the preposition before it (or the word after it) make."""
    before = text[max(0, period.start - _CONTEXT) : period.start]
    name, lead = next(((name, match) for name, pattern in _OPENING if (match := pattern.search(before))), ("", None))
    if name == "from" and _RECORD_FROM.search(before):
        name = ""
    of_event = lead is not None and lead[0].rstrip().lower().endswith(" the") and _OF_EVENT.match(text, period.end) is not None
    if of_event and not (lead and _SINCE_THE.match(lead[0])):
        name = ""
    if (since := _since_event(text, before, period)) is not None:
        return since
    if (span := _span_beside(text, before, period)) is not None:
        return span
    start, end = period.start - len(before) + lead.start() if lead and name else period.start, period.end
    if of_event and name and (match := _EVENT_NAMED.match(text, period.end)):
        end = match.end()  # "since the March 2024 flare"
    if not name:
        for side, pattern in (("from", _ONWARD), ("until", _BACKWARD)):
            if match := pattern.match(text, period.end):
                name, end = side, match.end()
    elif name == "from" and (match := _ONWARD.match(text, period.end)):
        end = match.end()
    first, last = _ends(name, period)
    if name == "from" and lead and _VAGUELY.search(lead[0]) and period.first and period.last:
        first = _around(period, period.first, period.last)[0]
    return _window(text, first, last, (start, end), ambiguous=period.ambiguous)


def _since_event(text: str, before: str, period: Period) -> Window | None:
    """Return the time from an event on that is told with its date; `None`: none is, or "since" gives a reason."""
    match = _SINCE_EVENT.search(before) if period.explicit else None
    if match is None:
        return None
    person = _PERSON.match(match["event"])
    if person is not None and ACTS_OF_PERSON.match(match["event"]) is None:
        return None
    start = period.start - len(before) + match.start()
    return _window(text, period.since, None, (start, period.end), ambiguous=period.ambiguous)


_SPAN_BESIDE = Cue(
    rf"\b(?:(?:in|over|during|within|for|of)\s+)?(?:the\s+)?(?:(?:last|whole|full)\s+)?(?:{SPAN}|(?P<one>year|month|week|fortnight))"
    r"\s+(?P<side>before|prior to|preceding|leading (?:up )?to|up to|to|until|till|ending(?: in)?|after|following|from|starting(?: in)?)\s+(?:the\s+)?$"
)


def _span_beside(text: str, before: str, period: Period) -> Window | None:
    """Return so long a time before or after the one that is told: "in the 12 months before March 2024", "the year to June 2023"."""
    match = _SPAN_BESIDE.search(before)
    if match is None or period.first is None or period.last is None or not period.explicit:
        return None
    side = match["side"].lower()
    length = Length(1, 1, 1, match["one"].lower(), exact=True) if match["one"] else length_of(match)
    count, unit = (2, "week") if length.unit == "fortnight" else (length.usual, length.unit)
    start = period.start - len(before) + match.start()
    if side.startswith(("after", "following", "from", "starting")):
        begins = period.first if side.startswith(("from", "starting")) else period.last + timedelta(days=1)
        return _window(text, begins, shift(period.last, count, unit), (start, period.end), ambiguous=period.ambiguous)
    apart = side.startswith(("before", "prior", "preceding", "leading"))
    ends = period.first - timedelta(days=1) if apart else period.last
    return _window(text, shift(period.first, -count, unit), ends, (start, period.end), ambiguous=period.ambiguous)


_SINCE_THE = Cue(r"(?:ever )?since\b")
_PERSON = Cue(r"(?:he|she|they|it|i|we|the patient|pt)\b")


def _ends(name: str, period: Period) -> tuple[date | None, date | None]:
    """Return the first and last day that a preposition makes of a time."""
    first, last = period.first, period.last
    if first is None or last is None:
        return first, last
    match name:
        case "from":
            return period.since, (period.until if period.whole else None)
        case "as of" | "until":
            return None, period.until
        case "after":
            return (first if period.edge == "start" else last + timedelta(days=1)), None
        case "before":
            return None, last if period.edge == "end" else first - timedelta(days=1)
        case "around":
            return _around(period, first, last)
        case _:
            return first, last


def _around(period: Period, first: date, last: date) -> tuple[date, date]:
    """Widen a day by two weeks, a month by a month, a year by half a year on both sides."""
    if not period.explicit or period.whole:
        return first, last
    if first == last:
        return first - timedelta(days=14), last + timedelta(days=14)
    if (first, last) == months(first.year, first.month, 1):
        after = shift(first, 1, "month")
        return shift(first, -1, "month"), months(after.year, after.month, 1)[1]
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return date(first.year - 1, 7, 1), date(first.year + 1, 6, 30)
    return first, last


def _window(text: str, first: date | None, last: date | None, span: tuple[int, int], *, ambiguous: bool) -> Window:
    start, end = span
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return Window(first=first, last=last, words=text[start:end], span=(start, end), ambiguous=ambiguous)
