from __future__ import annotations

import pytest
from chartcite.engine.domain.answers import Audience
from chartcite.engine.safety import red_flags


def flags(question: str, audience: str = "patient") -> list[str]:
    return [flag.name for flag in red_flags(question, Audience(audience))]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("I want to die, what are my pills?", "self_harm"),
        ("I took too many of my tablets, what now?", "overdose"),
        ("I have crushing chest pain, is my troponin ok?", "chest_pain"),
        ("My throat is swelling after the shot", "breathing"),
        ("I can't breathe", "breathing"),
        ("my face is drooping on one side", "stroke"),
        ("I'm vomiting blood", "bleeding"),
        ("My husband won't wake up, what does he take?", "unresponsive"),
    ],
)
def test_a_patient_in_danger_is_told_to_call_for_help(question: str, name: str) -> None:
    assert name in flags(question)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Have I ever had chest pain?", id="asks the record"),
        pytest.param("When did I have a seizure in 2019?", id="asks for a year"),
        pytest.param("Does my family have a history of heart attack?", id="asks of the family"),
        pytest.param("What was my last potassium?", id="nothing dangerous"),
    ],
)
def test_a_question_about_the_record_raises_no_alarm(question: str) -> None:
    assert flags(question) == []


def test_self_harm_is_taken_seriously_even_beside_the_record() -> None:
    assert flags("My chart says I wanted to kill myself last year, and I still want to die") == ["self_harm"]


@pytest.mark.parametrize("audience", ["clinician", "researcher"])
def test_a_professional_asking_about_a_chart_is_not_alarmed(audience: str) -> None:
    assert flags("Does my patient have chest pain?", audience) == []


def test_every_flag_is_an_emergency_with_a_number_to_call() -> None:
    found = red_flags("I took too many pills and want to die, I can't breathe", Audience.PATIENT)
    assert {flag.urgency for flag in found} == {"emergency"}
    assert all("911" in flag.text or "988" in flag.text for flag in found)
