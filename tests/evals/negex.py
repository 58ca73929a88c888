"""`python -m tests.evals.negex`: labels the sentences of the negex set and our own, prints F1 and writes docs/negex.json.

The rules were made on the tune half (a random one) and on our sentences of the set `made`; the report half and the set
`fresh` (100 random ones of those written before the rules) are only counted. `--show` prints what the former miss. Many
`Historical` mentions stand in sentences that do not say so, as the name of a disease and no more: the annotators saw the
section, so that no rule on sentences finds them. `past` is the temporality of our own sentences, where they are labelled.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from chartcite.api.annotate import label_lines, labels
from chartcite.engine.assertion import context_of

from tests.evals.gold import REPOSITORY, read_lines

REPORT = REPOSITORY / "docs" / "negex.json"
OWN = Path(__file__).parent / "assertions.jsonl"
SEED = 20
TARGETS = {"negation": "Negated", "temporality": "Historical", "experiencer": "Other"}


class Counts(NamedTuple):
    """Right, wrong and missed labels of one sort."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there is nothing to find."""
        total = 2 * self.right + self.wrong + self.missed
        return round(2 * self.right / total, 3) if total else 1.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run both sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    result: dict[str, Any] = {name: _own(name, show=options.show and name == "made") for name in ("made", "fresh", "unseen-2")}
    rows = _sentences(Path(os.environ.get("SHARED", REPOSITORY.parent / "shared")))
    for half, chosen in _halves(rows).items():
        result[half] = _scored(chosen, show=options.show and half == "tune")
    text = json.dumps(result, indent=1) + "\n"
    if not options.dry:
        REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _sentences(shared: Path) -> list[dict[str, Any]]:
    packed = shared / "data" / "negex.tar.xz"
    if not packed.is_file():
        sys.stderr.write(f"{packed} is not there: only our own sentences are measured\n")
        return []
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(packed) as tar:
        tar.extractall(scratch, filter="data")
        return read_lines(Path(scratch) / "negex" / "pairs.jsonl")


def _halves(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    mixed = list(rows)
    random.Random(SEED).shuffle(mixed)
    return {"tune": mixed[: len(rows) // 2], "report": mixed[len(rows) // 2 :]} if rows else {}


def _scored(rows: list[dict[str, Any]], *, show: bool) -> dict[str, Any]:
    labelled = list(label_lines(json.dumps(row) for row in rows))
    scored: dict[str, Any] = {"sentences": len(rows), "errors": sum("error" in label for label in labelled)}
    for axis, target in TARGETS.items():
        wanted = [row[axis] in {"Family member", "Other"} if axis == "experiencer" else row[axis] == target for row in rows]
        given = [label.get(axis) == target for label in labelled]
        counts = _counts(zip(wanted, given, strict=True))
        scored[target] = {**counts._asdict(), "f1": counts.f1}
        for row, want, got in zip(rows, wanted, given, strict=True):
            if show and want != got:
                sys.stdout.write(f"{target}: {'missed' if want else 'wrong'}: {row['concept']} | {row['sentence']}\n")
    return scored


def _counts(pairs: Iterable[tuple[bool, bool]]) -> Counts:
    every = list(pairs)
    return Counts(
        sum(want and got for want, got in every),
        sum(got and not want for want, got in every),
        sum(want and not got for want, got in every),
    )


def _own(name: str, *, show: bool) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [row for row in read_lines(OWN) if row["set"] == name]
    started = time.process_time()
    contexts = [context_of(row["sentence"], row["start"], row["end"]) for row in rows]
    spent = time.process_time() - started
    given = [context.status.value for context in contexts]
    wanted = [str(row["assertion"]) for row in rows]
    for row, want, got in zip(rows, wanted, given, strict=True):
        if show and want != got:
            sys.stdout.write(f"own: {got} for {want}: {row['sentence'][row['start'] : row['end']]} | {row['sentence']}\n")
    scored: dict[str, Any] = {"sentences": len(rows), "microseconds": round(spent / len(rows) * 1e6)}
    for status in sorted(set(wanted)):
        counts = _counts((want == status, got == status) for want, got in zip(wanted, given, strict=True))
        scored[status] = {**counts._asdict(), "f1": counts.f1}
    counts = _counts(
        (row["past"], labels(context)["temporality"] == "Historical")
        for row, context in zip(rows, contexts, strict=True)
        if "past" in row
    )
    scored["past"] = {**counts._asdict(), "f1": counts.f1}
    return scored


if __name__ == "__main__":
    main()
