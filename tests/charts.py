"""Charts made on the fly: small FHIR resources, bundles of them, and stores that hold them."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from chartcite.engine.ask import Engine, ask
from chartcite.engine.domain.answers import Answer, Audience, Question
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import PatientId
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.models.sentence_reader import SentenceReader
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.faiss_index import FaissIndex
from chartcite.indexes.sqlite_records import SqliteRecords
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import IngestReport, ingest
from chartcite.ingestion.sources.terminology import load_lexicon

Resource = dict[str, Any]

CORPORA = Path(__file__).parents[1] / "corpora"
ANN = PatientId("ann")
LOINC, SNOMED, RXNORM = "http://loinc.org", "http://snomed.info/sct", "http://www.nlm.nih.gov/research/umls/rxnorm"


def person(identity: str = "ann", given: str = "Ann", family: str = "Lee", **elements: Any) -> Resource:
    """Build a Patient."""
    name = [{"given": [given], "family": family}]
    return {"resourceType": "Patient", "id": identity, "name": name, "birthDate": "1960-02-29", "gender": "female", **elements}


def of(owner: str, kind: str, identity: str, **elements: Any) -> Resource:
    """Build a resource about a patient."""
    return {"resourceType": kind, "id": identity, "subject": {"reference": f"Patient/{owner}"}, **elements}


def lab(
    identity: str, value: float | str, day: str, *, unit: str = "%", name: str = "Hemoglobin A1c", **elements: Any
) -> Resource:
    """Build a laboratory Observation; the name carries its LOINC code where it is HbA1c."""
    code: Resource = {"text": name}
    if name == "Hemoglobin A1c":
        code["coding"] = [{"system": LOINC, "code": "4548-4", "display": "Hemoglobin A1c/Hemoglobin.total in Blood"}]
    owner = elements.pop("owner", "ann")
    category = [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}]
    quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    base = {"status": "final", "category": category, "code": code, "effectiveDateTime": day, "valueQuantity": quantity}
    return of(owner, "Observation", identity, **{**base, **elements})


def condition(
    identity: str, name: str, onset: str, *, clinical: str = "active", verified: str = "confirmed", **elements: Any
) -> Resource:
    """Build a Condition."""
    owner = elements.pop("owner", "ann")
    statuses = {"clinicalStatus": _code(clinical), "verificationStatus": _code(verified)}
    return of(owner, "Condition", identity, **{**statuses, "code": {"text": name}, "onsetDateTime": onset, **elements})


def medication(identity: str, name: str, day: str, *, status: str = "active", dose: str = "", **elements: Any) -> Resource:
    """Build a MedicationRequest."""
    owner = elements.pop("owner", "ann")
    base: Resource = {"status": status, "intent": "order", "medicationCodeableConcept": {"text": name}, "authoredOn": day}
    if dose:
        base["dosageInstruction"] = [{"text": dose}]
    return of(owner, "MedicationRequest", identity, **{**base, **elements})


def note(identity: str, text: str, day: str | None = "2024-03-01T10:00:00-05:00", **elements: Any) -> Resource:
    """Build a DocumentReference with a text attachment."""
    owner = elements.pop("owner", "ann")
    attachment = {"contentType": "text/plain", "data": base64.b64encode(text.encode()).decode()}
    base: Resource = {"status": "current", "type": {"text": "Progress note"}, "content": [{"attachment": attachment}]}
    return of(owner, "DocumentReference", identity, **{**base, **({"date": day} if day else {}), **elements})


def pressure(identity: str, systolic: int, diastolic: int, day: str) -> Resource:
    """Build a blood pressure Observation with its two components."""
    names = (("8480-6", "Systolic blood pressure", systolic), ("8462-4", "Diastolic blood pressure", diastolic))
    parts = [
        {
            "code": {"coding": [{"system": LOINC, "code": code, "display": display}]},
            "valueQuantity": {"value": value, "unit": "mm[Hg]"},
        }
        for code, display, value in names
    ]
    base = {"status": "final", "code": {"text": "Blood pressure"}, "effectiveDateTime": day, "component": parts}
    return of("ann", "Observation", identity, **base, category=[_code("vital-signs")])


def procedure(identity: str, name: str, day: str, *, status: str = "completed", **elements: Any) -> Resource:
    """Build a Procedure."""
    return of("ann", "Procedure", identity, status=status, code={"text": name}, performedDateTime=day, **elements)


def allergy(identity: str, name: str, reaction: str = "", *, verified: str = "confirmed") -> Resource:
    """Build an AllergyIntolerance."""
    reactions = [{"manifestation": [{"text": reaction}]}] if reaction else []
    statuses = {"clinicalStatus": _code("active"), "verificationStatus": _code(verified)}
    return _about_ann("AllergyIntolerance", identity, **statuses, code={"text": name}, reaction=reactions)


def immunization(identity: str, name: str, day: str, *, status: str = "completed") -> Resource:
    """Build an Immunization."""
    return _about_ann("Immunization", identity, status=status, vaccineCode={"text": name}, occurrenceDateTime=day)


def relative(identity: str, relationship: str, problem: str) -> Resource:
    """Build a FamilyMemberHistory."""
    problems = [{"code": {"text": problem}}]
    return _about_ann(
        "FamilyMemberHistory", identity, status="completed", relationship={"text": relationship}, condition=problems
    )


def visit(identity: str, kind: str, name: str, first: str, last: str) -> Resource:
    """Build an Encounter; `kind` is its class: `AMB`, `EMER`, `IMP`."""
    period = {"start": first, "end": last}
    return of("ann", "Encounter", identity, status="finished", **{"class": {"code": kind}}, type=[{"text": name}], period=period)


def _about_ann(kind: str, identity: str, **elements: Any) -> Resource:
    return {"resourceType": kind, "id": identity, "patient": {"reference": "Patient/ann"}, **elements}


def _code(code: str) -> Resource:
    return {"coding": [{"code": code}]}


def bundle(*resources: Resource) -> str:
    """Return a FHIR Bundle as text."""
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]})


def write_bundle(folder: Path, name: str, *resources: Resource) -> Path:
    """Write a Bundle into a folder and return its path."""
    path = folder / f"{name}.json"
    path.write_text(bundle(*resources), encoding="utf-8")
    return path


def store_files(store: Path, paths: Sequence[Path]) -> IngestReport:
    """Ingest files with an embedder that needs no weights."""
    with SqliteWriter(store) as writer:
        return ingest(paths, writer, HashingEmbedder())


def store_chart(store: Path, *resources: Resource) -> IngestReport:
    """Ingest resources as one bundle."""
    store.mkdir(parents=True, exist_ok=True)
    return store_files(store, [write_bundle(store, "chart", *resources)])


@cache
def bundled_lexicon() -> Lexicon:
    """Return the bundled terminology, read once."""
    return load_lexicon(CORPORA / "terminology")


@cache
def reader() -> SentenceReader:
    """Return the packaged reader, whose weights are loaded once."""
    return SentenceReader()


def open_store(store: Path) -> Engine:
    """Put an engine together over a store, with the bundled terminology."""
    embedder = HashingEmbedder()
    return Engine(SqliteRecords(store), FaissIndex(store, model=embedder.name), embedder, reader(), bundled_lexicon())


class AskedChart:
    """A store with the questions that a test puts to it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def ask(
        self, text: str, *, patient: str | None = "ann", as_of: date | datetime | None = None, audience: str = "clinician"
    ) -> Answer:
        """Answer one question."""
        owner = PatientId(patient) if patient else None
        return ask(Question(text=text, patient_id=owner, as_of=as_of, audience=Audience(audience)), engine=self.engine)

    def say(self, text: str, *, as_of: date | datetime | None = date(2026, 1, 1), patient: str = "ann") -> list[str]:
        """Return the sentences of an answer; none where it abstains."""
        answer = self.ask(text, as_of=as_of, patient=patient)
        return [claim.text for claim in answer.claims] if answer.kind == "supported" else []


def scope(patient: str = "ann", as_of: date | datetime | None = None) -> Scope:
    """Return a scope by plain values."""
    return Scope(patient_id=PatientId(patient), as_of=as_of)
