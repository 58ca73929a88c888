"""When a test or a medicine is due again: what the newest note plans for it, else how often it is ordered and when it was last given.

"When is her next HbA1c due?", "when does he need the injection again?". A plan that was carried out since is none; no day is worked out.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.fact_selection import MEASURED_SET
from chartcite.engine.facts.statements import medication_is_active
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Target
from chartcite.engine.retrieval import TargetFacts

ROUTE = "near_quote"
_ASKS = Cue(
    r"\b(?:when|how soon|by when|what (?:date|day|month)|is|are|does|do)\b[^?.;]*?\b(?:due|overdue|next|again|repeat(?:ed)?|re-?check(?:ed)?|another|re-?test(?:ed)?)\b|\bnext\b[^?.;]{1,40}\bdue\b|^\W*next\b"
)
_PLANS = Cue(
    r"\b(?:next|due|rpt|repeat|recheck|re-?check|re-?test|again|follow(?:ing)? up|f/?u|rtc|recall|redraw|yearly|annual(?:ly)?|every (?:\d+ |year|month|week)|then (?:every|each)|in (?:\d+|a|one|two|three|six|twelve) ?(?:weeks?|wks?|months?|mths?|mo|yrs?|years?|/52|/12)|\d+/(?:52|12)|pls)\b"
)
"""Says of a thing that it is to come, and when."""
_GOES_ON = Cue(r"^\W*(?:next|due|repeat|rpt|recheck)\b(?![^.]*:)")
_DONE = Cue(r"\b(?:repeated today|already|was due|had been due|overdue since|not (?:due|needed|required))\b")
_ROOM = timedelta(days=3)
"""Days before the newest value in which a note may tell of the next one: results come before the visit."""
_AGAIN = frozenset({ConceptKind.MEASUREMENT, ConceptKind.DRUG, ConceptKind.PROCEDURE})
_GIVEN = ("MedicationAdministration/", "MedicationDispense/")
_UNREAL = frozenset(
    {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.ABSENT, AssertionStatus.HYPOTHETICAL, AssertionStatus.FAMILY}
)


def told_next(reading: Reading, found: Sequence[TargetFacts], /) -> list[DraftClaim]:
    """Tell when the one test or medicine that a question names is due again, and when it was last done; empty: nothing tells."""
    plan = reading.plan
    if not plan.upcoming or plan.family or plan.undone or plan.window is not None or plan.anchor is not None or len(found) != 1:
        return []
    item = found[0]
    if item.target.kind not in _AGAIN or not _ASKS.search(plan.text):
        return []
    if any(fact.category in {Category.ORDER, Category.OTHER} for fact in item.facts):
        return []  # what is ordered or booked is told by its entry
    done = _done(item)
    if done is None:
        return _by_order(item, reading)
    planned = _planned(item.target, _day(done), reading)
    if planned is not None and item.target.kind is ConceptKind.PROCEDURE:
        return [planned]  # it may have been done since under another name
    if planned is not None:
        return [planned, _last(done, reading)]
    orders = [fact for fact in item.facts if fact.category is Category.MEDICATION and not fact.id.startswith(_GIVEN)]
    active = [fact for fact in orders if medication_is_active(fact)]
    return [draft(active[-1], reading.chart, route="last_happening"), _last(done, reading)] if active else []


def _by_order(item: TargetFacts, reading: Reading) -> list[DraftClaim]:
    """Tell when a medicine is due of which the chart lists the order alone: what is planned since it began, and the order."""
    active = [
        fact
        for fact in item.facts
        if fact.category is Category.MEDICATION and fact.span is None and fact.occurred and medication_is_active(fact)
    ]
    if item.target.kind is not ConceptKind.DRUG or not active:
        return []
    planned = _planned(item.target, _day(active[-1]), reading)
    return [planned, draft(active[-1], reading.chart, route="last_happening")] if planned is not None else []


_ASKS_NEXT = Cue(
    r"(?:^|\b(?:when|what (?:date|day)|date|month)\b[^?.;]{0,30})\bnext (?P<thing>[a-z][\w -]{1,30}?)(?: (?:due|booked|planned|scheduled|date|meant to be))?\W*$"
)
"""Asks when something, whatever the chart calls it, comes next."""
_IN_TIME = (
    r"(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b\d{1,2}[/.]\d{1,2}\b|\b20\d\d\b"
    r"|\b\d+ ?(?:/52|/12|weeks?|months?|days?)\b|\b(?:mon|tues|wednes|thurs|fri)day\b)"
)


def told_next_of_name(reading: Reading, /) -> list[DraftClaim]:
    """Quote the newest note that says when something comes next which neither a test nor a booking tells ("Next CPA June 2025")."""
    plan = reading.plan
    match = _ASKS_NEXT.search(plan.text)
    if match is None or plan.family or plan.window is not None:
        return []
    records = reading.shelves.records
    booked = records.facts(reading.scope, categories=(Category.ORDER, Category.ENCOUNTER, Category.OTHER))
    to_come = [fact for fact in booked if fact.occurred is not None and fact.occurred.first_day >= reading.chart.today]
    if any(set(forms(match["thing"])) <= set(forms(fact.concept.text)) for fact in to_come):
        return []
    name = r"[\s-]+".join(map(re.escape, match["thing"].split()))
    said = Cue(rf"\bnext (?:\w+ )?{name}\b[^.;]{{0,30}}?{_IN_TIME}")
    told = [
        (known.first_day, passage, sentence)
        for passage in records.all_passages(reading.scope)
        if (known := passage.recorded or passage.occurred) is not None
        for sentence in passage.sentences
        if sentence not in passage.commands and said.search(passage.sentence_text(sentence))
    ]
    if not told:
        return []
    _day_told, passage, sentence = max(told, key=lambda each: each[0])
    return [quote_sentence(passage, sentence, records, route=ROUTE)]


def _done(item: TargetFacts) -> Fact | None:
    """Return the newest value of a test, the newest dose of a medicine that was given; `None`: the chart holds none."""
    real = [fact for fact in item.facts if fact.occurred is not None and fact.assertion not in _UNREAL and fact.span is None]
    if item.target.kind is ConceptKind.MEASUREMENT:
        real = [fact for fact in real if fact.category in MEASURED_SET]
    else:
        real = [
            fact for fact in real if fact.id.startswith(_GIVEN) or fact.category in {Category.PROCEDURE, Category.IMMUNIZATION}
        ]
    return max(real, key=_day, default=None)


def _day(fact: Fact) -> date:
    assert fact.occurred is not None  # noqa: S101 -- only dated facts are kept
    return fact.occurred.first_day


def _last(fact: Fact, reading: Reading) -> DraftClaim:
    return draft(fact, reading.chart, route="last_happening")


_NOTE_ON = "Note on "
"""Begins the title of a note that an entry of a table carries."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH_OF_YEAR = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.? (20\d\d)\b", re.IGNORECASE)


def _is_over(text: str, today: date) -> bool:
    """Say whether all months that a plan names have passed."""
    named = [(int(match[2]), _MONTHS.index(match[1].lower()) + 1) for match in _MONTH_OF_YEAR.finditer(text)]
    return bool(named) and max(named) < (today.year, today.month)


def _planned(target: Target, since: date, reading: Reading) -> DraftClaim | None:
    """Quote the newest sentence since a day that plans the next one, unless the months that it names have passed."""
    records = reading.shelves.records
    told: list[tuple[date, Passage, Sentence]] = []
    for passage in records.all_passages(reading.scope):
        known = passage.recorded or passage.occurred
        if known is None or known.first_day < since - _ROOM:
            continue
        entry = passage.title.startswith(_NOTE_ON) and target.find(forms(passage.title)) is not None
        for number, sentence in enumerate(passage.sentences):
            text = passage.sentence_text(sentence)
            if not _PLANS.search(text) or _DONE.search(text) or _is_over(text, reading.chart.today):
                continue
            if entry or target.find(forms(text)) is not None:
                told.append((known.first_day, passage, sentence))
            elif number and _GOES_ON.match(text):  # "Inclisiran 4th dose today. Next in July."
                before = passage.sentences[number - 1]
                if target.find(forms(passage.sentence_text(before))) is not None:
                    told.append((known.first_day, passage, Sentence(start=before.start, end=sentence.end)))
    if not told:
        return None
    _known, passage, sentence = max(told, key=lambda each: each[0])
    return quote_sentence(passage, sentence, records, route=ROUTE)
