"""Values over or under a limit are told one by one; whether there was one at all is another question."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from chartcite.engine.questions.limits_asked import asks_number, limit_asked

from tests.charts import AskedChart, lab

ChartOf = Callable[..., AskedChart]
VALUES = tuple(
    lab(f"k{number}", value, day, unit="mmol/L", name="Potassium")
    for number, (value, day) in enumerate(
        ((5.9, "2023-01-02"), (4.4, "2023-06-01"), (5.2, "2024-02-03"), (3.1, "2024-05-05"), (6.3, "2025-03-03"))
    )
)


@pytest.mark.parametrize(
    ("text", "number", "above"),
    [
        ("list every potassium above 5", "5", True),
        ("which sodiums were under 130.5 last year?", "130.5", False),
        ("how often was the sugar over 15", "15", True),
        ("all readings >= 160", "160", True),
        ("any platelets below 100?", "100", False),
        ("which BP was over 140/90", "140", True),
    ],
)
def test_a_limit_is_read(text: str, number: str, *, above: bool) -> None:
    limit = limit_asked(text)
    assert limit is not None
    assert (limit.number, limit.above) == (Decimal(number), above)


@pytest.mark.parametrize(
    "text",
    [
        "potassium over the last 3 years",
        "every potassium over 3 years",
        "Is her potassium above 5?",
        "which BP was over 140/9/23",
        "was it higher than in 2020",
        "list the potassiums",
    ],
)
def test_other_questions_have_no_limit(text: str) -> None:
    assert limit_asked(text) is None


def test_the_limit_itself_counts_only_where_it_is_named() -> None:
    over, from_it = limit_asked("every value above 5"), limit_asked("every value at least 5")
    assert over is not None
    assert from_it is not None
    assert not over.holds(Decimal(5))
    assert from_it.holds(Decimal(5))


def test_either_part_of_a_pressure_is_held_against_its_own_number() -> None:
    limit = limit_asked("every blood pressure above 140/90")
    assert limit is not None
    assert limit.holds(Decimal(136), Decimal(94))
    assert limit.holds(Decimal(144), Decimal(80))
    assert not limit.holds(Decimal(138), Decimal(88))
    assert not limit.holds(Decimal(138))


def test_a_number_is_asked_of_how_many_only() -> None:
    assert asks_number("How many times was it over 5?")
    assert not asks_number("List all that were over 5.")


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("List every potassium above 5.", ("5.9", "5.2", "6.3"), ("4.4", "3.1")),
        ("List every potassium above 5 between January 2023 and the end of 2024.", ("5.9", "5.2"), ("6.3", "4.4")),
        ("Which potassiums were under 4 in 2024?", ("3.1",), ("5.2",)),
        ("How many times was the potassium above 5?", ("3 times", "5.9", "6.3"), ("4.4",)),
        ("Any potassium above 8?", ("highest of 5", "6.3"), ("4.4",)),
    ],
)
def test_each_value_beyond_the_limit_is_told(
    chart_of: ChartOf, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    answer = " | ".join(chart_of(*VALUES).say(question))
    assert all(each in answer for each in told)
    assert not any(each in answer for each in untold)


def test_a_number_in_another_unit_is_not_held_against_the_limit(chart_of: ChartOf) -> None:
    sugars = (
        lab("g1", 180, "2023-01-01", unit="mg/dL", name="Glucose"),
        lab("g2", 11.0, "2024-01-01", unit="mmol/L", name="Glucose"),
    )
    assert "180" not in " | ".join(chart_of(*sugars).say("List every glucose above 10")).partition("Set aside")[0]
