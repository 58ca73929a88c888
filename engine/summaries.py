"""The story of a problem, a medicine or a visit, when it is asked for as a whole: first what it is, at most a dozen lines.

Everything is a fact of the chart or a sentence quoted from its notes; a thing that the chart lacks is not summarised.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.encounters import is_admission
from chartcite.engine.medication_courses import by_drug
from chartcite.engine.plans import Plan, Target
from chartcite.engine.problem_summary import drafts, measures, medicines_for, of_problem
from chartcite.engine.reading import Reading
from chartcite.engine.retrieval import TargetFacts, retrieve_facts, retrieve_passages
from chartcite.engine.stay_summary import of_visit, visit_asked
from chartcite.engine.summary_notes import Subject, sentences_about
from chartcite.engine.terminology import ConceptKind, forms

MOST_LINES = 12
MOST_QUOTES = 5
LEAST_QUOTES = 4
"""Lines that are kept for notes, where they tell as much."""
ALONE = 7
"""Sentences where notes alone tell."""
READ = 400
"""Newest passages of a chart that are read, beside those that search finds."""


def summary(reading: Reading) -> list[DraftClaim] | None:
    """Draft a summary of what a question names; empty: the chart does not have it; `None`: it names nothing to sum up."""
    found = retrieve_facts(reading.plan, reading.shelves.records, scope=reading.scope)
    visit = visit_asked(reading, found)
    if visit is not None:
        return of_visit(visit, reading)
    things = _things(reading.plan, found)
    if not things:
        return None
    passages = _passages(reading)
    if not all(_is_told(item, passages) for item in things):
        return []
    told = _facts_of(things, reading)
    subject = Subject([item.target for item in things], _near(things, reading))
    if len(told) == 1 and told[0].kind == "absence":
        return told
    most = ALONE if not told else MOST_QUOTES
    quotes = sentences_about(subject, passages, reading.shelves.records, most=most, told=told)
    kept = told[: MOST_LINES - min(len(quotes), LEAST_QUOTES)]
    return [*kept, *quotes[-(MOST_LINES - len(kept)) :]] if kept or quotes else []


def _things(plan: Plan, found: Sequence[TargetFacts]) -> list[TargetFacts]:
    """Return what is to be summed up: problems before treatments, treatments before tests."""
    for kind in (ConceptKind.CONDITION, None, ConceptKind.DRUG, ConceptKind.PROCEDURE):
        of_kind = [item for item in found if item.target.kind is kind and not item.target.is_attribute]
        if of_kind:
            return of_kind
    if found or not plan.unknown:
        return []
    return [TargetFacts(Target(words=word, label=word, alternatives=(tuple(forms(word)),)), []) for word in plan.keywords[:2]]


def _passages(reading: Reading) -> list[Passage]:
    """Return the passages that search finds and the newest of the chart, of the time that is asked."""
    plan, shelves, _chart, scope = reading
    found = {item.passage.id: item.passage for item in retrieve_passages(plan.text, plan, shelves, scope=scope)}
    newest = {passage.id: passage for passage in islice(shelves.records.all_passages(scope), READ)}
    inside = {**newest, **found}.values()
    return [each for each in inside if plan.window is None or plan.window.holds(each.occurred or each.recorded)]


def _is_told(item: TargetFacts, passages: Sequence[Passage]) -> bool:
    """Say whether a table or a note of the chart has a thing."""
    held = [
        fact
        for fact in item.facts
        if fact.assertion not in {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.FAMILY}
        and fact.category is not Category.FAMILY_HISTORY
        and not (fact.span is not None and fact.assertion is not AssertionStatus.PRESENT)
    ]
    return bool(held) or bool(sentences_told(item.target, passages))


def sentences_told(target: Target, passages: Sequence[Passage]) -> bool:
    """Say whether a sentence of a note tells that the patient has, or had, a thing."""
    from chartcite.engine.sentence_manner import assertion_in

    held = {AssertionStatus.PRESENT, AssertionStatus.HISTORICAL}
    for passage in passages:
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            place = target.find(forms(text))
            if place is not None and assertion_in(text, place, passage) in held and not text.rstrip().endswith("?"):
                return True
    return False


def _facts_of(things: Sequence[TargetFacts], reading: Reading) -> list[DraftClaim]:
    told: list[DraftClaim] = []
    for item in things:
        told += _of_medicine(item, reading) if item.target.kind is ConceptKind.DRUG else of_problem(item.target, item.facts, reading)
        if item.target.kind in {ConceptKind.PROCEDURE, None}:
            other = [fact for fact in item.facts if fact.category is not Category.CONDITION and fact.span is None]
            told += drafts(other[-4:], reading.chart)
    return list({claim.text: claim for claim in told}.values())


def _of_medicine(item: TargetFacts, reading: Reading) -> list[DraftClaim]:
    """Tell the orders of a medicine from the first to the newest, those with a reason for their end before repeats."""
    orders = [
        fact
        for fact in item.facts
        if fact.category is Category.MEDICATION and fact.span is None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
    ]
    chosen: list[Fact] = []
    for group in by_drug(orders, reading.chart):
        newest = {(fact.concept.text.lower(), fact.status, _dose(fact)): fact for fact in group}
        chosen += list(newest.values())[-5:]
    others = [fact for fact in item.facts if fact.category is Category.ALLERGY and fact.span is None]
    return drafts([*chosen[:6], *others[:1]], reading.chart)


def _dose(fact: Fact) -> str:
    return next((detail.text for detail in fact.details if detail.name == "dose"), "")


def _near(things: Sequence[TargetFacts], reading: Reading) -> list[Target]:
    """Return what is given for a problem, by the words of the lexicon: a sentence that tells of it tells of the problem."""
    lexicon = reading.chart.lexicon
    ids = [id_ for item in things for id_ in item.target.ids[:1]]
    if any(item.target.kind is not ConceptKind.CONDITION for item in things):
        return []
    drugs = lexicon.treatments_of(ids)
    runs = tuple(dict.fromkeys(forms(surface) for surface in lexicon.surfaces(sorted(drugs))))
    return [Target(words="treatment", label="treatment", kind=ConceptKind.DRUG, alternatives=runs)] if runs else []
