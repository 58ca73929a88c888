"""Stage 2: evidence → draft claims, without a language model: sentences quoted from the passages that answer.

A sentence answers when it (with its heading and neighbours) names everything that the question names, and says it in the
way that is asked: a number for a value, a cause for a reason, about the patient and not the family.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from chartcite.engine.assertion import assert_mention
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Evidence, Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus
from chartcite.engine.everyday_words import said_as
from chartcite.engine.ports import RecordStore
from chartcite.engine.question_words import EVENT_WORDS, Intent
from chartcite.engine.terminology import ConceptKind, forms, tokenize
from chartcite.engine.times import find_window
from chartcite.engine.understanding import Plan, Target

MOST_QUOTES = 3
LEAST_SUPPORT = 0.6
"""Share (by information) of what the question names that a sentence with its surroundings must hold."""
NEAR_BEST = 0.85
"""A further sentence is quoted when its score is at least this share of the best."""
_MEASURED_INTENTS = frozenset(
    {
        Intent.LATEST,
        Intent.FIRST,
        Intent.HIGHEST,
        Intent.LOWEST,
        Intent.TREND,
        Intent.DIFFERENCE,
        Intent.AVERAGE,
        Intent.COUNT,
        Intent.DOSE,
    }
)
_CAUSE = re.compile(
    r"\b(?:because|due to|given|since|secondary to|2/2|d/t|b/c|owing|reason|therefore|so that|in view of|as (?:he|she|her|his|the|it)|after|for|caused|triggered|precipitated|prompted|led to|attributed|related to|from|in light of|on account of|explained by|in the setting of|iso|following)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:will|plan(?:s|ned|ning)?|due (?:for|in|by|now|at)|is due|are due|overdue|schedul\w+|order(?:ed|ing)?|recommend\w*|consider|pending|to be done|needs?|arrange|should|would|if|discuss(?:ed)? (?:getting|having)?|offer(?:ed)?|refer(?:red|ral)?|awaiting|next|repeat|not (?:yet )?(?:done|performed|had|obtained|available|on file|sent|seen)|never (?:had|done|sent|returned)|requested|outstanding|declin\w+|outside|no record|none on file)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(r"\d|\b(?:grew|growth|isolated|found|positive|negative|normal|abnormal|elevated|low|high|reactive|nonreactive|non-reactive|detected|undetect\w+|stable|unremarkable|shows?|showed|revealed|demonstrat\w+|benign|malignant|consistent|clear|mild\w*|moderate\w*|severe\w*|pass(?:ed)?|fail(?:ed)?|immune)\b", re.IGNORECASE)  # fmt: skip
_LIST_MARK = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|#\s*\d{1,2}\.?|[-*•])\s*")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}\b|\bago\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\bage\b", re.IGNORECASE)  # fmt: skip


_OF_TIME = frozenset({Intent.WHEN, Intent.DURATION, Intent.AGE, Intent.FIRST})
_NOT_REAL = frozenset({AssertionStatus.HYPOTHETICAL, AssertionStatus.POSSIBLE, AssertionStatus.ABSENT})
_WONDERED = re.compile(
    r"\b(?:asked (?:whether|if|about)|whether|worried|wonder\w*|possib(?:le|ly)|in case|may need|might)\b", re.IGNORECASE
)


class Candidate(NamedTuple):
    """A sentence of a passage, weighed against the question."""

    passage: Passage
    sentence: Sentence
    text: str
    score: float
    support: float
    assertion: AssertionStatus


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
    weights = _weights(plan, evidence)
    candidates = [
        candidate for item in evidence for candidate in _sentences(item, plan, weights) if candidate.support >= LEAST_SUPPORT
    ]
    if with_facts:
        candidates = [candidate for candidate in candidates if candidate.support >= 0.95]
    candidates = _unique(sorted(_by_recency(candidates, plan), key=lambda candidate: -candidate.score))
    if not candidates:
        return []
    best = candidates[0].score
    chosen = [candidate for candidate in candidates if candidate.score >= NEAR_BEST * best][:limit]
    return [_claim(candidate, plan, records) for candidate in chosen]


_NOW_INTENTS = frozenset({Intent.LATEST, Intent.ACTIVE, Intent.DOSE})
RECENCY_WEIGHT = 0.5
"""How much the newest note gains over the oldest, where the question asks for what is newest."""


def _by_recency(candidates: Sequence[Candidate], plan: Plan) -> list[Candidate]:
    """Prefer newer notes where the question asks for what is newest, older ones where it asks for the first."""
    wants_new = plan.newest or plan.current or plan.intent in _NOW_INTENTS
    if not (wants_new or plan.intent is Intent.FIRST):
        return list(candidates)
    days = sorted({_day(candidate.passage) for candidate in candidates})
    rank = {day: place / max(1, len(days) - 1) for place, day in enumerate(days)}
    sign = 1 if wants_new else -1
    return [each._replace(score=each.score + sign * RECENCY_WEIGHT * rank[_day(each.passage)]) for each in candidates]


class _Word(NamedTuple):
    """A word of the question: how much it tells, and the everyday words that may be said for it."""

    word: str
    weight: float
    others: frozenset[str]

    def said(self, words: Iterable[str]) -> float:
        """Return how much of it some words say: all of it, or in another everyday word."""
        if stands(self.word, words):
            return 1.0
        return 0.0 if self.others.isdisjoint(words) else IN_OTHER_WORDS


def _weights(plan: Plan, evidence: Sequence[Evidence]) -> list[_Word]:
    """Weigh keywords by how rare they are among the passages: a word that stands everywhere tells little."""
    frequency = Counter(word for item in evidence for word in set(forms(item.passage.text)))
    total = max(len(evidence), 1)
    # Another word of the question itself is not said for this one: "which church is his priest at?".
    asked = frozenset(plan.keywords).union(*(run for target in plan.targets for run in target.alternatives))
    return [_Word(each, math.log(1 + (total + 1) / (frequency[each] + 1)), said_as(each) - asked) for each in plan.keywords]


def _sentences(item: Evidence, plan: Plan, weights: Sequence[_Word]) -> Iterable[Candidate]:
    passage = item.passage
    inside = _inside(passage, plan)
    if not inside and not _may_look_back(passage, plan):
        return
    heading = forms(f"{passage.title} {passage.section}")
    texts = [passage.sentence_text(sentence) for sentence in passage.sentences]
    folded = [forms(text) for text in texts]
    for number, sentence in enumerate(passage.sentences):
        if len(folded[number]) < 2 or (texts[number].isupper() and not any(map(str.isdigit, texts[number]))):
            continue  # a heading
        if not inside and not _names_time_inside(texts[number], passage, plan):
            continue
        around = set(heading).union(*(folded[max(0, number - 1) : number + 2]))
        candidate = _weigh(texts[number], folded[number], around, plan, weights, item, sentence)
        if candidate is not None and (inside or candidate.support >= LEAST_LOOKING_BACK):
            yield candidate


LEAST_LOOKING_BACK = 0.8
"""Support that a sentence of another day's note needs."""
LOOKS_BACK = timedelta(days=730)
"""Notes so long after the time that is asked may still tell of it."""


def _inside(passage: Passage, plan: Plan) -> bool:
    return plan.window is None or plan.window.holds(passage.occurred or passage.recorded)


def told_in_time(text: str, passage: Passage, plan: Plan, /) -> bool:
    """Say whether a sentence tells of the time that is asked: its note is of that time, or it names a day or month of it."""
    return _inside(passage, plan) or (_may_look_back(passage, plan) and _names_time_inside(text, passage, plan))


def _may_look_back(passage: Passage, plan: Plan) -> bool:
    """Say whether a note of another day may tell of the time that is asked: it came later, and not years later."""
    moment = passage.occurred or passage.recorded
    if moment is None or plan.window is None or plan.window.first is None:
        return False
    since = moment.last_day - plan.window.first
    return timedelta(0) <= since <= LOOKS_BACK or (plan.upcoming and since < timedelta(0))


def _names_time_inside(text: str, passage: Passage, plan: Plan) -> bool:
    """Say whether a sentence names a day or month of its own inside the time that is asked, read from the day of its note."""
    moment = passage.occurred or passage.recorded
    if moment is None or plan.window is None or not _DATED.search(text):
        return False
    named = find_window(text, today=moment.last_day)
    if named is None or named.first is None or named.last is None or named.last - named.first > _A_SEASON:
        return False
    after = plan.window.first is None or named.last >= plan.window.first
    return after and (plan.window.last is None or named.first <= plan.window.last)


_A_SEASON = timedelta(days=100)


def _weigh(  # noqa: PLR0913, PLR0917 -- a sentence, its words, and what they are weighed against
    text: str,
    words: tuple[str, ...],
    around: set[str],
    plan: Plan,
    weights: Sequence[_Word],
    item: Evidence,
    sentence: Sentence,
) -> Candidate | None:
    named, under, near, first = 0, 0, 0, None
    context = tuple(forms(f"{item.passage.section} {item.passage.text}"))
    heading = tuple(forms(f"{item.passage.title} {item.passage.section} {_opening(item.passage)}"))
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
        under == len(plan.targets)
        and plan.intent in {Intent.DESCRIBE, Intent.LATEST}
        and _RESULT.search(_LIST_MARK.sub("", text))
    )
    if plan.targets and not named and not all_near and not tells:
        return None
    support = (2.0 * named + 1.7 * under + 1.4 * near + held + 0.8 * close) / possible if possible else 0.0
    status = assertion_in(text, first, item.passage)
    if not _fits(text, plan, status, item.passage):
        return None
    score = support + 0.5 * max(item.similarity, 0.0) + _bonus(text, words, plan, status)
    return Candidate(item.passage, sentence, text, score, min(support, 1.0), status)


def _of_relative(text: str, plan: Plan) -> tuple[str, ...]:
    """Return the words of the clauses about the relative that is asked: a father's death is not a brother's."""
    if not plan.family or not plan.relatives:
        return ()
    return tuple(word for clause in clauses_about(plan.relatives, text) for word in forms(clause))


def clauses_about(relatives: Sequence[str], text: str, /) -> list[str]:
    """Return the clauses of a sentence that name one of some relatives (folded words)."""
    return [clause for clause in re.split(r"[,;]", text) if not set(relatives).isdisjoint(forms(clause))]


def _opening(passage: Passage) -> str:
    """Return the first line of a passage where it is a heading: what follows speaks of it."""
    first = passage.text.split("\n", 1)[0]
    return (
        first if len(first) < 80 and (first.isupper() or first.rstrip().endswith(":") or first.upper()[:12] == first[:12]) else ""
    )


IN_OTHER_WORDS = 0.8
"""What a word counts that a sentence says in another everyday word."""


def stands(word: str, words: Iterable[str]) -> bool:
    """Say whether a word stands among others, up to its ending (stop, stopped, stopping)."""
    stem = word[:5] if len(word) > 5 else word
    return any(other == word or (len(stem) >= 4 and len(word) > 4 and other.startswith(stem)) for other in words)


def assertion_in(text: str, run: tuple[int, int] | None, passage: Passage) -> AssertionStatus:
    """Return how a sentence speaks of what a range of its words names; without one only whether it is about the family."""
    tokens = tokenize(text)
    if run is None or run[1] > len(tokens):
        start, end = 0, len(text)
        status = assert_mention(text, start, start, section=passage.section)
        return status if status is AssertionStatus.FAMILY else AssertionStatus.PRESENT
    start, end = tokens[run[0]].start, tokens[run[1] - 1].end
    return assert_mention(text, start, end, section=passage.section)


def _fits(text: str, plan: Plan, status: AssertionStatus, passage: Passage) -> bool:
    """Say whether a sentence speaks in the way that is asked."""
    if plan.family:
        if plan.relatives and not any(word in plan.relatives for word in forms(text)):
            return False
        return status is AssertionStatus.FAMILY or re.search(r"famil|\bfh", passage.section, re.IGNORECASE) is not None
    if status is AssertionStatus.FAMILY:
        return False
    wondered = plan.intent in _OF_TIME and (status in _NOT_REAL or _WONDERED.search(text) is not None)
    if wondered or text.rstrip().endswith("?"):
        return False
    measured = bool(plan.targets) and plan.targets[0].kind is ConceptKind.MEASUREMENT
    if measured and plan.intent in _MEASURED_INTENTS | {Intent.DESCRIBE, Intent.WHEN}:
        bare = _LIST_MARK.sub("", text)
        return _RESULT.search(bare) is not None and not (_PLANNED.search(bare) and not re.search(r"\d", bare))
    if plan.upcoming or plan.undone:
        return True
    if plan.targets and plan.targets[0].kind in {ConceptKind.PROCEDURE, ConceptKind.VACCINE}:
        return _tells_done(text, plan, status)
    return plan.intent is not Intent.PRESENCE or status is not AssertionStatus.HYPOTHETICAL


_DONE = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL, AssertionStatus.POSSIBLE})


def _tells_done(text: str, plan: Plan, status: AssertionStatus) -> bool:
    """Say whether a sentence tells of something as done, rather than as planned, where that is asked."""
    planned = _PLANNED.search(text) is not None
    if plan.intent is Intent.PRESENCE:
        return status is not AssertionStatus.HYPOTHETICAL and (not planned or status is AssertionStatus.ABSENT)
    if plan.intent in {Intent.LATEST, Intent.DESCRIBE, Intent.WHEN, Intent.FIRST, Intent.LIST}:
        return status in _DONE and not planned
    return True


def _bonus(text: str, words: tuple[str, ...], plan: Plan, status: AssertionStatus) -> float:
    bonus = 0.0
    if plan.upcoming or plan.undone:
        bonus += 0.4 if _PLANNED.search(text) else -0.3
    if plan.event is not None:
        bonus += 0.4 if any(stands(word, words) for word in EVENT_WORDS[plan.event] if word.isalpha()) else 0.0
    if len(words) < 4 and not re.search(r"\d", text):
        bonus -= 0.3
    if plan.intent is Intent.DESCRIBE and _RESULT.search(_LIST_MARK.sub("", text)):
        bonus += 0.1
    if plan.intent is Intent.REASON and _CAUSE.search(text):
        bonus += 0.25
    if plan.intent in _MEASURED_INTENTS and re.search(r"\d", text):
        bonus += 0.15
    if plan.intent in {Intent.WHEN, Intent.AGE, Intent.DURATION} and _DATED.search(text):
        bonus += 0.15
    if status is AssertionStatus.HYPOTHETICAL:
        bonus -= 0.3
    if status is AssertionStatus.ABSENT and plan.intent is not Intent.PRESENCE:
        bonus -= 0.1
    return bonus


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
    told = [candidate for candidate in told if not _PLANNED.search(candidate.text)]
    named = [each for each in told if any(target.find(forms(each.text)) is not None for target in substances)]
    if substances and not named:
        named = [each for each in told if each.assertion is AssertionStatus.ABSENT]
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
    where = f"{passage.title}, {known.day}" if known else passage.title
    return DraftClaim(
        text=f"{where}: “{' '.join(passage.sentence_text(sentence).split())}”",
        kind=ClaimKind.RECORD_FACT,
        citations=(records.cite_span(passage, start=sentence.start, end=sentence.end),),
        route=route,
        support=1.0,
    )


MOST_QUOTED = 320
"""Characters of a quote that takes its neighbours along."""


def with_neighbours(passage: Passage, sentence: Sentence) -> Sentence:
    """Take the sentences around one along: a cause often stands before or after what it caused."""
    place = passage.sentences.index(sentence)
    around = passage.sentences[max(0, place - 1) : place + 2]
    wide = Sentence(start=around[0].start, end=around[-1].end)
    if wide.end - wide.start <= MOST_QUOTED:
        return wide
    after = passage.sentences[place : place + 2]
    wide = Sentence(start=after[0].start, end=after[-1].end)
    return wide if wide.end - wide.start <= MOST_QUOTED else sentence
