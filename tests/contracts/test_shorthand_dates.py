"""Dates in digits are days where the chart knows such a day, else months of years; a year of quitting is no smoking status."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.charts import AskedChart, lab, of

ChartOf = Callable[..., AskedChart]
WEIGHTS = (
    lab("a", 71.2, "2022-05-14", name="Ferritin", unit="ug/L"),
    lab("b", 40.5, "2023-11-03", name="Ferritin", unit="ug/L"),
    lab("c", 55.0, "2024-06-09", name="Ferritin", unit="ug/L"),
)


def test_digits_of_no_day_of_the_chart_are_a_month_of_a_year(chart_of: ChartOf) -> None:
    text = chart_of(*WEIGHTS).ask("ferritin 5/22").text
    assert "71.2" in text
    assert "40.5" not in text


def test_digits_of_a_day_of_the_chart_are_that_day(chart_of: ChartOf) -> None:
    text = "\n".join(chart_of(*WEIGHTS).say("ferritin on 3/11", as_of=date(2024, 2, 1)))
    assert "40.5" in text
    assert "71.2" not in text


def test_two_months_of_years_are_compared(chart_of: ChartOf) -> None:
    assert "fell by 16.2" in chart_of(*WEIGHTS).ask("change in ferritin 5/22 - 6/24?").text


@pytest.mark.parametrize("question", ["what year did she give up smoking?", "which year did she quit smoking"])
def test_a_smoking_status_is_no_year_of_quitting(question: str, chart_of: ChartOf) -> None:
    status = of(
        "ann",
        "Observation",
        "s",
        status="final",
        code={"text": "Tobacco smoking status"},
        category=[{"coding": [{"code": "social-history"}]}],
        effectiveDateTime="2020-11-04",
        valueString="Former smoker",
    )
    chart = chart_of(status)
    assert chart.ask(question).kind == "abstained"
    assert "Former smoker" in chart.ask("has she given up smoking?").text
