"""Documents of words: plain text, Markdown, HTML, RTF, DOCX and PDF, of a chart or of a corpus of literature.

A document of a chart belongs to the patient whom the caller names; what it says of itself (a name, a number) is never
trusted for that. Its date is the caller's, else the one its head gives without doubt (`document_dates.py`), else none.
What a document means is not decided here: it becomes passages, and one fact that names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import PurePosixPath
from typing import NamedTuple

from chartcite.engine.domain.records import Category, CodedConcept, Detail, Document, Fact, PageLayout, PatientId
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import range_path
from chartcite.engine.ports import PreparedPassage, PreparedResource
from chartcite.ingestion.passages import cut
from chartcite.ingestion.sources import docx, markup, pdf, rtf
from chartcite.ingestion.sources.document_dates import DocumentDates, FoundDate, dates_of
from chartcite.ingestion.sources.readable import Range, Readable, first_line, looks_like_text
from chartcite.ingestion.sources.source import HEAD_BYTES, Format, Note, Read, ReadResource, SourceFile, embed_text

_MAX_TITLE_CHARACTERS = 120
_MAX_BYTES = 256 * 1024 * 1024
_MARKDOWN_NAMES = (".md", ".markdown", ".mdown")
_RECOMMENDATION = re.compile(rb"^##[ \t]+R\d+[a-z]?\.", re.MULTILINE)
_OTHER_TEXT = re.compile(
    r"\.(?:json|ndjson|jsonl|csv|tsv|psv|xml|xsl|xsd|hl7|toml|ya?ml|ini|cfg|conf|lock|py|js|ts|css|sql|sh|bat|r|java|log|svg|tex|bib"
    r"|ics|vcf|eml|diff|patch|sha256|md5)$|^(?:licen[cs]e|readme|notice|copying|copyright|changelog|authors|contributing|makefile)\b",
    re.IGNORECASE,
)
"""Names of text that is data, a program, or about a data set."""


class _Kind(NamedTuple):
    """A kind of document."""

    name: str
    looks_like: Callable[[bytes, str], bool]
    """Looks at the first bytes and the name."""
    read: Callable[[bytes], Readable]
    media_types: frozenset[str]


def _looks_like_markdown(head: bytes, name: str) -> bool:
    return name.lower().endswith(_MARKDOWN_NAMES) and looks_like_text(head) and not _OTHER_TEXT.search(name)


def _looks_like_text(head: bytes, name: str) -> bool:
    return looks_like_text(head) and not _OTHER_TEXT.search(name) and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in {b"{", b"<"}


_KINDS = (
    _Kind("PDF", pdf.looks_like_pdf, pdf.read_pdf, pdf.MEDIA_TYPES),
    _Kind("Word document (DOCX)", docx.looks_like_docx, docx.read_docx, frozenset({docx.MEDIA_TYPE})),
    _Kind("RTF", rtf.looks_like_rtf, rtf.read_rtf, rtf.MEDIA_TYPES),
    _Kind(
        "HTML", markup.looks_like_html, markup.read_page, frozenset({"text/html", "application/xhtml+xml", "application/xhtml"})
    ),
    _Kind("Markdown", _looks_like_markdown, markup.read_markdown, frozenset({"text/markdown", "text/x-markdown"})),
    _Kind("plain text", _looks_like_text, markup.read_plain, frozenset({"text/plain"})),
)
_BY_MEDIA_TYPE = {media_type: kind.read for kind in _KINDS for media_type in kind.media_types} | dict.fromkeys(
    markup.CLINICAL_DOCUMENT_TYPES, markup.read_clinical_document
)

ATTACHMENT_TYPES = frozenset({*_BY_MEDIA_TYPE, "", "application/octet-stream"})
"""Media types whose words are read; where it is none (or says nothing) the first bytes decide."""


def read_attachment(media_type: str, content: bytes) -> Readable | None:
    """Return the words of a document that came within a resource; `None`: the type is not one that is read.

    Where no type is given, the first bytes tell PDF, DOCX and RTF.

    Raises:
        SourceRejectedError: the document cannot be read, such as a scan, or one with a password.
    """
    read = _BY_MEDIA_TYPE.get(media_type)
    if read is None and media_type in ATTACHMENT_TYPES:
        read = next((kind.read for kind in _KINDS[:3] if kind.looks_like(content[:HEAD_BYTES], "")), None)
    return read(content) if read else None


def _format(kind: _Kind) -> Format:
    def recognises(source: SourceFile) -> bool:
        if kind.read is markup.read_markdown and _is_guideline(source):
            return False
        return kind.looks_like(source.head, source.name)

    def read(source: SourceFile) -> Read:
        yield _of_corpus(source, kind) if source.given.corpus else _of_chart(source, kind)

    return Format(kind.name, recognises, read)


def _is_guideline(source: SourceFile) -> bool:
    """Say whether Markdown is written in recommendations, which `guidelines.py` reads."""
    if not source.head.lstrip(b"\xef\xbb\xbf").startswith(b"---"):
        return False
    return bool(_RECOMMENDATION.search(source.head)) or not (source.given.corpus or source.given.patient_id)


PDF, DOCX, RTF, HTML, MARKDOWN, TEXT = map(_format, _KINDS)


def _of_chart(source: SourceFile, kind: _Kind) -> ReadResource:
    """Prepare a document of a patient."""
    patient_id = source.given.patient_id
    if patient_id is None:
        raise SourceRejectedError("the document names no patient: give --patient ID")
    content = _content(source)
    readable = _read_words(kind, content)
    resource = f"Document/{sha256(content).hexdigest()[:32]}"
    title, span = _title(source, readable)
    dates = DocumentDates() if source.given.occurred else dates_of(readable.text)
    fact = _fact(resource, patient_id, source, _Named(title, span), _cited(dates, readable))
    documents = tuple(
        Document(
            resource=resource,
            patient_id=patient_id,
            path=path,
            title=title,
            text=text,
            occurred=fact.occurred,
            recorded=fact.recorded,
            kind=title,
            layout=layout,
        )
        for path, text, layout in _texts(readable)
    )
    notes = list(readable.notes)
    if fact.occurred is None:
        why = "its date can be read in two ways" if dates.doubtful else "it gives no date of its own"
        notes.append(f"the document is kept without a date: {why}; give --date DATE")
    passages = _passages(documents, readable)
    prepared = PreparedResource(resource, "Document", patient_id, documents, (fact,), passages)
    return ReadResource(prepared, "file", tuple(Note(resource, "file", note) for note in notes))


class _Named(NamedTuple):
    """The words that a document is called by, and where they stand."""

    title: str
    span: Range


def _fact(resource: str, patient_id: PatientId, source: SourceFile, named: _Named, dates: DocumentDates) -> Fact:
    """Return the fact that names a document, as a DocumentReference gives it."""
    path = range_path(*named.span)
    occurred, ended, recorded = dates.occurred, dates.ended, dates.recorded
    return Fact(
        id=resource,
        patient_id=patient_id,
        category=Category.DOCUMENT,
        resource=resource,
        concept=CodedConcept(text=named.title),
        concept_path=path,
        occurred=source.given.occurred or (occurred.date if occurred else None),
        occurred_path=_path(occurred),
        ended=ended.date if ended else None,
        ended_path=_path(ended),
        recorded=source.given.occurred or (recorded.date if recorded else None),
        details=(Detail(name="title", text=named.title, path=path),),
    )


def _path(found: FoundDate | None) -> str:
    return range_path(found.start, found.end) if found and found.end > found.start else ""


def _cited(dates: DocumentDates, readable: Readable) -> DocumentDates:
    """Point dates at the stored text: of a page with markup they were found in its words."""
    if not readable.markup:
        return dates
    return dates._replace(
        occurred=_in_markup(dates.occurred, readable),
        ended=_in_markup(dates.ended, readable),
        recorded=_in_markup(dates.recorded, readable),
    )


def _in_markup(found: FoundDate | None, readable: Readable) -> FoundDate | None:
    """Return a date with its place in the markup; with none where the words stand there twice or in other characters."""
    if found is None:
        return None
    words = readable.text[found.start : found.end]
    at = readable.markup.find(words) if readable.markup.count(words) == 1 else -1
    return FoundDate(found.date, max(at, 0), at + len(words) if at >= 0 else 0)


def _of_corpus(source: SourceFile, kind: _Kind) -> ReadResource:
    """Prepare a guideline or a piece of literature."""
    readable = _read_words(kind, _content(source))
    resource = f"{source.given.corpus}/{_corpus_name(source)}"
    title, _ = _title(source, readable)
    documents = tuple(
        Document(
            resource=resource,
            patient_id=None,
            path=path,
            title=title,
            text=text,
            recorded=source.given.occurred,
            kind="literature",
            layout=layout,
        )
        for path, text, layout in _texts(readable)
    )
    prepared = PreparedResource(
        resource=resource,
        resource_type="LiteratureDocument",
        patient_id=None,
        documents=documents,
        facts=(),
        passages=_passages(documents, readable),
        corpus=source.given.corpus,
    )
    return ReadResource(prepared, "file", tuple(Note(resource, "file", note) for note in readable.notes))


def _corpus_name(source: SourceFile) -> str:
    """Return what a document is called in its corpus: its name without the ending, with its folder where two share that."""
    path = PurePosixPath(source.name)
    alike = [name for name in (source.folder.documents if source.folder else ()) if PurePosixPath(name).stem == path.stem]
    if len(alike) < 2:
        return path.stem
    return next((name for name in sorted(alike, key=len, reverse=True) if source.uri.endswith(name)), source.name)


def _content(source: SourceFile) -> bytes:
    if source.size > _MAX_BYTES:
        raise SourceRejectedError(f"the document is bigger than {_MAX_BYTES // 1024**2} MB: split it")
    return source.content()


def _read_words(kind: _Kind, content: bytes) -> Readable:
    readable = kind.read(content)
    if not readable.text.strip():
        raise SourceRejectedError("the document is empty")
    return readable


def _title(source: SourceFile, readable: Readable) -> tuple[str, Range]:
    """Return the title (else the name of the file), and where it (else the first line) stands in the stored text."""
    stored = readable.stored
    title = readable.title.strip() or PurePosixPath(source.name).stem or "Document"
    span = readable.title_range
    if span is None or span[0] == span[1]:
        at = stored.find(title)
        span = (at, at + len(title)) if at >= 0 else first_line(stored) or (0, len(stored))
    return title[:_MAX_TITLE_CHARACTERS], span


def _texts(readable: Readable) -> list[tuple[str, str, tuple[PageLayout, ...]]]:
    if readable.markup:
        return [("", readable.markup, ()), ("text", readable.text, readable.layout)]
    return [("", readable.text, readable.layout)]


def _passages(documents: tuple[Document, ...], readable: Readable) -> tuple[PreparedPassage, ...]:
    """Cut the words of a document (its last text), under the headings that its looks give."""
    document = documents[-1]
    passages: list[PreparedPassage] = []
    starts = [0, *(heading.start for heading in readable.headings)]
    names = ["", *(heading.text for heading in readable.headings)]
    ends = [*starts[1:], len(document.text)]
    for start, end, name in zip(starts, ends, names, strict=True):
        for found in cut(document.text[start:end]):
            section = found.section or name
            words = document.text[start + found.start : start + found.end]
            passages.append(
                PreparedPassage(
                    document=len(documents) - 1,
                    start=start + found.start,
                    end=start + found.end,
                    section=section,
                    sentences=tuple((start + first, start + last) for first, last in found.sentences),
                    embed_text=embed_text(document.title, section, words),
                )
            )
    return tuple(passages)
