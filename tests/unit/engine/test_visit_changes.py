"""What a visit changed, and what changed since one: medicines, values then and now, and what its notes tell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, lab, medication, note, pressure, visit

ChartOf = Callable[..., AskedChart]

REVIEW = """Home pressure stays above 150. Amlodipine 5 to 10 mg from today. Atorvastatin stays as it is.
Insulin glargine: two lows at night, down to 18 units.
"""
CHART = (
    visit("v1", "AMB", "GP consultation", "2025-01-08", "2025-01-08"),
    visit("v2", "VR", "Telephone consultation", "2025-04-09", "2025-04-09"),
    medication("am5", "Amlodipine 5 mg tablet", "2023-02-01", status="stopped", dose="5 mg once daily"),
    medication("am10", "Amlodipine 10 mg tablet", "2025-04-09", dose="10 mg once daily"),
    medication("ator", "Atorvastatin 20 mg tablet", "2022-05-01", dose="20 mg at night"),
    medication("glar", "Insulin glargine 100 units/mL", "2022-05-01", dose="22 units at night"),
    lab("a1", 8.1, "2025-01-08"),
    lab("a2", 7.2, "2025-04-08"),
    pressure("p1", 156, 94, "2025-01-08"),
    pressure("p2", 138, 82, "2025-04-09"),
    note("n2", REVIEW, "2025-04-09T10:00:00-05:00", type={"text": "Telephone note"}),
)


@pytest.mark.parametrize(
    "text", ["What was changed at the April phone review?", "Which of her tablets were altered at the April 2025 review?"]
)
def test_a_visit_tells_the_old_dose_and_the_new_one(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "changed from Amlodipine 5 mg tablet" in told
    assert "Amlodipine 5 to 10 mg" in told
    assert "Atorvastatin 20 mg tablet" not in told


def test_what_only_the_note_tells_of_a_medicine_is_quoted(chart_of: ChartOf) -> None:
    (said,) = chart_of(*CHART).say("What got changed with the insulin at the April visit?")
    assert "down to 18 units" in said


@pytest.mark.parametrize(
    "text",
    [
        "Anything different at the April phone review compared with January (BP)?",
        "What has changed in her BP since the January 2025 GP visit?",
    ],
)
def test_named_values_are_told_then_and_now(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "from 156" in told
    assert "138" in told
    assert "A1c" not in told


@pytest.mark.parametrize(
    "text",
    [
        "What was changed at the April dermatology review?",
        "What did Dr Quell change at the April phone review?",
        "What was changed at the February phone review?",
        "What changed with her warfarin at the April phone review?",
    ],
)
def test_a_visit_a_person_or_a_medicine_that_the_chart_lacks_changed_nothing(chart_of: ChartOf, text: str) -> None:
    assert not any("changed from" in line for line in chart_of(*CHART).say(text))


def test_changes_since_something_are_told_where_the_chart_tells_of_it(chart_of: ChartOf) -> None:
    flare = note("fl", "Flare of gout in the left foot, colchicine for five days.", "2025-02-03T10:00:00-05:00")
    chart = chart_of(*CHART, flare)
    assert any(
        "changed from Amlodipine 5 mg" in line
        for line in chart.say("What's changed in her meds since the February 2025 gout flare?")
    )


def test_changes_since_something_that_was_not_are_not_told(chart_of: ChartOf) -> None:
    said = chart_of(*CHART).say("What's changed in her meds since the February 2025 heart attack?")
    assert not any("changed from" in line for line in said)


STAY = (
    *CHART,
    visit("s1", "IMP", "Hospital stay", "2025-06-02", "2025-06-09"),
    medication("am2", "Bumetanide 1 mg tablet", "2025-06-09", dose="1 mg each morning"),
)


@pytest.mark.parametrize("text", ["what was changed on d/c 9 June 2025", "What changed on discharge 9 June 2025?"])
def test_a_discharge_without_an_article_is_the_end_of_a_stay(chart_of: ChartOf, text: str) -> None:
    assert any("Bumetanide" in line for line in chart_of(*STAY).say(text))


def test_a_time_right_behind_a_visit_is_its_time(chart_of: ChartOf) -> None:
    told = " ".join(chart_of(*CHART).say("What was changed at the phone review April 2025?"))
    assert "changed from Amlodipine 5 mg tablet" in told


@pytest.mark.parametrize(
    "text",
    ["How have her blood pressure tablets changed since 2025?", "How were the blood pressure pills altered since January 2025?"],
)
def test_how_a_class_of_medicines_changed_is_told_of_that_class(chart_of: ChartOf, text: str) -> None:
    warfarin = medication("war", "Warfarin 3 mg tablet", "2025-05-05", dose="3 mg daily")
    told = " ".join(chart_of(*CHART, warfarin).say(text))
    assert "Amlodipine 10 mg" in told
    assert "Warfarin" not in told
    assert "A1c" not in told
