"""Terse questions that name a thing and list what is wanted of it: "colonoscopy: when, result, repeat"."""

from __future__ import annotations

import re

WANTED = frozenset(
    """when date dates day year time start started stop stopped end from to till until first last latest
    result results outcome outcomes finding findings report path pathology histology
    operator surgeon who doctor consultant by clinician provider prescriber where place hospital clinic ward
    side site route technique approach type kind size dose doses strength frequency course duration length
    reason why indication cause repeat next due follow-up followup f/u plan complication complications status
    drug medicine med agent reaction severity in out number count range trend""".split()
)
"""Words by which one asks for a part of what the record says of a thing."""
_HEAD = re.compile(r"^\s*(?P<head>[^:?]{3,60}?)\s*(?::|\s[-–—]\s)\s*(?P<tail>[^?:]{3,80})\??\s*$")
_TAIL = re.compile(r"^\s*(?P<head>[^,:?/&+]{3,60}?)\s+(?P<tail>\w+(?:\s*(?:[,/&+]|\band\b)\s*\w+)+)\??\s*$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[,/&+]|\band\b)\s*", re.IGNORECASE)


def listed_aspects(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the thing and what is wanted of it, where a question is nothing but that; `None`: it is something else.

    At least two things must be wanted; after a colon some of them may be words of the thing's own field ("local used").
    """
    for pattern in (_HEAD, _TAIL):
        match = pattern.match(text)
        if match is None:
            continue
        aspects = tuple(part.strip().lower() for part in _SEPARATOR.split(match["tail"]) if part.strip())
        known = [aspect for aspect in aspects if aspect in WANTED]
        if len(aspects) > 1 and known and (pattern is _HEAD or len(known) == len(aspects)):
            return match["head"].strip(), aspects
    return None


def further(aspects: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is wanted beyond the usual parts of a record, which notes alone may tell."""
    return tuple(aspect for aspect in aspects if aspect not in WANTED)
