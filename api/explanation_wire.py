"""The JSON of an explanation: the answer as every door gives it, and how it came about."""

from __future__ import annotations

from chartcite.api.wire import AnswerBody, Body, answer_to_wire
from chartcite.engine.domain.answers import SearchCertificate
from chartcite.engine.domain.explanations import Explanation, PartExplained
from pydantic import Field


class ExplanationBody(Body):
    """An answer with how the question was read, what was found, and why each piece of it was taken or dropped."""

    answer: AnswerBody
    filters: tuple[str, ...] = Field(description="What every search was bound to.")
    parts: tuple[PartExplained, ...]
    certificate: SearchCertificate | None = Field(description="What was searched in all; null: nothing was.")
    timings: dict[str, float] = Field(description="Milliseconds of each route, measured while explaining.")


def explanation_to_wire(explanation: Explanation, *, id: str | int | None = None) -> ExplanationBody:  # noqa: A002 -- the field's public name
    """Write an explanation in the public form."""
    return ExplanationBody(
        answer=answer_to_wire(explanation.answer, id=id),
        filters=explanation.filters,
        parts=explanation.parts,
        certificate=explanation.certificate,
        timings=explanation.timings,
    )
