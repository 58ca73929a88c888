from __future__ import annotations

import json
import os
import tarfile
from io import BytesIO
from itertools import islice
from pathlib import Path

import pytest
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable
from chartcite.ingestion.sources.formats import format_of
from chartcite.ingestion.sources.source import HEAD_BYTES, Folder, Given, ReadResource, SourceFile

from tests.pdf_builder import TextLine, pdf

SHARED = Path(os.environ.get("SHARED", Path(__file__).parents[4] / "shared")) / "data"
GUIDELINE = "---\nid: g\norganization: O\ntitle: T\nyear: 2024\n---\n## R1. Rest\n\nRest.\n"


def source(name: str, content: str | bytes, *, corpus: str = "lit", folder: tuple[str, ...] = ()) -> SourceFile:
    raw = content.encode() if isinstance(content, str) else content
    within = Folder({one: lambda: BytesIO(raw) for one in folder}) if folder else None
    head, last = raw[:HEAD_BYTES], name.rpartition("/")[2]
    return SourceFile(f"corpus/{name}", last, head, len(raw), lambda: BytesIO(raw), Given(corpus=corpus), within)


def read(one: SourceFile) -> list[ReadResource | Unreadable]:
    return [found for found in format_of(one).read(one) if isinstance(found, ReadResource | Unreadable)]


def lines(*values: object) -> str:
    return "".join((value if isinstance(value, str) else json.dumps(value)) + "\n" for value in values)


def only(name: str, content: str | bytes) -> ReadResource:
    [found] = read(source(name, content))
    assert isinstance(found, ReadResource)
    return found


def test_a_line_is_a_document_of_the_corpus() -> None:
    line = {"_id": 7, "title": "Gout", "text": "Treat early. \u2265 2 flares count."}
    prepared = only("corpus.jsonl", lines(line)).prepared
    assert (prepared.resource, prepared.resource_type, prepared.corpus) == ("lit/7", "LiteratureDocument", "lit")
    assert (prepared.patient_id, prepared.facts) == (None, ())
    assert [(one.path, one.text, one.title) for one in prepared.documents] == [
        ("", json.dumps(line), "Gout"),
        ("text", "Treat early. ≥ 2 flares count.", "Gout"),
    ]
    [passage] = prepared.passages
    assert (passage.document, passage.embed_text) == (1, "Gout\nTreat early. ≥ 2 flares count.")


@pytest.mark.parametrize(
    ("line", "resource", "field", "words", "title"),
    [
        ({"id": "a", "title": "T", "abstract": ["One.", "Two."]}, "lit/a", "abstract", "One. Two.", "T"),
        ({"docid": "a", "question": "Why?", "answer": "So."}, "lit/a", "answer", "So.", "Why?"),
        ({"id": "a", "focus": "Gout", "url": "https://x", "contents": "So."}, "lit/a", "contents", "So.", "Gout"),
        ({"id": "a", "text": "So."}, "lit/a", "text", "So.", "a"),
        ({"id": "a", "title": "Only a title", "text": ""}, "lit/a", "title", "Only a title", "Only a title"),
        ({"page": 3, "text": "So."}, "lit/corpus:page 3", "text", "So.", "corpus:page 3"),
        ({"text": "So."}, "lit/corpus:line 1", "text", "So.", "corpus:line 1"),
        ({"id": "a", "text": "\ud83d\ude00 \ud800"}, "lit/a", "text", "😀 \ufffd", "a"),
    ],
)
def test_the_usual_names_of_fields(line: dict[str, object], resource: str, field: str, words: str, title: str) -> None:
    prepared = only("corpus.jsonl", lines(line)).prepared
    document = prepared.documents[1]
    assert (prepared.resource, document.path, document.text, document.title) == (resource, field, words, title)
    assert document.text.encode()


def test_a_broken_line_is_refused_and_the_rest_goes_on() -> None:
    good = {"id": "a", "text": "One."}
    bad = ["{", '"words"', {"id": "b"}, good, '{"id": "c", "text": "\udcff"}', "[" * 2000]
    content = (
        lines(good).encode() + b"\n" + lines(*bad).encode("utf-8", "surrogateescape") + lines({"id": "z", "text": "Z."}).encode()
    )
    found = read(source("corpus.jsonl", content))
    assert [one.prepared.resource for one in found if isinstance(one, ReadResource)] == ["lit/a", "lit/z"]
    assert [(one.where, one.reason[:30]) for one in found if isinstance(one, Unreadable)] == [
        ("line 3", "the line is not a JSON object "),
        ("line 4", "the line is not a JSON object "),
        ("line 5", "the line has no words under te"),
        ("line 6", "its id stands on an earlier li"),
        ("line 7", "the line is not a JSON object "),
        ("line 8", "the line is not a JSON object "),
    ]


def test_a_line_without_an_end_costs_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chartcite.ingestion.sources.literature._MAX_LINE_BYTES", 100)
    found = read(
        source("corpus.jsonl", lines({"id": "a", "text": "One."}, {"id": "b", "text": "x" * 500}, {"id": "c", "text": "C."}))
    )
    assert [getattr(one, "reason", "") for one in found] == ["", "the line is longer than 100 bytes", ""]


def test_lines_without_any_document_are_refused() -> None:
    one = source("corpus.jsonl", lines({"a": 1}))
    with pytest.raises(SourceRejectedError, match="no line of it is a document"):
        list(format_of(one).read(one))


def test_is_read_as_a_stream() -> None:
    one = source("corpus.jsonl", lines(*({"id": n, "text": f"Words {n}."} for n in range(5))))
    assert len(list(islice(format_of(one).read(one), 2))) == 2


def test_only_a_corpus_is_literature() -> None:
    line = lines({"id": "a", "text": "Words."})
    assert format_of(source("a.jsonl", line)).name == "literature in JSON Lines"
    with pytest.raises(SourceRejectedError, match="no format"):
        format_of(source("notes.jsonl", line, corpus=""))
    assert format_of(source("a.jsonl", lines({"resourceType": "Patient", "id": "a"}))).name.startswith("FHIR")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gout.md", "# Care of gout\n\nIntroduction words.\n\n## Flares\n\nTreat early.\n"),
        ("gout.html", "<html><title>Care of gout</title><h2>Flares</h2><p>Treat early.</p></html>"),
        ("gout.pdf", pdf([TextLine("Flares", size=16), "Treat early with words.", "And more."], title="Care of gout")),
        ("gout.txt", "CARE OF GOUT\n\nFlares:\nTreat early.\n"),
    ],
)
def test_a_document_is_one_resource_with_its_sections(name: str, content: str | bytes) -> None:
    prepared = only(name, content).prepared
    assert (prepared.resource, prepared.resource_type, prepared.corpus) == ("lit/gout", "LiteratureDocument", "lit")
    assert (prepared.patient_id, prepared.facts) == (None, ())
    assert {one.title.lower() for one in prepared.documents} == {"care of gout"}
    last = prepared.passages[-1]
    assert last.section == "Flares"
    assert last.embed_text.lower().startswith("care of gout - flares\n")
    assert bool(prepared.documents[-1].layout) == name.endswith(".pdf")


def test_documents_of_one_name_in_two_folders_stay_apart() -> None:
    folder = ("a/gout.md", "b/gout.md", "b/flu.md")
    found = [read(source(name, "# Words\n", folder=folder))[0] for name in folder]
    assert [one.prepared.resource for one in found if isinstance(one, ReadResource)] == [
        "lit/a/gout.md",
        "lit/b/gout.md",
        "lit/flu",
    ]


def test_recommendations_still_go_to_their_own_reader() -> None:
    assert format_of(source("g.md", GUIDELINE)).name == "guideline in Markdown"
    other = "---\ntitle: 'Care of gout'\n---\n# Words\n\nTreat early.\n"
    assert only("g.md", other).prepared.documents[0].title == "Care of gout"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "inside", "documents"), [("scifact", "corpus.jsonl", 5183), ("guidelines_cdc_opioid", "summary.pdf", 1)]
)
def test_open_corpora_are_read_whole(name: str, inside: str, documents: int) -> None:
    archive = SHARED / f"{name}.tar.xz"
    if not archive.is_file():
        pytest.skip(f"{archive.name} is not here")
    with tarfile.open(archive) as packed:
        member = packed.extractfile(f"{name}/{inside}")
        assert member is not None
        found = read(source(inside, member.read()))
    assert len(found) == documents
    assert all(isinstance(one, ReadResource) and one.prepared.passages for one in found)
