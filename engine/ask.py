"""USE CASE: a question becomes an answer whose every sentence is checked, or an abstention. Read this file first.

    question → understanding (plan) → retrieval (facts, passages) → facts / quoting (draft claims) → verification → answer

The scope of one patient and one moment is fixed before anything is read, and travels whole into every search.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import NamedTuple

from chartcite.engine.answering import Draft, draft_for_patient, draft_from_guidelines
from chartcite.engine.answers.answer_forms import Told, abstention, held_back, supported
from chartcite.engine.answers.focus import WRITTEN
from chartcite.engine.confidence.calibration import CALIBRATION
from chartcite.engine.confidence.confidence import Policy, answer_confidence, claim_confidences, confidence_of
from chartcite.engine.confidence.confidence_asked import said_by
from chartcite.engine.confidence.confidence_features import MOST_READ, Found, answer_features
from chartcite.engine.conversation import Read, standing_alone
from chartcite.engine.dates.periods import MONTHS
from chartcite.engine.dates.timed import days_of_chart
from chartcite.engine.domain.answers import (
    AbstentionReason,
    Answer,
    Audience,
    Claim,
    Confidence,
    Conflict,
    DraftClaim,
    Outcome,
    Question,
    Receipt,
    RedFlag,
    SearchCertificate,
    Verdict,
    WritingRecord,
)
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import Category
from chartcite.engine.errors import InvalidQuestionError
from chartcite.engine.findings.chart_look import ChartLook
from chartcite.engine.language.hostile import inert, seen
from chartcite.engine.language.terminology import Lexicon, forms
from chartcite.engine.ports import ChartConcept, Embedder, InPlace, Reader, RecordStore, VectorIndex
from chartcite.engine.questions.persons import Person, person_of
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import is_ordinary
from chartcite.engine.questions.read_again import meant_by, readings
from chartcite.engine.red_flags.omission_guard import beside
from chartcite.engine.red_flags.red_flags import hear
from chartcite.engine.registers import Register
from chartcite.engine.retrieval import Shelves
from chartcite.engine.safety import flags_of, red_flags
from chartcite.engine.understanding import understand
from chartcite.engine.verification import verify
from chartcite.engine.wording.plain_language import NO_GLOSSARY, Glossary
from pydantic.main import IncEx

GENERATOR = "evidence-only"
MOST_QUESTION_CHARACTERS = 2000


class Engine(NamedTuple):
    """The parts that answer questions, put together by the composition root."""

    records: RecordStore
    vectors: VectorIndex
    embedder: Embedder
    reader: Reader
    lexicon: Lexicon
    policy: Policy = Policy()
    """What the operator lets pass."""
    glossary: Glossary = NO_GLOSSARY

    @property
    def shelves(self) -> Shelves:
        """Where evidence is looked for, and what reads it."""
        return Shelves(self.records, self.vectors, self.embedder, self.reader)


Observer = Callable[[str, dict[str, object]], None]
"""Told of each stage as it begins: `planning`, `retrieving`, `writing`, `checking`; then of each `claim`."""


class Prepared(NamedTuple):
    """A question with everything that was found for it, drafted by code and checked: the evidence-only answer, not yet worded."""

    question: Question
    text: str
    """As it reads without the turns before it."""
    plans: Sequence[Plan]
    scope: Scope | None
    """`None`: it is asked of the guidelines."""
    drafted: Draft
    checked: Sequence[tuple[DraftClaim, Verdict]]
    look: ChartLook | None
    flags: tuple[RedFlag, ...]
    clock: Clock

    @property
    def supported(self) -> tuple[DraftClaim, ...]:
        """The drafts that passed every check."""
        return tuple(draft for draft, verdict in self.checked if verdict.outcome is Outcome.SUPPORTED)


def ask(question: Question, /, *, engine: Engine, observe: Observer | None = None) -> Answer:
    """Answer a question from one chart (or, without a patient, from the guidelines), without a language model.

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InvalidQuestionError: the question has no words, or its earlier turns are of another chart.
    """
    prepared = prepare(question, engine=engine, observe=observe)
    return conclude(prepared, checked_claims(prepared), engine=engine, observe=observe)


def prepare(question: Question, /, *, engine: Engine, observe: Observer | None = None) -> Prepared:
    """Read a question, find what answers it, draft by code, and check every draft.

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InvalidQuestionError: the question has no words, or its earlier turns are of another chart.
    """
    if not any(map(str.isalnum, seen(question.text))):
        raise InvalidQuestionError("the question has no words: ask in a sentence, such as “What was the last HbA1c?”")
    if any(turn.patient_id != question.patient_id for turn in question.earlier):
        raise InvalidQuestionError("the earlier turns are about another chart: begin a new conversation, with no earlier turns")
    tell = observe or _unobserved
    clock = Clock()
    tell("planning", {})
    known = ground_of(question, engine)
    read = reader(known, engine, today=last_day(question))
    text = stand_alone(question, read)
    asked = question.model_copy(update={"text": text})
    plans = read(text)
    clock.mark("planning")
    tell("retrieving", {"parts": len(plans)})
    scope, look = None, None
    if asked.patient_id is None or known is None:
        shelves = engine.shelves
        first = draft_from_guidelines(asked.text, plans, shelves, engine.lexicon)
        found = _Found(text, plans, first, _checked(first.claims, engine.records))
        flags = red_flags(asked.text, asked.audience, lexicon=engine.lexicon)
    else:
        scope = Scope(patient_id=asked.patient_id, as_of=asked.as_of)
        found = _found(asked, plans, read, engine, scope=scope)
        look = ChartLook(engine.records, engine.lexicon, scope, known.chart, _moment(question))
        flags = flags_of(hear(asked.text, engine.lexicon), asked.audience, look, known.person)
    clock.mark("retrieving_and_writing")
    for flag in flags:
        tell("warning", {"red_flag": flag})
    tell("checking", {"drafts": len(found.drafted.claims)})
    clock.mark("checking")
    return Prepared(question, found.text, found.plans, scope, found.drafted, found.checked, look, flags, clock)


class _Found(NamedTuple):
    """What one reading of a question found."""

    text: str
    plans: Sequence[Plan]
    drafted: Draft
    checked: Sequence[tuple[DraftClaim, Verdict]]

    @property
    def nothing(self) -> bool:
        """Whether the chart is silent of it, as it was read."""
        silent = self.drafted.reason in {AbstentionReason.NOT_DOCUMENTED, AbstentionReason.NOT_UNDERSTOOD}
        return silent and not any(verdict.outcome is Outcome.SUPPORTED for _, verdict in self.checked)


def _found(asked: Question, plans: Sequence[Plan], read: Read, engine: Engine, /, *, scope: Scope) -> _Found:
    """Draft and check an answer from one chart; where there is none, by the first other reading that gives one."""
    shelves, today = engine.shelves, last_day(asked)

    def by(text: str, plans: Sequence[Plan]) -> _Found:
        question = asked.model_copy(update={"text": text})
        plans = days_of_chart(plans, engine.records, scope=scope)
        drafted = draft_for_patient(question, plans, shelves, engine.lexicon, scope=scope, today=today)
        return _Found(text, plans, drafted, _checked(drafted.claims, engine.records))

    meant = meant_by(asked.text)
    changed = by(meant, read(meant)) if meant else None
    if changed is not None and _supported(changed.checked):
        return changed
    found = by(asked.text, plans)
    if not found.nothing:
        return found
    others = (by(text, read(text)) for text in readings(asked.text))
    return next((other for other in others if _supported(other.checked)), found)


def _checked(drafts: Sequence[DraftClaim], records: RecordStore) -> list[tuple[DraftClaim, Verdict]]:
    return [(claim, verify(claim, records)) for claim in drafts]


def checked_claims(prepared: Prepared, /) -> tuple[Claim, ...]:
    """Return what code drafted and the checks let pass, in the order of `Prepared.supported`."""
    return _supported(prepared.checked)


def conclude(
    prepared: Prepared,
    claims: Sequence[Claim],
    /,
    *,
    engine: Engine,
    observe: Observer | None = None,
    writing: WritingRecord | None = None,
) -> Answer:
    """Word the answer that checked claims make, with what stands before it and beside it.

    Args:
        prepared: the question with what was found.
        claims: what is shown, in this order; none: an abstention.
        engine: its parts.
        observe: told of each claim.
        writing: how a language model took part; `None`: it did not.
    """
    drafted = prepared.drafted
    audience = prepared.question.audience
    register = Register(audience, prepared.text, engine.lexicon, engine.glossary, engine.records, prepared.scope)
    emergency = bool(prepared.flags)
    drafted = drafted._replace(missing=register.left_open(drafted.missing, claims, emergency=emergency))
    shown = tuple(claim for claim in claims if register.keeps(claim, emergency=emergency))
    near = beside(prepared.text, shown, prepared.flags, prepared.look) if prepared.look is not None else ()
    shown, near = register.worded(shown), register.worded(near)
    prepared.clock.mark("safety")
    certificate = None if shown else drafted.certificate()
    prepared.clock.mark("certificate")
    shown, confidence = _weighed(prepared, shown, certificate, engine.reader, writing)
    prepared.clock.mark("confidence")
    read_as = prepared.text if prepared.text != seen(prepared.question.text) else ""
    receipt = _receipt(prepared, shown, engine, writing)
    told = Told(prepared.question, read_as, notice_of(writing), confidence, prepared.flags, near, register, receipt)
    if shown and engine.policy.holds_back(confidence):
        return held_back(told, shown)
    for claim in shown:
        (observe or _unobserved)("claim", {"claim": claim})
    conflicts = _conflicts(drafted, engine)
    if not shown:
        return abstention(told, drafted, certificate, conflicts, _nearest(prepared, engine))
    return supported(told, shown, drafted.missing, conflicts, register.explanations(prepared.plans))


def _nearest(prepared: Prepared, engine: Engine) -> tuple[Claim, ...]:
    """Return what of the chart comes nearest to what is asked, for professionals: a patient would take it for an answer."""
    drafted = prepared.drafted
    if drafted.reason is not AbstentionReason.NOT_DOCUMENTED or prepared.question.audience is Audience.PATIENT:
        return ()
    return _supported(_checked(drafted.nearest, engine.records))


def _weighed(
    prepared: Prepared,
    shown: Sequence[Claim],
    certificate: SearchCertificate | None,
    reader: Reader,
    writing: WritingRecord | None,
) -> tuple[tuple[Claim, ...], Confidence]:
    """Return the claims that are shown, and the answer that they make, with their chances of being right."""
    drafts = {draft.text: draft for draft in prepared.drafted.claims}
    checked = [(drafts.get(claim.text) or _drafted(claim), claim.verdict) for claim in shown]
    found = Found(
        checked,
        last_day(prepared.question),
        dropped=len(prepared.checked) - len(prepared.supported),
        missing=len(prepared.drafted.missing),
        conflicts=len(prepared.drafted.disagreements),
        reason=prepared.drafted.reason,
        certificate=certificate,
        drafts_agree=_drafts_agree(writing),
        looked=prepared.drafted.looked,
        read=reader.read(prepared.text, [InPlace(said_by(draft), before="", section="") for draft, _ in checked[:MOST_READ]]),
    )
    features = answer_features(prepared.question.model_copy(update={"text": prepared.text}), prepared.plans, found)
    sure = claim_confidences(features, checked)
    claims = tuple(claim.model_copy(update={"confidence": each}) for claim, each in zip(shown, sure, strict=True))
    return claims, answer_confidence(features, answered=bool(shown))


def _drafted(claim: Claim) -> DraftClaim:
    """Return a claim that a model wrote as one that was drafted."""
    return DraftClaim(text=claim.text, kind=claim.kind, citations=claim.citations, route=WRITTEN)


def _drafts_agree(writing: WritingRecord | None) -> float | None:
    """Return the mean share of a model's drafts that cite what its shown claims cite; `None`: nothing of a model is shown."""
    shown = [] if writing is None else [review.drafts_citing for review in writing.reviews if review.fate == "shown"]
    return None if writing is None or not shown else min(1.0, sum(shown) / (len(shown) * max(1, writing.drafts)))


def notice_of(writing: WritingRecord | None, /) -> str:
    """Say in a reader's words that a model was asked and did not help; empty: it helped, or was not asked."""
    if writing is None or any(each.fate == "shown" for each in writing.reviews):
        return ""
    if writing.failure:
        return f"Written without the model: {_FAILED.get(writing.failure, 'it failed')}."
    if writing.reviews and all(each.fate in {"beside_the_point", "elsewhere"} for each in writing.reviews):
        return "Written without the model: it added nothing to what is told here."
    if writing.answerable:
        return "Written without the model: nothing of what it wrote passed the checks."
    return "Written without the model: it found no answer in the evidence." if writing.drafts else ""


_FAILED = {
    "unavailable": "it cannot be reached",
    "busy": "it has no room now",
    "timeout": "it did not write in time",
    "garbled": "what it wrote has not the form that was asked for",
}


def _unobserved(_stage: str, _facts: dict[str, object]) -> None:
    """Tell nobody."""


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
    known = engine.records.facts(scope, categories=(Category.DEMOGRAPHIC,))
    person = person_of(known)
    called = [fact.value.shown for fact in known if fact.value is not None and fact.concept.text == "Nickname"]
    names = forms(re.sub(r"\d", "", " ".join((patient.name, *called))))
    cut = _short_for(names, engine.lexicon) | _called_in(question.text, names)
    return Ground(engine.records.concepts(scope), frozenset(names) | cut, person)


_SHORTEST_NAME = 4
_NICKNAME = 3
"""Letters of the shortest form of a first name: Cal, Ben, Deb."""


def _short_for(names: Sequence[str], lexicon: Lexicon) -> frozenset[str]:
    """Return how a long name may be cut short ("Curt" for Curtis), but for what is a word of its own."""
    cut = {name[:end] for name in names for end in range(_SHORTEST_NAME, len(name) - 1)}
    return frozenset(each for each in cut if not is_ordinary(each) and not lexicon.has_word(each))


def _called_in(text: str, names: Sequence[str]) -> frozenset[str]:
    """Return the shortest form of a name by which a question calls the patient, with a capital letter: "Cal" for Callum."""
    said = set(re.findall(rf"(?<![.?!] )(?<!^)\b[A-Z][a-z]{{{_NICKNAME - 1}}}\b", text))
    cut = {name[:_NICKNAME] for name in names if len(name) > _NICKNAME + 1}
    return frozenset(each for word in said for each in forms(word) if each in cut and each not in MONTHS)


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
    named = {"alternatives", "synonyms", "codes", "ids"}
    targets: IncEx = {"__all__": named}
    long: IncEx = {
        "targets": targets,
        "sources": {"topics": {"__all__": {"targets": targets}}},
        "comparison": {"sides": {"__all__": {"targets": targets, "untimed": True, "event_targets": True}}},
    }
    return {"parts": [plan.model_dump(mode="json", exclude=long, exclude_defaults=True) for plan in plans]}


def last_day(question: Question) -> date:
    """Return the last calendar day of what a question may see: the day that it is asked on, where it is open."""
    if question.as_of is None:
        return (question.asked_at or datetime.now(UTC).astimezone()).date()
    return question.as_of.date() if isinstance(question.as_of, datetime) else question.as_of


def _moment(question: Question) -> datetime:
    """Return the moment that a question is asked at: the end of the day, where it is asked as of a day."""
    if isinstance(question.as_of, datetime):
        return question.as_of
    if question.as_of is not None:
        return datetime(question.as_of.year, question.as_of.month, question.as_of.day, 23, 59, 59, tzinfo=UTC)
    return question.asked_at or datetime.now(UTC)


def _supported(checked: Sequence[tuple[DraftClaim, Verdict]]) -> tuple[Claim, ...]:
    """Keep what passed every check; the rest is dropped and counted."""
    return tuple(
        Claim(
            text=inert(draft.text),
            kind=draft.kind,
            citations=draft.citations,
            verdict=verdict,
            confidence=confidence_of(draft),
            computation=draft.computation,
        )
        for draft, verdict in checked
        if verdict.outcome is Outcome.SUPPORTED
    )


def _conflicts(drafted: Draft, engine: Engine) -> tuple[Conflict, ...]:
    """Return the disagreements of which every side passes every check."""
    checked = (
        each
        for each in drafted.disagreements
        if all(verify(side, engine.records).outcome is Outcome.SUPPORTED for side in each.sides)
    )
    return tuple(Conflict(about=each.about, citations=tuple(side.citations[0] for side in each.sides)) for each in checked)


class Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self.marks: dict[str, float] = {}

    def mark(self, stage: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self.marks[f"{stage}_ms"] = round((now - self._last) * 1000, 2)
        self._last = now

    def total(self) -> dict[str, float]:
        """Return the stages so far, and the whole."""
        return {**self.marks, "total_ms": round((time.perf_counter() - self._started) * 1000, 2)}


def _receipt(prepared: Prepared, shown: Sequence[Claim], engine: Engine, writing: WritingRecord | None) -> Receipt:
    snapshot = engine.records.snapshot()
    drafts = prepared.drafted.claims
    told = [*(draft.citations for draft in drafts), *(claim.citations for claim in shown)]
    evidence = tuple(dict.fromkeys(citation.id for citations in told for citation in citations))
    helped = writing is not None and any(each.fate == "shown" for each in writing.reviews)
    generator = writing.model if writing is not None and helped else GENERATOR
    # Without a model the same answer to the same question over the same snapshot has the same id; a model may write another.
    said = "\n".join(claim.text for claim in shown) or prepared.drafted.silence
    named = f"{prepared.question.model_dump_json(exclude={'id', 'asked_at'})}|{snapshot}|{generator}|{'|'.join(evidence)}|{said}"
    named += f"|{CALIBRATION}|{engine.policy.threshold}"
    dropped = 0 if writing is None else sum(review.fate == "dropped" for review in writing.reviews)
    return Receipt(
        id=hashlib.sha256(named.encode()).hexdigest()[:16] if writing is None else secrets.token_hex(8),
        index=snapshot,
        generator=generator,
        plan=_understood(prepared.plans),
        evidence=evidence,
        routes=_routes(prepared, shown),
        dropped_claims=len(drafts) - len(prepared.supported) + dropped,
        timings=prepared.clock.total(),
        writing=writing,
    )


def _routes(prepared: Prepared, shown: Sequence[Claim]) -> tuple[str, ...]:
    """Return how the claims were found: by the routes of what code drafted, and `written` where a model wrote one."""
    texts = {inert(draft.text) for draft in prepared.drafted.claims}
    told = {claim.text for claim in shown}
    by_model = () if told <= texts else (WRITTEN,)
    return tuple(dict.fromkeys((*by_model, *(draft.route for draft in prepared.drafted.claims))))
