"""Values that a question names by their number: "was the potassium of 6.4 real?", "on what day was her A1c 9.4?".

A value that the laboratory withdrew is told as withdrawn, with what the same day gave in its stead; one that was corrected, with its correction.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Fact
from chartcite.engine.facts.fact_claims import Chart, draft
from chartcite.engine.facts.measured_values import Point, points_of
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.limits_asked import crossing_asked, limit_asked
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.retrieval import TargetFacts

MOST_TOLD = 3
_CORRECTED = frozenset({"corrected", "amended"})
_NUMBER = Cue(
    r"(?<![\d/.:,-])(?<!\w)(?P<number>\d{1,5}(?:\.\d{1,3})?)(?![\d/:]|[.,]\d|-\d|\w|\s*(?:-|–)?\s*(?:years?|yrs?|months?|weeks?|days?|hours?|hrs?|minutes?|times|decades?|units?|tablets?|pills?|doses?|of (?:the|her|his|my)|mcg|visits?)\b)"
)
_DOUBTS = Cue(
    r"\b(?:real(?:ly)?|actual(?:ly)?|true|truly|correct|right|genuine(?:ly)?|legit\w*|valid|accurate|believable|trust(?:ed|worthy)?|spurious|mistakes?|errors?|erroneous|false|arte?fact(?:ual)?|ha?emoly[sz]ed|wrong|mislabel\w*|mix-?up|fluke|pseudo\w*|count|glitch)\b"
)
"""Asks whether a result holds."""
_ASKS_DAY = Cue(
    r"^\W*(?:and |so )?when (?:was|were|did|is|has|had)\b|\b(?:what|which|on what|on which) (?:date|day|month|year|visit)\b"
)


def doubts_value(text: str, /) -> bool:
    """Say whether a question asks whether a result holds."""
    return _DOUBTS.search(text) is not None


_ASKS_NEWEST = Cue(r"\b(?:latest|newest|most recent|current|now|today|at present)\b")
"""Asks for the newest value beside the one that it names."""


def told_named_values(found: Sequence[TargetFacts], plan: Plan, chart: Chart, /) -> list[DraftClaim]:
    """Tell the values of a measurement that have a number which the question names; empty: it names none, or asks otherwise."""
    doubts = doubts_value(plan.text)
    asks_day = plan.intent is Intent.WHEN or _ASKS_DAY.search(plan.text) is not None
    if len(found) != 1:
        return []  # "her osmolality when the sodium was 122": the number tells a time
    if (
        _ASKS_NEWEST.search(plan.text)
        or plan.family
        or plan.moments
        or not (doubts or asks_day)
        or limit_asked(plan.text)
        or crossing_asked(plan.text)
    ):
        return []
    numbers = _numbers(plan, chart.today)
    measured = [item for item in found if item.target.kind is ConceptKind.MEASUREMENT and item.facts]
    if not numbers or not measured:
        return []
    points = [point for item in measured for point in points_of(item.target, item.facts, chart)]
    named = [point for point in points if point.quantity is not None and point.quantity.value in numbers]
    if not named:
        named = [point for point in points if doubts and _corrected_from(point.fact, numbers)]
    if not named:
        return []
    others = [point for point in points if doubts and _stands_beside(point, named)]
    claims: list[DraftClaim] = []
    for point in named[-MOST_TOLD:]:
        claims += _with_comment(point, _told(point, chart), chart) if doubts else [_told(point, chart)]
    return [*claims, *(_told(point, chart) for point in others[:MOST_TOLD])]


def _with_comment(point: Point, claim: DraftClaim, chart: Chart) -> list[DraftClaim]:
    """Tell a value with what the laboratory wrote beside it, where it withdrew or corrected it."""
    fact = point.fact
    withdrawn = fact.assertion is AssertionStatus.ENTERED_IN_ERROR
    notes = [detail for detail in fact.details if detail.name == "note" and detail.text.strip()]
    if not notes or fact.span is not None or not (withdrawn or fact.status in _CORRECTED):
        return [claim]
    quoted = chart.records.cite_fact(fact, path=notes[0].path)
    said = f"“{' '.join(quoted.quote.split())}”"
    both = (*claim.citations, quoted)
    if withdrawn:
        return [claim.model_copy(update={"text": f"{claim.text.rstrip('.')}: {said}", "citations": both})]
    text = f"{name_of(fact)}, {point.day}: {said}"
    return [claim, DraftClaim(text=text, kind=ClaimKind.RECORD_FACT, citations=both, route="value_comment")]


def _numbers(plan: Plan, today: date) -> set[Decimal]:
    """Return the numbers of a question that are neither part of a time nor of a name; a year to come is a number."""
    text, window = plan.text, plan.window
    placed = window is not None and (window.first is None or window.first <= today)
    for words in (window.words if window is not None and placed else "", *(target.words for target in plan.targets)):
        text = text.replace(words, " ") if words else text
    return {Decimal(match["number"]) for match in _NUMBER.finditer(text)}


def _corrected_from(fact: Fact, numbers: set[Decimal]) -> bool:
    """Say whether a corrected value was first issued as one of some numbers."""
    if fact.status not in _CORRECTED:
        return False
    noted = " ".join(detail.text for detail in fact.details if detail.name == "note")
    return any(Decimal(match["number"]) in numbers for match in _NUMBER.finditer(noted))


def _stands_beside(point: Point, named: Sequence[Point]) -> bool:
    """Say whether a value that counts was taken on the day of one that was withdrawn."""
    if point in named or point.fact.assertion is AssertionStatus.ENTERED_IN_ERROR:
        return False
    withdrawn = [each for each in named if each.fact.assertion is AssertionStatus.ENTERED_IN_ERROR]
    return any(each.day == point.day for each in withdrawn)


def _told(point: Point, chart: Chart) -> DraftClaim:
    if point.fact.assertion is AssertionStatus.ENTERED_IN_ERROR:
        return draft(point.fact, chart, route="entered_in_error").model_copy(update={"kind": ClaimKind.ABSENCE})
    return draft(point.fact, chart, route="value_in_window", component=point.component)
