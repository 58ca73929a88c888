"""Dated values of a measurement that a question names, where the rest of it is not wholly read.

"Her sats the last time anybody clipped a probe on" is told by her saturations, with what of the question was not placed. Words
that would make it another measurement (another specimen, posture or person, a goal) and names that may be of nothing forbid it.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.anchors import is_ailment_had
from chartcite.engine.domain.answers import DraftClaim, Missing
from chartcite.engine.facts.facts import answer_about
from chartcite.engine.facts.spoken_of import spoken_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.targets_told import asks_target
from chartcite.engine.questions.limits_asked import limit_asked
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import ATTRIBUTES, Intent
from chartcite.engine.retrieval import TargetFacts, retrieve_facts

_OF_COURSE = frozenset({Intent.LATEST, Intent.TREND, Intent.DESCRIBE, Intent.LIST, Intent.PRESENCE, Intent.DIFFERENCE})
_ONE_OF_THEM = frozenset({Intent.FIRST, Intent.HIGHEST, Intent.LOWEST})
MOST_MEASURED = 2
"""Measurements of one question that are told so, at most."""
_OTHER_MEASUREMENT = Cue(
    r"\b(?:csf|spinal|pleura\w*|ascit\w*|peritone\w*|synovi\w*|fluid|urin\w*|stool|fa?ec\w*|saliva\w*|sputum|semen|sweat|bile|effluent|drain\w*"
    r"|dialysate|cord|donor\w*|bab(?:y|ies)\w*|infant\w*|newborn\w*|fo?etal|fo?etus|neonat\w*|twins?|partner\w*|capillary|venous|arterial"
    r"|standing|lying|supine|seated|sitting|orthostatic|postural|fasting|fasted|post-?prandial|after (?:meals?|food|eating)|random"
    r"|trough|ioni[sz]ed|free|total|corrected|adjusted|direct|indirect|conjugated|exercise|exercising|exertion\w*|walking|overnight|nocturnal"
    r"|home|ambulatory|left|right|both|arms?|legs?|targets?|goals?|aims?|aiming|desired|ideal|predicted|expected|should|supposed|cut-?offs?"
    r"|thresholds?|ranges?|limits?|normal|percentiles?|z-?scores?|formula|equation|method|device|machine|meter|brand|calculat\w*|estimat\w*"
    r"|alert\w*|page[drs]?|call\w*|phone\w*|told|explain\w*|mean|means|why|cause[ds]?|because|who|whom|where|next|due|planned|scheduled)\b"
)
"""What makes it another measurement, or asks something else of it than its values."""
_HELP = Cue(r"\b(?:help|support|counsell?ing|therapy|treatment)\b(?= (?:with|for|from)\b|\W*$)")
_NAME = Cue(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b", 0)


class Told(NamedTuple):
    """Values, and what of the question they leave unplaced."""

    claims: list[DraftClaim]
    missing: list[Missing]


NOTHING = Told([], [])


def values_anyway(plan: Plan, reading: Reading) -> Told:
    """Tell the dated values of what is measured, within the time that was placed; nothing where they may answer another question.

    Args:
        plan: the part as it was asked, with the anchor that the chart did not place.
        reading: the part as it was answered.
    """
    told = reading.plan
    if told.lost and spoken_of(told.event_targets, reading.shelves.records.all_passages(reading.scope)):
        told = told.model_copy(update={"lost": False})
    had = plan.untimed if plan.anchor is not None and is_ailment_had(plan.anchor) and not told.lost else None
    asked = _asked(had, had) if had is not None else _asked(told, plan)
    if asked is None:
        return NOTHING
    if had is not None:
        asked = asked.model_copy(update={"intent": Intent.TREND})
    found = retrieve_facts(asked, reading.shelves.records, scope=reading.scope)
    if not all(_has_numbers(item) for item in found) or not 0 < len(found) <= MOST_MEASURED:
        return NOTHING
    claims = [claim for item in found for claim in answer_about(item.target, item.facts, asked, reading.chart)]
    return Told(claims, _unplaced(plan, reading.plan)) if claims else NOTHING


def _asked(plan: Plan, whole: Plan) -> Plan | None:
    """Return the question for the values by themselves, `None`: something else is asked."""
    if plan.lost or plan.family or plan.harm or plan.upcoming or plan.undone or limit_asked(plan.text) is not None:
        return None
    if asks_target(plan) or _HELP.search(plan.text):
        return None  # what a value is to be, or who helps with it, no value tells
    untimed = whole.untimed if whole.anchor is not None and plan.window is whole.window and whole.untimed is not None else plan
    if untimed.intent not in _OF_COURSE | _ONE_OF_THEM or _is_qualified(untimed):
        return None
    course = untimed.intent in _OF_COURSE and not (untimed.newest and untimed.newest_several is None)
    intent = Intent.TREND if course else untimed.intent
    targets = tuple(each for each in untimed.targets if each.kind is not None or each.concept_keys)
    if any(target.kind is not ConceptKind.MEASUREMENT for target in targets):
        return None  # what else is named may make it a question for something else
    if len(targets) > 1 and not targets[0].concept_keys and any(target.concept_keys for target in targets):
        return None  # "the ferritin when the haemoglobin fell": another test does not answer for one that was never done
    return untimed.model_copy(update={"intent": intent, "targets": targets, "window": plan.window, "keywords": ()})


def _is_qualified(plan: Plan) -> bool:
    """Say whether a word of the question may make what is measured another thing, or is a name."""
    beside = [word for word in plan.keywords if word in ATTRIBUTES]
    named = {word for target in plan.targets for word in forms(target.words)}
    words = [word for word in plan.keywords if word not in named]
    return bool(beside) or any(_OTHER_MEASUREMENT.search(word) for word in words) or _names_something(plan, words)


def _names_something(plan: Plan, words: Sequence[str]) -> bool:
    return any(set(forms(match[0])) & set(words) for match in _NAME.finditer(plan.text))


def _has_numbers(item: TargetFacts) -> bool:
    values = [value for fact in item.facts for value in (fact.value, *(part.value for part in fact.components))]
    return any(value is not None and value.quantity is not None for value in values)


def _unplaced(whole: Plan, told: Plan) -> list[Missing]:
    """Return what of the question no time of the chart was found for."""
    if whole.anchor is None or (told.window is not whole.window and not is_ailment_had(whole.anchor)):
        return []
    why = "the chart does not tell when that was: values of all its times are given"
    return [Missing(what=f"“{whole.anchor.words}”", why=why)]
