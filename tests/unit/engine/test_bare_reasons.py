"""Reasons of record that only say again what was done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.notes.bare_reasons import gives_bare_reason, gives_reason

from tests.charts import AskedChart, medication, note

ChartOf = Callable[..., AskedChart]


@pytest.mark.parametrize(
    ("why", "question"),
    [
        ("Dose increased", "Why was the old strength stopped?"),
        ("dosage was lowered", "Why was it cut?"),
        ("Switched to another agent", "Why did she come off it?"),
        ("Therapy changed by prescriber", "What led to the change?"),
        ("see notes", "Why was it stopped?"),
        ("Patient refused", "Why did he refuse it?"),
        ("declined by the family", "On what grounds did they decline?"),
    ],
)
def test_what_says_again_what_was_done_is_no_reason(why: str, question: str) -> None:
    told = f"Bisoprolol 5 mg was stopped on 2024-03-01; reason: {why}."
    assert gives_bare_reason(told, question)
    assert not gives_reason(told, question)


@pytest.mark.parametrize(
    ("why", "question"),
    [
        ("Dose increased for angina", "Why was the old strength stopped?"),
        ("Bradycardia", "Why was it cut?"),
        ("Course completed", "Why did she come off it?"),
        ("Patient refused", "Why was it not given?"),
        ("switched because of wheeze", "What led to the change?"),
    ],
)
def test_what_says_more_is_a_reason(why: str, question: str) -> None:
    told = f"Bisoprolol 5 mg was stopped on 2024-03-01; reason: {why}; prescriber: A. Lund."
    assert gives_reason(told, question)
    assert not gives_bare_reason(told, question)


def test_a_claim_without_a_reason_gives_none() -> None:
    told = "Bisoprolol 5 mg was stopped on 2024-03-01."
    assert not gives_reason(told, "Why?")
    assert not gives_bare_reason(told, "Why?")


def _stopped(why: str) -> dict[str, object]:
    return medication("m1", "Bisoprolol 5 mg", "2023-01-01", status="stopped", statusReason={"text": why})


def test_the_note_tells_the_reason_that_the_record_only_repeats(chart_of: ChartOf) -> None:
    text = "Bisoprolol 5 mg stopped because of wheeze on the stairs. Sleeps well."
    told = " ".join(chart_of(_stopped("Treatment changed"), note("n", text, "2024-03-01")).say("Why was bisoprolol stopped?"))
    assert "wheeze on the stairs" in told


def test_the_record_still_answers_where_no_note_tells_more(chart_of: ChartOf) -> None:
    chart = chart_of(_stopped("Treatment changed"), note("n", "Sleeps well. Skin is intact.", "2024-03-01"))
    assert "Treatment changed" in " ".join(chart.say("Why was bisoprolol stopped?"))
