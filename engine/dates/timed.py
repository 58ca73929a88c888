"""A question that tells its time by something of the chart, read with the window of what the chart holds of it."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from chartcite.engine.dates.anchor_windows import Occurrence, resolve_anchor
from chartcite.engine.dates.anchor_words import ENCOUNTERS, EventKind, Relation
from chartcite.engine.dates.anchors import Anchor
from chartcite.engine.dates.periods import MONTH, month_length
from chartcite.engine.dates.pregnancies import Pregnancy, birth_of_child, births_of, pregnancies_of
from chartcite.engine.dates.times import Window, find_window
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Fact, PartialDate
from chartcite.engine.facts.fact_selection import done_to_it
from chartcite.engine.facts.people import fields_named
from chartcite.engine.language.course_words import asks_movement
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.ports import RecordStore
from chartcite.engine.questions.moments import Moment
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent, is_plain
from chartcite.engine.retrieval import preferred
from chartcite.engine.visits.described_events import described
from chartcite.engine.visits.encounters import is_admission, is_emergency, names_intensive_care, of_unit_asked

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
        "unit",
        "ward",
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
_OF_NEWBORNS = ("neonatal", "nicu", "nnu", "scbu", "newborn")
_UNITS = {
    **dict.fromkeys(("nnu", "nicu", "scbu", "lnu", "neonatal", "newborn"), _OF_NEWBORNS),
    **dict.fromkeys(("icu", "itu", "intensive"), ("icu", "itu", "intensive")),
    "hdu": ("hdu", "dependency"),
    "picu": ("picu", "intensive"),
}
"""How the name of a visit writes the unit that a question names."""
_TO_ANOTHER = re.compile(r"\b(?:switch|swap|chang|mov|transi|transf)\w*\s+(?:over\s+)?(?:to|onto)\b", re.IGNORECASE)
"""Says that something else was taken from then on: its first order tells the day."""
_OWN_DOING = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!got )\b(?:started|began|commenced|stopped|ended|finished)$", re.IGNORECASE
)
_NOT_ORDERED = ("MedicationDispense", "MedicationAdministration")
_OWN_HAVING = re.compile(r"\b(?:had|having)\b", re.IGNORECASE)
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
    of_pregnancy = anchor.event.kind is EventKind.PREGNANCY
    events = [fact for fact in _events(plan, records, scope) if fact.occurred] if not of_pregnancy else []
    if anchor.event.kind is EventKind.OTHER and events and all(fact.category is Category.PROCEDURE for fact in events):
        anchor = anchor.model_copy(update={"event": anchor.event.model_copy(update={"kind": EventKind.PROCEDURE})})
    happened = [Occurrence(fact.occurred, fact.ended) for fact in events if fact.occurred]
    if of_pregnancy:
        happened = _pregnancies(plan, records, scope, today)
    if anchor.relation is Relation.DURING:
        happened = [each for each in happened if each.end is not None and each.end.day > each.start.day] or happened
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
    window = _where_measured(window, anchor, happened, plan, _values_of(untimed, records, scope), today=today)
    # "Creatinine after the transfusion": the first one from then on.
    after = anchor.relation is Relation.AFTER and untimed.intent is Intent.LATEST and not untimed.newest
    several = untimed.every or anchor.distance is not None or asks_movement(plan.text)
    intent = (Intent.TREND if several else Intent.FIRST) if after else untimed.intent
    spans = anchor.relation is Relation.SINCE or _OVER.match(anchor.words)
    if spans and untimed.intent is Intent.LATEST and not untimed.newest:
        intent = Intent.TREND
    return untimed.model_copy(update={"window": window, "intent": intent, "anchor": anchor})


_OVER = re.compile(r"\W*(?:over|through(?:out)?|across) (?:the|his|her|my|their)\b", re.IGNORECASE)
"""Asks of a value how it went in a time: "CRP over the infection"."""


def days_of_chart(plans: Sequence[Plan], records: RecordStore, /, *, scope: Scope) -> tuple[Plan, ...]:
    """Read dates in digits ("4/3", "04/03/2024") as the days of which the chart holds an entry, month first where both are.

    A day without its year of which it holds nothing is no day: the digits meant something else.
    """
    if not any(_ambiguous(each) for plan in plans for each in _with_sides(plan)):
        return tuple(plans)
    facts = [fact for fact in records.facts(scope) if fact.occurred is not None and fact.assertion not in _UNREAL]
    plans = [_in_year_of_chart(plan, facts, records, scope) for plan in plans]

    def of_day(moment: Moment, plan: Plan) -> Moment:
        if moment.window is None or not moment.window.ambiguous:
            return moment
        return moment.model_copy(update={"window": _of_chart(plan, moment.window, facts, records, scope) or moment.window})

    def dated(plan: Plan) -> Plan:
        told: dict[str, object] = {}
        if plan.comparison is not None:
            sides = tuple(dated(side) for side in plan.comparison.sides)
            told["comparison"] = plan.comparison.model_copy(update={"sides": sides})
        if plan.untimed is not None:
            told["untimed"] = dated(plan.untimed)
        if any(moment.window is not None and moment.window.ambiguous for moment in plan.moments):
            told["moments"] = tuple(of_day(moment, plan) for moment in plan.moments)
        if plan.window is not None and plan.window.ambiguous:
            told["window"] = _of_chart(plan, plan.window, facts, records, scope)
        return plan.model_copy(update=told) if told else plan

    return tuple(dated(plan) for plan in plans)


def _with_sides(plan: Plan) -> list[Plan]:
    return [plan, *(plan.comparison.sides if plan.comparison else ()), *([plan.untimed] if plan.untimed else ())]


def _ambiguous(plan: Plan) -> bool:
    windows = (plan.window, *(moment.window for moment in plan.moments))
    return any(window is not None and (window.ambiguous or _is_yearless(window)) for window in windows)


def _is_yearless(window: Window) -> bool:
    return (
        window.first is not None and window.first == window.last and _DAY_OF_ANY_YEAR.fullmatch(window.words.strip()) is not None
    )


_DAY_OF_ANY_YEAR = re.compile(
    rf"(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}|{MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?)", re.IGNORECASE
)
"""A day without its year: "5 July"."""
_MOST_YEARS = 12


def _in_year_of_chart(plan: Plan, facts: Sequence[Fact], records: RecordStore, scope: Scope) -> Plan:
    """Return a question whose day without a year is the newest such day of which the chart holds what is asked, else anything."""
    told: dict[str, object] = {}
    if plan.comparison is not None:
        sides = tuple(_in_year_of_chart(side, facts, records, scope) for side in plan.comparison.sides)
        told["comparison"] = plan.comparison.model_copy(update={"sides": sides})
    if plan.window is not None and _is_yearless(plan.window):
        keys = tuple(sorted({key for target in plan.targets for key in target.concept_keys}))
        asked = {fact.id for fact in records.facts(scope, concept_keys=keys)} if keys else set()
        readings = list(_in_years_before(plan.window))
        for known in ([fact for fact in facts if fact.id in asked], facts):
            held = [reading for reading in readings if any(_begins_or_ends(reading, fact) for fact in known)]
            if held:
                told["window"] = held[0]
                break
    return plan.model_copy(update=told) if told else plan


def _in_years_before(window: Window) -> Iterator[Window]:
    """Yield a window of one day in its year and in the years before."""
    assert window.first is not None  # noqa: S101 -- only single days are asked
    for year in range(window.first.year, window.first.year - _MOST_YEARS, -1):
        if month_length(year, window.first.month) >= window.first.day:
            day = window.first.replace(year=year)
            yield window.model_copy(update={"first": day, "last": day})


def _of_chart(plan: Plan, window: Window, facts: Sequence[Fact], records: RecordStore, scope: Scope) -> Window | None:
    """Return the reading of a date in digits whose days the chart knows best: by what is asked, else by anything."""
    readings = [window, *([window.other] if window.other is not None else [])]
    keys = tuple(sorted({key for target in plan.targets for key in target.concept_keys}))
    asked = {fact.id for fact in records.facts(scope, concept_keys=keys)} if keys else set()
    for known in ([fact for fact in facts if fact.id in asked], facts):
        held = [reading for reading in readings if any(_begins_or_ends(reading, fact) for fact in known)]
        if held:
            return held[0].model_copy(update={"other": None})
    return window if _WITH_YEAR.search(window.words) else _months_of_years(window)


def _months_of_years(window: Window) -> Window | None:
    """Read digits that are no day of the chart as months of years, as shorthand writes them: "8/15" is August 2015."""
    told = [(int(match[1]), 2000 + int(match[2])) for match in _MONTH_AND_YEAR.finditer(window.words)]
    newest = max((day for day in (window.first, window.last) if day is not None), default=None)
    if not told or newest is None or any(not 1 <= month <= _MONTHS or year > newest.year + 1 for month, year in told):
        return None
    (month, year), (last_month, last_year) = told[0], told[-1]
    ends = date(last_year, last_month, month_length(last_year, last_month))
    return window.model_copy(update={"first": date(year, month, 1), "last": ends, "ambiguous": False, "other": None})


_MONTH_AND_YEAR = re.compile(r"(?<![\d/])(\d{1,2})/(\d\d)(?![\d/])")
_MONTHS = 12

_WITH_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


def _begins_or_ends(window: Window, fact: Fact) -> bool:
    assert fact.occurred is not None  # noqa: S101 -- only dated facts are asked
    return fact.occurred.first_day == fact.occurred.last_day and fact.occurred.first_day in {window.first, window.last}


def _values_of(plan: Plan, records: RecordStore, scope: Scope) -> list[Fact]:
    """Return what the chart holds of what a question measures."""
    keys = {key for target in plan.targets if target.kind is ConceptKind.MEASUREMENT for key in target.concept_keys}
    facts = records.facts(scope, concept_keys=tuple(sorted(keys))) if keys else []
    return [fact for fact in facts if fact.assertion not in _UNREAL]


def _where_measured(
    window: Window, anchor: Anchor, happened: Sequence[Occurrence], plan: Plan, values: Sequence[Fact], /, *, today: date
) -> Window:
    """Return the time in the newest stay that has a value of what is asked, where no one stay is named: "GCS on arrival"."""
    event = anchor.event
    if not values or event.kind not in _STAYS or event.thing or event.ordinal is not None or anchor.until is not None:
        return window
    if anchor.relation not in {Relation.AT, Relation.DURING}:
        return window
    within = _date_of_event(plan, today)
    for number in range(1, len(happened) + 1):
        earlier = anchor.model_copy(update={"event": event.model_copy(update={"ordinal": -number})})
        other = resolve_anchor(earlier, happened, today=today, within=within)
        held = _nearest(other, event.kind, values) if other is not None else None
        if held is not None:
            return held
    return window


_NEAR = 3
"""Days before a discharge, or after an admission, in which the last or first value counts as the one of that day."""


def _nearest(window: Window, kind: EventKind, values: Sequence[Fact]) -> Window | None:
    """Return the window if it holds a value, else the nearest day inside the stay that does; `None`: none is near."""
    if any(window.holds(fact.occurred) for fact in values):
        return window
    days = [fact.occurred.first_day for fact in values if fact.occurred is not None]
    if kind is EventKind.DISCHARGE and window.first is not None:
        near = [day for day in days if 0 < (window.first - day).days <= _NEAR]
        return window.model_copy(update={"first": max(near), "last": max(near)}) if near else None
    if kind is EventKind.ADMISSION and window.last is not None:
        near = [day for day in days if 0 < (day - window.last).days < _NEAR]
        return window.model_copy(update={"first": min(near), "last": min(near)}) if near else None
    return None


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


def _names_child(anchor: Anchor) -> bool:
    """Say whether a birth is told by the name of the child."""
    event = anchor.event
    return event.kind is EventKind.DELIVERY and event.thing[:1].isupper() and event.thing in event.words


def _pregnancies(plan: Plan, records: RecordStore, scope: Scope, today: date) -> list[Occurrence]:
    """Return the pregnancies that a question means: with a child of a name that one, else all of them.

    Who counts may leave out those that were lost: where the chart tells nothing of what is asked in them, so it is read.
    """
    assert plan.anchor is not None  # noqa: S101 -- the caller looked
    event, known = plan.anchor.event, pregnancies_of(records, scope, today)
    if event.thing and _ANY_CHILD.fullmatch(event.thing) is None:
        birth = birth_of_child(event.thing, records, scope)
        if birth is None and not event.thing[:1].isupper():
            return [_lasting(each) for each in known]  # no name: "pregnant with diabetes"
        day = birth.occurred.first_day if birth is not None and birth.occurred is not None else None
        known = [each for each in known if each.last is not None and day is not None and abs((each.last - day).days) <= _WEEK]
    elif _CHILD.search(event.thing):
        known = [each for each in known if each.born]
    elif event.ordinal is not None and not all(each.born for each in known):
        keys = tuple(sorted({key for target in plan.targets for key in target.concept_keys}))
        asked = [fact.occurred for fact in records.facts(scope, concept_keys=keys) if fact.occurred] if keys else []
        place = event.ordinal - 1 if event.ordinal > 0 else event.ordinal
        meant = known[place] if -len(known) <= place < len(known) else None
        if meant is None or not any(meant.first <= day.first_day <= (meant.last or today) for day in asked):
            known = [each for each in known if each.born]
    return [_lasting(each) for each in known]


_CHILD = re.compile(r"\b(?:baby|child|twins)\b", re.IGNORECASE)
_ANY_CHILD = re.compile(r"pregnan\w*|gestation|(?:the )?(?:baby|child|twins)", re.IGNORECASE)


def _lasting(each: Pregnancy) -> Occurrence:
    last = PartialDate.parse(each.last.isoformat()) if each.last is not None else None
    return Occurrence(PartialDate.parse(each.first.isoformat()), last)


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
    if _names_child(plan.anchor):  # "after having Botox"; in a child's chart it is the child's own birth
        return _OWN_HAVING.search(plan.anchor.words) is None and bool(pregnancies_of(records, scope, date.max))
    if plan.anchor.event.kind is EventKind.PREGNANCY and not births_of(records, scope):
        return plan.anchor.relation is not Relation.AT and any(target.ids for target in plan.event_targets)
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
        return _of_unit(_of_kind(visits, anchor.event.kind, anchor.event.thing), anchor.event.words)
    if anchor.event.kind is EventKind.DELIVERY and anchor.event.thing in {"", "birth", "childbirth", "delivery", "baby", "child"}:
        return births_of(records, scope)
    if anchor.event.kind is EventKind.DELIVERY and (born := birth_of_child(anchor.event.thing, records, scope)) is not None:
        return [born]
    keys = tuple(sorted({key for target in plan.event_targets for key in target.concept_keys}))
    if not keys and anchor.event.kind is EventKind.OTHER and not any(target.ids for target in plan.event_targets):
        return _visits_called(anchor.event.thing, records, scope)
    facts = preferred(records.facts(scope, concept_keys=keys)) if keys else []
    if anchor.event.kind in {EventKind.STARTED, EventKind.CHANGED}:  # that it was dispensed again is no change
        ordered = [fact for fact in facts if not fact.resource.startswith(_NOT_ORDERED)]
        facts = ordered if any(fact.category not in _ONLY_PLANNED for fact in ordered) else facts
    if anchor.event.kind is EventKind.PROCEDURE:
        facts = _done(facts, anchor.event.thing)
    real = [fact for fact in facts if fact.assertion not in _UNREAL and fact.category is not Category.FAMILY_HISTORY]
    return _deeds(real) if any(target.kind is ConceptKind.PROCEDURE for target in plan.event_targets) else real


def _deeds(facts: list[Fact]) -> list[Fact]:
    """Return the procedures where there are any: a letter, an appointment or a scan named after an operation is not the operation."""
    done = [fact for fact in facts if fact.category is Category.PROCEDURE]
    done = [fact for fact in done if not done_to_it(fact)] or done
    return done or [fact for fact in facts if fact.category not in _NAMED_AFTER] or facts


_NAMED_AFTER = frozenset({Category.DOCUMENT, Category.GOAL, Category.CARE_PLAN, Category.ORDER, Category.OTHER})


def _done(facts: Sequence[Fact], thing: str) -> list[Fact]:
    """Return the procedures among what names one, where there are any: no orders, visits and notes; of "the operation" no lines."""
    done = [fact for fact in facts if fact.category is Category.PROCEDURE and fact.assertion not in _UNREAL]
    if _OPERATION.fullmatch(thing) is None:
        return done or list(facts)
    return [fact for fact in done if _NO_OPERATION.search(fact.concept.text) is None] or done or list(facts)


_OPERATION = re.compile(r"(?:(?:the|his|her|my|their)\s+)?(?:operation|surgery|op)", re.IGNORECASE)
_NO_OPERATION = re.compile(
    r"tracheo(?:s)?tomy|cannulat|intubat|ventilat|\b(?:lines?|catheters?|tubes?|drains?|drainage)\b", re.IGNORECASE
)
"""What is done at the bedside of somebody who was operated on."""


def _visits_called(thing: str, records: RecordStore, scope: Scope) -> list[Fact]:
    """Return the visits whose name holds all words of a thing that nothing else knows: "the second booking"."""
    wanted = {word for word in forms(thing) if not is_plain(word)} - _ANY_VISIT
    visits = [fact for fact in records.facts(scope, categories=(Category.ENCOUNTER,)) if fact.assertion not in _UNREAL]
    return [fact for fact in visits if wanted and wanted <= set(forms(fact.concept.text))]


def _of_unit(visits: Sequence[Fact], words: str) -> list[Fact]:
    """Return the stays in intensive care where the words name it and the chart has such stays; else no ward within a stay."""
    return of_unit_asked(visits, words) if names_intensive_care(words) or all(map(is_admission, visits)) else list(visits)


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
    wanted |= {meant for word in wanted for meant in _UNITS.get(word, ())}
    if not wanted:
        return list(visits)
    told = {fact.id: set(forms(f"{fact.concept.text} {' '.join(detail.text for detail in fact.details)}")) for fact in visits}
    return [fact for fact in visits if wanted & told[fact.id]]
