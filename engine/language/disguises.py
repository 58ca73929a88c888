"""Other ways to read a sentence that hides what it says: decoded, in plain letters, backwards. Nothing decoded is ever shown."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Iterator

_ALIKE = str.maketrans("аеорсхуіАЕОРСХІѕјԁһԝαοερνικτυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcxyiAEOPCXIsjdhwaoepviktuABEZHIKMNOPTYX")
_DIGITS = str.maketrans("430175$@", "aeoitssa")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}[ :]?){16,}")
_ESCAPED = re.compile(r"(?:&#x?[0-9A-Fa-f]{2,6};|\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2})")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_UNICODE_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_SPACED = re.compile(r"(?:(?<!\S)\S ){10,}")
_MIXED = re.compile(r"(?<!\S)(?=\S*[A-Za-z])(?=\S*[0-9$@])[A-Za-z0-9$@]{3,}")
_COMMON = re.compile(
    r"\b(?:the|and|of|to|is|was|in|with|no|has|her|his|for|on|at|as|patient|pt|mg|she|he|you|all)\b", re.IGNORECASE
)
_PARTS = re.compile(r"[;:]\s")
_LEAST_MIXED = 3
_LEAST_LETTERS = 20
_LEAST_ESCAPES = 3
_FEW_COMMON = 2
_LEAST_WORDS = 5


def readings(text: str) -> Iterator[str]:
    """Yield what a sentence may say under a disguise; nothing where it wears none."""
    if not text.isascii():
        yield from _in_plain_letters(text)
    if len(_ESCAPED.findall(text)) >= _LEAST_ESCAPES:
        yield _UNICODE_ESCAPE.sub(lambda found: chr(int(found[1], 16)), _PERCENT.sub(_bytes_of, html.unescape(text)))
    for found in _BASE64.finditer(text):
        yield from _decoded(found[0])
    for found in _HEX.finditer(text):
        yield from _printable(bytes.fromhex(re.sub(r"[ :]", "", found[0])))
    if _SPACED.search(text):
        yield re.sub(r"(?<=\S) (?=\S)", "", text).replace("_", " ")
    if len(_MIXED.findall(text)) >= _LEAST_MIXED:
        yield text.translate(_DIGITS)
    for part in _PARTS.split(text):
        if not reads_as_english(part) and sum(map(str.isalpha, part)) >= _LEAST_LETTERS:
            yield codecs.encode(part, "rot13")
            yield part[::-1]


def reads_as_english(text: str) -> bool:
    """Say whether a sentence is too short to tell, or holds words that English sentences are made with."""
    return len(text.split()) < _LEAST_WORDS or len(_COMMON.findall(text)) >= _FEW_COMMON


def _in_plain_letters(text: str) -> Iterator[str]:
    bare = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    for reading in dict.fromkeys((bare, text.translate(_ALIKE))):
        if reading != text:
            yield reading


def _bytes_of(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode(errors="replace")


def _decoded(token: str) -> Iterator[str]:
    padded = token.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        yield from _printable(base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True))
    except binascii.Error:
        return


def _printable(raw: bytes) -> Iterator[str]:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return
    if text.isprintable() and " " in text:
        yield text
