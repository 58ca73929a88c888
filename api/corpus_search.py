"""Search of a guideline or literature corpus: one query or many, by meaning and by words, fused, documents best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

import orjson
from chartcite.engine.ask import Engine
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.errors import InputError
from chartcite.engine.ports import Vector
from chartcite.engine.retrieval import RRF_K, word_groups
from chartcite.engine.understanding import understand

BATCH_QUERIES = 64
PASSAGES_A_DOCUMENT = 3
"""So many passages are looked at for each document that is wanted: long documents give several."""
MOST_QUERY_CHARACTERS = 2000


class Found(NamedTuple):
    """A document found, by its best passage."""

    passage: Passage
    score: float
    """Reciprocal ranks added up: orders within one query only."""


def check_corpus(engine: Engine, corpus: str) -> None:
    """Refuse the name of a corpus that the store does not hold.

    Raises:
        InputError: there is none of that name; the message lists those there are.
    """
    there = engine.records.corpora()
    if corpus not in there:
        names = ", ".join(there) or "none"
        raise InputError(f"there is no corpus of that name: this store holds {names}; `chartcite ingest --corpus NAME` adds one")


def search_corpus(engine: Engine, queries: Sequence[str], *, corpus: str, limit: int) -> list[list[Found]]:
    """Return for each query at most `limit` documents of one corpus, best first."""
    vectors = engine.embedder.embed(queries)
    return [_found(engine, query, vector, corpus, limit) for query, vector in zip(queries, vectors, strict=True)]


def search_lines(lines: Iterable[str], engine: Engine, *, corpus: str, limit: int) -> Iterator[dict[str, Any]]:
    """Yield for each line with `id` and `query` a line with `id` and `results`; one that cannot be used gives an `error`.

    Raises:
        InputError: there is no corpus of that name.
    """
    check_corpus(engine, corpus)
    return _searched(lines, engine, corpus, limit)


def _searched(lines: Iterable[str], engine: Engine, corpus: str, limit: int) -> Iterator[dict[str, Any]]:
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    while batch := list(islice(numbered, BATCH_QUERIES)):
        read = [_read(number, line) for number, line in batch]
        found = iter(search_corpus(engine, [each["query"] for each in read if "query" in each], corpus=corpus, limit=limit))
        for each in read:
            if "query" not in each:
                yield each
                continue
            results = [_result(engine, one, corpus) for one in next(found)]
            yield {"id": each["id"], "results": results}


def _read(number: int, line: str) -> dict[str, Any]:
    """Return `id` and `query`, or `id` and `error`."""
    try:
        given = orjson.loads(line)
    except orjson.JSONDecodeError:
        return _error(None, number, "the line is not JSON")
    if not isinstance(given, dict):
        return _error(None, number, "the line is not a JSON object")
    query = given.get("query")
    if not isinstance(query, str) or not any(map(str.isalnum, query)):
        return _error(given.get("id"), number, "`query` must have words")
    return {"id": given.get("id"), "query": query[:MOST_QUERY_CHARACTERS]}


def _error(given: object, number: int, detail: str) -> dict[str, Any]:
    return {"id": given, "error": {"detail": detail, "line": number}}


def _result(engine: Engine, found: Found, corpus: str) -> dict[str, Any]:
    passage = found.passage
    citation = engine.records.cite_span(passage, start=passage.start, end=passage.end)
    return {"document": passage.resource.removeprefix(f"{corpus}/"), "passage": citation.id, "score": round(found.score, 6)}


def _found(engine: Engine, query: str, vector: Vector, corpus: str, limit: int) -> list[Found]:
    plan = understand(query, lexicon=engine.lexicon, chart=(), today=datetime.now(UTC).date())[0]
    words = word_groups(plan) or [[word] for word in query.split()]
    most = limit * PASSAGES_A_DOCUMENT
    dense = engine.vectors.search_guidelines(vector, limit=most, corpus=corpus)
    lexical = engine.records.search_guideline_words(words, limit=most, corpus=corpus)
    scores: dict[int, float] = {}
    for hits in (dense, lexical):
        for rank, hit in enumerate(hits, start=1):
            scores[hit.passage_id] = scores.get(hit.passage_id, 0.0) + 1 / (RRF_K + rank)
    best_first = sorted(scores, key=lambda number: (-scores[number], number))
    best: dict[str, Found] = {}
    for start in range(0, len(best_first), limit):
        for passage in engine.records.passages(best_first[start : start + limit], scope=None):
            best.setdefault(passage.resource, Found(passage, scores[passage.id]))
        if len(best) >= limit:
            break
    return list(best.values())[:limit]
