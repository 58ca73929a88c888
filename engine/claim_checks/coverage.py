"""The floor of entailment: how much of a claim's wording stands in its evidence, in the same words or in others for the same."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from chartcite.engine.claim_checks.acts import acts_in
from chartcite.engine.claim_checks.lexical import FRAME
from chartcite.engine.claim_checks.quantities import quantities_masked
from chartcite.engine.claim_checks.regimens import regimens_masked
from chartcite.engine.claim_checks.texts import Range, Text, stands, stem, word_stems
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.question_words import STOPWORDS

_MAY_BE_ADDED = (
    FRAME
    | STOPWORDS
    | frozenset(
        "higher lower greater than he she they his her their him complain complained present presented discontinue discontinued cease ceased withdrawn commence commenced initiate initiated begun".split()
    )
)
"""Words that a writer may add: what they say (increase, last, stop) other checks look at."""


_FROM_TO = re.compile(r"\bfrom\b.{1,40}\d.{0,40}\bto\b.{1,20}\d", re.IGNORECASE)


def coverage(claim: Text, evidence: Iterable[Text]) -> float:
    """Return the same share with word stems and the lexicon: a concept is covered by any of its names, or by a narrower one."""
    texts = list(evidence)
    words = content_words(claim.text)
    if not words:
        return 1.0
    stems = word_stems(texts)
    named = frozenset[str]().union(*(named.ids for text in texts for named in text.named))
    covered = {
        word for one in claim.named if stands(one, claim.lexicon, named, stems) for word in one.forms
    }  # one scan: claims name few concepts
    acts = frozenset[str]().union(*(acts_in(text.text) for text in texts))
    if _FROM_TO.search(claim.text):
        acts |= {"raise", "lower"}  # the numbers decide
    return sum(word in covered or stem(word) in stems or bool(acts & acts_in(word)) for word in words) / len(words)


@lru_cache(maxsize=4096)
def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a claim that its evidence must account for: no quantities, dates and frequencies, no words of the frame."""
    return tuple(
        word
        for word in forms(regimens_masked(quantities_masked(text)))
        if word not in _MAY_BE_ADDED and not word[0].isdigit() and len(word) > 1
    )


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(form) for form in forms(text))


def best_sentences(claim: Text, passage: Text, *, least: float = 0.7) -> list[Range]:
    """Return the sentences of a passage nearest to each sentence of a claim: the best, and those that share `least` as much."""
    if len(passage.sentences) < _FEW or len(passage.text) <= _SHORT:
        return passage.sentences
    near: set[Range] = set()
    for said in claim.sentences:
        wanted = {stem(word) for word in content_words(claim.text[said.start : said.end])}
        shares = [len(wanted & _stems(passage.text[one.start : one.end])) for one in passage.sentences]
        near |= {one for one, score in zip(passage.sentences, shares, strict=True) if score >= max(max(shares) * least, 1)}
    return sorted(near) or passage.sentences


_FEW = 2
_SHORT = 240
"""Characters of a passage that is near as a whole."""


def focus(claim: Text, passages: Sequence[Text]) -> list[Text]:
    """Return each passage cut down to its sentences nearest to the claim."""
    return [passage.cut(best_sentences(claim, passage)) for passage in passages]
