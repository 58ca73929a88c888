"""What a replay finds: is it the same answer, and if not, what differs and why."""

from __future__ import annotations

from enum import StrEnum

from chartcite.engine.domain.answers import Answer
from chartcite.engine.domain.records import Frozen
from pydantic import AwareDatetime


class Sameness(StrEnum):
    """How an answer made again compares with the one that was shown."""

    IDENTICAL = "identical"
    """Byte for byte, its receipt too, but for its id and the times that the stages took."""
    SAME_ANSWER = "same_answer"
    """What is shown is the same, byte for byte; how it came about is not: another snapshot, another draft."""
    CHANGED = "changed"


class Change(StrEnum):
    """What became of a sentence."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"


class Difference(Frozen):
    """Something that was one thing then and is another now; empty: it was not, or is not."""

    what: str
    then: str
    now: str


class ClaimChange(Frozen):
    """A sentence that was shown, or is."""

    change: Change
    text: str
    differences: tuple[Difference, ...] = ()
    """Of a changed one: its citations, confidence, kind."""


class VerdictChange(Frozen):
    """A sentence that the language model wrote then, now or both, of which another became."""

    text: str
    then: str
    """Fate and failed check, as `dropped (numbers)`; empty: it was not written."""
    now: str


class Replay(Frozen):
    """A receipt, and the same question answered again."""

    receipt_id: str
    asked_at: AwareDatetime
    question: str
    sameness: Sameness
    writer: str
    """Who writes now: `nobody`, `recorded` (what the model wrote then), or the name of another model."""
    basis: tuple[Difference, ...] = ()
    """What the answer is made with: versions, snapshot, models."""
    parts: tuple[str, ...] = ()
    """Parts of the answer that differ."""
    claims: tuple[ClaimChange, ...] = ()
    """Every sentence that was shown or is, in the order of now, those that are gone last."""
    verdicts: tuple[VerdictChange, ...] = ()
    plan: tuple[Difference, ...] = ()
    """How the question is read."""
    evidence_gone: tuple[str, ...] = ()
    """Citation ids of the receipt that open no longer."""
    evidence_unused: tuple[str, ...] = ()
    """Those that open, and are no part of the answer any more."""
    evidence_new: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader must know of this replay."""
    answer: Answer
    """As it is made now."""
