"""Whether somebody has what a value alone shows ("is he anaemic?"), where nothing else says it: the value that is flagged."""

from __future__ import annotations

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.question_words import Intent

_LOW, _HIGH = "l", "h"
_SHOWN_BY = {
    "anemia": ("hemoglobin", _LOW),
    "hyperkalemia": ("potassium", _HIGH),
    "hypokalemia": ("potassium", _LOW),
    "hypernatremia": ("sodium", _HIGH),
    "hyponatremia": ("sodium", _LOW),
    "hypercalcemia": ("corrected-calcium", _HIGH),
    "hypocalcemia": ("corrected-calcium", _LOW),
    "hypomagnesemia": ("magnesium", _LOW),
    "thrombocytopenia": ("platelet-count", _LOW),
    "neutropenia": ("neutrophil-count", _LOW),
    "iron-deficiency": ("ferritin", _LOW),
}
"""States that are nothing but a value out of its range: the measurement, and to which side."""
_MOST_WORDS = 6
"""Words of a question that asks whether it is so, and nothing of it."""
_MEASURED = (Category.LABORATORY, Category.OBSERVATION)


def told_by_flagged_value(reading: Reading, /) -> list[DraftClaim]:
    """Tell the newest value that shows what is asked; empty: none is asked, or the newest value is not flagged to that side."""
    plan, chart = reading.plan, reading.chart
    first = next(iter(plan.targets), None)
    asked = first is not None and first.kind is ConceptKind.CONDITION and not first.concept_keys and len(plan.targets) == 1
    asked = asked and not plan.keywords and len(plan.text.split()) <= _MOST_WORDS
    if first is None or not asked or plan.intent is not Intent.PRESENCE or plan.family or plan.window is not None or plan.lost:
        return []
    shown = next((_SHOWN_BY[id_] for id_ in first.ids if id_ in _SHOWN_BY), None)
    if shown is None:
        return []
    measure, side = shown
    values = [
        fact
        for fact in reading.shelves.records.facts(reading.scope, categories=_MEASURED)
        if fact.value is not None
        and fact.occurred is not None
        and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
        and measure in chart.lexicon.link(fact.concept)
    ]
    newest = max(values, key=lambda fact: fact.occurred.start.timestamp() if fact.occurred else 0.0, default=None)
    if newest is None or not (newest.interpretation or "").lower().startswith(side):
        return []
    return [draft(newest, chart, route="latest_value")]
