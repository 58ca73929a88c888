"""Questions about accidents and what came of them: injuries, sides, operations, healing, work, driving."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.visits.accidents import names_accident

from tests.charts import AskedChart, condition, lab, medication, note, procedure, visit

ChartOf = Callable[..., AskedChart]
_REASON = {"reasonCode": [{"text": "MVC, car vs tree"}]}
_EXAM = [{"coding": [{"code": "exam"}]}]


def movement(identity: str, name: str, value: float, day: str, unit: str = "deg") -> dict[str, object]:
    """Build a measured movement of a joint."""
    return lab(identity, value, day, unit=unit, name=name, category=_EXAM)


CHART = (
    {**visit("e1", "EMER", "Emergency", "2022-05-03T21:00:00+01:00", "2022-05-04T02:00:00+01:00"), **_REASON},
    visit("s1", "IMP", "Inpatient", "2022-05-04", "2022-05-16"),
    visit("e2", "EMER", "Emergency", "2023-11-20T10:00:00+00:00", "2023-11-20T14:00:00+00:00"),
    visit("s2", "IMP", "Inpatient", "2024-02-01", "2024-02-04"),
    condition("ank", "Bimalleolar # R ankle", "2022-05-03", clinical="resolved"),
    condition("clav", "Fractured clavicle L", "2022-05-03", clinical="resolved"),
    condition("neck", "Fracture of cervical spine", "2022-05-03", verified="refuted"),
    condition("mood", "Nightmares following MVC", "2022-09-01"),
    procedure(
        "orif",
        "ORIF R ankle",
        "2022-05-05",
        performer=[
            {"function": {"text": "Surgeon"}, "actor": {"display": "Ida Holm"}},
            {"function": {"text": "Anaesthetist"}, "actor": {"display": "Sam Reyes"}},
        ],
    ),
    procedure("hip", "Total hip replacement", "2024-02-01"),
    movement("d1", "R Ankle Dorsiflexion ROM", 2, "2022-07-01"),
    movement("d2", "R Ankle Dorsiflexion ROM", 14, "2022-10-01"),
    movement("d3", "L Ankle Dorsiflexion ROM", 20, "2022-10-02"),
    lab("h1", 92, "2022-05-04", unit="g/L", name="Hb"),
    lab("h2", 131, "2023-01-04", unit="g/L", name="Hb"),
    note("op", "OPERATION: ORIF right ankle.\nTOURNIQUET: 64 minutes.\nBLOOD LOSS: 90 mL.\nNo complications.", "2022-05-05"),
    note("op2", "OPERATION: Total hip replacement.\nAPPROACH: posterior approach to the hip.\nBLOOD LOSS: 410 mL.", "2024-02-01"),
    note("fx", "Right ankle XR: fracture united, callus mature. Wound dry and healed.", "2022-09-12"),
    note("oh", "Returned to work on light duties this week. May drive again.", "2024-04-02"),
    note("preop", "FH: Dad MI 60.\nBrother Tom: DVT 2015, on warfarin for life.\nSmokes: no, vapes daily.", "2024-01-20"),
)


@pytest.mark.parametrize("text", ["How long was she in hospital after the crash?", "nights in hospital after the car accident"])
def test_a_stay_is_known_by_the_accident(chart_of: ChartOf, text: str) -> None:
    assert "12 days" in " ".join(chart_of(*CHART).say(text))


@pytest.mark.parametrize("text", ["When was the car crash?", "when did she have her MVC?", "What date was the accident?"])
def test_the_day_of_an_accident_is_that_of_the_visit_and_not_of_what_came_of_it(chart_of: ChartOf, text: str) -> None:
    said = " ".join(chart_of(*CHART).say(text))
    assert "2022-05-03" in said
    assert "2022-09-01" not in said


def test_visits_and_values_after_an_accident_are_told(chart_of: ChartOf) -> None:
    chart = chart_of(*CHART)
    assert "2023-11-20" in " ".join(chart.say("ED attendances since the accident?"))
    assert "92 g/L" in " ".join(chart.say("Hb after the crash"))


@pytest.mark.parametrize(
    "text", ["What injuries did she sustain in the crash?", "list her fractures", "which bones did she break"]
)
def test_injuries_are_listed_without_what_was_ruled_out(chart_of: ChartOf, text: str) -> None:
    said = " ".join(chart_of(*CHART).say(text))
    assert "ankle" in said
    assert "clavicle" in said
    assert "cervical" not in said


def test_a_side_that_is_asked_is_the_one_that_is_told(chart_of: ChartOf) -> None:
    chart = chart_of(*CHART)
    right = " ".join(chart.say("R ankle dorsiflexion progress"))
    assert "14 deg" in right
    assert "20 deg" not in right
    assert "20 deg" in " ".join(chart.say("left ankle dorsiflexion?"))
    assert "deg" not in " ".join(chart_of(*CHART[:-7]).say("left knee flexion?"))


@pytest.mark.parametrize(
    "text", ["who was the anaesthetist for the ankle ORIF?", "surgeon and anaesthetist for the ankle fixation"]
)
def test_who_did_what_at_an_operation(chart_of: ChartOf, text: str) -> None:
    assert "Sam Reyes (Anaesthetist)" in " ".join(chart_of(*CHART).say(text))


@pytest.mark.parametrize(
    ("text", "told", "other"),
    [
        ("Blood loss during the ankle fixation", "90 mL", "410"),
        ("EBL at the hip replacement", "410 mL", "90 mL"),
        ("tourniquet time for the ankle ORIF", "64 minutes", "410"),
        ("surgical approach at the hip replacement", "posterior", "64"),
    ],
)
def test_elements_of_an_operation_are_those_of_the_one_that_is_named(chart_of: ChartOf, text: str, told: str, other: str) -> None:
    said = " ".join(chart_of(*CHART).say(text))
    assert told in said
    assert other not in said


@pytest.mark.parametrize(
    ("text", "told"), [("is the ankle fracture united?", "united"), ("did the wound heal?", "dry and healed")]
)
def test_healing_is_told_by_the_newest_that_says_so(chart_of: ChartOf, text: str, told: str) -> None:
    assert told in " ".join(chart_of(*CHART).say(text))


def test_work_driving_and_vaping_now(chart_of: ChartOf) -> None:
    chart = chart_of(*CHART)
    assert "light duties" in " ".join(chart.say("is she back at work?"))
    assert "May drive again" in " ".join(chart.say("when can she drive after the hip replacement?"))
    assert "vapes daily" in " ".join(chart.say("does she vape?"))


def test_a_line_about_a_relative_is_not_told_of_the_patient(chart_of: ChartOf) -> None:
    chart = chart_of(*CHART, medication("enox", "Enoxaparin 40 mg", "2024-02-02", status="completed", dose="40 mg daily"))
    assert "Tom" not in " ".join(chart.say("when could she stop the blood thinning injections?"))
    assert "Tom" in " ".join(chart.say("which relative had a clot?"))


@pytest.mark.parametrize("text", ["When was the DVT diagnosed?", "When was the DVT found and what was it treated with?"])
def test_what_a_report_denies_is_not_dated_and_not_treated(chart_of: ChartOf, text: str) -> None:
    chart = chart_of(
        note("us", "US Doppler right leg: veins compressible. No DVT.", "2024-02-20", type={"text": "Ultrasound report"}),
        medication("riv", "Rivaroxaban 10 mg", "2024-02-02", status="completed", reasonCode=[{"text": "VTE prophylaxis"}]),
    )
    said = " ".join(chart.say(text))
    assert "No DVT" in said
    assert "Rivaroxaban" not in said


def test_a_day_without_its_year_is_that_of_the_chart(chart_of: ChartOf) -> None:
    chart = chart_of(lab("c1", 12, "2021-03-05", unit="mg/L", name="CRP"), lab("c2", 80, "2023-08-01", unit="mg/L", name="CRP"))
    assert "12 mg/L" in " ".join(chart.say("CRP on 5 March?"))


def test_accidents_of_other_kinds_are_none() -> None:
    assert names_accident("since the motorbike accident")
    assert names_accident("after the RTC")
    assert not names_accident("after the cerebrovascular accident")
    assert not names_accident("in Accident and Emergency")
    assert not names_accident("on the crash trolley")
