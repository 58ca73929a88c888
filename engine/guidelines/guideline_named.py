"""Whether a recommendation names what a question is about: its disease, its medicine, the kind of thing that it asks for.

"Which biologic after methotrexate?" is not answered by a recommendation that names methotrexate and no biologic; "how is syphilis
treated?" by none that names no syphilis, however near its words are.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.guidelines.guideline_attributes import compares
from chartcite.engine.guidelines.guideline_coverage import Thing, stem_of, things_of
from chartcite.engine.guidelines.guideline_subjects import tells_person
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import ConceptKind, Lexicon
from chartcite.engine.questions.question_words import is_ordinary

_ASKED_NOUN = re.compile(
    r"\b(?:which|what|how much|how many)\s+(?!(?:is|are|was|were|should|do|does|did|to|the|about|if|can|else|would|will|has|have"
    r"|other|kind|type|sort)\b)([a-z][\w-]+)",
    re.IGNORECASE,
)
_ALLERGIC = re.compile(r"\ballerg(?:ic|y) to (?:\w+ ?){1,2}|\b\w+[- ]allerg(?:y|ic)\b", re.IGNORECASE)
"""An allergy is told beside what is asked about."""
_DEGREES = frozenset({"normal", "raised", "abnormal"})


class Noun(NamedTuple):
    """The kind of thing that is asked for, "which antibiotic", with the concepts of that kind."""

    things: tuple[Thing, ...]
    of_kind: frozenset[str]


class Subjects(NamedTuple):
    """What a question is about."""

    medicines: tuple[Thing, ...]
    diseases: tuple[Thing, ...]
    compared: tuple[Thing, ...]
    """Two things that are weighed against each other; empty: none are."""
    asked: tuple[Noun, ...]


@lru_cache(maxsize=256)
def subjects_of(question: str, lexicon: Lexicon) -> Subjects:
    """Read out of a question what it is about."""
    things = things_of(_ALLERGIC.sub(" ", question), lexicon)
    nouns = [things_of(match[1].lower(), lexicon) for match in _ASKED_NOUN.finditer(question)]
    return Subjects(
        medicines=tuple(one for one in things if _is_subject(one, ConceptKind.DRUG, lexicon)),
        diseases=tuple(one for one in things if _is_subject(one, ConceptKind.CONDITION, lexicon)),
        compared=tuple(one for one in things if one.concepts) if compares(question) else (),
        asked=tuple(
            Noun(noun, frozenset(other for one in noun for id_ in one.own for other in lexicon.below(id_)))
            for noun in nouns
            if noun
        ),
    )


def names_subjects(subjects: Subjects, said: frozenset[str], stems: frozenset[str], *, document: frozenset[str]) -> bool:
    """Say whether a recommendation names one of the diseases, one of the medicines, and what is asked for or compared.

    Args:
        subjects: of the question.
        said: concepts of the recommendation.
        stems: its words.
        document: concepts of its whole guideline: "that risk" may stand for what another section names.
    """
    for things in (subjects.medicines, subjects.diseases):
        if things and not any(one.concepts & (said | document) or _said(one, stems) for one in things):
            return False
    if not all(one.concepts & said or _said(one, stems) for one in subjects.compared):
        return False
    return all(
        one.of_kind & said or all(each.concepts & said or _said(each, stems) for each in one.things) for one in subjects.asked
    )


def closeness(subjects: Subjects, said: frozenset[str], lexicon: Lexicon) -> float:
    """Return how closely the medicines of a question are named, 0 to 1: by name, or less by a class the wider it is."""
    medicines = subjects.medicines
    return sum(_how_close(one, said, lexicon) for one in medicines) / len(medicines) if medicines else 0.0


def _how_close(thing: Thing, said: frozenset[str], lexicon: Lexicon) -> float:
    if thing.own & said:
        return 1.0
    return max((len(lexicon.below(id_)) ** -0.5 for id_ in thing.concepts & said), default=0.0)


def _is_subject(thing: Thing, kind: ConceptKind, lexicon: Lexicon) -> bool:
    """Say whether a thing is a disease or a medicine by itself: no class, and no ordinary word."""
    first, *more = thing.words
    if not more and (is_ordinary(first) or tells_person(first) or first in _DEGREES):
        return False
    kinds = {lexicon.concepts[id_].kind for id_ in thing.own}
    return kinds == {kind} and not any(lexicon.concepts[id_].is_class for id_ in thing.own)


def _said(thing: Thing, stems: frozenset[str]) -> bool:
    """Say whether at least half of a thing's words are among the words of a recommendation."""
    held = sum(any(stem_of(other) in stems for other in (word, *said_as(word))) for word in thing.words)
    return 2 * held >= len(thing.words)
