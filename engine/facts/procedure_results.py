"""What a procedure found: told with its day by the report that followed it, or by the note on it."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.fact_selection import inside_window
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms, plain_display
from chartcite.engine.notes.quoting import MOST_LEANING, quote_sentence
from chartcite.engine.questions.chart_names import stem
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent, is_ordinary
from chartcite.engine.retrieval import TargetFacts

ROUTE = "procedure_result"
_REPORTED_WITHIN = timedelta(days=30)
"""After a procedure, when its report is written."""
_ASKS_RESULT = Cue(
    r"\b(?:results?|findings?|finding|histolog\w*|patholog\w*|path|cytolog\w*|biops(?:y|ies) (?:show|result|find)\w*|show(?:ed|n|s)?|reveal(?:ed|s)?|found|find|diagnosis)\b"
)
_PATHOLOGY = Cue(r"\b(?:patholog\w*|histo\w*|cytolog\w*|biops\w*)\b")
_ONE = frozenset({Intent.DESCRIBE, Intent.LATEST, Intent.WHEN, Intent.FIRST})


def result_of_procedure(reading: Reading, found: Sequence[TargetFacts]) -> list[DraftClaim]:
    """Tell when a procedure was done and what it found, where both its result is asked and the chart holds one; else nothing."""
    plan = reading.plan
    if plan.intent not in _ONE or plan.every or plan.ordinal or plan.upcoming or not _ASKS_RESULT.search(plan.text):
        return []
    named = [item for item in found if item.target.kind is ConceptKind.PROCEDURE]
    if len(named) != 1 or any(item.target.kind is ConceptKind.MEASUREMENT and item.facts for item in found):
        return []
    done = _named_best(_done(named[0].facts, plan), plan)
    if not done:
        return []
    meant = done[0] if plan.intent is Intent.FIRST else done[-1]
    results = [*_reports(meant, named[0], reading), *noted_on(meant, reading)]
    return [draft(meant, reading.chart, route=ROUTE), *results] if results else []


def _done(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    return [
        fact
        for fact in inside_window(facts, plan)
        if fact.category is Category.PROCEDURE
        and fact.span is None
        and fact.occurred is not None
        and fact.assertion is AssertionStatus.PRESENT
        and fact.status in {"completed", "", "in-progress"}
    ]


def _named_best(done: list[Fact], plan: Plan) -> list[Fact]:
    """Keep the procedures that a further word of the question names: the biopsy of the "native" kidney."""
    for word in plan.keywords:
        done = [fact for fact in done if word in forms(fact.concept.text)] or done
    return done


def _reports(procedure: Fact, item: TargetFacts, reading: Reading) -> list[DraftClaim]:
    """Tell the reports that belong to a procedure: those of its name, and the pathology of its day or its organ."""
    if procedure.occurred is None:
        return []
    day = procedure.occurred.first_day
    own = {fact.id for fact in item.facts if fact.category is Category.REPORT}
    words = _words(procedure)
    told: list[DraftClaim] = []
    for fact in reading.shelves.records.facts(reading.scope, categories=(Category.REPORT,)):
        if fact.occurred is None or fact.detail("conclusion") is None or fact.assertion is not AssertionStatus.PRESENT:
            continue
        after = fact.occurred.first_day - day
        if not timedelta(0) <= after <= _REPORTED_WITHIN:
            continue
        of_tissue = _PATHOLOGY.search(fact.concept.text) is not None
        by_name = item.target.find(forms(fact.concept.text)) is not None  # "gastroscopy report"
        if fact.id in own or by_name or (of_tissue and (not after or words & _words(fact))):
            told.append(draft(fact, reading.chart, route=ROUTE))
    return told


def _words(fact: Fact) -> set[str]:
    """Return what a display names a thing by: neither plain English nor that it was a biopsy."""
    words = forms(plain_display(fact.concept.text))
    return {stem(word) for word in words if len(word) > 3 and not is_ordinary(word) and not _PATHOLOGY.search(word)}


def noted_on(procedure: Fact, reading: Reading) -> list[DraftClaim]:
    """Quote what is written on the procedure itself."""
    records = reading.shelves.records
    passages = [each for each in records.all_passages(reading.scope) if each.resource == procedure.resource and not each.commands]
    return [quote_sentence(passage, _opening(passage), records, route=ROUTE) for passage in passages if passage.sentences]


def _opening(passage: Passage) -> Sentence:
    """Return the whole of a short note, or the first sentence of a long one."""
    whole = Sentence(start=passage.sentences[0].start, end=passage.sentences[-1].end)
    return whole if whole.end - whole.start <= MOST_LEANING else passage.sentences[0]
