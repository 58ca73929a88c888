"""Stage 2: evidence → draft claims, without a language model: sentences quoted from the passages that answer.

A sentence answers when it (with its heading and neighbours) names everything that the question names, and says it in the
way that is asked: a number for a value, a cause for a reason, about the patient and not the family.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Evidence, Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quote_candidates import Candidate, weighed_sentences, word_weights
from chartcite.engine.notes.sentence_manner import PLANNED
from chartcite.engine.ports import RecordStore
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent

MOST_QUOTES = 3
LEAST_SUPPORT = 0.6
"""Share (by information) of what the question names that a sentence with its surroundings must hold."""
NEAR_BEST = 0.85
"""A further sentence is quoted when its score is at least this share of the best."""
RECENCY_WEIGHT = 0.5
"""How much the newest note gains over the oldest, where the question asks for what is newest."""
MOST_QUOTED = 320
"""Characters of a quote that takes its neighbours along."""
MOST_CONCLUDED = 600
"""Characters of a report's conclusion that is quoted whole."""
MOST_LEANING = 420
"""Characters of a quote whose sentence cannot be read without those before it."""
_NOW_INTENTS = frozenset({Intent.LATEST, Intent.ACTIVE, Intent.DOSE})


def quote_answers(
    plan: Plan,
    evidence: Sequence[Evidence],
    records: RecordStore,
    /,
    *,
    limit: int = MOST_QUOTES,
    with_facts: bool = False,
) -> list[DraftClaim]:
    """Return at most `limit` quoted sentences that answer, best first; empty where none does.

    Args:
        plan: the question as understood.
        evidence: passages of one scope.
        records: cuts the citations.
        limit: most sentences to quote.
        with_facts: facts answer already, so that a quote must add what they leave open (every part of the question).
    """
    weights = word_weights(plan, evidence)
    candidates = [
        candidate
        for item in evidence
        for candidate in weighed_sentences(item, plan, weights)
        if candidate.support >= LEAST_SUPPORT
    ]
    if with_facts:
        candidates = [candidate for candidate in candidates if candidate.support >= 0.95]
    candidates = _unique(sorted(_by_recency(candidates, plan), key=lambda candidate: -candidate.score))
    if not candidates:
        return []
    best = candidates[0].score
    chosen = [candidate for candidate in candidates if candidate.score >= NEAR_BEST * best][:limit]
    left = next((each.score for each in candidates if each not in chosen), 0.0)
    claims = [
        _claim(candidate, plan, records).model_copy(update={"margin": round(candidate.score - left, 4)}) for candidate in chosen
    ]
    first: dict[str, DraftClaim] = {}
    for claim in claims:
        first.setdefault(claim.text, claim)
    return list(first.values())


def _by_recency(candidates: Sequence[Candidate], plan: Plan) -> list[Candidate]:
    """Prefer newer notes where the question asks for what is newest, older ones where it asks for the first."""
    wants_new = plan.newest or plan.current or plan.intent in _NOW_INTENTS
    if not (wants_new or plan.intent is Intent.FIRST):
        return list(candidates)
    days = sorted({_day(candidate.passage) for candidate in candidates})
    rank = {day: place / max(1, len(days) - 1) for place, day in enumerate(days)}
    sign = 1 if wants_new else -1
    return [each._replace(score=each.score + sign * RECENCY_WEIGHT * rank[_day(each.passage)]) for each in candidates]


def _unique(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Drop sentences with the same words (copied forward), keeping the earliest."""
    earliest: dict[tuple[str, ...], Candidate] = {}
    order: list[tuple[str, ...]] = []
    for candidate in candidates:
        words = forms(candidate.text)
        if words not in earliest:
            order.append(words)
            earliest[words] = candidate
        elif _day(candidate.passage) < _day(earliest[words].passage):
            earliest[words] = candidate._replace(score=earliest[words].score)
    return [earliest[words] for words in order]


def _day(passage: Passage) -> str:
    known = passage.occurred or passage.recorded
    return known.written if known else ""


def _claim(candidate: Candidate, plan: Plan | None, records: RecordStore) -> DraftClaim:
    passage, sentence = candidate.passage, candidate.sentence
    if plan is not None and plan.intent is Intent.REASON:
        sentence = with_neighbours(passage, sentence)
    sentence = with_refutation(passage, whole_conclusion(passage, sentence))
    said = passage.sentence_text(sentence)
    known = passage.occurred or passage.recorded
    where = f"{passage.title}, {known.day}" if known else passage.title
    absent = candidate.assertion is AssertionStatus.ABSENT and plan is not None and plan.intent is Intent.PRESENCE
    return DraftClaim(
        text=f"{where}: “{' '.join(said.split())}”",
        kind=ClaimKind.ABSENCE if absent else ClaimKind.RECORD_FACT,
        citations=(records.cite_span(passage, start=sentence.start, end=sentence.end),),
        route="quote",
        support=candidate.support,
    )


_ALLERGY = re.compile(r"allerg|\bNKD?A\b|intoleran|anaphyla|reaction to", re.IGNORECASE)
_NONE_KNOWN = re.compile(
    r"\bNKD?A\b|no known (?:drug |food |medication |environmental |latex )*allerg|\bno (?:drug )?allergies\b|\bnone(?: known)?\b|denies (?:any )?(?:drug )?allerg",
    re.IGNORECASE,
)


_OF_DRUGS = re.compile(
    r"\bNKDA\b|\b(?:drug|medication|medicine|med) allerg|\bto (?:drugs|medicines|medications|meds)\b", re.IGNORECASE
)
"""Says of medicines alone that none is known to harm: of foods and stings it tells nothing."""


def quote_allergies(substances: Sequence[Target], passages: Sequence[Passage], records: RecordStore, /) -> list[DraftClaim]:
    """Return what the newest notes say of allergies: of a named substance, else all; "no known allergies" answers for each."""
    told = [
        Candidate(passage, sentence, text, 1.0, 1.0, _allergy_status(text))
        for passage in passages
        for sentence in passage.sentences
        if (text := passage.sentence_text(sentence))
        and (_ALLERGY.search(passage.section) or _ALLERGY.search(text))
        and not re.search(r"famil", passage.section, re.IGNORECASE)
        and len(forms(text)) > 0
    ]
    told = [candidate for candidate in told if not PLANNED.search(candidate.text)]
    named = [each for each in told if any(target.find(forms(each.text)) is not None for target in substances)]
    if substances and not named:
        drugs = all(target.kind is ConceptKind.DRUG for target in substances)
        named = [each for each in told if each.assertion is AssertionStatus.ABSENT and (drugs or not _OF_DRUGS.search(each.text))]
    chosen = _unique(named if substances else told)
    newest = max((_day(each.passage) for each in chosen), default="")
    shown = [each for each in chosen if _day(each.passage) == newest] or chosen
    return [_allergy_claim(each, records) for each in (shown if not substances else chosen)[:MOST_QUOTES]]


def _allergy_status(text: str) -> AssertionStatus:
    return AssertionStatus.ABSENT if _NONE_KNOWN.search(text) else AssertionStatus.PRESENT


def _allergy_claim(candidate: Candidate, records: RecordStore) -> DraftClaim:
    claim = _claim(candidate, None, records)
    return claim.model_copy(update={"kind": ClaimKind.ABSENCE}) if candidate.assertion is AssertionStatus.ABSENT else claim


def quote_sentence(passage: Passage, sentence: Sentence, records: RecordStore, /, *, route: str) -> DraftClaim:
    """Quote one sentence of a note, with the note's title and day."""
    known = passage.occurred or passage.recorded
    sentence = with_refutation(passage, whole_conclusion(passage, sentence))
    where = f"{passage.title}, {known.day}" if known else passage.title
    return DraftClaim(
        text=f"{where}: “{' '.join(passage.sentence_text(sentence).split())}”",
        kind=ClaimKind.RECORD_FACT,
        citations=(records.cite_span(passage, start=sentence.start, end=sentence.end),),
        route=route,
        support=1.0,
    )


def whole_conclusion(passage: Passage, sentence: Sentence) -> Sentence:
    """Take the whole of a report's short conclusion for any of its sentences: what it denies is no finding without what it finds."""
    if not passage.resource.startswith("DiagnosticReport/") or passage.path != "conclusion" or passage.commands:
        return sentence
    whole = Sentence(start=passage.sentences[0].start, end=passage.sentences[-1].end)
    return whole if whole.end - whole.start <= MOST_CONCLUDED else sentence


def with_neighbours(passage: Passage, sentence: Sentence) -> Sentence:
    """Take the sentences around one along: a cause often stands before or after what it caused.

    A sentence that points back ("contributing to both", "for that reason") takes those before it first.
    """
    place = passage.sentences.index(sentence)
    spans = [(place - 1, place + 2, MOST_QUOTED), (place, place + 2, MOST_QUOTED)]
    if points_back(passage, sentence):
        spans = [(place - 2, place + 1, MOST_LEANING), (place - 1, place + 1, MOST_LEANING), *spans]
    for first, last, most in spans:
        around = passage.sentences[max(0, first) : last]
        wide = Sentence(start=around[0].start, end=around[-1].end)
        commands = any(wide.start < one.end and one.start < wide.end for one in passage.commands)
        if wide.end - wide.start <= most and not commands:
            return wide
    return sentence


def points_back(passage: Passage, sentence: Sentence) -> bool:
    """Say whether a sentence tells its cause only by the sentences before it."""
    return _POINTS_BACK.search(passage.sentence_text(sentence)) is not None


_POINTS_BACK = Cue(
    r"\b(?:because of|due to|owing to|given|for|with|by|from|to) (?:this|that|these|those|both|all of (?:this|these))\b(?: reasons?)?(?=[\s.,;:]|$)(?! (?:\w+ )?(?:drug|medicine|clinic|visit|time|point|day))"
    r"|\b(?:this|that|which) is why\b|\b(?:this|these|both) (?:is|was|are|were) (?:likely|probably|due|thought|felt)\b|\b(?:hence|therefore|as a result|consequently)\b",
)
"""Says that the cause stands before this sentence."""


_REFUTES = re.compile(
    r"\W*(?:wrong|incorrect|not (?:true|so|correct|right)|untrue|false|an? error|in error|(?:this|that|it|which) (?:is|was) (?:wrong|incorrect|not (?:true|so|correct|right)|untrue|false|an? (?:error|mistake)))\b",
    re.IGNORECASE,
)
"""Begins a sentence that takes back the one before it."""


_NOT_DONE = Cue(
    r"\W*(?:(?:so|but|and|in the end) )?(?:(?:it|this|that) )?(?:was )?(?:never|not)(?: yet)? (?:start\w*|begun|began|given|ordered|taken|done|happened|booked|filled|collected|performed|prescribed|arranged|had)\b"
)
"""Begins a sentence that says that what was spoken of did not come about."""
_OWN_LABEL = Cue(r"\W*[A-Z][^:;.,]{2,30}:(?=\s)", 0)
_MOST_UNDER_LABEL = 4


def with_refutation(passage: Passage, sentence: Sentence) -> Sentence:
    """Take along what follows, where it says that this sentence is wrong or that what it speaks of did not come about."""
    following = [each for each in passage.sentences if each.start >= sentence.end]
    if not following:
        return sentence
    last: Sentence | None = None
    said = passage.sentence_text(following[0])
    if _REFUTES.match(said) or _NOT_DONE.match(said):
        last = following[0]
    elif _OWN_LABEL.match(passage.sentence_text(sentence)):
        for each in following[:_MOST_UNDER_LABEL]:
            said = passage.sentence_text(each)
            if _OWN_LABEL.match(said):
                break
            if _NOT_DONE.match(said):
                last = each
    if last is None or last.end - sentence.start > MOST_LEANING:
        return sentence
    commands = any(sentence.start < one.end and one.start < last.end for one in passage.commands)
    return sentence if commands else Sentence(start=sentence.start, end=last.end)
