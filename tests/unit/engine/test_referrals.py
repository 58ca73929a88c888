"""What came of a referral, and what is open, is told by orders and the visits after them; what was called off is told as that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.charts import AskedChart, Resource, note, of, procedure, visit

ChartOf = Callable[..., AskedChart]
TODAY = date(2025, 5, 1)


def order(identity: str, what: str, day: str, status: str = "active", **elements: Any) -> Resource:
    return of("ann", "ServiceRequest", identity, status=status, intent="order", code={"text": what}, authoredOn=day, **elements)


CHART = (
    order("skin", "Referral to Dermatology", "2024-02-01", "completed"),
    visit("derm", "AMB", "Dermatology consultation", "2024-04-10", "2024-04-10"),
    note("letter", "Assessment:\nBenign seborrhoeic keratosis of the back.\nPlan:\nNo excision is needed.\n", "2024-04-10"),
    order("speech", "Speech therapy assessment", "2024-03-01", "revoked", note=[{"text": "Moved away."}]),
    order("holter", "Holter monitor", "2025-03-02"),
    order("vein", "Leg vein duplex", "2025-02-02", "completed"),
    procedure("duplex", "Leg vein duplex", "2025-02-20"),
    visit("gp", "AMB", "GP consultation", "2025-03-02", "2025-03-02"),
)


@pytest.mark.parametrize(
    "question",
    ["What came of the dermatology referral?", "Did the dermatology referral go through?", "outcome of the dermatology referral"],
)
def test_what_came_of_a_referral_is_told_with_the_visit_after_it(chart_of: ChartOf, question: str) -> None:
    said = " ".join(chart_of(*CHART).say(question, as_of=TODAY))
    assert "Referral to Dermatology was ordered on 2024-02-01" in said
    assert "2024-04-10" in said
    assert "seborrhoeic keratosis" in said


@pytest.mark.parametrize("question", ["What came of the speech therapy referral?", "Did she ever get to the speech therapy?"])
def test_what_was_called_off_is_told_as_that(chart_of: ChartOf, question: str) -> None:
    answer = chart_of(*CHART).ask(question, as_of=TODAY)
    assert "revoked" in answer.text
    assert "holds no result" not in answer.text


@pytest.mark.parametrize(
    "question", ["Is anything still outstanding?", "any open orders", "What's left to chase?", "any outstanding referrals?"]
)
def test_only_what_is_open_is_outstanding(chart_of: ChartOf, question: str) -> None:
    said = " ".join(chart_of(*CHART).say(question, as_of=TODAY))
    assert "Holter monitor" in said
    assert "Dermatology" not in said
    assert "Speech" not in said


def test_what_was_done_since_it_was_ordered_is_not_told_as_open(chart_of: ChartOf) -> None:
    assert not any("order active" in line for line in chart_of(*CHART).say("Was the leg vein duplex done?", as_of=TODAY))


def test_what_was_ordered_and_not_done_is_told_as_ordered(chart_of: ChartOf) -> None:
    assert "order active" in " ".join(chart_of(*CHART).say("Has the Holter monitor been done yet?", as_of=TODAY))
    assert "order active" in " ".join(chart_of(*CHART).say("Is the Holter scheduled?", as_of=TODAY))


def test_a_referral_that_the_chart_does_not_have_is_not_told(chart_of: ChartOf) -> None:
    assert not any("ordered" in line for line in chart_of(*CHART).say("What came of the neurology referral?", as_of=TODAY))
