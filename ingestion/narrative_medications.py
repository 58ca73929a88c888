# ruff: noqa: E501 -- tables of words read better in long lines
"""What a sentence says of a medicine: dose, route, frequency, and whether it is started, going on, held or stopped."""

from __future__ import annotations

import re
from typing import NamedTuple

_AMOUNT = r"\d[\d,]*(?:\.\d+)?(?:\s?(?:-|–|to|/)\s?\d[\d,]*(?:\.\d+)?)?"
_DOSE = re.compile(
    rf"(?<![\w./])(?:{_AMOUNT}\s?-?(?:mg|mcg|µg|μg|ug|micrograms?|milligrams?|g|grams?|units?|iu|meq|mmol|ml|%)(?:\s?/\s?(?:kg|hr?|hour|day|d|min|ml|m2|dose|actuation|\d+\s?ml)){{0,2}}|"
    r"(?:\d+(?:\.\d+)?(?:\s?-\s?\d+)?|one|two|three|half(?: an?)?)\s(?:puffs?|tabs?|tablets?|caps?|capsules?|drops?|sprays?|patch(?:es)?|pills?|ampoules?|sachets?|inhalations?))(?![\w])",
    re.IGNORECASE,
)
_ROUTE = re.compile(
    r"(?<![\w/])(?:p\.?o\.?|by mouth|orally|oral|i\.?v\.?|intravenous(?:ly)?|i\.?m\.?|intramuscular(?:ly)?|s\.?c\.?|sq|subq|sub-?cut(?:aneous(?:ly)?)?|inhaled|by inhalation|inh|neb(?:uli[sz]ed|s)?|topical(?:ly)?|"
    r"sublingual(?:ly)?|s\.?l\.?|p\.?r\.?|rectal(?:ly)?|intranasal(?:ly)?|nasal spray|transdermal(?:ly)?|ophthalmic|eye drops|vaginal(?:ly)?|intrathecal(?:ly)?)(?![\w/])",
    re.IGNORECASE,
)
_FREQUENCY = re.compile(
    r"(?<![\w/])(?:(?:once|twice|three times|four times|\d+ times|one time) ?(?:a |per |/)?(?:day|daily|week(?:ly)?|month(?:ly)?)|(?:once )?(?:every other day|every|each) ?(?:other )?(?:\d+(?:\s?-\s?\d+)? ?)?(?:day|morning|evening|night|hours?|hrs?|h|weeks?|months?|days?)|every other day|"
    r"daily|nightly|weekly|monthly|q\.?d\.?|b\.?i\.?d\.?|t\.?i\.?d\.?|q\.?i\.?d\.?|q\.?h\.?s\.?|q\.?o\.?d\.?|o\.?d\.?|b\.?d\.?|t\.?d\.?s\.?|q\.?d\.?s\.?|nocte|mane|q\.?(?:am|pm)|q ?\d{1,2}(?:\s?-\s?\d{1,2})? ?(?:h(?:rs?|ours?)?|d|w(?:k|eeks?)?)|at bedtime|hs|in the (?:morning|evening)|at night|with meals|before meals)(?![\w/])",
    re.IGNORECASE,
)  # fmt: skip
_AS_NEEDED = re.compile(r"(?<!\w)(?:p\.?r\.?n\.?|as needed|when needed|if needed)(?!\w)", re.IGNORECASE)
_REACH = 70
"""Characters after the name within which its sig is written."""
_SIG_ENDS = re.compile(
    r"[;\n]|\.(?=\s|$)|\b(?:and|but|which|for|with|then|because|due|who|after|until)\b(?!\s*(?:tablet|capsule))", re.IGNORECASE
)
_TO_DOSE = re.compile(r"\b(?:to|at)\s+$", re.IGNORECASE)
_FROM_DOSE = re.compile(r"\bfrom\s+$", re.IGNORECASE)

_STATUS_BEFORE = (
    ("stopped", re.compile(r"\b(?:stop(?:ped|ping|s)?|discontinu\w+|d/?c'?(?:e?d)?|ceas\w+|off|came off|withdr[ae]w\w*|weaned off|completed|finished|no longer (?:on|taking|takes)|switched from|changed from)\b[^.;,:]{0,30}$", re.IGNORECASE)),
    ("on-hold", re.compile(r"\b(?:held|hold(?:ing|s)?|withh(?:e|o)ld\w*|paus\w+|suspend\w+)\b[^.;,:]{0,25}$", re.IGNORECASE)),
    ("intended", re.compile(r"\b(?:will|plan(?:s|ned)?(?: to| for)?|consider\w*|recommend\w*|suggest\w*|should|would|may|could|might|offer\w*|discuss\w*|propos\w+|going to|if|candidate for|trial of|advise[sd]?)\b[^.;:]{0,45}$", re.IGNORECASE)),
    ("active", re.compile(r"\b(?<!no longer )(?:start(?:ed|s|ing)?|begin|began|begun|initiat\w+|prescrib\w+|add(?:ed|ing)?|continu(?:e|es|ed|ing)|resum\w+|restart\w*|tak(?:es|ing|en?)|took|on|remain(?:s|ed)? on|maintain(?:ed|s)? on|increas\w+|decreas\w+|reduc\w+|titrat\w+|uptitrat\w+|switched to|changed to|given|gave|received?|administered|treated with|managed with|uses?|using|commenced|put on|placed on|loaded with)\b[^.;:]{0,60}$", re.IGNORECASE)),
)  # fmt: skip
_STATUS_AFTER = (
    ("stopped", re.compile(r"^[^.;,\n]{0,40}?\b(?:(?:was|were|has been|have been|is|being|now)\s+)+(?:stopped|discontinued|d/c'?d|ceased|withdrawn|weaned off|completed)\b|^[^.;\n]{0,60}?\s[-–:(]\s*(?:stopped|discontinued|completed)\b", re.IGNORECASE)),
    ("on-hold", re.compile(r"^[^.;,\n]{0,40}?\b(?:(?:was|were|has been|have been|is|being|now)\s+)+(?:held|on hold|paused|suspended|withheld)\b|^[^.;\n]{0,60}?\s[-–:(]\s*(?:held|hold|on hold)\b", re.IGNORECASE)),
    ("active", re.compile(r"^[^.;,\n]{0,40}?\b(?:(?:was|were|has been|have been|is|being|now)\s+)+(?:started|continued|added|increased|decreased|resumed|restarted|given|administered|initiated|prescribed|commenced|titrated)\b|^\s*[-:(]\s*(?:continue|started|increased)\b", re.IGNORECASE)),
)  # fmt: skip
_VERB = re.compile(r"[A-Za-z/'][\w/' ]*")


class Part(NamedTuple):
    """A detail of a medicine with its range in the sentence."""

    name: str
    text: str
    start: int
    end: int


class Sig(NamedTuple):
    """What is written of one medicine."""

    details: tuple[Part, ...]
    status: str
    """`active`, `stopped`, `on-hold`, `intended`, or empty where the sentence does not say."""
    status_range: tuple[int, int] | None


def sig_of(text: str, start: int, end: int, following: int) -> Sig:
    """Read the sig after the name of a medicine at [start, end); `following`: where the next medicine is named.

    Of `increase from 5 mg to 10 mg` the dose is the last.
    """
    stop = min(len(text), end + _REACH, max(following, end))
    found = _SIG_ENDS.search(text, end, stop)
    while found and re.match(r"(?:and|with|then)$", found[0], re.IGNORECASE) and _FREQUENCY.match(text, found.end() + 1):
        found = _SIG_ENDS.search(text, found.end(), stop)
    reach = found.start() if found else stop
    details = [
        part
        for name, pattern in (("dose", _DOSE), ("route", _ROUTE), ("frequency", _FREQUENCY), ("as_needed", _AS_NEEDED))
        if (part := _first(name, pattern, text, end, reach))
    ]
    status, place = _status(text, start, end, stop)
    return Sig(tuple(details), status, place)


def _first(name: str, pattern: re.Pattern[str], text: str, start: int, end: int) -> Part | None:
    matches = list(pattern.finditer(text, start, end))
    if (
        name == "dose"
        and len(matches) > 1
        and (_FROM_DOSE.search(text[start : matches[0].start()]) or _TO_DOSE.search(text[start : matches[1].start()]))
    ):
        matches = matches[1:]
    return Part(name, matches[0][0], *matches[0].span()) if matches else None


def _status(text: str, start: int, end: int, stop: int) -> tuple[str, tuple[int, int] | None]:
    before, after = text[max(0, start - 90) : start], text[end:stop]
    for status, pattern in _STATUS_AFTER:
        if match := pattern.search(after):
            return status, (end + match.start(), end + match.end())
    nearest: tuple[int, str, tuple[int, int]] | None = None
    for status, pattern in _STATUS_BEFORE:
        if match := pattern.search(before):
            verb = _VERB.match(match[0])
            word = match[0].split()[0] if verb else match[0]
            at = start - len(before) + match.start()
            if status == "intended":
                return status, (at, at + len(word))
            if nearest is None or match.start() > nearest[0]:
                nearest = (match.start(), status, (at, at + len(word)))
    return (nearest[1], nearest[2]) if nearest else ("", None)
