"""Which facts of a chart a question is about: their kind, their time, and the newest of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.body_sides import of_side_asked, side_told
from chartcite.engine.facts.statements import MEASURED
from chartcite.engine.language.terminology import plain_display
from chartcite.engine.questions.plans import Plan, Target

MEASURED_SET = frozenset(MEASURED)
_PLANNED_SET = frozenset({Category.ORDER})
_BY_KIND: dict[str, tuple[frozenset[Category], ...]] = {
    "measurement": (MEASURED_SET, frozenset({Category.REPORT, Category.PROCEDURE}), frozenset({Category.ORDER})),
    "drug": (
        frozenset({Category.MEDICATION}),
        frozenset({Category.ORDER, Category.IMMUNIZATION, Category.PROCEDURE}),
        frozenset({Category.ALLERGY}) | MEASURED_SET,
    ),
    "condition": (
        frozenset({Category.CONDITION}),
        MEASURED_SET,
        frozenset({Category.PROCEDURE, Category.ENCOUNTER, Category.REPORT}),
        frozenset({Category.ALLERGY}),
    ),
    "procedure": (
        frozenset({Category.PROCEDURE, Category.REPORT}),
        frozenset({Category.MEDICATION}),
        MEASURED_SET,
        frozenset({Category.ORDER, Category.OTHER}),
        frozenset({Category.ENCOUNTER, Category.CARE_PLAN}),
    ),
    "vaccine": (frozenset({Category.IMMUNIZATION}), frozenset({Category.PROCEDURE, Category.ORDER})),
}
_ANY = (
    MEASURED_SET,
    frozenset({Category.CONDITION, Category.MEDICATION, Category.PROCEDURE, Category.IMMUNIZATION, Category.REPORT}),
    frozenset(Category) - {Category.DEMOGRAPHIC, Category.DOCUMENT},
)


def select(facts: Iterable[Fact], plan: Plan, target: Target | None) -> list[Fact]:
    """Keep the facts of the kind that the question is about: family facts for family questions, and so on."""
    kept = [fact for fact in facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR and not only_considered(fact)]
    if plan.family:
        return [fact for fact in kept if fact.category is Category.FAMILY_HISTORY]
    kept = [fact for fact in kept if fact.category not in {Category.FAMILY_HISTORY, Category.DOCUMENT}]
    for wanted in _categories(plan, target):
        chosen = [fact for fact in kept if fact.category in wanted]
        if chosen:
            of_side = of_side_asked(chosen, plan.text)
            return of_side if chosen[0].category in MEASURED_SET else of_side or chosen
    return []


def only_considered(fact: Fact) -> bool:
    """Say whether a note only tells what may be done or may happen."""
    return fact.span is not None and fact.assertion is AssertionStatus.HYPOTHETICAL


def _categories(plan: Plan, target: Target | None) -> tuple[frozenset[Category], ...]:
    """Return the categories that can answer, best first."""
    kind = str(target.kind) if target and target.kind else ""
    if target is not None and target.is_class and kind == "condition":
        return (frozenset({Category.CONDITION}),)  # a test for one of its members tells of no member
    if plan.upcoming and kind in {"procedure", "measurement", "vaccine", ""}:
        return (_PLANNED_SET, *_BY_KIND.get(kind, _ANY))
    if plan.subject is Category.ALLERGY:
        return (frozenset({Category.ALLERGY}),)
    if plan.subject is Category.REPORT:
        return (frozenset({Category.REPORT, Category.PROCEDURE}), MEASURED_SET)
    if plan.subject in {Category.ORDER, Category.GOAL, Category.CARE_PLAN}:
        return (frozenset({plan.subject}), *_BY_KIND.get(str(target.kind) if target and target.kind else "", _ANY))
    return _BY_KIND.get(str(target.kind) if target and target.kind else "", _ANY)


def inside_window(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Return the facts inside the plan's window; all where it has none."""
    if plan.window is None:
        return list(facts)
    return [fact for fact in facts if plan.window.holds(fact.occurred or fact.recorded)]


def newest_each(facts: Sequence[Fact]) -> list[Fact]:
    """Return the newest fact of each concept, newest first."""
    newest: dict[str, Fact] = {}
    for fact in facts:
        newest[f"{plain_display(fact.concept.text).lower()} {side_told(fact) if fact.category in MEASURED_SET else ''}"] = fact
    return list(reversed(newest.values()))


_DONE_TO_IT = re.compile(
    r"\b(?:biops\w*|ultrasound\w*|ultrasonogra\w*|doppler|scan|imaging|x-?ray|evaluation|assessment|work-?up|education|check|care)\b",
    re.IGNORECASE,
)
"""What is done to something that an operation left: a biopsy of the transplant is no transplant."""


def done_to_it(fact: Fact) -> bool:
    """Say whether a procedure is only done to what an operation left; what has a biopsy taken with it is no biopsy alone."""
    found = _DONE_TO_IT.search(fact.concept.text)
    return found is not None and _WITH_IT.search(fact.concept.text[: found.start()]) is None


_WITH_IT = re.compile(r"\b(?:with|and|plus|including|w/)(?!\w)|[,+/;(]", re.IGNORECASE)


def itself_done(facts: list[Fact], target: Target) -> list[Fact]:
    """Return what was done without what was only done to it, where both are named: not the biopsy of a transplant."""
    done = [fact for fact in facts if fact.category is Category.PROCEDURE]
    itself = [fact for fact in done if not done_to_it(fact)]
    if not itself or len(itself) == len(done) or _DONE_TO_IT.search(f"{target.words} {target.label}"):
        return facts
    return itself
