"""One clinical document being read: its dates, concepts and values with the characters that they stand in.

Source: HL7 v3 data types as CDA R2 uses them (CD, CE, ED, II, IVL_TS, PQ, TS) and the sdtc extensions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from chartcite.engine.domain.records import CodedConcept, Coding, PatientId, Quantity, Value
from chartcite.engine.facts.elements import range_path
from chartcite.ingestion.sources.drafts import NOWHEN, Moment
from chartcite.ingestion.sources.fhir_elements import Named, Phrase
from chartcite.ingestion.sources.hl7_values import number_of, system_of, time_of
from chartcite.ingestion.sources.source import Note
from chartcite.ingestion.sources.xml_tree import XmlElement

_MAX_REFERENCED_CHARACTERS = 400
"""What an entry refers to is its own words; more than this is a whole section and names nothing."""
_MAX_NOTES = 500
"""A document with more to note is broken throughout: the first ones say so."""
_CODED = frozenset({"CD", "CE", "CO", "CS", "CV", "PQR"})
_COMPARATORS = {("low", True): ">=", ("low", False): ">", ("high", True): "<=", ("high", False): "<"}


@dataclass(frozen=True, slots=True)
class CdaReading:
    """A document with all that is needed to read it."""

    text: str
    identity: str
    """`ClinicalDocument/id`."""
    patient_id: PatientId
    ids: dict[str, XmlElement]
    """Parts of the narrative by their `ID`."""
    notes: list[Note]
    written: Moment = NOWHEN
    """When the document was written."""
    author: str = ""
    referenced: dict[str, Phrase | None] = field(default_factory=dict)

    def note(self, element: XmlElement, reason: str, raw: str = "") -> None:
        """Report something that could not be used; each only once."""
        found = Note(self.identity, range_path(element.start, element.end), reason, raw)
        if len(self.notes) < _MAX_NOTES and found not in self.notes:
            self.notes.append(found)

    def moment(self, element: XmlElement | None, name: str = "value") -> Moment:
        """Return the time of a TS. A bad one is noted and left out."""
        written = element.attribute(name) if element is not None else None
        if element is None or written is None:
            return NOWHEN
        date = time_of(written.text)
        if date is None:
            self.note(element, "not an HL7 time; kept without it")
            return NOWHEN
        return Moment(date, written.path)

    def interval(self, element: XmlElement | None) -> tuple[Moment, Moment]:
        """Return begin and end of an IVL_TS; of a point in time the begin."""
        if element is None:
            return NOWHEN, NOWHEN
        point = self.moment(element)
        if point.date is not None:
            return point, NOWHEN
        low = self.moment(element.first("low", "center"))
        return low, self.moment(element.first("high"))

    def interval_of(self, holder: XmlElement) -> tuple[Moment, Moment]:
        """Return begin and end of the first `effectiveTime` that has one."""
        for element in holder.elements("effectiveTime"):
            if element.get("type").rpartition(":")[2] not in {"PIVL_TS", "EIVL_TS"}:
                found = self.interval(element)
                if found[0].date or found[1].date:
                    return found
        return NOWHEN, NOWHEN

    def words(self, element: XmlElement | None) -> Phrase | None:
        """Return the words of an ED or ST: its own, else those of the narrative that it refers to."""
        if element is None:
            return None
        reference = element.first("reference")
        found = self._referenced(reference.get("value").removeprefix("#")) if reference is not None else None
        return found or element.words

    def _referenced(self, name: str) -> Phrase | None:
        """Return the words of a part of the narrative; each part is read once."""
        if name not in self.referenced:
            words = self.ids[name].words if name in self.ids else None
            self.referenced[name] = words if words and len(words.text) <= _MAX_REFERENCED_CHARACTERS else None
        return self.referenced[name]

    def phrase(self, element: XmlElement | None) -> Phrase | None:
        """Return the words of a coded element: display, original text, a translation's display; at last the code."""
        if element is None:
            return None
        found = element.attribute("displayName") or self.words(element.first("originalText"))
        for translation in element.elements("translation"):
            found = found or element_phrase(translation)
        return found or element.attribute("code")

    def named(self, *elements: XmlElement | None) -> Named | None:
        """Return the first coded element that has words as a concept; bare codes serve only where none has."""
        bare: Named | None = None
        for element in elements:
            phrase = self.phrase(element)
            if element is None or phrase is None:
                continue
            found = Named(CodedConcept(text=phrase.text, codings=codings(element)), phrase.path)
            if phrase.text != element.get("code"):
                return found
            bare = bare or found
        return bare

    def value(self, element: XmlElement) -> Value | None:
        """Return a `value` of an observation by its type; `None` where it has none."""
        kind = element.get("type").rpartition(":")[2]
        if kind in {"PQ", "INT", "REAL", "MO"} or (not kind and element.get("value")):
            return self._quantity(element)
        if kind.startswith("IVL"):
            return self._range(element)
        if kind.startswith("RTO"):
            return self.ratio(element)
        if kind == "TS":
            moment = self.moment(element)
            return Value(text=moment.date.written, path=moment.path) if moment.date else None
        if kind in _CODED or (not kind and element.get("code")):
            named = self.named(element)
            return Value(concept=named.concept, path=named.path) if named else None
        flag = element.attribute("value")  # BL
        words = flag or self.words(element)
        return Value(text=words.text, path=words.path) if words else None

    def _quantity(self, element: XmlElement) -> Value | None:
        written = element.attribute("value")
        if written is None:
            named = self.named(element, *element.elements("translation"))  # a PQ that can only be told in words
            return Value(text=named.concept.text, path=named.path) if named else None
        number = number_of(written.text)
        if number is None:
            self.note(element, "a quantity whose value is not a number; kept as words")
            return Value(text=f"{written.text} {unit_of(element)}".strip(), path=written.path)
        unit = unit_of(element)
        return Value(quantity=Quantity(value=number, written=written.text, unit=unit, ucum=unit), path=quantity_path(element))

    def _range(self, element: XmlElement) -> Value | None:
        """Read an interval: of one limit a quantity with a comparator, of two the words."""
        low, high = element.first("low"), element.first("high")
        ends = [(name, one) for name, one in (("low", low), ("high", high)) if one is not None and one.get("value")]
        if len(ends) == 1:
            name, one = ends[0]
            found = self._quantity(one)
            comparator = _COMPARATORS[name, one.get("inclusive") != "false"]
            if found is None or found.quantity is None:
                return found
            return Value(quantity=found.quantity.model_copy(update={"comparator": comparator}), path=found.path)
        words = range_words(low, high)
        return Value(text=words.text, path=words.path) if words else None

    def ratio(self, element: XmlElement) -> Value | None:
        """Return a RTO as words: `4 g per 24 h`; both parts have to be there."""
        parts = [one for tag in ("numerator", "denominator") for one in element.elements(tag)[:1] if one.get("value")]
        words = " per ".join(quantity_text(one) for one in parts)
        return Value(text=words, path=range_path(parts[0].start, parts[-1].end)) if len(parts) == 2 else None

    def author_of(self, holder: XmlElement) -> tuple[str, Moment]:
        """Return who wrote an entry, and when: its own author, else the document's; no time but its own."""
        for author in holder.elements("author"):
            name = person_or_organization(author.first("assignedAuthor"))
            return (name.text if name else self.author), self.moment(author.first("time"))
        return self.author, NOWHEN

    def performers(self, holder: XmlElement) -> Iterator[Phrase]:
        """Yield the names of those who did it."""
        for entity in holder.at("performer/assignedEntity"):
            name = person_or_organization(entity)
            if name:
                yield name


def codings(element: XmlElement) -> tuple[Coding, ...]:
    """Return the code of a CD and those of its translations."""
    found = [element, *element.elements("translation")]
    return tuple(
        Coding(system=system_of(one.get("codeSystem")), code=one.get("code"), display=one.get("displayName"))
        for one in found
        if one.get("code")
    )


def element_phrase(element: XmlElement) -> Phrase | None:
    """Return the display of a coded element."""
    return element.attribute("displayName")


def unit_of(element: XmlElement) -> str:
    """Return the unit of a PQ; `1` is UCUM's way to say that there is none."""
    unit = element.get("unit")
    return "" if unit == "1" else unit


def quantity_text(element: XmlElement) -> str:
    """Return a PQ as it reads."""
    return f"{element.get('value')} {unit_of(element)}".strip()


def quantity_path(element: XmlElement) -> str:
    """Return the range of a PQ from its number to its unit: a number is never cited without the unit beside it."""
    spans = [span for name in ("value", "unit") if unit_of(element) or name == "value" if (span := element.attribute_span(name))]
    return range_path(min(start for start, _ in spans), max(end for _, end in spans))


def quantity_phrase(element: XmlElement | None) -> Phrase | None:
    """Return a PQ, or an interval of them, as words for a reader."""
    if element is None:
        return None
    written = element.attribute("value")
    if written:
        return Phrase(quantity_text(element), quantity_path(element))
    return range_words(element.first("low", "center"), element.first("high"))


def range_words(low: XmlElement | None, high: XmlElement | None) -> Phrase | None:
    """Return an interval as words: `4.0-5.6 %`, `>= 4 mg`; the range goes from limit to limit."""
    ends = [one for one in (low, high) if one is not None and one.get("value")]
    if not ends:
        return None
    path = range_path(ends[0].start, ends[-1].end)
    if len(ends) == 2:
        unit = unit_of(ends[1]) or unit_of(ends[0])
        return Phrase(f"{ends[0].get('value')}-{ends[1].get('value')} {unit}".strip(), path)
    name = "low" if ends[0] is low else "high"
    return Phrase(f"{_COMPARATORS[name, ends[0].get('inclusive') != 'false']} {quantity_text(ends[0])}", path)


def person_or_organization(entity: XmlElement | None) -> Phrase | None:
    """Return the name of an assigned person, else of the organization behind it."""
    if entity is None:
        return None
    name = entity.first("assignedPerson/name", "associatedPerson/name", "playingEntity/name", "relatedPerson/name")
    words = person_name(name)
    place = entity.first(
        "representedOrganization/name", "assignedAuthoringDevice/softwareName", "assignedAuthoringDevice/manufacturerModelName"
    )
    return words or (place.words if place is not None else None)


def person_name(name: XmlElement | None) -> Phrase | None:
    """Return a name in the order in which it is said: prefix, given, family, suffix; the range is that of the parts."""
    if name is None:
        return None
    order = ("prefix", "given", "family", "suffix")
    parts = [part for tag in order for part in name.elements(tag) if part.get("qualifier") != "CL" and part.words]
    if not parts:
        return name.words
    words = " ".join(part.words.text for part in parts if part.words)
    runs = [run for part in parts for run in part.texts() if run.text.strip()]
    return Phrase(words, range_path(min(run.start for run in runs), max(run.end for run in runs)))


def templates(element: XmlElement) -> set[str]:
    """Return the templates that an element says it follows."""
    return {one.get("root") for one in element.elements("templateId")}
