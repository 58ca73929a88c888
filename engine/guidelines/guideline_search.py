"""The recommendations that a question is about, best first: words and meaning, and the concepts that both name."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.guidelines.guideline_attributes import tells_what_is_asked
from chartcite.engine.guidelines.guideline_coverage import (
    concepts_of,
    coverage,
    exactly,
    said_words,
    things_of,
    vocabulary,
    weigh,
)
from chartcite.engine.guidelines.guideline_named import closeness, names_subjects, subjects_of
from chartcite.engine.guidelines.guideline_rules import Known, Measured
from chartcite.engine.guidelines.guideline_subjects import asked_about
from chartcite.engine.guidelines.guidelines import Library, Recommendation
from chartcite.engine.language.hostile import seen
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.notes.corpus_ranking import rank_documents
from chartcite.engine.ports import GUIDELINES
from chartcite.engine.retrieval import Shelves

CANDIDATES = 400
"""Recommendations that words and meaning may bring: of a corpus of this size, all of them."""
CONCEPT_WEIGHT = 0.3
"""Share that the concepts of a question have in a score, beside the fused score of words and meaning."""
COVERAGE_WEIGHT = 0.2
"""What the share of a question's words and concepts that a recommendation names adds to its score."""


NOT_TOLD = -0.15
"""What a recommendation loses that does not tell what is asked."""
CLOSENESS_WEIGHT = 0.1
"""What a recommendation gains that names the medicines of a question by their own names."""
UNASKED_CONDITION = -0.02
"""What a recommendation loses that is only for people with a condition of which the question tells nothing."""
ACTION_BONUS = 0.05
"""What a recommendation gains that wants just that done, given or taken which the question names."""


class Found(NamedTuple):
    """A recommendation with a score that orders within one question."""

    recommendation: Recommendation
    score: float
    named: float
    """Share of the question's concepts that it names, from 0 to 1; 1 where the question names none."""
    acts: bool
    """Whether what it wants done, given or taken is a concept of the question."""
    covered: float
    """Share of what the question names, words and concepts by weight, that it names: from 0 to 1."""
    for_them: bool
    """Whether it is for the people that the question tells of: age, sex, pregnancy."""
    tells: bool
    """Whether it names the disease or medicine asked about, and tells what is asked of it: a dose, an interval, a goal."""
    nearer: float = 0.0
    """What orders it before others that are as near, because it names the very medicines of the question."""


def find(
    question: str, shelves: Shelves, library: Library, lexicon: Lexicon, *, superseded: bool = False, limit: int = 10
) -> list[Found]:
    """Return at most `limit` recommendations, best first, those for other people than are told of last.

    Superseded ones come only where they are asked for.
    """
    text = seen(question)
    ranked = rank_documents(text, shelves.embedder.embed([text])[0], shelves, corpus=GUIDELINES, limit=CANDIDATES)
    asked, whom_asked = concepts_of(text, lexicon), asked_about(text)
    known, (stems, weights) = _profiles(library, lexicon), vocabulary(library)
    documents = _documents(library, lexicon)
    concepts, said = frozenset[str]().union(*asked), said_words(library)
    weighed, subjects = weigh(things_of(text, lexicon), weights, len(stems)), subjects_of(text, lexicon)
    found: list[Found] = []
    for one in ranked:
        recommendation = library.by_id.get(one.passage.resource)
        if recommendation is None or one.passage.commands or (recommendation.status == "superseded" and not superseded):
            continue
        heading, body, done = known[recommendation.id]
        named = sum(1.0 if group & heading else 0.75 if group & body else 0.0 for group in asked) / len(asked) if asked else 1.0
        covered = coverage(weighed, stems[recommendation.id], heading | body)
        acts = any(group & done for group in asked)
        score = (1 - CONCEPT_WEIGHT) * one.score + CONCEPT_WEIGHT * named + COVERAGE_WEIGHT * covered
        tells = tells_what_is_asked(text, recommendation) and names_subjects(
            subjects, heading | body, said[recommendation.id], document=documents[recommendation.guideline]
        )
        score += ACTION_BONUS * acts + whom_asked.fit(recommendation) + (0.0 if tells else NOT_TOLD)
        score += UNASKED_CONDITION * (not _tells_needed(recommendation, concepts, lexicon))
        nearer = CLOSENESS_WEIGHT * closeness(subjects, heading | body, lexicon)
        found.append(Found(recommendation, score, named, acts, covered, whom_asked.is_for(recommendation), tells, nearer))
    return sorted(found, key=lambda each: (not each.for_them, -each.score - each.nearer))[:limit]


@lru_cache(maxsize=4)
def _profiles(library: Library, lexicon: Lexicon) -> dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]]:
    """Return the concepts of each: of heading, topics and action; of statement, population and needs; of the action alone."""
    profiles = {}
    for one in library.recommendations:
        heading = exactly(f"{one.heading}; {'; '.join(one.topics)}", lexicon)
        body = exactly(f"{one.statement} {one.bullets.get('Population', '')}", lexicon)
        done = _ids(one, "done")
        profiles[one.id] = (heading | done, body | _ids(one, "needs"), done)
    return profiles


def _tells_needed(recommendation: Recommendation, concepts: frozenset[str], lexicon: Lexicon) -> bool:
    """Say whether a question names one of the conditions or medicines that a recommendation needs, or something under it."""
    rule = recommendation.rule
    needed = [each for one in rule.conditions if one.role == "needs" for each in one.any_of] if rule is not None else []
    ids = [id_.removeprefix("=") for each in needed if isinstance(each, Known) and each.kind in _STATES for id_ in each.ids]
    return not ids or any({id_, *lexicon.below(id_)} & concepts for id_ in ids)


_STATES = frozenset({"condition", "medication"})


@lru_cache(maxsize=4)
def _documents(library: Library, lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Return the concepts that each guideline names in any of its recommendations."""
    documents: dict[str, frozenset[str]] = {}
    for one in library.recommendations:
        heading, body, _ = _profiles(library, lexicon)[one.id]
        documents[one.guideline] = documents.get(one.guideline, frozenset()) | heading | body
    return documents


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
