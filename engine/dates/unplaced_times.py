"""Times that a question about a measurement tells and that nothing placed: then how its values went is told, with their days.

"Her A1c between the two pregnancies", where the chart dates no pregnancy, is no question for the newest value alone.
"""

from __future__ import annotations

from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent

MOST_MEASURED = 3
"""Measurements whose courses are told together."""
_TELLS_TIME = Cue(
    r"\b(?:(?:ever )?since|between|before|after|during|while|whilst|until|till|throughout|following|prior to|leading up to"
    r"|ago|around the time|at the time|by the time|(?:at|on) (?:each|every)|in the (?:days|weeks|months|years)"
    r"|when (?:he|she|they|i|we|the (?:pt|patient)|mum|mom|dad)|once (?:he|she|they|i|we|it)"
    r"|(?:at|on|around|with) (?:the |his |her |my |first |time of |this )*(?:relapse|recurrence|progression|flare)"
    r"|at (?:booking|triage|presentation|\d{1,2} ?(?:weeks|wks|/ ?40)|\d{1,2} ?\+ ?[0-6](?: ?weeks)?)"
    r"|(?:first|second|third|1st|2nd|3rd) trimester"
    r"|from (?:the|his|her|my|their|when)\b[^?.;]{2,40}? (?:to|until|till|up to|onwards?|on))\b"
)
_NOT_OF_TIME = Cue(
    r"\b(?:after all|before (?:i|we) (?:call|go|phone|ring|see|start|give|prescribe|write|sign)|between us|difference between)\b"
)


def tells_unplaced_time(plan: Plan) -> bool:
    """Say whether a question for a value tells its time in words that no window was found for."""
    measured = [target for target in plan.targets if target.kind is ConceptKind.MEASUREMENT]
    if plan.intent is not Intent.LATEST or plan.newest or plan.window is not None or plan.moments or plan.lost:
        return False
    if not 0 < len(measured) <= MOST_MEASURED or plan.newest_several is not None or plan.current:
        return False
    return _TELLS_TIME.search(plan.text) is not None and _NOT_OF_TIME.search(plan.text) is None
