"""`python -m tests.evals.adversarial_answers`: 10,000 answers that writers who lie take part in, over the bundled charts.

Each gold question is put to twelve writers: they obey the evidence, invent and swap ids, change numbers, add, deny, add markup,
change the person, break the form, and know words of every other chart; each is its own judge and finds itself right. Counted in
docs/adversarial_answers.json: citations that do not open, other bytes, text of another patient, markup, words of a prompt.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from chartcite.engine import writing
from chartcite.engine.domain.answers import Answer, Question
from chartcite.engine.domain.evidence_sheets import EvidenceSheet
from chartcite.engine.drafting.writing_session import WritingSession

from tests.evals.gold import REPOSITORY
from tests.trust.adversarial_answers import SEEN, WRONG, Case, answer_of, cases, examine, word_of, write_charts
from tests.trust.injection_oracle import leaks_prompt

REPORT = REPOSITORY / "docs" / "adversarial_answers.json"
ANSWERS, EACH = 10_000, 250


class _Sink(logging.Handler):
    """Counts lines that hold a chart's word or a prompt's."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines = self.leaks = 0

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        self.lines += 1
        self.leaks += leaks_prompt(text) or "zanth" in text or SEEN[:12] in text


class _Once:
    """Makes a thing once for all writers of a question, and forgets it at the next question."""

    def __init__(self, make: Callable[..., Any], question_of: Callable[[Any], Question]) -> None:
        self._make, self._question_of = make, question_of
        self._asked: Question | None = None
        self._made: Any = None

    def __call__(self, about: Any, **parts: Any) -> Any:
        asked = self._question_of(about)
        if asked != self._asked:
            self._made, self._asked = self._make(about, **parts), asked
        return self._made


def _read_once() -> None:
    """Let a question be read, looked up and its evidence numbered once for all writers: each of them is told the same."""
    writing.prepare = _Once(writing.prepare, lambda question: question)  # type: ignore[attr-defined]
    gathered = _Once(WritingSession._gather, lambda session: session._prepared.question)

    def gather(session: WritingSession) -> EvidenceSheet:
        sheet: EvidenceSheet = gathered(session)
        return sheet

    WritingSession._gather = gather  # type: ignore[method-assign, assignment]


def _asked_of_models(chosen: Iterable[Case], answer: Callable[[Case], Answer]) -> Iterator[tuple[Case, Answer]]:
    """Answer cases; a question that no model is asked is answered once."""
    alone = ""
    for case in chosen:
        if case.gold.id != alone:
            answered = answer(case)
            alone = case.gold.id if answered.receipt.writing is None else ""
            yield case, answered


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer and count; return 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=ANSWERS, help="that a model takes part in")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    sink = _Sink()
    logging.getLogger().addHandler(sink)
    logging.getLogger().setLevel(logging.DEBUG)
    found: Counter[str] = Counter(dict.fromkeys(WRONG, 0))
    _read_once()
    began, text = time.monotonic(), ""
    with tempfile.TemporaryDirectory() as folder:
        engine = write_charts(Path(folder))
        words = [word_of(patient.id) for patient in engine.records.patients()]
        questions: set[str] = set()
        for case, answer in _asked_of_models(cases(engine), lambda case: answer_of(case, engine, words)):
            found.update(examine(answer, engine, words))
            questions.add(case.gold.id)
            done = found["asked_the_model"] >= options.answers
            if found["answers"] % EACH == 0 or done:
                seconds = round(time.monotonic() - began)
                logged = {"log_lines": sink.lines, "log_leaks": sink.leaks}
                figures = {**found, "questions": len(questions), **logged, "seconds": seconds}
                text = json.dumps(figures, indent=1) + "\n"
                sys.stderr.write(f"{found['answers']} answers, {found['asked_the_model']} with a model, {seconds} s\n")
                if not options.dry:
                    REPORT.write_text(text, encoding="utf-8")  # a run that is broken off leaves what it counted
            if done:
                break
    sys.stdout.write(text)
    return int(any(found[name] for name in WRONG) or sink.leaks > 0)


if __name__ == "__main__":
    sys.exit(main())
