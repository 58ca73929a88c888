"""What a treatment did amiss, and what took its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.facts.fact_claims import Chart
from chartcite.engine.medicines.treatment_turns import REPLACED, harms, replacements
from chartcite.engine.retrieval import TargetFacts, retrieve_facts
from chartcite.engine.understanding import understand

from tests.charts import AskedChart, Resource, allergy, condition, medication, scope

ChartOf = Callable[..., AskedChart]
TODAY = date(2026, 1, 1)


def stopped(identity: str, name: str, end: str, *, why: str = "", reason: str = "") -> Resource:
    more: dict[str, Any] = {"dispenseRequest": {"validityPeriod": {"start": "2018-01-01", "end": end}}}
    if why:
        more["statusReason"] = {"text": why}
    if reason:
        more["reasonCode"] = [{"text": reason}]
    return medication(identity, name, "2018-01-01", status="stopped", **more)


def asked(chart: AskedChart, question: str) -> tuple[list[TargetFacts], Reading]:
    engine = chart.engine
    [plan] = understand(question, lexicon=engine.lexicon, chart=engine.records.concepts(scope()), today=TODAY)
    shelves = engine.shelves
    reading = Reading(plan, shelves, Chart(engine.records, engine.lexicon, None, TODAY, scope()), scope())
    return retrieve_facts(plan, engine.records, scope=scope()), reading


def sources(claims: list[DraftClaim]) -> list[str]:
    return [claim.citations[0].source.resource.partition("/")[2] for claim in claims]


def harm_of(chart: AskedChart, question: str) -> list[str]:
    return sources(harms(*asked(chart, question)))


def replaced(chart: AskedChart, question: str = "What replaced the lisinopril?") -> list[str]:
    return sources(replacements(*asked(chart, question)))


LISINOPRIL = stopped("old", "Lisinopril 10 MG Oral Tablet", "2021-06-01", why="dry cough")


def test_harm_is_the_reason_of_the_stop_and_the_allergy(chart_of: ChartOf) -> None:
    chart = chart_of(LISINOPRIL, allergy("al", "Lisinopril", "angioedema"))
    assert harm_of(chart, "What side effects did lisinopril cause?") == ["old", "al"]


@pytest.mark.parametrize(
    "resource",
    [
        pytest.param(medication("m", "Metformin 500 MG", "2020-01-01"), id="still taken"),
        pytest.param(stopped("m", "Metformin 500 MG", "2021-01-01"), id="stopped without a reason"),
        pytest.param(condition("m", "Diarrhea", "2020-02-02"), id="a problem of its time"),
    ],
)
def test_without_a_reason_or_an_allergy_there_is_no_harm(chart_of: ChartOf, resource: Resource) -> None:
    chart = chart_of(resource, LISINOPRIL, allergy("al", "Latex", "hives"))
    assert harm_of(chart, "What side effects did metformin cause?") == []


def test_an_order_told_twice_is_told_once(chart_of: ChartOf) -> None:
    chart = chart_of(LISINOPRIL)
    found, reading = asked(chart, "What side effects did lisinopril cause?")
    assert sources(harms([*found, *found], reading)) == ["old"]


@pytest.mark.parametrize(
    ("day", "takes_over"),
    [
        ("2021-05-24", False),
        ("2021-05-25", True),
        ("2021-06-01", True),
        ("2021-07-16", True),
        ("2021-07-17", False),
        ("2023-01-01", False),
    ],
)
def test_a_like_medicine_of_those_days_takes_its_place(chart_of: ChartOf, day: str, *, takes_over: bool) -> None:
    chart = chart_of(LISINOPRIL, medication("new", "Losartan 50 MG Oral Tablet", day))
    assert replaced(chart) == (["old", "new"] if takes_over else [])


def test_a_medicine_of_another_use_takes_no_place(chart_of: ChartOf) -> None:
    chart = chart_of(LISINOPRIL, medication("other", "Metformin 500 MG Oral Tablet", "2021-06-01"))
    assert replaced(chart) == []


def test_a_shared_reason_is_enough(chart_of: ChartOf) -> None:
    same: dict[str, Any] = {"reasonCode": [{"text": "Migraine"}]}
    chart = chart_of(
        stopped("old", "Lisinopril 10 MG Oral Tablet", "2021-06-01", reason="migraine"),
        medication("same", "Topiramate 25 MG", "2021-06-01", **same),
        medication("other", "Metformin 500 MG", "2021-06-01", reasonCode=[{"text": "Diabetes mellitus"}]),
    )
    assert replaced(chart) == ["old", "same"]


@pytest.mark.parametrize(
    "old",
    [
        pytest.param(medication("old", "Lisinopril 10 MG", "2018-01-01"), id="never stopped"),
        pytest.param(medication("old", "Lisinopril 10 MG", "2018-01-01", status="stopped"), id="no day of the stop"),
        pytest.param(medication("old", "Captopril 25 MG", "2018-01-01"), id="another medicine"),
    ],
)
def test_what_was_not_stopped_on_a_day_was_not_replaced(chart_of: ChartOf, old: Resource) -> None:
    assert replaced(chart_of(old, medication("new", "Losartan 50 MG", "2021-06-01"))) == []


def test_another_order_of_the_same_medicine_is_no_replacement(chart_of: ChartOf) -> None:
    assert replaced(chart_of(LISINOPRIL, medication("again", "Lisinopril 20 MG Oral Tablet", "2021-06-02"))) == []


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("What replaced the lisinopril?", True),
        ("What was she switched to from lisinopril?", True),
        ("What is she on instead of warfarin?", True),
        ("What took over from the statin?", True),
        ("Was the dose changed to 20 mg?", True),
        ("When was the dose changed?", False),
        ("Why was lisinopril stopped?", False),
        ("Where is her place of birth?", False),
    ],
)
def test_questions_for_a_replacement_are_known(question: str, *, asks: bool) -> None:
    assert (REPLACED.search(question) is not None) is asks
