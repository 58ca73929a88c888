"""Somebody who fell, told from a value that falls and from the season: "her last fall", "has she fallen?"."""
# ruff: noqa: E501

from __future__ import annotations

import re

from chartcite.engine.language.terminology import forms

FALLING = frozenset(forms("fall falls fallen fell"))
"""Folded words that may tell of an accident."""
_OF_SOMEBODY = re.compile(
    r"\b(?:his|her|my|their|the|an?|any|recent|last|previous|another|other|more|no|of|recurrent|for|after|had) (?:(?:last|recent|latest|first|previous|next|bad|worst|nasty|other|more|further|new|recurrent|mechanical) )?falls?\b(?! (?:in|of|from|below|to|by|19|20)\b)"
    r"|\b(?:he|she|they|i|patient|pt|mum|mom|dad)(?: \w+){0,2} (?:fall|falls|fallen|fell)\b(?! (?:to|below|by|off|pregnant|asleep|ill|out)\b)",
    re.IGNORECASE,
)
_SEASON = re.compile(r"(?<!her )(?<!his )(?<!my )(?<!their )(?<!the )\b(?:last|this|next|past) fall\b", re.IGNORECASE)
_DID = re.compile(r"\b(?:did|does|do|has|have|had) (?:he|she|they|i|the patient|pt|mum|mom|dad) last fall\b", re.IGNORECASE)


def falls_of_somebody(text: str, /) -> bool:
    """Say whether a text speaks of somebody who fell, and not of a value or a season."""
    told = text if _DID.search(text) else _SEASON.sub(" ", text)
    return _OF_SOMEBODY.search(told) is not None


def without_falls(text: str, /) -> str:
    """Return a text in which an accident is no word for how a value went."""
    return re.sub(r"\b(?:falls?|fallen|fell)\b", "accident", text, flags=re.IGNORECASE) if falls_of_somebody(text) else text
