"""What a visit changed, and what changed since one: medicines and their doses, values then and now, and what its notes tell of it.

"What was changed at the October visit?", "what's different since the June review (weight, bloods)?"
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.times import Window, find_window
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.briefings import Line
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.medicines.medication_changes import turned_between
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import is_ordinary
from chartcite.engine.review.chart_review import Review, is_note
from chartcite.engine.review.result_changes import Series, concepts_of, pair_claim, series_of
from chartcite.engine.stories.problem_summary import drafts
from chartcite.engine.stories.summaries import names_held
from chartcite.engine.stories.summary_notes import sentences_of_turn
from chartcite.engine.visits.named_visits import VisitNamed, notes_of, visit_meant, visits_in

ROUTE = "visit_changes"
MOST_MEDICINES = 5
MOST_VALUES = 6
MOST_QUOTES = 4
_ORDERED = timedelta(days=7)
"""What a visit changed is ordered so long after it, at most."""
_MEASURED = timedelta(days=10)
"""Tests that belong to a visit are done so long before or after it."""
_ASKS = Cue(
    r"^(?:\W*(?:so|and|ok|hi|please|can you (?:tell me|list|say))\b\W*)*(?:(?:what|which|anything|any|list|tell me|were there|was there|did (?:they|he|she|the \w+)|has anything|have any|summari[sz]e)\b[^?]*?\b"
    r"(?:chang(?:e|es|ed|ing)|alter(?:ed|ations?)?|adjust(?:ed|ments?)?|different|differs?|tweak(?:s|ed)?|modified|new)\b|changes? (?:to|in|at|since|from)\b)",
)
_ASKS_OTHER = Cue(r"\b(?:why|when|who|how (?:long|often|many|come)|reasons?|because|diagnos\w*)\b")
_MEDICINES = Cue(
    r"\b(?:meds?|medicines?|medications?|tablets?|tabs|pills?|drugs?|treatments?|prescriptions?|scripts?|regimen|doses?|dosing)\b"
)
_BLOODS = Cue(r"\b(?:bloods?|blood (?:tests?|results?|work)|bloodwork|labs?|lab results?|results|tests|biochem\w*)\b")
_AGAINST = re.compile(
    r"\b(?:(?:ever )?since|cf\.?|vs\.?|versus|against|compared (?:with|to)|than)\s+(?P<rest>[^?.;()]*)", re.IGNORECASE
)
_BARE_STAY = Cue(r"\b(on|at|upon|since|after|during) (discharge|admission)\b")
"""A stay that is named without an article: "changed on discharge 3 May"."""
_OF_CHANGES = frozenset(
    forms(
        "change changes changed changing alter altered adjust adjusted adjustment different difference differ tweak tweaked modified new anything got get make made happened since cf vs versus compared against one time date weight "
        "up down patient pt record chart detail please pls list tell say whatever else"
    )
)


class _Asked(NamedTuple):
    """Of what changes are asked."""

    drugs: Sequence[Target]
    measures: Sequence[Target]
    medicines: bool
    bloods: bool

    @property
    def of_all(self) -> bool:
        """Whether nothing is named."""
        return not (self.drugs or self.measures or self.medicines or self.bloods)

    @property
    def of_medicines(self) -> bool:
        return self.medicines or bool(self.drugs) or self.of_all


class _Span(NamedTuple):
    """The days between which changes are told."""

    first: date
    last: date
    visit: Fact | None
    """Whose notes tell of the changes."""
    before: Window
    now: Window


def told_changes(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what a visit changed, or what did since one; empty: that is not asked, or the chart does not have the visit."""
    if not _ASKS.search(text) or _ASKS_OTHER.search(text) or any(plan.family or plan.upcoming for plan in plans):
        return []
    text = _BARE_STAY.sub(r"\1 the \2", text)
    named = visits_in(text, today=reading.chart.today)
    targets = list(
        dict.fromkeys(target for plan in plans for target in (*plan.targets, *(plan.untimed.targets if plan.untimed else ())))
    )
    span = _span(text, named, targets, reading)
    if span is None:
        return []
    asked = _asked(text, named, targets, span, reading)
    if asked is None or (asked.of_all and span.visit is None):
        return []  # what is new since a day: not what a visit changed
    review = Review(reading.shelves.records, reading.chart.lexicon, reading.scope, today=reading.chart.today)
    turned = list(_turned(asked, span, review)) if asked.of_medicines else []
    values = list(_values(asked, span, review))
    quotes = _quotes(asked, span, reading)
    told = [*values[:MOST_VALUES], *turned[:MOST_MEDICINES], *quotes]
    return list({claim.text: claim for claim in told}.values())


def _span(text: str, named: Sequence[VisitNamed], targets: Sequence[Target], reading: Reading) -> _Span | None:
    """Return the days between which changes are asked: of a visit, since one, or between two; `None`: the chart has none such."""
    today = reading.chart.today
    at = [each for each in named if not each.since]
    since = [each for each in named if each.since]
    if len(at) > 1 or len(since) > 1 or any(each.window is None and not each.newest for each in named):
        return None
    visit = visit_meant(at[0], reading, targets) if at else None
    earlier = visit_meant(since[0], reading, targets) if since else None
    if (at and visit is None) or (since and earlier is None):
        return None
    from_day, before = (_day_before_since(earlier, text), _around(earlier)) if earlier is not None else (None, None)
    against = _AGAINST.search(text)
    if against is not None and not since:
        # "The April review compared with January": the January before that April, if no other is told.
        window = find_window(against["rest"], today=today)
        if visit is not None and (window is None or window.first is None or window.first > _first_day(visit)):
            window = find_window(f"in {against['rest'].strip()}", today=_first_day(visit))
        opens = window.first if window is not None else None
        if window is None or opens is None or not _is_known(against["rest"], window, targets, reading):
            return None
        from_day = opens - timedelta(days=1)
        before = Window(first=opens - _MEASURED, last=window.last or _month_end(opens), words="")
    if visit is None:
        if from_day is None or before is None:
            return None
        return _Span(from_day + timedelta(days=1), today, None, before, Window(first=from_day, last=today, words=""))
    begins, ends = _first_day(visit), min(_last_day(visit) + _ORDERED, today)
    if from_day is not None and from_day >= begins:
        return None
    first = begins if from_day is None else from_day + timedelta(days=1)
    before = before or Window(first=None, last=begins - timedelta(days=1), words="")
    return _Span(first, ends, visit, before, _around(visit))


_AFTER_STAY = Cue(
    r"\b(?:after|following)\b[^?.;]{0,40}\b(?:admission|stay|hospitali[sz]ation|inpatient|in hospital|time in (?:icu|itu|intensive care))\b"
)


def _day_before_since(visit: Fact, text: str) -> date:
    """Return the day before those since a visit; with what a stay ends is begun on its last day, and after it."""
    ends = _last_day(visit)
    return ends - timedelta(days=1) if began_after_stay(text) and ends > _first_day(visit) else ends


def began_after_stay(text: str, /) -> bool:
    """Say whether it is asked what came after a stay, and not since somebody was discharged from it."""
    return _AFTER_STAY.search(text) is not None


def _month_end(first: date) -> date:
    """Return the end of the month in which an open time begins ("since June")."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _first_day(visit: Fact | None) -> date:
    assert visit is not None and visit.occurred is not None  # noqa: S101, PT018 -- visits are chosen by their day
    return visit.occurred.first_day


def _last_day(visit: Fact) -> date:
    moment = visit.ended or visit.occurred
    return moment.last_day if moment else _first_day(visit)


def _around(visit: Fact) -> Window:
    return Window(first=_first_day(visit) - _MEASURED, last=_last_day(visit) + _MEASURED, words="")


def _is_known(words: str, window: Window, targets: Sequence[Target], reading: Reading) -> bool:
    """Say whether the chart, at a time, tells of what a question says happened then: "since the December relapse"."""
    records, scope = reading.shelves.records, reading.scope
    wide = Window(first=window.first - _MEASURED if window.first else None, last=window.last, words="")
    passages = [each for each in records.all_passages(scope) if wide.holds(each.occurred or each.recorded)]
    texts = [
        " ".join((fact.concept.text, *(detail.text for detail in fact.details)))
        for fact in records.facts(scope)
        if wide.holds(fact.occurred) and fact.assertion in _HELD and fact.category is not Category.FAMILY_HISTORY
    ]
    folded = [forms(text) for text in texts]
    spoken = set(forms(words))
    named = [
        target for target in targets if set(forms(target.words)) <= spoken and target.kind not in {None, ConceptKind.MEASUREMENT}
    ]
    for target in named:
        if not (any(target.find(each) for each in folded) or any(names_held(target, each) for each in passages)):
            return False
    spent = set(forms(window.words)) | {word for target in named for word in forms(target.words)} | _OF_CHANGES
    telling = [word for word in spoken - spent if not is_ordinary(word) and not word.isdigit()]
    said = {word for each in folded for word in each}
    said |= {word for each in passages for word in forms(f"{each.title} {each.text}")}
    return all(word in said for word in telling)


_HELD = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL})


def _asked(text: str, named: Sequence[VisitNamed], targets: Sequence[Target], span: _Span, reading: Reading) -> _Asked | None:
    """Return of what changes are asked; `None`: of something else than medicines and values."""
    rest = list(text)
    for each in named:
        rest[slice(*each.span)] = " " * (each.span[1] - each.span[0])
    bare = "".join(rest)
    against = _AGAINST.search(bare)
    if against is not None:
        bare = f"{bare[: against.start()]} {bare[against.end() :]}"
    spoken = set(forms(bare))
    outside = [target for target in targets if set(forms(target.words)) <= spoken]
    drugs = [target for target in outside if target.kind is ConceptKind.DRUG]
    measures = [target for target in outside if target.kind is ConceptKind.MEASUREMENT]
    if len(drugs) + len(measures) < len(outside):
        return None
    for cue in (_MEDICINES, _BLOODS):
        bare_of = cue.sub(" ", bare)
        spoken &= set(forms(bare_of))
    met = set(forms(_people(span.visit))) if span.visit is not None else set[str]()
    spent = {word for target in outside for word in forms(target.words)} | _OF_CHANGES | met
    window = find_window(text, today=reading.chart.today)
    spent |= set(forms(window.words)) if window is not None else set()
    if any(word not in spent and not is_ordinary(word) for word in spoken):
        return None
    unnamed = bare
    for target in outside:
        unnamed = re.sub(re.escape(target.words), " ", unnamed, flags=re.IGNORECASE)  # "blood pressure tablets" are no bloods
    return _Asked(drugs, measures, _MEDICINES.search(bare) is not None, _BLOODS.search(unnamed) is not None)


def _people(visit: Fact) -> str:
    return " ".join((visit.author, *(detail.text for detail in visit.details if detail.name == "participant")))


def _turned(asked: _Asked, span: _Span, review: Review) -> Iterator[DraftClaim]:
    """Tell the medicines that were begun, stopped or changed, of those that are named; of one that is named, each of its orders."""
    if asked.drugs and span.visit is None:
        ordered = [
            fact
            for fact in review.facts
            if fact.category is Category.MEDICATION
            and fact.span is None
            and fact.resource.startswith("MedicationRequest/")
            and fact.occurred is not None
            and (fact.ended.last_day if fact.ended is not None else span.last) >= span.first
            and any(target.find(forms(fact.concept.text)) is not None for target in asked.drugs)
        ]
        if len(ordered) > len(asked.drugs) + 1:
            yield from drafts(ordered[-MOST_MEDICINES:], review.chart)
            return
    for line in turned_between(review, span.first, span.last):
        if not asked.drugs or any(target.find(forms(line.claim.text)) is not None for target in asked.drugs):
            yield _drafted(line)


def _drafted(line: Line) -> DraftClaim:
    claim = line.claim
    return DraftClaim(
        text=claim.text,
        kind=claim.kind,
        citations=claim.citations,
        route=ROUTE,
        category=Category.MEDICATION,
        computation=claim.computation,
    )


def _values(asked: _Asked, span: _Span, review: Review) -> Iterator[DraftClaim]:
    """Tell the values of what is named, then and now."""
    measured = (Category.VITAL_SIGN, Category.OBSERVATION, Category.LABORATORY, Category.SURVEY)
    wanted = {id_ for target in asked.measures for id_ in target.ids}
    for series in series_of(review, *measured) if asked.measures or asked.bloods else []:
        of_bloods = asked.bloods and series.newest.fact.category is Category.LABORATORY
        if of_bloods or wanted & set(concepts_of(series.newest, review)):
            yield from _then_and_now(series, span, review)


def _then_and_now(series: Series, span: _Span, review: Review) -> list[DraftClaim]:
    """Tell a value then and now with what lies between; one after the other, where a limit ("<20") forbids the arithmetic."""
    before = [point for point in series.points if span.before.holds(point.fact.occurred)]
    now = [point for point in series.points if span.now.holds(point.fact.occurred) and point not in before]
    if not before or not now:
        return []
    ends = (before[-1], now[-1])
    if any(point.quantity is None or point.quantity.comparator for point in ends):
        return drafts([point.fact for point in ends], review.chart)
    told = pair_claim(*ends, review)
    return [] if told is None else [told]


def _quotes(asked: _Asked, span: _Span, reading: Reading) -> list[DraftClaim]:
    """Quote what the notes of the visit tell of its changes."""
    if span.visit is None or not asked.of_medicines:
        return []
    records, scope = reading.shelves.records, reading.scope
    visits = records.facts(scope, categories=(Category.ENCOUNTER,))
    passages: list[Passage] = notes_of(span.visit, [each for each in records.all_passages(scope) if is_note(each)], visits)
    lexicon = reading.chart.lexicon

    def names_drug(words: Sequence[str]) -> bool:
        if asked.drugs:
            return any(target.find(words) is not None for target in asked.drugs)
        found = (id_ for mention in lexicon.mentions(words) for id_ in mention.ids[:1])
        return any(lexicon.concepts[id_].kind is ConceptKind.DRUG for id_ in found)

    return sentences_of_turn(passages, records, names_drug, most=MOST_QUOTES)
