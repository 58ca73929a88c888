"""Questions that set two sources against each other: "the dietitian's sheet vs the doctors' notes", "the ER and her daughter disagree on ..."."""
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import NamedTuple

from chartcite.engine.language.cues import Cue


class SourcesNamed(NamedTuple):
    """Two sources that a question sets against each other, and what of."""

    topics: tuple[str, ...]
    sources: tuple[str, str]


_SAYS = r"(?:say|said|says|write|wrote|put(?: down)?|record(?:ed)?|note[ds]?|document(?:ed)?|give|gave|state[ds]?|report(?:ed)?|claim(?:ed)?|have|list(?:ed)?|think|thought|make of|made of|tell|told)"
_FORMS = (
    Cue(
        rf"^(?:and )?what (?:did|does|do) (?P<one>.+?) {_SAYS}\s+(?:down )?(?:about|on|of|for|regarding) (?P<topic>.+?),? and what (?:did|does|do) (?P<other>.+?) (?:{_SAYS}|correct|change|amend)\b"
    ),
    Cue(
        rf"^what (?:did|does|do) (?P<one>.+?) and (?P<other>.+?) (?:each )?{_SAYS}\s+(?:about|on|of|for|regarding) (?P<topic>.+?)$"
    ),
    Cue(
        r"^(?P<one>.+?) and (?P<other>.+?) (?:(?:do not|don'?t|did not|didn'?t) agree|disagree[ds]?|differ(?:ed)?|conflict(?:ed)?|contradict\w*(?: each other)?) (?:on|about|over|as to|regarding|in) (?P<topic>.+?)$"
    ),
    Cue(
        r"^(?P<one>.+?) and (?P<other>.+?) (?:give|gave|list|listed|name|named|record|recorded|have|quote|quoted|state|stated|report|reported|document|documented|show|showed) (?:a |two )?(?:different|conflicting|differing|contradictory) (?P<topic>.+?)$"
    ),
    Cue(
        r"^(?P<one>.+?) and (?P<other>.+?) (?:saw|see|read|reads|described?|judged?|viewed?|interpret(?:ed)?|explain(?:ed)?|call(?:ed)?) (?P<topic>.+?) differently$"
    ),
    Cue(
        r"^(?P<one>.+?) (?:lists?|listed|gives?|gave|has|had|tells?|told|records?|recorded|describes?|described|puts?) (?P<topic>.+?) differently (?:from|than|to) (?P<other>.+?)$"
    ),
    Cue(r"^(?P<topic>.+?)[:,]\s*(?P<one>[^:,]+?)\s+(?:vs?\.?|versus|against|compared (?:with|to))\s+(?P<other>[^:,]+?)(?:,.*)?$"),
    Cue(
        r"^(?:how (?:does|did|do) )?(?P<topic>.+?) (?:in|according to|as in|on) (?P<one>(?:the |his |her |my )?[^,]+?) (?:differ(?:s|ed)? from|compare[ds]? (?:with|to)|vs?\.?|versus|against) (?P<other>.+?)$"
    ),
)
_SOURCE = Cue(
    r"\b(?:notes?|letters?|summary|summaries|sheets?|papers?|paperwork|reports?|forms?|intake|doctors?|doctor'?s|dr|physicians?|nurses?|rn|pa|np|dieti[ct]ians?|pharmacist'?s?|counsell?or'?s?|therapist'?s?|social worker|daughter|son|wife|husband|mother|mum|mom|father|dad|partner|family"
    r"|patient|pt|himself|herself|he|she|they|pulm\w*|cards|cardio\w*|neuro\w*|nephro\w*|renal|endo\w*|gastro\w*|hepat\w*|ortho\w*|surg\w*|onc\w*|psych\w*|derm\w*|ent|id|ed|er|a&e|emergency|clinic|hospital|gp|pcp|\w+ologists?|\w+iatrists?|portal message|phone call|triage|consult)\b"
)
_TERSE = _FORMS[-2:]
_DOCUMENT = Cue(
    r"\b(?:notes?|letters?|summary|sheets?|papers?|paperwork|reports?|forms?|records?|doctors?|doctor'?s|dr|physician\w*|nurses?['’]?s?|rn|pa['’]?s?|np['’]?s?|dieti[ct]ian\w*|pharmacist\w*|counsell?or\w*|daughter|wife|husband|himself|herself|patient|gp['’]?s?|pcp['’]?s?|\w+ologist\w*|portal message|triage)\b"
)
_NUMBER_ONLY = Cue(r"^\W*(?:[\d/.-]+|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\W*$")
_ENDS = re.compile(r"[?;]|\.(?=\s|$)|,? what (?:does|did) each\b|,? what are they\b|,? how do they\b")
_JOINED = Cue(r"\s+and (?=(?:on|about|over|of|what|which|who|when|why|how)\b)")


def sources_of(text: str) -> SourcesNamed | None:
    """Return the two sources that a question sets against each other; `None`: it names none."""
    asked = _ENDS.split(" ".join(text.split()))[0].strip(" ,") or text
    for form in _FORMS:
        match = form.search(asked)
        if match is None:
            continue
        one, other = match["one"].strip(" ,:"), match["other"].strip(" ,:")
        if form in _TERSE and not (_DOCUMENT.search(one) and _DOCUMENT.search(other)):
            continue  # "the inhalers on leaving hospital vs those he has now" are two times
        if all(_SOURCE.search(words) and not _NUMBER_ONLY.match(words) for words in (one, other)):
            topics = tuple(re.sub(r"^(?:on|about|over|of) ", "", topic) for topic in _JOINED.split(match["topic"]))
            return SourcesNamed(topics, (one, other))
    return None
