"""Which notes a question names, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import PartialDate, PatientId
from chartcite.engine.notes.named_notes import notes_named
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent

from tests.charts import AskedChart, note

ChartOf = Callable[..., AskedChart]
HEADS = (
    ("Progress note", "Imelda Vance, MD", "2021-02-03"),
    ("Dietetic review", "Jo Falk, dietitian", "2021-05-09"),
    ("Telephone call", "Paul Hurst, RN", "2022-01-17"),
    ("Clinic letter", "Dr Ada Brandt, consultant neurologist", "2022-06-21"),
    ("Clinic letter", "Mr Leo Sands, urologist", "2023-03-30"),
    ("Home visit", "Mia Roth, occupational therapist", "2023-10-11"),
    ("Progress note", "Imelda Vance, MD", "2024-04-12"),
)


def _passage(number: int, title: str, author: str, day: str) -> Passage:
    text = "Seen today. Doing well."
    return Passage(
        id=number,
        document_key=number,
        patient_id=PatientId("ann"),
        resource=f"DocumentReference/{number}",
        path="content[0].attachment",
        title=title,
        author=author,
        start=0,
        end=len(text),
        text=text,
        sentences=(Sentence(start=0, end=11), Sentence(start=12, end=len(text))),
        occurred=PartialDate.parse(day),
    )


def _named(question: str, *, window: Window | None = None, newest: bool = False, in_writing: bool = True) -> list[int]:
    plan = Plan(text=question, intent=Intent.DESCRIBE, window=window, newest=newest)
    passages = [_passage(number, *head) for number, head in enumerate(HEADS)]
    return sorted(notes_named(question, plan, passages, in_writing=in_writing).keys)


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("What did the dietitian suggest for breakfast?", [1]),
        ("per dietetics' write-up, how many meals a day?", [1]),
        ("what was he told by the nurse who rang?", [2]),
        ("What was agreed on the phone about the dressing?", [2]),
        ("What did Brandt make of the tremor, what did she say?", [3]),
        ("neurology's opinion on the tremor", [3]),
        ("the urologist's letter: what did it say about the catheter", [4]),
        ("What did the occupational therapist write about the stairs?", [5]),
        ("did the home visit note say who shops for him", [5]),
        ("Does Dr Vance mention his sleep?", [0, 6]),
        ("What does the latest note say about his sleep?", [6]),
    ],
)
def test_a_note_is_named_by_who_wrote_it_or_by_its_kind(question: str, keys: list[int]) -> None:
    assert _named(question) == keys


@pytest.mark.parametrize(
    "question",
    [
        "What did he say about his sleep?",
        "What did they say when he got home?",
        "Which visit mentions his sleep?",
        "What does the note say about his knee?",
        "Dietitian here: what did he say about his sleep?",
        "What did the cardiologist advise?",
        "Writing a neurology referral letter, what did he say about his sleep?",
    ],
)
def test_a_question_that_names_no_note_names_none(question: str) -> None:
    assert _named(question) == []


def test_what_is_asked_about_names_no_note() -> None:
    diet = Target(words="diet", label="diet")
    question = "What did she say about her diet?"
    passages = [_passage(number, *head) for number, head in enumerate((*HEADS, ("Diet clinic", "", "2022-05-05")))]
    plan = Plan(text=question, intent=Intent.DESCRIBE)
    assert notes_named(question, plan, passages).sure
    assert not notes_named(question, plan.model_copy(update={"targets": (diet,)}), passages).keys


def test_only_notes_of_the_time_that_is_asked_are_named() -> None:
    first, second = (Window(first=date(year, 1, 1), last=date(year, 12, 31), words=str(year)) for year in (2021, 2023))
    assert _named("What did Vance say in 2021?", window=first) == [0]
    assert _named("What did Vance say in 2023?", window=second) == []


def test_a_role_alone_names_a_note_only_where_writing_is_not_asked_for() -> None:
    question = "Was he limping with the occupational therapist?"
    assert _named(question) == []
    assert _named(question, in_writing=False) == [5]


def test_the_only_note_of_a_time_is_named_by_it() -> None:
    window = Window(first=date(2023, 10, 1), last=date(2023, 10, 31), words="October 2023")
    question = "How did he get up the stairs in October 2023?"
    assert _named(question, window=window) == []
    assert _named(question, window=window, in_writing=False) == [5]
    assert _named(question, window=window.model_copy(update={"first": date(2022, 1, 1)}), in_writing=False) == []


def _chart(chart_of: ChartOf) -> AskedChart:
    return chart_of(
        note(
            "diet",
            "Eats one meal a day. Will try porridge for breakfast. Weighs himself on Mondays.",
            "2024-02-01",
            type={"text": "Dietetic review"},
            author=[{"display": "Jo Falk, dietitian"}],
        ),
        note(
            "clinic",
            "Porridge for breakfast every day, he says. Sleeps badly. Tremor is no worse.",
            "2024-05-01",
            type={"text": "Clinic letter"},
            author=[{"display": "Dr Ada Brandt, neurologist"}],
        ),
    )


def test_what_stands_in_the_note_that_is_named_is_told(chart_of: ChartOf) -> None:
    chart = _chart(chart_of)
    assert all("Dietetic review" in told for told in chart.say("What breakfast did the dietitian write down?"))
    assert all("Clinic letter" in told for told in chart.say("What breakfast did the neurologist write down?"))


def test_a_note_that_does_not_tell_it_is_not_answered_for(chart_of: ChartOf) -> None:
    assert _chart(chart_of).say("What did the dietitian write about his tremor?") == []
