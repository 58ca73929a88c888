"""Versions of a resource in time: which one is current, and from when to when each of the others stood.

A version that takes the place of another ends it at the moment that its source names (`updated`), else at its own date of
recording where that is later, else when it was ingested. An older version that comes late goes into its place in history.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from chartcite.engine.facts.written import moment_of
from chartcite.engine.ports import Moment, PreparedResource, WrittenResource

_COLUMNS = "key, sha256, updated_at, updated_day, recorded_at, current, since_at, until_at, until_day"


class Version(NamedTuple):
    """A stored version."""

    key: int
    sha256: str
    updated_at: str | None
    updated_day: str | None
    recorded_at: str | None
    current: int
    since_at: str | None
    until_at: str | None
    until_day: str | None


class Place(NamedTuple):
    """Where a version goes in time."""

    outcome: str
    """`stored`, `superseded`, or `unchanged` for one that goes into history."""
    current: bool = True
    since: Moment | None = None
    until: Moment | None = None


class Dated(NamedTuple):
    """What a resource says of the time of its version."""

    updated: Moment | None
    recorded: Moment | None

    @classmethod
    def of(cls, one: PreparedResource | WrittenResource) -> Dated:
        """Return the moments of a resource."""
        if isinstance(one, WrittenResource):
            return cls(one.updated, one.recorded)
        recorded = one.documents[0].recorded
        return cls(moment_of(one.updated) if one.updated else None, moment_of(recorded) if recorded else None)


def versions_of(db: sqlite3.Connection, owner: str, resource: str) -> list[Version]:
    """Return the versions of a resource, in the order in which they came."""
    sql = f"SELECT {_COLUMNS} FROM resources WHERE patient_id = ? AND resource = ? ORDER BY key"
    return [Version(*row) for row in db.execute(sql, (owner, resource))]


def is_known(versions: list[Version], dated: Dated, digest: str, *, again: bool) -> bool:
    """Say whether nothing is to be stored. `again`: its source is read a second time, and commands no order in time."""
    updated = dated.updated.at if dated.updated else None
    return any(
        one.sha256 == digest and (again or one.current or (updated is not None and one.updated_at == updated)) for one in versions
    )


def make_place(db: sqlite3.Connection, versions: list[Version], dated: Dated, now: Moment) -> Place:
    """Return the place of a new version, and move its neighbours aside."""
    if not versions:
        return Place("stored")
    last = next((one for one in versions if one.current), None) or max(versions, key=lambda one: (one.until_at or "", one.key))
    updated = dated.updated
    if updated and last.updated_at and updated.at < last.updated_at:
        return _behind(db, versions, updated)
    since = max(_begin(last, dated, now), Moment(last.since_at or "", (last.since_at or "")[:10]))
    if last.current:
        end_version(db, last.key, since)
        return Place("superseded", since=since)
    return Place("stored", since=max(since, Moment(last.until_at or "", last.until_day or "")))


def end_version(db: sqlite3.Connection, key: int, moment: Moment) -> None:
    """Take a version out of the current record; its documents, facts and passages stay."""
    db.execute("UPDATE resources SET current = 0, until_day = ?, until_at = ? WHERE key = ?", (moment.day, moment.at, key))


def _begin(last: Version, dated: Dated, now: Moment) -> Moment:
    if dated.updated is not None:
        return dated.updated
    if dated.recorded is not None and last.recorded_at is not None and dated.recorded.at > last.recorded_at:
        return dated.recorded
    return now


def _behind(db: sqlite3.Connection, versions: list[Version], updated: Moment) -> Place:
    """Place a version before the first that is newer, and end the one before it."""
    dated = sorted((one for one in versions if one.updated_at), key=lambda one: str(one.updated_at))
    newer = next(one for one in dated if str(one.updated_at) > updated.at)
    until = Moment(str(newer.updated_at), str(newer.updated_day))
    if newer.since_at is None:
        db.execute("UPDATE resources SET since_day = ?, since_at = ? WHERE key = ?", (until.day, until.at, newer.key))
    older = [one for one in dated if str(one.updated_at) <= updated.at]
    if older:
        end_version(db, older[-1].key, updated)
    return Place("unchanged", current=False, since=updated if older else None, until=until)
