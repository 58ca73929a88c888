"""Quotes of notes: what may be quoted as an answer, and what may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, note

ChartOf = Callable[..., AskedChart]


def quoted(chart: AskedChart, question: str) -> str:
    return " | ".join(chart.say(question))


@pytest.mark.parametrize(
    ("text", "question", "quote"),
    [
        pytest.param(
            "Bone density scan showed osteopenia.", "What did the bone density scan show?", "showed osteopenia", id="a result"
        ),
        pytest.param("Quit smoking because of cough.", "Why did she quit smoking?", "because of cough", id="a cause"),
        pytest.param("Denies chest pain.", "Does she have chest pain?", "Denies chest pain", id="a denial"),
        pytest.param("Works as a welder.", "Does she work as a welder?", "welder", id="a plain statement"),
        pytest.param(
            "Mother died of breast cancer at 52.", "Did her mother have breast cancer?", "at 52", id="a relative, when asked"
        ),
    ],
)
def test_a_sentence_that_answers_is_quoted(chart_of: ChartOf, text: str, question: str, quote: str) -> None:
    assert quote in quoted(chart_of(note("n", f"{text} Sleeps well.")), question)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param("Mother died of breast cancer at 52.", "Does she have breast cancer?", id="a relative's problem"),
        pytest.param("FAMILY HISTORY:\nBreast cancer at 52.", "Does she have breast cancer?", id="a family heading"),
        pytest.param("Return if chest pain develops.", "Does she have chest pain?", id="a warning"),
        pytest.param("Will check ferritin next month.", "What is the latest ferritin?", id="a planned test"),
        pytest.param("Ferritin pending.", "What is the latest ferritin?", id="a pending test"),
        pytest.param("Colonoscopy scheduled for spring.", "When was the last colonoscopy?", id="a scheduled procedure"),
        pytest.param("Plan colonoscopy in spring.", "When was the last colonoscopy?", id="a planned procedure"),
        pytest.param("Could this be gout?", "Does she have gout?", id="a question in the note"),
        pytest.param("CHEST PAIN:", "Does she have chest pain?", id="a heading alone"),
    ],
)
def test_a_sentence_that_does_not_answer_is_not_quoted(chart_of: ChartOf, text: str, question: str) -> None:
    assert quoted(chart_of(note("n", f"{text}\nSleeps well.")), question) == ""


def test_a_planned_scan_was_not_had(chart_of: ChartOf) -> None:
    assert quoted(chart_of(note("n", "Plan: CT chest next month. Sleeps well.")), "Has she had a chest CT?") == ""


def test_a_sentence_copied_forward_is_quoted_once_with_its_first_day(chart_of: ChartOf) -> None:
    text = "Quit smoking because of cough. Sleeps well."
    chart = chart_of(note("new", text, "2025-05-05T10:00:00Z"), note("old", text, "2023-03-03T10:00:00Z"))
    [said] = chart.say("Why did she quit smoking?")
    assert said.startswith("Progress note, 2023-03-03")


def test_a_note_outside_the_window_is_not_quoted(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "Quit smoking because of cough. Sleeps well.", "2023-03-03T10:00:00Z"))
    assert quoted(chart, "Why did she quit smoking in 2021?") == ""


def test_of_two_notes_the_newer_answers_what_is_now(chart_of: ChartOf) -> None:
    old = note("old", "Dry weight is 71 kg. Sleeps well.", "2023-03-03T10:00:00Z")
    new = note("new", "Dry weight is 68 kg. Sleeps well.", "2025-03-03T10:00:00Z")
    assert "68 kg" in chart_of(old, new).say("What is her current dry weight?")[0]


def test_a_quote_is_cut_from_its_note(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "Seen today.\n  Quit   smoking because\nof cough. Sleeps well."))
    answer = chart.ask("Why did she quit smoking?")
    assert answer.kind == "supported"
    [citation] = answer.claims[0].citations
    assert chart.engine.records.open_citation(citation.id).text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("told", "said"),
    [
        pytest.param("ALLERGIES: NKDA", "NKDA", id="none known"),
        pytest.param("ALLERGIES: penicillin (hives)", "hives", id="one told"),
    ],
)
def test_allergies_told_only_in_a_note_are_quoted(chart_of: ChartOf, told: str, said: str) -> None:
    assert said in quoted(chart_of(note("n", f"{told}\n\nPLAN:\nSleep well.")), "What allergies does she have?")


def test_a_recommendation_is_quoted_with_its_strength(bundled: AskedChart) -> None:
    answer = bundled.ask("Who should be screened for colorectal cancer?", patient=None)
    assert answer.kind == "supported"
    assert {claim.kind for claim in answer.claims} == {"guideline"}
    assert "strength" in answer.text
