"""What of a question an answer leaves open, as its confidence sees it."""

from __future__ import annotations

from datetime import date

import pytest
from chartcite.engine.confidence.confidence_asked import asked_features, kind_features, told_by
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Citation, Source
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Event, Intent
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2026, 1, 1)


def claim(text: str, *, route: str = "latest_value", on: str = "2021-03-05") -> DraftClaim:
    source = Source(resource="Observation/o", path="", title="Chart", occurred_at=on)
    citation = Citation(id="c", source=source, quote="x", start=0, end=1)
    return DraftClaim(text=text, kind=ClaimKind.RECORD_FACT, citations=(citation,), route=route)


def target(words: str, *, is_class: bool = False) -> Target:
    return Target(words=words, label=words, alternatives=(forms(words),), is_class=is_class)


def features(
    text: str, *claims: DraftClaim, targets: tuple[Target, ...] = (), rest: str = "", event: Event | None = None
) -> dict[str, float]:
    plan = Plan(text=text, intent=Intent.LATEST, targets=targets, event=event)
    return asked_features(text, [plan], [told_by(each) for each in claims], forms(rest), today=TODAY, misfit=False)


POTASSIUM = claim("Potassium was 4.1 mmol/L on 2021-03-05.")


def test_what_is_named_counts_by_meaning() -> None:
    answer = claim("Progress note: “Uses his inhaler twice a day.”", route="quote")
    asked = features("Does he use the puffer?", answer, rest="puffer")
    assert asked["least_open"] == asked["open_together"] == 0.0
    assert features("Does he use the puffer?", answer, rest="crutches")["least_open"] == 1.0


def test_the_best_claim_the_first_and_all_together_are_told_apart() -> None:
    targets = (target("potassium"), target("sodium"))
    asked = features("Potassium and sodium?", POTASSIUM, claim("Sodium was 140 mmol/L."), targets=targets)
    assert (asked["first_open"], asked["least_open"], asked["open_together"]) == (0.5, 0.5, 0.0)
    assert features("Potassium and sodium?", POTASSIUM, targets=targets)["later_untold"]
    assert not asked["later_untold"]


@pytest.mark.parametrize(
    ("text", "unmet"),
    [
        pytest.param("potassium at diagnosis vs latest", True, id="one side of two"),
        pytest.param("dates in / out", True, id="one end of two"),
        pytest.param("potassium before and after the operation", True, id="one time of two"),
        pytest.param("last potassium", False, id="one thing is asked"),
    ],
)
def test_one_of_two_is_no_answer_to_both(text: str, unmet: bool) -> None:  # noqa: FBT001
    assert bool(features(text, POTASSIUM)["several_unmet"]) is unmet
    both = features(text, POTASSIUM, claim("Potassium was 5.0 mmol/L on 2024-01-01."))
    assert not both["several_unmet"]


@pytest.mark.parametrize(
    ("text", "untold"),
    [
        ("potassium in March 2021", 0),
        ("potassium on 3/5/21", 0),
        ("potassium Mar '21", 0),
        ("potassium in 2019", 1),
        ("potassium nov 23", 2),  # the year and the month
        ("may he have potassium", 0),
        ("market value of potassium", 0),
    ],
)
def test_a_time_that_is_named_should_be_told(text: str, untold: int) -> None:
    asked = features(text, POTASSIUM)
    assert asked["years_untold"] + asked["months_untold"] == untold
    assert bool(asked["time_untold"]) is bool(untold)
    assert bool(asked["unmet"]) is bool(untold)


def test_a_turn_of_events_that_no_claim_tells_is_left_open() -> None:
    assert features("When did she stop potassium?", POTASSIUM, event=Event.STOPPED)["event_untold"]
    told = claim("Potassium chloride was stopped on 2021-03-05.")
    assert not features("When did she stop potassium?", told, event=Event.STOPPED)["event_untold"]


def test_a_number_that_is_asked_for_is_held_or_not() -> None:
    assert features("How many tablets a day?", claim("She takes potassium."))["unheld"] == 1
    assert features("How many tablets a day?", claim("She takes 2 tablets."))["unheld"] == 0


def test_a_plural_class_with_one_member_is_doubtful() -> None:
    drugs = (target("chemo drugs", is_class=True),)
    assert features("new chemo drugs", claim("Oxaliplatin is active."), targets=drugs)["plural_class_one"]


def test_the_kind_that_is_asked_is_one() -> None:
    kinds = {name: value for name, value in kind_features("Why was it stopped?").items() if name.startswith("wants_") and value}
    assert set(kinds) == {"wants_why", "wants_story"}


@given(st.text(min_size=1, max_size=80).filter(lambda text: bool(text.strip())), st.text(min_size=1, max_size=80))
def test_any_question_and_any_answer_have_features_that_are_not_below_zero(asked: str, answer: str) -> None:
    assert all(float(value) >= 0 for value in features(asked, claim(answer), rest=asked).values())
