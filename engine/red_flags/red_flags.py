"""Emergencies that a question tells: which topics, how urgent, in whose mouth. No model takes part; see `docs/red-flags.md`.

What is told only ever adds: no word of a question lowers what another raised.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from chartcite.engine.domain.answers import Audience
from chartcite.engine.language.terminology import ConceptKind, Lexicon
from chartcite.engine.questions.question_words import is_ordinary
from chartcite.engine.red_flags.calm_readings import calm_readings
from chartcite.engine.red_flags.red_flag_cues import Cue, Topic, words_of
from chartcite.engine.red_flags.red_flag_reading import (
    Clause,
    Heard,
    Span,
    asks_record,
    asserts,
    folded,
    is_acute,
    is_now,
    is_over,
    is_past,
    measures,
    names_somebody,
    states,
)
from chartcite.engine.red_flags.red_flag_topics_more import ALL_TOPICS, COMPLAINT, WARNING
from chartcite.engine.red_flags.stated_values import stated_topics
from chartcite.engine.red_flags.told_complaint import tells_complaint
from chartcite.engine.red_flags.told_history import is_note, pattern, tells_of_family
from chartcite.engine.red_flags.warning_signs import ENOUGH, ENOUGH_OF_PATIENT, HEAVY, as_cue, signs_of


@cache
def _vocabulary() -> frozenset[str]:
    return words_of(ALL_TOPICS)


@cache
def _topics() -> dict[str, Topic]:
    return {topic.name: topic for topic in ALL_TOPICS}


def topic_named(name: str) -> Topic:
    """Return a topic by its name."""
    return _topics()[name]


def hear(text: str, lexicon: Lexicon | None = None) -> Heard:
    """Fold a question; with a lexicon, its words are no typing errors, and medicines are read as their class."""
    if lexicon is None:
        return Heard(folded(text, _vocabulary(), is_ordinary))
    return Heard(
        folded(
            text, _vocabulary(), lambda word: is_ordinary(word) or lexicon.has_word(word), lambda word: _medicine(word, lexicon)
        )
    )


_CLASSES = (
    ("chemotherapy", "chemo"),
    ("anticoagulant", "anticoagulant"),
    ("immunosuppressant", "immunosuppressant"),
    ("systemic-corticosteroid", "steroid"),
    ("insulins", "insulin"),
)
"""Drug classes of the lexicon, and the words that cues have for them; any other medicine is a pill."""
_NO_PILLS = frozenset(
    {"oxygen", "alcohol", "water", "glucose", "sugar", "saline", "potassium", "calcium", "sodium", "iron", "caffeine"}
)


def _medicine(word: str, lexicon: Lexicon) -> str:
    """Return the cue's word for a medicine, else the word itself."""
    mention = next(lexicon.mentions([word]), None) if len(word) >= 4 and word not in _NO_PILLS and word.isalpha() else None
    if mention is None or any(lexicon.concepts[id_].kind is not ConceptKind.DRUG for id_ in mention.ids):
        return word
    over = frozenset[str]().union(*(lexicon.above(id_) for id_ in mention.ids))
    return next((said for name, said in _CLASSES if name in over), word if is_ordinary(word) else "pill")


def told_topics(heard: Heard, audience: Audience) -> tuple[Topic, ...]:
    """Return the topics that a question tells as somebody's state now, in the order of `ALL_TOPICS`."""
    by_patient = speaks_as_patient(heard, audience)
    found = [
        topic
        for topic in ALL_TOPICS
        if any(tells(cue, heard, by_patient=by_patient, crisis=topic.help == "crisis") for cue in topic.cues)
    ]
    measured = set(stated_topics(heard))
    names = {topic.name for topic in found} | measured
    if len(names) > 1:
        names.discard(WARNING.name)
    if not names and _warns(heard, by_patient=by_patient):
        names = {WARNING.name}
    if not names and audience is Audience.PATIENT and by_patient and tells_complaint(heard):
        names = {COMPLAINT.name}
    if names - measured:
        names -= _quieted(names - measured, heard, audience)
    return tuple(topic for topic in ALL_TOPICS if topic.name in names)


def _quieted(names: set[str], heard: Heard, audience: Audience) -> set[str]:
    """Return the topics of which all that tells them stands in clauses of a calm reading (`calm_readings`)."""
    by_patient = speaks_as_patient(heard, audience)
    calm = list(calm_readings(heard, by_patient=by_patient))
    quiet: set[str] = set()
    for name in names if calm else ():
        covered = frozenset[int]().union(*(each.clauses for each in calm if each.may_quiet(name)))
        if covered and not _still_told(name, heard, covered, by_patient=by_patient):
            quiet.add(name)
    return set() if quiet < names else quiet


def _still_told(name: str, heard: Heard, calm: frozenset[int], *, by_patient: bool) -> bool:
    """Say whether a topic is told outside of calm clauses too."""
    if name == COMPLAINT.name:
        return tells_complaint(heard, calm)
    if name == WARNING.name and _warns(heard, by_patient=by_patient, calm=calm):
        return True
    return any(tells(cue, heard, by_patient=by_patient, calm=calm) for cue in topic_named(name).cues)


def _warns(heard: Heard, *, by_patient: bool, calm: frozenset[int] = frozenset()) -> bool:
    """Say whether the signs that a question tells of somebody's state now weigh enough; those of a question count for less."""
    signs = signs_of(heard)
    if sum(sign.weight for sign, _ in signs) < ENOUGH_OF_PATIENT:
        return False
    told: list[tuple[int, bool, bool]] = []
    for sign, spans in signs:
        held = [span for span in spans if _holds(as_cue(sign), (span,), heard, by_patient=by_patient, calm=calm)]
        if held:
            told.append((sign.weight, all(clause.asks for clause in heard.clauses_of(held)), sign.alone))
    if max((weight for weight, _, _ in told), default=0) < HEAVY or not any(alone for _, _, alone in told):
        return False
    stated = sum(weight for weight, asked, _ in told if not asked)
    return sum(weight for weight, _, _ in told) >= ENOUGH or ((by_patient or _only_states(heard)) and stated >= ENOUGH_OF_PATIENT)


def speaks_as_patient(heard: Heard, audience: Audience) -> bool:
    """Say whether somebody speaks of themselves or their own people, rather than a professional of a patient."""
    return (audience is Audience.PATIENT and not heard.is_of_clinician) or heard.is_first_person


def tells(cue: Cue, heard: Heard, *, by_patient: bool, crisis: bool = False, calm: frozenset[int] = frozenset()) -> bool:
    """Say whether a question tells a cue as somebody's state now.

    Args:
        cue: the words.
        heard: the question.
        by_patient: whether somebody speaks of themselves or their own people.
        crisis: whether the cue is of thoughts of suicide or of harming others.
        calm: starts of clauses in which nothing counts.
    """
    return any(_holds(cue, spans, heard, by_patient=by_patient, crisis=crisis, calm=calm) for spans in heard.told(cue))


def _holds(
    cue: Cue, spans: Sequence[Span], heard: Heard, *, by_patient: bool, crisis: bool = False, calm: frozenset[int] = frozenset()
) -> bool:
    """Weigh one place where a cue is told: denied, past, asked, or somebody's state now."""
    if any(heard.denied(span, deniable=cue.deniable or not heard.is_negative(span), own=spans) for span in spans):
        return False
    clauses = heard.clauses_of(spans)
    signs = heard.clauses_of(_without_fillers(spans, heard))
    if (calm and _is_covered(signs, calm)) or all(tells_of_family(clause.text, heard.text) for clause in signs):
        return False
    if all(is_over(clause, _so_far(clause, spans, heard), crisis=crisis) for clause in _with_opening(signs, heard)):
        return False
    if _goes_on_asking(clauses[0], heard) or any(
        _is_asked(clause, _so_far(clause, spans, heard), crisis=crisis, acute=cue.acute) for clause in clauses
    ):
        return False
    if by_patient:
        return True
    if all(clause.asks for clause in clauses):
        return cue.acute and any(asserts(clause.text) and is_now(clause) for clause in clauses)
    if cue.acute or any(is_acute(clause) or asserts(clause.text) or names_somebody(clause) for clause in clauses):
        return True
    if any(is_acute(clause) for clause in _beside(clauses, heard)) or _only_states(heard):
        return True
    return _leads_to_question(clauses[-1], heard)


def _is_covered(signs: Sequence[Clause], calm: frozenset[int]) -> bool:
    """Say whether all clauses that state a sign are calm ones; one that only asks states none."""
    return any(clause.start in calm for clause in signs) and all(clause.start in calm or not states(clause) for clause in signs)


_FILLERS = frozenset(
    """i my me he she him her it in is am are was been have got get on up out at now just since after went gone go going all
    the a day last hour ago back""".split()
)


def _without_fillers(spans: Sequence[Span], heard: Heard) -> Sequence[Span]:
    """Leave out the places that hold no sign ("my", "now"): where they stand, another clause may begin."""
    return [span for span in spans if not _FILLERS.issuperset(heard.words[span[0] : span[1]])] or spans


def _is_handover(heard: Heard) -> bool:
    """Say whether a professional's message lists findings: two clauses and more, nothing of the past, no noun of the record."""
    return len(heard.clauses) > 1 and not is_note(heard.text) and not any(is_past(clause.text) for clause in heard.clauses)


def _only_states(heard: Heard) -> bool:
    """Say whether a professional's message asks nothing and speaks of a person: "46M, chest pain radiating to jaw"."""
    if any(clause.asks or asks_record(clause) for clause in heard.clauses):
        return False
    return any(names_somebody(clause) or measures(clause) for clause in heard.clauses) or _is_handover(heard)


def _beside(clauses: Sequence[Clause], heard: Heard) -> list[Clause]:
    """Return the clauses of the same sentences that state something of now: "saddle anesthesia, new retention"."""
    sentences = {clause.sentence for clause in clauses}
    return [
        each
        for each in heard.clauses
        if each.sentence in sentences and not each.asks and not asks_record(each) and not is_past(each.text)
    ]


def _is_asked(clause: Clause, so_far: str, *, crisis: bool, acute: bool) -> bool:
    """Say whether a clause asks the record; words behind thoughts of suicide never make a question of them."""
    if crisis and acute:
        return asks_record(clause._replace(text=so_far)) and not asserts(_without_document(so_far))
    return asks_record(clause) and not (crisis and asserts(_without_document(so_far)))


def _without_document(text: str) -> str:
    """Leave out "my chart says": a document states nothing of now."""
    return pattern(_DOCUMENT_SAYS).sub("", text)


_DOCUMENT = r"(?:chart|record|file|letter|summary|note|form|list)"
_DOCUMENT_SAYS = (
    rf"(?:my|the|his|her|this|it) (?:\w+ )?{_DOCUMENT}(?: still)? (?:say|state|list|show|mention|read|has|ha)\w*(?!\S)"
    rf"|it say(?= .* (?:on|in) (?:my|the|his|her) (?:\w+ )?{_DOCUMENT})"
)


def _so_far(clause: Clause, spans: Sequence[Span], heard: Heard) -> str:
    """Return the words of a clause up to the end of what is told in it, with those of an opening that was joined to it."""
    last = max((end for start, end in spans if clause.start <= start < clause.end), default=clause.end)
    words = heard.words[clause.start : max(last, clause.start)]
    opening = clause.text[: -len(" ".join(heard.words[clause.start : clause.end]))]
    return opening + " ".join(words)


def _leads_to_question(clause: Clause, heard: Heard) -> bool:
    """Say whether a clause that asks nothing stands before one that does: "vomiting bright red blood, prior banding?"."""
    after = heard.clauses[heard.clauses.index(clause) + 1 :]
    return not clause.asks and any(later.asks for later in after)


_SHORT_OPENING = 6


def _with_opening(clauses: list[Clause], heard: Heard) -> list[Clause]:
    """Read a short opening ("In 2019, ...") with the clause after it."""
    place = heard.clauses.index(clauses[0])
    before = heard.clauses[place - 1] if place else None
    if (
        before
        and heard.words[clauses[0].start - 1] == ","
        and before.sentence == clauses[0].sentence
        and before.end - before.start < _SHORT_OPENING
        and is_past(before.text)
    ):
        joined = clauses[0]._replace(text=f"{before.text} {clauses[0].text}")
        return [joined, *clauses[1:]]
    return clauses


def _goes_on_asking(clause: Clause, heard: Heard) -> bool:
    """Say whether a clause without a verb of its own goes on asking about the record: "..., or falls?"."""
    place = heard.clauses.index(clause)
    if place == 0 or asserts(clause.text) or is_now(clause):
        return False
    before = heard.clauses[place - 1]
    return before.sentence == clause.sentence and asks_record(before) and clause.text.startswith(("or ", "and ")) and clause.asks


@lru_cache(maxsize=256)
def label_of(name: str) -> str:
    """Return a topic in words."""
    return topic_named(name).label
