"""Answers a question that compares: each side by itself, then both together with what lies between them.

Values of one measurement become one sentence with the difference worked out and both inputs cited; what only notes tell is quoted
from each side with its day. Where one side has nothing, the other is told and the empty one is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.focus import QUOTES
from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.anchor_words import EventKind, Relation
from chartcite.engine.dates.times import Window, shift
from chartcite.engine.domain.answers import ClaimKind, Computation, DraftClaim, Missing
from chartcite.engine.domain.evidence import Citation, Passage
from chartcite.engine.domain.records import Category
from chartcite.engine.facts.fact_claims import cite
from chartcite.engine.facts.measured_values import Point, number_of, numeric, points_of, series_of
from chartcite.engine.facts.statements import measured_name, readable_unit, shown_number, value_of
from chartcite.engine.facts.value_answers import tidy, trend
from chartcite.engine.language.terminology import ConceptKind, forms, plain_display
from chartcite.engine.notes.sources_told import told_by_study, told_of_side
from chartcite.engine.questions.plans import Comparison, Plan
from chartcite.engine.questions.question_words import OTHER_WORDS, Intent

MOST_OF_SIDE = 2
"""Sentences of notes that each side tells."""
MOST_VALUES_OF_SIDE = 4
"""Results in words that each side tells, as those of a panel."""
_MOST_VALUES = 3
"""Values of one side that are all told; of more, the first and the last."""
Answering = Callable[[Plan], tuple[Plan, list[DraftClaim]]]
"""Drafts the claims of a question of its own; returns it with the time that it was read with."""


class Compared(NamedTuple):
    """What comparing gave."""

    claims: list[DraftClaim]
    missing: tuple[Missing, ...] = ()
    complete: bool = False
    """Whether every side has its value or its sentence."""


class _Side(NamedTuple):
    plan: Plan
    words: str
    claims: list[DraftClaim]
    points: list[Point]


def compare(comparison: Comparison, reading: Reading, answer: Answering, passages: Sequence[Passage]) -> Compared:
    """Answer the sides of a comparison and put them together; without claims where no side has any.

    Args:
        comparison: its sides, as questions of their own.
        reading: the whole question.
        answer: how a question of its own is answered.
        passages: of the notes.
    """
    sides: list[_Side] = []
    for asked, words in zip(comparison.sides, comparison.words, strict=True):
        plan = _later(asked, sides[0], comparison.later) if comparison.later is not None and sides else asked
        sides.append(_answered(plan, words, reading, answer, later=comparison.later if sides else None))
    sides = _with_notes(sides, reading, passages)
    held = [side for side in sides if side.points and _is_placed(side)]
    if any(side.points and not _is_placed(side) for side in sides):
        return Compared([], _missing(sides, held))
    if len(held) > 1:
        told = _values_together(held, reading)
        if told:
            alone, lacking = _of_one_side(held, reading) if len(held) == len(sides) else ([], ())
            unsaid = [claim for claim in alone if claim.text not in {each.text for each in told}]
            return Compared([*told, *unsaid], (*_missing(sides, held), *lacking), complete=len(held) == len(sides))
    full = [side for side in sides if side.claims]
    told = _side_by_side(full)
    if len(full) > 1 and told:
        return Compared(told, _missing(sides, full), complete=len(full) == len(sides))
    return Compared(full[0].claims if len(full) == 1 else [], _missing(sides, full) if len(full) == 1 else ())


def _is_placed(side: _Side) -> bool:
    """Say whether the time that a side tells was found: the newest value of all does not stand for "the second discharge"."""
    plan = side.plan
    if plan.window is not None:
        return True
    if _NTH.search(side.words):
        return False
    if plan.newest or plan.current or plan.intent is not Intent.LATEST or len(plan.targets) != 1:
        return True
    return plan.subject is not Category.ENCOUNTER or not any(word.isalpha() for word in side.words.split())


_NTH = re.compile(
    r"\b(?:second|third|fourth|2nd|3rd|4th) "
    r"(?!last\b|most\b|to\b|value|reading|result|one\b|time\b|measurement)\w|^(?:the )?(?:second|third|2nd|3rd)$",
    re.IGNORECASE,
)
"""One of several events, which no value by itself tells apart."""


def _missing(sides: Sequence[_Side], held: Sequence[_Side]) -> tuple[Missing, ...]:
    empty = [side for side in sides if all(side is not other for other in held)]
    return tuple(Missing(what=f"“{side.words}”", why="the chart holds nothing for this side of the comparison") for side in empty)


def _answered(plan: Plan, words: str, reading: Reading, answer: Answering, *, later: tuple[int, str] | None) -> _Side:
    plan, claims = answer(plan)
    claims = _of_measurement(claims, plan)
    points = _points(claims, plan, reading)
    if later is not None and plan.window is not None and len(points) > 1:
        points = [_nearest(points, plan.window)]
    return _Side(plan, words, claims, points)


def _of_measurement(claims: list[DraftClaim], plan: Plan) -> list[DraftClaim]:
    """Leave out the quotes that do not name the measurement which a side asks for."""
    measured = [target for target in plan.targets if target.kind is ConceptKind.MEASUREMENT]
    if not measured:
        return claims
    said = {claim.text: forms(claim.text) for claim in claims if claim.route in QUOTES}
    return [
        claim
        for claim in claims
        if claim.text not in said or any(target.find(said[claim.text]) is not None for target in measured)
    ]


def _with_notes(sides: Sequence[_Side], reading: Reading, passages: Sequence[Passage]) -> list[_Side]:
    """Tell by the notes what no table tells of a side: what a study concluded; or, beside a side that is told, its own notes."""
    records = reading.shelves.records
    told = [
        side if side.points else side._replace(claims=told_by_study(side.plan, passages, records) or side.claims)
        for side in sides
    ]
    if not any(side.claims for side in told):
        return told
    today = reading.chart.today
    return [
        side if side.claims else side._replace(claims=told_of_side(side.plan, side.words, passages, records, today))
        for side in told
    ]


def _nearest(points: Sequence[Point], window: Window) -> Point:
    """Return the value nearest to the middle of a window with two ends."""
    assert window.first is not None  # noqa: S101 -- made here
    assert window.last is not None  # noqa: S101
    middle = (window.first.toordinal() + window.last.toordinal()) / 2
    return min(points, key=lambda point: abs(_day(point).toordinal() - middle))


VALUES = frozenset({"latest_value", "first_value", "value_in_window", "extreme_value", "trend", "note_fact"})
"""Routes whose claims tell values."""


def _points(claims: Sequence[DraftClaim], plan: Plan, reading: Reading) -> list[Point]:
    """Return the measured values that claims tell, of what the side names, oldest first, each once."""
    told = [citation for claim in claims if claim.route in VALUES for citation in _told_by(claim)]
    tables = {citation.source.resource for citation in told}
    notes = {(citation.source.resource, citation.start, citation.end) for citation in told}
    found: dict[tuple[str, str], Point] = {}
    for target in plan.targets:
        if target.kind not in {ConceptKind.MEASUREMENT, None} or not target.concept_keys:
            continue
        known = reading.shelves.records.facts(reading.scope, concept_keys=target.concept_keys)
        meant = [
            fact
            for fact in known
            if fact.occurred is not None
            and (fact.resource in tables if fact.span is None else (fact.resource, *fact.span) in notes)
        ]
        for point in points_of(target, meant, reading.chart):
            found.setdefault((point.fact.id, point.component.concept.text if point.component else ""), point)
    return sorted((point for point in found.values() if numeric([point])), key=_day)


def _told_by(claim: DraftClaim) -> Sequence[Citation]:
    """Return the citations of the values that a claim tells; the highest of many cites those it was chosen from as well."""
    return claim.citations[:1] if claim.route == "extreme_value" else claim.citations


def _day(point: Point) -> date:
    assert point.fact.occurred is not None  # noqa: S101 -- only dated values are compared
    return point.fact.occurred.first_day


def _values_together(sides: Sequence[_Side], reading: Reading) -> list[DraftClaim]:
    """Tell the values of one measurement on all sides, series by series; two measurements beside each other."""
    chart = reading.chart
    by_series = [series_of(side.points, chart) for side in sides]
    shared = [key for key in by_series[0] if all(key in groups for groups in by_series[1:])]
    claims: list[DraftClaim] = []
    for key in shared:
        chosen = {(point.fact.id, str(point.component)): point for groups in by_series for point in _few(groups[key])}
        points = sorted(chosen.values(), key=_day)
        if len(points) > 1:
            claims += trend(points, reading.plan, chart)
    if claims or shared:
        return claims
    told = [claim for side in sides for claim in side.claims if claim.route in VALUES][: 2 * MOST_OF_SIDE]
    weighed = _weighed(sides[0].points[-1], sides[1].points[-1], reading) if len(sides) == 2 else None
    return [*([weighed] if weighed else []), *told]


def _of_one_side(sides: Sequence[_Side], reading: Reading) -> tuple[list[DraftClaim], tuple[Missing, ...]]:
    """Return of several things that are compared what only some sides tell, with what the others lack."""
    claims: list[DraftClaim] = []
    lacking: list[Missing] = []
    measured = [target for target in sides[0].plan.targets if target.kind is ConceptKind.MEASUREMENT]
    for target in measured if len(measured) > 1 else ():
        own = [_points(side.claims, side.plan.model_copy(update={"targets": (target,)}), reading) for side in sides]
        if all(own) or not any(own):
            continue
        for side, points in zip(sides, own, strict=True):
            told = {point.fact.resource for point in points}
            claims += [
                claim
                for claim in side.claims
                if claim.route in VALUES and any(each.source.resource in told for each in claim.citations)
            ]
            if not points:
                why = "the chart holds nothing for this side of the comparison"
                lacking.append(Missing(what=f"{target.label}, “{side.words}”", why=why))
    return claims, tuple(lacking)


def _few(points: Sequence[Point]) -> list[Point]:
    return list(points) if len(points) <= _MOST_VALUES else [points[0], points[-1]]


def _weighed(one: Point, other: Point, reading: Reading) -> DraftClaim | None:
    """Say which of two measurements in the same unit is higher, and by how much; `None`: they cannot be weighed."""
    if len(numeric([one, other])) < 2 or None in {one.quantity, other.quantity}:
        return None
    high, low = sorted((one, other), key=number_of, reverse=True)
    difference = number_of(high) - number_of(low)
    assert high.quantity is not None  # noqa: S101 -- looked at above
    assert low.quantity is not None  # noqa: S101
    told = [f"{_name(point)} {_shown(point)} ({point.day})" for point in (high, low)]
    unit = readable_unit(high.quantity.unit)
    said = f"{told[0]} is higher than {told[1]} by {tidy(difference)}{' ' + unit if unit else ''}."
    return DraftClaim(
        text=said if difference else f"{told[0]} and {told[1]}: the same number.",
        kind=ClaimKind.COMPUTED,
        citations=tuple(cite(point.fact, reading.chart, component=point.component) for point in (high, low)),
        route="difference",
        computation=Computation(
            operation="difference", inputs=(high.quantity.written, low.quantity.written), result=tidy(difference)
        ),
    )


def _name(point: Point) -> str:
    return measured_name(point.fact) if point.component is None else plain_display(point.component.concept.text)


def _shown(point: Point) -> str:
    value = value_of(point.fact, point.component)
    return shown_number(value) if value else ""


def _side_by_side(sides: Sequence[_Side]) -> list[DraftClaim]:
    """Return the claims of each side, those that several sides share once; empty where a side has nothing of its own."""
    told: list[DraftClaim] = []
    for side in sides:
        others = {claim.text for other in sides if other is not side for claim in other.claims}
        own = _most_asked([claim for claim in side.claims if claim.text not in others], side.plan)
        values = bool(own) and all(claim.route in VALUES for claim in own)
        own = own[: MOST_VALUES_OF_SIDE if values else MOST_OF_SIDE]
        if not own:
            return []
        told += own
    return told


_TURNS = frozenset({EventKind.STARTED, EventKind.STOPPED, EventKind.CHANGED})


def of_treatment(plan: Plan) -> Plan:
    """Read a medicine that tells a side's time ("before the statin") as its start: later orders renew it."""
    anchor = plan.anchor
    named = plan.event_targets
    if anchor is None or anchor.event.kind is not EventKind.OTHER or anchor.relation not in {Relation.BEFORE, Relation.AFTER}:
        return plan
    if not named or any(target.kind is not ConceptKind.DRUG for target in named):
        return plan
    event = anchor.event.model_copy(update={"kind": EventKind.STARTED})
    return plan.model_copy(update={"anchor": anchor.model_copy(update={"event": event})})


def around_treatment(plan: Plan) -> Plan:
    """Count the day on which a treatment began, ended or changed as before it: what was measured then led to the change."""
    window = plan.window
    turned = plan.anchor is not None and plan.anchor.event.kind in _TURNS and plan.anchor.distance is None
    turned = turned or (plan.anchor is None and any(target.kind is ConceptKind.DRUG for target in plan.targets))
    if window is None or not turned or (window.first is None) == (window.last is None):
        return plan
    if not re.match(r"\W*(?:\w+\s)?(?:before|prior|pre|after|following|post)\b", window.words, re.IGNORECASE):
        return plan
    one = timedelta(days=1)
    moved = {"last": window.last + one} if window.last else {"first": window.first + one if window.first else None}
    return plan.model_copy(update={"window": window.model_copy(update=moved)})


def _most_asked(claims: Sequence[DraftClaim], plan: Plan) -> list[DraftClaim]:
    """Order claims by how many of the further words of a side they hold; those that hold as many stay as they are."""
    asked = [{word, *OTHER_WORDS.get(word, ())} for word in plan.keywords]
    return sorted(claims, key=lambda claim: -sum(bool(words & set(forms(claim.text))) for words in asked))


def _later(plan: Plan, first: _Side, later: tuple[int, str]) -> Plan:
    """Read "one week later" as the time around then, counted from the value of the first side."""
    if not first.points:
        return plan
    count, unit = later
    start = _day(first.points[0])
    meant = shift(start, count, unit)
    room = max(1, (meant - start).days // 2)
    window = Window(first=shift(meant, -room, "day"), last=shift(meant, room, "day"), words=plan.text)
    return first.plan.model_copy(
        update={"window": window, "anchor": None, "untimed": None, "lost": False, "intent": Intent.LATEST, "newest": False}
    )
