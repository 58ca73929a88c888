"""POST a question: JSON, or server-sent events for a reader who wants to see it work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import anyio.to_thread
import orjson
from chartcite.api.problems import OverloadedError, Problem, problem_of, problem_of_status
from chartcite.api.state import Shared, SharedState
from chartcite.api.wire import AnswerBody, QuestionBody, answer_to_wire, question_from
from chartcite.engine.ask import Observer, ask
from chartcite.engine.domain.answers import Claim, Question
from chartcite.engine.errors import ChartciteError
from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

router = APIRouter(tags=["ask"])
_LOG = logging.getLogger(__name__)
_EVENT_STREAM = "text/event-stream"
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "model": AnswerBody,
        "description": "The answer. With `Accept: text/event-stream`: events `stage`, `claim`, then `done` or `error`.",
        "content": {_EVENT_STREAM: {"schema": {"type": "string"}}},
    },
    404: {"model": Problem},
    422: {"model": Problem},
    503: {"model": Problem},
}
_END: tuple[str, object] = ("", None)


@router.post("/v1/patients/{patient_id}/ask", responses=_RESPONSES)
async def ask_about_patient(patient_id: str, body: QuestionBody, request: Request, shared: SharedState) -> Response:
    """Answer a question from one patient's chart."""
    return await _respond(body, patient_id, request, shared)


@router.post("/v1/ask", responses=_RESPONSES)
async def ask_guidelines(body: QuestionBody, request: Request, shared: SharedState) -> Response:
    """Answer a question from the guidelines."""
    return await _respond(body, None, request, shared)


async def _respond(body: QuestionBody, patient_id: str | None, request: Request, shared: Shared) -> Response:
    question = question_from(body, patient_id=patient_id, max_characters=shared.settings.max_question_characters)
    if shared.at_work >= shared.settings.max_waiting_questions:
        raise OverloadedError("too many questions are waiting: ask again in a moment")
    if _EVENT_STREAM in request.headers.get("accept", ""):
        return StreamingResponse(_events(question, body.id, shared), media_type=_EVENT_STREAM)
    answer = await _answer(question, body.id, shared, None)
    return Response(answer.model_dump_json(), media_type="application/json")


async def _answer(question: Question, id_: str | int | None, shared: Shared, observe: Observer | None) -> AnswerBody:
    def work() -> AnswerBody:
        return answer_to_wire(ask(question, engine=shared.slot.get(), observe=observe), id=id_)

    shared.at_work += 1
    try:
        return await anyio.to_thread.run_sync(work, limiter=shared.threads)
    finally:
        shared.at_work -= 1


async def _events(question: Question, id_: str | int | None, shared: Shared) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[str, object]] = asyncio.Queue()

    def observe(stage: str, details: dict[str, object]) -> None:
        claim = details.get("claim")
        event = ("claim", claim.model_dump(mode="json")) if isinstance(claim, Claim) else ("stage", {"stage": stage, **details})
        loop.call_soon_threadsafe(queue.put_nowait, event)

    async def work() -> None:
        try:
            answer = await _answer(question, id_, shared, observe)
            queue.put_nowait(("done", answer.model_dump(mode="json")))
        except ChartciteError as error:
            queue.put_nowait(("error", problem_of(error).model_dump()))
        except Exception as error:  # noqa: BLE001 -- the head is sent: an event is all that can still tell the reader
            _LOG.error("a question failed with %s", type(error).__name__)
            queue.put_nowait(("error", problem_of_status(500).model_dump()))
        finally:
            queue.put_nowait(_END)

    task = asyncio.create_task(work())
    try:
        while (event := await queue.get()) is not _END:
            yield f"event: {event[0]}\ndata: ".encode() + orjson.dumps(event[1], default=str) + b"\n\n"
    finally:
        task.cancel()
