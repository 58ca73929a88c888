"""How words of the record stand in a plain sentence: as they are where they are few and easy, else in quotation marks."""

# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re

from chartcite.engine.wording.reading_grade import syllables

_LONGEST_EASY = 3
_MOST_SYLLABLES = 2
_TAG = re.compile(
    r" \((?:finding|disorder|situation|procedure|regime/therapy|qualifier value|substance|product|event|morphologic abnormality)\)"
)
"""Semantic tags of SNOMED CT names, which tell a lay reader nothing."""
FLAGS = {
    "h": "high", "high": "high", "hh": "critically high", "hu": "very high", "l": "low", "low": "low", "ll": "critically low", "lu": "very low",
    "a": "abnormal", "abnormal": "abnormal", "aa": "critically abnormal", "critical": "critical", "critical high": "critically high", "critical low": "critically low",
}  # fmt: skip
"""What flags of results say (HL7 v3 ObservationInterpretation), in words."""


def without_condition(text: str, /) -> str:
    """Return a text without what it says of a recommendation's conditions: whether one fits is not judged for a patient."""
    return _STATE.sub("", _CONDITION.sub("", text))


_CONDITION = re.compile(r"^(?:Condition|Exclusion|Already in place) (?:met|unmet)(?: \((?:[^()]|\([^()]*\))*\))?: ")
_STATE = re.compile(r" For this patient: conditions [a-z ]+\.$")


def without_tags(text: str, /) -> str:
    """Return a text without the semantic tags of SNOMED CT names, and with units as a reader expects them."""
    return plain_unit(_TAG.sub("", text))


def named(written: str, /) -> str:
    """Return words of the record for use in a sentence: as they are where they are few and easy, else in quotation marks."""
    words = written.split()
    easy = len(words) <= _LONGEST_EASY and all(
        re.fullmatch(r"[A-Za-z'-]+", word) and syllables(word) <= _MOST_SYLLABLES for word in words
    )
    if easy:
        return " ".join(word.lower() if word[1:].islower() else word for word in words)
    return f"“{written}”" if "”" not in written else f"“{written.replace('“', '').replace('”', '')}”"


def plain_unit(text: str) -> str:
    """Return a text with UCUM's brackets and braces as a reader expects a unit: `mm[Hg]`, `{INR}`."""
    return re.sub(r"\{([^{}]+)\}", r"\1", text.replace("mm[Hg]", "mmHg"))
