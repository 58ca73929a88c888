"""Moments as the store compares them: a calendar day of the record's own zone, and an instant in UTC as sortable text."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import PartialDate


class Moment(NamedTuple):
    """When a version came to stand, or ceased to."""

    at: str
    day: str


def moment_of(date: PartialDate) -> Moment:
    """Return the first moment that a date can mean."""
    return Moment(instant_text(date.start), date.first_day.isoformat())


def moment_at(instant: str) -> Moment:
    """Return the moment of an instant in UTC, as `instant_text` writes it."""
    return Moment(instant, instant[:10])


@lru_cache(maxsize=65536)
def instant_text(moment: datetime) -> str:
    """An instant as text that sorts in time: UTC, fixed width."""
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:  # the first or last day of the calendar, in a zone that steps over it
        moment = moment.replace(tzinfo=UTC)
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds")


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
