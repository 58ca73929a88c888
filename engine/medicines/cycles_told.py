"""How many cycles, sessions or fractions of a treatment there were ("how many cycles of chemo did she get?", "how many fractions?").

An order is one line of a list however often it was given: counted are administrations of record, else the newest sentences of notes tell.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.notes.sentence_manner import assertion_in
from chartcite.engine.questions.plans import Plan
from chartcite.engine.retrieval import retrieve_facts

ROUTE = "near_quote"
MOST_TOLD = 3
_LEAST_GIVEN = 2
"""Administrations of record that are counted as such: a single one is a single example."""
_ASKS = Cue(
    r"\b(?:how many|number of|no\.? of)\b[^?.;]{0,25}\b(?:cycles?|rounds?|courses?|sessions?|fractions?|infusions?|blocks?)\b"
    r"|\b(?:which|what) (?:cycle|round|fraction)\b"
)
_NUMBER = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|single)"
_TELLS = Cue(
    rf"\b{_NUMBER}(?:st|nd|rd|th)? ?(?:x|/|of)? ?(?:[\w-]+ ){{0,2}}?(?:cycles?|rounds?|courses?|sessions?|fractions?|infusions?|blocks?|#)"
    rf"|\b(?:cycles?|rounds?|fractions?|sessions?) ?(?:no\.? ?)?{_NUMBER}\b|\bx ?{_NUMBER} (?:cycles?|sessions?)|(?-i:\bC\d{{1,2}}(?: ?-? ?D\d{{1,2}})?\b)"
    rf"|\b{_NUMBER}#"
)
_FRACTIONS = Cue(r"\b(?:fractions?|sessions?|gy|#)|\d#")
"""Of radiotherapy: a cycle is none."""
_PLANNED = Cue(r"\b(?:plan\w*|meant|supposed|intend\w*|should|going to|due|total)\b")
_IS_PLAN = Cue(r"\b(?:plan\w*|offer\w*|intend\w*|to (?:start|have|receive)|aim\w*|propos\w*|recommend\w*|for)\b")
_VERTEBRA = Cue(
    r"(?-i:\bC[1-7](?: ?[-/] ?(?:C?[1-7]|T1))?\b)(?=[^.;]{0,25}\b(?:disc|vertebra\w*|nerve|root|fracture|spine|cord|level|myelo\w*|radicul\w*)\b)"
)


def told_cycles(reading: Reading, /) -> list[DraftClaim]:
    """Quote what notes tell of how often a treatment was given; empty: it asks otherwise, or administrations can be counted."""
    plan, records = reading.plan, reading.shelves.records
    treatments = [target for target in plan.targets if target.kind in {ConceptKind.DRUG, ConceptKind.PROCEDURE}]
    if plan.family or not treatments or not _ASKS.search(plan.text):
        return []
    found = retrieve_facts(plan, records, scope=reading.scope)
    given = {fact.resource for item in found for fact in item.facts if fact.resource.startswith("MedicationAdministration/")}
    if len(given) >= _LEAST_GIVEN:
        return []
    inside = [
        each
        for each in records.all_passages(reading.scope)
        if plan.window is None or plan.window.holds(each.occurred or each.recorded)
    ]
    told = sorted(_noted(inside, plan), key=lambda each: (-each.named, -each.when))
    distinct = list({forms(each.text): each for each in reversed(told)}.values())[::-1]
    return [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in distinct[:MOST_TOLD]]


class _Noted(NamedTuple):
    passage: Passage
    sentence: Sentence
    text: str
    named: int
    when: float


def _noted(passages: list[Passage], plan: Plan) -> Iterator[_Noted]:
    """Yield the sentences that number cycles, of passages that name the treatment; those that name it themselves weigh more."""
    targets = [target for target in plan.targets if target.kind in {ConceptKind.DRUG, ConceptKind.PROCEDURE}]
    of_fractions = _FRACTIONS.search(plan.text) is not None
    for passage in passages:
        around = forms(f"{passage.title} {passage.section} {passage.text}")
        if not any(target.find(around) is not None for target in targets):
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if sentence in passage.commands or not _TELLS.search(text) or _VERTEBRA.search(text):
                continue
            if of_fractions and not _FRACTIONS.search(text):
                continue
            if assertion_in(text, None, passage) is AssertionStatus.FAMILY:
                continue
            words, known = forms(text), passage.occurred or passage.recorded
            named = min(1, sum(target.find(words) is not None for target in targets) + len(set(plan.keywords) & set(words)))
            named += bool(_PLANNED.search(plan.text) and _IS_PLAN.search(text))
            yield _Noted(passage, sentence, text, named, known.start.timestamp() if known else 0.0)
