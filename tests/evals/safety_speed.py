"""`python -m tests.evals.safety_speed`: how long a report of medication safety takes; writes docs/safety_speed.json.

Charts: the bundled ones, or those of a folder of FHIR bundles (`--charts`). Each patient is reported on several times in a warm
process: once as the chart stands, once with a proposed medicine; on the clock, and of the processor alone (other programs
disturb the first only; the goal is held against the second).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from chartcite.api.settings import Settings
from chartcite.api.wiring import open_lexicon, open_records, open_writer
from chartcite.engine.medication_safety import medication_safety
from chartcite.ingestion.ingest import ingest

from tests.evals.gold import REPOSITORY

FIGURES = REPOSITORY / "docs" / "safety_speed.json"
GOAL_P95_MS = 300.0
ROUNDS, PROPOSED = 3, ("", "ibuprofen")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write; return 1 where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--charts", type=Path, default=REPOSITORY / "corpora" / "patients")
    parser.add_argument("--most", type=int, default=40, help="patients at most")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(options.charts, Path(folder) / "store", options.most)
    FIGURES.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    return int(figures["processor_p95_ms"] > GOAL_P95_MS)


def measure(charts: Path, store: Path, most: int) -> dict[str, float]:
    """Store the charts and time reports over them."""
    settings = Settings(store=store)
    lexicon = open_lexicon(settings)
    with open_writer(settings) as writer:
        ingest(sorted(charts.glob("*.json"))[:most], writer, None, lexicon=lexicon)
    records = open_records(settings)
    begun = time.perf_counter()
    rules = len(records.rules().rules)
    loading = time.perf_counter() - begun
    patients = [one.id for one in records.patients()]
    for patient in patients:  # links of words are kept once found, as in a server that runs
        medication_safety(patient, records=records, lexicon=lexicon)
    taken: list[float] = []
    worked: list[float] = []
    alerts = 0
    for _ in range(ROUNDS):
        for patient in patients:
            for add in PROPOSED:
                started, at_work = time.perf_counter(), time.process_time()
                report = medication_safety(patient, records=records, lexicon=lexicon, add=add)
                taken.append((time.perf_counter() - started) * 1000)
                worked.append((time.process_time() - at_work) * 1000)
                alerts += len(report.alerts)
    return {
        "rules": rules,
        "loading_ms": round(loading * 1000, 1),
        "patients": len(patients),
        "reports": len(taken),
        "alerts_per_report": round(alerts / len(taken), 2),
        "p50_ms": round(median(taken), 1),
        "p95_ms": round(quantiles(taken, n=20)[-1], 1),
        "processor_p50_ms": round(median(worked), 1),
        "processor_p95_ms": round(quantiles(worked, n=20)[-1], 1),
        "goal_p95_ms": GOAL_P95_MS,
    }


if __name__ == "__main__":
    sys.exit(main())
