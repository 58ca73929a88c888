"""Which problems of a chart weigh most: by the classes of the lexicon, the gravest first."""

from __future__ import annotations

from chartcite.engine.domain.records import Fact
from chartcite.engine.language.terminology import Lexicon

GRAVE = (
    "metastatic-cancer", "cancer", "heart-failure-group", "organ-transplant-status", "valvular-heart-disease", "coronary-disease",
    "cerebrovascular-disease", "immunodeficiency", "dementia", "liver-disease", "chronic-kidney-disease-group", "arrhythmia",
    "diabetes-mellitus", "obstructive-lung-disease", "lung-disease", "autoimmune-disease", "seizure-group", "movement-disorder",
    "blood-disease", "heart-disease", "kidney-disease", "mental-illness", "substance-use-disorder", "hypertensive-disorder",
    "vascular-disease", "genetic-disease", "endocrine-disease", "diabetes-complication",
)  # fmt: skip
"""Classes of the lexicon, the gravest first."""
_LIGHT = ("symptom", "social-finding", "past-history", "surgical-history", "lab-abnormality", "allergy", "care-status")
"""Classes of what is no problem by itself: told last."""


def rank(fact: Fact, lexicon: Lexicon) -> int:
    """Return the place of a problem among others: the gravest lowest."""
    linked = lexicon.link(fact.concept).keys()
    for place, class_ in enumerate(GRAVE):
        if class_ in lexicon.concepts and linked & lexicon.below(class_):
            return place
    light = any(class_ in lexicon.concepts and linked & lexicon.below(class_) for class_ in _LIGHT)
    return len(GRAVE) + light
