"""Entries of the lists that notes call into question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, allergy, condition, note

ChartOf = Callable[..., AskedChart]
LATEX = allergy("l", "Latex", "itching")
EPILEPSY = condition("e", "Epilepsy", "1990-01-01")


def test_a_label_that_should_be_removed_is_told_before_the_entry(chart_of: ChartOf) -> None:
    told = chart_of(LATEX, note("n", "Latex: glove worn for an hour, nothing. The label should be removed.")).say(
        "Is the latex allergy real?"
    )
    assert "label should be removed" in told[0]
    assert any("Allergy to Latex" in sentence for sentence in told[1:])


def test_a_diagnosis_that_nobody_made_is_told_before_the_entry(chart_of: ChartOf) -> None:
    text = "Blackouts at school were faints. Neurology did not make a diagnosis of epilepsy. Swims every week."
    told = chart_of(EPILEPSY, note("n", text)).say("Epilepsy is on her list. Does she actually have it?")
    assert "did not make a diagnosis of epilepsy" in told[0]


@pytest.mark.parametrize(
    "text",
    [
        "Latex allergy confirmed by prick test. The label should not be removed.",
        "Latex gloves avoided. Her brother is not allergic to latex.",
        "Pollen: the label should be removed.",
    ],
)
def test_an_entry_that_stands_is_not_disputed(chart_of: ChartOf, text: str) -> None:
    told = chart_of(LATEX, note("n", text)).say("Is the latex allergy real?")
    assert told[0].startswith("Allergy to Latex")


def test_who_does_not_doubt_gets_the_entry(chart_of: ChartOf) -> None:
    told = chart_of(LATEX, note("n", "Latex: the label should be removed.")).say("Is she allergic to latex?")
    assert "Allergy to Latex" in told[0]
