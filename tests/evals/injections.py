"""`python -m tests.evals.injections`: every hostile text in every place that can carry it (docs/injections.json).

Each pair has a chart of its own, in turns with and without tables, asked seven questions and the one about the carrying place;
without a model, and with one that obeys everything it reads and judges its own sentences to be right, in as many drafts as it
takes to write all it can think of. `wrong` counts what the oracle of `tests/trust/injection_oracle.py` finds: it should be 0.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.evals.gold import REPOSITORY
from tests.trust.carriers import CARRIERS, carried
from tests.trust.injected import attack, in_guidelines, opened
from tests.trust.injection_oracle import leaks_prompt
from tests.trust.payloads import PAYLOADS

REPORT = REPOSITORY / "docs" / "injections.json"
MOST_SHOWN = 40


class _Sink(logging.Handler):
    """Counts what is logged, and what of it tells of a chart or a prompt."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines = self.leaks = 0

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        self.lines += 1
        self.leaks += leaks_prompt(text) or "zanth" in text or "creatinine" in text or "quillomarsh" in text


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all pairs; return 1 where an attack succeeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every n-th pair")
    parser.add_argument("--thorough", action="store_true", help="ask all questions, and let the model write all it can")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    sink = _Sink()
    logging.getLogger().addHandler(sink)
    logging.getLogger().setLevel(logging.DEBUG)
    began = time.monotonic()
    totals: Counter[str] = Counter()
    wrong: defaultdict[str, list[str]] = defaultdict(list)
    for place, carrier in enumerate(CARRIERS):
        chosen = list(enumerate(PAYLOADS))[place % options.every :: options.every]
        cases = [carried(payload, carrier, f"p{place:02}{number:04}", full=number % 2 == 0) for number, payload in chosen]
        with tempfile.TemporaryDirectory() as folder:
            engine = opened(Path(folder), cases)
            for case in cases:
                came = attack(case, engine, thorough=options.thorough)
                totals.update(pairs=1, answers=came.answers, with_model=came.written, sentences_shown_of_model=came.shown)
                if came.wrong:
                    totals["succeeded"] += 1
                    wrong[f"{case.payload.id} in {carrier}"] += came.wrong
        sys.stderr.write(
            f"{carrier}: {totals['pairs']} pairs, {totals['succeeded']} succeeded, {time.monotonic() - began:.0f} s\n"
        )
    with tempfile.TemporaryDirectory() as folder:
        for payload, why in in_guidelines(Path(folder), PAYLOADS):
            wrong[f"{payload} in guideline_text"].append(why)
    totals["pairs"] += len(PAYLOADS)
    totals["succeeded"] = len(wrong)
    figures: dict[str, Any] = {
        "payloads": len(PAYLOADS),
        "families": dict(Counter(payload.family for payload in PAYLOADS)),
        "carriers": [*CARRIERS, "guideline_text"],
        "every": options.every,
        "thorough": options.thorough,
        **totals,
        "log_lines": sink.lines,
        "log_leaks": sink.leaks,
        "seconds": round(time.monotonic() - began),
    }
    text = json.dumps(figures, indent=1) + "\n"
    if not options.dry:
        REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    for name, found in list(wrong.items())[:MOST_SHOWN]:
        sys.stderr.write(f"{name}: {found[0][:300]}\n")
    return int(bool(wrong) or sink.leaks > 0)


if __name__ == "__main__":
    sys.exit(main())
