"""Where a question is answered, and what of it was not understood."""

from __future__ import annotations

from datetime import date

import pytest
from chartcite.engine.questions.doors import Door, refused_without_chart
from chartcite.engine.questions.plans import Plan
from chartcite.engine.understanding import understand

from tests.charts import AskedChart, bundled_lexicon


def plan_of(text: str) -> Plan:
    return understand(text, lexicon=bundled_lexicon(), chart=(), today=date(2026, 11, 21))[0]


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("how many of our patients are on metformin?", Door.PATIENT_GROUP),
        ("List all patients with gout", Door.PATIENT_GROUP),
        ("How many children have asthma?", Door.PATIENT_GROUP),
        ("How many children has she got?", Door.CHART),
        ("What is the mean HbA1c among our diabetic patients?", Door.PATIENT_GROUP),
        ("Who else is on warfarin?", Door.PATIENT_GROUP),
        ("Write a referral letter to cardiology", Door.TASK),
        ("Can you draft a note for her employer?", Door.TASK),
        ("order a CBC please", Door.TASK),
        ("Book an appointment with Dr Okafor", Door.TASK),
        ("what's the weather", Door.OFF_TOPIC),
        ("Tell me a joke", Door.OFF_TOPIC),
        ("Which team won the world cup?", Door.OFF_TOPIC),
        ("Was a CBC ordered?", Door.CHART),
        ("Does he play football?", Door.CHART),
        ("Is there an order for an MRI?", Door.CHART),
        ("Write down her medications", Door.CHART),
        ("What did this patient, like other patients with COPD, get?", Door.PATIENT_GROUP),
        ("Refills left on her lisinopril?", Door.CHART),
        ("When was the referral letter written?", Door.CHART),
        ("What has this patient been prescribed?", Door.CHART),
    ],
)
def test_a_question_has_its_door(text: str, door: Door) -> None:
    assert plan_of(text).door is door


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Does she use a flibbertigib?", ("flibbertigib",)),
        ("what's the weather", ("weather",)),
        ("Why was metformin stopped?", ()),
        ("What was the highest recorded creatinine in 2023?", ()),
        ("How often was potassium measured since her last admission?", ()),
    ],
)
def test_what_nothing_took_up_is_told(text: str, unknown: tuple[str, ...]) -> None:
    assert plan_of(text).unknown == unknown


def test_silence_names_what_was_not_understood(bundled: AskedChart) -> None:
    answer = bundled.ask("Does she use a flibbertigib?", patient="rosa-delgado")
    assert answer.kind == "abstained"
    assert "Not understood, and looked for as words only: flibbertigib." in answer.text
    assert answer.receipt.plan["parts"][0]["unknown"] == ["flibbertigib"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("How many of our patients take metformin?", "many patients"),
        ("order a CBC", "done"),
        ("What's the weather?", "not about the chart"),
    ],
)
def test_a_question_for_elsewhere_is_sent_there(bundled: AskedChart, text: str, told: str) -> None:
    answer = bundled.ask(text, patient="rosa-delgado")
    assert answer.kind == "abstained"
    assert answer.basis.reason.value == "out_of_scope"
    assert told in answer.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Which of my patients are on warfarin?", "which patients meet criteria"),
        ("How many diabetic patients have retinopathy?", "which patients meet criteria"),
        ("Write a referral letter to cardiology", "to be done"),
        ("What's the weather tomorrow?", "not about the guidelines"),
    ],
)
def test_without_a_chart_too_a_question_for_elsewhere_is_sent_there(bundled: AskedChart, text: str, told: str) -> None:
    answer = bundled.ask(text, patient=None)
    assert answer.kind == "abstained"
    assert answer.basis.reason.value == "out_of_scope"
    assert told in answer.text


@pytest.mark.parametrize("text", ["Which patients should be screened for lung cancer?", "Who should get a statin?"])
def test_whom_a_recommendation_is_for_is_no_question_about_many_charts(text: str) -> None:
    assert refused_without_chart(text, plan_of(text).door) is None
