"""JSON sources laid out for a reader, without losing where the quote stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.api.wire import LaidOut

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_LONGEST_STRING = 600
_OPENING, _CLOSING = "{[", "}]"


Span = tuple[int, int]


def lay_out(text: str, quote: Span, *, also: Sequence[Span] = ()) -> LaidOut | None:
    """Indent JSON `text` and return it with the new range of the quote (and of others); `None` if it is no JSON object.

    Tokens are copied as they stand, so that what is shown inside a range is what was quoted. Long strings outside the
    ranges (attachments) are cut short.
    """
    if not text.lstrip().startswith("{"):
        return None
    wanted = [quote, *also]
    pieces: list[str] = []
    moved: dict[int, Span] = {}
    length, depth, previous = 0, 0, ""
    for token in _TOKEN.finditer(text):
        word = token[0]
        depth -= word in _CLOSING
        gap = _gap(previous, word, depth)
        depth += word in _OPENING
        place = length + len(gap)
        inside = [number for number, (start, end) in enumerate(wanted) if token.start() < end and start < token.end()]
        for number in inside:
            start, end = wanted[number]
            first = moved[number][0] if number in moved else place + max(start - token.start(), 0)
            moved[number] = (first, place + min(end, token.end()) - token.start())
        shown = word if inside else _shorten(word)
        pieces += (gap, shown)
        length = place + len(shown)
        previous = word
    start, end = moved.pop(0, (0, 0))
    return LaidOut(text="".join(pieces), start=start, end=end, also=tuple(moved[number] for number in sorted(moved)))


def _gap(previous: str, word: str, depth: int) -> str:
    if not previous or word in {",", ":"}:
        return ""
    if previous == ":":
        return " "
    if previous in _OPENING and word in _CLOSING:
        return ""
    return "\n" + "  " * depth


def _shorten(word: str) -> str:
    if len(word) <= _LONGEST_STRING:
        return word
    return f'{word[:120]}… ({len(word) - 2:,} characters)"'
