"""The dated values of what a question compares, where the moments that it sets against each other are not all found.

One value alone does not compare; the series holds both sides, whichever days the question means, and says what was not placed.
"""

# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.answers.focus import QUOTES
from chartcite.engine.answers.reading import Reading
from chartcite.engine.comparisons.comparing import VALUES
from chartcite.engine.dates.anchor_words import Relation
from chartcite.engine.domain.answers import DraftClaim, Missing
from chartcite.engine.domain.evidence import Citation
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.facts.body_sides import of_side_asked, side_told
from chartcite.engine.facts.facts import answer_about
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.course_words import asks_movement
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.retrieval import TargetFacts, retrieve_facts

_GRADE = r"(?!other\b|after\b|ever\b|never\b|number\b|whether\b|under\b|over\b|either\b|rather\b|later\b|earlier\b|sooner\b|further\b|per\b|another\b|together\b|paper\b|letter\b|doctor\b)(?:\w{2,}(?:ier|er)|better|worse|more|less|fewer)"
_LIMIT_WORDS = r"\s*(?:the |a |an |his |her |my |our |your |their |it )?(?:\d+\b|(?:upper |lower )?(?:limit|normal|target|goal|range|reference|threshold|cut-?off|average|expected|usual|ideal|should|ought|once|twice|half)\b)"
_LIMIT = rf"(?!{_LIMIT_WORDS})"
_OVER_LIMIT = Cue(rf"\b(?:than|vs?\.?|versus|against|compared (?:with|to)|relative to){_LIMIT_WORDS}")
_SETS_AGAINST = Cue(
    rf"\b{_GRADE}\b[^?;]*?\bthan\b{_LIMIT}"
    rf"|\b(?:compar(?:e[ds]?|ing|ison)|differ(?:s|ed|ence|ences|ent)?|contrast(?:s|ed|ing)?|versus|vs?\.?|against|alongside|side[- ]by[- ]side|next to|relative to|as opposed to)(?=[\s,.?!]|$){_LIMIT}"
    rf"|\b(?:the|his|her|my|their) (?:two|2)\b(?! (?:drugs|medicines|tablets))"
    rf"|\b(?:which|when|whether)\b[^?;]*?\b(?!more\b|less\b|fewer\b){_GRADE}\b"
    r"|\bboth (?:of (?:them|these|those)|(?:the )?(?:numbers|values|figures|readings|results|scores|levels|counts|measurements))\b"
)
"""Sets two moments, or two values, against each other; not a value against a limit."""
_OF_TARGET = Cue(r"\b(?:goals?|targets?)\b")
"""Sets a value against what is aimed at, not against other values of its own."""
_OF_DOSES = Cue(
    r"\b(?:dos(?:e|es|age)|strengths?|how (?:much|many)|(?:number|no\.?) of (?:tablets|capsules|puffs|units|pills)|mg|units)\b"
)


def told_series(text: str, plans: Sequence[Plan], claims: Sequence[DraftClaim], reading: Reading, /) -> list[DraftClaim]:
    """Return the claims with every dated value of what is compared; empty: nothing is compared, or two values are told already.

    Args:
        text: the whole question.
        plans: its parts.
        claims: what was found of it.
        reading: the chart.
    """
    if not _sets_against(text, plans) or any(plan.lost or plan.family or plan.upcoming or plan.undone for plan in plans):
        return []
    if _OF_TARGET.search(text):
        return []
    if any(plan.intent in _NOT_COMPARED for plan in plans) or any(_names_strange(plan, reading) for plan in _all_plans(plans)):
        return []
    if not _SETS_AGAINST.search(text) and (_told_since(plans, claims) or _is_of_one_time(text, plans)):
        return []
    items = _compared(text, plans, reading)
    cited = {citation.source.resource for claim in claims for citation in _cited(claim)}
    told = [claim for item in items for claim in _all_values(item, cited, plans, reading)]
    shown = {citation.source.resource for claim in told for citation in claim.citations}
    if len(shown) < 2:
        return []
    others = [claim for claim in claims if not {citation.source.resource for citation in claim.citations} <= shown]
    return [*[claim for claim in others if claim.route in {*QUOTES, *VALUES}], *told]


def _told_since(plans: Sequence[Plan], claims: Sequence[DraftClaim]) -> bool:
    """Say whether values from a day on are asked, and the one of that time is told: those before it were not asked for."""
    windows = [plan.window for plan in plans if _is_measured(plan)]
    open_ended = all(window is not None and window.first is not None and window.last is None for window in windows)
    return open_ended and any(claim.route in VALUES for claim in claims)


def _is_of_one_time(text: str, plans: Sequence[Plan]) -> bool:
    """Say whether values of one time of the calendar are asked, and nothing is set against them: those of other times are no answer."""
    measured = [plan for plan in plans if _is_measured(plan)]
    placed = all(plan.window is not None and plan.anchor is None and not plan.moments for plan in measured)
    closed = all(plan.window is not None and plan.window.first is not None and plan.window.last is not None for plan in measured)
    if asks_movement(text) or any(plan.intent in {Intent.CHANGES, Intent.DIFFERENCE} for plan in plans):
        return False  # how one value of a time moved is told by those before it
    return len(plans) == 1 and not plans[0].inpatient and bool(measured) and placed and closed and plans[0].comparison is None


_COURSES = frozenset({Intent.TREND, Intent.DIFFERENCE, Intent.CHANGES})


def _asks_course(plan: Plan) -> bool:
    relation = plan.anchor.relation if plan.anchor is not None and plan.intent in {Intent.PRESENCE, Intent.ACTIVE} else None
    since = relation is Relation.SINCE or (relation is Relation.AFTER and _TURNED_BETTER.search(plan.text) is not None)
    return since or plan.intent in _COURSES


_TURNED_BETTER = Cue(
    r"\b(?:better|worse|improv\w*|recover\w*|chang\w*|differ\w*|higher|lower|clearer|sharper|come (?:up|down))\b"
)
"""Asks of a value after something was done how it stands to the one before."""


def _is_measured(plan: Plan) -> bool:
    return any(target.kind is ConceptKind.MEASUREMENT for target in plan.targets)


def _all_plans(plans: Sequence[Plan]) -> list[Plan]:
    return [*plans, *(side for plan in plans if plan.comparison is not None for side in plan.comparison.sides)]


def _names_strange(plan: Plan, reading: Reading) -> bool:
    """Say whether an event or a treatment is named that the chart does not know: no value is of a time before or after it."""
    strange = [target for target in (*plan.targets, *plan.event_targets) if target.ids and not target.concept_keys]
    strange = [target for target in strange if target in plan.event_targets or target.kind in _DONE_OR_GIVEN]
    passages = reading.shelves.records.all_passages(reading.scope) if strange else ()
    told = [sentence for passage in passages for sentence in _SENTENCE.split(passage.text) if not _NOT_SO.search(sentence)]
    return any(all(target.find(forms(sentence)) is None for sentence in told) for target in strange)


_DONE_OR_GIVEN = frozenset({ConceptKind.PROCEDURE, ConceptKind.VACCINE, ConceptKind.DRUG})
_SENTENCE = re.compile(r"[.;!?]\s|\n")
_NOT_SO = Cue(
    r"\b(?:no|not|never|without|denie[sd]|declin\w+|refus\w+|if|unless|plan\w*|consider\w*|discuss\w*|may|might|would|should|could|awaiting|refer\w*|mother|father|brother|sister|family|fh|fhx)\b|\?|n't\b"
)
"""Says that something was not so, or not yet, or of somebody else."""


def _sets_against(text: str, plans: Sequence[Plan]) -> bool:
    if any(_is_measured(plan) and _asks_course(plan) for plan in plans):
        return True
    measured = [target.words for plan in plans for target in plan.targets if target.kind is ConceptKind.MEASUREMENT]
    sided = any(plan.comparison is not None and plan.intent is not Intent.DIFFERENCE for plan in plans)
    if _SETS_AGAINST.search(text) or (sided and not _OVER_LIMIT.search(text)):
        return True
    return any(Cue(rf"\bboth {re.escape(words)}").search(text) for words in measured)


def sets_against(text: str, /) -> bool:
    """Say whether a question sets two moments, or two values, against each other in so many words."""
    return _SETS_AGAINST.search(text) is not None and _OVER_LIMIT.search(text) is None


def not_placed(series: Sequence[DraftClaim]) -> tuple[Missing, ...]:
    """Say that the values are told without the moments that were meant; of two values alone there is nothing to choose."""
    if len({citation.source.resource for claim in series for citation in claim.citations}) <= 2:
        return ()
    why = "the chart does not place each time that the question tells"
    return (Missing(what="which of these values are meant", why=why),)


_NOT_COMPARED = frozenset({Intent.SUMMARY, Intent.WHO, Intent.REASON})
"""What asks for something beside values."""


def _compared(text: str, plans: Sequence[Plan], reading: Reading) -> list[TargetFacts]:
    """Return what is measured, or the one medicine whose doses are compared, with its facts."""
    found = {
        item.target.label: item for plan in plans for item in retrieve_facts(plan, reading.shelves.records, scope=reading.scope)
    }
    measured = [item for item in found.values() if item.target.kind is ConceptKind.MEASUREMENT and _is_result(item)]
    measured = [item for item in measured if not any(_within(item.target, other.target) for other in found.values())]
    if measured:
        return measured if len(measured) <= MOST_SERIES else []
    drugs = [item for item in found.values() if item.target.kind is ConceptKind.DRUG]
    doses = len(drugs) == 1 and not drugs[0].target.is_class and _OF_DOSES.search(text) is not None
    return [item for item in drugs if doses and item.facts]


def _is_result(item: TargetFacts) -> bool:
    """Say whether facts are results, and no habits."""
    return bool(item.facts) and all(fact.category is not Category.SOCIAL_HISTORY for fact in item.facts)


MOST_SERIES = 3
"""Things that are measured and told together."""


def _within(one: Target, other: Target) -> bool:
    """Say whether the words for one thing are a part of those for another: "creatinine" in "protein/creatinine ratio"."""
    return one is not other and set(forms(one.words)) < set(forms(other.words))


def _cited(claim: DraftClaim) -> Sequence[Citation]:
    return claim.citations[:1] if claim.route == "extreme_value" else claim.citations


def _all_values(item: TargetFacts, cited: set[str], plans: Sequence[Plan], reading: Reading) -> list[DraftClaim]:
    """Tell a series of two days or more, of which at most one day is told already."""
    days = {_day(fact) for fact in item.facts if _day(fact)}
    told_already = [name_of(fact) for fact in item.facts if fact.resource in cited]
    sided = plans[0].comparison is not None  # of several measurements, each is told of one side
    if len(days) < 2 or max((told_already.count(name) for name in told_already), default=0) > 1:
        return []
    if len(told_already) > 1 and not sided:
        return []
    plan = plans[0].model_copy(update={"targets": (item.target,), "intent": Intent.TREND, **_UNTIMED})
    facts = of_side_asked(item.facts, plans[0].text or "")
    if any(side_told(fact) for fact in facts) and (side := _side_of_event(plans, reading)):
        facts = [fact for fact in facts if side_told(fact) in {side, ""}]
    told = answer_about(item.target, facts, plan, reading.chart)
    return told if len(told) <= MOST_TOLD else []


def _side_of_event(plans: Sequence[Plan], reading: Reading) -> str:
    """Return the one side of the body on which what tells a time was done: the eye of the cataract operation."""
    named = [target for plan in plans for target in plan.event_targets if target.kind is ConceptKind.PROCEDURE]
    keys = [key for target in named for key in target.concept_keys]
    done = reading.shelves.records.facts(reading.scope, categories=(Category.PROCEDURE,), concept_keys=keys) if keys else []
    sides = {side_told(fact) for fact in done if fact.span is None}
    return sides.pop() if len(sides) == 1 else ""


_UNTIMED = {
    "window": None, "anchor": None, "untimed": None, "event": None, "newest": False, "current": False, "historical": False,
    "ordinal": None, "newest_several": None, "comparison": None, "keywords": (), "moments": (), "text": "",
}  # fmt: skip
MOST_TOLD = 8
"""Values in words, or doses, that are told one by one."""


def _day(fact: Fact) -> str:
    return fact.occurred.day if fact.occurred else ""
