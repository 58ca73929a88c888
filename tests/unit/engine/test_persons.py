"""Whose chart it is: what demographic facts tell, and whether a relative in a question is the patient."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from chartcite.engine.questions.persons import (
    Person,
    asks_of_their_life,
    names_relative,
    person_of,
    relative_acts,
    relative_tells,
    speaks_of_patient,
)
from hypothesis import given
from hypothesis import strategies as st

from tests.fhir_builders import facts

HER, HIM, UNKNOWN = Person(sex="female"), Person(sex="male"), Person()


def read(**elements: Any) -> Person:
    return person_of(facts({"resourceType": "Patient", "id": "ann", **elements}))


def test_sex_and_birth_are_read_from_the_patient() -> None:
    assert read(gender="female", birthDate="1960-02-29") == Person("female", date(1960, 2, 29), deceased=False)


@pytest.mark.parametrize("written", ["1960", "1960-02"])
def test_a_birth_known_by_year_or_month_gives_no_day(written: str) -> None:
    assert read(birthDate=written).birth is None


@pytest.mark.parametrize(
    ("elements", "died"),
    [
        ({"deceasedBoolean": True}, True),
        ({"deceasedBoolean": False}, False),
        ({"deceasedDateTime": "2024-05-05"}, True),
        ({}, False),
    ],
)
def test_death_is_read_as_it_is_written(elements: dict[str, Any], *, died: bool) -> None:
    assert read(gender="male", **elements).deceased is died


def test_nothing_is_known_of_nobody() -> None:
    assert person_of([]) == Person("", None, deceased=False)


@pytest.mark.parametrize(
    ("question", "person", "means_patient"),
    [
        ("Has my dad got lung cancer?", HIM, True),
        ("Has my dad got lung cancer?", HER, False),
        ("Has my dad got lung cancer?", UNKNOWN, True),
        ("Is my mum on a statin?", HER, True),
        ("Is my mum on a statin?", HIM, False),
        ("Is my husband's blood pressure high?", HER, False),
        ("Is my son due a vaccine?", HIM, True),
        ("Is my son due a vaccine?", HER, False),
        ("Is our baby due a vaccine?", HER, True),
        ("Is our baby due a vaccine?", HIM, True),
        ("When was Dad admitted?", HIM, True),
        ("When was Dad admitted?", HER, False),
        ("When was my late father admitted?", HIM, True),
        ("Did my father have diabetes?", HIM, False),
        ("My father had diabetes, should I be tested?", HIM, False),
        ("Has my dad had his shingles vaccine?", HIM, True),
        ("Has my dad had his shingles vaccine?", HER, False),
        ("Has my mum had the results of her scan?", HER, True),
        ("My dad had his tetanus shot, when was it?", HIM, True),
        ("Did my mum get her blood results?", HER, True),
        ("Does my boy need an inhaler, like his sister has?", HIM, True),
        ("Does my little girl need an inhaler?", HIM, False),
        ("Did my dad take warfarin?", HIM, True),
        ("Does cancer run in my mother's family?", HER, False),
        ("Does my mum's illness put me at risk?", HER, False),
        ("Should I worry, does my mum take warfarin?", HER, False),
        ("Did his mum have diabetes?", HER, False),
        ("Did her dad have diabetes?", HIM, False),
        ("Does the patient smoke?", HER, False),
        ("What do my notes say about my mum's health?", HER, False),
        ("What does the file say about my mum's health?", HER, True),
        ("Is she on a statin?", HER, False),
        ("Does my mummification interest matter?", HER, False),
    ],
)
def test_a_relative_is_the_patient_where_speech_and_sex_allow_it(question: str, person: Person, *, means_patient: bool) -> None:
    assert speaks_of_patient(question, person) is means_patient


@pytest.mark.parametrize(
    ("question", "means_patient"), [("Has my dad had his flu jab?", False), ("Has my boy had his MMR?", True)]
)
def test_a_child_is_nobodys_father(question: str, *, means_patient: bool) -> None:
    child = Person(sex="male", birth=date(2018, 5, 1))
    assert speaks_of_patient(question, child, date(2024, 5, 1)) is means_patient


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("How old was Mom when she had the stroke?", True),
        ("Did Grandpa's heart fail?", True),
        ("how old was mom?", True),
        ("Did her Mom have a stroke?", False),
        ("Was Nancy admitted?", False),
        ("Was she admitted?", False),
    ],
)
def test_what_the_family_calls_them_names_a_relative(question: str, *, named: bool) -> None:
    assert names_relative(question) is named


@pytest.mark.parametrize(
    ("question", "acts"),
    [
        ("Why did the daughter bring her in?", True),
        ("Did his sister notice the rash?", True),
        ("Who in the family knows about the cancer?", True),
        ("Has her husband been told?", False),
        ("Does his wife help him with the insulin?", True),
        ("Did her mother have diabetes?", False),
        ("Who in the family has diabetes?", False),
        ("Does her father take warfarin?", False),
        ("Has her brother been diagnosed with asthma?", False),
    ],
)
def test_a_relative_who_acts_is_not_asked_for_illness(question: str, *, acts: bool) -> None:
    assert relative_acts(question) is acts


@pytest.mark.parametrize(
    ("question", "tells"),
    [
        ("What did his mother say about the cough?", True),
        ("What does her daughter want?", True),
        ("What did his mother die of?", False),
        ("What does the letter say?", False),
    ],
)
def test_the_words_of_a_relative_are_asked_for(question: str, *, tells: bool) -> None:
    assert relative_tells(question) is tells


@pytest.mark.parametrize(
    ("question", "of_life"),
    [
        ("What job does the father have?", True),
        ("Who does her son live with?", True),
        ("How old was her father at death?", False),
    ],
)
def test_the_life_of_a_relative_is_no_illness(question: str, *, of_life: bool) -> None:
    assert asks_of_their_life(question) is of_life


@given(st.text(max_size=80), st.sampled_from([HER, HIM, UNKNOWN]))
def test_any_text_gives_an_answer(text: str, person: Person) -> None:
    assert speaks_of_patient(text, person) in {True, False}
    if not any(character.isalpha() for character in text):
        assert not speaks_of_patient(text, person)


@pytest.mark.parametrize(
    ("text", "of_patient"),
    [
        ("My brother could not come. What was said at mum's visit?", True),
        ("Mum's tablets keep changing and I've lost track - what does she take?", True),
        ("Did my mother have this? I worry about me.", False),
        ("remind me what illnesses my mother has", False),
    ],
)
def test_the_last_sentence_that_names_somebody_tells_whose_chart_it_is(text: str, *, of_patient: bool) -> None:
    assert speaks_of_patient(text, Person(sex="female")) is of_patient
