"""What the ids of an OMOP data set stand for: concepts, providers, places. Read once per folder, with bounded memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from sys import intern
from typing import BinaryIO, NamedTuple

from chartcite.engine.domain.records import Coding
from chartcite.ingestion.sources.csv_rows import MAX_ROW_CHARACTERS, Header, header_of
from chartcite.ingestion.sources.omop_tables import CLINICAL, CONCEPT, STANDARD, SYSTEMS
from chartcite.ingestion.sources.source import HEAD_BYTES, Folder, SourceFile

MAX_CONCEPTS = 200_000
"""A bigger vocabulary is read for the concepts that occur in the tables beside it."""

_LEARNT = "omop"
_PLACES = (("provider_id", "provider_name"), ("care_site_id", "care_site_name"), ("location_id", "city", "state"))
"""Key and words of the tables that name who and where."""
_TABULAR = (".csv", ".tsv", ".txt", ".psv")


class _Tabbed(csv.excel_tab):
    """Tabs between cells, quotes that are letters."""

    quoting = csv.QUOTE_NONE


class Concept(NamedTuple):
    """A row of the table of concepts."""

    name: str
    vocabulary: str
    code: str

    @property
    def coding(self) -> Coding | None:
        """The code in its system; `None` where the vocabulary gives none."""
        if not (self.vocabulary and self.code):
            return None
        return Coding(system=SYSTEMS.get(self.vocabulary, self.vocabulary), code=self.code, display=self.name)


@dataclass(slots=True)
class Names:
    """What the ids of a data set stand for."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    """By concept id."""
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    """By table (`provider`, `care_site`, `location`) and id; empty: two rows say different things."""

    def concept(self, concept_id: str) -> Concept | None:
        """Return a concept; `None`: it is 0 (none), or its name is not known."""
        found = self.concepts.get(concept_id)
        if found is None and concept_id in STANDARD:
            return Concept(STANDARD[concept_id], "", "")
        return found if found and found.name else None

    def place(self, table: str, place_id: str) -> str:
        """Return the name of a provider, a care site or a location; empty: not known."""
        return self.places.get((table, place_id), "")


def names_of(source: SourceFile) -> Names:
    """Return the names for the tables of a folder; of a file that came alone only the standard ones are known."""
    folder = source.folder
    if folder is None:
        return Names()
    known = folder.learnt.get(_LEARNT)
    if not isinstance(known, Names):
        known = folder.learnt[_LEARNT] = _learn(folder)
    return known


def _learn(folder: Folder) -> Names:
    """Read the names; of a vocabulary too big to hold only the concepts that occur."""
    tables = [(open_, header) for name, open_ in folder.documents.items() if (header := _header(name, open_)) is not None]
    names = Names()
    vocabularies = [table for table in tables if header_is(table[1], CONCEPT)]
    if not _read_concepts(vocabularies, names, wanted=None):
        names.concepts.clear()
        _read_concepts(vocabularies, names, wanted=_occurring(tables))
    for opened, header in tables:
        _read_places(opened, header, names)
    return names


def header_is(header: Header, required: frozenset[str]) -> bool:
    """Say whether a header has all the columns that tell a table."""
    return required <= header.names


def _header(name: str, opened: Callable[[], BinaryIO]) -> Header | None:
    if not name.lower().endswith(_TABULAR):
        return None
    try:
        with opened() as stream:
            return header_of(stream.read(HEAD_BYTES))
    except OSError:
        return None


_Tables = list[tuple[Callable[[], BinaryIO], Header]]


def _read_concepts(vocabularies: _Tables, names: Names, *, wanted: set[str] | None) -> bool:
    """Read concepts, all of them or those wanted; `False`: there are more than can be held."""
    for opened, header in vocabularies:
        id_, name, vocabulary, code = _positions(header, "concept_id", "concept_name", "vocabulary_id", "concept_code")
        for cells in _cells(opened, header):
            if wanted is None or cells[id_] in wanted:
                if len(names.concepts) >= MAX_CONCEPTS:
                    return False
                names.concepts.setdefault(cells[id_], Concept(cells[name], intern(cells[vocabulary]), cells[code]))
    return True


def _occurring(tables: _Tables) -> set[str]:
    """Return the concept ids that the clinical tables hold."""
    found: set[str] = set()
    for opened, header in tables:
        if any(header_is(header, table.required) for table in CLINICAL):
            columns = [position for name, position in header.columns if name.endswith("_concept_id")]
            for cells in _cells(opened, header):
                found.update(cells[position] for position in columns)
    return found


def _read_places(opened: Callable[[], BinaryIO], header: Header, names: Names) -> None:
    """Read providers, care sites and locations."""
    parts = next((parts for parts in _PLACES if header_is(header, frozenset(parts))), None)
    if parts is None:
        return
    table = parts[0].removesuffix("_id")
    positions = _positions(header, *parts)
    for cells in _cells(opened, header):
        if len(names.places) >= MAX_CONCEPTS:
            return
        key = (table, cells[positions[0]])
        words = ", ".join(cells[position] for position in positions[1:] if cells[position])
        names.places[key] = words if names.places.get(key, words) == words else ""


def _positions(header: Header, *columns: str) -> list[int]:
    known = dict(header.columns)
    return [known[name] for name in columns]


def _cells(opened: Callable[[], BinaryIO], header: Header) -> Iterator[list[str]]:
    """Yield the values of each row that has as many as the header; here no characters need to be pointed at.

    With tabs between them quotes are letters, as in the vocabularies that Athena gives out.
    """
    with opened() as raw:
        encoding = "utf-16" if raw.read(2) in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    with opened() as raw, io.TextIOWrapper(raw, encoding, "replace", newline="") as stream:
        rows = csv.reader(
            _lines(stream),
            dialect=_Tabbed if header.delimiter == "\t" else csv.excel,
            delimiter=header.delimiter,
        )
        while True:
            try:
                cells = next(rows, None)
            except csv.Error:  # a cell longer than the module holds: no id stands in it
                continue
            if cells is None:
                return
            if len(cells) == header.width:
                yield [cell.strip() for cell in cells]


def _lines(stream: io.TextIOWrapper) -> Iterator[str]:
    while line := stream.readline(MAX_ROW_CHARACTERS):
        yield line
