"""`ChartWriter` on SQLite: one writer at a time, one durable transaction per source document."""

from __future__ import annotations

import fcntl
import hashlib
import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

import numpy as np
import orjson
from chartcite.engine.domain.records import CodedConcept, Fact
from chartcite.engine.errors import StoreBusyError, StoreVersionError
from chartcite.engine.ports import PreparedResource, Vector
from chartcite.indexes.faiss_index import VectorRow, publish
from chartcite.indexes.schema import NOBODY, STORE_FORMAT, TABLES
from chartcite.indexes.sqlite_records import STORE_FILE, instant_text


class SqliteWriter:
    """Writes one store folder. Use as a context manager: it holds the writer's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lock: IO[str] = (folder / "writer.lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise StoreBusyError(f"another process is writing to {folder}: wait until it ends") from error
        self._db = sqlite3.connect(folder / STORE_FILE, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.executescript(TABLES)
        self._db.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?), ('secret', ?)", (STORE_FORMAT, secrets.token_hex(32)))
        found = self._db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()[0]
        if found != STORE_FORMAT:
            self.close()
            raise StoreVersionError(f"the store in {folder} has another format: ingest into a new folder")
        self._concepts: dict[tuple[str, str], int] = {}
        self._source = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the next writer in."""
        self._db.close()
        self._lock.close()

    def seen(self, sha256: str, /) -> bool:
        """Say whether a source file with these bytes was stored completely."""
        return self._db.execute("SELECT 1 FROM sources WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def begin(self, uri: str, sha256: str, /) -> None:
        """Start the transaction of one source."""
        self._db.execute("BEGIN IMMEDIATE")
        self._source = sha256
        self._db.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (sha256, uri))
        # What was refused from this file before is judged anew.
        self._db.execute("DELETE FROM quarantine WHERE uri = ?", (uri,))

    def commit(self) -> None:
        """Make the source's transaction durable."""
        row = self._db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
        revision = hashlib.sha256(f"{row[0] if row else ''}{self._source}".encode()).hexdigest()
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('revision', ?)", (revision,))
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        """Forget the source's transaction."""
        with suppress(sqlite3.OperationalError):  # SQLite has already rolled back when the disk is full
            self._db.execute("ROLLBACK")
        self._concepts.clear()

    def quarantine(self, *, uri: str, where: str, reason: str, raw: str) -> None:
        """Keep what was refused, with its reason."""
        self._db.execute('INSERT INTO quarantine (uri, "where", reason, raw) VALUES (?, ?, ?, ?)', (uri, where, reason, raw))

    def put_resource(self, prepared: PreparedResource, /) -> str:
        """Store one resource with its facts and passages; return `stored`, `unchanged` or `replaced`."""
        owner = prepared.patient_id or NOBODY
        digest = _digest(prepared)
        row = self._db.execute(
            "SELECT key, sha256 FROM resources WHERE patient_id = ? AND resource = ? AND current = 1",
            (owner, prepared.resource),
        ).fetchone()
        if row and row[1] == digest:
            return "unchanged"
        if row:
            self._retire(row[0])
        if prepared.patient_id is not None:
            self._db.execute("INSERT OR IGNORE INTO patients (id) VALUES (?)", (prepared.patient_id,))
        if prepared.patient is not None:
            self._db.execute(
                "UPDATE patients SET body = ? WHERE id = ?", (prepared.patient.model_dump_json(), prepared.patient.id)
            )
        key = self._db.execute(
            "INSERT INTO resources (patient_id, resource, resource_type, sha256, source, current, guideline)"
            " VALUES (?, ?, ?, ?, ?, 1, ?)",
            (owner, prepared.resource, prepared.resource_type, digest, self._source, int(prepared.guideline)),
        ).lastrowid
        document_keys = [self._put_document(prepared, position, key, owner) for position in range(len(prepared.documents))]
        for fact in prepared.facts:
            self._put_fact(fact, key, owner)
        self._put_passages(prepared, key, owner, document_keys)
        return "replaced" if row else "stored"

    def delete_resource(self, resource: str, /) -> str:
        """Take a resource out of the current record; return `deleted`, or `unchanged` where it was not there."""
        rows = self._db.execute("SELECT key FROM resources WHERE resource = ? AND current = 1", (resource,)).fetchall()
        for (key,) in rows:
            self._retire(key)
        return "deleted" if rows else "unchanged"

    def _retire(self, key: int) -> None:
        """An older version stays readable for the citations that point to it; its facts and passages go."""
        self._db.execute("UPDATE resources SET current = 0 WHERE key = ?", (key,))
        self._db.execute("DELETE FROM fact_concepts WHERE fact_key IN (SELECT key FROM facts WHERE resource_key = ?)", (key,))
        self._db.execute("DELETE FROM facts WHERE resource_key = ?", (key,))
        self._db.execute("DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE resource_key = ?)", (key,))
        self._db.execute("DELETE FROM passages WHERE resource_key = ?", (key,))

    def _put_document(self, prepared: PreparedResource, position: int, resource_key: int | None, owner: str) -> int:
        document = prepared.documents[position]
        header = document.model_copy(update={"text": ""}).model_dump_json(exclude_defaults=True)
        cursor = self._db.execute(
            "INSERT INTO documents (resource_key, patient_id, path, header, text) VALUES (?, ?, ?, ?, ?)",
            (resource_key, owner, document.path, header, document.text),
        )
        return int(cursor.lastrowid or 0)

    def _put_fact(self, fact: Fact, resource_key: int | None, owner: str) -> None:
        known = fact.known
        at = fact.occurred or fact.recorded
        fact_key = self._db.execute(
            "INSERT INTO facts (resource_key, patient_id, category, at, known_day, known_at, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                resource_key,
                owner,
                fact.category,
                instant_text(at.start) if at else None,
                known.first_day.isoformat() if known else None,
                instant_text(known.start) if known else None,
                fact.model_dump_json(exclude_defaults=True),
            ),
        ).lastrowid
        for concept in {fact.concept, *(component.concept for component in fact.components)}:
            self._db.execute(
                "INSERT OR IGNORE INTO fact_concepts VALUES (?, ?, ?)", (owner, self._concept_key(concept), fact_key)
            )

    def _concept_key(self, concept: CodedConcept) -> int:
        codings = orjson.dumps([[c.system, c.code, c.display] for c in concept.codings]).decode()
        name = (concept.text, codings)
        if name not in self._concepts:
            self._db.execute("INSERT OR IGNORE INTO concepts (text, codings) VALUES (?, ?)", name)
            row = self._db.execute("SELECT key FROM concepts WHERE text = ? AND codings = ?", name).fetchone()
            self._concepts[name] = row[0]
        return self._concepts[name]

    def _put_passages(self, prepared: PreparedResource, resource_key: int | None, owner: str, document_keys: list[int]) -> None:
        if not prepared.passages:
            return
        if prepared.guideline:
            word_owner = "guidelines"
        else:
            row = self._db.execute("SELECT number FROM patients WHERE id = ?", (owner,)).fetchone()
            word_owner = f"p{row[0]}"
        for passage in prepared.passages:
            document = prepared.documents[passage.document]
            known = document.recorded or document.occurred
            cursor = self._db.execute(
                'INSERT INTO passages (document_key, resource_key, patient_id, start, "end", section, sentences, embed_sha,'
                " embed_text, known_day, known_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document_keys[passage.document],
                    resource_key,
                    owner,
                    passage.start,
                    passage.end,
                    passage.section,
                    orjson.dumps(passage.sentences).decode(),
                    hashlib.sha256(passage.embed_text.encode()).hexdigest(),
                    passage.embed_text,
                    known.first_day.isoformat() if known else None,
                    instant_text(known.start) if known else None,
                ),
            )
            body = f"{document.title} {passage.section} {document.text[passage.start : passage.end]}"
            self._db.execute("INSERT INTO words (rowid, patient, body) VALUES (?, ?, ?)", (cursor.lastrowid, word_owner, body))

    def passages_to_embed(self, model: str, /) -> list[tuple[str, str]]:
        """Return (sha256, text) of passage texts that have no vector of this model yet."""
        return self._db.execute(
            "SELECT DISTINCT embed_sha, embed_text FROM passages WHERE NOT EXISTS"
            " (SELECT 1 FROM vectors v WHERE v.model = ? AND v.sha256 = passages.embed_sha)",
            (model,),
        ).fetchall()

    def put_vectors(self, model: str, rows: Sequence[tuple[str, Vector]], /) -> None:
        """Store vectors by sha256 of their text, durable on return."""
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            [(model, digest, np.ascontiguousarray(vector, dtype=np.float32).tobytes()) for digest, vector in rows],
        )
        self._db.execute("COMMIT")

    def publish_vectors(self, model: str, /) -> str:
        """Write a new generation of the vector index, if the passages changed; return its id."""
        # Rows of one patient lie together, oldest first: a scope is one range of rows.
        rows = self._db.execute(
            "SELECT p.patient_id, p.id, p.known_at, p.known_day, v.vector FROM passages p"
            " JOIN vectors v ON v.sha256 = p.embed_sha AND v.model = ?"
            " ORDER BY p.patient_id, p.known_at IS NOT NULL, p.known_at, p.id",
            (model,),
        )
        return publish(self._folder, model, (VectorRow(*row) for row in rows))


def _digest(prepared: PreparedResource) -> str:
    """Content of a resource: its own bytes and the narrative that came with it (a Binary may change alone)."""
    digest = hashlib.sha256()
    for document in prepared.documents:
        digest.update(document.path.encode() + b"\0" + document.text.encode() + b"\0")
    return digest.hexdigest()
