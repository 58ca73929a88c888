"""Reads corpora/terminology: tab-separated tables of concepts, one a row, the same columns in each file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.language.terminology import ConceptKind, Lexicon, LexiconConcept

COLUMNS = ("id", "name", "codes", "synonyms", "lay", "brands", "parents", "units")
FILES = {
    "measurements.tsv": ConceptKind.MEASUREMENT,
    "conditions.tsv": ConceptKind.CONDITION,
    "drugs.tsv": ConceptKind.DRUG,
    "procedures.tsv": ConceptKind.PROCEDURE,
    "vaccines.tsv": ConceptKind.VACCINE,
}


class Tables(NamedTuple):
    """What a terminology folder holds."""

    concepts: list[LexiconConcept]
    treatments: list[tuple[str, str]]
    """Condition (or measurement) and drug class."""


def load_lexicon(folder: Path) -> Lexicon:
    """Read every table of a terminology folder (a missing table is empty).

    Raises:
        SourceRejectedError: a table without the columns, or a parent that stands nowhere.
    """
    return Lexicon(*load_tables(folder))


def load_tables(folder: Path) -> Tables:
    """Read every table of a terminology folder, as `load_lexicon` does, and put no lexicon together.

    Raises:
        SourceRejectedError: a table without the columns, or a parent that stands nowhere.
    """
    concepts: list[LexiconConcept] = []
    for name, kind in FILES.items():
        concepts += _read(folder / name, kind, is_class=False)
        concepts += _read(folder / name.replace("s.tsv", "-classes.tsv"), kind, is_class=True)
    known = {concept.id for concept in concepts}
    for concept in concepts:
        for parent in concept.parents:
            if parent not in known:
                raise SourceRejectedError(f"terminology: {concept.id} names the parent {parent}, which stands in no table")
    return Tables(concepts, _treatments(folder / "treatments.tsv", known))


def _treatments(path: Path, known: set[str]) -> list[tuple[str, str]]:
    """Read which drug classes treat a condition (or what a measurement watches)."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as table:
        pairs = [(row["concept"], row["drug_class"]) for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)]
    for id_ in (id_ for pair in pairs for id_ in pair if id_ not in known):
        raise SourceRejectedError(f"terminology: treatments.tsv names {id_}, which stands in no table")
    return pairs


def _read(path: Path, kind: ConceptKind, *, is_class: bool) -> list[LexiconConcept]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as table:
        reader = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise SourceRejectedError(f"{path.name}: the columns must be {', '.join(COLUMNS)}")
        return [_concept(row, kind, is_class=is_class) for row in reader]


def _concept(row: dict[str, str], kind: ConceptKind, *, is_class: bool) -> LexiconConcept:
    parts = {name: tuple(part.strip() for part in (row[name] or "").split(";") if part.strip()) for name in COLUMNS[2:]}
    return LexiconConcept(
        id=row["id"],
        kind=kind,
        name=row["name"],
        codes=parts["codes"],
        surfaces=tuple(dict.fromkeys((*parts["synonyms"], *parts["lay"], *parts["brands"]))),
        lay=parts["lay"],
        parents=parts["parents"],
        units=parts["units"],
        is_class=is_class,
    )
