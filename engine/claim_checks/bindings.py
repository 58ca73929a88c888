"""What belongs to what: a date, number, act, side or person of a claim against the evidence that tells of the same.

A segment is found by the claim's other words. Where the one that matches them best has another value of the same sort, and the
claim's value stands only with something else, the claim has taken it from there: "creatinine 1.2" of "creatinine 2.1,
baseline 1.2".
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.claim_checks.acts import acts_in
from chartcite.engine.claim_checks.dates import supports
from chartcite.engine.claim_checks.findings import Finding, Place, contradicted, missing
from chartcite.engine.claim_checks.quantities import WrittenQuantity, rounds_to
from chartcite.engine.claim_checks.segments import Segment, segments_of
from chartcite.engine.claim_checks.texts import Text
from chartcite.engine.language.units import same_dimension

_CARRIED = 0.4
"""Weight of a word that stands in an earlier segment of the sentence, where the segment has words of its own."""
_CHANGED_BY = re.compile(r"\bby (?:about |approximately )?$", re.IGNORECASE)
"""Before a difference, which the evidence need not have."""
_LESS = 1e-6
_LEAST_ALIKE = 0.5
"""Share of a claim's words in a segment that names another person than the claim, who is nowhere in its evidence."""
_ORDINALS = ("first", "second", "third", "last", "next")
_DOCTORS = frozenset(
    "surgeon cardiology nephrology neurology dermatology oncology pulmonology urology psychiatry endocrinology rheumatology gastroenterology ophthalmology emergency family_doctor".split()
)
_EXCLUDING = {"now": {"then", "usual", "goal"}, "then": {"now", "goal"}, "usual": {"now", "goal"}, "first": {"last", "second", "third", "next"},
    "last": {"first", "next"}, "next": {"last", "first", "then"}, "second": {"first", "third"}, "third": {"first", "second"}, "before": {"after"}, "after": {"before"}}  # fmt: skip
"""Times of a value that are not each other."""


class _Known(NamedTuple):
    """A segment of the evidence."""

    passage: int
    segment: Segment


class _Sort(NamedTuple):
    """A sort of values that a segment gives to what it tells of."""

    check: str
    values: Callable[[Segment], Sequence[object]]
    same: Callable[[object, Segment], bool]
    """Whether a segment has a value of the claim."""
    rivals: Callable[[object, Segment], Sequence[object]]
    """Values of a segment that could stand in its place."""


def check_bindings(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return the values of a claim that its evidence gives to something else."""
    known = [_Known(number, one) for number, passage in enumerate(passages) for one in segments_of(passage)]
    return [*dict.fromkeys(_misplaced(claim, known)), *_unsourced(claim, passages)]


_STARTED = re.compile(r"\b(?:re)?start(?:ed|ing)\b|\b(?:began|begun|initiated|commenced)\b", re.IGNORECASE)
_STOPPED = re.compile(r"\b(?:stopped|discontinued|ceased|withdrawn|cancelled)\b", re.IGNORECASE)
_CHANGED = re.compile(r"\b(?:switched|replaced)\b", re.IGNORECASE)
_SOURCES = (
    (_STARTED, frozenset({"start", "give", "take", "switch", "order"}), re.compile(r"\b(?:new|prescri\w+|rx|trial|tried|since|from|onset|put|on|for)\b|\+|->|→", re.IGNORECASE)),
    (_STOPPED, frozenset({"stop", "switch", "remove", "cancel", "decline", "lower"}), re.compile(r"\b(?:no longer|not|until|finished|completed|gone|former\w*|away|resolved|cured|instead|inactive|ends?|revoked)\b|->|→", re.IGNORECASE)),
    (_CHANGED, frozenset({"switch", "start", "stop"}), re.compile(r"\b(?:instead|than|to|for|new)\b|->|→", re.IGNORECASE)),
)  # fmt: skip
"""What a claim says was done, and the acts and words by which a source may say so."""


def _unsourced(claim: Text, passages: Sequence[Text]) -> Iterator[Finding]:
    """Yield that something was started, stopped or changed, where no passage tells of anything of the kind."""
    acts = frozenset[str]().union(*(acts_in(text.text) for text in passages))
    for pattern, known, words in _SOURCES:
        said = pattern.search(claim.text)
        if said and not acts & known and not any(words.search(text.text) for text in passages):
            yield missing("acts", said[0])


def _misplaced(claim: Text, known: Sequence[_Known]) -> Iterator[Finding]:
    for part in segments_of(claim):
        said = part._replace(numbers=tuple(one for one in part.numbers if not _CHANGED_BY.search(claim.text, 0, one.start)))
        for sort in _SORTS:
            if sort.check == "acts" and not (said.items or said.dates or said.numbers):
                continue
            for value in sort.values(said):
                if (there := _elsewhere(said, sort, value, known)) is not None:
                    segment = there.segment
                    words = claim.text[said.start : said.end].strip()
                    yield contradicted(sort.check, words, Place(there.passage, segment.start, segment.end))


def _elsewhere(said: Segment, sort: _Sort, value: object, known: Sequence[_Known]) -> _Known | None:
    """Return the segment that tells of the same with another value, where the claim's value stands with something else only."""
    if not said.items and not said.acts and not said.numbers and not said.findings:
        return None  # "(born 1974)": nothing beside it tells what it belongs to
    with_it = [one for one in known if sort.same(value, one.segment)]
    if not with_it and sort.check != "persons":
        return None  # it stands nowhere: the check of these values says so
    best = max((likeness(said, one.segment, value) for one in with_it), default=_LEAST_ALIKE * len(said.items))
    for one in known:
        rivals = sort.rivals(value, one.segment)
        if not rivals or sort.same(value, one.segment) or any(_says(said, sort, rival) for rival in rivals):
            continue
        if likeness(said, one.segment, value) > best + _LESS:
            return one
    return None


def _says(said: Segment, sort: _Sort, rival: object) -> bool:
    """Say whether the claim's segment has a rival value too."""
    if isinstance(rival, WrittenQuantity):
        return any(rounds_to(rival.value, one.value) for one in said.numbers)
    if isinstance(rival, str):
        return rival in sort.values(said)
    return any(supports(rival, day) for day in said.dates)  # type: ignore[arg-type]


def likeness(said: Segment, known: Segment, beside: object = None) -> float:
    """Return how many of the words of a claim's segment, its acts, times and values `beside` one, a segment of the evidence has."""
    items = said.items or said.carried_items
    weight = _CARRIED if known.items else 1.0
    score = sum(1.0 if item & known.words else weight if item & known.carried else 0.0 for item in items)
    for sort in _SORTS:
        score += sum(sort.same(value, known) for value in sort.values(said) if value != beside)
    score += len((said.roles & known.roles).difference(_ORDINALS))
    if any(known.roles & _EXCLUDING.get(role, set()) for role in said.roles):
        score -= 1
    if "goal" in known.roles and "goal" not in said.roles:
        score -= 1
    return score


def _has_date(value: object, segment: Segment) -> bool:
    return any(supports(day, value) for day in segment.dates)  # type: ignore[arg-type]


def _has_number(value: object, segment: Segment) -> bool:
    return isinstance(value, WrittenQuantity) and any(
        _fits(one, value) and rounds_to(one.value, value.value, about=value.about) for one in segment.numbers
    )


def _fits(one: WrittenQuantity, other: WrittenQuantity) -> bool:
    return not one.unit or not other.unit or one.unit == other.unit or same_dimension(one.unit, other.unit)


def _other_numbers(value: object, segment: Segment) -> Sequence[object]:
    return [one for one in segment.numbers if isinstance(value, WrittenQuantity) and _fits(one, value)]


def _told_people(segment: Segment) -> Sequence[object]:
    """Return the people of whom a claim tells what they did; the patient is the one that all else is about."""
    return sorted(segment.people if segment.patient_acts else segment.people - {"patient"})


def _has_person(value: object, segment: Segment) -> bool:
    if value == "doctor":
        return any(name == "doctor" or name in _DOCTORS or name[:1].isupper() for name in segment.told_of)
    return value in segment.told_of


def _ordinals(segment: Segment) -> Sequence[object]:
    return sorted(segment.roles.intersection(_ORDINALS))


_SORTS = (
    _Sort("dates", lambda one: one.dates, _has_date, lambda _, one: one.dates),
    _Sort("numbers", lambda one: one.numbers, _has_number, _other_numbers),
    _Sort("acts", lambda one: sorted(one.acts), lambda value, one: value in one.acts, lambda _, one: sorted(one.acts)),
    _Sort("laterality", lambda one: sorted(one.sides), lambda value, one: value in one.sides or "both" in one.sides, lambda _, one: sorted(one.sides)),
    _Sort("persons", _told_people, _has_person, lambda _, one: sorted(one.told_of)),
    _Sort("findings", lambda one: sorted(one.findings), lambda value, one: value in one.findings, lambda _, one: sorted(one.findings)),
    _Sort("order", _ordinals, lambda value, one: value in one.roles, lambda _, one: _ordinals(one)),
)  # fmt: skip
