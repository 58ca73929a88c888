"""Times that questions tie to something of the chart: "the month before delivery", "since discharge".

Reads what is named and how the time lies to it; `anchor_windows` makes the window once the caller has the days. "Since" as a
reason ("since she is diabetic") and everyday moments ("after meals", "before bed", "on exertion") are no anchors.
"""

from __future__ import annotations

import re

from chartcite.engine.dates.anchor_words import (
    ACTS,
    ACTS_OF_PERSON,
    BIRTH,
    DATED,
    DEICTIC,
    DISTANCE,
    DURATION,
    ENCOUNTERS,
    EVERYDAY,
    HEADS,
    NUMBERED,
    NUMBERED_OF_STAY,
    ORDINALS,
    PHRASE,
    POINTS,
    PREFIXED,
    RELATIONS,
    TRAILING,
    TWO_OF_A_KIND,
    WHEN,
    WHOLE_STAY,
    EventKind,
    Relation,
)
from chartcite.engine.dates.periods import MONTH
from chartcite.engine.dates.relative_times import Length, length_of
from chartcite.engine.domain.records import Frozen


class Named(Frozen):
    """Something of the chart by which a question tells a time."""

    words: str
    """As the question says it: `her last admission`, `starting lisinopril`."""
    span: tuple[int, int]
    """Range of the words in the question."""
    kind: EventKind
    thing: str = ""
    """What it is about, without the words of the turn: `lisinopril`, `diabetes`, `hip operation`; empty: an encounter as such."""
    ordinal: int | None = None
    """Which of several: 1 first, 2 second; -1 last (or previous), -2 the one before the last; `None`: not said."""


class Distance(Frozen):
    """How far from the event: `two weeks after` (a point) or `within two weeks after` (all the time between)."""

    count: int
    unit: str
    """`day`, `week`, `fortnight`, `month`, `quarter`, `year` or `decade`."""
    throughout: bool = False
    from_end: bool = False
    """Of a part of what lasts, whether it is the last one."""
    nth: bool = False
    """Whether one day of what lasts is meant, the first being 1."""


class Anchor(Frozen):
    """How a question ties a time to something of the chart."""

    relation: Relation
    event: Named
    words: str
    """The words of the question that say so: `the month before delivery`."""
    span: tuple[int, int]
    """Range of those words in the question."""
    until: Named | None = None
    """Of "between", the second event."""
    distance: Distance | None = None


def find_anchor(text: str) -> Anchor | None:
    """Return how a question ties its time to something of the chart, or `None`."""
    readers = (_of_stay, _numbered_of_stay, _between, _distant, _related, _when, _prefixed)
    found = [anchor for read in readers for anchor in read(text)]
    # What a known word names goes before any other phrase; then what is said first.
    return min(found, key=lambda anchor: (anchor.event.kind is EventKind.OTHER, anchor.span[0], -anchor.span[1]), default=None)


def _of_stay(text: str) -> list[Anchor]:
    """Read "from arrival to discharge": all of one stay."""
    return [
        _anchor(text, Relation.DURING, Named(words=match[0], span=match.span(), kind=EventKind.STAY), match.span())
        for match in WHOLE_STAY.finditer(text)
    ]


def _between_two(text: str) -> list[Anchor]:
    """Read "between the two admissions": from the last but one to the last."""
    found = []
    for match in TWO_OF_A_KIND.finditer(text):
        noun = re.sub(r"ie$", "y", match["noun"].lower())
        kind, thing = _head(noun, own=True)
        both = [
            Named(words=match["noun"], span=match.span("noun"), kind=kind, thing=thing, ordinal=number) for number in (-2, -1)
        ]
        found.append(_anchor(text, Relation.BETWEEN, both[0], match.span(), until=both[1]))
    return found


def _between(text: str) -> list[Anchor]:
    found = _between_two(text)
    for match in re.finditer(r"\b(?:between|from)\s+", text, re.IGNORECASE):
        first = _named(text, match.end())
        joint = re.compile(r"\s*(?:and|to|until|till)\s+", re.IGNORECASE).match(text, first.span[1]) if first else None
        if joint is None:
            joint = re.compile(rf"(?:his|her|the|their|my)\s+(?P<one>{ORDINALS.pattern})\s+(?:and|to)\s+", re.IGNORECASE).match(
                text, match.end()
            )
            second = _named(text, joint.end()) if joint else None
            if joint is None or second is None or second.kind is EventKind.OTHER:
                continue
            first = second.model_copy(
                update={"ordinal": _ordinal(joint["one"]), "words": joint["one"], "span": joint.span("one")}
            )
        else:
            second = _named(text, joint.end())
        if first is None or second is None or any(_is_vague(each) for each in (first, second)):
            continue
        found.append(_anchor(text, Relation.BETWEEN, first, (match.start(), second.span[1]), until=second))
    return found


def _is_vague(named: Named) -> bool:
    """Say whether nothing tells that something is an event: "the endocarditis scare" is one by its name."""
    return named.kind is EventKind.OTHER and _EPISODE.search(named.thing) is None


def _distant(text: str) -> list[Anchor]:
    """Read "two weeks after surgery", "within 3 months of the stroke", "the day before discharge"."""
    found = []
    for match in DISTANCE.finditer(text):
        named = _named(text, match.end())
        if named is None:
            continue
        side = " ".join(match["side"].lower().split())
        relation = Relation.AROUND if side in {"of", "from"} else RELATIONS[side]
        lead = (match["lead"] or "").lower()
        if side == "of" and not lead.startswith("within"):
            if named.kind in _LASTING and (edge := _EDGE.search(lead)):  # "the first week of the stay"
                length = length_of(match)
                part = Distance(count=length.usual, unit=length.unit, throughout=True, from_end=edge[0] == "last")
                stay = named.model_copy(update={"kind": EventKind.STAY})
                found.append(_anchor(text, Relation.DURING, stay, (match.start(), named.span[1]), distance=part))
            elif match["low"]:  # "the last 2 weeks of the pregnancy": inside it
                found.append(_anchor(text, Relation.DURING, named, (match.start(), named.span[1])))
            continue
        throughout = side == "of" or any(
            word in lead for word in ("within", "in the", "during", "over", "for", "first", "up to", "last")
        )
        length = length_of(match)
        whole_unit = not match["low"] and not match["half"] and length.unit != "day"
        if side == "from" and not throughout:
            relation = Relation.AFTER
        distance = Distance(count=length.usual, unit=length.unit, throughout=throughout or whole_unit)
        found.append(_anchor(text, relation, named, (match.start(), named.span[1]), distance=distance))
    for match in NUMBERED.finditer(text):
        group = "event" if match["event"] else "on"
        kind = EventKind.DELIVERY if "partum" in match[group].lower() else EventKind.PROCEDURE
        length = length_of(match) if match["event"] else Length(int(match["day"]), 0, 0, "day", exact=True)
        thing = "delivery" if kind is EventKind.DELIVERY else ""
        named = Named(words=match[group], span=match.span(group), kind=kind, thing=thing)
        distance = Distance(count=length.usual, unit=length.unit)
        found.append(_anchor(text, Relation.AFTER, named, match.span(), distance=distance))
    return found


def _numbered_of_stay(text: str) -> list[Anchor]:
    """Read "ICU day 3", "day 2 of the admission": that day of the stay."""
    found = []
    for match in NUMBERED_OF_STAY.finditer(text):
        unit, day = ("unit", "day") if match["unit"] else ("unit2", "day2")
        named = Named(words=match[unit], span=match.span(unit), kind=EventKind.STAY)
        distance = Distance(count=int(match[day]), unit="day", nth=True)
        found.append(_anchor(text, Relation.DURING, named, match.span(), distance=distance))
    return found


def _related(text: str) -> list[Anchor]:
    found = []
    for pattern, strict in ((POINTS, True), (DURATION, False)):
        for match in pattern.finditer(text):
            word = " ".join(match["relation"].lower().split())
            relation = (
                _POINT_RELATIONS.get(word.partition(" the ")[0] if " the " in word else "", Relation.AT)
                if strict
                else RELATIONS[word]
            )
            named = _named(text, match.end(), during=relation is Relation.SINCE)
            onward = _ONWARD.match(text, named.span[1]) if named is not None and word == "from" else None
            relation = Relation.SINCE if onward is not None else relation
            episode = named is not None and word == "around" and _EPISODE.search(named.thing) is not None
            unfit = _NOT_AFTER.get(word, _UNKNOWN if strict else frozenset())
            if named is None or (named.kind in unfit and onward is None and not episode):
                continue
            if named.kind is EventKind.TAKING:  # "since she has been on metformin"
                named = named.model_copy(update={"kind": EventKind.STARTED})
            if _BOTH_SIDES.search(_before(text, match)) or (relation is Relation.BEFORE and _FROM.search(_before(text, match))):
                continue  # "before and after surgery", "from before the operation" is all the time
            if relation is Relation.SINCE and (_is_reason(text, match.end()) or _is_meanwhile(text, match)):
                continue
            if relation is Relation.BEFORE and _TO_COME.match(text, named.span[1]):
                continue  # "before the stoma can be reversed" tells a condition, and no time that was
            found.append(_anchor(text, relation, named, (match.start(), onward.end() if onward else named.span[1])))
    return found


_TO_COME = re.compile(r"\s+(?:can|could|may|will|would|is to|are to|is going to|gets?|goes)\b", re.IGNORECASE)
_LASTING = frozenset({EventKind.STAY, EventKind.ADMISSION})
_EDGE = re.compile(r"first|last")
_ONWARD = re.compile(r"\s+(?:onwards?|forwards?|on(?=\s*(?:[,;:?.–-]|$)))", re.IGNORECASE)
"""After "from": all the time since."""
_POINT_RELATIONS = {"around": Relation.AROUND, "by": Relation.UNTIL, "since": Relation.SINCE, "from": Relation.SINCE}


def _is_reason(text: str, position: int) -> bool:
    """Say whether "since" gives a reason: a sentence follows it that tells no turn ("since she is diabetic")."""
    follows = re.compile(r"(?:he|she|they|it|i|we|the patient|pt)(?:'s|’s|\s)", re.IGNORECASE).match(text, position)
    return follows is not None and ACTS_OF_PERSON.match(text, position) is None


_UNKNOWN = frozenset({EventKind.OTHER, EventKind.CHANGED})
_NOT_AFTER = {
    "once": frozenset(EventKind) - {EventKind.STARTED, EventKind.STOPPED, EventKind.DISCHARGE},
    "around": _UNKNOWN,
    "on": _UNKNOWN | {EventKind.PROCEDURE, EventKind.DOSE, EventKind.VISIT, EventKind.STARTED, EventKind.STOPPED},
    "in": _UNKNOWN | {EventKind.PROCEDURE, EventKind.DOSE, EventKind.VISIT, EventKind.STARTED, EventKind.STOPPED},
}
"""What a preposition cannot make a time of: "on dialysis", "in our clinic", "around mold", "once a day"."""
_EPISODE = re.compile(r"\S\s+(?:episode|flare(?:-?up)?|attack|bout|relapse|crisis|exacerbation|scare)$", re.IGNORECASE)
"""What lies in time by its name: "around the gout flare"."""
_FROM = re.compile(r"\bfrom\s+(?:just\s+|shortly\s+|right\s+)?$", re.IGNORECASE)
_BOTH_SIDES = re.compile(r"\b(?:before|after)\s+and\s+$", re.IGNORECASE)
_ASKS_WHEN = re.compile(
    r"\b(?:know|tell me|see|say|find out|show|document\w*|dates?|is that|sure|and|or|is|was|exactly)\s*$", re.IGNORECASE
)


_HAVE = re.compile(r"(?:\b(?:have|has|had)|['’](?:ve|s|d))\s+(?:not\s+|all\s+|both\s+)?$", re.IGNORECASE)
_DONE = re.compile(
    r"\s*(?:been|gone|come|become|had|got|gotten|grown|risen|fallen|begun|lost|put|cut|taken|given|\w{3,}ed)\b", re.IGNORECASE
)


_BEEN = re.compile(r"\s*been (?:(?:re-?)?\w{3,}ed|stopped|taken|put|cut)\b", re.IGNORECASE)


def _is_meanwhile(text: str, match: re.Match[str]) -> bool:
    """Say whether "since" only says that something came about later: "tablets that have since been stopped"."""
    had = _HAVE.search(_before(text, match)) is not None and _DONE.match(text, match.end()) is not None
    return had or _BEEN.match(text, match.end()) is not None


def _before(text: str, match: re.Match[str]) -> str:
    """Return the few words before a match."""
    return text[max(0, match.start() - 32) : match.start()]


def _when(text: str) -> list[Anchor]:
    """Read "when she was admitted" and "while in hospital"; not a question for the date."""
    found = []
    for match in WHEN.finditer(text):
        asks = _ASKS_WHEN.search(_before(text, match))
        named = _named(text, match.end(), during=True)
        if named is None or named.kind is EventKind.OTHER:
            named = _had(text, match.end())
        if named is None or asks:
            continue
        if match[0].lower().startswith("when") and not text[: match.start()].strip() and "," not in text[named.span[1] :]:
            continue
        lasting = named.kind in {EventKind.STAY, EventKind.TAKING, EventKind.PREGNANCY}
        found.append(_anchor(text, Relation.DURING if lasting else Relation.AT, named, (match.start(), named.span[1])))
    return found


_HAD = re.compile(
    r"(?:he|she|they|i|we|the patient|pt|mum|mom|dad|(?:my|his|her) (?:mum|mom|dad|mother|father|wife|husband))\s+(?:first\s+)?"
    r"(?:had|got|developed|caught|contracted|suffered|was having|came down with|was (?:ill|sick|unwell) with)\s+(?=\S)",
    re.IGNORECASE,
)
"""Before what somebody came to have: "when he had the blood in his urine"."""
_OF_BODY = re.compile(r"(?:\s+(?:in|on|of|from)\s+(?:his|her|my|their|the)\s+[\w-]+)?", re.IGNORECASE)


def is_ailment_had(anchor: Anchor) -> bool:
    """Say whether an anchor tells its time by something that somebody had: "when she had shingles"."""
    return anchor.event.kind is EventKind.OTHER and _HAD.match(anchor.event.words) is not None


def _had(text: str, position: int) -> Named | None:
    """Return what somebody had at a time, with the place in the body that follows it."""
    lead = _HAD.match(text, position)
    named = _named(text, lead.end()) if lead else None
    if lead is None or named is None or named.kind is not EventKind.OTHER:
        return None
    place = _OF_BODY.match(text, named.span[1])
    end = place.end() if place else named.span[1]
    thing = text[named.span[0] : end]
    return named.model_copy(update={"words": text[position:end], "span": (position, end), "thing": thing})


def _prefixed(text: str) -> list[Anchor]:
    """Read "pre-op", "postoperative", "post-transplant", "pre-admission"."""
    found = []
    for match in PREFIXED.finditer(text):
        word = match["event"].lower()
        kind = EventKind.PROCEDURE if word.startswith(("op", "surg", "proc")) else _kind_of(word)
        thing = "" if word.startswith(("op", "surg", "proc")) or kind in ENCOUNTERS else match["event"]
        named = Named(words=match["event"], span=match.span("event"), kind=kind, thing=thing)
        relation = {"pre": Relation.BEFORE, "post": Relation.AFTER, "peri": Relation.AROUND}[match["side"].lower()]
        found.append(_anchor(text, relation, named, match.span()))
    return found


def _anchor(
    text: str,
    relation: Relation,
    event: Named,
    span: tuple[int, int],
    *,
    until: Named | None = None,
    distance: Distance | None = None,
) -> Anchor:
    return Anchor(relation=relation, event=event, words=text[slice(*span)], span=span, until=until, distance=distance)


def _named(text: str, position: int, *, during: bool = False) -> Named | None:
    """Return what is named from a position of the question on, or `None` where it is no event of a chart."""
    if DEICTIC.match(text, position):
        return None
    for kind, pattern in ACTS:
        match = pattern.match(text, position)
        if match is not None and _TURNS & {kind} and DEICTIC.match(match["thing"] or ""):
            return None  # "the end of May": a time of the calendar
        if match is not None:  # "after taking ibuprofen": whenever it is taken
            return None if kind is EventKind.TAKING and not during else _acted(text, kind, match)
    match = PHRASE.match(text, position)
    if match is None:
        return None
    phrase = TRAILING.sub("", match["phrase"]).rstrip(" ,-")
    phrase = _OF_DATE.split(phrase)[0]
    phrase = _FORWARD.sub("", phrase)
    if not phrase or (EVERYDAY.match(phrase) and not (match["ordinal"] and BIRTH.match(phrase))):
        return None
    begins = match.start("phrase")
    if _BIRTHDAY.search(phrase):
        return None
    if dated := DATED.match(phrase):
        begins, phrase = begins + dated.end(), phrase[dated.end() :]
    ordinal = _ordinal(match["ordinal"])
    own = bool(match["own"] or ordinal is not None)
    kind, thing = _head(phrase, own=own)
    end = begins + len(phrase)
    if ordinal is None and (but_last := _BEFORE_LAST.match(text, end)):
        ordinal, end = -2, but_last.end()
    return Named(words=text[position:end], span=(position, end), kind=kind, thing=thing, ordinal=ordinal)


_TURNS = frozenset({EventKind.STARTED, EventKind.STOPPED, EventKind.CHANGED})
_OF_DATE = re.compile(rf"\s+(?:of|on|in|from)\s+(?:the\s+)?(?=\d|{MONTH}\b)", re.IGNORECASE)
"""Before a date that only tells which one: "the ED trip of 11 March"."""
_FORWARD = re.compile(r"\s+(?:onwards?|forwards?)$", re.IGNORECASE)
_BIRTHDAY = re.compile(r"\bbirthday$", re.IGNORECASE)
"""An age, and nothing that the chart holds."""
_BEFORE_LAST = re.compile(r"\s+before\s+last\b", re.IGNORECASE)


def _acted(text: str, kind: EventKind, match: re.Match[str]) -> Named:
    """Return a turn with what it is about: "starting lisinopril", "she was diagnosed with asthma", "warfarin was stopped"."""
    groups = match.groupdict()
    thing, end = groups.get("thing") or "", match.end()
    if thing:
        thing = TRAILING.sub("", thing).rstrip(" ,-")
        end = max(match.start("thing") + len(thing), match.end() if match.end("thing") < match.end() else 0)
    child = groups.get("child")
    ordinal = _CHILDREN.get(child.lower()) if child else None
    if ordinal is not None and kind is EventKind.PREGNANCY:
        thing = "child"  # "her second": of those that were born
    return Named(words=text[match.start() : end], span=(match.start(), end), kind=kind, thing=thing, ordinal=ordinal)


_CHILDREN = {
    "youngest": -1, "last": -1, "eldest": 1, "oldest": 1, "first": 1, "firstborn": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip
"""Which birth a child tells."""


def _head(phrase: str, *, own: bool) -> tuple[EventKind, str]:
    """Return the kind of event that a phrase names, and what it is about."""
    for head, pattern in HEADS:
        match = pattern.search(phrase)
        if match is None:
            continue
        kind = EventKind.STAY if head is EventKind.ADMISSION and own else head  # "her last admission"; "on admission": a moment
        about = next((value for value in (match.groupdict().get("thing"), match.groupdict().get("before")) if value), "")
        return kind, (about or ("" if kind in ENCOUNTERS else _OP.sub("operation", phrase))).strip()
    return EventKind.OTHER, phrase


_OP = re.compile(r"\bop$", re.IGNORECASE)


def _kind_of(word: str) -> EventKind:
    return next((kind for kind, pattern in HEADS if pattern.search(word)), EventKind.OTHER)


def _ordinal(word: str | None) -> int | None:
    if not word:
        return None
    word = " ".join(word.lower().split())
    numbers = {
        "first": 1,
        "1st": 1,
        "initial": 1,
        "second": 2,
        "2nd": 2,
        "third": 3,
        "3rd": 3,
        "fourth": 4,
        "4th": 4,
        "fifth": 5,
        "5th": 5,
    }
    return -2 if word in {"second to last", "second last", "penultimate", "next to last"} else numbers.get(word, -1)
