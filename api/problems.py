"""Error → HTTP problem (RFC 9457) and exit code, in one table. A problem says what and what next, not what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from chartcite.engine import errors
from pydantic import BaseModel, ConfigDict, Field

MEDIA_TYPE = "application/problem+json"
URN = "urn:chartcite:problem:"


class Problem(BaseModel):
    """A problem as RFC 9457 writes it, with the same `code` for every door."""

    model_config = ConfigDict(frozen=True)

    type: str
    title: str
    status: int
    detail: str
    code: str = Field(description="Last part of `type`; stable.")
    retryable: bool = Field(default=False, description="Whether the same request can succeed later.")


class Row(NamedTuple):
    """What a door does with one class of error."""

    status: int
    code: str
    title: str
    exit_code: int


class OverloadedError(errors.ChartciteError):
    """More questions wait than the server takes."""

    retryable = True


TABLE: dict[type[errors.ChartciteError], Row] = {
    errors.ChartciteError: Row(500, "internal", "Something went wrong", 1),
    errors.InputError: Row(400, "input", "The request cannot be used", 2),
    errors.InvalidQuestionError: Row(422, "invalid-question", "The question cannot be used", 2),
    errors.PatientNotFoundError: Row(404, "patient-not-found", "No such patient", 2),
    errors.CitationNotFoundError: Row(404, "citation-not-found", "No such citation", 2),
    errors.ReceiptNotFoundError: Row(404, "receipt-not-found", "No such receipt", 2),
    errors.SourceRejectedError: Row(422, "source-rejected", "The source cannot be read", 2),
    errors.StoreError: Row(503, "store", "The store cannot serve", 3),
    errors.StoreMissingError: Row(503, "store-missing", "Nothing was ingested yet", 3),
    errors.StoreBusyError: Row(503, "store-busy", "Another writer holds the store", 3),
    errors.StoreVersionError: Row(503, "store-version", "The store has another format", 3),
    errors.IndexCorruptError: Row(503, "index-corrupt", "The vector index is damaged", 3),
    errors.ModelError: Row(503, "model", "The model cannot be used", 4),
    errors.WeightsError: Row(503, "weights", "The embedding weights cannot be used", 4),
    errors.IndexMismatchError: Row(503, "index-mismatch", "The index was made by another model", 4),
    errors.GeneratorError: Row(503, "generator", "The language model did not write", 4),
    errors.GeneratorUnavailableError: Row(503, "generator-unavailable", "The language model cannot be reached", 4),
    errors.GeneratorBusyError: Row(503, "generator-busy", "The language model has no room", 4),
    errors.GeneratorTimeoutError: Row(503, "generator-timeout", "The language model is late", 4),
    errors.GeneratorGarbledError: Row(503, "generator-garbled", "The language model wrote something else", 4),
    OverloadedError: Row(503, "overloaded", "Too many questions at once", 1),
}

_HTTP = {
    400: ("bad-request", "The request cannot be read", "Send a request as the description at /openapi.json says."),
    404: ("not-found", "No such address", "GET /openapi.json lists the addresses."),
    405: ("method-not-allowed", "Not with this method", "GET /openapi.json lists the methods of each address."),
    413: ("too-large", "The request is too large", "Send a shorter request."),
    421: (
        "unknown-host",
        "Not a host of this server",
        "Name the host in CHARTCITE_ALLOWED_HOSTS, or use http://127.0.0.1.",
    ),
    500: ("internal", "Something went wrong", "The server's log names the place; the same question may work again."),
}


def row_of(error: errors.ChartciteError) -> Row:
    """Return the row of an error's class, or of the nearest class above it."""
    return next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)


def problem_of(error: errors.ChartciteError) -> Problem:
    """Return the problem that an error is shown as."""
    row = row_of(error)
    return Problem(
        type=URN + row.code,
        title=row.title,
        status=row.status,
        detail=str(error) or row.title,
        code=row.code,
        retryable=error.retryable,
    )


def problem_of_status(status: int) -> Problem:
    """Return the problem of an HTTP status that no error of ours stands behind."""
    code, title, detail = _HTTP.get(status, ("http", "The request cannot be served", "See /openapi.json."))
    return Problem(type=URN + code, title=title, status=status, detail=detail, code=code)


def problem_of_validation(found: Sequence[Any]) -> Problem:
    """Return the problem of a request that does not fit its model, naming fields and never their content."""
    fields = dict.fromkeys(f"{_place(entry['loc'])}: {_reason(entry)}" for entry in found)
    row = TABLE[errors.InvalidQuestionError]
    return Problem(type=URN + row.code, title=row.title, status=422, detail="; ".join(fields), code=row.code)


def _place(location: Sequence[object]) -> str:
    names = [str(part) for part in location if part not in {"body", "query", "path"}]
    return names[0] if names and not names[0].isdigit() else "body"


def _reason(entry: Any) -> str:  # noqa: ANN401 -- an entry of pydantic's untyped error list
    kind = str(entry["type"])
    limits = entry.get("ctx") or {}
    said = {
        "missing": "is missing",
        "json_invalid": "is not JSON",
        "string_type": "must be text",
        "string_too_short": "must not be empty",
        "string_too_long": f"is longer than {limits.get('max_length')} characters",
        "too_long": f"is longer than {limits.get('max_length')} characters",
        "enum": f"must be {limits.get('expected')}",
        "literal_error": f"must be {limits.get('expected')}",
    }
    # Only our own validators' words are passed on: pydantic's may hold what was sent.
    return said.get(kind) or (str(limits.get("error")) if kind == "value_error" else "cannot be read")
