"""The files of a release, in a folder or a zip, and their rows one by one. A row that is not whole refuses the release."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self

from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.containers import DAMAGED, FREE_BYTES, MOST_BYTES, MOST_RATIO

MOST_FILES = 100_000
MOST_LINE_CHARACTERS = 1 << 20
AGAIN = "fetch the release again"
_PIECE = 1 << 20


class ReleaseFile(NamedTuple):
    """One file of a release."""

    label: str
    """Its path within the folder or the zip."""
    open: Callable[[], IO[bytes]]

    @property
    def name(self) -> str:
        """The label without folders."""
        return self.label.rpartition("/")[2]


class ReleaseFiles:
    """The files of a release by name, wherever they lie in a folder or a zip. Use as a context manager.

    Raises:
        SourceRejectedError: the path does not exist, holds too much, or is a zip that cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._archive: zipfile.ZipFile | None = None
        if path.is_dir():
            self._files = list(_in_folder(path))
        elif not path.is_file():
            raise SourceRejectedError(f"{path}: no such file or folder: give the folder or the zip of a terminology release")
        elif zipfile.is_zipfile(path):
            with _damage_told(path.name):
                self._archive = zipfile.ZipFile(path)
            self._files = list(_in_zip(path, self._archive))
        else:
            self._files = [ReleaseFile(path.name, lambda: path.open("rb"))]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._archive is not None:
            self._archive.close()

    def matching(self, pattern: str) -> list[ReleaseFile]:
        """Return the files whose name matches a pattern as a whole, in any case; of the same name the one least deep."""
        named = re.compile(pattern, re.IGNORECASE)
        found: dict[str, ReleaseFile] = {}
        for file in sorted(self._files, key=lambda one: (one.label.count("/"), one.label)):
            if named.fullmatch(file.name):
                found.setdefault(file.name.lower(), file)
        return [found[name] for name in sorted(found)]

    def need(self, pattern: str, shown: str, kind: str) -> list[ReleaseFile]:
        """Return the files whose name matches.

        Raises:
            SourceRejectedError: there is none; the message shows the name.
        """
        found = self.matching(pattern)
        if not found:
            raise SourceRejectedError(f"{self.path}: it holds no {shown}, which a release of {kind} has: {AGAIN}, or its folder")
        return found


def digest_of(files: Iterable[ReleaseFile]) -> str:
    """Return the SHA-256 of the only file, else of the list of the files' own, by name.

    Raises:
        SourceRejectedError: a file cannot be read.
    """
    digests = []
    for file in sorted(files, key=lambda one: one.label):
        with _damage_told(file.label), file.open() as stream:
            digest = hashlib.sha256()
            while piece := stream.read(_PIECE):
                digest.update(piece)
        digests.append((file.name, digest.hexdigest()))
    if len(digests) == 1:
        return digests[0][1]
    return hashlib.sha256("".join(f"{digest}  {name}\n" for name, digest in digests).encode()).hexdigest()


def lines(file: ReleaseFile, *, ends: bool = False) -> Iterator[tuple[int, str]]:
    """Yield each line with its number from 1, without its end. `ends`: the last one must end too, else the file is cut short.

    Raises:
        SourceRejectedError: the file is damaged, no UTF-8, cut short, or has a line that is too long.
    """
    with _damage_told(file.label), io.TextIOWrapper(file.open(), "utf-8-sig", newline="\n") as stream:
        number = 0
        while line := stream.readline(MOST_LINE_CHARACTERS):
            number += 1
            if not line.endswith("\n") and (ends or len(line) == MOST_LINE_CHARACTERS):
                raise SourceRejectedError(f"{file.label}: line {number} has no end: the file is cut short: {AGAIN}")
            yield number, line.rstrip("\r\n")


def table(
    file: ReleaseFile, columns: Sequence[str], *, optional: Sequence[str] = (), ends: bool = False
) -> Iterator[tuple[str, ...]]:
    """Yield the cells of some columns of each row, in the order asked for; those of missing optional columns are empty.

    With tabs between them quotes are letters; with commas the cells are those of RFC 4180.

    Raises:
        SourceRejectedError: a column is missing, a row has more or fewer cells than the header, or the file is damaged.
    """
    rows = _rows(file, ends=ends)
    header = [name.strip().lower() for name in next(rows, (0, [""]))[1]]
    missing = [name for name in columns if name.lower() not in header]
    if missing:
        raise SourceRejectedError(f"{file.label}: it has no column {', '.join(missing)}: give the table as it was published")
    wanted = [*columns, *optional]
    places = [header.index(name.lower()) if name.lower() in header else len(header) for name in wanted]
    for number, cells in rows:
        if len(cells) != len(header):
            raise SourceRejectedError(_uneven(file, number, len(cells), len(header)))
        cells.append("")
        yield tuple(cells[place].strip() for place in places)


def pipes(file: ReleaseFile, width: int) -> Iterator[list[str]]:
    """Yield the cells of each row of a Rich Release Format file, which has no header and a bar behind every cell.

    Raises:
        SourceRejectedError: a row has not `width` cells, or the file is damaged.
    """
    for number, line in lines(file, ends=True):
        cells = line.split("|")
        if len(cells) != width + 1:
            raise SourceRejectedError(_uneven(file, number, len(cells) - 1, width))
        yield cells


def _uneven(file: ReleaseFile, number: int, found: int, width: int) -> str:
    return f"{file.label}: line {number} has {found} cells and not {width}: the file is damaged or cut short: {AGAIN}"


def _rows(file: ReleaseFile, *, ends: bool) -> Iterator[tuple[int, list[str]]]:
    numbered = lines(file, ends=ends)
    first = next(numbered, (1, ""))[1]
    if "\t" in first:
        yield 1, first.split("\t")
        yield from ((number, line.split("\t")) for number, line in numbered)
        return
    yield 1, next(csv.reader([first]), [])
    reader = csv.reader((f"{line}\n" for _, line in numbered), strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise SourceRejectedError(
                f"{file.label}: near line {reader.line_num + 1}: not a table of comma-separated values, or cut short: {AGAIN}"
            ) from error
        if cells is None:
            return
        if cells:
            yield reader.line_num + 1, cells


def _in_folder(folder: Path) -> Iterator[ReleaseFile]:
    number = 0
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in names:
            number += 1
            if number > MOST_FILES:
                raise SourceRejectedError(f"{folder}: more than {MOST_FILES:,} files: give the folder of the release itself")
            path = Path(root, name)
            if path.is_file():
                yield ReleaseFile(path.relative_to(folder).as_posix(), lambda path=path: path.open("rb"))  # type: ignore[misc]


def _in_zip(path: Path, archive: zipfile.ZipFile) -> Iterator[ReleaseFile]:
    members = [one for one in archive.infolist() if not one.is_dir()]
    unpacked = sum(one.file_size for one in members)
    if (
        len(members) > MOST_FILES
        or unpacked > MOST_BYTES
        or (unpacked > FREE_BYTES and unpacked > MOST_RATIO * path.stat().st_size)
    ):
        raise SourceRejectedError(f"{path.name}: it unpacks beyond reason: unpack it, and give the folder")
    for one in members:
        if one.flag_bits & 0x1:
            raise SourceRejectedError(f"{path.name}: it is encrypted: unpack it with its password, and give the folder")
        yield ReleaseFile(one.filename, lambda one=one: archive.open(one))  # type: ignore[misc]


@contextmanager
def _damage_told(label: str) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:
        raise SourceRejectedError(f"{label}: it is no UTF-8 text: give the file as it was published") from error
    except DAMAGED as error:
        raise SourceRejectedError(f"{label}: it cannot be read, or is damaged: {AGAIN}") from error
