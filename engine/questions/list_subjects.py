"""The list of the chart that a question is about: medications, problems, visits, the person."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.domain.records import Category
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.plans import Target
from chartcite.engine.questions.question_words import CONTACT, DATE_OF_BIRTH, DEMOGRAPHIC, SUBJECTS

_KIND_SUBJECT = {
    ConceptKind.DRUG: Category.MEDICATION,
    ConceptKind.CONDITION: Category.CONDITION,
    ConceptKind.PROCEDURE: Category.PROCEDURE,
    ConceptKind.VACCINE: Category.IMMUNIZATION,
}
_LISTS = frozenset(
    {
        Category.MEDICATION,
        Category.PROCEDURE,
        Category.ORDER,
        Category.ENCOUNTER,
        Category.CARE_PLAN,
        Category.GOAL,
        Category.COVERAGE,
    }
)
"""Lists that stay the subject when something of another kind is named: its items are chosen by that."""
_ALLERGY_TEST = Cue(
    r"\ballerg\w* (?:blood |skin |prick |patch )?(?:screen\w*|tests?|tested|testing|panels?|profiles?|work-?ups?|bloods|ige|rast)\b|\bige\b|\brast\b",
)
"""Asks for a test and not for the list of allergies."""
_OF_PERSON = frozenset({"age", "sex", "marital status", "preferred language", "language", "race", "ethnicity", "religion"})


def subjects_named(text: str) -> list[Category]:
    """Return the lists that a question names, each once."""
    return [category for category, cue in SUBJECTS if cue.search(text)]


def read_subject(text: str, targets: Sequence[Target]) -> Category | None:
    """Return the list that the question is about. A demographic cue counts only where nothing clinical is named."""
    if DATE_OF_BIRTH.search(text) or CONTACT.search(text):
        return Category.DEMOGRAPHIC
    if DEMOGRAPHIC.search(text) and all(
        target.kind is None or not target.concept_keys or target.label in _OF_PERSON for target in targets
    ):
        return Category.DEMOGRAPHIC
    named = [category for category, cue in SUBJECTS if cue.search(text)]
    if _ALLERGY_TEST.search(text):
        named = [category for category in named if category is not Category.ALLERGY]
    if Category.ALLERGY in named:
        return Category.ALLERGY
    kinds = [target.kind for target in targets if target.kind is not None]
    if not kinds:
        return named[0] if named else None
    if ConceptKind.VACCINE in kinds:
        return Category.IMMUNIZATION
    if ConceptKind.DRUG in kinds and Category.ENCOUNTER not in named:
        return Category.MEDICATION
    if ConceptKind.PROCEDURE in kinds and Category.ENCOUNTER not in named:
        return Category.PROCEDURE
    listed = next((category for category in named if category in _LISTS), None)
    return listed or next((_KIND_SUBJECT[kind] for kind in kinds if kind in _KIND_SUBJECT), None)


def without_names(text: str, targets: Sequence[Target]) -> str:
    """Take out the names of problems and procedures: a drug overdose asks for no list of drugs."""
    for target in targets:
        is_allergy = "allerg" in target.label.lower() or "allerg" in target.words.lower()
        is_name = target.kind is ConceptKind.PROCEDURE or (target.kind is ConceptKind.CONDITION and not is_allergy)
        if is_name and " " in target.words:
            text = re.sub(rf"{re.escape(target.words)}\b", "it", text, flags=re.IGNORECASE)
    return text


def names_list(text: str) -> bool:
    """Say whether a question names its list itself: "is she taking X?", "was he diagnosed with Y?"."""
    return (
        re.search(
            r"\b(?:is|was|are|were|am|be|been|still|currently|now|ever) (?:\w+ ){0,2}?(?:on|taking|prescribed|given|using|diagnosed)\b",
            text,
            re.IGNORECASE,
        )
        is not None
    )
