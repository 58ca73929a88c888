"""What medication safety tells of a patient: alerts with their rules and chart facts, and what is not known."""

from __future__ import annotations

from datetime import date

from chartcite.engine.domain.briefings import Line
from chartcite.engine.domain.evidence import Citation
from chartcite.engine.domain.medication_rules import REVIEW_STATE, RuleKind, RuleSeverity, RuleSource
from chartcite.engine.domain.records import Frozen, PatientId
from pydantic import AwareDatetime


class Alert(Frozen):
    """A rule that is met."""

    rule: str
    """Its id."""
    kind: RuleKind
    severity: RuleSeverity
    medicines: tuple[str, ...]
    proposed: bool
    """Whether one of them is only asked about."""
    mechanism: str
    effect: str
    consider: str
    """For a clinician to weigh; no instruction."""
    value: str = ""
    """A value that was calculated or added up, in words."""
    sources: tuple[RuleSource, ...]
    review_state: str = REVIEW_STATE
    line: Line
    """The alert as a checked sentence, which cites the chart's facts and the rule."""
    facts: tuple[Line, ...] = ()
    """Each fact of the chart that met the rule, as a checked sentence."""
    citation: Citation
    """Of the rule."""


class NotKnown(Frozen):
    """What is missing to say whether rules are met."""

    what: str
    why: str
    medicines: tuple[str, ...]
    rules: tuple[str, ...]
    facts: tuple[Line, ...] = ()
    """Entries of the chart that leave it open."""


class LoadedRules(Frozen):
    """A set of rules that was evaluated."""

    name: str
    version: str
    rules: int
    licence: str


class SafetyReport(Frozen):
    """Outcome of all rules for a patient at a moment."""

    patient_id: PatientId
    as_of: date | AwareDatetime | None = None
    until: date
    """Last calendar day that counts: that of `as_of`, else the clock's."""
    asked: tuple[str, ...] = ()
    """Medicines that were asked about; empty: all that are taken."""
    summary: str
    """One sentence; where no rule is met, how many were loaded, and never that something is safe."""
    alerts: tuple[Alert, ...]
    """Gravest first."""
    not_known: tuple[NotKnown, ...]
    medicines: tuple[Line, ...]
    """What was taken into account."""
    not_recognised: tuple[str, ...] = ()
    """Active entries whose medicine the terminology does not know: no rule speaks of them."""
    rule_sets: tuple[LoadedRules, ...]
    extent: Citation
    """Cites how many rules of which version were loaded."""
    index: str
    """Snapshot of the store."""
    dropped_claims: int = 0
    """Lines that failed a check and are not shown."""
    timings: dict[str, float]
    """`total_ms`."""
