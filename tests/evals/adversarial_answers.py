"""`python -m tests.evals.adversarial_answers`: 10,000 answers with writers that lie, over the bundled charts and gold questions.

Twelve writers take turns: they obey the evidence, invent and swap ids, change numbers, add, deny, add markup, change the person,
break the form, and know words of every other chart; each is its own judge and finds itself right. Counted in
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
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from chartcite.engine import writing
from chartcite.engine.ask import Prepared
from chartcite.engine.domain.answers import Question

from tests.evals.gold import REPOSITORY
from tests.trust.adversarial_answers import SEEN, WRONG, answer_of, cases, examine, word_of, write_charts
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


def _prepared(prepare: Callable[..., Prepared], known: dict[str, Prepared], question: Question, **parts: Any) -> Prepared:
    """Return what was found for a question: the same for each writer."""
    key = question.model_dump_json()
    if key not in known:
        known[key] = prepare(question, **parts)
    return known[key]


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer and count; return 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=ANSWERS)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    sink = _Sink()
    logging.getLogger().addHandler(sink)
    logging.getLogger().setLevel(logging.DEBUG)
    found: Counter[str] = Counter(dict.fromkeys(WRONG, 0))
    # A question is read and looked up once for all writers.
    writing.prepare = partial(_prepared, writing.prepare, {})  # type: ignore[attr-defined]
    began, text = time.monotonic(), ""
    with tempfile.TemporaryDirectory() as folder:
        engine = write_charts(Path(folder))
        words = [word_of(patient.id) for patient in engine.records.patients()]
        for number, case in enumerate(islice(cases(engine), options.answers), 1):
            found.update(examine(answer_of(case, engine, words), engine, words))
            if number % EACH == 0 or number == options.answers:
                figures = {**found, "log_lines": sink.lines, "log_leaks": sink.leaks, "seconds": round(time.monotonic() - began)}
                text = json.dumps(figures, indent=1) + "\n"
                sys.stderr.write(f"{number} answers, {time.monotonic() - began:.0f} s\n")
                if not options.dry:
                    REPORT.write_text(text, encoding="utf-8")  # a run that is broken off leaves what it counted
    sys.stdout.write(text)
    return int(any(found[name] for name in WRONG) or sink.leaks > 0)


if __name__ == "__main__":
    sys.exit(main())
