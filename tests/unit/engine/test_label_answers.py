"""What notes tell under a label: their sections in any usual shorthand, and sentences that hold an element."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, note, procedure

ChartOf = Callable[..., AskedChart]
VISIT = """PC: Sore throat
HPC: 2/7 sore throat, no cough.
PMH Asthma
DH Salbutamol NKDA
FH: Dad - gout
MOM- diabetes, high cholesterol
O/E T 38.1, tonsils red with exudate. Fundi: not seen. Gait - normal.
IOP: OD: 10 mmHg
Ulcer over the left shin. It is 2 x 3 cm, clean base.
Imp - bacterial tonsillitis
Plan Pen V for 10 days. Review in 1/52 if not better. If trouble breathing or drooling go to A&E.
"""
OPERATION = """OPERATIVE NOTE

PREOPERATIVE DIAGNOSIS: Left inguinal hernia.
POSTOPERATIVE DIAGNOSIS: Left direct inguinal hernia.
PROCEDURE PERFORMED: Repair of left inguinal hernia with mesh.
ANESTHESIA: Spinal.
ESTIMATED BLOOD LOSS: 20 mL.
COMPLICATIONS: None.
SPECIMENS: Hernia sac.
INDICATIONS: A bulge in the groin, growing for a year.
DISPOSITION: To recovery, stable.
"""


@pytest.fixture
def visit(chart_of: ChartOf) -> AskedChart:
    return chart_of(note("n", VISIT))


def quotes(chart: AskedChart, question: str) -> str:
    return " | ".join(chart.say(question))


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("Imp?", "bacterial tonsillitis", "Pen V"),
        ("working diagnosis please", "bacterial tonsillitis", "Pen V"),
        ("what's wrong with her?", "bacterial tonsillitis", "Pen V"),
        ("plan?", "Pen V for 10 days", "gout"),
        ("RTC?", "Review in 1/52", "Pen V"),
        ("When should I go to A&E?", "trouble breathing", "Pen V"),
        ("PC", "Sore throat", "gout"),
        ("fundi?", "not seen", "gout"),
        ("gait", "normal", "gout"),
        ("RE pressure", "10 mmHg", "gout"),
        ("size of the ulcer", "2 x 3 cm", "gout"),
        ("site of the ulcer?", "left shin", "gout"),
        ("remind me what illnesses my mother has", "diabetes", "gout"),
    ],
)
def test_shorthand_is_answered_by_its_section_or_sentence(visit: AskedChart, question: str, told: str, not_told: str) -> None:
    said = quotes(visit, question)
    assert told in said
    assert not_told not in said


@pytest.mark.parametrize("question", ["IOP left eye?", "EBL?", "Cobb angle?", "complications of the hysterectomy?", "LMP?"])
def test_what_a_note_does_not_tell_stays_open(visit: AskedChart, question: str) -> None:
    assert visit.ask(question).kind != "supported"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("EBL", "20 mL"),
        ("anaesthetic?", "Spinal"),
        ("complications of the op?", "None"),
        ("any complications of the hernia repair?", "None"),
        ("specimens sent?", "Hernia sac"),
        ("indication for the op", "bulge in the groin"),
        ("pre-op dx", "Left inguinal hernia"),
        ("postop diagnosis", "direct"),
        ("dispo", "recovery"),
        ("why was it done?", "bulge"),
    ],
)
def test_a_report_of_an_operation_is_answered_by_its_headings(chart_of: ChartOf, question: str, told: str) -> None:
    assert told in quotes(chart_of(note("op", OPERATION)), question)


def test_the_newest_note_that_has_the_part_answers(chart_of: ChartOf) -> None:
    chart = chart_of(
        note("old", "Imp: migraine.", "2023-01-01T10:00:00Z"),
        note("new", "Imp: tension headache.", "2024-01-01T10:00:00Z"),
        note("last", "Called: no answer.", "2025-01-01T10:00:00Z"),
    )
    assert "tension headache" in quotes(chart, "impression?")
    assert "migraine" in quotes(chart, "impression in 2023?")


def test_a_thing_must_be_what_the_note_is_about(chart_of: ChartOf) -> None:
    chart = chart_of(note("op", OPERATION, "2024-01-01T10:00:00Z"), note("visit", VISIT, "2025-01-01T10:00:00Z"))
    assert "None" in quotes(chart, "complications of the hernia repair?")
    assert chart.ask("complications of the cataract extraction?").kind != "supported"


def test_a_test_that_is_only_planned_has_shown_nothing(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "Headache for a week. Plan: will obtain a spinal tap."))
    assert chart.ask("CSF findings?").kind != "supported"


def test_what_is_near_to_a_label_is_no_answer(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "Blood pressure well controlled. Plan: blood lead ordered. Heart sounds normal."))
    assert chart.ask("EBL?").kind != "supported"
    assert chart.ask("ECG?").kind != "supported"


def test_a_toe_is_no_echocardiogram(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "RESULTS: X-ray of the great toe shows a bone spur. There is loss of cartilage."))
    assert "bone spur" in quotes(chart, "toe XR - result?")


@pytest.mark.parametrize(
    "asked",
    [
        "What kind of anaesthetic did she have for the hernia operation?",
        "hernia repair - what anesthesia?",
        "was she put to sleep for the hernia repair",
        "what anaesthetic was used when they repaired her hernia",
    ],
)
def test_how_somebody_was_put_to_sleep_is_told_by_the_note_of_that_operation(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(
        procedure("h", "Inguinal hernia repair", "2023-03-01"),
        note("op1", "PROCEDURE: Inguinal hernia repair.\nANESTHESIA: Spinal.\n", "2023-03-01T10:00:00Z"),
        note("op2", "PROCEDURE: Cataract extraction.\nANESTHESIA: Topical drops.\n", "2024-03-01T10:00:00Z"),
    )
    said = " ".join(chart.say(asked))
    assert "Spinal" in said
    assert "Topical" not in said
