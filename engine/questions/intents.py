"""The intent of a question: what is wanted of the things that it names."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.dates.times import Window
from chartcite.engine.domain.records import Category
from chartcite.engine.facts.amounts_changed import asks_amount_changed
from chartcite.engine.language.course_words import asks_course, names_several_values
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.sig_words import asks_sig
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.falls import without_falls
from chartcite.engine.questions.plans import LISTED_BY_CLASS, Target
from chartcite.engine.questions.question_words import BOTH_ENDS, FREQUENCY_OF_TESTS, INTENTS, NOW, WHICH, YES_NO, Intent

_LONG = 400
"""Days of a window, more than a year, over which a value is asked for as it went."""
_SHORT = 20
"""Days within which two times are one."""
_FROM_TO = Cue(r"-+>|→|&|\b(?:to|vs?|versus|against|and|until)\b|\d\s*[-–—/]\s*\d{2,4}$")
_ONCE = r"\b(?:has|have|had|did|was|were|ever)\b[^?.;]*?"
_A_NUMBER = (
    r"\s*(?:or equal to |of )?\d+(?:[.,/]\d+)?(?![\d.,]*\s*(?:years?|yrs?|months?|weeks?|days?|hours?|minutes?|times|decades?)\b)"
)
_EVER_BEYOND = (
    (
        Intent.HIGHEST,
        Cue(rf"{_ONCE}(?:\b(?:above|over|(?:greater|more|higher) than|exceed\w*|past)|>|≥){_A_NUMBER}"),
    ),
    (Intent.LOWEST, Cue(rf"{_ONCE}(?:\b(?:below|under|(?:less|lower|fewer) than)|<|≤){_A_NUMBER}")),
    (
        Intent.LATEST,
        Cue(
            rf"^\W*(?:is|are)\b[^?.;]*?(?:\b(?:above|over|below|under|(?:greater|more|higher|less|lower) than)|[<>≤≥]){_A_NUMBER}",
        ),
    ),
)
"""A value that is or was ever beyond a number, and what tells it."""
_ASKS_OTHER = Cue(r"^\W*(?:how many|how often|when|who|how long|number of|has|have|is|was|did|does|any)\b")
_ASKS_WHY = Cue(
    r"\b(?:why|reasons?|how come|what (?:led|caused|prompted|triggered|made|explains?|drove|pushed|persuaded|motivated|decided|lay behind|lies behind|(?:was|is) behind|brought|set|kicked|sparked)|(?:because|on account) of what|rationale|indications?|what for)\b",
)


_REASON_TOLD = Cue(
    r"\b(?:where|whose|with|when|in which|for which|that have|having)\b[^?.;]*?\breasons?(?: for (?:the )?(?:visit|encounter|attendance|consultation|admission))?"
    r" (?:was|is|were|being|=|of|recorded as|coded as|given as|stated as|listed as) (?!given|recorded|stated|documented|listed|that|because)\w",
)
"""Tells the reason by which something is chosen, rather than asking for it."""
_TELLS_WHICH = Cue(r"^\W*(?:the|that|those|these) ones?\b[^?]*\bbecause\b[^?]*$")
"""Tells which one is meant by why it was: "the one she had because of the fall"."""
_ASKS_WHEN = Cue(r"\bwhen\b(?! (?:\w+ ){1,2}(?:first |initially )?(?:diagnosed|started|began)\b)")
"""Asks for a time, rather than telling one: "when I was diagnosed"."""
_SETTLES = Cue(
    r"\b(?:settl(?:ed|ing)|stabili[sz](?:ed|ing)|normali[sz](?:ed|ing)|recover(?:ed|ing)|plateau(?:ed|ing)|coming back)\b",
)
"""Of a value, how it went; of a person or a problem, something else."""
_OF_AMOUNT = Cue(r"\bhow many (?:\w+ )?(?:lit(?:er|re)s?|mls?|millilit(?:er|re)s?|ccs?|pints|ounces)\b")


_TAKEN = Cue(r"\bhow many (?:\S+ ){1,4}?(?:does|do|should|must|am|is|are) (?:\S+ ){1,5}?(?:take|taking|use|using|get|swallow)\b")


def _is_medicine(target: Target) -> bool:
    """Say whether one medicine is named, and no class of them: how many of it are taken is its dose."""
    return target.kind is ConceptKind.DRUG and not target.is_class and bool(target.concept_keys)


def asks_amount(text: str) -> bool:
    """Say whether an amount of fluid is asked, and not how often something was done: "how many litres came off?"."""
    return _OF_AMOUNT.search(text) is not None


_TAKEN_FOR = Cue(
    r"\b(?:tak(?:e|es|en|ing)|took|tried|on|us(?:e|es|ed|ing)|given|prescribed|get(?:s|ting)?|anything|something|meds?|medic\w+|pills?|tablets?|drugs?) (?:now |currently |before |previously )?for (?:(?:his|her|my|their|the|high|low) )*\w+"
    r"(?! (?:levels?|readings?|values?|results?))"
)
"""Asks for medicines by what they are for, be it a measurement: "what does she take for her blood pressure now?"."""


def read_intent(text: str, targets: Sequence[Target], subject: Category | None, window: Window | None = None) -> Intent:
    """Return what a question wants to know: by its cues, else by the kind of what it names."""
    text = without_falls(text)
    measured = any(target.kind is ConceptKind.MEASUREMENT for target in targets)
    measured = measured and not (subject is Category.MEDICATION and _TAKEN_FOR.search(text))
    sure = _read_surely(text, targets, measured=measured)
    if sure is not None:
        return sure
    asks = text.replace(window.words, " ") if window is not None and window.words else text
    for intent, cue in INTENTS:
        # "BPs over the last 2 years": the words of a time ask for no last value.
        if cue.search(asks if intent in {Intent.LATEST, Intent.FIRST} else text):
            read = _meant_by_cue(intent, text, targets, subject, measured=measured)
            if read is not None:
                return read
    return _read_by_form(text, targets, subject, window, measured=measured)


def _read_surely(text: str, targets: Sequence[Target], *, measured: bool) -> Intent | None:
    """Return the intent that goes before every single cue; `None`: the cues decide."""
    if measured and all(cue.search(text) for cue in BOTH_ENDS) and not _ASKS_WHEN.search(text):
        return Intent.TREND
    if not measured and asks_sig(text, names_drug=any(target.kind is ConceptKind.DRUG for target in targets)):
        return Intent.DOSE
    if measured and (beyond := next((intent for intent, cue in _EVER_BEYOND if cue.search(text)), None)):
        return beyond  # "has it ever been above 9?": the highest tells
    if measured and asks_amount_changed(text):
        return Intent.DIFFERENCE
    if measured and _SETTLES.search(text):
        return Intent.TREND
    if measured and asks_course(text) and not _ASKS_WHEN.search(text):
        return Intent.TREND
    return None


def _read_by_form(
    text: str, targets: Sequence[Target], subject: Category | None, window: Window | None, *, measured: bool
) -> Intent:
    """Return the intent of a question without a cue, by its form and by what it names."""
    if YES_NO.match(text):
        return Intent.PRESENCE if targets else Intent.LIST
    if measured:
        return Intent.TREND if spans_time(window) or names_several_values(targets) else Intent.LATEST
    if subject is not None and not targets:
        return Intent.LIST
    if WHICH.match(text) and targets and _names_several(targets[0]):
        return Intent.LIST
    return Intent.DESCRIBE


_WHEN_DOSED = re.compile(
    r"\b(?:when|what (?:date|day)|how long ago)\b[^.?;]*\b(?:last|latest|most recent|first|next|previous|final|second|third|\d(?:nd|rd|th))\b (?:\w+ )?doses?\b",
    re.IGNORECASE,
)
"""Asks for the day of one dose, and not how much it is."""


def _meant_by_cue(
    intent: Intent, text: str, targets: Sequence[Target], subject: Category | None, *, measured: bool
) -> Intent | None:
    """Return the intent that a cue means here; `None`: the cue means something else."""
    if intent is Intent.REASON and (
        _TELLS_WHICH.match(text)
        or (_ASKS_OTHER.match(text) and not _ASKS_WHY.search(text))
        or (targets and _REASON_TOLD.search(text))
    ):
        return None  # "how many visits because of asthma?", "visits where the recorded reason was sinusitis"
    if intent is Intent.DOSE and _WHEN_DOSED.search(text):
        return None
    if intent is Intent.TREND and not measured and not any(target.concept_keys for target in targets):
        return None
    if intent is Intent.TREND and subject is Category.MEDICATION and not measured:
        return None
    if intent is Intent.DIFFERENCE and not measured:
        return None
    if intent is Intent.COUNT:
        return _counted(text, targets, subject, measured=measured)
    if intent is Intent.LATEST:
        now = NOW.search(text) is not None and not re.search(r"\b(?:last|latest|recent)", text, re.IGNORECASE)
        if YES_NO.match(text) and targets and not measured:
            return Intent.PRESENCE
        if now and not measured:
            return Intent.ACTIVE
    return intent


def _counted(text: str, targets: Sequence[Target], subject: Category | None, *, measured: bool) -> Intent | None:
    """Return what is asked by how many there are: a dose, a value, how often; `None`: an amount ("how many litres came off?")."""
    if _TAKEN.search(text) and any(_is_medicine(target) for target in targets):
        return Intent.DOSE
    if asks_amount(text):
        return None
    of_value = measured and subject is not Category.ENCOUNTER and not FREQUENCY_OF_TESTS.search(text)
    return Intent.LATEST if of_value else Intent.COUNT


def _names_several(target: Target) -> bool:
    """Say whether a target stands for several things: a class, or what several entries of the chart share."""
    if target.kind is None:
        return len(target.concept_keys) > 1
    return target.is_class and target.kind in LISTED_BY_CLASS


def spans_time(window: Window | None) -> bool:
    """Say whether a window goes from one time to another ("2012-20"), rather than being one."""
    if window is None or window.first is None:
        return False
    if window.last is None:
        return re.match(r"(?:ever )?(?:since|from)\b", window.words, re.IGNORECASE) is not None
    days = (window.last - window.first).days
    return days > _LONG or (days > _SHORT and _FROM_TO.search(window.words) is not None)
