"""From when changes are told: a day, a span, the last visit, an admission or discharge, or something that the chart holds."""

from __future__ import annotations

import re
from datetime import date, timedelta

from chartcite.engine.dates.times import find_window, shift
from chartcite.engine.domain.briefings import Since
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.errors import InvalidQuestionError
from chartcite.engine.facts.statements import encounter_class, name_of
from chartcite.engine.language.terminology import forms
from chartcite.engine.review.chart_review import Review, day_of
from chartcite.engine.visits.held_visits import NOT_HELD

ACCEPTED = (
    "a day (2026-03-01), a month or year (2026-03), a span (“3 months ago”, “last 6 months”), last-visit, admission, discharge, "
    "or the name of something in the chart (“colonoscopy”)"
)
LAST_VISIT = "last-visit"
_FIRST_DAY = date(1, 1, 1)
"""No day is before it: from then on is all of the chart."""
_VISIT = re.compile(r"(?:the\s+)?(?:last|previous|prior)[\s_-]+(?:visit|encounter|appointment|seen)", re.IGNORECASE)
_STAY = re.compile(r"(?:the\s+)?(?:(?:last|latest)[\s_-]+)?(admission|discharge|hospitali[sz]ation)", re.IGNORECASE)
_AGO = re.compile(r"(\d{1,3})\s+(day|week|month|year)s?(?:\s+ago)?", re.IGNORECASE)
_HAPPENS = (
    Category.PROCEDURE, Category.ENCOUNTER, Category.CONDITION, Category.MEDICATION, Category.IMMUNIZATION, Category.REPORT,
)  # fmt: skip
_LEADING = re.compile(r"^(?:since|from|the|her|his|their|last|starting|start of|onset of)\s+", re.IGNORECASE)


def read_since(words: str, review: Review) -> Since:
    """Return the moment that some words name.

    Raises:
        InvalidQuestionError: they name none, or one after the last day that is read. Says what is accepted.
    """
    wanted = " ".join(words.split())
    while (shorter := _LEADING.sub("", wanted, count=1)) != wanted and not _VISIT.fullmatch(wanted):
        if _VISIT.fullmatch(shorter) or not shorter:
            break
        wanted = shorter
    if _VISIT.fullmatch(" ".join(words.split())) or _VISIT.fullmatch(wanted):
        return last_visit(review)
    stay = _STAY.fullmatch(wanted)
    found = _of_stay(stay[1].lower(), review) if stay else _of_calendar(" ".join(words.split()), review)
    found = found or _of_event(wanted, review)
    if found is None:
        raise InvalidQuestionError(f"since: is no moment that this chart knows: give {ACCEPTED}")
    if found.first is not None and found.first > review.today:
        raise InvalidQuestionError(f"since: lies after {review.today}, the last day that is read: give {ACCEPTED}")
    if found.first is not None and found.first <= _FIRST_DAY:
        return found.model_copy(update={"first": None})
    return found


def visits(review: Review) -> list[Fact]:
    """Return the encounters that took place, oldest first."""
    return [
        fact
        for fact in review.of(Category.ENCOUNTER)
        if fact.occurred and fact.status not in NOT_HELD and fact.assertion is AssertionStatus.PRESENT
        and fact.occurred.first_day <= review.today
    ]  # fmt: skip


def last_visit(review: Review) -> Since:
    """Return the day after the last visit before the newest one; without visits, after the last note before the newest."""
    held = visits(review)
    kind = "visit"
    if not held:
        held = [fact for fact in review.of(Category.DOCUMENT) if fact.occurred and fact.occurred.first_day <= review.today]
        kind = "document"
    newest = held[-1].occurred if held else None
    earlier = [fact for fact in held if fact.occurred and newest and fact.occurred.first_day < newest.first_day]
    if not earlier:
        return Since(first=None, words=f"the beginning of the chart: it holds no earlier {kind} than the newest")
    anchor = earlier[-1]
    return _after(anchor, f"the last {kind} before the newest", review, inclusive=False)


def _after(anchor: Fact, words: str, review: Review, *, inclusive: bool, ended: bool = False) -> Since:
    moment = anchor.ended if ended and anchor.ended else anchor.occurred
    day = moment.first_day if moment else review.today
    if not inclusive and anchor.ended and anchor.ended.first_day <= review.today:
        day = max(day, anchor.ended.first_day)
    first = day if inclusive else day + timedelta(days=1)
    told = f"{words}, {day}" if inclusive else f"{words}, {day}: from the day after"
    return Since(first=min(first, review.today), words=told, line=review.line("since", anchor, route="last_happening"))


def _of_calendar(words: str, review: Review) -> Since | None:
    ago = _AGO.fullmatch(words)
    if ago:
        try:
            return Since(first=shift(review.today, -int(ago[1]), ago[2]), words=ago[0])
        except (OverflowError, ValueError):
            return None
    window = find_window(words, today=review.today)
    if window is None or window.first is None:
        return None
    return Since(first=window.first, words=window.words)


def _of_stay(word: str, review: Review) -> Since | None:
    stays = [fact for fact in visits(review) if _is_stay(fact)]
    if word == "discharge":
        stays = [fact for fact in stays if fact.ended and fact.ended.first_day <= review.today]
    if not stays:
        return None
    name = "the last discharge" if word == "discharge" else "the last admission"
    return _after(stays[-1], name, review, inclusive=True, ended=word == "discharge")


def _is_stay(fact: Fact) -> bool:
    words = f"{encounter_class(fact)} {name_of(fact)}".lower()
    return any(part in words for part in ("inpatient", "admission", "hospital stay", "acute inpatient"))


def _of_event(words: str, review: Review) -> Since | None:
    """Return the newest dated entry whose name holds every word, or that the lexicon knows under these words."""
    wanted = set(forms(words))
    if not wanted or not any(map(str.isalpha, words)):
        return None
    meant = {id_ for mention in review.lexicon.mentions(forms(words)) if mention.last - mention.first == len(forms(words))
             for id_ in mention.ids}  # fmt: skip
    under = {below for id_ in meant for below in review.lexicon.below(id_)}
    named = [
        fact
        for fact in review.of(*_HAPPENS)
        if fact.occurred and fact.occurred.first_day <= review.today and fact.assertion is AssertionStatus.PRESENT
        and fact.status not in NOT_HELD | {"not-done"}
        and (wanted <= set(forms(fact.concept.text)) or under & set(review.concepts_of(fact)))
    ]  # fmt: skip
    if not named:
        return None
    return _after(named[-1], f"the newest “{name_of(named[-1])}” ({day_of(named[-1])})", review, inclusive=True)
