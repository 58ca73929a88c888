"""HL7 v2 file to prepared resources: one message or many, in MLLP frames or a batch.

Source: HL7 v2.x (2.1 to 2.8), chapters 2 to 10. A message that cannot be used is refused with its reason; the others of the
file go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable
from chartcite.ingestion.sources.hl7v2_care import read_orders, read_vaccinations
from chartcite.ingestion.sources.hl7v2_people import (
    MERGES,
    merge_reason,
    patient_id_of,
    read_appointment,
    read_patient,
    read_visit,
)
from chartcite.ingestion.sources.hl7v2_reading import ResourceDraft, V2Reading, visit_of
from chartcite.ingestion.sources.hl7v2_results import read_document, read_results
from chartcite.ingestion.sources.hl7v2_syntax import Malformed, Message, messages
from chartcite.ingestion.sources.source import Format, Read, ReadResource, SourceFile
from pydantic import ValidationError

_START = re.compile(rb"(?:\xef\xbb\xbf)?[\x0b\s]*(?:MSH|FHS|BHS)[^\w\s]")
_TYPE = re.compile(r"[A-Z][A-Z0-9]{2}$")
_EVENT = re.compile(r"[A-Z][A-Z0-9]{2}$")
_ZONE = re.compile(r"[+-]\d{4}$")
_ORDERS = frozenset({"ORM", "OMG", "OML", "OMP", "OMI", "RDE"})
_TYPES = _ORDERS | {"ADT", "MDM", "ORU", "OUL", "SIU", "VXU"}


def read_hl7v2(text: str) -> Iterator[ReadResource | Unreadable]:
    """Yield what each message of a file holds, and each that was refused with its reason.

    Raises:
        SourceRejectedError: the file has no message.
    """
    found = False
    named: dict[PatientId, str] = {}
    for message in messages(text):
        found = True
        if isinstance(message, Malformed):
            yield Unreadable(message.where, "MSH-1 and MSH-2 name no delimiters", message.text)
        else:
            yield from _read_message(message, named)
    if not found:
        raise SourceRejectedError("the file has no HL7 v2 message: none of its lines begins with MSH")


def decode(content: bytes) -> str:
    """Return a file as characters: UTF-8, else Windows-1252 (what MSH-18 does not name is mostly that)."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _read_message(message: Message, named: dict[PatientId, str]) -> Iterator[ReadResource | Unreadable]:
    header = message.segments[0]
    kind, event = header[9].component(1).words, header[9].component(2).words
    if kind not in _TYPES:
        name = kind if _TYPE.match(kind) else "of no type"
        yield Unreadable(message.where, f"message {name} is not read; {', '.join(sorted(_TYPES))} are", message.text)
        return
    patient_id = patient_id_of(message)
    if patient_id is None:
        yield Unreadable(message.where, f"message {kind} names no patient that can be known (PID-3)", message.text)
        return
    zone = _ZONE.search(header[7].component(1).words)
    reading = V2Reading(
        message=message,
        patient_id=patient_id,
        event=event if _EVENT.match(event) else "",
        header=header,
        visit=visit_of(message),
        zone=zone[0] if zone and len(header[7].words) > 12 else "",
    )
    try:
        for one in _resources(reading, kind, named):
            yield one if isinstance(one, Unreadable) else reading.finished(one)
    except ValidationError as error:
        fields = sorted({".".join(str(part) for part in one["loc"]) for one in error.errors()})
        yield Unreadable(message.where, f"message {kind} holds what cannot be stored: {', '.join(fields)}", message.text)


def _resources(reading: V2Reading, kind: str, named: dict[PatientId, str]) -> Iterator[ResourceDraft | Unreadable]:
    """Yield what a message of a known type holds; the person first, and only where the file has not told it already."""
    person = read_patient(reading, only_identity=kind != "ADT")
    merge = merge_reason(reading.message) if kind == "ADT" and reading.event in MERGES else None
    if merge is not None:  # told with the whole message, so that the place can be shown
        person = replace(person, start=0, end=len(reading.message.text), notes=[merge])
    words = "ADT" if kind == "ADT" else reading.message.text[person.start : person.end]
    if kind == "ADT" or named.get(reading.patient_id) not in {"ADT", words}:
        named[reading.patient_id] = words
        yield person
    if kind == "ADT":
        yield from read_visit(reading)
    elif kind in {"ORU", "OUL"}:
        yield from read_results(reading)
    elif kind == "MDM":
        yield from read_document(reading)
    elif kind == "VXU":
        yield from read_vaccinations(reading)
    elif kind == "SIU":
        appointment = read_appointment(reading)
        yield appointment or _nothing(reading, "SIU without SCH")
    else:
        yield from read_orders(reading)


def _nothing(reading: V2Reading, reason: str) -> Unreadable:
    return Unreadable(reading.message.where, f"message {reason}", reading.message.text)


def _recognises(source: SourceFile) -> bool:
    return _START.match(source.head) is not None


def _read(source: SourceFile) -> Read:
    yield from read_hl7v2(decode(source.content()))


HL7V2 = Format("HL7 v2", _recognises, _read)
