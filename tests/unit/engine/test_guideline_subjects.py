"""Whom a question is about, and whether a recommendation is for them."""

from __future__ import annotations

import pytest
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.guidelines.guideline_answers import asks_guideline
from chartcite.engine.guidelines.guideline_rules import parse_rule
from chartcite.engine.guidelines.guideline_subjects import asked_about
from chartcite.engine.guidelines.guidelines import Recommendation

PASSAGE = Passage(id=1, document_key=1, patient_id=None, resource="g#R1", path="", title="", start=0, end=0, text="")


def recommendation(rule: str, population: str = "People") -> Recommendation:
    """Return one with conditions and a population; the rest is empty."""
    return Recommendation(
        "g#R1",
        "g",
        "",
        "",
        "",
        "",
        "",
        "",
        "current",
        "",
        "",
        (),
        "",
        "",
        {"Population": population},
        parse_rule(rule),
        PASSAGE,
    )


@pytest.mark.parametrize(
    ("question", "age", "sex"),
    [
        ("My patient is 78. Does she need the RSV vaccine and is it every year?", 78, "female"),
        ("59 yo man, 25 pack-years", 59, "male"),
        ("Which inhaler for a 6 year old?", 6, ""),
        ("Woman of 67 whose brother had an aneurysm", 67, "female"),
        ("Pap smear in the twenties", 25, ""),
        ("PCV20 for adults over fifty", 51, ""),
        ("rotavirus vaccine for a 2-month-old", 0, ""),
        ("can metformin be given when the eGFR is 25?", None, ""),
        ("her BMI is 31", None, "female"),
        ("HPV vaccine at 11 or 12", None, ""),
        ("men and women with gout", None, ""),
    ],
)
def test_age_and_sex_are_read(question: str, age: int | None, sex: str) -> None:
    asked = asked_about(question)
    assert (asked.age, asked.sex) == (age, sex)


@pytest.mark.parametrize(
    ("question", "rule", "population", "fits"),
    [
        ("a 78 year old", "needs: age 60..74", "Adults", False),
        ("a 78 year old", "needs: age 75..", "Adults", True),
        ("a 9 year old", "judge: high blood pressure", "Adults with hypertension", False),
        ("a 9 year old", "judge: high blood pressure", "People with hypertension", False),
        ("a 9 year old", "judge: high blood pressure", "All people with hypertension", True),
        ("children", "needs: age 18..", "Adults", False),
        ("women", "needs: sex male", "Men", False),
        ("women", "needs: sex male or age 50..", "People", True),
        ("pregnant women", "needs: not-pregnant", "People", False),
        ("anybody", "needs: age 60..74\nneeds: sex male", "Men", True),
    ],
)
def test_a_recommendation_for_other_people_does_not_answer(question: str, rule: str, population: str, *, fits: bool) -> None:
    assert asked_about(question).is_for(recommendation(rule, population)) is fits


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Does she need an interpreter?", False),
        ("Does he need a walking stick?", False),
        ("Does she need a wheelchair?", False),
        ("Does he need somebody to remind him?", False),
        ("Does she need a mammogram?", True),
        ("Does he need another pneumonia shot?", True),
    ],
)
def test_what_somebody_needs_in_daily_life_no_guideline_tells(text: str, *, asks: bool) -> None:
    assert asks_guideline(text) is asks
