"""Three kinds of silence: a source denies it, no record tells it, this chart cannot tell it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from chartcite.engine.answers.certificate import certify, gaps_in_words, in_words, with_sections
from chartcite.engine.domain.answers import Absence, Abstention, SearchCertificate
from chartcite.engine.questions.plans import Plan
from chartcite.engine.retrieval import word_groups
from chartcite.engine.understanding import understand

from tests.charts import AskedChart, condition, immunization, lab, medication, note, scope, visit

ChartOf = Callable[..., AskedChart]
TODAY = date(2026, 1, 1)
TABLES = (
    lab("a1c", 7.1, "2021-05-04"),
    condition("asthma", "Asthma", "2020-02-01"),
    medication("drug", "Lisinopril 10 mg tablet", "2022-03-01"),
)
NOTE = note("one", "HPI: Feels well. No chest pain.\nPlan: return in a year.", "2023-07-01T10:00:00Z")


def read(chart: AskedChart, question: str) -> Plan:
    engine = chart.engine
    [plan] = understand(question, lexicon=engine.lexicon, chart=engine.records.concepts(scope()), today=TODAY)
    return plan


def searched(chart: AskedChart, question: str, as_of: date | None = None) -> SearchCertificate:
    return certify(read(chart, question), chart.engine.records, scope=scope(as_of=as_of))


def test_a_denial_that_is_cited_is_documented_as_absent(chart_of: ChartOf) -> None:
    answer = chart_of(*TABLES, NOTE).ask("Does she have chest pain?")
    assert answer.absence is Absence.DOCUMENTED_ABSENT


def test_a_denial_beside_something_else_is_not_absence(chart_of: ChartOf) -> None:
    chart = chart_of(NOTE, note("two", "HPI: Chest pain on stairs.", "2023-09-01T10:00:00Z"))
    answer = chart.ask("Does she have chest pain?")
    assert answer.kind == "supported"
    assert answer.absence is None


def test_an_entry_made_in_error_denies_nothing(chart_of: ChartOf) -> None:
    answer = chart_of(*TABLES, NOTE).ask("Does she have chest pain?")
    in_error = answer.receipt.model_copy(update={"routes": ("entered_in_error",)})
    assert answer.model_copy(update={"receipt": in_error}).absence is None


def test_what_no_record_tells_is_not_documented(chart_of: ChartOf) -> None:
    answer = chart_of(*TABLES, NOTE).ask("Does she have gout?")
    assert isinstance(answer, Abstention)
    assert answer.absence is Absence.NOT_DOCUMENTED
    assert answer.basis.certificate is not None
    assert answer.basis.certificate.gaps == ()
    assert "outside" not in answer.text


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        pytest.param(
            "What was her HbA1c in 2015?", "its first record is of 2020-02-01, after the time asked about (2015)", id="before"
        ),
        pytest.param(
            "What was her HbA1c in 2025?", "its newest record is of 2023-07-01, before the time asked about (2025)", id="after"
        ),
        pytest.param("Has she had a flu shot?", "it holds no immunization records", id="no such list"),
        pytest.param("Does she have allergies?", "it holds no allergy records", id="no allergies"),
        pytest.param("Did her mother have gout?", "it holds no family history records", id="no family history"),
    ],
)
def test_what_the_chart_cannot_tell_is_said(chart_of: ChartOf, question: str, gap: str) -> None:
    answer = chart_of(*TABLES, NOTE).ask(question, as_of=TODAY)
    assert isinstance(answer, Abstention)
    assert answer.absence is Absence.NOT_COVERED
    assert f"This is outside what the chart covers: {gap}." in answer.text


@pytest.mark.parametrize(
    "question", ["What was her HbA1c in 2021?", "What was her HbA1c before 2025?", "HbA1c since 2022?", "Gout?"]
)
def test_a_time_that_touches_the_records_is_covered(chart_of: ChartOf, question: str) -> None:
    certificate = searched(chart_of(*TABLES, NOTE), question)
    assert (certificate.absence, certificate.gaps) == (Absence.NOT_DOCUMENTED, ())


def test_a_chart_of_notes_covers_every_type_and_says_what_it_lacks(chart_of: ChartOf) -> None:
    certificate = searched(chart_of(NOTE, visit("v", "AMB", "Visit", "2023-07-01", "2023-07-01")), "Has she had a flu shot?")
    assert certificate.absence is Absence.NOT_DOCUMENTED
    assert gaps_in_words(certificate) == "Note: it holds no immunization records."


def test_a_chart_without_notes_says_so_and_cannot_tell_reasons(chart_of: ChartOf) -> None:
    chart = chart_of(*TABLES)
    assert searched(chart, "Does she have gout?").gaps == ("it holds no notes",)
    assert searched(chart, "Does she have gout?").absence is Absence.NOT_DOCUMENTED
    assert searched(chart, "Why was lisinopril started?").absence is Absence.NOT_COVERED


def test_a_chart_that_holds_nothing_yet_covers_nothing(chart_of: ChartOf) -> None:
    certificate = searched(chart_of(*TABLES, NOTE), "Does she have gout?", as_of=date(2019, 1, 1))
    assert certificate.absence is Absence.NOT_COVERED
    assert certificate.gaps == ("it holds no record of care as of 2019-01-01",)


def test_the_certificate_tells_what_was_searched(chart_of: ChartOf) -> None:
    chart = chart_of(*TABLES, NOTE, immunization("flu", "Influenza vaccine", "2022-10-01"))
    plan = read(chart, "Does she have gout?")
    certificate = certify(plan, chart.engine.records, scope=scope())
    assert certificate.words == tuple(dict.fromkeys(word for group in word_groups(plan) for word in group))
    assert certificate.facts_by_category["condition"] == 1
    assert sum(certificate.facts_by_category.values()) == certificate.facts_searched
    assert (certificate.documents_searched, certificate.earliest_record, certificate.newest_record) == (
        1,
        "2020-02-01",
        "2023-07-01",
    )
    assert certificate.synonyms_known >= len(certificate.synonyms) > 0
    assert certificate.codes_known >= len(certificate.codes) > 0
    assert "Searched: " in in_words(certificate)


def test_sections_are_the_headings_inside_the_scope(chart_of: ChartOf) -> None:
    later = note("two", "Assessment:\nGout is unlikely in this setting.\n", "2024-07-01T10:00:00Z")
    chart = chart_of(note("one", "Social history:\nLives alone with a dog.\n", "2023-07-01T10:00:00Z"), later)
    bare = searched(chart, "Does she have gout?")
    assert bare.sections == ()
    records = chart.engine.records
    assert set(with_sections(bare, records, scope=scope()).sections) == {"Social history", "Assessment"}
    assert with_sections(bare, records, scope=scope(as_of=date(2023, 12, 31))).sections == ("Social history",)


def test_without_notes_no_words_were_searched(chart_of: ChartOf) -> None:
    assert searched(chart_of(*TABLES), "Does she have gout?").words == ()


@pytest.mark.parametrize("question", ["Rosa Delgado and all other patients with gout?", "How many patients have gout?"])
def test_a_question_out_of_scope_is_no_absence(chart_of: ChartOf, question: str) -> None:
    assert chart_of(*TABLES, NOTE).ask(question).absence is None
