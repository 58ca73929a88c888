"""How a value or a problem is going: its pace, how long it has been as it is, how well it is controlled; and near misses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, condition, lab, note, person

ChartOf = Callable[..., AskedChart]


def said(chart_of: ChartOf, question: str, *resources: Resource) -> str:
    return " | ".join(chart_of(person(), *resources).say(question))


def sodium(identity: str, value: float, day: str, **elements: object) -> Resource:
    return lab(
        identity,
        value,
        day,
        unit="mmol/L",
        name="Sodium",
        referenceRange=[{"low": {"value": 135, "unit": "mmol/L"}, "high": {"value": 145, "unit": "mmol/L"}}],
        **elements,
    )


SODIUMS = (
    sodium("s1", 139, "2022-03-01"),
    sodium("s2", 128, "2023-03-01"),
    sodium("s3", 137, "2023-06-01"),
    sodium("s4", 138, "2025-06-01"),
    sodium("s5", 119, "2024-01-01", status="entered-in-error"),
)


@pytest.mark.parametrize("question", ["How long has her sodium been normal?", "since when is the sodium back in range"])
def test_a_state_lasts_from_the_first_value_of_its_last_unbroken_run(chart_of: ChartOf, question: str) -> None:
    told = said(chart_of, question, *SODIUMS)
    assert "from 2023-06-01 to 2025-06-01, 2 years" in told
    assert "128" in told
    assert "119" not in told


@pytest.mark.parametrize("question", ["when did her sodium go back to normal?", "When did the sodium normalise?"])
def test_a_value_turned_normal_after_the_last_that_was_not(chart_of: ChartOf, question: str) -> None:
    told = said(chart_of, question, *SODIUMS)
    assert "137 mmol/L on 2023-06-01" in told
    assert "2025-06-01" not in told


def test_a_value_that_never_came_back_is_told_as_it_went(chart_of: ChartOf) -> None:
    told = said(chart_of, "when did her sodium normalise?", SODIUMS[1], sodium("s6", 131, "2023-05-05"))
    assert "128" in told
    assert "131" in told


def test_a_state_that_broke_again_is_not_told_as_lasting(chart_of: ChartOf) -> None:
    told = said(chart_of, "how long has her sodium been normal?", *SODIUMS, sodium("s7", 126, "2025-09-09"))
    assert "2 years" not in told
    assert "126 mmol/L on 2025-09-09" in told


def egfr(identity: str, value: float, day: str) -> Resource:
    return lab(identity, value, day, unit="mL/min/{1.73_m2}", name="eGFR")


FALLING = (egfr("e1", 80, "2020-01-01"), egfr("e2", 66, "2022-01-01"), egfr("e3", 55, "2025-01-01"))


@pytest.mark.parametrize(
    "question", ["How fast is her eGFR falling?", "eGFR decline per year", "how quickly is her kidney function getting worse?"]
)
def test_a_pace_is_the_mean_change_of_a_year(chart_of: ChartOf, question: str) -> None:
    told = said(chart_of, question, *FALLING)
    assert "on average 5 " in told
    assert "66" in told


def test_values_that_went_to_and_fro_have_no_pace(chart_of: ChartOf) -> None:
    told = said(chart_of, "how fast is her eGFR falling?", FALLING[0], egfr("e4", 20, "2021-01-01"), egfr("e5", 78, "2025-01-01"))
    assert "on average" not in told


def test_a_heart_rate_is_no_pace(chart_of: ChartOf) -> None:
    rate = lab("hr", 71, "2024-01-01", unit="/min", name="Heart rate")
    told = said(chart_of, "how fast is her heart rate?", rate, *FALLING)
    assert "on average" not in told


GOUT = condition("gout", "Gout", "2015-02-02")
URATES = tuple(
    lab(f"u{number}", value, day, unit="umol/L", name="Serum urate")
    for number, (value, day) in enumerate(((520, "2022-01-01"), (410, "2023-01-01"), (330, "2024-01-01")))
)
QUIET = note("q", "Gout well controlled on allopurinol.", "2024-01-05T10:00:00Z")


@pytest.mark.parametrize(
    "question", ["Is her gout well controlled?", "gout control?", "Gout: better or worse?", "how well controlled is the gout"]
)
def test_a_problem_is_controlled_as_its_measure_and_newest_note_say(chart_of: ChartOf, question: str) -> None:
    told = said(chart_of, question, GOUT, QUIET, *URATES)
    assert "330" in told
    assert "well controlled" in told


def test_a_problem_that_nothing_names_is_not_told_by_its_measure(chart_of: ChartOf) -> None:
    assert "330" not in said(chart_of, "Is her gout well controlled?", *URATES)


def test_how_long_since_an_attack_is_not_how_long_the_illness_lasts(chart_of: ChartOf) -> None:
    free = note("f", "No gout attacks since May 2021.", "2024-01-05T10:00:00Z")
    told = said(chart_of, "How long since her last gout attack?", GOUT, free)
    assert "May 2021" in told
    assert "2015" not in told


def test_a_percentile_that_lacks_leaves_the_size(chart_of: ChartOf) -> None:
    weight = lab("w", 17.5, "2024-02-02", unit="kg", name="Body weight")
    assert "17.5 kg" in said(chart_of, "what is her weight percentile?", weight)
