"""Reads rules of medication safety: tab- or comma-separated tables, one rule a row, the same columns in each file."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Collection, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TypeVar

from chartcite.engine.domain.medication_rules import (
    REVIEW_STATE,
    BurdenMember,
    DrugGroup,
    LabTest,
    Limit,
    MedicationRule,
    RuleKind,
    RuleSet,
    RuleSeverity,
    RuleSource,
    spoken,
)
from chartcite.engine.domain.medicine_effects import Direction, MedicineEffect
from chartcite.engine.errors import SourceRejectedError

COLUMNS = (
    "id", "kind", "drugs", "with", "test", "age", "unless", "route", "severity", "mechanism", "effect", "consider", "sources",
)  # fmt: skip
REQUIRED = ("id", "kind", "severity", "effect", "sources")
MEMBERS, SOURCES, EFFECTS = "burden-members.tsv", "sources.tsv", "effects.tsv"
BUNDLED = "chartcite"
"""Name of the bundled set."""
LABEL_SECTIONS = {
    "boxed": "boxed warning", "contraindications": "contraindications", "warnings": "warnings and precautions",
    "interactions": "drug interactions", "dosing": "dosage and administration", "populations": "use in specific populations",
    "reactions": "adverse reactions",
}  # fmt: skip
MOST_BYTES = 20_000_000
"""Of a table that a user loads."""

_LABEL = re.compile(r"label:([a-z0-9-]+)/([a-z]+)")
_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_LIMIT = re.compile(r"(<=|>=|<|>) ?(-?\d+(?:\.\d+)?)")
_TEST = re.compile(
    r"(?P<id>[a-z0-9-]+) (?:(?P<flag>low|high)|(?P<limits>(?:(?:<=|>=|<|>) ?\d+(?:\.\d+)? ?){1,2}))"
    r"(?P<unit>.*?) ?within (?P<days>\d+) d"
)


T = TypeVar("T", RuleKind, RuleSeverity)


class Refusal(NamedTuple):
    """A row that cannot be used."""

    line: int
    """Of the file, from 1."""
    reason: str


class RuleTable(NamedTuple):
    """What a table of a user holds."""

    rules: tuple[MedicationRule, ...]
    refusals: tuple[Refusal, ...]


def load_rule_set(folder: Path) -> RuleSet:
    """Read the bundled rules.

    Raises:
        SourceRejectedError: a row that cannot be read.
    """
    manifest = tomllib.loads((folder / "MANIFEST.toml").read_text(encoding="utf-8"))
    sources = {row["id"]: _source(row) for row in _rows(folder / SOURCES)}
    rules: list[MedicationRule] = []
    for path in sorted(folder.glob("*.tsv")):
        if path.name in {MEMBERS, SOURCES, EFFECTS}:
            continue
        for number, row in enumerate(_rows(path), start=2):
            try:
                rules.append(rule_of(row, sources))
            except ValueError as error:
                raise SourceRejectedError(f"{path.name}, line {number}: {error}") from None
    members = tuple(BurdenMember(row["burden"], row["drug"], int(row["level"])) for row in _rows(folder / MEMBERS))
    effects = tuple(_effects(folder / EFFECTS, sources)) if (folder / EFFECTS).is_file() else ()
    version = str(manifest.get("version") or manifest["date"])
    return RuleSet(BUNDLED, version, manifest["licence"], tuple(rules), members, effects)


def _effects(path: Path, sources: dict[str, RuleSource]) -> Iterator[MedicineEffect]:
    for number, row in enumerate(_rows(path), start=2):
        try:
            cited = tuple(_cited(each, sources) for each in _split(row["sources"]))
            direction = Direction(row["direction"])
        except ValueError as error:
            raise SourceRejectedError(f"{path.name}, line {number}: {error}") from None
        things = tuple(_split(row["things"]))
        yield MedicineEffect(row["id"], frozenset(_split(row["drugs"])), direction, things, row["mechanism"], cited)


def read_rule_table(text: str, *, known: Collection[str]) -> RuleTable:
    """Read a table that a user brings: tab- or comma-separated, with a line of column names.

    Args:
        text: the whole table.
        known: ids of the lexicon.

    Raises:
        SourceRejectedError: a required column is missing, or there is no row.
    """
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = "\t" if "\t" in first else ","
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in (*REQUIRED, "drugs") if name not in names]
    if missing:
        raise SourceRejectedError(f"the first line lacks {', '.join(missing)}: the columns are {', '.join(COLUMNS)}")
    reader.fieldnames = names
    rules: list[MedicationRule] = []
    refusals: list[Refusal] = []
    seen: set[str] = set()
    for row in reader:
        try:
            rule = rule_of({name: (row.get(name) or "") for name in COLUMNS}, {})
            _check(rule, seen, known)
        except ValueError as error:
            refusals.append(Refusal(reader.line_num, str(error)))
            continue
        seen.add(rule.id)
        rules.append(rule)
    if not rules and not refusals:
        raise SourceRejectedError("the table holds no rule")
    return RuleTable(tuple(rules), tuple(refusals))


def _check(rule: MedicationRule, seen: Collection[str], known: Collection[str]) -> None:
    if rule.id in seen:
        raise ValueError(f"the id {rule.id} stands twice")
    named = {id_ for group in rule.drugs for id_ in group.ids | group.without} | rule.subjects | rule.unless
    named |= {rule.test.measurement} if rule.test else set()
    unknown = sorted(named - set(known))
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no such id in the terminology; ids stand in corpora/terminology")


def rule_of(row: dict[str, str], sources: dict[str, RuleSource]) -> MedicationRule:
    """Read one row.

    Raises:
        ValueError: what is wrong with it.
    """
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    for name in REQUIRED:
        if not cells[name]:
            raise ValueError(f"{name} is empty")
    if not _ID.fullmatch(cells["id"]):
        raise ValueError("an id is small letters, digits and hyphens")
    kind = _member(RuleKind, cells["kind"], "kind")
    subjects, ever = cells["with"].removeprefix("ever:"), cells["with"].startswith("ever:")
    is_burden = kind is RuleKind.BURDEN
    rule = MedicationRule(
        id=cells["id"],
        kind=kind,
        drugs=_groups(cells["drugs"]),
        subjects=frozenset() if is_burden or subjects == "same" else frozenset(_split(subjects)),
        ever=ever,
        same=subjects == "same",
        burden=subjects if is_burden else "",
        test=_test(cells["test"]) if cells["test"] and not is_burden else None,
        least=int(_limit(cells["test"], "test").number) if is_burden else 0,
        age=_limit(cells["age"], "age") if cells["age"] else None,
        unless=frozenset(_split(cells["unless"])),
        any_route=_route(cells["route"]),
        severity=_member(RuleSeverity, cells["severity"], "severity"),
        mechanism=cells["mechanism"] or "not stated",
        effect=cells["effect"],
        consider=cells["consider"] or "not stated",
        sources=tuple(_cited(each, sources) for each in _split(cells["sources"])),
        review=REVIEW_STATE,
    )
    _complete(rule)
    return rule


def _complete(rule: MedicationRule) -> None:
    """Refuse a rule that lacks what its kind needs."""
    needs = {
        RuleKind.INTERACTION: (len(rule.drugs) > 1, "drugs: two groups with + between them"),
        RuleKind.DISEASE: (bool(rule.drugs and rule.subjects), "drugs, and conditions in `with`"),
        RuleKind.LABORATORY: (bool(rule.drugs and rule.test), "drugs and a test"),
        RuleKind.KIDNEY: (bool(rule.drugs and rule.test and rule.test.limits), "drugs and a test with limits"),
        RuleKind.PREGNANCY: (bool(rule.drugs), "drugs"),
        RuleKind.ALLERGY: (rule.same or bool(rule.drugs and rule.subjects), "drugs, and allergens in `with`"),
        RuleKind.DUPLICATE: (len(rule.drugs) == 1, "drugs: one group"),
        RuleKind.AGE: (bool(rule.drugs and rule.age), "drugs and an age"),
        RuleKind.BURDEN: (bool(rule.burden and rule.least > 0), "a burden in `with` and a test such as >= 3"),
    }
    complete, wanted = needs[rule.kind]
    if not complete:
        raise ValueError(f"a rule of kind {rule.kind} needs {wanted}")


def _groups(cell: str) -> tuple[DrugGroup, ...]:
    groups = []
    for part in cell.split("+"):
        ids = _split(part)
        if not ids or ids == ["*"]:
            continue
        without = frozenset(id_[1:] for id_ in ids if id_.startswith("!"))
        groups.append(DrugGroup(frozenset(id_ for id_ in ids if not id_.startswith("!")), without))
    return tuple(groups)


def _test(cell: str) -> LabTest:
    match = _TEST.fullmatch(cell)
    if match is None:
        raise ValueError(f"the test “{cell}” is not like `potassium > 5.5 mmol/L within 90 d` or `magnesium low within 30 d`")
    limits = tuple(Limit(sign, Decimal(number)) for sign, number in _LIMIT.findall(match["limits"] or ""))
    return LabTest(match["id"], limits, match["flag"] or "", match["unit"].strip() or "1", int(match["days"]))


def _limit(cell: str, name: str) -> Limit:
    match = _LIMIT.fullmatch(cell)
    if match is None:
        raise ValueError(f"{name} “{cell}” is not like `>= 65`")
    return Limit(match[1], Decimal(match[2]))


def _route(cell: str) -> bool:
    if cell not in {"", "any"}:
        raise ValueError(f"route “{cell}” is neither empty nor `any`")
    return cell == "any"


def _member(kind: type[T], cell: str, name: str) -> T:
    try:
        return kind(cell.lower())
    except ValueError:
        raise ValueError(f"{name} “{cell}” is none of {', '.join(kind)}") from None


def _cited(cell: str, sources: dict[str, RuleSource]) -> RuleSource:
    """Read a source: a key of the sources' table, a section of a drug's label, or `Organisation | Title | Year`."""
    label = _LABEL.fullmatch(cell)
    if label is not None:
        if label[2] not in LABEL_SECTIONS:
            raise ValueError(f"source {cell}: the sections are {', '.join(LABEL_SECTIONS)}")
        title = f"prescribing information of {spoken(label[1])}, {LABEL_SECTIONS[label[2]]}"
        return RuleSource(organisation="US Food and Drug Administration", title=title, where="dailymed.nlm.nih.gov")
    if cell in sources:
        return sources[cell]
    parts = [part.strip() for part in cell.split("|")]
    if len(parts) not in {2, 3} or not all(parts[:2]):
        raise ValueError(f"source “{cell}” is not `Organisation | Title | Year`")
    if len(parts) == 3 and not re.fullmatch(r"(?:19|20)\d\d", parts[2]):
        raise ValueError(f"source “{cell}”: the year is not a year")
    return RuleSource(organisation=parts[0], title=parts[1], year=int(parts[2]) if len(parts) == 3 else None)


def _source(row: dict[str, str]) -> RuleSource:
    year = int(row["year"]) if row["year"] else None
    return RuleSource(organisation=row["organisation"], title=row["title"], year=year, where=row["where"])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
