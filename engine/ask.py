"""USE CASE: a question becomes an answer whose every sentence is checked, or an abstention. Read this file first.

    question → understanding (plan) → retrieval (facts, passages) → facts / quoting (draft claims) → verification → answer

The scope of one patient and one moment is fixed before anything is read, and travels whole into every search.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import NamedTuple

from chartcite.engine.answer_forms import Told, abstention, held_back, supported
from chartcite.engine.answering import Draft, draft_for_patient, draft_from_guidelines
from chartcite.engine.chart_look import ChartLook
from chartcite.engine.confidence import Policy, answer_confidence, claim_confidences
from chartcite.engine.confidence_features import Features, Found, answer_features
from chartcite.engine.conversation import Read, standing_alone
from chartcite.engine.domain.answers import (
    Answer,
    Audience,
    Claim,
    ClaimKind,
    Confidence,
    Conflict,
    DraftClaim,
    Outcome,
    Question,
    Receipt,
    RedFlag,
    SearchCertificate,
    Verdict,
)
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import Category
from chartcite.engine.errors import InvalidQuestionError
from chartcite.engine.hostile import seen
from chartcite.engine.omission_guard import beside
from chartcite.engine.persons import Person, person_of
from chartcite.engine.plans import Plan
from chartcite.engine.ports import ChartConcept, Embedder, RecordStore, VectorIndex
from chartcite.engine.red_flags import hear
from chartcite.engine.retrieval import Shelves
from chartcite.engine.safety import flags_of, red_flags
from chartcite.engine.terminology import Lexicon, forms
from chartcite.engine.understanding import understand
from chartcite.engine.verification import verify

GENERATOR = "evidence-only"
MOST_QUESTION_CHARACTERS = 2000


class Engine(NamedTuple):
    """The parts that answer questions, put together by the composition root."""

    records: RecordStore
    vectors: VectorIndex
    embedder: Embedder
    lexicon: Lexicon
    policy: Policy = Policy()
    """What the operator lets pass."""


_Checked = tuple[DraftClaim, Verdict]
Observer = Callable[[str, dict[str, object]], None]
"""Told of each stage as it begins: `planning`, `retrieving`, `writing`, `checking`; then of each `claim`."""


def ask(question: Question, /, *, engine: Engine, observe: Observer | None = None) -> Answer:
    """Answer a question from one chart (or, without a patient, from the guidelines).

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InvalidQuestionError: the question has no words, or its earlier turns are of another chart.
    """
    if not any(map(str.isalnum, seen(question.text))):
        raise InvalidQuestionError("the question has no words: ask in a sentence, such as “What was the last HbA1c?”")
    if any(turn.patient_id != question.patient_id for turn in question.earlier):
        raise InvalidQuestionError("the earlier turns are about another chart: begin a new conversation, with no earlier turns")
    tell, clock = observe or (lambda _stage, _facts: None), _Clock()
    tell("planning", {})
    shelves = Shelves(engine.records, engine.vectors, engine.embedder)
    today = last_day(question)
    known = ground_of(question, engine)
    read = reader(known, engine, today=today)
    text = stand_alone(question, read)
    asked = question.model_copy(update={"text": text})
    plans = read(text)
    clock.mark("planning")
    tell("retrieving", {"parts": len(plans)})
    if asked.patient_id is None or known is None:
        drafted = draft_from_guidelines(asked.text, plans, shelves, engine.lexicon)
        look = None
        flags = red_flags(asked.text, asked.audience, lexicon=engine.lexicon)
    else:
        scope = Scope(patient_id=asked.patient_id, as_of=asked.as_of)
        drafted = draft_for_patient(asked, plans, shelves, engine.lexicon, scope=scope, today=today)
        look = ChartLook(engine.records, engine.lexicon, scope, known.chart, _moment(question))
        flags = flags_of(hear(asked.text, engine.lexicon), asked.audience, look, known.person)
    clock.mark("retrieving_and_writing")
    tell("checking", {"drafts": len(drafted.claims)})
    checked = [(claim, verify(claim, engine.records)) for claim in drafted.claims]
    shown = _for_reader(_supported(checked), flags, asked.audience)
    certificate = None if shown else drafted.certificate()
    clock.mark("checking")
    claims, confidence = _weighed(asked, plans, _found(drafted, shown, certificate, today))
    clock.mark("confidence")
    near = beside(asked.text, claims, flags, look) if look is not None else ()
    clock.mark("safety")
    receipt = _receipt(question, drafted, engine, clock, _understood(plans), len(drafted.claims) - len(claims))
    told = Told(question, text if text != seen(question.text) else "", confidence, flags, near, receipt)
    if claims and engine.policy.holds_back(confidence):
        return held_back(told, claims)
    for claim in claims:
        tell("claim", {"claim": claim})
    conflicts = _conflicts(drafted, engine)
    return supported(told, claims, drafted.missing, conflicts) if claims else abstention(told, drafted, certificate, conflicts)


def _found(drafted: Draft, shown: Sequence[_Checked], certificate: SearchCertificate | None, today: date) -> Found:
    return Found(
        shown,
        today,
        dropped=len(drafted.claims) - len(shown),
        missing=len(drafted.missing),
        conflicts=len(drafted.disagreements),
        reason=drafted.reason,
        certificate=certificate,
    )


def _weighed(asked: Question, plans: Sequence[Plan], found: Found) -> tuple[tuple[Claim, ...], Confidence]:
    """Return the claims and the answer with their chances of being right."""
    features = answer_features(asked, plans, found)
    confidence = answer_confidence(features, answered=bool(found.claims))
    return _claims(found.claims, features), confidence


class Ground(NamedTuple):
    """What is known of a patient before the question is read."""

    chart: Sequence[ChartConcept]
    names: frozenset[str]
    person: Person


def ground_of(question: Question, engine: Engine) -> Ground | None:
    """Return what the chart of a question's scope names, and who the patient is; `None` without a patient.

    Raises:
        PatientNotFoundError: the store holds no such patient.
    """
    if question.patient_id is None:
        return None
    patient = engine.records.patient(question.patient_id)
    scope = Scope(patient_id=question.patient_id, as_of=question.as_of)
    person = person_of(engine.records.facts(scope, categories=(Category.DEMOGRAPHIC,)))
    return Ground(engine.records.concepts(scope), frozenset(forms(re.sub(r"\d", "", patient.name))), person)


def reader(known: Ground | None, engine: Engine, *, today: date) -> Read:
    """Return how questions are read: with the names that the chart and the patient have."""
    if known is None:
        return partial(understand, lexicon=engine.lexicon, chart=(), today=today)
    return partial(understand, lexicon=engine.lexicon, chart=known.chart, today=today, names=known.names, person=known.person)


def stand_alone(question: Question, read: Read) -> str:
    """Return the question's text as it reads without the turns before it."""
    turns = [turn.model_copy(update={"question": seen(turn.question), "answer": seen(turn.answer)}) for turn in question.earlier]
    return standing_alone(seen(question.text), turns, read=read)


def _understood(plans: Sequence[Plan]) -> dict[str, object]:
    """Return the plans as a receipt shows them: without the long lists of synonyms, which the certificate has."""
    long = {"targets": {"__all__": {"alternatives", "synonyms", "codes", "ids"}}}
    return {"parts": [plan.model_dump(mode="json", exclude=long, exclude_defaults=True) for plan in plans]}


def last_day(question: Question) -> date:
    """Return the last calendar day of what a question may see: today where it is open."""
    if question.as_of is None:
        return datetime.now(UTC).astimezone().date()
    return question.as_of.date() if isinstance(question.as_of, datetime) else question.as_of


def _moment(question: Question) -> datetime:
    """Return the moment that a question is asked at: the end of the day, where it is asked as of a day."""
    if isinstance(question.as_of, datetime):
        return question.as_of
    if question.as_of is not None:
        return datetime(question.as_of.year, question.as_of.month, question.as_of.day, 23, 59, 59, tzinfo=UTC)
    return datetime.now(UTC)


def _for_reader(checked: Sequence[_Checked], flags: Sequence[RedFlag], audience: Audience) -> list[_Checked]:
    """Leave out what recommends a treatment, where a patient tells of an emergency."""
    if audience is not Audience.PATIENT or not flags:
        return list(checked)
    return [(claim, verdict) for claim, verdict in checked if claim.kind is not ClaimKind.GUIDELINE]


def _supported(checked: Sequence[_Checked]) -> list[_Checked]:
    """Keep what passed every check; the rest is dropped and counted."""
    return [(claim, verdict) for claim, verdict in checked if verdict.outcome is Outcome.SUPPORTED]


def _claims(shown: Sequence[_Checked], features: Features) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            text=draft.text,
            kind=draft.kind,
            citations=draft.citations,
            verdict=verdict,
            confidence=confidence,
            computation=draft.computation,
        )
        for (draft, verdict), confidence in zip(shown, claim_confidences(features, shown), strict=True)
    )


def _conflicts(drafted: Draft, engine: Engine) -> tuple[Conflict, ...]:
    """Return the disagreements of which both sides pass every check."""
    checked = (
        each
        for each in drafted.disagreements
        if all(verify(side, engine.records).outcome is Outcome.SUPPORTED for side in (each.listed, each.told))
    )
    return tuple(Conflict(about=each.about, citations=(each.listed.citations[0], each.told.citations[0])) for each in checked)


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
