"""Files, folders and archives to the documents in them: zip, tar (plain, gzip, bzip2, xz) and gzip, also within each other.

What a file is, its first bytes say. Names of members are labels and never become paths. Bytes that were packed are unpacked
piece by piece into a temporary file, and an archive that grows beyond reason is refused.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple, cast

from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable
from chartcite.ingestion.sources.formats import format_of
from chartcite.ingestion.sources.source import HEAD_BYTES, NOTHING_GIVEN, Folder, Given, SourceFile

MOST_DEPTH = 3
"""Archives within archives."""
MOST_MEMBERS = 1_000_000
MOST_BYTES = 20_000_000_000
"""Of all members of an archive together, unpacked."""
MOST_RATIO = 200
FREE_BYTES = 100_000_000
"""Up to so many unpacked bytes the ratio does not matter."""

_PIECE = 1 << 20
_HELD_IN_MEMORY = 32 << 20
_OFFICE_PARTS = ("[Content_Types].xml", "mimetype")
"""First member of an office document or an e-book: a document, though it is a zip."""
DAMAGED = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError)
"""What the libraries of the packings raise on bytes that are not what they say."""

Open = Callable[[], BinaryIO]
Found = Iterator[SourceFile | Unreadable]


class _Item(NamedTuple):
    """One document, or archive, on the way."""

    uri: str
    name: str
    size: int
    open: Open
    head: bytes


def documents_of(path: Path, given: Given = NOTHING_GIVEN, *, folder: Folder | None = None) -> Found:
    """Yield the documents of a file, and a part of an archive that cannot be read as `Unreadable`, its uri in `where`.

    Members of an archive come with a `Folder` of their own. Each document can be opened until the next one is asked for.

    Raises:
        SourceRejectedError: an archive that is damaged, encrypted as a whole, nested too deep or beyond the limits.
    """
    yield from _documents(_item(path.as_posix(), path.name, path.stat().st_size, lambda: path.open("rb")), given, folder, 0)


def _item(uri: str, name: str, size: int, opened: Open) -> _Item:
    with opened() as stream:
        return _Item(uri, name, size, opened, stream.read(HEAD_BYTES))


def _documents(item: _Item, given: Given, folder: Folder | None, depth: int) -> Found:
    source = SourceFile(item.uri, item.name, item.head, item.size, item.open, given, folder)
    unpack = None if _is_document(source) else _unpacker(item)
    if unpack is None:
        yield source
        return
    if depth >= MOST_DEPTH:
        raise SourceRejectedError(f"{item.uri}: archives are nested deeper than {MOST_DEPTH}: unpack it, and give the folder")
    try:
        with ExitStack() as held:
            yield from unpack(item, given, folder, depth, held)
    except DAMAGED as error:
        raise SourceRejectedError(
            f"{item.uri}: the archive is damaged, or packed in a way that is not read: unpack it, and give the folder"
        ) from error


def _is_document(source: SourceFile) -> bool:
    try:
        format_of(source)
    except SourceRejectedError:
        return False
    return True


_Unpack = Callable[[_Item, Given, Folder | None, int, ExitStack], Found]


def _unpacker(item: _Item) -> _Unpack | None:
    """Return how a file is unpacked by what its first bytes say; `None`: it is no archive."""
    if item.head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        first = item.head[30 : 30 + int.from_bytes(item.head[26:28], "little")].decode("utf-8", "replace")
        return None if first in _OFFICE_PARTS else _unzip
    if item.head[257:262] == b"ustar":
        return _untar
    if item.head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")):
        return _decompress
    return None


def _unzip(item: _Item, given: Given, _folder: Folder | None, depth: int, held: ExitStack) -> Found:
    archive = held.enter_context(zipfile.ZipFile(held.enter_context(item.open())))
    members = [one for one in archive.infolist() if not one.is_dir()]
    _check_count(item, len(members))
    _check_growth(item, sum(one.file_size for one in members))
    usable = [one for one in members if not one.flag_bits & 0x1]
    opens = {_label(one.filename): _opener(archive, one) for one in usable}
    folder = Folder(opens)
    for one in members:
        uri, label = f"{item.uri}!{_label(one.filename)}", _label(one.filename)
        if one.flag_bits & 0x1:
            yield Unreadable(uri, "the member is encrypted: unpack it with its password, and give the folder", "")
            continue
        try:
            member = _item(uri, label.rpartition("/")[2], one.file_size, opens[label])
        except (*DAMAGED, RuntimeError):
            yield Unreadable(uri, "the member is damaged", "")
            continue
        yield from _within(member, given, folder, depth, held)


def _opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Open:
    return lambda: cast("BinaryIO", archive.open(member))


def _untar(item: _Item, given: Given, _folder: Folder | None, depth: int, held: ExitStack) -> Found:
    stream = held.enter_context(item.open())
    archive = held.enter_context(tarfile.open(fileobj=stream, mode="r:"))  # noqa: SIM115
    opens: dict[str, Open] = {}
    members: list[tuple[str, tarfile.TarInfo]] = []
    for one in archive:
        if one.isdir():
            continue
        _check_count(item, len(members) + 1)
        members.append((_label(one.name), one))
        if one.isreg() and not one.issparse():
            opens[_label(one.name)] = _slice(item.open, one.offset_data, one.size)
    folder = Folder(opens)
    for label, one in members:
        uri = f"{item.uri}!{label}"
        if label not in opens or not one.isreg():
            yield Unreadable(uri, "a link or device in an archive is not read", "")
            continue
        member = _item(uri, label.rpartition("/")[2], one.size, _slice(item.open, one.offset_data, one.size))
        if len(member.head) < min(one.size, HEAD_BYTES):
            raise SourceRejectedError(f"{item.uri}: the archive is cut short: fetch it again")
        yield from _within(member, given, folder, depth, held)


def _within(member: _Item, given: Given, folder: Folder, depth: int, held: ExitStack) -> Found:
    """Yield the documents of a member; an archive that cannot be read takes only itself away."""
    try:
        if _unpacker(member) is _unzip:  # read at random: kept aside once instead of unpacked at each step
            member = member._replace(open=_aside(member.open(), member, held)[0])
        yield from _documents(member, given, folder, depth + 1)
    except SourceRejectedError as error:
        yield Unreadable(member.uri, str(error).removeprefix(f"{member.uri}: "), "")


def _decompress(item: _Item, given: Given, folder: Folder | None, depth: int, held: ExitStack) -> Found:
    """Unpack one compressed stream: a single document, or a tar."""
    opened, size = _aside(_plain_stream(item, held), item, held)
    name = item.name
    for suffix, plain in ((".tgz", ".tar"), (".gz", ""), (".bz2", ""), (".xz", "")):
        if name.lower().endswith(suffix):
            name = name[: -len(suffix)] + plain
            break
    inner = _item(item.uri, name, size, opened)
    is_tar = _unpacker(inner) is _untar  # one archive for a reader, though two steps here
    yield from _documents(inner, given, folder, depth if is_tar else depth + 1)


def _plain_stream(item: _Item, held: ExitStack) -> BinaryIO:
    stream = held.enter_context(item.open())
    if item.head.startswith(b"\x1f\x8b"):
        return cast("BinaryIO", gzip.GzipFile(fileobj=stream))
    return cast("BinaryIO", bz2.BZ2File(stream) if item.head.startswith(b"BZh") else lzma.LZMAFile(stream))


def _aside(packed: BinaryIO, item: _Item, held: ExitStack) -> tuple[Open, int]:
    """Write a stream into a temporary file; return how to open that, and its size."""
    kept = held.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 -- given away, and closed with the archive
    size = 0
    with packed:
        while piece := packed.read(_PIECE):
            size += len(piece)
            _check_growth(item, size)
            kept.write(piece)
    kept.flush()
    return (lambda: cast("BinaryIO", io.BufferedReader(_Slice(kept, 0, size)))), size


def _check_growth(item: _Item, size: int) -> None:
    if size > MOST_BYTES:
        most = MOST_BYTES // 1_000_000_000
        raise SourceRejectedError(f"{item.uri}: it holds more than {most} GB: unpack it, and give the folder")
    if size > FREE_BYTES and size > MOST_RATIO * max(1, item.size):
        raise SourceRejectedError(
            f"{item.uri}: it unpacks to more than {MOST_RATIO} times its size: unpack it, and give the folder"
        )


def _check_count(item: _Item, number: int) -> None:
    if number > MOST_MEMBERS:
        raise SourceRejectedError(f"{item.uri}: it holds more than {MOST_MEMBERS:,} files: unpack it, and give the folder")


def _label(name: str) -> str:
    """Return a member's name as a label: without drive, root and steps upwards."""
    steps = [step for step in name.replace("\\", "/").split("/") if step not in {"", ".", ".."}]
    return "/".join(steps).encode("utf-8", "replace").decode() or "member"


def _slice(opened: Open, start: int, size: int) -> Open:
    return lambda: cast("BinaryIO", io.BufferedReader(_Slice(opened(), start, size, owned=True)))


class _Slice(io.RawIOBase):
    """Part of a file as a stream of its own: readers of the same file keep places of their own."""

    def __init__(self, stream: IO[bytes], start: int, size: int, *, owned: bool = False) -> None:
        self._stream, self._start, self._size, self._owned = stream, start, size, owned
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, base + offset)
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a buffer of bytes is what io gives
        wanted = min(len(buffer), max(0, self._size - self._place))
        self._stream.seek(self._start + self._place)
        got = self._stream.read(wanted)
        buffer[: len(got)] = got
        self._place += len(got)
        return len(got)

    def close(self) -> None:
        if self._owned:
            self._stream.close()
        super().close()
