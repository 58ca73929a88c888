"""The second look: what a question asks for, what may be quoted, and what is weighed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.second_look import Features, kind_of, log_odds
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import AskedChart, note

ChartOf = Callable[..., AskedChart]
SHARE = st.floats(0, 1)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Why did she stop going?", "why"),
        ("What made him stop?", "why"),
        ("How many steps are there?", "number"),
        ("When was she told?", "when"),
        ("Who found her?", "who"),
        ("Where did he fall?", "where"),
        ("What is his wife called?", "name"),
        ("Which language does he speak?", "which"),
        ("What did the nurse offer?", "did"),
        ("Was there pus?", "whether"),
        ("the wound", ""),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(question: str, kind: str) -> None:
    assert kind_of(question) == kind


def test_a_sentence_that_says_most_of_it_is_quoted(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "Found by daughter on the bedroom floor at night. Skin intact. Pain on moving."))
    assert "Found by daughter" in " ".join(chart.say("Who found her on the floor the night she fell?"))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param("Granddaughter gets married in September.", "What is the granddaughter's name?", id="no name"),
        pytest.param("Plays soccer again.", "Which soccer club does he play for?", id="no club"),
        pytest.param("Old left rib fracture.", "How did he come to break that rib?", id="no cause"),
        pytest.param("Walks with the walker to meals.", "How many feet can she walk with the walker?", id="no number"),
    ],
)
def test_a_sentence_without_what_is_asked_is_not_quoted(chart_of: ChartOf, text: str, question: str) -> None:
    assert chart_of(note("n", f"{text} Sleeps well.")).say(question) == []


@given(SHARE, SHARE, SHARE, SHARE, st.integers(0, 6))
def test_a_sentence_that_says_more_weighs_more(likeness: float, said: float, near: float, unknown: float, words: int) -> None:
    features = Features(likeness, said, near, unknown, 0.0, float(words))
    assert log_odds(features._replace(said=1.0)) >= log_odds(features)
    assert log_odds(features._replace(other_thing=1.0)) < log_odds(features)
