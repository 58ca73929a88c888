"""Results, vital signs, social history, function, goals and directives of a C-CDA document.

Source: HL7 C-CDA R2.1: Result Organizer and Observation, Vital Signs Organizer, Smoking Status, Social History
Observation, Functional Status, Assessment Scale, Goal Observation, Advance Directive Observation.
"""

from __future__ import annotations

from chartcite.engine.domain.records import AssertionStatus, Category, CodedConcept, Component
from chartcite.engine.facts.elements import range_path
from chartcite.ingestion.sources.ccda_header import demographic_value
from chartcite.ingestion.sources.ccda_reading import CdaReading, range_words
from chartcite.ingestion.sources.ccda_statements import (
    Place,
    begin,
    described,
    finish,
    inner,
    is_negated,
    marks_of,
    name_of,
    qualifier_of,
    qualifiers,
    result_status,
    values_of,
)
from chartcite.ingestion.sources.drafts import Draft
from chartcite.ingestion.sources.fhir_elements import Named, Phrase
from chartcite.ingestion.sources.hl7_values import joined_pressures, number_of
from chartcite.ingestion.sources.xml_tree import XmlElement

_SECTIONS = {
    "30954-2": Category.LABORATORY, "8716-3": Category.VITAL_SIGN, "29762-2": Category.SOCIAL_HISTORY,
}  # fmt: skip
"""LOINC codes of sections whose observations have a category of their own."""
_MARKS = {
    "2": Category.LABORATORY, "27": Category.VITAL_SIGN, "38": Category.SOCIAL_HISTORY, "78": Category.SOCIAL_HISTORY,
    "85": Category.SOCIAL_HISTORY, "200": Category.SOCIAL_HISTORY, "69": Category.SURVEY,
}  # fmt: skip
_PERSONAL = {
    "76689-9": ("us-core-birthsex", "Birth sex"),
    "46098-0": ("us-core-sex", "Sex"),
    "76691-5": ("us-core-genderIdentity", "Gender identity"),
    "95370-3": ("us-core-tribal-affiliation", "Tribal affiliation"),
}
"""LOINC codes of observations that FHIR keeps in the Patient resource."""
_GOAL_STATUS = {"completed": "completed", "cancelled": "cancelled", "aborted": "cancelled", "suspended": "on-hold"}


def read_observation(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Return what an observation tells: its value, with interpretation and reference range."""
    code = element.first("code")
    values = values_of(reading, element)
    named = None if code is not None and code.get("code") == "ASSERTION" else name_of(reading, element, code)
    if named is None:  # an assertion: the value is what is said
        named, values = name_of(reading, element, *element.elements("value")), values[1:]
    if named is None:
        reading.note(element, "an observation without a code and without words")
        return []
    draft = begin(reading, element, place, _category(element, place), named)
    personal = next((_PERSONAL[one.code] for one in named.concept.codings if one.code in _PERSONAL), None)
    person = demographic_value(*personal, values[0] if values else None) if personal else None
    if person is not None:
        return [person]
    draft.status = result_status(element)
    draft.value = values[0] if values else None
    if draft.status and draft.status.text == "cancelled" and draft.value is None:
        draft.assertion = AssertionStatus.ABSENT
    if is_negated(element):
        draft.assertion = AssertionStatus.ABSENT
    for more in values[1:]:
        draft.tell("value", Phrase(more.shown, more.path))
    _read_interpretation(element, draft)
    _read_range(reading, element, draft)
    draft.components = tuple(_components(reading, element)) if place.section != "8716-3" else ()
    _tell_circumstances(reading, element, draft)
    return [finish(reading, element, draft)]


def read_organizer(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Return the observations of a battery; of a battery of results the report too."""
    drafts: list[Draft] = []
    for number, child in enumerate(inner(element)):
        if child.tag == "observation":
            drafts.extend(read_observation(reading, child, place._replace(suffix=f"{place.suffix}.component[{number}]")))
    start, end = reading.interval_of(element)
    for draft in drafts:
        if draft.occurred.date is None and start.date is not None:
            draft.occurred = start
    drafts = joined_pressures(drafts)
    named = name_of(reading, element, element.first("code"))
    if named is None or ("1" not in marks_of(element) and place.section != "30954-2"):
        return drafts
    report = begin(reading, element, place, Category.REPORT, named)
    report.status = result_status(element)
    dated = [(one.occurred.date.start, one.occurred) for one in drafts if one.occurred.date]
    report.occurred, report.ended = start if start.date or not dated else min(dated, key=lambda one: one[0])[1], end
    for draft in drafts:
        report.tell("result", Phrase(draft.named.concept.text, draft.named.path))
    return [finish(reading, element, report), *drafts]


def read_goal(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Return a goal: what is aimed at, how much, until when."""
    named = name_of(reading, element, element.first("code"))
    if named is None:
        reading.note(element, "a goal without a code and without words")
        return []
    draft = begin(reading, element, place, Category.GOAL, named)
    if draft.status:
        draft.status = Phrase(_GOAL_STATUS.get(draft.status.text, draft.status.text), draft.status.path)
    for value in values_of(reading, element):
        draft.tell("target", Phrase(value.shown, value.path))
    if draft.ended.date:
        draft.tell("due", Phrase(draft.ended.date.written, draft.ended.path))
    for one in qualifiers(element, "priority"):
        draft.tell("priority", described(reading, one))
    return [finish(reading, element, draft)]


def _category(element: XmlElement, place: Place) -> Category:
    for mark in marks_of(element):
        if mark in _MARKS:
            return _MARKS[mark]
    return _SECTIONS.get(place.section, Category.OBSERVATION)


def _read_interpretation(element: XmlElement, draft: Draft) -> None:
    codes = (one.attribute("code") for one in element.elements("interpretationCode"))
    if code := next((one for one in codes if one and one.text), None):
        draft.interpretation = code.text
        draft.tell("interpretation", code)  # the place of it: a Fact has none of its own


def _read_range(reading: CdaReading, element: XmlElement, draft: Draft) -> None:
    """Take the first reference range that says something: its limits, and its words."""
    for held in element.at("referenceRange/observationRange"):
        value = held.first("value")
        low, high = (value.first("low"), value.first("high")) if value is not None else (None, None)
        words = reading.words(held.first("text")) or range_words(low, high)
        if words is None and value is not None:
            named = reading.value(value)
            words = Phrase(named.shown, named.path) if named else None
        if words is not None:
            draft.reference_range = words.text
            draft.tell("reference_range", words)  # the place of it: a Fact has none of its own
            draft.range_low = number_of(low.get("value")) if low is not None else None
            draft.range_high = number_of(high.get("value")) if high is not None else None
            return


def _components(reading: CdaReading, element: XmlElement) -> list[Component]:
    """Return the observations inside that are parts of this one: the items of a scale."""
    found = []
    for child in inner(element):
        if child.tag != "observation" or qualifier_of(child):
            continue
        named = name_of(reading, child, child.first("code"))
        values = values_of(reading, child)
        if named:
            found.append(Component(concept=named.concept, value=values[0] if values else None, concept_path=named.path))
    return found


def _tell_circumstances(reading: CdaReading, element: XmlElement, draft: Draft) -> None:
    for name, tag in (("method", "methodCode"), ("body_site", "targetSiteCode")):
        for one in element.elements(tag):
            draft.tell(name, reading.phrase(one))
    for one in element.at("specimen/specimenRole/specimenPlayingEntity/code"):
        draft.tell("specimen", reading.phrase(one))
    for kind in ("severity", "priority", "reason"):
        for one in qualifiers(element, kind):
            draft.tell(kind, described(reading, one))
    for person in reading.performers(element):
        draft.tell("performer", person)


def read_anything(reading: CdaReading, element: XmlElement, place: Place, category: Category) -> list[Draft]:
    """Return a statement of another kind by its code or its words."""
    named = name_of(reading, element, element.first("code")) or Named(
        CodedConcept(text=element.tag), range_path(*element.opening)
    )
    draft = begin(reading, element, place, category, named)
    for value in values_of(reading, element):
        draft.tell("value", Phrase(value.shown, value.path))
    words = reading.words(element.first("text"))
    draft.tell("text", words if words and words.text != named.concept.text else None)
    for one in qualifiers(element, "reason"):
        draft.tell("reason", described(reading, one))
    if is_negated(element):
        draft.assertion = AssertionStatus.ABSENT
    return [finish(reading, element, draft)]
