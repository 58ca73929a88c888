"""A time told by something of the chart becomes the window of it; an event that the chart lacks gives none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from chartcite.engine.dates.timed import lacks_event, timed_by_event
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.understanding import understand

from tests.charts import AskedChart, Resource, condition, immunization, lab, medication, procedure, relative, scope, visit

ChartOf = Callable[..., AskedChart]
TODAY = date(2026, 1, 1)
SECOND_STAY = visit("stay-2", "IMP", "Hospital stay", "2024-06-10", "2024-06-12")
RESOURCES = (
    lab("a", 7.0, "2024-01-01"),
    lab("k", 4.4, "2024-01-01", unit="mmol/L", name="Potassium"),
    condition("gout", "Gout", "2018-05-05"),
    medication("m", "Warfarin 5 MG", "2020-01-10", status="stopped", dispenseRequest={"validityPeriod": {"end": "2021-02-02"}}),
    procedure("hip", "Total hip replacement", "2022-07-07"),
    procedure("refused", "Colonoscopy", "2023-01-01", status="not-done"),
    visit("stay-1", "IMP", "Hospital stay", "2023-03-01", "2023-03-05"),
    SECOND_STAY,
    visit("er", "EMER", "Emergency visit", "2025-02-02", "2025-02-02"),
    visit("out", "AMB", "Hospital outpatient visit", "2025-09-09", "2025-09-09"),
)


def read(chart: AskedChart, question: str) -> Plan:
    engine = chart.engine
    [plan] = understand(question, lexicon=engine.lexicon, chart=engine.records.concepts(scope()), today=TODAY)
    return plan


def timed(chart: AskedChart, question: str) -> Plan | None:
    return timed_by_event(read(chart, question), chart.engine.records, scope=scope(), today=TODAY)


def window(chart: AskedChart, question: str) -> tuple[str | None, str | None] | None:
    plan = timed(chart, question)
    if plan is None or plan.window is None:
        return None
    first, last = plan.window.first, plan.window.last
    return (first.isoformat() if first else None, last.isoformat() if last else None)


def lacks(chart: AskedChart, question: str) -> bool:
    return lacks_event(read(chart, question), chart.engine.records, scope=scope())


@pytest.fixture
def chart(chart_of: ChartOf) -> AskedChart:
    return chart_of(*RESOURCES)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was her A1c during the admission?", ("2024-06-10", "2024-06-12")),
        ("What was her A1c during the first admission?", ("2023-03-01", "2023-03-05")),
        ("What was her A1c before the admission?", (None, "2024-06-09")),
        ("What was her A1c after discharge?", ("2024-06-12", None)),
        ("What was her A1c since the emergency visit?", ("2025-02-02", None)),
        ("What was her A1c before the hip replacement?", (None, "2022-07-06")),
        ("What was her A1c after the hip replacement?", ("2022-07-07", None)),
        ("What was her A1c before the warfarin was started?", (None, "2020-01-09")),
        ("What was her A1c after the warfarin was stopped?", ("2021-02-02", None)),
        ("What was her A1c after she was diagnosed with gout?", ("2018-05-05", None)),
    ],
)
def test_the_event_of_the_chart_gives_the_window(
    chart: AskedChart, question: str, expected: tuple[str | None, str | None]
) -> None:
    assert window(chart, question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "What is her A1c?",
        "What was her A1c in 2024?",
        "What was her A1c before the appendectomy?",
        "What was her A1c after the heart transplant?",
        "What was her A1c during the third admission?",
        "How long was she in hospital after the hip replacement?",
    ],
)
def test_without_the_event_there_is_no_window(chart: AskedChart, question: str) -> None:
    assert window(chart, question) is None


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("What was her A1c after the hip replacement?", Intent.FIRST),
        ("What was her latest A1c after the hip replacement?", Intent.LATEST),
        ("What was her A1c before the hip replacement?", Intent.LATEST),
        ("What was her A1c since the hip replacement?", Intent.TREND),
        ("What was her highest A1c since the hip replacement?", Intent.HIGHEST),
    ],
)
def test_after_asks_for_the_first_value_and_since_for_all(chart: AskedChart, question: str, intent: Intent) -> None:
    plan = timed(chart, question)
    assert plan is not None
    assert plan.intent is intent


def test_the_event_is_no_target_of_the_timed_question(chart: AskedChart) -> None:
    plan = timed(chart, "What was her A1c before the hip replacement?")
    assert plan is not None
    assert [target.words for target in plan.targets] == ["A1c"]


@pytest.mark.parametrize(
    "unreal",
    [
        pytest.param(relative("f", "mother", "Stroke"), id="of a relative"),
        pytest.param(condition("c", "Stroke", "2020-01-01", verified="entered-in-error"), id="entered in error"),
        pytest.param(condition("c", "Stroke", "2020-01-01", verified="refuted"), id="refuted"),
    ],
)
def test_what_did_not_happen_to_the_patient_tells_no_time(chart_of: ChartOf, unreal: Resource) -> None:
    assert window(chart_of(*RESOURCES, unreal), "What was her A1c after the stroke?") is None


def test_what_was_not_done_tells_no_time(chart: AskedChart) -> None:
    assert window(chart, "What was her A1c after the colonoscopy?") is None


def test_a_visit_entered_in_error_tells_no_time(chart_of: ChartOf) -> None:
    wrong = {**SECOND_STAY, "status": "entered-in-error"}
    chart = chart_of(lab("a", 7.0, "2024-01-01"), wrong)
    assert window(chart, "What was her A1c during the admission?") is None


def test_a_stay_is_chosen_by_the_further_words(chart_of: ChartOf) -> None:
    why = {
        **SECOND_STAY,
        "id": "lungs",
        "reasonCode": [{"text": "Pneumonia"}],
        "period": {"start": "2020-02-02", "end": "2020-02-06"},
    }
    chart = chart_of(*RESOURCES, why)
    assert window(chart, "What was her A1c during the pneumonia admission?") == ("2020-02-02", "2020-02-06")
    assert window(chart, "What was her A1c during the admission?") == ("2024-06-10", "2024-06-12")


@pytest.mark.parametrize(
    ("question", "lost"),
    [
        ("What was her A1c after the bypass operation?", True),
        ("What was her A1c before the delivery?", True),
        ("What was her A1c when she was started on insulin?", True),
        ("What was her A1c during the third admission?", True),
        ("What is her A1c?", False),
        ("What was her A1c in 2024?", False),
    ],
)
def test_a_known_kind_of_event_that_is_missing_is_lost(chart: AskedChart, question: str, *, lost: bool) -> None:
    assert lacks(chart, question) is lost


def test_a_chart_without_encounters_says_nothing_of_visits(chart_of: ChartOf) -> None:
    chart = chart_of(lab("a", 7.0, "2024-01-01"))
    assert not lacks(chart, "What was her A1c during the admission?")
    assert window(chart, "What was her A1c during the admission?") is None


def test_without_a_chart_a_question_has_no_anchor(chart: AskedChart) -> None:
    [plan] = understand("A1c after the hip replacement?", lexicon=chart.engine.lexicon, chart=(), today=TODAY)
    assert plan.anchor is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("first dose of the flu vaccine", ("2021-01-01", None)),
        ("second dose of the influenza vaccine", ("2021-02-01", None)),
        ("third dose of the flu vaccine", None),
        pytest.param(
            "second flu shot",
            ("2021-02-01", None),
            marks=pytest.mark.xfail(reason="without 'shot' the anchor's 'flu' is read as the illness"),
        ),
    ],
)
def test_a_dose_of_a_vaccine_tells_the_time_by_its_number(
    chart_of: ChartOf, words: str, expected: tuple[str | None, str | None] | None
) -> None:
    shots = (immunization("i1", "Influenza vaccine", "2021-01-01"), immunization("i2", "Influenza vaccine", "2021-02-01"))
    assert window(chart_of(lab("a", 7.0, "2024-01-01"), *shots), f"What was her A1c after the {words}?") == expected


BIRTHS = (
    lab("bl-1", 900, "2019-04-04", unit="mL", name="Estimated blood loss at birth"),
    procedure("cs", "Emergency caesarean section", "2019-04-04"),
    procedure("vb", "Spontaneous vaginal birth", "2022-08-09"),
    condition("hx", "History of caesarean section", "2024-01-01"),
    lab("a-1", 6.0, "2020-01-01"),
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was her A1c since the eldest was born?", ("2019-04-04", None)),
        ("What was her A1c since the youngest was born?", ("2022-08-09", None)),
        ("What was her A1c since her second birth?", ("2022-08-09", None)),
        ("What was her A1c since her third birth?", None),
    ],
)
def test_births_are_counted_by_what_the_chart_tells_of_each(
    chart_of: ChartOf, question: str, expected: tuple[str | None, str | None] | None
) -> None:
    assert window(chart_of(*BIRTHS), question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was her A1c since warfarin started?", ("2020-01-10", None)),
        ("What was her A1c since the warfarin?", ("2020-01-10", None)),
        ("What was her A1c from the first admission onwards?", ("2023-03-01", None)),
        ("What was her A1c since the admission of March 2023?", ("2023-03-01", None)),
    ],
)
def test_since_begins_with_the_event(chart: AskedChart, question: str, expected: tuple[str | None, str | None]) -> None:
    assert window(chart, question) == expected


def test_a_visit_that_only_the_chart_names_tells_a_time(chart_of: ChartOf) -> None:
    visits = (
        visit("b-1", "AMB", "Midwife booking visit", "2021-01-05", "2021-01-05"),
        visit("b-2", "AMB", "Midwife booking visit", "2023-02-06", "2023-02-06"),
    )
    chart = chart_of(lab("a", 7.0, "2024-01-01"), *visits)
    assert window(chart, "What was her A1c from the second booking onwards?") == ("2023-02-06", None)
    assert window(chart, "What was her A1c from the third booking onwards?") is None


def test_a_treatment_begins_with_the_first_of_several_orders(chart_of: ChartOf) -> None:
    chart = chart_of(*RESOURCES, medication("n", "Apixaban 5 MG", "2021-03-03"), medication("n2", "Apixaban 5 MG", "2023-03-03"))
    assert window(chart, "What was her A1c since apixaban began?") == ("2021-03-03", None)


def test_what_began_and_is_no_treatment_loses_no_time(chart: AskedChart) -> None:
    assert not lacks(chart, "What was her A1c since the arguments began?")


def test_before_a_medicine_is_before_it_was_begun(chart_of: ChartOf) -> None:
    again = medication("m2", "Warfarin 3 MG", "2024-04-04")
    assert window(chart_of(*RESOURCES, again), "What was the potassium before warfarin?") == (None, "2020-01-09")


@pytest.mark.parametrize("text", ["Which tablets have since been stopped?", "Has the warfarin since been restarted?"])
def test_since_that_only_says_later_tells_no_time(chart: AskedChart, text: str) -> None:
    assert read(chart, text).anchor is None
