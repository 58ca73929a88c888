"""Facts and documents as a store keeps them: all of a row but the numbers that the store gives, made where they are read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

import orjson
from chartcite.engine.domain.records import CodedConcept, Document, Fact, PartialDate
from chartcite.engine.ports import Moment, PreparedResource, WrittenDocument, WrittenFact, WrittenResource

_NOTHING_KNOWN = (None, None)


def write_resource(prepared: PreparedResource) -> WrittenResource | None:
    """Return a resource as rows, where it is its own JSON and facts and no more; `None` for one with notes, or a Patient."""
    if len(prepared.documents) != 1 or prepared.passages or prepared.patient is not None or prepared.corpus:
        return None
    [document] = prepared.documents
    facts = tuple(map(write_fact, prepared.facts))
    said = hashlib.sha256()
    for fact in facts:
        said.update(fact.body.encode())
    return WrittenResource(
        resource=prepared.resource,
        patient_id=prepared.patient_id,
        version=prepared.version,
        updated=moment_of(prepared.updated) if prepared.updated else None,
        recorded=moment_of(document.recorded) if document.recorded else None,
        digest=digest_of_texts([(document.path, document.text)]),
        said=said.hexdigest(),
        document=write_document(document),
        facts=facts,
    )


def write_document(document: Document) -> WrittenDocument:
    """Return a document as a row; the header is a whole Document, but its text and its layout stand in columns of their own."""
    header = document.model_dump_json(exclude_defaults=True, exclude={"text", "layout"})[:-1] + ',"text":""}'
    layout = orjson.dumps([page.model_dump() for page in document.layout]).decode() if document.layout else None
    date = document.occurred or document.recorded
    when = (date.day, instant_text(date.start)) if date else _NOTHING_KNOWN
    return WrittenDocument(document.path, header, document.text, layout, *when)


def write_fact(fact: Fact) -> WrittenFact:
    """Return a fact as a row, with the names of its concepts."""
    at = fact.occurred or fact.recorded
    body = fact.model_dump_json(exclude_defaults=True, exclude={"repeats", "document_key"})
    concepts = dict.fromkeys([fact.concept, *(part.concept for part in fact.components)]) if fact.components else (fact.concept,)
    return WrittenFact(
        fact.category.value,
        instant_text(at.start) if at else None,
        *day_and_instant(fact.known),
        body,
        int(fact.span is not None),
        fact.document_path,
        tuple(map(name_of, concepts)),
    )


@lru_cache(maxsize=32768)
def name_of(concept: CodedConcept) -> tuple[str, str]:
    """Return what is one concept in the whole store: its words, and its codings as JSON."""
    return concept.text, orjson.dumps([[c.system, c.code, c.display] for c in concept.codings]).decode()


def day_and_instant(date: PartialDate | None) -> tuple[str | None, str | None]:
    """Return the first calendar day and the first instant that a date can mean."""
    return (date.first_day.isoformat(), instant_text(date.start)) if date else _NOTHING_KNOWN


def moment_of(date: PartialDate) -> Moment:
    """Return the first moment that a date can mean."""
    return Moment(instant_text(date.start), date.first_day.isoformat())


@lru_cache(maxsize=65536)
def instant_text(moment: datetime) -> str:
    """An instant as text that sorts in time: UTC, fixed width."""
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:  # the first or last day of the calendar, in a zone that steps over it
        moment = moment.replace(tzinfo=UTC)
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds")


def digest_of_texts(texts: Iterable[tuple[str, str]]) -> str:
    """Hash (path, text) of the documents of one version, in their order."""
    digest = hashlib.sha256()
    for path, text in texts:
        digest.update(path.encode() + b"\0" + text.encode() + b"\0")
    return digest.hexdigest()
