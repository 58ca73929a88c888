"""Terminology releases that the user loaded: one SQLite file each, in a folder of the store, whole or not there.

A release is written into a draft that takes its place in one step when it is complete. To remove it is to remove its file. Only
what charts use, with what lies above it, is ever read into memory.
"""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

import orjson
from chartcite.engine.domain.records import Category
from chartcite.engine.errors import InputError, StoreError
from chartcite.engine.language.extended_lexicon import FoundConcept, ReleaseConcept, ReleaseLink, ReleaseName, ReleaseRow, Role
from chartcite.engine.language.terminology import SYSTEMS, ConceptKind
from chartcite.indexes.sqlite_records import STORE_FILE

FOLDER = "terminologies"
"""Folder of the store that holds the releases. No file in it holds anything of a patient."""
FORMAT = "1"
MOST_FOUND = 200_000
"""Concepts that are read into memory of one release; further ones are left out."""

_SUFFIX, _DRAFT = ".sqlite3", ".draft"
_BATCH = 10_000
_STALE_SECONDS = 86_400
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE concepts (
    id TEXT PRIMARY KEY, system TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, role TEXT NOT NULL,
    identity TEXT NOT NULL, units TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE names (id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (id, name)) WITHOUT ROWID;
CREATE TABLE links (child TEXT NOT NULL, parent TEXT NOT NULL, PRIMARY KEY (child, parent)) WITHOUT ROWID;
"""
_INDEXES = """
DELETE FROM names WHERE id NOT IN (SELECT id FROM concepts);
DELETE FROM links WHERE child NOT IN (SELECT id FROM concepts) OR parent NOT IN (SELECT id FROM concepts) OR child = parent;
CREATE INDEX concepts_coded ON concepts (code, system);
CREATE INDEX concepts_alike ON concepts (identity) WHERE identity != '';
CREATE INDEX links_from ON links (parent);
"""
_PUT_CONCEPT = (  # a concept that was only named by another file is filled in by its own row
    "INSERT INTO concepts VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
    " (name, kind, role, identity, units) = (excluded.name, excluded.kind, excluded.role, excluded.identity, excluded.units)"
    " WHERE concepts.name = ''"
)
_NOT_ASKED = (Category.DOCUMENT, Category.COVERAGE, Category.ENCOUNTER, Category.CARE_TEAM, Category.DEMOGRAPHIC)
_ASKED = (  # the first and the last fact tell: walking through all of them would take long
    "SELECT DISTINCT g.concept_key FROM (SELECT concept_key, min(fact_key) AS first, max(fact_key) AS last FROM fact_concepts"
    " WHERE concept_key IN (SELECT value FROM json_each(?)) GROUP BY concept_key) g"
    " JOIN facts f ON f.key IN (g.first, g.last) WHERE f.category NOT IN (SELECT value FROM json_each(?))"
)
_CONCEPT = "SELECT c.id, c.system, c.code, c.name, c.kind, c.role, c.identity, c.units FROM"


class LoadedRelease(NamedTuple):
    """A release in a store."""

    name: str
    kind: str
    version: str
    licence: str
    sha256: str
    source: str
    """Name of the file or folder that it came from."""
    loaded_at: str
    concepts: int
    names: int
    links: int


class TerminologyDraft:
    """A release on its way into a store. Nothing of it is there before `finish`. Use as a context manager."""

    def __init__(self, store: Path) -> None:
        folder = store / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f".*{_DRAFT}"):  # of a run that was killed
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink(missing_ok=True)
        self._path = folder / f".{secrets.token_hex(8)}{_DRAFT}"
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;" + _TABLES)

    def __enter__(self) -> Self:
        self._db.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()
        self._path.unlink(missing_ok=True)

    def put(self, rows: Iterable[ReleaseRow], *, observe: Callable[[], None] | None = None) -> None:
        """Write rows, in any order, those of the same id once. `observe` is called after each batch of thousands.

        Raises:
            StoreError: the disk is full.
        """
        waiting = iter(rows)
        with _disk_told():
            while batch := list(islice(waiting, _BATCH)):
                by_type = {kind: [row for row in batch if isinstance(row, kind)] for kind in (ReleaseName, ReleaseLink)}
                self._db.executemany(_PUT_CONCEPT, (_packed(row) for row in batch if isinstance(row, ReleaseConcept)))
                self._db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", by_type[ReleaseName])
                self._db.executemany("INSERT OR IGNORE INTO links VALUES (?, ?)", by_type[ReleaseLink])
                if observe is not None:
                    observe()

    def finish(self, release: LoadedRelease) -> LoadedRelease:
        """Put the release into the store, in place of one of the same name; return it with its counts.

        Raises:
            StoreError: the disk is full.
        """
        with _disk_told():
            for statement in filter(str.strip, _INDEXES.split(";")):
                self._db.execute(statement)
            tables = ("concepts", "names", "links")
            counts = {table: self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
            moment = datetime.now(UTC).isoformat(timespec="seconds")
            done = release._replace(name=_plain(release.name), loaded_at=moment, **counts)
            meta = {"format": FORMAT, **{key: str(value) for key, value in done._asdict().items()}}
            self._db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
            self._db.execute("COMMIT")
        self._db.close()
        with self._path.open("rb") as stream:
            os.fsync(stream.fileno())
        os.replace(self._path, self._path.with_name(done.name + _SUFFIX))  # noqa: PTH105 -- the replacement is one step
        return done


def loaded_releases(store: Path) -> list[LoadedRelease]:
    """Return the releases of a store, by name.

    Raises:
        StoreError: one is damaged or of another format.
    """
    return [_release_of(path) for path in sorted((store / FOLDER).glob(f"*{_SUFFIX}"))]


def remove_release(store: Path, name: str) -> None:
    """Take a release out of a store, also one that is damaged.

    Raises:
        InputError: the store holds none of that name.
    """
    path = next((one for one in (store / FOLDER).glob(f"*{_SUFFIX}") if one.name == name + _SUFFIX), None)
    if path is None:
        raise InputError(f"no terminology has the name {_plain(name)}: `chartcite terminology list` lists them")
    path.unlink()


def used_codes(store: Path, *, is_known: Callable[[str], bool]) -> set[tuple[str, str]]:
    """Return (short system name, code) of the concepts that charts of the store name; none where there is no store.

    What only names visits, documents, payers and people is left out: it shares words with what is asked and answers nothing.

    Args:
        store: folder of the store.
        is_known: says of `system:code` that it is not asked for.
    """
    file = store / STORE_FILE
    if not file.is_file():
        return set()
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as db:
        codes: dict[int, set[tuple[str, str]]] = {}
        for key, packed in db.execute("SELECT key, codings FROM concepts"):
            coded = {(SYSTEMS.get(system, system), code) for system, code, _ in orjson.loads(packed)}
            if unknown := {each for each in coded if not is_known(":".join(each))}:
                codes[key] = unknown
        keys = orjson.dumps(list(codes)).decode()
        asked = db.execute(_ASKED, (keys, orjson.dumps(_NOT_ASKED).decode())).fetchall()
        return {code for (key,) in asked for code in codes[key]}


def climb(
    store: Path, release: str, codes: Collection[tuple[str, str]], *, is_known: Callable[[ReleaseConcept], bool]
) -> dict[str, FoundConcept]:
    """Return what a release says of some codes, with all that lies above them, by id of the release.

    Brands of the drugs that are met come with them, and what these are linked to.

    Args:
        store: folder of the store.
        release: name of the release.
        codes: (short system name, code) that the reviewed tables lack.
        is_known: says of a concept that the reviewed tables have it: nothing above it is asked for.

    Raises:
        StoreError: the release is damaged.
    """
    path = store / FOLDER / (release + _SUFFIX)
    with _damage_told(path), closing(_opened(path)) as db:
        climbing = _Climb(db, is_known)
        climbing.up(climbing.coded(codes), used=True)
        climbing.up(climbing.brands(), used=False)
        return climbing.found


class _Climb:
    """The concepts of a release that were met."""

    def __init__(self, db: sqlite3.Connection, is_known: Callable[[ReleaseConcept], bool]) -> None:
        self._db, self._is_known = db, is_known
        self.found: dict[str, FoundConcept] = {}

    def coded(self, codes: Collection[tuple[str, str]]) -> list[ReleaseConcept]:
        """Return the concepts that have one of some codes."""
        of_pair = "c.code = json_extract(j.value, '$[1]') AND c.system = json_extract(j.value, '$[0]')"
        sql = f"{_CONCEPT} json_each(?) j CROSS JOIN concepts c ON {of_pair}"
        return [_concept(row) for row in self._rows(sql, sorted(codes))]

    def brands(self) -> list[ReleaseConcept]:
        """Return the concepts that are names of a drug met so far."""
        drugs = [one.concept for one in self.found.values() if one.concept.kind is ConceptKind.DRUG]
        met = sorted(one.id for one in drugs if one.role is Role.CONCEPT)
        sql = (
            f"{_CONCEPT} json_each(?) j CROSS JOIN links l ON l.parent = j.value"
            " CROSS JOIN concepts c ON c.id = l.child AND c.role = 'name'"
        )
        return [_concept(row) for row in self._rows(sql, met)]

    def up(self, level: Sequence[ReleaseConcept], *, used: bool) -> None:
        """Add concepts and all that lies above them, level by level, as far as what is known."""
        while level:
            fresh = {one.id: one for one in level if one.id not in self.found}
            fresh = dict(islice(fresh.items(), max(0, MOST_FOUND - len(self.found))))
            names = self._grouped("SELECT n.id, n.name FROM json_each(?) j CROSS JOIN names n ON n.id = j.value", fresh)
            open_ = [id_ for id_, one in fresh.items() if not self._is_known(one)]
            parents = self._grouped("SELECT l.child, l.parent FROM json_each(?) j CROSS JOIN links l ON l.child = j.value", open_)
            alike = self._alike(fresh)
            for id_, one in fresh.items():
                self.found[id_] = FoundConcept(
                    one, tuple(names.get(id_, ())), tuple(parents.get(id_, ())), tuple(alike.get(one.identity, ())), used
                )
            above = {parent for each in parents.values() for parent in each} - self.found.keys()
            sql = f"{_CONCEPT} json_each(?) j CROSS JOIN concepts c ON c.id = j.value"
            level, used = [_concept(row) for row in self._rows(sql, sorted(above))], False

    def _alike(self, concepts: dict[str, ReleaseConcept]) -> dict[str, list[str]]:
        identities = {one.identity for one in concepts.values() if one.identity}
        sql = (
            "SELECT c.identity, c.system || ':' || c.code FROM json_each(?) j"
            " CROSS JOIN concepts c ON c.identity = j.value AND c.identity != ''"
        )
        return self._grouped(sql, identities)

    def _grouped(self, sql: str, keys: Collection[str]) -> dict[str, list[str]]:
        grouped: dict[str, list[str]] = {}
        for key, value in self._rows(sql, sorted(keys)):
            grouped.setdefault(str(key), []).append(str(value))
        return grouped

    def _rows(self, sql: str, keys: Sequence[object]) -> Iterator[tuple[object, ...]]:
        for start in range(0, len(keys), _BATCH):
            yield from self._db.execute(sql, (orjson.dumps(keys[start : start + _BATCH]).decode(),))


def _packed(concept: ReleaseConcept) -> tuple[str, ...]:
    return (*concept[:4], concept.kind or "", concept.role, concept.identity, " ".join(concept.units))


def _concept(row: tuple[object, ...]) -> ReleaseConcept:
    id_, system, code, name, kind, role, identity, units = map(str, row)
    known = ConceptKind(kind) if kind else None
    return ReleaseConcept(id_, system, code, name, known, Role(role), identity, tuple(units.split()))


def _release_of(path: Path) -> LoadedRelease:
    with _damage_told(path), closing(_opened(path)) as db:
        told = dict(db.execute("SELECT key, value FROM meta"))
        if told.pop("format", None) != FORMAT:
            raise StoreError(f"terminology {path.stem} has another format: {_again(path)}")
        counts = {key: int(told[key]) for key in ("concepts", "names", "links")}
        return LoadedRelease(**{**told, **counts, "name": path.stem})


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.DatabaseError, KeyError, ValueError, TypeError) as error:
        raise StoreError(f"terminology {path.stem} is damaged: {_again(path)}") from error


def _again(path: Path) -> str:
    return f"`chartcite terminology remove {path.stem}`, and load it again"


@contextmanager
def _disk_told() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}:
            raise StoreError("the disk is full: free some space and load it again; nothing was changed") from error
        raise


def _plain(name: str) -> str:
    """Return a name as the file of a release may bear it."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:80].strip("-.") or "terminology"
