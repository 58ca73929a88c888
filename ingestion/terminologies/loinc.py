"""Reads the LOINC table (`Loinc.csv`). Source: LOINC Users' Guide, appendix A: structure of the LOINC table."""

from __future__ import annotations

from collections.abc import Iterator

from chartcite.engine.language.extended_lexicon import ReleaseConcept, ReleaseName, ReleaseRow
from chartcite.engine.language.terminology import ConceptKind
from chartcite.ingestion.terminologies.tables import ReleaseFile, ReleaseFiles, table

LICENCE = "LOINC is owned by Regenstrief Institute: https://loinc.org/license"

_AXES = ("LOINC_NUM", "COMPONENT", "PROPERTY", "TIME_ASPCT", "SYSTEM", "SCALE_TYP", "METHOD_TYP", "CLASS", "LONG_COMMON_NAME")
_NAMES = ("SHORTNAME", "CONSUMER_NAME", "DisplayName", "EXAMPLE_UCUM_UNITS", "RELATEDNAMES2", "VersionLastChanged")
_NOT_ASKED = ("DOC.", "ATTACH")
"""Classes of codes that name a kind of document rather than a result."""
_MOST_TERMS = 2_000_000


def files_of(files: ReleaseFiles) -> list[ReleaseFile]:
    """Return the table.

    Raises:
        SourceRejectedError: it is not there.
    """
    return files.need(r"loinc\.csv", "Loinc.csv", "LOINC")


def rows_of(files: ReleaseFiles) -> Iterator[ReleaseRow]:
    """Yield each code, whatever its status (charts keep deprecated ones), with the names that only its component bears.

    Codes that differ in their method only share an identity: component, property, time, system and scale.

    Raises:
        SourceRejectedError: a column is missing, or the table is damaged.
    """
    [file] = files_of(files)
    owners = _owners(file)
    for code, component, *axes, class_, name, short, consumer, display, units, related, _ in _rows(file):
        if class_.startswith(_NOT_ASKED):
            continue
        identity = "|".join((component, *axes[:-1])) if component and all(axes[:-1]) else ""
        kind = ConceptKind.MEASUREMENT
        measured = tuple(unit.strip() for unit in units.split(";") if unit.strip())
        yield ReleaseConcept(code, "loinc", code, name or display or short or component, kind, identity=identity, units=measured)
        yield from (ReleaseName(code, one) for one in (short, display) if one)
        yield from (ReleaseName(code, term) for term in _terms(consumer, related) if owners.get(term.lower()) == component)


def version_of(files: ReleaseFiles) -> str:
    """Return the newest version in which a row was changed; empty where the table does not say."""
    [file] = files_of(files)
    numbers = (row[-1] for row in _rows(file))
    return max((one for one in numbers if one.replace(".", "").isdigit()), key=_number, default="")


def _rows(file: ReleaseFile) -> Iterator[tuple[str, ...]]:
    return table(file, _AXES, optional=_NAMES)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part)


def _terms(consumer: str, related: str) -> list[str]:
    return [term for term in (consumer, *(part.strip() for part in related.split(";"))) if term]


def _owners(file: ReleaseFile) -> dict[str, str]:
    """Return for each related name the one component that has it; empty: several have it, and it names a part ("Blood")."""
    owners: dict[str, str] = {}
    for row in _rows(file):
        component, consumer, related = row[1], row[10], row[13]
        for term in _terms(consumer, related):
            low = term.lower()
            if low in owners or len(owners) < _MOST_TERMS:
                owners[low] = component if owners.get(low, component) == component else ""
    return owners
