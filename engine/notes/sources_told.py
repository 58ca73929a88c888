"""What some notes say of one thing, quoted: those of a source ("the dietitian's sheet", "her daughter"), of a time, or of a study.

A source is known by what kind of note it is, by whose field or name it is, by a date, or by who speaks in it.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from chartcite.engine.dates.times import Window, find_window
from chartcite.engine.domain.answers import DraftClaim, Missing
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import Category
from chartcite.engine.facts.people import fields_named
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence, with_neighbours
from chartcite.engine.ports import RecordStore
from chartcite.engine.questions.plans import Plan, SourcesAsked
from chartcite.engine.questions.question_words import EVENT_WORDS, Intent

MOST_OF_SOURCE = 3
"""Sentences that each source is quoted with, for each topic."""


MOST_OF_STUDY = 2


class _Note(NamedTuple):
    resource: str
    passages: list[Passage]
    opening: str
    """Title, author and the first lines: what tells whose it is."""

    @property
    def day(self) -> date | None:
        known = self.passages[0].occurred or self.passages[0].recorded
        return known.first_day if known else None


_KINDS: tuple[tuple[Cue, Cue], ...] = (
    (Cue(r"\b(?:ed|er|a&e|emergency|casualty)\b"), Cue(r"\bemergency (?:department|room|medicine|visit|note)|\bED (?:provider|physician|triage|note|course)")),
    (Cue(r"\bdischarge\b|\bd/?c (?:summary|papers?|sheet)"), Cue(r"\bdischarge summary")),
    (Cue(r"\b(?:tele)?phone|\bcall\b"), Cue(r"\btelephone|\bphone")),
    (Cue(r"\bportal|\bmessage"), Cue(r"\bportal message")),
    (Cue(r"\btriage"), Cue(r"\btriage")),
    (Cue(r"\bop(?:erative|eration)? (?:note|report)|\bsurgeon"), Cue(r"\boperati(?:ve|on)|\bsurgical")),
    (Cue(r"\bdieti[ct]|nutrition"), Cue(r"\bnutrition|\bdieti|\bRDN?\b")),
    (Cue(r"\bpharmac"), Cue(r"\bpharmac")),
    (Cue(r"\bcounsel"), Cue(r"\bcounsel|\bLISW|\bLCSW")),
    (Cue(r"\bsocial work"), Cue(r"\bsocial work|\bL[IC]SW")),
    (Cue(r"(?-i:\bPA)(?:['’]s)?\b|physician assistant"), Cue(r"(?-i:\bPA(?:-C)?\b)|physician assistant")),
    (Cue(r"(?-i:\bNP)(?:['’]s)?\b|nurse practitioner"), Cue(r"(?-i:\b[AFD]?NP(?:-C)?\b)|nurse practitioner")),
    (Cue(r"\bnurse(?! practitioner)|(?-i:\bRN\b)|\bnursing"), Cue(r"\bnurs(?:e|ing)\b|(?-i:\bRN\b)")),
    (Cue(r"\bfamily (?:doctor|physician|medicine)|\bgp\b|\bpcp\b|primary care"), Cue(r"\bfamily (?:medicine|practice|physician)|\bprimary care|(?-i:\bPCP\b)|\bannual\b")),
    (Cue(r"\bwellness|\bphysical\b|\bannual\b"), Cue(r"\bwellness|\bphysical\b|\bannual\b")),
    (Cue(r"\bsurger|\bsurgeon"), Cue(r"\bsurg")),
)  # fmt: skip
"""How questions tell a kind of note or its writer, and how such notes open."""
_SPEAKERS: tuple[tuple[Cue, Cue], ...] = (
    (Cue(r"\b(?:patient|pt|himself|herself|themselves|he|she|i|me|myself)\b"), Cue(r"\b(?:pt|patient|client|he|she) (?:\w+ ){0,2}?(?:says?|said|states?|stated|reports?|confirms?|denies|tells?|told|explains?|insists?|counts?)\b")),
    (Cue(r"\bdaughter"), Cue(r"\bdaughter|\bshe (?:read|says|said|asks|told|tells)")),
    (Cue(r"\bson\b"), Cue(r"\bson\b")),
    (Cue(r"\b(?:wife|husband|spouse|partner)\b"), Cue(r"\b(?:wife|husband|spouse|partner)\b")),
    (Cue(r"\b(?:mother|mum|mom|father|dad|parents?)\b"), Cue(r"\b(?:mother|mom|mum|father|dad|parents?)\b")),
)  # fmt: skip
"""Who speaks, and how notes say so: what they say stands in others' notes."""
_DOCTOR = re.compile(r"\b(?:[Dd]r\.?|[Dd]octor|[Pp]rof\.?|[Nn]urse) (?P<name>[A-Z][\w'’-]+)")
_THE_DOCTORS = Cue(r"\bdoctors?['’]?s?['’]? (?:own )?notes?\b|\b(?:the|his|her) doctors?\b|\bmedical notes\b")
_ORDINAL = Cue(r"\b(?P<which>first|earliest|original|last|latest|newest|most recent|second)\b")


def compare_sources(
    asked: SourcesAsked, passages: Sequence[Passage], records: RecordStore, today: date
) -> tuple[list[DraftClaim], tuple[Missing, ...]]:
    """Quote what each source says of each topic; name the source that says nothing, no claims where none says anything."""
    notes = _notes(passages)
    chosen = [_notes_of(words, notes, today) for words in asked.words]
    for number, words in enumerate(asked.words):
        if not chosen[number].notes and _THE_DOCTORS.search(words):
            other = {note.resource for note in chosen[1 - number].notes}
            chosen[number] = _Chosen([note for note in notes if note.resource not in other])
    told = [[claim for topic in asked.topics for claim in _said_of(topic, own, records)] for own in chosen]
    first = next((place for place, claims in enumerate(told) if claims), None)
    if first is None:
        return [], ()
    days = [note.day for note in chosen[first].notes if note.day and any(_cites(claim, note) for claim in told[first])]
    near = chosen[1 - first]._replace(near=max(days, default=None))
    told[1 - first] = [claim for topic in asked.topics for claim in _said_of(topic, near, records)]
    missing = tuple(
        Missing(what=f"“{words}”", why="no note of this source says anything of it")
        for words, claims in zip(asked.words, told, strict=True)
        if not claims
    )
    return list({claim.text: claim for claims in told for claim in claims}.values()), missing


def _cites(claim: DraftClaim, note: _Note) -> bool:
    return any(citation.source.resource == note.resource for citation in claim.citations)


def told_of_side(plan: Plan, words: str, passages: Sequence[Passage], records: RecordStore, today: date) -> list[DraftClaim]:
    """Quote what notes tell of one side of a comparison that no table tells: in the notes of its time or source."""
    own = _notes_of(words, _notes(passages), today, plan.window)
    return [] if not own.signs else _said_of(plan, own, records)


_CONCLUSION = Cue(r"\b(?:impression|assessment|conclusion|diagnosis|summary|opinion|interpretation|a/?p)\b")


def told_by_study(plan: Plan, passages: Sequence[Passage], records: RecordStore) -> list[DraftClaim]:
    """Quote what a study or examination of a time concluded: the impression of the notes that open with its name."""
    studies = [target for target in plan.targets if target.kind is ConceptKind.PROCEDURE]
    if plan.window is None or not studies:
        return []
    others = [target for target in plan.targets if target not in studies]
    for note in _notes(passages):
        first = note.passages[0]
        if not plan.window.holds(first.occurred or first.recorded):
            continue
        opening = forms(note.opening)
        if not any(target.find(opening) is not None for target in studies):
            continue
        told = [
            (any(target.find(forms(passage.sentence_text(sentence))) is not None for target in others), passage, sentence)
            for passage, sentence in _concluding(note)
        ]
        told.sort(key=lambda item: not item[0])
        if told:
            return [quote_sentence(passage, sentence, records, route="quote") for _, passage, sentence in told[:MOST_OF_STUDY]]
    return []


def _concluding(note: _Note) -> list[tuple[Passage, Sentence]]:
    """Return the sentences of a note's conclusion."""
    sentences = [(passage, sentence) for passage in note.passages for sentence in passage.sentences]
    texts = [passage.sentence_text(sentence).strip() for passage, sentence in sentences]
    under = [
        pair
        for pair, text in zip(sentences, texts, strict=True)
        if _CONCLUSION.search(pair[0].section) and not (text.endswith(":") or text.isupper())
    ]
    if under:
        return under
    begins = next((place for place, text in enumerate(texts) if _CONCLUSION.match(text.lstrip("#*- "))), None)
    if begins is None:
        return []
    bare = texts[begins].endswith(":") or len(texts[begins].split()) <= 2
    return sentences[begins + 1 : begins + 4] if bare else sentences[begins : begins + 2]


class _Chosen(NamedTuple):
    notes: list[_Note]
    speaker: Cue | None = None
    """How the sentences tell who speaks; `None`: the writer."""
    named: Cue | re.Pattern[str] | None = None
    """How a sentence names the source itself."""
    near: date | None = None
    """A day by which the notes near it are preferred."""
    signs: int = 0
    """How many signs of a source or a time the words gave."""


def _notes(passages: Sequence[Passage]) -> list[_Note]:
    """Group passages by their note, oldest first."""
    groups: dict[str, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(passage.resource, []).append(passage)
    notes = []
    for group in groups.values():
        ordered = sorted(group, key=lambda passage: passage.start)
        first = ordered[0]
        notes.append(_Note(first.resource, ordered, f"{first.title} {first.author} {first.section} {first.text[:120]}"))
    return sorted(notes, key=lambda note: note.day or date.min)


def _notes_of(words: str, notes: Sequence[_Note], today: date, window: Window | None = None) -> _Chosen:
    """Return the notes of a source, by every sign that its words give."""
    window = find_window(words, today=today) or window
    chosen = [note for note in notes if window is None or window.holds(note.passages[0].occurred or note.passages[0].recorded)]
    signs = 0
    named: re.Pattern[str] | None = None
    if doctor := _DOCTOR.search(words):
        named = re.compile(rf"\b{re.escape(doctor['name'])}\b")
        signed = [note for note in chosen if _signed(note, named)]
        chosen, signs = signed or chosen, signs + bool(signed)
    kinds: Sequence[Cue | re.Pattern[str]] = [told for said, told in _KINDS if said.search(words)]
    for told in kinds or fields_named(words).called or fields_named(f"{words} visit").called:
        fitting = [note for note in chosen if told.search(note.opening)]
        if fitting:
            chosen, signs = fitting, signs + 1
    speaker = next((told for said, told in _SPEAKERS if said.search(words)), None) if not signs else None
    if speaker is not None:
        return _Chosen(chosen, speaker, speaker, signs=1)
    if not signs and (window is None or _THE_DOCTORS.search(words)):
        return _Chosen([])
    ordinal = _ORDINAL.search(words)
    if ordinal and signs:
        chosen = _nth(chosen, ordinal["which"].lower())
    return _Chosen(chosen, named=named, signs=signs + (window is not None))


def _nth(notes: list[_Note], which: str) -> list[_Note]:
    place = {"first": 0, "earliest": 0, "original": 0, "second": 1}.get(which, -1)
    return [notes[place]] if -len(notes) <= place < len(notes) else notes


def _signed(note: _Note, name: re.Pattern[str]) -> bool:
    """Say whether a note is somebody's, or says by name what they say: in the author's field, or as a signature or addendum."""
    return name.search(note.passages[0].author) is not None or any(name.search(passage.text) for passage in note.passages)


def _said_of(topic: Plan, own: _Chosen, records: RecordStore) -> list[DraftClaim]:
    """Quote the sentences of some notes that name a topic, those that name most of it first."""
    weighed: list[tuple[float, int, Passage, Sentence]] = []
    names = _naming(topic)
    for place, note in enumerate(own.notes):
        apart = abs((note.day - own.near).days) if own.near and note.day else None
        nearness = 0.5 if apart is not None and apart <= _NEAR_DAYS else 0.0
        for passage in note.passages:
            for number, sentence in enumerate(passage.sentences):
                text = passage.sentence_text(sentence)
                score = 0.0 if text.isupper() or sentence in passage.commands else names(text)
                if not score:
                    continue
                around = " ".join(passage.sentence_text(each) for each in passage.sentences[max(0, number - 2) : number + 2])
                if own.speaker is not None and not own.speaker.search(around):
                    continue
                by_name = 1.5 if own.named is not None and own.named.search(text) else 0.0
                weighed.append((-(score + by_name + nearness), -place, passage, sentence))
    weighed.sort(key=lambda item: item[:2])
    best = weighed[0][0] if weighed else 0.0
    kept = [item for item in weighed if item[0] <= best * _NEAR_BEST][:MOST_OF_SOURCE]
    return [
        quote_sentence(passage, with_neighbours(passage, sentence), records, route="quote") for _, _, passage, sentence in kept
    ]


_NEAR_BEST = 0.6
_NEAR_DAYS = 60
_CAUSE = Cue(r"\b(?:because|due to|d/t|2/2|secondary|caused|reason|as a result|given|for|so that|attribut\w+|=)(?=\s|$)|=")
_LISTED: dict[Category, Cue] = {
    Category.MEDICATION: Cue(r"^\W*(?:(?:current|home|active|discharge|reconciled) )?med(?:s|ications?|icines?)?\b"),
    Category.ALLERGY: Cue(r"^\W*(?:drug )?all(?:ergies|ergy|\b)"),
    Category.CONDITION: Cue(r"^\W*(?:pmhx?|problem list|past medical|problems)\b"),
}
"""How notes open their lists."""


def _naming(topic: Plan) -> Callable[[str], float]:
    """Return how much of a topic a sentence names: its things count double, its other words once."""
    things = [target for target in topic.targets if not _ONLY_LIST.fullmatch(target.words)]
    spent = {form for target in things for form in forms(target.words)}
    keywords = [word for word in topic.keywords if word not in spent]
    asked = [word for word in forms(topic.text) if word in spent]
    listed = _LISTED.get(topic.subject) if topic.subject is not None else None
    told = EVENT_WORDS.get(topic.event, ()) if topic.event is not None else ()
    measured = [target for target in things if target.kind is ConceptKind.MEASUREMENT]

    def score(text: str) -> float:
        if listed is not None and listed.search(text):
            return 3.0
        words = forms(text)
        known = set(words)
        found = [target for target in things if target.find(words) is not None]
        if measured and not (any(target in measured for target in found) and _VALUE.search(text)):
            return 0.0
        others = sum(bool(known & said_as(word)) for word in keywords)
        if not (found or (others and not things)):
            return 0.0
        exact = sum(word in known for word in asked)
        turn = any(word in known for word in told)
        cause = topic.intent is Intent.REASON and _CAUSE.search(text) is not None
        return 2.0 * len(found) + others + 0.5 * exact + turn + cause

    return score


_ONLY_LIST = Cue(r"(?:med(?:ication|icine)?s?|drugs?)(?: list)?|list")
_VALUE = Cue(r"\d|\b(?:not|could not|unable|declined|refused|hemolyzed|haemolysed|qns|cancel\w*)\b")
