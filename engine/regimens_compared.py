"""Medicines at two moments: what was added, stopped or changed in between, and what stayed."""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.plans import Comparison
from chartcite.engine.reading import Reading


def regimens_compared(comparison: Comparison, reading: Reading) -> list[DraftClaim]:
    """TODO."""
    return []
