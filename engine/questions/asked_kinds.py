"""What kind of thing a question asks for (a cause, a number, a person, a place), and whether a sentence holds one."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from chartcite.engine.answers.focus import QUALIFIES_REASON
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms

_KINDS: tuple[tuple[str, Cue], ...] = tuple(
    (name, Cue(pattern))
    for name, pattern in (
        ("why", r"^\W*(?:and )?(?:why|how come)\b|\bwhat (?:was|is) the reason\b|\bexcuse\b|\bwhat (?:\w+ly )?(?:made|caused|explains?|set off|triggered|brought|led|prompted|motivated|provoked|tipped|sent|pushed|persuaded|convinced|stopped|put (?:him|her|them) off)\b|\bwhat (?:was|is|were) (?:behind|the (?:cause|trigger|culprit|thinking|rationale))\b|\bwhat (?:kept|held|prevented|got in (?:the|his|her|their) way)\b|\b(?:on|for) what (?:grounds|reason)|\breason\b"),
        ("number", r"\bhow (?:many|much|old|far|long|often|high|big|tall|fast|late|wide|deep|thick|large|small|heavy)\b|\bcosts?\b|\bprice\b|\bpercent\w*|\bwhat (?:age|number|year|dose|size|rate|score|level|strength|time)\b|\b(?:sizes?|diameter|concentration|odds|mm ?hg)\b|\b(?:percent\w*|average[ds]?|counts?|ratio) (?:of|before|after|in|at|on)\b|^\W*(?:length|duration|number) of\b|\bage\W*$"),
        ("when", r"(?:^|[,;]|\band|\bsince)\W*when\b|\bwhen (?:was|were|did|is|will|does|has|had)\b|\b(?:what|which) (?:day|date|month|year|time)\b|\bdates?\b(?! of birth)|\bwhen\W*$"),
        ("who", r"\bwho(?:'s|se|m)?\b"),
        ("where", r"\bwhere\b"),
        ("side", r"\b(?:left|right) or\b|\bwhich (?:side|arm|leg|knee|hip|ear|eye|breast|wrist|hand|foot)\b"),
        ("name", r"\bnames?\b|\bcalled\b|\bsurname\b|\b(?:brand|make) of\b|\bwhat (?:brand|make)\b|\bwhich (?:\w+ )?(?:church|bar|garage|shop|store|school|college|university|restaurant|club|team|company|hotel|airline|bank)\b"),
        ("which", r"\b(?:which|what) (?!is|are|was|were|did|does|do|has|have|had|will|would|could|can|should|happened|happens|else|about|if|in|of|on|for|to|the|they|she|he|it|went|goes|came|comes|got|gets|set|sets|kept|keeps|turned|helped|helps|finally|exactly|actually)[a-z]+"),
        ("did", r"\bwhat (?:did|does|do|has|have|had|will|would|was|were|is|are|should|can|could)\b|^\W*how (?:did|does|do|was|were|is|are|has|have)\b|\bwhat (?:happen|else|in|about|if|went|goes|came|comes|got|gets|kept|keeps|turned|helped|helps|finally|exactly|actually)"),
        ("whether", r"^\W*(?:is|was|are|were|did|does|do|has|have|had|any|can|could|will|would|should)\b"),
    )
)  # fmt: skip
"""By what a question asks for, the first that fits."""
_KIN = r"wife|husband|daughter|son|mother|father|mom|mum|dad|sister|brother|partner|girlfriend|boyfriend|friend|neighbou?r|spouse|caregiver|aide|grandmother|aunt|uncle|cousin|nephew|niece|parents?|EMS|nurse|staff"
_SOMEBODY = Cue(rf"\b(?:Dr|MD|DO|RN|NP|PA|PA-C|Mr|Mrs|Ms|PharmD|{_KIN})\b|(?<![.“\"] )(?<!^)\b[A-Z][a-z]{{2,}}\b", 0)
_A_NAME = Cue(r"(?<![.:“\"] )(?<!^)\b[A-Z][a-z]{2,}\b", 0)
_SOMEWHERE = Cue(
    r"\b(?:at|in|to|from|near|into|on)\s+(?:the |a |an |his |her |their )?[A-Za-z]{3,}|\b(?:home|church|hospital|clinic|school|bathroom|bedroom|kitchen|floor|apartment|pharmacy)\b",
)
_A_SIDE = Cue(r"\b(?:left|right|both|bilateral\w*|[LR])\b|L>R|R>L", 0)
_A_DATE = Cue(
    r"\d{1,2}/\d{1,4}|\b(?:19|20)\d\d\b|\bago\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|\bage[ds]?\b|\bday\b|\bsince\b",
)
_DIGITS = r"(?<![\d/.])(?!(?:19|20)\d\d\b)\d+(?![\d/])"
"""A number that is no year and no part of a date."""
_A_NUMBER = Cue(rf"{_DIGITS}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|once|twice|half|dozen)\b")
_HOW_MANY = Cue(r"\bhow (?:many|much) (?!did|does|do|is|was|will|can|could|has|of)[a-z]+")
KINDS = tuple(name for name, _ in _KINDS)
"""Every kind, in the order in which they are looked for."""


_UNITS_ASKED: tuple[tuple[str, str], ...] = (
    (r"\b(?:how (?:big|large|wide|thick)|sizes?|diameter)\b", r"\d ?(?:mm|cm|in(?:ch(?:es)?)?|mL|cc)\b|\d ?x ?\d|-sized?\b"),
    (
        r"\bcosts?\b|\bprice\b|\bhow much (?:does|did|do|will|is|would) (?:\w+ ){1,3}pay\b|\bco-?pay",
        r"[$£€]|\b(?:dollars?|pounds|euros?|co-?pay\w*|costs?|a month|per month|free)\b",
    ),
    (
        r"\b(?:what time|o'clock)\b",
        r"\d{1,2}(?::\d\d)? ?[ap]\.?m\b|\b\d{1,2}:\d\d\b|\b(?:noon|midnight|morning|evening|bedtime|[012]\d[0-5]\d)\b",
    ),
    (
        r"\bhow (?:much (?:did|does|do) (?:\w+ ){1,5}weigh|heavy)\b|\bwhat (?:did|does|do) (?:\w+ ){1,3}weigh\b",
        r"\d ?(?:kg|g|lbs?|pounds?|oz|st)\b|\b(?:wt|weigh\w*)\b[^.;]{0,12}\d",
    ),
    (r"\bmm ?hg\b", r"\d ?mm ?hg\b|\b\d{2,3}/\d{2,3}\b"),
    (
        r"\bhow old\b|\bwhat age\b|\bage (?:at|when)\b",
        r"\b(?:age[ds]?|at|in (?:his|her|their|my)|by|since|was|turned)\W{0,2}\d|\d ?(?:y|yo|yrs?|years?|mo|months?|weeks?|wk)\b|\d ?[-/]? ?(?:y|year)[-/ ]?o",
    ),
    (r"\b(?:odds|percent\w*|how likely)\b", r"\d ?%|\b\d+ in \d|\b(?:one|two|three) in (?:a )?\w+|\bpercent\b|\bout of\b"),
    (
        r"\bhow long (?!ago)|\b(?:length|duration) of\b",
        r"\d ?-?(?:s|sec\w*|min\w*|h|hrs?|hours?|d|days?|nights?|n|w|wks?|weeks?|mos?|months?|m|y|yrs?|years?)\b|\bfrom\b.+\bto\b|\b(?:since|until|till|through|overnight)\b|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|few)\s+(?:min\w*|hours?|days?|nights?|weeks?|months?|years?)\b|\bday \d",
    ),
)
"""What measures the asked amount, and how a sentence writes it."""


def holds_measure(asked: str, text: str, /) -> bool:
    """Say whether a sentence holds an amount in the measure that is asked (a length for a size), if one is."""
    return all(_pattern(told).search(text) for wanted, told in _UNITS_ASKED if _pattern(wanted).search(asked))


@cache
def _pattern(text: str) -> Cue:
    return Cue(text)


def kind_of(text: str, /) -> str:
    """Return what a question asks for: why, number, when, who, where, side, name, which, did, whether; empty: a fragment."""
    spoken = _CONTRACTED.sub(r"\1 is", text)
    return next((name for name, pattern in _KINDS if pattern.search(spoken)), "")


_CONTRACTED = Cue(r"\b(what|where|who|when|how|why)['’]?s\b")
"""Contractions ask for what the whole words ask for: "what's her stage", "whats the plan"."""


_HOW_OFTEN = Cue(r"\bhow (?:often|regularly|frequently)\b")
_OFTEN = Cue(
    r"\b(?:every|each|once|twice|thrice|daily|nightly|weekly|fortnightly|monthly|yearly|annually|hourly|regularly|rarely|seldom|never"
    r"|sometimes|always|often|most (?:days|nights|evenings|mornings|weeks)|(?:a|per|times? (?:a|per)|x ?/?) ?(?:day|week|month|year)|times"
    r"|bid|tid|qid|bd|tds|od|qds|prn|q ?\d+ ?h|at weekends|on \w+days|\d+ ?x)\b|/(?:d|day|wk|week|mo|month|yr|7|52|12)\b"
)


def holds_kind(kind: str, asked: str, text: str, words: Sequence[str], /) -> bool:
    """Say whether a sentence holds the kind of thing that is asked, beyond the question's own words.

    Args:
        kind: what `kind_of` returned.
        asked: the question.
        text: the sentence.
        words: its folded words.
    """
    if kind == "why":
        return QUALIFIES_REASON.search(text) is not None
    if kind in {"who", "name"}:
        pattern, question = (_SOMEBODY if kind == "who" else _A_NAME), asked.lower()
        return any(match[0].lower() not in question for match in pattern.finditer(text))
    if kind == "number" and _HOW_OFTEN.search(asked):
        return _OFTEN.search(text) is not None
    counted = _HOW_MANY.search(asked) if kind == "number" else None
    match = dict(_KINDS)["which"].search(asked) if kind == "which" else counted
    if match is not None:
        head = forms(match[0].split()[-1])
        if not head or not any(alike(other, words) for other in noted_as(head[0])):
            return False
    if kind == "number" and not (holds_measure(asked, text) and (counted is not None or re.search(_DIGITS, text))):
        return False  # "one" is no size and no age
    held = {"number": _A_NUMBER, "when": _A_DATE, "where": _SOMEWHERE, "side": _A_SIDE}.get(kind)
    return held is None or held.search(text) is not None


ALIKE_IN = 5
"""First letters that words which are alike share."""


def alike(word: str, words: Sequence[str], /) -> bool:
    """Say whether a word stands among others, up to its ending: "offered" and "offer", but not "neuropsych" and "neuro"."""
    return any(other == word or (other[:ALIKE_IN] == word[:ALIKE_IN] and _same_stem(word, other)) for other in words)


def _same_stem(word: str, other: str) -> bool:
    shared = min(len(word), len(other))
    return shared >= ALIKE_IN and shared * 5 >= 3 * max(len(word), len(other)) and word[:shared] == other[:shared]
