"""The verifier: one sentence that somebody else wrote against the passages it cites (docs/verification.md)."""

from chartcite.engine.claim_checks.checker import Entailment, EntailmentJudge, check_claim
from chartcite.engine.claim_checks.findings import ClaimVerdict, Finding, Place

__all__ = ["ClaimVerdict", "Entailment", "EntailmentJudge", "Finding", "Place", "check_claim"]
