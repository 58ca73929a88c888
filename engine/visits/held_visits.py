"""The visits of a chart that took place, and what lies within one."""

from __future__ import annotations

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.records import AssertionStatus, Category, Fact

NOT_HELD = frozenset({"cancelled", "noshow", "entered-in-error", "planned", "booked", "proposed", "pending", "waitlist"})
"""Status codes of visits that did not take place, or have not yet."""


def held_visits(reading: Reading, /) -> list[Fact]:
    """Return the visits of the list that had begun by the day of the question, in the order of the store."""
    return [
        fact
        for fact in reading.shelves.records.facts(reading.scope, categories=(Category.ENCOUNTER,))
        if fact.occurred is not None
        and fact.span is None
        and fact.status not in NOT_HELD
        and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
        and fact.occurred.first_day <= reading.chart.today
    ]


def touches(visit: Fact, window: Window, /) -> bool:
    """Say whether a visit lies in a time, or reaches into it."""
    return window.holds(visit.occurred) or (visit.ended is not None and window.overlaps(visit.occurred, visit.ended))


def began_in(fact: Fact, visit: Fact, /) -> bool:
    """Say whether something began on the days of a visit."""
    if fact.occurred is None or visit.occurred is None:
        return False
    return visit.occurred.first_day <= fact.occurred.first_day <= (visit.ended or visit.occurred).last_day
