"""What a check finds, and the verdict made of it."""

from __future__ import annotations

from typing import NamedTuple

from chartcite.engine.domain.answers import Outcome


class Place(NamedTuple):
    """Where in the evidence a check looked: characters [start, end) of one passage."""

    passage: int
    """Number of the passage, from 0."""
    start: int
    end: int


class Finding(NamedTuple):
    """A part of a claim that a check could not find in the evidence, or found otherwise."""

    check: str
    outcome: Outcome
    """`CONTRADICTED`: the evidence says something else; `NOT_ENOUGH`: it does not say it."""
    said: str
    """The words of the claim."""
    place: Place | None = None
    """What says otherwise; `None`: everything was looked through."""


class ClaimVerdict(NamedTuple):
    """Whether passages support a claim."""

    outcome: Outcome
    score: float
    """In [0, 1], higher is better supported: above 0.5 only what is supported. Orders claims; not a probability."""
    coverage: float
    """Share of the claim's content words that stand in the evidence, in [0, 1]."""
    findings: tuple[Finding, ...] = ()
    """What failed, the most decisive first."""

    @property
    def failed(self) -> str | None:
        """The check that decided against the claim; `None`: it is supported."""
        return self.findings[0].check if self.findings else None


def contradicted(check: str, said: str, place: Place | None = None) -> Finding:
    """Return a finding that the evidence says otherwise."""
    return Finding(check, Outcome.CONTRADICTED, said, place)


def missing(check: str, said: str, place: Place | None = None) -> Finding:
    """Return a finding that the evidence does not say it."""
    return Finding(check, Outcome.NOT_ENOUGH, said, place)
