"""GET what the store holds: patients, sources of citations, passages."""

from __future__ import annotations

from typing import Annotated, Any

from chartcite.api.lookup import describe_chart, find_passages, list_patients, open_source
from chartcite.api.problems import Problem
from chartcite.api.state import OpenEngine
from chartcite.api.wire import ChartBody, CorpusName, ExcerptBody, Moment, PatientList, SearchBody
from chartcite.engine.domain.records import PatientId
from fastapi import APIRouter, Query
from pydantic import Field

Range = Annotated[str, Field(pattern=r"^\d{1,9}-\d{1,9}$")]
_PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (404, 422, 503)}
router = APIRouter(prefix="/v1", tags=["records"], responses=_PROBLEMS)


@router.get("/patients")
def patients(engine: OpenEngine) -> PatientList:
    """List the patients of the store."""
    return list_patients(engine.records)


@router.get("/patients/{patient_id}")
def patient(patient_id: str, engine: OpenEngine, as_of: Annotated[Moment, Query()] = None) -> ChartBody:
    """Describe one patient and what the chart holds."""
    return describe_chart(engine.records, PatientId(patient_id), as_of=as_of)


@router.get("/citations/{citation_id}")
def citation(
    citation_id: str,
    engine: OpenEngine,
    patient_id: Annotated[str | None, Query(description="Open it only if it is this patient's, or a guideline.")] = None,
    also: Annotated[
        list[Range] | None, Query(max_length=40, description="`start-end` of an element: marked in `readable` too.")
    ] = None,
) -> ExcerptBody:
    """Open the source of a citation."""
    ranges = [(int(start), int(end)) for start, end in (each.split("-") for each in also or ())]
    return open_source(engine.records, citation_id, patient_id=patient_id, also=ranges)


@router.get("/search")
def search_passages(
    engine: OpenEngine,
    q: Annotated[str, Query(min_length=1, max_length=500, description="Words.")],
    corpus: CorpusName = CorpusName.GUIDELINES,
    patient_id: Annotated[str | None, Query(description="Search one chart; absent: each chart for itself.")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
) -> SearchBody:
    """Find passages of the guidelines or of charts."""
    return find_passages(engine, q, corpus=corpus, patient_id=patient_id, limit=limit)
