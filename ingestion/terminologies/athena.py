"""Reads the standardized vocabularies of OHDSI as Athena gives them out: concepts, synonyms, relationships, ancestors.

Source: OMOP Common Data Model 5.4, vocabulary tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcite.engine.language.extended_lexicon import ReleaseConcept, ReleaseLink, ReleaseName, ReleaseRow, Role
from chartcite.engine.language.terminology import ConceptKind
from chartcite.ingestion.terminologies.tables import ReleaseFile, ReleaseFiles, table

LICENCE = "Each vocabulary that Athena gives out is under its owner's terms: https://athena.ohdsi.org"

_SYSTEMS = {
    "SNOMED": "snomed", "LOINC": "loinc", "RxNorm": "rxnorm", "ICD10CM": "icd10cm", "ICD10": "icd10cm", "ICD9CM": "icd9cm",
    "ICD9Proc": "icd9cm", "CVX": "cvx", "ATC": "atc", "NDC": "ndc", "CPT4": "cpt",
}  # fmt: skip
"""`vocabulary_id` to the lexicon's name of the system; others keep theirs, as the OMOP reader does."""
_KINDS = {
    "Condition": ConceptKind.CONDITION,
    "Observation": ConceptKind.CONDITION,
    "Drug": ConceptKind.DRUG,
    "Measurement": ConceptKind.MEASUREMENT,
    "Procedure": ConceptKind.PROCEDURE,
}
"""`domain_id` of what charts are asked for."""
_NAMES = frozenset({"Brand Name", "Precise Ingredient"})
_UPWARD = frozenset(
    {
        "Maps to", "Is a", "RxNorm is a", "RxNorm has ing", "Has precise ing", "Has brand name", "Tradename of", "Consists of",
        "Form of", "Quantified form of", "Contains", "Marketed form of",
    }
)  # fmt: skip
_ENGLISH = "4180186"
"""`language_concept_id`."""
_TABLES = ("CONCEPT", "CONCEPT_SYNONYM", "CONCEPT_RELATIONSHIP", "CONCEPT_ANCESTOR")


def files_of(files: ReleaseFiles) -> list[ReleaseFile]:
    """Return the four tables that are read.

    Raises:
        SourceRejectedError: one of them is not there.
    """
    return [files.need(rf"{name}\.csv", f"{name}.csv", "Athena")[0] for name in _TABLES]


def rows_of(files: ReleaseFiles) -> Iterator[ReleaseRow]:
    """Yield concepts (also those that became invalid: charts keep their codes), English synonyms and what lies above.

    Raises:
        SourceRejectedError: a column is missing, or a table is damaged.
    """
    concepts, synonyms, relationships, ancestors = files_of(files)
    columns = ("concept_id", "concept_name", "domain_id", "vocabulary_id", "concept_class_id", "concept_code")
    for id_, name, domain, vocabulary, class_, code in table(concepts, columns, ends=True):
        if domain in _KINDS and id_ and code and name:
            yield _concept(id_, name, domain, vocabulary, class_, code)
    for id_, name, language in table(
        synonyms, ("concept_id", "concept_synonym_name"), optional=("language_concept_id",), ends=True
    ):
        if name and language in {_ENGLISH, "0", ""}:
            yield ReleaseName(id_, name)
    pairs = ("concept_id_1", "concept_id_2", "relationship_id")
    for one, other, relation, invalid in table(relationships, pairs, optional=("invalid_reason",), ends=True):
        if relation in _UPWARD and one != other and not invalid:
            yield ReleaseLink(one, other)
    levelled = ("ancestor_concept_id", "descendant_concept_id", "min_levels_of_separation")
    for above, below, levels in table(ancestors, levelled, ends=True):
        if levels == "1":  # the others follow from these
            yield ReleaseLink(below, above)


def version_of(files: ReleaseFiles) -> str:
    """Return the version of the vocabularies as a whole, which their own table holds under `None`."""
    for file in files.matching(r"VOCABULARY\.csv"):
        for vocabulary, version in table(file, ("vocabulary_id", "vocabulary_version")):
            if vocabulary == "None":
                return version
    return ""


def _concept(id_: str, name: str, domain: str, vocabulary: str, class_: str, code: str) -> ReleaseConcept:
    kind = ConceptKind.VACCINE if vocabulary == "CVX" else _KINDS[domain]
    if domain == "Observation" and vocabulary == "LOINC":
        kind = ConceptKind.MEASUREMENT
    role = Role.CONCEPT
    if kind is ConceptKind.DRUG and class_ in _NAMES:
        role = Role.NAME
    elif kind is ConceptKind.DRUG and class_ != "Ingredient" and (vocabulary != "ATC" or class_ == "ATC 5th"):
        role = Role.FORM
    return ReleaseConcept(id_, _SYSTEMS.get(vocabulary, vocabulary), code, name, kind, role)
