"""Reasons of record that hardly tell why: what was done said again ("dose increased"), or harm without a name ("side effect").

They stand in fields for a reason, and leave it to the notes why it was done.
"""

from __future__ import annotations

import re

from chartcite.engine.language.cues import Cue

_TURN = (
    r"(?:increas|decreas|reduc|rais|lower|chang|adjust|switch|swap|replac|stop|ceas|discontinu|restart|start|titrat|taper|hal[fv]"
    r"|doubl|up-?titrat|down-?titrat|reorder|re-?prescrib|updat|cancel|suspend|withdr|amend|modif|substitut|convert|deprescrib|rationalis|rationaliz)\w*"
)
_WHAT = (
    r"(?:the|dos(?:e|age)|strength|drug|medic(?:ation|ine)|therapy|treatment|order|prescription|regimen|form(?:ulation)?|course"
    r"|frequency|was|has|been|is|to|another|a|an|different|new|alternative|agent|by|prescriber|doctor|clinician|gp|team)"
)
_ONLY_TURN = re.compile(rf"(?:{_WHAT}\W+)*{_TURN}(?:\W+(?:{_WHAT}|{_TURN}))*", re.IGNORECASE)
_HARM = re.compile(
    r"(?:(?:the|an?|due to|because of|unacceptable|possible|suspected|medic\w+|drug)\W+)*"
    r"(?:(?:side|adverse|undesirable|unwanted)[ -](?:effects?|reactions?|events?)|ADRs?|intoleran(?:ce|t)"
    r"|(?:not|poorly|un) ?tolerated|poor tolerance"
    r"|could ?n[o'’]t tolerate(?: it)?)",
    re.IGNORECASE,
)
"""Says that a medicine did harm, and not what harm."""
_REFUSED = re.compile(
    r"(?:(?:the|patient|pt|parents?|family|guardian|mother|father|he|she|they|has|was|by|of)\W+)*(?:declin|refus)\w*"
    r"(?:\W+(?:by|the|patient|pt|parents?|family|consent|it|vaccin\w*|procedure|treatment))*"
    r"|patient (?:choice|decision|objection)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"unknown|other|unspecified|not (?:stated|known|given|specified|recorded)|n/?a"
    r"|(?:(?:unsuitable|inappropriate|clinical (?:decision|reasons?))\W+)?see (?:the )?(?:notes?|letters?|discharge|summary)",
    re.IGNORECASE,
)
_ASKS_REFUSAL = Cue(
    r"\b(?:declin\w*|refus\w*|turn(?:ed|ing)? (?:\w+ ){0,2}down|(?:said|saying|say) no|not want\w*|didn'?t want|against"
    r"|put (?:\w+ )?off|opt(?:ed|ing)? out|reluctan\w*|hesitan\w*|objec\w+|unwilling)\b"
)
_TOLD = re.compile(
    r"\breason: (?P<why>[^;“”]+?)(?=;|\.?\s*$)"
    r"|\bnot[- ]done\b[^:(]*(?:\(|\) on \S+: |: )(?P<not>[^;()]+?)(?=[;)]|\.?\s*$)"
)


def gives_reason(told: str, question: str) -> bool:
    """Say whether a sentence gives a reason of record that says more than what the question tells already."""
    whys = [match["why"] or match["not"] for match in _TOLD.finditer(told)]
    return any(not _is_bare(why.strip(), question) for why in whys)


def gives_bare_reason(told: str, question: str) -> bool:
    """Say whether a sentence gives a reason of record, and it only says again what was done."""
    return _TOLD.search(told) is not None and not gives_reason(told, question)


def _is_bare(why: str, question: str) -> bool:
    if _ONLY_TURN.fullmatch(why) or _NONE.fullmatch(why) or _HARM.fullmatch(why):
        return True
    return _REFUSED.fullmatch(why) is not None and _ASKS_REFUSAL.search(question) is not None
