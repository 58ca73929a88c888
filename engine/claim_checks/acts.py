"""What was done, by sort (started, stopped, raised, lowered), and where one clause ends and another begins."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re

CUT = re.compile(
    r"[;:()\[\]•]|,(?!\d)|(?<!\d),|\s[-–—]\s|->|→"
    r"|\b(?:and|but|then|later|while|whereas|which|who|because(?: of)?|due to|owing to|therefore|although|though|despite|so that|rather than|instead(?! of))\b",
    re.IGNORECASE,
)
"""Marks and words between which things belong together."""
_ACTS = {
    "start": r"onset|(?:re)?start(?:s|ed|ing)?|began|begun|beg[ai]n(?:s|ning)?|initiat\w+|commenc\w+|resum\w+|add(?:s|ed|ing)?|introduc\w+|put on",
    "stop": r"stop(?:s|ped|ping)?|discontinu\w+|d/c(?:'?d)?|ceas\w+|withdrawn|withheld|held|hold|quit|ends?|ended|off|paus\w+|withdrew|withdraw\w*|given up|gave up",
    "raise": r"increas\w+|rais(?:e|es|ed|ing)|uptitrat\w+|titrated up|doubl(?:e|ed|ing)|escalat\w+|upped|stepped up|put up|turned up",
    "lower": r"decreas\w+|lower(?:s|ed|ing)|reduc\w+|halv(?:e|ed|ing)|taper\w*|wean\w*|cut|titrated down|de-?escalat\w+|stepped down|brought down|turned down",
    "continue": r"continu\w+|remains?|maintain\w*|(?:went|goes|carried|carries|kept) on(?: with)?|kept|keeps|left (?:\w+ ){0,4}(?=in place)|observ(?:e|ed|ing)|watched",
    "decline": r"declin(?:e|es|ed|ing)(?! in| from| to| by)|refus\w+",
    "order": r"order(?:s|ed|ing)?",
    "cancel": r"cancel\w*",
    "refill": r"refill\w*|renew\w*",
    "give": r"giv(?:e|es|en|ing)|gave|administer\w*|receiv\w+",
    "take": r"took|tak(?:es?|en|ing)|accept\w*",
    "remove": r"remov\w+|taken out|took out|excis\w+|resect\w+|extract\w+",
    "switch": r"switch\w*|chang(?:e|es|ed|ing)|replac\w+|substitut\w+|convert\w*|exchang\w+|rotat\w+",
    "admit": r"(?:re-?)?admit(?:s|ted)?(?! to)|(?:re-?)?admission","transfer": r"transfer\w*", "intubate": r"intubat\w+",
    "discharge": r"discharg\w+",
    "die": r"died|death|deceased",
    "diagnose": r"diagnos\w+",
}  # fmt: skip
_ACT = re.compile(rf"(?<![\w-])(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _ACTS.items())})(?!\w)", re.IGNORECASE)


def acts_in(text: str) -> frozenset[str]:
    """Return what a text says was done, by sort: `start`, `stop`, `raise`."""
    return frozenset(str(match.lastgroup) for match in _ACT.finditer(text))


def first_act(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the first words in [start, end) that say what was done."""
    return _ACT.search(text, start, end)


def without_acts(text: str) -> str:
    """Return a text with spaces in place of what was done."""
    return _ACT.sub(lambda match: " " * len(match[0]), text)
