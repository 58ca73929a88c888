"""What stands in the note that a question names, or in the one that answered its first part, rather than in any other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.answers.focus import QUOTES
from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Evidence, Passage
from chartcite.engine.notes.named_notes import Named, notes_named
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.notes.second_look import NEAR_QUOTE, look_in_notes
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.retrieval import retrieve_passages

MOST_BESIDE = 3
"""Facts that are told after what the note says."""
_OF_TABLES = frozenset({Intent.WHEN, Intent.WHO, Intent.COUNT, Intent.LIST, Intent.SUMMARY, Intent.CHANGES})
"""Intents that facts answer even if the question names a note."""
_OF_NOTES = QUOTES | {"visit_note", "note_part"}
"""Routes that quote a note."""
_LATER = re.compile(
    r"\b(?:since|now|still|later|afterwards?|then|today|currently|eventually|these days|latest|last)\b", re.IGNORECASE
)
"""Asks for another time than that of the part before."""


def rather_of_notes(reading: Reading, told: list[DraftClaim]) -> list[DraftClaim]:
    """Return what the notes say that the question names, with the facts; where they are silent, what was told.

    Args:
        reading: one part of the question.
        told: what all of the chart answers.
    """
    plan, passages = reading.plan, list(reading.shelves.records.all_passages(reading.scope))
    named = notes_named(reading.question or plan.text, plan, passages, in_writing=bool(told))
    if not named.keys and all(claim.route == NEAR_QUOTE for claim in told):
        named = Named(_told_before(reading, passages), frozenset())
    quoted = _documents([claim for claim in told if claim.route in _OF_NOTES], passages)
    facts = [claim for claim in told if claim.route not in _OF_NOTES]
    answered = bool(quoted) and named.keys.issuperset(quoted)
    if not named.keys or answered or (facts and plan.intent in _OF_TABLES):
        return told
    within = _looked(reading, named, passages)
    decided = [] if within else _decided(reading, named, passages)
    if decided:
        return decided
    if not within and told and all(claim.route == NEAR_QUOTE for claim in told) and named.sure:
        return []  # what another note says of something alike is not what this one says
    return [*within, *facts[:MOST_BESIDE]] if within else told


def _looked(reading: Reading, named: Named, passages: Sequence[Passage]) -> list[DraftClaim]:
    """Look at the sentences of some notes alone, without the words by which they are named."""
    left = tuple(word for word in reading.plan.keywords if word not in named.words)
    plan = reading.plan.model_copy(update={"keywords": left})
    evidence = retrieve_passages(plan.text, plan, reading.shelves, scope=reading.scope)
    found = {each.passage.id: each for each in evidence}
    inside = (each for each in passages if each.document_key in named.keys)
    within = [found.get(each.id) or Evidence(passage=each, relevance=0.0) for each in inside]
    looked = look_in_notes(plan, within, reading.shelves, reading.chart.lexicon, sure=named.sure)
    if reading.looked is not None:
        reading.looked.append(looked)
    return looked.claims


_ASKS_DECISION = re.compile(
    r"\b(?:decid\w*|decisions?|agree\w*|outcomes?|conclu\w+|recommend\w*|plan\w*|consensus|verdict|resolve\w*)\b", re.IGNORECASE
)
_DECISION = re.compile(
    r"^\W*(?:\w+ )?(?:decisions?|outcomes?|agreed|consensus|recommendations?|conclusions?|plans?|actions?)\s*[:–—-]",
    re.IGNORECASE,
)
MOST_DECIDED = 3


def _decided(reading: Reading, named: Named, passages: Sequence[Passage]) -> list[DraftClaim]:
    """Quote what a note says was decided, under that label, with the sentences behind it, where that is asked of it."""
    if not named.sure or not _ASKS_DECISION.search(reading.plan.text):
        return []
    told: list[DraftClaim] = []
    for passage in (each for each in passages if each.document_key in named.keys):
        texts = [passage.sentence_text(sentence) for sentence in passage.sentences]
        for number in (place for place, text in enumerate(texts) if _DECISION.match(text)):
            behind = [place for place in range(number + 1, len(texts)) if not any(map(_is_label, texts[number + 1 : place + 1]))]
            told += [
                quote_sentence(passage, passage.sentences[place], reading.shelves.records, route=NEAR_QUOTE)
                for place in (number, *behind)[:MOST_DECIDED]
                if passage.sentences[place] not in passage.commands
            ]
    return told[:MOST_DECIDED]


def _is_label(text: str) -> bool:
    """Say whether a sentence opens with a label of its own."""
    return re.match(r"\W*[A-Z][\w/ ]{0,24}:", text) is not None


def _told_before(reading: Reading, passages: Sequence[Passage]) -> frozenset[int]:
    """Return the keys of the notes that answered the part before, where this part names nothing of its own."""
    plan = reading.plan
    apart = _LATER.search(plan.text) or any(target.words.lower() in plan.text.lower() for target in plan.targets)
    return frozenset() if apart else _documents([claim for claim in reading.told if claim.route in _OF_NOTES], passages)


def _documents(claims: Sequence[DraftClaim], passages: Sequence[Passage]) -> frozenset[int]:
    """Return the keys of the notes that claims quote."""
    quoted = {citation.source.resource for claim in claims for citation in claim.citations}
    return frozenset(each.document_key for each in passages if each.resource in quoted)
