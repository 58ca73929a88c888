"""Medications started, stopped and changed between two moments: the chart's orders then against its orders now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.briefings import Line, Section
from chartcite.engine.domain.records import AssertionStatus, Category, Fact, PartialDate
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.facts.active_facts import active_at
from chartcite.engine.facts.fact_claims import cite
from chartcite.engine.facts.statements import dose_of, medication_is_active, name_of
from chartcite.engine.review.chart_review import Review, arrived, counted, day_of, section, within

_NEVER = PartialDate.parse("1800")
"""Stands for the day of an undated note."""
_A_YEAR = timedelta(days=366)
_NOT_ORDERS = ("MedicationAdministration/", "MedicationDispense/")


def orders(review: Review) -> list[Fact]:
    """Return what is ordered or stated as taken, oldest first; doses given and dispensed only where there is no order."""
    every = [fact for fact in review.of(Category.MEDICATION) if fact.assertion is not AssertionStatus.ABSENT]
    return [fact for fact in every if not fact.resource.startswith(_NOT_ORDERS)] or every


def by_drug(facts: Sequence[Fact], review: Review) -> dict[tuple[str, ...], list[Fact]]:
    """Group facts by ingredient, each group oldest first."""
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        linked = [id_ for id_ in review.concepts_of(fact) if not review.lexicon.concepts[id_].is_class]
        groups[tuple(linked) or (name_of(fact).lower(),)].append(fact)
    return groups


def past_its_end(fact: Fact, day: date) -> bool:
    """Say whether a medication is listed as active although the end that the chart gives lies behind."""
    return medication_is_active(fact) and fact.ended is not None and fact.ended.last_day < day


def current(review: Review) -> list[list[Fact]]:
    """Return the active orders of each drug, drugs of the newest order first, orders newest first."""
    groups = by_drug(orders(review), review).values()
    active = [[fact for fact in reversed(group) if active_at(fact, review.today)] for group in groups]
    return sorted((group for group in active if group), key=lambda group: day_of(group[0]), reverse=True)


def medication_changes(review: Review, first: date | None) -> Section:
    """Say what was started, stopped or given in another dose; notes tell where the chart has no list of medications."""
    listed = orders(review)
    title = "Medications"
    if not listed:
        told = first_told(review, Category.MEDICATION, first)
        searched = f"no medication list; {counted(review.told(Category.MEDICATION), 'mention')} in notes"
        return section("medications", title, told, searched)
    then = review.before(first, (Category.MEDICATION,))
    day_before = None if first is None else first - timedelta(days=1)
    lines: list[Line | None] = []
    renewed = 0
    for group in by_drug(listed, review).values():
        old = [fact for fact in group if day_before and fact.id in then and active_at(then[fact.id], day_before)]
        now = [fact for fact in group if active_at(fact, review.today)]
        new = [fact for fact in group if arrived(fact, first, review.today)]
        changed = _dose_changed(old, now, new)
        if changed is not None:
            lines.append(_dose_line(*changed, review))
        elif old and not now:
            lines += [review.line("stopped", fact, route="medication_stop") for fact in old[-1:]]
        elif new and not old:
            lines += _begun(new, first, review, again=len(new) < len(group))
        else:
            renewed += bool(old and new)
    ordered = sorted((line for line in lines if line), key=lambda line: _ORDER.get(line.label, 9))
    searched = counted(listed, "order") + (f"; {renewed} renewed without a change" if renewed else "")
    return section("medications", title, ordered, searched, most=20)


_GONE = frozenset({"stopped", "resolved"})
_ORDER = {"dose changed": 0, "started": 1, "stopped": 2, "ordered again": 3, "newly listed": 4, "started and ended": 5}


def _begun(new: Sequence[Fact], first: date | None, review: Review, *, again: bool) -> list[Line | None]:
    fact = next((one for one in reversed(new) if active_at(one, review.today)), new[-1])
    if not active_at(fact, review.today):
        label = "started and ended"
    elif first is None or (fact.occurred is not None and fact.occurred.last_day >= first):
        label = "ordered again" if again else "started"
    else:
        label = "newly listed"
    return [review.line(label, fact, route="medication_start")]


def _dose_changed(old: Sequence[Fact], now: Sequence[Fact], new: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """Return (before, now) where a new active order differs from all earlier ones, and an earlier one is given up."""
    fresh = [fact for fact in now if fact in new and fact not in old]
    kept = {_signature(fact) for fact in now}
    given_up = [fact for fact in old if _signature(fact) not in kept]
    different = [fact for fact in fresh if _signature(fact) not in {_signature(one) for one in old}]
    return (given_up[-1], different[-1]) if given_up and different else None


_STILL_TAKEN = timedelta(days=45)
"""An order that ended so long before another of its drug is what this one replaced."""


def turned_between(review: Review, first: date, last: date, *, lasting: bool = False) -> list[Line]:
    """Tell what was begun, stopped or given in another dose on some days: new doses first, then starts, then stops.

    `lasting`: leave out what was both begun and ended in those days, as the drips of a stay are.
    """
    lines: list[Line | None] = []
    for group in by_drug(orders(review), review).values():
        if lasting and all(
            _is_passing(fact, first, last) for fact in group if fact.occurred and first <= fact.occurred.first_day
        ):
            group = _without_passing(group, first, last)  # noqa: PLW2901
        fresh = [fact for fact in group if fact.occurred and first <= fact.occurred.first_day <= last]
        ended = [
            fact for fact in group if fact.ended and first <= fact.ended.first_day <= last and not active_at(fact, review.today)
        ]
        earlier = [fact for fact in group if fact.occurred and fact.occurred.first_day < first]
        replaced = [fact for fact in earlier if fact.ended is None or fact.ended.last_day >= first - _STILL_TAKEN]
        if fresh and replaced and _signature(replaced[-1]) != _signature(fresh[-1]):
            lines.append(_dose_line(replaced[-1], fresh[-1], review))
        elif fresh and replaced:
            lines += _turned_back([replaced[-1], *fresh], review)
        elif fresh:
            lines.append(review.line("started", fresh[-1], route="medication_start"))
        elif ended and not fresh:
            lines.append(review.line("stopped", ended[-1], route="medication_stop"))
    return sorted((line for line in lines if line), key=lambda line: _ORDER.get(line.label, 9))


_MOST_STEPS = 3


def _turned_back(orders_: Sequence[Fact], review: Review) -> list[Line | None]:
    """Tell the steps between an order and a later one of the same dose: another dose between them, or that it was begun again."""
    steps = [(one, other) for one, other in pairwise(orders_) if _signature(one) != _signature(other)]
    if steps:
        return [_dose_line(*step, review) for step in steps[-_MOST_STEPS:]]
    last, again = orders_[-2:]
    paused = last.ended is not None and again.occurred is not None and (again.occurred.first_day - last.ended.last_day) > _RENEWED
    return [review.line("ordered again", again, route="medication_start")] if paused else []


_RENEWED = timedelta(days=3)
"""Between two orders of which one follows on the other."""


def _without_passing(group: Sequence[Fact], first: date, last: date) -> list[Fact]:
    """Return the orders of a medicine without those of some days, where all of those were begun and ended in them."""
    since = [fact for fact in group if fact.occurred and first <= fact.occurred.first_day]
    passing = all(_is_passing(fact, first, last) for fact in since)
    return [fact for fact in group if not (passing and fact in since)]


def _is_passing(fact: Fact, first: date, last: date) -> bool:
    """Say whether an order was begun and ended in some days."""
    begun, ended = fact.occurred, fact.ended
    return begun is not None and ended is not None and first <= begun.first_day and ended.last_day <= last


def _signature(fact: Fact) -> tuple[str, str]:
    return name_of(fact).lower(), " ".join(dose_of(fact)[0].lower().split())


def _dose_line(before: Fact, now: Fact, review: Review) -> Line | None:
    told = [f"{name_of(fact)}{f' ({dose})' if (dose := dose_of(fact)[0]) else ''}" for fact in (now, before)]
    since = f" since {now.occurred.day}" if now.occurred else ""
    try:
        citations = tuple(cite(fact, review.chart) for fact in (now, before))
    except CitationNotFoundError:
        review.dropped += 1
        return None
    text = f"{told[0]}{since}; changed from {told[1]}."
    drafted = DraftClaim(
        text=text, kind=ClaimKind.RECORD_FACT, citations=citations, route="medication_course", category=Category.MEDICATION
    )
    return review.line("dose changed", drafted)


def first_told(review: Review, category: Category, first: date | None) -> list[Line | None]:
    """Quote what notes since a moment name for the first time, one line a sentence; only what the lexicon knows."""
    seen: set[str] = set()
    quoted: set[tuple[int, int, int]] = set()
    lines: list[Line | None] = []
    for fact in review.told(category):
        if fact.assertion not in {AssertionStatus.PRESENT, AssertionStatus.POSSIBLE} or not review.concepts_of(fact):
            continue
        key = review.key_of(fact)
        is_new, place = key not in seen, _sentence(fact)
        seen.add(key)
        if is_new and place not in quoted and within(fact.recorded or fact.occurred, first, review.today):
            quoted.add(place)
            lines.append(review.line("first named in a note", fact))
    return list(reversed(lines))


def newest_told(review: Review, category: Category, *, most: int) -> Iterator[Fact]:
    """Yield the newest present mention of each thing that the chart's last year of notes names, one a sentence, newest first."""
    keys: set[str] = set()
    quoted: set[tuple[int, int, int]] = set()
    facts = [fact for fact in review.told(category) if review.concepts_of(fact)]
    facts.sort(key=lambda fact: (fact.recorded or fact.occurred or _NEVER).start, reverse=True)
    newest = (facts[0].recorded or facts[0].occurred or _NEVER).start if facts else _NEVER.start
    for fact in facts:
        key, place = review.key_of(fact), _sentence(fact)
        if key in keys or len(quoted) >= most or newest - (fact.recorded or fact.occurred or _NEVER).start > _A_YEAR:
            continue
        keys.add(key)
        held = fact.assertion in {AssertionStatus.PRESENT, AssertionStatus.POSSIBLE} and fact.status not in _GONE
        if held and place not in quoted:
            quoted.add(place)
            yield fact


def _sentence(fact: Fact) -> tuple[int, int, int]:
    return (fact.document_key, *(fact.span or (0, 0)))
