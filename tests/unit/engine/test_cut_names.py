"""Medicines whose names are cut short."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, medication

ChartOf = Callable[..., AskedChart]
RIVAROXABAN = medication("r", "Rivaroxaban 20 MG Oral Tablet", "2024-01-01", dose="20 mg daily with supper")
RIVASTIGMINE = medication("s", "Rivastigmine 3 MG Oral Capsule", "2024-01-01", dose="3 mg twice daily")


@pytest.mark.parametrize("question", ["current riva dose?", "riva - how often does she take it", "dose of rivarox"])
def test_a_beginning_names_the_only_medicine_that_begins_so(chart_of: ChartOf, question: str) -> None:
    assert any("20 mg daily" in sentence for sentence in chart_of(RIVAROXABAN).say(question))


def test_a_beginning_of_two_medicines_names_neither(chart_of: ChartOf) -> None:
    assert not chart_of(RIVAROXABAN, RIVASTIGMINE).say("current riva dose?")


def test_a_name_within_a_sentence_is_no_medicine(chart_of: ChartOf) -> None:
    assert not any("Rivaroxaban" in sentence for sentence in chart_of(RIVAROXABAN).say("When did she last meet Mrs Riva?"))


def test_a_number_of_days_of_a_cycle_asks_how_it_is_taken(chart_of: ChartOf) -> None:
    venetoclax = medication("v", "Venetoclax 100 MG Oral Tablet", "2024-01-01", dose="400 mg, days 1-21 of each cycle")
    assert any("days 1-21" in sentence for sentence in chart_of(venetoclax).say("venetoclax: dose and no. of days per cycle"))
