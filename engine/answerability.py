"""Whether checked claims answer what was asked: the judgment that separates a true sentence from an answer.

A claim can be verified and still be about something near by: the wrong side, another test, a drug instead of its effect.
Features compare the question with the claims; a logistic model fitted on the tune half of the gold questions
(`make calibrate`, coefficients in calibration.py) turns them into the probability that the answer is right. Below
`LEAST_PROBABILITY` the engine abstains.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from chartcite.engine.calibration import COEFFICIENTS, INTERCEPT
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.ports import Embedder
from chartcite.engine.question_words import ATTRIBUTES, EVENT_WORDS, ORDINARY, OTHER_WORDS, Event, Intent
from chartcite.engine.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.understanding import Plan

MOST_COMPARED = 6
"""Claims of an answer that are compared with the question by meaning."""
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}\b|\bago\b|\bage \d", re.IGNORECASE)
_AMOUNT = re.compile(r"(?<![\d-])\d+(?:\.\d+)?(?![\d-])")
_PERSON = re.compile(r"\b(?:Dr|MD|DO|RN|NP|PA|Mr|Mrs|Ms|Prof)\b|by [A-Z]\w+|[A-Z][a-z]+\d* [A-Z][a-z]+\d*")


class Features(NamedTuple):
    """What is seen of an answer beside its question; each about 0 to 1."""

    targets_told: float
    """Share of the named things that the claims name."""
    targets_idle: float
    """Share of the named things that no fact of the chart is about."""
    keywords_told: float
    """Share of the further content words that the claims hold."""
    keywords_open: float
    """Further content words that they do not hold, up to four, in quarters."""
    clinical_open: float
    """Clinical words and names of attributes that they do not hold, up to three, in thirds."""
    event_open: float
    """1: the question names a turn (stopped, started, changed) that the claims do not tell."""
    form_open: float
    """1: the claims lack the form that is asked: a date, a person, an amount."""
    similarity: float
    """Greatest cosine of question and claim."""
    quoted: float
    """Share of claims that quote notes."""
    quote_support: float
    """Least support of a quote; 1 where there is none."""
    absent: float
    """Share of claims that tell an absence."""
    ordered: float
    """Share of claims that only tell an order."""
    vague: float
    """1: neither a thing of the lexicon nor a list is named."""
    several: float
    """1: several questions in one."""


def features_of(plans: Sequence[Plan], claims: Sequence[DraftClaim], lexicon: Lexicon, embedder: Embedder, /) -> Features:
    """Compare a question with the claims that are to answer it."""
    told = forms(" ".join(_words_of(claim) for claim in claims))
    stems = {word[:6] for word in told}
    targets = [target for plan in plans for target in plan.targets]
    keywords = list(dict.fromkeys(word for plan in plans for word in plan.keywords))
    open_words = [word for word in keywords if not any(form[:6] in stems for form in (word, *OTHER_WORDS.get(word, ())))]
    asking = [word for word in open_words if word in ATTRIBUTES or (word not in ORDINARY and lexicon.has_word(word))]
    quotes = [claim for claim in claims if claim.route == "quote"]
    events = [plan.event for plan in plans if plan.event is not None]
    return Features(
        targets_told=_share(sum(target.find(told) is not None for target in targets), len(targets)),
        targets_idle=sum(not target.concept_keys for target in targets) / len(targets) if targets else 0.0,
        keywords_told=_share(len(keywords) - len(open_words), len(keywords)),
        keywords_open=min(len(open_words), 4) / 4,
        clinical_open=min(len(asking), 3) / 3,
        event_open=float(any(not _tells(event, told) for event in events)),
        form_open=float(any(_lacks_form(plan, claims) for plan in plans)),
        similarity=_similarity(plans, claims, embedder),
        quoted=len(quotes) / len(claims),
        quote_support=min((claim.support for claim in quotes), default=1.0),
        absent=sum(claim.kind is ClaimKind.ABSENCE for claim in claims) / len(claims),
        ordered=sum(claim.route == "order" for claim in claims) / len(claims),
        vague=float(not any(target.kind for target in targets) and not any(plan.subject for plan in plans)),
        several=float(len(plans) > 1),
    )


def probability(features: Features, /) -> float:
    """Return the probability that an answer with these features is right."""
    score = INTERCEPT + sum(COEFFICIENTS[name] * value for name, value in features._asdict().items())
    return 1 / (1 + math.exp(-score))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _words_of(claim: DraftClaim) -> str:
    cited = (text for citation in claim.citations for text in (citation.quote, *(each.quote for each in citation.elements)))
    return f"{claim.text} {' '.join(cited)}"


def _tells(event: Event, told: Sequence[str]) -> bool:
    said = set(told)
    return any(word in said for word in forms(" ".join(EVENT_WORDS[event])))


def _lacks_form(plan: Plan, claims: Sequence[DraftClaim]) -> bool:
    """Say whether no claim has the form that is asked for: a date, a person, an amount."""
    texts = [claim.text for claim in claims]
    if plan.intent is Intent.WHO:
        return not any(_PERSON.search(text) for text in texts)
    if plan.intent in {Intent.WHEN, Intent.DURATION}:
        return not any(_DATE.search(text) for text in texts)
    measured = any(target.kind is ConceptKind.MEASUREMENT for target in plan.targets)
    if plan.intent is Intent.DOSE or (measured and plan.intent in {Intent.LATEST, Intent.HIGHEST, Intent.LOWEST, Intent.TREND}):
        return not any(_AMOUNT.search(text) for text in texts)
    return False


def _similarity(plans: Sequence[Plan], claims: Sequence[DraftClaim], embedder: Embedder) -> float:
    question = " ".join(plan.text for plan in plans)
    vectors = embedder.embed([question, *(claim.text for claim in claims[:MOST_COMPARED])])
    return float(np.max(vectors[1:] @ vectors[0]))
