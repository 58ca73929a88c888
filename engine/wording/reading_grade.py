"""How hard a text is to read, as a US school grade: Flesch-Kincaid (Kincaid, Fishburne, Rogers, Chissom 1975).

Syllables are counted by rule, which is right for most English words and one off for some. A number, a unit or a sign (`7.2`,
`mg/dL`, `%`) is one word of one syllable: the formula was made for prose.
"""

# ruff: noqa: E501 -- rules of syllables read better in long lines

from __future__ import annotations

import re
from functools import lru_cache

_QUOTED = re.compile(r"“[^”]*”")
_END = re.compile(r"(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)[.!?]+(?=\s|$)|\n+|:(?=\s*(?:\n|$))")
_WORD = re.compile(r"[^\s,;:!?()\[\]“”\"]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyáéíóúäöü]+")
_SPLIT = re.compile(
    r"i[ao](?!us)|(?<![ctxgs])ious|[aeu]o(?!u|ple)|ua(?!r)|uou|ie[rt]y?$|iu|(?:fl|r)ui|yi|eing|rea$|dea|scie|crea|iabetes"
)
"""Vowels in a row that are two syllables: `potassium`, `dialysis`, `video`."""
_ONE = re.compile(r"[ctxsg]i(?:on|al|an|a)|haviou|tiou")
"""Of these, those that are one: `-tion`, `-cial`."""


def own_words(text: str, /) -> str:
    """Return a text without what stands in curled quotation marks: the words of a record."""
    return _QUOTED.sub("", text)


def reading_grade(text: str, /) -> float:
    """Return the Flesch-Kincaid grade of a text, all of it; 0 where it has no words. It can be below 0 for very short sentences."""
    sentences = [words for part in _END.split(text) if (words := _words(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if any(map(str.isalnum, word))]


@lru_cache(maxsize=8192)
def syllables(word: str, /) -> int:
    """Return the syllables of a word, at least one; of what is not spelt in letters alone, or is in capitals, one."""
    plain = word.strip(".'’-").lower()
    if not _LETTERS.fullmatch(plain) or (word.isupper() and len(word) > 1):
        return 1
    return max(1, sum(_of_part(part) for part in re.split(r"[-'’]", plain) if len(part) > 1))


def _of_part(part: str) -> int:
    groups = len(_VOWELS.findall(part)) + len(_SPLIT.findall(part)) - len(_ONE.findall(part))
    if part.endswith("e") and not part.endswith(("le", "ee", "ie", "ue", "oe", "ye")):
        groups -= 1
    if part.endswith("le") and len(part) > 2 and part[-3] in "aeiouyrl":
        groups -= 1
    if part.endswith("ed") and len(part) > 3 and part[-3] not in "td" and not part.endswith(("eed", "ied")):
        groups -= 1
    if (
        part.endswith("es")
        and len(part) > 3
        and part[-3] not in "sxzcg"
        and not part.endswith(("shes", "ches", "ies", "ees", "les"))
    ):
        groups -= 1
    return groups
