"""C-CDA R2.1 document to one prepared resource: facts of its entries, narrative of its sections, what could not be used.

Source: HL7 CDA R2 and HL7 C-CDA R2.1 Implementation Guide. The narrative is what its author signed: every section is kept
as text and cut into passages, whether or not it has entries.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus, Document, PatientId
from chartcite.engine.facts.elements import Unreadable
from chartcite.engine.ports import PreparedResource
from chartcite.ingestion.sources.ccda_entries import read_entry
from chartcite.ingestion.sources.ccda_header import author_of, document_id, patient_ids, patient_of, read_header
from chartcite.ingestion.sources.ccda_narrative import narrative_text
from chartcite.ingestion.sources.ccda_reading import CdaReading
from chartcite.ingestion.sources.ccda_statements import Place
from chartcite.ingestion.sources.drafts import Draft, numbered
from chartcite.ingestion.sources.html_text import text_of_html
from chartcite.ingestion.sources.source import Format, Note, Read, ReadResource, SourceFile, passages_of
from chartcite.ingestion.sources.xml_tree import XmlElement, decode, parse
from pydantic import ValidationError

_NAMESPACE = "urn:hl7-org:v3"
_QUARANTINED_CHARACTERS = 2000


class _Section(NamedTuple):
    element: XmlElement
    path: str
    """`section[3]`, of one inside it `section[3].section[0]`."""


class _Documents:
    """The stored texts of one document: the XML, then a section each."""

    def __init__(self, reading: CdaReading, kind: str, title: str) -> None:
        self._reading = reading
        self._kind = kind
        self.all: list[Document] = []
        self.add("", title, reading.text)

    def add(self, path: str, title: str, text: str) -> None:
        """Keep one text."""
        reading = self._reading
        self.all.append(
            Document(
                resource=reading.identity,
                patient_id=reading.patient_id,
                path=path,
                title=title,
                text=text,
                occurred=reading.written.date,
                recorded=reading.written.date,
                author=reading.author,
                kind=self._kind,
            )
        )


def read_ccda(content: bytes) -> Iterator[ReadResource | Unreadable]:
    """Yield the document as one resource, or why it cannot be stored.

    Raises:
        SourceRejectedError: not XML that is read safely, or no clinical document.
    """
    text, as_declared = decode(content)
    root = parse(text)
    if root.tag != "ClinicalDocument":
        yield Unreadable("file", "XML that is no ClinicalDocument; only C-CDA documents are read", text[:_QUARANTINED_CHARACTERS])
        return
    people = patient_ids(root)
    if len(people) != 1:
        reason = "names several patients" if people else "names no patient that can be known (recordTarget/patientRole/id)"
        yield Unreadable("file", f"ClinicalDocument {reason}", text[:_QUARANTINED_CHARACTERS])
        return
    try:
        yield _document(text, root, people.pop(), as_declared=as_declared)
    except ValidationError as error:
        fields = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors()})
        reason = f"ClinicalDocument holds what cannot be stored: {', '.join(fields)}"
        yield Unreadable("file", reason, text[:_QUARANTINED_CHARACTERS])


def _document(text: str, root: XmlElement, patient_id: PatientId, *, as_declared: bool) -> ReadResource:
    reading = _reading(text, root, patient_id)
    if not as_declared:
        reading.note(root, "the document is not UTF-8; it was read as Windows-1252")
    drafts = read_header(reading, root)
    kind, title = drafts[0].named.concept.text, drafts[0].named.concept.text
    documents = _Documents(reading, kind, title)
    for section in _sections(root):
        drafts.extend(_read_section(reading, section, documents))
    _read_body(reading, root, documents)
    for related in root.elements("relatedDocument"):
        if related.get("typeCode") == "RPLC" and root.first("setId") is None:
            reading.note(related, "replaces a document by its id; without a setId the older one is not taken out")
    facts = tuple(draft.fact(reading.identity, patient_id) for draft in numbered(drafts))
    in_error = facts[0].assertion is AssertionStatus.ENTERED_IN_ERROR
    prepared = PreparedResource(
        resource=reading.identity,
        resource_type="ClinicalDocument",
        patient_id=patient_id,
        documents=tuple(documents.all),
        facts=facts,
        passages=() if in_error else passages_of(list(enumerate(documents.all))[1:]),
        patient=patient_of(root, patient_id),
    )
    return ReadResource(prepared, "file", tuple(reading.notes))


def _reading(text: str, root: XmlElement, patient_id: PatientId) -> CdaReading:
    ids: dict[str, XmlElement] = {}
    notes: list[Note] = []
    identity = f"ClinicalDocument/{document_id(root, text)}"
    for element in root.walk():
        if element.get("ID"):
            ids.setdefault(element.get("ID"), element)
    reading = CdaReading(text, identity, patient_id, ids, notes)
    written = reading.moment(root.first("effectiveTime"))
    return CdaReading(text, identity, patient_id, ids, notes, written, author_of(root))


def _sections(root: XmlElement) -> Iterator[_Section]:
    """Yield every section, those inside another one after it."""
    found = root.at("component/structuredBody/component/section")
    waiting = [_Section(element, f"section[{number}]") for number, element in enumerate(found)]
    while waiting:
        section = waiting.pop(0)
        yield section
        within = section.element.at("component/section")
        waiting[:0] = [_Section(element, f"{section.path}.section[{number}]") for number, element in enumerate(within)]


def _read_section(reading: CdaReading, section: _Section, documents: _Documents) -> list[Draft]:
    """Keep a section's narrative and return the facts of its entries."""
    element = section.element
    title, code = element.first("title"), element.first("code")
    words = (title.words if title is not None else None) or reading.phrase(code)
    name = words.text if words else ""
    text = narrative_text(name, element.first("text"))
    if text:
        documents.add(section.path, name, text)
    loinc = code.get("code") if code is not None else ""
    return [
        draft
        for number, entry in enumerate(element.elements("entry"))
        for draft in read_entry(reading, entry, Place(f"{section.path}.entry[{number}]", loinc))
    ]


def _read_body(reading: CdaReading, root: XmlElement, documents: _Documents) -> None:
    """Keep a body that is no XML, where it is text."""
    for body in root.at("component/nonXMLBody/text"):
        kind = body.get("mediaType").partition(";")[0].lower() or "text/plain"
        words = "".join(run.text for run in body.texts())
        if kind not in {"text/plain", "text/html"}:
            reading.note(body, f"a body of type {kind} is not read inside a C-CDA document; enter it as a file of its own")
            continue
        if body.get("representation") == "B64":
            try:
                words = base64.b64decode("".join(words.split()), validate=True).decode("utf-8-sig")
            except (binascii.Error, ValueError):
                reading.note(body, "the body is not base64 of UTF-8 text")
                continue
        words = text_of_html(words) if kind == "text/html" else words
        if words.strip():
            documents.add("nonXMLBody", documents.all[0].title, words)


def _recognises(source: SourceFile) -> bool:
    head = source.head
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = head.replace(b"\x00", b"")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return (
        (start == b"<" or head[:2] in {b"\xff\xfe", b"\xfe\xff"}) and b"ClinicalDocument" in head and _NAMESPACE.encode() in head
    )


def _read(source: SourceFile) -> Read:
    yield from read_ccda(source.content())


CCDA = Format("C-CDA R2.1", _recognises, _read)
