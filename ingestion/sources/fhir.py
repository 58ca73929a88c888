"""FHIR R4 file to prepared resources: facts, documents, passages, and what was refused.

Source: FHIR R4 (http://hl7.org/fhir/R4/). A file is a Bundle of any type, one resource, or NDJSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus, Document, Fact, Patient, PatientId
from chartcite.engine.elements import ResourceText, Unreadable, iterate_resources
from chartcite.engine.ports import PreparedResource
from chartcite.ingestion.sources.fhir_elements import Element
from chartcite.ingestion.sources.fhir_facts import read_facts
from chartcite.ingestion.sources.fhir_narrative import read_documents
from chartcite.ingestion.sources.fhir_people import patient_of
from chartcite.ingestion.sources.fhir_reading import Reading
from chartcite.ingestion.sources.fhir_recipes_planned import NOT_OF_A_PATIENT
from chartcite.ingestion.sources.fhir_references import References, identity_of
from chartcite.ingestion.sources.source import Format, Note, Read, ReadResource, SourceFile, passages_of
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


def read_fhir(text: str) -> Iterator[ReadResource | Unreadable]:
    """Yield every resource of a FHIR file, in order, and each part that was refused with its reason.

    Raises:
        SourceRejectedError: the text is not JSON, and no line of it is.
    """
    told: _Told = {}
    for _, found in groupby(iterate_resources(text), key=lambda one: _bundle_of(one.where)):
        yield from _read_together(list(found), told)


def _bundle_of(where: str) -> str:
    """Return the line of a Bundle in NDJSON: its references end at its border. Elsewhere the whole file is one."""
    line, within, _ = where.partition(" entry[")
    return line if within and line.startswith("line ") else ""


def _read_together(found: list[ResourceText | Unreadable], told: _Told) -> Iterator[ReadResource | Unreadable]:
    """Read resources that may refer to each other."""
    references = References((identity_of(one), one) for one in found if isinstance(one, ResourceText))
    context = _Context(references, _owners_of_binaries(found, references), {})
    read = [one if isinstance(one, Unreadable) else _parse(one, context) for one in found]
    for notes_first in (True, False):  # a note and the report that repeats it: the note tells it
        for one in read:
            if isinstance(one, _Parsed) and one.identity.startswith("DocumentReference/") is notes_first:
                for document in one.documents[1:]:
                    told.setdefault(_telling(document), f"{one.identity} {document.path}")
    for one in read:
        yield one if isinstance(one, Unreadable) else _prepared(one, told)


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


def _owners_of_binaries(found: list[ResourceText | Unreadable], references: References) -> dict[str, PatientId]:
    """Return whose note each Binary of the file holds."""
    owners: dict[str, PatientId] = {}
    for one in found:
        if isinstance(one, Unreadable) or one.data["resourceType"] not in {"DocumentReference", "DiagnosticReport"}:
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
    prepared = PreparedResource(
        resource=parsed.identity,
        resource_type=parsed.identity.partition("/")[0],
        patient_id=parsed.patient_id,
        documents=parsed.documents,
        facts=parsed.facts,
        passages=passages_of(telling),
        patient=parsed.patient,
    )
    return ReadResource(prepared, parsed.source.where, parsed.notes)


def _tells(identity: str, document: Document, told: _Told) -> bool:
    """Say whether this is the document that tells its words. Short remarks repeat by nature and are all kept."""
    if document.path.startswith("note"):
        return True
    return told.get(_telling(document)) == f"{identity} {document.path}"


def _recognises(source: SourceFile) -> bool:
    return source.name.endswith((".json", ".ndjson")) or (
        source.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["} and b'"resourceType"' in source.head
    )


def _read(source: SourceFile) -> Read:
    yield from read_fhir(source.content().decode("utf-8-sig"))


FHIR = Format("FHIR R4 JSON", _recognises, _read)
