from __future__ import annotations

from datetime import date

import pytest
from chartcite.engine.domain.records import Category, CodedConcept
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.ports import ChartConcept
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import newest_several
from chartcite.engine.understanding import understand
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import bundled_lexicon

TODAY = date(2026, 11, 21)
NAMED = (
    ("Hemoglobin A1c", Category.LABORATORY),
    ("Lisinopril 10 MG Oral Tablet", Category.MEDICATION),
    ("Metformin 500 MG Oral Tablet", Category.MEDICATION),
    ("Hypertension", Category.CONDITION),
    ("Cerebrovascular accident", Category.CONDITION),
    ("Blood pressure", Category.VITAL_SIGN),
    ("Body weight", Category.VITAL_SIGN),
    ("Colonoscopy", Category.PROCEDURE),
    ("Influenza vaccine", Category.IMMUNIZATION),
    ("Tobacco smoking status", Category.SOCIAL_HISTORY),
)
CHART = [ChartConcept(key, CodedConcept(text=text), frozenset({category})) for key, (text, category) in enumerate(NAMED)]
A1C, LISINOPRIL, METFORMIN, HYPERTENSION, STROKE, PRESSURE, WEIGHT, COLONOSCOPY, FLU, SMOKING = range(len(NAMED))


def plans(text: str) -> tuple[Plan, ...]:
    return understand(text, lexicon=bundled_lexicon(), chart=CHART, today=TODAY)


def only(text: str) -> Plan:
    [plan] = plans(text)
    return plan


def keys(plan: Plan) -> set[int]:
    return {key for target in plan.targets for key in target.concept_keys}


VALUES = [
    ("What is her latest A1c?", "latest", A1C),
    ("A1c?", "latest", A1C),
    ("What was the first recorded HbA1c?", "first", A1C),
    ("Baseline A1c", "first", A1C),
    ("Highest A1c ever?", "highest", A1C),
    ("When did her weight peak?", "highest", WEIGHT),
    ("lowest blood pressure in 2023", "lowest", PRESSURE),
    ("nadir of the A1c", "lowest", A1C),
    ("How has the A1c changed over time?", "trend", A1C),
    ("Is her blood pressure getting better?", "trend", PRESSURE),
    ("A1c trend since 2020", "trend", A1C),
    ("What were the first and the last A1c?", "trend", A1C),
    ("How much weight has she lost since 2022?", "difference", WEIGHT),
    ("difference in A1c between 2020 and 2024", "difference", A1C),
    ("What is the average blood pressure this year?", "average", PRESSURE),
    ("How many times was the A1c checked in 2024?", "count", A1C),
    ("How often was the A1c measured?", "count", A1C),
    ("Does she smoke?", "presence", SMOKING),
]
COURSES = [
    ("Is she still on metformin?", "presence", METFORMIN, None),
    ("Does she take lisinopril?", "presence", LISINOPRIL, None),
    ("When was metformin started?", "when", METFORMIN, "started"),
    ("When was metformin stopped?", "when", METFORMIN, "stopped"),
    ("When did she come off metformin?", "when", METFORMIN, "stopped"),
    ("Why was metformin discontinued?", "reason", METFORMIN, "stopped"),
    ("Why is she on lisinopril?", "reason", LISINOPRIL, None),
    ("What is the lisinopril for?", "reason", LISINOPRIL, None),
    ("What dose of lisinopril does she take?", "dose", LISINOPRIL, None),
    ("How much lisinopril is she taking?", "dose", LISINOPRIL, None),
    ("How long has she been taking lisinopril?", "duration", LISINOPRIL, None),
    ("Was the lisinopril dose increased?", "dose", LISINOPRIL, "changed"),
]
HAPPENINGS = [
    ("When was her last flu shot?", "when", FLU, "immunization"),
    ("How many flu shots has she had?", "count", FLU, "immunization"),
    ("When was the last colonoscopy?", "when", COLONOSCOPY, "procedure"),
    ("What did the colonoscopy show?", "describe", COLONOSCOPY, "procedure"),
    ("Who did the colonoscopy?", "who", COLONOSCOPY, "procedure"),
    ("How many colonoscopies has she had?", "count", COLONOSCOPY, "procedure"),
    ("Does she have hypertension?", "presence", HYPERTENSION, "condition"),
    ("Does she have high blood pressure?", "presence", HYPERTENSION, "condition"),
    ("When was hypertension diagnosed?", "when", HYPERTENSION, "condition"),
    ("How old was she when hypertension was diagnosed?", "age", HYPERTENSION, "condition"),
    ("Has she ever had a stroke?", "presence", STROKE, "condition"),
    pytest.param("Any history of stroke?", "presence", STROKE, "condition"),
]
LISTS = [
    ("What medications is she taking?", "list", "medication"),
    ("Which drugs were stopped in 2023?", "list", "medication"),
    ("What are her active problems?", "list", "condition"),
    ("What conditions did she have in 2015?", "list", "condition"),
    ("When was she last seen?", "when", "encounter"),
    ("Was she admitted in 2023?", "list", "encounter"),
    ("What happened since her last visit?", "changes", "encounter"),
    ("What are her goals?", "list", "goal"),
    ("What is the care plan?", "list", "care_plan"),
    ("Any pending orders?", "list", "order"),
    ("Who is her primary care doctor?", "who", "care_team"),
    ("How old is she?", "age", "demographic"),
    ("DOB?", "list", "demographic"),
    ("What is her sex?", "list", "demographic"),
    pytest.param("What is her date of birth?", "when", "demographic"),
    pytest.param("What is he currently on?", "active", "medication"),
]


@pytest.mark.parametrize(("text", "intent", "concept"), VALUES)
def test_a_question_about_a_value_names_what_is_measured(text: str, intent: str, concept: int) -> None:
    plan = only(text)
    assert (plan.intent, keys(plan)) == (intent, {concept})


@pytest.mark.parametrize(("text", "intent", "concept", "event"), COURSES)
def test_a_question_about_a_drug_names_its_turn(text: str, intent: str, concept: int, event: str | None) -> None:
    plan = only(text)
    assert (plan.intent, keys(plan), plan.event, plan.subject) == (intent, {concept}, event, Category.MEDICATION)


@pytest.mark.parametrize(("text", "intent", "concept", "subject"), HAPPENINGS)
def test_a_question_about_a_happening_names_its_list(text: str, intent: str, concept: int, subject: str) -> None:
    plan = only(text)
    assert (plan.intent, keys(plan), plan.subject) == (intent, {concept}, subject)


@pytest.mark.parametrize(("text", "intent", "subject"), LISTS)
def test_a_question_about_a_list_names_nothing_else(text: str, intent: str, subject: str) -> None:
    plan = only(text)
    assert (plan.intent, plan.subject, plan.targets) == (intent, subject, ())


def test_visits_to_the_emergency_department_are_counted() -> None:
    plan = only("How many ED visits in the last 2 years?")
    assert (plan.intent, plan.subject, plan.emergency) == ("count", Category.ENCOUNTER, True)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("A1c in 2023?", date(2023, 1, 1), date(2023, 12, 31), id="a year"),
        pytest.param("A1c over the last 6 months", date(2026, 5, 21), TODAY, id="counted from today"),
        pytest.param(
            "As of 2022-06-30, what was she taking?", None, date(2022, 6, 30), id="an opening window holds for the rest"
        ),
        pytest.param("What has changed since March 2024?", date(2024, 3, 1), None, id="open to now"),
    ],
)
def test_a_window_is_part_of_the_plan(text: str, first: date | None, last: date | None) -> None:
    window = only(text).window
    assert window is not None
    assert (window.first, window.last) == (first, last)


def test_a_drug_that_the_chart_does_not_hold_is_a_target_without_facts() -> None:
    [target] = only("Has she ever been on warfarin?").targets
    assert (target.label, target.concept_keys, target.exact) == ("warfarin", (), False)


def test_two_questions_make_two_plans() -> None:
    first, second = plans("What's her latest a1c and when was metformin started?")
    assert (first.intent, keys(first)) == ("latest", {A1C})
    assert (second.intent, keys(second), second.event) == ("when", {METFORMIN}, "started")


def test_a_second_question_borrows_what_it_leaves_out() -> None:
    first, second = plans("When was the last colonoscopy, and what did it show?")
    assert keys(first) == keys(second) == {COLONOSCOPY}
    assert (first.intent, second.intent) == ("when", "describe")


@pytest.mark.parametrize(
    ("typed", "mended", "concept"),
    [
        ("is she taking metfromin?", {"metfromin": "metformin"}, METFORMIN),
        ("latest hemoglobn a1c", {"hemoglobn": "hemoglobin"}, A1C),
    ],
)
def test_a_typing_error_is_mended_and_shown(typed: str, mended: dict[str, str], concept: int) -> None:
    plan = only(typed)
    assert (plan.corrected, keys(plan)) == (mended, {concept})


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("Does it hurt?", "does", id="does"),
        pytest.param("Did the fever end at night?", "end", id="end"),
        pytest.param("Is she on the mend?", "on", id="on"),
        pytest.param("What can it be?", "can", id="can"),
        pytest.param("Was it all right?", "all", id="all"),
    ],
)
def test_plain_english_is_no_abbreviation(text: str, plain: str) -> None:
    assert plain not in {target.words.lower() for target in only(text).targets}


def test_an_abbreviation_typed_in_capitals_counts() -> None:
    assert [target.label for target in only("Does she have RA?").targets] == ["rheumatoid arthritis"]


@pytest.mark.parametrize(
    "text",
    [
        "Which patients have an A1c above 9?",
        "How many patients take metformin?",
        "List all our women with breast cancer",
        "patients on warfarin",
    ],
)
def test_a_question_about_many_patients_is_seen(text: str) -> None:
    assert only(text).asks_patient_group


@pytest.mark.parametrize("text", ["Does the patient take metformin?", "What did the patient's note say?"])
def test_a_question_about_the_patient_is_not_about_many(text: str) -> None:
    assert not only(text).asks_patient_group


@pytest.mark.parametrize(
    "text", ["Does her mother have diabetes?", "Is there a family history of breast cancer?", "Anything hereditary?"]
)
def test_a_question_about_relatives_is_about_the_family(text: str) -> None:
    assert only(text).family


@pytest.mark.parametrize("text", ["Who is her family doctor?", "Does she have diabetes?"])
def test_a_question_about_the_patient_is_not_about_the_family(text: str) -> None:
    assert not only(text).family


def test_one_relative_is_not_another() -> None:
    assert "father" not in only("Does her mother have diabetes?").relatives


def test_another_vaccine_is_not_what_is_asked() -> None:
    assert FLU not in keys(only("Has she had the shingles vaccine?"))


def test_the_patients_own_name_carries_nothing(lexicon: Lexicon) -> None:
    names = frozenset({"rosa", "delgado"})
    [plan] = understand("Rosa Delgado latest A1c", lexicon=lexicon, chart=CHART, today=TODAY, names=names)
    assert plan.keywords == ()
    assert keys(plan) == {A1C}


@given(st.text(max_size=80))
def test_any_text_makes_a_plan(text: str) -> None:
    found = plans(text)
    assert 1 <= len(found) <= 4


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("last A1c before 2024-02-17", 0),
        ("highest A1c after the 3rd of May 2022", 0),
        ("A1c before 2020 and now?", 2),
        ("A1c 2020 and 2024", 2),
    ],
)
def test_a_value_before_a_day_is_one_moment(text: str, moments: int) -> None:
    assert len(only(text).moments) == moments


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("her last three A1cs", 3),
        ("the most recent 4 creatinines", 4),
        ("latest two CT reports", 2),
        ("creatinine in the last three months", None),
        ("weight over the past 2 years", None),
        ("the last 24 hours", None),
        ("her last A1c", None),
        ("last 3 or 4 weeks", None),
    ],
)
def test_a_number_of_the_newest_is_no_number_of_days(text: str, several: int | None) -> None:
    assert newest_several(text) == several


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("How has her weight gone, and is the kidney doctor happy?", 2),
        ("What is her eGFR and can she have metformin?", 2),
        ("Who is and was her cardiologist?", 1),
        ("Is she on iron and folic acid?", 1),
    ],
)
def test_a_further_question_is_a_part_of_its_own(text: str, parts: int) -> None:
    assert len(understand(text, lexicon=bundled_lexicon(), chart=(), today=TODAY)) == parts


@pytest.mark.parametrize("text", ["I have crushing chest pain", "squeezing pain in the chest", "his skin is peeling"])
def test_words_for_how_it_hurts_are_no_misspelt_diseases(text: str) -> None:
    assert understand(text, lexicon=bundled_lexicon(), chart=(), today=TODAY)[0].corrected == {}


def test_a_relative_who_acts_asks_for_no_family_history() -> None:
    assert not only("Why did the daughter take her off metformin?").family
    assert only("Did her daughter have a stroke?").family


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What did the night nurse chart?", False),
        ("Does she take night nurse?", True),
        ("Is Night Nurse on the list?", True),
        ("Was the lens replaced?", False),
        ("Is she on LEN?", True),
    ],
)
def test_plain_words_name_a_medicine_only_where_one_is_taken(text: str, *, named: bool) -> None:
    labels = {target.label for plan in plans(text) for target in plan.targets}
    assert bool(labels & {"acetaminophen/dextromethorphan/doxylamine", "lenacapavir"}) is named


def test_context_behind_a_question_names_nothing() -> None:
    plan = only("What was the last A1c? Cardiology wants it for the stroke clinic")
    assert keys(plan) == {A1C}


STENTED = ("EUS-guided drainage with lumen apposing metal stent", "EGD with removal of lumen apposing stent")


@pytest.mark.parametrize(
    ("text", "found"), [("When was the LAMS placed?", {0}), ("When was the LAMS taken out?", {1}), ("LAMS placement: date", {0})]
)
def test_the_removal_of_a_device_is_meant_where_it_is_asked(text: str, found: set[int]) -> None:
    chart = [ChartConcept(key, CodedConcept(text=name), frozenset({Category.PROCEDURE})) for key, name in enumerate(STENTED)]
    [plan] = understand(text, lexicon=bundled_lexicon(), chart=chart, today=TODAY)
    assert keys(plan) == found
    [alone] = understand(text, lexicon=bundled_lexicon(), chart=chart[:1], today=TODAY)
    assert keys(alone) == {0}
