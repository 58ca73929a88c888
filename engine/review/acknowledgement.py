"""Abnormal results that no later note speaks of: which words and dates were looked for, and in how many notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from chartcite.engine.domain.briefings import Line, Section
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.facts.measured_values import Point
from chartcite.engine.language.terminology import forms
from chartcite.engine.review.chart_review import Review, section
from chartcite.engine.review.result_changes import Series, is_abnormal, name_of_point

_MOST_WORDS_SHOWN = 4


def unacknowledged(review: Review, found: Sequence[Series], first: date | None) -> Section:
    """Say the newest abnormal result of each test after which no note names the test or the result's day."""
    title = "Abnormal results that no note speaks of"
    name = "unacknowledged"
    recent = [point for series in found if (point := _newest_abnormal(series, first)) is not None]
    oldest = min((point.fact.occurred.first_day for point in recent if point.fact.occurred), default=None)
    if oldest is None:
        return section(name, title, (), "no abnormal result is new")
    if not review.holds_notes:
        searched = f"{len(recent)} abnormal results, and the chart holds no notes: nothing can say whether they were seen"
        return section(name, title, (), searched)
    notes = _notes(review.notes(oldest), oldest)
    lines = [_line(point, notes, review) for point in reversed(recent)]
    searched = f"{len(recent)} abnormal results searched, and {len(notes)} notes dated from {oldest}"
    return section(name, title, lines, searched, most=10)


def _newest_abnormal(series: Series, first: date | None) -> Point | None:
    """Return the newest value where it is abnormal and came since `first`."""
    point = series.newest
    moments = [moment.first_day for moment in (point.fact.occurred, point.fact.recorded) if moment]
    return point if is_abnormal(point) and (first is None or any(day >= first for day in moments)) else None


class _Note:
    """The words of one note, for looking up runs of words."""

    def __init__(self, day: date, texts: Iterable[str]) -> None:
        self.day = day
        text = "\n".join(texts)
        self.text = text
        self.words = f" {' '.join(forms(text))} "


def _notes(passages: Sequence[Passage], oldest: date) -> list[_Note]:
    grouped: dict[int, list[Passage]] = {}
    for passage in passages:
        moments = [moment.last_day for moment in (passage.recorded, passage.occurred) if moment]
        if moments and max(moments) >= oldest:
            grouped.setdefault(passage.document_key, []).append(passage)
    return [
        _Note(max(moment.last_day for moment in (parts[0].recorded, parts[0].occurred) if moment), (part.text for part in parts))
        for parts in grouped.values()
    ]


def _line(point: Point, notes: Sequence[_Note], review: Review) -> Line | None:
    fact = point.fact
    if fact.occurred is None:
        return None
    day = fact.occurred.first_day
    later = [note for note in notes if note.day >= day]
    names = _names(point, review)
    dates = spellings(day)
    if any(_speaks(note, names, dates) for note in later):
        return None
    shown = ", ".join(names[:_MOST_WORDS_SHOWN]) + (f" and {len(names) - _MOST_WORDS_SHOWN} other names"
                                                   if len(names) > _MOST_WORDS_SHOWN else "")  # fmt: skip
    why = f"{len(later)} notes dated {day} or later searched for {shown}, and for the day ({', '.join(dates[:3])})"
    return review.line("no note names it", fact, why=why, route="latest_value")


def _names(point: Point, review: Review) -> list[str]:
    """Return the words that name a test: the chart's own, and those of the lexicon."""
    own = name_of_point(point)
    head = own.split(" [", maxsplit=1)[0].split(" (", maxsplit=1)[0].split(", ", maxsplit=1)[0]
    concept = point.component.concept if point.component else point.fact.concept
    names = dict.fromkeys([own, head, *review.lexicon.surfaces(review.lexicon.link(concept))])
    return [name for name in names if forms(name)]


def _speaks(note: _Note, names: Sequence[str], dates: Sequence[str]) -> bool:
    return any(f" {' '.join(forms(name))} " in note.words for name in names) or any(_has_date(note.text, day) for day in dates)


def _has_date(text: str, day: str) -> bool:
    place = text.find(day)
    while place >= 0:
        before, after = text[place - 1 : place], text[place + len(day) : place + len(day) + 1]
        if not before.isdigit() and not after.isdigit():
            return True
        place = text.find(day, place + 1)
    return False


def spellings(day: date) -> list[str]:
    """Return how notes write a day."""
    month, year = day.strftime("%b"), day.year
    return list(dict.fromkeys([
        day.isoformat(), f"{day.month}/{day.day}", f"{day:%m/%d}", f"{month} {day.day}", f"{day:%B} {day.day}",
        f"{day.day} {month}", f"{day.day} {day:%B}", f"{day.day}.{day.month}.{year}", f"{day:%d.%m.%Y}", f"{day:%Y%m%d}",
    ]))  # fmt: skip
