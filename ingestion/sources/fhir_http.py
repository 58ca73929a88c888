"""Requests to one FHIR server: one origin, bounded answers, patience with a busy server. The token leaves to that origin only."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import NamedTuple, Self

import httpx
from chartcite.engine.errors import SourceRejectedError

MAX_ANSWER_BYTES = 64 << 20
MAX_ANSWER_SECONDS = 300.0
MAX_ATTEMPTS = 6
MAX_WAIT_SECONDS = 120.0
MAX_REDIRECTS = 3

_TIMEOUT = httpx.Timeout(60.0, connect=15.0)
_BUSY = frozenset({429, 502, 503, 504})
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class RefusedError(SourceRejectedError):
    """The server answered a request with an error of its own."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Answer(NamedTuple):
    """What a server sent."""

    content: bytes
    content_type: str


class _Reply(NamedTuple):
    status: int
    headers: httpx.Headers
    content: bytes


class Connection:
    """Gets resources of one server. Addresses in messages are without their query: it could name a patient."""

    def __init__(self, base: str, token: str | None, sleep: Callable[[float], None]) -> None:
        """Raises SourceRejectedError: the token cannot be used, or would travel in clear."""
        address = httpx.URL(base)
        if token and address.scheme == "http" and address.host not in _LOOPBACK:
            raise SourceRejectedError(f"{base}: a token is sent over https only: use fhir+https")
        self._base = base
        self._origin = _origin(address)
        self._sleep = sleep
        headers = {"Accept": "application/fhir+json", "Accept-Encoding": "gzip"}
        if token and not (token.isascii() and token.isprintable()):
            raise SourceRejectedError("the token in CHARTCITE_FHIR_TOKEN holds characters that no token has")
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._client = httpx.Client(headers=headers, timeout=_TIMEOUT, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()

    def get(self, address: str) -> Answer:
        """Get a resource, and follow where the server sends on its own origin.

        Raises:
            RefusedError: the server answered with an error.
            SourceRejectedError: another origin, no answer, the token is refused, an answer too big or too slow.
        """
        url = joined(httpx.URL(self._base), address)
        for _ in range(MAX_REDIRECTS + 1):
            self._check(url)
            reply = self._patient_get(url)
            if reply.status not in {301, 302, 303, 307, 308}:
                return self._answer(reply, url)
            url = joined(url, reply.headers.get("Location", ""))
        raise SourceRejectedError(f"{_shown(url)}: the server sends in a circle: tell its owner")

    def _check(self, url: httpx.URL) -> None:
        if _origin(url) != self._origin:
            raise SourceRejectedError(
                f"the server sends to another origin, {url.scheme}://{url.host}: nothing was asked there; "
                "give the address that the server itself uses"
            )

    def _answer(self, reply: _Reply, url: httpx.URL) -> Answer:
        if reply.status == 401:
            raise SourceRejectedError(f"{_shown(url)}: the server asks for a valid token: set CHARTCITE_FHIR_TOKEN")
        if not 200 <= reply.status < 300:
            raise RefusedError(
                reply.status, f"{_shown(url)}: the server answered HTTP {reply.status}: try again, or tell its owner"
            )
        return Answer(reply.content, reply.headers.get("Content-Type", "").partition(";")[0].strip())

    def _patient_get(self, url: httpx.URL) -> _Reply:
        """Ask again as long as the server is busy or does not answer, a bounded number of times."""
        for attempt in range(1, MAX_ATTEMPTS + 1):
            last = attempt == MAX_ATTEMPTS
            try:
                reply = self._get_once(url)
            except httpx.RequestError as error:
                if last:
                    raise SourceRejectedError(f"{_shown(url)}: the server does not answer: is it there? try later") from error
                self._sleep(_backoff(attempt))
                continue
            if reply.status not in _BUSY or last:
                return reply
            wait = _retry_after(reply.headers.get("Retry-After", ""))
            if wait is not None and wait > MAX_WAIT_SECONDS:
                raise SourceRejectedError(f"{_shown(url)}: the server is busy for {wait:.0f} seconds: try later")
            self._sleep(_backoff(attempt) if wait is None else wait)
        raise AssertionError("the last attempt returns or raises")

    def _get_once(self, url: httpx.URL) -> _Reply:
        ends = time.monotonic() + MAX_ANSWER_SECONDS
        with self._client.stream("GET", url) as response:
            content = bytearray()
            for piece in response.iter_bytes():
                content += piece
                if len(content) > MAX_ANSWER_BYTES:
                    raise SourceRejectedError(f"{_shown(url)}: an answer of more than {MAX_ANSWER_BYTES >> 20} MB is not read")
                if time.monotonic() > ends:
                    raise SourceRejectedError(f"{_shown(url)}: the answer takes more than {MAX_ANSWER_SECONDS:.0f} seconds")
            return _Reply(response.status_code, response.headers, bytes(content))


def joined(url: httpx.URL, address: str) -> httpx.URL:
    """Return where an address leads from `url`.

    Raises:
        SourceRejectedError: it is no address.
    """
    try:
        return url.join(address)
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceRejectedError(f"{_shown(url)}: the server sends to what is no address: tell its owner") from error


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or {"https": 443}.get(url.scheme, 80)


def _shown(url: httpx.URL) -> str:
    return str(url.copy_with(query=None, fragment=None))


def _backoff(attempt: int) -> float:
    return float(min(2 ** (attempt - 1), 30))


def _retry_after(written: str) -> float | None:
    """Return the seconds that `Retry-After` asks for, given as a number or as a date; `None` where it says nothing."""
    if written.strip().isdigit():
        return float(written)
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
