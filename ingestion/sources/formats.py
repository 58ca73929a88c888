"""Every format that is read, in the order in which a document is shown to them."""

from __future__ import annotations

import re

from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.sources.ccda import CCDA
from chartcite.ingestion.sources.documents import DOCX, HTML, MARKDOWN, PDF, RTF, TEXT
from chartcite.ingestion.sources.fhir import FHIR
from chartcite.ingestion.sources.guidelines import GUIDELINE
from chartcite.ingestion.sources.hl7v2 import HL7V2
from chartcite.ingestion.sources.literature import LITERATURE
from chartcite.ingestion.sources.note_csv import NOTE_LINES, NOTE_TABLE
from chartcite.ingestion.sources.omop import OMOP
from chartcite.ingestion.sources.source import Format, SourceFile

FORMATS: tuple[Format, ...] = (
    LITERATURE,
    CCDA,
    HL7V2,
    OMOP,
    NOTE_TABLE,
    NOTE_LINES,
    FHIR,
    PDF,
    DOCX,
    RTF,
    HTML,
    MARKDOWN,
    GUIDELINE,
    TEXT,
)


_TABLES = (OMOP, NOTE_TABLE)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")


def format_of(source: SourceFile) -> Format:
    """Return the format of a document.

    Raises:
        SourceRejectedError: none recognises it.
    """
    # The head of a FHIR file is no header of a table: to look for columns in all of it takes long.
    is_fhir = b'"resourceType"' in source.head and _JSON.match(source.head)
    for one in FORMATS:
        if not (is_fhir and one in _TABLES) and one.recognises(source):
            return one
    names = ", ".join(one.name for one in FORMATS)
    raise SourceRejectedError(f"no format of it is known: {names} are read, others are not read")
