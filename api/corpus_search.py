"""Search of a guideline or literature corpus: one query or many, by meaning and by words, fused, documents best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import orjson
from chartcite.api.wiring import warm
from chartcite.engine.ask import Engine
from chartcite.engine.errors import InputError
from chartcite.engine.language.hostile import seen
from chartcite.engine.notes.corpus_ranking import Ranked, rank_documents

BATCH_QUERIES = 64
MOST_QUERY_CHARACTERS = 2000


def check_corpus(engine: Engine, corpus: str) -> None:
    """Refuse the name of a corpus that the store does not hold.

    Raises:
        InputError: there is none of that name; the message lists those there are.
    """
    there = engine.records.corpora()
    if corpus not in there:
        names = ", ".join(there) or "none"
        raise InputError(f"there is no corpus of that name: this store holds {names}; `chartcite ingest --corpus NAME` adds one")


def search_corpus(engine: Engine, queries: Sequence[str], *, corpus: str, limit: int) -> list[list[Ranked]]:
    """Return for each query at most `limit` documents of one corpus, best first."""
    vectors = engine.embedder.embed(queries)
    shelves = engine.shelves
    return [
        rank_documents(query, vector, shelves, corpus=corpus, limit=limit) for query, vector in zip(queries, vectors, strict=True)
    ]


def search_lines(lines: Iterable[str], engine: Engine, *, corpus: str, limit: int) -> Iterator[dict[str, Any]]:
    """Yield for each line with `id` and `query` a line with `id` and `results`; one that cannot be used gives an `error`.

    Raises:
        InputError: there is no corpus of that name.
    """
    check_corpus(engine, corpus)
    return _searched(lines, engine, corpus, limit)


def _searched(lines: Iterable[str], engine: Engine, corpus: str, limit: int) -> Iterator[dict[str, Any]]:
    warm(engine)
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
    return {"id": given.get("id"), "query": seen(query[:MOST_QUERY_CHARACTERS])}


def _error(given: object, number: int, detail: str) -> dict[str, Any]:
    return {"id": given, "error": {"detail": detail, "line": number}}


def _result(engine: Engine, found: Ranked, corpus: str) -> dict[str, Any]:
    passage = found.passage
    citation = engine.records.cite_span(passage, start=passage.start, end=passage.end)
    return {"document": passage.resource.removeprefix(f"{corpus}/"), "passage": citation.id, "score": round(found.score, 6)}
