"""Several moments of one measurement asked in a question: "Cr 2020 / june 24 / latest", "LDL before the statin and now"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from chartcite.engine.dates.times import Window, periods, with_other_reading
from chartcite.engine.domain.records import Frozen
from chartcite.engine.language.cues import Cue


class When(StrEnum):
    """How a moment is told."""

    IN = "in"
    """In a window."""
    LATEST = "latest"
    PREVIOUS = "previous"
    """The one before the latest."""
    FIRST = "first"
    HIGHEST = "highest"
    LOWEST = "lowest"
    WORST = "worst"
    """The highest, or the lowest where low is bad."""
    BEFORE = "before"
    """The last before an event that the question names."""
    AFTER = "after"
    """The first after it."""


class Moment(Frozen):
    """One of the moments that a question asks a value of."""

    when: When
    words: str
    window: Window | None = None


def _cue(*alternatives: str) -> Cue:
    return Cue(r"\b(?:" + "|".join(alternatives) + r")\b")


_CUES: tuple[tuple[When, Cue], ...] = (
    (
        When.LATEST,
        _cue(r"latest", r"newest", r"most recent", r"last", r"now(?:adays)?", r"today", r"current(?:ly)?", r"these days",
             r"final"),
    ),
    (
        When.FIRST,
        _cue(r"first(?! line)", r"baseline", r"initial(?:ly)?", r"original(?:ly)?", r"earliest", r"oldest",
             r"(?:at|on) (?:diagnosis|presentation)"),
    ),
    (
        When.PREVIOUS,
        _cue(r"previous(?! (?:to|visits?|values))", r"preceding", r"penultimate", r"second[- ](?:to[- ])?last", r"last but one",
             r"(?:the )?one (?:just |right )?before(?: (?:it|that|this))?(?=\W*$)"),
    ),
    (When.WORST, _cue(r"worst")),
    (When.HIGHEST, _cue(r"highest", r"peak(?:ed)?", r"max(?:imum)?")),
    (When.LOWEST, _cue(r"lowest", r"nadir", r"min(?:imum)?", r"trough")),
    (
        When.BEFORE,
        _cue(
            r"before", r"pre", r"prior to", r"pre-op", r"preop", r"(?:at|on|from) (?:the )?(?:start|beginning|initiation) of",
            r"(?:at|on|when) (?:starting|beginning|commencing|initiating)",
            r"when (?:he|she|they|i|we|pt|the patient|mum|mom|dad) (?:first )?(?:started|began|commenced|went on)",
        ),
    ),
    (When.AFTER, _cue(r"after", r"post", r"following", r"post-op", r"postop")),
)  # fmt: skip
_BETWEEN = Cue(
    r"(?:[\s,;:/&+()–—?-]|->|→|\b(?:and|vs?|versus|to|then|against|compared|with|from|in|at|on|the|its|his|her|my|their|for|of|ever|it|is|was|are|what|has|have|"
    r"been|by|up|right|through|since|that|this|visit|value|reading|result|one|level|score|scan|check|clinic|consult|appointment|starting|start|started|tests?|ones?|recorded)\b)*",
)
"""Words that may stand between two moments of one measurement."""
_APART = Cue(r"[,;/&+]|[–—]|->|→|\s-\s|\b(?:and|vs?|versus|to|then|against|compared)\b")
_ALL_BETWEEN = Cue(r"\b(?:up to|through)\b")
_ALL_OF = Cue(
    r"\bbetween\s*$|\b(?:(?:all|each|every|list) (?:\w+ ){0,2}?|(?:values|levels|readings|results|numbers|\w{2,}s) )from\s*$"
)
"""Asks for all values of the time that follows."""
_MOST_WORDS = 4
"""Further words between two moments, at most, where one tells of an event by name."""


_FROM_ONE = Cue(
    r"\b(?:between|from) (?:the |his |her |my |their )?"
    r"(?:lowest|highest|peak|nadir|first|earliest|worst|max(?:imum)?|min(?:imum)?|latest|last)$"
)
"""Two values of one measurement, the first with its name: "between her lowest recorded weight and her last one"."""


def moments_asked(text: str, *, today: date) -> tuple[Moment, ...]:
    """Return the moments that a question asks a value of, in order; empty where it names fewer than two."""
    found = _joined(sorted(_found(text, today), key=lambda item: item[0]), text)
    if not 1 < len(found) <= 6:
        return ()
    for (begin, end, moment), (start, _, other) in pairwise(found):
        between = text[end:start]
        by_event = {moment.when, other.when} & {When.BEFORE, When.AFTER, When.PREVIOUS}
        if _APART.search(between) is None:
            return ()  # "the latest A1c after the operation" is one moment
        times = moment.when is When.IN and other.when is When.IN
        if times and (_ALL_BETWEEN.search(between) or _ALL_OF.search(text[:begin])):
            return ()  # "from March up to May", "all readings between March and May": all the time between
        few = len(between.split()) <= _MOST_WORDS and "?" not in between
        if not (_BETWEEN.fullmatch(between) or (few and (by_event or _FROM_ONE.search(text[max(0, end - 32) : end])))):
            return ()
    moments = tuple(moment for _, _, moment in found)
    whens = [moment.when for moment in moments]
    return moments if len(set(zip(whens, (moment.window for moment in moments), strict=True))) > 1 else ()


def _joined(found: list[tuple[int, int, Moment]], text: str) -> list[tuple[int, int, Moment]]:
    """Join a cue to the time that follows it: "the peak in May 2020" is one moment."""
    kept: list[tuple[int, int, Moment]] = []
    for start, end, moment in found:
        before = kept[-1] if kept else None
        if (
            before is not None
            and moment.when is When.IN
            and before[2].window is None
            and _BETWEEN.fullmatch(text[before[1] : start])
            and _APART.search(text[before[1] : start]) is None
        ):
            kept[-1] = (before[0], end, _beside(before[2], moment, text[before[0] : end]))
        elif (
            before is not None
            and before[2].when is When.IN
            and moment.when in _EXTREMES
            and not text[before[1] : start].strip()  # "the 2022 peak"
        ):
            kept[-1] = (before[0], end, moment.model_copy(update={"window": before[2].window, "words": text[before[0] : end]}))
        else:
            kept.append((start, end, moment))
    return kept


def _beside(cue: Moment, moment: Moment, words: str) -> Moment:
    """Return a cue with its time: the last value before 2020, the first after it, the peak of it."""
    window = moment.window
    if window is not None and window.first is not None and cue.when is When.BEFORE:
        return Moment(
            when=When.LATEST, words=words, window=window.model_copy(update={"first": None, "last": window.first - _DAY})
        )
    if window is not None and window.last is not None and cue.when is When.AFTER:
        return Moment(when=When.FIRST, words=words, window=window.model_copy(update={"first": window.last + _DAY, "last": None}))
    return cue.model_copy(update={"window": window, "words": words})


_DAY = timedelta(days=1)
_EXTREMES = frozenset({When.HIGHEST, When.LOWEST, When.WORST})


def _found(text: str, today: date) -> Iterator[tuple[int, int, Moment]]:
    """Yield what tells a moment, with its range; a cue inside a written time is part of it."""
    written = periods(text, today=today)
    for period in written:
        words = text[period.start : period.end]
        window = Window(
            first=period.first,
            last=period.last,
            words=words,
            span=(period.start, period.end),
            ambiguous=period.ambiguous,
        )
        window = with_other_reading(window, words, today=today) or window
        yield period.start, period.end, Moment(when=When.IN, words=window.words, window=window)
    taken = [(period.start, period.end) for period in written]
    former = [match.span() for when, cue in _CUES if when is When.PREVIOUS for match in cue.finditer(text)]
    for when, cue in _CUES:
        inside = taken if when is When.PREVIOUS else [*taken, *former]  # "last but one" is not the last
        for match in cue.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in inside):
                yield match.start(), match.end(), Moment(when=when, words=match[0])


def of_moments(
    days: Sequence[date | None], values: Sequence[float], moments: Sequence[Moment], *, event: date | None, low_is_bad: bool
) -> list[int]:
    """Return which of some values, oldest first, were at the moments, in the order of time, each once.

    Args:
        days: day of each value.
        values: the numbers.
        moments: what is asked.
        event: day of the event that "before" and "after" mean, where the chart tells it.
        low_is_bad: whether the worst value is the lowest.
    """
    places = [place for place, day in enumerate(days) if day is not None]
    chosen: set[int] = set()
    for moment in moments:
        inside = [place for place in places if _holds(moment, days[place], event)] or _near(moment, places, days)
        if inside:
            chosen |= _picked(moment, inside, values, low_is_bad=low_is_bad)
    return sorted(chosen)


_AGO = Cue(r"\bago\b")
_NEAR = 183
"""Days from a time so long ago in which a value still tells how it was then."""


def _near(moment: Moment, places: Sequence[int], days: Sequence[date | None]) -> list[int]:
    """Return the place of the value nearest to "two years ago", where that day has none."""
    window = moment.window
    if window is None or window.first is None or window.last is None or not _AGO.search(window.words):
        return []
    middle = (window.first.toordinal() + window.last.toordinal()) / 2
    apart = {place: abs(day.toordinal() - middle) for place in places if (day := days[place]) is not None}
    return [place for place in sorted(apart, key=apart.__getitem__) if apart[place] <= _NEAR][:1]


def _holds(moment: Moment, day: date | None, event: date | None) -> bool:
    if day is None:
        return False
    if moment.window is not None:
        first, last = moment.window.first, moment.window.last
        return (first is None or day >= first) and (last is None or day <= last)
    if moment.when is When.BEFORE:
        return event is not None and day <= event
    if moment.when is When.AFTER:
        return event is not None and day > event
    return True


_FEW = 3
"""Values inside a window that are all told."""


def _picked(moment: Moment, inside: Sequence[int], values: Sequence[float], *, low_is_bad: bool) -> set[int]:
    match moment.when:
        case When.IN:
            return set(inside) if len(inside) <= _FEW else {inside[0], inside[-1]}
        case When.FIRST | When.AFTER:
            return {inside[0]}
        case When.LATEST | When.BEFORE:
            return {inside[-1]}
        case When.PREVIOUS:
            return set(inside[-2:-1])
        case _:
            lowest = moment.when is When.LOWEST or (moment.when is When.WORST and low_is_bad)
            extreme = (min if lowest else max)(values[place] for place in inside)
            return {next(place for place in reversed(inside) if values[place] == extreme)}
