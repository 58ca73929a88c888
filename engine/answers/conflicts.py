"""Where the chart's tables and its notes, or two entries of a table, disagree about what an answer tells.

Only what is sure counts: the same concept, a note of a later day (of the same day for values and sides), an assertion that is
clear, and no other statement of that day to the contrary. Both sides are shown, neither is chosen.
"""

# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, CodedConcept, Fact, PartialDate, Quantity
from chartcite.engine.facts.active_facts import active_at, condition_is_active
from chartcite.engine.facts.fact_claims import Chart, draft
from chartcite.engine.facts.statements import name_of, value_of
from chartcite.engine.language.terminology import ConceptKind

MOST_ENTRIES = 12
"""Cited entries that are compared with the notes; an answer that cites more is a long list."""
MOST_CONFLICTS = 5
_STOPPED = frozenset({"stopped", "not-taken", "cancelled"})
_COMPARED = frozenset({Category.LABORATORY, Category.MEDICATION, Category.CONDITION, Category.ALLERGY, Category.PROCEDURE})
"""Vital signs are taken many times a day: two values are no conflict."""
_LIMITED = re.compile(
    r"\b(?:since|recent\w*|further|today|new|other|acute|currently|now|at (?:this|the) time|this (?:week|month|visit|morning|year)|signs?|evidence"
    r"|symptoms?|exam\w*|active|worsen\w*|more|last|past|flare\w*|episodes?|attacks?|exacerbation\w*|complain\w*)\b",
    re.IGNORECASE,
)
"""Words by which a denial is of a time or a part only: "no falls since May", "no signs of heart failure"."""
_NONE_KNOWN = ("nkda", "nka", "no known drug allergies", "no known drug allergy", "no known allergies", "no known allergy")
_SIDES = {"left": "right", "right": "left"}


class Disagreement(NamedTuple):
    """Statements that cannot all hold: of the chart, or of different organisations."""

    about: str
    listed: DraftClaim
    told: DraftClaim
    more: tuple[DraftClaim, ...] = ()
    """Further sides, where more than two organisations disagree."""

    @property
    def sides(self) -> tuple[DraftClaim, ...]:
        """All sides, in the order in which they are shown."""
        return (self.listed, self.told, *self.more)


def disagreements(claims: Sequence[DraftClaim], chart: Chart) -> list[Disagreement]:
    """Return what disagrees with the entries that some claims cite, first things first."""
    found: list[Disagreement] = []
    for entry in _cited(claims, chart)[:MOST_ENTRIES]:
        ways = {
            Category.MEDICATION: _medication,
            Category.CONDITION: _condition,
            Category.ALLERGY: _allergy,
            Category.PROCEDURE: _side,
        }
        for about, other in ways.get(entry.category, _value)(entry, chart):
            both = Disagreement(about, draft(entry, chart, route="conflict"), draft(other, chart, route="conflict"))
            if all(both.told.citations != known.told.citations for known in found):
                found.append(both)
    return found[:MOST_CONFLICTS]


def _cited(claims: Sequence[DraftClaim], chart: Chart) -> list[Fact]:
    """Return the entries of tables that claims cite, in the order of the answer."""
    resources = dict.fromkeys(c.source.resource for claim in claims if claim.category in _COMPARED for c in claim.citations)
    facts = (fact for resource in resources for fact in chart.records.facts_of(resource, scope=chart.scope))
    right = (fact for fact in facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR)
    return [fact for fact in right if fact.span is None and fact.category in _COMPARED]


def _told(entry: Fact, chart: Chart) -> list[Fact]:
    """Return what notes say of the very thing that an entry names, oldest first."""
    ids = _ids(entry, chart)
    if entry.category is Category.ALLERGY:  # who denies an allergy to penicillin denies it to each
        ids = frozenset(above for id_ in ids for above in chart.lexicon.above(id_))
    names = tuple(dict.fromkeys((*chart.lexicon.surfaces(sorted(ids)), entry.concept.text)))
    found = chart.records.told(chart.scope, category=entry.category, names=names)
    return [
        fact for fact in found if fact.resource != entry.resource and (not ids or ids & chart.lexicon.link(fact.concept).keys())
    ]


def _ids(fact: Fact, chart: Chart) -> frozenset[str]:
    """Return the lexicon ids that a fact is surely about, classes left out."""
    linked = chart.lexicon.link(fact.concept).items()
    return frozenset(id_ for id_, strength in linked if strength == 2 and not chart.lexicon.concepts[id_].is_class)


def _last_word(told: Sequence[Fact], entry: Fact) -> list[Fact]:
    """Return what notes said on the last day that they spoke of it; nothing where that is not after the entry began."""
    dated = [fact for fact in told if _moment(fact) is not None]
    days = [moment.first_day for fact in dated if (moment := _moment(fact))]
    begun = entry.occurred or entry.recorded
    if not days or (begun is not None and max(days) <= begun.last_day):
        return []
    return [fact for fact in dated if (moment := _moment(fact)) and moment.first_day == max(days)]


def _moment(fact: Fact) -> PartialDate | None:
    return fact.recorded or fact.occurred


def _day(fact: Fact) -> str:
    moment = _moment(fact)
    return moment.day if moment else "no date"


Found = Iterator[tuple[str, Fact]]
"""What it is about, and the statement that disagrees."""


def _medication(entry: Fact, chart: Chart) -> Found:
    """Yield the note that calls stopped what the list calls active."""
    if entry.assertion is not AssertionStatus.PRESENT or not active_at(entry, chart.today):
        return
    last = _last_word(_told(entry, chart), entry)
    gone = [fact for fact in last if _is_gone(fact)]
    if gone and len(gone) == len(last):
        yield f"{name_of(entry)}: active in the list, a note of {_day(gone[0])} says otherwise", gone[0]


def _is_gone(fact: Fact) -> bool:
    return (fact.status in _STOPPED and fact.assertion not in _UNSURE) or fact.assertion is AssertionStatus.ABSENT


_UNSURE = frozenset({AssertionStatus.POSSIBLE, AssertionStatus.HYPOTHETICAL, AssertionStatus.FAMILY})


def _quoted(fact: Fact, chart: Chart) -> str:
    return " ".join(cited.quote for cited in draft(fact, chart, route="conflict").citations)


def _condition(entry: Fact, chart: Chart) -> Found:
    """Yield the note that denies what the list calls active."""
    if entry.assertion is not AssertionStatus.PRESENT or not condition_is_active(entry, chart.today):
        return
    last = _last_word(_told(entry, chart), entry)
    if last and _all_deny(last) and not any(_LIMITED.search(_quoted(fact, chart)) for fact in last):
        yield f"{name_of(entry)}: active in the list, a note of {_day(last[0])} denies it", last[0]


def _allergy(entry: Fact, chart: Chart) -> Found:
    """Yield the note that denies a listed allergy, or that tells one where the list says that none is known."""
    if entry.assertion is AssertionStatus.ABSENT:
        if entry.concept.text.lower().startswith("no "):
            said = _last_word(chart.records.told(chart.scope, category=Category.ALLERGY), entry)
            if said and all(fact.assertion is AssertionStatus.PRESENT and _is_drug(fact, chart) for fact in said):
                yield f"allergies: the list says that none is known, a note of {_day(said[0])} names one", said[0]
        return
    if entry.assertion is not AssertionStatus.PRESENT:
        return
    denied = _last_word(_told(entry, chart), entry)
    if not denied and _is_drug(entry, chart):
        every = chart.records.told(chart.scope, category=Category.ALLERGY)
        last = _last_word(every, entry)
        denied = [fact for fact in last if fact.concept.text.lower() in _NONE_KNOWN] if _all_deny(last) else []
    if denied and _all_deny(denied):
        yield f"allergy to {name_of(entry)}: listed, a note of {_day(denied[0])} denies it", denied[0]


def _all_deny(facts: Sequence[Fact]) -> bool:
    return all(fact.assertion is AssertionStatus.ABSENT for fact in facts)


def _is_drug(fact: Fact, chart: Chart) -> bool:
    return any(chart.lexicon.concepts[id_].kind is ConceptKind.DRUG for id_ in chart.lexicon.link(fact.concept))


def _value(entry: Fact, chart: Chart) -> Found:
    """Yield another value of the same day: of a note, or of another entry for the very same instant."""
    value = value_of(entry)
    if value is None or value.quantity is None or entry.occurred is None or entry.assertion is not AssertionStatus.PRESENT:
        return
    day = entry.occurred.day
    candidates = [fact for fact in _told(entry, chart) if _is_of_day(fact, day) and _differs(value.quantity, fact)]
    if not candidates:
        return
    known = [fact for fact in chart.records.facts(chart.scope, categories=(entry.category,)) if _same(fact, entry, chart)]
    for fact in candidates:
        if all(_differs_from(one, fact) for one in known):  # a note may carry an older value along
            yield f"{name_of(entry)} on {day}: the table and a note of that day give different values", fact
            return


def _is_of_day(fact: Fact, day: str) -> bool:
    return len(day) == len("2024-03-01") and all(each is None or each.day == day for each in (fact.occurred, fact.recorded))


def _same(fact: Fact, entry: Fact, chart: Chart) -> bool:
    return fact.concept.text == entry.concept.text or bool(_ids(fact, chart) & _ids(entry, chart))


def _differs_from(one: Fact, note: Fact) -> bool:
    value = value_of(one)
    return value is None or value.quantity is None or _differs(value.quantity, note)


def _differs(given: Quantity, note: Fact) -> bool:
    """Say whether a note's value is surely another: in the same unit, beyond the rounding of how either is written."""
    value = value_of(note)
    if value is None or value.quantity is None or value.quantity.comparator or given.comparator:
        return False
    told = value.quantity
    if (told.ucum or told.unit) != (given.ucum or given.unit):
        return False
    least = max(_step(told.value), _step(given.value))
    return abs(told.value - given.value) > least


def _step(value: Decimal) -> Decimal:
    """Return one unit of the last digit that is written."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def _side(entry: Fact, chart: Chart) -> Found:
    """Yield the note of the same day that names the other side of a procedure."""
    match = re.search(r"\b(left|right)\b", entry.concept.text, re.IGNORECASE)
    if match is None or entry.occurred is None or entry.assertion is not AssertionStatus.PRESENT:
        return
    side = match[1].lower()
    bare = entry.model_copy(
        update={"concept": CodedConcept(text=re.sub(r"\b(?:left|right)\b ?", "", entry.concept.text, flags=re.IGNORECASE))}
    )
    for fact in [*_told(entry, chart), *_told(bare, chart)]:
        said = _quoted(fact, chart).lower()
        present = fact.assertion is AssertionStatus.PRESENT and fact.status == "completed"
        before = re.search(rf"\b{_SIDES[side]} (?:\w+ )?{re.escape(fact.concept.text.lower())}\b", said)
        if present and _is_of_day(fact, entry.occurred.day) and before and not re.search(rf"\b{side}\b|\bbilateral", said):
            yield f"{name_of(entry)}: a note of that day names the {_SIDES[side]} side", fact
            return
