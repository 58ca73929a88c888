"""Whether a question asks of what was before: then documents that later ones replaced may answer, too."""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.domain.evidence import Passage
from chartcite.engine.language.cues import Cue
from chartcite.engine.questions.plans import Plan


def standing(passages: Sequence[Passage], plan: Plan, /) -> list[Passage]:
    """Return passages without those of documents that others of their kind replaced, unless it is asked what was before."""
    if plan.window is not None or _EARLIER.search(plan.text) is not None:
        return list(passages)
    current = {passage.kind for passage in passages if not passage.superseded}
    return [passage for passage in passages if not passage.superseded or passage.kind not in current]


_EARLIER = Cue(
    r"\b(?:previous\w*|before|earlier|old(?:er)?|used to|former\w*|supersed\w*|replac\w*|chang\w*|first|original\w*|initial\w*"
    r"|was|were|did|had|histor\w*|over time|ever|years?|then)\b"
)
