"""Whether somebody was looked at for a disease is told by its tests; waiting lists, ages of children, ways to say admission."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, condition, immunization, lab, medication, note, of, person, procedure, visit

ChartOf = Callable[..., AskedChart]


def said(chart_of: ChartOf, question: str, *resources: Resource, born: str = "1960-05-04") -> str:
    return " | ".join(chart_of(person(birthDate=born), *resources).say(question))


A1C = lab("a1c", 5.4, "2025-03-02")
OLD_A1C = lab("a1c-old", 5.9, "2022-03-02")
FOUND_BY_MISTAKE = condition("dm", "Type 2 diabetes mellitus", "2022-03-02", verified="entered-in-error")
SCAN = procedure("dxa", "DXA bone density scan", "2024-06-01")
SCOPE = procedure("scope", "Screening colonoscopy", "2021-09-09")


@pytest.mark.parametrize(
    "question", ["has she ever been screened for diabetes?", "tested for diabetes?", "was she checked for DM"]
)
def test_screening_is_told_by_the_newest_of_each_test(chart_of: ChartOf, question: str) -> None:
    told = said(chart_of, question, A1C, OLD_A1C, FOUND_BY_MISTAKE, SCAN)
    assert "5.4" in told
    assert "5.9" not in told
    assert "entered in error" not in told
    assert "DXA" not in told


def test_each_disease_has_its_own_tests(chart_of: ChartOf) -> None:
    assert "2024-06-01" in said(chart_of, "screened for osteoporosis?", A1C, SCAN, SCOPE)
    assert "2021-09-09" in said(chart_of, "When was she last screened for bowel cancer?", A1C, SCAN, SCOPE)


def test_the_test_of_another_disease_is_none(chart_of: ChartOf) -> None:
    assert said(chart_of, "has she been screened for osteoporosis?", A1C, SCOPE) == ""


def test_what_is_due_is_no_screening_that_was_done(chart_of: ChartOf) -> None:
    assert "5.4" not in said(chart_of, "should she be tested for osteoporosis again?", A1C, SCAN)


@pytest.mark.parametrize("question", ["Is she on a waiting list for anything?", "on any waiting list?"])
def test_a_waiting_list_is_no_list_of_medicines(chart_of: ChartOf, question: str) -> None:
    taken = medication("rx", "Metformin 500 mg tablet", "2024-05-01")
    order = of(
        "ann",
        "ServiceRequest",
        "so",
        status="active",
        intent="order",
        code={"text": "Referral for cataract surgery"},
        authoredOn="2025-05-01",
    )
    told = said(chart_of, question, taken, order)
    assert "Metformin" not in told
    assert "cataract" in told


def test_bare_years_are_an_age_where_vaccines_of_a_child_are_asked(chart_of: ChartOf) -> None:
    given = (immunization("early", "MMR", "2019-06-01"), immunization("late", "DTaP", "2022-06-01"))
    told = said(chart_of, "Which vaccines did she get at 4 years?", *given, born="2018-04-17")
    assert "DTaP" in told
    assert "MMR" not in told


@pytest.mark.parametrize("question", ["What brought her to hospital last time?", "what landed her in hospital"])
def test_what_brought_somebody_to_hospital_is_the_reason_of_the_stay(chart_of: ChartOf, question: str) -> None:
    stay = visit("stay", "IMP", "Admission for pneumonia", "2024-02-01", "2024-02-06")
    assert "pneumonia" in said(chart_of, question, stay, A1C)


def test_nobody_but_relatives_is_not_documented(chart_of: ChartOf) -> None:
    answer = chart_of(person(), A1C).ask("Does she have brothers or sisters?")
    assert answer.kind == "abstained"
    assert "brother, sister" in answer.text


@pytest.mark.parametrize("question", ["Any abnormal bloods last time?", "were the last bloods abnormal"])
def test_abnormal_alone_names_no_entry(chart_of: ChartOf, question: str) -> None:
    scale = lab("aims", 2, "2025-01-01", unit="{score}", name="AIMS (abnormal movements)")
    assert "movements" not in said(chart_of, question, scale, lab("k", 5.9, "2025-03-02", unit="mmol/L", name="Potassium"))


@pytest.mark.parametrize("words", ["The fever fell overnight.", "Her sodium had fallen again."])
def test_a_value_that_fell_is_nobodys_fall(chart_of: ChartOf, words: str) -> None:
    fall = note("fall", "Fell in the bathroom, no injury.", "2024-11-05T10:00:00Z")
    told = said(chart_of, "When was her last fall?", fall, note("value", words, "2025-02-01T10:00:00Z"))
    assert "bathroom" in told
    assert words not in told
