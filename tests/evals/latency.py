"""`python -m tests.evals.latency`: how long the reader of a full store waits; prints and writes docs/latency.json.

The bundled charts are copied to 600 patients, each with ids and a name of its own; what notes say stays as it is, so that equal
words share their vectors and the store is made in minutes. Measured: gold questions about patients of that store in a warm
process, on the clock and of the processor alone (other programs disturb the first only); the import of the engine in fresh
interpreters; and a server from its start to its first answer. The last two run from bytecode, as an installed package does,
whatever the environment says of it: the first of each, which may write it, does not count. On a machine whose cores are busy,
threads that embed together wait for each other; `answers_one_thread` asks the same questions with one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median, quantiles
from typing import Any

from chartcite.api.settings import Settings
from chartcite.api.wiring import open_embedder, open_engine, open_lexicon, open_writer, store_file, warm
from chartcite.engine.ask import Engine, ask
from chartcite.engine.domain.answers import Audience, Question, SupportedAnswer
from chartcite.engine.domain.records import PatientId
from chartcite.ingestion.ingest import ingest

from tests.evals.gold import REPOSITORY, Gold, load_gold

FIGURES = REPOSITORY / "docs" / "latency.json"
CHARTS = REPOSITORY / "corpora" / "patients"
PATIENTS, QUESTIONS, STARTING = 600, 300, 50
"""Patients; questions that count, and those before them that do not."""
IMPORTS, STARTS = 7, 5
GOALS = {"p50_ms": 60.0, "p95_ms": 250.0, "import_seconds": 0.4, "first_answer_seconds": 6.0}
MODULES = ("chartcite.engine", "chartcite.engine.ask", "chartcite.api.cli")
_TOLD = "print(time.perf_counter() - a, time.process_time() - b)"
_LAST_SECONDS = 120.0
_GIVEN = (
    "Ada",
    "Bruno",
    "Celia",
    "Dov",
    "Edda",
    "Finn",
    "Gita",
    "Henk",
    "Ilse",
    "Jun",
    "Kaya",
    "Lars",
    "Mina",
    "Nils",
    "Oda",
    "Pim",
)
_FAMILY = ("Arden", "Bellamy", "Corwin", "Dalby", "Elston", "Fairley", "Garrow", "Holt", "Ivers", "Jarrett", "Keller", "Lowry")

Json = Any
"""Whatever JSON holds."""
Figures = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=PATIENTS)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--store", type=Path, help="keep the store there, or use the one that is there")
    parser.add_argument("--ask-only", action="store_true", help=argparse.SUPPRESS)  # the process that only answers
    options = parser.parse_args(arguments)
    if options.ask_only:
        sys.stdout.write(json.dumps(_measure_answers(Settings(store=options.store), questions(options.patients))))
        return
    figures: Figures = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {sys.platform}, Python {sys.version_info.major}.{sys.version_info.minor}",
        "load_before": round(os.getloadavg()[0], 2),
        "goals": GOALS,
    }
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(store=options.store or Path(scratch) / "store")
        if not store_file(settings).exists():
            _store(settings, write_copies(Path(scratch) / "charts", options.patients))
        asked = questions(options.patients)
        environment = from_bytecode(Path(scratch) / "bytecode")
        figures["import"] = _measure_import(environment)
        figures["server"] = _measure_starts(settings.store, asked[0], environment)
        figures["answers"] = _asked_apart(settings.store, options.patients, {})
        figures["answers_one_thread"] = _asked_apart(settings.store, options.patients, {"OMP_NUM_THREADS": "1"})
    text = json.dumps(figures, indent=1) + "\n"
    if not options.dry:
        FIGURES.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def write_copies(folder: Path, patients: int) -> Path:
    """Write one Bundle a patient, the bundled charts in turns."""
    folder.mkdir(parents=True)
    charts = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(CHARTS.glob("*.json"))]
    for number in range(patients):
        copied = copy_of(charts[number % len(charts)], number // len(charts))
        (folder / f"{number:04}.json").write_text(json.dumps(copied), encoding="utf-8")
    return folder


def copy_of(bundle: Json, number: int) -> Json:
    """Return a chart as another patient's: every id has a suffix, and the patient another name."""
    resources = [entry["resource"] for entry in bundle["entry"]]
    known = {f"{one['resourceType']}/{one['id']}" for one in resources if "id" in one}
    copied = _renamed(bundle, known, suffix_of(number))
    for entry in copied["entry"]:
        resource = entry["resource"]
        resource["id"] = f"{resource['id']}{suffix_of(number)}"
        if resource["resourceType"] == "Patient":
            chance = random.Random(resource["id"])
            resource["name"] = [{"use": "official", "family": chance.choice(_FAMILY), "given": [chance.choice(_GIVEN)]}]
            for identifier in resource.get("identifier", ()):
                identifier["value"] = f"{identifier['value']}{suffix_of(number)}"
    return copied


def suffix_of(number: int) -> str:
    """Return what is added to the ids of a copy."""
    return f"-c{number:02}"


def _renamed(value: Json, known: set[str], suffix: str) -> Json:
    """Point references and addresses at the copy; leave everything else."""
    if isinstance(value, dict):
        return {
            key: f"{inner}{suffix}"
            if key in {"reference", "fullUrl"} and isinstance(inner, str) and "/".join(inner.split("/")[-2:]) in known
            else _renamed(inner, known, suffix)
            for key, inner in value.items()
        }
    return [_renamed(inner, known, suffix) for inner in value] if isinstance(value, list) else value


def questions(patients: int) -> list[Gold]:
    """Return gold questions about patients of the store: each about another copy than the one before it."""
    owners = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(CHARTS.glob("*.json"))]
    ids = [next(e["resource"]["id"] for e in one["entry"] if e["resource"]["resourceType"] == "Patient") for one in owners]
    by_patient = {owner: [gold for gold in load_gold() if gold.patient_id == owner] for owner in ids}

    def endless() -> Iterator[Gold]:
        turn = 0
        while True:
            for place, owner in enumerate(ids):
                copies = (patients - place + len(ids) - 1) // len(ids)
                if by_patient[owner] and copies:
                    gold = by_patient[owner][turn % len(by_patient[owner])]
                    yield gold.model_copy(update={"patient_id": f"{owner}{suffix_of((turn * 7 + place) % copies)}"})
            turn += 1

    return list(islice(endless(), STARTING + QUESTIONS))


def _store(settings: Settings, folder: Path) -> None:
    with open_writer(settings) as writer:
        ingest([folder], writer, open_embedder(settings), lexicon=open_lexicon(settings))


def _asked_apart(store: Path, patients: int, environment: dict[str, str]) -> Figures:
    """Ask in a process of its own: the number of threads that embed is settled when one begins."""
    command = [sys.executable, "-m", "tests.evals.latency", "--ask-only", "--store", str(store), "--patients", str(patients)]
    environment = {**os.environ, **environment}
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=REPOSITORY, env=environment)
    figures: Figures = json.loads(done.stdout)
    return figures


def _measure_answers(settings: Settings, asked: Sequence[Gold]) -> Figures:
    engine = open_engine(settings)
    warm(engine)
    clock: list[float] = []
    processor: list[float] = []
    supported = 0
    for gold in asked:
        began, worked = time.perf_counter(), time.process_time()
        supported += _is_answered(gold, engine)
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - worked) * 1000)
    return {
        "patients": len(engine.records.patients()),
        "store_mb": round(store_file(settings).stat().st_size / 1e6),
        "questions": len(asked) - STARTING,
        "asked_patients": len({gold.patient_id for gold in asked}),
        "supported": supported,
        "starting": _spread(clock[:STARTING]),
        "warm": _spread(clock[STARTING:]),
        "warm_processor": _spread(processor[STARTING:]),
    }


def _is_answered(gold: Gold, engine: Engine) -> bool:
    question = Question(
        id=gold.id,
        text=gold.question,
        patient_id=PatientId(str(gold.patient_id)),
        as_of=date.fromisoformat(gold.as_of) if gold.as_of else None,
        audience=Audience(gold.audience),
    )
    return isinstance(ask(question, engine=engine), SupportedAnswer)


def _spread(milliseconds: Sequence[float]) -> dict[str, float]:
    named = {"p50_ms": median(milliseconds), "p95_ms": quantiles(milliseconds, n=20)[-1], "max_ms": max(milliseconds)}
    return {name: round(value, 1) for name, value in named.items()}


def from_bytecode(folder: Path) -> dict[str, str]:
    """Return an environment in which Python writes bytecode to a folder, and runs from it the next time."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder)}


def _measure_import(environment: dict[str, str]) -> Figures:
    """Import in fresh interpreters; the first of each, which may read from the disk and write bytecode, does not count."""
    figures: Figures = {}
    for name in MODULES:
        clocks = [_import_seconds(name, environment) for _ in range(IMPORTS + 1)][1:]
        figures[name] = {"seconds": _seconds([clock for clock, _ in clocks]), "processor": _seconds([used for _, used in clocks])}
    return figures


def _import_seconds(module: str, environment: dict[str, str]) -> tuple[float, float]:
    """Return seconds on the clock and of the processor."""
    program = f"import time; a, b = time.perf_counter(), time.process_time(); import {module}; {_TOLD}"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=REPOSITORY, env=environment)
    clock, used = done.stdout.split()[-2:]
    return float(clock), float(used)


def _measure_starts(store: Path, gold: Gold, environment: dict[str, str]) -> Figures:
    """Start a server some times over; the first does not count, and the processor's seconds hold its end too."""
    clock: list[float] = []
    processor: list[float] = []
    for _ in range(STARTS + 1):
        before = _children_seconds()
        clock.append(_first_answer_seconds(store, gold, environment))
        processor.append(_children_seconds() - before)
    return {"first_answer_seconds": _seconds(clock[1:]), "processor": _seconds(processor[1:])}


def _children_seconds() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _first_answer_seconds(store: Path, gold: Gold, environment: dict[str, str]) -> float:
    """Start a server; return the seconds until it answered a question over HTTP."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    body = {"question": gold.question, "as_of": gold.as_of, "audience": gold.audience}
    address = f"http://127.0.0.1:{port}/v1/patients/{gold.patient_id}/ask"
    command = [
        sys.executable,
        "-c",
        "from chartcite.api.cli import main; main()",
        "serve",
        "--store",
        str(store),
        "--port",
        str(port),
    ]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as process:
        try:
            _until_done(lambda: _post(address, body), began + _LAST_SECONDS)
            return time.perf_counter() - began
        finally:
            process.terminate()


def _until_done(act: Callable[[], None], last: float) -> None:
    """Repeat until it succeeds.

    Raises:
        OSError: it did not within the time.
    """
    while True:
        try:
            return act()
        except OSError:
            if time.perf_counter() > last:
                raise
            time.sleep(0.05)


def _post(address: str, body: dict[str, Any]) -> None:
    request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 -- our own address on loopback
        json.load(response)


def _seconds(measured: Sequence[float]) -> dict[str, float]:
    return {"median": round(median(measured), 3), "least": round(min(measured), 3), "most": round(max(measured), 3)}


if __name__ == "__main__":
    main()
