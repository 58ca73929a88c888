"""How a medicine is taken: what asks for it, what tells it, and what asks for something else."""

from __future__ import annotations

from datetime import date

import pytest
from chartcite.engine.language.sig_words import asks_course, asks_frequency, asks_sig, tells_course, tells_frequency
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.understanding import understand

from tests.charts import bundled_lexicon


@pytest.mark.parametrize(
    "text",
    [
        "Mobic - how often?",
        "Tobrex: how many times a day and for how long?",
        "amoxicillin, with or without food?",
        "what strength is his atorvastatin",
        "when should she take the levothyroxine",
        "for how long do I use the hydrocortisone?",
        "ibuprofen how much do I take",
        "metformin: od or bd?",
    ],
)
def test_a_question_about_the_sig_of_a_medicine_asks_for_its_dosage(text: str) -> None:
    (plan, *_) = understand(text, lexicon=bundled_lexicon(), chart=(), today=date(2026, 1, 1))
    assert plan.intent is Intent.DOSE


@pytest.mark.parametrize(
    "text",
    [
        "How often has she been prescribed amoxicillin?",
        "How long has he been on metformin?",
        "How many times was morphine administered?",
        "How often has she had the flu?",
    ],
)
def test_what_was_done_is_no_question_about_the_sig(text: str) -> None:
    assert not asks_sig(text, names_drug=True)


def test_without_a_medicine_it_must_speak_of_taking() -> None:
    assert asks_sig("how often do I take it?", names_drug=False)
    assert not asks_sig("how often does he fall?", names_drug=False)


@pytest.mark.parametrize("said", ["Sig: one tab BID", "500 mg q6h prn", "twice a day", "at bedtime", "every 8 hours", "OD"])
def test_dosage_tells_how_often(said: str) -> None:
    assert tells_frequency(said)


def test_a_dose_alone_does_not_tell_how_often_or_for_how_long() -> None:
    assert not tells_frequency("Coreg 25 mg for his hypertension")
    assert not tells_course("Coreg 25 mg for his hypertension")


@pytest.mark.parametrize("said", ["QID x 5 days", "for two weeks", "until the rash clears", "lifelong", "5/7"])
def test_a_length_tells_for_how_long(said: str) -> None:
    assert tells_course(said)


def test_how_often_and_for_how_long_are_told_apart() -> None:
    assert asks_frequency("how many times a day?")
    assert not asks_course("how many times a day?")
    assert asks_course("and for how long?")
