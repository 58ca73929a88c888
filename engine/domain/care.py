"""Care gaps: what a guideline recommends at intervals, when it was last done, and whether it is due."""

from __future__ import annotations

from datetime import date
from typing import Literal

from chartcite.engine.domain.answers import Claim, Missing
from chartcite.engine.domain.records import Frozen, PatientId
from pydantic import AwareDatetime

GapKind = Literal["screening", "immunisation", "monitoring"]


class OtherAdvice(Frozen):
    """What another organisation advises on the matter of a gap, where that comes out otherwise for the patient."""

    recommendation: str
    """`guideline#R1`."""
    organization: str
    title: str
    year: str
    strength: str
    about: str
    """The matter on which the organisations disagree."""
    position: str
    """What sets this one apart, in a few words."""
    status: Literal["up to date", "due", "overdue", "unknown", "does not apply"]
    statement: Claim
    """The recommendation, quoted."""
    conditions: tuple[Claim, ...] = ()
    """The conditions that the chart decides."""


class Gap(Frozen):
    """One recommendation with an interval, for one patient."""

    recommendation: str
    """`guideline#R1`."""
    organization: str
    title: str
    year: str
    strength: str
    """In the issuer's own scheme."""
    kind: GapKind
    what: str
    """What is to be done and how often; alternatives joined by `;`."""
    status: Literal["up to date", "due", "overdue", "unknown"]
    statement: Claim
    """The recommendation, quoted."""
    last: Claim | None = None
    """When it was last done, with its citation."""
    searched: str = ""
    """What was looked through where it was never done."""
    conditions: tuple[Claim, ...] = ()
    """The conditions that the chart decides."""
    missing: tuple[Missing, ...] = ()
    """What the chart leaves open."""
    otherwise: tuple[OtherAdvice, ...] = ()
    """Other organisations by whose advice this is not so."""


class Gaps(Frozen):
    """The care gaps of one patient at one moment: overdue first."""

    patient_id: PatientId
    as_of: date | AwareDatetime | None = None
    until: date
    """Last calendar day that counts."""
    gaps: tuple[Gap, ...]
    recommendations: int
    """Current recommendations with an interval that were looked at."""
    not_applicable: int
    """Of these, those whose conditions the patient does not meet, or that need a condition the chart does not mention."""
    index: str
    """Snapshot of the store."""
    dropped_claims: int = 0
    timings: dict[str, float]
    """`total_ms`."""
