"""Whether a medicine that is kept for need was used: "has the buccal midazolam ever been given?", "when did he last need his EpiPen?".

That it is ordered does not tell. What was given by a table, and the sentences of notes by which somebody got it, or did not need it.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact, PartialDate
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms, tokenize
from chartcite.engine.notes.assertion import assert_mention
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.retrieval import preferred
from chartcite.engine.stories.problem_summary import day_of

ROUTE = "near_quote"
MOST_TOLD = 3
_ASKED = frozenset({Intent.PRESENCE, Intent.WHEN, Intent.COUNT, Intent.LATEST})
_ASKS = Cue(
    r"\b(?:ever|last|how (?:many times|often)|yet|since)\b[^?]*?\b(?:used?|given|give|gave|need(?:ed)?|administered|requir(?:ed?|ing)|had to have|inject(?:ed)?)\b"
    r"|\b(?:had|have|has|having|got) to (?:use|give|inject)\b|\b(?:used?|given|needed|administered) (?:\w+ )?(?:ever|last|before|yet)\b"
    r"|\bhas (?:\w+ ){1,4}been (?:used|given|needed|administered)\b"
)
_FOR_NEED = Cue(
    r"\b(?:(?:when|if|as) (?:needed|required|necessary)|as[- ]needed|prn|p\.r\.n\.?|rescue|emergency|for (?:an? )?(?:\w+ ){0,2}(?:seizures?|fits?|convulsions?|anaphylaxis|attacks?|angina|hypos?|overdose|severe reactions?)|in (?:the )?event of)\b"
)
"""Says in an order that it is kept for need."""
_USED = r"(?:given|gave|giving|used|administered|needed|required|injected|received)"
_AFTER = Cue(rf"^(?:[^.;,(:]|\.(?=\d)){{0,30}}?\b{_USED}\b")
_BEFORE = Cue(rf"\b(?:{_USED}|had)\b(?:[^.;,(:]|\.(?=\d)){{0,40}}$")
_NO_USE = Cue(
    r"\b(?:if|should|in case|when(?:ever)? needed|as needed|can be|may be|to be|must be|will be|would be|trained|training|teach(?:es|ing)?|taught|carry|carries|carrying|expir\w*|in date|out of date|replac\w*|prescri\w*|r[ua]n out|script|suppl\w*|plan|spare|leaflet|scheme)\b"
)
_HELD = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL, AssertionStatus.ABSENT})


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    day: str
    denied: bool


def asks_use(plan: Plan, /) -> bool:
    """Say whether it is asked if, when or how often a medicine was used, and not whether it is taken."""
    drugs = [target for target in plan.targets if target.kind is ConceptKind.DRUG]
    alone = len(drugs) == 1 and plan.event is None and not plan.family and not plan.harm and plan.anchor is None
    return alone and plan.intent in _ASKED and _ASKS.search(plan.text) is not None


def told_uses(_text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft when a medicine kept for need was given, newest first; empty: that is not asked, or nothing tells of it."""
    if len(plans) != 1 or not asks_use(plans[0]):
        return []
    plan, records = plans[0], reading.shelves.records
    named = next(target for target in plan.targets if target.kind is ConceptKind.DRUG)
    facts = preferred(records.facts(reading.scope, concept_keys=named.concept_keys)) if named.concept_keys else []
    facts = [fact for fact in facts if fact.span is None and fact.category is Category.MEDICATION]
    if not any(_is_for_need(fact) for fact in facts):
        return []
    given = [fact for fact in facts if _was_given(fact) and _in_time(fact.occurred, plan)]
    noted = sorted(_sentences(list(records.all_passages(reading.scope)), named, plan), key=lambda each: each.day, reverse=True)
    noted = list({each.passage.document_key: each for each in reversed(noted)}.values())[::-1]
    used = [each for each in noted if not each.denied]
    if given and plan.intent is not Intent.COUNT and (not used or day_of(given[-1]) > used[0].day):
        return [draft(given[-1], reading.chart, route="administration")]
    newest = max((each.day for each in used), default=max((day_of(fact) for fact in given), default=""))
    denied = [each for each in noted if each.denied and each.day > newest][:1]
    told = [*denied, *used] if plan.intent in {Intent.COUNT, Intent.PRESENCE} else [*denied, *used[:1]]
    entries = [draft(fact, reading.chart, route="administration") for fact in reversed(given)]
    return [
        *(_quote(each, reading) for each in told[:MOST_TOLD]),
        *(entries[:MOST_TOLD] if len(told) != 1 or not entries else entries[:1]),
    ]


def _is_for_need(fact: Fact) -> bool:
    return any(_FOR_NEED.search(detail.text) for detail in fact.details)


def _was_given(fact: Fact) -> bool:
    given = fact.resource.startswith("MedicationAdministration/")
    return given and fact.assertion in {AssertionStatus.PRESENT, AssertionStatus.HISTORICAL} and fact.occurred is not None


def _in_time(known: PartialDate | None, plan: Plan) -> bool:
    return plan.window is None or plan.window.holds(known)


def _sentences(passages: Sequence[Passage], named: Target, plan: Plan) -> Iterator[_Told]:
    for passage in passages:
        known = passage.occurred or passage.recorded
        if known is None or not _in_time(known, plan) or not passage.resource.startswith("DocumentReference/"):
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            status = None if sentence in passage.commands else _status_of(text, named, passage.section)
            if status is not None:
                yield _Told(passage, sentence, known.day, status is AssertionStatus.ABSENT)


def _status_of(text: str, named: Target, section: str) -> AssertionStatus | None:
    """Return how a sentence speaks of the use of a medicine; `None`: it speaks of none."""
    place = named.find(forms(text))
    tokens = tokenize(text)
    if place is None or place[1] > len(tokens):
        return None
    start, end = tokens[place[0]].start, tokens[place[1] - 1].end
    before, after = text[max(0, start - 60) : start], text[end:]
    said = _AFTER.search(after) or _BEFORE.search(before)
    clause = re.split(r"[;,]", text[:start])[-1] + re.split(r"[;,]", text[start:])[0]
    if said is None or _NO_USE.search(clause):
        return None
    if re.search(r"\b(?:not|never|no need|n['’]t)\b", clause, re.IGNORECASE):
        return AssertionStatus.ABSENT
    status = assert_mention(text, start, end, section=section)
    return status if status in _HELD else None


def _quote(told: _Told, reading: Reading) -> DraftClaim:
    claim = quote_sentence(told.passage, told.sentence, reading.shelves.records, route=ROUTE)
    return claim.model_copy(update={"kind": ClaimKind.ABSENCE}) if told.denied else claim
