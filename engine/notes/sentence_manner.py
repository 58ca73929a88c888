"""Whether a sentence speaks in the way that is asked: a result for a value, done and not planned, of the patient or of the relative."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from chartcite.engine.dates.sentence_times import DATED
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import AssertionStatus
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms, tokenize
from chartcite.engine.notes.assertion import assert_mention, is_of_others
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import EVENT_WORDS, Intent

_MEASURED_INTENTS = frozenset(
    {
        Intent.LATEST,
        Intent.FIRST,
        Intent.HIGHEST,
        Intent.LOWEST,
        Intent.TREND,
        Intent.DIFFERENCE,
        Intent.AVERAGE,
        Intent.COUNT,
        Intent.DOSE,
    }
)
_CAUSE = Cue(
    r"\b(?:because|due to|given|since|secondary to|2/2|d/t|b/c|owing|reason|therefore|so that|in view of|as (?:he|she|her|his|the|it)|after|for|caused|triggered|precipitated|prompted|led to|attributed|related to|from|in light of|on account of|explained by|in the setting of|iso|following)\b",
)
PLANNED = Cue(
    r"\b(?:will|plan(?:s|ned|ning)?|due (?:for|in|by|now|at)|is due|are due|overdue|schedul\w+|order(?:ed|ing)?|recommend\w*|consider|pending|to be done|needs?|arrange|should|would|if|discuss(?:ed)? (?:getting|having)?|offer(?:ed)?|refer(?:red|ral)?|awaiting|next|repeat|not (?:yet )?(?:done|performed|had|obtained|available|on file|sent|seen)|never (?:had|done|sent|returned)|requested|outstanding|recheck\w*|control(?: \w+)? (?:in |at |after )?\d+ ?(?:days?|weeks?|wks?|months?|mos?)|declin\w+|outside|no record|none on file)\b",
)
RESULT = Cue(r"\d|\b(?:grew|growth|isolated|found|positive|negative|normal|abnormal|elevated|low|high|reactive|nonreactive|non-reactive|detected|undetect\w+|stable|unremarkable|shows?|showed|revealed|demonstrat\w+|benign|malignant|consistent|clear|mild\w*|moderate\w*|severe\w*|pass(?:ed)?|fail(?:ed)?|immune|(?:in)?completely excised|impaired|intact|preserved|absent|reduced|raised|none (?:found|seen|detected))\b")  # fmt: skip


LIST_MARK = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|#\s*\d{1,2}\.?|[-*•])\s*")
_OF_TIME = frozenset({Intent.WHEN, Intent.DURATION, Intent.AGE, Intent.FIRST})
_NOT_REAL = frozenset({AssertionStatus.HYPOTHETICAL, AssertionStatus.POSSIBLE, AssertionStatus.ABSENT})
_WONDERED = Cue(r"\b(?:asked (?:whether|if|about)|whether|worried|wonder\w*|possib(?:le|ly)|in case|may need|might)\b")
_DONE = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL, AssertionStatus.POSSIBLE})


_HEADING_LINE = re.compile(r"[A-Z][^\n.:]{2,50}:")


def heading_over(passage: Passage) -> str:
    """Return the heading that a passage stands under, or that opens its own text."""
    opens = _HEADING_LINE.match(passage.text)
    return passage.section or (opens[0] if opens is not None else "")


_OF_KIN = Cue(r"famil|\bfh|^\W*(?:maternal|mother)")
"""A heading over what is told of relatives."""


def speaks_as_asked(text: str, plan: Plan, status: AssertionStatus, passage: Passage) -> bool:
    """Say whether a sentence speaks in the way that is asked."""
    if plan.family:
        if plan.relatives and not any(word in plan.relatives for word in forms(f"{text} {heading_over(passage)}")):
            return False
        return status is AssertionStatus.FAMILY or _OF_KIN.search(heading_over(passage)) is not None
    if status is AssertionStatus.FAMILY:
        return False
    wondered = plan.intent in _OF_TIME and (status in _NOT_REAL or _WONDERED.search(text) is not None)
    if wondered or text.rstrip().endswith("?"):
        return False
    measured = bool(plan.targets) and plan.targets[0].kind is ConceptKind.MEASUREMENT
    if measured and plan.intent in _MEASURED_INTENTS | {Intent.DESCRIBE, Intent.WHEN}:
        return tells_value(text)
    if plan.upcoming or plan.undone:
        return True
    if plan.targets and plan.targets[0].kind in {ConceptKind.PROCEDURE, ConceptKind.VACCINE}:
        return _tells_done(text, plan, status)
    return plan.intent is not Intent.PRESENCE or status is not AssertionStatus.HYPOTHETICAL


ASKS_VALUE = Cue(
    r"\bc[oa]me back\b|\b(?:results?|readings?|values?|levels?|titres?|counts?)\b|\bhow (?:high|low)\b|\bwhat (?:was|is) (?:the|his|her|my)\b"
)
"""Asks what a measurement was, and not what was said of it."""


def tells_value(text: str) -> bool:
    """Say whether a sentence about a measurement tells what it was, rather than that it is to come."""
    bare = LIST_MARK.sub("", text)
    if RESULT.search(bare) is None:
        return False
    return not PLANNED.search(bare) or re.search(r"\d", _NO_VALUE.sub(" ", bare)) is not None


_NO_VALUE = re.compile(
    r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{1,2}\.\d{1,2}\.\d{2,4}\b|\b(?:19|20)\d\d\b|\b[A-Za-z]+-?\d\w*"
    r"|\b\d+(?:[-–]\d+)?(?:\s*/\s*(?:7|52|12)\b|[\s-]*(?:days?|nights?|weeks?|wks?|months?|mos?|years?|yrs?)\b)|\b\d{1,2}/\d{1,2}\b",
    re.IGNORECASE,
)
"""Digits of names, spans of time and days: "B12", "4 weeks", "2/52", "3/12/24"."""


def _tells_done(text: str, plan: Plan, status: AssertionStatus) -> bool:
    """Say whether a sentence tells of something as done, rather than as planned, where that is asked."""
    planned = PLANNED.search(text) is not None
    if plan.intent is Intent.PRESENCE:
        return status is not AssertionStatus.HYPOTHETICAL and (not planned or status is AssertionStatus.ABSENT)
    if plan.intent in {Intent.LATEST, Intent.DESCRIBE, Intent.WHEN, Intent.FIRST, Intent.LIST}:
        return status in _DONE and not planned
    return True


def bonus_of(text: str, words: tuple[str, ...], plan: Plan, status: AssertionStatus) -> float:
    """Return what a sentence gains or loses by the way it speaks: dated for "when", planned for what is due, and so on."""
    bonus = 0.0
    if plan.upcoming or plan.undone:
        bonus += 0.4 if PLANNED.search(text) else -0.3
    if plan.event is not None:
        bonus += 0.4 if any(stands(word, words) for word in EVENT_WORDS[plan.event] if word.isalpha()) else 0.0
    if len(words) < 4 and not RESULT.search(text):
        bonus -= 0.3
    if plan.intent is Intent.DESCRIBE and RESULT.search(LIST_MARK.sub("", text)):
        bonus += 0.1
    if plan.intent is Intent.REASON and _CAUSE.search(text):
        bonus += 0.25
    if plan.intent in _MEASURED_INTENTS and re.search(r"\d", text):
        bonus += 0.15
    if plan.intent in {Intent.WHEN, Intent.AGE, Intent.DURATION} and DATED.search(text):
        bonus += 0.15
    if status is AssertionStatus.HYPOTHETICAL:
        bonus -= 0.3
    if status is AssertionStatus.ABSENT and plan.intent is not Intent.PRESENCE:
        bonus -= 0.1
    return bonus


def assertion_in(text: str, run: tuple[int, int] | None, passage: Passage) -> AssertionStatus:
    """Return how a sentence speaks of what a range of its words names; without one only whether it is about the family."""
    tokens = tokenize(text) if run is not None else ()
    text = told_by_relative(text, passage.author)
    if run is None or run[1] > len(tokens):
        return AssertionStatus.FAMILY if is_of_others(text, section=passage.section) else AssertionStatus.PRESENT
    start, end = tokens[run[0]].start, tokens[run[1] - 1].end
    if _written_by_kin(passage) and _speaks_of_writer(text[:start]):
        return AssertionStatus.FAMILY
    return assert_mention(text, start, end, section=passage.section)


_KIN = r"(?:famil(?:y|ies)|relatives?|wife|husband|spouse|partner|sons?|daughters?|mother|father|mum|mom|dad|parents?|sisters?|brothers?|carers?|caregivers?|next of kin|nok)"
_BY_KIN = Cue(
    rf"\b(?:message|letter|e-?mail|note|text|call|concerns?|statement)s? (?:\w+ ){{0,2}}?(?:from|by) (?:the |his |her |patient['’]?s )?{_KIN}\b"
    rf"|\b{_KIN}['’]?s? (?:message|letter|e-?mail|note|text|statement)s?\b"
)
_IS_KIN = Cue(
    rf"[(,/-]\s*(?:\w+['’]s )?{_KIN}\b|^\W*{_KIN}\b(?!\s+(?:medicine|practi\w+|doctor|physician|planning|nurse|health|clinic|med))"
)
_NO_KIN = Cue(r"\bfamily (?:medicine|practi\w+|doctor|physician|planning|nurse|health|clinic|med)\b|\b(?:dr|md|rn|np|gp)\b")


def _written_by_kin(passage: Passage) -> bool:
    """Say whether a relative wrote the note: "I" is not the patient there."""
    if any(_BY_KIN.search(told) and not _NO_KIN.search(told) for told in (passage.kind, passage.title)):
        return True
    return _IS_KIN.search(passage.author) is not None and _NO_KIN.search(passage.author) is None


_PATIENT_THERE = Cue(
    r"\b(?:he|she|him|his|hers?|they|them|their|he['’]s|she['’]s|hes|shes|dad['’]?s?|mum['’]?s?|mom['’]?s?|mother['’]?s?|father['’]?s?|husband['’]?s?|wife['’]?s?|nan['’]?s?|gran\w*)\b"
)
_WRITER_HAS = Cue(
    r"\bi(?:['’]?(?:ve|m|d))?(?: (?:also|myself|only|just|once|then|always|still))* (?:have(?: had)?|had|been on|got|get|was on|was given|was diagnosed|am on|take|took|tried|used? to (?:have|take)|use|suffer\w*|underwent)\b"
    r"(?! (?:to|not|seen|noticed|called|rung|asked|told|given|heard|found|written|tried|been (?:told|giving|trying|asked|worried)|a (?:call|letter|look|question|feeling))\b)"
    r"|\bi(?:['’]m| am) (?:also |still |now )?on\b"
)
_WRITERS_OWN = Cue(r"\bmy (?:own )?(?:(?!dad|mum|mom|mother|father|husband|wife|son|daughter|brother|sister)[\w-]+ )?$")


def _speaks_of_writer(before: str) -> bool:
    """Say whether the words before a mention make it the writer's own: "I had my breast cancer", "my heart"."""
    of_patient = [match.end() for match in _PATIENT_THERE.finditer(before)]
    since = before[of_patient[-1] :] if of_patient else before
    if _WRITER_HAS.search(since):
        return True
    return not of_patient and _WRITERS_OWN.search(before) is not None


_WRITTEN_BY = Cue(
    r"\b(?:(?P<child>(?:step|grand)?-?(?:daughter|son|child)(?:[- ]in[- ]law)?)|(?P<spouse>wife|husband|spouse|partner|fianc[eé]e?)"
    r"|(?P<parent>mother|father|mum|mom|dad|parent)|(?P<sibling>sister|brother|sibling))\b"
)
"""Tells by the name of an author that a relative of the patient wrote a note."""
_THE_PATIENT = {
    "child": Cue(r"\b(?:(?:my|our) )?(?:dad|father|daddy|mum|mom|mother|mam|mammy|gran|grandad|granddad|grandma|nan)\b(?!['’]s (?:mum|mom|mother|father|dad|brother|sister)|-in-law| (?:died|passed away|passed on|was dying|is dead|had cancer))"),
    "spouse": Cue(r"\bmy (?:wife|husband|partner|spouse)\b(?!['’]s (?:mum|mom|mother|father|dad|brother|sister))"),
    "parent": Cue(r"\b(?:my|our) (?:\w+ )?(?:son|daughter|boy|girl|child)\b(?!['’]s (?:brother|sister|cousin))"),
    "sibling": Cue(r"\bmy (?:\w+ )?(?:brother|sister)\b(?!['’]s (?:wife|husband|son|daughter)|-in-law)"),
}  # fmt: skip
"""By whom a note is, the words in it for the patient."""


def told_by_relative(text: str, author: str, /) -> str:
    """Return a sentence, as long as it was, in which a relative who wrote it speaks of the patient by "he": "Dad had a fall"."""
    by = _WRITTEN_BY.search(author)
    if by is None:
        return text
    called = _THE_PATIENT[by.lastgroup or "child"]
    return called.sub(lambda match: "he".ljust(len(match[0])), text)


def clauses_about(relatives: Sequence[str], text: str, /) -> list[str]:
    """Return the clauses of a sentence that name one of some relatives (folded words)."""
    return [clause for clause in re.split(r"[,;]", text) if not set(relatives).isdisjoint(forms(clause))]


def stands(word: str, words: Iterable[str]) -> bool:
    """Say whether a word stands among others, up to its ending (stop, stopped, stopping)."""
    stem = word[:5] if len(word) > 5 else word
    return any(other == word or (len(stem) >= 4 and len(word) > 4 and other.startswith(stem)) for other in words)
