"""What is new in a chart since a visit or a day: problems, medicines, values then and now, and what its newest notes conclude.

"What's improved since my June check-up?", "anything different in her situation since she turned 60?"
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.briefings import Line
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.people import fields_named, met_in
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.medicines.medication_changes import medication_changes
from chartcite.engine.questions.asked_parts import parts_asked
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import is_ordinary
from chartcite.engine.retrieval import retrieve_facts
from chartcite.engine.review.chart_review import Review, is_note
from chartcite.engine.review.problem_changes import problem_changes
from chartcite.engine.review.result_changes import result_changes, results_of, vital_changes
from chartcite.engine.stories.problem_summary import day_of, drafts
from chartcite.engine.stories.summary_notes import sentences_of_stay
from chartcite.engine.visits.named_visits import VisitNamed, visit_meant, visits_in

ROUTE = "visit_changes"
MOST_EACH = 3
MOST_MEDICINES = 5
"""Lines of problems, of medicines, of results, of vital signs."""
MOST_QUOTES = 6
MOST_REPORTS = 2
_ASKS = Cue(
    r"\b(?:chang(?:e|es|ed|ing)|new|news|differen(?:t|ce|ces)|differs?|improve(?:d|ment|ments)?|better|worse|worsen(?:ed|ing)?|deteriorat\w+"
    r"|progress(?:ed)?|happen(?:ed|ing)|develop(?:ed|ments?)|evolved|moved on|shift(?:ed)?|(?:going|gone|went) on|update[ds]?)\b"
)
_ASKS_OTHER = Cue(
    r"\b(?:why|when|who|whom|where|how (?:long|often|many|much|come|old)|reasons?|because|planned|would|should|could|will"
    r"|(?:is|was|are|were) (?:it|that|this|there) (?:because|due))\b"
)
_OF_A_LIST = Cue(
    r"\b(?:diagnos[ei]s|dx|problems?|conditions?|meds?|medicines?|medications?|tablets?|tabs|pills?|drugs?|dos(?:e|es|age)|prescriptions?|scripts?|regimen|treatments?|bloods?|labs?|tests?"
    r"|results?|scans?|imaging|vaccin\w*|jabs?|allerg\w*|procedures?|operations?|surger\w+|visits?|appointments?|letters?|notes?|plans?|goals?|symptoms?)\b"
)
"""Names what the news are asked of."""
_OPENED = re.compile(r"^\W*(?:ever )?(?:since|from|after)\b|\b(?:onwards?|since)\W*$", re.IGNORECASE)
_THEN = Cue(
    r"\b(?:since|from|after) (?:then|that(?: (?:day|time|date|visit|review|appointment|clinic))?)\b|\bin the (?:meantime|interim)\b|\bsince\W*$"
)
_CONCLUDES = re.compile(r"conclusion")
_CONCLUDED = ": diagnosis, decision, plan"
"""What is told first of the notes since."""
_CLAUSE = re.compile(r"\s[-–—]+\s|[:;.?!]\s+|,\s+(?=(?:what|how|any|has|have)\b)", re.IGNORECASE)
_OF_ALL = frozenset(
    forms(
        "change changes changed new news different difference improve improved improvement better worse worsen worsened progress progressed happen happened happening develop developed development evolved moved shift shifted "
        "update updated situation health condition thing things picture state status case chart record overall general then meantime interim since anything everything something"
    )
)  # fmt: skip


class _Since(NamedTuple):
    """From which day on news are asked, and in what words."""

    first: date
    words: str


def told_news(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what is new since a visit or a day; empty: that is not asked, or it is asked of something in particular."""
    clause = next((each for each in reversed(_CLAUSE.split(text)) if _ASKS.search(each)), None)
    if clause is None or _ASKS_OTHER.search(clause):
        return []
    if any(plan.family or plan.upcoming for plan in plans):
        return []
    since = _since(text, clause, plans, reading)
    if since is None or not _is_of_all(clause, since):
        return []
    spoken = set(forms(clause)) - set(forms(since.words))
    if any(spoken & set(forms(target.words)) for plan in plans for target in plan.targets):
        return []
    first, today = since.first, reading.chart.today
    review = Review(reading.shelves.records, reading.chart.lexicon, reading.scope, today=today)
    lines = [
        *problem_changes(review, first).lines[:MOST_EACH],
        *[line for line in medication_changes(review, first).lines if line.label != "newly listed"][:MOST_MEDICINES],
        *result_changes(review, results_of(review), first, still_outside=False).lines[:MOST_EACH],
        *vital_changes(review, first).lines[:MOST_EACH],
    ]
    window = Window(first=first, last=today, words="")
    passages = [
        each
        for each in reading.shelves.records.all_passages(reading.scope)
        if is_note(each) and window.holds(each.occurred or each.recorded)
    ]
    quotes = sentences_of_stay(passages, reading.shelves.records, most=MOST_QUOTES, asked=parts_asked(_CONCLUDED))
    return [*map(_drafted, lines), *drafts(_reports(window, reading), reading.chart), *quotes]


def _reports(window: Window, reading: Reading) -> list[Fact]:
    """Return the newest reports of a time that conclude something."""
    listed = reading.shelves.records.facts(reading.scope, categories=(Category.REPORT,))
    inside = [fact for fact in listed if fact.span is None and window.holds(fact.occurred) and _CONCLUDES.search(_told(fact))]
    return sorted(inside, key=day_of)[-MOST_REPORTS:]


def _told(fact: Fact) -> str:
    return " ".join(detail.name for detail in fact.details)


def _drafted(line: Line) -> DraftClaim:
    claim = line.claim
    return DraftClaim(text=claim.text, kind=claim.kind, citations=claim.citations, route=ROUTE, computation=claim.computation)


def _since(text: str, clause: str, plans: Sequence[Plan], reading: Reading) -> _Since | None:
    """Return from which day on news are asked: after a visit that is named, or from the day on which an open time begins."""
    named = visits_in(text, today=reading.chart.today)
    then = _THEN.search(clause)
    if named:
        return _after(named[0], then[0] if then else None, reading) if len(named) == 1 else None
    windows = {(plan.window.first, plan.window.last): plan.window for plan in plans if plan.window is not None}
    if not windows and len(plans) == 1:
        return _after_event(clause, plans[0], reading)
    if len(windows) != 1 or any(plan.anchor is not None for plan in plans):
        return None
    window = next(iter(windows.values()))
    if window.first is None or window.first >= reading.chart.today:
        return None
    if then is not None:
        return _Since((window.last or window.first) + timedelta(days=1), f"{window.words} {then[0]}")
    opened = window.last is None and (_OPENED.search(window.words) or _led_by_since(text, window))
    return _Since(window.first, window.words) if opened else None


_EVENT = re.compile(r"\b(?:since|after|following)\s+\S.{2,60}?(?=\W*$)", re.IGNORECASE)


def _after_event(clause: str, plan: Plan, reading: Reading) -> _Since | None:
    """Return the day of what a clause names after "since": something that was done, a medicine begun, or the last visit of a field."""
    named = _EVENT.search(clause)
    if named is None:
        return None
    records, scope = reading.shelves.records, reading.scope
    words = forms(named[0])
    found = [item for item in retrieve_facts(plan, records, scope=scope) if item.target.find(words) is not None]
    if len(found) < len(plan.targets) or not (found or plan.anchor is None):
        return None  # something beside the event is asked for
    held = [fact for item in found for fact in item.facts if fact.assertion is AssertionStatus.PRESENT]
    done = [fact.occurred.first_day for fact in held if fact.category is Category.PROCEDURE and fact.occurred is not None]
    begun = [fact.occurred.first_day for fact in held if fact.category is Category.MEDICATION and fact.occurred is not None]
    if done or begun:
        return _Since((done[-1] if done else begun[0]) + timedelta(days=1), named[0])
    fields = fields_named(named[0]).called
    met = met_in(records.facts(scope, categories=(Category.ENCOUNTER,)), fields) if fields and not found else []
    seen = [fact.occurred.first_day for fact in met if fact.occurred is not None]
    return _Since(seen[-1] + timedelta(days=1), named[0]) if seen else None


def _led_by_since(text: str, window: Window) -> bool:
    return re.search(rf"\b(?:since|from) (?:the |about |around )?{re.escape(window.words)}", text, re.IGNORECASE) is not None


def _after(named: VisitNamed, then: str | None, reading: Reading) -> _Since | None:
    if not (named.since or then):
        return None
    visit = visit_meant(named, reading)
    if visit is None or visit.occurred is None:
        return None
    day = (visit.ended or visit.occurred).last_day
    return _Since(day + timedelta(days=1), f"{named.phrase} {then or ''}")


def _is_of_all(clause: str, since: _Since) -> bool:
    """Say whether a clause names nothing but that something changed, and since when."""
    spent = set(forms(since.words)) | _OF_ALL
    if _OF_A_LIST.search(clause.lower().replace(since.words.lower().strip(), " ")):
        return False
    return all(word in spent or is_ordinary(word) for word in forms(clause))
