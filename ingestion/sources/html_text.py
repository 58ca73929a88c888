"""The words of an HTML or XHTML document or fragment, line structure kept, tags gone.

One pass, linear in the length whatever the input (the parser of the standard library is not), and every tag knows where
it stands: the title is cited from the source. Source: HTML Living Standard, section 13.2.5 (tokenization), as far as
words need it.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from html import unescape as _unescape
from typing import NamedTuple

_SPACES = re.compile(r"\s+")
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,40})")
_ENDLESS_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{12,};?")
_DELIMITER = re.compile(r"[\"'>]")

_LINES = frozenset({
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset", "figcaption", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "nav", "ol", "option", "p", "pre",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_PARAGRAPHS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "table", "ul", "ol", "pre", "blockquote", "dl"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_HIDDEN = frozenset({"head", "template"})
_RAW = frozenset({"script", "style", "title", "textarea", "noscript", "iframe", "xmp"})
"""Elements within which nothing is a tag but their own end."""
_SHOWN_RAW = frozenset({"textarea", "xmp", "noscript"})


class _Token(NamedTuple):
    """A tag (`name` not empty) or a run of characters."""

    start: int
    end: int
    name: str = ""
    closing: bool = False
    literal: bool = False
    """Characters of a CDATA section or of a raw element: taken as they are."""


class HtmlText(NamedTuple):
    """What a page says."""

    text: str
    """A line for each line, item, row or paragraph; headings begin with `# `."""
    title: str
    """`title` of the head, else the first heading; empty: neither."""
    title_range: tuple[int, int] | None
    """Where that stands in the source, marks and references as written."""


def text_of_html(html: str) -> str:
    """Return the words of `html`, a line for each line, item, row or paragraph."""
    return read_html(html).text


def read_html(html: str) -> HtmlText:
    """Return the words and the title of a page or fragment; any text gives some answer."""
    words = _Words(html)
    for token in _tokens(html):
        words.take(token)
    title = words.title or words.heading
    written = _SPACES.sub(" ", _unescaped(_without_tags(html[slice(*title)]))).strip() if title else ""
    return HtmlText(_tidied("".join(words.parts)), written, title if written else None)


class _Words:
    """Collects the words of a page token by token."""

    def __init__(self, html: str) -> None:
        self.parts: list[str] = []
        self.title: tuple[int, int] | None = None
        self.heading: tuple[int, int] | None = None
        self._html = html
        self._hidden = 0
        self._preformatted = 0
        self._raw = ""
        self._heading_start = -1

    def take(self, token: _Token) -> None:
        """Add what a token says."""
        if not token.name:
            self._characters(token)
        elif token.closing:
            self._end(token)
        else:
            self._begin(token)

    def _characters(self, token: _Token) -> None:
        if self._raw == "title":
            self.title = self.title or (token.start, token.end)
        if self._hidden or (self._raw and self._raw not in _SHOWN_RAW):
            return
        words = self._html[token.start : token.end]
        words = words if token.literal else _unescaped(words)
        self.parts.append(words if self._preformatted or self._raw == "textarea" else _SPACES.sub(" ", words))

    def _begin(self, token: _Token) -> None:
        name = token.name
        self._hidden += name in _HIDDEN
        if name == "body":  # a head that was never closed ends here
            self._hidden = 0
        self._preformatted += name == "pre"
        self._raw = name if name in _RAW and not self._html.endswith("/>", token.start, token.end) else ""
        if name in _HEADINGS and self.heading is None and not self._hidden:
            self._heading_start = token.end
        self._break(name)
        if name == "li":
            self.parts.append("- ")
        elif name in _HEADINGS:
            self.parts.append("# ")
        elif name in _CELLS:
            self.parts.append(" ")

    def _end(self, token: _Token) -> None:
        name = token.name
        if name in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        self._preformatted = max(0, self._preformatted - (name == "pre"))
        self._raw = ""
        if name in _HEADINGS and self._heading_start >= 0 and self.heading is None:
            self.heading = (self._heading_start, token.start)
        self._break(name)
        if name in _CELLS:
            self.parts.append(" |")

    def _break(self, name: str) -> None:
        if name in _LINES:
            self.parts.append("\n\n" if name in _PARAGRAPHS else "\n")


def _tokens(html: str) -> Generator[_Token, None, None]:
    """Yield tags and runs of characters in order; comments, declarations and instructions are passed over."""
    at = 0
    while at < len(html):
        opening = html.find("<", at)
        if opening < 0:
            opening = len(html)
        if opening > at:
            yield _Token(at, opening)
        if opening == len(html):
            return
        at = yield from _markup(html, opening)


def _markup(html: str, start: int) -> Generator[_Token, None, int]:
    """Yield what a `<` opens and return where it ends. Whatever is never closed is passed over to the end of the text."""
    if html.startswith("<!--", start):
        return _after(html, "-->", start + 4)
    if html.startswith("<![CDATA[", start):
        end = _after(html, "]]>", start + 9)
        yield _Token(start + 9, max(start + 9, end - 3 if html.endswith("]]>", 0, end) else end), literal=True)
        return end
    if html.startswith(("<!", "<?"), start):
        return _after(html, ">", start)
    match = _TAG.match(html, start)
    if match is None:
        yield _Token(start, start + 1)
        return start + 1
    name, end = match[2].lower().rpartition(":")[2], _tag_end(html, match.end())
    yield _Token(start, end, name, bool(match[1]))
    if match[1] or name not in _RAW or html.endswith("/>", start, end):
        return end
    return (yield from _raw(html, end, name))


def _raw(html: str, start: int, name: str) -> Generator[_Token, None, int]:
    """Yield the characters within a raw element and return where its end tag begins."""
    match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, start)
    end = match.start() if match else len(html)
    if end > start:
        yield _Token(start, end, literal=name not in {"title", "textarea", "noscript"})
    return end


def _tag_end(html: str, start: int) -> int:
    """Return where a tag ends: after the first `>` outside quotes; where a quote stays open, after the first at all."""
    at = start
    while match := _DELIMITER.search(html, at):
        if match[0] == ">":
            return match.end()
        closing = html.find(match[0], match.end())
        if closing < 0 or (closing - match.end() > _MAX_QUOTED_CHARACTERS and ">" in html[match.end() : closing]):
            return _after(html, ">", match.end())
        at = closing + 1
    return len(html)


_MAX_QUOTED_CHARACTERS = 100_000  # a longer attribute (a picture in base64) holds no `>`


def _after(html: str, mark: str, start: int) -> int:
    found = html.find(mark, start)
    return len(html) if found < 0 else found + len(mark)


def _unescaped(words: str) -> str:
    """Return words with their character references resolved; a number beyond all characters is one unknown character."""
    return _unescape(_ENDLESS_NUMBER.sub("\ufffd", words)) if "&" in words else words


def _without_tags(html: str) -> str:
    return "".join(html[token.start : token.end] for token in _tokens(html) if not token.name)


def _tidied(text: str) -> str:
    """Return the lines without the white space around them, at most one blank line between two."""
    kept: list[str] = []
    for line in (line.strip().removesuffix("|").rstrip() for line in text.split("\n")):
        if line not in {"-", "#"} and (line or (kept and kept[-1])):
            kept.append(line)
    return "\n".join(kept).strip("\n")
