"""Sentences that stand near a question whose premise the chart does not hold answer nothing; where it holds, they stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, lab, medication, note, person, procedure, visit

ChartOf = Callable[..., AskedChart]

KIN = note("kin", "Her brother is on dialysis for eight years now. She works in a bakery.\n", "2024-02-02")
REFUSED = note("ref", "She declined the knee operation because her son cannot look after the shop.\n", "2024-03-03")
NOT_NEEDED = note("nn", "Hb nadir 9.8 after the birth, no transfusion. Iron given.\n", "2024-04-04")
SIDE = note("side", "Right elbow: swelling gone after the injection, moves freely.\n", "2024-05-05")
STATIN = note("st", "Varenicline was offered, he would like to think about it.\n", "2024-05-06")
RENT = note("rent", "He pays 410 dollars rent a month and gets by.\n", "2024-06-06")
OPERATION = note("op", "The cataract operation cost him 900 dollars out of pocket.\n", "2024-06-07")
PET = note("pet", "Bitten on the hand. Owner shows the dog's rabies vaccine card from March 2023.\n", "2024-07-07")
THOUGHT = note("ppm", "We talked of a loop recorder and I pencilled in a visit for it.\n", "2024-08-08")
AGAIN = note("ag", "Metoprolol - not keen to go back on it, it made her dream badly.\n", "2024-08-09")
HISTORY = note("hx", "All/intol: metoprolol.\n", "2024-08-10")
ALLERGY = note("nkda", "Allergies: NKDA.\n", "2024-09-09")


@pytest.mark.parametrize(
    ("chart", "question"),
    [
        ((KIN,), "How long has she been on dialysis?"),
        ((NOT_NEEDED,), "Why did she refuse the transfusion?"),
        ((SIDE,), "How is her left elbow?"),
        ((RENT,), "How much did the operation cost?"),
        ((PET,), "How many rabies shots has he had?"),
        ((THOUGHT,), "When was her loop recorder implanted?"),
        ((ALLERGY,), "Is she allergic to walnuts?"),
        ((STATIN, medication("v", "Varenicline 1 mg", "2024-01-01")), "Why was dabigatran stopped?"),
        ((HISTORY,), "How did she do when metoprolol was reintroduced?"),
        ((lab("k", 4.4, "2024-05-05", name="Potassium"),), "What will her next potassium be?"),
    ],
)
def test_what_stands_near_a_wrong_premise_answers_nothing(chart_of: ChartOf, chart: tuple[str, ...], question: str) -> None:
    assert chart_of(*chart).say(question) == []


@pytest.mark.parametrize(
    ("chart", "question", "told"),
    [
        ((KIN,), "Is anybody in her family on dialysis?", "brother"),
        ((REFUSED,), "Why did she refuse the knee operation?", "look after the shop"),
        ((SIDE,), "How is her right elbow?", "moves freely"),
        ((AGAIN,), "What put her off going back on metoprolol?", "dream badly"),
        ((OPERATION,), "How much did the cataract operation cost?", "900 dollars"),
        ((ALLERGY,), "Is she allergic to penicillin?", "NKDA"),
        ((lab("k", 4.4, "2024-05-05", name="Potassium"),), "What was her last potassium?", "4.4"),
    ],
)
def test_what_holds_the_premise_is_told(chart_of: ChartOf, chart: tuple[str, ...], question: str, told: str) -> None:
    assert told in " ".join(chart_of(*chart).say(question))


def test_another_test_does_not_answer_for_one_that_was_never_done(chart_of: ChartOf) -> None:
    chart = chart_of(lab("hb", 9.1, "2024-05-05", name="Hemoglobin"), lab("hb2", 11.2, "2024-08-05", name="Hemoglobin"))
    assert chart.say("What was the ferritin when the hemoglobin was so low?") == []
    assert "9.1" in " ".join(chart.say("What was the hemoglobin in May 2024?"))


def test_the_number_of_a_doctor_is_not_the_patients(chart_of: ChartOf) -> None:
    chart = chart_of(person(telecom=[{"system": "phone", "value": "555 0142"}]))
    assert chart.say("What is Dr Moreau's phone number?") == []
    assert chart.say("phone number for the neurologist?") == []
    assert "555 0142" in " ".join(chart.say("what's his phone number"))


def test_a_course_that_came_to_its_end_was_not_stopped_for_a_reason(chart_of: ChartOf) -> None:
    course = medication("d", "Doxycycline 100 mg", "2024-02-01", status="completed")
    assert "completed" in " ".join(chart_of(course).say("Why was the doxycycline stopped?"))


def test_what_is_vaccinated_against_is_no_side_of_a_comparison(chart_of: ChartOf) -> None:
    flu = note("flu", "Given: influenza vaccine IM left deltoid.\n", "2024-10-10")
    assert "influenza" not in " ".join(chart_of(flu).say("When was he vaccinated against cholera?")).lower()


def test_what_was_not_done_comes_before_what_was_said_of_it(chart_of: ChartOf) -> None:
    off = procedure("bx", "Liver biopsy", "2024-04-04", status="not-done")
    said = note("lb", "Options: liver biopsy or elastography. Liver edge 3 cm below the ribs.\n", "2024-03-04")
    told = chart_of(off, said).say("What did the liver biopsy show?")
    assert "not-done" in told[0]
    assert not [line for line in told if "edge" in line]


def test_a_visit_to_a_doctors_surgery_is_no_operation(chart_of: ChartOf) -> None:
    seen = visit("v1", "AMB", "GP Surgery consultation", "2024-05-05", "2024-05-05")
    assert chart_of(seen).say("When was her last surgery?") == []
