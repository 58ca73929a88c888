"""`python -m tests.evals.receipts`: what keeping receipts costs, and whether replays are identical; writes docs/receipts.json.

Gold questions about the bundled charts are asked in a warm process, without a language model and with a stand-in that quotes
(three drafts each). Times are of the whole of keeping: making the receipt, its hashes, writing it; of a file that is new, and of
one that holds many receipts already; on the clock, and of the processor alone (other programs disturb the first only; the goal is
held against the second).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import mean, median, quantiles

from chartcite.api.settings import Settings
from chartcite.api.wiring import open_engine, open_lexicon, open_writer
from chartcite.engine.ask import Engine
from chartcite.engine.domain.answers import Answer, Audience, Question
from chartcite.engine.domain.receipts import ModelWork
from chartcite.engine.domain.records import PatientId
from chartcite.engine.domain.replays import Sameness
from chartcite.engine.drafting.generation import WritingPolicy
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.keeping import Keeper, MadeWith, ask_and_keep, ask_with_model_and_keep
from chartcite.engine.replay import replay
from chartcite.engine.testing import HashingEmbedder, QuotingGenerator
from chartcite.indexes.receipt_store import RECEIPT_FILE, SqliteReceipts
from chartcite.ingestion.ingest import ingest

from tests.evals.gold import REPOSITORY, Gold, load_gold

FIGURES = REPOSITORY / "docs" / "receipts.json"
GOAL_P95_MS = 5.0
MADE = MadeWith("eval")
WRITER = ModelWriter(QuotingGenerator(), WritingPolicy(drafts=3, joins_only=False, answers_silence=True))


class TimedKeeper(Keeper):
    """Keeps, and notes how long it took."""

    def __init__(self, shelf: SqliteReceipts) -> None:
        super().__init__(shelf, MADE)
        self.taken: list[float] = []
        self.worked: list[float] = []

    def keep(self, answer: Answer, engine: Engine, work: ModelWork | None = None) -> None:
        """Keep a receipt against the clock."""
        started, at_work = time.perf_counter(), time.process_time()
        super().keep(answer, engine, work)
        self.taken.append((time.perf_counter() - started) * 1000)
        self.worked.append((time.process_time() - at_work) * 1000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write; return 1 where the goal is missed or a replay is not identical."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=150, help="gold questions at most")
    parser.add_argument("--held", type=int, default=20_000, help="receipts that the large file holds before")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder) / "store", options.questions, options.held)
    FIGURES.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    return int(figures["processor_p95_ms"] > GOAL_P95_MS or figures["identical"] != figures["replayed"])


def measure(store: Path, most: int, held: int) -> dict[str, float]:
    """Store the bundled corpora, ask, keep, and replay."""
    settings = Settings(store=store)
    embedder = HashingEmbedder()
    corpora = REPOSITORY / "corpora"
    with open_writer(settings) as writer:
        paths = [*sorted((corpora / "patients").glob("*.json")), *sorted((corpora / "guidelines").glob("*.md"))]
        ingest(paths, writer, embedder, lexicon=open_lexicon(settings))
    engine = open_engine(settings, embedder=embedder)
    asked = [question_of(gold) for gold in _spread([gold for gold in load_gold() if gold.archive is None], most)]
    shelf = SqliteReceipts(store)
    alone, written, long = TimedKeeper(shelf), TimedKeeper(shelf), TimedKeeper(shelf)
    answers = [ask_and_keep(question, engine=engine, keeper=alone) for question in asked]
    answers += [asyncio.run(_write(question, engine, written)) for question in asked]
    identical = sum(_is_identical(answer, engine, shelf) for answer in answers)
    size = store.joinpath(RECEIPT_FILE).stat().st_size
    bodies = [len(shelf.get(answer.receipt.id, patient_id=answer.question.patient_id).model_dump_json()) for answer in answers]
    _fill(store / RECEIPT_FILE, held)
    for question in asked:
        ask_and_keep(question, engine=engine, keeper=long)
    return {
        "questions": len(asked),
        "written_by_the_stand_in": sum(answer.receipt.writing is not None for answer in answers),
        "p50_ms": round(median(alone.taken), 2),
        "p95_ms": _p95(alone.taken),
        "written_p95_ms": _p95(written.taken),
        "held": held,
        "held_p95_ms": _p95(long.taken),
        "processor_p95_ms": _p95([*alone.worked, *written.worked, *long.worked]),
        "goal_p95_ms": GOAL_P95_MS,
        "mean_receipt_bytes": round(mean(bodies)),
        "largest_receipt_bytes": max(bodies),
        "file_bytes": size,
        "replayed": len(answers),
        "identical": identical,
    }


def _p95(times: Sequence[float]) -> float:
    return round(quantiles(times, n=20)[-1], 2)


def question_of(gold: Gold) -> Question:
    """Return a gold question as it is asked."""
    return Question(
        text=gold.question,
        patient_id=PatientId(gold.patient_id) if gold.patient_id else None,
        as_of=date.fromisoformat(gold.as_of) if gold.as_of else None,
        audience=Audience(gold.audience),
    )


def _spread(questions: Sequence[Gold], most: int) -> list[Gold]:
    """Return questions from everywhere in the list."""
    step = max(1, len(questions) // most)
    return list(questions[::step][:most])


async def _write(question: Question, engine: Engine, keeper: Keeper) -> Answer:
    return await ask_with_model_and_keep(question, engine=engine, writer=WRITER, keeper=keeper)


def _is_identical(answer: Answer, engine: Engine, shelf: SqliteReceipts) -> bool:
    kept = shelf.get(answer.receipt.id, patient_id=answer.question.patient_id)
    return asyncio.run(replay(kept, engine=engine, made_with=MADE)).sameness is Sameness.IDENTICAL


def _fill(file: Path, held: int) -> None:
    """Copy receipts under other ids until the file holds so many."""
    db = sqlite3.connect(file)
    with db:
        db.execute(
            "WITH RECURSIVE turns (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turns WHERE n < ?)"
            " INSERT INTO receipts (patient_id, id, asked_at, body, sha256)"
            " SELECT patient_id, 'copy-' || n || '-' || number, asked_at, body, sha256 FROM turns"
            " JOIN receipts ON receipts.number = 1 + n % (SELECT max(number) FROM receipts)",
            (held,),
        )
    db.close()


if __name__ == "__main__":
    sys.exit(main())
