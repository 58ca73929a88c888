"""Are recommendations found by questions in other words, and are their conditions judged rightly for made patients?

`python -m tests.evals.applicability --write` saves docs/applicability.json. Questions and patients (applicability.jsonl) were
written from the words of the recommendations, not from their machine-readable conditions; questions that the corpus cannot answer
stand in guideline_near_misses.jsonl. Patients are small FHIR charts that no
model reads. The search uses the bundled embedding model over the whole corpus, superseded recommendations included.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from chartcite.api.settings import load_settings
from chartcite.api.wiring import open_embedder, open_reader
from chartcite.engine.answering import draft_from_guidelines
from chartcite.engine.care_gaps import care_gaps
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import PatientId
from chartcite.engine.findings.findings import Findings
from chartcite.engine.guidelines.applicability import applicability
from chartcite.engine.guidelines.guideline_search import find
from chartcite.engine.guidelines.guidelines import Library, library
from chartcite.engine.retrieval import Shelves
from chartcite.engine.review.chart_review import Review
from chartcite.engine.understanding import understand
from chartcite.indexes.faiss_index import FaissIndex
from chartcite.indexes.sqlite_records import SqliteRecords
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest

from tests.charts import CORPORA, bundle, bundled_lexicon
from tests.evals.small_patients import TODAY, patient_of

CASES = Path(__file__).with_name("applicability.jsonl")
NEAR_MISSES = Path(__file__).with_name("guideline_near_misses.jsonl")
RESULT = Path(__file__).parents[2] / "docs" / "applicability.json"
DEPTH = 10
"""Places that are looked at for the reciprocal rank."""


class Case(NamedTuple):
    """A recommendation with questions about it, a patient that meets its conditions and one that does not."""

    id: str
    questions: list[str]
    meets: str
    fails: str
    fails_state: str
    """`does not apply`, or `unknown` where that patient's chart is silent on a needed condition."""


class Judgement(NamedTuple):
    """What was expected of a patient and a recommendation, and what came out."""

    id: str
    patient: str
    expected: str
    found: str


def read_cases(path: Path = CASES) -> list[Case]:
    """Read the cases."""
    return [Case(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def build(cases: Sequence[Case], store: Path) -> Shelves:
    """Store the corpus (embedded) and all patients."""
    lexicon, embedder = bundled_lexicon(), open_embedder(load_settings(store=store))
    charts = store / "charts"
    charts.mkdir(parents=True)
    for number, case in enumerate(cases):
        for kind, line in (("meets", case.meets), ("fails", case.fails)):
            identity = f"{kind}-{number}"
            (charts / f"{identity}.json").write_text(bundle(*patient_of(line, identity)), encoding="utf-8")
    files = [*sorted((CORPORA / "guidelines").glob("*.md")), *sorted(charts.glob("*.json"))]
    with SqliteWriter(store) as writer:
        ingest(files, writer, embedder, lexicon=lexicon)
    return Shelves(SqliteRecords(store), FaissIndex(store, model=embedder.name), embedder, open_reader())


def judge(cases: Sequence[Case], shelves: Shelves, known: Library) -> list[Judgement]:
    """Evaluate each recommendation for its two patients."""
    found: list[Judgement] = []
    for number, case in enumerate(cases):
        for kind, expected in (("meets", "applies"), ("fails", case.fails_state)):
            scope = Scope(patient_id=PatientId(f"{kind}-{number}"), as_of=TODAY)
            findings = Findings(Review(shelves.records, bundled_lexicon(), scope, today=TODAY))
            state = applicability(known.by_id[case.id].rule, findings).state
            found.append(Judgement(case.id, case.meets if kind == "meets" else case.fails, expected, state))
    return found


def ranks(cases: Sequence[Case], shelves: Shelves, known: Library) -> tuple[list[tuple[str, str, int]], int]:
    """Return id, question and place of the right recommendation (0: not among the first ten), and superseded ones shown."""
    placed: list[tuple[str, str, int]] = []
    superseded = 0
    for case in cases:
        for question in case.questions:
            found = find(question, shelves, known, bundled_lexicon(), limit=DEPTH)
            ids = [one.recommendation.id for one in found]
            superseded += sum(one.recommendation.status == "superseded" for one in found)
            placed.append((case.id, question, ids.index(case.id) + 1 if case.id in ids else 0))
    return placed, superseded


def answered(cases: Sequence[Case], shelves: Shelves) -> list[tuple[bool, bool, bool]]:
    """Return for each question, asked without a patient: answered, the right one first, a superseded one shown as current."""
    known = library(shelves.records)
    results: list[tuple[bool, bool, bool]] = []
    for case in cases:
        for question in case.questions:
            claims = drafted(question, shelves)
            shown = [(claim.citations[0].source.resource, claim.text) for claim in claims]
            old = any(known.by_id[id_].status == "superseded" and not text.startswith("Superseded: ") for id_, text in shown)
            results.append((bool(shown), bool(shown) and shown[0][0] == case.id, old))
    return results


def drafted(question: str, shelves: Shelves) -> tuple[DraftClaim, ...]:
    """Return the claims of an answer without a patient."""
    plans = understand(question, lexicon=bundled_lexicon(), chart=(), today=TODAY)
    return draft_from_guidelines(question, plans, shelves, bundled_lexicon()).claims


class NearMiss(NamedTuple):
    """A question that sounds like the corpus, on a topic, population, medicine or aspect that it does not cover."""

    misses: str
    question: str
    half: str
    """`tune`: limits were chosen on it; `report`: not looked at for that."""


def read_near_misses(path: Path = NEAR_MISSES) -> list[NearMiss]:
    """Read the questions that must not be answered."""
    return [NearMiss(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


class Times(NamedTuple):
    """Milliseconds of one kind of work, by clock and by processor."""

    clock: float
    cpu: float


def timed(work: Callable[[], object]) -> Times:
    """Return the times of some work, best of two."""
    spent: list[Times] = []
    for _repeat in range(2):
        clock, cpu = time.perf_counter(), time.process_time()
        work()
        spent.append(Times((time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000))
    return min(spent, key=lambda one: one.clock)


def p95(times: Sequence[Times]) -> dict[str, float]:
    """Return the 95th percentile of each clock, in milliseconds."""
    place = int(0.95 * len(times))
    return {
        "clock": round(sorted(one.clock for one in times)[place], 1),
        "cpu": round(sorted(one.cpu for one in times)[place], 1),
    }


def gap_times(cases: Sequence[Case], shelves: Shelves) -> list[Times]:
    """Time the gaps of each patient."""

    def gaps(number: int) -> Times:
        patient = PatientId(f"meets-{number}")
        return timed(lambda: care_gaps(patient, records=shelves.records, lexicon=bundled_lexicon(), as_of=TODAY))

    return [gaps(number) for number, _ in enumerate(cases)]


def question_times(cases: Sequence[Case], shelves: Shelves) -> list[Times]:
    """Time the drafting of an answer to the first question of each case."""

    def asked(question: str) -> Times:
        return timed(lambda: drafted(question, shelves))

    return [asked(case.questions[0]) for case in cases]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print and optionally save the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="save docs/applicability.json")
    parser.add_argument("--misses", action="store_true", help="print what was not right")
    options = parser.parse_args(arguments)
    cases = read_cases()
    with tempfile.TemporaryDirectory() as folder:
        shelves = build(cases, Path(folder))
        known = library(shelves.records)
        judgements, (placed, superseded) = judge(cases, shelves, known), ranks(cases, shelves, known)
        answers, misses = answered(cases, shelves), read_near_misses()
        taken = [one for one in misses if drafted(one.question, shelves)]
        gaps, questions = p95(gap_times(cases, shelves)), p95(question_times(cases, shelves))
    wrong = [one for one in judgements if one.found != one.expected]
    result = {
        "recommendations": len(known.recommendations),
        "current": len(known.current),
        "with_cases": len(cases),
        "questions": len(placed),
        "right_first": round(sum(place == 1 for *_, place in placed) / len(placed), 4),
        "mean_reciprocal_rank": round(sum(1 / place for *_, place in placed if place) / len(placed), 4),
        "answered_without_patient": round(sum(one for one, _, _ in answers) / len(answers), 4),
        "right_first_in_answers": round(sum(first for _, first, _ in answers) / len(answers), 4),
        "superseded_as_current": superseded + sum(old for *_, old in answers),
        "patients": len(judgements),
        "applicability_right": round(1 - len(wrong) / len(judgements), 4),
        "near_misses": len(misses),
        "near_misses_answered": len(taken),
        "near_misses_not_tuned_on": sum(one.half == "report" for one in misses),
        "near_misses_not_tuned_on_answered": sum(one.half == "report" for one in taken),
        "gaps_p95_ms": gaps,
        "question_p95_ms": questions,
        "model": shelves.embedder.name,
    }
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    if options.misses:
        for one in wrong:
            sys.stdout.write(f"{one.id}: {one.patient}: {one.found}, expected {one.expected}\n")
        for identity, question, place in placed:
            if place != 1:
                sys.stdout.write(f"{identity}: place {place}: {question}\n")
        for one_taken in taken:
            sys.stdout.write(f"answered, and should not be ({one_taken.misses}): {one_taken.question}\n")
    if options.write:
        RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
