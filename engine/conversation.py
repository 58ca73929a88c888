"""A follow-up ("and before that?", "why?", "and his potassium?") becomes a question that stands alone, from the turns before it.

Only words move: from earlier questions, and from earlier answers the day that was told and the things that were named. What
cannot be resolved stays as it is, and is then not understood.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import reduce
from typing import NamedTuple

from chartcite.engine.domain.answers import Turn
from chartcite.engine.domain.records import Category
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import SUBJECTS, Event, Intent
from chartcite.engine.wording.plain_dates import DATED, with_iso_days

MOST_TURNS = 8
"""Of the earlier turns, the last so many are read."""

Read = Callable[[str], Sequence[Plan]]
"""Reads a question that stands alone."""


class _Before(NamedTuple):
    """The turn before, standing alone."""

    text: str
    plan: Plan
    answer: str
    topics: tuple[Target, ...]
    """What earlier turns were about, newest last."""


_OPENING = r"^\W*(?:(?:and|but|or|so|ok(?:ay)?|also|then|what about|how about|same for|now)\b[\s,]*)*"
_OWNER = r"(?:(?:his|her|their|my|the|your|a|an|on|for|with|about)\s+)*"
_THAT = r"(?:that|then|this|it)"
_EARLIER = Cue(
    rf"{_OPENING}(?:what (?:was|were) (?:it|that|they)\s+)?(?:(?P<before>(?:just |right )?before (?:{_THAT})|(?:prior|previous(?:ly)?) to (?:{_THAT})|the (?:one|time|value|result|reading) before(?: {_THAT})?|(?:the )?previous(?:ly| one)?|earlier|beforehand|before)"
    rf"|(?P<after>(?:just |right )?after (?:{_THAT})|afterwards?|the (?:one|time|value|result) after(?: {_THAT})?|later|since(?: then| that)?))\W*$",
)
_ALONE = Cue(
    rf"{_OPENING}(?P<asks>why(?: (?:is|was) (?:that|it|this))?(?: not)?|how come|what for|for what reason|since when|when(?: (?:was|is|did) (?:that|it|this)(?: happen| start| begin)?)?|who(?: (?:did|ordered|prescribed) (?:it|that))?|by whom"
    r"|how much|what dose|which dose|what strength|how often|how many times|how long|where)\W*$",
)
_OTHER = Cue(
    rf"{_OPENING}{_OWNER}(?:the |that )?other(?: one| side| knee| eye| hand| hip| ear| leg| foot| arm| breast)?\W*$",
)
_PRONOUN = Cue(
    r"\b(?:it(?!['’]?s)|that(?= (?:one|test|result|value|drug|medicine|medication|problem|condition|diagnosis|procedure)\b)(?: \w+)?|(?<!like )that(?=\W*$| (?:\w+ed|for|still|again|now|high|low|normal|abnormal|stopped|started|begin|began|resolved|done|given|continued|changed)\b)"
    r"|this(?: one)?(?=\W*$)|them|those|these)\b",
)
_SUBJECT_THEY = Cue(r"\b(?:are|were|have|had|did|do) (?P<they>they)\b")
_AUXILIARY = re.compile(r"^\W*(?P<rest>(?:is|was|are|were|did|does|do|has|have|had)\b.*)", re.IGNORECASE | re.DOTALL)
_ASKED_WHEN = Cue(
    r"^\W*(?:(?:since )?when|why|how come|what|what (?:date|day|year)|how long(?: ago)?|who|where)\s+(?=(?:is|was|are|were|did|does|do|has|have|had)\b)",
)
_SEARCHED = "Searched: "
"""Begins what an answer says of the search: its days are not of what was found."""
_DAY = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
_SIDES = {"left": "right", "right": "left"}
_JOINING = Cue(r"\b(?:(?:in|on|at|since|before|after|during|from|until|till|by|around|for|over|within|as of)\s+(?:the\s+)?)?$")
_NEWEST = Cue(r"\b(?:current|currently|now|today|(?:most recent|latest|last)(?= (?:value|result|one|reading)))\b\s*")


def standing_alone(text: str, earlier: Sequence[Turn], *, read: Read) -> str:
    """Return a question as it reads without the turns before it; itself, where it needs none or they do not help."""
    turns = list(earlier)[-MOST_TURNS:]
    if not turns:
        return text
    before = reduce(lambda last, turn: _followed(turn, last, read), turns[1:], _first(turns[0], read))
    return _resolved(text, before, read)


def _first(turn: Turn, read: Read) -> _Before:
    plan = read(turn.question)[0]
    return _Before(turn.question, plan, turn.answer, plan.targets[:1])


def _followed(turn: Turn, before: _Before, read: Read) -> _Before:
    text = _resolved(turn.question, before, read)
    plan = read(text)[0]
    return _Before(text, plan, turn.answer, (*before.topics, *plan.targets[:1]))


def _resolved(text: str, before: _Before, read: Read) -> str:
    """Try each way to complete a follow-up; the first that applies counts."""
    for way in (_to_other_time, _to_question_alone, _to_the_other):
        found = way(text, before)
        if found is not None:
            return found
    only = re.sub(_OPENING, "", text, count=1, flags=re.IGNORECASE) or text
    timed = read(only)[0]  # "what about 2019" is no time around 2019
    if timed.window is not None and _is_only_time(only, timed):
        return _with_time(before, timed.window.words, _said_before(only, timed.window.words))
    plan = read(text)[0]
    return _to_other_topic(text, plan, before) if plan.targets else _with_topic(text, plan, before)


def _to_other_time(text: str, before: _Before) -> str | None:
    """Complete "And before that?": before the day that was told, else before the time that was asked about."""
    match = _EARLIER.match(text)
    if match is None:
        return None
    days = _DAY.findall(with_iso_days(before.answer.partition(_SEARCHED)[0].partition(DATED)[0]))
    asked = before.plan.window
    day = days[0] if days else (asked.first.isoformat() if asked and asked.first else "")
    return _with_time(before, day, "before" if match["before"] else "after") if day else text


def _with_time(before: _Before, words: str, joining: str) -> str:
    """Ask the question before of another time."""
    text = before.text.rstrip(" ?.!")
    old = before.plan.window
    if old is not None and (place := text.lower().find(old.words.lower())) >= 0:
        start = _JOINING.search(text[:place])
        text = f"{text[: start.start() if start else place].rstrip()} {text[place + len(old.words) :].lstrip()}".strip()
    text = _NEWEST.sub("", text).strip()
    new = words if words.lower().startswith(joining.lower()) else f"{joining} {words}"
    return f"{text} {new}?"


def _said_before(text: str, words: str) -> str:
    """Return the preposition that stands before the words of a time; "in" for a bare year."""
    start = text.lower().find(words.lower())
    match = _JOINING.search(text[: max(start, 0)])
    said = match[0].strip() if match else ""
    return said or ("in" if re.match(r"\d{4}$|[A-Z][a-z]+ \d{4}$", words) else "")


def _is_only_time(text: str, plan: Plan) -> bool:
    """Say whether a question names a time and nothing else: "what about 2019?", "and in March?"."""
    words = plan.window.words if plan.window else ""
    rest = re.sub(re.escape(words), " ", text, count=1, flags=re.IGNORECASE)
    return (
        re.match(
            rf"{_OPENING}(?:(?:in|on|at|since|before|after|during|from|until|by|around|for|over|within|as of|the)\s*)*\W*$",
            rest,
            re.IGNORECASE,
        )
        is not None
    )


def _to_question_alone(text: str, before: _Before) -> str | None:
    """Complete "Why?", "since when?", "what dose?": asked of what the question before was about."""
    match = _ALONE.match(text)
    if match is None:
        return None
    asks = re.sub(r"\s+(?:is|was|did|ordered|prescribed)\s+(?:that|it|this)\b.*", "", match["asks"], flags=re.IGNORECASE).strip()
    asks = "Why" if asks.lower() in {"how come", "what for", "for what reason"} else asks[:1].upper() + asks[1:]
    if asks.lower() in {"how much", "what dose", "which dose", "what strength"}:
        return f"What dose of {_topic(before)}?" if _topic(before) else text
    said = _AUXILIARY.match(_ASKED_WHEN.sub("", before.text))
    if said is not None:
        rest = said["rest"].strip().rstrip(" ?.!")
        if asks.lower() == "why not":
            asks, rest = "Why", re.sub(r"^(\w+ \w+)", r"\1 not", rest)
        return f"{asks} {rest[:1].lower()}{rest[1:]}?"
    topic = _topic(before)
    if not topic:
        return text
    event = before.plan.event or (Event.STARTED if asks.lower() in {"when", "since when"} and before.plan.subject else None)
    return f"{asks} was {topic} {event.value}?" if event else f"{asks} {topic}?"


def _to_the_other(text: str, before: _Before) -> str | None:
    """Complete "And the other one?": the other side, else the one other thing of that kind that was asked about or told."""
    if _OTHER.match(text) is None:
        return None
    side = re.search(r"\b(left|right)\b", before.text, re.IGNORECASE)
    if side is not None:
        return f"{before.text[: side.start()]}{_SIDES[side[1].lower()]}{before.text[side.end() :]}"
    now = before.topics[-1] if before.topics else None
    if now is None:
        return text
    others = {each.label: each for each in before.topics if each.kind is now.kind and each.label != now.label}
    return _replaced(before, next(iter(others.values())).words) if len(others) == 1 else text


def _to_other_topic(text: str, plan: Plan, before: _Before) -> str:
    """Complete "And his potassium?": the question before, about another thing of the same kind. Else the question says enough itself."""
    named = re.escape(plan.targets[0].words)
    bare = re.match(rf"{_OPENING}{_OWNER}{named}\W*$", text, re.IGNORECASE) is not None
    alike = bool(before.plan.targets) and before.plan.targets[0].kind is plan.targets[0].kind
    follows = re.match(r"^\W*(?:and|but|or|also|what about|how about|same for)\b", text, re.IGNORECASE) is not None
    if bare and alike and follows:
        return _replaced(before, plan.targets[0].words)
    return text


def _replaced(before: _Before, words: str) -> str:
    """Ask the question before about something else."""
    old = _topic(before)
    return re.sub(re.escape(old), lambda _: words, before.text, count=1, flags=re.IGNORECASE) if old else before.text


_EDGES = Cue(r"^(?:on|of|for|to|the|a|an)\s+|\s+(?:to|of|on|for)$")
_PLURAL = frozenset({"them", "those", "these", "they"})
_ASKING = Cue(r"^\W*(?:what|how|which|who|where|when|any|is|was|are|were|did|does|has|have)\b")
_FEW_WORDS = 4


def _with_topic(text: str, plan: Plan, before: _Before) -> str:
    """Complete "when did she stop it?", "what happened?", "highest?" with what the question before was about."""
    topic = _topic(before)
    if not topic:
        return text
    match = _PRONOUN.search(text)
    they = None if match else _SUBJECT_THEY.search(text)
    start, end = match.span() if match else they.span("they") if they else (0, 0)
    if end:
        lists = not before.plan.targets and before.plan.subject is not Category.ENCOUNTER
        if lists and text[start:end].lower() not in _PLURAL:
            return text  # which of several is meant is not said
        return f"{text[:start]}{topic}{text[end:]}"
    if plan.relatives and before.plan.targets and before.plan.targets[0].kind is ConceptKind.CONDITION:
        asked = re.sub(_OPENING, "", text, count=1, flags=re.IGNORECASE).rstrip(" ?.!")
        return f"Does {asked} have {topic}?"
    bare = (
        plan.subject is None and not plan.family and plan.window is None and not plan.keywords and len(text.split()) <= _FEW_WORDS
    )
    if not bare or (plan.intent in {Intent.DESCRIBE, Intent.LIST} and not _ASKING.match(text)):
        return text
    joining = " with" if _ASKING.match(text) and plan.event is None else ""
    return f"{text.rstrip(' ?.!')}{joining} {topic}?"


def _topic(before: _Before) -> str:
    """Return the words of what the question before was about; empty: nothing that has a name."""
    if before.plan.targets:
        return _EDGES.sub("", before.plan.targets[0].words)
    named = (cue.search(before.text) for category, cue in SUBJECTS if category is before.plan.subject)
    return next((match[0] for match in named if match), "")
