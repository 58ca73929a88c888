"""Questions for the results that the laboratory flagged: "which bloods came back abnormal?"."""

from __future__ import annotations

from chartcite.engine.domain.records import Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms

_ABNORMAL = Cue(
    r"\b(?:flag(?:s|ged)?(?: up| as)?(?: abnormal| high| low)?|abnormal(?:it(?:y|ies)|ly)?|deranged"
    r"|(?:out|outside)(?: of)?(?: the)?(?: (?:normal|reference|expected))? (?:range|limits)|off the (?:range|chart))\b"
)
_NORMAL = frozenset({"", "n", "normal", "neg", "negative", "nr", "non-reactive"})


def asks_abnormal(text: str) -> bool:
    """Say whether only abnormal results are asked for."""
    return _ABNORMAL.search(text) is not None


def abnormal_words(text: str) -> set[str]:
    """Return the words that only say so."""
    return {word for match in _ABNORMAL.finditer(text) for word in forms(match[0])}


def is_flagged(fact: Fact) -> bool:
    """Say whether the chart marks a result as other than normal."""
    return (fact.interpretation or "").strip().lower() not in _NORMAL
