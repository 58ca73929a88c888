"""USE CASE: a question is answered, and what it takes to review and repeat the answer is kept. Keeping never fails an answer."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import threading
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from chartcite.engine.ask import Engine, Observer, ask
from chartcite.engine.confidence.confidence import Policy
from chartcite.engine.domain.answers import Answer, Question, SupportedAnswer
from chartcite.engine.domain.receipts import Basis, ModelWork, ShownClaim, StoredReceipt
from chartcite.engine.drafting.recorded_writing import RecordingGenerator, RecordingJudge
from chartcite.engine.drafting.writing_session import Beside, ModelWriter
from chartcite.engine.errors import ChartciteError, CitationNotFoundError
from chartcite.engine.ports import ReceiptShelf, RecordStore
from chartcite.engine.writing import ask_with_model

_LOG = logging.getLogger(__name__)
_OF_THIS_RUN = {"receipt": {"id", "timings"}, "question": {"asked_at"}}
"""What differs between two runs that give the same answer."""
_OF_RECEIPT = ("index", "generator", "plan", "evidence", "routes", "dropped_claims", "writing")


class MadeWith(NamedTuple):
    """What does not change while a program runs."""

    chartcite: str
    """Version."""
    added: str = ""
    """Loaded terminologies and rules."""


class Keeper:
    """Keeps receipts on a shelf, and counts those that could not be kept."""

    def __init__(self, shelf: ReceiptShelf, made_with: MadeWith) -> None:
        self.shelf = shelf
        self.made_with = made_with
        self._lock = threading.Lock()  # guards the two counters
        self._embedding = ""
        self.kept = 0
        self.failed = 0
        self._is_failing = False

    def keep(self, answer: Answer, engine: Engine, work: ModelWork | None = None) -> None:
        """Keep the receipt of an answer. What goes wrong is counted, and told to the log once until it goes right again."""
        try:
            self._embedding = self._embedding or engine.embedder.name
            basis = basis_of(answer, self.made_with, engine.policy, embedding=self._embedding)
            is_kept = self.shelf.save(stored_receipt(answer, basis, work))
        except Exception as error:  # noqa: BLE001 -- the answer is there: nothing that befalls its receipt may take it away
            self._count(failed=1)
            if not self._is_failing:
                self._is_failing = True
                _LOG.warning("answers are given, but their receipts cannot be kept: %s", _told(error))
        else:
            self._is_failing = False
            self._count(kept=int(is_kept))

    def _count(self, *, kept: int = 0, failed: int = 0) -> None:
        with self._lock:
            self.kept, self.failed = self.kept + kept, self.failed + failed


def _told(error: Exception) -> str:
    """Return what may be told of an error: our own words, never those of a library, which may hold record text."""
    return str(error) if isinstance(error, ChartciteError) else type(error).__name__


def asked_now(question: Question) -> Question:
    """Return a question that knows when it was asked, with the zone of this machine: the day is that of the reader."""
    return question.model_copy(update={"asked_at": datetime.now(UTC).astimezone()})


def ask_and_keep(question: Question, /, *, engine: Engine, keeper: Keeper | None, observe: Observer | None = None) -> Answer:
    """Answer a question without a language model, and keep its receipt where there is a keeper.

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InvalidQuestionError: the question cannot be used.
    """
    if keeper is None:
        return ask(question, engine=engine, observe=observe)
    answer = ask(asked_now(question), engine=engine, observe=observe)
    keeper.keep(answer, engine)
    return answer


async def ask_with_model_and_keep(
    question: Question,
    /,
    *,
    engine: Engine,
    writer: ModelWriter,
    keeper: Keeper | None,
    observe: Observer | None = None,
    beside: Beside = asyncio.to_thread,
) -> Answer:
    """Answer a question with a language model, and keep its receipt with all that the model wrote.

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InvalidQuestionError: the question cannot be used.
    """
    if keeper is None:
        return await ask_with_model(question, engine=engine, writer=writer, observe=observe, beside=beside)
    recording = RecordingGenerator(writer.generator)
    judge = RecordingJudge(writer.judge) if writer.judge is not None else None
    told = writer._replace(generator=recording, judge=judge)
    answer = await ask_with_model(asked_now(question), engine=engine, writer=told, observe=observe, beside=beside)
    work = None
    if answer.receipt.writing is not None:
        said = tuple(judge.said) if judge is not None else None
        work = ModelWork(policy=writer.policy.model_dump(mode="json"), documents=recording.documents(), entailments=said)
    await beside(partial(keeper.keep, answer, engine, work))
    return answer


def stored_receipt(answer: Answer, basis: Basis, /, work: ModelWork | None = None) -> StoredReceipt:
    """Return what is kept of an answer.

    Args:
        answer: as it was shown; its question knows when it was asked.
        basis: what it was made with.
        work: what a language model wrote for it.
    """
    claims = answer.claims if isinstance(answer, SupportedAnswer) else ()
    return StoredReceipt(
        id=answer.receipt.id,
        asked_at=answer.question.asked_at or datetime.now(UTC),
        question=answer.question,
        basis=basis,
        kind=answer.kind,
        text=answer.text,
        claims=tuple(
            ShownClaim(
                text=claim.text,
                kind=claim.kind,
                citations=tuple(citation.id for citation in claim.citations),
                outcome=claim.verdict.outcome,
                confidence=claim.confidence.probability,
            )
            for claim in claims
        ),
        confidence=answer.confidence,
        notice=answer.notice,
        receipt=answer.receipt,
        work=work,
        parts=parts_of(answer),
    )


def quotes_of(kept: StoredReceipt, records: RecordStore, /) -> dict[str, str | None]:
    """Return the words behind each citation of a receipt, opened inside its scope; `None`: it opens no longer."""
    quotes: dict[str, str | None] = {}
    for id_ in kept.receipt.evidence:
        try:
            quotes[id_] = records.open_citation(id_, patient_id=kept.question.patient_id).citation.quote
        except CitationNotFoundError:
            quotes[id_] = None
    return quotes


def basis_of(answer: Answer, made_with: MadeWith, policy: Policy, /, *, embedding: str) -> Basis:
    """Return what an answer was made with."""
    writing = answer.receipt.writing
    return Basis(
        chartcite=made_with.chartcite,
        index=answer.receipt.index,
        embedding=embedding,
        added=made_with.added,
        calibration=answer.confidence.calibration,
        max_wrong="" if policy.max_wrong is None else f"{policy.max_wrong:g}",
        prompt=writing.prompt if writing else "",
        model=writing.model if writing else "",
        digest=writing.digest if writing else "",
        server=writing.server if writing else "",
    )


def parts_of(answer: Answer, /) -> dict[str, str]:
    """Return a hash of each part of an answer, byte for byte as it is written; of its receipt all but id and timings."""
    written = answer.model_dump(mode="json", exclude=_OF_THIS_RUN)
    receipt = written.pop("receipt")
    parts = {**written, **{f"receipt.{name}": receipt[name] for name in _OF_RECEIPT}}
    return {name: _hash(part) for name, part in parts.items()}


def _hash(part: object) -> str:
    return hashlib.sha256(json.dumps(part, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:16]
