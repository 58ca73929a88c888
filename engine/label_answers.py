"""Answers to questions that name a part or an element of a note: its section, its label, or the sentence that tells it.

The newest note of the time that is asked, and about the thing that is asked, answers.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from chartcite.engine.bedside_words import noted_as
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.label_questions import PROCEDURES, LabelAsked, labels_asked
from chartcite.engine.note_labels import BODY, LESIONS, MEASURED, PLANNED, Label, pattern
from chartcite.engine.plans import Plan
from chartcite.engine.quoting import quote_sentence
from chartcite.engine.reading import Reading
from chartcite.engine.terminology import ConceptKind, forms
from chartcite.engine.visits import PLANS

ROUTE = "note_part"
_FEW = 7
"""Words of a line that only names a problem."""
_VALUES = frozenset({ConceptKind.MEASUREMENT, ConceptKind.DRUG, ConceptKind.VACCINE})
"""What tables tell: a result of these is no finding of a note."""
_FIRST_LINES = 600
"""Characters of a note that tell what it is about."""
_OF_PROCEDURE = re.compile(r"procedure|operation|operative|an(?:a)?esth|surgery|\bor\b|indication|needle|conduction|technique", re.IGNORECASE)
_FAMILY = re.compile(r"^\W*f(?:am)?hx?\b|family", re.IGNORECASE)
_ILLNESSES = frozenset(forms("illness illnesses condition conditions disease diseases problem problems ailment health medical diagnosis remind say said told mention mentioned suffer have had got"))
"""Words for whatever a relative has."""
_OF_NOW = re.compile(r"\W*(?:today|this (?:visit|morning|afternoon|evening)|now|just now)\W*", re.IGNORECASE)
_DENIES = re.compile(r"\W*(?:no|denies|without|there (?:is|are|was|were) no)\b", re.IGNORECASE)
_INTRODUCES = re.compile(r"\b\d+[- ](?:year|yr|month|week|day)s?[- ]old\b.*\b(?:present\w*|seen|here|referred|who (?:was|has|is))\b|\bpresents (?:today )?for\b|\bhistory includes\b", re.IGNORECASE | re.DOTALL)
_EXAM = re.compile(r"exam|objective|physical|finding|vital|o/?e\b|results?|labs|laborator|imag|course|x-?ray|data", re.IGNORECASE)
_OF_EXAM = re.compile(r"^\W*(?:GENERAL|HEENT|NECK|LUNGS|HEART|ABDOMEN|EXTREMITIES)\b")
_ACTS = re.compile(
    r"\b(?:start|begin|commence|continue|increase|decrease|reduce|stop|hold|switch|refer|order|repeat|recheck|return|follow|review|advis|recommend|prescri|give|take|use|avoid|book|arrange|schedul|monitor|await|refill|will|plan|consider|treat|initiate|inject|apply|rx|check|discuss)\w*",
    re.IGNORECASE,
)
_NOT_TOLD = re.compile(r"\b(?:risks?|benefits|potential|possible|including|explained|discussed|understood)\b", re.IGNORECASE)
_MOVES = re.compile(r"\b(?:scope|endoscope|colonoscope|catheter|guidewire|patient) was (?:\w+ )?(?:inserted|advanced|withdrawn|removed|turned|placed|brought|changed|taken)\b", re.IGNORECASE)


class _Line(NamedTuple):
    """A sentence of a note with its passage."""

    passage: Passage
    sentence: Sentence
    text: str
    section: str


class _Note(NamedTuple):
    lines: tuple[_Line, ...]

    @property
    def words(self) -> frozenset[str]:
        """Folded words of the note."""
        return frozenset(word for line in self.lines for word in forms(line.text))


def told_by_label(reading: Reading, /, *, lists: bool) -> list[DraftClaim]:
    """Quote the part or the element of a note that a question names; empty: it names none, or no note tells it.

    Args:
        reading: the part of a question with the chart.
        lists: tell what tables tell as well (they were asked and are silent), or only what notes alone tell.
    """
    plan = reading.plan
    if plan.lost or plan.ordinal is not None:
        return []
    if lists and plan.family and plan.relatives and not plan.targets and set(plan.keywords) <= _ILLNESSES:
        return _quoted(_of_relative(plan.relatives, _notes(reading)), reading)
    asked = tuple(_of_thing_before(each, plan) for each in labels_asked(_untimed(plan)))
    if not asked or any(_late(each, plan) for each in asked) is not lists:
        return []
    if any(each.words and each.label.shows for each in asked) and any(target.kind in _VALUES for target in plan.targets):
        return []
    notes = _notes(reading)
    told = [line for each in asked for line in _told(each, plan, notes)]
    return _quoted(told, reading)


def _quoted(lines: Sequence[_Line], reading: Reading) -> list[DraftClaim]:
    distinct = list({forms(line.text): line for line in reversed(lines)}.values())[::-1]
    return [quote_sentence(line.passage, line.sentence, reading.shelves.records, route=ROUTE) for line in distinct]


def _of_thing_before(asked: LabelAsked, plan: Plan) -> LabelAsked:
    """Ask a label of what an earlier part of the question names: "when was her mammogram, and what did it show?"."""
    text = plan.text.lower()
    before = tuple(word for target in plan.targets if target.words.lower() not in text for word in forms(target.words))
    return asked._replace(words=before) if before and not asked.words else asked


def _of_relative(relatives: Sequence[str], notes: Sequence[_Note]) -> list[_Line]:
    """Return what the newest family history says of a relative."""
    for note in notes:
        under = [line for line in note.lines if _FAMILY.search(line.section)]
        told = [line for line in under if set(relatives) & set(forms(line.text))]
        if told:
            return told
    return []


def _late(asked: LabelAsked, plan: Plan) -> bool:
    """Say whether tables may tell it: they answer first."""
    charted = bool(asked.words) and any(target.concept_keys for target in plan.targets)
    return asked.kind != "part" or asked.label.lists or charted or (asked.label.shows and bool(asked.words))


def _untimed(plan: Plan) -> str:
    """Return a question without the words that tell its time."""
    words = plan.window.words if plan.window is not None else ""
    return re.sub(rf"(?:\b(?:in|on|from|of|at|for)\s+)?{re.escape(words)}", " ", plan.text, flags=re.IGNORECASE) if words else plan.text


def _notes(reading: Reading) -> list[_Note]:
    """Return the notes of the time that is asked, newest first."""
    plan = reading.plan
    every = list(reading.shelves.records.all_passages(reading.scope))
    passages = [each for each in every if plan.window is None or plan.window.holds(each.occurred or each.recorded)]
    of_now = not passages and plan.window is not None and _OF_NOW.fullmatch(plan.window.words)
    if of_now:  # "today" is the day of the note, for somebody who holds it
        passages = every
    by_note: dict[str, list[Passage]] = {}
    for passage in sorted(passages, key=lambda each: each.start):
        by_note.setdefault(passage.resource, []).append(passage)
    newest = sorted(by_note.values(), key=lambda group: -_instant(group[0]))
    return [_Note(tuple(line for passage in group for line in _lines(passage))) for group in newest[: 1 if of_now else None]]


def _lines(passage: Passage) -> Iterator[_Line]:
    title = forms(passage.section)
    for sentence in passage.sentences:
        text = passage.sentence_text(sentence)
        words = forms(text)
        if words and words != title and sentence not in passage.commands and not text.rstrip().endswith((":", "#")):
            yield _Line(passage, sentence, text, passage.section)


def _told(asked: LabelAsked, plan: Plan, notes: Sequence[_Note]) -> list[_Line]:
    for note in notes:
        told = _in_note(asked, plan, note, lone=len(notes) == 1)
        if told:
            return told[: asked.label.most]
    return []


def _in_note(asked: LabelAsked, plan: Plan, note: _Note, *, lone: bool) -> list[_Line]:
    if asked.kind == "place":
        return _with_it(_placed(asked, note), note)
    if asked.kind == "size":
        return _with_it(_measured(asked, note), note)
    if asked.label.shows and asked.words:
        shown = _shown(asked.words, plan, note)
        if shown or not _is_about(asked.words, plan, note, lone=False):
            return shown
    elif asked.words and not _is_about(asked.words, plan, note, lone=lone):
        return []
    if asked.kind == "element":
        return _of_side(plan.text, _elements(asked.label, note))
    return _section(asked.label, note) or _said(asked.label, note)


def _is_about(words: Sequence[str], plan: Plan, note: _Note, *, lone: bool) -> bool:
    """Say whether a note is about a thing: its head names it; of a chart's only note, any of its sentences."""
    of_procedure = [line for line in note.lines if _OF_PROCEDURE.search(line.section)]
    head = note.lines if lone else (*(line for line in note.lines if line.passage.start < _FIRST_LINES), *of_procedure)
    texts = [forms(f"{line.passage.title} {line.section} {line.text}") for line in head]
    if lone:
        texts = [tuple(word for text in texts for word in text)]
    generic = PROCEDURES if of_procedure else frozenset[str]()
    return any(_names(text, words, plan, generic) for text in texts)


def _names(text: Sequence[str], words: Sequence[str], plan: Plan, generic: frozenset[str]) -> bool:
    """Say whether a text names all of some words, in whatever words of the terminology or of the bedside."""
    there = frozenset(text)
    named = {word: target.find(text) is not None for target in plan.targets for word in forms(target.words)}
    return all(
        named.get(word) or word in generic or (_begins(word, there) if word in named else _there(word, there)) or _spelled_out(word, text)
        for word in words
    )


def _there(word: str, there: set[str] | frozenset[str]) -> bool:
    return bool(noted_as(word) & there) or _begins(word, there)


def _begins(word: str, there: set[str] | frozenset[str]) -> bool:
    """Say whether a word stands there, or a longer one that it begins: "angio"."""
    return word in there or (len(word) > 3 and any(each.startswith(word) for each in there))


def _spelled_out(word: str, text: Sequence[str]) -> bool:
    """Say whether words that follow each other spell a short form out: "video EEG" for VEEG."""
    return len(word) > 2 and any(first[:1] + second == word for first, second in pairwise(text))


def _section(label: Label, note: _Note) -> list[_Line]:
    """Return what stands under the best of a label's headings."""
    for heading in label.sections:
        under = [line for line in note.lines if pattern(heading).search(line.section)]
        under = [line for line in under if not _INTRODUCES.search(line.text)] if label.name == "impression" else under
        under = under or [line for line in note.lines if re.match(r"\W*[A-Za-z /&]{2,40}\s?:", line.text) and pattern(heading).search(line.text.partition(":")[0])]
        if label.needs:
            under = [line for line in under if pattern(label.needs).search(line.text)]
        if under:
            return _chosen(label, under)
    return []


def _chosen(label: Label, under: Sequence[_Line]) -> list[_Line]:
    """Of a long section keep what its label asks for: deeds of a plan, findings of an operation."""
    if len(under) <= label.most:
        return list(under)
    if label.name == "impression" and PLANS.search(under[0].section):
        chosen = [line for line in under if pattern(label.says).search(line.text) or len(forms(line.text)) <= _FEW]
    elif label.name == "plan":
        chosen = [line for line in under if _ACTS.search(line.text)]
    elif label.name == "findings":
        chosen = [line for line in under if not _MOVES.search(line.text)]
    else:
        chosen = list(under)
    return chosen or list(under)


def _said(label: Label, note: _Note) -> list[_Line]:
    """Return the sentences that tell a part outside of its section."""
    says = pattern(label.says) if label.says else None
    return [line for line in note.lines if says is not None and says.search(line.text) and not _NOT_TOLD.search(line.text)]


def _elements(label: Label, note: _Note) -> list[_Line]:
    """Return the sentences that tell an element: labelled ones first, then those of the examination."""
    says = pattern(label.says)
    found = [line for line in note.lines if says.search(line.text) and not _only_planned(line)]
    if label.shows:
        found = [line for line in found if not re.search(r"\b(?:performed|done|obtained)\b[^.:]*\W*$", line.text) or ":" in line.text]
    return sorted(found, key=lambda line: (not _labels(says, line.text), not (_EXAM.search(line.section) or _OF_EXAM.match(line.text))))


_LEFT = re.compile(r"\b(?:[Ll]eft|LEFT|LE|OS|L)\b")
_RIGHT = re.compile(r"\b(?:[Rr]ight|RIGHT|RE|OD|R)\b")
_ASKS_LEFT = re.compile(r"\b(?:left|le|os|l)\b", re.IGNORECASE)
_ASKS_RIGHT = re.compile(r"\b(?:right|re|od|r)\b", re.IGNORECASE)


def _of_side(asked: str, lines: list[_Line]) -> list[_Line]:
    """Drop what is told of the other side alone, where a question names one."""
    left, right = _ASKS_LEFT.search(asked) is not None, _ASKS_RIGHT.search(asked) is not None
    if left == right:
        return lines
    own, other = (_LEFT, _RIGHT) if left else (_RIGHT, _LEFT)
    return [line for line in lines if own.search(line.text) or not other.search(line.text)]


def _with_it(lines: list[_Line], note: _Note) -> list[_Line]:
    """Take along the short sentence that goes on about the same thing: "It is reducible"."""
    after = {id(line): following for line, following in pairwise(note.lines)}
    goes_on = [after[id(line)] for line in lines if id(line) in after]
    return [*lines, *(line for line in goes_on if _GOES_ON.match(line.text) and len(forms(line.text)) <= _FEW)]


_GOES_ON = re.compile(r"\W*(?:it|they|this|these)\b", re.IGNORECASE)


def _labels(says: re.Pattern[str], text: str) -> bool:
    """Say whether an element stands before a colon: "Gait: normal"."""
    found = says.search(text)
    return found is not None and text.find(":", found.end(), found.end() + 25) >= 0


def _only_planned(line: _Line) -> bool:
    return PLANNED.search(line.text) is not None and not re.search(r"\b(?:show\w*|reveal\w*|normal|positive|negative|demonstrat\w*|no|is|was|were)\b|:", line.text)


def _shown(words: Sequence[str], plan: Plan, note: _Note) -> list[_Line]:
    """Return the sentences that tell what a test showed, each with the one that goes on."""
    found: list[_Line] = []
    for number, line in enumerate(note.lines):
        text = (*forms(line.section), *forms(line.text))
        if _names(text, words, plan, frozenset()) and not _only_planned(line) and _tells_result(line):
            found.append(line)
            following = note.lines[number + 1 : number + 2]
            found += [each for each in following if each.section == line.section and ":" not in each.text and not PLANNED.search(each.text)]
    return found


def _tells_result(line: _Line) -> bool:
    told = re.search(r"\b(?:show\w*|reveal\w*|demonstrat\w*|normal|abnormal|positive|negative|unremarkable|evidence|present|absent|increased|decreased|reduced|elevated|clear)\b|:\s*\S|\d", line.text, re.IGNORECASE)
    return told is not None and (_EXAM.search(line.section) is not None or not PLANNED.search(line.text))


def _placed(asked: LabelAsked, note: _Note) -> list[_Line]:
    """Return where on the body something is: the sentences that name it, or follow such a one, and name a place."""
    near = _near(asked.words, note)
    return [line for line in near if BODY.search(line.text) and not (PLANNED.search(line.text) or _DENIES.match(line.text))][:3]


def _measured(asked: LabelAsked, note: _Note) -> list[_Line]:
    return [line for line in _near(asked.words, note) if MEASURED.search(line.text) and not PLANNED.search(line.text)][:2]


def _near(words: Sequence[str], note: _Note) -> list[_Line]:
    """Return the sentences that name a thing, with the two after each."""
    if not words:
        return []
    found: list[_Line] = []
    for number, line in enumerate(note.lines):
        there = frozenset(forms(line.text))
        if all(_there(word, there) or (word in LESIONS and LESIONS & there) for word in words):
            found += [each for each in note.lines[number : number + 3] if each.section == line.section and each not in found]
    named = [line for line in found if any(_there(word, frozenset(forms(line.text))) for word in words)]
    return [*named, *(line for line in found if line not in named)]


def _instant(passage: Passage) -> float:
    known = passage.recorded or passage.occurred
    return known.start.timestamp() if known else 0.0
