"""Medications, immunizations and supplies of a C-CDA document.

Source: HL7 C-CDA R2.1: Medication Activity, Planned Medication Activity, Immunization Activity, Medication Dispense and
Supply Order, Non-Medicinal Supply Activity; HL7 v3 PIVL_TS and EIVL_TS.
"""

from __future__ import annotations

from chartcite.engine.domain.records import AssertionStatus, Category, CodedConcept
from chartcite.ingestion.sources.ccda_reading import CdaReading, quantity_phrase
from chartcite.ingestion.sources.ccda_statements import (
    PLANNED_MOODS,
    Place,
    begin,
    described,
    finish,
    is_negated,
    name_of,
    negation,
    qualifier_of,
    qualifiers,
)
from chartcite.ingestion.sources.drafts import Draft
from chartcite.ingestion.sources.fhir_elements import Named, Phrase
from chartcite.ingestion.sources.xml_tree import XmlElement

PLAN_SECTION = "18776-5"
"""LOINC: plan of treatment."""
_UNITS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_EVENTS = {
    "AC": "before meals", "ACM": "before breakfast", "ACD": "before lunch", "ACV": "before dinner", "PC": "after meals",
    "PCM": "after breakfast", "PCD": "after lunch", "PCV": "after dinner", "C": "with meals", "CM": "with breakfast",
    "CD": "with lunch", "CV": "with dinner", "HS": "at bedtime", "WAKE": "upon waking",
    "IC": "between meals", "ICM": "between breakfast and lunch", "ICD": "between lunch and dinner",
    "ICV": "between dinner and bedtime",
}  # fmt: skip
"""HL7 v3 TimingEvent."""


def read_medication(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Return the medication of a substance administration."""
    named = _product(reading, element)
    if named is None:
        reading.note(element, "a medication without a code and without words")
        return []
    draft = begin(reading, element, place, Category.MEDICATION, named)
    mood = element.attribute("moodCode")
    intent = PLANNED_MOODS.get(mood.text) if mood else None
    if intent == "proposal" or (intent and (place.section == PLAN_SECTION)):
        draft.assertion = draft.assertion if draft.assertion is not AssertionStatus.PRESENT else AssertionStatus.HYPOTHETICAL
    if is_negated(element):
        draft.status, draft.assertion = Phrase("not-taken", negation(element)), AssertionStatus.ABSENT
    draft.details = []
    _dosage(reading, element, draft)
    if mood and intent:
        draft.tell("intent", Phrase(intent, mood.path))
    _reasons(reading, element, draft)
    for one in qualifiers(element, "reaction"):
        draft.tell("reaction", described(reading, one))
    for one in qualifiers(element, "supply"):
        _supplied(reading, one, draft)
    for name in reading.performers(element):
        draft.tell("performer", name)
    return [finish(reading, element, draft)]


def read_immunization(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Return the immunization of a substance administration: given, or not given and why."""
    named = _product(reading, element)
    if named is None:
        reading.note(element, "an immunization without a code and without words")
        return []
    draft = begin(reading, element, place, Category.IMMUNIZATION, named)
    if is_negated(element):
        draft.status, draft.assertion = Phrase("not-done", negation(element)), AssertionStatus.ABSENT
    for one in qualifiers(element, "refusal"):
        draft.tell("status_reason", reading.phrase(one.first("code")) or described(reading, one))
    number = element.first("repeatNumber")
    draft.tell("dose_number", number.attribute("value") if number is not None else None)
    draft.tell("dose", _dose(reading, element))
    draft.tell("route", reading.phrase(element.first("routeCode")))
    draft.tell("site", reading.phrase(element.first("approachSiteCode")))
    product = element.first("consumable/manufacturedProduct")
    for name, path in (("lot", "manufacturedMaterial/lotNumberText"), ("manufacturer", "manufacturerOrganization/name")):
        found = product.first(path) if product is not None else None
        draft.tell(name, found.words if found is not None else None)
    _reasons(reading, element, draft)
    for one in qualifiers(element, "reaction"):
        draft.tell("reaction", described(reading, one))
    for person in reading.performers(element):
        draft.tell("performer", person)
    return [finish(reading, element, draft)]


def read_supply(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Return what was supplied: a medication that was dispensed, else a device or an aid."""
    product = _product(reading, element)
    device = element.first("participant/participantRole/playingDevice/code", "participant/participantRole/playingEntity/code")
    named = product or name_of(reading, element, device, element.first("code"))
    if named is None:
        reading.note(element, "a supply of nothing that is named")
        return []
    draft = begin(reading, element, place, Category.MEDICATION if product else Category.OTHER, named)
    _supplied(reading, element, draft)
    return [finish(reading, element, draft)]


def _product(reading: CdaReading, element: XmlElement) -> Named | None:
    material = element.first(
        "consumable/manufacturedProduct/manufacturedMaterial",
        "consumable/manufacturedProduct/manufacturedLabeledDrug",
        "product/manufacturedProduct/manufacturedMaterial",
        "product/manufacturedProduct/manufacturedLabeledDrug",
    )
    if material is None:
        return None
    name = material.first("name")
    words = name.words if name is not None else None
    named = reading.named(material.first("code"))
    if named and words and any(one.code == named.concept.text for one in named.concept.codings):
        return Named(CodedConcept(text=words.text, codings=named.concept.codings), words.path)
    return named or (Named(CodedConcept(text=words.text), words.path) if words else name_of(reading, element))


def _dosage(reading: CdaReading, element: XmlElement, draft: Draft) -> None:
    draft.tell("dose", _dose(reading, element))
    for one in qualifiers(element, "instructions"):
        draft.tell("instructions", reading.words(one.first("text")))
    draft.tell("route", reading.phrase(element.first("routeCode")))
    draft.tell("frequency", _frequency(reading, element))
    for condition in element.at("precondition/criterion"):
        draft.tell("as_needed", described(reading, condition))
    draft.tell("site", reading.phrase(element.first("approachSiteCode")))
    draft.tell("rate", quantity_phrase(element.first("rateQuantity")))
    most = element.first("maxDoseQuantity")
    value = reading.ratio(most) if most is not None else None
    draft.tell("maximum", Phrase(value.shown, value.path) if value else None)


def _dose(reading: CdaReading, element: XmlElement) -> Phrase | None:
    """Return the dose; a bare count gets the unit in which the product is given."""
    quantity = element.first("doseQuantity")
    words = quantity_phrase(quantity)
    unit = reading.phrase(element.first("administrationUnitCode"))
    if words and quantity is not None and unit and quantity.get("unit") in {"", "1"}:
        return Phrase(f"{words.text} {unit.text}", words.path)
    return words


def _frequency(reading: CdaReading, element: XmlElement) -> Phrase | None:
    """Return how often: `every 6 hours`, `at bedtime`."""
    for time in (one for holder in element.elements("effectiveTime") for one in (holder, *holder.elements("comp"))):
        kind = time.get("type").rpartition(":")[2]
        if kind == "PIVL_TS" or time.first("period") is not None:
            words = _period(time.first("period"))
        elif kind == "EIVL_TS":
            words = _event(reading, time.first("event"))
        else:
            continue
        if words:
            return words
    return None


def _period(period: XmlElement | None) -> Phrase | None:
    if period is None:
        return None
    low, high = period.first("low"), period.first("high")
    whole = period.attribute("value") or (low.attribute("value") if low is not None else None)
    unit = period.get("unit") or next((one.get("unit") for one in (low, high) if one is not None), "")
    if whole is None:
        return None
    length = whole.text if high is None or not high.get("value") else f"{whole.text}-{high.get('value')}"
    word = _UNITS.get(unit, unit)
    return Phrase(f"every {length} {word}{'' if length == '1' or word == unit else 's'}".strip(), whole.path)


def _event(reading: CdaReading, event: XmlElement | None) -> Phrase | None:
    code = event.attribute("code") if event is not None else None
    if code and code.text in _EVENTS:
        return Phrase(_EVENTS[code.text], code.path)
    return reading.phrase(event)


def _reasons(reading: CdaReading, element: XmlElement, draft: Draft) -> None:
    for one in qualifiers(element, "reason"):
        draft.tell("reason", described(reading, one))
    for relation in element.elements("entryRelationship"):
        if relation.get("typeCode") == "RSON":
            for problem in relation.elements("observation"):
                if qualifier_of(problem) not in {"reason", "refusal"}:
                    draft.tell("reason", described(reading, problem))


def _supplied(reading: CdaReading, element: XmlElement, draft: Draft) -> None:
    """Say how much was supplied, and how often it may be again."""
    draft.tell("quantity", quantity_phrase(element.first("quantity")))
    times = element.first("repeatNumber")
    if element.get("moodCode") != "EVN":  # of a dispense it tells which of the fills it was
        draft.tell("refills", times.attribute("value") if times is not None else None)
    for note in qualifiers(element, "instructions"):
        draft.tell("instructions", reading.words(note.first("text")))
