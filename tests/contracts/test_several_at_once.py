"""Questions that list several things, or tell their time loosely: each is told, and what is lacking or not placed is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.charts import AskedChart, condition, lab, note, of, visit

ChartOf = Callable[..., AskedChart]
NOW = date(2026, 11, 1)


def _values(name: str, unit: str, *told: tuple[float, str]) -> list[dict[str, object]]:
    return [lab(f"{name.lower()}-{day}", value, day, unit=unit, name=name) for value, day in told]


@pytest.fixture
def chart(chart_of: ChartOf) -> AskedChart:
    """Three tests of four years, two of them taken in each."""
    return chart_of(
        *_values("Potassium", "mmol/L", (4.1, "2022-03-01"), (4.4, "2024-03-05"), (4.9, "2025-12-20"), (4.6, "2026-09-15")),
        *_values("Creatinine", "mg/dL", (0.9, "2022-03-01"), (1.1, "2024-03-05"), (1.4, "2025-12-20"), (1.3, "2026-09-15")),
        *_values("Sodium", "mmol/L", (140, "2022-03-01"), (138, "2024-03-05"), (133, "2026-09-15")),
        *_values("NT-proBNP", "pg/mL", (900, "2024-03-05"), (1580, "2026-09-15")),
    )


def _missing(answer: object) -> list[str]:
    return [each.what for each in answer.missing]  # type: ignore[attr-defined]


def test_what_one_of_several_lacks_says_nothing_against_the_others(chart: AskedChart) -> None:
    answer = chart.ask("uric acid and creatinine")
    assert answer.kind == "supported"
    assert "1.3 mg/dL on 2026-09-15" in answer.text
    assert _missing(answer) == ["uric acid"]


def test_several_things_are_told_in_the_time_that_is_asked(chart: AskedChart) -> None:
    answer = chart.ask("uric acid, creatinine and potassium over the past 12 months", as_of=NOW)
    assert answer.kind == "supported"
    assert {claim.text.split(" ")[0] for claim in answer.claims} == {"Creatinine", "Potassium"}
    assert "2025-12-20" in answer.text
    assert "2024" not in answer.text


def test_a_marker_is_found_by_the_short_name_of_its_kin(chart: AskedChart) -> None:
    assert "NT-proBNP was 1580 pg/mL" in chart.ask("latest BNP").text


@pytest.mark.parametrize(
    "question",
    [
        "K, creatinine and Na in 2024 v 2026",
        "compare K, creatinine and sodium in 2024 with 2026",
        "compare K and creatinine and sodium in 2024 with those of 2026",
    ],
)
def test_each_of_a_list_is_compared(question: str, chart: AskedChart) -> None:
    answer = chart.ask(question)
    assert answer.kind == "supported"
    assert len([claim for claim in answer.claims if claim.computation is not None]) == 3


def test_what_only_one_side_tells_is_told_with_what_is_missing(chart: AskedChart) -> None:
    answer = chart.ask("sodium and creatinine in March 2024 vs December 2025")
    assert "1.4 mg/dL (2025-12-20)" in answer.text
    assert "Sodium was 138 mmol/L on 2024-03-05" in answer.text
    assert _missing(answer) == ["sodium, “December 2025”"]


def test_last_is_the_last_year_beside_this_year(chart: AskedChart) -> None:
    answer = chart.ask("potassium this year compared with last", as_of=NOW)
    assert "4.9 mmol/L (2025-12-20)" in answer.text
    assert "4.6 mmol/L (2026-09-15)" in answer.text


def test_so_long_ago_is_told_by_the_nearest_value(chart: AskedChart) -> None:
    assert "on 2025-12-20" in chart.ask("what was her potassium a year ago?", as_of=NOW).text
    assert "4.9 mmol/L (2025-12-20)" in chart.ask("potassium now compared with a year ago", as_of=NOW).text
    assert chart.ask("what was her potassium ten years ago?", as_of=NOW).kind == "abstained"
    assert chart.ask("what was her potassium two weeks ago?", as_of=NOW).kind == "abstained"


@pytest.mark.parametrize("question", ["K and creatinine at 36 weeks", "potassium at booking", "sodium in the third trimester"])
def test_a_time_that_is_not_placed_is_named_beside_all_values(question: str, chart: AskedChart) -> None:
    answer = chart.ask(question)
    assert answer.kind == "supported"
    assert "(2022-03-01)" in answer.text
    assert _missing(answer) == ["which of these values are meant"]


def test_admission_and_discharge_are_two_moments(chart_of: ChartOf) -> None:
    told = (4.0, "2025-01-01"), (5.8, "2025-04-02"), (5.1, "2025-04-04"), (4.3, "2025-04-09"), (4.7, "2025-08-01")
    stay = visit("stay", "IMP", "Inpatient stay", "2025-04-02", "2025-04-09")
    asked = chart_of(stay, *_values("Potassium", "mmol/L", *told))
    answer = asked.ask("potassium on admission and at discharge")
    assert "5.8 mmol/L (2025-04-02), 4.3 mmol/L (2025-04-09)" in answer.text
    assert "5.8 mmol/L on 2025-04-02" in asked.ask("potassium on admission").text


def test_a_value_of_weeks_later_is_none_of_the_admission(chart_of: ChartOf) -> None:
    stay = visit("stay", "IMP", "Inpatient stay", "2025-04-02", "2025-04-20")
    asked = chart_of(stay, *_values("Potassium", "mmol/L", (4.0, "2025-01-01"), (5.1, "2025-04-14")))
    assert "5.1" not in asked.ask("potassium on admission").text


def test_a_lasting_infusion_is_told_from_its_start_to_its_end(chart_of: ChartOf) -> None:
    period = {"start": "2025-04-02", "end": "2025-04-05"}
    name = {"text": "Norepinephrine 8 mg/250 mL infusion"}
    given = of("ann", "MedicationAdministration", "a", status="completed", medicationCodeableConcept=name, effectivePeriod=period)
    assert "was given from 2025-04-02 to 2025-04-05" in chart_of(given).ask("when did the norepinephrine stop?").text


def test_a_dose_that_was_given_is_not_stopped(chart_of: ChartOf) -> None:
    name = {"text": "Denosumab 60 mg injection"}
    given = of(
        "ann",
        "MedicationAdministration",
        "a",
        status="completed",
        medicationCodeableConcept=name,
        effectiveDateTime="2025-04-02",
    )
    assert "was given" not in chart_of(given).ask("which medicines were stopped in 2025?").text


def _course(identity: str, dose: str, first: str, last: str = "") -> dict[str, object]:
    period = {"start": first, **({"end": last} if last else {})}
    return of(
        "ann",
        "MedicationStatement",
        identity,
        status="stopped" if last else "active",
        medicationCodeableConcept={"text": "Methotrexate 2.5 mg tablet"},
        effectivePeriod=period,
        dosage=[{"text": dose}],
    )


def test_the_dose_through_the_years_is_every_dose(chart_of: ChartOf) -> None:
    asked = chart_of(
        _course("one", "10 mg once weekly", "2022-01-10", "2023-02-01"),
        _course("two", "15 mg once weekly", "2023-02-01", "2024-06-01"),
        _course("three", "20 mg once weekly", "2024-06-01"),
    )
    for question in ("MTX dose through the years", "methotrexate dose over time"):
        text = asked.ask(question).text
        assert all(dose in text for dose in ("10 mg", "15 mg", "20 mg")), question
    assert "changed from" in asked.ask("has her methotrexate dose gone up in 2024?").text


def test_who_is_anticoagulated_takes_an_anticoagulant(chart_of: ChartOf) -> None:
    names = ("Apixaban 5 mg tablet", "Ramipril 5 mg capsule")
    orders = [
        of("ann", "MedicationStatement", name[:3], status="active", medicationCodeableConcept={"text": name}) for name in names
    ]
    assert [told.split(" ")[0] for told in chart_of(*orders).say("is she anticoagulated?")] == ["Apixaban"]


def test_why_a_medicine_is_kept_from_somebody_is_asked_of_the_medicine(chart_of: ChartOf) -> None:
    asked = chart_of(note("n", "PLAN\nTrimethoprim: never, because she takes methotrexate.\n"))
    assert "because she takes methotrexate" in asked.ask("how come she's not on trimethoprim for UTIs?").text


def test_the_plan_for_a_problem_is_what_names_it(chart_of: ChartOf) -> None:
    asked = chart_of(
        note("old", "PLAN\nAsthma: start a steroid inhaler.\nGout: allopurinol.\n", "2024-03-01T10:00:00Z"),
        note("new", "PLAN\nEczema well controlled.\nGout flare: colchicine for five days.\n", "2025-03-01T10:00:00Z"),
    )
    assert "steroid inhaler" in asked.ask("what's the plan for her asthma?").text
    assert "colchicine" in asked.ask("the plan for her gout").text
    assert "Eczema" not in asked.ask("what's the plan if she has another stroke?").text


def test_leaving_is_going_home_and_no_side(chart_of: ChartOf) -> None:
    stay = visit("stay", "IMP", "Inpatient stay", "2025-04-02", "2025-04-09")
    eye = condition("eye", "Cataract of the left eye", "2020-01-01")
    told = (5.8, "2025-04-02"), (4.3, "2025-04-09"), (4.7, "2025-08-01")
    asked = chart_of(stay, eye, *_values("Potassium", "mmol/L", *told))
    assert "4.3 mmol/L on 2025-04-09" in asked.ask("potassium when she left").text


def test_a_dose_now_and_then_is_told_of_both_times(chart_of: ChartOf) -> None:
    asked = chart_of(
        _course("one", "10 mg once weekly", "2024-01-10", "2026-02-01"), _course("two", "15 mg once weekly", "2026-02-01")
    )
    text = asked.ask("methotrexate dose now and a year ago", as_of=NOW).text
    assert "10 mg" in text
    assert "15 mg" in text


def test_a_care_plan_is_no_plan_of_a_note(chart_of: ChartOf) -> None:
    plan = of(
        "ann", "CarePlan", "c", status="active", intent="plan", title="Diabetes care plan", description="Foot check each month"
    )
    asked = chart_of(plan, note("n", "PLAN\nDiabetes: recheck the weight.\n"))
    assert "Foot check each month" in asked.ask("care plan for her diabetes").text
    assert "recheck the weight" in asked.ask("the plan for her diabetes").text


@pytest.mark.parametrize(
    "question",
    ["previous potassium", "potassium before last", "what was the second last K?", "the potassium before the latest one"],
)
def test_the_value_before_the_latest_is_no_latest_value(question: str, chart: AskedChart) -> None:
    text = chart.ask(question).text
    assert "4.9 mmol/L on 2025-12-20" in text
    assert "2026-09-15" not in text


@pytest.mark.parametrize(
    "question", ["latest and previous potassium", "last K and the one before that", "potassium: latest vs previous"]
)
def test_the_latest_is_told_with_the_one_before(question: str, chart: AskedChart) -> None:
    text = chart.ask(question).text
    assert "4.9 mmol/L (2025-12-20), 4.6 mmol/L (2026-09-15)" in text
    assert "2024" not in text


def test_three_values_are_told_where_two_before_the_latest_are_asked(chart: AskedChart) -> None:
    text = chart.ask("last potassium and the two before that").text
    assert all(day in text for day in ("2024-03-05", "2025-12-20", "2026-09-15"))
    assert "2022" not in text


def test_what_was_entered_in_error_is_no_worst_value(chart_of: ChartOf) -> None:
    voided = lab("void", 9.9, "2026-03-01", unit="mmol/L", name="Potassium") | {"status": "entered-in-error"}
    asked = chart_of(*_values("Potassium", "mmol/L", (4.1, "2022-03-01"), (4.9, "2025-12-20"), (4.6, "2026-09-15")), voided)
    assert "4.9 mmol/L (2025-12-20), 4.6 mmol/L (2026-09-15)" in asked.ask("potassium now and at its worst").text
    assert "entered in error" in asked.ask("potassium in March 2026").text


def test_the_last_two_visits_are_two(chart_of: ChartOf) -> None:
    days = ("2024-01-05", "2025-02-06", "2026-03-07")
    asked = chart_of(*(visit(day, "AMB", "Clinic visit", f"{day}T09:00:00Z", f"{day}T09:30:00Z") for day in days))
    for question in ("her last two visits", "last visit and the one before"):
        told = asked.ask(question).text
        assert [day in told for day in days] == [False, True, True]
    told = asked.ask("when was the visit before last?").text
    assert [day in told for day in days] == [False, True, False]


def test_blood_lost_is_no_difference_and_the_other_part_is_left_open(chart_of: ChartOf) -> None:
    asked = chart_of(*_values("Estimated blood loss", "mL", (1300, "2021-12-16"), (450, "2024-01-19")))
    answer = asked.ask("how long was the operation and how much blood did she lose?")
    assert "450 mL" in answer.text
    assert "fell by" not in answer.text
    assert any("how long" in what for what in _missing(answer))


def test_all_values_of_a_time_are_told_with_those_between_its_ends(chart: AskedChart) -> None:
    text = chart.ask("potassium between 2022 and 2025").text
    assert [day in text for day in ("2022-03-01", "2024-03-05", "2025-12-20", "2026-09-15")] == [True, True, True, False]


def test_the_one_value_since_a_day_is_told_without_those_before(chart: AskedChart) -> None:
    text = chart.ask("potassium levels since January 2026").text
    assert "4.6 mmol/L on 2026-09-15" in text
    assert "2025" not in text


@pytest.mark.parametrize("question", ["hospital visits", "trips to hospital since 2022", "how many hospital visits has she had?"])
def test_hospital_visits_are_stays_and_emergencies(question: str, chart_of: ChartOf) -> None:
    asked = chart_of(
        visit("a", "IMP", "Admission", "2023-01-18T09:00:00Z", "2023-01-21T09:30:00Z"),
        visit("b", "EMER", "Emergency department visit", "2025-03-11T09:00:00Z", "2025-03-11T12:30:00Z"),
        visit("c", "AMB", "Clinic visit", "2025-05-11T09:00:00Z", "2025-05-11T09:30:00Z"),
    )
    told = asked.ask(question).text
    assert [day in told for day in ("2023-01-18", "2025-03-11", "2025-05-11")] == [True, True, False]
    assert "2025-03-11" in asked.ask("when was her last hospital visit?").text


def test_a_lasting_problem_is_not_counted_for_its_attacks(chart_of: ChartOf) -> None:
    lasting = condition("ns", "Nephrotic syndrome, frequently relapsing", "2020-11-17")
    asked = chart_of(lasting, note("n", "RELAPSES SO FAR: April 2021, September 2021, January 2022.\n"))
    told = asked.ask("how many relapses has he had?").text
    assert "1 time" not in told
    assert "September 2021" in told


def test_what_comes_of_a_problem_is_not_counted_with_it(chart_of: ChartOf) -> None:
    first = condition("p", "Acute pancreatitis", "2023-11-13") | {"abatementDateTime": "2023-12-01"}
    again = condition("q", "Acute pancreatitis", "2024-11-13") | {"abatementDateTime": "2024-12-01"}
    after = condition("d", "Diabetes mellitus due to pancreatitis", "2025-03-18")
    told = chart_of(first, again, after).ask("how many times has he had pancreatitis?").text
    assert "2 times" in told
    assert "Diabetes" not in told


def _flagged(value: float, day: str, flag: str) -> dict[str, object]:
    return lab(f"k-{day}", value, day, unit="mmol/L", name="Potassium") | {"interpretation": [{"coding": [{"code": flag}]}]}


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("how often was her potassium high?", ["2024-03-05", "2026-09-15"]),
        ("when was the potassium too high", ["2024-03-05", "2026-09-15"]),
        ("how many times was her potassium low?", ["2025-12-20"]),
        ("which potassiums were out of range?", ["2024-03-05", "2025-12-20", "2026-09-15"]),
    ],
)
def test_values_on_one_side_of_their_range_are_counted_alone(question: str, days: list[str], chart_of: ChartOf) -> None:
    told = [(4.1, "2022-03-01", "N"), (5.6, "2024-03-05", "H"), (3.1, "2025-12-20", "L"), (5.9, "2026-09-15", "H")]
    text = chart_of(*(_flagged(*each) for each in told)).ask(question).text
    assert [day for _, day, _ in told if day in text] == days


def test_without_flags_or_ranges_no_value_is_called_high(chart: AskedChart) -> None:
    answer = chart.ask("how often was her sodium high?")
    assert "times in the chart" not in answer.text


def test_the_first_value_that_the_test_cannot_find_is_told(chart_of: ChartOf) -> None:
    found = lab("a", 41000, "2020-07-14", unit="copies/mL", name="HIV-1 RNA")
    lost = [
        lab(day, 20, day, unit="copies/mL", name="HIV-1 RNA")
        | {"valueQuantity": {"value": 20, "comparator": "<", "unit": "copies/mL"}}
        for day in ("2020-12-15", "2021-06-01")
    ]
    text = chart_of(found, *lost).ask("when did the viral load first become undetectable?").text
    assert "2020-12-15" in text
    assert "2021" not in text
