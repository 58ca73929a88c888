"""What every test runs under: no network but loopback; small stores that need no weights."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chartcite.engine.language.terminology import Lexicon
from hypothesis import settings

from tests.charts import CORPORA, AskedChart, Resource, bundled_lexicon, open_store, person, store_chart, store_files

BUNDLED = ("rosa-delgado", "rosa-delgado-2", "james-carter")
"""Two of them have the same name."""
_LOOPBACK = ("127.", "localhost", "::1", "testserver")

settings.register_profile("chartcite", deadline=None, derandomize=True, database=None)
settings.load_profile("chartcite")


@pytest.fixture(scope="session", autouse=True)
def only_loopback() -> Iterator[None]:
    """Let no test reach a network: promise P8."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(call: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        if self.family != socket.AF_UNIX and not str(arguments[-1][0]).startswith(_LOOPBACK):
            raise PermissionError("the tests reach no network")
        return call(self, *arguments)

    return guarded


@pytest.fixture(scope="session")
def bundled_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three bundled patients and all guidelines, embedded by a stand-in."""
    store = tmp_path_factory.mktemp("bundled") / "store"
    guidelines = sorted((CORPORA / "guidelines").glob("*.md"))
    store_files(store, [*(CORPORA / "patients" / f"{name}.json" for name in BUNDLED), *guidelines])
    return store


@pytest.fixture(scope="session")
def bundled(bundled_store: Path) -> AskedChart:
    """The bundled store, ready to be asked."""
    return AskedChart(open_store(bundled_store))


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The bundled terminology."""
    return bundled_lexicon()


@pytest.fixture
def chart_of(tmp_path: Path) -> Callable[..., AskedChart]:
    """Build a chart of one patient (or of those given) on the fly and return it ready to be asked."""

    def build(*resources: Resource) -> AskedChart:
        people = () if any(one["resourceType"] == "Patient" for one in resources) else (person(),)
        store_chart(tmp_path / "store", *people, *resources)
        return AskedChart(open_store(tmp_path / "store"))

    return build
