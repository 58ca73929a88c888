"""Is a store what was written: each source, each document, each view, the words and the vector index, compared by hash."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import orjson
from chartcite.engine.errors import ChartciteError, StoreError
from chartcite.engine.facts.written import digest_of_texts
from chartcite.indexes.copies import as_seen
from chartcite.indexes.faiss_index import FaissIndex, VectorRow, current_generation, generation_name, is_written
from chartcite.indexes.kept import is_whole, kept_sources
from chartcite.indexes.receipt_store import RECEIPT_FILE, damaged_receipts
from chartcite.indexes.schema import DAMAGED
from chartcite.indexes.seal import is_intact
from chartcite.indexes.sqlite_records import STORE_FILE
from chartcite.indexes.sqlite_writer import VECTOR_ROWS
from chartcite.indexes.views import passage_bytes

_REBUILD = "run `chartcite reindex`"
_MOST_NAMED = 5


class Check(NamedTuple):
    """One part of a store, looked at."""

    part: str
    ok: bool
    found: str
    next_step: str = ""


def verify(folder: Path) -> Iterator[Check]:
    """Look at each part of a store, its record of truth first.

    Raises:
        StoreError: the file cannot be read at all.
    """
    file = folder / STORE_FILE
    yield _file(file)
    db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    as_seen(db)
    try:
        for part, look, next_step in _PARTS:
            yield _looked(part, look, next_step, db)
        yield _vectors(folder, db)
    finally:
        db.close()
    yield _receipts(folder)


def _file(file: Path) -> Check:
    intact = is_intact(file)
    if intact is None:
        return Check("file", ok=True, found="no seal stands: its writer did not end, or readers were there; checked by content")
    found = "the bytes that were sealed" if intact else "not the bytes that were sealed"
    return Check("file", intact, found, "" if intact else _REBUILD)


def _looked(
    part: str, look: Callable[[sqlite3.Connection], tuple[int, list[str]]], next_step: str, db: sqlite3.Connection
) -> Check:
    try:
        number, wrong = look(db)
    except (sqlite3.DatabaseError, ValueError, UnicodeDecodeError) as error:
        return Check(part, ok=False, found=f"cannot be read: {type(error).__name__}", next_step=next_step)
    if not wrong:
        return Check(part, ok=True, found=f"{number:,} are what was written")
    named = ", ".join(wrong[:_MOST_NAMED]) + (", ..." if len(wrong) > _MOST_NAMED else "")
    return Check(part, ok=False, found=f"{len(wrong):,} of {number:,} are not what was written: {named}", next_step=next_step)


def _pages(db: sqlite3.Connection) -> tuple[int, list[str]]:
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    return pages, [] if db.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok" else ["the pages of the database"]


def _sources(db: sqlite3.Connection) -> tuple[int, list[str]]:
    sources = [one for one in kept_sources(db) if one.origin.sha256]
    return len(sources), [one.origin.uri for one in sources if one.state == DAMAGED or not is_whole(db, one)]


def _documents(db: sqlite3.Connection) -> tuple[int, list[str]]:
    number, wrong = 0, []
    for key, resource_type, sha256 in db.execute("SELECT key, resource_type, sha256 FROM resources"):
        number += 1
        if digest_of_texts(db.execute("SELECT path, text FROM documents WHERE resource_key = ? ORDER BY key", (key,))) != sha256:
            wrong.append(f"{resource_type} in row {key}")
    return number, wrong


def _views(db: sqlite3.Connection) -> tuple[int, list[str]]:
    number, wrong = 0, []
    for key, resource_type, sha256 in db.execute("SELECT key, resource_type, views_sha256 FROM resources"):
        number += 1
        said = hashlib.sha256()
        for (body,) in db.execute("SELECT body FROM facts WHERE resource_key = ? ORDER BY key", (key,)):
            said.update(body.encode())
        for *place, embed_text in db.execute(
            'SELECT start, "end", section, sentences, embed_sha, embed_text FROM passages WHERE resource_key = ? ORDER BY id',
            (key,),
        ):
            said.update(passage_bytes(tuple(place)))
            said.update(b"" if hashlib.sha256(embed_text.encode()).hexdigest() == place[-1] else b"!")
        if said.hexdigest() != sha256:
            wrong.append(f"{resource_type} in row {key}")
    return number, wrong


def _ranges(db: sqlite3.Connection) -> tuple[int, list[str]]:
    number, wrong = 0, []
    for key, start, end, sentences, length in db.execute(
        'SELECT p.id, p.start, p."end", p.sentences, length(d.text) FROM passages p'
        " LEFT JOIN documents d ON d.key = p.document_key"
    ):
        number += 1
        inside = length is not None and 0 <= start < end <= length
        if not (inside and all(start <= first <= last <= end for first, last in orjson.loads(sentences))):
            wrong.append(f"passage {key}")
    return number, wrong


def _words(db: sqlite3.Connection) -> tuple[int, list[str]]:
    wrong = db.execute(
        "SELECT p.id FROM passages p JOIN documents d ON d.key = p.document_key LEFT JOIN words w ON w.rowid = p.id"
        ' WHERE w.body IS NULL OR instr(w.body, seen(substr(d.text, p.start + 1, p."end" - p.start))) = 0'
    ).fetchall()
    number = db.execute("SELECT count(*) FROM words").fetchone()[0]
    return number, [f"passage {row[0]}" for row in wrong]


_PARTS: tuple[tuple[str, Callable[[sqlite3.Connection], tuple[int, list[str]]], str], ...] = (
    ("pages", _pages, _REBUILD),
    ("sources", _sources, "run `chartcite reindex`: it marks them; then ingest these files again"),
    ("documents", _documents, _REBUILD),
    ("facts and passages", _views, _REBUILD),
    ("ranges", _ranges, _REBUILD),
    ("words", _words, _REBUILD),
)


def _vectors(folder: Path, db: sqlite3.Connection) -> Check:
    """Compare the generation in use with the vectors that the store keeps, row by row."""
    found = current_generation(folder)
    if found is None:
        return Check("vectors", ok=True, found="none were published: `chartcite ingest` embeds what is stored")
    try:
        manifest = json.loads((found / "manifest.json").read_text())
        model = str(manifest["model"])
        FaissIndex(folder, model=model).check()
        rows = [VectorRow(*row) for row in db.execute(VECTOR_ROWS, (model,))]
        if not is_written(found, model, len(rows)) or generation_name(model, rows) != found.name:
            raise StoreError("the index is not that of the stored passages")
    except (ChartciteError, sqlite3.DatabaseError, OSError, ValueError, KeyError, TypeError) as error:
        return Check("vectors", ok=False, found=str(error).partition(": ")[0] or type(error).__name__, next_step=_REBUILD)
    return Check("vectors", ok=True, found=f"{len(rows):,} are what was written")


def _receipts(folder: Path) -> Check:
    """Compare each stored receipt with its hash. Nothing of the charts depends on them."""
    step = f"move {RECEIPT_FILE} and the files named after it out of the store: answers go on, and begin a new one"
    try:
        found = damaged_receipts(folder)
    except (sqlite3.DatabaseError, OSError) as error:
        return Check("receipts", ok=False, found=f"cannot be read: {type(error).__name__}", next_step=step)
    if found is None:
        return Check("receipts", ok=True, found="none are kept")
    number, wrong = found
    if not wrong:
        return Check("receipts", ok=True, found=f"{number:,} are what was written")
    return Check("receipts", ok=False, found=f"{len(wrong):,} of {number:,} are not what was written", next_step=step)
