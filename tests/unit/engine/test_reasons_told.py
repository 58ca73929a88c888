"""Why a treatment ended or a problem came, as notes of other days and other sentences tell it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.charts import AskedChart, Resource, condition, medication, note

ChartOf = Callable[..., AskedChart]


def course(identity: str, name: str, first: str, last: str, **more: Any) -> Resource:
    period: Resource = {"dispenseRequest": {"validityPeriod": {"start": first, "end": last}}}
    return medication(identity, name, first, status="stopped", **period, **more)


GABAPENTIN = course("g", "Gabapentin 300 MG Oral Capsule", "2022-01-10", "2023-06-30")


def why(chart: AskedChart, question: str = "Why did she come off the gabapentin?") -> str:
    return "\n".join(chart.say(question))


def test_a_note_that_plans_the_stop_tells_its_cause(chart_of: ChartOf) -> None:
    plan = "Feet the same. Gabapentin: helps a little. Says it makes her clumsy at the loom. Halve now, stop by the end of June."
    assert "clumsy at the loom" in why(chart_of(GABAPENTIN, note("n", plan, "2023-05-22T10:00:00Z")))


def test_a_note_that_looks_back_on_the_stop_tells_its_cause(chart_of: ChartOf) -> None:
    later = "Here for her feet. Gabapentin stopped last summer because of swollen ankles. Shoes fit again."
    assert "swollen ankles" in why(chart_of(GABAPENTIN, note("n", later, "2024-01-15T10:00:00Z")))


def test_a_far_note_without_the_turn_tells_no_cause(chart_of: ChartOf) -> None:
    begun = "Feet burn less. On gabapentin, mood cheerful. Weaving again."
    assert "cheerful" not in why(chart_of(GABAPENTIN, note("n", begun, "2023-05-10T10:00:00Z")))


def test_what_a_cause_points_back_to_is_quoted(chart_of: ChartOf) -> None:
    told = "Weaver. Two falls in the workshop, one on the stairs. Gabapentin stopped today for that reason. Review in spring."
    assert "Two falls in the workshop" in why(chart_of(GABAPENTIN, note("n", told, "2023-06-30T10:00:00Z")))


def test_a_change_of_dose_is_no_reason_of_the_end(chart_of: ChartOf) -> None:
    low = course("low", "Citalopram 10 MG", "2021-02-01", "2021-05-01", statusReason={"text": "Dose increased"})
    high = course("high", "Citalopram 20 MG", "2021-05-01", "2022-08-01")
    told = why(chart_of(low, high), "Why was the citalopram stopped?")
    assert "Dose increased" not in told


def test_a_change_of_dose_is_the_reason_of_the_change(chart_of: ChartOf) -> None:
    low = course("low", "Citalopram 10 MG", "2021-02-01", "2021-05-01", statusReason={"text": "Dose increased"})
    assert "Dose increased" in why(
        chart_of(low, medication("high", "Citalopram 20 MG", "2021-05-01")), "Why was the citalopram changed?"
    )


def test_a_medicine_that_is_named_by_its_use_is_looked_for_by_its_name(chart_of: ChartOf) -> None:
    trazodone = course("t", "Trazodone 50 MG", "2022-01-10", "2023-06-30", reasonCode=[{"text": "Insomnia"}])
    told = "Sleeps well. Trazodone stopped because of a dry mouth at choir. Sings on."
    chart = chart_of(trazodone, note("n", told, "2023-06-30T10:00:00Z"))
    assert "dry mouth at choir" in why(chart, "Why did they take her off the insomnia tablet?")


def test_a_class_before_its_member_asks_of_no_other_member(chart_of: ChartOf) -> None:
    other = medication("f", "Furosemide 40 MG Oral Tablet", "2021-01-01")
    ended = course(
        "s", "Spironolactone 25 MG Oral Tablet", "2021-01-01", "2022-03-04", statusReason={"text": "breast tenderness"}
    )
    told = why(chart_of(other, ended), "Why was that water pill spironolactone stopped?")
    assert "breast tenderness" in told
    assert "Furosemide" not in told


LETTER = "Admitted with a week of breathlessness. Precipitant: left her inhaler on the ferry. Home with a spare."


def test_a_labelled_cause_of_a_stay_is_quoted(chart_of: ChartOf) -> None:
    letter = note("n", LETTER, "2023-03-20T10:00:00Z", type={"text": "Discharge letter"})
    told = why(chart_of(condition("a", "Asthma", "2001-01-01"), letter), "What tipped her into asthma trouble in March 2023?")
    assert "left her inhaler on the ferry" in told


@pytest.mark.parametrize(("day", "kind"), [("2022-03-20", "Discharge letter"), ("2023-03-20", "Letter to school")])
def test_a_labelled_cause_of_another_time_or_thing_is_none(chart_of: ChartOf, day: str, kind: str) -> None:
    letter = note("n", LETTER, f"{day}T10:00:00Z", type={"text": kind})
    told = why(chart_of(condition("a", "Asthma", "2001-01-01"), letter), "What tipped her into asthma trouble in March 2023?")
    assert "ferry" not in told
