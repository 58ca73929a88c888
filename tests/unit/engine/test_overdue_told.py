"""What is overdue as notes tell it: kits that were not returned, jabs put off, appointments missed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, note

ChartOf = Callable[..., AskedChart]


def told(chart: AskedChart, question: str) -> str:
    return "\n".join(chart.say(question))


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Bowel kit not returned x2.", "Which screening is overdue?"),
        ("Smear overdue since 2021.", "is any screening overdue?"),
        ("Second hepatitis B jab postponed, febrile.", "are any vaccinations due?"),
        ("Missed retinal screening in May.", "what is overdue?"),
    ],
)
def test_a_note_tells_what_was_not_done(chart_of: ChartOf, said: str, question: str) -> None:
    assert said in told(chart_of(note("n", f"Review. {said}", "2025-09-01T10:00:00Z")), question)


@pytest.mark.parametrize(
    ("said", "day", "question"),
    [
        ("Bowel kit not returned x2.", "2019-09-01T10:00:00Z", "what is overdue?"),
        ("Bowel kit not returned x2.", "2025-09-01T10:00:00Z", "are any vaccinations due?"),
        ("Bowel kit returned, negative.", "2025-09-01T10:00:00Z", "what is overdue?"),
        ("Rash due to amoxicillin.", "2025-09-01T10:00:00Z", "what is overdue?"),
    ],
)
def test_what_is_old_of_another_kind_or_done_is_left_out(chart_of: ChartOf, said: str, day: str, question: str) -> None:
    assert said not in told(chart_of(note("n", f"Review. {said}", day)), question)
