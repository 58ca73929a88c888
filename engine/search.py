"""USE CASE: words → passages, for a reader who wants to look for themselves."""

from __future__ import annotations

from datetime import UTC, datetime

from chartcite.engine.ask import Engine
from chartcite.engine.domain.evidence import Evidence, Scope
from chartcite.engine.language.hostile import seen
from chartcite.engine.retrieval import retrieve_passages
from chartcite.engine.understanding import understand


def search(words: str, /, *, engine: Engine, scope: Scope | None, limit: int) -> list[Evidence]:
    """Return at most `limit` passages of a scope (`None`: the guideline corpus) for some words, best first."""
    words = seen(words)
    chart = engine.records.concepts(scope) if scope is not None else ()
    plan = understand(words, lexicon=engine.lexicon, chart=chart, today=datetime.now(UTC).date())[0]
    shelves = engine.shelves
    return retrieve_passages(words, plan, shelves, scope=scope)[:limit]
