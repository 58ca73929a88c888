"""From how a claim was found to how often such claims are right.

The table is fitted on the tune half of the scorecard only (`make calibrate`): for each route the share of right answers, pulled
towards the overall share where few were seen. A relevance score is never called confidence.
"""

from __future__ import annotations

from typing import Literal

from chartcite.engine.calibration import CALIBRATION, OVERALL, ROUTES
from chartcite.engine.domain.answers import Confidence, DraftClaim

PRIOR_WEIGHT = 4.0
"""Questions that the overall share counts for beside a route's own."""
HIGH, MODERATE = 0.9, 0.7
"""Lower limits of the bands."""


def confidence_of(draft: DraftClaim, /) -> Confidence:
    """Return the calibrated probability that a claim is right."""
    right, asked = ROUTES.get(draft.route, (0, 0))
    return banded((right + PRIOR_WEIGHT * OVERALL) / (asked + PRIOR_WEIGHT))


def abstention_confidence() -> Confidence:
    """Return the calibrated probability that an abstention is right."""
    right, asked = ROUTES.get("abstention", (0, 0))
    return banded((right + PRIOR_WEIGHT * OVERALL) / (asked + PRIOR_WEIGHT))


def banded(probability: float) -> Confidence:
    """Name the band of a probability."""
    band: Literal["high", "moderate", "low"] = "high" if probability >= HIGH else "moderate" if probability >= MODERATE else "low"
    return Confidence(probability=round(probability, 3), band=band, calibration=CALIBRATION)
