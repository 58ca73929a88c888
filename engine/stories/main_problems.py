"""A question for the main problems of a patient ("handover on her main problems"): what is active, the grave ones first."""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.summary_words import asks_summary
from chartcite.engine.review.chart_review import Review
from chartcite.engine.review.problem_changes import active_problems
from chartcite.engine.stories.problem_summary import drafts
from chartcite.engine.visits.named_visits import visits_in

MOST_LINES = 9
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
_MAIN = Cue(
    r"\b(?:main|major|key|principal|most important|important|significant|big(?:gest)?|chief|top|active|ongoing|current"
    r"|medical|health|chronic)\s+"
    r"(?:\w+ )?(?:problems?|issues|diagnos[ei]s|conditions|comorbidit\w+|concerns)\b",
)


def told_main_problems(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft the active problems, where these are asked to be summed up as a whole; empty: that is not asked."""
    if _MAIN.search(text) is None or not asks_summary(text, ()):
        return []
    if any(plan.targets or plan.window is not None or plan.family for plan in plans):
        return []
    if visits_in(text, today=reading.chart.today):
        return []
    review = Review(reading.shelves.records, reading.chart.lexicon, reading.scope, today=reading.chart.today)
    ranked = sorted(active_problems(review), key=lambda fact: rank(fact, reading.chart.lexicon))
    return drafts(ranked[:MOST_LINES], reading.chart)


def rank(fact: Fact, lexicon: Lexicon) -> int:
    """Return the place of a problem among others: the gravest lowest."""
    linked = lexicon.link(fact.concept).keys()
    for place, class_ in enumerate(GRAVE):
        if class_ in lexicon.concepts and linked & lexicon.below(class_):
            return place
    light = any(class_ in lexicon.concepts and linked & lexicon.below(class_) for class_ in _LIGHT)
    return len(GRAVE) + light
