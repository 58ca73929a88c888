"""XML as a small tree whose every element, attribute and run of words knows the characters it came from.

Source: XML 1.0 (https://www.w3.org/TR/xml/). Read by the standard library's expat. A document type is refused, and with
it every entity but the five that XML itself defines: no expansion, no file and no address is ever followed.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple, NoReturn
from xml.parsers import expat  # nosec: document types are refused, nothing is resolved

from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import range_path
from chartcite.ingestion.sources.fhir_elements import Phrase

MAX_DEPTH = 200
MAX_ELEMENTS = 500_000
MAX_CHARACTERS = 100_000_000

_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ENCODINGS = {
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso8859-1", "iso8859-2", "iso8859-9", "iso8859-15", "cp1250", "cp1252",
    "cp1254",
}  # fmt: skip
"""Python's names. Others are refused: some of them are no character sets at all."""
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ATTRIBUTE = re.compile(r"\s+([^\s=/>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TAG_NAME = re.compile(r"<[^\s/>]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SEPARATOR = "\x1f"


class Text(NamedTuple):
    """A run of characters between tags. `start` and `end` are its range in the document's text."""

    text: str
    start: int
    end: int


class XmlElement:
    """An element: name, attributes, children, and its character range."""

    __slots__ = ("_source", "attributes", "children", "end", "namespace", "start", "tag")

    def __init__(self, source: str, tag: str, namespace: str, attributes: dict[str, str], start: int) -> None:
        self._source = source
        self.tag = tag
        """Local name."""
        self.namespace = namespace
        self.attributes = attributes
        """By local name (`type` for `xsi:type`)."""
        self.children: list[XmlElement | Text] = []
        self.start = start
        self.end = start

    def elements(self, tag: str = "") -> list[XmlElement]:
        """Return the child elements, of one local name or all."""
        return [child for child in self.children if isinstance(child, XmlElement) and (not tag or child.tag == tag)]

    def at(self, path: str) -> list[XmlElement]:
        """Return every element below at a path of local names: `participantRole/playingEntity`."""
        level = [self]
        for tag in path.split("/"):
            level = [found for one in level for found in one.elements(tag)]
        return level

    def first(self, *paths: str) -> XmlElement | None:
        """Return the first element found at one of the paths, tried in order."""
        return next((found for path in paths for found in self.at(path)), None)

    def walk(self) -> Iterator[XmlElement]:
        """Yield this element and all below it, in the order of the document."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.elements()))

    def texts(self) -> Iterator[Text]:
        """Yield every run of characters inside, in the order of the document."""
        waiting: list[XmlElement | Text] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Text):
                yield one
            else:
                waiting.extend(reversed(one.children))

    def get(self, name: str) -> str:
        """Return an attribute without white space at its ends; empty where there is none."""
        return self.attributes.get(name, "").strip()

    def attribute(self, name: str) -> Phrase | None:
        """Return an attribute's value and where it stands; `None` where it is not there or empty."""
        value = self.get(name)
        span = self.attribute_span(name) if value else None
        return Phrase(value, range_path(*span)) if span else None

    def attribute_span(self, name: str) -> tuple[int, int] | None:
        """Return the characters of an attribute's value, between the quotes and without white space at its ends."""
        opening = _TAG_NAME.match(self._source, self.start)
        index = opening.end() if opening else self.start
        while match := _ATTRIBUTE.match(self._source, index):
            if match[1].rpartition(":")[2] == name and not match[1].startswith("xmlns"):
                start, end = match.span(2) if match[2] is not None else match.span(3)
                return _trimmed(self._source, start, end)
            index = match.end()
        return None

    @property
    def opening(self) -> tuple[int, int]:
        """Characters of the start tag."""
        opening = _TAG_NAME.match(self._source, self.start)
        index = opening.end() if opening else self.start
        while match := _ATTRIBUTE.match(self._source, index):
            index = match.end()
        return self.start, self._source.index(">", index) + 1

    @property
    def words(self) -> Phrase | None:
        """All words inside, white space folded, and the characters from the first to the last; `None`: there are none."""
        found = [one for one in self.texts() if one.text.strip()]
        if not found:
            return None
        text = " ".join("".join(one.text for one in self.texts()).split())
        return Phrase(text, range_path(*_trimmed(self._source, found[0].start, found[-1].end)))


def parse(text: str) -> XmlElement:
    """Read XML and return its root element.

    Raises:
        SourceRejectedError: not well formed, with a document type, nested deeper than `MAX_DEPTH`, or too big.
    """
    if len(text) > MAX_CHARACTERS:
        raise SourceRejectedError(f"the XML has more than {MAX_CHARACTERS} characters; split it into documents")
    return _Builder(text).root()


def decode(content: bytes) -> tuple[str, bool]:
    """Return XML as characters, by byte order mark and declaration, and whether its encoding was what it says.

    What says that it is UTF-8 (or says nothing) and is not is read as Windows-1252.

    Raises:
        SourceRejectedError: an encoding that is not read, or characters that are none.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding), True
    declared = _DECLARED.match(content[:400])
    name = _encoding(declared[1].decode("ascii")) if declared else "utf-8"
    if name.startswith("utf-16"):  # without a mark the declaration could not have been read in UTF-16
        name = "utf-8"
    try:
        return content.decode(name), True
    except UnicodeDecodeError:
        if name != "utf-8":
            raise SourceRejectedError(f"the XML is not in the encoding that it says ({name}); save it as UTF-8") from None
        return content.decode("cp1252", "replace"), False


def _encoding(declared: str) -> str:
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        name = ""
    if name not in _ENCODINGS:
        raise SourceRejectedError("the XML says an encoding that is not read; save it as UTF-8")
    return name


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise SourceRejectedError(f"the XML is not in the encoding of its first bytes ({encoding}); save it as UTF-8") from None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, end - (len(piece) - len(piece.rstrip())))


class _Offsets:
    """From bytes of UTF-8 to characters."""

    def __init__(self, text: str) -> None:
        self._bytes: list[int] = []
        self._extra: list[int] = []
        extra = 0
        for match in _NOT_ASCII.finditer(text):
            width = len(match[0].encode()) - 1
            extra += width
            self._bytes.append(match.start() + extra + 1)  # first byte after the character
            self._extra.append(extra)

    def character(self, index: int) -> int:
        """Return the character that begins at a byte."""
        position = bisect_right(self._bytes, index)
        return index - (self._extra[position - 1] if position else 0)


class _Builder:
    """Grows the tree while expat reads."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets = _Offsets(text)
        self._open: list[XmlElement] = []
        self._root: XmlElement | None = None
        self._count = 0
        self._in_cdata = False
        self._parser = expat.ParserCreate("utf-8", _SEPARATOR)
        self._parser.buffer_text = False
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartCdataSectionHandler = lambda: self._set_cdata(inside=True)
        self._parser.EndCdataSectionHandler = lambda: self._set_cdata(inside=False)

    def root(self) -> XmlElement:
        """Read all of it."""
        try:
            self._parser.Parse(self._text.encode("utf-8", "surrogatepass"), True)  # noqa: FBT003  (positional only)
        except (expat.ExpatError, ValueError) as error:
            line = getattr(error, "lineno", 0)
            raise SourceRejectedError(f"the XML is not well formed at line {line}; export the document again") from error
        if self._root is None:
            raise SourceRejectedError("the XML has no element; export the document again")
        return self._root

    def _here(self) -> int:
        return self._offsets.character(self._parser.CurrentByteIndex)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise SourceRejectedError(f"the XML has more than {MAX_ELEMENTS} elements; split it into documents")
        if len(self._open) >= MAX_DEPTH:
            raise SourceRejectedError(f"the XML is nested deeper than {MAX_DEPTH} elements; it is no clinical document")
        namespace, _, tag = name.rpartition(_SEPARATOR)
        local = {key.rpartition(_SEPARATOR)[2]: value for key, value in attributes.items()}
        element = XmlElement(self._text, tag, namespace, local, self._here())
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        here = self._here()
        is_empty_tag = not element.children and self._text[here - 2 : here] == "/>" and element.opening[1] == here
        element.end = here if is_empty_tag else self._text.index(">", here) + 1

    def _characters(self, data: str) -> None:
        start = self._here()
        self._open[-1].children.append(Text(data, start, self._end_of(data, start)))

    def _end_of(self, data: str, start: int) -> int:
        """Return where the characters behind some data end: a reference and a line end are longer than what they mean."""
        if self._text[start : start + 1] == "&" and not self._in_cdata:
            return self._text.index(";", start) + 1
        if data == "\n" and self._text[start : start + 2] == "\r\n":
            return start + 2
        return start + len(data)

    def _set_cdata(self, *, inside: bool) -> None:
        self._in_cdata = inside

    def _refuse_doctype(self, *_of: object) -> NoReturn:
        raise SourceRejectedError("the XML has a document type, which is refused: it can hide files and bombs; remove it")
