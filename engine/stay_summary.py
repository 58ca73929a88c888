"""What happened at a visit or during a stay: its entry, diagnoses, procedures, course, and what was started and stopped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.encounters import is_admission
from chartcite.engine.problem_summary import drafts
from chartcite.engine.reading import Reading
from chartcite.engine.retrieval import TargetFacts
from chartcite.engine.summary_notes import sentences_of_stay
from chartcite.engine.times import Window
from chartcite.engine.visit_choice import names_visit, visits_named
from chartcite.engine.visits import LATEST_NOTE, found_that_day

MOST_TURNS = 4
MOST_QUOTES = 6
_AS_ENTERED = (Category.CONDITION, Category.PROCEDURE)


def visit_asked(reading: Reading, found: Sequence[TargetFacts]) -> Fact | None:
    """Return the visit that a question names; `None`: it names none, or one that the chart does not have."""
    plan, records = reading.plan, reading.shelves.records
    if not names_visit(plan):
        return None
    visits = records.facts(reading.scope, categories=(Category.ENCOUNTER,))
    named = visits_named(plan, visits, found, records.facts(reading.scope, categories=_AS_ENTERED))
    named = [fact for fact in named if fact.occurred is not None]
    if not named:
        return None
    stays = [fact for fact in named if is_admission(fact)] or named
    return stays[plan.ordinal - 1] if plan.ordinal and plan.ordinal <= len(stays) else stays[-1]


def of_visit(visit: Fact, reading: Reading) -> list[DraftClaim]:
    """Draft the story of a visit, from its entry to what was planned after it."""
    records, chart, scope = reading.shelves.records, reading.chart, reading.scope
    if visit.occurred is None:
        return []
    first, last = visit.occurred.first_day, (visit.ended or visit.occurred).last_day
    entered = [fact for fact in found_that_day(visit, records.facts(scope, categories=_AS_ENTERED)) if fact.span is None]
    turns = _turns(records.facts(scope, categories=(Category.MEDICATION,)), first, last)
    window = Window(first=first, last=last + LATEST_NOTE, words="")
    passages = [each for each in records.all_passages(scope) if window.holds(each.occurred or each.recorded)]
    quotes = sentences_of_stay(passages, records, most=MOST_QUOTES)
    return [*drafts([visit, *entered[:4]], chart), *quotes, *drafts(turns, chart)]


def _turns(facts: Sequence[Fact], first: date, last: date) -> list[Fact]:
    """Return the medicines that were stopped or begun on the days of a visit: those with a reason first."""
    listed = [
        fact
        for fact in facts
        if fact.span is None
        and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
        and not re.match(r"MedicationDispense/", fact.resource)
    ]
    ended = [fact for fact in listed if fact.ended and first <= fact.ended.first_day <= last and fact.status == "stopped"]
    begun = [fact for fact in listed if fact.occurred and first <= fact.occurred.first_day <= last]
    chosen = list({fact.id: fact for fact in (*ended, *begun)}.values())
    chosen.sort(key=lambda fact: not (fact.detail("status_reason") or fact.detail("reason")))
    return chosen[:MOST_TURNS]
