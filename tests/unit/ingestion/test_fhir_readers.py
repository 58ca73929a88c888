"""Processes that read FHIR for the one that stores: the same store with and without them, whatever befalls them."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import IngestReport, ingest
from chartcite.ingestion.sources import fhir_lines, fhir_readers
from chartcite.ingestion.sources.fhir import FHIR, pieces_of, settled
from chartcite.ingestion.sources.fhir_readers import Readers, Reading
from chartcite.ingestion.sources.source import HEAD_BYTES, Folder, SourceFile

from tests.charts import condition, lab, note, person, write_bundle
from tests.contracts.test_kill import dump

PEOPLE = tuple(f"p{number:02d}" for number in range(12))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start processes for the first bytes, and read lines in small pieces."""
    monkeypatch.setattr(fhir_readers, "WORTHWHILE_BYTES", 0)
    monkeypatch.setattr(fhir_lines, "PIECE_LINES", 7)


def chart(owner: str) -> list[dict[str, Any]]:
    told = f"Visit of {owner}: complains of gout. Sleeps well."
    return [
        person(owner, given=owner.title()),
        {"resourceType": "Condition", "id": f"{owner}-lost", "code": {"text": "Gout"}},  # goes to quarantine
        *(lab(f"{owner}-v{n}", 6 + n / 10, f"2024-0{n + 1}-01", owner=owner) for n in range(6)),
        note(f"{owner}-n", told, "2024-01-01", owner=owner),
        note(f"{owner}-again", told, "2024-01-01", owner=owner),
        condition("same", "Hypertension", "2015", owner=owner),  # in lines: of one patient after the other
    ]


def folder_of(place: Path) -> Path:
    """Write charts as Bundles and as lines, and among them what is no FHIR."""
    place.mkdir()
    for owner in PEOPLE[:6]:
        write_bundle(place, owner, *chart(owner))
    lines = [json.dumps(one) for owner in PEOPLE[6:] for one in chart(owner)]
    (place / "all.ndjson").write_text("\n".join([*lines, "{broken", lines[0]]))
    (place / "b.json").write_text("{broken")
    (place / "copy.json").write_bytes((place / f"{PEOPLE[0]}.json").read_bytes())
    (place / "z.txt").write_text("Sleeps well.")
    return place


def stored(store: Path, *paths: Path, jobs: int) -> tuple[Any, IngestReport]:
    with SqliteWriter(store) as writer:
        report = ingest(paths, writer, HashingEmbedder(), jobs=jobs)
    return dump(store), report.model_copy(update={"seconds": {}})


def test_processes_change_nothing_of_what_is_stored_and_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "charts")
    alone, with_two = stored(tmp_path / "alone", folder, jobs=0), stored(tmp_path / "two", folder, jobs=2)
    assert with_two == alone
    assert alone[1].counts.quarantined > len(PEOPLE)


def test_what_a_process_that_dies_had_to_read_is_read_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(tmp_path / "charts")
    killed: list[int] = []
    answer = fhir_readers._Process.answer

    def killing(self: Any) -> Any:
        if len(killed) < 2 and self._running is not None:
            killed.append(self._running.pid)
            os.kill(self._running.pid, signal.SIGKILL)
        return answer(self)

    monkeypatch.setattr(fhir_readers._Process, "answer", killing)
    with_two = stored(tmp_path / "two", folder, jobs=2)
    assert len(set(killed)) == 2
    assert with_two == stored(tmp_path / "alone", folder, jobs=0)


def test_processes_end_with_an_interrupted_ingestion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    begin = fhir_readers._Process.__init__

    def noted(self: Any) -> None:
        begin(self)
        started.append(self._running.pid)

    def interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(fhir_readers._Process, "__init__", noted)
    monkeypatch.setattr(SqliteWriter, "put_resource", interrupted)
    with SqliteWriter(tmp_path / "store") as writer, pytest.raises(KeyboardInterrupt):
        ingest([folder_of(tmp_path / "charts")], writer, None, jobs=2)
    assert len(started) == 2
    assert not any(Path(f"/proc/{process}").exists() for process in started)


def test_a_process_ends_when_the_one_that_started_it_is_gone() -> None:
    with Readers(1) as readers:
        begun(readers, "Condition.ndjson", b'{"resourceType":"Condition"}\n' * 9)
        [process] = readers._processes
        running = process._running
        assert running is not None
        assert running.stdin is not None
        running.stdin.close()
        last = time.monotonic() + 20
        while running.poll() is None and time.monotonic() < last:
            time.sleep(0.01)
        assert running.returncode == 0


def test_while_processes_start_it_is_read_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "charts")
    monkeypatch.setattr(fhir_readers, "WORTHWHILE_BYTES", 2000)
    monkeypatch.setattr(fhir_readers._Process, "is_ready", False)
    asked: list[int] = []
    give = fhir_readers._Process.give

    def given(self: Any, piece: Any, around: Any) -> bool:
        asked.append(piece.size)
        return give(self, piece, around)

    monkeypatch.setattr(fhir_readers._Process, "give", given)
    with_two = stored(tmp_path / "two", folder, jobs=2)
    assert 0 < sum(asked) < sum(path.stat().st_size for path in folder.iterdir()) - 2000
    assert with_two == stored(tmp_path / "alone", folder, jobs=0)


def test_little_is_read_without_processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fhir_readers, "WORTHWHILE_BYTES", 1 << 20)
    monkeypatch.setattr(fhir_readers, "_Process", None)
    _, report = stored(tmp_path / "store", folder_of(tmp_path / "charts"), jobs=2)
    assert report.counts.read > 0


def source(name: str, content: bytes, folder: Folder | None = None) -> SourceFile:
    from io import BytesIO

    return SourceFile(name, name, content[:HEAD_BYTES], len(content), lambda: BytesIO(content), folder=folder)


def begun(readers: Readers, name: str, content: bytes, folder: Folder | None = None) -> Reading:
    pieces = pieces_of(source(name, content, folder))
    assert pieces is not None
    return readers.begin(pieces)


def patients(start: int) -> bytes:
    return b"".join(json.dumps(person(f"q{n}")).encode() + b"\n" for n in range(start, start + 30))


def test_what_is_dropped_does_not_stand_in_the_way_of_what_comes_next() -> None:
    with Readers(2) as readers:
        dropped = begun(readers, "a.ndjson", patients(0))
        dropped.drop()
        half = iter(begun(readers, "b.ndjson", patients(100)))
        next(half)
        half.close()  # type: ignore[attr-defined]  # a generator
        whole = list(settled(begun(readers, "c.ndjson", patients(200))))
    assert [one.prepared.resource for one in whole] == [f"Patient/q{n}" for n in range(200, 230)]  # type: ignore[union-attr]


def test_a_note_whose_words_lie_in_another_file_is_read_where_that_file_is() -> None:
    import base64

    binary = {"resourceType": "Binary", "id": "b", "contentType": "text/plain", "data": base64.b64encode(b"Has gout.").decode()}
    words: dict[str, Any] = {
        "resourceType": "DocumentReference",
        "subject": {"reference": "Patient/q1"},
        "type": {"text": "Note"},
    }
    words["content"] = [{"attachment": {"url": "Binary/b"}}]
    notes = "\n".join(json.dumps({**words, "id": f"n{n}"}) for n in range(20)).encode()
    given = {
        "Binary.ndjson": (json.dumps(binary) + "\n" + json.dumps({**binary, "id": "c"})).encode(),
        "DocumentReference.ndjson": notes,
    }
    folder = Folder({name: _opener(content) for name, content in given.items()})
    with Readers(2) as readers:
        reading = begun(readers, "DocumentReference.ndjson", notes, folder)
        assert not reading.is_given
        found = list(settled(reading))
    assert found == list(FHIR.read(source("DocumentReference.ndjson", notes, folder)))
    assert {one.prepared.documents[1].text for one in found} == {"Has gout."}  # type: ignore[union-attr]


def _opener(content: bytes) -> Callable[[], Any]:
    from io import BytesIO

    return lambda: BytesIO(content)


def test_what_is_no_json_is_refused_as_without_processes() -> None:
    from chartcite.engine.errors import SourceRejectedError

    content = b"{\n" + b"no json\n" * 40
    with Readers(2) as readers:
        reading: Iterator[Any] = settled(begun(readers, "a.json", content))
        with pytest.raises(SourceRejectedError, match="no line"):
            list(reading)
        assert len(list(settled(begun(readers, "b.ndjson", patients(0))))) == 30
