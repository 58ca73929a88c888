"""A text cut into segments, each with what it says of what: the smallest runs of words in which things belong together."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.claim_checks.acts import CUT, acts_in, without_acts
from chartcite.engine.claim_checks.dates import WrittenDate, dates_in, times_masked
from chartcite.engine.claim_checks.quantities import WrittenQuantity, quantities_in, quantities_masked
from chartcite.engine.claim_checks.regimens import regimens_masked
from chartcite.engine.claim_checks.sides import sides_in
from chartcite.engine.claim_checks.texts import Named, Range, Text, masked, stem
from chartcite.engine.language.terminology import Lexicon, tokenize
from chartcite.engine.questions.question_words import STOPWORDS

_PEOPLE = {
    "patient": r"patient|pt", "mother": r"mother|mom|mum", "father": r"father|dad", "sister": r"sister", "brother": r"brother", "son": r"son",
    "daughter": r"daughter", "wife": r"wife", "husband": r"husband", "aunt": r"aunt", "uncle": r"uncle", "grandmother": r"grandmother|grandma",
    "grandfather": r"grandfather|grandpa", "sibling": r"sibling", "parent": r"parent", "cousin": r"cousin", "nurse": r"nurs(?:e|ing)|RN", "pharmacist": r"pharmacist|pharmacy",
    "family_doctor": r"(?:family|primary care) (?:doctor|physician|practitioner)|PCP|GP", "emergency": r"(?:emergency|ED|ER) (?:physician|doctor)", "doctor": r"doctor|physician|clinician|provider", "surgeon": r"surgeons?", "cardiology": r"cardiolog\w+", "nephrology": r"nephrolog\w+",
    "neurology": r"neurolog\w+", "dermatology": r"dermatolog\w+", "oncology": r"oncolog\w+", "pulmonology": r"pulmonolog\w+", "urology": r"urolog\w+",
    "psychiatry": r"psychiatr\w+", "endocrinology": r"endocrinolog\w+", "rheumatology": r"rheumatolog\w+", "gastroenterology": r"gastroenterolog\w+|GI(?= (?:recommend|advis|saw|start|stop))",
    "therapist": r"(?:physical |occupational |speech )?therapists?|PT(?= recommend)", "dietitian": r"dieti[tc]ian|nutritionist", "ophthalmology": r"ophthalmolog\w+",
}  # fmt: skip
_PERSON = re.compile(rf"\b(?i:{'|'.join(f'(?P<{name}>(?:{words}))' for name, words in _PEOPLE.items())})s?\b|\b(?:Dr|Mr|Mrs|Ms)\.?\s+(?P<named>[A-Z][\w'’-]+)")  # fmt: skip
_PATIENT_ACTS = re.compile(
    r"\b(?:patient|pt) (?:has |had )?(?:called|asked|stopped|noticed|requested|gave|ordered|decided|told|said|reported|complained|started|increased|reduced|recommended|advised)\b",
    re.IGNORECASE,
)
_SIDE_WORDS = re.compile(r"\b(?:left|right|bilateral|[LR])(?:-sided)?\b", re.IGNORECASE)
_ROLES = {
    "now": r"now|current(?:ly)?|today|at present|these days|this (?:visit|week|month)",
    "then": r"previous(?:ly)?|prior|former(?:ly)?|last (?:year|month|week)|in the past|used to|(?<=\()(?:was|were|had been)|formerly",
    "usual": r"baseline|usual(?:ly)?|dry weight|at home|chronic(?:ally)?",
    "goal": r"goals?|targets?|reference|normal range|(?:upper|lower) limits?|threshold|should be|aim\w*",
    "first": r"first|initial(?:ly)?|earliest|oldest|admission|at first",
    "last": r"last|latest|most recent|newest|final(?:ly)?|discharge",
    "next": r"next", "new": r"new|newly|fresh",
    "second": r"second", "third": r"third",
    "before": r"before|prior to|pre-?(?:op|dose|treatment)?",
    "after": r"after|following|post-?(?:op|dose|treatment)?|since",
}  # fmt: skip
_ROLE = {name: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE) for name, words in _ROLES.items()}
_FINDINGS = {
    name: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
    for name, words in {
        "normal": r"normal|unremarkable|within normal limits|wnl|intact|clear|benign",
        "abnormal": r"abnormal\w*|impaired|malignant|suspicious",
        "raised": r"elevated|high",
        "lowered": r"low",
        "positive": r"positive", "negative": r"negative",
        "delayed": r"delayed|postponed|late", "on time": r"on time|as planned|on schedule",
    }.items()
}  # fmt: skip
_ROLE_WORDS = frozenset("now current currently today previous previously prior former formerly baseline usual goal target first initial earliest oldest last latest recent newest final next before after following since was were".split())  # fmt: skip


class Segment(NamedTuple):
    """A run of words of one sentence."""

    start: int
    end: int
    words: frozenset[str]
    """Stems and concepts that it says itself."""
    carried: frozenset[str]
    """Of the segments before it in its sentence."""
    items: tuple[frozenset[str], ...]
    """Its content words and concepts, each by all names under which evidence may hold it."""
    carried_items: tuple[frozenset[str], ...]
    acts: frozenset[str]
    people: frozenset[str]
    told_of: frozenset[str]
    """The people that it names, or, where it names none, that the segment before it does."""
    patient_acts: bool
    """Whether it says that the patient did or said something."""
    sides: frozenset[str]
    findings: frozenset[str]
    """What a test or an examination found, by sort: `normal`, `raised`, `delayed`."""
    roles: frozenset[str]
    dates: tuple[WrittenDate, ...]
    numbers: tuple[WrittenQuantity, ...]


def segments_of(text: Text) -> list[Segment]:
    """Return the segments of a text, in order."""
    return _segments(text.text, text.lexicon)


@lru_cache(maxsize=512)
def _segments(written: str, lexicon: Lexicon) -> list[Segment]:
    text = Text(written, lexicon)
    days = dates_in(text.text, short=True)
    whole = _Read(text, regimens_masked(quantities_masked(text.text)), text.named, days, quantities_in(text.text))
    protected = times_masked(masked(text.text, [(day.start, day.end) for day in days]))
    found: list[Segment] = []
    fields = _fields(text)
    own = [one for line in fields if (one := _segment(_within(whole, line), line.start, line.end, ())) is not None]
    found += [_joined(own)] if own else []
    taken = {place for line in fields for place in range(line.start, line.end)}
    for sentence in text.sentences:
        if sentence.start in taken or sentence.start > _MOST_READ:
            continue
        read = Range(sentence.start, min(sentence.end, sentence.start + _LONGEST))
        before: list[Segment] = []
        for start, end in _cuts(protected, *read):
            one = _segment(_within(whole, read), start, end, before)
            if one is not None:
                before.append(one)
        found += before
    return found


_LONGEST = 1000
"""Characters of a sentence that are read: longer ones are lists or tables."""
_MOST_READ = 50_000
"""Characters of a passage that are read."""


class _Read(NamedTuple):
    """A text, or a part of it, with what was read in it once."""

    text: Text
    plain: str
    """The text without quantities, dates and frequencies."""
    named: Sequence[Named]
    days: Sequence[WrittenDate]
    numbers: Sequence[WrittenQuantity]


def _within(whole: _Read, part: Range) -> _Read:
    return whole._replace(
        named=[one for one in whole.named if part.start <= one.start and one.end <= part.end],
        days=[day for day in whole.days if part.start <= day.start < part.end],
        numbers=[number for number in whole.numbers if part.start <= number.start < part.end],
    )


def _fields(text: Text) -> list[Range]:
    """Return the lines of a structured record, which all tell of one thing: name, status, days, amount; empty: it is prose."""
    lines = [Range(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text.text)]
    short = [one for one in lines if one.end - one.start <= _LONGEST_FIELD and text.text[one.end - 1] not in ".!?;"]
    marked = sum(_FIELD.fullmatch(text.text[one.start : one.end].strip()) is not None for one in short)
    return short if marked >= _LEAST_FIELDS else []


_FIELD = re.compile(
    r"(?:(?:start|end|onset|abatement|status): ?)?(?:\d{4}(?:-\d\d){0,2}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|active|stopped|completed|resolved|inactive|final|confirmed"
    r"|finished|cancelled|recurrence|remission|on-hold|entered-in-error|not-done)",
    re.IGNORECASE,
)
_LEAST_FIELDS = 2
_LONGEST_FIELD = 120


def _joined(parts: Sequence[Segment]) -> Segment:
    """Return all fields of a record as one segment."""
    return Segment(
        parts[0].start,
        parts[-1].end,
        frozenset[str]().union(*(one.words for one in parts)),
        frozenset(),
        tuple(dict.fromkeys(item for one in parts for item in one.items)),
        (),
        frozenset[str]().union(*(one.acts for one in parts)),
        frozenset[str]().union(*(one.people for one in parts)),
        frozenset[str]().union(*(one.people for one in parts)),
        any(one.patient_acts for one in parts),
        frozenset[str]().union(*(one.sides for one in parts)),
        frozenset[str]().union(*(one.findings for one in parts)),
        frozenset(),
        tuple(day for one in parts for day in one.dates),
        tuple(number for one in parts for number in one.numbers),
    )


_BARE = re.compile(r"[^A-Za-z()]*\)")


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    last, aside = start, -1
    for match in CUT.finditer(text, start, end):
        if match[0] == "(" and (closed := _BARE.match(text, match.end())):
            aside = closed.end()
        if match.start() < aside:
            continue  # "5.1 mg/dL (2020-09-07)": its date stays with it
        yield last, match.start()
        # "(was 11.9)": what opens it tells that it is of another time, and stays with it.
        last = match.start() if match[0] in "([" else match.end()
    yield last, end


def _segment(read: _Read, start: int, end: int, before: Sequence[Segment]) -> Segment | None:
    text = read.text
    written = text.text[start:end]
    if not re.search(r"\w", written):
        return None
    inside = _within(read, Range(start, end))
    items = tuple(_items(inside, start, end))
    people = frozenset(match["named"] or match.lastgroup or "" for match in _PERSON.finditer(written))
    carried_items = tuple(dict.fromkeys(item for one in before for item in one.items))
    return Segment(
        start,
        end,
        frozenset[str]().union(*items)
        | _above(text, items)
        | frozenset(stem(form) for named in inside.named for form in named.forms),
        frozenset[str]().union(*(one.words for one in before)),
        items,
        carried_items,
        acts_in(written),
        people,
        people or (before[-1].told_of if before else people),
        _PATIENT_ACTS.search(written) is not None,
        frozenset(side for side, *_ in sides_in(written)),
        frozenset(name for name, pattern in _FINDINGS.items() if pattern.search(written)),
        frozenset(name for name, pattern in _ROLE.items() if pattern.search(written))
        | (before[-1].roles if before and ":" in text.text[before[-1].end : start] else frozenset()),
        tuple(inside.days),
        tuple(inside.numbers),
    )


def _items(read: _Read, start: int, end: int) -> Iterator[frozenset[str]]:
    """Yield each content word or concept by its names: stems, and ids of concepts."""
    written = read.plain[start:end]
    for pattern in (_PERSON, _SIDE_WORDS, *_FINDINGS.values()):
        written = pattern.sub(lambda match: " " * len(match[0]), written)
    written = without_acts(written)
    taken = 0
    named = {one.start: one for one in read.named}
    for token in tokenize(written):
        at = start + token.start
        if at < taken:
            continue
        if one := named.get(at):
            taken = one.end
            yield _names(one)
        elif _is_content(token.form):
            yield frozenset({stem(token.form)})


def _names(one: Named) -> frozenset[str]:
    stems = {stem(one.forms[0])} if len(one.forms) == 1 else {" ".join(one.forms)}
    return frozenset({*one.ids, *stems})


def _above(text: Text, items: Sequence[frozenset[str]]) -> frozenset[str]:
    ids = [name for item in items for name in item if name in text.lexicon.concepts]
    return frozenset[str]().union(*(text.lexicon.above(id_) for id_ in ids))


def _is_content(form: str) -> bool:
    return len(form) > 1 and form not in STOPWORDS and form not in _ROLE_WORDS and not form[0].isdigit()
