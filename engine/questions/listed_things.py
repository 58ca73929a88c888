"""Things that a question names side by side ("uric acid, creatinine and weight"): what one lacks says nothing of the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.plans import Plan, Target

_JOINT = re.compile(
    r"\s*(?:,|\s/\s|&|\+|;|\band\b|\bor\b|\bplus\b)+(?:\s*\band\b)?\s*(?:(?:the|his|her|my|their)\s+)?", re.IGNORECASE
)


def listed_measurements(plan: Plan, /) -> list[Target]:
    """Return the measurements that a question lists, in its order; empty: it names fewer than two, or not side by side."""
    return _listed(plan, ConceptKind.MEASUREMENT)


def listed_things(plan: Plan, /) -> list[Target]:
    """Return the measurements, the vaccines or the medicines that a question lists, in its order; empty: it lists none."""
    return listed_measurements(plan) or _listed(plan, ConceptKind.VACCINE) or _listed(plan, ConceptKind.DRUG)


def _listed(plan: Plan, kind: ConceptKind) -> list[Target]:
    measured = [target for target in plan.targets if target.kind is kind]
    spans = sorted((span, place) for place, target in enumerate(measured) if (span := _span(target, plan.text)) is not None)
    if len(spans) < 2 or len(spans) < len(measured) or not _are_joined([span for span, _ in spans], plan.text):
        return []
    return [measured[place] for _, place in spans]


def _span(target: Target, text: str) -> tuple[int, int] | None:
    words = r"\W+".join(re.escape(word) for word in target.words.split())  # "CA 19-9"
    found = re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE) if words else None
    return found.span() if found else None


def _are_joined(spans: Sequence[tuple[int, int]], text: str) -> bool:
    gaps = [text[one[1] : two[0]] for one, two in pairwise(spans)]
    return all(_JOINT.fullmatch(gap) is not None for gap in gaps)
