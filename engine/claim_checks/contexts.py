"""How things are said: denied, possible, of a relative, past. The evidence's way of saying each thing against the claim's."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.claim_checks.coverage import best_sentences
from chartcite.engine.claim_checks.findings import Finding, Place, contradicted, missing
from chartcite.engine.claim_checks.texts import Named, Text, related, stem
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.notes.assertion import Context, context_of
from chartcite.engine.questions.question_words import STOPWORDS

NEGATED = Cue(
    r"\b(?:no|not|never|without|denies|denied|denying|deny|negative|none|refuted|nil|neither|nor|absent|absence|lack\w*|free of|declined"
    r"|refus\w+|ruled out|nullified|cannot|unlikely|excluded|fails?|failed)\b|n[’']t\b|not-done|entered-in-error|\(-\)|(?<=\s)[-–](?=[a-z])",
)
"""Words without which nothing is denied."""
WITHDRAWN = re.compile(r"(?<![\w-])(?:not-done|not-performed|entered-in-error|refuted|nullified)(?![\w-])")
"""Statuses of a record (FHIR R4, event-status and condition-ver-status) by which it says the contrary of its words."""
FIELD = Cue(r"\(?\bno (?:stop|end|start|onset|birth|other)? ?(?:date|time|reason|dose|value|unit)s? (?:is |was |were )?(?:recorded|given|documented|noted)\)?")  # fmt: skip
"""What a record does not hold: no denial."""
_ENDED = Cue(r"\b(?:stop\w*|discontinued|d/c|ended|held|inactive|resolved|cancelled|off)\b")
"""Words that may stand in the evidence for what a claim denies: "no longer taken"."""
_UNSURE = Cue(
    r"\b(?:possibl\w+|probabl\w+|likely|suspect\w*|may|might|could|suggest\w*|query|concern\w*|cannot exclude|not (?:been )?(?:excluded|ruled out)|cannot be (?:excluded|ruled out)|appears?|presum\w+|versus|vs|r/o|rule out|if|consider\w*|question\w*|differential|\?|worr\w+|perhaps|maybe)\b|\?",
)
_RELATED = Cue(
    r"\b(?:mother|father|mom|mum|dad|brothers?|sisters?|siblings?|sons?|daughters?|aunts?|uncles?|grand\w+|cousins?|family|familial|fhx?|parents?|wife|husband|spouse|partner|relatives?|niece|nephew|child(?:ren)?|twin|roommate|neighbou?r|friend)\b",
)
_PAST = Cue(
    r"\b(?:history|hx|h/o|pmh|psh|previous\w*|prior|past|former\w*|resolved|status post|s/p|ago|once|used to|remission|stopped|discontinued|no longer|gone)\b",
)
_MOST = 8
"""Places of one word in the evidence that are looked at."""
_KINDS = frozenset({ConceptKind.CONDITION, ConceptKind.DRUG, ConceptKind.PROCEDURE, ConceptKind.VACCINE, ConceptKind.MEASUREMENT})


class _Item(NamedTuple):
    """A concept or a content word of a claim."""

    start: int
    end: int
    named: Named | None
    stem: str


class _Axis(NamedTuple):
    name: str
    cue: Cue
    holds: Callable[[Context], bool]
    words_too: bool
    """Whether it is checked on plain words too, or on concepts of the lexicon only."""


_AXES = (
    _Axis("negation", NEGATED, lambda context: context.negated, words_too=True),
    _Axis("experiencer", _RELATED, lambda context: context.other, words_too=False),
    _Axis("certainty", _UNSURE, lambda context: context.possible or context.hypothetical, words_too=False),
    _Axis("temporality", _PAST, lambda context: context.resolved or context.historical, words_too=False),
)


def check_contexts(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return the things that a claim says in one way and every near sentence of its evidence in another."""
    claim = Text(FIELD.sub(lambda match: " " * len(match[0]), claim.text), claim.lexicon)
    near = [(number, passage, best_sentences(claim, passage, least=_NEAR)) for number, passage in enumerate(passages)]
    evidence = "\n".join(passage.text[one.start : one.end] for _, passage, ranges in near for one in ranges)
    axes = [axis for axis in _AXES if axis.cue.search(claim.text) or axis.cue.search(evidence)]
    if not axes:
        return []
    denied = NEGATED.search(claim.text)
    if any(WITHDRAWN.search(passage.text) for passage in passages):
        # The whole record is withdrawn or was not carried out: its sentences deny nothing of their own.
        axes = [axis for axis in axes if axis.name != "negation"]
        found = [] if denied else [contradicted("negation", claim.text)]
    else:
        found = [contradicted("negation", denied[0])] if denied and not _denies(claim.text, evidence) else []
        if (undone := _UNDONE.search(claim.text)) and any(_CARRIED_OUT.search(passage.text) for passage in passages):
            found = [contradicted("negation", undone[0])]
    for item in _items(claim):
        read = _context if item.named else _plain_context
        said = read(claim, item.start, item.end)
        places = [
            (Place(number, start, end), any(one.start <= start < one.end for one in ranges))
            for number, passage, ranges in near
            for start, end in _places(item, passage)
        ]
        chosen = [place for place, is_near in places if is_near] or [place for place, _ in places]
        there = [(read(passages[place.passage], place.start, place.end), place) for place in chosen[:_MOST]]
        found += (finding for axis in axes if there and (finding := _compare(axis, item, claim, said, there)))
    return found


_NEAR = 0.7


def _denies(claim: str, evidence: str) -> bool:
    """Say whether the evidence holds anything that a denial can rest on."""
    over = _NOT_GOING_ON.search(claim) is not None and _ENDED.search(evidence) is not None
    return over or NEGATED.search(evidence) is not None or _ANTONYM.search(evidence) is not None


_NOT_GOING_ON = Cue(
    r"\bno longer\b|\bnot (?:currently |now )?(?:tak\w+|on|us(?:e|ing)|active|continu\w+|receiv\w+|ongoing|present|require\w*|need\w*)\b|\bno \w+"
)  # fmt: skip
_ANTONYM = Cue(r"\b(?:un|non)-?[a-z]{4,}")
_UNDONE = Cue(r"\b(?:was|were|is|has been) (?:not|never) (?:been )?(?:done|given|performed|completed|carried out)\b")
_CARRIED_OUT = re.compile(r"^(?:status: )?(?:completed|final|finished|amended|corrected)$", re.MULTILINE)
"""A status of a record by which it was carried out (FHIR R4: event-status, observation-status)."""


def _compare(axis: _Axis, item: _Item, claim: Text, said: Context, there: Sequence[tuple[Context, Place]]) -> Finding | None:
    wanted = axis.holds(said) or (axis.name == "certainty" and _SUSPECTED.search(claim.text) is not None)
    if (item.named is None and not axis.words_too) or any(axis.holds(context) == wanted for context, _ in there):
        return None
    if axis.name == "certainty" and not wanted and _LEFT_OPEN.search(claim.text):
        return None
    words, place = claim.text[item.start : item.end], there[0][1]
    if axis.name == "temporality" and (wanted or not _NOW.search(claim.text) or _THEN.search(claim.text)):
        return None  # what the evidence tells as present was so when it was written
    if axis.name == "certainty":
        return missing(axis.name, words, place)
    return contradicted(axis.name, words, place)


_SUSPECTED = Cue(r"\b(?:suspect\w*|possibl\w+|probabl\w+|likely|query|perhaps|maybe|(?-i:may)|might|could|presum\w+)\b")
_LEFT_OPEN = Cue(
    r"\b(?:if|unless|in case|only for|should|would|will|consider\w*|to be|prevent\w*|avoid\w*|protect\w*|advised|recommend\w*|suggest\w*|offer\w*|propos\w*|discuss\w*|risk|plan\w*)\b",
)
"""A claim that says itself that something is not so yet."""
_NOW = Cue(r"\b(?:is|has|are|takes?|taking|uses|on|current(?:ly)?|active|continues|remains|being|receives|now)\b")
_THEN = Cue(rf"{_PAST.pattern}|{_ENDED.pattern}|\b(?:was|had|were|instead|after|replac\w+|switch\w+|chang\w+)\b")


def _items(claim: Text) -> Iterator[_Item]:
    taken = 0
    named = {one.start: one for one in claim.named if one.kinds & _KINDS}
    for token in claim.tokens:
        if token.start < taken:
            continue
        if one := named.get(token.start):
            taken = one.end
            yield _Item(one.start, one.end, one, stem(one.forms[0]) if len(one.forms) == 1 else "")
        elif _is_content(token.form):
            yield _Item(token.start, token.end, None, stem(token.form))


def _is_content(form: str) -> bool:
    if form in STOPWORDS or len(form) <= _SHORT or form[0].isdigit():
        return False
    return NEGATED.fullmatch(form) is None


_SHORT = 2


def _places(item: _Item, passage: Text) -> Iterator[tuple[int, int]]:
    """Yield where a passage names the same thing."""
    if item.named is not None:
        for one in passage.named:
            if one.forms == item.named.forms or related(passage.lexicon, item.named.ids, one.ids):
                yield one.start, one.end
        return
    for token in passage.tokens:
        if stem(token.form) == item.stem:
            yield token.start, token.end


_DIRECT = Cue(r"\b(?:no|not|never|without|denie[sd]|denying|cannot|n[’']t)\s+(?:any\s+|be\s+|been\s+|a\s+|an\s+|have\s+|had\s+|known\s+|new\s+|drug\s+|known\s+drug\s+|history\s+of\s+|evidence\s+of\s+|signs?\s+of\s+)?$")  # fmt: skip


def _plain_context(text: Text, start: int, _end: int) -> Context:
    """Return how a plain word is said: denied only where the denial touches it."""
    sentence = text.sentence_at(start)
    return Context(
        other=_is_of_relative(text.text),
        negated=_DIRECT.search(text.text[max(sentence.start, start - _TOUCHING) : start]) is not None,
    )


_TOUCHING = 24


def _context(text: Text, start: int, end: int) -> Context:
    sentence = text.sentence_at(start)
    context = _context_of(text.text[sentence.start : sentence.end], start - sentence.start, end - sentence.start)
    return context._replace(other=True) if _is_of_relative(text.text) or _HEADING.match(text.text) else context


_HEADING = Cue(rf"\s*{_RELATED.pattern}\s*:")


@lru_cache(maxsize=4096)
def _is_of_relative(text: str) -> bool:
    """Say whether a record is of a relative: one of its lines is nothing but "Mother" (FHIR FamilyMemberHistory.relationship)."""
    return any(_RELATED.fullmatch(line.strip().removeprefix("relationship:").strip()) for line in text.split("\n"))


@lru_cache(maxsize=16384)
def _context_of(sentence: str, start: int, end: int) -> Context:
    return context_of(sentence, start, end)
