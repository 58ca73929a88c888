"""Plain questions for values: those beyond a limit, of a time, out of their range, as they stand now; nothing of other times."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, lab, note, pressure, procedure, visit

ChartOf = Callable[..., AskedChart]


def _magnesium(name: str, value: float, day: str) -> dict[str, object]:
    return lab(name, value, day, unit="mmol/L", name="Magnesium")


RESOURCES = (
    _magnesium("m1", 0.52, "2022-03-04"),
    _magnesium("m2", 0.81, "2023-05-06"),
    _magnesium("m3", 0.60, "2024-07-08"),
    _magnesium("m4", 0.84, "2024-11-12"),
    lab("c1", 4.9, "2021-02-03", unit="mmol/L", name="Total cholesterol"),
    lab("c2", 6.3, "2024-02-03", unit="mmol/L", name="Total cholesterol"),
    pressure("b1", 152, 94, "2022-03-04"),
    pressure("b2", 128, 76, "2024-07-08"),
    pressure("b3", 136, 92, "2024-11-12"),
    visit("v1", "AMB", "Clinic visit", "2024-07-08", "2024-07-08"),
    procedure("hip", "Total hip replacement", "2023-06-01"),
    note("n", "Magnesium tablets upset her stomach."),
)


@pytest.fixture
def chart(chart_of: ChartOf) -> AskedChart:
    return chart_of(*RESOURCES)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        pytest.param("magnesium under 0.7 ever?", ("0.52", "0.6 "), ("0.81", "0.84"), id="a limit with ever"),
        pytest.param("Mg below 0.7, how many times?", ("2 times", "0.52"), ("0.81", "0.84"), id="a number behind a comma"),
        pytest.param("magnesium below 0.7 - when?", ("2022-03-04", "2024-07-08"), ("0.81",), id="when behind a dash"),
        pytest.param("Was her magnesium under 0.7 in 2024?", ("2024-07-08",), ("0.52", "0.84"), id="a limit in a time"),
        pytest.param(
            "Has her blood pressure been above 150/90?", ("152/94", "136/92"), ("128/76",), id="either part of a pressure"
        ),
        pytest.param("magnesium readings in 2024?", ("0.6 ", "0.84"), ("0.52", "0.81"), id="the values of a time"),
        pytest.param("what blood pressures did she have in 2024", ("128/76", "136/92"), ("152/94",), id="pressures of a time"),
        pytest.param("Is her cholesterol good?", ("6.3",), ("4.9",), id="how it stands now"),
        pytest.param("is the magnesium okay these days", ("0.84",), ("0.52", "0.81"), id="how it stands these days"),
        pytest.param("what has her BP been like lately?", ("128/76", "136/92"), ("152/94",), id="lately"),
        pytest.param("is the magnesium back to baseline", ("0.52", "0.84"), (), id="back to baseline"),
        pytest.param("was her cholesterol checked in 2023?", ("4.9", "2021-02-03"), ("6.3",), id="the last one before"),
    ],
)
def test_values_of_what_is_asked_are_told_alone(
    chart: AskedChart, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    said = " ".join(chart.say(question))
    assert all(each in said for each in told), said
    assert not any(each in said for each in untold), said


def test_pressures_without_a_flag_are_told_with_what_holds_them(chart: AskedChart) -> None:
    answer = chart.ask("Which of her blood pressures were high in 2024?")
    assert answer.kind == "supported"
    assert [claim.text for claim in answer.claims] == [
        "Blood pressure was 128/76 mm[Hg] on 2024-07-08.",
        "Blood pressure was 136/92 mm[Hg] on 2024-11-12.",
    ]
    assert "130/80" in answer.missing[0].why
    assert "2024-11-12" in answer.missing[0].why
    assert "2024-07-08" not in answer.missing[0].why


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("why was her magnesium below 0.7?", id="a cause"),
        pytest.param("who checked her magnesium in 2024?", id="a person"),
        pytest.param("is the magnesium in her tablets okay with the statin?", id="another thing"),
    ],
)
def test_other_questions_are_not_answered_by_a_list_of_values(chart: AskedChart, question: str) -> None:
    assert not any("0.52" in text and "0.6 " in text for text in chart.say(question))
