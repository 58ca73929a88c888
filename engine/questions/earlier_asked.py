"""Whether a question asks of what was before: then documents that later ones replaced may answer, too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from chartcite.engine.domain.evidence import SUPERSEDED, Passage
from chartcite.engine.language.cues import Cue
from chartcite.engine.questions.plans import Plan


def standing(passages: Sequence[Passage], plan: Plan, /) -> list[Passage]:
    """Return passages without those of documents that others of their kind replaced, unless it is asked what was before."""
    if plan.window is not None or _EARLIER.search(plan.text) is not None:
        return list(passages)
    current = [passage for passage in passages if not passage.superseded]
    return [passage for passage in passages if not (passage.superseded and any(_replaces(each, passage) for each in current))]


_SOON = timedelta(days=45)
"""Between a document and the one that replaces it: a note of a later visit replaces none, though exports mark the older ones."""


def _replaces(later: Passage, passage: Passage) -> bool:
    """Say whether a document is another edition of one: of its name and kind, and about its time."""
    one, other = passage.occurred or passage.recorded, later.occurred or later.recorded
    if (later.kind, later.title) != (passage.kind, passage.title.removesuffix(SUPERSEDED)) or one is None or other is None:
        return False
    return _HOLDS_ON.search(later.title) is not None or abs(other.first_day - one.first_day) <= _SOON


_HOLDS_ON = Cue(
    r"\b(?:forms?|plans?|directives?|respect|dnac?pr|dnr|[mp]o?lst|wishes|statement|lists?|profile|passport|consent|agreement|ceiling|escalation)\b"
)
"""Names a document that holds until another takes its place, and tells of no one visit."""


_EARLIER = Cue(
    r"\b(?:previous\w*|before|earlier|old(?:er)?|used to|former\w*|supersed\w*|replac\w*|chang\w*|first|original\w*|initial\w*"
    r"|was|were|did|had|histor\w*|over time|ever|years?|then)\b"
)
