"""Generator on any server that speaks the OpenAI protocol: vLLM first, llama.cpp, Ollama, hosted ones. The only `openai` import.

Every way in which such a server fails becomes one of the four errors of the port, in time. What was sent and what came is in no
error and no log.

Protocol: https://platform.openai.com/docs/api-reference/chat-streaming. `cache_salt` and `/version`: vLLM's documentation of its
OpenAI-compatible server.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import httpx
import openai
import openai.resources.chat  # loaded now: by itself it would load within the deadline of the first document
from chartcite.engine.errors import (
    GeneratorError,
    GeneratorGarbledError,
    GeneratorTimeoutError,
    GeneratorUnavailableError,
)
from chartcite.engine.models.document_reading import NOT_THE_PROTOCOL, TOO_LARGE, Reading
from chartcite.engine.models.fences import Unfenced
from chartcite.engine.models.generator_policy import FormStyle, GeneratorPolicy, ServerKind, told_in_words
from chartcite.engine.models.one_server import OneServer, TooLargeError, origin_of
from chartcite.engine.models.places import Places
from chartcite.engine.models.server_facts import ServerFacts, ask_who, refused
from chartcite.engine.ports import GeneratorIdentity, WritingTask
from openai.types.chat import ChatCompletionChunk

_STREAM_TYPE = "text/event-stream"
_BROKE_OFF = "the language model's answer broke off: look at the server's log"
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)
"""What libraries raise on an answer that is not of the protocol; JSON and UTF-8 errors are `ValueError`."""
_FAILURES = (openai.OpenAIError, httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, httpx.CookieConflict, *_UNREADABLE)


class OpenAiGenerator:
    """Writes documents by one server. Safe to share between threads and event loops: each request has a connection of its own."""

    def __init__(
        self,
        url: str,
        *,
        model: str = "",
        key: str = "",
        form_style: FormStyle = FormStyle.JSON_SCHEMA,
        server_kind: ServerKind = ServerKind.AUTO,
        policy: GeneratorPolicy | None = None,
    ) -> None:
        """Nothing is asked of the server yet.

        Args:
            url: base address, `http://127.0.0.1:8000/v1`; without a path, `/v1` is meant.
            model: name by which it is served; empty: the only one that the server lists.
            key: sent as a bearer token; empty: none is.
            form_style: how the server is told the form.
            server_kind: what the server is.
            policy: limits.
        """
        address = httpx.URL(url)
        self._base = address.copy_with(path=address.path.rstrip("/") or "/v1")
        self._model = model
        self._key = key
        self._form_style = form_style
        self._server_kind = server_kind
        self._policy = policy or GeneratorPolicy()
        self._tls = httpx.create_ssl_context()
        self._places = Places(most_at_once=self._policy.most_at_once, most_waiting=self._policy.most_waiting)
        self._known: tuple[float, ServerFacts] | None = None
        _silence()

    def __repr__(self) -> str:
        return f"OpenAiGenerator({str(self._base)!r}, model={self._model!r})"

    async def identity(self) -> GeneratorIdentity:
        """Say which model writes; asked anew after `identity_fresh_seconds`.

        Raises:
            GeneratorError: the server does not say.
        """
        server = await self._server()
        name = server.named(self._model)
        return GeneratorIdentity(model=name, server=" ".join(filter(None, (server.owner(name), server.version))))

    async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
        """Yield the document piece by piece. Closing the iterator closes the connection, by which servers stop writing.

        Raises:
            GeneratorUnavailableError: no connection; the key, the model or the address is refused; the server fails.
            GeneratorBusyError: 429, 503, or too many of our own tasks.
            GeneratorTimeoutError: no first words, a stall, or past the deadline.
            GeneratorGarbledError: not the protocol, cut, too long, refused, or empty.
        """
        ends = time.monotonic() + min(task.seconds, self._policy.document_seconds)
        async with self._places.place(seconds=_left(ends)), self._connected() as connection:
            due = min(ends, time.monotonic() + self._policy.first_piece_seconds)
            stream = await self._open(connection, task, due)
            reading = Reading(self._policy.most_characters)
            fences = Unfenced() if self._form_style is not FormStyle.JSON_SCHEMA else None
            while not reading.is_whole:
                piece = await _next_piece(stream, reading, due)
                if certain := fences.take(piece) if fences else piece:
                    yield certain
                due = min(ends, time.monotonic() + self._policy.stall_seconds)
            if fences and (rest := fences.rest()):
                yield rest

    async def _open(self, connection: _Connection, task: WritingTask, due: float) -> openai.AsyncStream[ChatCompletionChunk]:
        """Send the request; once again where nothing was lost by the first."""
        try:
            async with asyncio.timeout(_left(due)):
                request = await self._request(task)
                try:
                    return await self._send(connection, request)
                except _FAILURES as error:
                    pause = self._pause_before_retry(error)
                    if pause is None or pause >= _left(due):
                        raise _opening_failed(error) from None
                await asyncio.sleep(pause)
                try:
                    return await self._send(connection, request)
                except _FAILURES as error:
                    raise _opening_failed(error) from None
        except TimeoutError:
            raise GeneratorTimeoutError("the language model does not begin in time: is it too large for its machine?") from None

    async def _send(self, connection: _Connection, request: dict[str, Any]) -> openai.AsyncStream[ChatCompletionChunk]:
        stream: openai.AsyncStream[ChatCompletionChunk] = await connection.client.chat.completions.create(**request)
        if not stream.response.headers.get("content-type", "").lower().startswith(_STREAM_TYPE):
            raise GeneratorGarbledError(NOT_THE_PROTOCOL)
        return stream

    async def _request(self, task: WritingTask) -> dict[str, Any]:
        needs_server = not self._model or (task.salt and self._server_kind is ServerKind.AUTO)
        server = await self._server() if needs_server else None
        is_vllm = (server.kind if server else self._server_kind) is ServerKind.VLLM
        messages = list(task.messages)
        if self._form_style is not FormStyle.JSON_SCHEMA:
            messages = told_in_words(messages, task.form)
        request: dict[str, Any] = {
            "model": server.named(self._model) if server else self._model,
            "messages": [{"role": each.role, "content": each.content} for each in messages],
            "max_tokens": min(task.most_tokens, self._policy.most_tokens),
            "temperature": task.temperature,
            "seed": task.seed,
            "n": 1,
            "stream": True,
        }
        if self._form_style is FormStyle.JSON_SCHEMA:
            schema = {"name": task.form_name, "schema": dict(task.form), "strict": True}
            request["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self._form_style is FormStyle.JSON_OBJECT:
            request["response_format"] = {"type": "json_object"}
        if task.salt and is_vllm:
            request["extra_body"] = {"cache_salt": task.salt}
        return request

    def _pause_before_retry(self, error: Exception) -> float | None:
        """Return the seconds after which to ask once more; `None`: that would not help."""
        if isinstance(error, openai.APIConnectionError) and isinstance(error.__cause__, httpx.ConnectError):
            return self._policy.retry_pause_seconds
        if isinstance(error, openai.APIStatusError) and error.status_code in {429, 503}:
            return _seconds(error.response.headers.get("retry-after", ""))
        return None

    async def _server(self) -> ServerFacts:
        """Return what the server says of itself, from memory while that is fresh."""
        if self._known and time.monotonic() - self._known[0] < self._policy.identity_fresh_seconds:
            return self._known[1]
        try:
            async with asyncio.timeout(self._policy.identity_seconds), self._connected() as connection:
                server = await ask_who(connection.http, self._base, kind=self._server_kind, may_hide_models=bool(self._model))
        except TimeoutError:
            raise GeneratorTimeoutError("the language model's server does not say in time which models it has") from None
        except _FAILURES as error:
            raise _opening_failed(error) from None
        self._known = (time.monotonic(), server)
        return server

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[_Connection]:
        transport = OneServer(origin_of(self._base), key=self._key, most_bytes=self._policy.most_bytes, tls=self._tls)
        async with httpx.AsyncClient(transport=transport, trust_env=False, follow_redirects=False, timeout=None) as http:  # noqa: S113 -- `asyncio.timeout` keeps all deadlines
            # The key is in the transport only; the one given here is never sent.
            client = openai.AsyncOpenAI(base_url=str(self._base), api_key="-", max_retries=0, timeout=None, http_client=http)
            yield _Connection(http, client)


class _Connection(NamedTuple):
    http: httpx.AsyncClient
    client: openai.AsyncOpenAI


async def _next_piece(stream: openai.AsyncStream[ChatCompletionChunk], reading: Reading, due: float) -> str:
    """Return the next words, or nothing where the document ends.

    Raises:
        GeneratorError: too late, broken off, or not the protocol.
    """
    try:
        async with asyncio.timeout(_left(due)):
            while not reading.is_whole:
                try:
                    words = reading.take(await anext(stream))
                except StopAsyncIteration:
                    raise GeneratorGarbledError(_BROKE_OFF) from None
                if words:
                    return words
    except TimeoutError:
        raise GeneratorTimeoutError("the language model did not go on in time: a smaller model, or more time") from None
    except _FAILURES as error:
        raise _reading_failed(error) from None
    return ""


def _opening_failed(error: Exception) -> GeneratorError:
    """Return what a failure means before the first words came."""
    if isinstance(error, openai.APIStatusError):
        return refused(error.status_code)
    cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
    if isinstance(error, openai.APITimeoutError) or isinstance(cause, httpx.TimeoutException):
        return GeneratorTimeoutError("the language model's server does not answer in time")
    if isinstance(cause, TooLargeError):
        return GeneratorGarbledError(TOO_LARGE)
    if isinstance(error, openai.APIConnectionError) or isinstance(cause, httpx.TransportError):
        return GeneratorUnavailableError("the language model's server does not answer: does it run at CHARTCITE_GENERATOR_URL?")
    return GeneratorGarbledError(NOT_THE_PROTOCOL)


def _reading_failed(error: Exception) -> GeneratorError:
    """Return what a failure means while the document came."""
    if isinstance(error, TooLargeError):
        return GeneratorGarbledError(TOO_LARGE)
    if isinstance(error, (openai.APITimeoutError, httpx.TimeoutException)):
        return GeneratorTimeoutError("the language model did not go on in time")
    if isinstance(error, (httpx.TransportError, openai.APIConnectionError)):
        return GeneratorGarbledError(_BROKE_OFF)
    if type(error) is openai.APIError:  # the server says within the stream that it failed
        return GeneratorGarbledError(_BROKE_OFF)
    return GeneratorGarbledError(NOT_THE_PROTOCOL)


def _seconds(retry_after: str) -> float | None:
    """Return the seconds of `Retry-After`; `None` where it says none (a date is not waited for)."""
    return float(retry_after) if retry_after.strip().isdecimal() and len(retry_after) < 10 else None


def _left(until: float) -> float:
    """Return the seconds until a moment of `time.monotonic`."""
    return max(0.0, until - time.monotonic())


def _silence() -> None:
    """Keep the library from logging requests, which hold record text, whatever level is set."""
    for name in ("openai", "openai._base_client"):
        logging.getLogger(name).setLevel(logging.WARNING)
