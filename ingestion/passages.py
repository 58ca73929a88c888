"""Narrative to passages with exact character offsets: sections, sentences, runs of sentences.

Offsets are cut from the text and kept, never searched for afterwards: copied-forward notes repeat whole paragraphs, and
a citation found by search would point at the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chartcite.ingestion.headings import Heading, Line, heading_of, heading_within, is_underline, section_kind

__all__ = ["CutPassage", "Span", "cut", "section_kind", "sentence_spans"]

MAX_PASSAGE_CHARACTERS = 700
_MIN_WRAP_CHARACTERS = 50
_MAX_WRAP_CHARACTERS = 130  # nobody wraps by hand wider than this
_TAIL_CHARACTERS = 60  # before a full stop: more than the longest word or name that tells what it ends

_LINE = re.compile(r"[^\n]+")
_LIST_ITEM = re.compile(r"(?:[-*•‣·–—>+]|#?\d{1,2}[.):]|\(?[a-zA-Z\d]\))[ \t]+\S")
_BREAK = re.compile(r"(?<![.!?…])([.!?…]+)[\"'”’)\]]*\s+(?=[\"'“‘(\[]*(\w)|[^\w\s])")
_LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.\-]*|\d[\d.,]*)$")
_FIRST_WORD = re.compile(r"\S+")
_NEVER_LAST = frozenset({
    "dr", "drs", "mr", "mrs", "ms", "prof", "st", "mt", "vs", "e.g", "eg", "i.e", "ie", "cf", "approx", "fig", "no",
    "nos", "pt", "pts", "ref", "al", "viz", "dept", "gen", "sgt", "rev", "hon", "jr", "ph",
})  # fmt: skip
"""Abbreviations after which the sentence goes on."""
_SELDOM_LAST = frozenset({
    "mg", "mcg", "ml", "kg", "gm", "g", "cc", "iu", "meq", "mm", "cm", "in", "ft", "lb", "lbs", "oz", "q.d", "qd",
    "b.i.d", "bid", "t.i.d", "tid", "q.i.d", "qid", "p.o", "po", "p.r.n", "prn", "h.s", "hs", "q.h", "a.c", "p.c",
    "s.c", "i.m", "i.v", "tab", "tabs", "cap", "caps", "inj", "sol", "susp", "hr", "hrs", "min", "mins", "sec", "wk",
    "wks", "mo", "mos", "yr", "yrs", "y.o", "s.p", "c.o", "h.o", "w.o", "a.m", "p.m", "wt", "ht", "dx", "hx", "tx",
    "rx", "sx", "fx", "temp", "resp", "max", "inc", "ltd", "co", "etc", "m.d", "d.o", "r.n", "n.p", "p.a", "u.s",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
"""Abbreviations after which only a capitalised word begins a sentence."""
_ITEM_NUMBER = re.compile(r"\d{1,2}[.)]\s")
_LETTER_NAMES = re.compile(r"(?:vitamin|hepatitis|type|grade|group|class|stage|influenza|plan|y/?o|old)\s+[A-Z]$", re.IGNORECASE)

Span = tuple[int, int]


class CutPassage(NamedTuple):
    """A run of whole sentences of one section."""

    start: int
    end: int
    section: str
    """Heading as written; empty: none."""
    sentences: tuple[Span, ...]


class _Block(NamedTuple):
    """Lines that belong together: a heading, a list item, a paragraph."""

    start: int
    end: int
    heading: Heading | None


class _Sentence(NamedTuple):
    start: int
    end: int
    section: str
    is_heading: bool


def cut(text: str) -> list[CutPassage]:
    """Cut narrative into passages.

    Every character that is no white space lies in exactly one sentence of one passage; starts strictly increase.
    """
    return list(_passages(_sentences(text)))


def _sentences(text: str) -> Iterator[_Sentence]:
    """Yield every sentence with the heading that it stands under."""
    section = ""
    for block in _blocks(text):
        if block.heading:
            section = block.heading.text
        if block.heading and block.heading.alone:
            yield _Sentence(block.start, block.end, section, is_heading=True)
            continue
        for start, end in sentence_spans(text, block.start, block.end):
            within = heading_within(text[start:end]) if start > block.start else None
            section = within.text if within else section
            yield _Sentence(start, end, section, is_heading=False)


def _passages(sentences: Iterable[_Sentence]) -> Iterator[CutPassage]:
    """Join whole sentences of one section; a heading with nothing under it goes with what follows."""
    run: list[_Sentence] = []
    for sentence in sentences:
        full = bool(run) and sentence.end - run[0].start > MAX_PASSAGE_CHARACTERS
        only_headings = all(one.is_heading for one in run)
        if run and (full or ((sentence.section != run[-1].section or sentence.is_heading) and not only_headings)):
            yield _passage(run)
            run = []
        run.append(sentence)
    if run:
        yield _passage(run)


def _passage(run: list[_Sentence]) -> CutPassage:
    spans = tuple((one.start, one.end) for one in run)
    return CutPassage(run[0].start, run[-1].end, run[-1].section, spans)


def _blocks(text: str) -> Iterator[_Block]:
    """Yield headings, list items and paragraphs, in order."""
    lines = list(_stripped_lines(text))
    width = max((end - start for start, end in lines if end - start <= _MAX_WRAP_CHARACTERS), default=0)
    at = 0
    broken = True
    while at < len(lines):
        start, end = lines[at]
        blank_before = at == 0 or text.count("\n", lines[at - 1][1], start) > 1
        following = lines[at + 1] if at + 1 < len(lines) else (end, end)
        heading = heading_of(Line(text[start:end], broken or blank_before, text[slice(*following)]))
        if heading and heading.alone:
            underlined = is_underline(text[slice(*following)])
            yield _Block(start, following[1] if underlined else end, heading)
            at += 2 if underlined else 1
            broken = True
            continue
        last = _last_line(text, lines, at, width)
        yield _Block(start, lines[last][1], heading)
        broken = not _is_wrapped(text[slice(*lines[last])], width)
        at = last + 1


def _stripped_lines(text: str) -> Iterator[Span]:
    """Yield the range of each line that is not blank, without white space at its ends."""
    for match in _LINE.finditer(text):
        line = match[0]
        words = line.strip()
        if words:
            start = match.start() + len(line) - len(line.lstrip())
            yield start, start + len(words)


def _is_wrapped(line: str, width: int) -> bool:
    return len(line) >= max(_MIN_WRAP_CHARACTERS, width - 12) and line[-1] not in ".!?:;"


def _last_line(text: str, lines: list[Span], at: int, width: int) -> int:
    """Return the last of the lines that one paragraph or list item was wrapped over."""
    while at + 1 < len(lines):
        start, end = lines[at]
        next_start, next_end = lines[at + 1]
        following = text[next_start:next_end]
        if text.count("\n", end, next_start) > 1 or _LIST_ITEM.match(following) or is_underline(following):
            break
        if not (following[0].islower() or _did_not_fit(text[start:end], following, width)):
            break
        if heading_of(Line(following, follows_break=text[end - 1] in ".!?:;", next_text="")):
            break
        at += 1
    return at


def _did_not_fit(line: str, following: str, width: int) -> bool:
    """Say whether the next line's first word was too long for this one: then the break is only a wrap."""
    word = _FIRST_WORD.match(following)
    return width >= _MIN_WRAP_CHARACTERS and bool(word) and len(line) + 1 + len(word[0] if word else "") >= width


def sentence_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of one paragraph, without white space around them."""
    begin = start
    for match in _BREAK.finditer(text, start, end):
        if match.end() >= end or not _ends_sentence(text, begin, match):
            continue
        stop = match.end() - len(match[0]) + len(match[0].rstrip())
        yield begin, stop
        begin = match.end()
    if begin < end:
        yield begin, end


def _ends_sentence(text: str, begin: int, match: re.Match[str]) -> bool:
    """Say whether the stop ends the sentence that began at `begin`."""
    following = match[2] or ""
    if match[1] != ".":
        return not following.islower()
    before = text[max(begin, match.start() - _TAIL_CHARACTERS) : match.start()]
    word = _LAST_WORD.search(before)
    if following.islower():
        return False
    if word is None:
        return True
    last = word[1].lower()
    if last.isdigit():  # the number of a list item within a line: `Plan: 1. Start ... 2. Stop ...`
        return not (len(last) <= 2 and before[: word.start()].rstrip()[-1:] in {"", ":", ";", ".", ","})
    if last in _NEVER_LAST and not (word[1].isupper() and len(last) > 1):  # `MS.` is a disease, `Ms.` a person
        return False
    if len(last) == 1 and word[1].isupper():
        return bool(_LETTER_NAMES.search(before) or _ITEM_NUMBER.match(text, match.end()))
    return last not in _SELDOM_LAST or following.isupper() or bool(_ITEM_NUMBER.match(text, match.end()))
