"""`python -m tests.evals.questions_doc`: writes the answers into docs/questions.md; a test compares them with those of now.

The page is prose with examples: a line `**patient** Question?` and below it the answer as block quote. All are asked as of
`AS_OF` of the bundled charts.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from chartcite.api.cli import app as command
from chartcite.api.settings import Settings
from chartcite.api.wiring import open_embedder, open_engine
from chartcite.engine.ask import Engine, ask
from chartcite.engine.domain.answers import Question
from chartcite.engine.domain.records import PatientId

from tests.evals.gold import REPOSITORY

PAGE = REPOSITORY / "docs" / "questions.md"
AS_OF = date(2026, 11, 1)
_EXAMPLE = re.compile(r"^\*\*(?P<patient>[a-z0-9-]+)\*\* (?P<question>.+)\n(?P<answer>(?:>.*\n?)*)", re.MULTILINE)


def examples(page: str) -> Iterator[tuple[str, str, str]]:
    """Yield patient, question and answer of each example of a page."""
    for match in _EXAMPLE.finditer(page):
        answer = "\n".join(line.removeprefix(">").strip() for line in match["answer"].splitlines())
        yield match["patient"], match["question"].strip(), "\n".join(line for line in answer.splitlines() if line)


def answered(engine: Engine) -> Callable[[str, str], str]:
    """Return what asks the engine as the page does."""

    def answer(patient: str, question: str) -> str:
        asked = Question(text=question, patient_id=None if patient == "guidelines" else PatientId(patient), as_of=AS_OF)
        return ask(asked, engine=engine).text

    return answer


def written(page: str, answer: Callable[[str, str], str]) -> str:
    """Return a page with the answers of now."""

    def renew(match: re.Match[str]) -> str:
        lines = answer(match["patient"], match["question"].strip()).splitlines()
        return f"**{match['patient']}** {match['question']}\n" + "".join(f"> {line}\n>\n" for line in lines).removesuffix(">\n")

    return _EXAMPLE.sub(renew, page)


def asked_engine(store: Path) -> Engine:
    """Ingest the charts that the page asks, and the guidelines, into a new store, and open it."""
    named = {patient for patient, _, _ in examples(PAGE.read_text(encoding="utf-8"))} - {"guidelines"}
    corpora = REPOSITORY / "corpora"
    paths = [str(corpora / "patients" / f"{name}.json") for name in sorted(named)]
    command(["ingest", *paths, str(corpora / "guidelines"), "--store", str(store)], standalone_mode=False)
    settings = Settings(store=store)
    return open_engine(settings, embedder=open_embedder(settings))


def main() -> None:
    """Renew the page."""
    with tempfile.TemporaryDirectory() as scratch:
        engine = asked_engine(Path(scratch) / "store")
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), answered(engine)), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    main()
