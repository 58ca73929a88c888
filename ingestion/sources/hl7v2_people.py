"""The patient, the visit, diagnoses, allergies and appointments of HL7 v2 messages.

Source: HL7 v2.x chapters 3 (ADT: PID, PV1, AL1, MRG), 6 (DG1) and 10 (SIU: SCH, AIS, AIL, AIP).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcite.engine.domain.records import AssertionStatus, Category, CodedConcept, Patient, PatientId
from chartcite.ingestion.sources.drafts import Draft, Moment
from chartcite.ingestion.sources.fhir_elements import Named, Phrase
from chartcite.ingestion.sources.hl7_values import birth_words, demographic, safe_id
from chartcite.ingestion.sources.hl7v2_reading import (
    ResourceDraft,
    V2Reading,
    concept,
    entity_id,
    location,
    organization,
    person,
    provider,
    words_of,
)
from chartcite.ingestion.sources.hl7v2_syntax import Message, Piece, Segment

MERGES = frozenset(
    {"A18", "A30", "A34", "A35", "A36", "A39", "A40", "A41", "A42", "A43", "A44", "A45", "A46", "A47", "A48", "A49"}
)
"""Events that join or move identifiers, visits or accounts."""
_GENDERS = {"F": "female", "M": "male", "O": "other", "A": "other", "U": "unknown"}
_CLASSES = {
    "I": "inpatient", "O": "ambulatory", "E": "emergency", "P": "pre-admission", "R": "ambulatory, recurring",
    "B": "obstetrics",
}  # fmt: skip
"""HL7 table 0004."""
_ALLERGY_TYPES = {
    "DA": "Drug allergy", "FA": "Food allergy", "EA": "Environmental allergy", "AA": "Animal allergy",
    "PA": "Plant allergy", "LA": "Pollen allergy", "MA": "Miscellaneous allergy", "MC": "Miscellaneous contraindication",
}  # fmt: skip
"""HL7 table 0127."""
_SEVERITIES = {"SV": "Severe", "MO": "Moderate", "MI": "Mild", "U": "Unknown"}
"""HL7 table 0128."""
_DIAGNOSES = {"A": "Admitting", "W": "Working", "F": "Final"}
"""HL7 table 0052."""
_NONE_KNOWN = re.compile(r"no (?:known )?(?:\w+ ){0,2}allerg(?:y|ies)\b|nkd?a\b", re.IGNORECASE)
_VISIT_STATUS = {
    "A01": "in-progress", "A04": "in-progress", "A03": "finished", "A05": "planned", "A14": "planned", "A11": "cancelled",
    "A13": "in-progress", "A38": "cancelled", "A27": "cancelled",
}  # fmt: skip
_APPOINTMENTS = {"S15": "cancelled", "S16": "cancelled", "S17": "cancelled", "S26": "noshow"}
"""Events that say that an appointment does not happen; all others plan or change one."""


def patient_id_of(message: Message) -> PatientId | None:
    """Return whose message it is: the medical record number of PID-3 as `authority-number`; `None` where there is none."""
    pid = message.first("PID")
    if pid is None:
        return None
    found = [one for number in (3, 2) for one in pid[number].repetitions() if one.component(1).words]
    ranked = sorted(found, key=lambda one: {"MR": 0, "SS": 2}.get(one.component(5).words, 1))
    if not ranked:
        return None
    authority = ranked[0].component(4)
    return PatientId(safe_id(authority.sub(1).words or authority.sub(2).words, ranked[0].component(1).words))


def read_patient(reading: V2Reading, *, only_identity: bool = False) -> ResourceDraft:
    """Return the person. Of messages about something else only what says who it is: they seldom hold the rest."""
    pid = reading.message.first("PID")
    if pid is None:
        raise ValueError("a message without a PID segment")
    suffix = ".named" if only_identity else ""
    resource = reading.resource("Patient", f"{reading.patient_id}{suffix}", [pid])
    born, died = reading.moment(pid[7]), reading.moment(pid[29])
    name = _legal_name(pid[5])
    sex = pid[8].component(1)
    gender = Phrase(_GENDERS.get(sex.words, sex.words), sex.path) if sex.words else None
    found = [
        demographic("name", "Name", name),
        demographic("birthDate", "Date of birth", birth_words(born)),
        demographic("gender", "Gender", gender),
        *([] if only_identity else _more_of(pid)),
        _deceased(pid, died),
    ]
    if not only_identity:
        for more in reading.message.each("PD1"):
            if more.start == pid.end + 1 or more.start == pid.end + 2:  # its own neighbour: one text holds both
                resource.end = more.end
                found.append(demographic("generalPractitioner", "Primary care provider", provider(more[4])))
    resource.drafts = [one for one in found if one is not None]
    resource.patient = Patient(
        id=reading.patient_id,
        name=name.text if name else "",
        gender=gender.text if gender and gender.text in _GENDERS.values() else "",
        birth_date=born.date,
        deceased=died.date,
    )
    return resource


def read_visit(reading: V2Reading) -> Iterator[ResourceDraft]:
    """Yield the visit of an ADT message, its diagnoses and the patient's allergies."""
    visit = reading.message.first("PV1")
    own = reading.visit
    if visit is not None and (own or visit[44].words or reading.event in _VISIT_STATUS):
        yield _visit(reading, visit, own or safe_id(reading.patient_id, reading.control_id()))
    diagnoses = list(reading.message.each("DG1"))
    if diagnoses:
        held = reading.whole("Condition", own or safe_id(reading.patient_id, reading.control_id()))
        held.drafts = [draft for one in diagnoses if (draft := _diagnosis(reading, one))]
        yield held
    allergies = list(reading.message.each("AL1"))
    if allergies:
        held = reading.whole("AllergyIntolerance", reading.patient_id)
        held.drafts = [draft for one in allergies if (draft := _allergy(reading, one))]
        yield held


def merge_reason(message: Message) -> tuple[str, str] | None:
    """Return where and that a message joins records: that is told, never done."""
    for merge in message.each("MRG"):
        return merge[1].path, "says that another identifier is this patient's too; charts are not joined by a message"
    return None


def read_appointment(reading: V2Reading) -> ResourceDraft | None:
    """Return the appointment of a SIU message: planned, or one that does not happen."""
    schedule = reading.message.first("SCH")
    if schedule is None:
        return None
    own = entity_id(schedule[2]) or entity_id(schedule[1]) or safe_id(reading.control_id())
    service = reading.message.first("AIS")
    named = next(
        (found for piece in (schedule[8], *([service[3]] if service else []), schedule[7]) if (found := concept(piece))), None
    )
    named = named or Named(CodedConcept(text="Appointment"), schedule[8].path)
    draft = Draft(Category.ENCOUNTER, named)
    timing, again = schedule[11], reading.message.first("TQ1")
    draft.occurred = reading.moment(timing.component(4), *([service[4]] if service else []), *([again[7]] if again else []))
    draft.ended = reading.moment(timing.component(5), *([again[8]] if again else []))
    draft.recorded = reading.moment(reading.header[7])
    event = reading.header[9].component(2)
    draft.status = Phrase(_APPOINTMENTS.get(reading.event, "planned"), event.path)
    lost = reading.event in _APPOINTMENTS
    draft.assertion = AssertionStatus.ABSENT if lost else AssertionStatus.HYPOTHETICAL
    draft.tell("reason", words_of(schedule[7]))
    draft.tell("status_reason", words_of(schedule[6]) if lost else None)
    for one in reading.message.each("AIP"):
        draft.tell("participant", provider(one[3]))
    for one in reading.message.each("AIL"):
        draft.tell("location", location(one[3]))
    resource = reading.whole("Appointment", own)
    resource.drafts = [draft]
    return resource


def _legal_name(names: Piece) -> Phrase | None:
    found = names.repetitions()
    ranked = sorted(found, key=lambda one: {"L": 0, "": 1}.get(one.component(7).words, 2))
    return person(ranked[0]) if ranked else None


def _more_of(pid: Segment) -> Iterator[Draft | None]:
    for address in pid[11].repetitions():
        city, state = address.component(3).phrase, address.component(4).words
        said = Phrase(f"{city.text}, {state}" if state else city.text, city.path) if city else None
        yield demographic("address", "Address", said)
    for suffix, label, number in (
        ("us-core-race", "Race", 10),
        ("us-core-ethnicity", "Ethnicity", 22),
        ("maritalStatus", "Marital status", 16),
        ("language", "Language", 15),
        ("patient-religion", "Religion", 17),
    ):
        for one in pid[number].repetitions():
            yield demographic(suffix, label, words_of(one))
    yield demographic("patient-birthPlace", "Birth place", pid[23].phrase)


def _deceased(pid: Segment, died: Moment) -> Draft | None:
    flag = pid[30].component(1)
    said = {"Y": "true", "N": "false"}.get(flag.words)
    words = Phrase(died.date.written, died.path) if died.date else Phrase(said, flag.path) if said else None
    draft = demographic("deceased", "Deceased", words)
    if draft is not None:
        draft.occurred = died
        draft.assertion = AssertionStatus.ABSENT if said == "false" and not died.date else AssertionStatus.PRESENT
    return draft


def _visit(reading: V2Reading, visit: Segment, own: str) -> ResourceDraft:
    kind = visit[2].component(1)
    words = Phrase(_CLASSES.get(kind.words, kind.words), kind.path) if kind.words else None
    named = concept(visit[4]) if visit[4].component(2).words else None
    service = concept(visit[10])
    fallback = Named(
        CodedConcept(text=f"{words.text} encounter" if words else "Encounter"), words.path if words else visit[2].path
    )
    draft = Draft(Category.ENCOUNTER, named or fallback)
    draft.occurred, draft.ended = reading.moment(visit[44]), reading.moment(visit[45])
    draft.recorded = reading.moment(reading.header[7]) if draft.occurred.date is None else draft.recorded
    draft.tell("class", words)
    more = reading.message.first("PV2")
    draft.tell("reason", words_of(more[3]) if more else None)
    for number in (7, 17, 8, 9):
        for one in visit[number].repetitions():
            draft.tell("participant", provider(one))
    draft.tell("location", location(visit[3]))
    draft.tell("service_type", Phrase(service.concept.text, service.path) if service else None)
    draft.tell("provider", organization(visit[39]))
    draft.tell("admit_source", words_of(visit[14]))
    draft.tell("discharge", words_of(visit[36]))
    _set_visit_status(reading, draft)
    resource = reading.whole("Encounter", own)
    resource.drafts = [draft]
    return resource


def _set_visit_status(reading: V2Reading, draft: Draft) -> None:
    event = reading.header[9].component(2)
    status = _VISIT_STATUS.get(reading.event)
    if status:
        draft.status = Phrase(status, event.path)
    elif draft.ended.date:
        draft.status = Phrase("finished", draft.ended.path)
    if status == "cancelled":
        draft.assertion = AssertionStatus.ABSENT
    elif status == "planned":
        draft.assertion = AssertionStatus.HYPOTHETICAL


def _diagnosis(reading: V2Reading, segment: Segment) -> Draft | None:
    named = concept(segment[3])
    words = segment[4].phrase  # before v2.7 the description had a field of its own
    if words and (named is None or not segment[3].component(2).words):
        codes = named.concept.codings if named else ()
        named = Named(CodedConcept(text=words.text, codings=codes), words.path)
    if named is None:
        return None
    draft = Draft(Category.CONDITION, named, suffix=f"DG1-{segment[1].words or '1'}")
    draft.recorded = reading.moment(segment[19], segment[5])
    if draft.recorded.date is None:
        draft.recorded = reading.moment(reading.header[7])
    kind = segment[6].component(1)
    draft.tell("category", Phrase(f"{_DIAGNOSES.get(kind.words, kind.words)} diagnosis", kind.path) if kind.words else None)
    writer = provider(segment[16])
    draft.author = writer.text if writer else ""
    draft.encounter = reading.encounter()
    if segment[21].words == "D":
        draft.assertion = AssertionStatus.ENTERED_IN_ERROR
    return draft


def _allergy(reading: V2Reading, segment: Segment) -> Draft | None:
    named = concept(segment[3])
    if named is None:
        return None
    draft = Draft(Category.ALLERGY, named, suffix=f"AL1-{segment[1].words or '1'}")
    draft.occurred = reading.moment(segment[6])
    if draft.occurred.date is None:
        draft.recorded = reading.moment(reading.header[7])
    if _NONE_KNOWN.match(named.concept.text):
        draft.assertion = AssertionStatus.ABSENT
    for reaction in segment[5].repetitions():
        draft.tell("reaction", words_of(reaction))
    for name, number, table in (("severity", 4, _SEVERITIES), ("type", 2, _ALLERGY_TYPES)):
        words, code = words_of(segment[number]), segment[number].component(1).words
        draft.tell(name, Phrase(table[code], words.path) if words and code in table else words)
    return draft
