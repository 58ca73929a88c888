"""A bounded number of places at a server, and a bounded line before them, for callers in any thread and event loop."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator
from concurrent.futures import Future
from contextlib import asynccontextmanager

from chartcite.engine.errors import GeneratorBusyError, GeneratorTimeoutError


class Places:
    """Lets at most `most_at_once` work, first come first served."""

    def __init__(self, *, most_at_once: int, most_waiting: int) -> None:
        self._free = most_at_once
        self._most_waiting = most_waiting
        self._line: deque[Future[None]] = deque()
        self._lock = threading.Lock()  # guards `_free` and `_line`

    @asynccontextmanager
    async def place(self, *, seconds: float) -> AsyncIterator[None]:
        """Hold a place.

        Raises:
            GeneratorBusyError: too many wait already.
            GeneratorTimeoutError: no place came free within `seconds`.
        """
        turn = self._join()
        try:
            await _come(turn, seconds)
            yield
        finally:
            if not turn.cancel():  # it cannot be cancelled: the turn had come
                self._leave()

    def _join(self) -> Future[None]:
        turn: Future[None] = Future()
        with self._lock:
            if self._free > 0:
                self._free -= 1
                turn.set_result(None)
            else:
                waiting = [each for each in self._line if not each.cancelled()]
                if len(waiting) >= self._most_waiting:
                    raise GeneratorBusyError("too many questions wait for the language model: ask again in a moment")
                self._line = deque([*waiting, turn])
        return turn

    def _leave(self) -> None:
        with self._lock:
            while self._line:
                turn = self._line.popleft()
                if turn.set_running_or_notify_cancel():
                    turn.set_result(None)
                    return
            self._free += 1


async def _come(turn: Future[None], seconds: float) -> None:
    if turn.done():
        return
    try:
        async with asyncio.timeout(seconds):
            await asyncio.wrap_future(turn)
    except TimeoutError:
        raise GeneratorTimeoutError(
            "no place at the language model came free in time: allow more at once, or add a replica"
        ) from None
