"""What a treatment did to the values that it is given for: "has the inclisiran worked?", "did the labetalol bring her pressure down?".

The last value before its first day is told with those from then on; whether the treatment moved them is for a clinician to judge.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.anchor_words import EventKind, Relation
from chartcite.engine.dates.anchors import Anchor, Named
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.measured_values import numeric, points_of
from chartcite.engine.facts.value_answers import value_claims
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.notes.responses import asks_response
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.retrieval import TargetFacts
from chartcite.engine.stories.problem_measures import MEASURES, measures_of

MOST_MEASURES = 2
AFTER_END = timedelta(days=45)
"""So long after a treatment ended, values may still tell what it did."""
LONG = timedelta(days=60)
_MOVES = Cue(
    r"\b(?:fix(?:ed|ing)?|lower(?:ed|ing)?|reduc(?:e|ed|ing)|improv(?:e|ed|ing)|control(?:led|ling)?|(?:br(?:ing|ought)|(?:got|get|push(?:ed)?|keep|kept|put)) (?:\w+ ){0,4}?(?:down|up|back|under control)"
    r"|normali[sz](?:e|ed)|correct(?:ed)?|rais(?:e|ed|ing)|increas(?:e|ed|ing)|drop(?:ped)?|work(?:ed|ing)?|help(?:ed|ing)?|(?:do|done|did) (?:anything|much|something|a lot)|affect(?:ed)?|chang(?:e|ed)|ma[dk]e (?:a|any|much) (?:\w+ )?difference)\b"
)
"""Says what a treatment may do to a value."""
_ASKS = Cue(
    r"^\W*(?:so |and |please |can you tell me (?:if|whether) )?(?:did|has|have|had|does|do|is|are|was|were|how (?:well|much)|what (?:did|has|have|does|difference))\b"
)
_CAN = Cue(r"\b(?:could|can|might|may|would|should|will|if|supposed)\b")
_NEVER_GIVEN = frozenset({"cancelled", "draft", "not-done", "entered-in-error"})
_NOT_GIVEN = frozenset(
    {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.ABSENT, AssertionStatus.HYPOTHETICAL, AssertionStatus.FAMILY}
)


def told_by_values(reading: Reading, found: Sequence[TargetFacts], /) -> list[DraftClaim]:
    """Tell how the values that a question names went from the first day of a treatment on; empty: it asks otherwise, or too few are known."""
    plan = reading.plan
    measured = [item for item in found if item.target.kind is ConceptKind.MEASUREMENT and item.facts]
    if not measured or not _asks_of_treatment(plan, found):
        return []
    return [claim for item in measured for claim in _moved(item, _course(found), reading)]


def told_by_usual_values(reading: Reading, found: Sequence[TargetFacts], /) -> list[DraftClaim]:
    """Tell how the values went by which what a treatment is given for is followed, where a question asks only whether it worked."""
    plan = reading.plan
    if not asks_response(plan) or plan.window is not None or any(item.target.kind is not ConceptKind.DRUG for item in found):
        return []
    course = _course(found)
    if not _lasted(course):
        return []  # what a few days of it did is told by notes
    claims: list[DraftClaim] = []
    for item in _usual(found, course, reading):
        if len(claims) < MOST_MEASURES:
            claims += _moved(item, course, reading)
    return claims


def _asks_of_treatment(plan: Plan, found: Sequence[TargetFacts]) -> bool:
    """Say whether it is asked what a medicine did to a value: the medicine is said first, and what it did after it."""
    if plan.anchor is not None or plan.moments or plan.window is not None or plan.family or plan.harm:
        return False
    if not _ASKS.search(plan.text) or _CAN.search(plan.text):
        return False
    drugs = [item.target.words.lower() for item in found if item.target.kind is ConceptKind.DRUG and item.facts]
    text = plan.text.lower()
    moves = list(_MOVES.finditer(text))
    return any(words in text and any(text.index(words) < match.start() for match in moves) for words in drugs)


def _course(found: Sequence[TargetFacts]) -> list[Fact]:
    """Return what the chart tells of the medicines that were given, oldest first."""
    given = [
        fact
        for item in found
        if item.target.kind is ConceptKind.DRUG
        for fact in item.facts
        if fact.category is Category.MEDICATION and fact.occurred is not None
        if fact.assertion not in _NOT_GIVEN and fact.status not in _NEVER_GIVEN
    ]
    return sorted(given, key=_first_day)


def _lasted(course: Sequence[Fact]) -> bool:
    """Say whether one of the medicines was given for long, or is given still."""
    return any(fact.ended is None or fact.ended.last_day - _first_day(fact) >= LONG for fact in course)


def _first_day(fact: Fact) -> date:
    assert fact.occurred is not None  # noqa: S101 -- only dated facts are kept
    return fact.occurred.first_day


def _moved(item: TargetFacts, course: Sequence[Fact], reading: Reading) -> list[DraftClaim]:
    """Tell one measurement from before the first day of a treatment to its end; empty where it has fewer than two values."""
    if not course:
        return []
    first, words = _first_day(course[0]), course[0].concept.text
    ends = [fact.ended.last_day for fact in course if fact.ended is not None]
    last = max(ends) + AFTER_END if len(ends) == len(course) else None
    event = Named(words=words, span=(0, 0), kind=EventKind.STARTED, thing=words)
    plan = reading.plan.model_copy(
        update={
            "intent": Intent.TREND,
            "window": Window(first=first, last=last, words=f"since {words}"),
            "anchor": Anchor(relation=Relation.SINCE, event=event, words=f"since {words}", span=(0, 0)),
        }
    )
    claims = value_claims(item.target, item.facts, plan, reading.chart)
    return [claim for claim in claims if claim.route == "trend"]


def _usual(found: Sequence[TargetFacts], course: Sequence[Fact], reading: Reading) -> list[TargetFacts]:
    """Return the measurements of the chart by which what a medicine is for is followed, the most telling first."""
    chart, records = reading.chart, reading.shelves.records
    drugs = [id_ for item in found for id_ in item.target.ids[:1]]
    problems = _reasons(course, chart.lexicon) or _treated(drugs, reading)
    concepts = records.concepts(reading.scope)
    items = []
    for id_ in measures_of(problems, chart.lexicon):
        below = chart.lexicon.below(id_)
        keys = tuple(each.key for each in concepts if below & chart.lexicon.link(each.concept).keys())
        if not keys:
            continue
        name = chart.lexicon.concepts[id_].name
        target = Target(words=name, label=name, ids=tuple(below), kind=ConceptKind.MEASUREMENT, concept_keys=keys)
        facts = [fact for fact in records.facts(reading.scope, concept_keys=keys) if fact.assertion not in _NOT_GIVEN]
        if numeric(points_of(target, facts, chart)):
            items.append(TargetFacts(target, facts))
    return items


def _reasons(course: Sequence[Fact], lexicon: Lexicon) -> list[str]:
    """Return the problems that the orders of a medicine give as their reason."""
    texts = dict.fromkeys(detail.text for fact in course for detail in fact.details if detail.name == "reason")
    return [
        id_ for text in texts for mention in lexicon.mentions(forms(text)) for id_ in mention.ids if measures_of([id_], lexicon)
    ]


def _treated(drugs: Sequence[str], reading: Reading) -> list[str]:
    """Return the one kind of problem that a medicine treats and that is followed by measurements; empty where it treats several."""
    lexicon = reading.chart.lexicon
    treated = [problem for problem in MEASURES if lexicon.treatments_of([problem]) & set(drugs)]
    firsts = {MEASURES[problem][0] for problem in treated}
    return treated[:1] if len(firsts) == 1 else []
