"""Which members of a class or list the further words of a question choose: "which hepatitis shots"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chartcite.engine.domain.records import Fact
from chartcite.engine.language.terminology import ConceptKind, Lexicon, fold, forms
from chartcite.engine.questions.question_words import OTHER_WORDS
from chartcite.engine.retrieval import TargetFacts

_STEM = 6
"""Letters by which two words count as the same one."""


class Chosen(NamedTuple):
    """Facts that some words choose, and the words that did."""

    facts: list[Fact]
    words: frozenset[str]


def choose(facts: Sequence[Fact], words: Iterable[str], lexicon: Lexicon) -> Chosen:
    """Keep the facts that a word names, word by word; a word that names none of them (or all) chooses nothing.

    A fact is named by its display, its details (reason, author, place), and by what the lexicon calls it and its classes.
    """
    known = {fact.id: _names(fact, lexicon) for fact in facts}
    own = {fact.id: _own_names(fact) for fact in facts}
    kept, used = list(facts), set[str]()
    for word in words:
        asked = {form[:_STEM] for form in (word, *OTHER_WORDS.get(word, ()))}
        # The whole word goes before its beginning: arthroscopy is no arthroplasty.
        names = own if word in _PLACES else known
        named = [fact for fact in kept if {word, fold(word)} & names[fact.id]] or [
            fact for fact in kept if asked & {name[:_STEM] for name in names[fact.id]}
        ]
        if named:
            kept = named
            used.add(word)
    return Chosen(kept, frozenset(used))


def among_class(found: Sequence[TargetFacts], words: Sequence[str], lexicon: Lexicon) -> tuple[list[TargetFacts], frozenset[str]]:
    """Choose among the facts of each target that names a class; return the targets anew and the words that chose."""
    chosen: list[TargetFacts] = []
    used: frozenset[str] = frozenset()
    for item in found:
        is_class = bool(item.target.ids) and lexicon.concepts[item.target.ids[0]].is_class
        placed = _PLACES.isdisjoint(forms(item.target.label)) and all(_names_place(fact) for fact in item.facts)
        named = (*words, *(forms(item.target.words) if placed else ()))
        asked = list(words) if is_class else [word for word in named if _chooses_place(word, item)]
        kept = choose(item.facts, asked, lexicon) if asked and len(item.facts) > 1 else Chosen(item.facts, frozenset())
        kept = Chosen(_called_alike(kept.facts, item, found), kept.words) if is_class else kept
        chosen.append(TargetFacts(item.target, kept.facts))
        used |= kept.words & set(words)
    return chosen, used


def _called_alike(facts: list[Fact], item: TargetFacts, found: Sequence[TargetFacts]) -> list[Fact]:
    """Keep of a class what another word of the question names in the chart: of biopsies, that of the "native" kidney."""
    for other in found:
        if other is not item and other.target.kind is None and not other.target.ids:
            named = {fact.id for fact in other.facts}
            facts = [fact for fact in facts if fact.id in named] or facts
    return facts


_PLACES = frozenset(
    fold(word)
    for word in """left right bottom bum backside buttock behind tailbone sacral sacrum heel shin elbow ankle thigh hip knee foot
    toe leg arm hand wrist shoulder ear eye back neck face scalp head chest breast groin abdomen belly spine jaw
    collarbone kneecap calf finger thumb""".split()
)


def _chooses_place(word: str, item: TargetFacts) -> bool:
    """Say whether a word tells which entry of one problem is meant: the sore on the heel, not the one on the seat."""
    return word in _PLACES and item.target.kind is ConceptKind.CONDITION


def _names_place(fact: Fact) -> bool:
    names = {name[:_STEM] for name in _own_names(fact)}
    return any(form[:_STEM] in names for place in _PLACES for form in (place, *OTHER_WORDS.get(place, ())))


def _names(fact: Fact, lexicon: Lexicon) -> frozenset[str]:
    ids = lexicon.link(fact.concept)
    over = {above for id_ in ids for above in lexicon.above(id_)}
    surfaces = lexicon.surfaces(sorted({*ids, *over}))
    return _own_names(fact) | frozenset(word for text in surfaces for word in forms(text))


def _own_names(fact: Fact) -> frozenset[str]:
    texts = [fact.concept.text, fact.author, *(f"{detail.name} {detail.text}" for detail in fact.details)]
    return frozenset(word for text in texts for word in forms(text))
