"""Rows of versions, documents, facts and passages on their way into a store: numbered here, written many at a time."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

import orjson
from chartcite.engine.facts.written import day_and_instant, digest_of_texts, write_document, write_fact
from chartcite.engine.language.hostile import instruction_like, seen
from chartcite.engine.ports import PreparedPassage, PreparedResource, WrittenDocument, WrittenFact, WrittenResource
from chartcite.indexes.copies import said_in

_INSERT = {
    "resources": "INSERT INTO resources (key, patient_id, resource, resource_type, corpus, sha256, views_sha256, source_number,"
    " version, updated_day, updated_at, recorded_at, current, since_day, since_at, until_day, until_at)"
    f" VALUES ({', '.join('?' * 17)})",
    "documents": "INSERT INTO documents (key, resource_key, patient_id, path, header, text, layout,"
    " day, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "said": "INSERT OR IGNORE INTO said VALUES (?, ?)",
    "facts": "INSERT INTO facts (key, resource_key, document_key, patient_id, category, at, known_day, known_at, body, noted,"
    " said) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "fact_concepts": "INSERT OR IGNORE INTO fact_concepts VALUES (?, ?, ?)",
    "passages": 'INSERT INTO passages (id, document_key, resource_key, patient_id, start, "end", section, sentences, embed_sha,'
    " embed_text, known_day, known_at, commands) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "words": "INSERT INTO words (rowid, patient, body) VALUES (?, ?, ?)",
}
_MOST_ROWS = 4096
_MOST_CHARACTERS = 16_000_000


class Numbers(NamedTuple):
    """The numbers that a version's rows had in an earlier file of the same store: citations that point there stay good."""

    documents: dict[str, int] = {}  # noqa: RUF012 -- never changed
    """By path."""
    passages: dict[tuple[int, int, int], int] = {}  # noqa: RUF012
    """By document, start and end."""


NumbersOf = Callable[[PreparedResource, str], Numbers]
"""Given a resource and its digest."""


class Views:
    """Writes the views of versions. What is pending is invisible until `flush`."""

    def __init__(self, db: sqlite3.Connection, numbers_of: NumbersOf | None = None) -> None:
        self._db = db
        self._numbers_of = numbers_of
        self._concepts: dict[tuple[str, str], int] = {}
        self._next: dict[str, int] = {}
        self._rows: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)
        self._pending, self._characters = 0, 0
        self._resources: set[tuple[str, str]] = set()
        """Owner and name of those that are pending."""

    def forget(self) -> None:
        """Drop what is pending, and all that was learnt inside a transaction that is rolled back."""
        self._rows.clear()
        self._resources.clear()
        self._concepts.clear()
        self._next.clear()
        self._pending = self._characters = 0

    def flush(self) -> None:
        """Write what is pending."""
        for table, sql in _INSERT.items():
            if rows := self._rows.pop(table, None):
                self._db.executemany(sql, rows)
        self._resources.clear()
        self._pending = self._characters = 0

    def is_pending(self, owner: str, resource: str) -> bool:
        """Say whether a version of a resource is not yet written."""
        return (owner, resource) in self._resources

    def put_row(self, owner: str, resource: str, row: tuple[object, ...]) -> None:
        """Take the row of a version."""
        self._resources.add((owner, resource))
        self._add("resources", row, 0)
        if self._pending > _MOST_ROWS or self._characters > _MOST_CHARACTERS:
            self.flush()

    def put_written(self, written: WrittenResource, resource_key: int, *, owner: str) -> str:
        """Take the views of a version that came as rows; return the hash of what they say."""
        document = written.document
        key = self._document(document, resource_key, owner, {})
        for fact in written.facts:
            self._fact(fact, resource_key, owner, key if fact.document_path == document.path else 0, None)
        return written.said

    def put(self, prepared: PreparedResource, resource_key: int, *, owner: str, word_owner: str, digest: str) -> str:
        """Take the views of one version; return the hash of what they say."""
        had = self._numbers_of(prepared, digest) if self._numbers_of else Numbers()
        written = map(write_document, prepared.documents)
        document_keys = [self._document(document, resource_key, owner, had.documents) for document in written]
        by_path = {document.path: key for document, key in zip(prepared.documents, document_keys, strict=True)}
        told = said_in(prepared)
        said = hashlib.sha256()
        for fact, digest_of_fact in zip(map(write_fact, prepared.facts), told.facts, strict=True):
            self._fact(fact, resource_key, owner, by_path.get(fact.document_path, 0), digest_of_fact)
            said.update(fact.body.encode())
        for passage, digests in zip(prepared.passages, told.passages, strict=True):
            document = prepared.documents[passage.document]
            known = day_and_instant(document.recorded or document.occurred)
            sentences = orjson.dumps(passage.sentences).decode()
            embed_text = seen(passage.embed_text)
            embed_sha = hashlib.sha256(embed_text.encode()).hexdigest()
            place = (passage.start, passage.end, passage.section, sentences, embed_sha)
            said.update(passage_bytes(place))
            document_key = document_keys[passage.document]
            key = had.passages.get((document_key, passage.start, passage.end)) or self.number("passages", "id")
            row = (key, document_key, resource_key, owner, *place, embed_text, *known, _commands(passage, document.text))
            self._add("passages", row, len(embed_text))
            body = seen(f"{document.title} {passage.section} {document.text[passage.start : passage.end]}")
            self._add("words", (key, word_owner, body), len(body))
            for digest_of_sentence in digests:
                self._add("said", (digest_of_sentence, key), 0)
        return said.hexdigest()

    def _document(self, document: WrittenDocument, resource_key: int, owner: str, had: dict[str, int]) -> int:
        path, header, text, layout, day, at = document
        key = had.get(path) or self.number("documents", "key")
        self._add("documents", (key, resource_key, owner, path, header, text, layout, day, at), len(text))
        return key

    def _fact(self, fact: WrittenFact, resource_key: int, owner: str, document_key: int, said: int | None) -> None:
        category, at, known_day, known_at, body, noted, _, concepts = fact
        key = self.number("facts", "key")
        row = (key, resource_key, document_key, owner, category, at, known_day, known_at, body, noted, said)
        self._add("facts", row, len(body))
        for name in concepts:
            concept_key = self._concepts.get(name) or self._concept_key(name)
            self._add("fact_concepts", (owner, concept_key, key), 0)

    def _concept_key(self, name: tuple[str, str]) -> int:
        self._db.execute("INSERT OR IGNORE INTO concepts (text, codings) VALUES (?, ?)", name)
        row = self._db.execute("SELECT key FROM concepts WHERE text = ? AND codings = ?", name).fetchone()
        self._concepts[name] = int(row[0])
        return self._concepts[name]

    def _add(self, table: str, row: tuple[object, ...], characters: int) -> None:
        self._rows[table].append(row)
        self._pending += 1
        self._characters += characters

    def number(self, table: str, column: str) -> int:
        """Return a number that no row of the table ever had."""
        if table not in self._next:
            self._next[table] = highest_number(self._db, table, column) + 1
        self._next[table] += 1
        return self._next[table] - 1


def highest_number(db: sqlite3.Connection, table: str, column: str) -> int:
    """Return the highest number that a row of a table has or had."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    top = db.execute(f"SELECT max({column}) FROM {table}").fetchone()[0]
    return max(row[0] if row else 0, top or 0)


def passage_bytes(place: tuple[object, ...]) -> bytes:
    """Return what is hashed of a passage: its range, section, sentences and the hash of its words."""
    return "|".join(map(str, place)).encode()


def digest_of(prepared: PreparedResource | WrittenResource) -> str:
    """Content of a resource: its own text and the narrative that came with it (a Binary may change alone)."""
    if isinstance(prepared, WrittenResource):
        return prepared.digest
    return digest_of_texts((document.path, document.text) for document in prepared.documents)


def _commands(passage: PreparedPassage, text: str) -> str:
    """Return the positions of the sentences that read like an instruction to a computer, as JSON; empty: none does."""
    found = [place for place, (start, end) in enumerate(passage.sentences) if instruction_like(text[start:end])]
    return orjson.dumps(found).decode() if found else ""
