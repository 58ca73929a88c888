"""Literature in JSON Lines: each line is one document of a corpus, read as a stream, a million lines as well as ten.

A line is an object with an id, mostly a title, and words under one of the usual names. The stored document is the line as
written; what passages are cut from is the words in it (path: the name of their field).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from chartcite.engine.domain.records import Document, PartialDate
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable
from chartcite.engine.ports import PreparedResource
from chartcite.ingestion.sources.readable import without_surrogates
from chartcite.ingestion.sources.source import Format, Read, ReadResource, SourceFile, passages_of

_MAX_LINE_BYTES = 16 * 1024 * 1024
_IDS = ("_id", "id", "doc_id", "docid", "document_id", "corpus_id", "pmid", "pmcid", "doi")
_TITLES = ("title", "question", "heading", "focus", "name")
_WORDS = ("text", "abstract", "contents", "content", "answer", "body", "passage", "sentences", "full_text")
_DATES = ("date", "publication_date", "published", "year")
_REJECTED_CHARACTERS = 2000


class _Line(NamedTuple):
    """A line of the file; `content` is cut off where it is longer than may be read."""

    number: int
    content: bytes
    is_whole: bool


def _recognises(source: SourceFile) -> bool:
    if not source.given.corpus or b'"resourceType"' in source.head:
        return False
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    line, end, _ = head.partition(b"\n")
    return line.startswith(b"{") and (not end or _object(line) is not None)


def _read(source: SourceFile) -> Read:
    """Yield each line of a corpus. Of two lines with one id the first is kept.

    Raises:
        SourceRejectedError: no line of the file is a document.
    """
    seen: set[int] = set()
    given = False
    with source.open() as stream:
        for line in _lines(stream):
            read = _document(line, source, seen)
            given = given or isinstance(read, ReadResource)
            yield read
    if not given:
        raise SourceRejectedError("no line of it is a document with words: give JSON Lines with `id`, `title` and `text`")


def _lines(stream: BinaryIO) -> Iterator[_Line]:
    """Yield the lines that are not blank, in memory one at a time."""
    number = 0
    while content := stream.readline(_MAX_LINE_BYTES):
        number += 1
        is_whole = content.endswith(b"\n") or len(content) < _MAX_LINE_BYTES
        rest = content
        while not rest.endswith(b"\n") and (rest := stream.readline(_MAX_LINE_BYTES)):
            is_whole = False
        if content.strip():
            yield _Line(number, content.removeprefix(b"\xef\xbb\xbf") if number == 1 else content, is_whole)


def _document(line: _Line, source: SourceFile, seen: set[int]) -> ReadResource | Unreadable:
    where = f"line {line.number}"
    if not line.is_whole:
        return _unreadable(line, f"the line is longer than {_MAX_LINE_BYTES} bytes")
    data = _object(line.content)
    if data is None:
        return _unreadable(line, "the line is not a JSON object in UTF-8")
    field, words = _words(data)
    title = without_surrogates(_first(data, _TITLES))
    if not words:
        field = next((name for name in _TITLES if isinstance(data.get(name), str) and _first(data, (name,))), "")
        words = without_surrogates(_first(data, (field,)))
    if not words:
        return _unreadable(line, f"the line has no words under {', '.join(_WORDS)}")
    identity = without_surrogates(_first(data, _IDS)) or f"{source.name.rpartition('.')[0] or source.name}:{_page(data, line)}"
    if hash(identity) in seen:
        return _unreadable(line, "its id stands on an earlier line of the file, which was kept")
    seen.add(hash(identity))
    resource = f"{source.given.corpus}/{identity}"
    return ReadResource(_prepared(resource, _Content(title, field, words, _published(data)), line, source.given.corpus), where)


class _Content(NamedTuple):
    title: str
    field: str
    words: str
    published: PartialDate | None


def _prepared(resource: str, content: _Content, line: _Line, corpus: str) -> PreparedResource:
    raw = line.content.decode("utf-8").rstrip("\r\n")
    title = content.title or resource.partition("/")[2]
    documents = tuple(
        Document(
            resource=resource,
            patient_id=None,
            path=path,
            title=title,
            text=text,
            recorded=content.published,
            kind="literature",
        )
        for path, text in (("", raw), (content.field, content.words))
    )
    return PreparedResource(
        resource=resource,
        resource_type="LiteratureDocument",
        patient_id=None,
        documents=documents,
        facts=(),
        passages=passages_of([(1, documents[1].model_copy(update={"title": content.title}))]),  # an id is no title to embed
        corpus=corpus,
    )


def _object(line: bytes) -> dict[str, object] | None:
    try:
        data = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _words(data: dict[str, object]) -> tuple[str, str]:
    """Return the field that holds the words, and the words; sentences of a list are joined."""
    for name in _WORDS:
        value = data.get(name)
        if isinstance(value, list):
            value = " ".join(one.strip() for one in value if isinstance(one, str))
        if isinstance(value, str) and value.strip():
            return name, without_surrogates(value)
    return "", ""


def _first(data: dict[str, object], names: tuple[str, ...]) -> str:
    """Return the first of some fields that holds words or a number."""
    for name in names:
        value = data.get(name)
        if isinstance(value, int | str) and not isinstance(value, bool) and str(value).strip():
            return " ".join(str(value).split())
    return ""


def _page(data: dict[str, object], line: _Line) -> str:
    page = data.get("page")
    return f"page {page}" if isinstance(page, int) else f"line {line.number}"


def _published(data: dict[str, object]) -> PartialDate | None:
    """Return when it was published, where that is written as a date of FHIR."""
    try:
        return PartialDate.parse(_first(data, _DATES))
    except (ValueError, OverflowError):
        return None


def _unreadable(line: _Line, reason: str) -> Unreadable:
    return Unreadable(f"line {line.number}", reason, line.content[:_REJECTED_CHARACTERS].decode("utf-8", "replace"))


LITERATURE = Format("literature in JSON Lines", _recognises, _read)
