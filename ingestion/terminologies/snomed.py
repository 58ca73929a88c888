"""Reads a snapshot of SNOMED CT in Release Format 2: concepts, descriptions and the is-a relation, active ones only.

Source: SNOMED CT Release File Specification, component release files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.language.extended_lexicon import ReleaseConcept, ReleaseLink, ReleaseName, ReleaseRow, Role
from chartcite.engine.language.terminology import ConceptKind
from chartcite.ingestion.terminologies.tables import ReleaseFile, ReleaseFiles, table

LICENCE = "SNOMED CT is owned by SNOMED International; its use needs a licence: https://www.snomed.org/get-snomed"

MOST_CONCEPTS = 5_000_000
_IS_A = "116680003"
_FULLY_SPECIFIED, _SYNONYM = "900000000000003001", "900000000000013009"
_CONCEPT, _RELATION = r"x?sct2_concept_snapshot_.*\.txt", r"x?sct2_relationship_snapshot_.*\.txt"
_DESCRIPTION = r"x?sct2_description_snapshot-en.*\.txt"
_TAG = re.compile(r"\s*\(([^()]+)\)\s*$")
_KINDS = {
    **dict.fromkeys(("disorder", "finding", "situation", "event"), ConceptKind.CONDITION),
    **dict.fromkeys(("procedure", "regime/therapy"), ConceptKind.PROCEDURE),
    **dict.fromkeys(
        ("product", "medicinal product", "medicinal product form", "clinical drug", "real clinical drug", "substance"),
        ConceptKind.DRUG,
    ),
    "observable entity": ConceptKind.MEASUREMENT,
}
"""Semantic tags of what charts are asked for."""
_FORMS = frozenset({"medicinal product form", "clinical drug", "real clinical drug"})


def files_of(files: ReleaseFiles) -> list[ReleaseFile]:
    """Return the snapshot files of concepts, of English descriptions and of relationships.

    Raises:
        SourceRejectedError: one of them is not there.
    """
    concepts = files.need(_CONCEPT, "sct2_Concept_Snapshot_*.txt", "SNOMED CT")
    descriptions = files.need(_DESCRIPTION, "sct2_Description_Snapshot-en_*.txt", "SNOMED CT")
    return [*concepts, *descriptions, *files.need(_RELATION, "sct2_Relationship_Snapshot_*.txt", "SNOMED CT")]


def rows_of(files: ReleaseFiles) -> Iterator[ReleaseRow]:
    """Yield the active concepts with their names and what they are a kind of.

    Raises:
        SourceRejectedError: a column is missing, a file is damaged, or there are too many concepts.
    """
    active: set[int] = set()
    for file in files.matching(_CONCEPT):
        for identity, is_active in table(file, ("id", "active"), ends=True):
            if is_active == "1" and identity.isdecimal():
                active.add(int(identity))
        if len(active) > MOST_CONCEPTS:
            raise SourceRejectedError(f"{file.label}: it holds more than {MOST_CONCEPTS:,} concepts: give one release at a time")
    for file in files.matching(_DESCRIPTION):
        columns = ("active", "conceptId", "typeId", "term")
        for is_active, concept, kind, term in table(file, columns, ends=True):
            if is_active == "1" and term and concept.isdecimal() and int(concept) in active:
                yield from _named(concept, kind, term)
    for file in files.matching(_RELATION):
        columns = ("active", "sourceId", "destinationId", "typeId")
        for is_active, child, parent, relation in table(file, columns, ends=True):
            if is_active == "1" and relation == _IS_A:
                yield ReleaseLink(child, parent)


def version_of(files: ReleaseFiles) -> str:
    """Return what the name of the file of concepts says: edition and day."""
    found = re.search(r"_snapshot_(.+)\.txt", files.matching(_CONCEPT)[0].name, re.IGNORECASE)
    return found[1].replace("_", "-") if found else ""


def _named(concept: str, kind: str, term: str) -> Iterator[ReleaseRow]:
    if kind == _SYNONYM:
        yield ReleaseName(concept, term)
    elif kind == _FULLY_SPECIFIED:
        tag = found[1] if (found := _TAG.search(term)) else ""
        role = Role.FORM if tag in _FORMS else Role.CONCEPT
        yield ReleaseConcept(concept, "snomed", concept, _TAG.sub("", term), _KINDS.get(tag), role)
