"""Who asks and what for stands before many questions, and names nothing that is asked of."""

from __future__ import annotations

import pytest
from chartcite.engine.questions.asker import without_asker
from chartcite.engine.questions.story_asked import bare_story

from tests.charts import bundled_lexicon


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Grandpa here, how did the scan go?", "how did the scan go?"),
        ("Hi, it's Nora's aunt. Did she get the jab?", "Did she get the jab?"),
        ("This is Petra, her niece. When was the fall?", "When was the fall?"),
        ("Practice nurse here: last HbA1c?", "last HbA1c?"),
        ("Community midwife speaking - which blood group?", "which blood group?"),
        ("Which nurse gave the flu jab here?", "Which nurse gave the flu jab here?"),
        ("Her sister has asthma. Does she?", "Her sister has asthma. Does she?"),
        ("Is this the ward clinic letter?", "Is this the ward clinic letter?"),
    ],
)
def test_who_asks_is_left_out(text: str, asked: str) -> None:
    assert without_asker(text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Covering his list. Short paragraph on the gout for our medical adviser", "paragraph on the gout"),
        ("Insurer's adviser writing: kindly outline the migraine", "kindly outline the migraine"),
        ("New locum: give me the potted asthma history.", "give me the potted asthma history."),
        ("Warfarin dosing: walk me through each step", "Warfarin dosing: walk me through each step"),
        ("Dictating a letter: the May admission, a paragraph.", "the May admission, a paragraph."),
        ("She had a fit. Sum it up for me", "She had a fit. Sum it up for me"),
        ("How is her potassium?", "How is her potassium?"),
    ],
)
def test_what_stands_around_a_request_is_left_out(text: str, asked: str) -> None:
    assert bare_story(text, bundled_lexicon()) == asked
