"""The window of an anchor, once the days on which its event happened are known: pure arithmetic on dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.dates.anchor_words import ENCOUNTERS, EventKind, Relation
from chartcite.engine.dates.anchors import Anchor, Distance, Named
from chartcite.engine.dates.times import Window, shift
from chartcite.engine.domain.records import PartialDate


class Occurrence(NamedTuple):
    """When something of the chart happened; an encounter or a treatment may have an end."""

    start: PartialDate
    end: PartialDate | None = None


_FIRST_MEANT = frozenset({EventKind.STARTED, EventKind.DIAGNOSIS})
"""Without an ordinal the first is meant (renewals and repeated entries are none); of everything else the last."""
AROUND_DAYS = 30
"""Days on both sides of an event that "around" takes in."""


def resolve_anchor(
    anchor: Anchor,
    occurrences: Sequence[Occurrence],
    *,
    until: Sequence[Occurrence] = (),
    today: date | None = None,
    within: Window | None = None,
) -> Window | None:
    """Return the window that an anchor means, given when its event happened; `None`: it did not, or not so often.

    "Before" ends the day before. "After" begins on the day itself (the order within a day is unknown): of a stay, a visit or a
    discharge that of its end, of all else that of its start. "Since" begins on the first day, since a discharge on its day.
    "During" is from start to end, and open while there is no end. A day known only by month or year counts as certain only:
    "before" ends before it can have begun, "after" begins when it is surely over.

    Args:
        anchor: as `find_anchor` read it.
        occurrences: when what `anchor.event` names happened, in any order, repetitions allowed.
        until: the same for `anchor.until`.
        today: an encounter that began on this day or later is the one that goes on, never the last or previous one.
        within: a further window of the question ("the surgery in 2019"): only occurrences in it are meant.
    """
    chosen = _chosen(anchor.event, occurrences, today, within)
    if chosen is None:
        return None
    try:
        if anchor.relation is Relation.BETWEEN:
            second = _chosen(anchor.until, until, today, within) if anchor.until else None
            bounds = _between_days(anchor, chosen, second)
        elif anchor.distance is not None:
            bounds = _distant_days(anchor.relation, anchor.distance, anchor.event.kind, chosen)
        else:
            bounds = _days(anchor.relation, anchor.event.kind, chosen)
    except (OverflowError, ValueError):
        return None
    return None if bounds is None else Window(first=bounds[0], last=bounds[1], words=anchor.words, span=anchor.span)


def _chosen(event: Named, occurrences: Sequence[Occurrence], today: date | None, within: Window | None) -> Occurrence | None:
    """Return the occurrence that the ordinal means; several on the same days count once."""
    usable = [each for each in occurrences if within is None or within.holds(_moment(event.kind, each))]
    if not usable and within is not None and event.kind is EventKind.STAY:  # "the stay in April" may have begun before
        usable = [each for each in occurrences if each.end is not None and within.holds(each.end)]
    if event.kind in {EventKind.DISCHARGE, EventKind.STOPPED}:
        ended = [each for each in usable if each.end is not None]
        usable = ended or ([] if event.kind is EventKind.DISCHARGE else usable)
    if today is not None and event.kind in ENCOUNTERS and event.ordinal is not None and event.ordinal < 0:
        usable = [each for each in usable if each.start.first_day < today] or usable
    distinct = {(each.start.first_day, each.end.last_day if each.end else None): each for each in usable}
    ordered = sorted(distinct.values(), key=lambda each: (each.start.first_day, each.end.last_day if each.end else date.max))
    number = event.ordinal if event.ordinal is not None else (1 if event.kind in _FIRST_MEANT else -1)
    place = number - 1 if number > 0 else number
    return ordered[place] if -len(ordered) <= place < len(ordered) else None


_Bounds = tuple[date | None, date | None] | None
_WITH_END = frozenset({EventKind.STAY, EventKind.VISIT, EventKind.EMERGENCY, EventKind.PREGNANCY})
_AT_END = frozenset({EventKind.DISCHARGE, EventKind.STOPPED})


def _moment(kind: EventKind, each: Occurrence) -> PartialDate:
    """Return the date of the event itself: of a discharge and a stop the end."""
    return each.end if kind in _AT_END and each.end is not None else each.start


def _over(kind: EventKind, each: Occurrence) -> date:
    """Return the day on which it is surely over: from then on is "after"."""
    ended = each.end if kind in _WITH_END and each.end else _moment(kind, each)
    return ended.last_day


def _days(relation: Relation, kind: EventKind, each: Occurrence) -> _Bounds:
    moment = _moment(kind, each)
    match relation:
        case Relation.BEFORE:
            return None, moment.first_day - timedelta(days=1)
        case Relation.UNTIL:
            return None, moment.last_day
        case Relation.AFTER:
            return _over(kind, each), None
        case Relation.SINCE:
            over = each.end if kind is EventKind.PREGNANCY and each.end is not None else moment
            return over.first_day, None
        case Relation.AROUND:
            return moment.first_day - timedelta(days=AROUND_DAYS), moment.last_day + timedelta(days=AROUND_DAYS)
        case Relation.AT if kind not in {EventKind.VISIT, EventKind.EMERGENCY, EventKind.STAY, EventKind.PREGNANCY}:
            return moment.first_day, moment.last_day
    if kind in _AT_END:
        return moment.first_day, moment.last_day
    lasting = kind in {EventKind.STAY, EventKind.ADMISSION, EventKind.TAKING, EventKind.PREGNANCY, EventKind.OTHER}
    last = each.end.last_day if each.end else None if lasting else each.start.last_day
    return each.start.first_day, last


def _between_days(anchor: Anchor, first: Occurrence, second: Occurrence | None) -> _Bounds:
    if second is None or anchor.until is None:
        return None
    kinds = {anchor.event.kind, anchor.until.kind}
    if kinds == {EventKind.STAY} and first.end is not None and first.end.last_day <= second.start.first_day:
        return first.end.first_day, second.start.last_day  # what was done in hospital lies before and after it
    days = [_moment(anchor.event.kind, first), _moment(anchor.until.kind, second)]
    return min(day.first_day for day in days), max(day.last_day for day in days)


def _part_of_stay(begins: date, over: date, distance: Distance) -> tuple[date, date]:
    """Return the first days or weeks of what lasts, or (where they are counted from its end) the last ones."""
    one = timedelta(days=1)
    if distance.from_end:
        return max(begins, shift(over + one, -distance.count, distance.unit)), over
    return begins, min(over, shift(begins, distance.count, distance.unit) - one)


_ROOM = {
    "day": ("day", 0),
    "week": ("day", 3),
    "fortnight": ("day", 4),
    "month": ("day", 15),
    "quarter": ("day", 30),
    "year": ("month", 2),
    "decade": ("year", 2),
}
"""Room on both sides of "two weeks after": what is planned so is seldom done to the day."""


def _distant_days(relation: Relation, distance: Distance, kind: EventKind, each: Occurrence) -> _Bounds:
    count, unit = distance.count, distance.unit
    begins, over = _moment(kind, each).first_day, _over(kind, each)
    if relation is Relation.AROUND:
        return shift(begins, -count, unit), shift(over, count, unit)
    if distance.nth:
        day = begins + timedelta(days=max(count, 1) - 1)
        return (day, day) if day <= over else None
    if relation is Relation.DURING:
        return _part_of_stay(begins, over, distance)
    before = relation in {Relation.BEFORE, Relation.UNTIL}
    if distance.throughout:
        if before:
            return shift(begins, -count, unit), begins - timedelta(days=1)
        # "In the week after the emergency visit": what was found at the visit itself is not meant.
        return over + timedelta(days=1 if kind in {EventKind.EMERGENCY, EventKind.VISIT} else 0), shift(over, count, unit)
    middle = shift(begins, -count, unit) if before else shift(over, count, unit)
    room_unit, room = _ROOM[unit]
    first, last = shift(middle, -room, room_unit), shift(middle, room, room_unit)
    return (first, min(last, begins - timedelta(days=1))) if before else (max(first, over), last)
