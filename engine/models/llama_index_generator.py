"""Any LlamaIndex LLM as the generator. Loaded only by who has one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from chartcite.engine.errors import (
    GeneratorBusyError,
    GeneratorError,
    GeneratorGarbledError,
    GeneratorTimeoutError,
    GeneratorUnavailableError,
)
from chartcite.engine.models.fences import Unfenced
from chartcite.engine.models.generator_policy import FormStyle, GeneratorPolicy, told_in_words
from chartcite.engine.models.places import Places
from chartcite.engine.ports import GeneratorIdentity, WritingTask
from llama_index.core.base.llms.types import ChatMessage, ChatResponse
from llama_index.core.llms import LLM


class LlamaIndexGenerator:
    """Writes documents by an LLM that its owner made: where it sends them, and with which key, is the owner's choice.

    Its own retries and time-outs are best switched off (`max_retries=0`): the limits of the policy hold around them.
    """

    def __init__(self, llm: LLM, *, form_style: FormStyle = FormStyle.NONE, policy: GeneratorPolicy | None = None) -> None:
        """Nothing is asked of the LLM yet.

        Args:
            llm: the LLM.
            form_style: `NONE`: the form is told in words, and the call has no arguments; the others pass those of the OpenAI
                protocol (`response_format`, `max_tokens`, `temperature`, `seed`) on, for an LLM that takes them.
            policy: limits.
        """
        self._llm = llm
        self._form_style = form_style
        self._policy = policy or GeneratorPolicy()
        self._places = Places(most_at_once=self._policy.most_at_once, most_waiting=self._policy.most_waiting)

    async def identity(self) -> GeneratorIdentity:
        """Say which model writes, as the LLM calls it."""
        return GeneratorIdentity(self._llm.metadata.model_name, server=f"LlamaIndex {self._llm.class_name()}")

    async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
        """Yield the document piece by piece. Closing the iterator closes the stream of the LLM.

        Raises:
            GeneratorUnavailableError: the LLM fails before its first words.
            GeneratorBusyError: its server has no room, or too many of our own tasks wait.
            GeneratorTimeoutError: no first words, a stall, or past the deadline.
            GeneratorGarbledError: cut, too long, or empty.
        """
        ends = time.monotonic() + min(task.seconds, self._policy.document_seconds)
        async with self._places.place(seconds=_left(ends)):
            due = min(ends, time.monotonic() + self._policy.first_piece_seconds)
            stream = await self._open(task, due)
            try:
                left = self._policy.most_characters
                fences = Unfenced()
                while (piece := await self._next(stream, due, has_words=left < self._policy.most_characters)) is not None:
                    left -= len(piece)
                    if left < 0:
                        raise GeneratorGarbledError("the language model writes more than is read: ask for less")
                    if certain := fences.take(piece):
                        yield certain
                    due = min(ends, time.monotonic() + self._policy.stall_seconds)
                if rest := fences.rest():
                    yield rest
            finally:
                if isinstance(stream, AsyncGenerator):
                    await stream.aclose()

    async def _open(self, task: WritingTask, due: float) -> AsyncIterator[ChatResponse]:
        arguments, messages = self._arguments(task), list(task.messages)
        if self._form_style is not FormStyle.JSON_SCHEMA:
            messages = told_in_words(messages, task.form)
        told = [ChatMessage(role=each.role, content=each.content) for each in messages]
        try:
            async with asyncio.timeout(_left(due)):
                return await self._llm.astream_chat(told, **arguments)
        except TimeoutError:
            raise _late() from None
        except Exception as error:  # noqa: BLE001 -- every LLM has errors of its own
            raise _failed(error, has_words=False) from None

    def _arguments(self, task: WritingTask) -> dict[str, Any]:
        if self._form_style is FormStyle.NONE:
            return {}
        schema = {"name": task.form_name, "schema": dict(task.form), "strict": True}
        guided = self._form_style is FormStyle.JSON_SCHEMA
        form = {"type": "json_schema", "json_schema": schema} if guided else {"type": "json_object"}
        most_tokens = min(task.most_tokens, self._policy.most_tokens)
        return {"response_format": form, "max_tokens": most_tokens, "temperature": task.temperature, "seed": task.seed}

    async def _next(self, stream: AsyncIterator[ChatResponse], due: float, *, has_words: bool) -> str | None:
        """Return the next words; `None`: the document is at its end."""
        try:
            async with asyncio.timeout(_left(due)):
                async for response in stream:
                    if response.delta:
                        return response.delta
        except TimeoutError:
            raise _late() from None
        except Exception as error:  # noqa: BLE001 -- every LLM has errors of its own
            raise _failed(error, has_words=has_words) from None
        if not has_words:
            raise GeneratorGarbledError("the language model ended without a document: try it outside of chartcite")
        return None


def _late() -> GeneratorTimeoutError:
    return GeneratorTimeoutError("the language model does not write in time: a smaller one, or more time")


def _failed(error: Exception, *, has_words: bool) -> GeneratorError:
    """Return what a failure of the LLM means. Its message is not shown: it may hold what was sent."""
    kind = type(error).__name__
    if getattr(error, "status_code", None) in {429, 503}:
        return GeneratorBusyError(f"the language model has no room now ({kind}): ask again in a moment")
    if has_words:
        return GeneratorGarbledError(f"the language model's answer broke off ({kind})")
    return GeneratorUnavailableError(f"the language model cannot be reached ({kind}): try it outside of chartcite")


def _left(until: float) -> float:
    return max(0.0, until - time.monotonic())
