"""Whom a question is about, as far as its words tell: age, childhood, pregnancy; and whether a recommendation is about the same.

Recommendations on one matter differ by the people they are for: mammograms at 45 and at 80, chlamydia in and out of pregnancy.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from chartcite.engine.guideline_rules import Age, Gestation, Pregnant
from chartcite.engine.guidelines import Recommendation

_PREGNANT = re.compile(
    r"\bpregnan|\bprenatal|\bantenatal|\bgestation|\bmaternal|\bexpecting\b|\bperinatal|\bobstetric", re.IGNORECASE
)
_CHILD = re.compile(
    r"\b(?:child(?:ren|hood)?|kids?|teen(?:ager)?s?|adolescen\w+|toddlers?|bab(?:y|ies)|infants?|newborns?|p(?:a)?ediatric\w*|boys?|girls?"
    r"|preschool\w*|school-aged)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:(?P<plain>\d{1,3})[ -]?years?[ -]?olds?"
    r"|(?:aged?|at(?: age)?) (?P<at>\d{1,3})(?! ?(?:%|percent|weeks?|mm|mg|or (?:\d|12)))"
    r"|(?:over|after|older than|past|beyond) (?:age )?(?P<over>\d{2})\b"
    r"|(?:under|before|younger than) (?:age )?(?P<under>\d{2})\b)",
    re.IGNORECASE,
)
_NOT_AGES = re.compile(
    r"\b(?:e?gfr|bmi|ldl|a1c|risk|score|ratio|pressure|percent|mg|mm|weeks|systolic|ferritin|cd4)\b|%", re.IGNORECASE
)
"""Beside these words a bare number is seldom an age."""
_ADULT = 18
_SAME, _OTHER, _SILENT = 0.05, -0.1, -0.06


class Asked(NamedTuple):
    """The people a question is about."""

    age: int | None
    child: bool
    pregnant: bool

    def fit(self, recommendation: Recommendation) -> float:
        """Return what the people add to a recommendation's score: positive where they are the same, negative where not."""
        ages, pregnant = _people_of(recommendation)
        fit = 0.0
        if pregnant:
            fit += _SAME if self.pregnant else _SILENT
        elif self.pregnant:
            fit += _SILENT
        least, most = ages or (None, None)
        if self.age is not None and ages is not None:
            fit += _SAME if (least or 0) <= self.age <= (most if most is not None else 150) else _OTHER
        if most is not None and most <= _ADULT:
            fit += _SAME if self.child else 0.0
        elif self.child and least is not None and least >= _ADULT:
            fit += _OTHER
        return fit


def asked_about(question: str) -> Asked:
    """Read the people out of a question."""
    age = None
    for match in _YEARS.finditer(question):
        if match["plain"]:
            age = int(match["plain"])
        elif _NOT_AGES.search(question) is None:
            age = int(match["at"]) if match["at"] else int(match["over"]) + 1 if match["over"] else int(match["under"]) - 1
    child = _CHILD.search(question) is not None or (age is not None and age < _ADULT)
    return Asked(age, child, _PREGNANT.search(question) is not None)


def _people_of(recommendation: Recommendation) -> tuple[tuple[int | None, int | None] | None, bool]:
    """Return the ages in years that a recommendation is for (`None`: any), and whether it is for pregnancy only."""
    rule = recommendation.rule
    needed = [each for one in rule.conditions if one.role == "needs" for each in one.any_of] if rule is not None else []
    pregnant = any(isinstance(each, Gestation) or (isinstance(each, Pregnant) and each.wanted) for each in needed)
    for each in needed:
        if isinstance(each, Age):
            by = 12 if each.months else 1
            least, most = (None if limit is None else limit // by for limit in (each.least, each.most))
            return (least, most), pregnant
    return None, pregnant
