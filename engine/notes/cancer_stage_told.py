"""What stage a cancer has ("stage at diagnosis?", "TNM?", "how advanced was it when it was found?"), and how many nodes it reached.

The stage that an entry of the problem list tells, then the sentences of notes and reports that write it: the oldest where it is asked what it
was at first, else the newest. How far the cancer went later is told by what the chart calls secondary.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.active_facts import condition_is_active
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.notes.sentence_manner import assertion_in
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent

ROUTE = "near_quote"
MOST_NOTED, MOST_LISTED = 2, 5
_CANCER, _STAGING, _SPREAD = "cancer", "cancer-staging", "metastatic-cancer"
_ASKS = Cue(r"\b(?:stag(?:e|es|ed|ing)|tnm|ptnm|ctnm|how (?:advanced|far (?:along|gone|advanced|on)|early))\b")
_AT_FIRST = Cue(
    r"\b(?:at|on|when|since|by the time of?)\b[^?.;]{0,30}\b(?:diagnos\w+|dx|presentation|found|picked up|discovered|detected|resection|surgery|operation|first|beginning|start)\b|\b(?:initial\w*|original\w*|first|baseline|presenting|pathological|at outset)\b"
)
_NO_STAGE = Cue(
    r"\b(?:stag\w* (?:scan|ct|mri|pet|laparoscop\w*|investigation\w*|tests?|imaging|work-?up)|(?:ct|mri|pet) stag\w*|sleep stag\w*|stage fright|(?:at|by) (?:this|that|what|which) stage|early stages?)\b"
)
_TELLS = Cue(
    r"(?<![A-Za-z0-9])(?:y?[pc]?T[0-4](?:is|[a-d]|mi)?,? ?/?(?:[pc]?N[0-3Xx][a-c]?)|[pc]T[0-4](?:is|[a-d])?\b|stage (?:0|[1-4]|I{1,3}V?|IV)[A-Ea-e]?[1-3]?\b|(?:FIGO|Ann Arbor|Binet|Rai|Dukes['’]?|Lugano|ISS|R-ISS|Clark|Breslow|Gleason)\b[^.;]{0,20}[\dA-DIV])"
)
_OF_OTHERS = Cue(
    r"\b(?:ckd|kidney|renal|pressure|ulcers?|sores?|heart failure|copd|gold|hypertension|htn|retinopathy|oedema|edema|labou?r|fibrosis|cirrhosis|nash|parkinson\w*|hiv|braden)\b"
)


_ASKS_NODES = Cue(
    r"\b(?:how many|number of|were|was|are|any|did|had|has|what)\b[^?.;]{0,40}\b(?:(?:lymph |sentinel |axillary )*(?:nodes?|glands)|nodal|lymph node)\b[^?.;]{0,40}\b(?:involve\w*|positive|negative|affected|clear|cancer\w*|spread|mets?|metast\w*|disease|status|taken|removed|examined|harvest\w*|yield|sampled)\b"
    r"|^\W*(?:lymph )?(?:node|nodal|nodes)(?: (?:status|involvement|count|yield|positivity|positive|involved|\+ve|\+))?\W*$|\bnod(?:e|al) (?:status|involvement)\b|\b(?:spread|gone|got) (?:in)?to (?:the |his |her |my |any )*(?:lymph )?(?:nodes?|glands)\b"
    r"|\bhow many (?:positive |involved )?(?:lymph )?nodes\b|\bnode[- ](?:positive|negative)\b"
)
_TELLS_NODES = Cue(
    r"\b\d+ ?(?:/|of|out of) ?\d+ (?:[a-z]+ ){0,3}?(?:nodes?|LNs?)\b|\b(?:nodes?|LNs?)\b[^.;\d]{0,25}\b\d+ ?(?:/|of|out of) ?\d+\b|\bnode[- ](?:positive|negative)\b|\b(?:nodes?|nodal) (?:\w+ ){0,2}(?:involve\w*|positive|negative|metast\w*)\b"
    r"|\b(?:no|nil|without|all) (?:\w+ ){0,3}(?:nodes?|nodal)\b[^.;]{0,20}\b(?:involve\w*|metast\w*|negative|clear|disease)|\b(?:positive|involved|metastatic) (?:\w+ ){0,2}nodes?\b"
)


def asks_cancer_stage(plan: Plan, lexicon: Lexicon, /) -> bool:
    """Say whether a question asks for the stage of a cancer, or for "the stage" of nothing that has another one."""
    if plan.family or plan.comparison is not None or plan.intent in _OTHER_INTENTS:
        return False
    if _ASKS_NODES.search(plan.text):
        return True
    if _ASKS.search(plan.text) is None or _NO_STAGE.search(plan.text) or _OF_OTHERS.search(plan.text):
        return False
    if any(_STAGING in target.ids[:1] for target in plan.targets):
        return True
    cancers = lexicon.below(_CANCER)
    return any(target.kind is ConceptKind.CONDITION and set(target.ids[:1]) & cancers for target in plan.targets)


_OTHER_INTENTS = frozenset({Intent.REASON, Intent.WHO, Intent.SUMMARY})


def told_cancer_stage(reading: Reading, /) -> list[DraftClaim]:
    """Tell the stage of the cancers that are asked of, by the problem list and by what notes and reports write."""
    plan, records = reading.plan, reading.shelves.records
    if any(target.kind is ConceptKind.MEASUREMENT and target.concept_keys for target in plan.targets):
        return []  # a value of record tells it
    problems = [fact for fact in records.facts(reading.scope, categories=(Category.CONDITION,)) if _is_cancer(fact, reading)]
    of_nodes = _ASKS_NODES.search(plan.text) is not None
    staged = [] if of_nodes else [fact for fact in problems if _has_stage(fact)]
    passages = [
        each
        for each in records.all_passages(reading.scope)
        if plan.window is None or plan.window.holds(each.occurred or each.recorded)
    ]
    noted = sorted(_noted(passages, _TELLS_NODES if of_nodes else _TELLS), key=lambda each: each.when)
    now = not of_nodes and _AT_FIRST.search(plan.text) is None
    if now:
        noted.reverse()
        staged += [fact for fact in problems if fact not in staged and _is_secondary(fact, reading)]
    distinct = list({forms(each.text): each for each in reversed(noted)}.values())[::-1]
    return [
        *(draft(fact, reading.chart, route="condition_state") for fact in staged[:MOST_LISTED]),
        *(quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in distinct[:MOST_NOTED]),
    ]


def _is_cancer(fact: Fact, reading: Reading) -> bool:
    if fact.span is not None or fact.assertion in {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.ABSENT}:
        return False
    lexicon = reading.chart.lexicon
    return not lexicon.link(fact.concept).keys().isdisjoint(lexicon.below(_CANCER))


def _has_stage(fact: Fact) -> bool:
    told = " ".join([fact.concept.text, *(detail.text for detail in fact.details)])
    return _ASKS.search(told) is not None or _TELLS.search(told) is not None


def _is_secondary(fact: Fact, reading: Reading) -> bool:
    """Say whether an entry is where the cancer spread to, and still is."""
    spread = reading.chart.lexicon.below(_SPREAD)
    return condition_is_active(fact, reading.chart.today) and not reading.chart.lexicon.link(fact.concept).keys().isdisjoint(
        spread
    )


class _Noted(NamedTuple):
    passage: Passage
    sentence: Sentence
    text: str
    when: float


def _noted(passages: Sequence[Passage], tells: Cue) -> Iterator[_Noted]:
    for passage in passages:
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if sentence in passage.commands or not tells.search(text) or _OF_OTHERS.search(text):
                continue
            if assertion_in(text, None, passage) is not AssertionStatus.FAMILY:
                known = passage.recorded or passage.occurred
                yield _Noted(passage, sentence, text, known.start.timestamp() if known else 0.0)
