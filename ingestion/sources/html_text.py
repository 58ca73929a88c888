"""The words of an HTML or XHTML fragment, line structure kept, tags gone."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_SPACES = re.compile(r"\s+")

_LINES = frozenset({
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
    "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_PARAGRAPHS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "table", "ul", "ol", "pre", "blockquote"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = frozenset({"script", "style", "head", "title", "template"})


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        self._preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        self._preformatted += tag == "pre"
        self._break(tag)
        if tag == "li":
            self.parts.append("- ")
        elif tag in _HEADINGS:
            self.parts.append("# ")
        elif tag in {"td", "th"}:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        self._preformatted = max(0, self._preformatted - (tag == "pre"))
        self._break(tag)
        if tag in {"td", "th"}:
            self.parts.append(" |")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data if self._preformatted else _SPACES.sub(" ", data))

    def _break(self, tag: str) -> None:
        if tag in _LINES:
            self.parts.append("\n\n" if tag in _PARAGRAPHS else "\n")


def text_of_html(html: str) -> str:
    """Return the words of `html`, a line for each line, item, row or paragraph."""
    words = _Words()
    words.feed(html)
    words.close()
    lines = [line.strip().removesuffix("|").rstrip() for line in "".join(words.parts).split("\n")]
    kept: list[str] = []
    for line in lines:
        if line in {"-", "#"}:
            continue
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")
