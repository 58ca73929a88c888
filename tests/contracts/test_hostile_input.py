"""What comes from outside is hostile: every reader gives values or a reason, in bounded time, and never anything else."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable
from chartcite.ingestion.containers import documents_of
from chartcite.ingestion.sources.formats import format_of
from chartcite.ingestion.sources.source import NOTHING_GIVEN, Given, ReadResource, SourceFile

from tests.charts import condition, note, person
from tests.evals import mutations
from tests.evals.mutation_seeds import ANN, LIBRARY, TEXT, Seed, seeds

OTHER_WORDS = "the-words-of-another-file"
COUNT = 312
BATCH = 26
SECONDS = 4.0
"""For each attack; a hundredth of it is the rule."""


def read(folder: Path, name: str, content: bytes | str, about: Given = NOTHING_GIVEN) -> list[ReadResource | Unreadable]:
    """Return what a file holds, with the reason of each part, or of the whole, that is refused."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found: list[ReadResource | Unreadable] = []
    try:
        for one in documents_of(path, about):
            found += [one] if isinstance(one, Unreadable) else _held(one)
    except SourceRejectedError as error:
        found.append(Unreadable(name, str(error), ""))
    return found


def _held(source: SourceFile) -> Iterator[ReadResource | Unreadable]:
    try:
        for one in format_of(source).read(source):
            assert isinstance(one, ReadResource | Unreadable), one
            yield one
    except SourceRejectedError as error:
        yield Unreadable(source.uri, str(error), "")


def kept(found: list[ReadResource | Unreadable]) -> list[str]:
    return [one.prepared.resource for one in found if isinstance(one, ReadResource)]


def reasons(found: list[ReadResource | Unreadable]) -> str:
    return "\n".join(one.reason for one in found if isinstance(one, Unreadable))


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return packed.getvalue()


def chart(words: str) -> bytes:
    """Return a C-CDA document whose title is some words."""
    [summary] = [one for one in seeds() if one.format == "C-CDA"]
    return summary.content.replace(b"<title>Summary</title>", f"<title>{words}</title>".encode())


def declaring(entities: str, words: str = "&a;") -> bytes:
    head, mark, rest = chart(words).partition(b"?>")
    return head + mark + f"<!DOCTYPE ClinicalDocument [{entities}]>".encode() + rest


@pytest.mark.parametrize(
    "one", [pytest.param(one, id=f"{one.format} {one.name}") for one in seeds() if one.format != "FHIR manifest"]
)
def test_the_inputs_that_are_damaged_here_are_sound(one: Seed) -> None:
    outcome = mutations.read_one(one)
    assert (outcome.kind, outcome.misplaced, outcome.trace) == ("kept", 0, "")


@pytest.mark.parametrize("batch", range(COUNT // BATCH))
def test_a_damaged_input_is_read_or_refused(batch: int) -> None:
    damaged = list(mutations.mutations(COUNT, 20260101))[batch * BATCH : (batch + 1) * BATCH]
    assert len(damaged) == BATCH
    harm = [
        f"{one.format} {name}: {outcome.kind} {outcome.seconds:.1f} s\n{outcome.trace}"
        for name, one in damaged
        for outcome in [mutations.read_one(one, alarm_seconds=SECONDS)]
        if outcome.kind not in {"kept", "refused"} or outcome.misplaced
    ]
    assert harm == []


def test_a_crash_and_an_endless_reader_would_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    [text] = [one for one in seeds() if one.format == "text"]
    with monkeypatch.context() as patch:
        patch.setattr(mutations, "_read", lambda *_: 1 // 0)
        assert mutations.read_one(text).kind == "crash"
    with monkeypatch.context() as patch:
        patch.setattr(mutations, "_read", lambda *_: _endless())
        assert mutations.read_one(text, alarm_seconds=0.05).kind == "late"


def _endless() -> None:
    while True:
        try:
            Path("/").stat()  # any call: the alarm comes in between
        except OSError:
            continue


ENTITIES = {
    "billion laughs": '<!ENTITY z "ha">'
    + "".join(f'<!ENTITY {a} "{f"&{b};" * 10}">' for a, b in zip("yxwvutsra", "zyxwvutsr", strict=True)),
    "quadratic growth": f'<!ENTITY a "{"A" * 50_000}">',
    "external file": '<!ENTITY a SYSTEM "{other}">',
    "external parameter": '<!ENTITY % p SYSTEM "{other}"> %p; <!ENTITY a "x">',
    "itself": '<!ENTITY a "&a;">',
}  # fmt: skip


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("entities", [pytest.param(text, id=name) for name, text in ENTITIES.items()])
def test_entities_are_never_expanded(tmp_path: Path, entities: str) -> None:
    other = tmp_path / "other.txt"
    other.write_text(OTHER_WORDS)
    found = read(tmp_path, "a.xml", declaring(entities.replace("{other}", other.as_uri()), "&a;" * 50))
    assert kept(found) == []
    assert "document type" in reasons(found)
    assert OTHER_WORDS not in repr(found)


@pytest.mark.timeout(SECONDS)
def test_an_alias_bomb_in_front_matter_is_refused(tmp_path: Path) -> None:
    levels = "".join(f"{a}: &{a} [{', '.join([f'*{b}'] * 10)}]\n" for a, b in zip("bcdefghijk", "abcdefghij", strict=True))
    found = read(
        tmp_path, "g.md", f"---\na: &a [x]\n{levels}id: *k\norganization: o\ntitle: t\nyear: 2024\n---\n## R1. Do\nIt.\n"
    )
    assert (kept(found), reasons(found)) == ([], "guideline g.md: the front matter lacks id")


@pytest.mark.parametrize("title", ["[" * 3000, "2024-13-45", "9" * 5000, "x" * 30_000, "!!python/object:os.system x", "? [a]"])
def test_front_matter_that_no_author_writes_is_told(tmp_path: Path, title: str) -> None:
    found = read(tmp_path, "g.md", f"---\nid: g\norganization: o\ntitle: {title}\nyear: 2024\n---\n## R1. Do\nIt.\n")
    assert kept(found) == ["g#R1"] or "front matter" in reasons(found)


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("name", ["bomb.zip", "bomb.gz", "bomb.tar.gz", "bomb.docx"])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, name: str, bomb: bytes) -> None:
    packed = {
        "bomb.zip": lambda: zipped(("zeros.gz", bomb), ("a.json", json.dumps(person()).encode())),
        "bomb.gz": lambda: bomb,
        "bomb.tar.gz": lambda: gzip.compress(zipped(("zeros.gz", bomb))),
        "bomb.docx": lambda: zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b" " * 8_000_000)),
    }[name]()
    found = read(tmp_path, name, packed, ANN)
    assert kept(found) == (["Patient/ann"] if name == "bomb.zip" else [])
    assert "unpacks to more than" in reasons(found)


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """A gzip of 130 MB of zeros."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
        for _ in range(130):
            stream.write(b"\x00" * 1_000_000)
    return packed.getvalue()


def test_archives_in_archives_end(tmp_path: Path) -> None:
    packed = json.dumps(person()).encode()
    for level in range(6):
        packed = zipped((f"{level}.zip", packed))
    found = read(tmp_path, "deep.zip", packed)
    assert (kept(found), "nested deeper" in reasons(found)) == ([], True)


@pytest.mark.parametrize("name", ["../../out.json", "/out.json", "a/../../out.json", "..\\..\\out.json", "C:\\out.json"])
def test_a_name_with_steps_upwards_never_becomes_a_path(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    packed = io.BytesIO()
    content = json.dumps(person()).encode()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("link.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    found = read(inside, "a.tar", packed.getvalue())
    assert (kept(found), reasons(found)) == (["Patient/ann"], "a link or device in an archive is not read")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "a.tar", "b"]


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("depth", [1000, 200_000])
@pytest.mark.parametrize("opening", ["[", '{"extension":', '{"resourceType":"Bundle","entry":[{"resource":'])
def test_deep_json_is_refused(tmp_path: Path, depth: int, opening: str) -> None:
    found = read(tmp_path, "deep.json", '{"resourceType":"Patient","id":"x","extension":' + opening * depth)
    assert (kept(found), bool(reasons(found))) == ([], True)


@pytest.mark.timeout(SECONDS)
def test_deep_json_takes_only_itself_away(tmp_path: Path) -> None:
    deep = (
        '{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/ann"},"extension":' + "[" * 1000 + "]" * 1000 + "}"
    )
    found = read(tmp_path, "a.ndjson", f"{json.dumps(person())}\n{deep}\n{json.dumps(condition('d', 'Asthma', '2020'))}\n")
    assert {"Patient/ann", "Condition/d"} <= set(kept(found))


@pytest.mark.timeout(10)
def test_ten_megabytes_of_one_character_are_read_in_time(tmp_path: Path) -> None:
    assert len(kept(read(tmp_path, "a.txt", TEXT + "(" * 10_000_000, ANN))) == 1


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("word", [".", " ", "\t", "*", "> ", "Date: ", "a. ", "2024-", "BP 1/", "\n "])
def test_a_word_said_over_and_over_costs_no_more_than_its_length(tmp_path: Path, word: str) -> None:
    assert len(kept(read(tmp_path, "a.txt", TEXT + word * (400_000 // len(word)), ANN))) == 1


@pytest.mark.timeout(SECONDS)
def test_a_row_of_many_cells_is_refused_in_time(tmp_path: Path) -> None:
    rows = "note_id,patient_id,date,text\n1,7,2024-01-01,a" + "," * 500_000 + "\n2,7,2024-01-02,b" + ",x" * 200_000 + "\n"
    found = read(tmp_path, "notes.csv", rows)
    assert kept(found) == ["Note/1"]
    assert "cells, the header has 4" in reasons(found)


@pytest.mark.parametrize(
    "name", ["a.txt", "a.md", "a.html", "a.csv", "a.json", "a.ndjson", "a.hl7", "a.xml", "a.rtf", "a.pdf", "a"]
)
@pytest.mark.parametrize("content", [b"", b"\x00", b"\x00" * 70_000, b"\xff\xfe", b"\xef\xbb\xbf", b"\n" * 5000])
def test_nothing_is_made_of_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    found = read(tmp_path, name, content, ANN)
    assert kept(found) == []


def test_zero_bytes_inside_words_take_nothing_else_away(tmp_path: Path) -> None:
    rows = "note_id,patient_id,date,text\n1,7,2024-01-01,a\x00b\n2,7,2024-01-02,fine\n"
    assert kept(read(tmp_path, "notes.csv", rows)) == ["Note/2"]


@pytest.mark.parametrize("half", ["\\ud800", "\\udfff", "\\ud800\\ud800"])
def test_half_a_character_is_told_or_left_out(tmp_path: Path, half: str) -> None:
    lines = f'{json.dumps(person())}\n{{"resourceType":"Condition","id":"{half}","subject":{{"reference":"Patient/ann"}}}}\n'
    assert "Patient/ann" in kept(read(tmp_path, "a.ndjson", lines))
    found = read(tmp_path, "a.jsonl", f'{{"id":"1{half}","title":"{half}","text":"cough {half}"}}\n', LIBRARY)
    [one] = [one for one in found if isinstance(one, ReadResource)]
    one.prepared.passages[0].embed_text.encode()
    one.prepared.resource.encode()


def test_a_key_that_stands_twice_makes_no_second_truth(tmp_path: Path) -> None:
    words = json.dumps(condition("c", "Asthma", "2020"))
    found = read(tmp_path, "a.json", words.replace('"id": "c"', '"id": "c", "id": "d"').replace('"code":', '"code": 5, "code":'))
    assert len(found) == 1
    for one in found:
        if isinstance(one, ReadResource):
            assert [fact.concept.text for fact in one.prepared.facts] == ["Asthma"]
            assert one.prepared.resource == "Condition/d"


@pytest.mark.parametrize("kind", [["Binary"], {"a": 1}, 5, None])
def test_a_line_of_a_folder_whose_type_is_no_word_is_told(tmp_path: Path, kind: object) -> None:
    lines = f"{json.dumps({'resourceType': kind, 'id': 'x', 'url': 'Binary/b'})}\n{json.dumps(person())}\n"
    found = read(tmp_path, "a.zip", zipped(("a.ndjson", lines.encode())))
    assert (kept(found), reasons(found)) == (["Patient/ann"], "an object without a resourceType")


@pytest.mark.timeout(SECONDS)
def test_a_long_statement_in_front_of_bullets_is_read_in_time(tmp_path: Path) -> None:
    front = "---\nid: g\norganization: o\ntitle: t\nyear: 2024\n---\n"
    [one] = read(tmp_path, "g.md", f"{front}## R1. Do\n{'A' * 300_000}. Now.\n- Strength: A\n")
    assert isinstance(one, ReadResource)
    [passage] = one.prepared.passages
    words = [one.prepared.documents[0].text[slice(*span)] for span in passage.sentences]
    assert (words[0][-2:], words[1:]) == ("A.", ["Now.", "- Strength: A"])


def test_a_title_that_is_a_number_is_no_words(tmp_path: Path) -> None:
    found = read(tmp_path, "a.jsonl", '{"id": "1", "title": 5}\n{"id": "2", "title": 5, "name": "Cough"}\n', LIBRARY)
    assert (kept(found), "no words" in reasons(found)) == (["library/2"], True)


@pytest.mark.parametrize("data", ["%%%", "QQ", "=", "🙂", "QUJD" * 3 + "\\u0000", "a" * 1_000_001])
def test_bad_base64_leaves_the_note_and_tells(tmp_path: Path, data: str) -> None:
    attachment = {"contentType": "text/plain", "data": data}
    found = read(tmp_path, "a.json", json.dumps(note("n", "", content=[{"attachment": attachment}])))
    [one] = found
    assert isinstance(one, ReadResource)
    assert one.prepared.passages == ()
    assert len(one.notes) == 1
