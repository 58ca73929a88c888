"""Swapping a rebuilt database into its place, with the numbers, vectors and secret of the old one."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import suppress
from pathlib import Path

import orjson
from chartcite.engine.domain.records import Document, Fact, PageLayout, PartialDate, PatientId
from chartcite.engine.errors import StoreError
from chartcite.engine.ports import PreparedPassage, PreparedResource
from chartcite.indexes.kept import KeptSource, is_whole, kept_sources
from chartcite.indexes.schema import DAMAGED, NOBODY, WITHDRAWN
from chartcite.indexes.seal import break_seal, seal_of
from chartcite.indexes.sqlite_records import STORE_FILE
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.indexes.views import Numbers

NEW_FILE = f"{STORE_FILE}.new"


class Rebuilding:
    """A store being rebuilt beside itself. The old writer holds the lock meanwhile."""

    def __init__(self, folder: Path, old: SqliteWriter) -> None:
        """Begin an empty file beside the old one.

        Raises:
            StoreError: original bytes are damaged, so that what they said could not be rebuilt.
        """
        self._folder, self._old = folder, old
        self.sources = _sound_sources(folder, old)
        self._used: set[int] = set()
        _remove(folder)
        self.new = SqliteWriter(folder, file=NEW_FILE, numbers_of=self._numbers)
        self.new.db.execute("ATTACH DATABASE ? AS old", (f"{folder / STORE_FILE}",))
        for name in ("secret", "revision"):
            self.new.db.execute("INSERT OR REPLACE INTO meta SELECT key, value FROM old.meta WHERE key = ?", (name,))
        self.new.db.execute("DELETE FROM sqlite_sequence")
        # A number of the old file never comes to mean something else.
        self.new.db.execute("INSERT INTO sqlite_sequence SELECT name, seq FROM old.sqlite_sequence WHERE name != 'sources'")

    def _numbers(self, prepared: PreparedResource, digest: str) -> Numbers:
        """Return the numbers of the same version in the old file, each given once."""
        try:
            rows = self._old.db.execute(
                "SELECT key FROM resources WHERE patient_id = ? AND resource = ? AND sha256 = ? ORDER BY key",
                (prepared.patient_id or NOBODY, prepared.resource, digest),
            ).fetchall()
            key = next((row[0] for row in rows if row[0] not in self._used), None)
            if key is None:
                return Numbers()
            self._used.add(key)
            documents = self._old.db.execute("SELECT path, key FROM documents WHERE resource_key = ?", (key,))
            passages = self._old.db.execute('SELECT document_key, start, "end", id FROM passages WHERE resource_key = ?', (key,))
            return Numbers(dict(documents.fetchall()), {(row[0], row[1], row[2]): row[3] for row in passages})
        except sqlite3.DatabaseError:  # that part of the old file is damaged: these rows get new numbers
            return Numbers()

    def take_over(self, source: KeptSource) -> None:
        """Take a source over as it stands in the old file: its bytes are gone, or never were."""
        self.new.begin(source.origin)
        try:
            for prepared in _prepared_of(self._old.db, source.number):
                self.new.put_resource(prepared)
            sql = 'SELECT uri, "where", reason, raw FROM quarantine WHERE source_number = ?'
            for uri, where, reason, raw in self._old.db.execute(sql, (source.number,)):
                self.new.quarantine(uri=uri, where=where, reason=reason, raw=raw)
            self.new.commit()
        except BaseException:
            self.new.rollback()
            raise
        self.keep_state(source)

    def keep_state(self, source: KeptSource) -> None:
        """Keep that the bytes of a source were altered or withdrawn."""
        self.new.db.execute("UPDATE sources SET state = ? WHERE key = ?", (source.state, source.origin.key))

    def take_vectors(self) -> int:
        """Take over the vectors whose text is there again; return how many."""
        with suppress(sqlite3.DatabaseError):  # damaged ones are embedded anew
            self.new.db.create_function("crc32", 1, zlib.crc32, deterministic=True)
            return self.new.db.execute(
                "INSERT OR IGNORE INTO vectors SELECT v.model, v.sha256, v.vector, v.sum FROM old.vectors v"
                " WHERE v.sha256 IN (SELECT embed_sha FROM passages) AND crc32(v.vector) = v.sum"
            ).rowcount
        return 0

    def take_corpora(self) -> None:
        """Take over what the corpora say of themselves."""
        self.new.db.execute(
            "UPDATE corpora SET (version, licence, title, manifest) = (SELECT version, licence, title, manifest"
            " FROM old.corpora o WHERE o.name = corpora.name) WHERE name IN (SELECT name FROM old.corpora)"
        )

    def swap(self) -> None:
        """Put the new content in the place of the old in one transaction: readers see the one or the other."""
        self.new.db.execute("DETACH DATABASE old")
        break_seal(self._folder / STORE_FILE)
        self.new.db.backup(self._old.db)
        self.close()

    def close(self) -> None:
        """Remove the file beside the store."""
        self.new.close()
        _remove(self._folder)


def _sound_sources(folder: Path, old: SqliteWriter) -> list[KeptSource]:
    sources = kept_sources(old.db)
    damaged = [one for one in sources if one.origin.sha256 and one.state != WITHDRAWN and not is_whole(old.db, one)]
    if damaged:
        break_seal(folder / STORE_FILE)
        old.db.executemany("UPDATE sources SET state = ? WHERE number = ?", [(DAMAGED, one.number) for one in damaged])
        named = ", ".join(one.origin.uri for one in damaged[:5])
        raise StoreError(
            f"the kept bytes of {len(damaged)} sources are damaged: ingest these files again, then `chartcite reindex`: {named}"
        )
    return sources


def _remove(folder: Path) -> None:
    for suffix in ("", "-wal", "-shm", ".lock"):
        folder.joinpath(NEW_FILE + suffix).unlink(missing_ok=True)
    seal_of(folder / NEW_FILE).unlink(missing_ok=True)


def _prepared_of(db: sqlite3.Connection, source_number: int) -> list[PreparedResource]:
    """Return the versions that a source gave, from their stored views."""
    rows = db.execute(
        "SELECT key, resource, resource_type, patient_id, corpus, version, updated_at FROM resources WHERE source_number = ?"
        " ORDER BY key",
        (source_number,),
    )
    return [_prepared(db, row) for row in rows.fetchall()]


def _prepared(db: sqlite3.Connection, row: tuple[object, ...]) -> PreparedResource:
    key, resource, resource_type, patient_id, corpus, version, updated_at = row
    stored = db.execute("SELECT key, header, text, layout FROM documents WHERE resource_key = ? ORDER BY key", (key,)).fetchall()
    positions = {document_key: position for position, (document_key, *_) in enumerate(stored)}
    passages = db.execute(
        'SELECT document_key, start, "end", section, sentences, embed_text FROM passages WHERE resource_key = ? ORDER BY id',
        (key,),
    )
    facts = db.execute("SELECT body FROM facts WHERE resource_key = ? ORDER BY key", (key,))
    return PreparedResource(
        resource=str(resource),
        resource_type=str(resource_type),
        patient_id=PatientId(str(patient_id)) if patient_id else None,
        documents=tuple(_document(header, text, layout) for _, header, text, layout in stored),
        facts=tuple(Fact.model_validate_json(body) for (body,) in facts),
        passages=tuple(
            PreparedPassage(positions[number], start, end, section, tuple(map(tuple, orjson.loads(sentences))), embed_text)
            for number, start, end, section, sentences, embed_text in passages
        ),
        corpus=str(corpus),
        version=str(version),
        updated=PartialDate.parse(f"{str(updated_at)[:26]}Z") if updated_at else None,
    )


def _document(header: str, text: str, layout: str | None) -> Document:
    pages = tuple(PageLayout.model_validate(page) for page in orjson.loads(layout)) if layout else ()
    return Document.model_validate_json(header).model_copy(update={"text": text, "layout": pages})
