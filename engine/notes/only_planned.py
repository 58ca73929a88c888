"""Sentences that only tell what was to be done: they answer no question for what came of it."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.answers.left_open import quoted_texts
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import Category
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Plan, Target

_ASKS_OUTCOME = Cue(
    r"\bresults?\b|\b(?:came|come|was|were) back\b|\bhow (?:high|low) (?:was|is|were|did|has)\b|\btroughs?\b|\b(?:what|which) (?:was|were|did|is|value|level|reading|figure)\b|\bwhat did [^?.;]{0,60}\b(?:come|show|find|reveal|read)\b|\bfindings?\b"
)
"""Asks what a test gave."""
_ASKS_PLAN = Cue(
    r"\b(?:plan\w*|next|follow[- ]?up|due|recommend\w*|advi[sc]\w*|suggest\w*|should|will|going to|intend\w*|booked|scheduled|repeat(?:ed)? when|when|why|who|what for|waiting|pending|outstanding|decided|want(?:s|ed)? (?:to|me|him|her)|told|said|say|offer\w*|reason)\b"
)
"""Asks of a plan, or of something else than what a test gave."""
_PLANNED = Cue(
    r"\b(?:next (?:draw|visit|time|bloods?|week|month|clinic)|(?:control|repeat|recheck|review|f/u|follow[- ]?up)\b[^.;]{0,25}?\b(?:in |at |after )?\d+(?:\s?[-–]\s?\d+)? ?(?:d|days?|w|wk|wks|weeks?|mo|months?|mths?|years?|yrs?)\b|to be (?:done|sent|checked|repeated|taken|booked|arranged|requested|organised|organized)|(?:will|shall|to) (?:check|repeat|recheck|send|order|request|book|arrange|get|do|have|add)|awaiting|awaited|pending|not (?:yet )?(?:back|available|resulted)|yet to (?:be|have|book|do)|recommend(?:ed|s)?|ordered|reordered|requested|please (?:check|repeat|send|arrange)|consider|plan(?:ned)?(?: for| to|:)|never (?:happened|done)|scheduled|booked)\b"
)
"""Tells what is to be done, or that it was not done."""
_FOUND = Cue(
    r"\b(?:show(?:s|ed|n)?|reveal(?:s|ed)?|found|normal|negative|positive|not detected|detected|unchanged|stable|clear|no (?:evidence|sign|change)|increased|decreased|raised|elevated|reported|consistent|was|were|is now|came back)\b"
)
_CLAUSE = re.compile(r"(?<!\d)[.;](?!\d)|\n")
_NUMBERED = re.compile(r"(?m)^\W*\d{1,2}[.)]\s+")
_VALUE = re.compile(
    r"(?<![\w/.-])[<>]?\d+(?:[.,]\d+)?(?![\w/-])(?!\s?(?:d|days?|w|wk|wks|weeks?|mo|months?|mths?|years?|yrs?|hours?|hrs?|x|st|nd|rd|th)\b)|\d\s?(?:mg|g|%|mmol|µmol|umol|ng|ug|µg|mcg)(?:/|\b)"
)
_ASKS_LEVEL = Cue(r"\b(?:troughs?|peak|(?:blood|serum|drug|plasma) (?:levels?|concentrations?))\b")
_LEVEL = Cue(r"\b(?:troughs?|levels?|conc\w*|peak|auc|c0)\b")


def only_planned(plan: Plan, claims: Sequence[DraftClaim], /) -> bool:
    """Say whether a question asks what a test gave, and all that would be told is that it was to be done, or nothing of its level."""
    if not claims or plan.upcoming or not _ASKS_OUTCOME.search(plan.text) or _ASKS_PLAN.search(plan.text):
        return False
    if not all(claim.category in {None, Category.ENCOUNTER} for claim in claims):
        return False
    quoted = [text for claim in claims if claim.category is None for text in quoted_texts(claim)]
    drugs = [target for target in plan.targets if target.kind is ConceptKind.DRUG]
    if drugs and _ASKS_LEVEL.search(plan.text):
        return not any(_LEVEL.search(text) and _VALUE.search(text) for text in quoted)
    tests = [target for target in plan.targets if target.kind in {ConceptKind.MEASUREMENT, ConceptKind.PROCEDURE}]
    naming = [
        clause
        for text in quoted
        for clause in _CLAUSE.split(_NUMBERED.sub("", text))
        if any(_names(clause, target) for target in tests)
    ]
    return bool(naming) and all(_PLANNED.search(each) and not _FOUND.search(each) and not _VALUE.search(each) for each in naming)


def _names(clause: str, target: Target) -> bool:
    return target.find(forms(clause)) is not None
