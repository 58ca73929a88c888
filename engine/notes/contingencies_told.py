"""What is to be done if something fails or comes ("what's the plan if it stops working?", "what should I do if my temperature goes up?").

Told are sentences of notes that foresee it: "if there is further progression we would offer ...", "ring the helpline if above 37.5". That a
medicine is taken, or what a value was, is no answer.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus
from chartcite.engine.facts.care_plans_told import told_for_case, told_of_name
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.notes.sentence_manner import assertion_in
from chartcite.engine.questions.plans import Plan

ROUTE = "near_quote"
MOST_TOLD = 2
_FAILS = (
    r"(?:stop\w*|not|n['’]t|no longer|cease\w*) (?:\w+ )?(?:work\w*|respond\w*|help\w*|enough)|fail\w*|progress\w*|relaps\w*|recur\w*|comes? back|came back"
    r"|return\w*|grow\w*|spread\w*|gets? worse|worsen\w*|does(?:n['’]?t| not) (?:work|help|settle|improve|clear|get better|go (?:down|away))|(?:is |are )?still (?:swollen|there|sore|painful|high|raised|bad|symptomatic|active)"
)
_ASKS_NEXT = Cue(
    rf"\b(?:what(?:['’]s| is| are| was| will| would| happens?)?|any|is there)\b[^?.;]{{0,45}}\b(?:if|when|once|should)\b[^?.;]{{0,60}}\b(?:{_FAILS})"
    rf"|\bplan b\b|\b(?:next|second|third|2nd|3rd)[- ]line\b[^?.;]*\b(?:options?|plan\w*|treatments?|if|would)\b|\bif\b[^?.;]{{0,50}}\b(?:{_FAILS})[^?.;]{{0,30}}\bwhat\b"
)
_FORESEES = Cue(
    rf"\b(?:if|should|in case|in the event|on|at|upon)\b[^.;]{{0,50}}\b(?:{_FAILS}|no (?:better|improvement|response)|further (?:progress\w*|disease|episodes?|relapse))"
    r"|\b(?:next|second|third|2nd|3rd)[- ]line\b|\bplan b\b|\bsalvage\b|\bfall-?back\b"
)
_ASKS_DOING = Cue(
    r"\bwhat (?:should|do|must|shall|ought|am|is|are|was|were|did|would)\b[^?.;]{0,25}\b(?:i|he|she|we|they|mum|mom|dad|[A-Z]\w+)\b[^?.;]{0,25}\bdo\b[^?.;]{0,10}\b(?:if|when)\b[^?.;]+"
    r"|\bwhat (?:was|were) (?:i|he|she|we|they|mum|mom|dad) (?:told|advised|asked) (?:to do )?(?:about|if|when)\b[^?.;]+"
    r"|\b(?:when|how (?:long|soon|quickly)|at what point)\b[^?.;]{0,25}\b(?:should|do|must|before|until|till)\b[^?.;]{0,15}\b(?:i|we|they|staff|carers?|you|one)\b (?:call|ring|phone|dial|go|come|give|worry)\b[^?.;]*"
    r"|\bwh(?:o|at number) (?:should|do|can|must) (?:i|we|he|she) (?:ring|call|phone|contact|speak to) (?:if|when)\b[^?.;]+"
)
_ADVISES = Cue(
    r"\b(?:ring|call|phone|contact|helpline|hotline|999|111|911|a&e|go (?:to|straight)|come (?:in|back|straight)|attend|seek|check|take|carry|avoid|stop|hold|report|tell|return)\b"
)
_IF = Cue(r"\b(?:if|when|should|above|over|below|under|any|unless|twice|straight)\b|[<>≥≤]")
_OF_ASKING = frozenset(
    forms(
        "do if when told advised what should goes go going up down get gets got happen happens told tell ring call phone contact was were is are told"
    )
)


def told_contingency(reading: Reading, /) -> list[DraftClaim]:
    """Quote what notes foresee for the case that a question supposes; empty: it supposes none, or no note foresees it."""
    plan, records = reading.plan, reading.shelves.records
    if plan.family or plan.comparison is not None:
        return []
    if told := told_of_name(reading):
        return told
    text = reading.question or plan.text
    fails, doing = _ASKS_NEXT.search(text), _ASKS_DOING.search(text)
    if not (fails or doing):
        return []
    passages = list(records.all_passages(reading.scope))
    found = _next_steps(passages, plan) if fails else _advice(passages, plan, doing[0] if doing else "")
    ranked = sorted(found, key=lambda each: (-each.weight, -each.when))
    if doing and (told := told_for_case(reading, _words_of(doing[0]))):
        return told  # what to do in an emergency, its own plan tells
    best = [each for each in ranked if each.weight >= ranked[0].weight - 1]
    distinct = list({forms(each.text): each for each in reversed(best)}.values())[::-1]
    return [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in distinct[:MOST_TOLD]]


class _Noted(NamedTuple):
    passage: Passage
    sentence: Sentence
    text: str
    weight: int
    when: float


def _next_steps(passages: Sequence[Passage], plan: Plan) -> Iterator[_Noted]:
    """Yield the sentences that foresee a failure; where a thing is named, of notes that name it."""
    for passage, sentence, text, whole in _sentences(passages):
        if not _FORESEES.search(text):
            continue
        named = [target for target in plan.targets if target.find(whole) is not None]
        if named or not plan.targets:
            own = sum(target.find(forms(text)) is not None for target in plan.targets)
            yield _Noted(passage, sentence, text, own, _when(passage))


def _advice(passages: Sequence[Passage], plan: Plan, asked: str) -> Iterator[_Noted]:
    """Yield the sentences that tell what to do in the case, by what they share with the words that tell it."""
    words = _words_of(asked)
    meant = {other for word in words for other in said_as(word)} | words
    for passage, sentence, text, _whole in _sentences(passages):
        if not (_ADVISES.search(text) and _IF.search(text)):
            continue
        folded = forms(text)
        weight = len(meant & set(folded)) + sum(target.find(folded) is not None for target in plan.targets)
        if weight:
            yield _Noted(passage, sentence, text, weight, _when(passage))


def _words_of(asked: str) -> frozenset[str]:
    return frozenset(word for word in forms(asked) if len(word) > _SHORTEST and word not in _OF_ASKING)


_SHORTEST = 3


def _sentences(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Sentence, str, tuple[str, ...]]]:
    """Yield the sentences about the patient, with the words of their whole note."""
    by_note: dict[str, list[Passage]] = {}
    for passage in passages:
        by_note.setdefault(passage.resource, []).append(passage)
    for note in by_note.values():
        whole = tuple(word for passage in note for word in forms(passage.text))
        for passage in note:
            for sentence in passage.sentences:
                text = passage.sentence_text(sentence)
                if sentence not in passage.commands and assertion_in(text, None, passage) is not AssertionStatus.FAMILY:
                    yield passage, sentence, text, whole


def _when(passage: Passage) -> float:
    known = passage.occurred or passage.recorded
    return known.start.timestamp() if known else 0.0
