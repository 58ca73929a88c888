"""One part of a question with everything that answering it needs."""

from __future__ import annotations

from typing import NamedTuple

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.facts.fact_claims import Chart
from chartcite.engine.questions.plans import Plan
from chartcite.engine.retrieval import Shelves


class SecondLook(NamedTuple):
    """What a second look at the sentences of the notes found."""

    claims: list[DraftClaim]
    odds: float | None = None
    """Log-odds that the best sentences answer; `None`: there was nothing to look at."""
    nearest: tuple[DraftClaim, ...] = ()
    """The best sentences where they are too unsure to answer, and not so far off that nobody would want to see them."""


class Reading(NamedTuple):
    """One part of a question with everything that answering it needs."""

    plan: Plan
    shelves: Shelves
    chart: Chart
    scope: Scope
    looked: list[SecondLook] | None = None
    """Gathers each second look at the notes that is taken: how sure it was, and what came nearest."""
    question: str = ""
    """The whole question, of which the plan is a part."""
    told: tuple[DraftClaim, ...] = ()
    """What the parts before this one were answered."""
