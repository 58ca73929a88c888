"""Whether a sentence of a note tells of the time that is asked."""
# ruff: noqa: E501

from __future__ import annotations

import re
from datetime import timedelta

from chartcite.engine.dates.anchor_words import EventKind, Relation
from chartcite.engine.dates.times import find_window
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import PartialDate
from chartcite.engine.questions.plans import Plan

LOOKS_BACK = timedelta(days=730)
"""Notes so long after the time that is asked may still tell of it."""
_DEEDS = frozenset({EventKind.DELIVERY, EventKind.PROCEDURE})
_WRITTEN_UP = timedelta(days=3)
"""Notes of what was done on one day are written so much later, at most."""
_A_SEASON = timedelta(days=100)
DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}\b|\bago\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\bage\b", re.IGNORECASE)  # fmt: skip


def told_in_time(text: str, passage: Passage, plan: Plan, /) -> bool:
    """Say whether a sentence tells of the time that is asked: its note is of that time, or it names a day or month of it."""
    return is_inside(passage, plan) or (may_look_back(passage, plan) and names_time_inside(text, passage, plan))


def is_inside(passage: Passage, plan: Plan) -> bool:
    """Say whether a passage is of the time that is asked."""
    moment = passage.occurred or passage.recorded
    return plan.window is None or plan.window.holds(moment) or _is_written_up(moment, plan)


def _is_written_up(moment: PartialDate | None, plan: Plan) -> bool:
    """Say whether a note is of the days after a birth or an operation at which something is asked to have been so."""
    anchor, window = plan.anchor, plan.window
    if anchor is None or anchor.relation is not Relation.AT or anchor.event.kind not in _DEEDS:
        return False
    if moment is None or window is None or window.last is None or window.first != window.last:
        return False
    return timedelta(0) <= moment.first_day - window.last <= _WRITTEN_UP


def may_look_back(passage: Passage, plan: Plan) -> bool:
    """Say whether a note of another day may tell of the time that is asked: it came later, and not years later."""
    moment = passage.occurred or passage.recorded
    if moment is None or plan.window is None or plan.window.first is None:
        return False
    since = moment.last_day - plan.window.first
    return timedelta(0) <= since <= LOOKS_BACK or (plan.upcoming and since < timedelta(0))


def names_time_inside(text: str, passage: Passage, plan: Plan) -> bool:
    """Say whether a sentence names a day or month of its own inside the time that is asked, read from the day of its note."""
    moment = passage.occurred or passage.recorded
    if moment is None or plan.window is None or not DATED.search(text):
        return False
    named = find_window(text, today=moment.last_day)
    if named is None or named.first is None or named.last is None or named.last - named.first > _A_SEASON:
        return False
    after = plan.window.first is None or named.last >= plan.window.first
    return after and (plan.window.last is None or named.first <= plan.window.last)
