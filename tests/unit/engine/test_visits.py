"""What happened at a visit: what was recorded on its days, and what the notes of its days conclude."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import Fact
from chartcite.engine.visits.visits import ASKS_CAUSE, ASKS_VISIT, MOST_FOUND, MOST_TOLD, found_that_day, told_of_visit

from tests.charts import AskedChart, condition, lab, note, procedure, scope, visit
from tests.fhir_builders import facts

ChartOf = Callable[..., AskedChart]
STAY = visit("stay", "IMP", "Hospital stay", "2024-03-01", "2024-03-05")
NOTE = """Chief Complaint: Fever and cough.

Exam:
Crackles at the left base.

Assessment:
Pneumonia of the left lower lobe.

Plan:
Give amoxicillin for seven days.
"""


def stay() -> Fact:
    [fact] = facts(STAY)
    return fact


def told(chart: AskedChart, question: str = "What happened?", fact: Fact | None = None) -> list[DraftClaim]:
    return told_of_visit(fact or stay(), question, chart.engine.records, scope=scope())


def quotes(claims: list[DraftClaim]) -> list[str]:
    return [citation.quote for claim in claims for citation in claim.citations]


def test_problems_and_procedures_of_its_days_are_found() -> None:
    others = facts(
        condition("before", "Asthma", "2024-02-29"),
        condition("first", "Pneumonia", "2024-03-01"),
        procedure("last", "Bronchoscopy", "2024-03-05"),
        procedure("after", "Chest X-ray", "2024-03-06"),
        lab("lab", 7.0, "2024-03-02"),
    )
    assert [fact.resource for fact in found_that_day(stay(), others)] == ["Condition/first", "Procedure/last"]


def test_a_visit_without_an_end_is_its_first_day() -> None:
    [fact] = facts({**STAY, "period": {"start": "2024-03-01"}})
    others = facts(condition("first", "Pneumonia", "2024-03-01"), condition("second", "Gout", "2024-03-02"))
    assert [each.resource for each in found_that_day(fact, others)] == ["Condition/first"]


def test_a_visit_without_a_day_tells_nothing(chart_of: ChartOf) -> None:
    [fact] = facts({key: value for key, value in STAY.items() if key != "period"})
    chart = chart_of(note("n", NOTE, "2024-03-02"))
    assert found_that_day(fact, facts(condition("c", "Pneumonia", "2024-03-01"))) == []
    assert told(chart, fact=fact) == []


def test_only_the_first_of_many_findings_are_told() -> None:
    crowd = facts(*(condition(f"c{number}", f"Problem {number}", "2024-03-02") for number in range(MOST_FOUND + 3)))
    assert found_that_day(stay(), crowd) == crowd[:MOST_FOUND]


def test_what_its_notes_conclude_is_quoted(chart_of: ChartOf) -> None:
    claims = told(chart_of(STAY, note("n", NOTE, "2024-03-02")))
    assert quotes(claims) == ["Pneumonia of the left lower lobe.", "Give amoxicillin for seven days."]
    assert claims[0].text == "Progress note, 2024-03-02: “Pneumonia of the left lower lobe.”"
    assert {claim.route for claim in claims} == {"visit_note"}


@pytest.mark.parametrize("question", ["What was the plan?", "What was decided?", "Any next steps?"])
def test_where_the_plan_is_asked_the_plan_alone_is_quoted(chart_of: ChartOf, question: str) -> None:
    assert quotes(told(chart_of(STAY, note("n", NOTE, "2024-03-02")), question)) == ["Give amoxicillin for seven days."]


@pytest.mark.parametrize(
    ("day", "belongs"),
    [("2024-02-28", False), ("2024-03-01", True), ("2024-03-05", True), ("2024-03-07", True), ("2024-03-09", False)],
)
def test_notes_of_other_days_belong_to_other_visits(chart_of: ChartOf, day: str, *, belongs: bool) -> None:
    assert bool(told(chart_of(STAY, note("n", NOTE, day)))) is belongs


def test_a_copied_conclusion_is_quoted_once(chart_of: ChartOf) -> None:
    other = NOTE.replace("Fever and cough.", "Feels better today.")
    found = quotes(told(chart_of(STAY, note("n1", NOTE, "2024-03-02"), note("n2", other, "2024-03-03"))))
    assert found.count("Pneumonia of the left lower lobe.") == 1


def test_a_note_that_concludes_nothing_is_not_quoted(chart_of: ChartOf) -> None:
    assert told(chart_of(STAY, note("n", "Exam:\nCrackles at the left base today.\n", "2024-03-02"))) == []


def test_a_long_plan_is_cut(chart_of: ChartOf) -> None:
    long = "Plan:\n" + "\n".join(
        f"Step {word} of the treatment."
        for word in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
    assert len(told(chart_of(STAY, note("n", long, "2024-03-02")))) == MOST_TOLD


@pytest.mark.parametrize(
    ("question", "asks_visit", "asks_cause"),
    [
        ("What happened at the visit?", True, False),
        ("What did the doctor say in March?", True, False),
        ("Summarize the admission", True, False),
        ("Why was she admitted?", False, True),
        ("What was she admitted for?", False, True),
        ("What brought her to hospital?", False, True),
        ("When was she admitted?", False, False),
        ("How many visits were there?", False, False),
    ],
)
def test_what_and_why_are_told_apart(question: str, *, asks_visit: bool, asks_cause: bool) -> None:
    assert (ASKS_VISIT.search(question) is not None, ASKS_CAUSE.search(question) is not None) == (asks_visit, asks_cause)
