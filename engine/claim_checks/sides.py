"""Left and right: the side of a claim's body part against the side that the evidence gives to the same part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.claim_checks.findings import Finding, Place, contradicted, missing
from chartcite.engine.claim_checks.texts import Text, stem
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms

_SIDE = Cue(
    r"\b(?P<left>left(?:-sided)?(?!\s+(?:the|against|out|without|ama|on|at|before|after|by|him|her|his|message|voicemail|home|for|a)\b)|lt\.?|OS|LLE|LUE|LLL|LUL|LLQ|LUQ)\b"
    r"|\b(?P<right>right(?:-sided)?(?!\s+(?:now|away|after|before|to)\b)|rt\.?|OD(?=\s*(?:eye|:|-|\d|vision)|[^.\n]{0,60}\bO[SU]\b)|RLE|RUE|RLL|RUL|RML|RLQ|RUQ)\b"
    r"|\b(?P<both>bilateral(?:ly)?|both(?=\s+(?:eyes|ears|knees|hips|legs|feet|arms|hands|shoulders|lungs|kidneys|breasts|ankles|wrists|sides))|OU|b/l)\b"
    r"|(?<![\w'’/.-])(?<!\d )(?:(?P<l>[Ll])|(?P<r>[Rr]))(?=\s+[a-z]{3,})",
)
_NAMES = {"left": "left", "l": "left", "right": "right", "r": "right", "both": "both"}
_NEAR = 4
_STOP = frozenset("the of and side sided was is in on to a an with for".split())


def sides_in(text: str) -> list[tuple[str, tuple[str, ...], int, int]]:
    """Return each side with the words after (or, with none after, before) it that say of what, and its range."""
    found = []
    for match in _SIDE.finditer(text):
        name = next(group for group, words in match.groupdict().items() if words)
        if name in {"l", "r"} and match[0].islower():
            continue
        after = re.split(r"[.;:,\n]", text[match.end() : match.end() + 60])[0]
        about = [word for word in forms(after) if word not in _STOP][:_NEAR]
        before = [word for word in forms(text[max(0, match.start() - 40) : match.start()]) if word not in _STOP][-_NEAR:]
        found.append((_NAMES[name], tuple(stem(word) for word in (about or before)), match.start(), match.end()))
    return found


def is_other_side(said: str, known: str) -> bool:
    """Say whether two words name different sides: `L` and `right`."""
    one, other = (_LONE.get(text.lower().rstrip("."), "") for text in (said, known))
    return bool(one and other and one != other)


_LONE = _NAMES | {"lt": "left", "rt": "right", "bilateral": "both", "os": "left", "ou": "both"}


def check_sides(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return the sides of a claim that the evidence does not give to the same part of the body."""
    known = [(*side, number) for number, passage in enumerate(passages) for side in sides_in(passage.text)]
    found = []
    for said, about, start, end in sides_in(claim.text):
        beside = [one for one in known if set(one[1]) & set(about)]
        first = [one for one in known if one[1][:1] == about[:1]] or beside
        names = {one[0] for one in first}
        if said in names or (said in {one[0] for one in known} and not first) or (said != "both" and "both" in names):
            continue
        if said == "both" and names == {"left", "right"}:
            continue
        place = next((Place(one[4], one[2], one[3]) for one in first or known), None)
        found.append((contradicted if known else missing)("laterality", claim.text[start:end], place))
    return found
