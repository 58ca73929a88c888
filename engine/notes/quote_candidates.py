"""Sentences of passages weighed against a question: how much of what it names they hold, with heading and neighbours."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chartcite.engine.dates.sentence_times import is_inside, may_look_back, names_time_inside
from chartcite.engine.domain.evidence import Evidence, Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.sentence_manner import (
    LIST_MARK,
    RESULT,
    assertion_in,
    bonus_of,
    clauses_about,
    speaks_as_asked,
    stands,
)
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent

LEAST_LOOKING_BACK = 0.8
"""Support that a sentence of another day's note needs."""
IN_OTHER_WORDS = 0.8
"""What a word counts that a sentence says in another everyday word."""


class Candidate(NamedTuple):
    """A sentence of a passage, weighed against the question."""

    passage: Passage
    sentence: Sentence
    text: str
    score: float
    support: float
    assertion: AssertionStatus


class QuestionWord(NamedTuple):
    """A word of the question: how much it tells, and the everyday words that may be said for it."""

    word: str
    weight: float
    others: frozenset[str]

    def said(self, words: Iterable[str]) -> float:
        """Return how much of it some words say: all of it, or in another everyday word."""
        if stands(self.word, words):
            return 1.0
        return 0.0 if self.others.isdisjoint(words) else IN_OTHER_WORDS


def word_weights(plan: Plan, evidence: Sequence[Evidence]) -> list[QuestionWord]:
    """Weigh keywords by how rare they are among the passages: a word that stands everywhere tells little."""
    frequency = Counter(word for item in evidence for word in set(forms(item.passage.text)))
    total = max(len(evidence), 1)
    # Another word of the question itself is not said for this one: "which church is his priest at?".
    asked = frozenset(plan.keywords).union(*(run for target in plan.targets for run in target.alternatives))
    return [
        QuestionWord(each, math.log(1 + (total + 1) / (frequency[each] + 1)), said_as(each) - asked) for each in plan.keywords
    ]


def weighed_sentences(item: Evidence, plan: Plan, weights: Sequence[QuestionWord]) -> Iterable[Candidate]:
    """Weigh the sentences of a passage that may answer; of another day's note, those that name the time that is asked."""
    passage = item.passage
    inside = is_inside(passage, plan)
    if not inside and not may_look_back(passage, plan):
        return
    title = forms(f"{passage.title} {passage.section}")
    heading = forms(f"{passage.title} {passage.section} {_opening(passage)}")
    context = forms(f"{passage.section} {passage.text}")
    texts = [passage.sentence_text(sentence) for sentence in passage.sentences]
    folded = [forms(text) for text in texts]
    for number, sentence in enumerate(passage.sentences):
        if len(folded[number]) < 2 or (texts[number].isupper() and not any(map(str.isdigit, texts[number]))):
            continue  # a heading
        if not inside and not names_time_inside(texts[number], passage, plan):
            continue
        around = set(title).union(*(folded[max(0, number - 1) : number + 2]))
        over = heading + label_of_line(passage, sentence)
        candidate = _weigh(texts[number], folded[number], around, plan, weights, item, sentence, over, context)
        if candidate is not None and (inside or candidate.support >= LEAST_LOOKING_BACK):
            yield candidate


_LINE_LABEL = re.compile(r"\W*(?P<label>[A-Z][\w/&'’ -]{2,40}?)\s*:\s")
_LONGEST_LINE = 500


def label_of_line(passage: Passage, sentence: Sentence) -> tuple[str, ...]:
    """Return the folded label of the line in which a sentence goes on ("Peanut: wheal 9 mm. Remains allergic."); empty: none."""
    place = sentence.start - passage.start
    begins = passage.text.rfind("\n", 0, place) + 1
    label = _LINE_LABEL.match(passage.text, begins) if 0 < place - begins <= _LONGEST_LINE else None
    return forms(label["label"]) if label is not None and label.end() < place else ()


def _weigh(  # noqa: PLR0913, PLR0917 -- a sentence, its words, and what they are weighed against
    text: str,
    words: tuple[str, ...],
    around: set[str],
    plan: Plan,
    weights: Sequence[QuestionWord],
    item: Evidence,
    sentence: Sentence,
    heading: tuple[str, ...],
    context: tuple[str, ...],
) -> Candidate | None:
    named, under, near, first = 0, 0, 0, None
    for target in plan.targets:
        place = target.find(words)
        if place is not None:
            named += 1
            first = first or place
        elif target.find(heading) is not None:
            under += 1
        elif target.find(context) is not None:
            near += 1
    measured = [target for target in plan.targets if target.kind is ConceptKind.MEASUREMENT]
    if measured and not any(target.find(words) or target.find(heading) for target in measured):
        return None  # the circumstances of a test do not tell its result
    spoken = _of_relative(text, plan) or words
    around = around if spoken == words else set(spoken)
    held = sum(each.weight * each.said(spoken) for each in weights)
    close = sum(each.weight * each.said(around) for each in weights if not each.said(spoken))
    total = sum(each.weight for each in weights)
    possible = 2.0 * len(plan.targets) + total
    all_near = named + under + near == len(plan.targets) and held > 0.5 * total > 0
    tells = (
        under == len(plan.targets) and plan.intent in {Intent.DESCRIBE, Intent.LATEST} and RESULT.search(LIST_MARK.sub("", text))
    )
    if plan.targets and not named and not all_near and not tells:
        return None
    support = (2.0 * named + 1.7 * under + 1.4 * near + held + 0.8 * close) / possible if possible else 0.0
    status = assertion_in(text, first, item.passage)
    if not speaks_as_asked(text, plan, status, item.passage):
        return None
    score = support + 0.5 * max(item.similarity, 0.0) + bonus_of(text, words, plan, status)
    return Candidate(item.passage, sentence, text, score, min(support, 1.0), status)


def _of_relative(text: str, plan: Plan) -> tuple[str, ...]:
    """Return the words of the clauses about the relative that is asked: a father's death is not a brother's."""
    if not plan.family or not plan.relatives:
        return ()
    return tuple(word for clause in clauses_about(plan.relatives, text) for word in forms(clause))


def _opening(passage: Passage) -> str:
    """Return the first line of a passage where it is a heading: what follows speaks of it."""
    first = passage.text.split("\n", 1)[0]
    return (
        first if len(first) < 80 and (first.isupper() or first.rstrip().endswith(":") or first.upper()[:12] == first[:12]) else ""
    )
