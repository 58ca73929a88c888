"""The narrative that came with a FHIR resource: attachments, sections, conclusions, remarks."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import NamedTuple

from chartcite.engine.domain.evidence import SUPERSEDED
from chartcite.engine.domain.records import Document, Fact, PageLayout
from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.sources.documents import ATTACHMENT_TYPES, read_attachment
from chartcite.ingestion.sources.drafts import NOWHEN, Moment
from chartcite.ingestion.sources.fhir_elements import Element, concept_phrase
from chartcite.ingestion.sources.fhir_reading import Reading
from chartcite.ingestion.sources.html_text import text_of_html
from chartcite.ingestion.sources.readable import Readable

LONG_VALUE_CHARACTERS = 120
"""A text value longer than this is narrative, and is also cut into passages."""

_PLAIN = frozenset({"text/plain", "text/markdown", "text/x-markdown", ""})
_MARKED_UP = frozenset({"text/html", "application/xhtml+xml", "application/xhtml"})

_TELLING = frozenset({"content", "presentedForm", "data", "url", "conclusion", "section", "note", "valueString", "text"})
"""Elements that narrative is read from; what has none of them has none."""

_NOTHING = Readable("")


class _Found(NamedTuple):
    """A narrative text and the element that it came from."""

    path: str
    text: str
    kind: str
    layout: tuple[PageLayout, ...] = ()


def read_documents(reading: Reading, facts: tuple[Fact, ...]) -> list[Document]:
    """Return the resource's own JSON, then each narrative that came with it."""
    kind = _kind(reading, facts)
    fact = facts[0] if facts and reading.root.child("resourceType").words != "Patient" else None
    occurred = Moment(fact.occurred, "") if fact else NOWHEN
    recorded = Moment(fact.recorded, "") if fact else NOWHEN
    found = [_Found("", reading.source.raw, kind), *_narrative(reading, kind)]
    replaced = SUPERSEDED if reading.root.child("status").words == "superseded" else ""
    return [
        Document(
            resource=reading.identity,
            patient_id=reading.patient_id,
            path=one.path,
            title=f"{one.kind}{replaced}",
            text=one.text,
            occurred=occurred.date,
            recorded=recorded.date,
            author=fact.author if fact else "",
            kind=one.kind,
            layout=one.layout,
        )
        for one in found
    ]


class _Attached(NamedTuple):
    """What an Attachment (or the Binary that it names) holds."""

    path: str
    """Of the Attachment: where notes point."""
    data: str
    """Base64, as written."""
    media_type: str


def attached_text(reading: Reading, attachment: Element) -> Readable:
    """Return the words of an Attachment; empty where there are none to read, with a note that says why."""
    found = _attached(reading, attachment)
    if found is None:
        return _NOTHING
    if found.media_type not in ATTACHMENT_TYPES:
        reading.note(found.path, f"attachment of type {found.media_type} is not readable", _shortened(found.data))
        return _NOTHING
    content = _content(reading, found)
    if found.media_type and found.media_type in _PLAIN | _MARKED_UP:
        text = _decoded(reading, found, content, sure=True)
        return Readable(text_of_html(text) if found.media_type in _MARKED_UP else text)
    try:
        readable = read_attachment(found.media_type, content) if content else _NOTHING
    except SourceRejectedError as error:
        reading.note(found.path, f"attachment: {error}", _shortened(found.data))
        return _NOTHING
    if readable is None:
        return Readable(_decoded(reading, found, content, sure=False))
    for note in readable.notes:
        reading.note(found.path, f"attachment: {note}")
    return readable


def _attached(reading: Reading, attachment: Element) -> _Attached | None:
    data = attachment.child("data")
    kind = attachment.child("contentType").words
    if not data.words:
        binary = _binary_at(reading, attachment.child("url"))
        if binary is None:
            if attachment.child("url").words:
                reading.note(attachment.path, "the attachment is an address outside this file; its words are not here")
            return None
        data, kind = binary.child("data"), kind or binary.child("contentType").words
    return _Attached(attachment.path, data.words, kind.partition(";")[0].strip().lower())


def _kind(reading: Reading, facts: tuple[Fact, ...]) -> str:
    kind = reading.root.child("resourceType").words
    if kind == "Patient" or not facts:
        return kind
    if kind == "FamilyMemberHistory":
        return "Family history"
    return facts[0].concept.text


def _narrative(reading: Reading, kind: str) -> Iterator[_Found]:
    root = reading.root
    if _TELLING.isdisjoint(reading.source.data):
        return
    type_name = root.child("resourceType").words
    for path in (("content", "attachment"), ("presentedForm",)):
        for attachment in root.each(*path) if type_name != "Media" else ():
            read = attached_text(reading, attachment)
            yield from _worded(attachment.path, read.text, kind, read.layout)
    if type_name == "Binary":
        read = attached_text(reading, root)
        yield from _worded("data", read.text, kind, read.layout)
    yield from _worded("conclusion", root.child("conclusion").words, f"Conclusion of {kind}")
    yield from _sections(root, kind, depth=0)
    for note in root.each("note", "text"):
        yield from _worded(note.path, note.words, f"Note on {kind}")
    value = root.child("valueString").words
    if len(value) > LONG_VALUE_CHARACTERS:
        yield from _worded("valueString", value, kind)
    if type_name == "CarePlan" and not root.child("note") and not root.child("description"):
        yield from _worded("text.div", text_of_html(root.child("text").child("div").words), kind)


def _sections(root: Element, kind: str, *, depth: int) -> Iterator[_Found]:
    """Yield the sections of a Composition, the inner ones after their own."""
    if depth > 10 or root.child("resourceType").words not in {"Composition", ""}:
        return
    for section in root.child("section").items():
        title = section.child("title").words or getattr(concept_phrase(section.child("code")), "text", "")
        div = section.child("text").child("div")
        yield from _worded(div.path, text_of_html(div.words), f"{kind}: {title}" if title else kind)
        yield from _sections(section, kind, depth=depth + 1)


def _worded(path: str, text: str, kind: str, layout: tuple[PageLayout, ...] = ()) -> Iterator[_Found]:
    if text.strip():
        yield _Found(path, text, kind, layout)


def _binary_at(reading: Reading, url: Element) -> Element | None:
    """Return the Binary of the same file that an attachment's address names."""
    if not url.words:
        return None
    target = reading.references.target(Element({"reference": url.words}, url.path))
    found = reading.references.resource(target)
    return found if target.startswith("Binary/") else None


def _content(reading: Reading, attached: _Attached) -> bytes:
    try:
        return base64.b64decode("".join(attached.data.split()), validate=True)
    except (binascii.Error, ValueError):
        reading.note(attached.path, "the attachment is not base64", _shortened(attached.data))
        return b""


def _decoded(reading: Reading, attached: _Attached, content: bytes, *, sure: bool) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if not sure:
            reading.note(attached.path, "attachment without a type is not text", _shortened(attached.data))
            return ""
        reading.note(attached.path, "the attachment is not UTF-8; it was read as Latin-1")
        text = content.decode("latin-1")
    if "\x00" in text:
        reading.note(attached.path, "the attachment says it is text but holds binary data", _shortened(attached.data))
        return ""
    return text


def _shortened(data: str) -> str:
    """Return enough of refused data to know it again; the whole of it stands in the stored resource."""
    return data[:200] or "(no data)"
