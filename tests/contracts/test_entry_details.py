"""Particulars of entries are told where they are asked for, and left out where they are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, immunization, medication, note, of, procedure, visit

ChartOf = Callable[..., AskedChart]
SHOT = immunization("i", "Shingles vaccine, recombinant", "2024-05-14") | {
    "lotNumber": "KX22P",
    "site": {"text": "Right deltoid"},
    "manufacturer": {"display": "GSK"},
    "performer": [{"actor": {"display": "Nurse Ivy Moon"}}],
    "location": {"display": "Harbour Practice"},
}
SCOPE = procedure("p", "Gastroscopy", "2023-09-02") | {
    "performer": [{"actor": {"display": "Dr H. Lund"}}],
    "location": {"display": "Endoscopy suite, Mill Lane Hospital"},
    "complication": [{"text": "Transient hypoxia"}],
    "followUp": [{"text": "Repeat in 8 weeks"}],
}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("lot number of her shingles vaccine", "KX22P"),
        ("shingles jab batch no", "KX22P"),
        ("which arm was the shingles shot given in?", "Right deltoid"),
        ("who gave her the shingles vaccine", "Nurse Ivy Moon"),
        ("who makes the shingles vaccine she had", "GSK"),
        ("where did she have her shingles jab", "Harbour Practice"),
        ("where was the gastroscopy done", "Mill Lane Hospital"),
        ("any complications from the gastroscopy", "Transient hypoxia"),
        ("what follow-up after the gastroscopy", "Repeat in 8 weeks"),
    ],
)
def test_a_detail_is_told_where_it_is_asked(question: str, told: str, chart_of: ChartOf) -> None:
    assert told in chart_of(SHOT, SCOPE).ask(question).text


def test_no_detail_is_told_unasked(chart_of: ChartOf) -> None:
    chart = chart_of(SHOT, SCOPE)
    assert chart.ask("when was her last shingles shot").text == "Shingles vaccine, recombinant was given on 2024-05-14."
    assert "hypoxia" not in chart.ask("when was the gastroscopy").text


def test_repeats_of_a_prescription(chart_of: ChartOf) -> None:
    order = medication("m", "Sertraline 50 mg tablet", "2024-01-10") | {
        "dispenseRequest": {"numberOfRepeatsAllowed": 5, "quantity": {"value": 28, "unit": "tablet"}}
    }
    chart = chart_of(order)
    assert "allowed 5" in chart.ask("how many refills on the sertraline?").text
    assert "allowed 5" in chart.ask("how many repeats on the sertraline").text
    assert "28" in chart.ask("how many tablets of sertraline were dispensed?").text


STAY = visit("v", "IMP", "Day surgery", "2023-02-06", "2023-02-07") | {
    "serviceProvider": {"display": "St Columb's Hospital"},
    "hospitalization": {"admitSource": {"text": "Outpatient department"}},
}
REMOVED = procedure("o", "Laparoscopic cholecystectomy", "2023-02-06")


@pytest.mark.parametrize(
    "question", ["where was the surgery done", "which hospital did the operation", "where did she have her op"]
)
def test_the_stay_tells_where_a_procedure_was_done(question: str, chart_of: ChartOf) -> None:
    assert "St Columb's Hospital" in chart_of(STAY, REMOVED).ask(question).text


def test_a_stay_of_other_days_tells_no_place(chart_of: ChartOf) -> None:
    other = visit("v", "IMP", "Medical ward", "2021-02-06", "2021-02-07") | {"serviceProvider": {"display": "Elsewhere Hospital"}}
    assert "Elsewhere" not in chart_of(other, REMOVED).ask("where was the surgery done").text


def test_from_where_somebody_was_admitted(chart_of: ChartOf) -> None:
    assert "Outpatient department" in chart_of(STAY).ask("where was she admitted from in february 2023?").text


def test_an_operation_by_its_short_name(chart_of: ChartOf) -> None:
    done = REMOVED | {"performer": [{"actor": {"display": "Miss R. Okonedo"}}]}
    assert "Okonedo" in chart_of(done).ask("who did the op").text
    assert "2023-02-06" in chart_of(done).ask("date of op?").text


def test_the_day_of_an_undated_entry_is_looked_for_in_notes(chart_of: ChartOf) -> None:
    undated = of("ann", "Procedure", "u", status="completed", code={"text": "Pacemaker implantation"})
    text = (
        chart_of(undated, note("n", "Devices: pacemaker implantation 3 July 2012 at Mill Lane."))
        .ask("when was her pacemaker put in")
        .text
    )
    assert "3 July 2012" in text


def test_a_payer_is_no_person(chart_of: ChartOf) -> None:
    cover = of(
        "ann", "Coverage", "c", status="active", type={"text": "Medicaid managed care"}, payor=[{"display": "Bay Medicaid"}]
    )
    cover = {key: value for key, value in cover.items() if key not in {"subject", "patient"}} | {
        "beneficiary": {"reference": "Patient/ann"}
    }
    chart = chart_of(cover)
    for question in ("who is her insurer", "who insures her", "is she on medicaid?", "who pays for her care"):
        assert "Bay Medicaid" in chart.ask(question).text
