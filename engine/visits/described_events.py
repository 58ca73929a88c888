"""Events of a chart that a question describes in its own words: the stay with the chest infection, the six-monthly injections.

The records of the kind that is meant are held against the words: what they are called and their details, and of a stay what came
to light or was done in it. Every word that is no plain English must be found; of several things that fit, none is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from chartcite.engine.dates.anchor_words import ENCOUNTERS, EventKind
from chartcite.engine.dates.anchors import Anchor
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.ports import RecordStore
from chartcite.engine.questions.plans import Target
from chartcite.engine.questions.question_words import is_ordinary
from chartcite.engine.visits.accidents import accident_of, names_accident
from chartcite.engine.visits.encounters import is_admission, is_emergency

_TREATED = frozenset({EventKind.STARTED, EventKind.STOPPED, EventKind.CHANGED, EventKind.TAKING})
_STAYS = frozenset({EventKind.ADMISSION, EventKind.DISCHARGE, EventKind.STAY})
_OF_STAY = frozenset({Category.CONDITION, Category.PROCEDURE})
_UNREAL = frozenset(
    {
        AssertionStatus.ENTERED_IN_ERROR,
        AssertionStatus.ABSENT,
        AssertionStatus.HYPOTHETICAL,
        AssertionStatus.FAMILY,
    }
)
_EPISODE = frozenset(
    forms(
        "episode scare business saga drama incident trouble problem thing event attack bout flare spell crisis ordeal round"
        " admission stay visit hospital inpatient appointment clinic encounter trip one time nasty awful horrible dreadful"
        " operation op surgery procedure drug medicine medication tablet pill"
    )
)
"""Words for something that happened, or was given, which no record need hold."""
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "six": "6", "eight": "8", "twelve": "12"}
_INTERVALS = {
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "yearly": "year",
    "fortnightly": "fortnight",
    "nightly": "night",
}
_INJECTED = Cue(r"\b(?:inject\w*|inj|subcut\w*|s\.?c\.?|pen|pre-?filled|im|intramuscular\w*|intravenous\w*|iv)\b")
_GIVEN_HOW = frozenset({"injection", "jab", "shot", "pen", "needle", "inject"})
_AROUND_STAY = timedelta(days=2)
"""What brings somebody to hospital is at times recorded before the first day of the stay."""


def described(anchor: Anchor, named: Sequence[Target], records: RecordStore, scope: Scope) -> list[Fact]:
    """Return the records that fit the words of an anchor's event; empty where none does, or several different ones do."""
    kind, thing = anchor.event.kind, anchor.event.thing
    if kind is EventKind.OTHER and names_accident(anchor.event.words):
        return accident_of(records.facts(scope))
    wanted = _Wanted(thing, named)
    if not wanted.anything:
        return []
    real = [fact for fact in records.facts(scope) if fact.occurred is not None and fact.assertion not in _UNREAL]
    visits = [fact for fact in real if fact.category is Category.ENCOUNTER]
    if kind in _TREATED:
        orders = [fact for fact in real if fact.category is Category.MEDICATION]
        return _one_thing([fact for fact in orders if wanted.told_by(_words(fact))], by=_first_word)
    if kind in _STAYS:
        stays = [fact for fact in visits if is_admission(fact)]
        trips = [fact for fact in visits if is_emergency(fact)]
        beside = partial(_of_stay, real=real)
        return _fitting(stays, wanted, beside) or _fitting(trips, wanted, beside)
    if kind is EventKind.EMERGENCY:
        trips = [fact for fact in visits if is_emergency(fact)]
        return _fitting(trips, wanted, partial(_of_stay, real=real))
    if kind in ENCOUNTERS:
        return [fact for fact in visits if wanted.told_by(_words(fact))]
    if kind is EventKind.OTHER:
        happened = [fact for fact in real if fact.category in _OF_STAY]
        return _one_thing([fact for fact in happened if wanted.told_by(_words(fact))]) or _one_thing(
            [fact for fact in visits if wanted.told_by(_words(fact))]
        )
    return []


class _Wanted:
    """The words of an event: what they name, each by any of its names, and the words beside."""

    def __init__(self, thing: str, named: Sequence[Target]) -> None:
        self._named = [target for target in named if target.alternatives]
        of_named = {word for target in self._named for word in forms(target.words)}
        words = [_plain_form(word) for part in re.split(r"[\s-]+", thing) for word in forms(part)]
        self._words = {word for word in words if word not in of_named and not is_ordinary(word) and word not in _EPISODE}
        self._words |= {word for word in words if word.isdigit() or word in _INTERVALS.values() or word in _GIVEN_HOW}

    @property
    def anything(self) -> bool:
        """Whether any word could choose a record."""
        return bool(self._named or self._words)

    def told_by(self, told: Sequence[str]) -> bool:
        """Say whether some words name all that is wanted."""
        held = set(told)
        return all(target.find(told) is not None for target in self._named) and all(
            word in held or (word in _GIVEN_HOW and _INJECTED.search(" ".join(told)) is not None) for word in self._words
        )


def _plain_form(word: str) -> str:
    return _NUMBERS.get(word) or _INTERVALS.get(word) or word


def _words(fact: Fact) -> list[str]:
    """Return the folded words of a record: what it is called, and its details."""
    texts = (fact.concept.text, *(coding.display for coding in fact.concept.codings), *(detail.text for detail in fact.details))
    return [_plain_form(word) for text in texts for word in forms(text)]


def _fitting(visits: Sequence[Fact], wanted: _Wanted, beside: Callable[[Fact], list[str]]) -> list[Fact]:
    """Return the visits that fit by their own words; where none does, the one that fits by what was found or done in it."""
    own = [visit for visit in visits if wanted.told_by(_words(visit))]
    return own or _lone([visit for visit in visits if wanted.told_by([*_words(visit), *beside(visit)])])


def _of_stay(stay: Fact, real: Sequence[Fact]) -> list[str]:
    assert stay.occurred is not None  # noqa: S101 -- only dated records are asked
    first = stay.occurred.first_day - _AROUND_STAY
    last = (stay.ended or stay.occurred).last_day
    return [
        word
        for fact in real
        if fact.category in _OF_STAY and fact.occurred is not None and first <= fact.occurred.first_day <= last
        for word in _words(fact)
    ]


def _lone(facts: list[Fact]) -> list[Fact]:
    return facts if len(facts) == 1 else []


def _one_thing(facts: list[Fact], by: Callable[[Fact], str] = lambda fact: fact.concept.text.lower()) -> list[Fact]:
    """Return records that all name one and the same thing; of several things none is meant."""
    return facts if len({by(fact) for fact in facts}) == 1 else []


def _first_word(order: Fact) -> str:
    """Return the first word of an order, which is the medicine's name before its strength and form."""
    return next(iter(forms(order.concept.text)), "")
