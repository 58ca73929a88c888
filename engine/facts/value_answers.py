"""Answers about measured values: latest, first, extreme, trend, difference, mean, count.

Arithmetic is written down as a `Computation` that verification repeats.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from chartcite.engine.dates.anchor_words import EventKind, Relation
from chartcite.engine.dates.anchors import Anchor
from chartcite.engine.domain.answers import ClaimKind, Computation, DraftClaim
from chartcite.engine.domain.evidence import Citation
from chartcite.engine.domain.records import Fact
from chartcite.engine.facts.counts_and_durations import count_claim
from chartcite.engine.facts.fact_claims import Chart, cite, draft
from chartcite.engine.facts.measured_values import (
    BESIDE,
    Point,
    in_other_units,
    is_unavailable,
    number_of,
    numeric,
    points_of,
    series_of,
    worst_is_low,
)
from chartcite.engine.facts.statements import (
    DIASTOLIC,
    measured_name,
    name_of,
    readable_unit,
    said_components,
    shown_number,
    state,
    value_of,
)
from chartcite.engine.language.course_words import asks_movement
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms, plain_display
from chartcite.engine.questions.limits_asked import Crossing, Limit, asks_number, crossing_asked, limit_asked
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_cues import nth
from chartcite.engine.questions.question_words import OTHER_WORDS, Intent
from chartcite.engine.review.result_changes import ABOVE, BELOW, FLAGGED, INSIDE, side_of

MOST_POINTS = 12
"""Points of a trend that are told one by one."""
NEAR_EVENT = 60
"""Days from an event in which a value still tells how it was then."""
NEAR_STAY = 3
"""The same from being admitted or going home, when values are taken every day."""
NEAR_DISTANT = 14
"""Days from "four weeks after it" in which a value still does, at least."""

AT_START = 14
"""Days from the start of a treatment in which a value still tells how it was before it worked."""
BASELINE = 183
"""Days before the start of a treatment in which a value tells from where it began."""


def value_claims(target: Target, facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Answer from the values that mean the target, series by series, the one with the newest value first."""
    points = _of_side_asked(points_of(target, facts, chart), plan)
    then = [point for point in points if plan.window is None or plan.window.holds(point.fact.occurred)]
    inside = [point for point in then if not (point.fact.components and is_unavailable(point.fact))]
    if then and not inside:
        return []  # a pressure that was not taken then; another day's does not stand for it
    inside = _with_baseline(inside, points, plan, chart) if inside else _near(points, plan, chart)
    groups = _by_posture(inside) if _POSTURES in target.ids else series_of(inside, chart)
    if len(groups) > 1 and _POSTURES not in target.ids:
        of_ids = {key: key.partition(BESIDE)[0] for key in groups} if target.ids else {}
        named = {key for key, id_ in of_ids.items() if id_ in chart.lexicon.concepts and _names(chart, id_, target)}
        groups = {key: group for key, group in groups.items() if key in named} if named else groups
    groups = _chosen_by_words(groups, plan)
    if len(groups) > 1 and target.is_class and plan.intent in {Intent.HIGHEST, Intent.LOWEST} and _WHICH_ONE.search(plan.text):
        groups = {"": [point for group in groups.values() for point in group]}
    if _POSTURES in target.ids and plan.window is None and plan.intent in {Intent.LATEST, Intent.PRESENCE}:
        groups = _not_left_behind(groups)
    claims: list[DraftClaim] = []
    by_recency = sorted(
        groups.values(), key=lambda group: group[-1].fact.occurred.start.timestamp() if group[-1].fact.occurred else 0
    )
    for group in list(reversed(by_recency))[:8]:
        claims += _series_claims(group, plan, chart)
    return claims


_POSTURES = "orthostatic-blood-pressure"
"""The concept of pressures that are told by how somebody lay or stood."""


def _by_posture(points: Sequence[Point]) -> dict[str, list[Point]]:
    """Group pressures by the names that tell the posture: lying and standing are told beside each other."""
    groups: dict[str, list[Point]] = {}
    for point in points:
        groups.setdefault(plain_display(point.fact.concept.text).lower(), []).append(point)
    return groups


def _not_left_behind(groups: dict[str, list[Point]]) -> dict[str, list[Point]]:
    """Leave out pressures of a posture in which none was taken for a year before the newest one: they tell nothing of now."""
    newest = max((group[-1].fact.occurred.last_day for group in groups.values() if group[-1].fact.occurred), default=date.min)
    return {key: group for key, group in groups.items() if -_days_from(newest, group[-1]) <= LEFT_BEHIND}


LEFT_BEHIND = 366
"""Days before the newest pressure after which one of another posture is of the past."""


def _with_baseline(inside: list[Point], points: Sequence[Point], plan: Plan, chart: Chart) -> list[Point]:
    """Put before the values since a treatment turned the last one before it, where none was taken about that day."""
    window, anchor = plan.window, plan.anchor
    since = anchor is not None and _turned(anchor, plan.text)
    if anchor is None and window is not None and window.last is None:
        since = _FROM_AFTER.match(window.words) is not None or (plan.intent is Intent.DIFFERENCE and len(inside) == 1)
    if not since or window is None or window.first is None or plan.intent not in {Intent.TREND, Intent.DIFFERENCE}:
        return inside
    start = window.first
    begun = {key: group for key, group in series_of(inside, chart).items() if _days_from(start, group[0]) > AT_START}
    before = series_of([point for point in points if -BASELINE <= _days_from(start, point) < 0], chart)
    return [*(before[key][-1] for key in begun if key in before), *inside]


def _turned(anchor: Anchor, text: str) -> bool:
    """Say whether values are asked from a turn of treatment on, or whether they moved since something was done."""
    if anchor.relation not in {Relation.SINCE, Relation.AFTER}:
        return False
    return anchor.event.kind in _TURNS or (anchor.event.kind in _DONE and asks_movement(text))


_TURNS = frozenset({EventKind.STARTED, EventKind.STOPPED, EventKind.CHANGED, EventKind.DISCHARGE})
_DONE = frozenset({EventKind.PROCEDURE, EventKind.DOSE, EventKind.OTHER})
_FROM_AFTER = Cue(r"(?:after|following|on)\b")
"""Leaves the named time itself out, from which a value fell or rose: "has it come down after Feb 2021?"."""


def _days_from(start: date, point: Point) -> int:
    return (point.fact.occurred.first_day - start).days if point.fact.occurred else -BASELINE - 1


_WHICH_ONE = Cue(
    r"\bwhich\b(?! (?:date|day|month|year|visit))"
    r"|\bwhat (?!was|is|were|are|has|have|did|does|date|day|month|year)\w+ (?:\w+ ){0,2}?"
    r"(?:gave|had|has|was|is|were|came|showed|produced|tested|scored|reacted)\b",
)
"""Asks which member of a class has the highest or lowest value: "which allergen gave the highest IgE?"."""


def _chosen_by_words(groups: dict[str, list[Point]], plan: Plan) -> dict[str, list[Point]]:
    """Keep the series that further words name: "lying and standing BP" is that of both postures; all where none is named."""
    asked = {form for word in plan.keywords for form in (word, *OTHER_WORDS.get(word, ()))}
    named = {key for key, group in groups.items() if asked & set(forms(name_of(group[-1].fact)))}
    return {key: group for key, group in groups.items() if key in named} if named else groups


_SIDES = {
    side: Cue(
        rf"\b(?:{side}|{short})\b(?= (?!now|away|after|before|over|out|off|behind|to|for|in|on|with|and|or)[a-z]{{3,}})"
        rf"|\b(?:on|of) (?:the |his |her |my )?{side}\b|(?<![\w'’/.-]){letter}(?= [a-z]{{3,}})"
    )
    for side, short, letter in (("left", "lt", "l"), ("right", "rt", "r"))
}
_TOLD_SIDES = {side: Cue(rf"\b(?:{side}|{side[0]}t?)\b(?!['’])") for side in _SIDES}


def _of_side_asked(points: list[Point], plan: Plan) -> list[Point]:
    """Keep the values of the side that is asked ("L knee flexion"): those of the other side are no answer."""
    asked = [side for side, cue in _SIDES.items() if cue.search(plan.text)]
    if len(asked) != 1:
        return points
    told = [_sides_told(point) for point in points]
    return [point for point, sides in zip(points, told, strict=True) if not sides or asked[0] in sides]


def _sides_told(point: Point) -> list[str]:
    """Return the sides that the name of a value tells, or its words ("FWB L leg")."""
    value = value_of(point.fact, point.component)
    words = f"{name_of(point.fact)} {value.shown if value is not None and value.quantity is None else ''}"
    return [side for side, cue in _TOLD_SIDES.items() if cue.search(words)]


def _near(points: Sequence[Point], plan: Plan, chart: Chart) -> list[Point]:
    """Return the value nearest to a day that has none: that of an event ("when she started insulin"), or so long ago."""
    window = plan.window
    if window is None or window.first is None or window.last is None:
        return []
    middle = window.first + (window.last - window.first) / 2
    if plan.anchor is not None and plan.anchor.event.kind is EventKind.VISIT and plan.anchor.event.ordinal == -1:
        dated = [point for point in points if point.fact.occurred and point.fact.occurred.first_day <= window.last]
        newest = dated[-1].fact.occurred if dated else None  # the last visit at which it was measured is meant
        return [point for point in dated if newest is not None and point.fact.occurred == newest]
    if plan.anchor is None:
        room = (chart.today - middle).days // 3 if _SO_LONG_AGO.search(window.words) else 0
    elif plan.anchor.distance is not None:
        room = max(NEAR_DISTANT, (window.last - window.first).days)
    else:
        of_stay = plan.anchor.event.kind in {EventKind.ADMISSION, EventKind.DISCHARGE}
        room = 0 if (window.last - window.first).days > 3 else NEAR_STAY if of_stay else NEAR_EVENT
    if not room:
        return []
    apart = [(abs((point.fact.occurred.first_day - middle).days), point) for point in points if point.fact.occurred]
    near = [pair for pair in apart if pair[0] <= room]
    return [min(near, key=lambda pair: pair[0])[1]] if near else []


_SO_LONG_AGO = Cue(r"\b(?:ago|back)\W*$")
"""A moment that is counted back from now: "a year ago" asks how it was then, and a value of ten months ago tells it."""


def _names(chart: Chart, id_: str, target: Target) -> bool:
    concept = chart.lexicon.concepts[id_]
    return any(forms(surface) == forms(target.words) for surface in (concept.name, *concept.surfaces))


def beyond_limit(points: Sequence[Point], limit: Limit, plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Tell the values beyond a limit, oldest first, or how many there are; where there are none, the one that comes nearest."""
    numbers = numeric(points)
    if not numbers or any(limit.holds(number_of(point)) for point in in_other_units(points, numbers)):
        return []  # a number in another unit cannot be held against the limit
    lower = {point.fact.id: number_of(point) for point in _second_parts(points)} if limit.lower is not None else {}
    beyond = [point for point in numbers if limit.holds(number_of(point), lower.get(point.fact.id))]
    if not beyond:
        nearest = plan.model_copy(update={"intent": Intent.HIGHEST if limit.above else Intent.LOWEST, "current": False})
        parts = [points, _second_parts(points)] if limit.lower is not None else [points]
        return [claim for part in parts if part for claim in _extreme(part, nearest, chart)]
    told = [_point_claim(point, chart, "value_in_window") for point in _as_measured(beyond, points)[-MOST_POINTS:]]
    if not asks_number(plan.text):
        return told
    return [count_claim([point.fact for point in beyond], chart, name_of(beyond[-1].fact)), *told[:MOST_COUNTED]]


def _as_measured(chosen: Sequence[Point], points: Sequence[Point]) -> list[Point]:
    """Return chosen numbers as they were measured: a blood pressure with both of its parts."""
    whole = {point.fact.id: point for point in points if point.component is None}
    return [whole.get(point.fact.id, point) for point in chosen]


def _crossed(points: Sequence[Point], crossing: Crossing, chart: Chart) -> list[DraftClaim]:
    """Tell the first value beyond a limit, or the last one; empty: none is, which the extreme tells."""
    numbers = numeric(points)
    beyond = [point for point in numbers if crossing.limit.holds(number_of(point))]
    if not beyond or in_other_units(points, numbers):
        return []
    chosen = _as_measured(beyond, points)[-1 if crossing.last else 0]
    return [_point_claim(chosen, chart, "value_in_window")]


_WHEN_NORMAL = Cue(
    r"\b(?:when|what date|(?:what|which) (?:day|month|year|visit))\b[^?.;]*?\b(?P<which_time>first|last)\b"
    r"(?: \w+){0,3}? (?P<lies>normal|(?:in|within) range|abnormal|out of range|high|raised|elevated|low)\b"
)
"""Asks when a value first or last lay in its range, or out of it: "when was her creatinine last normal?"."""
_LIES = {
    "normal": {INSIDE}, "in range": {INSIDE}, "within range": {INSIDE}, "abnormal": {ABOVE, BELOW, FLAGGED},
    "out of range": {ABOVE, BELOW, FLAGGED}, "high": {ABOVE}, "raised": {ABOVE}, "elevated": {ABOVE}, "low": {BELOW},
}  # fmt: skip


def _turned_normal(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Tell the first or last value in its range, or out of it, by the chart's own flags; all of them where none was."""
    match = _WHEN_NORMAL.search(plan.text)
    judged = [point for point in points if side_of(point)]
    if match is None or not judged:
        return []
    inside = [point for point in judged if side_of(point) in _LIES[" ".join(match["lies"].lower().split())]]
    if not inside:
        return trend(points, plan, chart)
    return [_point_claim(inside[-1 if match["which_time"].lower() == "last" else 0], chart, "value_in_window")]


_WHICH_LIE = Cue(
    r"\b(?:how (?:many|often)|number of|which|what|any|all|every|each|list|when)\b[^?.;]*?"
    r"\b(?:was|were|is|are|been|be|came back|ran|run|running|went|measured|times|that)\b(?: [\w'-]+){0,3}? "
    r"(?:(?:too|very|out of) )?(?P<lies>normal|(?:in|within) range|abnormal|out of range|range|high|raised|elevated|low)"
    r"(?=\W*$| (?:in|on|at|since|during|over|this|last|before|after|between|while|when|and)\b)"
)
"""Asks for each value on one side of its range, or how many there were: "how often was her potassium high?"."""


def _lying(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim] | None:
    """Tell the values on the side that is asked, by the chart's own flags, or their number; `None`: that is not asked."""
    match = _WHICH_LIE.search(plan.text)
    if match is None or not (asks_number(plan.text) or plan.intent is Intent.LIST or _EACH.search(plan.text)):
        return None
    judged = [point for point in points if side_of(point)]
    lies = " ".join(match["lies"].lower().split())
    lying = [point for point in judged if side_of(point) in _LIES.get(lies, _LIES["out of range"])]
    if not judged:
        return []  # without a flag or a range the chart does not say which those are
    if not lying:
        return trend(points, plan, chart)
    told = [_point_claim(point, chart, "value_in_window") for point in lying[-MOST_POINTS:]]
    if not asks_number(plan.text):
        return told
    return [count_claim([point.fact for point in lying], chart, name_of(lying[-1].fact)), *told[:MOST_COUNTED]]


_EACH = Cue(r"^\W*(?:which|what|list|show|every|each|all|when)\b")
MOST_COUNTED = 6
"""Values that are told one by one beside their number."""


def _series_claims(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim]:
    told = _by_their_size(points, plan, chart)
    if told is not None:
        return told
    answer = _SERIES.get(plan.intent)
    if plan.newest_several is not None:
        points = [point for point in points if point.component or not is_unavailable(point.fact)][-plan.newest_several :]
        if answer is None:
            return [_point_claim(point, chart, "value_in_window") for point in points[-MOST_POINTS:]]
    if plan.intent is Intent.LATEST and plan.window is not None and plan.ordinal is None and (plan.every or _is_closed(plan)):
        known = [point for point in points if point.component or not is_unavailable(point.fact)] or list(points)
        return [_point_claim(point, chart, "value_in_window") for point in known[-MOST_POINTS:]]
    if answer is None:
        if plan.window is not None and plan.intent in {Intent.LIST, Intent.DESCRIBE} and 1 < len(points) <= MOST_POINTS:
            return [_point_claim(point, chart, "value_in_window") for point in points]
        if plan.intent is Intent.LIST:
            return [_point_claim(point, chart, "list") for point in points[-MOST_POINTS:]]
        return _latest(points, plan, chart) if plan.ordinal is None else _nth(points, plan.ordinal, chart)
    return answer(points, plan, chart)


def _by_their_size(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim] | None:
    """Tell the values chosen by a limit or their range, or when they crossed it; `None`: that is not asked."""
    crossing, limit = crossing_asked(plan.text), limit_asked(plan.text)
    told: list[DraftClaim] = []
    if plan.intent in _OF_CROSSINGS:
        told = (_crossed(points, crossing, chart) if crossing is not None else []) or _turned_normal(points, plan, chart)
    if not told and limit is not None and plan.intent in _OF_LIMITS:
        told = beyond_limit(points, limit, plan, chart)
    return told or _lying(points, plan, chart)


def _is_closed(plan: Plan) -> bool:
    """Say whether values of a time with both ends are asked ("creatinine in May 2024"), and not the last of them."""
    window = plan.window
    return window is not None and None not in {window.first, window.last} and not plan.newest


def _point_claim(point: Point, chart: Chart, route: str) -> DraftClaim:
    return draft(point.fact, chart, route=route, component=point.component)


def _latest(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim]:
    with_value = [point for point in points if point.component or not is_unavailable(point.fact)] or list(points)
    newest = with_value[-1]
    same_time = [point for point in with_value if _same_moment(point.fact, newest.fact) and point.fact.value != newest.fact.value]
    return [_point_claim(point, chart, "latest_value") for point in (newest, *same_time[:2])]


def _nth(points: Sequence[Point], ordinal: int, chart: Chart) -> list[DraftClaim]:
    """Tell the nth value, by its moment, from the first (1) or from the last (-1) on; nothing where there are fewer."""
    with_value = [point for point in points if point.component or not is_unavailable(point.fact)]
    moments = {point.fact.occurred.start: point for point in with_value if point.fact.occurred is not None}
    asked = nth(list(moments.values()), ordinal)
    return [_point_claim(asked, chart, "value_in_window")] if asked is not None else []


def _same_moment(one: Fact, other: Fact) -> bool:
    return one.occurred is not None and other.occurred is not None and one.occurred.start == other.occurred.start


def _first(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Tell the first value; of those after a turn of treatment the next one too, where the first is of that very day."""
    anchor, window = plan.anchor, plan.window
    turned = anchor is not None and anchor.relation is Relation.AFTER and anchor.event.kind in _TURNS
    same_day = window is not None and window.first is not None and _days_from(window.first, points[0]) == 0
    return [_point_claim(point, chart, "first_value") for point in points[: 2 if turned and same_day else 1]]


def _extreme(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim]:
    numbers = numeric(points)
    if not numbers:
        return _latest(points, plan, chart)
    highest = plan.intent is Intent.HIGHEST
    highest = highest and not (worst_is_low(numbers[-1], chart) and re.search(r"\bworst\b", plan.text, re.I))
    best = max(numbers, key=number_of) if highest else min(numbers, key=number_of)
    said = state(best.fact, component=best.component)
    word = "highest" if highest else "lowest"
    others = in_other_units(points, numbers)
    if len(numbers) == 1 and not others:
        return [_point_claim(best, chart, "latest_value")]
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
    if any(point.fact.span is not None and point.component is not None for point in numbers):
        # A note writes "BP 136/86": of a systolic pressure by itself it says nothing that could be cited.
        return [_point_claim(point, chart, "value_in_window") for point in points[-MOST_POINTS:]]
    shown = _spread(numbers)
    first, last = numbers[0], numbers[-1]
    difference = number_of(last) - number_of(first)
    whole = {point.fact.id for point in points if point.component is None and point.fact.value is None}
    name = measured_name(last.fact) if last.component is None else plain_display(last.component.concept.text)
    if last.fact.id in whole:
        name = f"{name_of(last.fact)}: {name}"
    told = ", ".join(f"{_shown(point, whole=point.fact.id in whole)} ({point.day})" for point in shown)
    word = "was unchanged" if difference == 0 else f"{'rose' if difference > 0 else 'fell'} by {tidy(abs(difference))}"
    unit = readable_unit(last.quantity.unit) if last.quantity else ""
    kept = "" if len(shown) == len(numbers) else "; further values between are set aside"
    text = f"{name} {word}{' ' + unit if unit and difference else ''} from {first.day} to {last.day}: {told}{kept}."
    others = in_other_units(points, numbers)
    text += _not_compared(others)
    return [
        DraftClaim(
            text=text,
            kind=ClaimKind.COMPUTED,
            citations=_cite_points(
                [*shown, *(Point(point.fact, None) for point in shown if point.fact.id in whole), *others], chart
            ),
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


def _shown(point: Point, *, whole: bool = False) -> str:
    """Say a value; `whole`: with the other parts of its fact, a blood pressure as `142/88 mm[Hg]`."""
    if whole:
        return said_components(point.fact)
    value = value_of(point.fact, point.component)
    return shown_number(value) if value else ""


def tidy(number: Decimal) -> str:
    """Write a number with at most two places, as answers show a result."""
    rounded = number.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return format(rounded, "f")


def _difference_of(first: Point, last: Point) -> Computation:
    return Computation(
        operation="difference",
        inputs=tuple(point.quantity.written for point in (last, first) if point.quantity),
        result=tidy(number_of(last) - number_of(first)),
    )


def _difference(points: Sequence[Point], plan: Plan, chart: Chart) -> list[DraftClaim]:
    numbers = numeric(points)
    if len(numbers) < 2:
        return _latest(points, plan, chart)
    if len(numbers) > 2 and plan.window is None:
        return trend(points, plan, chart)  # between which of them is not placed
    first, last = numbers[0], numbers[-1]
    change = number_of(last) - number_of(first)
    unit = readable_unit(last.quantity.unit) if last.quantity else ""
    name = measured_name(last.fact) if last.component is None else plain_display(last.component.concept.text)
    word = "was unchanged" if change == 0 else f"{'rose' if change > 0 else 'fell'} by {tidy(abs(change))}"
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
    if not numeric(points):
        return _latest(points, plan, chart)
    return [_mean_claim(numbers, chart) for numbers in (numeric(points), _second_parts(points)) if numbers]


def _second_parts(points: Sequence[Point]) -> list[Point]:
    """Return the lower values of pressures that are asked as a whole; empty where a single part is asked, or something else."""
    whole = [point.fact for point in points if point.component is None and point.fact.value is None]
    lower = [
        Point(fact, part)
        for fact in whole
        for part in fact.components
        if part.value is not None
        and part.value.quantity is not None
        and any(coding.code == DIASTOLIC for coding in part.concept.codings)
    ]
    return numeric(lower)


def _mean_claim(numbers: Sequence[Point], chart: Chart) -> DraftClaim:
    mean = sum((number_of(point) for point in numbers), Decimal(0)) / len(numbers)
    unit = readable_unit(numbers[-1].quantity.unit) if numbers[-1].quantity else ""
    name = measured_name(numbers[-1].fact) if numbers[-1].component is None else plain_display(numbers[-1].component.concept.text)
    shown = f"{tidy(mean)}{' ' + unit if unit else ''}"
    text = f"The mean of {len(numbers)} values of {name} from {numbers[0].day} to {numbers[-1].day} is {shown}."
    computation = Computation(
        operation="mean",
        inputs=tuple(point.quantity.written for point in numbers if point.quantity),
        result=tidy(mean),
    )
    return DraftClaim(
        text=text,
        kind=ClaimKind.COMPUTED,
        citations=_cite_points(numbers, chart),
        route="average",
        computation=computation,
    )


def _count_points(points: Sequence[Point], _plan: Plan, chart: Chart) -> list[DraftClaim]:
    return [count_claim([point.fact for point in points], chart, measured_name(points[-1].fact))] if points else []


_OF_LIMITS = frozenset(
    {Intent.LIST, Intent.TREND, Intent.LATEST, Intent.COUNT, Intent.DESCRIBE, Intent.PRESENCE, Intent.HIGHEST, Intent.LOWEST}
)
"""Intents under which each value beyond a limit may be asked for."""
_OF_CROSSINGS = frozenset({*_OF_LIMITS - {Intent.COUNT}, Intent.WHEN, Intent.FIRST, Intent.CHANGES})
"""Intents under which the day of crossing a limit may be asked for."""
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
