"""One HL7 v2 message being read: concepts, times, people and identifiers with the characters that they stand in.

Source: HL7 v2.x chapter 2A (CE/CWE, CX, EI, HD, XAD, XCN, XPN, XTN, DTM); table 0396 (names of code systems).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from chartcite.engine.domain.records import AssertionStatus, CodedConcept, Coding, Document, Fact, Patient, PatientId, Value
from chartcite.engine.facts.elements import range_path
from chartcite.engine.ports import PreparedResource
from chartcite.ingestion.sources.drafts import NOWHEN, Draft, Moment, numbered
from chartcite.ingestion.sources.fhir_elements import Named, Phrase
from chartcite.ingestion.sources.hl7_values import (
    CPT,
    CVX,
    ICD9CM,
    ICD10CM,
    LOINC,
    NDC,
    RXNORM,
    SNOMED,
    safe_id,
    system_of,
    time_of,
)
from chartcite.ingestion.sources.hl7v2_syntax import Message, Piece, Segment
from chartcite.ingestion.sources.source import Note, ReadResource, passages_of

_SYSTEMS = {
    "LN": LOINC, "SCT": SNOMED, "SNM": SNOMED, "RXNORM": RXNORM, "RXN": RXNORM, "I10": ICD10CM, "I10C": ICD10CM,
    "ICD10": ICD10CM, "I9": ICD9CM, "I9C": ICD9CM, "ICD9": ICD9CM, "CVX": CVX, "NDC": NDC, "C4": CPT, "CPT": CPT,
    "CPT4": CPT,
}  # fmt: skip
"""HL7 table 0396 and what senders write for it."""
_RANGE = re.compile(r"@(\d+)-(\d+)$")
_ZONE = re.compile(r"[+-]\d{4}$")
_MAX_NOTES = 100
"""A message with more bad times is broken throughout: the first ones say so."""
_CLOCK = re.compile(r"\d{12}")


@dataclass(slots=True)
class ResourceDraft:
    """A resource that a message gives: its part of the message, facts, narrative."""

    kind: str
    own_id: str
    start: int
    end: int
    """Range of the message that is kept as the resource's text."""
    drafts: list[Draft] = field(default_factory=list)
    narratives: list[tuple[str, str, str]] = field(default_factory=list)
    """(path, title, text) of narrative documents."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """(path, reason)."""
    patient: Patient | None = None

    @property
    def identity(self) -> str:
        """`Type/id`."""
        return f"{self.kind}/{self.own_id}"


@dataclass(frozen=True, slots=True)
class V2Reading:
    """A message with what is needed to read it."""

    message: Message
    patient_id: PatientId
    event: str
    """Trigger event: `A01`."""
    header: Segment
    visit: str = ""
    """Id of the visit that the message belongs to; empty where it names none."""
    zone: str = ""
    """Of MSH-7: it holds for every time of the message that has none (HL7 v2 chapter 2A, DTM)."""
    failed: list[tuple[str, str]] = field(default_factory=list)
    """(path, reason) of what could not be used so far."""

    def moment(self, *pieces: Piece) -> Moment:
        """Return the first time that is one. A bad one is noted and left out."""
        for piece in pieces:
            first = piece.component(1)
            written = first.words
            if not written:
                continue
            zoned = written + self.zone if _CLOCK.match(written) and not _ZONE.search(written) else written
            date = time_of(zoned)
            if date is not None:
                return Moment(date, first.path)
            if len(self.failed) < _MAX_NOTES:
                self.failed.append((first.path, "not an HL7 time; kept without it"))
        return NOWHEN

    def resource(self, kind: str, own_id: str, segments: Iterable[Segment]) -> ResourceDraft:
        """Begin a resource out of neighbouring segments."""
        spans = [(one.start, one.end) for one in segments]
        return ResourceDraft(kind, own_id, min(start for start, _ in spans), max(end for _, end in spans))

    def whole(self, kind: str, own_id: str) -> ResourceDraft:
        """Begin a resource whose text is all of the message."""
        return ResourceDraft(kind, own_id, 0, len(self.message.text))

    def control_id(self) -> str:
        """Return the id of the message."""
        return self.header[10].words

    def encounter(self) -> str:
        """Return `Encounter/id` of the visit; empty where the message names none."""
        return f"Encounter/{self.visit}" if self.visit else ""

    def finished(self, resource: ResourceDraft) -> ReadResource:
        """Return a resource ready to be stored: its text is cut out of the message, and every range moved to it."""
        facts = tuple(draft.fact(resource.identity, self.patient_id) for draft in numbered(resource.drafts))
        facts = tuple(_moved(fact, resource) for fact in facts)
        first = facts[0] if facts else None
        title = first.concept.text if first and resource.kind != "Patient" else resource.kind
        in_error = bool(facts) and all(fact.assertion is AssertionStatus.ENTERED_IN_ERROR for fact in facts)
        texts = [("", title, self.message.text[resource.start : resource.end]), *resource.narratives]
        documents = tuple(
            Document(
                resource=resource.identity,
                patient_id=self.patient_id,
                path=path,
                title=name,
                text=text,
                occurred=first.occurred if first else None,
                recorded=first.recorded if first else None,
                author=first.author if first else "",
                kind=title,
            )
            for path, name, text in texts
        )
        prepared = PreparedResource(
            resource=resource.identity,
            resource_type=resource.kind,
            patient_id=self.patient_id,
            documents=documents,
            facts=facts,
            passages=() if in_error else passages_of(list(enumerate(documents))[1:]),
            patient=resource.patient,
        )
        places = ((_shift(path, resource), reason) for path, reason in [*resource.notes, *self.failed])
        notes = (Note(resource.identity, place, reason) for place, reason in places if place)
        return ReadResource(prepared, self.message.where, tuple(dict.fromkeys(notes)))


def visit_of(message: Message) -> str:
    """Return the id of the visit that a message belongs to: PV1-19, else PID-18; empty where it names none."""
    visit, patient = message.first("PV1"), message.first("PID")
    numbers = [*([visit[19]] if visit else []), *([patient[18]] if patient else [])]
    return next((own for number in numbers if (own := entity_id(number))), "")


def concept(piece: Piece) -> Named | None:
    """Read a CE or CWE as a concept: its text, else its other text, else its original text, else its code."""
    if not piece.raw:
        return None
    parts = [piece.component(number) for number in range(1, 10)]
    codes = tuple(
        Coding(system=_system(parts[first + 2]), code=parts[first].words, display=parts[first + 1].words)
        for first in (0, 3)
        if parts[first].words
    )
    for number in (1, 4, 8, 0, 3):
        words = parts[number].phrase
        if words:
            return Named(CodedConcept(text=" ".join(words.text.split()), codings=codes), words.path)
    return None


def words_of(piece: Piece) -> Phrase | None:
    """Return a CE, CWE or plain field as words for a reader."""
    named = concept(piece)
    return Phrase(named.concept.text, named.path) if named else None


def entity_id(piece: Piece) -> str:
    """Return an EI or CX as a FHIR id: the authority before the number, so that two systems never share one."""
    number, authority = piece.component(1), piece.component(2)
    if not authority.words:
        authority = piece.component(4)
    return safe_id(authority.sub(1).words or authority.sub(2).words, number.words) if number.words else ""


def person(piece: Piece) -> Phrase | None:
    """Return an XPN, or an XCN whose first component is a number, as a name in the order in which it is said."""
    return _name(piece, 1)


def provider(piece: Piece) -> Phrase | None:
    """Return an XCN as a name; without a name its number."""
    return _name(piece, 2) or piece.component(1).phrase


def interpreter(piece: Piece) -> Phrase | None:
    """Return an NDL (OBR-32 and the like), whose first component holds number, family and given name."""
    held = piece.component(1)
    parts = [held.sub(number) for number in (3, 2)]
    if not parts[1].words:
        return provider(piece)
    return Phrase(" ".join(one.words for one in parts if one.words), held.path)


def organization(piece: Piece) -> Phrase | None:
    """Return an XON or HD as a name."""
    return piece.component(1).sub(1).phrase


def location(piece: Piece) -> Phrase | None:
    """Return a PL as words: unit, room, bed, facility."""
    parts = [piece.component(number).sub(1).words for number in (1, 2, 3, 4)]
    words = ", ".join(part for part in parts if part)
    return Phrase(words, piece.repetitions()[0].path) if words else None


def quantity_words(amount: Piece, unit: Piece) -> Phrase | None:
    """Return an amount with its unit; the range is that of the number."""
    words = amount.component(1).phrase
    said = unit.component(2).words or unit.component(1).words
    return Phrase(f"{words.text} {said}".strip(), words.path) if words else None


def _name(piece: Piece, first: int) -> Phrase | None:
    """Return family, given, middle, suffix, prefix (in this order from `first`) as they are said."""
    family, given, middle, suffix, prefix = (piece.component(first + step) for step in range(5))
    parts = [prefix, given, middle, family.sub(1), suffix]
    found = [part for part in parts if part.words]
    if not found:
        return None
    spans = [part.start for part in found], [part.start + len(part.raw) for part in found]
    return Phrase(" ".join(part.words for part in found), range_path(min(spans[0]), max(spans[1])))


def _system(piece: Piece) -> str:
    written = piece.words
    return _SYSTEMS.get(written.upper()) or system_of(written)


def _moved(fact: Fact, resource: ResourceDraft) -> Fact:
    """Return a fact with its ranges counted from where its resource begins in the message.

    What stands in another part of the message cannot be cited from here: a time is kept without its place, a detail goes.
    """
    paths = ("concept_path", "status_path", "occurred_path", "ended_path")
    return fact.model_copy(
        update={
            **{name: _shift(getattr(fact, name), resource) for name in paths},
            "value": _moved_value(fact.value, resource),
            "components": tuple(
                part.model_copy(
                    update={"value": _moved_value(part.value, resource), "concept_path": _shift(part.concept_path, resource)}
                )
                for part in fact.components
            ),
            "details": tuple(
                one.model_copy(update={"path": place}) for one in fact.details if (place := _shift(one.path, resource))
            ),
        }
    )


def _moved_value(value: Value | None, resource: ResourceDraft) -> Value | None:
    return value.model_copy(update={"path": _shift(value.path, resource)}) if value else None


def _shift(path: str, resource: ResourceDraft) -> str:
    """Return a range as it is in the resource's own text; empty where it is not in it."""
    match = _RANGE.match(path)
    if match is None or not resource.start <= int(match[1]) <= int(match[2]) <= resource.end:
        return ""
    return range_path(int(match[1]) - resource.start, int(match[2]) - resource.start)
