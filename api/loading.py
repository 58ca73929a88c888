"""What stays loaded for good, and the collector of cycles. Imports nothing heavy: a start begins with it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_RARELY = (20_000, 20, 20)
"""Thresholds of the three generations (of CPython: 700, 10, 10): objects made and not freed; collections of the one before."""


@contextmanager
def loading() -> Iterator[None]:
    """Keep the collector of cycles still while code, tables and weights are loaded that stay until the process ends.

    It would walk them again and again and free nothing: a quarter of the time of a start. What is there at the end is set apart
    for good (`gc.freeze`), or the next full collection would hold up a question for half a second; garbage from before is freed
    first. Afterwards the collector comes more rarely (`_RARELY`): what answers leave behind is almost all freed without it. Where
    it is still already, whoever stopped it sees to the rest.
    """
    if not gc.isenabled():
        yield
        return
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*_RARELY)
        gc.enable()
