"""Letters in a chart that are about somebody else: the assessment of a donor, the clinic letter of a relative.

What they say of "you" is not said of the patient.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import Category
from chartcite.engine.language.cues import Cue
from chartcite.engine.questions.persons import names_relative, relative_acts, relative_tells
from chartcite.engine.questions.plans import Plan

_OPENING = 600
"""Characters at the beginning of a letter that say of whom it is."""
_TITLE = r"(?:(?:mr|mrs|ms|miss|mx|dr|prof)\.?\s+)?"
_NAME = r"(?-i:[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){1,3})"
_SUBJECT = Cue(
    rf"^\W*(?:re|regarding|patient|ref|about)\b\s*[:.–-]?\s*{_TITLE}(?P<name>{_NAME})(?P<rest>[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_GREETED = Cue(rf"^\W*dear\s+{_TITLE}(?P<name>(?-i:[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?))\s*,", re.IGNORECASE | re.MULTILINE)
_KIN = Cue(
    r"\b(?:donor|(?:mother|father|parent|sister|brother|sibling|wife|husband|partner|son|daughter|aunt|uncle|cousin|niece|nephew|relative|carer)"
    r"(?: of|['’]s)?)\b"
)


def without_others(reading: Reading, claims: Sequence[DraftClaim], /) -> list[DraftClaim]:
    """Return the claims without what letters say of another person, where the question does not ask of that person."""
    plan = reading.plan
    if plan.family or relative_acts(plan.text) or relative_tells(plan.text):
        return list(claims)
    claims = of_patient([plan], claims)
    cited = {claim.citations[0].source.resource for claim in claims if claim.citations}
    letters = _openings(reading, cited)
    foreign = {resource for resource, text in letters.items() if _is_of_another(text, reading)}
    return [claim for claim in claims if not claim.citations or claim.citations[0].source.resource not in foreign]


def of_patient(plans: Sequence[Plan], claims: Sequence[DraftClaim], /) -> list[DraftClaim]:
    """Return the claims without lines of shorthand about a relative ("Brother Dean: on warfarin"), where no relative is asked of."""
    if any(plan.family or names_relative(plan.text) for plan in plans):
        return list(claims)
    return [
        claim
        for claim in claims
        if claim.route == "family" or not claim.citations or not _is_line_of_relative(claim.citations[0].quote)
    ]


def _is_line_of_relative(quote: str) -> bool:
    alone = _GOES_ON.search(quote) is None  # what stands behind the line is of the patient
    return alone and _LINE_OF_RELATIVE.match(quote) is not None and _OF_PATIENT.search(quote) is None


_GOES_ON = Cue(r"[.;]\s+\S")


_LINE_OF_RELATIVE = Cue(
    r"\W*(?:(?:fhx?|family history)\s*:\s*)?(?:(?:his|her|pt['’]?s) )?(?:older |younger |twin |half[- ])?(?:brother|sister|father|mother|dad|mum|mom|aunt|uncle|cousin"
    r"|grand(?:father|mother|ma|pa|dad))\b(?:\s+(?-i:[A-Z][a-z]+))?(?:\s*:|\s+(?:mi|ca|copd|t[12]dm|htn|cva|dvt|pe)\b)"
)
_OF_PATIENT = Cue(
    r"\b(?:he|she|him|his|her|hers|pt|patient|i|we|says?|said|reports?|states?|stated|thinks?|worried|concerned|asks?|asked|rang|called|phone\w*|lives?|visits?|helps?)\b|\d{5}"
)
"""Tells that a relative speaks of the patient, or cares for them."""


def _openings(reading: Reading, resources: set[str]) -> dict[str, str]:
    """Return how the documents that are cited begin."""
    first: dict[str, Passage] = {}
    for passage in reading.shelves.records.all_passages(reading.scope):
        known = first.get(passage.resource)
        if passage.resource in resources and (known is None or passage.start < known.start):
            first[passage.resource] = passage
    return {resource: passage.text[:_OPENING] for resource, passage in first.items()}


def _is_of_another(opening: str, reading: Reading) -> bool:
    """Say whether a letter names as its subject, and greets, somebody who has no name of the patient's but perhaps the last."""
    subject = _SUBJECT.search(opening)
    if subject is None:
        return False
    given = _words(subject["name"])[:1]
    own = _names_of_patient(reading)
    if not own or not given or given[0] in own:
        return False
    if given[0] in _words(reading.plan.text):
        return False  # the question asks of that person
    greeted = _GREETED.search(opening)
    same = greeted is not None and bool(set(_words(greeted["name"])) & set(_words(subject["name"])))
    return same or _KIN.search(subject["rest"]) is not None


def _names_of_patient(reading: Reading) -> set[str]:
    facts = reading.shelves.records.facts(reading.scope, categories=(Category.DEMOGRAPHIC,))
    named = [fact.value.shown for fact in facts if fact.value is not None and fact.concept.text.lower() in _NAMES]
    return {word for name in named for word in _words(name)}


_NAMES = frozenset({"name", "nickname", "former name", "maiden name", "also known as"})


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", text.lower())
