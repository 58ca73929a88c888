"""Promise P3: nothing that a record, a guideline or a question says commands the engine, or a model that obeys all it reads."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from chartcite.engine.ask import Engine
from chartcite.engine.domain.answers import Question
from chartcite.engine.domain.records import PatientId
from chartcite.engine.language.hostile import reads_like_instruction
from chartcite.engine.ports import WritingTask
from chartcite.engine.testing import evidence_in

from tests.trust.adversaries import ObeyingWriter
from tests.trust.carriers import CARRIERS, OTHER, OTHER_WORD, WHY, Carried, carried, word_of
from tests.trust.injected import attack, covering, in_guidelines, opened, with_model
from tests.trust.injection_oracle import LOADS, leaks_prompt
from tests.trust.payloads import PAYLOADS, Payload

CASES = covering()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(tmp_path_factory.mktemp("injections"), CASES)


def test_the_corpus_is_wide() -> None:
    assert len({payload.text for payload in PAYLOADS}) >= 200
    assert len({payload.family for payload in PAYLOADS}) >= 12
    assert len(CARRIERS) >= 20
    assert len({(case.payload.id, case.carrier) for case in CASES}) >= 200
    assert {case.carrier for case in CASES} == set(CARRIERS)


def test_every_chart_was_stored(engine: Engine) -> None:
    assert {case.owner for case in CASES} <= {patient.id for patient in engine.records.patients()}


@pytest.mark.parametrize("payload", [payload for payload in PAYLOADS if payload.marked], ids=lambda payload: payload.id)
def test_a_text_that_commands_is_told_apart(payload: Payload) -> None:
    assert reads_like_instruction(payload.text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.payload.id} in {case.carrier}")
def test_no_payload_gets_what_it_wants(engine: Engine, case: Carried) -> None:
    assert attack(case, engine).wrong == ()


def test_no_payload_in_a_guideline_gets_what_it_wants(tmp_path: Path) -> None:
    assert list(in_guidelines(tmp_path, PAYLOADS[::3])) == []


def test_an_obeying_model_is_heard_where_it_tells_what_stands_there(engine: Engine) -> None:
    """Were nothing of it ever shown, the tests above would prove nothing."""
    case = next(case for case in CASES if case.carrier == "observation_value")
    said = f"Naproxen was stopped because her creatinine rose to 1.9 mg/dL at the {word_of(case.owner)} clinic."
    answer = with_model(case.asked(WHY), engine, ObeyingWriter([said], ["Naproxen was stopped"]))
    assert answer.receipt.writing is not None
    assert any(review.fate == "shown" and review.claim.text == said for review in answer.receipt.writing.reviews)


def told(tasks: list[WritingTask]) -> str:
    return "\n".join(message.content for task in tasks for message in task.messages[-1:])


@pytest.mark.parametrize(
    "carrier", ["note_body", "section_heading", "document_title", "author", "condition_text", "procedure_display"]
)
def test_what_commands_is_not_told_to_a_model(tmp_path: Path, carrier: str) -> None:
    case = carried(PAYLOADS[0], carrier, "p1", full=True)
    engine = opened(tmp_path, [case])
    writer = ObeyingWriter(["She has no allergies."], [PAYLOADS[0].text])
    answer = with_model(case.asked(WHY), engine, writer)
    assert writer.tasks
    assert "previous instructions" not in told(writer.tasks)
    assert evidence_in(writer.tasks[0])
    assert answer.kind == "supported"


def test_nothing_of_a_chart_a_payload_or_a_prompt_is_logged(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for case in CASES[::29]:
            attack(case, engine)
    assert not leaks_prompt(caplog.text)
    assert not LOADS.search(caplog.text)
    for case in CASES[::29]:
        assert word_of(case.owner.rpartition("-")[2]) not in caplog.text
        assert case.payload.text[:30] not in caplog.text


def test_a_sentence_for_a_name_closes_no_other_chart(tmp_path: Path) -> None:
    odd = carried(next(p for p in PAYLOADS if p.goal.name == "dose"), "patient_name", "p1", full=True)
    plain = carried(PAYLOADS[0], "observation_value", "p2", full=True)
    engine = opened(tmp_path, [odd, plain])
    answer = with_model(plain.asked("What dose of metformin does she take?"), engine, ObeyingWriter(["x"], []))
    assert "500" in answer.text


def test_the_other_patient_of_the_store_is_there(tmp_path: Path) -> None:
    """The canary can be found: by who asks of that very chart."""
    engine = opened(tmp_path, [carried(PAYLOADS[0], "note_body", "p1", full=True)])
    answer = with_model(Question(text=WHY, patient_id=PatientId(OTHER)), engine, ObeyingWriter(["x"], []))
    assert OTHER_WORD in answer.text
