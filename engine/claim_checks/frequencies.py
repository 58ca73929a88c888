"""How often something is taken: daily, BID, q8h, every other day, once a week, as times in a day."""
# ruff: noqa: E501 -- a table reads better in long lines

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from chartcite.engine.language.cues import Cue

_COUNTS = {
    "once": 1, "one": 1, "1": 1, "twice": 2, "two": 2, "2": 2, "thrice": 3, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5,
    "six": 6, "6": 6, "7": 7, "8": 8, "10": 10, "12": 12, "24": 24, "48": 48, "72": 72, "eight": 8, "twelve": 12,
}  # fmt: skip
_COUNT = "(?P<n>" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + ")"
_HOURS = {"h": Fraction(1, 24), "d": Fraction(1), "w": Fraction(7), "m": Fraction(30)}
_PER = r"(?P<per>day|daily|week|weekly|month|monthly|night|nightly|d\b|wk|24 ?h(?:ours|rs?)?)"
_RECORD = r"frequency:?\s*(?P<n>\d+)(?:\.0)?\s+period:?\s*(?P<p>\d+)(?:\.0)?\s+period ?unit:?\s*(?P<u>h|d|wk|mo)\b"
"""As FHIR writes it: Timing.repeat."""
_FREQUENCIES: tuple[tuple[Cue, Callable[[re.Match[str]], Fraction]], ...] = (
    (Cue(_RECORD), lambda m: int(m["n"]) / ((int(m["p"]) or 1) * _HOURS[m["u"][0].lower()])),
    (Cue(r"\b(?P<n>\d+) times? every (?P<p>\d+)(?:\.0)? ?(?P<u>h|d|w|m)\w*"), lambda m: int(m["n"]) / ((int(m["p"]) or 1) * _HOURS[m["u"].lower()])),
    (Cue(rf"\b{_COUNT}\s?(?:x|×|times?)?(?:\s?(?:a|per|each|every|/)\s?|[\s-]+(?=\w+ly\b))\s?{_PER}"), lambda m: _COUNTS[m["n"].lower()] / _days(m["per"])),
    (Cue(rf"\b(?:q\.?|every|each)\s?{_COUNT}(?:\s?[-–]\s?\d+)?[\s-]?(?P<u>h|d|w|m(?!g|c|l))\w*"), lambda m: 1 / (_COUNTS[m["n"].lower()] * _HOURS[m["u"].lower()])),
    (Cue(rf"\b{_COUNT}[- ]?hourly\b"), lambda m: Fraction(24, _COUNTS[m["n"].lower()])),
    (Cue(r"\b(?:every other day|every second day|alternate days?|alternating days|q\.?o\.?d)\b"), lambda _: Fraction(1, 2)),
    (Cue(r"\b(?:b\.?i\.?d|bd)\b"), lambda _: Fraction(2)),
    (Cue(r"\b(?:t\.?i\.?d|tds)\b"), lambda _: Fraction(3)),
    (Cue(r"\b(?:q\.?i\.?d|qds)\b"), lambda _: Fraction(4)),
    (Cue(r"\b(?:fortnightly|every fortnight)\b"), lambda _: Fraction(1, 14)),
    (Cue(r"\b(?:weekly|every week|each week|qwk|qweek|(?:once )?a week)\b"), lambda _: Fraction(1, 7)),
    (Cue(r"\b(?:monthly|every month|each month|a month)\b"), lambda _: Fraction(1, 30)),
    (Cue(r"\b(?:hourly|every hour)\b"), lambda _: Fraction(24)),
    (Cue(r"\b(?:daily|every ?day|each day|a day|q\.?d|od|nightly|every night|each night|at night|at bedtime|before bed|bedtime|q\.?h\.?s|qam|qpm|every (?:morning|evening)|each (?:morning|evening)|in the (?:morning|evening)|mornings?|nocte|mane)\b"), lambda _: Fraction(1)),
)  # fmt: skip
_EYE = re.compile(r"\bOD\b(?=[^.]{0,40}\b(?:eye|vision|OS|OU|20/\d))")


def _days(per: str) -> Fraction:
    return _HOURS[{"w": "w", "m": "m"}.get(per[0].lower(), "d")]


def frequencies_in(text: str) -> dict[Fraction, str]:
    """Return how many times in a day something is taken, with the words that say so."""
    free = _EYE.sub("  ", text)
    found: dict[Fraction, str] = {}
    for pattern, read in _FREQUENCIES:
        for match in pattern.finditer(free):
            found.setdefault(read(match), match[0])
        free = pattern.sub(lambda match: " " * len(match[0]), free)
    return found


def frequencies_masked(text: str) -> str:
    """Return a text with spaces in place of how often something is taken."""
    for pattern, _ in _FREQUENCIES:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text
