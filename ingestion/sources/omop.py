"""Tables of the OMOP Common Data Model in CSV: one row is one resource `<table>/<primary key>`.

The patient is `person_id` itself. Names and codes of concepts come from the vocabulary (`CONCEPT.csv`) of the same folder;
without it the source's own words (`..._source_value`) stand for them.

Source: OMOP CDM 5.4 (https://ohdsi.github.io/CommonDataModel/cdm54.html).
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcite.engine.domain.records import Detail, Document, PatientId
from chartcite.engine.facts.elements import Unreadable
from chartcite.engine.ports import PreparedResource
from chartcite.ingestion.sources.csv_rows import Header, Row, header_of, rows_of
from chartcite.ingestion.sources.drafts import Draft, numbered
from chartcite.ingestion.sources.fhir_elements import Phrase
from chartcite.ingestion.sources.hl7_values import safe_id
from chartcite.ingestion.sources.note_csv import NoteRow, note_resource
from chartcite.ingestion.sources.omop_facts import facts_of, patient_of, title_of
from chartcite.ingestion.sources.omop_names import names_of
from chartcite.ingestion.sources.omop_reading import RowReading
from chartcite.ingestion.sources.omop_tables import CLINICAL, NOTE, OBSERVATION, PERSON, PLACES, UNREAD, Table
from chartcite.ingestion.sources.source import Format, Note, Read, ReadResource, SourceFile, passages_of

_LONG_VALUE_CHARACTERS = 120
_NOTE_DETAILS = (
    ("title", "note_title"), ("category", "note_type_concept_id"), ("performer", "provider_id"),
)  # fmt: skip


def _clinical(header: Header) -> Table | None:
    return next((table for table in CLINICAL if table.required <= header.names), None)


def _place(header: Header) -> str:
    """Return the table of providers or places that a header is of; empty: of none."""
    return next((name for name, required in PLACES if {f"{name}_id", *required} <= header.names), "")


def _unread(header: Header) -> str:
    """Return why a table of the data model is not read; empty: it is none of them."""
    return next((f"the OMOP table {name} {why}" for name, required, why in UNREAD if required <= header.names), "")


def _recognises(source: SourceFile) -> bool:
    header = None if source.given.corpus else header_of(source.head)
    return header is not None and bool(_clinical(header) or _unread(header) or _place(header))


def _read(source: SourceFile) -> Read:
    header = header_of(source.head)
    if header is None:
        return
    if table := _clinical(header):
        yield from _rows(source, table)
    elif reason := _unread(header):
        yield Unreadable("file", reason, header.text[:2000])
    else:
        yield from _places(source, _place(header))


def _rows(source: SourceFile, table: Table) -> Iterator[ReadResource | Unreadable]:
    names = names_of(source)
    for row in rows_of(source):
        if isinstance(row, Unreadable):
            yield row
            continue
        where = f"line {row.line}"
        person, key = row.value("person_id"), row.value(table.key)
        if not person or not key:
            missing = "person_id" if not person else table.key
            yield Unreadable(where, f"the row of {table.name} has no {missing}", row.document)
            continue
        reading = RowReading(row, f"{table.name}/{safe_id(key)}", PatientId(person), names)
        for note in row.notes:
            reading.note("row", note)
        yield _note(reading, where) if table is NOTE else _resource(reading, table, where)


def _resource(reading: RowReading, table: Table, where: str) -> ReadResource:
    """Return a row with the facts it states; long words in it are searched too."""
    drafts = numbered(facts_of(reading, table))
    title = title_of(table, drafts)
    texts = [("", reading.row.document)]
    long = reading.row.value("value_as_string")
    if table is OBSERVATION and len(long) > _LONG_VALUE_CHARACTERS:
        texts.append(("value_as_string", long))
    documents = tuple(_document(reading, path, text, title, drafts) for path, text in texts)
    prepared = PreparedResource(
        resource=reading.resource,
        resource_type=table.name,
        patient_id=reading.patient_id,
        documents=documents,
        facts=tuple(draft.fact(reading.resource, reading.patient_id) for draft in drafts),
        passages=passages_of(list(enumerate(documents))[1:]),
        patient=patient_of(reading) if table is PERSON else None,
    )
    return ReadResource(prepared, where, tuple(dict.fromkeys(reading.notes)))


def _document(reading: RowReading, path: str, text: str, title: str, drafts: list[Draft]) -> Document:
    return Document(
        resource=reading.resource,
        patient_id=reading.patient_id,
        path=path,
        title=title,
        text=text,
        occurred=drafts[0].occurred.date if drafts else None,
        author=drafts[0].author if drafts else "",
        kind=title,
    )


def _note(reading: RowReading, where: str) -> ReadResource:
    """Return a row of the note table; it is called by its class, else its title, else the source's word for it."""
    row = reading.row
    details = reading.details(_NOTE_DETAILS)
    kind = (
        reading.words("note_class_concept_id")
        or row.phrase("note_title")
        or row.phrase("note_source_value")
        or reading.words("note_type_concept_id")
    )
    moment = reading.moment("note")
    visit = row.value("visit_occurrence_id")
    place = row.phrase("note_id")
    position = row.positions["note_text"]
    found = NoteRow(
        resource=reading.resource,
        resource_type=NOTE.name,
        patient_id=reading.patient_id,
        document=row.document,
        text=row.cells[position].value,
        text_path="note_text",
        kind=kind,
        place=place.path if place else "",
        occurred=moment.date,
        occurred_path=moment.path,
        author=reading.names.place("provider", row.value("provider_id")),
        encounter=f"visit_occurrence/{safe_id(visit)}" if visit and visit != "0" else "",
        details=tuple(detail for detail in details if _adds(detail, kind)),
    )
    return note_resource(found, where, tuple(dict.fromkeys(reading.notes)))


def _adds(detail: Detail, kind: Phrase | None) -> bool:
    return kind is None or detail.path != kind.path


def _places(source: SourceFile, table: str) -> Iterator[ReadResource | Unreadable]:
    """Keep the rows of providers and places: they name those who did something, and state nothing of a patient."""
    for row in rows_of(source):
        if isinstance(row, Unreadable):
            yield row
        elif key := row.value(f"{table}_id"):
            yield _kept(row, table, key)
        else:
            yield Unreadable(f"line {row.line}", f"the row of {table} has no {table}_id", row.document)


def _kept(row: Row, table: str, key: str) -> ReadResource:
    resource = f"{table}/{safe_id(key)}"
    title = row.value(f"{table}_name") or table
    document = Document(resource=resource, patient_id=None, path="", title=title, text=row.document, kind=table)
    prepared = PreparedResource(resource, table, None, (document,), (), ())
    return ReadResource(prepared, f"line {row.line}", tuple(Note(resource, "row", note) for note in row.notes))


OMOP = Format("OMOP CDM table (CSV)", _recognises, _read)
