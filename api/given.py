"""What the caller of the command line says of documents that do not say it themselves, and which of them come from a server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from chartcite.engine.domain.records import PartialDate, PatientId
from chartcite.engine.errors import InputError
from chartcite.ingestion.sources.source import Given, SourceFile

ROLES = ("patient", "date", "text", "id", "kind", "author")
_SERVER = "fhir+http"


def given_of(*, patient: str | None, date: str | None, columns: str | None, corpus: str) -> Given:
    """Read the options of `chartcite ingest`.

    Raises:
        InputError: a date or a column that cannot be read, or a patient together with a corpus.
    """
    if patient and corpus:
        raise InputError("--patient is for charts, --corpus and --guidelines are for guidelines and literature: give one of them")
    return Given(
        patient_id=PatientId(patient) if patient else None,
        occurred=_date(date) if date else None,
        columns=dict(map(_column, columns.split(","))) if columns else {},
        corpus=corpus.strip(),
    )


def split_paths(paths: list[str]) -> tuple[list[Path], list[str]]:
    """Return the files and folders, and the addresses of servers."""
    return (
        [Path(each) for each in paths if not each.startswith(_SERVER)],
        [each for each in paths if each.startswith(_SERVER)],
    )


def fetched_from(servers: list[str], *, since: str | None) -> Iterator[SourceFile]:
    """Yield the documents of FHIR servers, as they come; the token is taken from the environment, never from the command line."""
    changed_since = _date(since) if since else None
    for server in servers:
        from chartcite.ingestion.sources.fhir_server import fetch

        yield from fetch(server, since=changed_since, token=os.environ.get("CHARTCITE_FHIR_TOKEN"), types=())


def _date(written: str) -> PartialDate:
    try:
        return PartialDate.parse(written)
    except ValueError:
        raise InputError("a date must be such as 2024, 2024-03, 2024-03-01 or 2024-03-01T10:00:00Z") from None


def _column(pair: str) -> tuple[str, str]:
    role, equals, name = pair.partition("=")
    if role.strip() not in ROLES or not equals or not name.strip():
        raise InputError(f"--columns takes ROLE=NAME,... with the roles {', '.join(ROLES)}")
    return role.strip(), name.strip()
