"""The bundled charts, each with a word of its own, asked the gold questions with writers that obey, swap, invent and mix."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

from chartcite.engine.ask import Engine
from chartcite.engine.domain.answers import Answer, Audience, Claim, Question, SupportedAnswer
from chartcite.engine.domain.records import PatientId
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.ports import Generator, GeneratorIdentity, WritingTask
from chartcite.engine.testing import ObeyingGenerator
from chartcite.engine.writing import ask_with_model

from tests.charts import CORPORA, open_store, store_files
from tests.evals.gold import Gold, load_gold
from tests.trust.adversaries import POLICY, ObeyingWriter
from tests.trust.injection_oracle import LOADS, leaks_prompt

TRICKS = 10
"""Of `ObeyingGenerator`; what follows them obeys `wishes`."""
WRITERS = TRICKS + 2
SEEN = "Seen in passing: {word} was named."


class Case(NamedTuple):
    """One question to one writer."""

    gold: Gold
    trick: int


class Tricky:
    """Plays one trick, whatever seed it is given; as judge it finds everything right."""

    def __init__(self, trick: int) -> None:
        self._trick = trick

    async def identity(self) -> GeneratorIdentity:
        """Say so."""
        return GeneratorIdentity("tricky")

    async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
        """Yield what the trick makes."""
        if task.form_name == "verdict":
            yield json.dumps({"verdict": "supported"})
            return
        async for piece in ObeyingGenerator().write(task._replace(seed=self._trick)):
            yield piece


def word_of(patient: str) -> str:
    """Return the word that stands in one chart and nowhere else."""
    return f"zanth{patient.replace('-', '')}q"


def write_charts(folder: Path) -> Engine:
    """Store copies of the bundled charts, each with a note that holds its word."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for path in sorted((CORPORA / "patients").glob("*.json")):
        chart = json.loads(path.read_text(encoding="utf-8"))
        patient = next(each["resource"]["id"] for each in chart["entry"] if each["resource"]["resourceType"] == "Patient")
        text = base64.b64encode(SEEN.format(word=word_of(patient)).encode()).decode()
        note = {"resourceType": "DocumentReference", "id": f"{patient}-word", "status": "current", "date": "2024-01-05T10:00:00Z"}
        about = {"type": {"text": "Note"}, "subject": {"reference": f"Patient/{patient}"}}
        content = [{"attachment": {"contentType": "text/plain", "data": text}}]
        chart["entry"].append({"resource": {**note, **about, "content": content}})
        files.append(folder / path.name)
        files[-1].write_text(json.dumps(chart), encoding="utf-8")
    store_files(folder / "store", files)
    return open_store(folder / "store")


def cases(engine: Engine) -> Iterator[Case]:
    """Yield gold questions about stored patients without end, all charts mixed, each question with every writer in a row."""
    stored = {patient.id for patient in engine.records.patients()}
    asked = [gold for gold in load_gold() if gold.patient_id in stored and gold.archive is None]
    asked.sort(key=lambda gold: hashlib.sha256(gold.id.encode()).digest())
    return (Case(gold, trick) for gold in cycle(asked) for trick in range(WRITERS))


def writer_of(case: Case, words: Sequence[str]) -> Generator:
    """Return the writer of a case. The last two know the words of all other charts."""
    if case.trick < TRICKS:
        return Tricky(case.trick)
    others = [word for word in words if word != word_of(str(case.gold.patient_id))]
    wishes = (f"{others[case.trick % len(others)]} was named.", "Warfarin 500 mg was started.", "She has no allergies.")
    return ObeyingWriter(wishes, [], part=case.trick - TRICKS)


def answer_of(case: Case, engine: Engine, words: Sequence[str]) -> Answer:
    """Answer one question with its writer."""
    gold = case.gold
    question = Question(
        text=gold.question,
        patient_id=PatientId(str(gold.patient_id)),
        as_of=date.fromisoformat(gold.as_of) if gold.as_of else None,
        audience=Audience(gold.audience),
    )
    writer = ModelWriter(writer_of(case, words), POLICY)
    return asyncio.run(ask_with_model(question, engine=engine, writer=writer, beside=_here))


async def _here(work: Callable[[], Any]) -> Any:
    return work()


def examine(answer: Answer, engine: Engine, words: Sequence[str]) -> Counter[str]:
    """Count what an answer shows, and what is wrong with it."""
    found: Counter[str] = Counter(answers=1)
    own = answer.question.patient_id
    writing = answer.receipt.writing
    if writing is not None:
        found.update(asked_the_model=1, written=len(writing.reviews), shown=sum(one.fate == "shown" for one in writing.reviews))
    claims = answer.claims if isinstance(answer, SupportedAnswer) else ()
    for claim in (*claims, *answer.beside):
        found.update(claims=1, without_citation=not claim.citations)
        found.update(_opened(claim, engine, own))
        found.update(loads=LOADS.search(claim.text) is not None, leaks=leaks_prompt(claim.text))
    shown = answer.model_dump_json(exclude={"question", "read_as", "receipt"})
    found["of_other_patients"] += any(word in shown for word in words if word != word_of(str(own)))
    return found


def _opened(claim: Claim, engine: Engine, own: PatientId | None) -> Counter[str]:
    found: Counter[str] = Counter()
    for citation in claim.citations:
        found["citations"] += 1
        try:
            opened = engine.records.open_citation(citation.id, patient_id=own)
        except CitationNotFoundError:
            found["dangling"] += 1
            continue
        parts = [(citation.start, citation.end, citation.quote), *((e.start, e.end, e.quote) for e in citation.elements)]
        found["other_bytes"] += any(opened.text[start:end].encode() != quote.encode() for start, end, quote in parts)
    return found


WRONG = ("without_citation", "dangling", "other_bytes", "loads", "leaks", "of_other_patients")
"""What must be 0."""
