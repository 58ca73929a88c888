"""What is told without a question: the changes since a moment, and the brief of a chart on one screen."""

from __future__ import annotations

from datetime import date

from chartcite.engine.domain.answers import Claim
from chartcite.engine.domain.records import Frozen, PatientId
from pydantic import AwareDatetime, Field


class Line(Frozen):
    """A checked claim, and why it is told."""

    label: str
    """What kind of line: `started`, `stopped`, `new`, `crossed a limit`, `no result`, ..."""
    claim: Claim
    why: str = ""
    """The rule behind it: a published figure with its source, or what was searched. It says nothing of the patient that the
    claim does not."""


class Section(Frozen):
    """Lines about one thing, most important first. Without lines, `searched` says what was looked through."""

    name: str
    """Stable: `medications`, `problems`, `results`, ..."""
    title: str
    lines: tuple[Line, ...] = ()
    left_out: int = Field(default=0, ge=0)
    """Further lines that were found and are not told here."""
    searched: str
    """What was looked through, in numbers and dates."""


class Since(Frozen):
    """From when changes are told."""

    first: date | None
    """First calendar day whose records count; `None`: the beginning of the chart."""
    words: str
    """How it was understood."""
    line: Line | None = None
    """The visit or event that it counts from."""


class _Told(Frozen):
    patient_id: PatientId
    as_of: date | AwareDatetime | None = None
    until: date
    """Last calendar day that counts: that of `as_of`, else the clock's."""
    sections: tuple[Section, ...]
    index: str
    """Snapshot of the store: changes whenever its content does."""
    dropped_claims: int = 0
    """Lines that failed a check and are not shown."""
    timings: dict[str, float]
    """`total_ms`."""


class Changes(_Told):
    """What is different in a chart between a moment and `until`."""

    since: Since


class Brief(_Told):
    """A chart on one screen."""
