"""An entry of a C-CDA section to the facts it states: which template, mood and section are read how.

A template says best what an entry is; without a known one its kind of statement and its section do.
Source: HL7 C-CDA R2.1 entry templates.
"""

from __future__ import annotations

from collections.abc import Callable

from chartcite.engine.domain.records import AssertionStatus, Category
from chartcite.ingestion.sources.ccda_header import encounter_class
from chartcite.ingestion.sources.ccda_medications import read_immunization, read_medication, read_supply
from chartcite.ingestion.sources.ccda_observations import read_anything, read_goal, read_observation, read_organizer
from chartcite.ingestion.sources.ccda_problems import read_allergy, read_family, read_problem
from chartcite.ingestion.sources.ccda_reading import CdaReading, person_or_organization
from chartcite.ingestion.sources.ccda_statements import (
    PLANNED_MOODS,
    STATEMENTS,
    Place,
    begin,
    described,
    finish,
    inner,
    is_negated,
    marks_of,
    name_of,
    negation,
    qualifier_of,
    qualifiers,
    values_of,
)
from chartcite.ingestion.sources.drafts import Draft
from chartcite.ingestion.sources.fhir_elements import Phrase
from chartcite.ingestion.sources.xml_tree import XmlElement

Reader = Callable[[CdaReading, XmlElement, Place], list[Draft]]

_ALLERGIES, _FAMILY, _IMMUNIZATIONS = "48765-2", "10157-6", "11369-6"
_PROBLEM_SECTIONS = frozenset({"11450-4", "11348-0", "46241-6", "11535-2", "42347-5", "10219-4", "10218-6", "59769-0", "55109-3"})
"""LOINC: problems, past history, diagnoses at admission and discharge, around an operation, complications."""
_DONE_ONLY = frozenset({"12", "13", "14", "18", "52"})
"""Templates of what was done: in the mood of a plan it is an order."""
_DONE = {"completed": "completed", "active": "in-progress", "aborted": "stopped", "cancelled": "not-done"}
_VISIT = {"completed": "finished", "active": "in-progress", "aborted": "cancelled", "cancelled": "cancelled"}


def read_entry(reading: CdaReading, entry: XmlElement, place: Place) -> list[Draft]:
    """Return the facts of one `entry`. What gives none is noted."""
    found = [child for child in entry.elements() if child.tag in STATEMENTS]
    drafts = [draft for child in found for draft in read_statement(reading, child, place)]
    if not drafts and not any(child.get("nullFlavor") for child in found):
        reading.note(entry, "an entry that states nothing that can be read; its words stand in the narrative")
    return drafts


def read_statement(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Return the facts of one clinical statement, and of those inside that stand for themselves."""
    if element.get("nullFlavor"):
        return []
    return _reader(element, place)(reading, element, place)


def _reader(element: XmlElement, place: Place) -> Reader:
    planned = element.get("moodCode") in PLANNED_MOODS
    for mark in marks_of(element):
        if mark in _READERS:
            return _read_order if planned and mark in _DONE_ONLY else _READERS[mark]
    if element.get("moodCode") == "GOL":
        return read_goal
    if element.tag == "substanceAdministration":
        if place.section == _IMMUNIZATIONS:
            return _read_order if planned else read_immunization
        return read_medication
    if element.tag == "encounter":
        return _read_encounter
    if planned:
        return _read_order
    if element.tag == "organizer":
        return read_family if place.section == _FAMILY else _read_group
    if element.tag == "observation":
        return _observation_reader(place)
    return {"procedure": _read_procedure, "supply": read_supply}.get(element.tag, _read_act)


def _observation_reader(place: Place) -> Reader:
    if place.section == _ALLERGIES:
        return read_allergy
    return read_problem if place.section in _PROBLEM_SECTIONS else read_observation


def _read_act(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Read an act: where others stand inside it is only their wrapper (a concern, a diagnosis), else it is told itself."""
    drafts = _inside(reading, element, place._replace(concern=element))
    return drafts or read_anything(reading, element, place, Category.OTHER)


def _read_told_act(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Read an act that states something itself, and what stands inside it."""
    return [*read_anything(reading, element, place, Category.CARE_PLAN), *_inside(reading, element, place)]


def _read_group(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Read an organizer: observations by their rules, everything else by its own."""
    if all(child.tag == "observation" and not marks_of(child) & _READERS.keys() for child in inner(element)):
        return read_organizer(reading, element, place)
    return _inside(reading, element, place)


def _inside(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    drafts: list[Draft] = []
    for number, child in enumerate(inner(element)):
        if qualifier_of(child) in {"", "problem"}:
            drafts.extend(read_statement(reading, child, place._replace(suffix=f"{place.suffix}.{child.tag}[{number}]")))
    return drafts


def _read_order(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Read what is planned or ordered: not yet done."""
    product = element.first("consumable/manufacturedProduct/manufacturedMaterial/code")
    product = product if product is not None else element.first("product/manufacturedProduct/manufacturedMaterial/code")
    named = name_of(reading, element, product, element.first("code"))
    if named is None:
        return read_anything(reading, element, place, Category.ORDER)
    draft = begin(reading, element, place, Category.ORDER, named)
    planned = draft.occurred
    draft.occurred, draft.ended = draft.recorded, draft.ended._replace(date=None, path="")
    mood = element.attribute("moodCode")
    intent = PLANNED_MOODS.get(mood.text, "") if mood else ""
    draft.tell("intent", Phrase(intent, mood.path) if mood else None)
    draft.tell("planned_for", Phrase(planned.date.written, planned.path) if planned.date else None)
    for kind in ("priority", "reason"):
        for one in qualifiers(element, kind):
            draft.tell(kind, described(reading, one))
    for one in qualifiers(element, "instructions"):
        draft.tell("instructions", reading.words(one.first("text")))
    for person in reading.performers(element):
        draft.tell("performer", person)
    for site in element.elements("targetSiteCode"):
        draft.tell("body_site", reading.phrase(site))
    if is_negated(element):
        draft.assertion = AssertionStatus.ABSENT
    elif intent == "proposal" and draft.assertion is AssertionStatus.PRESENT:
        draft.assertion = AssertionStatus.HYPOTHETICAL
    return [finish(reading, element, draft)]


def _read_procedure(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Read what was done: a procedure, or an act or observation that is one."""
    named = name_of(reading, element, element.first("code"))
    if named is None:
        reading.note(element, "a procedure without a code and without words")
        return []
    draft = begin(reading, element, place, Category.PROCEDURE, named)
    if draft.status:
        draft.status = Phrase(_DONE.get(draft.status.text, draft.status.text), draft.status.path)
    if is_negated(element):
        draft.status = Phrase("not-done", negation(element))
    if draft.status and draft.status.text == "not-done":
        draft.assertion = AssertionStatus.ABSENT
    for value in values_of(reading, element):
        draft.tell("outcome", Phrase(value.shown, value.path))
    for name, path in (
        ("body_site", "targetSiteCode"),
        ("method", "methodCode"),
        ("specimen", "specimen/specimenRole/specimenPlayingEntity/code"),
        ("device", "participant/participantRole/playingDevice/code"),
    ):
        for one in element.at(path):
            draft.tell(name, reading.phrase(one))
    _tell_around(reading, element, draft)
    for relation in element.elements("entryRelationship"):
        for problem in relation.elements("observation") if relation.get("typeCode") == "COMP" else ():
            draft.tell("complication", described(reading, problem) if qualifier_of(problem) == "problem" else None)
    return [finish(reading, element, draft)]


def _read_encounter(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Read a visit, past or planned, with the diagnoses that were made."""
    code = element.first("code")
    named = name_of(reading, element, code)
    planned = element.get("moodCode") in PLANNED_MOODS
    if named is None:
        return read_anything(reading, element, place, Category.ENCOUNTER)
    draft = begin(reading, element, place, Category.ENCOUNTER, named)
    if draft.status:
        draft.status = Phrase(_VISIT.get(draft.status.text, draft.status.text), draft.status.path)
    mood = element.attribute("moodCode")
    if planned and mood and (draft.status is None or draft.status.text in {"in-progress", "draft"}):
        draft.status = Phrase("planned", mood.path)
    if is_negated(element) or (draft.status and draft.status.text == "cancelled"):
        draft.assertion = AssertionStatus.ABSENT
    elif planned and draft.assertion is AssertionStatus.PRESENT:
        draft.assertion = AssertionStatus.HYPOTHETICAL
    draft.tell("class", encounter_class(code))
    _tell_around(reading, element, draft)
    draft.details = [one.model_copy(update={"name": "participant"}) if one.name == "performer" else one for one in draft.details]
    draft.tell("discharge", reading.phrase(element.first("dischargeDispositionCode")))
    found = [draft]
    for act in qualifiers(element, "diagnosis"):
        made = _inside(reading, act, place._replace(suffix=f"{place.suffix}.diagnosis", concern=None))
        for one in made:
            draft.tell("diagnosis", Phrase(one.named.concept.text, one.named.path))
        found.extend(made)
    return [finish(reading, element, draft), *found[1:]]


def _tell_around(reading: CdaReading, element: XmlElement, draft: Draft) -> None:
    """Say who did it, where, and why."""
    for one in qualifiers(element, "reason"):
        draft.tell("reason", described(reading, one))
    for person in reading.performers(element):
        draft.tell("performer", person)
    for participant in element.elements("participant"):
        if participant.get("typeCode") == "LOC":
            place = participant.first("participantRole/playingEntity/name")
            kind = reading.phrase(participant.first("participantRole/code"))
            draft.tell("location", place.words if place is not None and place.words else kind)


def _read_coverage(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Read the policies of a Coverage Activity: type, payor, number of the member."""
    drafts: list[Draft] = []
    for number, policy in enumerate(child for child in inner(element) if child.tag == "act"):
        payor = next((name for one in policy.at("performer/assignedEntity") if (name := person_or_organization(one))), None)
        named = name_of(reading, policy, policy.first("code"))
        if named is None:
            continue
        own = place._replace(suffix=f"{place.suffix}.policy[{number}]")
        draft = begin(reading, policy, own, Category.COVERAGE, named)
        draft.tell("payor", payor)
        for participant in policy.elements("participant"):
            if participant.get("typeCode") == "COV":
                member = participant.first("participantRole/id")
                draft.tell("subscriber_id", member.attribute("extension") if member is not None else None)
                draft.tell("relationship", reading.phrase(participant.first("participantRole/code")))
                start, end = reading.interval(participant.first("time"))
                draft.occurred, draft.ended = (start, end) if start.date or end.date else (draft.occurred, draft.ended)
        drafts.append(finish(reading, policy, draft))
    return drafts or read_anything(reading, element, place, Category.COVERAGE)


def _read_team(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Read a Care Team Organizer: each member with the role."""
    [draft] = read_anything(reading, element, place, Category.CARE_TEAM)
    for performer in (one for child in inner(element) for one in child.elements("performer")):
        name, role = person_or_organization(performer.first("assignedEntity")), reading.phrase(performer.first("functionCode"))
        draft.tell("participant", Phrase(f"{role.text}: {name.text}" if role else name.text, name.path) if name else None)
    return [draft]


_READERS: dict[str, Reader] = {
    "1": read_organizer,
    "26": read_organizer,
    "45": read_family,
    "500": _read_team,
    "4": read_problem,
    "7": read_allergy,
    "16": read_medication,
    "42": read_medication,
    "52": read_immunization,
    "120": _read_order,
    "12": _read_procedure,
    "13": _read_procedure,
    "14": _read_procedure,
    "20": _read_told_act,
    "18": read_supply,
    "49": _read_encounter,
    "60": _read_coverage,
    "121": read_goal,
    "130": _read_told_act,
    "131": _read_told_act,
    "146": _read_told_act,
}
"""By C-CDA entry template (the last part of its root)."""
