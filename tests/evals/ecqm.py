"""Is screening or monitoring done in time? Ten quality measures as questions to each of their test patients.

`python -m tests.evals.ecqm [DATA] --write` saves docs/ecqm.json. DATA (default: the shared open data) holds `expected.jsonl` and
`patients/*.ndjson` (FHIR R4 bundles). Each measure's numerator is written as conditions in the language of the guideline corpus
and evaluated on the last day of the measurement period, for the patients in the denominator that are not excluded. Reported:
Matthews correlation with the measure's own result. What a code means is known from the lexicon alone: codes that need a value
set are not loaded.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import PatientId
from chartcite.engine.findings.findings import Findings
from chartcite.engine.guidelines.applicability import applicability
from chartcite.engine.guidelines.guideline_rules import parse_rule
from chartcite.engine.review.chart_review import Review
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.sqlite_records import SqliteRecords
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest

from tests.charts import bundled_lexicon
from tests.evals.gold import REPOSITORY

RESULT = REPOSITORY / "docs" / "ecqm.json"
LAST_DAY = date(2025, 12, 31)
YEAR, THREE_YEARS, FIVE_YEARS, TEN_YEARS = (
    f"within {(LAST_DAY - date(LAST_DAY.year + 1 - years, 1, 1)).days}d" for years in (1, 3, 5, 10)
)
"""Whole calendar years up to the last day of the measurement period, as the measures count."""
NUMERATORS = {
    "BreastCancerScreeningFHIR": "needs: procedure mammography,screening-mammography within 27mo",
    "CervicalCancerScreeningFHIR": (
        f"needs: procedure cervical-cytology {THREE_YEARS} or procedure hpv-test {FIVE_YEARS} at-age 30.."
    ),
    "ChlamydiaScreeninginWomenFHIR": f"needs: procedure chlamydia-test {YEAR}",
    "ColonCancerScreeningFHIR": (
        f"needs: procedure fecal-immunochemical-test,fecal-occult-blood-test {YEAR} or procedure stool-dna-test {THREE_YEARS}"
        f" or procedure ct-colonography,flexible-sigmoidoscopy {FIVE_YEARS} or procedure colonoscopy {TEN_YEARS}"
    ),
    "ControllingHighBloodPressureFHIR": (
        f"needs: measurement systolic-blood-pressure < 140 mm[Hg] {YEAR}\n"
        f"needs: measurement diastolic-blood-pressure < 90 mm[Hg] {YEAR}"
    ),
    "DiabetesGlycemicStatusAssessmentGreaterThan9PercentFHIR": f"needs: measurement hemoglobin-a1c <= 9 % {YEAR}",
    "FallsScreeningForFutureFallRiskFHIR": f"needs: procedure fall-risk-measures {YEAR}",
    "HIVScreeningFHIR": "needs: procedure hiv-tests at-age 15..65",
    "HIVViralSuppressionFHIR": f"needs: measurement hiv-viral-load < 200 {{copies}}/mL {YEAR}",
    "KidneyHealthEvaluationFHIR": f"needs: procedure egfr {YEAR}\nneeds: procedure urine-albumin-creatinine-ratio {YEAR}",
}
"""What each measure counts as done, as conditions."""
REVERSED = frozenset({"DiabetesGlycemicStatusAssessmentGreaterThan9PercentFHIR"})
"""Measures whose numerator is that the conditions do not hold, or nobody knows."""


class Count(NamedTuple):
    """True and false positives and negatives of one measure."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    tn: int = 0

    @property
    def mcc(self) -> float | None:
        """Matthews correlation coefficient; `None` where a row or column is empty."""
        product = (self.tp + self.fp) * (self.tp + self.fn) * (self.tn + self.fp) * (self.tn + self.fn)
        return (self.tp * self.tn - self.fp * self.fn) / math.sqrt(product) if product else None


def count(pairs: Iterable[tuple[bool, bool]]) -> Count:
    """Count pairs of expected and found."""
    listed = list(pairs)
    return Count(*(listed.count(pair) for pair in ((True, True), (False, True), (True, False), (False, False))))


def measured(data: Path) -> dict[str, Count]:
    """Return the counts of each measure."""
    expected = [json.loads(line) for line in (data / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
    lexicon = bundled_lexicon()
    counts: dict[str, Count] = {}
    for name, numerator in NUMERATORS.items():
        rule = parse_rule(numerator)
        with tempfile.TemporaryDirectory() as folder:
            store = Path(folder)
            for line in (data / "patients" / f"{name}.ndjson").read_text(encoding="utf-8").splitlines():
                (store / f"{json.loads(line)['id']}.json").write_text(line, encoding="utf-8")
            with SqliteWriter(store) as writer:
                ingest(sorted(store.glob("*.json")), writer, HashingEmbedder(), lexicon=lexicon)
            records = SqliteRecords(store)
            pairs = []
            for row in expected:
                asked = row["expected"]
                if row["measure"] != name or not asked["denominator"] or asked.get("denominator-exclusion"):
                    continue
                scope = Scope(patient_id=PatientId(row["patient"]), as_of=LAST_DAY)
                state = applicability(rule, Findings(Review(records, lexicon, scope, today=LAST_DAY))).state
                pairs.append((bool(asked["numerator"]), (state == "applies") is not (name in REVERSED)))
        counts[name] = count(pairs)
    return counts


def _measured_shared() -> dict[str, Count]:
    packed = Path(os.environ.get("SHARED", REPOSITORY.parent / "shared")) / "data" / "ecqm.tar.xz"
    if not packed.is_file():
        sys.exit(f"{packed} is not there: nothing to measure")
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(packed) as tar:
            tar.extractall(scratch, filter="data")
        return measured(Path(scratch) / "ecqm")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print and optionally save the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", help="folder with expected.jsonl and patients/ [shared data]")
    parser.add_argument("--write", action="store_true", help="save docs/ecqm.json")
    options = parser.parse_args(arguments)
    counts = measured(options.data) if options.data else _measured_shared()
    result = {
        name: {**one._asdict(), "mcc": None if one.mcc is None else round(one.mcc, 3)} for name, one in sorted(counts.items())
    }
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    if options.write:
        RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
