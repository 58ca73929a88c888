"""Values of one measurement at several moments, told together with what changed between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Fact
from chartcite.engine.facts.body_sides import of_side_asked
from chartcite.engine.facts.measured_values import BESIDE, LOW_IS_BAD, Point, number_of, numeric, points_of, series_of
from chartcite.engine.facts.spoken_of import spoken_of
from chartcite.engine.facts.value_answers import trend
from chartcite.engine.language.course_words import asks_course
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.moments import When, of_moments
from chartcite.engine.retrieval import TargetFacts


def compared(found: Sequence[TargetFacts], reading: Reading) -> list[DraftClaim]:
    """Tell the values of each measured target at the moments that the plan names; empty where fewer than two are known."""
    event = _event_day([fact for item in found if item.target.kind is not ConceptKind.MEASUREMENT for fact in item.facts])
    claims: list[DraftClaim] = []
    unplaced = event is None and _is_unplaced(found, reading)
    for item in found:
        if item.target.kind is not ConceptKind.MEASUREMENT or not item.facts:
            continue
        held = [fact for fact in item.facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
        facts = of_side_asked(held, reading.plan.text)
        groups = series_of(points_of(item.target, facts, reading.chart), reading.chart)
        told = ""
        for key, group in sorted(groups.items(), key=lambda pair: len(pair[1]), reverse=True):
            if told and key.partition(BESIDE)[0] != told:
                break  # only the other side of the body is told beside it
            chosen = (
                numeric(group)
                if unplaced
                else _at_moments(group, reading, event, low_is_bad=bool(LOW_IS_BAD & set(item.target.ids[:1])))
            )
            if 1 < len(chosen) <= (MOST_UNPLACED if unplaced else len(group)):
                claims += trend(chosen, reading.plan, reading.chart)
                told = key.partition(BESIDE)[0]
    return claims


MOST_UNPLACED = 8
"""Values that are all told where the day of the event between them is not known."""


def _is_unplaced(found: Sequence[TargetFacts], reading: Reading) -> bool:
    """Say whether values are asked before and after something that notes speak of and no table dates."""
    if not {moment.when for moment in reading.plan.moments} <= {When.BEFORE, When.AFTER}:
        return False
    events = [item.target for item in found if item.target.kind not in {ConceptKind.MEASUREMENT, None}]
    return spoken_of(events, reading.shelves.records.all_passages(reading.scope))


def _at_moments(points: Sequence[Point], reading: Reading, event: date | None, *, low_is_bad: bool) -> list[Point]:
    values = numeric(points)
    if asks_course(reading.plan.text) and {moment.when for moment in reading.plan.moments} <= {When.BEFORE, When.AFTER}:
        return values  # "the course of it, before and after": all of it is asked
    days = [point.fact.occurred.first_day if point.fact.occurred else None for point in values]
    places = of_moments(
        days, [float(number_of(point)) for point in values], reading.plan.moments, event=event, low_is_bad=low_is_bad
    )
    return [values[place] for place in places]


def _event_day(facts: Sequence[Fact]) -> date | None:
    """Return the first day of what the question names as an event."""
    return min((fact.occurred.first_day for fact in facts if fact.occurred), default=None)
