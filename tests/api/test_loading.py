"""The collector of cycles is still while what stays is loaded, and runs again afterwards, whatever happened."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from chartcite.api.loading import loading


@pytest.fixture(autouse=True)
def collector_runs() -> Iterator[None]:
    assert gc.isenabled()
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.enable()
    gc.unfreeze()


def test_the_collector_is_still_inside_and_runs_afterwards() -> None:
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_comes_more_rarely_afterwards() -> None:
    gc.set_threshold(700, 10, 10)
    with loading():
        pass
    assert gc.get_threshold() == (20_000, 20, 20)


def test_what_was_loaded_is_set_apart() -> None:
    before = gc.get_freeze_count()
    with loading():
        kept = [[number] for number in range(1000)]
    assert gc.get_freeze_count() > before + len(kept)


def test_the_collector_runs_again_after_a_failure() -> None:
    with pytest.raises(ValueError, match="damaged"), loading():
        raise ValueError("damaged")
    assert gc.isenabled()


def test_within_another_the_outer_one_decides() -> None:
    with loading():
        with loading():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    before = gc.get_freeze_count()
    with loading():
        pass
    assert not gc.isenabled()
    assert gc.get_freeze_count() == before
