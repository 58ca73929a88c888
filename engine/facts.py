"""Answers computed by code from typed facts: latest, extreme, trend, count, duration, lists, what was active when.

Every function takes values and returns draft claims; arithmetic is written down as a `Computation` that verification repeats.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from chartcite.engine.domain.answers import ClaimKind, Computation, DraftClaim
from chartcite.engine.domain.evidence import Citation, Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Component, Detail, Fact, PartialDate, Quantity
from chartcite.engine.elements import range_path
from chartcite.engine.plans import Plan, Target
from chartcite.engine.ports import RecordStore
from chartcite.engine.question_words import Event, Intent
from chartcite.engine.statements import (
    MEASURED,
    encounter_class,
    medication_is_active,
    name_of,
    readable_unit,
    shown_number,
    state,
    value_of,
)
from chartcite.engine.terminology import Lexicon, plain_display
from chartcite.engine.times import years_between
from chartcite.engine.units import normalised

MOST_LISTED = 25
"""Items of a list that an answer shows at most; the count is always given."""
MOST_LEFT_OUT = 6
"""Values in other units that are told beside the compared ones."""
MOST_TIMES = 6
"""Times of something repeated that are told where "when" is asked."""
MOST_POINTS = 12
"""Points of a trend that are told one by one."""


class Chart(NamedTuple):
    """What the arithmetic needs to know around the facts."""

    records: RecordStore
    lexicon: Lexicon
    birth: Fact | None
    today: date
    """The scope's last day, or the clock's."""
    scope: Scope

    def referred(self, fact: Fact, detail: Detail) -> list[Fact]:
        """Return the facts of the resource that a detail of a fact refers to, in the same chart."""
        reference = self.records.cite_fact(fact, path=detail.path).quote
        name = reference.removeprefix("urn:uuid:").rpartition("/")[2]
        found = [self.records.facts_of(f"{kind}/{name}", scope=self.scope) for kind in ("Condition", "Observation", "Procedure")]
        return [other for facts in found for other in facts]


class Point(NamedTuple):
    """A measured value of one fact or of one of its components."""

    fact: Fact
    component: Component | None

    @property
    def quantity(self) -> Quantity | None:
        """The number with its unit, if it is one."""
        value = value_of(self.fact, self.component)
        return value.quantity if value else None

    @property
    def day(self) -> str:
        """Calendar day as written."""
        return self.fact.occurred.day if self.fact.occurred else "undated"


def draft(fact: Fact, chart: Chart, *, route: str, component: Component | None = None) -> DraftClaim:
    """Say one fact, with its citation. What a note tells is said in the note's own words."""
    if fact.span is not None:
        return _told(fact, fact.span, chart)
    fact, referred = _with_referred(fact, chart)
    said = state(fact, component=component)
    kind = ClaimKind.ABSENCE if fact.assertion in _NOT_SO else ClaimKind.RECORD_FACT
    own = cite(fact, chart, component=component)
    citations = (own, *(cite(other, chart) for other in referred))
    return DraftClaim(text=said.text, kind=kind, citations=citations, route=route, category=fact.category)


_NOT_SO = frozenset({AssertionStatus.ABSENT, AssertionStatus.ENTERED_IN_ERROR})


def _told(fact: Fact, span: tuple[int, int], chart: Chart) -> DraftClaim:
    """Quote the statement of a note that a fact was found in."""
    citation = _cite_note(fact, span, chart)
    note = citation.source
    day = fact.recorded or fact.occurred
    where = f"{note.title}, {day.day}" if day else note.title
    return DraftClaim(
        text=f"{where}: “{' '.join(citation.quote.split())}”",
        kind=ClaimKind.ABSENCE if fact.assertion is AssertionStatus.ABSENT else ClaimKind.RECORD_FACT,
        citations=(citation,),
        route="note_fact",
    )


def _cite_note(fact: Fact, span: tuple[int, int], chart: Chart) -> Citation:
    """Cut the statement of a note that a fact was found in; its source is the note."""
    citation = chart.records.cite_fact(fact, path=range_path(*span))
    return citation.model_copy(update={"source": chart.records.open_citation(citation.id).citation.source})


def _with_referred(fact: Fact, chart: Chart) -> tuple[Fact, list[Fact]]:
    """Return the fact with the details that can be cited, and the facts that its references lead to.

    A detail behind a reference ("for hypertension") stands in another resource: that one is cited too, or it is not said.
    """
    kept: list[Detail] = []
    referred: list[Fact] = []
    for detail in fact.details:
        if not detail.path.endswith(".reference"):
            kept.append(detail)
        elif detail.name == "reason":
            others = [
                other for other in chart.referred(fact, detail) if plain_display(other.concept.text) == plain_display(detail.text)
            ]
            if others:
                kept.append(detail)
                referred.append(others[0])
    author = fact.author if not fact.author or any(fact.author in detail.text for detail in kept) else ""
    return fact.model_copy(update={"details": tuple(kept), "author": author}), referred


def cite(fact: Fact, chart: Chart, *, component: Component | None = None) -> Citation:
    """Cut the citation of a fact's sentence; of what a note tells, the note's own words."""
    if fact.span is not None:
        return _cite_note(fact, fact.span, chart)
    said = state(fact, component=component)
    return chart.records.cite_fact(fact, path=said.main, element_paths=(fact.concept_path, *said.paths))


def select(facts: Iterable[Fact], plan: Plan, target: Target | None) -> list[Fact]:
    """Keep the facts of the kind that the question is about: family facts for family questions, and so on."""
    kept = [fact for fact in facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR and not _only_considered(fact)]
    if plan.family:
        return [fact for fact in kept if fact.category is Category.FAMILY_HISTORY]
    kept = [fact for fact in kept if fact.category not in {Category.FAMILY_HISTORY, Category.DOCUMENT}]
    for wanted in _categories(plan, target):
        chosen = [fact for fact in kept if fact.category in wanted]
        if chosen:
            return chosen
    return []


def _only_considered(fact: Fact) -> bool:
    """Say whether a note only tells what may be done or may happen."""
    return fact.span is not None and fact.assertion is AssertionStatus.HYPOTHETICAL


def _categories(plan: Plan, target: Target | None) -> tuple[frozenset[Category], ...]:
    """Return the categories that can answer, best first."""
    kind = str(target.kind) if target and target.kind else ""
    if target is not None and target.is_class and kind == "condition":
        return (frozenset({Category.CONDITION}),)  # a test for one of its members tells of no member
    if plan.upcoming and kind in {"procedure", "measurement", "vaccine", ""}:
        return (_PLANNED_SET, *_BY_KIND.get(kind, _ANY))
    if plan.subject is Category.ALLERGY:
        return (frozenset({Category.ALLERGY}),)
    if plan.subject is Category.REPORT:
        return (frozenset({Category.REPORT, Category.PROCEDURE}), _MEASURED_SET)
    if plan.subject in {Category.ORDER, Category.GOAL, Category.CARE_PLAN}:
        return (frozenset({plan.subject}), *_BY_KIND.get(str(target.kind) if target and target.kind else "", _ANY))
    return _BY_KIND.get(str(target.kind) if target and target.kind else "", _ANY)


_MEASURED_SET = frozenset(MEASURED)
_PLANNED_SET = frozenset({Category.ORDER})
_BY_KIND: dict[str, tuple[frozenset[Category], ...]] = {
    "measurement": (_MEASURED_SET, frozenset({Category.REPORT, Category.PROCEDURE}), frozenset({Category.ORDER})),
    "drug": (
        frozenset({Category.MEDICATION}),
        frozenset({Category.ORDER, Category.IMMUNIZATION, Category.PROCEDURE}),
        frozenset({Category.ALLERGY}) | _MEASURED_SET,
    ),
    "condition": (
        frozenset({Category.CONDITION}),
        _MEASURED_SET,
        frozenset({Category.PROCEDURE, Category.ENCOUNTER, Category.REPORT}),
        frozenset({Category.ALLERGY}),
    ),
    "procedure": (
        frozenset({Category.PROCEDURE, Category.REPORT}),
        _MEASURED_SET,
        frozenset({Category.ORDER, Category.OTHER}),
        frozenset({Category.ENCOUNTER, Category.CARE_PLAN}),
    ),
    "vaccine": (frozenset({Category.IMMUNIZATION}), frozenset({Category.PROCEDURE, Category.ORDER})),
}
_ANY = (
    _MEASURED_SET,
    frozenset({Category.CONDITION, Category.MEDICATION, Category.PROCEDURE, Category.IMMUNIZATION, Category.REPORT}),
    frozenset(Category) - {Category.DEMOGRAPHIC, Category.DOCUMENT},
)


def answer_about(target: Target, facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Answer from the facts of one target; empty where they do not answer."""
    chosen = select(facts, plan, target)
    if not chosen:
        return _only_in_error(facts, chart)
    category = chosen[0].category
    if category in _MEASURED_SET:
        return _measured(target, chosen, plan, chart)
    if category is Category.MEDICATION:
        return _medications(chosen, plan, chart)
    if category is Category.FAMILY_HISTORY or category is Category.ALLERGY:
        return [draft(fact, chart, route="list") for fact in _newest_each(chosen)[:MOST_LISTED]]
    return _happenings(chosen, plan, chart)


def answer_list(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Answer a question about a whole list: the medications, the visits, the results of a month."""
    subject = plan.subject
    kept = [fact for fact in facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR and not _only_considered(fact)]
    if subject is Category.MEDICATION:
        return _medication_list(kept, plan, chart)
    if subject is Category.CONDITION:
        return _condition_list(kept, plan, chart)
    if subject is Category.ENCOUNTER:
        return _happenings(_encounters(kept, plan), plan, chart)
    if subject in {Category.LABORATORY, Category.VITAL_SIGN, Category.SOCIAL_HISTORY}:
        return _latest_each(kept, plan, chart)
    if subject in {Category.PROCEDURE, Category.IMMUNIZATION, Category.REPORT, Category.ORDER}:
        return _happenings(kept, plan, chart)
    return [draft(fact, chart, route="list") for fact in _newest_each(_inside(kept, plan))[:MOST_LISTED]]


def _only_in_error(facts: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    wrong = [fact for fact in facts if fact.assertion is AssertionStatus.ENTERED_IN_ERROR]
    if not wrong or len(wrong) < len(facts):
        return []
    claims = [draft(fact, chart, route="entered_in_error") for fact in wrong[:3]]
    return [claim.model_copy(update={"kind": ClaimKind.ABSENCE}) for claim in claims]


# --- measured values -------------------------------------------------------------------------------------------------


def points_of(target: Target, facts: Sequence[Fact], chart: Chart) -> list[Point]:
    """Return the values that mean the target, oldest first; a component where only a component means it."""
    keys = set(target.concept_keys)
    found: list[Point] = []
    for fact in facts:
        if fact.assertion is AssertionStatus.ABSENT and fact.value is None:
            continue
        if _means(fact.concept.codings, fact.concept.text, target, chart, keys) or not fact.components:
            found.append(Point(fact, None))
            continue
        found += [
            Point(fact, part)
            for part in fact.components
            if part.value is not None and _means(part.concept.codings, part.concept.text, target, chart, keys)
        ]
    return [point for point in found if point.component or point.fact.value or point.fact.components]


def _means(codings: Sequence[object], text: str, target: Target, chart: Chart, keys: set[int]) -> bool:
    from chartcite.engine.domain.records import CodedConcept, Coding

    concept = CodedConcept(text=text, codings=tuple(coding for coding in codings if isinstance(coding, Coding)))
    if target.ids:
        return any(id_ in target.ids for id_ in chart.lexicon.link(concept))
    from chartcite.engine.terminology import forms

    return set(forms(target.words)) <= set(forms(text)) | {word for coding in concept.codings for word in forms(coding.display)}


def series_of(points: Sequence[Point], chart: Chart) -> dict[str, list[Point]]:
    """Group values by what was measured: by lexicon concept where the chart's words lead to one, else by the words."""
    groups: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        concept = point.component.concept if point.component else point.fact.concept
        exact = sorted(id_ for id_, strength in chart.lexicon.link(concept).items() if strength == 2)
        groups[exact[0] if exact else plain_display(concept.text).lower()].append(point)
    return groups


def _measured(target: Target, facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    points = points_of(target, facts, chart)
    inside = [point for point in points if plan.window is None or plan.window.holds(point.fact.occurred)]
    inside = inside or _near_event(points, plan)
    groups = series_of(inside, chart)
    if len(groups) > 1:
        named = set(target.ids) and {id_ for id_ in groups if id_ in chart.lexicon.concepts and _names(chart, id_, target)}
        groups = {key: group for key, group in groups.items() if key in named} if named else groups
    claims: list[DraftClaim] = []
    by_recency = sorted(
        groups.values(), key=lambda group: group[-1].fact.occurred.start.timestamp() if group[-1].fact.occurred else 0
    )
    for group in list(reversed(by_recency))[:8]:
        claims += _series_claims(group, plan, chart)
    return claims


NEAR_EVENT = 60
"""Days from an event in which a value still tells how it was then."""


def _near_event(points: Sequence[Point], plan: Plan) -> list[Point]:
    """Return the value nearest to the day of an event ("her A1c when she started insulin"), where that day has none."""
    window = plan.window
    if (
        plan.anchor is None
        or window is None
        or window.first is None
        or window.last is None
        or (window.last - window.first).days > 3
    ):
        return []
    apart = [(abs((point.fact.occurred.first_day - window.first).days), point) for point in points if point.fact.occurred]
    near = [pair for pair in apart if pair[0] <= NEAR_EVENT]
    return [min(near, key=lambda pair: pair[0])[1]] if near else []


def _names(chart: Chart, id_: str, target: Target) -> bool:
    from chartcite.engine.terminology import forms

    concept = chart.lexicon.concepts[id_]
    return any(forms(surface) == forms(target.words) for surface in (concept.name, *concept.surfaces))


def _series_claims(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim]:
    answer = _SERIES.get(plan.intent)
    if plan.newest_several is not None:
        points = [point for point in points if point.component or not _is_unavailable(point.fact)][-plan.newest_several :]
        if answer is None:
            return [_point_claim(point, chart, "value_in_window") for point in points[-MOST_POINTS:]]
    if plan.every and plan.window is not None and plan.intent is Intent.LATEST:
        return [_point_claim(point, chart, "value_in_window") for point in points[-MOST_POINTS:]]
    if answer is None:
        if plan.window is not None and plan.intent in {Intent.LIST, Intent.DESCRIBE} and 1 < len(points) <= MOST_POINTS:
            return [_point_claim(point, chart, "value_in_window") for point in points]
        if plan.intent is Intent.LIST:
            return [_point_claim(point, chart, "list") for point in points[-MOST_POINTS:]]
        return _latest(points, plan, chart)
    return answer(points, plan, chart)


def _point_claim(point: Point, chart: Chart, route: str) -> DraftClaim:
    return draft(point.fact, chart, route=route, component=point.component)


def _latest(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim]:
    with_value = [point for point in points if point.component or not _is_unavailable(point.fact)] or list(points)
    newest = with_value[-1]
    same_time = [point for point in with_value if _same_moment(point.fact, newest.fact) and point.fact.value != newest.fact.value]
    return [_point_claim(point, chart, "latest_value") for point in (newest, *same_time[:2])]


def _same_moment(one: Fact, other: Fact) -> bool:
    return one.occurred is not None and other.occurred is not None and one.occurred.start == other.occurred.start


def _is_unavailable(fact: Fact) -> bool:
    values = [fact.value] if fact.value is not None else [part.value for part in fact.components]
    return bool(values) and all(value is not None and (value.text or "").lower().startswith("not available") for value in values)


def _first(points: Sequence[Point], _plan: Plan, chart: Chart) -> list[DraftClaim]:
    return [_point_claim(points[0], chart, "first_value")]


def numeric(points: Sequence[Point]) -> list[Point]:
    """Return the points with a number in the unit of the newest one: others cannot be compared without a conversion."""
    found = [_as_number(point) for point in points]
    numbers = [point for point in found if point is not None]
    if not numbers:
        return []
    unit = _unit(numbers[-1])
    return [point for point in numbers if _unit(point) == unit]


def _as_number(point: Point) -> Point | None:
    """A blood pressure stands for its systolic part when pressures are compared."""
    if point.quantity is not None:
        return point
    parts = [part for part in point.fact.components if part.value and part.value.quantity]
    return Point(point.fact, parts[0]) if parts else None


def _unit(point: Point) -> str:
    """Return the unit, however it is spelled; one that is not known as it is written."""
    if point.quantity is None:
        return ""
    written = point.quantity.unit or point.quantity.ucum
    return normalised(written, ucum=point.quantity.ucum) or written.lower().replace(" ", "")


def number_of(point: Point) -> Decimal:
    """Return the number of a value; 0 where it has none."""
    return point.quantity.value if point.quantity else Decimal(0)


def _extreme(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim]:
    numbers = numeric(points)
    if not numbers:
        return _latest(points, plan, chart)
    highest = plan.intent is Intent.HIGHEST
    highest = highest and not (_worst_is_low(numbers[-1], chart) and re.search(r"\bworst\b", plan.text, re.I))
    best = max(numbers, key=number_of) if highest else min(numbers, key=number_of)
    said = state(best.fact, component=best.component)
    word = "highest" if highest else "lowest"
    others = _in_other_units(points, numbers)
    text = f"The {word} of {len(numbers)} values: {said.text}{_not_compared(others)}"
    return [
        DraftClaim(
            text=text,
            kind=ClaimKind.COMPUTED,
            citations=_cite_points([best, *(point for point in numbers if point is not best), *others], chart),
            route="extreme_value",
            computation=Computation(
                operation="maximum" if highest else "minimum",
                inputs=tuple(point.quantity.written for point in numbers if point.quantity),
                result=best.quantity.written if best.quantity else "",
            ),
        ),
        *([_point_claim(numbers[-1], chart, "latest_value")] if plan.current and numbers[-1] is not best else []),
    ]


LOW_IS_BAD = frozenset({
    "egfr", "egfr-cystatin-c", "hemoglobin", "oxygen-saturation", "platelet-count", "albumin", "cd4-count", "moca", "mmse",
    "fev1", "fev1-percent-predicted", "fev1-fvc-ratio", "dxa-t-score", "ejection-fraction",
})  # fmt: skip
"""Measurements whose worst value is the lowest."""


def _worst_is_low(point: Point, chart: Chart) -> bool:
    concept = point.component.concept if point.component else point.fact.concept
    return bool(LOW_IS_BAD & chart.lexicon.link(concept).keys())


def _in_other_units(points: Sequence[Point], numbers: Sequence[Point]) -> list[Point]:
    """Return the values that were left out because their unit is another one."""
    known = {id(point.fact) for point in numbers}
    found = [_as_number(point) for point in points if id(point.fact) not in known]
    return [point for point in found if point is not None][-MOST_LEFT_OUT:]


def _not_compared(others: Sequence[Point]) -> str:
    told = ", ".join(f"{_shown(point)} ({point.day})" for point in others)
    return f" Set aside, in another unit: {told}." if told else ""


def _cite_points(points: Sequence[Point], chart: Chart) -> tuple[Citation, ...]:
    return tuple(cite(point.fact, chart, component=point.component) for point in points[:60])


def trend(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Tell how values went, from the first to the last, in one computed claim."""
    numbers = numeric(points)
    if len(numbers) < 2:
        return [_point_claim(point, chart, "value_in_window") for point in points[-MOST_POINTS:]]
    shown = _spread(numbers)
    first, last = numbers[0], numbers[-1]
    difference = number_of(last) - number_of(first)
    name = name_of(last.fact) if last.component is None else plain_display(last.component.concept.text)
    told = ", ".join(f"{_shown(point)} ({point.day})" for point in shown)
    word = "was unchanged" if difference == 0 else f"{'rose' if difference > 0 else 'fell'} by {_tidy(abs(difference))}"
    unit = readable_unit(last.quantity.unit) if last.quantity else ""
    kept = "" if len(shown) == len(numbers) else "; further values between these are left out"
    text = f"{name} {word}{' ' + unit if unit and difference else ''} from {first.day} to {last.day}: {told}{kept}."
    others = _in_other_units(points, numbers)
    text += _not_compared(others)
    return [
        DraftClaim(
            text=text,
            kind=ClaimKind.COMPUTED,
            citations=_cite_points([*shown, *others], chart),
            route="trend",
            computation=_difference_of(first, last),
        )
    ]


def _spread(points: list[Point]) -> list[Point]:
    """Return at most `MOST_POINTS` points: first, last, highest, lowest and others evenly between."""
    if len(points) <= MOST_POINTS:
        return points
    step = (len(points) - 1) / (MOST_POINTS - 3)
    kept = {round(step * number) for number in range(MOST_POINTS - 2)}
    kept |= {
        max(range(len(points)), key=lambda n: number_of(points[n])),
        min(range(len(points)), key=lambda n: number_of(points[n])),
    }
    return [points[number] for number in sorted(kept)]


def _shown(point: Point) -> str:
    value = value_of(point.fact, point.component)
    return shown_number(value) if value else ""


def _tidy(number: Decimal) -> str:
    rounded = number.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return format(rounded, "f")


def _difference_of(first: Point, last: Point) -> Computation:
    return Computation(
        operation="difference",
        inputs=tuple(point.quantity.written for point in (last, first) if point.quantity),
        result=_tidy(number_of(last) - number_of(first)),
    )


def _difference(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim]:
    numbers = numeric(points)
    if len(numbers) < 2:
        return _latest(points, plan, chart)
    first, last = numbers[0], numbers[-1]
    change = number_of(last) - number_of(first)
    unit = readable_unit(last.quantity.unit) if last.quantity else ""
    name = name_of(last.fact) if last.component is None else plain_display(last.component.concept.text)
    word = "was unchanged" if change == 0 else f"{'rose' if change > 0 else 'fell'} by {_tidy(abs(change))}"
    amount = f" {unit}" if unit and change else ""
    text = f"{name} {word}{amount}: from {_shown(first)} on {first.day} to {_shown(last)} on {last.day}."
    return [
        DraftClaim(
            text=text,
            kind=ClaimKind.COMPUTED,
            citations=_cite_points([first, last], chart),
            route="difference",
            computation=_difference_of(first, last),
        )
    ]


def _average(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim]:
    numbers = numeric(points)
    if not numbers:
        return _latest(points, plan, chart)
    mean = sum((number_of(point) for point in numbers), Decimal(0)) / len(numbers)
    unit = readable_unit(numbers[-1].quantity.unit) if numbers[-1].quantity else ""
    name = name_of(numbers[-1].fact) if numbers[-1].component is None else plain_display(numbers[-1].component.concept.text)
    shown = f"{_tidy(mean)}{' ' + unit if unit else ''}"
    text = f"The mean of {len(numbers)} values of {name} from {numbers[0].day} to {numbers[-1].day} is {shown}."
    computation = Computation(
        operation="mean",
        inputs=tuple(point.quantity.written for point in numbers if point.quantity),
        result=_tidy(mean),
    )
    return [
        DraftClaim(
            text=text,
            kind=ClaimKind.COMPUTED,
            citations=_cite_points(numbers, chart),
            route="average",
            computation=computation,
        )
    ]


def _count_points(points: Sequence[Point], _plan: Plan, chart: Chart) -> list[DraftClaim]:
    return [_count_claim([point.fact for point in points], chart, name_of(points[-1].fact))] if points else []


_SERIES: dict[Intent, Callable[[Sequence[Point], Plan, Chart], list[DraftClaim]]] = {
    Intent.FIRST: _first,
    Intent.HIGHEST: _extreme,
    Intent.LOWEST: _extreme,
    Intent.TREND: trend,
    Intent.CHANGES: trend,
    Intent.DIFFERENCE: _difference,
    Intent.AVERAGE: _average,
    Intent.COUNT: _count_points,
}


# --- medications -----------------------------------------------------------------------------------------------------


def active_at(fact: Fact, day: date) -> bool:
    """Say whether a medication was being taken on a day, as far as the chart says."""
    if fact.occurred is not None and fact.occurred.first_day > day:
        return False
    if medication_is_active(fact):
        return True
    if not fact.status and fact.assertion in {AssertionStatus.PRESENT, AssertionStatus.POSSIBLE}:
        return fact.ended is None or fact.ended.first_day > day  # tables give times and no status
    return fact.ended is not None and fact.ended.first_day > day and fact.status in {"stopped", "completed"}


def _ingredients(fact: Fact, chart: Chart) -> tuple[str, ...]:
    linked = [id_ for id_ in chart.lexicon.link(fact.concept) if not chart.lexicon.concepts[id_].is_class]
    return tuple(sorted(linked)) or (plain_display(fact.concept.text).lower(),)


def _by_drug(facts: Sequence[Fact], chart: Chart) -> list[list[Fact]]:
    """Group medication facts by ingredient, orders before dispenses and administrations, each group oldest first."""
    orders = [fact for fact in facts if not fact.resource.startswith(("MedicationAdministration/", "MedicationDispense/"))]
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in orders or facts:
        groups[_ingredients(fact, chart)].append(fact)
    others = [fact for fact in facts if orders and fact not in orders]
    for fact in others:
        key = _ingredients(fact, chart)
        if key not in groups:
            groups[key].append(fact)
    return list(groups.values())


_FORMS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(rf"\b(?:{called})\b", re.IGNORECASE))
    for asked, called in (
        (
            r"oral|po|by mouth|tablets?|pills?",
            r"oral|po|mouth|tablets?|capsules?|solution|suspension|syrup|tabs?|caps?|chewable",
        ),
        (r"iv|intravenous|drip|infusion", r"iv|intravenous(?:ly)?|infusion|injection|injectable|piggyback"),
        (r"topical|cream|ointment|skin", r"topical(?:ly)?|cream|ointment|gel|lotion|patch|transdermal"),
        (r"inhaled|inhaler|puffer|neb(?:s|uli[sz]er)?", r"inhal\w*|puffs?|hfa|neb\w*|aerosol|diskus|ellipta|respimat"),
        (r"eye ?drops?|ophthalmic", r"ophthalmic|eyes?"),
        (r"ear ?drops?|otic", r"otic|ears?"),
        (r"nasal|nose spray", r"nasal|nostrils?|nares"),
    )
)
"""By how a medicine is given: what people ask for, and what records say."""


def _of_form(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Return the facts of the form or route that a question names ("oral steroids"); all where none is told to be of it."""
    asked = [called for asks, called in _FORMS if asks.search(plan.text)]
    if not asked:
        return list(facts)
    told = [fact for fact in facts if any(called.search(_given_how(fact)) for called in asked)]
    return told or list(facts)


def _given_how(fact: Fact) -> str:
    return " ".join([fact.concept.text, *(detail.text for detail in fact.details if detail.name in _HOW_GIVEN)])


_HOW_GIVEN = frozenset({"route", "dose", "instructions", "form", "dosage", "frequency"})


def _medications(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    claims: list[DraftClaim] = []
    facts = _of_form(facts, plan)
    given = [
        fact
        for fact in _inside(facts, plan)
        if fact.resource.startswith("MedicationAdministration/") and fact.status != "not-done"
    ]
    if given and plan.newest and plan.intent in {Intent.WHEN, Intent.LATEST} and plan.event is None:
        return [draft(given[-1], chart, route="last_happening")]  # "when was her last injection?"
    if given and plan.intent is Intent.COUNT:
        return [_count_claim(given, chart, name_of(given[-1]))]  # doses given, and not orders
    groups = _by_drug(facts, chart)
    active = [group for group in groups if any(active_at(fact, chart.today) for fact in group)]
    asks_now = plan.intent in {Intent.ACTIVE, Intent.PRESENCE, Intent.DOSE, Intent.LATEST, Intent.LIST} and not plan.historical
    # Of a class ("a blood thinner"), those taken now answer; the past ones only where none is.
    only_now = active and asks_now and len(groups) > 1 and plan.event is None and plan.window is None
    for group in (active if only_now else groups)[:MOST_LISTED]:
        claims += _one_drug(group, plan, chart)
    return claims


def _one_drug(group: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:  # noqa: PLR0911 -- one answer an intent
    if plan.window is not None:
        started = plan.event is Event.STARTED or plan.intent is Intent.COUNT
        inside = [
            fact
            for fact in group
            if plan.window.holds(fact.occurred) or (not started and plan.window.overlaps(fact.occurred, _end(fact)))
        ]
        group = inside or []
    if not group:
        return []
    if plan.intent is Intent.COUNT:
        taken = [fact for fact in group if fact.status not in {"not-done", "cancelled", "entered-in-error"}]
        return [_count_claim(taken, chart, name_of(taken[-1]))] if taken else []
    if plan.intent is Intent.WHO:
        named = [fact for fact in group if _names_person(fact)]
        return [_prescribed(_current(named, chart), chart)] if named else []
    if plan.intent is Intent.DURATION:
        return _drug_duration(group, chart)
    if (
        plan.intent in {Intent.TREND, Intent.CHANGES}
        or plan.event is Event.CHANGED
        or (plan.intent is Intent.LIST and plan.event)
    ):
        return [draft(fact, chart, route="medication_course") for fact in _distinct(group)[-MOST_LISTED:]]
    if plan.intent is Intent.FIRST or (plan.intent in {Intent.WHEN, Intent.AGE} and plan.event is not Event.STOPPED):
        newest = _current(group, chart)
        return [draft(fact, chart, route="medication_start") for fact in dict.fromkeys((group[0], newest))]
    if plan.intent is Intent.REASON:
        return [draft(fact, chart, route="medication_reason") for fact in _for_reason(group, plan, chart)]
    if plan.event is Event.STOPPED:
        stopped = [fact for fact in group if not medication_is_active(fact)]
        return [draft(fact, chart, route="medication_stop") for fact in dict.fromkeys([*stopped[-1:], _current(group, chart)])]
    active = [fact for fact in group if active_at(fact, chart.today)]
    if active and not plan.historical:
        return [draft(fact, chart, route="active_medication") for fact in _newest_each(active)[:4]]
    return [draft(_current(group, chart), chart, route="medication_state")]


def _prescribed(fact: Fact, chart: Chart) -> DraftClaim:
    """Say a medication with who ordered it."""
    said, ordered = draft(fact, chart, route="prescriber"), fact.detail("requester")
    if ordered is None or ordered.path.endswith(".reference"):
        return said
    who = chart.records.cite_fact(fact, path=ordered.path, element_paths=(fact.concept_path,))
    text = f"{said.text.rstrip('.')}; prescriber: {ordered.text.strip().rstrip('.')}."
    return said.model_copy(update={"text": text, "citations": (*said.citations, who)})


def _end(fact: Fact) -> PartialDate | None:
    if fact.ended is not None or medication_is_active(fact):
        return fact.ended if not medication_is_active(fact) else None
    return fact.occurred


def _current(group: Sequence[Fact], chart: Chart) -> Fact:
    active = [fact for fact in group if active_at(fact, chart.today)]
    return active[-1] if active else group[-1]


def _for_reason(group: Sequence[Fact], plan: Plan, chart: Chart) -> list[Fact]:
    wanted = "status_reason" if plan.event in {Event.STOPPED, Event.CHANGED} else "reason"
    told = [fact for fact in group if fact.detail(wanted)]
    if told:
        return [told[-1]]
    return [_current(group, chart)]


def _distinct(facts: Sequence[Fact]) -> list[Fact]:
    """Drop repeated orders of the same drug, dose and status."""
    seen: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        said = state(fact).text
        seen.setdefault((fact.occurred.day if fact.occurred else "", said), fact)
    return list(seen.values())


def _drug_duration(group: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    first, last = group[0], _current(group, chart)
    going_on = active_at(last, chart.today)
    end_day = chart.today.isoformat() if going_on else (last.ended.day if last.ended else "")
    if first.occurred is None or not end_day or len(first.occurred.day) < 10 or len(end_day) < 10:
        return [draft(fact, chart, route="medication_state") for fact in dict.fromkeys((first, last))]
    return [_duration_claim(name_of(first), (first, last), first.occurred.day, end_day, chart, going_on=going_on)]


def _duration_claim(name: str, facts: Sequence[Fact], start: str, end: str, chart: Chart, *, going_on: bool) -> DraftClaim:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    years, days = years_between(first, last), (last - first).days
    length = f"{years} years" if years >= 2 else f"{round(days / 30.44)} months" if days >= 90 else f"{days} days"
    until = "and goes on" if going_on else f"to {end}"
    computation = (
        Computation(operation="years_between", inputs=(start, end), result=str(years))
        if years >= 2
        else Computation(operation="days_between", inputs=(start, end), result=str(days))
    )
    text = f"{name}: from {start} {until}, {length}{f' ({days} days)' if days >= 90 and years < 2 else ''} up to {end}."
    citations = tuple(cite(fact, chart) for fact in dict.fromkeys(facts))
    return DraftClaim(
        text=text,
        kind=ClaimKind.COMPUTED,
        citations=citations,
        route="duration",
        computation=computation,
        category=facts[0].category,
    )


def _medication_list(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    groups = _by_drug(facts, chart)
    if plan.event is Event.STOPPED or (plan.historical and not plan.current and plan.window is None):
        past = [group[-1] for group in groups if not any(active_at(fact, chart.today) for fact in group)]
        if plan.window:
            past = [
                fact
                for fact in past
                if plan.window.holds(fact.ended) or (fact.ended is None and plan.window.holds(fact.occurred))
            ]
        return _listed(past, chart, "past_medications")
    if plan.window is not None:
        started = plan.event is Event.STARTED or plan.intent in {Intent.CHANGES, Intent.COUNT}
        chosen = [
            fact
            for group in groups
            for fact in group[-60:]
            if plan.window.holds(fact.occurred) or (not started and plan.window.overlaps(fact.occurred, _end(fact)))
        ]
        return _listed(_newest_each(chosen), chart, "medications_in_window")
    current = [_current(group, chart) for group in groups if any(active_at(fact, chart.today) for fact in group)]
    if plan.intent is Intent.COUNT:
        return [_count_claim(current, chart, "active medications")] if current else []
    return _listed(current, chart, "active_list")


def _listed(facts: Sequence[Fact], chart: Chart, route: str) -> list[DraftClaim]:
    newest_first = sorted(facts, key=lambda fact: fact.occurred.start.timestamp() if fact.occurred else 0.0, reverse=True)
    return [draft(fact, chart, route=route) for fact in newest_first[:MOST_LISTED]]


# --- conditions, and what happened on a day --------------------------------------------------------------------------


def condition_is_active(fact: Fact, day: date) -> bool:
    """Say whether a condition was active on a day."""
    if fact.assertion not in {AssertionStatus.PRESENT, AssertionStatus.POSSIBLE}:
        return False
    if fact.ended is not None:
        return fact.ended.first_day > day
    return fact.status in {"active", "recurrence", "relapse", ""}


def _condition_list(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    if plan.window is not None:
        chosen = [fact for fact in facts if plan.window.holds(fact.occurred or fact.recorded)]
    elif plan.historical and not plan.current:
        chosen = [fact for fact in facts if fact.assertion is AssertionStatus.PRESENT]
    else:
        chosen = [fact for fact in facts if condition_is_active(fact, chart.today)]
    chosen = _newest_each(chosen)
    if plan.intent is Intent.COUNT and chosen:
        return [_count_claim(chosen, chart, "conditions")]
    # SNOMED CT findings and situations (employment, education, ...) follow the disorders.
    ordered = sorted(chosen, key=lambda fact: "(finding)" in fact.concept.text or "(situation)" in fact.concept.text)
    return [draft(fact, chart, route="condition_list") for fact in ordered[:MOST_LISTED]]


def visits_asked(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Return the encounters of the kind and time that a question asks for, oldest first."""
    return _inside(_encounters(facts, plan), plan)


def _encounters(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Keep the admissions, or the emergency visits, where one of the two is asked for; both words ask for either."""
    kept = list(facts)
    if plan.inpatient or plan.emergency:
        kept = [fact for fact in facts if (plan.inpatient and is_admission(fact)) or (plan.emergency and is_emergency(fact))]
    return kept


def is_admission(fact: Fact) -> bool:
    """Say whether an encounter is a stay in hospital."""
    kind = encounter_class(fact).lower()
    if any(word in kind for word in ("ambulatory", "emergency", "virtual")):
        return False  # the class decides, whatever the visit is called
    return any(word in f"{kind} {name_of(fact).lower()}" for word in ("inpatient", "admission", "hospital", "acute"))


def is_emergency(fact: Fact) -> bool:
    """Say whether an encounter is one with an emergency department."""
    return re.search(r"\bemergency\b|\bemer\b|\bED\b", f"{encounter_class(fact)} {name_of(fact)}", re.IGNORECASE) is not None


def _inside(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    if plan.window is None:
        return list(facts)
    return [fact for fact in facts if plan.window.holds(fact.occurred or fact.recorded)]


def _newest_each(facts: Sequence[Fact]) -> list[Fact]:
    """Return the newest fact of each concept, newest first."""
    newest: dict[str, Fact] = {}
    for fact in facts:
        newest[plain_display(fact.concept.text).lower()] = fact
    return list(reversed(newest.values()))


def _latest_each(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    return [draft(fact, chart, route="latest_each") for fact in _newest_each(_inside(facts, plan))[:MOST_LISTED]]


def _happenings(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:  # noqa: PLR0911 -- one answer an intent
    """Answer about things that happen at a time: conditions, procedures, immunisations, encounters, reports, orders."""
    inside = _inside(facts, plan)
    if not inside:
        return []
    done = [fact for fact in inside if _was_done(fact)]
    if plan.undone and inside[0].category is not Category.CONDITION:
        return [draft(fact, chart, route="undone") for fact in _never_done(inside, done)[:MOST_LISTED]]
    is_condition = inside[0].category is Category.CONDITION
    if plan.intent is Intent.DURATION and (apart := _between_two(done, plan, chart)):
        return apart
    if plan.ordinal is not None and not is_condition:
        undone = [draft(fact, chart, route="undone") for fact in _never_done(inside, done)[:1]]
        return _nth(done, plan.ordinal, chart) or undone
    if plan.intent is Intent.COUNT:
        return _counted(inside, done, plan, chart)
    if plan.intent is Intent.AGE and done:
        return _age_at(done[0] if is_condition else done[-1], chart)
    if plan.intent is Intent.DURATION and done:
        return _happening_duration(done, chart)
    if plan.intent is Intent.WHO:
        return [draft(fact, chart, route="performer") for fact in reversed(inside) if _names_person(fact)][:3]
    asks_first = plan.intent is Intent.WHEN and _FIRST.search(plan.text) is not None
    if plan.intent is Intent.FIRST or asks_first or (is_condition and plan.intent is Intent.WHEN):
        return [draft((done or inside)[0], chart, route="first_happening")]
    return _newest_happenings(inside, done, plan, chart)


def _counted(inside: Sequence[Fact], done: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Count what was done; what was only ordered or not done is told as such."""
    if inside[0].category is Category.ORDER and plan.subject is not Category.ORDER:
        return [draft(inside[-1], chart, route="order")]
    names = {name_of(fact).lower() for fact in done}
    what = name_of(done[-1]) if len(names) == 1 else ""
    return [_count_claim(done, chart, what)] if done else [draft(inside[-1], chart, route="happening")]


def _was_done(fact: Fact) -> bool:
    return fact.assertion is not AssertionStatus.ABSENT and fact.status not in {"not-done", "cancelled", "revoked"}


def _never_done(facts: Sequence[Fact], done: Sequence[Fact]) -> list[Fact]:
    """Return what was recorded as not done and was not done afterwards, newest first."""
    later = {plain_display(fact.concept.text).lower(): fact.occurred.start for fact in done if fact.occurred}
    return [
        fact
        for fact in _newest_each([fact for fact in facts if not _was_done(fact)])
        if fact.occurred is None
        or later.get(plain_display(fact.concept.text).lower(), fact.occurred.start) <= fact.occurred.start
    ]


def _newest_happenings(inside: Sequence[Fact], done: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Say what a list, a window or the last of several asks for."""
    is_condition = inside[0].category is Category.CONDITION
    route = "order" if inside[0].category is Category.ORDER else "last_happening"
    if plan.intent in {Intent.LIST, Intent.TREND, Intent.CHANGES} or (plan.every and not is_condition):
        shown = _newest_each(inside) if is_condition else list(reversed(inside))
        return [draft(fact, chart, route="list") for fact in shown[:MOST_LISTED]]
    if is_condition:
        return [draft(fact, chart, route="condition_state") for fact in _telling(inside, chart)]
    if plan.intent is Intent.WHEN and not plan.newest and not plan.upcoming and plan.window is None:
        return [draft(fact, chart, route=route) for fact in list(reversed(done or inside))[:MOST_TIMES]]
    if plan.newest_several is not None:
        return [draft(fact, chart, route=route) for fact in list(reversed(done or inside))[: plan.newest_several]]
    newest = [inside[-1]]
    if done and done[-1] is not inside[-1]:
        newest.append(done[-1])
    if plan.window is not None:
        newest = list(reversed(inside))[:6]
    return [draft(fact, chart, route=route) for fact in newest]


def _nth(done: Sequence[Fact], ordinal: int, chart: Chart) -> list[DraftClaim]:
    """Say the nth of what was done, by day; nothing where there were fewer."""
    days = list({fact.occurred.day: fact for fact in done if fact.occurred}.values())
    return [draft(days[ordinal - 1], chart, route="nth_happening")] if len(days) >= ordinal else []


def _names_person(fact: Fact) -> bool:
    return bool(fact.author) or any(detail.name in {"participant", "performer", "requester"} for detail in fact.details)


def _telling(facts: Sequence[Fact], chart: Chart) -> list[Fact]:
    """Return the facts that say best whether a condition is there: active ones, else the newest."""
    active = _newest_each([fact for fact in facts if condition_is_active(fact, chart.today)])
    return active[:4] or _newest_each(facts)[:2]


_FIRST = re.compile(r"\b(?:first|earliest|initially|originally)\b", re.IGNORECASE)
_APART = re.compile(r"\b(?:interval|gap|apart|between)\b", re.IGNORECASE)


def _between_two(done: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Count the days between the first and the second of what was done twice, where the time between them is asked."""
    days = [
        fact
        for fact in {fact.occurred.day: fact for fact in done if fact.occurred}.values()
        if len(_day(fact)) == len("2020-01-01")
    ]
    if not _APART.search(plan.text) or len(days) < 2 or done[0].category is Category.CONDITION:
        return []
    first, second = days[0], days[1]
    count = (date.fromisoformat(_day(second)) - date.fromisoformat(_day(first))).days
    text = f"{name_of(first)}: {count} days from {_day(first)} to {_day(second)}."
    computation = Computation(operation="days_between", inputs=(_day(first), _day(second)), result=str(count))
    return [
        DraftClaim(
            text=text,
            kind=ClaimKind.COMPUTED,
            citations=(cite(first, chart), cite(second, chart)),
            route="duration",
            computation=computation,
            category=first.category,
        )
    ]


def _day(fact: Fact) -> str:
    return fact.occurred.day if fact.occurred else ""


def _happening_duration(done: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    fact = done[0] if done[0].category is Category.CONDITION else done[-1]
    if fact.occurred is None or len(fact.occurred.day) < 10:
        return [draft(fact, chart, route="happening")]
    going_on = fact.category is Category.CONDITION and condition_is_active(fact, chart.today)
    end = chart.today.isoformat() if going_on else (fact.ended.day if fact.ended else "")
    if len(end) < 10:
        return [draft(fact, chart, route="happening")]
    return [_duration_claim(name_of(fact), (fact,), fact.occurred.day, end, chart, going_on=going_on)]


def _age_at(fact: Fact, chart: Chart) -> list[DraftClaim]:
    birth = chart.birth.value.text if chart.birth and chart.birth.value else None
    if not birth or fact.occurred is None or chart.birth is None or len(birth) < 10 or len(fact.occurred.day) < 10:
        return [draft(fact, chart, route="happening")]
    years = years_between(date.fromisoformat(birth[:10]), date.fromisoformat(fact.occurred.day))
    said = state(fact).text.rstrip(".")
    text = f"{said}: at the age of {years} years (born {birth[:10]})."
    citations = (cite(fact, chart), cite(chart.birth, chart))
    computation = Computation(operation="years_between", inputs=(birth[:10], fact.occurred.day), result=str(years))
    return [DraftClaim(text=text, kind=ClaimKind.COMPUTED, citations=citations, route="age_at", computation=computation)]


def age_claims(facts: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    """Say the patient's age on the scope's last day, or at death."""
    birth = next((fact for fact in facts if fact.id.endswith("#birthDate") and fact.value), None)
    if birth is None or birth.value is None or not birth.value.text or len(birth.value.text) < 10:
        return []
    death = next((fact for fact in facts if "deceased" in fact.id and fact.value and len(fact.value.shown) >= 10), None)
    end = death.value.shown[:10] if death and death.value else chart.today.isoformat()
    years = years_between(date.fromisoformat(birth.value.text[:10]), date.fromisoformat(end))
    verb = f"The patient died on {end} at the age of {years} years" if death else f"The patient is {years} years old on {end}"
    citations = tuple(cite(fact, chart) for fact in (birth, death) if fact)
    computation = Computation(operation="years_between", inputs=(birth.value.text[:10], end), result=str(years))
    text = f"{verb} (born {birth.value.text[:10]})."
    return [DraftClaim(text=text, kind=ClaimKind.COMPUTED, citations=citations, route="age", computation=computation)]


def _count_claim(facts: Sequence[Fact], chart: Chart, what: str) -> DraftClaim:
    """Say how often something is in the chart; without a name for all of them, each is named."""
    days = [fact.occurred.day for fact in facts if fact.occurred]
    shown = ", ".join(days[-MOST_LISTED:])
    number = len(facts)
    often = f"{number} {'time' if number == 1 else 'times'} in the chart"
    each = ", ".join(f"{name_of(fact)}{f' ({fact.occurred.day})' if fact.occurred else ''}" for fact in facts[-MOST_LISTED:])
    text = f"{what}: {often}{f' ({shown})' if shown else ''}." if what else f"{often}: {each}."
    return DraftClaim(
        text=text,
        kind=ClaimKind.COMPUTED,
        citations=tuple(cite(fact, chart) for fact in facts[-60:]),
        route="count",
        computation=Computation(operation="count", inputs=tuple(fact.id for fact in facts), result=str(number)),
        category=facts[0].category,
    )


def changes_since(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Say what is new since a moment: by default since the last but one encounter."""
    visits = [fact for fact in facts if fact.category is Category.ENCOUNTER and fact.occurred]
    since = plan.window.first if plan.window and plan.window.first else None
    last = plan.window.last if plan.window else None
    if since is None and len(visits) >= 2 and visits[-2].occurred:
        since = visits[-2].occurred.first_day
    if since is None:
        return []
    recent = [fact for fact in facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR and _touches(fact, since, last)]
    counts: Counter[Category] = Counter()
    claims: list[DraftClaim] = []
    for category in (
        Category.CONDITION,
        Category.MEDICATION,
        Category.ALLERGY,
        Category.PROCEDURE,
        Category.IMMUNIZATION,
        Category.LABORATORY,
        Category.ENCOUNTER,
    ):
        for fact in _newest_each([fact for fact in recent if fact.category is category]):
            if category is Category.LABORATORY and not _is_abnormal(fact):
                continue
            counts[category] += 1
            if counts[category] <= 8:
                claims.append(draft(fact, chart, route="changes"))
    return claims[:MOST_LISTED]


def _touches(fact: Fact, since: date, last: date | None) -> bool:
    days = [moment.first_day for moment in (fact.occurred, fact.ended if not medication_is_active(fact) else None) if moment]
    return any(since < day and (last is None or day <= last) for day in days)


def _is_abnormal(fact: Fact) -> bool:
    return bool(fact.interpretation) and fact.interpretation.lower() not in {"n", "normal"}
