"""Faults on purpose, counted and saved in docs/faults.json: `python -m tests.evals.faults` kills, flips bits, fills disks."""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from chartcite.api import store_commands
from chartcite.api.settings import Settings
from chartcite.engine.errors import ChartciteError, StoreError
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.sqlite_records import STORE_FILE
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest

from tests.charts import store_files, write_bundle
from tests.contracts.test_kill import PEOPLE, _chart, dump, killed

KILLS = 50
FLIPS = 20
DISKS = 10
OUT = Path(__file__).parents[2] / "docs" / "faults.json"
_STEPS = ("begin", "resource", "commit", "vectors", "publish", "generation", "pointer")
_MOST_CALLS = {"begin": 6, "resource": 90, "commit": 6, "vectors": 1, "publish": 1, "generation": 1, "pointer": 1}


def main() -> int:
    """Run all faults; return 1 where something was lost."""
    chance = random.Random(20260101)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [write_bundle(folder, person, *_chart(person)) for person in PEOPLE]
        store_files(folder / "whole", files)
        whole = dump(folder / "whole")
        figures = {
            "kills": _kills(folder, files, whole, chance),
            "bit_flips": _flips(folder, chance),
            "full_disks": _disks(folder, files, chance),
        }
    OUT.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(OUT.read_text(encoding="utf-8"))
    return int(any(each["lost"] for each in figures.values()))


def _kills(folder: Path, files: list[Path], whole: object, chance: random.Random) -> dict[str, int]:
    """Kill an ingestion at a random call of a random step, run it again, and compare every row with an undisturbed run."""
    told: Counter[str] = Counter(tried=KILLS, killed=0, lost=0)
    for number in range(KILLS):
        step, store = chance.choice(_STEPS), folder / f"kill-{number}"
        told["killed"] += killed(store, files, step, chance.randint(1, _MOST_CALLS[step])) < 0
        store_files(store, files)
        told["lost"] += dump(store) != whole
        shutil.rmtree(store)
    return dict(told)


def _flips(folder: Path, chance: random.Random) -> dict[str, int]:
    """Flip one bit of each kind of file; count what `verify` sees, and what `reindex` mends or refuses by name."""
    told: Counter[str] = Counter(tried=0, seen=0, mended=0, refused=0, lost=0)
    store = folder / "flipped"
    for number in range(FLIPS):
        for kind in (STORE_FILE, "index.faiss", "rows.npy", "ranges.json", "manifest.json", "CURRENT"):
            shutil.rmtree(store, ignore_errors=True)
            shutil.copytree(folder / "whole", store)
            path = next(store.rglob(kind))
            content = bytearray(path.read_bytes())
            content[chance.randrange(len(content))] ^= 1 << number % 8
            path.write_bytes(content)
            told["tried"] += 1
            told[_mended(store)] += 1
    told["lost"] = told.pop("unseen", 0) + told.pop("wrong", 0)
    told["seen"] = told["tried"] - told["lost"]
    return dict(told)


def _mended(store: Path) -> str:
    settings = Settings(store=store)
    try:
        if all(check.ok for check in store_commands.verify(settings)):
            return "unseen"
        store_commands.reindex(settings, embedder=HashingEmbedder())
        return "mended" if all(check.ok for check in store_commands.verify(settings)) else "wrong"
    except (ChartciteError, OSError):
        return "refused"
    except Exception as error:  # noqa: BLE001 -- sqlite3's own, which no test may name
        return "refused" if type(error).__module__ == "sqlite3" else "wrong"


def _disks(folder: Path, files: list[Path], chance: random.Random) -> dict[str, int]:
    """Give an ingestion a disk that fills up; then enough of it, and compare."""
    told: Counter[str] = Counter(tried=DISKS, full=0, lost=0)
    for number in range(DISKS):
        store = folder / f"disk-{number}"
        store_files(store, files[:1])
        before = dump(store)
        with SqliteWriter(store) as writer:
            pages = writer.db.execute("PRAGMA page_count").fetchone()[0]
            writer.db.execute(f"PRAGMA max_page_count = {pages + chance.randint(1, 20)}")
            try:
                ingest(files[1:], writer, HashingEmbedder())
            except StoreError:
                told["full"] += 1
        told["lost"] += not set(map(str, before["facts"])) <= set(map(str, dump(store)["facts"]))
        store_files(store, files)
        told["lost"] += len(dump(store)["facts"]) != len(dump(folder / "whole")["facts"])
    return dict(told)


if __name__ == "__main__":
    sys.exit(main())
