"""Sentences that notes copy forward: one that stood in an earlier note of the same patient counts once, at its first date.

Documents come in any order, are corrected and deleted, and are asked as of a day: so nothing is marked when it is written. Each
passage keeps the digests of its sentences and of what its facts say, and which was first is asked among those that stand in
the scope. What counts is a sentence of `LEAST_WORDS` words or more: shorter ones (`No acute distress.`, `BP 120/80.`) are
templates, or may well be true again on another day, and keep their own date.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import orjson
from chartcite.engine.domain.evidence import Passage, Scope, Sentence
from chartcite.engine.domain.records import Document, Fact, Repeats
from chartcite.engine.language.hostile import seen
from chartcite.engine.ports import PreparedResource
from chartcite.indexes.moments import standing

LEAST_WORDS = 5

_LIST_MARK = re.compile(r"(?:(?:\(?\d{1,2}[.)]|#\s*\d{1,2}\.?|[-*•‣·–—>+]+|\[[ xX]?\])\s+)+")
_SORTS = (
    ("family", re.compile(r"famil|\bfhx?\b")),
    ("allergy", re.compile(r"allerg|adverse")),
    ("plan", re.compile(r"plan|recommend|instruct|follow|educat|goal")),
)
"""Headings under which the same words say something else."""
_TOLD = (  # the unary plus keeps the planner from walking all passages of the patient
    "SELECT s.digest, p.id, d.key, d.day, d.at, r.resource, d.path FROM said s JOIN passages p ON p.id = s.passage_id"
    " JOIN documents d ON d.key = p.document_key JOIN resources r ON r.key = p.resource_key"
    " WHERE s.digest IN (SELECT value FROM json_each(?)) AND +p.patient_id = ?"
)
_LAST = "9999"
"""After every date: a document without one is nobody's first."""


@lru_cache(maxsize=16384)
def words_of(sentence: str) -> str:
    """Return a sentence as copies are compared: without list marks, case, hidden characters, white space and the last stop."""
    bare = " ".join(seen(sentence).casefold().split())
    return (bare[found.end() :] if (found := _LIST_MARK.match(bare)) else bare).rstrip(" .,;")


def counts(words: str) -> bool:
    """Say whether a sentence, as `words_of` gives it, is long enough to be copied rather than written again."""
    return sum(any(map(str.isalnum, word)) for word in words.split()) >= LEAST_WORDS


def sentence_digest(patient_id: str, section: str, words: str) -> int:
    """Return the digest of a sentence (as `words_of` gives it) of one patient under a heading."""
    return _digest(patient_id, _sort(section), words)


@lru_cache(maxsize=4096)
def _sort(section: str) -> str:
    low = section.casefold()
    return next((name for name, pattern in _SORTS if pattern.search(low)), "") if low else ""


def _digest(*parts: str) -> int:
    content = hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(content, signed=True)


class Said(NamedTuple):
    """What the passages and facts of a resource say, by digest."""

    passages: tuple[frozenset[int], ...]
    """Of each passage: its sentences, and the facts that were taken from them."""
    facts: tuple[int | None, ...]
    """Of each fact; `None`: it is of no narrative, or its sentence is too short to count."""


def said_in(prepared: PreparedResource) -> Said:
    """Return the digests of what a resource says; none where it is no patient's."""
    patient_id, documents, passages = prepared.patient_id, prepared.documents, prepared.passages
    digests: list[set[int]] = [set() for _ in passages]
    facts: list[int | None] = [None] * len(prepared.facts)
    if patient_id is not None and passages:
        around: defaultdict[str, list[_Run]] = defaultdict(list)
        for number, passage in enumerate(passages):
            document = documents[passage.document]
            around[document.path] += [_Run(start, end, number) for start, end in passage.sentences]
            for start, end in passage.sentences:
                if words := words_of(document.text[start:end]):
                    digests[number].add(sentence_digest(patient_id, passage.section, words))
        by_path = {document.path: document for document in documents}
        for place, fact in enumerate(prepared.facts):
            if fact.span is not None and fact.document_path in around:
                number, digest = _fact_digest(fact, by_path[fact.document_path], around[fact.document_path])
                facts[place] = digest
                digests[number].update([] if digest is None else [digest])
    return Said(tuple(map(frozenset, digests)), tuple(facts))


class _Run(NamedTuple):
    """A sentence with the number of its passage."""

    start: int
    end: int
    passage: int


def _fact_digest(fact: Fact, document: Document, sentences: Sequence[_Run]) -> tuple[int, int | None]:
    """Return the passage of a fact, and the digest of what it says with the whole of the sentences that it was taken from."""
    start, end = fact.span or (0, 0)
    first = max(0, bisect_right(sentences, start, key=_start) - 1)
    last = max(first, bisect_right(sentences, end - 1, key=_start) - 1)
    words = words_of(document.text[sentences[first].start : max(end, sentences[last].end)])
    if not counts(words):
        return sentences[first].passage, None
    concept = " ".join(fact.concept.text.casefold().split())
    return sentences[first].passage, _digest(fact.patient_id, fact.category, fact.assertion, concept, words)


def _start(run: _Run) -> int:
    return run.start


class _Place(NamedTuple):
    """A passage that says something, in the order of time."""

    at: str
    resource: str
    path: str
    document: int
    passage: int
    day: str


class Telling(NamedTuple):
    """Where a scope was told something first, and how often again."""

    document: int
    """Row of the document."""
    passage: int
    repeats: Repeats | None


Rows = Callable[[str, Sequence[object]], list[tuple[object, ...]]]


def tellings(digests: Iterable[int], rows: Rows, scope: Scope) -> dict[int, Telling]:
    """Return for each digest that the scope holds where it was told first.

    The order is that of the documents' own dates; of one date, that of their names, so that it does not depend on the order
    in which they came. `rows`: asks the store.
    """
    wanted = sorted(set(digests))
    if not wanted:
        return {}
    known, parameters = standing("p", scope)
    places: defaultdict[int, list[_Place]] = defaultdict(list)
    found = rows(_TOLD + known, (orjson.dumps(wanted).decode(), scope.patient_id, *parameters))
    for digest, passage, document, day, at, resource, path in found:
        place = _Place(str(at or _LAST), str(resource), str(path), int(str(document)), int(str(passage)), str(day or ""))
        places[int(str(digest))].append(place)
    return {digest: _telling(sorted(found)) for digest, found in places.items()}


def _telling(places: Sequence[_Place]) -> Telling:
    first = places[0]
    later = {place.resource: place.day for place in places if place.at > first.at and place.resource != first.resource}
    repeats = Repeats(notes=len(later), last=max(later.values())) if later else None
    return Telling(first.document, first.passage, repeats)


def unrepeated(passage: Passage, told: Mapping[int, Telling]) -> Passage | None:
    """Return a passage without the sentences that an earlier note told; `None`: earlier notes told all of it.

    A short sentence stays where anything else does: it may well be true again.
    """
    tells = [(one, digest_in(passage, one), words_of(passage.sentence_text(one))) for one in passage.sentences]
    found = [(one, told.get(digest) if digest is not None else None, counts(words)) for one, digest, words in tells]
    again = [telling is not None and telling.document != passage.document_key for _, telling, _ in found]
    copied = [repeated and long for repeated, (_, _, long) in zip(again, found, strict=True)]
    if any(copied) and all(again):
        return None
    kept = (
        one.model_copy(update={"repeats": telling.repeats}) if telling and long and telling.repeats else one
        for (one, telling, long), gone in zip(found, copied, strict=True)
        if not gone
    )
    return passage.model_copy(update={"sentences": tuple(kept)})


def first_told(passage: Passage, told: Mapping[int, Telling]) -> list[int]:
    """Return the passages of earlier notes that hold the copied sentences of a passage."""
    tells = [
        told.get(digest)
        for one in passage.sentences
        if (digest := digest_in(passage, one)) is not None and counts(words_of(passage.sentence_text(one)))
    ]
    return list(dict.fromkeys(each.passage for each in tells if each and each.document != passage.document_key))


def digest_in(passage: Passage, sentence: Sentence) -> int | None:
    """Return the digest of a sentence of a stored passage; `None`: it has no words."""
    words = words_of(passage.sentence_text(sentence))
    return sentence_digest(passage.patient_id or "", passage.section, words) if words else None


def as_seen(db: sqlite3.Connection) -> None:
    """Let SQL call `seen(text)`, as the words that are searched were written."""
    db.create_function("seen", 1, lambda text: seen(text) if isinstance(text, str) else text, deterministic=True)
