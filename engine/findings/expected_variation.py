"""How far two results of one person may lie apart by chance alone: the reference change value.

Within-person biological variation (CVi, percent) is that of healthy adults in the desirable specifications database of Ricos,
Alvarez, Cava et al., Scand J Clin Lab Invest 1999;59:491-500, in its last edition of 2014 (westgard.com/biodatabase1.htm).
The imprecision of the patient's own laboratory is not in a chart: it is taken as the desirable one, half of CVi (Fraser,
Biological Variation, AACC Press 2001). Only analytes listed here are judged; for any other only the chart's own range counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

SOURCE = "Ricos et al. 1999, edition of 2014"
_Z = Decimal("1.96")
"""Standard normal deviate of a two-sided probability of 95 %."""
_TWO_RESULTS = Decimal(2).sqrt()
"""Both results vary (Harris and Yasaka, Clin Chem 1983;29:25-30)."""
_WITH_IMPRECISION = Decimal("1.25").sqrt()
"""sqrt(CVi² + (CVi/2)²) = CVi * sqrt(1.25)."""

WITHIN_PERSON: dict[str, Decimal] = {
    name: Decimal(percent)
    for name, percent in {
        "sodium": "0.6", "potassium": "4.6", "chloride": "1.2", "calcium": "2.1", "creatinine": "5.95",
        "blood-urea-nitrogen": "12.1", "glucose": "5.6", "uric-acid": "8.6", "albumin": "3.2", "total-protein": "2.75",
        "alanine-aminotransferase": "19.4", "aspartate-aminotransferase": "12.3", "alkaline-phosphatase": "6.45",
        "bilirubin-total": "21.8", "total-cholesterol": "5.95", "hdl-cholesterol": "7.3", "ldl-cholesterol": "7.8",
        "triglycerides": "19.9", "hemoglobin": "2.85", "hemoglobin-a1c": "1.86", "platelet-count": "9.1",
        "white-blood-cell-count": "11.4", "tsh": "19.3",
    }.items()
}  # fmt: skip
"""Lexicon concept id → CVi in percent. Serum, plasma or whole blood."""


def expected_change(concepts: Iterable[str]) -> Decimal | None:
    """Return the reference change value in percent of the earlier result, to one decimal; `None`: not listed.

    Args:
        concepts: lexicon ids of what was measured; the first that is listed counts.
    """
    known = next((WITHIN_PERSON[concept] for concept in concepts if concept in WITHIN_PERSON), None)
    if known is None:
        return None
    return (_TWO_RESULTS * _Z * _WITH_IMPRECISION * known).quantize(Decimal("0.1"), ROUND_HALF_UP)


def in_words(percent: Decimal) -> str:
    """Say a reference change value with its source."""
    return f"more than {percent} %, what two results of one healthy adult differ by chance in 95 of 100 ({SOURCE})"
