"""The words of a PDF document, page by page, each line with its rectangle; scanned pages are told, not guessed.

PDFium runs in a process of its own (`parsing.py`). The text is as the document gives it, in its own order: lines are not
joined, words divided at a line end stay divided. Only the line numbers of drafts are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import NamedTuple

from chartcite.engine.domain.records import PageLayout
from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.sources.parsing import parsed
from chartcite.ingestion.sources.readable import Heading, Readable
from pydantic import BaseModel

MEDIA_TYPES = frozenset({"application/pdf", "application/x-pdf"})

_SECONDS = 120.0
_MARK_WITHIN = 1024  # the mark `%PDF-` may follow other bytes: ISO 32000-1, implementation note 13 of annex H
_PAGE_BREAK = "\n\f"
"""Between pages: a sentence may go on behind it."""
_HEADING_SIZE = 1.12
_TITLE_SIZE = 1.3
"""Times the size of most of the text."""
_MAX_HEADING_CHARACTERS = 120
_NO_TITLE = re.compile(
    r"untitled|microsoft|\.(?:docx?|pdf|rtf|indd|tex|qxd|xlsx?|pptx?)$|^(?:document|word|print)\b", re.IGNORECASE
)
_MIN_NUMBERED_LINES = 8
_TOKEN = re.compile(r"\S+")

Line = tuple[int, int, float, float, float, float, float, bool]


class _Page(BaseModel):
    """A page as the parser gives it; `lines` as in `parsing_process.read_pdf`."""

    text: str
    width: float
    height: float
    lines: list[Line]
    picture: bool
    fields: bool
    damaged: bool = False


class _Shown(NamedTuple):
    """A line of text where it stands on its page."""

    words: str
    box: tuple[float, float, float, float]
    size: float
    bold: bool


class _Answer(BaseModel):
    title: str
    pages: list[_Page]


def looks_like_pdf(head: bytes, name: str) -> bool:
    """Say whether a document is PDF, or is called so: a damaged one is refused with its reason."""
    return b"%PDF-" in head[:_MARK_WITHIN] or name.lower().endswith(".pdf")


def read_pdf(content: bytes) -> Readable:
    """Return the words of a PDF, its pages (`layout`), its title and its headings (lines in bigger letters).

    Raises:
        SourceRejectedError: encrypted, damaged, without any text (scanned), or more than may be read.
    """
    answer = _Answer.model_validate(parsed("pdf", content, seconds=_SECONDS))
    pages = [[_Shown(page.text[line[0] : line[1]], line[2:6], *line[6:]) for line in page.lines] for page in answer.pages]
    if not any(pages):
        raise SourceRejectedError(_nothing(answer.pages))
    pages, numbered = _without_line_numbers(pages)
    body = _body_size(pages)
    text, layout = _joined(answer.pages, pages)
    headings = _headings(pages, layout, body)
    title = "" if _NO_TITLE.search(answer.title) else answer.title
    notes = [*_pictures(answer.pages), *(["the line numbers in its margin were left out"] if numbered else [])]
    return Readable(text, title or _biggest(pages, body), layout=layout, headings=headings, notes=tuple(notes))


def _nothing(pages: list[_Page]) -> str:
    if any(page.picture for page in pages):
        return (
            "the PDF is a scan: its pages are pictures without text; run text recognition (OCR) over it, then ingest the result"
        )
    return "the PDF holds no text"


def _pictures(pages: list[_Page]) -> list[str]:
    """Return what the pages hold that was not read."""
    notes = []
    for reason, numbers in (
        ("a picture without text: it was not read", [n for n, page in enumerate(pages, 1) if page.picture]),
        ("damaged: it was not read", [n for n, page in enumerate(pages, 1) if page.damaged]),
        ("a form: the values in its fields were not read", [n for n, page in enumerate(pages, 1) if page.fields]),
    ):
        if len(numbers) == 1:
            notes.append(f"page {numbers[0]} is {reason}")
        elif numbers:
            notes.append(f"each of the pages {', '.join(map(str, numbers))} is {reason}")
    return notes


def _joined(read: list[_Page], pages: list[list[_Shown]]) -> tuple[str, tuple[PageLayout, ...]]:
    """Join the pages to one text, and say where on it each page and each line stands."""
    parts: list[str] = []
    layout: list[PageLayout] = []
    at = 0
    for number, (page, lines) in enumerate(zip(read, pages, strict=True), 1):
        start = at
        boxes = []
        for line in lines:
            boxes.append((at, at + len(line.words), *line.box))
            at += len(line.words) + 1
        at = max(start, at - 1)
        parts.append("\n".join(line.words for line in lines))
        layout.append(PageLayout(number=number, start=start, end=at, width=page.width, height=page.height, boxes=tuple(boxes)))
        at += len(_PAGE_BREAK)
    return _PAGE_BREAK.join(parts), tuple(layout)


def _body_size(pages: list[list[_Shown]]) -> float:
    """Return the size of the letters that most of the text is written in, in points."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.words)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _headings(pages: list[list[_Shown]], layout: tuple[PageLayout, ...], body: float) -> tuple[Heading, ...]:
    """Return the few words that stand alone in bigger or bolder letters; what many pages repeat is a running head."""
    repeated = Counter(words for lines in pages for words in {line.words for line in lines})
    bold_is_usual = _is_usual([line for lines in pages for line in lines])

    def look(line: _Shown) -> tuple[float, bool] | None:
        bigger = line.size >= body * _HEADING_SIZE
        stands_out = bigger or (line.bold and not bold_is_usual and line.size >= body)
        return (line.size, line.bold) if stands_out and repeated[line.words] <= max(2, len(pages) // 4) else None

    found: list[Heading] = []
    for lines, page in zip(pages, layout, strict=True):
        for looks, run in groupby(zip(lines, page.boxes, strict=True), key=lambda one: look(one[0])):
            together = list(run)
            words = " ".join(line.words for line, _ in together)
            if looks and _is_heading(words):
                found.append(Heading(together[0][1][0], words))
    return tuple(found)


def _is_heading(words: str) -> bool:
    return len(words) <= _MAX_HEADING_CHARACTERS and sum(map(str.isalpha, words)) >= 3 and words[-1] not in ".,;"


def _is_usual(lines: list[_Shown]) -> bool:
    """Say whether so much of the text is bold that bold letters mark nothing."""
    return sum(len(line.words) for line in lines if line.bold) * 4 > sum(len(line.words) for line in lines)


def _biggest(pages: list[list[_Shown]], body: float) -> str:
    """Return the line in the biggest letters of the first page with text, if they are clearly bigger than the rest."""
    lines = next((lines for lines in pages if lines), [])
    title = max(lines, key=lambda line: line.size, default=None)
    is_title = title and title.size >= body * _TITLE_SIZE and 3 < len(title.words) <= _MAX_HEADING_CHARACTERS
    return title.words if title and is_title else ""


def _without_line_numbers(pages: list[list[_Shown]]) -> tuple[list[list[_Shown]], bool]:
    """Leave out the numbers that count the lines of a draft, where most of its pages have them."""
    found = [_line_numbers(lines) for lines in pages]
    long_enough = [numbers for numbers, lines in zip(found, pages, strict=True) if len(lines) >= _MIN_NUMBERED_LINES]
    if sum(bool(numbers) for numbers in long_enough) < max(2, len(long_enough) * 2 / 3):
        return pages, False
    kept = []
    for numbers, lines in zip(found, pages, strict=True):
        bare = [_without(line, numbers.get(position)) for position, line in enumerate(lines)]
        kept.append([line for line in bare if line.words])
    return kept, True


def _line_numbers(lines: list[_Shown]) -> dict[int, tuple[int, int]]:
    """Return where in each line of a page its number stands; empty: the lines are not numbered."""
    tokens = [list(_TOKEN.finditer(line.words)) for line in lines]
    for first, candidates in enumerate(tokens[:3]):
        for candidate in _at_the_edge(candidates):
            if candidate[0].isdecimal() and len(candidate[0]) < 6:
                found = _counted(tokens, first, int(candidate[0]))
                if len(found) >= max(_MIN_NUMBERED_LINES, 0.7 * len(lines)):
                    return found
    return {}


def _counted(tokens: list[list[re.Match[str]]], first: int, number: int) -> dict[int, tuple[int, int]]:
    """Follow a count from a line on; a line, and now and then a number, may be missing."""
    found: dict[int, tuple[int, int]] = {}
    for position in range(first, len(tokens)):
        edge = {token[0]: token for token in reversed(_at_the_edge(tokens[position]))}
        for following in range(number, number + 3):
            if token := edge.get(str(following)):
                found[position] = token.span()
                number = following + 1
                break
    return found


def _at_the_edge(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the first two words of a line and the last."""
    return [*tokens[:2], *tokens[2:][-1:]]


def _without(line: _Shown, number: tuple[int, int] | None) -> _Shown:
    if number is None:
        return line
    before, after = line.words[: number[0]].rstrip(), line.words[number[1] :].lstrip()
    return line._replace(words=f"{before} {after}".strip())
