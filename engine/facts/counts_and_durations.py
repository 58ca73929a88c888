"""Counts, durations and ages, each computed from dates of the chart and written down as a `Computation`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from chartcite.engine.dates.times import years_between
from chartcite.engine.domain.answers import ClaimKind, Computation, DraftClaim
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.facts.active_facts import condition_is_active
from chartcite.engine.facts.fact_claims import MOST_LISTED, Chart, cite, draft
from chartcite.engine.facts.statements import name_of, state
from chartcite.engine.questions.plans import Plan

APART = re.compile(r"\b(?:interval|gap|apart|between)\b", re.IGNORECASE)


def count_claim(facts: Sequence[Fact], chart: Chart, what: str) -> DraftClaim:
    """Say how often something is in the chart; without a name for all of them, each is named."""
    days = [fact.occurred.day for fact in facts if fact.occurred]
    shown = ", ".join(days[-MOST_LISTED:])
    number = len(facts)
    often = f"{number} {'time' if number == 1 else 'times'} in the chart"
    each = ", ".join(f"{name_of(fact)}{f' ({fact.occurred.day})' if fact.occurred else ''}" for fact in facts[-MOST_LISTED:])
    text = f"{what}: {often}{f' ({shown})' if shown else ''}." if what else f"{often}: {each}."
    return DraftClaim(
        text=text,
        kind=ClaimKind.COMPUTED,
        citations=tuple(cite(fact, chart) for fact in facts[-60:]),
        route="count",
        computation=Computation(operation="count", inputs=tuple(fact.id for fact in facts), result=str(number)),
        category=facts[0].category,
    )


MOST_IN_MONTHS = 5
"""Years below which a length is said in months as well."""


def duration_claim(name: str, facts: Sequence[Fact], start: str, end: str, chart: Chart, *, going_on: bool) -> DraftClaim:
    """Say how long something lasted, in years from two on, else in months or days. Both days are ISO dates, whole."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    years, days = years_between(first, last), (last - first).days
    few = f"{days} {'day' if days == 1 else 'days'}"
    length = f"{years} years" if years >= 2 else f"{round(days / 30.44)} months" if days >= 90 else few
    exactly = (
        f" ({days} days)"
        if days >= 90 and years < 2
        else f" ({round(days / 30.44)} months)"
        if 2 <= years < MOST_IN_MONTHS
        else ""
    )
    until = "and goes on" if going_on else f"to {end}"
    computation = (
        Computation(operation="years_between", inputs=(start, end), result=str(years))
        if years >= 2
        else Computation(operation="days_between", inputs=(start, end), result=str(days))
    )
    text = f"{name}: from {start} {until}, {length}{exactly} up to {end}."
    citations = tuple(cite(fact, chart) for fact in dict.fromkeys(facts))
    return DraftClaim(
        text=text,
        kind=ClaimKind.COMPUTED,
        citations=citations,
        route="duration",
        computation=computation,
        category=facts[0].category,
    )


def between_two(done: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Count the days between the first and the second of what was done twice, where the time between them is asked."""
    days = [
        fact
        for fact in {fact.occurred.day: fact for fact in done if fact.occurred}.values()
        if len(_day(fact)) == len("2020-01-01")
    ]
    if not APART.search(plan.text) or len(days) < 2 or done[0].category is Category.CONDITION:
        return []
    first, second = days[0], days[1]
    count = (date.fromisoformat(_day(second)) - date.fromisoformat(_day(first))).days
    text = f"{name_of(first)}: {count} days from {_day(first)} to {_day(second)}."
    computation = Computation(operation="days_between", inputs=(_day(first), _day(second)), result=str(count))
    return [
        DraftClaim(
            text=text,
            kind=ClaimKind.COMPUTED,
            citations=(cite(first, chart), cite(second, chart)),
            route="duration",
            computation=computation,
            category=first.category,
        )
    ]


def _day(fact: Fact) -> str:
    return fact.occurred.day if fact.occurred else ""


def happening_duration(done: Sequence[Fact], chart: Chart, *, newest: bool = False) -> list[DraftClaim]:
    """Say how long what was done lasted; a condition that goes on lasts until today. Without whole dates, only say it.

    `newest`: of several times the last is meant; else of a condition the first, and of what was done each and all together.
    """
    if not newest and len(spans := _spans(done)) > 1:
        return [_together(spans, chart)]
    fact = done[0] if done[0].category is Category.CONDITION and not newest else done[-1]
    if fact.occurred is None or len(fact.occurred.day) < 10:
        return [draft(fact, chart, route="happening")]
    going_on = fact.category is Category.CONDITION and condition_is_active(fact, chart.today)
    end = chart.today.isoformat() if going_on else (fact.ended.day if fact.ended else "")
    if len(end) < 10 or end == fact.occurred.day:
        return [draft(fact, chart, route="happening")]
    return [duration_claim(name_of(fact), (fact,), fact.occurred.day, end, chart, going_on=going_on)]


def _spans(done: Sequence[Fact]) -> list[Fact]:
    """Return what was done from one whole day to a later one, oldest first, none inside another; no conditions."""
    spans: list[Fact] = []
    for fact in done:
        last = fact.ended.day if fact.ended else ""
        if fact.category is Category.CONDITION or not len(_day(fact)) == len(last) == len("2020-01-01") or last <= _day(fact):
            continue
        if not spans or spans[-1].ended is None or _day(fact) >= spans[-1].ended.day:
            spans.append(fact)
    return spans


def _together(spans: Sequence[Fact], chart: Chart) -> DraftClaim:
    """Say how long each of several spans lasted, and all of them."""
    days = [(_day(fact), fact.ended.day if fact.ended else "") for fact in spans]
    each = [(date.fromisoformat(last) - date.fromisoformat(first)).days for first, last in days]
    said = " and ".join(f"{_of_days(count)} (from {first} to {last})" for count, (first, last) in zip(each, days, strict=True))
    return DraftClaim(
        text=f"{', '.join(dict.fromkeys(name_of(fact) for fact in spans))}: {_of_days(sum(each))}, the count of {said}.",
        kind=ClaimKind.COMPUTED,
        citations=tuple(cite(fact, chart) for fact in spans),
        route="duration",
        computation=Computation(
            operation="days_between", inputs=tuple(day for pair in days for day in pair), result=str(sum(each))
        ),
        category=spans[0].category,
    )


def _of_days(count: int) -> str:
    return f"{count} {'day' if count == 1 else 'days'}"


def age_at(fact: Fact, chart: Chart) -> list[DraftClaim]:
    """Say how old the patient was at a fact; without whole dates, only say the fact."""
    birth = chart.birth.value.text if chart.birth and chart.birth.value else None
    if not birth or fact.occurred is None or chart.birth is None or len(birth) < 10 or len(fact.occurred.day) < 10:
        return [draft(fact, chart, route="happening")]
    years = years_between(date.fromisoformat(birth[:10]), date.fromisoformat(fact.occurred.day))
    said = state(fact).text.rstrip(".")
    text = f"{said}: at the age of {years} years (born {birth[:10]})."
    citations = (cite(fact, chart), cite(chart.birth, chart))
    computation = Computation(operation="years_between", inputs=(birth[:10], fact.occurred.day), result=str(years))
    return [DraftClaim(text=text, kind=ClaimKind.COMPUTED, citations=citations, route="age_at", computation=computation)]


def age_claims(facts: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    """Say the patient's age on the scope's last day, or at death."""
    birth = next((fact for fact in facts if fact.id.endswith("#birthDate") and fact.value), None)
    if birth is None or birth.value is None or not birth.value.text or len(birth.value.text) < 10:
        return []
    death = next((fact for fact in facts if "deceased" in fact.id and fact.value and len(fact.value.shown) >= 10), None)
    end = death.value.shown[:10] if death and death.value else chart.today.isoformat()
    years = years_between(date.fromisoformat(birth.value.text[:10]), date.fromisoformat(end))
    verb = f"The patient died on {end} at the age of {years} years" if death else f"The patient is {years} years old on {end}"
    citations = tuple(cite(fact, chart) for fact in (birth, death) if fact)
    computation = Computation(operation="years_between", inputs=(birth.value.text[:10], end), result=str(years))
    text = f"{verb} (born {birth.value.text[:10]})."
    return [DraftClaim(text=text, kind=ClaimKind.COMPUTED, citations=citations, route="age", computation=computation)]
