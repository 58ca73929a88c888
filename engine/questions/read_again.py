"""A ladder of readings: a question that finds nothing is read again, a little more loosely at each rung.

First with turns of speech in plain words; then what is named only vaguely (a region of the body) as what people mostly mean by it.
How somebody is on the whole is read so from the start: single words of it stand in any note. The patient, the time and what is denied stay as they are, and who asks is told how the question
was read. Words that nothing here knows are not left out: what is asked mostly stands in them.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcite.engine.language.cues import Cue
from chartcite.engine.language.idioms import plainly

_OWNER = r"(?P<owner>(?:\w+['’]s|his|her|my|their|the)(?: (?:dad|mum|mom|mother|father|patient|pt)['’]?s?)?)"
_REGIONS = (
    (Cue(rf"\b{_OWNER} chest\b(?!\W+(?:x-?ray|ct|film|scan|pain|wall|tube|drain|infection|imaging|radiograph))"), "lungs"),
    (Cue(rf"\b{_OWNER} (?:waterworks|plumbing|water)\b(?!\W+(?:tablets?|pills?))"), "bladder"),
    (Cue(rf"\b{_OWNER} (?:tummy|belly|guts?|insides)\b(?!\W+(?:scan|ultrasound|ct))"), "digestive system"),
    (Cue(rf"\b{_OWNER} (?:nerves|mind|head)\b(?!\W+(?:ct|scan|injury|mri|circumference))"), "mental health"),
    (Cue(rf"\b{_OWNER} (?:ticker|pump)\b"), "heart"),
)  # fmt: skip
"""Regions of the body, and what is mostly meant when somebody asks how one is or what became of it."""
_SOMEBODY = (
    r"(?:mum|mom|mummy|mommy|mother|dad|daddy|father|wife|husband|partner|spouse|son|daughter|child|kid|boy|girl|baby|toddler|twins?"
    r"|little (?:one|boy|girl)|brother|sister|gran|granny|grandma|nan|nana|grandmother|grandad|granddad|grandpa|grandfather|aunt|auntie"
    r"|uncle|niece|nephew|friend|patient|client|lad|lass)"
)
"""Whom somebody may ask after as "my ...": "how is my mum doing?", and not "how is my asthma doing?"."""
_ON_THE_WHOLE = re.compile(
    rf"^\W*(?:so |and |well |ok |do you think )*(?:(?:is|are|am) (?:he|she|they|i|my {_SOMEBODY}|the patient|pt|mum|mom|dad)(?: \w+)? (?:getting|doing|any|on the) (?:any )?(?:worse|better|mend|worse or better|better or worse|improved|improving)"
    rf"|how(?:['’]?s| is| are| has| am)? (?:he|she|they|i|my {_SOMEBODY}|the patient|pt|mum|mom|dad)(?: been)?(?: doing| getting on| faring| keeping| coming along)?"
    r"|how (?:are|is|have) things(?: been| going)?(?: with (?:him|her|them|me|mum|mom|dad))?)"
    r"(?: (?:overall|generally|in general|on the whole|now|lately|these days|at the moment|recently|altogether|or what))*\W*$",
    re.I,
)
_CHANGED = "What has changed in the last 6 months?"


def meant_by(text: str, /) -> str:
    """Return what a question about how somebody is on the whole means; empty: it asks for something else."""
    return _CHANGED if _ON_THE_WHOLE.match(plainly(text)) else ""


def readings(text: str, /) -> Iterator[str]:
    """Yield other readings of a question that found nothing, the closest first.

    Args:
        text: the question as it stands alone.
    """
    seen = {text}
    for reading in _readings(text):
        if reading and reading not in seen:
            seen.add(reading)
            yield reading


def _readings(text: str) -> Iterator[str]:
    plain = plainly(text)
    yield plain
    for region, meant in _REGIONS:
        found = region.search(plain)
        if found is not None:
            yield f"{plain[: found.start()]}{found['owner']} {meant}{plain[found.end() :]}"
