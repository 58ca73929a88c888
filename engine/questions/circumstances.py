"""Circumstances that a question tells beside a time that it gives: "the jabs she had while she was at sea (2019 to 2021)"."""

from __future__ import annotations

import re

from chartcite.engine.dates.times import Window
from chartcite.engine.language.cues import Cue

_CLAUSE = Cue(
    r"(?<!\w)(?:while|whilst|when|as)\s+(?:he|she|they|i|we|(?:the\s+)?(?:pt|patient|mum|mom|dad))\s+(?:was|were|had|got|went|lived|slept|stayed|still)\b"
    r"[^,;:?!.()]*"
)
_ASKS = re.compile(r"\b(?:what|which|who|how|why|did|does|is|are|has|have)\b", re.IGNORECASE)


def circumstance(text: str, window: Window | None) -> str:
    """Return the words that tell no more than how it was at the time which the question gives; empty: there are none.

    Without a time the circumstance itself tells it, and where something is asked within its words they are no circumstance.
    """
    if window is None or window.span is None or window.first is None:
        return ""
    match = _CLAUSE.search(text)
    if match is None or _ASKS.search(match[0].split(None, 1)[-1]):
        return ""
    ends = match.end()
    beside = text[ends : window.span[0]] if ends <= window.span[0] else None
    inside = match.start() <= window.span[0] < ends
    return match[0] if inside or (beside is not None and not beside.strip(" (,-–—:")) else ""
