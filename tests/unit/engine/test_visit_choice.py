"""Which visits a question names, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, condition, lab, note, visit

ChartOf = Callable[..., AskedChart]


def stay(identity: str, name: str, first: str, last: str, why: str, kind: str = "IMP") -> Resource:
    return {**visit(identity, kind, name, first, last), "reasonCode": [{"text": why}]}


HOSPITAL = stay("stay", "Hospital admission", "2023-01-19", "2023-01-25", "Left femoral neck fracture")
NURSING = stay("snf", "Admission to skilled nursing facility", "2023-01-25", "2023-02-20", "Rehabilitation")
CLINIC = stay("clinic", "Cardiology consult", "2024-02-27", "2024-02-27", "Prolonged QTc", "AMB")


def said(chart: AskedChart, question: str) -> str:
    return " | ".join(chart.say(question))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("When did she leave the nursing home?", "2023-02-20", id="a kind of stay"),
        pytest.param("How long was she in the nursing home?", "26 days", id="its length"),
        pytest.param("How many nights was she in hospital in January 2023?", "6 days", id="nights"),
        pytest.param("When did she see the heart doctor?", "Cardiology consult", id="a field"),
        pytest.param("Why was she in hospital in January 2023?", "femoral neck fracture", id="why"),
    ],
)
def test_a_visit_is_told_by_what_names_it(chart_of: ChartOf, question: str, told: str) -> None:
    assert told in said(chart_of(HOSPITAL, NURSING, CLINIC), question)


def test_a_problem_that_began_during_a_stay_names_it(chart_of: ChartOf) -> None:
    chart = chart_of(HOSPITAL, NURSING, condition("hip", "Fracture of hip", "2023-01-19"))
    assert "2023-01-25" in said(chart, "When did she come out of hospital after the hip fracture?")


@pytest.mark.parametrize(
    "question", ["When was she in hospice?", "How long was she in rehab in 2021?", "When did she see the kidney doctor?"]
)
def test_another_kind_of_visit_is_not_told(chart_of: ChartOf, question: str) -> None:
    assert said(chart_of(HOSPITAL, NURSING, CLINIC), question) == ""


def test_what_somebody_of_a_field_said_is_quoted_from_the_note_of_the_visit(chart_of: ChartOf) -> None:
    text = "Assessment:\nAcquired QT prolongation.\n\nPlan:\nAvoid ondansetron and azithromycin.\n"
    chart = chart_of(CLINIC, note("n", text, "2024-02-27"), note("other", "Plan:\nPhysiotherapy twice weekly.\n", "2024-03-27"))
    told = said(chart, "What did the cardiologist recommend?")
    assert "Avoid ondansetron" in told
    assert "Physiotherapy" not in told


BIRTH = stay("birth", "Obstetric emergency hospital admission", "2022-06-25", "2022-06-25", "Normal pregnancy", "EMER")
DIET = stay("diet", "Nutrition visit", "2024-05-12", "2024-05-12", "CKD diet education", "AMB")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param("LOS for the hip # admission", "6 days", id="length of stay"),
        pytest.param("inpt stay for the hip fracture: adm + d/c dates", "2023-01-25", id="both days"),
        pytest.param("hip stay, in-out", "2023-01-19", id="in and out"),
        pytest.param("When was she last kept in hospital overnight?", "2023-01-19", id="overnight is no time"),
        pytest.param("When was she admitted in labour?", "2022-06-25", id="labour"),
        pytest.param("L&D admit date", "2022-06-25", id="labor and delivery"),
        pytest.param("when did she see the dietician", "Nutrition visit", id="another spelling"),
        pytest.param("last cardiology appt?", "Cardiology consult", id="the last visit to a field"),
        pytest.param("heart doctor: when, where", "Cardiology consult", id="listed wants"),
        pytest.param("# inpt admits since 2020", "Hospital admission", id="number"),
    ],
)
def test_shorthand_names_a_visit_as_whole_words_do(chart_of: ChartOf, question: str, told: str) -> None:
    fracture = condition("hip", "Fracture of hip", "2023-01-19")
    assert told in said(chart_of(HOSPITAL, NURSING, CLINIC, BIRTH, DIET, fracture), question)


def test_follow_ups_are_counted_apart_from_other_visits_for_the_same_problem(chart_of: ChartOf) -> None:
    first = stay("first", "Encounter for symptom", "2019-03-01", "2019-03-01", "Asthma", "AMB")
    later = [stay(f"f{year}", "Asthma follow-up", f"{year}-03-01", f"{year}-03-01", "Asthma", "AMB") for year in (2020, 2021)]
    assert "2 times" in said(
        chart_of(first, *later, condition("a", "Asthma", "2019-03-01")), "number of asthma follow-ups on file"
    )


def test_what_went_in_or_out_of_the_body_is_no_stay(chart_of: ChartOf) -> None:
    back = stay("back", "Office visit", "2023-03-14", "2023-03-14", "Low back pain", "AMB")
    assert "Office visit" in said(chart_of(HOSPITAL, back), "why was she seen when her back went in March 2023?")


def test_the_clinic_in_a_headline_is_what_is_asked(chart_of: ChartOf) -> None:
    first = stay("first", "Hepatology new visit", "2021-07-20", "2021-07-20", "Cirrhosis", "AMB")
    later = stay("later", "Hepatology follow-up", "2022-03-01", "2022-03-01", "Cirrhosis", "AMB")
    assert "2021-07-20" in said(chart_of(first, later), "first hepatology clinic: date + doctor")


def test_days_in_intensive_care_are_those_of_its_stay(chart_of: ChartOf) -> None:
    intensive = stay("icu", "Admission to intensive care unit", "2024-05-12", "2024-05-14", "Sepsis")
    assert "2 days" in said(chart_of(HOSPITAL, intensive), "how many days in the ICU")


def test_visits_are_not_counted_by_what_was_measured_that_day(chart_of: ChartOf) -> None:
    checks = [stay(f"c{year}", "Follow-up visit", f"{year}-03-01", f"{year}-03-01", "Asthma", "AMB") for year in (2020, 2021)]
    value = lab("l", 190, "2020-03-01", unit="mg/dL", name="Total cholesterol")
    assert "1 time" not in said(chart_of(*checks, value), "# of follow-ups for her cholesterol")


def test_the_week_after_a_visit_begins_the_day_after(chart_of: ChartOf) -> None:
    trip = stay("ed", "Emergency department visit", "2025-03-11", "2025-03-11", "High potassium", "EMER")
    then = lab("k1", 5.9, "2025-03-11", unit="mmol/L", name="Potassium")
    after = lab("k2", 4.9, "2025-03-18", unit="mmol/L", name="Potassium")
    told = said(chart_of(trip, then, after), "potassium in the week after the ED trip of 11 March 2025")
    assert "4.9" in told
    assert "5.9" not in told
