"""What stands before a question and only tells who asks, or what for: "For my licence form: which eye was it?".

It is known by what it lacks: it names nothing of the chart and no time, and what follows it asks by itself.
"""

# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable

from chartcite.engine.domain.records import Category
from chartcite.engine.language.cues import Cue
from chartcite.engine.questions.plans import Plan

_MOST = 90
_ASKING = (
    r"(?:so |and |but |pls |please |just )*(?:what|when|how|why|which|who|whom|whose|where|is|are|was|were|does|did|do|has|have|had|any|can|could"
    r"|date|dates|name|names|list|count|first|last|latest)\b"
)
_BREAK = re.compile(
    rf"(?:\s*:\s+|\s+[-–—]+\s+|\.{{2,}}\s*)(?={_ASKING}|(?:i|we)\b|(?:\w+ ){{1,3}}(?:is |are )?(?:asking|wondering|wants?)\b)",
    re.IGNORECASE,
)
"""Where a preface ends: what follows asks, or somebody begins to speak."""
_WISH = re.compile(
    r"\b(?:(?:i|we)(?:'d| would)? (?:(?:just |really )?(?:like|need|want|love|have) to (?:know|ask|check|confirm|find out)|(?:need|want) to ask)"
    r"|(?:is|are|'s) (?:asking|wondering)|wants? to know|(?:can|could|would) you (?:please )?(?:tell|remind) me|(?:please )?(?:tell|remind) me)"
    rf":?,? (?={_ASKING})",
    re.IGNORECASE,
)
"""Says that somebody wants to know what follows."""
_ASKS = Cue(rf"(?:^|[.?!;:,]\s*){_ASKING}|\b(?:what|when|how|why|which|who|whom|where)\b")
_SPEAKS = re.compile(r"(?:i|we)\b", re.IGNORECASE)
_TAKES_UP = Cue(r"\b(?:it|its|this|that|they|them|those|these|one|then|there)\b")
"""Takes up what stands before."""
_USE = Cue(r"^(?:for|to (?:fill|complete)|filling|completing|doing|writing)\b|\b(?:form|forms|application)\W*$")
"""Tells what for."""
_MENTIONED = Cue(r"\bso (?:i|we) (?:need|want|have) to (?:ask|know|check)\W*$")
"""Says itself that what stands before is only why somebody asks."""


def without_preface(text: str, read: Callable[[str], Plan], /) -> str:
    """Return a question without what only tells who asks it, or what for.

    Args:
        text: the question.
        read: understands a text by itself.
    """
    for ends in (_BREAK, _WISH):
        for match in ends.finditer(text[: _MOST + 40]):
            head, rest = text[: match.start()], text[match.end() :]
            if 0 < match.start() <= _MOST and not _ASKS.search(head) and _is_preface(head, match[0], rest, read):
                return rest
    return text


def _is_preface(head: str, between: str, rest: str, read: Callable[[str], Plan]) -> bool:
    if len(rest.split()) < 3 or (_TAKES_UP.search(rest) and not (_MENTIONED.search(head) or _SPEAKS.match(rest))):
        return False
    asked = read(rest)
    if not (asked.targets or asked.subject or asked.keywords):
        return False
    if _MENTIONED.search(f"{head}{between}"):
        return True
    told = read(head)
    if told.window is not None:
        return False
    if _USE.search(head):
        return told.subject in {None, Category.DOCUMENT, Category.CONDITION}
    return not told.targets and told.subject is None
