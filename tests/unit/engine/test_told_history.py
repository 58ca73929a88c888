"""What lies behind, what is of every day, and notes of what to look up."""

from __future__ import annotations

import pytest
from chartcite.engine.red_flags.figures_of_speech import figurative
from chartcite.engine.red_flags.told_history import DONE_BY_CARERS, PLANNED, SETTLED, is_note, pattern, tells_of_family
from hypothesis import given
from hypothesis import strategies as st


def test_a_relatives_past_is_family_history_only_where_ones_own_risk_is_asked() -> None:
    told = "both my gran had blood clot"
    assert tells_of_family(told, f"{told} , doe that affect my hrt ?")
    assert not tells_of_family(told, f"{told} , what should i do ?")
    assert not tells_of_family("my gran had a fall just now", "my gran had a fall just now , am i at risk ?")


@pytest.mark.parametrize("said", ["kidney infection admission date", "bp med , dose", "uric acid level"])
def test_a_noun_of_the_record_without_a_sentence_is_a_note(said: str) -> None:
    assert is_note(said)


@pytest.mark.parametrize("said", ["my last dose made me sick", "help , no air", "i am bleeding all over the test"])
def test_a_sentence_is_no_note(said: str) -> None:
    assert not is_note(said)


def test_acts_of_carers_plans_and_what_is_well_are_read() -> None:
    assert pattern(DONE_BY_CARERS).search("the nurse took my blood again")
    assert pattern(PLANNED).search("my wife is going in for a hip replacement next month")
    assert pattern(SETTLED).search("baby temperature is normal again")
    assert not pattern(SETTLED).search("baby temperature is not normal")


@pytest.mark.parametrize(
    "said", ["bursting to pee", "the car crashed", "my heart stopped", "my boss strangled me", "my head is exploding"]
)
def test_words_of_emergencies_are_no_figures_of_speech(said: str) -> None:
    assert figurative().search(said) is None


@given(st.text(alphabet="abcdehimrstuy .,", max_size=80))
def test_any_words_are_read(text: str) -> None:
    assert is_note(text) in {True, False}
    assert not tells_of_family(text, "")
