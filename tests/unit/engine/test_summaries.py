"""The story of a problem, a medicine or a stay: what is told, in which order, and what is not told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.questions.summary_words import asks_summary, summary_words
from chartcite.engine.stories.problem_measures import MEASURES, followed_by, measures_of
from chartcite.engine.stories.summaries import MOST_LINES

from tests.charts import AskedChart, bundled_lexicon, condition, lab, medication, note, of, procedure, visit

ChartOf = Callable[..., AskedChart]

DIABETES = condition("dm", "Type 2 diabetes mellitus", "2011-03-02")
STOPPED = medication(
    "met",
    "Metformin 1000 mg tablet",
    "2011-03-02",
    status="stopped",
    reasonCode=[{"text": "Type 2 diabetes mellitus"}],
    statusReason={"text": "Kidney function too low"},
)
TAKEN = medication("lin", "Linagliptin 5 mg tablet", "2023-11-14", reasonCode=[{"text": "Type 2 diabetes mellitus"}])
OTHER = medication("ator", "Atorvastatin 40 mg tablet", "2021-03-16", reasonCode=[{"text": "Hyperlipidemia"}])
NOTE = """Subjective:
Feels well.

Assessment/Plan:
1. Type 2 diabetes: stopped metformin because the kidney function fell, started linagliptin.
2. Knee pain: physiotherapy.
"""
CHART = (DIABETES, STOPPED, TAKEN, OTHER, lab("a1", 8.9, "2020-01-05"), lab("a2", 7.4, "2024-01-05"), note("n1", NOTE))


@pytest.mark.parametrize(
    "text",
    [
        "Sum up her kidney disease",
        "Overview of her diabetes please",
        "how has his AF been managed?",
        "What's the story with the rash?",
        "run me thru the COPD",
        "asthma in a nutshell",
        "bring me up to speed on the liver disease",
        "what happened during the March admission?",
        "recap the hospital stay",
    ],
)
def test_a_question_for_the_story_is_recognised(text: str) -> None:
    assert asks_summary(text, ())


@pytest.mark.parametrize(
    "text",
    [
        "When was her diabetes diagnosed?",
        "What is her latest A1c?",
        "Who summarised the case?",
        "Does the discharge summary list Truvada?",
        "Summarise the medication changes since June",
        "How have the scores gone since the first one?",
        "Is she on a statin?",
    ],
)
def test_a_question_for_one_particular_is_no_summary(text: str) -> None:
    assert not asks_summary(text, ())


def test_words_that_ask_for_a_summary_name_nothing() -> None:
    assert {"run", "story"} <= summary_words("Run me through the story of her gout")
    assert not set(forms("gout")) & summary_words("Run me through the story of her gout")


def test_every_listed_measure_is_a_measurement_of_the_lexicon() -> None:
    lexicon = bundled_lexicon()
    for problem, measured in MEASURES.items():
        assert lexicon.concepts[problem].kind is ConceptKind.CONDITION, problem
        assert all(lexicon.concepts[id_].kind is ConceptKind.MEASUREMENT for id_ in measured), problem


def test_measures_of_a_kind_hold_for_what_is_under_it() -> None:
    lexicon = bundled_lexicon()
    assert measures_of(["type-2-diabetes"], lexicon)[0] == "hemoglobin-a1c"
    assert measures_of(["acute-kidney-injury"], lexicon)[0] == "creatinine"
    assert measures_of(["acne"], lexicon) == ()
    assert followed_by("hyperkalemia", ["potassium"], lexicon)
    assert not followed_by("kidney-disease", ["potassium"], lexicon)


def test_a_problem_is_told_from_what_it_is_to_what_notes_tell(chart_of: ChartOf) -> None:
    said = chart_of(*CHART).say("Sum up her type 2 diabetes")
    assert said[0].startswith("Type 2 diabetes mellitus: active, onset 2011-03-02")
    assert said[1].startswith("Taken now: Linagliptin 5 mg tablet")
    assert any("8.9 % (2020-01-05), 7.4 % (2024-01-05)" in line for line in said)
    assert any("Metformin" in line and "Kidney function too low" in line for line in said)
    assert "stopped metformin because the kidney function fell" in said[-1]
    assert len(said) <= MOST_LINES


def test_medicines_and_notes_of_other_problems_are_left_out(chart_of: ChartOf) -> None:
    said = " ".join(chart_of(*CHART).say("Sum up her type 2 diabetes"))
    assert "Atorvastatin" not in said
    assert "Knee pain" not in said


def test_the_intent_stands_in_the_receipt(chart_of: ChartOf) -> None:
    answer = chart_of(*CHART).ask("Sum up her type 2 diabetes")
    parts = answer.receipt.plan["parts"]
    assert isinstance(parts, list)
    assert parts[0]["intent"] == Intent.SUMMARY
    assert set(answer.receipt.routes) == {"summary", "summary_note"}
    assert answer.receipt.dropped_claims == 0


def test_a_problem_that_the_chart_lacks_is_not_summarised(chart_of: ChartOf) -> None:
    answer = chart_of(*CHART).ask("Sum up her lupus")
    assert answer.kind == "abstained"
    assert answer.basis.certificate is not None


def test_a_problem_of_the_family_is_not_the_patients(chart_of: ChartOf) -> None:
    chart = chart_of(DIABETES, note("fam", "Family history:\nMother had gout and took allopurinol for years."))
    assert chart.say("Give me the story of her gout") == []


def test_a_refuted_problem_is_told_as_refuted_without_treatment(chart_of: ChartOf) -> None:
    wrong = condition("pd", "Parkinson disease", "2022-03-22", clinical="inactive", verified="refuted")
    levodopa = medication("lev", "Carbidopa / levodopa 25/100 mg tablet", "2022-03-22", status="stopped")
    said = chart_of(*CHART, wrong, levodopa).say("Give me an overview of her Parkinson's")
    assert "was refuted" in said[0]
    assert not any("levodopa" in line for line in said)


def test_a_medicine_that_denies_a_problem_in_its_reason_is_not_taken_for_it(chart_of: ChartOf) -> None:
    hiv = medication("dov", "Dolutegravir / lamivudine tablet", "2022-11-15", reasonCode=[{"text": "HIV, no asthma"}])
    said = chart_of(condition("as", "Asthma", "2010"), hiv).say("Sum up her asthma")
    assert not any("lamivudine" in line for line in said)


def test_a_pressure_is_told_with_the_problem_that_it_follows(chart_of: ChartOf) -> None:
    drug = medication("am", "Amlodipine 10 mg tablet", "2025-07-22", reasonCode=[{"text": "Hypertension"}])
    said = chart_of(condition("htn", "Essential hypertension", "2013-06"), drug).say("How has her blood pressure been managed?")
    assert said[0].startswith("Essential hypertension")
    assert any("Amlodipine 10 mg tablet" in line for line in said)


def test_a_medicine_is_told_from_first_to_last(chart_of: ChartOf) -> None:
    first = medication("l1", "Levothyroxine 88 mcg tablet", "2018-05-01", status="stopped", statusReason={"text": "TSH too low"})
    said = chart_of(first, medication("l2", "Levothyroxine 75 mcg tablet", "2023-09-21")).say("Recap her levothyroxine")
    assert ["88" in said[0], "TSH too low" in said[0], "75" in said[1]] == [True, True, True]


STAY = visit("stay", "IMP", "Hospital admission", "2024-03-01", "2024-03-05")
DISCHARGE = """Hospital course:
Treated with ceftriaxone for pneumonia and improved by day three.

Plan:
Amlodipine stopped because of low pressure; see the family doctor in one week.
"""


def test_a_stay_is_told_with_its_course_and_what_was_stopped(chart_of: ChartOf) -> None:
    ended = medication("am", "Amlodipine 5 mg tablet", "2020-01-01", status="stopped", statusReason={"text": "Low pressure"})
    ended["dispenseRequest"] = {"validityPeriod": {"start": "2020-01-01", "end": "2024-03-03"}}
    chart = chart_of(
        STAY,
        condition("pn", "Pneumonia", "2024-03-01"),
        procedure("br", "Bronchoscopy", "2024-03-02"),
        ended,
        note("dc", DISCHARGE, "2024-03-05T10:00:00-05:00", type={"text": "Discharge summary"}),
    )
    said = chart.say("What happened during the March 2024 admission?")
    assert said[0].startswith("Hospital admission")
    assert any(line.startswith("Pneumonia") for line in said)
    assert any(line.startswith("Bronchoscopy was done") for line in said)
    assert any("Treated with ceftriaxone" in line for line in said)
    assert any("see the family doctor" in line for line in said)


def test_a_stay_that_the_chart_lacks_is_not_told(chart_of: ChartOf) -> None:
    assert chart_of(*CHART, STAY).say("Recap her appendicitis admission") == []


REPORT = of(
    "ann", "Condition", "nod", clinicalStatus={"coding": [{"code": "active"}]}, code={"text": "Solitary pulmonary nodule"}
)


def test_a_spot_on_an_organ_is_a_nodule_there_and_nowhere_else(chart_of: ChartOf) -> None:
    chart = chart_of(REPORT, note("ct", "Impression:\nThe nodule of the right lung grew to 8 mm.\n"))
    said = chart.say("What's the story with the spot on her lung?")
    assert said[0].startswith("Solitary pulmonary nodule")
    assert any("grew to 8 mm" in line for line in said)
    assert chart.say("What's the story with the spot on her liver?") == []


def test_a_copied_sentence_is_quoted_once(chart_of: ChartOf) -> None:
    line = "Assessment/Plan:\n1. Rash: stopped amoxicillin, the rash cleared after two days.\n"
    chart = chart_of(note("n1", line), note("n2", line, "2024-05-01T10:00:00-05:00"))
    assert len(chart.say("What's the story with the rash?")) == 1


def test_a_word_that_mostly_means_something_else_chooses_nothing(chart_of: ChartOf) -> None:
    chart = chart_of(DIABETES, note("bp", "Assessment/Plan:\nPressure is low after the new tablet, stopped it today.\n"))
    assert not any("Pressure" in line for line in chart.say("Sum up her diabetes"))


def test_the_problem_itself_stands_before_what_comes_of_it(chart_of: ChartOf) -> None:
    later = condition("np", "Neuropathy due to type 2 diabetes mellitus", "2023-02-20")
    assert chart_of(later, DIABETES).say("Sum up her diabetes")[0].startswith("Type 2 diabetes mellitus")
