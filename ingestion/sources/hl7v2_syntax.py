r"""HL7 v2 messages as segments, fields, repetitions, components and subcomponents that know their characters.

Source: HL7 v2.x chapter 2: the delimiters are those that MSH-1 and MSH-2 name; segments end in a carriage return (files
often have line feeds); `\F\ \S\ \T\ \R\ \E\ \X..\ \.br\` stand for other characters; `""` says that there is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from chartcite.engine.facts.elements import range_path
from chartcite.ingestion.sources.fhir_elements import Phrase

_MESSAGE = re.compile(r"(?:^|(?<=[\r\n\x0b\x1c]))[ \t]*(?=MSH[^\w\s])")
_ENVELOPE = re.compile(r"(?:^|(?<=[\r\n\x0b\x1c]))[ \t]*(?:FHS|BHS|BTS|FTS)(?=[^\w\s]|[\r\n]|$)|\x1c")
_LINE = re.compile(r"[^\r\n\x0b\x1c]+")
_NAME = re.compile(r"[ \t]*([A-Z][A-Z0-9]{2})(?=$|[^A-Za-z0-9\s])")
_NULL = '""'
_HEX = re.compile(r"X(?:[0-9A-Fa-f]{2})+$")


class Delimiters(NamedTuple):
    """The characters that MSH-1 and MSH-2 name."""

    field: str = "|"
    component: str = "^"
    repetition: str = "~"
    escape: str = "\\"
    subcomponent: str = "&"


class Piece(NamedTuple):
    """A part of a segment: its characters and where they begin in the text of the resource."""

    raw: str
    start: int
    delimiters: Delimiters

    @property
    def words(self) -> str:
        """What it says, escapes resolved, without white space at its ends; empty where there is nothing."""
        raw = self.raw.strip()
        return "" if not raw or raw == _NULL else unescape(raw, self.delimiters).strip()

    @property
    def path(self) -> str:
        """`range_path` of its characters, without white space at their ends."""
        left = len(self.raw) - len(self.raw.lstrip())
        return range_path(self.start + left, self.start + max(left, len(self.raw.rstrip())))

    @property
    def phrase(self) -> Phrase | None:
        """The words and where they stand; `None` where there are none."""
        return Phrase(self.words, self.path) if self.words else None

    def repetitions(self) -> list[Piece]:
        """Return each repetition that is not empty."""
        return [one for one in self.split(self.delimiters.repetition) if one.raw.strip() not in {"", _NULL}]

    def component(self, number: int) -> Piece:
        """Return a component of the first repetition, counted from 1; one that is not there is empty."""
        mark = self.delimiters.repetition
        end = self.raw.find(mark) if mark else -1
        first = self if end < 0 else Piece(self.raw[:end], self.start, self.delimiters)
        return first.nth(self.delimiters.component, number)

    def sub(self, number: int) -> Piece:
        """Return a subcomponent, counted from 1."""
        return self.nth(self.delimiters.subcomponent, number)

    def nth(self, delimiter: str, number: int) -> Piece:
        """Return the part between delimiters, counted from 1."""
        parts = self.raw.split(delimiter, number) if delimiter else [self.raw]
        if number > len(parts):
            return Piece("", self.start + len(self.raw), self.delimiters)
        before = sum(map(len, parts[: number - 1])) + number - 1
        return Piece(parts[number - 1], self.start + before, self.delimiters)

    def split(self, delimiter: str) -> list[Piece]:
        """Return the parts between delimiters, empty ones too."""
        if not delimiter:
            return [self]
        found, start = [], self.start
        for part in self.raw.split(delimiter):
            found.append(Piece(part, start, self.delimiters))
            start += len(part) + 1
        return found


class Segment:
    """One segment. Fields are counted as HL7 counts them: MSH-1 is the field separator itself."""

    __slots__ = ("_fields", "end", "name", "start")

    def __init__(self, name: str, piece: Piece, end: int) -> None:
        self.name = name
        self.start = piece.start
        self.end = end
        fields = piece.split(piece.delimiters.field)
        if name == "MSH":
            fields.insert(1, Piece(piece.delimiters.field, piece.start + 3, piece.delimiters))
        self._fields = fields

    def __getitem__(self, number: int) -> Piece:
        """Return a field; one that is not there is empty."""
        if number < len(self._fields):
            return self._fields[number]
        return Piece("", self.end, self._fields[0].delimiters)


class Message(NamedTuple):
    """A message of a file."""

    text: str
    """The exact characters; ranges of pieces are in it."""
    where: str
    """`message 3`."""
    segments: tuple[Segment, ...]

    def first(self, name: str) -> Segment | None:
        """Return the first segment of a name."""
        return next((one for one in self.segments if one.name == name), None)

    def each(self, name: str) -> Iterator[Segment]:
        """Yield the segments of a name."""
        return (one for one in self.segments if one.name == name)


class Malformed(NamedTuple):
    """A message whose delimiters cannot be known."""

    text: str
    where: str


def messages(text: str) -> Iterator[Message | Malformed]:
    """Yield the messages of a file: with or without MLLP framing, one or many, in a batch or not."""
    starts = [match.end() for match in _MESSAGE.finditer(text)]
    for number, start in enumerate(starts, start=1):
        stop = starts[number] if number < len(starts) else len(text)
        ended = _ENVELOPE.search(text, start, stop)
        body = text[start : ended.start() if ended else stop].rstrip("\r\n\x0b\x1c \t")
        delimiters = _delimiters(body)
        where = f"message {number}"
        if delimiters is None:
            yield Malformed(body, where)
        else:
            yield Message(body, where, tuple(_segments(body, delimiters)))


def unescape(raw: str, delimiters: Delimiters) -> str:
    """Return text with its escape sequences resolved; highlighting is left out, an unknown sequence stays as it is."""
    mark = delimiters.escape
    if not mark or mark not in raw:
        return raw
    known = {
        "F": delimiters.field, "S": delimiters.component, "T": delimiters.subcomponent, "R": delimiters.repetition, "E": mark,
        "H": "", "N": "", ".br": "\n", ".sp": "\n", ".ce": "\n", ".fi": "", ".nf": "", ".in": "", ".ti": "",
    }  # fmt: skip
    parts = raw.split(mark)
    said, index = [parts[0]], 1
    while index < len(parts):
        if index + 1 == len(parts):  # no second mark: not a sequence
            said.append(mark + parts[index])
            break
        code = parts[index]
        name = code.rstrip("0123456789+- ") if code.startswith(".") else code
        if name in known:
            said.append(known[name])
        elif _HEX.match(code):
            said.append(bytes.fromhex(code[1:]).decode("utf-8", "replace"))
        else:
            said.append(mark + code)
            index += 1
            continue
        said.append(parts[index + 1])
        index += 2
    return "".join(said)


def _delimiters(body: str) -> Delimiters | None:
    """Return the delimiters of a message; `None` where they are not all different marks."""
    field = body[3:4]
    encoding = body[4:].split(field, 1)[0] if field else ""
    found = [field, *encoding[:4]]
    if len(found) < 2 or len(set(found)) != len(found) or any(one.isalnum() or one.isspace() for one in found):
        return None
    return Delimiters(*found, *[""] * (5 - len(found)))


def _segments(body: str, delimiters: Delimiters) -> Iterator[Segment]:
    """Yield the segments; a line that begins none belongs to the text of the one before."""
    spans: list[list[int]] = []
    names: list[str] = []
    for line in _LINE.finditer(body):
        name = _NAME.match(line[0])
        if name and line[0][name.end() : name.end() + 1] in {delimiters.field, ""}:
            spans.append([line.start() + name.start(1), line.end()])
            names.append(name[1])
        elif spans:
            spans[-1][1] = line.end()
    for name_, (start, end) in zip(names, spans, strict=True):
        yield Segment(name_, Piece(body[start:end], start, delimiters), end)
