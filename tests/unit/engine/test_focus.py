"""What a question asks of a thing, and whether a sentence tells it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.answers.focus import FOCUSES, conflicts
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent

from tests.charts import AskedChart, allergy, condition, immunization, lab, medication, note, procedure


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        pytest.param("MRI of the left knee?", "MRI of the right knee on 2020-01-05.", id="the other side"),
        pytest.param("What did the heart scan show?", "CT head without contrast: no bleed.", id="another part of the body"),
        pytest.param("When was the MRI?", "CT abdomen was done on 2020-01-05.", id="another scan"),
        pytest.param("Did his father have it?", "Mother: diabetes.", id="another relative"),
        pytest.param("hep B vaccine?", "Hepatitis A vaccine was given on 2020-01-05.", id="another virus"),
    ],
)
def test_a_sentence_about_another_of_a_kind_conflicts(question: str, sentence: str) -> None:
    assert conflicts(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        pytest.param("MRI of the left knee?", "MRI of both knees, left more than right.", id="it names the side too"),
        pytest.param("left or right?", "The right knee.", id="both are asked"),
        pytest.param("What was the creatinine?", "Creatinine was 1.2 mg/dL.", id="no such word"),
    ],
)
def test_a_sentence_that_names_it_does_not_conflict(question: str, sentence: str) -> None:
    assert not conflicts(question, sentence)


ChartOf = Callable[..., AskedChart]
CHART = (
    procedure("p1", "Throat culture", "2020-07-01"),
    immunization("i1", "Influenza vaccine", "2024-10-01"),
    allergy("a1", "Grass pollen"),
    medication("m1", "Apixaban 5 mg", "2022-01-01"),
    condition("c1", "Osteoarthritis of both knees", "2010-03-01"),
    lab("l1", 7.1, "2023-01-05"),
)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("What did the throat culture grow?", id="result of something only done"),
        pytest.param("Which arm got the flu shot?", id="side that is not told"),
        pytest.param("What symptoms does grass pollen give her?", id="reaction that is not told"),
        pytest.param("Any bleeding on the blood thinner?", id="finding beside a drug"),
        pytest.param("Which of her knees is the worse one?", id="both are told, not which is worse"),
        pytest.param("Date of her second flu shot?", id="second of one"),
        pytest.param("A1c after the insulin?", id="a value after what never was"),
        pytest.param("Why was apixaban stopped?", id="why it began is not why it ended"),
    ],
)
def test_a_fact_near_by_is_no_answer(chart_of: ChartOf, question: str) -> None:
    answer = chart_of(*CHART).ask(question)
    assert answer.kind == "abstained" or "is active" in answer.text


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        pytest.param("Which arm got the flu shot?", "Flu shot given in the left deltoid.", "left deltoid", id="side"),
        pytest.param(
            "Any bleeding on the blood thinner?", "On apixaban, denies any bleeding.", "denies any bleeding", id="finding"
        ),
        pytest.param("What did the throat culture grow?", "Throat culture grew group A strep.", "group A strep", id="result"),
    ],
)
def test_the_note_that_tells_it_answers(chart_of: ChartOf, question: str, text: str, expected: str) -> None:
    chart: AskedChart = chart_of(*CHART, note("n1", f"ASSESSMENT:\n{text}\n"))
    assert expected in chart.ask(question).text


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("What is his sister's phone?", True),
        ("Her telephone number please", True),
        ("What did they agree on the phone?", False),
        ("What came of the phone call about the boot?", False),
        ("What was he told over the phone?", False),
    ],
)
def test_a_number_is_asked_for_by_phone_but_not_by_what_was_said_on_it(question: str, *, asks: bool) -> None:
    contact = next(each for each in FOCUSES if each.name == "contact")
    assert contact.applies(Plan(text=question, intent=Intent.DESCRIBE)) is asks
