"""Names of a chart that deny what they name, and those that only look so."""

from __future__ import annotations

import pytest
from chartcite.engine.domain.records import AssertionStatus, CodedConcept
from chartcite.engine.language.denied_names import denied_parts, read_denial
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import bundled_lexicon


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("Myocardial infarction ruled out", "Myocardial infarction"),
        ("No evidence of metastasis", "metastasis"),
        ("Absence of metastases", "metastases"),
        ("Negative for malignancy", "malignancy"),
        ("Ruled-out pulmonary embolism", "pulmonary embolism"),
        ("Pulmonary embolism (ruled out)", "Pulmonary embolism"),
        ("DVT - excluded", "DVT"),
        ("Free of heart failure", "heart failure"),
        ("No known heart disease", "heart disease"),
        ("Stroke has been excluded by MRI", "Stroke"),
        ("No evidence of lung cancer", "lung cancer"),
        ("Without metastasis", "metastasis"),
    ],
)
def test_a_name_that_denies_its_thing_is_read(name: str, thing: str) -> None:
    denial = read_denial(name)
    assert denial is not None
    assert denial == (thing, AssertionStatus.ABSENT)


@pytest.mark.parametrize("name", ["Rule out sepsis", "R/O MI", "MI, rule out", "Pneumonia, to be excluded"])
def test_what_is_to_be_ruled_out_is_possible(name: str) -> None:
    denial = read_denial(name)
    assert denial is not None
    assert denial.status is AssertionStatus.POSSIBLE


@pytest.mark.parametrize(
    "name",
    [
        "Hypertension without heart failure",
        "Type 2 diabetes mellitus without complication",
        "Chest pain, myocardial infarction ruled out",
        "Pneumonia not ruled out",
        "Pneumonia cannot be ruled out",
        "HER2-negative breast cancer",
        "Rh negative",
        "Non-small cell lung cancer",
        "Nonrheumatic mitral valve disorder",
        "Acquired absence of kidney",
        "Absence of uterus",
        "No appetite",
        "Absent pulse",
        "Breath sounds absent",
        "No known problems",
        "Fever without a focus",
        "Observation for suspected stroke ruled out",
        "",
    ],
)
def test_a_name_that_holds_in_part_or_names_a_lack_denies_nothing(name: str) -> None:
    assert read_denial(name) is None


def test_the_denied_part_of_a_name_is_told_from_the_rest() -> None:
    assert denied_parts("Chest pain, myocardial infarction ruled out") == ("myocardial infarction",)
    assert denied_parts("Observation for suspected stroke ruled out") == ("stroke",)
    assert denied_parts("Chest pain, nausea") == ()


@pytest.mark.parametrize(
    ("name", "held", "not_held"),
    [
        ("Myocardial infarction ruled out", "myocardial-infarction", ""),
        ("No evidence of metastasis", "metastatic-cancer", ""),
        ("Absence of heart failure", "heart-failure", ""),
        ("Chest pain, pulmonary embolism excluded", "chest-pain", "pulmonary-embolism"),
        ("Observation for suspected stroke ruled out", "", "stroke"),
    ],
)
def test_a_denied_name_is_about_its_thing_and_a_denied_part_is_not_meant(name: str, held: str, not_held: str) -> None:
    found = bundled_lexicon().link(CodedConcept(text=name))
    assert not held or held in found
    assert not_held not in found


@given(st.text(max_size=60))
def test_any_name_is_read_and_a_denied_thing_has_words(name: str) -> None:
    denial = read_denial(name)
    assert denial is None or denial.thing.strip()
