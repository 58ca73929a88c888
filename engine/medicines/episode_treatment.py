"""What was given for an illness that came and went ("how was the sepsis treated?", "what antibiotics did she have for the pneumonia?").

Told are the illness, the orders that name it as their reason, and the sentences of the notes of its days that tell what was given.
What is taken for a problem that lasts is no such question: the list of medicines tells it.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.active_facts import condition_is_active
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import is_ordinary, is_plain
from chartcite.engine.review.chart_review import is_note

ROUTE = "summary"
NOTE_ROUTE = "summary_note"
MOST_ORDERS, MOST_NOTED, MOST_DONE = 4, 3, 3
_ASKS = Cue(
    r"\bhow (?:was|were|did)\b[^?.;]*\b(?:treat(?:ed)?|manag(?:ed|e)|dealt with|handled?|removed?|excised?|(?:cut|taken|take) (?:out|off|away)|got rid of|cured?)\b|\bwhat (?:was|were)\b[^?.;]*\b(?:treated|managed) with\b"
    r"|\b(?:was|were|has|have) (?:he|she|they|i|it|mum|mom|dad|the patient|pt) (?:\w+ )?(?:been )?treated for\b"
    r"|\b(?:what|which|any)\b[^?.;]{0,30}\b(?:treatments?|antibiotics?|abx|antivirals?|steroids?|medic\w+|meds?|drugs?|therap\w+|tablets?|drips?)\b[^?.;]*\b(?:for|to treat|against)\b"
    r"|\bwhat\b[^?.;]{0,20}\b(?:did|was|were|have|had)\b[^?.;]*\b(?:give|given|gave|get|got|put on|started on|treat\w*)\b[^?.;]*\b(?:for|with)\b|\b(?:treatments?|tx|rx|mx) (?:of|for)\b"
)
_ASKS_WHETHER = Cue(r"\b(?:was|were|has|have) (?:he|she|they|i|it|mum|mom|dad|the patient|pt) (?:\w+ )?(?:been )?treated for\b")
_AT_VISIT = Cue(
    r"\b(?:ed|er|a ?& ?e|emergency (?:department|room)|in hospital|inpatient|admission|admitted|stay|on the ward|icu|itu|clinic|visit)\b"
)
"""Asks of a visit: its story tells what was given there."""
_BEFORE, _AFTER = timedelta(days=3), timedelta(days=21)
_GIVEN = Cue(
    r"\b(?:given|gave|giving|treat\w*|started|start|commenced|received|rx|tx|switched|changed to|iv|i/v|required|transfus\w*|course of|covered with|managed with|put on|loaded|bolus|infus\w*|prescribed|wean\w*)\b|^\W*(?:rx|tx|treatment|mx)\b"
)
_NOT_GIVEN = Cue(
    r"\b(?:allerg\w*|avoid|unless|if (?:he|she|they|it|not|no)|consider|would|declin\w*|refus\w*|pmhx?|previous(?:ly)?|history of|information|advice|leaflet|card)\b|\?\s*$"
)
_SHORTEST = 5


def told_treatment(reading: Reading, /) -> list[DraftClaim]:
    """Tell what was given for the one illness that a question names; empty: it asks otherwise, or the illness lasts."""
    plan = reading.plan
    if plan.family or plan.comparison is not None or plan.upcoming or not _ASKS.search(plan.text) or _AT_VISIT.search(plan.text):
        return []
    problems = [target for target in plan.targets if target.kind in {ConceptKind.CONDITION, None}]
    conditions = reading.shelves.records.facts(reading.scope, categories=(Category.CONDITION,))
    held = [fact for fact in conditions if _is_entry(fact) and any(_is_of(fact, problem) for problem in problems)]
    held = _named_best(held, plan)
    if (
        not held
        or any(condition_is_active(fact, reading.chart.today) for fact in held)
        or not all(fact.occurred for fact in held)
    ):
        return []
    newest = held[-1]
    named = _target_of(newest, problems)
    classes = [target for target in plan.targets if target.kind is ConceptKind.DRUG and target.is_class]
    entries = _orders(reading)
    orders = [
        fact for fact in entries if _treats(fact, named, classes, reading.chart.lexicon) and _of_episode(fact, newest, plan)
    ]
    orders = orders or _given_then(entries, newest, classes, reading.chart.lexicon)
    whether = _ASKS_WHETHER.search(plan.text) is not None and bool(orders)  # that it was treated is told by the orders
    noted = [] if whether else list(_noted(reading, newest, named, classes))[:MOST_NOTED]
    done = [] if classes else [fact for fact in _deeds(reading) if _was_done_for(fact, newest, named)][-MOST_DONE:]
    if not (orders or noted or done):
        return []
    return [
        draft(newest, reading.chart, route=ROUTE),
        *(draft(fact, reading.chart, route=ROUTE) for fact in done),
        *(draft(fact, reading.chart, route=ROUTE) for fact in orders[-MOST_ORDERS:]),
        *(quote_sentence(each.passage, each.sentence, reading.shelves.records, route=NOTE_ROUTE) for each in noted),
    ]


def _is_entry(fact: Fact) -> bool:
    return fact.span is None and fact.assertion not in {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.ABSENT}


def _is_of(fact: Fact, problem: Target) -> bool:
    return problem.find(forms(fact.concept.text)) is not None


def _named_best(held: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Keep the entries that share most words with the question."""
    asked = set(forms(plan.text))
    shared = [len(asked & set(forms(fact.concept.text))) for fact in held]
    return [fact for fact, count in zip(held, shared, strict=True) if count == max(shared)]


def _target_of(fact: Fact, problems: Sequence[Target]) -> Target:
    """Return the names of an illness: those that the question may mean, and its entry's own up to a comma or a bracket."""
    own = forms(fact.concept.text.partition("(")[0].partition(",")[0])
    runs = [run for problem in problems if _is_of(fact, problem) for run in problem.alternatives]
    return Target(words=fact.concept.text, label=fact.concept.text, alternatives=tuple(dict.fromkeys((own, *runs))))


def _deeds(reading: Reading) -> list[Fact]:
    facts = reading.shelves.records.facts(reading.scope, categories=(Category.PROCEDURE,))
    return [fact for fact in facts if _is_entry(fact) and fact.status not in {"not-done", "stopped", "preparation"}]


def _was_done_for(deed: Fact, illness: Fact, named: Target) -> bool:
    """Say whether something was done for an illness: it says so, or it was done at the same place on the day that ended it."""
    reasons = [detail.text for detail in deed.details if detail.name == "reason"]
    if any(named.find(forms(text)) is not None for text in (deed.concept.text, *reasons)):
        return True
    if deed.occurred is None or illness.ended is None or deed.occurred.first_day != illness.ended.first_day:
        return False
    places = [detail.text.lower() for fact in (deed, illness) if (detail := fact.detail("body_site")) is not None]
    return len(places) == len(set(places)) + 1 or not places


def _orders(reading: Reading) -> list[Fact]:
    facts = reading.shelves.records.facts(reading.scope, categories=(Category.MEDICATION,))
    return [fact for fact in facts if _is_entry(fact) and not fact.resource.startswith("MedicationDispense/")]


def _treats(fact: Fact, problem: Target, classes: Sequence[Target], lexicon: Lexicon) -> bool:
    """Say whether an order names the illness as its reason, and is of the kind that is asked for."""
    reasons = [detail.text for detail in fact.details if detail.name == "reason"]  # what it was stopped for is not treated by it
    return any(problem.find(forms(text)) is not None for text in reasons) and (
        not classes or _is_of_class(fact.concept.text, classes, lexicon)
    )


_PREVENTS = Cue(r"\b(?:prophyla\w*|prevent\w*|preempt\w*)\b")


def _of_episode(fact: Fact, illness: Fact, plan: Plan) -> bool:
    """Say whether an order treats the episode: what was over before it began, or prevents it, does not."""
    over = fact.ended is not None and illness.occurred is not None and fact.ended.last_day < illness.occurred.first_day - _BEFORE
    prevents = any(detail.name == "reason" and _PREVENTS.search(detail.text) for detail in fact.details)
    return not over and (not prevents or _PREVENTS.search(plan.text) is not None)


def _given_then(entries: Sequence[Fact], illness: Fact, classes: Sequence[Target], lexicon: Lexicon) -> list[Fact]:
    """Return what was given in the first days of an illness and by no standing order; nothing where so much was that it tells little."""
    assert illness.occurred is not None  # noqa: S101 -- the caller looked
    begun = illness.occurred.first_day
    ordered = {drug for fact in entries if not _is_given(fact) for drug in _drugs(fact.concept.text, lexicon)}
    given = [
        fact
        for fact in entries
        if _is_given(fact)
        and fact.occurred is not None
        and begun - _DAY <= fact.occurred.first_day <= begun + _FIRST_DAYS
        and ordered.isdisjoint(_drugs(fact.concept.text, lexicon))
        and (not classes or _is_of_class(fact.concept.text, classes, lexicon))
    ]
    return given if len({fact.concept.text for fact in given}) <= _FEW else []


def _is_given(fact: Fact) -> bool:
    return fact.resource.startswith("MedicationAdministration/") and fact.assertion is AssertionStatus.PRESENT


_DAY, _FIRST_DAYS = timedelta(days=1), timedelta(days=7)
_FEW = 3
"""Medicines that are given for one illness at most: a drug chart of more of them is that of a whole stay."""


def _is_of_class(text: str, classes: Sequence[Target], lexicon: Lexicon) -> bool:
    return any(not set(target.ids).isdisjoint(_drugs(text, lexicon)) for target in classes)


def _drugs(text: str, lexicon: Lexicon) -> set[str]:
    named = {id_ for mention in lexicon.mentions(forms(text)) for id_ in mention.ids}
    return {id_ for id_ in named if lexicon.concepts[id_].kind is ConceptKind.DRUG}


class _Noted(NamedTuple):
    passage: Passage
    sentence: Sentence


def _noted(reading: Reading, illness: Fact, named: Target, classes: Sequence[Target]) -> Iterator[_Noted]:
    """Yield the sentences that tell what was given, from the notes of the illness that name it."""
    lexicon = reading.chart.lexicon
    begun = illness.occurred.first_day if illness.occurred else date.max
    ended = illness.ended.last_day if illness.ended else begun
    last = min(ended, begun + _AFTER) + _AFTER
    by_note: dict[str, list[Passage]] = {}
    for passage in reading.shelves.records.all_passages(reading.scope):
        known = passage.occurred or passage.recorded
        if is_note(passage) and known is not None and begun - _BEFORE <= known.first_day <= last:
            by_note.setdefault(passage.resource, []).append(passage)
    telling = {
        word for word in forms(illness.concept.text) if len(word) >= _SHORTEST and not (is_plain(word) or is_ordinary(word))
    }
    for passages in by_note.values():
        words = forms(" ".join(passage.text for passage in passages))
        if named.find(words) is None and telling.isdisjoint(words):
            continue
        for passage in sorted(passages, key=lambda each: each.start):
            for sentence in passage.sentences:
                text = passage.sentence_text(sentence)
                if sentence in passage.commands or not _GIVEN.search(text) or _NOT_GIVEN.search(text):
                    continue
                if _is_of_class(text, classes, lexicon) if classes else _drugs(text, lexicon):
                    yield _Noted(passage, sentence)
