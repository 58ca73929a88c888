"""One FHIR resource being read: its words with their paths, and its dates."""

from __future__ import annotations

from dataclasses import dataclass

from chartcite.engine.domain.records import (
    CodedConcept,
    Detail,
    PatientId,
)
from chartcite.engine.facts.elements import ResourceText
from chartcite.ingestion.sources.drafts import NOWHEN, Moment
from chartcite.ingestion.sources.fhir_elements import Element, Named, Phrase, named, parse_moment, phrase, roots_of
from chartcite.ingestion.sources.fhir_references import References, contained
from chartcite.ingestion.sources.source import Note

_ENCOUNTER = ("encounter", "context.encounter", "context")


@dataclass(frozen=True, slots=True)
class Reading:
    """A resource with all that is needed to read it."""

    source: ResourceText
    identity: str
    patient_id: PatientId
    references: References
    notes: list[Note]
    root: Element

    def has(self, paths: tuple[str, ...]) -> bool:
        """Say whether the resource may have something at one of the paths; quick, for most of them it has nothing."""
        value = self.root.value
        return isinstance(value, dict) and not roots_of(paths).isdisjoint(value)

    def moment(self, *paths: str) -> Moment:
        """Return the first date found at one of the paths. A bad date is noted and skipped."""
        if not self.has(paths):
            return NOWHEN
        for path in paths:
            for element in self.root.at(path):
                found = self.moment_of(element)
                if found.date is not None:
                    return found
        return NOWHEN

    def moment_of(self, element: Element) -> Moment:
        """Return the date that an element holds."""
        words = element.words
        if not words:
            return NOWHEN
        date = parse_moment(words)
        if date is None:
            self.note(element.path, "not a FHIR date or dateTime; kept without it")
            return NOWHEN
        return Moment(date, element.path)

    def note(self, where: str, reason: str, raw: str = "") -> None:
        """Report something that could not be used; each only once."""
        found = Note(self.identity, where, reason, raw)
        if found not in self.notes:
            self.notes.append(found)

    def phrase(self, element: Element) -> Phrase | None:
        """Return words for a reader; a reference without a display is called as what it points to."""
        reference = element.child("reference")
        if reference and reference.words and not element.child("display").words:
            name = self.references.name(self.references.target(element))
            inner = contained(self.root, reference.words) if reference.words.startswith("#") else None
            shown = self._contained_phrase(inner) if inner else None
            return shown or Phrase(name or reference.words, reference.path)
        return phrase(element)

    def details(self, name: str, *paths: str) -> list[Detail]:
        """Return a detail for each element at the paths that says something."""
        found: list[Detail] = []
        for path in paths:
            for element in self.root.at(path):
                words = self.phrase(element)
                if words:
                    found.append(Detail(name=name, text=words.text, path=words.path))
        return found

    def named(self, *paths: str) -> Named | None:
        """Return the first concept that has words; codes alone serve only where no path has any."""
        bare: Named | None = None
        for path in paths:
            for element in self.root.at(path):
                if element.child("reference"):
                    return self._named_reference(element)
                found = named(element)
                if found and not found.path.endswith(".code"):
                    return found
                bare = bare or found
        return bare

    def author(self, *paths: str) -> str:
        """Return who wrote it."""
        if not self.has(paths):
            return ""
        for path in paths:
            for element in self.root.at(path):
                shown = self.references.shown(element)
                if shown:
                    return shown
        return ""

    def encounter(self) -> str:
        """Return `Encounter/id` that it belongs to."""
        if not self.has(_ENCOUNTER):
            return ""
        for path in _ENCOUNTER:
            for element in self.root.at(path):
                target = self.references.target(element)
                if target.startswith("Encounter/"):
                    return target
        return ""

    def _contained_phrase(self, inner: Element) -> Phrase | None:
        return phrase(inner.child("code")) or phrase(inner.child("name"))

    def _named_reference(self, element: Element) -> Named | None:
        """Read a reference (to a Medication, a Device, ...) as the concept that its target is."""
        target = self.references.target(element)
        inner = contained(self.root, target) if target.startswith("#") else self.references.resource(target)
        concept = named(inner.child("code")) if inner else None
        display = element.child("display")
        if concept and target.startswith("#"):
            return concept
        if concept:
            place = display if display.words else element.child("reference")
            text = display.words or concept.concept.text
            return Named(CodedConcept(text=text, codings=concept.concept.codings), place.path)
        words = self.phrase(element)
        return Named(CodedConcept(text=words.text), words.path) if words else None
