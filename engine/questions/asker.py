"""Who asks, as a question begins with it: "Grandma here,", "Hi, it's Ann's sister.", "Community pharmacist here." It names nothing asked of."""
# ruff: noqa: E501

from __future__ import annotations

import re

_KIN = r"(?:mum|mom|mam|mother|dad|father|parents?|wife|husband|partner|son|daughter|sister|brother|grandpa|grandma|granny|gran|nan|nana|grandmother|grandad|granddad|grandfather|aunt(?:ie|y)?|uncle|niece|nephew|cousin|granddaughter|grandson|(?:daughter|son|sister|brother|mother|father)-in-law|carer|caregiver|guardian|neighbou?r|friend)"
_ROLE = r"(?:nurse|doctor|gp|pharmacist|pharmacy|midwife|locum|registrar|consultant|physio(?:therapist)?|dietiti?an|surgeon|an(?:a)?esthetist|social worker|case ?worker|case manager|health visitor|paramedic|dentist|optometrist|podiatrist|teacher|coder|therapist|psychologist|\w{4,}ologist|\w{4,}iatrist|insurer|adviser|advisor|assessor|secretary|receptionist|team|ward|unit|clinic)"
_WHOSE = r"(?:(?:the|his|her|their|my|a|an|our|your|[\w]+['’]s)\s+)?"
_GREETING = r"(?:(?:hi|hiya|hello|hey|dear all|morning|afternoon|evening|good (?:morning|afternoon|evening)|g['’]?day)\b[\s,!.–—-]*(?:there|all|team|doctor|doc|everyone)?\b[\s,!.–—-]*)?"
_ASKER = re.compile(
    rf"^\W*{_GREETING}(?:(?:this is|it['’]?s|i['’]?m|i am)\s+)?{_WHOSE}(?:[\w&/'’-]+\s+){{0,3}}?(?:{_KIN}|{_ROLE})\s+(?:here|speaking|writing|calling)\s*(?:[,.;:!–—-]+\s*|(?=\w))"
    rf"|^\W*{_GREETING}(?:this is|it['’]?s|i['’]?m|i am)\s+{_WHOSE}(?:[\w'’-]+\s+){{0,1}}?{_KIN}(?:\s+[A-Z]\w+)?\s*[,.;:!–—-]+\s*"
    rf"|^\W*{_GREETING}(?:this is|it['’]?s|i['’]?m|i am)\s+(?-i:[A-Z]\w+)(?:\s+(?-i:[A-Z]\w+))?,\s*{_WHOSE}(?:\w+\s+)?(?:{_KIN}|{_ROLE})\s*[,.;:!–—-]+\s*"
    r"|^\W*this is\s+(?-i:[A-Z]\w+)(?:\s+(?-i:[A-Z]\w+))?\s*[.;!]\s+",
    re.IGNORECASE,
)  # fmt: skip

_ORDERED_BY = re.compile(
    rf"(?<=\w) (?:that |which )?(?:the|her|his|my|their|a) (?:\w+ )?(?:{_ROLE}) (?:had )?(?:ordered|requested|asked for|wanted|arranged|booked|recommended|suggested)(?=\W*$)",
    re.IGNORECASE,
)
"""Tells of something asked for who had ordered it: it is the same thing, whoever did."""


def without_asker(text: str) -> str:
    """Return a question without the words that only tell who asks it."""
    match = _ASKER.match(text)
    rest = text[match.end() :] if match is not None else text
    rest = _ORDERED_BY.sub("", rest)
    return rest if any(map(str.isalpha, rest)) else text
