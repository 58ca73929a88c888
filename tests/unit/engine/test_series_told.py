"""Every dated value of what is compared, where the two moments are not both found; and where one value, or none, is right."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, lab, medication, pressure

ChartOf = Callable[..., AskedChart]
CHART = (
    lab("s1", 141, "2022-03-01", unit="mmol/L", name="Sodium"),
    lab("s2", 126, "2023-05-10", unit="mmol/L", name="Sodium"),
    lab("s3", 137, "2024-08-20", unit="mmol/L", name="Sodium"),
    pressure("p1", 162, 96, "2022-03-01"),
    pressure("p2", 128, 80, "2024-08-20"),
    lab("u1", "x", "2023-01-05", name="Urine protein, dipstick", valueQuantity=None, valueString="Trace"),
    lab("u2", "x", "2024-01-05", name="Urine protein, dipstick", valueQuantity=None, valueString="Negative"),
    medication("r1", "Ramipril 2.5 mg capsule", "2022-03-01", status="stopped", dose="one daily"),
    medication("r2", "Ramipril 10 mg capsule", "2023-06-01", dose="one daily"),
)


@pytest.mark.parametrize(
    "text",
    [
        "How does her sodium stack up against the one from when she was so muddled?",
        "Sodium at the spa weekend versus the one the locum got, please.",
        "Was the sodium lower on the night of the wedding than at the desert trip?",
        "Put the sodium from the bad spell next to the newest.",
        "Of the two dizzy spells, which had the worse sodium?",
        "sodium: compare the muddled day with the clear one",
        "Could I see both sodium results from the heatwaves?",
        "Does the sodium from the day she was found on the floor differ from the one at the picnic?",
    ],
)
def test_where_a_side_is_not_placed_the_whole_series_is_told(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "126 mmol/L (2023-05-10)" in told
    assert "137 mmol/L (2024-08-20)" in told


def test_it_is_said_that_the_moments_were_not_placed(chart_of: ChartOf) -> None:
    answer = chart_of(*CHART).ask("Is her sodium better than on the day of the flood?")
    assert "126 mmol/L" in answer.text
    assert "which of these values are meant" in answer.text


def test_the_doses_of_one_medicine_are_told_one_by_one(chart_of: ChartOf) -> None:
    told = " ".join(chart_of(*CHART).say("How does the ramipril dose now differ from the one the old GP had her on?"))
    assert "Ramipril 2.5 mg" in told
    assert "Ramipril 10 mg" in told


@pytest.mark.parametrize(
    "text",
    [
        "Is her sodium higher than normal?",
        "Is the sodium lower than 130 now?",
        "What was the last sodium?",
        "Does she need more fluid when the sodium drops?",
    ],
)
def test_a_value_held_against_a_limit_is_told_alone(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "2022-03-01" not in told


@pytest.mark.parametrize(
    "text",
    [
        "Is her potassium higher than at the desert trip?",
        "Was her mother's sodium lower than hers?",
        "Was the sodium lower before the dialysis than after it?",
    ],
)
def test_what_was_never_measured_or_is_somebody_elses_is_not_told(chart_of: ChartOf, text: str) -> None:
    assert not any("126 mmol/L" in said for said in chart_of(*CHART).say(text))


@pytest.mark.parametrize(
    "text",
    [
        "Was the sodium lower on the first fainting day or on the second?",
        "sodium at the third fall vs the fifth fall",
    ],
)
def test_the_newest_value_does_not_stand_for_the_second_of_several_events(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "126 mmol/L (2023-05-10)" in told


@pytest.mark.parametrize(
    "text",
    [
        "sodium at the endocrine clinic, May 2023",
        "What was the sodium in the May 2023 falls review?",
        "Sodium gastro clinic may 2023",
    ],
)
def test_a_value_of_a_named_time_answers_whatever_the_visit_is_called(chart_of: ChartOf, text: str) -> None:
    (said,) = chart_of(*CHART).say(text)
    assert "126 mmol/L" in said


def test_another_time_has_no_value(chart_of: ChartOf) -> None:
    assert not any("mmol/L" in said for said in chart_of(*CHART).say("sodium at the endocrine clinic, June 2023"))


def test_of_two_values_there_is_nothing_to_choose(chart_of: ChartOf) -> None:
    answer = chart_of(*CHART).ask("Is her pressure better than on the day of the flood?")
    assert "162/96" in answer.text
    assert "128/80" in answer.text
    assert "which of these values are meant" not in answer.text


def test_a_course_since_a_turn_that_is_not_placed_is_told(chart_of: ChartOf) -> None:
    told = " ".join(chart_of(*CHART).say("How has the sodium changed since she restarted her tablets?"))
    assert "126 mmol/L (2023-05-10)" in told
