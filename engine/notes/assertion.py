"""Whether a sentence says that something holds, is denied, is possible, is past, or is about somebody else.

Trigger words open a scope before or after them, ended by a clause boundary: the ConText idea (Harkema et al., J Biomed Inform
2009), with rules of our own (`assertion_triggers`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus
from chartcite.engine.notes import assertion_past as past
from chartcite.engine.notes import assertion_triggers as rules
from chartcite.engine.notes.assertion_around import Around, blank, opens, words_around
from chartcite.engine.notes.assertion_background import is_preexisting

_MINUS = re.compile(r"(?:^|[\s,;:(/])(?:\([-–−]\)\s*|[-–−])$")
_SIGNED = re.compile(r"(?:^|[\s,;:(/])[-–−+](?=[A-Za-z])")
_LISTED_MINUS = re.compile(r"[,;:(/]\s*[-–−]\s?$")
_LISTED_PLUS = re.compile(r"(?:^|[\s,;:(/])\+\s?[A-Za-z]")
"""Together: `+ cough, - fever`."""
_PLUS_BEFORE = re.compile(r"(?:\(\+\)\s*|\+{1,3}\s?|\bpos(?:itive)?\s+)$", re.IGNORECASE)
_PLUS_AFTER = re.compile(r"^[\s:=]*(?:\(\+\)|\+ve\b|\+(?![\d/])|pos(?:itive)?\b(?! for)|yes\b)", re.IGNORECASE)
_NEGATIVE_NAME = re.compile(r"(?:no|non|not|without)\b", re.IGNORECASE)
_WAS = re.compile(r"\bwas an?\s*$", re.IGNORECASE)
_FOR_YEARS = re.compile(r"^\s+for\s+[\w\s]{0,24}\b(?:years|decades)\b", re.IGNORECASE)

DECISIVE = (
    AssertionStatus.FAMILY,
    AssertionStatus.ABSENT,
    AssertionStatus.HYPOTHETICAL,
    AssertionStatus.POSSIBLE,
    AssertionStatus.HISTORICAL,
)
"""The statuses by which one is chosen where several hold, most decisive first."""


class Context(NamedTuple):
    """What a sentence says about a mention, one axis a field."""

    negated: bool = False
    possible: bool = False
    hypothetical: bool = False
    historical: bool = False
    """In the past."""
    preexisting: bool = False
    """There before the present episode, and perhaps still."""
    resolved: bool = False
    """Was there and is gone."""
    other: bool = False
    """About a relative or another person."""

    @property
    def status(self) -> AssertionStatus:
        """The one status that an answer needs, most decisive first."""
        holds = (self.other, self.negated, self.hypothetical, self.possible, self.historical or self.resolved)
        return next((status for held, status in zip(holds, DECISIVE, strict=True) if held), AssertionStatus.PRESENT)


def assert_mention(sentence: str, start: int, end: int, *, section: str = "") -> AssertionStatus:
    """Return the assertion of the words at [start, end) of a sentence.

    Args:
        sentence: one sentence.
        start: first character of the mention.
        end: character after it.
        section: heading over the sentence; a family or past history heading decides where the sentence does not.
    """
    around = words_around(sentence, start, end, section)
    read = (_is_other, _is_negated, _is_hypothetical, _is_possible, _is_past)
    return next((status for holds, status in zip(read, DECISIVE, strict=True) if holds(around)), AssertionStatus.PRESENT)


def is_of_others(sentence: str, *, section: str = "") -> bool:
    """Say whether a sentence is about a relative or another person, whatever it names."""
    return _is_other(words_around(sentence, 0, 0, section))


def context_of(sentence: str, start: int, end: int, *, section: str = "") -> Context:
    """Return what a sentence says about the words at [start, end), axis by axis. Arguments as of `assert_mention`."""
    around = words_around(sentence, start, end, section)
    possible, negated = _is_possible(around), _is_negated(around)
    return Context(
        negated=negated,
        possible=possible,
        hypothetical=_is_hypothetical(around),
        historical=_is_historical(around),
        preexisting=is_preexisting(around, sentence, negated=negated, possible=possible),
        resolved=_is_resolved(around),
        other=_is_other(around),
    )


def _is_past(around: Around) -> bool:
    return _is_historical(around) or _is_resolved(around)


def _is_resolved(around: Around) -> bool:
    return opens(past.RESOLVED, around.clause) or past.RESOLVED_AFTER.search(around.after) is not None


def _is_negated(around: Around) -> bool:
    """Say whether the mention is denied; pseudo-negations do not count."""
    if _PLUS_BEFORE.search(around.before) or _PLUS_AFTER.search(around.after):
        return False
    if "?" in around.answer and (answered := _answer(around.answer)) is not None:
        return not answered
    if (denied := _is_negated_after(around)) is not None:
        return denied
    if _NEGATIVE_NAME.match(around.mention):
        return False
    return _has_minus(around) or _is_negated_before(around)


def _is_negated_after(around: Around) -> bool | None:
    """Return what the words after a mention say, `None` where they say nothing."""
    if rules.CONSIDERED_NOT.search(around.answer) and rules.POSSIBLE_AFTER.search(around.after):
        return True
    if rules.DECLINED.search(around.clause) and rules.TREATMENT_AFTER.match(around.after):
        return False
    if any(pattern.search(around.after) for pattern in rules.NEGATED_AFTER):
        return not rules.POSSIBLE_AFTER.search(around.after)
    return None


def _has_minus(around: Around) -> bool:
    """Say whether a minus sign stands before it that is no dash: in brackets, or one sign of several."""
    before = around.before
    if _MINUS.search(before):
        several = len(_SIGNED.findall(before + "x")) > 1 or _LISTED_PLUS.search(around.after) is not None
        if before.rstrip().endswith(")") or several:
            return True
    return bool(_LISTED_MINUS.search(before) and _LISTED_PLUS.search(before))


def _is_negated_before(around: Around) -> bool:
    if rules.AFFIRMED_ITEM.search(around.clause + around.mention) and not rules.LIST_ENDS.search(around.after):
        return False
    if rules.NONE_FIRST.search(around.before):
        return True
    return opens(rules.NEGATION, around.clause) and opens(rules.NEGATION, blank(rules.PSEUDO, around.clause))


def _answer(after: str) -> bool | None:
    """Return what a form answers to the question that a mention is."""
    return False if rules.ANSWERED_NO.search(after) else True if rules.ANSWERED_YES.search(after) else None


def _is_possible(around: Around) -> bool:
    if "?" in around.answer and _answer(around.answer) is not None:
        return False
    return bool(
        rules.POSSIBLE_TOUCHES.search(around.before)
        or rules.POSSIBLE_NAME.match(around.mention)
        or opens(rules.POSSIBLE, around.clause)
        or rules.POSSIBLE_AFTER.search(around.after)
    )


def _is_hypothetical(around: Around) -> bool:
    if rules.HYPOTHETICAL_AFTER.search(around.after):
        return True
    clause = blank(rules.ASKED, around.clause)
    low = clause.lower()
    for trigger in rules.HYPOTHETICAL:
        if not any(cue in low for cue in trigger.cues):
            continue
        for match in trigger.words.finditer(clause):
            if match[0].lower() == "worsening" and not rules.HYPOTHETICAL_CUES.search(around.before):
                continue
            if len(around.clause) - match.end() <= trigger.reach:
                return True
    return False


def _is_historical(around: Around) -> bool:
    clause = _clause_of_history(around.before)
    clause = blank(past.HISTORICAL_PSEUDO, clause + around.mention)[: len(clause)]
    if past.THIS_STAY.search(around.section):
        clause = blank(past.STATUS_POST, clause)
    if any(
        _carries(trigger, clause[match.end() :], around.mention)
        for trigger in past.HISTORICAL
        for match in trigger.words.finditer(clause)
    ):
        return True
    if past.DATED_BEFORE.search(around.before) and not past.ONGOING_BEFORE.search(around.before):
        return True
    if past.HISTORICAL_AFTER.search(around.after) and not (
        past.ONGOING_BEFORE.search(clause) or past.ONGOING_AFTER.search(around.after)
    ):
        return True
    if past.HISTORICAL_NAME.match(around.mention):
        return True
    if past.HAS_HAD.search(clause) and past.ONCE.search(around.mention):
        return True
    if _WAS.search(clause) and _FOR_YEARS.search(around.after):
        return True
    return bool(past.PAST_HEADING.search(around.section)) and not rules.FAMILY_HEADING.search(around.section)


def _carries(trigger: rules.Trigger, gap: str, mention: str) -> bool:
    """Say whether a word of the past, followed by `gap`, still speaks of the mention."""
    if len(gap) > trigger.reach:
        return False
    if not past.LIST_GOES_ON.search(gap):
        return True
    if past.NOW.search(gap + mention):
        return False
    return trigger.reach > rules.NEAR or not past.NEXT_IN_LIST.search(gap) or past.ONCE.search(mention) is not None


def _clause_of_history(before: str) -> str:
    ends = [match.end() for match in past.STOP_HISTORY.finditer(before)]
    return before[ends[-1] :] if ends else before


def _is_other(around: Around) -> bool:
    """Say whether it is about a relative or another person."""
    stops = [match.end() for match in rules.PATIENT_AGAIN.finditer(around.before)]
    clause = around.before[stops[-1] :] if stops else around.before
    if rules.FAMILY_HEADING.search(around.section) and not rules.NOT_FAMILY_HEADING.search(around.section):
        if rules.FAMILY_DONE.search(around.before):
            return False
        return not stops or around.before[: stops[-1]].rstrip()[-1:] in {".", ";", "!", "?"}
    for match in rules.OTHERS.finditer(clause):
        after = clause[match.end() :]
        aside = rules.OTHERS_ASIDE.search(clause[: match.start()]) and not rules.OTHERS_HAVE.match(after)
        if not aside and not rules.OTHERS_TELL.match(after):
            return True
    return rules.OTHERS_AFTER.search(around.after) is not None
