"""Measures of a ranking, and paired intervals of their differences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MEASURES = ("ndcg_10", "recall_10", "recall_100", "mrr")
RESAMPLES = 2000

Scores = NDArray[np.float64]


def measure(ranking: Sequence[str], relevant: frozenset[str]) -> list[float]:
    """Return nDCG@10 (binary gains), recall@10, recall@100 and reciprocal rank within 100 of one query."""
    hits = [document in relevant for document in ranking[:100]]
    discounts = 1 / np.log2(np.arange(2, 12))
    gained = float(discounts[: len(hits[:10])] @ np.array(hits[:10], dtype=float)) if hits else 0.0
    best = float(discounts[: min(10, len(relevant))].sum())
    first = next((rank for rank, hit in enumerate(hits, start=1) if hit), 0)
    return [gained / best, sum(hits[:10]) / len(relevant), sum(hits) / len(relevant), 1 / first if first else 0.0]


def difference(ours: Scores, theirs: Scores) -> tuple[float, float, float]:
    """Return the mean difference of paired scores with its 95 % bootstrap interval."""
    delta = ours - theirs
    drawn = np.random.default_rng(7).integers(0, len(delta), size=(RESAMPLES, len(delta)))
    low, high = np.quantile(delta[drawn].mean(axis=1), [0.025, 0.975])
    return float(delta.mean()), float(low), float(high)
