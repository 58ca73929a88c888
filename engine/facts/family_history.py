"""Questions about relatives: the family history by relative and problem."""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Fact
from chartcite.engine.facts.demographics import mentions
from chartcite.engine.facts.fact_claims import Chart, draft
from chartcite.engine.facts.list_choice import concerns
from chartcite.engine.language.cues import Cue
from chartcite.engine.questions.persons import words_of_relation
from chartcite.engine.questions.plans import Target
from chartcite.engine.retrieval import retrieve_list


def family(reading: Reading) -> list[DraftClaim]:
    """Answer from the family history: of the relative and about the problem that are asked."""
    plan, chart = reading.plan, reading.chart
    facts = retrieve_list(plan, reading.shelves.records, scope=reading.scope)
    if plan.relatives:
        asked = set(plan.relatives) - _SIDES or set(plan.relatives)  # a maternal grandmother is not the mother
        facts = [fact for fact in facts if any(asked & words_of_relation(detail.text) for detail in fact.details)]
    targets = [target for target in plan.targets if not _CAUSE.fullmatch(target.words)]
    if targets:
        of_each = [_about(facts, target, chart) for target in targets]
        of_all = [fact for fact in facts if all(fact in about for about in of_each)]
        facts = (
            of_all
            if of_all and not _ANY_OF.search(plan.text)
            else [fact for fact in facts if any(fact in about for about in of_each)]
        )
    if _CAUSE.search(plan.text) and any(map(_led_to_death, facts)):
        facts = [fact for fact in facts if _led_to_death(fact)]
    elif not targets and _LIFE.search(plan.text):
        facts = [fact for fact in facts if fact.detail("deceased")]
    elif plan.keywords and not targets:
        facts = [fact for fact in facts if mentions(fact, plan.keywords)]
    return [draft(fact, chart, route="family") for fact in facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]


def _led_to_death(fact: Fact) -> bool:
    told = fact.detail("contributed_to_death")
    return told is not None and told.text == "true"


def _about(facts: Sequence[Fact], target: Target, chart: Chart) -> list[Fact]:
    """Return the entries about a problem: those that name it, else those of its near kin."""
    ids = set(target.ids)
    named = [fact for fact in facts if ids & chart.lexicon.link(fact.concept).keys() or concerns(fact, target)]
    return named or [fact for fact in facts if _kindred(fact, target, chart)]


def _kindred(fact: Fact, target: Target, chart: Chart) -> bool:
    """Say whether a fact and a target stand under the same narrow class: a heart attack tells of coronary disease."""
    lexicon = chart.lexicon
    over = frozenset[str]().union(*(lexicon.above(id_) for id_ in target.ids[:1])) if target.ids else frozenset[str]()
    narrow = {id_ for id_ in over if len(lexicon.below(id_)) <= _NARROW_FAMILY}
    return any(narrow & lexicon.above(id_) for id_ in lexicon.link(fact.concept))


_LIFE = Cue(r"\b(?:alive|living(?! with| at| in| near)|dead|deceased|died?|death|killed|passed(?: away| on)?)\b")
"""Asks whether a relative lives."""
_CAUSE = Cue(
    r"\b(?:d(?:ie|ied|ies|ying) (?:of|from|with)|cause of (?:\w+ )?death|(?:what|which \w+) killed|how did (?:\w+ ){1,4}die)\b"
)
"""Asks what a relative died of."""
_ANY_OF = Cue(r"\b(?:and|or)\b|[/,&+]")
"""Joins several problems, any of which is asked."""
_SIDES = frozenset({"maternal", "paternal"})
_NARROW_FAMILY = 18
