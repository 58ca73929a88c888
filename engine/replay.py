"""USE CASE: a stored receipt is answered again, and compared with what was shown.

Over the same snapshot, with the same version and with what the language model wrote then, the answer is byte-identical but for
timings. Where the index, the version or the model is another one, the differences are told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial

from chartcite.engine.ask import Engine, ask
from chartcite.engine.domain.answers import Answer, ClaimReview
from chartcite.engine.domain.receipts import ShownClaim, StoredReceipt
from chartcite.engine.domain.replays import Change, ClaimChange, Difference, Replay, Sameness, VerdictChange
from chartcite.engine.drafting.generation import WritingPolicy
from chartcite.engine.drafting.recorded_writing import Played, RecordedGenerator, RecordedJudge
from chartcite.engine.drafting.writing_session import Beside, ModelWriter
from chartcite.engine.keeping import MadeWith, basis_of, quotes_of, stored_receipt
from chartcite.engine.writing import ask_with_model

RECORDED = "recorded"
NOBODY = "nobody"
_PATIENCE_SECONDS = 600.0
"""A replay of what was recorded waits for no model: a deadline that was kept then is kept by the record."""
_OF_BASIS = frozenset({"receipt.index", "receipt.generator"})


async def replay(
    kept: StoredReceipt,
    /,
    *,
    engine: Engine,
    made_with: MadeWith,
    writer: ModelWriter | None = None,
    beside: Beside = asyncio.to_thread,
) -> Replay:
    """Answer the question of a receipt again, as of the moment at which it was asked.

    Args:
        kept: the receipt.
        engine: the parts that answer now.
        made_with: version and what is loaded now.
        writer: another language model; `None`: what was recorded is written again, nothing where nothing was.
        beside: runs a function in a thread.

    Raises:
        PatientNotFoundError: the store no longer holds the patient.
    """
    generator, judge = _recorded(kept) if writer is None else (None, None)
    chosen = writer
    if generator is not None and kept.work is not None:
        policy = WritingPolicy.model_validate(kept.work.policy).model_copy(update={"seconds": _PATIENCE_SECONDS})
        chosen = ModelWriter(generator, policy, judge)
    if chosen is None:
        answer: Answer = await beside(partial(ask, kept.question, engine=engine))
    else:
        answer = await ask_with_model(kept.question, engine=engine, writer=chosen, beside=beside)
    now = stored_receipt(answer, basis_of(answer, made_with, engine.policy, embedding=engine.embedder.name))
    played = generator.played if generator is not None else Played()
    played = played._replace(unknown=played.unknown + judge.unknown) if judge is not None else played
    who = NOBODY if now.receipt.writing is None else (RECORDED if generator else now.basis.model or "a model that failed")
    found: Replay = await beside(partial(_compared, kept, now, answer, engine))
    return found.model_copy(update={"writer": who, "notes": tuple(_notes(kept, found, played))})


def _recorded(kept: StoredReceipt) -> tuple[RecordedGenerator | None, RecordedJudge | None]:
    """Return what writes, and judges, in the place of the model; `None`: none was asked, or it judged itself."""
    if kept.work is None or kept.receipt.writing is None:
        return None, None
    said = kept.work.entailments
    return RecordedGenerator(kept.work, kept.receipt.writing), RecordedJudge(said) if said is not None else None


def _compared(kept: StoredReceipt, now: StoredReceipt, answer: Answer, engine: Engine) -> Replay:
    parts = tuple(name for name in dict.fromkeys((*kept.parts, *now.parts)) if kept.parts.get(name) != now.parts.get(name))
    shown = [name for name in parts if not name.startswith("receipt.")]
    sameness = Sameness.IDENTICAL if not parts else Sameness.CHANGED if shown else Sameness.SAME_ANSWER
    then, today = kept.receipt.evidence, now.receipt.evidence
    gone = tuple(id_ for id_, quote in quotes_of(kept, engine.records).items() if quote is None)
    return Replay(
        receipt_id=kept.id,
        asked_at=kept.asked_at,
        question=kept.question.text,
        sameness=sameness,
        writer=NOBODY,
        basis=tuple(_differences(kept.basis.model_dump(), now.basis.model_dump())),
        parts=tuple(name for name in parts if name not in _OF_BASIS),
        claims=tuple(_claims(kept.claims, now.claims)),
        verdicts=tuple(_verdicts(_reviews(kept), _reviews(now))),
        plan=tuple(_differences(_read(kept), _read(now))),
        evidence_gone=gone,
        evidence_unused=tuple(id_ for id_ in then if id_ not in gone and id_ not in today),
        evidence_new=tuple(id_ for id_ in today if id_ not in then),
        answer=answer,
    )


def _notes(kept: StoredReceipt, found: Replay, played: Played) -> Iterator[str]:
    if found.sameness is not Sameness.IDENTICAL and not found.basis:
        yield "everything that is known to shape an answer is as it was, and it came out otherwise: report this as a defect"
    if played.nearly:
        yield "the evidence or the instructions are not those of then: what was recorded was read with the ids of now"
    if played.unknown:
        yield f"{played.unknown} times the model would be asked what it was not asked then: taken as not judged, or not written"
    if kept.receipt.writing is not None and found.answer.receipt.writing is None:
        yield "a model took part then; now the answer is made without one"


def _claims(then: Sequence[ShownClaim], now: Sequence[ShownClaim]) -> Iterator[ClaimChange]:
    left = list(then)
    for claim in now:
        before = next((each for each in left if each.text == claim.text), None)
        if before is None:
            yield ClaimChange(change=Change.NEW, text=claim.text)
            continue
        left.remove(before)
        differences = tuple(_differences(_told(before), _told(claim)))
        yield ClaimChange(change=Change.CHANGED if differences else Change.SAME, text=claim.text, differences=differences)
    for claim in left:
        yield ClaimChange(change=Change.GONE, text=claim.text)


def _told(claim: ShownClaim) -> dict[str, object]:
    return {
        "kind": claim.kind,
        "citations": ", ".join(claim.citations),
        "verdict": claim.outcome,
        "confidence": f"{claim.confidence:.4f}",
    }


def _reviews(one: StoredReceipt) -> list[ClaimReview]:
    return list(one.receipt.writing.reviews) if one.receipt.writing is not None else []


def _verdicts(then: Sequence[ClaimReview], now: Sequence[ClaimReview]) -> Iterator[VerdictChange]:
    """Yield the sentences of the model of which something else became, in the order of then."""
    for text in dict.fromkeys(each.claim.text for each in (*then, *now)):
        before, after = (", ".join(_fate(each) for each in side if each.claim.text == text) for side in (then, now))
        if before != after:
            yield VerdictChange(text=text, then=before, now=after)


def _fate(review: ClaimReview) -> str:
    return f"{review.fate} ({review.failed})" if review.failed else review.fate


def _differences(then: dict[str, object], now: dict[str, object]) -> Iterator[Difference]:
    for name in dict.fromkeys((*then, *now)):
        before, after = (str(side.get(name, "")) for side in (then, now))
        if before != after:
            yield Difference(what=name, then=before, now=after)


def _read(one: StoredReceipt) -> dict[str, object]:
    """Return how a question was read, without the numbers that the store gives to concepts."""
    return {path: leaf for path, leaf in _flat(one.receipt.plan).items() if ".concept_keys" not in path}


def _flat(value: object, place: str = "") -> dict[str, object]:
    """Return each leaf of a JSON value by its path."""
    if isinstance(value, dict):
        inner = [(f"{place}.{name}".lstrip("."), each) for name, each in value.items()]
    elif isinstance(value, list | tuple):
        inner = [(f"{place}[{number}]", each) for number, each in enumerate(value)]
    else:
        return {place: value}
    return {path: leaf for name, each in inner for path, leaf in _flat(each, name).items()}
