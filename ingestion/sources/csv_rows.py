"""Rows of delimited text with the characters that each cell stands in, as a stream: one row is held at a time.

Reads what Python's `csv` module reads in its default dialect (RFC 4180 with doubled quotes and line breaks inside quotes)
with `,`, `;`, tab or `|` between the cells. A row that cannot be trusted (a quote that is never closed, more or fewer cells
than the header) is `Unreadable`; reading goes on at the next line.

Source: RFC 4180.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from chartcite.engine.facts.elements import Unreadable, range_path
from chartcite.ingestion.sources.fhir_elements import Phrase
from chartcite.ingestion.sources.source import SourceFile

MAX_ROW_CHARACTERS = 4_000_000
MAX_COLUMNS = 2000

_DELIMITERS = ",;\t|"
_MAX_PREAMBLE = 20
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\r?\n?$", re.IGNORECASE)
_QUOTED = r'[^"]*+(?:""[^"]*+)*+'
_CONTENT = re.compile(f'"{_QUOTED}')
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n|\Z)")
_REJECTED_CHARACTERS = 2000
_ASSUMED = "the row is not UTF-8: Windows-1252 was assumed"


class Cell(NamedTuple):
    """A cell: its range in the text of the row, without the quotes around it, and its value, with quotes undoubled."""

    start: int
    end: int
    value: str


class Header(NamedTuple):
    """The first line of a table."""

    text: str
    """As written, without the line end."""
    columns: tuple[tuple[str, int], ...]
    """Name in lower case and position; of a name given twice the first."""
    width: int
    delimiter: str
    preamble: int = 0
    """Lines in front of it: blank ones, and the `sep=;` of spreadsheets."""

    @property
    def names(self) -> frozenset[str]:
        """The names of the columns in lower case."""
        return frozenset(name for name, _ in self.columns)


@dataclass(frozen=True, slots=True)
class Row:
    """A row under its header."""

    header: Header
    positions: dict[str, int]
    text: str
    """As written, without the line end."""
    cells: tuple[Cell, ...]
    line: int
    """Line of the file that it begins on, from 1."""
    notes: tuple[str, ...] = ()
    """What had to be assumed to read it."""

    @property
    def document(self) -> str:
        """Header line and row, the text that paths point into."""
        return f"{self.header.text}\n{self.text}"

    def value(self, name: str) -> str:
        """Return the value of a column (name in lower case) without white space around it; empty: it has none."""
        position = self.positions.get(name)
        return "" if position is None else self.cells[position].value.strip()

    def phrase(self, name: str) -> Phrase | None:
        """Return the words of a cell and their place in `document`, without the white space around them."""
        words = self.value(name)
        if not words:
            return None
        cell = self.cells[self.positions[name]]
        raw = self.text[cell.start : cell.end]
        first = cell.start + len(raw) - len(raw.lstrip())
        start = len(self.header.text) + 1 + first
        return Phrase(words, range_path(start, start + len(raw.strip())))

    def span(self, name: str) -> tuple[int, int] | None:
        """Return the range of a cell in `document`."""
        position = self.positions.get(name)
        if position is None:
            return None
        shift = len(self.header.text) + 1
        return self.cells[position].start + shift, self.cells[position].end + shift


def header_of(head: bytes) -> Header | None:
    """Return the header of a table from the first bytes of its file; `None` where they begin no table."""
    text = head.decode(_encoding(head), "replace")
    for preamble, line in enumerate(islice((match[0] for match in _LINE.finditer(text)), _MAX_PREAMBLE)):
        if _SEPARATOR_LINE.match(line) or not line.strip():
            continue
        return _header(line.rstrip("\r\n"), preamble)
    return None


def rows_of(source: SourceFile) -> Iterator[Row | Unreadable]:
    """Yield every row of a table, in order; blank lines are skipped. A file without a header has none."""
    header = header_of(source.head)
    if header is None:
        return
    positions = dict(header.columns)
    with source.open() as raw:
        stream = io.TextIOWrapper(raw, encoding=_encoding(source.head), errors=_errors(source.head), newline="")
        lines = _Lines(stream)
        for _ in range(header.preamble + 1):
            lines.take()
        while (line := lines.take()) is not None:
            if line.strip():
                yield _row(header, positions, line, lines)


class _Lines:
    """Lines of a stream with their numbers; lines can be put back."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self.number = 0
        """Of the line last taken."""
        self._stream = stream
        self._waiting: list[str] = []

    def take(self) -> str | None:
        line = self._waiting.pop() if self._waiting else self._stream.readline(MAX_ROW_CHARACTERS + 1)
        self.number += bool(line)
        return line or None

    def put_back(self, lines: list[str]) -> None:
        self._waiting.extend(reversed(lines))
        self.number -= len(lines)

    def skip_rest(self, line: str) -> None:
        """Go to the end of a line of which only the beginning was taken."""
        while line and not line.endswith(("\n", "\r")):
            line = self._stream.readline(MAX_ROW_CHARACTERS)


def _row(header: Header, positions: dict[str, int], line: str, lines: _Lines) -> Row | Unreadable:
    """Read the row that begins with a line, taking further lines where a quoted cell goes on."""
    number = lines.number
    if len(line) > MAX_ROW_CHARACTERS:
        lines.skip_rest(line)
        return Unreadable(f"line {number}", f"a line of more than {MAX_ROW_CHARACTERS} characters", _shortened(line))
    scan = _Scan(header.delimiter)
    taken: list[str] = []
    base = 0
    scan.line(line, base)
    while scan.opened is not None:
        base += len(taken[-1] if taken else line)
        following = lines.take() if base < MAX_ROW_CHARACTERS else None
        if following is None:
            lines.put_back(taken)  # none of them opens a cell, or it would have closed this one: none is looked through again
            return Unreadable(f"line {number}", "a quoted cell that is never closed", _shortened(line))
        taken.append(following)
        scan.line(following, base)
    return _checked(header, positions, ("".join((line, *taken)) if taken else line).rstrip("\r\n"), scan.spans, number)


def _checked(header: Header, positions: dict[str, int], text: str, spans: list[tuple[int, int]], number: int) -> Row | Unreadable:
    where = f"line {number}"
    filled = len(spans)
    while filled > header.width and not _unquoted(text, *spans[filled - 1]).strip():
        filled -= 1
    if filled != header.width:
        return Unreadable(where, f"the row has {filled} cells, the header has {header.width}", _shortened(text))
    cells = tuple(Cell(start, end, _unquoted(text, start, end)) for start, end in spans[:filled])
    if "\x00" in text:
        return Unreadable(where, "the row holds binary data, not text", _shortened(text))
    if not text.isascii() and any("\udc80" <= letter <= "\udcff" for letter in text):
        text = _windows(text)
        cells = tuple(cell._replace(value=_unquoted(text, cell.start, cell.end)) for cell in cells)
        return Row(header, positions, text, _inner(text, cells), number, (_ASSUMED,))
    return Row(header, positions, text, _inner(text, cells), number)


class _Scan:
    """Cells of one row, found line by line: each character is looked at once."""

    def __init__(self, delimiter: str) -> None:
        self.spans: list[tuple[int, int]] = []
        """Of each cell with its quotes."""
        self.opened: int | None = None
        """Where the quoted cell began that the last line did not close."""
        self._delimiter = delimiter
        self._cell, self._rest = _patterns(delimiter)

    def line(self, line: str, base: int) -> None:
        """Take one line; `base`: characters of the row in front of it."""
        at = 0
        if self.opened is not None:
            match = self._rest.match(line)
            if match is None or match["open"] is not None:
                return
            self.spans.append((self.opened, base + match.end()))
            self.opened = None
            at = match.end()
            if line[at : at + 1] != self._delimiter:
                return
            at += 1
        elif '"' not in line:
            self._plain(line, base)
            return
        self._cells(line, at, base)

    def _plain(self, line: str, base: int) -> None:
        start = base
        for part in line.rstrip("\r\n").split(self._delimiter):
            self.spans.append((start, start + len(part)))
            start += len(part) + 1

    def _cells(self, line: str, at: int, base: int) -> None:
        while len(self.spans) <= MAX_COLUMNS:
            match = self._cell.match(line, at)
            if match is None:
                return
            if match["open"] is not None:
                self.opened = base + at
                return
            self.spans.append((base + at, base + match.end()))
            at = match.end()
            if line[at : at + 1] != self._delimiter:
                return
            at += 1


@lru_cache(maxsize=8)
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of a cell, and that of the rest of a quoted cell. Possessive: neither ever goes back."""
    plain = rf"[^{re.escape(delimiter)}\r\n]*+"
    rest = rf'{_QUOTED}(?:"{plain}|(?P<open>\Z))'
    return re.compile(f'(?:"{rest}|{plain})'), re.compile(rest)


def _unquoted(text: str, start: int, end: int) -> str:
    """Return the value of a cell. Words after the closing quote are kept, as the `csv` module does."""
    raw = text[start:end]
    if not raw.startswith('"'):
        return raw
    close = _closing(raw)
    return raw[1:close].replace('""', '"') + raw[close + 1 :]


def _closing(raw: str) -> int:
    match = _CONTENT.match(raw)
    return match.end() if match else len(raw)


def _inner(text: str, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Move the ranges of cells inside their quotes; a cell with words after the quote keeps its whole range."""
    if '"' not in text:
        return cells
    return tuple(
        cell._replace(start=cell.start + 1, end=cell.end - 1)
        if text.startswith('"', cell.start) and _closing(text[cell.start : cell.end]) == cell.end - cell.start - 1
        else cell
        for cell in cells
    )


def _header(line: str, preamble: int) -> Header | None:
    """Read the line with the names of the columns: the delimiter is the one that gives the most of them."""
    delimiter, spans = max(((one, _spans(line, one)) for one in _DELIMITERS), key=lambda pair: len(pair[1]))
    names = [_unquoted(line, start, end).strip().lower() for start, end in spans]
    if not any(names) or len(names) > MAX_COLUMNS:
        return None
    columns: dict[str, int] = {}
    for position, name in enumerate(names):
        if name:
            columns.setdefault(name, position)
    return Header(line, tuple(columns.items()), len(names), delimiter, preamble)


def _spans(line: str, delimiter: str) -> list[tuple[int, int]]:
    scan = _Scan(delimiter)
    scan.line(line, 0)
    return scan.spans


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if not head.startswith(codecs.BOM_UTF8) and len(head) > 3 and head[0] and not head[1] and not head[3]:
        return "utf-16-le"
    return "utf-8-sig"


def _errors(head: bytes) -> str:
    return "surrogateescape" if _encoding(head) == "utf-8-sig" else "replace"


def _windows(text: str) -> str:
    """Read the bytes of a row again, each as one character, so that every range stays in its cell."""
    return "".join(_WINDOWS.get(letter, letter) for letter in text)


_WINDOWS = {chr(0xDC00 + byte): bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


def _shortened(text: str) -> str:
    return text[:_REJECTED_CHARACTERS].rstrip("\r\n").encode("utf-8", "replace").decode()
