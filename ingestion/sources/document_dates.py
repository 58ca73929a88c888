"""The date of a document, where its first lines say it and leave no doubt.

A label is needed (`Date of service:`), and a date that reads in one way only: `03/04/2024` may be in March or in April and
is none. A date without a label, a date of birth, of printing or of the next visit is never taken for the document's.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from chartcite.engine.domain.records import PartialDate

_HEAD_CHARACTERS = 4000
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?[ \t]+)?"
_TIME = r"(?P<time>[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?"
_FORMS = tuple(
    re.compile(_WEEKDAY + form + r"(?![\w/])", re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)" + _TIME,
        r"(?P<y>\d{4})/(?P<m>\d\d?)/(?P<d>\d\d?)",
        _MONTH + r"[ \t-]*(?P<d>\d{1,2})(?:st|nd|rd|th)?,?[ \t-]+(?P<y>\d{4})",
        r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[ \t.-]*(?:of[ \t]+)?" + _MONTH + r",?[ \t-]*(?P<y>\d{4})",
        r"(?P<one>\d{1,2})[/.-](?P<other>\d{1,2})[/.-](?P<y>\d{4})",
    )
)
_EVENT = (
    r"date of (?:service|visit|encounter|exam(?:ination)?|evaluation|consultation|procedure|operation|surgery|study|note)|dos|"
    r"(?:service|visit|encounter|exam(?:ination)?|consultation|procedure|surgery|study|note|clinic|appointment|document|letter)"
    r" date|date seen|seen on|date"
)
_ADMISSION = r"admission date|date of admission|admit date|admitted(?: on)?|date admitted"
_DISCHARGE = r"discharge date|date of discharge|discharged(?: on)?|date discharged"
_WRITTEN = (
    r"dictated(?: on| date)?|date dictated|dictation date|date of dictation|signed(?: on| date)?|date signed|"
    r"date of report|report date|reported(?: on)?"
)
_LABEL = re.compile(
    rf"(?:^|[\t|;,*>(]|[ ]{{2}})[ \t*_>#-]*+(?:(?P<event>{_EVENT})|(?P<admission>{_ADMISSION})|(?P<discharge>{_DISCHARGE})|"
    rf"(?P<written>{_WRITTEN}))(?:[ \t]*/[ \t]*time|[ \t]+and[ \t]+time)?[ \t*_]*[:|=][ \t*_|]*(?:\n[ \t]*)?",
    re.IGNORECASE | re.MULTILINE,
)


class FoundDate(NamedTuple):
    """A date and the characters that say it."""

    date: PartialDate
    start: int
    end: int


class DocumentDates(NamedTuple):
    """What the head of a document says of its time."""

    occurred: FoundDate | None = None
    ended: FoundDate | None = None
    recorded: FoundDate | None = None
    doubtful: bool = False
    """Whether a labelled date was left out because it can be read in two ways."""


def dates_of(text: str) -> DocumentDates:
    """Return the dates that the first lines of a document give with a label.

    It happened on the date of service (or the like), else from admission to discharge, else when it was written down. It
    was known from the latest of these dates on.
    """
    found: dict[str, FoundDate] = {}
    doubtful = False
    for label in _LABEL.finditer(text, 0, _HEAD_CHARACTERS):
        kind = label.lastgroup or ""
        read = date_at(text, label.end())
        doubtful = doubtful or (read is None and bool(_FORMS[-1].match(text, label.end())))
        if read is not None:
            found.setdefault(kind, read)
    occurred = found.get("event") or found.get("admission") or found.get("written") or found.get("discharge")
    latest = max(found.values(), key=lambda one: one.date.start, default=None)
    if occurred is None or latest is None:
        return DocumentDates(doubtful=doubtful)
    ended = found.get("discharge")
    return DocumentDates(occurred, ended if ended and ended.date.start > occurred.date.start else None, latest)


def date_at(text: str, start: int) -> FoundDate | None:
    """Return the date that begins at a character, if it can be read in one way only."""
    for form in _FORMS:
        if match := form.match(text, start):
            written = _written(match)
            return FoundDate(PartialDate.parse(written), match.start(), match.end()) if written else None
    return None


def _written(match: re.Match[str]) -> str:
    """Return a matched date as FHIR writes it; empty: no day of the calendar, or of two."""
    parts = match.groupdict()
    if parts.get("one"):
        one, other = int(parts["one"]), int(parts["other"])
        if one <= 12 and other <= 12 and one != other:
            return ""
        month, day = (one, other) if one <= 12 else (other, one)
    else:
        month = int(parts["m"]) if parts.get("m") else _MONTHS.index(parts["month"][:3].lower()) + 1
        day = int(parts["d"])
    try:
        written = date(int(parts["y"]), month, day).isoformat()
    except ValueError:
        return ""
    moment = written + (parts.get("time") or "").replace(" ", "T")
    try:
        return PartialDate.parse(moment).written
    except (ValueError, OverflowError):
        return ""
