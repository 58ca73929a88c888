"""The process in which parsers meet hostile documents: a crash, a bomb or an endless loop ends here, not in the caller.

Run by `parsing.py` as a module. On its input stands, for each document, a line `name size` and then so many bytes; for
each it writes one line of JSON. Imports nothing of chartcite, so that it starts in a tenth of a second.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

Answer = dict[str, object]
"""`{"refused": reason}`, or what the parser found."""

MAX_MEMORY_BYTES = 3 * 1024**3
MAX_PAGES = 10_000
MAX_CHARACTERS = 40_000_000
_WIDGET = 20
_HYPHENS = frozenset({0x02, 0xFFFE})
"""What PDFium gives for a hyphen at which a word was divided."""
_STAMP_CHARACTERS = 25
"""A page with fewer characters and a picture over most of it is a scan with a stamp."""
_BOLD_WEIGHT = 600
_SCALE = 100  # device units in a point: rectangles are exact to a hundredth of it


def main() -> None:
    """Answer documents until the input ends."""
    _limit_memory()
    given, told = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while line := given.readline():
        name, size = line.split()
        answer = _answered(name.decode(), _exactly(given, int(size)))
        told.write(json.dumps(answer).encode() + b"\n")
        told.flush()


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # no such limit on some systems: the time limit stays
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _exactly(given: BinaryIO, size: int) -> bytes:
    content = given.read(size)
    if len(content) < size:
        raise EOFError("the caller is gone")
    return content


def _answered(name: str, content: bytes) -> Answer:
    try:
        return read_pdf(content) if name == "pdf" else read_rtf(content)
    except MemoryError:
        return {"refused": f"reading the {name.upper()} takes more memory than is allowed: split it"}
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        return {"refused": "the PDF is encrypted: remove its password" if locked else "the PDF is damaged: save it again"}
    except Exception as error:  # noqa: BLE001  parsers raise anything on hostile input
        return {"refused": f"the {name.upper()} is damaged ({type(error).__name__}): save it again"}


def read_rtf(content: bytes) -> Answer:
    """Return `{"text"}`."""
    from striprtf.striprtf import rtf_to_text

    convert: Callable[..., str] = rtf_to_text
    return {"text": convert(content.decode("latin-1"), errors="replace")}


def read_pdf(content: bytes) -> Answer:
    """Return `{"title", "pages": [{"text", "width", "height", "lines", "picture", "fields"}]}`.

    `lines` are `[start, end, left, bottom, right, top, font size, bold]`: characters of the page's text, points from its
    lower left.
    """
    document = pypdfium2.PdfDocument(content)
    if len(document) > MAX_PAGES:
        return {"refused": f"the PDF has {len(document)} pages: more than {MAX_PAGES} are not read; split it"}
    pages: list[Answer] = []
    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            pages.append({"text": "", "width": 0, "height": 0, "lines": [], "picture": False, "fields": False, "damaged": True})
            continue
        found = _page(page)
        page.close()
        characters += len(str(found["text"]))
        if characters > MAX_CHARACTERS:
            return {"refused": f"the PDF holds more than {MAX_CHARACTERS} characters: split it"}
        pages.append(found)
    title = ""
    with suppress(ValueError):
        title = document.get_metadata_value("Title").strip()
    return {"title": title, "pages": pages}


def _page(page: pypdfium2.PdfPage) -> Answer:
    textpage = page.get_textpage()
    width, height = page.get_size()
    codes = [pdfium.FPDFText_GetUnicode(textpage, index) for index in range(textpage.count_chars())]
    text, lines = "", []
    parts: list[str] = []
    length = 0
    for start, end in _line_ranges(codes):
        words = "".join(_character(code) for code in codes[start:end]).rstrip()
        if words:
            size, bold = pdfium.FPDFText_GetFontSize(textpage, start), _is_bold(textpage, start, start + len(words) - 1)
            lines.append([length, length + len(words), *_rectangle(page, textpage, start, end), round(size, 1), bold])
        parts.append(words)
        length += len(words) + 1
    text = "\n".join(parts)
    return {
        "text": text,
        "width": round(width, 2),
        "height": round(height, 2),
        "lines": lines,
        "picture": _is_picture(page, codes, width * height),
        "fields": _has_fields(page),
    }


def _line_ranges(codes: list[int]) -> list[tuple[int, int]]:
    """Return the ranges of character indexes between line ends."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for index, code in enumerate(codes):
        if code in {10, 13}:
            if not (code == 10 and index and codes[index - 1] == 13):
                ranges.append((start, index))
            start = index + 1
        elif code in _HYPHENS and index + 1 < len(codes) and codes[index + 1] not in {10, 13}:
            ranges.append((start, index + 1))
            start = index + 1
    ranges.append((start, len(codes)))
    return ranges


def _character(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ("" if code == 0 else "\ufffd")


def _rectangle(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage, start: int, end: int) -> list[float]:
    """Return left, bottom, right, top of some characters as the page is shown: turned and cut as it says."""
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    across: list[float] = []
    up: list[float] = []
    for index in range(pdfium.FPDFText_CountRects(textpage, start, end - start)):
        if pdfium.FPDFText_GetRect(textpage, index, left, top, right, bottom):
            across += [left.value, right.value]
            up += [bottom.value, top.value]
    if not across:
        return [0.0, 0.0, 0.0, 0.0]
    one, other = _shown(page, min(across), min(up)), _shown(page, max(across), max(up))
    return [min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])]


def _is_bold(textpage: pypdfium2.PdfTextPage, first: int, last: int) -> bool:
    """Say whether a line begins and ends in bold letters, by the weight of the font or by its name."""
    return all(
        pdfium.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT or b"bold" in _font_name(textpage, index)
        for index in {first, last}
    )


def _font_name(textpage: pypdfium2.PdfTextPage, index: int) -> bytes:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, index, name, 128, flags)
    return name.value.lower()


def _shown(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    width, height = page.get_size()
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, int(width * _SCALE), int(height * _SCALE), 0, x, y, across, down)
    return across.value / _SCALE, round(height - down.value / _SCALE, 2)


def _is_picture(page: pypdfium2.PdfPage, codes: list[int], area: float) -> bool:
    """Say whether what the page shows is not in its text: a scan, drawn letters, letters without a meaning."""
    written = [code for code in codes if code > 32]
    if len(written) > _STAMP_CHARACTERS:
        unknown = sum(code == 0xFFFD or 0xE000 <= code < 0xF900 for code in written)
        return unknown + codes.count(0) > len(written) / 2
    for drawn in page.get_objects(max_depth=4):
        if drawn.type == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        if not written:
            return True
        with suppress(pypdfium2.PdfiumError):
            left, bottom, right, top = drawn.get_bounds()
            if drawn.type == pdfium.FPDF_PAGEOBJ_IMAGE and (right - left) * (top - bottom) > area / 2:
                return True
    return False


def _has_fields(page: pypdfium2.PdfPage) -> bool:
    """Say whether a form field of the page holds a value: those are not part of its text."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), 500)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        filled = pdfium.FPDFAnnot_GetSubtype(annotation) == _WIDGET and (
            pdfium.FPDFAnnot_GetStringValue(annotation, b"V", None, 0) > 2
        )
        pdfium.FPDFPage_CloseAnnot(annotation)
        if filled:
            return True
    return False


if __name__ == "__main__":
    main()
