"""Questions that only name a part or an element of a note: "impression?", "EBL", "complications of the OGD", "fundi and pulses"."""
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import NamedTuple

from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.note_labels import ELEMENTS, FELT, PARTS, PLACE, SIZE, WHERE, Label, pattern

_BEFORE = (
    r"(?:hi|hello|hey|ok(?:ay)?|so|and|but|also|just|quick(?:ly| one| question)?|please|pls|plz|doc(?:tor)?|can you|could you|can i have|i need|we need|need|want|looking for|tell (?:me|us)|give (?:me|us)"
    r"|show me|remind (?:me|us)(?: of)?|read (?:me|out)|find|get me|state|list|confirm|check|what(?:'?s| (?:is|was|were|are|about|does (?:it|the (?:note|letter)) say (?:about|for|under)))|what|wot|which|any(?:thing)?(?: (?:on|about|for|re|under))?"
    r"|who (?:was|is)|is there|are there|was there|were there|do we (?:have|know)|do you (?:have|know)|(?:have )?(?:we|you) got|got|did (?:he|she|they) have|had (?:he|she|they)|re|regarding|about|the|a|an|his|her|their|my|your|our|its|this|that"
    r"|patient'?s?|pt'?s?|(?:my )?(?!(?:where|when|how|there|it|that|he|she)'s)[a-z]{2,12}'s|documented|recorded|stated|written|noted|exact|actual|overall|current|latest|most recent|recent|newest|last|today'?s?|other|in (?:brief|short))(?![\w'])[\s,:–-]*"
)
_AFTER = (
    r"[\s,:–(-]*\b(?:please|pls|plz|thanks|thank you|ta|today|now|again|so far|at present|currently|here|yet|if any|ever|in (?:brief|short|full)|(?:on|in) (?:the |this |that |his |her |my |your )?(?:notes?|records?|file|chart|system|letter|report|summary|documentation)"
    r"|recorded|documented|noted|listed|mentioned|written|stated|(?:of|for|from|in|at|on) (?:this|that|the|today's|his|her|my|this last|the last|the latest) (?:case|patient|pt|visit|encounter|consult(?:ation)?|admission|stay|note|lady|man|woman|gentleman|child|baby|kid|clinic|appointment|attendance|review|session|one)"
    r"|in the past|(?:nuts|latex|pollen|fish|eggs?|milk) etc|etc|for today|(?:did|was|were) (?:he|she|they|i|the patient|my \w+) (?:have|had|given|get|got)|for (?:him|her|me|them|us|it|this)|this (?:time|visit)|before i \w+|(?:what )?(?:was|is|were) (?:it|that|they)|(?:does |did )?(?:it|they|she|he|note|letter) says?|say|says|said|given)\)?$"
)
_LINK = r"\s*(?:\b(?:of|for|from|at|on|in|after|during|with|re|to|under|by)\b|[:–-])\s*"
_DID_HAVE = (
    r" (?:did|was|were|had|has) (?:he|she|they|i|we|you|the patient|my \w+)(?: (?:have|had|given|get|got|under|put under))?"
)
_WHICH = r"(?:(?:what|which|any)(?: (?:kind|type|sort) of)? |what (?:was|is|were) the )"
_NO_THING = Cue(
    r"\b(?:did|does|do|is|are|was|were|has|have|had|can|could|should|shall|will|would|who|whom|why|how|when|where|what|which|not|no|without|if|changed?|versus|vs|compared?|ever|since|before|between|than|or|because|all|every|each|first|previous|prior|old|earlier|trend|started?|stopped|i|we|they|he|she)\b"
)
"""What stands beside a label asks more than a part of a note, where it holds one of these."""
_AND = Cue(r"\s*(?:[,;+&]|(?<=\w\w)/(?=\w\w)|\band\b)\s*")
_FELT = frozenset(form for word in FELT for form in forms(word))
_MOST_WORDS = 22
_MOST_OF_THING = 6
_MOST_LABELS = 4
_PLAIN = frozenset(
    forms(
        "the a an his her their my your our this that these those patient pt mr mrs ms case visit encounter consultation consult note letter report clinic department team appointment admission stay study"
        " today now last latest recent new exact please for of in on at from with and s mum mom mother dad father husband wife son daughter little one baby child one's doctor doctors gp"
    )
)


class LabelAsked(NamedTuple):
    """A part or an element of a note that a question names, with folded words for what it is asked of."""

    label: Label
    words: tuple[str, ...] = ()
    kind: str = "part"
    """`part`, `element`, `place` or `size`."""


def labels_asked(text: str, /) -> tuple[LabelAsked, ...]:
    """Return the parts or elements that a question names, where it asks for nothing else; empty: it asks for more."""
    if len(text.split()) > _MOST_WORDS:
        return ()
    stages = _stages(text)
    alone = _exactly(stages)
    if alone is not None:
        return (alone,)
    several = _several(_bare(text))
    if several:
        return several
    found = _with_thing(stages[-1])
    return () if found is None else (found,)


def _several(text: str) -> tuple[LabelAsked, ...]:
    """Read a list of labels, of which the first may name the thing of all: "ulcer size + site"."""
    parts = [part for part in _AND.split(text) if part]
    if not 1 < len(parts) <= _MOST_LABELS:
        return ()
    staged = [_stages(part) for part in parts]
    found = [_exactly(stages) or ("/" not in text and _with_thing(stages[-1])) for stages in staged]
    known = [each for each in found if each]
    if len(known) < len(parts):
        return ()
    words = known[0].words
    return tuple(each if each.words else each._replace(words=words) for each in known)


def _exactly(stages: list[str]) -> LabelAsked | None:
    return next((found for stage in stages for found in [_alone(stage)] if found is not None), None)


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").lower()).strip(" ?.!,;:…-–")


def _stages(text: str) -> list[str]:
    """Return a question as it stands, and with more and more of its filler gone."""
    stages = [_bare(text)]
    for cue, at_start in ((_BEFORE, True), (_AFTER, False)):
        for _ in range(6):
            found = pattern(cue).match(stages[-1]) if at_start else pattern(cue).search(stages[-1])
            rest = (
                ""
                if found is None
                else (stages[-1][found.end() :] if at_start else stages[-1][: found.start()]).strip(" ?.!,;:-–(")
            )
            if not rest:
                break
            stages.append(rest)
    return stages


def _alone(text: str) -> LabelAsked | None:
    for kind, labels in (("part", PARTS), ("element", ELEMENTS)):
        found = next((label for label in labels if pattern(label.asked).fullmatch(text)), None)
        if found is not None:
            return LabelAsked(found, (), kind)
    return None


def _with_thing(text: str) -> LabelAsked | None:
    for label in PARTS:
        words = _beside(text, label.beside) if label.beside else None
        if words:
            return LabelAsked(label, words)
    words = _beside(text, WHERE)
    if words and set(words) <= _FELT:
        return LabelAsked(Label("place", WHERE), words, "place")
    for kind, asked in (("place", PLACE), ("size", SIZE)):
        words = _beside(text, asked)
        if words or pattern(asked).fullmatch(text):
            return LabelAsked(Label(kind, asked), words or (), kind)
    return None


def _beside(text: str, asked: str) -> tuple[str, ...] | None:
    """Return the words of what a label is asked of ("the OGD"); `None`: the text is no label with a thing beside it."""
    found = pattern(rf"(?:{asked})(?:{_DID_HAVE})?(?:{_LINK}|\s+)(?P<thing>.+)").fullmatch(text)
    found = found or pattern(rf"(?P<thing>.+?)(?:'s|s')?(?:\s*[:,–-]\s*|\s+)(?:{_WHICH})?(?:{asked})").fullmatch(text)
    if found is None:
        return None
    thing = found["thing"]
    if _NO_THING.search(thing) or len(thing.split()) > _MOST_OF_THING:
        return None
    words = tuple(word for word in forms(thing) if word not in _PLAIN and not word.isdigit())
    return words or None
