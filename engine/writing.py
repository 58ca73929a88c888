"""USE CASE: a question is answered with a language model, which writes; nothing of it is shown before code has checked it.

    question → ask.prepare (the evidence-only answer) → writing_session (sheet, drafts, review, judge) → ask.conclude

The evidence-only answer is there before the model is asked, and stays: what passes the checks stands before it; what the model
fails to do leaves it as it was, and the receipt says why.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from chartcite.engine.answers.focus import QUOTES
from chartcite.engine.ask import Engine, Observer, Prepared, checked_claims, conclude, prepare
from chartcite.engine.domain.answers import AbstentionReason, Answer, Audience, Claim, ClaimKind, Question
from chartcite.engine.drafting.generation import WritingPolicy
from chartcite.engine.drafting.joining import compares, sums_up
from chartcite.engine.drafting.writing_session import Beside, ModelWriter, WritingSession
from chartcite.engine.questions.question_words import Intent

NARRATIVE = frozenset({Intent.REASON})
"""Intents that notes answer even where tables tell something."""


async def ask_with_model(
    question: Question,
    /,
    *,
    engine: Engine,
    writer: ModelWriter,
    observe: Observer | None = None,
    beside: Beside = asyncio.to_thread,
) -> Answer:
    """Answer a question, with a language model where it can help. Cancelling the call cancels the model's work.

    A model that is away, late or garbled is no error: the answer is then made without it, and its receipt says why.

    Args:
        question: as it was asked.
        engine: the parts that answer.
        writer: the model, and how it is asked.
        observe: told of each stage, and of each claim as soon as it is verified.
        beside: runs a function in a thread, beside the event loop.

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InvalidQuestionError: the question has no words, or its earlier turns are of another chart.
    """
    prepared: Prepared = await beside(partial(prepare, question, engine=engine, observe=observe))
    if not wants_model(prepared, writer.policy):
        by_code: Answer = await beside(partial(conclude, prepared, checked_claims(prepared), engine=engine, observe=observe))
        return by_code
    may_hold_back = engine.policy.threshold > 0  # then no claim leaves before the whole answer is weighed
    session = WritingSession(prepared, engine, writer, _without_claims(observe) if may_hold_back else observe, beside)
    await session.write()
    prepared.clock.mark("model")
    told = set() if may_hold_back else {claim.text for claim in session.shown}

    def tell(stage: str, details: dict[str, object]) -> None:
        claim = details.get("claim")
        if observe is not None and not (isinstance(claim, Claim) and claim.text in told):
            observe(stage, details)

    claims = combine(session.shown, prepared)
    answer: Answer = await beside(partial(conclude, prepared, claims, engine=engine, observe=tell, writing=session.record()))
    held_back = answer.kind == "abstained" and answer.basis.reason is AbstentionReason.LOW_CONFIDENCE
    if held_back or not session.conflicts:
        return answer
    return answer.model_copy(update={"conflicts": (*answer.conflicts, *session.conflicts)})


def _without_claims(observe: Observer | None) -> Observer:
    """Return an observer that is told of stages only."""

    def tell(stage: str, details: dict[str, object]) -> None:
        if observe is not None and "claim" not in details:
            observe(stage, details)

    return tell


def wants_model(prepared: Prepared, policy: WritingPolicy, /) -> bool:
    """Say whether a model may help: where notes answer, a reason is asked, or a story or a comparison.

    What tables answer is computed by code, and stays as it is, in summaries and comparisons too. An emergency that a patient
    tells of is answered by fixed words.
    """
    if prepared.scope is None or (prepared.flags and prepared.question.audience is Audience.PATIENT):
        return False
    drafts = prepared.supported
    if not drafts:
        return policy.answers_silence and prepared.drafted.reason is AbstentionReason.NOT_DOCUMENTED
    if any(draft.kind is ClaimKind.GUIDELINE for draft in drafts):
        return False
    if any(sums_up(plan) or compares(plan) for plan in prepared.plans):
        return True
    if any(draft.computation is not None for draft in drafts):
        return False
    return any(draft.route in QUOTES for draft in drafts) or any(plan.intent in NARRATIVE for plan in prepared.plans)


def combine(shown: Sequence[Claim], prepared: Prepared, /) -> list[Claim]:
    """Return the model's claims, then what code drafted, without the quotes that the model's claims cite already."""
    cited = {_place(claim, number) for claim in shown for number in range(len(claim.citations))}
    kept = [
        claim
        for draft, claim in zip(prepared.supported, checked_claims(prepared), strict=True)
        if not (draft.route in QUOTES and {_place(claim, number) for number in range(len(claim.citations))} <= cited)
    ]
    known = {claim.text for claim in kept}
    return [*(claim for claim in shown if claim.text not in known), *kept]


def _place(claim: Claim, number: int) -> tuple[str, str, int]:
    """Return where one of a claim's citations begins."""
    citation = claim.citations[number]
    return citation.source.resource, citation.source.path, citation.start
