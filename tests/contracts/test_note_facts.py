"""What a note says is stored as facts: it answers where the chart has no table of the kind, in the note's own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from chartcite.api.settings import Settings
from chartcite.api.store_commands import reindex
from chartcite.engine.domain.answers import SupportedAnswer
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.facts.elements import locate
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest
from chartcite.ingestion.sources.source import Given

from tests.charts import ANN, AskedChart, bundle, bundled_lexicon, lab, open_store, person

TODAY = date(2026, 1, 1)
NOTE = """CLINIC NOTE

Date of service: March 5, 2024

HPI: Ms. Example is a 62-year-old woman, here for follow-up. She denies chest pain.

Medications: Metformin 500 mg twice daily. Lisinopril 10 mg daily.

Allergies: Penicillin (hives).

Social history: Former smoker, quit in 2010.

Vital signs: BP 132/84, HR 76.

Labs: Creatinine 1.4 mg/dL \N{EN DASH} stable. Hemoglobin A1c 9.9 %.

Plan: Return in two weeks.
"""
ANSWERS = {
    "latest creatinine": ["Labs: Creatinine 1.4 mg/dL \N{EN DASH} stable."],
    "What was her last blood pressure?": ["Vital signs: BP 132/84, HR 76."],
    "What medications is she taking?": ["Medications: Metformin 500 mg twice daily.", "Lisinopril 10 mg daily."],
    "What dose of lisinopril does she take?": ["Lisinopril 10 mg daily."],
    "Any allergies?": ["Allergies: Penicillin (hives)."],
    "What is her smoking status?": ["Social history: Former smoker, quit in 2010."],
    "How old is she?": ["HPI: Ms. Example is a 62-year-old woman, here for follow-up."],
    "What is her gender?": ["HPI: Ms. Example is a 62-year-old woman, here for follow-up. She denies chest pain."],
    "Does she have chest pain?": ["She denies chest pain."],
}


def stored(folder: Path, files: dict[str, str], lexicon: Lexicon | None) -> AskedChart:
    """Ingest files of one patient, by name; with a lexicon their notes give facts."""
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    with SqliteWriter(folder / "store") as writer:
        ingest([folder / name for name in files], writer, HashingEmbedder(), given=Given(patient_id=ANN), lexicon=lexicon)
    return AskedChart(open_store(folder / "store"))


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> AskedChart:
    """Give a chart that is one note."""
    return stored(tmp_path_factory.mktemp("noted"), {"visit.txt": NOTE}, bundled_lexicon())


def answered(chart: AskedChart, question: str) -> SupportedAnswer:
    """Return an answer of which every citation, opened anew, is byte-equal."""
    answer = chart.ask(question, as_of=TODAY)
    assert isinstance(answer, SupportedAnswer), answer.text
    for citation in (one for claim in answer.claims for one in claim.citations):
        text = chart.engine.records.open_citation(citation.id).text
        assert text[citation.start : citation.end].encode() == citation.quote.encode()
    return answer


def facts(chart: AskedChart) -> list[Fact]:
    """Return the facts that a question may be answered with."""
    return list(chart.engine.records.facts(Scope(patient_id=ANN)))


@pytest.mark.parametrize("question", ANSWERS)
def test_a_note_alone_answers_in_its_own_words(noted: AskedChart, question: str) -> None:
    claims = answered(noted, question).claims
    assert [claim.text for claim in claims] == [f"CLINIC NOTE, 2024-03-05: “{quote}”" for quote in ANSWERS[question]]
    assert [citation.quote for claim in claims for citation in claim.citations] == ANSWERS[question]


def test_what_a_note_denies_is_a_documented_absence(noted: AskedChart) -> None:
    [claim] = answered(noted, "Does she have chest pain?").claims
    assert claim.kind == "absence"


def test_what_a_note_does_not_say_is_silence(noted: AskedChart) -> None:
    assert noted.ask("latest potassium", as_of=TODAY).kind == "abstained"


def test_every_fact_of_a_note_stands_where_it_points(noted: AskedChart) -> None:
    told = [fact for fact in facts(noted) if fact.span]
    assert {"laboratory", "vital_sign", "medication", "allergy", "condition", "demographic"} <= {one.category for one in told}
    for fact in told:
        values = [part.value for part in fact.components] or [fact.value]
        for path in (fact.concept_path, *(value.path for value in values if value), *(one.path for one in fact.details)):
            place = locate(NOTE, path)
            assert place is not None
            assert fact.span is not None
            assert fact.span[0] <= place[0] < place[1] <= fact.span[1]


def test_a_chart_with_results_in_a_table_is_not_answered_from_results_of_notes(tmp_path: Path) -> None:
    files = {"chart.json": bundle(person(), lab("a1c", 7.5, "2024-01-02")), "visit.txt": NOTE}
    chart = stored(tmp_path, files, bundled_lexicon())
    [claim] = answered(chart, "latest A1c").claims
    assert claim.text == "Hemoglobin A1c was 7.5 % on 2024-01-02."
    assert [fact.id for fact in facts(chart) if fact.category is Category.LABORATORY] == ["Observation/a1c"]
    [claim] = answered(chart, "What was her last blood pressure?").claims
    assert claim.citations[0].quote == "Vital signs: BP 132/84, HR 76."  # no table of vital signs: the note tells


def test_a_store_without_facts_of_notes_gets_them_when_it_is_rebuilt(tmp_path: Path) -> None:
    before = facts(stored(tmp_path, {"visit.txt": NOTE}, None))
    assert [fact.category for fact in before] == [Category.DOCUMENT]
    reindex(Settings(store=tmp_path / "store"), embedder=HashingEmbedder())
    chart = AskedChart(open_store(tmp_path / "store"))
    assert [claim.citations[0].quote for claim in answered(chart, "latest creatinine").claims] == ANSWERS["latest creatinine"]
    assert Category.LABORATORY in {fact.category for fact in facts(chart)}
