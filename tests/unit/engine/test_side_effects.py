"""What medicines did amiss is told of all of them where none is named: lists, reasons of ended orders, notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, allergy, medication, note

ChartOf = Callable[..., AskedChart]


def ended(identity: str, name: str, why: str, purpose: str = "") -> Resource:
    """Build an order that was ended for a reason of record."""
    more: Resource = {"reasonCode": [{"text": purpose}]} if purpose else {}
    return medication(identity, name, "2022-01-10", status="stopped", statusReason={"text": why}, **more)


ASKED = (
    "any side effects from her meds?",
    "what adverse drug reactions has she had",
    "which medicines could she not tolerate?",
    "has anything she was given disagreed with her?",
    "have any of her tablets made her ill?",
)


@pytest.mark.parametrize("asked", ASKED)
def test_lists_and_reasons_tell(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(
        allergy("a", "Trimethoprim", "Rash"),
        ended("m1", "Bendroflumethiazide 2.5 mg tablet", "Gout and low sodium; rash"),
        ended("m2", "Omeprazole 20 mg capsule", "Course completed"),
    )
    told = " | ".join(chart.say(asked))
    assert "Trimethoprim" in told
    assert "Bendroflumethiazide" in told
    assert "Omeprazole" not in told


@pytest.mark.parametrize(
    ("why", "purpose"),
    [
        ("Deprescribed: no ongoing indication", "Heartburn"),
        ("Cough resolved", "Cough"),
        ("Stepped up: exacerbations despite treatment", "COPD"),
        ("Headaches", "Headaches"),
    ],
)
def test_an_end_without_harm_is_no_side_effect(chart_of: ChartOf, why: str, purpose: str) -> None:
    chart = chart_of(
        ended("m1", "Nitrofurantoin 100 mg capsule", "Severe nausea"), ended("m2", "Codeine 15 mg tablet", why, purpose)
    )
    assert not any("Codeine" in text for text in chart.say("any side effects from meds?"))


@pytest.mark.parametrize(
    "told",
    [
        "Ankle swelling since starting amlodipine.",
        "Nausea from metformin, worse after meals.",
        "Gabapentin begun in May. It made her so drowsy that she fell.",
        "Statin-associated myalgia.",
    ],
)
def test_notes_that_lay_a_complaint_to_a_medicine_tell(chart_of: ChartOf, told: str) -> None:
    last = told.rsplit(". ", maxsplit=1)[-1].rstrip(".")
    assert any(last in text for text in chart_of(note("n", told)).say("what side effects has she had?"))


@pytest.mark.parametrize(
    "said",
    [
        "Amlodipine may cause swelling, call if so.",
        "If rash from lamotrigine, stop and call.",
        "Her sister had a rash from penicillin.",
        "Took metformin with lunch. Nausea from the ferry.",
    ],
)
def test_a_warning_or_another_cause_does_not_tell(chart_of: ChartOf, said: str) -> None:
    first = said.rsplit(". ", maxsplit=1)[-1].rstrip(".")
    assert not any(first in text for text in chart_of(note("n", said)).say("any side effects from her medicines?"))


def test_a_medicine_that_nothing_knows_is_not_answered_by_others(chart_of: ChartOf) -> None:
    chart = chart_of(allergy("a", "Trimethoprim", "Rash"))
    assert not any("Trimethoprim" in text for text in chart.say("any side effects from the Zyrbolen?"))


def test_what_was_stopped_for_harm_leaves_out_the_rest(chart_of: ChartOf) -> None:
    chart = chart_of(
        ended("m1", "Ramipril 5 mg capsule", "Cough"),
        ended("m2", "Omeprazole 20 mg capsule", "No longer needed"),
    )
    told = " | ".join(chart.say("which meds were stopped because of side effects?"))
    assert "Ramipril" in told
    assert "Omeprazole" not in told
