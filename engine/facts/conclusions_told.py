"""A particular that only the conclusion of a report tells, asked by its own name: "C4d?", "Banff grade", "Oxford score".

Asked last, where nothing else answers: no list knows such a name, and the report says in its words what was found.
"""

from __future__ import annotations

import re

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.english_words import is_english
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.question_words import Intent, is_ordinary, is_plain

ROUTE = "report"
MOST_TOLD = 2
_ASKED = frozenset({Intent.DESCRIBE, Intent.LATEST, Intent.FIRST})


def told_by_conclusion(reading: Reading, /) -> list[DraftClaim]:
    """Tell the newest reports whose conclusion holds every name of a question that no list and no English word knows.

    One of them at least must be written as a name: "mutations" are asked of more than one report.
    """
    plan = reading.plan
    if plan.family or plan.upcoming or plan.undone or plan.lost or plan.anchor is not None or plan.intent not in _ASKED:
        return []
    names = {word for word in (*plan.unknown, *plan.keywords) if len(word) > 2 and not _is_known(word)}
    if not any(_is_symbol(name, plan.text) for name in names):
        return []
    reports = reading.shelves.records.facts(reading.scope, categories=(Category.REPORT,))
    told = [
        fact
        for fact in reports
        if fact.assertion is AssertionStatus.PRESENT
        and (plan.window is None or plan.window.holds(fact.occurred))
        and names <= set(_concluded(fact))
    ]
    return [draft(fact, reading.chart, route=ROUTE) for fact in told[-MOST_TOLD:]]


def _is_symbol(name: str, text: str) -> bool:
    """Say whether a word is written as a name: with a digit, or a capital inside the question."""
    return (
        any(map(str.isdigit, name)) or re.search(rf"(?<=\s)(?-i:[A-Z]){re.escape(name[1:])}\b", text, re.IGNORECASE) is not None
    )


def _is_known(word: str) -> bool:
    return is_plain(word) or is_ordinary(word) or is_english(word)


def _concluded(fact: Fact) -> tuple[str, ...]:
    concluded = fact.detail("conclusion")
    return forms(concluded.text) if concluded is not None and fact.span is None else ()
