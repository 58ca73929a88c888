"""Questions about how a medicine is taken (the sig): how often, for how long, how much, when, with food, in what strength.

They are answered by dosage that the chart writes, and never by counts or lengths of its records.
"""
# ruff: noqa: E501

from __future__ import annotations

from chartcite.engine.language.cues import Cue

_PERSON = r"(?:i|we|you|she|he|they|it|one|the patient|patient|pt|mum|mom|dad|\w+)"
_TAKE = r"(?:take|taken|taking|use|used|using|apply|applied|put|inject|inhale|have|given?|dose|rub|spray|instil|swallow|go on|stay on|be on|remain on|continue|keep|carry on|need)"
_OFTEN = Cue(
    r"\bhow (?:often|frequent(?:ly)?|regularly)\b|\b(?:how )?many times (?:a|per|each|every|in a|/) ?(?:day|week|night|month|24)|\btimes (?:a|per|/) ?(?:day|week)\b"
    r"|\bhow many (?:\w+ )?(?:a|per|each|every|/) ?(?:day|week|night|dose|time)\b|\b(?:dosing |dose )?frequency\b|\bevery how many\b|\b(?:once|one) or (?:twice|two)\b|\bod or bd\b|\b(?:daily|once) or (?:weekly|twice)\b",
)
_LENGTH = Cue(
    rf"\bfor how (?:long|many (?:more )?(?:days|weeks|months))\b|\bhow (?:much longer|long|many (?:more )?(?:days|weeks|months)) (?:(?:more )?(?:do|does|should|must|will|am|is|are|can|to|until)\b|for\W*$|a course|(?:is|of) the course)|\bhow long (?:{_PERSON} )?(?:has|have) to\b|\bcourse length\b|\blength of (?:the )?course\b",
)
_AMOUNT = Cue(
    rf"\bhow much\b(?= (?:\S+ ){{0,6}}?(?:do|does|should|must|to|is|was|am) (?:\S+ ){{0,3}}?{_TAKE}\b|(?: of (?:\S+ ){{1,5}})?\W*$)|\bstrengths?\b|\bwhat (?:mg|dose|dosage|strength)\b|\bhow many (?:mgs?|milligrams|mcg|micrograms|units|puffs|tablets|tabs|pills|capsules|drops|sprays|mls?|spoon\w*)\b|\b(?:number|no\.?|how many)(?: of)? (?:days|tabs?|tablets|pills|capsules|units|puffs|doses) (?:are |is )?(?:per|a|each|every|in (?:a|each|every)|/) ?(?:cycle|course|month|week|day)\b|\bsig\b|\bposology\b|\bdirections\b",
)
_MOMENT = Cue(
    rf"\b(?:when|what time(?: of (?:the )?day)?) (?:do|does|should|must|am|is|are|to)\b(?=(?: \S+){{0,4}}? {_TAKE}\b)|\b(?:with|without|before|after|on) (?:food|meals?|eating|an empty stomach|a full stomach)\b|\b(?:mornings?|am) or (?:at )?(?:nights?|evenings?|bedtime|pm)\b|\bbedtime or\b|\bwhat time of (?:the )?day\b",
)
_OF_RECORDS = Cue(
    r"\b(?:prescribed|ordered|dispensed|issued|refilled|collected|picked up|requested|renewed|administered|charted)\b"
    r"|\bhow (?:often|many times|long|frequently) (?:has|have|had|was|were|did)\b|\b(?:has|have) (?:\S+ ){1,3}been (?:on|taking|using)\b|\bbeen on\b|\bago\b|\btime (?:spent |being )?(?:on|taking|under|with)\b",
)
"""Asks what was done or for how long something has been taken, and not how it is to be taken."""
_TAKES = Cue(
    rf"\b{_PERSON} (?:to |have to |need to |supposed to |meant to )?(?:take|use|apply|inject|inhale|put (?:it|this|that|them) (?:on|in)|swallow)\b",
)

_TOLD_OFTEN = Cue(
    r"\b(?:daily|nightly|weekly|monthly|hourly|once|twice|thrice|bd|b\.?i\.?d\.?|t\.?i\.?d\.?|q\.?i\.?d\.?|tds|qds|qam|qpm|qhs|hs|om|on|nocte|mane|stat|prn|p\.r\.n\.?|q ?\d+(?: ?- ?\d+)? ?h\w*|q\.?d\.?|q\.?o\.?d\.?|od|qday|qweek)(?!\w)"
    r"|\b(?:every|each|per|a) (?:\S+ )?(?:\d+ )?(?:other )?(?:day|night|morning|evening|week|month|hour|hours|hrs?|meal|year)s?\b|\b(?:times|x) ?(?:/|a|per|each|daily|weekly|day)|\b(?:as|when|if) (?:needed|required|necessary)\b"
    r"|\b(?:at|before) (?:bed(?:time)?|night|noon)\b|\bin the (?:mornings?|evenings?)\b|\b(?:with|before|after) (?:each )?(?:meals?|food|breakfast|dinner|lunch|supper)\b",
)
_TOLD_LENGTH = Cue(
    r"\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|several|few|another|next)[- ]?(?:to \w+ |- ?\d+ ?)?(?:more )?-?(?:d|days?|wks?|weeks?|mos?|months?|yrs?|years?|nights?|fortnights?)\b|\bx ?\d+ ?(?:d|/7|/52|/12)?\b|\b\d+ ?/(?:7|52|12)\b"
    r"|\b(?:until|till|long[- ]?term|life ?long|indefinite\w*|for life|ongoing|forever|finish|complet\w+|permanent\w*)\b",
)


def asks_sig(text: str, *, names_drug: bool) -> bool:
    """Say whether a question asks how a medicine is to be taken; without a name it must speak of taking."""
    if _OF_RECORDS.search(text) or not any(cue.search(text) for cue in (_OFTEN, _LENGTH, _AMOUNT, _MOMENT)):
        return False
    return names_drug or _TAKES.search(text) is not None


def asks_frequency(text: str) -> bool:
    """Say whether it is asked how often."""
    return _OFTEN.search(text) is not None


def asks_course(text: str) -> bool:
    """Say whether it is asked for how long."""
    return _LENGTH.search(text) is not None


def tells_frequency(said: str) -> bool:
    """Say whether words tell how often something is taken: "BID", "q6h", "twice a day", "at bedtime", "as needed"."""
    return _TOLD_OFTEN.search(said) is not None


def tells_course(said: str) -> bool:
    """Say whether words tell for how long something is taken: "for 5 days", "x 2 weeks", "until it heals", "lifelong"."""
    return _TOLD_LENGTH.search(said) is not None
