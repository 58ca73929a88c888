"""A limit over or under which values are asked for: "every INR above 4", "which potassiums were under 3.5?"."""
# ruff: noqa: E501

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from chartcite.engine.language.cues import Cue


class Limit(NamedTuple):
    """A number that values are to exceed, or to stay below."""

    number: Decimal
    above: bool
    included: bool
    lower: Decimal | None = None
    """Of a blood pressure the second number: 90 of "above 140/90"."""

    def holds(self, value: Decimal, lower: Decimal | None = None) -> bool:
        """Say whether a value, or either part of a blood pressure, is beyond the limit."""
        return self._is_beyond(value, self.number) or (
            lower is not None and self.lower is not None and self._is_beyond(lower, self.lower)
        )

    def _is_beyond(self, value: Decimal, number: Decimal) -> bool:
        return (self.included and value == number) or (value > number if self.above else value < number)


_NUMBER = r"(?P<number>\d{1,6}(?:\.\d{1,3})?)(?![\d/]|[.,:]\d|-\d|\s*(?:years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|times|decades?)\b)"
_PRESSURE = r"(?P<upper>[6-9]\d|1\d\d|2[0-5]\d)\s*/\s*(?P<lower>[3-9]\d|1[0-5]\d)(?![\d/]|[.,]\d)"
_LIMIT = Cue(
    r"(?:\b(?P<above>above|over|exceeding|(?:greater|more|higher|bigger) than)|(?<![-–—=<])(?P<more>>)|\b(?P<below>below|under|beneath|(?:less|lower|fewer|smaller) than)"
    r"|(?P<fewer><)(?![-–—=>])|(?P<from>≥|>=|\bat least\b)|(?P<to>≤|<=|\bat most\b))(?P<equal>\s*(?:or equal to|=))?\s*(?:"
    f"{_NUMBER}|{_PRESSURE})"
)
_UNIT = r"(?:\s*(?:%|percent\b|per cent\b|points?\b|kgs?\b|lbs?\b|pounds\b|bpm\b|mm ?hg\b|mm\[Hg\]|g\b|ms\b|degrees?\b|[a-zµ]{1,5}/[a-z0-9.]+))?"
_WITH_UNIT = Cue(_LIMIT.pattern + _UNIT)
_ASKS_EACH = Cue(
    r"^\W*(?:please |pls |can you |could you )*(?:list|show(?: me)?|give(?: me)?|tell me|find|pull(?: out)?|count)\b(?! (?:if|whether)\b)"
    r"|\b(?:every|all|each|any|which|what)\b(?: \w+){0,4}? (?:(?:values?|readings?|results?|levels?|tests?|times) )?(?:(?:was|were|is|are|of|that|went|came|being|which|ran) )*"
    r"(?:above|over|exceeding|greater|more|higher|below|under|less|lower|at least|at most|[<>≤≥])"
    r"|\bhow (?:many|often)\b|\bnumber of\b",
)


def limit_asked(text: str) -> Limit | None:
    """Return the limit beyond which each value is asked for; `None`: none is, or only whether a value is beyond it."""
    match = _LIMIT.search(text) if _ASKS_EACH.search(text) else None
    return _limit_of(match) if match is not None else None


def limit_named(text: str) -> Limit | None:
    """Return the limit that a question names, whatever it asks of it."""
    match = _LIMIT.search(text)
    return _limit_of(match) if match is not None else None


def without_limit(text: str) -> str:
    """Leave out the words for the limit, with its unit."""
    return _WITH_UNIT.sub(" ", text)


def _limit_of(match: re.Match[str]) -> Limit:
    above = bool(match["above"] or match["more"] or match["from"])
    included = bool(match["from"] or match["to"] or match["equal"])
    lower = Decimal(match["lower"]) if match["lower"] else None
    return Limit(Decimal(match["number"] or match["upper"]), above, included, lower)


_ASKS_NUMBER = Cue(r"\bhow (?:many|often)\b|^\W*(?:please )?count\b|\bnumber of\b")


def asks_number(text: str) -> bool:
    """Say whether it is asked how many values are beyond the limit."""
    return _ASKS_NUMBER.search(text) is not None


_ASKS_CROSSING = Cue(
    r"\bwhen\b|\bsince when\b|\bhow long ago\b|\b(?:what|which|on what) (?:date|day|month|year|visit|test)\b|\b(?:first|last) (?:time|date|reading|value|result|occasion)\b|\b(?:first|last) (?:go|went|drop\w*|f[ae]ll|rise|rose|get|got|climb\w*|reach\w*|cross\w*|dip\w*|was|were|been)\b"
)
_LAST_TIME = Cue(r"\blast\b|\bmost recent(?:ly)?\b")


class Crossing(NamedTuple):
    """A limit of which it is asked when values went beyond it."""

    limit: Limit
    last: bool
    """Whether the last time is asked, and not the first."""


def crossing_asked(text: str) -> Crossing | None:
    """Return the limit of which it is asked when it was crossed: "when did his eGFR first drop below 60?"."""
    match = _LIMIT.search(text) if _ASKS_CROSSING.search(text) else None
    if match is None:
        return None
    return Crossing(_limit_of(match), last=_LAST_TIME.search(text[: match.start()]) is not None)
