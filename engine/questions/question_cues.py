"""Words of a question that did their work as cues, and need not stand in the evidence."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from chartcite.engine.dates.times import Window
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.question_words import (
    EMERGENCY,
    EVENTS,
    EVER,
    EVERY,
    INPATIENT,
    INTENTS,
    NEWEST,
    NOW,
    SUBJECTS,
    UNDONE,
    UPCOMING,
    Intent,
)

T = TypeVar("T")
_ASKING = tuple(cue for intent, cue in INTENTS if intent in {Intent.DURATION, Intent.COUNT, Intent.AGE, Intent.WHO})
_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5}
ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)}) (?!opinion|degree|trimester|toe|finger|line|year|month|week|day|floor|grade|stage|look|hand|generation|ventricle|rib|nerve|metatarsal|molar)",
    re.IGNORECASE,
)


_NAMELESS = Cue(r"\b(?:sort|kind|type)s? of\b|\btipped\b|\bin (?:place|force|situ)\b(?! of\b)")
"""Asks which of several a thing is, for its cause, or whether it holds still, and names nothing."""


def cue_words(text: str, window: Window | None) -> set[str]:
    """Return the words that already did their work as cues: they need not stand in the evidence."""
    patterns = [cue for _, cue in SUBJECTS] + [cue for _, cue in EVENTS] + [NEWEST, EVERY, _NAMELESS, *_ASKING]
    # A cue that swallows a whole phrase ("taking for her blood pressure") must not hide the phrase's content.
    found = {word for cue in patterns for match in cue.finditer(text) if len(match[0].split()) <= 2 for word in forms(match[0])}
    places = {
        word
        for cue in (INPATIENT, EMERGENCY, EVER, NOW, UPCOMING, UNDONE)
        for match in cue.finditer(text)
        for word in forms(match[0])
    }
    return found | places | (set(forms(window.words)) if window else set())


_LAST = r"(?:last|latest|most recent|newest|current|present)"
_FROM_LAST = (
    (
        -2,
        Cue(
            rf"\b(?:(?:second|2nd|next)[- ](?:to |from )?(?:the )?last|last but one|penultimate|(?:the |that )?before last|(?:the )?(?:one )?(?:just |immediately |right )?before (?:the |his |her |my |their )?{_LAST}(?: one)?(?=\W*$))\b"
        ),
    ),
    (-3, Cue(r"\b(?:(?:third|3rd)[- ](?:to |from )?(?:the )?last|last but two|antepenultimate)\b")),
)
"""Counted from the newest: "the visit before last", "last but one"."""
PREVIOUS = Cue(r"\b(?:previous|prior(?! to\b)|preceding)\b|\b(?:the )?one before\W*$|\blast time round\b")
"""Of a value that is asked alone: the one before the latest."""


def ordinal_of(text: str) -> int | None:
    """Return which of several is asked for: 2 for "the second dose", -2 for the one before the last; `None`: none is told."""
    counted = next((place for place, cue in _FROM_LAST if cue.search(text)), None)
    if counted is not None:
        return counted
    match = ORDINAL.search(text)
    return _ORDINALS[match[1].lower()] if match else None


def ordinal_words(text: str) -> set[str]:
    """Return the folded words of a question that tell which of several is asked for."""
    return {match[1].lower() for match in ORDINAL.finditer(text)} | {
        word for _, cue in _FROM_LAST for match in cue.finditer(text) for word in forms(match[0])
    }


def nth(items: Sequence[T], ordinal: int, /) -> T | None:
    """Return the nth of items, oldest first, counted from 1 or from -1 for the last; `None`: there are fewer."""
    place = ordinal - 1 if ordinal > 0 else ordinal
    return items[place] if -len(items) <= place < len(items) else None
