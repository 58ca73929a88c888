"""Models that are told a form in words like to put ``` around what they write: it is taken off as the pieces come."""

from __future__ import annotations

import re

_OPENING = re.compile(r"\s*```[A-Za-z]{0,10}[ \t]*\n")
_MAYBE_OPENING = re.compile(r"\s*(?:`{0,2}|```[A-Za-z]{0,10}[ \t]*)")


class Unfenced:
    """Takes an opening and a closing fence off one document; anything else stays as it is."""

    def __init__(self) -> None:
        self._held = ""
        self._has_begun = False
        self._is_fenced = False

    def take(self, piece: str) -> str:
        """Return what of the document is certain by now; white space and fences are held back."""
        self._held += piece
        if not self._has_begun:
            if opening := _OPENING.match(self._held):
                self._held, self._is_fenced, self._has_begun = self._held[opening.end() :], True, True
            elif _MAYBE_OPENING.fullmatch(self._held):
                return ""
            self._has_begun = True
        if not self._is_fenced:
            certain, self._held = self._held, ""
            return certain
        certain = self._held.rstrip().rstrip("`").rstrip()
        self._held = self._held[len(certain) :]
        return certain

    def rest(self) -> str:
        """Return what was held back, at the end of the document."""
        return "" if self._is_fenced and self._held.strip() == "```" else self._held
