"""What only the chart names: the chart's own displays, matched by the rarest words that they share with the question."""
# ruff: noqa: E501

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from chartcite.engine.domain.records import Category
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, fold, forms, plain_display
from chartcite.engine.ports import ChartConcept
from chartcite.engine.questions.plans import Target
from chartcite.engine.questions.question_words import ORDINARY, OTHER_WORDS, is_plain

_SIDED = frozenset({"eye", "ear"})
_GENERIC = frozenset(
    fold(word)
    for word in "ratio level size follow followed following followup count rate score total index volume number test screen panel measurement procedure assessment care finding disorder disease syndrome problem "
    "plan report visit review clinic letter appointment left right both strength difficulty end low high normal abnormal nurse therapist specialist consultant telephone phone family".split()
)
"""Words of which many names are made: alone they name nothing."""
NOT_NAMED = frozenset(
    {Category.DOCUMENT, Category.COVERAGE, Category.ENCOUNTER, Category.CARE_TEAM, Category.DEMOGRAPHIC, Category.GOAL}
)
"""What a chart calls its documents, visits and payers is no answer to a question that shares a word with it."""
_MEASURED = frozenset({Category.LABORATORY, Category.VITAL_SIGN, Category.SURVEY, Category.OBSERVATION, Category.SOCIAL_HISTORY})
_KIND_CATEGORIES: dict[ConceptKind | None, frozenset[Category]] = {
    ConceptKind.DRUG: frozenset({Category.MEDICATION, Category.ALLERGY}),
    ConceptKind.MEASUREMENT: _MEASURED,
    ConceptKind.CONDITION: frozenset({Category.CONDITION}) | _MEASURED,
    ConceptKind.PROCEDURE: frozenset({Category.PROCEDURE, Category.REPORT, Category.ORDER}),
    ConceptKind.VACCINE: frozenset({Category.IMMUNIZATION}),
}
_PUT_IN = frozenset(
    fold(word)
    for word in "implant implanted implantation insert inserted insertion placed placement fitted replaced replacement".split()
)
"""Words for one act: who asks for the valve that was implanted is told by a valve replacement."""
_MANNER = frozenset(fold(word) for word in "regularly properly correctly consistently reliably usually lives living".split())
"""Says how something is done or that somebody lives: "regularly" is no regular insulin, "lives" no live vaccine."""
NAMED, NAMED_SURELY = 0.5, 0.65
"""Share of the open words (by information) that a name of the chart must hold; more where yes or no is asked."""
_MOST_ALIKE = 6
_ROUNDING = 1e-9
"""What sums of weights may differ by where they are equal."""


def chart_surfaces(chart: Sequence[ChartConcept]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the displays of the chart as words that name something, besides the lexicon's."""
    surfaces: dict[tuple[str, ...], list[str]] = {}
    for concept in chart:
        if concept.categories and concept.categories <= NOT_NAMED:
            continue
        for name in {concept.concept.text, *(coding.display for coding in concept.concept.codings)}:
            run = forms(plain_display(name))
            if run and not (len(run) == 1 and (is_plain(run[0]) or run[0] in ORDINARY)):
                surfaces.setdefault(run, []).append(f"chart:{concept.key}")
    return {run: tuple(keys) for run, keys in surfaces.items()}


def chart_targets(
    asked: Sequence[str],
    said: set[str],
    covered: set[int],
    targets: Sequence[Target],
    chart: Sequence[ChartConcept],
    *,
    least: float,
) -> tuple[list[Target], set[int]]:
    """Find what only the chart names, by the rarest words that a display shares with the question.

    The words of targets without any fact count too: what the lexicon took for one thing may be part of another's name.
    """
    words = [word if word not in said else "" for word in asked]
    open_positions = [
        place for place, word in enumerate(words) if place not in covered and word and not is_plain(word) and word not in _MANNER
    ]
    idle = {
        word: _KIND_CATEGORIES.get(target.kind)
        for target in targets
        if not target.concept_keys
        for word in forms(target.words)
        if word not in said
    }
    question = {words[place] for place in open_positions} | {word for word in idle if not is_plain(word)}
    question -= {word for place, word in enumerate(words) if word in _SIDED and words[place - 1 : place] in (["which"], ["what"])}
    sized = {word for word in question if word in OTHER_WORDS}
    if sized:  # "How big is the nodule?": the measure bears the name of the thing
        question |= _beside_size({word for target in targets for word in forms(target.words) if not is_plain(word)}, sized, chart)
    named = [concept for concept in chart if not (concept.categories and concept.categories <= NOT_NAMED)]
    if sized:
        named = [concept for concept in named if not _NO_SIZE.search(concept.concept.text)]
    if "stage" in question:
        named = [concept for concept in named if not _of_gold_test(concept)]
    allowed = frozenset[Category]().union(*(categories for categories in idle.values() if categories))
    if any(word.endswith("therapy") for word in idle):
        allowed |= {Category.PROCEDURE}  # what is given in sessions is recorded as done
    if not open_positions and allowed:
        # Only the words of something known are left: what the chart calls by them must be of that kind.
        named = [concept for concept in named if concept.categories & allowed]
    if not question or not named:
        return [], set()
    if targets:  # "what stage is the cancer?": another problem that has a stage is not meant
        named = [concept for concept in named if not _is_other_problem(concept, question - sized)]
    shared = _of_measures(_most_shared(question, named, targets, least=least), sized)
    keys = sorted(shared)
    common = set[str]().union(*shared.values())
    if not keys or common <= _GENERIC or any(set(keys) <= set(target.concept_keys) for target in targets):
        return [], set()  # "ratio" alone names no ratio
    named = [concept for concept in chart if concept.key in keys]
    target = Target(
        words=" ".join(word for word in words if word in common),
        label=plain_display(named[0].concept.text),
        alternatives=tuple(
            dict.fromkeys(
                (tuple(word for word in words if word in common), *(forms(plain_display(each.concept.text)) for each in named))
            )
        ),
        concept_keys=tuple(keys),
        is_attribute=bool(sized & common),
    )
    return [target], {place for place in open_positions if words[place] in common}


def _beside_size(words: set[str], sized: set[str], chart: Sequence[ChartConcept]) -> set[str]:
    """Return which words of a thing stand in the name of a measure of its size; all where none does."""
    measures = {stem(fold(other)) for word in sized for other in (word, *OTHER_WORDS[word])}
    bags = [{stem(word) for word in forms(plain_display(concept.concept.text))} for concept in chart]
    beside = {word for word in words if any(stem(word) in bag and measures & bag for bag in bags)}
    return beside or words


def _of_gold_test(concept: ChartConcept) -> bool:
    """Say whether "gold" is part of the name of a test for tuberculosis, and no stage."""
    words = forms(plain_display(concept.concept.text))
    return "gold" in words and any(word in {"tb", "qft"} or word.startswith("quantiferon") for word in words)


def _is_other_problem(concept: ChartConcept, thing: set[str]) -> bool:
    """Say whether a problem bears in its name the stage that it has, and none of the words of the thing that is asked of."""
    if concept.categories != {Category.CONDITION}:
        return False
    words = forms(plain_display(concept.concept.text))
    return not _GRADES.isdisjoint(words) and {stem(word) for word in thing}.isdisjoint(stem(word) for word in words)


_NO_SIZE = Cue(r"\b(?:loss|output|intake|pressure|drained|temperature)\b")
"""Measured as well, and no size of anything."""
_GRADES = frozenset({"stage", "grade", "class"})


def _of_measures(shared: dict[int, set[str]], sized: set[str]) -> dict[int, set[str]]:
    """Keep the names that hold the measure which is asked ("stage"), where any does: one that only names the thing is no such."""
    measures = {key: common for key, common in shared.items() if common & sized}
    return measures or shared


def _most_shared(
    question: set[str], named: Sequence[ChartConcept], targets: Sequence[Target], *, least: float
) -> dict[int, set[str]]:
    """Return the concepts whose display shares most of some words (by information), each with those words; empty: none shares enough."""
    bags = {concept.key: {stem(word) for word in forms(plain_display(concept.concept.text))} for concept in named}
    frequency = Counter(stem for bag in bags.values() for stem in bag)
    others = {word: (*OTHER_WORDS.get(word, ()), *(_PUT_IN if word in _PUT_IN else ())) for word in question}
    stems = {word: {stem(word), *(stem(fold(other)) for other in others[word])} for word in question}
    weight = {word: math.log(1 + len(bags) / max(1, *(frequency[stem] for stem in stems[word]))) for word in question}
    shared = {key: _whole({word for word in question if stems[word] & bag}, targets) for key, bag in bags.items()}
    known = {word for target in targets if target.ids for word in forms(target.words)}
    called = {concept.key: forms(plain_display(concept.concept.text)) for concept in named}
    shared = {
        key: {word for word in common if word not in known or _is_called(word, others[word], called[key])}
        for key, common in shared.items()
    }
    scores = {key: math.fsum(weight[word] for word in common) for key, common in shared.items() if common}
    best = max(scores.values(), default=0.0)
    # So much of what the question names must stand in the display: else it is another thing.
    if best <= 0 or best < least * math.fsum(weight.values()) - _ROUNDING:
        return {}
    alike = {key: shared[key] for key, score in scores.items() if score >= best - _ROUNDING}
    return alike if len(alike) <= _MOST_ALIKE else {}  # a word that many names share ("IgE") names none of them


def _is_called(word: str, others: Sequence[str], name: Sequence[str]) -> bool:
    """Say whether a name holds a word that the lexicon knows, or another of its forms: thrombocytopenia is no thrombosis."""
    return any(_is_form(fold(other), each) for other in (word, *others) for each in name)


def _is_form(one: str, other: str) -> bool:
    """Say whether two words are forms of one: a tracheostomy is nothing tracheal."""
    if stem(one) != stem(other):
        return False
    shared, (shorter, longer) = _shared_letters(one, other), sorted((len(one), len(other)))
    return shared >= shorter - _ENDING and (shared == shorter or longer - shared <= _LONGEST_ENDING)


def _shared_letters(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


_ENDING = 2
"""Letters by which two forms of one word may differ at their end."""
_LONGEST_ENDING = 5
"""Letters of the longest ending of a form, where the shorter one does not stand whole in it."""


def _whole(common: set[str], targets: Sequence[Target]) -> set[str]:
    """Leave out the words of a name that only partly stand in a display: a heart rate is not a heart attack."""
    for target in targets:
        name = set(forms(target.words))
        if not target.concept_keys and name & common and not name <= common:
            common = common - name
    return common


def stem(word: str) -> str:
    """Cut a word's ending, so that deliver and delivery meet."""
    return word[:6] if len(word) > 6 else word
