"""How a medicine is taken: dose, how often, by which route; each bound to the medicine beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from chartcite.engine.claim_checks.findings import Finding, contradicted, missing
from chartcite.engine.claim_checks.quantities import WrittenQuantity, quantities_in, rounds_to
from chartcite.engine.claim_checks.texts import Named, Text, related
from chartcite.engine.terminology import ConceptKind
from chartcite.engine.units import convert, measure_of, same_dimension

_COUNTS = {
    "once": 1, "one": 1, "1": 1, "twice": 2, "two": 2, "2": 2, "thrice": 3, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5,
    "six": 6, "6": 6, "7": 7, "8": 8, "10": 10, "12": 12, "24": 24, "48": 48, "72": 72, "eight": 8, "twelve": 12,
}  # fmt: skip
_COUNT = "(?P<n>" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + ")"
_HOURS = {"h": Fraction(1, 24), "d": Fraction(1), "w": Fraction(7), "m": Fraction(30)}
_PER = r"(?P<per>day|daily|week|weekly|month|monthly|night|nightly|d\b|wk|24 ?h(?:ours|rs?)?)"
_RECORD = r"frequency:?\s*(?P<n>\d+)(?:\.0)?\s+period:?\s*(?P<p>\d+)(?:\.0)?\s+period ?unit:?\s*(?P<u>h|d|wk|mo)\b"
"""As FHIR writes it: Timing.repeat."""
_FREQUENCIES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Fraction]], ...] = (
    (re.compile(_RECORD, re.IGNORECASE), lambda m: int(m["n"]) / ((int(m["p"]) or 1) * _HOURS[m["u"][0].lower()])),
    (re.compile(r"\b(?P<n>\d+) times? every (?P<p>\d+)(?:\.0)? ?(?P<u>h|d|w|m)\w*", re.IGNORECASE), lambda m: int(m["n"]) / ((int(m["p"]) or 1) * _HOURS[m["u"].lower()])),
    (re.compile(rf"\b{_COUNT}\s?(?:x|×|times?)?(?:\s?(?:a|per|each|every|/)\s?|\s|-)\s?{_PER}", re.IGNORECASE), lambda m: _COUNTS[m["n"].lower()] / _days(m["per"])),
    (re.compile(rf"\b(?:q\.?|every|each)\s?{_COUNT}(?:\s?[-–]\s?\d+)?[\s-]?(?P<u>h|d|w|m(?!g|c|l))\w*", re.IGNORECASE), lambda m: 1 / (_COUNTS[m["n"].lower()] * _HOURS[m["u"].lower()])),
    (re.compile(rf"\b{_COUNT}[- ]?hourly\b", re.IGNORECASE), lambda m: Fraction(24, _COUNTS[m["n"].lower()])),
    (re.compile(r"\b(?:every other day|every second day|alternate days?|alternating days|q\.?o\.?d)\b", re.IGNORECASE), lambda _: Fraction(1, 2)),
    (re.compile(r"\b(?:b\.?i\.?d|bd)\b", re.IGNORECASE), lambda _: Fraction(2)),
    (re.compile(r"\b(?:t\.?i\.?d|tds)\b", re.IGNORECASE), lambda _: Fraction(3)),
    (re.compile(r"\b(?:q\.?i\.?d|qds)\b", re.IGNORECASE), lambda _: Fraction(4)),
    (re.compile(r"\b(?:biweekly|fortnightly|every fortnight)\b", re.IGNORECASE), lambda _: Fraction(1, 14)),
    (re.compile(r"\b(?:weekly|every week|each week|qwk|qweek|(?:once )?a week)\b", re.IGNORECASE), lambda _: Fraction(1, 7)),
    (re.compile(r"\b(?:monthly|every month|each month|a month)\b", re.IGNORECASE), lambda _: Fraction(1, 30)),
    (re.compile(r"\b(?:hourly|every hour)\b", re.IGNORECASE), lambda _: Fraction(24)),
    (re.compile(r"\b(?:daily|every ?day|each day|a day|q\.?d|od|nightly|every night|each night|at night|at bedtime|before bed|bedtime|q\.?h\.?s|qam|qpm|every (?:morning|evening)|each (?:morning|evening)|in the (?:morning|evening)|mornings?|nocte|mane)\b", re.IGNORECASE), lambda _: Fraction(1)),
)  # fmt: skip # noqa: E501
_EYE = re.compile(r"\bOD\b(?=[^.]{0,40}\b(?:eye|vision|OS|OU|20/\d))")
_TAKEN = re.compile(r"\b(?:mg|mcg|ug|g|units?|tablets?|tabs?|capsules?|caps?|puffs?|drops?|pills?|dose[ds]?|doses|take[ns]?|taking|inhal\w*|inject\w*|patch\w*|by mouth|po|prescri\w+)\b", re.IGNORECASE)  # fmt: skip # noqa: E501
_ROUTES = {
    "oral": r"oral(?:ly)?|by mouth|p\.?o\.?|per os|swallow\w*",
    "intravenous": r"intravenous(?:ly)?|i\.?v\.?|iv(?:pb)?|infus\w+",
    "intramuscular": r"intramuscular(?:ly)?|i\.?m\.?",
    "subcutaneous": r"subcutaneous(?:ly)?|sub-?q|s\.?c\.?|subcut|sq|under the skin",
    "sublingual": r"sublingual(?:ly)?|s\.?l\.?|under the tongue",
    "rectal": r"rectal(?:ly)?|p\.?r\.?|per rectum|suppositor\w+",
    "inhaled": r"inhal\w+|puffs?|nebuli[sz]\w+|by inhaler|mdi",
    "nasal": r"nasal(?:ly)?|intranasal(?:ly)?|nostrils?|nose",
    "topical": r"topical(?:ly)?|to the skin|cream|ointment|gel",
    "transdermal": r"transdermal(?:ly)?|patch(?:es)?",
    "ophthalmic": r"ophthalmic|eye drops?|into (?:the|each|both) eyes?",
    "otic": r"otic|ear drops?",
    "vaginal": r"vaginal(?:ly)?",
}
_ROUTE = {name: re.compile(rf"(?<![\w.])(?:{words})(?!\w)", re.IGNORECASE) for name, words in _ROUTES.items()}
_TERSE = re.compile(r"\b(?:IM|SC|SL|PR|SQ|PO|IV)\b|\b(?:oral|by mouth|intra\w+|sub\w+|rectal|transdermal|inhal\w+|topical|nasal|otic|vaginal|ophthalmic)", re.IGNORECASE)  # fmt: skip # noqa: E501
_FORMS = {"oral": re.compile(r"\b(?:tablets?|tabs?|capsules?|caps?|pills?|syrup|caplets?|chewable)\b", re.IGNORECASE)}
_AS_NEEDED = re.compile(r"\b(?:as ?needed|prn|when needed|if needed|as required)\b", re.IGNORECASE)


def _days(per: str) -> Fraction:
    return _HOURS[{"w": "w", "m": "m"}.get(per[0].lower(), "d")]


class _Part(NamedTuple):
    """What a text says beside one of its medicines."""

    drug: Named | None
    text: str


def frequencies_in(text: str) -> dict[Fraction, str]:
    """Return how many times in a day something is taken, with the words that say so."""
    free = _EYE.sub("  ", text)
    found: dict[Fraction, str] = {}
    for pattern, read in _FREQUENCIES:
        for match in pattern.finditer(free):
            found.setdefault(read(match), match[0])
        free = pattern.sub(lambda match: " " * len(match[0]), free)
    return found


def regimens_masked(text: str) -> str:
    """Return a text with spaces in place of how often and by which route something is taken."""
    for pattern in (*(pattern for pattern, _ in _FREQUENCIES), _AS_NEEDED, _TERSE):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def routes_in(text: str, *, forms: bool = False) -> dict[str, str]:
    """Return the routes that a text names, with its words.

    Args:
        text: any text.
        forms: also what a dose form implies: a tablet is taken by mouth.
    """
    found = {name: match[0] for name, pattern in _ROUTE.items() if (match := pattern.search(text))}
    if forms:
        found |= {name: match[0] for name, pattern in _FORMS.items() if name not in found and (match := pattern.search(text))}
    return found


def _parts(text: Text) -> list[_Part]:
    drugs = [named for named in text.named if ConceptKind.DRUG in named.kinds]
    if not drugs:
        return [_Part(None, text.text)]
    starts = [0, *(drug.start for drug in drugs[1:])]
    ends = [*starts[1:], len(text.text)]
    return [_Part(drug, text.text[start:end]) for drug, start, end in zip(drugs, starts, ends, strict=True)]


def check_regimens(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return the doses, frequencies and routes of a claim that the evidence does not hold for the same medicine."""
    known = [part for passage in passages for part in _parts(passage)]
    everything = "\n".join(passage.text for passage in passages)
    found: list[Finding] = []
    for part in _parts(claim):
        beside = [one.text for one in known if part.drug and one.drug and _same_drug(claim, part.drug, one.drug)]
        found += _check_dose(part, beside)
        found += _check_frequency(part, beside or [everything], everything)
        found += _check_route(part, beside or [everything], everything)
    return found


def _same_drug(claim: Text, said: Named, known: Named) -> bool:
    return said.forms == known.forms or related(claim.lexicon, said.ids, known.ids)


def _check_dose(part: _Part, beside: Sequence[str]) -> Iterator[Finding]:
    known = [quantity for text in beside for quantity in quantities_in(text) if _is_amount(quantity.unit)]
    for said in quantities_in(part.text):
        if not _is_amount(said.unit):
            continue
        same_kind = [there for there in known if same_dimension(there.unit, said.unit)]
        values = [convert(there.value, there.unit, said.unit) for there in same_kind]
        if values and not any(value is not None and rounds_to(value, said.value, about=said.about) for value in values):
            yield contradicted("doses", part.text[said.start : said.end])


def _is_amount(unit: str) -> bool:
    """Say whether a unit is one of doses: of mass, volume, amount or activity, and no concentration, share or time."""
    measure = measure_of(unit) if unit else None
    return measure is not None and not measure.below and measure.above in _AMOUNTS


_AMOUNTS = {("mass",), ("volume",), ("amount",), ("equivalents",), ("enzyme",), ("international",)}


def regimen_numbers(claim: Text) -> list[WrittenQuantity]:
    """Return the numbers of a claim that belong to a frequency, where frequencies are checked: `every 8 hours`."""
    if not _tells_regimen(claim.text, named=any(ConceptKind.DRUG in one.kinds for one in claim.named)):
        return []
    free = regimens_masked(claim.text)
    return [one for one in quantities_in(claim.text) if not free[one.start : one.end].strip()]


def _tells_regimen(text: str, *, named: bool) -> bool:
    return named or _TAKEN.search(text) is not None


def _check_frequency(part: _Part, beside: Sequence[str], everything: str) -> Iterator[Finding]:
    if not _tells_regimen(part.text, named=part.drug is not None):
        return
    known = set().union(*(frequencies_in(text) for text in beside)) or set(frequencies_in(everything))
    for often, words in frequencies_in(part.text).items():
        if often not in known:
            yield (contradicted if known else missing)("frequencies", words)
    if (match := _AS_NEEDED.search(part.text)) and not _AS_NEEDED.search(everything):
        yield missing("frequencies", match[0])


def _check_route(part: _Part, beside: Sequence[str], everything: str) -> Iterator[Finding]:
    if not _tells_regimen(part.text, named=part.drug is not None):
        return
    known = {name for text in beside for name in routes_in(text, forms=True)}
    for name, words in routes_in(part.text).items():
        if not _TERSE.search(words) or name in known or name in routes_in(everything, forms=not known):
            continue
        yield (contradicted if known else missing)("routes", words)
