"""FHIR files as bytes: their encoding, whether they are NDJSON, and NDJSON read in pieces of bounded size.

Source: FHIR R4, 2.6.1 (JSON is UTF-8), Bulk Data Access IG 2.0.0 (NDJSON), RFC 8259. UTF-16 and UTF-32 are read where a byte
order mark says so.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Found, Unreadable, read_lines
from chartcite.ingestion.sources.source import SourceFile

MAX_LINE_BYTES = 64 << 20
"""A longer line is refused: no resource is that big."""
MAX_WHOLE_BYTES = 512 << 20
"""A file that is one JSON value is held in memory whole; a bigger one is refused."""
PIECE_LINES = 1000
PIECE_BYTES = 16 << 20

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_LINE_NAMES = (".ndjson", ".jsonl")
_SHOWN_BYTES = 2000


class Line(NamedTuple):
    """A line of a file, without its end."""

    number: int
    """From 1."""
    start: int
    """Offset in bytes."""
    content: bytes
    """Cut where the line is longer than `MAX_LINE_BYTES`."""
    cut: bool = False


def encoding_of(head: bytes) -> str:
    """Return the encoding that a byte order mark names; without one UTF-8."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")


def head_text(head: bytes) -> str:
    """Return the beginning of a file as text, as far as it can be read."""
    return head.decode(encoding_of(head), "replace").removeprefix("\ufeff").lstrip()


def whole_text(source: SourceFile) -> str:
    """Return all of a document as text.

    Raises:
        SourceRejectedError: it is too big to be held, or in an encoding that cannot be known.
    """
    return text_of(whole_content(source))


def whole_content(source: SourceFile) -> bytes:
    """Return all bytes of a document.

    Raises:
        SourceRejectedError: it is too big to be held.
    """
    if source.size > MAX_WHOLE_BYTES:
        most = MAX_WHOLE_BYTES >> 20
        raise SourceRejectedError(f"one JSON value of more than {most} MB is not read: send it as NDJSON, or in several Bundles")
    return source.content()


def text_of(content: bytes) -> str:
    """Return the bytes of a document as text.

    Raises:
        SourceRejectedError: in an encoding that cannot be known.
    """
    try:
        return content.decode(encoding_of(content))
    except UnicodeDecodeError as error:
        raise SourceRejectedError("the file is neither UTF-8 nor UTF-16 or UTF-32 with a mark: convert it to UTF-8") from error


def holds_lines(name: str, head: bytes, opened: Callable[[], BinaryIO]) -> bool:
    """Say whether a document is NDJSON: its first line is a JSON object, and others follow.

    Of a document that is called so, the first line may also be broken.
    """
    if encoding_of(head) not in {"utf-8", "utf-8-sig"}:
        return False
    first, ended, rest = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not ended:
        return name.endswith(_LINE_NAMES) and _goes_on(opened)
    if _is_object(first):
        return bool(rest.strip()) or _goes_on(opened)
    later = rest.split(b"\n")
    return name.endswith(_LINE_NAMES) and first.strip() not in {b"{", b"["} and any(_is_object(line) for line in later)


def numbered_lines(stream: BinaryIO, *, most: int | None = None) -> Iterator[Line]:
    """Yield the lines of a stream that are not blank, with little memory whatever their length; at `most` bytes it ends."""
    start = number = 0
    while (most is None or start < most) and (content := stream.readline(MAX_LINE_BYTES)):
        number += 1
        length, cut = len(content), False
        while not content.endswith(b"\n") and (more := stream.readline(MAX_LINE_BYTES)):
            length, cut = length + len(more), True
            if more.endswith(b"\n"):
                break
        line = content.removeprefix(codecs.BOM_UTF8) if start == 0 else content
        if line.strip():
            yield Line(number, start + len(content) - len(line), line[:_SHOWN_BYTES] if cut else line, cut)
        start += length


def read_pieces(source: SourceFile, weigh: Callable[[bytes], int]) -> Iterator[list[Line]]:
    """Yield the lines of an NDJSON file, up to a thousand at a time.

    `weigh`: bytes that a line needs beyond its own length; a piece ends where it would grow beyond `PIECE_BYTES`.
    """
    piece: list[Line] = []
    weight = 0
    with source.open() as stream:
        for line in numbered_lines(stream):
            own = len(line.content) + weigh(line.content)
            if piece and (weight + own > PIECE_BYTES or len(piece) >= PIECE_LINES):
                yield piece
                piece, weight = [], 0
            piece.append(line)
            weight += own
    if piece:
        yield piece


def found_on(lines: Sequence[Line], *, first: bool) -> list[Found]:
    """Return what stands on some lines of an NDJSON file.

    Raises:
        SourceRejectedError: they are the `first` of the file, and not one of them is JSON.
    """
    texts = [(line, _decoded(line)) for line in lines]
    found, readable = read_lines((line.number, text) for line, text in texts if text is not None)
    if first and not readable:
        raise SourceRejectedError("no line of the file is JSON: convert it to FHIR R4 JSON or NDJSON")
    return [*(_unreadable(line) for line, text in texts if text is None), *found]


def _decoded(line: Line) -> str | None:
    if line.cut:
        return None
    try:
        return line.content.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        return None


def _unreadable(line: Line) -> Unreadable:
    reason = f"a line of more than {MAX_LINE_BYTES >> 20} MB" if line.cut else "not UTF-8"
    return Unreadable(f"line {line.number}", reason, line.content[:_SHOWN_BYTES].decode("utf-8", "replace"))


def _goes_on(opened: Callable[[], BinaryIO]) -> bool:
    """Say whether a document has a second line."""
    with opened() as stream:
        lines = numbered_lines(stream)
        return next(lines, None) is not None and next(lines, None) is not None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
