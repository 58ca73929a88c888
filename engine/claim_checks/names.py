"""What and whom a claim names: drugs, tests, diseases, procedures, vaccines, relatives, people. Another one is another claim."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chartcite.engine.claim_checks.findings import Finding, contradicted, missing
from chartcite.engine.claim_checks.texts import Text, stands, word_stems
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, fold, forms
from chartcite.engine.questions.question_words import ORDINARY

_CHECKS = {
    ConceptKind.DRUG: "drugs",
    ConceptKind.MEASUREMENT: "tests",
    ConceptKind.CONDITION: "conditions",
    ConceptKind.PROCEDURE: "procedures",
    ConceptKind.VACCINE: "vaccines",
}
_RELATIVES = (
    r"mother|mom|mum|mommy|mummy|mother's", r"father|dad|daddy", r"sisters?", r"brothers?", r"sons?", r"daughters?", r"aunts?|aunties?", r"uncles?",
    r"(?:maternal |paternal )?(?:grandmother|grandma|granny)", r"(?:grandfather|grandpa|grandad|granddad)", r"wife", r"husband", r"cousins?",
    r"nephews?", r"nieces?", r"grandsons?", r"granddaughters?",
)  # fmt: skip
_RELATIVE = tuple(Cue(rf"\b(?:{words})\b") for words in _RELATIVES)
_WIDER = {
    2: Cue(r"\bsiblings?\b"), 3: Cue(r"\bsiblings?\b"),
    4: Cue(r"\bchild(?:ren)?\b"), 5: Cue(r"\bchild(?:ren)?\b"),
    0: Cue(r"\bparents?\b"), 1: Cue(r"\bparents?\b"),
}  # fmt: skip
_FEMALE = Cue(r"\b(?:she|her|hers|herself|woman|female|lady|girl|Mrs|Ms)\b|\b\d{1,3}\s?(?:y/?o\s?)?F\b(?!\s?[/°\d])")
_MALE = Cue(r"\b(?:he|his|him|himself|man|male|gentleman|boy|Mr)\b|\b\d{1,3}\s?(?:y/?o\s?)?M\b(?!\s?[/\d])")
_TITLED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof|Nurse|Doctor)\.?\s+([A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?)")
_FULL = re.compile(
    r"\b([A-Z][a-z'’]+(?:\s+[A-Z]\.)?\s+(?:(?:de|van|von|al|el|la|O['’])\s?)?[A-Z][a-z'’-]+)\b(?!\s+(?:[Dd]isease|[Ss]yndrome))"
)
_CREDENTIALED = re.compile(r"\b([A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*),?\s+(?:MD|DO|RN|NP|PA(?:-C)?|MBBS|PharmD|PhD|LPN|CRNA|FNP)\b")


def check_names(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return what a claim names and no passage does, by this or another name."""
    known = [named for passage in passages for named in passage.named]
    ids = frozenset(id_ for one in known for id_ in one.ids)
    stems = word_stems(passages)
    found = []
    for said in claim.named:
        if stands(said, claim.lexicon, ids, stems):
            continue
        kinds = [kind for kind in _CHECKS if kind in said.kinds]
        if not kinds or (kinds[0] is not ConceptKind.DRUG and all(word in ORDINARY for word in said.forms)):
            continue
        others = any(kinds[0] in one.kinds for one in known)
        words = claim.text[said.start : said.end]
        found.append((contradicted if others and kinds[0] is ConceptKind.DRUG else missing)(_CHECKS[kinds[0]], words))
    level = _LEVEL.search(claim.text)
    if level is not None and not any(_MEASURED.search(passage.text) for passage in passages):
        found.append(missing("tests", level[0]))
    return found


_LEVEL = Cue(r"\b(?:levels?|concentrations?|titres?|titers?)\b")
"""Words that make a test of a thing: the dose of a drug is not its level."""
_MEASURED = Cue(
    r"\b(?:levels?|lvls?|conc(?:entrations?|s)?|troughs?|peaks?|titres?|titers?|[mnµμu]c?g/d?m?l|[mnµμ]?mol/l|m?iu/m?l|m?eq/l)\b",
)


def check_persons(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return relatives, names and sexes of people in a claim that the evidence does not have."""
    everything = "\n".join(passage.text for passage in passages)
    return [*_relatives(claim.text, everything), *_people(claim, everything), *_sex(claim.text, everything)]


def _relatives(claim: str, evidence: str) -> Iterator[Finding]:
    any_known = any(pattern.search(evidence) for pattern in _RELATIVE)
    for number, pattern in enumerate(_RELATIVE):
        said = pattern.search(claim)
        if not said or pattern.search(evidence):
            continue
        if number in _WIDER and _WIDER[number].search(evidence):
            yield missing("persons", said[0])
        else:
            yield (contradicted if any_known else missing)("persons", said[0])


def is_other_person(said: str, known: str) -> bool:
    """Say whether both name relatives, or a sex, and not the same."""
    one, other = ({number for number, pattern in enumerate(_RELATIVE) if pattern.search(text)} for text in (said, known))
    if one and other:
        return not one & other
    return any(a.search(said) and b.search(known) and not a.search(known) for a, b in ((_FEMALE, _MALE), (_MALE, _FEMALE)))


def _people(claim: Text, evidence: str) -> Iterator[Finding]:
    known = set(forms(evidence))
    names = {match[1] for pattern in (_TITLED, _CREDENTIALED) for match in pattern.finditer(claim.text)}
    for match in _FULL.finditer(claim.text):
        words = forms(match[1])
        if not any(word in ORDINARY or claim.lexicon.has_word(word) for word in words):
            names.add(match[1])
    for name in sorted(names):
        if not all(word in known or fold(word) in known for word in forms(name) if len(word) > 1):
            yield missing("persons", name)


def _sex(claim: str, evidence: str) -> Iterator[Finding]:
    for said, other in ((_FEMALE, _MALE), (_MALE, _FEMALE)):
        match = said.search(claim)
        if match and not other.search(claim) and other.search(evidence) and not said.search(evidence):
            yield contradicted("persons", match[0])
