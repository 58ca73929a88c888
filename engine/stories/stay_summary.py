"""What happened at a visit or during a stay: its entry, diagnoses, procedures, course, and what was started and stopped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.questions.asked_parts import PartAsked
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_cues import nth
from chartcite.engine.retrieval import TargetFacts
from chartcite.engine.review.chart_review import is_note
from chartcite.engine.stories.problem_summary import drafts
from chartcite.engine.stories.summary_notes import About, sentences_of_stay
from chartcite.engine.visits.encounters import is_admission
from chartcite.engine.visits.named_visits import notes_of
from chartcite.engine.visits.visit_choice import names_visit, visits_named
from chartcite.engine.visits.visits import found_that_day

MOST_TURNS = 3
MOST_QUOTES = 7
MOST_ENTERED = 4
MOST_LINES = 10
"""Lines of the story of a visit; those of tables give way to sentences of its notes, where these tell as much."""
LEAST_QUOTES = 4
_AS_ENTERED = (Category.CONDITION, Category.PROCEDURE)


def visit_asked(reading: Reading, found: Sequence[TargetFacts]) -> Fact | None:
    """Return the visit that a question names; `None`: it names none, or one that the chart does not have."""
    plan, records = reading.plan, reading.shelves.records
    if not names_visit(plan):
        return None
    visits = records.facts(reading.scope, categories=(Category.ENCOUNTER,))
    named = visits_named(plan, visits, found, records.facts(reading.scope, categories=_AS_ENTERED))
    named = [fact for fact in named if fact.occurred is not None]
    if not named:
        return None
    stays = [fact for fact in named if is_admission(fact)] or named
    return nth(stays, plan.ordinal) if plan.ordinal else stays[-1]


_ONE_OF_THEM = Cue(r"\b(?:last|latest|newest|most recent|first|previous|recent|this|that|these|those|between|of (?:19|20)\d\d)\b")


def asks_all_visits(plan: Plan) -> bool:
    """Say whether all stays or visits are to be told, of which one can be no summary: "summarise her admissions"."""
    if plan.window is not None or plan.newest or plan.ordinal is not None or plan.targets or plan.keywords:
        return False
    return _SEVERAL.search(plan.text) is not None and not _ONE_OF_THEM.search(plan.text)


_SEVERAL = Cue(r"\b(?:admissions|hospitali[sz]ations|stays|visits|appointments|attendances)\b")


class Wanted(NamedTuple):
    """What is wanted of a visit above all."""

    parts: Sequence[PartAsked] = ()
    topics: Sequence[Target] = ()
    """By what the visit is called, and what belongs to that."""


_ALL = Wanted()


def of_visit(visit: Fact, reading: Reading, wanted: Wanted = _ALL) -> list[DraftClaim]:
    """Draft the story of a visit, from its entry to what was planned after it."""
    records, chart, scope = reading.shelves.records, reading.chart, reading.scope
    if visit.occurred is None:
        return []
    first, last = visit.occurred.first_day, (visit.ended or visit.occurred).last_day
    found = found_that_day(visit, records.facts(scope, categories=_AS_ENTERED), most=MOST_WEIGHED)
    entered = [fact for fact in found if fact.span is None]
    turns = _turns(records.facts(scope, categories=(Category.MEDICATION,)), first, last)
    visits = records.facts(scope, categories=(Category.ENCOUNTER,))
    passages = notes_of(visit, [each for each in records.all_passages(scope) if is_note(each)], visits)
    long = (last - first).days >= LONG_STAY
    told = drafts([visit, *_both_kinds(entered, MOST_ENTERED_LONG if long else MOST_ENTERED)], chart)
    lines = MOST_LINES + (MOST_ENTERED_LONG - MOST_ENTERED if long else 0)
    most = max(LEAST_QUOTES, len(wanted.parts), min(MOST_QUOTES, lines - len(told) - len(turns)))
    quotes = sentences_of_stay(passages, records, most=most, asked=wanted.parts, about=_names_known(chart.lexicon, wanted.topics))
    return [*told, *quotes, *drafts(turns, chart)][: lines + len(wanted.parts)]


def _both_kinds(entered: Sequence[Fact], most: int) -> list[Fact]:
    """Return the problems and procedures of a visit, of either kind as many as there is room for; lines and tubes come last."""
    half = most // 2
    problems = [fact for fact in entered if fact.category is Category.CONDITION]
    done = [fact for fact in entered if fact.category is Category.PROCEDURE]
    shown = sorted(done, key=_comes_last)[: max(half, most - len(problems))]
    return [*problems[: max(half, most - len(done))], *(fact for fact in done if fact in shown)]


def _comes_last(fact: Fact) -> bool:
    """Say whether a procedure tells little of a stay: it was not done, or it is a line or a tube."""
    return fact.assertion is AssertionStatus.ABSENT or _OF_ACCESS.search(fact.concept.text) is not None


MOST_WEIGHED = 40
"""Problems and procedures of a stay of which the first are told."""
LONG_STAY, MOST_ENTERED_LONG = 7, 12
"""Days from which a stay is a long one, and how many of its problems and procedures are told then."""
_OF_ACCESS = re.compile(r"\b(?:lines?|catheters?|cannulas?|tubes?|picc|cvc|venepuncture|phlebotomy)\b", re.IGNORECASE)


def _names_known(lexicon: Lexicon, topics: Sequence[Target]) -> About:
    """Weigh a sentence by the problems, medicines and procedures that it names, and more by what the visit is called by."""

    def gained(text: str) -> float:
        words = forms(text)
        kinds = {lexicon.concepts[mention.ids[0]].kind for mention in lexicon.mentions(words) if mention.ids}
        return 0.3 * len(kinds & _TELLING) + 0.7 * sum(topic.find(words) is not None for topic in topics)

    return gained


_TELLING = frozenset({ConceptKind.CONDITION, ConceptKind.DRUG, ConceptKind.PROCEDURE})


def _turns(facts: Sequence[Fact], first: date, last: date) -> list[Fact]:
    """Return the medicines that were stopped or begun on the days of a visit: those with a reason first."""
    listed = [
        fact
        for fact in facts
        if fact.span is None
        and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
        and not re.match(r"MedicationDispense/", fact.resource)
    ]
    ended = [fact for fact in listed if fact.ended and first <= fact.ended.first_day <= last and fact.status == "stopped"]
    begun = [fact for fact in listed if fact.occurred and first <= fact.occurred.first_day <= last]
    chosen = list({fact.id: fact for fact in (*ended, *begun)}.values())
    chosen.sort(key=lambda fact: not (fact.detail("status_reason") or fact.detail("reason")))
    return chosen[:MOST_TURNS]
