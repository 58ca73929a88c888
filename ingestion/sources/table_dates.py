"""Dates of tables as people and databases write them, to FHIR dates; what can be read in two ways is no date."""

from __future__ import annotations

import re
from functools import lru_cache

from chartcite.engine.domain.records import PartialDate
from chartcite.ingestion.sources.document_dates import date_at

_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<minute>\d\d:\d\d)(?P<second>:\d\d)?(?:[.,]\d{1,9})?"
    r"[ ]?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"((?:18|19|20)\d\d)(\d\d)(\d\d)$")
_PARTIAL = re.compile(r"\d{4}(?:-\d\d){0,2}$")
_TIME_AFTER = re.compile(r"(?:[ T,]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AP]M)?)?$", re.IGNORECASE)
_MIDNIGHT = re.compile(r"\S+[T ]00:00(?::00(?:[.,]0+)?)?$")
_MAX_CHARACTERS = 40


@lru_cache(maxsize=65536)
def date_of(written: str) -> PartialDate | None:
    """Return the date that a cell holds: ISO 8601 with or without time, `20230722`, or a date in words or strokes.

    A time without seconds or zone is kept so; of a date in another form than ISO only the day is kept. `None`: it is no
    date, no day of the calendar, or (`03/04/2023`) of two days.
    """
    if len(written) > _MAX_CHARACTERS:
        return None
    if match := _MOMENT.match(written):
        return _parsed(f"{match['day']}T{match['minute']}{match['second'] or ''}{_zone(match['zone'])}")
    if match := _COMPACT.match(written):
        return _parsed("-".join(match.groups()))
    if _PARTIAL.match(written):
        return _parsed(written)
    found = date_at(written, 0)
    return _parsed(found.date.day) if found and _TIME_AFTER.match(written, found.end) else None


def is_midnight(written: str) -> bool:
    """Say whether a moment is midnight without a zone: what databases write where the time of day is not known."""
    return bool(_MIDNIGHT.match(written))


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone.upper() in {"Z", "UTC", "GMT"}:
        return "Z"
    return f"{zone[:3]}:{zone[3:].lstrip(':') or '00'}"


def _parsed(written: str) -> PartialDate | None:
    try:
        return PartialDate.parse(written)
    except (ValueError, OverflowError):
        return None
