"""`make scorecard`: asks every gold question, grades the answers, writes docs/scorecard.md.

`--show KIND` prints the tune half's misses (the report half
is never shown, so that nobody mends the engine by it).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from chartcite.api.settings import Settings
from chartcite.api.wire import answer_to_wire
from chartcite.api.wiring import open_embedder, open_engine, open_lexicon, open_writer, warm
from chartcite.engine.ask import Engine, ask
from chartcite.engine.domain.answers import Answer, Audience, Question
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import PatientNotFoundError
from chartcite.ingestion.ingest import ingest

from tests.evals.gold import REPOSITORY, Gold, Graded, charts, grade, load_gold

REPORT = REPOSITORY / "docs" / "scorecard.md"
Z = 1.96


class Row(NamedTuple):
    """A question with its answer and grade."""

    gold: Gold
    answer: Answer
    graded: Graded


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the scorecard."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", default="")
    parser.add_argument("--store", type=Path)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        rows, skipped = _run(options.store or Path(scratch) / "store", Path(scratch))
    if options.show:
        _show([row for row in rows if row.gold.half == "tune" and options.show in {"all", row.gold.kind}])
    text = _report(rows, skipped)
    if not options.dry:
        REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def opened(store: Path, scratch: Path) -> tuple[Engine, list[Gold]]:
    """Return a warm engine over the charts of the gold questions, which are read into the store if it is new, and the questions."""
    shared = Path(os.environ.get("SHARED", REPOSITORY.parent / "shared"))
    gold = load_gold()
    settings = Settings(store=store)
    embedder = open_embedder(settings)
    if not (store / "chartcite.sqlite3").exists():
        with open_writer(settings) as writer:
            ingest(list(charts(gold, shared, scratch)), writer, embedder, lexicon=open_lexicon(settings))
    engine = open_engine(settings, embedder=embedder)
    warm(engine)
    return engine, gold


def _run(store: Path, scratch: Path) -> tuple[list[Row], int]:
    engine, gold = opened(store, scratch)
    rows: list[Row] = []
    skipped = 0
    for question in gold:
        try:
            rows.append(_ask(question, engine))
        except PatientNotFoundError:
            skipped += 1
    return rows, skipped


def question_of(gold: Gold) -> Question:
    """Return a gold question as it is put to the engine."""
    return Question(
        id=gold.id,
        text=gold.question,
        patient_id=PatientId(gold.patient_id) if gold.patient_id else None,
        as_of=date.fromisoformat(gold.as_of) if gold.as_of else None,
        audience=Audience(gold.audience),
    )


def _ask(gold: Gold, engine: Engine) -> Row:
    answer = ask(question_of(gold), engine=engine)
    return Row(gold, answer, grade(gold, answer_to_wire(answer).model_dump(mode="json")))


def _show(rows: Sequence[Row]) -> None:
    for row in rows:
        if row.graded.right and row.graded.cited is not False:
            continue
        plan = row.answer.receipt.plan
        parts = plan["parts"]
        assert isinstance(parts, list)
        named = [
            {**part, "targets": [(t["label"], len(t.get("concept_keys", ()))) for t in part.get("targets", ())], "text": ""}
            for part in parts
        ]
        sys.stdout.write(
            f"\n[{row.gold.id}] {row.gold.kind} | {row.gold.question} | as_of {row.gold.as_of} | want {row.gold.expected} "
            f"{[group[:3] for group in row.gold.must_include]} not {row.gold.must_not_include} {row.gold.evidence[:3]}\n"
            f"   plan {named}\n"
            f"   got {row.answer.kind} dropped={row.answer.receipt.dropped_claims}: {row.answer.text[:420]}\n"
        )


def _interval(right: int, asked: int) -> str:
    """Wilson interval at 95 % (Wilson 1927)."""
    if not asked:
        return "–"
    share = right / asked
    middle = (share + Z * Z / (2 * asked)) / (1 + Z * Z / asked)
    half = Z * ((share * (1 - share) / asked + Z * Z / (4 * asked * asked)) ** 0.5) / (1 + Z * Z / asked)
    return f"{share:.0%} ({max(0, middle - half):.0%}–{min(1, middle + half):.0%})"


def _report(rows: Sequence[Row], skipped: int) -> str:
    lines = [
        "# Scorecard",
        "",
        "Written by `make scorecard`; do not edit by hand. Gold questions: `tests/evals/questions/`. Charts are split by patient: the engine is",
        "mended on the tune half, the report half is only measured. Shares with 95 % Wilson intervals. A *false answer* answers what has no answer",
        "or takes a wrong premise for granted; a *false refusal* abstains where the chart answers. *Cited right*: a right answer cites a gold source.",
        "Milliseconds are of this run, on this machine.",
        "",
        f"Questions: {len(rows)} asked, {skipped} skipped (their charts are not on this machine).",
        "",
    ]
    for half in ("report", "tune"):
        chosen = [row for row in rows if row.gold.half == half]
        if chosen:
            lines += [
                f"## {half.capitalize()} half",
                "",
                *_table("kind", chosen, lambda gold: gold.kind),
                _line("**all**", chosen),
                "",
            ]
            lines += ["By where the chart comes from:", "", *_table("source", chosen, lambda gold: gold.archive or "bundled"), ""]
    return "\n".join(lines)


def _table(of: str, rows: Sequence[Row], group: Callable[[Gold], str]) -> list[str]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[group(row.gold)].append(row)
    lines = [
        f"| {of} | n | answered right | cited right | false answers | false refusals | ms p50 | ms p95 |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    return [*lines, *(_line(name, grouped[name]) for name in sorted(grouped))]


def _line(kind: str, rows: Sequence[Row]) -> str:
    cited = [row.graded.cited for row in rows if row.graded.cited is not None]
    closed = [row for row in rows if row.gold.expected == "abstained" or row.gold.kind in {"wrong_premise", "unanswerable"}]
    open_ = [row for row in rows if row.gold.expected == "supported"]
    times = sorted(row.answer.receipt.timings["total_ms"] for row in rows)
    cuts = quantiles(times, n=20) if len(times) > 1 else times * 19
    false_answers = _interval(sum(row.graded.false_answer for row in closed), len(closed))
    refusals = _interval(sum(row.graded.false_refusal for row in open_), len(open_))
    return (
        f"| {kind} | {len(rows)} | {_interval(sum(row.graded.right for row in rows), len(rows))} "
        f"| {_interval(sum(cited), len(cited))} | {false_answers} | {refusals} | {cuts[9]:.0f} | {cuts[18]:.0f} |"
    )


if __name__ == "__main__":
    main()
