"""The visit that a question names: by its kind, its time and the words around it; a visit that the chart lacks is none."""

from __future__ import annotations

from datetime import date

import pytest
from chartcite.engine.visits.named_visits import Kind, visits_in

TODAY = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Recap the April 2024 rheumatology appointment", Kind.VISIT, ("rheumatology",)),
        ("gist of her last asthma review", Kind.VISIT, ("asthma",)),
        ("Overview of the 2022 gallstone admission for the covering consultant", Kind.STAY, ("gallstone",)),
        ("run me through the ED visit in May 2023", Kind.EMERGENCY, ()),
        ("summary of the July 2020 delivery: mode, blood loss", Kind.BIRTH, ()),
        ("What was altered at the video consultation in March?", Kind.VISIT, ("video",)),
        ("Sum up his stay for cellulitis in 2021", Kind.STAY, ("cellulitis",)),
    ],
)
def test_a_visit_is_read_with_the_words_that_tell_which(text: str, kind: Kind, words: tuple[str, ...]) -> None:
    (named,) = visits_in(text, today=TODAY)
    assert (named.kind, named.words) == (kind, words)
    assert not named.since


def test_the_time_of_a_visit_is_read_with_it() -> None:
    (named,) = visits_in("Recap the April 2024 rheumatology appointment", today=TODAY)
    assert named.window is not None
    assert (named.window.first, named.window.last) == (date(2024, 4, 1), date(2024, 4, 30))


def test_what_is_asked_of_the_time_after_a_visit_is_told_apart() -> None:
    at, since = visits_in("What changed at the May 2025 review since the January 2025 clinic visit?", today=TODAY)
    assert (at.since, since.since) == (False, True)


def test_a_visit_that_a_question_only_looks_back_from_is_left_out() -> None:
    assert visits_in("What did she take before the March admission?", today=TODAY) == []


def test_of_several_stays_one_is_named_by_its_place() -> None:
    (named,) = visits_in("sum up his second admission", today=TODAY)
    assert named.ordinal == 2
