"""What a call or a message was about is told by its own note; another call, or none, leaves it untold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, note, visit

ChartOf = Callable[..., AskedChart]

CHART = (
    visit("er", "EMER", "Emergency department visit", "2024-06-03", "2024-06-03"),
    note(
        "call1",
        "Husband called. She had a nosebleed for twenty minutes and it has stopped now. Advised to hold the aspirin tonight.",
        "2024-02-11",
        type={"text": "Telephone encounter note"},
    ),
    note(
        "call2",
        "Daughter rang about the plaster cast. The fingers are swollen and blue since the morning. Told to come back today.",
        "2024-06-05",
        type={"text": "Telephone encounter note"},
    ),
    note("portal", "Is the new tablet safe with grapefruit juice? I drink a glass every day.", "2024-09-01",
         type={"text": "Patient portal message"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Why did the husband call in February 2024?", "nosebleed"),
        ("What did the daughter ring about after the ER visit?", "plaster cast"),
        ("what was the portal message about", "grapefruit"),
        ("What was the last phone call about?", "plaster cast"),
        ("why did the husband phone about the nosebleed?", "aspirin"),
    ],
)
def test_the_note_of_the_call_that_is_meant_is_quoted(chart_of: ChartOf, question: str, told: str) -> None:
    assert told in " ".join(chart_of(*CHART).say(question))


@pytest.mark.parametrize(
    "question", ["Why did the son call?", "Why did the husband call in March 2024?", "What did the daughter ring about in 2022?"]
)
def test_a_call_that_the_chart_does_not_hold_is_not_told(chart_of: ChartOf, question: str) -> None:
    said = " ".join(chart_of(*CHART).say(question))
    assert "nosebleed" not in said
    assert "plaster" not in said
