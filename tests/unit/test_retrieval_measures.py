from __future__ import annotations

import math

import numpy as np
import pytest

from tests.evals.retrieval import written
from tests.evals.retrieval_measures import MEASURES, difference, measure


@pytest.mark.parametrize(
    ("ranking", "relevant", "expected"),
    [
        ("a b c", "a", (1, 1, 1, 1)),
        ("b a c", "a", (1 / math.log2(3), 1, 1, 1 / 2)),
        ("b c", "a", (0, 0, 0, 0)),
        ("", "a", (0, 0, 0, 0)),
        ("a b c", "a d", (1 / (1 + 1 / math.log2(3)), 1 / 2, 1 / 2, 1)),
        (f"{' '.join('bcdefghijk')} a", "a", (0, 0, 1, 1 / 11)),
    ],
)
def test_measures_are_those_of_the_literature(ranking: str, relevant: str, expected: tuple[float, ...]) -> None:
    assert measure(ranking.split(), frozenset(relevant.split())) == pytest.approx(expected)


def test_more_than_ten_relevant_documents_can_still_be_ranked_perfectly() -> None:
    names = [str(number) for number in range(20)]
    assert measure(names, frozenset(names)) == pytest.approx([1, 0.5, 1, 1])


def test_a_difference_comes_with_its_paired_interval() -> None:
    theirs = np.linspace(0, 0.9, 200)
    assert difference(theirs + 0.1, theirs) == pytest.approx((0.1, 0.1, 0.1))
    mean, low, high = difference(theirs[::-1], theirs)
    assert mean == pytest.approx(0, abs=1e-9)
    assert low < 0 < high


def test_the_report_names_every_system_with_its_lead() -> None:
    zero = dict.fromkeys(MEASURES, 0.5) | {"p50_ms": 1.0, "p95_ms": 2.0, "queries": 3}
    lead = {"chartcite_minus_this": {name: [0.01, -0.02, 0.03] for name in MEASURES}}
    systems = {
        "chartcite": {**zero, **lead, "versions": {}, "p50_cpu_ms": 1.0, "p95_cpu_ms": 2.0},
        "bm25": {**zero, **lead, "versions": {"bm25s": "0.3"}},
    }
    one = {"about": "claims", "documents": 5, "passages": 9, "queries": 3, "systems": systems}
    report = written({"made": "2026-01-01", "machine": "m", "embedder": "e", "sets": {"papers": one}})
    assert "| chartcite | 0.5000 | 0.5000 | 0.5000 | 0.5000 |  |  | 1.0 | 2.0 | 3 |" in report
    assert "+0.0100 [-0.0200, +0.0300]" in report
    assert "bm25s 0.3." in report
