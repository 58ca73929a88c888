"""Whether a medicine may be given: what notes of this patient advise against it is told, beside what the rules know."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, medication, note

ChartOf = Callable[..., AskedChart]


def told(chart: AskedChart, question: str) -> str:
    return "\n".join(chart.say(question))


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Not for clarithromycin: long QT in the past.", "is clarithromycin an option"),
        ("Not for clarithromycin: long QT in the past.", "Can she have clarithromycin?"),
        ("Spironolactone must not be restarted (potassium 6.8).", "could she go back on spironolactone?"),
        ("She should avoid anti-inflammatory painkillers such as diclofenac.", "is diclofenac suitable?"),
        ("CKD 4, so naturally no NSAIDs.", "can I take naproxen for my knee"),
        ("No beta blockers ever again.", "would bisoprolol be an option"),
        ("Haematology asked that she is not given heparin.", "Is heparin ok?"),
    ],
)
def test_a_note_that_advises_against_it_is_quoted(chart_of: ChartOf, said: str, question: str) -> None:
    assert said in told(chart_of(note("n", f"Seen in clinic today. {said} See again in May.")), question)


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("Her mother must not have clarithromycin.", "Can she have clarithromycin?"),
        ("Should we avoid clarithromycin?", "Can she have clarithromycin?"),
    ],
)
def test_what_forbids_nothing_of_hers_is_not_told_as_advice(chart_of: ChartOf, said: str, question: str) -> None:
    claims = chart_of(note("n", f"Seen in clinic today. {said} See again in May.")).say(question)
    assert not claims or said not in claims[0]


def test_a_later_note_allows_it_again(chart_of: ChartOf) -> None:
    first = note("a", "Avoid ibuprofen for now.", "2023-03-01T10:00:00Z")
    later = note("b", "Ulcer healed, ibuprofen can be taken again with food.", "2024-03-01T10:00:00Z")
    assert "Avoid ibuprofen" not in told(chart_of(first, later), "is ibuprofen ok for her?")


def test_what_is_taken_is_not_what_a_note_forbids_beside_it(chart_of: ChartOf) -> None:
    listed = medication("m", "Tacrolimus 1 MG Oral Capsule", "2023-02-01")
    chart = chart_of(listed, note("n", "Not for fluconazole: interacts with tacrolimus.", "2024-03-01T10:00:00Z"))
    assert "Not for fluconazole" not in told(chart, "can she have tacrolimus?")
    assert "Not for fluconazole" in told(chart, "can she have fluconazole?")
