"""Questions for a cause that are not worded as "why"."""

from __future__ import annotations

import pytest
from chartcite.engine.questions.asked_cause import as_why


@pytest.mark.parametrize(
    ("asked", "put"),
    [
        ("Amputation in June 2019 - indication?", "Why Amputation in June 2019?"),
        ("Lumbar drain out on day two; reason?", "Why Lumbar drain out on day two?"),
        ("The transplant was called off. What got in the way?", "Why the transplant was called off?"),
        ("They moved him to another ward. Do we know on what grounds?", "Why they moved him to another ward?"),
        ("Pacemaker check was skipped, how come?", "Why Pacemaker check was skipped?"),
        ("No chemo in May - what was the thinking?", "Why No chemo in May?"),
        ("rationale for stopping the clozapine", "Why stopping the clozapine"),
        ("What were the grounds for refusing the graft?", "Why refusing the graft?"),
    ],
)
def test_the_cause_of_what_is_told_is_asked_as_why(asked: str, put: str) -> None:
    assert as_why(asked) == put


@pytest.mark.parametrize(
    "asked",
    [
        "Why was the clozapine stopped?",
        "What indications does the echo list?",
        "When was it stopped, and why?",
        "Had she been to the clinic by then and, if not, what got in the way?",
        "Is the reason for the referral known?",
        "What is he thinking of doing?",
        "He fell. He broke his hip. What stopped him?",
        "explanation?",
        "the grounds of the hospital",
    ],
)
def test_other_questions_stay_as_they_are(asked: str) -> None:
    assert as_why(asked) == asked
