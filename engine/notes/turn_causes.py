"""Words by which notes tell why a medicine was begun, changed or ended."""
# ruff: noqa: E501

from __future__ import annotations

from chartcite.engine.language.cues import Cue

CAUSE = Cue(
    r"\b(?:because|due to|d/t|2/2|secondary to|b/c|owing|reasons?|caused?|triggered|precipitated|prompted|led to|attributed|side[- ]effects?|intoler\w*|adverse"
    r"|likely|contribut\w*|(?:primary|secondary|treatment) (?:non-?response|failure|loss)|(?:loss|lack) of (?:response|effect|efficacy|benefit)|lost (?:response|effect|efficacy)|(?:inadequate|insufficient|poor|partial|no) response|ineffective|inefficacy|(?:stopped|not) working|in view of|on account of|in the setting of|too (?:low|high)|recurrent|worsen\w*|prefers?|declin\w*|toxicity|(?:would like|wants?|wanted|ask(?:s|ed)?|wish(?:es|ed)?)(?: to (?:stop|come))? off|(?:makes?|made|gave|gives) (?:him|her|them) \w+)\b|->|→"
    r"|\b(?:stopped|ceased|reduced|halved|lowered|cut|increased|raised|changed|switched|started|held)\b[^.;:|]{0,25}: (?=\w)"
    r"|\b(?:stopped|ceased|reduced|halved|lowered|cut|dropped|switched)\b[^.;:|]{0,40}? (?:for|after|as) (?!(?:the |a |an |another |at least |about )?(?:\d|one|two|three|four|few|next|now|good|day|week|month|short|surgery|procedure|op\b))\w+"
    r"|\b(?:limited|short) (?:life expectancy|prognosis)|\b(?:tablet|pill) burden|\bno longer (?:needed|indicated|required|appropriate|swallow\w*)\b"
    r"|\b(?:hence|therefore|ineffective|not (?:working|effective|absorbed)|no (?:benefit|response)|poor(?:ly)? (?:response|tolerated|absorbed))\b"
    r"|\bunsafe\b|\bunsuitable\b|\bcannot (?:swallow|take|tolerate)\b|\bstruggl\w+"
)
HARM = Cue(
    r"\b(?:hypogly\w*|hypos?|hyperkal\w*|hypokal\w*|hyponatr\w*|hypotens\w*|bradycard\w*|bleed\w*|bled|rash\w*|hives|itch\w*|cough\w*|dizz\w*|light-?headed\w*|faint\w*"
    r"|nause\w*|vomit\w*|diarrh\w*|constipat\w*|cramps?|aches?|myalgi\w*|swelling|swollen|o?edema|fatigue|tired\w*|drows\w*|sedat\w*|sleepy|confus\w*|falls?|fell"
    r"|wheez\w*|insomnia|nightmares?|flat|libido|weight gain|jaundice|neutropeni\w*|thrombocytopeni\w*|neuropath\w*|tingl\w*|numb\w*|pins and needles|mucositis|colitis|pneumonitis|hepatitis|hand[- ]foot|toxic|allerg\w*|reaction)\b"
)
"""What a medicine may do amiss, for which it is stopped or changed."""
_ENDED = Cue(
    r"\b(?:stop\w*|d/?c'?d|discontinu\w*|withdr\w+|ceased?|off|quit|halv\w*|wean\w*|taper\w*|chang\w*|switch\w*|reduc\w*|lower\w*|cut|swap\w*|replac\w*|omit\w*|defer\w*|paus\w*|withh\w+|suspend\w*)\b"
)


def tells_harm_at_end(text: str) -> bool:
    """Say whether a text tells both that something was stopped or changed and what it did amiss."""
    return _ENDED.search(text) is not None and (names_harm(text) or _FELT.search(text) is not None)


def names_harm(text: str) -> bool:
    """Say whether a text names a harm without denying it."""
    return any(_DENIED.search(text[max(0, match.start() - 25) : match.start()]) is None for match in HARM.finditer(text))


_DENIED = Cue(r"\b(?:no|not|never|denie[sd]|denying|without|nor|neg(?:ative)? for|free of)(?: (?!but)[\w/]+,?){0,2}\W*$")


_FELT = Cue(r"\b(?:(?:makes?|made|gave|gives) (?:him|her|them) \w+|(?:would like|wants?|wanted) (?:to (?:stop|come) )?off)\b")
