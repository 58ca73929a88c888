"""Events that a question describes in its own words: the records that fit tell its time, and what fits nothing tells none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from chartcite.engine.dates.timed import timed_by_event
from chartcite.engine.understanding import understand

from tests.charts import AskedChart, condition, lab, medication, procedure, scope, visit

ChartOf = Callable[..., AskedChart]
TODAY = date(2026, 1, 1)
REASON = "reasonCode"
RESOURCES = (
    lab("a", 7.0, "2024-01-01"),
    {**visit("belly", "IMP", "Acute admission", "2023-03-01", "2023-03-05"), REASON: [{"text": "Perforated appendix"}]},
    {**visit("knee", "IMP", "Acute admission", "2024-06-10", "2024-06-20"), REASON: [{"text": "Hot swollen knee"}]},
    condition("septic", "Septic arthritis of knee", "2024-06-10", clinical="resolved"),
    {**visit("er", "EMER", "Emergency department", "2025-02-02", "2025-02-02"), REASON: [{"text": "Epistaxis"}]},
    visit("oct", "AMB", "Diabetes clinic", "2024-10-08", "2024-10-08"),
    visit("nov", "AMB", "Diabetes clinic", "2025-11-04", "2025-11-04"),
    medication("d", "Denosumab 60 mg/ml", "2024-03-03", dose="60 mg subcutaneous injection every 6 months"),
    medication("m", "Metformin 500 mg tablet", "2022-02-02", dose="1 tablet twice daily"),
    medication(
        "r", "Ramipril 5 mg capsule", "2019-05-05", status="stopped", dispenseRequest={"validityPeriod": {"end": "2023-09-09"}}
    ),
    procedure("hip", "Total hip replacement", "2022-07-07"),
)


@pytest.fixture
def chart(chart_of: ChartOf) -> AskedChart:
    return chart_of(*RESOURCES)


def window(chart: AskedChart, question: str) -> tuple[str | None, str | None] | None:
    engine = chart.engine
    [plan] = understand(question, lexicon=engine.lexicon, chart=engine.records.concepts(scope()), today=TODAY)
    read = timed_by_event(plan, engine.records, scope=scope(), today=TODAY)
    if read is None or read.window is None:
        return None
    first, last = read.window.first, read.window.last
    return (first.isoformat() if first else None, last.isoformat() if last else None)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("A1c since the nosebleed ED visit", ("2025-02-02", None)),
        ("A1c while she was in with the septic arthritis", ("2024-06-10", "2024-06-20")),
        ("A1c during the perforated appendix admission", ("2023-03-01", "2023-03-05")),
        ("A1c since the six-monthly injections were started", ("2024-03-03", None)),
        ("A1c at the November visit", ("2025-11-04", "2025-11-04")),
        ("A1c between the two admissions", ("2023-03-05", "2024-06-10")),
        ("A1c from arrival to discharge", ("2024-06-10", "2024-06-20")),
        ("A1c across the first week of the June 2024 admission", ("2024-06-10", "2024-06-16")),
        ("A1c in the last three days of the June 2024 admission", ("2024-06-18", "2024-06-20")),
        ("A1c since the ramipril swap", ("2023-09-09", None)),
        ("A1c since the June 2023 wobble", ("2023-06-01", None)),
        ("A1c before her op", (None, "2022-07-06")),
    ],
)
def test_records_that_fit_the_words_tell_the_time(
    chart: AskedChart, question: str, expected: tuple[str | None, str | None]
) -> None:
    assert window(chart, question) == expected


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("A1c while she was in with the pneumonia", id="another illness"),
        pytest.param("A1c since the weekly injections were started", id="another interval"),
        pytest.param("A1c during the broken hip admission", id="a stay for something else"),
        pytest.param("A1c at the July visit", id="no visit in that month"),
        pytest.param("A1c between the two operations", id="there was only one"),
        pytest.param("A1c at the March 2024 colonoscopy", id="a known kind of event that the chart lacks"),
    ],
)
def test_what_fits_no_record_tells_no_time(chart: AskedChart, question: str) -> None:
    assert window(chart, question) is None


def test_a_problem_tells_which_stay_is_meant(chart: AskedChart) -> None:
    later = visit("later", "IMP", "Acute admission", "2025-05-05", "2025-05-09")
    assert window(chart, "the septic arthritis: A1c course from arrival to discharge") == ("2024-06-10", "2024-06-20")
    assert later["id"] == "later"
