"""Moments as the store compares them: a calendar day of the record's own zone, and an instant in UTC as sortable text."""

from __future__ import annotations

from datetime import datetime

from chartcite.engine.domain.evidence import Scope
from chartcite.engine.facts.written import instant_text
from chartcite.engine.ports import Moment


def moment_at(instant: str) -> Moment:
    """Return the moment of an instant in UTC, as `instant_text` writes it."""
    return Moment(instant, instant[:10])


def standing(table: str, scope: Scope) -> tuple[str, tuple[str, ...]]:
    """SQL that keeps what the chart held at the scope's moment, by `table` (facts or passages) and its resource `r`.

    Without a moment: the current versions. With one: those whose time had begun and not ended, and what was known by then.
    """
    if scope.as_of is None:
        return " AND r.current = 1", ()
    unit = "at" if isinstance(scope.as_of, datetime) else "day"
    moment = instant_text(scope.as_of) if isinstance(scope.as_of, datetime) else scope.as_of.isoformat()
    began = f"({table}.known_{unit} IS NULL OR {table}.known_{unit} <= ?)"
    stands = f"(r.since_{unit} IS NULL OR r.since_{unit} <= ?) AND (r.until_{unit} IS NULL OR r.until_{unit} > ?)"
    return f" AND {began} AND {stands}", (moment, moment, moment)
