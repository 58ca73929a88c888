"""How long stays in hospital lasted: one of them, the longer, all together; and what is no length of a stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, condition, procedure, visit

ChartOf = Callable[..., AskedChart]
CHART = (
    visit("s1", "IMP", "Surgical ward stay", "2022-03-01", "2022-03-08"),
    visit("s2", "IMP", "Respiratory ward stay", "2024-10-10", "2024-10-14"),
    visit("v1", "AMB", "Chest clinic", "2024-11-02", "2024-11-02"),
    condition("pneu", "Pneumonia", "2024-10-10", clinical="resolved"),
    procedure("hern", "Inguinal hernia repair", "2022-03-02"),
)


@pytest.mark.parametrize(
    "text",
    ["How many nights has she spent in hospital altogether?", "Total bed days, both admissions combined?"],
)
def test_the_days_of_several_stays_are_added_up(chart_of: ChartOf, text: str) -> None:
    (said,) = chart_of(*CHART).say(text)
    assert "11 days" in said
    assert "7 days" in said
    assert "4 days" in said


@pytest.mark.parametrize(
    "text",
    [
        "How long was she kept in in October 2024?",
        "Number of nights as an inpatient in Oct 2024?",
        "length of her last hospital stay",
    ],
)
def test_one_stay_is_told_by_its_time(chart_of: ChartOf, text: str) -> None:
    said = " ".join(chart_of(*CHART).say(text))
    assert "4 days" in said
    assert "7 days" not in said


def test_of_several_stays_the_longer_is_told_first(chart_of: ChartOf) -> None:
    said = chart_of(*CHART).say("Which of her two hospital stays was the longer one?")
    assert "7 days" in said[0]
    assert "4 days" in said[1]


@pytest.mark.parametrize(
    "text",
    ["How many days was she ventilated in hospital?", "How many nights was she an inpatient in May 2020?"],
)
def test_what_lies_within_a_stay_or_in_another_time_is_no_length_of_one(chart_of: ChartOf, text: str) -> None:
    said = " ".join(chart_of(*CHART).say(text))
    assert "7 days" not in said
    assert "4 days" not in said
