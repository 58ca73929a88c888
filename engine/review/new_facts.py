"""What is new in a chart since a moment: problems, medications, allergies, procedures, abnormal results, visits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import MOST_LISTED, Chart, draft
from chartcite.engine.facts.fact_selection import newest_each
from chartcite.engine.facts.statements import medication_is_active
from chartcite.engine.questions.plans import Plan


def changes_since(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Say what is new since a moment: by default since the last but one encounter."""
    visits = [fact for fact in facts if fact.category is Category.ENCOUNTER and fact.occurred]
    since = plan.window.first if plan.window and plan.window.first else None
    last = plan.window.last if plan.window else None
    since = since - timedelta(days=1) if since is not None else None  # the first day of a window belongs to it
    if since is None and len(visits) >= 2 and visits[-2].occurred:
        since = visits[-2].occurred.first_day
    if since is None:
        return []
    recent = [fact for fact in facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR and _touches(fact, since, last)]
    counts: Counter[Category] = Counter()
    claims: list[DraftClaim] = []
    for category in (
        Category.CONDITION,
        Category.MEDICATION,
        Category.ALLERGY,
        Category.PROCEDURE,
        Category.IMMUNIZATION,
        Category.LABORATORY,
        Category.ENCOUNTER,
    ):
        for fact in newest_each([fact for fact in recent if fact.category is category]):
            if category is Category.LABORATORY and not _is_abnormal(fact):
                continue
            counts[category] += 1
            if counts[category] <= 8:
                claims.append(draft(fact, chart, route="changes"))
    return claims[:MOST_LISTED]


def _touches(fact: Fact, since: date, last: date | None) -> bool:
    days = [moment.first_day for moment in (fact.occurred, fact.ended if not medication_is_active(fact) else None) if moment]
    return any(since < day and (last is None or day <= last) for day in days)


def _is_abnormal(fact: Fact) -> bool:
    return bool(fact.interpretation) and fact.interpretation.lower() not in {"n", "normal"}
