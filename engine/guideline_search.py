"""The recommendations that a question is about, best first: words and meaning, and the concepts that both name."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.corpus_ranking import rank_documents
from chartcite.engine.guideline_rules import Known, Measured
from chartcite.engine.guideline_subjects import asked_about
from chartcite.engine.guidelines import Library, Recommendation
from chartcite.engine.hostile import seen
from chartcite.engine.ports import GUIDELINES
from chartcite.engine.question_words import STOPWORDS
from chartcite.engine.retrieval import Shelves
from chartcite.engine.terminology import ConceptKind, Lexicon, tokenize

CANDIDATES = 400
"""Recommendations that words and meaning may bring: of a corpus of this size, all of them."""
CONCEPT_WEIGHT = 0.3
"""Share that the concepts of a question have in a score, beside the fused score of words and meaning."""
_MOST_NARROW = {ConceptKind.DRUG: 60, ConceptKind.CONDITION: 24, ConceptKind.VACCINE: 12}
"""Members of a class that still tells recommendations apart: `Zocor` is told by the statins, and not by "medication"."""
_NARROW_OTHERS = 4


class Found(NamedTuple):
    """A recommendation with a score that orders within one question."""

    recommendation: Recommendation
    score: float
    named: float
    """Share of the question's concepts that it names, from 0 to 1; 1 where the question names none."""
    acts: bool
    """Whether what it wants done, given or taken is a concept of the question."""


def find(
    question: str, shelves: Shelves, library: Library, lexicon: Lexicon, *, superseded: bool = False, limit: int = 10
) -> list[Found]:
    """Return at most `limit` recommendations, best first; superseded ones only where they are asked for."""
    text = seen(question)
    ranked = rank_documents(text, shelves.embedder.embed([text])[0], shelves, corpus=GUIDELINES, limit=CANDIDATES)
    asked, whom_asked = _concepts(text, lexicon), asked_about(text)
    found: list[Found] = []
    for one in ranked:
        recommendation = library.by_id.get(one.passage.resource)
        if recommendation is None or one.passage.commands or (recommendation.status == "superseded" and not superseded):
            continue
        named = _share(asked, recommendation, lexicon)
        score = (1 - CONCEPT_WEIGHT) * one.score + CONCEPT_WEIGHT * named + whom_asked.fit(recommendation)
        action = _ids(recommendation, "done")
        found.append(Found(recommendation, score, named, any(group & action for group in asked)))
    return sorted(found, key=lambda each: -each.score)[:limit]


def _share(asked: tuple[frozenset[str], ...], recommendation: Recommendation, lexicon: Lexicon) -> float:
    """Return the share of the asked concepts that a recommendation names; in heading or as its action they count whole."""
    if not asked:
        return 1.0
    heading = _flat(_concepts(f"{recommendation.heading} {' '.join(recommendation.topics)}", lexicon)) | _ids(
        recommendation, "done"
    )
    body = _flat(_concepts(f"{recommendation.statement} {recommendation.bullets.get('Population', '')}", lexicon))
    body |= _ids(recommendation, "needs")
    return sum(1.0 if group & heading else 0.75 if group & body else 0.0 for group in asked) / len(asked)


def _ids(recommendation: Recommendation, role: str) -> frozenset[str]:
    """Return the concepts of the conditions of one role; for `done` those that are to be done too."""
    rule = recommendation.rule
    if rule is None:
        return frozenset()
    held = [each for condition in rule.conditions if condition.role == role for each in condition.any_of]
    known = [each for each in held if isinstance(each, Known)]
    known += [each for due in rule.dues for each in due.by if role == "done"]
    measured = {each.id for each in held if isinstance(each, Measured)}
    return frozenset({id_.removeprefix("=") for each in known for id_ in each.ids} | measured)


def _flat(groups: tuple[frozenset[str], ...]) -> frozenset[str]:
    return frozenset[str]().union(*groups)


@lru_cache(maxsize=4096)
def _concepts(text: str, lexicon: Lexicon) -> tuple[frozenset[str], ...]:
    """Return the concepts that a text names, each with the narrow classes over it and with what is under it."""
    groups = []
    tokens = tokenize(text)
    for mention in lexicon.mentions([token.form for token in tokens]):
        first = tokens[mention.first]
        if mention.last - mention.first == 1 and text[first.start : first.end] in STOPWORDS:
            continue  # "does" is no dyspnea on exertion
        near = {
            other for id_ in mention.ids for other in lexicon.above(id_) if len(lexicon.below(other)) <= _narrow(other, lexicon)
        }
        under = {other for id_ in mention.ids if id_ in near for other in lexicon.below(id_)}
        groups.append(frozenset({*mention.ids, *near, *under}))
    return tuple(dict.fromkeys(groups))


def _narrow(id_: str, lexicon: Lexicon) -> int:
    return _MOST_NARROW.get(lexicon.concepts[id_].kind, _NARROW_OTHERS)
