"""Stage 0: question → plan: what is asked (intent), about what (targets, subject), when (window), and what was not understood.

Knows words, the lexicon and the concepts of the chart; reads no values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from chartcite.engine.comparisons.compared_sides import at_distance, sides_of
from chartcite.engine.comparisons.sources_compared import sources_of
from chartcite.engine.dates.anchor_words import ENCOUNTERS
from chartcite.engine.dates.anchors import find_anchor, is_ailment_had
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.records import Category
from chartcite.engine.facts.amounts_changed import with_measure
from chartcite.engine.facts.people import fields_named
from chartcite.engine.language.bedside_words import is_bedside
from chartcite.engine.language.side_words import with_years
from chartcite.engine.language.spelling import mend_question, mend_words
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms, tokenize
from chartcite.engine.language.value_words import with_value_named, without_disease_of_range
from chartcite.engine.ports import ChartConcept
from chartcite.engine.questions.asked_cause import as_why
from chartcite.engine.questions.asker import without_asker
from chartcite.engine.questions.aspects import further, listed_aspects
from chartcite.engine.questions.concept_linking import QuestionWords
from chartcite.engine.questions.intents import spans_time
from chartcite.engine.questions.part_reading import Context, read_part
from chartcite.engine.questions.persons import Person
from chartcite.engine.questions.plans import Comparison, Plan, SourcesAsked, Target
from chartcite.engine.questions.prefaces import without_preface
from chartcite.engine.questions.question_parts import asked_and_told, completed, parts_of, two_superlatives, value_and_deed
from chartcite.engine.questions.question_words import BOTH_ENDS, Intent, is_ordinary, is_plain
from chartcite.engine.questions.story_asked import bare_story, without_organ
from chartcite.engine.questions.summary_words import asks_summary
from chartcite.engine.questions.target_linking import find_targets, taken_out


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
    text = without_organ(bare_story(without_asker(text), lexicon))
    known = frozenset(word for concept in chart for word in forms(concept.concept.text)) | names
    text = _TRANSPLANT.sub(r"\1 transplant", text) if any(word.startswith("transplant") for word in known) else text
    text, mended = mend_question(
        text, lambda word: word in known or is_ordinary(word) or is_bedside(word) or lexicon.has_word(word)
    )
    text = without_disease_of_range(with_measure(text))
    context = Context(lexicon, chart, today, names, person or Person(), mended, known)
    plans: list[Plan] = []
    opening: Window | None = None
    asked, told = asked_and_told(as_why(text))
    asked = without_preface(asked, lambda words: read_part(words, context))
    for part in _parts(asked, context):
        plan = _understand_part(with_value_named(part, plans[-1]) if plans else part, context)
        if plans and plans[-1].intent is Intent.SUMMARY and not (plan.targets or plan.subject or plan.keywords):
            continue  # "what's been tried, and where are we now?": the summary tells it
        if not plans and told and not plan.targets:
            plan = completed(plan, _understand_part(told, context))
        bare = not (plan.targets or plan.subject or plan.keywords) and plan.intent is not Intent.WHO
        if not plans and bare and plan.window:
            opening = plan.window  # "As of summer 2022, what was he taking?"
            continue
        if opening is not None and plan.window is None:
            plan = plan.model_copy(update={"window": opening})
        whole = completed(plan, plans[-1]) if plans else plan
        plans.append(whole.model_copy(update={"targets": taken_out(whole, lexicon, chart)}))
    if not plans:
        plans = [_understand_part(text, context)]
    sources = _sources(text, context)
    compared = _compared(text, context) if sources is None else None
    plans[0] = plans[0].model_copy(update={"comparison": compared, "sources": sources})
    return tuple(plan for number, plan in enumerate(plans) if number == 0 or plan.targets or plan.subject or plan.keywords)


_TRANSPLANT = re.compile(
    r"\b(since|after|post|pre|before|from|at|following|the|time of)[ -](?:renal |kidney |liver |heart )?tx\b", re.IGNORECASE
)
"""Shorthand that is a transplant in the chart of somebody who has one, and a treatment in any other."""


def _sources(text: str, context: Context) -> SourcesAsked | None:
    """Read two sources that a question sets against each other, with what it asks of them."""
    named = sources_of(text) if context.chart else None
    if named is None:
        return None
    topics = tuple(read_part(topic, context) for topic in named.topics)
    topics = tuple(topic for topic in topics if topic.targets or topic.keywords or topic.subject)
    return SourcesAsked(topics=topics, words=named.sources) if topics else None


def _compared(text: str, context: Context) -> Comparison | None:
    """Read the sides of a question that compares, each as a question of its own; `None`: it compares nothing."""
    sides = sides_of(text, lambda words: bool(read_part(words, context).targets)) if context.chart else None
    if sides is None:
        return None
    questions = with_years(sides.questions)
    plans = [_understand_part(question, context) for question in questions]
    for number, plan in enumerate(plans):
        told = next((each.window for each in plans if each is not plan and each.window is not None), None)
        placed = at_distance(questions[number], told) if plan.window is None and plan.anchor is None else questions[number]
        if placed != questions[number]:
            plans[number] = _understand_part(placed, context)
            continue
        other = next((each for each in plans if each is not plan and each.window is not None), None)
        if (
            other is not None
            and other.window is not None
            and plan.window is None
            and _at_encounter(plan)
            and _at_encounter(other)
        ):
            # "on admission vs at discharge, June 2021": the month is that of both
            plans[number] = _understand_part(f"{questions[number]} in {other.window.words}", context)
    return Comparison(sides=tuple(plans), words=sides.words, later=sides.later)


def _at_encounter(plan: Plan) -> bool:
    return plan.anchor is not None and plan.anchor.event.kind in ENCOUNTERS and plan.anchor.event.ordinal is None


def _parts(text: str, context: Context) -> list[str]:
    """Cut a question into its parts, but for one that asks how a value went: "How low was it at first, and what is it now?"."""
    parts = [
        piece
        for part in _with_opening(parts_of(text))
        for piece in two_superlatives(part, lambda words: _measures(words, context))
        or value_and_deed(part, lambda words: _measures(words, context), lambda words: _names_other(words, context))
        or [part]
    ]
    apart = len(parts) > 1 and all(cue.search(text) for cue in BOTH_ENDS)
    apart = apart and not any(all(cue.search(part) for cue in BOTH_ENDS) for part in parts)
    if apart:
        whole = read_part(text, context)
        measured = [target for target in whole.targets if target.kind is ConceptKind.MEASUREMENT and target.concept_keys]
        if whole.intent is Intent.TREND and len(measured) == 1:
            return [text]
    return parts


def _with_opening(parts: list[str]) -> list[str]:
    """Put a time that opens a question, and asks for nothing, before what it is the time of: "After the stroke, which ..."."""
    anchor = find_anchor(parts[0]) if len(parts) > 1 else None
    if anchor is None or not _OPENS.match(parts[0]):
        return parts
    rest = f"{parts[0][: anchor.span[0]]} {parts[0][anchor.span[1] :]}"
    if _MORNING_AFTER.sub("", rest).strip(" ,.-–—"):
        return parts
    return [f"{parts[0].rstrip(' ,')}, {parts[1]}", *parts[2:]]


_OPENS = re.compile(
    r"(?:in|on|at|during|over|since|after|before|between|from|around|following|while|whilst|within|by|until|throughout|prior|the|for)\b",
    re.IGNORECASE,
)
_MORNING_AFTER = re.compile(r"\b(?:and|or) the (?:(?:next|following) )?(?:morning|day|night)(?: after)?\b", re.IGNORECASE)


def _measures(words: str, context: Context) -> bool:
    return any(target.kind is ConceptKind.MEASUREMENT for target in read_part(words, context).targets)


def _names_other(words: str, context: Context) -> bool:
    """Say whether words name a treatment, a procedure or an illness, and no measurement."""
    targets = read_part(words, context).targets
    return bool(targets) and all(target.kind in _NO_VALUES and target.ids for target in targets)


_NO_VALUES = frozenset({ConceptKind.PROCEDURE, ConceptKind.DRUG, ConceptKind.CONDITION})
_EACH = re.compile(r"\b(?:each|every|all)\b", re.IGNORECASE)
"""What happens at every visit ties a time to none of them."""
_ANY_TIME = re.compile(r"\bwhat (?:happens|would happen|will happen) (?:when|whenever|if)\b", re.IGNORECASE)
"""Asks what comes of a thing, at whatever time: "what happens when she eats prawns?"."""
_NOT_ANCHORED = frozenset({Intent.SUMMARY, Intent.DURATION, Intent.AGE, Intent.REASON, Intent.WHEN})


def _understand_part(text: str, context: Context) -> Plan:
    """Read a part; where it tells a time by something of the chart, read it also without those words."""
    terse = _read_terse(text, context) if context.chart else None
    if terse is not None:
        return terse
    plan = read_part(text, context)
    ends = plan.intent is Intent.TREND and all(cue.search(text) for cue in BOTH_ENDS)  # "at diagnosis and now"
    read = context.chart and plan.intent not in _NOT_ANCHORED and not ends and not plan.moments
    if plan.intent is Intent.DIFFERENCE and spans_time(plan.window):
        read = False  # "from the first physical in 2019 to June 2023": both ends are told
    anchor = find_anchor(text) if read and not _ANY_TIME.search(text) else None
    if anchor is None or _EACH.search(anchor.words) or _is_read_as_time(anchor.words, plan.window):
        return plan
    bare = f"{text[: anchor.span[0]]} {text[anchor.span[1] :]}".strip()
    if not any(character.isalpha() for character in bare):
        return plan
    untimed = read_part(bare, context)
    if not (untimed.targets or untimed.subject):
        return plan
    if is_ailment_had(anchor) and not any(target.kind is ConceptKind.MEASUREMENT for target in untimed.targets):
        return plan  # what was done, or taken, when somebody had something lies in no single day
    told = {
        "anchor": anchor,
        "event_targets": _targets_of(anchor.event.thing, context),
        "until_targets": _targets_of(anchor.until.thing, context) if anchor.until else (),
        "untimed": untimed,
    }
    return plan.model_copy(update=told)


def _targets_of(thing: str, context: Context) -> tuple[Target, ...]:
    """Return what the words of an event name."""
    if not thing:
        return ()
    tokens = tokenize(thing)
    words, _ = mend_words(tokens, context.lexicon, context.chart, context.names)
    return find_targets(QuestionWords.of(thing, tokens, words), context.lexicon, context.chart, None)[0]


def _is_read_as_time(words: str, window: Window | None) -> bool:
    """Say whether words that tell a time by an age are read already: "since his 60th birthday"."""
    return window is not None and _BY_AGE.search(words) is not None and words.lower().strip() in window.words.lower()


_BY_AGE = re.compile(r"\b(?:birthday|b['’-]?day|turn(?:ed|ing)|reach(?:ed|ing)|aged?)\b", re.IGNORECASE)


def _read_terse(text: str, context: Context) -> Plan | None:
    """Read a thing with what is wanted of it ("colonoscopy: when, result"); `None`: it is no such question."""
    listed = listed_aspects(text)
    if (
        listed is None
        or asks_summary(listed[0], ())
        or set(listed[1]) & {"how many", "number", "count", "drug", "medicine", "med", "agent"}
    ):
        return None
    head = read_part(listed[0], context)
    if not head.targets and not fields_named(listed[0]).words and head.subject is not Category.ENCOUNTER:
        return None
    if head.targets and all(target.kind is ConceptKind.MEASUREMENT for target in head.targets):
        return None
    words = tuple(word for aspect in further(listed[1]) for word in forms(aspect) if not is_plain(word))
    intent = head.intent if head.intent in {Intent.FIRST, Intent.LATEST} else Intent.DESCRIBE
    more = {
        "text": text,
        "aspects": listed[1],
        "intent": intent,
        "every": head.every or "dates" in listed[1],
        "keywords": (*head.keywords, *words),
    }
    return head.model_copy(update=more)
