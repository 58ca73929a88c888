"""`ChartWriter` on SQLite: one writer at a time, one durable transaction per source document."""

from __future__ import annotations

import fcntl
import hashlib
import secrets
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NamedTuple, Self

import numpy as np
from chartcite.engine.errors import StoreBusyError, StoreError, StoreVersionError
from chartcite.engine.facts.written import instant_text
from chartcite.engine.ports import CorpusAbout, PreparedResource, SourceOrigin, Vector, WrittenResource
from chartcite.indexes.faiss_index import VectorRow, publish
from chartcite.indexes.moments import moment_at
from chartcite.indexes.schema import BLOCK_BYTES, DAMAGED, NOBODY, STORE_FORMAT, TABLES, WHOLE
from chartcite.indexes.seal import break_seal, is_sealed, seal
from chartcite.indexes.sqlite_records import STORE_FILE
from chartcite.indexes.versions import Dated, Version, end_version, is_known, make_place, versions_of
from chartcite.indexes.views import NumbersOf, Views, digest_of

_MOST_REMEMBERED = 200_000
_COMPRESSION = 1  # speed before size: charts shrink to a tenth either way
VECTOR_ROWS = (
    "SELECT r.corpus, p.patient_id, p.id,"
    " CASE WHEN r.since_at > coalesce(p.known_at, '') THEN r.since_at ELSE p.known_at END AS known_from,"
    " CASE WHEN r.since_at > coalesce(p.known_at, '') THEN r.since_day ELSE p.known_day END, v.vector"
    " FROM passages p JOIN resources r ON r.key = p.resource_key JOIN vectors v ON v.sha256 = p.embed_sha AND v.model = ?"
    " WHERE r.current = 1 ORDER BY r.corpus, p.patient_id, known_from IS NOT NULL, known_from, p.id"
)
"""Rows of one patient or corpus lie together, oldest first: a scope is one range of rows."""


class SqliteWriter:
    """Writes one store folder. Use as a context manager: it holds the writer's lock."""

    def __init__(self, folder: Path, *, file: str = STORE_FILE, numbers_of: NumbersOf | None = None) -> None:
        """Open the store of a folder, or begin one. `file` and `numbers_of`: for a copy that will take its place."""
        self.folder, self.file = folder, folder / file
        folder.mkdir(parents=True, exist_ok=True)
        self._lock: IO[str] = (folder / f"{'writer' if file == STORE_FILE else file}.lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise StoreBusyError(f"another process is writing to {folder}: wait until it ends") from error
        self.db = sqlite3.connect(self.file, isolation_level=None, cached_statements=256)
        try:
            self._prepare(folder)
        except BaseException:
            self.db.close()
            self._lock.close()
            raise
        self._views = Views(self.db, numbers_of)
        self._source = _Open()
        self._is_new: dict[str, bool] = {}
        """Of each patient of the open source: whether the store had nothing of them before."""
        self._brought: set[tuple[str, str]] = set()
        """Patient and resource, of those that are new."""
        self._word_owners: dict[str, str] = {}

    def _prepare(self, folder: Path) -> None:
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA cache_size = -65536")
        if self.db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            found = self.db.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
            if found is not None and found[0] != STORE_FORMAT:
                raise StoreVersionError(f"the store in {folder} has another format: ingest into a new folder")
        with _full_disk_told():
            self.db.executescript(TABLES)
            values = (STORE_FORMAT, secrets.token_hex(32))
            self.db.execute("INSERT OR IGNORE INTO meta VALUES ('format', ?), ('secret', ?)", values)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Seal the file where it changed, and let the next writer in."""
        if not self.db.in_transaction and not is_sealed(self.file):
            with suppress(sqlite3.Error, OSError):  # without a seal the content is still checked piece by piece
                seal(self.db, self.file)
        self.db.close()
        self._lock.close()

    def seen(self, key: str, /) -> bool:
        """Say whether a source with this key was stored completely, and its bytes are whole."""
        sql = "SELECT 1 FROM sources WHERE key = ? AND state != ?"
        return self.db.execute(sql, (key, DAMAGED)).fetchone() is not None

    def begin(self, source: SourceOrigin, /) -> None:
        """Start the transaction of one source."""
        with _full_disk_told():
            break_seal(self.file)
            self.db.execute("BEGIN IMMEDIATE")
            stored_at = source.stored_at or instant_text(datetime.now(UTC))
            row = self.db.execute("SELECT number, stored_at FROM sources WHERE key = ?", (source.key,)).fetchone()
            if row is None:
                number = self.db.execute(
                    "INSERT INTO sources (key, uri, sha256, size, given, folder, stored_at, state)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (source.key, source.uri, source.sha256, source.size, source.given, source.folder, stored_at, WHOLE),
                ).lastrowid
            else:
                number = row[0]
            self._forget_new()
            self._source = _Open(source.key, number or 0, stored_at, row is not None, set())
            # What was refused from this file before is judged anew.
            self.db.execute("DELETE FROM quarantine WHERE uri = ?", (source.uri,))

    def keep(self, blocks: Iterator[bytes], /) -> None:
        """Keep the original bytes of the source, piece by piece."""
        with _full_disk_told():
            self.db.execute("DELETE FROM blocks WHERE source_number = ?", (self._source.number,))
            for position, block in enumerate(_evenly(blocks)):
                packed = zlib.compress(block, _COMPRESSION)
                self.db.execute("INSERT INTO blocks VALUES (?, ?, ?)", (self._source.number, position, packed))
            self.db.execute("UPDATE sources SET state = ? WHERE number = ?", (WHOLE, self._source.number))

    def commit(self) -> None:
        """Make the source's transaction durable."""
        with _full_disk_told():
            self._views.flush()
            self.change_revision(self._source.key)
            self.db.execute("COMMIT")

    def change_revision(self, by: str) -> None:
        """Give the store's content a new id, inside the transaction that changes it."""
        row = self.db.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
        revision = hashlib.sha256(f"{row[0] if row else ''}{by}".encode()).hexdigest()
        self.db.execute("INSERT OR REPLACE INTO meta VALUES ('revision', ?)", (revision,))

    def rollback(self) -> None:
        """Forget the source's transaction."""
        with suppress(sqlite3.OperationalError):  # SQLite has already rolled back when the disk is full
            self.db.execute("ROLLBACK")
        self._views.forget()
        self._forget_new()
        self._word_owners.clear()

    def quarantine(self, *, uri: str, where: str, reason: str, raw: str) -> None:
        """Keep what was refused, with its reason."""
        with _full_disk_told():
            self.db.execute(
                'INSERT INTO quarantine (uri, "where", reason, raw, source_number) VALUES (?, ?, ?, ?, ?)',
                (uri, where, reason, raw.encode("utf-8", "replace").decode(), self._source.number),
            )

    def put_resource(self, prepared: PreparedResource | WrittenResource, /) -> str:
        """Store one resource with its facts and passages; return `stored`, `unchanged` or `superseded`.

        Raises:
            UnicodeEncodeError: it holds half of a character pair.
        """
        with _full_disk_told():
            owner = prepared.patient_id or NOBODY
            if owner not in self._source.patients:
                self._source.patients.add(owner)
                self.db.execute("INSERT OR IGNORE INTO source_patients VALUES (?, ?)", (self._source.number, owner))
            digest = digest_of(prepared)
            prepared.version.encode()
            dated = Dated.of(prepared)
            versions = self._versions(owner, prepared.resource)
            if is_known(versions, dated, digest, again=self._source.again):
                return "unchanged"
            place = make_place(self.db, versions, dated, moment_at(self._source.stored_at))
            key = self._views.number("resources", "key")
            said, corpus = self._put_views(prepared, key, owner, digest, current=place.current)
            row = (
                key,
                owner,
                prepared.resource,
                prepared.resource_type,
                corpus,
                digest,
                said,
                self._source.number,
                prepared.version,
                dated.updated.day if dated.updated else None,
                dated.updated.at if dated.updated else None,
                dated.recorded.at if dated.recorded else None,
                int(place.current),
                place.since.day if place.since else None,
                place.since.at if place.since else None,
                place.until.day if place.until else None,
                place.until.at if place.until else None,
            )
            self._views.put_row(owner, prepared.resource, row)
            return place.outcome

    def _put_views(
        self, one: PreparedResource | WrittenResource, key: int, owner: str, digest: str, *, current: bool
    ) -> tuple[str, str]:
        """Take the views of a version; return the hash of what they say, and the corpus that it belongs to."""
        if isinstance(one, WrittenResource):
            self._word_owner("", owner)
            return self._views.put_written(one, key, owner=owner), ""
        word_owner = self._word_owner(one.corpus, owner)
        if one.patient is not None and current:
            self.db.execute("UPDATE patients SET body = ? WHERE id = ?", (one.patient.model_dump_json(), one.patient.id))
        return self._views.put(one, key, owner=owner, word_owner=word_owner, digest=digest), one.corpus

    def _versions(self, owner: str, resource: str) -> list[Version]:
        """Return the versions of a resource; of a patient that came with this source, without a look into the store."""
        if owner not in self._is_new:
            sql = "SELECT 1 FROM resources WHERE patient_id = ? LIMIT 1"
            self._is_new[owner] = self.db.execute(sql, (owner,)).fetchone() is None
        if not self._is_new[owner] or (owner, resource) in self._brought:
            if self._views.is_pending(owner, resource):
                self._views.flush()
            return versions_of(self.db, owner, resource)
        self._brought.add((owner, resource))
        if len(self._brought) > _MOST_REMEMBERED:
            self._views.flush()  # from now on the store is asked
            self._forget_new()
        return []

    def _forget_new(self) -> None:
        self._is_new.clear()
        self._brought.clear()

    def delete_resource(self, resource: str, /) -> str:
        """Take a resource out of the current record; return `deleted`, or `unchanged` where it was not there."""
        self._views.flush()
        rows = self.db.execute("SELECT key FROM resources WHERE resource = ? AND current = 1", (resource,)).fetchall()
        for (key,) in rows:
            end_version(self.db, key, moment_at(self._source.stored_at))
        return "deleted" if rows else "unchanged"

    def _word_owner(self, corpus: str, owner: str) -> str:
        """Return the word that keeps the passages of one patient or corpus apart in the index of words."""
        name = f"c {corpus}" if corpus else f"p {owner}"
        if name not in self._word_owners:
            if corpus:
                self.db.execute("INSERT OR IGNORE INTO corpora (name) VALUES (?)", (corpus,))
                row = self.db.execute("SELECT number FROM corpora WHERE name = ?", (corpus,)).fetchone()
            elif owner != NOBODY:
                self.db.execute("INSERT OR IGNORE INTO patients (id) VALUES (?)", (owner,))
                row = self.db.execute("SELECT number FROM patients WHERE id = ?", (owner,)).fetchone()
            else:
                row = (0,)
            self._word_owners[name] = f"{name[0]}{row[0]}"
        return self._word_owners[name]

    def describe_corpus(self, about: CorpusAbout, /) -> None:
        """Keep what a corpus says of itself, where the store holds one of that name."""
        row = self.db.execute("SELECT name, version, licence, title, manifest FROM corpora WHERE name = ?", (about.name,))
        if row.fetchone() in {None, tuple(about)}:
            return
        with _full_disk_told():
            break_seal(self.file)
            self.db.execute(
                "UPDATE corpora SET version = ?, licence = ?, title = ?, manifest = ? WHERE name = ?", (*about[1:], about.name)
            )

    def passages_to_embed(self, model: str, /) -> list[tuple[str, str]]:
        """Return (sha256, text) of passage texts that have no vector of this model yet."""
        return self.db.execute(
            "SELECT DISTINCT embed_sha, embed_text FROM passages p JOIN resources r ON r.key = p.resource_key"
            " WHERE r.current = 1 AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.model = ? AND v.sha256 = p.embed_sha)",
            (model,),
        ).fetchall()

    def put_vectors(self, model: str, rows: Sequence[tuple[str, Vector]], /) -> None:
        """Store vectors by sha256 of their text, durable on return."""
        with _full_disk_told():
            break_seal(self.file)
            self.db.execute("BEGIN IMMEDIATE")
            try:
                packed = ((digest, np.ascontiguousarray(vector, dtype=np.float32).tobytes()) for digest, vector in rows)
                self.db.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)",
                    [(model, digest, vector, zlib.crc32(vector)) for digest, vector in packed],
                )
                self.db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.OperationalError):
                    self.db.execute("ROLLBACK")
                raise

    def publish_vectors(self, model: str, /) -> str:
        """Write a new generation of the vector index, if the passages changed; return its id."""
        rows = self.db.execute(VECTOR_ROWS, (model,))
        return publish(self.folder, model, (VectorRow(*row) for row in rows))


class _Open(NamedTuple):
    """The source whose transaction is open."""

    key: str = ""
    number: int = 0
    stored_at: str = ""
    again: bool = False
    patients: set[str] = set()  # noqa: RUF012 -- never the default of an open source


@contextmanager
def _full_disk_told() -> Iterator[None]:
    """Say of a full disk what it means: nothing of the transaction is kept, and the store answers as before."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}:
            raise StoreError("the disk is full: free some space and run it again; the store answers as before") from error
        raise


def _evenly(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in pieces of `BLOCK_BYTES`."""
    held = bytearray()
    for block in blocks:
        held += block
        while len(held) >= BLOCK_BYTES:
            yield bytes(held[:BLOCK_BYTES])
            del held[:BLOCK_BYTES]
    if held:
        yield bytes(held)
