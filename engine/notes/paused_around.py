"""Whether a medicine is to be stopped or taken on around something ("hold the abatacept for the extraction?", "warfarin before the scope").

Told are sentences of notes that say what is to be done with it, of notes that speak of that thing. That it is taken is no answer.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.notes.sentence_manner import assertion_in
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent, is_plain

ROUTE = "near_quote"
MOST_TOLD = 2
_PAUSE = r"(?:stop(?:ped|ping)?|h[eo]ld(?:ing)?|paus\w+|skip\w*|omit\w*|miss(?:ed|ing)?|withh\w+|continu\w*|interrupt\w*|bridg\w*|restart\w*|(?:come|came|coming|go|stay|stayed) off|(?:kept|keep|stay|carry|carried) on)"
_AROUND = r"(?:for|around|before|prior to|ahead of|during|after|over|when|while|if|with|pre-?|peri-?)"
_ASKS = Cue(
    rf"\b(?:should|shall|do|does|did|must|needs?|needed|ought|can|could|is|was|were|to|we|i)\b[^?;]*\b{_PAUSE}\b[^?;]*\b{_AROUND}\b"
    rf"|\bwhat\b[^?;]*\b(?:do(?:ne|ing)?|happen(?:s|ed)?|told|advised|plan)\b[^?;]*\b(?:with|to|about|for)\b[^?;]*\b{_AROUND}\b|^\W*{_PAUSE}\b[^?;]*\b{_AROUND}\b"
)
_TELLS = Cue(rf"\b(?:{_PAUSE}|do not (?:give|take)|safe to (?:give|take)|(?:last|next) dose)\b")
_ASKED_BACK = Cue(r"\?\s*$|\b(?:whether|tell me|let me know|please (?:advise|confirm))\b")
_NO_THINGS = frozenset({"dose", "tablet", "medicine", "medication", "week", "day", "long", "reason"})


def told_pause(reading: Reading, /) -> list[DraftClaim]:
    """Quote what notes say is to be done with a medicine around something; empty: that is not asked, or no note says it."""
    plan, records = reading.plan, reading.shelves.records
    drugs = [target for target in plan.targets if target.kind is ConceptKind.DRUG]
    others = [target for target in plan.targets if target.kind not in {ConceptKind.DRUG, ConceptKind.MEASUREMENT}]
    around = _around(plan)
    words = {word for word in (*plan.keywords, *around) if word not in _NO_THINGS}
    if (
        not drugs
        or not (others or words)
        or plan.family
        or plan.intent in _NOT_ASKED
        or not _ASKS.search(reading.question or plan.text)
    ):
        return []
    told: list[tuple[float, DraftClaim]] = []
    by_note: dict[str, list[Passage]] = {}
    for passage in records.all_passages(reading.scope):
        by_note.setdefault(passage.resource, []).append(passage)
    for note in by_note.values():
        if not _speaks_of(forms(" ".join((note[0].title, *(each.text for each in note)))), others, words):
            continue
        for passage in note:
            for sentence in passage.sentences:
                text = passage.sentence_text(sentence)
                said = forms(text)
                of_drug = any(target.find(said) is not None for target in drugs)
                if not of_drug or sentence in passage.commands or not _TELLS.search(text) or _ASKED_BACK.search(text):
                    continue
                if assertion_in(text, None, passage) is AssertionStatus.FAMILY or not _in_time(passage, plan):
                    continue
                known = passage.recorded or passage.occurred
                weight = (known.start.timestamp() if known else 0.0) + _BESIDE * _speaks_of(said, others, words)
                told.append((weight, quote_sentence(passage, sentence, records, route=ROUTE)))
    told.sort(key=lambda pair: -pair[0])
    quoted = list({claim.text: claim for _, claim in told}.values())[:MOST_TOLD]
    plans = records.facts(reading.scope, categories=(Category.CARE_PLAN,)) if plan.window is None or around else []
    return [*(draft(fact, reading.chart, route="list") for fact in plans if _plans_pause(fact, drugs, others, words)), *quoted]


def _plans_pause(fact: Fact, drugs: Sequence[Target], others: Sequence[Target], words: set[str]) -> bool:
    """Say whether a plan of care says in one sentence what is to be done with the medicine around the thing."""
    said = [text for detail in fact.details for text in detail.text.split(". ") if _TELLS.search(text)]
    return fact.assertion is not AssertionStatus.ENTERED_IN_ERROR and any(
        any(target.find(forms(text)) is not None for target in drugs) and _speaks_of(forms(text), others, words) for text in said
    )


_BESIDE = 1e11
"""What naming the thing itself counts for, in seconds: more than any note is newer than another."""
_NOT_ASKED = frozenset({Intent.REASON, Intent.SUMMARY, Intent.WHO, Intent.COUNT, Intent.DURATION})


def _around(plan: Plan) -> tuple[str, ...]:
    """Return the folded words of an event by which a time is told: the surgery of "before the surgery"."""
    told = _OF_EVENT.match(plan.window.words) if plan.window is not None else None
    return tuple(word for word in forms(told["event"]) if not is_plain(word)) if told else ()


_OF_EVENT = Cue(rf"{_AROUND} (?P<event>(?:the |his |her |my |an? )?[a-z][^\d]*)$")


def _in_time(passage: Passage, plan: Plan) -> bool:
    return (
        plan.window is None
        or plan.anchor is not None
        or bool(_around(plan))
        or plan.window.holds(passage.occurred or passage.recorded)
    )


def _speaks_of(said: Sequence[str], others: Sequence[Target], words: set[str]) -> bool:
    """Say whether folded words name all of some things, or all of some words for them."""
    held = set(said)
    named = all(target.find(tuple(said)) is not None or _own_noun(target) in held for target in others)
    return named and all(({word} | said_as(word)) & held for word in words)


def _own_noun(target: Target) -> str:
    """Return the last word by which a thing is named, as notes shorten it: the extraction of "tooth extraction"; empty: any has it."""
    last = forms(target.words)[-1:]
    return last[0] if last and last[0] not in _ANY_DEED else ""


_ANY_DEED = frozenset(forms("surgery operation procedure test scan disease treatment injection visit work problem infection"))
