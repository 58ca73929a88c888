"""Questions of heart and lung clinics and of intensive care: devices, limits of treatment, units, and near misses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, lab, medication, note, of, person, procedure, visit

ChartOf = Callable[..., AskedChart]


def said(chart_of: ChartOf, question: str, *resources: Resource) -> str:
    return " | ".join(chart_of(person(), *resources).say(question))


DEVICE = of(
    "ann",
    "Device",
    "crtd",
    patient={"reference": "Patient/ann"},
    status="active",
    type={"text": "Cardiac resynchronisation defibrillator"},
    manufacturer="Abbott",
    modelNumber="Quadra 3371",
    serialNumber="QX77120",
    note=[{"text": "MRI conditional at 1.5 T"}],
)


@pytest.mark.parametrize("question", ["make and model of the defibrillator?", "what is the serial number of her defibrillator"])
def test_an_entry_of_a_device_tells_its_make_and_number(chart_of: ChartOf, question: str) -> None:
    told = said(chart_of, question, DEVICE)
    assert "Abbott" in told
    assert "QX77120" in told


def test_whether_a_device_goes_into_a_scanner_stands_in_its_entry(chart_of: ChartOf) -> None:
    assert "1.5 T" in said(chart_of, "is her device MRI safe?", DEVICE)


def test_an_insulin_pump_is_no_defibrillator(chart_of: ChartOf) -> None:
    assert "Abbott" not in said(chart_of, "what make is her insulin pump?", DEVICE)


OFF = note("off", "PACING CLINIC\nShock therapies deactivated today at her wish.\nPacing left on.\n", "2024-04-02T10:00:00Z")


@pytest.mark.parametrize(
    "question", ["Is the defibrillator still active?", "has her ICD been turned off", "have the shocks been switched off?"]
)
def test_notes_tell_that_a_defibrillator_is_off(chart_of: ChartOf, question: str) -> None:
    implanted = procedure("icd", "Implantation of defibrillator", "2019-01-08")
    assert "deactivated" in said(chart_of, question, OFF, implanted)


PLAN = note(
    "plan",
    "TREATMENT PLAN\nNot for intubation.\nBiPAP on the ward acceptable for two days.\nNot for dialysis.\n",
    "2024-05-06T10:00:00Z",
)


def test_what_may_be_done_is_told_by_what_is_asked_of(chart_of: ChartOf) -> None:
    told = said(chart_of, "would she be intubated again?", PLAN, procedure("t", "Intubation", "2022-02-02"))
    assert "Not for intubation" in told
    assert "dialysis" not in told
    every = said(chart_of, "ceiling of care?", PLAN)
    assert "Not for intubation" in every
    assert "Not for dialysis" in every


def test_what_was_done_once_is_told_as_done(chart_of: ChartOf) -> None:
    told = said(chart_of, "was she intubated in 2022?", PLAN, procedure("t", "Intubation", "2022-02-02"))
    assert "2022-02-02" in told


REPLACED = note("old", "CARE PLAN\nFor ICU if needed. Wishes full treatment.\n", "2023-01-05T10:00:00Z", status="superseded")
CURRENT = note("new", "CARE PLAN\nNot for ICU. Ward care only.\n", "2023-11-05T10:00:00Z")


def test_a_document_that_was_replaced_answers_for_the_past_alone_and_says_so(chart_of: ChartOf) -> None:
    told = said(chart_of, "is she for ICU?", REPLACED, CURRENT)
    assert "Not for ICU" in told
    assert "full treatment" not in told
    assert "(superseded)" in said(chart_of, "what was her earlier wish for full treatment?", REPLACED)


def test_units_of_one_size_are_compared(chart_of: ChartOf) -> None:
    values = (
        lab("b1", 900, "2023-02-01", unit="ng/L", name="NT-proBNP"),
        lab("b2", 1500, "2023-08-01", unit="pg/mL", name="NT-proBNP"),
    )
    told = said(chart_of, "NT-proBNP trend", *values)
    assert "rose by 600" in told
    assert "another unit" not in told


def test_another_unit_is_still_set_aside(chart_of: ChartOf) -> None:
    values = (
        lab("g1", 110, "2023-02-01", unit="mg/dL", name="Glucose"),
        lab("g2", 120, "2023-05-01", unit="mg/dL", name="Glucose"),
        lab("g3", 9.5, "2023-04-01", unit="ug/dL", name="Glucose"),
    )
    assert "another unit" in said(chart_of, "glucose trend", *values)


SON = note(
    "son",
    "Dad sleeps badly. I'm on warfarin since a clot in my lung. He takes his water tablet.",
    "2024-01-03T10:00:00Z",
    author=[{"display": "Paul Varga (son)"}],
)


def test_what_a_relative_takes_is_not_told_of_the_patient(chart_of: ChartOf) -> None:
    assert "clot in my lung" not in said(chart_of, "why is he on warfarin?", SON)


def test_a_line_under_the_name_of_a_field_is_what_it_said(chart_of: ChartOf) -> None:
    ward = note(
        "w", "NURSING\n08:00 Slept well.\n11:00 SALT: soft diet, thickened fluids, review Friday.\n", "2024-03-01T12:00:00Z"
    )
    told = said(chart_of, "what did the speech therapist say?", ward)
    assert "thickened fluids" in told
    assert "Slept well" not in told


def test_why_one_medicine_stands_for_another_is_told_by_notes(chart_of: ChartOf) -> None:
    taken = {"text": "10 mg daily", "timing": {"repeat": {"boundsPeriod": {"start": "2023-01-01", "end": "2023-06-01"}}}}
    old = medication("f", "Torasemide 10 mg", "2023-01-01", status="stopped", dosageInstruction=[taken])
    new = medication("b", "Bumetanide 1 mg", "2023-06-01")
    why = note("n", "HEART CLINIC\nTorasemide not absorbed, hence bumetanide. Weigh daily.\n", "2023-06-01T09:00:00Z")
    assert "not absorbed" in said(chart_of, "why bumetanide instead of torasemide?", old, new, why)


def test_a_value_and_a_question_behind_a_comma_are_both_answered(chart_of: ChartOf) -> None:
    tablet = medication("l", "Levothyroxine 50 mcg", "2022-01-01")
    told = said(chart_of, "latest TSH, is levothyroxine dose ok", lab("t", 7.1, "2023-03-01", unit="mU/L", name="TSH"), tablet)
    assert "7.1" in told
    assert "Levothyroxine" in told


def test_a_tracheostomy_is_nothing_tracheal(chart_of: ChartOf) -> None:
    culture = lab("c", 3, "2023-03-01", unit="CFU", name="Tracheal aspirate culture")
    assert not said(chart_of, "when was the tracheostomy closed?", culture)


def test_days_of_a_unit_are_not_those_of_a_stay_that_went_on_elsewhere(chart_of: ChartOf) -> None:
    stay = visit("s", "IMP", "Emergency admission", "2023-03-01", "2023-04-10")
    stay["location"] = [{"location": {"display": "St Ann's - ED, ICU, Ward 3"}}]
    assert "40 days" not in said(chart_of, "how many days was she in the ICU?", stay)
    assert "40 days" in said(chart_of, "how many days was she in hospital?", stay)
