"""The outermost layer of the server: hosts, sizes, headers, and failures that must not speak of records."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence

from chartcite.api.problems import MEDIA_TYPE, problem_of_status
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger(__name__)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


class Guard:
    """ASGI middleware. Sees every request first and every response last."""

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str], max_body_bytes: int) -> None:
        self._app = app
        self._hosts = frozenset(hosts)
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(receive, send, self._max_body_bytes)
        headers = dict(scope["headers"])
        if _host(headers.get(b"host", b"").decode("latin-1")) not in self._hosts:
            await exchange.refuse(421)
        elif (length := headers.get(b"content-length", b"0")).isdigit() and int(length) > self._max_body_bytes:
            await exchange.refuse(413)
        else:
            await self._serve(scope, exchange)

    async def _serve(self, scope: Scope, exchange: _Exchange) -> None:
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except Exception as error:  # noqa: BLE001 -- the server would log a traceback with the message, which may hold record text
            place = traceback.extract_tb(error.__traceback__)[-1]
            _LOG.error("%s in %s line %s", type(error).__name__, place.filename, place.lineno)
            await exchange.refuse(500)


class _Exchange:
    """One request and its response, counted and with our headers."""

    def __init__(self, receive: Receive, send: Send, max_body_bytes: int) -> None:
        self._receive, self._send = receive, send
        self._left = max_body_bytes
        self._started = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._started = True
            message["headers"] = [*message.get("headers", ()), *HEADERS]
        await self._send(message)

    async def refuse(self, status: int) -> None:
        if self._started:
            return
        content = problem_of_status(status).model_dump_json().encode()
        headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(content)).encode())]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": content})


def _host(header: str) -> str:
    """The host name without its port; an IPv6 address without its brackets."""
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0].lower()
