from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable
from chartcite.ingestion import containers
from chartcite.ingestion.containers import documents_of
from chartcite.ingestion.sources.source import Given, SourceFile
from hypothesis import given, settings
from hypothesis import strategies as st

ONE = b'{"resourceType": "Patient", "id": "ann"}'
TWO = b'{"resourceType": "Patient", "id": "bob"}'


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return packed.getvalue()


def tarred(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name.replace("__", "/").replace("_", "."))
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def found(tmp_path: Path, content: bytes, name: str = "x.bin") -> list[tuple[str, bytes]]:
    """Return (uri within the file, bytes) of each document; of what cannot be read the reason."""
    path = tmp_path / name
    path.write_bytes(content)
    return [
        (one.where.removeprefix(path.as_posix()), one.reason.encode())
        if isinstance(one, Unreadable)
        else (one.uri.removeprefix(path.as_posix()), one.content())
        for one in documents_of(path)
    ]


PACKINGS: list[tuple[str, Callable[..., bytes]]] = [
    ("zip", zipped),
    ("tar", tarred),
    ("tar.gz", lambda **members: gzip.compress(tarred(**members))),
    ("tar.bz2", lambda **members: bz2.compress(tarred(**members))),
    ("tar.xz", lambda **members: lzma.compress(tarred(**members))),
]


@pytest.mark.parametrize(("_name", "pack"), PACKINGS, ids=[name for name, _ in PACKINGS])
def test_the_members_of_an_archive_are_its_documents_whatever_its_name(
    tmp_path: Path,
    _name: str,
    pack: Callable[..., bytes],
) -> None:
    assert found(tmp_path, pack(a_json=ONE, sub__b_json=TWO)) == [("!a.json", ONE), ("!sub/b.json", TWO)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_one_compressed_file_is_its_inner_document(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "patients.ndjson.gz"
    path.write_bytes(pack(ONE))
    documents = documents_of(path, Given(corpus="x"))
    one = next(documents)
    assert isinstance(one, SourceFile)
    assert (one.uri, one.name, one.size) == (path.as_posix(), "patients.ndjson", len(ONE))
    assert (one.content(), one.head, one.given.corpus) == (ONE, ONE, "x")
    assert list(documents) == []


def test_a_document_is_itself_and_members_know_each_other(tmp_path: Path) -> None:
    assert found(tmp_path, ONE, "a.json") == [("", ONE)]
    path = tmp_path / "x.zip"
    path.write_bytes(zipped(a_json=ONE, n__b_txt=b"words"))
    seen = []
    for one in documents_of(path):
        assert isinstance(one, SourceFile)
        assert one.folder is not None
        with one.folder.documents["n/b.txt"]() as stream:
            seen.append(stream.read())
    assert seen == [b"words", b"words"]


def test_archives_within_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    three = zipped(c_zip=zipped(b_tar=tarred(a_json=ONE)))
    assert found(tmp_path, three) == [("!c.zip!b.tar!a.json", ONE)]
    [(where, reason)] = found(tmp_path, zipped(d_zip=three))
    assert where.endswith("!b.tar")
    assert b"deeper than 3" in reason


def test_names_are_labels_and_never_lead_out(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("../../etc/a.json", "/abs/b.json", "C:\\c.json", ".."):
            archive.writestr(name, ONE)
    labels = [uri for uri, _ in found(tmp_path, packed.getvalue())]
    assert labels == ["!etc/a.json", "!abs/b.json", "!C:/c.json", "!member"]


def test_an_encrypted_member_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    packed = bytearray(zipped(a_json=ONE, b_json=TWO))
    packed[6] |= 1  # the flag of encryption, in the member's header and in the directory
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    [(where, reason), second] = found(tmp_path, bytes(packed))
    assert (where, b"encrypted" in reason) == ("!a.json", True)
    assert second == ("!b.json", TWO)


def test_links_and_devices_are_not_followed(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        link = tarfile.TarInfo("a.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert found(tmp_path, packed.getvalue()) == [("!a.json", b"a link or device in an archive is not read")]


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(lambda: gzip.compress(bytes(5_000_000)), id="gzip"),
        pytest.param(lambda: zipped(a_json=bytes(5_000_000)), id="zip"),
        pytest.param(lambda: bz2.compress(tarred(a_json=bytes(5_000_000))), id="tar"),
    ],
)
def test_what_grows_beyond_reason_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bomb: Callable[[], bytes]) -> None:
    monkeypatch.setattr(containers, "FREE_BYTES", 1_000_000)
    with pytest.raises(SourceRejectedError, match="200 times"):
        found(tmp_path, bomb())


def test_too_many_members_and_too_many_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MOST_MEMBERS", 2)
    with pytest.raises(SourceRejectedError, match="more than 2 files"):
        found(tmp_path, tarred(a_json=ONE, b_json=ONE, c_json=ONE))
    monkeypatch.setattr(containers, "MOST_BYTES", 100)
    with pytest.raises(SourceRejectedError, match="more than 0 GB"):
        found(tmp_path, gzip.compress(bytes(200)))


def test_an_office_document_is_no_archive(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    assert found(tmp_path, packed.getvalue()) == [("", packed.getvalue())]


SOUND = [pack(a_json=ONE * 50, b_json=TWO * 50) for _, pack in PACKINGS] + [gzip.compress(ONE * 100)]


@settings(max_examples=150, deadline=None)
@given(which=st.integers(0, len(SOUND) - 1), cut=st.floats(0, 1), flips=st.lists(st.integers(0, 10_000), max_size=4))
def test_damage_is_refused_or_read_and_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, which: int, cut: float, flips: list[int]
) -> None:
    content = bytearray(SOUND[which][: max(1, int(len(SOUND[which]) * cut))])
    for place in flips:
        content[place % len(content)] ^= 1 << place % 8
    path = tmp_path_factory.mktemp("damaged") / "x.bin"
    path.write_bytes(content)
    reasons: list[str] = []
    try:
        for one in documents_of(path):
            if isinstance(one, SourceFile):
                with suppress(*containers.DAMAGED):  # ingestion keeps it in quarantine
                    one.content()
            else:
                reasons.append(one.reason)
    except SourceRejectedError as error:
        reasons.append(str(error))
    assert all(reasons)  # whatever is refused says why
