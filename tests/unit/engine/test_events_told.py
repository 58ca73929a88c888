"""Events that come back are told by the days of their occurrences, with what is asked of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import PartialDate
from chartcite.engine.notes.occurrences import FALL, SEIZURE, gather

from tests.charts import AskedChart, Resource, condition, medication, note, visit

ChartOf = Callable[..., AskedChart]


def _visit(identity: str, kind: str, name: str, day: str, reason: str) -> Resource:
    return {**visit(identity, kind, name, day, day), "reasonCode": [{"text": reason}]}


GARDEN = note(
    "n1", "HPI: Fell 3/2 in the garden over a hose; grazed both knees. No LOC.\nPlan: shoes checked.", "2024-03-07T10:00:00Z"
)
WARD = (
    _visit("e2", "EMER", "Emergency visit", "2025-06-10", "Fall on the stairs"),
    note(
        "n2",
        "CC: fall\nHPI: fell down four stairs, landed on L wrist.\nXR wrist: no fracture.\nPlan: splint, PT twice weekly.",
        "2025-06-10T09:00:00Z",
        type={"text": "Emergency department note"},
    ),
)
SINCE = note("n3", "HPI: no falls since June. Walks daily.", "2025-11-03T10:00:00Z")
FALLS = (GARDEN, *WARD, SINCE)


def _passage(text: str, day: str) -> Passage:
    spans, start = [], 0
    for piece in text.split("\n"):
        spans.append(Sentence(start=start, end=start + len(piece)))
        start += len(piece) + 1
    moment = PartialDate.parse(day)
    return Passage(
        id=1, document_key=1, patient_id=None, resource="DocumentReference/n", path="", title="Progress note",
        start=0, end=len(text), text=text, sentences=tuple(spans), occurred=moment,
    )  # fmt: skip


@pytest.mark.parametrize("asked", ["When was her last fall?", "last fall", "when did mum last fall", "her most recent fall?"])
def test_the_newest_fall_is_told_with_its_day(chart_of: ChartOf, asked: str) -> None:
    told = " ".join(chart_of(*FALLS).say(asked))
    assert "2025-06-10" in told
    assert "hose" not in told


@pytest.mark.parametrize("asked", ["How many falls has she had?", "list all her falls", "falls?"])
def test_each_fall_is_told(chart_of: ChartOf, asked: str) -> None:
    told = " ".join(chart_of(*FALLS).say(asked))
    assert "hose" in told
    assert "2025-06-10" in told


def test_falls_of_a_time_leave_others_out(chart_of: ChartOf) -> None:
    told = " ".join(chart_of(*FALLS).say("any falls in 2024?"))
    assert "hose" in told
    assert "stairs" not in told


def test_a_denial_answers_where_there_was_none(chart_of: ChartOf) -> None:
    told = chart_of(*FALLS).say("has she fallen since the fall in June?")
    assert any("no falls since June" in text for text in told)


@pytest.mark.parametrize(
    ("asked", "told", "untold"),
    [
        ("Did she break anything when she last fell?", "no fracture", "hose"),
        ("where was she when she fell down the stairs", "stairs", "garden"),
        ("Was she hurt when she fell in the garden?", "grazed", "wrist"),
        ("what did they do about the last fall", "splint", "shoes"),
    ],
)
def test_what_is_asked_of_a_fall_is_looked_for_there(chart_of: ChartOf, asked: str, told: str, untold: str) -> None:
    said = " ".join(chart_of(*FALLS).say(asked))
    assert told in said
    assert untold not in said


FIT = note(
    "f1", "NEUROLOGY\nOne seizure 4/25/2025 after two nights without sleep.\nMeds: lacosamide 100 BID.", "2025-04-29T10:00:00Z"
)
LATER = note("f2", "No seizure since 4/25/2025. Meds: lacosamide 150 BID.", "2025-09-09T10:00:00Z")


@pytest.mark.parametrize("asked", ["what set off the last seizure?", "what triggered his last fit"])
def test_the_cause_of_the_last_fit_is_of_its_note(chart_of: ChartOf, asked: str) -> None:
    assert any("without sleep" in text for text in chart_of(FIT, LATER).say(asked))


def test_the_medicines_of_that_day_are_told(chart_of: ChartOf) -> None:
    told = " ".join(chart_of(FIT, LATER).say("When was his last seizure and what was he taking at the time?"))
    assert "lacosamide 100" in told
    assert "lacosamide 150" not in told


def test_what_was_given_for_a_flare_comes_from_its_orders(chart_of: ChartOf) -> None:
    until: Resource = {"dispenseRequest": {"validityPeriod": {"end": "2025-02-07"}}}
    ended: Resource = {**until, "reasonCode": [{"text": "COPD exacerbation"}]}
    chart = chart_of(
        condition("c", "COPD", "2019-01-01"),
        medication("m", "Prednisone 20 mg tablet", "2025-02-03", status="completed", **ended),
        medication("o", "Amlodipine 5 mg tablet", "2020-02-03"),
    )
    told = " ".join(chart.say("what was he given for the COPD flare in February 2025?"))
    assert "Prednisone" in told
    assert "Amlodipine" not in told


@pytest.mark.parametrize(
    "asked",
    ["what is her fall risk?", "did her sodium fall?", "is he fit to drive?", "what happened in the fall of 2024?"],
)
def test_other_questions_are_no_events(chart_of: ChartOf, asked: str) -> None:
    assert not any("stairs" in text and "no falls" in text for text in chart_of(*FALLS).say(asked))


@pytest.mark.parametrize(
    ("text", "noted", "days"),
    [
        ("Fell 10/29 in the bathroom.", "2022-11-08", [date(2022, 10, 29)]),
        ("07.11 Slid from chair to floor, hoisted.", "2024-11-12", [date(2024, 11, 7)]),
        ("Fall on 25.3., no injury.", "2024-04-01", [date(2024, 3, 25)]),
        ("High risk of falls since 3/4/2022.", "2022-11-08", []),
        ("Uses a walker since the fall.", "2022-11-08", []),
        ("If falls recur on 3/4, call.", "2022-11-08", []),
    ],
)
def test_the_days_of_falls_are_read_from_sentences(text: str, noted: str, days: list[date]) -> None:
    assert [each.first for each in gather(FALL, [], [_passage(text, noted)]).occurrences] == days


def test_what_was_free_since_a_day_was_on_that_day() -> None:
    gathered = gather(SEIZURE, [], [_passage("No seizure since 12/30/22, back to driving since April.", "2023-10-17")])
    assert [each.first for each in gathered.occurrences] == [date(2022, 12, 30)]
    assert len(gathered.denied) == 1
