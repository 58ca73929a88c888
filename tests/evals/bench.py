"""`make bench`: measures ingestion, answering and memory, and writes docs/benchmark.md and docs/benchmark.json.

With the shared data (SHARED, default ../shared): its 100 synthetic patients. Without: the bundled patients, and it says so.
Ingestion is set against sentence-transformers alone: each batch that ingestion embeds is embedded again, at once, by the
bare library with the same weights, type and batch size, so that both meet the same state of the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from chartcite.api.settings import Settings
from chartcite.api.wiring import open_embedder, open_engine, open_lexicon, open_records, open_writer, store_file, warm
from chartcite.engine.ask import ask
from chartcite.engine.domain.answers import Audience, Question, SupportedAnswer
from chartcite.engine.domain.records import PatientId
from chartcite.engine.models.minilm import precision
from chartcite.engine.models.sentence_embedder import default_weights
from chartcite.engine.ports import Embedder, Vector
from chartcite.ingestion.ingest import BATCH_PASSAGES, ingest

from tests.evals.gold import REPOSITORY, Gold, load_gold

ARCHIVES = ("synthea_us_core", "synthea_r4")
REPORT = REPOSITORY / "docs" / "benchmark.md"
FIGURES = REPOSITORY / "docs" / "benchmark.json"
QUESTIONS = 300
STARTING = 50
"""Questions after a start that are reported apart: what is kept in memory is made by them."""
READY_SECONDS = 120
GOALS = {"p50_ms": 60.0, "p95_ms": 250.0, "server_mb": 1536.0, "ingest_ratio": 1.3}
"""What was promised, on 2 cores with 100 patients."""

Figures = dict[str, Any]


class Seconds(NamedTuple):
    """Time on the clock, and time that the processor worked for this process: what other programs do changes the first only."""

    wall: float
    cpu: float

    @classmethod
    def now(cls) -> Seconds:
        """Read both clocks."""
        return cls(time.perf_counter(), time.process_time())

    def until_now(self) -> Seconds:
        """Return the time since then."""
        return Seconds(time.perf_counter() - self.wall, time.process_time() - self.cpu)

    def plus(self, other: Seconds, /, *, times: int = 1) -> Seconds:
        """Return the sum (with `times=-1` the difference)."""
        return Seconds(self.wall + times * other.wall, self.cpu + times * other.cpu)


class SideBySide:
    """The embedder of the product, each of whose batches is embedded again by the bare library, which is timed."""

    def __init__(self, embedder: Embedder, alone: Callable[[list[str]], object]) -> None:
        self._embedder, self._alone = embedder, alone
        self.alone = Seconds(0.0, 0.0)
        self.batches = 0

    @property
    def name(self) -> str:
        """Name of the product's embedder."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """Length of its vectors."""
        return self._embedder.dimension

    def embed(self, texts: Sequence[str], /) -> Vector:
        """Embed twice: who goes first changes from batch to batch."""
        self.batches += 1
        if self.batches % 2:
            self._time_alone(texts)
            return self._embedder.embed(texts)
        rows = self._embedder.embed(texts)
        self._time_alone(texts)
        return rows

    def _time_alone(self, texts: Sequence[str]) -> None:
        began = Seconds.now()
        self._alone(list(texts))
        self.alone = self.alone.plus(began.until_now())


class Asked(NamedTuple):
    """Milliseconds of some questions, in the order they were asked."""

    milliseconds: list[float]
    supported: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--ask-store", type=Path, help=argparse.SUPPRESS)  # the process that only answers
    options = parser.parse_args(arguments)
    if options.ask_store:
        sys.stdout.write(json.dumps(_measure_answers(options.ask_store, options.questions)))
        return
    shared = Path(os.environ.get("SHARED", REPOSITORY.parent / "shared")) / "data"
    with tempfile.TemporaryDirectory() as scratch:
        figures = _measure(shared, Path(scratch), options.questions)
    text = report(figures)
    if not options.dry:
        REPORT.write_text(text, encoding="utf-8")
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(text)


def _measure(shared: Path, scratch: Path, questions: int) -> Figures:
    packed = [shared / f"{name}.tar.xz" for name in ARCHIVES]
    complete = all(path.is_file() for path in packed)
    if complete:
        for path in packed:
            with tarfile.open(path) as tar:
                tar.extractall(scratch, filter="data")
    folders = [scratch / name / "bundles" for name in ARCHIVES] if complete else [REPOSITORY / "corpora" / "patients"]
    store = scratch / "store"
    figures: Figures = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": _machine(),
        "data": "+".join(ARCHIVES) if complete else "corpora/patients",
        "ingest": _measure_ingest(folders, store),
    }
    figures["ingest"]["store_mb"] = round(sum(path.stat().st_size for path in store.rglob("*") if path.is_file()) / 1e6, 1)
    records = open_records(Settings(store=store))
    figures["ingest"]["patients"] = sum(bool(patient.name) for patient in records.patients())  # others are only referred to
    command = [sys.executable, "-m", "tests.evals.bench", "--ask-store", str(store), "--questions", str(questions)]
    figures["answers"] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=REPOSITORY).stdout)
    figures["server"] = _measure_server(store, _questions(store, questions))
    return figures


def _measure_ingest(folders: Sequence[Path], store: Path) -> Figures:
    settings = Settings(store=store)
    product = open_embedder(settings)
    bare, lexicon = _bare_library(), open_lexicon(settings)
    started = time.perf_counter()
    product.embed(["warm"])
    loading = time.perf_counter() - started
    embedder = SideBySide(product, bare)
    with open_writer(settings) as writer:
        began = Seconds.now()
        done = ingest(folders, writer, embedder, lexicon=lexicon)
        both = began.until_now()
    alone, ours = embedder.alone, both.plus(embedder.alone, times=-1)
    every = _every_text(store)
    started_all = Seconds.now()
    bare(every)
    whole = started_all.until_now()
    stages = done.seconds | {"embed": done.seconds["embed"] - alone.wall}
    return {
        "files": len(done.files),
        "resources": done.counts.read,
        "quarantined": done.counts.quarantined,
        "passages": done.passages,
        "distinct_texts": done.embedded,
        "weights_seconds": round(loading, 1),
        "stages": {stage: round(value, 1) for stage, value in stages.items()},
        "seconds": round(ours.wall, 1),
        "cpu_seconds": round(ours.cpu, 1),
        "alone_seconds": round(alone.wall, 1),
        "alone_cpu_seconds": round(alone.cpu, 1),
        "every_seconds": round(whole.wall, 1),
        "every_cpu_seconds": round(whole.cpu, 1),
        "ratio": round(ours.wall / whole.wall, 3),
        "cpu_ratio": round(ours.cpu / whole.cpu, 3),
        "distinct_ratio": round(ours.wall / alone.wall, 3),
        "distinct_cpu_ratio": round(ours.cpu / alone.cpu, 3),
    }


def _every_text(store: Path) -> list[str]:
    """Return the text of every passage, as a program without our store of vectors would embed it."""
    with closing(sqlite3.connect(store_file(Settings(store=store)))) as connection:
        return [text for (text,) in connection.execute("SELECT embed_text FROM passages ORDER BY id")]


def _bare_library() -> Callable[[list[str]], object]:
    """Return sentence-transformers by itself: the same weights in the same type, called as its manual says."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(default_weights()), device="cpu", local_files_only=True, model_kwargs={"dtype": precision()})
    model.encode(["warm"], show_progress_bar=False)
    return lambda texts: model.encode(texts, batch_size=BATCH_PASSAGES, normalize_embeddings=True, show_progress_bar=False)


def _questions(store: Path, wanted: int) -> list[Gold]:
    """Return gold questions about patients of the store, one patient after the other, as many as wanted."""
    known = {patient.id for patient in open_records(Settings(store=store)).patients()}
    by_patient: dict[str, list[Gold]] = {}
    for gold in load_gold():
        if gold.patient_id in known and gold.patient_id is not None:
            by_patient.setdefault(gold.patient_id, []).append(gold)
    longest = max(map(len, by_patient.values()))
    turns = [group[turn] for turn in range(longest) for group in by_patient.values() if turn < len(group)]
    return list(islice(cycle(turns), wanted))


def _measure_answers(store: Path, wanted: int) -> Figures:
    """Ask in this process: every question once."""
    asked = _questions(store, wanted)
    engine = open_engine(Settings(store=store))
    warm(engine)
    idle = _resident_mb(os.getpid())

    def one(gold: Gold) -> bool:
        question = Question(
            id=gold.id,
            text=gold.question,
            patient_id=PatientId(str(gold.patient_id)),
            as_of=date.fromisoformat(gold.as_of) if gold.as_of else None,
            audience=Audience(gold.audience),
        )
        return isinstance(ask(question, engine=engine), SupportedAnswer)

    done = _timed(asked, one)
    return {
        "questions": len(asked),
        "asked_patients": len({gold.patient_id for gold in asked}),
        "supported": done.supported,
        "starting": _spread(done.milliseconds[:STARTING]),
        "warm": _spread(done.milliseconds[STARTING:]),
        "idle_mb": idle,
        "resident_mb": _resident_mb(os.getpid()),
    }


def _measure_server(store: Path, asked: Sequence[Gold]) -> Figures:
    """Ask a `chartcite serve` of its own over HTTP, one question after the other."""
    with _server(store) as (address, process):
        idle = _resident_mb(process)

        def one(gold: Gold) -> bool:
            body = {"question": gold.question, "as_of": gold.as_of, "audience": gold.audience}
            return bool(_post(f"{address}/v1/patients/{gold.patient_id}/ask", body)["kind"] == "supported")

        done = _timed(asked, one)
        return {
            "questions": len(asked),
            "supported": done.supported,
            "starting": _spread(done.milliseconds[:STARTING]),
            "warm": _spread(done.milliseconds[STARTING:]),
            "idle_mb": idle,
            "resident_mb": _resident_mb(process),
        }


@contextmanager
def _server(store: Path) -> Iterator[tuple[str, int]]:
    """Run a server until it is no longer needed; yield its address and process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", "from chartcite.api.cli import main; main()"]
    arguments = ["serve", "--store", str(store), "--port", str(port)]
    with subprocess.Popen([*command, *arguments], stdout=subprocess.DEVNULL) as process:
        try:
            _wait_until_ready(f"{address}/readyz")
            yield address, process.pid
        finally:
            process.terminate()


def _wait_until_ready(address: str) -> None:
    last = time.monotonic() + READY_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30):  # noqa: S310 -- our own address on loopback
                return
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.25)


def _post(address: str, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 -- our own address on loopback
        answer: dict[str, Any] = json.load(response)
    return answer


def _timed(asked: Sequence[Gold], one: Callable[[Gold], bool]) -> Asked:
    milliseconds: list[float] = []
    supported = 0
    for gold in asked:
        began = time.perf_counter()
        supported += one(gold)
        milliseconds.append((time.perf_counter() - began) * 1000)
    return Asked(milliseconds, supported)


def _spread(milliseconds: Sequence[float]) -> dict[str, float]:
    named = {"p50_ms": median(milliseconds), "p95_ms": quantiles(milliseconds, n=20)[-1], "max_ms": max(milliseconds)}
    return {name: round(value, 1) for name, value in named.items()}


def _resident_mb(process: int) -> float | None:
    """Return the resident memory of a process in MB; `None` where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        return None
    fields = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines() if ":" in line)
    return round(int(fields["VmRSS"].split()[0]) * 1024 / 1e6, 1)


def _machine() -> str:
    return f"{os.cpu_count()} cores, {sys.platform}, Python {sys.version_info.major}.{sys.version_info.minor}"


def report(figures: Figures) -> str:
    """Return the benchmark as a page."""
    ingested, answers, server = figures["ingest"], figures["answers"], figures["server"]
    whole = figures["data"] != "corpora/patients"
    memory = f"{_mb(server['idle_mb'])} / {_mb(server['resident_mb'])}"
    lines = [
        "# Benchmark",
        "",
        "Written by `make bench`; do not edit by hand. The figures for machines are in [benchmark.json](benchmark.json).",
        "",
        f"{figures['date']}; {figures['machine']}, no GPU. Data: {_data(ingested['patients'], whole=whole)}",
        "",
        "| what | measured | goal |",
        "|---|---:|---:|",
        f"| question, warm, p50 | {answers['warm']['p50_ms']} ms | {GOALS['p50_ms']:.0f} ms |",
        f"| question, warm, p95 | {answers['warm']['p95_ms']} ms | {GOALS['p95_ms']:.0f} ms |",
        f"| question, warm, slowest | {answers['warm']['max_ms']} ms | |",
        f"| first {STARTING} questions after a start, p50 / p95 | {_two(answers['starting'])} ms | |",
        f"| over HTTP: warm, p50 / p95 | {_two(server['warm'])} ms | |",
        f"| over HTTP: first {STARTING} after a start, p50 / p95 | {_two(server['starting'])} ms | |",
        f"| memory of `chartcite serve`, at rest / after questions | {memory} | {GOALS['server_mb']:.0f} MB |",
        f"| memory of a process that asks | {_mb(answers['resident_mb'])} | |",
        f"| ingestion, on the clock / of the processor | {ingested['seconds']} / {ingested['cpu_seconds']} s | |",
        f"| sentence-transformers alone, the same passages | {ingested['every_seconds']} / {ingested['every_cpu_seconds']} s | |",
        f"| ingestion / alone | {ingested['ratio']} / {ingested['cpu_ratio']} | {GOALS['ingest_ratio']} |",
        f"| alone, each different text once | {ingested['alone_seconds']} / {ingested['alone_cpu_seconds']} s | |",
        f"| ingestion / alone, each different text once | {ingested['distinct_ratio']} / {ingested['distinct_cpu_ratio']} | |",
        f"| store on disk | {ingested['store_mb']} MB | |",
        "",
        *_remarks(figures),
    ]
    return "\n".join(lines)


def _remarks(figures: Figures) -> list[str]:
    ingested, answers = figures["ingest"], figures["answers"]
    stages = ", ".join(f"{stage} {seconds}" for stage, seconds in ingested["stages"].items())
    read = f"{ingested['files']} files, {ingested['resources']} resources ({ingested['quarantined']} quarantined)"
    cut = f"{ingested['passages']} passages with {ingested['distinct_texts']} different texts, each embedded once"
    return [
        f"**Ingestion.** {read}, {cut}. Seconds by stage: {stages}.",
        f"Loading the weights ({ingested['weights_seconds']} s) is in no figure. *Alone* is sentence-transformers with the same",
        "weights in the same type and batch size: once over every passage, and once over each different text only,",
        "where each batch is embedded by the product and by the library in turns. Synthetic charts repeat themselves; the fewer",
        "copies a chart holds, the nearer the first ratio comes to the second.",
        "",
        f"**Questions.** {answers['questions']} gold questions about {answers['asked_patients']} patients, in turns, each once,",
        f"in one process and over HTTP; {answers['supported']} got a supported answer. The first {STARTING} after the start are",
        "reported apart.",
        "",
    ]


def _data(patients: int, *, whole: bool) -> str:
    if whole:
        return f"{patients} synthetic patients of `{ARCHIVES[0]}` and `{ARCHIVES[1]}`."
    return f"the {patients} bundled patients only, as the shared data was not there: the goals are for 100 patients."


def _two(spread: dict[str, float]) -> str:
    return f"{spread['p50_ms']} / {spread['p95_ms']}"


def _mb(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.0f} MB"


if __name__ == "__main__":
    main()
