"""A failing server is left alone for a while."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest
from chartcite.engine.errors import (
    GeneratorBusyError,
    GeneratorError,
    GeneratorGarbledError,
    GeneratorTimeoutError,
    GeneratorUnavailableError,
)
from chartcite.engine.models.circuit_breaker import BreakerPolicy, BreakerState, CircuitBreaker
from chartcite.engine.ports import GeneratorIdentity, WritingTask

TASK = WritingTask((), {}, "answer", most_tokens=1, seconds=1.0)
POLICY = BreakerPolicy(failures_to_open=3, open_seconds=10.0)


class Told:
    """Fails as it is told, and counts."""

    def __init__(self) -> None:
        self.failure: Exception | None = None
        self.asked = 0
        self.closed = 0
        self.now = 0.0
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def identity(self) -> GeneratorIdentity:
        return GeneratorIdentity("told")

    async def write(self, _task: WritingTask, /) -> AsyncGenerator[str, None]:
        self.asked += 1
        try:
            yield "{"
            await self.go_on.wait()
            if self.failure:
                raise self.failure
            yield "}"
        finally:
            self.closed += 1


def state(breaker: CircuitBreaker) -> str:
    return breaker.state.value


def made() -> tuple[Told, CircuitBreaker]:
    told = Told()
    return told, CircuitBreaker(told, policy=POLICY, clock=lambda: told.now)


async def written(breaker: CircuitBreaker) -> str:
    return "".join([piece async for piece in breaker.write(TASK)])


def fail(told: Told, breaker: CircuitBreaker, failure: Exception, times: int = 1) -> None:
    told.failure = failure
    for _ in range(times):
        with pytest.raises(type(failure)):
            asyncio.run(written(breaker))
    told.failure = None


@pytest.mark.parametrize("kind", [GeneratorUnavailableError, GeneratorTimeoutError, GeneratorGarbledError])
def test_after_failures_in_a_row_nothing_is_asked(kind: type[GeneratorError]) -> None:
    told, breaker = made()
    fail(told, breaker, kind("no"), times=3)
    assert state(breaker) == "open"
    with pytest.raises(GeneratorUnavailableError, match="left alone"):
        asyncio.run(written(breaker))
    with pytest.raises(GeneratorUnavailableError, match="left alone"):
        asyncio.run(breaker.identity())
    assert told.asked == 3


def test_a_success_between_begins_the_count_anew() -> None:
    told, breaker = made()
    fail(told, breaker, GeneratorTimeoutError("late"), times=2)
    assert asyncio.run(written(breaker)) == "{}"
    fail(told, breaker, GeneratorTimeoutError("late"), times=2)
    assert state(breaker) == "closed"


@pytest.mark.parametrize("failure", [GeneratorBusyError("full"), ValueError("ours")])
def test_what_is_no_failure_of_the_server_is_not_counted(failure: Exception) -> None:
    told, breaker = made()
    fail(told, breaker, failure, times=9)
    assert state(breaker) == "closed"


def test_a_trial_that_succeeds_closes_it() -> None:
    told, breaker = made()
    fail(told, breaker, GeneratorTimeoutError("late"), times=3)
    told.now = 9.9
    assert state(breaker) == "open"
    told.now = 10.0
    assert state(breaker) == "half_open"
    assert asyncio.run(written(breaker)) == "{}"
    assert (breaker.state, asyncio.run(breaker.identity()).model) == (BreakerState.CLOSED, "told")


def test_a_trial_that_fails_opens_it_for_the_whole_pause() -> None:
    told, breaker = made()
    fail(told, breaker, GeneratorTimeoutError("late"), times=3)
    told.now = 10.0
    fail(told, breaker, GeneratorTimeoutError("late"))
    told.now = 19.0
    assert state(breaker) == "open"
    told.now = 20.0
    assert state(breaker) == "half_open"


@pytest.mark.parametrize("succeeds", [True, False])
def test_only_one_is_the_trial(*, succeeds: bool) -> None:
    async def three_at_once(told: Told, breaker: CircuitBreaker) -> list[object]:
        told.go_on.clear()
        trial = asyncio.ensure_future(written(breaker))
        await asyncio.sleep(0)
        others = await asyncio.gather(written(breaker), written(breaker), return_exceptions=True)
        told.failure = None if succeeds else GeneratorTimeoutError("late")
        told.go_on.set()
        return [type(each) for each in (*others, *await asyncio.gather(trial, return_exceptions=True))]

    told, breaker = made()
    fail(told, breaker, GeneratorTimeoutError("late"), times=3)
    told.now, before = 10.0, told.asked
    ended = asyncio.run(three_at_once(told, breaker))
    assert ended == [GeneratorUnavailableError, GeneratorUnavailableError, str if succeeds else GeneratorTimeoutError]
    assert told.asked == before + 1
    assert breaker.state is (BreakerState.CLOSED if succeeds else BreakerState.OPEN)


def test_a_reader_who_leaves_the_trial_leaves_it_to_the_next() -> None:
    async def leave(breaker: CircuitBreaker) -> None:
        async with aclosing(breaker.write(TASK)) as pieces:
            assert await anext(pieces) == "{"

    told, breaker = made()
    fail(told, breaker, GeneratorTimeoutError("late"), times=3)
    told.now = 10.0
    asyncio.run(leave(breaker))
    assert (breaker.state, told.closed) == (BreakerState.HALF_OPEN, told.asked)


def test_late_failures_of_others_do_not_end_a_trial_or_lengthen_the_pause() -> None:
    async def run(told: Told, breaker: CircuitBreaker) -> None:
        told.go_on.clear()
        early = [asyncio.ensure_future(written(breaker)) for _ in range(4)]
        await asyncio.sleep(0)
        told.failure = GeneratorTimeoutError("late")
        told.go_on.set()
        await asyncio.gather(*early, return_exceptions=True)

    told, breaker = made()
    asyncio.run(run(told, breaker))
    assert state(breaker) == "open"
    told.now = 10.0
    assert state(breaker) == "half_open"
