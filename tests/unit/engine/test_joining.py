"""Summaries and comparisons with a language model: what it is asked, what it reads, and what it may add."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from chartcite.engine.claim_checks.checker import check_claim
from chartcite.engine.domain.answers import Answer, Audience, Outcome, SupportedAnswer
from chartcite.engine.drafting.generation import WritingPolicy
from chartcite.engine.drafting.joining import compares, joins, sums_up
from chartcite.engine.drafting.prompts import EXAMPLES
from chartcite.engine.ports import Message, WritingTask
from chartcite.engine.testing import ObeyingGenerator, QuotingGenerator, RecitingGenerator, evidence_in
from chartcite.engine.understanding import understand

from tests.charts import AskedChart, Resource, bundled_lexicon, condition, lab, medication, note, person
from tests.unit.engine.test_writing import Script, Writing, answered, claim, draft, fates, id_of, made, record, texts

CHART: list[Resource] = [
    person(),
    condition("gout", "Gout", "2019-06-02"),
    medication("m1", "Allopurinol 300 MG", "2020-01-15", dose="300 mg daily"),
    lab("u1", 9.2, "2020-01-10", unit="mg/dL", name="Uric acid"),
    lab("u2", 5.1, "2020-09-07", unit="mg/dL", name="Uric acid"),
    note("visit", "Assessment\nNo flare of gout since allopurinol was started. She feels well.", "2020-09-08T10:00:00-05:00"),
    note("letter", "Plan\nUric acid is at goal on allopurinol. Return in a year.", "2020-09-12T10:00:00-05:00"),
]
STORY = "Sum up her gout."
SIDES = "Uric acid in January 2020 vs September 2020?"
JOINED = "Uric acid was 5.1 mg/dL on 2020-09-07, and there was no flare of gout since allopurinol was started."


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> AskedChart:
    return made(tmp_path_factory.mktemp("joining") / "store", CHART)


def citing(text: str, *words: str) -> Script:
    """Write one claim that cites the sentences with these words; find everything right; never rewrite."""

    def script(task: WritingTask) -> object:
        if task.form_name == "verdict":
            return {"verdict": "supported"}
        if "Your claim:" in task.messages[-1].content:
            return draft(answerable=False)
        last = task._replace(messages=task.messages[-1:])
        return draft(claim(text, *(id_of(last, each) for each in words)))

    return script


def told(generator: Writing) -> str:
    return generator.tasks[0].messages[-1].content


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Sum up her kidney disease.", True),
        ("What's the story with his asthma?", True),
        ("A1c in 2022 vs 2024", True),
        ("ferritin before v after the iron", True),
        ("How do the two notes differ on the fall?", True),
        ("Is her potassium higher than in May?", True),
        ("How much weight has he lost since 2021?", True),
        ("What changed since her last visit?", True),
        ("Why was naproxen stopped, and what changed since?", False),
        ("What was the last factor V level?", False),
        ("What medications is she on?", False),
        ("What was the last HbA1c?", False),
    ],
)
def test_questions_that_join_are_known(question: str, expected: bool) -> None:  # noqa: FBT001 -- a table
    plans = understand(question, lexicon=bundled_lexicon(), chart=(), today=date(2026, 1, 5))
    assert joins(plans) is expected, [(plan.intent, sums_up(plan), compares(plan)) for plan in plans]


@pytest.mark.parametrize(("question", "example"), [(STORY, "summary"), (SIDES, "comparison")])
def test_they_are_put_to_the_model_with_an_example_of_their_kind(chart: AskedChart, question: str, example: str) -> None:
    generator = Writing(lambda _: draft(answerable=False))
    answer, _ = answered(chart, generator, question)
    assert generator.tasks[0].messages[1].content == EXAMPLES[example][0]
    assert answer.text == chart.ask(question).text


def test_the_sheet_holds_both_sides_and_what_stands_beside_them(chart: AskedChart) -> None:
    generator = Writing(lambda _: draft(answerable=False))
    answered(chart, generator, SIDES)
    for words in ("9.2", "5.1", "2020-01-10", "2020-09-07"):
        assert words in told(generator)


def test_the_sheet_holds_every_source_of_a_summary_and_its_neighbours(chart: AskedChart) -> None:
    generator = Writing(lambda _: draft(answerable=False))
    answered(chart, generator, STORY)
    alone = chart.ask(STORY)
    assert isinstance(alone, SupportedAnswer)
    for each in alone.claims:
        assert each.citations[0].quote.split("\n")[-1].split(". ")[0].rstrip(".") in " ".join(told(generator).split()), each.text
    assert "She feels well." in told(generator)


@pytest.mark.parametrize("question", [STORY, SIDES])
def test_what_code_told_stands_and_the_joining_sentence_comes_beside_it(chart: AskedChart, question: str) -> None:
    answer, _ = answered(chart, Writing(citing(JOINED, "5.1 mg/dL (2020-09-07)", "No flare of gout since")), question)
    assert fates(answer) == [("shown", "")]
    assert texts(answer) == [JOINED, *texts(chart.ask(question))]
    assert computed(answer) == computed(chart.ask(question))


def computed(answer: Answer) -> list[object]:
    assert isinstance(answer, SupportedAnswer)
    return [each.computation for each in answer.claims if each.computation is not None]


@pytest.mark.parametrize(
    ("text", "words", "fate", "notice"),
    [
        ("Uric acid was 5.1 mg/dL on 2020-09-07.", ["5.1 mg/dL (2020-09-07)"], "beside_the_point", "added nothing"),
        ("Uric acid is at goal on allopurinol.", ["Uric acid is at goal"], "elsewhere", "added nothing"),
        (
            "Uric acid was 4.1 mg/dL on 2020-09-07 and is at goal.",
            ["5.1 mg/dL (2020-09-07)", "Uric acid is at goal"],
            "dropped",
            "passed the checks",
        ),
    ],
)
def test_a_sentence_that_joins_nothing_to_the_answer_or_invents_is_not_shown(
    chart: AskedChart, text: str, words: Sequence[str], fate: str, notice: str
) -> None:
    answer, _ = answered(chart, Writing(citing(text, *words)), SIDES)
    assert [each for each, _ in fates(answer)] == [fate]
    assert notice in answer.notice
    assert texts(answer) == texts(chart.ask(SIDES))


def test_without_the_rule_a_sentence_of_another_note_is_shown(chart: AskedChart) -> None:
    loose = WritingPolicy(seconds=5, joins_only=False)
    words = "Uric acid is at goal on allopurinol."
    answer, _ = answered(chart, Writing(citing(words, "Uric acid is at goal")), SIDES, policy=loose)
    assert texts(answer)[0] == words


@pytest.mark.parametrize("question", [STORY, SIDES])
def test_stand_ins_that_understand_nothing_or_obey_leave_the_lines_of_code_as_they_are(chart: AskedChart, question: str) -> None:
    alone = texts(chart.ask(question))
    for generator in (QuotingGenerator(), ObeyingGenerator(), RecitingGenerator("{}")):
        answer, _ = answered(chart, generator, question)
        assert texts(answer)[-len(alone) :] == alone
        assert record(answer).model in {"quoting", "obeying", "reciting"}


def test_a_patient_who_tells_of_an_emergency_gets_no_summary_of_a_model(chart: AskedChart) -> None:
    generator = RecitingGenerator("{}")
    answered(chart, generator, "I have crushing chest pain. Sum up my gout.", audience=Audience.PATIENT)
    assert generator.tasks == []


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_examples_pass_the_checks_that_they_teach_for(name: str) -> None:
    evidence, document = EXAMPLES[name]
    known = evidence_in(WritingTask((Message("user", evidence),), {}, "answer", 1, 1.0))
    heading = {line.split("]")[0].strip("["): line for line in evidence.splitlines() if line.startswith("[R")}
    written: dict[str, Any] = json.loads(document)
    for each in written["claims"]:
        passages = [f"{heading[id_.split('.')[0]]}\n{known[id_]}" for id_ in each["citations"]]
        assert check_claim(each["text"], passages, lexicon=bundled_lexicon()).outcome is Outcome.SUPPORTED, each["text"]
    assert written["answerable"] is bool(written["claims"])
