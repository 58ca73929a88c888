"""What kind of thing a question asks for, however it is written."""

from __future__ import annotations

import pytest
from chartcite.engine.questions.asked_kinds import kind_of


@pytest.mark.parametrize(
    ("whole", "contracted"),
    [
        ("what is her cancer stage", "what's her cancer stage"),
        ("what is the plan", "whats the plan"),
        ("who is with him", "who’s with him"),
        ("where is she living", "where's she living"),
        ("how is he sleeping", "how's he sleeping"),
    ],
)
def test_a_contraction_asks_for_the_same(whole: str, contracted: str) -> None:
    assert kind_of(contracted) == kind_of(whole) != ""
