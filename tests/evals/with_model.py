"""`make scorecard GENERATOR=vllm`: gold questions with and without a language model, side by side; writes docs/with-model.json.

Only questions that the engine would put to a model are asked twice (`writing.wants_model`); for all others both answers are one.
Rows are kept in a file of JSON lines as they come, so that a run that was cut off goes on where it stopped.

A shown statement is looked at by two checks that the pipeline does not use: every run of digits in it stands in the quotes that
it cites (or their dates), and the cosine of its embedding with the nearest cited sentence reaches `LEAST_COSINE`.
`--statements N` prints statements with their quotes for reading by hand.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from chartcite.api.settings import Settings
from chartcite.api.supervision import ServerState
from chartcite.api.vllm_server import supervised
from chartcite.api.wire import answer_to_wire
from chartcite.api.wiring import open_embedder, open_engine, open_lexicon, open_model_writer, open_writer, warm
from chartcite.engine.ask import Engine, ask, prepare
from chartcite.engine.domain.answers import Answer, ClaimReview, SupportedAnswer
from chartcite.engine.drafting.prompts import ANSWER_PROMPT
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.errors import PatientNotFoundError
from chartcite.engine.ports import Embedder
from chartcite.engine.writing import ask_with_model, wants_model
from chartcite.ingestion.ingest import ingest

from tests.evals.gold import REPOSITORY, Gold, charts, grade, load_gold
from tests.evals.scorecard import question_of
from tests.vllm.build import MEASURING, VLLM, is_built

RESULT = REPOSITORY / "docs" / "with-model.json"
LEAST_COSINE = 0.5
START_SECONDS = 900.0
ARGUMENTS = """--dtype bfloat16 --enforce-eager --max-model-len 4096
    --structured-outputs-config '{"backend": "xgrammar", "disable_any_whitespace": true}'"""
"""`disable_any_whitespace`: small models else fill documents with blanks."""
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


class Pair(NamedTuple):
    """A gold question without and with the model."""

    gold: Gold
    alone: Answer
    told: Answer
    seconds: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask, grade, and write both columns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--generator-url", help="an OpenAI-compatible server; empty: vLLM is started on the built weights")
    parser.add_argument("--store", type=Path, help="a store with the charts; empty: one is made")
    parser.add_argument("--rows", type=Path, help="file of rows, to go on with")
    parser.add_argument("--most", type=int, default=100_000, help="questions at most, an even sample of them")
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--kinds", default="", help="only these kinds, comma separated")
    parser.add_argument(
        "--statements", type=int, default=0, help="print so many shown statements with what they cite (tune half)"
    )
    parser.add_argument("--dry", action="store_true", help="write no page")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        settings, running = _served(options, Path(scratch))
        engine, embedder = _opened(settings, Path(scratch))
        rows_file = options.rows or Path(scratch) / "rows.jsonl"
        chosen = _chosen(options, engine, settings)
        known = {row["id"] for row in _kept(rows_file, settings)}
        left = [gold for gold in chosen if gold.id not in known]
        with running:
            asyncio.run(_ask_all(left, engine, settings, rows_file, at_once=options.at_once))
        rows = [row for row in _kept(rows_file, settings) if row["half"] == options.half]
    told = summary(rows, embedder)
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    if options.statements and options.half == "tune":
        _print_statements(rows, options.statements)
    if not options.dry:
        RESULT.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def _served(options: argparse.Namespace, scratch: Path) -> tuple[Settings, AbstractContextManager[object]]:
    """Return settings with a server that writes, and what keeps it running meanwhile."""
    settings = Settings(store=options.store or scratch / "store", generator_url=options.generator_url)
    if settings.generator_url is not None:
        return settings, nullcontext()
    if not is_built(MEASURING):
        sys.exit(f"build the weights first: python tests/vllm/build.py {MEASURING.name}")
    told = {"vllm_model": str(MEASURING.folder), "vllm_executable": str(VLLM), "vllm_arguments": ARGUMENTS}
    os.environ |= {"VLLM_CPU_KVCACHE_SPACE": "2", "HF_HUB_OFFLINE": "1"}
    running = ExitStack()
    server = running.enter_context(supervised(Settings.model_validate({**settings.model_dump(), **told}), tell=_tell))
    assert server is not None
    status = server.server.wait_for({ServerState.READY, ServerState.FAILED}, START_SECONDS)
    if status.state is not ServerState.READY:
        running.close()
        sys.exit(f"the vLLM server did not start: {status.detail}")
    return server.known_to(settings), running


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _opened(settings: Settings, scratch: Path) -> tuple[Engine, Embedder]:
    embedder = open_embedder(settings)
    if not (settings.store / "chartcite.sqlite3").exists():
        shared = Path(os.environ.get("SHARED", REPOSITORY.parent / "shared"))
        with open_writer(settings) as writer:
            ingest(list(charts(load_gold(), shared, scratch)), writer, embedder, lexicon=open_lexicon(settings))
    engine = open_engine(settings, embedder=embedder)
    warm(engine)
    return engine, embedder


def _chosen(options: argparse.Namespace, engine: Engine, settings: Settings) -> list[Gold]:
    """Return the questions of one half that the model would be asked."""
    writer = open_model_writer(settings)
    assert writer is not None
    kinds = set(filter(None, options.kinds.split(",")))
    asked = []
    for gold in load_gold():
        if gold.half != options.half or gold.patient_id is None or (kinds and gold.kind not in kinds):
            continue
        try:
            if wants_model(prepare(question_of(gold), engine=engine), writer.policy):
                asked.append(gold)
        except PatientNotFoundError:
            continue
    step = max(1, -(-len(asked) // options.most))
    return asked[::step]


def _version(settings: Settings) -> str:
    told = (ANSWER_PROMPT, settings.generator_evidence_tokens, settings.generator_drafts, settings.generator_joins_only)
    return hashlib.sha256(repr((told, settings.generator_judged, settings.generator_answers_silence)).encode()).hexdigest()[:12]


def _kept(rows: Path, settings: Settings) -> list[dict[str, Any]]:
    """Return the rows of earlier runs with the same prompt and policy."""
    rows.touch()
    told = (json.loads(line) for line in rows.read_text(encoding="utf-8").splitlines())
    return [row for row in told if row["version"] == _version(settings)]


async def _ask_all(left: Sequence[Gold], engine: Engine, settings: Settings, rows: Path, *, at_once: int) -> None:
    writer = open_model_writer(settings)
    assert writer is not None
    places = asyncio.Semaphore(at_once)
    done = 0

    async def one(gold: Gold) -> None:
        nonlocal done
        async with places:
            pair = await _ask(gold, engine, writer)
        with rows.open("a", encoding="utf-8") as target:
            target.write(json.dumps(_row(pair, _version(settings))) + "\n")
        done += 1
        sys.stderr.write(f"{done}/{len(left)} {pair.seconds:.0f} s\n")

    await asyncio.gather(*(one(gold) for gold in left))


async def _ask(gold: Gold, engine: Engine, writer: ModelWriter) -> Pair:
    question = question_of(gold)
    alone = await asyncio.to_thread(ask, question, engine=engine)
    started = time.perf_counter()
    told = await ask_with_model(question, engine=engine, writer=writer)
    return Pair(gold, alone, told, time.perf_counter() - started)


def _row(pair: Pair, version: str) -> dict[str, Any]:
    writing = pair.told.receipt.writing
    reviews: Sequence[ClaimReview] = writing.reviews if writing else ()
    claims = pair.told.claims if isinstance(pair.told, SupportedAnswer) else ()
    shown = {review.claim.text for review in reviews if review.fate == "shown"}
    graded = {
        name: grade(pair.gold, answer_to_wire(answer).model_dump(mode="json")).model_dump()
        for name, answer in (("alone", pair.alone), ("told", pair.told))
    }
    return {
        "id": pair.gold.id,
        "half": pair.gold.half,
        "kind": pair.gold.kind,
        "version": version,
        "model": writing.model if writing else "",
        "failure": writing.failure if writing else "",
        "answerable": writing.answerable if writing else None,
        "seconds": round(pair.seconds, 2),
        "model_ms": pair.told.receipt.timings.get("model_ms"),
        "graded": graded,
        "fates": [[review.fate, review.failed, review.claim.text] for review in reviews],
        "statements": [
            {
                "text": claim.text,
                "quotes": [citation.quote for citation in claim.citations],
                "days": [citation.source.occurred_at or citation.source.recorded_at or "" for citation in claim.citations],
                "titles": [citation.source.title for citation in claim.citations],
            }
            for claim in claims
            if claim.text in shown
        ],
        "question": pair.gold.question if pair.gold.half == "tune" else "",
        "alone": pair.alone.text if pair.gold.half == "tune" else "",
        "told": pair.told.text if pair.gold.half == "tune" else "",
    }


def summary(rows: Sequence[dict[str, Any]], embedder: Embedder) -> dict[str, Any]:
    """Return the counts of both columns, by kind, and what became of what the model wrote."""
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_kind[row["kind"]].append(row)
    statements = [statement for row in rows for statement in row["statements"]]
    fates = Counter(fate for row in rows for fate, _, _ in row["fates"])
    return {
        "model": next((row["model"] for row in rows if row["model"]), ""),
        "prompt": ANSWER_PROMPT,
        "questions": len(rows),
        "failures": dict(Counter(row["failure"] for row in rows if row["failure"])),
        "right": {name: sum(row["graded"][name]["right"] for row in rows) for name in ("alone", "told")},
        "false_answers": {name: sum(row["graded"][name]["false_answer"] for row in rows) for name in ("alone", "told")},
        "by_kind": {
            kind: [len(of), *(sum(row["graded"][name]["right"] for row in of) for name in ("alone", "told"))]
            for kind, of in sorted(by_kind.items())
        },
        "fates": dict(fates),
        "failed_checks": dict(Counter(failed for row in rows for fate, failed, _ in row["fates"] if failed).most_common()),
        "statements": len(statements),
        "statements_with_their_numbers": sum(numbers_stand(each) for each in statements),
        "statements_near_their_quotes": int(sum(likeness(statements, embedder) >= LEAST_COSINE)) if statements else 0,
        "seconds_median": float(np.median([row["seconds"] for row in rows])) if rows else None,
    }


def numbers_stand(statement: dict[str, Any]) -> bool:
    """Say whether every run of digits of a statement stands in what it cites: quotes, days and titles."""
    held = set(
        _DIGITS.findall(
            " ".join([*statement["quotes"], *statement["days"], *statement["titles"]]).replace("-", " ").replace("/", " ")
        )
    )
    held |= {str(int(each)) for each in held if each.isdigit()}
    return all(
        each in held or each.lstrip("0") in held
        for each in _DIGITS.findall(statement["text"].replace("-", " ").replace("/", " "))
    )


def likeness(statements: Sequence[dict[str, Any]], embedder: Embedder) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return the cosine of each statement with the nearest of its quotes, (n,)."""
    texts = embedder.embed([each["text"] for each in statements])
    near = [max(embedder.embed(each["quotes"]) @ text) for each, text in zip(statements, texts, strict=True)]
    return np.asarray(near, dtype=np.float32)


def _print_statements(rows: Sequence[dict[str, Any]], most: int) -> None:
    shown = [(row["question"], each) for row in rows for each in row["statements"]]
    for number, (question, each) in enumerate(shown[:: max(1, len(shown) // most)][:most], start=1):
        quotes = " || ".join(" ".join(quote.split()) for quote in each["quotes"])
        sys.stdout.write(f"{number}. {question}\n   said: {each['text']}\n   cites: {quotes}\n")


if __name__ == "__main__":
    main()
