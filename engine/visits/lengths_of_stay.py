"""How long stays in hospital lasted: one of them, the longer of several, or all together, in days from the first to the last."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.pregnancies import day_of_birth_named
from chartcite.engine.domain.answers import ClaimKind, Computation, DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import cite
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_cues import ordinal_of
from chartcite.engine.questions.question_words import is_ordinary
from chartcite.engine.retrieval import TargetFacts, retrieve_facts
from chartcite.engine.visits.accidents import names_accident, stays_of_accident
from chartcite.engine.visits.encounters import is_admission, lies_within, names_intensive_care, of_unit_asked, went_elsewhere
from chartcite.engine.visits.visit_choice import KINDS

_WHO = r"(?:he|she|they|i|we|the patient|this patient|pt|my \w+|(?:mr|mrs|ms|miss)\.? \w+|[\w’']+)"
_IN = r"(?:admitted|hospitali[sz]ed|kept in|(?:an? )?inpatient|in (?:the )?(?:\w+ ){0,2}hospital|(?:in|on) (?:the )?(?:icu|itu|hdu|picu|nicu|intensive care|critical care|high dependency)|stay(?:ed|ing)?(?! on| off| at home))"
_ASKS_LENGTH = Cue(
    rf"\b(?:how many|number of|total|count of)(?: \w+){{0,2}}? (?:nights|bed[- ]?days)\b|\bnights (?:in total|altogether|in (?:the )?hospital)\b|\bbed[- ]?days\b|\b(?:length|duration) of (?:[\w’'-]+ ){{0,4}}?(?:stays?|admissions?|hospitali[sz]ations?)\b"
    r"|\bLOS\b"
    rf"|\bhow (?:long|many (?:total |whole )?(?:days|weeks)) (?:in total |altogether )?(?:was|were|has|have|had|did) {_WHO} (?:been |spen[dt] |lie |actually |be )?{_IN}"
    rf"|\bhow (?:long|many days) (?:was|were|did|has) (?:the|her|his|my|their|that|each|both|all) (?:\w+ ){{0,3}}?(?:stays?|admissions?|hospitali[sz]ations?)(?! (?:bill|letter))"
)
_OF_HOSPITAL = Cue(
    r"\b(?:nights? (?:was|were|did|is|has) (?:s?he|i|they|mum|mom|dad) (?:in|stay|kept)|icu|itu|hdu|picu|nicu|intensive care|critical care|high dependency|hospital\w*|inpatients?|admi(?:t|tted|ssions?)|stays?|stayed|wards?|kept in|discharged?|d/c)\b"
)
_EACH = Cue(
    r"\bhow (?:long|many (?:days|nights))\b[^?]{0,30}?\b(?:each|every|either|both)(?: (?:time|stay|admission|hospitali[sz]ation|one|of (?:them|these|those)))?\b"
    r"|\b(?:length|duration)s? of (?:each|every|all|both)\b|\b(?:each|every) (?:stay|admission|hospitali[sz]ation)'?s? (?:length|duration)\b"
)
"""Asks how long each of several stays was."""
_LONGER = Cue(
    r"\bwhich\b[^?]*?\b(?:stays?|admissions?|hospitali[sz]ations?|times? in (?:the )?hospital)\b[^?]*?\b(?:longe[rs]t?|shorte[rs]t?)\b"
    r"|\bwhich\b[^?]*?\b(?:longer|longest|shorter|shortest)\b[^?]*?\b(?:stay|admission|hospitali[sz]ation)\b|\b(?:the|his|her|my) (?:longest|shortest) (?:hospital |inpatient )?(?:stay|admission)\b|^\W*(?:longest|shortest) (?:hospital |inpatient )?(?:stay|admission)\b"
)
_ALTOGETHER = Cue(
    r"\b(?:totals?|totall?ed|altogether|all told|all in|in all|add(?:s|ed|ing)?(?: \w+)? up|sum|combined|together|overall|between them|taken together|cumulative)\b|\b(?:both|all)(?: of)?(?: the| his| her| my| their)? (?:\w+ )?(?:stays|admissions|hospitali[sz]ations)\b"
)
_OF_A_PART = Cue(
    r"\b(?:days|nights|weeks|long) (?:after|before|until|between|since|into|from|prior)\b|\b(?:ventilat\w*|intubat\w*|antibiotics?|iv|oxygen|catheter|line|drain|dialysis|drip|fasting|isolation|high care|step-?down|delirious)\b"
)
"""Asks for a length within a stay, or up to one."""
_PART_OF_IT = re.compile(
    r"[,;]?\s*(?:\band\b\s*)?(?:\bof (?:that|which|those|them|it)\b|\band (?:then )?(?=how (?:long|much|many)\b)|\bhow much of (?:that|it|this)\b|\bincluding\b)",
    re.IGNORECASE,
)
"""Leads from a stay to a part of it: "and of that how long on ITU?"."""
_LAST = Cue(r"\b(?:last|latest|newest|(?:most )?recent)\b(?! (?:week|month|year|spring|summer|autumn|fall|winter)\b)")
_STOPPED = frozenset({"cancelled", "noshow", "entered-in-error", "planned", "booked"})
MOST_STAYS = 6
"""Stays that are told one by one."""


def told_lengths(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell how long stays in hospital lasted; empty: a question asks otherwise, or does not say which of several stays."""
    for wrong, right in plans[0].corrected.items():
        text = Cue(rf"\b{re.escape(wrong)}\b").sub(right, text)
    longer = _LONGER.search(text) is not None
    each = _EACH.search(text) is not None and _OF_HOSPITAL.search(text) is not None
    if not longer and not each and not (_ASKS_LENGTH.search(text) and _OF_HOSPITAL.search(text)):
        return []
    kind_asked = not names_intensive_care(text) and any(asked.search(text) for asked, _called in KINDS)
    if _OF_A_PART.search(text) or kind_asked or any(plan.family for plan in plans):
        return []
    stays = of_unit_asked(stays_in_time(_stays(reading), plans), text)
    if names_intensive_care(text):
        stays = [stay for stay in stays if not went_elsewhere(stay)]
    if names_intensive_care(text) and not any(names_intensive_care(" ".join(_words(stay))) for stay in stays):
        return []
    if longer:
        return (
            [_length(stay, reading) for stay in sorted(stays, key=_nights, reverse=True)[:MOST_STAYS]] if len(stays) > 1 else []
        )
    if each and len(stays) > 1:
        return [_length(stay, reading) for stay in stays[-MOST_STAYS:]]
    if _ALTOGETHER.search(text):
        return _together(stays, reading)
    whole, part = _PART_OF_IT.split(text, maxsplit=1) if _PART_OF_IT.search(text) else (text, "")
    if part and names_intensive_care(part) and not names_intensive_care(whole):
        stay = stay_meant(of_unit_asked(stays_in_time(_stays(reading), plans), whole), whole, plans, reading)
        inside = [each for each in stays if stay is not None and lies_within(each, stay)]
        return [_length(each, reading) for each in (stay, *inside) if each is not None] if inside else []
    meant = stay_meant(stays, text, plans, reading)
    return [] if meant is None else [_length(meant, reading)]


def _stays(reading: Reading) -> list[Fact]:
    """Return the stays that ended, with whole days, oldest first."""
    visits = reading.shelves.records.facts(reading.scope, categories=(Category.ENCOUNTER,))
    real = [fact for fact in visits if fact.status not in _STOPPED and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
    return [fact for fact in real if is_admission(fact) and min(len(day) for day in _days(fact)) == len("2020-01-01")]


def _days(fact: Fact) -> tuple[str, str]:
    return (fact.occurred.day if fact.occurred else "", fact.ended.day if fact.ended else "")


def _nights(fact: Fact) -> int:
    first, last = (date.fromisoformat(day) for day in _days(fact))
    return (last - first).days


def stays_in_time(stays: Sequence[Fact], plans: Sequence[Plan]) -> list[Fact]:
    """Keep the stays that touch the time which a question tells."""
    windows = [plan.window for plan in plans if plan.window is not None]
    return [
        fact
        for fact in stays
        if all(window.holds(fact.occurred) or window.overlaps(fact.occurred, fact.ended) for window in windows[:1])
    ]


def stay_meant(stays: Sequence[Fact], text: str, plans: Sequence[Plan], reading: Reading) -> Fact | None:
    """Return the one stay that a question means: by what was done in it, by its order, by its own words, or as the only one."""
    left = list(stays)
    if names_accident(text):
        after = stays_of_accident(left, reading.shelves.records.facts(reading.scope))
        return after[-1] if after else None
    born = day_of_birth_named(text, reading.shelves.records, reading.scope)
    if born is not None:
        around = [
            stay for stay in left if stay.occurred and stay.ended and stay.occurred.first_day <= born <= stay.ended.last_day
        ]
        return around[0] if len(around) == 1 else None
    for plan in plans:
        for item in retrieve_facts(plan, reading.shelves.records, scope=reading.scope):
            left = [stay for stay in left if any(_is_within(fact, stay) for fact in item.facts) or item.target.find(_words(stay))]
            left = _told_most(left, item)
    ordinal = ordinal_of(text)
    if ordinal is not None and len(left) >= ordinal:
        return left[ordinal - 1]
    if len(left) > 1 and (any(plan.newest for plan in plans) or _LAST.search(text)):
        return left[-1]
    if len(left) > 1:
        asked = [said_as(word) for plan in plans for word in plan.keywords if not is_ordinary(word)]
        left = [stay for stay in left if any(meant & set(_words(stay)) for meant in asked)]
    return left[0] if len(left) == 1 else None


def _told_most(stays: list[Fact], item: TargetFacts) -> list[Fact]:
    """Keep the stays that were for what is named, and had it done; those in which something else of that name stands come after."""

    def told(stay: Fact) -> int:
        for_it = item.target.find(
            forms(" ".join((name_of(stay), *(each.text for each in stay.details if each.name == "reason"))))
        )
        done = any(fact.category is Category.PROCEDURE and _is_within(fact, stay) for fact in item.facts)
        return (for_it is not None) + done

    most = max(map(told, stays), default=0)
    return [stay for stay in stays if told(stay) == most]


def _words(stay: Fact) -> tuple[str, ...]:
    return forms(" ".join((name_of(stay), *(detail.text for detail in stay.details))))


def _is_within(fact: Fact, stay: Fact) -> bool:
    if fact.occurred is None or stay.occurred is None or stay.ended is None:
        return False
    return stay.occurred.first_day <= fact.occurred.first_day <= stay.ended.last_day


def _length(stay: Fact, reading: Reading) -> DraftClaim:
    first, last = _days(stay)
    return DraftClaim(
        text=f"{name_of(stay)}: from {first} to {last}, {_said(_nights(stay))}.",
        kind=ClaimKind.COMPUTED,
        citations=(cite(stay, reading.chart),),
        route="duration",
        computation=Computation(operation="days_between", inputs=(first, last), result=str(_nights(stay))),
        category=Category.ENCOUNTER,
    )


def _together(stays: Sequence[Fact], reading: Reading) -> list[DraftClaim]:
    if len(stays) < 2:
        return [_length(stay, reading) for stay in stays]
    nights = sum(_nights(stay) for stay in stays)
    each = " and ".join(f"{_said(_nights(stay))} (from {first} to {last})" for stay in stays for first, last in (_days(stay),))
    names = ", ".join(dict.fromkeys(name_of(stay) for stay in stays))
    return [
        DraftClaim(
            text=f"{names}: {_said(nights)}, the count of {each}.",
            kind=ClaimKind.COMPUTED,
            citations=tuple(cite(stay, reading.chart) for stay in stays),
            route="duration",
            computation=Computation(
                operation="days_between", inputs=tuple(day for stay in stays for day in _days(stay)), result=str(nights)
            ),
            category=Category.ENCOUNTER,
        )
    ]


def _said(nights: int) -> str:
    return f"{nights} {'day' if nights == 1 else 'days'}"
