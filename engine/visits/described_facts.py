"""The one dated record that a question describes in words of its own ("her artificial valve", "the sore on the toe"), by meaning and by a word in common.

Where the terminology knows neither, the likeliest of the names in the chart is meant, if no other of another day comes near it.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.question_words import is_ordinary, is_plain

LEAST_LIKE = 0.35
"""Likeness under which no name is meant."""
MARGIN = 0.1
"""How much likelier than any of another day the best must be."""
_NOT_SO = frozenset(
    {AssertionStatus.ABSENT, AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.FAMILY, AssertionStatus.HYPOTHETICAL}
)
_NOT_DONE = frozenset({"not-done", "cancelled", "revoked", "entered-in-error"})
_MOST = 150
_PLACES = frozenset(
    {"left", "right", "upper", "lower", "acute", "chronic", "first", "second", "old", "new", "status", "type", "mild", "severe"}
)


def described(words: str, categories: Sequence[Category], reading: Reading, /) -> Fact | None:
    """Return the record that words describe; `None`: none, or several of different days come near.

    Args:
        words: what the question says of it.
        categories: where it may stand.
        reading: the chart.
    """
    said = _words(words)
    records = reading.shelves.records.facts(reading.scope, categories=tuple(categories))
    facts = [
        fact
        for fact in records
        if fact.span is None and fact.occurred and fact.assertion not in _NOT_SO and fact.status not in _NOT_DONE
    ]
    names = {name_of(fact): None for fact in facts}
    if not any(said & _words(name) for name in names) or len(names) > _MOST:
        return None
    vectors = reading.shelves.embedder.embed([words, *names])
    asked, *others = [[float(part) for part in vector] for vector in vectors]
    like = dict(zip(names, (sum(a * b for a, b in zip(asked, other, strict=True)) for other in others), strict=True))
    ranked = sorted(facts, key=lambda fact: -like[name_of(fact)])
    meant = next((fact for fact in ranked if said & _words(name_of(fact))), None)
    if meant is None or like[name_of(meant)] < LEAST_LIKE:
        return None
    near = [fact for fact in ranked if like[name_of(fact)] > like[name_of(meant)] - MARGIN]
    return meant if len({fact.occurred.day for fact in near if fact.occurred}) == 1 else None


def content(text: str) -> set[str]:
    """Return the folded words that tell one thing from another."""
    return {word for word in _words(text) if not is_ordinary(word)}


def _words(text: str) -> set[str]:
    return {word for word in forms(text) if len(word) > 2 and not is_plain(word) and word not in _PLACES}
