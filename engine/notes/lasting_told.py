"""Whether something that was once put in or begun is still so, and from what baseline a value is reckoned, as notes tell it.

That a fistula was made or dialysis begun does not say that it is there today; the first value on file is seldom the baseline that
somebody wrote down.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.notes.sentence_manner import assertion_in
from chartcite.engine.questions.plans import Target
from chartcite.engine.questions.question_words import Intent

MOST_TOLD = 2
_ASKS_STILL = Cue(r"\b(?:still|any ?more|in place|in situ|any longer)\b")
_STATE = Cue(
    r"\b(?:left in|in place|in situ|still|remains?|removed|removal|taken out|came out|(?:is|was|now) out|stop(?:s|ped)?|ceased|no longer|(?:came|come|is|now|been) off|the last (?:on|one|was)|until|discontinu\w+"
    r"|work(?:s|ing)|patent|in use|using|used|continu\w+|ongoing|reversed|closed)\b"
)
_HAPPENED = frozenset({Category.PROCEDURE, Category.ENCOUNTER})
_BASELINE = Cue(r"\bbaseline\b")
_NUMBER = re.compile(r"\d")
_NEAR = 5
"""Words, at most, between "baseline" and the name of the value."""


class _Told(NamedTuple):
    when: float
    passage: Passage
    sentence: Sentence


def still_told(reading: Reading, facts: Sequence[DraftClaim], /) -> list[DraftClaim]:
    """Quote the newest sentences that say whether something is still there, where the tables only tell that it was once done."""
    plan = reading.plan
    asks = plan.intent is Intent.PRESENCE and _ASKS_STILL.search(plan.text) is not None and not plan.family
    if not asks or not facts or any(fact.category not in _HAPPENED for fact in facts):
        return []
    named = [target for target in plan.targets if target.kind is not ConceptKind.MEASUREMENT]
    return _newest(_saying(named, reading, lambda text, _words, _place: _STATE.search(text) is not None), reading)


def baseline_told(reading: Reading, /) -> list[DraftClaim]:
    """Quote the newest sentence that gives the baseline of a value which a question asks for."""
    plan = reading.plan
    named = [target for target in plan.targets if target.kind is ConceptKind.MEASUREMENT]
    if not named or plan.family or plan.comparison is not None or _BASELINE.search(plan.text) is None:
        return []
    return _newest(_saying(named, reading, _gives_baseline), reading)[:1]


def _gives_baseline(text: str, words: tuple[str, ...], place: tuple[int, int]) -> bool:
    told = [at for at, word in enumerate(words) if word == "baseline"]
    return _NUMBER.search(text) is not None and any(min(abs(at - place[0]), abs(at - place[1])) <= _NEAR for at in told)


def _saying(
    named: Sequence[Target], reading: Reading, tells: Callable[[str, tuple[str, ...], tuple[int, int]], bool]
) -> Iterator[_Told]:
    """Yield the sentences about the patient that name something and tell what is wanted of it."""
    for passage in reading.shelves.records.all_passages(reading.scope):
        known = passage.recorded or passage.occurred
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            words = forms(text)
            place = next((found for target in named if (found := target.find(words)) is not None), None)
            if place is None or sentence in passage.commands or text.rstrip().endswith("?") or not tells(text, words, place):
                continue
            if assertion_in(text, place, passage) not in {AssertionStatus.FAMILY, AssertionStatus.HYPOTHETICAL}:
                yield _Told(known.start.timestamp() if known else 0.0, passage, sentence)


def _newest(told: Iterator[_Told], reading: Reading) -> list[DraftClaim]:
    newest = sorted(told, key=lambda each: -each.when)[:MOST_TOLD]
    return [quote_sentence(each.passage, each.sentence, reading.shelves.records, route="quote") for each in newest]
