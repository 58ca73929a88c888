"""The time of a further part that leaves it to the part before: "When was her last fit, and what was she taking at the time?"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.times import Window, periods
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import Category
from chartcite.engine.language.cues import Cue
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent

_AT_THE_TIME = Cue(
    r"\b(?:at (?:the|that) (?:time|point|moment|stage)|(?:back )?then(?=\W*$)|on (?:the|that) (?:same )?(?:day|date)"
    r"|that (?:same )?day|when (?:it|that|this) (?:happened|occurred|was|took place))\b"
)
_TAKES = Cue(r"\b(?:tak(?:e|es|ing|en)|took|on|meds?|medic\w+|drugs?|tablets?|pills?|treatment|prescribed)\b")
_LISTS_MEDICINES = Cue(
    r"^\W*(?:(?:current|home|active|regular|present|usual) )?(?:meds|medications?|medicines|rx|drug history|dh)\b[^:.]{0,30}:"
)
"""Begins the line of a note that lists what is taken."""
_NEAR = timedelta(days=60)
"""So long before or after a day a list of a note still tells what was taken on it."""


def with_time_before(plan: Plan, before: Plan, claims: Sequence[DraftClaim], today: date) -> Plan:
    """Return a part that says "at the time" with the day that the claims of the part before tell; as it is where they tell none.

    Args:
        plan: the part, completed from the one before.
        before: the part before.
        claims: what was told of that.
        today: the day of the question.
    """
    said = _AT_THE_TIME.search(plan.text)
    day = _day_told(claims, today) if said is not None and plan.anchor is None else None
    if said is None or day is None:
        return plan
    text = f"{plan.text[: said.start()]}on {day}{plan.text[said.end() :]}"
    timed = {
        "text": text,
        "window": Window(first=day, last=day, words=f"on {day}"),
        "current": False,
        "newest": False,
        "newest_several": False,
    }
    inherited = plan.targets == before.targets
    if inherited and plan.subject is Category.MEDICATION and _TAKES.search(plan.text):
        timed |= {"targets": (), "intent": Intent.LIST, "keywords": ()}
    return plan.model_copy(update=timed)


def _day_told(claims: Sequence[DraftClaim], today: date) -> date | None:
    """Return the day that claims tell: the first that is written in full, in the words that are quoted before in others."""
    for claim in claims:
        quotes = [citation.quote for citation in claim.citations if citation.quote] if "“" in claim.text else [claim.text]
        for text in quotes:
            days = [each for each in periods(text, today=today) if each.first is not None and each.first == each.last]
            if days:
                return days[0].first
    return None


def listed_near(plan: Plan, reading: Reading) -> list[DraftClaim]:
    """Quote the list of medicines of the note nearest to a day, where no table tells what was taken; empty: none is near."""
    day = plan.window.first if plan.window is not None and plan.window.first == plan.window.last else None
    asks = plan.subject is Category.MEDICATION and not plan.targets and plan.intent is Intent.LIST
    if day is None or not asks:
        return []
    records = reading.shelves.records
    if any(fact.span is None for fact in records.facts(reading.scope, categories=(Category.MEDICATION,))):
        return []
    found = [
        (abs(written.first_day - day), written.first_day < day, number, passage, sentence)
        for number, passage in enumerate(records.all_passages(reading.scope))
        if (written := passage.occurred or passage.recorded) is not None and abs(written.first_day - day) <= _NEAR
        for sentence in passage.sentences
        if sentence not in passage.commands and _LISTS_MEDICINES.search(passage.sentence_text(sentence))
    ]
    nearest = sorted(found, key=lambda each: each[:3])[:1]
    return [quote_sentence(passage, sentence, records, route="quote") for *_rank, passage, sentence in nearest]
