"""Numbers with their units: as written, rounded half up, in words, as ends of a range, or converted by a known factor."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.claim_checks.dates import times_masked
from chartcite.engine.claim_checks.findings import Finding, Place, contradicted, missing
from chartcite.engine.claim_checks.frequencies import frequencies_masked
from chartcite.engine.claim_checks.lexical import decimal_of
from chartcite.engine.claim_checks.texts import Text, masked
from chartcite.engine.language.analytes import convert_analyte
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, fold
from chartcite.engine.language.units import measure_of, normalised, same_dimension
from chartcite.engine.questions.question_words import STOPWORDS

_NUMBER = re.compile(
    r"(?<![\w.,])(?<![A-Za-z][-–])(?:(?<![\d)\]%])[-−])?(?:\d+(?:,\d{3})+|\d+)?(?:(?<=\d)(?:\.\d+)?|\.\d+)(?!\d)"
)
_UNIT = re.compile(
    r"\s?-?((?:[x×]\s?)?10(?:\^|\*\*?|e|E)[(]?\d{1,2}[)]?\s?/\s?[\w.µμ²³]+"
    r"|[%°]\s?[CF]?\b|%|(?:[A-Za-zµμ\[{][\w%°µμ^*.{}\[\]²³]*)(?:\s?/\s?[\w.µμ²³{}\[\]]+)*(?:\s?per\s[A-Za-z]+)?)"
)
_TWO_WORDS = Cue(r"\s(mm\s?Hg|[a-z]+ per (?:minute|min|hour|day|liter|litre|deciliter)|degrees? [CF]\w*)\b")
_INCH = Cue(r"\s?(?:in(?=\s(?:on|with|tall|by|x|and)\b|[.,;)]|\s?\(|\s?$)|inch(?:es)?\b|\")")
_NO_UNIT = frozenset(
    "a an as at am pm in is it if of on or to by and the was were with from for then had has i he she we day d".split()
)
_RANGE = Cue(r"\s?(?:-|–|—|/|to|and|or|through)\s?")
_ABOUT = Cue(r"(?:about|approximately|approx\.?|around|roughly|nearly|almost|some|circa|ca\.|~|≈)\s?$")
_WORDS = {
    word: Decimal(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split()
    )
} | {"thirty": Decimal(30), "forty": Decimal(40), "fifty": Decimal(50), "sixty": Decimal(60), "ninety": Decimal(90)}
_ALSO = {"dozen": Decimal(12), "half": Decimal("0.5")}
_WORD = Cue(rf"\b(?:{'|'.join(sorted([*_WORDS, *_ALSO], key=len, reverse=True))})\b(?!-)")
_ROMAN = re.compile(r"\b(?:stage|class|grade|type|factor|grades|stages|nyha(?: class)?)\s+(I{1,3}|IV|V)(?=[ABCabc]?\b)")
_ROMANS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_PAIR = re.compile(r"(?<![\d/.])(\d{2,3})\s?/\s?(\d{2,3})(?![\d/]|\.\d)")
_MOST_LOST = Decimal("0.06")
"""Share of its value that a number may change by rounding, where the claim does not say "about"."""


class WrittenQuantity(NamedTuple):
    """A number of a text with the unit beside it."""

    value: Decimal
    unit: str
    """UCUM code; empty: none that is known."""
    start: int
    end: int
    unit_end: int
    """Character after the unit."""
    about: bool = False
    """Whether the text itself says that it is not exact."""


def rounds_to(known: Decimal, said: Decimal, *, about: bool = False) -> bool:
    """Say whether `said` is `known`, or `known` rounded half away from zero to fewer decimals.

    Rounding may change a number by 6 % at most (71.36 to 71.4 or 71, never 1.4 to 1), unless the claim says "about".
    """
    if known == said:
        return True
    places, written = -_exponent(said), -_exponent(known)
    if places >= written or places < 0:
        return False
    rounded = known.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded == said and (about or abs(said - known) <= abs(known) * _MOST_LOST)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


@lru_cache(maxsize=4096)
def quantities_in(text: str) -> tuple[WrittenQuantity, ...]:
    """Return the numbers of a text with their units, dates and times of day aside; those of a range share its unit."""
    free = times_masked(text).replace("·", ".")  # some journals print 11·9
    found: list[WrittenQuantity] = []
    taken = 0
    for match in _NUMBER.finditer(free):
        value = decimal_of(match[0]) if match[0].strip("-−") else None
        if value is None or match.start() < taken:
            continue
        unit, taken = _unit_after(free, match.end())
        found.append(
            WrittenQuantity(
                value,
                unit,
                match.start(),
                match.end(),
                taken,
                _ABOUT.search(free[max(0, match.start() - 20) : match.start()]) is not None,
            )
        )
    return tuple(_shared(free, found))


def quantities_masked(text: str) -> str:
    """Return a text with spaces in place of its dates, times and numbers with their units."""
    return masked(times_masked(text), [(one.start, one.unit_end) for one in quantities_in(text)])


def _unit_after(text: str, place: int) -> tuple[str, int]:
    if match := _INCH.match(text, place):
        return "[in_i]", match.end()
    match = _TWO_WORDS.match(text, place) or _UNIT.match(text, place)
    if match is None:
        return "", place
    written = match[1].strip().rstrip(".")
    while written:
        if written.lower() not in _NO_UNIT and (code := _code(written)):
            return code, match.start(1) + len(written)
        written = (written.rpartition(" per ")[0] or written.rpartition("/")[0]).strip()
    return "", place


@lru_cache(maxsize=4096)
def _code(written: str) -> str:
    for name in (written, written.rstrip("s"), written.lower(), written.lower().rstrip("s")):
        code = normalised(name) or (name if measure_of(name) is not None and name not in {"1", ""} else None)
        if code:
            return code
    return ""


def is_other_unit(said: str, known: str) -> bool:
    """Say whether two words are units, and not the same one."""
    one, other = (_code(word) for word in (said, known))
    return bool(one and other and measure_of(one) != measure_of(other))


def _shared(text: str, found: Sequence[WrittenQuantity]) -> list[WrittenQuantity]:
    """Give the numbers of a range or pair its unit: `135-145 mmol/L`."""
    shared = list(found)
    for place in range(len(found) - 2, -1, -1):
        one, other = shared[place], shared[place + 1]
        if not one.unit and other.unit and _RANGE.fullmatch(text[one.end : other.start]):
            shared[place] = one._replace(unit=other.unit)
    return shared


@lru_cache(maxsize=4096)
def _also_written(text: str) -> frozenset[Decimal]:
    """Return the numbers that a text writes in words or as Roman numerals of a stage, and the digits of its dates."""
    words = {(_WORDS | _ALSO)[match[0].lower()] for match in _WORD.finditer(text)}
    return frozenset(words | {Decimal(_ROMANS[match[1]]) for match in _ROMAN.finditer(text)})


def check_numbers(claim: Text, passages: Sequence[Text], *, derived: Iterable[WrittenQuantity] = ()) -> list[Finding]:
    """Return the numbers and units of a claim that no passage holds.

    Args:
        claim: the sentence.
        passages: its evidence.
        derived: numbers that follow from the claim's other numbers (a difference, a count), checked elsewhere.
    """
    concepts = [
        id_ for text in (claim, *passages) for named in text.named if ConceptKind.MEASUREMENT in named.kinds for id_ in named.ids
    ]
    known = [_distinct(quantities_in(text.text)) for text in passages]
    written = frozenset(value for text in passages for value in _also_written(text.text))
    follows = {one.start for one in derived}
    units = {unit for text in passages for unit in _lone_units(text.text)}
    found = []
    for said in quantities_in(claim.text):
        if said.start in follows or any(one.start < said.start < one.end for one in claim.named):
            continue
        finding = _check_one(said, claim, known, written, units, concepts)
        if finding:
            found.append(finding)
    return [*found, *_check_words(claim, known, written), *_check_pairs(claim, passages), *_check_counted(claim, passages)]


def _distinct(found: Sequence[WrittenQuantity]) -> list[WrittenQuantity]:
    """Return the first place of each number with its unit."""
    return list({(one.value, one.unit): one for one in reversed(found)}.values())


def _check_one(
    said: WrittenQuantity,
    claim: Text,
    known: Sequence[Sequence[WrittenQuantity]],
    written: frozenset[Decimal],
    units: set[str],
    concepts: Sequence[str],
) -> Finding | None:
    words = claim.text[said.start : said.end]
    other_unit: Place | None = None
    no_unit = False
    for passage, quantities in enumerate(known):
        for there in quantities:
            if _same(said, there, concepts):
                return None
            if rounds_to(there.value, said.value, about=said.about):
                if there.unit:
                    other_unit = Place(passage, there.start, there.end)
                elif _unit_stands(said.unit, units):
                    return None
                else:
                    no_unit = True
    if said.value in written and (not said.unit or not other_unit):
        return None
    if said.unit == "a" and no_unit:
        return None  # ages are told in years without saying so
    if other_unit and not no_unit:
        return contradicted("units", words + " " + said.unit, other_unit)
    if no_unit:
        return missing("units", words + " " + said.unit)
    return _not_there("numbers", words, said, known)


def _not_there(check: str, words: str, said: WrittenQuantity, known: Sequence[Sequence[WrittenQuantity]]) -> Finding:
    for passage, quantities in enumerate(known):
        for there in quantities:
            if said.unit == there.unit or (said.unit and there.unit and same_dimension(said.unit, there.unit)):
                return contradicted(check, words, Place(passage, there.start, there.end))
    return missing(check, words)


def _same(said: WrittenQuantity, there: WrittenQuantity, concepts: Sequence[str]) -> bool:
    """Say whether a number of the evidence is the one said: in the same unit, in none said, or converted."""
    if not said.unit or said.unit == there.unit:
        return rounds_to(there.value, said.value, about=said.about)
    if not there.unit:
        return False
    converted = convert_analyte(there.value, there.unit, said.unit, concepts)
    if converted is None:
        return False
    return said.value == converted or rounds_to(converted, said.value, about=said.about)


def _unit_stands(unit: str, units: set[str]) -> bool:
    return unit in units or any(same_dimension(unit, other) and measure_of(unit) == measure_of(other) for other in units)


@lru_cache(maxsize=4096)
def _lone_units(text: str) -> frozenset[str]:
    """Return the units that stand apart from their numbers, as in a row of a table: `138 Systolic blood pressure mmHg`."""
    found = (match[1].strip(".,;:()") for match in re.finditer(r"(?<!\S)(mm ?Hg|[^\s]{1,24})(?!\S)", text))
    return frozenset(code for word in found if word.lower() not in _NO_UNIT and (code := _code(word)))


def _check_words(claim: Text, known: Sequence[Sequence[WrittenQuantity]], written: frozenset[Decimal]) -> list[Finding]:
    """Return the numbers in words that the evidence does not hold; "one" is more often a pronoun."""
    found = []
    values = {there.value for quantities in known for there in quantities} | written
    for match in _WORD.finditer(frequencies_masked(claim.text)):
        value = _WORDS.get(match[0].lower())
        if value is not None and value > 1 and value not in values:
            found.append((contradicted if values else missing)("numbers", match[0]))
    found += [
        (contradicted if values else missing)("numbers", match[0])
        for match in _ROMAN.finditer(claim.text)
        if Decimal(_ROMANS[match[1]]) not in values
    ]
    return found


_COUNTED = re.compile(r"(?<![\w.,/])(\d{1,3}(?:\.\d+)?)\s([A-Za-z]{4,})(?![\w/])")


def _check_counted(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return the numbers of things of which the evidence counts another number: 2 tablets for 1 tablet."""
    known: dict[str, set[Decimal]] = {}
    for number, thing in (match.groups() for text in passages for match in _COUNTED.finditer(times_masked(text.text))):
        known.setdefault(fold(thing), set()).add(Decimal(number))
    return [
        contradicted("numbers", match[0])
        for match in _COUNTED.finditer(times_masked(claim.text))
        if (there := known.get(fold(match[2]))) and match[2].lower() not in STOPWORDS and Decimal(match[1]) not in there
        and not _code(match[2]) and not any(rounds_to(one, Decimal(match[1])) for one in there)
    ]  # fmt: skip


def _check_pairs(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return the pairs (`138/82`) that the evidence holds the other way round, or with another partner only."""
    known = {match.groups() for text in passages for match in _PAIR.finditer(text.text)}
    alone = {
        (one, two)
        for one, two in ((match[1], match[2]) for match in _PAIR.finditer(claim.text))
        if known and (one, two) not in known
    }
    return [contradicted("numbers", "/".join(pair)) for pair in sorted(alone)]
