"""The seal of a store: the SHA-256 of the database file as its last writer left it, so that one flipped bit is seen.

A writer breaks it before its first change and makes a new one when it ends. A store without a seal is one whose writer was
killed, or that was read while it was written; its content is then checked by the hashes inside.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from pathlib import Path


def seal_of(file: Path) -> Path:
    """Return where the seal of a database file is kept."""
    return file.with_name(f"{file.name}.seal")


def is_sealed(file: Path) -> bool:
    """Say whether a seal stands, without comparing it."""
    return seal_of(file).is_file()


def break_seal(file: Path) -> None:
    """Take the seal away, before the first change."""
    seal_of(file).unlink(missing_ok=True)


def seal(db: sqlite3.Connection, file: Path) -> None:
    """Bring all that was written into the file itself and seal it; nothing happens while a reader holds it up."""
    busy, frames, done = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy or frames != done:
        return
    draft = seal_of(file).with_suffix(".draft")
    draft.write_text(json.dumps({"size": file.stat().st_size, "sha256": sha256_of(file)}))
    os.replace(draft, seal_of(file))  # noqa: PTH105 -- the replacement is one step


def is_intact(file: Path) -> bool | None:
    """Say whether the file is what was sealed; `None`: there is no seal, or a writer's log stands beside it."""
    log = file.with_name(f"{file.name}-wal")
    if not is_sealed(file) or (log.is_file() and log.stat().st_size):
        return None
    try:
        kept = json.loads(seal_of(file).read_text())
        return bool(kept["size"] == file.stat().st_size and kept["sha256"] == sha256_of(file))
    except (ValueError, KeyError, TypeError):
        return False


def sha256_of(file: Path) -> str:
    """Hash a file without holding it in memory."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
