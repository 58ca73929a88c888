"""`ReceiptShelf` on SQLite: a file of its own beside the store. It holds patient text; `erase` leaves none of a patient.

Nothing of the charts depends on it: without it answers go on, and it can be moved away at any time.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
from chartcite.engine.domain.receipts import ReceiptLine, StoredReceipt
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import ReceiptNotFoundError, StoreBusyError, StoreError, StoreVersionError
from chartcite.engine.facts.written import instant_text
from chartcite.indexes.schema import NOBODY
from pydantic import ValidationError

RECEIPT_FILE = "receipts.sqlite3"
FORMAT = 1
DEFAULT_DAYS = 365
DEFAULT_MOST = 100_000
_PATIENCE_SECONDS = 0.5
"""How long a save waits for another process that saves; an answer waits with it."""
_PAUSE_SECONDS = 0.005
_SAVES_A_PRUNING = 100
_TABLES = """
CREATE TABLE IF NOT EXISTS receipts (
    number INTEGER PRIMARY KEY, patient_id TEXT NOT NULL, id TEXT NOT NULL, asked_at TEXT NOT NULL, body TEXT NOT NULL,
    sha256 TEXT NOT NULL, UNIQUE (patient_id, id));
CREATE INDEX IF NOT EXISTS receipts_of ON receipts (patient_id, asked_at);
CREATE INDEX IF NOT EXISTS receipts_by_age ON receipts (asked_at);
CREATE TABLE IF NOT EXISTS erasures (asked_until TEXT NOT NULL);
"""
_DAMAGED = (
    f"{RECEIPT_FILE} is damaged: move it and the files named after it out of the store's folder, and mind that they hold patient"
    " text; answers go on without it, and the next one begins a new file"
)


class SqliteReceipts:
    """The receipts of one store folder. The file is made by the first receipt. Threads share one connection, by turns."""

    def __init__(self, folder: Path, *, days: int = DEFAULT_DAYS, most: int = DEFAULT_MOST) -> None:
        """Name the folder, and for how long receipts are kept and how many: the oldest go first."""
        self._path = folder / RECEIPT_FILE
        self._days, self._most = days, most
        self._lock = threading.Lock()  # guards all below, and the use of the connection
        self._opened: sqlite3.Connection | None = None
        self._opened_file: tuple[int, int] | None = None
        self._saves = 0

    def save(self, receipt: StoredReceipt, /) -> bool:
        """Keep a receipt, in place of one of the same id; `False`: a patient was erased since it was asked.

        Raises:
            StoreError: it cannot be written.
        """
        body = receipt.model_dump_json()
        asked = instant_text(receipt.asked_at)
        row = (receipt.question.patient_id or NOBODY, receipt.id, asked, body, _sha256(body), asked)
        with self._lock, _told():
            db = self._connection(make=True)
            # An answer that was on its way while somebody was erased may hold what was erased.
            kept = db.execute(
                "INSERT OR REPLACE INTO receipts (patient_id, id, asked_at, body, sha256) SELECT ?, ?, ?, ?, ?"
                " WHERE NOT EXISTS (SELECT 1 FROM erasures WHERE asked_until >= ?)",
                row,
            ).rowcount
            if self._saves % _SAVES_A_PRUNING == 0:
                self._prune(db)
            self._saves += 1
        return kept > 0

    def get(self, receipt_id: str, /, *, patient_id: PatientId | None) -> StoredReceipt:
        """Open a receipt.

        Raises:
            ReceiptNotFoundError: none of this id in this scope.
            StoreError: it cannot be read.
        """
        rows = self._read("SELECT body, sha256 FROM receipts WHERE patient_id = ? AND id = ?", (patient_id or NOBODY, receipt_id))
        if not rows:
            raise ReceiptNotFoundError(
                "no such receipt here: it was never kept, is too old, or is of another chart (give its patient)"
            )
        body, sha256 = rows[0]
        if _sha256(str(body)) != sha256:
            raise StoreError("this receipt is not what was written: `chartcite verify` counts those that are damaged")
        try:
            return StoredReceipt.model_validate_json(str(body))
        except ValidationError:
            raise StoreVersionError("this receipt has a form that this version of chartcite does not read") from None

    def of_patient(self, patient_id: PatientId | None, /, *, limit: int) -> list[ReceiptLine]:
        """Return the receipts of one scope, newest first.

        Raises:
            StoreError: they cannot be read.
        """
        sql = "SELECT id, asked_at, body FROM receipts WHERE patient_id = ? ORDER BY asked_at DESC, number DESC LIMIT ?"
        rows = self._read(sql, (patient_id or NOBODY, limit))
        return [_line(str(id_), str(asked_at), str(body), patient_id) for id_, asked_at, body in rows]

    def erase(self, patient_id: PatientId, /, *, words: Sequence[str] = ()) -> int:
        """Take out every receipt of a patient, and every other that holds one of these words; return how many.

        Raises:
            StoreBusyError: a reader holds an old state.
            StoreError: they cannot be read.
        """
        words_of = [re.compile(rf"(?<![A-Za-z0-9])(?:{_spellings(word)})(?![A-Za-z0-9])", re.IGNORECASE) for word in words]
        with self._lock, _told():
            db = self._connection(make=True)
            db.execute("BEGIN IMMEDIATE")
            try:
                others = db.execute("SELECT number, body FROM receipts WHERE patient_id != ?", (patient_id,))
                named = [(number,) for number, body in others if any(word.search(body) for word in words_of)]
                gone = db.execute("DELETE FROM receipts WHERE patient_id = ?", (patient_id,)).rowcount
                db.executemany("DELETE FROM receipts WHERE number = ?", named)
                db.execute("DELETE FROM erasures")
                db.execute("INSERT INTO erasures VALUES (?)", (instant_text(datetime.now(UTC)),))
                db.execute("COMMIT")
            except BaseException:
                db.execute("ROLLBACK")
                raise
            _write_anew(db)
        return gone + len(named)

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            self._close()

    def _read(self, sql: str, parameters: Sequence[object]) -> list[tuple[object, ...]]:
        with self._lock, _told():
            if not self._path.is_file():
                return []
            return self._connection(make=False).execute(sql, parameters).fetchall()

    def _connection(self, *, make: bool) -> sqlite3.Connection:
        """Return the open file: opened anew where another stands in its place, or none does."""
        try:
            status = self._path.stat()
            file = (status.st_dev, status.st_ino)
        except FileNotFoundError:
            file = None
        if self._opened is not None and file == self._opened_file:
            return self._opened
        self._close()
        mode = "rwc" if make else "rw"
        db = sqlite3.connect(
            f"file:{self._path}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=_PATIENCE_SECONDS
        )
        try:
            _prepare(db)
        except BaseException:
            db.close()
            raise
        status = self._path.stat()
        self._opened, self._opened_file = db, (status.st_dev, status.st_ino)
        return db

    def _close(self) -> None:
        if self._opened is not None:
            with suppress(sqlite3.Error):
                self._opened.close()
        self._opened, self._opened_file = None, None

    def _prune(self, db: sqlite3.Connection) -> None:
        """Let go of what is too old, and of the oldest where there are too many."""
        oldest = instant_text(datetime.now(UTC) - timedelta(days=self._days))
        db.execute("DELETE FROM receipts WHERE asked_at < ?", (oldest,))
        surplus = db.execute("SELECT count(*) FROM receipts").fetchone()[0] - self._most
        if surplus > 0:
            sql = "DELETE FROM receipts WHERE number IN (SELECT number FROM receipts ORDER BY asked_at, number LIMIT ?)"
            db.execute(sql, (surplus,))


def damaged_receipts(folder: Path, /) -> tuple[int, list[str]] | None:
    """Compare every receipt with its hash; return how many there are and the ids that differ, or `None`: there is no file.

    Raises:
        sqlite3.DatabaseError: the file is damaged.
    """
    path = folder / RECEIPT_FILE
    if not path.is_file():
        return None
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("the pages of the file")
        rows = db.execute("SELECT id, body, sha256 FROM receipts ORDER BY number")
        found = [(id_, _sha256(str(body)) == sha256) for id_, body, sha256 in rows]
    finally:
        db.close()
    return len(found), [id_ for id_, ok in found if not ok]


def _prepare(db: sqlite3.Connection) -> None:
    _log_ahead(db)
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA secure_delete = ON")
    found = db.execute("PRAGMA user_version").fetchone()[0]
    if found not in {0, FORMAT}:
        raise StoreVersionError(f"{RECEIPT_FILE} was written by another version of chartcite: move it out of the store's folder")
    if found == 0:
        db.executescript(_TABLES)
        db.execute(f"PRAGMA user_version = {FORMAT}")


def _log_ahead(db: sqlite3.Connection) -> None:
    """Turn a new file to write-ahead logging, with the same patience as a save.

    Where two turn it at once SQLite refuses one of them without waiting (both hold a read lock that the other has to wait for,
    so its busy handler is not asked): <https://www.sqlite.org/c3ref/busy_handler.html>.
    """
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _write_anew(db: sqlite3.Connection) -> None:
    """Write the file without its free pages, and empty the log."""
    try:
        db.execute("VACUUM")
    except sqlite3.OperationalError as error:
        raise StoreBusyError("the receipts are being read: end what reads them, and run it again") from error
    busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreBusyError("a reader holds the old log of the receipts: end what reads the store, and run it again")


@contextmanager
def _told() -> Iterator[None]:
    """Tell an error of SQLite in our words."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        said = {
            sqlite3.SQLITE_BUSY: "another process writes to it",
            sqlite3.SQLITE_FULL: "the disk is full",
            sqlite3.SQLITE_READONLY: "its folder may not be written",
            sqlite3.SQLITE_CANTOPEN: "its folder may not be written",
        }
        if code == sqlite3.SQLITE_BUSY:
            raise StoreBusyError(f"{RECEIPT_FILE}: {said[code]}: try again in a moment") from None
        raise StoreError(f"{RECEIPT_FILE} cannot be used: {said.get(code, 'the disk or the file')}") from None
    except sqlite3.DatabaseError:
        raise StoreError(_DAMAGED) from None
    except OSError as error:
        raise StoreError(f"{RECEIPT_FILE} cannot be used: {error.strerror or type(error).__name__}") from None


def _line(id_: str, asked_at: str, body: str, patient_id: PatientId | None) -> ReceiptLine:
    try:
        told = orjson.loads(body)
        question, kind, generator = str(told["question"]["text"]), str(told["kind"]), str(told["receipt"]["generator"])
    except (ValueError, KeyError, TypeError):
        question, kind, generator = "(damaged)", "", ""
    return ReceiptLine(id_, asked_at, question, kind, generator, patient_id)


def _spellings(word: str) -> str:
    """Return a pattern of a word as it stands in JSON text."""
    written = orjson.dumps(word).decode()[1:-1]
    return "|".join(dict.fromkeys(re.escape(one) for one in (written, word)))


def _sha256(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
