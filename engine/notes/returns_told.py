"""Whether a problem came back: "has the cancer come back?", "any recurrence of the thrush?", "did the bleeding return?".

Sentences of notes that name the problem and speak of its return, or deny it, newest first; then how its entries stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms, tokenize
from chartcite.engine.notes.assertion import assert_mention
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.particulars import asks_return, tells_return
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.stories.problem_summary import day_of, drafts

ROUTE = "near_quote"
MOST_TOLD = 2
MOST_ENTRIES = 4
_ASKED = frozenset({Intent.PRESENCE, Intent.WHEN, Intent.DESCRIBE, Intent.TREND, Intent.LATEST, Intent.ACTIVE, Intent.LIST})
_IN_CASE = Cue(
    r"\b(?:if|should|unless|risk|chance|likel\w+|prevent\w*|may|might|could|would|watch|call|worr\w+|afraid|fear\w*|copied)\b|\?\s*$"
)
"""Speaks of a return that may come, or repeats an older note."""
_HELD = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL})


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    day: str
    denied: bool


def told_returns(_text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what tells whether a problem came back; empty: that is not asked, or nothing tells it."""
    plan = plans[0]
    if len(plans) != 1 or plan.family or plan.intent not in _ASKED or not asks_return(plan.text):
        return []
    problem = next(iter(plan.targets), None)
    if problem is None or problem.kind is not ConceptKind.CONDITION:
        return []
    records = reading.shelves.records
    facts = records.facts(reading.scope, categories=(Category.CONDITION,))
    entries = sorted(
        (
            fact
            for fact in facts
            if fact.span is None and fact.assertion in _HELD and problem.find(forms(fact.concept.text)) is not None
        ),
        key=day_of,
    )
    begun = day_of(entries[0]) if entries else ""
    spread = [fact for fact in entries if day_of(fact) > begun and _is_secondary(fact, problem, reading)]
    if spread:  # a cancer came back with its first secondary, whatever scans deny of other places
        return drafts([*spread[:MOST_ENTRIES], entries[0]], reading.chart)
    noted = [each for each in _sentences(list(records.all_passages(reading.scope)), problem) if each.day > begun]
    newest = sorted(_one_a_note(noted), key=lambda each: each.day, reverse=True)[:MOST_TOLD]
    ended = [fact for fact in entries if fact.ended is not None or fact.status in {"resolved", "remission", "inactive"}]
    several = len({day_of(fact)[:10] for fact in entries}) > 1
    if not newest and not ended and not several:
        return []
    return [*(_quote(each, reading) for each in newest), *drafts(entries[-MOST_ENTRIES:], reading.chart)]


def _is_secondary(fact: Fact, problem: Target, reading: Reading) -> bool:
    """Say whether an entry is where a cancer that is asked of spread to."""
    lexicon = reading.chart.lexicon
    of_cancer = not lexicon.below("cancer").isdisjoint(problem.ids[:1])
    return of_cancer and not lexicon.below("metastatic-cancer").isdisjoint(lexicon.link(fact.concept))


def _sentences(passages: Sequence[Passage], problem: Target) -> Iterator[_Told]:
    for passage in passages:
        known = passage.occurred or passage.recorded
        if known is None:
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            place = _place_of(text, problem)
            if place is None or sentence in passage.commands or _IN_CASE.search(text):
                continue
            status = assert_mention(text, *place, section=passage.section)
            denied = status is AssertionStatus.ABSENT
            if denied or (status in _HELD and tells_return(text)):
                yield _Told(passage, sentence, known.day, denied)


def _place_of(text: str, problem: Target) -> tuple[int, int] | None:
    """Return where a text names the problem."""
    tokens = tokenize(text)
    found = problem.find([token.form for token in tokens])
    return None if found is None else (tokens[found[0]].start, tokens[found[1] - 1].end)


def _one_a_note(noted: Sequence[_Told]) -> list[_Told]:
    """Keep one sentence of each note: the first that speaks of a return, else the first denial."""
    kept: dict[int, _Told] = {}
    for each in noted:
        held = kept.get(each.passage.document_key)
        if held is None or (held.denied and tells_return(each.passage.sentence_text(each.sentence)) and not each.denied):
            kept[each.passage.document_key] = each
    return list(kept.values())


def _quote(told: _Told, reading: Reading) -> DraftClaim:
    claim = quote_sentence(told.passage, told.sentence, reading.shelves.records, route=ROUTE)
    return claim.model_copy(update={"kind": ClaimKind.ABSENCE}) if told.denied else claim
