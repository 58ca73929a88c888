"""Vaccinations and orders of HL7 v2 messages.

Source: HL7 v2.x chapter 4 (ORC, OBR, RXO, RXE, RXR) and 4A (VXU: RXA); CDC implementation guide for immunization
messaging (NIP001, table 0322).
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcite.engine.domain.records import AssertionStatus, Category
from chartcite.engine.facts.elements import Unreadable
from chartcite.ingestion.sources.drafts import Draft
from chartcite.ingestion.sources.fhir_elements import Phrase
from chartcite.ingestion.sources.hl7_values import number_of, safe_id
from chartcite.ingestion.sources.hl7v2_reading import (
    ResourceDraft,
    V2Reading,
    concept,
    entity_id,
    location,
    provider,
    quantity_words,
    words_of,
)
from chartcite.ingestion.sources.hl7v2_syntax import Piece, Segment

_DOSE_NUMBER = "30973-2"
"""LOINC: dose number in series."""
_NOT_GIVEN = {"RE": "not-done", "NA": "not-done"}
"""HL7 table 0322: refused, not administered."""
_ORDER_STATUS = {
    "CA": "revoked", "OC": "revoked", "CR": "revoked", "DC": "revoked", "OD": "revoked", "DR": "revoked", "HD": "on-hold",
    "OH": "on-hold",
}  # fmt: skip
"""HL7 table 0119, order control."""
_PROGRESS = {
    "CM": "completed",
    "DC": "revoked",
    "CA": "revoked",
    "HD": "on-hold",
    "IP": "active",
    "SC": "active",
    "ER": "entered-in-error",
}
"""HL7 table 0038, order status."""


def read_vaccinations(reading: V2Reading) -> Iterator[ResourceDraft | Unreadable]:
    """Yield each vaccination of a VXU message: given, given elsewhere, or not given and why."""
    for group in _groups(reading.message.segments, "RXA"):
        given = next(one for one in group if one.name == "RXA")
        order = next((one for one in group if one.name == "ORC"), None)
        draft = _vaccination(reading, given, group)
        if draft is None:
            text = reading.message.text[given.start : given.end]
            yield Unreadable(f"{reading.message.where} RXA", "names no vaccine, or says that none was given (CVX 998)", text)
            continue
        number = (entity_id(order[3]) or entity_id(order[2])) if order else ""
        if not number or number == "9999":  # CDC: 9999 stands for an order of which nothing is known
            number = safe_id(reading.patient_id, given[5].component(1).words, given[3].component(1).words)
        resource = reading.resource("Immunization", number, group)
        resource.drafts = [draft]
        yield resource


def read_orders(reading: V2Reading) -> Iterator[ResourceDraft]:
    """Yield each order of an ORM, OMG, OML, OMP or RDE message."""
    for name in ("OBR", "RXO", "RXE"):
        for group in _groups(reading.message.segments, name):
            what = next(one for one in group if one.name == name)
            order = next((one for one in group if one.name == "ORC"), None)
            named = concept(what[4]) if name == "OBR" else concept(what[1 if name == "RXO" else 2])
            if named is None:
                continue
            draft = Draft(Category.ORDER if name == "OBR" else Category.MEDICATION, named, encounter=reading.encounter())
            _tell_order(reading, order, draft)
            _tell_details(reading, what, group, draft)
            numbers = [*([order[2], order[3]] if order else []), *([what[2], what[3]] if name == "OBR" else [])]
            number = next((own for piece in numbers if (own := entity_id(piece))), "")
            own = safe_id(number or safe_id(reading.control_id(), "order"), what[4 if name == "OBR" else 1].component(1).words)
            resource = reading.resource("ServiceRequest" if name == "OBR" else "MedicationRequest", own, group)
            resource.drafts = [draft]
            yield resource


def _groups(segments: tuple[Segment, ...], name: str) -> Iterator[list[Segment]]:
    """Yield each segment of a name with the ORC before it and what follows up to the next one."""
    group: list[Segment] = []
    for segment in segments:
        begins = segment.name == "ORC" or (segment.name == name and any(one.name == name for one in group))
        if begins and any(one.name == name for one in group):
            yield group
            group = []
        if segment.name == "ORC":
            group = [segment]
        elif segment.name == name or group:
            group.append(segment)
    if any(one.name == name for one in group):
        yield group


def _vaccination(reading: V2Reading, given: Segment, group: list[Segment]) -> Draft | None:
    vaccine = given[5]
    named = concept(vaccine)
    if named is None or any(one.code == "998" and one.system.endswith("/cvx") for one in named.concept.codings):
        return None
    draft = Draft(Category.IMMUNIZATION, named, occurred=reading.moment(given[3]), encounter=reading.encounter())
    draft.recorded = reading.moment(given[22])
    if draft.occurred.date is None and draft.recorded.date is None:
        draft.recorded = reading.moment(reading.header[7])
    status = given[20].component(1)
    if status.words:
        draft.status = Phrase(_NOT_GIVEN.get(status.words, "completed"), status.path)
    if status.words in _NOT_GIVEN:
        draft.assertion = AssertionStatus.ABSENT
    if given[21].words == "D":
        draft.status, draft.assertion = Phrase("entered-in-error", given[21].path), AssertionStatus.ENTERED_IN_ERROR
    _tell_product(given, draft)
    _tell_circumstances(given, group, draft)
    return draft


def _tell_product(given: Segment, draft: Draft) -> None:
    for one in given[18].repetitions():
        draft.tell("status_reason", words_of(one))
    if given[6].words not in {"", "999", "0"}:  # 999: the amount is not known
        draft.tell("dose", quantity_words(given[6], given[7]))
    for number, name in ((15, "lot"), (17, "manufacturer")):
        for one in given[number].repetitions():
            draft.tell(name, words_of(one))


def _tell_circumstances(given: Segment, group: list[Segment], draft: Draft) -> None:
    for source in given[9].repetitions():
        code = source.component(1).words  # NIP001: 00 is a new record, all others are told by somebody
        draft.tell("reported" if code else "note", words_of(source) if code != "00" else None)
    for who in given[10].repetitions():
        draft.tell("performer", provider(who))
    draft.tell("location", given[11].component(4).sub(1).phrase or location(given[11]))
    for one in group:
        if one.name == "RXR":
            draft.tell("route", words_of(one[1]))
            draft.tell("site", words_of(one[2]))
        elif one.name == "NTE":
            draft.tell("note", one[3].phrase)
        elif one.name == "OBX" and one[3].component(1).words == _DOSE_NUMBER:
            draft.tell("dose_number", one[5].component(1).phrase)


def _tell_order(reading: V2Reading, order: Segment | None, draft: Draft) -> None:
    """Say who ordered it and when, and whether the order stands."""
    if order is None:
        draft.recorded = reading.moment(reading.header[7])
        return
    draft.occurred = draft.recorded = reading.moment(order[9])
    if draft.recorded.date is None:
        draft.recorded = reading.moment(reading.header[7])
    who = provider(order[12])
    draft.author = who.text if who else ""
    draft.tell("requester", who)
    for piece, table in ((order[5], _PROGRESS), (order[1], _ORDER_STATUS)):
        code = piece.component(1).words
        if code in table and (draft.status is None or table[code] == "revoked"):
            draft.status = Phrase(table[code], piece.component(1).path)
    if draft.status is None and order[1].words == "NW":
        draft.status = Phrase("active", order[1].path)
    if draft.status and draft.status.text == "revoked":
        draft.status = Phrase("cancelled" if draft.category is Category.MEDICATION else "revoked", draft.status.path)
        draft.assertion = AssertionStatus.ABSENT
    elif draft.status and draft.status.text == "entered-in-error":
        draft.assertion = AssertionStatus.ENTERED_IN_ERROR
    draft.tell("status_reason", words_of(order[16]))


def _tell_details(reading: V2Reading, what: Segment, group: list[Segment], draft: Draft) -> None:
    if what.name == "OBR":
        draft.tell("priority", what[5].component(1).phrase)
        planned = reading.moment(what[36], what[6])
        draft.tell("planned_for", Phrase(planned.date.written, planned.path) if planned.date else None)
        draft.tell("requester", provider(what[16]))
        for why in what[31].repetitions():
            draft.tell("reason", words_of(why))
    else:
        amount, unit = (what[2], what[4]) if what.name == "RXO" else (what[3], what[5])
        draft.tell("dose", quantity_words(amount, unit) if _is_number(amount) else None)
        instructions = what[7]
        draft.tell("instructions", words_of(instructions))
        refills = what[13] if what.name == "RXO" else what[12]
        draft.tell("refills", refills.component(1).phrase)
    for one in group:
        if one.name == "RXR":
            draft.tell("route", words_of(one[1]))
            draft.tell("site", words_of(one[2]))
        elif one.name == "TQ1":
            draft.tell("frequency", one[3].component(1).sub(1).phrase)
        elif one.name == "NTE":
            draft.tell("note", one[3].phrase)


def _is_number(piece: Piece) -> bool:
    return number_of(piece.component(1).words) is not None
