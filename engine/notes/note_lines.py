"""Notes as lines that know their heading, newest note first, and whether a note names a thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.plans import Plan

PROCEDURES = frozenset(forms("procedure operation op surgery surgical case scope test study camera intervention"))
"""Words for whatever was done: any note of a procedure is about it."""
_FIRST_LINES = 600
"""Characters of a note that tell what it is about."""
_OF_PROCEDURE = Cue(r"procedure|operation|operative|an(?:a)?esth|surgery|\bor\b|indication|needle|conduction|technique")
_OF_NOW = Cue(r"\W*(?:today|this (?:visit|morning|afternoon|evening)|now|just now)\W*")


class Line(NamedTuple):
    """A sentence of a note with its passage."""

    passage: Passage
    sentence: Sentence
    text: str
    section: str


class Note(NamedTuple):
    """The lines of a note, without its headings, in their order."""

    lines: tuple[Line, ...]


def notes_asked(reading: Reading) -> list[Note]:
    """Return the notes of the time that is asked, newest first."""
    plan = reading.plan
    every = list(reading.shelves.records.all_passages(reading.scope))
    passages = [each for each in every if plan.window is None or plan.window.holds(each.occurred or each.recorded)]
    of_now = not passages and plan.window is not None and _OF_NOW.fullmatch(plan.window.words)
    if of_now:  # "today" is the day of the note, for somebody who holds it
        passages = every
    by_note: dict[str, list[Passage]] = {}
    for passage in sorted(passages, key=lambda each: each.start):
        by_note.setdefault(passage.resource, []).append(passage)
    newest = sorted(by_note.values(), key=lambda group: -_instant(group[0]))
    return [Note(tuple(line for passage in group for line in _lines(passage))) for group in newest[: 1 if of_now else None]]


def _lines(passage: Passage) -> Iterator[Line]:
    title = forms(passage.section)
    for sentence in passage.sentences:
        text = passage.sentence_text(sentence)
        words = forms(text)
        if words and words != title and sentence not in passage.commands and not text.rstrip().endswith((":", "#")):
            yield Line(passage, sentence, text, passage.section)


def _instant(passage: Passage) -> float:
    known = passage.recorded or passage.occurred
    return known.start.timestamp() if known else 0.0


def is_about(words: Sequence[str], plan: Plan, note: Note, *, lone: bool) -> bool:
    """Say whether a note is about a thing: its head names it; of a chart's only note, any of its sentences."""
    of_procedure = [line for line in note.lines if _OF_PROCEDURE.search(line.section)]
    head = note.lines if lone else (*(line for line in note.lines if line.passage.start < _FIRST_LINES), *of_procedure)
    texts = [forms(f"{line.passage.title} {line.section} {line.text}") for line in head]
    if lone:
        texts = [tuple(word for text in texts for word in text)]
    generic = PROCEDURES if of_procedure else frozenset[str]()
    return any(names(text, words, plan, generic) for text in texts)


def names(text: Sequence[str], words: Sequence[str], plan: Plan, generic: frozenset[str]) -> bool:
    """Say whether a text names all of some words, in whatever words of the terminology or of the bedside."""
    there = frozenset(text)
    named = {word: target.find(text) is not None for target in plan.targets for word in forms(target.words)}
    return all(
        named.get(word)
        or word in generic
        or ((_begins(word, there) if len(word) > _ABBREVIATED else word in there) if word in named else is_there(word, there))
        or _spelled_out(word, text)
        for word in words
    )


_ABBREVIATED = 4
"""Letters of an abbreviation that names something known: a DEXA does not begin dexamethasone."""


def is_there(word: str, there: set[str] | frozenset[str]) -> bool:
    """Say whether a word stands among others, also as a note would write it or as the beginning of a longer one."""
    return bool(noted_as(word) & there) or _begins(word, there)


def _begins(word: str, there: set[str] | frozenset[str]) -> bool:
    """Say whether a word stands there, or a longer one that it begins: "angio"."""
    return word in there or (len(word) > 3 and any(each.startswith(word) for each in there))


def _spelled_out(word: str, text: Sequence[str]) -> bool:
    """Say whether words that follow each other spell a short form out: "video EEG" for VEEG."""
    return len(word) > 2 and any(first[:1] + second == word for first, second in pairwise(text))
