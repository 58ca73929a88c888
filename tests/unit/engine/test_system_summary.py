"""The story of a system of the body, and the main problems of a patient: what belongs to them, and what does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.review.grave_problems import GRAVE
from chartcite.engine.stories.system_summary import SYSTEMS

from tests.charts import AskedChart, bundled_lexicon, condition, medication, note, procedure, relative

ChartOf = Callable[..., AskedChart]

CHART = (
    condition("copd", "Chronic obstructive pulmonary disease", "2016-05-01"),
    condition("oa", "Osteoarthritis of knee", "2018-05-01"),
    condition("hf", "Congestive heart failure", "2020-05-01"),
    condition("pn", "Pneumonia", "2021-01-01", clinical="resolved"),
    procedure("cath", "Coronary angiography", "2020-06-01"),
    medication("tio", "Tiotropium inhaler", "2017-01-01"),
    medication("bis", "Bisoprolol 5 mg tablet", "2020-06-01"),
    medication("par", "Paracetamol 500 mg tablet", "2020-06-01"),
)


def test_every_class_of_a_system_is_one_of_the_lexicon() -> None:
    concepts = bundled_lexicon().concepts
    for system in SYSTEMS:
        for id_ in (*system.problems, *system.procedures, *system.measures, *system.drugs):
            assert id_ in concepts, id_
    assert all(id_ in concepts for id_ in GRAVE)


@pytest.mark.parametrize("text", ["Short respiratory summary for the anaesthetist", "chest history in a nutshell please"])
def test_a_system_is_told_by_its_problems_and_medicines(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "Chronic obstructive pulmonary disease: active" in told
    assert "Pneumonia: resolved" in told
    assert "Tiotropium inhaler is active since 2017-01-01" in told
    assert "heart failure" not in told
    assert "Paracetamol" not in told


def test_a_system_of_which_the_chart_holds_nothing_is_not_summarised(chart_of: ChartOf) -> None:
    assert chart_of(*CHART).say("renal overview please") == []


def test_one_problem_of_a_system_is_told_by_itself(chart_of: ChartOf) -> None:
    chart = chart_of(
        *CHART, condition("mi", "Chronic kidney disease stage 3", "2022-01-01"), condition("st", "Kidney stone", "2010-01-01")
    )
    assert chart.say("Sum up her heart failure")[0].startswith("Congestive heart failure")
    assert "Kidney stone" in " ".join(chart.say("renal summary please"))
    assert "Chronic kidney disease stage 3" in chart.say("Sum up her chronic kidney disease")[0]
    assert "Kidney stone" not in " ".join(chart.say("Sum up her chronic kidney disease"))


@pytest.mark.parametrize("text", ["Quick handover on his main problems please", "Overview of her key diagnoses"])
def test_main_problems_are_told_the_grave_ones_first(chart_of: ChartOf, text: str) -> None:
    said = chart_of(*CHART).say(text)
    names = [line.partition(":")[0] for line in said]
    assert names == ["Congestive heart failure", "Chronic obstructive pulmonary disease", "Osteoarthritis of knee"]


def test_a_list_behind_a_system_is_told_with_it(chart_of: ChartOf) -> None:
    scan = note(
        "us", "Ultrasound: a simple cyst in the left lung. Nothing else of note in the chest.", "2023-02-01T10:00:00-05:00"
    )
    chart = chart_of(*CHART, scan, relative("fh", "Father", "Asthma"))
    told = " ".join(chart.say("Chest story in three lines: diagnoses, cysts, FHx"))
    assert "Chronic obstructive pulmonary disease: active" in told
    assert "simple cyst" in told
    assert "Father: Asthma" in told
    assert "heart failure" not in told


def test_a_question_behind_a_system_is_not_told_as_its_story(chart_of: ChartOf) -> None:
    said = chart_of(*CHART).say("renal overview: is she on dialysis?")
    assert not any("pulmonary" in line or "Heart" in line for line in said)


@pytest.mark.parametrize("text", ["Walk me through the knee story", "Pancreas story, please"])
def test_words_by_which_the_chart_calls_a_problem_are_summed_up(chart_of: ChartOf, text: str) -> None:
    chart = chart_of(*CHART, condition("panc", "Chronic pancreatitis", "2019-01-01"))
    named = "Chronic pancreatitis" if "Pancreas" in text else "Osteoarthritis of knee"
    assert chart.say(text)[0].startswith(named)
    assert chart_of(*CHART[2:4]).say("Walk me through the spleen story") == []
