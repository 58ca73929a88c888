"""The visit that a question tells in its own words: its people, place and days; none where several, or none, would do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.charts import AskedChart, Resource, condition, medication, note, visit

ChartOf = Callable[..., AskedChart]


def met(identity: str, kind: str, name: str, first: str, last: str, why: str, who: str, where: str) -> Resource:
    people: list[dict[str, Any]] = [{"individual": {"display": each}} for each in who.split("; ")]
    places = [{"location": {"display": where}}]
    return {
        **visit(identity, kind, name, first, last),
        "reasonCode": [{"text": why}],
        "participant": people,
        "location": places,
    }


CHART = (
    met("fall", "EMER", "Emergency visit", "2023-02-04", "2023-02-04", "Fall, wrist pain", "Dr Ola Nyberg", "Northgate ED"),
    met("chest", "EMER", "Emergency visit", "2024-05-09", "2024-05-09", "Chest pain", "Dr Imre Szabo", "Northgate ED"),
    met("stay", "IMP", "Inpatient", "2024-08-02", "2024-08-09", "Pneumonia", "Dr Ada Brun; Dr Kim Roh (intern)", "Ward 6B"),
    met("hip", "IMP", "Inpatient", "2022-01-10", "2022-01-15", "Hip replacement", "Mr Paul Greig", "Ward 2 South"),
    met("call", "VR", "Telephone", "2025-03-03", "2025-03-03", "Swollen ankles", "Lin Choi, RN", "Elm Surgery"),
    met("home", "HH", "Home visit", "2025-04-11", "2025-04-11", "Falls assessment", "Rhea Stone, therapist", "Home"),
    met("gp1", "AMB", "GP consultation", "2025-01-08", "2025-01-08", "Cough", "Dr Amy Vale (GP)", "Elm Surgery"),
    met("gp2", "AMB", "GP consultation", "2025-06-02", "2025-06-02", "Blood pressure", "Dr Amy Vale (GP)", "Elm Surgery"),
    condition("cap", "Pneumonia", "2024-08-02"),
    medication("ami", "Amlodipine 5 mg tablet", "2025-06-02"),
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which doctor examined her in casualty after the fall?", "Ola Nyberg"),
        ("who was on when she came to the ED with chest pain", "Imre Szabo"),
        ("For the pneumonia admission I need the ward and the consultant's name.", "Ward 6B"),
        ("what ward was I on for my new hip, and who was the surgeon in charge?", "Ward 2 South"),
        ("When did I last phone the nurse, and what about?", "Swollen ankles"),
        ("What was the name of the lady who came to the house about her falls?", "Rhea Stone"),
        ("dates in + out, pneumonia stay", "2024-08-09"),
        ("who saw her at the last GP visit, please", "Amy Vale"),
        ("Who did she see on her first GP visit?", "Amy Vale"),
        ("Before I write to them I want to know which ward the pneumonia admission was on", "Ward 6B"),
        ("Housing application: who did the home visit in April 2025?", "Rhea Stone"),
        ("when did she last speak to Lin Choi", "2025-03-03"),
    ],
)
def test_the_one_visit_that_the_words_choose_is_told(chart_of: ChartOf, question: str, told: str) -> None:
    said = chart_of(*CHART).say(question)
    assert len(said) == 1
    assert told in said[0]


@pytest.mark.parametrize(
    "question",
    [
        "Which doctor examined her in casualty after the car crash?",
        "Who was the consultant for the stroke admission, and which ward?",
        "Who came to the house about her insulin?",
        "What was the name of the midwife who saw her at home?",
    ],
)
def test_a_visit_that_the_chart_does_not_hold_is_not_told(chart_of: ChartOf, question: str) -> None:
    assert not any(
        line.split(" (")[0] in {"Emergency visit", "Inpatient", "Home visit"} for line in chart_of(*CHART).say(question)
    )


def test_a_day_of_a_move_within_a_stay_is_not_that_of_the_stay(chart_of: ChartOf) -> None:
    said = chart_of(*CHART).say("which day was she moved from 6B to the rehab unit, and who moved her?")
    assert not any("2024-08-02" in line for line in said)


def test_what_a_visit_concluded_is_told_by_its_problem_or_else_its_note(chart_of: ChartOf) -> None:
    text = "Impression: wrist sprain, no fracture.\nPlan: splint for 2 weeks.\n"
    chart = chart_of(*CHART, note("ed", text, "2023-02-04T18:00:00-05:00"))
    said = " | ".join(chart.say("Who examined her in casualty after the fall, and what was she told it was?"))
    assert "Ola Nyberg" in said
    assert "wrist sprain" in said


@pytest.mark.parametrize(
    "question",
    [
        "When was her last ED visit and why?",
        "last time in casualty, and what for?",
        "When was she last in the ER, and how come?",
        "When was she last in the emergency room and who saw her?",
    ],
)
def test_a_further_part_that_the_visit_tells_adds_no_other_visit(chart_of: ChartOf, question: str) -> None:
    said = chart_of(*CHART).say(question)
    assert len(said) == 1
    assert "Chest pain" in said[0]


def test_what_a_time_held_is_told_of_every_visit(chart_of: ChartOf) -> None:
    said = " ".join(chart_of(*CHART).say("What was she seen for in 2025?"))
    assert all(why in said for why in ("Swollen ankles", "Falls assessment", "Cough", "Blood pressure"))
    assert "Chest pain" not in said
    assert len(chart_of(*CHART).say("Why was she admitted in August 2024?")) == 1


def test_what_came_of_the_visit_told_before_is_quoted_from_its_note(chart_of: ChartOf) -> None:
    heart = note("ed", "Assessment:\nCostochondritis, no cardiac cause.\nPlan:\nIbuprofen gel for a week.\n", "2024-05-09")
    said = chart_of(*CHART, heart).say("When was her last ED visit and what did they find?")
    assert "Chest pain" in said[0]
    assert any("Costochondritis" in line for line in said)


def test_all_specialists_are_told_each_once(chart_of: ChartOf) -> None:
    seen = (
        met("eye1", "AMB", "Ophthalmology clinic", "2023-03-01", "2023-03-01", "Cataract", "Dr Ines Roy", "Eye unit"),
        met("eye2", "AMB", "Ophthalmology clinic", "2024-03-01", "2024-03-01", "Cataract", "Dr Ines Roy", "Eye unit"),
        met("kid", "AMB", "Nephrology clinic", "2022-03-01", "2022-03-01", "CKD", "Dr Tim Bauer", "Renal unit"),
    )
    said = chart_of(*seen, CHART[0], CHART[6]).say("Which specialists has she seen?")
    assert [line.split(" (")[0] for line in said] == ["Ophthalmology clinic", "Nephrology clinic"]
    assert "2024-03-01" in said[0]


def test_a_night_in_the_emergency_department_is_no_admission_where_there_was_one(chart_of: ChartOf) -> None:
    night = met("night", "EMER", "Emergency visit", "2025-08-01", "2025-08-02", "Asthma", "Dr Imre Szabo", "Northgate ED")
    said = chart_of(*CHART, night).say("Why was she admitted last time?")
    assert "Pneumonia" in " ".join(said)
    assert "Asthma" not in " ".join(said)


def test_whom_somebody_saw_in_a_time_is_told_by_the_visits_alone(chart_of: ChartOf) -> None:
    said = chart_of(*CHART).say("Who did she see in 2025 and why?")
    assert {"Amy Vale", "Lin Choi", "Rhea Stone"} == {
        name for name in ("Amy Vale", "Lin Choi", "Rhea Stone") if name in " ".join(said)
    }
    assert not any("Amlodipine" in line for line in said)
