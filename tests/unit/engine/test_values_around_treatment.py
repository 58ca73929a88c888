"""Values before and after a turn of treatment, at a limit, named by their number, by lay names, and when a test is due again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.charts import AskedChart, condition, lab, medication, note, of, person, pressure, procedure

ChartOf = Callable[..., AskedChart]
COMMENT = "Clotted sample; belongs to the next bed."
RESOURCES = (
    lab("n1", 141, "2022-01-10", unit="mmol/L", name="Sodium"),
    lab("n2", 129, "2022-04-02", unit="mmol/L", name="Sodium"),
    lab("n3", 136, "2022-05-20", unit="mmol/L", name="Sodium"),
    lab("n4", 139, "2023-02-20", unit="mmol/L", name="Sodium"),
    lab("n5", 118, "2023-06-01", unit="mmol/L", name="Sodium", status="entered-in-error", note=[{"text": COMMENT}]),
    lab("n6", 138, "2023-06-01", unit="mmol/L", name="Sodium", status="corrected", note=[{"text": "First issued as 151."}]),
    medication("ind", "Indapamide 1.5 mg tablet", "2022-02-01", status="stopped", extension=[]),
    lab("c1", 6.4, "2021-11-01", unit="mmol/L", name="Total cholesterol"),
    lab("l1", 4.1, "2021-11-01", unit="mmol/L", name="LDL cholesterol"),
    lab("c2", 4.2, "2022-08-01", unit="mmol/L", name="Total cholesterol"),
    lab("l2", 2.0, "2022-08-01", unit="mmol/L", name="LDL cholesterol"),
    medication("rosu", "Rosuvastatin 10 mg tablet", "2022-03-01"),
    lab("a1", 8.1, "2023-01-05"),
    lab("a2", 9.3, "2023-09-05"),
    lab("a3", 7.2, "2024-05-05", referenceRange=[{"high": {"value": 6.0, "unit": "%"}, "text": "<= 6.0"}]),
    pressure("p1", 150, 92, "2024-01-05"),
    pressure("p2", 130, 82, "2024-06-05"),
    lab("u1", 210, "2023-03-05", unit="umol/L", name="Creatinine"),
    condition("pneu", "Pneumonia", "2023-03-01", clinical="resolved", abatementDateTime="2023-03-20"),
    condition("gout", "Gout", "2011-03-01"),
    note("plan", "Diabetes steady. Next: HbA1c in November. Walks daily.", "2024-05-06T10:00:00-05:00"),
)


@pytest.fixture
def chart(chart_of: ChartOf) -> AskedChart:
    return chart_of(*RESOURCES)


@pytest.mark.parametrize(
    "question",
    [
        "Has her cholesterol come down since the rosuvastatin?",
        "Did the rosuvastatin bring her cholesterol down?",
        "how has the cholesterol done on rosuvastatin",
    ],
)
def test_cholesterol_by_itself_is_told_with_the_ldl_from_before_the_treatment_on(chart: AskedChart, question: str) -> None:
    said = " ".join(chart.say(question))
    for value in ("6.4", "4.2", "4.1", "2.0"):
        assert value in said


def test_total_cholesterol_is_told_alone(chart: AskedChart) -> None:
    assert chart.say("What was the last total cholesterol?") == ["Total cholesterol was 4.2 mmol/L on 2022-08-01."]


def test_whether_a_medicine_worked_is_told_by_what_it_is_given_for(chart: AskedChart) -> None:
    said = " ".join(chart.say("Has the rosuvastatin worked?"))
    assert "LDL cholesterol fell by 2.1 mmol/L" in said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("When did her sodium first go under 135?", "Sodium was 129 mmol/L on 2022-04-02."),
        ("since when is the A1c above 9", "Hemoglobin A1c was 9.3 % on 2023-09-05."),
        ("when was her A1c last over 8", "Hemoglobin A1c was 9.3 % on 2023-09-05."),
    ],
)
def test_the_day_on_which_a_limit_was_crossed_is_that_of_its_value(chart: AskedChart, question: str, said: str) -> None:
    assert said in chart.say(question)[:2]


def test_a_value_named_by_its_number_is_told_as_withdrawn_with_the_comment(chart: AskedChart) -> None:
    withdrawn, other = chart.say("Was that sodium of 118 real?")
    assert "entered in error" in withdrawn
    assert COMMENT in withdrawn
    assert other.startswith("Sodium was 138 mmol/L on 2023-06-01")


def test_a_corrected_value_is_known_by_the_number_that_was_issued_first(chart: AskedChart) -> None:
    first, comment = chart.say("is a sodium of 151 correct")
    assert "138 mmol/L" in first
    assert "First issued as 151." in comment


def test_the_day_of_a_value_is_told_by_its_number(chart: AskedChart) -> None:
    assert chart.say("On what date was her A1c 9.3?") == ["Hemoglobin A1c was 9.3 % on 2023-09-05."]


def test_a_number_that_no_value_has_names_none(chart: AskedChart) -> None:
    assert not any("entered in error" in said for said in chart.say("Was the sodium of 144 real?"))


def test_further_parts_that_the_value_tells_are_not_left_open(chart: AskedChart) -> None:
    (said,) = chart.say("latest A1c and is it normal?")
    assert "7.2 %" in said
    (said,) = chart.say("highest A1c ever, and when?")
    assert "2023-09-05" in said


def test_a_further_part_speaks_of_the_value_as_it(chart: AskedChart) -> None:
    said = " ".join(chart.say("What was her sodium in April 2022, and what is it now?"))
    assert "129" in said
    assert "138" in said


def test_the_disease_that_names_a_range_is_not_asked_of(chart: AskedChart) -> None:
    (said,) = chart.say("Is her A1c in the diabetic range?")
    assert said.startswith("Hemoglobin A1c was 7.2 %")


def test_the_mean_of_pressures_has_both_parts(chart: AskedChart) -> None:
    high, low = chart.say("average blood pressure in 2024")
    assert "140" in high
    assert "87" in low


def test_a_value_of_the_time_in_which_somebody_had_something_is_told(chart: AskedChart) -> None:
    assert chart.say("creatinine when she had pneumonia") == ["Creatinine was 210 umol/L on 2023-03-05."]
    assert chart.say("creatinine when she had shingles") == []


def test_a_test_is_due_again_when_the_newest_note_says_so(chart: AskedChart) -> None:
    quote, last = chart.say("When is her next A1c due?")
    assert "Next: HbA1c in November." in quote
    assert "2024-05-05" in last


def test_a_plan_that_was_carried_out_is_none(chart_of: ChartOf) -> None:
    chart = chart_of(
        lab("t1", 2.2, "2024-03-01", unit="mIU/L", name="TSH"),
        lab("t2", 2.9, "2024-09-01", unit="mIU/L", name="TSH"),
        note("old", "Repeat TSH in 6 months.", "2024-03-02T10:00:00-05:00"),
    )
    assert not any("Repeat TSH" in said for said in chart.say("When is the TSH due again?"))


def test_sugar_is_what_the_chart_measures_of_it(chart_of: ChartOf) -> None:
    chart = chart_of(condition("dm", "Type 2 diabetes mellitus", "2015-01-01"), lab("a", 7.7, "2024-01-05"))
    assert chart.say("how's his sugar?") == ["Hemoglobin A1c was 7.7 % on 2024-01-05."]
    assert "onset 2015-01-01" in " ".join(chart.say("when was he diagnosed with sugar?"))


def test_what_somebody_lost_is_weight_unless_it_is_blood(chart_of: ChartOf) -> None:
    chart = chart_of(
        lab("w1", 90.0, "2023-01-05", unit="kg", name="Body weight"), lab("w2", 82.5, "2024-01-05", unit="kg", name="Body weight")
    )
    assert "7.5 kg" in " ".join(chart.say("how much has he lost since January 2023?"))
    assert "7.5 kg" not in " ".join(chart.say("how much blood did he lose?"))


def test_the_time_between_two_births_is_told(chart_of: ChartOf) -> None:
    chart = chart_of(
        procedure("b1", "Emergency caesarean section", "2019-02-01"),
        procedure("b2", "Spontaneous vaginal delivery", "2021-02-01"),
    )
    assert "731 days" in " ".join(chart.say("How long between her two births?"))


def test_one_value_is_no_extreme_of_many(chart_of: ChartOf) -> None:
    chart = chart_of(lab("t", 44, "2024-01-05", unit="ng/L", name="Troponin T"))
    assert chart.say("peak troponin") == ["Troponin T was 44 ng/L on 2024-01-05."]


def test_what_happened_to_a_value_once_a_medicine_was_stopped_is_its_course(chart_of: ChartOf) -> None:
    ended: dict[str, Any] = {"dispenseRequest": {"validityPeriod": {"start": "2023-01-01", "end": "2024-02-01"}}}
    chart = chart_of(
        lab("k1", 5.9, "2024-01-30", unit="mmol/L", name="Potassium"),
        lab("k2", 4.6, "2024-03-20", unit="mmol/L", name="Potassium"),
        medication("spiro", "Spironolactone 25 mg tablet", "2023-01-01", status="stopped", **ended),
    )
    said = " ".join(chart.say("What happened to his potassium once the spironolactone was stopped?"))
    assert "fell by 1.3 mmol/L" in said


def test_a_further_part_may_ask_whether_it_came_down(chart_of: ChartOf) -> None:
    ended: dict[str, Any] = {"dispenseRequest": {"validityPeriod": {"start": "2023-01-01", "end": "2024-02-01"}}}
    chart = chart_of(
        lab("q1", 500, "2024-01-20", unit="ms", name="QTc interval"),
        lab("q2", 441, "2024-03-20", unit="ms", name="QTc interval"),
        medication("cit", "Citalopram 20 mg tablet", "2023-01-01", status="stopped", **ended),
    )
    said = " ".join(chart.say("What was her QTc and did it come down after the citalopram was stopped?"))
    assert "500 ms" in said
    assert "441 ms" in said


def test_an_injection_is_due_again_as_often_as_it_is_ordered(chart_of: ChartOf) -> None:
    given = of(
        "ann",
        "MedicationAdministration",
        "g1",
        status="completed",
        medicationCodeableConcept={"text": "Denosumab 60 mg"},
        effectiveDateTime="2025-09-01",
    )
    chart = chart_of(medication("d", "Denosumab 60 mg syringe", "2023-03-01", dose="60 mg every 6 months"), given)
    order, last = chart.say("When is her next denosumab due?")
    assert "every 6 months" in order
    assert "2025-09-01" in last


def test_the_value_of_the_day_of_a_turn_is_told_with_the_next_one(chart_of: ChartOf) -> None:
    ended: dict[str, Any] = {"dispenseRequest": {"validityPeriod": {"start": "2023-01-01", "end": "2024-02-01"}}}
    chart = chart_of(
        lab("k1", 5.9, "2024-02-01", unit="mmol/L", name="Potassium"),
        lab("k2", 4.6, "2024-02-20", unit="mmol/L", name="Potassium"),
        medication("ram", "Ramipril 5 mg capsule", "2023-01-01", status="stopped", **ended),
    )
    said = " ".join(chart.say("potassium after the ramipril was stopped"))
    assert "5.9" in said
    assert "4.6" in said


def test_whether_a_value_got_better_after_something_takes_its_course(chart_of: ChartOf) -> None:
    chart = chart_of(
        lab("d1", 18, "2023-01-05", unit="ng/mL", name="25-hydroxyvitamin D"),
        lab("d2", 41, "2023-09-05", unit="ng/mL", name="25-hydroxyvitamin D"),
        medication("d", "Ergocalciferol 50,000 unit capsule", "2023-02-01"),
    )
    said = " ".join(chart.say("Did her vitamin D come up after the ergocalciferol?"))
    assert "18" in said
    assert "41" in said


def test_a_number_that_could_be_a_year_to_come_names_a_value(chart_of: ChartOf) -> None:
    chart = chart_of(
        lab("v1", 2050, "2024-06-11", unit="copies/mL", name="HIV viral load", status="entered-in-error"),
        lab("v2", 30, "2025-06-11", unit="copies/mL", name="HIV viral load"),
    )
    assert "entered in error" in " ".join(chart.say("was that HIV viral load of 2050 genuine?"))


def test_a_test_is_to_be_done_again_as_the_note_says(chart_of: ChartOf) -> None:
    chart = chart_of(
        lab("i1", 2.4, "2025-09-10", unit="ratio", name="INR"),
        note("n", "Warfarin unchanged, repeat INR in two weeks.", "2025-09-10T10:00:00-05:00"),
    )
    assert "repeat INR in two weeks" in chart.say("When should the INR be checked again?")[0]


@pytest.mark.parametrize(
    ("question", "height"), [("how tall was he at 5", "108"), ("height at 6?", "115"), ("how tall is he", "122")]
)
def test_a_child_is_measured_at_an_age(chart_of: ChartOf, question: str, height: str) -> None:
    chart = chart_of(
        person(birthDate="2016-03-01"),
        lab("h1", 108, "2021-06-01", unit="cm", name="Body height"),
        lab("h2", 115, "2022-06-01", unit="cm", name="Body height"),
        lab("h3", 122, "2023-06-01", unit="cm", name="Body height"),
    )
    assert [height in said for said in chart.say(question)] == [True]


def test_what_notes_call_low_is_no_low_sugar(chart_of: ChartOf) -> None:
    scan = note("scan", "CT head: periventricular low density. No bleed.")
    assert chart_of(scan).say("any low blood sugar?") == []
    diary = note("diary", "Sugars steady. No lows since the glipizide was stopped.")
    assert "No lows" in " ".join(chart_of(diary).say("any lows?"))


def test_when_a_value_was_last_in_its_range_is_told_by_the_range(chart_of: ChartOf) -> None:
    ranged = {"referenceRange": [{"low": {"value": 50, "unit": "umol/L"}, "high": {"value": 100, "unit": "umol/L"}}]}
    chart = chart_of(
        *(
            lab(f"c{day[:4]}", value, day, unit="umol/L", name="Creatinine", **ranged)
            for value, day in ((80, "2021-01-05"), (95, "2022-01-05"), (130, "2023-01-05"), (150, "2024-01-05"))
        )
    )
    assert chart.say("When was her creatinine last normal?")[0].startswith("Creatinine was 95 umol/L on 2022-01-05")
    assert chart.say("when was the creatinine first high")[0].startswith("Creatinine was 130 umol/L on 2023-01-05")
