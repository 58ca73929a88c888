"""HTTP to one server: no other origin, no proxy, no redirect, only headers of ours, answers of bounded size."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator

import httpx

_SENT_HEADERS = ("host", "accept", "connection", "content-length", "content-type", "transfer-encoding")
"""Further ones come from libraries and their environment variables, and say what this machine is."""


class TooLargeError(httpx.TransportError):
    """The answer has more bytes than are read."""


class OneServer(httpx.AsyncBaseTransport):
    """A transport that reaches one origin. It alone holds the key."""

    def __init__(self, origin: httpx.URL, *, key: str, most_bytes: int, tls: ssl.SSLContext) -> None:
        self._origin = origin
        self._key = key
        self._most_bytes = most_bytes
        self._inner = httpx.AsyncHTTPTransport(verify=tls, trust_env=False, retries=0)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            httpx.TransportError: another origin, no connection, an answer that is packed or too large.
        """
        if origin_of(request.url) != self._origin:
            raise httpx.UnsupportedProtocol("this address is not the configured server")
        kept = {name: value for name, value in request.headers.items() if name in _SENT_HEADERS}
        secret = {"authorization": f"Bearer {self._key}"} if self._key else {}
        request.headers = httpx.Headers({**kept, **secret, "accept-encoding": "identity", "user-agent": "chartcite"})
        answer = await self._inner.handle_async_request(request)
        if answer.headers.get("content-encoding", "identity") != "identity":
            await answer.aclose()
            raise httpx.DecodingError("the answer is packed, though nobody asked for that")
        assert isinstance(answer.stream, httpx.AsyncByteStream)  # noqa: S101 -- an asynchronous transport gives no other
        stream = _Bounded(answer.stream, self._most_bytes)
        return httpx.Response(answer.status_code, headers=answer.headers, stream=stream, extensions=answer.extensions)

    async def aclose(self) -> None:
        """Close its connections."""
        await self._inner.aclose()


class _Bounded(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, most_bytes: int) -> None:
        self._stream = stream
        self._left = most_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise TooLargeError("the answer is larger than what is read")
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


def origin_of(url: httpx.URL) -> httpx.URL:
    """Return scheme, host and port of an address."""
    return httpx.URL(scheme=url.scheme, host=url.host, port=url.port)
