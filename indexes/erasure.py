"""Taking a patient out of a store without a trace, and the proof that none is left.

The patient's rows go, and of the original bytes what was the patient's: a source of that patient alone is dropped; from a
source with others, the patient's records are cut out. Where they cannot be cut, the bytes of the whole source are withdrawn,
and what was read of the others stays. Then the file is written anew, so that free pages hold nothing either.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from chartcite.engine.domain.records import Patient, PatientId
from chartcite.engine.errors import PatientNotFoundError, StoreBusyError
from chartcite.indexes.kept import blocks_of
from chartcite.indexes.rule_store import FOLDER as RULES
from chartcite.indexes.schema import ALTERED, BLOCK_BYTES, NOBODY, WITHDRAWN
from chartcite.indexes.seal import break_seal
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.indexes.terminology_store import FOLDER as TERMINOLOGIES

_LEAST_CHARACTERS = 3
_PIECE = 16 << 20
_OVERLAP = 4096
_DECODER = json.JSONDecoder()
_ENTRY_LIST = re.compile(r'"entry"\s*:\s*\[')
_SPACE = re.compile(r"[\s,]*")
_TABLES = ("fact_concepts", "facts", "passages", "documents", "resources", "source_patients")
"""Tables with a `patient_id`, those that point before those that are pointed to."""


class Trace(NamedTuple):
    """A place where words of the patient still stand."""

    place: str
    what: str
    """`id`, `name` or `identifier`: never the words themselves."""
    times: int


class Erased(NamedTuple):
    """What was taken out, and what the search of every byte found afterwards."""

    resources: int
    documents: int
    facts: int
    passages: int
    quarantined: int
    sources_dropped: int
    sources_altered: int
    sources_withdrawn: int
    """Their bytes are gone, though they held other patients too: ingest those files again without this patient."""
    searched: tuple[str, ...]
    """Kinds of words that were searched for: `id`, `name`, `identifier`."""
    searched_bytes: int
    traces: tuple[Trace, ...]
    receipts: int = 0
    """Of questions about the patient, and others that name the patient."""


def contents_of(writer: SqliteWriter, patient_id: PatientId) -> dict[str, int]:
    """Return what the store holds of a patient, by table.

    Raises:
        PatientNotFoundError: the store holds no such patient.
    """
    counts = {
        table: writer.db.execute(f"SELECT count(*) FROM {table} WHERE patient_id = ?", (patient_id,)).fetchone()[0]
        for table in ("resources", "documents", "facts", "passages")
    }
    if not any(counts.values()) and not writer.db.execute("SELECT 1 FROM patients WHERE id = ?", (patient_id,)).fetchone():
        raise PatientNotFoundError("no such patient in this store: `chartcite patients` lists them")
    return counts


def erase(writer: SqliteWriter, patient_id: PatientId) -> Erased:
    """Take a patient out of the store; then search every byte of its files. The vector index is to be published before.

    Raises:
        PatientNotFoundError: the store holds no such patient.
        StoreBusyError: a reader holds an old state of the file; retry when it ended.
    """
    counts = contents_of(writer, patient_id)
    words = words_of(writer.db, patient_id)
    break_seal(writer.file)
    writer.db.execute("PRAGMA secure_delete = ON")
    writer.db.execute("BEGIN IMMEDIATE")
    try:
        dropped, altered, withdrawn = _erase_sources(writer.db, patient_id, words)
        quarantined = _erase_rows(writer.db, patient_id, words)
        writer.change_revision("erasure")
        writer.db.execute("COMMIT")
    except BaseException:
        writer.rollback()
        raise
    _write_anew(writer)
    return Erased(
        **counts,
        quarantined=quarantined,
        sources_dropped=dropped,
        sources_altered=altered,
        sources_withdrawn=withdrawn,
        searched=tuple(dict.fromkeys(what for what, _ in words)),
        searched_bytes=0,
        traces=(),
    )


def prove(writer: SqliteWriter, erased: Erased, words: list[tuple[str, str]]) -> Erased:
    """Search every file of the store and every kept source for words of the patient; return the result with what was found.

    Loaded terminologies and rules are left out: they come from a publisher, and codes and names in them are nobody's.
    """
    traces: list[Trace] = []
    size = 0
    patterns = [(what, _pattern(word)) for what, word in words]
    searched = (one for one in writer.folder.rglob("*") if one.is_file() and one.parent.name not in {TERMINOLOGIES, RULES})
    for path in sorted(searched):
        with path.open("rb") as stream:
            size += _search(iter(lambda: stream.read(_PIECE), b""), path.relative_to(writer.folder).as_posix(), patterns, traces)
    for (number,) in writer.db.execute("SELECT number FROM sources ORDER BY number").fetchall():
        size += _search(blocks_of(writer.db, number), f"kept source {number}", patterns, traces)
    return erased._replace(searched_bytes=size, traces=tuple(traces))


def words_of(db: sqlite3.Connection, patient_id: PatientId) -> list[tuple[str, str]]:
    """Return (kind, words) by which a patient is known: id, name, and the identifiers that the Patient resource gives."""
    words = [("id", f"Patient/{patient_id}"), ("id", str(patient_id))]
    row = db.execute("SELECT body FROM patients WHERE id = ?", (patient_id,)).fetchone()
    if row and row[0]:
        words.append(("name", Patient.model_validate_json(row[0]).name))
    sql = (
        "SELECT d.text FROM documents d JOIN resources r ON r.key = d.resource_key"
        " WHERE r.patient_id = ? AND r.resource_type = 'Patient' AND d.path = ''"
    )
    for (text,) in db.execute(sql, (patient_id,)):
        with suppress(ValueError, AttributeError, TypeError):
            given = json.loads(text).get("identifier", [])
            words += [("identifier", str(one["value"])) for one in given if isinstance(one, dict) and one.get("value")]
    return list(dict.fromkeys((what, word) for what, word in words if len(word) >= _LEAST_CHARACTERS))


def _erase_rows(db: sqlite3.Connection, patient_id: PatientId, words: list[tuple[str, str]]) -> int:
    db.execute("DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE patient_id = ?)", (patient_id,))
    db.execute("DELETE FROM said WHERE passage_id IN (SELECT id FROM passages WHERE patient_id = ?)", (patient_id,))
    for table in _TABLES:
        db.execute(f"DELETE FROM {table} WHERE patient_id = ?", (patient_id,))
    db.execute("DELETE FROM patients WHERE id = ?", (patient_id,))
    db.execute("DELETE FROM concepts WHERE key NOT IN (SELECT concept_key FROM fact_concepts)")
    db.execute("DELETE FROM vectors WHERE sha256 NOT IN (SELECT embed_sha FROM passages)")
    patterns = [_pattern(word) for _, word in words]
    rows = db.execute('SELECT key, uri, "where", raw FROM quarantine')
    named = [key for key, *told in rows if any(pattern.search("\n".join(told).encode()) for pattern in patterns)]
    gone = db.execute("DELETE FROM quarantine WHERE source_number NOT IN (SELECT number FROM sources)").rowcount
    db.executemany("DELETE FROM quarantine WHERE key = ?", [(key,) for key in named])
    db.execute("INSERT INTO words (words) VALUES ('rebuild')")  # the words of deleted rows stay in its tree otherwise
    return max(gone, 0) + len(named)


def _erase_sources(db: sqlite3.Connection, patient_id: PatientId, words: list[tuple[str, str]]) -> tuple[int, int, int]:
    """Drop, alter or withdraw the bytes that hold the patient; return how many of each."""
    dropped = altered = withdrawn = 0
    patterns = [_pattern(word) for _, word in words]
    for (number,) in db.execute("SELECT number FROM sources ORDER BY number").fetchall():
        owners = {row[0] for row in db.execute("SELECT patient_id FROM source_patients WHERE source_number = ?", (number,))}
        if patient_id not in owners:
            # A file that only names the patient, such as one that was refused, holds nothing that can be told apart.
            if owners or not _holds(blocks_of(db, number), patterns):
                continue
            owners = {patient_id}
        if owners <= {patient_id, NOBODY} and not _shared(db, number):
            db.execute("DELETE FROM blocks WHERE source_number = ?", (number,))
            db.execute("DELETE FROM quarantine WHERE source_number = ?", (number,))
            db.execute("DELETE FROM sources WHERE number = ?", (number,))
            dropped += 1
            continue
        kept = _without(b"".join(blocks_of(db, number)), _texts(db, patient_id, number, patterns), patterns)
        _replace_bytes(db, number, kept)
        altered, withdrawn = altered + (kept is not None), withdrawn + (kept is None)
    _blank_names(db, patterns)
    return dropped, altered, withdrawn


def _blank_names(db: sqlite3.Connection, patterns: list[re.Pattern[bytes]]) -> None:
    """Take the name from a source that is called by the patient: `walter-brandt.json`."""
    for number, *told in db.execute("SELECT number, uri, given, folder FROM sources").fetchall():
        if any(pattern.search(words.encode()) for pattern in patterns for words in told):
            db.execute("UPDATE sources SET uri = ?, given = '', folder = '' WHERE number = ?", (_NAMELESS, number))


_NAMELESS = "(named by an erased patient)"


def _shared(db: sqlite3.Connection, number: int) -> bool:
    """Say whether a source gave something that belongs to nobody and is still wanted: guidelines, organisations."""
    sql = "SELECT 1 FROM resources WHERE source_number = ? AND patient_id = ''"
    return db.execute(sql, (number,)).fetchone() is not None


def _texts(db: sqlite3.Connection, patient_id: PatientId, number: int, patterns: list[re.Pattern[bytes]]) -> Iterator[str]:
    """Yield the patient's records as they stood in their sources, longest first, and what was refused and names the patient."""
    sql = "SELECT DISTINCT text FROM documents WHERE patient_id = ? AND path = '' ORDER BY length(text) DESC"
    for (text,) in db.execute(sql, (patient_id,)):
        yield text
    for (raw,) in db.execute("SELECT DISTINCT raw FROM quarantine WHERE source_number = ?", (number,)):
        if any(pattern.search(raw.encode()) for pattern in patterns):
            yield raw


def _replace_bytes(db: sqlite3.Connection, number: int, kept: bytes | None) -> None:
    db.execute("DELETE FROM blocks WHERE source_number = ?", (number,))
    content = kept or b""
    for position, start in enumerate(range(0, len(content), BLOCK_BYTES)):
        packed = zlib.compress(content[start : start + BLOCK_BYTES], 1)
        db.execute("INSERT INTO blocks VALUES (?, ?, ?)", (number, position, packed))
    db.execute(
        "UPDATE sources SET state = ?, sha256 = ?, size = ? WHERE number = ?",
        (WITHDRAWN if kept is None else ALTERED, hashlib.sha256(content).hexdigest(), len(content), number),
    )


def _without(content: bytes, texts: Iterable[str], patterns: list[re.Pattern[bytes]]) -> bytes | None:
    """Return the bytes without a patient's records: `null` for an entry of JSON, nothing for a line; `None`: it cannot be."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    entries = _entries(text)
    spans = sorted({_around(text, start, start + len(one), entries) for one in texts if one for start in _places(text, one)})
    pieces, last = [], 0
    for start, end, instead in spans:
        if start >= last:
            pieces += [text[last:start], instead]
            last = end
    cut = "".join([*pieces, text[last:]]).encode()
    return None if any(pattern.search(cut) for pattern in patterns) else cut


def _places(text: str, one: str) -> Iterator[int]:
    start = text.find(one)
    while start >= 0:
        yield start
        start = text.find(one, start + len(one))


def _around(text: str, start: int, end: int, entries: list[tuple[int, int]]) -> tuple[int, int, str]:
    """Return what goes with a record: its entry of a Bundle, else its lines."""
    for first, last in entries:
        if first <= start and end <= last:
            return first, last, "null"
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    whole_lines = not text[first:start].strip() and not text[end:last].strip()
    if text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["} and not whole_lines:
        return start, end, "null"
    return first, last, ""


def _entries(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the entries of every Bundle in JSON text."""
    found: list[tuple[int, int]] = []
    for match in _ENTRY_LIST.finditer(text):
        place = match.end()
        with suppress(ValueError, RecursionError):
            while (place := _after(text, place)) < len(text) and text[place] != "]":
                _, end = _DECODER.raw_decode(text, place)
                found.append((place, end))
                place = end
    return found


def _after(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _write_anew(writer: SqliteWriter) -> None:
    """Write the file without its free pages, and empty the log."""
    try:
        writer.db.execute("VACUUM")
    except sqlite3.OperationalError as error:
        raise StoreBusyError("the store is being read: end what reads it, and run it again") from error
    busy, _, _ = writer.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreBusyError("the patient is erased, but a reader holds the old log: end what reads the store, and run it again")


def _pattern(word: str) -> re.Pattern[bytes]:
    """Return what finds words that stand by themselves: `ann` is not in `channel`."""
    return re.compile(rb"(?<![A-Za-z0-9])" + re.escape(word.encode()) + rb"(?![A-Za-z0-9])")


def _holds(blocks: Iterator[bytes], patterns: list[re.Pattern[bytes]]) -> bool:
    return any(pattern.search(piece) for piece in _overlapping(blocks) for pattern in patterns)


def _search(blocks: Iterator[bytes], place: str, patterns: list[tuple[str, re.Pattern[bytes]]], traces: list[Trace]) -> int:
    """Count the places in a stream; return how many bytes were searched."""
    size = 0
    times: dict[str, int] = {}
    for piece in _overlapping(blocks):
        size += len(piece)
        for what, pattern in patterns:
            if found := len(pattern.findall(piece)):
                times[what] = times.get(what, 0) + found
    traces += [Trace(place, what, number) for what, number in times.items()]
    return size


def _overlapping(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield pieces that overlap, so that no word is cut in two."""
    tail = b""
    for block in blocks:
        yield tail + block
        tail = block[-_OVERLAP:]
