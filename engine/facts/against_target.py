"""A value held against what is aimed at: "is her A1c at goal?", "BP vs target", "what's the target and is she there?"."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.facts.fact_selection import MEASURED_SET
from chartcite.engine.facts.facts import answer_about
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.notes.targets_told import told_targets
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.retrieval import TargetFacts, retrieve_facts

_AIM = r"(?:goals?|targets?)"
_ACTUAL = r"(?:actual\w*|current\w*|now|latest|last|recent|reality|achieved|reached)"
_SET_AGAINST = r"(?:vs\.?|versus|against|compared? (?:with|to)|relative to|and)"
_HELD = Cue(
    rf"\b(?:at|to|on|off|above|below|reach\w*|hit|hitting|met|meet\w*|achiev\w*|attain\w*|within|outside|near|over|under|in) (?:\w+ ){{0,3}}?{_AIM}\b"
    rf"|\b{_AIM}\b[^?;]{{0,40}}?\b(?:met|reached|achieved|hit|attained|missed)\b|\btreat[- ]to[- ]target\b"
    rf"|\b{_AIM}(?: range)? {_SET_AGAINST} (?:\w+ ){{0,2}}?{_ACTUAL}\b|\b{_ACTUAL} {_SET_AGAINST} (?:\w+ )?{_AIM}\b"
    rf"|\b(?:vs\.?|versus|against|compared? (?:with|to)|relative to) (?:\w+ ){{0,2}}?{_AIM}\b"
    rf"|\b{_AIM}\b[^?.;]*\band\b[^?.;]*\b(?:is|are|was|am) (?:s?he|they|it|i|we)\b[^?.;]*\b(?:there|at it|meeting|reaching|near|close|on it)\b"
)
_OTHERWISE = Cue(
    r"\btime (?:\w+ )?(?:in|within)\b|\bwhy\b|\bwhen\b|\bhow (?:long|often|many)\b|\btarget (?:organ|lesion|date|vessel|joint|behaviou?r)s?\b"
    r"|\bgoals? of care\b|\bever\b"
)
"""Asks when, why or for how long, or speaks of no number that is aimed at."""


def told_against_target(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell the latest values of what is measured with the goals for them; empty: that is not asked, or one of both lacks."""
    if not _HELD.search(text) or _OTHERWISE.search(text) or any(plan.family or plan.window is not None for plan in plans):
        return []
    records, scope = reading.shelves.records, reading.scope
    for plan in plans:
        named = " and ".join(target.words for target in plan.targets)
        alone = plan.model_copy(
            update={"intent": Intent.LATEST, "moments": (), "comparison": None, "keywords": (), "subject": None, "anchor": None}
        )
        found = [_measured(item) for item in retrieve_facts(plan, records, scope=scope)]
        values = [claim for item in found for claim in answer_about(item.target, item.facts, _of(item, alone), reading.chart)]
        asked = alone.model_copy(update={"text": f"what is the {named} goal?"})
        aims = told_targets(reading._replace(plan=asked)) if values else []
        if aims:
            return [*values, *aims]
    return []


def _of(item: TargetFacts, plan: Plan) -> Plan:
    return plan.model_copy(update={"targets": (item.target,), "text": item.target.words})


def _measured(item: TargetFacts) -> TargetFacts:
    """Keep the values: a goal for them is told as such."""
    of_kind = item.target.kind is ConceptKind.MEASUREMENT
    return TargetFacts(item.target, [fact for fact in item.facts if of_kind and fact.category in MEASURED_SET])
