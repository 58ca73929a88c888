"""Words that have an opposite: rose and fell, before and after, active and stopped. Checked against words, numbers and dates."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import NamedTuple

from chartcite.engine.claim_checks.contexts import FIELD
from chartcite.engine.claim_checks.dated_values import is_later
from chartcite.engine.claim_checks.dates import WrittenDate, dates_in
from chartcite.engine.claim_checks.findings import Finding, contradicted, missing
from chartcite.engine.claim_checks.quantities import WrittenQuantity, quantities_in, rounds_to
from chartcite.engine.claim_checks.regimens import regimens_masked
from chartcite.engine.claim_checks.texts import Text
from chartcite.engine.language.cues import Cue


def _words(pattern: str) -> Cue:
    return Cue(rf"(?<![\w-])(?:{pattern})(?![\w-])")


class _Opposites(NamedTuple):
    """Two or more groups of words that exclude one another."""

    check: str
    groups: tuple[Cue, ...]


_UP = r"rose|ris(?:e|es|ing|en)|increas\w*|went up|going up|up from|higher|gain\w*|elevat\w+|rais(?:e|es|ed|ing)|grew|climb\w*|upregulat\w+|enhanc\w+|uptitrat\w+|titrated up|promot\w+|stimulat\w+|activat\w+|doubl(?:e|ed|es|ing)|escalat\w+|more"
_DOWN = r"fell|fall(?:s|ing|en)?|decreas\w*|went down|going down|down from|lower(?:s|ed|ing)?|reduc\w+|declin\w+(?= in| from| to| by)|drop(?:s|ped|ping)?|lost|diminish\w*|downregulat\w+|suppress\w*|attenuat\w+|inhibit\w*|impair\w*|titrated down|taper\w*|wean\w*|halv(?:e|ed|es|ing)|de-?escalat\w+|cut(?= (?:by|to|from|back|down))|less|fewer"
_OPPOSITES = (
    _Opposites("direction", (_words(_UP), _words(_DOWN), _words(r"unchanged|no change|did not change|stayed (?:the same|stable)|remained stable|constant"))),
    _Opposites("direction", (_words(r"improv\w+|better|recover\w+"), _words(r"worse\w*|deteriorat\w+|worsening"))),
    _Opposites("direction", (_words(r"highest|maximum|peak|largest|greatest"), _words(r"lowest|minimum|nadir|trough|smallest|least"))),
    _Opposites("order", (_words(r"latest|most recent|newest|last"), _words(r"earliest|oldest|first"))),
    _Opposites("order", (_words(r"before|prior to|preced\w+"), _words(r"after|following|subsequent\w*"))),
    _Opposites("temporality", (_words(r"start(?:s|ed|ing)?|began|begun|begin|initiat\w+|commenc\w+|resum\w+|restart\w*"), _words(r"stop(?:s|ped|ping)?|discontinu\w+|d/c'?d|ceas\w+|withdrawn|held"))),
    _Opposites("temporality", (_words(r"active|ongoing|current(?:ly)?|continu(?:es|ed|ing)|persist\w*"), _words(r"stopped|discontinued|inactive|resolved|ended|completed|remission|cancelled|d/c'?d|no longer|former|gone|subsided|disappeared"))),
    _Opposites("negation", (_words(r"positive"), _words(r"negative"))),
    _Opposites("negation", (_words(r"normal"), _words(r"abnormal\w*"))),
    _Opposites("negation", (_words(r"intact|preserved|unimpaired"), _words(r"impaired|lost|absent|diminished"))),
    _Opposites("negation", (_words(r"well"), _words(r"poorly|badly"))),
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
_WEAKER = _words(
    r"some|sometimes|several|many|most|few|a number of|occasional(?:ly)?|often|usually|part(?:ly|ial(?:ly)?)?|rare(?:ly)?"
)
_FROM_TO = Cue(r"\bfrom\b(?P<one>.{1,60}?)\bto\b(?P<two>.{1,60}?)(?:[.;:](?=\s|$)|$|\bby\b)")
_CLAUSE_END = re.compile(r"[.;](?=\s|$)")
"""Behind it stands another clause, whose numbers are no values of the series before it."""
_BY = Cue(r"\bby\s+(?:about\s+|approximately\s+)?[-−]?[\d.,]+")
_PERCENT = "%"


def check_opposites(claim: Text, near: Sequence[Text], passages: Sequence[Text]) -> list[Finding]:
    """Return the words of a claim whose opposite the evidence says.

    Args:
        claim: the sentence.
        near: the sentences of the evidence nearest to it: what they say counts first.
        passages: the whole evidence, which counts where they say neither.
    """
    found: list[Finding] = []
    told, text = _from_to(claim.text), FIELD.sub(" ", claim.text)
    for opposites in _OPPOSITES:
        if told is not None and opposites.check == "direction":
            continue  # the numbers decide
        found += _one(opposites, text, near, passages)
    return [*found, *_quantifiers(text, passages), *_numbers_move(claim.text, passages), *_extremes(claim.text, passages)]


def opposite_check(said: str, known: str) -> str | None:
    """Return the name of the check that two words fail because one is the opposite of the other; `None`: they are none."""
    for opposites in _OPPOSITES:
        one, other = ([bool(group.search(text)) for group in opposites.groups] for text in (said, known))
        if sum(one) == sum(other) == 1 and one != other:
            return opposites.check
    return None


def _one(opposites: _Opposites, claim: str, near: Sequence[Text], passages: Sequence[Text]) -> Iterator[Finding]:
    said = [match[0] if (match := group.search(claim)) else "" for group in opposites.groups]
    for texts in (near, passages) if any(said) else ():
        there = [any(group.search(text.text) for text in texts) for group in opposites.groups]
        if any(there):
            # Where both say several, which belongs to what cannot be seen by words alone.
            others = any(known and not words for words, known in zip(said, there, strict=True))
            for words, known in zip(said, there, strict=True):
                if words and not known:
                    yield (contradicted if others else missing)(opposites.check, words)
            return


def _quantifiers(claim: str, passages: Sequence[Text]) -> Iterator[Finding]:
    free = regimens_masked(claim)
    for group in _QUANTIFIERS:
        said = group.search(free)
        if said is None or any(group.search(text.text) for text in passages):
            continue
        weaker = any(_WEAKER.search(text.text) for text in passages)
        yield (contradicted if weaker else missing)("quantifiers", said[0])


_EXTREME = Cue(r"\b(?:(?P<high>highest|maximum|peak)|(?P<low>lowest|minimum|nadir))\b")


def _extremes(claim: str, passages: Sequence[Text]) -> Iterator[Finding]:
    """Yield the word that calls a value the highest (or lowest), where another passage of the same kind leads with one beyond it."""
    match = _EXTREME.search(claim)
    said = {(one.value, one.unit) for one in quantities_in(claim)}
    leading = [one[0] for text in passages if (one := quantities_in(text.text))]
    named = [one for one in leading if any(rounds_to(one.value, value) for value, _ in said)]
    if match is None or not named or len(leading) < _SEVERAL:
        return
    value = max(one.value for one in named) if match["high"] else min(one.value for one in named)
    if any(one.value > value if match["high"] else one.value < value for one in leading if one.unit == named[0].unit):
        yield contradicted("direction", match[0])


_SEVERAL = 2


class _Move(NamedTuple):
    up: bool
    words: str
    one: WrittenQuantity
    two: WrittenQuantity
    days: tuple[WrittenDate, ...]
    by: WrittenQuantity | None


def _from_to(claim: str) -> _Move | None:
    """Read "rose by 3 from 4 to 7" and "rose by 3 from 2020 to 2024: 4, 5, 7": `None` where a claim does not say so."""
    if back := _BACK.search(claim):
        return _back(claim, back)
    match = _FROM_TO.search(claim)
    ways = [group.search(claim) for group in _OPPOSITES[0].groups[:2]]
    if match is None or (ways[0] is None) == (ways[1] is None):
        return None
    numbers = quantities_in(claim)
    first = [one for one in numbers if match.start("one") <= one.start < match.end("one")]
    second = [one for one in numbers if match.start("two") <= one.start < match.end("two")]
    if not first and not second:
        closed = _CLAUSE_END.search(claim, match.end())
        end = closed.start() if closed else len(claim)
        first = second = [one for one in numbers if match.end("two") <= one.start < end]
    if not first or not second:
        return None
    days = [next(iter(dates_in(match[name])), None) for name in ("one", "two")]
    words = next(way[0] for way in ways if way)
    return _Move(
        ways[0] is not None,
        words,
        first[0],
        second[0] if second is not first else second[-1],
        tuple(day for day in days if day),
        _changed_by(claim, numbers),
    )


_BACK = Cue(r"(?P<way>\b(?:up|down|increased|decreased|risen|fallen)) from (?P<old>.{1,60}?)(?=$|[.;:](?:\s|$))(?<! to )")  # fmt: skip


def _back(claim: str, match: re.Match[str]) -> _Move | None:
    """Read "was 8.2 in March, up from 7.4 in September": the old value stands last."""
    numbers = quantities_in(claim)
    new = [one for one in numbers if one.end <= match.start()]
    old = [one for one in numbers if match.start("old") <= one.start < match.end("old")]
    if len(old) != 1 or not new:
        return None
    up = match["way"].lower() in {"up", "increased", "risen"}
    days = [next(iter(dates_in(part)), None) for part in (match["old"], claim[: match.start()])]
    return _Move(up, match[0][: match.end("way") - match.start()], old[0], new[-1], tuple(day for day in days if day), None)


def _changed_by(claim: str, numbers: Sequence[WrittenQuantity]) -> WrittenQuantity | None:
    match = _BY.search(claim)
    return next((one for one in numbers if match and match.start() < one.start < match.end()), None)


def _numbers_move(claim: str, passages: Sequence[Text]) -> Iterator[Finding]:
    move = _from_to(claim)
    if move is None or (move.one.unit and move.two.unit and move.one.unit != move.two.unit):
        return
    if (move.two.value > move.one.value) != move.up or move.one.value == move.two.value:
        yield contradicted("direction", move.words)
    if (len(move.days) > 1 and all(day.year for day in move.days) and _moment(move.days[0]) > _moment(move.days[1])) or is_later(
        passages, move.one, move.two
    ) is False:
        yield contradicted("order", "from … to")


def _moment(day: WrittenDate) -> tuple[int, int, int]:
    return day.year or 0, day.month or 0, day.day or 0


def derived_numbers(claim: Text, passages: Sequence[Text]) -> list[WrittenQuantity]:
    """Return the numbers of a claim that follow from its others: a difference, a percentage of change, a count, a mean, years."""
    numbers = quantities_in(claim.text)
    values = {
        *_of_move(claim.text, numbers, [one.value for text in passages for one in quantities_in(text.text)]),
        *(one.start for one in numbers if _counts(claim.text, one, numbers, passages) or _spans(claim.text, one, passages)),
    }
    return [one for one in numbers if one.start in values]


def _of_move(claim: str, numbers: Sequence[WrittenQuantity], known: Sequence[Decimal]) -> Iterator[int]:
    """Yield where the change stands that a claim tells, if it is what its numbers differ by and in their unit."""
    by = _changed_by(claim, numbers)
    if by is None:
        return
    move = _from_to(claim)
    others = [(move.one, move.two)] if move else list(combinations([one for one in numbers if one is not by][:_MOST_LISTED], 2))
    for one, two in others:
        firsts, lasts = ([each.value, *(value for value in known if rounds_to(value, each.value))] for each in (one, two))
        changes = {abs(last - first) for first in firsts for last in lasts}
        percents = {change / abs(one.value) * 100 for change in changes if one.value and by.unit == _PERCENT}
        if any(rounds_to(percent, by.value, about=True) for percent in percents) or (
            by.unit in {"", one.unit} and any(rounds_to(change, by.value, about=True) for change in changes)
        ):
            yield by.start


_MOST_LISTED = 12
_COUNTED = Cue(
    r"\s(?:\w+\s+)?(?:times?|values|results|records|entries|readings|measurements|visits|notes|medicines|medications|prescriptions"
    r"|occasions|doses|problems|conditions|allergies)\b",
)
_MEAN = Cue(r"\b(?:mean|average)\b")
_ELAPSED = Cue(r"\s*-?(days?|weeks?|months?|years?)\b")
_DAYS = {"d": (1, 1), "w": (7, 7), "m": (28, 31), "y": (365, 366)}


def _counts(claim: str, said: WrittenQuantity, numbers: Sequence[WrittenQuantity], passages: Sequence[Text]) -> bool:
    """Say whether a number counts the passages or the days that a claim lists, or is the mean of the numbers it lists."""
    if _COUNTED.match(claim, said.end) or re.match(r"\s*[:.]?$", claim[said.end :]):
        return said.value in {len(passages), len({(one.year, one.month, one.day) for one in dates_in(claim)})}
    if not _MEAN.search(claim):
        return False
    rest = [one.value for one in numbers if one.start != said.start and (not said.unit or one.unit == said.unit)]
    known = [one.value for text in passages for one in quantities_in(text.text)[:1]]
    return any(
        len(listed) > 1 and rounds_to(sum(listed, Decimal(0)) / len(listed), said.value, about=True) for listed in (rest, known)
    )


def _spans(claim: str, said: WrittenQuantity, passages: Sequence[Text]) -> bool:
    """Say whether a number of days to years lies between two dates of the claim or its evidence."""
    match = _ELAPSED.match(claim, said.end)
    if match is None:
        return False
    low, high = _DAYS[match[1][0].lower()]
    for one, other in ((_moment(one), _moment(other)) for one, other in _day_pairs(claim, passages)):
        days = abs((other[0] - one[0]) * 365.25 + (other[1] - one[1]) * 30.44 + (other[2] - one[2]))
        if float(said.value) * low - 2 <= days <= (float(said.value) + 1) * high + 2:
            return True
    return False


def _day_pairs(claim: str, passages: Sequence[Text]) -> Iterator[tuple[WrittenDate, WrittenDate]]:
    own = [day for day in dates_in(claim) if day.year]
    others = [day for text in passages for day in dates_in(text.text) if day.year][:_MOST_LISTED]
    yield from pairwise(own)
    yield from ((one, other) for one in own[:_MOST_LISTED] for other in others)
