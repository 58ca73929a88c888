"""Problems and allergies that came or went between two moments, and which conditions are problems at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from chartcite.engine.domain.briefings import Line, Section
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.active_facts import condition_is_active
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.terminology import SYSTEMS, ConceptKind, LexiconConcept
from chartcite.engine.medicines.medication_changes import first_told
from chartcite.engine.review.chart_review import Review, arrived, counted, day_of, section, within

_HELD = (AssertionStatus.PRESENT, AssertionStatus.POSSIBLE)
_SOCIAL_CATEGORIES = frozenset({"sdoh", "social-history", "social determinants of health", "social history"})
_SOCIAL_ICD = re.compile(r"Z(?:5[5-9]|6[0-5])")
_SOCIAL_CODE = re.compile(r"icd10cm:Z(?:5[5-9]|6[0-5]|73)")
_SOCIAL = "social-finding"
_OVER = frozenset({"resolved", "inactive", "remission"})


def is_problem(fact: Fact, review: Review) -> bool:
    """Say whether a condition is a clinical problem.

    Conditions filed as social determinants, ICD-10-CM Z55 to Z65 (socioeconomic and psychosocial circumstances) and what the
    lexicon knows as a social finding are none. A SNOMED CT finding ("Full-time employment (finding)") is one only where the
    lexicon knows it, or a part of its words, as a condition; a SNOMED CT situation only where it is a history of something.
    """
    if any(detail.name == "category" and detail.text.lower() in _SOCIAL_CATEGORIES for detail in fact.details):
        return False
    if any(SYSTEMS.get(coding.system) == "icd10cm" and _SOCIAL_ICD.match(coding.code) for coding in fact.concept.codings):
        return False
    known = [review.lexicon.concepts[id_] for id_ in review.lexicon.link(fact.concept)]
    clinical = [one for one in known if one.kind is ConceptKind.CONDITION and not _is_social(one, review)]
    if known and not clinical and any(_is_social(one, review) for one in known):
        return False
    names = (fact.concept.text, *(coding.display for coding in fact.concept.codings))
    if any("(situation)" in name for name in names):
        return any(name.lower().startswith("history of") for name in names)
    return bool(clinical) if any("(finding)" in name for name in names) else True


def _is_social(concept: LexiconConcept, review: Review) -> bool:
    """Say whether a concept is nothing but a circumstance of life: below the social findings, or of ICD-10-CM Z55-Z65 or Z73."""
    below = all(_SOCIAL in review.lexicon.above(parent) for parent in concept.parents)
    return bool(concept.parents and below) or any(_SOCIAL_CODE.match(code) for code in concept.codes)


def problems(review: Review) -> list[Fact]:
    """Return the chart's clinical problems, oldest first."""
    return [fact for fact in review.of(Category.CONDITION) if is_problem(fact, review)]


def active_problems(review: Review) -> list[Fact]:
    """Return the newest entry of each problem that is active, newest first."""
    newest: dict[str, Fact] = {}
    for fact in problems(review):
        if condition_is_active(fact, review.today) and (fact.occurred is None or fact.occurred.first_day <= review.today):
            newest[name_of(fact).lower()] = fact
    return sorted(newest.values(), key=day_of, reverse=True)


def problem_changes(review: Review, first: date | None) -> Section:
    """Say which problems are new, confirmed, refuted or over; notes tell where the chart has no list of problems."""
    listed = problems(review)
    if not review.of(Category.CONDITION):
        told = first_told(review, Category.CONDITION, first)
        mentions = counted(review.told(Category.CONDITION), "mention")
        return section("problems", "Problems", told, f"no problem list; {mentions} in notes")
    lines = _changes(listed, review, first)
    return section("problems", "Problems", lines, counted(listed, "condition entry", "condition entries"), most=20)


def finding_changes(review: Review, first: date | None) -> Section:
    """Say which findings and circumstances, that are no problems, are new or over."""
    listed = [fact for fact in review.of(Category.CONDITION) if not is_problem(fact, review)]
    lines = _changes(listed, review, first)
    searched = counted(listed, "finding")
    return section("findings", "Findings and circumstances", lines, searched, most=8)


def _changes(listed: Sequence[Fact], review: Review, first: date | None) -> list[Line]:
    then = review.before(first, (Category.CONDITION,))
    told: dict[tuple[str, str], Line] = {}
    names: set[str] = set()
    for fact in listed:
        label = _label(fact, then.get(fact.id), first, review, again=name_of(fact).lower() in names)
        names.add(name_of(fact).lower())
        line = review.line(label, fact) if label else None
        if line:
            told[label, name_of(fact).lower()] = line
    newest_first = list(told.values())
    newest_first.reverse()
    newest_first.sort(key=lambda line: _ORDER[line.label])
    return newest_first


_ORDER = {
    label: place
    for place, label in enumerate(("new", "confirmed", "new again", "suspected", "resolved", "refuted", "new and resolved"))
}


def _label(fact: Fact, was: Fact | None, first: date | None, review: Review, *, again: bool) -> str:
    """Return what happened to a condition; empty: nothing."""
    came = arrived(fact, first, review.today)
    if fact.assertion is AssertionStatus.ABSENT:
        return "refuted" if came or (was is not None and was.assertion in _HELD) else ""
    if fact.assertion not in _HELD:
        return ""
    over = within(fact.ended, first, review.today)
    if was is not None and not over:
        over = fact.status in _OVER and was.status not in _OVER
    if came:
        over = over or fact.status in _OVER
        kind = "suspected" if fact.assertion is AssertionStatus.POSSIBLE else "new again" if again else "new"
        return "new and resolved" if over else kind
    if over:
        return "resolved"
    confirmed = was is not None and was.assertion is AssertionStatus.POSSIBLE and fact.assertion is AssertionStatus.PRESENT
    return "confirmed" if confirmed else ""


def allergies(review: Review) -> list[Fact]:
    """Return the entries of the allergy list; where there is no list, the newest mention of each in notes."""
    listed = review.of(Category.ALLERGY)
    if listed:
        return listed
    return list({review.key_of(fact): fact for fact in review.told(Category.ALLERGY)}.values())


def allergy_changes(review: Review, first: date | None) -> Section:
    """Say which allergies are new, over or refuted."""
    listed = review.of(Category.ALLERGY)
    if not listed:
        told = first_told(review, Category.ALLERGY, first)
        mentions = counted(review.told(Category.ALLERGY), "mention")
        return section("allergies", "Allergies", told, f"no allergy list; {mentions} in notes")
    then = review.before(first, (Category.ALLERGY,))
    lines: list[Line | None] = []
    for fact in listed:
        was = then.get(fact.id)
        if arrived(fact, first, review.today):
            lines.append(review.line("refuted" if fact.assertion is AssertionStatus.ABSENT else "new", fact))
        elif was is not None and was.status != fact.status:
            lines.append(review.line(fact.status or "changed", fact))
    return section("allergies", "Allergies", lines, counted(listed, "allergy entry", "allergy entries"))
