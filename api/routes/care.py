"""GET what is due by the guidelines of the store."""

from __future__ import annotations

from typing import Annotated, Any

from chartcite.api.problems import Problem
from chartcite.api.state import OpenEngine
from chartcite.api.wire import Moment
from chartcite.engine.care_gaps import care_gaps
from chartcite.engine.domain.care import Gaps
from chartcite.engine.domain.records import PatientId
from fastapi import APIRouter, Query

_PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (404, 422, 503)}
router = APIRouter(prefix="/v1/patients/{patient_id}", tags=["care"], responses=_PROBLEMS)


@router.get("/gaps")
def gaps(patient_id: str, engine: OpenEngine, as_of: Annotated[Moment, Query()] = None) -> Gaps:
    """Tell which screening, immunisation and monitoring is overdue, due, unknown or up to date."""
    return care_gaps(PatientId(patient_id), records=engine.records, lexicon=engine.lexicon, as_of=as_of)
