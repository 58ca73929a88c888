"""Answers to questions that name a part or an element of a note: its section, its label, or the sentence that tells it.

The newest note of the time that is asked, and about the thing that is asked, answers.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.label_elements import elements, measured, of_side, placed, shown, with_it
from chartcite.engine.notes.note_lines import PROCEDURES, Line, Note, is_about, notes_asked
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.label_questions import LabelAsked, labels_asked
from chartcite.engine.questions.note_labels import FAMILY, Label, pattern
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import is_ordinary, is_plain
from chartcite.engine.visits.visits import PLANS

ROUTE = "note_part"
_FEW = 7
"""Words of a line that only names a problem."""
_VALUES = frozenset({ConceptKind.MEASUREMENT, ConceptKind.DRUG, ConceptKind.VACCINE})
"""What tables tell: a result of these is no finding of a note."""
_ILLNESSES = frozenset(
    forms(
        "illness illnesses condition conditions disease diseases problem problems ailment health medical diagnosis remind say said told mention mentioned suffer have had got"
    )
)
"""Words for whatever a relative has."""
_INTRODUCES = Cue(
    r"\b\d+[- ](?:year|yr|month|week|day)s?[- ]old\b.*\b(?:present\w*|seen|here|referred|who (?:was|has|is))\b|\bpresents (?:today )?for\b|\bhistory includes\b",
    re.IGNORECASE | re.DOTALL,
)
_ACTS = Cue(
    r"\b(?:start|begin|commence|continue|increase|decrease|reduce|stop|hold|switch|refer|order|repeat|recheck|return|follow|review|advis|recommend|prescri|give|take|use|avoid|book|arrange|schedul|monitor|await|refill|will|plan|consider|treat|initiate|inject|apply|rx|check|discuss)\w*"
)
_NOT_TOLD = Cue(r"\b(?:risks?|benefits|potential|possible|including|explained|discussed|understood)\b")
_MOVES = Cue(
    r"\b(?:scope|endoscope|colonoscope|catheter|guidewire|patient) was (?:\w+ )?(?:inserted|advanced|withdrawn|removed|turned|placed|brought|changed|taken)\b"
)


def told_by_label(reading: Reading, /, *, lists: bool) -> list[DraftClaim]:
    """Quote the part or the element of a note that a question names; empty: it names none, or no note tells it.

    Args:
        reading: the part of a question with the chart.
        lists: tell what tables tell as well (they were asked and are silent), or only what notes alone tell.
    """
    plan = reading.plan
    if plan.ordinal is not None:
        return []
    if lists and plan.family and plan.relatives and not plan.targets and set(plan.keywords) <= _ILLNESSES:
        return _quoted(_of_relative(plan.relatives, notes_asked(reading)), reading)
    asked = tuple(_of_thing_before(each, plan) for each in labels_asked(_untimed(plan)))
    if not asked or any(_late(each, plan) for each in asked) is not lists:
        return []
    if any(each.words and each.label.shows for each in asked) and any(target.kind in _VALUES for target in plan.targets):
        return []
    if any(each.words and each.label.name == "indication" for each in asked) and _names_medicine(plan):
        return []  # what a visit was for is not what a medicine is for
    if any(each.label.name.endswith("the operation") for each in asked):  # "pre-op" tells the label there, no time
        reading = reading._replace(plan=plan.model_copy(update={"window": None}))
    notes = notes_asked(reading)
    told = [line for each in asked for line in _told(each, plan, notes)]
    return _quoted(told or [line for each in asked for line in _by_entry(each, plan, notes, reading)], reading)


def _by_entry(asked: LabelAsked, plan: Plan, notes: Sequence[Note], reading: Reading) -> list[Line]:
    """Return what the note of an operation tells that a question names by its place: the entry tells what it is called."""
    if not asked.words or asked.label.name not in _OF_OPERATION:
        return []
    for fact in reversed(reading.shelves.records.facts(reading.scope, categories=(Category.PROCEDURE,))):
        named = forms(" ".join((fact.concept.text, *(detail.text for detail in fact.details))))
        if fact.assertion is AssertionStatus.PRESENT and all(word in named or word in PROCEDURES for word in asked.words):
            own = [word for word in forms(fact.concept.text) if len(word) > _SHORT_NAME and not is_ordinary(word)]
            told = [line for word in own for line in _told(asked._replace(words=(word,)), plan, notes)]
            if told:
                return told[: asked.label.most]
    return []


_SHORT_NAME = 7


def _names_medicine(plan: Plan) -> bool:
    return any(target.kind is ConceptKind.DRUG for target in plan.targets)


def asks_exactly(plan: Plan, /) -> bool:
    """Say whether a question is nothing but an element, or a part that is told in set words: what is near to it is no answer."""
    asked = labels_asked(_untimed(plan))
    return bool(asked) and all(not each.words and (each.kind == "element" or each.label.name in _IN_SET_WORDS) for each in asked)


_FOR_WHAT = Cue(r"\b(?:for|during)\s+(?:the |his |her |my |their )?(?P<thing>[\w -]{3,40})\W*$")
_ASLEEP = Cue(r"\b(?:sleep|asleep|sedat\w*|an(?:a)?esth\w*|awake)\b")


def asks_of_operation(plan: Plan, /) -> bool:
    """Say whether a question asks of an operation what its note tells under a label: how somebody was put to sleep, what went wrong."""
    return any(each.label.name in _OF_OPERATION for each in labels_asked(_untimed(plan)))


_OF_OPERATION = frozenset({"anaesthesia", "complications"})
_IN_SET_WORDS = frozenset(
    {"blood loss", "specimens", "drains", "fluids", "implants", "complications", "procedure codes", "consent"}
)


def _quoted(lines: Sequence[Line], reading: Reading) -> list[DraftClaim]:
    distinct = list({forms(line.text): line for line in reversed(lines)}.values())[::-1]
    return [quote_sentence(line.passage, line.sentence, reading.shelves.records, route=ROUTE) for line in distinct]


def _of_thing_before(asked: LabelAsked, plan: Plan) -> LabelAsked:
    """Ask a label of what an earlier part of the question names: "when was her mammogram, and what did it show?"."""
    text = plan.text.lower()
    own = asked.label.name == "anaesthesia"  # "was she put to sleep for the hip operation?"
    named = [
        target
        for target in plan.targets
        if target.words.lower() not in text
        or (own and target.kind is ConceptKind.PROCEDURE and _ASLEEP.search(target.words) is None)
    ]
    before = tuple(word for target in named for word in forms(target.words))
    if own and set(before) <= PROCEDURES and (tail := _FOR_WHAT.search(text)):
        before = tuple(word for word in forms(tail["thing"]) if not is_plain(word))
    return asked._replace(words=before) if before and not asked.words else asked


def _of_relative(relatives: Sequence[str], notes: Sequence[Note]) -> list[Line]:
    """Return what the newest family history says of a relative."""
    for note in notes:
        under = [line for line in note.lines if FAMILY.search(line.section)]
        told = [line for line in under if set(relatives) & set(forms(line.text))]
        if told:
            return told
    return []


def _late(asked: LabelAsked, plan: Plan) -> bool:
    """Say whether tables may tell it: they answer first."""
    in_tables = asked.label.name != "anaesthesia"
    charted = in_tables and bool(asked.words) and any(target.concept_keys for target in plan.targets)
    return asked.kind != "part" or asked.label.lists or charted or (asked.label.shows and bool(asked.words))


def _untimed(plan: Plan) -> str:
    """Return a question without the words that tell its time."""
    words = plan.window.words if plan.window is not None else ""
    return (
        re.sub(rf"(?:\b(?:in|on|from|of|at|for)\s+)?{re.escape(words)}", " ", plan.text, flags=re.IGNORECASE)
        if words
        else plan.text
    )


def _told(asked: LabelAsked, plan: Plan, notes: Sequence[Note]) -> list[Line]:
    titled = asked.label.name in _IN_SET_WORDS and bool(asked.words)
    own = asked.label.name == "anaesthesia"  # a letter may speak of one to come
    by_title = sorted(  # newest first, as they come
        notes, key=lambda note: (not (titled and _is_titled(note, asked.words)), not (own and _is_of_operation(note)))
    )
    for note in by_title:
        told = _in_note(asked, plan, note, lone=len(notes) == 1)
        if told:
            return told[: asked.label.most]
    return []


_OPERATIVE = Cue(r"\b(?:operat\w*|op|surgical|surgery|procedure|an(?:a)?esth\w*|implant)\b")
_TO_COME = Cue(r"\b(?:would|will|if|offer\w*|plan\w*|book\w*|listed|consider\w*)\b")


def _is_of_operation(note: Note) -> bool:
    """Say whether a note is the report of an operation, by its title."""
    return any(_OPERATIVE.search(line.passage.title) for line in note.lines[:1])


def _is_titled(note: Note, words: Sequence[str]) -> bool:
    """Say whether the title of a note names what is asked of: the summary of the transplant tells its complications."""
    title = forms(note.lines[0].passage.title) if note.lines else ()
    return bool(words) and all(word in title for word in words)


def _in_note(asked: LabelAsked, plan: Plan, note: Note, *, lone: bool) -> list[Line]:
    if asked.label.notes and not any(pattern(asked.label.notes).search(line.passage.title) for line in note.lines[:1]):
        return []
    if asked.kind == "place":
        return with_it(placed(asked, note), note)
    if asked.kind == "size":
        return with_it(measured(asked, note), note)
    if asked.label.shows and asked.words:
        told = shown(asked.words, plan, note)
        if told or not is_about(asked.words, plan, note, lone=False):
            return told
    elif asked.words and not is_about(asked.words, plan, note, lone=lone):
        return []
    if asked.kind == "element":
        return of_side(plan.text, elements(asked.label, note))
    return _section(asked.label, note) or _said(asked.label, note)


def _section(label: Label, note: Note) -> list[Line]:
    """Return what stands under the best of a label's headings."""
    for heading in label.sections:
        under = [line for line in note.lines if pattern(heading).search(line.section)]
        if label.name in {"impression", "plan"}:
            under = [line for line in under if not _INTRODUCES.search(line.text)]
        under = under or [
            line
            for line in note.lines
            if re.match(r"\W*[A-Za-z /&]{2,40}\s?:", line.text) and pattern(heading).search(line.text.partition(":")[0])
        ]
        if label.needs:
            under = [line for line in under if pattern(label.needs).search(line.text)]
        if under:
            return _chosen(label, under)
    return []


def _chosen(label: Label, under: Sequence[Line]) -> list[Line]:
    """Of a long section keep what its label asks for: deeds of a plan, findings of an operation."""
    if len(under) <= label.most:
        return list(under)
    if label.name == "impression" and PLANS.search(under[0].section):
        chosen = [line for line in under if pattern(label.says).search(line.text) or len(forms(line.text)) <= _FEW]
    elif label.name == "plan":
        chosen = [line for line in under if _ACTS.search(line.text) and "reasoning:" not in line.text.lower()]
    elif label.name == "findings":
        chosen = [line for line in under if not _MOVES.search(line.text)]
    else:
        chosen = list(under)
    return chosen or list(under)


def _said(label: Label, note: Note) -> list[Line]:
    """Return the sentences that tell a part outside of its section."""
    says = pattern(label.says) if label.says else None
    not_so = _TO_COME if label.name == "anaesthesia" else _NOT_TOLD
    own = [line for line in note.lines if label.name == "family history" or not FAMILY.search(line.section)]
    return [line for line in own if says is not None and says.search(line.text) and not not_so.search(line.text)]
