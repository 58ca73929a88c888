"""The two sides of a question that compares: "LDL before and after the statin", "is it higher now than in July?", "LDL or HDL?".

Cuts words only. Each side becomes a question of its own about the same thing, which is then read and answered like any other.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from chartcite.engine.dates.periods import MONTH, shift
from chartcite.engine.dates.relative_times import SPAN, Length, length_of
from chartcite.engine.dates.times import Window
from chartcite.engine.facts.amounts_changed import ends_of_change
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.side_words import TIMES, Names, Sides, sides_from


def sides_of(text: str, names: Names) -> Sides | None:
    """Return the sides that a question compares; `None`: it compares nothing, or its sides cannot be told apart."""
    text = _EITHER_GRADE.sub(r"\g<grade>", text)
    asked = _bare(_listed_first(text, names))
    measure = _GOING_BY.search(asked)
    if (
        measure is not None
        and names(measure["measure"])
        and (grade := _GRADED.search(asked))
        and _THAN.search(asked, grade.end())
    ):
        asked = f"is {measure['measure']} {asked[grade.start() : measure.start()]}"  # "is it worse than in May, going by FEV1?"
    for pieces in ends_of_change(text):
        sides = sides_from(pieces, names, to_now=False)
        if sides is not None:
            return sides
    things = _things(text.strip(" ?.!"), names)
    if things is not None:
        return things
    for cut in (_both, _around_event, _event_then_now, _two_moments, _of_two, _by_word, _between, _since, _at_first):
        for pieces in cut(asked):
            sides = sides_from(pieces, names, to_now=cut in (_by_word, _since))
            if sides is not None:
                return sides
    return None


_AT_DISTANCE = Cue(
    rf"\b(?:(?:it|that|they|what it) (?:was|were|had been) )?(?:about |around |roughly |the )?(?:{SPAN}|(?P<one>day|week|month|year))"
    r" (?P<side>before(?:hand)?|earlier|prior|previously|after(?:wards)?|later)(?: (?:that|then|this|it))?\W*$"
)
_ROOM = {"day": 1, "week": 3, "month": 12, "year": 60}
"""Days by which a measurement may lie off, by the unit of the distance."""


def at_distance(question: str, other: Window | None) -> str:
    """Return the question of a side with its days written out where it tells them by those of the other: "than two weeks before"."""
    match = _AT_DISTANCE.search(question)
    if match is None or other is None or other.first is None or other.last is None:
        return question
    length = Length(1, 1, 1, match["one"].lower(), exact=True) if match["one"] else length_of(match)
    back = match["side"].lower().startswith(("before", "earlier", "prior", "previous"))
    count, unit = (2, "week") if length.unit == "fortnight" else (length.usual, length.unit)
    sign = -1 if back else 1
    room = timedelta(days=_ROOM.get(unit, 3))
    first, last = shift(other.first, sign * count, unit) - room, shift(other.last, sign * count, unit) + room
    return f"{question[: match.start()].rstrip()} between {first.isoformat()} and {last.isoformat()}"


_DIFFERENT = Cue(
    r"^\W*(?:is there |was there |has |have )?(?:any(?:thing)?|what(?:'s|’s|s| is| was| has| have)?)(?: been)?(?: (?:different|differences?|changed?|changes?|new))+(?: (?:in|of))?\s+(?=(?:at|on|in|between|from)\b)"
)
_LISTED_LAST = Cue(r"\s*[(:–-]\s*(?P<things>[\w ,/&+-]{2,60}?)\s*\)?\W*$")


def _listed_first(text: str, names: Names) -> str:
    """Put what is compared before its times: "anything different in May cf June (weight, BP)?" asks of the weight and the BP."""
    opening = _DIFFERENT.match(text)
    listed = _LISTED_LAST.search(text, opening.end()) if opening else None
    things = re.split(r"\s*(?:,|/|&|\band\b)\s*", listed["things"]) if listed else []
    if opening is None or listed is None or not all(names(thing) for thing in things):
        return text
    return f"{' and '.join(things)} {text[opening.end() : listed.start()]}"


_REQUESTS = Cue(
    r"[\s,;:.?!(-]*\b(?:(?:and )?(?:the |what(?:'s| is| was) the )?(?:difference|change|delta)(?: (?:please|pls|too|between (?:them|the two)))?"
    r"|(?:i (?:want|need|would like)|give me|show me|tell me|with)?\s*(?:both|the two|each) (?:numbers?|values?|scores?|figures?|results?|readings?|of them)(?: (?:please|pls))?|both(?: (?:please|pls))?"
    r"|what(?:'s| has| is)? (?:changed|different|the change)|(?:and )?by how (?:much|many)\b[^?.;]*|how (?:much|many) (?:[\w.%]+ )?(?:is|was) (?:that|it|the difference)"
    r"|which (?:one )?(?:was|is|of (?:the two|them) (?:was|is)) (?:the )?[\w ]{0,40}|what (?:does|did) each (?:side )?(?:say|put down)|side by side|please|pls|better or worse|worse or better|up or down|any (?:change|difference|better|worse))"
    r"\W*$"
)
"""What is asked of a comparison, after its sides."""
_OPENS = Cue(
    r"^\W*(?:(?:please|pls|can you|could you|hi|hello|ok|and|so|but) )*(?:(?:do a |give me a |give )?(?:compare|comparing|comparison)(?: of| between)?\b|what(?:'s|’s|s| is| was| were| are)?(?: the)? differ(?:ences?|ent) (?:in|of|between)\b|(?:is there |was there )?any(?:thing)? differ(?:ences?|ent) (?:in|of|between)\b|(?:the )?(?:differences?|changes?) (?:in|of)\b"
    r"|(?:what(?:'s| is| was| were| are)|how(?:'s| is| was| were| are| did| does| do| has| have| well| much| many)|is|are|was|were|has|have|had|did|does|do|show|tell|give)(?: me)?\b)\s*"
)
_COMPARATIVE = (
    r"(?:better|worse|higher|lower|more|less|bigger|larger|smaller|greater|heavier|lighter|taller|longer|shorter|faster|slower|stronger|weaker|fewer|older|younger"
    r"|deeper|thicker|thinner|denser|steeper|milder|healthier|improved|(?:un)?changed|different|elevated)"
)
_GRADED = Cue(rf"\b(?:(?:any|much|a (?:lot|bit|little)|even|still|far|no|really|now) )*{_COMPARATIVE}\b(?: (?:off|controlled))?")
_EITHER_GRADE = Cue(rf"\b(?P<grade>{_COMPARATIVE})\b,? or (?:is (?:it|he|she) )?{_COMPARATIVE}\b(?=[^?;]*\bthan\b)")
"""Asks both ways: "better or worse than"."""
_STRONG = Cue(
    rf"\s*(?:\b(?:vs?\.?|(?-i:cf\.?|c\.f\.)(?=\s+(?:(?:the|that|his|her|my|in|on|at|last|latest|first)\s|{MONTH}|\d))|versus|as against|(?<!vaccinated )(?<!immunised )(?<!immunized )(?<!inoculated )(?<!protected )(?<!jabbed )(?<!vaccine )(?<!vaccination )(?<!immunisation )(?<!immunization )(?<!covered )(?<!jab )(?<!shot )(?<!immune )(?<!immunity )(?<!antibodies )(?<!allergic )(?<!decide )(?<!decided )(?<!decision )(?<!advise )(?<!advised )(?<!recommend )(?<!recommended )(?<!argue )(?<!argued )(?<!speak )(?<!speaks )against|(?:when |as )?compared? (?:with|to|against)|in comparison (?:with|to)|relative to|as opposed to|(?:differ(?:s|ed|ent)?|different) (?:from|to))(?=[\s,]|$)|(?<=\w)\s*->\s*|→)\s*"
)
_THAN = Cue(r"\s+than\s+")
_COMPARES = Cue(r"\b(?:compar\w+|differ\w*)\b")
_JOINS = Cue(r"\s+(?:and|with|to|against|or)\s+")
_CHANGES = Cue(
    r"\b(?:chang\w*|differ\w*|grow|grown|grew|shr[aiu]nk\w*|improv\w*|worsen\w*|progress\w*|rise|risen|rose|fall|fallen|fell|drop\w*|increas\w*|decreas\w*|move[ds]?|bigger|smaller|larger|evol\w+)\b"
)


def _bare(text: str) -> str:
    """Leave out what is asked of the comparison ("and the difference", "which was better?")."""
    text = " ".join(text.split())
    while True:
        shorter = _REQUESTS.sub("", text)
        if shorter == text or len(shorter.split()) < 3:
            return text.strip(" ?.!,;")
        text = shorter


def _without_opening(text: str) -> str:
    return _OPENS.sub("", text).strip(" ,;:")


_GOING_BY = Cue(
    r",?\s+(?:(?:going|judging|judged|measured|as measured) by|based on|in terms of|by|on) (?:the |his |her |my )?(?P<measure>[\w -]{2,30})$"
)
_TWO = Cue(
    r"^\W*(?:(?:please )?compare|(?:what(?:'s| is| was)|how (?:do|did)) (?:the )?(?:difference|change)s? between) (?:the |his |her |my )?(?P<newest>last |latest |most recent )?(?:two|2|both)(?: newest| last| latest)? (?P<thing>[^,.;?]+?)(?: compare)?$"
)


def _both(text: str) -> Iterator[tuple[str, ...]]:
    """Cut "compare the last two head CTs": the newest with the one before it, or the first with the last."""
    match = _TWO.search(text)
    if match:
        thing = re.sub(r"(?<=[^s])s$", "", match["thing"].strip())
        yield f"{thing} last", ("the one before" if match["newest"] else "first")


_BOTH = Cue(
    r"\b(?P<one>before|pre|prior to|after|post)\b[ -]*(?:and|vs?\.?|versus|against|/|&|or|compared (?:with|to))[ -]*(?P<other>before|pre|prior to|after|post|since)\b[ -]*(?P<event>.*)$"
)
_EVENT_FIRST = Cue(
    r"\b(?P<one>(?:(?:just|right|shortly|immediately) )?(?:before|pre|prior to|after|post))[ -](?P<event>(?:(?!\b(?:and|vs?|versus)\b).)+?)[\s,]+(?:and|vs?\.?|versus|against|compared (?:with|to))\s+(?:(?:what|how) (?:was|were|is|did) (?:it|they|he|she)(?: be)?\s+)?(?P<other>after|afterwards?|before|beforehand|since|post|pre)(?: (?:it|that|them|then))?$"
)
_OPPOSITE = {"pre": "before", "post": "after", "prior to": "before", "since": "after", "afterward": "after", "afterwards": "after", "beforehand": "before"}  # fmt: skip


def _relation(word: str) -> str:
    return _OPPOSITE.get(word.lower(), word.lower())


def _around_event(text: str) -> Iterator[tuple[str, ...]]:
    """Cut "LDL before and after the statin"."""
    match = _BOTH.search(text)
    if match and match["event"].strip():
        head = _without_opening(text[: match.start()])
        yield f"{head} {_relation(match['one'])} {match['event']}", f"{_relation(match['other'])} {match['event']}"


def _event_then_now(text: str) -> Iterator[tuple[str, ...]]:
    """Cut "LDL before the statin and after"."""
    match = _EVENT_FIRST.search(text)
    if match:
        head = _without_opening(text[: match.start()])
        yield f"{head} {match['one']} {match['event']}", f"{_relation(match['other'])} {match['event']}"


_EVENT = (
    r"(?:admission|discharge|booking|presentation|arrival|triage|intake|baseline|diagnosis|birth|delivery|follow-?up|transfer)"
)
_AT_TWO = Cue(
    rf"\b(?P<one>(?:on|at) (?:the |his |her |my )?{_EVENT})\s*(?:,|/|&|\+|\band\b)\s*(?:then )?(?P<other>(?:(?:on|at) )?(?:the |his |her |my )?{_EVENT})$"
)
_AT_PRESENT = r"(?:now|today|currently|at present|at the moment)"
_EARLIER = r"(?:(?:a|an|one|two|three|four|five|six|\d{1,2}) (?:days?|weeks?|months?|years?|yrs?|mos?|wks?) (?:ago|back|earlier|before)|(?:this time )?last (?:year|month|week|spring|summer|autumn|fall|winter))"
_NOW_AND_THEN = Cue(rf"\b(?P<one>{_AT_PRESENT}|{_EARLIER})\s*(?:,|/|&|\+|\band\b)\s*(?P<other>{_AT_PRESENT}|{_EARLIER})$")


def _two_moments(text: str) -> Iterator[tuple[str, ...]]:
    """Cut "haemoglobin on admission and at discharge", "insulin dose now and a year ago"."""
    for cue in (_AT_TWO, _NOW_AND_THEN):
        match = cue.search(text)
        if match:
            yield f"{_without_opening(text[: match.start()])} {match['one']}", match["other"]


_ANOTHER = Cue(
    r"^(?P<lead>.*?)\b(?:an?|one) (?P<thing>[\w -]+?) (?P<one>(?:in|on|at|from|of) [^,;]+?),?\s+and (?:another|one|a second|the other|a second one)(?: one)? (?P<other>(?:in|on|at|from|of|after) .+)$"
)


def _of_two(text: str) -> Iterator[tuple[str, ...]]:
    """Cut "she had a bone scan in 2020 and another in 2025"."""
    match = _ANOTHER.search(text)
    if match:
        yield f"{match['thing']} {match['one']}", match["other"]


def _by_word(text: str) -> Iterator[tuple[str, ...]]:
    """Cut at "versus", "than", "compared with"; after "compare", at "with", "to" or "and"."""
    strong = list(_STRONG.finditer(text))
    if strong:
        ends = [0, *(match.end() for match in strong)]
        begins = [*(match.start() for match in strong), len(text)]
        left, *others = [text[end:begin] for end, begin in zip(ends, begins, strict=True)]
        if TIMES.search(left):
            yield _without_opening(_GRADED.sub(" ", left)), *others
        elif (bare := _GRADED.sub(" ", left)) != left:
            yield _without_opening(bare), *others
        return
    than = _THAN.search(text)
    if than is not None and _GRADED.search(text[: than.start()]):
        sized = "size of " if _SIZED.search(text[: than.start()]) else ""
        yield sized + _without_opening(_GRADED.sub(" ", text[: than.start()])), text[than.end() :]
    if _COMPARES.search(text):
        bare = re.sub(r"\b(?:compares?|differs?)\b\s*", "", _without_opening(text), flags=re.IGNORECASE)
        for joint in sorted(
            _JOINS.finditer(bare), key=lambda found: "and" in found[0] and not _tells_time(bare[: found.start()])
        ):
            yield bare[: joint.start()], bare[joint.end() :]
    graded = Cue(rf"\b{_COMPARATIVE}\b").search(text) if than is None else None
    if graded is not None:
        other = _OR.search(text, graded.end())
        if other is not None:
            yield _without_opening(_GRADED.sub(" ", text[: other.start()])), text[other.end() :]


def _tells_time(text: str) -> bool:
    """Say whether a time stands there: what "and" joins before any is told of both sides ("weight and A1c in May with now")."""
    return any(match[0] not in {",", ":", ";"} for match in TIMES.finditer(text))


_OR = Cue(r",?\s+or\s+")
_BETWEEN_CUE = Cue(r"\s*\b(?:between|from)\s+(?P<one>.+?)\s+(?:and|to)\s+(?P<other>(?:(?!\band\b).)+)$")


_DATED = Cue(
    rf"\b(?:{MONTH}|(?:19|20)\d\d|admission|stay|discharge|visit|appointment|clinic|consult\w*|check-?up|physical|ed|er|scan|ct|mri|pet|x-?ray|echo\w*|ultrasound|scope|\w+oscopy|study|report|now|today|latest|last|first)\b"
)


def _between(text: str) -> Iterator[tuple[str, ...]]:
    """Cut "did it change between the scan of March and the follow-up"."""
    match = _BETWEEN_CUE.search(text)
    if match and _CHANGES.search(text[: match.start()]) and all(_DATED.search(match[side]) for side in ("one", "other")):
        head = _without_opening(_CHANGES.sub(" ", text[: match.start()]))
        yield f"{head} at {match['one']}", f"at {match['other']}"


_WEIGHS = Cue(rf"\b{_COMPARATIVE}\b")
_ALTERNATIVE = Cue(
    r"(?:^|[:,]\s*|\b(?:is|was|are|were|higher|lower|worse|better|between)\s+)(?:(?:her|his|the|my|their)\s+)?(?P<one>[\w -]{2,40}?)\s+or\s+(?:(?:her|his|the|my|their)\s+)?(?P<other>[\w-]{2,30}(?: [\w-]+){0,2}?)(?=\s+(?:the|in|on|at|now|higher|lower|worse|better)\b|,|\W*$)"
)


def _things(text: str, names: Names) -> Sides | None:
    """Read two things that are weighed against each other: "was her LDL or her HDL the higher one in July?"."""
    match = _ALTERNATIVE.search(text) if _WEIGHS.search(text) else None
    if match is None:
        return None
    one, other = _without_opening(match["one"]), match["other"].strip()
    if TIMES.search(one) or TIMES.search(other) or not (names(one) and names(other)):
        return None
    when = _GRADED.sub(" ", _ONE_OF.sub(" ", f"{text[: match.start('one')]} {text[match.end('other') :]}"))
    times = " ".join(match[0] for match in _WHEN.finditer(when))
    return Sides((f"{one} {times or 'now'}", f"{other} {times or 'now'}"), (one, other))


_ONE_OF = Cue(r"\bthe\s+[\w-]+\s+one\b|\bwhich\b[^,:]*$")
_WHEN = Cue(
    r"\b(?:in|on|at|during|before|after|since)\s+(?:(?!\b(?:which|what|was|is|her|his)\b)[^,:?.])+|\b(?:last|latest|now|first|today)\b"
)


_SINCE = Cue(r"\s+since\s+(?P<event>.+)$")


def _since(text: str) -> Iterator[tuple[str, ...]]:
    """Cut "has the nodule grown since the last CT"."""
    match = _SINCE.search(text)
    if match and _CHANGES.search(text[: match.start()]) and _STUDY.search(match["event"]):
        sized = "size of " if _SIZED.search(text[: match.start()]) else ""
        head = _without_opening(_CHANGES.sub(" ", text[: match.start()]))
        yield f"{sized}{head} in {match['event']}", "latest"


_AT_FIRST = Cue(
    r"^(?P<one>.*\b(?:at first|first|initially|originally|then|at the time|before\b.*)),?\s+and\s+(?:what |how )?(?:is (?:it|that) |was (?:it|that) )?(?P<other>(?:now|later|after\w*|since|today|finally|in the end)\b.*)$"
)


def _at_first(text: str) -> Iterator[tuple[str, ...]]:
    """Cut "what did the CT say at first, and what after the second reading"."""
    match = _AT_FIRST.search(text)
    if match:
        yield _without_opening(match["one"]), match["other"]


_STUDY = Cue(
    r"\b(?:ct|mri|pet(?:[- ]ct)?|scan|x-?ray|film|echo\w*|ultrasound|us|dexa|dxa|mammogram|scope|\w+oscopy|study|imaging|report)\b"
)
_SIZED = Cue(r"\b(?:grow|grown|grew|shr[aiu]nk\w*|bigger|smaller|larger)\b")
