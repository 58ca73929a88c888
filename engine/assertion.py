"""Whether a sentence says that something holds, is denied, is possible, is past, or is about somebody else.

Trigger words open a scope before or after them, ended by a clause boundary: the ConText idea (Harkema et al., J Biomed Inform
2009), with rules of our own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus

_REACH = 90
"""Characters that a trigger reaches at most: beyond that, a list has usually ended."""


class _Triggers(NamedTuple):
    status: AssertionStatus
    before: re.Pattern[str]
    """Stands before the mention."""
    after: re.Pattern[str] | None
    """Stands after the mention."""


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(alternatives) + r")(?![\w])", re.IGNORECASE)


_PSEUDO = _words(
    r"no (?:significant |interval |acute )?(?:change|increase|decrease)(?: in)?", r"not only", r"not certain (?:if|whether)",
    r"gram[- ]negative", r"no longer", r"not (?:necessarily|drain)", r"without difficulty", r"no need", r"not yet", r"with or without",
    r"no doubt", r"nothing but", r"(?:receptor|hormone|her2|triple)[- ]negative",
)  # fmt: skip
_STOP = re.compile(
    r"[;:]|\.\s|\b(?:but|however|except|although|though|yet|aside from|apart from|nevertheless|still has|which|who|"
    r"secondary to|due to|because|presents? with|now (?:has|with)|reports? (?!no|any)|complains? of|admits|endorses|has had|is positive|"
    r"positive for|significant for|notable for)\b",
    re.IGNORECASE,
)
_NEGATION = _Triggers(
    AssertionStatus.ABSENT,
    _words(
        r"no", r"not", r"n't", r"den(?:ies|ied|ying)", r"without", r"w/o", r"negative(?: for)?", r"never(?: had| been)?", r"absence of",
        r"absent", r"free of", r"no (?:known|evidence|history|hx|h/o|sign|signs|complaints?|indication|mention|suggestion) (?:of|for)?",
        r"fail(?:ed|s)? to (?:reveal|show|demonstrate)", r"rul(?:ed|es) out(?: for)?", r"rather than", r"nor", r"neither", r"none",
        r"doesn't have", r"hasn't", r"isn't", r"wasn't", r"cannot see", r"lack(?:s|ed|ing)?(?: of)?", r"unremarkable for", r"declin(?:es|ed)",
        r"refus(?:es|ed)", r"nil", r"non", r"clear of", r"resolved",
    ),
    re.compile(
        r"^(?:\s*:\s*(?:no|none|nil|neg)\b)|^[\s,:(-]*(?:(?:is|are|was|were|has been|have been|test|tests|screen|screening|result)\s+)*"
        r"(?:negative|neg\b|absent|denied|ruled out|not (?:present|seen|found|detected|identified|appreciated|noted|visuali[sz]ed)|"
        r"unlikely|not been (?:noted|seen)|non[- ]?reactive|undetect\w+)",
        re.IGNORECASE,
    ),
)  # fmt: skip
_POSSIBLE = _Triggers(
    AssertionStatus.POSSIBLE,
    _words(
        r"possibl[ey]", r"probabl[ey]", r"suspect(?:ed|s|ing)?", r"suspicio(?:n|us)(?: for| of)?", r"rule out", r"r/o", r"concern(?:ing)? for",
        r"worrisome for", r"may (?:be|have|represent)", r"might (?:be|have)", r"could (?:be|have|represent)", r"differential(?: diagnosis)?(?: includes?)?",
        r"versus", r"vs\.?", r"questionable", r"cannot (?:be )?exclude[d]?", r"likely", r"\?", r"appears? to", r"consider(?:ing)?", r"equivocal",
        r"query", r"presumed", r"not (?:been )?ruled out", r"evaluate for", r"work[- ]?up for", r"screen(?:ing)? for", r"risk (?:of|for)",
    ),
    re.compile(r"^[\s,:(-]*(?:(?:is|are|was)\s+)?(?:possible|probable|suspected|cannot be excluded|not excluded|not ruled out|\?)", re.IGNORECASE),
)  # fmt: skip
_HYPOTHETICAL = _Triggers(
    AssertionStatus.HYPOTHETICAL,
    _words(
        r"if", r"should (?:he|she|they|you|it|there|any)", r"return (?:for|if|with)", r"call (?:for|if|with)", r"in case(?: of)?", r"unless",
        r"as needed for", r"prn", r"to prevent", r"prevention of", r"come back (?:for|if)", r"in the event of", r"would (?:need|consider|start|require)",
        r"watch for", r"monitor for", r"signs? of", r"symptoms? of", r"precautions?", r"counsel(?:l)?ed (?:on|about|regarding)", r"educat(?:ed|ion) (?:on|about)",
        r"discussed (?:the )?(?:risks?|possibility)", r"could consider", r"consider starting",
    ),
    None,
)  # fmt: skip
_HISTORICAL = _Triggers(
    AssertionStatus.HISTORICAL,
    _words(
        r"history of", r"hx of", r"h/o", r"hx", r"s/p", r"status post", r"past (?:medical |surgical )?history", r"previous(?:ly)?", r"prior", r"remote",
        r"in the past", r"as a child", r"childhood", r"former(?:ly)?", r"ex-", r"years? ago", r"once had", r"had (?:an? )?", r"pmh", r"psh", r"p/h/o",
    ),
    re.compile(r"^[^.;]{0,40}\b(?:in (?:19|20)\d\d|years? ago|as a child|in (?:his|her|the) (?:youth|past|teens|\d0s)|resolved)\b", re.IGNORECASE),
)  # fmt: skip
_RELATIVE = _words(
    r"mothers?", r"fathers?", r"mom", r"dad", r"mum", r"brothers?", r"sisters?", r"siblings?", r"aunts?", r"uncles?", r"cousins?", r"grand(?:mother|father|parents?|ma|pa)s?",
    r"maternal", r"paternal", r"family (?:history|hx)", r"fh", r"fhx", r"famhx", r"(?:his|her|the patient's) (?:son|daughter|children|wife|husband)", r"parents?", r"half[- ](?:brother|sister)",
)  # fmt: skip
_FAMILY_REACH = 140


def assert_mention(sentence: str, start: int, end: int, *, section: str = "") -> AssertionStatus:
    """Return the assertion of the words at [start, end) of a sentence.

    Args:
        sentence: one sentence.
        start: first character of the mention.
        end: character after it.
        section: heading over the sentence; a family or past history heading decides where the sentence does not.
    """
    if _is_family(sentence, start, end, section):
        return AssertionStatus.FAMILY
    before, after = sentence[max(0, start - _REACH) : start], sentence[end : end + _REACH]
    clause = _clause_before(before)
    for triggers in (_NEGATION, _HYPOTHETICAL, _POSSIBLE, _HISTORICAL):
        if triggers is _NEGATION and not _negates(clause, sentence[start:end]) and not _follows(triggers, after):
            continue
        if triggers is not _NEGATION and not (_stands(triggers, clause) or _follows(triggers, after)):
            continue
        return triggers.status
    if re.search(r"past|history|pmh|psh|surgical", section, re.IGNORECASE) and not re.search("present", section, re.IGNORECASE):
        return AssertionStatus.HISTORICAL
    return AssertionStatus.PRESENT


def _clause_before(before: str) -> str:
    ends = [match.end() for match in _STOP.finditer(before)]
    return before[ends[-1] :] if ends else before


def _negates(clause: str, mention: str) -> bool:
    """Say whether a negation stands before the mention in its clause; pseudo-negations do not count."""
    bare = _PSEUDO.sub(lambda match: " " * len(match[0]), clause)
    if re.match(r"(?:no|non|not|without)\b", mention, re.IGNORECASE):
        return False
    return _NEGATION.before.search(bare) is not None


def _stands(triggers: _Triggers, clause: str) -> bool:
    return triggers.before.search(clause) is not None


def _follows(triggers: _Triggers, after: str) -> bool:
    if triggers.after is None:
        return False
    return triggers.after.search(_clause_before_end(after)) is not None


def _clause_before_end(after: str) -> str:
    stop = re.search(r"[;]|\.\s|\b(?:but|however|except|although)\b", after)
    return after[: stop.start()] if stop else after


def _is_family(sentence: str, start: int, end: int, section: str) -> bool:
    if re.search(r"famil|\bfh\b|\bfhx\b", section, re.IGNORECASE):
        return not re.search(r"\b(?:patient|he|she|pt)\b", sentence[max(0, start - 40) : start], re.IGNORECASE)
    before = sentence[max(0, start - _FAMILY_REACH) : start]
    stops = [match.end() for match in re.finditer(r"[;]|\.\s|\b(?:but|patient|pt|she|he)\b", before, re.IGNORECASE)]
    clause = before[stops[-1] :] if stops else before
    if _RELATIVE.search(clause):
        return not re.search(
            r"\b(?:lives? with|accompanied by|according to|per|brought by|caregiver|called|reports?|states?)\b", clause
        )
    return (
        re.search(
            r"^[^.;]{0,25}\b(?:in (?:his|her|the) )(?:mother|father|brother|sister|aunt|uncle|family)\b",
            sentence[end:],
            re.IGNORECASE,
        )
        is not None
    )
