"""Ingests bundles and kills its own process (SIGKILL) at the n-th call of a step: `killed_ingest STEP N STORE FILE...`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes import faiss_index
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest

STEPS: dict[str, tuple[Any, str]] = {
    "begin": (SqliteWriter, "begin"),
    "resource": (SqliteWriter, "put_resource"),
    "commit": (SqliteWriter, "commit"),
    "vectors": (SqliteWriter, "put_vectors"),
    "publish": (SqliteWriter, "publish_vectors"),
    "generation": (faiss_index, "_write"),
    "pointer": (faiss_index, "_write_synced"),
}


def _killing(call: Callable[..., Any], number: int, *, after: bool) -> Callable[..., Any]:
    calls = 0

    def counted(*arguments: Any, **keywords: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = call(*arguments, **keywords)
        if calls == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return counted


def main(step: str, number: int, store: Path, files: list[Path]) -> None:
    """Ingest until the step kills the process; a step that begins with `after-` kills when its call returned."""
    owner, name = STEPS[step.removeprefix("after-")]
    setattr(owner, name, _killing(getattr(owner, name), number, after=step.startswith("after-")))
    with SqliteWriter(store) as writer:
        ingest(files, writer, HashingEmbedder())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), [Path(name) for name in sys.argv[4:]])
