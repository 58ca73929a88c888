"""Reads the ICD-10-CM order file: fixed columns, headers before the codes under them.

Source: the file's description by CMS and NCHS: order number in columns 1-5, code in 7-13 without its point, in 15 whether it is
complete, short description in 17-76, long description from 78.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.language.extended_lexicon import ReleaseConcept, ReleaseLink, ReleaseName, ReleaseRow
from chartcite.engine.language.terminology import ConceptKind
from chartcite.ingestion.terminologies.tables import AGAIN, ReleaseFile, ReleaseFiles, lines

LICENCE = "ICD-10-CM is published by the U.S. National Center for Health Statistics; ICD-10 is owned by the WHO"

_FILE = r"icd10cm[-_]?order[-_]?(?:\w+[-_])?(\d{4})?\w*\.txt"
_POINT = 3
"""The point stands behind so many characters."""


def files_of(files: ReleaseFiles) -> list[ReleaseFile]:
    """Return the order file.

    Raises:
        SourceRejectedError: it is not there.
    """
    return files.need(_FILE, "icd10cm-order-YYYY.txt", "ICD-10-CM")[-1:]


def rows_of(files: ReleaseFiles) -> Iterator[ReleaseRow]:
    """Yield each code and header with its descriptions, under the nearest header whose code it begins with.

    Raises:
        SourceRejectedError: a line is not in the columns of the format.
    """
    [file] = files_of(files)
    over: list[str] = []
    for number, line in lines(file):
        if not line.strip():
            continue
        code, long, short = line[6:13].strip(), line[77:].strip(), line[16:76].strip()
        if not (line[:5].isdigit() and re.fullmatch(r"[A-Z]\w{2,6}", code) and line[14:15] in {"0", "1"} and long):
            raise SourceRejectedError(
                f"{file.label}: line {number} is not in the columns of an order file, or cut short: {AGAIN}"
            )
        while over and not code.startswith(over[-1]):
            over.pop()
        yield ReleaseConcept(code, "icd10cm", _pointed(code), long, ConceptKind.CONDITION)
        if short and short != long:
            yield ReleaseName(code, short)
        if over and over[-1] != code:
            yield ReleaseLink(code, over[-1])
        over.append(code)


def version_of(files: ReleaseFiles) -> str:
    """Return the year in the name of the file."""
    found = re.search(r"\d{4}", files_of(files)[0].name.replace("icd10cm", ""))
    return found[0] if found else ""


def _pointed(code: str) -> str:
    return f"{code[:_POINT]}.{code[_POINT:]}" if len(code) > _POINT else code
