"""The words of an RTF document.

The conversion runs in the process for hostile formats (`parsing_process.py`): some of its patterns are slow on purpose-built
input. Source: Rich Text Format specification 1.9.1.
"""

from __future__ import annotations

import re

from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.sources.parsing import parsed
from chartcite.ingestion.sources.readable import Readable, without_surrogates

MEDIA_TYPES = frozenset({"application/rtf", "text/rtf", "text/richtext"})

_TITLE = re.compile(rb"\{\\title ([^{}\\]{1,300})\}")
_PICTURE = re.compile(rb"\\pict\b")
_BESIDE = re.compile(rb"\\(?:header|footer)[lrf]?\b|\\footnote\b")
_SECONDS = 30.0


def looks_like_rtf(head: bytes, _name: str) -> bool:
    """Say whether a document is RTF."""
    return head.lstrip().startswith(b"{\\rtf")


def read_rtf(content: bytes) -> Readable:
    """Return the words of an RTF document; cells of a row are parted by `|`.

    Raises:
        SourceRejectedError: no RTF, without text, or it takes too long to read.
    """
    answer = parsed("rtf", content, seconds=_SECONDS)
    text = without_surrogates(str(answer["text"])).replace("\x00", "\ufffd").strip("\r\n")
    if not text.strip():
        raise SourceRejectedError("the RTF document holds no text (it may be pictures of pages): give a text version of it")
    title = _TITLE.search(content)
    pictures = len(_PICTURE.findall(content))
    notes = [f"{pictures} pictures of it were not read"] if pictures else []
    notes += ["its page heads, page feet and footnotes were not read"] if _BESIDE.search(content) else []
    return Readable(text, title[1].decode("cp1252", "replace").strip() if title else "", notes=tuple(notes))
