"""POST a question: JSON, or server-sent events for a reader who wants to see it work."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import orjson
from chartcite.api.problems import OverloadedError, Problem, problem_of, problem_of_status
from chartcite.api.state import Shared, SharedState
from chartcite.api.wire import AnswerBody, QuestionBody, answer_to_wire, question_from
from chartcite.engine.ask import Observer
from chartcite.engine.domain.answers import Claim, Question, RedFlag
from chartcite.engine.errors import ChartciteError
from chartcite.engine.keeping import ask_and_keep, ask_with_model_and_keep
from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.requests import ClientDisconnect

router = APIRouter(tags=["ask"])
_LOG = logging.getLogger(__name__)
_EVENT_STREAM = "text/event-stream"
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "model": AnswerBody,
        "description": "The answer. With `Accept: text/event-stream`: events `stage`, `warning`, `claim`, `citation`,"
        " then `done` or `error`.",
        "content": {_EVENT_STREAM: {"schema": {"type": "string"}}},
    },
    404: {"model": Problem},
    422: {"model": Problem},
    503: {"model": Problem},
}
HEARTBEAT_SECONDS = 10.0
"""After so long without an event, a comment keeps the connection open."""
LOOK_SECONDS = 0.25
"""How often it is looked whether the reader is still there."""
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
    answer = await _unless_left(_answer(question, body.id, shared, None), request, shared)
    return Response(answer.model_dump_json(), media_type="application/json")


async def _answer(question: Question, id_: str | int | None, shared: Shared, observe: Observer | None) -> AnswerBody:
    def work() -> AnswerBody:
        answer = ask_and_keep(question, engine=shared.slot.get(), keeper=shared.keeper, observe=observe)
        return answer_to_wire(answer, id=id_)

    shared.at_work += 1
    try:
        if shared.writer is None:
            answered: AnswerBody = await shared.beside(work)
            return answered
        engine = await shared.beside(shared.slot.get)
        answer = await ask_with_model_and_keep(
            question, engine=engine, writer=shared.writer, keeper=shared.keeper, observe=observe, beside=shared.beside
        )
        return answer_to_wire(answer, id=id_)
    finally:
        shared.at_work -= 1


async def _unless_left(answering: Coroutine[Any, Any, AnswerBody], request: Request, shared: Shared) -> AnswerBody:
    """Wait for an answer; where a model writes it, end its work as soon as the reader has gone."""
    if shared.writer is None:
        return await answering
    task = asyncio.create_task(answering)
    try:
        while not (await asyncio.wait({task}, timeout=LOOK_SECONDS))[0]:
            if await request.is_disconnected():
                raise ClientDisconnect
        return await task
    finally:
        task.cancel()


async def _events(question: Question, id_: str | int | None, shared: Shared) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[str, object]] = asyncio.Queue()

    def observe(stage: str, details: dict[str, object]) -> None:
        for event in _told(stage, details):
            loop.call_soon_threadsafe(queue.put_nowait, event)

    async def work() -> None:
        try:
            answer = await _answer(question, id_, shared, observe)
            if answer.notice:
                await asyncio.sleep(0)  # what was told from threads is in the queue first
                queue.put_nowait(("warning", {"notice": answer.notice}))
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
        while (event := await _next(queue)) is not _END:
            yield b": at work\n\n" if event is None else _written(event)
    finally:
        task.cancel()


def _told(stage: str, details: dict[str, object]) -> list[tuple[str, object]]:
    """Return the events of what the engine tells: a claim comes with its citations, each an event."""
    claim, flag = details.get("claim"), details.get("red_flag")
    if isinstance(claim, Claim):
        cited = [("citation", {"claim": claim.text, "citation": one.model_dump(mode="json")}) for one in claim.citations]
        return [("claim", claim.model_dump(mode="json")), *cited]
    if isinstance(flag, RedFlag):
        return [("warning", {"red_flag": flag.model_dump(mode="json")})]
    return [("stage", {"stage": stage, **details})]


async def _next(queue: asyncio.Queue[tuple[str, object]]) -> tuple[str, object] | None:
    """Return the next event; `None`: a sign of life is due."""
    try:
        return await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
    except TimeoutError:
        return None


def _written(event: tuple[str, object]) -> bytes:
    return f"event: {event[0]}\ndata: ".encode() + orjson.dumps(event[1], default=str) + b"\n\n"
