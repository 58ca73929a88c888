"""Whose body a blow met: "mum fell and hit her head" is her own, "my husband hit her" is another's.

A possessive that agrees with the one who fell or was hurt says no more than the body part alone; left in, "hit her" reads as a
blow at somebody else.
"""

# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.language.cues import Cue

_HERS = (
    "she|mum|mom|mother|nan|nanny|gran|grandma|grandmother|wife|daughter|granddaughter|sister|girlfriend|aunt|auntie|niece|lady|woman"
    "|girl|mrs|ms|stepdaughter|stepmum|stepmom"
)
_HIS = "he|dad|father|grandad|granddad|grandfather|husband|son|grandson|brother|boyfriend|uncle|nephew|man|gentleman|boy|mr|stepson|stepdad"
_ANYONES = "baby|toddler|child|kid|pt|patient|partner|friend|neighbor|cousin|resident|lo|little one|infant|year old|month old|client|twin"
_BLOW = (  # no "cut" or "burn": those may be self-harm, whose cues need the owner
    r"hit(?:s|ting)?|hurt(?:s|ing)?|bang\w*|bump\w*|knock\w*|bash\w*|smack\w*|smash\w*|crack\w*|whack\w*|thump\w*|struck|strik\w+|broke|break\w*"
    r"|split|twist\w*|injur\w*|bruis\w*"
)
_PART = (
    r"head|forehead|face|nose|mouth|chin|eye|ear|tooth|teeth|lip|neck|back|spine|shoulder|arm|elbow|wrist|hand|finger|thumb|chest|rib|hip"
    r"|bottom|bum|leg|knee|ankle|foot|toe|shin|belly|stomach|skull|temple|side|tailbone|cheek|brow|eyebrow|crown|tongue"
)
_FALLS = r"fell|fall|fallen|falling|slipped|tripped|tumbled|rolled|came off|fainted|collapsed|stumbled|toppled|crashed"
_WORDS = r"(?: (?!(?:{others})(?!\S))[\w.]+){{0,10}}?"


def _of(subject: str, owner: str, others: str) -> Cue:
    between = _WORDS.format(others=others + r"|\.|\?")
    return Cue(rf"(?<!\S)((?:{subject}){between} (?:{_BLOW})(?: up| down| in)?) (?:{owner}) (?=(?:\w+ )?(?:{_PART})(?!\S))", 0)


_OWN = (
    _of(f"{_HERS}|{_ANYONES}", "her", _HIS),
    _of(f"{_HIS}|{_ANYONES}", "his", _HERS),
    _of(_ANYONES, "their|its", f"{_HIS}|{_HERS}"),
    _of(rf"i|{_FALLS}", "my", f"{_HIS}|{_HERS}|they|someone|somebody"),
    _of(_FALLS, "her|his|their|its", "someone|somebody|they"),
)


def without_owner(text: str) -> str:
    """Return folded words without "her" in "she fell and hit her head"; a blow at somebody else stays."""
    before = ""
    while text != before:
        before = text
        for pattern in _OWN:
            text = pattern.sub(r"\1 ", text)
    return text
