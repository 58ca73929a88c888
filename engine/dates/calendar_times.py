"""Dates that questions write out: days, months, seasons, quarters, years, decades and fixed holidays.

A date without a year is the newest such date that has begun; numbers that a unit, a code or a room claims are no years.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from chartcite.engine.dates.periods import MONTH, MONTHS, Period, century, easter, month_length, months, season
from chartcite.engine.language.cues import Cue

Interval = tuple[date, date]
_Reader = Callable[[re.Match[str], date], Interval | None]
_Y4 = r"(?:19|20)\d\d"
_YEAR = rf"(?:(?P<y4>{_Y4}|2100)(?!\d|[.,]\d)|['’‘](?P<y2>\d\d)\b|(?P<yr>(?:last|this|the previous) year(?!\s+to\b)|the year before last))"
_TO = r"\s*(?:-|–|—|to|through|thru|and|until|till)\s*"
_OF = r"(?:\s*,?\s*(?:of\s+|in\s+)?|-)"
_D = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_UNITS = (
    r"mg|mcg|µg|μg|ug|g|gm|grams?|kg|ml|dl|l|cc|iu|units?|kcals?|cals?|calories|steps?|meq|mmol|nmol|pmol|ng|pg|mm|cm|ft|feet"
    r"|lbs?|pounds?|hours?|hrs?|h|cells?|copies|times|patients|people|bpm|rpm|milli\w+|micro\w+|international"
)
_NO_UNIT = rf"(?!\s*(?:(?:{_UNITS})\b|%|/[a-zµμ]))"
_CODED = Cue(
    r"(?:\b(?:room|rm|bed|bay|ward|suite|ext|extension|pager|cpt|icd|hcpcs|codes?|nct|mrn|id|account|acct|numbers?|box|above|below"
    r"|exceed\w*|at least|(?<!later )(?<!earlier )(?<!older )(?<!newer )(?<!before )than|no\.)|[<>=≥≤~$#£€])\s*$",
)
_MEASURED = Cue(
    r"\b(?:sats?|spo2|o2|oxygen|saturat\w+|rate|pulse|hr|bp|pressures?|systolics?|diastolics?|glucose|sugars?|bg|map|weight|bmi|temp\w*"
    r"|values?|readings?|range|levels?|scores?)\b",
)
_LEADS = Cue(
    r"\b(?:in|since|during|until|till|before|after|prior to|by|from|between|to|through|this|last|past|of|early|mid|late|around|about|at|on|over"
    r"|middle|beginning|start|end|and(?=\s+(?:that|the\s+(?:same|following))\s))(?:\s+(?:the\s+(?:same|following)|the|that))?[\s-]*$",
)
_DAY_LEADS = Cue(r"\b(?:on|since|before|after|until|till|by|from|of|between|to|and|through|around|last)(?:\s+the)?\s+$")
_NAMED_MONTH = Cue(r"\b(?:the|her|his|their|my)\s+$")
_LAST = Cue(r"\blast\s+$")
_OWN_LAST = Cue(
    r"\b(?:her|his|the|their|my|patient'?s|pt'?s|any|of|was|is|when|after|with|to|a|for|this"
    r"|(?:did|does|do|has|have|had)\s+(?:he|she|they|i|mum|mom|dad|the patient|pt|patient))(?:\s+last)?\s+$",
)
_FELL = Cue(
    r"\b(?:did|does|do|has|have|could|can|will|would)\s+(?:\S+\s+){0,3}?(?!(?:in|the|of|since|until|during|by|last|this|every|for)\b)\S+\s+$",
)
_NEXT = Cue(r"\b(?:next|coming|every|each)\s+$")
_DECADES = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
_HOLIDAYS: dict[str, tuple[int, int, int]] = {
    "christmas eve": (12, 24, 1), "christmas day": (12, 25, 1), "boxing day": (12, 26, 1), "christmas": (12, 24, 3),
    "new year's eve": (12, 31, 1), "new year's day": (1, 1, 1), "halloween": (10, 31, 1), "valentine's day": (2, 14, 1),
    "fourth of july": (7, 4, 1), "st patrick's day": (3, 17, 1),
}  # fmt: skip
"""Month, day and number of days of holidays that have a fixed date; the turn of the year aside."""


def _c(pattern: str) -> Cue:
    return Cue(pattern)


def _written_year(match: re.Match[str], today: date) -> int | None:
    """Return the year that a match gives; `None`: it gives none."""
    groups = match.groupdict()
    if groups.get("y4"):
        return int(groups["y4"])
    if groups.get("y2"):
        return century(int(groups["y2"]), today)
    if groups.get("yr"):
        words = groups["yr"].lower()
        return today.year - (0 if "this" in words else 2 if "before" in words else 1)
    return None


def _newest(build: Callable[[int], Interval], today: date, *, ended: bool = False) -> Interval:
    """Return the newest of a yearly period that has begun by today (or ended before it)."""
    for year in (today.year, today.year - 1, today.year - 2):
        first, last = build(year)
        if last < today if ended else first <= today:
            return first, last
    return build(today.year - 3)


def _yearly(match: re.Match[str], today: date, build: Callable[[int], Interval], leads: Cue) -> Interval | None:
    """Return the period of the year that is written, else, after a word that leads to a time, the newest."""
    year = _written_year(match, today)
    if year is not None:
        return build(year)
    before = match.string[max(0, match.start() - 24) : match.start()]
    if _NEXT.search(before) or not leads.search(before):
        return None
    if re.search(r"\bthis\s+$", before, re.IGNORECASE) and build(today.year)[0] > today:
        return None  # the coming one
    return _newest(build, today, ended=_LAST.search(before) is not None)


def _number(month: str) -> int:
    return MONTHS[month.lower().rstrip(".")]


def _digits(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _iso(match: re.Match[str], today: date) -> Interval | None:
    year, month, day = int(match["y"]), int(match["m"]), match["d"]
    if day:
        return date(year, month, int(day)), date(year, month, int(day))
    return months(year, month, 1)


def _numeric(match: re.Match[str], today: date) -> Interval | None:
    one, two, written = int(match["one"]), int(match["two"]), match["year"]
    year = int(written) if len(written) == 4 else century(int(written), today)
    day_first = match["mark"] == "." or (one > 12 >= two)
    exact = date(year, two, one) if day_first else date(year, one, two)
    return exact, exact


def _bare_digits(match: re.Match[str], today: date) -> Interval | None:
    """Read "4/3" as a day of the newest such year, month first where that is a day; nothing where it scores or counts."""
    one, two = int(match["one"]), int(match["two"])
    before = match.string[max(0, match.start() - 24) : match.start()]
    if _SCORED.search(before) or _MEASURED.search(before) or _CODED.search(before) or _COUNTED.search(before):
        return None
    if _IN_MONTHS.match(match.string, match.start()):
        return None
    if match[0] in _FRACTIONS and not _DAY_LEADS.search(before):
        return None
    month, day = (one, two) if one <= _MONTHS_OF_YEAR else (two, one)

    def build(year: int) -> Interval:
        exact = date(year, month, day)
        return exact, exact

    return _newest(build, today)


_COUNTED = Cue(r"\b(?:for|x|every|each|over|past|last|about|score|scored)\s+$|\bx$")
"""Before days, weeks and months as British shorthand writes them ("for 3/7"), and before scores."""
_IN_MONTHS = Cue(
    r"\d{1,2}/(?:7|12)\b(?=\s*(?:post|later|review|follow|f/u|fu\b|check|course|old|supply|scan|bloods|appt|clinic|time|of|hx|history))"
)
"""A span of days or months as British shorthand writes it: "6/12 review", "5/7 course"."""
_FRACTIONS = frozenset({"1/2", "1/3", "1/4", "2/3", "3/4", "24/7", "9/11"})
_MONTHS_OF_YEAR = 12


def _month_digits(match: re.Match[str], today: date) -> Interval | None:
    written = match["year"]
    return months(int(written) if len(written) == 4 else century(int(written), today), int(match["m"]), 1)


def _day_digits(match: re.Match[str], today: date) -> Interval | None:
    def build(year: int) -> Interval:
        exact = date(year, int(match["m"]), int(match["d"]))
        return exact, exact

    return _newest(build, today)


def _day(match: re.Match[str], today: date) -> Interval | None:
    month, day, until = _number(match["m"]), _digits(match["d"]), match.groupdict().get("d2")

    def build(year: int) -> Interval:
        length = month_length(year, month)
        if _written_year(match, today) is None and day == 29 > length:
            return date(year, 2, 28), date(year, 2, 28)
        return date(year, month, day), date(year, month, _digits(until) if until else day)

    if _written_year(match, today) is None and _stands_alone(match):
        return _yearly(match, today, build, _ANYTHING)
    return _yearly(match, today, build, _DAY_LEADS)


_ANYTHING = Cue(r"")
_OR_A_VERB = frozenset({"may", "march"})
"""Months that are verbs too: "he may 5 days later"."""
_MORE_TOLD = Cue(r"\s*(?:$|[,;:.?!)–—-]|(?:and|or|to|vs|versus|compared)\b)")
_AMOUNT = Cue(rf"\s*(?:(?:{_UNITS})\b|%|/[a-zµμ])")


def _stands_alone(match: re.Match[str]) -> bool:
    """Say whether a day and its month are a date with no word before them that leads to one: "blood cultures 11 March"."""
    month, after = match["m"], match.string[match.end() :]
    if _AMOUNT.match(after):
        return False
    if month.lower() not in _OR_A_VERB or month[0].isupper():
        return True
    return match.start("d") < match.start("m") and _MORE_TOLD.match(after) is not None


def _days_across(match: re.Match[str], today: date) -> Interval | None:
    year = _written_year(match, today)
    if year is None:
        return None
    last = date(year, _number(match["m2"]), _digits(match["d2"]))
    first = date(year, _number(match["m"]), _digits(match["d"]))
    return (first if first <= last else first.replace(year=year - 1)), last


def _month(match: re.Match[str], today: date) -> Interval | None:
    leads = _LEADS
    named = _NAMED_MONTH.search(match.string[max(0, match.start() - 12) : match.start()])
    if _written_year(match, today) is None and named and match["m"][0].isupper() and len(match["m"]) > 2:
        leads = _NAMED_MONTH
    return _yearly(match, today, lambda year: months(year, _number(match["m"]), 1), leads)


def _month_after_year(match: re.Match[str], today: date) -> Interval | None:
    year = _written_year(match, today)
    if year is None:
        return None
    return months(year, _number(match["m"]), 1) if match["m"] else season(match["season"].lower(), year)


def _months_across(match: re.Match[str], today: date) -> Interval | None:
    def build(year: int) -> Interval:
        first, last = months(year, _number(match["m"]), 1)[0], months(year, _number(match["m2"]), 1)[1]
        return (first if first <= last else first.replace(year=year - 1)), last

    return _yearly(match, today, build, _LEADS)


def _season_of(match: re.Match[str], today: date) -> Interval | None:
    name = match["season"].lower()
    if match["short"]:
        return season(name, century(int(match["short"]), today))
    before = match.string[max(0, match.start() - 24) : match.start()]
    if name == "fall" and re.match(r"\s+in\b", match.string[match.start("season") + 4 :]) and _FELL.search(before):
        return None  # "did her sodium fall in 2021?"
    if (
        name == "fall"
        and _written_year(match, today) is None
        and (_OWN_LAST.search(before) or not re.search(r"\b(?:last|this|past)\s+$", before))
    ):
        return None  # an accident
    return _yearly(match, today, lambda year: season(name, year), _LEADS)


def _winter(match: re.Match[str], today: date) -> Interval | None:
    return season("winter", int(match["y"]))


def _quarter(match: re.Match[str], today: date) -> Interval | None:
    word = next(match[name] for name in ("q", "q2", "q3", "q4") if match.groupdict().get(name))
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}.get(word.lower()) or int(word[0])
    return _yearly(match, today, lambda year: months(year, 3 * number - 2, 3), _LEADS)


def _half(match: re.Match[str], today: date) -> Interval | None:
    year = _written_year(match, today)
    return None if year is None else months(year, 6 * int(match["half"]) - 5, 6)


def _month_and_short_year(match: re.Match[str], today: date) -> Interval | None:
    return months(century(int(match["short"]), today), _number(match["m"]), 1)


def _terse_month(match: re.Match[str], today: date) -> Interval | None:
    """Read "aug 24", "nov 67" as months of a year, as charts write them, where no word leads to a day."""
    short = int(match["short"])
    if not (_LEAST_SHORT_YEAR <= short <= today.year % 100 or short > _MOST_DAYS):
        return None
    before = match.string[max(0, match.start() - 24) : match.start()]
    if _DAY_LEADS.search(before) and not (_TERSE_BEFORE.search(before) or _PART_BEFORE.search(before)):
        return None
    return months(century(short, today), _number(match["m"]), 1)


def _slashed_month(match: re.Match[str], today: date) -> Interval | None:
    """Read "9/25", "10/89" as a month of a year, where no word leads to a day and nothing is measured or scored."""
    short = int(match["short"])
    if not (_LEAST_SHORT_YEAR <= short <= today.year % 100 or short > _MOST_DAYS):
        return None
    before = match.string[max(0, match.start() - 24) : match.start()]
    if _DAY_LEADS.search(before) or _MEASURED.search(before) or _SCORED.search(before):
        return None
    return months(century(short, today), int(match["m"]), 1)


def _short_years_across(match: re.Match[str], today: date) -> Interval | None:
    """Read "21->25" as years."""
    first, last = (century(int(match[name]), today) for name in ("short", "short2"))
    return (date(first, 1, 1), date(last, 12, 31)) if first < last else None


_SCORED = Cue(
    r"\b(?:scores?|scored|graded?|bp|vision|va|od|os|ou|pain|apgar|moca|mmse|gcs|phq|strength|power|pulses?|reflexes|murmurs?|risk|stage|fev1|ecog|mrc)\b\W*(?:\w+\W+)?$",
)


def _terse_day(match: re.Match[str], today: date) -> Interval | None:
    """Read "17 May 24", "16 nov 2016" without its century."""
    short = int(match["short"])
    if short > today.year % 100 and short <= _MOST_DAYS:
        return None
    exact = date(century(short, today), _number(match["m"]), _digits(match["d"]))
    return exact, exact


_TERSE_BEFORE = Cue(rf"\b{MONTH}\s+\d\d\s*(?:to|and|through)\s+$")
_PART_BEFORE = Cue(r"\b(?:beginning|start|middle|end|half)\s+of\s+$")
"""A part of a month, and of no day: "the end of May 24"."""
_LEAST_SHORT_YEAR, _MOST_DAYS = 13, 31
"""Two digits after a month below the one are a day, above the other a year; between them charts mean the year."""


def _holiday(match: re.Match[str], today: date) -> Interval | None:
    name = " ".join(match["name"].lower().replace("’", "'").replace("4th", "fourth").replace("st.", "st").split())
    name = re.sub(r"^new year(?:s|'s)? ", "new year's ", name)
    later = 1 if re.match(r"\s?[/–-]\d\d", match.string[match.end() : match.end() + 4]) else 0  # "new year 2022/23"
    if name in {"new year", "new year's", "new years"}:
        return _yearly(match, today, lambda year: (date(year + later - 1, 12, 31), date(year + later, 1, 1)), _LEADS)
    if name in _EASTER:
        before, count = _EASTER[name]
        return _yearly(match, today, lambda year: _days_from(easter(year) + timedelta(days=before), count), _LEADS)
    month, day, count = _HOLIDAYS[name]

    return _yearly(match, today, lambda year: _days_from(date(year, month, day), count), _LEADS)


_EASTER = {
    "easter": (-2, 4), "easter weekend": (-2, 4), "easter sunday": (0, 1), "easter monday": (1, 1), "good friday": (-2, 1),
}  # fmt: skip
"""Days from Easter Sunday on which holidays that move with it begin, and how many days they have."""


def _days_from(first: date, count: int) -> Interval:
    return first, first + timedelta(days=count - 1)


def _weekday(match: re.Match[str], today: date) -> Interval | None:
    before = match.string[max(0, match.start() - 16) : match.start()]
    if not re.search(r"\b(?:on|since|last|this|this past|before|after|until|till|by|from)\s+$", before, re.IGNORECASE):
        return None
    wanted = next(number for number, name in enumerate(_WEEKDAYS) if name.startswith(match[0].lower()[:3]))
    back = (today.weekday() - wanted) % 7
    if back == 0 and _LAST.search(before):
        back = 7
    exact = today - timedelta(days=back)
    return exact, exact


def _decade(match: re.Match[str], today: date) -> Interval | None:
    written = match["y"] or match["short"] or match["word"]
    around = match.string[max(0, match.start() - 80) : match.end() + 40]
    if match["y"]:
        first = int(written)
    else:
        if not match["mark"] and _MEASURED.search(around):
            return None
        first = century(_DECADES.get(written.lower()) or int(written), today)
    return date(first, 1, 1), date(first + 9, 12, 31)


def _year_range(match: re.Match[str], today: date) -> Interval | None:
    first, written = int(match["y"]), match["y2"]
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    if last <= first or _CODED.search(match.string[max(0, match.start() - 24) : match.start()]):
        return None
    return date(first, 1, 1), date(last, 12, 31)


def _months_of_short_years(match: re.Match[str], today: date) -> Interval | None:
    """Read "Dec 25 -> Aug 26" as months: as days of one year they would run backwards."""
    years = int(match["short"]), int(match["short2"])
    first, last = ((century(year, today), _number(match[name])) for year, name in zip(years, ("m", "m2"), strict=True))
    if years[1] <= years[0] or first[1] < last[1] or last[0] > today.year:
        return None
    return months(*first, 1)[0], months(*last, 1)[1]


def _lone_year(match: re.Match[str], today: date) -> Interval | None:
    year = int(match["y4"])
    if _CODED.search(match.string[max(0, match.start() - 24) : match.start()]):
        return None
    return date(year, 1, 1), date(year, 12, 31)


def _short_year(match: re.Match[str], today: date) -> Interval | None:
    year = century(int(match["y2"]), today)
    return date(year, 1, 1), date(year, 12, 31)


_QUARTER = r"(?:Q\s?(?P<q>[1-4])|(?P<q2>[1-4])Q|(?P<q3>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+quarter)\b"
_HOLIDAY_NAMES = r"christmas(?:\s+(?:eve|day))?|boxing day|new year(?:['’]?s)?(?:\s+(?:eve|day))?|halloween|valentine['’]s day|easter(?:\s+(?:weekend|sunday|monday))?|good friday|(?:fourth|4th) of july|st\.? patrick['’]s day"
_RULES: tuple[tuple[Cue, _Reader], ...] = (
    (_c(r"(?<![\d/.-])(?P<y>\d{4})(?P<mark>[-/.])(?P<m>\d\d)(?P=mark)(?P<d>\d\d)(?:T[\d:.+Z-]*|\b)(?!\d)"), _iso),
    (_c(r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])(?P<d>)(?![\d-])"), _iso),
    (_c(r"(?<![\d/.-])(?P<one>\d{1,2})(?P<mark>[/.-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)(?![\d/]|[.-]\d)"), _numeric),
    (_c(rf"(?<![\d/.-])(?P<m>0?[1-9]|1[0-2])/(?P<year>{_Y4})(?![\d/])"), _month_digits),
    (_c(r"(?<=\bin )(?P<m>0?[1-9]|1[0-2])/(?P<year>\d\d)(?![\d/]|\s*(?:strength|tabs?|of)\b)"), _month_digits),
    (_c(rf"(?<![\d/.,-])\b(?P<one>0?[1-9]|[12]\d|3[01])/(?P<two>0?[1-9]|[12]\d|3[01])(?![\w/%]|[.-]\d|\s*(?:(?:{_UNITS}|tabs?|tablets?|days?|weeks?|wks?|months?|years?|ago|hx|history|pain|power|strength|murmur|of|lobes?|questions?|criteria|sirs)\b))"), _bare_digits),
    (_c(r"(?:(?<=\bon )|(?<=\bsince )|(?<=\bafter )|(?<=\bbefore ))(?P<m>0?[1-9]|1[0-2])/(?P<d>1[3-9]|2\d|3[01])(?![\d/])"), _day_digits),
    (_c(rf"\b(?P<m>{MONTH})\s+(?P<short>\d\d)(?:{_TO}|\s*(?:-+>|→|vs?\.?|versus|against)\s*)(?P<m2>{MONTH})\s+(?P<short2>\d\d)(?![\d/]|,?\s+{_Y4})"), _months_of_short_years),
    (_c(rf"\b(?P<m>{MONTH})\s+(?P<d>{_D}){_TO}(?P<m2>{MONTH})\s+(?P<d2>{_D}){_OF}{_YEAR}"), _days_across),
    (_c(rf"\b(?P<d>{_D})\s+(?P<m>{MONTH}){_TO}(?P<d2>{_D})\s+(?P<m2>{MONTH}){_OF}{_YEAR}"), _days_across),
    (_c(rf"(?<=\bin )(?P<m>{MONTH})\s+(?P<short>\d\d)(?![\d/]|\s*(?:st|nd|rd|th|[-–]\s*\d)|,?\s+{_Y4}){_NO_UNIT}"), _month_and_short_year),
    (_c(r"(?<![\d/.])\b(?P<m>0?[1-9]|1[0-2])/(?P<short>\d\d)(?![\d/%]|\s*(?:mm|mg|strength|tabs?|of|yo|y/o)\b)"), _slashed_month),
    (_c(r"(?<![\d/.-])\b(?P<short>[12]\d)\s*(?:-+>|→)\s*(?P<short2>[12]\d)\b(?!\s*(?:%|mg|kg|mm|cm|units?)\b|[/.])"), _short_years_across),
    (_c(rf"(?<![\d/.])\b(?P<d>{_D})\s+(?P<m>{MONTH})\s+(?P<short>\d\d)(?![\d/:.]|\s*(?:st|nd|rd|th)\b){_NO_UNIT}"), _terse_day),
    (_c(rf"\b(?P<m>{MONTH})\s+(?P<short>\d\d)(?![\d/:]|\s*(?:st|nd|rd|th|[-–]\s*\d|to\s+\d\d\b)|[.,]?\s*{_Y4}){_NO_UNIT}"), _terse_month),
    (_c(rf"(?:\b{_WEEKDAY},?\s+)?\b(?P<m>{MONTH})\s+(?P<d>{_D})(?:{_TO}(?P<d2>{_D}))?(?:{_OF}{_YEAR})?(?![/\d]|\s*(?:mg|mcg)\b)"), _day),
    (_c(rf"(?:\b{_WEEKDAY},?\s+(?:the\s+)?)?(?<![\d/.])\b(?P<d>{_D})(?:{_TO}(?P<d2>{_D}))?(?:\s+(?:of\s+)?|-)(?P<m>{MONTH})(?:{_OF}{_YEAR})?"), _day),
    (_c(rf"\b(?P<m>{MONTH}){_TO}(?P<m2>{MONTH})(?:{_OF}{_YEAR})?"), _months_across),
    (_c(rf"\b(?P<m>{MONTH})(?:{_OF}{_YEAR})?(?!\s+(?-i:[A-Z][a-z]{{2,}}))"), _month),
    (_c(rf"{_YEAR},?\s+(?:in|during)\s+(?:the\s+)?(?:(?P<m>{MONTH})|{_SEASON}\b)(?!,?\s+{_Y4})"), _month_after_year),
    (_c(rf"\bwinter\s+(?:of\s+)?(?P<y>{_Y4})\s*[-–/]\s*(?:{_Y4}|\d\d)\b"), _winter),
    (_c(rf"\b{_SEASON}\b(?:{_OF}{_YEAR}|\s+(?P<short>\d\d)(?![\w/.%-])(?!\s+(?:and|to|times|days|weeks)\b){_NO_UNIT})?"), _season_of),
    (_c(rf"(?<!\w){_QUARTER}(?:{_OF}{_YEAR})?"), _quarter),
    (_c(rf"(?<![\w-]){_YEAR}\s*,?\s*Q(?P<q4>[1-4])\b"), _quarter),
    (_c(rf"\bH(?P<half>[12])(?:{_OF}{_YEAR})"), _half),
    (_c(rf"\b(?P<name>{_HOLIDAY_NAMES})(?!\w)(?:{_OF}{_YEAR})?"), _holiday),
    (_c(rf"\b{_WEEKDAY}(?!['’]?\w)"), _weekday),
    (_c(rf"(?<![\w.,:/$#])(?P<y>{_Y4}(?<=0))['’]?s\b(?P<mark>)(?P<short>)(?P<word>)"), _decade),
    (_c(rf"(?:(?P<mark>['’‘]|\bback in the (?:early |mid |late |mid-)?['’‘]?)|\bthe\s+|(?<=early )|(?<=late )|(?<=mid-)|(?<=mid ))(?:(?P<short>[2-9]0)['’]?s|(?P<word>{'|'.join(_DECADES)}))\b(?P<y>)"), _decade),
    (_c(rf"(?<![\w.,:/$#–-])(?P<y>{_Y4})\s*(?:[-–—/]|-+>|→|to\b|v|vs|versus)\s*(?P<y2>{_Y4}|\d\d)(?![\w/]|[.,-]\d){_NO_UNIT}"), _year_range),
    (_c(rf"(?:(?<=\bmid-)|(?<=\bpre-)|(?<=\bpost-)|(?<=\bearly-)|(?<=\blate-)|(?<![\w.,:/$#–-]))(?P<y4>{_Y4}|2100)(?!\w|[.,:]\d|\s?[-–]\d|/\d){_NO_UNIT}"), _lone_year),
    (_c(r"(?:\b(?:in|since|before|after|until|till|by|from|during|of|early|mid|late|to|and)[\s-]+|(?<=[\s,/&(]))(?P<words>['’‘](?P<y2>\d\d))(?![\w'’])" + _NO_UNIT), _short_year),
)  # fmt: skip


def written_periods(text: str, today: date) -> Iterator[Period]:
    """Yield every date that the text writes out, overlapping ones too."""
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            try:
                interval = read(match, today)
            except (ValueError, OverflowError):
                continue  # not a day of the calendar
            if interval is None:
                continue
            yield _period(match, read, interval, today)


def _period(match: re.Match[str], read: _Reader, interval: Interval, today: date) -> Period:
    groups = match.groupdict()
    start = match.start("words") if "words" in groups else match.start()
    dated = read is not _weekday and (read not in _PERHAPS_YEARLESS or _written_year(match, today) is not None)
    this = _THIS.search(match.string[max(0, start - 16) : start]) if not dated else None
    yearless = not dated and this is None and read is not _weekday
    if this is not None:
        start -= len(this[0])
    return Period(
        *interval,
        start,
        match.end(),
        explicit=dated and not groups.get("yr"),
        ambiguous=(read is _numeric and _reads_both_ways(match)) or read is _bare_digits,
        yearless=yearless,
        whole=read in _RANGES or bool(groups.get("d2")),
    )


_THIS = Cue(r"\b(?:this past|last|this|past)\s+$")
_RANGES = frozenset({_short_years_across, _months_across, _days_across, _year_range, _months_of_short_years})
_PERHAPS_YEARLESS = frozenset({_day, _month, _months_across, _season_of, _quarter, _holiday, _day_digits, _bare_digits})


def _reads_both_ways(match: re.Match[str]) -> bool:
    one, two = int(match["one"]), int(match["two"])
    return match["mark"] != "." and one != two and max(one, two) <= 12
