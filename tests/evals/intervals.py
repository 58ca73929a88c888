"""Intervals of shares and of rankings."""

from __future__ import annotations

import random
from collections.abc import Sequence

Z = 1.96
RESAMPLES = 2000


def wilson(right: int, asked: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a share (Wilson 1927); `None` where nothing was asked."""
    if not asked:
        return None
    share = right / asked
    middle = (share + Z * Z / (2 * asked)) / (1 + Z * Z / asked)
    half = Z * ((share * (1 - share) / asked + Z * Z / (4 * asked * asked)) ** 0.5) / (1 + Z * Z / asked)
    return round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4)


def share(right: int, asked: int) -> dict[str, object]:
    """Return counts with their share and its interval, as the reports store them."""
    return {"right": right, "of": asked, "share": round(right / asked, 4) if asked else None, "interval_95": wilson(right, asked)}


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a positive scores above a negative, a tie counting half (Hanley and McNeil 1982).

    Raises:
        ValueError: one of the two is empty.
    """
    if not positive or not negative:
        raise ValueError("both sorts are needed")
    ordered = sorted([(score, True) for score in positive] + [(score, False) for score in negative])
    above, start = 0.0, 0
    below = 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        higher = sum(is_positive for _, is_positive in ordered[start:end])
        lower = end - start - higher
        above += higher * (below + lower / 2)
        below += lower
        start = end
    return above / (len(positive) * len(negative))


def auroc_interval(positive: Sequence[float], negative: Sequence[float], *, seed: int = 11) -> tuple[float, float]:
    """Return the 95 % interval of `auroc` by drawing both sorts anew, with replacement (Efron 1979)."""
    chance = random.Random(seed)
    drawn = sorted(
        auroc(chance.choices(positive, k=len(positive)), chance.choices(negative, k=len(negative))) for _ in range(RESAMPLES)
    )
    return round(drawn[int(0.025 * RESAMPLES)], 4), round(drawn[int(0.975 * RESAMPLES) - 1], 4)
