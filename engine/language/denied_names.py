"""What a name in a chart says is not there, or is still to be ruled out: "Stroke ruled out", "No evidence of metastasis".

A whole name is read, not a sentence (`assertion` reads sentences). Where only a part is denied ("hypertension without heart
failure", "chest pain, myocardial infarction excluded"), the rest of the name holds and the name as a whole denies nothing.
"""

# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus
from chartcite.engine.language.cues import Cue


class NameDenial(NamedTuple):
    """What a name says of the thing it names."""

    thing: str
    """The name without the words that deny it: "Myocardial infarction"."""
    status: AssertionStatus
    """`ABSENT`, or `POSSIBLE` where it is still to be ruled out."""


_KNOWN = r"(?:(?:known|current|active|previous|prior|past|personal|clinical|radiographic|radiologic\w*|imaging|obvious|overt|acute|definite|significant) )*"
_SIGNS = r"(?:evidence|signs?|symptoms?|findings?|indications?|suspicion|history|hx|diagnosis|presence|features)"
_BEFORE = Cue(
    rf"(?:(?:there (?:is|was) )?(?:no|without|absent) (?:any )?{_KNOWN}{_SIGNS} (?:of|for|to suggest|suggesting) (?:a |an |any )?{_KNOWN}"
    r"|absence of (?:any )?|negative for (?:any )?|(?:is |was |tested )negative for (?:any )?|free (?:of|from) (?:any )?|ruled[ -]out:? "
    r"|(?:does|did) not have (?:a |an |any )?|not (?:found|known) to have (?:a |an |any )?|never (?:had|diagnosed with) (?:a |an |any )?"
    rf"|denie[sd] (?:any )?(?:{_SIGNS} of )?|excluded:? |refuted:? |disproved:? |without (?:any )?|no (?:any )?{_KNOWN}(?=\w))",
)
_TO_RULE_OUT = Cue(r"(?:rule[ -]out|r/o|to rule out|query|\?)[: ]*(?=\w)")
_AFTER = Cue(
    r"[\s,:;\-–—]*[(\[]?\s*(?:has been |have been |had been |was |were |is |are |been |now )?"
    r"(?:ruled[ -]out|excluded|refuted|disproved|disproven|not (?:present|found|detected|identified|confirmed|seen|demonstrated))"
    r"(?: (?:by|on|with|after|in|at|per) [\w\s./-]{1,40})?\s*[)\]]?\s*\.?$",
)
_STILL_AFTER = Cue(r"[\s,:;\-–—]*[(\[]?\s*(?:to be ruled out|rule[ -]out|r/o|to be excluded)\s*[)\]]?\s*\.?$")
_NOT_OVER = Cue(
    r"(?:cannot|can't|could not|not|never|yet to|to) be (?:\w+ )?$|\b(?:not|never|incompletely|partially) (?:been )?$",
)
_BUT = Cue(r"\b(?:but|however|though|although|except|other than|apart from|with(?! \w+ out))\b")
_PARTED = re.compile(r"\s*[,;]\s*|\s+-\s+|\s*/\s+")
_LACKS = Cue(
    r"(?:no|absence of|absent|without) (?:(?!evidence|signs?|history)\w+ ){0,2}?(?:problems?|conditions?|complaints?|concerns?|issues?|abnormal\w*|change|complications?|other|allerg\w+|known allerg\w+|appetite|energy|sleep|pulses?|response|movements?|urine|bowel|stool|periods?|menses|menstruation|"
    r"smell|taste|vision|sight|hearing|speech|voice|feeling|sensation|reflex\w*|breath sounds?|bowel sounds?|milk|hair|teeth|tooth|limbs?|legs?|arms?|"
    r"foot|hand|fingers?|toes?|kidneys?|uterus|ovar\w+|testis|testicle\w*|spleen|thyroid|gallbladder|breasts?|organ|part|lung|eye|ear|nose|larynx|bladder|prostate|"
    r"pancreas|stomach|adherence|compliance|longer|able|improvement|recovery|attendance|show|fixed abode|contraception|exercise|transport\w*|health insurance|insurance|employment|work\w*|housing)\b(?! (?:\w+ )?(?:cancer|carcinoma|disease|metasta\w+|infections?|embol\w+|nodules?|injury|failure|tumou?rs?|mass|pain|fracture|disorder|bleed\w*|h(?:a)?emorrhage))",
)
"""What lacks is a finding ("absence of kidney", "no appetite"), or nothing single is denied ("no known problems")."""
_OCCASION = Cue(
    r"(?:encounter|observation|screening|evaluation|examination|visit|monitoring|admission|follow[ -]?up)\b.*?\b(?:for|of) (?:suspected )?",
)
"""A name of an occasion holds though what it was for was ruled out: "observation for suspected stroke, ruled out"."""


@lru_cache(maxsize=8192)
def read_denial(name: str) -> NameDenial | None:
    """Return what a whole name denies, `None` where it denies nothing or only in part.

    Args:
        name: words of a concept as the source gives them, without a semantic tag.
    """
    name = name.strip()
    if _LACKS.match(name) or _BUT.search(name) or _OCCASION.match(name):
        return None
    before = _BEFORE.match(name)
    if before is not None and (thing := name[before.end() :].strip(" .:")):
        return NameDenial(thing, AssertionStatus.ABSENT)
    if _PARTED.search(_AFTER.sub("", _STILL_AFTER.sub("", name))):
        return None
    for pattern, status in ((_STILL_AFTER, AssertionStatus.POSSIBLE), (_AFTER, AssertionStatus.ABSENT)):
        found = pattern.search(name)
        if found is not None and (thing := name[: found.start()].strip(" .:(")) and not _NOT_OVER.search(thing + " "):
            return NameDenial(thing, status)
    started = _TO_RULE_OUT.match(name)
    return NameDenial(name[started.end() :].strip(), AssertionStatus.POSSIBLE) if started else None


def denied_parts(name: str) -> tuple[str, ...]:
    """Return the parts of a name that are denied while another part holds: "MI ruled out" of "chest pain, MI ruled out"."""
    occasion = _OCCASION.match(name)
    if occasion is not None:
        found = _AFTER.search(name, occasion.end())
        return (name[occasion.end() : found.start()],) if found is not None else ()
    parts = [part for part in _PARTED.split(name) if part]
    if len(parts) < 2:
        return ()
    read = [read_denial(part) for part in parts]
    return tuple(each.thing for each in read if each is not None and each.status is AssertionStatus.ABSENT)
