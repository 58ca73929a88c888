"""Ranking of a guideline or literature corpus: words and meaning scored together, documents best first.

Three steps. Every passage gets a score of its words (BM25, as a share of the best of the query) and one of its meaning (cosine),
added up with fixed weights. The best passages of the first documents then move the query's vector towards themselves (Rocchio's
relevance feedback, without a judge), and the scores are added up again. A document counts as its best passage.
What else was tried, and what each step brings, is measured in docs/decisions/0011-corpus-retrieval.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from chartcite.engine.domain.evidence import Passage
from chartcite.engine.ports import Hit, Vector
from chartcite.engine.retrieval import Shelves

WORDS_WEIGHT = 0.3
"""Share of the words in a score; the rest is meaning."""
FEEDBACK_DOCUMENTS = 3
FEEDBACK_WEIGHT = 0.6
"""How far the query moves towards what was found first; its own vector counts 1."""
CANDIDATES = 1000
"""Passages that words and meaning may bring at least."""
PASSAGES_A_DOCUMENT = 3
"""So many passages are looked at for each document that is wanted: long documents give several."""
MOST_WORDS = 64
"""Words of a query that are searched: what follows in a longer one serves its meaning only."""

_SHARPNESS = 10.0
"""Of two passages that give feedback, one that scores 0.1 less counts about a third."""
_FEEDBACK_PASSAGES = 8
"""Passages among which those of different documents are chosen."""
_WORD = re.compile(r"[^\W_]+")
_FUNCTION_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below between both but by
    can cannot could d did do does doing don down during each either else ever few for from further had has have having he her
    here hers herself him himself his how i if in into is it its itself just ll m may me might more most must my myself no nor
    not now of off on once only or other our ours ourselves out over own please re s same shall she should so some such t than
    that the their theirs them themselves then there these they this those through to too under until up upon ve very was we
    were what when where whether which while who whom whose why will with within would you your yours yourself yourselves"""
    .split()
)  # fmt: skip
"""English words that tell nothing of a text's subject."""


class Ranked(NamedTuple):
    """A document found, by its best passage."""

    passage: Passage
    score: float
    """From 0 to 1: orders within one query only."""


def rank_documents(query: str, vector: Vector, shelves: Shelves, /, *, corpus: str, limit: int) -> list[Ranked]:
    """Return at most `limit` documents of one corpus, best first.

    `vector`: (d,) float32 of unit length, the embedded query. Documents whose best passage holds something that reads like an
    instruction to a computer come last.
    """
    depth = max(CANDIDATES, limit * PASSAGES_A_DOCUMENT)
    lexical = shelves.records.search_guideline_words([[word] for word in query_words(query)], limit=depth, corpus=corpus)
    found = fuse(shelves.vectors.search_guidelines(vector, limit=depth, corpus=corpus), lexical)
    moved = _with_feedback(vector, found, shelves, corpus)
    if moved is not None:
        found = fuse(shelves.vectors.search_guidelines(moved, limit=depth, corpus=corpus), lexical)
    return sorted(_documents(found, shelves, limit), key=lambda one: bool(one.passage.commands))


def query_words(query: str) -> list[str]:
    """Return the words of a query that are searched, each once: all of them where only function words are given."""
    words = list(dict.fromkeys(_WORD.findall(query.lower())))
    return ([word for word in words if word not in _FUNCTION_WORDS] or words)[:MOST_WORDS]


def fuse(dense: Sequence[Hit], lexical: Sequence[Hit]) -> dict[int, float]:
    """Return passages with the weighted sum of cosine and share of the best BM25 score, best first.

    A passage that meaning did not bring is taken to be as far as the last that it brought; one without a word scores no words.
    """
    farthest = dense[-1].score if dense else 0.0
    highest = max(lexical[0].score, 1e-9) if lexical else 1.0
    scores = {hit.passage_id: (1 - WORDS_WEIGHT) * hit.score for hit in dense}
    for hit in lexical:
        meaning = scores.get(hit.passage_id, (1 - WORDS_WEIGHT) * farthest)
        scores[hit.passage_id] = meaning + WORDS_WEIGHT * hit.score / highest
    best_first = sorted(sorted(scores), key=scores.__getitem__, reverse=True)  # equal scores: in the order of their numbers
    return {passage_id: scores[passage_id] for passage_id in best_first}


def _with_feedback(vector: Vector, found: Mapping[int, float], shelves: Shelves, corpus: str) -> Vector | None:
    """Return the query's vector moved towards the best passages of the first documents, (d,) of unit length.

    `None` where they share a title: parts of one page are near each other anyhow, and would draw away from what was asked of it.
    """
    nearest: dict[str, Passage] = {}
    for passage in shelves.records.passages(list(islice(found, _FEEDBACK_PASSAGES)), scope=None):
        if not passage.commands:
            nearest.setdefault(passage.resource, passage)
    chosen = list(nearest.values())[:FEEDBACK_DOCUMENTS]
    rows = shelves.vectors.guideline_vectors([passage.id for passage in chosen], corpus=corpus)
    titles = {passage.title.casefold() for passage in chosen}
    if len(titles) < FEEDBACK_DOCUMENTS or len(rows) < FEEDBACK_DOCUMENTS:
        return None
    import numpy as np

    behind = np.array([found[passage.id] - found[chosen[0].id] for passage in chosen], dtype=np.float32)
    weights = np.exp(_SHARPNESS * behind)
    moved = vector + FEEDBACK_WEIGHT * (weights / weights.sum()) @ rows
    return np.asarray(moved / max(float(np.linalg.norm(moved)), 1e-9), dtype=np.float32)


def _documents(found: Mapping[int, float], shelves: Shelves, limit: int) -> list[Ranked]:
    best: dict[str, Ranked] = {}
    waiting = iter(found)
    while len(best) < limit and (some := list(islice(waiting, limit))):
        for passage in shelves.records.passages(some, scope=None):
            best.setdefault(passage.resource, Ranked(passage, min(1.0, max(0.0, found[passage.id]))))
    return list(best.values())[:limit]
