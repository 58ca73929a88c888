"""Terminology releases of every kind that is read: which one a folder or zip holds, its version, and its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from chartcite.engine.errors import InputError, SourceRejectedError
from chartcite.engine.language.extended_lexicon import ReleaseRow
from chartcite.ingestion.terminologies import athena, icd10cm, loinc, rxnorm, snomed
from chartcite.ingestion.terminologies.tables import ReleaseFile, ReleaseFiles, digest_of


class _Format(NamedTuple):
    """How releases of one kind are read."""

    sign: str
    """Pattern of the name of a file that only such a release has."""
    named: str
    """Pattern of the version in the name of a folder or zip."""
    licence: str
    files: Callable[[ReleaseFiles], list[ReleaseFile]]
    rows: Callable[[ReleaseFiles], Iterator[ReleaseRow]]
    version: Callable[[ReleaseFiles], str] | None


_FORMATS = {
    "loinc": _Format(r"loinc\.csv", r"loinc_?v?(\d+\.\d+)", loinc.LICENCE, loinc.files_of, loinc.rows_of, loinc.version_of),
    "rxnorm": _Format(r"rxn(?:conso|rel)\.rrf", r"rxnorm_\w*?_?(\d{8})", rxnorm.LICENCE, rxnorm.files_of, rxnorm.rows_of, None),
    "snomed": _Format(
        r"x?sct2_\w+_snapshot.*\.txt", "", snomed.LICENCE, snomed.files_of, snomed.rows_of, snomed.version_of
    ),
    "icd10cm": _Format(
        r"icd10cm[-_]?order.*\.txt", "", icd10cm.LICENCE, icd10cm.files_of, icd10cm.rows_of, icd10cm.version_of
    ),
    "athena": _Format(
        r"concept(?:_synonym|_relationship|_ancestor)?\.csv", "", athena.LICENCE, athena.files_of, athena.rows_of,
        athena.version_of,
    ),
}  # fmt: skip
KINDS = tuple(_FORMATS)


class OpenRelease(NamedTuple):
    """A release that was recognised, with its files open."""

    name: str
    """Kind and version, or kind and checksum where no version is given."""
    kind: str
    version: str
    licence: str
    sha256: str
    rows: Iterator[ReleaseRow]


@contextmanager
def open_release(path: Path, kind: str | None = None) -> Iterator[OpenRelease]:
    """Open a folder, a zip or a single file as a terminology release.

    Args:
        path: where it lies.
        kind: one of `KINDS`; `None`: what its files say.

    Raises:
        InputError: there is no such kind.
        SourceRejectedError: it is none or of several kinds, or a file is missing; while rows are read, a column, or a row's end.
    """
    if kind is not None and kind not in _FORMATS:
        raise InputError(f"--kind is one of {', '.join(KINDS)}")
    with ReleaseFiles(path) as files:
        chosen = kind or _kind_of(files)
        form = _FORMATS[chosen]
        read = form.files(files)
        digest = digest_of(read)
        version = _version_of(files, form)
        yield OpenRelease(f"{chosen}-{version or digest[:8]}", chosen, version, form.licence, digest, form.rows(files))


def _kind_of(files: ReleaseFiles) -> str:
    found = [kind for kind, form in _FORMATS.items() if files.matching(form.sign)]
    if len(found) == 1:
        return found[0]
    if found:
        raise SourceRejectedError(f"{files.path}: it holds releases of {' and '.join(found)}: say which with --kind")
    raise SourceRejectedError(
        f"{files.path}: it holds no terminology release that is read (Loinc.csv, RXNCONSO.RRF, sct2_Concept_Snapshot_*.txt,"
        " icd10cm-order-YYYY.txt, CONCEPT.csv): give the folder or zip as it was published"
    )


def _version_of(files: ReleaseFiles, form: _Format) -> str:
    if form.named and (found := re.search(form.named, files.path.absolute().as_posix(), re.IGNORECASE)):
        return found[1]
    return form.version(files) if form.version else ""
