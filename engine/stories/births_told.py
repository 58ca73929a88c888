"""The pregnancies and births of a woman, all of them or the one that is meant: "obstetric history?", "how was her second baby born?".

What is told of a birth stands in her own chart beside it: how the child was born and when, what it weighed, what she lost.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.pregnancies import Pregnancy, birth_of_child, pregnancies_of, takes_untold_for_granted
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan
from chartcite.engine.stories.problem_summary import day_of, drafts

MOST_LINES = 16
LEAST_EACH = 3
"""Lines of a story of all pregnancies, and of each of many."""
_AROUND = timedelta(days=2)
_AFTER = timedelta(days=45)
"""Days after a birth in which what it brought about comes to light."""
_WHOLE = Cue(
    r"\b(?:obstetric(?:al)?|obs|pregnanc(?:y|ies)|reproductive|maternity|birth(?:ing)?) (?:history|hx|summary|story|background|record)\b"
    r"|\b(?:history|summary|overview|rundown|list|story|outcomes?) of (?:(?:all|her|my|the|previous|past|prior) )+(?:pregnanc(?:y|ies)|births|deliveries)\b"
    r"|\b(?:previous|past|prior|all|earlier) (?:of )?(?:(?:her|my|the) )?(?:pregnancies|births|deliveries)\b|\b(?:pregnanc(?:y|ies)|births|deliveries) (?:so far|to date|and (?:their )?outcomes?)\b"
    r"|\b(?:summar\w+|list|describe|outline|tell me about|go through|run through) (?:(?:all|of|her|my|the|each) )*(?:pregnancies|births|deliveries)\b"
    r"|\bhow (?:did|have) (?:(?:all|of|her|my|the|each|both) )*(?:pregnancies|births|deliveries|labou?rs) (?:go|gone|turn out|end)\b"
)
_ONE = Cue(
    r"\bhow (?:did|was|were|had) [^?.;]{0,50}\b(?:birth|delivery|labou?r|pregnancy)\b(?: (?:go|gone|turn out|end(?: up)?|with \w+))*\W*$"
    r"|\bhow [^?.;]{1,45}\b(?:birth|delivery|labou?r)s? (?:went|turned out)\b"
    r"|\b(?:summar\w+|tell me about|story of|overview of|run through|what happened (?:at|during|in|with|around)) [^?.;]{0,40}\b(?:birth|delivery|labou?r)\b(?! (?:plan|certificate|control|weight|afterthoughts))"
    r"|\bwhat happened when [^?.;]{1,25}\b(?:was born|gave birth|delivered|had (?:the|her|my) baby)\b"
)
"""Asks how one birth went as a whole."""


class _Particular(NamedTuple):
    """Something that is told of a birth: how questions ask for it, and how its entries are called."""

    asked: Cue
    called: Cue


_CHILD = (
    r"(?:bab(?:y|ies)|newborn|twins?|child(?:ren)?|kids?|infants?|sons?|daughters?|boys?|girls?|births?|born|delivery|deliveries)"
)
_PARTICULARS = (
    _Particular(
        Cue(
            r"\b(?:mode|type|manner|method|route|kind|sort) of (?:birth|delivery|deliveries|births)\b|\bhow (?:was|were|is) [^?.;]{1,45}\b(?:born|delivered)\b|\bhow (?:did|has) (?:she|i|they|\w+) (?:deliver(?:ed)?|g[ai]ven? birth)\b"
            r"|^\W*(?:was|were|is|did) [^?.;]{1,50}\b(?:(?:normal|vaginal|natural|assisted|instrumental) (?:birth|delivery|or)|c-?sections?|ca?esarean|forceps|ventouse|kiwi|born naturally)\b[^?.;]{0,30}\b(?:birth|born|delivery|baby|or)\b"
            r"|\b(?:both|each|all)(?: of)?(?: (?:her|my|the))? (?:births|deliveries)\b[^?]{0,20}\b(?:normal|vaginal|sections?|how)\b"
        ),
        Cue(r"\b(?:mode|method|type) of (?:birth|delivery)\b|\b(?:ca?esarean|forceps|ventouse|vacuum|instrumental|breech|vaginal (?:birth|delivery)|childbirth)\b"),
    ),
    _Particular(
        Cue(
            rf"\b(?:birth ?-?weights?)\b|^(?=.*\b{_CHILD}\b).*\b(?:weigh(?:ed|t)?|weights|how (?:big|heavy|small|large|tiny)|bigger|smaller|heavier|lighter|(?:heavi|light|bigg|small)est)\b(?! (?:blood|bleed|tear|loss|scar|haem|hem|problem|risk))"
        ),
        Cue(r"\bbirth ?-?weight\b|\b(?:baby|newborn|infant)(?:['’]s)? weight\b"),
    ),
    _Particular(
        Cue(r"\bapgars?\b"),
        Cue(r"\bapgars?\b"),
    ),
    _Particular(
        Cue(rf"\bgestation\w*\b(?=.*\b{_CHILD}\b)|\b{_CHILD}\b[^?.;]*\bgestation\w*\b(?! diab)|\b(?:how many weeks|how (?:early|late|premature|prem|far along)|what (?:week|stage))\b[^?.;]*\b(?:born|deliver\w*|gave birth|give birth|birth)\b|\b(?:prem(?:ature)?|preterm|early|full[- ]term)\b[^?.;]{{0,20}}\b(?:born|baby|birth)\b|\b(?:baby|one|birth|born)\b[^?.;]{{0,12}}\b(?:earlier|later|longer|more premature) than\b|\b(?:born|baby|birth)\b[^?.;]{{0,20}}\b(?:prem(?:ature(?:ly)?)?|preterm|early|full[- ]term|at term)\b"),
        Cue(r"\bgestation\w*\b(?! diab).*\b(?:birth|delivery)\b|\bgestational age\b"),
    ),
    _Particular(
        Cue(r"^(?=.*\b(?:birth|births|born|deliver\w*|bab(?:y|ies)|labou?r|both|each)\b).*\b(?:blood loss(?:es)?|EBL|QBL|MBL|how much (?:blood )?did (?:i|she) (?:bleed|lose)|bled|bleed)\b"),
        Cue(r"\bblood loss\b|\b(?:EBL|QBL|MBL)\b"),
    ),
)  # fmt: skip
_OF_MOTHER = Cue(
    r"\b(?:did|do|does) (?:i|she|mum|mom) weigh\b|\b(?:my|her|maternal|booking|mother['’]s|mum['’]s) (?:own )?weight\b(?! of)"
)
"""Asks what the mother weighed."""
_NOT_ASKED = Cue(
    r"\b(?:why|when (?:did|was|is|will)|who|where|should|would|could|risk|recommend\w*|advis\w*|advice|next|future|planned?|depress\w*|date of birth|birth plan|cord|feed\w*|feeding)\b"
)
_RANK = Cue(r"\b(?P<rank>first(?:born)?|1st|eldest|oldest|second|2nd|third|3rd|fourth|4th|last|latest|most recent|youngest)\b")
_RANKS = {
    **dict.fromkeys(("first", "firstborn", "1st", "eldest", "oldest"), 0),
    **dict.fromkeys(("second", "2nd"), 1), **dict.fromkeys(("third", "3rd"), 2), **dict.fromkeys(("fourth", "4th"), 3),
    **dict.fromkeys(("last", "latest", "most recent", "youngest"), -1),
}  # fmt: skip
_NAME = re.compile(r"\b[A-ZÀ-Þ][a-zß-ÿ'-]{2,}\b")
_OF_BIRTH = Cue(
    r"\b(?:birth|delivery|baby|newborn|apgars?|gestation\w*(?! diab)|blood loss|placenta|ca?esarean|forceps|ventouse|vacuum|perineal|tear|episiotomy|labou?r|induction|epidural|tamponade|anti-?d)\b"
)
_OF_PREGNANCY = Cue(
    r"\b(?:pregnan\w*|gestational|pre-?eclampsia|eclampsia|h(?:a)?emorrhage|pph|hyperemesis|cholestasis|placenta\w*|preterm|prom|pprom|perineal|tear|post-?natal|post-?partum|puerper\w*|miscarr\w*|ectopic|abortion|termination|stillbirth|breech|twins?|hellp|chorioamnionitis|mastitis|retained products)\b"
)
_HELD = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL})


def told_births(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what the chart tells of a woman's pregnancies and births; empty: that is not asked, or it tells of none."""
    if any(plan.family for plan in plans) or _NOT_ASKED.search(text):
        return []
    whole, one = _WHOLE.search(text), _ONE.search(text)
    asked = [] if _OF_MOTHER.search(text) else [each for each in _PARTICULARS if each.asked.search(text)]
    if not (whole or one or asked):
        return []
    records, scope, today = reading.shelves.records, reading.scope, reading.chart.today
    if takes_untold_for_granted(text, records, scope, today):
        return []
    known = pregnancies_of(records, scope, today)
    meant = _meant(text, known, plans, reading)
    if not meant or not (whole or any(each.born for each in meant)):
        return []
    listed = [fact for fact in reading.shelves.records.facts(reading.scope) if fact.span is None and fact.assertion in _HELD]
    if asked and not whole and not one:
        told = [fact for each in meant for particular in asked for fact in _particulars(each, particular, listed)]
    else:
        most = max(LEAST_EACH, MOST_LINES // len(meant))
        return [claim for each in meant for claim in _story(each, listed, most, reading)][:MOST_LINES]
    return drafts(list({fact.id: fact for fact in told}.values())[:MOST_LINES], reading.chart)


def _story(each: Pregnancy, listed: Sequence[Fact], most: int, reading: Reading) -> list[DraftClaim]:
    """Tell a pregnancy and its birth; where no table tells how the child was born, a note of those days does."""
    facts = _foremost(_of_pregnancy(each, listed), most)
    told = drafts(list({fact.id: fact for fact in facts}.values()), reading.chart)
    if not each.born or each.last is None or any(_PARTICULARS[0].called.search(name_of(fact)) for fact in facts):
        return told
    records = reading.shelves.records
    said = [
        quote_sentence(passage, sentence, records, route="visit_note")
        for passage in records.all_passages(reading.scope)
        if (moment := passage.occurred or passage.recorded) and timedelta(0) <= moment.first_day - each.last <= _WRITTEN_UP
        for sentence in passage.sentences
        if sentence not in passage.commands and _HOW_BORN.search(passage.sentence_text(sentence))
    ]
    return [*told[: most - 1], *said[:1]]


_WRITTEN_UP = timedelta(days=14)
_HOW_BORN = Cue(
    r"\b(?:VBAC|[SN]VDs?|NSVD|[NS]VB|LSCS|EMCS|ELCS|ca?esarean|c-?section|forceps|ventouse|kiwi|vaginal (?:birth|delivery)|born by|delivered by)\b"
)


_FOREMOST = (
    Cue(r"\b(?:miscarr\w*|ectopic|abortion|termination|stillbirth)\b"),
    _PARTICULARS[0].called,
    _PARTICULARS[3].called,
    _PARTICULARS[1].called,
    _OF_PREGNANCY,
    _PARTICULARS[4].called,
)
"""What is told of a pregnancy before all else, the first first."""


def _foremost(facts: Sequence[Fact], most: int) -> list[Fact]:
    """Return the most telling of some facts, in the order in which they stand."""

    def place(fact: Fact) -> int:
        told = (number for number, cue in enumerate(_FOREMOST) if cue.search(name_of(fact)))
        return next(told, len(_FOREMOST))

    chosen = {fact.id for fact in sorted(facts, key=place)[:most]}
    return [fact for fact in facts if fact.id in chosen]


def _meant(text: str, known: Sequence[Pregnancy], plans: Sequence[Plan], reading: Reading) -> list[Pregnancy]:
    """Return the pregnancies that a question means: by the child's name, by their number, by their time; else all."""
    named = list(_by_name(text, known, reading))
    if named:
        return sorted(set(named))
    born = [each for each in known if each.born and each.last is not None]
    window = next((plan.window for plan in plans if plan.window is not None), None)
    places = [_RANKS[" ".join(rank["rank"].lower().split())] for rank in _RANK.finditer(text)]
    if window is not None and not places:
        return [each for each in known if each.last is not None and _holds(window, each)]
    if places:
        return sorted({born[place] for place in places if -len(born) <= place < len(born)})
    return [each for each in known if each.last is not None]


def _by_name(text: str, known: Sequence[Pregnancy], reading: Reading) -> Iterator[Pregnancy]:
    for name in dict.fromkeys(_NAME.findall(text)):
        birth = birth_of_child(re.sub(r"['’]s?$", "", name), reading.shelves.records, reading.scope)
        if birth is not None and birth.occurred is not None:
            day = birth.occurred.first_day
            yield from (each for each in known if each.last is not None and abs(each.last - day) <= _AROUND)


def _holds(window: Window, each: Pregnancy) -> bool:
    assert each.last is not None  # noqa: S101 -- the caller looked
    return (window.first is None or window.first <= each.last) and (window.last is None or each.last <= window.last)


def _particulars(each: Pregnancy, particular: _Particular, listed: Sequence[Fact]) -> list[Fact]:
    if each.last is None or not each.born:
        return []
    return [
        fact
        for fact in listed
        if fact.category not in {Category.ENCOUNTER, Category.CONDITION, Category.FAMILY_HISTORY, Category.DOCUMENT}
        and particular.called.search(name_of(fact))
        and _near(fact, each.last)
    ]


def _near(fact: Fact, day: date) -> bool:
    return fact.occurred is not None and abs(fact.occurred.first_day - day) <= _AROUND


def _of_pregnancy(each: Pregnancy, listed: Sequence[Fact]) -> list[Fact]:
    """Return the problems of a pregnancy, then what is told of the birth or the loss."""
    last = each.last
    if last is None:
        return []
    problems = [
        fact
        for fact in listed
        if fact.category is Category.CONDITION
        and fact.occurred is not None
        and each.first <= fact.occurred.first_day <= last + _AFTER
        and _OF_PREGNANCY.search(name_of(fact))
    ]
    happened = [
        fact
        for fact in listed
        if fact.category in {Category.PROCEDURE, Category.OBSERVATION, Category.VITAL_SIGN, Category.LABORATORY}
        and (_near(fact, last) and (fact.category is Category.PROCEDURE or _OF_BIRTH.search(name_of(fact))))
    ]
    lost = [] if each.born else [fact for fact in listed if fact.category is Category.PROCEDURE and _soon(fact, last)]
    return [*sorted(problems, key=day_of), *sorted({fact.id: fact for fact in (*happened, *lost)}.values(), key=_rank)]


def _soon(fact: Fact, day: date) -> bool:
    return fact.occurred is not None and timedelta(0) <= fact.occurred.first_day - day <= timedelta(days=21)


def _rank(fact: Fact) -> tuple[bool, str]:
    return fact.category is not Category.PROCEDURE, name_of(fact)
