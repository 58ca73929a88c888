"""Whether a treatment helped ("did the antibiotics work?"): what notes of its time say came of it.

A sentence tells when it says how things went (better, cleared, no relief), stands in a note of the days of the treatment or the
weeks after, and that note names the treatment.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import is_ordinary
from chartcite.engine.retrieval import TargetFacts

ROUTE = "near_quote"
MOST_TOLD = 2
AFTER = timedelta(days=100)
"""So long after a treatment began, or after it ended, a note may tell what came of it."""
_SHORT = timedelta(days=60)
"""A course so short is what a note of its weeks speaks of, though the sentence does not name it."""
_ASKS = Cue(
    r"\b(?:did|does|do|has|have|had|is|are|was|were)\b[^?.;]{0,60}?\b(?:work(?:ed|ing|s)?(?! as\b| for (?:his|her|my|a) (?:living|father))|help(?:ed|ing|s)?(?! (?:with|to|at|from|around|him|her) )|(?:do|done|doing) (?:\w+ )?(?:any )?good|any (?:good|use|joy)"
    r"|effective|a success|successful|clear(?:ed)?(?: (?:it|things|(?:the|her|his|my) (?:\w+ )?\w+))?(?: up)?|ma[dk]e (?:a|any|much|the) (?:\w+ )?difference|respond(?:ed|ing)?|settled? (?:it|things|the))\b"
    r"|\b(?:did|has|have)\b[^?.;]{0,60}?\b(?:take|taken|took|held|hold|last(?:ed)?|worked out)\W*$|\bresponse to\b|\bany (?:relief|joy|benefit|improvement) (?:from|with|on)\b",
)
_OUTCOME = Cue(
    r"\b(?:better|improv(?:ed|ing|ement)|resolv(?:ed|ing)|cleared|clearing|clear by|(?:sputum|skin|urine|infection|rash|thinking|mind) (?:is |now )?clear|gone|settl(?:ed|ing)|recover(?:ed|ing)|heal(?:ed|ing)|helped|helps|worked|works|well controlled|respon(?:ded|se|ds)|relie(?:f|ved)|benefit|eased|faded|subsided|back to (?:normal|baseline)"
    r"|no (?:change|relief|improvement|help|benefit|effect|response|sperm)|not (?:help\w*|improv\w*|better|work\w*)|worse(?:ned|ning)?|fail(?:ed|ure)|persist(?:s|ed|ing|ent)?|refractory|held for|lasted|(?:back in|in|restored|maintained) sinus rhythm|success\w*|eradicated|clear(?:ed)? to|no longer|no (?:further |more |new )?(?:exacerbations?|attacks?|seizures?|flares?|episodes?|falls?|recurrences?|relapses?|symptoms?|pain|gout|hypos?|headaches?|migraines?|infections?|aom|otitis|bleed(?:s|ing)|angina|palpitations|stones?|reflux|accidents) (?:since|on|now)|zero (?:exacerbations?|attacks?|seizures?|flares?) since|fewer|less (?:often|frequent\w*|dizzy|pain\w*|breathless|short of breath|sob|tired|anxious|itchy|swollen|nause\w+|sleepy|stiff)|(?:pain|seizure|symptom|headache|attack|flare)[- ]free|happy with|best thing|went away)\b",
)
_UNSURE = Cue(r"\b(?:if|unless|should|until|hoping|expect\w*|goal|plan|will|would|whether|return|when better)\b")
_OF_MEDICINE = Cue(r"\b(?:\d+ ?(?:mg|mcg|g|units?)|bd|bid|tds|tid|qds|qid|\d{2,} (?:bid|tid|qid|bd|tds|qds))\b")
"""Tells of a medicine: what came of that is nothing that came of an operation."""
_LATER = Cue(r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b(?:addendum|phoned|call-?back|follow-?up)\b")
_TREATS = frozenset({ConceptKind.DRUG, ConceptKind.PROCEDURE})


def asks_response(plan: Plan, /) -> bool:
    """Say whether a question asks if a treatment that it names helped."""
    treated = any(target.kind in _TREATS and target.concept_keys for target in plan.targets)
    return treated and not plan.family and not plan.harm and _ASKS.search(plan.text) is not None


def tells_outcome(text: str, /) -> bool:
    """Say whether a sentence tells how things went under a treatment."""
    return _OUTCOME.search(text) is not None


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    named: bool
    """Whether the sentence, or one beside it, names the treatment."""
    naming: bool
    """Whether the sentence itself names it."""
    later: bool
    """Whether the sentence names the treatment with what came of it, or another day than that of its note."""
    day: date


def told_response(reading: Reading, found: Sequence[TargetFacts], /) -> list[DraftClaim]:
    """Quote what notes say came of the newest course of a treatment in the time that is asked; empty: none does."""
    plan, records = reading.plan, reading.shelves.records
    course = _newest(plan, [fact for item in found if item.target.kind in _TREATS for fact in item.facts])
    if course is None or course.occurred is None:
        return []
    first = _began(course, [fact for item in found for fact in item.facts])
    last = max(first, course.ended.last_day if course.ended else first) + AFTER
    words = {
        *(_named_by(course, found) if course.category is Category.PROCEDURE else [forms(course.concept.text)[:1]]),
        *(run for item in found if item.target.kind in _TREATS for run in item.target.alternatives),
    }
    passages = list(records.all_passages(reading.scope))
    told = list(_telling(passages, first, last, words))
    if course.category is Category.PROCEDURE:
        told = [each for each in told if each.naming or not _OF_MEDICINE.search(each.passage.sentence_text(each.sentence))]
        if course.detail("outcome"):
            return [draft(course, reading.chart, route="procedure"), *_at_most(told, first, reading)]
    best = sorted((each for each in told if each.later or each.day > first), key=lambda each: (not each.named, each.day))
    best = [each for each in best if each.named is best[0].named]
    if best and not best[0].named and last - AFTER - first > _SHORT:
        best = []  # in the months of a long course much is told to be better that it was not taken for
    if not best and plan.window is None:  # what is taken for long is spoken of long after it was begun
        after = [
            each
            for each in _telling(passages, first, reading.chart.today, words)
            if each.naming or (each.named and course.ended is None)
        ]
        best = sorted(after, key=lambda each: (each.day, each.naming), reverse=True)
    return [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in best[:MOST_TOLD]]


_NO_NAMES = frozenset(
    forms(
        "bilateral placement insertion operation operations op surgery procedure repair procedures removal percutaneous laparoscopic section"
    )
)


def _named_by(course: Fact, found: Sequence[TargetFacts]) -> Iterator[tuple[str, ...]]:
    """Yield the words that name a procedure by themselves: those of its entry that are no plain English, and the question's own."""
    asked = [forms(item.target.words)[-1:] for item in found if item.target.kind is ConceptKind.PROCEDURE]
    for word in (*forms(course.concept.text), *(word for run in asked for word in run)):
        if word not in _NO_NAMES and len(word) > 3 and ((word,) in asked or (len(word) > 5 and not is_ordinary(word))):
            yield (word,)


def _at_most(told: Sequence[_Told], first: date, reading: Reading) -> list[DraftClaim]:
    """Quote the newest sentence that names a procedure with what came of it later; empty: none does."""
    named = [each for each in told if each.naming and each.day > first]
    return [quote_sentence(each.passage, each.sentence, reading.shelves.records, route=ROUTE) for each in named[-1:]]


def _began(course: Fact, facts: Sequence[Fact]) -> date:
    """Return the day on which a course began: of one that only notes tell of, the first of them."""
    alike = [fact for fact in facts if fact.span is not None and fact.occurred] if course.span is not None else [course]
    return min(fact.occurred.first_day for fact in alike if fact.occurred)


def _newest(plan: Plan, facts: Sequence[Fact]) -> Fact | None:
    """Return the newest course that was given, in the time that is asked where one was."""
    given = [fact for fact in facts if fact.occurred and fact.assertion in {AssertionStatus.PRESENT, AssertionStatus.HISTORICAL}]
    inside = [fact for fact in given if plan.window is None or plan.window.holds(fact.occurred)]
    return max(inside, key=lambda fact: fact.occurred.start if fact.occurred else 0, default=None)


def _telling(passages: Sequence[Passage], first: date, last: date, words: set[tuple[str, ...]]) -> Iterator[_Told]:
    names = {passage.resource for passage in passages if _names(words, forms(passage.text))}
    for passage in passages:
        known = passage.recorded or passage.occurred
        if known is None or passage.resource not in names or not first <= known.first_day <= last:
            continue
        texts = [passage.sentence_text(sentence) for sentence in passage.sentences]
        for number, text in enumerate(texts):
            if not tells_outcome(text) or _UNSURE.search(text) or text.rstrip().endswith("?"):
                continue
            near = forms(" ".join(texts[max(0, number - 1) : number + 2]))
            naming = _names(words, forms(text))
            later = naming or _LATER.search(text) is not None
            yield _Told(passage, passage.sentences[number], _names(words, near), naming, later, known.first_day)


def _names(words: set[tuple[str, ...]], said: Sequence[str]) -> bool:
    held = set(said)
    return any(run and set(run) <= held for run in words)
