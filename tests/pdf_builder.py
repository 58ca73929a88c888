"""Small PDF files made by hand: pages of text lines, pages that are only a picture, a document with a password."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_LEADING = 16


class TextLine(NamedTuple):
    """A line of a page; `left` and `size` in points."""

    words: str
    size: int = 11
    bold: bool = False
    left: int = 72


Page = Sequence[str | TextLine] | None
"""`None`: a page that is only a picture."""


def pdf(*pages: Page, title: str = "", encrypted: bool = False) -> bytes:
    """Return a PDF of US Letter pages; the first line of each stands 72 points below the top."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>")
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
        b"\nstream\n\x80\nendstream"
    )
    kids = []
    for page in pages:
        content = b"q 612 0 0 792 0 0 cm /P Do Q" if page is None else _content(page)
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /R 3 0 R /B 4 0 R >> /XObject << /P 5 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    trailer = b"/Root 1 0 R"
    if title:
        objects.append(b"<< /Title (%b) >>" % title.encode("latin-1"))
        trailer += b" /Info %d 0 R" % len(objects)
    if encrypted:
        secret = b"<" + b"5a" * 32 + b">"
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O %b /U %b >>" % (secret, secret))
        trailer += b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects)
    return _file(objects, trailer)


def _content(page: Sequence[str | TextLine]) -> bytes:
    shown = []
    for number, line in enumerate(page):
        one = TextLine(line) if isinstance(line, str) else line
        words = one.words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
        top = 720 - number * _LEADING
        shown.append(b"BT /%b %d Tf %d %d Td (%b) Tj ET" % (b"B" if one.bold else b"R", one.size, one.left, top, words))
    return b"\n".join(shown)


def _file(objects: list[bytes], trailer: bytes) -> bytes:
    content = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    return content + b"trailer\n<< /Size %d %b >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
