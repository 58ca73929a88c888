"""Who looks after what: which questions ask for it, and which team members and visits answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.facts.people import CARERS, MOST_CARERS, SPECIALTIES, asks_carer, carers, visits_to_specialist
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.questions.plans import Plan
from chartcite.engine.understanding import understand

from tests.charts import AskedChart, Resource, condition, of, scope, visit

ChartOf = Callable[..., AskedChart]


def member(name: str, role: str) -> dict[str, Any]:
    return {"role": [{"text": role}], "member": {"display": name}}


def team(identity: str, *members: dict[str, Any], name: str = "Care team", **elements: Any) -> Resource:
    return of("ann", "CareTeam", identity, status="active", name=name, participant=list(members), **elements)


def met(identity: str, name: str, day: str, who: str = "", why: str = "") -> Resource:
    people = [{"individual": {"display": who}}] if who else []
    return {**visit(identity, "AMB", name, day, day), "participant": people, "reasonCode": [{"text": why}] if why else []}


def read(chart: AskedChart, question: str) -> Plan:
    engine = chart.engine
    [plan] = understand(question, lexicon=engine.lexicon, chart=engine.records.concepts(scope()), today=date(2026, 1, 1))
    return plan


def known(chart: AskedChart, categories: tuple[Category, ...] = CARERS) -> list[Fact]:
    return chart.engine.records.facts(scope(), categories=categories)


def who(chart: AskedChart, question: str) -> list[str]:
    return [fact.resource.partition("/")[2] for fact in carers(known(chart), read(chart, question))]


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Who is her kidney doctor?", True),
        ("Who does she see for her heart?", True),
        ("Who looks after his diabetes?", True),
        ("Which clinic manages the INR?", True),
        ("What is the name of her surgeon?", True),
        ("cardiologist's name", True),
        ("Who is on the team?", True),
        ("Who ordered the MRI?", False),
        ("Who was the surgeon who operated on her?", False),
        ("Which doctor prescribed the statin?", False),
        ("When did she see the cardiologist?", False),
        ("Does she have diabetes?", False),
    ],
)
def test_care_is_asked_for_apart_from_acts(lexicon: Lexicon, question: str, *, asks: bool) -> None:
    [plan] = understand(question, lexicon=lexicon, chart=(), today=date(2026, 1, 1))
    assert asks_carer(plan) is asks


@pytest.fixture
def chart(chart_of: ChartOf) -> AskedChart:
    return chart_of(
        team("kidney", member("Dr. Noor Haddad", "nephrologist"), name="Renal care"),
        team("lung", member("Dr. Liv Berg", "pulmonologist"), name="Chest clinic"),
        team("help", member("Kim Osei", "patient navigator"), name="Support"),
        met("heart-old", "Cardiology visit", "2022-01-01", "Dr. Ines Vega"),
        met("heart-new", "Cardiology visit", "2024-01-01", "Dr. Ines Vega"),
        met("heart-other", "Cardiology visit", "2023-01-01", "Dr. Jo Park"),
        met("skin", "Dermatology visit", "2023-05-05"),
        met("sugar", "Office visit", "2023-06-06", "Dr. Ana Ruiz", why="Diabetes mellitus"),
        condition("c", "Diabetes mellitus", "2016-01-01"),
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who is her kidney doctor?", ["kidney"]),
        ("Who does she see for her breathing?", ["lung"]),
        ("Who is her heart doctor?", ["heart-new", "heart-other"]),
        ("Who is her cardiologist?", ["heart-new", "heart-other"]),
        ("Who looks after her diabetes?", ["sugar"]),
        ("Who is her navigator?", ["help"]),
        ("Who is on her care team?", ["kidney", "lung", "help"]),
        ("Who is her skin doctor?", []),
        ("Who is her dentist?", []),
        ("Who is her neurologist?", []),
        ("Who is she seeing?", []),
    ],
)
def test_people_of_the_field_answer(chart: AskedChart, question: str, expected: list[str]) -> None:
    assert who(chart, question) == expected


def test_what_was_entered_in_error_names_nobody(chart_of: ChartOf) -> None:
    wrong = {**met("e", "Cardiology visit", "2024-01-01", "Dr. Ines Vega"), "status": "entered-in-error"}
    assert who(chart_of(wrong), "Who is her cardiologist?") == []


def test_at_most_a_few_are_told(chart_of: ChartOf) -> None:
    crowd = [met(f"v{number}", "Cardiology visit", f"202{number}-01-01", f"Dr. {name}") for number, name in enumerate("ABCDE")]
    assert who(chart_of(*crowd), "Who is her cardiologist?") == ["v4", "v3", "v2"]
    assert MOST_CARERS == 3


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When did she last see the heart doctor?", ["heart-old", "heart-other", "heart-new"]),
        ("When was her appointment with the dermatologist?", ["skin"]),
        ("When did she last see the eye doctor?", []),
        ("When was her last visit?", []),
        ("When was she last admitted for her heart?", []),
        ("Which pills was she taking when she saw the heart doctor?", []),
    ],
)
def test_visits_of_the_field_are_found(chart: AskedChart, question: str, expected: list[str]) -> None:
    visits = sorted(known(chart, (Category.ENCOUNTER,)), key=lambda fact: fact.occurred.day if fact.occurred else "")
    found = visits_to_specialist(visits, read(chart, question))
    assert [fact.resource.partition("/")[2] for fact in found] == expected


@pytest.mark.parametrize(("called", "asked"), SPECIALTIES)
def test_every_specialty_is_a_pair_of_patterns_that_ask_for_some_word(called: str, asked: str) -> None:
    for pattern in (called, asked):
        assert re.compile(pattern).search("") is None, pattern


def test_the_care_team_says_which_of_the_people_seen_is_the_specialist(chart_of: ChartOf) -> None:
    chart = chart_of(
        team("main", member("Dr. Liv Berg", "pulmonologist"), member("Dr. Ana Ruiz", "primary care physician")),
        met("lung", "Office visit", "2024-01-01", "Dr. Liv Berg", why="Lung disease"),
        met("scan", "Imaging visit", "2024-03-01", "Dr. Jo Park", why="Lung nodule"),
    )
    assert who(chart, "Who is her lung doctor?") == ["main", "lung"]


GENERAL = {"resourceType": "Patient", "id": "ann", "generalPractitioner": [{"display": "Dr. Ana Ruiz"}]}
OWN = met("general", "Office visit", "2024-05-01", "Dr. Ana Ruiz", why="Heart failure")


def test_who_is_seen_for_everything_is_no_specialist_where_another_was_seen(chart_of: ChartOf) -> None:
    outreach = met("outreach", "Outreach clinic", "2024-01-01", "Dr. Ines Vega", why="Heart failure")
    assert who(chart_of(GENERAL, OWN, outreach), "Who is her heart doctor?") == ["outreach"]


def test_who_is_seen_for_everything_is_told_where_nobody_else_was_seen(chart_of: ChartOf) -> None:
    assert who(chart_of(GENERAL, OWN), "Who is her heart doctor?") == ["general"]
