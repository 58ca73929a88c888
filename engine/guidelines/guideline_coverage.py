"""How much of a question a recommendation names: the nearest of a corpus is not yet one that answers.

Every word of a question weighs as much as it tells recommendations apart, and most where none of them holds it: "yellow fever jab
for Brazil" finds vaccines, and no yellow fever. Names of the lexicon count as one thing, in whichever words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.guidelines.guideline_subjects import only_asks, tells_person
from chartcite.engine.guidelines.guidelines import Library, Recommendation
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms, tokenize
from chartcite.engine.questions.question_words import STOPWORDS, is_ordinary

_STEM = 5
"""Letters by which longer words are compared: `screen`, `screening`."""
_SHORT = 4
_UNIT = 2
"""Letters of `mg`, `mm`, `yo`: so short a word that is no name tells nothing."""
_ORDINARY_WEIGHT = 0.25
"""What an ordinary word weighs that no name of the lexicon holds, beside a rare one."""
_ORDINARY_NAME_WEIGHT = 0.6
"""The same of one that names something too: "low", "change", "fever"."""


_MOST_NARROW = {ConceptKind.DRUG: 60, ConceptKind.CONDITION: 24, ConceptKind.VACCINE: 12}
"""Members of a class that still tells recommendations apart: `Zocor` is told by the statins, and not by "medication"."""
_NARROW_OTHERS = 4


class Thing(NamedTuple):
    """A word, or a name of the lexicon: its words, and its concepts with the narrow classes over them and what is under them."""

    words: tuple[str, ...]
    concepts: frozenset[str]
    own: frozenset[str] = frozenset()
    """The concepts that the name stands for, without classes and members."""


@lru_cache(maxsize=4096)
def things_of(text: str, lexicon: Lexicon) -> tuple[Thing, ...]:
    """Return what a text names, each once; function words and bare numbers are left out."""
    tokens = tokenize(text)
    forms_ = [token.form for token in tokens]
    found: list[Thing] = []
    rest = set(range(len(tokens)))
    for mention in lexicon.mentions(forms_):
        first = tokens[mention.first]
        word = text[first.start : first.end].lower()
        if mention.last - mention.first == 1 and (word in STOPWORDS or only_asks(word)):
            continue  # "does" is no dyspnea on exertion
        found.append(Thing(tuple(forms_[mention.first : mention.last]), _near(mention.ids, lexicon), frozenset(mention.ids)))
        rest -= set(range(mention.first, mention.last))
    words = [forms_[place] for place in sorted(rest)]
    found += [Thing((word,), frozenset()) for word in words if word.isalpha() and len(word) > _UNIT and _tells(word)]
    return tuple(dict.fromkeys(found))


def _tells(word: str) -> bool:
    return word not in STOPWORDS and not tells_person(word) and not only_asks(word)


def _near(ids: tuple[str, ...], lexicon: Lexicon) -> frozenset[str]:
    near = {other for id_ in ids for other in lexicon.above(id_) if len(lexicon.below(other)) <= _narrow(other, lexicon)}
    under = {other for id_ in ids if id_ in near for other in lexicon.below(id_)}
    return frozenset({*ids, *near, *under})


def _narrow(id_: str, lexicon: Lexicon) -> int:
    return _MOST_NARROW.get(lexicon.concepts[id_].kind, _NARROW_OTHERS)


def exactly(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Return the concepts that a text names, without classes: what says `statin` says nothing of other lipid-lowering drugs."""
    return frozenset(id_ for mention in lexicon.mentions([token.form for token in tokenize(text)]) for id_ in mention.ids)


def concepts_of(text: str, lexicon: Lexicon) -> tuple[frozenset[str], ...]:
    """Return the concepts that a text names, a group for each name."""
    return tuple(dict.fromkeys(thing.concepts for thing in things_of(text, lexicon) if thing.concepts))


@lru_cache(maxsize=4)
def vocabulary(library: Library) -> tuple[dict[str, frozenset[str]], dict[str, float]]:
    """Return the stems of each recommendation, and the weight of each stem: the log of how few hold it."""
    stems = {one.id: frozenset(_stems(forms(_text(one)))) for one in library.recommendations}
    count = Counter(stem for held in stems.values() for stem in held)
    total = len(stems)
    return stems, {stem: math.log((total + 1) / (number + 0.5)) for stem, number in count.items()}


@lru_cache(maxsize=4)
def said_words(library: Library) -> dict[str, frozenset[str]]:
    """Return the stems of what each recommendation advises, without its reasons."""
    return {one.id: frozenset(_stems(forms(_advice(one)))) for one in library.recommendations}


def _advice(one: Recommendation) -> str:
    bullets = " ".join(one.bullets.get(name, "") for name in ("Population", "Conditions"))
    return f"{one.title} {' '.join(one.topics)} {one.heading} {one.statement} {bullets}"


def _text(one: Recommendation) -> str:
    bullets = " ".join(one.bullets.get(name, "") for name in ("Population", "Conditions", "Rationale"))
    issuer = one.guideline.replace("-", " ")  # `uspstf-statin-2022`: how people call them
    return f"{issuer} {one.organization} {one.title} {' '.join(one.topics)} {one.heading} {one.statement} {bullets}"


def _stems(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        yield word
        if len(word) > _SHORT:
            yield word[:_STEM]
            yield word[:_SHORT]


class Weighed(NamedTuple):
    """A thing with what it tells, and for each of its words the stems that say it."""

    concepts: frozenset[str]
    weight: float
    stems: tuple[frozenset[str], ...]


def weigh(things: Iterable[Thing], weights: Mapping[str, float], total: int) -> tuple[Weighed, ...]:
    """Weigh things by how few recommendations name them. `weights`: of each stem; `total`: number of recommendations."""
    rarest = math.log(2 * (total + 1))
    found: list[Weighed] = []
    for thing in things:
        each = [_weight(word, weights, rarest, named=bool(thing.concepts)) for word in thing.words]
        said = tuple(frozenset({stem_of(other) for other in (word, *said_as(word))}) for word in thing.words)
        found.append(Weighed(thing.concepts, sum(each) / len(each) ** 0.5, said))
    return tuple(found)


def coverage(things: Sequence[Weighed], stems: frozenset[str], concepts: frozenset[str]) -> float:
    """Return the share, by weight, of some things that a recommendation names by words or concepts: 0 to 1; 1 of nothing."""
    held = total = 0.0
    for one in things:
        total += one.weight
        by_name = bool(one.concepts & concepts)
        said = 1.0 if by_name else sum(not word.isdisjoint(stems) for word in one.stems) / len(one.stems)
        held += one.weight * said
    return held / total if total else 1.0


def _weight(word: str, weights: Mapping[str, float], rarest: float, *, named: bool) -> float:
    plain = weights.get(stem_of(word), rarest)
    if not is_ordinary(word):
        return plain
    return plain * (_ORDINARY_NAME_WEIGHT if named else _ORDINARY_WEIGHT)


def stem_of(word: str) -> str:
    """Return the letters by which a word is compared."""
    return word[:_STEM] if len(word) > _STEM else word
