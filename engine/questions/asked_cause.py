"""Questions for a cause that are not worded as "why": "section in March - indication?", "it was put off. What got in the way?".

They are put as the "why" that they mean, which intents, routes and the reader of sentences know: the cause is asked of what the
question tells beside it.
"""

from __future__ import annotations

import re

from chartcite.engine.language.cues import Cue

_CAUSE = r"(?:reason(?:ing)?s?|thinking|thoughts|rationale|logic|grounds|justification|basis|explanation|motive)"
_WHOSE = r"(?:the|his|her|their|your)"
_POLITE = (
    r"(?:(?:and|but|so|now) )?(?:(?:can|could|may|might|would) (?:you|i|we|anyone|somebody|someone) (?:please )?"
    r"(?:tell (?:me|us)|ask|know|say|explain)|do (?:we|you) know|any idea|does (?:it|anything|the chart) say)?,? ?"
)
_SPOKEN = (
    r"(?:(?:on|for|because of|on account of) what (?:grounds|basis|reasons?)?|how come|why(?: (?:so|that|is that|was that|not))?"
    rf"|what(?: (?:was|is|were)|'s) (?:{_WHOSE} )?{_CAUSE}(?: (?:behind|for) (?:it|that|this))?"
    rf"|what {_WHOSE} {_CAUSE} (?:was|were|is)"
    r"|what(?: (?:was|is)|'s) behind (?:it|that|this)"
    r"|what (?:got|came|stood|was) in (?:the|his|her|their) way|what (?:stopped|prevented|hindered) (?:it|that|this|him|her|them)"
    r"|what went wrong|what held (?:it|him|her|them) (?:up|back))"
)
_BARE = rf"(?:(?:the|any|his|her) )?(?:{_CAUSE}|indications?)(?: (?:for (?:it|that|this)|given|documented|recorded|stated))?"
_AFTER = Cue(
    rf"^(?P<told>[^?]+?)(?:(?:\s*[,;:.]\s+|\s+[-–—]+\s*){_POLITE}{_SPOKEN}|(?:\s*[;:.]\s+|\s+[-–—]+\s*){_BARE})\W*$",
)
"""What somebody tells, and then the cause is asked of it."""
_BEFORE = Cue(
    rf"^\W*(?:(?:(?:what|which)(?: (?:was|is|were)|'s) )?(?:{_WHOSE}|any) )?"
    r"(?:grounds|rationale|justification|reasoning|explanation|logic|thinking) (?:for|behind) "
    r"(?=\S+ \S|\w{4,})",
)
_SO_ASKED = Cue(
    rf"^(?P<told>[^?.;]+), so (?P<asks>(?:why|how come|what (?:was|is|were) the {_CAUSE} (?:behind|for|in))\b[^?]*\?)\W*$",
)
"""Tells something, and asks for the cause of something else that goes against it."""
_ASKS = Cue(
    r"\b(?:what|which|when|where|who|whose|why|how|whether)\b"
    r"|\b(?:is|was|are|were|did|does|has|have|had|can|could) (?:he|she|they|it|there|we|i)\b"
    r"|^\W*(?:is|was|are|were|did|does|do|has|have|had|can|could|any|list)\b"
)
_SMALL = re.compile(r"^(?:The|An?|He|She|They|His|Her|Their|My|Our|We|It|This|That|There)\b")
_A_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE_ENDS = re.compile(r"(?<!\b[Dd]r)(?<!\b[MmSs][rst])(?<!\b[Mm]rs)[.!]\s+(?=[A-Z])")


def as_why(text: str, /) -> str:
    """Put a question for a cause as a "why"; every other question stays as it is."""
    apart = _SO_ASKED.match(text)
    asked = apart["asks"] if apart is not None else text
    after = _AFTER.match(asked)
    if after is not None:
        told = after["told"].strip()
        one = not _ASKS.search(told) and not _SENTENCE_ENDS.search(told) and _A_WORD.search(told)
        return f"Why {_SMALL.sub(lambda small: small[0].lower(), told)}?" if one else asked
    return _BEFORE.sub("Why ", asked)
