"""What was read of a piece of a FHIR file, as it goes from process to process: compact JSON, rebuilt by the same constructors.

Most resources go as the rows that a store keeps of them (`WrittenResource`), and nothing of them is built anew. Of the others,
concepts and dates stand once in tables and are named by their place there; a date goes as it is written and is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import orjson
from chartcite.engine.domain.records import (
    AssertionStatus,
    Category,
    CodedConcept,
    Coding,
    Component,
    Detail,
    Document,
    Fact,
    PageLayout,
    PartialDate,
    Patient,
    PatientId,
    Quantity,
    Value,
)
from chartcite.engine.facts.elements import Unreadable
from chartcite.engine.ports import Moment, PreparedPassage, PreparedResource, WrittenDocument, WrittenFact, WrittenResource
from chartcite.ingestion.sources.fhir_pieces import Claim, Narrative, Together
from chartcite.ingestion.sources.source import Deleted, Note, ReadResource, WrittenRead

_Row = Sequence[Any]
_CLAIM, _DELETED, _UNREADABLE, _ROWS = 0, 1, 2, 3
_CATEGORIES = {one.value: one for one in Category}
_ASSERTIONS = {one.value: one for one in AssertionStatus}


def write_pieces(read: Iterable[Together]) -> bytes:
    """Return what a piece holds as bytes.

    Raises:
        TypeError: some words hold half of a character pair, which JSON in UTF-8 cannot.
    """
    tables = _Writing({}, [], {}, {})
    rows = [[_row(one, tables) for one in together] for together in read]
    concepts = [(one.text, [(c.system, c.code, c.display) for c in one.codings]) for one in tables.concepts]
    return orjson.dumps((concepts, list(tables.dates), list(tables.names), rows))


def pieces_from(written: bytes) -> list[Together]:
    """Return what `write_pieces` wrote down: equal to what was read."""
    concepts, dates, names, rows = orjson.loads(written)
    tables = _Tables(
        [
            CodedConcept(text=text, codings=tuple(Coding(system=s, code=c, display=d) for s, c, d in codings))
            for text, codings in concepts
        ],
        [None, *map(PartialDate.parse, dates)],
        [(text, codings) for text, codings in names],
    )
    return [[_from_row(row, tables) for row in together] for together in rows]


class _Writing(NamedTuple):
    """Tables that grow while a piece is written."""

    places: dict[int, int]
    """Of concepts, by `id`: they are held as long as the piece."""
    concepts: list[CodedConcept]
    dates: dict[str, int]
    names: dict[tuple[str, str], int]
    """Of concepts, in rows."""

    def concept(self, one: CodedConcept) -> int:
        place = self.places.setdefault(id(one), len(self.concepts))
        if place == len(self.concepts):
            self.concepts.append(one)
        return place

    def date(self, one: PartialDate | None) -> int:
        """0: none."""
        return 0 if one is None else self.dates.setdefault(one.written, len(self.dates) + 1)


class _Tables(NamedTuple):
    """Tables of a piece that was written."""

    concepts: list[CodedConcept]
    dates: list[PartialDate | None]
    names: list[tuple[str, str]]


def _row(one: Claim | Deleted | Unreadable, tables: _Writing) -> _Row:
    if isinstance(one, Deleted):
        return _DELETED, *one
    if isinstance(one, Unreadable):
        return _UNREADABLE, *one
    narratives = [_narrative_row(each) for each in one.narratives]
    if isinstance(one.read, Unreadable):
        read: _Row = tuple(one.read)
    elif isinstance(one.read, WrittenRead):
        notes = [tuple(note) for note in one.read.notes]
        return _ROWS, one.searched, one.read.where, notes, _rows_of(one.read.prepared, tables.names)
    else:
        read = _read_row(one.read, one.read.prepared, tables)
    return _CLAIM, one.identity, one.patient_id, narratives, one.searched, read


def _from_row(row: _Row, tables: _Tables) -> Claim | Deleted | Unreadable:
    kind = row[0]
    if kind == _ROWS:
        _, searched, where, notes, rows = row
        written = _from_rows(rows, tables.names)
        found = WrittenRead(written, where, tuple([Note(*note) for note in notes]))
        return Claim(written.resource, written.patient_id, found, (), searched)
    if kind == _DELETED:
        return Deleted(*row[1:])
    if kind == _UNREADABLE:
        return Unreadable(*row[1:])
    _, identity, patient_id, narratives, searched, read = row
    told = Unreadable(*read) if len(read) == len(Unreadable._fields) else _read_from(identity, patient_id, read, tables)
    return Claim(identity, patient_id, told, tuple(map(_narrative_from, narratives)), searched)


def _rows_of(one: WrittenResource, names: dict[tuple[str, str], int]) -> _Row:
    facts = [(*fact[:-1], [names.setdefault(name, len(names)) for name in fact.concepts]) for fact in one.facts]
    moments = [None if moment is None else tuple(moment) for moment in (one.updated, one.recorded)]
    return one.resource, one.patient_id, one.version, *moments, one.digest, one.said, tuple(one.document), facts


def _from_rows(row: _Row, names: Sequence[tuple[str, str]]) -> WrittenResource:
    resource, patient_id, version, updated, recorded, digest, said, document, facts = row
    return WrittenResource(
        resource,
        patient_id,
        version,
        None if updated is None else Moment(*updated),
        None if recorded is None else Moment(*recorded),
        digest,
        said,
        WrittenDocument(*document),
        tuple([_fact_of_row(fact, names) for fact in facts]),
    )


def _fact_of_row(row: _Row, names: Sequence[tuple[str, str]]) -> WrittenFact:
    *columns, places = row
    return WrittenFact._make((*columns, tuple([names[place] for place in places])))


def _read_row(read: ReadResource, one: PreparedResource, tables: _Writing) -> _Row:
    date = tables.date
    return (
        read.where,
        [tuple(note) for note in read.notes],
        [_document_row(document, tables) for document in one.documents],
        [_fact_row(fact, tables) for fact in one.facts],
        None if one.patient is None else _patient_row(one.patient, tables),
        one.version,
        date(one.updated),
    )


def _read_from(identity: str, patient_id: PatientId | None, row: _Row, tables: _Tables) -> ReadResource:
    where, notes, documents, facts, patient, version, updated = row
    prepared = PreparedResource(
        resource=identity,
        resource_type=identity.partition("/")[0],
        patient_id=patient_id,
        documents=tuple([_document_from(identity, patient_id, one, tables.dates) for one in documents]),
        facts=tuple([_fact_from(identity, one, tables) for one in facts]),
        passages=(),
        patient=None if patient is None else _patient_from(patient, tables.dates),
        version=version,
        updated=tables.dates[updated],
    )
    return ReadResource(prepared, where, tuple(Note(*note) for note in notes))


def _patient_row(one: Patient, tables: _Writing) -> _Row:
    return one.id, one.name, one.gender, tables.date(one.birth_date), tables.date(one.deceased)


def _patient_from(row: _Row, dates: Sequence[PartialDate | None]) -> Patient:
    own, name, gender, birth_date, deceased = row
    return Patient(id=own, name=name, gender=gender, birth_date=dates[birth_date], deceased=dates[deceased])


def _narrative_row(one: Narrative) -> _Row:
    passages = None if one.passages is None else [tuple(passage) for passage in one.passages]
    return one.position, one.telling, one.always, passages


def _narrative_from(row: _Row) -> Narrative:
    position, (patient_id, day, digest), always, passages = row
    cut = None if passages is None else tuple(map(_passage_from, passages))
    return Narrative(position, (patient_id, day, digest), always, cut)


def _passage_from(row: _Row) -> PreparedPassage:
    document, start, end, section, sentences, embed_text = row
    return PreparedPassage(document, start, end, section, tuple((first, last) for first, last in sentences), embed_text)


def _document_row(one: Document, tables: _Writing) -> _Row:
    layout = [page.model_dump() for page in one.layout]
    date = tables.date
    return one.path, one.title, one.text, date(one.occurred), date(one.recorded), one.author, one.kind, layout


def _document_from(resource: str, patient_id: PatientId | None, row: _Row, dates: Sequence[PartialDate | None]) -> Document:
    path, title, text, occurred, recorded, author, kind, layout = row
    return Document(
        resource=resource,
        patient_id=patient_id,
        path=path,
        title=title,
        text=text,
        occurred=dates[occurred],
        recorded=dates[recorded],
        author=author,
        kind=kind,
        layout=tuple(PageLayout(**page) for page in layout),
    )


def _fact_row(one: Fact, tables: _Writing) -> _Row:
    date = tables.date
    return (
        one.id,
        one.patient_id,
        one.category.value,
        tables.concept(one.concept),
        one.concept_path,
        one.assertion.value,
        one.status,
        one.status_path,
        _value_row(one.value, tables),
        [(tables.concept(part.concept), _value_row(part.value, tables), part.concept_path) for part in one.components],
        one.interpretation,
        one.reference_range,
        _digits(one.range_low),
        _digits(one.range_high),
        date(one.occurred),
        one.occurred_path,
        date(one.ended),
        one.ended_path,
        date(one.recorded),
        one.author,
        one.encounter,
        [(detail.name, detail.text, detail.path) for detail in one.details],
        one.span,
        one.document_path,
    )


def _fact_from(resource: str, row: _Row, tables: _Tables) -> Fact:
    concepts, dates = tables.concepts, tables.dates
    (
        own, patient_id, category, concept, concept_path, assertion, status, status_path, value, components, interpretation,
        reference_range, low, high, occurred, occurred_path, ended, ended_path, recorded, author, encounter, details, span,
        document_path,
    ) = row  # fmt: skip
    return Fact(
        id=own,
        patient_id=patient_id,
        category=_CATEGORIES[category],
        resource=resource,
        concept=concepts[concept],
        concept_path=concept_path,
        assertion=_ASSERTIONS[assertion],
        status=status,
        status_path=status_path,
        value=_value_from(value, concepts),
        components=tuple([_component(part, concepts) for part in components]),
        interpretation=interpretation,
        reference_range=reference_range,
        range_low=_number(low),
        range_high=_number(high),
        occurred=dates[occurred],
        occurred_path=occurred_path,
        ended=dates[ended],
        ended_path=ended_path,
        recorded=dates[recorded],
        author=author,
        encounter=encounter,
        details=tuple([Detail(name=name, text=text, path=path) for name, text, path in details]),
        span=span,
        document_path=document_path,
    )


def _value_row(one: Value | None, tables: _Writing) -> _Row | None:
    """Return the path, then what it is: five parts of a quantity, a concept's place, or words."""
    if one is None:
        return None
    if one.quantity is not None:
        quantity = one.quantity
        return one.path, str(quantity.value), quantity.written, quantity.unit, quantity.ucum, quantity.comparator
    return (one.path, tables.concept(one.concept)) if one.concept is not None else (one.path, one.text)


def _value_from(row: _Row | None, concepts: Sequence[CodedConcept]) -> Value | None:
    if row is None:
        return None
    if len(row) > 2:
        path, digits, written, unit, ucum, comparator = row
        quantity = Quantity(value=Decimal(digits), written=written, unit=unit, ucum=ucum, comparator=comparator)
        return Value(quantity=quantity, path=path)
    path, said = row
    return Value(text=said, path=path) if isinstance(said, str) else Value(concept=concepts[said], path=path)


def _component(row: _Row, concepts: Sequence[CodedConcept]) -> Component:
    concept, value, concept_path = row
    return Component(concept=concepts[concept], value=_value_from(value, concepts), concept_path=concept_path)


def _digits(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)
