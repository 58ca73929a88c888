"""The words of text with marks: Markdown, HTML, XHTML, and the narrative of a C-CDA document that came as an attachment."""

from __future__ import annotations

import re
from typing import NoReturn
from xml.parsers import expat

from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.headings import Line, heading_of, section_kind
from chartcite.ingestion.sources.html_text import read_html
from chartcite.ingestion.sources.readable import Range, Readable, decode, without_surrogates

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/xhtml"})
CLINICAL_DOCUMENT_TYPES = frozenset({"text/xml", "application/xml", "application/hl7-cda+xml", "application/cda+xml"})

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,30})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w-]{2,30})", re.IGNORECASE
)
_DECLARED_WITHIN = 1024  # HTML Living Standard, 13.2.3.2
_MARKUP = re.compile(
    rb"(?:\s|\xef\xbb\xbf|<\?[^>]*>|<!--(?:[^-]|-(?!->))*+-->)*+<(?:!doctype\s+html|(?:html|head|body|article|main|section|header|div"
    rb"|h[1-6]|p|span|b|i|a|br|hr|pre|font|center|table|tr|ul|ol|dl|form|meta|title|style|link)[\s>/])",
    re.IGNORECASE,
)
"""What HTML begins with; other XML (FHIR, clinical documents) may hold such elements further within."""
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n((?:.*\n){0,200}?)---[ \t]*(?:\r?\n|$)")
_FRONT_TITLE = re.compile(r"^title[ \t]*:[ \t]*(\S[^\n]*)$", re.MULTILINE)
_MARKDOWN_HEADING = re.compile(r"^#{1,2}[ \t]+(\S[^\n]*)$", re.MULTILINE)
_AROUND_TITLE = "\"'*_# \t\r"
_TITLE_WORDS = re.compile(
    r"\b(?:note|summary|report|letter|consult(?:ation)?|history and physical|h&p|record|form|referral|evaluation)\b",
    re.IGNORECASE,
)
_TITLE_LINES = 5
_MAX_TITLE_CHARACTERS = 120


def looks_like_html(head: bytes, name: str) -> bool:
    """Say whether a document is HTML or XHTML."""
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return name.lower().endswith((".html", ".htm", ".xhtml"))
    return bool(_MARKUP.match(head))


def read_plain(content: bytes) -> Readable:
    """Return plain text as it is; its title is a heading among its first lines that names a sort of document.

    Raises:
        SourceRejectedError: not text.
    """
    text, notes = decode(content)
    span = _plain_title(text)
    return Readable(text, text[slice(*span)] if span else "", title_range=span, notes=notes)


def read_markdown(content: bytes) -> Readable:
    """Return Markdown as it is, marks and all; its title is the one of its front matter, else its first heading.

    Raises:
        SourceRejectedError: not text.
    """
    text, notes = decode(content)
    front = _FRONT_MATTER.match(text)
    match = _FRONT_TITLE.search(text, front.start(1), front.end(1)) if front else None
    match = match or _MARKDOWN_HEADING.search(text)
    if match is None or not (title := match[1].strip(_AROUND_TITLE)) or len(title) > 2 * _MAX_TITLE_CHARACTERS:
        return Readable(text, notes=notes)
    start = text.index(title, *match.span(1))
    return Readable(text, title, title_range=(start, start + len(title)), notes=notes)


def read_page(content: bytes) -> Readable:
    """Return the words of an HTML page, with the page itself.

    Raises:
        SourceRejectedError: not text, or without words.
    """
    declared = _DECLARED.search(content[:_DECLARED_WITHIN])
    encoding = (declared[1] or declared[2]).decode("ascii") if declared else ""
    markup, notes = decode(content, declared=encoding)
    page = read_html(markup)
    text = without_surrogates(page.text)
    if not text:
        raise SourceRejectedError("the page holds no words")
    return Readable(text, page.title, markup=markup, title_range=page.title_range, notes=notes)


def read_clinical_document(content: bytes) -> Readable:
    """Return the narrative of a CDA R2 document: its title and each section, headings marked with `# `.

    Source: HL7 CDA R2, section 4.3.5 (narrative block).

    Raises:
        SourceRejectedError: not well-formed, with a document type, or no clinical document.
    """
    words = _Narrative()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = words.begin
    parser.EndElementHandler = words.end
    parser.CharacterDataHandler = words.characters
    try:
        parser.Parse(content, True)  # noqa: FBT003
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise SourceRejectedError("the XML is not well-formed: export it again") from error
    text = without_surrogates(re.sub(r"[ \t]*\n\s*\n\s*", "\n\n", "".join(words.parts)).strip())
    if not text:
        raise SourceRejectedError("the clinical document holds no narrative")
    return Readable(text, " ".join(words.title.split()))


class _Narrative:
    """Collects titles and narrative blocks of a clinical document."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.title = ""
        self._open: list[str] = []
        self._narrative = 0

    def begin(self, name: str, _attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        local = name.rpartition(" ")[2]
        if not self._open and local != "ClinicalDocument":
            raise SourceRejectedError("the XML is no clinical document (HL7 CDA): its root element is another")
        if len(self._open) > _MAX_DEPTH:
            raise SourceRejectedError("the clinical document is nested too deep to be one that a person wrote")
        self._open.append(local)
        if self._narrative:
            self._narrative += 1
            self.parts.append(_BEGINS.get(local, ""))
        elif local == "text" and self._open[-2:-1] == ["section"]:
            self._narrative = 1
            self.parts.append("\n\n")
        elif local == "title":
            self.parts.append("\n\n# ")

    def end(self, _name: str) -> None:
        """Take the end of an element."""
        local = self._open.pop()
        if self._narrative:
            self._narrative -= 1
            self.parts.append(_ENDS.get(local, ""))
        elif local == "title":
            self.parts.append("\n\n")

    def characters(self, words: str) -> None:
        """Take characters."""
        in_title = self._open[-1:] == ["title"] and self._open[-2] in {"section", "ClinicalDocument"}
        if self._narrative or in_title:
            words = re.sub(r"\s+", " ", words)
            self.parts.append(words if words.strip() or not self.parts[-1:] or self.parts[-1][-1:] not in {"\n", " ", ""} else "")
        if in_title and self._open[-2] == "ClinicalDocument":
            self.title += words


_MAX_DEPTH = 200
_BEGINS = {"paragraph": "\n", "list": "\n", "item": "\n- ", "table": "\n", "tr": "\n", "br": "\n", "caption": "\n"}
_ENDS = {"paragraph": "\n", "list": "\n", "table": "\n", "caption": "\n", "td": " | ", "th": " | "}


def _refuse_doctype(*_: object) -> NoReturn:
    raise SourceRejectedError("the XML declares a document type: such documents are not read")


def _plain_title(text: str) -> Range | None:
    """Return a heading among the first lines that names a document, not one of its sections."""
    lines = [match.span() for match, _ in zip(re.finditer(r"\S(?:[^\n]*[^\s])?", text), range(_TITLE_LINES), strict=False)]
    for position, (start, end) in enumerate(lines):
        if end - start > _MAX_TITLE_CHARACTERS:
            return None
        following = text[slice(*lines[position + 1])] if position + 1 < len(lines) else ""
        heading = heading_of(Line(text[start:end], follows_break=True, next_text=following))
        if heading and heading.alone and _names_a_document(heading.text, is_first=position == 0):
            at = text.find(heading.text, start, end)
            return (at, at + len(heading.text)) if at >= 0 and heading.text else None
    return None


def _names_a_document(heading: str, *, is_first: bool) -> bool:
    if _TITLE_WORDS.search(heading):
        return True
    is_phrase = len(heading.split()) > 1 and not heading.lower().startswith("dear ")
    return is_first and is_phrase and section_kind(heading) == "other"
