"""A question for the main problems of a patient ("handover on her main problems"): what is active, the grave ones first."""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.language.cues import Cue
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.summary_words import asks_summary
from chartcite.engine.review.chart_review import Review
from chartcite.engine.review.grave_problems import rank
from chartcite.engine.review.problem_changes import active_problems
from chartcite.engine.stories.problem_summary import drafts
from chartcite.engine.visits.named_visits import visits_in

MOST_LINES = 9
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
