"""Notes in a table (CSV, TSV) or in JSON Lines: one row is one note, as in MIMIC's NOTEEVENTS.

A table is recognised by the usual names of its columns, or by those that the caller gives for a role. The patient is the
column's value itself; without such a column the caller's patient. A row without either is refused: no note is ever given to
a patient by guess.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

from chartcite.engine.domain.records import (
    AssertionStatus,
    Category,
    CodedConcept,
    Detail,
    Document,
    Fact,
    PartialDate,
    PatientId,
)
from chartcite.engine.facts.elements import Unreadable
from chartcite.engine.ports import PreparedResource
from chartcite.ingestion.sources.csv_rows import MAX_ROW_CHARACTERS, Row, header_of, rows_of
from chartcite.ingestion.sources.fhir_elements import Phrase
from chartcite.ingestion.sources.hl7_values import safe_id
from chartcite.ingestion.sources.readable import without_surrogates
from chartcite.ingestion.sources.source import HEAD_BYTES, Format, Note, Read, ReadResource, SourceFile, passages_of
from chartcite.ingestion.sources.table_dates import date_of, is_midnight

USUAL_NAMES: Mapping[str, tuple[str, ...]] = {
    "patient": (
        "patient_id", "subject_id", "person_id", "mrn", "patient", "patientid", "subject", "pat_id", "patient_mrn", "empi",
    ),
    "text": (
        "text", "note_text", "note", "body", "note_body", "notetext", "report_text", "content", "transcription", "full_text",
        "report",
    ),
    "date": (
        "charttime", "chartdate", "note_datetime", "note_date", "notedate", "datetime", "date_time", "timestamp", "service_date",
        "date_of_service", "encounter_date", "visit_date", "date",
    ),
    "kind": (
        "category", "note_type", "notetype", "type", "document_type", "doc_type", "note_class", "note_category", "note_title",
        "title", "description", "medical_specialty",
    ),
    "id": ("note_id", "noteid", "row_id", "document_id", "doc_id", "report_id", "id"),
    "author": ("author", "author_name", "provider_name", "provider", "clinician", "signed_by", "cgid"),
}  # fmt: skip
"""Roles to the names of columns that are taken for them, the first that is there and filled in."""

_TABULAR = (".csv", ".tsv", ".psv")
_DETAILS = {"description": "description", "hadm_id": "encounter", "encounter_id": "encounter", "visit_id": "encounter"}
_TRUE = frozenset({"1", "1.0", "true", "t", "yes", "y"})
_NO_PATIENT = "the row names no patient: give --patient ID or --columns patient=NAME"
_KEY = re.compile(r'"(\w+)"\s*:')
_MAX_KIND_CHARACTERS = 120
_MAX_ID_CHARACTERS = 200


class NoteRow(NamedTuple):
    """A note with the row that it stands in."""

    resource: str
    resource_type: str
    patient_id: PatientId
    document: str
    """The row as written, which the paths point into."""
    text: str
    """The words of the note."""
    text_path: str
    """Where they are told to stand: the name of the column."""
    kind: Phrase | None
    place: str
    """Path for the kind, where there are no words for it."""
    occurred: PartialDate | None
    occurred_path: str
    author: str = ""
    encounter: str = ""
    details: tuple[Detail, ...] = ()
    in_error: bool = False
    """The source says that it was entered in error: kept, but never searched."""


def note_resource(row: NoteRow, where: str, notes: tuple[Note, ...] = ()) -> ReadResource:
    """Return a note as a resource: its row, its words cut into passages, and the fact that names it."""
    kind = row.kind.text[:_MAX_KIND_CHARACTERS] if row.kind else "Note"
    documents = tuple(
        Document(
            resource=row.resource,
            patient_id=row.patient_id,
            path=path,
            title=kind,
            text=text,
            occurred=row.occurred,
            recorded=row.occurred,
            author=row.author,
            kind=kind,
        )
        for path, text in (("", row.document), (row.text_path, row.text))
        if text.strip()
    )
    fact = Fact(
        id=row.resource,
        patient_id=row.patient_id,
        category=Category.DOCUMENT,
        resource=row.resource,
        concept=CodedConcept(text=kind),
        concept_path=row.kind.path if row.kind else row.place,
        assertion=AssertionStatus.ENTERED_IN_ERROR if row.in_error else AssertionStatus.PRESENT,
        occurred=row.occurred,
        occurred_path=row.occurred_path,
        recorded=row.occurred,
        author=row.author,
        encounter=row.encounter,
        details=row.details,
    )
    passages = () if row.in_error else passages_of(list(enumerate(documents))[1:])
    prepared = PreparedResource(row.resource, row.resource_type, row.patient_id, documents, (fact,), passages)
    if len(documents) < 2:
        notes = (*notes, Note(row.resource, row.text_path, "the note has no words"))
    return ReadResource(prepared, where, notes)


class _Record(NamedTuple):
    """A row of a table or a line of JSON: the words of its columns (names in lower case) and where they stand."""

    cells: Mapping[str, Phrase]
    document: str
    text: str
    """The words of the note, with the white space around them."""
    where: str
    notes: tuple[str, ...]


class _Columns(NamedTuple):
    """The columns for each role, the first that is filled in counts."""

    by_role: Mapping[str, tuple[str, ...]]

    def find(self, role: str, cells: Mapping[str, Phrase]) -> Phrase | None:
        return next((cells[name] for name in self.by_role.get(role, ()) if name in cells), None)


def _columns(names: frozenset[str], source: SourceFile) -> _Columns | None:
    """Return which columns hold what; `None` where they are not those of notes."""
    given = {role: name.strip().lower() for role, name in source.given.columns.items()}
    if any(name not in names for name in given.values()):
        return None
    usual = {role: tuple(name for name in known if name in names) for role, known in USUAL_NAMES.items()}
    found = {**usual, **{role: (name,) for role, name in given.items()}}
    others = [role for role, columns in found.items() if columns and role != "text"]
    told = "text" in given or source.given.patient_id is not None or "patient" in others
    if not found["text"] or not (told or len(others) > 1):
        return None
    return _Columns(found)


def _table_columns(source: SourceFile) -> _Columns | None:
    if source.given.corpus:
        return None
    header = header_of(source.head)
    if header is None or (header.width < 2 and not source.name.lower().endswith(_TABULAR)):
        return None
    return _columns(header.names, source)


def _rows(source: SourceFile, columns: _Columns) -> Iterator[_Record | Unreadable]:
    column = columns.by_role["text"][0]
    for row in rows_of(source):
        if isinstance(row, Unreadable):
            yield row
        else:
            cells = {name: words for name, _ in row.header.columns if (words := row.phrase(name))}
            yield _Record(cells, row.document, _words(row, column), f"line {row.line}", row.notes)


def _words(row: Row, column: str) -> str:
    return row.cells[row.positions[column]].value


def _note(record: _Record, columns: _Columns, source: SourceFile, seen: dict[int, int]) -> ReadResource | Unreadable:
    """Read one note. `seen`: of each patient and id the row that it stood in first."""
    cells = record.cells
    patient = columns.find("patient", cells)
    alone = source.given.patient_id if not columns.by_role["patient"] else None
    patient_id = PatientId(patient.text) if patient else alone
    if patient_id is None or len(patient_id) > _MAX_ID_CHARACTERS:
        return Unreadable(record.where, _NO_PATIENT, record.document)
    date = columns.find("date", cells)
    occurred = _date(date, columns, cells) if date else source.given.occurred
    own = columns.find("id", cells)
    digest = sha256(record.document.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    notes = list(record.notes)
    name = safe_id(own.text) if own else digest
    if own and seen.setdefault(hash((patient_id, own.text)), hash(digest)) != hash(digest):
        name = f"{name}-{digest[:12]}"
        notes.append("its id stands twice for this patient; both notes are kept")
    if date and occurred is None:
        notes.append("a date that cannot be read, or that can be read in two ways; kept without it")
    resource = f"Note/{name}"
    author = columns.find("author", cells)
    kind = columns.find("kind", cells)
    details = [Detail(name=name, text=cells[key].text, path=cells[key].path) for key, name in _DETAILS.items() if key in cells]
    row = NoteRow(
        resource=resource,
        resource_type="Note",
        patient_id=patient_id,
        document=record.document,
        text=record.text,
        text_path=columns.by_role["text"][0],
        kind=kind,
        place=(own or date or patient or next(iter(cells.values()), Phrase("", ""))).path,
        occurred=occurred,
        occurred_path=date.path if date and occurred else "",
        author=author.text if author else "",
        details=tuple(detail for detail in details if kind is None or detail.path != kind.path),
        in_error="iserror" in cells and cells["iserror"].text.lower() in _TRUE,
    )
    return note_resource(row, record.where, tuple(Note(resource, record.where, note) for note in notes))


def _date(date: Phrase, columns: _Columns, cells: Mapping[str, Phrase]) -> PartialDate | None:
    """Return the date of a note; midnight counts as no time of day where another column gives the day alone."""
    found = date_of(date.text)
    days = [cells[name].text for name in columns.by_role["date"] if name in cells and len(cells[name].text) <= 10]
    return date_of(found.day) if found and is_midnight(date.text) and days else found


def _read_table(source: SourceFile) -> Read:
    columns = _table_columns(source)
    seen: dict[int, int] = {}
    for record in _rows(source, columns) if columns else ():
        yield record if isinstance(record, Unreadable) else _note(record, columns or _Columns({}), source, seen)


def _read_lines(source: SourceFile) -> Read:
    seen: dict[int, int] = {}
    with source.open() as stream:
        number = 0
        while line := stream.readline(4 * MAX_ROW_CHARACTERS):
            number += 1
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield _line(line, number, source, seen)


def _line(line: bytes, number: int, source: SourceFile, seen: dict[int, int]) -> ReadResource | Unreadable:
    where = f"line {number}"
    text = line.decode("utf-8", "replace").strip("\ufeff \t\r\n")
    found = _object(text)
    if found is None:
        return Unreadable(where, "the line is not a JSON object", text[:2000])
    columns = _columns(frozenset(name.lower() for name in found), source)
    if columns is None:
        return Unreadable(where, "the line has no text of a note: give --columns text=NAME", text[:2000])
    names = {name.lower(): name for name in reversed(found)}
    cells = {
        lower: Phrase(words, name)
        for lower, name in names.items()
        if (words := _scalar(found[name])) and not set(name) & set(".[]@")
    }
    body = found[names[columns.by_role["text"][0]]]
    return _note(
        _Record(cells, text, without_surrogates(body) if isinstance(body, str) else "", where, ()), columns, source, seen
    )


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return without_surrogates(value).strip()
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _object(text: str) -> dict[str, object] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _looks_like_lines(source: SourceFile) -> bool:
    """Say whether the first line is a JSON object of a note. A line longer than the head is told by the keys in it."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if source.given.corpus or not head.startswith(b"{") or b'"resourceType"' in head:
        return False
    line, ended, _ = head.partition(b"\n")
    text = line.decode("utf-8", "replace")
    found = _object(text)
    if found is None and (ended or len(source.head) < HEAD_BYTES):
        return False
    names = list(found) if found is not None else _KEY.findall(text)
    return _columns(frozenset(name.lower() for name in names), source) is not None


NOTE_TABLE = Format("table of notes (CSV)", lambda source: _table_columns(source) is not None, _read_table)
NOTE_LINES = Format("notes in JSON Lines", _looks_like_lines, _read_lines)
