"""One row of an OMOP table being read: its words with their characters, its dates, its concepts."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from chartcite.engine.domain.records import CodedConcept, Coding, Detail, PatientId
from chartcite.engine.facts.elements import range_path
from chartcite.ingestion.sources.csv_rows import Row
from chartcite.ingestion.sources.drafts import NOWHEN, Moment
from chartcite.ingestion.sources.fhir_elements import Named, Phrase
from chartcite.ingestion.sources.hl7_values import number_of
from chartcite.ingestion.sources.omop_names import Names
from chartcite.ingestion.sources.omop_tables import Details
from chartcite.ingestion.sources.source import Note
from chartcite.ingestion.sources.table_dates import date_of, is_midnight


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row with all that is needed to read it."""

    row: Row
    resource: str
    patient_id: PatientId
    names: Names
    notes: list[Note] = field(default_factory=list)

    def note(self, where: str, reason: str) -> None:
        """Report something that could not be used."""
        self.notes.append(Note(self.resource, where, reason))

    def moment(self, *stems: str) -> Moment:
        """Return the first moment in `<stem>_datetime` or `<stem>_date`. Midnight there counts as no time of day."""
        for stem in stems:
            exact, day = self.row.phrase(f"{stem}_datetime"), self.row.phrase(f"{stem}_date")
            if exact and not (day and is_midnight(exact.text)):
                found = self._dated(exact, f"{stem}_datetime", only_day=is_midnight(exact.text))
                if found.date is not None:
                    return found
            if day:
                found = self._dated(day, f"{stem}_date", only_day=True)
                if found.date is not None:
                    return found
        return NOWHEN

    def _dated(self, words: Phrase, column: str, *, only_day: bool) -> Moment:
        date = date_of(words.text)
        if date is None:
            self.note(column, "a date that cannot be read, or that can be read in two ways; kept without it")
            return NOWHEN
        if only_day and len(date.written) > 10:
            date = date_of(date.day)
        return Moment(date, words.path)

    def number(self, column: str) -> Decimal | None:
        """Return the number of a column; a bad one is noted and left out."""
        words = self.row.value(column)
        number = number_of(words) if words else None
        if words and number is None:
            self.note(column, "not a number; kept without it")
        return number

    def named(self, stem: str) -> Named | None:
        """Return what `<stem>_concept_id` stands for, else `<stem>_source_concept_id`, else the source's own words.

        An id whose name is not known, with no words beside it, is `concept ID`. `None`: the row names nothing.
        """
        ids = (f"{stem}_concept_id", f"{stem}_source_concept_id")
        codings = self._codings(*ids)
        source = self.row.phrase(f"{stem}_source_value")
        for column in ids:
            concept, cell = self.names.concept(self.row.value(column)), self.row.phrase(column)
            if concept and cell:
                place = source if source and source.text.casefold() == concept.name.casefold() else cell
                return Named(CodedConcept(text=concept.name, codings=codings), place.path)
        if source:
            return Named(CodedConcept(text=source.text, codings=codings), source.path)
        cell = next((cell for column in ids if (cell := self.row.phrase(column)) and cell.text != "0"), None)
        if cell is None:
            return None
        self.note(ids[0], "the name of the concept is not known: put CONCEPT.csv into the folder")
        return Named(CodedConcept(text=f"concept {cell.text}"), cell.path)

    def _codings(self, *columns: str) -> tuple[Coding, ...]:
        found = (self.names.concept(self.row.value(column)) for column in columns)
        return tuple(dict.fromkeys(coding for concept in found if concept and (coding := concept.coding)))

    def words(self, column: str) -> Phrase | None:
        """Return the words of a column: the name behind an id, else those of the `_source_value` beside it."""
        cell = self.row.phrase(column)
        if column.endswith("_concept_id"):
            concept = self.names.concept(cell.text) if cell else None
            if concept and cell:
                return Phrase(concept.name, cell.path)
            return self.row.phrase(column.replace("_concept_id", "_source_value"))
        if column in {"provider_id", "care_site_id", "location_id"}:
            name = self.names.place(column.removesuffix("_id"), cell.text) if cell else ""
            return Phrase(name, cell.path) if cell and name else None
        return Phrase(f"{cell.text} days", cell.path) if cell and column == "days_supply" else cell

    def details(self, wanted: Details) -> list[Detail]:
        """Return a detail for each column that says something."""
        found = [(name, self.words(column)) for name, column in wanted]
        return [Detail(name=name, text=words.text, path=words.path) for name, words in found if words]

    def between(self, first: str, last: str) -> str:
        """Return the path from one column to another, where no other cell lies between them that is not meant."""
        start, end = self.row.span(first), self.row.span(last)
        return range_path(start[0], end[1]) if start and end and start[0] <= end[1] else ""
