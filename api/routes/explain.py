"""POST a question to learn how it was read, what was found, and why the answer is what it is."""

from __future__ import annotations

from typing import Annotated, Any

import anyio.to_thread
from chartcite.api.explanation_wire import ExplanationBody, explanation_to_wire
from chartcite.api.problems import OverloadedError, Problem
from chartcite.api.state import SharedState
from chartcite.api.wire import QuestionBody, question_from
from chartcite.engine.explain import explain
from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"model": ExplanationBody},
    **{code: {"model": Problem} for code in (404, 422, 503)},
}
router = APIRouter(tags=["explain"])


class ExplainBody(QuestionBody):
    """A question about one chart."""

    patient_id: Annotated[str, Field(min_length=1, max_length=200, description="Whose chart.")]


@router.post("/v1/explain", responses=_RESPONSES)
async def explain_question(body: ExplainBody, shared: SharedState) -> Response:
    """Answer a question from one chart, and say how the answer came about."""
    question = question_from(body, patient_id=body.patient_id, max_characters=shared.settings.max_question_characters)
    if shared.at_work >= shared.settings.max_waiting_questions:
        raise OverloadedError("too many questions are waiting: ask again in a moment")

    def work() -> ExplanationBody:
        return explanation_to_wire(explain(question, engine=shared.slot.get()), id=body.id)

    shared.at_work += 1
    try:
        explained = await anyio.to_thread.run_sync(work, limiter=shared.threads)
    finally:
        shared.at_work -= 1
    return Response(explained.model_dump_json(), media_type="application/json")
