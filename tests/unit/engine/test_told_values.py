"""A value that is asked for is told by a value: not by a plan, a dose, or somebody else's number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.notes.sentence_manner import tells_value

from tests.charts import AskedChart, medication, note, of

ChartOf = Callable[..., AskedChart]


@pytest.mark.parametrize(
    "text",
    [
        "Zinc 9.1 last week.",
        "Zinc low at the last visit.",
        "3. Zinc 9.1, repeat in 6 weeks.",
        "B12 210 in March.",
        "Zinc normal.",
    ],
)
def test_a_sentence_tells_a_value(text: str) -> None:
    assert tells_value(text)


@pytest.mark.parametrize(
    "text",
    [
        "4. Zinc and B12 next draw.",
        "Repeat zinc in 6 weeks.",
        "Zinc is due 3/12/24.",
        "Recheck zinc 2/52.",
        "Will order zinc for 2025.",
    ],
)
def test_digits_of_names_spans_and_days_are_no_value(text: str) -> None:
    assert not tells_value(text)


def test_what_somebody_wants_measured_has_no_value_yet(chart_of: ChartOf) -> None:
    planned = note("n", "Fatigue. Folate next draw. Walks daily.", "2024-03-01", author=[{"display": "Dr Ada Brandt"}])
    assert chart_of(planned).say("What did the folate that Dr Brandt wanted come back at?") == []


def test_the_dose_of_a_drug_is_not_its_level(chart_of: ChartOf) -> None:
    chart = chart_of(
        medication("m1", "Tacrolimus 1 mg", "2024-01-01"), note("n", "Takes tacrolimus 1 mg twice a day. Feels well.")
    )
    assert chart.say("What was his tacrolimus trough?") == []


def test_a_level_that_a_note_tells_answers(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "Tacrolimus trough 7.2 ng/mL on Monday. Feels well."))
    assert "7.2" in " ".join(chart.say("What was his tacrolimus trough?"))


def _reached_by(number: str) -> dict[str, object]:
    return of("ann", "Patient", "ann", name=[{"family": "Moss"}], telecom=[{"system": "phone", "value": number}])


@pytest.mark.parametrize(
    "question", ["her son's mobile number", "What is the pharmacy's phone number?", "phone number for her sister"]
)
def test_the_number_of_somebody_else_is_not_the_patients(chart_of: ChartOf, question: str) -> None:
    assert not any("000 111" in told for told in chart_of(_reached_by("000 111 222")).say(question))
