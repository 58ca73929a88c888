"""What the tables tell of a problem: what it is, what is taken for it, what was taken before, its measures, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from chartcite.engine.answers.focus import conflicts
from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.facts.active_facts import active_at, condition_is_active
from chartcite.engine.facts.fact_claims import Chart, cite, draft
from chartcite.engine.facts.list_choice import concerns, may_treat
from chartcite.engine.facts.measured_values import Point, by_side, numeric, points_of, series_of
from chartcite.engine.facts.statements import dose_of, measured_name, name_of, shown_number, value_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms, plain_display, tokenize
from chartcite.engine.medicines.medication_courses import by_drug
from chartcite.engine.notes.assertion import assert_mention
from chartcite.engine.ports import ChartConcept
from chartcite.engine.questions.plans import Target
from chartcite.engine.review.brief_lines import cut
from chartcite.engine.stories.problem_measures import measures_of
from chartcite.engine.visits.encounters import is_admission, is_emergency

ROUTE = "summary"
MOST_OF_TABLES = 8
"""Lines that the tables give of one problem."""
WIDEST = 20
"""Problems of one kind, at most, whose treatment may be that of each."""
MOST_NOW = 6
MOST_STOPPED = 3
MOST_SHOWN = 5
"""Values of a measure that are told: the first, the last and some between."""
MOST_MEASURES = 2
_STALE = 3
"""Years after which a measure gives way to those that are newer."""
_GROUND = frozenset({"in", "due", "from", "with", "secondary"})
"""Words after which a name of a problem tells its ground."""
_DONE = (Category.PROCEDURE, Category.REPORT, Category.ENCOUNTER, Category.ALLERGY)
_MEASURED = (Category.LABORATORY, Category.VITAL_SIGN, Category.OBSERVATION, Category.SURVEY)
_NOT_ORDERS = ("MedicationAdministration/", "MedicationDispense/")


class Standing(NamedTuple):
    """How a problem stands in the list of problems."""

    held: list[Fact]
    """Its entries, the problem itself before others that only name it."""
    denied: list[Fact]
    """Refuted, or entered in error: told where nothing is held."""
    listed: bool
    """Whether the chart has a list of problems at all."""

    @property
    def is_sure(self) -> bool:
        """Whether what usually goes with the problem may be told of it: it is held, or there is no list to hold it."""
        return bool(self.held) or not (self.denied or self.listed)


def standing_of(problem: Target, facts: Sequence[Fact], reading: Reading) -> Standing:
    """Return how a problem stands in the chart; `facts`: those whose concept is the problem."""
    conditions = reading.shelves.records.facts(reading.scope, categories=(Category.CONDITION,))
    listed = [fact for fact in conditions if fact.span is None]
    known = {fact.id for fact in facts}
    also = bool(problem.ids) or not known
    about = [fact for fact in listed if fact.id in known or (also and problem.find(forms(fact.concept.text)) is not None)]
    about = [fact for fact in about if not conflicts(reading.plan.text, name_of(fact))]
    denied = [fact for fact in about if fact.assertion in {AssertionStatus.ABSENT, AssertionStatus.ENTERED_IN_ERROR}]
    held = _entries([fact for fact in about if fact not in denied], problem, reading.chart)
    return Standing(held, denied, bool(listed))


def of_problem(problem: Target, standing: Standing, reading: Reading) -> list[DraftClaim]:
    """Draft what the tables tell of a problem, the most important first; empty where they know nothing of it."""
    chart = reading.chart
    done = done_for(problem, reading)
    if standing.denied and not standing.held:  # nothing was taken for it
        told = [claim.model_copy(update={"kind": ClaimKind.ABSENCE}) for claim in drafts(standing.denied[-1:], chart)]
        return [*told, *done[-2:]]
    ordered = medicines_for(problem, standing.held, reading)
    now, stopped, before = now_and_before(ordered, chart)
    if not (standing.held or ordered or done):
        return []
    measured = measures([problem], standing.held, reading) if standing.is_sure or _was_seen_for(done) else []
    entries = drafts(standing.held[:2], chart)
    return _most_telling(((0.0, entries), (0.5, now), (1.2, measured), (1.0, stopped), (3.0, before), (1.4, done)))


def _was_seen_for(done: Sequence[DraftClaim]) -> bool:
    return any(claim.category in {Category.ENCOUNTER, Category.PROCEDURE} for claim in done)


def _most_telling(groups: Sequence[tuple[float, Sequence[DraftClaim]]]) -> list[DraftClaim]:
    """Keep the lines that tell most, in the order of their groups: the first of each group before the second of another."""
    ranked = [
        (base + 1.5 * place, number, place, claim)
        for number, (base, claims) in enumerate(groups)
        for place, claim in enumerate(claims)
    ]
    kept = sorted(ranked, key=lambda each: each[0])[:MOST_OF_TABLES]
    return [claim for _rank, _number, _place, claim in sorted(kept, key=lambda each: each[1:3])]


def _is_named(fact: Fact, problem: Target) -> bool:
    return problem.find(forms(fact.concept.text)) is not None


def _entries(facts: Sequence[Fact], problem: Target, chart: Chart) -> list[Fact]:
    """Return the newest entry of each name: active ones first, then the others, newest first."""
    newest: dict[str, Fact] = {}
    for fact in facts:
        newest[name_of(fact).lower()] = fact
    ordered = sorted(newest.values(), key=day_of, reverse=True)
    return sorted(ordered, key=lambda fact: (*_apart(fact, problem), not condition_is_active(fact, chart.today)))


def _apart(fact: Fact, problem: Target) -> tuple[bool, bool]:
    """Say whether an entry is of another problem on the ground of this one, and whether it calls it by another name."""
    words = set(forms(fact.concept.text))
    return _of_another(fact, problem), not any(set(forms(name)) <= words for name in (problem.words, problem.label))


def _of_another(fact: Fact, problem: Target) -> bool:
    """Say whether an entry names the problem only as the ground of another: "varices in cirrhosis"."""
    words = forms(fact.concept.text)
    called = {*forms(problem.words), *forms(problem.label)}
    found = problem.find(words)
    place = next((number for number, word in enumerate(words) if word in called), found[0] if found else 0)
    return not _GROUND.isdisjoint(words[:place])


def day_of(fact: Fact) -> str:
    """Return the day of a fact as written, empty where it has none."""
    return fact.occurred.day if fact.occurred else ""


def drafts(facts: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    """Draft facts in the chart's usual sentences; what cannot be cited is left out."""
    told: list[DraftClaim] = []
    for fact in facts:
        try:
            told.append(draft(fact, chart, route=ROUTE))
        except CitationNotFoundError:
            continue
    return told


def medicines_for(problem: Target, held: Sequence[Fact], reading: Reading) -> list[Fact]:
    """Return the orders that name the problem as their reason, or that treat it and name no other, oldest first."""
    plan, shelves, chart, scope = reading[:4]
    every = [
        fact
        for fact in shelves.records.facts(scope, categories=(Category.MEDICATION,))
        if fact.span is None
        and not fact.resource.startswith(_NOT_ORDERS)
        and fact.assertion not in {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.ABSENT}
    ]
    own = [fact for fact in held if not _of_another(fact, problem)]
    suffered = {id_ for fact in own for id_, strength in chart.lexicon.link(fact.concept).items() if strength == 2}
    part = {id_ for fact in own for id_ in _named_with(fact, chart.lexicon)} - suffered
    reasons = [problem, *(named_by_lexicon(id_, chart.lexicon) for id_ in sorted(part))]
    treating = chart.lexicon.treatments_of([*problem.ids[:1], *suffered], widest=WIDEST) if own else frozenset[str]()
    asked = plan.model_copy(update={"targets": (problem,)})
    return [
        fact
        for fact in every
        if any(_is_for(fact, reason) for reason in reasons)
        or (treating & chart.lexicon.link(fact.concept).keys() and may_treat(fact, asked, chart))
    ]


def _named_with(fact: Fact, lexicon: Lexicon) -> list[str]:
    """Return the problems that a name tells along: the ascites of "cirrhosis with ascites"."""
    along = forms(fact.concept.text.lower().partition(" with ")[2])
    found = [id_ for mention in lexicon.mentions(along) for id_ in mention.ids[:1]]
    return [id_ for id_ in found if lexicon.concepts[id_].kind is ConceptKind.CONDITION]


def _is_for(fact: Fact, problem: Target) -> bool:
    """Say whether a fact or one of its details names a problem, and does not deny it: "for HIV; hepatitis B negative"."""
    if not concerns(fact, problem):
        return False
    for text in (fact.concept.text, *(detail.text for detail in fact.details)):
        tokens = tokenize(text)
        place = problem.find([token.form for token in tokens])
        if place is not None:
            start, end = tokens[place[0]].start, tokens[place[1] - 1].end
            if assert_mention(text, start, end) is not AssertionStatus.ABSENT:
                return True
    return False


def named_by_lexicon(id_: str, lexicon: Lexicon) -> Target:
    """Return a problem of the lexicon, with all that is under it, as a question would name it."""
    below = lexicon.below(id_)
    runs = tuple(dict.fromkeys(forms(surface) for surface in lexicon.surfaces(sorted(below))))
    name = lexicon.concepts[id_].name
    return Target(words=name, label=name, ids=(id_, *sorted(below - {id_})), kind=ConceptKind.CONDITION, alternatives=runs)


def now_and_before(ordered: Sequence[Fact], chart: Chart) -> tuple[list[DraftClaim], list[DraftClaim], list[DraftClaim]]:
    """Tell in one line what is taken now; then the stops that give a reason, oldest first; then in one line the rest."""
    taken: list[Fact] = []
    past: list[Fact] = []
    for group in by_drug(ordered, chart):
        active = [fact for fact in group if active_at(fact, chart.today)]
        taken += active[-1:]
        past += [fact for fact in group if not active_at(fact, chart.today)]
    newest = sorted(taken, key=day_of, reverse=True)[:MOST_NOW]
    now = joined("Taken now", newest, chart)
    past = sorted(past, key=_end_of, reverse=True)
    told = [fact for fact in past if fact.detail("status_reason")][:MOST_STOPPED]
    rest = list({name_of(fact).lower(): fact for fact in past if fact not in told}.values())
    return now, drafts(sorted(told, key=_end_of), chart), joined("Taken before", rest[:MOST_NOW], chart)


def _end_of(fact: Fact) -> str:
    return (fact.ended or fact.occurred).day if fact.ended or fact.occurred else ""  # type: ignore[union-attr]


def joined(lead: str, facts: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    """Tell several medicines in one line, each cited; empty where there is none."""
    parts: list[str] = []
    citations = []
    for fact in facts:
        try:
            citations.append(cite(fact, chart))
        except CitationNotFoundError:
            continue
        dose = cut(dose_of(fact)[0], 60)
        since = day_of(fact)
        ended = fact.ended.day if fact.ended else ""
        when = (
            f", {since} to {ended}" if since and ended else f", since {since}" if since and active_at(fact, chart.today) else ""
        )
        parts.append(f"{name_of(fact)}{f' ({dose})' if dose else ''}{when or (f', {since}' if since else '')}")
    if not parts:
        return []
    text = f"{lead}: {'; '.join(parts)}."
    return [
        DraftClaim(text=text, kind=ClaimKind.RECORD_FACT, citations=tuple(citations), route=ROUTE, category=Category.MEDICATION)
    ]


def measures(problems: Sequence[Target], held: Sequence[Fact], reading: Reading) -> list[DraftClaim]:
    """Tell the course of the measurements that follow a problem, one line each."""
    chart = reading.chart
    linked = [id_ for fact in held for id_, strength in chart.lexicon.link(fact.concept).items() if strength == 2]
    ids = measures_of([*(id_ for problem in problems for id_ in problem.ids[:1]), *linked], chart.lexicon)
    concepts = reading.shelves.records.concepts(reading.scope) if ids else []
    found = (side for id_ in _one_by_one(ids, chart) for points in _series(id_, concepts, reading) for side in by_side(points))
    if not _UP_TO_NOW.search(reading.question or reading.plan.text):
        found = (_in_its_time(points, held) for points in found)
    series = [points for points in found if points]
    newest = max((points[-1].day for points in series), default="")
    fresh = [points for points in series if points[-1].day[:4].isdigit() and int(points[-1].day[:4]) + _STALE > int(newest[:4])]
    lines = (_course(points, chart) for points in fresh[:MOST_MEASURES])
    return [line for line in lines if line is not None]


def _in_its_time(points: list[Point], held: Sequence[Fact]) -> list[Point]:
    """Return the values of the time of a problem that is over: what was measured years later tells nothing of it."""
    listed = [fact for fact in held if fact.category is Category.CONDITION and fact.span is None]
    began = [fact.occurred.first_day for fact in listed if fact.occurred is not None]
    ended = [fact.ended.last_day for fact in listed if fact.ended is not None]
    if not began or len(ended) < len(listed):
        return points
    first, last = min(began) - _BESIDE, max(ended) + _BESIDE
    return [point for point in points if point.fact.occurred is not None and first <= point.fact.occurred.first_day <= last]


_BESIDE = timedelta(days=60)
_UP_TO_NOW = Cue(
    r"\b(?:today|now|to date|so far|since|onwards?|current(?:ly)?|present"
    r"|follow(?:ed)?[- ]?up|these days|still|where (?:are|is) (?:we|s?he|they|it|i)|compared|ago|getting|doing)\b"
)
"""Asks for what came after a problem as well."""


def series_told(ids: Sequence[str], reading: Reading, *, most: int) -> list[DraftClaim]:
    """Tell the course of each of some measurements, as far as the chart has them, one line each."""
    lines = (_course(points, reading.chart) for points in points_followed(ids, reading)[:most])
    return [line for line in lines if line is not None]


def points_followed(ids: Sequence[str], reading: Reading) -> list[list[Point]]:
    """Return the dated values of each of some measurements, as far as the chart has them, oldest first."""
    concepts = reading.shelves.records.concepts(reading.scope) if ids else []
    every = (points for id_ in _one_by_one(ids, reading.chart) for points in _series(id_, concepts, reading))
    return [side for points in every for side in by_side(points) if side]


def _one_by_one(ids: Sequence[str], chart: Chart) -> list[str]:
    """Return the measurements themselves for those that are kinds of them: the scores of two questionnaires are no course."""
    concepts = chart.lexicon.concepts
    return list(
        dict.fromkeys(
            each
            for id_ in ids
            for each in (sorted(chart.lexicon.below(id_)) if id_ in concepts and concepts[id_].is_class else [id_])
            if each not in concepts or not concepts[each].is_class
        )
    )


def values_of(target: Target, facts: Sequence[Fact], reading: Reading) -> list[DraftClaim]:
    """Tell the course of a measurement that is named, what it measures one by one: its numbers, else its newest entries."""
    chart, plan = reading.chart, reading.plan
    listed = [fact for fact in facts if fact.span is None and fact.category in {*_MEASURED, Category.SOCIAL_HISTORY}]
    inside = [fact for fact in listed if plan.window is None or plan.window.holds(fact.occurred)]
    points = [point for point in points_of(target, inside, chart) if point.fact.occurred]
    groups = list(series_of(points, chart).values())
    lines = [line for group in groups[-3:] if (line := _course(numeric(group), chart)) is not None]
    return lines or drafts(inside[-2:], chart)


def _series(id_: str, concepts: Sequence[ChartConcept], reading: Reading) -> list[list[Point]]:
    """Return the courses of a measurement: one, or one for each name where its names say that more was measured than it.

    "OGTT fasting glucose" and "OGTT 2 h glucose" each hold the test among other words.
    """
    points, lexicon = _values(id_, concepts, reading), reading.chart.lexicon
    if any(lexicon.link(point.component.concept if point.component else point.fact.concept).get(id_) != 1 for point in points):
        return [points]
    by_name: dict[str, list[Point]] = {}
    for point in points:
        by_name.setdefault(name_of(point.fact).lower(), []).append(point)
    return list(by_name.values())


def _values(id_: str, concepts: Sequence[ChartConcept], reading: Reading) -> list[Point]:
    """Return the dated numbers of a measurement in one unit, oldest first."""
    chart, records = reading.chart, reading.shelves.records
    below = chart.lexicon.below(id_)
    keys = [each.key for each in concepts if below & chart.lexicon.link(each.concept).keys()]
    if not keys:
        return []
    facts = [fact for fact in records.facts(reading.scope, categories=_MEASURED, concept_keys=keys) if _counts(fact)]
    name = chart.lexicon.concepts[id_].name
    target = Target(words=name, label=name, ids=tuple(below), kind=ConceptKind.MEASUREMENT, concept_keys=tuple(keys))
    points = [point for point in points_of(target, facts, chart) if point.fact.occurred and value_of(point.fact, point.component)]
    return numeric(points) or points


def _counts(fact: Fact) -> bool:
    """Say whether an entry of the tables counts: none of a note, and none that was entered in error."""
    return fact.span is None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR


def _course(points: Sequence[Point], chart: Chart) -> DraftClaim | None:
    shown = spread(points)
    if not shown:
        return None
    newest = shown[-1]
    name = plain_display(newest.component.concept.text) if newest.component else measured_name(newest.fact)
    told = ", ".join(
        f"{shown_number(value)} ({point.day})" for point in shown if (value := value_of(point.fact, point.component))
    )
    try:
        citations = tuple(cite(point.fact, chart, component=point.component) for point in shown)
    except CitationNotFoundError:
        return None
    return DraftClaim(
        text=f"{name}: {told}.", kind=ClaimKind.RECORD_FACT, citations=citations, route=ROUTE, category=newest.fact.category
    )


def spread(points: Sequence[Point]) -> list[Point]:
    """Return the first and last values and some evenly between, at most `MOST_SHOWN`."""
    if len(points) <= MOST_SHOWN:
        return list(points)
    step = (len(points) - 1) / (MOST_SHOWN - 1)
    return [points[round(step * number)] for number in range(MOST_SHOWN)]


def done_for(problem: Target, reading: Reading) -> list[DraftClaim]:
    """Tell the newest procedures, reports, stays and allergies that name a problem."""
    found = reading.shelves.records.facts(reading.scope, categories=_DONE)
    about = [
        fact
        for fact in found
        if fact.span is None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR and concerns(fact, problem)
    ]
    by_kind: dict[Category, list[Fact]] = {kind: [fact for fact in about if fact.category is kind] for kind in _DONE}
    visits = by_kind[Category.ENCOUNTER]
    stays = [fact for fact in visits if is_admission(fact) or is_emergency(fact)]
    chosen = [
        *by_kind[Category.PROCEDURE][-2:],
        *[fact for fact in by_kind[Category.REPORT] if fact.detail("conclusion")][-1:],
        *(stays[-2:] or visits[:1]),
        *by_kind[Category.ALLERGY][-1:],
    ]
    told = drafts(sorted(chosen, key=day_of), reading.chart)
    return [claim for claim in told if not conflicts(reading.plan.text, claim.text)]
