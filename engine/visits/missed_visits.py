"""Which appointments were missed: "any DNAs?", "did he miss any appointments?", by the bookings of the chart and what notes say of them."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import Category
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.people import called_as, fields_named
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan

ROUTE = "booked"
MOST_TOLD = 6
MOST_NOTED = 2
_ASKS = Cue(
    r"\b(?:miss(?:ed|ing|es)?|no[- ]?show(?:s|ed)?|dna(?:['’]?d|['’]?s)?|did(?: not|n['’]t) (?:attend|turn up|show up|make it to|go to|keep)|fail(?:ed|s)? to (?:attend|turn up|show)|not attended|skip(?:ped|s)?)\b"
    r"(?=[^?.;]*\b(?:appointments?|appts?|clinics?|visits?|bookings?|reviews?|follow-?ups?|anything)\b|\W*$)"
    r"|\b(?:appointments?|appts?|clinics?|visits?|bookings?|reviews?)\b[^?.;]{0,30}?\b(?:miss(?:ed)?|no[- ]?show\w*|dna\w*|not attended|skipped)\b"
)
_OF_OTHER = Cue(r"\b(?:doses?|tablets?|pills?|meds?|medic\w+|insulin|periods?|meals?|school|work|why|anything (?:from|in) the)\b")
_NOTED = Cue(
    r"\b(?:(?-i:DNA)(?:['’]?d|s)?(?! (?:test|analysis|extract\w*|sample|repair))|did(?: not|n['’]t) (?:attend|turn up|show)|missed (?:the |his |her |their )?(?:\w+ ){0,2}?(?:appointment|appt|clinic|visit|injection|scan|review|session|follow-?up)|no[- ]show(?:ed)?|failed to attend)\b"
)
_MISSED = frozenset({"noshow"})


def told_missed(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell the appointments that were booked and not kept, newest first, and what notes say of such; empty: something else is asked."""
    if len(plans) != 1 or not _ASKS.search(text) or _OF_OTHER.search(text) or plans[0].family or _of_vaccines(plans[0]):
        return []
    window = plans[0].window
    fields = fields_named(text).called
    records = reading.shelves.records
    missed = [
        fact
        for fact in records.facts(reading.scope)
        if fact.status in _MISSED
        and (window is None or window.holds(fact.occurred))
        and (not fields or any(each.search(called_as(fact)) for each in fields))
    ]
    noted = [
        quote_sentence(passage, sentence, records, route="quote")
        for passage in records.all_passages(reading.scope)
        if window is None or window.holds(passage.occurred or passage.recorded)
        for sentence in passage.sentences
        if sentence not in passage.commands
        and _NOTED.search(said := passage.sentence_text(sentence))
        and (not fields or any(each.search(said) for each in fields))
    ]
    told = [draft(fact, reading.chart, route=ROUTE) for fact in missed[::-1][:MOST_TOLD]]
    return [*told, *noted[:MOST_NOTED]]


def _of_vaccines(plan: Plan) -> bool:
    """Say whether vaccines are asked for: "which jabs is he missing?" asks for no appointment."""
    return plan.subject is Category.IMMUNIZATION or any(target.kind is ConceptKind.VACCINE for target in plan.targets)
