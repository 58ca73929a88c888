"""How a problem moved from one stage to another in the list of problems: "when did the CKD go from stage 3 to 4?"."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.stories.problem_summary import day_of, drafts

_STAGE = re.compile(r"\b(?:stage|grade|class|step)\s*(?:[0-5][a-d]?|i{1,3}|iv|v)\b|\b[1-5][ab]\b", re.IGNORECASE)
_ASKS = Cue(r"\b(?:ckd|gold|nyha) ?(?:[1-5]|i{1,3}v?)\b|\b(?:stage[sd]?|staging|grade[sd]?|class(?:es)?)\b|\b[1-5][ab]\b")
_MOVES = Cue(
    r"\b(?:move[sd]?|moving|go|goes|gone|went|chang(?:e|es|ed|ing)|progress(?:ed|es|ion)?|advance[sd]?|shift(?:ed)?|step(?:ped)? (?:up|down)|became|become|turn(?:ed)? into|drop(?:ped)?"
    r"|worsen(?:ed|ing)?|improve[sd]?|reclassified|re-?staged|relabell?ed|upgraded|downgraded|slip(?:ped)?|over time|history of|before|previous(?:ly)?|earlier|until then|used to be)\b"
)
_BESIDE = frozenset(forms("hcc disorder finding diagnosis stage grade class step"))


def told_stages(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft the stages of a problem that a question names, oldest first; empty: its moves are not asked, or it has one stage only."""
    if not (_ASKS.search(text) and _MOVES.search(text)) or any(plan.family or plan.intent is Intent.REASON for plan in plans):
        return []
    targets = [target for plan in plans for target in plan.targets if target.kind in {ConceptKind.CONDITION, None}]
    listed = reading.shelves.records.facts(reading.scope, categories=(Category.CONDITION,))
    groups: dict[frozenset[str], list[Fact]] = defaultdict(list)
    for fact in listed:
        held = fact.span is None and fact.assertion in {AssertionStatus.PRESENT, AssertionStatus.HISTORICAL}
        if held and _STAGE.search(fact.concept.text):
            groups[_without_stage(fact.concept.text)].append(fact)
    asked = set(forms(_STAGE.sub(" ", text)))
    meant = [
        facts
        for name, facts in groups.items()
        if len({fact.concept.text for fact in facts}) > 1
        and (any(target.find(forms(fact.concept.text)) is not None for target in targets for fact in facts) or name <= asked)
    ]
    return drafts(sorted(meant[0], key=day_of), reading.chart) if len(meant) == 1 else []


def _without_stage(name: str) -> frozenset[str]:
    return frozenset(word for word in forms(_STAGE.sub(" ", name)) if word not in _BESIDE)
