"""By what the entries of a chart are weighed against a whole question: what they say of it, how alike they are, what they hold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from chartcite.engine.asked_kinds import KINDS, kind_of
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.plans import Plan
from chartcite.engine.ports import Embedder, Vector
from chartcite.engine.question_words import Intent
from chartcite.engine.sentence_features import Term, terms_of
from chartcite.engine.statements import state
from chartcite.engine.terminology import forms

CATEGORIES = tuple(category.value for category in Category)
_PEOPLE = frozenset({"participant", "performer", "requester"})
_PLACES = frozenset({"location", "provider", "organization", "site", "body_site"})
_LEFT_OUT = frozenset({AssertionStatus.ENTERED_IN_ERROR})


class Features(NamedTuple):
    """What an entry is weighed by; every one lies in 0..1 unless said otherwise."""

    likeness: float
    """Cosine of question and the entry's name with its reason and people."""
    said: float
    """Share (by rarity) of what the question names that the entry says, in these or other everyday words."""
    noted: float
    """The same in all words by which records write it."""
    targeted: float
    """1: it is, or names, a thing that the question names."""
    other_thing: float
    """1: the question names things, and it is and names none."""
    outside: float
    """1: a time is asked, and it does not lie in it."""
    of_list: float
    """1: it stands in the list that is asked about."""
    of_kind: float
    """Chance that entries of its kind answer such a question."""
    held: float
    """1: it holds a person, place, day, number, side or reason, where one is asked."""
    lacks: float
    newest: float
    """Place among the days of the chart, where the newest is asked."""
    oldest: float
    recent: float
    """Place among the days of the chart, whatever is asked."""
    first_of_name: float
    """1: the newest of its name."""
    current: float
    """1: it holds at present, where that is asked."""
    ended: float
    """1: it no longer holds, where the present is asked."""


NAMES = Features._fields


class Entry(NamedTuple):
    """An entry of the chart, as it would be told, with its features."""

    fact: Fact
    text: str
    features: Features


class Asked(NamedTuple):
    """A whole question: its words, and the plans of its parts with their times found in the chart."""

    text: str
    plans: Sequence[Plan]


class Entries(NamedTuple):
    """The entries of a chart, and what holds of the question."""

    every: list[Entry]
    unknown: float
    """Share of what the question names that no entry says."""
    named: int
    """How many things and words the question names."""
    kind: str
    kinds: tuple[float, ...]


def weigh(asked: Asked, facts: Sequence[Fact], embedder: Embedder, kinds: Sequence[float], /) -> Entries:
    """Return the entries with their features.

    Args:
        asked: the question.
        facts: those of the tables of one chart.
        embedder: measures likeness.
        kinds: (CATEGORIES,) chances that entries of a kind answer.
    """
    told = [(fact, state(fact).text) for fact in facts if fact.span is None and fact.assertion not in _LEFT_OUT]
    words = [forms(text) for _, text in told]
    terms = [term for plan in asked.plans for term in terms_of(plan, frozenset(word for each in words for word in each))]
    if not told:
        return Entries([], 0.0, len(terms), "", tuple(kinds))
    noted = [[term.notes(each) for term in terms] for each in words]
    counts = [sum(row[place] for row in noted) for place in range(len(terms))]
    rarity = [math.log(1 + (len(told) + 1) / (count + 1)) for count in counts]
    unknown = 1.0 - sum(weight for weight, count in zip(rarity, counts, strict=True) if count) / (sum(rarity) or 1.0)
    likeness = _likeness(asked.text, [_name(fact) for fact, _ in told], embedder)
    kind, of_kind = kind_of(asked.text), dict(zip(CATEGORIES, kinds, strict=True))
    places = _places([fact for fact, _ in told])
    newest_of = {fact.concept.text: fact.id for fact, _ in sorted(told, key=lambda each: places[each[0].id])}
    wants_newest = any(plan.newest or plan.current or plan.intent in {Intent.LATEST, Intent.ACTIVE} for plan in asked.plans)
    wants_oldest = any(plan.intent is Intent.FIRST for plan in asked.plans)
    wants_current = any(plan.current or plan.intent is Intent.ACTIVE for plan in asked.plans)

    def share(row: Sequence[bool]) -> float:
        return sum(weight for weight, held in zip(rarity, row, strict=True) if held) / (sum(rarity) or 1.0)

    def one(place: int) -> Entry:
        fact, text = told[place]
        row = noted[place]
        targets = [held for held, term in zip(row, terms, strict=True) if term.is_target]
        held = _holds(kind, fact)
        place_in_time = places[fact.id]
        now = fact.ended is None and fact.status in {"active", "in-progress", ""}
        return Entry(
            fact,
            text,
            Features(
                likeness=max(0.0, float(likeness[place])),
                said=share([noted_ and term.says(words[place]) for noted_, term in zip(row, terms, strict=True)]),
                noted=share(row),
                targeted=float(any(targets)),
                other_thing=float(bool(targets) and not any(targets)),
                outside=float(_outside(asked.plans, fact)),
                of_list=float(any(plan.subject is fact.category for plan in asked.plans)),
                of_kind=of_kind[fact.category.value],
                held=float(held is True),
                lacks=float(held is False),
                newest=place_in_time if wants_newest else 0.0,
                oldest=1 - place_in_time if wants_oldest else 0.0,
                recent=place_in_time,
                first_of_name=float(newest_of[fact.concept.text] == fact.id),
                current=float(wants_current and now),
                ended=float(wants_current and fact.ended is not None),
            ),
        )

    return Entries([one(place) for place in range(len(told))], unknown, len(terms), kind, tuple(kinds))


def _likeness(question: str, names: Sequence[str], embedder: Embedder) -> Vector:
    distinct = list(dict.fromkeys(names))
    vectors = dict(zip(distinct, _embedded(embedder, tuple(distinct)), strict=True))
    asked = embedder.embed([question])[0]
    return np.array([vectors[name] @ asked for name in names], dtype=np.float32)


@lru_cache(maxsize=64)
def _embedded(embedder: Embedder, names: tuple[str, ...]) -> Vector:
    return embedder.embed(names)


def _name(fact: Fact) -> str:
    beside = [detail.text for detail in fact.details if detail.name in {"reason", "participant", "performer", "location", "type"}]
    return ", ".join([fact.concept.text, *beside])


def _places(facts: Sequence[Fact]) -> dict[str, float]:
    """Place each between 0 (the oldest day of the chart) and 1."""
    days = {fact.id: known.first_day.toordinal() if (known := fact.occurred or fact.recorded) is not None else 0 for fact in facts}
    order = {day: place for place, day in enumerate(sorted(set(days.values())))}
    return {id_: order[day] / max(1, len(order) - 1) for id_, day in days.items()}


def _outside(plans: Sequence[Plan], fact: Fact) -> bool:
    windows = [plan.window for plan in plans if plan.window is not None]
    return bool(windows) and not any(window.overlaps(fact.occurred or fact.recorded, fact.ended) for window in windows)


def _holds(kind: str, fact: Fact) -> bool | None:
    """Say whether an entry holds what is asked for; `None`: nothing that an entry lacks."""
    names = {detail.name for detail in fact.details}
    return {
        "who": bool(fact.author or names & _PEOPLE),
        "name": bool(fact.author or names & _PEOPLE),
        "when": fact.occurred is not None,
        "where": bool(names & _PLACES),
        "number": bool(fact.value is not None or fact.components or fact.ended is not None),
        "why": bool(names & {"reason", "status_reason", "note"}),
        "side": bool(names & _PLACES) or bool({"left", "right", "bilateral"} & set(forms(fact.concept.text))),
    }.get(kind)


__all__ = ["CATEGORIES", "KINDS", "NAMES", "Asked", "Entries", "Entry", "Features", "Term", "weigh"]
