"""The procedure that a question tells in its own words: "who took the stent out?", "what did the dentist do in March, to which tooth?"."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.happenings import asks_removal, tells_removal
from chartcite.engine.facts.people import called_as
from chartcite.engine.facts.procedure_results import noted_on
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.deed_words import DEEDS, Deed
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.visits.described import Known, choosing_words, is_foreign, likeliest, scored, untold

ROUTE = "procedure"
MOST_TOLD = 2
_DONE = Cue(
    r"\bwhat\b[^.?;]{0,40}\b(?:did|was|were|has|have|had)\b[^.?;]{0,60}\b(?:do|done|carried out|perform\w*)\b|\b(?:procedure|operation|op|surgery|operated|perform(?:ed|ing)|carried out|operator|surgeon)\b|\bwho (?:was it (?:that )?)?did (?:the|her|his|my|their|that|this)\b"
)
"""Speaks of something done to the body, whatever it was."""
_WANTED = Cue(
    r"\bwho\b|\bwhom\b|\b(?:which|what) (?:\w+ )?(?:doctor|dr|surgeon|consultant|nurse|dentist|specialist|clinician|team|unit|\w+ologist|side|vein|artery|eye|ear|leg|arm|hand|foot|finger|toe|knee|hip|shoulder|tooth|lung|kidney|breast|day|date|month|year)\b"
    r"|\bwhen\b|\bdates?\b|\bside\b|\boperator\b|\bsurgeon\b|\bby (?:whom|what (?:method|means|technique))\b|\bhow (?:was|were|did)\b|\bwhat\b[^.?;]{0,40}\b(?:did|done)\b"
)
_OTHERWISE = Cue(
    r"\b(?:how (?:many|often|long)|still|any ?more|all|every|each|list|ever|next|upcoming|booked|scheduled|due|will|should|shall|why|ordered?|prescrib\w*|request\w*|referr?\w*|how old|aged?|(?:since|before|after) \w+|result\w*|histolog\w*|patholog\w*|show(?:ed|n)?)\b|\bput (?:\w+ ){0,2}on\b|\bin charge\b|\bput (?:in|on) (?:for|hold)\b"
)
"""Asks for more than one entry, for what is to come, for a reason, or for what was found."""
_WHO = Cue(
    r"\bwho(?:m|se)?\b|\b(?:which|what) (?:\w+ )?(?:doctor|dr|surgeon|consultant|nurse|dentist|specialist|clinician|team|unit|\w+ologist)\b"
)
_BESIDE = Cue(
    r"\bwhen\b|\b(?:day|date)s?\b|\bside\b|\b(?:which|what) (?!doctor|dr|surgeon|consultant|nurse|dentist|specialist|clinician|team|unit)\w+"
)
"""Asks of it for more than who did it."""
_APART = frozenset({ConceptKind.DRUG, ConceptKind.VACCINE, ConceptKind.MEASUREMENT})
_OF_DEEDS = frozenset(
    forms(
        "procedure operation operated op surgery surgical done do did perform performed carried out doing operator surgeon doctor doc dr consultant nurse specialist side date dates day time month year years back ago method technique way exactly "
        "put putting puts place placed placing insert inserted insertion placement removal extraction fitted remove removed took take taken taking out came pulled whipped popped inject injected needle needled drain drained tapped stretched treated treatment thing one last latest first left fracture fractured broken break vein artery "
        "who whom when where which what form letter question half asleep down record recorded gather hospital theatre team name"
    )
)
"""Words by which every question about something done is asked."""


def asks_of_deed(text: str, /) -> bool:
    """Say whether a question asks who did something to the body, when, where or how."""
    return bool(_WANTED.search(text)) and (bool(_DONE.search(text)) or bool(_deeds(text))) and not _OTHERWISE.search(text)


def told_procedure(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft the entry of the procedure whose people, day, side or kind a question asks; empty: it asks otherwise, or of none such."""
    if any(plan.family or plan.undone or plan.comparison for plan in plans):
        return []
    if not asks_of_deed(text):
        return _not_done(text, plans, reading)
    if _names_apart(plans):
        return []
    parts = [plan for plan in plans if _deeds(plan.text)] if len(plans) > 1 else []
    meant = [fact for part in parts for fact in _meant(part.text, text, [part], reading)] or _meant(text, text, plans, reading)
    # A question for nothing but the person is not answered by an entry without one.
    only_who = _WHO.search(text) is not None and not _BESIDE.search(text)
    done = [fact for fact in meant if fact.assertion is not AssertionStatus.ABSENT]
    told = [fact for fact in done or meant if not only_who or fact.detail("performer") or not done]
    told = [fact for fact in told if not any(map(asks_removal, plans)) or tells_removal(fact)]
    return [draft(fact, reading.chart, route=ROUTE) for fact in {fact.id: fact for fact in told}.values()]


_WHY = Cue(
    r"^\W*(?:and )?(?:why|how come|for what reason|what was the reason)\b[^?.;]*\b(?:was|were|did|had|have|been|got|get)\b"
)
_NOT_WHY = Cue(
    r"\b(?:not|never|n['’]t|still|need\w*|going to|will|should|refus\w*|declin\w*|delay\w*|cancel\w*|postpon\w*|fail\w*)\b"
)


def told_reason_of_procedure(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell the entry of the procedure whose reason a question asks, where the entry or the note on it gives one; else nothing."""
    if not _WHY.search(text) or _NOT_WHY.search(text) or any(plan.family or plan.undone or plan.comparison for plan in plans):
        return []
    if len(plans) != 1 or _names_apart(plans) or not _deeds(text):
        return []
    meant = [fact for fact in _meant(text, text, plans, reading) if fact.category is Category.PROCEDURE]
    if len(meant) != 1 or not (meant[0].detail("reason") or meant[0].detail("note")):
        return []
    return [draft(meant[0], reading.chart, route=ROUTE), *noted_on(meant[0], reading)]


def _not_done(text: str, plans: Sequence[Plan], reading: Reading) -> list[DraftClaim]:
    """Draft what was not done at all, where a part of a question takes it for done: "who took it out, and how is it since?"."""
    asking = [plan for plan in plans if asks_of_deed(plan.text) and not _names_apart([plan])]
    meant = [fact for plan in asking for fact in _meant(plan.text, text, [plan], reading)]
    undone = bool(meant) and all(fact.assertion is AssertionStatus.ABSENT for fact in meant)
    return [draft(fact, reading.chart, route=ROUTE) for fact in meant] if undone else []


def _names_apart(plans: Sequence[Plan]) -> bool:
    return any(target.kind in _APART for plan in plans for target in plan.targets)


def _meant(part: str, text: str, plans: Sequence[Plan], reading: Reading) -> list[Fact]:
    """Return the procedures that the words of a question choose for the deeds of one of its parts; empty: none, or too many as well."""
    window = next((plan.window for plan in plans if plan.window is not None), None)
    entered = reading.shelves.records.facts(reading.scope, categories=(Category.PROCEDURE,))
    held = [fact for fact in entered if _counts(fact) and (window is None or _touches(fact, window))]
    deeds = _deeds(part)
    known = [Known(fact, _told_by(fact)) for fact in held]
    done = [each for each in known if _deeds_told(each.fact, deeds)] if deeds else known
    spoken = {word for deed in DEEDS for match in deed.said.finditer(text) for word in _ends(match[0])}
    words = choosing_words(plans, _OF_DEEDS | spoken)
    scores = scored(done, words, [target for plan in plans for target in plan.targets])
    left = untold(words, scores)
    if len(left) == len(words) or any(map(is_foreign, left)):
        return []
    best = likeliest(scores)
    most = max(_deeds_told(fact, deeds) for fact in best)
    best = [fact for fact in best if _deeds_told(fact, deeds) == most]
    if any(plan.intent is Intent.FIRST for plan in plans):
        return best[:1]
    if any(plan.newest for plan in plans):
        return best[-1:]
    return best if len(best) <= MOST_TOLD else []


def _ends(words: str) -> tuple[str, ...]:
    """Return the first and the last folded word: between "took" and "out" stands what was taken."""
    run = forms(words)
    return (*run[:1], *run[-1:])


def _deeds_told(fact: Fact, deeds: Sequence[Deed]) -> int:
    """Return of how many sorts of deeds the entry of a procedure tells."""
    return sum(bool(deed.called.search(_told_by(fact))) for deed in deeds)


def _counts(fact: Fact) -> bool:
    return fact.span is None and fact.occurred is not None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR


def _told_by(fact: Fact) -> str:
    return f"{called_as(fact)} {name_of(fact)} {' '.join(detail.text for detail in fact.details)}"


def _touches(fact: Fact, window: Window) -> bool:
    return window.holds(fact.occurred) or (
        fact.occurred is not None and fact.ended is not None and window.overlaps(fact.occurred, fact.ended)
    )


def _deeds(text: str) -> list[Deed]:
    return [deed for deed in DEEDS if deed.said.search(text)]
