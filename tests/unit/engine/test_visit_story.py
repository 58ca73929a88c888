"""The story of one visit: found by its time, field or cause; what is wanted of it above all; no story of a visit that was not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.charts import AskedChart, condition, medication, note, procedure, visit

ChartOf = Callable[..., AskedChart]

DISCHARGE = """DISCHARGE SUMMARY

PRINCIPAL DIAGNOSIS
Acute cholecystitis

HOSPITAL COURSE
Admitted with two days of pain under the right ribs and fever. Gallbladder was removed on the second day.
Wound bled on day three and needed a pressure dressing.
Cefuroxime was given for five days.

FOLLOW-UP
Repeat liver tests in 4 weeks with her family doctor.
A cyst of 4 cm in the left kidney was seen on ultrasound; urology to be asked.
"""
LETTER = """Dear colleague,

She was seen about her joints. The hands are swollen less than in autumn and she is in low disease activity on methotrexate.

Impression: rheumatoid arthritis, well controlled.

Plan: methotrexate as before, bloods every 8 weeks, next visit in half a year.
"""
CHART = (
    visit("stay", "IMP", "Inpatient", "2024-03-04", "2024-03-10"),
    visit("rheum", "AMB", "Rheumatology clinic", "2024-05-14", "2024-05-14"),
    visit("gp", "AMB", "GP consultation", "2024-05-20", "2024-05-20"),
    condition("chole", "Acute cholecystitis", "2024-03-04"),
    condition("ra", "Rheumatoid arthritis", "2015-01-01"),
    procedure("lap", "Laparoscopic cholecystectomy", "2024-03-05"),
    medication("mtx", "Methotrexate 10 mg tablet", "2015-02-01"),
    note("dis", DISCHARGE, "2024-03-10T10:00:00-05:00", type={"text": "Discharge summary"}),
    note("let", LETTER, "2024-05-16T10:00:00-05:00", type={"text": "Clinic letter"}),
)


@pytest.mark.parametrize(
    "text",
    [
        "Recap the March 2024 admission for the night team: diagnosis, treatment, complications, what to chase",
        "overview of her cholecystitis admission - diagnosis, treatment, complications, follow-up",
    ],
)
def test_a_stay_is_told_with_all_that_is_wanted_of_it(chart_of: ChartOf, text: str) -> None:
    said = chart_of(*CHART).say(text)
    told = " ".join(said)
    assert said[0].startswith("Inpatient")
    for each in ("Acute cholecystitis", "Laparoscopic cholecystectomy", "Cefuroxime", "Wound bled", "Repeat liver tests"):
        assert each in told
    assert "swollen" not in told
    assert len(said) <= 14


def test_a_clinic_visit_is_found_by_its_field_and_told_by_the_letter_after_it(chart_of: ChartOf) -> None:
    told = " ".join(chart_of(*CHART).say("Summarise the May 2024 rheumatology review in a few lines"))
    assert "Rheumatology clinic" in told
    assert "low disease activity on methotrexate" in told
    assert "GP consultation" not in told


def test_a_message_of_the_same_month_is_not_the_visit(chart_of: ChartOf) -> None:
    call = visit("call", "VR", "Phone message", "2024-05-29", "2024-05-29")
    rung = note("rung", "Rang about methotrexate and a cold; told to hold it for a week.", "2024-05-29T10:00:00-05:00")
    chart = chart_of(*CHART, call, rung)
    assert "Rheumatology clinic" in chart.say("upshot of the May 2024 rheumatology clinic")[0]
    assert "Phone message" in chart.say("upshot of the May 2024 phone call")[0]


@pytest.mark.parametrize(
    "text",
    [
        "Summarise the May 2024 dermatology review in a few lines",
        "Recap the August 2024 admission: diagnosis and treatment",
        "Give me the gist of her stroke admission",
        "Sum up her third admission",
        "Recap the admission for her second gallbladder operation",
    ],
)
def test_a_visit_that_was_not_has_no_story(chart_of: ChartOf, text: str) -> None:
    assert not any("Inpatient" in line or "clinic" in line for line in chart_of(*CHART).say(text))


def test_what_is_asked_of_a_problem_at_a_visit_is_no_story_of_the_visit(chart_of: ChartOf) -> None:
    said = chart_of(*CHART).say("Sum up her rheumatoid arthritis since the March 2024 admission")
    assert not any("Wound bled" in line for line in said)


@pytest.mark.parametrize(
    "text",
    [
        "march 2024 hosp stay in brief",
        "Dictating a letter: the March 2024 admission, a paragraph.",
        "What was said during the March admission?",
        "Could you put the March 2024 admission into a few plain sentences for her dad?",
        "My sister Vera could not come. What was decided at mum's March 2024 admission?",
        "Cholecystitis March 2024 in two or three lines for my letter.",
    ],
)
def test_a_stay_is_told_in_whatever_words_it_is_asked_for(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text, as_of=date(2024, 12, 1)))
    for each in ("Acute cholecystitis", "Laparoscopic cholecystectomy", "Cefuroxime"):
        assert each in told


@pytest.mark.parametrize(
    "text",
    ["What was decided at the March 2024 cardiology review?", "Cholecystitis May 2024 in two lines", "june 2024 stay in brief"],
)
def test_no_stay_is_told_for_another_time_or_field(chart_of: ChartOf, text: str) -> None:
    assert "Cefuroxime" not in " ".join(chart_of(*CHART).say(text, as_of=date(2024, 12, 1)))
