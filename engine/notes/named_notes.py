"""Which notes a question names: by who wrote them, their kind, their day ("what did the physio write at the home visit?").

The words of the question are set against the heads of the notes, their titles and authors; a word that few heads hold tells more.
What stands in the note that is named answers better than a likelier sentence of another one.
"""
# ruff: noqa: E501

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from chartcite.engine.dates.times import Window
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.facts.people import fields_named
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.plans import Plan
from chartcite.engine.review.chart_review import is_note

NEAR_BEST = 0.25
"""How much less surely than the best a note may be named, to be meant as well."""
LEAST_NAMED = 0.8
"""How surely a note must be named: a word of most of the heads, or the day alone, names none."""
MOST_NAMED = 3
"""Notes that are meant together; where more fit equally, none is named."""
_OF_DAY = 0.7
_OF_AUTHOR = 2.0
_CALLED_ALIKE = (
    "nurse nursing rn lpn rgn sr pmhnp",
    "pharmacist pharmacy pharmd",
    "social msw lcsw",
    "phone telephone rang phoned telephoned",
    "ed er emergency casualty",
    "icu micu critical intensive",
    "psychiatry psychiatric psychiatrist psych bh",
    "physio physiotherapist physiotherapy pt",
    "eye ophthalmology ophthalmologist",
    "midwife lmc midwifery",
    "outpatient clinic office",
    "mdt meeting conference board panel mdm multidisciplinary",
)
"""Words of heads and questions, one of which is said for the other."""
_GROUPS = tuple(frozenset(forms(each)) for each in _CALLED_ALIKE)
_TOO_COMMON = frozenset(
    forms("note notes the of and for on in at with by to from dr doctor md an a is it her his did does was what who which year")
)
_ORDINARY = frozenset(
    forms(
        "visit home day unit school review consultation consult management hospital record message contact discharge summary "
        "follow up history physical medication care report outpatient clinic office intake progress booking ward template"
    )
)
"""Words of heads that questions say of much else: alone they name no note."""
_SAID_OF_MUCH = _TOO_COMMON | {"follow", "up"}
"""Words that make no name of a note with the one beside them."""
_OF_ORDINARY = 0.25
_WRITTEN = Cue(
    r"\b(?:notes?|letters?|report|summary|entry|entries|assessment|review|r/v|message|msg|write-?up|documented|record(?:ed|s)?"
    r"|say|says|said|tells?|told|write|wrote|written|put (?:down|in)|jot\w*|mention\w*|advi[sc]e\w*|instruct\w*|recommend\w*"
    r"|suggest\w*|offer\w*|brought up|raised|ask(?:ed)?|word|answer\w*|explain\w*|according to|per|find|found|think|thought"
    r"|describe[sd]?|conclu\w+|warn\w*|agree\w*|decid\w*|decisions?|discuss\w*|plan\w*|opinion|view|thinking|quote\w*|verbatim)\b"
)
"""Asks for what somebody wrote, said or made of it."""
_ASKER = Cue(
    r"^[^:;.?]{0,60}\b(?:here|asking|speaking|wants to know|would like to know)\b\s*[-–—:;.,]*"
    r"|^(?![^:]*(?:'s|s'|\b(?:notes?|letters?|per|from|entry|report|review|message)\b))[^:?]{3,40}:\s"
    r"|\b(?:for|writing|write) (?:a|an|the|my|his|her|our) (?:\w+ ){0,3}?(?:letter|report|form|review|summary)\b"
)
"""Who asks, or what for, wrote nothing."""
_DONE = Cue(r"\b(?:record|document|report|summari[sz]|review|admitt|discharg|manag)ed\b")
"""What was done names no note: "who recorded it" asks for no record."""
_NEWEST = Cue(
    r"\b(?:last|latest|newest|most recent) (?:\w+ )?"
    r"(?:notes?|letter|entry|review|visit|consult\w*|record|write-?up|documentation)\b"
)
_WRITTEN_LATER = timedelta(days=21)
_LOOKS_BACK = Cue(r"\b(?:diary|diaries|log|summary|report|record) (?:for|of|from)\b")
"""Names what is written at the end of the time that it tells of: "the diary for September"."""
_IN_NEWEST = Cue(
    r"\b(?:in|of|from|per) (?:the |his |her |my |their )?(?:last|latest|newest|most recent) (?:[\w&-]+ ){0,2}?(?:notes?|letter|report|entry|write-?up)\b"
)
"""Names the note in which something stands: "SLT recs in the latest clinic letter" asks for no note of a therapist."""
_DAY = Cue(r"\bthe (?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)\b")
_NAME = re.compile(r"\b[A-ZÀ-Þ][^\W\d_]{2,}\b")
_SUFFIX = re.compile(r"(?<=\w{4})(?:ists?|ian|ing|y|e|s)$")
_LEAST_STEM = 5


class _Note(NamedTuple):
    """A note with how it is called and who wrote it."""

    key: int
    first: Passage

    @property
    def head(self) -> str:
        return f"{self.first.title} {self.first.author}"

    @property
    def day(self) -> int | None:
        """Day of the month of which it tells."""
        moment = self.first.occurred or self.first.recorded
        return moment.first_day.day if moment is not None else None

    @property
    def instant(self) -> float:
        moment = self.first.occurred or self.first.recorded
        return moment.start.timestamp() if moment is not None else 0.0


class Named(NamedTuple):
    """The notes that a question names."""

    keys: frozenset[int]
    words: frozenset[str]
    """Folded words of the question by which it names them."""
    sure: bool = False
    """Whether it says whose or what kind of notes they are, or the newest, and not only their time."""


_NONE = Named(frozenset(), frozenset())


def notes_named(text: str, plan: Plan, passages: Iterable[Passage], *, in_writing: bool = True) -> Named:
    """Return the notes that a question names; without keys: it names none, or too many fit.

    The only note of the time that is asked is named by that time, where writing need not be asked for.

    Args:
        text: the whole question, of which the plan may be a part.
        plan: the part as understood; its time must hold the note.
        passages: every passage of the chart.
        in_writing: it must ask for what somebody wrote or said.
    """
    asked = _ASKER.sub(" ", text)
    inner = _IN_NEWEST.search(asked)
    notes = _notes_of(passages)
    inside = [note for note in notes if plan.window is None or plan.window.holds(note.first.occurred or note.first.recorded)]
    if plan.window is not None and plan.window.last is not None and _LOOKS_BACK.search(asked):
        after = Window(first=plan.window.last + timedelta(days=1), last=plan.window.last + _WRITTEN_LATER, words="")
        inside += [note for note in notes if after.holds(note.first.occurred or note.first.recorded)]
    if not inside or (in_writing and not _WRITTEN.search(asked)):
        return _NONE
    things = frozenset(word for target in plan.targets for word in forms(target.words))
    signs = _signs(_DONE.sub(" ", inner[0] if inner else asked), inside, notes, things)
    most = max(signs.values())
    named = most >= LEAST_NAMED
    best = [note for note in inside if signs[note.key] >= most - NEAR_BEST] if named else inside
    newest = _NEWEST.search(asked) is not None
    if newest or (named and plan.newest):
        best = [max(best, key=lambda note: note.instant)]
    elif not in_writing and plan.window is not None and len(inside) == 1:
        best = inside
    elif not named or len(best) > MOST_NAMED:
        return _NONE
    heads = frozenset(word for note in best for word in forms(note.head))
    words = frozenset(word for word in forms(asked) if _is_in(word, heads) or _WRITTEN.fullmatch(word))
    return Named(frozenset(note.key for note in best), words, sure=named or newest)


def _notes_of(passages: Iterable[Passage]) -> list[_Note]:
    """Return the notes, without remarks on rows of tables."""
    first: dict[int, Passage] = {}
    for passage in passages:
        known = first.get(passage.document_key)
        if is_note(passage) and (known is None or passage.start < known.start):
            first[passage.document_key] = passage
    return [_Note(key, passage) for key, passage in first.items()]


def _signs(text: str, inside: Sequence[_Note], notes: Sequence[_Note], things: frozenset[str]) -> dict[int, float]:
    """Weigh by how much that the question says each note is known; what it asks about (`things`) names none."""
    words = frozenset(word for word in forms(text) if word not in things or _is_role(word)) - _TOO_COMMON
    heads = {note.key: frozenset(forms(note.head)) for note in notes}
    names = {name.lower() for name in _NAME.findall(text)}
    day = _DAY.search(text)
    called = fields_named(text).called
    pairs = {pair for pair in pairwise(forms(text)) if _SAID_OF_MUCH.isdisjoint(pair)}
    by_words: dict[tuple[int, ...], float] = {}
    for word in sorted(words):
        keys = tuple(note.key for note in notes if _is_in(word, heads[note.key]))
        by_words[keys] = max(by_words.get(keys, 0.0), _OF_ORDINARY if word in _ORDINARY else 1.0)
    together = (tuple(note.key for note in notes if pair in pairwise(forms(note.head))) for pair in pairs)
    by_words |= dict.fromkeys(together, 1.0)
    by_words |= {tuple(note.key for note in notes if field.search(note.head)): 1.0 for field in called}
    signs: dict[int, float] = {}
    for note in inside:
        of_words = sum(weight * math.log((len(notes) + 1) / len(keys)) for keys, weight in by_words.items() if note.key in keys)
        written = not names.isdisjoint(name.lower() for name in _NAME.findall(note.first.author) if _is_name(name))
        dated = day is not None and note.day == int(day["day"])
        signs[note.key] = of_words + _OF_AUTHOR * written + _OF_DAY * (dated and bool(of_words or written))
    return signs


def _is_role(word: str) -> bool:
    return any(word in group for group in _GROUPS)


def _is_name(word: str) -> bool:
    """Say whether a word of an author's line is a name, and no role."""
    folded = forms(word)
    return bool(folded) and not _is_role(folded[0]) and folded[0] not in _TOO_COMMON


def _is_in(word: str, head: frozenset[str]) -> bool:
    """Say whether the head of a note holds a word, in another of its forms or as it is also called."""
    if word in head or any(word in group and not head.isdisjoint(group) for group in _GROUPS):
        return True
    stem = _SUFFIX.sub("", word)
    return len(stem) >= _LEAST_STEM and any(_akin(stem, _SUFFIX.sub("", other)) for other in head)


def _akin(one: str, other: str) -> bool:
    return one == other or (len(other) >= _LEAST_STEM and "clinic" not in {one, other} and _begins(one, other))


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
