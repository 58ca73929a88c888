"""Labelled pairs by relation: who, when, why, which of two, done or planned; a true sentence and a garbled one for each passage.

`relations.jsonl` was written for this project, from no data set and no chart: `relation`, `passages`, `true`, `wrong`, `half`.
The wrong sentence uses the words of the passage, so that a bag of words would let it through. The tune half is what the checks
were mended by; the report half was written afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from chartcite.engine.claim_checks.checker import check_claim
from chartcite.engine.claim_checks.findings import ClaimVerdict
from chartcite.engine.domain.answers import Outcome
from chartcite.engine.language.terminology import Lexicon

from tests.evals.gold import read_lines

RELATIONS = Path(__file__).with_name("relations.jsonl")


class Relation(NamedTuple):
    """A passage with one sentence that it supports and one that it does not."""

    relation: str
    passages: tuple[str, ...]
    true: str
    wrong: str
    half: str


class Told(NamedTuple):
    """What the verifier says of both."""

    pair: Relation
    true: ClaimVerdict
    wrong: ClaimVerdict

    @property
    def passed(self) -> bool:
        """Whether the true sentence passed."""
        return self.true.outcome is Outcome.SUPPORTED

    @property
    def caught(self) -> bool:
        """Whether the garbled sentence did not."""
        return self.wrong.outcome is not Outcome.SUPPORTED


def load_relations() -> list[Relation]:
    """Return all pairs."""
    rows: list[dict[str, Any]] = read_lines(RELATIONS)
    return [Relation(**{**row, "passages": tuple(row["passages"])}) for row in rows]


def judge_relations(lexicon: Lexicon) -> list[Told]:
    """Judge both sentences of every pair."""
    return [
        Told(
            pair,
            check_claim(pair.true, pair.passages, lexicon=lexicon),
            check_claim(pair.wrong, pair.passages, lexicon=lexicon),
        )
        for pair in load_relations()
    ]


def relation_figures(told: Sequence[Told]) -> dict[str, Any]:
    """Return counts by half and relation: sentences, true ones passed, garbled ones caught."""
    halves = {half: [one for one in told if one.pair.half == half] for half in ("tune", "report")}
    return {half: _counts(rows) | {"by_relation": _by_relation(rows)} for half, rows in halves.items()}


def _by_relation(told: Sequence[Told]) -> dict[str, dict[str, float]]:
    names = dict.fromkeys(one.pair.relation for one in told)
    return {name: _counts([one for one in told if one.pair.relation == name]) for name in names}


def _counts(told: Sequence[Told]) -> dict[str, Any]:
    passed, caught = sum(one.passed for one in told), sum(one.caught for one in told)
    shares = {"true_passed": round(passed / len(told), 4), "garbled_caught": round(caught / len(told), 4)} if told else {}
    return {"pairs": len(told), "passed": passed, "caught": caught, **shares}
