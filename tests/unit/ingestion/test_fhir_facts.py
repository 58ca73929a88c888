from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.elements import locate

from tests.fhir_builders import coded, details, fact, facts, read, resource, text_concept

MILD = {"value": 1, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}


def test_a_condition_keeps_its_words_codes_status_and_times() -> None:
    found = fact(
        "Condition",
        code={"coding": [{"system": "http://snomed.info/sct", "code": "195967001", "display": "Asthma"}], "text": "Mild asthma"},
        clinicalStatus=coded("resolved"),
        verificationStatus=coded("confirmed"),
        onsetDateTime="2020-05",
        abatementDateTime="2022",
        recordedDate="2020-06-01",
        recorder={"display": "Dr. Ono"},
        encounter={"reference": "Encounter/e1"},
        note=[{"text": "worse in spring"}],
    )  # fmt: skip
    assert (found.id, found.category, found.assertion) == ("Condition/x", Category.CONDITION, AssertionStatus.PRESENT)
    assert (found.concept.text, found.concept_path) == ("Mild asthma", "code.text")
    assert [(coding.code, coding.display) for coding in found.concept.codings] == [("195967001", "Asthma")]
    assert (found.status, found.status_path) == ("resolved", "clinicalStatus.coding[0].code")
    assert found.occurred is not None
    assert (found.occurred.written, found.occurred_path) == ("2020-05", "onsetDateTime")
    assert found.ended is not None
    assert (found.ended.written, found.ended_path) == ("2022", "abatementDateTime")
    assert found.recorded is not None
    assert found.recorded.written == "2020-06-01"
    assert (found.author, found.encounter) == ("Dr. Ono", "Encounter/e1")
    assert details(found) == {"verification": "confirmed", "note": "worse in spring"}


@pytest.mark.parametrize(
    ("code", "text", "path"),
    [
        ({"text": "words", "coding": [{"code": "1", "display": "shown"}]}, "words", "code.text"),
        ({"coding": [{"code": "1"}, {"code": "2", "display": "shown"}]}, "shown", "code.coding[1].display"),
        ({"coding": [{"system": "http://loinc.org", "code": "4548-4"}]}, "http://loinc.org|4548-4", "code.coding[0].code"),
        ({"coding": [{"code": "local"}]}, "local", "code.coding[0].code"),
        ({"text": "  padded "}, "padded", "code.text"),
        ({"text": " "}, "Condition", "resourceType"),
        ("not a concept", "not a concept", "code"),
        (["wrong", "shape"], "wrong", "code[0]"),
        (7, "7", "code"),
    ],
)  # fmt: skip
def test_a_concept_is_named_by_the_best_words_there_are(code: Any, text: str, path: str) -> None:
    found = fact("Condition", code=code)
    assert (found.concept.text, found.concept_path) == (text, path)


@pytest.mark.parametrize(
    ("kind", "elements", "assertion"),
    [
        ("Condition", {"verificationStatus": coded("refuted")}, AssertionStatus.ABSENT),
        ("Condition", {"verificationStatus": coded("entered-in-error")}, AssertionStatus.ENTERED_IN_ERROR),
        ("Condition", {"verificationStatus": coded("provisional")}, AssertionStatus.POSSIBLE),
        ("Condition", {"verificationStatus": coded("differential")}, AssertionStatus.POSSIBLE),
        ("AllergyIntolerance", {"verificationStatus": coded("unconfirmed")}, AssertionStatus.POSSIBLE),
        ("Observation", {"status": "entered-in-error"}, AssertionStatus.ENTERED_IN_ERROR),
        ("Immunization", {"status": "not-done"}, AssertionStatus.ABSENT),
        ("Procedure", {"status": "not-done"}, AssertionStatus.ABSENT),
        ("MedicationStatement", {"status": "not-taken"}, AssertionStatus.ABSENT),
        ("MedicationRequest", {"status": "active", "intent": "proposal"}, AssertionStatus.HYPOTHETICAL),
        ("MedicationRequest", {"status": "active", "intent": "order"}, AssertionStatus.PRESENT),
        ("ServiceRequest", {"doNotPerform": True}, AssertionStatus.ABSENT),
        ("Goal", {"lifecycleStatus": "entered-in-error"}, AssertionStatus.ENTERED_IN_ERROR),
        ("Flag", {"status": "entered-in-error"}, AssertionStatus.ENTERED_IN_ERROR),
        ("FamilyMemberHistory", {"status": "entered-in-error"}, AssertionStatus.ENTERED_IN_ERROR),
        ("FamilyMemberHistory", {"status": "completed"}, AssertionStatus.FAMILY),
    ],
)
def test_says_whether_it_holds_for_this_patient(kind: str, elements: dict[str, Any], assertion: AssertionStatus) -> None:
    assert fact(kind, **elements).assertion is assertion


@pytest.mark.parametrize(
    ("code", "assertion"),
    [
        (coded("716186003", "http://snomed.info/sct"), AssertionStatus.ABSENT),
        (coded("409137002", "http://snomed.info/sct"), AssertionStatus.ABSENT),
        (text_concept("No Known Drug Allergies"), AssertionStatus.ABSENT),
        (text_concept("NKDA"), AssertionStatus.ABSENT),
        (text_concept("Penicillin"), AssertionStatus.PRESENT),
        (text_concept("Allergy to nuts"), AssertionStatus.PRESENT),
    ],
)
def test_no_known_allergy_is_a_documented_absence(code: dict[str, Any], assertion: AssertionStatus) -> None:
    assert fact("AllergyIntolerance", code=code).assertion is assertion


def test_an_allergy_tells_reaction_and_severity() -> None:
    found = fact(
        "AllergyIntolerance",
        code=text_concept("Penicillin"),
        criticality="high",
        reaction=[{"manifestation": [text_concept("hives"), text_concept("wheeze")], "severity": "severe"}],
    )
    assert [(one.name, one.text, one.path) for one in found.details][:3] == [
        ("reaction", "hives", "reaction[0].manifestation[0].text"),
        ("reaction", "wheeze", "reaction[0].manifestation[1].text"),
        ("severity", "severe", "reaction[0].severity"),
    ]


def observation(**elements: Any) -> Fact:
    return fact("Observation", status="final", code=text_concept("A1c"), **elements)


def test_a_quantity_keeps_its_digits_unit_and_comparator() -> None:
    [one] = read(resource("Observation", code=text_concept("A1c"), valueQuantity={**MILD, "comparator": "<"}))
    raw = (
        '{"resourceType":"Observation","id":"o","subject":{"reference":"Patient/ann"},"valueQuantity":{"value":7.10,"unit":"%"}}'
    )
    value = one.prepared.facts[0].value
    assert value is not None
    assert value.quantity is not None
    assert (value.shown, value.path, value.quantity.ucum) == ("<1 mg", "valueQuantity.value", "mg")
    [exact] = facts_of_text(raw)
    assert exact.value is not None
    assert exact.value.quantity is not None
    assert (exact.value.quantity.written, exact.value.quantity.value) == ("7.10", Decimal("7.10"))


def facts_of_text(raw: str) -> list[Fact]:
    from chartcite.ingestion.sources.fhir import read_fhir
    from chartcite.ingestion.sources.source import ReadResource

    return [fact for one in read_fhir(raw) if isinstance(one, ReadResource) for fact in one.prepared.facts]


@pytest.mark.parametrize("written", ["1.2e3", "7.10e-3", "710E-2", "7.1e1", "0.00710", "0.0000001", "-1.50e+2"])
def test_a_number_is_kept_as_written_and_exact(written: str) -> None:
    raw = f'{{"resourceType":"Observation","id":"o","subject":{{"reference":"Patient/a"}},"valueQuantity":{{"value":{written}}},'
    [found] = facts_of_text(raw + f'"referenceRange":[{{"low":{{"value":{written}}}}}]}}')
    assert found.value is not None
    assert found.value.quantity is not None
    assert (found.value.quantity.written, found.value.quantity.value) == (written, Decimal(written))
    assert type(found.value.quantity.value) is Decimal
    assert found.range_low == Decimal(written)


@pytest.mark.parametrize(
    ("elements", "shown", "path"),
    [
        ({"valueCodeableConcept": text_concept("Never smoker")}, "Never smoker", "valueCodeableConcept.text"),
        ({"valueString": "trace"}, "trace", "valueString"),
        ({"valueBoolean": False}, "false", "valueBoolean"),
        ({"valueInteger": 0}, "0", "valueInteger"),
        ({"valueDateTime": "2024-01-02"}, "2024-01-02", "valueDateTime"),
        ({"valueTime": "08:00:00"}, "08:00:00", "valueTime"),
        ({"valueRange": {"low": {"value": 1}, "high": {"value": 4, "unit": "mg"}}}, "1 - 4 mg", "valueRange"),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 64}}}, "1 per 64", "valueRatio"),
        ({"valuePeriod": {"start": "2024-01", "end": "2024-02"}}, "2024-01 to 2024-02", "valuePeriod"),
        ({"valueSampledData": {"data": "1 2"}}, "sampled data", "valueSampledData"),
        ({"dataAbsentReason": coded("unknown")}, "not available: unknown", "dataAbsentReason.coding[0].code"),
        ({"dataAbsentReason": text_concept("clotted")}, "not available: clotted", "dataAbsentReason.text"),
    ],
)
def test_reads_every_type_of_value(elements: dict[str, Any], shown: str, path: str) -> None:
    value = observation(**elements).value
    assert value is not None
    assert (value.shown, value.path) == (shown, path)


def test_an_observation_without_a_value_has_none() -> None:
    assert observation(valueQuantity={"unit": "mg"}).value is None


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("laboratory", Category.LABORATORY),
        ("vital-signs", Category.VITAL_SIGN),
        ("social-history", Category.SOCIAL_HISTORY),
        ("survey", Category.SURVEY),
        ("imaging", Category.OBSERVATION),
    ],
)
def test_an_observation_is_filed_by_its_category(code: str, category: Category) -> None:
    assert observation(category=[coded("other"), coded(code)]).category is category


def test_components_are_measured_parts() -> None:
    parts = [
        {"code": text_concept("Systolic"), "valueQuantity": {"value": 120, "unit": "mm[Hg]"}},
        {"code": text_concept("Diastolic"), "dataAbsentReason": text_concept("cuff error")},
    ]
    found = observation(component=parts).components
    assert [(one.concept.text, one.concept_path) for one in found] == [
        ("Systolic", "component[0].code.text"),
        ("Diastolic", "component[1].code.text"),
    ]
    assert [one.value.path for one in found if one.value] == [
        "component[0].valueQuantity.value",
        "component[1].dataAbsentReason.text",
    ]


@pytest.mark.parametrize(
    ("given", "words", "low", "high"),
    [
        ({"low": {"value": 4}, "high": {"value": 5.6, "unit": "%"}}, "4-5.6 %", "4", "5.6"),
        ({"high": {"value": 5, "unit": "mg"}}, "<= 5 mg", None, "5"),
        ({"low": {"value": 60, "unit": "mL"}}, ">= 60 mL", "60", None),
        ({"text": "negative"}, "negative", None, None),
    ],
)
def test_the_reference_range_is_kept_in_words_and_numbers(
    given: dict[str, Any], words: str, low: str | None, high: str | None
) -> None:
    found = observation(referenceRange=[given], interpretation=[coded("H")])
    assert (found.reference_range, found.interpretation) == (words, "H")
    assert (found.range_low, found.range_high) == (low and Decimal(low), high and Decimal(high))


def medication(kind: str = "MedicationRequest", **elements: Any) -> Fact:
    return fact(kind, medicationCodeableConcept=text_concept("Furosemide 40 mg"), **elements)


def test_a_dosage_tells_dose_route_frequency_and_need() -> None:
    dosage = {
        "text": "1 tab by mouth twice daily as needed",
        "route": text_concept("oral"),
        "doseAndRate": [{"doseQuantity": {"value": 40, "unit": "mg"}}],
        "timing": {"repeat": {"frequency": 2, "period": 1.0, "periodUnit": "d"}},
        "asNeededBoolean": True,
    }
    found = medication(dosageInstruction=[dosage], reasonCode=[text_concept("edema")], statusReason=text_concept("cramps"))
    told = details(found)
    assert told["dose"] == "40 mg"
    assert told["instructions"] == "1 tab by mouth twice daily as needed"
    assert (told["route"], told["frequency"], told["as_needed"]) == ("oral", "2 times every 1 day", "as needed")
    assert (told["reason"], told["status_reason"]) == ("edema", "cramps")


def test_a_dose_in_words_only_is_still_a_dose() -> None:
    found = medication("MedicationStatement", dosage=[{"text": "1 gummy at bedtime"}])
    assert found.detail("dose") == found.details[0]
    assert found.details[0].path == "dosage[0].text"


def bounds(start: str | None, end: str | None) -> dict[str, Any]:
    period = {name: one for name, one in (("start", start), ("end", end)) if one}
    return {"timing": {"repeat": {"boundsPeriod": period}}}


@pytest.mark.parametrize(
    ("kind", "elements", "started", "ended"),
    [
        ("MedicationRequest", {"authoredOn": "2024-01-01"}, "2024-01-01", None),
        ("MedicationRequest", {"dosageInstruction": [bounds("2024-01-02", "2024-02")]}, "2024-01-02", "2024-02"),
        ("MedicationRequest", {"dosageInstruction": [bounds("2024", "2024-02"), bounds("2024-02", None)]}, "2024", None),
        ("MedicationRequest", {"dosageInstruction": [bounds("2024-02", "2024-03"), bounds("2024", "2024")]}, "2024", "2024"),
        ("MedicationRequest", {"dispenseRequest": {"validityPeriod": {"end": "2025"}}}, None, "2025"),
        ("MedicationStatement", {"effectivePeriod": {"start": "2023", "end": "2024"}}, "2023", "2024"),
        ("MedicationDispense", {"whenHandedOver": "2024-05-05"}, "2024-05-05", None),
        ("MedicationAdministration", {"effectiveDateTime": "2024-05-05"}, "2024-05-05", None),
    ],
)  # fmt: skip
def test_a_medication_begins_and_ends_when_the_record_says(
    kind: str, elements: dict[str, Any], started: str | None, ended: str | None
) -> None:
    found = medication(kind, **elements)
    assert (found.occurred and found.occurred.written, found.ended and found.ended.written) == (started, ended)


def test_a_medication_reference_is_resolved() -> None:
    drug = {"resourceType": "Medication", "id": "m", "code": coded("723", "rx", display="Amoxicillin")}
    inside = resource("MedicationRequest", "in", contained=[drug], medicationReference={"reference": "#m"})
    beside = resource("MedicationRequest", "out", medicationReference={"reference": "Medication/m"})
    shown = resource("MedicationRequest", "shown", medicationReference={"reference": "Medication/m", "display": "Amox"})
    found = facts(drug, inside, beside, shown)
    assert [(one.concept.text, one.concept_path, one.concept.codings[0].code) for one in found] == [
        ("Amoxicillin", "contained[0].code.coding[0].display", "723"),
        ("Amoxicillin", "medicationReference.reference", "723"),
        ("Amox", "medicationReference.display", "723"),
    ]


def test_the_patient_gives_demographic_facts_and_no_telephone() -> None:
    race = {"url": "http://hl7.org/us-core-race", "extension": [
        {"url": "ombCategory", "valueCoding": {"code": "2106-3", "display": "White"}}, {"url": "text", "valueString": "Pale"},
    ]}  # fmt: skip
    [one] = read({
        "resourceType": "Patient", "id": "ann", "name": [{"given": ["Ann"], "family": "Li"}], "gender": "female",
        "birthDate": "1980-02-03", "deceasedBoolean": False, "telecom": [{"value": "555-1234"}],
        "address": [{"city": "Lund", "state": "SE"}], "extension": [race],
        "communication": [{"language": {"text": "Swedish"}, "preferred": True}],
    })  # fmt: skip
    told = {fact.concept.text: (fact.value.shown, fact.value.path) for fact in one.prepared.facts if fact.value}
    assert told == {
        "Name": ("Ann Li", "name[0]"),
        "Date of birth": ("1980-02-03", "birthDate"),
        "Gender": ("female", "gender"),
        "Address": ("Lund, SE", "address[0].city"),
        "Language": ("Swedish (preferred)", "communication[0].language.text"),
        "Race": ("Pale", "extension[0].extension[1].valueString"),
        "Deceased": ("false", "deceasedBoolean"),
    }
    assert one.prepared.patient is not None
    assert (one.prepared.patient.id, one.prepared.patient.gender) == ("ann", "female")
    assert len({fact.id for fact in one.prepared.facts}) == 7


def test_family_history_gives_one_fact_for_each_condition() -> None:
    found = facts(
        {
            "resourceType": "FamilyMemberHistory", "id": "mother", "patient": {"reference": "Patient/ann"}, "status": "completed",
            "relationship": text_concept("Mother"), "deceasedAge": {"value": 70, "unit": "a"},
            "condition": [
                {"code": text_concept("Breast cancer"), "onsetAge": {"value": 52, "unit": "years"}},
                {"code": text_concept("Asthma"), "outcome": text_concept("resolved")},
            ],
        }
    )  # fmt: skip
    assert [(one.id, one.concept.text) for one in found] == [
        ("FamilyMemberHistory/mother#condition[0]", "Breast cancer"),
        ("FamilyMemberHistory/mother#condition[1]", "Asthma"),
    ]
    assert {one.assertion for one in found} == {AssertionStatus.FAMILY}
    assert details(found[0]) == {"relationship": "Mother", "deceased": "70 years", "onset": "52 years"}
    assert details(found[1])["outcome"] == "resolved"


def test_an_encounter_says_its_class_in_words() -> None:
    found = fact("Encounter", **{"class": {"code": "EMER"}, "period": {"start": "2024-01-01", "end": "2024-01-02"}})
    assert (found.concept.text, found.details[0].text) == ("emergency (EMER)", "emergency (EMER)")
    assert found.ended is not None
    assert found.ended.written == "2024-01-02"


def test_an_author_without_a_display_is_called_by_name() -> None:
    doctor = {"resourceType": "Practitioner", "id": "d", "name": [{"prefix": ["Dr."], "family": "Ono"}]}
    order = resource("ServiceRequest", code=text_concept("CT"), requester={"reference": "Practitioner/d"})
    [found] = facts(doctor, order)
    assert (found.author, details(found)["requester"]) == ("Dr. Ono", "Dr. Ono")


@pytest.mark.parametrize(
    ("kind", "elements", "category", "concept"),
    [
        ("CarePlan", {"category": [coded("assess-plan"), text_concept("Diabetes plan")]}, Category.CARE_PLAN, "Diabetes plan"),
        ("CareTeam", {"name": "Heart team"}, Category.CARE_TEAM, "Heart team"),
        ("Goal", {"description": text_concept("Walk daily")}, Category.GOAL, "Walk daily"),
        ("ServiceRequest", {"code": text_concept("Colonoscopy")}, Category.ORDER, "Colonoscopy"),
        ("Coverage", {"payor": [{"display": "Medicare"}]}, Category.COVERAGE, "Medicare"),
        ("DiagnosticReport", {"code": text_concept("CBC")}, Category.REPORT, "CBC"),
        ("Device", {"type": text_concept("Pacemaker")}, Category.OTHER, "Pacemaker"),
        ("ImagingStudy", {"description": "Chest CT"}, Category.OTHER, "Chest CT"),
        ("Flag", {"code": text_concept("Fall risk")}, Category.OTHER, "Fall risk"),
        ("NewType", {}, Category.OTHER, "NewType"),
    ],
)
def test_every_type_of_a_patient_gives_a_fact(kind: str, elements: dict[str, Any], category: Category, concept: str) -> None:
    found = fact(kind, **elements)
    assert (found.category, found.concept.text) == (category, concept)


def test_a_questionnaire_tells_each_answer_with_its_question() -> None:
    items = [{"text": "Mood", "item": [{"text": "Low?", "answer": [{"valueCoding": {"display": "Never"}}]}]}]
    found = fact("QuestionnaireResponse", questionnaire="http://q", item=items)
    assert [(one.text, one.path) for one in found.details] == [("Low?: Never", "item[0].item[0].answer[0].valueCoding.display")]


def test_a_bad_date_is_noted_and_the_fact_kept() -> None:
    [one] = read(resource("Condition", code=text_concept("Gout"), onsetDateTime="last spring", recordedDate="2024-02-31"))
    assert one.prepared.facts[0].occurred is None
    assert [note.where for note in one.notes] == ["onsetDateTime", "recordedDate"]


def test_every_path_resolves_in_the_resource() -> None:
    [one] = read(
        resource("MedicationRequest", medicationCodeableConcept=coded("1", "rx"), reasonReference=[{"reference": "Condition/1"}],
                 dosageInstruction=[{"asNeededBoolean": True, "doseAndRate": [{"doseRange": {"low": {"value": 1}}}]}])
    )  # fmt: skip
    raw = one.prepared.documents[0].text
    paths = [detail.path for fact in one.prepared.facts for detail in fact.details] + [one.prepared.facts[0].concept_path]
    assert len(paths) >= 4
    assert all(locate(raw, path) for path in paths)
