"""Promises P1 and P9 with many readers at once: every stream ends, each with its own chart. Times are for the eval."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from chartcite.engine.testing import HashingEmbedder

from tests.evals.streams import TimedModel, app_on, faults, make_engine, served, together
from tests.scripted_model import running
from tests.trust.carriers import word_of
from tests.trust.injection_oracle import leaks_prompt

READERS = 8


def test_many_streams_at_once_lose_nothing_and_mix_nothing_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    model = TimedModel(token_seconds=0.005)
    with caplog.at_level(logging.DEBUG), running(model.script) as server:
        app = app_on(make_engine(tmp_path, READERS, HashingEmbedder()), server.url)
        with served(app) as address:
            told = asyncio.run(together(address, READERS, 2))
        assert server.wait_until(lambda: app.state.shared.at_work == 0)
        assert len(server.requests) == len(told) == 2 * READERS
        assert server.wait_until(lambda: (server.left, server.at_work) == (0, 0))
    assert faults(told) == {"lost": 0, "mixed": 0, "without_the_model": 0}
    assert set(model.moments) == {word_of(one.owner) for one in told}
    assert not any(word_of(one.owner) in caplog.text for one in told)
    assert not leaks_prompt(caplog.text)
