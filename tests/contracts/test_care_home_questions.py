"""Questions of a care home: who decides, what is wanted at the end, which sore is meant, why a medicine ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.charts import AskedChart, Resource, condition, immunization, lab, medication, note, of, person, procedure, visit

ChartOf = Callable[..., AskedChart]
LATE = "2025-06-03T10:00:00Z"


def told(chart: AskedChart, question: str) -> str:
    return "\n".join(chart.say(question))


def ended(resource: Resource, day: str) -> Resource:
    return {**resource, "abatementDateTime": day}


def stopped(identity: str, name: str, begun: str, end: str) -> Resource:
    order = medication(identity, name, begun, status="stopped")
    timing = {"repeat": {"boundsPeriod": {"start": begun, "end": end}}}
    return {**order, "dosageInstruction": [{"text": "as told", "timing": timing}]}


HEEL = condition("heel", "Pressure ulcer right heel, stage 2", "2025-05-01")
SEAT = ended(condition("seat", "Pressure ulcer of sacrum, stage 3", "2024-02-01", clinical="resolved"), "2024-08-20")


@pytest.mark.parametrize(
    "question", ["is the sore on her bottom healed?", "has the sacral pressure ulcer healed", "sacral bedsore - cleared up?"]
)
def test_the_place_says_which_sore_is_meant(chart_of: ChartOf, question: str) -> None:
    text = told(chart_of(HEEL, SEAT), question)
    assert "sacrum" in text
    assert "resolved" in text
    assert "heel" not in text


def test_without_a_place_the_sore_that_is_there_is_told(chart_of: ChartOf) -> None:
    assert "right heel" in told(chart_of(HEEL, SEAT), "any pressure sores?")


def test_the_end_of_a_problem_answers_when_it_healed(chart_of: ChartOf) -> None:
    assert "ended 2024-08-20" in told(chart_of(HEEL, SEAT), "when did the pressure ulcer on her sacrum heal?")


CONTACT = {
    "contact": [
        {"relationship": [{"text": "Niece - health care proxy"}], "name": {"text": "Orla Finch"}},
        {"relationship": [{"text": "Neighbour"}], "name": {"text": "Bert Hale"}},
    ]
}


@pytest.mark.parametrize("question", ["Who is her health care proxy?", "who has power of attorney", "who decides if she cannot"])
def test_who_decides_is_told_by_the_contact_persons(chart_of: ChartOf, question: str) -> None:
    text = told(chart_of({**person(), **CONTACT}), question)
    assert "Orla Finch" in text
    assert "Bert Hale" not in text


TEAM = of(
    "ann", "CareTeam", "team", status="active", name="Home team",
    participant=[
        {"role": [{"text": "Community psychiatric nurse specialist"}], "member": {"display": "Ivo Lang"}},
        {"role": [{"text": "Key worker for the ground floor"}], "member": {"display": "Grace Obi"}},
        {"role": [{"text": "Occupational therapist and equipment lead"}], "member": {"display": "Mia Holt"}},
        {"role": [{"text": "General practitioner with special interest"}], "member": {"display": "Dr Adam Reeve"}},
    ],
)  # fmt: skip


def test_a_team_is_told_with_its_roles(chart_of: ChartOf) -> None:
    assert "Key worker for the ground floor: Grace Obi" in told(chart_of(TEAM), "who is her keyworker?")


def test_a_key_worker_is_no_social_worker(chart_of: ChartOf) -> None:
    assert "Grace Obi" not in told(chart_of(TEAM), "who is her social worker?")


PLAN = of(
    "ann", "CarePlan", "plan", status="active", intent="plan", title="Pressure care",
    period={"start": "2025-03-01"}, description="Reposition every 3 hours, foam cushion in the chair.",
)  # fmt: skip


@pytest.mark.parametrize("question", ["how often should she be turned?", "how often is she repositioned"])
def test_a_care_plan_tells_of_everyday_care(chart_of: ChartOf, question: str) -> None:
    assert "every 3 hours" in told(chart_of(PLAN), question)


def test_a_care_plan_that_is_over_tells_nothing(chart_of: ChartOf) -> None:
    over = {**PLAN, "status": "revoked"}
    assert "every 3 hours" not in told(chart_of(over), "how often should she be turned?")


WISHES = note(
    "w",
    "Reviewed with her niece. Not for hospital unless a fracture. Anticipatory meds: authorised, box in the office. "
    "Oral antibiotics only, no IVs. Advance directive of 2021 refuses dialysis.",
    LATE,
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("should she go to hospital if she gets worse?", "Not for hospital unless a fracture."),
        ("just in case medicines in place?", "Anticipatory meds: authorised"),
        ("is she for IV antibiotics?", "Oral antibiotics only, no IVs."),
        ("what does the advance directive refuse?", "refuses dialysis"),
    ],
)
def test_notes_tell_what_is_wanted_at_the_end(chart_of: ChartOf, question: str, said: str) -> None:
    assert said in told(chart_of(WISHES), question)


def test_a_visit_of_the_past_is_no_wish(chart_of: ChartOf) -> None:
    assert "Not for hospital" not in told(chart_of(WISHES), "when did she go to hospital?")


@pytest.mark.parametrize("question", ["when did her husband die?", "is her husband still alive", "when was she widowed?"])
def test_the_death_of_a_spouse_stands_in_notes(chart_of: ChartOf, question: str) -> None:
    chart = chart_of(note("n", "Sleeps poorly. Her husband died in March 2019. Brother Karl lives near by.", LATE))
    assert "Her husband died in March 2019." in told(chart, question)


JABS = (
    immunization("f", "Influenza vaccine", "2024-10-02"),
    immunization("c", "COVID-19 mRNA vaccine", "2024-10-09"),
    immunization("t", "Tetanus toxoid", "2019-01-01"),
)


@pytest.mark.parametrize("question", ["has she had her flu and covid jabs?", "is she up to date with flu/covid vaccines?"])
def test_an_illness_listed_before_a_vaccine_is_one(chart_of: ChartOf, question: str) -> None:
    text = told(chart_of(*JABS), question)
    assert "Influenza vaccine was given" in text
    assert "COVID-19 mRNA vaccine was given" in text
    assert "Tetanus" not in text


def test_a_catheter_that_came_out_is_told_with_its_end(chart_of: ChartOf) -> None:
    tube = procedure("tube", "Urinary catheterisation", "2024-05-01")
    tube = {key: value for key, value in tube.items() if key != "performedDateTime"}
    tube["performedPeriod"] = {"start": "2024-05-01", "end": "2024-05-09"}
    assert "to 2024-05-09" in told(chart_of(tube), "does she still have a catheter?")


def test_why_a_medicine_ended_stands_before_the_bare_plan(chart_of: ChartOf) -> None:
    order = stopped("w", "Warfarin 1 mg tablets", "2023-01-01", "2024-03-04")
    text = "Clinic. INRs 1.3, 6.1 and 1.5 this quarter. Feet checked. P: stop warf. Start edoxaban."
    assert "INRs 1.3, 6.1 and 1.5" in told(chart_of(order, note("n", text, "2024-03-04T10:00:00Z")), "why was warfarin stopped?")


def test_a_row_of_a_review_tells_why_a_medicine_was_changed(chart_of: ChartOf) -> None:
    order = stopped("b", "Bisoprolol 5 mg tablets", "2023-01-01", "2024-03-04")
    now = medication("c", "Bisoprolol 2.5 mg tablets", "2024-03-04")
    row = "Bisoprolol 2.5 mg | AF | Continue. Reduced March 2024: pulse 44."
    text = f"REVIEW\nDrug | For | Outcome\n{row}\nSenna | Bowels | Stop."
    chart = chart_of(order, now, note("n", text, "2024-06-04T10:00:00Z"))
    assert "pulse 44" in told(chart, "why was the bisoprolol reduced?")


def test_a_medicine_not_given_stands_beside_its_order(chart_of: ChartOf) -> None:
    order = medication("s", "Senna 7.5 mg tablets", "2024-01-01")
    chart = chart_of(order, note("n", "Senna not given since Friday - loose.", LATE))
    assert "not given since Friday" in told(chart, "is she still having senna?")


def test_the_next_dose_is_told_by_the_note_of_its_order(chart_of: ChartOf) -> None:
    order = {**medication("p", "Denosumab 60 mg injection", "2025-05-01"), "note": [{"text": "Next due in November 2099"}]}
    assert "Next due in November 2099" in told(chart_of(order), "when is her next Prolia due?")


def test_a_method_in_brackets_is_part_of_no_other_test(chart_of: ChartOf) -> None:
    old = lab("o", 31, "2024-01-01", unit="mL/min", name="Estimated GFR")
    new = lab("n", 44, "2025-01-01", unit="mL/min", name="eGFR (CKD-EPI)")
    plain = [{**each, "code": {"text": each["code"]["text"]}} for each in (old, new)]
    assert "44 mL/min" in told(chart_of(*plain), "latest eGFR")


def test_all_stays_are_summed_up(chart_of: ChartOf) -> None:
    first = visit("a", "IMP", "Admission for stroke", "2022-01-02", "2022-01-09")
    last = visit("b", "IMP", "Admission for pneumonia", "2024-01-02", "2024-01-09")
    text = told(chart_of(first, last), "summarise her hospital admissions")
    assert "stroke" in text
    assert "pneumonia" in text


def test_an_emergency_department_goes_before_a_stay_called_an_emergency(chart_of: ChartOf) -> None:
    trip = visit("a", "EMER", "Emergency department attendance", "2024-03-02", "2024-03-02")
    stay = visit("b", "IMP", "Emergency admission, medicine", "2024-03-09", "2024-03-12")
    assert "2024-03-09" not in told(chart_of(trip, stay), "A&E attendances?")


def test_a_stay_called_an_emergency_is_told_where_there_is_no_other(chart_of: ChartOf) -> None:
    stay = visit("b", "IMP", "Emergency admission, medicine", "2024-03-09", "2024-03-12")
    assert "2024-03-09" in told(chart_of(stay), "A&E attendances?")


def test_what_a_nurse_of_a_field_said_is_hers(chart_of: ChartOf) -> None:
    first = note(
        "d", "Plan: honey dressing to the shin.", "2024-03-02T10:00:00Z", author=[{"display": "Sr Jo Pitt, district nurse"}]
    )
    later = note("h", "Plan: weigh daily.", "2024-05-02T10:00:00Z", author=[{"display": "Al Roe, heart failure nurse"}])
    text = told(chart_of(first, later), "what did the district nurse say?")
    assert "honey dressing" in text
    assert "weigh daily" not in text


@pytest.mark.parametrize(("length", "old"), [("last 6/12", False), ("past 12 months", True)])
def test_parts_of_a_year_are_lengths(chart_of: ChartOf, length: str, *, old: bool) -> None:
    values = (lab("o", 61, "2025-02-01", name="Ferritin", unit="ug/L"), lab("n", 43, "2025-10-01", name="Ferritin", unit="ug/L"))
    said = "\n".join(chart_of(*values).say(f"ferritin {length}", as_of=date(2025, 12, 1)))
    assert "43" in said
    assert ("61" in said) is old
