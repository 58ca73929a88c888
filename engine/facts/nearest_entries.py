"""The entries of what a question names, where they do not tell what it asks of it: shown below a refusal, as being on record."""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import Chart, draft
from chartcite.engine.facts.fact_selection import inside_window
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.retrieval import retrieve_facts

MOST_ENTRIES = 2
_OF = frozenset({Category.IMMUNIZATION, Category.PROCEDURE, Category.MEDICATION, Category.CONDITION, Category.ALLERGY})
"""Lists whose entries stand for the thing itself; of what is measured there may be hundreds."""


def nearest_entries(plans: Sequence[Plan], chart: Chart, scope: Scope, /) -> tuple[DraftClaim, ...]:
    """Return the newest entries of the one thing that a question names, of the time it names if it names one.

    A class ("surgery", "antibiotics") names no entry, what is asked of a relative is not the patient's, and what was entered in
    error is not on record.
    """
    named = {target.label: plan for plan in plans for target in plan.targets if _is_one_thing(target)}
    if len(named) != 1 or any(plan.family for plan in plans):
        return ()
    (plan,) = named.values()
    found = [fact for item in retrieve_facts(plan, chart.records, scope=scope) for fact in item.facts if _stands(fact)]
    timed = inside_window(found, plan)
    return tuple(draft(fact, chart, route="nearest_entry") for fact in timed[-MOST_ENTRIES:][::-1])


def _is_one_thing(target: Target) -> bool:
    """Say whether a target is a thing of the chart, and no class; a vaccine has many makes."""
    return bool(target.concept_keys) and (not target.is_class or target.kind is ConceptKind.VACCINE)


def _stands(fact: Fact) -> bool:
    return fact.category in _OF and fact.span is None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
