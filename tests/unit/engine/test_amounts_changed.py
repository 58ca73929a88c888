"""By how much something changed: kilos without the word weight, the ends that a question tells, and written amounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.facts.amounts_changed import asks_amount_changed, with_measure

from tests.charts import AskedChart, lab

ChartOf = Callable[..., AskedChart]


def weight(identity: str, value: float, day: str) -> dict[str, object]:
    return lab(identity, value, day, unit="kg", name="Body weight")


CHART = (weight("w1", 96, "2023-02-01"), weight("w2", 81, "2023-09-01"), weight("w3", 88, "2024-06-01"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("how many kilos has she shed since February?", "how many kilos of weight has she shed since February?"),
        ("How many centimetres did he grow last year?", "How many centimetres of height did he grow last year?"),
        ("how many cm did the lesion grow?", "how many cm did the lesion grow?"),
        ("how many kg of weight went on?", "how many kg of weight went on?"),
    ],
)
def test_a_unit_stands_for_what_is_measured_in_it(text: str, said: str) -> None:
    assert with_measure(text) == said


def test_an_amount_that_is_written_asks_for_none() -> None:
    assert not asks_amount_changed("Why was 4 kg lost in May?")
    assert asks_amount_changed("By how much has her A1c come down?")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("How many kilos has she put back on since her lowest?", "7 kg"),
        ("kg dropped, Feb 2023 -> Sept 2023", "15 kg"),
        ("By how many kilos is she down, heaviest to latest?", "8 kg"),
    ],
)
def test_the_amount_lies_between_the_ends_that_are_told(chart_of: ChartOf, text: str, amount: str) -> None:
    (said,) = chart_of(*CHART).say(text)
    assert amount in said
