"""The visit that a question names by its kind, its time and the words around it: "the June 2025 nephrology review", "the last HIV visit"."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.times import Window, find_window
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.facts.people import called_as, fields_named
from chartcite.engine.facts.statements import encounter_class, name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.plans import Target
from chartcite.engine.questions.question_words import is_plain
from chartcite.engine.review.chart_review import is_note
from chartcite.engine.visits.encounters import emergencies, is_admission, is_emergency, of_unit_asked
from chartcite.engine.visits.held_visits import began_in, held_visits, touches
from chartcite.engine.visits.visits import LATEST_NOTE

LETTER = timedelta(days=10)
"""A letter about a visit is dictated so long after it, at most, where no other visit lies between."""


class Kind(StrEnum):
    """What sort of visit a question names."""

    STAY = "stay"
    EMERGENCY = "emergency"
    BIRTH = "birth"
    VISIT = "visit"


class VisitNamed(NamedTuple):
    """A visit as a question names it."""

    kind: Kind
    words: tuple[str, ...]
    """Folded words that tell which visit: its field, its means, its cause."""
    phrase: str
    span: tuple[int, int]
    """Range of the phrase in the question."""
    since: bool
    """Whether the question tells of the time after it."""
    newest: bool = False
    window: Window | None = None
    ordinal: int | None = None
    """Of several, which one: 2 for "second"."""


_NOUNS = {
    Kind.STAY: r"(?:inpatient|in-patient|hospital|hosp) (?:episode|spell)|discharge(?! (?:summar|letter|script|note|med|date|diagnos|prescription|plan|destination|weight))|(?:re-?)?admissions?|(?:re-?)?hospitali[sz]ations?|(?:hospital |inpatient )?stay",
    Kind.EMERGENCY: r"(?:ED|ER|A&E|emergency(?: room| department)?|casualty) (?:visit|attendance|presentation|trip|stay)|ER|A&E|emergency (?:room|department)|casualty|(?-i:ED)|ed(?= (?:in|on|last|that|this|back)\b)",
    Kind.BIRTH: r"(?:child)?birth|delivery|confinement|labou?r",
    Kind.VISIT: r"visit|appointment|appt|consult(?:ation)?|clinic(?: (?:visit|appointment|appt|review))?|review|check[- ]?up|check(?! (?:of|on|for|in|that|if|whether)\b)|physical(?! (?:therap|exam|activ|health|symptom))|follow[- ]?up|encounter|phone call|telephone call|session|attendance|catch[- ]?up",
}
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_TIME = rf"(?:(?:early|mid|late|the (?:start|beginning|middle|end) of)[- ])?(?:(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?)?{_MONTH}\.?(?: \d{{1,2}}(?:st|nd|rd|th)?(?!\d))?(?:,? (?:\d{{4}}|['’]?\d\d)(?!\d))?|(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|yesterday|today|(?:this|last) (?:week|month|year|spring|summer|autumn|fall|winter|{_MONTH}))"
_JOINT = r"(?:of|at|for|since|from|during|after|before|in|on|about|around|with|to|the|my|her|his|their|our|how|what|and|or|is|was|were|has|have|had|did|does|do)\b"
"""Words between which and a noun another phrase begins."""
_KIN = r"(?:mum|mom|mother|dad|father|gran(?:dma|dad|ny)?|nan|grandmother|grandfather|wife|husband|partner|son|daughter|sister|brother|aunt|uncle)"
_NAMED = tuple(
    (
        kind,
        Cue(
            rf"\b(?P<lead>(?:ever )?since|after|following|before|prior to|until|at|during|in|from|of|about|on|around|with)?\s*\b(?P<own>the|my|her|his|their|our|this|that|last|latest|a|{_KIN}['’]?s|{_TIME}(?:['’]s)?)\s+(?P<words>(?:(?!{_JOINT})[^\s,;:?.()]+\s+){{0,5}}?)(?P<noun>{noun})\b"
            rf"(?P<more>(?:\s+(?:in|on|of|from|back in|dated|around)\s+(?:the\s+)?{_TIME})?(?:\s+(?:for|with|at|by)\s+(?:the\s+|her\s+|his\s+|my\s+)?(?:[\w'’&-]+)(?:\s+(?!(?:in|on|and|or|what|how|when|please|pls|did|was|were|for)\b)[\w'’&-]+){{0,2}})?(?:\s+(?:(?:in|on|of|from|back in|dated)\s+(?:the\s+)?)?\b{_TIME})?)"
        ),
    )
    for kind, noun in _NOUNS.items()
)
_SINCE = frozenset({"since", "ever since", "after", "following"})
_OUTSIDE = frozenset({"before", "prior to", "until"})
_NEWEST = Cue(r"\b(?:last|latest|most recent|newest|recent)\b")
_ORDINALS = tuple(
    (number, Cue(rf"\b(?:{said})\b")) for number, said in ((1, "first|1st|initial|index"), (2, "second|2nd"), (3, "third|3rd"))
)
_AUDIENCE = Cue(
    r"\b(?:for|to|with) (?:an? |the |my |our |her |his )?(?:\w+[- ])?(?:colleagues?|team|consultants?|letter|handovers?|rounds?|meeting|registrar|reg|boss|locum|family|covering \w+|mdt|referral|report|notes?|me|us|insurer|employer|gp letter)\b",
)
"""For whom something is told, which names nothing of a visit."""
_TELLS_NOTHING = frozenset(
    forms(
        "hospital hosp episode spell discharge catch inpatient outpatient long short recent last latest most newest first initial index previous prior whole entire visit appointment appt review clinic consult consultation encounter session "
        "attendance admission stay call follow up check main big routine brief quick there here then back actual same one day week month year early mid late start beginning middle end of"
    )
)
_REMOTE = Cue(r"\b(?:phone|telephone|tele\w*|video|virtual|remote)\b")
_WRITTEN = Cue(r"\b(?:portal|messages?|e-?mails?)\b")
_REMOTELY = Cue(r"\b(?:tele\w*|phone|video|virtual|VR)\b")
_BIRTH = Cue(r"\b(?:birth|deliver\w*|matern\w*|labou?r|obstet\w*|childbirth|caesarean|cesarean|postnatal|VBAC)\b")
_OF_AGE = Cue(r"\b(?P<count>\d{1,3})[- ]?(?P<unit>years?|yrs?|y|months?|mo|weeks?|wks?|days?)(?:[- ]?old)?\b(?! ago)")
"""The age or the time after which a visit is due, by which it is called: "the 4-year check", "her 6 week check"."""
_SHORT_UNITS = {"y": r"y(?:ea)?r?s?", "m": r"mo(?:nth)?s?|/12", "w": r"w(?:ee)?ks?|/52", "d": r"days?|/7"}
_PLACES = frozenset(forms("second third 1st 2nd 3rd"))
_KINDS_OF_VISITS = frozenset(forms("review clinic consult consultation intake session check call follow"))
"""Words by which visits and their notes are called."""
_SHORTEST_STEM = 5


def visits_in(text: str, *, today: date) -> list[VisitNamed]:
    """Return the visits that a question names, in its order; those it only looks back from ("before the visit") are left out."""
    bare = _AUDIENCE.sub(lambda match: " " * len(match[0]), text)
    found: list[VisitNamed] = []
    for kind, pattern in _NAMED:
        for match in pattern.finditer(bare):
            lead = " ".join((match["lead"] or "").lower().split())
            span = (match.start("own"), match.end())
            if lead in _OUTSIDE or any(one.span[0] < span[1] and span[0] < one.span[1] for one in found):
                continue
            found.append(_read(kind, bare[slice(*span)], span, match, since=lead in _SINCE, today=today))
    return sorted(found, key=lambda each: each.span)


def _read(kind: Kind, phrase: str, span: tuple[int, int], match: re.Match[str], *, since: bool, today: date) -> VisitNamed:
    window = find_window(phrase, today=today) or _of_month(phrase, today)
    own = f"{match['own']} {match['words']}"
    newest = window is None and _NEWEST.search(own) is not None
    said = f"{match['own']} {match['words']} {match['more']}"
    ordinal = next((number for number, cue in _ORDINALS if cue.search(own)), None)
    timed = set(forms(window.words)) if window else set[str]()
    timed |= set(forms(own)) & _PLACES  # "her second stay", and not "the stay for her second operation"
    whose = set(forms(match["own"])) if re.fullmatch(rf"{_KIN}['’]?s", match["own"], re.IGNORECASE) else set[str]()
    words = tuple(
        word
        for word in dict.fromkeys(forms(said))
        if word not in timed | whose and word not in _TELLS_NOTHING and not is_plain(word) and len(word) > 1
        and not re.fullmatch(rf"{_MONTH}|\d+\w*|th|nd", word)
    )  # fmt: skip
    words = (*words, *(f"{of['count']} {of['unit'][0].lower()}" for of in _OF_AGE.finditer(own)))
    return VisitNamed(kind, words, phrase, span, since, newest=newest, window=window, ordinal=ordinal)


_BARE_MONTH = Cue(rf"\b{_MONTH}\b(?!\.? ?\d)")


def _of_month(phrase: str, today: date) -> Window | None:
    """Read a month that stands alone ("my September review") as the last one of its name."""
    month = _BARE_MONTH.search(phrase)
    return None if month is None else find_window(f"in {month[0]}", today=today)


def visit_meant(named: VisitNamed, reading: Reading, targets: Sequence[Target] = ()) -> Fact | None:
    """Return the visit of the chart that is named: of its time and kind, and told by every word; `None`: there is no such one.

    Args:
        named: how the question tells it.
        reading: the question in its chart.
        targets: what the question names: a visit is also told by the other names of its cause.
    """
    records, scope = reading.shelves.records, reading.scope
    held = held_visits(reading)
    done = (
        records.facts(scope, categories=(Category.CONDITION, Category.PROCEDURE))
        if named.words or named.kind is Kind.BIRTH
        else []
    )
    passages = [each for each in records.all_passages(scope) if is_note(each)]
    inside = [fact for fact in held if named.window is None or touches(fact, named.window)]
    if named.kind is Kind.STAY:
        inside = of_unit_asked(inside, named.phrase)
    chosen: list[tuple[Fact, _Told]] = []
    for fact in inside:
        told = _Told.of(fact, done, notes_of(fact, passages, held))
        known = f"{told.entry} {told.notes} {told.days}"
        if _is_kind(fact, named.kind, told) and all(_is_told(word, known, targets) for word in named.words):
            chosen.append((fact, told))
    if named.kind is Kind.EMERGENCY:
        sure = {fact.id for fact in emergencies([fact for fact, _told in chosen])}
        chosen = [each for each in chosen if each[0].id in sure]
    if named.kind is Kind.VISIT and any(not is_admission(fact) for fact, _told in chosen):
        chosen = [each for each in chosen if not is_admission(each[0])]
    tells = named.window is not None or named.newest or named.ordinal is not None or bool(named.words)
    if not chosen or (named.kind is Kind.VISIT and not tells):
        return None
    if named.ordinal is not None:
        return chosen[named.ordinal - 1][0] if named.ordinal <= len(chosen) else None
    best = max(_sureness(named, *each, targets) for each in chosen)
    return [fact for fact, told in chosen if _sureness(named, fact, told, targets) == best][-1]


def _sureness(named: VisitNamed, visit: Fact, told: _Told, targets: Sequence[Target]) -> int:
    """Return how plainly a visit is the one that is named: by its own entry and its notes, rather than by what else happened then.

    Its own words count for more than its field ("the stroke admission" is no stay with a neurologist), and so does what began in it.
    A message by telephone is a visit only where it is asked for; of visits that are told as plainly, the newest is meant.
    """
    own = sum(_is_told(word, f"{told.entry} {told.notes}", targets) for word in named.words)
    if named.newest:
        written = _WRITTEN.search(told.entry) is not None and not _WRITTEN.search(named.phrase)
        return 2 * own - written  # nobody was seen
    said = sum(_is_said(word, f"{told.entry} {told.notes}") for word in named.words)
    begun = sum(_is_said(word, told.days) or _is_meant(word, told.days, targets) for word in named.words)
    called = forms(f"{name_of(visit)} {told.notes}")
    noun = any(word in called for word in forms(named.phrase) if word in _KINDS_OF_VISITS)
    remote = _REMOTELY.search(f"{told.entry} {told.notes}") is not None and not _REMOTE.search(named.phrase)
    return 4 * own + 2 * (said + begun) + noun - remote


class _Told(NamedTuple):
    """What tells of a visit: its entry, the heads of its notes, the problems and procedures of its days."""

    entry: str
    notes: str
    days: str

    @classmethod
    def of(cls, visit: Fact, done: Sequence[Fact], notes: Sequence[Passage]) -> _Told:
        entry = " ".join((called_as(visit), encounter_class(visit), visit.author, *(detail.text for detail in visit.details)))
        days = " ".join(name_of(fact) for fact in done if began_in(fact, visit))
        return cls(entry, " ".join(f"{note.title} {note.author}" for note in notes), days)


def _is_kind(visit: Fact, kind: Kind, told: _Told) -> bool:
    if kind is Kind.EMERGENCY:
        return is_emergency(visit)
    if kind is Kind.BIRTH:
        return _BIRTH.search(f"{told.entry} {told.notes} {told.days}") is not None and (
            is_admission(visit) or _BIRTH.search(told.entry) is not None
        )
    return kind is Kind.VISIT or is_admission(visit)


def _is_told(word: str, everything: str, targets: Sequence[Target]) -> bool:
    """Say whether what tells of a visit holds a word: its field, its means, who was met, or what it was for."""
    if age := re.fullmatch(r"(\d+) ([ymwd])", word):
        return re.search(rf"\b{age[1]}[- ]?(?:{_SHORT_UNITS[age[2]]})", everything, re.IGNORECASE) is not None
    if _REMOTE.fullmatch(word):
        return _REMOTELY.search(everything) is not None
    called = fields_named(f"{word} visit").called
    if any(pattern.search(everything) for pattern in called):
        return True
    if _is_said(word, everything) or (word.upper() in everything.split() and len(word) > 1):
        return True
    return _is_meant(word, everything, targets)


def _is_said(word: str, everything: str) -> bool:
    """Say whether what tells of a visit holds the word itself, or an everyday word for it."""
    known = set(forms(everything))
    meant = {*said_as(word), word}
    return bool(meant & known) or any(_same_stem(each, other) for each in meant for other in known)


def _is_meant(word: str, everything: str, targets: Sequence[Target]) -> bool:
    """Say whether what tells of a visit names what the word means, in whatever words."""
    said = [target for target in targets if word in forms(target.words)]
    return any(target.find(forms(everything)) is not None for target in said)


def _same_stem(one: str, other: str) -> bool:
    return len(one) >= _SHORTEST_STEM and len(other) >= _SHORTEST_STEM and one[:_SHORTEST_STEM] == other[:_SHORTEST_STEM]


def notes_of(visit: Fact, passages: Sequence[Passage], visits: Sequence[Fact]) -> list[Passage]:
    """Return the passages of the notes about a visit: of its days and just after; else of the letter that follows it."""
    if visit.occurred is None:
        return []
    first, last = visit.occurred.first_day, (visit.ended or visit.occurred).last_day
    near = _within(passages, first, last + LATEST_NOTE)
    later = [day for other in visits if other.occurred and (day := other.occurred.first_day) > last]
    if later and last < min(later) <= last + LATEST_NOTE:
        near = _within(passages, first, max(last, min(later) - timedelta(days=1)))
    if near:
        return near
    until = min([last + LETTER, *(day - timedelta(days=1) for day in later)])
    letters = [each for each in _within(passages, first, until) if is_note(each)]
    newest = letters[0].resource if letters else ""
    return [each for each in letters if each.resource == newest]


def _within(passages: Sequence[Passage], first: date, last: date) -> list[Passage]:
    window = Window(first=first, last=last, words="")
    return [each for each in passages if window.holds(each.occurred or each.recorded)]
