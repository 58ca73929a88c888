"""Checks the machine-readable conditions of the guideline corpus: form, lexicon ids, units, and agreement with the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from chartcite.engine.guidelines.guideline_rules import Age, Known, Measured, Rule, RuleError, block_of, parse_rule

_SECTION = re.compile(r"(?m)^(?=## )")
_NUMBER = re.compile(r"## (R\d+[a-z]?)\.")
_CONDITIONS = re.compile(r"^- (?:Conditions|Population): (.+)$", re.MULTILINE)
_KINDS = {
    "condition": ("condition-classes", "conditions"),
    "family": ("condition-classes", "conditions"),
    "medication": ("drug-classes", "drugs"),
    "allergy": ("drug-classes", "drugs", "conditions", "condition-classes"),
    "immunization": ("vaccine-classes", "vaccines"),
    "procedure": ("procedure-classes", "procedures", "measurements", "measurement-classes"),
    "measurement": ("measurement-classes", "measurements"),
}
"""Tables in which the ids of a predicate stand."""


def lint_guideline_rules(guidelines: Path, terminology: Path) -> Iterator[str]:
    """Yield what is wrong with the blocks of conditions of a folder of guideline files."""
    tables = {path.stem: _ids(path) for path in terminology.glob("*.tsv")}
    for path in sorted(guidelines.glob("*.md")):
        for section in _SECTION.split(path.read_text(encoding="utf-8"))[1:]:
            number = _NUMBER.match(section)
            if number is not None:
                yield from (f"{path.name}: {number[1]}: {finding}" for finding in lint_section(section, tables))


def lint_section(section: str, tables: dict[str, set[str]]) -> Iterator[str]:
    """Yield what is wrong with the conditions of one recommendation."""
    block = block_of(section)
    if block is None:
        yield "has no block of conditions: write `judge:` where no predicate can say them"
        return
    try:
        rule = parse_rule(block)
    except RuleError as error:
        yield str(error)
        return
    if not rule.conditions:
        yield "names no condition"
    yield from _unknown_ids(rule, tables)
    yield from _limits_not_in_prose(rule, section)


def _unknown_ids(rule: Rule, tables: dict[str, set[str]]) -> Iterator[str]:
    kind: str
    for predicate in rule.predicates():
        if isinstance(predicate, Known):
            kind, ids = predicate.kind, predicate.ids
        elif isinstance(predicate, Measured):
            kind, ids = "measurement", (predicate.id,)
        else:
            continue
        known = set[str]().union(*(tables.get(name, set()) for name in _KINDS[kind]))
        yield from (
            f"{kind} {id_}: not in the lexicon's tables of that kind" for id_ in ids if id_.removeprefix("=") not in known
        )


def _limits_not_in_prose(rule: Rule, section: str) -> Iterator[str]:
    """Yield ages in years that the prose does not name (or the year beside them: "over 65" is 66 or more)."""
    prose = " ".join(_CONDITIONS.findall(section)) + section.partition("\n")[2].partition("\n- ")[0]
    said = {int(number) for number in re.findall(r"\b\d{1,3}\b", prose)}
    for condition in rule.conditions:
        for predicate in condition.any_of if condition.role == "needs" else ():
            if isinstance(predicate, Age) and not predicate.months:
                for limit in (predicate.least, predicate.most):
                    if limit is not None and said and not {limit - 1, limit, limit + 1} & said:
                        yield f"age {limit} does not stand in its words"


def _ids(path: Path) -> set[str]:
    return {line.split("\t", 1)[0] for line in path.read_text(encoding="utf-8").splitlines()[1:] if line}
