"""Verdicts on claims: a file of claims with their passages → a file of verdicts, one line in, one line out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from chartcite.engine.claim_checks.checker import check_claim
from chartcite.engine.language.terminology import Lexicon

MAX_CLAIM_CHARACTERS = 2_000
MAX_PASSAGE_CHARACTERS = 20_000
"""Of all passages of one claim together."""


def verdict_lines(lines: Iterable[str], lexicon: Lexicon) -> Iterator[dict[str, Any]]:
    """Check each line that is not blank.

    Args:
        lines: JSON objects with `id`, `claim` (one sentence) and `passage` (text, or a list of texts).
        lexicon: words and codes of concepts.

    Yields:
        `id`, `verdict` (`supported`, `contradicted` or `not_enough`), `score` in [0, 1], `failed` (the check that decided against
        it, or null), `said` (the words that failed it, or null) and `where` (`passage` from 0, `start` and `end` character, or
        null); or `id`, `error`, `line` for a line that cannot be used.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _verdict_line(line, number, lexicon)


def _verdict_line(line: str, number: int, lexicon: Lexicon) -> dict[str, Any]:
    try:
        content = orjson.loads(line)
    except orjson.JSONDecodeError:
        return _error(None, number, "the line is not JSON")
    if not isinstance(content, dict):
        return _error(None, number, "the line is not a JSON object")
    id_, claim, passage = (content.get(name) for name in ("id", "claim", "passage"))
    given = passage if isinstance(passage, list) else [passage]
    passages = [one for one in given if isinstance(one, str) and one.strip()]
    if not (isinstance(claim, str) and claim.strip()):
        return _error(id_, number, "`claim` must be text that is not empty")
    if not passages or len(passages) < len(given):
        return _error(id_, number, "`passage` must be text that is not empty, or a list of such texts")
    if len(claim) > MAX_CLAIM_CHARACTERS or sum(map(len, passages)) > MAX_PASSAGE_CHARACTERS:
        limits = f"{MAX_CLAIM_CHARACTERS} (claim) or {MAX_PASSAGE_CHARACTERS} (passages) characters"
        return _error(id_, number, f"longer than {limits}")
    verdict = check_claim(claim, passages, lexicon=lexicon)
    first = verdict.findings[0] if verdict.findings else None
    return {
        "id": id_,
        "verdict": verdict.outcome.value,
        "score": verdict.score,
        "failed": verdict.failed,
        "said": first.said if first else None,
        "where": first.place._asdict() if first and first.place else None,
    }


def _error(id_: object, number: int, reason: str) -> dict[str, Any]:
    return {"id": id_ if isinstance(id_, str | int) else None, "error": reason, "line": number}
