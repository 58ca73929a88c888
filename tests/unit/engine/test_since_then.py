"""What is new since a visit or a day, the medicines that turned, the problems that began, and the stages of a problem."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, condition, medication, note, person, pressure, procedure, visit

ChartOf = Callable[..., AskedChart]

CHART = (
    person(birthDate="1955-04-10", gender="female"),
    visit("gp1", "AMB", "GP consultation", "2025-03-05", "2025-03-05"),
    visit("gp2", "AMB", "GP consultation", "2025-09-10", "2025-09-10"),
    condition("ckd3", "Chronic kidney disease stage 3", "2018-02-01", clinical="resolved", abatementDateTime="2025-06-02"),
    condition("ckd4", "Chronic kidney disease stage 4", "2025-06-02"),
    condition("oa", "Osteoarthritis of knee", "2010-01-01"),
    condition("mi", "Myocardial infarction", "2024-11-02", clinical="resolved"),
    medication("am5", "Amlodipine 5 mg tablet", "2023-02-01", status="stopped", dose="5 mg once daily"),
    medication("am10", "Amlodipine 10 mg tablet", "2025-09-10", dose="10 mg once daily"),
    medication("fur", "Furosemide 40 mg tablet", "2025-06-03", dose="40 mg once daily"),
    medication("par", "Paracetamol 500 mg tablet", "2019-06-01"),
    pressure("p1", 162, 96, "2025-03-05"),
    pressure("p2", 134, 80, "2025-09-10"),
    note("n2", "Impression: ankles no longer swollen.\n\nPlan: bloods in six weeks.", "2025-09-10T10:00:00-05:00"),
)


@pytest.mark.parametrize(
    "text",
    [
        "Has anything improved since the March review?",
        "I was told to walk more at my March check-up - what's better since then?",
        "What is different in her situation since she turned 70?",
        "What's been going on since April 2025?",
    ],
)
def test_what_is_new_since_a_day_is_told_of_all_parts_of_the_chart(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "Chronic kidney disease stage 4" in told
    assert "Furosemide 40 mg tablet" in told
    assert "to 134 " in told
    assert "ankles no longer swollen" in told
    assert "Osteoarthritis" not in told
    assert "Paracetamol" not in told


@pytest.mark.parametrize(
    "text",
    [
        "Anything new since the March cardiology review?",
        "Has her haemoglobin improved since the March review?",
        "Why is everything different since the March review?",
    ],
)
def test_a_visit_that_was_not_or_a_thing_in_particular_brings_no_news_of_all(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert not ("ankles no longer" in told and "to 134 " in told)


@pytest.mark.parametrize(
    "text",
    [
        "Which of her medicines have been started or altered since her 70th birthday?",
        "new or changed meds since 70th bday",
        "What tablets did she start or have changed from the March 2025 GP visit onwards?",
    ],
)
def test_medicines_that_turned_since_a_day_are_told(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "changed from Amlodipine 5 mg tablet" in told
    assert "Furosemide 40 mg tablet" in told
    assert "Paracetamol" not in told


def test_medicines_now_are_set_against_those_after_an_event(chart_of: ChartOf) -> None:
    text = "Mum's pressure tablets keep changing - how do those she takes now differ from what she had after the heart attack?"
    told = " ".join(chart_of(*CHART).say(text))
    assert "changed from Amlodipine 5 mg tablet" in told


def test_medicines_are_not_told_since_an_event_that_was_not(chart_of: ChartOf) -> None:
    assert not any("changed from" in line for line in chart_of(*CHART).say("Which tablets have changed since the hip fracture?"))


@pytest.mark.parametrize(
    "text", ["New diagnoses since her 70th birthday?", "Any new problems on the list after the heart attack?"]
)
def test_problems_that_began_in_a_time_are_told(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "Chronic kidney disease stage 4" in told
    assert "Osteoarthritis" not in told


@pytest.mark.parametrize(
    "text", ["When did the CKD move on to stage 4?", "kidney disease: from stage 3 it went to what, and when?"]
)
def test_the_stages_of_a_problem_are_told_in_their_order(chart_of: ChartOf, text: str) -> None:
    said = chart_of(*CHART).say(text)
    assert said[0].startswith("Chronic kidney disease stage 3")
    assert said[1].startswith("Chronic kidney disease stage 4")


def test_a_problem_with_one_stage_has_not_moved(chart_of: ChartOf) -> None:
    chart = chart_of(condition("hf", "Heart failure, NYHA class II", "2020-01-01"))
    assert not any("class III" in line for line in chart.say("When did the heart failure move to class III?"))


@pytest.mark.parametrize(
    "text",
    [
        "what changed after the hip replacement?",
        "what's different since the hip operation",
        "anything new since her hip surgery?",
    ],
)
def test_what_is_new_since_something_was_done_is_told_from_that_day(chart_of: ChartOf, text: str) -> None:
    done = procedure("hip", "Total hip replacement, left", "2025-04-20")
    told = " ".join(chart_of(*CHART, done).say(text))
    assert "Chronic kidney disease stage 4" in told
    assert "Furosemide 40 mg tablet" in told
    assert "Myocardial infarction" not in told


def test_what_is_new_since_a_specialist_was_seen_is_told_from_that_day(chart_of: ChartOf) -> None:
    seen = visit("neph", "AMB", "Nephrology clinic", "2025-04-20", "2025-04-20")
    told = " ".join(chart_of(*CHART, seen).say("anything different since she saw the kidney doctor?"))
    assert "Furosemide 40 mg tablet" in told
    assert "Nephrology" not in told


@pytest.mark.parametrize(
    "text", ["meds changed since April 2025", "medication changes after April 2025", "changes to her tablets since April 2025"]
)
def test_terse_questions_for_changes_of_medicines_list_no_others(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "Furosemide 40 mg tablet" in told
    assert "changed from Amlodipine 5 mg" in told
    assert "Paracetamol" not in told


def test_a_dose_that_came_back_and_a_medicine_begun_again_are_changes(chart_of: ChartOf) -> None:
    chart = chart_of(
        medication("a", "Bisoprolol 5 mg tablet", "2023-02-01", status="stopped", dose="5 mg once daily")
        | {"dispenseRequest": {"validityPeriod": {"start": "2023-02-01", "end": "2025-05-02"}}},
        medication("b", "Bisoprolol 2.5 mg tablet", "2025-05-02", status="stopped", dose="2.5 mg once daily")
        | {"dispenseRequest": {"validityPeriod": {"start": "2025-05-02", "end": "2025-08-02"}}},
        medication("c", "Bisoprolol 5 mg tablet", "2025-08-02", dose="5 mg once daily"),
    )
    told = " ".join(chart.say("which medicines were changed since April 2025?"))
    assert "changed from Bisoprolol 5 mg" in told
    assert "changed from Bisoprolol 2.5 mg" in told
