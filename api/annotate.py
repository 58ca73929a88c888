"""Labels of clinical mentions: a file of sentences → a file of labels, one line in, one line out.

The words are those of ConText's annotation scheme: negation `Affirmed` or `Negated`, temporality `Recent`, `Historical` or
`Hypothetical`, experiencer `Patient` or `Other`, and certainty `Certain` or `Possible`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from chartcite.engine.notes.assertion import Context, context_of
from rapidfuzz import fuzz

MAX_SENTENCE_CHARACTERS = 20_000
MAX_CONCEPT_CHARACTERS = 1_000
_LEAST_SIMILARITY = 75.0
"""Of 100: below it the best run of the sentence is something else than the concept."""
_WORD = re.compile(r"\w+|[^\w\s]")


def label_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Label each line that is not blank.

    Args:
        lines: JSON objects with `id`, `sentence` and `concept`. A concept may differ from the sentence in case, white
            space, plural or spelling; of several places the one in capitals counts, and a heading with a colon least.

    Yields:
        `id`, `negation`, `temporality`, `experiencer`, `certainty`; or `id`, `error` for a line that cannot be used.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _label_line(line, number)


def find_concept(sentence: str, concept: str) -> tuple[int, int] | None:
    """Return the character range at which a sentence names a concept, `None` where nothing is like it."""
    words = _WORD.findall(concept)
    if not words:
        return None
    spaced = re.compile(r"(?<!\w)" + r"\s*".join(map(re.escape, words)) + r"(?:e?s)?(?!\w)", re.IGNORECASE)
    places = [match.span() for match in spaced.finditer(sentence)] or [
        match.span() for match in re.finditer(r"\s*".join(map(re.escape, words)), sentence, re.IGNORECASE)
    ]
    if places:
        return max(places, key=lambda place: _prominence(sentence, place, concept))
    best = fuzz.partial_ratio_alignment(concept.lower(), sentence.lower(), score_cutoff=_LEAST_SIMILARITY)
    if best is None:
        return None
    run = sentence[best.dest_start : best.dest_end]
    start = best.dest_start + len(run) - len(run.lstrip())
    return (start, start + len(run.strip())) if run.strip() else None


def _prominence(sentence: str, place: tuple[int, int], concept: str) -> tuple[bool, bool, bool, int]:
    """Rank a place: in capitals amid other text, not a heading, as written, and then the first."""
    words = sentence[slice(*place)]
    is_heading = sentence[place[1] :].lstrip()[:1] == ":"
    return words.isupper() and len(words) > 1, not is_heading, words == concept, -place[0]


def _label_line(line: str, number: int) -> dict[str, Any]:
    try:
        content = orjson.loads(line)
    except orjson.JSONDecodeError:
        return _error(None, number, "the line is not JSON")
    if not isinstance(content, dict):
        return _error(None, number, "the line is not a JSON object")
    id_, sentence, concept = (content.get(name) for name in ("id", "sentence", "concept"))
    if not (isinstance(sentence, str) and isinstance(concept, str) and sentence.strip() and concept.strip()):
        return _error(id_, number, "`sentence` and `concept` must be text that is not empty")
    if len(sentence) > MAX_SENTENCE_CHARACTERS or len(concept) > MAX_CONCEPT_CHARACTERS:
        return _error(
            id_, number, f"longer than {MAX_SENTENCE_CHARACTERS} (sentence) or {MAX_CONCEPT_CHARACTERS} (concept) characters"
        )
    place = find_concept(sentence, concept)
    if place is None:
        return _error(id_, number, "the sentence does not name the concept")
    return {"id": id_, **labels(context_of(sentence, *place))}


def labels(context: Context) -> dict[str, str]:
    """Return the labels of a context. What was there and is gone is negated."""
    past = context.historical or context.preexisting
    return {
        "negation": "Negated" if context.negated or context.resolved else "Affirmed",
        "temporality": "Hypothetical" if context.hypothetical else "Historical" if past else "Recent",
        "experiencer": "Other" if context.other else "Patient",
        "certainty": "Possible" if context.possible else "Certain",
    }


def _error(id_: object, number: int, reason: str) -> dict[str, Any]:
    return {"id": id_ if isinstance(id_, str | int) else None, "error": reason, "line": number}
