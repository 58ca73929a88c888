"""Fits the chance of being right: a logistic model with signs that are known beforehand, and a rising line over it."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from chartcite.engine.confidence.confidence import log_odds, recalibrated
from chartcite.engine.confidence.confidence_features import Features
from chartcite.engine.domain.calibrated import Head

Array = np.ndarray[Any, np.dtype[np.float64]]
FOLDS = 10
RIDGE = 150.0
"""Penalty on the square of each weight (features scaled to unit spread); the bias bears none."""
LEAST_SEEN = 20
"""Examples in which a feature must occur to bear a weight."""
STEPS = 40
LEAST_BLOCK = 60
"""Questions behind each point of the rising line, at the least."""
LOWERS = frozenset(
    """joins parts absent_targets inexact_targets attribute_target keywords unknown corrected lost time_unread intents
    unread_intents compares asks_told unsupported not_entailed dropped missing routes_differ open_words open_share
    open_rare open_keywords open_unknown untold_targets first_untold no_comparison only_quotes failed_checks near_miss
    nearly_named first_in_chart all_in_chart wants_story least_open first_open mean_open open_together least_open_said
    later_untold unheld unheld_each two_ends_one two_ends_one_day versus versus_one versus_one_day several_unmet joins_one
    plural_one plural_class_one time_untold years_untold months_untold off_year off_time timed_by_event timed_trend
    timed_entry timed_and_later event_untold
    misfit misfit_any unmet look_odds""".split()
)
"""More of it can only make an answer less likely to be right: its weight is never above 0."""
RAISES = frozenset({"routes_agree", "margin", "nothing_known", "not_covered"})
"""The other way round."""


class Example(NamedTuple):
    """A question that was asked: whose chart, what is known of the answer, and whether it was right."""

    patient: str
    answered: bool
    right: bool
    features: dict[str, float]
    claims: tuple[dict[str, float], ...] = ()
    """Features of each claim alone."""
    routes: tuple[str, ...] = ()
    first_known: bool = False
    """Whether it is known how its set of questions was answered when it was first asked (`FIRST_ASKED`)."""


class Asked(NamedTuple):
    """Questions that were answered (or abstained from), and how many of them rightly."""

    questions: int
    right: int


FIRST_SETS = (
    "chartnotes-tune",
    "reasons-tune",
    "visits-tune",
    "charts-tune",
    "charts-more-tune",
    "charts-daily-tune",
    *(
        f"settings-{name}{more}-tune"
        for name in ("maternity", "trauma", "neuro", "kidney", "skin", "heart")
        for more in ("", "-fresh")
    ),
    *(f"ordinary-{name}-tune" for name in ("course", "events", "safety", "deeds", "overview", "values")),
)
"""Sets of the tune half of which it is known how an engine did that had not been mended on them."""
FIRST_ASKED = {True: Asked(1673, 1113), False: Asked(490, 168)}
"""How it did: its answers, and its abstentions (each set by the engine as it stood when the set was written)."""


class Heads(NamedTuple):
    """The two models of one calibration."""

    answered: Head
    abstained: Head

    def probability(self, features: Features, *, answered: bool) -> float:
        """Return the calibrated probability, as the engine does."""
        head = self.answered if answered else self.abstained
        return round(recalibrated(log_odds(features, head), head), 3)


def fit(examples: Sequence[Example], /, *, optimism: float = 0.0) -> Head:
    """Fit the weights on all examples, and the rising line on what each says of examples that its weights were fitted without.

    Args:
        examples: answers, or abstentions.
        optimism: log-odds that are taken off every share (see `optimism_of`).
    """
    odds = out_of_fold(examples, folds_by_patient(examples))
    return weighed(examples)._replace(knots=lowered(rising(odds, [each.right for each in examples]), optimism))


def optimism_of(examples: Sequence[Example], first: Asked, /) -> float:
    """Return by how many log-odds the share of right ones is too high, since the engine was mended on these questions.

    Where it is known how questions were answered when they were first asked, they count so (`first`); elsewhere as now, which
    leaves the estimate low. Never below 0. The correction is that of a changed share of classes (Saerens, Latinne and
    Decaestecker 2002): the order of confidences stays.
    """
    others = [each.right for each in examples if not each.first_known]
    now = Asked(len(examples), sum(each.right for each in examples))
    before = Asked(len(others) + first.questions, sum(others) + first.right)
    return max(0.0, _logit(_smoothed(now)) - _logit(_smoothed(before)))


def lowered(knots: Sequence[tuple[float, float]], by: float, /) -> tuple[tuple[float, float], ...]:
    """Return a rising line with its shares lowered by some log-odds."""
    return tuple((place, round(1 / (1 + math.exp(by - _logit(share))), 4)) for place, share in knots)


def _smoothed(asked: Asked) -> float:
    return (asked.right + 1) / (asked.questions + 2)


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def cross_validated(examples: Sequence[Example], /) -> list[float]:
    """Return the probability of each example by weights and a rising line that were fitted without its patient."""
    folds = folds_by_patient(examples)
    odds = out_of_fold(examples, folds)
    said = [0.0] * len(examples)
    for fold in set(folds):
        kept = [place for place, each in enumerate(folds) if each != fold]
        knots = rising([odds[place] for place in kept], [examples[place].right for place in kept])
        head = Head(0.0, {}, knots)
        for place, each in enumerate(folds):
            if each == fold:
                said[place] = recalibrated(odds[place], head)
    return said


def placed(examples: Sequence[Example], head: Head, /) -> list[float]:
    """Return where each example comes to lie on the line of a head, by weights that were fitted without its patient.

    Thresholds are chosen by these: they rank as out of fold, on the scale of what is shipped.
    """
    return [recalibrated(odds, head) for odds in out_of_fold(examples, folds_by_patient(examples))]


def out_of_fold(examples: Sequence[Example], folds: Sequence[int], /) -> list[float]:
    """Return the log-odds of each example by weights that were fitted without its patient."""
    heads = {fold: weighed([each for each, its in zip(examples, folds, strict=True) if its != fold]) for fold in set(folds)}
    return [log_odds(each.features, heads[fold]) for each, fold in zip(examples, folds, strict=True)]


def folds_by_patient(examples: Sequence[Example], /, *, seed: int = 1) -> list[int]:
    """Return the fold of each example: all of a patient's in one, the folds about equally large."""
    chance = random.Random(seed)
    counts = Counter(each.patient for each in examples)
    order = sorted(sorted(counts), key=lambda patient: -counts[patient] + chance.random())
    filled, fold_of = [0] * FOLDS, dict[str, int]()
    for patient in order:
        fold_of[patient] = min(range(FOLDS), key=filled.__getitem__)
        filled[fold_of[patient]] += counts[patient]
    return [fold_of[each.patient] for each in examples]


def weighed(examples: Sequence[Example], /) -> Head:
    """Fit by Newton's method with a ridge penalty; a weight of the wrong sign stays 0 (an active set of bounds)."""
    seen = Counter(name for each in examples for name in each.features)
    names = sorted(name for name, count in seen.items() if count >= LEAST_SEEN)
    rows = np.array([[each.features.get(name, 0.0) for name in names] for each in examples])
    names = [name for name, spread in zip(names, rows.std(axis=0), strict=True) if spread > 1e-9]
    rows = np.array([[each.features.get(name, 0.0) for name in names] for each in examples])
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    scaled = np.c_[np.ones(len(rows)), (rows - middle) / spread]
    signs = np.array([0, *((name in RAISES) - (name in LOWERS) for name in names)])
    weights = _newton(scaled, np.array([float(each.right) for each in examples]), signs)
    raw = weights[1:] / spread
    bias = float(weights[0] - (raw * middle).sum())
    return Head(round(bias, 4), {name: round(float(value), 4) for name, value in zip(names, raw, strict=True) if value}, ())


def _newton(rows: Array, right: Array, signs: Array) -> Array:
    penalty = np.full(rows.shape[1], RIDGE)
    penalty[0] = 1e-6
    weights = np.zeros(rows.shape[1])
    for step in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chance - right) + penalty * weights
        free = ~((weights * signs <= 0) & (slope * signs > 0) & (signs != 0))
        curve = (rows[:, free] * (chance * (1 - chance))[:, None]).T @ rows[:, free] + np.diag(penalty[free])
        weights[free] -= np.linalg.solve(curve, slope[free]) * (1.0 if step < 3 else 0.7)
        weights[weights * signs < 0] = 0.0
    return weights


def rising(odds: Sequence[float], right: Sequence[bool], /) -> tuple[tuple[float, float], ...]:
    """Return the points of a rising line from log-odds to shares of right answers.

    Pool adjacent violators (Ayer et al. 1955) over groups of neighbours; each share has one right and one wrong answer added.
    """
    order = sorted(range(len(odds)), key=odds.__getitem__)
    groups = max(1, len(order) // LEAST_BLOCK)
    cuts = [round(number * len(order) / groups) for number in range(groups + 1)]
    blocks: list[tuple[float, int, int]] = []
    for first, last in pairwise(cuts):
        chosen = order[first:last]
        blocks.append((sum(odds[place] for place in chosen), sum(right[place] for place in chosen), len(chosen)))
        while len(blocks) > 1 and not _rises(blocks[-2], blocks[-1]):
            total, good, count = blocks.pop()
            before = blocks.pop()
            blocks.append((before[0] + total, before[1] + good, before[2] + count))
    knots = [(total / count, _share((total, good, count))) for total, good, count in blocks]
    outermost = [_beyond(knots[0], odds[order[0]]), *knots, _beyond(knots[-1], odds[order[-1]])]
    return tuple(dict.fromkeys((round(place, 4), round(share, 4)) for place, share in outermost))


TAIL = 0.5
"""How much of a change of log-odds is believed beyond the outermost groups."""


def _beyond(knot: tuple[float, float], odds: float) -> tuple[float, float]:
    """Go on from a point to the outermost log-odds that were seen."""
    place, share = knot
    if round(odds, 4) == round(place, 4):
        return knot
    further = _logit(share) + TAIL * (odds - place)
    return odds, 1 / (1 + math.exp(-further))


def _rises(one: tuple[float, int, int], other: tuple[float, int, int]) -> bool:
    return one[0] / one[2] < other[0] / other[2] and _share(one) < _share(other)


def _share(block: tuple[float, int, int]) -> float:
    return (block[1] + 1) / (block[2] + 2)
