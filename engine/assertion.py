"""Whether a sentence says that something holds, is denied, is possible, is past, or is about somebody else.

Trigger words open a scope before or after them, ended by a clause boundary: the ConText idea (Harkema et al., J Biomed Inform
2009), with rules of our own (`assertion_triggers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from chartcite.engine import assertion_triggers as rules
from chartcite.engine.domain.records import AssertionStatus

_BEFORE = 260
"""Characters before a mention that are looked at: the longest list."""
_AFTER = 160
_MINUS = re.compile(r"(?:^|[\s,;:(/])(?:\([-–−]\)\s*|[-–−])$")
_SIGNED = re.compile(r"(?:^|[\s,;:(/])[-–−+](?=[A-Za-z])")
_LISTED_MINUS = re.compile(r"[,;:(/]\s*[-–−]\s?$")
_LISTED_PLUS = re.compile(r"(?:^|[\s,;:(/])\+\s?[A-Za-z]")
"""Together: `+ cough, - fever`."""
_PLUS_BEFORE = re.compile(r"(?:\(\+\)\s*|\+{1,3}\s?|\bpos(?:itive)?\s+)$", re.IGNORECASE)
_PLUS_AFTER = re.compile(r"^[\s:=]*(?:\(\+\)|\+ve\b|\+(?![\d/])|pos(?:itive)?\b(?! for))", re.IGNORECASE)
_NEGATIVE_NAME = re.compile(r"(?:no|non|not|without)\b", re.IGNORECASE)
_LIST_MARK = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[A-Z][.)]|[-*•#])+\s*")
_WAS = re.compile(r"\bwas an?\s*$", re.IGNORECASE)
_FOR_YEARS = re.compile(r"^\s+for\s+[\w\s]{0,24}\b(?:years|decades)\b", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_LONE = " .:;-\t\n"


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
        order = (
            (self.other, AssertionStatus.FAMILY),
            (self.negated, AssertionStatus.ABSENT),
            (self.hypothetical, AssertionStatus.HYPOTHETICAL),
            (self.possible, AssertionStatus.POSSIBLE),
            (self.historical or self.resolved, AssertionStatus.HISTORICAL),
        )
        return next((status for holds, status in order if holds), AssertionStatus.PRESENT)


class _Around(NamedTuple):
    """The words around a mention that may speak of it."""

    before: str
    clause: str
    """Of `before`, what no boundary cuts off."""
    mention: str
    after: str
    """Up to the boundary after it."""
    section: str


def assert_mention(sentence: str, start: int, end: int, *, section: str = "") -> AssertionStatus:
    """Return the assertion of the words at [start, end) of a sentence.

    Args:
        sentence: one sentence.
        start: first character of the mention.
        end: character after it.
        section: heading over the sentence; a family or past history heading decides where the sentence does not.
    """
    return context_of(sentence, start, end, section=section).status


def context_of(sentence: str, start: int, end: int, *, section: str = "") -> Context:
    """Return what a sentence says about the words at [start, end), axis by axis. Arguments as of `assert_mention`."""
    around = _around(sentence, start, end, section)
    resolved = _opens(rules.RESOLVED, around.clause) or rules.RESOLVED_AFTER.search(around.after) is not None
    possible = _is_possible(around)
    return Context(
        negated=_is_negated(around),
        possible=possible,
        hypothetical=_is_hypothetical(around),
        historical=_is_historical(around),
        preexisting=_is_preexisting(around, sentence),
        resolved=resolved,
        other=_is_other(around),
    )


def _around(sentence: str, start: int, end: int, section: str) -> _Around:
    raw = sentence[max(0, start - _BEFORE) : start]
    before, after = _SPACES.sub(" ", raw), _SPACES.sub(" ", sentence[end : end + _AFTER])
    if label := _last_label(raw):
        # A heading inside the line takes the place of the one above it; labels of body systems leave it as it is.
        section = label[1] if _decides(label[1]) or label[1].isupper() else section
    stop = rules.STOP_AFTER.search(after)
    return _Around(before, _clause(before, after), sentence[start:end], after[: stop.start()] if stop else after, section)


def _clause(before: str, after: str) -> str:
    if (own := rules.OWN_CLAUSE.search(before)) and rules.OWN_VERB.search(after):
        return before[own.end() :]
    ends = [match.end() for match in rules.STOP.finditer(before)]
    return before[ends[-1] :] if ends else before


def _last_label(before: str) -> re.Match[str] | None:
    if ":" not in before:
        return None
    last = None
    for match in rules.LABEL.finditer(before):
        last = match
    return last


def _decides(heading: str) -> bool:
    return bool(rules.PAST_HEADING.search(heading) or rules.FAMILY_HEADING.search(heading))


def _opens(triggers: Iterable[rules.Trigger], clause: str) -> bool:
    """Say whether a trigger stands in the clause, near enough to its end."""
    return any(len(clause) - match.end() <= trigger.reach for trigger in triggers for match in trigger.words.finditer(clause))


def _is_negated(around: _Around) -> bool:
    """Say whether the mention is denied; pseudo-negations do not count."""
    if _PLUS_BEFORE.search(around.before) or _PLUS_AFTER.search(around.after):
        return False
    if any(pattern.search(around.after) for pattern in rules.NEGATED_AFTER):
        return not rules.POSSIBLE_AFTER.search(around.after)
    if _NEGATIVE_NAME.match(around.mention):
        return False
    if _MINUS.search(around.before) and (around.before.rstrip().endswith(")") or len(_SIGNED.findall(around.before + "x")) > 1):
        return True
    if _LISTED_MINUS.search(around.before) and _LISTED_PLUS.search(around.before):
        return True
    return _opens(rules.NEGATION, around.clause) and _opens(rules.NEGATION, _blank(rules.PSEUDO, around.clause))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


def _is_possible(around: _Around) -> bool:
    return bool(
        rules.POSSIBLE_TOUCHES.search(around.before)
        or _opens(rules.POSSIBLE, around.clause)
        or rules.POSSIBLE_AFTER.search(around.after)
    )


def _is_hypothetical(around: _Around) -> bool:
    if rules.HYPOTHETICAL_AFTER.search(around.after):
        return True
    low = around.clause.lower()
    for trigger in rules.HYPOTHETICAL:
        if not any(cue in low for cue in trigger.cues):
            continue
        for match in trigger.words.finditer(around.clause):
            if match[0].lower() == "worsening" and not rules.HYPOTHETICAL_CUES.search(around.before):
                continue
            if len(around.clause) - match.end() <= trigger.reach:
                return True
    return False


def _is_historical(around: _Around) -> bool:
    clause = _clause_of_history(around.before)
    if _opens(rules.HISTORICAL, clause) and _opens(rules.HISTORICAL, _blank(rules.HISTORICAL_PSEUDO, clause)):
        return True
    if rules.HISTORICAL_AFTER.search(around.after) and not (
        rules.ONGOING_BEFORE.search(clause) or rules.ONGOING_AFTER.search(around.after)
    ):
        return True
    if _WAS.search(clause) and _FOR_YEARS.search(around.after):
        return True
    return bool(rules.PAST_HEADING.search(around.section)) and not rules.FAMILY_HEADING.search(around.section)


def _clause_of_history(before: str) -> str:
    ends = [match.end() for match in rules.STOP_HISTORY.finditer(before)]
    return before[ends[-1] :] if ends else before


def _is_preexisting(around: _Around, sentence: str) -> bool:
    if _opens(rules.PREEXISTING, _blank(rules.HISTORICAL_PSEUDO, around.clause)) or "allerg" in around.mention.lower():
        return True
    if rules.PREEXISTING_AFTER.search(around.after):
        return True
    if rules.PERSON_WITH.search(around.before) and rules.WHO_PRESENTS.search(around.after):
        return True
    name = around.mention.strip(_LONE)
    alone = len(_LIST_MARK.sub("", sentence).strip(_LONE)) == len(name)
    return alone and bool(rules.LIFELONG.match(_SPACES.sub(" ", name)) or rules.PROCEDURE_NAME.search(name))


def _is_other(around: _Around) -> bool:
    """Say whether it is about a relative or another person."""
    stops = [match.end() for match in rules.PATIENT_AGAIN.finditer(around.before)]
    clause = around.before[stops[-1] :] if stops else around.before
    if rules.FAMILY_HEADING.search(around.section) and not rules.NOT_FAMILY_HEADING.search(around.section):
        return not stops or around.before[: stops[-1]].rstrip()[-1:] in {".", ";", "!", "?"}
    for match in rules.OTHERS.finditer(clause):
        aside = rules.OTHERS_ASIDE.search(clause[: match.start()])
        if not aside and not rules.OTHERS_TELL.match(clause[match.end() :]):
            return True
    return rules.OTHERS_AFTER.search(around.after) is not None
