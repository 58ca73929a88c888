"""What keeps a store in order: damage is seen and mended, a patient can be erased without a trace, a full disk loses nothing."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from chartcite.api import store_commands
from chartcite.api.settings import Settings
from chartcite.engine.errors import PatientNotFoundError, StoreBusyError, StoreError
from chartcite.engine.facts.elements import Unreadable
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.sqlite_records import STORE_FILE, SqliteRecords
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest
from chartcite.ingestion.sources.source import Deleted, ReadResource, WrittenRead

from tests.charts import bundle, condition, lab, note, open_store, person, scope, store_files, write_bundle

EMBEDDER = HashingEmbedder()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "s"
    ann = (person("ann", family="Quillfeather"), lab("a", 7.1, "2023-01-05"), note("n", "Complains of gout. Sleeps well."))
    bob = (person("bob"), condition("b", "Hypertension", "2015", owner="bob"))
    store_files(folder, [write_bundle(tmp_path, "ann", *ann), write_bundle(tmp_path, "bob", *bob)])
    return folder


def settings(store: Path) -> Settings:
    return Settings(store=store)


def wrong(store: Path) -> list[str]:
    return [check.part for check in store_commands.verify(settings(store)) if not check.ok]


def change(store: Path, sql: str) -> None:
    with sqlite3.connect(store / STORE_FILE) as database:
        assert database.execute(sql).rowcount
    database.close()


# --- damage ----------------------------------------------------------------------------------------------------------


def test_a_sound_store_verifies_and_a_rebuilt_one_is_the_same(store: Path) -> None:
    records = SqliteRecords(store)
    [fact] = records.facts_of("Observation/a", scope=scope())
    cited, vectors = records.cite_fact(fact), (store / "vectors" / "CURRENT").read_text()
    assert wrong(store) == []
    report = store_commands.reindex(settings(store), embedder=EMBEDDER)
    assert wrong(store) == []
    assert (report.embedded, report.vectors) == (0, vectors)
    assert SqliteRecords(store).open_citation(cited.id).citation.quote == "7.1"
    assert records.open_citation(cited.id).citation.quote == "7.1"
    assert {path.name for path in store.iterdir()} <= {
        STORE_FILE,
        f"{STORE_FILE}.seal",
        f"{STORE_FILE}-wal",
        f"{STORE_FILE}-shm",
        "writer.lock",
        "vectors",
    }


@pytest.mark.parametrize(
    ("sql", "part"),
    [
        ("UPDATE facts SET body = replace(body, '7.1', '7.3') WHERE body LIKE '%7.1%'", "facts and passages"),
        ("UPDATE documents SET text = replace(text, '7.1', '7.3') WHERE text LIKE '%7.1%'", "documents"),
        ("UPDATE passages SET start = start + 1", "facts and passages"),
        ('UPDATE passages SET "end" = 100000', "ranges"),
        ("DELETE FROM words", "words"),
        ("UPDATE vectors SET vector = zeroblob(length(vector))", "vectors"),
        ("DELETE FROM passages", "facts and passages"),
    ],
)
def test_a_damaged_view_is_seen_and_rebuilt(store: Path, sql: str, part: str) -> None:
    change(store, sql)
    assert {"file", part} <= set(wrong(store))
    store_commands.reindex(settings(store), embedder=EMBEDDER)
    assert wrong(store) == []
    [fact] = SqliteRecords(store).facts_of("Observation/a", scope=scope())
    assert SqliteRecords(store).cite_fact(fact).quote == "7.1"


@pytest.mark.parametrize("name", ["index.faiss", "rows.npy", "ranges.json", "manifest.json"])
def test_a_flipped_bit_in_the_vector_index_is_seen_and_mended(store: Path, name: str) -> None:
    path = store / "vectors" / (store / "vectors" / "CURRENT").read_text() / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert wrong(store) == ["vectors"]
    store_commands.reindex(settings(store), embedder=EMBEDDER)
    assert wrong(store) == []


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_a_flipped_bit_anywhere_in_the_file_is_seen(store: Path, place: float) -> None:
    path = store / STORE_FILE
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1
    path.write_bytes(content)
    assert "file" in wrong(store)


def test_damaged_original_bytes_stop_a_rebuild_until_the_file_is_read_again(store: Path, tmp_path: Path) -> None:
    change(store, "UPDATE blocks SET content = zeroblob(length(content)) WHERE source_number = 1")
    assert "sources" in wrong(store)
    with pytest.raises(StoreError, match=r"ann\.json"):
        store_commands.reindex(settings(store), embedder=EMBEDDER)
    assert values(store) == ["7.1 %"]
    report = store_files(store, [tmp_path / "ann.json"])
    assert report.counts.unchanged == 3
    store_commands.reindex(settings(store), embedder=EMBEDDER)
    assert wrong(store) == []


def values(store: Path) -> list[str]:
    return [fact.value.shown for fact in SqliteRecords(store).facts_of("Observation/a", scope=scope()) if fact.value]


# --- a full disk, an update that fails -------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_the_old_version_answers(store: Path, tmp_path: Path) -> None:
    more = write_bundle(tmp_path, "more", *(note(f"m{number}", f"Words {number}. " * 400) for number in range(40)))
    with SqliteWriter(store) as writer:
        pages = writer.db.execute("PRAGMA page_count").fetchone()[0]
        writer.db.execute(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(StoreError, match="disk is full"):
            ingest([more], writer, EMBEDDER)
    assert values(store) == ["7.1 %"]
    assert wrong(store) == []
    assert store_files(store, [more]).counts.stored == 40


def test_a_second_writer_waits_for_no_one(store: Path) -> None:
    with SqliteWriter(store), pytest.raises(StoreBusyError):
        store_commands.reindex(settings(store), embedder=EMBEDDER)


def test_a_rebuild_that_fails_midway_leaves_the_old_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("chartcite.indexes.rebuilding.Rebuilding.take_vectors", broken)
    with pytest.raises(OSError, match="space"):
        store_commands.reindex(settings(store), embedder=EMBEDDER)
    assert wrong(store) == []
    assert values(store) == ["7.1 %"]
    assert not list(store.glob("*.new*"))


# --- erasure ---------------------------------------------------------------------------------------------------------


def traces(store: Path, *words: bytes) -> list[str]:
    """Search the files and the kept bytes, as somebody would who looks for a name."""
    found = [path.name for path in store.rglob("*") if path.is_file() and any(word in path.read_bytes() for word in words)]
    with SqliteWriter(store) as writer:
        import zlib

        blocks = [zlib.decompress(row[0]) for row in writer.db.execute("SELECT content FROM blocks")]
    return found + ["block" for block in blocks if any(word in block for word in words)]


def test_an_erased_patient_leaves_no_byte_and_the_others_stay(store: Path) -> None:
    erased = store_commands.erase(settings(store), "ann", embedder=EMBEDDER)
    assert (erased.resources, erased.sources_dropped, erased.sources_altered, erased.traces) == (3, 1, 0, ())
    assert erased.searched[:2] == ("id", "name")
    assert erased.searched_bytes > 0
    assert traces(store, b"Quillfeather", b"Patient/ann", b"gout") == []
    assert [one.id for one in SqliteRecords(store).patients()] == ["bob"]
    assert wrong(store) == []
    engine = open_store(store)
    assert engine.vectors.search(EMBEDDER.embed(["gout"])[0], scope=scope(), limit=9) == []


@pytest.mark.parametrize("lines", [True, False], ids=["NDJSON", "a Bundle"])
def test_a_source_with_others_is_kept_without_the_patient(tmp_path: Path, lines: bool) -> None:  # noqa: FBT001
    resources = [
        person("ann", family="Quillfeather"),
        lab("a", 7.1, "2023-01-05"),
        person("bob"),
        condition("b", "Gout", "2015", owner="bob"),
    ]
    path = tmp_path / ("all.ndjson" if lines else "all.json")
    path.write_text("\n".join(map(json.dumps, resources)) + "\n" if lines else bundle(*resources))
    store = tmp_path / "s"
    store_files(store, [path])
    erased = store_commands.erase(settings(store), "ann", embedder=EMBEDDER)
    assert (erased.sources_dropped, erased.sources_altered, erased.sources_withdrawn, erased.traces) == (0, 1, 0, ())
    assert traces(store, b"Quillfeather", b"Patient/ann") == []
    store_commands.reindex(settings(store), embedder=EMBEDDER)
    assert wrong(store) == []
    assert [one.concept.text for one in SqliteRecords(store).facts(scope("bob")) if one.resource == "Condition/b"] == ["Gout"]
    assert SqliteRecords(store).refusals() == []


def test_bytes_that_cannot_be_cut_are_withdrawn_and_what_was_read_of_others_stays(tmp_path: Path) -> None:
    resources = [person("ann", family="Quillfeather"), person("bob"), condition("b", "Gout", "2015", owner="bob")]
    resources[2]["note"] = [{"text": "Came with Patient/ann."}]
    store = tmp_path / "s"
    store_files(store, [write_bundle(tmp_path, "all", *resources)])
    erased = store_commands.erase(settings(store), "ann", embedder=EMBEDDER)
    assert (erased.sources_altered, erased.sources_withdrawn) == (0, 1)
    assert {trace.what for trace in erased.traces} == {"id"}  # the other chart says so, and the erasure says that it does
    store_commands.reindex(settings(store), embedder=EMBEDDER)
    assert [one.concept.text for one in SqliteRecords(store).facts(scope("bob")) if one.resource == "Condition/b"] == ["Gout"]
    assert wrong(store) == []


def test_a_source_that_is_called_by_the_patient_loses_its_name(tmp_path: Path) -> None:
    store, shared = tmp_path / "s", {"resourceType": "Organization", "id": "clinic", "name": "Clinic"}
    store_files(store, [write_bundle(tmp_path, "annabel-quill.json", person("annabel-quill", "Annabel", "Quill"), shared)])
    erased = store_commands.erase(settings(store), "annabel-quill", embedder=EMBEDDER)
    assert erased.traces == ()
    assert traces(store, b"annabel-quill") == []


def test_nobody_is_erased_who_is_not_there(store: Path) -> None:
    with pytest.raises(PatientNotFoundError):
        store_commands.erase(settings(store), "nobody", embedder=EMBEDDER)
    assert wrong(store) == []


# --- quarantine ------------------------------------------------------------------------------------------------------


def test_what_was_refused_is_shown_and_read_again_by_better_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "s"
    path = tmp_path / "a.strange"
    path.write_bytes(gzip.compress(b"\x00\x01 of no format"))
    store_files(store, [path])
    [refused] = SqliteRecords(store).refusals()
    assert store_commands.entry(settings(store), refused.number).reason.startswith("no format of it is known")
    assert store_commands.retry(settings(store), embedder=EMBEDDER).counts.quarantined == 1

    from chartcite.ingestion import ingest as module
    from chartcite.ingestion.sources.fhir import FHIR

    monkeypatch.setattr(module, "format_of", lambda _source: FHIR._replace(read=lambda _: iter(_read_as_fhir())))
    report = store_commands.retry(settings(store), embedder=EMBEDDER)
    assert (report.counts.stored, report.counts.quarantined) == (1, 0)
    assert SqliteRecords(store).refusals() == []


def _read_as_fhir() -> Sequence[ReadResource | WrittenRead | Deleted | Unreadable]:
    from chartcite.ingestion.sources.fhir import read_fhir

    return list(read_fhir(json.dumps(person("ann"))))


def test_reading_refused_files_again_brings_no_old_version_back(tmp_path: Path) -> None:
    store = tmp_path / "s"
    lost = {"resourceType": "Condition", "id": "lost", "code": {"text": "Gout"}}
    store_files(store, [write_bundle(tmp_path, "old", person(), lab("a", 7.1, "2023-01-05"), lost)])
    store_files(store, [write_bundle(tmp_path, "new", person(), lab("a", 9.9, "2023-01-05"))])
    report = store_commands.retry(settings(store), embedder=EMBEDDER)
    assert (report.counts.unchanged, report.counts.superseded, report.counts.quarantined) == (2, 0, 1)
    assert values(store) == ["9.9 %"]


def test_a_rebuild_keeps_versions_and_deletions_in_their_order(tmp_path: Path) -> None:
    store = tmp_path / "s"
    store_files(store, [write_bundle(tmp_path, "old", person(), lab("a", 7.1, "2023-01-05"))])
    store_files(store, [write_bundle(tmp_path, "new", person(), lab("a", 9.9, "2023-01-05"))])
    sql = "SELECT resource, sha256, current, since_at, until_at FROM resources ORDER BY key"
    with SqliteWriter(store) as writer:
        before = writer.db.execute(sql).fetchall()
    store_commands.reindex(settings(store), embedder=EMBEDDER)
    with SqliteWriter(store) as writer:
        assert writer.db.execute(sql).fetchall() == before
    shutil.rmtree(store)
