"""How the sides of a comparison are told, and how each is said as a question of its own."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from chartcite.engine.dates.periods import MONTH, MONTHS
from chartcite.engine.language.cues import Cue


class Sides(NamedTuple):
    """What a question compares, as questions of their own."""

    questions: tuple[str, ...]
    words: tuple[str, ...]
    """How the question tells each side: `in the ED in March 2025`, `one week later`."""
    later: tuple[int, str] | None = None
    """Of a second side that counts from the first ("one week later"): how many of which unit."""


Names = Callable[[str], bool]
"""Says whether words name something known."""


_PRONOUN = Cue(
    rf"^(?:(?:it|they|that(?!\s+{MONTH}\b)|those|was|were|is|are|had|has|been|the ones?(?!\s+before(?:\s+(?:it|that|last))?\W*$)|ones?(?=\s+(?:in|on|at|from|of|by|before|after|taken|measured|done|when|that))|what|that of|the (?:value|reading|result|figure|score|count|level|measurement)s?|measured|taken|done|recorded)\s+)+(?=\S)"
)
_OWN = Cue(
    r"^(?:his|her|my|the|their|its)\s+(?:very\s+)?(?=(?:latest|last|most recent|current|present|newest|first|baseline|original|initial|earliest|lowest|highest|peak|nadir|worst)(?:\s+(?:one|value|reading|result|figure|count|score|level))?\W*$)"
)
_ONE = Cue(
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
_LATER = Cue(
    rf"^(?:(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?P<unit>day|week|wk|month|mo|mth|year|yr)s?\s+(?:later|on|after(?:wards?)?|after that|out|post)|the (?:next|following) (?P<next>day|week|month|year)|(?P<half>half a year) (?:later|on))(?=\W|$)"
)
_UNITS = {"wk": "week", "mo": "month", "mth": "month", "yr": "year"}
_ORDINAL = r"first|second|third|fourth|1st|2nd|3rd|4th|last|latest|previous|prior|final|initial|most recent|newest"
_BARE_ORDINAL = Cue(rf"^(?:the |his |her |my )?(?P<which>{_ORDINAL})(?: (?:one|time|visit|admission|stay|scan|study))?$")
_WITH_ORDINAL = Cue(rf"\b(?P<which>{_ORDINAL})\b(?=\s+\w)")
_THIS = Cue(
    r"\b(?:this|the current|the present|current) (?P<what>(?:\w+ )?(?:admission|stay|hospitali[sz]ation|visit|scan|ct|mri|echo|study))\b"
)
_EVENT_NOUN = Cue(
    r"^(?:the )?(?:admission|discharge|booking|presentation|arrival|intake|follow-?up|delivery|birth|diagnosis|dx|baseline|pre-?op|post-?op|triage)\b"
)
_INTO = Cue(
    r"\b(?P<length>\d{1,3}|a|one|two|three|four|six) (?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?) (?:into|on)(?= \w)(?! it\b)"
)
_AT_START = Cue(
    r"\b(?:at|on|since) (?:(?:her|his|the|my|first|initial) )*(?:diagnosis|dx|presentation|baseline)\b(?!\s+(?:of|with)\b)|\bat first(?=\W*$|,)|\bto (?:start|begin) with\b"
)


_ORGANS = tuple(
    (Cue(rf"^(?:(?:his|her|my|the|their|\w+['’]s) )?(?:{organ})$"), measure)
    for organ, measure in (
        (r"kidneys?", "kidney function"), (r"bones?", "bone density"), (r"lungs?|breathing", "lung function"),
        (r"liver", "liver tests"), (r"heart", "ejection fraction"), (r"thyroid", "TSH"),
        (r"memory", "memory score"), (r"mood", "depression score"),
        (r"(?:how )?(?:well )?(?:(?:could|can|does|did|do) )?(?:he|she|i|they|pt|the patient) hear(?:s|ing)?|hearing", "hearing test"),
        (r"(?:how )?(?:well )?(?:(?:could|can|does|did|do) )?(?:he|she|i|they|pt|the patient) see(?:s|ing)?|eyesight|vision", "visual acuity"),
        (r"(?:how )?(?:much )?(?:(?:does|did|do) )?(?:he|she|i|they|pt|the patient) weigh(?:s|ed|ing)?", "weight"), (r"(?:(?:how )?much )?(?:did )?(?:he|she|i|they|pt|the patient) (?:bleed|lose blood)", "estimated blood loss"),
        (r"(?:how )?(?:much )?blood (?:did )?(?:he|she|i|they|pt|the patient) los[et]", "estimated blood loss"),
        (r"how tall (?:is|was|were|am|are)(?: \w+)?", "height"),
    )
)  # fmt: skip
"""By what an organ or a sense is compared ("are my bones better?"), where the question names no test."""


def _measured_by(head: str) -> str:
    return next((measure for organ, measure in _ORGANS if organ.match(head)), head)


def sides_from(pieces: tuple[str, ...], names: Names, *, to_now: bool) -> Sides | None:
    """Return pieces of a question as questions of their own about the thing that the first piece names.

    Args:
        pieces: the words of each side, the first with the thing before its time.
        names: says whether words name something known.
        to_now: whether a first side without a time means now ("is it higher than in July?").
    """
    left, *others = (
        _OWN.sub("", _PRONOUN.sub("", _ENDS.split(_without_aside(piece))[0].strip(" ,;:-"))).strip() for piece in pieces
    )
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
        first = f"{head} at the last {this['what']}"
    elif not told and to_now:
        first = f"{head} now"  # "is it higher than in July?"
    questions = tuple(" ".join(_timed(text, head).split()) for text in (first, *read))
    if len(set(questions)) < len(questions) or not (told or to_now):
        return None
    return Sides(questions, (told or "now", *others), _length_later(others[0]) if len(others) == 1 else None)


_ASIDE = re.compile(r"\s*\((?=(?:just |right )?(?:before|after|pre|post|on|off|prior)\b)[^()]*\)", re.IGNORECASE)
_WRITTEN = Cue(rf"\b(?:{MONTH}|(?:19|20)\d\d|latest|last|now|today|first)\b")


def _without_aside(piece: str) -> str:
    """Leave out what only explains a side that has its time: "in July 2024 (before the statin)"."""
    bare = _ASIDE.sub("", piece)
    return bare if _WRITTEN.search(bare) else piece


_MOST_SIDES = 4
_ENDS = re.compile(r"[?;]|\.(?=\s)")


def _other(left: str, head: str, words: str) -> str:
    """Return a further side as a question: what the first side says once stands for both."""
    if _ONE_BEFORE.match(words):
        return f"last two {head}"
    bare, ordinal, this = _BARE_ORDINAL.match(words), _WITH_ORDINAL.search(left), _THIS.search(left)
    if bare and this:
        return f"{head} at the second last {this['what']}"
    if bare and ordinal and ordinal.start() > len(head):
        return f"{left[: ordinal.start()]}{bare['which']}{left[ordinal.end() :]}"
    calendar = _THIS_TIME.search(left)
    if bare and calendar and bare["which"].lower() in {"last", "previous", "prior"}:
        return f"{head} last {calendar['unit']}"
    event = _EVENT_THING.search(left[len(head) :])
    if event and _IT.search(words):
        words = _IT.sub(event["thing"], words)
    return f"{head} {_noun_at(words)}"


_THIS_TIME = Cue(r"\bthis (?P<unit>week|month|quarter|year|spring|summer|autumn|fall|winter)\b")
_ONE_BEFORE = Cue(
    r"^(?:the )?(?:(?:one|value|reading|result|visit|time|scan|study) before(?: (?:it|that|last))?|(?:previous|prior|preceding|penultimate|second last|next to last)(?: (?:one|value|reading|result|time))?)$"
)
"""The one before the newest: it is told with the newest."""
_EVENT_THING = Cue(
    r"\b(?:when|before|after|since|until|off|on|start(?:ed|ing)|stopp(?:ed|ing)|began|begun|beginning)\s+(?:(?:he|she|they|i|it|was|were|had|been|put|came|off|on|start(?:ed|ing)|stopp(?:ed|ing)|began|the|her|his|my)\s+)*(?P<thing>[\w/-]{3,})"
)
_IT = Cue(r"\b(?:it|them|that)\b(?= (?:was|were|had|is)\b|\W*$)")


def _noun_at(words: str) -> str:
    """Say a bare event as a time: "admission vs discharge" as "at discharge"."""
    return f"at {words}" if _EVENT_NOUN.match(words) else words


def _timed(text: str, head: str) -> str:
    """Say the time of a side as it is commonly told: "4 weeks into ART", "at diagnosis", "the first one"."""
    text = re.sub(r"\btoday$", "now", text, flags=re.IGNORECASE)
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


TIMES = Cue(
    rf"[,:;]|\b(?:just |right |shortly |immediately |back )?(?:before|after|prior to|pre|post|preop|postop|pre-op|post-op|at|on|in|of|from|when|while|during|since|as of|around|by|upon"
    rf"|first|last|latest|most recent|newest|earliest|original(?:ly)?|initial(?:ly)?|baseline|previous|current(?:ly)?|now|today|then|these days|peak|nadir|lowest|highest|worst|final|admission|discharge|booking"
    rf"|this|that|{MONTH}|(?:19|20)\d\d|1st|2nd|(?:\d{{1,3}}|an?|one|two|three|four|five|six) (?:days?|weeks?|wks?|months?|mos?|years?|yrs?)|(?:january|february|march|april|may|june|july|august|september|october|november|december))\b"
)


_IN_BODY = Cue(
    r"(?:in|of|on|at|from) (?:(?:the|his|her|my|their|both|each|either) )?(?:(?:left|right|lt|rt|l|r) )?(?:eyes?|ears?|knees?|hips?|hands?|feet|foot|legs?|arms?|breasts?|lungs?|lobes?|kidneys?)\b"
)
"""A part of the body of which something is measured, and no time."""
_RELATES = Cue(r"(?:just |right |shortly |immediately )?(?:before|after|prior|when|while|since)\b")
_SHORT_HEAD = 3


def _head_of(left: str, names: Names) -> str:
    """Return the words of the first side that name the thing: all before its time; all of them where it tells none."""
    first = ""
    for match in TIMES.finditer(left):
        if match[0] == "," and _lists_on(left[match.end() :], names):
            continue  # "weight, BP and A1c now"
        if _IN_BODY.match(left, match.start()):
            continue  # "the pressure in the right eye in 2017"
        head = left[: match.start()].strip(" ,:;-")
        if head and head != first:
            if names(head) or (_RELATES.match(match[0]) and len(head) > _SHORT_HEAD):
                return head
            first = first or head
    return left if names(left) or not first else first


def _lists_on(rest: str, names: Names) -> bool:
    """Say whether a comma goes on with another thing, before any time."""
    time = TIMES.search(rest)
    thing = rest[: time.start()].strip() if time else rest.strip()
    return bool(thing) and names(thing)


_DATED_MONTH = Cue(rf"\b(?P<month>{MONTH})(?:\s+of)?\s+(?P<year>(?:19|20)\d\d)\b")
_BARE_MONTH = Cue(rf"\s(?:(?:in|for|of|from)\s+)?(?:(?P<that>that|the same year['’]s)\s+)?(?P<month>{MONTH})\W*$")
_HALF_A_YEAR = 6
_ANY_YEAR = Cue(r"\b(?:19|20)\d\d\b|['’]\d\d\b")


def with_years(questions: tuple[str, ...]) -> tuple[str, ...]:
    """Give a month without a year that of the other side: "June 2024 than it was that February", "Feb vs June 2024".

    A month that follows without "that" may be one of the next year, and is left as it is.
    """
    told: list[str] = []
    for number, question in enumerate(questions):
        bare = _BARE_MONTH.search(question) if not _ANY_YEAR.search(question) else None
        others = [match for other in questions if other is not question and (match := _DATED_MONTH.search(other))]
        if bare is None or len(others) != 1 or not (bare["that"] or number == 0):
            told.append(question)
        else:
            apart = MONTHS[bare["month"].lower().rstrip(".")] - MONTHS[others[0]["month"].lower().rstrip(".")]
            later = not bare["that"] and apart > _HALF_A_YEAR  # "Nov vs Jan 2024"
            told.append(f"{question[: bare.start()]} in {bare['month']} {int(others[0]['year']) - later}")
    return tuple(told)
