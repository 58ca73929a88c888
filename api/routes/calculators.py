"""Calculators: what there is, and one calculated for a patient."""

from __future__ import annotations

from typing import Any

from chartcite.api.calculator_wire import CalculateBody, CalculatorList, calculator_list
from chartcite.api.problems import Problem
from chartcite.api.state import OpenEngine
from chartcite.engine.calculate import calculate as calculate_for
from chartcite.engine.domain.calculations import Calculation
from chartcite.engine.domain.records import PatientId
from fastapi import APIRouter

_PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (404, 422, 503)}
router = APIRouter(tags=["calculators"])


@router.get("/v1/calculators")
def calculators() -> CalculatorList:
    """Name every calculator with its inputs, ranges and source."""
    return calculator_list()


@router.post("/v1/patients/{patient_id}/calculate", responses=_PROBLEMS)
def calculate(patient_id: str, body: CalculateBody, engine: OpenEngine) -> Calculation:
    """Calculate for a patient: inputs from the chart, each cited; those given go first. Missing inputs are named."""
    given = {name.strip().lower().replace("-", "_"): value for name, value in body.inputs.items()}
    return calculate_for(
        body.calculator, PatientId(patient_id), given, records=engine.records, lexicon=engine.lexicon, as_of=body.as_of
    )
