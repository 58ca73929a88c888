"""Answers that a language model takes part in: what is asked of it, and what becomes of what it writes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from chartcite.api.wire import answer_to_wire
from chartcite.engine.claim_checks.checker import Entailment
from chartcite.engine.confidence.confidence import Policy
from chartcite.engine.domain.answers import (
    Abstention,
    AbstentionReason,
    Answer,
    Audience,
    Claim,
    Question,
    SupportedAnswer,
    WritingRecord,
)
from chartcite.engine.drafting.generation import WritingPolicy
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.errors import (
    GeneratorBusyError,
    GeneratorError,
    GeneratorGarbledError,
    GeneratorTimeoutError,
    GeneratorUnavailableError,
    WeightsError,
)
from chartcite.engine.ports import Generator, GeneratorIdentity, WritingTask
from chartcite.engine.testing import FailingGenerator, ObeyingGenerator, QuotingGenerator, RecitingGenerator, evidence_in
from chartcite.engine.writing import ask_with_model

from tests.charts import ANN, AskedChart, Resource, medication, note, open_store, person, store_chart

STOPPED = (
    "Naproxen was stopped because her creatinine rose to 1.9 mg/dL. She feels well. Knee pain is managed with physiotherapy."
)
CHART: list[Resource] = [
    person(),
    note("visit", f"HPI\nSeen for follow-up.\n\nAssessment and plan\n{STOPPED}", "2024-03-01T10:00:00-05:00"),
    note("older", "Plan\nContinue naproxen 500 mg twice daily for knee pain.", "2023-01-10T10:00:00-05:00"),
]
WHY = "Why was naproxen stopped?"
Script = Callable[[WritingTask], object]


class Writing:
    """Writes what a script says of each task; JSON where it gives no text."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.tasks: list[WritingTask] = []

    async def identity(self) -> GeneratorIdentity:
        return GeneratorIdentity("scripted", "d1g3st", "script 1")

    async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
        self.tasks.append(task)
        told = self._script(task)
        text = told if isinstance(told, str) else json.dumps(told)
        for start in range(0, len(text), 7):
            yield text[start : start + 7]


def draft(*claims: dict[str, Any], answerable: bool = True) -> dict[str, Any]:
    return {"answerable": answerable, "claims": list(claims), "left_open": []}


def claim(text: str, *ids: str, kind: str = "record_fact") -> dict[str, Any]:
    return {"citations": list(ids), "kind": kind, "text": text}


def id_of(task: WritingTask, words: str) -> str:
    """Return the id of the evidence sentence that holds some words."""
    return next(id_ for id_, text in evidence_in(task).items() if words in text)


def claiming(text: str, words: str, *, verdict: str = "supported", kind: str = "record_fact") -> Script:
    """Write one claim that cites the sentence with these words; judge everything alike; never rewrite."""

    def script(task: WritingTask) -> object:
        if task.form_name == "verdict":
            return {"verdict": verdict}
        if "Your claim:" in task.messages[-1].content:
            return draft(answerable=False)
        return draft(claim(text, id_of(task, words), kind=kind))

    return script


def made(store: Path, resources: Sequence[Resource]) -> AskedChart:
    store_chart(store, *resources)
    return AskedChart(open_store(store))


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> AskedChart:
    return made(tmp_path_factory.mktemp("writing") / "store", CHART)


def answered(
    chart: AskedChart, generator: Generator, question: str = WHY, *, policy: WritingPolicy | None = None, **fields: Any
) -> tuple[Answer, list[tuple[str, dict[str, object]]]]:
    told: list[tuple[str, dict[str, object]]] = []
    asked = Question(text=question, patient_id=ANN, **fields)
    writer = ModelWriter(generator, policy or WritingPolicy(seconds=5))
    answering = ask_with_model(asked, engine=chart.engine, writer=writer, observe=lambda *event: told.append(event))
    return asyncio.run(answering), told


def record(answer: Answer) -> WritingRecord:
    assert answer.receipt.writing is not None
    return answer.receipt.writing


def fates(answer: Answer) -> list[tuple[str, str]]:
    return [(each.fate, each.failed) for each in record(answer).reviews]


def texts(answer: Answer) -> list[str]:
    return [each.text for each in answer.claims] if isinstance(answer, SupportedAnswer) else []


def test_a_verified_sentence_is_shown_first_with_the_quote_that_it_cites(chart: AskedChart) -> None:
    generator = Writing(claiming("Naproxen was stopped because creatinine rose to 1.9 mg/dL.", "was stopped because"))
    answer, _ = answered(chart, generator)
    assert texts(answer)[0] == "Naproxen was stopped because creatinine rose to 1.9 mg/dL."
    assert isinstance(answer, SupportedAnswer)
    assert "creatinine rose to 1.9 mg/dL" in answer.claims[0].citations[0].quote
    assert (answer.receipt.generator, answer.notice) == ("scripted", "")
    assert (record(answer).model, record(answer).digest, record(answer).prompt) == ("scripted", "d1g3st", "answer-2")
    assert fates(answer) == [("shown", "")]


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Naproxen was stopped because creatinine rose to 2.9 mg/dL.", "numbers"),
        ("Ibuprofen was stopped because creatinine rose to 1.9 mg/dL.", "drugs"),
        ("Naproxen was not stopped because creatinine rose to 1.9 mg/dL.", "negation"),
        ("Naproxen was stopped in 2019 because creatinine rose to 1.9 mg/dL.", "dates"),
        ("Naproxen was stopped because her mother's creatinine rose to 1.9 mg/dL.", "experiencer"),
    ],
)
def test_a_sentence_that_its_evidence_does_not_hold_is_dropped_and_counted(chart: AskedChart, text: str, check: str) -> None:
    answer, _ = answered(chart, Writing(claiming(text, "was stopped because")))
    assert text not in answer.text
    assert [fate for fate, _ in fates(answer)] == ["dropped"]
    assert record(answer).reviews[0].failed == check
    assert answer.receipt.dropped_claims == 1
    assert answer.notice == "Written without the model: nothing of what it wrote passed the checks."


def test_the_evidence_only_answer_stands_when_the_model_helps_not(chart: AskedChart) -> None:
    alone = chart.ask(WHY)
    answer, _ = answered(chart, Writing(lambda _: draft(answerable=False)))
    assert answer.text == alone.text
    assert answer.receipt.generator == "evidence-only"
    assert answer.notice == "Written without the model: it found no answer in the evidence."


def test_claims_of_a_draft_that_says_it_cannot_answer_are_not_read(chart: AskedChart) -> None:
    def script(task: WritingTask) -> object:
        return draft(claim("Knee pain is managed with physiotherapy.", id_of(task, "physiotherapy")), answerable=False)

    answer, _ = answered(chart, Writing(script))
    assert fates(answer) == []


def test_a_failed_sentence_is_written_anew_once_with_the_reason(chart: AskedChart) -> None:
    def script(task: WritingTask) -> object:
        if task.form_name == "verdict":
            return {"verdict": "supported"}
        right = "Your claim:" in task.messages[-1].content
        number = "1.9" if right else "2.9"
        return draft(
            claim(f"Naproxen was stopped because creatinine rose to {number} mg/dL.", id_of(task, "was stopped because"))
        )

    generator = Writing(script)
    answer, _ = answered(chart, generator)
    assert fates(answer) == [("rewritten", "numbers"), ("shown", "")]
    assert "creatinine rose to 1.9 mg/dL" in texts(answer)[0]
    assert "The check of numbers failed" in generator.tasks[1].messages[-1].content


def test_a_judge_may_doubt_what_the_checks_let_pass(chart: AskedChart) -> None:
    doubting = claiming("Naproxen was stopped because creatinine rose to 1.9 mg/dL.", "was stopped because", verdict="not_enough")
    answer, _ = answered(chart, Writing(doubting))
    assert fates(answer) == [("dropped", "entailment")]


@pytest.mark.parametrize("garbled", ["verdict", "answer"])
def test_a_garbled_judge_or_rewriting_costs_one_sentence_and_no_answer(chart: AskedChart, garbled: str) -> None:
    def script(task: WritingTask) -> object:
        if (task.form_name, "Your claim:" in task.messages[-1].content) in {("verdict", False), ("answer", True)}:
            return "no JSON"
        number = "1.9" if garbled == "verdict" else "2.9"
        return draft(
            claim(f"Naproxen was stopped because creatinine rose to {number} mg/dL.", id_of(task, "was stopped because"))
        )

    answer, _ = answered(chart, Writing(script), policy=WritingPolicy(seconds=5, rewrites=int(garbled == "answer")))
    assert fates(answer) == [("dropped", "entailment" if garbled == "verdict" else "numbers")]
    assert record(answer).failure == ""


def test_a_sentence_is_shown_once_however_often_it_is_written(chart: AskedChart) -> None:
    def script(task: WritingTask) -> object:
        if task.form_name == "verdict":
            return {"verdict": "supported"}
        one = claim("Naproxen was stopped because creatinine rose to 1.9 mg/dL.", id_of(task, "was stopped because"))
        return draft(one, one)

    answer, _ = answered(chart, Writing(script))
    assert [fate for fate, _ in fates(answer)] == ["shown", "beside_the_point"]
    assert len(set(texts(answer))) == len(texts(answer))


def test_a_judge_without_weights_costs_no_answer(chart: AskedChart) -> None:
    class NoWeights:
        def judge(self, claim: str, passages: Sequence[str], /) -> Entailment:
            raise WeightsError("no model there")

    writer = ModelWriter(
        Writing(claiming("Naproxen was stopped because creatinine rose to 1.9 mg/dL.", "was stopped because")), judge=NoWeights()
    )
    answer = asyncio.run(ask_with_model(Question(text=WHY, patient_id=ANN), engine=chart.engine, writer=writer))
    assert (record(answer).failure, answer.text) == ("failed", chart.ask(WHY).text)


def test_no_judge_overrules_a_check(chart: AskedChart) -> None:
    generator = Writing(claiming("Naproxen was stopped because creatinine rose to 2.9 mg/dL.", "was stopped because"))
    answered(chart, generator)
    assert "verdict" not in {task.form_name for task in generator.tasks}


def test_a_sentence_from_another_note_than_the_answer_is_not_shown(chart: AskedChart) -> None:
    script = claiming("Naproxen 500 mg twice daily was continued for knee pain.", "Continue naproxen")
    answer, _ = answered(chart, Writing(script))
    assert {fate for fate, _ in fates(answer)} <= {"elsewhere", "beside_the_point"}
    assert "500 mg" not in texts(answer)[0]


def test_only_what_half_of_the_drafts_cite_is_kept(chart: AskedChart) -> None:
    def script(task: WritingTask) -> object:
        if task.form_name == "verdict":
            return {"verdict": "supported"}
        both = [claim("Naproxen was stopped because creatinine rose to 1.9 mg/dL.", id_of(task, "was stopped because"))]
        if task.seed == 0:
            both.append(claim("She feels well.", id_of(task, "feels well")))
        return draft(*both)

    answer, _ = answered(chart, Writing(script), policy=WritingPolicy(drafts=3, seconds=5))
    assert record(answer).drafts == 3
    assert fates(answer) == [("shown", ""), ("dropped", "agreement")]
    assert [each.drafts_citing for each in record(answer).reviews] == [3, 1]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (GeneratorUnavailableError("away"), "unavailable"),
        (GeneratorBusyError("busy"), "busy"),
        (GeneratorTimeoutError("late"), "timeout"),
        (GeneratorGarbledError("garbled"), "garbled"),
        (GeneratorError("else"), "failed"),
    ],
)
def test_a_model_that_fails_costs_no_answer(chart: AskedChart, error: GeneratorError, code: str) -> None:
    answer, told = answered(chart, FailingGenerator(error))
    assert answer.text == chart.ask(WHY).text
    assert record(answer).failure == code
    assert answer.notice.startswith("Written without the model: ")
    assert [stage for stage, _ in told if stage == "claim"]


@pytest.mark.parametrize(
    "garbage", ["<html>", "[1, 2]", '{"claims": []}', '{"answerable": true, "claims": [', "\x00", '{"answerable": "yes"}']
)
def test_garbage_is_a_failure_and_never_shown(chart: AskedChart, garbage: str) -> None:
    answer, _ = answered(chart, RecitingGenerator(garbage))
    assert record(answer).failure == "garbled"
    assert answer.text == chart.ask(WHY).text


def test_what_passed_before_the_stream_was_cut_stays(chart: AskedChart) -> None:
    def script(task: WritingTask) -> object:
        if task.form_name == "verdict":
            return {"verdict": "supported"}
        whole = json.dumps(
            draft(*[claim("Naproxen was stopped because creatinine rose to 1.9 mg/dL.", id_of(task, "was stopped because"))] * 2)
        )
        return whole[: len(whole) - 60]

    answer, _ = answered(chart, Writing(script))
    assert fates(answer)[0] == ("shown", "")
    assert record(answer).failure == "garbled"
    assert answer.notice == ""


def test_the_deadline_is_kept_while_the_model_stalls(chart: AskedChart) -> None:
    class Stalling(QuotingGenerator):
        async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
            yield '{"answerable": true, '
            await asyncio.sleep(60)

    answer, _ = answered(chart, Stalling(), policy=WritingPolicy(seconds=0.2))
    assert record(answer).failure == "timeout"
    assert answer.receipt.timings["model_ms"] < 5_000


def test_a_reader_who_leaves_ends_the_models_work(chart: AskedChart) -> None:
    ended: list[str] = []

    class Endless(QuotingGenerator):
        async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
            try:
                while True:
                    yield " "
                    await asyncio.sleep(0.01)
            finally:
                ended.append(task.form_name)

    async def leave() -> None:
        question = Question(text=WHY, patient_id=ANN)
        answering = ask_with_model(question, engine=chart.engine, writer=ModelWriter(Endless()))
        task = asyncio.create_task(answering)
        await asyncio.sleep(0.5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(leave())
    assert ended == ["answer"]


def test_a_model_is_not_asked_what_tables_answer(tmp_path: Path) -> None:
    listed = medication("m1", "Metformin 500 MG", "2024-01-05", dose="500 mg BID")
    generator = RecitingGenerator("{}")
    answered(made(tmp_path / "store", [*CHART, listed]), generator, "What medications is she on?")
    assert generator.tasks == []


def test_a_patient_who_tells_of_an_emergency_gets_fixed_words_only(chart: AskedChart) -> None:
    generator = RecitingGenerator("{}")
    answer, told = answered(
        chart, generator, "I have crushing chest pain and can't breathe, why was naproxen stopped?", audience=Audience.PATIENT
    )
    assert generator.tasks == []
    assert answer.red_flags
    assert "warning" in {stage for stage, _ in told}


@pytest.mark.parametrize(("audience", "told"), [(Audience.CLINICIAN, True), (Audience.PATIENT, False)])
def test_a_patient_is_not_sent_what_the_checks_refused(chart: AskedChart, audience: Audience, told: bool) -> None:  # noqa: FBT001 -- a table
    wrong = "Naproxen was stopped because creatinine rose to 2.9 mg/dL."
    answer, _ = answered(chart, Writing(claiming(wrong, "was stopped because")), audience=audience)
    assert fates(answer) == [("dropped", "numbers")]
    assert (wrong in answer_to_wire(answer).model_dump_json()) is told


def test_the_cache_of_the_server_is_kept_apart_by_patient_and_tells_no_id(chart: AskedChart) -> None:
    generator = Writing(claiming("Naproxen was stopped because creatinine rose to 1.9 mg/dL.", "was stopped because"))
    answered(chart, generator)
    salts = {task.salt for task in generator.tasks}
    assert len(salts) == 1
    assert 32 <= len(next(iter(salts))) <= 128  # what vLLM takes at most
    assert ANN not in next(iter(salts))


def test_claims_are_told_as_they_pass_and_only_once(chart: AskedChart) -> None:
    _, told = answered(
        chart, Writing(claiming("Naproxen was stopped because creatinine rose to 1.9 mg/dL.", "was stopped because"))
    )
    shown = [details["claim"] for stage, details in told if stage == "claim"]
    assert len({each.text for each in shown if isinstance(each, Claim)}) == len(shown)
    stages = [stage for stage, _ in told]
    assert stages.index("writing") < stages.index("claim")


def test_a_stand_in_that_obeys_everything_gets_nothing_shown_that_the_record_does_not_say(chart: AskedChart) -> None:
    answer, _ = answered(chart, ObeyingGenerator(), policy=WritingPolicy(judged=False, seconds=5))
    for each in answer.claims if isinstance(answer, SupportedAnswer) else ():
        assert each.verdict.outcome == "supported"
    assert "warfarin" not in answer.text.lower()


def test_ids_that_are_not_of_the_evidence_take_their_claim_with_them(chart: AskedChart) -> None:
    answer, _ = answered(chart, Writing(lambda _: draft(claim("Naproxen was stopped.", "R99.s9"))))
    assert fates(answer) == []
    assert "R99" not in answer.text


@pytest.mark.parametrize("kind", ["computed", "nonsense"])
def test_a_model_may_not_say_that_it_calculated(chart: AskedChart, kind: str) -> None:
    script = claiming("Naproxen was stopped because creatinine rose to 1.9 mg/dL.", "was stopped because", kind=kind)
    answer, _ = answered(chart, Writing(script))
    assert fates(answer) == []


def ids_told(tasks: Sequence[WritingTask]) -> set[str]:
    return {id_ for task in tasks for id_ in evidence_in(task)}


def test_the_form_holds_the_ids_of_the_evidence_and_no_others(chart: AskedChart) -> None:
    generator = Writing(claiming("Naproxen was stopped because creatinine rose to 1.9 mg/dL.", "was stopped because"))
    answered(chart, generator)
    form: Any = generator.tasks[0].form
    allowed = form["properties"]["claims"]["items"]["properties"]["citations"]["items"]["enum"]
    last = generator.tasks[0]._replace(messages=generator.tasks[0].messages[-1:])
    assert set(allowed) == ids_told([last])


def test_what_a_limit_holds_back_is_never_told_nor_kept_in_the_receipt(chart: AskedChart) -> None:
    told: list[tuple[str, dict[str, object]]] = []
    strict = chart.engine._replace(policy=Policy(0.02, 1.0))
    writer = ModelWriter(
        Writing(claiming("Naproxen was stopped because her creatinine rose to 1.9 mg/dL.", "Naproxen was stopped"))
    )
    question = Question(text=WHY, patient_id=ANN)
    answer = asyncio.run(
        ask_with_model(question, engine=strict, writer=writer, observe=lambda stage, details: told.append((stage, details)))
    )
    assert isinstance(answer, Abstention)
    assert answer.basis.reason is AbstentionReason.LOW_CONFIDENCE
    assert "claim" not in {stage for stage, _ in told}
    assert "creatinine" not in answer.text
    assert record(answer).reviews == ()


def test_a_written_claim_is_weighed_with_the_whole_answer(chart: AskedChart) -> None:
    words = "Naproxen was stopped because creatinine rose to 1.9 mg/dL."
    answer, _ = answered(chart, Writing(claiming(words, "was stopped because")))
    assert isinstance(answer, SupportedAnswer)
    assert answer.claims[0].text == words
    assert all(0 < each.confidence.probability < 1 for each in answer.claims)
    assert {each.confidence.calibration for each in answer.claims} == {answer.confidence.calibration}
