"""Visits, orders and what else tells who took part: names behind references are said with their own citation, or not at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, condition, immunization, lab, medication, person, visit

ChartOf = Callable[..., AskedChart]
DOCTOR = {
    "resourceType": "Practitioner",
    "id": "runte",
    "name": [{"family": "Runte", "given": ["Cedrick"], "prefix": ["Dr."]}],
}
HOSPITAL = {"resourceType": "Organization", "id": "carney", "name": "CARNEY HOSPITAL"}
EMERGENCY = {
    **visit("e1", "EMER", "Emergency room admission", "2015-04-16T10:00:00Z", "2015-04-16T12:00:00Z"),
    "participant": [{"individual": {"reference": "Practitioner/runte"}}],
    "serviceProvider": {"reference": "Organization/carney"},
}
LATER = visit("e2", "EMER", "Emergency room admission", "2015-04-30T10:00:00Z", "2015-04-30T12:00:00Z")
NAPROXEN = medication("m1", "Naproxen 220 MG", "2015-04-16", status="stopped", requester={"reference": "Practitioner/runte"})


@pytest.fixture
def chart(chart_of: ChartOf) -> AskedChart:
    return chart_of(
        person(),
        DOCTOR,
        HOSPITAL,
        EMERGENCY,
        NAPROXEN,
        condition("c1", "Sprain of ankle", "2015-04-16", clinical="resolved", abatementDateTime="2015-05-07"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Who saw her in A&E in April 2015 and which hospital was it?",
        "Which hospital treated her sprained ankle?",
        "Provider and facility for the April 2015 emergency visit",
    ],
)
def test_a_visit_says_who_was_seen_and_where(chart: AskedChart, text: str) -> None:
    answer = chart.ask(text)
    assert "with Dr. Cedrick Runte, at CARNEY HOSPITAL" in answer.text
    assert answer.kind == "supported"
    cited = {citation.source.resource for claim in answer.claims for citation in claim.citations}
    assert {"Encounter/e1", "Practitioner/runte", "Organization/carney"} <= cited


def test_an_order_says_who_prescribed(chart: AskedChart) -> None:
    assert "prescriber: Dr. Cedrick Runte" in chart.ask("Naproxen - date issued and prescriber?").text


def test_a_reference_to_nobody_that_is_known_says_no_name(chart_of: ChartOf) -> None:
    answer = chart_of(person(), EMERGENCY).ask("When was the emergency visit?")
    assert "2015-04-16" in answer.text
    assert " with " not in answer.text


def test_the_time_between_two_visits_is_the_length_of_neither(chart_of: ChartOf) -> None:
    asked = chart_of(person(), EMERGENCY, LATER)
    assert "14 days" in asked.ask("How far apart were her two ER attendances?").text


def test_medicines_taken_when_needed_are_those_whose_dosage_says_so(chart_of: ChartOf) -> None:
    asked = chart_of(
        person(),
        medication("m1", "Loratadine 5 MG", "2024-01-01", dosageInstruction=[{"asNeededBoolean": True}]),
        medication("m2", "Lisinopril 10 MG", "2024-01-01", dose="10 mg daily"),
    )
    told = asked.ask("what's she got prn at the moment").text
    assert "Loratadine" in told
    assert "Lisinopril" not in told


def test_a_vaccination_for_a_disease_is_no_disease(chart_of: ChartOf) -> None:
    asked = chart_of(person(), immunization("i1", "Hep A, adult", "2021-02-20"))
    assert "2021-02-20" in asked.ask("Has she ever been vaccinated for hepatitis A - what date?").text


def test_the_age_at_a_first_dose_is_that_of_the_first(chart_of: ChartOf) -> None:
    asked = chart_of(
        person(), immunization("i1", "Influenza vaccine", "1972-03-01"), immunization("i2", "Influenza vaccine", "1990-03-01")
    )
    assert "12 years" in asked.ask("Age in completed years at first flu vaccine").text


def test_the_member_of_a_class_with_the_highest_value_is_named(chart_of: ChartOf) -> None:
    asked = chart_of(
        person(),
        lab("l1", 56.7, "2020-01-01", unit="kU/L", name="Wheat IgE Ab in Serum"),
        lab("l2", 0.3, "2020-01-01", unit="kU/L", name="Latex IgE Ab in Serum"),
    )
    told = asked.ask("Which allergen gave the highest specific IgE?").text
    assert "Wheat" in told
    assert "56.7" in told
