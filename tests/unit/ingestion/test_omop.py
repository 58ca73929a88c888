"""OMOP CDM tables: one row, one resource, every word cited where it stands."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import BinaryIO

import pytest
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.elements import Unreadable, locate
from chartcite.ingestion.sources import omop_names
from chartcite.ingestion.sources.formats import format_of
from chartcite.ingestion.sources.source import HEAD_BYTES, Folder, Given, ReadResource, SourceFile
from hypothesis import given
from hypothesis import strategies as st

CONCEPT = (
    "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code\t"
    "valid_start_date\tvalid_end_date\tinvalid_reason\n"
)


def concept(number: int, name: str, vocabulary: str, code: str) -> str:
    return f"{number}\t{name}\tx\t{vocabulary}\tx\tS\t{code}\t19700101\t20991231\t\n"


VOCABULARY = (
    CONCEPT
    + concept(320128, "Essential hypertension", "SNOMED", "59621000")
    + concept(3004249, "Systolic blood pressure", "LOINC", "8480-6")
    + concept(3016723, 'Creatinine "serum"', "LOINC", "2160-0")
    + concept(8840, "milligram per deciliter", "UCUM", "mg/dL")
    + concept(9191, "Positive", "SNOMED", "10828004")
    + concept(40213154, "influenza, seasonal", "CVX", "141")
    + concept(1308216, "lisinopril 10 MG Oral Tablet", "RxNorm", "314076")
    + concept(4132161, "Oral", "SNOMED", "26643006")
    + concept(44814653, "Unknown", "Note Type", "OMOP1")
    + concept(706531, "Discharge summary", "LOINC", "18842-5")
    + concept(4167217, "Family history of diabetes mellitus", "SNOMED", "160303001")
    + concept(44786627, "Provisional diagnosis", "Condition Status", "x")
)
PERSON = (
    "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,birth_datetime,race_concept_id,"
    "ethnicity_concept_id,location_id,provider_id,person_source_value\n"
    "7,8532,1963,12,31,1963-12-31 00:00:00,8527,38003564,5,9,MRN-1\n"
)
CONDITION = (
    "CONDITION_OCCURRENCE_ID,PERSON_ID,CONDITION_CONCEPT_ID,CONDITION_START_DATE,CONDITION_START_DATETIME,"
    "CONDITION_END_DATE,CONDITION_STATUS_CONCEPT_ID,STOP_REASON,PROVIDER_ID,VISIT_OCCURRENCE_ID,CONDITION_SOURCE_VALUE\n"
)
MEASUREMENT = (
    "measurement_id,person_id,measurement_concept_id,measurement_date,measurement_datetime,operator_concept_id,"
    "value_as_number,value_as_concept_id,unit_concept_id,range_low,range_high,measurement_source_value,unit_source_value,"
    "value_source_value\n"
)
DRUG = (
    "drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,drug_exposure_end_date,stop_reason,refills,"
    "quantity,days_supply,sig,route_concept_id,drug_source_value\n"
)
NOTE = (
    "note_id,person_id,note_date,note_datetime,note_type_concept_id,note_class_concept_id,note_title,note_text,provider_id,"
    "visit_occurrence_id\n"
)
PROVIDER = "provider_id,provider_name,npi\n9,Dr. Ada Byrne,\n"
LOCATION = "location_id,address_1,city,state\n5,1 Elm,Boston,MA\n"


def folder_of(files: Mapping[str, str]) -> Folder:
    return Folder({name: _opener(text.encode()) for name, text in files.items()})


def _opener(raw: bytes) -> Callable[[], BinaryIO]:
    return lambda: io.BytesIO(raw)


FULL = {"CONCEPT.csv": VOCABULARY, "provider.csv": PROVIDER, "location.csv": LOCATION}


def read(text: str, files: Mapping[str, str] | None = FULL, name: str = "t.csv") -> list[ReadResource | Unreadable]:
    raw = text.encode()
    folder = None if files is None else folder_of({**files, name: text})
    source = SourceFile(f"cdm/{name}", name, raw[:HEAD_BYTES], len(raw), lambda: io.BytesIO(raw), folder=folder)
    found = format_of(source)
    assert found.name == "OMOP CDM table (CSV)"
    return [one for one in found.read(source) if isinstance(one, (ReadResource, Unreadable))]


def one(text: str, files: Mapping[str, str] | None = FULL) -> ReadResource:
    [found] = read(text, files)
    assert isinstance(found, ReadResource)
    return found


def fact(found: ReadResource) -> Fact:
    [only] = found.prepared.facts
    return only


def cited(found: ReadResource, path: str) -> str:
    text = found.prepared.documents[0].text
    span = locate(text, path)
    assert span is not None, path
    return text[slice(*span)]


def test_a_person_becomes_a_patient_with_cited_demographics() -> None:
    found = one(PERSON)
    assert (found.prepared.resource, found.prepared.patient_id) == ("person/7", "7")
    patient = found.prepared.patient
    assert patient is not None
    assert (patient.gender, patient.birth_date and patient.birth_date.written) == ("female", "1963-12-31")
    told = {fact.concept.text: (fact.value.text, cited(found, fact.value.path)) for fact in found.prepared.facts if fact.value}
    assert told == {
        "Date of birth": ("1963-12-31", "1963-12-31 00:00:00"),
        "Gender": ("female", "8532"),
        "Race": ("White", "8527"),
        "Ethnicity": ("Not Hispanic or Latino", "38003564"),
        "Address": ("Boston, MA", "5"),
        "Primary care provider": ("Dr. Ada Byrne", "9"),
    }
    assert found.prepared.documents[0].text == PERSON.rstrip("\n")


@pytest.mark.parametrize(
    ("parts", "born"),
    [
        ("1963,,,", "1963"),
        ("1963,5,,", "1963-05"),
        ("1963,5,9,", "1963-05-09"),
        ("1963,5,9,1963-05-09", "1963-05-09"),
        ("1963,5,9,1970-01-01", "1963-05-09"),
        ("1963,13,1,", None),
        (",,,", None),
    ],
)
def test_a_birth_is_as_exact_as_its_row(parts: str, born: str | None) -> None:
    found = one(f"person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,birth_datetime\n7,0,{parts}\n", None)
    patient = found.prepared.patient
    assert patient is not None
    assert (patient.birth_date.written if patient.birth_date else None) == born
    assert bool(found.notes) == (parts == "1963,13,1,")


def test_a_condition_has_name_codes_dates_and_visit() -> None:
    found = one(CONDITION + "1,7,320128,2020-03-04,2020-03-04 00:00:00,2021-01-01,44786627,better,9,55,I10\n")
    condition = fact(found)
    assert (condition.category, condition.concept.text) == (Category.CONDITION, "Essential hypertension")
    assert [(coding.system, coding.code) for coding in condition.concept.codings] == [("http://snomed.info/sct", "59621000")]
    assert cited(found, condition.concept_path) == "320128"
    assert condition.occurred is not None
    assert (condition.occurred.written, cited(found, condition.occurred_path)) == ("2020-03-04", "2020-03-04")
    assert condition.ended is not None
    assert cited(found, condition.ended_path) == "2021-01-01"
    assert (condition.encounter, condition.author) == ("visit_occurrence/55", "Dr. Ada Byrne")
    assert condition.assertion is AssertionStatus.POSSIBLE
    assert {detail.name: cited(found, detail.path) for detail in condition.details}["stop_reason"] == "better"


def test_without_a_vocabulary_the_words_of_the_source_stand_in() -> None:
    found = one(CONDITION + "1,7,320128,2020-03-04,,,,,,,Hypertension\n", None)
    assert (fact(found).concept.text, cited(found, fact(found).concept_path)) == ("Hypertension", "Hypertension")
    assert fact(found).concept.codings == ()


def test_an_unknown_concept_without_words_is_kept_under_its_number_with_a_note() -> None:
    found = one(CONDITION + "1,7,999,2020-03-04,,,,,,,\n")
    assert fact(found).concept.text == "concept 999"
    assert "CONCEPT.csv" in found.notes[0].reason


def test_a_row_that_names_nothing_is_kept_without_a_fact() -> None:
    found = one(CONDITION + "1,7,0,2020-03-04,,,,,,,\n")
    assert found.prepared.facts == ()
    assert found.notes


def test_a_measurement_has_number_unit_and_range() -> None:
    found = one(MEASUREMENT + "1,7,3016723,2020-03-04,2020-03-04 07:30:00,4172703,1.10,0,8840,0.6,1.2,CREA,,1.10\n")
    lab = fact(found)
    assert (lab.category, lab.concept.text) == (Category.LABORATORY, 'Creatinine "serum"')
    assert lab.value is not None
    assert lab.value.quantity is not None
    assert (lab.value.quantity.written, lab.value.quantity.unit, lab.value.quantity.ucum) == ("1.10", "mg/dL", "mg/dL")
    assert cited(found, lab.value.path) == "1.10"
    assert (lab.reference_range, lab.range_low, lab.range_high) == ("0.6-1.2 mg/dL", Decimal("0.6"), Decimal("1.2"))
    assert lab.occurred is not None
    assert lab.occurred.written == "2020-03-04T07:30:00"
    assert {detail.name: cited(found, detail.path) for detail in lab.details} == {"reference_range": "0.6,1.2", "unit": "8840"}
    assert lab.value.quantity.comparator == ""


@pytest.mark.parametrize(
    ("operator", "source_value", "comparator"),
    [("4171756", "", "<"), ("4171755", "", ">="), ("", "<5", "<"), ("0", "≥ 5.0", ">="), ("", "<7", ""), ("", "5", "")],
)
def test_a_comparator_is_never_lost(operator: str, source_value: str, comparator: str) -> None:
    found = one(MEASUREMENT + f"1,7,3016723,2020-03-04,,{operator},5,,,,,,ng/mL,{source_value}\n")
    value = fact(found).value
    assert value is not None
    assert value.quantity is not None
    assert value.quantity.comparator == comparator


def test_values_that_are_no_number_are_concepts_or_words() -> None:
    positive = fact(one(MEASUREMENT + "1,7,3016723,2020-03-04,,,,9191,,,,,,pos\n"))
    assert positive.value is not None
    assert positive.value.concept is not None
    assert positive.value.concept.text == "Positive"
    bad = one(MEASUREMENT + "1,7,3016723,2020-03-04,,,1.2.3,,,,,,,trace\n")
    assert fact(bad).value is not None
    assert fact(bad).value.text == "trace"  # type: ignore[union-attr]
    assert bad.notes[0].reason.startswith("not a number")
    unknown = one(MEASUREMENT + "1,7,3016723,2020-03-04,,,4,,777,,,,,\n")
    assert fact(unknown).value.quantity.unit == "concept 777"  # type: ignore[union-attr]
    assert unknown.notes


def test_vital_signs_vaccines_and_family_history_have_their_own_categories() -> None:
    assert fact(one(MEASUREMENT + "1,7,3004249,2020-03-04,,,120,,,,,,mmHg,\n")).category is Category.VITAL_SIGN
    assert fact(one(DRUG + "1,7,40213154,2020-03-04,2020-03-04,,,,,,,\n")).category is Category.IMMUNIZATION
    family = fact(
        one("observation_id,person_id,observation_concept_id,observation_date\n1,7,4167217,2020-03-04\n"),
    )
    assert (family.category, family.assertion) == (Category.FAMILY_HISTORY, AssertionStatus.FAMILY)


def test_a_drug_has_start_end_dose_route_and_supply() -> None:
    found = one(DRUG + '1,7,1308216,2020-03-04,2020-04-03,changed,2,30,30,"1 tab, daily",4132161,LISINOPRIL\n')
    drug = fact(found)
    assert (drug.concept.text, drug.concept.codings[0].code) == ("lisinopril 10 MG Oral Tablet", "314076")
    assert drug.ended is not None
    assert drug.ended.written == "2020-04-03"
    assert {detail.name: detail.text for detail in drug.details} == {
        "dose": "1 tab, daily",
        "instructions": "1 tab, daily",
        "route": "Oral",
        "quantity": "30",
        "supply": "30 days",
        "refills": "2",
        "status_reason": "changed",
    }
    assert all(cited(found, detail.path) for detail in drug.details)


def test_a_note_becomes_passages_of_its_unescaped_words() -> None:
    row = '4,7,2020-03-04,2020-03-04 00:00:00,44814653,706531,Summary,"He said ""no pain"".\n\nPlan: rest.",9,55\n'
    found = one(NOTE + row)
    note = found.prepared.documents[1]
    assert (note.path, note.text, note.title) == ("note_text", 'He said "no pain".\n\nPlan: rest.', "Discharge summary")
    assert found.prepared.documents[0].text == NOTE + row.rstrip("\n")
    assert found.prepared.passages
    assert all(passage.document == 1 for passage in found.prepared.passages)
    assert (fact(found).category, fact(found).author) == (Category.DOCUMENT, "Dr. Ada Byrne")
    assert note.occurred is not None
    assert note.occurred.written == "2020-03-04"


def test_a_death_is_a_dated_fact_with_its_cause() -> None:
    found = one("person_id,death_date,death_datetime,cause_concept_id,cause_source_value\n7,2022-05-06,,320128,\n")
    death = fact(found)
    assert (death.id, death.concept.text, death.occurred and death.occurred.written) == (
        "death/7#deceased",
        "Deceased",
        "2022-05-06",
    )
    assert death.detail("cause").text == "Essential hypertension"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        (
            "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date\n1,7,9203,2020-01-01,2020-01-02\n",
            Category.ENCOUNTER,
        ),
        (
            "procedure_occurrence_id,person_id,procedure_concept_id,procedure_date,procedure_source_value\n1,7,0,2020-01-01,ECG\n",
            Category.PROCEDURE,
        ),
        (
            "device_exposure_id,person_id,device_concept_id,device_exposure_start_date,device_source_value\n1,7,0,2020-01-01,CPAP\n",
            Category.OTHER,
        ),
        (
            "specimen_id,person_id,specimen_concept_id,specimen_date,specimen_source_value\n1,7,0,2020-01-01,Urine\n",
            Category.OTHER,
        ),
    ],
    ids=["visit", "procedure", "device", "specimen"],
)
def test_the_other_clinical_tables_give_dated_facts(text: str, category: Category) -> None:
    found = fact(one(text, None))
    assert found.category is category
    assert found.occurred is not None
    assert found.occurred.written == "2020-01-01"


def test_rows_without_person_or_key_and_bad_dates_are_told() -> None:
    found = read(CONDITION + "1,,320128,2020-03-04,,,,,,,\n,7,320128,2020-03-04,,,,,,,\n2,7,320128,03/04/2020,,,,,,,\n")
    assert [row.reason for row in found if isinstance(row, Unreadable)] == [
        "the row of condition_occurrence has no person_id",
        "the row of condition_occurrence has no condition_occurrence_id",
    ]
    last = found[-1]
    assert isinstance(last, ReadResource)
    assert last.prepared.facts[0].occurred is None
    assert "two ways" in last.notes[0].reason


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("drug_era_id,person_id,drug_concept_id", "the OMOP table drug_era is derived"),
        (CONCEPT.strip().replace("\t", ","), "the OMOP table concept is the vocabulary"),
        ("concept_id_1,concept_id_2,relationship_id", "belongs to the vocabulary"),
        ("payer_plan_period_id,person_id", "is about payment"),
    ],
)
def test_tables_that_are_not_read_say_why(header: str, reason: str) -> None:
    [found] = read(header + "\n1,2,3\n")
    assert isinstance(found, Unreadable)
    assert reason in found.reason


def test_providers_and_places_are_kept_without_a_patient() -> None:
    found = one(PROVIDER)
    assert (found.prepared.resource, found.prepared.patient_id, found.prepared.facts) == ("provider/9", None, ())


def test_of_a_big_vocabulary_only_the_concepts_that_occur_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(omop_names, "MAX_CONCEPTS", 20)
    many = CONCEPT + "".join(concept(number, f"name {number}", "LOINC", str(number)) for number in range(1, 500)) + VOCABULARY
    files = {**FULL, "CONCEPT.csv": many}
    found = one(CONDITION + "1,7,320128,2020-03-04,,,,,,,\n", files)
    assert fact(found).concept.text == "Essential hypertension"


def test_names_that_contradict_each_other_are_not_used() -> None:
    files = {**FULL, "other/provider.csv": "provider_id,provider_name\n9,Somebody Else\n"}
    assert fact(one(CONDITION + "1,7,320128,2020-03-04,,,,,9,,\n", files)).author == ""


def test_a_long_table_is_read_row_by_row() -> None:
    rows = 20_000
    text = MEASUREMENT + "1,7,3016723,2020-03-04,,,1.1,,8840,,,,,\n" * rows
    raw = text.encode()
    source = SourceFile("m.csv", "m.csv", raw[:HEAD_BYTES], len(raw), lambda: io.BytesIO(raw))
    tracemalloc.start()
    count = sum(1 for _ in format_of(source).read(source))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == rows
    assert peak < 20_000_000


def test_a_guideline_corpus_is_never_read_as_charts() -> None:
    raw = PERSON.encode()
    source = SourceFile("p.csv", "p.csv", raw, len(raw), lambda: io.BytesIO(raw), Given(corpus="x"))
    from chartcite.ingestion.sources.omop import OMOP

    assert not OMOP.recognises(source)


_HEADERS = [PERSON.partition("\n")[0], CONDITION.strip(), MEASUREMENT.strip(), DRUG.strip(), NOTE.strip()]
_WORDS = st.text(alphabet=st.sampled_from('0123456789-:. <\x00"\n\udcff\u0663aé'), max_size=12)


@given(st.sampled_from(_HEADERS), st.lists(_WORDS, max_size=16))
def test_any_row_gives_a_resource_or_a_refusal(header: str, words: list[str]) -> None:
    width = header.count(",") + 1
    line = ",".join([*words, *[""] * width][:width])
    raw = f"{header}\n{line}\n".encode("utf-8", "surrogateescape")
    source = SourceFile("t.csv", "t.csv", raw, len(raw), lambda: io.BytesIO(raw))
    for found in format_of(source).read(source):
        if isinstance(found, ReadResource):
            text = found.prepared.documents[0].text
            for fact_ in found.prepared.facts:
                paths = [fact_.concept_path, fact_.occurred_path, *(detail.path for detail in fact_.details)]
                assert all(locate(text, path) for path in paths if path)
