"""Checks the disputed matters of the guideline corpus: more than one organisation on each, all current, with other positions.

A matter has the same words in each recommendation on it, so that the link goes both ways by itself; what is left to check is that
nobody stands alone, that the positions differ, and that a position says no number which its recommendation does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from chartcite.engine.guidelines.guideline_disagreements import of_one_issuer
from chartcite.engine.guidelines.guideline_rules import RuleError, block_of, parse_rule
from chartcite.engine.guidelines.guidelines import front_matter

_SECTION = re.compile(r"(?m)^(?=## )")
_NUMBER = re.compile(r"## (R\d+[a-z]?)\.")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


class Stated(NamedTuple):
    """A position with where it stands."""

    id: str
    organization: str
    matter: str
    said: str


def lint_disagreements(guidelines: Path) -> Iterator[str]:
    """Yield what is wrong with the disputed matters of a folder of guideline files."""
    matters: dict[str, list[Stated]] = {}
    for path in sorted(guidelines.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        head = front_matter(text.partition("\n# ")[0])
        for section in _SECTION.split(text)[1:]:
            number = _NUMBER.match(section)
            name = f"{path.name}: {number[1] if number else '?'}"
            for stated in _positions(section, f"{path.stem}#{number[1] if number else '?'}", head.get("organization", "")):
                matters.setdefault(stated.matter, []).append(stated)
                if head.get("status") != "current":
                    yield f"{name}: superseded, and takes a position on {stated.matter}"
                words = section.partition("```applies")[0]
                missing = sorted(set(_DIGITS.findall(stated.said)) - set(_DIGITS.findall(words)))
                if missing:
                    yield f"{name}: its position says {', '.join(missing)}, which its words do not"
    for matter, stated_all in sorted(matters.items()):
        yield from _lint_matter(matter, stated_all)


def _positions(section: str, id_: str, organization: str) -> Iterator[Stated]:
    block = block_of(section)
    try:
        rule = parse_rule(block) if block is not None else None
    except RuleError:
        return  # another check tells of it
    for position in rule.positions if rule is not None else ():
        yield Stated(id_, organization, position.matter, position.said)


def _lint_matter(matter: str, stated: list[Stated]) -> Iterator[str]:
    first = stated[0]
    others = [one for one in stated[1:] if not of_one_issuer(one.organization, first.organization)]
    if not others:
        yield f"{first.id}: no other organisation takes a position on {matter}"
    elif all(one.said == first.said for one in stated):
        yield f"{first.id}: all positions on {matter} are the same"
    twice = {one.id for one in stated if [other.id for other in stated].count(one.id) > 1}
    yield from (f"{one}: takes two positions on {matter}" for one in sorted(twice))
