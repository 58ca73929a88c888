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


@pytest.mark.parametrize("question", ["Is she allergic to latex?", "latex allergy?", "Is she realy allergic to latex?"])
def test_a_later_note_is_told_with_the_entry_without_any_doubt(chart_of: ChartOf, question: str) -> None:
    told = chart_of(LATEX, note("n", "Latex: patch test blank. She is not allergic to latex.")).say(question)
    assert "not allergic to latex" in told[0]
    assert any("Allergy to Latex" in sentence for sentence in told[1:])


def test_who_wants_to_give_a_medicine_is_told_of_the_note_first(chart_of: ChartOf) -> None:
    entry = allergy("c", "Cefalexin", "rash")
    told = chart_of(entry, note("n", "Cefalexin challenge passed, de-labelled today.")).say("Can I give her cefalexin?")
    assert "de-labelled" in told[0]
    assert any("Allergy to Cefalexin" in sentence for sentence in told[1:])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("She is not allergic to latex.", "2010-03-01"),
        ("She does not have latex gloves at home.", "2024-03-01"),
        ("She is not allergic to eggs. Latex gloves avoided.", "2024-03-01"),
    ],
)
def test_a_note_of_before_or_of_something_else_disputes_no_entry(chart_of: ChartOf, text: str, day: str) -> None:
    entry = {**LATEX, "recordedDate": "2015-06-01"}
    told = chart_of(entry, note("n", text, f"{day}T10:00:00-05:00")).say("Is she allergic to latex?")
    assert told[0].startswith("Allergy to Latex")


def test_the_whole_list_is_told_with_what_disputes_one_entry(chart_of: ChartOf) -> None:
    others = [allergy(f"o{number}", name, "rash") for number, name in enumerate(("Cefalexin", "Kiwi", "Morphine", "Nickel"))]
    told = chart_of(LATEX, *others, note("n", "She is not allergic to latex.")).say("Any allergies?")
    assert "not allergic to latex" in told[0]
    assert sum("Allergy to" in sentence for sentence in told) == 1 + len(others)
