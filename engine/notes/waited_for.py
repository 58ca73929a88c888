"""Whether something that was to be done was done: "has the follow-up CT been done?", "is the colonoscopy overdue?", "any scans outstanding?".

Notes say it themselves ("has not been done", "missed"); orders without a result and what is recorded as not done say it as well. What
was done after that answers as any other question does.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms, tokenize
from chartcite.engine.notes.assertion import assert_mention
from chartcite.engine.notes.quoting import MOST_LEANING, quote_sentence
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.review.planned import TELLS_UNDONE
from chartcite.engine.stories.problem_summary import day_of

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
    if len(plans) != 1 or target is None or plan.family or plan.window is not None:
        return []
    if not _ASKS.search(plan.text):
        return _considered(plan, target, reading)
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
    facts = [
        draft(fact, reading.chart, route="undone" if fact in undone else "order")
        for fact in (*undone[-1:], *ordered[-MOST_OPEN:])
    ]
    told = [claim.model_copy(update={"kind": ClaimKind.RECORD_FACT}) for claim in quotes[:MOST_TOLD]]
    return told if asks_why and told else [*told, *facts]


def _considered(plan: Plan, target: Target, reading: Reading) -> list[DraftClaim]:
    """Quote the newest note that tells why something was not done of which no table tells ("we discussed ablation; he would rather not")."""
    records = reading.shelves.records
    asked = plan.intent is Intent.PRESENCE and not (target.concept_keys or target.is_class or plan.keywords or plan.upcoming)
    if not asked or not _WHETHER.search(plan.text) or len(plan.targets) > 1:
        return []
    told: list[tuple[str, Passage, Sentence]] = []
    for passage in records.all_passages(reading.scope):
        known = passage.occurred or passage.recorded
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if known is None or target.find(forms(text)) is None or sentence in passage.commands or _OF_OTHERS.search(text):
                continue
            following = _next(passage, sentence)
            said = f"{text} {passage.sentence_text(following)}" if following is not None else text
            if _CONSIDERED.search(said):
                whole = (
                    sentence
                    if following is None or _CONSIDERED.search(text)
                    else Sentence(start=sentence.start, end=following.end)
                )
                told.append((known.day, passage, whole))
    newest = max((day for day, _passage, _sentence in told), default="")
    told = [
        each
        for number, each in enumerate(told)
        if not (number and each[2].end <= told[number - 1][2].end and each[1] == told[number - 1][1])
    ]
    return [quote_sentence(passage, sentence, records, route=ROUTE) for day, passage, sentence in told if day == newest][
        :MOST_TOLD
    ]


_WHETHER = Cue(r"^\W*(?:so |and |ok |but )?(?:has|have|had|did|does|do|was|were|is|any)\b")
_CONSIDERED = Cue(
    r"\b(?:declin\w+|refus\w+|rather not|off the table|not a candidate|no longer (?:meets?|needs?|indicated|a candidate)|not (?:indicated|needed|suitable|fit|keen|interested|do(?:ne)?|performed)|no indication|decided against|does(?:n['’]?t| not) want|did(?:n['’]?t| not) want|not want|on hold|deferred|cancel(?:l)?ed|reconsider\w*)\b"
)
"""Tells that something was not done, or will not be."""
_OF_OTHERS = Cue(r"\b(?:mother|father|brother|sister|son|daughter|wife|husband|aunt|uncle|cousin|neighbou?r|in-law)(?:['’]s)?\b")


def _next(passage: Passage, sentence: Sentence) -> Sentence | None:
    """Return the sentence after another, unless it reads like an instruction to a computer."""
    return next((each for each in passage.sentences if each.start >= sentence.end and each not in passage.commands), None)


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
