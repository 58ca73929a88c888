"""What notes tell of a patient's life: which questions ask for it, and which sentences answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.life_topics import TOPICS

from tests.charts import AskedChart, condition, note

ChartOf = Callable[..., AskedChart]


def quoted(chart: AskedChart, question: str) -> str:
    return " | ".join(chart.say(question))


@pytest.mark.parametrize(
    ("text", "question", "quote"),
    [
        pytest.param("Ex-welder, lives in a flat.", "What did she do for a living?", "welder", id="work"),
        pytest.param("Lives with parents and a new puppy.", "any pets at home?", "puppy", id="pets"),
        pytest.param("Patient currently has Medicaid.", "Who is the payer?", "Medicaid", id="insurance"),
        pytest.param("Married, 3 children.", "How many kids does she have?", "3 children", id="children"),
        pytest.param("No driving until April.", "Is she allowed to drive?", "No driving until April", id="driving"),
        pytest.param("Lives w/ husband.", "Who does she live with?", "w/ husband", id="home"),
        pytest.param("Eats less, lives alone.", "Who does he live with?", "lives alone", id="nobody at home"),
        pytest.param("Patient is a college graduate.", "degree?", "college graduate", id="schooling"),
        pytest.param("Going into 3rd grade.", "What school year is she in?", "3rd grade", id="year at school"),
        pytest.param("Greek first language, English fluent.", "What is his first language?", "Greek", id="language"),
        pytest.param("Comes from a high socioeconomic background.", "How well off is she?", "socioeconomic", id="means"),
        pytest.param("44 yo surveyor, moved from Nebraska.", "Where did he live before?", "Nebraska", id="origin"),
        pytest.param("POLST signed, DNR/DNI.", "If her heart stopped, would they try to restart it?", "DNR", id="wishes"),
    ],
)
def test_a_topic_of_life_is_told_by_notes(chart_of: ChartOf, text: str, question: str, quote: str) -> None:
    assert quote in quoted(chart_of(note("n", f"{text} Sleeps well.")), question)


@pytest.mark.parametrize("text", ["Former smoker.", "Working diagnosis: pneumonia.", "PHARMACIST TELEPHONE NOTE re: refill."])
def test_words_of_work_may_tell_no_work(text: str) -> None:
    work = next(topic for topic in TOPICS if topic.name == "work")
    assert work.told.search("Former welder, works at the mill.")
    assert not work.told.search(text)


def test_whether_a_medicine_is_taken_is_told_by_the_sentence_that_names_it(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "Misses lisinopril maybe one day a week. Metformin as before."))
    assert "Misses lisinopril" in quoted(chart, "Does she take her lisinopril every day?")
    assert "Misses" not in quoted(chart, "Does she take her metoprolol every day?")


def test_the_newest_wishes_are_told(chart_of: ChartOf) -> None:
    chart = chart_of(note("old", "Full code.", "2020-01-01T10:00:00Z"), note("new", "DNR/DNI per POLST.", "2025-01-01T10:00:00Z"))
    first, *_ = chart.say("What is her code status?")
    assert "DNR" in first


def test_a_ceiling_of_care_is_asked_beside_something_else(chart_of: ChartOf) -> None:
    chart = chart_of(condition("copd", "COPD", "2015-01-01"), note("n", "COPD worse. Ward care only, not for escalation to ICU."))
    assert "not for escalation" in quoted(chart, "Where does her COPD stand, and what ceiling of care was agreed?")


@pytest.mark.parametrize("question", ["any pets at home?", "What did she do for a living?", "How many kids does she have?"])
def test_without_a_word_of_it_nothing_is_told(chart_of: ChartOf, question: str) -> None:
    assert quoted(chart_of(note("n", "Knee is better. Sleeps well.")), question) == ""
