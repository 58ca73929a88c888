"""The time between two things of the chart, how long something was in the body, and the age at what is described."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.facts.intervals import in_units

from tests.charts import AskedChart, condition, medication, procedure

ChartOf = Callable[..., AskedChart]
CHART = (
    condition("stroke", "Ischemic stroke", "2021-02-10", clinical="resolved", abatementDateTime="2021-03-01"),
    condition("af", "Atrial fibrillation", "2021-03-12"),
    condition("gout", "Gout", "2019-05-02"),
    procedure("colo", "Colonoscopy", "2023-04-03"),
    procedure("heim", "Right hemicolectomy", "2023-06-12"),
    procedure("in", "Insertion of nephrostomy tube, left", "2022-01-10"),
    procedure("flush", "Flushing of nephrostomy tube", "2022-01-20"),
    procedure("out", "Removal of nephrostomy tube, left", "2022-02-21"),
    medication("apix", "Apixaban 5 mg tablet", "2021-03-20"),
)


@pytest.mark.parametrize(
    "text",
    [
        "How long after the stroke did the AF show up?",
        "How many days from her stroke to the atrial fibrillation?",
        "days between stroke and AF",
        "Counting from the stroke, how many weeks until AF was found?",
        "How long before the atrial fibrillation was the stroke?",
    ],
)
def test_the_time_between_two_things_is_told_with_both_days(chart_of: ChartOf, text: str) -> None:
    (said,) = chart_of(*CHART).say(text)
    assert "30 days" in said
    assert "2021-02-10" in said
    assert "2021-03-12" in said


def test_it_may_run_between_procedures_or_to_a_medicine(chart_of: ChartOf) -> None:
    chart = chart_of(*CHART)
    assert any("70 days" in said for said in chart.say("How many weeks from the colonoscopy to the hemicolectomy?"))
    assert any("8 days" in said for said in chart.say("How long after AF was diagnosed was apixaban started?"))


def test_the_end_of_a_thing_counts_where_it_is_asked(chart_of: ChartOf) -> None:
    (said,) = chart_of(*CHART).say("How long from the end of the stroke to the AF?")
    assert "11 days" in said


@pytest.mark.parametrize(
    "text",
    [
        "How long has she been on apixaban for the atrial fibrillation?",
        "How long did she stay on apixaban after the stroke?",
        "How long after the heart transplant did the AF show up?",
        "How many days after the stroke did her asthma begin?",
    ],
)
def test_a_length_of_one_or_a_thing_that_the_chart_lacks_makes_no_interval(chart_of: ChartOf, text: str) -> None:
    assert not any(said.startswith("From ") for said in chart_of(*CHART).say(text))


@pytest.mark.parametrize(
    "text",
    [
        "How long was the nephrostomy in?",
        "How many days did she carry the nephrostomy tube?",
        "how long from nephrostomy insertion until it was taken out",
    ],
)
def test_what_was_taken_out_had_been_in_since_it_was_put_in(chart_of: ChartOf, text: str) -> None:
    said = " ".join(chart_of(*CHART).say(text))
    assert "42 days" in said
    assert "2022-01-10" in said


def test_what_was_never_taken_out_has_no_such_length(chart_of: ChartOf) -> None:
    assert not any("days" in said for said in chart_of(*CHART).say("How long was the gastric balloon in?"))


def test_days_are_said_in_weeks_and_months_as_well() -> None:
    assert in_units(1) == "1 day"
    assert in_units(30) == "30 days (about 4 weeks)"
    assert in_units(91) == "91 days (about 13 weeks, 3 months)"
