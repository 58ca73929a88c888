from __future__ import annotations

import pytest
from chartcite.engine.red_flags.red_flags import hear
from chartcite.engine.red_flags.stated_values import stated_topics


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("bp 70/30", "unconscious"),
        ("BP is 78 over 40 now", "unconscious"),
        ("sats 78% on 15L", "breathing"),
        ("pulse ox says 84", "breathing"),
        ("GCS 6", "unconscious"),
        ("K 7.2", "critical_value"),
        ("potassium of 2.1", "critical_value"),
        ("my sugar is 28", "diabetes"),
        ("glucose 45", "diabetes"),
        ("ketones 4.5", "diabetes"),
        ("lactate 6", "sepsis"),
    ],
)
def test_a_number_that_is_an_emergency_is_seen(question: str, topic: str) -> None:
    assert topic in set(stated_topics(hear(question)))


@pytest.mark.parametrize(
    "question",
    [
        "BP 128/76 today",
        "K 4.1 today, previous values?",
        "sats 97%",
        "my sugar is 6.4 this morning",
        "my sugar is 110",
        "GCS 15",
        "K was 7.2 in 2019",
        "when was his potassium 7.2?",
        "what was the lactate, 6?",
    ],
)
def test_a_number_that_is_none_or_of_the_past_is_not(question: str) -> None:
    assert set(stated_topics(hear(question))) == set()
