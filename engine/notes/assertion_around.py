"""The words around a mention, as far as they may speak of it: `assertion` reads them, axis by axis."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from chartcite.engine.language.cues import Cue
from chartcite.engine.notes import assertion_past as past
from chartcite.engine.notes import assertion_triggers as rules

_BEFORE = 360
"""Characters before a mention that are looked at: the longest list."""
_AFTER = 160
_ANSWER = 90
_SPACES = re.compile(r"\s+")


class Around(NamedTuple):
    """The words around a mention that may speak of it."""

    before: str
    clause: str
    """Of `before`, what no boundary cuts off."""
    mention: str
    after: str
    """Up to the boundary after it."""
    section: str
    answer: str
    """The sentence after it, over all boundaries."""


def words_around(sentence: str, start: int, end: int, section: str) -> Around:
    """Return the words around [start, end) of a sentence, every run of white space in them one space."""
    raw = sentence[max(0, start - _BEFORE) : start]
    before, after = _SPACES.sub(" ", raw), _SPACES.sub(" ", sentence[end : end + _AFTER])
    if label := _last_label(raw):
        # A heading inside the line takes the place of the one above it; labels of body systems leave it as it is.
        section = label[1] if _decides(label[1]) or label[1].isupper() else section
    stop = rules.STOP_AFTER.search(after)
    mention = sentence[start:end]
    return Around(
        before, _clause(before, mention, after), mention, after[: stop.start()] if stop else after, section, after[:_ANSWER]
    )


def _clause(before: str, mention: str, after: str) -> str:
    if (own := rules.OWN_CLAUSE.search(before)) and (rules.OWN_VERB.search(after) or rules.OWN_NAME.search(mention)):
        return before[own.end() :]
    ends = [match.end() for match in rules.STOP.finditer(before)]
    return before[ends[-1] :] if ends else before


def _last_label(before: str) -> re.Match[str] | None:
    if ":" not in before:
        return None
    last = None
    for match in rules.LABEL.finditer(before):
        last = match
    return last


def _decides(heading: str) -> bool:
    return past.HISTORY_HEADING.match(heading) is not None or any(
        pattern.search(heading) for pattern in (past.PAST_HEADING, past.SOCIAL_HEADING, rules.FAMILY_HEADING)
    )


def opens(triggers: Iterable[rules.Trigger], clause: str) -> bool:
    """Say whether a trigger stands in the clause, near enough to its end."""
    return any(len(clause) - match.end() <= trigger.reach for trigger in triggers for match in trigger.words.finditer(clause))


def blank(pattern: Cue, text: str) -> str:
    """Return the text with spaces where the pattern matches, so that places stay as they are."""
    return pattern.sub(lambda match: " " * len(match[0]), text)
