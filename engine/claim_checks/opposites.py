"""Words that have an opposite: rose and fell, before and after, active and stopped. Checked against words, numbers and dates."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from chartcite.engine.claim_checks.dates import WrittenDate, dates_in
from chartcite.engine.claim_checks.findings import Finding, contradicted, missing
from chartcite.engine.claim_checks.quantities import WrittenQuantity, quantities_in, rounds_to
from chartcite.engine.claim_checks.texts import Text


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


class _Opposites(NamedTuple):
    """Two or more groups of words that exclude one another."""

    check: str
    groups: tuple[re.Pattern[str], ...]


_UP = r"rose|ris(?:e|es|ing|en)|increas\w*|went up|going up|up from|higher|gain\w*|elevat\w+|rais(?:e|es|ed|ing)|grew|climb\w*|upregulat\w+|enhanc\w+|uptitrat\w+|titrated up|promot\w+|stimulat\w+|activat\w+|more"
_DOWN = r"fell|fall(?:s|ing|en)?|decreas\w*|went down|going down|down from|lower(?:s|ed|ing)?|reduc\w+|declin\w+(?= in| from| to| by)|drop(?:s|ped|ping)?|lost|diminish\w*|downregulat\w+|suppress\w*|attenuat\w+|inhibit\w*|impair\w*|titrated down|less|fewer"
_OPPOSITES = (
    _Opposites("direction", (_words(_UP), _words(_DOWN), _words(r"unchanged|no change|did not change|stayed (?:the same|stable)|remained stable|constant"))),
    _Opposites("direction", (_words(r"improv\w+|better|recover\w+"), _words(r"worse\w*|deteriorat\w+|worsening"))),
    _Opposites("direction", (_words(r"highest|maximum|peak|largest|greatest"), _words(r"lowest|minimum|nadir|trough|smallest|least"))),
    _Opposites("order", (_words(r"latest|most recent|newest|last"), _words(r"earliest|oldest|first"))),
    _Opposites("order", (_words(r"before|prior to|preced\w+"), _words(r"after|following|subsequent\w*|since"))),
    _Opposites("temporality", (_words(r"start(?:s|ed|ing)?|began|begun|begin|initiat\w+|commenc\w+|resum\w+|restart\w*"), _words(r"stop(?:s|ped|ping)?|discontinu\w+|d/c'?d|ceas\w+|withdrawn|held"))),
    _Opposites("temporality", (_words(r"active|ongoing|current(?:ly)?|continu(?:es|ed|ing)|persist\w*"), _words(r"stopped|discontinued|inactive|resolved|ended|completed|remission|cancelled|d/c'?d|no longer|former"))),
    _Opposites("negation", (_words(r"positive"), _words(r"negative"))),
    _Opposites("negation", (_words(r"normal"), _words(r"abnormal\w*"))),
    _Opposites("negation", (_words(r"effective|efficacious"), _words(r"ineffective|inefficacious"))),
    _Opposites("negation", (_words(r"stable"), _words(r"unstable"))),
    _Opposites("conditions", (_words(r"benign"), _words(r"malignant"))),
    _Opposites("conditions", (_words(r"acute"), _words(r"chronic"))),
    _Opposites("conditions", (_words(r"mild"), _words(r"moderate"), _words(r"severe"))),
    _Opposites("direction", (_words(r"high"), _words(r"low"))),
    _Opposites("direction", (_words(r"above|over|exceed\w*|more than|greater than|at least"), _words(r"below|under|less than|at most"))),
)  # fmt: skip
_QUANTIFIERS = (
    _words(r"all|every|each|entire(?:ly)?|always|whole|both"),
    _words(r"only|sole(?:ly)?|exclusive(?:ly)?|just one"),
    _words(r"never|none|no one|nobody"),
)
_WEAKER = _words(r"some|sometimes|several|many|most|few|a number of|occasional(?:ly)?|often|usually|part(?:ly|ial(?:ly)?)?|rare(?:ly)?")
_FROM_TO = re.compile(r"\bfrom\b(?P<one>.{1,60}?)\bto\b(?P<two>.{1,60}?)(?:[.;:]|$|\bby\b)", re.IGNORECASE)
_BY = re.compile(r"\bby\s+(?:about\s+|approximately\s+)?[-−]?[\d.,]+", re.IGNORECASE)
_NUMBER_PERCENT = "%"


def check_opposites(claim: Text, near: Sequence[Text], passages: Sequence[Text]) -> list[Finding]:
    """Return the words of a claim whose opposite the evidence says.

    Args:
        claim: the sentence.
        near: the sentences of the evidence nearest to it: what they say counts first.
        passages: the whole evidence, which counts where they say neither.
    """
    found = []
    told = _from_to(claim.text)
    for opposites in _OPPOSITES:
        if told is not None and opposites.check == "direction":
            continue  # the numbers decide
        found += _one(opposites, claim.text, near, passages)
    return [*found, *_quantifiers(claim.text, passages), *_numbers_move(claim.text)]


def _one(opposites: _Opposites, claim: str, near: Sequence[Text], passages: Sequence[Text]) -> Iterator[Finding]:
    said = [match[0] if (match := group.search(claim)) else "" for group in opposites.groups]
    if sum(map(bool, said)) != 1:
        return  # none, or both: which belongs to what cannot be seen by words alone
    place = next(number for number, words in enumerate(said) if words)
    for texts in (near, passages):
        there = [any(group.search(text.text) for text in texts) for group in opposites.groups]
        if there[place]:
            return
        if any(there):
            yield contradicted(opposites.check, said[place])
            return


def _quantifiers(claim: str, passages: Sequence[Text]) -> Iterator[Finding]:
    for group in _QUANTIFIERS:
        said = group.search(claim)
        if said is None or any(group.search(text.text) for text in passages):
            continue
        weaker = any(_WEAKER.search(text.text) for text in passages)
        yield (contradicted if weaker else missing)("quantifiers", said[0])


class _Move(NamedTuple):
    up: bool
    words: str
    one: WrittenQuantity
    two: WrittenQuantity
    one_day: WrittenDate | None
    two_day: WrittenDate | None
    by: WrittenQuantity | None


def _from_to(claim: str) -> _Move | None:
    """Read "rose by 3 from 4 on ... to 7 on ...": `None` where a claim does not say from what to what."""
    match = _FROM_TO.search(claim)
    ways = [group.search(claim) for group in _OPPOSITES[0].groups[:2]]
    if match is None or (ways[0] is None) == (ways[1] is None):
        return None
    one, two = quantities_in(match["one"]), quantities_in(match["two"])
    if not one or not two:
        return None
    first_day, second_day = (next(iter(dates_in(match[name])), None) for name in ("one", "two"))
    by = next(iter(quantities_in(by_match[0][2:])), None) if (by_match := _BY.search(claim)) else None
    words = next(way[0] for way in ways if way)
    return _Move(ways[0] is not None, words, one[0], two[0], first_day, second_day, by)


def _numbers_move(claim: str) -> Iterator[Finding]:
    move = _from_to(claim)
    if move is None:
        return
    if move.one.unit and move.two.unit and move.one.unit != move.two.unit:
        return
    if (move.two.value > move.one.value) != move.up or move.one.value == move.two.value:
        yield contradicted("direction", move.words)
    days = [_moment(day) for day in (move.one_day, move.two_day) if day]
    if len(days) > 1 and days[0] > days[1]:
        yield contradicted("order", "from … to")


def _moment(day: WrittenDate) -> tuple[int, int, int]:
    return day.year or 0, day.month or 0, day.day or 0


def derived_numbers(claim: Text, passages: Sequence[Text]) -> list[Decimal]:
    """Return the numbers of a claim that follow from its others: a difference, a percentage of change, a count, a mean, years."""
    numbers = [quantity.value for quantity in quantities_in(claim.text)]
    found = [*_of_move(claim.text, numbers), *_of_dates(claim.text, passages), *_of_many(claim.text, numbers, passages)]
    return found


def _of_move(claim: str, numbers: Sequence[Decimal]) -> Iterator[Decimal]:
    move = _from_to(claim)
    if move is not None and move.by is not None:
        change = abs(move.two.value - move.one.value)
        percent = change / abs(move.one.value) * 100 if move.one.value else None
        if move.by.unit == _NUMBER_PERCENT and percent is not None and rounds_to(percent, move.by.value, about=True):
            yield move.by.value
        if rounds_to(change, move.by.value):
            yield move.by.value
    elif _BY.search(claim) or re.search(r"\b(?:difference|change|higher|lower|more|less|points?)\b", claim, re.IGNORECASE):
        listed = numbers[:_MOST_LISTED]
        changes = {abs(one - two) for one in listed for two in listed}
        yield from (number for number in listed if number in changes and number)


_MOST_LISTED = 12
_COUNTED = re.compile(
    r"(?<![\w.])(?P<n>\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\s+\w+)?\s+(?:times|values|results|records|entries|readings|measurements|visits|notes|medicines|medications|prescriptions|occasions|doses|problems|conditions|allergies)\b|\b(?P<lead>count|mean|average)\b",
    re.IGNORECASE,
)
_ELAPSED = re.compile(r"(?<![\w.])(?P<n>\d{1,5})\s*-?\s*(?P<unit>days?|weeks?|months?|years?)\b(?:[- ]old)?", re.IGNORECASE)
_DAYS = {"d": (1, 1), "w": (7, 7), "m": (28, 31), "y": (365, 366)}


def _of_many(claim: str, numbers: Sequence[Decimal], passages: Sequence[Text]) -> Iterator[Decimal]:
    """Yield counts of the passages or of the numbers and dates that a claim lists, and their mean."""
    listed = {len(passages), len({(one.year, one.month, one.day) for one in dates_in(claim)})}
    for match in _COUNTED.finditer(claim):
        if match["lead"] and len(numbers) > 1:
            rest = list(numbers[1:])
            mean = sum(rest, Decimal(0)) / len(rest)
            yield from (number for number in (numbers[0],) if rounds_to(mean, number, about=True))
            yield Decimal(len(passages))
        elif match["n"] and match["n"].isdigit() and int(match["n"]) in listed:
            yield Decimal(int(match["n"]))


def _of_dates(claim: str, passages: Sequence[Text]) -> Iterator[Decimal]:
    """Yield the spans of time that lie between two dates of the claim or its evidence."""
    spans = {(_moment(one), _moment(other)) for one, other in _day_pairs(claim, passages)}
    for match in _ELAPSED.finditer(claim):
        number = int(match["n"])
        low, high = _DAYS[match["unit"][0].lower()]
        for one, other in spans:
            days = abs((other[0] - one[0]) * 365.25 + (other[1] - one[1]) * 30.44 + (other[2] - one[2]))
            if number * low - 2 <= days <= (number + 1) * high + 2:
                yield Decimal(number)
                break


def _day_pairs(claim: str, passages: Sequence[Text]) -> Iterator[tuple[WrittenDate, WrittenDate]]:
    own = [day for day in dates_in(claim) if day.year]
    others = [day for text in passages for day in dates_in(text.text) if day.year][:_MOST_LISTED]
    yield from pairwise(own)
    yield from ((one, other) for one in own[:_MOST_LISTED] for other in others)
