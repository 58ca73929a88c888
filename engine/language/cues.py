"""Regular expressions over questions and notes that are compiled when they are first used: importing them costs nothing.

To compile the hundreds of patterns that the engine knows takes most of the time in which it could be imported.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property


class Cue:
    """A pattern that is compiled at its first use; it reads both cases alike unless its flags say otherwise."""

    def __init__(self, pattern: str, flags: int = re.IGNORECASE) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself.

        Raises:
            re.error: it is none.
        """
        return re.compile(self.pattern, self.flags)

    def search(self, text: str, begins: int = 0, ends: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first place from `begins` on that it matches."""
        return self.compiled.search(text, begins, ends)

    def match(self, text: str, begins: int = 0, ends: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match at `begins`."""
        return self.compiled.match(text, begins, ends)

    def fullmatch(self, text: str, begins: int = 0, ends: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match of a whole text."""
        return self.compiled.fullmatch(text, begins, ends)

    def finditer(self, text: str, begins: int = 0, ends: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield every match from `begins` on."""
        return self.compiled.finditer(text, begins, ends)

    def sub(self, instead: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """Return a text with other words in place of every match, or of the first `count`."""
        return self.compiled.sub(instead, text, count)

    def split(self, text: str) -> list[str]:
        """Return what stands between the matches."""
        return [piece or "" for piece in self.compiled.split(text)]
