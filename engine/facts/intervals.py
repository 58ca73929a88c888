"""How long lay between two things of the chart: "how many weeks from the biopsy to the operation?", "how long after the stroke did the AF show?".

Both things are named and each has a day. What was put into the body and taken out lasted between the two; what a question describes in its own
words has its length, or the age at it, as any other.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.pregnancies import births_of
from chartcite.engine.domain.answers import ClaimKind, Computation, DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.counts_and_durations import age_at, happening_duration
from chartcite.engine.facts.fact_claims import cite
from chartcite.engine.facts.fact_selection import done_to_it
from chartcite.engine.facts.statements import medication_is_active, name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_cues import ordinal_of
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.retrieval import TargetFacts, retrieve_facts
from chartcite.engine.visits.described_facts import content, described

_ASKS = Cue(
    r"\bhow (?:long|much (?:time|later|earlier)|soon|(?:many )?(?:days|weeks|wks|months|mths|years|yrs))\b|\b(?:number of )?(?:days|weeks|wks|months|mths|years|yrs)\b(?=[^?.;]*\b(?:between|from|after|before|until)\b)"
    r"|\b(?:time|interval|gap|delay|lag|wait|stretch)\b(?=[^?.;]*\b(?:between|from|after|before|until)\b)"
)
_LEAD = r"(?:after|before|since|from|following|between|until|till|prior to|post|once|preceding)"
_LED = Cue(rf"\b{_LEAD}\b(?:\s+[\w’'-]+){{0,5}}?\s*$")
"""A word that makes an end of what follows it."""
_OF_ONE = Cue(
    r"\b(?:for|against|because of|due to|with|treating|treat|on|took|take|takes|taking|used?|using|having|stay(?:ed)? on)(?:\s+(?:the|a|an|her|his|my|their|any))?(?:\s+[\w’'-]+)?\s*$"
)
"""Said before what is a circumstance, or what lasts by itself: "on", "for", "because of"."""
_LASTS = Cue(
    r"\b(?:last(?:ed|ing|s)?|stay(?:ed|ing|s)?|remain\w*|continu\w*|kept|keep|persist\w*|goes on|go on|went on|(?:been|be|was|were|is) on|treated|ventilated|admitted for|in hospital)\b"
)
_ENDS = r"(?:stop(?:ped|ping|s)?|end(?:ed|ing|s)?|finish(?:ed|ing)?|heal(?:ed|ing|s)?|clos(?:e|ed|ing|ure)|resol(?:ve|ved|ving|ution)|clear(?:ed|ing|s)?|gone|go away|went away|settl(?:e|ed|ing)|discontinu\w*|came off|come off|coming off|off|out|remov(?:al|ed|ing)|retriev(?:al|ed)|withdr[ae]wn?|over|better|disappear\w*|recover\w*)"
_ENDS_BEFORE = Cue(rf"\b{_ENDS}(?:\s+(?:of|the|her|his|my|their|that|this|with|from))*\s*$")
_ENDS_AFTER = Cue(rf"^(?:\s+(?!and\b|to\b(?! {_ENDS})|until\b|till\b|before\b|after\b)[\w’'-]+){{0,4}}?\s+{_ENDS}\b")
_REMOVAL = Cue(r"\b(?:remov\w*|retriev\w*|extract\w*|explant\w*|taken out|take out|decannulat\w*|extubat\w*)\b")
_NOT_SO = frozenset(
    {AssertionStatus.ABSENT, AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.FAMILY, AssertionStatus.HYPOTHETICAL}
)
_NOT_DONE = frozenset({"not-done", "cancelled", "revoked", "entered-in-error", "noshow", "planned", "booked"})
_DATED_KINDS = frozenset({Category.CONDITION, Category.PROCEDURE, Category.MEDICATION, Category.IMMUNIZATION})
_DAYS_OF_MONTH = 30.44
_WHOLE_DAY = len("2020-01-01")


class End(NamedTuple):
    """One end of an interval: a thing with its day."""

    fact: Fact
    day: date
    closes: bool
    """Whether the day is that of its end."""


def told_intervals(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell the time between two things that a question names; empty: it asks otherwise, or one of them has no day of its own."""
    if not _ASKS.search(text) or any(plan.family or plan.upcoming or plan.lost for plan in plans):
        return []
    if len(plans) > MOST_PARTS:
        return []
    if _TWO_BIRTHS.search(text):
        born = births_of(reading.shelves.records, reading.scope)
        days = [End(fact, fact.occurred.first_day, closes=False) for fact in born if fact.occurred]
        return [between(days[0], days[1], reading)] if len(days) == _TWO else []
    found = [item for plan in plans for item in retrieve_facts(plan, reading.shelves.records, scope=reading.scope)]
    items = list({item.target.label: item for item in found if _is_thing(item.target)}.values())
    placed = [(item, place) for item in items if (place := _place(text, item.target)) is not None]
    if len(placed) != 2 or len(items) != 2:
        return []
    led = [_LED.search(text[: place[0]]) is not None for _item, place in placed]
    alone = [not led[number] and _is_circumstance(text, placed[number][1]) for number in (0, 1)]
    before_deed = any(
        _UNTIL_DEED.search(text[: place[0]]) and item.target.kind is ConceptKind.PROCEDURE for item, place in placed
    )
    if not any(led) or any(alone) or (not all(led) and _LASTS.search(text) and not before_deed):
        return []
    ends = [_end(item, text, place) for item, place in placed]
    one, other = ends
    if one is None or other is None or one.fact.id == other.fact.id or one.day == other.day:
        return []
    early, late = sorted((one, other), key=lambda end: end.day)
    return [between(early, late, reading)]


_UNTIL_DEED = Cue(
    r"\b(?:before|until|till|prior to)(?:\s+(?:the|his|her|my|their|a|an|being|having|getting|he|she|they|i|got|had))*\s*$"
)
"""Leads to what a treatment went on until: "on dialysis before the transplant"."""
_TWO = 2
_TWO_BIRTHS = Cue(
    r"\b(?:between|separat\w+|apart)\b[^?.;]*?\b(?:births?|deliver(?:y|ies)|babies|kids|children|pregnancies|sections|caesareans|cesareans)\b"
    r"|\b(?:births|deliveries|babies|kids|children|pregnancies|sections|caesareans|cesareans)\b[^?.;]*\bapart\b"
)
"""Asks for the time between the births of two children."""
MOST_PARTS = 2
"""Parts of a question that asks for one interval."""


_IN_PLACE = Cue(
    r"\b(?:in|in place|inside|sit|sat|sitting|dwell\w*|have|had|has|carr(?:y|ied)|wear|worn|wore|stay(?:ed)?|kept|keep|remain\w*|insert\w*|deploy\w*|fitt\w*|plac\w*|put|implant\w*|remov\w*|retriev\w*|out)\b"
)
"""Asks how long something was in the body."""


def told_in_place(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell how long something was in the body: from the first procedure that names it to the one that took it out."""
    durations = [plan for plan in plans if plan.intent is Intent.DURATION]
    if not durations or not _IN_PLACE.search(text) or any(plan.family or plan.upcoming for plan in plans):
        return []
    said = content(text)
    done = [
        fact
        for fact in reading.shelves.records.facts(reading.scope, categories=(Category.PROCEDURE,))
        if fact.span is None and fact.status not in _NOT_DONE and fact.assertion not in _NOT_SO and _start(fact)
    ]
    done.sort(key=lambda fact: fact.occurred.start.timestamp() if fact.occurred else 0.0)
    claims: list[DraftClaim] = []
    since = 0
    for number, fact in enumerate(done):
        shared = said & (content(name_of(fact)) - _PARTS_OF_PROCEDURE)
        if not _REMOVAL.search(name_of(fact)) or not shared:
            continue
        first = next((each for each in done[since:number] if shared & content(name_of(each))), None)
        since = number + 1
        day, last = _start(first) if first else None, _start(fact)
        if first is not None and day is not None and last is not None and day < last and _in_time(fact, first, durations):
            claims.append(between(End(first, day, closes=False), End(fact, last, closes=False), reading))
    return claims[-MOST_TIMES:]


MOST_TIMES = 3
_PARTS_OF_PROCEDURE = frozenset(
    {"removal", "insertion", "procedure", "surgery", "surgical", "operation", "guided", "repair", "excision", "arm", "leg"}
)


def _in_time(fact: Fact, first: Fact, plans: Sequence[Plan]) -> bool:
    return all(plan.window is None or plan.window.holds(fact.occurred) or plan.window.holds(first.occurred) for plan in plans)


_AGED = Cue(
    r"\b(?:at )?(?:what|which) age\b|\bhow old\b|\b(?:his|her|their|my|the patient['’]?s?|\w+['’]s)? ?age\b(?: (?:in (?:\w+ )?(?:years|yrs)))?(?= (?:at|when|on|of)\b)|\bhow many (?:years|yrs) old\b"
)
_LENGTH = Cue(r"\bhow (?:long(?! ago)|many (?:days|weeks|wks|months|mths|years|yrs))\b|\b(?:length|duration) of\b")
_CLAUSE = re.compile(r"[?;:,]|\.(?=\s|$)")
_OF_AGE = (Category.CONDITION, Category.PROCEDURE, Category.IMMUNIZATION)


def told_described(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell the age at, or the length of, the one record that a question describes in its own words."""
    if any(plan.family or plan.upcoming or plan.lost or plan.window for plan in plans):
        return []
    if any(target.ids and target.kind is not ConceptKind.MEASUREMENT for plan in plans for target in plan.targets):
        return []  # what the terminology knows is there, or it is not
    intents = {plan.intent for plan in plans}
    if Intent.AGE in intents and (asked := _AGED.search(text)):
        fact = described(_clause(text, asked.end(), plans), _OF_AGE, reading)
        told = age_at(fact, reading.chart) if fact is not None else []
        return [claim for claim in told if claim.route == "age_at"]
    if Intent.DURATION in intents and (asked := _LENGTH.search(text)) and not _LED_ANYWHERE.search(text):
        fact = described(_clause(text, asked.end(), plans), (Category.CONDITION,), reading)
        told = happening_duration([fact], reading.chart) if fact is not None else []
        return [claim for claim in told if claim.route == "duration"]
    return []


_LED_ANYWHERE = Cue(rf"\b(?:{_LEAD})\b")


def _clause(text: str, position: int, plans: Sequence[Plan]) -> str:
    """Return the words that tell what is asked of, of the clause that begins at a position: no names, no verbs of the question."""
    clause = _CLAUSE.split(text[position:].strip(" ,:"), maxsplit=1)[0]
    telling = {word for plan in plans for word in plan.keywords}
    telling |= {word for plan in plans for target in plan.targets for word in forms(target.words)}
    return " ".join(word for word in clause.split() if set(forms(word)) & telling)


def _is_thing(target: Target) -> bool:
    return target.kind is not ConceptKind.MEASUREMENT


def _place(text: str, target: Target) -> tuple[int, int] | None:
    match = re.search(rf"\b{re.escape(target.words)}", text, re.IGNORECASE)
    return match.span() if match else None


def _is_circumstance(text: str, place: tuple[int, int]) -> bool:
    return _OF_ONE.search(text[: place[0]]) is not None


def _end(item: TargetFacts, text: str, place: tuple[int, int]) -> End | None:
    """Return the day of one thing: of its end where that is asked, else of its beginning; `None`: it has none, or several."""
    before, after = text[: place[0]], text[place[1] :]
    closes = _ENDS_BEFORE.search(before) is not None or _ENDS_AFTER.search(after) is not None
    facts = [
        fact
        for fact in _itself(item)
        if fact.category in (*_DATED_KINDS, Category.ENCOUNTER) and fact.assertion not in _NOT_SO and fact.status not in _NOT_DONE
    ]
    return _one_of(facts, closes=closes, ordinal=ordinal_of(text[max(0, place[0] - 12) : place[0]]))


_FOR_IT = Cue(r"\b(?:catheter|line|fistula|access|port)\b")
"""What is put in so that a treatment can be given."""
_ABOUT_IT = Cue(
    r"\b(?:clinic|review|follow|appointment|assessment|work-?up|education|consult\w*|counsel\w*|pre-?op\w*|post-?op\w*)\b"
)
"""A visit about a treatment, at which it is not given."""


def _itself(item: TargetFacts) -> list[Fact]:
    """Return the entries of a thing; of something done, neither a scan or a biopsy of it nor the way to it, else the visits for it."""
    apart = [fact for fact in item.facts if fact.category is not Category.ENCOUNTER]
    if item.target.kind is not ConceptKind.PROCEDURE:
        return apart
    done = [fact for fact in apart if fact.category is Category.PROCEDURE and not done_to_it(fact)]
    given = [fact for fact in done if not _FOR_IT.search(name_of(fact)) or _FOR_IT.search(item.target.words)]
    visits = [fact for fact in item.facts if fact.category is Category.ENCOUNTER and not _ABOUT_IT.search(name_of(fact))]
    return given or [fact for fact in visits if fact.status not in _NOT_DONE] or done or apart


def _one_of(facts: Sequence[Fact], *, closes: bool, ordinal: int | None = None) -> End | None:
    facts = [fact for fact in facts if fact.span is None]
    if not facts:
        return None
    category = facts[0].category
    facts = [fact for fact in facts if fact.category is category]
    if category is Category.PROCEDURE or category is Category.IMMUNIZATION:
        out = [fact for fact in facts if _REMOVAL.search(name_of(fact))]
        facts = out if closes and out else [fact for fact in facts if fact not in out] or facts
        days = sorted({(day, fact.id): fact for fact in facts if (day := _start(fact)) is not None}.items())
        if ordinal is not None and len(days) >= ordinal:
            days = days[ordinal - 1 : ordinal]
        return End(days[0][1], days[0][0][0], closes=False) if len({day for (day, _id), _fact in days}) == 1 else None
    if closes:
        if any(medication_is_active(fact) for fact in facts if category is Category.MEDICATION):
            return None
        ended = [(day, fact) for fact in facts if (day := _whole(fact.ended.day if fact.ended else "")) is not None]
        last = max(ended, key=lambda pair: pair[0], default=None)
        return End(last[1], last[0], closes=True) if last else None
    first = min(((day, fact.id, fact) for fact in facts if (day := _start(fact)) is not None), default=None)
    return End(first[2], first[0], closes=False) if first else None


def _start(fact: Fact) -> date | None:
    return _whole(fact.occurred.day if fact.occurred else "")


def _whole(day: str) -> date | None:
    return date.fromisoformat(day) if len(day) == _WHOLE_DAY else None


def between(one: End, other: End, reading: Reading) -> DraftClaim:
    """Tell the days between two ends, the earlier first."""
    days = (other.day - one.day).days
    text = f"From {_said(one)} to {_said(other)}: {in_units(days)}."
    return DraftClaim(
        text=text,
        kind=ClaimKind.COMPUTED,
        citations=tuple(cite(end.fact, reading.chart) for end in (one, other)),
        route="duration",
        computation=Computation(operation="days_between", inputs=(one.day.isoformat(), other.day.isoformat()), result=str(days)),
        category=other.fact.category,
    )


def _said(end: End) -> str:
    what = f"the end of {name_of(end.fact)}" if end.closes else name_of(end.fact)
    return f"{what} ({end.day.isoformat()})"


def in_units(days: int) -> str:
    """Say a number of days, with the weeks and months that it makes."""
    few = f"{days} {'day' if days == 1 else 'days'}"
    more = [f"{round(days / 7)} weeks"] if days >= _WEEKS_FROM else []
    more += [f"{round(days / _DAYS_OF_MONTH)} months"] if days >= _MONTHS_FROM else []
    return f"{few} (about {', '.join(more)})" if more else few


_WEEKS_FROM, _MONTHS_FROM = 14, 60
