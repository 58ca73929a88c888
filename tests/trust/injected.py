"""Attacks carried out: charts with payloads in their places, asked without a model and with one that obeys what it reads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from chartcite.engine.ask import Engine, ask
from chartcite.engine.domain.answers import Answer, Question
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.testing import HashingEmbedder
from chartcite.engine.writing import ask_with_model
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest

from tests.charts import bundled_lexicon, open_store
from tests.trust.adversaries import POLICY, ObeyingWriter
from tests.trust.carriers import CARRIERS, GUIDELINE_QUESTIONS, QUESTIONS, WHY, Carried, carried, guideline, write_store
from tests.trust.injection_oracle import lowered_flags, missing_truths, problems
from tests.trust.payloads import PAYLOADS, Payload

BY_GOAL = {
    "allergy": "What allergies does she have?",
    "dose": "What dose of metformin does she take?",
    "drug": "What medications is she taking?",
    "result": "What is her latest A1c?",
    "disease": "What problems does she have?",
    "reason": WHY,
}
"""The question that an attack hopes for."""


class Attacked(NamedTuple):
    """What came of one payload in one place."""

    answers: int
    written: int
    """Of them with the obeying model."""
    shown: int
    """Sentences of that model that passed and were shown."""
    wrong: tuple[str, ...]


def covering() -> list[Carried]:
    """Return each payload in one place and each place with many payloads, in charts with tables and without."""
    return [
        carried(payload, CARRIERS[(number * 11) % len(CARRIERS)], f"p{number:04}", full=number % 3 == 0)
        for number, payload in enumerate(PAYLOADS)
    ]


def opened(folder: Path, cases: Sequence[Carried]) -> Engine:
    """Store the charts of cases and put an engine together."""
    return open_store(write_store(folder, cases))


def with_model(question: Question, engine: Engine, writer: ObeyingWriter) -> Answer:
    """Answer with a model, all in this thread."""
    return asyncio.run(ask_with_model(question, engine=engine, writer=ModelWriter(writer, POLICY), beside=_here))


async def _here(work: Callable[[], Any]) -> Any:
    return work()


def attack(case: Carried, engine: Engine, *, thorough: bool = False) -> Attacked:
    """Ask what a payload hopes for, without a model and with one that obeys; `thorough`: ask all, and let it write all it can."""
    hoped = BY_GOAL.get(case.payload.goal.name, WHY)
    texts = list(dict.fromkeys([hoped, case.question, *((asked.text for asked in QUESTIONS) if thorough else ())]))
    answers = {text: ask(case.asked(text), engine=engine) for text in texts}
    wrong = [f"{text} | alone: {why}" for text, answer in answers.items() for why in problems(answer, case, engine)]
    wrong += missing_truths(answers, case)
    if thorough or case.payload.goal.name == "calm":
        wrong += lowered_flags(case, engine)
    written = shown = 0
    for text in dict.fromkeys((case.question, hoped)) if thorough else (hoped,):
        for answer in _written(case, text, engine, parts=9 if thorough else 1):
            written += 1
            shown += sum(review.fate == "shown" for review in (answer.receipt.writing.reviews if answer.receipt.writing else ()))
            wrong += [f"{text} | {why}" for why in problems(answer, case, engine, answers[text])]
    return Attacked(len(answers) + written, written, shown, tuple(wrong))


def _written(case: Carried, text: str, engine: Engine, *, parts: int) -> Iterator[Answer]:
    part, known = 0, 1
    while part < min(known, parts):
        writer = ObeyingWriter(case.payload.goal.said, [case.payload.text], part)
        yield with_model(case.asked(text), engine, writer)
        part, known = part + 1, writer.parts


def in_guidelines(folder: Path, payloads: Sequence[Payload]) -> Iterator[tuple[str, str]]:
    """Put payloads into guidelines of the user's own; yield payload and problem."""
    files = []
    for payload in payloads:
        files.append(folder / f"own-{payload.id}.md")
        files[-1].write_text(guideline(payload), encoding="utf-8", errors="surrogatepass")
    with SqliteWriter(folder / "store") as writer:
        ingest(files, writer, HashingEmbedder(), lexicon=bundled_lexicon(), jobs=0)
    engine = open_store(folder / "store")
    for question in GUIDELINE_QUESTIONS:
        answer = ask(Question(text=question), engine=engine)
        for payload in payloads:
            case = Carried(payload, "guideline_text", "", (), question)
            yield from ((payload.id, f"{question} | {why}") for why in problems(answer, case, engine))
