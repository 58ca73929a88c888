"""Questions about the turns of a treatment: what harm it did, and what took its place."""

# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from chartcite.engine.answers.focus import LAID
from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.allergies import allergies_to
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.questions.plans import Target
from chartcite.engine.retrieval import TargetFacts, preferred


def harms(found: Sequence[TargetFacts], reading: Reading) -> list[DraftClaim]:
    """Tell the problems that are laid to a medicine, why it was stopped, and of allergies to it: what tables know of the harm it did."""
    drugs = [item for item in found if item.target.kind is ConceptKind.DRUG]
    problems = reading.shelves.records.facts(reading.scope, categories=(Category.CONDITION,))
    laid = [fact for fact in problems if any(_laid_to(fact, item.target, reading.chart.lexicon) for item in drugs)]
    stopped = [fact for item in drugs for fact in item.facts if fact.detail("status_reason")]
    told = [draft(fact, reading.chart, route="medication_reason") for fact in dict.fromkeys(stopped)]
    return [*(draft(fact, reading.chart, route=LAID) for fact in laid[-MOST_LAID:]), *told, *allergies_to(drugs, reading)]


MOST_LAID = 5
_BY_MEDICINE = re.compile(
    r"[- ](?:induced|related|associated|mediated)\b|\b(?:due to|secondary to|caused by|from|after|adverse effect of|toxicity|intolerance)\b|\(\s*[A-Za-z][\w -]+\)\s*$",
    re.IGNORECASE,
)
_IMMUNE = re.compile(
    r"\b(?:immune|immunotherapy|checkpoint(?: inhibitor)?)[- ](?:related|mediated|induced)\b|\bir(?:AE|-?hepatitis|-?colitis)\b",
    re.IGNORECASE,
)
_OF_IMMUNITY = "checkpoint-inhibitor"


def _laid_to(fact: Fact, drug: Target, lexicon: Lexicon) -> bool:
    """Say whether a problem of the list is called an effect of a medicine: "oxaliplatin-induced neuropathy", "immune-related hepatitis"."""
    if fact.span is not None or fact.assertion in {AssertionStatus.ABSENT, AssertionStatus.ENTERED_IN_ERROR}:
        return False
    called = fact.concept.text
    if _OF_IMMUNITY in lexicon.concepts and not lexicon.below(_OF_IMMUNITY).isdisjoint(drug.ids) and _IMMUNE.search(called):
        return True
    return _BY_MEDICINE.search(called) is not None and drug.find(forms(called)) is not None


REPLACED = re.compile(
    r"\b(?:replac\w+|swap\w*|substitut\w+|instead of|in place of|(?:switch|chang)\w* (?:\w+ ){0,2}?(?:to|for|from|into)|took over from|t(?:ook|aken?|akes|aking) the place of)\b",
    re.IGNORECASE,
)


_SOONEST, _LATEST = timedelta(days=7), timedelta(days=45)
"""A replacement is begun so long before or after the other medicine was stopped."""


def replacements(found: Sequence[TargetFacts], reading: Reading) -> list[DraftClaim]:
    """Tell what was stopped, and the medicines of a shared class or reason that were begun about the same day."""
    lexicon = reading.chart.lexicon
    stopped = [
        fact
        for item in found
        if item.target.kind is ConceptKind.DRUG
        for fact in item.facts
        if fact.ended and fact.status == "stopped"
    ]
    if not stopped:
        return []
    ended, known = {fact.id for fact in stopped}, {fact.id for item in found for fact in item.facts}
    begun = []
    for fact in preferred(reading.shelves.records.facts(reading.scope, categories=(Category.MEDICATION,))):
        for old in stopped:
            if fact.id in ended or fact.occurred is None or old.ended is None:
                continue
            if fact.id in known and _holds_no_more(fact, old, lexicon):
                continue  # another order of the same medicine
            near = old.ended.first_day - _SOONEST <= fact.occurred.first_day <= old.ended.first_day + _LATEST
            if near and (_alike(fact, old, lexicon) or _same_reason(fact, old)):
                begun.append(fact)
                break
    return [draft(fact, reading.chart, route="medication_course") for fact in (stopped[-1], *begun)] if begun else []


def _holds_no_more(one: Fact, other: Fact, lexicon: Lexicon) -> bool:
    """Say whether a medicine holds nothing that another one lacks: a combination holds more."""
    held = [
        {
            id_
            for id_ in lexicon.link(fact.concept)
            if not lexicon.concepts[id_].is_class and "/" not in lexicon.concepts[id_].name
        }
        for fact in (one, other)
    ]
    return held[0] <= held[1]


def _alike(one: Fact, other: Fact, lexicon: Lexicon) -> bool:
    over = [
        {above for id_ in lexicon.link(fact.concept) for above in lexicon.above(id_) if lexicon.concepts[above].is_class}
        for fact in (one, other)
    ]
    return any(len(lexicon.below(shared)) <= _SAME_USE for shared in over[0] & over[1])


_SAME_USE = 150
"""Medicines of a class that serve one purpose (antihypertensives), at most."""


def _same_reason(one: Fact, other: Fact) -> bool:
    words = [{word for detail in fact.details if detail.name == "reason" for word in forms(detail.text)} for fact in (one, other)]
    return bool(words[0] & words[1])
