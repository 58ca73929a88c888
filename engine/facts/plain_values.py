"""Plain questions for the values of a measurement: those of a time, beyond a limit, out of range, as they stand now.

"Which of his pressures were high in 2025?", "potassium over 5.5 ever?", "is my cholesterol good?", "was her TSH checked this year?"
A question is plain where every word of it is a measurement of the chart, a time, a limit, or a word of `_PLAIN`: then nothing else
is asked, and nothing of another time or thing is told.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.comparisons.series_told import sets_against
from chartcite.engine.dates.anchor_words import EventKind
from chartcite.engine.dates.timed import timed_by_event
from chartcite.engine.domain.answers import DraftClaim, Missing
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.counts_and_durations import count_claim
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.fact_selection import MEASURED_SET, select
from chartcite.engine.facts.measured_values import Point, is_unavailable, number_of, numeric, points_of, series_of
from chartcite.engine.facts.statements import name_of
from chartcite.engine.facts.value_answers import MOST_COUNTED, MOST_POINTS, beyond_limit, trend
from chartcite.engine.language.course_words import asks_movement
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms, plain_display
from chartcite.engine.questions.abnormal_results import asks_abnormal, is_flagged
from chartcite.engine.questions.limits_asked import asks_number, crossing_asked, limit_named, without_limit
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent, is_plain
from chartcite.engine.retrieval import preferred, retrieve_facts
from chartcite.engine.review.result_changes import ABOVE, BELOW, FLAGGED, INSIDE, side_of


class Told(NamedTuple):
    """Values, and what of the question they leave open."""

    claims: list[DraftClaim]
    missing: list[Missing]


NOTHING = Told([], [])
_INTENTS = frozenset(
    {
        Intent.LATEST, Intent.PRESENCE, Intent.LIST, Intent.TREND, Intent.COUNT, Intent.DESCRIBE, Intent.HIGHEST, Intent.LOWEST,
        Intent.WHEN, Intent.ACTIVE, Intent.FIRST, Intent.CHANGES,
    }
)  # fmt: skip
_PLAIN = frozenset(
    """a above abnormal abnormally actually again against all alright also an and any anybody anyone anything are as at back bad baseline been being
    below beneath between blood bloods both by came can chart check checked checks come could count counts current currently date dates day days
    dangerously did do does doing done during each either elevated ever every exactly fall fallen fell few figure figures find fine for found from gave
    get gets getting give given go goes going gone good got had has have having he healthy her hers him his how i in inside into is it its just lab
    labs laboratory last lately latest least less level levels like limit limits list look looked looking looks low lower many me mean measured
    measurement measurements monitored more most much my near need never new newest nice no normal normally not now number numbers occasion occasions
    of off ok okay on once or our out outside over part past people please pls point points present presently previous raised ran range ranges
    rather read reading readings really recent recently record recorded reference report reported result results right run running safe same score
    scores see seem seen shall she should show showed showing since so some somebody someone still stuff take taken tell test tested testing tests
    than that the their them then there these they thing things this those though time times to today too took trace tracked under up us usual
    value values very view was we well went were what whats when where whether which while who's with within work would written year years yet
    you your high highest higher unhealthy worrying dangerous recorded screened done available doc doctor doctors dr nurse they've anyones hers mum mom dad
    mother's mum's mom's dad's mums moms dads mother father's hows what's how's that's it's patient patient's pt pt's months month week weeks lab's days' son's daughter's wife's husband's son daughter wife husband child's please dates date list""".split()
)
"""Words that leave a question one for values alone."""
_JUDGED = Cue(
    r"\b(?P<high>(?:too |very |dangerously )?(?:high|raised|elevated)|up)\b|\b(?P<low>(?:too |very |dangerously )?low)\b"
    r"|\b(?P<out>abnormal(?:ly)?|off|(?:out|outside)(?: of)?(?: the)?(?: (?:normal|reference))? (?:range|limits)|bad|unhealthy|worrying|dangerous)\b"
    r"|\b(?P<fine>normal|ok(?:ay)?|alright|all right|fine|good|healthy|(?:in|within|inside)(?: the)?(?: (?:normal|reference))? (?:range|limits)|where (?:it|they) should be)\b"
)
_EXTREMES = frozenset({Intent.HIGHEST, Intent.LOWEST})
_AMOUNT = Cue(
    r"\b(?:los[et]|gain(?:ed)?|kgs?|kilos?|lbs?|pounds) (?:on|off|up|down|since|between|in|over|from|lost|gained|\()|\bhow much\b"
)
"""Asks by how much a value moved."""
_READINGS = Cue(r"\b(?:readings?|values?|levels?|results?|numbers?|measurements?|figures?|all|list|each|every|show|given?)\b")
_SIDES = {"high": {ABOVE}, "low": {BELOW}, "out": {ABOVE, BELOW, FLAGGED}, "fine": {ABOVE, BELOW, FLAGGED}}
_NOW = Cue(
    r"^\W*(?:and |so |but )*(?:is|are|am)\b|\bhow(?:['’]?s| is| are| do| does)\b(?! (?:many|much|often))|\b(?:now|currently|at the moment)\W*$"
)
_CHECKED = Cue(r"\b(?:check(?:s|ed)?|test(?:s|ed)?|measured|done|monitored|taken|looked at|screened|recorded|had|have|has|any)\b")
_BASELINE = Cue(
    r"\b(?:back|return\w*|near|close|at|down|up)\b(?: \w+){0,3}? (?:baseline|usual)\b|^\W*(?:is|was|are)\b[^?]*\bbaseline\b"
)
_BACK = Cue(r"\b(?:back|return\w*|come|came|gone|settled) (?:\w+ ){0,2}?(?:to|in|within) (?:\w+ )?(?:normal|range)\b")
_LATELY = Cue(r"\b(?:lately|recently|of late)\b")
_GOES_BEYOND = Cue(
    r"\b(?:first|last|earliest|most recent(?:ly)?|since when|how long ago|go|goes|drop\w*|fall|fell|fallen|rise|rose|get|got|climb\w*|cross\w*|reach\w*|dip\w*)\b"
)
_PARTS = frozenset({"systolic-blood-pressure", "diastolic-blood-pressure"})
_PRESSURES = frozenset({"blood-pressure", "orthostatic-blood-pressure"})
LATELY = timedelta(days=366)
"""How long before the newest value "lately" reaches back."""
MOST_LATELY = 6
FEW = 6
"""Values that are told one by one, with their ranges; more make a course."""


def told_plain_values(text: str, plans: Sequence[Plan], reading: Reading, /) -> Told:
    """Tell the values that a plain question asks for; nothing where it asks more, or where the usual ways tell them."""
    plan = None if _FOR_A_CASE.search(text) else _read(text, plans)
    if plan is None:
        return NOTHING
    if not plan.targets:
        return _of_last_day(plan, reading)
    timed = _placed(plan, reading)
    if timed is None:
        return NOTHING
    found = retrieve_facts(plan, reading.shelves.records, scope=reading.scope)
    by_target = [_series(item.target, item.facts, plan, reading) for item in found]
    if not _each_is_told(by_target, timed):
        return NOTHING
    series = [group for groups in by_target for group in groups]
    inside = [held for group in series if (held := [point for point in group if _holds(timed, point)])]
    return _by_limit(timed, inside, reading) or _by_time(timed, inside, series, reading)


_FOR_A_CASE = Cue(r"\b(?:what|who|when|how) (?:should|must|do|does|shall|can)\b[^?;]*\b(?:if|when(?:ever)?|once)\b")
"""Asks what to do should a value be so: "what should she do if her temperature goes up?"."""


def _each_is_told(by_target: Sequence[list[list[Point]]], plan: Plan) -> bool:
    """Say whether all that is asked has values of the time, or none of it: one alone does not answer for the other."""
    held = [any(_holds(plan, point) for group in groups for point in group) for groups in by_target]
    return all(by_target) and len(set(held)) == 1


def _placed(plan: Plan, reading: Reading) -> Plan | None:
    """Return the question with the time that its event means; a visit of a time that is named is meant by that time."""
    if plan.anchor is None:
        return plan
    timed = timed_by_event(plan, reading.shelves.records, scope=reading.scope, today=reading.chart.today)
    if timed is not None:
        return plan.model_copy(update={"window": timed.window})
    return plan if plan.window is not None and plan.anchor.event.kind is EventKind.VISIT else None


def _read(text: str, plans: Sequence[Plan]) -> Plan | None:
    """Return a question for the values of measurements alone, with its one time; `None`: it asks something else."""
    first = plans[0]
    sided = first.comparison is not None or first.sources is not None or sets_against(text)
    if any(_is_special(plan) for plan in plans) or (sided and limit_named(text) is None):
        return None  # "more than 40" is no other side
    targets = list({target.label: target for plan in plans for target in plan.targets}.values())
    parts = [target for target in targets if _PARTS & set(target.ids) and not _PRESSURES & set(target.ids)]
    targets = [target for target in targets if not (parts and _PRESSURES & set(target.ids))]  # "pressures over 135 systolic"
    if any(target.kind is not ConceptKind.MEASUREMENT for target in targets) or not all(each.concept_keys for each in targets):
        return None
    timed = [plan for plan in plans if plan.window is not None or plan.anchor is not None]
    told = timed[0] if timed else first
    if len({(plan.window, plan.anchor) for plan in timed}) > 1 or (
        len(plans) > 1 and any(plan.intent in _EXTREMES for plan in plans)
    ):
        return None
    if timed and any((plan.newest or plan.current) and plan not in timed for plan in plans):
        return None
    if _AMOUNT.search(text) or not _is_plain(text, [*targets, *told.event_targets], told):
        return None
    return told.model_copy(update={"text": text, "targets": tuple(targets)})


def _is_special(plan: Plan) -> bool:
    return bool(
        plan.intent not in _INTENTS or plan.family or plan.upcoming or plan.undone or plan.harm or plan.event or plan.lost
        or (plan.moments and (plan.window is None or limit_named(plan.text) is None)) or plan.newest_several or plan.ordinal or plan.inpatient or plan.emergency
        or plan.subject not in {None, Category.LABORATORY, Category.VITAL_SIGN, Category.ENCOUNTER}
    )  # fmt: skip


def _is_plain(text: str, targets: Sequence[Target], plan: Plan) -> bool:
    """Say whether every word names a measurement, a time or a limit, or stands in `_PLAIN`."""
    rest = without_limit(text)
    times = [plan.anchor.words if plan.anchor else "", plan.window.words if plan.window else ""]
    for words in (*times, *_names(targets)):
        rest = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " ", rest, flags=re.IGNORECASE) if words else rest
    left = re.findall(r"[^\W\d_][\w’']*", rest)
    return all(
        word.lower().replace("’", "'") in _PLAIN or is_plain(word.lower()) or any(each.find(forms(word)) for each in targets)
        for word in left
    )


def _names(targets: Sequence[Target]) -> list[str]:
    return sorted((target.words for target in targets), key=len, reverse=True)


def _series(target: Target, facts: Sequence[Fact], plan: Plan, reading: Reading) -> list[list[Point]]:
    """Return the values of a target by what was measured, without those that are not to be had."""
    chosen = [
        fact
        for fact in select(facts, plan.model_copy(update={"text": ""}), target)
        if fact.category in MEASURED_SET and fact.span is None
    ]
    points = [point for point in points_of(target, chosen, reading.chart) if point.component or not is_unavailable(point.fact)]
    if _PRESSURES & set(target.ids):
        groups: dict[str, list[Point]] = {}
        for point in points:
            groups.setdefault(plain_display(point.fact.concept.text).lower(), []).append(point)
        return list(groups.values())
    return list(series_of(points, reading.chart).values())


def _holds(plan: Plan, point: Point) -> bool:
    return plan.window is None or plan.window.holds(point.fact.occurred)


def _by_limit(plan: Plan, inside: Sequence[list[Point]], reading: Reading) -> Told | None:
    """Tell the values beyond a limit, or the one that comes nearest to it; `None`: no limit is named, or how one stands to it now."""
    limit = limit_named(plan.text)
    if limit is None:
        return None
    if (_NOW.search(plan.text) and plan.window is None) or (crossing_asked(plan.text) and _GOES_BEYOND.search(plan.text)):
        return NOTHING
    return Told([claim for group in inside for claim in beyond_limit(group, limit, plan, reading.chart)], [])


def _by_time(plan: Plan, inside: Sequence[list[Point]], series: Sequence[list[Point]], reading: Reading) -> Told:
    """Tell the values of a time, those of a side of their range, or the newest ones."""
    judged = _JUDGED.search(plan.text)
    if plan.intent in {Intent.HIGHEST, Intent.LOWEST} and (judged is None or not _EACH.search(plan.text)):
        return NOTHING
    if plan.intent in {Intent.WHEN, Intent.FIRST, Intent.CHANGES} and not _BASELINE.search(plan.text):
        return NOTHING
    timed = plan.window is not None
    if timed and not inside:
        return _last_before(plan, series, reading)
    if judged is not None and (timed or _EACH.search(plan.text)) and not (_NOW.search(plan.text) and not timed):
        return _on_side(plan, inside, judged.lastgroup or "out", reading)
    return _of_time(plan, inside, reading) if timed else _of_now(plan, series, reading)


def _of_time(plan: Plan, inside: Sequence[list[Point]], reading: Reading) -> Told:
    """Tell the values of a time, one by one or as a course; the last one of it is told the usual way."""
    window = plan.window
    if window is None or (plan.intent is Intent.LATEST and (plan.newest or None in {window.first, window.last})):
        return NOTHING
    moves = asks_movement(plan.text) or (plan.intent is Intent.TREND and not _READINGS.search(plan.text))
    return Told(_each_or_course(inside, plan, reading, few=1 if moves else FEW), [])


def _of_now(plan: Plan, series: Sequence[list[Point]], reading: Reading) -> Told:
    """Tell the newest values where it is asked how they are, those of late, or the course back to where it began."""
    if _BASELINE.search(plan.text):
        return Told([claim for group in series for claim in trend(group, plan, reading.chart)], [])
    if _LATELY.search(plan.text):
        return Told(_each_or_course(_lately(series), plan, reading, few=FEW), [])
    judged = _JUDGED.search(plan.text)
    if judged is None or not (_NOW.search(plan.text) or _BACK.search(plan.text)):
        return NOTHING
    points = [group[-1] for group in _lately(series)]
    unjudged = not any(side_of(point) for point in points)
    return Told(_newest(series, reading), _unjudged(points, plan, judged.lastgroup or "", reading) if unjudged else [])


_EACH = Cue(
    r"\b(?:which|any|all|every|each|list|show|how many|how often|number of|what|ever)\b|^\W*(?:abnormal|high|low|raised|elevated)\b"
)


def _on_side(plan: Plan, inside: Sequence[list[Point]], side: str, reading: Reading) -> Told:
    """Tell the values on a side of their range, by the chart's flags and ranges; all of them where none is, or nothing says so."""
    points = _in_order(inside)
    judged = [point for point in points if side_of(point)]
    wanted = {INSIDE} if side == "fine" and re.search(r"\bnormal\b", plan.text) and asks_number(plan.text) else _SIDES[side]
    lying = [point for point in judged if side_of(point) in wanted]
    if lying:
        told = [_tell(point, reading) for point in lying[-MOST_POINTS:]]
        if asks_number(plan.text):
            told = [count_claim([point.fact for point in lying], reading.chart, name_of(lying[-1].fact)), *told[:MOST_COUNTED]]
        return Told(told, [])
    if not judged and plan.intent in {Intent.HIGHEST, Intent.LOWEST}:
        return NOTHING
    every = _each_or_course(inside, plan, reading, few=FEW)
    return Told(every, [] if len(judged) == len(points) else _unjudged(points, plan, side, reading))


def _unjudged(points: Sequence[Point], plan: Plan, side: str, reading: Reading) -> list[Missing]:
    """Say that the chart does not tell which values lie on a side of their range; of blood pressures, which reach a limit that is named."""
    word = match[0].lower() if (match := _JUDGED.search(plan.text)) else "high"
    pressures = [point for point in points if len(point.fact.components) == len(_STAGE_1)]
    which, them = (f"which of them are {word}", "them") if len(points) > 1 else (f"whether it is {word}", "it")
    why = f"the chart gives neither a flag nor a range for {them}"
    if pressures and side != "low" and all(_is_adult(point, reading) for point in pressures):
        high = ", ".join(point.day for point in pressures if _reaches(point.fact))
        why += f"; at or above 130/80, a limit of the ACC/AHA guideline of 2017: {high or 'none'}"
    return [Missing(what=which, why=why)]


_STAGE_1 = (130, 80)


def _reaches(fact: Fact) -> bool:
    numbers = [
        number_of(Point(fact, part)) for part in fact.components if part.value is not None and part.value.quantity is not None
    ]
    return len(numbers) == len(_STAGE_1) and (max(numbers) >= _STAGE_1[0] or min(numbers) >= _STAGE_1[1])


def _is_adult(point: Point, reading: Reading) -> bool:
    """Say whether somebody was of age when a value was taken: limits for adults hold for no child."""
    birth = reading.chart.birth
    year = (birth.value.text or "")[:4] if birth is not None and birth.value is not None else ""
    return year.isdigit() and point.fact.occurred is not None and point.fact.occurred.first_day.year - int(year) > ADULT


ADULT = 18


def _in_order(groups: Sequence[list[Point]]) -> list[Point]:
    return sorted((point for group in groups for point in group), key=_moment)


def _moment(point: Point) -> float:
    return point.fact.occurred.start.timestamp() if point.fact.occurred else 0.0


def _tell(point: Point, reading: Reading) -> DraftClaim:
    return draft(point.fact, reading.chart, route="value_in_window", component=point.component)


def _each_or_course(groups: Sequence[list[Point]], plan: Plan, reading: Reading, *, few: int) -> list[DraftClaim]:
    """Tell a few values one by one, and each longer series as a course; of many series the newest value of each."""
    if len(groups) > 1 and sum(map(len, groups)) > MOST_POINTS:
        return [_tell(group[-1], reading) for group in groups[:MOST_POINTS]]
    return [
        claim
        for group in groups
        for claim in (
            [_tell(point, reading) for point in group[-MOST_POINTS:]]
            if len(group) <= few or len(numeric(group)) < len(group)
            else trend(group, plan, reading.chart)
        )
    ]


def _lately(series: Sequence[list[Point]]) -> list[list[Point]]:
    """Return the values of the year before the newest one, a few of each series."""
    newest = max((_moment(group[-1]) for group in series), default=0.0)
    kept = [[point for point in group if newest - _moment(point) <= LATELY.total_seconds()] for group in series]
    return [group[-MOST_LATELY:] for group in kept if group]


def _newest(series: Sequence[list[Point]], reading: Reading) -> list[DraftClaim]:
    """Tell the newest value of each series, without those that were left behind by newer ones of another."""
    return [
        draft(group[-1].fact, reading.chart, route="latest_value", component=group[-1].component)
        for group in sorted(_lately(series), key=lambda group: -_moment(group[-1]))[:MOST_POINTS]
    ]


def _last_before(plan: Plan, series: Sequence[list[Point]], reading: Reading) -> Told:
    """Where it is asked whether something was measured in a time, and it was not: tell the last value before."""
    window = plan.window
    if (
        window is None
        or window.first is None
        or plan.anchor is not None
        or not _CHECKED.search(plan.text)
        or _JUDGED.search(plan.text)
    ):
        return NOTHING
    before = [
        [point for point in group if point.fact.occurred is not None and point.fact.occurred.last_day < window.first]
        for group in series
    ]
    claims = _newest([group for group in before if group], reading)
    why = "the chart holds no value of that time; the last one before it is told"
    return Told(claims, [Missing(what=f"{plan.targets[0].words} ({window.words})", why=why)]) if claims else NOTHING


_LAST_LABS = Cue(
    r"\b(?:last|latest|newest|most recent)\b[^?.;]*\b(?:time|visit|labs?|bloods?|blood tests?|tests?|results?|draw|panel|check|appointment)\b"
)


def _of_last_day(plan: Plan, reading: Reading) -> Told:
    """Tell the laboratory's values of its last day, or those of them that are flagged; nothing where they are not asked for."""
    if plan.subject is not Category.LABORATORY or plan.anchor is not None:
        return NOTHING
    if plan.window is not None:
        return _none_flagged(plan, reading)
    if not _LAST_LABS.search(plan.text):
        return _flagged_now(plan, reading)
    labs = preferred(reading.shelves.records.facts(reading.scope, categories=(Category.LABORATORY,)))
    known = [fact for fact in labs if fact.occurred is not None and fact.assertion not in _NOT_SO and fact.value is not None]
    if not known:
        return NOTHING
    day = max(fact.occurred.day[:10] for fact in known if fact.occurred)
    of_day = [fact for fact in known if fact.occurred and fact.occurred.day[:10] == day and not is_unavailable(fact)]
    wrong = [fact for fact in of_day if _is_wrong(Point(fact, None))]
    judged = asks_abnormal(plan.text) or ((match := _JUDGED.search(plan.text)) is not None and match.lastgroup != "fine")
    told = wrong if judged and wrong else of_day
    return Told([draft(fact, reading.chart, route="latest_each") for fact in told[:MOST_OF_DAY]], [])


_NOT_SO = frozenset({AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.ABSENT, AssertionStatus.HYPOTHETICAL})
MOST_OF_DAY = 24


def _none_flagged(plan: Plan, reading: Reading) -> Told:
    """Tell all values of a time where those that are flagged are asked for, each can be judged, and none is."""
    if not asks_abnormal(plan.text):
        return NOTHING
    labs = preferred(reading.shelves.records.facts(reading.scope, categories=(Category.LABORATORY,)))
    points = [Point(fact, None) for fact in labs if fact.assertion not in _NOT_SO and fact.span is None]
    inside = [point for point in points if _holds(plan, point) and side_of(point)]
    if not inside or any(map(_is_wrong, inside)):
        return NOTHING
    newest = [group[-1] for group in series_of(inside, reading.chart).values()]
    return Told([draft(point.fact, reading.chart, route="latest_each") for point in newest[:MOST_OF_DAY]], [])


_ARE_NOW = Cue(r"\b(?:is|are|current(?:ly)?|now|at the moment)\b")


def _flagged_now(plan: Plan, reading: Reading) -> Told:
    """Tell the tests whose newest value is flagged, where it is asked what is out of range now."""
    if not asks_abnormal(plan.text) or not _ARE_NOW.search(plan.text) or plan.historical:
        return NOTHING
    labs = preferred(reading.shelves.records.facts(reading.scope, categories=(Category.LABORATORY,)))
    known = [fact for fact in labs if fact.occurred is not None and fact.assertion not in _NOT_SO and fact.value is not None]
    points = [Point(fact, None) for fact in known if not is_unavailable(fact)]
    newest = [group[-1] for group in series_of(points, reading.chart).values()]
    wrong = sorted((point for point in newest if _is_wrong(point)), key=_moment, reverse=True)
    return Told([draft(point.fact, reading.chart, route="latest_each") for point in wrong[:MOST_OF_DAY]], [])


def _is_wrong(point: Point) -> bool:
    return is_flagged(point.fact) or side_of(point) in {ABOVE, BELOW, FLAGGED}
