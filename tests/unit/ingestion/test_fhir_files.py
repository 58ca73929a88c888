from __future__ import annotations

import json
from typing import Any

import pytest
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable
from chartcite.engine.ports import PreparedResource
from chartcite.ingestion.sources.fhir import read_fhir
from chartcite.ingestion.sources.source import ReadResource
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fhir_builders import SUBJECT, attached, bundle, facts, note, read, refused, resource, text_concept

ANN = {"resourceType": "Patient", "id": "ann", "identifier": [{"system": "mrn", "value": "7"}]}


def passages(one: PreparedResource) -> list[str]:
    return [one.documents[passage.document].text[passage.start : passage.end] for passage in one.passages]


@pytest.mark.parametrize(
    "link",
    [
        {"subject": {"reference": "Patient/ann"}},
        {"patient": {"reference": "Patient/ann/_history/3"}},
        {"beneficiary": {"reference": "https://fhir.example/r4/Patient/ann"}},
        {"subject": {"reference": "urn:uuid:0001"}},
        {"subject": {"reference": "Patient?identifier=mrn|7"}},
        {"subject": {"identifier": {"system": "mrn", "value": "7"}}},
        {"subject": {"reference": "#p"}, "contained": [{**ANN, "id": "p"}]},
        {"participant": [{"actor": {"reference": "Location/1"}}, {"actor": {"reference": "Patient/ann"}}]},
        {"target": [{"reference": "Observation/other"}]},
    ],
)
def test_finds_whose_record_it_is(link: dict[str, Any]) -> None:
    found = read(ANN, resource("Observation", "other"), {"resourceType": "Basic", "id": "b", **link}, urls=("urn:uuid:0001",))
    assert found[-1].prepared.patient_id == "ann"


@pytest.mark.parametrize(
    "link",
    [
        {},
        {"subject": {"reference": "Group/1"}},
        {"subject": {"reference": "urn:uuid:unknown"}},
        {"subject": {"reference": "Patient?identifier=mrn|8"}},
        {"subject": {"reference": "#p"}, "contained": [{"resourceType": "Patient", "id": "p"}]},
        {"subject": "Patient/ann"},
        {"subject": {"display": "Ann"}},
    ],
)
def test_a_clinical_resource_without_a_patient_is_refused(link: dict[str, Any]) -> None:
    found = refused(ANN, {"resourceType": "Condition", "id": "c", **link})
    assert (found.where, found.reason) == ("entry[1]", "Condition names no patient that can be known")


def test_an_id_that_two_patients_share_is_refused_for_the_second() -> None:
    other = {**resource("Condition", "c"), "subject": {"reference": "Patient/bob"}}
    assert "another patient" in refused(resource("Condition", "c"), other).reason


def test_bundles_on_lines_do_not_share_references() -> None:
    drug = {"resourceType": "Medication", "id": "m", "code": {"text": "Aspirin"}}
    order = resource("MedicationRequest", medicationReference={"reference": "Medication/m"})
    found = list(read_fhir(f"{bundle(drug, order)}\n{bundle({**drug, 'code': {'text': 'Warfarin'}}, order)}"))
    names = [one.prepared.facts[0].concept.text for one in found if isinstance(one, ReadResource) and one.prepared.facts]
    assert names == ["Aspirin", "Warfarin"]


def test_resources_on_lines_share_references() -> None:
    drug = {"resourceType": "Medication", "id": "m", "code": {"text": "Aspirin"}}
    order = resource("MedicationRequest", medicationReference={"reference": "Medication/m"})
    found = list(read_fhir(f"{json.dumps(order)}\n{json.dumps(drug)}"))
    assert isinstance(found[0], ReadResource)
    assert found[0].prepared.facts[0].concept.text == "Aspirin"


def test_what_is_of_no_patient_is_stored_without_facts() -> None:
    [one] = read({"resourceType": "Organization", "id": "o", "name": "Clinic"})
    assert (one.prepared.patient_id, one.prepared.facts, one.prepared.documents[0].title) == (None, (), "Clinic")


def test_the_own_json_is_the_first_document_exactly() -> None:
    raw = '{ "resourceType" : "Condition",\n "id":"c","subject":{"reference":"Patient/ann"}, "code":{"text":"Gout \\u00e9"} }'
    [one] = read_fhir(f'{{"resourceType":"Bundle","entry":[{{"resource":{raw}}}]}}')
    assert isinstance(one, ReadResource)
    assert (one.prepared.documents[0].path, one.prepared.documents[0].text) == ("", raw)


def test_a_resource_without_an_id_gets_the_same_one_each_time() -> None:
    nameless = {"resourceType": "Condition", "subject": SUBJECT, "code": {"text": "Gout"}}
    [first], [second] = read(nameless), read(nameless)
    assert first.prepared.resource == second.prepared.resource
    assert first.prepared.resource.startswith("Condition/sha256-")
    assert first.prepared.facts[0].id == first.prepared.resource


def test_a_note_becomes_a_document_with_passages() -> None:
    period = {"start": "2024-02-28"}
    [one] = read(note("n", "HPI: cough.\nPlan: rest.", author=[{"display": "Dr. Ono"}], context={"period": period}))
    document = one.prepared.documents[1]
    assert (document.path, document.title, document.kind) == ("content[0].attachment", "Progress note", "Progress note")
    assert document.text == "HPI: cough.\nPlan: rest."
    assert document.occurred is not None
    assert document.recorded is not None
    assert (document.occurred.written, document.recorded.day, document.author) == ("2024-02-28", "2024-03-01", "Dr. Ono")
    assert passages(one.prepared) == ["HPI: cough.", "Plan: rest."]
    assert one.prepared.passages[1].embed_text == "Progress note - Plan\nPlan: rest."


@pytest.mark.parametrize(
    ("attachment", "text", "reasons"),
    [
        (attached("plain", "text/plain; charset=utf-8"), "plain", 0),
        (attached("# md", "text/markdown"), "# md", 0),
        (attached("no type", None), "no type", 0),
        (attached("<p>One<br>two</p><ul><li>three</li></ul><script>x</script>", "text/html"), "One\ntwo\n\n- three", 0),
        (attached("caf\xe9".encode("latin-1")), "café", 1),
        (attached(b"%PDF", "application/pdf"), None, 1),
        (attached(b"\xff\xd8\x00", None), None, 1),
        (attached(b"a\x00b"), None, 1),
        ({"contentType": "text/plain", "data": "not base64!"}, None, 1),
        ({"contentType": "text/plain", "url": "https://elsewhere.example/1"}, None, 1),
        ({"contentType": "text/plain"}, None, 0),
    ],
)
def test_attachments_are_read_or_the_reason_is_told(attachment: dict[str, Any], text: str | None, reasons: int) -> None:
    [one] = read(note("n", "", content=[{"attachment": attachment}]))
    assert [document.text for document in one.prepared.documents[1:]] == ([] if text is None else [text])
    assert len(one.notes) == reasons
    assert len(one.prepared.facts) == 1


def test_an_attachment_in_a_binary_of_the_file_is_read_once() -> None:
    binary = {"resourceType": "Binary", "id": "b", **attached("Cough.")}
    found = read(binary, note("n", "", content=[{"attachment": {"url": "Binary/b"}}]))
    assert found[0].prepared.patient_id == "ann"
    assert passages(found[0].prepared) == []
    assert passages(found[1].prepared) == ["Cough."]


def report(identity: str, text: str, when: str = "2024-03-01") -> dict[str, Any]:
    code = text_concept("Progress note")
    return resource("DiagnosticReport", identity, code=code, effectiveDateTime=when, presentedForm=[attached(text)])


def test_a_note_that_is_sent_twice_on_a_day_is_told_once_by_the_note() -> None:
    found = read(report("r", "Cough."), note("n", "Cough."), note("copy", "Cough.\n"))
    assert [passages(one.prepared) for one in found] == [[], ["Cough."], []]
    assert all(len(one.prepared.documents) == 2 for one in found)


def test_a_note_that_is_copied_to_another_day_is_told_again() -> None:
    found = read(report("r", "Cough.", "2024-03-02"), note("n", "Cough."))
    assert [passages(one.prepared) for one in found] == [["Cough."], ["Cough."]]


def test_the_same_words_about_two_patients_are_told_for_both() -> None:
    found = read(note("n", "Cough."), note("m", "Cough.", subject={"reference": "Patient/bob"}))
    assert [passages(one.prepared) for one in found] == [["Cough."], ["Cough."]]


def test_a_note_entered_in_error_is_kept_but_not_searched() -> None:
    [one] = read(note("n", "Cough.", status="entered-in-error"))
    assert (len(one.prepared.documents), one.prepared.passages) == (2, ())


def test_remarks_conclusions_and_sections_are_narrative() -> None:
    found = read(
        resource("Condition", code=text_concept("Gout"), note=[{"text": "Left toe."}]),
        resource("DiagnosticReport", code=text_concept("CT"), conclusion="No stone."),
        resource("Composition", type=text_concept("Summary"), date="2024", section=[
            {"title": "Course", "text": {"div": "<div>Well.</div>"}, "section": [{"text": {"div": "<div>Home.</div>"}}]}]),
        resource("Observation", code=text_concept("Story"), valueString="Long ago. " * 20),
        resource("CarePlan", title="Plan", text={"div": "<div>Walk.</div>"}),
    )  # fmt: skip
    told = [(document.path, document.title) for one in found for document in one.prepared.documents[1:]]
    assert told == [
        ("note[0].text", "Note on Gout"),
        ("conclusion", "Conclusion of CT"),
        ("section[0].text.div", "Summary: Course"),
        ("section[0].section[0].text.div", "Summary"),
        ("valueString", "Story"),
        ("text.div", "Plan"),
    ]
    assert passages(found[2].prepared) == ["Well.", "Home."]


def test_what_cannot_be_stored_is_refused_without_its_words() -> None:
    found = refused(resource("Condition", code=text_concept("secret \ud800")))
    assert "Condition holds what cannot be stored" in found.reason
    assert "secret" not in found.reason


SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["coding", "code", "text", "value", "reference", "start", "display", "item", "answer", "data"]), inner
        )
    ),
    max_leaves=6,
)
KINDS = ["Patient", "Observation", "MedicationRequest", "FamilyMemberHistory", "DocumentReference", "Encounter", "CarePlan",
         "Composition", "QuestionnaireResponse", "AllergyIntolerance", "Provenance", "Binary", "Goal"]  # fmt: skip
NAMES = ["code", "status", "subject", "component", "valueQuantity", "dosageInstruction", "name", "condition", "content",
         "onsetDateTime", "section", "note", "extension", "class", "category", "contained", "item", "target", "text",
         "medicationReference", "referenceRange", "presentedForm", "data", "identifier", "verificationStatus"]  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(NAMES), SHAPES, max_size=4))
def test_any_shape_of_resource_is_read_or_refused(kind: str, elements: dict[str, Any]) -> None:
    [found] = read_fhir(json.dumps({"resourceType": kind, "id": "x", "patient": SUBJECT, **elements}))
    assert isinstance(found, (ReadResource, Unreadable))


def test_a_file_that_is_not_json_is_rejected() -> None:
    with pytest.raises(SourceRejectedError):
        list(read_fhir("hello"))


def test_every_resource_of_a_file_is_accounted_for() -> None:
    text = bundle(ANN, resource("Condition"), {"resourceType": "Condition", "id": "lost"}, {"no": "type"})
    assert [type(one).__name__ for one in read_fhir(text)] == ["ReadResource", "ReadResource", "Unreadable", "Unreadable"]
    assert len(facts(ANN, resource("Condition"))) == 1
