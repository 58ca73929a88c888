"""What a care plan or a goal says of the everyday care that is asked of, where nothing else of the chart answers.

"How often is she turned?", "which boots does he wear in bed?": the activities of a care plan tell it, and no list is named so.
"""
# ruff: noqa: E501

from __future__ import annotations

import re

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.question_words import OTHER_WORDS, Intent

ROUTE = "care_plan"
_OVER = frozenset({"revoked", "cancelled", "entered-in-error", "completed", "rejected", "proposed"})
_OF_PLAN = Cue(
    r"\b(?:care plans?|plans? of care|(?:seizure|epilepsy|emergency|rescue|crisis|asthma|allergy|anaphylaxis|action|relapse|contingency)"
    r" (?:(?:care|action|management|response|emergency) )?(?:plans?|protocol))\b"
)
_NAMED_PLAN = Cue(
    r"^\W*(?:(?:what(?:['’]?s| is| does)?|is there|has (?:s?he|they) got|do we have|show(?: me)?|give me) )?(?:an? |the |her |his |my |their |mum['’]s |dad['’]s )?(?:\w+ ){0,2}(?:plans?|protocol)(?: (?:say|in place|please))?\W*$"
)
_CARE = re.compile(
    r"turn\w*|reposition\w*|roll(?:ed|ing)?|mattress\w*|cushion\w*|boots?|offload\w*|off-load\w*|hoist\w*|sling\w*|toilet\w*|pads?"
    r"|moisturi[sz]\w*|dressing\w*|photo\w*|rails?|sensor\w*|supervis\w*|pillow\w*|sheets?|elevat\w*|splints?"
)
"""Words for what is done for somebody day by day."""
_HOW = frozenset({"schedule", "regimen", "regime", "often", "time", "routine", "frequency", "plan", "care", "carer", "caregiver"})
"""Words of the question that a care plan answers by what it says, and need not hold."""
_STEM = 6
_NOT_TOLD = frozenset({Intent.REASON, Intent.WHEN, Intent.WHO, Intent.AGE, Intent.SUMMARY, Intent.CHANGES})


def told_by_care_plans(reading: Reading, /) -> list[DraftClaim]:
    """Tell the care plans and goals that stand and hold each word for the care that is asked of; empty: none does."""
    plan = reading.plan
    if plan.family or plan.lost or plan.window is not None or plan.intent in _NOT_TOLD:
        return []
    asked = [word for word in _asked(reading) if word not in _HOW]
    if not asked or not (_OF_PLAN.search(plan.text) or any(_CARE.fullmatch(word) for word in asked)):
        return []
    standing = _standing(reading, (Category.CARE_PLAN, Category.GOAL))
    return [draft(fact, reading.chart, route=ROUTE) for fact in reversed(standing) if _holds(fact, asked)][:2]


def told_of_name(reading: Reading, /) -> list[DraftClaim]:
    """Tell the standing plan that is asked for by its name: "what is the seizure plan?"."""
    if reading.plan.family or not _NAMED_PLAN.search(reading.plan.text):
        return []
    asked = [word for word in _asked(reading) if word not in _HOW]
    told = [fact for fact in _standing(reading, (Category.CARE_PLAN,)) if asked and _holds(fact, asked)]
    return [draft(fact, reading.chart, route=ROUTE) for fact in reversed(told)][:2]


def told_for_case(reading: Reading, words: frozenset[str], /) -> list[DraftClaim]:
    """Tell the standing care plans that say what to do in the case that a question supposes, by what they share with its words."""
    named = {*words, *(word for target in reading.plan.targets for word in forms(target.words))}
    asked = {form[:_STEM] for word in named for form in (word, *noted_as(word))}
    told = [fact for fact in _standing(reading, (Category.CARE_PLAN,)) if asked & _said(fact)]
    return [draft(fact, reading.chart, route=ROUTE) for fact in reversed(told) if _DIRECTS.search(_texts(fact))][:2]


_DIRECTS = Cue(r"\b(?:give|call|ring|phone|take|use|contact|attend|seek|999|911|112|111|000|ambulance|do not|don't)\b")


def _standing(reading: Reading, categories: tuple[Category, ...]) -> list[Fact]:
    return [
        fact
        for fact in reading.shelves.records.facts(reading.scope, categories=categories)
        if fact.assertion is AssertionStatus.PRESENT and fact.status not in _OVER and fact.ended is None
    ]


def _texts(fact: Fact) -> str:
    return " ".join((fact.concept.text, *(detail.text for detail in fact.details)))


def _said(fact: Fact) -> set[str]:
    return {word[:_STEM] for word in forms(_texts(fact))}


_WHEN_TO_CALL = Cue(
    r"\bwhen\b[^?]{0,25}\b(?:should|must|do|does|need|ought|to)\b[^?]{0,25}\b(?:ring|call|phone|contact|seek|alert|tell|let)\b[^?]{0,30}"
    r"\b(?:nurse|team|clinic|doctor|gp|ward|unit|help|advice|someone|somebody|them|you|us)\b"
)
_CALLS = re.compile(r"\b(?:ring|call|phone|contact|seek|alert|report)\b", re.IGNORECASE)


def told_when_to_call(reading: Reading, /) -> list[DraftClaim]:
    """Tell the standing care plans that say when to call somebody; empty: none says it, or it is not asked."""
    if not _WHEN_TO_CALL.search(reading.plan.text):
        return []
    facts = reading.shelves.records.facts(reading.scope, categories=(Category.CARE_PLAN,))
    standing = [each for each in facts if each.assertion is AssertionStatus.PRESENT and each.status not in _OVER]
    calls = [each for each in standing if any(_CALLS.search(detail.text) for detail in each.details)]
    return [draft(each, reading.chart, route=ROUTE) for each in calls[-2:]]


def _asked(reading: Reading) -> list[str]:
    """Return the words that nothing accounts for; of a care plan that is asked for by its name, those of that name too."""
    plan = reading.plan
    named = (word for target in plan.targets for word in forms(target.words)) if _OF_PLAN.search(plan.text) else ()
    return list(dict.fromkeys((*plan.keywords, *named)))


def _holds(fact: Fact, asked: list[str]) -> bool:
    said = _said(fact)
    return all(said & {form[:_STEM] for form in (*noted_as(word), *OTHER_WORDS.get(word, ()))} for word in asked)
