"""Reads corpora/terminology/plain_language.tsv: an id of the lexicon and one plain sentence, tab-separated, one a row."""

from __future__ import annotations

import csv
from pathlib import Path

from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.wording.plain_language import Glossary

FILE = "plain_language.tsv"
COLUMNS = ("id", "text")


def load_glossary(folder: Path) -> Glossary:
    """Read the glossary of a terminology folder; a missing file is an empty one.

    Raises:
        SourceRejectedError: the file has other columns.
    """
    path = folder / FILE
    if not path.is_file():
        return Glossary({})
    with path.open(encoding="utf-8", newline="") as table:
        reader = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise SourceRejectedError(f"{FILE}: the columns must be {', '.join(COLUMNS)}")
        return Glossary({row["id"]: row["text"] for row in reader})
