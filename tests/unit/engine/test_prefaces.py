"""What stands before a question and only tells who asks, or what for, is no part of it; what names something stays."""

from __future__ import annotations

from datetime import date

import pytest
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.questions.part_reading import Context, read_part
from chartcite.engine.questions.persons import Person
from chartcite.engine.questions.prefaces import without_preface


def asked(text: str, lexicon: Lexicon) -> str:
    context = Context(lexicon, (), date(2025, 5, 1), frozenset(), Person(), {}, frozenset())
    return without_preface(text, lambda words: read_part(words, context))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("For my pilot licence form: when was the last ECG?", "when was the last ECG?"),
        ("Reception - caller is asking when the colonoscopy is booked", "caller is asking when the colonoscopy is booked"),
        ("Asthma camp form: which inhaler does he use?", "which inhaler does he use?"),
        ("I was half asleep - what did the surgeon say of the hernia?", "what did the surgeon say of the hernia?"),
        ("Sore throat today, so I need to ask: has she had her tonsillectomy?", "has she had her tonsillectomy?"),
        ("Before I ring the family I'd like to know who saw her in the asthma clinic", "who saw her in the asthma clinic"),
    ],
)
def test_a_preface_is_left_out(lexicon: Lexicon, text: str, left: str) -> None:
    assert asked(text, lexicon) == left


@pytest.mark.parametrize(
    "text",
    [
        "Hemoglobin: what was the last one?",
        "Asthma - when was she diagnosed?",
        "March 2024: what was the creatinine?",
        "Colonoscopy: when, result",
        "Consent form: who signed it and when?",
        "The warfarin - who stopped it and why?",
        "Ann said something about her mother's asthma; when was that?",
        "What was the potassium - is it normal for her?",
    ],
)
def test_what_names_something_stays(lexicon: Lexicon, text: str) -> None:
    assert asked(text, lexicon) == text
