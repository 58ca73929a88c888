from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.ports import CorpusAbout, IngestCounts, PreparedResource, SourceOrigin, Vector, WrittenResource
from chartcite.ingestion.ingest import ingest

from tests.fhir_builders import SUBJECT, bundle, note, resource, text_concept

ANN = {"resourceType": "Patient", "id": "ann"}
GUIDELINE = "---\nid: g\norganization: WHO\ntitle: Salt\nyear: 2012\n---\n## R1. Adults\n\nEat less.\n"


class DictWriter:
    """A store in memory that forgets what was not committed."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.resources: dict[str, PreparedResource] = {}
        self.quarantined: list[tuple[str, str, str, str]] = []
        self.vectors: dict[str, Vector] = {}
        self.durable: list[int] = []
        self.published = 0
        self.kept: list[bytes] = []
        self.described: list[str] = []
        self.refuse = ""
        self._open: tuple[str, dict[str, PreparedResource], list[tuple[str, str, str, str]]] | None = None

    def seen(self, key: str, /) -> bool:
        return key in self.files

    def begin(self, source: SourceOrigin, /) -> None:
        assert self._open is None
        self._open = (source.key, dict(self.resources), list(self.quarantined))

    def keep(self, blocks: Iterator[bytes], /) -> None:
        self.kept.append(b"".join(blocks))

    def describe_corpus(self, about: CorpusAbout, /) -> None:
        self.described.append(about.name)

    def put_resource(self, prepared: PreparedResource | WrittenResource, /) -> str:
        assert isinstance(prepared, PreparedResource)
        if prepared.resource == self.refuse:
            raise SourceRejectedError("its id is another patient's")
        before = self.resources.get(prepared.resource)
        self.resources[prepared.resource] = prepared
        if before is None:
            return "stored"
        return "unchanged" if before.documents == prepared.documents else "superseded"

    def delete_resource(self, resource: str, /) -> str:
        return "deleted" if self.resources.pop(resource, None) else "unchanged"

    def quarantine(self, *, uri: str, where: str, reason: str, raw: str) -> None:
        self.quarantined.append((Path(uri).name, where, reason, raw))

    def commit(self) -> None:
        assert self._open is not None
        self.files.add(self._open[0])
        self._open = None

    def rollback(self) -> None:
        assert self._open is not None
        _, self.resources, self.quarantined = self._open
        self._open = None

    def passages_to_embed(self, model: str, /) -> list[tuple[str, str]]:
        texts = {passage.embed_text for one in self.resources.values() for passage in one.passages}
        rows = [(sha256(text.encode()).hexdigest(), text) for text in sorted(texts)]
        return [row for row in rows if row[0] not in self.vectors]

    def put_vectors(self, model: str, rows: Sequence[tuple[str, Vector]], /) -> None:
        self.vectors.update(rows)
        self.durable.append(len(rows))

    def publish_vectors(self, model: str, /) -> str:
        self.published += 1
        return f"{model}-{self.published}"


class CountingEmbedder:
    """Gives each text a unit vector and remembers the batches."""

    name = "counting"
    dimension = 2

    def __init__(self, fail_after: int = 10_000) -> None:
        self.batches: list[list[int]] = []
        self.fail_after = fail_after

    def embed(self, texts: Sequence[str], /) -> Vector:
        if len(self.batches) >= self.fail_after:
            raise KeyboardInterrupt
        self.batches.append([len(text) for text in texts])
        return np.tile(np.array([1.0, 0.0], dtype=np.float32), (len(texts), 1))


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return tmp_path


def test_stores_charts_and_guidelines_and_says_what_it_did(tmp_path: Path) -> None:
    lost = {"resourceType": "Condition", "id": "lost"}
    chart = bundle(ANN, note("n", "Cough."), resource("Condition", "c", onsetDateTime="bad"), lost)
    writer, calls = DictWriter(), []
    report = ingest(
        [folder(tmp_path, ann_json=chart, g_md=GUIDELINE, README_md="# About\n", LICENSE_txt="x")],
        writer,
        CountingEmbedder(),
        progress=lambda *call: calls.append(call),
    )
    assert report.counts == IngestCounts(read=5, stored=4, quarantined=1)
    assert {name: (one.stored, one.quarantined) for name, one in report.by_type.items()} == {
        "Condition": (1, 1),
        "DocumentReference": (1, 0),
        "Guideline": (1, 0),
        "Patient": (1, 0),
    }
    assert [(Path(one.uri).name, one.counts.read) for one in report.files] == [("ann.json", 4), ("g.md", 1)]
    assert [(one.where, one.reason) for one in report.refused] == [("entry[3]", "Condition names no patient that can be known")]
    assert [one.where for one in report.notes] == ["Condition/c onsetDateTime"]
    assert [Path(one).name for one in report.ignored] == ["LICENSE.txt", "README.md"]
    assert (report.passages, report.embedded, report.vectors) == (2, 2, "counting-1")
    assert set(report.seconds) == {"read", "store", "embed", "publish"}
    assert calls == [*(("files", done, 4) for done in range(5)), ("embed", 2, 2)]
    assert sorted(writer.resources) == ["Condition/c", "DocumentReference/n", "Patient/ann", "g#R1"]
    assert [row[:3] for row in writer.quarantined] == [("ann.json", "entry[3]", "Condition names no patient that can be known")]


def test_a_file_that_was_stored_is_skipped(tmp_path: Path) -> None:
    writer = DictWriter()
    path = folder(tmp_path, ann_json=bundle(ANN))
    ingest([path], writer, CountingEmbedder())
    again = ingest([path], writer, CountingEmbedder())
    assert again.counts == IngestCounts()
    assert [one.seen for one in again.files] == [True]


def test_a_changed_file_replaces_what_changed(tmp_path: Path) -> None:
    writer = DictWriter()
    ingest([folder(tmp_path, ann_json=bundle(ANN, resource("Condition", code=text_concept("Gout"))))], writer, None)
    changed = bundle(ANN, resource("Condition", code=text_concept("Pseudogout")), resource("Goal", "new"))
    report = ingest([folder(tmp_path, ann_json=changed)], writer, None)
    assert report.counts == IngestCounts(read=3, stored=1, unchanged=1, superseded=1)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.json", b"hello", "not JSON"),
        ("a.json", b"\xff\xfe{", "UTF-8"),
        ("a.md", b"---\nid: g\n---\n", "lacks organization"),
        ("a.pdf", b"%PDF", "names no patient"),
        ("a.png", b"\x89PNG\x00", "are not read"),
    ],
)
def test_a_file_that_cannot_be_read_is_quarantined_and_the_others_stored(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.json").write_text(bundle(ANN), encoding="utf-8")
    writer = DictWriter()
    report = ingest([tmp_path / name, tmp_path / "z.json"], writer, None)
    assert report.counts == IngestCounts(read=2, stored=1, quarantined=1)
    assert reason in report.refused[0].reason
    assert list(writer.resources) == ["Patient/ann"]


def test_what_the_store_refuses_is_quarantined(tmp_path: Path) -> None:
    writer = DictWriter()
    writer.refuse = "Condition/x"
    report = ingest([folder(tmp_path, ann_json=bundle(ANN, resource("Condition")))], writer, None)
    assert report.counts == IngestCounts(read=2, stored=1, quarantined=1)
    assert report.refused[0].where == "entry[1]"


def test_an_attachment_that_cannot_be_read_is_kept_aside_and_its_resource_stored(tmp_path: Path) -> None:
    bad = note("n", "", content=[{"attachment": {"contentType": "application/pdf", "data": "JVBERg=="}}])
    writer = DictWriter()
    report = ingest([folder(tmp_path, ann_json=bundle(bad))], writer, None)
    assert report.counts == IngestCounts(read=1, stored=1)
    reason = "attachment: the PDF is damaged: save it again"
    assert writer.quarantined == [("ann.json", "DocumentReference/n content[0].attachment", reason, "JVBERg==")]


def test_a_crash_while_storing_leaves_whole_files_only(tmp_path: Path) -> None:
    class Dying(DictWriter):
        def put_resource(self, prepared: PreparedResource | WrittenResource, /) -> str:
            if prepared.resource == "Goal/last":
                raise MemoryError
            return super().put_resource(prepared)

    path = folder(tmp_path, a_json=bundle(ANN), b_json=bundle(resource("Condition"), resource("Goal", "last")))
    writer = Dying()
    with pytest.raises(MemoryError):
        ingest([path], writer, None)
    assert list(writer.resources) == ["Patient/ann"]
    healed = DictWriter()
    healed.files, healed.resources = writer.files, writer.resources
    assert ingest([path], healed, None).counts == IngestCounts(read=2, stored=2)


def many_notes(number: int) -> str:
    return bundle(*(note(f"n{index}", f"Cough{'!' * (index % 50)} number {index}.") for index in range(number)))


def test_embeds_long_passages_first_in_batches_and_saves_as_it_goes(tmp_path: Path) -> None:
    writer, embedder = DictWriter(), CountingEmbedder()
    ingest([folder(tmp_path, ann_json=many_notes(600))], writer, embedder)
    lengths = [length for batch in embedder.batches for length in batch]
    assert [len(batch) for batch in embedder.batches] == [64] * 9 + [24]
    assert lengths == sorted(lengths, reverse=True)
    assert writer.durable == [512, 88]


def test_the_next_run_embeds_only_what_a_crash_left(tmp_path: Path) -> None:
    path = folder(tmp_path, ann_json=many_notes(600))
    writer = DictWriter()
    with pytest.raises(KeyboardInterrupt):
        ingest([path], writer, CountingEmbedder(fail_after=9))
    assert len(writer.vectors) == 512
    report = ingest([path], writer, CountingEmbedder())
    assert (report.embedded, len(writer.vectors), report.vectors) == (88, 600, "counting-1")


def test_a_path_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceRejectedError, match="no such file or folder"):
        ingest([tmp_path / "missing"], DictWriter(), None)


def test_a_corpus_that_is_not_what_its_manifest_says_is_not_read(tmp_path: Path) -> None:
    folder(tmp_path, ann_json=bundle(ANN), MANIFEST_toml=f'[[files]]\npath = "ann.json"\nsha256 = "{"0" * 64}"\n')
    writer = DictWriter()
    with pytest.raises(SourceRejectedError, match=r"ann\.json"):
        ingest([tmp_path], writer, None)
    assert writer.resources == {}


def test_reports_hold_no_record_text(tmp_path: Path) -> None:
    secret = {"resourceType": "Condition", "id": "c", "code": {"text": "secret"}}
    worse = {"resourceType": "Condition", "id": "d", "subject": SUBJECT, "code": {"text": "secret \ud800"}}
    report = ingest([folder(tmp_path, ann_json=bundle(secret, worse))], DictWriter(), None)
    assert report.counts.quarantined == 2
    assert "secret" not in repr(report)
