"""Two things and which is which: before and after, from and to, more and less, read in the claim and in its evidence and compared.

Where the evidence does not say it in words, dates and numbers of the two decide, if it has them.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from chartcite.engine.claim_checks.acts import acts_in, without_acts
from chartcite.engine.claim_checks.bindings import likeness
from chartcite.engine.claim_checks.coverage import content_words
from chartcite.engine.claim_checks.findings import Finding, contradicted, missing
from chartcite.engine.claim_checks.quantities import WrittenQuantity, quantities_in, quantities_masked
from chartcite.engine.claim_checks.regimens import regimens_masked
from chartcite.engine.claim_checks.segments import Segment, segments_of
from chartcite.engine.claim_checks.texts import Range, Text, stem
from chartcite.engine.language.terminology import tokenize
from chartcite.engine.language.units import same_dimension


class _Way(NamedTuple):
    """How a text sets two things against each other."""

    kind: str
    pattern: re.Pattern[str]
    """With the groups `one` and `two`: the earlier, the old, the more; and the other."""


class _Told(NamedTuple):
    kind: str
    one: str
    two: str


def _way(kind: str, pattern: str) -> _Way:
    return _Way(kind, re.compile(pattern, re.IGNORECASE))


_BIT = r"[^.;\n]{2,120}?"
_END = r"(?=[.;,\n]|$)"
_CHANGED = r"switch\w*|chang\w+|transfer\w*|stepped (?:down|up)|moved?|convert\w*|transition\w*|went|rotated|exchanged|discharged|reduced|raised|lowered|titrated|tapered|improved|rose|fell|dropped|increased|decreased"
_MORE = r"higher|more|larger|greater|bigger|better|longer|stronger|heavier|older|later|above|faster"
_LESS = r"lower|less|smaller|fewer|worse|poorer|shorter|weaker|lighter|younger|slower|below"
_WAYS = (
    _way("order", rf"^(?P<one>{_BIT})\b(?:before|prior to|preced(?:ed|es|ing))\b(?P<two>{_BIT}){_END}"),
    _way("order", rf"^(?:after|following|once)\s+(?P<one>{_BIT})(?:,|(?=\b(?:he|she|they|the patient)\b))(?P<two>{_BIT}){_END}"),
    _way("order", rf"^(?!after|following|once)(?P<two>{_BIT})\b(?:after|following|once|came after)\b(?P<one>{_BIT}){_END}"),
    _way("order", rf"^(?P<one>{_BIT}),?\s+(?:and )?(?:then|later|subsequently|thereafter|afterwards)\b(?P<two>{_BIT}){_END}"),
    _way("replaced", rf"(?:{_CHANGED})\b[^.;\n]{{0,40}}?\bfrom\b(?P<one>{_BIT})\b(?:to|into)\b(?P<two>{_BIT}){_END}"),
    _way("replaced", rf"^(?P<one>{_BIT})\b(?:(?:was|were|is|has been|been)\s+)?(?:replaced (?:by|with)|(?:changed|switched|converted) (?:in)?to)(?P<two>{_BIT}){_END}"),
    _way("replaced", rf"^(?P<one>{_BIT})(?:->|→)(?P<two>{_BIT}){_END}"),
    _way("replaced", rf"\b(?:changed|switched|converted|replaced)\s+(?P<one>[\w -]{{3,40}}?)\s+(?:to|by|with|for)\s+(?P<two>{_BIT}){_END}"),
    _way("replaced", rf"^(?P<two>{_BIT})\b(?:(?:was|were)\s+)?(?:(?:given |used |taken |chosen |started )?instead of|in place of|substituted for|replaced(?! by| with)|replacing)\b(?P<one>{_BIT}){_END}"),
    _way("replaced", rf"\bfrom\b(?P<one>\s\d{_BIT})\bto\b(?P<two>\s\d[^.;\n]{{0,60}}?){_END}"),
    _way("replaced", rf"^(?P<one>{_BIT})\b(?:(?:was|were)\s+)?exchanged for\b(?P<two>{_BIT}){_END}"),
    _way("order", rf"^(?P<one>{_BIT}),?\s+(?:(?:was|were)\s+)?followed by\b(?P<two>{_BIT}){_END}"),
    _way("compared", rf"^(?P<one>[^.;\n]{{0,120}}?)\b(?P<by>{_MORE})\b(?P<in>[^.;\n]{{0,80}}?)\bthan\b(?P<two>{_BIT}){_END}"),
    _way("compared", rf"^(?P<two>[^.;\n]{{0,120}}?)\b(?P<by>{_LESS})\b(?P<in>[^.;\n]{{0,80}}?)\bthan\b(?P<one>{_BIT}){_END}"),
)  # fmt: skip
_CHECKS = {"order": "order", "replaced": "order", "compared": "direction"}
_GOOD = re.compile(r"\b(?:better|worse|poorer)\b", re.IGNORECASE)
_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?!\d)")


def check_orientations(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return what a claim puts the wrong way round, and comparisons that its evidence does not bear out."""
    found = []
    for said in claim.sentences:
        words = claim.text[said.start : said.end]
        if (alone := _ALONE.search(words)) and " than " not in words and _beside(alone, claim, passages) is False:
            found.append(contradicted("direction", alone[0]))
        if _is_other_end(words, passages):
            found.append(contradicted("direction", words))
        if (when := _out_of_time(claim, said, passages)) is not None:
            found.append(contradicted("order", when))
        for told in _told(words):
            outcome = _agrees(told, passages)
            if outcome is None:
                outcome = _measured(told, claim, passages)
            if outcome is False:
                found.append(contradicted(_CHECKS[told.kind], words))
            elif outcome is None and told.kind == "compared" and not _same_words(words, passages):
                found.append(missing("direction", words))
    return found


_LONGEST = 600
"""Characters of a sentence that are read."""


def _told(sentence: str) -> Iterator[_Told]:
    sentence = sentence[:_LONGEST]
    sentence = _MEALS.sub(lambda match: " " * len(match[0]), sentence)
    for way in _WAYS:
        match = way.pattern.search(sentence)
        if match is None:
            continue
        groups = match.groupdict()
        inner = groups.get("in") or ""
        # "higher in the evening than in the morning": what stands before "than" is of the first.
        first = groups["one"] if not inner or way.pattern.pattern.startswith("^(?P<two>") else f"{groups['one']} {inner}"
        second = groups["two"] if not inner or not way.pattern.pattern.startswith("^(?P<two>") else f"{groups['two']} {inner}"
        if _is_thing(first) and _is_thing(second):
            yield _Told(way.kind, first, second)


_TO = re.compile(
    r"\b(?:increas\w+|rais\w+|decreas\w+|reduc\w+|lower\w+|chang\w+|titrat\w+|cut|switched|went)\s+to\s+(?=\d)", re.IGNORECASE
)
_LONGEST_PASSAGE = 8000
_ENDS = re.compile(
    r"\bfrom\s+(?P<one>\d[^;\n]{0,30}?)\s+to\s+(?P<two>\d[^;\n]{0,30}?)(?=[.;,\n]|\s[a-z]|$)|(?P<old>\d[\d.,]*[^;\n\d]{0,16}?)(?:->|→)\s*(?P<new>\d[^;\n]{0,20})",
    re.IGNORECASE,
)


def _is_other_end(words: str, passages: Sequence[Text]) -> bool:
    """Say whether "raised to 100" names what the evidence changed from: "from 100 to 50"."""
    match = _TO.search(words)
    said = next((one for one in quantities_in(words) if match and one.start >= match.end()), None)
    if said is None:
        return False
    ends = [
        tuple(quantities_in(found[old] or found[new]) for old, new in (("one", "old"), ("two", "new")))
        for text in passages
        for found in _ENDS.finditer(text.text[:_LONGEST_PASSAGE])
    ]
    into = {one.value for _, new in ends for one in new[:1]}
    return said.value not in into and any(said.value == one.value for old, _ in ends for one in old[:1])


_EDGE = {"last": max, "first": min}


def _out_of_time(claim: Text, said: Range, passages: Sequence[Text]) -> str | None:
    """Return a value that a claim calls the latest (or first), where its evidence dates another of the same after (or before) it."""
    for part in segments_of(claim):
        edges = part.roles & set(_EDGE)
        if not said.start <= part.start < said.end or len(edges) != 1 or len(part.numbers) != 1:
            continue
        value, edge = part.numbers[0], _EDGE[next(iter(edges))]
        dated = [
            (_key(one), one.numbers[0])
            for text in passages
            for one in segments_of(text)
            if len(one.numbers) == 1 and len(one.dates) == 1 and one.dates[0].year and not one.roles & set(_EDGE)
            and any(item & (one.words | one.carried) for item in part.items) and one.numbers[0].unit in {"", value.unit}
        ]  # fmt: skip
        if any(number.value == value.value for _, number in dated) and edge(dated)[1].value != value.value:
            return claim.text[part.start : part.end].strip()
    return None


def _key(one: Segment) -> tuple[int, int, int]:
    day = one.dates[0]
    return day.year or 0, day.month or 0, day.day or 0


_ALONE = re.compile(
    rf"\b(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\s+(?P<when>(?:in|on|at|after|before|with|during|without)\b{_BIT})(?=[.;,]|$)",
    re.IGNORECASE,
)


def _beside(match: re.Match[str], claim: Text, passages: Sequence[Text]) -> bool | None:
    """Compare "was higher in the evening" with the other number that the sentence of the evidence has for another time."""
    ones = [(text, part) for text in passages for part in segments_of(text) if len(part.numbers) == 1]
    near = _nearest(match["when"], claim, ones)
    if len(near) != 1:
        return None
    text, one = near[0]
    sentence = text.sentence_at(one.start)
    others = [part for other, part in ones if other is text and part is not one and sentence.start <= part.start < sentence.end]
    if len(others) != 1 or others[0].numbers[0].unit != one.numbers[0].unit:
        return None
    value, other = one.numbers[0].value, others[0].numbers[0].value
    return None if value == other else (value > other) == bool(match["more"])


def _is_thing(text: str) -> bool:
    return bool(_stems(text)) or any(map(str.isdigit, text))


def _stems(text: str, kind: str = "") -> frozenset[str]:
    """Return the words by which one side is known: what was done only where nothing else stands there."""
    plain = regimens_masked(quantities_masked(text)) if kind == "order" else text
    words = {stem(token.form) for token in tokenize(without_acts(plain))} - _EMPTY
    return frozenset(words or {f"act {act}" for act in acts_in(text)})


_MEALS = re.compile(
    r"\b(?:before|after|with) (?:breakfast|lunch|dinner|supper|meals?|food|eating|bed(?:time)?|sports?|exercise)\b", re.IGNORECASE
)
_EMPTY = frozenset(
    stem(word)
    for word in "a an the of on in at to for with was were is are be been has have had he she it they his her their patient and or that this by from as did does do who which there".split()
)


def _agrees(told: _Told, passages: Sequence[Text]) -> bool | None:
    """Say whether the evidence sets the same two things the same way; `None`: it does not say in words."""
    seen: bool | None = None
    one, two = _apart(told)
    for passage in passages:
        for sentence in passage.sentences:
            for known in _told(passage.text[sentence.start : sentence.end]):
                if known.kind != told.kind:
                    continue
                first, second = _apart(known)
                # What stands behind "than", "before" or "to" is short, and tells most.
                same, other = len(two & second), len(two & first)
                if same == other:
                    same, other = same + len(one & first), other + len(one & second)
                if same > other:
                    return True
                if other > same:
                    seen = False
    return seen


def _apart(told: _Told) -> tuple[frozenset[str], frozenset[str]]:
    one, two = _stems(told.one, told.kind), _stems(told.two, told.kind)
    return one - two, two - one


def _same_words(words: str, passages: Sequence[Text]) -> bool:
    """Say whether the evidence compares with "than" too, and with most of the same words."""
    said = {stem(word) for word in content_words(words)}
    return any(
        "than" in passage.text and len(said & {stem(one.form) for one in passage.tokens}) >= _MOST * len(said)
        for passage in passages
    )


_MOST = 0.8


def _measured(told: _Told, claim: Text, passages: Sequence[Text]) -> bool | None:
    """Compare by the numbers, or the dates, that the evidence gives to the two."""
    ones = [(text, part) for text in passages for part in segments_of(text)]
    if told.kind == "compared":
        values = [_number_of(side, claim, ones) for side in (told.one, told.two)]
        if values[0] is None or values[1] is None or values[0] == values[1]:
            return None
        return values[0] > values[1]
    if told.kind == "order":
        moments = [_moment_of(side, claim, ones) for side in (told.one, told.two)]
        if moments[0] is None or moments[1] is None or moments[0] == moments[1]:
            return None
        return moments[0] < moments[1]
    return None


def _nearest(side: str, claim: Text, ones: Sequence[tuple[Text, Segment]]) -> list[tuple[Text, Segment]]:
    parts = segments_of(Text(side, claim.lexicon))
    scored = [(sum(likeness(part, known) for part in parts), text, known) for text, known in ones]
    most = max((score for score, *_ in scored), default=0.0)
    return [(text, known) for score, text, known in scored if score == most] if most > 0 else []


def _number_of(side: str, claim: Text, ones: Sequence[tuple[Text, Segment]]) -> Decimal | None:
    own = quantities_in(side)
    if len(own) == 1:
        return own[0].value
    numbers: list[WrittenQuantity] = [
        number for _, known in _nearest(side, claim, [pair for pair in ones if pair[1].numbers]) for number in known.numbers[:1]
    ]
    if len({number.value for number in numbers}) != 1 or not all(
        same_dimension(one.unit, numbers[0].unit) for one in numbers if one.unit
    ):
        return None
    return numbers[0].value


def _moment_of(side: str, claim: Text, ones: Sequence[tuple[Text, Segment]]) -> tuple[int, ...] | None:
    dated = [(text, known) for text, known in ones if known.dates or _CLOCK.search(text.text[known.start : known.end])]
    near = _nearest(side, claim, dated)
    if len(near) != 1:
        return None
    text, known = near[0]
    clock = _CLOCK.search(text.text[known.start : known.end])
    day = next((day for day in known.dates if day.year), None)
    if day is None and clock is None:
        return None
    date = (day.year or 0, day.month or 0, day.day or 0) if day else (0, 0, 0)
    return (*date, int(clock[1]), int(clock[2])) if clock else (*date, 0, 0)
