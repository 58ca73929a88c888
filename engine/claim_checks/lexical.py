"""Words and numbers as they are written: what the checks of claims and of the engine's own drafts share. Light to import."""
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from chartcite.engine.language.terminology import fold, forms

LEAST_COVERAGE = 0.6
"""Share of a claim's content words that must stand in its evidence."""
_FRAME_WORDS = """
    the a an of on in to for with was were is are be been has have had at by from and or since until up it its as that this chart says patient does
    time times values highest lowest mean rose fell did change changed active stopped started ordered recorded record reported given done dose years
    year months month days day age old born reference range flagged high low onset ended order status goes allergy intolerance recorded reaction
    reason criticality shown note year file died no not does count entered error currently without date stop inpatient ambulatory emergency dispensed
    unknown discharged strength refuted confirmed set aside another unit condition exclusion met unmet already place version superseded further between
    contributed death lot number site manufacturer route refills repeats allowed quantity admitted
"""
FRAME = frozenset(word for raw in _FRAME_WORDS.split() for word in (raw, fold(raw)))
"""Words by which the engine's own sentences are built: they carry no content of the record."""


def entailment(sentence: str, evidence: str) -> float:
    """Return the share of the sentence's content words that stand in the evidence, in [0, 1]: a lower bound of support."""
    words = [word for word in forms(sentence) if word not in FRAME and not word[0].isdigit() and len(word) > 1]
    if not words:
        return 1.0
    known = set(forms(evidence))
    return sum(word in known for word in words) / len(words)


def decimal_of(written: str) -> Decimal | None:
    """Return a number as it is written, `None` where it is none."""
    try:
        return Decimal(written.replace(",", "").replace("−", "-").rstrip("."))
    except InvalidOperation:
        return None
