"""`make scale`: generates many charts, stores them, asks about them, and writes docs/scale.json.

The charts are made up by a seeded generator: encounters with vital signs, laboratory results, conditions and medications, and
two short notes a patient. Each ingestion runs in a process of its own, whose memory is told by the system; ratios are taken
between measurements of the same run, as the machine may be busy with other things.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from chartcite.api.settings import Settings
from chartcite.api.wiring import open_embedder, open_engine, open_writer, store_file, warm
from chartcite.engine.ask import Engine, ask
from chartcite.engine.domain.answers import Question, SupportedAnswer
from chartcite.engine.domain.records import PatientId
from chartcite.engine.ports import Embedder
from chartcite.ingestion.ingest import ingest

REPOSITORY = Path(__file__).parents[2]
FIGURES = REPOSITORY / "docs" / "scale.json"
FEW, MANY = 20, 1000
"""Patients."""
FACTS = 1000
"""Of each patient, about."""
SPEED, TURNS, ROUNDS, READERS = 40, 3, 3, 2
"""Patients that speed is measured with, and how often; rounds of questions; processes that read."""
GOALS = {"resources_a_second": 5000.0, "peak_mb": 2048.0, "doubling": 2.2, "latency_ratio": 1.3}

LOINC, SNOMED, RXNORM = "http://loinc.org", "http://snomed.info/sct", "http://www.nlm.nih.gov/research/umls/rxnorm"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"

Resource = dict[str, Any]
Figures = dict[str, Any]


class Measured(NamedTuple):
    """What the generator measures: its code, name and unit, and where its values lie."""

    code: str
    name: str
    unit: str
    mean: float
    spread: float
    places: int = 0


VITALS = (
    Measured("8867-4", "Heart rate", "/min", 76, 12),
    Measured("9279-1", "Respiratory rate", "/min", 15, 2),
    Measured("8310-5", "Body temperature", "Cel", 36.8, 0.4, 1),
    Measured("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "%", 97, 1.5),
    Measured("29463-7", "Body weight", "kg", 78, 9, 1),
)
LABS = (
    Measured("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "%", 6.4, 1.1, 1),
    Measured("2160-0", "Creatinine [Mass/volume] in Serum or Plasma", "mg/dL", 1.1, 0.3, 2),
    Measured("2345-7", "Glucose [Mass/volume] in Serum or Plasma", "mg/dL", 118, 30),
    Measured("718-7", "Hemoglobin [Mass/volume] in Blood", "g/dL", 13.4, 1.4, 1),
    Measured("2951-2", "Sodium [Moles/volume] in Serum or Plasma", "mmol/L", 139, 3),
    Measured("2823-3", "Potassium [Moles/volume] in Serum or Plasma", "mmol/L", 4.2, 0.4, 1),
    Measured("3094-0", "Urea nitrogen [Mass/volume] in Serum or Plasma", "mg/dL", 16, 5),
    Measured("2093-3", "Cholesterol [Mass/volume] in Serum or Plasma", "mg/dL", 188, 35),
    Measured("2085-9", "Cholesterol in HDL [Mass/volume] in Serum or Plasma", "mg/dL", 52, 12),
    Measured("2571-8", "Triglyceride [Mass/volume] in Serum or Plasma", "mg/dL", 140, 50),
    Measured("1742-6", "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma", "U/L", 27, 10),
    Measured("1920-8", "Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma", "U/L", 25, 8),
    Measured("6690-2", "Leukocytes [#/volume] in Blood by Automated count", "10*3/uL", 7.2, 1.8, 1),
    Measured("777-3", "Platelets [#/volume] in Blood by Automated count", "10*3/uL", 250, 50),
    Measured("1751-7", "Albumin [Mass/volume] in Serum or Plasma", "g/dL", 4.1, 0.3, 1),
)
CONDITIONS = (
    ("44054006", "Type 2 diabetes mellitus"),
    ("38341003", "Hypertension"),
    ("195967001", "Asthma"),
    ("90560007", "Gout"),
    ("13645005", "Chronic obstructive pulmonary disease"),
    ("55822004", "Hyperlipidemia"),
    ("271737000", "Anemia"),
    ("37796009", "Migraine"),
    ("709044004", "Chronic kidney disease"),
    ("40930008", "Hypothyroidism"),
)
DRUGS = (
    ("29046", "Lisinopril", "10 MG Oral Tablet", "Take one tablet daily"),
    ("6809", "Metformin", "500 MG Oral Tablet", "Take one tablet twice daily with meals"),
    ("83367", "Atorvastatin", "20 MG Oral Tablet", "Take one tablet at bedtime"),
    ("17767", "Amlodipine", "5 MG Oral Tablet", "Take one tablet in the morning"),
    ("36437", "Sertraline", "50 MG Oral Tablet", "Take one tablet daily"),
    ("7646", "Omeprazole", "20 MG Oral Capsule", "Take one capsule before breakfast"),
    ("10582", "Levothyroxine", "75 MCG Oral Tablet", "Take one tablet daily on an empty stomach"),
    ("4603", "Furosemide", "40 MG Oral Tablet", "Take one tablet each morning"),
)
GIVEN = ("Ana", "Ben", "Chloe", "David", "Elena", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Karin", "Liam")
FAMILY = ("Abbott", "Baker", "Castillo", "Dietrich", "Engel", "Fischer", "Garcia", "Hansen", "Ito", "Jensen", "Klein", "Lopez")
COMPLAINTS = ("a dry cough", "knee pain", "poor sleep", "swollen ankles", "a mild headache", "fatigue", "heartburn")
QUESTIONS = (
    "What was the last hemoglobin A1c?",
    "Is the patient taking lisinopril?",
    "What medications is the patient on?",
    "How has the creatinine changed?",
    "Does the patient have asthma?",
    "When was the last visit?",
    "What did the patient complain of at the last visit?",
    "What was the blood pressure?",
)


def bundle_of(number: int, facts: int = FACTS) -> Resource:
    """Return the chart of the patient of that number, the same on every call."""
    entries = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources_of(number, facts)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def resources_of(number: int, facts: int) -> Iterator[Resource]:
    """Yield about `facts` resources of one patient, a Patient first."""
    chance = random.Random(number)
    owner = patient_id(number)
    name = {"use": "official", "family": f"{chance.choice(FAMILY)}{number}", "given": [chance.choice(GIVEN)]}
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(26_000))
    yield {
        "resourceType": "Patient",
        "id": owner,
        "name": [name],
        "gender": chance.choice(("female", "male")),
        "birthDate": born.isoformat(),
    }
    doctor = {"reference": f"Practitioner/dr-{number % 40}", "display": f"Dr. {chance.choice(FAMILY)}"}
    told = visit = 0
    moment = datetime(2012, 1, 9, 9, 0, tzinfo=UTC) + timedelta(days=chance.randrange(200))
    while told < facts - 2:
        visit += 1
        moment += timedelta(days=chance.randrange(20, 150), minutes=chance.randrange(300))
        for one in _visit(owner, visit, moment, doctor, chance):
            told += 1
            yield one
    for kind in ("first", "last"):
        yield _note(owner, kind, moment, chance)


def patient_id(number: int) -> str:
    """Return the id of the patient of that number."""
    return f"scale-{number:06d}"


def _visit(owner: str, visit: int, moment: datetime, doctor: Resource, chance: random.Random) -> Iterator[Resource]:
    when = moment.isoformat()
    encounter = _of(owner, "Encounter", f"e{visit}", moment)
    yield {
        **encounter,
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "type": [{"text": chance.choice(("Encounter for check up", "Follow-up visit", "Urgent care visit"))}],
        "participant": [{"individual": doctor}],
        "period": {"start": when, "end": (moment + timedelta(minutes=30)).isoformat()},
    }
    about = {"encounter": {"reference": f"Encounter/{encounter['id']}"}}
    yield {
        **_observation(owner, f"bp{visit}", moment, "vital-signs", "85354-9", "Blood pressure panel"),
        **about,
        **_pressure(chance),
    }
    for kind, group in (("vital-signs", VITALS), ("laboratory", LABS)):
        for place, one in enumerate(group):
            base = _observation(owner, f"{kind[0]}{visit}-{place}", moment, kind, one.code, one.name)
            yield {**base, **about, **_measured(one, kind, chance), "performer": [doctor]}
    if chance.random() < 0.5:
        yield {**_condition(owner, visit, moment, chance), **about}
    for place in range(chance.randrange(3)):
        yield {**_medication(owner, f"m{visit}-{place}", moment, chance), **about, "requester": doctor}


def _of(owner: str, kind: str, name: str, moment: datetime) -> Resource:
    meta = {
        "lastUpdated": moment.isoformat(timespec="milliseconds"),
        "profile": [f"http://hl7.org/fhir/StructureDefinition/{kind}"],
    }
    return {"resourceType": kind, "id": f"{owner}-{name}", "meta": meta, "subject": {"reference": f"Patient/{owner}"}}


def _coded(system: str, code: str, words: str) -> Resource:
    return {"coding": [{"system": system, "code": code, "display": words}], "text": words}


def _observation(owner: str, name: str, moment: datetime, kind: str, code: str, words: str) -> Resource:
    return {
        **_of(owner, "Observation", name, moment),
        "status": "final",
        "category": [{"coding": [{"system": CATEGORY, "code": kind, "display": kind}]}],
        "code": _coded(LOINC, code, words),
        "effectiveDateTime": moment.isoformat(),
        "issued": moment.isoformat(timespec="milliseconds"),
    }


def _quantity(value: float, unit: str) -> Resource:
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}


def _measured(one: Measured, kind: str, chance: random.Random) -> Resource:
    value = round(chance.gauss(one.mean, one.spread), one.places)
    quantity = _quantity(value if one.places else int(value), one.unit)
    if kind != "laboratory":
        return {"valueQuantity": quantity}
    low, high = (_quantity(round(one.mean + side * one.spread, one.places), one.unit) for side in (-2, 2))
    return {"valueQuantity": quantity, "referenceRange": [{"low": low, "high": high}]}


def _pressure(chance: random.Random) -> Resource:
    parts = (("8480-6", "Systolic blood pressure", 132, 14), ("8462-4", "Diastolic blood pressure", 82, 9))
    return {
        "component": [
            {"code": _coded(LOINC, code, words), "valueQuantity": _quantity(round(chance.gauss(mean, spread)), "mm[Hg]")}
            for code, words, mean, spread in parts
        ]
    }


def _condition(owner: str, visit: int, moment: datetime, chance: random.Random) -> Resource:
    system = "http://terminology.hl7.org/CodeSystem/condition-clinical"
    return {
        **_of(owner, "Condition", f"c{visit}", moment),
        "clinicalStatus": {"coding": [{"system": system, "code": chance.choice(("active", "active", "resolved"))}]},
        "code": _coded(SNOMED, *chance.choice(CONDITIONS)),
        "onsetDateTime": moment.date().isoformat(),
        "recordedDate": moment.isoformat(),
    }


def _medication(owner: str, name: str, moment: datetime, chance: random.Random) -> Resource:
    code, drug, form, words = chance.choice(DRUGS)
    return {
        **_of(owner, "MedicationRequest", name, moment),
        "status": chance.choice(("active", "completed", "stopped")),
        "intent": "order",
        "medicationCodeableConcept": {"coding": [{"system": RXNORM, "code": code, "display": drug}], "text": f"{drug} {form}"},
        "authoredOn": moment.isoformat(),
        "dosageInstruction": [{"text": words}],
    }


def _note(owner: str, kind: str, moment: datetime, chance: random.Random) -> Resource:
    one, other = chance.sample(COMPLAINTS, 2)
    words = (
        f"Visit on {moment.date().isoformat()}. The patient complains of {one} for {chance.randrange(2, 30)} days,"
        f" denies {other}. Weight {chance.randrange(50, 120)} kg. Plan: return in {chance.randrange(2, 12)} weeks."
    )
    attachment = {"contentType": "text/plain", "data": base64.b64encode(words.encode()).decode()}
    return {
        **_of(owner, "DocumentReference", f"n-{kind}", moment),
        "status": "current",
        "type": {"text": "Progress note"},
        "date": moment.isoformat(),
        "content": [{"attachment": attachment}],
    }


def write_bundles(folder: Path, first: int, last: int, facts: int = FACTS) -> Path:
    """Write one Bundle a patient, `first <= number < last`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, last):
        (folder / f"{patient_id(number)}.json").write_text(json.dumps(bundle_of(number, facts)), encoding="utf-8")
    return folder


def write_lines(folder: Path, first: int, last: int, facts: int = FACTS) -> Path:
    """Write the same charts as a bulk export: one NDJSON file a resource type."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, Any] = {}
    for number in range(first, last):
        for one in resources_of(number, facts):
            kind = one["resourceType"]
            if kind not in files:
                files[kind] = (folder / f"{kind}.ndjson").open("w", encoding="utf-8")
            files[kind].write(json.dumps(one) + "\n")
    for file in files.values():
        file.close()
    return folder


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=MANY, help="of the biggest store; a half and a quarter are stored too")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--only", choices=sorted(PARTS), help="measure this part anew, and keep the other figures")
    parser.add_argument("--work", type=Path, help="folder for charts and stores; default: a temporary one")
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)  # the process that stores
    parser.add_argument("--embed", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--jobs", type=int, help=argparse.SUPPRESS)
    parser.add_argument("paths", type=Path, nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.store:
        sys.stdout.write(json.dumps(_measure_ingest(options.store, options.paths, jobs=options.jobs, embed=options.embed)))
        return
    figures = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else {}
    with tempfile.TemporaryDirectory(dir=options.work) as work:
        for part, measure in PARTS.items():
            if options.only in {None, part}:
                figures[part] = {"date": datetime.now(UTC).date().isoformat(), **measure(Path(work), options.patients)}
    figures |= {"machine": _machine(), "goals": GOALS}
    text = json.dumps(figures, indent=1) + "\n"
    if not options.dry:
        FIGURES.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _machine() -> str:
    return f"{os.cpu_count()} cores, {sys.platform}, Python {sys.version_info.major}.{sys.version_info.minor}"


def _measure_growth(work: Path, patients: int) -> Figures:
    """Store a quarter, a half and all of the charts, embed them, and ask about the first of them."""
    quarter = patients // 4
    bounds = ((0, quarter), (quarter, 2 * quarter), (2 * quarter, 4 * quarter))
    parts = [write_bundles(work / f"charts-{first}", first, last) for first, last in bounds]
    few = write_bundles(work / "few", 0, FEW)
    growth = [_stored(work / f"store-{number}", parts[:number]) for number in (1, 2, 3)]
    embedding = [_stored(work / name, paths, "--embed") for name, paths in (("store-few", [few]), ("store-3", parts))]
    return {
        "patients": patients,
        "stored": growth,
        **{
            f"doubling_{clock}": [round(more[clock] / less[clock], 2) for less, more in pairwise(growth)]
            for clock in ("seconds", "cpu_seconds")
        },
        "embedded": embedding,
        "peak_mb": max(one["peak_mb"] for one in (*growth, *embedding)),
        "latency": _measure_latency(work / "store-few", work / "store-3"),
    }


def _measure_speed(work: Path, _patients: int) -> Figures:
    """Store the same charts as Bundles and as NDJSON, with and without processes that read, in turns; the best of some counts."""
    shapes = {"bundles": write_bundles(work / "speed-bundles", 0, SPEED), "lines": write_lines(work / "speed-lines", 0, SPEED)}
    best: Figures = {}
    for _ in range(TURNS):
        for shape, folder in shapes.items():
            for name, jobs in (("two_readers", ("--jobs", "2")), ("one_process", ("--jobs", "0"))):
                found = _stored(work / "store-speed", [folder], *jobs)
                shutil.rmtree(work / "store-speed")
                known = best.setdefault(f"{shape}_{name}", found)
                best[f"{shape}_{name}"] = max(known, found, key=lambda one: float(one["resources_a_second"]))
    return best


def _stored(store: Path, paths: Sequence[Path], *options: str) -> Figures:
    """Store folders in a process of its own; return what it measured."""
    command = [sys.executable, "-m", "tests.evals.scale", "--store", str(store), *options, *map(str, paths)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=REPOSITORY)
    figures: Figures = json.loads(done.stdout)
    return figures


def _measure_ingest(store: Path, paths: Sequence[Path], *, jobs: int | None, embed: bool) -> Figures:
    settings = Settings(store=store)
    embedder = open_embedder(settings) if embed else None
    wall, cpu = time.perf_counter(), _cpu_seconds()
    with open_writer(settings) as writer:
        done = ingest(paths, writer, embedder, jobs=jobs)
    seconds, cpu_seconds = time.perf_counter() - wall, _cpu_seconds() - cpu
    own, children = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "resources": done.counts.read,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu_seconds, 2),
        "resources_a_second": round(done.counts.read / seconds),
        "resources_a_cpu_second": round(done.counts.read / cpu_seconds),
        "stages": done.seconds,
        "peak_mb": round(own + READERS * children),
        "store_mb": round(store_file(settings).stat().st_size / 1e6),
    }


def _cpu_seconds() -> float:
    """Return what the processor worked for this process and its children."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _measure_latency(few: Path, many: Path) -> Figures:
    """Ask the same questions about the same patients of both stores, in turns."""
    embedder = open_embedder(Settings(store=few))
    engines = {FEW: _opened(few, embedder), MANY: _opened(many, embedder)}
    milliseconds: dict[int, list[float]] = {name: [] for name in engines}
    supported = 0
    for turn in range(ROUNDS + 1):
        for number in range(FEW):
            for place, text in enumerate(QUESTIONS):
                order = sorted(engines, reverse=(turn + number + place) % 2 == 1)
                for name in order:
                    question = Question(id=f"{number}-{place}", text=text, patient_id=PatientId(patient_id(number)))
                    began = time.perf_counter()
                    answer = ask(question, engine=engines[name])
                    if turn:  # the first round warms
                        milliseconds[name].append((time.perf_counter() - began) * 1000)
                        supported += isinstance(answer, SupportedAnswer)
    spreads = {name: {"p50_ms": median(times), "p95_ms": quantiles(times, n=20)[-1]} for name, times in milliseconds.items()}
    return {
        "questions": len(milliseconds[FEW]),
        "supported": supported // 2,
        **{f"patients_{name}": {key: round(value, 2) for key, value in spread.items()} for name, spread in spreads.items()},
        **{f"{key}_ratio": round(spreads[MANY][f"{key}_ms"] / spreads[FEW][f"{key}_ms"], 3) for key in ("p50", "p95")},
    }


def _opened(store: Path, embedder: Embedder) -> Engine:
    engine = open_engine(Settings(store=store), embedder=embedder)
    warm(engine)
    return engine


PARTS = {"speed": _measure_speed, "growth": _measure_growth}


if __name__ == "__main__":
    main()
