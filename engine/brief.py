"""USE CASE: a chart on one screen, most important first, each line cited. Read this file first.

Deterministic: what is told and in which order follows from the chart, never from a model. At most `MOST_LINES` lines of
`COLUMNS` columns; what does not fit is counted.
"""

from __future__ import annotations

import re
import textwrap
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from chartcite.engine.dates.since import last_visit
from chartcite.engine.domain.briefings import Brief, Line, Section
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Fact, PatientId
from chartcite.engine.facts.active_facts import condition_is_active
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.medicines.medication_changes import current, medication_changes, newest_told, orders, past_its_end
from chartcite.engine.ports import RecordStore
from chartcite.engine.review.brief_lines import (
    allergy_line,
    is_serious,
    medicine_line,
    pressure_line,
    problem_line,
    result_line,
    short_line,
    who,
)
from chartcite.engine.review.chart_review import Review, counted, day_of, last_day, section
from chartcite.engine.review.grave_problems import rank
from chartcite.engine.review.open_questions import open_questions
from chartcite.engine.review.planned import next_planned, not_happened
from chartcite.engine.review.problem_changes import active_problems, allergies, allergy_changes, problem_changes, problems
from chartcite.engine.review.result_changes import Series, beyond_expected, is_abnormal, result_changes, results_of, series_of

MOST_LINES = 40
COLUMNS = 100
HEADING = 13
"""Columns of the headings."""
_FOOTER = 2
"""Rows kept for how to open the sources, and how many lines failed a check."""
_PLAIN = frozenset({"active", "latest", "who", "new", "measured", "allergy", "in a note", "outside range", "visit"})
"""Labels that say nothing that the line or its heading does not."""
_PREGNANCY = "pregnancy-related"
_PREGNANT = re.compile(r"\bpregnan(?:t|cy)\b", re.IGNORECASE)
_LONGEST_PREGNANCY = timedelta(weeks=44)
"""An entry still active so long after its onset was not closed: it is no sign of a pregnancy now."""
PREGNANCY_STATUS = "82810-3"
"""LOINC code of the observation that says whether somebody is pregnant."""
_CODE_STATUS = "code-status"
_FIRST_TESTS = (
    "egfr", "creatinine", "potassium", "sodium", "hemoglobin-a1c", "glucose", "hemoglobin", "platelet-count",
    "white-blood-cell-count", "inr", "ldl-cholesterol", "tsh", "alanine-aminotransferase", "bilirubin-total", "albumin",
)  # fmt: skip
"""Order of tests that are otherwise equally important."""
_MOST = {
    "allergies": 4, "problems": 8, "medicines": 10, "results": 8, "changed": 6, "open": 6, "next": 2,
}  # fmt: skip
_TITLES = {
    "who": "Who", "allergies": "Allergies", "problems": "Problems", "medicines": "Medicines", "results": "Results",
    "changed": "Changed", "open": "Open", "next": "Next",
}  # fmt: skip
_GIVES_WAY = ("changed", "results", "medicines", "problems", "open", "allergies")
"""Sections that lose lines, in this order, one at a time, until the screen holds all."""
_FEWEST = 3
_MOST_QUOTED = 8
_LONGEST_LINE = 450
_ALLERGY_HEADING = re.compile(r"“[\s#*-]*(?:all(?:ergies|ergy)?\s*[/:]|intoleran|NKDA)", re.IGNORECASE)


def brief(patient_id: PatientId, /, *, records: RecordStore, lexicon: Lexicon, as_of: date | datetime | None = None) -> Brief:
    """Tell who a patient is, what matters most now, what changed since the last visit, and what is open.

    Raises:
        PatientNotFoundError: the store holds no such patient.
    """
    started = time.perf_counter()
    records.patient(patient_id)
    review = Review(records, lexicon, Scope(patient_id=patient_id, as_of=as_of), today=last_day(as_of))
    since = last_visit(review)
    allergic = _allergies(review)
    serious = any(line.label == "serious" for line in allergic.lines)
    results = results_of(review)
    shown = _results(review, results)
    middle = (_problems(review), _medicines(review))
    ordered = (allergic, *middle) if serious else (*middle, allergic)
    sections = (
        section("who", _TITLES["who"], [*who(review), *_pregnancy(review), *_resuscitation(review)], "demographics searched"),
        *ordered,
        shown,
        _changed(review, (results, shown), since.first, since.words),
        _open(review, since.first),
        _next(review),
    )
    return Brief(
        patient_id=patient_id,
        as_of=as_of,
        until=review.today,
        sections=_fitted(sections),
        index=records.snapshot(),
        dropped_claims=review.dropped,
        timings={"total_ms": round((time.perf_counter() - started) * 1000, 2)},
    )


def row(line: Line, places: Sequence[int]) -> str:
    """Return a line as it is shown: its label where that tells more than the words, the claim, the numbers of its sources."""
    label = "" if line.label in _PLAIN else f"{line.label}: "
    return f"{label}{' '.join(line.claim.text.split())} {''.join(f'[{place}]' for place in places)}"


def wrapped(text: str, *, indent: int) -> list[str]:
    """Return the rows of the screen that a text takes, each with a margin."""
    margin = " " * indent
    return textwrap.wrap(text, COLUMNS, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False)


def _height(part: Section) -> int:
    """Return how many rows a section takes, with numbers of sources as wide as they get."""
    rows = (len(wrapped(row(line, [888] * len(line.claim.citations)), indent=HEADING)) for line in part.lines)
    return max(sum(rows), 1)


def _without_long_lines(part: Section) -> Section:
    """Leave out what would take too much of the screen: a sentence of a note that never ends."""
    kept = tuple(line for line in part.lines if len(line.claim.text) <= _LONGEST_LINE)
    return part.model_copy(update={"lines": kept, "left_out": part.left_out + len(part.lines) - len(kept)})


def _fitted(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Take lines away, one at a time from the longest section that can give way, until the screen holds the rest."""
    kept = [_without_long_lines(one) for one in sections]
    while sum(map(_height, kept)) > MOST_LINES - _FOOTER:
        longest = [one for one in kept if one.name in _GIVES_WAY and len(one.lines) > _FEWEST]
        if not longest:
            break
        chosen = max(longest, key=lambda one: (len(one.lines) // 3, -_GIVES_WAY.index(one.name)))
        place = kept.index(chosen)
        kept[place] = chosen.model_copy(update={"lines": chosen.lines[:-1], "left_out": chosen.left_out + 1})
    return tuple(kept)


def _told(name: str, lines: Sequence[Line | None], searched: str) -> Section:
    return section(name, _TITLES[name], lines, searched, most=_MOST[name])


def _pregnancy(review: Review) -> list[Line | None]:
    """Flag a pregnancy: the newest status observation that says so, or a condition that began less than 44 weeks ago."""
    statuses = [
        fact for fact in review.of(Category.OBSERVATION, Category.SOCIAL_HISTORY, Category.SURVEY, Category.LABORATORY)
        if any(coding.code == PREGNANCY_STATUS for coding in fact.concept.codings)
    ]  # fmt: skip
    if statuses:
        value = statuses[-1].value
        pregnant = value is not None and value.shown.lower().startswith("pregnant")
        recent = _is_recent(statuses[-1], review)
        return [review.line("pregnant", statuses[-1], route="latest_value")] if pregnant and recent else []
    found = [
        fact
        for fact in review.of(Category.CONDITION)
        if condition_is_active(fact, review.today) and _is_recent(fact, review) and _names_pregnancy(fact, review)
    ]
    return [problem_line(found[-1], review, label="pregnant")] if found else []


def _resuscitation(review: Review) -> list[Line | None]:
    """Tell what is recorded last of whether somebody is to be resuscitated."""
    statuses = [
        fact
        for fact in review.of(Category.OBSERVATION, Category.SOCIAL_HISTORY, Category.SURVEY, Category.LABORATORY)
        if fact.value is not None and _CODE_STATUS in review.lexicon.link(fact.concept)
    ]
    return [review.line("latest", statuses[-1], route="latest_value")] if statuses else []


def _is_recent(fact: Fact, review: Review) -> bool:
    return fact.occurred is not None and timedelta(0) <= review.today - fact.occurred.first_day <= _LONGEST_PREGNANCY


def _names_pregnancy(fact: Fact, review: Review) -> bool:
    """Say whether a condition is a pregnancy; one that ended it, or followed it, is not."""
    words = fact.concept.text.lower()
    if any(part in words for part in ("postpartum", "history of", "ectopic", "abortion", "miscarriage", "puerper", "after")):
        return False
    return _PREGNANT.search(words) is not None


def _allergies(review: Review) -> Section:
    listed = [fact for fact in allergies(review) if fact.status not in {"inactive", "resolved"}]
    held = [fact for fact in listed if fact.assertion is AssertionStatus.PRESENT]
    denied = [fact for fact in listed if fact.assertion is AssertionStatus.ABSENT]
    ordered = sorted(held, key=lambda fact: (not is_serious(fact), fact.category is not Category.ALLERGY))
    lines: list[Line | None] = []
    quoted: set[tuple[int, int, int]] = set()
    for fact in ordered or denied[-1:]:
        place = (fact.document_key, *(fact.span or (0, 0)))
        if fact.span is None or place not in quoted:
            lines.append(allergy_line(fact, review))
        quoted.add(place)
    searched = counted(review.of(Category.ALLERGY), "allergy entry", "allergy entries")
    mentions = len(review.told(Category.ALLERGY))
    return _told("allergies", lines, f"nothing found: {searched}; {mentions} mentions in notes")


def _problems(review: Review) -> Section:
    if not review.of(Category.CONDITION):
        told = _from_notes(review, Category.CONDITION)
        return _told("problems", told, f"no problem list, {len(review.told(Category.CONDITION))} mentions in notes searched")
    listed = problems(review)
    active = sorted(active_problems(review), key=lambda fact: rank(fact, review.lexicon))
    lines = [problem_line(fact, review) for fact in active]
    return _told("problems", lines, f"no active problem: {counted(listed, 'condition entry', 'condition entries')}")


def _from_notes(review: Review, category: Category) -> list[Line | None]:
    """Quote the newest mentions of the last year of notes; sentences about allergies are told under their own heading."""
    allergic = {(fact.document_key, fact.span) for fact in review.told(Category.ALLERGY)}
    found = newest_told(review, category, most=_MOST_QUOTED)
    lines = [short_line("in a note", fact, review) for fact in found if (fact.document_key, fact.span) not in allergic]
    return [line for line in lines if line is not None and not _ALLERGY_HEADING.search(line.claim.text)]


def _medicines(review: Review) -> Section:
    listed = orders(review)
    if not listed:
        told = _from_notes(review, Category.MEDICATION)
        mentions = len(review.told(Category.MEDICATION))
        return _told("medicines", told, f"no medication list, {mentions} mentions in notes searched")
    going_on: list[Line | None] = []
    ended: list[Line | None] = []
    for group in current(review):
        if past_its_end(group[0], review.today):
            ended.append(medicine_line(group[0], review, label="active past its end"))
        else:
            going_on.append(medicine_line(group[0], review))
    return _told("medicines", [*going_on, *ended], f"no active medicine: {counted(listed, 'order')}")


def _results(review: Review, found: Sequence[Series]) -> Section:
    vitals = series_of(review, Category.VITAL_SIGN)
    weight = next((series for series in vitals if series.key == "body-weight"), None)
    newest = max((day_of(series.newest.fact) for series in found), default="")
    ranked = sorted(found, key=lambda series: _rank(series, newest, review))
    lines = [
        pressure_line(review),
        *(result_line(series.points, review) for series in ranked[: _MOST["results"] - 2]),
        result_line(weight.points, review) if weight else None,
    ]
    told = _told("results", lines, f"no numeric result: {counted(review.of(Category.LABORATORY), 'result')}")
    return told.model_copy(update={"left_out": max(len(found) - (_MOST["results"] - 2), 0)})


def _rank(series: Series, newest: str, review: Review) -> tuple[bool, int, int, float]:
    """Order results: of the chart's last year of results; outside its range; key tests that moved beyond chance; by test."""
    points = series.points
    before = points[-2] if len(points) > 1 else None
    moved = bool(before and beyond_expected(before, points[-1], review))
    place = _FIRST_TESTS.index(series.key) if series.key in _FIRST_TESTS else len(_FIRST_TESTS)
    is_key = place < len(_FIRST_TESTS)
    importance = 0 if is_abnormal(points[-1]) else 1 if is_key and moved else 2 if is_key else 3 if moved else 4
    occurred = points[-1].fact.occurred
    at = occurred.start.timestamp() if occurred else 0.0
    old = occurred is not None and f"{int(newest[:4]) - 1}{newest[4:]}" > occurred.day
    return old, importance, place, -at


def _changed(review: Review, results: tuple[Sequence[Series], Section], first: date | None, words: str) -> Section:
    """Tell what is new since the last visit, but for the results that are told already; nothing where there was none before."""
    found, shown = results
    told = {line.claim.citations[0].source.resource for line in shown.lines}
    if first is None:
        return _told("changed", [], words)
    changed = (
        *allergy_changes(review, first).lines,
        *problem_changes(review, first).lines,
        *medication_changes(review, first).lines,
        *(
            line
            for line in result_changes(review, found, first, still_outside=False).lines
            if line.claim.citations[0].source.resource not in told
        ),
        *_visits(review, first),
    )
    return _told("changed", changed, f"nothing new since {words}")


def _next(review: Review) -> Section:
    found = next_planned(review)
    return _told("next", found.lines, f"nothing planned is dated: {found.searched}")


def _visits(review: Review, first: date) -> list[Line]:
    new = [
        fact
        for fact in review.of(Category.ENCOUNTER)
        if fact.occurred and first <= fact.occurred.first_day <= review.today and fact.status not in {"cancelled", "planned"}
    ]
    found = (short_line("visit", fact, review) for fact in sorted(new, key=day_of, reverse=True)[:2])
    return [line for line in found if line is not None]


def _open(review: Review, first: date | None) -> Section:
    waiting = not_happened(review, first)
    questions = open_questions(review, first)
    left_out = waiting.left_out + questions.left_out
    orders = counted(review.of(Category.ORDER), "order").replace(" searched", "")
    lines = [*questions.lines[:2], *waiting.lines, *questions.lines[2:]]
    told = _told("open", lines, f"nothing found: {orders} and {len(review.notes(first))} passages of notes searched")
    return told.model_copy(update={"left_out": told.left_out + left_out})
