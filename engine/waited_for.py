"""Whether something that was to be done was done: "has the follow-up CT been done?", "is the colonoscopy overdue?", "any scans outstanding?".

Notes say it themselves ("has not been done", "missed"); orders without a result and what is recorded as not done say it as well. What
was done after that answers as any other question does.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.assertion import assert_mention
from chartcite.engine.cues import Cue
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.fact_claims import draft
from chartcite.engine.plans import Plan, Target
from chartcite.engine.planned import TELLS_UNDONE
from chartcite.engine.problem_summary import day_of
from chartcite.engine.question_words import Intent
from chartcite.engine.quoting import MOST_LEANING, quote_sentence
from chartcite.engine.reading import Reading
from chartcite.engine.terminology import ConceptKind, forms, tokenize

ROUTE = "near_quote"
MOST_TOLD = 2
MOST_OPEN = 3
_AGAIN = r"(?:follow[- ]?ups?|f/?u|repeat(?:ed)?|rpt|surveillance|planned|scheduled|recommended|ordered|next)"
_ASKS = Cue(
    rf"\b(?:outstanding|overdue|still (?:waiting|to (?:be done|have|do)|due|need\w*|pending)|awaiting|pending|to chase|chasing up)\b"
    rf"|\b(?:has|have|had|did|was|were|is|are)\b[^?.;]*\b{_AGAIN}\b[^?.;]*\b(?:done|happen(?:ed)?|go(?:ne)?(?: ahead)?|had|have|been|take place|taken place|complete[d]?|carried out|performed)\b"
    rf"|\b(?:has|have|had|did) (?:\w+ ){{1,2}}?(?:had|have|get|got|gone for|go for|been for) (?:\w+ ){{0,2}}?{_AGAIN}\b"
    r"|\b(?:was|were|is|are|did) (?:\w+ ){1,5}?(?:ever|actually) (?:done|happen|carried out|performed)\b"
    r"|\bwhy (?:has(?:n['’]?t)|did(?:n['’]?t)|was(?:n['’]?t)|is(?:n['’]?t)|have(?:n['’]?t))\b|\bwhy (?:has|did|was|is|have) (?:\w+ ){1,5}?(?:not|never)\b"
    rf"|\b(?:hasn['’]?t|haven['’]?t|not|never) (?:\w+ ){{0,3}}?(?:had|been done|gone for|been for|have|go for)\b[^?.;]*\b{_AGAIN}\b"
)
_ALSO_UNDONE = Cue(
    r"\b(?:postponed|put off|put on hold|cancel(?:l)?ed|not attended|did(?:n['’]?t| not) (?:go|attend|happen|have|want)|never (?:went|had|happened|done|drawn)|not (?:yet )?(?:been )?(?:done|drawn|had)|no new date|still waiting|reschedul\w+|declin(?:ed|es)|refus(?:ed|es)|will not|ordered today|order (?:is |stays |remains )?(?:active|open)|overdue)\b"
)
_KINDS = frozenset({ConceptKind.PROCEDURE, ConceptKind.MEASUREMENT})
_OPEN = frozenset({"active", "on-hold", "requested", "planned", "pending", "draft"})
_DONE = (Category.PROCEDURE, Category.REPORT, Category.LABORATORY)


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    day: str


def told_waited_for(_text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what tells that something was not done yet, newest first; empty: that is not asked, or it is not told."""
    plan = plans[0]
    target = next((target for target in plan.targets if target.kind is ConceptKind.PROCEDURE), None)
    if len(plans) != 1 or target is None or plan.family or plan.window is not None or not _ASKS.search(plan.text):
        return []
    records = reading.shelves.records
    done = [fact for fact in records.facts(reading.scope, categories=_DONE) if _was_done(fact) and _is_named(fact, target)]
    last = max((day_of(fact)[:10] for fact in done), default="")
    undone = [
        fact
        for fact in records.facts(reading.scope, categories=(Category.PROCEDURE,))
        if _is_named(fact, target) and not _was_done(fact) and day_of(fact) > last
    ]
    ordered = [
        fact
        for fact in records.facts(reading.scope, categories=(Category.ORDER,))
        if fact.status in _OPEN and fact.assertion is AssertionStatus.PRESENT and _is_named(fact, target) and day_of(fact) >= last
    ]
    noted = sorted(_sentences(list(records.all_passages(reading.scope)), target, last), key=lambda each: each.day, reverse=True)
    by_note = list({each.passage.document_key: each for each in reversed(noted)}.values())[::-1]
    if not (undone or ordered or by_note):
        return []
    asks_why = plan.intent is Intent.REASON
    quotes = [quote_sentence(each.passage, _on(each) if asks_why else each.sentence, records, route=ROUTE) for each in by_note]
    facts = [draft(fact, reading.chart, route="undone" if fact in undone else "order") for fact in (*undone[-1:], *ordered[-MOST_OPEN:])]
    told = [claim.model_copy(update={"kind": ClaimKind.RECORD_FACT}) for claim in quotes[:MOST_TOLD]]
    return told if asks_why and told else [*told, *facts]


def _was_done(fact: Fact) -> bool:
    undone = fact.status in {"not-done", "cancelled", "revoked", "entered-in-error"}
    return fact.span is None and fact.occurred is not None and not undone and fact.assertion is AssertionStatus.PRESENT


def _is_named(fact: Fact, target: Target) -> bool:
    return target.find(forms(fact.concept.text)) is not None


def _sentences(passages: Sequence[Passage], target: Target, last: str) -> Iterator[_Told]:
    """Yield the sentences after a day that name the thing and say that it was not done, or is to be done."""
    for passage in passages:
        known = passage.occurred or passage.recorded
        if known is None or known.day <= last:
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            tokens = tokenize(text)
            found = target.find([token.form for token in tokens])
            if found is None or sentence in passage.commands or not (TELLS_UNDONE.search(text) or _ALSO_UNDONE.search(text)):
                continue
            place = tokens[found[0]].start, tokens[found[1] - 1].end
            if assert_mention(text, *place, section=passage.section) is not AssertionStatus.FAMILY:
                yield _Told(passage, sentence, known.day)


def _on(told: _Told) -> Sentence:
    """Take what follows along, as far as a quote may go: the cause stands there."""
    start, end = told.sentence.start, told.sentence.end
    for each in told.passage.sentences:
        if each.start >= end and each.end - start <= MOST_LEANING and each not in told.passage.commands:
            end = each.end
    return Sentence(start=start, end=end)
