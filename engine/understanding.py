"""Stage 0: question → plan: what is asked (intent), about what (targets, subject), when (window), and what was not understood.

Knows words, the lexicon and the concepts of the chart; reads no values.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.ages import find_age_window
from chartcite.engine.anchors import Anchor, find_anchor
from chartcite.engine.aspects import further, listed_aspects
from chartcite.engine.bedside_words import is_bedside
from chartcite.engine.domain.records import Category, Frozen
from chartcite.engine.doors import Door, door_of, unknown_words
from chartcite.engine.moments import Moment, moments_asked
from chartcite.engine.persons import Person, names_relative, speaks_of_patient
from chartcite.engine.ports import ChartConcept
from chartcite.engine.question_words import (
    BOTH_ENDS,
    COLLECTIVE,
    DATE_OF_BIRTH,
    DEMOGRAPHIC,
    EMERGENCY,
    EVENTS,
    EVER,
    EVERY,
    FAMILY,
    FREQUENCY_OF_TESTS,
    HARM,
    INPATIENT,
    INTENTS,
    NEWEST,
    NOW,
    ORDINARY,
    OTHER_WORDS,
    RELATIVES,
    STOPWORDS,
    SUBJECTS,
    UNDONE,
    UPCOMING,
    WHICH,
    YES_NO,
    Event,
    Intent,
    newest_several,
)
from chartcite.engine.spelling import mend_question
from chartcite.engine.terminology import ConceptKind, Lexicon, Mention, Token, fold, forms, plain_display, tokenize
from chartcite.engine.times import Window, find_window


class Target(Frozen):
    """Something the question names."""

    words: str
    """As the question says it, spelling mended."""
    label: str
    """Preferred name."""
    ids: tuple[str, ...] = ()
    """Lexicon ids with everything under them; empty for something only the chart names."""
    kind: ConceptKind | None = None
    alternatives: tuple[tuple[str, ...], ...] = ()
    """Folded words, any of which names it in narrative."""
    concept_keys: tuple[int, ...] = ()
    """Concepts of the chart that mean it."""
    is_attribute: bool = False
    """Whether the question asks for this of something else it names ("how big is the nodule?")."""
    is_class: bool = False
    """Whether it names a class of things ("a blood thinner", "shots") rather than one."""
    exact: bool = False
    """Whether some of these mean exactly it, rather than contain its name."""
    synonyms: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def find(self, words: Sequence[str]) -> tuple[int, int] | None:
        """Return the range of the first of some folded words that name it (longest first)."""
        by_first = _runs_by_first_word(self.alternatives)
        for start, word in enumerate(words):
            for run in by_first.get(word, ()):
                if tuple(words[start : start + len(run)]) == run:
                    return start, start + len(run)
        return None


@lru_cache(maxsize=512)
def _runs_by_first_word(alternatives: tuple[tuple[str, ...], ...]) -> dict[str, list[tuple[str, ...]]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for run in sorted(alternatives, key=len, reverse=True):
        if run:
            by_first.setdefault(run[0], []).append(run)
    return by_first


class Plan(Frozen):
    """How a question (or one part of it) was understood."""

    text: str
    """The part of the question."""
    intent: Intent
    targets: tuple[Target, ...] = ()
    subject: Category | None = None
    """The list that the question is about, where it names one."""
    event: Event | None = None
    window: Window | None = None
    family: bool = False
    relatives: tuple[str, ...] = ()
    """Words for the relative that is asked about; empty: any."""
    historical: bool = False
    """Asks about any time ("ever", "history of"), not only now."""
    current: bool = False
    """Asks about now."""
    newest: bool = False
    """Asks for the last of several."""
    newest_several: int | None = None
    """How many of the newest are asked for ("the last three")."""
    every: bool = False
    """Asks for each of several."""
    upcoming: bool = False
    """Asks for what is to come: due, booked, planned."""
    undone: bool = False
    """Asks for what was not done, refused or missed."""
    harm: bool = False
    """Asks what a treatment did amiss."""
    inpatient: bool = False
    """Of encounters, admissions only."""
    emergency: bool = False
    """Of encounters, emergency ones only."""
    subject_named: bool = False
    """Whether the question itself names the list ("is she taking X?"), rather than only something that stands on it."""
    ordinal: int | None = None
    """Of several, which one: 2 for "second"."""
    keywords: tuple[str, ...] = ()
    """Folded content words that no target covers."""
    corrected: dict[str, str] = {}  # noqa: RUF012 -- pydantic copies the default of a frozen model
    """Words whose spelling was mended."""
    unknown: tuple[str, ...] = ()
    """Of these, what neither the terminology, the chart's own names nor the words of records know."""
    door: Door = Door.CHART
    """Where the question is answered."""
    anchor: Anchor | None = None
    """What of the chart tells the time that is meant ("after the operation"), where `event_targets` name it."""
    event_targets: tuple[Target, ...] = ()
    """What the anchor's event names."""
    lost: bool = False
    """Whether the chart lacks the event by which the question tells its time."""
    aspects: tuple[str, ...] = ()
    """What is wanted of the thing that a terse question names: "when", "result"."""
    moments: tuple[Moment, ...] = ()
    """Several moments of a measurement that are asked together."""
    untimed: Plan | None = None
    """The question without the anchor's words: read so where the anchor's event stands in the chart."""

    @property
    def asks_patient_group(self) -> bool:
        """Whether the question is about many patients."""
        return self.door is Door.PATIENT_GROUP


def understand(
    text: str,
    /,
    *,
    lexicon: Lexicon,
    chart: Sequence[ChartConcept],
    today: date,
    names: frozenset[str] = frozenset(),
    person: Person | None = None,
) -> tuple[Plan, ...]:
    """Read a question; return one plan for each of its parts.

    Args:
        text: the question.
        lexicon: known concepts.
        chart: concepts that the patient's facts name (empty for a question without a patient).
        today: the day that relative words count from.
        names: folded words of the patient's own name: they carry nothing.
        person: sex, birth and death of the patient, as far as the chart tells.
    """
    known = frozenset(word for concept in chart for word in forms(concept.concept.text)) | names
    text, mended = mend_question(
        text, lambda word: word in known or is_ordinary(word) or is_bedside(word) or lexicon.has_word(word)
    )
    context = _Context(lexicon, chart, today, names, person or Person(), mended, known)
    plans: list[Plan] = []
    opening: Window | None = None
    asked, told = _asked(text)
    for part in _parts(asked):
        plan = _understand_part(part, context)
        if not plans and told and not plan.targets:
            plan = _completed(plan, _understand_part(told, context))
        if not plans and not (plan.targets or plan.subject or plan.keywords) and plan.window:
            opening = plan.window  # "As of summer 2022, what was he taking?"
            continue
        if opening is not None and plan.window is None:
            plan = plan.model_copy(update={"window": opening})
        plans.append(_completed(plan, plans[-1]) if plans else plan)
    if not plans:
        plans = [_understand_part(text, context)]
    return tuple(plan for number, plan in enumerate(plans) if number == 0 or plan.targets or plan.subject or plan.keywords)


_JOINT = re.compile(
    r"\?+\s+(?=\S)|;\s+|(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)[,.]?\s+(?:and|but|then)\s+(?=(?:also\s+)?(?:what|when|how|why|which|who|where|(?:is|are|was|were) (?:it|she|he|they|there|the|her|his|my)|(?:can|could|may|should) (?:it|she|he|they|i|we|the)|did|does|do|has|have|had)\b)|,\s+(?=(?:what|when|how|why|which|who)\b)",
    re.IGNORECASE,
)
_MOST_PARTS = 4


_SENTENCE = re.compile(r"(?<=[.!])(?<!\b[MD]r\.)(?<!\bM[sx]\.)(?<!\bMrs\.)(?<!\bSt\.)(?<!\bvs\.)\s+(?=[A-Z])|(?<=\?)\s+")
_ASKS_TOO = re.compile(
    r"^(?:and|or|also|but|then|if|what|when|how|which|who|whom|why|where|is|are|was|were|does|do|did|has|have|had|any|can|could|should|will|please|list|tell|show|give|since|until)\b",
    re.IGNORECASE,
)
"""Begins a sentence that asks, with or without a question mark."""
_LEAD_IN = re.compile(
    r"^(?:before (?:i|we) (?:start|prescribe|give|order|book|see|operate)\b[^:,?]*|(?:i'?m|we'?re|i am|we are) (?:about|going|planning) to\b[^:,?.]*|for (?:the|my|his|her) (?:letter|referral|form|report)\b[^:,?]*)[:,.]\s+(?=\S)",
    re.IGNORECASE,
)


def _asked(text: str) -> tuple[str, str]:
    """Return what is asked, and apart from it the sentences that only tell why."""
    sentences = _SENTENCE.split(text)
    marked = [sentence for sentence in sentences if sentence.rstrip().endswith("?")]
    asking = [sentence for sentence in sentences if sentence in marked or _ASKS_TOO.match(sentence)] if marked else []
    told = ""
    if marked and len(asking) < len(sentences):
        begins = sentences.index(asking[0])
        told, text = " ".join(sentences[:begins]), " ".join(sentences[begins:])
    text = _HEADLINE.sub("", text) if _HEADLINE.match(text) else text
    return _ASIDE.sub("", _LEAD_IN.sub("", text)) or text, told


_HEADLINE = re.compile(
    r"^(?=[^:?]*\b(?:check|list|screening|trial|audit|query|file|round|rounds|handover|clerk|nurse|pharmacist|manager|coordinator|here|asking|clinic|letter|summary|referral|review|team|pre-?op|theatre|study|registry|mdt|board|planning)\b)"
    r"[^:?]{3,50}:\s+(?=(?:what|which|when|who|whom|how|why|where|is|are|was|were|does|did|has|have|any|list|count|number|first|last|latest|current|date|dates|please|on|every)\b)",
    re.IGNORECASE,
)
"""What stands before a colon and only tells who asks, or what for: "Trial screening: first and latest MoCA?"."""


_ASIDE = re.compile(
    r"(?:\s+[-–—]+\s*|\s*[,;(]\s*)(?:(?:i |we |just )?(?:need(?:ed)?|want(?:ed)?) (?:it|this|that|them|these|to know) (?:for|as|because)\b[^?.]*"
    r"|(?:\w+ ){1,3}(?:is |are |was |were )?(?:asking|wants? to know|wondering|requested)\b[^?.]*"
    r"|(?:it'?s |this is )?for (?:the |my |his |her |our |an? )?(?:\w+ )?(?:school|insur\w+|form|letter|referral|register|report|audit|handover|rounds?|board|meeting|paperwork|summary)\b[^?.]*"
    r"|(?:shout|let me know|tell me|ping me|flag it|please advise)(?: if| when|\b)[^?.]*|thanks?\b[^?.]*|ta|cheers)\)?(?=\W*$)"
    r"|\s+for (?:school|college|daycare|day care|nursery|kindergarten|camp|travel|insurance|the record|the (?:school )?nurse|my records)(?=\W*$)",
    re.IGNORECASE,
)
"""What follows a question and only tells why it is asked."""


def _parts(text: str) -> list[str]:
    """Cut several questions in one into parts."""
    parts = [part.strip() for part in _JOINT.split(text) if part.strip()]
    return parts[:_MOST_PARTS] if parts else [text]


_RESULT = re.compile(r"\b(?:show(?:ed|n)?|find|found|results?|reveal(?:ed)?|say|said)\b", re.IGNORECASE)


def _completed(plan: Plan, before: Plan) -> Plan:
    """Take from the part before what a further part leaves out: "When was the last scan, and what did it show?"."""
    taken: dict[str, object] = {}
    if not plan.targets:
        measured = tuple(target for target in before.targets if target.kind is ConceptKind.MEASUREMENT)
        # "... before the statin, and what is it now?": it is the value, not the statin
        taken["targets"] = (measured or before.targets) if plan.current else before.targets
        taken["subject"] = plan.subject or (None if measured and plan.current else before.subject)
        if plan.intent is Intent.LIST and before.targets:
            taken["intent"] = Intent.DESCRIBE
        if measured and plan.intent in {Intent.COUNT, Intent.DESCRIBE, Intent.LIST}:
            taken["intent"] = _intent(plan.text, measured, plan.subject)
        if before.targets and not plan.subject and _RESULT.search(plan.text):
            taken["keywords"] = tuple(dict.fromkeys((*before.keywords, *plan.keywords)))
    if plan.window is None and not plan.targets and not plan.current:
        taken["window"] = before.window
        taken["newest"] = plan.newest or before.newest
        taken["newest_several"] = plan.newest_several or before.newest_several
    if before.family and not plan.targets:
        taken["family"], taken["relatives"] = True, before.relatives
    return plan.model_copy(update=taken)


_OF_FAMILIES = frozenset({"run", "runs", "running"})
_FAMILY_WORDS = frozenset({"family", "history", "familial", "fhx", "relative"})


class _Context(NamedTuple):
    """What every part of a question is read with."""

    lexicon: Lexicon
    chart: Sequence[ChartConcept]
    today: date
    names: frozenset[str]
    person: Person
    mended: dict[str, str]
    named: frozenset[str]
    """Folded words of the names that the chart gives things, and of the patient's own."""


_OF_DIFFERENCES = frozenset(
    fold(word)
    for word in "serial absolute total baseline final decline delta loss gain litre liter point unit percent kg cm mm mg far date pre post".split()
)
"""Words that tell how a value is to be compared, and name nothing."""
_NOT_ANCHORED = frozenset({Intent.DURATION, Intent.AGE, Intent.REASON, Intent.WHEN})


def _understand_part(text: str, context: _Context) -> Plan:
    """Read a part; where it tells a time by something of the chart, read it also without those words."""
    terse = _read_terse(text, context) if context.chart else None
    if terse is not None:
        return terse
    plan = _read_part(text, context)
    ends = plan.intent is Intent.TREND and all(cue.search(text) for cue in BOTH_ENDS)  # "at diagnosis and now"
    read = context.chart and plan.intent not in _NOT_ANCHORED and not ends and not plan.moments
    if plan.intent is Intent.DIFFERENCE and _spans(plan.window):
        read = False  # "from the first physical in 2019 to June 2023": both ends are told
    anchor = find_anchor(text) if read else None
    if anchor is None or anchor.until is not None:
        return plan
    bare = f"{text[: anchor.span[0]]} {text[anchor.span[1] :]}".strip()
    if not any(character.isalpha() for character in bare):
        return plan
    untimed = _read_part(bare, context)
    if not (untimed.targets or untimed.subject):
        return plan
    thing = anchor.event.thing
    named: tuple[Target, ...] = ()
    if thing:
        tokens = tokenize(thing)
        words, _ = _mend(tokens, context.lexicon, context.chart, context.names)
        named, _ = _targets(thing, tokens, words, context.lexicon, context.chart, None)
    return plan.model_copy(update={"anchor": anchor, "event_targets": named, "untimed": untimed})


def _read_terse(text: str, context: _Context) -> Plan | None:
    """Read a thing with what is wanted of it ("colonoscopy: when, result"); `None`: it is no such question."""
    listed = listed_aspects(text)
    if listed is None or set(listed[1]) & {"how many", "number", "count", "drug", "medicine", "med", "agent"}:
        return None
    head = _read_part(listed[0], context)
    if all(target.kind is ConceptKind.MEASUREMENT for target in head.targets):
        return None
    words = tuple(word for aspect in further(listed[1]) for word in forms(aspect) if not _is_plain(word))
    intent = head.intent if head.intent in {Intent.FIRST, Intent.LATEST} else Intent.DESCRIBE
    more = {
        "text": text,
        "aspects": listed[1],
        "intent": intent,
        "every": head.every or "dates" in listed[1],
        "keywords": (*head.keywords, *words),
    }
    return head.model_copy(update=more)


def _read_part(text: str, context: _Context) -> Plan:
    lexicon, chart, names = context.lexicon, context.chart, context.names
    window = _since_compared(find_window(text, today=context.today), text)
    if window is None and context.person.birth is not None:
        window = find_age_window(text, birth=context.person.birth)
    tokens = tokenize(text)
    tokens = _without_plurals(text, tokens)
    words, corrected = _mend(tokens, lexicon, chart, names)
    corrected = {**context.mended, **corrected}
    of_patient = speaks_of_patient(text, context.person)
    kin = frozenset({*_all_relatives(), *_SPEAKERS_KIN}) if of_patient else frozenset[str]()
    moments = moments_asked(text, today=context.today)
    timing = {word for moment in moments for word in forms(moment.words)}
    targets, covered = _targets(text, tokens, words, lexicon, chart, window, plain=kin | timing)
    if any(target.kind is ConceptKind.DRUG for target in targets):
        targets = tuple(target for target in targets if not HARM.fullmatch(target.words))
    if FAMILY.search(text):
        targets = tuple(target for target in targets if target.words.lower() not in _OF_FAMILIES)  # what "runs in the family"
    harm = HARM.search(text) is not None and any(target.kind is ConceptKind.DRUG for target in targets)
    family = (FAMILY.search(text) is not None or names_relative(text)) and not of_patient
    if DATE_OF_BIRTH.search(text) and all(target.label in _OF_BIRTH or target.kind is None for target in targets):
        targets, covered = (), set(range(len(words)))
    subject = _subject(_without_names(text, targets), targets)
    said = _cue_words(text, window) | (set(forms(" ".join(match[0] for match in HARM.finditer(text)))) if harm else set())
    relatives = _relatives(words) if family else ()
    measured = any(target.kind is ConceptKind.MEASUREMENT for target in targets)
    ignored = (
        said
        | (timing | _OF_DIFFERENCES if measured else set())
        | names
        | {match[1].lower() for match in _ORDINAL.finditer(text)}
        | ({"family", "familial", "relative", "fhx", "run", "side", *relatives, *_all_relatives()} if family else set())
    )
    open_words = [
        word
        for position, word in enumerate(words)
        if position not in covered
        and not _is_plain(word)
        and word not in ignored
        and not _is_kin(word, family=family, of_patient=of_patient)
    ]
    if _DRUG_LEVEL.search(text) and targets and all(target.kind is ConceptKind.DRUG for target in targets):
        open_words.append("level")  # the amount in the blood, not the medicine
    keywords = tuple(dict.fromkeys(open_words))
    return Plan(
        text=text,
        moments=moments if measured else (),
        intent=_intent(text, targets, subject, window),
        targets=targets,
        subject=subject,
        event=next((event for event, cue in EVENTS if cue.search(text)), None),
        window=window,
        family=family,
        relatives=relatives,
        historical=EVER.search(text) is not None,
        current=NOW.search(text) is not None,
        newest=NEWEST.search(text) is not None,
        newest_several=newest_several(text),
        every=EVERY.search(text) is not None,
        upcoming=UPCOMING.search(text) is not None,
        undone=UNDONE.search(text) is not None,
        harm=harm,
        inpatient=INPATIENT.search(text) is not None,
        emergency=EMERGENCY.search(text) is not None,
        subject_named=_names_list(text),
        ordinal=_ordinal(text),
        keywords=keywords,
        corrected=corrected,
        unknown=unknown_words(text, keywords, lambda word: lexicon.has_word(word) or word in context.named),
        door=door_of(text, names_something=any(target.ids for target in targets)),
    )


_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,5}s")


def _without_plurals(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Read "CTs" as several CTs, and not as another abbreviation."""
    return [
        token._replace(form=fold(text[token.start : token.end - 1]))
        if _PLURAL_ACRONYM.fullmatch(text[token.start : token.end])
        else token
        for token in tokens
    ]


def _since_compared(window: Window | None, text: str) -> Window | None:
    """Read "compared to 2021", "better than a year ago" as from then on: both ends are asked for."""
    if window is None or window.first is None:
        return window
    before = text[: max(text.lower().find(window.words.lower()), 0)]
    compared = re.search(
        r"\b(?:compared (?:to|with)|vs\.?|versus|against|than)(?: (?:it was|in|at|on|the))*\s*$", before, re.IGNORECASE
    )
    if re.search(r"\bas (?:known|documented|recorded|seen)(?: (?:at|by|on|in))?(?: the)?\s*$", before, re.IGNORECASE):
        return window.model_copy(update={"first": None})
    return window.model_copy(update={"last": None}) if compared else window


def _names_apart(surfaces: Sequence[str], lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return the words of names, without abbreviations that an ordinary word would meet: AIDS where a note tells of hearing aids."""
    named = [forms(surface) for surface in surfaces]
    return [run for run in named if not (len(run) == 1 and lexicon.is_capital_plural(run[0]) and is_ordinary(run[0]))]


def _names_list(text: str) -> bool:
    return (
        re.search(
            r"\b(?:is|was|are|were|am|be|been|still|currently|now|ever) (?:\w+ ){0,2}?(?:on|taking|prescribed|given|using|diagnosed)\b",
            text,
            re.IGNORECASE,
        )
        is not None
    )


_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5}
_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)}) (?!opinion|degree|trimester|toe|finger|line|year|month|week|day|floor|grade|stage|look|hand|generation|ventricle|rib|nerve|metatarsal|molar)",
    re.IGNORECASE,
)


def _ordinal(text: str) -> int | None:
    match = _ORDINAL.search(text)
    return _ORDINALS[match[1].lower()] if match else None


_DRUG_LEVEL = re.compile(r"\b(?:level|levels|trough|troughs|concentration)\b", re.IGNORECASE)


def _is_kin(word: str, *, family: bool, of_patient: bool) -> bool:
    """Say whether a word only tells who speaks ("when was dad admitted?")."""
    if of_patient and (word in _SPEAKERS_KIN or word in _all_relatives()):
        return True
    return not family and word in {"dad", "mum", "mom", "husband", "wife", "she", "he"}


_SPEAKERS_KIN = frozenset(
    {
        "grandad",
        "granddad",
        "nana",
        "hubby",
        "partner",
        "child",
        "kid",
        "baby",
        "boyfriend",
        "girlfriend",
        "nephew",
        "niece",
        "spouse",
    }
)


def _relatives(words: Iterable[str]) -> tuple[str, ...]:
    said = set(words)
    # "Mother" is also said for a parent, but who asks about the mother does not ask about the father.
    found = [name for name, others in RELATIVES.items() if name in said or (name not in COLLECTIVE and said & set(others[1:]))]
    return tuple(dict.fromkeys(word for name in found for word in RELATIVES[name]))


def _all_relatives() -> set[str]:
    return {word for words in RELATIVES.values() for word in words}


def _cue_words(text: str, window: Window | None) -> set[str]:
    """Return the words that already did their work as cues: they need not stand in the evidence."""
    patterns = [cue for _, cue in SUBJECTS] + [cue for _, cue in EVENTS] + [NEWEST, EVERY, *_ASKING]
    # A cue that swallows a whole phrase ("taking for her blood pressure") must not hide the phrase's content.
    found = {word for cue in patterns for match in cue.finditer(text) if len(match[0].split()) <= 2 for word in forms(match[0])}
    places = {
        word
        for cue in (INPATIENT, EMERGENCY, EVER, NOW, UPCOMING, UNDONE)
        for match in cue.finditer(text)
        for word in forms(match[0])
    }
    return found | places | (set(forms(window.words)) if window else set())


_ASKING = tuple(cue for intent, cue in INTENTS if intent in {Intent.DURATION, Intent.COUNT, Intent.AGE, Intent.WHO})


def _is_plain(word: str) -> bool:
    return word in STOPWORDS or len(word) < 2 or word.replace(".", "").isdigit()


def _mend(
    tokens: Sequence[Token], lexicon: Lexicon, chart: Sequence[ChartConcept], names: frozenset[str]
) -> tuple[list[str], dict[str, str]]:
    """Correct typing errors in words that neither the lexicon, the chart nor plain English knows."""
    known = {word for concept in chart for word in forms(concept.concept.text)}
    words, corrected = [], {}
    for token in tokens:
        word = token.form
        ordinary = is_ordinary(word) or word in known or word in names or lexicon.has_word(word)
        better = None if ordinary else lexicon.correct(word) or lexicon.complete(word)
        if better is not None and better != word:
            corrected[word] = better
            word = better
        words.append(word)
    return words, corrected


def is_ordinary(word: str) -> bool:
    """Say whether a word, or the word it is built on, is plain English."""
    cut = [word.removesuffix(ending) for ending in ("ed", "d", "ing", "ly")] + [word.removesuffix("ing") + "e"]
    cut += [base[:-1] for base in cut if len(base) > 3 and base[-1] == base[-2]]  # dropp(ing)
    return _is_plain(word) or any(base in ORDINARY for base in (word, *cut))


_OF_BIRTH = frozenset({"childbirth", "birth", "age", "sex"})


class _Words(Frozen):
    """The question's words with what is needed to weigh a mention."""

    text: str
    folded: tuple[str, ...]
    raw: tuple[str, ...]


def _targets(  # noqa: PLR0913 -- a part of a question, its words, and what they are read with
    text: str,
    tokens: Sequence[Token],
    words: list[str],
    lexicon: Lexicon,
    chart: Sequence[ChartConcept],
    window: Window | None,
    *,
    plain: frozenset[str] = frozenset(),
) -> tuple[tuple[Target, ...], set[int]]:
    surfaces = _chart_surfaces(chart)
    question = _Words(text=text, folded=tuple(words), raw=tuple(text[token.start : token.end] for token in tokens))
    in_window = set(forms(window.words)) if window else set()
    strong: list[Target] = []
    weak: list[tuple[Target, set[int]]] = []
    covered: set[int] = set()
    for mention in lexicon.mentions(words, extra=surfaces):
        run = range(mention.first, mention.last)
        if all(words[place] in in_window for place in run) or _is_noise(question, mention.first, mention.last, lexicon):
            continue
        target = _target(question, mention.first, mention.last, mention.ids, lexicon, chart)
        if not target.concept_keys:
            target = _narrower(question, mention, lexicon, chart, surfaces) or target
        if mention.first and question.folded[mention.first - 1] in _INCLUDING and (strong or weak):
            continue  # "the AF drugs, incl. anticoagulation": what is among them is no other question
        if _is_weak(question, mention.first, mention.last, target, lexicon):
            weak.append((target, set(run)))
        else:
            strong.append(target)
            covered.update(run)
    if not any(target.concept_keys for target in strong):
        for target, run_set in _spread(question, lexicon, chart, surfaces):
            strong.append(target)
            covered.update(run_set)
    said = _cue_words(text, window) | plain | (_FAMILY_WORDS if FAMILY.search(text) else frozenset())
    least = _NAMED_SURELY if YES_NO.match(text) else _NAMED
    found_in_chart, more = _chart_targets(words, said, covered, strong, chart, least=least)
    if not strong and not found_in_chart:
        for target, run_set in weak:
            if _is_list_name(target.words) and (not target.concept_keys or target.kind is ConceptKind.MEASUREMENT):
                continue  # "labs" asks for the list, and not for a test of that name
            strong.append(target)
            covered.update(run_set)
    return _distinct_targets((*strong, *found_in_chart)), covered | more


_BROKEN = {"broke": "broken", "break": "broken", "tore": "torn", "fractured": "broken", "swapped": "replaced"}
_INCLUDING = frozenset({"inc", "incl", "including", "includ", "include"})
_BETWEEN = frozenset(
    "dad mum mom is are was were be been being has have had do did get got ever he she him her his they them their it the a an my your our patient pt ever also then already just".split()
)
"""Words that stand within a name as people say it: "shocked him back into rhythm", "was the polyp removed"."""


def _spread(
    question: _Words, lexicon: Lexicon, chart: Sequence[ChartConcept], surfaces: dict[tuple[str, ...], tuple[str, ...]]
) -> list[tuple[Target, set[int]]]:
    """Return what the chart holds of names whose words stand apart in the question, each with the places of its words."""
    places = [place for place, word in enumerate(question.folded) if word not in _BETWEEN]
    words = [question.folded[place] for place in places]
    found: list[tuple[Target, set[int]]] = []
    words = [_BROKEN.get(word, word) for word in words]
    for start in range(len(words)):
        mention = next(lexicon.mentions(words[start:], extra=surfaces), None)
        if mention is None or mention.first or mention.last < 2:
            continue
        run = places[start : start + mention.last]
        target = _target(question, run[0], run[-1] + 1, mention.ids, lexicon, chart)
        if target.concept_keys and len(set(run)) > 1:
            found.append((target, set(run)))
    return found[:1]


def _narrower(
    question: _Words,
    mention: Mention,
    lexicon: Lexicon,
    chart: Sequence[ChartConcept],
    surfaces: dict[tuple[str, ...], tuple[str, ...]],
) -> Target | None:
    """Return what is named by a mention without the words that only ask about it: "history of stroke", "INR level"."""
    first, last = mention.first, mention.last
    while first < last and question.folded[first] in _LEADING:
        first += 1
    if first == mention.first and last - first > 1 and question.folded[last - 1] in _TRAILING:
        last -= 1
    if not first < last or (first, last) == (mention.first, mention.last):
        return None
    shorter = next(lexicon.mentions(question.folded[first:last], extra=surfaces), None)
    if shorter is None or shorter.last != last - first:
        return None
    return _target(question, first + shorter.first, last, shorter.ids, lexicon, chart)


_LEADING = frozenset(
    {
        "family",
        "familial",
        "fhx",
        "history",
        "hx",
        "personal",
        "past",
        "previous",
        "prior",
        "allergy",
        "allergic",
        "intolerance",
        "intolerant",
        "of",
        "to",
        "for",
        "known",
    }
)
"""Words before a name that ask about it rather than belong to it."""
_TRAILING = frozenset(
    {
        "change",
        "loss",
        "gain",
        "level",
        "result",
        "value",
        "trend",
        "check",
        "test",
        "score",
        "count",
        "reading",
        "titer",
        "measurement",
    }
)
"""Words after a name that ask about it rather than belong to it."""


def _chart_surfaces(chart: Sequence[ChartConcept]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the displays of the chart as words that name something, besides the lexicon's."""
    surfaces: dict[tuple[str, ...], list[str]] = {}
    for concept in chart:
        if concept.categories and concept.categories <= _NOT_NAMED:
            continue
        for name in {concept.concept.text, *(coding.display for coding in concept.concept.codings)}:
            run = forms(plain_display(name))
            if run and not (len(run) == 1 and (_is_plain(run[0]) or run[0] in ORDINARY)):
                surfaces.setdefault(run, []).append(f"chart:{concept.key}")
    return {run: tuple(keys) for run, keys in surfaces.items()}


def _is_noise(question: _Words, first: int, last: int, lexicon: Lexicon) -> bool:
    """Say whether a mention is plain English that happens to be an abbreviation or a list's name."""
    if last - first > 1:
        return False
    raw, word = question.raw[first], question.folded[first]
    if raw.lower() in STOPWORDS and not raw.isupper():
        return True
    return lexicon.is_acronym(word) and not raw.isupper() and (raw.lower() in ORDINARY or word in ORDINARY or len(raw) <= 2)


def _is_weak(question: _Words, first: int, last: int, target: Target, lexicon: Lexicon) -> bool:
    """Say whether a mention only counts where nothing better is named: list names, and single everyday words."""
    if _is_list_name(" ".join(question.raw[first:last])):
        return True
    single = last - first == 1
    if single and target.kind is ConceptKind.CONDITION and question.folded[first] not in _SELDOM_FINDINGS:
        return False  # a symptom is what is asked, whatever everyday word it is
    is_class = bool(target.ids) and any(lexicon.concepts[id_].is_class for id_ in target.ids[:1])
    return single and question.raw[first].lower() in ORDINARY and (is_class or not target.concept_keys)


_SELDOM_FINDINGS = frozenset(
    {"doe", "fish", "heavy", "fall", "complaint", "symptom", "smoking", "virus", "stress", "stone", "low", "high", "up", "down"}
)
"""Names of findings that mostly mean something else."""


def _is_list_name(words: str) -> bool:
    """Say whether words only name a list: "vaccines", "ED visits"."""
    return any(cue.fullmatch(words) for _, cue in SUBJECTS)


def _target(
    question: _Words, first: int, last: int, ids: tuple[str, ...], lexicon: Lexicon, chart: Sequence[ChartConcept]
) -> Target:
    named = " ".join(question.folded[first:last])
    keys = {int(id_.removeprefix("chart:")) for id_ in ids if id_.startswith("chart:")}
    listed = tuple(id_ for id_ in ids if not id_.startswith("chart:"))
    if not listed and keys:
        # Words of the chart itself: what they mean in the lexicon widens the search.
        texts = [concept.concept for concept in chart if concept.key in keys]
        listed = tuple(sorted({id_ for text in texts for id_, strength in lexicon.link(text).items() if strength == 2}))
    below = frozenset[str]().union(*(lexicon.below(id_) for id_ in listed)) if listed else frozenset[str]()
    exact, contained = set(keys), set[int]()
    linked: set[str] = set()
    for concept in chart:
        strengths = {id_: strength for id_, strength in lexicon.link(concept.concept).items() if id_ in below}
        if strengths:
            (exact if max(strengths.values()) == 2 else contained).add(concept.key)
            linked |= strengths.keys()
    # Words with two meanings ("smoke": the substance, the status): the one that the chart speaks of comes first.
    listed = tuple(sorted(listed, key=lambda id_: not lexicon.below(id_) & linked))
    of_family = {concept.key for concept in chart if concept.categories == {Category.FAMILY_HISTORY}}
    if exact and exact <= of_family:
        exact |= contained  # what a relative had names it exactly; the patient's own may be called otherwise
    synonyms = lexicon.surfaces((*listed, *sorted(below - set(listed))))
    if not exact and not contained and listed and lexicon.concepts[listed[0]].kind is ConceptKind.CONDITION:
        contained = _coded_as_neoplasm(listed[0], lexicon, chart)
    if not exact and not contained and listed:
        contained = _containing((tuple(named.split()), *_names_apart(synonyms, lexicon)), chart)
    is_class = bool(listed) and lexicon.concepts[listed[0]].is_class
    if is_class and lexicon.concepts[listed[0]].kind in _LISTED_BY_CLASS:
        exact |= contained  # "dose 1 of the hepatitis B vaccine" belongs to the class as well
    chart_words = tuple(forms(plain_display(concept.concept.text)) for concept in chart if concept.key in exact)
    return Target(
        words=" ".join(question.raw[first:last]),
        label=lexicon.concepts[listed[0]].name if listed else " ".join(question.raw[first:last]),
        ids=(*listed, *sorted(below - set(listed))),
        kind=lexicon.concepts[listed[0]].kind if listed else None,
        alternatives=tuple(dict.fromkeys((tuple(named.split()), *_names_apart(synonyms, lexicon), *chart_words))),
        concept_keys=tuple(sorted(exact or contained)),
        is_class=is_class,
        exact=bool(exact),
        synonyms=synonyms,
        codes=tuple(sorted({code for id_ in below for code in lexicon.concepts[id_].codes})),
    )


_GROWTH = frozenset(fold(word) for word in "neoplasm tumor carcinoma adenocarcinoma malignant malignancy".split())
_NO_GROWTH = frozenset(fold(word) for word in "benign family screening suspected history".split())


def _coded_as_neoplasm(id_: str, lexicon: Lexicon, chart: Sequence[ChartConcept]) -> set[int]:
    """Return the concepts by which a chart codes a cancer as a neoplasm of the same organ."""
    name = forms(lexicon.concepts[id_].name)
    organ = {_stem(word) for word in name if word not in {"cancer", "of"}}
    if "cancer" not in name or not organ:
        return set()
    found = set()
    for concept in chart:
        words = forms(plain_display(concept.concept.text))
        if _GROWTH & set(words) and not _NO_GROWTH & set(words) and organ <= {_stem(word) for word in words}:
            found.add(concept.key)
    return found


def _containing(runs: Iterable[tuple[str, ...]], chart: Sequence[ChartConcept]) -> set[int]:
    """Return the concepts of the chart whose display holds one of some names of at least two words ("Removal of ... device")."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for run in runs:
        if len(run) > 1:
            by_first.setdefault(run[0], []).append(run)
    found = set()
    for concept in chart:
        if concept.categories and concept.categories <= _NOT_NAMED:
            continue
        words = forms(plain_display(concept.concept.text))
        if any(words[place : place + len(run)] == run for place, word in enumerate(words) for run in by_first.get(word, ())):
            found.add(concept.key)
    return found


def _chart_targets(
    asked: Sequence[str],
    said: set[str],
    covered: set[int],
    targets: Sequence[Target],
    chart: Sequence[ChartConcept],
    *,
    least: float,
) -> tuple[list[Target], set[int]]:
    """Find what only the chart names, by the rarest words that a display shares with the question.

    The words of targets without any fact count too: what the lexicon took for one thing may be part of another's name.
    """
    words = [word if word not in said else "" for word in asked]
    open_positions = [place for place, word in enumerate(words) if place not in covered and word and not _is_plain(word)]
    idle = {
        word: _KIND_CATEGORIES.get(target.kind)
        for target in targets
        if not target.concept_keys
        for word in forms(target.words)
        if word not in said
    }
    question = {words[place] for place in open_positions} | {word for word in idle if not _is_plain(word)}
    sized = {word for word in question if word in OTHER_WORDS}
    if sized:  # "How big is the nodule?": the measure bears the name of the thing
        question |= {word for target in targets for word in forms(target.words) if not _is_plain(word)}
    named = [concept for concept in chart if not (concept.categories and concept.categories <= _NOT_NAMED)]
    allowed = frozenset[Category]().union(*(categories for categories in idle.values() if categories))
    if not open_positions and allowed:
        # Only the words of something known are left: what the chart calls by them must be of that kind.
        named = [concept for concept in named if concept.categories & allowed]
    if not question or not named:
        return [], set()
    shared = _most_shared(question, named, targets, least=least)
    keys = sorted(shared)
    common = set[str]().union(*shared.values())
    if not keys or common <= _GENERIC or any(set(keys) <= set(target.concept_keys) for target in targets):
        return [], set()  # "ratio" alone names no ratio
    named = [concept for concept in chart if concept.key in keys]
    target = Target(
        words=" ".join(word for word in words if word in common),
        label=plain_display(named[0].concept.text),
        alternatives=tuple(
            dict.fromkeys(
                (tuple(word for word in words if word in common), *(forms(plain_display(each.concept.text)) for each in named))
            )
        ),
        concept_keys=tuple(keys),
        is_attribute=bool(sized & common),
    )
    return [target], {place for place in open_positions if words[place] in common}


def _most_shared(
    question: set[str], named: Sequence[ChartConcept], targets: Sequence[Target], *, least: float
) -> dict[int, set[str]]:
    """Return the concepts whose display shares most of some words (by information), each with those words; empty: none shares enough."""
    bags = {concept.key: {_stem(word) for word in forms(plain_display(concept.concept.text))} for concept in named}
    frequency = Counter(stem for bag in bags.values() for stem in bag)
    stems = {word: {_stem(word), *(_stem(fold(other)) for other in OTHER_WORDS.get(word, ()))} for word in question}
    weight = {word: math.log(1 + len(bags) / max(1, *(frequency[stem] for stem in stems[word]))) for word in question}
    shared = {key: _whole({word for word in question if stems[word] & bag}, targets) for key, bag in bags.items()}
    scores = {key: sum(weight[word] for word in common) for key, common in shared.items() if common}
    best = max(scores.values(), default=0.0)
    # So much of what the question names must stand in the display: else it is another thing.
    if best <= 0 or best < least * sum(weight.values()):
        return {}
    alike = {key: shared[key] for key, score in scores.items() if score >= best - 1e-9}
    return alike if len(alike) <= _MOST_ALIKE else {}  # a word that many names share ("IgE") names none of them


def _whole(common: set[str], targets: Sequence[Target]) -> set[str]:
    """Leave out the words of a name that only partly stand in a display: a heart rate is not a heart attack."""
    for target in targets:
        name = set(forms(target.words))
        if not target.concept_keys and name & common and not name <= common:
            common = common - name
    return common


_GENERIC = frozenset(
    fold(word)
    for word in "ratio level size count rate score total index volume number test screen panel measurement procedure assessment care finding disorder disease syndrome problem".split()
)
"""Words of which many names are made: alone they name nothing."""
_NOT_NAMED = frozenset({Category.DOCUMENT, Category.COVERAGE, Category.ENCOUNTER, Category.CARE_TEAM, Category.DEMOGRAPHIC})
"""What a chart calls its documents, visits and payers is no answer to a question that shares a word with it."""
_MEASURED = frozenset({Category.LABORATORY, Category.VITAL_SIGN, Category.SURVEY, Category.OBSERVATION, Category.SOCIAL_HISTORY})
_KIND_CATEGORIES: dict[ConceptKind | None, frozenset[Category]] = {
    ConceptKind.DRUG: frozenset({Category.MEDICATION, Category.ALLERGY}),
    ConceptKind.MEASUREMENT: _MEASURED,
    ConceptKind.CONDITION: frozenset({Category.CONDITION}) | _MEASURED,
    ConceptKind.PROCEDURE: frozenset({Category.PROCEDURE, Category.REPORT, Category.ORDER}),
    ConceptKind.VACCINE: frozenset({Category.IMMUNIZATION}),
}


_NAMED, _NAMED_SURELY = 0.5, 0.65
"""Share of the open words (by information) that a name of the chart must hold; more where yes or no is asked."""
_MOST_ALIKE = 6


def _stem(word: str) -> str:
    """Cut a word's ending, so that deliver and delivery meet."""
    return word[:6] if len(word) > 6 else word


def _distinct_targets(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Drop repetitions, and targets without facts whose words stand in the name of one with facts."""
    kept: dict[tuple[tuple[str, ...], tuple[int, ...], str], Target] = {}
    for target in targets:
        kept.setdefault((target.ids, target.concept_keys, "" if target.ids or target.concept_keys else target.words), target)
    distinct = list(kept.values())
    told = [
        {_stem(word) for run in target.alternatives for word in run}
        for target in distinct
        if target.concept_keys and not target.ids
    ]
    return tuple(
        target
        for target in distinct
        if target.concept_keys
        or not any({_stem(word) for word in forms(name)} <= words for words in told for name in (target.words, target.label))
    )


def _without_names(text: str, targets: Sequence[Target]) -> str:
    """Take out the names of problems and procedures: a drug overdose asks for no list of drugs."""
    for target in targets:
        is_allergy = "allerg" in target.label.lower() or "allerg" in target.words.lower()
        is_name = target.kind is ConceptKind.PROCEDURE or (target.kind is ConceptKind.CONDITION and not is_allergy)
        if is_name and " " in target.words:
            text = re.sub(re.escape(target.words), " ", text, flags=re.IGNORECASE)
    return text


_KIND_SUBJECT = {
    ConceptKind.DRUG: Category.MEDICATION,
    ConceptKind.CONDITION: Category.CONDITION,
    ConceptKind.PROCEDURE: Category.PROCEDURE,
    ConceptKind.VACCINE: Category.IMMUNIZATION,
}
_LISTED_BY_CLASS = frozenset({ConceptKind.DRUG, ConceptKind.VACCINE, ConceptKind.PROCEDURE})
_LISTS = frozenset(
    {
        Category.MEDICATION,
        Category.PROCEDURE,
        Category.ORDER,
        Category.ENCOUNTER,
        Category.CARE_PLAN,
        Category.GOAL,
        Category.COVERAGE,
    }
)
"""Lists that stay the subject when something of another kind is named: its items are chosen by that."""


_OF_PERSON = frozenset({"age", "sex", "marital status", "preferred language", "language", "race", "ethnicity", "religion"})


def _subject(text: str, targets: Sequence[Target]) -> Category | None:
    """Return the list that the question is about. A demographic cue counts only where nothing clinical is named."""
    if DATE_OF_BIRTH.search(text):
        return Category.DEMOGRAPHIC
    if DEMOGRAPHIC.search(text) and all(
        target.kind is None or not target.concept_keys or target.label in _OF_PERSON for target in targets
    ):
        return Category.DEMOGRAPHIC
    named = [category for category, cue in SUBJECTS if cue.search(text)]
    if Category.ALLERGY in named:
        return Category.ALLERGY
    kinds = [target.kind for target in targets if target.kind is not None]
    if not kinds:
        return named[0] if named else None
    if ConceptKind.VACCINE in kinds:
        return Category.IMMUNIZATION
    if ConceptKind.DRUG in kinds and Category.ENCOUNTER not in named:
        return Category.MEDICATION
    if ConceptKind.PROCEDURE in kinds and Category.ENCOUNTER not in named:
        return Category.PROCEDURE
    listed = next((category for category in named if category in _LISTS), None)
    return listed or next((_KIND_SUBJECT[kind] for kind in kinds if kind in _KIND_SUBJECT), None)


_LONG = 400
"""Days of a window, more than a year, over which a value is asked for as it went."""
_FROM_TO = re.compile(r"-+>|→|&|\b(?:to|vs?|versus|against|and|until)\b|\d\s*[-–—/]\s*\d{2,4}$", re.IGNORECASE)


def _spans(window: Window | None) -> bool:
    """Say whether a window goes from one time to another ("2012-20"), rather than being one."""
    if window is None or window.first is None:
        return False
    if window.last is None:
        return re.match(r"(?:ever )?(?:since|from)\b", window.words, re.IGNORECASE) is not None
    days = (window.last - window.first).days
    return days > _LONG or (days > _SHORT and _FROM_TO.search(window.words) is not None)


_SHORT = 20
"""Days within which two times are one."""


def _intent(text: str, targets: Sequence[Target], subject: Category | None, window: Window | None = None) -> Intent:
    measured = any(target.kind is ConceptKind.MEASUREMENT for target in targets)
    if measured and all(cue.search(text) for cue in BOTH_ENDS) and not re.search(r"\bwhen\b", text, re.IGNORECASE):
        return Intent.TREND
    if measured and (beyond := next((intent for intent, cue in _EVER_BEYOND if cue.search(text)), None)):
        return beyond  # "has it ever been above 9?": the highest tells
    for intent, cue in INTENTS:
        if cue.search(text):
            read = _read_intent(intent, text, targets, subject, measured=measured)
            if read is not None:
                return read
    if YES_NO.match(text):
        return Intent.PRESENCE if targets else Intent.LIST
    if measured:
        return Intent.TREND if _spans(window) else Intent.LATEST
    if subject is not None and not targets:
        return Intent.LIST
    if WHICH.match(text) and targets and _names_several(targets[0]):
        return Intent.LIST
    return Intent.DESCRIBE


_ONCE = r"\b(?:has|have|had|did|was|were|ever)\b[^?.;]*?"
_A_NUMBER = (
    r"\s*(?:or equal to |of )?\d+(?:[.,/]\d+)?(?![\d.,]*\s*(?:years?|yrs?|months?|weeks?|days?|hours?|minutes?|times|decades?)\b)"
)
_EVER_BEYOND = (
    (
        Intent.HIGHEST,
        re.compile(rf"{_ONCE}(?:\b(?:above|over|(?:greater|more|higher) than|exceed\w*|past)|>|≥){_A_NUMBER}", re.IGNORECASE),
    ),
    (Intent.LOWEST, re.compile(rf"{_ONCE}(?:\b(?:below|under|(?:less|lower|fewer) than)|<|≤){_A_NUMBER}", re.IGNORECASE)),
    (
        Intent.LATEST,
        re.compile(
            rf"^\W*(?:is|are)\b[^?.;]*?(?:\b(?:above|over|below|under|(?:greater|more|higher|less|lower) than)|[<>≤≥]){_A_NUMBER}",
            re.IGNORECASE,
        ),
    ),
)
"""A value that is or was ever beyond a number, and what tells it."""
_ASKS_OTHER = re.compile(r"^\W*(?:how many|how often|when|who|how long|number of|has|have|is|was|did|does|any)\b", re.IGNORECASE)
_ASKS_WHY = re.compile(
    r"\b(?:why|reasons?|how come|what (?:led|caused|prompted|triggered|made|explains?)|rationale|indications?|what for)\b",
    re.IGNORECASE,
)


def _names_several(target: Target) -> bool:
    """Say whether a target stands for several things: a class, or what several entries of the chart share."""
    if target.kind is None:
        return len(target.concept_keys) > 1
    return target.is_class and target.kind in _LISTED_BY_CLASS


def _read_intent(
    intent: Intent, text: str, targets: Sequence[Target], subject: Category | None, *, measured: bool
) -> Intent | None:
    """Return the intent that a cue means here; `None`: the cue means something else."""
    if intent is Intent.REASON and _ASKS_OTHER.match(text) and not _ASKS_WHY.search(text):
        return None  # "how many visits because of asthma?"
    if intent is Intent.TREND and not measured and not any(target.concept_keys for target in targets):
        return None
    if intent is Intent.TREND and subject is Category.MEDICATION and not measured:
        return None
    if intent is Intent.DIFFERENCE and not measured:
        return None
    if intent is Intent.COUNT and measured and not FREQUENCY_OF_TESTS.search(text):
        return Intent.LATEST
    if intent is Intent.LATEST:
        now = NOW.search(text) is not None and not re.search(r"\b(?:last|latest|recent)", text, re.IGNORECASE)
        if YES_NO.match(text) and targets and not measured:
            return Intent.PRESENCE
        if now and not measured:
            return Intent.ACTIVE
    return intent
