"""What somebody said: "what did nephrology recommend?", "Dr Ortega's plan?", "recs from the dietitian in May".

A speaker is a field of medicine, or somebody who wrote a note or was met at a visit. The newest of the speaker's notes in the
time that is asked is quoted: what it says of the thing that is asked, else what it concludes.
"""

# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.people import called_as, fields_named
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.named_notes import notes_named
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.notes.sentence_manner import ASKS_VALUE, tells_value
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent, is_ordinary
from chartcite.engine.review.chart_review import is_note
from chartcite.engine.visits.visit_choice import EMERGENCY, KINDS, LAST_VISIT
from chartcite.engine.visits.visits import ASKS_PLAN, CONCLUDES, MOST_TOLD, PLANS, concluding

_SAID = (
    r"says?|said|think|thinks|thought|feel|felt|recommend\w*|suggest\w*|advi[sc]e\w*|conclude\w*|decide\w*|propose\w*"
    r"|plan(?:s|ned)?|want\w*|tell|told|offer\w*|(?:make|made) of (?:it|this|that|the|his|her|my)|write|wrote|note[sd]?"
    r"|have to say|c[oa]me up with|ask(?:ed)? (?:us|for|him|her|me)"
)
_VERDICT = (
    r"(?:plans?|recommendations?|recs?|advice|impressions?|assessments?|opinions?|thoughts?|views?|verdict|suggestions?"
    r"|conclusions?|input|instructions?|letter|notes?|report|outcomes?|decisions?)"
)
_ASKS = re.compile(
    rf"\b(?:what|which|anything|how|whether)\b.{{0,60}}\b(?:{_SAID})\b|\b{_VERDICT} (?:from|of|by|per|at|after)\b"
    rf"|\b{_VERDICT}\W*$"
    rf"|\b\w+(?:'s|s'|s)? (?:last |latest |newest |recent |current )?{_VERDICT}\b"
    r"|\b(?:was|is|were) (?:agreed|advised|decided|recommended|suggested|planned)\b",
    re.IGNORECASE,
)
_SPEECH = re.compile(rf"{_SAID}|{_VERDICT}")
_TITLED = re.compile(
    r"\b(?:dr|doctor|nurse|mr|mrs|ms|miss|prof(?:essor)?|sister|midwife)\.? (?P<name>[^\W\d_][\w'-]+(?: [A-Z][\w'-]+)?)",
    re.IGNORECASE,
)
_CREDENTIALS = frozenset(
    "md do np pa rn rdn od phd mbchb frcp mrcgp rgn lpn cnm dds dmd pharmd pa-c dr jr sr the rpt dpt ot pt msw lcsw".split()
)
_ACTS = re.compile(
    r"\b(?:(?:re)?start\w*|retry|stop\w*|continu\w*|cont|increas\w*|decreas\w*|reduc\w*|hold|held|switch\w*|add|refer\w*|order\w*"
    r"|recheck|repeat|return|rtc|follow[- ]?up|f/u|recommend\w*|advi[sc]e\w*|suggest\w*|consider\w*|agreed?|options?|plan\w*"
    r"|defer\w*|avoid|book\w*|schedul\w*|monitor\w*|impression|diagnosis|next (?:visit|week|month|year)|until|see (?:me|again|in)"
    r"|call)\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(r"\b(?:no|not|none|never|denies)\b", re.IGNORECASE)
_HEAD = 160
"""Characters of a note's beginning that may name the field of who wrote it."""


_CALLED_EMERGENCY = Cue(r"emergency")
_MEETINGS = tuple(
    (Cue(rf"\b(?:{called})\b"), Cue(rf"\b(?:{called})\b"))
    for called in (
        r"mdts?|mdms?|multi-?disciplinary(?: team)?(?: meetings?)?",
        r"tumou?r board",
        r"(?:case|family|discharge|planning|safeguarding|professionals['’]?|best interests?) (?:conference|meeting)",
        r"ward round",
    )
)
"""Meetings that speak as one."""
_IN_PERSON = Cue(r"^(?!.*\b(?:portal|message|telephone|phone|call|e-?mail|laborator\w+|imaging)\b)")


class _Note(NamedTuple):
    """A note of the speaker."""

    passages: tuple[Passage, ...]
    visit: Fact | None

    @property
    def moment(self) -> float:
        """When it was written or what it tells happened."""
        told = self.passages[0].occurred or self.passages[0].recorded
        return told.start.timestamp() if told is not None else 0.0


class _Topic(NamedTuple):
    """What somebody is asked to have spoken of."""

    targets: tuple[Target, ...]
    words: frozenset[str]

    def is_in(self, words: Sequence[str]) -> bool:
        """Say whether folded words speak of it."""
        return not self.words.isdisjoint(words) or any(target.find(words) is not None for target in self.targets)


class _Speaker(NamedTuple):
    """Whose words are asked: fields or kinds of visit, as patterns of how they are called, or surnames."""

    fields: tuple[Cue, ...]
    names: frozenset[str]
    words: frozenset[str]
    """Folded words of the question that name the speaker."""


def said_by_somebody(reading: Reading) -> list[DraftClaim] | None:
    """Quote the newest note of the speaker that a question names; `None`: it names none, or the chart holds no note of theirs."""
    plan = reading.plan
    said = _ASKS.search(plan.text) is not None
    deed = None if said else next((each for each in _DEEDS if each.asked.search(plan.text)), None)
    if plan.intent in {Intent.WHEN, Intent.WHO, Intent.COUNT, Intent.REASON}:
        return None
    if (plan.family and not _MESSAGE.search(plan.text)) or (deed is None and not said):
        return None
    records, scope = reading.shelves.records, reading.scope
    visits = [
        fact
        for fact in records.facts(scope, categories=(Category.ENCOUNTER,))
        if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
    ]
    passages = [passage for passage in records.all_passages(scope) if is_note(passage)]
    if deed is None and (told := _in_newest(plan, passages) or _in_message(plan, passages)):
        return [quote_sentence(passage, sentence, records, route="visit_note") for passage, sentence in told]
    speaker = None if plan.family else _speaker(plan, passages, visits)
    if speaker is None:
        return None
    notes = sorted(_notes_of(speaker, passages, visits), key=lambda note: note.moment)
    if plan.window is not None:
        notes = [note for note in notes if plan.window.holds(note.passages[0].occurred or note.passages[0].recorded)]
    topic = _topic(plan, speaker)
    if deed is not None and (topic.targets or not (speaker.names or speaker.fields)):
        return None  # what somebody did about a thing that is named stands in the tables
    newest_first = notes[: 1 if plan.intent is Intent.FIRST else None][::-1]
    for note, meant in [(note, meant) for meant in _also_at_large(topic, plan) for note in newest_first]:
        told = _told(note, meant, plan.text) if deed is None else _deeds(note, deed)
        told = [each for each in told if not _is_heading(each[0].sentence_text(each[1]))]
        if told:
            beside = [draft(note.visit, reading.chart, route="visit")] if note.visit is not None else []
            return [*beside, *(quote_sentence(passage, sentence, records, route="visit_note") for passage, sentence in told)]
    labelled = _under_label(speaker, topic, passages, plan) if deed is None else []
    return [quote_sentence(passage, sentence, records, route="visit_note") for passage, sentence in labelled] or None


_LABEL_ENDS = re.compile(r":(?!\d)|\s[-–]\s|\s(?=(?:seen|review(?:ed)?|advi[sc]e[sd]?|says?|said)\b)")
_LABEL = 45
"""Characters within which a line says whose words follow: "21/1 14:00 SALT: safe for pureed diet"."""


def _under_label(speaker: _Speaker, topic: _Topic, passages: Sequence[Passage], plan: Plan) -> list[tuple[Passage, Sentence]]:
    """Return sentences of others' notes under the name of a field: of the newest note that has one, and of the topic if one is asked."""
    held = [each for each in passages if plan.window is None or plan.window.holds(each.occurred or each.recorded)]
    for passage in held:
        told = [each for each in passage.sentences if _is_under_label(speaker, passage.sentence_text(each))]
        told = [each for each in told if not (topic.targets or topic.words) or topic.is_in(forms(passage.sentence_text(each)))]
        if told:
            return [(passage, each) for each in told[:MOST_TOLD]]
    return []


def _is_under_label(speaker: _Speaker, text: str) -> bool:
    label, *said = _LABEL_ENDS.split(text, maxsplit=1)
    return bool(said) and len(label) <= _LABEL and any(field.search(label) for field in speaker.fields)


_NEWEST_NOTE = Cue(
    r"\b(?:last|latest|newest|most recent) (?P<kind>(?:[\w&-]+ ){0,2}?)(?P<noun>notes?|letters?|report|summary|entry|write-?up)\b(?! of\b)"
)
_MESSAGE = Cue(r"\b(?:messages?|e-?mails?|diary|diaries|voicemails?)\b")


def _in_message(plan: Plan, passages: Sequence[Passage]) -> list[tuple[Passage, Sentence]]:
    """Return what a message or a diary that is named by whose it is says: of the thing that is asked, else as it begins."""
    if not _MESSAGE.search(plan.text):
        return []
    named = notes_named(plan.text, plan.model_copy(update={"targets": ()}), passages)
    of_note = sorted((each for each in passages if each.document_key in named.keys), key=lambda passage: passage.start)
    if len(named.keys) != 1 or not named.sure:
        return []
    about = _ABOUT.search(plan.text)
    words = frozenset(forms(about["thing"])) & frozenset(plan.keywords) if about else frozenset[str]()
    if words:
        return _told(_Note(tuple(of_note), None), _Topic((), words), plan.text)
    every = [(passage, sentence) for passage in of_note for sentence in passage.sentences]
    return [each for each in every if len(forms(each[0].sentence_text(each[1]))) > 2][:MOST_TOLD]


_ANY_NOTE = frozenset(forms("note notes entry write-up writeup written clinical"))
"""Words that every note may be called by."""


def _in_newest(plan: Plan, passages: Sequence[Passage]) -> list[tuple[Passage, Sentence]]:
    """Return what the newest note of a kind says of what is asked: "SLT recs in the latest clinic letter?" asks the letter."""
    asked = _NEWEST_NOTE.search(plan.text)
    if asked is None:
        return []
    named = notes_named(f"what did the {asked[0]} say", plan.model_copy(update={"targets": ()}), passages)
    of_note = sorted((each for each in passages if each.document_key in named.keys), key=lambda passage: passage.start)
    kind = set(forms(f"{asked['kind']} {asked['noun']}")) - _ANY_NOTE
    if len(named.keys) != 1 or not kind <= {*forms(f"{of_note[0].title} {of_note[0].author}")}:
        return []  # no note is called so
    spoken = {*forms(asked[0]), *_OF_SPEAKERS}
    words = {word for word in plan.keywords if word not in spoken and not _SPEECH.fullmatch(word)}
    targets = tuple(target for target in plan.targets if not set(forms(target.words)) <= spoken)
    told = _told(_Note(tuple(of_note), None), _Topic(targets, frozenset(words)), plan.text)
    return [each for each in told if not _is_heading(each[0].sentence_text(each[1]))]


def _is_heading(text: str) -> bool:
    return text.isupper() and not any(map(str.isdigit, text))


def _speaker(plan: Plan, passages: Sequence[Passage], visits: Sequence[Fact]) -> _Speaker | None:
    fields = fields_named(plan.text)
    known = {name for text in _people(passages, visits) for name in _surnames(text)}
    titled = {word for match in _TITLED.finditer(plan.text) for word in forms(match["name"])}
    capital = {fold for word in re.findall(r"(?<!^)\b[A-Z][a-z]{2,}\b", plan.text) for fold in forms(word)}
    roles = {word for text in _people(passages, visits) for word in _roles(text)}
    names = frozenset(known & (titled | capital | set(plan.unknown)))
    if not fields.called:  # a district nurse is no other nurse
        names |= roles & set(plan.keywords)
    words = frozenset({word for each in fields.words for word in forms(each)} | names)
    if names or fields.called:
        # A name tells more than a field: "what did Dr Ortega from nephrology say".
        return _Speaker(() if names else tuple(fields.called), names, words)
    kinds = [
        (match, called)
        for asked, called in (*KINDS, *_MEETINGS, (EMERGENCY, _CALLED_EMERGENCY))
        if (match := asked.search(plan.text))
    ]
    kinds = kinds or [(match, _IN_PERSON) for match in [LAST_VISIT.search(plan.text)] if match]
    words = frozenset(word for match, _ in kinds for word in forms(match[0]))
    return _Speaker(tuple(called for _, called in kinds), frozenset(), words) if kinds else None


def _people(passages: Iterable[Passage], visits: Iterable[Fact]) -> set[str]:
    met = {detail.text for fact in visits for detail in fact.details if detail.name == "participant"}
    return {passage.author for passage in passages if passage.author} | {fact.author for fact in visits if fact.author} | met


def _roles(name: str) -> set[str]:
    """Return the folded words behind a person's name that tell what they are: "Dr T. Whitcombe (GP locum)"."""
    return {word for told in _roles_of(name) for word in forms(told) if word not in _CREDENTIALS and len(word) > 3}


def _roles_of(name: str) -> list[str]:
    return [one or other for one, other in re.findall(r"\(([^)]+)\)|,\s*(.+)$", name)]


def _surnames(name: str) -> set[str]:
    """Return the folded words of a person's name by which people call them: not the given name, nor the credentials."""
    words = [word for word in forms(name.partition(",")[0]) if word not in _CREDENTIALS and len(word) > 2]
    return set(words[1:] or words)


def _notes_of(speaker: _Speaker, passages: Sequence[Passage], visits: Sequence[Fact]) -> list[_Note]:
    by_document: dict[int, list[Passage]] = {}
    for passage in passages:
        by_document.setdefault(passage.document_key, []).append(passage)
    found = []
    for of_note in by_document.values():
        of_note.sort(key=lambda passage: passage.start)
        first = of_note[0]
        that_day = (fact for fact in visits if _of_day(first, fact))
        visit = next((fact for fact in that_day if _is_theirs(speaker, called_as(fact), fact.author)), None)
        begins = first.text[:_HEAD].partition("\n")[0]
        wrote = _is_theirs(speaker, f"{first.title} {first.section} {begins} {', '.join(_roles_of(first.author))}", first.author)
        if wrote or (visit is not None and (not speaker.names or not first.author)):
            found.append(_Note(tuple(of_note), visit))
    return found


def _is_theirs(speaker: _Speaker, called: str, author: str) -> bool:
    if speaker.names:
        return not speaker.names.isdisjoint(_surnames(author)) or not speaker.names.isdisjoint(forms(called))
    return any(pattern.search(called) for pattern in speaker.fields)


def _of_day(passage: Passage, visit: Fact) -> bool:
    told = passage.occurred or passage.recorded
    return told is not None and visit.occurred is not None and told.first_day == visit.occurred.first_day


def _topic(plan: Plan, speaker: _Speaker) -> _Topic:
    """Return what somebody is asked to have spoken of; empty: of anything."""
    targets = tuple(
        each for each in plan.targets if speaker.words.isdisjoint(forms(each.words)) and not _SPEECH.fullmatch(each.words.lower())
    )
    stems = (*(word[:_STEM] for word in speaker.words), "\0")
    open_words = {word for word in plan.keywords if not is_ordinary(word) and not _SPEECH.fullmatch(word)}
    words = frozenset(word for word in open_words - _OF_SPEAKERS if not word.startswith(stems))
    if not (targets or words) and (about := _ABOUT.search(plan.text)):
        words = frozenset(word for word in forms(about["thing"]) if word in plan.keywords and not word.startswith(stems))
    return _Topic(targets, words)


_ABOUT = Cue(r"\b(?:about|regarding|concerning|re|on the subject of)\b(?P<thing>[^?.;]+)")


def _also_at_large(topic: _Topic, plan: Plan) -> list[_Topic]:
    """Return a topic, and the same without what only the part before it named: "swallowing problems? what did SALT advise?"."""
    own = tuple(each for each in topic.targets if each.words.lower() in plan.text.lower())
    return [topic] if own == topic.targets else [topic, topic._replace(targets=own)]


_STEM = 6
"""Letters by which a word is one of those that name the speaker."""
_OF_SPEAKERS = frozenset(
    "doctor dr nurse clinic team specialist consultant visit appointment people letter note report review last latest".split()
)


def _told(note: _Note, topic: _Topic, question: str) -> list[tuple[Passage, Sentence]]:
    """Return the sentences that answer: of the topic where one is asked, else the conclusion, else what is done and advised."""
    every = [(passage, sentence) for passage in note.passages for sentence in passage.sentences]
    worded = [(each, forms(each[0].sentence_text(each[1]))) for each in every]
    worded = [(each, words) for each, words in worded if len(words) > 2]  # a heading has fewer
    if topic.targets or topic.words:
        about = [each for each, words in worded if topic.is_in(words)]
        if ASKS_VALUE.search(question) and any(target.kind is ConceptKind.MEASUREMENT for target in topic.targets):
            about = [each for each in about if tells_value(each[0].sentence_text(each[1]))]
        return about[:MOST_TOLD]
    wanted = PLANS if ASKS_PLAN.search(question) else CONCLUDES
    places = {id(sentence) for passage in note.passages for sentence in concluding(passage, wanted)}
    ended = [each for each, _ in worded if id(each[1]) in places]
    if ended:
        return ended[:MOST_TOLD]
    acts = [(_acts(each[0].sentence_text(each[1])), at) for at, (each, _) in enumerate(worded)]
    chosen = sorted(at for weight, at in sorted(acts, key=lambda one: (-one[0], -one[1]))[:MOST_TOLD] if weight > 0)
    return [worded[at][0] for at in chosen]


class _Deed(NamedTuple):
    """Something that somebody may be asked to have done, and how their note tells it."""

    asked: Cue
    told: Cue | None


_BY = r"(?:\b(?:what(?: \w+)?|which(?: \w+)?|anything|if|whether)\b[^?.;]{0,12} |^\W*)(?:did|has|have|had)\b[^?.;]{2,50}?\b"
_DEEDS = tuple(
    _Deed(Cue(rf"{_BY}(?:{asked})\b"), Cue(rf"(?:{told})") if told else None)
    for asked, told in (
        (r"stop(?:ped)?|discontinued?|deprescribed?|take (?:\w+ )?off|taken (?:\w+ )?off", r"\bstop|discontinu|deprescri|\btaper|withdr[ae]w|\bceas|\bcame off|\bwean|\bhold\b|\bheld\b"),
        (r"start(?:ed)?|begin|begun|prescribed?|add(?:ed)?", r"\bstart|commenc|\bbeg[aiu]n|initiat|prescri|\badd(?:ed)?\b|\bNEW\b|\btrial of|\bgiven\b|\bgave\b"),
        (r"change(?:d)?|alter(?:ed)?|adjust(?:ed)?|switch(?:ed)?", r"chang|->|→|↑|↓|\bto \d|increas|reduc|switch|halv|doubl|lower|\brais|\bstop|\bstart|\btaper"),
        (r"discharged?|signed? (?:\w+ )?off|let (?:\w+ )?go", r"discharg|signed off|no further (?:follow|review|appoint)|\bSOS\b|open appointment|\bd/c\b"),
        (r"refer(?:red)?", r"\brefer"),
        (r"order(?:ed)?|request(?:ed)?|arranged?", r"\border|\brequest|\barrang|\bbook"),
        (r"do|done", ""),
    )
)  # fmt: skip


def _deeds(note: _Note, deed: _Deed) -> list[tuple[Passage, Sentence]]:
    """Return the sentences of a note that tell what is asked to have been done."""
    if deed.told is None:
        return _told(note, _Topic((), frozenset()), "")
    found: list[tuple[Passage, Sentence]] = []
    for passage in note.passages:
        for number, sentence in enumerate(passage.sentences):
            if deed.told.search(passage.sentence_text(sentence)):
                found.append((passage, _with_what_it_is_of(passage, number)))
    return found[:MOST_TOLD]


_SHORT = 3
"""Words of a sentence that leaves what it is about to those before it: "STOP today"."""
_ITEM = re.compile(r"\s*(?:#|\(?\d{1,2}[.)]\s)")


def _with_what_it_is_of(passage: Passage, number: int) -> Sentence:
    """Take along the sentences before a short one, back to where its item begins."""
    first = number
    while first and number - first < 3 and not _ITEM.match(passage.sentence_text(passage.sentences[first])):
        if first == number and len(forms(passage.sentence_text(passage.sentences[number]))) > _SHORT:
            break
        first -= 1
    return Sentence(start=passage.sentences[first].start, end=passage.sentences[number].end)


def _acts(text: str) -> int:
    """Return how surely a sentence tells what is done or advised: 0 to 2."""
    return max(0, min(2, len(_ACTS.findall(text))) - (_NOT_DONE.search(text) is not None))
