"""Free wording: turns of speech, a ladder of readings, what medicines can do, the whole chart, and words that mislead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from chartcite.engine.domain.medication_rules import RuleBook
from chartcite.engine.domain.medicine_effects import Direction
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.language.idioms import plainly
from chartcite.engine.questions.falls import falls_of_somebody, without_falls
from chartcite.engine.questions.intents import read_intent
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.questions.read_again import meant_by, readings
from chartcite.engine.understanding import understand
from chartcite.indexes.sqlite_records import SqliteRecords
from chartcite.ingestion.sources.medication_rules import load_rule_set
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import CORPORA, AskedChart, Resource, bundled_lexicon, condition, lab, medication, note, open_store, store_chart

ChartOf = Callable[..., AskedChart]
TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("when did she last hit the deck", "when did she last have a fall"),
        ("how long has he been dry?", "how long has he been sober?"),
        ("would she want the crash team called?", "would she want resuscitation?"),
        ("what was he like on room air in August", "what was the oxygen saturation on room air in August"),
        ("I was told that she had a stroke, is that right?", "she had a stroke?"),
        ("Is it true that he smokes?", "he smokes?"),
        ("since he was swapped onto apixaban, any bleeding?", "since he was switched to apixaban, any bleeding?"),
    ],
)
def test_turns_of_speech_are_put_in_plain_words(asked: str, plain: str) -> None:
    assert plainly(asked) == plain


@pytest.mark.parametrize(
    "asked", ["What is her potassium?", "dry cough since May?", "has his wife been told?", "any chest pain?", "skin dry on exam?"]
)
def test_plain_questions_stay_as_they_are(asked: str) -> None:
    assert plainly(asked) == asked
    assert list(readings(asked)) == []


@given(st.text(max_size=200))
def test_any_text_has_few_readings_none_of_them_empty_or_its_own(text: str) -> None:
    found = list(readings(text))
    assert text not in found
    assert len(found) == len(set(found)) <= 7
    assert all(found)


def test_a_region_of_the_body_is_read_as_what_is_mostly_meant() -> None:
    assert list(readings("What happened with her chest last winter?")) == ["What happened with her lungs last winter?"]
    assert list(readings("What did her chest x-ray show?")) == []


def test_how_somebody_is_asks_for_changes_and_how_a_problem_is_does_not() -> None:
    for question in ("how is my mum doing?", "is my dad getting worse", "how's she been?", "is he any better"):
        assert meant_by(question) == "What has changed in the last 6 months?"
    for question in ("how is my asthma doing?", "is my liver getting worse", "is my COPD any better", "how's my back been"):
        assert not meant_by(question)


def test_a_question_that_finds_nothing_is_read_again_and_says_so(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "He had a fall on the stairs in May."))
    found = chart.ask("did he come a cropper?")
    assert found.kind == "supported"
    assert found.read_as == "did he have a fall?"
    assert "a fall on the stairs" in found.text


def test_a_question_that_is_answered_is_not_read_again(chart_of: ChartOf) -> None:
    chart = chart_of(lab("a", 7.0, "2024-01-01"))
    assert chart.ask("What is her HbA1c?").read_as == ""


def test_silence_is_told_of_the_question_as_it_was_asked(chart_of: ChartOf) -> None:
    found = chart_of(lab("a", 7.0, "2024-01-01")).ask("would he want the crash team called?")
    assert (found.kind, found.read_as) == ("abstained", "")


@cache
def book() -> RuleBook:
    return RuleBook([load_rule_set(CORPORA / "safety")])


@pytest.fixture
def ruled(tmp_path: Path) -> ChartOf:
    def build(*resources: Resource) -> AskedChart:
        store_chart(tmp_path, *resources)
        engine = open_store(tmp_path)
        return AskedChart(engine._replace(records=SqliteRecords(tmp_path, rules=book)))

    return build


def test_every_known_effect_can_be_opened_by_its_citation() -> None:
    texts = [book().open(book().cite(effect).id).text for effect in book().effects]
    assert len(texts) == len(set(texts)) > 50
    assert all("not yet reviewed by a clinician" in text for text in texts)
    with pytest.raises(CitationNotFoundError):
        book().open("rule-chartcite.effect.none-0000000000")


def test_known_effects_are_no_safety_rules() -> None:
    assert not {effect.id for effect in book().effects} & {rule.id for rule in book().rules}


TAKEN = (
    medication("m1", "Lisinopril 10 MG Oral Tablet", "2025-06-01"),
    medication("m2", "Furosemide 40 MG Oral Tablet", "2025-06-01"),
    medication("m3", "Spironolactone 25 MG Oral Tablet", "2024-06-01", status="stopped"),
)


def test_medicines_that_are_taken_are_told_with_what_they_can_do(ruled: ChartOf) -> None:
    found = ruled(*TAKEN).ask("Which of her pills could be making her potassium go up?", as_of=TODAY)
    assert found.kind == "supported"
    told = [claim for claim in found.claims if "Known effect" in claim.text]
    assert [claim.text.split()[0] for claim in told] == ["Lisinopril"]  # one lowers it, one is stopped
    assert {citation.id.partition("-")[0] for claim in told for citation in claim.citations} > {"rule"}
    assert [each.what for each in found.missing] == ["cause"]


def test_the_direction_decides(ruled: ChartOf) -> None:
    said = ruled(*TAKEN).say("could any of his tablets be lowering his potassium?")
    assert [text.split()[0] for text in said] == ["Furosemide"]


def test_a_complaint_needs_no_direction_and_a_named_medicine_is_told_alone(ruled: ChartOf) -> None:
    chart = ruled(*TAKEN, condition("c", "Cough", "2025-10-01"))
    assert "can cause cough" in chart.say("Is the lisinopril causing her cough?")[0]
    assert not [text for text in chart.say("Is the furosemide causing her cough?") if "Known effect" in text]


@pytest.mark.parametrize(
    "asked",
    [
        "Which of her pills were raising her potassium in 2023?",
        "Is she allergic to lisinopril?",
        "Any cough from the lisinopril?",
    ],
)
def test_the_past_and_allergies_are_other_questions(ruled: ChartOf, asked: str) -> None:
    assert not [text for text in ruled(*TAKEN).say(asked) if "Known effect" in text]


def test_effects_have_a_direction_and_a_source() -> None:
    assert {effect.direction for effect in book().effects} == set(Direction)
    assert all(effect.sources and effect.drugs and effect.things for effect in book().effects)


@pytest.mark.parametrize("asked", ["Overview of this patient", "who is this patient?", "summary please"])
def test_the_whole_chart_is_told_by_its_brief(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(*TAKEN, condition("c", "Heart failure", "2020-01-01"))
    found = chart.ask(asked, as_of=TODAY)
    assert found.receipt.routes == ("brief",)
    assert "Heart failure" in found.text
    assert "Lisinopril" in found.text


def test_a_question_that_names_something_is_no_overview(chart_of: ChartOf) -> None:
    chart = chart_of(*TAKEN, condition("c", "Heart failure", "2020-01-01"))
    assert "brief" not in chart.ask("overview of his heart failure", as_of=TODAY).receipt.routes


@pytest.mark.parametrize(
    ("text", "fell"),
    [
        ("when was her last fall?", True),
        ("when did she last fall?", True),
        ("has he fallen since May?", True),
        ("what did she weigh last fall?", False),
        ("did the sodium fall to 120?", False),
        ("how far has his weight fallen?", False),
    ],
)
def test_somebody_who_fell_is_no_value_and_no_season(text: str, *, fell: bool) -> None:
    assert falls_of_somebody(text) is fell
    assert (without_falls(text) != text) is fell


def test_a_fall_asks_for_no_trend() -> None:
    assert read_intent("when was her last fall?", (), None) is Intent.WHEN


@pytest.mark.parametrize(
    ("text", "named"), [("when did HE last happen?", True), ("does HE smoke?", False), ("has HE had a jab?", False)]
)
def test_he_in_capitals_is_the_brain_unless_a_verb_makes_it_a_person(text: str, *, named: bool) -> None:
    plans = understand(text, lexicon=bundled_lexicon(), chart=(), today=TODAY)
    assert any("hepatic encephalopathy" in target.label for plan in plans for target in plan.targets) is named
