"""Words about a measured value that the value itself tells: its day, whether it lies in its range, the range of a disease."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.plans import Plan

_IT = r"(?:it|that|this|they|those|these)"
_JUDGED = r"(?:normal|abnormal|ok(?:ay)?|all right|alright|fine|good|bad|high|low|raised|elevated|too (?:high|low)|(?:in|within|out of|outside)(?: of)? (?:the )?(?:normal |reference |target )?(?:range|limits))"
_IS_NORMAL = Cue(
    rf"^(?:and |so |but )*(?:(?:is|was|are|were) {_IT} (?:\w+ )?(?:{_JUDGED})(?: or (?:not|{_JUDGED}))?|(?:{_JUDGED})\??|what(?:'s| is| are) (?:the )?(?:normal|reference|usual) (?:range|values?|limits))\W*$"
)
"""A further part that asks how the value lies: "and is it normal?"."""
_WHEN = Cue(
    rf"^(?:and |so |on )*(?:when|what date|which date|what day)(?: (?:is|was|were|are) (?:{_IT}(?: (?:taken|done|checked|from|measured|recorded))?|the date))?\W*$"
)
"""A further part that asks for the day of the value: "and when?"."""
_VALUES = frozenset({"latest_value", "first_value", "value_in_window", "extreme_value", "trend", "difference"})
_DAY = re.compile(r"\d{4}-\d\d")


def told_with_value(plan: Plan, claims: Sequence[DraftClaim], /) -> bool:
    """Say whether the values that are told already tell what a further part asks of them."""
    values = [claim.text for claim in claims if claim.route in _VALUES]
    if _WHEN.search(plan.text):
        return bool(values) and len(values) == len(claims) and all(_DAY.search(text) for text in values)
    return _IS_NORMAL.search(plan.text) is not None and any("(reference range" in text for text in values)


_RANGE_OF_DISEASE = re.compile(
    r"\b(in|into|within|out of|outside|reached|reach(?:es|ing)?|near(?:ing)?|crossed) (?:of )?(the |a )?(?:pre-?|non-?|un)?(?:diabet(?:ic|es)|osteoporo(?:tic|sis)|osteopeni[ac]|an(?:a)?emi[ac]|obes(?:e|ity)|overweight|hypertensive|hypothyroid|hyperthyroid|dementia|depression)"
    r"(?: or (?:pre-?)?diabet(?:ic|es))? (range|territory|zone|levels?|band|category)\b",
    re.IGNORECASE,
)


def without_disease_of_range(text: str, /) -> str:
    """Leave out the disease that only names a range of values: "is her A1c in the diabetic range?" asks of the A1c."""
    return _RANGE_OF_DISEASE.sub(r"\1 \2range", text)


_PRONOUN_MOVES = re.compile(
    r"\b(?P<lead>did|has|have|had|does|do|is|was|were|what|how|when)\b(?P<between>(?: (?:is|was|has|did|much|far|low|high|low did|high did))?) (?P<it>it|they)\b"
    r"(?= (?:\w+ ){0,2}?(?:come|came|go|goes|gone|went|drop\w*|fall|fell|fallen|rise|rose|risen|improv\w*|get|got|gotten|settle\w*|normali[sz]\w*|recover\w*|change[ds]?|respond\w*|stay\w*|return\w*|been (?:since|after)|before|after|since|now|today|at the|when|on the day)\b)",
    re.IGNORECASE,
)
"""Speaks of a value that went somewhere, without its name: "and did it come down after that?"."""


_TODAY = re.compile(r"\btoday\b(?=\W*$)", re.IGNORECASE)
"""Beside an earlier value, the newest one, and not that of this very day."""


def with_value_named(text: str, before: Plan, /) -> str:
    """Put the name of the measurement before into a further part that tells how "it" went; as it is, where none is meant."""
    named = [target for target in before.targets if target.kind is ConceptKind.MEASUREMENT and target.concept_keys]
    if len(named) != 1 or len(before.targets) != 1:
        return text
    told = _PRONOUN_MOVES.sub(lambda match: f"{match[0][: -len(match['it'])]}{named[0].words}", text, count=1)
    return told if told == text else _TODAY.sub("now", told)
