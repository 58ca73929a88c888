"""Results and reports of HL7 v2 messages: ORU orders with their observations, MDM documents.

Source: HL7 v2.x chapters 7 (OBR, OBX, NTE, SPM) and 9 (TXA); tables 0078, 0085, 0123. Every observation is a resource of
its own, named by order, code and sub-id, so that a correction replaces the one result that it corrects.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus, Category, CodedConcept
from chartcite.ingestion.sources.drafts import Draft
from chartcite.ingestion.sources.fhir_elements import Named, Phrase
from chartcite.ingestion.sources.hl7_values import LOINC, joined_pressures, safe_id
from chartcite.ingestion.sources.hl7v2_reading import (
    ResourceDraft,
    V2Reading,
    concept,
    entity_id,
    interpreter,
    organization,
    provider,
    words_of,
)
from chartcite.ingestion.sources.hl7v2_syntax import Piece, Segment
from chartcite.ingestion.sources.hl7v2_values import UNREADABLE, limits, read_value

_STATUS = {
    "F": "final", "U": "final", "C": "corrected", "P": "preliminary", "R": "preliminary", "S": "preliminary",
    "I": "registered", "O": "registered", "N": "registered", "A": "preliminary", "X": "cancelled",
    "W": "entered-in-error", "D": "entered-in-error",
}  # fmt: skip
"""HL7 tables 0085 and 0123 to FHIR's statuses of observations and reports."""
_LABORATORY = frozenset({
    "LAB", "HM", "CH", "MB", "MCB", "MYC", "BG", "BLB", "CG", "CP", "IMM", "SR", "SP", "TX", "VR", "GE", "CTH", "PAR", "OTH",
})  # fmt: skip
"""HL7 table 0074: sections of a laboratory; others make images, tracings and notes."""
_VITAL_SIGNS = frozenset({
    "85353-1", "9279-1", "8867-4", "2708-6", "59408-5", "8310-5", "8302-2", "9843-4", "29463-7", "39156-5", "85354-9", "8480-6",
    "8462-4", "8289-1", "3141-9",
})  # fmt: skip
"""LOINC codes of FHIR's vital signs."""
_WORDY = frozenset({"TX", "FT"})
_MAX_CONTEXT_CHARACTERS = 8000
"""How far an observation may stand from its OBR to be stored with it: big batteries must not be stored many times."""
_DOCUMENTS = {
    "AR": "Autopsy report", "CD": "Cardiodiagnostics", "CN": "Consultation", "DI": "Diagnostic imaging",
    "DS": "Discharge summary",
    "ED": "Emergency department report", "HP": "History and physical examination", "OP": "Operative report",
    "PC": "Psychiatric consultation", "PH": "Psychiatric history and physical examination", "PN": "Procedure note",
    "PR": "Progress note", "SP": "Surgical pathology", "TS": "Transfer summary",
}  # fmt: skip
"""HL7 table 0270."""


class _Order(NamedTuple):
    """An OBR with what stands under it."""

    own_id: str
    segments: list[Segment]

    @property
    def obr(self) -> Segment:
        return next(one for one in self.segments if one.name == "OBR")


class _Finding(NamedTuple):
    """One or several OBX that tell one thing, with their comments."""

    lines: list[Segment]
    notes: list[Segment]

    @property
    def first(self) -> Segment:
        return self.lines[0]


def read_results(reading: V2Reading) -> Iterator[ResourceDraft]:
    """Yield the report of each order and its observations."""
    for order in _orders(reading):
        findings = list(_findings(order.segments))
        narrative = [one for one in findings if _is_narrative(one)]
        report = _report(reading, order, findings, narrative)
        yield report
        drafts: list[tuple[Draft, _Finding]] = []
        for finding in findings:
            if not _is_narrative(finding):
                draft = _observation(reading, order, finding)
                if draft is not None:
                    drafts.append((draft, finding))
        yield from _observation_resources(reading, order, drafts)


def read_document(reading: V2Reading) -> Iterator[ResourceDraft]:
    """Yield the document of a MDM message; of one that was replaced or cancelled, that it holds no longer."""
    header = reading.message.first("TXA")
    if header is None:
        return
    own, parent = entity_id(header[12]), entity_id(header[13])
    findings = list(_findings([one for one in reading.message.segments if one.start > header.start]))
    kind = header[2].component(1)
    words = header[2].component(2).phrase or (Phrase(_DOCUMENTS[kind.words], kind.path) if kind.words in _DOCUMENTS else None)
    words = words or next((found for one in findings if (found := words_of(one.first[3]))), None) or kind.phrase
    draft = Draft(
        Category.DOCUMENT, Named(CodedConcept(text=words.text if words else "Document"), words.path if words else kind.path)
    )
    draft.occurred = reading.moment(header[4], header[6], header[7])
    draft.recorded = reading.moment(header[6], header[7], reading.header[7])
    writer = provider(header[9]) or provider(header[5])
    draft.author, draft.encounter = writer.text if writer else "", reading.encounter()
    draft.tell("document_status", header[17].component(1).phrase)
    event = reading.header[9].component(2)
    cancelled = reading.event == "T11" or header[19].words == "CA"
    draft.status = Phrase("entered-in-error" if cancelled else "current", event.path)
    if cancelled:
        draft.assertion = AssertionStatus.ENTERED_IN_ERROR
    resource = reading.whole("DocumentReference", own or safe_id(reading.patient_id, reading.control_id()))
    resource.drafts = [draft]
    _tell_text(resource, findings, draft.named.concept.text)
    yield resource
    if parent and reading.event in {"T09", "T10"}:
        old = reading.whole("DocumentReference", parent)
        gone = Draft(Category.DOCUMENT, draft.named, assertion=AssertionStatus.ENTERED_IN_ERROR)
        gone.status, gone.recorded = Phrase("superseded", event.path), draft.recorded
        old.drafts = [gone]
        yield old


def _orders(reading: V2Reading) -> Iterator[_Order]:
    """Yield each OBR with the ORC before it and everything up to the next order."""
    groups: list[list[Segment]] = []
    waiting: list[Segment] = []
    for segment in reading.message.segments:
        if segment.name == "ORC":
            waiting = [segment]
        elif segment.name == "OBR":
            groups.append([*waiting, segment])
            waiting = []
        elif groups and not waiting and segment.name in {"OBX", "NTE", "SPM", "TQ1", "CTI", "DSC", "ROL", "PRT", "FT1"}:
            groups[-1].append(segment)
    seen: dict[str, int] = {}
    for group in groups:
        obr = next(one for one in group if one.name == "OBR")
        number = entity_id(obr[3]) or entity_id(obr[2]) or safe_id(reading.control_id(), "order")
        own = safe_id(number, obr[4].component(1).words or obr[4].component(2).words)
        seen[own] = seen.get(own, 0) + 1
        yield _Order(safe_id(own, str(seen[own])) if seen[own] > 1 else own, group)


def _findings(segments: list[Segment]) -> Iterator[_Finding]:
    """Yield the OBX of an order; the lines of one text are one finding."""
    current: _Finding | None = None
    for segment in segments:
        if segment.name == "NTE" and current is not None:
            current.notes.append(segment)
        elif segment.name == "OBX":
            last = current.first if current else None
            same = last is not None and segment[2].words in _WORDY and last[2].words in _WORDY and not (current and current.notes)
            if same and current is not None and last is not None and _code(segment) == _code(last):
                current.lines.append(segment)
                continue
            if current is not None:
                yield current
            current = _Finding([segment], [])
        elif current is not None:
            yield current
            current = None
    if current is not None:
        yield current


def _code(segment: Segment) -> str:
    return segment[3].component(1).words or segment[3].component(2).words


def _is_narrative(finding: _Finding) -> bool:
    """Say whether it is a report in words rather than a value."""
    return finding.first[2].words in _WORDY and (len(finding.lines) > 1 or len(finding.first[5].words) > 120)


def _report(reading: V2Reading, order: _Order, findings: list[_Finding], narrative: list[_Finding]) -> ResourceDraft:
    obr = order.obr
    named = concept(obr[4]) or Named(CodedConcept(text="Diagnostic report"), obr[4].path)
    draft = Draft(Category.REPORT, named, encounter=reading.encounter())
    draft.status = _status(obr[25])
    _set_error(draft)
    draft.occurred, draft.ended = reading.moment(obr[7]), reading.moment(obr[8])
    draft.recorded = reading.moment(obr[22])
    if draft.occurred.date is None and draft.recorded.date is None:
        draft.recorded = reading.moment(reading.header[7])
    writer = interpreter(obr[32])
    draft.author = writer.text if writer else ""
    for finding in findings:
        draft.tell("section" if _is_narrative(finding) else "result", words_of(finding.first[3]))
    draft.tell("requester", provider(obr[16]))
    draft.tell("reason", words_of(obr[31]))
    draft.tell("specimen", words_of(obr[15]))
    for note in _comments(order.segments):
        draft.tell("note", note[3].phrase)
    resource = reading.resource("DiagnosticReport", order.own_id, order.segments)
    resource.drafts = [draft]
    _tell_text(resource, narrative, named.concept.text)
    return resource


def _comments(segments: list[Segment]) -> Iterator[Segment]:
    """Yield the comments on an order: those before its first observation."""
    for segment in segments:
        if segment.name == "OBX":
            return
        if segment.name == "NTE":
            yield segment


def _tell_text(resource: ResourceDraft, findings: list[_Finding], title: str) -> None:
    """Keep reports in words as narrative; what holds no words is noted."""
    for number, finding in enumerate(findings):
        if finding.first[2].words in UNREADABLE:
            resource.notes.append(
                (finding.first[5].path, "an encapsulated or linked document is not read here; enter it as a file")
            )
            continue
        if any(line[11].component(1).words in {"D", "W", "X"} for line in finding.lines):
            continue
        lines = [one.words for line in finding.lines for one in (line[5].repetitions() or [line[5]])]
        text = "\n".join(lines).strip("\n")
        if text.strip():
            name = words_of(finding.first[3])
            same = name is None or name.text == title
            resource.narratives.append((f"OBX[{number}]", title if same or name is None else f"{title}: {name.text}", text))


def _observation(reading: V2Reading, order: _Order, finding: _Finding) -> Draft | None:
    obx, obr = finding.first, order.obr
    named = concept(obx[3]) or concept(obr[4])
    if named is None:
        return None
    draft = Draft(_category(named, obr), named, encounter=reading.encounter())
    draft.value = read_value(obx)
    draft.status = _status(obx[11])
    _set_error(draft)
    draft.occurred = reading.moment(obx[14], obr[7])
    draft.recorded = reading.moment(obr[22])
    if draft.occurred.date is None and draft.recorded.date is None:
        draft.recorded = reading.moment(reading.header[7])
    flag = next((one.component(1).phrase for one in obx[8].repetitions()), None)
    draft.interpretation = flag.text if flag else ""
    draft.tell("interpretation", flag)  # as for the range: a Fact has no place of it
    draft.reference_range = obx[7].words
    draft.tell("reference_range", obx[7].phrase)  # the place of it: a Fact has none of its own
    draft.range_low, draft.range_high = limits(draft.reference_range)
    writer = provider(obx[16])
    draft.author = writer.text if writer else ""
    draft.tell("method", words_of(obx[17]))
    draft.tell("performer", organization(obx[23]))
    draft.tell("specimen", words_of(obr[15]))
    for note in finding.notes:
        draft.tell("note", note[3].phrase)
    return draft


def _observation_resources(reading: V2Reading, order: _Order, found: list[tuple[Draft, _Finding]]) -> Iterator[ResourceDraft]:
    """Yield a resource for each observation; two pressures of one moment are one."""
    by_name = {draft.named.path: finding for draft, finding in found}
    taken: dict[str, int] = {}
    for draft in joined_pressures([draft for draft, _ in found]):
        paths = [part.concept_path for part in draft.components] or [draft.named.path]
        findings = [by_name[path] for path in paths if path in by_name]
        own = safe_id(order.own_id, _code(findings[0].first), findings[0].first[4].words)
        taken[own] = taken.get(own, 0) + 1
        own = safe_id(own, str(taken[own])) if taken[own] > 1 else own
        segments = [one for finding in findings for one in (*finding.lines, *finding.notes)]
        resource = reading.resource("Observation", own, _span(order, segments))
        resource.drafts = [draft]
        for finding in findings:
            if finding.first[2].words in UNREADABLE:
                resource.notes.append((finding.first[5].path, "an encapsulated or linked value is not read; enter it as a file"))
        yield resource


def _span(order: _Order, segments: list[Segment]) -> list[Segment]:
    """Return what an observation is told by: its lines, with the OBR (its time, its specimen) where that is near."""
    near = max(one.end for one in segments) - order.obr.start <= _MAX_CONTEXT_CHARACTERS
    return [order.obr, *segments] if near else segments


def _category(named: Named, obr: Segment) -> Category:
    if any(one.system == LOINC and one.code in _VITAL_SIGNS for one in named.concept.codings):
        return Category.VITAL_SIGN
    section = obr[24].component(1).words
    return Category.LABORATORY if not section or section in _LABORATORY else Category.OBSERVATION


def _status(piece: Piece) -> Phrase | None:
    code = piece.component(1)
    return Phrase(_STATUS.get(code.words, code.words), code.path) if code.words else None


def _set_error(draft: Draft) -> None:
    """A result that was never obtained, or was taken back, is no result."""
    if draft.status and draft.status.text in {"entered-in-error", "cancelled"}:
        draft.assertion = AssertionStatus.ENTERED_IN_ERROR
