"""A question that tells its time by something of the chart, read with the window of what the chart holds of it."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from chartcite.engine.anchor_windows import Occurrence, resolve_anchor
from chartcite.engine.anchor_words import ENCOUNTERS, EventKind, Relation
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.encounters import is_admission, is_emergency
from chartcite.engine.people import fields_named
from chartcite.engine.plans import Plan
from chartcite.engine.ports import RecordStore
from chartcite.engine.question_words import Intent
from chartcite.engine.retrieval import preferred
from chartcite.engine.terminology import forms

_ANY_VISIT = frozenset(
    {
        "hospital",
        "inpatient",
        "stay",
        "visit",
        "appointment",
        "admission",
        "er",
        "ed",
        "emergency",
        "room",
        "department",
        "clinic",
        "doctor",
        "office",
        "hospitalization",
        "encounter",
        "the",
        "her",
        "his",
    }
)
_TO_ANOTHER = re.compile(r"\b(?:switch|swap|chang|mov|transi|transf)\w*\s+(?:over\s+)?(?:to|onto)\b", re.IGNORECASE)
"""Says that something else was taken from then on: its first order tells the day."""
_NOT_ORDERED = ("MedicationDispense", "MedicationAdministration")
_UNREAL = frozenset(
    {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.ABSENT, AssertionStatus.HYPOTHETICAL, AssertionStatus.FAMILY}
)


def timed_by_event(plan: Plan, records: RecordStore, /, *, scope: Scope, today: date) -> Plan | None:
    """Return the question with the window that its anchor means in this chart; `None`: it has none, or the chart lacks the event."""
    anchor, untimed = plan.anchor, plan.untimed
    if anchor is None or untimed is None:
        return None
    happened = [Occurrence(fact.occurred, fact.ended) for fact in _events(plan, records, scope) if fact.occurred]
    begins = anchor.event.kind is EventKind.CHANGED and _TO_ANOTHER.search(anchor.words) is not None
    if anchor.event.ordinal is None and (begins or re.search(r"\bfirst\b", anchor.words, re.IGNORECASE)):
        anchor = anchor.model_copy(update={"event": anchor.event.model_copy(update={"ordinal": 1})})
    window = resolve_anchor(anchor, happened, today=today, within=plan.window)
    if window is None:
        return None
    # "Creatinine after the transfusion": the first one from then on.
    after = anchor.relation is Relation.AFTER and untimed.intent is Intent.LATEST and not untimed.newest
    intent = Intent.FIRST if after else untimed.intent
    if anchor.relation is Relation.SINCE and untimed.intent is Intent.LATEST and not untimed.newest:
        intent = Intent.TREND
    return untimed.model_copy(update={"window": window, "intent": intent, "anchor": anchor})


def lacks_event(plan: Plan, records: RecordStore, /, *, scope: Scope) -> bool:
    """Say whether a question ties its time to a known kind of event that the chart does not hold: then no time is told.

    A chart without any encounter says nothing of visits: there the question is read without them.
    """
    if plan.anchor is None or plan.window is not None:
        return False
    if plan.anchor.event.kind is EventKind.OTHER:
        return any(target.ids for target in plan.event_targets)  # something clinical, and not just any words
    if (
        plan.intent in {Intent.TREND, Intent.DIFFERENCE}
        and plan.anchor.event.kind is EventKind.DIAGNOSIS
        and not plan.event_targets
    ):
        return False  # "at diagnosis and now": from the first to the last
    if plan.anchor.event.kind in ENCOUNTERS:
        return bool(records.facts(scope, categories=(Category.ENCOUNTER,)))
    return True


def _events(plan: Plan, records: RecordStore, scope: Scope) -> list[Fact]:
    anchor = plan.anchor
    assert anchor is not None  # noqa: S101 -- the caller looked
    if anchor.event.kind in ENCOUNTERS:
        visits = [fact for fact in records.facts(scope, categories=(Category.ENCOUNTER,)) if fact.assertion not in _UNREAL]
        return _of_kind(visits, anchor.event.kind, anchor.event.thing)
    keys = tuple(sorted({key for target in plan.event_targets for key in target.concept_keys}))
    facts = preferred(records.facts(scope, concept_keys=keys)) if keys else []
    if anchor.event.kind in {EventKind.STARTED, EventKind.CHANGED}:  # that it was dispensed again is no change
        facts = [fact for fact in facts if not fact.resource.startswith(_NOT_ORDERED)] or facts
    return [fact for fact in facts if fact.assertion not in _UNREAL and fact.category is not Category.FAMILY_HISTORY]


def _of_kind(visits: Sequence[Fact], kind: EventKind, thing: str) -> list[Fact]:
    if kind is EventKind.EMERGENCY:
        visits = [fact for fact in visits if is_emergency(fact)]
    elif kind in {EventKind.ADMISSION, EventKind.DISCHARGE, EventKind.STAY}:
        visits = [fact for fact in visits if is_admission(fact)]
    called = fields_named(f"{thing} visit").called if kind is EventKind.VISIT else []
    of_field = [fact for fact in visits if any(pattern.search(fact.concept.text) for pattern in called)]
    if of_field:
        return of_field
    wanted = set(forms(thing)) - _ANY_VISIT
    if not wanted:
        return list(visits)
    told = {fact.id: set(forms(f"{fact.concept.text} {' '.join(detail.text for detail in fact.details)}")) for fact in visits}
    return [fact for fact in visits if wanted & told[fact.id]]
