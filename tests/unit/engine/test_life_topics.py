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
        pytest.param("Household of four in a flat.", "Who lives in the house?", "Household of four", id="household"),
        pytest.param("Neighbour Ruth does the cooking.", "Who's around to help her?", "Ruth", id="help"),
        pytest.param("Meals on wheels daily.", "Any help at home?", "Meals on wheels", id="help that comes"),
        pytest.param("Father is a welder.", "What does her father do for work?", "welder", id="work of a relative"),
        pytest.param("Lives off a state pension.", "What income is there?", "pension", id="income"),
        pytest.param("Wife has not told her sister.", "Who knows about the epilepsy?", "not told", id="who knows"),
        pytest.param("Spacer technique poor, re-taught.", "Does she use her puffer correctly?", "technique poor", id="technique"),
        pytest.param("The pen goes to $60 a month.", "how much does the pen cost her?", "$60", id="cost"),
        pytest.param("Skips her tablets at weekends.", "does she miss any doses?", "weekends", id="doses of anything"),
        pytest.param("Rarely misses a dose.", "is she compliant with her meds", "Rarely misses", id="compliance"),
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


SMOKED = {
    "resourceType": "Observation",
    "id": "smoked",
    "status": "final",
    "subject": {"reference": "Patient/ann"},
    "category": [{"coding": [{"code": "social-history"}]}],
    "code": {"text": "Tobacco smoking status", "coding": [{"system": "http://loinc.org", "code": "72166-2"}]},
    "effectiveDateTime": "2022-05-01",
    "valueCodeableConcept": {"text": "Current every day smoker"},
}


def test_a_note_written_after_the_table_tells_who_smokes_now(chart_of: ChartOf) -> None:
    later = note("later", "Tobacco: none since March. Vapes at weekends.", "2024-01-01T10:00:00Z")
    chart = chart_of(SMOKED, later)
    assert "none since March" in quoted(chart, "Does she still smoke cigarettes?")
    assert "Vapes" not in quoted(chart, "Does she still smoke cigarettes?")
    assert "none since March" not in quoted(chart, "Is she vaping currently?")
    assert "Vapes" in quoted(chart, "Is she vaping currently?")


@pytest.mark.parametrize(
    "question", ["Is he smoking less now than in May?", "How many cigarettes now?", "Does he still smoke weed?"]
)
def test_how_much_is_smoked_and_what_else_is_no_question_of_smoking_now(question: str) -> None:
    smoking = next(topic for topic in TOPICS if topic.name == "smoking")
    assert smoking.asked.search("Is he still smoking?")
    assert not smoking.asked.search(question)


@pytest.mark.parametrize(
    "text", ["Smokes crack at weekends.", "Husband is a smoker.", "Smoking cessation advice given.", "Smokes cigarettes."]
)
def test_an_older_note_another_substance_or_person_tells_nothing_of_it(chart_of: ChartOf, text: str) -> None:
    told = quoted(chart_of(SMOKED, note("n", text, "2021-01-01T10:00:00Z")), "Is she currently a smoker?")
    assert "Current every day smoker" in told
    assert text not in told


def test_a_table_and_a_note_of_one_day_are_both_told(chart_of: ChartOf) -> None:
    told = quoted(chart_of(SMOKED, note("n", "Tobacco: ten a day.", "2022-05-01T10:00:00Z")), "What is her smoking status now?")
    assert "Current every day smoker" in told
    assert "ten a day" in told


def test_what_a_note_marks_as_copied_tells_of_another_day(chart_of: ChartOf) -> None:
    old = note("n", "[copied from 2019] Weight stable. Lives with parents. [end copied] Feels well.")
    assert "parents" not in quoted(chart_of(old), "Who does she live with?")


def test_sentences_that_follow_each_other_are_told_together(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "Mother works as a nurse. Father drives a bus. Sleeps well."))
    told = quoted(chart, "What jobs do the parents have?")
    assert "nurse" in told
    assert "bus" in told


@pytest.mark.parametrize("question", ["Does she get about on her own or with a frame?", "Is she eating on her own?"])
def test_alone_asks_for_the_home_only_with_living(chart_of: ChartOf, question: str) -> None:
    assert "flat" not in quoted(chart_of(note("n", "Lives in a flat with her son.")), question)


def test_the_work_of_one_relative_is_not_that_of_another(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "Mother works as a nurse. Sleeps well."))
    assert "nurse" not in quoted(chart, "What job does the father have?")


def test_missed_appointments_are_no_missed_doses() -> None:
    topic = next(topic for topic in TOPICS if topic.name == "whether medicine is taken")
    assert topic.told.search("missed the evening dose")
    assert not topic.told.search("near-miss on the stairs")
    assert not topic.told.search("misses school")
