"""Whether a sentence of a note tells of the time that is asked."""
# ruff: noqa: E501

from __future__ import annotations

import re
from datetime import timedelta

from chartcite.engine.dates.times import find_window
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.questions.plans import Plan

LOOKS_BACK = timedelta(days=730)
"""Notes so long after the time that is asked may still tell of it."""
_A_SEASON = timedelta(days=100)
DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}\b|\bago\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\bage\b", re.IGNORECASE)  # fmt: skip


def told_in_time(text: str, passage: Passage, plan: Plan, /) -> bool:
    """Say whether a sentence tells of the time that is asked: its note is of that time, or it names a day or month of it."""
    return is_inside(passage, plan) or (may_look_back(passage, plan) and names_time_inside(text, passage, plan))


def is_inside(passage: Passage, plan: Plan) -> bool:
    """Say whether a passage is of the time that is asked."""
    return plan.window is None or plan.window.holds(passage.occurred or passage.recorded)


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
