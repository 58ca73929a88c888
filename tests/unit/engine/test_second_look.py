"""The second look: what a question asks for, what may be quoted, and what is weighed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from chartcite.engine.answers import part_answers
from chartcite.engine.domain.evidence import Evidence, Passage, Sentence
from chartcite.engine.domain.records import PatientId
from chartcite.engine.language.bedside_words import is_bedside, noted_as
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.spelling import mend_question
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes import second_look
from chartcite.engine.notes.second_look import SIGNS, SURE_OF_DENIAL, Signs, chance, likely, may_answer, score
from chartcite.engine.notes.sentence_features import MOST_READ, NAMES, SUREST, Features, Quick, look
from chartcite.engine.notes.sentence_weights import CHANCE, LEAST, LIKELY, RANK
from chartcite.engine.ports import InPlace
from chartcite.engine.questions.asked_kinds import KINDS, holds_kind, kind_of
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import AskedChart, note

ChartOf = Callable[..., AskedChart]
SHARE = st.floats(0, 1)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Why did she stop going?", "why"),
        ("What made him stop?", "why"),
        ("What finally persuaded her to go?", "why"),
        ("What was behind the change?", "why"),
        ("What turned up on the scan?", "did"),
        ("How many steps are there?", "number"),
        ("How wide is it?", "number"),
        ("spleen size on the scan", "number"),
        ("date of the second shot", "when"),
        ("smoker? stopped when", "when"),
        ("What brand of salt substitute did he use?", "name"),
        ("When was she told?", "when"),
        ("Who found her?", "who"),
        ("Where did he fall?", "where"),
        ("What is his wife called?", "name"),
        ("Which language does he speak?", "which"),
        ("What did the nurse offer?", "did"),
        ("Was there pus?", "whether"),
        ("the wound", ""),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(question: str, kind: str) -> None:
    assert kind_of(question) == kind


def test_a_sentence_that_says_most_of_it_is_quoted(chart_of: ChartOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_look, "LEAST", LEAST - 2.0)  # words are embedded by their hashes here, and so less alike
    chart = chart_of(note("n", "Found by daughter on the bedroom floor at night. Skin intact. Pain on moving."))
    assert "Found by daughter" in " ".join(chart.say("Who found her on the floor the night she fell?"))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param("Granddaughter gets married in September.", "What is the granddaughter's name?", id="no name"),
        pytest.param("Plays soccer again.", "Which soccer club does he play for?", id="no club"),
        pytest.param("Old left rib fracture.", "How did he come to break that rib?", id="no cause"),
        pytest.param("Walks with the walker to meals.", "How many feet can she walk with the walker?", id="no number"),
        pytest.param("Weepy since the move.", "Was she weepy about the move in 2009?", id="another time"),
    ],
)
def test_a_sentence_without_what_is_asked_is_not_quoted(
    chart_of: ChartOf, monkeypatch: pytest.MonkeyPatch, text: str, question: str
) -> None:
    monkeypatch.setattr(second_look, "LEAST", -99.0)
    assert chart_of(note("n", f"{text} Sleeps well.")).say(question) == []


def test_a_sentence_is_quoted_with_the_sentences_that_stand_beside_it(chart_of: ChartOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_look, "LEAST", LEAST - 2.0)
    chart = chart_of(note("n", "Hip pain on arrival. Found by daughter on the bedroom floor at night. Skin intact."))
    assert "Hip pain on arrival." in " ".join(chart.say("Who found her on the floor the night she fell?"))


@pytest.mark.parametrize(
    ("asked", "noted"),
    [("puffer", "inhaler"), ("muddled", "confusion"), ("stitches", "sutures"), ("eardrums", "tm"), ("jab", "vaccine")],
)
def test_notes_write_what_people_say_in_clinical_words(asked: str, noted: str) -> None:
    assert not noted_as(forms(asked)[0]).isdisjoint(forms(noted))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_what_everyday_words_say_notes_write_too(word: str) -> None:
    assert said_as(word) <= noted_as(word)


def test_a_word_of_one_thing_is_not_written_for_another() -> None:
    assert noted_as("puffer").isdisjoint(forms("tablet jab wound"))


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("When did he stop?", "He stopped in March 2019.", "holds"),
        ("When did he stop?", "He stopped.", "lacks"),
        ("How old was he?", "He was told of it.", "lacks"),
        ("How big was it?", "It was 6 mm.", "holds"),
        ("How big was it?", "Seen at 5 o'clock, 2 of them.", "lacks"),
        ("How much does she pay for it?", "Co-pay 47 dollars.", "holds"),
        ("How much does she pay for it?", "Takes 18 units.", "lacks"),
        ("What time does he take it?", "Takes it at 9 pm.", "holds"),
        ("What time does he take it?", "Takes 2 of them.", "lacks"),
        ("How often does he swim?", "Swims every other day.", "holds"),
        ("How often does he swim?", "Swims 2 x/week.", "holds"),
        ("How often does he swim?", "Swims since 2019.", "lacks"),
        ("How long was he in?", "In for 3 nights.", "holds"),
        ("How long was he in?", "In bed 4.", "lacks"),
        ("What odds did she quote?", "Risk 15-25%.", "holds"),
        ("What odds did she quote?", "Nodule of 8 mm.", "lacks"),
        ("Who found him?", "Found by his wife.", "holds"),
        ("Who found him?", "Found on the floor.", "lacks"),
        ("Why was it left?", "Left in because it was small.", "holds"),
        ("Why was it left?", "Left in place.", "lacks"),
    ],
)
def test_a_sentence_holds_the_kind_of_thing_that_is_asked_or_not(question: str, text: str, holds: str) -> None:
    assert holds_kind(kind_of(question), question, text, forms(text)) is (holds == "holds")


def test_every_weight_belongs_to_a_feature() -> None:
    assert set(LIKELY) == set(Quick._fields)
    assert set(RANK) == set(NAMES)
    assert set(CHANCE) == {"bias", *SIGNS}


@given(st.lists(SHARE, min_size=len(Quick._fields), max_size=len(Quick._fields)), SHARE)
def test_a_sentence_that_is_read_as_likelier_weighs_more(values: list[float], read: float) -> None:
    quick = Quick(*values)
    assert likely(quick._replace(likeness=1.0)) >= likely(quick)
    features = Features(quick, read, *[0.0] * (len(Features._fields) - 2))
    assert score(features._replace(read=1.0)) >= score(features)
    assert score(features._replace(quick=quick._replace(in_time=1.0))) >= score(features)


def test_a_name_is_less_often_told_than_something_done() -> None:
    half = dict.fromkeys(Signs._fields[:-1], 0.5)
    asks = {kind: Signs(**half, kinds=tuple(float(kind == each) for each in KINDS)) for kind in ("name", "who")}
    assert chance(asks["name"]) < chance(asks["who"])


class _Counting:
    """A reader that counts what it is given."""

    name = "counting"

    def __init__(self) -> None:
        self.sentences: list[InPlace] = []

    def read(self, _question: str, sentences: Sequence[InPlace], /) -> list[float]:
        self.sentences += sentences
        return [30.0] * len(sentences)


def _evidence(texts: Sequence[str]) -> Evidence:
    text = " ".join(texts)
    starts = [text.index(each) for each in texts]
    passage = Passage(
        id=1,
        document_key=1,
        patient_id=PatientId("ann"),
        resource="DocumentReference/n",
        path="",
        title="Note",
        start=0,
        end=len(text),
        text=text,
        sentences=tuple(Sentence(start=start, end=start + len(each)) for start, each in zip(starts, texts, strict=True)),
    )
    return Evidence(passage=passage, relevance=1.0, similarity=0.5)


def test_few_sentences_are_read_each_in_its_place_and_what_tells_nothing_is_left_out() -> None:
    reader = _Counting()
    plan = Plan(text="Who sat by the harbour?", intent=Intent.WHO, keywords=("harbour",))
    texts = [f"No. {number} of the Bell family sat by the harbour." for number in range(3 * MOST_READ)]
    looks = look(plan, [_evidence(texts)], reader, likely=likely, tells=lambda _passage, sentence: sentence.start > 0)
    assert len(reader.sentences) == len(looks.sentences) == MOST_READ
    assert all(each.before in texts and texts.index(each.before) + 1 == texts.index(each.text) for each in reader.sentences)
    assert all(each.sentence.start > 0 for each in looks.sentences)
    assert {each.features.read for each in looks.sentences} == {1.0}
    nothing = [_evidence(["HARBOUR NOTES", "Who sat there?"])]
    assert look(plan, nothing, reader, likely=likely, tells=lambda *_: True).sentences == []


class _Saying:
    """A reader that says the same of every sentence."""

    name = "saying"

    def __init__(self, odds: float) -> None:
        self._odds = odds

    def read(self, _question: str, sentences: Sequence[InPlace], /) -> list[float]:
        return [self._odds] * len(sentences)


def test_what_was_chosen_by_its_words_is_not_shown_where_its_reading_says_no(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "The wrist cast was removed by the nurse. No chest pain today."))
    kinds = {
        odds: AskedChart(chart.engine._replace(reader=_Saying(odds))).ask("Who removed the wrist cast?").kind
        for odds in (part_answers.DISBELIEVED - 1, part_answers.DISBELIEVED, part_answers.DOUBTED)
    }
    assert list(kinds.values()) == ["abstained", "supported", "supported"]


def test_a_cited_denial_is_not_doubted(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "The wrist cast was removed by the nurse. No chest pain today."))
    doubting = AskedChart(chart.engine._replace(reader=_Saying(-9.0)))
    assert doubting.say("Does she have chest pain?") == chart.say("Does she have chest pain?") != []


def test_a_word_of_the_bedside_is_no_typing_error() -> None:
    assert mend_question("snore", is_bedside) == ("snore", {})
    assert mend_question("snore", lambda _: False) == ("score", {"snore": "score"})


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param("Flu and RSV shots given today.", "Lot number of his RSV shot?", id="no lot number"),
        pytest.param("Going to Ghana to see my aunt.", "What does his aunt do in Ghana?", id="no work"),
    ],
)
def test_a_particular_that_no_sentence_tells_is_not_answered(
    chart_of: ChartOf, monkeypatch: pytest.MonkeyPatch, text: str, question: str
) -> None:
    monkeypatch.setattr(second_look, "LEAST", -99.0)
    assert chart_of(note("n", f"{text} Sleeps well.")).say(question) == []


def test_the_cause_of_what_no_record_names_is_not_told_of_something_else(
    chart_of: ChartOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_look, "LEAST", -99.0)
    chart = chart_of(note("n", "Knee replacement was cancelled because of a chest infection. Sleeps well."))
    assert chart.say("Why was the colonoscopy cancelled?") == []
    assert "chest infection" in " ".join(chart.say("Why was the knee replacement cancelled?"))


def test_what_denies_something_else_answers_only_where_it_is_read_so() -> None:
    plain = Signs._make([*[0.0] * (len(Signs._fields) - 1), (0.0,) * len(KINDS)])
    denying = plain._replace(denied=1.0, other_thing=1.0, other_named=1.0)
    assert may_answer(plain)
    assert not may_answer(denying)
    assert not may_answer(denying._replace(read=(SURE_OF_DENIAL - 0.2) / SUREST))
    assert may_answer(denying._replace(read=(SURE_OF_DENIAL + 0.2) / SUREST))
    assert not may_answer(denying._replace(read=(SURE_OF_DENIAL + 0.2) / SUREST, unvalued=1.0))
