"""Whether a medication was taken, or a condition active, on a day."""

from __future__ import annotations

from datetime import date

from chartcite.engine.domain.records import AssertionStatus, Fact
from chartcite.engine.facts.statements import medication_is_active


def active_at(fact: Fact, day: date) -> bool:
    """Say whether a medication was being taken on a day, as far as the chart says."""
    if fact.occurred is not None and fact.occurred.first_day > day:
        return False
    if medication_is_active(fact):
        return True
    if not fact.status and fact.assertion in {AssertionStatus.PRESENT, AssertionStatus.POSSIBLE}:
        return fact.ended is None or fact.ended.first_day > day  # tables give times and no status
    return fact.ended is not None and fact.ended.first_day > day and fact.status in {"stopped", "completed"}


def condition_is_active(fact: Fact, day: date) -> bool:
    """Say whether a condition was active on a day."""
    if fact.assertion not in {AssertionStatus.PRESENT, AssertionStatus.POSSIBLE}:
        return False
    if fact.ended is not None:
        return fact.ended.first_day > day
    return fact.status in {"active", "recurrence", "relapse", ""}
