"""FHIR R4 file to prepared resources: facts, documents, passages, and what was refused.

Source: FHIR R4 (http://hl7.org/fhir/R4/). A file is a Bundle of any type, one resource, or NDJSON, which is read in pieces.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus, Document, Fact, PartialDate, Patient, PatientId
from chartcite.engine.elements import Found, Removal, ResourceText, Unreadable, iterate_resources
from chartcite.engine.ports import PreparedResource
from chartcite.ingestion.sources.fhir_bulk import (
    Surroundings,
    attached_binaries,
    is_manifest,
    read_manifest,
    surroundings_of,
)
from chartcite.ingestion.sources.fhir_elements import Element, parse_moment
from chartcite.ingestion.sources.fhir_facts import read_facts
from chartcite.ingestion.sources.fhir_lines import head_text, holds_lines, read_pieces, whole_text
from chartcite.ingestion.sources.fhir_narrative import read_documents
from chartcite.ingestion.sources.fhir_people import patient_of
from chartcite.ingestion.sources.fhir_reading import Reading
from chartcite.ingestion.sources.fhir_recipes_planned import NOT_OF_A_PATIENT
from chartcite.ingestion.sources.fhir_references import References, identity_of
from chartcite.ingestion.sources.source import Deleted, Format, Note, Read, ReadResource, SourceFile, passages_of
from pydantic import ValidationError


class _Parsed(NamedTuple):
    source: ResourceText
    identity: str
    patient_id: PatientId | None
    facts: tuple[Fact, ...] = ()
    documents: tuple[Document, ...] = ()
    patient: Patient | None = None
    notes: tuple[Note, ...] = ()


_Told = dict[tuple[PatientId | None, str, str], str]
"""Which resource tells a narrative text of a patient and a day: its passages are cut once."""

_MAX_REMEMBERED = 200_000


class _File(NamedTuple):
    """What is remembered from piece to piece of a file, and what is known beyond it."""

    told: _Told
    owners: dict[str, PatientId | None]
    around: Surroundings

    def forget(self) -> None:
        """Keep what is remembered of a file of any size small."""
        for remembered in (self.told, self.owners):
            if len(remembered) > _MAX_REMEMBERED:
                remembered.clear()


def read_fhir(text: str) -> Read:
    """Yield every resource of a FHIR file, in order, each part that was refused with its reason, and what is gone.

    Raises:
        SourceRejectedError: the text is not JSON, and no line of it is.
    """
    yield from _read_pieces([list(iterate_resources(text))], Surroundings())


def _read_pieces(pieces: Iterable[list[Found]], around: Surroundings) -> Read:
    file = _File({}, {}, around)
    for piece in pieces:
        for _, found in groupby(piece, key=lambda one: _bundle_of(one.where)):
            yield from _read_together(list(found), file)
        file.forget()


def _bundle_of(where: str) -> str:
    """Return the line of a Bundle in NDJSON: its references end at its border. Elsewhere the whole file is one."""
    line, within, _ = where.partition(" entry[")
    return line if within and line.startswith("line ") else ""


def _read_together(found: list[Found], file: _File) -> Read:
    """Read resources that may refer to each other."""
    resources = [(identity_of(one), one) for one in found if isinstance(one, ResourceText)]
    binaries = file.around.binaries(_named_binaries(resources)) if found else {}
    references = References(resources, file.around.directory, binaries)
    owners = _owners_of_binaries(resources, references)
    context = _Context(references, file.around.owners | owners if file.around.owners else owners, file.owners)
    read = [_parse(one, context) if isinstance(one, ResourceText) else one for one in found]
    for notes_first in (True, False):  # a note and the report that repeats it: the note tells it
        for one in read:
            if isinstance(one, _Parsed) and one.identity.startswith("DocumentReference/") is notes_first:
                for document in one.documents[1:]:
                    file.told.setdefault(_telling(document), f"{one.identity} {document.path}")
    for one in read:
        if isinstance(one, _Parsed):
            yield _prepared(one, file.told)
        else:
            yield Deleted(one.resource, one.where) if isinstance(one, Removal) else one


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
    owners: dict[str, PatientId | None]


def _parse(source: ResourceText, context: _Context) -> _Parsed | Unreadable:
    """Read one resource, or say why it cannot be."""
    identity = identity_of(source)
    kind, _, own = identity.partition("/")
    root = Element(source.data, "")
    patient_id = PatientId(own) if kind == "Patient" else context.references.patient_of(root)
    patient_id = patient_id or context.binaries.get(identity)
    if patient_id is None and kind not in NOT_OF_A_PATIENT:
        return Unreadable(source.where, f"{kind} names no patient that can be known", source.raw)
    if context.owners.setdefault(identity, patient_id) != patient_id:
        return Unreadable(source.where, f"its id is that of another patient's {kind} in this file", source.raw)
    try:
        if patient_id is None or identity in context.binaries:
            return _unattended(source, identity, patient_id, context.references)
        return _of_patient(Reading(source, identity, patient_id, context.references, [], root))
    except ValidationError as error:
        fields = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors()})
        return Unreadable(source.where, f"{kind} holds what cannot be stored: {', '.join(fields)}", source.raw)
    except RecursionError:
        return Unreadable(source.where, f"{kind} is nested too deep", source.raw)


def _of_patient(reading: Reading) -> _Parsed:
    facts = read_facts(reading)
    documents = tuple(read_documents(reading, facts))
    is_patient = reading.root.child("resourceType").words == "Patient"
    patient = patient_of(reading.root, reading.patient_id) if is_patient else None
    return _Parsed(reading.source, reading.identity, reading.patient_id, facts, documents, patient, tuple(reading.notes))


def _unattended(source: ResourceText, identity: str, patient_id: PatientId | None, references: References) -> _Parsed:
    """Keep a resource that states nothing of a patient by itself: an Organization, the Binary behind a note."""
    kind = identity.partition("/")[0]
    title = references.name(identity) or kind
    document = Document(resource=identity, patient_id=patient_id, path="", title=title, text=source.raw, kind=kind)
    return _Parsed(source, identity, patient_id, documents=(document,))


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


def _telling(document: Document) -> tuple[PatientId | None, str, str]:
    day = document.occurred.day if document.occurred else ""
    return document.patient_id, day, sha256(document.text.strip().encode("utf-8", "surrogatepass")).hexdigest()


def _prepared(parsed: _Parsed, told: _Told) -> ReadResource:
    """Cut the narrative that no other resource tells; what was entered in error is kept, but never searched."""
    in_error = any(fact.assertion is AssertionStatus.ENTERED_IN_ERROR for fact in parsed.facts)
    telling = [
        (position, document)
        for position, document in enumerate(parsed.documents)
        if position and not in_error and _tells(parsed.identity, document, told)
    ]
    version, updated, notes = _version(Element(parsed.source.data, ""))
    prepared = PreparedResource(
        resource=parsed.identity,
        resource_type=parsed.identity.partition("/")[0],
        patient_id=parsed.patient_id,
        documents=parsed.documents,
        facts=parsed.facts,
        passages=passages_of(telling),
        patient=parsed.patient,
        version=version,
        updated=updated,
    )
    return ReadResource(prepared, parsed.source.where, (*parsed.notes, *notes))


def _tells(identity: str, document: Document, told: _Told) -> bool:
    """Say whether this is the document that tells its words. Short remarks repeat by nature and are all kept."""
    if document.path.startswith("note"):
        return True
    return told.get(_telling(document)) == f"{identity} {document.path}"


def _version(root: Element) -> tuple[str, PartialDate | None, tuple[Note, ...]]:
    """Return `meta.versionId` and `meta.lastUpdated`."""
    meta = root.child("meta")
    version, written = meta.child("versionId").words, meta.child("lastUpdated").words
    updated = parse_moment(written)
    bad = f"{root.child('resourceType').words}/{root.child('id').words}" if written and updated is None else ""
    reason = "not a FHIR date or dateTime; kept without it"
    return version, updated, (Note(bad, "meta.lastUpdated", reason),) if bad else ()


def _recognises(source: SourceFile) -> bool:
    if source.name.endswith((".json", ".ndjson")):
        return True
    text = head_text(source.head)
    return text[:1] in {"{", "["} and ('"resourceType"' in text or is_manifest(text))


def _read(source: SourceFile) -> Read:
    if is_manifest(head_text(source.head)):
        yield from read_manifest(whole_text(source), source)
        return
    lines = holds_lines(source.name, source.head, source.open)
    around = surroundings_of(source, lines=lines)
    yield from _read_pieces(
        read_pieces(source, around.weight) if lines else [list(iterate_resources(whole_text(source)))], around
    )


FHIR = Format("FHIR R4 JSON", _recognises, _read)
