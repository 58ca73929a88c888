"""Notes in tables and in JSON Lines: whose they are is told by the row or by the caller, never guessed."""

from __future__ import annotations

import io
import json

import pytest
from chartcite.engine.domain.records import AssertionStatus, Category, PartialDate, PatientId
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable, locate
from chartcite.ingestion.sources.formats import format_of
from chartcite.ingestion.sources.note_csv import NOTE_LINES, NOTE_TABLE
from chartcite.ingestion.sources.source import HEAD_BYTES, NOTHING_GIVEN, Given, ReadResource, SourceFile
from chartcite.ingestion.sources.table_dates import date_of, is_midnight
from hypothesis import given
from hypothesis import strategies as st

MIMIC = '"ROW_ID","SUBJECT_ID","HADM_ID","CHARTDATE","CHARTTIME","CATEGORY","DESCRIPTION","CGID","ISERROR","TEXT"\n'
ROW = '11,22,33,"2151-08-04","2151-08-04 10:20:00","Nursing","Report",99,,"Pt said ""ok"".\n\nPlan: rest.\n"\n'


def source(text: str | bytes, about: Given = NOTHING_GIVEN, name: str = "notes.csv") -> SourceFile:
    raw = text.encode() if isinstance(text, str) else text
    return SourceFile(name, name, raw[:HEAD_BYTES], len(raw), lambda: io.BytesIO(raw), about)


def read(text: str | bytes, about: Given = NOTHING_GIVEN, name: str = "notes.csv") -> list[ReadResource | Unreadable]:
    one = source(text, about, name)
    found = format_of(one)
    assert found in (NOTE_TABLE, NOTE_LINES)
    return [each for each in found.read(one) if isinstance(each, (ReadResource, Unreadable))]


def note(text: str | bytes, about: Given = NOTHING_GIVEN, name: str = "notes.csv") -> ReadResource:
    [found] = read(text, about, name)
    assert isinstance(found, ReadResource), found
    return found


def cited(found: ReadResource, path: str) -> str:
    text = found.prepared.documents[0].text
    span = locate(text, path)
    assert span is not None
    return text[slice(*span)]


def test_a_row_is_a_note_with_its_words_its_kind_and_its_date() -> None:
    found = note(MIMIC + ROW)
    prepared = found.prepared
    [fact] = prepared.facts
    row, words = prepared.documents
    assert (prepared.resource, prepared.resource_type, prepared.patient_id) == ("Note/11", "Note", "22")
    assert row.text == MIMIC + ROW.rstrip("\n")
    assert (words.path, words.text) == ("text", 'Pt said "ok".\n\nPlan: rest.\n')
    assert (fact.category, fact.concept.text, cited(found, fact.concept_path)) == (Category.DOCUMENT, "Nursing", "Nursing")
    assert fact.occurred is not None
    assert (fact.occurred.written, cited(found, fact.occurred_path)) == ("2151-08-04T10:20:00", "2151-08-04 10:20:00")
    assert {detail.name: cited(found, detail.path) for detail in fact.details} == {"description": "Report", "encounter": "33"}
    assert fact.author == "99"
    assert [words.text[passage.start : passage.end] for passage in prepared.passages][-1].endswith("rest.")


def test_a_note_entered_in_error_is_kept_and_never_searched() -> None:
    found = note(MIMIC + ROW.replace("99,,", "99,1,"))
    assert found.prepared.facts[0].assertion is AssertionStatus.ENTERED_IN_ERROR
    assert found.prepared.passages == ()


def test_the_caller_names_the_columns() -> None:
    given_columns = Given(columns={"patient": "Who", "text": "Said", "date": "When", "kind": "What"})
    found = note("who;said;when;what\nann;She is well.;3/25/2024;Letter\n", given_columns)
    fact = found.prepared.facts[0]
    assert (found.prepared.patient_id, fact.concept.text) == ("ann", "Letter")
    assert fact.occurred is not None
    assert (fact.occurred.written, cited(found, fact.occurred_path)) == ("2024-03-25", "3/25/2024")


def test_a_table_without_a_patient_belongs_to_the_callers() -> None:
    about = Given(patient_id=PatientId("ann"), occurred=PartialDate.parse("2024-01-02"))
    found = note("id,text\n1,She is well.\n", about)
    assert found.prepared.patient_id == "ann"
    assert found.prepared.facts[0].occurred == about.occurred


def test_a_row_without_a_patient_is_refused_with_the_next_step() -> None:
    [found] = read("id,date,text\n1,2024-01-02,She is well.\n")
    assert isinstance(found, Unreadable)
    assert found.reason == "the row names no patient: give --patient ID or --columns patient=NAME"


def test_an_empty_patient_is_never_filled_in_from_the_caller() -> None:
    [found] = read("patient_id,text\n,She is well.\n", Given(patient_id=PatientId("ann")))
    assert isinstance(found, Unreadable)


def test_two_notes_of_one_id_are_both_kept_and_a_repeated_row_once() -> None:
    header, first, second = "patient_id,note_id,text\n", "a,1,Cough.\n", "a,1,Fever.\n"
    found = read(header + first + second + first + "b,1,Other.\n")
    names = [one.prepared.resource for one in found if isinstance(one, ReadResource)]
    assert names[0] == names[2] == names[3] == "Note/1"
    assert names[1].startswith("Note/1-")
    assert [one.prepared.patient_id for one in found if isinstance(one, ReadResource)] == ["a", "a", "a", "b"]


def test_a_note_without_id_is_named_by_its_row() -> None:
    again = [note("patient_id,text\na,Cough.\n").prepared.resource for _ in range(2)]
    assert again[0] == again[1]
    assert again[0] != note("patient_id,text\na,Fever.\n").prepared.resource


def test_a_date_that_reads_in_two_ways_and_a_note_without_words_are_told() -> None:
    found = note("patient_id,note_date,text\na,03/04/2024,\n")
    assert found.prepared.facts[0].occurred is None
    assert {entry.reason for entry in found.notes} == {
        "a date that cannot be read, or that can be read in two ways; kept without it",
        "the note has no words",
    }


def test_json_lines_are_read_like_rows() -> None:
    line = json.dumps({"patient_id": 5, "note_id": "n1", "date": "2024-03-04", "category": "Plan", "text": "Rest.\nFluids."})
    found = note(line + "\n", name="notes.jsonl")
    fact = found.prepared.facts[0]
    assert (found.prepared.resource, found.prepared.patient_id) == ("Note/n1", "5")
    assert found.prepared.documents[0].text == line
    assert found.prepared.documents[1].text == "Rest.\nFluids."
    assert (cited(found, fact.concept_path), cited(found, fact.occurred_path)) == ("Plan", "2024-03-04")


def test_bad_lines_of_json_are_refused_alone() -> None:
    good = '{"patient_id": "a", "text": "Well."}\n'
    found = read(good + "{\n[1]\n" + '{"patient_id": "a"}\n' + '{"patient_id": "b", "text": 5}\n' + good, name="n.ndjson")
    assert [type(one) for one in found] == [ReadResource, Unreadable, Unreadable, Unreadable, ReadResource, ReadResource]


def test_a_line_longer_than_the_head_is_recognised_by_its_keys() -> None:
    line = json.dumps({"patient_id": "a", "text": "word " * 20_000})
    assert note(line, name="n.jsonl").prepared.patient_id == "a"


@pytest.mark.parametrize(
    ("text", "name", "about"),
    [
        ("a,b\n1,2\n", "x.csv", NOTHING_GIVEN),
        ("text,label\nx,1\n", "x.csv", NOTHING_GIVEN),
        ("patient_id,text\na,b\n", "x.csv", Given(columns={"text": "absent"})),
        ('{"resourceType": "Patient", "text": {}, "patient": 1}\n', "x.json", NOTHING_GIVEN),
    ],
    ids=["no roles", "no patient", "a column that is not there", "FHIR"],
)
def test_other_tables_are_not_notes(text: str, name: str, about: Given) -> None:
    one = source(text, about, name)
    try:
        assert format_of(one) not in (NOTE_TABLE, NOTE_LINES)
    except SourceRejectedError:
        assert name == "x.csv"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-03-04", "2024-03-04"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("20240304", "2024-03-04"),
        ("2024-03-04 07:05", "2024-03-04T07:05"),
        ("2024-03-04T07:05:06.123Z", "2024-03-04T07:05:06Z"),
        ("2024-03-04 07:05:06 UTC", "2024-03-04T07:05:06Z"),
        ("2024-03-04 07:05:06-05", "2024-03-04T07:05:06-05:00"),
        ("25/03/2024", "2024-03-25"),
        ("3/25/2024 7:05 AM", "2024-03-25"),
        ("March 4, 2024", "2024-03-04"),
        ("03/04/2024", None),
        ("2024-02-30", None),
        ("9999-12-31", None),
        ("2024-03-04 25:00", None),
        ("3/25/2024 or later", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_what_can_be_read_in_one_way(written: str, expected: str | None) -> None:
    found = date_of(written)
    assert (found.written if found else None) == expected


def test_midnight_without_a_zone_is_no_time_of_day() -> None:
    assert is_midnight("2024-03-04 00:00:00")
    assert not is_midnight("2024-03-04 00:00:01")
    found = note("patient_id,charttime,chartdate,text\na,2024-03-04 00:00:00,2024-03-04,Well.\n")
    assert found.prepared.facts[0].occurred == PartialDate.parse("2024-03-04")


@given(st.binary(max_size=300), st.sampled_from([b"patient_id,text,date\n", b'{"patient_id": "a", "text": "b"}\n']))
def test_any_bytes_after_a_good_beginning_give_notes_or_refusals(content: bytes, head: bytes) -> None:
    for found in read(head + content, name="n.csv"):
        if isinstance(found, ReadResource):
            assert found.prepared.documents[0].text.encode()
