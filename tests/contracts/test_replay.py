"""A stored receipt gives the same answer again; over another index, version or model it tells what differs."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chartcite.api.demo import QUESTIONS
from chartcite.engine.ask import Engine
from chartcite.engine.claim_checks.checker import Entailment
from chartcite.engine.confidence.confidence import Policy
from chartcite.engine.domain.answers import Answer, Audience, Outcome, Question, Turn
from chartcite.engine.domain.receipts import StoredReceipt
from chartcite.engine.domain.records import PatientId
from chartcite.engine.domain.replays import Change, Replay, Sameness
from chartcite.engine.drafting.generation import WritingPolicy
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.errors import (
    GeneratorBusyError,
    GeneratorError,
    GeneratorGarbledError,
    GeneratorTimeoutError,
    GeneratorUnavailableError,
    PatientNotFoundError,
)
from chartcite.engine.keeping import Keeper, MadeWith, ask_and_keep, ask_with_model_and_keep
from chartcite.engine.ports import Generator, GeneratorIdentity, WritingTask
from chartcite.engine.replay import replay
from chartcite.engine.testing import FailingGenerator, ObeyingGenerator, QuotingGenerator, RecitingGenerator, evidence_in
from chartcite.indexes.receipt_store import SqliteReceipts
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.charts import ANN, CORPORA, Resource, lab, medication, note, open_store, person, store_chart, store_files

STOPPED = (
    "Naproxen was stopped because her creatinine rose to 1.9 mg/dL. She feels well. Knee pain is managed with physiotherapy."
)
CHART: list[Resource] = [
    person(),
    note("visit", f"HPI\nSeen for follow-up.\n\nAssessment and plan\n{STOPPED}", "2024-03-01T10:00:00-05:00"),
    note("older", "Plan\nContinue naproxen 500 mg twice daily for knee pain.", "2023-01-10T10:00:00-05:00"),
    lab("a", 7.1, "2024-01-05"),
]
WHY = "Why was naproxen stopped?"
RIGHT = "Naproxen was stopped because creatinine rose to 1.9 mg/dL."
WRONG = "Naproxen was stopped because creatinine rose to 2.9 mg/dL."
HERE = MadeWith("1.2.3")
Script = Callable[[WritingTask], object]


class Scripted:
    """Writes what a script says of each task, in pieces of random length; JSON where it gives no text."""

    def __init__(self, script: Script, *, seed: int = 0) -> None:
        self._script = script
        self._random = random.Random(seed)

    async def identity(self) -> GeneratorIdentity:
        return GeneratorIdentity("scripted", "d1g3st", "script 1")

    async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
        told = self._script(task)
        text = told if isinstance(told, str) else json.dumps(told)
        while text:
            length = self._random.randint(1, 40)
            yield text[:length]
            text = text[length:]


def claim(text: str, *ids: str) -> dict[str, Any]:
    return {"citations": list(ids), "kind": "record_fact", "text": text}


def draft(*claims: dict[str, Any], answerable: bool = True) -> dict[str, Any]:
    return {"answerable": answerable, "claims": list(claims), "left_open": []}


def id_of(task: WritingTask, words: str) -> str:
    return next(id_ for id_, text in evidence_in(task).items() if words in text)


def is_rewrite(task: WritingTask) -> bool:
    return "Your claim:" in task.messages[-1].content


def claiming(*texts: str, anew: str = "", verdict: str = "supported") -> Script:
    """Write sentences that cite the note; judge all alike; write anew as told, else give up."""

    def script(task: WritingTask) -> object:
        if task.form_name == "verdict":
            return {"verdict": verdict}
        if is_rewrite(task):
            return draft(claim(anew, id_of(task, "was stopped because"))) if anew else draft(answerable=False)
        return draft(*(claim(text, id_of(task, "was stopped because")) for text in texts))

    return script


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("replay") / "store"
    store_chart(folder, *CHART)
    return folder


@pytest.fixture(scope="module")
def engine(store: Path) -> Engine:
    return open_store(store)


def kept(
    engine: Engine, store: Path, question: Question, generator: Generator | None = None, policy: WritingPolicy | None = None
) -> tuple[Answer, StoredReceipt]:
    """Answer a question, and open the receipt that was kept of it."""
    shelf = SqliteReceipts(store)
    keeper = Keeper(shelf, HERE)
    if generator is None:
        answer = ask_and_keep(question, engine=engine, keeper=keeper)
    else:
        writer = ModelWriter(generator, policy or WritingPolicy(seconds=5))
        answer = asyncio.run(ask_with_model_and_keep(question, engine=engine, writer=writer, keeper=keeper))
    assert (keeper.kept, keeper.failed) == (1, 0)
    receipt = shelf.get(answer.receipt.id, patient_id=question.patient_id)
    shelf.close()
    return answer, receipt


def again(engine: Engine, receipt: StoredReceipt, made_with: MadeWith = HERE, writer: ModelWriter | None = None) -> Replay:
    return asyncio.run(replay(receipt, engine=engine, made_with=made_with, writer=writer))


def written_out(answer: Answer) -> str:
    return json.dumps(answer.model_dump(mode="json", exclude={"receipt": {"id", "timings"}}), sort_keys=True)


def why(**fields: Any) -> Question:
    return Question(text=WHY, patient_id=ANN, **fields)


# --- without a model -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder = tmp_path_factory.mktemp("demo") / "store"
    patients = sorted({one.patient_id for one in QUESTIONS if one.patient_id})
    guidelines = sorted((CORPORA / "guidelines").glob("*.md"))
    store_files(folder, [*(CORPORA / "patients" / f"{name}.json" for name in patients), *guidelines])
    return open_store(folder)


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.question)
def test_every_question_of_the_demo_is_answered_again_byte_for_byte(demo: Engine, tmp_path: Path, one: Any) -> None:
    asked = Question(
        text=one.question,
        patient_id=PatientId(one.patient_id) if one.patient_id else None,
        as_of=date.fromisoformat(one.as_of) if one.as_of else None,
    )
    answer, receipt = kept(demo, tmp_path, asked)
    found = again(demo, receipt)
    assert found.sameness is Sameness.IDENTICAL
    assert written_out(found.answer) == written_out(answer)
    assert found.answer.receipt.id == receipt.id
    assert (found.writer, found.basis, found.parts, found.evidence_gone) == ("nobody", (), (), ())


@given(
    text=st.sampled_from([WHY, "What was the last A1c?", "Any allergies?", "How old is she?", "zzz?", "A1c in the last 90 days"]),
    audience=st.sampled_from(list(Audience)),
    as_of=st.none() | st.dates(date(2022, 1, 1), date(2025, 1, 1)),
    earlier=st.sampled_from([(), (Turn(question="What was the last A1c?", answer="7.1 %", patient_id=ANN),)]),
)
@settings(max_examples=30, deadline=None)
def test_any_question_is_answered_again_byte_for_byte(
    engine: Engine, store: Path, text: str, audience: Audience, as_of: date | None, earlier: tuple[Turn, ...]
) -> None:
    asked = Question(text=text, patient_id=ANN, audience=audience, as_of=as_of, earlier=earlier)
    answer, receipt = kept(engine, store, asked)
    found = again(engine, receipt)
    assert found.sameness is Sameness.IDENTICAL
    assert written_out(found.answer) == written_out(answer)


def test_a_replay_is_of_the_day_on_which_the_question_was_asked(engine: Engine, store: Path) -> None:
    _, receipt = kept(engine, store, Question(text="How old is she?", patient_id=ANN))
    decade_ago = datetime.now(UTC) - timedelta(days=3653)
    older = receipt.model_copy(update={"question": receipt.question.model_copy(update={"asked_at": decade_ago})})
    assert again(engine, receipt).sameness is Sameness.IDENTICAL
    assert again(engine, older).answer.text != receipt.text


def test_the_id_of_an_answer_without_a_model_is_of_the_answer(engine: Engine, store: Path) -> None:
    first, _ = kept(engine, store, why(id="q1"))
    second, _ = kept(engine, store, why(id="q2"))
    other, _ = kept(engine, store, why(as_of=date(2023, 6, 1)))
    assert first.receipt.id == second.receipt.id != other.receipt.id


# --- what a model wrote is written again -----------------------------------------------------------------------------


def cut_off(task: WritingTask) -> object:
    if task.form_name == "verdict":
        return {"verdict": "supported"}
    whole = json.dumps(draft(*[claim(RIGHT, id_of(task, "was stopped because"))] * 2))
    return whole[: len(whole) - 60]


def last_says_whether(task: WritingTask) -> object:
    """Says at the end whether it can be answered: claims that came before are not read, those that come with it are."""
    if task.form_name == "verdict":
        return {"verdict": "supported"}
    return json.dumps({"claims": draft(claim(RIGHT, id_of(task, "was stopped because")))["claims"], "answerable": True})


def several(task: WritingTask) -> object:
    if task.form_name == "verdict":
        return {"verdict": "supported"}
    both = [claim(RIGHT, id_of(task, "was stopped because"))]
    return draft(*both, claim("She feels well.", id_of(task, "feels well"))) if task.seed == 0 else draft(*both)


SCRIPTS: dict[str, tuple[Script, WritingPolicy]] = {
    "shown": (claiming(RIGHT), WritingPolicy(seconds=5)),
    "dropped": (claiming(WRONG), WritingPolicy(seconds=5)),
    "written anew": (claiming(WRONG, anew=RIGHT), WritingPolicy(seconds=5)),
    "written anew in vain": (claiming(WRONG, RIGHT, anew=WRONG), WritingPolicy(seconds=5)),
    "doubted": (claiming(RIGHT, verdict="not_enough"), WritingPolicy(seconds=5)),
    "not judged": (claiming(RIGHT, WRONG), WritingPolicy(seconds=5, judged=False, rewrites=0)),
    "twice the same": (claiming(RIGHT, RIGHT), WritingPolicy(seconds=5)),
    "three drafts": (several, WritingPolicy(seconds=5, drafts=3)),
    "not answerable": (lambda _: draft(answerable=False), WritingPolicy(seconds=5)),
    "cut off": (cut_off, WritingPolicy(seconds=5)),
    "three drafts cut off": (cut_off, WritingPolicy(seconds=5, drafts=3)),
    "says last whether it can": (last_says_whether, WritingPolicy(seconds=5)),
    "not JSON": (lambda _: "<html>", WritingPolicy(seconds=5)),
    "judge garbled": (lambda t: "yes" if t.form_name == "verdict" else claiming(RIGHT)(t), WritingPolicy(seconds=5)),
    "nothing": (lambda _: "", WritingPolicy(seconds=5)),
    "unknown ids": (lambda _: draft(claim(RIGHT, "R99.s9")), WritingPolicy(seconds=5)),
}


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_what_a_model_wrote_gives_the_same_answer_again(engine: Engine, store: Path, name: str, seed: int) -> None:
    script, policy = SCRIPTS[name]
    answer, receipt = kept(engine, store, why(), Scripted(script, seed=seed), policy)
    found = again(engine, receipt)
    assert found.parts == ()
    assert (found.sameness, found.writer, found.notes) == (Sameness.IDENTICAL, "recorded", ())
    assert written_out(found.answer) == written_out(answer)


@pytest.mark.parametrize("generator", [QuotingGenerator(), ObeyingGenerator(), RecitingGenerator("{}", "[]")])
@pytest.mark.parametrize("drafts", [1, 4])
def test_what_any_stand_in_wrote_gives_the_same_answer_again(
    engine: Engine, store: Path, generator: Generator, drafts: int
) -> None:
    answer, receipt = kept(engine, store, why(), generator, WritingPolicy(seconds=5, drafts=drafts))
    assert written_out(again(engine, receipt).answer) == written_out(answer)


@pytest.mark.parametrize("words", ["", '{"answerable": true, "claims": ['])
@pytest.mark.parametrize(
    "error", [GeneratorUnavailableError, GeneratorBusyError, GeneratorTimeoutError, GeneratorGarbledError, GeneratorError]
)
def test_a_model_that_failed_fails_again_as_it_did(engine: Engine, store: Path, error: type[GeneratorError], words: str) -> None:
    class Begun(FailingGenerator):
        async def identity(self) -> GeneratorIdentity:
            return GeneratorIdentity("failing")

    for generator in (FailingGenerator(error("so")), Begun(error("so"), words=words)):
        answer, receipt = kept(engine, store, why(), generator)
        assert answer.notice
        found = again(engine, receipt)
        assert (found.sameness, written_out(found.answer)) == (Sameness.IDENTICAL, written_out(answer))


def test_a_deadline_that_passed_passes_again_without_waiting(engine: Engine, store: Path) -> None:
    class Stalling(Scripted):
        async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
            if task.form_name == "verdict":
                yield '{"verdict": "supported"}'
                return
            text = json.dumps(draft(*[claim(RIGHT, id_of(task, "was stopped because"))] * 2))
            yield text[:-30]
            await asyncio.sleep(60)

    answer, receipt = kept(engine, store, why(), Stalling(claiming(RIGHT)), WritingPolicy(seconds=1))
    assert answer.receipt.writing is not None
    assert answer.receipt.writing.failure == "timeout"
    found = again(engine, receipt)
    assert (found.sameness, written_out(found.answer)) == (Sameness.IDENTICAL, written_out(answer))


def test_each_answer_that_a_model_wrote_has_a_receipt_of_its_own(engine: Engine, store: Path) -> None:
    ids = {kept(engine, store, why(), Scripted(claiming(RIGHT)))[0].receipt.id for _ in range(3)}
    assert len(ids) == 3


def test_the_drafts_are_kept_as_the_model_wrote_them(engine: Engine, store: Path) -> None:
    _, receipt = kept(engine, store, why(), Scripted(claiming(WRONG, anew=RIGHT)))
    assert receipt.work is not None
    documents = receipt.work.documents
    assert [each.form_name for each in documents] == ["answer", "answer", "verdict"]
    assert json.loads(documents[0].text)["claims"][0]["text"] == WRONG
    assert json.loads(documents[1].text)["claims"][0]["text"] == RIGHT
    assert all(each.finished and sum(each.cuts) == len(each.text) for each in documents)
    assert receipt.work.policy["drafts"] == 1


class Doubting:
    """Judges by chance, once: asked again it says something else."""

    def __init__(self, *outcomes: Outcome) -> None:
        self._outcomes = list(outcomes)

    def judge(self, _claim: str, _passages: Sequence[str], /) -> Entailment:
        return Entailment(self._outcomes.pop(0), 0.75)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_a_judge_of_its_own_said_is_said_again(engine: Engine, store: Path, outcome: Outcome) -> None:
    shelf = SqliteReceipts(store)
    writer = ModelWriter(Scripted(claiming(RIGHT)), WritingPolicy(seconds=5), Doubting(outcome))
    asking = ask_with_model_and_keep(why(), engine=engine, writer=writer, keeper=Keeper(shelf, HERE))
    answer = asyncio.run(asking)
    receipt = shelf.get(answer.receipt.id, patient_id=ANN)
    assert receipt.work is not None
    assert [each.outcome for each in receipt.work.entailments or ()] == [outcome]
    found = again(engine, receipt)
    assert (found.sameness, written_out(found.answer)) == (Sameness.IDENTICAL, written_out(answer))
    silent = receipt.model_copy(update={"work": receipt.work.model_copy(update={"entailments": ()})})
    assert any("not asked then" in each for each in again(engine, silent).notes)


def test_an_answer_that_is_held_back_is_another_one_and_says_by_what(engine: Engine, store: Path) -> None:
    strict = engine._replace(policy=Policy(max_wrong=0.01, threshold=0.9999))
    shown, receipt = kept(engine, store, Question(text="What was the last A1c?", patient_id=ANN))
    held, held_receipt = kept(strict, store, Question(text="What was the last A1c?", patient_id=ANN))
    assert (shown.kind, held.kind) == ("supported", "abstained")
    assert shown.receipt.id != held.receipt.id
    assert again(strict, held_receipt).sameness is Sameness.IDENTICAL
    found = again(strict, receipt)
    assert (found.sameness, [(each.what, each.now) for each in found.basis]) == (Sameness.CHANGED, [("max_wrong", "0.01")])


# --- what differs ----------------------------------------------------------------------------------------------------


def renewed(tmp_path: Path, *added: Resource) -> tuple[Engine, Callable[[], Engine]]:
    folder = tmp_path / "store"
    store_chart(folder, *CHART)

    def later() -> Engine:
        store_chart(folder, *CHART, *added)
        return open_store(folder)

    return open_store(folder), later


def changes(found: Replay) -> list[tuple[Change, str]]:
    return [(each.change, each.text) for each in found.claims]


def test_a_newer_index_that_says_the_same_gives_the_same_answer(tmp_path: Path) -> None:
    before, later = renewed(tmp_path, lab("elsewhere", 5.5, "2020-01-01", name="Potassium", unit="mmol/L"))
    _, receipt = kept(before, tmp_path, Question(text="What was the last A1c?", patient_id=ANN))
    found = again(later(), receipt)
    assert found.sameness is Sameness.SAME_ANSWER
    assert [each.what for each in found.basis] == ["index"]
    assert [change for change, _ in changes(found)] == [Change.SAME]


def test_a_newer_result_is_told_as_what_is_gone_and_what_is_new(tmp_path: Path) -> None:
    before, later = renewed(tmp_path, lab("b", 8.4, "2024-06-05"))
    _, receipt = kept(before, tmp_path, Question(text="What was the last A1c?", patient_id=ANN))
    found = again(later(), receipt)
    assert found.sameness is Sameness.CHANGED
    told = dict(changes(found))
    assert "8.4" in told[Change.NEW]
    assert "7.1" in told[Change.GONE]
    assert found.evidence_gone == ()
    assert set(found.evidence_unused) == set(receipt.receipt.evidence) - set(found.answer.receipt.evidence)
    assert "claims" in found.parts


def test_over_newer_evidence_recorded_drafts_keep_to_the_sentences_that_they_cited(tmp_path: Path) -> None:
    before, later = renewed(
        tmp_path, note("newest", "Plan\nNaproxen stays stopped. Naproxen is avoided.", "2024-05-01T10:00:00Z")
    )
    _, receipt = kept(before, tmp_path, why(), Scripted(claiming(RIGHT, WRONG)), WritingPolicy(seconds=5, joins_only=False))
    found = again(later(), receipt)
    assert found.writer == "recorded"
    assert any("ids of now" in each for each in found.notes)
    (right,) = (each for each in found.claims if each.text == RIGHT)
    assert {each.what for each in right.differences} <= {"confidence"}
    assert all(each.text != RIGHT for each in found.verdicts)


def test_evidence_that_was_taken_out_is_told(tmp_path: Path) -> None:
    _, receipt = kept(open_store_of(tmp_path / "one"), tmp_path, why(), Scripted(claiming(RIGHT)))
    other = tmp_path / "two"
    store_chart(other, person(), CHART[2], CHART[3])
    found = again(open_store(other), receipt)
    assert found.sameness is Sameness.CHANGED
    assert set(found.evidence_gone) == set(receipt.receipt.evidence)
    assert (Change.GONE, RIGHT) in changes(found)


def open_store_of(folder: Path) -> Engine:
    store_chart(folder, *CHART)
    return open_store(folder)


def test_another_version_is_told(engine: Engine, store: Path) -> None:
    _, receipt = kept(engine, store, why())
    found = again(engine, receipt, MadeWith("1.3.0", "loinc@abc"))
    assert found.sameness is Sameness.IDENTICAL
    assert [(each.what, each.then, each.now) for each in found.basis] == [
        ("chartcite", "1.2.3", "1.3.0"),
        ("added", "", "loinc@abc"),
    ]


def test_another_prompt_leaves_recorded_drafts_readable(engine: Engine, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, receipt = kept(engine, store, why(), Scripted(claiming(WRONG, anew=RIGHT)))
    monkeypatch.setattr("chartcite.engine.drafting.generation.RULES", "Write less. {most_claims}")
    monkeypatch.setattr("chartcite.engine.drafting.generation.REWRITE_RULES", "Write it again.")
    monkeypatch.setattr("chartcite.engine.drafting.judgment.JUDGE_RULES", "Judge.")
    monkeypatch.setattr("chartcite.engine.drafting.writing_session.ANSWER_PROMPT", "answer-next")
    found = again(engine, receipt)
    assert found.sameness is Sameness.SAME_ANSWER
    assert [each.what for each in found.basis] == ["prompt"]
    assert found.parts == ("receipt.writing",)


def test_another_model_is_asked_anew_and_its_sentences_are_compared(engine: Engine, store: Path) -> None:
    class Other(Scripted):
        async def identity(self) -> GeneratorIdentity:
            return GeneratorIdentity("other")

    _, receipt = kept(engine, store, why(), Scripted(claiming(RIGHT)))
    shorter = "Naproxen was stopped because her creatinine rose."
    found = again(engine, receipt, writer=ModelWriter(Other(claiming(shorter, WRONG)), WritingPolicy(seconds=5)))
    assert (found.sameness, found.writer) == (Sameness.CHANGED, "other")
    told = {text: change for change, text in changes(found)}
    assert (told[RIGHT], told[shorter]) == (Change.GONE, Change.NEW)
    assert {(each.text, each.then) for each in found.verdicts} == {(RIGHT, "shown"), (shorter, ""), (WRONG, "")}
    assert {each.what for each in found.basis} == {"model", "digest", "server"}


def test_a_stricter_check_is_told_as_another_verdict(engine: Engine, store: Path) -> None:
    """A receipt whose model wrote what passes now, and was dropped then by a check that let less pass."""
    _, receipt = kept(engine, store, why(), Scripted(claiming(RIGHT)))
    writing = receipt.receipt.writing
    assert writing is not None
    review = writing.reviews[0].model_copy(update={"fate": "dropped", "failed": "order"})
    dropped = receipt.receipt.model_copy(update={"writing": writing.model_copy(update={"reviews": (review,)})})
    older = receipt.model_copy(update={"receipt": dropped, "claims": receipt.claims[1:]})
    found = again(engine, older)
    assert [(each.then, each.now) for each in found.verdicts] == [("dropped (order)", "shown")]
    assert (Change.NEW, RIGHT) in changes(found)


def test_a_judge_that_was_not_asked_then_is_taken_as_silent(engine: Engine, store: Path) -> None:
    _, receipt = kept(engine, store, why(), Scripted(claiming(RIGHT)))
    assert receipt.work is not None
    unjudged = receipt.work.model_copy(update={"documents": tuple(d for d in receipt.work.documents if d.form_name != "verdict")})
    found = again(engine, receipt.model_copy(update={"work": unjudged}))
    assert found.sameness is Sameness.CHANGED
    assert (Change.GONE, RIGHT) in changes(found)
    assert any("not asked then" in each for each in found.notes)


def test_an_answer_that_changed_for_no_known_reason_is_called_a_defect(engine: Engine, store: Path) -> None:
    _, receipt = kept(engine, store, why())
    found = again(engine, receipt.model_copy(update={"parts": {**receipt.parts, "text": "0"}}))
    assert (found.sameness, found.parts) == (Sameness.CHANGED, ("text",))
    assert any("defect" in each for each in found.notes)


def test_a_patient_who_is_gone_is_said_to_be_gone(engine: Engine, store: Path, tmp_path: Path) -> None:
    _, receipt = kept(engine, store, why())
    store_chart(tmp_path / "other", person("bob"))
    with pytest.raises(PatientNotFoundError):
        again(open_store(tmp_path / "other"), receipt)


def test_what_a_table_answers_is_replayed_without_the_model(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store_chart(folder, *CHART, medication("m1", "Metformin 500 MG", "2024-01-05", dose="500 mg BID"))
    opened = open_store(folder)
    answer, receipt = kept(
        opened, tmp_path, Question(text="What medications is she on?", patient_id=ANN), RecitingGenerator("{}")
    )
    assert (receipt.work, answer.receipt.writing) == (None, None)
    found = again(opened, receipt)
    assert (found.sameness, found.writer) == (Sameness.IDENTICAL, "nobody")
