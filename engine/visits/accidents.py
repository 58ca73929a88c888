"""The accident that a question speaks of ("since the crash", "after the RTC"): what tables tell of one, by whatever word."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.visits.encounters import is_admission, is_emergency

_KINDS = (
    r"(?:road|traffic|car|motor|motor ?bike|motor ?cycle|bike|bicycle|cycling|cycle|vehicle|van|lorry|bus|riding|work|farm|quad)"
)
_ACCIDENT = Cue(
    r"(?<!cerebrovascular )(?<!vascular )(?<!brain )(?<!toilet )(?<!bowel )(?<!wetting )"
    rf"\b(?:{_KINDS}[ -])*(?:accident(?! (?:and|&|n) emergency)|crash(?! (?:team|call|trolley|cart|diet|section|bag))|collision"
    r"|smash(?:[- ]?up)?|pile[- ]?up|wreck)\b|\b(?:rt[ac]|mv[ac])\b"
)
_STRUCK = Cue(
    r"\b(?:polytrauma|major trauma|trauma call|multiple injur\w+|(?:hit|struck|knocked (?:off|over|down)|run over) by"
    r"|(?:vs?\.?|versus) (?:car|van|bus|lorry|truck|tree|vehicle)|(?:came|thrown|fell) off (?:\w+ )?(?:\w*bike|motorcycle|horse))\b"
)
"""Tells of an accident without its name."""
_AFTER_IT = Cue(r"\b(?:follow\w*|after|post|since|due to|secondary to|from|history of|h/o|previous|review|clinic|f/?u)\b")
"""Says of an entry that it came of an accident, and is none."""
_ONE_ACCIDENT = timedelta(days=60)
"""What is entered so soon after an accident belongs to it."""
_AROUND = timedelta(days=1)
_UNREAL = frozenset(
    {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.ABSENT, AssertionStatus.FAMILY, AssertionStatus.HYPOTHETICAL}
)
_WHEN_ONLY = Cue(
    rf"^\W*(?:when|what (?:date|day)|how long ago|date of)\b(?: (?:was|did|is|had|were))?[^?.;,]{{0,20}}?"
    rf"\b(?:the|his|her|my|their|an?)? ?(?:{_KINDS}[ -])*(?:accident|crash|collision|smash|rt[ac]|mv[ac])(?: happen(?:ed)?)?\W*$"
)


def names_accident(text: str, /) -> bool:
    """Say whether words name an accident."""
    return _ACCIDENT.search(text) is not None


def accident_of(facts: Sequence[Fact], /) -> list[Fact]:
    """Return the first entry of the one accident that a chart tells of; empty: it tells of none, or of several."""
    dated = [fact for fact in facts if fact.occurred is not None and fact.span is None and fact.assertion not in _UNREAL]
    visits = [fact for fact in dated if fact.category is Category.ENCOUNTER and _tells_accident(_visit_words(fact))]
    at_once = [fact for fact in visits if is_emergency(fact) or is_admission(fact)]
    problems = [fact for fact in dated if fact.category is Category.CONDITION and _tells_accident(fact.concept.text)]
    told = sorted(at_once or problems or visits, key=_day)
    return told[:1] if told and _day(told[-1]) - _day(told[0]) <= _ONE_ACCIDENT else []


def stays_of_accident(stays: Sequence[Fact], facts: Sequence[Fact], /) -> list[Fact]:
    """Return the stays that began on the day of the accident, or on the next."""
    happened = accident_of(facts)
    return [stay for stay in stays if happened and stay.occurred and timedelta(0) <= _day(stay) - _day(happened[0]) <= _AROUND]


def told_accident(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell when the accident was, where nothing else is asked; empty: it is asked otherwise, or no table tells of one accident."""
    if len(plans) != 1 or plans[0].family or plans[0].intent not in {Intent.WHEN, Intent.DURATION} or not _WHEN_ONLY.search(text):
        return []
    happened = accident_of(reading.shelves.records.facts(reading.scope, categories=(Category.ENCOUNTER, Category.CONDITION)))
    return [draft(fact, reading.chart, route="visit") for fact in happened]


_INJURIES = Cue(
    r"^(?!.*\b(?:how|when|why|who|where|manage\w*|treat\w*|old|previous|risk|family|heal\w*|unit(?:e|ed|ing)|follow)\b)"
    r"(?=.*\b(?:what|which|list|all|any other|injuries (?:sustained|suffered|from|in|at|with)|sustained|suffered)\b|\W*(?:the |his |her |my )?(?:injuries|fractures)\b)"
    r".*\b(?:injuries|fractures|broken bones|bones? (?:did|has|have|had) \w+ (?:br[eo]a?ke?n?|fractured?)|did (?:he|she|i|they|\w+) (?:break|fracture|injure|hurt))\b"
)
"""Asks for all that was injured."""
_INJURY = frozenset({"injury", "fracture", "laceration-group", "head-injury", "burn-group"})
_HURT = Cue(r"\b(?:traumatic|laceration|fractur\w*|broken|injur\w*|rupture|dislocat\w*|contusion|haemothorax|hemothorax|lac)\b|#")
MOST_INJURIES = 12


_WHICH_PART = Cue(
    r"\b(?:which|what) (?:one |of (?:the|his|her|my) )?(?:ribs?|fingers?|toes?|tooth|teeth|vertebra\w*|side|level|metatarsal|knuckle)\b"
)


def told_injuries(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """List what was injured, where all of it is asked: of the accident that a chart tells of, else at any time."""
    plan = plans[0]
    others = any(target.kind not in {ConceptKind.CONDITION, None} and target.concept_keys for target in plan.targets)
    if len(plans) != 1 or plan.family or others or plan.intent is Intent.COUNT or not _INJURIES.search(text):
        return []
    if _WHICH_PART.search(text):
        return []  # a list of injuries does not say which rib it was
    records = reading.shelves.records
    problems = records.facts(reading.scope, categories=(Category.CONDITION,))
    happened = accident_of(records.facts(reading.scope, categories=(Category.ENCOUNTER, Category.CONDITION)))
    if names_accident(text) and not happened:
        return []
    hurt = [
        fact
        for fact in problems
        if fact.span is None and fact.occurred is not None and fact.assertion not in _UNREAL and _is_injury(fact, reading)
    ]
    if plan.window is not None:
        hurt = [fact for fact in hurt if plan.window.holds(fact.occurred)]
    elif happened:
        at_it = [fact for fact in hurt if abs(_day(fact) - _day(happened[0])) <= _AROUND]
        hurt = at_it if at_it and (names_accident(text) or "fracture" not in text.lower()) else hurt
    bones = "injur" not in text.lower() and "hurt" not in text.lower()
    hurt = [fact for fact in hurt if not bones or _is_injury(fact, reading, bones=True)]
    return [draft(fact, reading.chart, route="list") for fact in hurt[:MOST_INJURIES]] if len(hurt) > 1 else []


def _is_injury(fact: Fact, reading: Reading, *, bones: bool = False) -> bool:
    """Say whether a problem is an injury, or (`bones`) a fracture: by what its words mean, or by the words themselves."""
    lexicon = reading.chart.lexicon
    over = {above for id_ in lexicon.link(fact.concept) for above in (id_, *lexicon.above(id_))}
    if bones:
        return "fracture" in over or Cue(r"\bfractur\w*|\bbroken\b|#").search(fact.concept.text) is not None
    return not over.isdisjoint(_INJURY) or (
        _HURT.search(fact.concept.text) is not None and "infect" not in fact.concept.text.lower()
    )


def _visit_words(visit: Fact) -> str:
    return f"{visit.concept.text}. {'. '.join(detail.text for detail in visit.details)}"


def _tells_accident(words: str) -> bool:
    found = _ACCIDENT.search(words) or _STRUCK.search(words)
    return found is not None and not _AFTER_IT.search(words[: found.start()])


def _day(fact: Fact) -> date:
    assert fact.occurred is not None  # noqa: S101 -- only dated facts are asked
    return fact.occurred.first_day
