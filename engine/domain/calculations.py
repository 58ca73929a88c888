"""A calculation as every door gives it: the result with each input and its source, or a refusal that names what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from chartcite.engine.domain.answers import Missing
from chartcite.engine.domain.evidence import Citation
from chartcite.engine.domain.records import Frozen, PatientId
from pydantic import AwareDatetime


class CalculationInput(Frozen):
    """One input, and where it comes from."""

    name: str
    label: str
    origin: Literal["chart", "given", "not_found", "missing"]
    """`not_found`: a yes or no that the chart was searched for in vain; it counts as no."""
    value: str = ""
    """As in the chart or given, with its unit: `124 umol/L`, `yes`, `female`."""
    words: str = ""
    """The chart's own words for a yes or no."""
    day: str = ""
    """When it was measured or began, as written."""
    days_old: int | None = None
    stale: bool = False
    """Older than this input may be."""
    searched: str = ""
    """What was looked through."""
    citations: tuple[Citation, ...] = ()


class CalculationStep(Frozen):
    """What counted towards a score."""

    label: str
    points: Decimal


class RecordedResult(Frozen):
    """The same result as the chart itself records it."""

    text: str
    citations: tuple[Citation, ...]


class Calculation(Frozen):
    """A result, or a refusal."""

    kind: Literal["calculated", "refused"]
    calculator: str
    title: str
    patient_id: PatientId | None
    as_of: date | AwareDatetime | None
    asked: date
    """The day for which it is made: ages count to it."""
    text: str
    """The result with what it rests on, or why there is none."""
    result: str = ""
    """As shown: `68.0 mL/min`, `at least 3`."""
    value: Decimal | None = None
    highest: Decimal | None = None
    """The result, were every input that was not found to hold."""
    unit: str = ""
    interpretation: str = ""
    """Only what the source says of such a result."""
    steps: tuple[CalculationStep, ...] = ()
    inputs: tuple[CalculationInput, ...]
    missing: tuple[Missing, ...] = ()
    recorded: tuple[RecordedResult, ...] = ()
    notes: tuple[str, ...] = ()
    source: str
    review: str
