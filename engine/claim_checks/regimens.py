"""How a medicine is taken: dose, how often, by which route; each bound to the medicine beside it."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from chartcite.engine.claim_checks.acts import CUT
from chartcite.engine.claim_checks.findings import Finding, contradicted, missing
from chartcite.engine.claim_checks.frequencies import frequencies_in, frequencies_masked
from chartcite.engine.claim_checks.quantities import WrittenQuantity, quantities_in, rounds_to
from chartcite.engine.claim_checks.texts import Named, Text, related
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.language.units import convert, measure_of, same_dimension

_TAKEN = Cue(r"\b(?:mg|mcg|ug|g|units?|tablets?|tabs?|capsules?|caps?|puffs?|drops?|pills?|dose[ds]?|doses|take[ns]?|taking|inhal\w*|inject\w*|patch\w*|by mouth|po|prescri\w+)\b")  # fmt: skip
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
_ROUTE = {name: Cue(rf"(?<![\w.])(?:{words})(?!\w)") for name, words in _ROUTES.items()}
_TERSE = Cue(r"\b(?:IM|SC|SL|PR|SQ|PO|IV)\b|\b(?:oral|by mouth|intra\w+|sub\w+|rectal|transdermal|inhal\w+|topical|nasal|otic|vaginal|ophthalmic)")  # fmt: skip
_FORMS = {"oral": Cue(r"\b(?:tablets?|tabs?|capsules?|caps?|pills?|syrup|caplets?|chewable)\b")}
_AS_NEEDED = Cue(r"\b(?:as ?needed|prn|when needed|if needed|as required)\b")


class _Part(NamedTuple):
    """What a text says beside one of its medicines."""

    drug: Named | None
    text: str


def regimens_masked(text: str) -> str:
    """Return a text with spaces in place of how often and by which route something is taken."""
    text = frequencies_masked(text)
    for pattern in (_AS_NEEDED, _TERSE):
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
    sentences = [text.sentence_at(drug.start).start for drug in drugs[1:]]
    starts = [
        0,
        *(
            max([start, *(cut.end() for cut in CUT.finditer(text.text, last.end, drug.start))])
            if start >= last.end
            else next((cut.end() for cut in reversed(list(CUT.finditer(text.text, last.end, drug.start)))), drug.start)
            for start, (last, drug) in zip(sentences, pairwise(drugs), strict=True)
        ),
    ]
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
        found += _check_status(part, beside, everything)
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


_STATUS = Cue(r"\b(?:start\w*|begun|began|initiat\w+|stop(?:s|ped)?|discontinu\w+|held|ceas\w+|withdrawn)\b")


def _check_status(part: _Part, beside: Sequence[str], everything: str) -> Iterator[Finding]:
    """Yield that a medicine was started or stopped, where the evidence says so of other medicines only."""
    said = _STATUS.search(part.text) if part.drug else None
    if said and beside and _STATUS.search(everything) and not any(_STATUS.search(text) for text in beside):
        yield missing("temporality", said[0])


def _check_frequency(part: _Part, beside: Sequence[str], everything: str) -> Iterator[Finding]:
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
        if not _TERSE.search(words) or name in known or (not known and name in routes_in(everything, forms=True)):
            continue
        yield (contradicted if known else missing)("routes", words)
