"""`VectorIndex` on FAISS: exact search among the rows of one patient. The only module that imports faiss.

A generation is a folder of files that never change once written: vectors ordered by patient and time, the passage id of each
row, the range of each patient, and a manifest with the SHA-256 of each. `CURRENT` names the generation in use and is replaced
atomically, so that a reader always sees a whole index. The index is a cache: it can be rebuilt from the store.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

import faiss
import numpy as np
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.errors import IndexCorruptError, IndexMismatchError
from chartcite.engine.ports import GUIDELINES, Hit, Vector
from chartcite.indexes.schema import NOBODY

FORMAT = "2"
_PATIENT, _CORPUS = "patient ", "corpus "
"""Before the names of the ranges of rows."""
_FOLDER, _CURRENT = "vectors", "CURRENT"
_FILES = ("index.faiss", "rows.npy", "ranges.json")
_NAME_LENGTH = 24
_ADDED_ROWS = 4096
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


class VectorRow(NamedTuple):
    """A vector on its way into a generation, in the order of (corpus, patient, time)."""

    corpus: str
    """Empty: of a chart."""
    patient_id: str
    passage_id: int
    known_at: str | None
    known_day: str | None
    vector: bytes


class FaissIndex:
    """Reads the current generation of a store, and follows when a new one is published."""

    def __init__(self, folder: Path, *, model: str) -> None:
        self._folder = folder / _FOLDER
        self._model = model
        self._lock = threading.Lock()  # guards the swap of `_loaded`
        self._loaded: _Generation | None = None

    def search(self, vector: Vector, /, *, scope: Scope, limit: int) -> list[Hit]:
        """Return at most `limit` hits by cosine, best first, from passages inside `scope` only."""
        generation = self._generation()
        first, last = generation.ranges.get(_PATIENT + scope.patient_id, (0, 0)) if generation else (0, 0)
        if generation is None or first == last or scope.patient_id == NOBODY:
            return []
        last, late = generation.cut(first, last, scope)
        hits = generation.search(vector, first, last, limit + len(late))
        return [hit for hit in hits if hit.passage_id not in late][:limit]

    def search_guidelines(self, vector: Vector, /, *, limit: int, corpus: str = GUIDELINES) -> list[Hit]:
        """Return at most `limit` hits by cosine, best first, from one guideline or literature corpus only."""
        generation = self._generation()
        if generation is None or _CORPUS + corpus not in generation.ranges:
            return []
        return generation.search(vector, *generation.ranges[_CORPUS + corpus], limit)

    def guideline_vectors(self, passage_ids: Sequence[int], /, *, corpus: str = GUIDELINES) -> Vector:
        """Return (n, d) float32 rows of passages of one corpus, in the order of their ids; one that has no vector is left out."""
        generation = self._generation()
        if generation is None or _CORPUS + corpus not in generation.ranges:
            return np.zeros((0, 0), dtype=np.float32)
        return generation.vectors(passage_ids, *generation.ranges[_CORPUS + corpus])

    def check(self) -> None:
        """Load the generation in use and compare its bytes.

        Raises:
            IndexCorruptError: not the bytes that were written.
            IndexMismatchError: made by another model.
        """
        self._generation()

    def _generation(self) -> _Generation | None:
        pointer = self._folder / _CURRENT
        if not pointer.is_file():
            return None
        name = pointer.read_text(encoding="utf-8", errors="replace").strip()
        with self._lock:
            if self._loaded is None or self._loaded.name != name:
                self._loaded = _Generation(self._folder / name, self._model)
            return self._loaded


class _Generation:
    """One loaded generation. Raises when its bytes are not those written, or its model is not ours."""

    def __init__(self, folder: Path, model: str) -> None:
        self.name = folder.name
        try:
            self._load(folder, model)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:  # a file that is gone, cut or not what it was
            raise IndexCorruptError(f"the vector index is damaged: remove {folder.parent} and run `chartcite reindex`") from error

    def _load(self, folder: Path, model: str) -> None:
        manifest = json.loads((folder / "manifest.json").read_text())
        if manifest["model"] != model:
            raise IndexMismatchError(
                "the index was made with another embedding model: run `chartcite ingest` again to embed anew"
            )
        for name, expected in manifest["sha256"].items():
            if _sum(folder / name) != expected:
                raise IndexCorruptError(
                    f"{name} of the vector index is damaged: remove {folder.parent} and run `chartcite ingest`"
                )
        self._index = faiss.read_index(str(folder / "index.faiss"))
        rows = np.load(folder / "rows.npy", allow_pickle=False)
        self._ids, self._instants, self._days = rows["id"], rows["instant"], rows["day"]
        self.ranges: dict[str, tuple[int, int]] = {
            key: (low, high) for key, (low, high) in json.loads((folder / "ranges.json").read_text()).items()
        }

    def cut(self, first: int, last: int, scope: Scope) -> tuple[int, set[int]]:
        """Return the end of the rows that the scope can admit, and the passages among the last of them that it does not.

        Rows are ordered by instant, and a calendar day begins up to 14 hours apart around the world: the rows of that margin
        are looked at one by one.
        """
        if scope.as_of is None:
            return last, set()
        if isinstance(scope.as_of, datetime):
            return bisect_right(self._instants, _microseconds(scope.as_of), first, last), set()
        day_end = datetime.combine(scope.as_of, time(), UTC) + timedelta(days=1)
        last = bisect_right(self._instants, _microseconds(day_end + timedelta(hours=14)), first, last)
        margin = bisect_right(self._instants, _microseconds(day_end - timedelta(hours=14)), first, last)
        latest = scope.as_of.toordinal()
        return last, {int(self._ids[row]) for row in range(margin, last) if self._days[row] > latest}

    def search(self, vector: Vector, first: int, last: int, limit: int) -> list[Hit]:
        if first >= last or limit < 1:
            return []
        selector = faiss.IDSelectorRange(first, last, True)  # noqa: FBT003 -- SWIG takes no keywords: the ids are sorted
        parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # faiss patches its constructor at import
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        scores, rows = self._index.search(query, min(limit, last - first), params=parameters)
        return [Hit(int(self._ids[row]), float(score)) for score, row in zip(scores[0], rows[0], strict=True) if row >= 0]

    def vectors(self, passage_ids: Sequence[int], first: int, last: int) -> Vector:
        ids = self._ids[first:last]
        rows = {int(ids[row]): first + int(row) for row in np.flatnonzero(np.isin(ids, passage_ids))}
        found = [self._index.reconstruct(rows[id_]) for id_ in passage_ids if id_ in rows]
        return np.array(found, dtype=np.float32).reshape(len(found), self._index.d)


def current_generation(store: Path) -> Path | None:
    """Return the folder of the generation in use; `None`: nothing was published."""
    pointer = store / _FOLDER / _CURRENT
    if not pointer.is_file():
        return None
    return pointer.parent / pointer.read_text(encoding="utf-8", errors="replace").strip()


def generation_name(model: str, rows: Iterable[VectorRow]) -> str:
    """Return the name of the generation that holds these rows: a hash of all that it holds."""
    digest = hashlib.sha256(_naming(model))
    for row in rows:
        digest.update(_naming_of(row))
    return digest.hexdigest()[:_NAME_LENGTH]


def _naming(model: str) -> bytes:
    return f"{FORMAT}|{model}".encode()


def _naming_of(row: VectorRow) -> bytes:
    return "|".join(map(str, row[:-1])).encode() + b"|" + hashlib.sha256(row.vector).digest()


def publish(store: Path, model: str, rows: Iterable[VectorRow]) -> str:
    """Write a generation from rows ordered by (corpus, patient, time), make it current, and return its name.

    The name is a hash of what it holds: the same rows give the same generation, and nothing is written twice.
    """
    folder = store / _FOLDER
    folder.mkdir(exist_ok=True)
    generation = _Draft(model, rows)
    name = generation.name
    pointer = folder / _CURRENT
    if pointer.is_file() and pointer.read_bytes().strip() == name.encode() and is_written(folder / name, model, generation.count):
        return name
    draft = folder / f"{name}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    shutil.rmtree(folder / name, ignore_errors=True)
    draft.mkdir()
    _write(draft, model, generation)
    draft.rename(folder / name)
    next_pointer = folder / f"{_CURRENT}.next"
    _write_synced(next_pointer, name.encode())
    next_pointer.replace(pointer)
    _sync_folder(folder)
    for old in folder.iterdir():
        if old.is_dir() and old.name != name:
            shutil.rmtree(old, ignore_errors=True)
    return name


def is_written(folder: Path, model: str, rows: int) -> bool:
    """Say whether a generation stands there whole."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        return bool(manifest == _manifest(folder, model, rows))
    except (OSError, ValueError):
        return False


def _manifest(folder: Path, model: str, rows: int) -> dict[str, object]:
    sums = {name: _sum(folder / name) for name in _FILES}
    return {"format": FORMAT, "model": model, "rows": rows, "sha256": sums}


class _Draft:
    """A generation before it is written, taken from its rows one by one: vectors are held once, whatever their number."""

    def __init__(self, model: str, rows: Iterable[VectorRow]) -> None:
        digest = hashlib.sha256(_naming(model))
        self.index = faiss.IndexFlatIP(1)
        self.ranges: dict[str, list[int]] = {}
        self._ids, self._instants, self._days = array("q"), array("q"), array("i")
        pending: list[bytes] = []
        for number, row in enumerate(rows):
            digest.update(_naming_of(row))
            if not number:
                self.index = faiss.IndexFlatIP(len(row.vector) // 4)
            pending.append(row.vector)
            if len(pending) == _ADDED_ROWS:
                self._add(pending)
            self._place(number, row)
        self._add(pending)
        self.name = digest.hexdigest()[:_NAME_LENGTH]

    @property
    def count(self) -> int:
        """Of rows."""
        return len(self._ids)

    def save_rows(self, path: Path) -> None:
        """Write passage id, instant and day of each row: (n,)."""
        table = np.zeros(self.count, dtype=[("id", np.int64), ("instant", np.int64), ("day", np.int32)])
        table["id"], table["instant"], table["day"] = self._ids, self._instants, self._days
        np.save(path, table, allow_pickle=False)

    def _place(self, number: int, row: VectorRow) -> None:
        known = datetime.fromisoformat(row.known_at).replace(tzinfo=UTC) if row.known_at else _BEGINNING
        self._ids.append(row.passage_id)
        self._instants.append(_microseconds(known))
        self._days.append(datetime.fromisoformat(row.known_day).toordinal() if row.known_day else 0)
        owner = _CORPUS + row.corpus if row.corpus else _PATIENT + row.patient_id
        self.ranges.setdefault(owner, [number, number])[1] = number + 1

    def _add(self, pending: list[bytes]) -> None:
        if pending:
            self.index.add(np.frombuffer(b"".join(pending), dtype=np.float32).reshape(len(pending), -1))
            pending.clear()


def _write(folder: Path, model: str, generation: _Draft) -> None:
    faiss.write_index(generation.index, str(folder / "index.faiss"))
    generation.save_rows(folder / "rows.npy")
    (folder / "ranges.json").write_text(json.dumps(generation.ranges))
    (folder / "manifest.json").write_text(json.dumps(_manifest(folder, model, generation.count)))
    for name in (*_FILES, "manifest.json"):
        with (folder / name).open("rb") as written:
            os.fsync(written.fileno())
    _sync_folder(folder)


def _sum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _microseconds(moment: datetime) -> int:
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        moment = moment.replace(tzinfo=UTC)
    return int((moment - _BEGINNING) / timedelta(microseconds=1))


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
