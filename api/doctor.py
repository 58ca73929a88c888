"""Is this installation sound: each part looked at, and what to do where it is not."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from chartcite.api.settings import Settings
from chartcite.api.wiring import (
    check_generator,
    check_weights,
    corpora_folder,
    open_engine,
    open_generator,
    open_records,
    store_file,
    warm,
)
from chartcite.engine.errors import ChartciteError, GeneratorGarbledError, ModelError

_PACKAGES = (
    "pydantic", "numpy", "faiss-cpu", "orjson", "rapidfuzz", "typer", "rich", "fastapi", "uvicorn", "httpx", "openai", "torch",
    "sentence-transformers",
)  # fmt: skip
_LEAST_FREE_BYTES = 1_000_000_000


class Finding(NamedTuple):
    """One thing looked at."""

    name: str
    ok: bool
    found: str
    to_do: str = ""
    exit_code: int = 3


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at each part, cheapest first."""
    yield _python()
    yield _packages()
    yield _checked("weights", lambda: check_weights(settings))
    yield _checked("generator", lambda: _generator(settings))
    yield _corpora(settings)
    yield _space(settings.store)
    yield _permission(settings.store)
    store = _checked("store", lambda: _integrity(settings))
    yield store
    if store.ok:
        yield _checked("index", lambda: _index(settings))


def _python() -> Finding:
    ok = sys.version_info >= (3, 11)
    return Finding("python", ok, platform.python_version(), "" if ok else "install Python 3.11 or newer", 1)


def _packages() -> Finding:
    missing, found = [], []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    to_do = f"pip install {' '.join(missing)}" if missing else ""
    return Finding("packages", not missing, ", ".join(found), to_do, 1)


def _generator(settings: Settings) -> str:
    generator = open_generator(settings)
    if generator is None:
        return "none: answers are made from the evidence alone"
    identity, keeps_form = asyncio.run(check_generator(generator))
    if settings.generator_form == "json_schema" and not keeps_form:
        raise GeneratorGarbledError(f"{identity.model} is not held to a JSON schema: set CHARTCITE_GENERATOR_FORM, or use vLLM")
    served = f" by {identity.server}" if identity.server else ""
    return f"{identity.model}, served{served}, {'held' if keeps_form else 'not held'} to a form"


def _corpora(settings: Settings) -> Finding:
    folder = corpora_folder(settings)
    names = sorted({part.parent.name for part in folder.glob("*/*.*") if part.suffix in {".json", ".md", ".tsv"}})
    to_do = "" if names else "reinstall chartcite, or set CHARTCITE_CORPORA"
    return Finding("corpora", bool(names), f"{folder}: {', '.join(names) or 'nothing'}", to_do)


def _space(store: Path) -> Finding:
    free = shutil.disk_usage(_standing(store)).free
    ok = free >= _LEAST_FREE_BYTES
    return Finding("disk", ok, f"{free / 1e9:.1f} GB free", "" if ok else "free at least 1 GB where the store is")


def _permission(store: Path) -> Finding:
    standing = _standing(store)
    ok = os.access(standing, os.W_OK | os.X_OK)
    found = f"{standing} {'can' if ok else 'cannot'} be written"
    return Finding("permission", ok, found, "" if ok else "give --store a folder of yours")


def _standing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(part for part in (folder.absolute(), *folder.absolute().parents) if part.is_dir())


def _integrity(settings: Settings) -> str:
    from chartcite.engine.errors import StoreError

    records = open_records(settings)
    with sqlite3.connect(f"file:{store_file(settings)}?mode=ro", uri=True) as connection:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    connection.close()
    if verdict != "ok":
        raise StoreError(f"{store_file(settings)} is damaged: run `chartcite verify`, then `chartcite reindex`")
    held = f"{len(records.patients())} patients, {len(records.quarantined())} refused items"
    return f"{settings.store}: {held}, snapshot {records.snapshot()}"


def _index(settings: Settings) -> str:
    engine = open_engine(settings)
    warm(engine)
    return "vectors are the bytes that were written, and of this model"


def _checked(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, ok=True, found=look())
    except ChartciteError as error:
        what, _, to_do = str(error).partition(": ")
        return Finding(name, ok=False, found=what, to_do=to_do, exit_code=4 if isinstance(error, ModelError) else 3)
    except sqlite3.DatabaseError as error:
        return Finding(name, ok=False, found=type(error).__name__, to_do="move the store away and ingest again")
