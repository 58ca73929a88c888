"""Tables of medication safety rules that the user loaded: one JSON file each, in a folder of the store, whole or not there."""

from __future__ import annotations

import os
import re
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import orjson
from chartcite.engine.domain.medication_rules import MedicationRule, RuleBook, RuleSet
from chartcite.engine.errors import InputError, StoreError

FOLDER = "safety"
"""Folder of the store that holds the tables. No file in it holds anything of a patient."""
_SUFFIX = ".json"
_NAME = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")


class LoadedRuleSet(NamedTuple):
    """A table of rules in a store."""

    name: str
    version: str
    licence: str
    sha256: str
    """Of the file as it was given."""
    source: str
    """Name of the file that it came from."""
    loaded_at: str
    rules: int


def save_rule_set(store: Path, told: LoadedRuleSet, text: str) -> LoadedRuleSet:
    """Keep a table, in place of one of the same name.

    Raises:
        InputError: the name cannot be one of a file.
        StoreError: the disk is full.
    """
    if not _NAME.fullmatch(told.name) or told.name == "extent":
        raise InputError("the name of a set of rules is small letters, digits and hyphens: give one with --name")
    folder = store / FOLDER
    done = told._replace(loaded_at=datetime.now(UTC).isoformat(timespec="seconds"))
    draft = folder / f".{secrets.token_hex(8)}.draft"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as stream:
            stream.write(orjson.dumps({"about": done._asdict(), "table": text}))
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, folder / f"{done.name}{_SUFFIX}")  # noqa: PTH105 -- the replacement is one step
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreError("the rules could not be written: is there space on the disk, and may the folder be written?") from error
    return done


def loaded_rule_sets(store: Path) -> list[LoadedRuleSet]:
    """Return the tables of a store, by name.

    Raises:
        StoreError: one is damaged.
    """
    return [_read(path)[0] for path in _files(store)]


def remove_rule_set(store: Path, name: str) -> None:
    """Take a table out of a store, also one that is damaged.

    Raises:
        InputError: the store holds none of that name.
    """
    path = next((one for one in _files(store) if one.name == name + _SUFFIX), None)
    if path is None:
        raise InputError("no set of rules has that name: `chartcite safety list` lists them")
    path.unlink()


class RuleShelf:
    """The rules that hold for a store: the bundled ones and what was loaded, read at the first use and when files change."""

    def __init__(self, store: Path, *, bundled: Callable[[], RuleSet], read: Callable[[str], tuple[MedicationRule, ...]]) -> None:
        self._store = store
        self._bundled = bundled
        self._parse = read
        self._lock = threading.Lock()  # guards the two below
        self._seen: tuple[tuple[str, int, int], ...] | None = None
        self._book = RuleBook()

    def __call__(self) -> RuleBook:
        """Return the rules.

        Raises:
            StoreError: a loaded table is damaged.
        """
        files = _files(self._store)
        seen = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
        with self._lock:
            if seen != self._seen:
                loaded = [_read(path) for path in files]
                sets = [RuleSet(told.name, told.version, told.licence, self._parse(text)) for told, text in loaded]
                self._book, self._seen = RuleBook([self._bundled(), *sets]), seen
            return self._book


def _files(store: Path) -> list[Path]:
    return sorted((store / FOLDER).glob(f"*{_SUFFIX}"))


def _read(path: Path) -> tuple[LoadedRuleSet, str]:
    try:
        kept = orjson.loads(path.read_bytes())
        return LoadedRuleSet(**kept["about"]), str(kept["table"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        step = f"`chartcite safety remove {path.name.removesuffix(_SUFFIX)}`, then load it again"
        raise StoreError(f"the set of rules {path.name} is damaged: {step}") from error
