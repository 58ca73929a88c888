"""A text read once for all checks: its words, sentences and the concepts that the lexicon knows in it."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from chartcite.engine.language.terminology import ConceptKind, Lexicon, Token, tokenize
from chartcite.engine.questions.question_words import STOPWORDS

_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bvs\.)(?<!\bSt\.)\s+(?=[A-Z“\"(#\d])|\n+|\s*[•●]\s*"
)


class Range(NamedTuple):
    """Characters [start, end) of a text."""

    start: int
    end: int


class Named(NamedTuple):
    """Concepts named at a range of a text."""

    ids: frozenset[str]
    kinds: frozenset[ConceptKind]
    forms: tuple[str, ...]
    start: int
    end: int


class Text:
    """A claim or a passage with what all checks read in it."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words in their matching form."""
        return tokenize(self.text)

    @cached_property
    def forms(self) -> frozenset[str]:
        """The matching forms of its words."""
        return frozenset(token.form for token in self.tokens)

    @cached_property
    def sentences(self) -> list[Range]:
        """Its sentences, lines and list items."""
        starts = [0, *(match.end() for match in _SENTENCE_END.finditer(self.text))]
        ends = [*starts[1:], len(self.text)]
        return [Range(start, end) for start, end in zip(starts, ends, strict=True) if self.text[start:end].strip()]

    @cached_property
    def named(self) -> list[Named]:
        """The concepts it names, longest names first from the left."""
        tokens, concepts = self.tokens, self.lexicon.concepts
        found = []
        for mention in self.lexicon.mentions([token.form for token in tokens]):
            run = tokens[mention.first : mention.last]
            written = self.text[run[0].start : run[-1].end]
            if len(run) == 1 and written.islower() and self.lexicon.is_acronym(run[0].form):
                continue  # "all", "as", "mi": an abbreviation is written in capitals
            kinds = frozenset(concepts[id_].kind for id_ in mention.ids)
            found.append(Named(frozenset(mention.ids), kinds, tuple(t.form for t in run), run[0].start, run[-1].end))
        return found

    def sentence_at(self, place: int) -> Range:
        """Return the sentence that holds a character."""
        return next((one for one in self.sentences if one.start <= place < one.end), Range(0, len(self.text)))

    def cut(self, ranges: Iterable[Range]) -> Text:
        """Return some of its sentences as a text of their own."""
        return Text("\n".join(self.text[one.start : one.end] for one in ranges), self.lexicon)


@lru_cache(maxsize=16384)
def stem(form: str) -> str:
    """Return a word without the endings of English verbs, nouns and adverbs, by which its forms meet: stopped, stops, stopping."""
    for ending in ("ational", "ization", "ations", "ation", "ments", "ment", "ings", "ing", "edly", "ed", "ions", "ion", "ally", "ly", "ies", "ness", "es", "er", "e", "y", "s"):  # fmt: skip
        if form.endswith(ending) and len(form) - len(ending) >= _LEAST_STEM:
            root = form[: -len(ending)]
            return root[:-1] if len(root) > _LEAST_STEM and root[-1] == root[-2] and root[-1] not in "ls" else root
    return form


_LEAST_STEM = 4


def related(lexicon: Lexicon, said: frozenset[str], known: frozenset[str]) -> bool:
    """Say whether evidence that names `known` supports `said`: the same concept, or one under it (lisinopril: an ACE inhibitor)."""
    return bool(said & known) or any(said & lexicon.above(id_) for id_ in known)


def stands(said: Named, lexicon: Lexicon, known: frozenset[str], stems: frozenset[str]) -> bool:
    """Say whether evidence names a thing: by any name, by a wider name and the rest in words (CKD, stage 3b), or by its very words.

    Args:
        said: what the claim names.
        lexicon: of the concepts.
        known: concepts that the evidence names.
        stems: stems of its words, as `word_stems` returns them.
    """
    if related(lexicon, said.ids, known):
        return True
    for cut in range(len(said.forms) - 1, 0, -1):
        if _rest_stands(said.forms[cut - 1 :], stems) and _names(said.forms[:cut], lexicon) & known:
            return True
    if len(said.forms) == 1 and ConceptKind.DRUG in said.kinds:
        return stem(said.forms[0]) in stems
    return (stem(said.forms[0]) in stems or said.forms[0] in STOPWORDS) and _rest_stands(said.forms, stems)


def word_stems(texts: Iterable[Text]) -> frozenset[str]:
    """Return the stems of the words of texts, and numbers of names with the word before them: `stage 3b`."""
    found: set[str] = set()
    for text in texts:
        found |= {stem(form) for form in text.forms}
        found |= {f"{one.form} {two.form}" for one, two in pairwise(text.tokens) if two.form[0].isdigit()}
    return frozenset(found)


def _rest_stands(words: tuple[str, ...], stems: frozenset[str]) -> bool:
    """Say whether the words after the first stand in the evidence, a number only after the word before it."""
    return all(
        f"{one} {two}" in stems if two[0].isdigit() else two in STOPWORDS or stem(two) in stems for one, two in pairwise(words)
    )


def _names(forms: tuple[str, ...], lexicon: Lexicon) -> frozenset[str]:
    return frozenset(
        id_ for mention in lexicon.mentions(forms) if mention.last - mention.first == len(forms) for id_ in mention.ids
    )


def masked(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    """Return a text of the same length with spaces in place of some ranges."""
    letters = list(text)
    for start, end in ranges:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
