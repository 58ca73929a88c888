"""The header of a C-CDA document: whose it is, which document, who wrote it, the visit and the care team.

Source: HL7 C-CDA R2.1, US Realm Header (V3).
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from chartcite.engine.domain.records import AssertionStatus, Category, CodedConcept, Patient, PatientId, Value
from chartcite.engine.facts.elements import range_path
from chartcite.ingestion.sources.ccda_reading import CdaReading, person_name, person_or_organization
from chartcite.ingestion.sources.drafts import Draft, Moment
from chartcite.ingestion.sources.fhir_elements import Named, Phrase
from chartcite.ingestion.sources.hl7_values import birth_words, demographic, safe_id, time_of
from chartcite.ingestion.sources.xml_tree import XmlElement

_SSN = "2.16.840.1.113883.4.1"
_GENDERS = {"F": "female", "M": "male", "UN": "other"}
"""HL7 v3 AdministrativeGender to FHIR's codes, as a Patient resource gives them."""
_LANGUAGES = {"en": "English", "es": "Spanish", "fr": "French", "zh": "Chinese", "de": "German", "vi": "Vietnamese"}
CLASSES = {
    "AMB": "ambulatory", "EMER": "emergency", "IMP": "inpatient", "ACUTE": "inpatient acute",
    "NONAC": "inpatient non-acute", "OBSENC": "observation encounter", "HH": "home health", "VR": "virtual",
    "SS": "short stay", "FLD": "field", "PRENC": "pre-admission",
}  # fmt: skip
"""HL7 v3 ActCode, encounter classes, as the FHIR reader says them."""


def patient_ids(root: XmlElement) -> set[PatientId]:
    """Return whose document it is: one id for each `recordTarget` that names one.

    The id is `root-extension` (FHIR id characters only), so that the same number of two hospitals stays two people. A
    number of a social security card serves only where there is no other.
    """
    found = set()
    for role in root.at("recordTarget/patientRole"):
        ids = [one for one in role.elements("id") if one.get("root") and not one.get("nullFlavor")]
        ordered = sorted(ids, key=lambda one: (one.get("root") == _SSN, not one.get("extension")))
        if ordered:
            found.add(PatientId(safe_id(ordered[0].get("root"), ordered[0].get("extension"))))
    return found


def document_id(root: XmlElement, text: str) -> str:
    """Return the id of a document that all its versions have: of the set, else its own, else one made of its content.

    The kind of document belongs to it: systems give the documents of one stay the same set.
    """
    code = root.first("code")
    kind = code.get("code") if code is not None else ""
    for tag in ("setId", "id"):
        for one in root.elements(tag):
            if one.get("root") and not one.get("nullFlavor"):
                return safe_id(one.get("root"), "-".join(part for part in (one.get("extension"), kind) if part))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def patient_of(root: XmlElement, patient_id: PatientId) -> Patient:
    """Return who the chart is about."""
    person = root.first("recordTarget/patientRole/patient")
    if person is None:
        return Patient(id=patient_id)
    name, birth = person_name(_legal_name(person)), person.first("birthTime")
    gender, died = person.first("administrativeGenderCode"), person.first("deceasedTime")
    return Patient(
        id=patient_id,
        name=name.text if name else "",
        gender=_GENDERS.get(gender.get("code"), "") if gender is not None else "",
        birth_date=time_of(birth.get("value")[:8]) if birth is not None else None,
        deceased=time_of(died.get("value")) if died is not None else None,
    )


def author_of(root: XmlElement) -> str:
    """Return who wrote the document."""
    names = (person_or_organization(one) for one in root.at("author/assignedAuthor"))
    return next((name.text for name in names if name), "")


def read_header(reading: CdaReading, root: XmlElement) -> list[Draft]:
    """Return what the header says of the patient, of the document, of the visit and of those who care."""
    found: list[Draft | None] = [_document(reading, root)]
    for role in root.at("recordTarget/patientRole")[:1]:
        found.extend(_person(reading, role))
    for performer in root.at("documentationOf/serviceEvent/performer"):
        function = performer.first("functionCode")
        if function is not None and function.get("code") == "PCP":
            found.append(
                demographic(
                    "generalPractitioner", "Primary care provider", person_or_organization(performer.first("assignedEntity"))
                )
            )
    found.append(_care_team(reading, root))
    found.extend(_visit(reading, visit) for visit in root.at("componentOf/encompassingEncounter"))
    return [draft for draft in found if draft is not None]


def _document(reading: CdaReading, root: XmlElement) -> Draft:
    title = root.first("title")
    words = title.words if title is not None else None
    named = reading.named(root.first("code")) or (Named(CodedConcept(text=words.text), words.path) if words else None)
    named = named or Named(CodedConcept(text="Clinical document"), range_path(*root.opening))
    draft = Draft(Category.DOCUMENT, named, occurred=reading.written, recorded=reading.written, author=reading.author)
    draft.tell("title", words)
    for section in root.at("component/structuredBody/component/section/title"):
        draft.tell("section", section.words)
    return draft


def _person(reading: CdaReading, role: XmlElement) -> Iterator[Draft | None]:
    """Yield one fact for each thing that is said of the person, as of a Patient resource."""
    for address in role.elements("addr"):
        yield demographic("address", "Address", _city(address))
    person = role.first("patient")
    if person is None:
        return
    yield demographic("name", "Name", person_name(_legal_name(person)))
    yield demographic("birthDate", "Date of birth", birth_words(reading.moment(person.first("birthTime"))))
    yield demographic("gender", "Gender", _gender(reading, person.first("administrativeGenderCode")))
    yield demographic("maritalStatus", "Marital status", reading.phrase(person.first("maritalStatusCode")))
    yield demographic("patient-religion", "Religion", reading.phrase(person.first("religiousAffiliationCode")))
    for race in person.elements("raceCode"):
        yield demographic("us-core-race", "Race", reading.phrase(race))
    for group in person.elements("ethnicGroupCode"):
        yield demographic("us-core-ethnicity", "Ethnicity", reading.phrase(group))
    for place in person.at("birthplace/place/addr"):
        yield demographic("patient-birthPlace", "Birth place", _city(place))
    for language in person.elements("languageCommunication"):
        yield demographic("language", "Language", _language(reading, language))
    yield _deceased(reading, person)


def _legal_name(person: XmlElement) -> XmlElement | None:
    """Return the name that a person goes by: a legal one before others, an old one never before them."""
    names = [name for name in person.elements("name") if not name.get("nullFlavor")]
    return min(names, key=lambda name: 0 if name.get("use") == "L" else 2 if name.get("use") else 1, default=None)


def _gender(reading: CdaReading, element: XmlElement | None) -> Phrase | None:
    if element is None:
        return None
    code = element.attribute("code")
    if code and code.text in _GENDERS:
        return Phrase(_GENDERS[code.text], code.path)
    return reading.phrase(element)


def _city(address: XmlElement) -> Phrase | None:
    city, state = address.first("city"), address.first("state")
    words = city.words if city is not None else None
    region = state.words if state is not None else None
    return Phrase(f"{words.text}, {region.text}" if region else words.text, words.path) if words else None


def _language(reading: CdaReading, item: XmlElement) -> Phrase | None:
    words = reading.phrase(item.first("languageCode"))
    if words is None:
        return None
    preferred = item.first("preferenceInd")
    name = _LANGUAGES.get(words.text.partition("-")[0].lower(), words.text)
    return Phrase(f"{name} (preferred)" if preferred is not None and preferred.get("value") == "true" else name, words.path)


def _deceased(reading: CdaReading, person: XmlElement) -> Draft | None:
    moment, flag = reading.moment(person.first("deceasedTime")), person.first("deceasedInd")
    words = (Phrase(moment.date.written, moment.path) if moment.date else None) or (
        flag.attribute("value") if flag is not None else None
    )
    draft = demographic("deceased", "Deceased", words)
    if draft is not None:
        draft.occurred = moment
        if words is not None and words.text == "false":
            draft.assertion = AssertionStatus.ABSENT
    return draft


def _care_team(reading: CdaReading, root: XmlElement) -> Draft | None:
    """Return those who took part in what the document tells, each with the role."""
    members: list[tuple[str, Phrase]] = []
    for performer in root.at("documentationOf/serviceEvent/performer"):
        name = person_or_organization(performer.first("assignedEntity"))
        role = reading.phrase(performer.first("functionCode"))
        if name:
            members.append((f"{role.text}: {name.text}" if role else name.text, name))
    if not members:
        return None
    event = root.first("documentationOf/serviceEvent")
    start, end = reading.interval_of(event) if event is not None else (Moment(), Moment())
    draft = Draft(Category.CARE_TEAM, Named(CodedConcept(text="Care team"), members[0][1].path), suffix="careTeam")
    draft.occurred, draft.ended, draft.recorded = start, end, reading.written
    for text, name in members:
        draft.tell("participant", Phrase(text, name.path))
    return draft


def _visit(reading: CdaReading, visit: XmlElement) -> Draft:
    """Return the visit that the document belongs to."""
    start, end = reading.interval_of(visit)
    code = visit.first("code")
    named = reading.named(code) or Named(CodedConcept(text="Encounter"), range_path(*visit.opening))
    draft = Draft(Category.ENCOUNTER, named, suffix="encompassingEncounter", occurred=start, ended=end)
    draft.tell("class", encounter_class(code))
    for place in visit.at("location/healthCareFacility/location/name"):
        draft.tell("location", place.words)
    for place in visit.at("location/healthCareFacility/serviceProviderOrganization/name"):
        draft.tell("provider", place.words)
    for person in (*visit.at("responsibleParty/assignedEntity"), *visit.at("encounterParticipant/assignedEntity")):
        draft.tell("participant", person_or_organization(person))
    draft.tell("discharge", reading.phrase(visit.first("dischargeDispositionCode")))
    if draft.occurred.date is None:
        draft.recorded = reading.written
    return draft


def encounter_class(code: XmlElement | None) -> Phrase | None:
    """Return the class of a visit in words, where its code or a translation of it is one."""
    for one in (code, *code.elements("translation")) if code is not None else ():
        found = one.attribute("code")
        if found and found.text in CLASSES and one.get("codeSystem") == "2.16.840.1.113883.5.4":
            return Phrase(f"{CLASSES[found.text]} ({found.text})", found.path)
    return None


def demographic_value(suffix: str, label: str, value: Value | None) -> Draft | None:
    """Return what an observation says of the person as the fact that a Patient resource gives."""
    return demographic(suffix, label, Phrase(value.shown, value.path) if value else None)
