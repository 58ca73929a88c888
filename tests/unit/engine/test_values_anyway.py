"""Values of a measurement are told with their days where a question is not wholly read; another measurement's are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, condition, immunization, lab, note, procedure, visit

ChartOf = Callable[..., AskedChart]
RESOURCES = (
    lab("k1", 4.1, "2023-02-01", unit="mmol/L", name="Potassium"),
    lab("k2", 5.6, "2024-02-01", unit="mmol/L", name="Potassium"),
    lab("k3", 4.4, "2025-02-01", unit="mmol/L", name="Potassium"),
    lab("a1", 8.8, "2024-02-01"),
    condition("gout", "Gout", "2018-05-05"),
    immunization("flu", "Influenza vaccine 2024-2025", "2024-10-10"),
    immunization("tet", "Tetanus vaccine", "2021-01-10"),
    procedure("lens", "Cataract extraction, left eye", "2024-11-11"),
    visit("call", "VR", "Telephone consultation", "2024-09-09", "2024-09-09"),
    visit("seen", "AMB", "Surgery consultation", "2024-12-09", "2024-12-09"),
    note("n", "Uses her CPAP mask every night. No history of stroke."),
)


@pytest.fixture
def chart(chart_of: ChartOf) -> AskedChart:
    return chart_of(*RESOURCES)


@pytest.mark.parametrize(
    "question",
    [
        "How has her potassium gone since she moved into the bungalow?",
        "potassium from when her nephew wed up to the present",
        "potassium while she was lodging with friends",
        "her potassium since the CPAP",
    ],
)
def test_a_time_that_nothing_places_leaves_the_dated_values(chart: AskedChart, question: str) -> None:
    said = " ".join(chart.say(question))
    assert all(value in said for value in ("4.1", "5.6", "4.4", "2023-02-01", "2025-02-01")), said


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("her potassium since the stroke", id="what notes deny"),
        pytest.param("her potassium since the kidney transplant", id="what the chart lacks"),
        pytest.param("what was the potassium in the pleural fluid?", id="another specimen"),
        pytest.param("what is her target potassium?", id="a goal"),
        pytest.param("sodium since she moved into the bungalow", id="what was never measured"),
        pytest.param("potassium over the winter of 2019", id="a time without values"),
    ],
)
def test_values_do_not_answer_for_another_measurement_or_time(chart: AskedChart, question: str) -> None:
    assert not any("5.6" in text for text in chart.say(question))


def test_what_was_not_placed_is_said(chart: AskedChart) -> None:
    answer = chart.ask("was her potassium looked at after the pilgrimage?")
    assert answer.kind == "supported"
    assert any("after the pilgrimage" in each.what for each in answer.missing)


def test_two_lists_of_one_time_are_both_told(chart: AskedChart) -> None:
    said = " ".join(chart.say("operations and jabs in autumn 2024, please"))
    assert "Cataract" in said
    assert "Influenza vaccine 2024-2025" in said, "the years of a season in a name are no day that must be proved"
    assert "Tetanus" not in said


def test_the_visits_of_a_time_are_told_however_it_is_said(chart: AskedChart) -> None:
    said = chart.say("was she seen or phoned about at all between August 2024 and January 2025?")
    assert len(said) == 2


@pytest.mark.parametrize("question", ["any chiropody visits in 2024?", "did she see a dentist between May and December 2024"])
def test_visits_of_another_field_are_not_told(chart: AskedChart, question: str) -> None:
    assert chart.say(question) == []


def test_only_flagged_results_are_told_where_these_are_asked(chart_of: ChartOf) -> None:
    high = lab("f", 6.1, "2025-05-05", unit="mmol/L", name="Potassium", interpretation=[{"coding": [{"code": "H"}]}])
    sound = lab("s", 140, "2025-05-05", unit="mmol/L", name="Sodium", interpretation=[{"coding": [{"code": "N"}]}])
    said = " ".join(chart_of(high, sound).say("which lab results came back abnormal since April 2025?"))
    assert "6.1" in said
    assert "140" not in said


def test_a_circumstance_beside_a_time_asks_for_nothing(chart: AskedChart) -> None:
    [said] = chart.say("Vaccines given while she was bothered by the gout (Sept '24 to Dec '24)?")
    assert "Influenza" in said


def test_values_before_and_after_what_only_notes_speak_of(chart_of: ChartOf) -> None:
    values = (
        lab("e1", 15, "2024-01-05", name="Epworth sleepiness scale"),
        lab("e2", 6, "2025-01-05", name="Epworth sleepiness scale"),
    )
    said = " ".join(chart_of(*values, note("n", "Uses her CPAP mask every night.")).say("epworth before and after the CPAP"))
    assert "15" in said
    assert "6" in said


def test_a_range_between_two_times_is_all_of_it(chart: AskedChart) -> None:
    said = " ".join(chart.say("all potassiums from the start of 2023 up to the end of 2025"))
    assert all(value in said for value in ("4.1", "5.6", "4.4"))
