"""Regular expressions over questions and notes that are compiled when they are first used: importing them costs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class Cue:
    """A pattern that reads both cases alike, and is compiled at its first use."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    def search(self, text: str, begins: int = 0) -> re.Match[str] | None:
        """Return the first place from `begins` on that it matches."""
        return self._compiled.search(text, begins)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the start of a text."""
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of a whole text."""
        return self._compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield every match."""
        return self._compiled.finditer(text)

    def sub(self, instead: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return a text with other words in place of every match."""
        return self._compiled.sub(instead, text)

    def split(self, text: str) -> list[str]:
        """Return what stands between the matches."""
        return [piece or "" for piece in self._compiled.split(text)]
