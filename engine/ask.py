"""USE CASE: a question becomes an answer whose every sentence is checked, or an abstention. Read this file first.

    question → understanding (plan) → retrieval (facts, passages) → facts / generation (draft claims) → verification → answer

The scope of one patient and one moment is fixed before anything is read, and travels whole into every search.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from chartcite.engine.answering import Draft, draft_for_patient, draft_from_guidelines
from chartcite.engine.confidence import abstention_confidence, confidence_of
from chartcite.engine.domain.answers import (
    Abstention,
    AbstentionBasis,
    Answer,
    Claim,
    DraftClaim,
    Outcome,
    Question,
    Receipt,
    SupportedAnswer,
    Verdict,
)
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import Category
from chartcite.engine.errors import InvalidQuestionError
from chartcite.engine.hostile import seen
from chartcite.engine.persons import person_of
from chartcite.engine.ports import Embedder, RecordStore, VectorIndex
from chartcite.engine.retrieval import Shelves
from chartcite.engine.safety import red_flags
from chartcite.engine.terminology import Lexicon, forms
from chartcite.engine.understanding import Plan, understand
from chartcite.engine.verification import verify

GENERATOR = "evidence-only"
MOST_QUESTION_CHARACTERS = 2000


class Engine(NamedTuple):
    """The parts that answer questions, put together by the composition root."""

    records: RecordStore
    vectors: VectorIndex
    embedder: Embedder
    lexicon: Lexicon


Observer = Callable[[str, dict[str, object]], None]
"""Told of each stage as it begins: `planning`, `retrieving`, `writing`, `checking`; then of each `claim`."""


def ask(question: Question, /, *, engine: Engine, observe: Observer | None = None) -> Answer:
    """Answer a question from one chart (or, without a patient, from the guidelines).

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InvalidQuestionError: the question has no words.
    """
    if not any(map(str.isalnum, seen(question.text))):
        raise InvalidQuestionError("the question has no words: ask in a sentence, such as “What was the last HbA1c?”")
    tell = observe or (lambda _stage, _facts: None)
    clock = _Clock()
    tell("planning", {})
    shelves = Shelves(engine.records, engine.vectors, engine.embedder)
    today = _last_day(question)
    asked = question.model_copy(update={"text": seen(question.text)})
    if asked.patient_id is None:
        plans = understand(asked.text, lexicon=engine.lexicon, chart=(), today=today)
        clock.mark("planning")
        tell("retrieving", {"parts": len(plans)})
        drafted = draft_from_guidelines(plans, shelves, engine.lexicon)
    else:
        patient = engine.records.patient(asked.patient_id)
        scope = Scope(patient_id=asked.patient_id, as_of=asked.as_of)
        chart = engine.records.concepts(scope)
        names = frozenset(forms(re.sub(r"\d", "", patient.name)))
        person = person_of(engine.records.facts(scope, categories=(Category.DEMOGRAPHIC,)))
        plans = understand(asked.text, lexicon=engine.lexicon, chart=chart, today=today, names=names, person=person)
        clock.mark("planning")
        tell("retrieving", {"parts": len(plans)})
        drafted = draft_for_patient(asked, plans, shelves, engine.lexicon, scope=scope, today=today)
    clock.mark("retrieving_and_writing")
    tell("checking", {"drafts": len(drafted.claims)})
    checked = [(claim, verify(claim, engine.records)) for claim in drafted.claims]
    clock.mark("checking")
    claims = _supported(checked)
    receipt = _receipt(question, drafted, engine, clock, _understood(plans), len(drafted.claims) - len(claims))
    for claim in claims:
        tell("claim", {"claim": claim})
    return _answer(question, drafted, claims, receipt)


def _understood(plans: Sequence[Plan]) -> dict[str, object]:
    """Return the plans as a receipt shows them: without the long lists of synonyms, which the certificate has."""
    long = {"targets": {"__all__": {"alternatives", "synonyms", "codes", "ids"}}}
    return {"parts": [plan.model_dump(mode="json", exclude=long, exclude_defaults=True) for plan in plans]}


def _last_day(question: Question) -> date:
    if question.as_of is None:
        return datetime.now(UTC).astimezone().date()
    return question.as_of.date() if isinstance(question.as_of, datetime) else question.as_of


def _supported(checked: Sequence[tuple[DraftClaim, Verdict]]) -> tuple[Claim, ...]:
    """Keep what passed every check; the rest is dropped and counted."""
    return tuple(
        Claim(
            text=draft.text,
            kind=draft.kind,
            citations=draft.citations,
            verdict=verdict,
            confidence=confidence_of(draft),
            computation=draft.computation,
        )
        for draft, verdict in checked
        if verdict.outcome is Outcome.SUPPORTED
    )


def _answer(question: Question, drafted: Draft, claims: tuple[Claim, ...], receipt: Receipt) -> Answer:
    flags = red_flags(question.text, question.audience)
    if not claims:
        return Abstention(
            question=question,
            text=drafted.silence,
            basis=AbstentionBasis(reason=drafted.reason, certificate=drafted.certificate()),
            confidence=abstention_confidence(),
            missing=drafted.missing,
            red_flags=flags,
            receipt=receipt,
        )
    weakest = min((claim.confidence for claim in claims), key=lambda confidence: confidence.probability)
    return SupportedAnswer(
        question=question,
        text="\n".join(
            [*(claim.text for claim in claims), *(f"Not documented: {gap.what} ({gap.why})." for gap in drafted.missing)]
        ),
        claims=claims,
        confidence=weakest,
        missing=drafted.missing,
        red_flags=flags,
        receipt=receipt,
    )


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self.marks: dict[str, float] = {}

    def mark(self, stage: str) -> None:
        now = time.perf_counter()
        self.marks[f"{stage}_ms"] = round((now - self._last) * 1000, 2)
        self._last = now

    def total(self) -> dict[str, float]:
        return {**self.marks, "total_ms": round((time.perf_counter() - self._started) * 1000, 2)}


def _receipt(question: Question, drafted: Draft, engine: Engine, clock: _Clock, plan: dict[str, object], dropped: int) -> Receipt:
    snapshot = engine.records.snapshot()
    evidence = tuple(dict.fromkeys(citation.id for claim in drafted.claims for citation in claim.citations))
    # The same question in the same scope over the same snapshot gives the same receipt id.
    named = f"{question.model_dump_json(exclude={'id'})}|{snapshot}|{GENERATOR}|{'|'.join(evidence)}"
    return Receipt(
        id=hashlib.sha256(named.encode()).hexdigest()[:16],
        index=snapshot,
        generator=GENERATOR,
        plan=plan,
        evidence=evidence,
        routes=tuple(dict.fromkeys(claim.route for claim in drafted.claims)),
        dropped_claims=dropped,
        timings=clock.total(),
    )
