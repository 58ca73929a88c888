"""A real small store of two bundled patients and three guidelines, embedded by a stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chartcite.api import wiring
from chartcite.api.app import create_app
from chartcite.api.settings import Settings
from chartcite.engine.testing import HashingEmbedder
from chartcite.ingestion.ingest import ingest
from fastapi.testclient import TestClient

ROSA, JAMES = "rosa-delgado", "james-carter"
GUIDELINES = ("uspstf-colorectal-cancer-2021", "fda-metformin-kidney-2016", "uspstf-breast-cancer-2024")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = Settings(store=tmp_path_factory.mktemp("doors") / "store")
    corpora = wiring.corpora_folder(settings)
    paths = [corpora / "patients" / f"{name}.json" for name in (ROSA, JAMES)]
    paths += [corpora / "guidelines" / f"{name}.md" for name in GUIDELINES]
    with wiring.open_writer(settings) as writer:
        ingest(paths, writer, HashingEmbedder())
    return settings.store


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every door embed with the stand-in: the weights take seconds to load."""
    monkeypatch.setattr(wiring, "open_embedder", lambda _settings: HashingEmbedder())


@pytest.fixture
def client(store: Path, hashing: None) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(store=store)), base_url="http://127.0.0.1") as opened:
        yield opened
