"""Questions of long-term care: times tied to an operation, allergies by name, doses altered in notes, parts side by side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.questions.question_parts import parts_of

from tests.charts import AskedChart, allergy, condition, immunization, lab, medication, note, of, person, procedure

ChartOf = Callable[..., AskedChart]


def told(chart: AskedChart, question: str) -> str:
    return "\n".join(chart.say(question))


CREATININE = [
    lab("c1", 3.9, "2022-01-05", unit="mg/dL", name="Creatinine"),
    lab("c2", 1.9, "2022-06-05", unit="mg/dL", name="Creatinine"),
    lab("c3", 1.4, "2023-06-05", unit="mg/dL", name="Creatinine"),
]
TRANSPLANT = procedure("t", "Renal transplant", "2022-05-01")


@pytest.mark.parametrize("question", ["creatinine since the transplant", "creat since tx?", "creatinine since the new kidney"])
def test_a_letter_named_after_an_operation_is_not_its_day(chart_of: ChartOf, question: str) -> None:
    letter = note("n", "All well.", "2024-02-01T10:00:00Z", type={"text": "Transplant clinic letter"})
    text = told(chart_of(*CREATININE, TRANSPLANT, letter), question)
    assert "1.9 mg/dL (2022-06-05), 1.4 mg/dL (2023-06-05)" in text


def test_a_level_in_shorthand_belongs_to_the_series(chart_of: ChartOf) -> None:
    first = lab("a", 9.1, "2022-06-05", unit="ug/L", name="Tacro lvl")
    second = lab("b", 6.0, "2023-06-05", unit="ug/L", name="Tacrolimus trough (whole blood)")
    text = told(chart_of(first, second), "tac trough trend")
    assert "9.1" in text
    assert "6.0" in text


@pytest.mark.parametrize("question", ["penicillin allergy?", "pen allergy?", "is she pen allergic", "PCN allergy?"])
def test_an_allergy_to_a_member_answers_for_the_class(chart_of: ChartOf, question: str) -> None:
    pens = medication("m", "Insulin glargine 100 units/ml pens", "2023-01-01")
    assert "Flucloxacillin: Hives" in told(chart_of(allergy("a", "Flucloxacillin", "Hives"), pens), question)


@pytest.mark.parametrize("question", ["sulfa allergy?", "latex allergy?"])
def test_an_allergy_to_something_else_does_not(chart_of: ChartOf, question: str) -> None:
    assert not told(chart_of(allergy("a", "Flucloxacillin", "Hives")), question)


@pytest.mark.parametrize("arrow", ["->", "→", "=>"])
def test_an_arrow_between_two_doses_changes_the_listed_one(chart_of: ChartOf, arrow: str) -> None:
    listed = medication("m", "Insulin detemir", "2023-02-01", dose="30 units at night")
    said = f"Detemir 30 {arrow} 24 units from tonight."
    text = told(chart_of(listed, note("n", f"Review. {said}", "2024-06-03T10:00:00Z")), "what dose of detemir is she on?")
    assert said in text


def test_antibiotics_for_another_problem_are_left_out(chart_of: ChartOf) -> None:
    chest = medication("m", "Doxycycline 100 MG", "2024-02-18", status="completed", reasonCode=[{"text": "Exacerbation of COPD"}])
    leg = condition("c", "Cellulitis of right leg", "2023-01-20")
    chart = chart_of(chest, leg, note("n", "The cellulitis was treated with linezolid.", "2023-02-01T10:00:00Z"))
    assert "Doxycycline" not in told(chart, "which antibiotics did she have for the cellulitis?")
    assert "Doxycycline" in told(chart, "which antibiotics did she have for the COPD exacerbation?")


def test_how_much_to_drink_is_told_by_the_newest_goal(chart_of: ChartOf) -> None:
    goal = of("ann", "Goal", "g", lifecycleStatus="active", description={"text": "Drink 3 litres a day"}, startDate="2024-05-01")
    older = note("n", "Fluid restriction 800 ml.", "2021-06-03T10:00:00Z")
    text = told(chart_of(goal, older), "How much should I be drinking a day?")
    assert "3 litres" in text
    assert "800 ml" not in text


def test_a_year_before_the_latest_is_a_time(chart_of: ChartOf) -> None:
    values = [lab("a", 7.1, "2025-11-05"), lab("b", 8.4, "2024-12-20"), lab("c", 9.9, "2022-12-20")]
    text = told(chart_of(*values), "What is her latest HbA1c, and what was it a year earlier?")
    assert "7.1" in text
    assert "8.4" in text
    assert "9.9" not in text


def test_a_misspelt_season_is_a_time(chart_of: ChartOf) -> None:
    chart = chart_of(immunization("i", "Influenza vaccine", "2025-10-04"))
    assert "2025-10-04" in told(chart, "did she get her flu jab last autum?")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("How is her sleep, is she getting any help with it?", 2),
        ("Is she on a statin, does she take aspirin?", 2),
        ("What is the plan for the gout, and is colchicine an option?", 2),
        ("When she was admitted, was she on warfarin?", 1),
        ("For her gout, is she on allopurinol?", 1),
        ("If she takes it, does she feel better?", 1),
    ],
)
def test_two_questions_side_by_side_are_two(text: str, parts: int) -> None:
    assert len(parts_of(text)) == parts


def test_a_score_is_no_help(chart_of: ChartOf) -> None:
    score = lab("s", 14, "2024-02-01", unit="{score}", name="PHQ-9")
    assert not told(chart_of(person(), score), "Is she getting any help with her mood?")


def test_a_heart_and_a_transplanted_kidney_are_no_heart_transplant(chart_of: ChartOf) -> None:
    letter = note("n", "Renal transplant 2022, remission on treatment. Methotrexate until heart failure was found in 2019.")
    assert not told(chart_of(TRANSPLANT, letter), "When did she have the heart transplant?")


def test_the_doctor_of_an_organ_is_told_from_a_team_of_many(chart_of: ChartOf) -> None:
    members = [("Cardiologist", "Dr Heart-Smith"), ("Nephrologist", "Dr Oyelaran")]
    roles = [{"role": [{"text": role}], "member": {"display": name}} for role, name in members]
    team = of("ann", "CareTeam", "t", status="active", participant=roles)
    assert "Oyelaran" in told(chart_of(team), "who is her kidney doctor?")


@pytest.mark.parametrize("question", ["did she miss any appointments?", "any DNAs?", "missed appointments since 2023"])
def test_bookings_that_were_not_kept_are_told(chart_of: ChartOf, question: str) -> None:
    missed = of("ann", "Appointment", "a", status="noshow", description="Eye clinic", start="2024-01-08T13:00:00Z")
    kept = of("ann", "Appointment", "b", status="fulfilled", description="Foot clinic", start="2024-02-08T13:00:00Z")
    for one in (missed, kept):
        one["participant"] = [{"actor": {"reference": "Patient/ann"}, "status": "accepted"}]
    text = told(chart_of(missed, kept), question)
    assert "Eye clinic" in text
    assert "Foot clinic" not in text


def test_missed_doses_are_no_missed_appointments(chart_of: ChartOf) -> None:
    missed = of("ann", "Appointment", "a", status="noshow", description="Eye clinic", start="2024-01-08T13:00:00Z")
    missed["participant"] = [{"actor": {"reference": "Patient/ann"}, "status": "accepted"}]
    assert "Eye clinic" not in told(chart_of(missed), "has she missed any doses of insulin?")


@pytest.mark.parametrize("said", ["The catheter was removed in May.", "Catheter still in place, flushing well."])
def test_whether_it_is_still_there_is_told_by_the_newest_note(chart_of: ChartOf, said: str) -> None:
    placed = procedure("p", "Insertion of suprapubic catheter", "2022-05-01")
    assert said in told(chart_of(placed, note("n", f"Review. {said}")), "has she still got the catheter?")


def test_the_baseline_is_what_a_note_calls_so(chart_of: ChartOf) -> None:
    said = "Her baseline creatinine is 1.6 mg/dL."
    text = told(chart_of(*CREATININE, note("n", f"Review. {said}")), "baseline creatinine?")
    assert said in text
    assert "3.9" in told(chart_of(*CREATININE), "what was her first creatinine?")


@pytest.mark.parametrize("question", ["has she stopped smoking?", "did she give up smoking", "has she quit smoking yet"])
def test_whether_smoking_was_given_up_is_told_by_the_newest(chart_of: ChartOf, question: str) -> None:
    chart = chart_of(note("n", "Smokes 5 cigarettes a day again since the funeral."))
    assert "5 cigarettes" in told(chart, question)
