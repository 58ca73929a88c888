"""What can go wrong, drawn as a tree.

ChartciteError
├── InputError                  the caller can mend it: HTTP 4xx, exit code 2
│   ├── InvalidQuestionError        empty, too long, or a field that cannot be read
│   ├── PatientNotFoundError        no such patient in this store
│   ├── CitationNotFoundError       no such citation, or not one of this store
│   ├── ReceiptNotFoundError        no such receipt, or not one of this patient
│   └── SourceRejectedError         a file or resource that cannot be read; goes to quarantine
├── StoreError                  the store: HTTP 503, exit code 3
│   ├── StoreMissingError           nothing was ingested here
│   ├── StoreBusyError              another writer holds the store; retry
│   ├── StoreVersionError           written by another version
│   └── IndexCorruptError           a vector file whose bytes are not what was written; rebuild
└── ModelError                  weights or a model server: HTTP 503, exit code 4
    ├── WeightsError                missing, or not the bytes we know
    ├── IndexMismatchError          vectors of another model
    └── GeneratorError              the server of the language model: the answer is then made without it
        ├── GeneratorUnavailableError   nobody listens, or it refuses the key or the model
        ├── GeneratorBusyError          429, 503, or too many of our own requests
        ├── GeneratorTimeoutError       no first word, a stall, or past the deadline
        └── GeneratorGarbledError       not the protocol, or not the form that was asked for

Messages say what failed, on which id, and what to do next; never record text and never a name.
"""

from __future__ import annotations

from typing import ClassVar


class ChartciteError(Exception):
    """Root of every error that chartcite raises on purpose."""

    retryable: ClassVar[bool] = False
    """Whether the same call can succeed later without a change by the caller."""


class InputError(ChartciteError):
    """The caller sent something that cannot be used."""


class InvalidQuestionError(InputError):
    """The question or one of its fields cannot be used."""


class PatientNotFoundError(InputError):
    """The store holds no such patient."""


class CitationNotFoundError(InputError):
    """The citation id is not one of this store."""


class ReceiptNotFoundError(InputError):
    """No receipt of this id is kept for this patient (or for the guidelines)."""


class SourceRejectedError(InputError):
    """A file or resource that cannot be read; the reason goes to quarantine."""


class StoreError(ChartciteError):
    """The store cannot serve."""


class StoreMissingError(StoreError):
    """There is no store at this path."""


class StoreBusyError(StoreError):
    """Another writer holds the store."""

    retryable = True


class StoreVersionError(StoreError):
    """The store was written by another version of chartcite."""


class IndexCorruptError(StoreError):
    """A vector file does not hold the bytes that were written."""


class ModelError(ChartciteError):
    """Weights or a model server cannot be used."""


class WeightsError(ModelError):
    """Weights are missing or are not the bytes that we know."""


class IndexMismatchError(ModelError):
    """The vectors were made by another embedding model."""


class GeneratorError(ModelError):
    """The server of the language model did not write what was asked for."""

    retryable = True


class GeneratorUnavailableError(GeneratorError):
    """Nobody listens there, or the server knows neither our key nor the model."""


class GeneratorBusyError(GeneratorError):
    """The server, or our own limit, has no room now."""


class GeneratorTimeoutError(GeneratorError):
    """The first word, or the next one, or the last one did not come in time."""


class GeneratorGarbledError(GeneratorError):
    """What came is not the protocol, or not the form that was asked for."""
