"""`make retrieval`: ranks open corpora with chartcite and with other libraries, and writes docs/retrieval.md and .json.

One run, the same passages, texts and vectors for all. chartcite reads the corpus as a user's file and is asked through the search
of its batches; the others get what its store holds and run in an environment of their own (`--peers PYTHON`, or made here).
Vectors and the others' rankings are kept in `--work` and used again while nothing that they depend on has changed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from chartcite.api.corpus_search import search_corpus
from chartcite.api.settings import Settings
from chartcite.api.wiring import open_embedder, open_engine, open_lexicon, open_writer, store_file, warm
from chartcite.engine.ports import Embedder, Vector
from chartcite.ingestion.ingest import ingest
from chartcite.ingestion.sources.source import Given

from tests.evals.gold import REPOSITORY
from tests.evals.retrieval_measures import MEASURES, Scores, difference, measure
from tests.evals.retrieval_sets import RetrievalSet, load_sets

REPORT, FIGURES = REPOSITORY / "docs" / "retrieval.md", REPOSITORY / "docs" / "retrieval.json"
PEERS = Path(__file__).with_name("retrieval_peers.py")
PACKAGES = (
    "llama-index-core",
    "llama-index-retrievers-bm25",
    "llama-index-vector-stores-faiss",
    "faiss-cpu",
    "haystack-ai",
    "numpy",
)
SYSTEMS = {
    "chartcite": "chartcite",
    "bm25": "BM25 alone (bm25s, stems)",
    "dense": "vectors alone",
    "llamaindex_rrf": "LlamaIndex hybrid, reciprocal rank",
    "llamaindex_relative": "LlamaIndex hybrid, relative score",
    "haystack": "Haystack hybrid, reciprocal rank",
}
DOCUMENTS, PASSAGES = 100, 300
MOST_QUERIES = {"haystack": 60}
"""Its BM25 and cosine in memory take a second or more a query."""

Figures = dict[str, Any]


class Ranked(NamedTuple):
    """What one system did with the first queries of a set."""

    rankings: list[list[str]]
    seconds: list[float]
    versions: dict[str, str]
    cpu_seconds: list[float] | None = None
    """Time that the processor worked, all threads: what other programs do changes it less."""


class KeptVectors:
    """The product's embedder; what it embedded once is kept in a file."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder, self.name, self.dimension = embedder, embedder.name, embedder.dimension
        self._db = sqlite3.connect(folder / "vectors.sqlite3", isolation_level=None, timeout=60)
        self._db.execute("CREATE TABLE IF NOT EXISTS vectors (sha256 TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID")

    def embed(self, texts: Sequence[str], /) -> Vector:
        """Return (n, d) float32 rows of unit length, in the order of `texts`."""
        keys = [hashlib.sha256(f"{self.name}|{text}".encode()).hexdigest() for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if self._kept(key) is None}
        if missing:
            rows = self._embedder.embed(list(missing.values()))
            packed = [(key, row.tobytes()) for key, row in zip(missing, rows, strict=True)]
            self._db.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", packed)
        found = [np.frombuffer(self._kept(key) or b"", dtype=np.float32) for key in keys]
        return np.array(found, dtype=np.float32).reshape(len(texts), self.dimension)

    def _kept(self, key: str) -> bytes | None:
        row = self._db.execute("SELECT vector FROM vectors WHERE sha256 = ?", (key,)).fetchone()
        return row[0] if row else None


def main(arguments: Sequence[str] | None = None) -> None:
    """Rank every set with every system, and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "chartcite-retrieval")
    parser.add_argument("--peers", type=Path, help="Python of an environment that holds the other libraries.")
    parser.add_argument("--sets", nargs="*", help="Only these; nothing is written.")
    parser.add_argument("--alone", action="store_true", help="Only chartcite; nothing is written.")
    options = parser.parse_args(arguments)
    sets = [one for one in load_sets(Path(os.environ.get("SHARED", "../shared"))) if not options.sets or one.name in options.sets]
    if not sets:
        sys.exit("no set of the open data was found: set SHARED to the folder that holds data/")
    options.work.mkdir(parents=True, exist_ok=True)
    python = None if options.alone else (options.peers or _made_environment(options.work))
    embedder = KeptVectors(open_embedder(Settings()), options.work)
    figures = {one.name: _measured(one, embedder, options.work / one.name, python) for one in sets}
    for name, told in figures.items():
        _say(name, told)
    if not (options.sets or options.alone):
        report = {"made": datetime.now(UTC).date().isoformat(), "machine": _machine(), "embedder": embedder.name, "sets": figures}
        FIGURES.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        REPORT.write_text(written(report), encoding="utf-8")


def _made_environment(work: Path) -> Path | None:
    """Return the Python of an environment with the other libraries; `None`: they could not be installed."""
    python = work / "peers" / "bin" / "python"
    if not python.is_file():
        venv.create(work / "peers", with_pip=True)
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(f"the other libraries could not be installed: {done.stderr[-500:]}\n")
        return None
    return python


def _measured(one: RetrievalSet, embedder: Embedder, folder: Path, python: Path | None) -> Figures:
    folder.mkdir(exist_ok=True)
    settings = Settings(store=_stored(one, embedder, folder))
    ranked = {"chartcite": _ours(one, settings, embedder)}
    passages = _exported(one, settings, embedder, folder)
    for name in SYSTEMS if python else ():
        if name != "chartcite":
            ranked[name] = _theirs(name, folder, python)
    scores = {name: _scores(one, found.rankings) for name, found in ranked.items()}
    return {
        "about": one.about,
        "documents": len(one.documents),
        "passages": passages,
        "queries": len(one.queries),
        "systems": {name: _told(found, scores[name], scores["chartcite"]) for name, found in ranked.items()},
    }


def _stored(one: RetrievalSet, embedder: Embedder, folder: Path) -> Path:
    """Ingest the corpus into a new store; return its folder."""
    corpus = folder / "corpus.jsonl"
    corpus.write_text("".join(json.dumps(document, ensure_ascii=False) + "\n" for document in one.documents), encoding="utf-8")
    settings = Settings(store=folder / "store")
    shutil.rmtree(settings.store, ignore_errors=True)
    with open_writer(settings) as writer:
        ingest([corpus], writer=writer, embedder=embedder, lexicon=open_lexicon(settings), given=Given(corpus=one.name))
    return settings.store


def _ours(one: RetrievalSet, settings: Settings, embedder: Embedder) -> Ranked:
    """Ask chartcite; the queries are embedded before, as for the others."""
    engine = open_engine(settings, embedder=embedder)
    queries = list(one.queries.values())
    embedder.embed(queries)
    warm(engine)
    search_corpus(engine, queries[:5], corpus=one.name, limit=DOCUMENTS)
    rankings, seconds, cpu_seconds = [], [], []
    for query in queries:
        began, worked = time.perf_counter(), time.process_time()
        [found] = search_corpus(engine, [query], corpus=one.name, limit=DOCUMENTS)
        seconds.append(time.perf_counter() - began)
        cpu_seconds.append(time.process_time() - worked)
        rankings.append([each.passage.resource.removeprefix(f"{one.name}/") for each in found])
    return Ranked(rankings, seconds, {}, cpu_seconds)


def _exported(one: RetrievalSet, settings: Settings, embedder: Embedder, folder: Path) -> int:
    """Write what the others need; return how many passages there are."""
    sql = (
        "SELECT r.resource, p.embed_text, v.vector FROM passages p JOIN resources r ON r.key = p.resource_key"
        " JOIN vectors v ON v.sha256 = p.embed_sha AND v.model = ? WHERE r.corpus = ? AND r.current = 1 ORDER BY p.id"
    )
    with closing(sqlite3.connect(store_file(settings))) as store:
        rows = store.execute(sql, (embedder.name, one.name)).fetchall()
    lines = (json.dumps({"document": name.removeprefix(f"{one.name}/"), "text": text}) + "\n" for name, text, _ in rows)
    (folder / "passages.jsonl").write_text("".join(lines), encoding="utf-8")
    np.save(folder / "vectors.npy", np.frombuffer(b"".join(row[2] for row in rows), dtype=np.float32).reshape(len(rows), -1))
    queries = list(one.queries.values())
    np.save(folder / "query_vectors.npy", embedder.embed(queries))
    (folder / "queries.json").write_text(json.dumps({"queries": queries, "passages": PASSAGES, "documents": DOCUMENTS}))
    return len(rows)


def _theirs(name: str, folder: Path, python: Path | None) -> Ranked:
    """Run one other system in its environment, or take what it said of the very same input before."""
    most = str(MOST_QUERIES.get(name, 0))
    digest = hashlib.sha256(most.encode() + PEERS.read_bytes())
    for part in ("passages.jsonl", "vectors.npy", "queries.json", "query_vectors.npy"):
        digest.update((folder / part).read_bytes())
    kept = folder / f"{name}-{digest.hexdigest()[:16]}.json"
    if not kept.is_file():
        subprocess.run([str(python), str(PEERS), str(folder), name, most], check=True, env={**os.environ, "HF_HUB_OFFLINE": "1"})
        (folder / f"{name}.json").rename(kept)
    said = json.loads(kept.read_text())
    return Ranked(said["rankings"], said["seconds"], said["versions"])


def _scores(one: RetrievalSet, rankings: list[list[str]]) -> Scores:
    """Return (queries, measures) of the queries that were ranked."""
    relevant = [one.relevant[id_] for id_ in one.queries]
    return np.array([measure(ranking, wanted) for ranking, wanted in zip(rankings, relevant, strict=False)])


def _told(found: Ranked, scores: Scores, ours: Scores) -> Figures:
    milliseconds = np.quantile(np.array(found.seconds) * 1000, [0.5, 0.95])
    paired = ours[: len(scores)]
    told: Figures = {"queries": len(scores), "versions": found.versions}
    told |= {name: round(float(value), 4) for name, value in zip(MEASURES, scores.mean(axis=0), strict=True)}
    told |= {"p50_ms": round(float(milliseconds[0]), 1), "p95_ms": round(float(milliseconds[1]), 1)}
    if found.cpu_seconds:
        worked = np.quantile(np.array(found.cpu_seconds) * 1000, [0.5, 0.95])
        told |= {"p50_cpu_ms": round(float(worked[0]), 1), "p95_cpu_ms": round(float(worked[1]), 1)}
    told["chartcite_minus_this"] = {
        name: [round(value, 4) for value in difference(paired[:, place], scores[:, place])] for place, name in enumerate(MEASURES)
    }
    return told


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def _say(name: str, told: Figures) -> None:
    sys.stdout.write(f"{name}: {told['documents']} documents, {told['passages']} passages, {told['queries']} queries\n")
    for system, each in told["systems"].items():
        lead = each["chartcite_minus_this"]["ndcg_10"]
        figures = " ".join(f"{measure_} {each[measure_]:.4f}" for measure_ in MEASURES)
        sys.stdout.write(f"  {system:20} {figures} p50 {each['p50_ms']} p95 {each['p95_ms']} ms; lead {lead}\n")


INTRODUCTION = """# Retrieval of guideline and literature corpora

Made by `make retrieval` on {made} ({machine}), embedder `{embedder}`.
All systems rank the same passages with the same vectors; each of the others brings 300 passages, and a document counts as its
best passage. nDCG, recall and reciprocal rank (MRR, within 100) are means over queries. `lead` is chartcite minus the system on
the same queries, with a 95 % paired bootstrap interval. Times are of one query whose vector is known, on the clock, with whatever
else ran on the machine, and of the others from when they last ranked this input: tell no more than orders of magnitude by them.
How chartcite ranks, and what was tried before it was chosen:
[decision 0011](decisions/0011-corpus-retrieval.md).
"""


def written(report: Figures) -> str:
    """Return the report as Markdown."""
    lines = [INTRODUCTION.format(**report)]
    versions: dict[str, str] = {}
    for name, one in report["sets"].items():
        counts = f"{one['documents']:,} documents in {one['passages']:,} passages, {one['queries']} queries"
        lines += [f"## {name}", "", f"{one['about'][0].upper()}{one['about'][1:]}: {counts}.", ""]
        lines += ["| system | nDCG@10 | R@10 | R@100 | MRR | lead nDCG@10 | lead R@100 | p50 ms | p95 ms | queries |"]
        lines += ["|---|---:|---:|---:|---:|---|---|---:|---:|---:|"]
        lines += [*(_row(system, each) for system, each in one["systems"].items()), ""]
        own = one["systems"]["chartcite"]
        lines += [
            f"Of chartcite's time the processor worked {own['p50_cpu_ms']} ms (median) and {own['p95_cpu_ms']} ms (p95).",
            "",
        ]
        if len(one["systems"]) == 1:
            lines += ["The other libraries could not be installed where this was made.", ""]
        for each in one["systems"].values():
            versions |= each["versions"]
    return "\n".join([*lines, "Versions: " + ", ".join(map(" ".join, sorted(versions.items()))) + "."]) + "\n"


def _row(system: str, each: Figures) -> str:
    leads = (
        ["", ""] if system == "chartcite" else [_lead(each["chartcite_minus_this"][name]) for name in ("ndcg_10", "recall_100")]
    )
    figures = [f"{each[name]:.4f}" for name in MEASURES]
    return (
        "| "
        + " | ".join([SYSTEMS[system], *figures, *leads, f"{each['p50_ms']}", f"{each['p95_ms']}", str(each["queries"])])
        + " |"
    )


def _lead(told: Sequence[float]) -> str:
    mean, low, high = told
    return f"{mean:+.4f} [{low:+.4f}, {high:+.4f}]"


if __name__ == "__main__":
    main()
