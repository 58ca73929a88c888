"""The births and pregnancies that a chart tells of, and the children by whom questions name them ("when she was expecting Grace").

A pregnancy ends with a birth or a loss, or goes on. It begins forty weeks before the day that was reckoned for the birth, or as
long before the birth as the chart says that it lasted; a loss of unknown weeks took about ten.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.ports import RecordStore

_BIRTH = re.compile(
    r"^(?!.*\b(?:history|previous|past|prior|planned|planning|booked|preference|control|anniversary)\b).*"
    r"(?:\bc(?:a)?esarean\b|\bc-section\b|\b(?:vaginal|forceps|ventouse|vacuum|breech|water|home|live|single|twin) (?:\w+ )?(?:birth|delivery)\b"
    r"|\bchildbirth\b|\b(?:at|during|(?:mode|method|type|manner) of) (?:birth|delivery)\b"
    r"|\bdelivery of (?:baby|infant|placenta|newborn|product)\w*)",
    re.IGNORECASE,
)
_LOSS = re.compile(
    r"^(?!.*\b(?:history|previous|past|prior|threatened|recurrent|risk|family|planned)\b).*"
    r"\b(?:miscarr\w+|(?:spontaneous|missed|incomplete|complete|septic|induced|therapeutic|elective|medical) abortion"
    r"|termination of pregnancy|ectopic(?: pregnancy)?|molar pregnancy|hydatidiform mole|stillbirth|intrauterine (?:fetal )?death)\b",
    re.IGNORECASE,
)
_PREGNANT = re.compile(
    r"^(?:(?:normal|currently|intrauterine|single(?:ton)?|twin|early) )?pregnan(?:t|cy)(?: \(\w+\))?$", re.IGNORECASE
)
_DUE = Cue(
    r"\b(?:estimated|expected|agreed|scan)? ?(?:date of (?:delivery|confinement|birth)|delivery date|due date)\b|\bE(?:DD|DC)\b"
)
_LENGTH = Cue(r"\bgestation\w*\b")
_WEEKS = re.compile(
    r"(?P<weeks>[12345]?\d)(?: ?\+ ?(?P<days>[0-6])| ?(?:weeks?|wks?|w|/40)(?:,? (?:and )?(?P<more>[0-6]) ?(?:days?|d))?)?"
)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_ONE_BIRTH = 150
"""Days within which what the chart tells of a birth belongs to the same one."""
_TERM = timedelta(weeks=40)
_LONGEST = timedelta(weeks=44)
_EARLY = timedelta(weeks=10)
"""How long a pregnancy lasted that was lost, where nothing tells it."""
_AROUND = timedelta(days=7)
_NAMED_WITHIN = timedelta(days=120)
"""How long after a birth a child is first named as a rule."""
_NOT_OF_BIRTH = frozenset({Category.FAMILY_HISTORY, Category.DOCUMENT, Category.ORDER, Category.MEDICATION, Category.CARE_PLAN})
_UNREAL = frozenset(
    {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.ABSENT, AssertionStatus.HYPOTHETICAL, AssertionStatus.FAMILY}
)
_OF_CHILD = Cue(
    r"\b(?:bab(?:y|ies)|born|birth\w*|newborn|neonat\w*|infant|girl|boy|daughter|son|twins?|delivered|nicu|scbu|nnu|apgars?"
    r"|named|called|feed\w*|milk)\b"
)
_LEAST_NAME = 3
_LEAST_AGE = 10


class Pregnancy(NamedTuple):
    """The days of a pregnancy; one that goes on has no last."""

    first: date
    last: date | None
    born: bool


def births_of(records: RecordStore, scope: Scope) -> list[Fact]:
    """Return the first of what the chart tells of each birth, oldest first."""
    return _apart(_told(records.facts(scope), _BIRTH))


def pregnancies_of(records: RecordStore, scope: Scope, today: date) -> list[Pregnancy]:
    """Return the pregnancies of a chart, oldest first: those that ended in a birth or a loss, and one that goes on."""
    facts = records.facts(scope)
    due = sorted(day for fact in facts if fact.assertion not in _UNREAL and (day := _due(fact)) is not None)
    births = [_first_day(fact) for fact in _apart(_told(facts, _BIRTH))]
    losses = [_first_day(fact) for fact in _apart(_told(facts, _LOSS))]
    found = [Pregnancy(_begun(day, due, facts), day, born=True) for day in births]
    for day in losses:
        if any(abs(day - each) <= timedelta(days=30) for each in births):
            continue  # a child that was born dead
        begun = _before(day, due)
        found.append(Pregnancy(max(begun, day - _TERM) if begun is not None else day - _EARLY, day, born=False))
    ongoing = _ongoing(facts, due, today)
    if ongoing is not None and not any(each.last is not None and each.last >= ongoing for each in found):
        found.append(Pregnancy(ongoing, None, born=True))
    grown = _grown(facts)  # what a chart tells of the patient's own birth is another's pregnancy
    return sorted(each for each in found if grown is None or (each.last or today) >= grown)


_NOW = Cue(
    r"\b(?:current|this|present|ongoing) pregnancy\b|\bhow (?:many weeks|far along|far gone|many weeks gone) (?:is|am) (?:she|i)\b|\bhow pregnant\b"
    r"|\b(?:she|i)(?:['’]s| is|['’]m| am) (?:now |currently )?(?:expecting|carrying|pregnant with|due to (?:deliver|give birth))\b"
    r"|\bwhen(?:['’]s| is) (?:the|her|my|our) baby due\b|\bhow(?:['’]s| is) (?:the|her|my) (?:pregnancy|bump|unborn baby)\b"
)
_SEVERAL = re.compile(r"\b(?:twins?|triplets)\b", re.IGNORECASE)
_WHOSE = re.compile(
    r"\b(?P<name>[A-ZÀ-Þ][a-zß-ÿ]{2,})['’]s (?:birth|delivery|labou?r)\b(?! (?:date|certificate|plan|day|place|suite|unit|room|ward))"
)
_JUST_OVER = timedelta(days=60)


def takes_untold_for_granted(text: str, records: RecordStore, scope: Scope, today: date) -> bool:
    """Say whether a question speaks of a pregnancy that is over as if it went on, or of a child of whom the chart tells nothing."""
    if not (_NOW.search(text) or _SEVERAL.search(text) or _WHOSE.search(text)):
        return False
    known = pregnancies_of(records, scope, today)
    if not known:
        return False
    if _NOW.search(text):
        return all(each.last is not None and today - each.last > _JUST_OVER for each in known)
    whose = _WHOSE.search(text)
    word = re.compile(r"\b(?:twins?|triplets)\b" if whose is None else rf"\b{re.escape(whose['name'])}", re.IGNORECASE)
    return not any(word.search(said) for _, said in _texts(records, scope))


def birth_of_child(name: str, records: RecordStore, scope: Scope) -> Fact | None:
    """Return the birth of a child that a question names: the one after which the chart first speaks of a child of that name."""
    births = births_of(records, scope)
    called = re.compile(rf"\b{re.escape(name)}", re.IGNORECASE)
    if len(name) < _LEAST_NAME or not births:
        return None
    days = sorted(
        day for day, text in _texts(records, scope) if called.search(text) is not None and _OF_CHILD.search(text) is not None
    )
    if not days:
        return None
    before = [fact for fact in births if timedelta(0) <= days[0] - _first_day(fact) <= _NAMED_WITHIN]
    return before[-1] if before else None


def _grown(facts: Sequence[Fact]) -> date | None:
    """Return from when on the patient may be with child."""
    told = next((fact.value.shown for fact in facts if fact.id.endswith("#birthDate") and fact.value is not None), "")
    year = re.match(r"\d{4}", told)
    return date(int(year[0]) + _LEAST_AGE, 1, 1) if year is not None else None


def day_of_birth_named(text: str, records: RecordStore, scope: Scope) -> date | None:
    """Return the day on which a child was born whom a question names: "how many nights after having Grace?"."""
    if not _OF_CHILD.search(text) and not _HAVING.search(text):
        return None
    names = (re.sub(r"['’]s?$", "", name) for name in _NAME.findall(text))
    born = (birth_of_child(name, records, scope) for name in dict.fromkeys(names))
    return next((_first_day(birth) for birth in born if birth is not None), None)


_HAVING = Cue(r"\b(?:had|having|with)\b")
_NAME = re.compile(r"(?<!^)\b[A-ZÀ-Þ][a-zß-ÿ'’-]{2,}\b")


def _texts(records: RecordStore, scope: Scope) -> Iterable[tuple[date, str]]:
    """Yield what the chart says, sentence by sentence or entry by entry, each with its day."""
    for passage in records.all_passages(scope):
        moment = passage.occurred or passage.recorded
        if moment is not None:
            yield from ((moment.first_day, passage.sentence_text(sentence)) for sentence in passage.sentences)
    for fact in records.facts(scope):
        if fact.occurred is not None and fact.span is None:
            told = (fact.concept.text, fact.value.shown if fact.value else "", *(detail.text for detail in fact.details))
            yield fact.occurred.first_day, " ".join(told)


def _told(facts: Sequence[Fact], what: re.Pattern[str]) -> list[Fact]:
    return [
        fact
        for fact in facts
        if fact.occurred is not None
        and fact.category not in _NOT_OF_BIRTH
        and fact.assertion not in _UNREAL
        and what.match(fact.concept.text)
    ]


def _apart(told: Sequence[Fact]) -> list[Fact]:
    """Return the first entry of each happening."""
    apart: list[Fact] = []
    for fact in sorted(told, key=lambda fact: (_first_day(fact), fact.category is not Category.PROCEDURE)):
        if not apart or (_first_day(fact) - _first_day(apart[-1])).days > _ONE_BIRTH:
            apart.append(fact)
    return apart


def _first_day(fact: Fact) -> date:
    assert fact.occurred is not None  # noqa: S101 -- only dated facts are asked
    return fact.occurred.first_day


def _due(fact: Fact) -> date | None:
    """Return the day that was reckoned for a birth."""
    if fact.value is None or not _DUE.search(fact.concept.text):
        return None
    told = _ISO.search(fact.value.shown)
    try:
        return date(int(told[1]), int(told[2]), int(told[3])) if told is not None else None
    except ValueError:
        return None


def _before(day: date, due: Sequence[date]) -> date | None:
    """Return when a pregnancy that ended on a day began, by the day that was reckoned for the birth."""
    meant = [each for each in due if -timedelta(days=30) <= each - day <= _TERM]
    return meant[-1] - _TERM if meant else None


def _begun(day: date, due: Sequence[date], facts: Sequence[Fact]) -> date:
    for fact in facts:
        if fact.occurred is None or fact.value is None or not _LENGTH.search(fact.concept.text):
            continue
        weeks = _WEEKS.match(fact.value.shown)
        if weeks is not None and abs(fact.occurred.first_day - day) <= _AROUND:
            return day - timedelta(weeks=int(weeks["weeks"]), days=int(weeks["days"] or weeks["more"] or 0))
    return _before(day, due) or day - _TERM


def _ongoing(facts: Sequence[Fact], due: Sequence[date], today: date) -> date | None:
    """Return when a pregnancy began that goes on."""
    ahead = [day for day in due if timedelta(0) <= day - today <= _TERM]
    if ahead:
        return ahead[-1] - _TERM
    begun = [
        fact.occurred.first_day
        for fact in facts
        if fact.category is Category.CONDITION
        and fact.assertion not in _UNREAL
        and fact.occurred is not None
        and fact.ended is None
        and _PREGNANT.match(fact.concept.text)
        and timedelta(0) <= today - fact.occurred.first_day <= _LONGEST
    ]
    return begun[-1] if begun else None
