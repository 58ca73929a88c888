"""Where current recommendations of different organisations disagree: no side is told without the other.

A recommendation names the matter and its own position in its block of conditions (`disputed:`), written by whoever compared the
documents; the linter holds the two sides together. Nothing is guessed from the wording of the recommendations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chartcite.engine.answers.conflicts import Disagreement
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.guidelines.guideline_rules import Position
from chartcite.engine.guidelines.guideline_subjects import apart_in_age
from chartcite.engine.guidelines.guidelines import Library, Recommendation

Told = tuple[Recommendation, DraftClaim]
"""A recommendation, and the sentence that quotes it."""


def positions_of(recommendation: Recommendation) -> tuple[Position, ...]:
    """Return the positions of a recommendation on disputed matters: none of a superseded one."""
    rule = recommendation.rule
    return rule.positions if rule is not None and recommendation.status == "current" else ()


def of_one_issuer(left: str, right: str) -> bool:
    """Say whether two names of organisations are of the same one: one of them may name its parent too."""
    return left == right or left in right or right in left


def other_sides(recommendation: Recommendation, known: Library) -> list[Recommendation]:
    """Return the current recommendations of other organisations on the disputed matters of one, in the order of the corpus."""
    matters = _matters(recommendation)
    return [
        one
        for one in known.disputed
        if not of_one_issuer(one.organization, recommendation.organization) and matters & _matters(one)
    ]


def own_sides(recommendation: Recommendation, known: Library) -> list[Recommendation]:
    """Return what the organisation of one advises on the same matters for people of other ages."""
    matters = _matters(recommendation)
    return [
        one
        for one in known.of_guideline(recommendation.guideline)
        if matters & _matters(one) and apart_in_age(one, recommendation)
    ]


def of_each_issuer(ordered: Iterable[Recommendation]) -> list[Recommendation]:
    """Return the first of each organisation, and what the same advises on another matter or for people of other ages."""
    chosen: list[Recommendation] = []
    for one in ordered:
        same = [known for known in chosen if of_one_issuer(one.organization, known.organization)]
        if all(apart_in_age(one, known) or not _matters(one) & _matters(known) for known in same):
            chosen.append(one)
    return chosen


def _matters(recommendation: Recommendation) -> set[str]:
    return {one.matter for one in positions_of(recommendation)}


def with_other_sides(told: Sequence[Recommendation], sides: Sequence[Recommendation]) -> list[Recommendation]:
    """Return what is told with a recommendation of each organisation that disagrees with the first behind that.

    `sides`: the `other_sides` and `own_sides` of the first that may be told, best first. What is told already is taken as it is.
    """
    first, *rest = told
    ids = {one.id for one in sides}
    already = [one for one in rest if one.id in ids]
    return [*of_each_issuer([first, *already, *sides]), *(one for one in rest if one.id not in ids)]


def disagreements_among(told: Sequence[Told]) -> list[Disagreement]:
    """Return each disputed matter on which at least two organisations were told, with the position of each."""
    matters = dict.fromkeys(position.matter for recommendation, _ in told for position in positions_of(recommendation))
    found: list[Disagreement] = []
    for matter in matters:
        sides = [(one, claim, each.said) for one, claim in told for each in positions_of(one) if each.matter == matter]
        if not any(not of_one_issuer(one.organization, sides[0][0].organization) for one, *_ in sides):
            continue
        words = "; ".join(f"{said} ({one.organization}, {one.year})" for one, _, said in sides)
        first, second, *more = (claim for _, claim, _ in sides)
        found.append(Disagreement(f"{matter}: {words}", first, second, tuple(more)))
    return found
