"""What was only to be done answers no question for what it gave; a supposition and somebody else's telephone answer nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, lab, medication, note, person, procedure

ChartOf = Callable[..., AskedChart]

PLANS = note("plan", "Plan:\n1. Tired - folate next visit.\n2. Repeat chest x-ray in 6 weeks.\n", "2025-02-03")
LEVEL = note("lev", "On tacrolimus 2 mg twice daily, well. Tacrolimus trough 6.1 last week.\n", "2025-03-03")
DOSE = note("dose", "She takes ciclosporin 75 mg twice daily and feels well on it.\n", "2025-03-03")


@pytest.mark.parametrize(
    "question",
    [
        "What did the folate come back at?",
        "result of the repeat chest x-ray?",
        "How high was the folate?",
        "What was the ciclosporin trough in March?",
    ],
)
def test_what_was_to_be_done_tells_no_result(chart_of: ChartOf, question: str) -> None:
    assert chart_of(PLANS, DOSE, medication("c", "Ciclosporin 75 mg", "2024-01-01")).say(question) == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is planned about the chest x-ray?", "Repeat chest x-ray in 6 weeks"),
        ("What was the tacrolimus trough?", "6.1"),
        ("What did the folate come back at in 2024?", "8.2"),
    ],
)
def test_a_plan_that_is_asked_and_a_result_that_there_is_are_told(chart_of: ChartOf, question: str, told: str) -> None:
    chart = chart_of(PLANS, LEVEL, lab("fol", 8.2, "2024-05-05", name="Folate", unit="ng/mL"))
    assert told in " ".join(chart.say(question))


def test_a_procedure_that_was_called_off_is_told_where_it_is_taken_for_done(chart_of: ChartOf) -> None:
    off = procedure("ton", "Tonsillectomy", "2024-06-06", status="not-done")
    told = chart_of(off).say("Who took out her tonsils, and how has the throat been since the operation?")
    assert [line for line in told if "not-done" in line]


def test_the_telephone_of_somebody_else_is_not_the_patients(chart_of: ChartOf) -> None:
    phone: Resource = {"telecom": [{"system": "phone", "value": "555 0199"}]}
    chart = chart_of(person(**phone))
    assert "555 0199" in " ".join(chart.say("What is her phone number?"))
    assert chart.say("What is the phone number of her pharmacy?") == []
    assert chart.say("her daughter's mobile number") == []
