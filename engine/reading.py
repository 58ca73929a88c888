"""One part of a question with everything that answering it needs."""

from __future__ import annotations

from typing import NamedTuple

from chartcite.engine.domain.evidence import Scope
from chartcite.engine.fact_claims import Chart
from chartcite.engine.plans import Plan
from chartcite.engine.retrieval import Shelves


class Reading(NamedTuple):
    """One part of a question with everything that answering it needs."""

    plan: Plan
    shelves: Shelves
    chart: Chart
    scope: Scope
    looked: list[float] | None = None
    """Gathers the log-odds of each second look at the notes that is taken, for the confidence of what is answered."""
