"""A status or an immunity is told by the problem, or by the tests of it that the chart holds; stages and teeth by their names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, condition, lab, medication, procedure

ChartOf = Callable[..., AskedChart]


@pytest.mark.parametrize("text", ["Syphilis status?", "what's his syphilis status"])
def test_a_status_is_told_by_a_test_where_no_problem_is_held(chart_of: ChartOf, text: str) -> None:
    tested = lab("rpr", 0.2, "2024-04-04", unit="", name="Syphilis antibody")
    assert any("Syphilis antibody was 0.2" in line for line in chart_of(tested).say(text))


def test_a_status_is_told_by_the_problem(chart_of: ChartOf) -> None:
    (said,) = chart_of(condition("hbv", "Chronic hepatitis B", "2019-02-02")).say("hep B status")
    assert "onset 2019-02-02" in said


def test_an_immunity_is_told_by_its_test(chart_of: ChartOf) -> None:
    chart = chart_of(lab("rub", 31, "2023-03-03", unit="IU/mL", name="Rubella IgG"), lab("a", 7.0, "2024-01-01"))
    assert any("31" in line for line in chart.say("Is she immune to German measles?"))


@pytest.mark.parametrize("text", ["HIV status?", "Is she immune to hepatitis B?"])
def test_what_no_record_tells_is_no_status(chart_of: ChartOf, text: str) -> None:
    chart = chart_of(lab("hcv", 0.1, "2024-04-04", unit="", name="Hepatitis C antibody"))
    assert not any("Hepatitis C" in line and "0.1" in line for line in chart.say(text))


@pytest.mark.parametrize("text", ["What stage is her CKD?", "What stage is her CKD, and when was it first noted?"])
def test_a_problem_that_names_its_stage_tells_it_and_no_test_of_like_name(chart_of: ChartOf, text: str) -> None:
    said = chart_of(
        condition("ckd", "Chronic kidney disease stage 4", "2022-08-08"),
        lab("egfr", 24, "2025-05-05", unit="mL/min", name="eGFR (CKD-EPI)"),
    ).say(text)
    assert any("stage 4: active, onset 2022-08-08" in line for line in said)
    assert not any("24 mL/min" in line for line in said)


def test_a_gold_test_for_tuberculosis_is_no_stage(chart_of: ChartOf) -> None:
    chart = chart_of(
        condition("hiv", "HIV disease", "2015-05-05"), lab("qft", 0.1, "2020-02-02", unit="", name="QuantiFERON-TB Gold")
    )
    assert not any("QuantiFERON" in line for line in chart.say("What stage is his HIV?"))


def test_the_type_that_a_problem_names_comes_first(chart_of: ChartOf) -> None:
    said = chart_of(condition("dm", "Type 1 diabetes mellitus", "2001-01-01")).say("What type of diabetes does she have?")
    assert said[0].startswith("Type 1 diabetes mellitus")


@pytest.mark.parametrize("text", ["Which tooth was pulled?", "Which tooth got pulled out?"])
def test_which_tooth_is_told_by_its_number(chart_of: ChartOf, text: str) -> None:
    (said,) = chart_of(procedure("t", "Extraction of tooth 14", "2024-02-02")).say(text)
    assert "tooth 14" in said


@pytest.mark.parametrize(
    "text",
    ["How many of the calcium tablets is she meant to take each day?", "How many calcium carbonate does she take?"],
)
def test_how_many_are_taken_is_a_dose(chart_of: ChartOf, text: str) -> None:
    chart = chart_of(medication("ca", "Calcium carbonate 500 mg tablet", "2024-02-02", dose="two tablets at noon"))
    assert any("two tablets at noon" in line for line in chart.say(text))


def test_how_often_something_was_given_is_no_dose(chart_of: ChartOf) -> None:
    chart = chart_of(medication("pred", "Prednisolone 5 mg tablet", "2024-02-02", dose="six daily"))
    assert any("1 time" in line for line in chart.say("How many times was she given prednisolone?"))


def test_a_sentence_that_only_tells_which_one_is_meant_asks_no_reason(chart_of: ChartOf) -> None:
    chart = chart_of(lab("fit", 5, "2025-05-05", unit="ug/g", name="Ferritin"))
    assert any("5 ug/g" in line for line in chart.say("What was her ferritin? The one she had because of the fall."))
