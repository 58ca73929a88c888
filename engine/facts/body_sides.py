"""Of which side of the body a measured value or a procedure is, and which side a question asks of."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.language.cues import Cue

_SIDED = frozenset({Category.LABORATORY, Category.OBSERVATION, Category.VITAL_SIGN, Category.PROCEDURE})
_LEFT_SITE = re.compile(r"\bleft\b|\blt\b|\bOS\b|^(?:L|AS)$", re.IGNORECASE)
_RIGHT_SITE = re.compile(r"\bright\b|\brt\b|\bOD\b|^(?:R|AD)$", re.IGNORECASE)
_LEFT_NAME = re.compile(r"\b(?:[Ll]eft|LEFT|[Ll]t|LT|OS)\b|[\s(,-](?:L|LE)\)?$")
_RIGHT_NAME = re.compile(r"\b(?:[Rr]ight|RIGHT|[Rr]t|RT|OD)\b|[\s(,-](?:R|RE)\)?$")
_TAKEN_AT = re.compile(r"\b(?:eye|eyes|OD|OS)\b", re.IGNORECASE)
"""Sites that make a vital sign another value: an arm, a finger or an ear is only where it was taken."""


def side_told(fact: Fact, /) -> str:
    """Return `left` or `right`, of which a measured value or a procedure is; empty: neither, both, or only taken there."""
    if fact.category not in _SIDED or fact.span is not None or fact.components:
        return ""
    site = _site_of(fact)
    if site:
        return _one_of(left=bool(_LEFT_SITE.search(site)), right=bool(_RIGHT_SITE.search(site)))
    if fact.category is Category.VITAL_SIGN and not _TAKEN_AT.search(fact.concept.text):
        return ""
    return _one_of(left=bool(_LEFT_NAME.search(fact.concept.text)), right=bool(_RIGHT_NAME.search(fact.concept.text)))


def _site_of(fact: Fact) -> str:
    """Return the named body part of a fact; empty where it only tells how a vital sign was taken."""
    site = fact.detail("body_site")
    if site is None or (fact.category is Category.VITAL_SIGN and not _TAKEN_AT.search(site.text)):
        return ""
    return site.text.strip()


def _one_of(*, left: bool, right: bool) -> str:
    return "" if left == right else "left" if left else "right"


def site_said(fact: Fact, /) -> str:
    """Return the body part by which a value is named, where its name does not tell the side: `Right eye`."""
    site = _site_of(fact)
    if not site or not side_told(fact):
        return ""
    bare = fact.model_copy(update={"details": ()})
    return "" if side_told(bare) == side_told(fact) else site


_ASKED = Cue(
    r"\b(?P<left>left(?!\s+(?:the|against|out|without|ama|on\b|at|before|after|by|him|her|his|message|voicemail|home|for|a|hospital|ventric|atri|heart|bundle|axis|main|over|to\b|off|behind|work|school)))\b"
    r"|\b(?P<right>right(?!\s+(?:now|away|after|before|to|ventric|atri|heart|bundle|axis|then|up|here|on\b)))\b(?!\s*,?\s*(?:is|isn|was|wasn|are|aren|correct)\b)(?<!\bis right)(?<!\bit right)(?<!\bthat right)"
    r"|\b(?P<lt>lt|os|l/e|lhs)\b|\b(?P<rt>rt|od|r/e|rhs)\b|(?-i:(?<![\w'’/-])(?:(?P<l>L|LE|AS)|(?P<r>R|RE|AD))(?=\s*$|\s*[?,;)]|\s+[a-z]{2,}|\s+[A-Z]{2,}))"
    r"|(?-i:\b(?:PTA|IOP|VA|BCVA|WRS|SRT|CST|CMT|CRT)\s*(?:(?P<l2>L|AS)|(?P<r2>R|AD))\b)"
)
_BOTH = Cue(
    r"\b(?:both|each|either|bilateral\w*|ou|per (?:eye|ear|side)|which (?:eye|ear|side)|by (?:eye|ear|side)|other|fellow|opposite)\b|\b[LR]\s*/\s*[LR]\b"
)


def side_asked(text: str, /) -> str:
    """Return the one side that a question names; empty for none or both."""
    if _BOTH.search(text):
        return ""
    groups = [group for match in _ASKED.finditer(text) for group, words in match.groupdict().items() if words]
    return _one_of(left=any(group[0] == "l" for group in groups), right=any(group[0] == "r" for group in groups))


def of_side_asked(facts: Sequence[Fact], text: str, /) -> list[Fact]:
    """Leave out the values of the other side than the one that a question names; what tells no side stays."""
    asked = side_asked(text)
    if not asked or not any(side_told(fact) for fact in facts):
        return list(facts)
    return [fact for fact in facts if side_told(fact) in {asked, ""}]
