"""Several vaccines of one kind: a plural asks for all of them, one name for the newest."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, immunization

ChartOf = Callable[..., AskedChart]
TETANUS = (
    immunization("t1", "Tdap", "2012-05-04"),
    immunization("t2", "Td (adult)", "2022-06-01"),
    immunization("r", "Rabies vaccine", "2019-03-02"),
)
RABIES = (immunization("r1", "Rabies vaccine", "2019-03-02"), immunization("r2", "Rabies vaccine", "2019-03-09"))


@pytest.mark.parametrize(
    "question", ["rabies vaccines on file?", "rabies jabs", "Has she had her rabies shots?", "any rabies vaccinations recorded?"]
)
def test_a_plural_asks_for_all_vaccines_of_a_kind(chart_of: ChartOf, question: str) -> None:
    told = chart_of(*RABIES).say(question)
    assert [day for day in ("2019-03-09", "2019-03-02") if any(day in sentence for sentence in told)] == [
        "2019-03-09",
        "2019-03-02",
    ]
    assert len(told) == 2


@pytest.mark.parametrize("question", ["When was the last of her rabies jabs?", "Latest of the rabies shots?"])
def test_the_newest_of_them_is_told_alone(chart_of: ChartOf, question: str) -> None:
    told = chart_of(*RABIES).say(question)
    assert "2019-03-09" in told[0]
    assert not any("2019-03-02" in sentence for sentence in told)


def test_one_name_is_answered_by_the_newest(chart_of: ChartOf) -> None:
    assert ["2019-03-09" in sentence for sentence in chart_of(*RABIES).say("Has she had a rabies vaccine?")] == [True]


def test_other_vaccines_are_not_listed_with_them(chart_of: ChartOf) -> None:
    assert not any("Rabies" in sentence for sentence in chart_of(*TETANUS).say("tetanus jabs?"))


def test_a_jab_had_for_a_disease_is_the_vaccine_against_it(chart_of: ChartOf) -> None:
    assert "2019-03-09" in chart_of(*RABIES).say("What jabs has she had for rabies?")[0]
