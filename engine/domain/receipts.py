"""What is stored of an answer, so that it can be reviewed and made again: question, basis, what a model wrote, what was shown."""

from __future__ import annotations

from typing import Literal, NamedTuple

from chartcite.engine.domain.answers import ClaimKind, Confidence, Outcome, Question, Receipt
from chartcite.engine.domain.records import Frozen, PatientId
from pydantic import AwareDatetime, Field


class ModelDocument(Frozen):
    """A document as a language model wrote it, with enough of its task to know the task again."""

    form_name: str
    """What was asked for: `answer` (a draft, or a claim written anew), `verdict`."""
    seed: int = 0
    task: str
    """Hash of the whole task: messages, form, length, seed, temperature."""
    about: str
    """Hash of its last message without the ids of evidence: the same where the same sentences got other numbers."""
    lines: dict[str, str] = Field(default_factory=dict)
    """Evidence ids that its form allows, each with a hash of the text that stood under it."""
    text: str
    """As it came, cut off where it was cut off."""
    cuts: tuple[int, ...] = ()
    """Characters of each piece in which it came."""
    finished: bool = True
    """Whether it came to its end; else it was broken off: by its reader, by the deadline, or by the failure below."""
    failure: str = ""
    """Why the model did not write it to its end, as a code; empty: it did, or its reader had enough."""


class JudgedEntailment(Frozen):
    """What a judge of entailment that is not the writer said of a claim."""

    about: str
    """Hash of the claim with its passages."""
    outcome: Outcome
    probability: float = Field(ge=0, le=1)


class ModelWork(Frozen):
    """Everything that a language model did for one answer, and how it was asked."""

    policy: dict[str, object]
    """`WritingPolicy` as it was."""
    documents: tuple[ModelDocument, ...] = ()
    """In the order in which they were asked for."""
    entailments: tuple[JudgedEntailment, ...] | None = None
    """`None`: the model judged itself, or nobody did."""


class ShownClaim(Frozen):
    """A sentence that was shown."""

    text: str
    kind: ClaimKind
    citations: tuple[str, ...]
    """Ids: `RecordStore.open_citation` opens them."""
    outcome: Outcome
    confidence: float = Field(ge=0, le=1)


class Basis(Frozen):
    """What an answer was made with. Where two agree in all of it, the same question gives the same answer."""

    chartcite: str
    """Version."""
    index: str
    """Snapshot of the store."""
    embedding: str
    """Embedding model with the hash of its weights."""
    added: str = ""
    """Terminologies and rules of medication safety that were loaded into the store, each with its version or hash."""
    calibration: str = ""
    """Of the confidence."""
    max_wrong: str = ""
    """Share of wrong answers that the operator accepts; empty: every answer is shown."""
    prompt: str = ""
    """Version of what the language model was told; empty, as the three below: none was asked."""
    model: str = ""
    digest: str = ""
    server: str = ""


class StoredReceipt(Frozen):
    """A receipt as it is stored. It holds patient text: the question, the sentences that were shown, what a model wrote."""

    id: str = Field(min_length=1)
    asked_at: AwareDatetime
    question: Question
    basis: Basis
    kind: Literal["supported", "abstained"]
    text: str
    """The whole answer as it was shown."""
    claims: tuple[ShownClaim, ...]
    confidence: Confidence
    notice: str
    receipt: Receipt
    """As the answer carried it: plan, evidence, verdicts, timings."""
    work: ModelWork | None = None
    """`None`: no language model was asked."""
    parts: dict[str, str]
    """Hash of each part of the answer."""


class ReceiptLine(NamedTuple):
    """A stored receipt in a list."""

    id: str
    asked_at: str
    question: str
    kind: str
    generator: str
    patient_id: PatientId | None
