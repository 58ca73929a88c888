"""Encounters by their kind: admissions, emergency visits, any."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.domain.records import Fact
from chartcite.engine.facts.fact_selection import inside_window
from chartcite.engine.facts.statements import encounter_class, name_of
from chartcite.engine.questions.plans import Plan


def visits_asked(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Return the encounters of the kind and time that a question asks for, oldest first."""
    return inside_window(of_asked_kind(facts, plan), plan)


def of_asked_kind(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Keep the admissions, or the emergency visits, where one of the two is asked for; both words ask for either."""
    kept = list(facts)
    if plan.inpatient or plan.emergency:
        at_once = {fact.id for fact in emergencies(facts)} if plan.emergency else set[str]()
        kept = [fact for fact in facts if (plan.inpatient and is_admission(fact)) or fact.id in at_once]
    return kept


def emergencies(facts: Sequence[Fact]) -> list[Fact]:
    """Return the visits to an emergency department; stays that are only called an emergency where there are no others."""
    found = [fact for fact in facts if is_emergency(fact)]
    return [fact for fact in found if not is_admission(fact)] or found


def is_admission(fact: Fact) -> bool:
    """Say whether an encounter is a stay in hospital."""
    kind = encounter_class(fact).lower()
    if any(word in kind for word in ("ambulatory", "emergency", "virtual")):
        return False  # the class decides, whatever the visit is called
    return any(word in f"{kind} {name_of(fact).lower()}" for word in ("inpatient", "admission", "hospital", "acute"))


def is_emergency(fact: Fact) -> bool:
    """Say whether an encounter is one with an emergency department."""
    return re.search(r"\bemergency\b|\bemer\b|\bED\b", f"{encounter_class(fact)} {name_of(fact)}", re.IGNORECASE) is not None
