"""What a value is to be is told by goals and notes; the latest value does not tell it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, lab, note, of

ChartOf = Callable[..., AskedChart]
GOAL: Resource = of("ann", "Goal", "g", lifecycleStatus="active", description={"text": "Potassium between 4.0 and 5.0"})
VALUE = lab("l", 5.6, "2024-02-01", name="Potassium", unit="mmol/L")


@pytest.mark.parametrize(
    "asked",
    [
        "what potassium are we aiming for?",
        "target potassium",
        "what should her potassium be?",
        "where do we want her potassium?",
        "what's the potassium supposed to be",
    ],
)
def test_a_goal_tells(chart_of: ChartOf, asked: str) -> None:
    told = chart_of(GOAL, VALUE).say(asked)
    assert any("between 4.0 and 5.0" in text for text in told)
    assert not any("5.6" in text for text in told)


@pytest.mark.parametrize(
    ("text", "asked", "quote"),
    [
        ("Warfarin: goal INR 2.5-3.5.", "what INR are they aiming for", "2.5-3.5"),
        ("HTN: Goal <140/85.", "bp goal?", "<140/85"),
        ("Check urate in a week. Then up the dose - aim <300.", "target urate?", "aim <300"),
        ("Dry weight 68 kg.", "what's his dry weight", "68 kg"),
        ("Fluids restricted to 1.2 L a day.", "how much is he allowed to drink?", "1.2 L"),
    ],
)
def test_a_note_tells(chart_of: ChartOf, text: str, asked: str, quote: str) -> None:
    assert any(quote in said for said in chart_of(note("n", text)).say(asked))


def test_the_latest_value_is_no_target(chart_of: ChartOf) -> None:
    assert not any("5.6" in text for text in chart_of(VALUE).say("what is her target potassium?"))


def test_a_day_is_no_blood_pressure(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "Taper over six weeks, then stop (target 03/04/2025)."))
    assert not any("03/04" in text for text in chart.say("target blood pressure?"))


def test_whether_a_target_is_reached_is_told_by_the_value(chart_of: ChartOf) -> None:
    assert any("5.6" in text for text in chart_of(VALUE).say("how far is her potassium from normal, latest value?"))


@pytest.mark.parametrize(
    "asked",
    [
        "is her potassium at goal?",
        "potassium goal vs actual",
        "potassium against target",
        "what's her potassium target and is she there?",
    ],
)
def test_a_value_held_against_its_target_is_told_with_it(chart_of: ChartOf, asked: str) -> None:
    told = " | ".join(chart_of(GOAL, VALUE).say(asked))
    assert "5.6" in told
    assert "between 4.0 and 5.0" in told
