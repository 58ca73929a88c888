"""Problems, allergies and family history of a C-CDA document.

Source: HL7 C-CDA R2.1: Problem Concern Act, Problem Observation, Allergy Concern Act, Allergy - Intolerance Observation,
Family History Organizer.
"""

from __future__ import annotations

import re
from dataclasses import replace

from chartcite.engine.domain.records import AssertionStatus, Category, CodedConcept
from chartcite.engine.facts.elements import range_path
from chartcite.ingestion.sources.ccda_reading import CdaReading
from chartcite.ingestion.sources.ccda_statements import (
    Place,
    begin,
    described,
    finish,
    inner,
    is_negated,
    marks_of,
    name_of,
    negation,
    qualifiers,
)
from chartcite.ingestion.sources.drafts import Draft
from chartcite.ingestion.sources.fhir_elements import Named, Phrase
from chartcite.ingestion.sources.xml_tree import XmlElement

_CLINICAL_STATUS = {
    "55561003": "active", "73425007": "inactive", "413322009": "resolved", "246455001": "recurrence", "263855007": "relapse",
    "277022003": "remission",
}  # fmt: skip
"""SNOMED CT, value set Problem Status, to FHIR's clinical status."""
_CONCERN_STATUS = {"active": "active", "suspended": "inactive", "aborted": "inactive", "completed": "inactive"}
_ANYTHING = frozenset({"410942007", "105590001", "255620007", "762766007"})
"""SNOMED CT: drug, substance, food: a negated allergy to one of them is an allergy to none."""
_DRUG_TYPES = frozenset({"416098002", "419511003", "59037007", "410942007"})
_FOOD_TYPES = frozenset({"414285001", "418471000", "235719002", "255620007", "762766007"})
_INTOLERANCES = frozenset({"59037007", "235719002"})
"""SNOMED CT, value set Allergy and Intolerance Type."""
_CRITICALITY = {"CRITH": "high", "CRITL": "low", "CRITU": "unable-to-assess"}
_DURATIONS = {"a": "years", "mo": "months", "wk": "weeks", "d": "days"}
_NONE_KNOWN = re.compile(r"no (?:known )?(?:\w+ ){0,2}allerg(?:y|ies)\b|nkd?a\b", re.IGNORECASE)


def read_problem(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Return the condition that a Problem Observation tells."""
    values = [value for value in element.elements("value") if reading.named(value)]
    named = name_of(reading, element, *(values or element.elements("value")))
    if named is None:
        reading.note(element, "a problem without a code and without words")
        return []
    draft = _tracked(reading, element, place, begin(reading, element, place, Category.CONDITION, named))
    if is_negated(element):
        _refute(element, draft)
    for kind in ("severity", "onset"):
        for one in qualifiers(element, kind):
            draft.tell(kind, _aged(described(reading, one)))
    for site in element.elements("targetSiteCode"):
        draft.tell("body_site", reading.phrase(site))
    sort = element.first("code")
    if sort is not None and sort.get("code") != "ASSERTION":
        draft.tell("category", reading.phrase(sort))
    if draft.assertion is AssertionStatus.PRESENT and _is_risk(element, place):
        draft.assertion = AssertionStatus.HYPOTHETICAL
    return [finish(reading, element, draft)]


def read_allergy(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Return the allergy that an Allergy - Intolerance Observation tells, or that none is known."""
    substance = element.first("participant/participantRole/playingEntity")
    code = substance.first("code") if substance is not None else None
    kind = element.first("value")
    name = substance.first("name") if substance is not None else None
    words = name.words if name is not None else None
    named = reading.named(code) or (Named(CodedConcept(text=words.text), words.path) if words else None)
    negated = is_negated(element)
    if negated and (named is None or any(one.code in _ANYTHING for one in named.concept.codings)):
        named = _none_known(reading, element, kind)
    named = named or name_of(reading, element, kind)
    if named is None:
        reading.note(element, "an allergy without a substance")
        return []
    draft = _tracked(reading, element, place, begin(reading, element, place, Category.ALLERGY, named))
    if negated:
        _refute(element, draft)
    elif _NONE_KNOWN.match(named.concept.text):
        draft.assertion = AssertionStatus.ABSENT
    for reaction in qualifiers(element, "reaction"):
        draft.tell("reaction", described(reading, reaction))
        for severity in qualifiers(reaction, "severity"):
            draft.tell("severity", described(reading, severity))
    for severity in qualifiers(element, "severity"):
        draft.tell("severity", described(reading, severity))
    for one in qualifiers(element, "criticality"):
        draft.tell("criticality", _criticality(reading, one))
    draft.tell("type", _type(reading, kind))
    return [finish(reading, element, draft)]


def read_family(reading: CdaReading, element: XmlElement, place: Place) -> list[Draft]:
    """Return one fact for each condition of a relative; without any, one for the relative."""
    subject = element.first("subject/relatedSubject")
    relation = reading.phrase(subject.first("code")) if subject is not None else None
    person = subject.first("subject") if subject is not None else None
    named = relation or Phrase("Relative", range_path(*element.opening))
    common = Draft(
        Category.FAMILY_HISTORY,
        Named(CodedConcept(text=named.text), named.path),
        suffix=place.suffix,
        assertion=AssertionStatus.FAMILY,
        recorded=reading.written,
        author=reading.author,
    )
    common.tell("relationship", relation)
    if person is not None:
        common.tell("sex", reading.phrase(person.first("administrativeGenderCode")))
        dead = person.first("deceasedInd")
        common.tell("deceased", dead.attribute("value") if dead is not None else None)
    found = [draft for one in inner(element) for draft in _family_condition(reading, one, common)]
    return found or [common]


def _family_condition(reading: CdaReading, element: XmlElement, common: Draft) -> list[Draft]:
    named = name_of(reading, element, *element.elements("value"))
    if named is None or element.tag != "observation":
        return []
    if is_negated(element):
        reading.note(element, "a condition that a relative does not have: its words stand in the narrative only")
        return []
    start, end = reading.interval_of(element)
    draft = replace(common, named=named, occurred=start, ended=end, details=list(common.details))
    for one in qualifiers(element, "onset"):
        draft.tell("onset", _aged(described(reading, one)))
    for one in qualifiers(element, "death"):
        draft.tell("outcome", described(reading, one))
    return [finish(reading, element, draft)]


def _refute(element: XmlElement, draft: Draft) -> None:
    """Say that it is not so, and where that is said."""
    draft.assertion = AssertionStatus.ABSENT
    draft.tell("verification", Phrase("refuted", negation(element)))


def _is_risk(element: XmlElement, place: Place) -> bool:
    """Say whether it is something that the patient might get, not something that is there."""
    kind = element.first("code")
    at_risk = kind is not None and kind.get("code") == "281694009"  # SNOMED CT: finding of at risk
    return at_risk or (place.concern is not None and "136" in marks_of(place.concern))


def _aged(words: Phrase | None) -> Phrase | None:
    """Return an age in words: few readers know that UCUM's `a` is a year."""
    number, _, unit = words.text.rpartition(" ") if words else ("", "", "")
    return Phrase(f"{number} {_DURATIONS[unit]}", words.path) if words and number and unit in _DURATIONS else words


def _tracked(reading: CdaReading, element: XmlElement, place: Place, draft: Draft) -> Draft:
    """Give a problem or an allergy its clinical status: as observed, as its end tells, else as its concern is tracked."""
    draft.status = None
    for one in qualifiers(element, "status"):
        value = one.first("value")
        code = value.attribute("code") if value is not None else None
        words = reading.phrase(value)
        if words is not None and draft.status is None:
            known = _CLINICAL_STATUS.get(code.text) if code else None
            draft.status = Phrase(known or words.text.lower(), words.path)
    ended = element.first("effectiveTime/high")
    if draft.status is None and ended is not None and (draft.ended.date or ended.get("nullFlavor") == "UNK"):
        draft.status = Phrase("resolved", draft.ended.path or range_path(ended.start, ended.end))
    if place.concern is None:
        return _nullified(element, draft)
    status = place.concern.first("statusCode")
    code = status.attribute("code") if status is not None else None
    if draft.status is None and code:
        draft.status = Phrase(_CONCERN_STATUS.get(code.text, code.text), code.path)
    if element.first("author") is None and place.concern.first("author") is not None:
        author, written = reading.author_of(place.concern)
        draft.author, draft.recorded = author, written if written.date else draft.recorded
    if code and code.text == "nullified":
        draft.assertion = AssertionStatus.ENTERED_IN_ERROR
    return _nullified(element, draft)


def _nullified(element: XmlElement, draft: Draft) -> Draft:
    status = element.first("statusCode")
    if status is not None and status.get("code") == "nullified":
        draft.assertion = AssertionStatus.ENTERED_IN_ERROR
    return draft


def _none_known(reading: CdaReading, element: XmlElement, kind: XmlElement | None) -> Named:
    """Return `no known allergies` in the narrative's words, else as the negated type of allergy says it."""
    words = reading.words(element.first("text"))
    if words and _NONE_KNOWN.search(words.text) and words.text.lower().startswith("no "):
        return Named(CodedConcept(text=words.text), words.path)
    substance = element.first("participant/participantRole/playingEntity/code")
    codes = {one.get("code") for one in (kind, substance) if one is not None}
    of = "drug " if codes & _DRUG_TYPES else "food " if codes & _FOOD_TYPES else ""
    return Named(CodedConcept(text=f"No known {of}allergies"), range_path(*element.opening))


def _criticality(reading: CdaReading, element: XmlElement) -> Phrase | None:
    value = element.first("value")
    code = value.attribute("code") if value is not None else None
    if code and code.text in _CRITICALITY:
        return Phrase(_CRITICALITY[code.text], code.path)
    return described(reading, element)


def _type(reading: CdaReading, kind: XmlElement | None) -> Phrase | None:
    words = reading.phrase(kind)
    if kind is not None and words and kind.get("code") in _INTOLERANCES:
        return Phrase("intolerance", words.path)
    return words
