"""docs/questions.md shows what is really answered."""

from __future__ import annotations

from pathlib import Path

from tests.evals.questions_doc import PAGE, answered, asked_engine, examples


def test_every_example_of_the_page_is_answered_so(tmp_path: Path) -> None:
    answer = answered(asked_engine(tmp_path / "store"))
    shown = list(examples(PAGE.read_text(encoding="utf-8")))
    assert len(shown) >= 35
    wrong = [f"{patient}: {question}" for patient, question, said in shown if _lines(answer(patient, question)) != _lines(said)]
    assert wrong == [], "renew the page: python -m tests.evals.questions_doc"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
