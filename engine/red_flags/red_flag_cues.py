"""How an emergency is told: cues of words that stand near one another, and the topics that they raise.

A cue is made of groups; it is told where a phrase of each group stands in the text, close enough together. Phrases are
written folded, as `terminology.fold` leaves words (lower case, American spelling, no plural).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from chartcite.engine.language.terminology import fold

Urgency = Literal["emergency", "urgent", "crisis"]
RANK: dict[Urgency, int] = {"urgent": 1, "emergency": 2, "crisis": 3}
"""Higher is more urgent. A crisis is an emergency that has its own help lines."""
ANYWHERE = 1000
"""A span that a question never reaches: the groups may stand anywhere in the same text."""


class Source(NamedTuple):
    """A public page or guideline that a topic's signs were taken from, in our own words."""

    organisation: str
    title: str
    where: str


class Cue(NamedTuple):
    """Words that tell a sign together."""

    groups: tuple[str, ...]
    """Each a choice of phrases, parted by `|`. `*` ends a word that may go on; `~` stands for at most three words; what begins
    with `/` is a regular expression."""
    within: int = 8
    """Words from the first to the last of the groups, at most."""
    acute: bool = False
    """Tells of now by itself: a clinician needs no further word such as "acute" or "today"."""
    deniable: bool = True
    """Whether a "no" before it denies it."""
    ordered: bool = False
    """Whether the groups stand in this order (who, does, to whom), or in another with "by" between them."""


class Topic(NamedTuple):
    """A kind of emergency."""

    name: str
    label: str
    """In words, for a sentence: `chest pain`."""
    urgency: Urgency
    sources: tuple[Source, ...]
    cues: tuple[Cue, ...]
    help: str = "emergency"
    """Which advice a patient gets: a key of `red_flag_advice.ADVICE`."""


def cue(*groups: str, within: int = 8, acute: bool = False, deniable: bool = True, ordered: bool = False) -> Cue:
    """Write a cue."""
    return Cue(groups, within, acute, deniable, ordered)


_GAP = r"(?: (?!(?:trouble|difficult\w*|problem|short|shortness|struggl\w*|pain|any)(?!\S))\w[\w.]*){0,3}?"
"""What `~` stands for. A word of trouble between would turn the sense: "not short of breath" is no "not ~ breath"."""
_CHOICE = re.compile(r"\|(?![^(]*\))")
"""Parts the phrases of a group, but not the choices inside the brackets of a regular expression."""


def _word(written: str) -> str:
    if written.startswith("/"):
        return written[1:]
    if written.endswith("*"):
        return re.escape(written[:-1]) + r"\w*"
    return re.escape(fold(written))


def _phrase(written: str) -> str:
    if written.startswith("/"):
        return written[1:]
    pattern = ""
    for part in written.split():
        pattern += _GAP if part == "~" else (" " if pattern else "") + _word(part)
    return pattern


@lru_cache(maxsize=4096)
def pattern_of(group: str) -> re.Pattern[str]:
    """Return the pattern of a group over folded words that are joined by single spaces."""
    return re.compile(rf"(?<!\S)(?:{'|'.join(_phrase(phrase.strip()) for phrase in _CHOICE.split(group))})(?!\S)")


class Openings(NamedTuple):
    """How the phrases of a group begin: the quick look that spares most texts the slow one."""

    words: frozenset[str]
    stems: frozenset[str]
    any_word: bool
    """Whether some phrase may begin with anything."""

    def may_begin(self, words: frozenset[str], beginnings: frozenset[str]) -> bool:
        """Say whether some phrase may stand in a text of these words. `beginnings`: of all lengths, of each word."""
        return self.any_word or not self.words.isdisjoint(words) or not self.stems.isdisjoint(beginnings)


@lru_cache(maxsize=4096)
def openings_of(group: str) -> Openings:
    """Return how the phrases of a group begin."""
    first = [phrase.split()[0] for phrase in _CHOICE.split(group)]
    return Openings(
        words=frozenset(fold(word) for word in first if not word.startswith("/") and not word.endswith("*")),
        stems=frozenset(word.removesuffix("*") for word in first if not word.startswith("/") and word.endswith("*")),
        any_word=any(word.startswith("/") for word in first),
    )


def words_of(topics: tuple[Topic, ...]) -> frozenset[str]:
    """Return the words by which topics are told, for the mending of typing errors: those of five letters and more."""
    found: set[str] = set()
    for each in topics:
        for group in (group for one in each.cues for group in one.groups):
            for part in re.split(r"[|\s]+", group):
                stem = part.removesuffix("*")
                if not stem.isalpha() or len(stem) < _LEAST_LETTERS:
                    continue
                found.add(stem if part.endswith("*") else fold(part))
                if part.endswith("*"):
                    found |= {stem + ending for ending in ("ing", "ed", "e", "s", "y")}
    return frozenset(found)


_LEAST_LETTERS = 4
