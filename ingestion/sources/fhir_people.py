"""The patient, the family, the care team, the visits and the questionnaires: types with rules of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chartcite.engine.domain.records import (
    AssertionStatus,
    Category,
    CodedConcept,
    Detail,
    Patient,
    PatientId,
    Value,
)
from chartcite.ingestion.sources.drafts import Draft
from chartcite.ingestion.sources.fhir_elements import (
    Element,
    Named,
    Phrase,
    codings,
    concept_phrase,
    parse_moment,
    phrase,
)
from chartcite.ingestion.sources.fhir_reading import Reading
from chartcite.ingestion.sources.fhir_references import person_name

_EXTENSIONS = {
    "us-core-race": "Race",
    "us-core-ethnicity": "Ethnicity",
    "us-core-birthsex": "Birth sex",
    "us-core-sex": "Sex",
    "us-core-genderIdentity": "Gender identity",
    "patient-genderIdentity": "Gender identity",
    "us-core-tribal-affiliation": "Tribal affiliation",
    "patient-birthPlace": "Birth place",
    "patient-religion": "Religion",
}
_DECEASED = ("deceasedAge", "deceasedRange", "deceasedDate", "deceasedString", "deceasedBoolean")
_CLASSES = {
    "AMB": "ambulatory", "EMER": "emergency", "IMP": "inpatient", "ACUTE": "inpatient acute",
    "NONAC": "inpatient non-acute", "OBSENC": "observation encounter", "HH": "home health", "VR": "virtual",
    "SS": "short stay", "FLD": "field", "PRENC": "pre-admission",
}  # fmt: skip
"""HL7 v3 ActCode, encounter classes: the code alone says little to a reader."""


def patient_of(root: Element, patient_id: PatientId) -> Patient:
    """Return who the chart is about."""
    return Patient(
        id=patient_id,
        name=person_name(root.child("name")),
        gender=root.child("gender").words,
        birth_date=parse_moment(root.child("birthDate").words),
        deceased=parse_moment(root.child("deceasedDateTime").words),
    )


def read_patient(reading: Reading) -> list[Draft]:
    """Return one demographic fact for each thing that the Patient resource says."""
    root = reading.root
    found = [
        _demographic("name", "Name", _name_phrase(root.child("name"))),
        *(_demographic("nickname", "Nickname", _nickname(item)) for item in root.child("name").items()),
        _demographic("birthDate", "Date of birth", _dated(reading, "birthDate")),
        _demographic("gender", "Gender", phrase(root.child("gender"))),
        _demographic("maritalStatus", "Marital status", phrase(root.child("maritalStatus"))),
        _demographic("generalPractitioner", "Primary care provider", _first(reading, "generalPractitioner")),
        *(_demographic("address", "Address", _city(address)) for address in root.child("address").items()),
        *(_demographic("language", "Language", _language(item)) for item in root.child("communication").items()),
        *(_demographic("telecom", "Telephone", _telephone(item)) for item in root.child("telecom").items()),
        *(_contact(item) for item in root.child("contact").items()),
        *(_extension(item) for item in root.child("extension").items()),
        _deceased(reading),
    ]
    numbered: dict[str, int] = {}
    drafts = []
    for draft in found:
        if draft is None:
            continue
        numbered[draft.suffix] = numbered.get(draft.suffix, 0) + 1
        if numbered[draft.suffix] > 1:
            draft.suffix += f"-{numbered[draft.suffix]}"
        drafts.append(draft)
    return drafts


def read_family(reading: Reading, draft: Draft) -> list[Draft]:
    """Return one fact for each condition of the relative; without any, one for the relative."""
    common = [
        *reading.details("relationship", "relationship"),
        *reading.details("relative", "name"),
        *reading.details("sex", "sex"),
        *reading.details("deceased", "deceasedAge", "deceasedRange", "deceasedDate", "deceasedString", "deceasedBoolean"),
    ]
    draft.assertion = AssertionStatus.FAMILY
    found = []
    for item in reading.root.each("condition"):
        words = concept_phrase(item.child("code"))
        if words is None:
            continue
        concept = CodedConcept(text=words.text, codings=codings(item.child("code")))
        own = _condition_details(reading, item)
        found.append(
            replace(
                draft,
                named=Named(concept, words.path),
                suffix=item.path,
                details=[*common, *own, *reading.details("note", "note.text")],
            )
        )
    if not found:
        draft.details = [*common, *reading.details("note", "note.text")]
    return found or [draft]


def read_encounter(reading: Reading, draft: Draft) -> list[Draft]:
    """Complete the draft of an Encounter: its class in words."""
    for item in reading.root.each("class"):
        words = _class_words(item)
        if words and draft.named.path.startswith("class"):
            draft.named = Named(CodedConcept(text=words.text, codings=draft.named.concept.codings), words.path)
        if words:
            draft.details.insert(0, Detail(name="class", text=words.text, path=words.path))
    for item in reading.root.each("participant"):
        seen = item.child("individual") or item.child("actor")
        if field := reading.references.field(seen):
            draft.details.append(Detail(name="specialty", text=field, path=seen.child("reference").path))
    return [draft]


def read_appointment(reading: Reading, draft: Draft) -> list[Draft]:
    """Complete the draft of an Appointment: who takes part beside the patient, and where."""
    for item in reading.root.each("participant"):
        actor = item.child("actor")
        kind = reading.references.target(actor).partition("/")[0]
        words = reading.phrase(actor) if kind not in {"Patient", "RelatedPerson"} else None
        if words:
            name = "location" if kind == "Location" else "participant"
            draft.details.append(Detail(name=name, text=words.text, path=words.path))
    return [draft]


def read_care_team(reading: Reading, draft: Draft) -> list[Draft]:
    """Complete the draft of a CareTeam: who is in it, with the role."""
    for item in reading.root.each("participant"):
        member = reading.phrase(item.child("member"))
        role = concept_phrase(item.child("role").items()[0]) if item.child("role").items() else None
        if member:
            text = f"{role.text}: {member.text}" if role else member.text
            draft.details.append(Detail(name="participant", text=text, path=member.path))
            if role:
                draft.details.append(Detail(name="role", text=role.text, path=role.path))
    return [draft]


def read_questionnaire(reading: Reading, draft: Draft) -> list[Draft]:
    """Complete the draft of a QuestionnaireResponse: each question with its answer."""
    draft.details.extend(_answers(reading, reading.root, depth=0))
    return [draft]


def _answers(reading: Reading, holder: Element, *, depth: int) -> Iterator[Detail]:
    if depth > 20:  # deeper than any questionnaire; a hostile file must not exhaust the stack
        return
    for item in holder.each("item"):
        question = item.child("text").words or item.child("linkId").words
        for answer in item.each("answer"):
            for name in answer.value if isinstance(answer.value, dict) else ():
                words = reading.phrase(answer.child(name)) if name.startswith("value") else None
                if words:
                    yield Detail(name="answer", text=f"{question}: {words.text}", path=words.path)
            yield from _answers(reading, answer, depth=depth + 1)
        yield from _answers(reading, item, depth=depth + 1)


def _demographic(suffix: str, label: str, words: Phrase | None) -> Draft | None:
    if words is None:
        return None
    named = Named(CodedConcept(text=label), words.path)
    return Draft(category=Category.DEMOGRAPHIC, named=named, suffix=suffix, value=Value(text=words.text, path=words.path))


def _dated(reading: Reading, path: str) -> Phrase | None:
    moment = reading.moment(path)
    return Phrase(moment.date.written, moment.path) if moment.date else None


def _first(reading: Reading, path: str) -> Phrase | None:
    return next((words for element in reading.root.each(path) if (words := reading.phrase(element))), None)


def _name_phrase(names: Element) -> Phrase | None:
    name = person_name(names)
    return Phrase(name, names.items()[0].path) if name else None


def _nickname(item: Element) -> Phrase | None:
    """Return what a patient is called by those who know them."""
    if item.child("use").words != "nickname":
        return None
    named = (part for key in ("text", "given", "family") for part in item.child(key).items())
    return next((phrase(part) for part in named if part.words), None)


def _city(address: Element) -> Phrase | None:
    city, state = address.child("city"), address.child("state").words
    if not city.words:
        return None
    return Phrase(f"{city.words}, {state}" if state else city.words, city.path)


def _language(item: Element) -> Phrase | None:
    words = concept_phrase(item.child("language"))
    if words and item.child("preferred").value is True:
        return Phrase(f"{words.text} (preferred)", words.path)
    return words


def _telephone(item: Element) -> Phrase | None:
    return phrase(item.child("value")) if item.child("system").words in {"phone", "sms"} else None


def _contact(item: Element) -> Draft | None:
    """Return whom to call: the name, with the relationship and the telephone."""
    draft = _demographic("contact", "Contact person", _name_phrase(item.child("name")))
    if draft is None:
        return None
    relations = (concept_phrase(each) for each in item.child("relationship").items())
    phones = (_telephone(each) for each in item.child("telecom").items())
    draft.details += [Detail(name="relationship", text=words.text, path=words.path) for words in relations if words]
    draft.details += [Detail(name="telephone", text=words.text, path=words.path) for words in phones if words]
    return draft


def _extension(item: Element) -> Draft | None:
    url = item.child("url").words.rpartition("/")[2]
    if url not in _EXTENSIONS:
        return None
    return _demographic(url, _EXTENSIONS[url], _extension_words(item))


def _extension_words(item: Element) -> Phrase | None:
    """Return an extension's value; of a complex one its `text` part, else its first part with words."""
    parts = item.child("extension").items()
    for part in sorted(parts, key=lambda part: part.child("url").words != "text"):
        words = _extension_words(part)
        if words:
            return words
    for name in item.value if isinstance(item.value, dict) else ():
        if name == "valueAddress":
            return _city(item.child(name))
        if name.startswith("value"):
            return phrase(item.child(name))
    return None


def _deceased(reading: Reading) -> Draft | None:
    moment = reading.moment("deceasedDateTime")
    if moment.date:
        draft = _demographic("deceased", "Deceased", Phrase(moment.date.written, moment.path))
    else:
        draft = _demographic("deceased", "Deceased", phrase(reading.root.child("deceasedBoolean")))
    if draft is not None:
        draft.occurred = moment
        if reading.root.child("deceasedBoolean").value is False:
            draft.assertion = AssertionStatus.ABSENT
    return draft


def _condition_details(reading: Reading, item: Element) -> list[Detail]:
    paths = {
        "onset": ("onsetAge", "onsetRange", "onsetPeriod", "onsetString"),
        "outcome": ("outcome",),
        "contributed_to_death": ("contributedToDeath",),
    }
    found = []
    for name, elements in paths.items():
        for element in elements:
            words = reading.phrase(item.child(element))
            if words:
                found.append(Detail(name=name, text=words.text, path=words.path))
    found.extend(Detail(name="note", text=note.words, path=note.path) for note in item.each("note", "text") if note.words)
    return found


def _class_words(item: Element) -> Phrase | None:
    code, display = item.child("code"), item.child("display")
    if code.words in _CLASSES and display.words in {"", code.words}:
        return Phrase(f"{_CLASSES[code.words]} ({code.words})", code.path)
    return concept_phrase(item)
