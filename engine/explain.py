"""USE CASE: how a question was read, what each route found, and why each piece of evidence was taken or dropped.

Asks the question, then goes through its stages again one by one with the same functions. Changes nothing, and reads nothing
outside the scope of the question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.answering import draft_for_patient
from chartcite.engine.answers.certificate import certify, with_sections
from chartcite.engine.answers.stopwatch import Stopwatch
from chartcite.engine.ask import Engine, ask, ground_of, last_day, reader, stand_alone
from chartcite.engine.dates.anchors import find_anchor
from chartcite.engine.dates.timed import days_of_chart
from chartcite.engine.domain.answers import Abstention, AbstentionReason, Answer, DraftClaim, Question, SearchCertificate
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.explanations import (
    Explanation,
    FactsFound,
    ListFound,
    PartExplained,
    QuestionRead,
    Searched,
    TargetRead,
    WindowRead,
)
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.drafting.evidence_review import consider
from chartcite.engine.errors import InvalidQuestionError
from chartcite.engine.facts.fact_claims import Chart
from chartcite.engine.facts.facts import answer_about, answer_list
from chartcite.engine.language.hostile import seen
from chartcite.engine.language.terminology import forms, plain_display, tokenize
from chartcite.engine.notes.passage_ranks import rank_passages
from chartcite.engine.notes.quoting import quote_answers
from chartcite.engine.ports import ChartConcept
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import EVENT_WORDS
from chartcite.engine.retrieval import Shelves, TargetFacts, retrieve_facts, retrieve_list, retrieve_passages, word_groups

MOST_SHOWN = 12
"""Names, synonyms, codes and items of a list that are told one by one; the counts are always given."""
MOST_QUOTES_CONSIDERED = 10


class Explained(NamedTuple):
    """What every stage needs."""

    question: Question
    shelves: Shelves
    chart: Chart
    concepts: Sequence[ChartConcept]
    clock: Stopwatch

    @property
    def scope(self) -> Scope:
        """Whose chart, as it stood when."""
        return self.chart.scope


def explain(question: Question, /, *, engine: Engine) -> Explanation:
    """Answer a question about one chart, and say how the answer came about.

    Raises:
        InvalidQuestionError: the question has no words, or names no patient.
        PatientNotFoundError: the store holds no such patient.
    """
    if question.patient_id is None:
        raise InvalidQuestionError("explaining needs a chart: name the patient")
    clock = Stopwatch()
    answer = ask(question, engine=engine)
    scope = Scope(patient_id=question.patient_id, as_of=question.as_of)
    today = last_day(question)
    with clock.time("reading"):
        concepts = engine.records.concepts(scope)
        read = reader(ground_of(question, engine), engine, today=today)
        asked = question.model_copy(update={"text": answer.read_as or stand_alone(question, read)})
        plans = days_of_chart(read(asked.text), engine.records, scope=scope)
    chart = Chart(engine.records, engine.lexicon, _birth(engine, scope), today, scope)
    shelves = engine.shelves
    explained = Explained(asked, shelves, chart, concepts, clock)
    refused = isinstance(answer, Abstention) and answer.basis.reason is AbstentionReason.OUT_OF_SCOPE
    parts = [PartExplained(read=_read(plan, concepts)) if refused else _explain_part(plan, answer, explained) for plan in plans]
    return Explanation(
        answer=answer,
        filters=_filters(scope),
        parts=tuple(parts),
        certificate=None if refused else _certificate(plans[0], answer, engine, scope),
        timings=clock.milliseconds,
    )


def _certificate(plan: Plan, answer: Answer, engine: Engine, scope: Scope) -> SearchCertificate:
    """Return what was searched, with the sections; of an answer nothing is absent but what it denies."""
    certificate = with_sections(certify(plan, engine.records, scope=scope), engine.records, scope=scope)
    return certificate.model_copy(update={"absence": answer.absence})


def _birth(engine: Engine, scope: Scope) -> Fact | None:
    demographics = engine.records.facts(scope, categories=(Category.DEMOGRAPHIC,))
    return next((fact for fact in demographics if fact.id.endswith("#birthDate")), None)


def _filters(scope: Scope) -> tuple[str, ...]:
    moment = f"as the chart stood on {scope.as_of.isoformat()}" if scope.as_of else "the whole chart, whatever its date"
    return (f"patient {scope.patient_id} only", moment)


def _explain_part(plan: Plan, answer: Answer, explained: Explained) -> PartExplained:
    records, scope, clock = explained.shelves.records, explained.scope, explained.clock
    with clock.time("facts"):
        found = retrieve_facts(plan, records, scope=scope)
        listed = retrieve_list(plan, records, scope=scope)
    searched, quotes = _narrative(plan, explained)
    with clock.time("drafting"):
        drafted = draft_for_patient(
            explained.question, [plan], explained.shelves, explained.chart.lexicon, scope=scope, today=explained.chart.today
        )
        others = [*_from_facts(plan, found, listed, explained.chart), *quotes]
    with clock.time("checking"):
        considered = consider(plan, drafted.claims, others, answer, explained.chart)
    return PartExplained(
        read=_read(plan, explained.concepts),
        facts=tuple(_facts_found(item, plan) for item in found),
        listed=_list_found(plan, listed),
        searched=searched,
        considered=considered,
    )


def _narrative(plan: Plan, explained: Explained) -> tuple[Searched, list[DraftClaim]]:
    """Search the narrative as answering does, and quote from it generously."""
    shelves, scope, clock = explained.shelves, explained.scope, explained.clock
    with clock.time("retrieving"):
        evidence = retrieve_passages(plan.text, plan, shelves, scope=scope)
    with clock.time("embedding"):
        vector = shelves.embedder.embed([seen(plan.text)])[0]
    ranks = rank_passages(vector, word_groups(plan), evidence, shelves, scope=scope, clock=clock)
    with clock.time("quoting"):
        return ranks, quote_answers(plan, evidence, shelves.records, limit=MOST_QUOTES_CONSIDERED)


def _from_facts(plan: Plan, found: Sequence[TargetFacts], listed: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    """Draft what each target and the list would say for themselves."""
    claims = [claim for item in found if item.facts for claim in answer_about(item.target, item.facts, plan, chart)]
    return claims if plan.targets or not listed or plan.family else [*claims, *answer_list(listed, plan, chart)]


def _facts_found(item: TargetFacts, plan: Plan) -> FactsFound:
    dated = [fact.occurred.day for fact in item.facts if fact.occurred]
    inside = None if plan.window is None else sum(plan.window.holds(fact.occurred) for fact in item.facts)
    return FactsFound(
        target=item.target.label,
        found=len(item.facts),
        in_window=inside,
        from_notes=sum(fact.span is not None for fact in item.facts),
        by_category=dict(Counter(fact.category.value for fact in item.facts)),
        by_assertion=dict(Counter(fact.assertion.value for fact in item.facts)),
        first=min(dated, default=""),
        last=max(dated, default=""),
    )


def _list_found(plan: Plan, listed: Sequence[Fact]) -> ListFound | None:
    if plan.subject is None and not plan.family:
        return None
    subject = Category.FAMILY_HISTORY if plan.family else plan.subject
    named = [plain_display(fact.concept.text) + (f" ({fact.occurred.day})" if fact.occurred else "") for fact in listed]
    newest_first = tuple(dict.fromkeys(reversed(named)))[:MOST_SHOWN]
    return ListFound(subject=subject.value if subject else "", found=len(listed), items=newest_first)


_ASKS = {
    "family": "of the family",
    "historical": "at any time",
    "current": "now",
    "newest": "the last",
    "every": "each",
    "inpatient": "admissions only",
    "emergency": "emergency visits only",
    "subject_named": "the list itself is named",
    "asks_patient_group": "many patients",
}
"""What a plan notes of a question, in words."""


def _read(plan: Plan, concepts: Sequence[ChartConcept]) -> QuestionRead:
    window, anchor = plan.window, find_anchor(plan.text)
    asks = [said for name, said in _ASKS.items() if getattr(plan, name)]
    asks += [f"the {word}" for word in plan.relatives] + ([f"number {plan.ordinal}"] if plan.ordinal else [])
    return QuestionRead(
        text=plan.text,
        intent=plan.intent.value,
        targets=tuple(_target_read(target, concepts) for target in plan.targets),
        subject=plan.subject.value if plan.subject else "",
        event=plan.event.value if plan.event else "",
        window=None
        if window is None
        else WindowRead(
            words=window.words,
            first=window.first.isoformat() if window.first else "",
            last=window.last.isoformat() if window.last else "",
            ambiguous=window.ambiguous,
        ),
        anchor=anchor.words if anchor else "",
        asks=tuple(asks),
        mended=plan.corrected,
        looked_for=tuple(word for word in plan.keywords if word not in plan.unknown),
        not_understood=plan.unknown,
        passed_over=_passed_over(plan),
    )


def _passed_over(plan: Plan) -> tuple[str, ...]:
    """Return the words of a part by which nothing is looked for."""
    named = [*(target.words for target in plan.targets), plan.window.words if plan.window else "", *plan.corrected]
    used = {word for text in named for word in forms(text)} | set(plan.keywords) | set(plan.relatives)
    used |= set(forms(" ".join(EVENT_WORDS[plan.event]))) if plan.event else set()
    return tuple(dict.fromkeys(plan.text[each.start : each.end] for each in tokenize(plan.text) if each.form not in used))


def _target_read(target: Target, concepts: Sequence[ChartConcept]) -> TargetRead:
    keys = set(target.concept_keys)
    names = dict.fromkeys(plain_display(each.concept.text) for each in concepts if each.key in keys)
    return TargetRead(
        words=target.words,
        label=target.label,
        kind=target.kind.value if target.kind else "",
        names=tuple(names)[:MOST_SHOWN],
        concepts=len(keys),
        exact=target.exact,
        synonyms=target.synonyms[:MOST_SHOWN],
        synonyms_known=len(target.synonyms),
        codes=tuple(code.replace(":", "|", 1) for code in target.codes[:MOST_SHOWN]),
        codes_known=len(target.codes),
    )
