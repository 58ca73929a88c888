"""When a test turned negative: "first negative PCR after the transplant?", "when did the viral load become undetectable?".

Values that laboratories give in words ("Not detected") stand beside numbers in one series; the first of them after a value that was
positive tells the day.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.value_answers import value_claims
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent, is_ordinary, is_plain
from chartcite.engine.retrieval import TargetFacts, retrieve_facts

ROUTE = "first_value"
_NEGATIVE = r"(?:neg(?:ative)?s?|undetect\w*|suppress(?:ed)?|non-?detect\w*|not detected|clear(?:ed)?)"
_ASKS = Cue(
    rf"\b(?:first|earliest)\b[^?.;]{{0,30}}\b{_NEGATIVE}\b|\bwhen\b[^?.;]*\b(?:be(?:c[ao]me|en)?|turn(?:ed|s)?|went|go|got|gone|first)\b[^?.;]{{0,30}}\b{_NEGATIVE}\b|\b(?:date|day) of (?:the )?(?:first )?neg\w*\b"
)
_TELLS_NEGATIVE = Cue(
    r"^\W*(?:negative|not detected|undetect\w*|none detected|non-?reactive|target not detected|no (?:\w+ )?(?:growth|dna|rna|virus)(?: detected)?|tnd)\b"
)
_ASKS_LAST = Cue(rf"\b(?:last|most recent(?:ly)?|latest)\b[^?.;]{{0,25}}\b{_NEGATIVE}\b")
_BELOW = Cue(r"\b(?:undetect\w*|suppress\w*)\b")
"""Asks for what the test could not count: "<20 copies" is undetectable."""
_PEAK = Cue(r"\b(?:peak\w*|highest|max(?:imum)?|worst)\b")


def told_turned_negative(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell the first negative result after a positive one, or the last negative one, with the highest value where that is asked too; empty: not asked, or none."""
    last = _ASKS_LAST.search(text) is not None
    if not (last or _ASKS.search(text)) or any(plan.family or plan.comparison for plan in plans):
        return []
    found = {
        item.target.label: item
        for plan in plans
        for item in retrieve_facts(plan, reading.shelves.records, scope=reading.scope)
        if item.target.kind is ConceptKind.MEASUREMENT and item.facts
    }
    if len(found) != 1:
        return []
    item = _of_that_test(next(iter(found.values())), text)
    told = [fact for fact in (_turned(item, last=last, below=_BELOW.search(text) is not None),) if fact is not None]
    if not told:
        return []
    plan = plans[0].model_copy(update={"intent": Intent.HIGHEST, "window": None, "anchor": None, "every": False, "newest": False})
    peak = value_claims(item.target, item.facts, plan, reading.chart) if _PEAK.search(text) else []
    return [*peak, *(draft(fact, reading.chart, route=ROUTE) for fact in told)]


def _of_that_test(item: TargetFacts, text: str) -> TargetFacts:
    """Keep, of a class of tests, those that the question names by a word of their own: "when was the BK undetectable"."""
    asked = {word for word in forms(text) if not (is_plain(word) or is_ordinary(word))}
    named = [fact for fact in item.facts if asked & set(forms(fact.concept.text))]
    return TargetFacts(item.target, named or item.facts)


def _turned(item: TargetFacts, *, last: bool, below: bool) -> Fact | None:
    """Return the first negative result that follows a positive one, or the last of all; `None`: there is none."""
    results = [
        fact
        for fact in item.facts  # oldest first
        if fact.occurred is not None
        and fact.value is not None
        and fact.category in {Category.LABORATORY, Category.OBSERVATION}
        and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
    ]
    if last:
        return next((fact for fact in reversed(results) if is_negative(fact, below=below)), None)
    positive = next((place for place, fact in enumerate(results) if not is_negative(fact, below=below)), None)
    return None if positive is None else next((fact for fact in results[positive:] if is_negative(fact, below=below)), None)


def is_negative(fact: Fact, *, below: bool) -> bool:
    """Say whether a result is negative; `below`: what lies below the limit of the test counts as well."""
    assert fact.value is not None  # noqa: S101 -- the caller looked
    if fact.value.quantity is not None:
        comparator = fact.value.quantity.comparator
        return (fact.value.quantity.value == 0 and not comparator) or (below and comparator in {"<", "<="})
    return _TELLS_NEGATIVE.search(fact.value.shown) is not None
