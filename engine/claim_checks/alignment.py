"""A claim that is nearly a sentence of its evidence: what differs is a swap, wherever else the new word stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from chartcite.engine.claim_checks.contexts import NEGATED
from chartcite.engine.claim_checks.findings import Finding, Place, contradicted
from chartcite.engine.claim_checks.names import is_other_person
from chartcite.engine.claim_checks.opposites import opposite_check
from chartcite.engine.claim_checks.quantities import is_other_unit
from chartcite.engine.claim_checks.sides import is_other_side
from chartcite.engine.claim_checks.texts import Text

_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][a-z]+)?|%")
_LEAST_ALIKE = 0.75
"""Share of a sentence's words that stand in a sentence of the evidence in the same order, from which both are one sentence."""
_LEAST_WORDS = 4
_LONGEST_SWAP = 3
_OFTEN = re.compile(r"^(?:once|twice|thrice|(?:two|three|four|\d) times|daily|weekly|monthly)$", re.IGNORECASE)
_ENDS = (".", "!", "?", ":", ";", "\n", "•", "-", "#", "*")


class _Swap(NamedTuple):
    said: str
    known: str
    place: Place


def is_verbatim(claim: Text, passages: Sequence[Text]) -> bool:
    """Say whether a claim is word for word a run of whole sentences (or lines) of one passage."""
    words = _SPACES.sub(" ", claim.text).strip()
    for passage in passages:
        lines = [_SPACES.sub(" ", line).strip() for line in passage.text.split("\n")]
        whole = _SPACES.sub(" ", passage.text).strip()
        at = whole.find(words)
        starts = at == 0 or (at > 0 and whole[:at].rstrip().endswith(_ENDS[:3]))
        if words in lines or (starts and words.endswith(_ENDS[:3])):
            return True
    return False


def check_alignment(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return the words that a claim has in place of others in a sentence that is otherwise the same."""
    found: list[Finding] = []
    for sentence in claim.sentences:
        words = _words(claim.text[sentence.start : sentence.end])
        if len(words) >= _LEAST_WORDS:
            found += _closest(words, passages)
    return found


def _words(text: str) -> list[str]:
    return [match[0] for match in _WORD.finditer(text)]


def _closest(words: list[str], passages: Sequence[Text]) -> list[Finding]:
    """Return what differs from the sentence most alike; nothing where none is, or one differs in nothing that counts."""
    best: list[Finding] | None = None
    most = _LEAST_ALIKE
    said = [word.lower() for word in words]
    for number, passage in enumerate(passages):
        for sentence in passage.sentences:
            known = _words(passage.text[sentence.start : sentence.end])
            if len(set(said) & {word.lower() for word in known}) < most * len(set(said)):
                continue
            matcher = SequenceMatcher(None, said, [word.lower() for word in known], autojunk=False)
            alike = sum(block.size for block in matcher.get_matching_blocks()) / len(words)
            if alike >= most:
                most = alike
                place = Place(number, sentence.start, sentence.end)
                best = [finding for swap in _swaps(matcher, words, known, place) if (finding := _judge(swap))]
    return best or []


def _swaps(matcher: SequenceMatcher[str], said: list[str], known: list[str], place: Place) -> Iterator[_Swap]:
    for kind, one, two, three, four in matcher.get_opcodes():
        if kind == "equal" or two - one > _LONGEST_SWAP or four - three > _LONGEST_SWAP:
            continue
        if kind == "delete" or (kind == "insert" and 0 < one < len(said)) or kind == "replace":
            yield _Swap(" ".join(said[one:two]), " ".join(known[three:four]), place)


def _judge(swap: _Swap) -> Finding | None:
    said, known = swap.said, swap.known
    if (NEGATED.search(said) is None) != (NEGATED.search(known) is None):
        return contradicted("negation", said or f"without “{known}”", swap.place)
    if _OFTEN.search(said) or _OFTEN.search(known):
        return contradicted("frequencies", said or f"without “{known}”", swap.place) if not said or not known else None
    if not said or not known:
        return None
    if check := opposite_check(said, known):
        return contradicted(check, said, swap.place)
    for name, differs in (("persons", is_other_person), ("laterality", is_other_side), ("units", is_other_unit)):
        if differs(said, known):
            return contradicted(name, said, swap.place)
    return None
