"""Questions of two or three parts: each gets its own answer, and one that refers back takes its thing and its day from before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from chartcite.engine.language.course_words import asks_course
from chartcite.engine.questions.question_parts import parts_of
from chartcite.engine.stories.overview import asks_for_all

from tests.charts import AskedChart, condition, lab, medication, note, procedure, visit

ChartOf = Callable[..., AskedChart]
NOW = date(2025, 6, 1)
CHART = (
    condition("gout", "Gout", "2019-05-02"),
    condition("htn", "Essential hypertension", "2015-03-01"),
    condition("hip", "Fracture of left wrist", "2023-02-11", clinical="resolved", abatementDateTime="2023-05-01"),
    medication("allo", "Allopurinol 100 mg tablet", "2019-06-01", reasonCode=[{"text": "Gout"}]),
    medication("aml", "Amlodipine 5 mg tablet", "2024-08-01", reasonCode=[{"text": "Hypertension"}]),
    lab("egfr1", 71, "2021-02-01", name="eGFR", unit="mL/min/1.73m2"),
    lab("egfr2", 58, "2023-02-11", name="eGFR", unit="mL/min/1.73m2"),
    lab("egfr3", 44, "2025-02-01", name="eGFR", unit="mL/min/1.73m2"),
    procedure("appendix", "Appendectomy", "2020-04-04"),
    visit("gp", "AMB", "GP consultation", "2025-02-01", "2025-02-01"),
)


@pytest.mark.parametrize(
    "question",
    ["What is her eGFR now and how fast is it falling?", "current eGFR, and how quickly is it declining?"],
)
def test_how_fast_a_value_moves_is_told_by_its_course(chart_of: ChartOf, question: str) -> None:
    answer = chart_of(*CHART).ask(question, as_of=NOW)
    assert "was 44 mL/min" in answer.text
    assert "71 mL/min/1.73m2 (2021-02-01)" in answer.text
    assert not answer.missing


@pytest.mark.parametrize("words", ["how fast is it declining", "at what rate does it fall", "rate of decline"])
def test_words_for_the_pace_of_a_value_ask_for_its_course(words: str) -> None:
    assert asks_course(words)


@pytest.mark.parametrize("words", ["how fast can I give potassium", "has she been fasting", "how slow is the drip"])
def test_other_paces_do_not(words: str) -> None:
    assert not asks_course(words)


@pytest.mark.parametrize("then", ["at the time", "at that time", "then", "when it happened"])
def test_what_was_taken_at_the_time_is_that_of_the_day_told_before(chart_of: ChartOf, then: str) -> None:
    said = chart_of(*CHART).say(f"When did she break her wrist and what was she taking {then}?", as_of=NOW)
    assert "2023-02-11" in said[0]
    assert any("Allopurinol" in line for line in said)
    assert not any("Amlodipine" in line for line in said)


def test_a_value_at_the_time_is_that_of_the_day_told_before(chart_of: ChartOf) -> None:
    said = chart_of(*CHART).say("When did she break her wrist and what was her eGFR at the time?", as_of=NOW)
    assert any("58 mL/min" in line for line in said)
    assert not any("was 44 mL/min" in line for line in said)


def test_where_notes_alone_tell_medicines_the_list_of_the_nearest_note_is_quoted(chart_of: ChartOf) -> None:
    chart = chart_of(
        note(
            "then",
            "Neurology.\nLast seizure 2023-02-09, none before for a year.\nMeds: phenytoin 300, folic acid.\n",
            "2023-02-20",
        ),
        note("now", "Neurology.\nNo seizure since 2023-02-09.\nMeds: lacosamide 100 BID.\n", "2025-02-01"),
    )
    said = " ".join(chart.say("When was his last seizure and what was he taking at the time?", as_of=NOW))
    assert "2023-02-09" in said
    assert "phenytoin" in said
    assert "lacosamide" not in said


def test_a_part_that_is_answered_by_a_story_leaves_the_others_to_be_answered(chart_of: ChartOf) -> None:
    stay = visit("stay", "IMP", "Inpatient admission", "2020-04-03", "2020-04-06")
    said = " ".join(chart_of(*CHART, stay).say("What is her latest eGFR, and how long was she in hospital in 2020?", as_of=NOW))
    assert "44 mL/min" in said
    assert "3 days" in said


def test_any_and_anything_begin_a_part() -> None:
    assert len(parts_of("Did she fall this year and was anything broken?")) == 2
    assert len(parts_of("Was she given salt and vinegar?")) == 1


@pytest.mark.parametrize(
    "question",
    [
        "What are her problems and what is being done for each?",
        "list her conditions and how they are treated",
        "her diagnoses with treatment",
    ],
)
def test_problems_are_told_each_with_what_is_taken_for_it(chart_of: ChartOf, question: str) -> None:
    said = chart_of(*CHART).say(question, as_of=NOW)
    place = next(number for number, line in enumerate(said) if line.startswith("Gout: active"))
    assert said[place + 1].startswith("Taken for Gout: Allopurinol")
    assert not any("wrist" in line for line in said)


@pytest.mark.parametrize(
    "words",
    [
        "What should I know before seeing her?",
        "anything I need to know about this patient before clinic?",
        "what do I need to know about him",
        "most important things about this patient",
        "tell me everything important about her",
        "his background please",
    ],
)
def test_what_has_to_be_known_of_a_patient_is_asked_of_the_whole_chart(words: str) -> None:
    assert asks_for_all(words)


@pytest.mark.parametrize(
    "words",
    [
        "What should I know about warfarin?",
        "anything I should know about her kidneys?",
        "family background",
        "tell me about the fall",
    ],
)
def test_what_has_to_be_known_of_a_thing_is_not(words: str) -> None:
    assert not asks_for_all(words)
