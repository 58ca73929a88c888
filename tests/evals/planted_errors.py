"""One error planted in a true sentence, and true sentences put into other words: the labelled pairs of the verifier's measure.

An error is a swap with another plausible value of the same sort, never with one that its evidence holds too.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import random
import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from chartcite.engine.claim_checks.dates import dates_in, times_masked
from chartcite.engine.claim_checks.quantities import quantities_in
from chartcite.engine.claim_checks.texts import Text, related
from chartcite.engine.language.terminology import ConceptKind, Lexicon

_UNITS = {
    "mg": "mcg", "mcg": "mg", "g": "mg", "mmol/L": "mg/dL", "mg/dL": "mmol/L", "g/dL": "g/L", "kg": "lb", "lb": "kg", "cm": "in", "mm": "cm",
    "mmHg": "kPa", "mm[Hg]": "kPa", "%": "mmol/mol", "ng/mL": "mg/mL", "ms": "s", "L": "mL", "mL": "L", "years": "months", "months": "weeks", "weeks": "days",
    "days": "weeks", "mEq/L": "mg/L", "U/L": "mg/L", "kg/m2": "g/m2", "pg/mL": "mg/mL", "mIU/L": "mg/dL", "umol/L": "mmol/L", "bpm": "mmHg", "/min": "mmHg", "hours": "days", "pounds": "kg",
}  # fmt: skip
_DIRECTIONS = {
    "rose": "fell", "fell": "rose", "increased": "decreased", "decreased": "increased", "highest": "lowest", "lowest": "highest", "active": "stopped",
    "stopped": "started", "started": "stopped", "before": "after", "after": "before", "higher": "lower", "lower": "higher", "improved": "worsened",
    "worsening": "improving", "high": "low", "low": "high", "elevated": "decreased", "normal": "abnormal", "positive": "negative", "negative": "positive",
    "improving": "worsening", "worse": "better", "better": "worse", "above": "below", "below": "above", "increase": "decrease", "resolved": "ongoing",
    "discontinued": "started", "completed": "ongoing", "severe": "mild", "mild": "severe", "acute": "chronic", "chronic": "acute", "latest": "earliest",
}  # fmt: skip
_FREQUENCIES = {
    "twice daily": "daily", "three times daily": "twice daily", "every morning": "twice daily", "once daily": "three times daily", "at bedtime": "three times daily",
    "twice a day": "once a day", "BID": "TID", "bid": "qid", "TID": "BID", "QID": "BID", "once weekly": "once daily", "weekly": "daily", "every 8 hours": "every 12 hours",
    "every 12 hours": "every 6 hours", "every 6 hours": "every 12 hours", "every 4 hours": "every 8 hours", "q6h": "q12h", "q8h": "q4h", "q4h": "q8h", "nightly": "weekly", "qhs": "bid", "daily": "twice daily", "once a day": "twice a day", "every day": "every other day",
}  # fmt: skip
_SIDES = {"left": "right", "right": "left", "L": "R", "R": "L", "bilateral": "left", "Left": "Right", "Right": "Left"}
_RELATIVES = {"mother": "father", "father": "mother", "sister": "brother", "brother": "sister", "son": "daughter", "daughter": "son", "wife": "mother", "husband": "brother", "mom": "dad", "dad": "mom", "she": "he", "he": "she", "She": "He", "He": "She", "her": "his", "his": "her", "grandmother": "grandfather"}  # fmt: skip
_SURNAMES = ("Haverford", "Quillfeather", "Oystermouth", "Zabrowska", "Lindgrenson", "Mbeki-Rowe")
_NAME = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-z'’-]+)(?=, (?:MD|RN|DO|NP|PA|PharmD|PhD|MBBS))")
_DENIALS = (
    (re.compile(r"\b(is|was|are|were|has been|did|does|will|can|could|should)\s+not\b"), r"\1"),
    (re.compile(r"\b[Dd]enies (?:any )?"), "Reports "), (re.compile(r"\b[Nn]o (?=[a-z]{4,}(?: [a-z]+)?[.,;])"), ""),
    (re.compile(r"\bwithout\b"), "with"),
    (re.compile(r"\b(is|was|are|were)\b(?! not)"), r"\1 not"), (re.compile(r"\b[Rr]eports\b"), "denies"),
    (re.compile(r"\b(?:has|have)\b(?! (?:no|not|been))"), "does not have"),
)  # fmt: skip
_STILL_DENIED = re.compile(r"not[ -](?:done|performed)|refuted|entered in error")
_SAME_FREQUENCY = {"twice daily": "BID", "three times daily": "TID", "daily": "once a day", "at bedtime": "nightly", "every 8 hours": "q8h", "every 6 hours": "q6h", "every morning": "each morning", "BID": "twice daily", "bid": "twice a day"}  # fmt: skip
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Pair(NamedTuple):
    """A claim with its evidence."""

    claim: str
    passages: tuple[str, ...]
    half: str


Planter = Callable[[Pair, Lexicon, random.Random], str | None]


def _swap(table: dict[str, str], claim: str, chance: random.Random) -> str | None:
    """Exchange one word of a table, the longest that stands there first at each place."""
    words = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    places = list(re.finditer(rf"(?<![\w/-])(?<!\d )(?<!flagged )(?<!times )(?<!twice )(?<!once )(?:{words})(?![\w/-])", claim))
    if not places:
        return None
    match = chance.choice(places)
    return claim[: match.start()] + table[match[0]] + claim[match.end() :]


def _other_value(value: Decimal, chance: random.Random) -> str:
    """Return a plausible slip: another digit, two digits exchanged, the decimal point moved, twice or half."""
    text = f"{value}"
    digits = [place for place, letter in enumerate(text) if letter.isdigit()]
    slips = []
    place = chance.choice(digits)
    slips.append(text[:place] + str((int(text[place]) + chance.randint(1, 8)) % 10) + text[place + 1 :])
    if len(digits) > 1 and text[digits[0]] != text[digits[1]]:
        one, two = digits[0], digits[1]
        letters = list(text)
        letters[one], letters[two] = letters[two], letters[one]
        slips.append("".join(letters))
    slips += [f"{value * 10:f}", f"{value * 2:f}"]
    return chance.choice(slips)


def _number(pair: Pair, _: Lexicon, chance: random.Random, *, dose: bool = False) -> str | None:
    there = [one for one in quantities_in(pair.claim) if dose == (one.unit in {"mg", "ug", "g", "mL", "U", "[IU]", "mg/mL"})]
    if not there:
        return None
    said = chance.choice(there)
    written = _other_value(said.value, chance)
    known = {abs(one.value) for text in pair.passages for one in quantities_in(text)}
    known |= {Decimal(digits) for text in pair.passages for digits in re.findall(r"\d+(?:\.\d+)?", text)}
    if not written or Decimal(written) in known or Decimal(written) == said.value:
        return None
    return pair.claim[: said.start] + written + pair.claim[said.end :]


def _dose(pair: Pair, lexicon: Lexicon, chance: random.Random) -> str | None:
    if not any(ConceptKind.DRUG in named.kinds for named in Text(pair.claim, lexicon).named):
        return None
    return _number(pair, lexicon, chance, dose=True)


def _misplaced(pair: Pair, _: Lexicon, chance: random.Random) -> str | None:
    """Put another number of the evidence in the place of the right one."""
    there = list(quantities_in(pair.claim))
    if not there:
        return None
    said = chance.choice(there)
    others = {one.value for text in pair.passages for one in quantities_in(text) if one.unit == said.unit} - {
        one.value for one in there
    }
    return pair.claim[: said.start] + str(chance.choice(sorted(others))) + pair.claim[said.end :] if others else None


def _unit(pair: Pair, _: Lexicon, chance: random.Random) -> str | None:
    free = times_masked(pair.claim)
    words = "|".join(re.escape(word) for word in sorted(_UNITS, key=len, reverse=True))
    places = list(re.finditer(rf"(?<=[\d ])(?<!\w\w)({words})(?![\w/])", free))
    places = [match for match in places if re.search(r"\d\s?$", free[: match.start()])]
    if not places:
        return None
    match = chance.choice(places)
    other = _UNITS[match[1]]
    if any(re.search(rf"(?<![\w/]){re.escape(other)}(?![\w/])", text) for text in pair.passages):
        return None
    return pair.claim[: match.start(1)] + other + pair.claim[match.end(1) :]


def _date(pair: Pair, _: Lexicon, chance: random.Random) -> str | None:
    there = [(match.start(), match[0]) for match in re.finditer(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b", pair.claim)]
    if not there:
        return None
    start, written = chance.choice(there)
    parts = [int(part) for part in written.split("-")]
    place = chance.randrange(len(parts))
    parts[place] = parts[place] + chance.choice([-1, 1]) if place == 0 else chance.randint(1, 12 if place == 1 else 28)
    other = "-".join(f"{part:02d}" for part in parts)
    if other == written or any(other in text for text in (*pair.passages, pair.claim)):
        return None
    return pair.claim[:start] + other + pair.claim[start + len(written) :]


def _negation(pair: Pair, _: Lexicon, chance: random.Random) -> str | None:
    fitting = [(pattern, new) for pattern, new in _DENIALS if pattern.search(pair.claim)]
    if not fitting:
        return None
    denied = [one for one in fitting if one in _DENIALS[:4]]
    pattern, new = (denied or fitting)[0]
    planted = pattern.sub(new, pair.claim, count=1)
    return None if denied and _STILL_DENIED.search(planted) else planted


def _drug(pair: Pair, lexicon: Lexicon, chance: random.Random) -> str | None:
    named = [one for one in Text(pair.claim, lexicon).named if one.kinds == {ConceptKind.DRUG}]
    if not named:
        return None
    said = chance.choice(named)
    known = frozenset[str]().union(*(one.ids for text in (pair.claim, *pair.passages) for one in Text(text, lexicon).named))
    parents = frozenset(parent for id_ in said.ids for parent in lexicon.concepts[id_].parents)
    others = [
        concept.name
        for concept in lexicon.concepts.values()
        if concept.kind is ConceptKind.DRUG and not concept.is_class and parents & set(concept.parents)
        and not related(lexicon, _means(concept.name, lexicon), known) and not related(lexicon, known, _means(concept.name, lexicon))
    ]  # fmt: skip
    return pair.claim[: said.start] + chance.choice(others) + pair.claim[said.end :] if others else None


def _side(pair: Pair, _: Lexicon, chance: random.Random) -> str | None:
    if re.search(r"\b(?:left|right) (?:the|against|without|now|away|ama|message)\b", pair.claim):
        return None
    planted = _swap(_SIDES, pair.claim, chance)
    return planted if planted and len(re.findall(r"\b(?:left|right|[LR])\b", pair.claim, re.IGNORECASE)) == 1 else None


def _person(pair: Pair, _: Lexicon, chance: random.Random) -> str | None:
    if match := _NAME.search(pair.claim):
        return pair.claim[: match.start(2)] + chance.choice(_SURNAMES) + pair.claim[match.end(2) :]
    return _swap(_RELATIVES, pair.claim, chance)


def _experiencer(pair: Pair, lexicon: Lexicon, chance: random.Random) -> str | None:
    conditions = [one for one in Text(pair.claim, lexicon).named if one.kinds == {ConceptKind.CONDITION}]
    evidence = " ".join(pair.passages)
    if not conditions or re.search(r"\b(?:mother|father|family|FHx?|brother|sister|parent)", evidence, re.IGNORECASE):
        return None
    words = pair.claim[conditions[0].start : conditions[0].end]
    return f"The patient's {chance.choice(['mother', 'father', 'brother'])} has {words}."


def _frequency(pair: Pair, _: Lexicon, chance: random.Random) -> str | None:
    planted = _swap(_FREQUENCIES, pair.claim, chance)
    return None if planted is None or "every other day every" in planted else planted


def _direction(pair: Pair, _: Lexicon, chance: random.Random) -> str | None:
    planted = _swap(_DIRECTIONS, pair.claim, chance)
    if planted is None or planted.split() == pair.claim.split():
        return None
    [(old, new)] = [
        (one, other) for one, other in zip(pair.claim.split(), planted.split(), strict=True) if one != other
    ]  # one word was exchanged
    evidence = " ".join(pair.passages).lower()
    return None if re.search(rf"\b{re.escape(new.strip('.,;:()').lower())}\b", evidence) else planted if old else None


PLANTERS: dict[str, Planter] = {
    "number": _number, "unit": _unit, "date": _date, "negation": _negation, "drug": _drug, "side": _side, "person": _person,
    "experiencer": _experiencer, "dose": _dose, "frequency": _frequency, "direction": _direction, "misplaced": _misplaced,
}  # fmt: skip
"""By type. `misplaced` sets another number of the same evidence in the place of the right one: told apart."""


def reworded(pair: Pair, lexicon: Lexicon, chance: random.Random) -> str | None:
    """Return a true claim in other words: dates written out, other names of drugs, abbreviated frequencies; `None`: nothing to change."""
    claim = pair.claim
    for said in reversed([one for one in Text(claim, lexicon).named if one.kinds == {ConceptKind.DRUG} and len(one.ids) == 1]):
        names = [
            name
            for name in lexicon.surfaces(said.ids)
            if name.lower() != claim[said.start : said.end].lower() and len(name) > 4 and name.isalpha()
        ]
        names = [name for name in names if len(lexicon.concepts) and _means(name, lexicon) == said.ids]
        if names and chance.random() < 0.7:
            claim = claim[: said.start] + chance.choice(names) + claim[said.end :]
    for match in reversed(list(re.finditer(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b(?!T)", claim))):
        year, month, day = match[1], int(match[2]), int(match[3])
        if 1 <= month <= 12 and dates_in(match[0]):
            name = _MONTHS[month - 1]
            written = chance.choice(
                [f"{day} {name} {year}", f"{name} {day}, {year}", f"{month:02d}/{day:02d}/{year}", f"{name[:3]} {day}, {year}"]
            )
            claim = claim[: match.start()] + written + claim[match.end() :]
    claim = _swap(_SAME_FREQUENCY, claim, chance) or claim
    return claim if claim != pair.claim else None


def _means(name: str, lexicon: Lexicon) -> frozenset[str]:
    named = Text(name, lexicon).named
    return named[0].ids if len(named) == 1 else frozenset()
