"""Who may import whom, and how light the engine is."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
HEAVY = (
    "torch",
    "faiss",
    "fastapi",
    "sqlite3",
    "sentence_transformers",
    "transformers",
    "openai",
    "llama_index",
    "uvicorn",
    "typer",
)
ALLOWED = {
    "faiss": {"indexes/faiss_index.py"},
    "sqlite3": {name.relative_to(REPOSITORY).as_posix() for name in (REPOSITORY / "indexes").glob("*.py")},
    "sentence_transformers": {"engine/models/sentence_embedder.py", "engine/models/entailment_judge.py"},
    "torch": {"engine/models/minilm.py", "engine/models/sentence_embedder.py", "engine/models/sentence_reader.py"},
    "safetensors": {"engine/models/minilm.py", "engine/models/sentence_reader.py"},
    "tokenizers": {"engine/models/minilm.py", "engine/models/sentence_reader.py"},
    "llama_index": {"engine/models/llama_index_generator.py", "indexes/llama_index_bridge.py"},
    "openai": {"engine/models/openai_generator.py"},
    "httpx": {
        "engine/models/one_server.py",
        "engine/models/openai_generator.py",
        "engine/models/server_facts.py",
        "ingestion/sources/fhir_http.py",
        "ingestion/sources/fhir_server.py",
    },
}
"""The modules that alone may name a library."""


def imports_of(path: Path) -> set[str]:
    """Return the top-level names that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


MODULES = sorted(path for folder in ("api", "engine", "indexes", "ingestion") for path in (REPOSITORY / folder).rglob("*.py"))
IMPORTS = {path.relative_to(REPOSITORY).as_posix(): imports_of(path) for path in MODULES}


@pytest.mark.parametrize("library", ALLOWED)
def test_a_library_is_named_where_it_is_allowed_only(library: str) -> None:
    outside = {name for name, found in IMPORTS.items() if library in found and not name.startswith("api/")}
    assert outside <= ALLOWED[library]


@pytest.mark.parametrize("library", ["pickle", "shelve", "marshal", "requests", "urllib", "ftplib"])
def test_nothing_is_unpickled_or_fetched(library: str) -> None:
    assert [name for name, found in IMPORTS.items() if library in found and not name.startswith("api/")] == []


def test_nothing_is_imported_by_its_bare_folder_name() -> None:
    assert [name for name, found in IMPORTS.items() if found & {"api", "engine", "indexes", "ingestion"}] == []


def test_the_engine_is_imported_without_anything_heavy() -> None:
    listed = f"import sys, chartcite.engine.ask; print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_import_rules_hold() -> None:
    command = shutil.which("lint-imports", path=f"{Path(sys.executable).parent}")
    if command is None:
        pytest.skip("import-linter is installed by `make check`")
    done = subprocess.run([command, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_nothing_happens_at_import(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", "import chartcite.engine.ask, chartcite.api.cli"], cwd=tmp_path, check=True)
    assert list(tmp_path.iterdir()) == []
