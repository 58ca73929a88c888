"""What is read out of a document of words, whatever its format: the text, its title, its pages, what was left out."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from chartcite.engine.domain.records import PageLayout
from chartcite.engine.errors import SourceRejectedError

_MARKS = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE = re.compile(r"\S(?:[^\n]*[^\s])?")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

ASSUMED = "it does not say its encoding and is not UTF-8: Windows-1252 was assumed"

Range = tuple[int, int]


class Heading(NamedTuple):
    """A line that the looks of a document, not its words, make a heading."""

    start: int
    text: str


class Readable(NamedTuple):
    """The words of a document."""

    text: str
    """What passages are cut from."""
    title: str = ""
    """As the document itself gives it; empty: it gives none."""
    markup: str = ""
    """The source that the text was read from, where that is text too (HTML); empty: `text` itself is what is stored."""
    title_range: Range | None = None
    """Where the title stands in `markup`, or in `text` where there is no markup."""
    layout: tuple[PageLayout, ...] = ()
    headings: tuple[Heading, ...] = ()
    """In order; empty where the text itself marks its headings."""
    notes: tuple[str, ...] = ()
    """What could not be read, without a word of the document."""

    @property
    def stored(self) -> str:
        """The text that the facts of the document point into."""
        return self.markup or self.text


class Decoded(NamedTuple):
    """Text, and whether its encoding had to be assumed."""

    text: str
    notes: tuple[str, ...] = ()


def decode(content: bytes, *, declared: str = "") -> Decoded:
    """Return the characters of a text file.

    A byte order mark decides; else the declared encoding; else UTF-8; else Windows-1252 (Latin-1 where that has no
    character), with a note that it was assumed.

    Raises:
        SourceRejectedError: a byte order mark that the bytes after it belie, or bytes that are no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return Decoded(_checked(content.decode(encoding)))
            except UnicodeDecodeError:
                raise SourceRejectedError(f"it begins as {encoding.upper()} text but is not: save it as UTF-8") from None
    for encoding in (declared, "utf-8"):
        try:
            return Decoded(_checked(content.decode(encoding)))
        except (UnicodeError, LookupError):
            continue
    try:
        return Decoded(_checked(content.decode("cp1252")), (ASSUMED,))
    except UnicodeDecodeError:
        return Decoded(_checked(content.decode("latin-1")), (ASSUMED,))


def without_surrogates(text: str) -> str:
    """Return `text` with pairs of surrogates joined and lone ones replaced: others cannot be stored as UTF-8."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def first_line(text: str) -> Range | None:
    """Return the range of the first line that is not blank, without the white space around it."""
    match = _LINE.search(text)
    return match.span() if match else None


def looks_like_text(head: bytes) -> bool:
    """Say whether the first bytes of a document are characters of any encoding."""
    if head.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    return bool(head.strip()) and b"\x00" not in head and len(_CONTROL.findall(head.decode("latin-1"))) * 50 <= len(head)


def _checked(text: str) -> str:
    if "\x00" in text:
        raise SourceRejectedError("it holds binary data, not text: give the document in a format that is read")
    return text
