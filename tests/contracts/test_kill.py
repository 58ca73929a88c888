"""Promise P4: an ingestion killed at any moment and run again gives the store of an uninterrupted run."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from chartcite.indexes.sqlite_records import STORE_FILE, SqliteRecords

from tests.charts import condition, lab, medication, note, open_store, person, scope, store_files, write_bundle

PEOPLE = ("ann", "bob", "cy", "dee", "eve", "flo")
TABLES = (
    "blocks",
    "source_patients",
    "patients",
    "resources",
    "documents",
    "concepts",
    "facts",
    "fact_concepts",
    "passages",
    "words",
    "vectors",
    "quarantine",
)
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("killed")
    return [write_bundle(folder, name, *_chart(name)) for name in PEOPLE]


def _chart(owner: str) -> Iterator[dict[str, object]]:
    yield person(owner, given=owner.title())
    yield {"resourceType": "Condition", "id": "lost", "code": {"text": "Gout"}}  # goes to quarantine
    for number in range(6):
        yield lab(f"v{number}", 6 + number / 10, f"2024-0{number + 1}-01", owner=owner)
        yield note(
            f"n{number}", f"Visit {number} of {owner}: complains of gout. Sleeps well.", f"2024-0{number + 1}-01", owner=owner
        )
    yield condition("c", "Hypertension", "2015", owner=owner)
    yield medication("m", "Lisinopril 10 mg", "2018-01-01", owner=owner)


def dump(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of a store but its secret, and the bytes of its index."""
    with sqlite3.connect(f"file:{store / STORE_FILE}?mode=ro", uri=True) as database:
        rows = {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}  # noqa: S608 -- our own names
        # When a source was stored is the one thing that two runs do not share.
        rows["sources"] = database.execute("SELECT number, key, uri, sha256, size, given, folder, state FROM sources").fetchall()
        rows["meta"] = database.execute("SELECT * FROM meta WHERE key != 'secret'").fetchall()
        [(intact,)] = database.execute("PRAGMA integrity_check").fetchall()
    database.close()
    assert intact == "ok"
    current = (store / "vectors" / "CURRENT").read_text()
    rows["index"] = [(current, path.name, path.read_bytes()) for path in sorted((store / "vectors" / current).iterdir())]
    return rows


@pytest.fixture(scope="module")
def uninterrupted(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    store = tmp_path_factory.mktemp("uninterrupted")
    store_files(store, files)
    return dump(store)


def killed(store: Path, files: list[Path], step: str, number: int) -> int:
    command = [sys.executable, "-m", "tests.contracts.killed_ingest", step, str(number), str(store), *map(str, files)]
    return subprocess.run(command, cwd=REPOSITORY, check=False, capture_output=True, timeout=60).returncode


@pytest.mark.parametrize(
    ("step", "number"),
    [
        pytest.param("resource", 3, id="in the middle of the first file"),
        pytest.param("commit", 3, id="before a file is made durable"),
        pytest.param("after-commit", 3, id="between two files"),
        pytest.param("after-vectors", 1, id="with vectors but no index"),
        pytest.param("after-generation", 1, id="with an index that nothing points to"),
        pytest.param("after-pointer", 1, id="before the pointer is moved"),
    ],
)
def test_a_killed_ingestion_run_again_is_the_uninterrupted_one(
    files: list[Path], uninterrupted: dict[str, list[tuple[object, ...]]], tmp_path: Path, step: str, number: int
) -> None:
    assert killed(tmp_path, files, step, number) == -signal.SIGKILL
    store_files(tmp_path, files)
    assert dump(tmp_path) == uninterrupted


def test_a_killed_ingestion_leaves_whole_files_only(files: list[Path], tmp_path: Path) -> None:
    assert killed(tmp_path, files, "commit", 4) == -signal.SIGKILL
    records = SqliteRecords(tmp_path)
    whole = [one for one in PEOPLE if len(records.facts(scope(one))) > 14]
    assert [one.id for one in records.patients()] == whole == ["ann", "bob", "cy"]


def test_a_store_answers_with_its_old_index_after_a_kill_while_publishing(files: list[Path], tmp_path: Path) -> None:
    store_files(tmp_path, files[:3])
    assert killed(tmp_path, files, "after-generation", 1) == -signal.SIGKILL
    engine = open_store(tmp_path)
    vector = engine.embedder.embed(["gout"])[0]
    found = [len(engine.vectors.search(vector, scope=scope(owner), limit=50)) for owner in ("ann", "flo")]
    assert found == [6, 0]


def test_killed_at_any_time_and_run_again_is_the_uninterrupted_one(
    files: list[Path], uninterrupted: dict[str, list[tuple[object, ...]]], tmp_path: Path
) -> None:
    """Kill from outside, at a moment that nobody chose: once a first file is durable."""
    command = [sys.executable, "-m", "tests.contracts.killed_ingest", "begin", "99", str(tmp_path), *map(str, files)]
    with subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not (tmp_path / STORE_FILE).exists():
            time.sleep(0.002)
        time.sleep(0.05)
        process.kill()
    store_files(tmp_path, files)
    assert dump(tmp_path) == uninterrupted
