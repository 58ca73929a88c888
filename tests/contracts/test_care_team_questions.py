"""Who looks after somebody is told by the care team, or by whom they met; all that happened in a time by every entry of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, medication, note, of, person, procedure, visit

ChartOf = Callable[..., AskedChart]
TEAM = of(
    "ann",
    "CareTeam",
    "team",
    status="active",
    name="Liver care team",
    participant=[{"role": [{"text": "Hepatologist"}], "member": {"display": "Ngozi Okafor, MD"}}],
)
ASKED = (
    "which doctors look after her",
    "what doctors is she under",
    "who is involved in her care",
    "who looks after her?",
    "who are her doctors",
)


@pytest.mark.parametrize("question", ASKED)
def test_the_care_team_is_told(question: str, chart_of: ChartOf) -> None:
    assert "Hepatologist: Ngozi Okafor, MD" in chart_of(TEAM).ask(question).text


def test_without_a_team_those_who_were_met_are_told(chart_of: ChartOf) -> None:
    met = visit("v", "AMB", "Diabetic review", "2025-10-08", "2025-10-08") | {
        "participant": [{"individual": {"display": "Julie Carne, Practice Nurse"}}]
    }
    assert "Julie Carne" in chart_of(met).ask("which doctors is she under").text


@pytest.mark.parametrize("question", ["events of January 2026", "January 2026 events", "what happened in January 2026?"])
def test_all_that_happened_in_a_time_is_told(question: str, chart_of: ChartOf) -> None:
    done = procedure("a", "Colonoscopy", "2026-01-20"), procedure("b", "Knee replacement", "2024-05-02")
    text = chart_of(medication("m", "Losartan 50 mg tablet", "2026-01-27"), *done).ask(question).text
    assert "Losartan" in text
    assert "Colonoscopy" in text
    assert "Knee" not in text


@pytest.mark.parametrize("question", ["who was the surgeon for the appendectomy?", "who was the surgeon for her knee op?"])
def test_the_surgeon_of_another_operation_is_not_told(question: str, chart_of: ChartOf) -> None:
    stay = visit("s", "IMP", "Day surgery admission", "2023-02-06T08:00:00Z", "2023-02-07T11:00:00Z")
    stay |= {
        "reasonCode": [{"text": "Bilateral salpingo-oophorectomy"}],
        "participant": [{"individual": {"display": "Miss R. Okonedo"}}],
    }
    chart = chart_of(person(), stay)
    assert chart.ask(question).kind == "abstained"
    assert "Okonedo" in chart.ask("who was the surgeon for her op in 2023?").text
    assert "Okonedo" in chart.ask("who was the surgeon for the operation on her ovaries?").text


def test_who_operated_is_told_by_the_visit_where_no_procedure_is_listed(chart_of: ChartOf) -> None:
    surgery = visit("s", "AMB", "Outpatient surgery", "2021-10-15T08:00:00Z", "2021-10-15T15:00:00Z")
    surgery |= {
        "reasonCode": [{"text": "For carpal tunnel release"}],
        "participant": [{"individual": {"display": "Ross McNeil, MD"}}],
    }
    said = note("n", "PMHx: s/p carpal tunnel release 2021.\n")
    chart = chart_of(person(), surgery, said)
    assert "Ross McNeil" in chart.ask("who did her carpal tunnel release?").text
    assert chart.ask("who did her cholecystectomy?").kind == "abstained"
