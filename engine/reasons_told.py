"""Why a treatment was begun, changed or ended, and why somebody was referred, where another sentence or note tells it.

The list of medications gives the day of a turn, and seldom more than a word of why. The notes of that time are looked through for
the sentence that tells of the turn with its cause.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.fact_claims import draft
from chartcite.engine.people import called_as, fields_named
from chartcite.engine.plans import Plan, Target
from chartcite.engine.question_words import EVENT_WORDS, Event, Intent
from chartcite.engine.quoting import quote_sentence, with_neighbours
from chartcite.engine.reading import Reading
from chartcite.engine.statements import medication_is_active
from chartcite.engine.terminology import ConceptKind, forms

_BEFORE, _AFTER = timedelta(days=3), timedelta(days=30)
"""Around the day of a turn, where notes tell of it."""
_BEFORE_REFERRAL = timedelta(days=120)


def _c(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_CAUSE = _c(
    r"\b(?:because|due to|d/t|2/2|secondary to|b/c|owing|reasons?|caused?|triggered|precipitated|prompted|led to|attributed|side[- ]effects?|intoler\w*|adverse"
    r"|likely|in view of|on account of|in the setting of|too (?:low|high)|recurrent|worsen\w*|prefers?|declin\w*|toxicity)\b|->|→"
)
_REFERRED = _c(
    r"\brefer(?:ral|red|ring|s)?\b|\bsent (?:him |her |them |the patient |pt )?to\b|\bsee(?:ing|n)? (?:the |a |an )?\w+olog"
)


def reasons_at_turn(reading: Reading) -> list[DraftClaim]:
    """Quote what the notes around a medicine's start, change or end say of its cause; empty where they do not."""
    plan = reading.plan
    drugs = [target for target in plan.targets if target.kind is ConceptKind.DRUG and target.concept_keys]
    if plan.intent is not Intent.REASON or not drugs:
        return []
    passages = list(reading.shelves.records.all_passages(reading.scope))
    told: list[DraftClaim] = []
    for target in drugs[:2]:
        facts = reading.shelves.records.facts(reading.scope, categories=(Category.MEDICATION,), concept_keys=target.concept_keys)
        day = _turn(_meant(facts, plan), plan)
        place = None if day is None else _best(passages, target, plan, day)
        if place is not None:
            told.append(quote_sentence(*place, reading.shelves.records, route="quote"))
    return list({claim.text: claim for claim in told}.values())


def _meant(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Return the orders that a question means: those of a dose that it names, or those of its time."""
    listed = [fact for fact in facts if fact.span is None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
    numbers = set(re.findall(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])", plan.text))
    named = [fact for fact in listed if numbers & set(re.findall(r"\d+(?:\.\d+)?", fact.concept.text))]
    return named or listed


def _turn(facts: Sequence[Fact], plan: Plan) -> date | None:
    """Return the day of the turn that is asked about: of the newest end or change, else of the first order."""
    window = plan.window
    if plan.event in {Event.STOPPED, Event.CHANGED}:
        ended = [fact.ended for fact in facts if fact.ended is not None and not medication_is_active(fact)]
        days = [moment.first_day for moment in ended if window is None or window.holds(moment)]
        return max(days, default=None)
    days = [fact.occurred.first_day for fact in facts if fact.occurred and (window is None or window.holds(fact.occurred))]
    return min(days, default=None)


_LEAST = 0.7
"""What a sentence must at least show of a turn and its cause."""


def _best(passages: Sequence[Passage], target: Target, plan: Plan, day: date) -> tuple[Passage, Sentence] | None:
    """Return the sentence with its neighbours that tells most of a turn of a medicine and its cause, near its day."""
    turn = set(EVENT_WORDS[plan.event]) if plan.event is not None else set[str]()
    best: tuple[float, Passage, Sentence] | None = None
    for passage in passages:
        known = passage.recorded or passage.occurred
        if known is None or not day - _BEFORE <= known.first_day <= day + _AFTER:
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            words = forms(text)
            if target.find(words) is None or sentence in passage.commands:
                continue
            wide = with_neighbours(passage, sentence)
            causes = _CAUSE.search(text) is not None, _CAUSE.search(passage.sentence_text(wide)) is not None
            score = 1.0 * bool(turn & set(words)) + 0.8 * causes[0] + 0.4 * causes[1]
            score -= 0.01 * abs((known.first_day - day).days)
            if any(causes) and score > _LEAST and (best is None or score > best[0]):
                best = score, passage, wide
    return None if best is None else best[1:]


def reasons_of_referral(reading: Reading) -> list[DraftClaim]:
    """Tell why somebody was sent to a field of medicine: what the notes say of it, and what the first visit there was for."""
    plan = reading.plan
    fields = fields_named(f"{plan.text} visit") if plan.intent is Intent.REASON and _REFERRED.search(plan.text) else None
    if fields is None or not fields.called:
        return []
    records = reading.shelves.records
    visits = [
        fact
        for fact in records.facts(reading.scope, categories=(Category.ENCOUNTER,))
        if fact.occurred is not None and any(pattern.search(called_as(fact)) for pattern in fields.called)
    ]
    visits = [fact for fact in visits if plan.window is None or plan.window.holds(fact.occurred)]
    first = visits[0] if visits else None
    day = first.occurred.first_day if first is not None and first.occurred is not None else None
    told: list[DraftClaim] = []
    for passage in sorted(reading.shelves.records.all_passages(reading.scope), key=lambda each: each.start):
        known = passage.recorded or passage.occurred
        if day is None or known is None or not day - _BEFORE_REFERRAL <= known.first_day <= day:
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if _REFERRED.search(text) and any(pattern.search(text) for pattern in fields.called):
                told.append(quote_sentence(passage, with_neighbours(passage, sentence), records, route="quote"))
    visit = [draft(first, reading.chart, route="visit")] if first is not None else []
    return [*list({claim.text: claim for claim in told}.values())[:2], *visit]
