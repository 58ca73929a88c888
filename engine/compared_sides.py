"""The two sides of a question that compares: "LDL before and after the statin", "is it higher now than in July?", "LDL or HDL?".

Cuts words only. Each side becomes a question of its own about the same thing, which is then read and answered like any other.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from chartcite.engine.periods import MONTH


class Sides(NamedTuple):
    """What a question compares, as questions of their own."""

    questions: tuple[str, ...]
    words: tuple[str, ...]
    """How the question tells each side: `in the ED in March 2025`, `one week later`."""
    later: tuple[int, str] | None = None
    """Of a second side that counts from the first ("one week later"): how many of which unit."""


Names = Callable[[str], bool]
"""Says whether words name something known."""


def sides_of(text: str, names: Names) -> Sides | None:
    """Return the sides that a question compares; `None`: it compares nothing, or its sides cannot be told apart."""
    asked = _bare(text)
    things = _things(asked, names)
    if things is not None:
        return things
    for cut in (_around_event, _event_then_now, _of_two, _by_word, _between, _since, _at_first):
        for pieces in cut(asked):
            sides = _sides(pieces, names, to_now=cut in (_by_word, _since))
            if sides is not None:
                return sides
    return None


def _c(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_REQUESTS = _c(
    r"[\s,;:.?!(-]*\b(?:(?:and )?(?:the |what(?:'s| is| was) the )?(?:difference|change|delta)(?: (?:please|pls|too|between (?:them|the two)))?"
    r"|(?:i (?:want|need|would like)|give me|show me|tell me|with)?\s*(?:both|the two|each) (?:numbers?|values?|scores?|figures?|results?|readings?|of them)(?: (?:please|pls))?|both(?: (?:please|pls))?"
    r"|what(?:'s| has| is)? (?:changed|different|the change)|(?:and )?by how (?:much|many)\b[^?.;]*|how (?:much|many) (?:[\w.%]+ )?(?:is|was) (?:that|it|the difference)"
    r"|which (?:one )?(?:was|is|of (?:the two|them) (?:was|is)) (?:the )?[\w ]{0,40}|what (?:does|did) each (?:side )?(?:say|put down)|side by side|please|pls|better or worse|worse or better|up or down|any (?:change|difference|better|worse))"
    r"\W*$"
)
"""What is asked of a comparison, after its sides."""
_OPENS = _c(
    r"^\W*(?:(?:please|pls|can you|could you|hi|hello|ok|and|so|but) )*(?:(?:do a |give me a |give )?(?:compare|comparing|comparison)(?: of| between)?\b|what(?:'s| is| was| were| are)(?: the)? difference (?:in|of)\b"
    r"|(?:what(?:'s| is| was| were| are)|how(?:'s| is| was| were| are| did| does| do| has| have| well| much| many)|is|are|was|were|has|have|had|did|does|do|show|tell|give)(?: me)?\b)\s*"
)
_COMPARATIVE = (
    r"(?:better|worse|higher|lower|more|less|bigger|larger|smaller|greater|heavier|lighter|taller|longer|shorter|faster|slower|stronger|weaker|fewer|older|younger"
    r"|deeper|thicker|thinner|denser|steeper|milder|healthier|improved|(?:un)?changed|different|elevated)"
)
_GRADED = _c(rf"\b(?:(?:any|much|a (?:lot|bit|little)|even|still|far|no|really|now) )*{_COMPARATIVE}\b(?: (?:off|controlled))?")
_STRONG = _c(
    r"\s*(?:\b(?:vs?\.?|versus|as against|against|(?:when |as )?compared? (?:with|to|against)|in comparison (?:with|to)|relative to|as opposed to|(?:differ(?:s|ed|ent)?|different) (?:from|to))(?=[\s,]|$)|(?<=\w)\s*->\s*|→)\s*"
)
_THAN = _c(r"\s+than\s+")
_COMPARES = _c(r"\b(?:compar\w+|differ\w*)\b")
_JOINS = _c(r"\s+(?:and|with|to|against|or)\s+")
_CHANGES = _c(
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


_BOTH = _c(
    r"\b(?P<one>before|pre|prior to|after|post)\b[ -]*(?:and|vs?\.?|versus|against|/|&|or|compared (?:with|to))[ -]*(?P<other>before|pre|prior to|after|post|since)\b[ -]*(?P<event>.*)$"
)
_EVENT_FIRST = _c(
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


_ANOTHER = _c(
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
        if _TIMES.search(left):
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
        for joint in _JOINS.finditer(bare):
            yield bare[: joint.start()], bare[joint.end() :]
    graded = _c(rf"\b{_COMPARATIVE}\b").search(text) if than is None else None
    if graded is not None:
        joint = re.compile(r",?\s+or\s+", re.IGNORECASE).search(text, graded.end())
        if joint is not None:
            yield _without_opening(_GRADED.sub(" ", text[: joint.start()])), text[joint.end() :]


_BETWEEN_CUE = _c(r"\s*\b(?:between|from)\s+(?P<one>.+?)\s+(?:and|to)\s+(?P<other>(?:(?!\band\b).)+)$")


_DATED = _c(
    rf"\b(?:{MONTH}|(?:19|20)\d\d|admission|stay|discharge|visit|appointment|clinic|consult\w*|check-?up|physical|ed|er|scan|ct|mri|pet|x-?ray|echo\w*|ultrasound|scope|\w+oscopy|study|report|now|today|latest|last|first)\b"
)


def _between(text: str) -> Iterator[tuple[str, ...]]:
    """Cut "did it change between the scan of March and the follow-up"."""
    match = _BETWEEN_CUE.search(text)
    if match and _CHANGES.search(text[: match.start()]) and all(_DATED.search(match[side]) for side in ("one", "other")):
        head = _without_opening(_CHANGES.sub(" ", text[: match.start()]))
        yield f"{head} at {match['one']}", f"at {match['other']}"


_WEIGHS = _c(rf"\b{_COMPARATIVE}\b")
_ALTERNATIVE = _c(
    r"(?:^|[:,]\s*|\b(?:is|was|are|were|higher|lower|worse|better|between)\s+)(?:(?:her|his|the|my|their)\s+)?(?P<one>[\w -]{2,40}?)\s+or\s+(?:(?:her|his|the|my|their)\s+)?(?P<other>[\w-]{2,30}(?: [\w-]+){0,2}?)(?=\s+(?:the|in|on|at|now|higher|lower|worse|better)\b|\W*$)"
)


def _things(text: str, names: Names) -> Sides | None:
    """Read two things that are weighed against each other: "was her LDL or her HDL the higher one in July?"."""
    match = _ALTERNATIVE.search(text) if _WEIGHS.search(text) else None
    if match is None:
        return None
    one, other = _without_opening(match["one"]), match["other"].strip()
    if _TIMES.search(one) or _TIMES.search(other) or not (names(one) and names(other)):
        return None
    when = _GRADED.sub(" ", _ONE_OF.sub(" ", f"{text[: match.start('one')]} {text[match.end('other') :]}"))
    times = " ".join(match[0] for match in _WHEN.finditer(when))
    return Sides((f"{one} {times or 'now'}", f"{other} {times or 'now'}"), (one, other))


_ONE_OF = _c(r"\bthe\s+[\w-]+\s+one\b|\bwhich\b[^,:]*$")
_WHEN = _c(
    r"\b(?:in|on|at|during|before|after|since)\s+(?:(?!\b(?:which|what|was|is|her|his)\b)[^,:?.])+|\b(?:last|latest|now|first|today)\b"
)


_SINCE = _c(r"\s+since\s+(?P<event>.+)$")


def _since(text: str) -> Iterator[tuple[str, ...]]:
    """Cut "has the nodule grown since the last CT"."""
    match = _SINCE.search(text)
    if match and _CHANGES.search(text[: match.start()]) and _STUDY.search(match["event"]):
        sized = "size of " if _SIZED.search(text[: match.start()]) else ""
        head = _without_opening(_CHANGES.sub(" ", text[: match.start()]))
        yield f"{sized}{head} in {match['event']}", "latest"


_AT_FIRST = _c(
    r"^(?P<one>.*\b(?:at first|first|initially|originally|then|at the time|before\b.*)),?\s+and\s+(?:what |how )?(?:is (?:it|that) |was (?:it|that) )?(?P<other>(?:now|later|after\w*|since|today|finally|in the end)\b.*)$"
)


def _at_first(text: str) -> Iterator[tuple[str, ...]]:
    """Cut "what did the CT say at first, and what after the second reading"."""
    match = _AT_FIRST.search(text)
    if match:
        yield _without_opening(match["one"]), match["other"]


_STUDY = _c(
    r"\b(?:ct|mri|pet(?:[- ]ct)?|scan|x-?ray|film|echo\w*|ultrasound|us|dexa|dxa|mammogram|scope|\w+oscopy|study|imaging|report)\b"
)
_SIZED = _c(r"\b(?:grow|grown|grew|shr[aiu]nk\w*|bigger|smaller|larger)\b")
_PRONOUN = _c(
    r"^(?:(?:it|they|that|those|was|were|is|are|had|has|been|the ones?|ones?(?=\s+(?:in|on|at|from|of|by|before|after|taken|measured|done|when|that))|what|that of|the (?:value|reading|result|figure|score|count|level|measurement)s?|measured|taken|done|recorded)\s+)+(?=\S)"
)
_OWN = _c(
    r"^(?:his|her|my|the|their|its)\s+(?:very\s+)?(?=(?:latest|last|most recent|current|present|newest|first|baseline|original|initial|earliest|lowest|highest|peak|nadir|worst)(?:\s+(?:one|value|reading|result|figure|count|score|level))?\W*$)"
)
_ONE = _c(
    r"\b(?P<which>first|second|third|last|latest|most recent|newest|earliest|original|previous|current|present)\s+(?:one|value|reading|result|figure|count|score|level|number)\b"
)
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "ten": 10,
    "twelve": 12,
}
_LATER = _c(
    rf"^(?:(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?P<unit>day|week|wk|month|mo|mth|year|yr)s?\s+(?:later|on|after(?:wards?)?|after that|out|post)|the (?:next|following) (?P<next>day|week|month|year)|(?P<half>half a year) (?:later|on))(?=\W|$)"
)
_UNITS = {"wk": "week", "mo": "month", "mth": "month", "yr": "year"}
_ORDINAL = r"first|second|third|fourth|1st|2nd|3rd|4th|last|latest|previous|prior|final|initial|most recent|newest"
_BARE_ORDINAL = _c(rf"^(?:the |his |her |my )?(?P<which>{_ORDINAL})(?: (?:one|time|visit|admission|stay|scan|study))?$")
_WITH_ORDINAL = _c(rf"\b(?P<which>{_ORDINAL})\b(?=\s+\w)")
_THIS = _c(
    r"\b(?:this|the current|the present|current) (?P<what>(?:\w+ )?(?:admission|stay|hospitali[sz]ation|visit|scan|ct|mri|echo|study))\b"
)
_EVENT_NOUN = _c(
    r"^(?:the )?(?:admission|discharge|booking|presentation|arrival|intake|follow-?up|delivery|birth|diagnosis|dx|baseline|pre-?op|post-?op|triage)\b"
)
_INTO = _c(
    r"\b(?P<length>\d{1,3}|a|one|two|three|four|six) (?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?) (?:into|on)(?= \w)(?! it\b)"
)
_AT_START = _c(
    r"\b(?:at|on|since) (?:(?:her|his|the|my|first|initial) )*(?:diagnosis|dx|presentation|baseline)\b(?!\s+(?:of|with)\b)|\bat first(?=\W*$|,)|\bto (?:start|begin) with\b"
)


_ORGANS = tuple(
    (_c(rf"^(?:(?:his|her|my|the|their|\w+['’]s) )?(?:{organ})$"), measure)
    for organ, measure in (
        (r"kidneys?", "kidney function"), (r"bones?", "bone density"), (r"lungs?|breathing", "lung function"),
        (r"liver", "liver tests"), (r"heart", "ejection fraction"), (r"thyroid", "TSH"),
        (r"memory", "memory score"), (r"mood", "depression score"),
        (r"how well (?:could|can|does|did|do) (?:\w+ )?hear|hearing", "hearing test"),
        (r"how well (?:could|can|does|did|do) (?:\w+ )?see|eyesight|vision", "visual acuity"),
        (r"how much (?:does|did|do) (?:\w+ )?weigh", "weight"), (r"how tall (?:is|was|were|am|are)(?: \w+)?", "height"),
    )
)  # fmt: skip
"""By what an organ or a sense is compared ("are my bones better?"), where the question names no test."""


def _measured_by(head: str) -> str:
    return next((measure for organ, measure in _ORGANS if organ.match(head)), head)


def _sides(pieces: tuple[str, ...], names: Names, *, to_now: bool) -> Sides | None:
    left, *others = (_OWN.sub("", _PRONOUN.sub("", _ENDS.split(piece)[0].strip(" ,;:-"))).strip() for piece in pieces)
    if not left or not all(others) or len(others) > _MOST_SIDES - 1:
        return None
    head = _head_of(left, names)
    if (measure := _measured_by(head)) != head:
        left, head = f"{measure}{left[len(head) :]}", measure
    if not (names(head) or names(left)):
        return None
    read = [_other(left, head, other) for other in others]
    told = left[len(head) :].strip(" ,:;") if left.startswith(head) else left
    first = left
    if this := _THIS.search(left):
        first = f"{left[: this.start()]}the last {this['what']}{left[this.end() :]}"
    elif not told and to_now:
        first = f"{head} now"  # "is it higher than in July?"
    questions = tuple(" ".join(_timed(text, head).split()) for text in (first, *read))
    if len(set(questions)) < len(questions) or not (told or to_now):
        return None
    return Sides(questions, (told or "now", *others), _length_later(others[0]) if len(others) == 1 else None)


_MOST_SIDES = 4
_ENDS = re.compile(r"[?;]|\.(?=\s)")


def _other(left: str, head: str, words: str) -> str:
    """Return a further side as a question: what the first side says once stands for both."""
    bare, ordinal, this = _BARE_ORDINAL.match(words), _WITH_ORDINAL.search(left), _THIS.search(left)
    if bare and this:
        return f"{head} at the second last {this['what']}"
    if bare and ordinal and ordinal.start() > len(head):
        return f"{left[: ordinal.start()]}{bare['which']}{left[ordinal.end() :]}"
    event = _EVENT_THING.search(left[len(head) :])
    if event and _IT.search(words):
        words = _IT.sub(event["thing"], words)
    return f"{head} {_noun_at(words)}"


_EVENT_THING = _c(
    r"\b(?:when|before|after|since|until|off|on|start(?:ed|ing)|stopp(?:ed|ing)|began|begun|beginning)\s+(?:(?:he|she|they|i|it|was|were|had|been|put|came|off|on|start(?:ed|ing)|stopp(?:ed|ing)|began|the|her|his|my)\s+)*(?P<thing>[\w/-]{3,})"
)
_IT = _c(r"\b(?:it|them|that)\b(?= (?:was|were|had|is)\b|\W*$)")


def _noun_at(words: str) -> str:
    """Say a bare event as a time: "admission vs discharge" as "at discharge"."""
    return f"at {words}" if _EVENT_NOUN.match(words) else words


def _timed(text: str, head: str) -> str:
    """Say the time of a side as it is commonly told: "4 weeks into ART", "at diagnosis", "the first one"."""
    text = _ONE.sub(lambda match: match["which"], text)
    text = _INTO.sub(lambda match: f"{match['length']} {match['unit']} after starting", text)
    if _AT_START.search(text):
        return f"first {_AT_START.sub(' ', text)}"
    rest = text[len(head) :].strip() if text.startswith(head) else ""
    return f"{head} {_noun_at(rest)}" if rest else text


def _length_later(words: str) -> tuple[int, str] | None:
    match = _LATER.match(words)
    if match is None:
        return None
    if match["half"]:
        return 6, "month"
    if match["next"]:
        return 1, match["next"].lower()
    count = match["count"].lower()
    unit = match["unit"].lower()
    return (int(count) if count.isdigit() else _NUMBERS[count]), _UNITS.get(unit, unit)


_TIMES = _c(
    rf"[,:;]|\b(?:just |right |shortly |immediately |back )?(?:before|after|prior to|pre|post|preop|postop|pre-op|post-op|at|on|in|of|from|when|while|during|since|as of|around|by|upon"
    rf"|first|last|latest|most recent|newest|earliest|original(?:ly)?|initial(?:ly)?|baseline|previous|current(?:ly)?|now|today|then|these days|peak|nadir|lowest|highest|worst|final|admission|discharge|booking"
    rf"|this|that|{MONTH}|(?:19|20)\d\d|1st|2nd|(?:\d{{1,3}}|an?|one|two|three|four|five|six) (?:days?|weeks?|wks?|months?|mos?|years?|yrs?)|(?:january|february|march|april|may|june|july|august|september|october|november|december))\b"
)


_RELATES = _c(r"(?:just |right |shortly |immediately )?(?:before|after|prior|when|while|since)\b")
_SHORT_HEAD = 3


def _head_of(left: str, names: Names) -> str:
    """Return the words of the first side that name the thing: all before its time; all of them where it tells none."""
    first = ""
    for match in _TIMES.finditer(left):
        head = left[: match.start()].strip(" ,:;-")
        if head and head != first:
            if names(head) or (_RELATES.match(match[0]) and len(head) > _SHORT_HEAD):
                return head
            first = first or head
    return left if names(left) else first
