"""Which dated record a question describes in its own words: entries scored against the words that nothing else accounts for."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

from chartcite.engine.domain.records import Fact
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import is_ordinary, is_plain

_OF_ENTRY, _OF_NEIGHBOURS = 3, 1
"""What a word counts that the entry itself tells, and one that only what stands around it tells."""
_SHORTEST_STEM = 6
_LITTLE = 3
_ASIDE = frozenset(forms("i'd dont pls please plz thx thanks doc eye ok asap hi hello"))
"""Words that no dictionary of plain English holds, and that name nothing either."""

Meaning = Callable[[str], frozenset[str]]
"""The folded words by which records may say a folded word."""


class Known(NamedTuple):
    """What tells of a record."""

    fact: Fact
    entry: str
    """Its own words."""
    around: str = ""
    """What else was written of it."""


class Scored(NamedTuple):
    """How plainly a record is told by the words that choose, and which of them tell it."""

    fact: Fact
    score: int
    told: frozenset[str]


def choosing_words(plans: Sequence[Plan], apart: Container[str], /) -> list[str]:
    """Return the folded words that tell which record is meant: what is named, and what nothing accounts for.

    Args:
        plans: how the parts of a question were understood.
        apart: words by which every question of its kind is asked.
    """
    said = [word for plan in plans for word in (*plan.keywords, *(w for target in plan.targets for w in forms(target.words)))]
    return [word for word in dict.fromkeys(said) if word not in apart and not _is_small(word)]


def _is_small(word: str) -> bool:
    """Say whether a word is a little one, as "on" and "the"; a plain word that is longer may name something ("fall")."""
    return len(word) <= _LITTLE and is_plain(word)


def scored(known: Sequence[Known], words: Sequence[str], targets: Sequence[Target], /, meant: Meaning = said_as) -> list[Scored]:
    """Score each record by the words that choose."""
    return [_score(each, words, targets, meant) for each in known]


def likeliest(scores: Sequence[Scored], /) -> list[Fact]:
    """Return the records of the best score, in their order."""
    best = max((each.score for each in scores), default=0)
    return [each.fact for each in scores if each.score == best]


def untold(words: Sequence[str], scores: Sequence[Scored], /) -> list[str]:
    """Return the words that no record tells."""
    return [word for word in words if not any(word in each.told for each in scores)]


def is_foreign(word: str, /) -> bool:
    """Say whether a folded word names something: it is no plain English, so a record that lacks it is another one."""
    return not is_ordinary(word) and word not in _ASIDE


def holds(word: str, held: Container[str], words: Sequence[str] | frozenset[str], /, meant: Meaning = said_as) -> bool:
    """Say whether folded words hold a word, another for it, or one of its stem."""
    if any(each in held for each in meant(word)):
        return True
    return len(word) >= _SHORTEST_STEM and any(other[:_SHORTEST_STEM] == word[:_SHORTEST_STEM] for other in words)


def _score(known: Known, words: Sequence[str], targets: Sequence[Target], meant: Meaning) -> Scored:
    texts = tuple((forms(text), weight) for text, weight in ((known.entry, _OF_ENTRY), (known.around, _OF_NEIGHBOURS)))
    score, told = 0, set[str]()
    for word in words:
        names = [target for target in targets if word in forms(target.words)]
        for run, weight in texts:
            held = frozenset(run)
            if holds(word, held, held, meant) or any(target.find(run) is not None for target in names):
                score += weight
                told.add(word)
                break
    return Scored(known.fact, score, frozenset(told))
