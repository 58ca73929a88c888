"""GET medication safety: what a patient takes, or a medicine that is proposed, against the rules that are loaded."""

from __future__ import annotations

from typing import Annotated, Any

from chartcite.api.problems import Problem
from chartcite.api.state import OpenEngine
from chartcite.api.wire import Moment
from chartcite.engine.domain.medication_alerts import SafetyReport
from chartcite.engine.domain.records import PatientId
from chartcite.engine.medication_safety import medication_safety
from fastapi import APIRouter, Query

_PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (404, 422, 503)}
router = APIRouter(prefix="/v1/patients/{patient_id}", tags=["safety"], responses=_PROBLEMS)


@router.get("/medication-safety")
def safety(
    patient_id: str,
    engine: OpenEngine,
    add: Annotated[
        str, Query(max_length=200, description="A medicine that is proposed, by ingredient, class or brand; empty: none.")
    ] = "",
    as_of: Annotated[Moment, Query()] = None,
) -> SafetyReport:
    """Tell which rules of medication safety are met, each alert cited, and what is not known."""
    return medication_safety(PatientId(patient_id), records=engine.records, lexicon=engine.lexicon, add=add, as_of=as_of)
