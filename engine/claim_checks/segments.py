"""A text cut into segments, each with what it says of what: the smallest runs of words in which things belong together."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.claim_checks.dates import WrittenDate, dates_in
from chartcite.engine.claim_checks.quantities import WrittenQuantity, quantities_in, quantities_masked
from chartcite.engine.claim_checks.regimens import regimens_masked
from chartcite.engine.claim_checks.sides import sides_in
from chartcite.engine.claim_checks.texts import Named, Text, masked, stem
from chartcite.engine.question_words import STOPWORDS
from chartcite.engine.terminology import tokenize

_CUT = re.compile(
    r"[;:()\[\]•]|,(?!\d)|(?<!\d),|\s[-–—]\s|->|→"
    r"|\b(?:and|but|then|later|while|whereas|which|who|because(?: of)?|due to|owing to|therefore|although|though|despite|so that|rather than|instead(?! of))\b",
    re.IGNORECASE,
)
_ACTS = {
    "start": r"(?:re)?start(?:s|ed|ing)?|began|begun|beg[ai]n(?:s|ning)?|initiat\w+|commenc\w+|resum\w+|add(?:s|ed|ing)|introduc\w+",
    "stop": r"stop(?:s|ped|ping)?|discontinu\w+|d/c'?d|ceas\w+|withdrawn|withheld|held|hold|quit|ends?|ended|off",
    "raise": r"increas\w+|rais(?:e|es|ed|ing)|uptitrat\w+|titrated up|doubl(?:e|ed|ing)|escalat\w+|upped",
    "lower": r"decreas\w+|lower(?:s|ed|ing)|reduc\w+|halv(?:e|ed|ing)|taper\w*|wean\w*|cut|titrated down|de-?escalat\w+",
    "continue": r"continu\w+|remains?|maintain\w*",
    "decline": r"declin(?:e|es|ed|ing)(?! in| from| to| by)|refus\w+",
    "order": r"order(?:s|ed|ing)?",
    "cancel": r"cancel\w*",
    "refill": r"refill\w*|renew\w*",
    "give": r"giv(?:e|es|en|ing)|gave|administer\w*|receiv\w+",
    "take": r"took|tak(?:es?|en|ing)|accept\w*",
    "remove": r"remov\w+|excis\w+|resect\w+|extract\w+",
    "switch": r"switch\w*|chang(?:e|es|ed|ing)|replac\w+|substitut\w+|convert\w*",
    "admit": r"(?:re-?)?admit(?:s|ted)?(?! to)|(?:re-?)?admission","transfer": r"transfer\w*", "intubate": r"intubat\w+",
    "discharge": r"discharg\w+",
    "die": r"died|death|deceased",
    "diagnose": r"diagnos\w+",
}  # fmt: skip
_ACT = re.compile(rf"(?<![\w-])(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _ACTS.items())})(?!\w)", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|never|no|without|did ?n[o']t|den\w+)\s+(?:been |be |to |yet |any )?(?=\w+)", re.IGNORECASE
)
_PEOPLE = {
    "patient": r"patient|pt", "mother": r"mother|mom|mum", "father": r"father|dad", "sister": r"sister", "brother": r"brother", "son": r"son",
    "daughter": r"daughter", "wife": r"wife", "husband": r"husband", "aunt": r"aunt", "uncle": r"uncle", "grandmother": r"grandmother|grandma",
    "grandfather": r"grandfather|grandpa", "sibling": r"sibling", "cousin": r"cousin", "nurse": r"nurs(?:e|ing)|RN", "pharmacist": r"pharmacist|pharmacy",
    "doctor": r"(?:family |primary care )?(?:doctor|physician|clinician)(?! office)|PCP|GP", "surgeon": r"surgeons?", "cardiology": r"cardiolog\w+", "nephrology": r"nephrolog\w+",
    "neurology": r"neurolog\w+", "dermatology": r"dermatolog\w+", "oncology": r"oncolog\w+", "pulmonology": r"pulmonolog\w+", "urology": r"urolog\w+",
    "psychiatry": r"psychiatr\w+", "endocrinology": r"endocrinolog\w+", "rheumatology": r"rheumatolog\w+", "gastroenterology": r"gastroenterolog\w+|GI(?= (?:recommend|advis|saw|start|stop))",
    "therapist": r"(?:physical |occupational |speech )?therapists?|PT(?= recommend)", "dietitian": r"dieti[tc]ian|nutritionist", "emergency": r"emergency physician|ED physician", "ophthalmology": r"ophthalmolog\w+",
}  # fmt: skip
_PERSON = re.compile(rf"\b(?i:{'|'.join(f'(?P<{name}>(?:{words}))' for name, words in _PEOPLE.items())})s?\b|\b(?:Dr|Mr|Mrs|Ms)\.?\s+(?P<named>[A-Z][\w'’-]+)")  # fmt: skip
_ROLES = {
    "now": r"now|current(?:ly)?|today|at present|these days|this (?:visit|week|month)",
    "then": r"previous(?:ly)?|prior|former(?:ly)?|last (?:year|month|week)|in the past|used to|(?<=\()(?:was|were|had been)|formerly",
    "usual": r"baseline|usual(?:ly)?|dry weight|at home|chronic(?:ally)?",
    "goal": r"goals?|targets?|reference|normal range|limits?|threshold|should be|aim\w*",
    "first": r"first|initial(?:ly)?|earliest|oldest|admission|at first",
    "last": r"last|latest|most recent|newest|final(?:ly)?|discharge",
    "next": r"next",
    "second": r"second", "third": r"third",
    "before": r"before|prior to|pre-?(?:op|dose|treatment)?",
    "after": r"after|following|post-?(?:op|dose|treatment)?|since",
}  # fmt: skip
_ROLE = {name: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE) for name, words in _ROLES.items()}
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
    sides: frozenset[str]
    roles: frozenset[str]
    dates: tuple[WrittenDate, ...]
    numbers: tuple[WrittenQuantity, ...]


def segments_of(text: Text) -> list[Segment]:
    """Return the segments of a text, in order."""
    days = dates_in(text.text, short=True)
    numbers = quantities_in(text.text)
    protected = masked(text.text, [(day.start, day.end) for day in days])
    found: list[Segment] = []
    for sentence in text.sentences:
        before: list[Segment] = []
        for start, end in _cuts(protected, sentence.start, sentence.end):
            one = _segment(text, start, end, before, days, numbers)
            if one is not None:
                before.append(one)
        found += before
    return found


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    last = start
    for match in _CUT.finditer(text, start, end):
        yield last, match.start()
        # "(was 11.9)": what opens it tells that it is of another time, and stays with it.
        last = match.start() if match[0] in "([" else match.end()
    yield last, end


def _segment(
    text: Text, start: int, end: int, before: Sequence[Segment], days: Sequence[WrittenDate], numbers: Sequence[WrittenQuantity]
) -> Segment | None:
    written = text.text[start:end]
    if not re.search(r"\w", written):
        return None
    items = tuple(_items(text, start, end))
    carried_items = tuple(dict.fromkeys(item for one in before for item in one.items))
    return Segment(
        start,
        end,
        frozenset[str]().union(*items) | _above(text, items),
        frozenset[str]().union(*(one.words for one in before)),
        items,
        carried_items,
        acts_in(written),
        frozenset(match["named"] or match.lastgroup or "" for match in _PERSON.finditer(written)),
        frozenset(side for side, *_ in sides_in(written)),
        frozenset(name for name, pattern in _ROLE.items() if pattern.search(written)),
        tuple(day for day in days if start <= day.start < end),
        tuple(number for number in numbers if start <= number.start < end),
    )


def acts_in(text: str) -> frozenset[str]:
    """Return what a text says was done, by sort: `start`, `stop`, `raise`."""
    return frozenset(str(match.lastgroup) for match in _ACT.finditer(text))


def without_acts(text: str) -> str:
    """Return a text with spaces in place of what was done."""
    return _ACT.sub(lambda match: " " * len(match[0]), text)


def _items(text: Text, start: int, end: int) -> Iterator[frozenset[str]]:
    """Yield each content word or concept by its names: stems, and ids of concepts."""
    written = regimens_masked(quantities_masked(text.text))[start:end]
    written = _PERSON.sub(lambda match: " " * len(match[0]), without_acts(written))
    taken = 0
    named = {one.start: one for one in text.named if start <= one.start and one.end <= end}
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
