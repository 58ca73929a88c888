"""Particulars that are asked of sentences of notes, and sentences that tell them or do not."""

from __future__ import annotations

import pytest
from chartcite.engine.questions.particulars import (
    asks_home_reading,
    asks_something_taken,
    asks_to_come,
    asks_whereabouts,
    speaks_of_taking,
    tells_home_reading,
    tells_time,
    tells_to_come,
    tells_whereabouts,
)


@pytest.mark.parametrize("said", ["Her last seizure was a year ago.", "since March", "on 3/14", "never used it"])
def test_a_sentence_with_a_time_or_a_denial_tells_when(said: str) -> None:
    assert tells_time(said)


@pytest.mark.parametrize(
    "said", ["Headaches.", "26-year-old female with a past medical history of epilepsy who presents with pain."]
)
def test_an_age_and_a_history_are_no_time(said: str) -> None:
    assert not tells_time(said)


def test_what_is_to_come_is_told_with_a_time() -> None:
    assert asks_to_come("when am I due to have my eyes looked at again")
    assert not asks_to_come("when does she take it?")
    assert tells_to_come("Return to clinic in 12 months.")
    assert not tells_to_come("Pupils round and reactive.")
    assert not tells_to_come("I will start her on naltrexone.")


def test_a_reading_at_home_is_none_of_a_clinic() -> None:
    assert asks_home_reading("what is her pressure running at home")
    assert tells_home_reading("Home BP 135/85.")
    assert not tells_home_reading("At last visit BP was 130/90.")


def test_that_there_is_none_does_not_tell_where_it_is() -> None:
    assert asks_whereabouts("where's the new lesion")
    assert not asks_whereabouts("where does he live?")
    assert tells_whereabouts("New lesion over the left temple.")
    assert not tells_whereabouts("No other areas of lesions seen.")


def test_a_suspicion_is_nothing_taken() -> None:
    assert asks_something_taken("Is he taking anything for the neuropathic pain?")
    assert speaks_of_taking("He was given tablets but does not take them.")
    assert not speaks_of_taking("The findings suggest carpal tunnel syndrome.")
