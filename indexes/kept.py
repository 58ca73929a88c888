"""The original bytes that a store keeps, opened as streams."""

from __future__ import annotations

import hashlib
import io
import sqlite3
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

from chartcite.engine.ports import SourceOrigin
from chartcite.indexes.schema import BLOCK_BYTES

_COLUMNS = "number, state, key, uri, sha256, size, given, folder, stored_at"


class KeptSource(NamedTuple):
    """A source of the store."""

    number: int
    state: str
    origin: SourceOrigin
    """`sha256` and `size` are of the bytes as they are kept now."""


def kept_sources(db: sqlite3.Connection) -> list[KeptSource]:
    """Return every source, in the order in which they were stored."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM sources ORDER BY number")
    return [KeptSource(row[0], row[1], SourceOrigin(*row[2:])) for row in rows]


def blocks_of(db: sqlite3.Connection, number: int) -> Iterator[bytes]:
    """Yield the original bytes of a source, piece by piece.

    Raises:
        zlib.error: a piece is damaged.
    """
    for (packed,) in db.execute("SELECT content FROM blocks WHERE source_number = ? ORDER BY position", (number,)):
        yield zlib.decompress(packed)


def is_whole(db: sqlite3.Connection, source: KeptSource) -> bool:
    """Say whether the kept bytes are those that were stored."""
    digest = hashlib.sha256()
    try:
        for block in blocks_of(db, source.number):
            digest.update(block)
    except (zlib.error, sqlite3.DatabaseError):
        return False
    return digest.hexdigest() == source.origin.sha256


def open_kept(db: sqlite3.Connection, number: int) -> BinaryIO:
    """Open the bytes of a source as a stream, unpacked as it is read."""
    return cast("BinaryIO", io.BufferedReader(_Blocks(db, number)))


class _Blocks(io.RawIOBase):
    """Original bytes of equal pieces; a seek unpacks one piece."""

    def __init__(self, db: sqlite3.Connection, number: int) -> None:
        self._db, self._number = db, number
        self._place, self._held, self._start = 0, b"", -1
        row = db.execute("SELECT size FROM sources WHERE number = ?", (number,)).fetchone()
        self._size = int(row[0]) if row else 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, base + offset)
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a buffer of bytes is what io gives
        if not self._start <= self._place < self._start + len(self._held):
            self._load(self._place)
        offset = self._place - self._start
        piece = self._held[offset : offset + len(buffer)]
        buffer[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def _load(self, place: int) -> None:
        position, self._start = place // BLOCK_BYTES, place // BLOCK_BYTES * BLOCK_BYTES
        sql = "SELECT content FROM blocks WHERE source_number = ? AND position = ?"
        row = self._db.execute(sql, (self._number, position)).fetchone()
        self._held = zlib.decompress(row[0]) if row else b""
