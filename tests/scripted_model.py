"""An OpenAI-compatible server on loopback that answers each request by a script: properly, late, never, or wrongly."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from chartcite.engine.ports import Generator, Message, WritingTask

STREAM = "text/event-stream; charset=utf-8"
Part = bytes | float
"""Bytes to send, or seconds to wait before what follows."""


@dataclass(frozen=True)
class SeenRequest:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def messages(self) -> tuple[Message, ...]:
        return tuple(Message(each["role"], each["content"]) for each in self.body.get("messages", ()))

    @property
    def schema(self) -> dict[str, Any]:
        """JSON Schema for guided decoding; empty: none was given."""
        schema: dict[str, Any] = self.body.get("response_format", {}).get("json_schema", {}).get("schema", {})
        return schema

    @property
    def task(self) -> WritingTask:
        """What is asked for, as the port says it."""
        form = self.body.get("response_format", {}).get("json_schema", {"schema": {}, "name": "none"})
        return WritingTask(
            messages=self.messages,
            form=form["schema"],
            form_name=form["name"],
            most_tokens=self.body["max_tokens"],
            seconds=60.0,
            seed=self.body["seed"],
            temperature=self.body["temperature"],
            salt=self.body.get("cache_salt", ""),
        )


@dataclass(frozen=True)
class Reply:
    """What the server sends. `parts` may be endless, or awaited."""

    parts: Iterable[Part] | AsyncIterator[Part] = ()
    status: int = 200
    content_type: str = STREAM
    headers: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False
    """The connection falls instead of ending."""
    raw: bytes = b""
    """Sent as it is in place of an HTTP answer."""


Script = Callable[[SeenRequest], Reply]


def chunk(content: str | None = None, *, finish: str | None = None, **delta: object) -> bytes:
    """An event of a stream."""
    choice = {"index": 0, "delta": {**({} if content is None else {"content": content}), **delta}, "finish_reason": finish}
    return event({"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "small", "choices": [choice]})


def event(data: object) -> bytes:
    return b"data: " + json.dumps(data).encode() + b"\n\n"


DONE = b"data: [DONE]\n\n"


def written(document: str, *, pieces: int = 4, first_seconds: float = 0.0, gap_seconds: float = 0.0) -> Reply:
    """A document, properly streamed in so many pieces."""
    size = max(1, -(-len(document) // pieces))
    cut = [document[at : at + size] for at in range(0, len(document), size)]
    parts: list[Part] = [first_seconds, chunk(role="assistant", content="")]
    for piece in cut:
        parts += [chunk(piece), gap_seconds]
    return Reply([*parts, chunk(finish="stop"), DONE])


def begun(*after: Part, is_cut: bool = False) -> Reply:
    """A stream that begins well and goes on as told."""
    return Reply([chunk(role="assistant", content=""), chunk('{"answerable": '), *after], is_cut=is_cut)


def endless(piece: str = " ") -> Reply:
    """A document without end."""

    def parts() -> Iterator[Part]:
        while True:
            yield chunk(piece)

    return Reply(parts())


def huge_line(size: int) -> Reply:
    """One line without end, or nearly."""
    return Reply(part for part in (b"data: ", *([b"x" * 65_536] * (size // 65_536))))


def refused(status: int, *, body: object = None, **headers: str) -> Reply:
    """An HTTP error; `retry_after="1"` becomes `Retry-After: 1`."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    content = json.dumps(body if body is not None else {"error": {"message": "no", "code": status}}).encode()
    return Reply([content], status=status, content_type="application/json", headers=named)


def not_streamed(document: str) -> Reply:
    """A whole answer in one JSON object, though a stream was asked for."""
    message = {"role": "assistant", "content": document}
    body = {"id": "c1", "object": "chat.completion", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
    return Reply([json.dumps(body).encode()], content_type="application/json")


def in_turn(*replies: Reply) -> Script:
    """Each request gets the next reply; the last one is given again and again."""
    left = list(replies)
    return lambda _request: left.pop(0) if len(left) > 1 else left[0]


def by(generator: Generator) -> Script:
    """Let a generator that needs no server write the documents."""

    def script(request: SeenRequest) -> Reply:
        async def parts() -> AsyncIterator[Part]:
            yield chunk(role="assistant", content="")
            async for piece in generator.write(request.task):
                yield chunk(piece)
            yield chunk(finish="stop")
            yield DONE

        return Reply(parts())

    return script


class ScriptedModel:
    """The server, and what it saw."""

    def __init__(self, script: Script, *, models: Sequence[Mapping[str, object]], version: str, key: str) -> None:
        self.script = script
        self.models = list(models)
        self.version = version
        self.key = key
        self.port = 0
        self.requests: list[SeenRequest] = []
        """Those for documents."""
        self.asked: list[str] = []
        """Paths of all others."""
        self.at_work = 0
        self.most_at_work = 0
        self.left = 0
        """Clients that went away before their answer ended: before `DONE` was sent, or the last part where there is none."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def wait_until(self, holds: Callable[[], bool], *, seconds: float = 5.0) -> bool:
        """Wait for something that happens in the server's thread."""
        ends = time.monotonic() + seconds
        while not holds() and time.monotonic() < ends:
            time.sleep(0.005)
        return holds()

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection: one request."""
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                request = await _read(reader)
                reply = self._reply(request)
                counted = request.path.endswith("/chat/completions")
                self.at_work += counted
                self.most_at_work = max(self.most_at_work, self.at_work)
                try:
                    await self._send(reply, reader, writer)
                finally:
                    self.at_work -= counted
        finally:  # also when the server is stopped meanwhile
            with suppress(ConnectionError):
                writer.close()

    async def _send(self, reply: Reply, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ended = asyncio.Event()
        sending = asyncio.ensure_future(_send(reply, writer, ended))
        leaving = asyncio.ensure_future(reader.read(1))
        await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.is_set():
            self.left += 1
        for each in (sending, leaving):
            each.cancel()
        await asyncio.gather(sending, leaving, return_exceptions=True)

    def _reply(self, request: SeenRequest) -> Reply:
        if self.key and request.headers.get("authorization") != f"Bearer {self.key}":
            return refused(401)
        if request.method == "POST" and request.path.endswith("/chat/completions"):
            self.requests.append(request)
            return self.script(request)
        self.asked.append(request.path)
        if request.path == "/v1/models":
            return Reply([json.dumps({"object": "list", "data": self.models}).encode()], content_type="application/json")
        if request.path == "/version" and self.version:
            return Reply([json.dumps({"version": self.version}).encode()], content_type="application/json")
        return refused(404)


async def _read(reader: asyncio.StreamReader) -> SeenRequest:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    content = await reader.readexactly(int(headers.get("content-length", 0)))
    return SeenRequest(method, path, headers, json.loads(content) if content else {})


async def _send(reply: Reply, writer: asyncio.StreamWriter, ended: asyncio.Event) -> None:
    if reply.raw:
        writer.write(reply.raw)
        await writer.drain()
        ended.set()
        return
    named = {"Content-Type": reply.content_type, "Transfer-Encoding": "chunked", "Connection": "close", **reply.headers}
    head = f"HTTP/1.1 {reply.status} Scripted\r\n" + "".join(f"{name}: {value}\r\n" for name, value in named.items())
    writer.write(head.encode() + b"\r\n")
    async for part in _awaited(reply.parts):
        if isinstance(part, bytes):
            writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            await writer.drain()
        if part == DONE:  # readers may hang up here: nothing more is to come
            ended.set()
        await asyncio.sleep(0 if isinstance(part, bytes) else part)
    if not reply.is_cut:
        writer.write(b"0\r\n\r\n")
    await writer.drain()
    ended.set()


async def _awaited(parts: Iterable[Part] | AsyncIterator[Part]) -> AsyncIterator[Part]:
    if isinstance(parts, AsyncIterator):
        async for part in parts:
            yield part
    else:
        for part in parts:
            yield part


def listed(name: str, *, owner: str = "vllm") -> dict[str, object]:
    """A model as `/v1/models` lists it."""
    return {"id": name, "object": "model", "created": 1, "owned_by": owner}


@contextmanager
def running(
    script: Script | Reply,
    *,
    models: Sequence[Mapping[str, object]] = (listed("small"),),
    version: str = "0.32.0",
    key: str = "",
) -> Iterator[ScriptedModel]:
    """Run the server in a thread of its own."""
    server = ScriptedModel(in_turn(script) if isinstance(script, Reply) else script, models=models, version=version, key=key)
    loop = asyncio.new_event_loop()
    listening = loop.run_until_complete(asyncio.start_server(server.meet, "127.0.0.1", 0, limit=1 << 20))
    server.port = listening.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, name="scripted-model")
    thread.start()
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(_stop(listening), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _stop(listening: asyncio.Server) -> None:
    listening.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0.01)  # transports close in the loop's next turns
