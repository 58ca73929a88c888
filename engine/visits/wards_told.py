"""The wards of a stay, in order: "which wards was she on?", "ward moves during the April admission".

Exports of hospital systems hold each ward as an encounter of its own that lies within the stay.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.questions.plans import Plan
from chartcite.engine.visits.encounters import is_admission, lies_within
from chartcite.engine.visits.lengths_of_stay import stay_meant, stays_in_time

ROUTE = "visit"
MOST_WARDS = 10
_MOVED = r"(?:mov(?:e[ds]?|ing)|transfer\w*|went|gone|go|been|stay(?:ed)?|admitted|placed|sent|nursed|looked after|cared for|sleep|slept|pass\w*|in|on)"
_ASKS = Cue(
    rf"\b(?:which|what|whose) (?:\w+ ){{0,2}}?(?:wards?|hospital units?|units|floors)\b[^?.;]*\b(?:was|were|did|has|had|is|{_MOVED})\b"
    r"|\b(?:ward|bed|unit)[- ](?:moves?|transfers?|changes?|path(?:way)?|history|journey|stays)\b|\b(?:moves?|moved|moving|transfer(?:s|red)?) (?:between|from ward|around (?:the )?(?:wards|hospital)|through)\b[^?.;]*"
    r"|\b(?:list|sequence|order|names?|number) of (?:the |his |her |my )?wards\b|\bwards? (?:he|she|they|i|the patient|pt) (?:was|were|has been|had been) (?:on|in|moved)\b|\bhow many wards\b"
)
_NOT_OF_STAY = Cue(
    r"\b(?:ward round|units? of|how many units|dose|insulin|transfus\w*|clinics?|practices?|homes?|towns?|cit(?:y|ies)|jobs?|schools?)\b"
)


def told_wards(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell the parts of the stay that is meant, oldest first; empty: that is not asked, or no stay has parts."""
    if not _ASKS.search(text) or _NOT_OF_STAY.search(text) or any(plan.family or plan.upcoming for plan in plans):
        return []
    visits = [
        fact
        for fact in reading.shelves.records.facts(reading.scope, categories=(Category.ENCOUNTER,))
        if fact.span is None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
    ]
    parts = {
        stay.id: [each for each in visits if each is not stay and lies_within(each, stay)]
        for stay in visits
        if is_admission(stay)
    }
    stays = [stay for stay in visits if any(each.detail("location") for each in parts.get(stay.id, ()))]
    whole = [stay for stay in stays if not any(lies_within(stay, other) for other in stays)]
    meant = stay_meant(stays_in_time(whole, plans), text, plans, reading)
    return [draft(each, reading.chart, route=ROUTE) for each in parts[meant.id][:MOST_WARDS]] if meant else []
