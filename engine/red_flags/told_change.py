"""Whether a message tells that something has changed, begun or become grave: then no calm word beside it is read.

Read over folded words, denials aside ("no worse"). Rules of ours in our own words, not yet reviewed by a clinician.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.red_flags.red_flag_reading import Heard, Span, states
from chartcite.engine.red_flags.told_history import pattern

_CHANGED = (
    r"worse|worsen\w*|worst|sudden\w*|all at once|out of nowhere|this time|unlike|spread\w*|at rest|deteriorat\w*|doubled|escalat\w*|unbearable|agony|agoniz\w*|excruciat\w*|splitting|crushing|ripping|tearing|pouring|soaked|drenched|mottled|floppy|limp|unresponsive|blue|purple|(?:tiny |little )?(?:red|purple) (?:dot|spot)|thrown back|not responding|severe\w*|rigor\w*|shiver\w*|stridor|collapsing"
    r"|(?:but|except|until|though|although|yet|only|apart from)(?: \w+){0,2}? (?:now|today|tonight|this (?:morning|afternoon|evening|week|time|one)|since|yesterday|last night|lately|the last|keep\w*|wont|cant|feel\w*)"
    r"|(?:and|then|so) (?:now|today|tonight|this (?:morning|afternoon|evening))(?= (?:i|he|she|my|his|her|it|it is|they|the|cant|wont|there|we)(?!\S))"
    r"|(?:now|today|tonight|this (?:morning|afternoon|evening)) (?:i am|i have|i feel|i cant|he is|she is|he has|she has|he cant|she cant|he wont|she wont|my|his|her|it is|it has|there is|cant|wont|off|both|only)(?! (?:been diagnosed|diagnosed|\d+|none|no|fine|well|ok|okay|normal|better|good|great|grand|free|home|back|due|on|reassured|gone|happy))(?! (?:\w+ )?(?:\d+ )?(?:none|no|fine|well|ok|okay|normal|better|good|great|grand|free|gone|reassured))"
    r"|(?:again|back|another(?: one)?) (?:today|tonight|now|just now|this (?:morning|afternoon|evening))|(?:wont|doesnt|isnt|not) (?:stop\w*(?! breathing)|shift\w*|eas\w+|settl\w+|go\w* away|clear\w*|respond\w*|wake|waking|help\w*|work\w*)"
    r"|cant (?!remember|wait|decide|find|afford|recall|get (?:an?|the|through|hold)|have|be sure|make (?:it|the)|see (?:the|my|it|that|where|any|a)|say|tell)\w+|stopped (?:breathing|moving|feeding|eating|drinking|responding|talking|peeing)"
    r"|(?<!just )(?<!right )now (?!with|and|at|on|or|but|in|that|for|i|he|she|it|we|they|my|his|her|there|fine|ok|okay|well|better|normal|good|great|grand|gone|reassured|home|back|due|taking|doing|eating|wondering|just|want|need|looking|off|diagnosed|healed|healing|settled|clear|so (?:i|we|can|when|how)|can|how|when|what|which|is|only on|\d+ (?:year|yr|month|with))\w+|dying|still bleeding|getting bigger|swelling up|blowing up|never had|like never|keep\w* coming|not breathing|in front of me|ready|laid out|letter written"
)
_BEGUN = (
    r"(?:minute|min|hour|hr) ago|(?:day|night) ago|since (?:breakfast|lunch|dinner|tea|teatime|noon|midnight|last night|yesterday|this morning|waking|work|the flight|the morning|then)|(?:for|past|last|the last) (?:\w+ )?(?:hour|minute|few hour|few minute)|tonight|this morning|this afternoon|this evening|just now|right now|last night|yesterday|today(?! (?:i )?(?:have |am |feel )?(?:none|no|fine|well|normal|clear|free))"
    r"|since \d{3,4}|since (?:i|he|she) (?:woke|got up)|just (?:throw|threw|vomit|collapsed|fell|took|had|started|went|passed|been)|all (?:night|day|morning|evening)|started|this week|(?:i am|he is|she is|they are) (?:having|getting|breathing|vomiting|shaking|bleeding|sweating|fitting|struggling)|half hour|started again|came on|is hot|new"
)
_GRAVE = (
    r"chest(?! (?:is |was |all )?(?:clear|review|infection|xray|x ray|clinic|figurative))|faint\w*|collaps\w*|black\w* out|blacked|passed out|pass out|fit|fits|seizure|seizing|convuls\w*|swallow\w*|battery|magnet|overdose|epipen|adrenaline|epinephrine|throat|tongue|droop\w*|slur\w*|numb\w*|weak\w*|went dead|gone dead|dead arm|dead leg|words came|word came|sight|blind|blurr\w*|confus\w*|pregnan\w*|c section|section|birth|labor|miscarr\w*|period late|milk|loose motion|dehydrat\w*|no urine|platelet|op|operation|surgery|catheter|dialysis|port|diabet\w*"
    r"|\d+ week(?! (?:ago|post|back))|newborn|\d+ (?:day|week) old|anticoagulant|thinner|warfarin|breath\w*|wheez\w*|sulfonylurea|gliclazide|glimepiride|glipizide|chemo\w*|neutropen\w*|transplant\w*|immunosuppress\w*|suicid\w*|kill\w*|electric\w*|mains|live wire|electrocut\w*|drown\w*|unconscious|stiff neck|testic\w*|testicle|ball|ripped|cleaner|bleach|acid|chemical|lime|unwell|drows\w*|sleepy|worst|paralys\w*|haematemesis|poison\w*|carbon monoxide|gas|jaw|adrenal|addison\w*|sickle|asthma\w*|both leg|stroke|tia|clot|sepsis|abuse\w*|hits me|attacked|tar|tarry|black|(?:vomit\w*|cough\w*|threw|throw\w*|spit\w*|pass\w*|poo\w*|pee\w*|wee\w*) (?:up |out |of )?(?:\w+ )?(?:blood|clot)|blood (?:in|from|running|down)|gush\w*|pour\w*|squirt\w*|pump\w*|spurt\w*|razor|wrist|wet nappy|sunken|streak|chill|uncontrollabl\w*|curtain|flash\w*|floater|degree burn|zon\w+ out|vanish\w*|ice cold|dripping|wont \w+|not coming|like (?:a )?(?:rock|drum|stone|board|balloon|sausage)|bringing up|sweat\w*|woozy|swimmy|hemorrhag\w*|deep|bone|swallow\w*|(?:keep|keeps) \w+ing(?! (?:well|fine))|all over"
)


def tells_change(heard: Heard) -> bool:
    """Say whether a message states something worse, sudden, new in kind or grave."""
    return _stated(_CHANGED, heard)


def tells_onset(heard: Heard) -> bool:
    """Say whether a message states something of the last hours or days."""
    return _stated(_BEGUN, heard)


def tells_grave(heard: Heard) -> bool:
    """Say whether a message states what needs to be seen though it has passed: a faint, a fit, a swallowed battery, a blood thinner."""
    return any(not _denied(span, heard) and not _is_long_ago(span, heard) for span in heard.places(_GRAVE))


def _is_long_ago(span: Span, heard: Heard) -> bool:
    """Say whether words stand behind a stretch of months: "6 months after my thyroid op"."""
    return pattern(_MONTHS_AFTER).search(" ".join(heard.words[max(0, span[0] - _REACH) : span[1]])) is not None


_REACH = 7
_MONTHS_AFTER = r"(?<!\S)(?:month|year) (?:after|since|post|from|on from) (?:\w+ ){0,4}?\w+$"


def _stated(group: str, heard: Heard) -> bool:
    return any(not _denied(span, heard) and not _is_asked(span, heard) for span in heard.places(group))


def _denied(span: Span, heard: Heard) -> bool:
    return heard.denied(span, deniable=not heard.is_negative(span))


def _is_asked(span: Span, heard: Heard) -> bool:
    return all(not states(clause) for clause in heard.clauses_of([span]))
