"""Occurrences of an event that comes back: falls, fits, low sugars, blackouts, flare-ups, each with its own day.

Entries tell one by their name or their reason, notes by a sentence with a date ("Fell 10/29 in the bathroom"), or by being written
about it on that very day. What is told of one day is one occurrence; a visit belongs to the fall that its note dates earlier.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.dates.periods import Period
from chartcite.engine.dates.times import periods, with_day_first
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes.assertion import assert_mention, is_of_others
from chartcite.engine.notes.everyday_topics import OF_NO_VALUE
from chartcite.engine.questions.particulars import words_of_episodes
from chartcite.engine.visits.encounters import is_admission, is_emergency

_EPISODE = words_of_episodes()


class EventSort(NamedTuple):
    """An event that comes back."""

    name: str
    asked: Cue
    """How questions name it."""
    told: Cue
    """How entries and notes name one."""
    of_problem: bool = False
    """Whether it is an episode of a problem, which must be named beside it."""


_FALL_TO = r"(?! (?:asleep|ill|pregnant|out with|behind|short|below|under|over budget|to (?:\d|a |the low)|by \d|from \d|off x|in (?:hb|h(?:a)?emoglobin|sodium|platelets?|bp|blood|e?gfr|weight|count)))"
FALL = EventSort(
    "fall",
    Cue(
        rf"\b(?<!risk of )(?<!in the )(?<!this )(?<!fear of )(?:falls?|fell|fallen|tumbles?|tumbled|had a trip|tripped over|on the floor)\b(?!['’]s){_FALL_TO}(?! (?:risk|prevention|alarm|clinic|assessment|team|precautions|semester|term|of (?:19|20)\d\d))(?<!\bfall(?= \d{{4}}))"
    ),
    Cue(
        rf"\b(?<!risk of )(?<!fear of )(?<!risk for )(?<!prevent )(?<!avoid )(?<!in )(?<!in the )(?<!this )(?<!at )falls?\b(?!\W*(?:risk|prevention|alarm|assess\w*|clinic|precautions|class\b|score|team|scale|prone|mats?\b))(?! in (?:hb|h(?:a)?emoglobin|bp|blood))"
        rf"|{OF_NO_VALUE}\b(?:fell|fallen)\b{_FALL_TO}|\b(?:slipped|tripped)\b(?! out)|\bcaught (?:\w+ )?foot\b|\b(?:went|came|slid) off (?:\w+ )?(?:chair|bed|toilet|commode)\b|\b(?:slid|slipped|rolled|lowered) (?:\w+ ){{0,3}}?(?:from|out of|onto?|to) (?:\w+ ){{0,3}}?(?:floor|bed|chair|carpet|ground)\b"
        r"|\bfound (?:by \w+ )?(?:\S+ ){0,3}?(?:on|beside|next to) (?:the |her |his |their )?(?:\w+ )?(?:floor|bed|bath|carpet)\b"
    ),
)
SEIZURE = EventSort(
    "seizure",
    Cue(
        r"\b(?:seizures?|seized|szs?|convulsions?|fits?(?! (?:for|to|and well|note|in|into|on|the|with|by|as|enough|well)\b)|GTCS?)\b(?! (?:medic\w*|meds?|drugs?|tablets?|disorder|diary|plan|threshold|clinic|type|control|free))"
    ),
    Cue(
        r"\b(?:seizures?|szs?|convuls\w+|GTCS?|(?:was|been|still|started|found|kept) fitting|fitting (?:on|for|again)|status epilepticus|(?:a|had|last|second|first|more|no|of|two|three|\d) (?:big )?fits?)\b(?! (?:disorder|threshold|diary|medic\w*|meds?|drugs?|clinic|plan|precautions))"
    ),
)
HYPO = EventSort(
    "hypo",
    Cue(
        r"\b(?:hypos?\b(?!-)|hypoglyc\w+|low (?:blood )?(?:sugars?|glucose)|(?:go(?:es)?|gone|went|going) (?:too )?low\b(?! (?:on|down))|sugars? (?:go|gone|went|drop\w*|was|been) (?:too |so )?low|lows)"
    ),
    Cue(r"\b(?:hypos?\b(?!-)|hypoglyc\w+|low (?:blood )?(?:sugars?|glucose)|went low|lows)\b"),
)
FAINT = EventSort(
    "faint",
    Cue(
        r"\b(?:faint(?:s|ed|ing)?|black(?:ed|ing)?[- ]?outs?|black outs?|pass(?:ed|es|ing)? out|collaps(?:e[sd]?|ing)|syncop\w+|keeled over|los[et] consciousness)\b(?! (?:lung|vertebra\w*))"
    ),
    Cue(
        r"\b(?:faint(?:s|ed)|black(?:ed)?[- ]?outs?|passed out|collapsed?(?! (?:lung|vertebra\w*))|syncop\w+|lost consciousness|\+ ?LOC)\b"
    ),
)
NOSEBLEED = EventSort("nosebleed", Cue(r"\b(?:nose ?-?bleeds?|epistaxis)\b"), Cue(r"\b(?:nose ?-?bleeds?|epistaxis)\b"))
CONFUSION = EventSort(
    "confusion",
    Cue(r"\b(?:confused|(?:episodes?|spells?|bouts?) of confusion|delirium|delirious|encephalopath\w+|muddled)\b"),
    Cue(r"\b(?:confus(?:ed|ion)|delirium|delirious|encephalopath\w+|muddled)\b"),
)
FLARE = EventSort(
    "flare",
    Cue(rf"\b(?:{_EPISODE}|relapsed|flared up)\b"),
    Cue(rf"\b(?:{_EPISODE}|relapsed|AE(?:COPD)?|exac)\b"),
    of_problem=True,
)
SORTS = (FALL, SEIZURE, HYPO, NOSEBLEED, FAINT, CONFUSION, FLARE)
_LASTING = Cue(
    r"\b(?:recurrent|frequent(?:ly)?|history of|hx|previous|risk|fear|assess\w*|prevent\w*|review|follow[- ]?up|f/?u|clinic|disorder|relapsing|two|multiple|family|secondary to|impaired)\b|\bepilepsy\b"
)
"""Says of an entry that it names no single occurrence."""
_ELSEWHERE = Cue(r"^\W*(?:PMHx?|PSHx?|past (?:medical|surgical)|FHx?|family|allerg\w*|all\b|problem list|risk|background)")
"""Begins what a note lists of long ago."""
_NOTED_NOW = Cue(
    r"^\W*(?:dx|diagnos[ei]s|imp(?:ression)?|assessment|a/?p?|cc|c)\s*[:(]|\b(?:today|tonight|this (?:morning|afternoon|evening)|just now)\b"
)
"""Begins what a visit finds, or says that it is of the day."""
_ACUTE_NOTE = Cue(r"\b(?:emergency|ED|A&E|triage|ambulance|paramedic|casualty|urgent|acute|incident|post[- ]?fall)\b")
_IN_CASE = Cue(
    r"\b(?:if|in case of|in the event of|should (?:he|she|they|another|there)|risk of|to prevent|prevention of|(?-i:may)|might|avoid\w*|when(?:ever)? (?:he|she|you|having)|next|further)\b"
)
_FREE_SINCE = Cue(r"\b(?:free|no|none|nil|denie[sd]|without|not)\b(?:(?!\bsince\b)[^.;]){0,60}\bsince\W*$")
_SINCE = Cue(r"\b(?:since|until|from)\W*(?:the )?$")
_NOT_A_DAY = Cue(r"^(?:\d{1,2}/(?:12|52|7)|2/2)$")
"""Weeks or months in shorthand ("4/52"), and "2/2" for "secondary to"."""
_CUT = Cue(r"[;]|\.\s")
_A_SEASON = timedelta(days=100)
_LOOKS_BACK = timedelta(days=3660)
_FAR = 80
"""Characters between an event and the date that is its."""
_SAME = timedelta(days=3)
_EARLIER = timedelta(days=60)
"""A visit tells of an event that its note dates so long before, at most."""
_UNREAL = frozenset(
    {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.ABSENT, AssertionStatus.FAMILY, AssertionStatus.HYPOTHETICAL}
)
_LISTED = (Category.ENCOUNTER, Category.CONDITION, Category.MEDICATION)


class Told(NamedTuple):
    """A sentence of a note that speaks of an event."""

    passage: Passage
    sentence: Sentence
    text: str
    noted: date
    day_first: bool | None = None
    """How the chart writes days in digits; `None`: it does not show."""


class Occurrence(NamedTuple):
    """One occurrence: the days that it can have been on, and what tells of it."""

    first: date
    last: date
    facts: tuple[Fact, ...] = ()
    told: tuple[Told, ...] = ()


class Gathered(NamedTuple):
    """What a chart tells of an event."""

    occurrences: tuple[Occurrence, ...]
    """Oldest first."""
    denied: tuple[Told, ...]
    """Sentences that say there was none, newest first."""
    counted: tuple[Told, ...] = ()
    """Sentences that count them, newest first."""


def gather(
    sort: EventSort, facts: Sequence[Fact], passages: Sequence[Passage], names: Sequence[tuple[str, ...]] = ()
) -> Gathered:
    """Gather the occurrences of an event over entries and notes; of a problem's episodes, those that name it."""
    noted = list(_sentences(sort, passages, names, _days_of_entries(sort, facts, names)))
    items = [Occurrence(first, last, told=(told,)) for told, days in noted for first, last in days]
    dated_by_note = {told.noted: max(days) for told, days in sorted(noted, key=lambda each: max(each[1]))}
    for fact in facts:
        if not _names_one(sort, fact, names):
            continue
        day = fact.occurred.first_day if fact.occurred is not None else date.min
        last = fact.occurred.last_day if fact.occurred is not None else date.min
        earlier = dated_by_note.get(day)
        if earlier is not None and earlier[1] < day and day - earlier[0] <= _EARLIER:
            day, last = earlier
        items.append(Occurrence(day, last, facts=(fact,)))
    denied = sorted(_denials(sort, passages, names), key=lambda told: told.noted, reverse=True)
    spoken = [
        told for told, _, status in _spoken_of(sort, passages, names) if status not in _UNREAL and _COUNTS.search(told.text)
    ]
    counted = sorted(spoken, key=lambda told: told.noted, reverse=True)
    return Gathered(tuple(_clusters(items)), tuple(denied), tuple(counted))


_COUNTS = Cue(
    r"\b(?:\d+|one|two|three|four|five|six|seven|several)\W+(?:\w+ ){0,2}?(?:falls?|seizures?|fits?|hypos?|blackouts?|faints?|nose-?bleeds?|exacerbations?|attacks?|relapses?)\b"
    r"|\b(?:falls?|hypos?|seizures?|fits?)\b[^.;]{0,24}?(?:(?<!\d):|\bno\.|\bx) ?\W*(?:\[x\] )?(?:yes\W+)?\d+\b(?![:/.]\d)|\b\w+ so far: "
)


def _clusters(items: Sequence[Occurrence]) -> list[Occurrence]:
    """Join what is told of the same day, or of a month in which the day lies."""
    exact = sorted((item for item in items if item.last - item.first <= _SAME), key=lambda item: item.first)
    joined: list[Occurrence] = []
    for item in exact:
        if joined and item.first - joined[-1].last <= _SAME:
            joined[-1] = _join(joined[-1], item)
        else:
            joined.append(item)
    for item in sorted((item for item in items if item.last - item.first > _SAME), key=lambda item: item.first):
        inside = [place for place, each in enumerate(joined) if item.first <= each.last and each.first <= item.last]
        if inside:
            kept = joined[inside[-1]]
            joined[inside[-1]] = Occurrence(kept.first, kept.last, kept.facts, (*kept.told, *item.told))
        else:
            joined.append(item)
    return sorted(joined, key=lambda each: (each.last, each.first))


def _join(one: Occurrence, other: Occurrence) -> Occurrence:
    return Occurrence(
        min(one.first, other.first), max(one.last, other.last), (*one.facts, *other.facts), (*one.told, *other.told)
    )


def _names_one(sort: EventSort, fact: Fact, names: Sequence[tuple[str, ...]]) -> bool:
    """Say whether an entry is of a single occurrence: by its own name, or as the reason of a visit or an order."""
    if fact.occurred is None or fact.span is not None or fact.assertion in _UNREAL or fact.category not in _LISTED:
        return False
    if fact.occurred.last_day - fact.occurred.first_day > _SAME or fact.is_booked:
        return False
    reasons = [detail.text for detail in fact.details if detail.name == "reason"]
    if fact.category is Category.MEDICATION:
        short = fact.ended is not None and fact.ended.first_day - fact.occurred.first_day <= _A_COURSE
        said = [text for text in reasons if not _PLURAL.search(text)] if sort.of_problem and short else []
    else:
        said = [fact.concept.text, *reasons]
    at_once = fact.category is Category.CONDITION or is_emergency(fact) or is_admission(fact)
    return any(
        sort.told.search(text) is not None
        and not _LASTING.search(text)
        and (at_once or not _AFTERWARDS.search(text))
        and (not sort.of_problem or names_any(names, text))
        for text in said
    )


_A_COURSE = timedelta(days=200)
"""What is given for one episode lasts so long, at most."""
_PLURAL = Cue(r"\b(?:exacerbations|attacks|episodes|relapses|flares)\b")
_AFTERWARDS = Cue(r"\b(?:after|following|post|since)\b")
"""Says of a visit that it came later than the event."""


def names_any(names: Sequence[tuple[str, ...]], text: str) -> bool:
    """Say whether a text holds one of some folded names; without names any does."""
    joined = f" {' '.join(forms(text))} "
    return not names or any(f" {' '.join(run)} " in joined for run in names)


def _days_of_entries(sort: EventSort, facts: Sequence[Fact], names: Sequence[tuple[str, ...]]) -> set[date]:
    """Return the first days of emergency visits and stays that were for such an event."""
    return {
        fact.occurred.first_day
        for fact in facts
        if fact.occurred is not None
        and fact.category is Category.ENCOUNTER
        and (is_emergency(fact) or is_admission(fact))
        and _names_one(sort, fact, names)
    }


def _spoken_of(
    sort: EventSort, passages: Sequence[Passage], names: Sequence[tuple[str, ...]]
) -> Iterator[tuple[Told, list[tuple[int, int]], AssertionStatus]]:
    """Yield the sentences that name the event, with the places where they do and how they speak of it."""
    about = {passage.document_key for passage in passages if names_any(names, f"{passage.title} {passage.text}")}
    day_first = _writes_day_first(passages)
    for passage in passages:
        known = passage.occurred or passage.recorded
        if known is None or (sort.of_problem and passage.document_key not in about):
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            places = [match.span() for match in sort.told.finditer(text)]
            if not places or sentence in passage.commands:
                continue
            by_kin = _WITNESSED.search(text) is not None or (
                _MESSAGE.search(passage.title) is not None and _BY_KIN.search(text) is not None
            )
            if is_of_others(text, section=passage.section) and not by_kin:
                continue
            status = assert_mention(text, *places[0], section=passage.section)
            if _NUMBERED.search(text) or (by_kin and status is AssertionStatus.FAMILY):
                status = AssertionStatus.PRESENT
            yield Told(passage, sentence, text, known.first_day, day_first), places, status


_MESSAGE = Cue(r"\b(?:message|portal|e-?mail|family|telephone|phone|letter from)\b")
_BY_KIN = Cue(r"^\W*(?:\w+ ){0,3}?(?:dad|mum|mom|mam|gran|nan|grandad)\b")
"""Begins what a relative writes of the patient."""
_WITNESSED = Cue(r"\b(?:saw|watched|found|witnessed|heard|noticed) (?:him|her|them)\b|\b(?:seen|found|witnessed) by\b")


def _sentences(
    sort: EventSort, passages: Sequence[Passage], names: Sequence[tuple[str, ...]], entered: set[date]
) -> Iterator[tuple[Told, list[tuple[date, date]]]]:
    """Yield the sentences that tell of occurrences, with the days of those."""
    for told, places, status in _spoken_of(sort, passages, names):
        dated = list(_days_of(told, places))
        if dated:
            if status not in _UNREAL or all(free for _, free in dated):
                yield told, [day for day, _ in dated]
            continue
        noted_now = _NOTED_NOW.search(told.text) is not None
        now = noted_now or told.noted in entered or _ACUTE_NOTE.search(told.passage.title) is not None
        listed = _ELSEWHERE.search(told.text) or _ELSEWHERE.search(told.passage.section) or _LASTING.search(told.text)
        if now and status is AssertionStatus.PRESENT and not listed and not _IN_CASE.search(told.text):
            yield told, [(told.noted, told.noted)]


def _days_of(told: Told, places: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[date, date], bool]]:
    """Yield the days that a sentence gives for the event, and whether it only says that none came since."""
    for period in _read(told):
        begins, ends = period.first, period.last
        if begins is None or ends is None or ends - begins > _A_SEASON:
            continue
        if begins > told.noted or told.noted - begins > _LOOKS_BACK or _NOT_A_DAY.search(told.text[period.start : period.end]):
            continue
        before = told.text[: period.start]
        free = _FREE_SINCE.search(before) is not None
        if (not free and _SINCE.search(before)) or _IN_CASE.search(before) or not _beside(told.text, period, places):
            continue
        yield (begins, min(ends, told.noted)), free


def _beside(text: str, period: Period, places: Sequence[tuple[int, int]]) -> bool:
    """Say whether a date stands beside the event that a sentence names, in the same clause."""
    for start, end in places:
        between = text[end : period.start] if end <= period.start else text[period.end : start]
        if len(between) <= _FAR and not _CUT.search(between):
            return True
    return False


def _read(told: Told) -> list[Period]:
    """Return the dates of a sentence; digits that read two ways are the nearest day before the note."""
    read: list[Period] = list(_dotted(told))
    for period in periods(told.text, today=told.noted):
        if not period.ambiguous or period.first is None:
            read.append(period)
            continue
        if told.day_first is False:
            read.append(period)
            continue
        other = next(iter(periods(with_day_first(told.text[period.start : period.end]), today=told.noted)), None)
        days = [each for each in (period.first, other.first if other is not None else None) if each and each <= told.noted]
        day = other.first if told.day_first and other is not None else max(days, default=period.first)
        read.append(period._replace(first=day, last=day))
    return read


_DOTTED = Cue(r"(?:^\W*(?P<d>\d\d)\.(?P<m>\d\d)(?=[\s:])|(?<![\d.])(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y>(?:20)?\d\d)?(?!\d))")
"""A day with points, as it is written where the day comes first: "25.3.", and at the head of a line "07.11"."""


_DIGITS = Cue(r"(?<![\d/.])(\d{1,2})/(\d{1,2})(?:/(?:20)?\d\d)?(?![\d/])")
_MONTHS = 12


def _writes_day_first(passages: Sequence[Passage]) -> bool | None:
    """Say whether a chart writes the day before the month, by its days that can be read in one way only."""
    either = [(int(match[1]), int(match[2])) for passage in passages for match in _DIGITS.finditer(passage.text)]
    days = sum(_MONTHS < one <= _MOST_DAYS and 0 < other <= _MONTHS for one, other in either)
    months = sum(0 < one <= _MONTHS < other <= _MOST_DAYS for one, other in either)
    return None if days == months else days > months


_MOST_DAYS = 31


def _dotted(told: Told) -> Iterator[Period]:
    """Yield the days that a sentence writes with points; without a year, the newest before its note."""
    for match in _DOTTED.finditer(told.text):
        day, month = int(match["d"] or match["d2"]), int(match["m"] or match["m2"])
        year = int(match["y"][-2:]) + 2000 if match["y"] else told.noted.year
        try:
            when = date(year, month, day)
            when = when if when <= told.noted or match["y"] else date(year - 1, month, day)
        except ValueError:
            continue
        yield Period(when, when, match.start(), match.end())


def _denials(sort: EventSort, passages: Sequence[Passage], names: Sequence[tuple[str, ...]]) -> Iterator[Told]:
    for told, places, status in _spoken_of(sort, passages, names):
        if _IN_CASE.search(told.text) or _NUMBERED.search(told.text):
            continue
        if status is AssertionStatus.ABSENT or _NONE_AFTER.match(told.text[places[0][1] :]):
            yield told


_NUMBERED = Cue(r"\bno\. ?\d")


_NONE_AFTER = Cue(r"^\W{0,3}(?:0\b|none\b|nil\b|no\b)")
