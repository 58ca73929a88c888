"""The words by which questions tie a time to something of the chart: relations, kinds of events, and what is no event."""
# ruff: noqa: E501

from __future__ import annotations

import re
from enum import StrEnum

from chartcite.engine.dates.periods import MONTH
from chartcite.engine.dates.relative_times import IN_UNIT, QUANTITY, SPAN
from chartcite.engine.language.cues import Cue


class Relation(StrEnum):
    """How the time that is asked about lies to the event."""

    BEFORE = "before"
    AFTER = "after"
    SINCE = "since"
    UNTIL = "until"
    DURING = "during"
    AT = "at"
    AROUND = "around"
    BETWEEN = "between"


class EventKind(StrEnum):
    """What kind of thing a time is tied to."""

    VISIT = "visit"
    ADMISSION = "admission"
    """Being admitted: the first day of a stay."""
    STAY = "stay"
    DISCHARGE = "discharge"
    """The last day of a stay."""
    EMERGENCY = "emergency"
    STARTED = "started"
    """The first of a treatment."""
    STOPPED = "stopped"
    """The end of a treatment."""
    CHANGED = "changed"
    TAKING = "taking"
    """A treatment from start to end."""
    DIAGNOSIS = "diagnosis"
    PROCEDURE = "procedure"
    DELIVERY = "delivery"
    PREGNANCY = "pregnancy"
    """From its first day to the birth or the loss."""
    DOSE = "dose"
    """One of several doses of a vaccine or a treatment."""
    OTHER = "other"


ENCOUNTERS = frozenset({EventKind.VISIT, EventKind.ADMISSION, EventKind.STAY, EventKind.DISCHARGE, EventKind.EMERGENCY})


def _c(pattern: str) -> Cue:
    return Cue(pattern)


RELATIONS = {
    "before": Relation.BEFORE, "prior to": Relation.BEFORE, "preceding": Relation.BEFORE, "leading up to": Relation.BEFORE, "ahead of": Relation.BEFORE,
    "after": Relation.AFTER, "once": Relation.AFTER, "following": Relation.AFTER, "post": Relation.AFTER, "since": Relation.SINCE, "ever since": Relation.SINCE,
    "until": Relation.UNTIL, "till": Relation.UNTIL, "up to": Relation.UNTIL, "up until": Relation.UNTIL,
    "during": Relation.DURING, "throughout": Relation.DURING, "around": Relation.AROUND, "around the time of": Relation.AROUND,
    "about the time of": Relation.AROUND, "from": Relation.AFTER, "the morning of": Relation.AROUND, "the evening of": Relation.AROUND,
    "the night of": Relation.AROUND, "the afternoon of": Relation.AROUND, "the night before": Relation.BEFORE,
}  # fmt: skip
_SIDES = "|".join(
    sorted((re.escape(word) for word in RELATIONS if word not in {"from", "around"}), key=len, reverse=True)
).replace(r"\ ", r"\s+")
DURATION = _c(rf"(?<![\w-])(?P<relation>around(?:\s+the\s+time\s+of)?|(?!up\s+to\s+(?:date|speed|scratch|now)\b)(?:{_SIDES}))\s+")
"""Relations after which any event may stand."""
_HE_DID = r"(?=\s+(?:he|she|they|i|we|the\s+pt|the\s+patient)\s)"
_IT_WAS = r"(?=\s+(?!he\b|she\b|they\b|i\b|we\b)(?:[\w'’-]+\s+){1,3}(?:was|were|got)\s+(?:started|begun|initiated|added|introduced|prescribed|stopped|discontinued|held|withdrawn|switched|changed|replaced|increased|decreased|reduced|lowered|raised)\b)"
POINTS = _c(
    rf"(?<![\w-])(?P<relation>(?:at|on|around|by|from|since|upon)\s+the\s+(?:(?:time|day|date|moment)\s+of|day(?:\s+that)?{_HE_DID})|the\s+(?:day|date)\s+of|the\s+day(?:\s+that)?{_HE_DID}|(?:on\s+)?the\s+(?:(?:very|same|exact)\s+)?day(?:\s+that)?{_IT_WAS}|on|at|upon|in|from)\s+"
)
"""Relations after which only an event that is known as such may stand: "on admission", never "on metformin"."""
DISTANCE = _c(
    rf"(?:\b(?P<lead>(?:with)?in(?:\s+the)?(?:\s+first|\s+last)?|during\s+the(?:\s+first|\s+last)?|over\s+the(?:\s+first|\s+last)?|for(?:\s+the)?(?:\s+first)?|up\s+to|the(?:\s+first|\s+last)?|first)\s+)?"
    rf"(?<!\w){QUANTITY}?{IN_UNIT}\s+(?:(?:immediately|just|right|shortly)\s+)?(?P<side>before|prior\s+to|preceding|leading\s+up\s+to|after|following|post|from|of)\s+"
)
NUMBERED = _c(rf"\b(?:{SPAN}\s+(?P<event>post[\s-]?(?:op|partum)\w*)|(?P<on>POD|post[\s-]?op\w*\s+day)\s*#?(?P<day>\d{{1,3}}))\b")
_UNIT_OF_STAY = r"icu|itu|hdu|picu|nicu|intensive care(?: unit)?|critical care(?: unit)?"
NUMBERED_OF_STAY = _c(
    rf"\b(?:(?P<unit>{_UNIT_OF_STAY}|hospital|inpatient|admission)\s+d(?:ay)?\s*#?(?P<day>\d{{1,3}})"
    rf"|d(?:ay)?\s*#?(?P<day2>\d{{1,3}})\s+(?:(?:of|on|in)\s+)?(?:(?:the|his|her|my|their)\s+)?(?P<unit2>{_UNIT_OF_STAY}|(?:hospital\s+)?(?:admission|stay)))\b"
)
"""A day of a stay, the first one being day 1: "ICU day 3", "day 2 of the admission"."""
PREFIXED = _c(
    r"\b(?P<side>pre|post|peri)[\s-]?(?P<event>op(?:erative(?:ly)?)?|surg(?:ery|ical(?:ly)?)|procedur(?:e|al(?:ly)?)|discharge|admission|transplant\w*|delivery|chemo\w*|pci|cabg)\b(?!\s+(?:diabetes|lymphoprolif\w*|depression|pain|course|care|instructions?|diagnosis|complications?))"
)
WHEN = _c(r"\b(?:when|while|whilst)\s+")
_WHO = r"(?:(?:he|she|they|i|we|the patient|this patient|pt)(?:['’]s)?\s+(?:(?:was|were|had|has|have|got|is|been|being|first|last|recently)\s+)*)"
_STOPS = "did does do was were is are has have had what when which how who why in on at and but or than compared versus vs because if that during before after since until while by it show shows showed say says said reveal revealed"
_WORD = rf"(?!(?:{_STOPS.replace(' ', '|')}|with|to|for)\b)\w[\w'’/+-]*"
_THING = rf"(?P<thing>{_WORD}(?:\s+{_WORD}){{0,4}})"
_SHORTEST = rf"(?P<thing>{_WORD}(?:\s+{_WORD}){{0,3}}?)"
_OWN_DOING = rf"(?:the\s+|her\s+|his\s+|my\s+)?(?!(?:he|she|they|it|i|we|you|pt|patient|treatment|that|this)\b){_SHORTEST}\s+"
_CLAUSE_ENDS = r"(?=\s*(?:[,;:.?!)–-]|$)|\s+(?:in|on|at|and|what|how|did|has|have|was|is|until|till)\b)"
"""What begins or ends by itself: "since Ozempic started"."""
ACTS_OF_PERSON = _c(
    rf"(?:{_WHO})(?:start\w*|stop\w*|began|begun|quit|got over|shook off|ended up|went into|wound up|diagnos\w+|admitted|discharged|hospitali[sz]\w+|seen|put on|taken off|came|left|deliver\w*|gave birth|operated|switched|changed|swapped|moved|increased|the|a|her|his|an|(?<=been )(?:on|taking|using)|turned|retired|moved|transferred|went home|\w+ed\b)"
)
_UNIT = r"(?:neonatal|newborn|special care|intensive care|high dependency|maternity|rehab\w*)(?: baby)?(?: (?:unit|ward|centre|center))?|nnu|nicu|scbu|lnu|picu|hdu|icu|itu"
"""Part of a hospital that somebody leaves."""
_CHILD_RANK = r"youngest|eldest|oldest|first(?:born)?|second|third|fourth|last"
_WHICH_CHILD = (
    rf"(?:(?:the|her|his|my|our|their|baby|little)\s+)*(?:(?P<child>{_CHILD_RANK})(?:\s+(?:one|child|baby|son|daughter|boy|girl|pregnancy))?"
    r"|(?:the\s+)?(?:baby|child|twins)|(?P<thing>(?!(?:in|on|at|and|what|how|did|has|have|was|is|until|till|the|a|an|she|he|they|that|with)\b)[a-z][\w'’-]{2,}))\b"
)
"""The child that a pregnancy or a birth is told by: "her second", "Grace"."""
_CLAUSE_ENDS_OR = r"(?=\s*(?:[,;:.?!)–-]|$)|\s+(?!with\b)\w)"
_OPT_WHO = rf"(?:{_WHO}|being\s+)?"
ACTS: tuple[tuple[EventKind, Cue], ...] = (
    (
        EventKind.STOPPED,
        _c(
            rf"{_OPT_WHO}(?:stopp?(?:ed|ing)|discontinu(?:ed|ing)|coming off|came off|taken off|quit(?:ting)?|holding|withdrawing|finish(?:ed|ing)|complet(?:ed|ing))\s+(?:of\s+)?(?:the\s+|her\s+|his\s+|my\s+)?{_THING}"
        ),
    ),
    (
        EventKind.STOPPED,
        _c(
            rf"(?:the\s+|her\s+|his\s+)?(?:stopping|discontinuation|cessation|withdrawal|end|completion)\s+of\s+(?:the\s+|her\s+|his\s+)?{_THING}"
        ),
    ),
    (
        EventKind.STOPPED,
        _c(
            rf"(?:the\s+|her\s+|his\s+)?{_SHORTEST}\s+(?:was|were|had been|got)\s+(?:stopped|discontinued|held|withdrawn|dc'?d|d/c'?d)"
        ),
    ),
    (
        EventKind.STARTED,
        _c(
            rf"{_OPT_WHO}(?:(?:(?:re)?start(?:ed|ing)|began|begun|beginning|initiat(?:ed|ing)|commenc(?:ed|ing)|introducing|adding)\s+(?:taking\s+)?(?:on\s+)?|(?:put|placed|going|went)\s+on\s+)(?:the\s+|her\s+|his\s+|my\s+)?{_THING}"
        ),
    ),
    (
        EventKind.STOPPED,
        _c(rf"{_OWN_DOING}(?:stopped|ended|finished)\b{_CLAUSE_ENDS}"),
    ),
    (
        EventKind.STARTED,
        _c(rf"{_OWN_DOING}(?:started|began|commenced)\b{_CLAUSE_ENDS}"),
    ),
    (
        EventKind.STARTED,
        _c(
            rf"(?:the\s+|her\s+|his\s+)?(?:start|starting|initiation|beginning|introduction|addition)\s+of\s+(?:the\s+|her\s+|his\s+)?{_THING}"
        ),
    ),
    (
        EventKind.STARTED,
        _c(
            rf"(?:the\s+|her\s+|his\s+)?{_SHORTEST}\s+(?:was|were|had been|got)\s+(?:started|begun|initiated|added|introduced|prescribed)"
        ),
    ),
    (
        EventKind.CHANGED,
        _c(
            rf"{_OPT_WHO}(?:switch(?:ed|ing)?|swapp(?:ed|ing)|mov(?:ed|ing)|transferr(?:ed|ing)|chang(?:ed|ing)|increas(?:ed|ing)|decreas(?:ed|ing)|reduc(?:ed|ing)|lower(?:ed|ing)|rais(?:ed|ing)|titrat(?:ed|ing)|dropp(?:ed|ing)|halv(?:ed|ing)|doubl(?:ed|ing))\s+(?:over\s+)?(?:to\s+|onto\s+|from\s+)?(?:the\s+|her\s+|his\s+|my\s+)?{_THING}(?:\s+(?:down\s+|up\s+)?to\s+(?:the\s+|a\s+|an\s+)?(?:lower|higher|smaller|bigger|reduced|half|other|new)\s+(?:dose|strength|amount))?"
        ),
    ),
    (
        EventKind.CHANGED,
        _c(
            rf"(?:the\s+|her\s+|his\s+)?(?:switch|swap|change(?:over)?|move|transition)\s+(?:over\s+)?(?:to|onto|from)\s+(?:the\s+)?{_THING}"
        ),
    ),
    (
        EventKind.CHANGED,
        _c(
            rf"(?:the\s+|her\s+|his\s+|my\s+)?{_SHORTEST}\s+(?:was|were|had been|got|has been)\s+(?:switched|swapped|changed|replaced|increased|decreased|reduced|lowered|raised|dropped|halved|doubled|cut|stepped\s+(?:up|down)|put\s+(?:up|down)|turned\s+(?:up|down))"
        ),
    ),
    (
        EventKind.PROCEDURE,
        _c(
            rf"{_OPT_WHO}(?P<thing>intubated|extubated|operated(?: on)?|transfused|transplanted|cardioverted|catheteri[sz]ed|stented|dialy[sz]ed|vaccinated|immuni[sz]ed)\b"
        ),
    ),
    (EventKind.DIAGNOSIS, _c(rf"{_OPT_WHO}diagnosed(?:\s+(?:with|as having)\s+(?:a\s+|an\s+|the\s+)?{_THING})?")),
    (
        EventKind.DIAGNOSIS,
        _c(
            rf"(?:the\s+|her\s+|his\s+|their\s+|my\s+)?(?:initial\s+)?(?:diagnosis|onset|dx)\s+of\s+(?:the\s+|her\s+|his\s+|a\s+|an\s+)?{_THING}"
        ),
    ),
    (EventKind.DIAGNOSIS, _c(rf"(?:the\s+|her\s+|his\s+|their\s+|my\s+)?{_SHORTEST}\s+(?:diagnosis|onset|dx|was diagnosed)\b")),
    (
        EventKind.STAY,
        _c(
            rf"{_OPT_WHO}(?:back\s+)?in\s+(?:hospital\s+|the\s+(?:hospital|icu|ward)\s+)?(?:with|for)\s+(?:an?\s+|the\s+|that\s+|her\s+|his\s+|my\s+)?{_THING}"
        ),
    ),
    (EventKind.STAY, _c(rf"{_OPT_WHO}(?:in\s+(?:the\s+)?(?:hospital|icu|ward)|inpatient|hospitali[sz]ed|an inpatient)\b")),
    (
        EventKind.ADMISSION,
        _c(
            rf"{_OPT_WHO}(?:landed|ended|wound|finished)\s+(?:back\s+)?(?:up\s+)?in\s+(?:the\s+)?(?:hospital|icu|ward)\b(?:\s+(?:with|for)\s+(?:a\s+|an\s+|the\s+|her\s+|his\s+)?{_THING})?"
        ),
    ),
    (
        EventKind.ADMISSION,
        _c(
            rf"{_OPT_WHO}(?:admitted|coming in|came in|rushed in|went into hospital|going into hospital)\b(?:\s+(?:to\s+(?:the\s+)?(?:hospital|ward)\s+)?(?:with|for|because\s+of|due\s+to)\s+(?:a\s+|an\s+|the\s+|her\s+|his\s+)?{_THING})?"
        ),
    ),
    (
        EventKind.STOPPED,
        _c(
            rf"{_OPT_WHO}(?:got over|getting over|gotten over|recover(?:ed|ing)\s+from|recovery\s+from|shook off|was\s+cured\s+of|clearing)\s+(?:a\s+|an\s+|the\s+|that\s+|her\s+|his\s+|my\s+)?{_THING}"
        ),
    ),
    (
        EventKind.DISCHARGE,
        _c(
            rf"{_OPT_WHO}(?:discharged|sent home|went home|going home|(?:came|got|been|coming|getting|come|let|back) (?:back )?home(?! from (?!hospital|the hospital|icu|the ward))|came out of (?:the )?hospital|(?:got|let) out of (?:the )?hospital|leaving home|leaving|left(?=\W*$)|left(?=\s+(?:the\s+)?(?:hospital|ward|unit|{_UNIT})\b))\b"
            rf"(?:\s+(?:from\s+)?(?:the\s+)?(?:hospital\b|ward\b|unit\b|(?P<thing>{_UNIT})\b))?"
        ),
    ),
    (EventKind.VISIT, _c(rf"{_OPT_WHO}seen\b(?:\s+(?:by|in|at)\s+(?:the\s+)?{_THING})?")),
    (
        EventKind.VISIT,
        _c(
            rf"(?:the\s+|her\s+|his\s+|my\s+)?{_SHORTEST}\s+(?:first\s+|last\s+)?saw\s+(?:him|her|me|them|(?:the\s+)?(?:patient|pt))\b"
        ),
    ),
    (
        EventKind.PREGNANCY,
        _c(rf"{_OPT_WHO}(?:pregnant|expecting|carrying|gravid)\b(?:\s+with\b)?(?:\s+{_WHICH_CHILD})?{_CLAUSE_ENDS_OR}"),
    ),
    (
        EventKind.PREGNANCY,
        _c(
            rf"(?:the\s+|her\s+|my\s+|that\s+)?(?:(?:first|second|third|last|latest|most\s+recent)\s+)?pregnancy\s+with\s+{_WHICH_CHILD}"
        ),
    ),
    (EventKind.TAKING, _c(rf"{_OPT_WHO}(?:on|taking|using|receiving)\s+(?:the\s+|her\s+|his\s+|my\s+)?{_THING}")),
    (EventKind.DELIVERY, _c(rf"{_OPT_WHO}(?:delivered|delivering|gave birth|giving birth)\b(?:\s+(?:to|of)\s+{_WHICH_CHILD})?")),
    (
        EventKind.DELIVERY,
        _c(
            rf"{_OPT_WHO}(?:had|having)\s+(?P<thing>(?-i:[A-Z][a-z]{{2,}}))(?=\s*(?:[,;:?.!)]|$)|\s+(?:what|how|did|was|were|is|has|in)\b)"
        ),
    ),
    (
        EventKind.DELIVERY,
        _c(
            r"(?P<thing>(?!(?:he|she|they|i|we|you|it|who|baby|child|twins|son|daughter|boy|girl|patient|mum|mom|mother|father|dad|one)\b)[a-z][\w-]{2,})\s+(?:was|were)\s+born\b"
        ),
    ),
    (
        EventKind.DELIVERY,
        _c(
            r"(?:(?:the|her|his|my|their)\s+)?(?:(?P<child>youngest|eldest|oldest|first(?:born)?|second|third|fourth|last)(?:\s+(?:one|child|baby|son|daughter|boy|girl))?|baby|child|twins|son|daughter|boy|girl)\s+(?:was|were)\s+born\b"
        ),
    ),
)
"""Turns told by a verb or its noun, with what they are about."""
_ORDINAL = r"second[\s-]to[\s-]last|second\s+last|next\s+to\s+last|penultimate|most\s+recent|first|1st|initial|second|2nd|third|3rd|fourth|4th|fifth|5th|last|latest|previous|prior|final"
ORDINALS = _c(_ORDINAL)
_PHRASE_WORD = rf"(?!(?:{_STOPS.replace(' ', '|')}|can|could|should|would|will|she|he|they|we|i|you|not)\b)\w[\w'’/+-]*"
PHRASE = _c(
    rf"(?:(?P<own>(?:his|her|their|my|the|this|that|patient['’]?s|the\s+patient['’]?s)\s+)|(?:an?|any|each)\s+)?(?:(?P<ordinal>{_ORDINAL})\s+)?"
    rf"(?P<phrase>(?!(?:for|to|with|of)\b){_PHRASE_WORD}(?:\s+{_PHRASE_WORD}){{0,5}})"
)
"""A noun phrase, up to a preposition, an auxiliary or the end of the clause."""
DATED = _c(
    rf"(?:{MONTH}\s+)?(?:\d{{1,2}}\s+)?(?:19|20)\d\d\s+|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}\s+(?:\d{{2}}\s+)?(?=[a-z])"
)
"""A date before the name of an event: "the 2012 head injury", "the October visit"."""
TRAILING = _c(r"(?:\s+(?:for|to|from|with|of|the|a|an|last|this|her|his))*\s*$")
HEADS: tuple[tuple[EventKind, Cue], ...] = (
    (
        EventKind.DISCHARGE,
        _c(
            r"^(?:(?:hospital|icu|itu|hdu|picu|nicu|intensive care|critical care)\s+)?discharge\b(?!\s+(?:summary|diagnos|med|letter|plan|instruction))(?:\s+to\b.*|\s+from\s+(?:the\s+)?(?P<thing>.+))?$"
        ),
    ),
    (
        EventKind.EMERGENCY,
        _c(
            r"\b(?:(?:ed|er|a&e|casualty|emergency(?:\s+(?:room|department))?)\s+(?:visit|presentation|attendance|trip)|emergency\s+(?:room|department)|(?-i:ED|ER))(?:\s+for\s+(?P<thing>.+))?$"
        ),
    ),
    (
        EventKind.ADMISSION,
        _c(
            r"^(?:hospital\s+)?(?:(?P<before>\w+)\s+)?(?:admission|arrival|presentation)\b(?:\s+(?:for|with|to)\s+(?:the\s+)?(?P<thing>.+))?$"
        ),
    ),
    (
        EventKind.STAY,
        _c(
            r"^(?:(?P<before>\w+)\s+)?(?:hospitali[sz]ation|(?:hospital|inpatient|icu|itu|hdu|intensive care|critical care)\s+stay|stay|hospital course|rehab stay|hospital"
            r"|icu|itu|hdu|picu|nicu|intensive care(?:\s+unit)?|critical care(?:\s+unit)?|high dependency(?:\s+unit)?)\b(?:\s+for\s+(?:the\s+)?(?P<thing>.+))?$"
        ),
    ),
    (
        EventKind.VISIT,
        _c(
            r"^(?:(?P<before>(?!lab)\w+(?:\s+\w+)?)\s+)?(?:visit|appointment|encounter|check-?up|consult(?:ation)?|physical|clinic|follow-?up)\b(?:\s+(?:for|with)\s+(?:the\s+)?(?P<thing>.+))?$"
        ),
    ),
    (
        EventKind.DOSE,
        _c(
            r"^(?:dose|shot|jab|booster|cycle|course|infusion|injection)\b(?:\s+of\s+(?:the\s+)?(?P<thing>.+))?$|^(?P<before>[\w'’-]+(?:\s[\w'’-]+)?)\s+(?:dose|shot|jab|booster|vaccine|vaccination|cycle|infusion|injection)$"
        ),
    ),
    (EventKind.DIAGNOSIS, _c(r"^(?:(?P<before>.+)\s+)?(?:diagnosis|onset)$")),
    (EventKind.PREGNANCY, _c(r"^(?:pregnancy|gestation)$|^(?P<thing>[\w-]+)['’]s pregnancy$")),
    (
        EventKind.DELIVERY,
        _c(r"^(?P<thing>(?!(?:patient|mum|mom|baby|wom[ae]n|lady)\b)[\w-]+)['’]s (?:birth|delivery|labou?r|c-?section)$"),
    ),
    (EventKind.DELIVERY, _c(r"^(?:delivery|(?:child)?birth|baby$|child$|giving birth|labou?r|c-?section|cesarean|caesarean)\b")),
    (
        EventKind.PROCEDURE,
        _c(
            r"\b(?:surger(?:y|ies)|operation|op|procedure|transplant(?:ation)?|transfusion|biopsy|replacement|repair|resection|removal|bypass|cabg|pci|stent(?:ing)?|ablation|catheteri[sz]ation|angioplasty|endoscopy|colonoscopy|amputation|implant(?:ation)?|intubation|extubation|dialysis|radiation|radiotherapy|chemotherapy|chemo|\w+(?:ectomy|otomy|ostomy|plasty|oscopy|pexy|desis|centesis))s?(?:\s+(?:of|for|with)\b.*)?$"
        ),
    ),
)
"""Nouns that name events of a chart."""
WHOLE_STAY = _c(
    r"\bfrom\s+(?:(?:the|her|his|my|their)\s+)?(?:arrival|arriving|admission|presentation|coming in|being admitted)\s+(?:until|till|up to|through|to)\s+(?:(?:the|her|his|my|their)\s+)?(?:discharge\b|being discharged|going home|leaving(?: hospital)?)(?!\s+(?:summary|letter))"
)
"""Both ends of one stay."""
TWO_OF_A_KIND = _c(
    r"\b(?:in\s+)?between\s+(?:the|her|his|my|their|these|those)\s+(?:last\s+|latest\s+)?(?:two|2)\s+(?:(?:hospital|inpatient|icu)\s+)?(?P<noun>admission|hospitali[sz]ation|stay|operation|surgerie|procedure|biopsie|deliverie|birth|transfusion|transplant|endoscopie|colonoscopie)s\b"
)
"""The time from one of two happenings to the other."""
BIRTH = _c(r"birth(?:\s|$)")
"""With an ordinal the birth of a child ("at the second birth"), and not that of the patient."""
DEICTIC = _c(
    r"\d(?!\w*(?:st|nd|rd|th)\b)|(?:that|this|then|now|today|yesterday|tomorrow|when|all|long|while|or|and|recently|noon|midnight|['’]\d+|(?:the\s+|this\s+|last\s+|next\s+)?(?:morning|evening|night|afternoon|week|month|year|weekend|spring|summer|autumn|winter|day)s?\b(?!\s+(?:of|before|after))|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b)(?!\w)"
)
EVERYDAY = _c(
    r"(?:(?:a|the|each|every|her|his|my|all|office|business|working|regular|heavy|light|big|large|fatty|spicy|eating|going|getting|taking|using|standing|lying|sitting|drinking)\s+)*"
    r"(?:meals?|food|eating|breakfast|lunch|dinner|supper|snacks?|bed|bedtime|sleep\w*|exertion|exercis\w*|activity|walking|running|standing|sitting|lying|coughing|sneezing|drinking|caffeine|coffee|tea|alcohol|sex|intercourse"
    r"|up|rest|home|work|school|night|noon|waking|showers?|hours?|time|times|years?|months?|weeks?|days?|minutes?|seconds?|use|doses|age|birth|birthday|turning|childhood|adolescence|infancy|adulthood|puberty|menopause"
    r"|the\s+pandemic|pandemic|covid(?:-19)?\s+pandemic|lockdown|war|christmas|holidays?|summer|winter|spring|fall season|autumn|it|them|him|then|that|this|now|least|all|risk|baseline|clock|toes|ribs|long|present|which|what|day|days|office|insurance|midnight|dawn|sunset"
    r"|bathroom|bathing|driving|swallowing|urinating|voiding|urination|defecation|bowel movements?|straining|stress|first|last|second|normal limits?|reason)\b(?!\s+(?:poisoning|visit|admission|surgery|study|apnea))"
)
"""What happens every day, or to everybody: no event of one chart."""
