"""What a store owes its readers and writers: versions, one writer, damage seen, citations that cannot be made up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from chartcite.engine.domain.evidence import Citation
from chartcite.engine.domain.records import Fact, PatientId
from chartcite.engine.errors import (
    CitationNotFoundError,
    IndexCorruptError,
    IndexMismatchError,
    StoreBusyError,
    StoreMissingError,
    StoreVersionError,
)
from chartcite.engine.ports import SourceOrigin
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.faiss_index import FaissIndex
from chartcite.indexes.sqlite_records import SqliteRecords
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest

from tests.charts import ANN, condition, lab, note, open_store, person, scope, store_chart, store_files, write_bundle

MODEL = HashingEmbedder.name


def value(store: Path, resource: str = "Observation/a") -> Fact:
    [fact] = SqliteRecords(store).facts_of(resource, scope=scope())
    return fact


def cited(store: Path, resource: str = "Observation/a") -> Citation:
    return SqliteRecords(store).cite_fact(value(store, resource))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store_chart(tmp_path / "s", person(), lab("a", 7.1, "2023-01-05"), note("n", "Complains of gout. Sleeps well."))
    return tmp_path / "s"


# --- versions --------------------------------------------------------------------------------------------------------


def test_a_replaced_resource_leaves_its_old_citation_open_and_its_old_facts_gone(store: Path) -> None:
    before = cited(store)
    report = store_chart(store, person(), lab("a", 9.9, "2023-01-05"), note("n", "Complains of gout. Sleeps well."))
    assert (report.counts.superseded, report.counts.unchanged) == (1, 2)
    assert SqliteRecords(store).open_citation(before.id).citation.quote == "7.1"
    assert cited(store).quote == "9.9"
    told = [fact.value.shown for fact in SqliteRecords(store).facts(scope()) if fact.resource == "Observation/a" and fact.value]
    assert told == ["9.9 %"]


def test_a_replaced_note_is_found_by_its_new_words_only(store: Path) -> None:
    store_chart(store, person(), note("n", "Complains of sciatica. Sleeps well."))
    engine = open_store(store)
    found = [engine.records.search_words([[word]], scope=scope(), limit=9) for word in ("gout", "sciatica")]
    assert [len(hits) for hits in found] == [0, 1]
    assert all("gout" not in passage.text for passage in engine.records.all_passages(scope()))


def test_the_same_file_again_changes_nothing(store: Path) -> None:
    before = (SqliteRecords(store).snapshot(), (store / "vectors" / "CURRENT").read_text())
    report = store_files(store, [store / "chart.json"])
    assert [file.seen for file in report.files] == [True]
    assert (report.counts.read, report.embedded) == (0, 0)
    assert (SqliteRecords(store).snapshot(), (store / "vectors" / "CURRENT").read_text()) == before


def test_the_same_resources_in_another_file_are_unchanged_and_not_embedded(store: Path) -> None:
    again = write_bundle(store, "again", person(), note("n", "Complains of gout. Sleeps well."), lab("a", 7.1, "2023-01-05"))
    report = store_files(store, [again])
    assert (report.counts.unchanged, report.counts.stored, report.embedded) == (3, 0, 0)


def test_a_change_of_content_changes_the_snapshot(store: Path) -> None:
    before = SqliteRecords(store).snapshot()
    store_chart(store, person(), lab("a", 7.2, "2023-01-05"))
    assert SqliteRecords(store).snapshot() != before


def test_a_resource_of_one_patient_does_not_replace_that_of_another(store: Path) -> None:
    other = write_bundle(store, "bob", person("bob"), lab("a", 5.0, "2023-01-05", owner="bob"))
    assert store_files(store, [other]).counts.superseded == 0
    assert cited(store).quote == "7.1"


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("9999-12-31", id="the last day of the calendar"),
        pytest.param("0001-01-01T00:00:00Z", id="the first instant of the calendar"),
        pytest.param("0999-05-05T00:00:00Z", id="three digits of a year"),
        pytest.param("0001-01-01T00:00:00+14:00", id="before the first instant in UTC"),
    ],
)
def test_a_moment_at_an_end_of_the_calendar_stops_no_ingestion(tmp_path: Path, written: str) -> None:
    report = store_chart(tmp_path / "s", person(), note("n", "Complains of gout. Sleeps well.", written))
    assert report.vectors
    assert len(list(open_store(tmp_path / "s").records.all_passages(scope()))) == 1


# --- the writer ------------------------------------------------------------------------------------------------------


def test_a_second_writer_is_refused_until_the_first_ends(store: Path) -> None:
    with SqliteWriter(store), pytest.raises(StoreBusyError, match="another process"):
        SqliteWriter(store)
    SqliteWriter(store).close()


def test_readers_read_while_somebody_writes(store: Path) -> None:
    with SqliteWriter(store) as writer:
        writer.begin(SourceOrigin("sha", "f", "sha", 1))
        assert cited(store).quote == "7.1"
        writer.rollback()


def test_a_file_is_seen_only_once_it_is_committed(tmp_path: Path) -> None:
    with SqliteWriter(tmp_path) as writer:
        writer.begin(SourceOrigin("sha", "f", "sha", 1))
        writer.rollback()
        assert not writer.seen("sha")
        writer.begin(SourceOrigin("sha", "f", "sha", 1))
        writer.commit()
        assert writer.seen("sha")


def test_what_was_rolled_back_is_not_there(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_bundle(store, "more", condition("c", "Gout", "2020"))
    monkeypatch.setattr(SqliteWriter, "commit", _full_disk)
    with SqliteWriter(store) as writer, pytest.raises(OSError, match="disk"):
        ingest([path], writer, HashingEmbedder())
    assert SqliteRecords(store).facts_of("Condition/c", scope=scope()) == []


def _full_disk(_writer: SqliteWriter) -> None:
    raise OSError("no space left on disk")


def test_a_crash_between_commit_and_publish_leaves_the_old_index_answering(store: Path) -> None:
    before = (store / "vectors" / "CURRENT").read_text()
    path = write_bundle(store, "more", note("m", "Complains of sciatica. Sleeps well."))
    with SqliteWriter(store) as writer:
        ingest([path], writer, None)
    engine = open_store(store)
    vector = engine.embedder.embed(["gout"])[0]
    assert (store / "vectors" / "CURRENT").read_text() == before
    assert len(engine.vectors.search(vector, scope=scope(), limit=9)) == 1
    store_files(store, [path])
    assert len(engine.vectors.search(vector, scope=scope(), limit=9)) == 2


def test_an_index_older_than_the_store_never_shows_what_was_replaced(store: Path) -> None:
    path = write_bundle(store, "chart", person(), note("n", "Complains of sciatica. Sleeps well."))
    with SqliteWriter(store) as writer:
        ingest([path], writer, None)
    engine = open_store(store)
    hits = engine.vectors.search(engine.embedder.embed(["gout"])[0], scope=scope(), limit=9)
    assert engine.records.passages([hit.passage_id for hit in hits], scope=scope()) == []


# --- damage ----------------------------------------------------------------------------------------------------------


def search(store: Path, model: str = MODEL) -> None:
    FaissIndex(store, model=model).search(HashingEmbedder().embed(["gout"])[0], scope=scope(), limit=1)


def generation(store: Path) -> Path:
    return store / "vectors" / (store / "vectors" / "CURRENT").read_text()


@pytest.mark.parametrize("name", ["index.faiss", "rows.npy", "ranges.json"])
@pytest.mark.parametrize(
    "damage",
    [lambda data: data[:-1], lambda data: data[:9] + bytes([data[9] ^ 1]) + data[10:], lambda _: b""],
    ids=["cut short", "one bit flipped", "emptied"],
)
def test_a_damaged_index_file_is_seen(store: Path, name: str, damage: object) -> None:
    path = generation(store) / name
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(IndexCorruptError, match=name):
        search(store)


@pytest.mark.parametrize("name", ["index.faiss", "manifest.json"])
def test_a_missing_index_file_is_seen(store: Path, name: str) -> None:
    (generation(store) / name).unlink()
    with pytest.raises(IndexCorruptError):
        search(store)


def test_a_damaged_manifest_is_seen(store: Path) -> None:
    (generation(store) / "manifest.json").write_text("{")
    with pytest.raises(IndexCorruptError):
        search(store)


def test_a_pointer_to_nothing_is_seen(store: Path) -> None:
    (store / "vectors" / "CURRENT").write_text("0" * 24)
    with pytest.raises(IndexCorruptError):
        search(store)


def test_a_removed_index_is_built_again_without_embedding(store: Path) -> None:
    name = generation(store).name
    shutil.rmtree(store / "vectors")
    report = store_files(store, [store / "chart.json"])
    assert (report.embedded, report.vectors) == (0, name)
    search(store)


def test_the_vectors_of_another_model_are_refused(store: Path) -> None:
    with pytest.raises(IndexMismatchError, match="another embedding model"):
        search(store, model="other@2")


def test_a_folder_without_a_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="chartcite ingest"):
        SqliteRecords(tmp_path)


def test_a_store_of_another_format_is_refused(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chartcite.indexes.sqlite_records.STORE_FORMAT", "999")
    with pytest.raises(StoreVersionError):
        SqliteRecords(store)


def test_the_same_passages_give_the_same_generation(store: Path, tmp_path: Path) -> None:
    chart = (person(), lab("a", 7.1, "2023-01-05"), note("n", "Complains of gout. Sleeps well."))
    again = store_chart(tmp_path / "again", *chart)
    other = store_chart(tmp_path / "other", *chart, note("m", "Complains of gout. Sleeps well.", "2025-01-01"))
    assert again.vectors == generation(store).name
    assert other.vectors != again.vectors


def test_only_the_current_generation_is_kept(store: Path) -> None:
    store_chart(store, person(), note("m", "Complains of sciatica. Sleeps well."))
    assert {path.name for path in (store / "vectors").iterdir()} == {"CURRENT", generation(store).name}


# --- citations -------------------------------------------------------------------------------------------------------


def test_a_citation_opens_its_own_bytes(store: Path) -> None:
    records, citation = SqliteRecords(store), cited(store)
    excerpt = records.open_citation(citation.id, patient_id=ANN)
    assert excerpt.text[citation.start : citation.end] == citation.quote == "7.1"
    assert (excerpt.patient_id, excerpt.citation.source.resource) == (ANN, "Observation/a")


def test_a_citation_of_a_note_opens_the_decoded_text(store: Path) -> None:
    records = SqliteRecords(store)
    [passage] = records.all_passages(scope())
    citation = records.cite_span(passage, start=passage.start, end=passage.start + 9)
    assert citation.quote == "Complains"
    assert records.open_citation(citation.id).text[citation.start : citation.end] == "Complains"


@pytest.mark.parametrize(
    "forged",
    ["", "-", "1-2-3", "1-2-3-", "zz-0-9-aaaaaaaaaaaa", "1-0-9-aaaaaaaaaaaa", "../../etc/passwd", "1;DROP-2-3-4", "é-1-2-3"],
)
def test_an_invented_citation_opens_nothing(store: Path, forged: str) -> None:
    with pytest.raises(CitationNotFoundError):
        SqliteRecords(store).open_citation(forged)


def test_a_citation_with_foreign_letters_opens_nothing(store: Path) -> None:
    with pytest.raises(CitationNotFoundError):
        SqliteRecords(store).open_citation("1-2-3-é")


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_citation_altered_in_one_part_opens_nothing(store: Path, place: int) -> None:
    parts = cited(store).id.split("-")
    parts[place] = parts[place][:-1] + ("1" if parts[place][-1] != "1" else "2")
    with pytest.raises(CitationNotFoundError):
        SqliteRecords(store).open_citation("-".join(parts))


def test_a_citation_of_another_store_opens_nothing(store: Path, tmp_path: Path) -> None:
    store_chart(tmp_path / "twin", person(), lab("a", 7.1, "2023-01-05"), note("n", "Complains of gout. Sleeps well."))
    with pytest.raises(CitationNotFoundError):
        SqliteRecords(tmp_path / "twin").open_citation(cited(store).id)


def test_a_citation_does_not_open_for_another_patient(store: Path) -> None:
    store_files(store, [write_bundle(store, "bob", person("bob"))])
    with pytest.raises(CitationNotFoundError):
        SqliteRecords(store).open_citation(cited(store).id, patient_id=PatientId("bob"))


def test_a_guideline_opens_for_every_patient(bundled_store: Path) -> None:
    engine = open_store(bundled_store)
    hits = engine.records.search_guideline_words([["screening"]], limit=1)
    [passage] = engine.records.passages([hits[0].passage_id], scope=None)
    citation = engine.records.cite_span(passage, start=passage.start, end=passage.end)
    assert engine.records.open_citation(citation.id, patient_id=PatientId("rosa-delgado")).patient_id is None


def test_refused_resources_are_kept_with_their_reason(tmp_path: Path) -> None:
    nobodys = {"resourceType": "Condition", "id": "lost", "code": {"text": "Gout"}}
    report = store_chart(tmp_path / "s", person(), nobodys)
    [(uri, where, reason)] = SqliteRecords(tmp_path / "s").quarantined()
    assert report.counts.quarantined == 1
    assert uri.endswith("chart.json")
    assert where
    assert reason
