"""Reads RxNorm in Rich Release Format. Source: RxNorm Technical Documentation, sections on RXNCONSO, RXNREL and term types."""

from __future__ import annotations

from collections.abc import Iterator

from chartcite.engine.language.extended_lexicon import ReleaseConcept, ReleaseLink, ReleaseName, ReleaseRow, Role
from chartcite.engine.language.terminology import ConceptKind
from chartcite.ingestion.terminologies.atc import broader_atc, class_concept
from chartcite.ingestion.terminologies.tables import ReleaseFile, ReleaseFiles, pipes

LICENCE = (
    "RxNorm is made by the U.S. National Library of Medicine; names of other sources in its files are under their owners' terms:"
    " https://www.nlm.nih.gov/research/umls/rxnorm/docs/termsofservice.html"
)

_CONSO_WIDTH, _REL_WIDTH = 18, 16
_ROLES = {
    "IN": Role.CONCEPT,
    "BN": Role.NAME, "PIN": Role.NAME,
    **dict.fromkeys(
        ("MIN", "SCD", "SBD", "SCDC", "SBDC", "SCDF", "SBDF", "SCDFP", "SBDFP", "SCDG", "SBDG", "SCDGP", "GPCK", "BPCK"),
        Role.FORM,
    ),
}  # fmt: skip
"""Term types of RxNorm that drugs have; a dose form (DF, DFG) is no drug."""
_SYNONYMS = frozenset({"SY", "TMSY", "PSN", "ET"})
_UPWARD = frozenset(
    {
        "has_ingredient", "has_ingredients", "has_precise_ingredient", "consists_of", "tradename_of", "form_of", "isa",
        "quantified_form_of", "contains", "has_part",
    }
)  # fmt: skip
"""What leads from a brand, a product or a part of one to what it is made of."""
_SUPPRESSED = frozenset({"Y", "E"})
"""Taken back by the editors. Obsolete ones (O) stay: charts keep their codes."""


def files_of(files: ReleaseFiles) -> list[ReleaseFile]:
    """Return the tables of names and of relations.

    Raises:
        SourceRejectedError: one of them is not there.
    """
    names = files.need(r"rxnconso\.rrf", "RXNCONSO.RRF", "RxNorm")
    return [*names, *files.need(r"rxnrel\.rrf", "RXNREL.RRF", "RxNorm")]


def rows_of(files: ReleaseFiles) -> Iterator[ReleaseRow]:
    """Yield the drugs of RxNorm with what they are made of, and ATC classes where the release brings their codes.

    Raises:
        SourceRejectedError: a row is not whole.
    """
    names, relations = files_of(files)
    yield from _names(names)
    # A row reads: the second concept bears the relation to the first.
    for row in pipes(relations, _REL_WIDTH):
        above, below, relation, source = row[0], row[4], row[7], row[10]
        if source == "RXNORM" and relation in _UPWARD and above and below and row[14] not in _SUPPRESSED:
            yield ReleaseLink(below, above)


def _names(file: ReleaseFile) -> Iterator[ReleaseRow]:
    for row in pipes(file, _CONSO_WIDTH):
        concept, source, kind, code, name = row[0], row[11], row[12], row[13], row[14]
        if not concept or not name or row[16] in _SUPPRESSED:
            continue
        if source == "RXNORM" and kind in _ROLES:
            yield ReleaseConcept(concept, "rxnorm", concept, name, ConceptKind.DRUG, _ROLES[kind])
        elif source == "RXNORM" and kind in _SYNONYMS:
            yield ReleaseName(concept, name)
        elif source == "ATC" and code:
            yield class_concept(code, name)
            yield ReleaseLink(concept, f"atc:{code}")
            yield from broader_atc(code)
