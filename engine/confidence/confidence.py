"""From what is known of an answer to the chance that it is right.

Two logistic models, one for answers and one for abstentions, weigh the features of
`engine/confidence/confidence_features.py`; a rising line through few points turns their log-odds into shares of right
answers. Both are fitted on the tune half of the scorecard only (`make calibrate`). A relevance score is never called confidence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from chartcite.engine.confidence.calibration import ABSTAINED, ANSWERED, CALIBRATION, CROSS_VALIDATED, OVERALL, ROUTES
from chartcite.engine.confidence.confidence_features import Features
from chartcite.engine.domain.answers import Confidence, DraftClaim, Verdict
from chartcite.engine.domain.calibrated import Head, RiskPoint
from chartcite.engine.errors import InputError

PRIOR_WEIGHT = 4.0
"""Questions that the overall share counts for beside a route's own."""
HIGH, MODERATE = 0.9, 0.7
"""Lower limits of the bands."""
LEAST_SHOWN = 100
"""Answers below which a share of wrong ones says too little to promise anything by."""


class Policy(NamedTuple):
    """What an operator lets pass."""

    max_wrong: float | None = None
    """Share of wrong answers among those shown that is accepted; `None`: every answer is shown."""
    threshold: float = 0.0
    """Least confidence of an answer that is shown."""

    def holds_back(self, confidence: Confidence) -> bool:
        """Say whether an answer is kept from the reader."""
        return confidence.probability < self.threshold


def policy_for(max_wrong: float | None, /, *, risk: Sequence[RiskPoint] = CROSS_VALIDATED.risk) -> Policy:
    """Return the policy that shows as much as a share of wrong answers of at most `max_wrong` (above 0, below 1) allows.

    Raises:
        InputError: the calibration never reached so small a share.
    """
    if max_wrong is None:
        return Policy()
    threshold: float | None = None
    least = 1.0
    everything = max((point.shown for point in risk), default=0)
    for point in risk:  # from the fewest shown: the first share over the limit ends it, even if a later one falls back under
        if point.shown < LEAST_SHOWN:
            continue
        share = point.wrong / point.shown
        least = min(least, share)
        if share > max_wrong:
            break
        threshold = 0.0 if point.shown == everything else point.threshold
    if threshold is None:
        told = f"the least share of wrong answers that this calibration can promise is {least:.3f}"
        raise InputError(f"max_wrong {max_wrong:g}: {told}: set it no lower, or leave it out to show every answer")
    return Policy(max_wrong, threshold)


def answer_confidence(features: Features, /, *, answered: bool) -> Confidence:
    """Return the calibrated probability that an answer (or, where nothing is answered, the abstention) is right."""
    head = ANSWERED if answered else ABSTAINED
    return banded(recalibrated(log_odds(features, head), head))


def claim_confidences(features: Features, claims: Sequence[tuple[DraftClaim, Verdict]], /) -> list[Confidence]:
    """Return for each claim the calibrated probability that it answers: the answer's, as if it alone had been found."""
    shared = {name: value for name, value in features.items() if not name.startswith("route_")}
    odds = [log_odds({**shared, **claim_features(claim, verdict)}, ANSWERED) for claim, verdict in claims]
    return [banded(recalibrated(each, ANSWERED)) for each in odds]


def claim_features(claim: DraftClaim, verdict: Verdict, /) -> dict[str, float]:
    """Return what one claim has of its own: its route, its support, its entailment."""
    return {
        f"route_{claim.route}": 1.0,
        "unsupported": 1 - claim.support,
        "not_entailed": 1 - verdict.checks.entailment,
    }


def log_odds(features: Features, head: Head, /) -> float:
    """Return the logit of the chance of being right, not yet recalibrated."""
    weights = head.weights
    return head.bias + sum(weights[name] * value for name, value in features.items() if name in weights)


def recalibrated(odds: float, head: Head, /) -> float:
    """Return the share of right answers that such log-odds had."""
    places = [place for place, _ in head.knots]
    at = bisect_right(places, odds)
    if at == 0 or at == len(places):
        return head.knots[min(at, len(places) - 1)][1]
    (left, low), (right, high) = list(pairwise(head.knots))[at - 1]
    return low + (high - low) * (odds - left) / (right - left)


def confidence_of(draft: DraftClaim, /) -> Confidence:
    """Return the share of right answers that a route had: for lines that answer no question, as those of a briefing."""
    right, asked = ROUTES.get(draft.route, (0, 0))
    return banded((right + PRIOR_WEIGHT * OVERALL) / (asked + PRIOR_WEIGHT))


def banded(probability: float) -> Confidence:
    """Name the band of a probability."""
    band: Literal["high", "moderate", "low"] = "high" if probability >= HIGH else "moderate" if probability >= MODERATE else "low"
    return Confidence(probability=round(probability, 3), band=band, calibration=CALIBRATION)
