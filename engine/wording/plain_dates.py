"""ISO dates as a lay reader reads them: `on 2024-03-03` becomes `on 3 March 2024`. The day stays exactly the day."""

from __future__ import annotations

import re
from datetime import date

DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
"""A date as the engine's sentences write it: a day, a month or a year."""
_ISO = re.compile(r"(?P<on>\bon )?(?<![\w./-])(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>\d\d))?(?![\w/-]|\.\d)")
_ON_YEAR = re.compile(r"\bon (?=(?:18|19|20|21)\d\d(?![\w./-]))")
DATED = "They are dated from"
"""Begins what a patient is told of the search: its days are not of what was found."""
_QUOTED = re.compile(r"(“[^”]*”)")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(written: str, /) -> str:
    """Return an ISO day, month or year in words: `3 March 2024`, `March 2024`, `2024`; what is no such date stays as it is."""
    match = _ISO.fullmatch(written)
    return _in_words(match).removeprefix("in ") if match else written


def on_day(written: str, /) -> str:
    """Return the same with its preposition: `on 3 March 2024`, `in March 2024`, `in 2024`."""
    return f"{'on' if written.count('-') == 2 else 'in'} {day_in_words(written)}"


def with_days_in_words(text: str, /) -> str:
    """Return a text with its ISO dates in words, those inside curled quotation marks aside."""
    parts = _QUOTED.split(text)
    return "".join(part if place % 2 else _ON_YEAR.sub("in ", _ISO.sub(_in_words, part)) for place, part in enumerate(parts))


def with_iso_days(text: str, /) -> str:
    """Return a text with its days and months in words as ISO dates: the other way round."""
    return _SAID.sub(_in_iso, text)


def _in_iso(match: re.Match[str]) -> str:
    month = f"{match['y']}-{MONTHS.index(match['m']) + 1:02}"
    return f"{month}-{int(match['d']):02}" if match["d"] else month


_SAID = re.compile(rf"(?:\b(?P<d>\d{{1,2}}) )?\b(?P<m>{'|'.join(MONTHS)}) (?P<y>\d{{4}})\b")


def _in_words(match: re.Match[str]) -> str:
    year, month, day = match["y"], int(match["m"]), match["d"]
    if day is None:
        return f"{'in ' if match['on'] else ''}{MONTHS[month - 1]} {year}"
    try:
        date(int(year), month, int(day))
    except ValueError:
        return match[0]
    return f"{match['on'] or ''}{int(day)} {MONTHS[month - 1]} {year}"
