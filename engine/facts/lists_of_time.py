"""Lists of what happened in a time that a question gives, where it names more than one, or is not wholly read otherwise.

"Operations and jabs in autumn 2021" asks for two lists; "was she seen or phoned at all last winter?" for the visits of a time.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.answers.focus import telling
from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.fact_selection import only_considered
from chartcite.engine.facts.people import fields_named
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.english_words import is_english
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.list_subjects import subjects_named
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import ATTRIBUTES, Intent, is_ordinary
from chartcite.engine.retrieval import preferred

MOST_TOLD = 12
"""Entries of all lists together that are told; of more nobody could say that they are what was asked."""
_DATED = frozenset(
    {Category.ENCOUNTER, Category.PROCEDURE, Category.IMMUNIZATION, Category.LABORATORY, Category.REPORT, Category.CONDITION}
)
_ASKING = frozenset(
    {Intent.DOSE, Intent.LIST, Intent.DESCRIBE, Intent.PRESENCE, Intent.WHEN, Intent.WHO, Intent.TREND, Intent.LATEST}
)
_UNREAL = frozenset(
    {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.ABSENT, AssertionStatus.HYPOTHETICAL, AssertionStatus.FAMILY}
)


def several_lists(reading: Reading) -> list[DraftClaim]:
    """Tell the entries of two or more lists that a question names with a time; empty: it names fewer, or something single."""
    plan = reading.plan
    named = [category for category in subjects_named(plan.text) if category in _DATED]
    single = [target for target in plan.targets if not target.is_class]
    beside = bool(named) and bool(single) and all(_is_joined(target, plan.text) for target in single)
    if (len(named) < 2 and not beside) or (single and not beside) or not _is_of_time(plan) or plan.keywords:
        return []
    records = reading.shelves.records
    by_list = [_inside(records.facts(reading.scope, categories=(category,)), reading) for category in named]
    by_list += [_inside(records.facts(reading.scope, concept_keys=target.concept_keys), reading) for target in single]
    return _told([fact for facts in by_list for fact in facts], reading) if all(by_list) else []


_ASKS_TESTS = Cue(
    r"^\W*(?:(?:and|so|please|pls|can you|could you|show|list|give|tell|me|us|what|which|any|all|the|of|his|her|my|their|results?|results of|findings of|were|was|is|are|there|other|diagnostic|neuro\w*)\s+)*"
    r"(?:tests|investigations?|(?:diagnostic )?work-?up|diagnostics|studies|ix)\b(?! (?:outstanding|pending|due|owed|ordered|awaited|for|of|needed|planned|is he|is she))"
    r"(?=\s*(?:\W*$|(?:did|were|was|has|have|had|done|performed|carried|ordered|in|on|during|between|before|after|since|over|from|around|at|that)\b))"
)
_DIAGNOSTIC = Cue(
    r"\b(?:scans?|x-?ray\w*|radiograph\w*|ct|mri|pet|dxa|dexa|us|ultrasound\w*|echo\w*|ecg|ekg|eeg|emg|holter|monitor\w*|stud(?:y|ies)|biops\w+|\w+scop\w+|\w+gra(?:m|phy)|tests?|puncture|tap|swallow|spirometry|screen\w*|fluoroscop\w*)\b"
)
_SEVERAL_LABS = 6
"""Values of a laboratory beside reports, at most; of more those are told that are flagged."""


def tests_of_time(reading: Reading) -> list[DraftClaim]:
    """Tell the reports, tests done and values of a time where "tests" or "investigations" are asked for: no list is named so."""
    plan = reading.plan
    if plan.window is None or plan.family or plan.upcoming or plan.undone or not _ASKS_TESTS.search(plan.text):
        return []
    records = reading.shelves.records
    reports, done, labs = (
        _inside(records.facts(reading.scope, categories=(category,)), reading)
        for category in (Category.REPORT, Category.PROCEDURE, Category.LABORATORY)
    )
    done = [fact for fact in done if _DIAGNOSTIC.search(fact.concept.text)]
    if len(labs) > _SEVERAL_LABS:
        labs = [fact for fact in labs if fact.interpretation.lower() not in {"", "n", "normal"}][-_SEVERAL_LABS:]
    told = [*reports, *done][-(MOST_TOLD - len(labs)) :]
    return [draft(fact, reading.chart, route="list") for fact in (*told, *labs)]


_LIST_WORD = (
    r"(?:vaccin\w*|immuni[sz]\w*|jabs?|shots?|boosters?|visits?|appointments?|procedures?|operations?|scans?|bloods|labs?)"
)


def _is_joined(target: Target, text: str) -> bool:
    """Say whether a medicine is named beside a list: "every vaccine and denosumab dose"."""
    words = re.escape(target.words)
    joint = r"\s*(?:,|/|&|\+|\band\b|\bor\b|\bplus\b|\bas well as\b)\s*(?:(?:every|each|all|any|the|his|her|my)\s+)?"
    beside = re.search(rf"\b{_LIST_WORD}{joint}{words}|{words}(?:\s+\w+)?{joint}{_LIST_WORD}\b", text, re.IGNORECASE)
    return target.kind is ConceptKind.DRUG and bool(target.concept_keys) and beside is not None


def list_anyway(reading: Reading) -> list[DraftClaim]:
    """Tell the entries of the one list in the time that is given, where further words could choose none of them."""
    plan = reading.plan
    if plan.subject not in _DATED or not _is_of_time(plan) or plan.targets or _chooses(plan):
        return []
    facts = reading.shelves.records.facts(reading.scope, categories=(plan.subject,))
    return telling(plan, _told(_inside(facts, reading), reading), reading.chart.lexicon)


def _is_of_time(plan: Plan) -> bool:
    window = plan.window
    placed = window is not None and window.first is not None and not (plan.lost or plan.family or plan.harm or plan.upcoming)
    return placed and plan.intent in _ASKING and not (plan.inpatient or plan.emergency or plan.undone or plan.moments)


def _chooses(plan: Plan) -> bool:
    """Say whether a word of the question could choose among the entries: a clinical one, an attribute, a field, a name."""
    inside = plan.text[1:]
    if plan.subject is Category.ENCOUNTER and any(not _is_deed(word, plan) for word in plan.keywords):
        return True  # "what was he like on air when he was seen in May": the visit only tells the time
    return bool(fields_named(plan.text).words) or any(
        word in ATTRIBUTES or not (is_ordinary(word) or is_english(word) or _is_deed(word, plan)) or f" {word.title()}" in inside
        for word in plan.keywords
    )


def _is_deed(word: str, plan: Plan) -> bool:
    """Say whether a word that nothing knows tells what was done: "phoned", and no "chiropody"."""
    return word in plan.unknown and word.endswith(("ed", "ing"))


def _inside(facts: list[Fact], reading: Reading) -> list[Fact]:
    window = reading.plan.window
    return [
        fact
        for fact in preferred(facts)
        if fact.occurred is not None
        and fact.assertion not in _UNREAL
        and not only_considered(fact)
        and (window is None or window.holds(fact.occurred))
    ]


def _told(facts: Sequence[Fact], reading: Reading) -> list[DraftClaim]:
    if not 0 < len(facts) <= MOST_TOLD:
        return []
    return [draft(fact, reading.chart, route="list") for fact in facts]
