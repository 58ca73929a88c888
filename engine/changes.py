"""USE CASE: what is different in a chart since a moment. Read this file first.

Every line is a claim with citations that was checked like an answer's; a section without lines says what was searched.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date, datetime

from chartcite.engine.dates.since import LAST_VISIT, read_since
from chartcite.engine.domain.briefings import Changes, Section
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Fact, PatientId
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.medicines.medication_changes import medication_changes
from chartcite.engine.ports import RecordStore
from chartcite.engine.review.acknowledgement import unacknowledged
from chartcite.engine.review.chart_review import Review, arrived, counted, last_day, section
from chartcite.engine.review.open_questions import open_questions
from chartcite.engine.review.planned import not_happened
from chartcite.engine.review.problem_changes import allergy_changes, finding_changes, problem_changes
from chartcite.engine.review.result_changes import result_changes, results_of, vital_changes


def changes(
    patient_id: PatientId,
    since: str = LAST_VISIT,
    /,
    *,
    records: RecordStore,
    lexicon: Lexicon,
    as_of: date | datetime | None = None,
) -> Changes:
    """Tell what changed between a moment and now (or `as_of`).

    Args:
        patient_id: whose chart.
        since: a day, a span, `last-visit`, `admission`, `discharge`, or the name of something in the chart.
        records: the store.
        lexicon: words and codes by which things are known to be the same.
        as_of: last day (or instant) whose records count; `None`: now.

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InvalidQuestionError: `since` names no moment of this chart; says what is accepted.
    """
    started = time.perf_counter()
    records.patient(patient_id)
    review = Review(records, lexicon, Scope(patient_id=patient_id, as_of=as_of), today=last_day(as_of))
    moment = read_since(since, review)
    first, results = moment.first, results_of(review)
    sections = (
        allergy_changes(review, first),
        problem_changes(review, first),
        medication_changes(review, first),
        result_changes(review, results, first),
        unacknowledged(review, results, first),
        not_happened(review, first),
        open_questions(review, first),
        vital_changes(review, first),
        happened(review, first, Category.ENCOUNTER, "encounters", "Encounters"),
        happened(review, first, Category.PROCEDURE, "procedures", "Procedures"),
        happened(review, first, Category.IMMUNIZATION, "immunizations", "Immunizations"),
        happened(review, first, Category.DOCUMENT, "documents", "Documents"),
        finding_changes(review, first),
    )
    return Changes(
        patient_id=patient_id,
        as_of=as_of,
        until=review.today,
        since=moment,
        sections=sections,
        index=records.snapshot(),
        dropped_claims=review.dropped,
        timings={"total_ms": round((time.perf_counter() - started) * 1000, 2)},
    )


def happened(review: Review, first: date | None, category: Category, name: str, title: str) -> Section:
    """Tell the newest of each thing of a category that happened since, newest first; repeats are counted."""
    listed = review.of(category)
    new = [
        fact
        for fact in listed
        if arrived(fact, first, review.today)
        and fact.assertion is AssertionStatus.PRESENT
        and fact.status not in {"not-done", "cancelled", "planned", "booked", "noshow"}
    ]
    groups: dict[str, list[Fact]] = {}
    for fact in reversed(new):
        groups.setdefault(_sameness(fact), []).append(fact)
    lines = [review.line("new", group[0], why=_repeats(group)) for group in list(groups.values())[:_MOST]]
    told = section(name, title, lines, counted(listed, *_NOUNS[category]), most=_MOST)
    return told.model_copy(update={"left_out": max(len(groups) - _MOST, 0)})


_MOST = 8
_NOUNS = {
    Category.ENCOUNTER: ("encounter", "encounters"),
    Category.PROCEDURE: ("procedure", "procedures"),
    Category.IMMUNIZATION: ("immunization", "immunizations"),
    Category.DOCUMENT: ("document", "documents"),
}


def _sameness(fact: Fact) -> str:
    """Encounters and documents are told one by one where their day differs; repeats of a procedure once."""
    day = fact.occurred.day if fact.occurred and fact.category in {Category.ENCOUNTER, Category.DOCUMENT} else ""
    return f"{name_of(fact).lower()} {day}"


def _repeats(group: Sequence[Fact]) -> str:
    return f"the newest of {len(group)} since then" if len(group) > 1 else ""
