"""The JSON of stored receipts and of replays."""

from __future__ import annotations

from chartcite.api.wire import AnswerBody, Body, answer_to_wire
from chartcite.engine.domain.receipts import ReceiptLine
from chartcite.engine.domain.replays import ClaimChange, Difference, Replay, Sameness, VerdictChange
from pydantic import AwareDatetime, Field


class ReceiptSummary(Body):
    """A line of the list."""

    id: str
    asked_at: str = Field(description="Instant, UTC.")
    question: str
    kind: str
    generator: str = Field(description="Who wrote: `evidence-only`, or the name of a language model.")


class ReceiptList(Body):
    """Receipts of one patient, or of questions to the guidelines, newest first."""

    patient_id: str | None
    receipts: tuple[ReceiptSummary, ...]


class ReplayBody(Body):
    """The question of a receipt, answered again as of the moment at which it was asked, and what differs."""

    receipt_id: str
    asked_at: AwareDatetime
    question: str
    sameness: Sameness = Field(
        description="`identical`: byte for byte but for the receipt's id and timings; `same_answer`: what is shown is the same;"
        " `changed`: it is another answer."
    )
    writer: str = Field(description="Who writes now: `nobody`, `recorded` (what the model wrote then), or another model.")
    basis: tuple[Difference, ...] = Field(description="Versions, snapshot and models that are others now.")
    parts: tuple[str, ...] = Field(description="Parts of the answer that differ.")
    claims: tuple[ClaimChange, ...] = Field(description="Every sentence that was shown or is.")
    verdicts: tuple[VerdictChange, ...] = Field(description="Sentences of the language model of which something else became.")
    plan: tuple[Difference, ...] = Field(description="How the question is read, where it is read otherwise.")
    evidence_gone: tuple[str, ...] = Field(description="Citations of the receipt that open no longer.")
    evidence_unused: tuple[str, ...]
    evidence_new: tuple[str, ...]
    notes: tuple[str, ...]
    answer: AnswerBody = Field(description="As it is made now.")


def receipts_to_wire(lines: list[ReceiptLine], *, patient_id: str | None) -> ReceiptList:
    """Write a list of receipts in the public form."""
    shown = tuple(
        ReceiptSummary(
            id=line.id,
            asked_at=f"{line.asked_at[:19]}Z",
            question=line.question,
            kind=line.kind,
            generator=line.generator,
        )
        for line in lines
    )
    return ReceiptList(patient_id=patient_id, receipts=shown)


def replay_to_wire(found: Replay) -> ReplayBody:
    """Write a replay in the public form."""
    fields = {name: getattr(found, name) for name in ReplayBody.model_fields if name != "answer"}
    return ReplayBody(**fields, answer=answer_to_wire(found.answer))
