"""What is booked is told by the appointments of the chart, with whom and when; what is not booked stays untold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.charts import AskedChart, Resource, condition, lab, note, visit

ChartOf = Callable[..., AskedChart]
TODAY = date(2025, 5, 1)


def appointment(identity: str, what: str, start: str, who: str = "", status: str = "booked", **elements: Any) -> Resource:
    actors: list[dict[str, Any]] = [{"actor": {"reference": "Patient/ann"}}]
    actors += [{"actor": {"display": who}}] if who else []
    times = {"start": f"{start}T09:00:00-05:00"}
    return {
        "resourceType": "Appointment",
        "id": identity,
        "status": status,
        "description": what,
        "participant": actors,
        **times,
        **elements,
    }


CHART = (
    appointment("skin", "Dermatology review", "2025-09-12", "Dr Petra Holm"),
    appointment("dexa", "Denosumab injection", "2025-06-20", "Osteoporosis nurse"),
    appointment("old", "Physiotherapy", "2025-03-03", "Tom Reed", status="noshow"),
    visit("derm", "AMB", "Dermatology clinic", "2024-09-10", "2024-09-10"),
    condition("acne", "Acne", "2020-01-01"),
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When does she go back to the skin doctor?", "Petra Holm"),
        ("date of next appointment?", "2025-06-20"),
        ("What day is she next booked in for her denosumab?", "2025-06-20"),
        ("what appointments has she got lined up", "2025-09-12"),
        ("Who will she be seeing at the next dermatology visit?", "Petra Holm"),
        ("Has she anything coming up, and on which day?", "2025-06-20"),
        ("When is she due to see Dr Holm?", "2025-09-12"),
        ("Which day in September is she supposed to see the skin doctor?", "2025-09-12"),
    ],
)
def test_what_is_booked_is_told(chart_of: ChartOf, question: str, told: str) -> None:
    assert told in " ".join(chart_of(*CHART).say(question, as_of=TODAY))


@pytest.mark.parametrize(
    "question",
    [
        "When is her next eye appointment?",
        "When's her next visit to the kidney clinic?",
        "When did she last see the skin doctor?",
        "When is she due to see Dr Banerjee?",
        "What is the next step for her acne?",
        "When was her physiotherapy appointment?",
        "When is her next colonoscopy due?",
        "Is she seeing anybody next week?",
        "Which day in October is she supposed to come to the clinic?",
    ],
)
def test_what_is_not_booked_is_not_told_by_what_is(chart_of: ChartOf, question: str) -> None:
    assert "(booked)" not in " ".join(chart_of(*CHART).say(question, as_of=TODAY))


def test_a_visit_that_has_been_is_not_the_next_one(chart_of: ChartOf) -> None:
    seen = visit("kid", "AMB", "Nephrology clinic", "2024-09-10", "2024-09-10")
    assert chart_of(seen).say("When's her next visit to the kidney clinic?", as_of=TODAY) == []
    assert "2024-09-10" in " ".join(chart_of(seen).say("When was her last visit to the kidney clinic?", as_of=TODAY))


def test_an_appointment_that_was_booked_later_is_not_known_yet(chart_of: ChartOf) -> None:
    later = appointment("eye", "Eye clinic", "2025-10-01", "Dr Noor Khan", created="2025-07-01T10:00:00-05:00")
    assert "Khan" not in " ".join(chart_of(later).say("When is her next eye clinic?", as_of=TODAY))


def test_what_lies_ahead_does_not_make_the_record_newer(chart_of: ChartOf) -> None:
    chart = chart_of(*CHART, lab("a1c", 6.1, "2024-11-01"))
    answer = chart.ask("What was the HbA1c in August 2025?", as_of=TODAY)
    assert answer.kind == "abstained"
    assert "to 2025-03-03" in answer.text


def test_what_was_booked_is_told_of_a_chart_that_ended_before(chart_of: ChartOf) -> None:
    booked = appointment("scan", "Dermatology review", "2025-04-02", "Dr Petra Holm")
    seen = visit("derm", "AMB", "Dermatology clinic", "2025-01-10", "2025-01-10")
    assert "2025-04-02" in " ".join(chart_of(booked, seen).say("What's booked for her?", as_of=TODAY))


def test_where_nothing_is_booked_the_note_tells_when_to_return(chart_of: ChartOf) -> None:
    seen = visit("gp", "AMB", "Office visit", "2025-03-01", "2025-03-01")
    asks = note("n", "Plan:\nCarry on with the tablets.\nRTC 4 months.\n", "2025-03-01")
    assert "RTC 4 months" in " ".join(chart_of(seen, asks).say("When is her next appointment?", as_of=TODAY))
    assert "RTC" not in " ".join(chart_of(seen, asks).say("When is her next cardiology appointment?", as_of=TODAY))
    came = visit("gp2", "AMB", "Office visit", "2025-07-20", "2025-07-20")
    later = chart_of(seen, asks, came).say("When is her next appointment?", as_of=date(2025, 8, 1))
    assert "RTC" not in " ".join(later)
