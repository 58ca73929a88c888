"""How a calibration was measured: figures that `engine/confidence/calibration.py` ships and `GET /v1/calibration` tells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Self

Row = tuple[float, int, int]
"""A confidence with two counts: the fields of a `Bin`, or of a `RiskPoint`."""


class Estimate(NamedTuple):
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


class Bin(NamedTuple):
    """Answers of about the same confidence."""

    confidence: float
    """Mean of what was said, 0..1."""
    right: int
    questions: int


class RiskPoint(NamedTuple):
    """What is shown, and how much of it is wrong, where only answers of at least some confidence are shown."""

    threshold: float
    """Least confidence, 0..1."""
    shown: int
    wrong: int


class Measured(NamedTuple):
    """A calibration put to questions that it was not fitted on."""

    questions: int
    answers: int
    """Of the questions, those that were answered; the others were abstentions."""
    ece: Estimate
    """Expected calibration error over ten bins of equally many questions (Naeini, Cooper and Hauskrecht 2015)."""
    auroc: Estimate
    """Chance that a right answer has more confidence than a wrong one."""
    wrong_at_80: Estimate
    """Share of wrong ones among the 80 % of the answers with most confidence."""
    reliability: tuple[Bin, ...]
    """All questions, abstentions too, in bins of equally many."""
    risk: tuple[RiskPoint, ...]
    """Of the answers (not the abstentions), from the fewest shown to all."""

    @classmethod
    def of(
        cls,
        questions: int,
        answers: int,
        *,
        estimates: Iterable[tuple[float, float, float]],
        reliability: Iterable[Row],
        risk: Iterable[Row],
    ) -> Self:
        """Build it from rows of figures, as a fitted calibration is written. `estimates`: three, in the order of the fields."""
        ece, auroc, wrong_at_80 = (Estimate(*row) for row in estimates)
        bins, points = tuple(Bin(*row) for row in reliability), tuple(RiskPoint(*row) for row in risk)
        return cls(questions, answers, ece, auroc, wrong_at_80, bins, points)


class Head(NamedTuple):
    """A logistic model with its recalibration."""

    bias: float
    weights: dict[str, float]
    """By name of the feature; a feature without a weight counts nothing."""
    knots: tuple[tuple[float, float], ...]
    """Log-odds and probability, both rising: between them it is a straight line, beyond them flat."""
