"""GET what is told without a question: the changes since a moment, the brief of a chart."""

from __future__ import annotations

from typing import Annotated, Any

from chartcite.api.problems import Problem
from chartcite.api.state import OpenEngine
from chartcite.api.wire import Moment
from chartcite.engine.brief import brief as tell_brief
from chartcite.engine.changes import changes as tell_changes
from chartcite.engine.dates.since import ACCEPTED, LAST_VISIT
from chartcite.engine.domain.briefings import Brief, Changes
from chartcite.engine.domain.records import PatientId
from fastapi import APIRouter, Query

_PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (404, 422, 503)}
router = APIRouter(prefix="/v1/patients/{patient_id}", tags=["briefings"], responses=_PROBLEMS)


@router.get("/changes")
def changes(
    patient_id: str,
    engine: OpenEngine,
    since: Annotated[str, Query(min_length=1, max_length=200, description=f"From when: {ACCEPTED}.")] = LAST_VISIT,
    as_of: Annotated[Moment, Query()] = None,
) -> Changes:
    """Tell what changed in a chart since a moment, each line cited."""
    return tell_changes(PatientId(patient_id), since, records=engine.records, lexicon=engine.lexicon, as_of=as_of)


@router.get("/brief")
def brief(patient_id: str, engine: OpenEngine, as_of: Annotated[Moment, Query()] = None) -> Brief:
    """Tell a chart on one screen, most important first, each line cited."""
    return tell_brief(PatientId(patient_id), records=engine.records, lexicon=engine.lexicon, as_of=as_of)
