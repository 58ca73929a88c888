"""Answers computed by code from typed facts of one target or of a whole list.

Every function takes values and returns draft claims; each kind of answer stands in a module of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import MOST_LISTED, Chart, draft
from chartcite.engine.facts.fact_selection import MEASURED_SET, inside_window, itself_done, newest_each, only_considered, select
from chartcite.engine.facts.happenings import asks_removal, condition_list, happening_claims
from chartcite.engine.facts.value_answers import value_claims
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.medicines.medication_courses import medication_claims, medication_list
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.visits.encounters import of_asked_kind


def answer_about(target: Target, facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Answer from the facts of one target; empty where they do not answer."""
    chosen = select(facts, plan, target)
    if plan.intent is Intent.WHEN and target.kind is ConceptKind.PROCEDURE:
        chosen = itself_done(chosen, target)
    if chosen and asks_removal(plan):
        chosen = [fact for fact in chosen if fact.category is Category.PROCEDURE]
        if not chosen:
            return []  # what a drain gave does not tell when it came out
    if not chosen:
        return _only_in_error(facts, chart)
    category = chosen[0].category
    if category in MEASURED_SET:
        voided = _only_in_error(inside_window(facts, plan), chart) if plan.window is not None else []
        return voided or value_claims(target, chosen, plan, chart)
    if category is Category.MEDICATION:
        return medication_claims(chosen, plan, chart)
    if category is Category.FAMILY_HISTORY or category is Category.ALLERGY:
        return [draft(fact, chart, route="list") for fact in newest_each(chosen)[:MOST_LISTED]]
    return happening_claims(chosen, plan, chart)


def answer_list(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Answer a question about a whole list: the medications, the visits, the results of a month."""
    subject = plan.subject
    kept = [fact for fact in facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR and not only_considered(fact)]
    if subject is Category.MEDICATION:
        return medication_list(kept, plan, chart)
    if subject is Category.CONDITION:
        return condition_list(kept, plan, chart)
    if subject is Category.ENCOUNTER:
        return happening_claims(of_asked_kind(kept, plan), plan, chart)
    if subject in {Category.LABORATORY, Category.VITAL_SIGN, Category.SOCIAL_HISTORY}:
        return _latest_each(kept, plan, chart)
    if subject in {Category.PROCEDURE, Category.IMMUNIZATION, Category.REPORT, Category.ORDER}:
        return happening_claims(kept, plan, chart)
    return [draft(fact, chart, route="list") for fact in newest_each(inside_window(kept, plan))[:MOST_LISTED]]


def _only_in_error(facts: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    wrong = [fact for fact in facts if fact.assertion is AssertionStatus.ENTERED_IN_ERROR]
    if not wrong or len(wrong) < len(facts):
        return []
    claims = [draft(fact, chart, route="entered_in_error") for fact in wrong[:3]]
    return [claim.model_copy(update={"kind": ClaimKind.ABSENCE}) for claim in claims]


def _latest_each(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """List the newest value of each test; of a short time that is named, every value of it, if they are not too many."""
    inside = inside_window(facts, plan)
    newest = newest_each(inside)
    if _is_short(plan.window) and not plan.newest and len(inside) <= MOST_LISTED:
        place = {fact.concept.text.lower(): number for number, fact in enumerate(newest)}
        newest = sorted(inside, key=lambda fact: (place.get(fact.concept.text.lower(), len(place)), _started(fact)))
    return [draft(fact, chart, route="latest_each") for fact in newest[:MOST_LISTED]]


def _is_short(window: Window | None) -> bool:
    if window is None or window.first is None or window.last is None:
        return False
    return (window.last - window.first).days <= _SHORT_TIME


_SHORT_TIME = 62
"""Days of a time within which all values of a test are listed."""


def _started(fact: Fact) -> float:
    return fact.occurred.start.timestamp() if fact.occurred else 0.0
