"""Checks corpora/safety: columns, ids of the lexicon, what each kind of rule needs, sources, burdens. Called by `lint_corpora`.

Uses none of the product's own readers, which would share its mistakes.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

COLUMNS = (
    "id", "kind", "drugs", "with", "test", "age", "unless", "route", "severity", "mechanism", "effect", "consider", "sources",
)  # fmt: skip
SOURCE_COLUMNS = ("id", "organisation", "title", "year", "where")
MEMBER_COLUMNS = ("burden", "drug", "level", "sources")
EFFECT_COLUMNS = ("id", "drugs", "direction", "things", "mechanism", "sources")
DIRECTIONS = frozenset({"raises", "lowers", "causes"})
KINDS = {
    "interactions": "interaction", "diseases": "disease", "laboratory": "laboratory", "kidney": "kidney",
    "pregnancy": "pregnancy", "allergies": "allergy", "duplicates": "duplicate", "age": "age", "burdens": "burden",
}  # fmt: skip
"""Files and the kind of their rules."""
NEEDS = {
    "interaction": ("drugs",), "disease": ("drugs", "with"), "laboratory": ("drugs", "test"), "kidney": ("drugs", "test"),
    "pregnancy": ("drugs",), "allergy": ("drugs", "with"), "duplicate": ("drugs",), "age": ("drugs", "age"),
    "burden": ("with", "test"),
}  # fmt: skip
TEXTS = ("mechanism", "effect", "consider")
SEVERITIES = frozenset({"contraindicated", "major", "moderate"})
SECTIONS = frozenset({"boxed", "contraindications", "warnings", "interactions", "dosing", "populations", "reactions"})
UNDATED = frozenset({"ema-dabigatran"})
"""Sources that are revised without a year in their title."""
ORDERS = re.compile(
    r"\bmust\b|\bnever\b|\balways\b|(?:^|; )(?:do not|don't|stop|start|give|use|avoid|prescribe|switch)\b", re.IGNORECASE
)
"""Words of an instruction: a rule says what may be considered."""
TEST = re.compile(r"[a-z0-9-]+ (?:(?:low|high)|(?:(?:<=|>=|<|>) \d+(?:\.\d+)? ?){1,2}\S*) within \d+ d")
LIMIT = re.compile(r"(?:<=|>=|<|>) \d+")


def lint_safety(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the rules of a folder."""
    known = _lexicon(folder.parent / "terminology")
    sources = {row["id"]: row for row in _rows(folder / "sources.tsv")}
    yield from _lint_sources(folder / "sources.tsv", sources)
    burdens = yield from _lint_members(folder / "burden-members.tsv", known, set(sources))
    ids: Counter[str] = Counter()
    cited: set[str] = set()
    for stem, kind in KINDS.items():
        path = folder / f"{stem}.tsv"
        if not path.is_file():
            yield f"{path.name}: is missing"
            continue
        if _header(path) != COLUMNS:
            yield f"{path.name}: the columns are {_header(path)}"
            continue
        for row in _rows(path):
            ids[row["id"]] += 1
            cited.update(_split(row["sources"]))
            found = _lint_rule(row, kind, known, set(sources), burdens)
            yield from (f"{path.name}: {row['id']}: {finding}" for finding in found)
    yield from (f"{id_} stands {count} times" for id_, count in ids.items() if count > 1)
    yield from _lint_effects(folder / "effects.tsv", known, set(sources))
    for name in ("burden-members.tsv", "effects.tsv"):
        cited.update(source for row in _rows(folder / name) for source in _split(row["sources"]))
    yield from (f"sources.tsv: {id_}: nothing cites it" for id_ in sources if id_ not in cited)


def count_safety(path: Path) -> dict[str, int]:
    """Count the rows of a file."""
    rows = len(_rows(path))
    return {{"sources": "sources", "burden-members": "burden_members", "effects": "effects"}.get(path.stem, "rules"): rows}


def _lint_rule(row: dict[str, str], kind: str, known: dict[str, str], sources: set[str], burdens: set[str]) -> Iterator[str]:
    if None in row or None in row.values():
        yield f"does not have {len(COLUMNS)} columns"
        return
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", row["id"]):
        yield "an id is small letters, digits and hyphens"
    if row["kind"] != kind:
        yield f"its kind is {row['kind']}"
    if row["severity"] not in SEVERITIES:
        yield f"its severity is {row['severity']}"
    yield from (f"{name} is empty" for name in (*TEXTS, "sources", *NEEDS[kind]) if not row[name].strip())
    yield from (f"{name} ends in a full stop" for name in TEXTS if row[name].rstrip().endswith("."))
    yield from (f"consider gives an order: {match[0]}" for match in ORDERS.finditer(row["consider"]))
    yield from _lint_ids(row, kind, known)
    yield from _lint_limits(row, kind, known, burdens)
    yield from (f"{source}: no such source" for source in _split(row["sources"]) if not _is_source(source, known, sources))


def _lint_ids(row: dict[str, str], kind: str, known: dict[str, str]) -> Iterator[str]:
    groups = [_split(group) for group in row["drugs"].split("+")] if row["drugs"] else []
    if kind == "interaction" and len(groups) < 2:
        yield "needs two groups of drugs"
    drugs = [id_.removeprefix("!") for group in groups for id_ in group if id_ != "*"]
    yield from (f"drugs: {id_} is no drug of the lexicon" for id_ in drugs if known.get(id_) != "drugs")
    subjects = _split(row["with"].removeprefix("ever:"))
    wanted = {"disease": ("conditions",), "allergy": ("conditions", "drugs")}.get(kind)
    if wanted and subjects != ["same"]:
        yield from (f"with: {id_} is not of the lexicon's {wanted}" for id_ in subjects if known.get(id_) not in wanted)
    yield from (f"unless: {id_} is not in the lexicon" for id_ in _split(row["unless"]) if id_ not in known)
    yield from (f"route: {row['route']}" for _ in range(row["route"] not in {"", "any"}))


def _lint_limits(row: dict[str, str], kind: str, known: dict[str, str], burdens: set[str]) -> Iterator[str]:
    if row["age"] and not LIMIT.fullmatch(row["age"]):
        yield f"age {row['age']} is not like `>= 65`"
    if kind == "burden":
        if row["with"] not in burdens:
            yield f"no medicine adds to the burden {row['with']}"
        if not LIMIT.fullmatch(row["test"]):
            yield f"test {row['test']} is not like `>= 3`"
    elif row["test"] and not TEST.fullmatch(row["test"]):
        yield f"test {row['test']} is not like `potassium > 5.5 mmol/L within 90 d`"
    elif row["test"] and known.get(row["test"].split()[0]) != "measurements":
        yield f"test: {row['test'].split()[0]} is no measurement of the lexicon"


def _lint_sources(path: Path, sources: dict[str, dict[str, str]]) -> Iterator[str]:
    if _header(path) != SOURCE_COLUMNS:
        yield f"{path.name}: the columns are {_header(path)}"
        return
    for id_, row in sources.items():
        yield from (
            f"{path.name}: {id_}: {name} is empty" for name in ("organisation", "title", "where") if not row[name].strip()
        )
        if not re.fullmatch(r"(?:19|20)\d\d", row["year"]) and id_ not in UNDATED:
            yield f"{path.name}: {id_}: its year is {row['year']!r}"


def _lint_members(path: Path, known: dict[str, str], sources: set[str]) -> Generator[str, None, set[str]]:
    """Yield what is wrong; return the names of the burdens."""
    rows = _rows(path)
    if _header(path) != MEMBER_COLUMNS:
        yield f"{path.name}: the columns are {_header(path)}"
        return set()
    for row in rows:
        where = f"{path.name}: {row['burden']} {row['drug']}"
        if known.get(row["drug"]) != "drugs":
            yield f"{where}: no drug of the lexicon"
        if row["level"] not in {"1", "2", "3"}:
            yield f"{where}: its level is {row['level']}"
        yield from (f"{where}: {one}: no such source" for one in _split(row["sources"]) if not _is_source(one, known, sources))
    pairs = Counter((row["burden"], row["drug"]) for row in rows)
    yield from (f"{path.name}: {pair} stands twice" for pair, count in pairs.items() if count > 1)
    return {row["burden"] for row in rows}


def _lint_effects(path: Path, known: dict[str, str], sources: set[str]) -> Iterator[str]:
    """Yield what is wrong with the known effects of medicines."""
    if not path.is_file() or _header(path) != EFFECT_COLUMNS:
        yield f"{path.name}: is missing, or has other columns"
        return
    rows = _rows(path)
    yield from (f"{path.name}: {id_} stands twice" for id_, count in Counter(row["id"] for row in rows).items() if count > 1)
    for row in rows:
        where = f"{path.name}: {row['id']}"
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", row["id"]):
            yield f"{where}: an id is small letters, digits and hyphens"
        if row["direction"] not in DIRECTIONS:
            yield f"{where}: its direction is {row['direction']}"
        yield from (f"{where}: {name} is empty" for name in EFFECT_COLUMNS if not (row[name] or "").strip())
        yield from (f"{where}: {id_} is no drug" for id_ in _split(row["drugs"]) if known.get(id_) != "drugs")
        things = {"conditions", "measurements"}
        yield from (f"{where}: {id_} is no result or complaint" for id_ in _split(row["things"]) if known.get(id_) not in things)
        yield from (f"{where}: {one}: no such source" for one in _split(row["sources"]) if not _is_source(one, known, sources))


def _is_source(source: str, known: dict[str, str], sources: set[str]) -> bool:
    label = re.fullmatch(r"label:([a-z0-9-]+)/([a-z]+)", source)
    return source in sources or (label is not None and known.get(label[1]) == "drugs" and label[2] in SECTIONS)


def _lexicon(folder: Path) -> dict[str, str]:
    """Return every id of the terminology with the table that it stands in."""
    tables = [path for path in folder.glob("*.tsv") if path.name != "treatments.tsv"]
    return {
        row["id"]: {"measurement": "measurements", "condition": "conditions", "drug": "drugs"}.get(
            path.stem.removesuffix("-classes"), path.stem
        )
        for path in tables
        for row in _rows(path)
    }


def _header(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8").split("\n", 1)[0].split("\t"))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]
