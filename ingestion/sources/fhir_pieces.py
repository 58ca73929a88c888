"""Pieces of a FHIR file to facts, documents and passages: all that can be said of a resource without the rest of the file.

A piece is read on its own, so that pieces can be read at the same time (`fhir_readers.py`); what one piece says of another is
settled afterwards, in their order (`fhir.py`).

Source: FHIR R4 (http://hl7.org/fhir/R4/).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus, Document, Fact, PartialDate, Patient, PatientId
from chartcite.engine.facts.elements import Found, Removal, ResourceText, Unreadable, iterate_resources
from chartcite.engine.facts.written import write_resource
from chartcite.engine.ports import PreparedPassage, PreparedResource
from chartcite.ingestion.sources.fhir_bulk import Surroundings, attached_binaries
from chartcite.ingestion.sources.fhir_elements import Element, parse_moment
from chartcite.ingestion.sources.fhir_facts import read_facts
from chartcite.ingestion.sources.fhir_lines import Line, found_on, text_of
from chartcite.ingestion.sources.fhir_narrative import read_documents
from chartcite.ingestion.sources.fhir_people import patient_of
from chartcite.ingestion.sources.fhir_reading import Reading
from chartcite.ingestion.sources.fhir_recipes_planned import NOT_OF_A_PATIENT
from chartcite.ingestion.sources.fhir_references import References, identity_of
from chartcite.ingestion.sources.source import Deleted, Note, ReadResource, WrittenRead, passages_of
from pydantic import ValidationError

Telling = tuple[PatientId | None, str, str]
"""A patient, a day, and the hash of a narrative text: what is told there is told once."""


class Piece(NamedTuple):
    """A part of a file that can be read by itself: the whole of it, or some lines of NDJSON."""

    whole: bytes | None
    lines: tuple[Line, ...] = ()
    first: bool = True
    """Of the file."""

    @property
    def contents(self) -> tuple[bytes, ...]:
        """The bytes."""
        return (self.whole,) if self.whole is not None else tuple(line.content for line in self.lines)

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(map(len, self.contents))

    def written(self) -> bytes:
        """Return the piece as bytes, for another process: how it is made up as a line of JSON, then its contents."""
        lines = [(line.number, line.start, len(line.content), line.cut) for line in self.lines]
        return b"\n".join([json.dumps([self.first, None if self.whole is not None else lines]).encode(), b"".join(self.contents)])

    @classmethod
    def from_written(cls, written: bytes) -> Piece:
        """Return the piece that `written` wrote down."""
        head, _, content = written.partition(b"\n")
        first, given = json.loads(head)
        if given is None:
            return cls(content, first=first)
        lines, place = [], 0
        for number, start, length, cut in given:
            lines.append(Line(number, start, content[place : place + length], cut))
            place += length
        return cls(None, tuple(lines), first)


class Narrative(NamedTuple):
    """A document of a resource that may be cut into passages."""

    position: int
    """In `PreparedResource.documents`."""
    telling: Telling
    always: bool
    """It is cut, whoever else tells the same: short remarks repeat by nature."""
    passages: tuple[PreparedPassage, ...] | None
    """`None`: not cut yet, as another resource of the piece tells it."""


class Claim(NamedTuple):
    """A resource that says whose it is, and what was read of it (without passages)."""

    identity: str
    patient_id: PatientId | None
    read: ReadResource | WrittenRead | Unreadable
    narratives: tuple[Narrative, ...] = ()
    searched: bool = True
    """False: it was entered in error, and is kept but never searched."""


Together = list[Claim | Deleted | Unreadable]
"""Resources that may refer to each other: of a file or a piece of it, or of a Bundle on a line."""


def read_piece(piece: Piece, around: Surroundings) -> list[Together]:
    """Read a piece of a file.

    Raises:
        SourceRejectedError: it is not JSON, and no line of it is.
    """
    if piece.whole is None:
        found: Iterable[Found] = found_on(piece.lines, first=piece.first)
    else:
        found = iterate_resources(text_of(piece.whole))
    return read_found(found, around)


def read_found(found: Iterable[Found], around: Surroundings) -> list[Together]:
    """Read what stands in a file or in a piece of it."""
    return [_read_together(list(some), around) for _, some in groupby(found, key=lambda one: _bundle_of(one.where))]


def _bundle_of(where: str) -> str:
    """Return the line of a Bundle in NDJSON: its references end at its border. Elsewhere the whole file is one."""
    line, within, _ = where.partition(" entry[")
    return line if within and line.startswith("line ") else ""


def _read_together(found: list[Found], around: Surroundings) -> Together:
    """Read resources that may refer to each other."""
    resources = [(identity_of(one), one) for one in found if isinstance(one, ResourceText)]
    binaries = around.binaries(_named_binaries(resources)) if found else {}
    references = References(resources, around.directory, binaries)
    owners = _owners_of_binaries(resources, references)
    context = _Context(references, around.owners | owners if around.owners else owners)
    identities = iter(resources)
    read: Together = []
    for one in found:
        if isinstance(one, ResourceText):
            read.append(_parse(one, next(identities)[0], context))
        else:
            read.append(Deleted(one.resource, one.where) if isinstance(one, Removal) else one)
    return _cut(read)


def _cut(read: Together) -> Together:
    """Cut the narrative that no other resource of these tells."""
    claims = [one for one in read if isinstance(one, Claim)]
    told: dict[Telling, str] = {}
    tell(claims, told)
    return [_with_passages(one, told) if isinstance(one, Claim) and one.narratives else one for one in read]


def tell(claims: Sequence[Claim], told: dict[Telling, str]) -> None:
    """Add who tells what: of a note and the report that repeats it, the note tells it."""
    for notes_first in (True, False):
        for one in claims:
            if one.narratives and one.identity.startswith("DocumentReference/") is notes_first:
                for narrative in one.narratives:
                    told.setdefault(narrative.telling, teller(one, narrative))


def teller(claim: Claim, narrative: Narrative) -> str:
    """Return the name of a document that tells its words."""
    return f"{claim.identity} {documents_of(claim)[narrative.position].path}"


def documents_of(claim: Claim) -> tuple[Document, ...]:
    """Return the documents of a resource; of one that cannot be read, or that is written as rows, none."""
    return claim.read.prepared.documents if isinstance(claim.read, ReadResource) else ()


def raw_of(claim: Claim) -> str:
    """Return the words of a resource."""
    return claim.read.raw if isinstance(claim.read, Unreadable) else claim.read.prepared.text


def as_rows(read: list[Together]) -> list[Together]:
    """Return the same, where resources without narrative are written as rows of a store."""
    return [[_as_rows(one) if isinstance(one, Claim) else one for one in together] for together in read]


def _as_rows(claim: Claim) -> Claim:
    read = claim.read
    if claim.narratives or not isinstance(read, ReadResource):
        return claim
    written = write_resource(read.prepared)
    return claim if written is None else claim._replace(read=WrittenRead(written, read.where, read.notes))


def _with_passages(claim: Claim, told: dict[Telling, str]) -> Claim:
    def cut(one: Narrative) -> Narrative:
        if not claim.searched or not (one.always or told[one.telling] == teller(claim, one)):
            return one
        return one._replace(passages=passages_of([(one.position, documents_of(claim)[one.position])]))

    return claim._replace(narratives=tuple(map(cut, claim.narratives)))


def _named_binaries(resources: list[tuple[str, ResourceText]]) -> set[str]:
    """Return the Binaries that notes name and that are not among the resources."""
    named = {target for _, one in resources if _holds_notes(one) for target in attached_binaries(Element(one.data, ""))}
    return named - {identity for identity, _ in resources} if named else named


def _holds_notes(one: ResourceText) -> bool:
    return one.data["resourceType"] in {"DocumentReference", "DiagnosticReport"}


class _Context(NamedTuple):
    """What is known of the file that a resource stands in."""

    references: References
    binaries: dict[str, PatientId]


def _parse(source: ResourceText, identity: str, context: _Context) -> Claim | Unreadable:
    """Read one resource, or say why it cannot be."""
    kind, _, own = identity.partition("/")
    root = Element(source.data, "")
    patient_id = PatientId(own) if kind == "Patient" else context.references.patient_of(root)
    patient_id = patient_id or context.binaries.get(identity)
    if patient_id is None and kind not in NOT_OF_A_PATIENT:
        return Unreadable(source.where, f"{kind} names no patient that can be known", source.raw)
    try:
        if patient_id is None or identity in context.binaries:
            return _unattended(source, identity, patient_id, context.references)
        return _of_patient(Reading(source, identity, patient_id, context.references, [], root))
    except ValidationError as error:
        fields = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors()})
        reason = f"{kind} holds what cannot be stored: {', '.join(fields)}"
    except RecursionError:
        reason = f"{kind} is nested too deep"
    return Claim(identity, patient_id, Unreadable(source.where, reason, source.raw))


def _of_patient(reading: Reading) -> Claim:
    facts = read_facts(reading)
    documents = tuple(read_documents(reading, facts))
    is_patient = reading.root.child("resourceType").words == "Patient"
    patient = patient_of(reading.root, reading.patient_id) if is_patient else None
    read = _prepared(reading.source, reading.identity, reading.patient_id, documents, facts, patient)
    searched = all(fact.assertion is not AssertionStatus.ENTERED_IN_ERROR for fact in facts)
    narratives = tuple(_narrative(position, one) for position, one in enumerate(documents[1:], start=1))
    read = read._replace(notes=(*reading.notes, *read.notes)) if reading.notes else read
    return Claim(reading.identity, reading.patient_id, read, narratives, searched)


def _unattended(source: ResourceText, identity: str, patient_id: PatientId | None, references: References) -> Claim:
    """Keep a resource that states nothing of a patient by itself: an Organization, the Binary behind a note."""
    kind = identity.partition("/")[0]
    title = references.name(identity) or kind
    document = Document(resource=identity, patient_id=patient_id, path="", title=title, text=source.raw, kind=kind)
    return Claim(identity, patient_id, _prepared(source, identity, patient_id, (document,)))


def _narrative(position: int, document: Document) -> Narrative:
    day = document.occurred.day if document.occurred else ""
    digest = sha256(document.text.strip().encode("utf-8", "surrogatepass")).hexdigest()
    return Narrative(position, (document.patient_id, day, digest), document.path.startswith("note"), None)


def _prepared(
    source: ResourceText,
    identity: str,
    patient_id: PatientId | None,
    documents: tuple[Document, ...],
    facts: tuple[Fact, ...] = (),
    patient: Patient | None = None,
) -> ReadResource:
    version, updated, notes = _version(Element(source.data, ""))
    prepared = PreparedResource(
        resource=identity,
        resource_type=identity.partition("/")[0],
        patient_id=patient_id,
        documents=documents,
        facts=facts,
        passages=(),
        patient=patient,
        version=version,
        updated=updated,
    )
    return ReadResource(prepared, source.where, notes)


def _owners_of_binaries(resources: list[tuple[str, ResourceText]], references: References) -> dict[str, PatientId]:
    """Return whose note each Binary of the file holds."""
    owners: dict[str, PatientId] = {}
    for _, one in resources:
        if not _holds_notes(one):
            continue
        root = Element(one.data, "")
        for url in (*root.each("content", "attachment", "url"), *root.each("presentedForm", "url")):
            target = references.target(Element({"reference": url.words}, ""))
            patient_id = references.patient_of(root) if target.startswith("Binary/") else None
            if patient_id:
                owners.setdefault(target, patient_id)
    return owners


def _version(root: Element) -> tuple[str, PartialDate | None, tuple[Note, ...]]:
    """Return `meta.versionId` and `meta.lastUpdated`."""
    meta = root.child("meta")
    version, written = meta.child("versionId").words, meta.child("lastUpdated").words
    updated = parse_moment(written)
    bad = f"{root.child('resourceType').words}/{root.child('id').words}" if written and updated is None else ""
    reason = "not a FHIR date or dateTime; kept without it"
    return version, updated, (Note(bad, "meta.lastUpdated", reason),) if bad else ()
