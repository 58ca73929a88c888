"""Which visits a question names, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, condition, note, visit

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
