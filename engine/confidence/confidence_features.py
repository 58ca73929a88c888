"""What is known of an answer when it is given, as numbers: from these its confidence is calculated, and from nothing else.

Three sorts: how completely the question was understood, how the answer was found, and what of the question it leaves open. Each
number is the same for everybody who asks the same of the same chart. A value of 0 always means: nothing of the kind.
"""

# ruff: noqa: E501

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from chartcite.engine.confidence.confidence_asked import (
    DATE,
    QUOTES,
    STEM,
    TIMED,
    Told,
    asked_features,
    kind_features,
    said_by,
    told_by,
)
from chartcite.engine.domain.answers import (
    Absence,
    AbstentionReason,
    ClaimKind,
    DraftClaim,
    Question,
    SearchCertificate,
    Verdict,
)
from chartcite.engine.domain.records import Category
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes.sentence_features import SUREST
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import INTENTS, ORDINARY, STOPWORDS, Intent

MOST_READ = 2
"""Claims, the first ones, that are read together with the question."""
Features = Mapping[str, float]
"""By name; a feature that is left out is 0."""
_TOLD = re.compile(
    r"\b(?:said|say|tell|told|describe\w*|explain\w*|plan|advice|advised|thought|think|opinion|wish\w*|feel\w*)\b", re.IGNORECASE
)
_WHERE = re.compile(r"\bwhere\b", re.IGNORECASE)
_RESULT = re.compile(r"\b(?:results?|show(?:ed|n)?|reveal(?:ed)?|find(?:ings?)?|found)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:chang\w+|differen\w+|compared|versus|vs?|trend\w*|since|over time|swapp?\w*|switch\w*|replac\w*)\b", re.IGNORECASE
)
_JOINS = re.compile(r"\band\b|&|\+|/(?!\d)|,|;|:")
_CAUSE = re.compile(r"because|due to|after|for |reason|since|secondary|caused|from", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:Dr\.?|MD|RN|NP|PA|DO)\b|\b[A-Z][a-z]+ [A-Z][a-z]+\b")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ASKING = frozenset(
    form
    for word in (
        "last latest recent most current currently now ever date dates dose doses list show tell give any all first when what which "
        "who how why many much result results level value chart record documented patient please day month year time times"
    ).split()
    for form in (word, *forms(word))
)
"""Words that say what is asked, and need not stand in an answer."""


class Found(NamedTuple):
    """What was drafted and checked for a question."""

    claims: Sequence[tuple[DraftClaim, Verdict]]
    """Claims that are shown, each with its verdict."""
    today: date
    """Last day of what the question may see: the age of the evidence counts from it."""
    dropped: int = 0
    """Claims that did not pass every check."""
    missing: int = 0
    """Things that the answer names as left open."""
    conflicts: int = 0
    """Disagreements of sources about it."""
    reason: AbstentionReason = AbstentionReason.NOT_DOCUMENTED
    certificate: SearchCertificate | None = None
    """Of an abstention."""
    drafts_agree: float | None = None
    """Share of a language model's drafts that hold these claims; `None`: no model wrote."""
    looked: float | None = None
    """Log-odds of the second look at the notes that their best sentences answer; `None`: it was not taken."""
    judged: float | None = None
    """Probability that a judge of entailment gives; `None`: none was asked."""
    read: Sequence[float] = ()
    """Log-odds that each claim answers, as the reader of sentences sees them."""


def answer_features(question: Question, plans: Sequence[Plan], found: Found, /) -> dict[str, float]:
    """Return the features of an answer, or of an abstention where nothing is claimed."""
    told = _of_answer(question.text, plans, found) if found.claims else _of_abstention(plans, found)
    every = {**_of_question(question, plans), **_of_look(found), **told, **_of_model(found)}
    return {name: round(float(value), 4) for name, value in every.items() if value}


def _of_look(found: Found) -> dict[str, float]:
    """Whether the notes were looked at again, and the odds that their best sentences answer."""
    return {"looked": found.looked is not None, "look_odds": 0.0 if found.looked is None else math.exp(min(found.looked, 2.0))}


def _of_model(found: Found) -> dict[str, float]:
    """Agreement of drafts and the judge's verdict; both absent without a model."""
    return {
        "drafts_disagree": 0.0 if found.drafts_agree is None else 1 - found.drafts_agree,
        "judge_doubts": 0.0 if found.judged is None else 1 - found.judged,
        "written_by_model": float(found.drafts_agree is not None),
    }


def _of_question(question: Question, plans: Sequence[Plan]) -> dict[str, float]:
    text = question.text
    targets = [target for plan in plans for target in plan.targets]
    known = [target for target in targets if target.concept_keys]
    read, asked = {plan.intent for plan in plans}, {intent for intent, cue in INTENTS if cue.search(text)}
    timed = any(plan.window is not None or plan.anchor is not None for plan in plans)
    return {
        "words": math.log1p(len(forms(text))),
        "parts": len(plans) > 1,
        "joins": min(6, len(_JOINS.findall(text))),
        "no_target": not targets,
        "targets": min(4, len(targets)),
        "absent_targets": (len(targets) - len(known)) / max(1, len(targets)),
        "inexact_targets": sum(not target.exact for target in known) / max(1, len(targets)),
        "class_target": any(target.is_class for target in targets),
        "attribute_target": any(target.is_attribute for target in targets),
        "chart_names_it": any(target.concept_keys and not target.ids for target in targets),
        "candidates": math.log1p(sum(len(target.concept_keys) for target in targets)),
        "keywords": math.log1p(sum(len(plan.keywords) for plan in plans)),
        "unknown": math.log1p(sum(len(plan.unknown) for plan in plans)),
        "corrected": any(plan.corrected for plan in plans),
        "lost": any(plan.lost for plan in plans),
        "window": timed,
        "time_unread": not timed and TIMED.search(text) is not None,
        "unread_intents": min(3, len(asked - read)),
        "intents": min(4, len(asked)),
        "asks_told": _TOLD.search(text) is not None,
        "asks_where": _WHERE.search(text) is not None,
        "asks_result": _RESULT.search(text) is not None,
        "compares": _COMPARES.search(text) is not None,
        "as_of": question.as_of is not None,
        "no_patient": question.patient_id is None,
        **{f"asks_{intent.value}": intent in asked for intent in _ASKED},
        **{name: any(getattr(plan, name) for plan in plans) for name in _FLAGS},
        **kind_features(text),
    }


_ASKED = (Intent.WHEN, Intent.REASON, Intent.WHO, Intent.DOSE, Intent.COUNT, Intent.DIFFERENCE, Intent.TREND)
_FLAGS = (
    "family", "historical", "current", "newest", "every", "upcoming", "undone", "harm", "subject_named", "event", "aspects",
    "moments", "ordinal",
)  # fmt: skip


def _of_answer(text: str, plans: Sequence[Plan], found: Found) -> dict[str, float]:
    claims = [claim for claim, _ in found.claims]
    quotes = [claim for claim in claims if claim.route in QUOTES]
    citations = [citation for claim in claims for citation in claim.citations]
    years = [int(when[:4]) for each in citations if (when := each.source.occurred_at or each.source.recorded_at)]
    weighed = [claim.margin for claim in claims if claim.margin is not None]
    told = [told_by(claim) for claim in claims]
    rest, shape = _content_words(text, plans), _shape(plans, text, claims)
    return {
        "claims": math.log(len(claims)),
        "citations": math.log(len(citations)),
        "sources": math.log(len({each.source.resource for each in citations})),
        "routes": min(3, len({claim.route for claim in claims}) - 1),
        "only_quotes": len(quotes) == len(claims),
        "quotes_and_facts": 0 < len(quotes) < len(claims),
        "unsupported": 1 - min(claim.support for claim in claims),
        "not_entailed": 1 - min(verdict.checks.entailment for _, verdict in found.claims),
        "margin": min(2.0, max(weighed)) if weighed else 0.0,
        "absences": sum(claim.kind is ClaimKind.ABSENCE for claim in claims) / len(claims),
        "computed": sum(claim.computation is not None for claim in claims) / len(claims),
        "undated": not years,
        "age": math.log1p(max(0, found.today.year - max(years))) if years else 0.0,
        "length": math.log(sum(len(claim.text) for claim in claims)),
        "dropped": found.dropped > 0,
        "missing": min(2, found.missing),
        "conflicts": found.conflicts > 0,
        **_routes(claims),
        **_agreement(claims, quotes),
        **_left_open(rest, plans, told),
        **asked_features(
            text, plans, told, list(dict.fromkeys(rest)), today=found.today, misfit=any(shape[name] for name in _MISFIT)
        ),
        "days": math.log1p(len({match[0] for each in told for match in DATE.finditer(each.said)})),
        "wordy": math.log1p(max(len(forms(each.said)) for each in told) / max(1, len(forms(text)))),
        "no_comparison": shape["no_comparison"],
        **_read(found.read, only_quotes=len(quotes) == len(claims)),
    }


def _read(odds: Sequence[float], *, only_quotes: bool) -> dict[str, float]:
    """Return how likely the likeliest claim answers, as it is read: facts read otherwise than sentences of notes."""
    if not odds:
        return {}
    best = max(-1.0, min(1.0, max(odds) / SUREST))
    return {"read_quote" if only_quotes else "read_fact": best, "read_low": max(odds) < 0}


def _routes(claims: Sequence[DraftClaim]) -> dict[str, float]:
    """Return each route with its share among the routes of the answer."""
    routes = {claim.route for claim in claims}
    return {f"route_{route}": 1 / len(routes) for route in sorted(routes)}


def _agreement(claims: Sequence[DraftClaim], quotes: Sequence[DraftClaim]) -> dict[str, float]:
    """Say whether table and note tell the same number, where both speak."""
    in_notes = {number for claim in quotes for number in _NUMBER.findall(said_by(claim))}
    in_tables = {number for claim in claims if claim not in quotes for number in _NUMBER.findall(claim.text)}
    both = bool(in_notes and in_tables)
    return {"routes_agree": both and bool(in_notes & in_tables), "routes_differ": both and not in_notes & in_tables}


def _content_words(text: str, plans: Sequence[Plan]) -> list[str]:
    """Return the folded words of a question that no target and no time covers, and that do not only ask."""
    read = {word for plan in plans for target in plan.targets for word in forms(target.words)}
    read |= {word for plan in plans if plan.window for word in forms(plan.window.words)}
    read |= _ASKING | STOPWORDS
    return [word for word in forms(text) if len(word) > 1 and word not in read and not word.isdigit()]


def _left_open(rest: Sequence[str], plans: Sequence[Plan], told: Sequence[Told]) -> dict[str, float]:
    """Count the words and things of the question that neither the answer nor what it quotes says, word by word."""
    said = tuple(word for each in told for word in each.words.run)
    stems = {word[:STEM] for word in said}
    targets = [target for plan in plans for target in plan.targets]
    open_words = [word for word in rest if word[:STEM] not in stems]
    keywords = [word for plan in plans for word in plan.keywords]
    open_keywords = [word for word in keywords if word[:STEM] not in stems]
    untold = [target for target in targets if target.alternatives and target.find(said) is None]
    return {
        "open_words": min(6, len(open_words)),
        "open_share": len(open_words) / max(1, len(rest)),
        "open_rare": min(3, sum(word not in ORDINARY for word in open_words)),
        "open_keywords": min(4, len(open_keywords)),
        "open_unknown": any(word in open_keywords for plan in plans for word in plan.unknown),
        "untold_targets": min(3, len(untold)),
        "first_untold": bool(targets) and targets[0] in untold,
    }


def _shape(plans: Sequence[Plan], text: str, claims: Sequence[DraftClaim]) -> dict[str, bool]:
    """Say whether the answer lacks the shape that is asked: a date for "when", a number for "how many", a cause for "why"."""
    asked = {intent for intent, cue in INTENTS if cue.search(text)} | {plan.intent for plan in plans}
    body = " ".join(said_by(claim) for claim in claims)
    numbers = _NUMBER.search(DATE.sub(" ", body)) is not None
    routes = {claim.route for claim in claims}
    return {
        "no_date": Intent.WHEN in asked and not DATE.search(body),
        "no_cause": Intent.REASON in asked and not _CAUSE.search(body),
        "no_person": Intent.WHO in asked and not _PERSON.search(body),
        "no_number": bool(asked & _OF_NUMBERS) and not numbers,
        "no_medicine": Intent.DOSE in asked and not any(claim.category is Category.MEDICATION for claim in claims),
        "no_comparison": bool(asked & _OF_COURSE) and not routes & _COMPARED,
    }


_MISFIT = ("no_date", "no_cause", "no_person", "no_number", "no_medicine")
_OF_NUMBERS = frozenset({Intent.COUNT, Intent.DOSE, Intent.DURATION, Intent.AGE, Intent.DIFFERENCE, Intent.AVERAGE})
_OF_COURSE = frozenset({Intent.DIFFERENCE, Intent.TREND, Intent.CHANGES})
_COMPARED = frozenset({"difference", "trend", "changes", "value_in_window"})


def _of_abstention(plans: Sequence[Plan], found: Found) -> dict[str, float]:
    targets = [target for plan in plans for target in plan.targets]
    certificate = found.certificate
    keywords = [word for plan in plans for word in plan.keywords]
    unknown = {word for plan in plans for word in plan.unknown}
    return {
        f"reason_{found.reason.value}": True,
        "near_miss": any(target.concept_keys and target.exact for target in targets),
        "nearly_named": any(target.concept_keys for target in targets),
        "first_in_chart": bool(targets) and bool(targets[0].concept_keys),
        "all_in_chart": bool(targets) and all(target.concept_keys for target in targets),
        "nothing_known": not any(target.ids for target in targets),
        "only_unknown_words": not targets and bool(keywords) and unknown.issuperset(keywords),
        "failed_checks": found.dropped > 0,
        "missing": found.missing > 0,
        "not_covered": certificate is not None and certificate.absence is Absence.NOT_COVERED,
        "gaps": certificate is not None and bool(certificate.gaps),
        "documents": math.log1p(certificate.documents_searched) if certificate else 0.0,
        "facts": math.log1p(certificate.facts_searched) if certificate else 0.0,
    }
