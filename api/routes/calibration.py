"""GET what the confidence of answers means: how it was fitted, how it was measured, which limit is in force."""

from __future__ import annotations

from chartcite.api.calibration_wire import CalibrationBody, calibration_body
from chartcite.api.state import SharedState
from chartcite.engine.confidence.confidence import policy_for
from fastapi import APIRouter

router = APIRouter(tags=["calibration"])


@router.get("/v1/calibration")
async def calibration(shared: SharedState) -> CalibrationBody:
    """Tell the calibration of the confidence, with its reliability and its risk by coverage."""
    return calibration_body(policy_for(shared.settings.max_wrong))
