"""How fast a value moves, and how long it has been as it is: "how fast is the eGFR falling?", "since when is the viral load undetectable?".

Both are computed from the dated values of what is named, or of the first measurement that follows the problem that is named. How
long a value is normal, undetectable or beyond a number counts from the first value of the last unbroken run of such values.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim, Missing
from chartcite.engine.domain.records import AssertionStatus, Fact
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.facts.counts_and_durations import duration_claim
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.fact_selection import MEASURED_SET
from chartcite.engine.facts.measured_values import Point, number_of, numeric, points_of, series_of
from chartcite.engine.facts.statements import name_of, readable_unit, shown_number, value_of
from chartcite.engine.facts.turned_negative import is_negative
from chartcite.engine.facts.value_answers import tidy, trend
from chartcite.engine.facts.values_anyway import NOTHING, Told
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.limits_asked import limit_named
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.retrieval import retrieve_facts
from chartcite.engine.review.result_changes import ABOVE, BELOW, INSIDE, side_of
from chartcite.engine.stories.problem_measures import MEASURES, measures_of
from chartcite.engine.stories.problem_summary import points_followed

_MOVES = r"(?:declin\w*|los(?:e|es|s|t|ing)|fall(?:s|ing)?|fell|drop\w*|wors\w+|deteriorat\w*|progress\w*|gr[oe]w\w*|ris(?:e[sn]?|ing)|rose|climb\w*|increas\w*|decreas\w*|chang\w*|gain\w*|improv\w*|shrink\w*|going (?:up|down|off)|go(?:es|ne)? (?:up|down|off)|com(?:e|es|ing) (?:up|down)|get(?:s|ting) (?:worse|better|bigger|smaller))"
_A_YEAR = r"(?:per|each|every|an?) (?:year|yr|annum)|/ ?(?:year|yr)|annual(?:ly)?|yearly"
_ASKS_PACE = Cue(
    rf"\bhow (?:fast|quick(?:ly)?|rapid(?:ly)?|steep(?:ly)?|slow(?:ly)?)\b[^?.;]*\b{_MOVES}\b|\b(?:rate|pace|speed|slope) of (?:[\w-]+ ){{0,4}}?{_MOVES}\b"
    rf"|\b{_MOVES} (?:rate|pace|slope)\b|\b{_MOVES}\b[^?.;]*\b(?:{_A_YEAR})\b|\b(?:{_A_YEAR})\b[^?.;]*\b{_MOVES}\b|\b(?:egfr|gfr|fev1?|psa) slope\b"
)
_LONG_ENOUGH = 180
"""Days between the first and the last value from which a change is told by the year."""
MOST_BACK_AND_FORTH = 3
"""How often the whole change a value may have gone to and fro for a mean change in a year to say anything of it."""
_DAYS_OF_YEAR = Decimal("365.25")

_HOW_LONG = r"(?:how (?:long|many (?:days|weeks|months|years))|since when|from when|for how long|how far back)"
_WHEN = r"(?:when|what date|(?:what|which) (?:day|month|year|visit))"
_AGAIN = r"(?:back|again|return\w*|normali[sz]e[sd]?|recover(?:ed)?|stop(?:ped)? being|be(?:come|came)|became|turn(?:ed)?|went|go|got|get|come|came|reach(?:ed)?|settle[sd]?|correct(?:ed)?|suppress(?:ed)?|clear(?:ed)?)"
_NEGATIVE = r"undetect\w+|suppress(?:ed|ion)|negative|not detect\w+|unmeasurable"
_NORMAL = r"normal(?:i[sz]e[sd]?)?|(?:in|within)(?: the)?(?: normal| reference)? (?:range|limits)|recover(?:ed)?|fine|ok(?:ay)?|correct(?:ed)?"
_OUTSIDE = r"abnormal|out(?:side)? of(?: the)? (?:normal )?range|deranged|off"
_HIGH = r"high|raised|elevated|up"
_LOW = r"low|down|reduced"
_LASTS = Cue(rf"\b{_HOW_LONG}\b[^?.;]*\b(?:has|have|is|are|was|been|'s)\b")
_TURNS = Cue(rf"\b{_WHEN}\b[^?.;]*\b{_AGAIN}\b")
_FIRST = Cue(r"\b(?:first|initially|originally|start(?:ed)? (?:to be|being)|begin|began)\b")
_PUBLIC_LIMIT = Decimal(200)
"""Copies/mL below which HIV is called suppressed (CDC; DHHS guidelines on antiretroviral treatment)."""
_ELSE = frozenset({Intent.REASON, Intent.WHO, Intent.COUNT, Intent.AGE, Intent.AVERAGE, Intent.SUMMARY})

State = tuple[str, Callable[[Point, Sequence[Point]], "bool | None"]]
"""What a state is called, and whether a value, one of a series, is in it; `None`: the chart does not say."""
MOST_OF_CLASS = 3
"""Measurements of a class ("liver tests") that are told at most."""


def told_pace(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell how a value moved with its mean change in a year; empty: its pace is not asked, or there are no two values to take it from."""
    if not _ASKS_PACE.search(text) or any(plan.family or plan.upcoming or plan.comparison for plan in plans):
        return []
    told = [claim for points in _followed(plans, reading)[:2] for claim in _paced(points, plans[0], reading)]
    return told if any(" a year" in claim.text for claim in told) else []


def _paced(points: Sequence[Point], plan: Plan, reading: Reading) -> list[DraftClaim]:
    """Tell the course of a value, and by how much it moved in a year on average where its values lie far enough apart."""
    numbers = numeric([point for point in points if plan.window is None or plan.window.holds(point.fact.occurred)])
    if len(numbers) < 2:
        return []
    claims = trend(numbers, plan, reading.chart)
    first, last = (point.fact.occurred for point in (numbers[0], numbers[-1]))
    days = (last.first_day - first.first_day).days if first is not None and last is not None else 0
    moved = number_of(numbers[-1]) - number_of(numbers[0])
    moves = [abs(number_of(after) - number_of(before)) for before, after in pairwise(numbers)]
    days = days if abs(moved) * MOST_BACK_AND_FORTH >= sum(moves) else 0
    days = days if min(len(numbers[0].day), len(numbers[-1].day)) == _WHOLE_DAY else 0
    if days < _LONG_ENOUGH or not moved or len(claims) != 1 or claims[0].computation is None:
        return claims
    unit = readable_unit(numbers[-1].quantity.unit) if numbers[-1].quantity else ""
    rate = f"{tidy(round(abs(moved) * _DAYS_OF_YEAR / days, 1 if abs(moved) > 1 else 2))}{' ' + unit if unit else ''}"
    until = f" to {numbers[-1].day}"
    return [claims[0].model_copy(update={"text": claims[0].text.replace(f"{until}:", f"{until}, on average {rate} a year:", 1)})]


def told_lasting_state(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell since when a value is as it is, or when it turned so; empty: that is not asked, or no value tells it."""
    lasts, turns = _LASTS.search(text) is not None, _TURNS.search(text) is not None
    if not (lasts or turns) or any(plan.family or plan.comparison or plan.intent in _ELSE for plan in plans):
        return []
    state = _state_asked(text, plans)
    if state is None or (not lasts and _STATES["negative"].search(text)):
        return []  # when a test turned negative is told by its first negative result
    told: list[DraftClaim] = []
    never: list[DraftClaim] = []
    for points in _followed(plans, reading, of_class=MOST_OF_CLASS):
        judged = [(point, inside) for point in points if (inside := state[1](point, points)) is not None]
        turned = _turned(judged, reading, first=_FIRST.search(text) is not None) if turns and not lasts else []
        told += _since(judged, state[0], reading) if judged and lasts else turned
        never += trend(points, plans[0], reading.chart) if judged and not any(inside for _, inside in judged) else []
    return told or never[:1]


def told_before_too(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell the course of a value of which is asked how it is and how it was before; empty: that is not asked."""
    named = {target.label for plan in plans for target in plan.targets}
    measured = all(target.kind is ConceptKind.MEASUREMENT for plan in plans for target in plan.targets)
    if len(named) != 1 or not measured or not _BEFORE_TOO.search(text) or any(plan.family or plan.comparison for plan in plans):
        return []
    if any(plan.window is not None or plan.anchor is not None for plan in plans):
        return []
    return [
        claim for points in _followed(plans[:1], reading) if len(points) > 1 for claim in trend(points, plans[0], reading.chart)
    ]


_BEFORE_TOO = Cue(
    r"\b(?:and|or|,) ?(?:was|were|what was|how was|what were|has|have|had|what did)\b[^?.;]{0,40}?\b(?:before(?: that)?|previously|earlier|in the past|used to be|last time)\W*$"
)


def told_kept(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell the course of the first of some measurements of which is asked if they are under control: "is her thyroid under control?"."""
    targets = [target for plan in plans for target in plan.targets]
    if len(targets) != 1 or targets[0].kind is not ConceptKind.MEASUREMENT:
        return []
    if not _AGAIN_SO.search(text) and not (targets[0].is_class and _KEPT.search(text)):
        return []
    if any(plan.family or plan.comparison or plan.window is not None or plan.intent in _ELSE for plan in plans):
        return []
    return [claim for points in _followed(plans, reading)[:1] for claim in trend(points, plans[0], reading.chart)]


_KEPT = Cue(
    r"\b(?:under control|(?:well |poorly |badly )?controlled|control|in check|well managed|(?:back to |all |now )*normal(?: again| now| yet)?|in (?:the )?(?:normal )?range|stable)\W*$"
)


_AGAIN_SO = Cue(
    r"\b(?:is|are|has|have|did)\b[^?.;]*\b(?:back (?:to|in|within) (?:the )?(?:normal|range)|normal (?:again|yet)|normali[sz]ed|recovered)\W*(?:yet|now)?\W*$"
)


_SIZES = {
    "weight-percentile": "body-weight",
    "height-percentile": "body-height",
    "bmi-percentile": "body-mass-index",
    "head-circumference-percentile": "head-circumference",
}
"""What a percentile is taken of, by lexicon id."""


def size_without_percentile(plan: Plan, reading: Reading, /) -> Told:
    """Tell the newest measured size where its percentile is asked and the chart holds none, and say that it lacks."""
    asked = [target for target in plan.targets if target.ids[:1] and target.ids[0] in _SIZES and not target.concept_keys]
    if not asked or plan.family or plan.comparison or plan.upcoming:
        return NOTHING
    series = [points for target in asked for points in points_followed([_SIZES[target.ids[0]]], reading)[:1]]
    inside = [[point for point in points if plan.window is None or plan.window.holds(point.fact.occurred)] for points in series]
    claims = _drafts([points[-1] for points in map(_valid, inside) if points], reading)
    why = "the chart holds the measured value and no percentile of it"
    return Told(claims, [Missing(what=target.words, why=why) for target in asked]) if claims else NOTHING


def _since(judged: Sequence[tuple[Point, bool]], name: str, reading: Reading) -> list[DraftClaim]:
    """Tell the last unbroken run of values in a state with its length, and the value before it; else the newest value and the last in it."""
    points = [point for point, _ in judged]
    outside = [place for place, (_, inside) in enumerate(judged) if not inside]
    begins = outside[-1] + 1 if outside else 0
    run = points[begins:]
    if not run:
        held = [point for point, inside in judged if inside]
        return _drafts([points[-1], *held[-1:]], reading)
    before = points[begins - 1 : begins] if begins else []
    first, last = run[0].day, run[-1].day
    if first == last or len(first) < _WHOLE_DAY or len(last) < _WHOLE_DAY:
        return _drafts([*run[-1:], *before], reading)
    facts = [point.fact for point in run]
    ends = ", ".join(
        f"{shown_number(value)} on {point.day}" for point in (run[0], run[-1]) if (value := value_of(point.fact, point.component))
    )
    called = f"{name_of(run[-1].fact)} {name} ({ends})"
    try:
        lasting = duration_claim(called, facts, first[:_WHOLE_DAY], last[:_WHOLE_DAY], reading.chart, going_on=False)
    except CitationNotFoundError:
        return _drafts([run[0], run[-1], *before], reading)
    return [lasting, *_drafts([run[0], *before, *(run[-1:] if len(run) > 1 else [])], reading)]


_WHOLE_DAY = len("2020-01-01")


def _turned(judged: Sequence[tuple[Point, bool]], reading: Reading, *, first: bool) -> list[DraftClaim]:
    """Tell the value with which a state began, the first time or the last, and the one before it; empty: it never turned."""
    starts = [
        place
        for place, (_, inside) in enumerate(judged)
        if inside and (place == 0 or not judged[place - 1][1]) and (first or place)
    ]
    if not starts:
        return []
    start = starts[0 if first else -1]
    told = [judged[start][0], *(judged[start - 1][:1] if start else ())]
    return _drafts([*told, *([] if judged[-1][1] else [judged[-1][0]])], reading)


def _drafts(points: Sequence[Point], reading: Reading) -> list[DraftClaim]:
    told: list[DraftClaim] = []
    for point in points:
        try:
            told.append(draft(point.fact, reading.chart, route="value_in_window", component=point.component))
        except CitationNotFoundError:
            continue
    return told


def _state_asked(text: str, plans: Sequence[Plan]) -> State | None:
    """Return the state of a value that a question names, the most particular first."""
    limit = limit_named(text)
    if limit is not None:
        return (
            f"{'above' if limit.above else 'below'} that limit",
            lambda point, _: limit.holds(number_of(point)) if point.quantity is not None else None,
        )
    if _STATES["suppressed"].search(text) and any(
        "hiv" in id_ for plan in plans for target in plan.targets for id_ in target.ids[:1]
    ):
        return "suppressed", _is_suppressed
    if _STATES["negative"].search(text):
        return "undetectable" if "undetect" in text.lower() else "negative", lambda point, _: is_negative(point.fact, below=True)
    for name, sides in _SIDES.items():
        if _STATES[name].search(text):
            return name, lambda point, points, sides=sides: side in sides if (side := _side_in(point, points)) else None
    return None


def _side_in(point: Point, points: Sequence[Point]) -> str:
    """Return where a value lies; of a laboratory that flags what is outside its range, a value with a range and no flag lies inside."""
    side = side_of(point)
    if side or point.quantity is None or not point.fact.reference_range:
        return side
    return INSIDE if any(side_of(each) in {ABOVE, BELOW} for each in points) else ""


def _is_suppressed(point: Point, _points: Sequence[Point]) -> bool | None:
    return number_of(point) < _PUBLIC_LIMIT if point.quantity is not None else is_negative(point.fact, below=True)


_STATES = {
    name: Cue(rf"\b(?:{words})\b")
    for name, words in {
        "suppressed": r"suppress(?:ed|ion)",
        "negative": _NEGATIVE,
        "outside its range": _OUTSIDE,
        "normal": _NORMAL,
        "high": _HIGH,
        "low": _LOW,
    }.items()
}
_SIDES = {
    "outside its range": {ABOVE, BELOW, "flagged"},
    "normal": {INSIDE},
    "high": {ABOVE},
    "low": {BELOW},
}


def _followed(plans: Sequence[Plan], reading: Reading, *, of_class: int = 1) -> list[list[Point]]:
    """Return the values of each measurement that a question names, or of the first that follows the problem it names."""
    found: list[list[Point]] = []
    problems: list[Target] = []
    for plan in plans:
        for item in retrieve_facts(plan, reading.shelves.records, scope=reading.scope):
            if item.target.kind is ConceptKind.CONDITION:
                problems.append(item.target)
            elif item.target.kind in {ConceptKind.MEASUREMENT, None}:
                found += _series_named(item.target, item.facts, reading)[:of_class]
    if found or not problems:
        return found
    ids = measures_of([id_ for problem in problems for id_ in problem.ids[:1]], reading.chart.lexicon)
    return [points for id_ in ids for points in map(_valid, points_followed([id_], reading)) if points][:1]


def _valid(points: Sequence[Point]) -> list[Point]:
    return [point for point in points if point.fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]


def _series_named(target: Target, facts: Sequence[Fact], reading: Reading) -> list[list[Point]]:
    """Return the series of values that a name means, of a class of measurements the one by which a problem is followed first."""
    valued = [
        fact
        for fact in facts
        if fact.span is None
        and fact.category in MEASURED_SET
        and fact.occurred is not None
        and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
    ]
    points = [point for point in points_of(target, valued, reading.chart) if point.fact.value is not None or point.component]
    groups = [group for group in series_of(points, reading.chart).values() if any(point.fact.value for point in group)]
    return sorted(groups, key=lambda group: (_rank(group[-1], reading), -len(group)))


_BY_WEIGHT = tuple(dict.fromkeys(id_ for measures in MEASURES.values() for id_ in measures))
"""The measurements that follow problems: of those of one problem the most telling first."""


def _rank(point: Point, reading: Reading) -> int:
    linked = reading.chart.lexicon.link(point.component.concept if point.component else point.fact.concept)
    best = max(linked.values(), default=0)
    return min(
        (_BY_WEIGHT.index(id_) for id_, strength in linked.items() if strength == best and id_ in _BY_WEIGHT),
        default=len(_BY_WEIGHT),
    )
