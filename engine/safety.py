"""Red flags in the question itself: raised by fixed rules outside any model, which can raise urgency and never lower it.

Rules of ours after public first-aid and crisis guidance; not yet reviewed by a clinician.
"""

from __future__ import annotations

import re

from chartcite.engine.domain.answers import Audience, RedFlag

_EMERGENCY = "This may be an emergency. Call your local emergency number now (911, 112 or 999); do not wait for an answer here."
_CRISIS = (
    "If you might hurt yourself, call your local emergency number or a crisis line now (988 in the US, 116 123 in the UK), or go to the "
    "nearest emergency department."
)
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|im|i've|my|me|we|our)\b", re.IGNORECASE)
_RULES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("self_harm", _CRISIS, re.compile(
        r"\b(?:kill(?:ing)? myself|suicid\w*|end (?:my life|it all)|want(?:ed)? to die|hurt(?:ing)? myself|self[- ]?harm\w*|no reason to live|better off dead)\b", re.I)),
    ("overdose", _EMERGENCY, re.compile(r"\b(?:overdos\w+|took too (?:many|much)|swallowed (?:a lot|too many|the whole)|poison(?:ed|ing))\b", re.I)),
    ("chest_pain", _EMERGENCY, re.compile(r"\b(?:chest (?:pain|pressure|tightness)|crushing|heart attack|pain (?:in|down) my (?:left )?arm)\b", re.I)),
    ("breathing", _EMERGENCY, re.compile(r"\b(?:can(?:no|'|’)?t breathe|trouble breathing|short(?:ness)? of breath|gasping|choking|blue lips|throat (?:is )?(?:closing|swelling))\b", re.I)),
    ("stroke", _EMERGENCY, re.compile(r"\b(?:face (?:is )?droop\w*|slurred speech|can(?:no|'|’)?t (?:speak|move my)|sudden(?:ly)? (?:weak|numb|blind|confus)\w*|worst headache)\b", re.I)),
    ("bleeding", _EMERGENCY, re.compile(r"\b(?:bleeding (?:a lot|heavily|won'?t stop)|vomiting blood|coughing up blood|black (?:tarry )?stools?)\b", re.I)),
    ("unresponsive", _EMERGENCY, re.compile(r"\b(?:unconscious|unresponsive|won'?t wake|passed out|seizure (?:right )?now|having a seizure)\b", re.I)),
)  # fmt: skip
_ABOUT_THE_RECORD = re.compile(
    r"\b(?:chart|record|history of|documented|was i ever|have i ever|in (?:19|20)\d\d|last (?:year|visit|time)|when did|years? ago|family|past)\b",
    re.IGNORECASE,
)


def red_flags(question: str, audience: Audience, /) -> tuple[RedFlag, ...]:
    """Return the red flags of a question that speaks of somebody's state now.

    A patient's words in the first person raise them; a question about the record ("have I ever had chest pain?") does not.
    """
    if audience is not Audience.PATIENT or not _FIRST_PERSON.search(question):
        return ()
    about_record = _ABOUT_THE_RECORD.search(question) is not None
    return tuple(
        RedFlag(name=name, text=text, urgency="emergency")
        for name, text, cue in _RULES
        # Words of self-harm are taken seriously even when they come with the record.
        if cue.search(question) and (name == "self_harm" or not about_record)
    )
