"""Stage 1: plan → evidence. Structured facts by concept; passages by meaning and by words, fused, inside one scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.domain.evidence import Evidence, Passage, Scope
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.language.hostile import seen
from chartcite.engine.ports import Embedder, Hit, Reader, RecordStore, VectorIndex
from chartcite.engine.questions.earlier_asked import standing
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import EVENT_WORDS

RRF_K = 60  # Cormack, Clarke and Büttcher 2009
CANDIDATES = 40
"""Passages that each route may bring."""
ENOUGH, MOST_CANDIDATES = 20, 400
"""Where copies leave fewer passages than the one, each route brings as many as the other: they crowd nothing out."""
MOST_ALTERNATIVES = 24
"""Words for one thing that are searched at most; the asked words and the preferred names come first."""


class Shelves(NamedTuple):
    """Where evidence is looked for, and what reads it."""

    records: RecordStore
    vectors: VectorIndex
    embedder: Embedder
    reader: Reader


class TargetFacts(NamedTuple):
    """The facts whose concept is a target of the question."""

    target: Target
    facts: list[Fact]


def retrieve_facts(plan: Plan, records: RecordStore, /, *, scope: Scope) -> list[TargetFacts]:
    """Return the facts of each target, oldest first."""
    return [
        TargetFacts(target, preferred(records.facts(scope, concept_keys=target.concept_keys)) if target.concept_keys else [])
        for target in plan.targets
    ]


def preferred(facts: list[Fact]) -> list[Fact]:
    """Return the facts of the tables; what was only found in notes serves where the tables are silent."""
    tables = [fact for fact in facts if fact.span is None]
    return tables or facts


def retrieve_list(plan: Plan, records: RecordStore, /, *, scope: Scope) -> list[Fact]:
    """Return the facts of the list that the question is about."""
    if plan.family:
        return preferred(records.facts(scope, categories=(Category.FAMILY_HISTORY,)))
    if plan.subject is None:
        return []
    wanted: tuple[Category, ...] = (plan.subject,)
    if plan.subject is Category.SOCIAL_HISTORY:
        wanted = (Category.SOCIAL_HISTORY, Category.SURVEY)
    return preferred(records.facts(scope, categories=wanted))


def retrieve_passages(question: str, plan: Plan, shelves: Shelves, /, *, scope: Scope | None) -> list[Evidence]:
    """Return passages of the scope (`None`: the guidelines), best first, by reciprocal rank fusion of meaning and words.

    Of a chart, a sentence that notes copied forward comes once, with the first note that holds it. Passages in which something
    reads like an instruction to a computer come after all others.
    """
    words = word_groups(plan)
    vector = shelves.embedder.embed([seen(question)])[0]
    if scope is None:
        dense = shelves.vectors.search_guidelines(vector, limit=CANDIDATES)
        lexical = shelves.records.search_guideline_words(words, limit=CANDIDATES)
        return _fused(dense, lexical, shelves.records, scope)
    for limit in (CANDIDATES, MOST_CANDIDATES):
        dense = shelves.vectors.search(vector, scope=scope, limit=limit)
        lexical = shelves.records.search_words(words, scope=scope, limit=limit)
        evidence = _fused(dense, lexical, shelves.records, scope)[: 2 * CANDIDATES]
        if len(evidence) >= ENOUGH or max(len(dense), len(lexical)) < limit:
            break
    kept = {passage.id for passage in standing([item.passage for item in evidence], plan)}
    return [item for item in evidence if item.passage.id in kept]


def word_groups(plan: Plan) -> list[list[str]]:
    """Return groups of alternatives to search: each target's words, the keywords, and how notes tell of the event."""
    groups = [[" ".join(run) for run in target.alternatives[:MOST_ALTERNATIVES]] for target in plan.targets]
    groups += [[keyword] for keyword in plan.keywords]
    if plan.event is not None:
        groups.append(list(EVENT_WORDS[plan.event]))
    return groups


def _fused(dense: Sequence[Hit], lexical: Sequence[Hit], records: RecordStore, scope: Scope | None) -> list[Evidence]:
    scores: dict[int, float] = {}
    for hits in (dense, lexical):
        for rank, hit in enumerate(hits, start=1):
            scores[hit.passage_id] = scores.get(hit.passage_id, 0.0) + 1 / (RRF_K + rank)
    similarity = {hit.passage_id: max(-1.0, min(1.0, hit.score)) for hit in dense}
    best_first = sorted(scores, key=lambda id_: (-scores[id_], id_))
    most = 2 / (RRF_K + 1)
    found = _distinct(records.passages(best_first, scope=scope))
    instead = [[passage] for passage in found] if scope is None else records.uncopied(found, scope=scope)
    chosen: dict[int, Evidence] = {}
    for origin, passages in zip(found, instead, strict=True):
        relevance, likeness = min(1.0, scores[origin.id] / most), similarity.get(origin.id, 0.0)
        for passage in passages:
            chosen.setdefault(passage.id, Evidence(passage=passage, relevance=relevance, similarity=likeness))
    return sorted(chosen.values(), key=lambda item: bool(item.passage.commands))


def _distinct(passages: Sequence[Passage]) -> list[Passage]:
    """Drop copies: the same words of a section are kept once, with their earliest date."""
    earliest: dict[str, Passage] = {}
    for passage in passages:
        known = earliest.get(passage.text)
        if known is None or _instant(passage) < _instant(known):
            earliest[passage.text] = passage
    kept = {passage.id for passage in earliest.values()}
    order = {text: place for place, text in enumerate(dict.fromkeys(passage.text for passage in passages))}
    return sorted((passage for passage in passages if passage.id in kept), key=lambda passage: order[passage.text])


def _instant(passage: Passage) -> float:
    known = passage.recorded or passage.occurred
    return known.start.timestamp() if known else 0.0
