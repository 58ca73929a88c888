"""Names of medicines that are cut short: "ven" is venetoclax where no other medicine of the chart begins so."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.domain.records import Category
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms, plain_display
from chartcite.engine.ports import ChartConcept
from chartcite.engine.questions.concept_linking import QuestionWords, linked_target
from chartcite.engine.questions.plans import Target
from chartcite.engine.questions.question_words import is_ordinary

_LEAST_LETTERS, _LEAST_ALONE = 3, 4
"""Letters of a name that is cut short: beside words of prescribing, and without them."""
_MOST_LETTERS = 7
_LEAST_CUT = 3
"""Letters that are left out, at least."""
_PRESCRIBING = Cue(
    r"\b(?:dos(?:e|es|ed|age|ing)|\d+ ?m(?:c|i?cro)?g|tab(?:let)?s?|pills?|caps(?:ules)?|meds?|rx|prescri\w+|start(?:ed|ing)?|stop(?:ped|ping)?|off|held|titrat\w+|wean\w*|taper\w*)\b"
)


def cut_names(
    question: QuestionWords, covered: set[int], lexicon: Lexicon, chart: Sequence[ChartConcept]
) -> tuple[list[Target], set[int]]:
    """Return the medicines of the chart that words of a question begin to name, with the places of these words.

    A word that means something to plain English, to the lexicon or to the chart names what it means, and nothing else.
    """
    prescribing = _PRESCRIBING.search(question.text) is not None
    least = _LEAST_LETTERS if prescribing else _LEAST_ALONE
    medicines = [concept for concept in chart if Category.MEDICATION in concept.categories]
    found: list[Target] = []
    places: set[int] = set()
    for place, word in enumerate(question.folded):
        short = least <= len(word) <= _MOST_LETTERS and word.isalpha()
        named = not prescribing and place > 0 and not question.raw[place].islower()  # "with Dr Carv"
        if place in covered or named or not short or is_ordinary(word) or lexicon.has_word(word) or _is_whole(word, chart):
            continue
        ids = {id_ for concept in medicines for id_ in _begun(word, concept, lexicon)}
        if len(ids) == 1:
            found.append(linked_target(question, place, place + 1, tuple(ids), lexicon, chart))
            places.add(place)
    return found, places


def _is_whole(word: str, chart: Sequence[ChartConcept]) -> bool:
    return any(word in forms(concept.concept.text) for concept in chart)


def _begun(word: str, concept: ChartConcept, lexicon: Lexicon) -> set[str]:
    """Return the ingredients of a medicine of the chart whose name, or whose name in the chart, a word begins."""
    ids = [
        id_
        for id_ in lexicon.link(concept.concept)
        if lexicon.concepts[id_].kind is ConceptKind.DRUG and not lexicon.concepts[id_].is_class
    ]
    displayed = set(forms(plain_display(concept.concept.text)))
    return {
        id_
        for id_ in ids
        for name in {*forms(lexicon.concepts[id_].name), *(displayed if len(ids) == 1 else ())}
        if name.startswith(word) and len(name) >= len(word) + _LEAST_CUT
    }
