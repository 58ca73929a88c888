"""Results that crossed a limit of the chart or moved further than chance, and vital signs measured again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from chartcite.engine.domain.answers import ClaimKind, Computation, DraftClaim
from chartcite.engine.domain.briefings import Line, Section
from chartcite.engine.domain.records import AssertionStatus, Category, Fact, Quantity
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.facts.body_sides import site_said
from chartcite.engine.facts.fact_claims import cite
from chartcite.engine.facts.measured_values import Point, of_side
from chartcite.engine.facts.statements import name_of, readable_unit, shown_number, value_of
from chartcite.engine.findings.expected_variation import expected_change, in_words
from chartcite.engine.language.terminology import plain_display
from chartcite.engine.language.units import normalised
from chartcite.engine.review.chart_review import Review, section

ABOVE, BELOW, FLAGGED, INSIDE = "above", "below", "flagged", "inside"
_FLAGS = {
    "h": ABOVE, "hh": ABOVE, "hu": ABOVE, "high": ABOVE, "critical high": ABOVE, ">": ABOVE,
    "l": BELOW, "ll": BELOW, "lu": BELOW, "low": BELOW, "critical low": BELOW, "<": BELOW,
    "a": FLAGGED, "aa": FLAGGED, "abnormal": FLAGGED, "critical abnormal": FLAGGED, "n": INSIDE, "normal": INSIDE,
}  # fmt: skip
"""HL7 observation interpretation codes and their displays (http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation)."""
_LOINC_AXES = re.compile(r" \[(?:[^\]/]{1,40}/[^\]]{1,40}|Entitic \w+|Volume Fraction)\].*$")
_NO_RESULT = frozenset({"cancelled", "registered", "unknown"})
VITAL_IDS = (
    "systolic-blood-pressure", "diastolic-blood-pressure", "body-weight", "heart-rate", "oxygen-saturation", "body-temperature",
    "respiratory-rate",
)  # fmt: skip
"""Lexicon ids of the vital signs that are told, in this order."""


class Series(NamedTuple):
    """Values of one thing in one unit, oldest first."""

    key: str
    points: list[Point]

    @property
    def newest(self) -> Point:
        """The last value."""
        return self.points[-1]


def series_of(review: Review, *categories: Category) -> list[Series]:
    """Return the dated numbers of some categories by what was measured, each in the unit of its newest value."""
    groups: dict[str, list[Point]] = defaultdict(list)
    for fact in review.of(*categories):
        if fact.occurred is None or fact.occurred.first_day > review.today or fact.status in _NO_RESULT:
            continue
        if fact.assertion is AssertionStatus.ABSENT:
            continue
        for point in (Point(fact, None), *(Point(fact, part) for part in fact.components)):
            if point.quantity is not None:
                groups[key_of(point, review)].append(point)
    found = []
    for key, points in groups.items():
        unit = unit_of(points[-1])
        found.append(Series(key, [point for point in points if unit_of(point) == unit]))
    return found


def concepts_of(point: Point, review: Review) -> tuple[str, ...]:
    """Return the lexicon ids of what was measured, sorted."""
    concept = point.component.concept if point.component else point.fact.concept
    return tuple(sorted(id_ for id_, strength in review.lexicon.link(concept).items() if strength == 2))


def key_of(point: Point, review: Review) -> str:
    """Return the same key for values of the same thing."""
    known = concepts_of(point, review)
    return (known[0] if known else name_of_point(point).lower()) + of_side(point.fact)


def name_of_point(point: Point) -> str:
    """Return what was measured, in the chart's words."""
    return plain_display(point.component.concept.text) if point.component else name_of(point.fact)


def short_name(point: Point) -> str:
    """Return what was measured without the property, specimen and method that a LOINC long name adds."""
    site = site_said(point.fact) if point.component is None else ""
    return _LOINC_AXES.sub("", name_of_point(point)) + (f" ({site})" if site else "")


def unit_of(point: Point) -> str:
    """Return the unit however it is spelled."""
    quantity = point.quantity
    if quantity is None:
        return ""
    written = quantity.unit or quantity.ucum
    return normalised(written, ucum=quantity.ucum) or written.lower().replace(" ", "")


def side_of(point: Point) -> str:
    """Return where a value lies by the chart's own flag, else by its own reference range; empty: the chart gives neither."""
    fact, quantity = point.fact, point.quantity
    if point.component is not None or quantity is None:
        return ""
    flag = _FLAGS.get(fact.interpretation.strip().lower())
    if flag:
        return flag
    if quantity.comparator or (fact.range_low is None and fact.range_high is None):
        return ""
    if fact.range_high is not None and quantity.value > fact.range_high:
        return ABOVE
    return BELOW if fact.range_low is not None and quantity.value < fact.range_low else INSIDE


def is_abnormal(point: Point) -> bool:
    """Say whether the chart itself marks a value as outside its range."""
    return side_of(point) in {ABOVE, BELOW, FLAGGED}


def results_of(review: Review) -> list[Series]:
    """Return the series of laboratory results and other measurements that are no vital signs."""
    return series_of(review, Category.LABORATORY, Category.OBSERVATION)


def result_changes(review: Review, found: Sequence[Series], first: date | None, *, still_outside: bool = True) -> Section:
    """Say which results crossed a limit of the chart, moved beyond their expected variation, or are outside their range still."""
    told: list[tuple[int, Line | None]] = []
    fresh = judged = 0
    for series in found:
        new = [point for point in series.points if _is_new(point, first)]
        if not new:
            continue
        fresh += 1
        judged += bool(side_of(new[-1])) or expected_change(concepts_of(new[-1], review)) is not None
        told.append(_judge(series, new, review, still_outside=still_outside))
    lines = [line for _, line in sorted(told, key=lambda pair: pair[0]) if line]
    results = sum(len(series.points) for series in found)
    searched = (
        f"{results} numeric results of {len(found)} tests searched; {fresh} tests have a new result, {judged} of these with "
        "a reference range, a flag or a published variation"
    )
    return section("results", "Results", lines, searched, most=15)


def _is_new(point: Point, first: date | None) -> bool:
    fact = point.fact
    moments = [moment for moment in (fact.occurred, fact.recorded) if moment]
    return first is None or any(moment.first_day >= first for moment in moments)


def _judge(series: Series, new: Sequence[Point], review: Review, *, still_outside: bool) -> tuple[int, Line | None]:
    """Return a line about the new values of a series with its rank (smaller is told first), or no line."""
    last = new[-1]
    older = [point for point in series.points if point not in new]
    before = older[-1] if older else (new[0] if len(new) > 1 else None)
    side = side_of(last)
    if before is None:
        return (2, review.line("first value, outside range", last.fact)) if is_abnormal(last) else (9, None)
    beyond = beyond_expected(before, last, review)
    if is_abnormal(last) and side_of(before) not in {side, ""}:
        return 0, _pair(before, last, "now outside range", review, beyond)
    if beyond:
        return (1 if is_abnormal(last) else 3), _pair(before, last, "moved beyond expected variation", review, beyond)
    if side == INSIDE and is_abnormal(before):
        return 4, _pair(before, last, "back in range", review, "")
    between = [point for point in new[:-1] if is_abnormal(point)]
    if between and not is_abnormal(last):
        return 5, review.line("outside range in between", between[-1].fact)
    if still_outside and is_abnormal(last):
        return 6, _pair(before, last, "still outside range", review, "")
    return 9, None


def beyond_expected(before: Point, now: Point, review: Review) -> str:
    """Return the published figure that the change between two values exceeds; empty: none is listed, or it does not."""
    expected = expected_change(concepts_of(now, review))
    one, two = before.quantity, now.quantity
    if expected is None or one is None or two is None or one.comparator or two.comparator or one.value <= 0:
        return ""
    change = abs(two.value - one.value) * 100 / one.value
    return in_words(expected) if change > expected else ""


def _pair(before: Point, now: Point, label: str, review: Review, why: str) -> Line | None:
    drafted = pair_claim(before, now, review)
    return review.line(label, drafted, why=why) if drafted else None


def pair_claim(before: Point, now: Point, review: Review) -> DraftClaim | None:
    """Say how a value moved, in percent of the earlier one (in its unit, where that is not above zero)."""
    one, two = before.quantity, now.quantity
    if one is None or two is None:
        return None
    return _drafted(_arithmetic(one, two), before, now, review)


def difference_claim(before: Point, now: Point, review: Review) -> DraftClaim | None:
    """Say by how much a value moved, in its unit."""
    one, two = before.quantity, now.quantity
    if one is None or two is None:
        return None
    return _drafted(_difference(one, two), before, now, review)


class _Moved(NamedTuple):
    words: str
    computation: Computation


def _arithmetic(one: Quantity, two: Quantity) -> _Moved:
    if one.value <= 0 or one.comparator or two.comparator:
        return _difference(one, two)
    percent = (100 * (two.value - one.value) / one.value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    shown = abs(percent).quantize(Decimal("0.1"), ROUND_HALF_UP)
    of_itself = " of its value" if readable_unit(two.unit) == "%" else ""  # "by 8.5 %, from 8.2 % to 7.5 %" reads as points
    words = f"{_verb(percent)} {shown} %{of_itself}" if percent else ""
    return _Moved(words, Computation(operation="percent_change", inputs=(two.written, one.written), result=str(percent)))


def _difference(one: Quantity, two: Quantity) -> _Moved:
    change = two.value - one.value
    result = format(change.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize(), "f")
    unit = readable_unit(two.unit)
    words = f"{_verb(change)} {result.lstrip('-')}{f' {unit}' if unit else ''}" if result not in {"0", "-0"} else ""
    result = "0" if result == "-0" else result
    return _Moved(words, Computation(operation="difference", inputs=(two.written, one.written), result=result))


def _verb(change: Decimal) -> str:
    return "rose by" if change > 0 else "fell by"


def _drafted(moved: _Moved, before: Point, now: Point, review: Review) -> DraftClaim | None:
    name = short_name(now)
    step = f"{moved.words}: from" if moved.words else "is as before:"
    text = f"{name} {step} {shown(before)} on {before.day} to {shown(now)} on {now.day}{limits(now)}."
    try:
        citations = tuple(cite(point.fact, review.chart, component=point.component) for point in (now, before))
    except CitationNotFoundError:
        review.dropped += 1
        return None
    return DraftClaim(
        text=text,
        kind=ClaimKind.COMPUTED,
        citations=citations,
        route="difference",
        computation=moved.computation,
        category=now.fact.category,
    )


def shown(point: Point) -> str:
    """Return a value with its unit."""
    value = value_of(point.fact, point.component)
    return shown_number(value) if value else ""


def limits(point: Point) -> str:
    """Return the reference range and flag of a value in words, with a blank in front; empty where the chart gives none."""
    fact = point.fact
    if point.component is not None or not fact.reference_range:
        return ""
    flag = f", flagged {fact.interpretation}" if fact.interpretation and is_abnormal(point) else ""
    return f" (reference range {fact.reference_range}{flag})"


def vital_changes(review: Review, first: date | None) -> Section:
    """Say the newest of the vital signs measured since, with the difference to the last one before; no limit is applied."""
    found = {series.key: series for series in series_of(review, Category.VITAL_SIGN)}
    measured = review.of(Category.VITAL_SIGN)
    lines: list[Line | None] = []
    for key in VITAL_IDS:
        series = found.get(key)
        new = [point for point in series.points if _is_new(point, first)] if series else []
        if series is None or not new:
            continue
        older = [point for point in series.points if point not in new]
        before = older[-1] if older else None
        claim: Fact | DraftClaim | None = difference_claim(before, new[-1], review) if before else new[-1].fact
        label = "now outside range" if is_abnormal(new[-1]) else "measured"
        lines.append(review.line(label, claim) if claim else None)
    days = {fact.occurred.day for fact in measured if fact.occurred}
    newest = max(days, default="")
    searched = f"{len(measured)} vital signs searched{f', newest {newest}' if newest else ''}"
    return section("vital_signs", "Vital signs", lines, searched)
