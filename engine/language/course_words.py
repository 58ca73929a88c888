"""Words that ask how a measured value went: "which way is it heading?", "gradual slide or sudden drop?", "all four, in order"."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Target

_MANNER = r"(?:gradual|steady|slow|sudden|sharp|abrupt|rapid|quick|progressive|continuous|stepwise)(?:ly)?"
_MOVE = (
    r"(?:slid(?:e|es|ing)|slid|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|ris(?:e|es|ing)|rose"
    r"|f[ae]ll(?:s|en|ing)?|creep(?:s|ing)?|crept|increas(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|plung(?:e|es|ed|ing)|recover(?:y|s|ed|ing))"
)
_COURSE = Cue(
    r"\b(?:which|what) (?:way|direction)\b"
    rf"|\bhow (?:fast|quick(?:ly)?|rapid(?:ly)?|slow(?:ly)?|steep(?:ly)?) (?:\w+ ){{0,5}}?(?:{_MOVE}|progress\w*|worsen\w*|deteriorat\w*|chang\w*|mov(?:ed|ing)|improv\w*|go(?:ing|ne)|com(?:e|ing)|being lost|getting (?:worse|better))\b"
    r"|\b(?:at what (?:rate|speed|pace)|(?:rate|speed|pace|slope) of (?:the |his |her |my )?(?:decline|loss|change|rise|fall|drop|progression|deterioration|increase|decrease|worsening|improvement))\b"
    r"|\b(?:time[- ]?)?course\b(?= (?:of|for|over|from|since|through|during|before|between|across)\b|\W*$)|\btrajector(?:y|ies)\b"
    r"|\bwhere (?:is|are|was|were) (?:it|they|this|that|(?:the|his|her|my|their) \w+)(?: \w+)? (?:heading|headed|going)\b"
    r"|\bwhat(?:['’]s| has| had)? happened (?:to|with) (?:the|his|her|my|their)\b"
    r"|\b(?:come|came|coming|gone|went) (?:back )?up\b(?! with)"
    r"|\b(?:heading|headed) (?:up|down|north|south|higher|lower|in the (?:right|wrong) direction)\b"
    r"|\bwith (?:the )?direction\b|\bw/ (?:the )?direction\b|\bdirection(?:s)?(?=\W*$)"
    rf"|\b{_MANNER} (?:\w+ )?{_MOVE}\b|\b{_MOVE} {_MANNER}\b"
    r"|\b(?:pick(?:s|ed|ing)?|creep(?:s|ing)?|crept|climb(?:s|ed|ing)?|edg(?:es|ed|ing)|inch(?:es|ed|ing)|trend(?:s|ed|ing)?) (?:back )?(?:up|down)\b"
    r"|\bslid(?:es|ing)?\b|\bslipp(?:ed|ing)\b|\bas (?:the )?(?:time|years|months|weeks|days) (?:go|goes|went|pass|passed|passes|roll)(?:es|ed)?(?: by| on)?\b"
    r"|\bin (?:date |time |chronological )?order\b(?! (?:to|that|of (?:importance|severity|priority)))|\bchronological(?:ly)?\b|\bone after (?:the other|another)\b"
    r"|\b(?:all|the) (?:two|three|four|five|six|seven|eight|\d{1,2}) of them\b|(?<!\w)x ?\d{1,2}\b(?=,? (?:in order|with dates|and dates|readings|values|results)|\W*$)"
)


def asks_course(text: str) -> bool:
    """Say whether the words of a question about a measurement ask how its values went."""
    return _COURSE.search(text) is not None


def course_words(text: str) -> set[str]:
    """Return the words that only ask how values went, and name nothing."""
    return {word for match in _COURSE.finditer(text) for word in forms(match[0])}


def names_several_values(targets: Sequence[Target]) -> bool:
    """Say whether a measurement is named in the plural: "the creatinines", "his INRs"; a test that is plural by name is not."""
    return any(target.kind is ConceptKind.MEASUREMENT and _is_plural(target) for target in targets)


def _is_plural(target: Target) -> bool:
    words = target.words.strip()
    if _ACRONYMS.fullmatch(words):
        return True
    return bool(words) and words.lower() in {f"{target.label.lower()}s", f"{target.label.lower()} levels"}


_ACRONYMS = re.compile(r"(?:[A-Z]{2,5}|Hb|Cr|A1[cC]|HbA1c)s")


_MOVED = Cue(
    r"\b(?:improv\w+|better|worse\w*|(?:come|came|coming|gone|go|went|going|settled?|shot|crept) (?:back )?(?:up|down)"
    r"|dropp?(?:ed|ing)?|fell|fallen|fall|rise|rose|risen|rising|increase[ds]?|decrease[ds]?|recover(?:ed|ing)?"
    r"|normali[sz]ed?|back to normal|respond(?:ed)?|chang(?:e|ed)|picked up|budged?|difference)\b"
)
"""Asks whether a value moved: that takes one from before."""


def asks_movement(text: str) -> bool:
    """Say whether it is asked if a value moved, or got better or worse."""
    return _MOVED.search(text) is not None
