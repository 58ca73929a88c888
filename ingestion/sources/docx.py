"""The words of a Word document (DOCX): headers, paragraphs, lists, tables, text boxes and notes, in reading order.

Read from the XML itself, event by event: content controls, inserted text and text boxes are words of the document too.
Source: ECMA-376 part 1 (WordprocessingML); both its transitional and its strict namespaces.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.sources.readable import Readable, without_surrogates

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MAX_PART_BYTES = 64 * 1024 * 1024
_MAX_RATIO = 200
_SMALL_PART_BYTES = 1024 * 1024  # below it any ratio is harmless
_MAX_MEMBERS = 20_000
_MAX_DEPTH = 2_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST_NAME = 30  # where a ZIP archive names its first member: APPNOTE.TXT, section 4.3.7
_FIRST_MEMBERS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/")

_UNREAD = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid"})
"""Elements whose words are none of the document: deleted text, field codes, copies for older programs."""
_PICTURES = frozenset({"blip", "imagedata"})

_Begin = Callable[[str, dict[str, str]], None]
_End = Callable[[str], None]
_Characters = Callable[[str], None]


def looks_like_docx(head: bytes, name: str) -> bool:
    """Say whether a document is DOCX (or a Word file that only looks like one: it is refused with a reason)."""
    is_word = name.lower().endswith((".docx", ".docm", ".dotx", ".doc"))
    if head.startswith(b"PK\x03\x04"):
        return is_word or (head[_FIRST_NAME:].startswith(_FIRST_MEMBERS) and b"word/" in head)
    return is_word and head.startswith(_OLE)


def read_docx(content: bytes) -> Readable:
    """Return the words of a DOCX document; headings begin with `# `, cells of a row are parted by ` | `.

    Raises:
        SourceRejectedError: no DOCX, encrypted, damaged, or bigger unpacked than is safe.
    """
    if content.startswith(_OLE):
        raise SourceRejectedError("it is a Word file with a password, or older than DOCX: save it as DOCX without password")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _read_package(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError) as error:
        raise SourceRejectedError("the DOCX package is damaged or encrypted: open it in Word and save it again") from error


class _Styles(NamedTuple):
    headings: frozenset[str]
    """Ids of the paragraph styles that make a heading."""
    titles: frozenset[str]
    items: frozenset[str]


def _read_package(package: zipfile.ZipFile) -> Readable:
    names = package.namelist()
    if len(names) > _MAX_MEMBERS:
        raise SourceRejectedError(f"the DOCX package has {len(names)} parts: more than {_MAX_MEMBERS} are not read")
    main = _main_part(package, names)
    styles = _styles(_part(package, "word/styles.xml") if "word/styles.xml" in names else b"<styles/>")
    texts: dict[str, None] = {}
    pictures = 0
    title = ""
    for name in (
        *_parts(names, "header"),
        main,
        *_parts(names, "footnotes"),
        *_parts(names, "endnotes"),
        *_parts(names, "footer"),
    ):
        words = _Words(styles)
        _parse(_part(package, name), words)
        texts.setdefault(words.text())
        pictures += words.pictures
        title = title or words.title
    text = without_surrogates("\n\n".join(one for one in texts if one))
    notes = [f"{pictures} pictures of it were not read"] if pictures else []
    notes += ["its comments were not read"] if _parts(names, "comments") else []
    if not text:
        raise SourceRejectedError("the document holds no text (it may be pictures of pages): give a text version of it")
    core = _core_title(_part(package, "docProps/core.xml")) if "docProps/core.xml" in names else ""
    return Readable(text, title or core, notes=tuple(notes))


def _main_part(package: zipfile.ZipFile, names: list[str]) -> str:
    """Return the name of the part that the package names as its document."""
    if "_rels/.rels" in names:
        found: list[str] = []

        def begin(_name: str, attributes: dict[str, str]) -> None:
            if attributes.get("Type", "").endswith("/officeDocument"):
                found.append(attributes.get("Target", "").lstrip("/"))

        _expat(_part(package, "_rels/.rels"), begin)
        if found and found[0] in names:
            return found[0]
    if "word/document.xml" not in names:
        raise SourceRejectedError("it is a ZIP archive but no Word document: unpack it")
    return "word/document.xml"


def _parts(names: list[str], kind: str) -> list[str]:
    return sorted(name for name in names if name.startswith(f"word/{kind}") and name.endswith(".xml"))


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of a part.

    Raises:
        SourceRejectedError: it is bigger than is safe to unpack, whatever the archive says of its size.
    """
    info = package.getinfo(name)
    most = min(_MAX_PART_BYTES, max(_SMALL_PART_BYTES, info.compress_size * _MAX_RATIO))
    with package.open(info) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise SourceRejectedError(f"a part of the DOCX package unpacks to more than {most} bytes: it is not read")
    return content


class _Words:
    """Collects the words of one part while its elements open and close."""

    def __init__(self, styles: _Styles) -> None:
        self.title = ""
        self.pictures = 0
        self._styles = styles
        self._blocks: list[list[str]] = [[]]
        """Finished lines: of the part itself, and of each table cell that is open."""
        self._rows: list[list[str]] = []
        self._paragraphs: list[_Paragraph] = []
        self._unread = 0
        self._taking = False
        self._depth = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise SourceRejectedError("the DOCX document is nested too deep to be one that a person wrote")
        if self._unread or name in _UNREAD:
            self._unread += 1
        elif name == "p":
            self._paragraphs.append(_Paragraph())
        elif name == "tr":
            self._rows.append([])
        elif name == "tc":
            self._blocks.append([])
        elif name in _PICTURES:
            self.pictures += 1
        elif self._paragraphs:
            self._within(self._paragraphs[-1], name, attributes)

    def _within(self, paragraph: _Paragraph, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._taking = True
        elif name == "pPr":
            paragraph.in_properties = True
        elif name == "pStyle":
            paragraph.style = attributes.get("val", "")
        elif name == "numPr":
            paragraph.is_item = True
        elif not paragraph.in_properties:
            paragraph.parts.append({"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(name, ""))

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._depth -= 1
        if self._unread:
            self._unread -= 1
        elif name == "t":
            self._taking = False
        elif name == "pPr" and self._paragraphs:
            self._paragraphs[-1].in_properties = False
        elif name == "p" and self._paragraphs:
            self._finish(self._paragraphs.pop())
        elif name == "tc" and len(self._blocks) > 1:
            words = " ".join(" ".join(self._blocks.pop()).split())
            if self._rows:
                self._rows[-1].append(words.removeprefix("# "))
        elif name == "tr" and self._rows and any(row := self._rows.pop()):
            self._blocks[-1].append("\n" + " | ".join(row))

    def characters(self, words: str) -> None:
        """Take characters."""
        if self._taking and not self._unread and self._paragraphs:
            self._paragraphs[-1].parts.append(words)

    def text(self) -> str:
        """Return the words of the part: paragraphs are parted by a blank line, items and rows by a line end."""
        lines: list[str] = []
        kind_before = ""
        for block in self._blocks[0]:
            kind = block[:1] if block[:1] in {"-", "\n"} else ""
            lines.append(("" if kind and kind == kind_before else "\n") + block.removeprefix("\n"))
            kind_before = kind
        return "\n".join(lines).strip("\n")

    def _finish(self, paragraph: _Paragraph) -> None:
        words = "".join(paragraph.parts).strip()
        if not words:
            return
        is_title = paragraph.style in self._styles.titles
        if is_title or paragraph.style in self._styles.headings:
            words = " ".join(words.split())
            self.title = self.title or (words if is_title else "")
            words = f"# {words}"
        elif paragraph.is_item or paragraph.style in self._styles.items:
            words = f"- {words}"
        self._blocks[-1].append(words)


class _Paragraph:
    """A paragraph that is open; text boxes nest."""

    __slots__ = ("in_properties", "is_item", "parts", "style")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.style = ""
        self.is_item = False
        self.in_properties = False


def _parse(content: bytes, words: _Words) -> None:
    _expat(content, words.begin, words.end, words.characters)


def _expat(content: bytes, begin: _Begin, end: _End | None = None, characters: _Characters | None = None) -> None:
    """Parse XML without document type or entities; names come without their prefix.

    Raises:
        SourceRejectedError: not well-formed, or it declares a document type.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, attributes: begin(
        name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()}
    )
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(content, True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise SourceRejectedError("the XML of the DOCX package is not well-formed: open it in Word and save it again") from error


def _refuse_doctype(*_: object) -> NoReturn:
    raise SourceRejectedError("the XML of the DOCX package declares a document type: such documents are not read")


def _styles(content: bytes) -> _Styles:
    """Return the ids of the styles that mean something; ids are translated by Word, names such as `heading 1` are not."""
    found: dict[str, str] = {}
    current = ""

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal current
        if name == "style":
            current = attributes.get("styleId", "")
        elif name == "name" and current:
            found[current] = attributes.get("val", "").lower()
            current = ""

    _expat(content, begin)

    def called(*names: str) -> frozenset[str]:
        return frozenset(style for style, name in found.items() if name.startswith(names))

    return _Styles(called("heading", "subtitle"), called("title"), called("list"))


def _core_title(content: bytes) -> str:
    parts: list[str] = []
    inside = False

    def begin(name: str, _attributes: dict[str, str]) -> None:
        nonlocal inside
        inside = name == "title"

    def end(_name: str) -> None:
        nonlocal inside
        inside = False

    def characters(words: str) -> None:
        if inside:
            parts.append(words)

    _expat(content, begin, end, characters)
    return " ".join("".join(parts).split())
