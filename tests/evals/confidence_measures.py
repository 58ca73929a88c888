"""How good a confidence is: calibration error, ranking, and what is wrong among the answers that are shown."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from chartcite.engine.domain.calibrated import Bin, Estimate, Measured, RiskPoint

from tests.evals.intervals import auroc

BINS = 10
RESAMPLES = 1000
COVERAGE = 0.8
MOST_POINTS = 60


class Said(NamedTuple):
    """A question with the confidence of its answer, and whether it was right."""

    patient: str
    answered: bool
    right: bool
    confidence: float


def bins_of(said: Sequence[Said], /) -> tuple[Bin, ...]:
    """Return ten bins of equally many questions, from the least confidence up; equal ones are dealt at random, always alike."""
    dealt = random.Random(5).sample(said, len(said))
    ordered = sorted(dealt, key=lambda each: each.confidence)
    cuts = [round(number * len(ordered) / BINS) for number in range(BINS + 1)]
    chosen = [ordered[first:last] for first, last in pairwise(cuts) if last > first]
    return tuple(
        Bin(round(sum(each.confidence for each in one) / len(one), 4), sum(each.right for each in one), len(one))
        for one in chosen
    )


def ece(said: Sequence[Said], /) -> float:
    """Return the expected calibration error over bins of equally many questions."""
    return sum(abs(one.right / one.questions - one.confidence) * one.questions for one in bins_of(said)) / len(said)


def ranking(said: Sequence[Said], /) -> float:
    """Return the chance that a right answer or abstention has more confidence than a wrong one; 0.5 where one sort is missing."""
    right, wrong = [each.confidence for each in said if each.right], [each.confidence for each in said if not each.right]
    return auroc(right, wrong) if right and wrong else 0.5


def risk_points(said: Sequence[Said], /) -> tuple[RiskPoint, ...]:
    """Return for each threshold how many answers are shown and how many of them are wrong, from the fewest shown to all."""
    answers = sorted((each for each in said if each.answered), key=lambda each: -each.confidence)
    points: list[RiskPoint] = []
    wrong = 0
    for place, each in enumerate(answers, start=1):
        wrong += not each.right
        threshold = round(each.confidence, 4)
        if place == len(answers) or round(answers[place].confidence, 4) < threshold:
            points.append(RiskPoint(threshold, place, wrong))
    return thinned(points)


def thinned(points: Sequence[RiskPoint], /) -> tuple[RiskPoint, ...]:
    """Keep about as many points as a curve needs, the first and the last among them."""
    if len(points) <= MOST_POINTS:
        return tuple(points)
    step = (len(points) - 1) / (MOST_POINTS - 1)
    return tuple(points[round(number * step)] for number in range(MOST_POINTS))


def wrong_at(coverage: float, said: Sequence[Said], /) -> float:
    """Return the share of wrong ones among the most confident; at the cut, answers of equal confidence count in part."""
    ordered = sorted(said, key=lambda each: -each.confidence)
    shown = round(coverage * len(ordered))
    if not shown:
        return 0.0
    cut = ordered[shown - 1].confidence
    above = [each for each in ordered if each.confidence > cut]
    level = [each for each in ordered if each.confidence == cut]
    wrong = sum(not each.right for each in above)
    return (wrong + sum(not each.right for each in level) * (shown - len(above)) / len(level)) / shown


def measured(said: Sequence[Said], /, *, placed: Sequence[Said] | None = None) -> Measured:
    """Measure a confidence on questions that it was not fitted on; `placed`: the same, as thresholds meet them."""
    answers = [each for each in said if each.answered]
    return Measured(
        questions=len(said),
        answers=len(answers),
        ece=estimate(ece, said),
        auroc=estimate(ranking, said),
        wrong_at_80=estimate(lambda drawn: wrong_at(COVERAGE, drawn), answers),
        reliability=bins_of(said),
        risk=risk_points(said if placed is None else placed),
    )


def estimate(figure: Callable[[Sequence[Said]], float], said: Sequence[Said], /, *, seed: int = 7) -> Estimate:
    """Return a figure with its 95 % interval by drawing patients anew, with replacement (Efron 1979).

    The interval is widened to hold the figure: a calibration error of drawn patients is larger than that of all of them, since
    each draw adds noise to every bin, so that its lower end may lie above a small error.
    """
    of_patient: dict[str, list[Said]] = defaultdict(list)
    for each in said:
        of_patient[each.patient].append(each)
    patients = sorted(of_patient)
    chance = random.Random(seed)
    drawn = sorted(
        figure([each for patient in chance.choices(patients, k=len(patients)) for each in of_patient[patient]])
        for _ in range(RESAMPLES)
    )
    value, low, high = figure(said), drawn[int(0.025 * RESAMPLES)], drawn[int(0.975 * RESAMPLES) - 1]
    return Estimate(round(value, 4), round(min(low, value), 4), round(max(high, value), 4))
