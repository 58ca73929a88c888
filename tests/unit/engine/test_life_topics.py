"""What notes tell of a patient's life: which questions ask for it, and which sentences answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.notes.life_topics import TOPICS

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


@pytest.mark.parametrize(
    ("text", "question", "quote"),
    [
        pytest.param("Wine with dinner, two glasses most days.", "alcohol intake?", "Wine", id="drink named"),
        pytest.param("Bourbon rarely. Drinks 3 pints on a Friday.", "Does he drink?", "3 pints", id="drink"),
        pytest.param("Swims twice a week.", "Does he exercise?", "Swims", id="exercise"),
        pytest.param("Breakfast porridge, dinner fish and rice.", "What does she usually eat?", "porridge", id="diet"),
        pytest.param("Wakes at 4 most nights.", "How is he sleeping?", "Wakes at 4", id="sleep"),
        pytest.param("Tearful in the evenings.", "Is she feeling low these days?", "Tearful", id="mood"),
        pytest.param("Denies suicidal ideation.", "Any thoughts of harming himself?", "suicidal", id="self-harm"),
        pytest.param("Washes and dresses herself, lives alone.", "How is she coping at home?", "dresses herself", id="coping"),
        pytest.param("Son Peter fills the dosette on Mondays.", "Who sorts out his tablets?", "Peter", id="help with medicines"),
        pytest.param("Uses a rollator outdoors.", "Does she need a walker?", "rollator", id="walking aid"),
        pytest.param("Phone interpreter (Urdu).", "Does she need an interpreter?", "Urdu", id="interpreter"),
        pytest.param("Afraid of the dialysis machine.", "What are his fears about dialysis?", "Afraid", id="worries"),
        pytest.param("House heated by a stove; heats with coal.", "How does he heat his house?", "coal", id="house"),
        pytest.param(
            "Sister Joan is his proxy for health care.", "Who makes decisions for him if he cannot?", "Joan", id="decider"
        ),
        pytest.param("Would not want to be intubated.", "Does she want to be ventilated again?", "intubated", id="wish"),
        pytest.param("Comes by taxi, bus is too far.", "How does she get to the clinic?", "taxi", id="transport"),
        pytest.param("Keeps hens and two goats.", "Does he have any animals to look after?", "hens", id="animals"),
        pytest.param("Mirena in situ.", "What contraception is she using?", "Mirena", id="contraception"),
        pytest.param("Misses evening tablets at weekends.", "Does he forget his tablets?", "Misses", id="adherence"),
        pytest.param("Quit smoking in 2011, 20 pack-years.", "When did he give up smoking?", "2011", id="when stopped"),
        pytest.param("Cost $90 a month, sells fruit to pay.", "Can she afford her medicines?", "$90", id="cost"),
    ],
)
def test_a_topic_of_everyday_life_is_told_by_notes(chart_of: ChartOf, text: str, question: str, quote: str) -> None:
    assert quote in quoted(chart_of(note("n", f"{text} Blood pressure is fine.")), question)


def test_a_habit_of_drinking_is_not_what_was_so_one_evening(chart_of: ChartOf) -> None:
    habit = note("old", "Beer 3/wk.", "2023-01-01T10:00:00Z")
    evening = note("new", "No EtOH tonight. Had beer at the match.", "2024-01-01T10:00:00Z")
    told = quoted(chart_of(habit, evening), "Does he drink alcohol?")
    assert "3/wk" in told
    assert "tonight" not in told
    assert "match" not in told


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param("Walks at 92% on room air.", "Does he use a walking stick?", id="a walk is no aid"),
        pytest.param("COPD, CAT 14.", "Does he have a cat?", id="a score is no cat"),
        pytest.param("Amyloid PET not covered.", "Any pets?", id="a scan is no pet"),
        pytest.param("Flu jab due in the fall.", "Has he had any falls?", id="a season is no fall"),
        pytest.param("Given the fall in kidney function, halve the dose.", "How many falls has she had?", id="a value that fell"),
        pytest.param("Neighbour who is a nurse came.", "What is her job?", id="work of a neighbour"),
        pytest.param("Neighbour shops for him.", "Who does his cooking?", id="another task"),
        pytest.param("Quit the statin on his own.", "How is he managing on his own?", id="a medicine stopped alone"),
        pytest.param("Sleep study not available.", "Is she sleeping well?", id="a study"),
        pytest.param("CPAP ordered.", "Does he wear his hearing aids?", id="another aid"),
    ],
)
def test_words_of_a_topic_in_another_sense_are_not_told(chart_of: ChartOf, text: str, question: str) -> None:
    assert quoted(chart_of(note("n", text)), question) == ""


def test_what_a_note_carries_forward_gives_way_to_what_was_said_since(chart_of: ChartOf) -> None:
    said = note("said", "Sent the CPAP machine back in May.", "2024-05-01T10:00:00Z")
    carried = note("carried", "REVIEW OF SYSTEMS (carried forward)\nUses CPAP nightly.", "2024-08-01T10:00:00Z")
    told = quoted(chart_of(said, carried), "Does he use his CPAP at night?")
    assert "back in May" in told
    assert "nightly" not in told


def test_a_table_of_habits_answers_whatever_the_drink_is_called(chart_of: ChartOf) -> None:
    drinks = SMOKED | {"id": "drinks", "code": {"text": "Alcohol use"}, "valueCodeableConcept": {"text": "Two beers on Sundays"}}
    assert "Two beers on Sundays" in quoted(chart_of(drinks), "How much beer does she have in a week?")


def test_pack_years_stand_in_the_smoking_status(chart_of: ChartOf) -> None:
    quit_ = SMOKED | {"valueCodeableConcept": {"text": "Former - quit 3/2015, 30 pack years"}}
    assert "30 pack years" in quoted(chart_of(quit_), "How much did she smoke?")
    assert "3/2015" in quoted(chart_of(quit_), "When did she quit smoking?")


@pytest.mark.parametrize("question", ["Alcohol withdrawal?", "Is it safe to drink with this?", "Is he drinking enough water?"])
def test_not_all_that_names_drink_asks_for_the_habit(question: str) -> None:
    alcohol = next(topic for topic in TOPICS if topic.name == "alcohol")
    assert alcohol.asked.search("Does he drink?")
    assert not alcohol.asked.search(question)
