"""A second look at the sentences of the notes, where neither facts nor an exact quote answered.

First what cannot answer is set aside: sentences that lack the kind of thing that is asked (a number, a person, a place, a cause),
bare entries of lists, questions, talk of relatives, other times. What is left is weighed by a logistic model of six features, fitted
on questions of the tune half with cross-validation by patient (`tests/evals/sentence_fit.py`); below its limit nothing is quoted.
"""
# ruff: noqa: E501

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Evidence, Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category
from chartcite.engine.everyday_words import said_as
from chartcite.engine.focus import QUALIFIES_REASON, conflicts, tells
from chartcite.engine.plans import Plan, Target
from chartcite.engine.ports import RecordStore
from chartcite.engine.question_words import Intent
from chartcite.engine.quoting import quote_sentence, with_neighbours
from chartcite.engine.sentence_manner import assertion_in, clauses_about
from chartcite.engine.sentence_times import told_in_time
from chartcite.engine.sentence_weights import LEAST, WEIGHTS
from chartcite.engine.terminology import ConceptKind, Lexicon, forms

MOST_QUOTED = 2
NEAR_BEST = 1.0
"""A second sentence is quoted when its log-odds are at most so much below the best."""
MOST_WEIGHED = 40
"""Sentences that are tried against the particulars of the question, best first."""


class Features(NamedTuple):
    """What a sentence is weighed by; every one lies in 0..1, but the count of words (0..6)."""

    likeness: float
    """Cosine of question and passage."""
    said: float
    """Share (by rarity) of what the question names that the sentence says, in these or other everyday words."""
    said_near: float
    """The same with the sentences beside it, and its headings."""
    unknown: float
    """Share of what the question names that no sentence of the evidence says."""
    other_thing: float
    """1: the question names a thing, and neither the sentence nor what stands beside it does."""
    words_named: float
    """How many things and words the question names."""


class Looked(NamedTuple):
    """A sentence with its features."""

    passage: Passage
    sentence: Sentence
    text: str
    features: Features


def log_odds(features: Features, /) -> float:
    """Return the logit of the chance that a sentence answers."""
    return WEIGHTS["bias"] + sum(WEIGHTS[name] * value for name, value in zip(Features._fields, features, strict=True))


def look_again(plan: Plan, evidence: Sequence[Evidence], records: RecordStore, lexicon: Lexicon, /) -> list[DraftClaim]:
    """Quote the one or two sentences that answer best, or none.

    Args:
        plan: the question as understood.
        evidence: passages of one scope, best first.
        records: cuts the citations.
        lexicon: names things in sentences.
    """
    if not may_answer(plan):
        return []
    ranked = sorted(((log_odds(each.features), each) for each in looked_at(plan, evidence)), key=lambda pair: -pair[0])
    chosen: list[DraftClaim] = []
    best = LEAST
    for odds, each in ranked[:MOST_WEIGHED]:
        if odds < best or len(chosen) == MOST_QUOTED:
            break
        claim = _quoted(each, plan, records)
        if tells(plan, claim, lexicon):
            chosen.append(claim.model_copy(update={"margin": round(odds - LEAST, 4)}))
            best = max(best, odds - NEAR_BEST)
    return chosen


def _quoted(each: Looked, plan: Plan, records: RecordStore) -> DraftClaim:
    sentence = with_neighbours(each.passage, each.sentence) if plan.intent is Intent.REASON else each.sentence
    return quote_sentence(each.passage, sentence, records, route="near_quote")


_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("why", r"^\W*(?:and )?(?:why|how come)\b|\bwhat (?:was|is) the reason\b|\bexcuse\b|\bwhat (?:made|caused|explains?|set off|triggered|brought|led)\b|\breason\b"),
        ("number", r"\bhow (?:many|much|old|far|long|often|high|big|tall|fast|late)\b|\bcosts?\b|\bprice\b|\bpercent\w*|\bwhat (?:age|number|year|dose|size|rate|score|level|strength|time)\b"),
        ("when", r"(?:^|[,;]|\band|\bsince)\W*when\b|\bwhen (?:was|were|did|is|will|does|has|had)\b|\b(?:what|which) (?:day|date|month|year|time)\b"),
        ("who", r"\bwho(?:'s|se|m)?\b"),
        ("where", r"\bwhere\b"),
        ("side", r"\b(?:left|right) or\b|\bwhich (?:side|arm|leg|knee|hip|ear|eye|breast|wrist|hand|foot)\b"),
        ("name", r"\bnames?\b|\bcalled\b|\bsurname\b"),
        ("which", r"\b(?:which|what) (?!is|are|was|were|did|does|do|has|have|had|will|would|could|can|should|happened|happens|else|about|if|to|the|they|she|he|it)[a-z]+"),
        ("did", r"\bwhat (?:did|does|do|has|have|had|will|would|was|were|is|are|should|can|could)\b|^\W*how (?:did|does|do|was|were|is|are|has|have)\b|\bwhat happen"),
        ("whether", r"^\W*(?:is|was|are|were|did|does|do|has|have|had|any|can|could|will|would|should)\b"),
    )
)  # fmt: skip
"""By what a question asks for, the first that fits."""
_KIN = r"wife|husband|daughter|son|mother|father|mom|mum|dad|sister|brother|partner|girlfriend|boyfriend|friend|neighbou?r|spouse|caregiver|aide|grandmother|aunt|uncle|cousin|nephew|niece|parents?|EMS|nurse|staff"
_SOMEBODY = re.compile(rf"\b(?:Dr|MD|DO|RN|NP|PA|PA-C|Mr|Mrs|Ms|PharmD|{_KIN})\b|(?<![.“\"] )(?<!^)\b[A-Z][a-z]{{2,}}\b")
_A_NAME = re.compile(r"(?<![.:“\"] )(?<!^)\b[A-Z][a-z]{2,}\b")
_SOMEWHERE = re.compile(
    r"\b(?:at|in|to|from|near|into|on)\s+(?:the |a |an |his |her |their )?[A-Za-z]{3,}|\b(?:home|church|hospital|clinic|school|bathroom|bedroom|kitchen|floor|apartment|pharmacy)\b",
    re.IGNORECASE,
)
_A_SIDE = re.compile(r"\b(?:left|right|both|bilateral\w*|[LR])\b|L>R|R>L")
_A_DATE = re.compile(
    r"\d{1,2}/\d{1,4}|\b(?:19|20)\d\d\b|\bago\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|\bage[ds]?\b|\bday\b|\bsince\b",
    re.IGNORECASE,
)
_DIGITS = r"(?<![\d/.])(?!(?:19|20)\d\d\b)\d+(?![\d/])"
"""A number that is no year and no part of a date."""
_A_NUMBER = re.compile(
    rf"{_DIGITS}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|once|twice|half|dozen)\b", re.IGNORECASE
)
_RESULT = re.compile(
    r"\b(?:show(?:ed|n)?|results?|find(?:ings?)?|found|say|said|reveal(?:ed)?|come back|came back)\b", re.IGNORECASE
)
"""Asks what came of a test or an operation, which the sentence has to be about."""
_HOW_MANY = re.compile(r"\bhow (?:many|much) (?!did|does|do|is|was|will|can|could|has|of)[a-z]+", re.IGNORECASE)
_BARE_ENTRY = re.compile(
    r"^(?:the )?patient (?:is presenting|was given|was prescribed|has|is)\b|\((?:disorder|finding|procedure|situation|substance|organism)\)|^- |^care plan is meant",
    re.IGNORECASE,
)
_INTENDED = re.compile(
    r"\b(?:plan\w*|will|schedul\w*|order(?:ed)?|next|due|referr\w*|consider|recommend\w*|awaiting|pending|should|repeat)\b",
    re.IGNORECASE,
)
_OF_FAMILY = re.compile(r"^\W*f(?:am\w*|h)", re.IGNORECASE)


def kind_of(text: str, /) -> str:
    """Return what a question asks for: why, number, when, who, where, side, name, which, did, whether; empty: a fragment."""
    return next((name for name, pattern in _KINDS if pattern.search(text)), "")


def may_answer(plan: Plan, /) -> bool:
    """Say whether a sentence of a note may answer such a question: not one for a value, a vaccine, or a bare name."""
    kind, kinds = kind_of(plan.text), {target.kind for target in plan.targets}
    if not kind or not (plan.targets or plan.keywords):
        return False
    if plan.subject_named and plan.subject is Category.MEDICATION:
        return False  # what is taken stands on the list
    return kind in {"why", "who"} or not kinds & {ConceptKind.MEASUREMENT, ConceptKind.VACCINE}


def _holds_kind(kind: str, plan: Plan, text: str, words: Sequence[str]) -> bool:
    """Say whether a sentence holds the kind of thing that is asked, beyond the question's own words."""
    asked = plan.text.lower()
    if kind == "why":
        return QUALIFIES_REASON.search(text) is not None
    if kind in {"who", "name"}:
        pattern = _SOMEBODY if kind == "who" else _A_NAME
        return any(match[0].lower() not in asked for match in pattern.finditer(text))
    counted = _HOW_MANY.search(plan.text) if kind == "number" else None
    match = dict(_KINDS)["which"].search(plan.text) if kind == "which" else counted
    if match is not None:
        head = forms(match[0].split()[-1])
        if not head or not any(_alike(other, words) for other in said_as(head[0])):
            return False
    if kind == "number" and counted is None and not re.search(_DIGITS, text):
        return False  # "one" is no size and no age
    held = {"number": _A_NUMBER, "when": _A_DATE, "where": _SOMEWHERE, "side": _A_SIDE}.get(kind)
    return held is None or held.search(text) is not None


def _alike(word: str, words: Sequence[str]) -> bool:
    """Say whether a word stands among others, up to its ending: "offered" and "offer", but not "neuropsych" and "neuro"."""
    return any(other == word or (other[:5] == word[:5] and _same_stem(word, other)) for other in words)


def _same_stem(word: str, other: str) -> bool:
    shared = min(len(word), len(other))
    return shared >= 5 and shared * 5 >= 3 * max(len(word), len(other)) and word[:shared] == other[:shared]


class _Term(NamedTuple):
    """Something the question names: whether a run of words says it."""

    says: Callable[[Sequence[str]], bool]
    is_target: bool


def _terms(plan: Plan, vocabulary: frozenset[str]) -> list[_Term]:
    """Return what a question names, ready to be looked for in sentences of a vocabulary."""

    def meant(word: str) -> frozenset[str]:
        return frozenset(said for other in said_as(word) for said in vocabulary if _alike(other, (said,)))

    def target_says(named: Target) -> Callable[[Sequence[str]], bool]:
        lay = [meant(word) for word in forms(named.words) if len(word) > 2]
        return lambda words: named.find(words) is not None or (bool(lay) and not any(group.isdisjoint(words) for group in lay))

    def word_says(word: str) -> Callable[[Sequence[str]], bool]:
        group = meant(word)
        return lambda words: not group.isdisjoint(words)

    return [
        *(_Term(target_says(target), is_target=True) for target in plan.targets),
        *(_Term(word_says(word), is_target=False) for word in plan.keywords),
    ]


class _Around(NamedTuple):
    passage: Passage
    sentence: Sentence
    text: str
    words: tuple[str, ...]
    near: tuple[str, ...]
    likeness: float


def _around(evidence: Sequence[Evidence]) -> Iterator[_Around]:
    """Yield each distinct sentence of the evidence with what stands beside it."""
    seen: set[str] = set()
    for item in evidence:
        passage = item.passage
        texts = [" ".join(passage.sentence_text(sentence).split()) for sentence in passage.sentences]
        folded = [forms(text) for text in texts]
        heading = forms(f"{passage.section} {passage.title}")
        for number, sentence in enumerate(passage.sentences):
            if len(folded[number]) < 2 or texts[number] in seen:
                continue
            seen.add(texts[number])
            before = folded[number - 1] if number else ()
            after = folded[number + 1] if number + 1 < len(folded) else ()
            yield _Around(passage, sentence, texts[number], folded[number], (*before, *after, *heading), item.similarity)


def looked_at(plan: Plan, evidence: Sequence[Evidence], /) -> list[Looked]:
    """Return the sentences that hold the kind of thing that is asked, with their features."""
    every = list(_around(evidence))
    terms = _terms(plan, frozenset(word for each in every for word in (*each.words, *each.near)))
    if not terms or not every:
        return []
    held = [[term.says(each.words) for term in terms] for each in every]
    rarity = [math.log(1 + (len(every) + 1) / (sum(row[place] for row in held) + 1)) for place in range(len(terms))]
    total = sum(rarity)
    unknown = sum(weight for place, weight in enumerate(rarity) if not any(row[place] for row in held)) / total
    kind = kind_of(plan.text)
    of_result = _RESULT.search(plan.text) is not None and any(target.kind is ConceptKind.PROCEDURE for target in plan.targets)
    found: list[Looked] = []
    for each, row in zip(every, held, strict=True):
        if not _may_be_quoted(each, plan, kind):
            continue
        beside = [said or term.says(each.near) for said, term in zip(row, terms, strict=True)]
        named = [close for close, term in zip(beside, terms, strict=True) if term.is_target]
        if of_result and not all(named):
            continue
        features = Features(
            likeness=max(each.likeness, 0.0),
            said=sum(weight for weight, said in zip(rarity, row, strict=True) if said) / total,
            said_near=sum(weight for weight, close in zip(rarity, beside, strict=True) if close) / total,
            unknown=unknown,
            other_thing=float(bool(named) and not all(named)),
            words_named=float(min(len(terms), 6)),
        )
        found.append(Looked(each.passage, each.sentence, each.text, features))
    return found


def _names_relative(each: _Around, plan: Plan) -> bool:
    """Say whether a sentence speaks of the relative that is asked about, wherever in a note it stands."""
    return bool(plan.relatives) and not set(plan.relatives).isdisjoint(each.words)


def _may_be_quoted(each: _Around, plan: Plan, kind: str) -> bool:
    of_family = _OF_FAMILY.search(each.passage.section) is not None
    if (
        _BARE_ENTRY.search(each.text)
        or each.text.endswith("?")
        or of_family is not plan.family
        or conflicts(plan.text, each.text)
    ):
        return False
    if each.text.isupper() and not any(map(str.isdigit, each.text)):
        return False  # a heading
    named = next((place for target in plan.targets if (place := target.find(each.words)) is not None), None)
    status = assertion_in(each.text, named, each.passage)
    procedures = any(target.kind is ConceptKind.PROCEDURE for target in plan.targets)
    if procedures and plan.intent in {Intent.PRESENCE, Intent.WHEN} and _INTENDED.search(each.text):
        return False
    only_thought = status is AssertionStatus.HYPOTHETICAL and plan.intent in {Intent.PRESENCE, Intent.WHEN}
    if only_thought or (status is AssertionStatus.FAMILY and not plan.family):
        return False
    text = ", ".join(clauses_about(plan.relatives, each.text)) if plan.family and plan.relatives else each.text
    return told_in_time(each.text, each.passage, plan) and _holds_kind(kind, plan, text, forms(text))
