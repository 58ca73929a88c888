"""At which place each route found a passage: by meaning, by words, and fused."""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.stopwatch import Stopwatch
from chartcite.engine.domain.evidence import Evidence, Scope
from chartcite.engine.domain.explanations import PassageFound, Searched
from chartcite.engine.ports import Hit, RecordStore, Vector
from chartcite.engine.retrieval import CANDIDATES, ENOUGH, MOST_CANDIDATES, Shelves

MOST_CHARACTERS = 200
"""Of the text of a passage."""


def rank_passages(
    vector: Vector,
    words: Sequence[Sequence[str]],
    evidence: Sequence[Evidence],
    shelves: Shelves,
    /,
    *,
    scope: Scope,
    clock: Stopwatch,
) -> Searched:
    """Search by each route alone, and put the places beside the fused evidence.

    Args:
        vector: (d,) float32, unit length: the question.
        words: groups of alternatives.
        evidence: what both routes brought together, best first.
        shelves: where it was looked for.
        scope: whose chart, as of when.
        clock: told of `meaning` and `words`.
    """
    # As many candidates as retrieval took: more only where copies had left too few passages.
    for limit in (CANDIDATES, MOST_CANDIDATES):
        with clock.time("meaning"):
            dense = shelves.vectors.search(vector, scope=scope, limit=limit)
        with clock.time("words"):
            lexical = shelves.records.search_words(words, scope=scope, limit=limit)
        if len(evidence) >= ENOUGH or max(len(dense), len(lexical)) < limit:
            break
    by_meaning, by_words = _places(dense), _places(lexical)
    scores = {hit.passage_id: hit.score for hit in lexical}
    kept = {item.passage.id for item in evidence}
    return Searched(
        words=tuple(tuple(group) for group in words),
        limit=limit,
        by_meaning=len(dense),
        by_words=len(lexical),
        left_out=len((by_meaning.keys() | by_words.keys()) - kept),
        passages=tuple(
            _found(rank, item, by_meaning, by_words, scores, shelves.records) for rank, item in enumerate(evidence, start=1)
        ),
    )


def _places(hits: Sequence[Hit]) -> dict[int, int]:
    return {hit.passage_id: rank for rank, hit in enumerate(hits, start=1)}


def _found(
    rank: int,
    item: Evidence,
    by_meaning: dict[int, int],
    by_words: dict[int, int],
    scores: dict[int, float],
    records: RecordStore,
) -> PassageFound:
    passage = item.passage
    known = passage.occurred or passage.recorded
    own = passage.id in by_meaning or passage.id in by_words
    return PassageFound(
        rank=rank,
        resource=passage.resource,
        title=passage.title,
        section=passage.section,
        day=known.day if known else "",
        text=" ".join(passage.text.split())[:MOST_CHARACTERS],
        citation=records.cite_span(passage, start=passage.start, end=passage.end).id,
        rank_by_meaning=by_meaning.get(passage.id),
        similarity=item.similarity,
        rank_by_words=by_words.get(passage.id),
        word_score=scores.get(passage.id),
        fused=item.relevance,
        instead_of_copy=not own,
        instruction_like=bool(passage.commands),
    )
