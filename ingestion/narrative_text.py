"""Sentences of a narrative document as they are matched: seen text, with the way back to the characters of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from chartcite.engine.domain.records import Document
from chartcite.engine.facts.elements import range_path
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.hostile import Visible, visible
from chartcite.engine.language.terminology import ConceptKind, Lexicon, tokenize
from chartcite.ingestion.headings import section_kind

_MAX_SENTENCE_CHARACTERS = 2500
"""Longer runs without an end (a table on one line) are taken in pieces."""
_LAST_SPACE = re.compile(r"\s(?=\S*$)")
_NO_PLAIN_WORDS = frozenset(
    {"it", "or", "us", "all", "and", "an", "as", "at", "be", "ed", "in", "is", "no", "of", "on", "to", "we"}
)


class Passage(Protocol):
    """A passage of the document: what `passages.cut` and `passages_of` give."""

    @property
    def section(self) -> str:
        """Heading as written."""

    @property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Character ranges in the document."""


class Sentence(NamedTuple):
    """A sentence to be searched."""

    text: str
    """As it is seen; positions below are positions in it."""
    start: int
    """Of the sentence in the document."""
    shown: Visible
    section: str
    kind: str
    """Sort of section, as `headings.section_kind` says."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the document that a range of the sentence came from."""
        low, high = self.shown.origin(start, end)
        return self.start + low, self.start + high

    def path(self, start: int, end: int) -> str:
        """Return the element path of a range of the sentence."""
        return range_path(*self.span(start, end))


class Named(NamedTuple):
    """Words of a sentence that name concepts of the lexicon."""

    ids: tuple[str, ...]
    start: int
    end: int


def sentences_of(document: Document, passages: Iterable[Passage]) -> Iterator[Sentence]:
    """Yield the sentences of the passages of a document, in order."""
    for passage in passages:
        kind = section_kind(passage.section) if passage.section else ""
        for start, end in _with_leaders(document.text, passage.sentences):
            for first, last in _pieces(document.text, start, end):
                shown = visible(document.text[first:last])
                yield Sentence(shown.text, first, shown, passage.section, kind)


def _with_leaders(text: str, sentences: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join what dots only lead over: `Glucose ..... 180`."""
    held: tuple[int, int] | None = None
    for start, end in sentences:
        held = (held[0], end) if held else (start, end)
        if not text.endswith("..", held[0], end):
            yield held
            held = None
    if held:
        yield held


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _MAX_SENTENCE_CHARACTERS:
        cut = _LAST_SPACE.search(text, start + _MAX_SENTENCE_CHARACTERS // 2, start + _MAX_SENTENCE_CHARACTERS)
        last = cut.start() if cut else start + _MAX_SENTENCE_CHARACTERS
        yield start, last
        start = last
    if end > start:
        yield start, end


_AUTUMN = Cue(
    r"\b(?:in|by|this|next|every|each|early|late|during|until|through)(?: the)? fall\b"
    r"(?! (?:from|down|off|out|over|onto|on|when)\b)"
    r"|\b(?:last|past) fall\b|\bfall(?: of)? (?:19|20)\d\d\b"
)
"""The season, which is no accident."""


def names_in(sentence: Sentence, lexicon: Lexicon) -> list[Named]:
    """Return what a sentence names, longest first from the left, without overlap.

    A name that the lexicon holds only as an abbreviation counts in capitals only.
    """
    tokens = tokenize(sentence.text)
    found: list[Named] = []
    for mention in lexicon.mentions([token.form for token in tokens]):
        start, end = tokens[mention.first].start, tokens[mention.last - 1].end
        words = sentence.text[start:end]
        if mention.last - mention.first == 1:
            form = tokens[mention.first].form
            if (form in _NO_PLAIN_WORDS or lexicon.is_acronym(form)) and words.islower():
                continue
            if form == "fall" and any(match.start() <= start < match.end() for match in _AUTUMN.finditer(sentence.text)):
                continue
        found.append(Named(mention.ids, start, end))
    return found


def of_kind(named: Named, kind: ConceptKind, lexicon: Lexicon) -> str:
    """Return the first concept of that kind among those named; empty where there is none."""
    return next((id_ for id_ in named.ids if lexicon.concepts[id_].kind is kind), "")
