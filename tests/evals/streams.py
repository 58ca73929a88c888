"""`python -m tests.evals.streams`: streams of answers through a real server and a scripted model (docs/streams.json).

One after another: what everything but the model takes (from the request to the last byte, less the time in which the scripted
model wrote), and how long after the model finished its first sentence that sentence reached the reader. Then 32 readers at once,
again and again: answers lost, answers that hold a word of another chart, and the memory of the process. Reader, server and
scripted model share one process, so that one clock times all, and share its processor time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

import httpx
import uvicorn
from chartcite.api.app import create_app
from chartcite.api.settings import Settings
from chartcite.api.wiring import open_embedder, warm
from chartcite.engine.ask import Engine
from chartcite.engine.drafting.generation import WritingPolicy
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.models.circuit_breaker import CircuitBreaker
from chartcite.engine.models.generator_policy import GeneratorPolicy
from chartcite.engine.models.openai_generator import OpenAiGenerator
from chartcite.engine.ports import Embedder
from chartcite.engine.testing import HashingEmbedder, WordReader
from chartcite.indexes.faiss_index import FaissIndex
from chartcite.indexes.sqlite_records import SqliteRecords
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest
from fastapi import FastAPI

from tests.charts import bundled_lexicon
from tests.evals.gold import REPOSITORY
from tests.scripted_model import DONE, Part, Reply, ScriptedModel, SeenRequest, chunk, running
from tests.trust.carriers import WHY, base_chart, owned, word_of

REPORT = REPOSITORY / "docs" / "streams.json"
READERS, ONE_BY_ONE, ANSWERS = 32, 100, 500
GOALS = {"overhead_p95_ms": 300, "first_sentence_p95_ms": 150}
_WORD = re.compile(r"zanth\w+?q\b")
_SENTENCE = re.compile(r"^(R\d+\.s\d+): (.*creatinine rose.*)$", re.MULTILINE)
_TOKEN_SECONDS = 0.01


class Told(NamedTuple):
    """What one reader got, with moments of one clock."""

    owner: str
    status: int
    events: tuple[str, ...]
    words: frozenset[str]
    """Words of charts in it."""
    has_model: bool
    asked: float
    first_claim: float
    ended: float


class Moments(NamedTuple):
    """When the scripted model was asked, finished its first sentence, and ended."""

    asked: float
    first: float
    ended: float


class TimedModel:
    """Writes one sentence, as it stands in the evidence, token by token; remembers when, by the word of the chart."""

    def __init__(self, *, token_seconds: float = _TOKEN_SECONDS) -> None:
        self.moments: dict[str, Moments] = {}
        self._token_seconds = token_seconds

    def script(self, request: SeenRequest) -> Reply:
        """Reply to one request."""
        told = request.messages[-1].content
        found = _SENTENCE.search(told)
        words = _WORD.findall(told)
        return Reply(self._parts(found[1] if found else "R99.s9", found[2] if found else "-", words[0] if words else ""))

    async def _parts(self, id_: str, text: str, word: str) -> AsyncIterator[Part]:
        asked = time.perf_counter()
        claim = json.dumps({"citations": [id_], "kind": "record_fact", "text": text})
        head = '{"answerable": true, "claims": [' + claim
        yield chunk(role="assistant", content="")
        for at in range(0, len(head), 40):
            yield self._token_seconds
            yield chunk(head[at : at + 40])
        first = time.perf_counter()
        for piece in ("], ", '"left_open": []', "}"):
            yield self._token_seconds
            yield chunk(piece)
        self.moments[word] = Moments(asked, first, time.perf_counter())
        yield chunk(finish="stop")
        yield DONE


def make_engine(folder: Path, readers: int, embedder: Embedder) -> Engine:
    """Store one small chart a reader."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number in range(readers):
        owner = f"r{number:03}"
        files.append(folder / f"{owner}.json")
        files[-1].write_text(owned(owner, base_chart(owner, full=True)), encoding="utf-8")
    with SqliteWriter(folder / "store") as writer:
        ingest(files, writer, embedder, jobs=0)
    store = folder / "store"
    return Engine(SqliteRecords(store), FaissIndex(store, model=embedder.name), embedder, WordReader(), bundled_lexicon())


def app_on(engine: Engine, url: str) -> FastAPI:
    """Put the app together as the settings would."""
    limits = GeneratorPolicy(most_at_once=READERS, most_waiting=READERS * 4, first_piece_seconds=120, document_seconds=240)
    generator = CircuitBreaker(OpenAiGenerator(url, policy=limits))
    writer = ModelWriter(generator, WritingPolicy(seconds=240, judged=False))
    return create_app(Settings(store=Path("unused"), max_waiting_questions=1_000), engine=engine, writer=writer)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve on a socket of loopback."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


async def read(client: httpx.AsyncClient, owner: str) -> Told:
    """Ask as a stream and read it to its end."""
    names: list[str] = []
    text = ""
    asked = time.perf_counter()
    first = 0.0
    async with client.stream(
        "POST", f"/v1/patients/{owner}/ask", json={"question": WHY}, headers={"accept": "text/event-stream"}
    ) as answer:
        async for line in answer.aiter_lines():
            text += line
            if line.startswith("event: "):
                names.append(line.removeprefix("event: "))
                first = first or (time.perf_counter() if names[-1] == "claim" else 0.0)
        status = answer.status_code
    has_model = '"generator":"small"' in text
    return Told(owner, status, tuple(names), frozenset(_WORD.findall(text)), has_model, asked, first, time.perf_counter())


async def together(address: str, readers: int, rounds: int) -> list[Told]:
    """Let all readers ask at once, some rounds after each other."""
    limits = httpx.Limits(max_connections=readers)
    async with httpx.AsyncClient(base_url=address, timeout=300, limits=limits) as client:
        told: list[Told] = []
        for _ in range(rounds):
            told += await asyncio.gather(*(read(client, f"r{number:03}") for number in range(readers)))
        return told


def faults(told: Sequence[Told]) -> Counter[str]:
    """Count what went wrong: each stream ends well, holds its own chart's word and no other's, and was written by the model."""
    found: Counter[str] = Counter(lost=0, mixed=0, without_the_model=0)
    for one in told:
        found["lost"] += one.status != 200 or one.events[-1:] != ("done",) or "claim" not in one.events
        found["mixed"] += one.words != {word_of(one.owner)}
        found["without_the_model"] += not one.has_model
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=ANSWERS)
    parser.add_argument("--one-by-one", type=int, default=ONE_BY_ONE)
    parser.add_argument("--hashing", action="store_true", help="embed with the stand-in that needs no weights")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    load = os.getloadavg()[0]
    embedder = HashingEmbedder() if options.hashing else open_embedder(Settings())
    model = TimedModel()
    with tempfile.TemporaryDirectory() as folder, running(model.script) as server:
        engine = make_engine(Path(folder), READERS, embedder)
        warm(engine)
        with served(app_on(engine, server.url)) as address:
            figures = {
                "date": datetime.now(UTC).date().isoformat(),
                "machine": f"{os.cpu_count()} cores, {sys.platform}, load {load:.1f} before",
                "embedder": embedder.name,
                "goals": GOALS,
                "one_by_one": asyncio.run(_one_by_one(address, model, options.one_by_one)),
                f"{READERS}_at_once": _at_once(address, server, -(-options.answers // READERS)),
            }
    text = json.dumps(figures, indent=1) + "\n"
    if not options.dry:
        REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    many: Any = figures[f"{READERS}_at_once"]
    return int(any(many[name] for name in ("lost", "mixed", "without_the_model")))


async def _one_by_one(address: str, model: TimedModel, answers: int) -> dict[str, Any]:
    told, overheads, firsts = [], [], []
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        for number in range(answers + 5):
            one = await read(client, f"r{number % READERS:03}")
            wrote = model.moments[word_of(one.owner)]
            if number >= 5:  # the first ones load what is loaded once
                told.append(one)
                overheads.append((one.ended - one.asked - (wrote.ended - wrote.asked)) * 1000)
                firsts.append((one.first_claim - wrote.first) * 1000)
    return {"answers": len(told), **faults(told), "overhead": _spread(overheads), "first_sentence": _spread(firsts)}


def _at_once(address: str, server: ScriptedModel, rounds: int) -> dict[str, Any]:
    asyncio.run(together(address, READERS, 1))
    before = resident_mb()
    began = time.perf_counter()
    told = asyncio.run(together(address, READERS, rounds))
    took = time.perf_counter() - began
    return {
        "answers": len(told),
        **faults(told),
        "most_at_the_model": server.most_at_work,
        "resident_mb_before": before,
        "resident_mb_after": resident_mb(),
        "answers_a_second": round(len(told) / took, 1),
        "whole": _spread([(one.ended - one.asked) * 1000 for one in told]),
    }


def resident_mb() -> float:
    """Return the memory that this process holds."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return round(int(found[1]) / 1024, 1) if found else 0.0


def _spread(milliseconds: Sequence[float]) -> dict[str, float]:
    named = {"p50_ms": median(milliseconds), "p95_ms": quantiles(milliseconds, n=20)[-1], "max_ms": max(milliseconds)}
    return {name: round(value, 1) for name, value in named.items()}


if __name__ == "__main__":
    sys.exit(main())
