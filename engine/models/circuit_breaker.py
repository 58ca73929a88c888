"""Asks a failing server less: after some failures in a row nothing is asked for a while, then one trial decides.

Pattern: M. Nygard, Release It!, 2nd ed., 2018, chapter 5, “Circuit Breaker”.
"""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncGenerator, Callable
from enum import StrEnum

from chartcite.engine.errors import GeneratorBusyError, GeneratorError, GeneratorUnavailableError
from chartcite.engine.ports import Generator, GeneratorIdentity, WritingTask
from pydantic import BaseModel, ConfigDict, Field


class BreakerPolicy(BaseModel):
    """When to stop asking, and for how long."""

    model_config = ConfigDict(frozen=True)

    failures_to_open: int = Field(default=5, ge=1, le=1_000)
    """Documents in a row that failed, or questions for who writes. Being busy is no failure; nor is a reader who left."""
    open_seconds: float = Field(default=30.0, gt=0, le=3_600)
    """Until the trial."""


class BreakerState(StrEnum):
    """Whether a server is asked."""

    CLOSED = "closed"
    """Yes."""
    OPEN = "open"
    """No."""
    HALF_OPEN = "half_open"
    """One document, to see."""


class CircuitBreaker:
    """A generator before another one."""

    def __init__(
        self, generator: Generator, *, policy: BreakerPolicy | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._generator = generator
        self._policy = policy or BreakerPolicy()
        self._clock = clock
        self._lock = threading.Lock()  # guards the three below
        self._failures = 0
        self._opened_at: float | None = None
        self._on_trial = False

    @property
    def state(self) -> BreakerState:
        """Whether the server is asked now."""
        with self._lock:
            return self._state()

    async def identity(self) -> GeneratorIdentity:
        """Say which model writes.

        Raises:
            GeneratorError: the server does not say, or failed just now.
        """
        is_trial = self._enter()
        count = self._pass_by
        try:
            return await self._generator.identity()
        except GeneratorBusyError:
            raise
        except GeneratorError:
            count = self._fail
            raise
        finally:
            count(is_trial=is_trial)

    async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
        """Yield the document piece by piece.

        Raises:
            GeneratorUnavailableError: it failed too often just now; at once.
            GeneratorError: as the other generator does.
        """
        is_trial = self._enter()
        count = self._pass_by
        try:
            pieces = self._generator.write(task)
            try:
                async for piece in pieces:
                    yield piece
            finally:
                if isinstance(pieces, AsyncGenerator):
                    await pieces.aclose()
            count = self._succeed
        except GeneratorBusyError:
            raise
        except GeneratorError:
            count = self._fail
            raise
        finally:
            count(is_trial=is_trial)

    def _state(self) -> BreakerState:
        if self._opened_at is None:
            return BreakerState.CLOSED
        is_over = self._clock() - self._opened_at >= self._policy.open_seconds
        return BreakerState.HALF_OPEN if is_over and not self._on_trial else BreakerState.OPEN

    def _enter(self) -> bool:
        """Begin a document; return whether it is the trial."""
        with self._lock:
            state = self._state()
            if state is BreakerState.OPEN:
                raise _resting()
            is_trial = state is BreakerState.HALF_OPEN
            self._on_trial = self._on_trial or is_trial
            return is_trial

    def _succeed(self, *, is_trial: bool) -> None:
        with self._lock:
            self._failures, self._opened_at = 0, None
            self._on_trial = self._on_trial and not is_trial

    def _fail(self, *, is_trial: bool) -> None:
        with self._lock:
            self._failures += 1
            if is_trial or (self._opened_at is None and self._failures >= self._policy.failures_to_open):
                self._opened_at = self._clock()
            self._on_trial = self._on_trial and not is_trial

    def _pass_by(self, *, is_trial: bool) -> None:
        """Neither: after a trial that said nothing, the next document is the trial."""
        with self._lock:
            self._on_trial = self._on_trial and not is_trial


def _resting() -> GeneratorUnavailableError:
    return GeneratorUnavailableError(
        "the language model failed several times in a row and is left alone for a moment: see its log"
    )
