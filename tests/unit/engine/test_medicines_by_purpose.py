"""Medicines are asked by what they are for, how they are given, and how often: what was tried, injections, courses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, allergy, condition, lab, medication, note, of, pressure

ChartOf = Callable[..., AskedChart]


def given(identity: str, name: str, day: str, purpose: str, *, until: str = "", why: str = "") -> Resource:
    """Build an order with its purpose; ended where a last day is told."""
    more: Resource = {"reasonCode": [{"text": purpose}]} if purpose else {}
    if until:
        more |= {"dispenseRequest": {"validityPeriod": {"start": day, "end": until}}}
    if why:
        more["statusReason"] = {"text": why}
    return medication(identity, name, day, status="stopped" if until else "active", **more)


NOW = given("m1", "Topiramate 50 mg tablet", "2024-05-01", "Migraine")
BEFORE = given("m2", "Propranolol 40 mg tablet", "2023-01-01", "Migraine", until="2024-04-30", why="Cold hands")


@pytest.mark.parametrize("asked", ["what has she tried for her migraines?", "which medicines has she been on for migraine"])
def test_what_was_tried_holds_what_is_taken_now(chart_of: ChartOf, asked: str) -> None:
    told = " | ".join(chart_of(NOW, BEFORE).say(asked))
    assert "Topiramate" in told
    assert "Propranolol" in told


def test_a_problem_without_any_medicine_is_not_answered_by_itself(chart_of: ChartOf) -> None:
    chart = chart_of(condition("c", "Psoriasis", "2010"), NOW)
    assert not chart.say("what does she take for her psoriasis?")


def test_why_an_order_ended_does_not_tell_what_it_was_for(chart_of: ChartOf) -> None:
    chart = chart_of(
        given("m", "Simvastatin 40 mg tablet", "2020-01-01", "Hyperlipidemia", until="2021-01-01", why="Muscle pain")
    )
    assert not any("Simvastatin" in text for text in chart.say("what does he take for pain?"))


def test_a_medicine_for_another_complaint_of_the_gut_is_for_no_nausea(chart_of: ChartOf) -> None:
    chart = chart_of(given("m", "Omeprazole 20 mg capsule", "2020-01-01", "Heartburn", until="2021-01-01"))
    assert not any("Omeprazole" in text for text in chart.say("what has she tried for nausea?"))
    assert any("Omeprazole" in text for text in chart.say("what has she tried for heartburn?"))


def test_what_is_taken_without_a_reason_goes_before_what_was_stopped(chart_of: ChartOf) -> None:
    old = given("m1", "Zopiclone 7.5 mg tablet", "2020-01-01", "Insomnia", until="2021-01-01")
    chart = chart_of(old, given("m2", "Melatonin 2 mg tablet", "2023-01-01", ""))
    told = " | ".join(chart.say("does he take anything for sleep?"))
    assert "Melatonin" in told
    assert "Zopiclone" not in told


def test_medicines_for_a_measurement_are_no_value(chart_of: ChartOf) -> None:
    chart = chart_of(pressure("p", 128, 76, "2024-06-01"), given("m", "Lercanidipine 10 mg tablet", "2023-01-01", "Hypertension"))
    told = chart.say("what does she take for her blood pressure now?")
    assert any("Lercanidipine" in text for text in told)
    assert not any("128/76" in text for text in told)


def test_courses_are_counted_by_orders_that_are_over(chart_of: ChartOf) -> None:
    chart = chart_of(
        given("m1", "Prednisolone 5 mg tablet", "2022-02-01", "Asthma", until="2022-02-06"),
        given("m2", "Prednisolone 5 mg tablet", "2023-03-01", "Asthma", until="2023-03-06"),
        given("m3", "Beclometasone 100 mcg inhaler", "2020-01-01", "Asthma"),
    )
    assert any("2 times" in text for text in chart.say("how many courses of steroids has he had?"))


def test_injections_are_listed_by_how_they_are_given(chart_of: ChartOf) -> None:
    pen = medication("m9", "Dulaglutide 1.5 mg prefilled syringe", "2024-01-01", dose="1.5 mg subcutaneously every week")
    told = " | ".join(chart_of(pen, NOW).say("what injections does she have?"))
    assert "Dulaglutide" in told
    assert "Topiramate" not in told


def test_no_known_allergies_does_not_hold_where_one_is_known(chart_of: ChartOf) -> None:
    chart = chart_of(allergy("a", "Trimethoprim", "Rash"), note("n", "ALLERGIES: NKDA"))
    assert not any("NKDA" in text for text in chart.say("is he allergic to penicillin?"))
    assert any("Trimethoprim" in text for text in chart.say("is he allergic to trimethoprim?"))


def test_how_something_is_done_names_no_medicine(chart_of: ChartOf) -> None:
    chart = chart_of(medication("m", "Insulin regular 5 units intravenous", "2024-03-11"), lab("l", 7.1, "2024-02-01"))
    assert not any("Insulin" in text for text in chart.say("does she exercise regularly?"))
    assert any("Insulin" in text for text in chart.say("was she given regular insulin?"))


def fill(identity: str, kind: str, day: str) -> Resource:
    name = "Lithium carbonate 400 mg tablet"
    when = {"whenHandedOver": day} if kind == "MedicationDispense" else {"effectiveDateTime": day}
    return of("ann", kind, identity, status="completed", medicationCodeableConcept={"text": name}, **when)


@pytest.mark.parametrize("kind", ["MedicationDispense", "MedicationAdministration"])
def test_each_day_is_told_where_the_days_are_asked_for(chart_of: ChartOf, kind: str) -> None:
    chart = chart_of(*(fill(f"d{month}", kind, f"2024-0{month}-05") for month in (1, 2, 3)))
    done = "handed out" if kind == "MedicationDispense" else "given"
    told = " | ".join(chart.say(f"Which days was her lithium {done}?"))
    assert all(f"2024-0{month}-05" in told for month in (1, 2, 3))
    newest = " | ".join(chart.say(f"When was her lithium last {done}?"))
    assert "2024-03-05" in newest
    assert "2024-01-05" not in newest


@pytest.mark.parametrize(
    "asked", ["How many days was lithium given?", "Is lithium given every day?", "Was she given lithium in the last 90 days?"]
)
def test_days_that_only_measure_time_ask_for_no_list(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(*(fill(f"d{month}", "MedicationAdministration", f"2024-0{month}-05") for month in (1, 2, 3)))
    assert sum("was given on" in text for text in chart.say(asked)) <= 1


@pytest.mark.parametrize("asked", ["what has he been given for mania?", "what meds has he been on for bipolar?"])
def test_what_kind_of_medicine_it_is_is_no_other_reason(chart_of: ChartOf, asked: str) -> None:
    lithium = given("m1", "Lithium carbonate 400 mg tablet", "2009-08-04", "Mood stabiliser")
    mood = given("m2", "Sertraline 50 mg tablet", "2021-09-28", "")
    told = " | ".join(chart_of(lithium, mood).say(asked))
    assert "Lithium" in told
    assert "Sertraline" not in told
