"""Whether a medicine is taken as the list says: what a later note says against it is told beside the entry."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, medication, note

ChartOf = Callable[..., AskedChart]
LISTED = medication("m", "Ramipril 5 MG Oral Capsule", "2023-02-01")
LATER = "2024-06-03T10:00:00Z"


def told(chart: AskedChart, question: str = "Is he still taking ramipril?") -> str:
    return "\n".join(chart.say(question))


@pytest.mark.parametrize(
    "said",
    [
        "Ramipril: gave it up himself at Easter, no reason given.",
        "He has not taken ramipril since the spring.",
        "Stopped ramipril in May, continues bisoprolol.",
        "3. Ramipril - ran out in April and never collected more.",
        "No ramipril.",
        "Tritace on hold since the dehydration.",
    ],
)
@pytest.mark.parametrize("question", ["Is he still taking ramipril?", "is he on an ACE inhibitor", "ramipril dose?"])
def test_a_note_that_calls_it_stopped_stands_beside_the_entry(chart_of: ChartOf, said: str, question: str) -> None:
    text = told(chart_of(LISTED, note("n", f"Review. {said} Feels well.", LATER)), question)
    assert "is active since 2023-02-01" in text
    assert said.removeprefix("3. ") in text


@pytest.mark.parametrize(
    "said",
    [
        "Stopped bisoprolol, continues ramipril.",
        "Ramipril could be stopped if the potassium rises.",
        "He did not stop ramipril.",
        "Advised to stop smoking, ramipril unchanged.",
        "Mother was taken off ramipril.",
        "Taking ramipril 5 mg every morning.",
    ],
)
def test_what_is_said_of_something_else_or_may_come_does_not_contradict(chart_of: ChartOf, said: str) -> None:
    text = told(chart_of(LISTED, note("n", f"Review. {said} Feels well.", LATER)))
    assert "is active since 2023-02-01" in text
    assert said not in text


def test_a_note_older_than_the_entry_does_not_contradict(chart_of: ChartOf) -> None:
    assert "cough" not in told(chart_of(LISTED, note("n", "Stopped ramipril for a cough.", "2022-06-03T10:00:00Z")))


def test_a_later_note_takes_it_back(chart_of: ChartOf) -> None:
    again = note("o", "Back on ramipril, tolerating it.", "2024-09-03T10:00:00Z")
    assert "Stopped" not in told(chart_of(LISTED, note("n", "Stopped ramipril in May.", LATER), again))


def test_a_list_that_was_brought_up_to_date_is_not_contradicted(chart_of: ChartOf) -> None:
    newer = medication("m2", "Ramipril 2.5 MG Oral Capsule", "2024-07-01")
    assert "Stopped" not in told(chart_of(LISTED, newer, note("n", "Stopped ramipril in May.", LATER)))


@pytest.mark.parametrize("said", ["Ramipril went up to 10 mg in March.", "Ramipril reduced to 2.5 mg, dizzy."])
def test_another_dose_of_a_later_note_is_told_with_that_of_the_list(chart_of: ChartOf, said: str) -> None:
    text = told(chart_of(LISTED, note("n", f"Review. {said}", LATER)), "What dose of ramipril is he on?")
    assert "5 MG" in text
    assert said in text
