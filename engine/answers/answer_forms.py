"""The three forms of an answer: claims, an abstention with what was searched, an abstention that an operator's limit asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.answering import Draft
from chartcite.engine.domain.answers import (
    Abstention,
    AbstentionBasis,
    AbstentionReason,
    Claim,
    Confidence,
    Conflict,
    Explanation,
    Missing,
    Question,
    Receipt,
    RedFlag,
    SearchCertificate,
    SupportedAnswer,
)
from chartcite.engine.registers import Register
from chartcite.engine.safety import advice

MOST_PLACES = 8
"""Sources that are named where an answer is held back."""


class Told(NamedTuple):
    """What every form of an answer carries."""

    question: Question
    read_as: str
    notice: str
    """How a model took part, where a reader must know it; empty: nothing."""
    confidence: Confidence
    red_flags: tuple[RedFlag, ...]
    beside: tuple[Claim, ...]
    register: Register
    receipt: Receipt

    @property
    def advice(self) -> str:
        """What a reader must be told before anything else; empty: nothing."""
        return advice(self.red_flags, self.question.audience)


def supported(
    told: Told,
    claims: tuple[Claim, ...],
    missing: tuple[Missing, ...],
    conflicts: tuple[Conflict, ...],
    explained: tuple[Explanation, ...] = (),
    /,
) -> SupportedAnswer:
    """Return an answer of checked claims, with what it leaves open."""
    return SupportedAnswer(
        question=told.question,
        read_as=told.read_as,
        notice=told.notice,
        text="\n".join([*filter(None, (told.advice,)), *told.register.lines(claims, missing, explained)]),
        claims=claims,
        confidence=told.confidence,
        conflicts=conflicts,
        missing=missing,
        red_flags=told.red_flags,
        beside=told.beside,
        explanations=explained,
        lead=told.register.lead,
        closing=told.register.closing(claims),
        receipt=told.receipt,
    )


def abstention(
    told: Told,
    drafted: Draft,
    certificate: SearchCertificate | None,
    conflicts: tuple[Conflict, ...],
    nearest: tuple[Claim, ...] = (),
    /,
) -> Abstention:
    """Return an abstention with its reason, what was searched, and what came nearest."""
    basis = AbstentionBasis(reason=drafted.reason, certificate=certificate)
    return Abstention(
        question=told.question,
        read_as=told.read_as,
        notice=told.notice,
        text="\n".join(filter(None, (told.advice, told.register.silence(drafted.silence, basis)))),
        basis=basis,
        confidence=told.confidence,
        conflicts=conflicts,
        missing=drafted.missing,
        red_flags=told.red_flags,
        beside=told.beside,
        lead=told.register.lead,
        nearest=nearest,
        receipt=told.receipt,
    )


def held_back(told: Told, claims: Sequence[Claim], /) -> Abstention:
    """Say that something was found which the operator's limit holds back, and where to look; tell nothing of what it says.

    Its confidence is that of the answer which is held back. Red flags and what stands beside an answer are shown all the same.
    """
    sources = [citation.source for claim in claims for citation in claim.citations]
    dated = [(each.title, (each.occurred_at or each.recorded_at or "")[:10]) for each in sources]
    places = [", ".join(filter(None, each)) for each in dict.fromkeys(dated)]
    more = f"; and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
    text = (
        "Something was found, and is held back: its chance of being right lies below the limit that is set here. "
        f"Where to look: {'; '.join(places[:MOST_PLACES])}{more}."
    )
    return Abstention(
        question=told.question,
        read_as=told.read_as,
        notice=told.notice,
        text="\n".join(filter(None, (told.advice, told.register.held_back(text, places[:MOST_PLACES])))),
        basis=AbstentionBasis(reason=AbstentionReason.LOW_CONFIDENCE),
        confidence=told.confidence,
        red_flags=told.red_flags,
        beside=told.beside,
        receipt=_without_words(told.receipt, len(claims)),
    )


def _without_words(receipt: Receipt, held: int) -> Receipt:
    """Leave out of a receipt what a model wrote: it may say what is held back."""
    writing = receipt.writing and receipt.writing.model_copy(update={"reviews": ()})
    return receipt.model_copy(update={"dropped_claims": receipt.dropped_claims + held, "writing": writing})
