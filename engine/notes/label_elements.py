"""Elements of an examination or a test in a note, what a test showed, and where and how big something is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes.note_lines import Line, Note, is_there, names
from chartcite.engine.questions.label_questions import LabelAsked
from chartcite.engine.questions.note_labels import BODY, FAMILY, LESIONS, MEASURED, PLANNED, Label, pattern
from chartcite.engine.questions.plans import Plan
from chartcite.engine.visits.visits import PLANS

_FEW = 7
"""Words of a sentence that only goes on."""
_DENIES = Cue(r"\W*(?:no|denies|without|there (?:is|are|was|were) no)\b")
_EXAM = Cue(r"exam|objective|physical|finding|vital|o/?e\b|results?|labs|laborator|imag|course|x-?ray|data")
_OF_EXAM = Cue(r"^\W*(?:GENERAL|HEENT|NECK|LUNGS|HEART|ABDOMEN|EXTREMITIES)\b", 0)
_LEFT = Cue(r"\b(?:[Ll]eft|LEFT|OS|L)\b", 0)
_RIGHT = Cue(r"\b(?:[Rr]ight|RIGHT|OD|R)\b", 0)
_LEFT_EYE = Cue(r"\b(?:[Ll]eft|LEFT|LE|OS|L)\b", 0)
_RIGHT_EYE = Cue(r"\b(?:[Rr]ight|RIGHT|RE|OD|R)\b", 0)
_OF_EYES = Cue(r"\b(?:eyes?|iop|pressures?|acuity|va|le|re|od|os|dis[ck]s?|retina\w*|cornea\w*|pupils?)\b")
"""Of eyes LE is the left one, elsewhere the lower extremity."""
_ASKS_LEFT = Cue(r"\b(?:left|le|os|l)\b")
_ASKS_RIGHT = Cue(r"\b(?:right|re|od|r)\b")


_GOES_ON = Cue(r"\W*(?:it|they|this|these)\b")


def elements(label: Label, note: Note) -> list[Line]:
    """Return the sentences that tell an element: labelled ones first, then those of the examination."""
    says = pattern(label.says)
    found = [line for line in note.lines if says.search(line.text) and not (_only_planned(line) or FAMILY.search(line.section))]
    if label.shows:
        found = [
            line for line in found if not re.search(r"\b(?:performed|done|obtained)\b[^.:]*\W*$", line.text) or ":" in line.text
        ]
    return sorted(
        found, key=lambda line: (not _labels(says, line.text), not (_EXAM.search(line.section) or _OF_EXAM.match(line.text)))
    )


def of_side(asked: str, lines: list[Line]) -> list[Line]:
    """Drop what is told of the other side alone, where a question names one."""
    left, right = _ASKS_LEFT.search(asked) is not None, _ASKS_RIGHT.search(asked) is not None
    if left == right:
        return lines
    sides = (_LEFT_EYE, _RIGHT_EYE) if _OF_EYES.search(asked) else (_LEFT, _RIGHT)
    own, other = sides if left else sides[::-1]
    return [line for line in lines if own.search(line.text) or not other.search(line.text)]


def with_it(lines: list[Line], note: Note) -> list[Line]:
    """Take along the short sentence that goes on about the same thing: "It is reducible"."""
    after = {id(line): following for line, following in pairwise(note.lines)}
    goes_on = [after[id(line)] for line in lines if id(line) in after]
    return [*lines, *(line for line in goes_on if _GOES_ON.match(line.text) and len(forms(line.text)) <= _FEW)]


def _labels(says: re.Pattern[str], text: str) -> bool:
    """Say whether an element stands before a colon: "Gait: normal"."""
    found = says.search(text)
    return found is not None and text.find(":", found.end(), found.end() + 25) >= 0


def _only_planned(line: Line) -> bool:
    told = re.search(r"\b(?:show\w*|reveal\w*|normal|positive|negative|demonstrat\w*|no|is|was|were)\b|:", line.text)
    return PLANNED.search(line.text) is not None and (told is None or PLANS.search(line.section) is not None)


def shown(words: Sequence[str], plan: Plan, note: Note) -> list[Line]:
    """Return the sentences that tell what a test showed, each with the one that goes on."""
    found: list[Line] = []
    for number, line in enumerate(note.lines):
        text = (*forms(line.section), *forms(line.text))
        if names(text, words, plan, frozenset()) and not _only_planned(line) and _tells_result(line):
            found.append(line)
            following = note.lines[number + 1 : number + 2]
            found += [
                each
                for each in following
                if each.section == line.section and ":" not in each.text and not PLANNED.search(each.text)
            ]
    return found


def _tells_result(line: Line) -> bool:
    told = re.search(
        r"\b(?:show\w*|reveal\w*|demonstrat\w*|normal|abnormal|positive|negative|unremarkable|evidence|present|absent|increased|decreased|reduced|elevated|clear)\b|:\s*\S|\d",
        line.text,
        re.IGNORECASE,
    )
    return told is not None and (_EXAM.search(line.section) is not None or not PLANNED.search(line.text))


def placed(asked: LabelAsked, note: Note) -> list[Line]:
    """Return where on the body something is: the sentences that name it, or follow such a one, and name a place."""
    near = [
        line
        for line in _near(asked.words, note)
        if BODY.search(line.text) and not (PLANNED.search(line.text) or _DENIES.match(line.text))
    ]
    return ([line for line in near if _names_one(line, asked.words)] or near)[:3]


def _names_one(line: Line, words: Sequence[str]) -> bool:
    there = frozenset(forms(line.text))
    return all(is_there(word, there) or (word in LESIONS and LESIONS & there) for word in words)


def measured(asked: LabelAsked, note: Note) -> list[Line]:
    """Return how big something is: the sentences that name it, or follow such a one, and hold a length."""
    return [line for line in _near(asked.words, note) if MEASURED.search(line.text) and not PLANNED.search(line.text)][:2]


def _near(words: Sequence[str], note: Note) -> list[Line]:
    """Return the sentences that name a thing, with the two after each."""
    if not words:
        return []
    found: list[Line] = []
    for number, line in enumerate(note.lines):
        if _names_one(line, words):
            found += [each for each in note.lines[number : number + 3] if each.section == line.section and each not in found]
    named = [line for line in found if any(is_there(word, frozenset(forms(line.text))) for word in words)]
    return [*named, *(line for line in found if line not in named)]
