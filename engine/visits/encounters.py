"""Encounters by their kind: admissions, emergency visits, any."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.domain.records import Fact
from chartcite.engine.facts.fact_selection import inside_window
from chartcite.engine.facts.statements import encounter_class, name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent


def visits_asked(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Return the encounters of the kind and time that a question asks for, oldest first."""
    return inside_window(of_asked_kind(facts, plan), plan)


def of_asked_kind(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Keep the admissions, or the emergency visits, where one of the two is asked for; both words ask for either."""
    kept = list(facts)
    if plan.inpatient or plan.emergency:
        at_once = {fact.id for fact in emergencies(facts)} if plan.emergency else set[str]()
        kept = [fact for fact in facts if (plan.inpatient and is_admission(fact)) or fact.id in at_once]
    if plan.inpatient and plan.intent is Intent.COUNT:
        kept = of_unit_asked(kept, plan.text)
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


_INTENSIVE = Cue(r"\b(?:icu|itu|hdu|picu|nicu|ccu|intensive (?:care|therapy)|critical care|high dependency)\b")


def names_intensive_care(text: str) -> bool:
    """Say whether a text names intensive care."""
    return _INTENSIVE.search(text) is not None


_ELSEWHERE = Cue(r"\b(?:wards?|ed|a&e|emergency department|acute medic\w*|mau|amu|assessment unit|theatre)\b")


def went_elsewhere(stay: Fact) -> bool:
    """Say whether a stay went through intensive care among other places: its days are not those of that unit."""
    places = " ".join(detail.text for detail in stay.details if detail.name == "location")
    return names_intensive_care(places) and _ELSEWHERE.search(places) is not None


def of_unit_asked(stays: Sequence[Fact], text: str) -> list[Fact]:
    """Keep the stays in intensive care where a question names it and there are such; else drop what lies inside a longer stay."""
    if names_intensive_care(text):
        told = [fact for fact in stays if names_intensive_care(name_of(fact))]
        told = told or [fact for fact in stays if any(names_intensive_care(detail.text) for detail in fact.details)]
        return told or list(stays)
    return [fact for fact in stays if not any(lies_within(fact, other) for other in stays if other is not fact)]


def lies_within(fact: Fact, other: Fact) -> bool:
    """Say whether an encounter is over within a longer one: a ward within a stay."""
    if not (fact.occurred and fact.ended and other.occurred and other.ended):
        return False
    first, last = fact.occurred.start, fact.ended.end
    return (other.occurred.start, other.ended.end) != (first, last) and other.occurred.start <= first and last <= other.ended.end


def is_emergency(fact: Fact) -> bool:
    """Say whether an encounter is one with an emergency department."""
    return re.search(r"\bemergency\b|\bemer\b|\bED\b", f"{encounter_class(fact)} {name_of(fact)}", re.IGNORECASE) is not None
