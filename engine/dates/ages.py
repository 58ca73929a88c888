"""Ages in questions as windows: "in her forties", "as a teenager", "before age 50", "when he was 35", "since turning 65".

Only ages of the patient: where the question names a relative, or a number that a unit claims, there is none. The stages of life
are those of the Medical Subject Headings (age groups of the check tags) where MeSH has them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from chartcite.engine.dates.periods import shift
from chartcite.engine.dates.times import Window
from chartcite.engine.language.cues import Cue

_STAGES: dict[str, tuple[int, int | None]] = {
    "infant": (0, 1), "baby": (0, 1), "infancy": (0, 1), "toddler": (1, 3),
    "preschooler": (2, 5), "child": (0, 12), "kid": (0, 12), "childhood": (0, 12),
    "kiddie": (0, 12), "nipper": (0, 12), "youngster": (0, 15), "bairn": (0, 12),
    "little boy": (0, 12), "little girl": (0, 12), "young boy": (0, 12), "young girl": (0, 12),
    "boy": (0, 12), "girl": (0, 12), "adolescent": (13, 18), "adolescence": (13, 18), "teenager": (13, 19), "teen": (13, 19),
    "young adult": (19, 24), "adult": (18, None), "adulthood": (18, None), "middle age": (45, 64),
}  # fmt: skip
"""First and last completed year of stages of life (MeSH: infant to 23 months, child to 12, adolescent 13-18, young adult 19-24,
middle aged 45-64); "teenager" and "adult" (of age) as people say them."""
_DECADES = {
    "teens": 13,
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
_KIN = Cue(
    r"\b(?:mother|father|mom|mum|dad|parents?|brothers?|sisters?|siblings?|aunts?|uncles?|cousins?|grand\w+|sons?|daughters?|husband|wife"
    r"|relatives?|family|twin)\b",
)
_WHO = r"(?:he|she|they|i|the patient|this patient|pt|the pt)"
_OF_AGE = r"(?:\s*(?P<unit>years?|yrs?|y|months?|mos?|weeks?|wks?|days?)(?:\s+(?:of\s+age|old)|[\s-]*old)|\s*(?:yo|y/o)\b)"
_CLAUSE_END = r"(?=\s*(?:[?.!,;)]|$|\b(?:and|or|but|what|was|did|were|is|how|which|years?)\b))"
_FOLLOWING = (
    "and|or|but|to|what|was|did|were|is|how|which|who|when|with|in|on|for|she|he|they|years?|yrs?|yo|y/o|exactly"
    "|last|this|earlier|back"
)
_NO_UNIT = rf"(?![\d.:/%-]*\d|\s*[%°]|\s*(?:st|nd|rd|th)\b|\s+(?!(?:{_FOLLOWING})\b)\w)"
_ABOUT = r"(?:(?P<about>around|about|approximately|roughly|circa|~)\s*)?(?:only\s+|just\s+|exactly\s+)?"
_AGE_WORD = r"(?:the\s+)?ages?\s+(?:of\s+)?"
_N = r"(?P<n>\d{1,3})(?!\d)"
_BEFORE_NUMBER = Cue(
    r"\b(?:still|stable|steady|remain\w*|sta(?:y|ys|yed)|stood|running|sitting|measured|recorded|is|was|now|set|kept|held|dosed|started|plateau\w*"
    r"|peak\w*|max\w*|hover\w*|be|been|pulse|rate|bp|pressure|systolic|diastolic|a1c|hba1c|glucose|sugars?|ef|fraction|e?gfr"
    r"|creatinine|levels?|scores?|doses?|values?|sats?|spo2|temp\w*|platelets?|count|ferritin|sodium|potassium|ldl|hdl|tsh|inr|hr|rr)\s*$",
)
_AROUND_AFTER = Cue(r"\b(?:bmi|weight|height)\s*$")
_DESCRIBED = Cue(r"\b(?:man|woman|male|female|patient|person|lady|gentleman|people|adults?|boy|girl)\s*,?\s*$")


def _c(pattern: str) -> Cue:
    return Cue(pattern)


_BETWEEN = _c(
    rf"\b(?P<lead>between|from)\s+{_AGE_WORD}(?P<n>\d{{1,3}})\s*(?:and|to|until|-|–)\s*(?:age\s+)?(?P<n2>\d{{1,3}})(?!\d)"
)
_RELATIONS = {
    "before": "before", "prior to": "before", "under": "before", "below": "before", "younger than": "before", "until": "before",
    "till": "before", "by": "by", "after": "after", "over": "after", "above": "after", "past": "after", "older than": "after",
    "since": "after", "from": "after", "upon": "after",
}  # fmt: skip
_LEAD = "(?P<lead>" + "|".join(sorted(_RELATIONS, key=len, reverse=True)) + ")"
_NUMBERED = (
    _c(rf"\b(?:{_LEAD}\s+)?{_ABOUT}{_AGE_WORD}{_ABOUT.replace('about>', 'about2>')}{_N}{_NO_UNIT}"),
    _c(rf"\b(?:{_LEAD}\s+)?(?:when\s+|once\s+)?(?:{_WHO}\s+)?(?:turn(?:ed|ing|s)|reach(?:ed|ing|es))\s+{_ABOUT}{_N}{_NO_UNIT}"),
    _c(rf"\b(?:{_LEAD}|when|while)\s+{_WHO}\s+(?:was|were|is)\s+{_ABOUT}{_N}(?:{_OF_AGE}|{_NO_UNIT}{_CLAUSE_END})"),
    _c(rf"\b(?:{_LEAD}\s+)(?:(?:his|her|their|my|the)\s+)?{_N}(?:st|nd|rd|th)\s+(?:birthday|b['’-]?day)\b"),
    _c(rf"\b(?:{_LEAD}|at|aged)\s+{_ABOUT}{_N}{_OF_AGE}"),
    _c(rf"\baged\s+{_ABOUT}{_N}{_NO_UNIT}"),
    _c(
        rf"\b(?:{_LEAD}|at|in|during|the)\s+(?:(?:his|her|their|my|the)\s+)?{_N}[\s-]*(?P<unit>years?|yrs?|y|months?|mos?|weeks?|wks?)(?:[\s-]*old)?"
        r"\s+(?:well[\s-]?)?(?:child\s+|baby\s+)?(?:checks?|check-?ups?|physicals?|visits?|exams?|assessments?|reviews?)\b"
    ),
)
_BARE = _c(rf"\b(?:(?P<lead>before|after|by|since|until)|(?:at\s+)?(?P<about>around|about)|at)\s+{_N}{_NO_UNIT}{_CLAUSE_END}")
"""A number alone: only where nothing measured stands before it."""
_GROWING = _c(r"\bhow (?:tall|big|heavy|long) (?:was|were)\b|\b(?:height|weight|weigh(?:ed)?|head circumference|growth)\b")
"""Asks what children are measured for: there "at 5" is an age, and no hour."""
_AT_MONTHS = _c(rf"\bat\s+{_ABOUT}{_N}\s*(?P<unit>years?|yrs?|months?|mths?|weeks?|wks?){_CLAUSE_END}")
_OF_CHILDREN = _c(r"\b(?:vaccin\w*|jabs?|shots?|immuni[sz]\w*|imms?|walk\w*|crawl\w*|talk\w*|first words?|milestones?)\b")
"""Asks what is told of small children by their months: there "at 8 weeks" is an age."""
_BORN = _c(
    rf"\bat\s+(?:the\s+time\s+of\s+)?(?:(?:his|her|their|my)\s+)?birth\b|\b(?:when|on\s+being)\s+(?:{_WHO}\s+(?:was|were)\s+(?:first\s+)?)?born\b"
)
_DECADE = _c(
    r"\bin\s+(?:his|her|their|my)\s+(?:(?P<part>early|mid|middle|late)[\s-]+)?"
    rf"(?:(?P<word>{'|'.join(_DECADES)})|(?P<digits>[2-9]0)['’]?s)\b"
)
_STAGE = _c(
    rf"\b(?:(?P<lead>before|since|after|until)\s+)?(?:as\s+an?\s+|(?:in|during|throughout|from)\s+(?:his\s+|her\s+|their\s+|my\s+|early\s+)?"
    rf"|when\s+{_WHO}\s+was\s+(?:just\s+|only\s+|still\s+)?an?\s+|(?<=before )|(?<=since )|(?<=after )|(?<=until ))"
    rf"(?P<stage>newborn|neonate|{'|'.join(sorted(_STAGES, key=len, reverse=True))})\b(?!\s+(?:with|on|seat|care|visit|who))"
)


def find_age_window(text: str, *, birth: date) -> Window | None:
    """Return the window that an age of the patient in a question means, or `None`.

    An age is the time from one birthday to the day before the next; "before" and "until" end the day before that birthday, "by"
    takes the year of that age in, "after" and "since" begin on it; "around" takes two years more on both sides.

    Args:
        text: the question.
        birth: the patient's day of birth.
    """
    if _KIN.search(text):
        return None
    try:
        return (
            _at_birth(text, birth)
            or _between(text, birth)
            or _decade(text, birth)
            or _stage(text, birth)
            or _numbered(text, birth)
        )
    except (ValueError, OverflowError):
        return None


def _at_birth(text: str, birth: date) -> Window | None:
    """Read "at birth", where it is asked what a newborn is measured for: what else happened then is told for weeks."""
    match = _BORN.search(text)
    return _window(match, birth, birth + timedelta(days=1)) if match is not None and _GROWING.search(text) else None


def _between(text: str, birth: date) -> Window | None:
    match = _BETWEEN.search(text)
    if match is None:
        return None
    low, high = sorted((int(match["n"]), int(match["n2"])))
    return _ages(match, birth, low, high)


def _decade(text: str, birth: date) -> Window | None:
    match = _DECADE.search(text)
    if match is None:
        return None
    low = int(match["digits"]) if match["digits"] else _DECADES[match["word"].lower()]
    if low == 13:
        return _ages(match, birth, 13, 19)
    least, most = {"early": (0, 3), "mid": (3, 6), "middle": (3, 6), "late": (6, 9)}.get((match["part"] or "").lower(), (0, 9))
    return _ages(match, birth, low + least, low + most)


def _stage(text: str, birth: date) -> Window | None:
    match = _STAGE.search(text)
    if match is None:
        return None
    name, lead = match["stage"].lower(), (match["lead"] or "").lower()
    if name in {"newborn", "neonate"}:
        return _window(match, birth, birth + timedelta(days=27))
    low, high = _STAGES[name]
    first, last = _birthday(birth, low), None if high is None else _birthday(birth, high + 1) - timedelta(days=1)
    if lead == "before":
        return _window(match, None, first - timedelta(days=1)) if low else None
    if lead == "until":
        return _window(match, None, last)
    if lead == "after":
        return _window(match, last + timedelta(days=1), None) if last else None
    return _window(match, first, None if lead == "since" else last)


def _numbered(text: str, birth: date) -> Window | None:
    in_months = (_AT_MONTHS,) if _OF_CHILDREN.search(text) else ()
    for pattern in (*_NUMBERED, *in_months, _BARE):
        for match in pattern.finditer(text):
            found = _of_number(match, birth, bare=pattern is _BARE)
            if found is not None:
                return found
    return None


def _of_number(match: re.Match[str], birth: date, *, bare: bool) -> Window | None:
    groups, number = match.groupdict(), int(match["n"])
    before = match.string[max(0, match.start() - 32) : match.start()]
    if number > 120 or _DESCRIBED.search(before):
        return None
    hour = number < 13 and not (_GROWING.search(match.string) and not match.string[match.end() :].strip(" ?.!"))
    if bare and (hour or _BEFORE_NUMBER.search(before) or (groups["about"] and _AROUND_AFTER.search(before))):
        return None
    lead = _RELATIONS.get(" ".join((groups.get("lead") or "").lower().split()), "")
    unit = (groups.get("unit") or "year").lower()[0]
    if unit != "y":
        first = shift(birth, number, {"m": "month", "w": "week", "d": "day"}[unit])
        last = shift(first, 1, {"m": "month", "w": "week", "d": "day"}[unit]) - timedelta(days=1)
    else:
        first, last = _birthday(birth, number), _birthday(birth, number + 1) - timedelta(days=1)
    if groups.get("about") or groups.get("about2"):
        first, last = shift(first, -2, "year"), shift(last, 2, "year")
    if lead == "before":
        return _window(match, None, first - timedelta(days=1))
    if lead == "after":
        return _window(match, first, None)
    return _window(match, None if lead == "by" else first, last)


def _ages(match: re.Match[str], birth: date, low: int, high: int) -> Window:
    return _window(match, _birthday(birth, low), _birthday(birth, high + 1) - timedelta(days=1))


def _birthday(birth: date, age: int) -> date:
    """Return the day on which an age is completed; 29 February is 1 March in other years."""
    if (birth.month, birth.day) == (2, 29):
        return date(birth.year + age, 3, 1) - timedelta(days=1 if _is_leap(birth.year + age) else 0)
    return birth.replace(year=birth.year + age)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _window(match: re.Match[str], first: date | None, last: date | None) -> Window:
    words = match[0]
    start = match.start() + len(words) - len(words.lstrip())
    return Window(first=first, last=last, words=words.strip(), span=(start, start + len(words.strip())))
