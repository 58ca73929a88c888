"""A question that tells its time by something of the chart, read with the window of what the chart holds of it."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from chartcite.engine.dates.anchor_windows import Occurrence, resolve_anchor
from chartcite.engine.dates.anchor_words import ENCOUNTERS, EventKind, Relation
from chartcite.engine.dates.anchors import Anchor
from chartcite.engine.dates.times import Window, find_window
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Fact, PartialDate
from chartcite.engine.facts.people import fields_named
from chartcite.engine.language.course_words import asks_movement
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.ports import RecordStore
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent, is_plain
from chartcite.engine.retrieval import preferred
from chartcite.engine.visits.described_events import described
from chartcite.engine.visits.encounters import is_admission, is_emergency

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
_OWN_DOING = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!got )\b(?:started|began|commenced|stopped|ended|finished)$", re.IGNORECASE
)
_BIRTH = re.compile(
    r"^(?!.*\b(?:history|previous|past|prior|planned|planning|booked|preference|control)\b).*"
    r"(?:\bc(?:a)?esarean\b|\bc-section\b|\b(?:vaginal|forceps|ventouse|vacuum|breech|water|home|live|single|twin) (?:\w+ )?(?:birth|delivery)\b"
    r"|\bchildbirth\b|\b(?:at|during) (?:birth|delivery)\b|\bdelivery of (?:baby|infant|placenta|newborn|product)\w*)",
    re.IGNORECASE,
)
_ONE_BIRTH = 150
"""Days within which what the chart tells of a birth belongs to the same one."""
_NOT_ORDERED = ("MedicationDispense", "MedicationAdministration")
_ONLY_PLANNED = frozenset({Category.ORDER, Category.OTHER})
_UNREAL = frozenset(
    {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.ABSENT, AssertionStatus.HYPOTHETICAL, AssertionStatus.FAMILY}
)


def timed_by_event(plan: Plan, records: RecordStore, /, *, scope: Scope, today: date) -> Plan | None:
    """Return the question with the window that its anchor means in this chart; `None`: it has none, or the chart lacks the event."""
    anchor, untimed = plan.anchor, plan.untimed
    if anchor is None or untimed is None:
        return None
    caused = _with_cause(plan)
    plan = caused if caused is plan or _events(caused, records, scope) else plan
    anchor = _begun(plan.anchor or anchor, plan.event_targets)
    happened = [Occurrence(fact.occurred, fact.ended) for fact in _events(plan, records, scope) if fact.occurred]
    second = _events(_at_until(plan), records, scope) if anchor.until is not None else []
    until = [Occurrence(fact.occurred, fact.ended) for fact in second if fact.occurred]
    if anchor.event.kind is EventKind.CHANGED and len(happened) == 1 and happened[0].end is not None:
        anchor = anchor.model_copy(update={"event": anchor.event.model_copy(update={"kind": EventKind.STOPPED})})
    begins = anchor.event.kind is EventKind.CHANGED and _TO_ANOTHER.search(anchor.words) is not None
    if anchor.event.ordinal is None and (begins or re.search(r"\bfirst\b", anchor.words, re.IGNORECASE)):
        anchor = anchor.model_copy(update={"event": anchor.event.model_copy(update={"ordinal": 1})})
    window = resolve_anchor(anchor, happened, until=until, today=today, within=_date_of_event(plan, today))
    window = window or _by_its_date(anchor, today)
    if window is None:
        return None
    # "Creatinine after the transfusion": the first one from then on.
    after = anchor.relation is Relation.AFTER and untimed.intent is Intent.LATEST and not untimed.newest
    several = untimed.every or anchor.distance is not None or asks_movement(plan.text)
    intent = (Intent.TREND if several else Intent.FIRST) if after else untimed.intent
    if anchor.relation is Relation.SINCE and untimed.intent is Intent.LATEST and not untimed.newest:
        intent = Intent.TREND
    return untimed.model_copy(update={"window": window, "intent": intent, "anchor": anchor})


def _with_cause(plan: Plan) -> Plan:
    """Let the problem that a question names tell which stay it means: "of the septic episode, the CRP from arrival to discharge"."""
    anchor = plan.anchor
    if (
        anchor is None
        or anchor.event.kind not in _STAYS
        or anchor.event.thing
        or anchor.event.ordinal is not None
        or anchor.until
    ):
        return plan
    problems = tuple(target for target in plan.targets if target.kind is ConceptKind.CONDITION)
    if not problems or not any(target.kind is ConceptKind.MEASUREMENT for target in plan.targets):
        return plan
    about = anchor.event.model_copy(update={"thing": " ".join(target.words for target in problems)})
    return plan.model_copy(update={"anchor": anchor.model_copy(update={"event": about}), "event_targets": problems})


_STAYS = frozenset({EventKind.STAY, EventKind.ADMISSION, EventKind.DISCHARGE})


def _by_its_date(anchor: Anchor, today: date) -> Window | None:
    """Return the time that the date of an event tells, where the chart has no name for it: "since the Dec 2024 relapse"."""
    dated = find_window(f"in {_ARTICLE.sub('', anchor.event.words)}", today=today)
    if anchor.event.kind is not EventKind.OTHER or anchor.until is not None or dated is None or dated.first is None:
        return None
    day = dated.first.isoformat()
    lasts = (dated.last - dated.first).days if dated.last else 0
    written = day if lasts < _WEEK else day[:7] if lasts < _QUARTER else day[:4]
    return resolve_anchor(anchor, [Occurrence(PartialDate.parse(written))], today=today)


_WEEK, _QUARTER = 7, 92


def _at_until(plan: Plan) -> Plan:
    """Return the question as if it told its time by the second of two events; without one, by the first."""
    anchor = plan.anchor
    if anchor is None or anchor.until is None:
        return plan
    at_second = anchor.model_copy(update={"event": anchor.until, "until": None})
    return plan.model_copy(update={"anchor": at_second, "event_targets": plan.until_targets})


def _date_of_event(plan: Plan, today: date) -> Window | None:
    """Return the time in which the event lies: of "since the stay in May 2020" that month, and not all the time from then on."""
    window, anchor = plan.window, plan.anchor
    dated = find_window(f"in {_ARTICLE.sub('', anchor.event.words)}", today=today) if anchor is not None else None
    if dated is not None:
        return dated
    if (
        window is None
        or anchor is None
        or anchor.relation is not Relation.SINCE
        or window.first is None
        or window.last is not None
    ):
        return window
    told = find_window(re.sub(r"^\W*(?:ever )?since\s+", "", window.words, flags=re.IGNORECASE), today=today)
    return window if told is None or told.first != window.first else told


_ARTICLE = re.compile(r"^(?:the|his|her|their|my)\s+", re.IGNORECASE)


def _begun(anchor: Anchor, named: Sequence[Target]) -> Anchor:
    """Read "since Ozempic" and "before Ozempic" as of when it was begun: later orders renew it."""
    drugs = bool(named) and all(target.kind is ConceptKind.DRUG for target in named)
    if anchor.event.kind is not EventKind.OTHER or anchor.relation not in {Relation.SINCE, Relation.BEFORE} or not drugs:
        return anchor
    turned = EventKind.CHANGED if _TURNED.search(anchor.words) else EventKind.STARTED
    return anchor.model_copy(update={"event": anchor.event.model_copy(update={"kind": turned})})


_TURNED = re.compile(r"\b(?:swap|switch|change|changeover)$", re.IGNORECASE)
"""Speaks of a medicine that made way for another: "since the ramipril swap"."""


def lacks_event(plan: Plan, records: RecordStore, /, *, scope: Scope) -> bool:
    """Say whether a question ties its time to a known kind of event that the chart does not hold: then no time is told.

    A chart without any encounter says nothing of visits: there the question is read without them.
    """
    if plan.anchor is None or plan.window is not None or plan.anchor.until is not None:
        return False
    if plan.anchor.event.kind is EventKind.OTHER:
        return any(target.ids for target in plan.event_targets)  # something clinical, and not just any words
    if not plan.event_targets and (_OWN_DOING.search(plan.anchor.words) or plan.anchor.event.kind is EventKind.CHANGED):
        return False  # "since the pain began", "since she moved into the flat"
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
    """Return the records of an anchor's event: by what it names, else by the words that describe it."""
    assert plan.anchor is not None  # noqa: S101 -- the caller looked
    return _named_events(plan, records, scope) or described(plan.anchor, plan.event_targets, records, scope)


def _named_events(plan: Plan, records: RecordStore, scope: Scope) -> list[Fact]:
    anchor = plan.anchor
    assert anchor is not None  # noqa: S101 -- the caller looked
    if anchor.event.kind in ENCOUNTERS:
        visits = [fact for fact in records.facts(scope, categories=(Category.ENCOUNTER,)) if fact.assertion not in _UNREAL]
        return _of_kind(visits, anchor.event.kind, anchor.event.thing)
    if anchor.event.kind is EventKind.DELIVERY and anchor.event.thing in {"", "birth", "childbirth", "delivery", "baby", "child"}:
        return births_of(records, scope)
    keys = tuple(sorted({key for target in plan.event_targets for key in target.concept_keys}))
    if not keys and anchor.event.kind is EventKind.OTHER and not any(target.ids for target in plan.event_targets):
        return _visits_called(anchor.event.thing, records, scope)
    facts = preferred(records.facts(scope, concept_keys=keys)) if keys else []
    if anchor.event.kind in {EventKind.STARTED, EventKind.CHANGED}:  # that it was dispensed again is no change
        ordered = [fact for fact in facts if not fact.resource.startswith(_NOT_ORDERED)]
        facts = ordered if any(fact.category not in _ONLY_PLANNED for fact in ordered) else facts
    real = [fact for fact in facts if fact.assertion not in _UNREAL and fact.category is not Category.FAMILY_HISTORY]
    return _deeds(real) if any(target.kind is ConceptKind.PROCEDURE for target in plan.event_targets) else real


def _deeds(facts: list[Fact]) -> list[Fact]:
    """Return the procedures where there are any: a letter, an appointment or a scan named after an operation is not the operation."""
    done = [fact for fact in facts if fact.category is Category.PROCEDURE]
    return done or [fact for fact in facts if fact.category not in _NAMED_AFTER] or facts


_NAMED_AFTER = frozenset({Category.DOCUMENT, Category.GOAL, Category.CARE_PLAN, Category.ORDER, Category.OTHER})


def births_of(records: RecordStore, scope: Scope) -> list[Fact]:
    """Return the first of what the chart tells of each birth, oldest first."""
    told = [
        fact
        for fact in records.facts(scope)
        if fact.occurred is not None
        and fact.category not in _NOT_OF_BIRTH
        and fact.assertion not in _UNREAL
        and _BIRTH.match(fact.concept.text)
    ]
    births: list[Fact] = []
    for fact in sorted(told, key=lambda fact: (_first_day(fact), fact.category is not Category.PROCEDURE)):
        if not births or (_first_day(fact) - _first_day(births[-1])).days > _ONE_BIRTH:
            births.append(fact)
    return births


def _first_day(fact: Fact) -> date:
    assert fact.occurred is not None  # noqa: S101 -- only dated facts are asked
    return fact.occurred.first_day


_NOT_OF_BIRTH = frozenset({Category.FAMILY_HISTORY, Category.DOCUMENT, Category.ORDER, Category.MEDICATION, Category.CARE_PLAN})


def _visits_called(thing: str, records: RecordStore, scope: Scope) -> list[Fact]:
    """Return the visits whose name holds all words of a thing that nothing else knows: "the second booking"."""
    wanted = {word for word in forms(thing) if not is_plain(word)} - _ANY_VISIT
    visits = [fact for fact in records.facts(scope, categories=(Category.ENCOUNTER,)) if fact.assertion not in _UNREAL]
    return [fact for fact in visits if wanted and wanted <= set(forms(fact.concept.text))]


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
