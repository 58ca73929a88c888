"""Everyday words: one thing said in other words, and kinds that do not stand for each other."""

from __future__ import annotations

from chartcite.engine.language.everyday_words import said_as
from hypothesis import given
from hypothesis import strategies as st


def test_words_of_a_group_stand_for_each_other() -> None:
    assert "driving" in said_as("wheel") or "driv" in " ".join(said_as("wheel"))
    assert "offered" in said_as("offer") or "offer" in said_as("offer")


def test_a_kind_is_said_by_its_members_and_not_the_other_way_round() -> None:
    assert "puppy" in said_as("pet")
    assert "cat" not in said_as("dog")
    assert "pet" not in said_as("puppy")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_a_word_is_always_said_by_itself(word: str) -> None:
    assert word in said_as(word)
