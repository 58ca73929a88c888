"""Answers about what happened at a time: conditions, procedures, immunisations, encounters, reports, orders."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.active_facts import condition_is_active
from chartcite.engine.facts.counts_and_durations import APART, age_at, between_two, count_claim, happening_duration
from chartcite.engine.facts.fact_claims import MOST_LISTED, Chart, draft, names_person
from chartcite.engine.facts.fact_selection import inside_window, newest_each
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms, plain_display
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_cues import nth
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.visits.encounters import names_intensive_care, went_elsewhere

MOST_TIMES = 6
"""Times of something repeated that are told where "when" is asked."""
_BOTH_ENDS = Cue(
    r"\b(?:onset|start\w*|beg[aiu]n\w*|diagnos\w*|first|commenc\w*)\b.*\b(?:resol\w+|end(?:ed|ing)?|finish\w*|clear\w*|stop\w*|recover\w*|abat\w+)\b"
)
"""Asks for the time from the beginning of a thing to its own end."""
_HOW_LONG_AFTER = Cue(
    r"\bhow (?:long|soon|many (?:hours|days|weeks|months|years)) (?:after|before|following|until|into|prior to)\b"
)
"""Asks for the time from one thing to another."""
_FIRST = re.compile(r"\b(?:first|earliest|initially|originally)\b", re.IGNORECASE)


def happening_claims(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:  # noqa: PLR0911 -- one answer an intent
    """Answer about things that happen at a time: conditions, procedures, immunisations, encounters, reports, orders."""
    inside = _of_kind_asked(inside_window(_without_pathology(facts, plan), plan), plan)
    if not inside:
        return []
    done = [fact for fact in inside if _was_done(fact)]
    if plan.undone and inside[0].category is not Category.CONDITION:
        return [draft(fact, chart, route="undone") for fact in _never_done(inside, done)[:MOST_LISTED]]
    is_condition = inside[0].category is Category.CONDITION
    if plan.intent is Intent.DURATION and (apart := between_two(done, plan, chart)):
        return apart
    if _is_interval(plan):
        return []  # how long one thing lasted is not the time between it and another
    if plan.ordinal is not None and not is_condition:
        undone = [draft(fact, chart, route="undone") for fact in _never_done(inside, done)[:1]]
        return _nth(done, plan.ordinal, chart) or undone
    if plan.intent is Intent.COUNT:
        return _counted(inside, done, plan, chart)
    if plan.intent is Intent.AGE and done:
        return age_at(done[0] if is_condition or _FIRST.search(plan.text) else done[-1], chart)
    if plan.intent is Intent.DURATION and (lasting := _of_unit(done, plan)):
        return happening_duration(lasting, chart, newest=plan.newest)
    if plan.intent is Intent.WHO and inside[0].category is not Category.COVERAGE:  # a payer is no person
        return _performers(inside, plan, chart)
    asks_first = plan.intent is Intent.WHEN and _FIRST.search(plan.text) is not None
    going_on = [fact for fact in inside if is_condition and condition_is_active(fact, chart.today)]
    if plan.intent is Intent.WHEN and plan.current and going_on and not asks_first:
        return [draft(going_on[0], chart, route="first_happening")]  # "which stage now, and since when?"
    if plan.intent is Intent.FIRST or asks_first or (is_condition and plan.intent is Intent.WHEN):
        return [draft((done or inside)[0], chart, route="first_happening")]
    return _newest_happenings(inside, done, plan, chart)


_PATHOLOGY = Cue(r"\b(?:histo\w*|patholog\w*|cytolog\w*|specimen)\b")
_OF_DEED = frozenset({Intent.WHEN, Intent.WHO, Intent.AGE, Intent.COUNT, Intent.FIRST, Intent.DURATION})


def _of_unit(done: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Leave out stays that went on elsewhere, where it is asked of intensive care: their days are not those of the unit."""
    return [fact for fact in done if not (names_intensive_care(plan.text) and went_elsewhere(fact))]


def _without_pathology(facts: Sequence[Fact], plan: Plan) -> Sequence[Fact]:
    """Leave out the report on a specimen where it is asked when, by whom or how often something was done: it came days later."""
    if (
        plan.intent not in _OF_DEED
        or _PATHOLOGY.search(plan.text)
        or all(fact.category is not Category.PROCEDURE for fact in facts)
    ):
        return facts
    return [fact for fact in facts if fact.category is not Category.REPORT or not _PATHOLOGY.search(fact.concept.text)]


_OPERATION = Cue(r"(?:surgery|operation|op|surgical operation)")
_AT_BEDSIDE = Cue(
    r"tracheo(?:s)?tomy|cannulat|intubat|ventilat|\b(?:lines?|catheters?|tubes?|drains?|drainage|histo\w*|patholog\w*|biops\w+)\b"
)
"""What is done to somebody who was operated on, and what was sent off, by name."""


def _asks_operation(plan: Plan) -> bool:
    """Say whether "the operation" is asked for, and none by name."""
    return bool(plan.targets) and plan.targets[0].is_class and _OPERATION.fullmatch(plan.targets[0].words) is not None


def _operations(facts: Sequence[Fact]) -> list[Fact]:
    """Leave out what is done at the bedside and what was sent off, where an operation is there as well."""
    return [fact for fact in facts if _AT_BEDSIDE.search(fact.concept.text) is None] or list(facts)


_REMOVAL = Cue(r"\b(?:remov\w*|decannulat\w*|extubat\w*|explant\w*|retriev\w*|withdraw\w*)\b")
_PUT_IN = (
    r"(?:lines?|picc|cvc|vascath|catheter|drains?|tubes?|stents?|packs?|packing|vac|cannula\w*|pigtail|nephrostomy|trach\w*"
    r"|pacing wires?|grommets?|pessary|screws?|pins?|k-?wires?|plates?|stitches|sutures|staples|clips|casts?|plaster)"
)
_TAKEN_OUT = Cue(
    rf"\b{_PUT_IN}\b[^.?;]{{0,40}}?\b(?:remov\w+|(?:taken|came|come|coming|took|take) out|pull(?:ed)?(?: out)?|out"
    r"|(?:come|came|taken) off)\W*$"
    rf"|\b(?:remov\w+|took out|take out|taken out|pull(?:ed)?)(?: \w+){{0,3}}? {_PUT_IN}\b(?: out)?"
)


def asks_removal(plan: Plan) -> bool:
    """Say whether a question asks when, or whether, a line, a drain or a tube came out."""
    text = _IT.sub(plan.targets[0].words, plan.text, 1) if plan.targets else plan.text
    return plan.intent in {Intent.WHEN, Intent.PRESENCE, Intent.TREND} and _TAKEN_OUT.search(text) is not None


def _performers(inside: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Tell who did what is asked of, newest first; who helps after an operation is not who did it."""
    done_by = [] if _CARES.search(plan.text) else [fact for fact in reversed(inside) if names_person(fact)]
    return [draft(fact, chart, route="performer") for fact in done_by[:3]]


_CARES = Cue(
    r"\b(?:helps?|helping|helped|looks?(?:ing)? after|look after|cares? for|stay(?:s|ing)? with|picks? (?:him|her|me) up)\b"
)
_IT = Cue(r"\b(?:it|that|this|they|those)\b")


def _of_kind_asked(inside: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Keep removals where one is asked for (that a line was put in does not tell when it came out), and operations likewise."""
    if inside and inside[0].category is Category.PROCEDURE and asks_removal(plan):
        return [fact for fact in inside if tells_removal(fact)]
    return _operations(inside) if plan.intent is Intent.WHEN and _asks_operation(plan) else list(inside)


def _is_interval(plan: Plan) -> bool:
    """Say whether the time from one thing to another is asked for, and not from the beginning of one to its own end."""
    apart = APART.search(plan.text) is not None or _HOW_LONG_AFTER.search(plan.text) is not None
    return plan.intent is Intent.DURATION and apart and not _BOTH_ENDS.search(plan.text)


def tells_removal(fact: Fact) -> bool:
    """Say whether what was done was a removal, or has an end."""
    return _REMOVAL.search(name_of(fact)) is not None or fact.ended is not None


def _counted(inside: Sequence[Fact], done: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Count what was done; what was only ordered or not done is told as such."""
    if inside[0].category is Category.ORDER and plan.subject is not Category.ORDER:
        return [draft(inside[-1], chart, route="order")]
    if all(fact.category is Category.CONDITION for fact in inside) and _EPISODES.search(plan.text):
        done = [fact for fact in done if not _comes_of(fact, plan)] or list(done)
        if all(condition_is_active(fact, chart.today) for fact in done):
            if len(done) < 2:
                return []  # an entry of a lasting problem is none of its attacks
            return [draft(fact, chart, route="condition_state") for fact in _telling(done, plan, chart)]
    names = {name_of(fact).lower() for fact in done}
    what = name_of(done[-1]) if len(names) == 1 else ""
    return [count_claim(done, chart, what)] if done else [draft(inside[-1], chart, route="happening")]


def _comes_of(fact: Fact, plan: Plan) -> bool:
    """Say whether a problem only comes of what is asked: diabetes due to pancreatitis is no pancreatitis."""
    cause = _DUE_TO.search(name_of(fact))
    itself = forms(name_of(fact)[: cause.start()]) if cause is not None else ()
    return cause is not None and all(target.find(itself) is None for target in plan.targets)


_DUE_TO = Cue(r"\b(?:due to|secondary to|caused by|because of|following|after|from|complicating)\b")
_EPISODES = Cue(r"\b(?:relaps(?:es?|ed)|attacks?|episodes?|flares?(?:[- ]?ups?)?|exacerbations?|bouts?|recurrences?|times)\b")
MOST_IN_WINDOW = 12
"""Happenings of a time that are told where no list is asked."""


def _was_done(fact: Fact) -> bool:
    return fact.assertion is not AssertionStatus.ABSENT and fact.status not in {"not-done", "cancelled", "revoked"}


def _never_done(facts: Sequence[Fact], done: Sequence[Fact]) -> list[Fact]:
    """Return what was recorded as not done and was not done afterwards, newest first."""
    later = {plain_display(fact.concept.text).lower(): fact.occurred.start for fact in done if fact.occurred}
    return [
        fact
        for fact in newest_each([fact for fact in facts if not _was_done(fact)])
        if fact.occurred is None
        or later.get(plain_display(fact.concept.text).lower(), fact.occurred.start) <= fact.occurred.start
    ]


def _newest_happenings(inside: Sequence[Fact], done: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Say what a list, a window or the last of several asks for."""
    is_condition = inside[0].category is Category.CONDITION
    route = "order" if inside[0].category is Category.ORDER else "last_happening"
    if plan.intent in {Intent.LIST, Intent.TREND, Intent.CHANGES} or (plan.every and not is_condition):
        shown = newest_each(inside) if is_condition else list(reversed(inside))
        return [draft(fact, chart, route="list") for fact in shown[:MOST_LISTED]]
    if is_condition:
        return [draft(fact, chart, route="condition_state") for fact in _telling(inside, plan, chart)]
    if inside[0].category is Category.PROCEDURE and names_all_of_class(plan):
        return [draft(fact, chart, route="list") for fact in list(reversed(inside))[:MOST_LISTED]]
    if plan.intent is Intent.WHEN and not plan.newest and not plan.upcoming and plan.window is None:
        return [draft(fact, chart, route=route) for fact in list(reversed(done or inside))[:MOST_TIMES]]
    if plan.newest_several is not None:
        return [draft(fact, chart, route=route) for fact in list(reversed(done or inside))[: plan.newest_several]]
    newest = [inside[-1]]
    if done and done[-1] is not inside[-1]:
        newest.append(done[-1])
    if plan.window is not None:
        newest = list(reversed(inside))[:MOST_IN_WINDOW]
    return [draft(fact, chart, route=route) for fact in newest]


_ALL = Cue(r"\b(?:any|all|operations|surgeries|procedures|history|psh\w*|past)\b")


def names_all_of_class(plan: Plan) -> bool:
    """Say whether every procedure of a class is meant: "any operations?", "surgical history"."""
    of_class = bool(plan.targets) and plan.targets[0].is_class and plan.targets[0].kind is ConceptKind.PROCEDURE
    asked = of_class and plan.intent in {Intent.PRESENCE, Intent.DESCRIBE} and plan.window is None and not plan.keywords
    return asked and not (plan.newest or plan.upcoming or plan.undone) and _ALL.search(plan.text) is not None


def _nth(done: Sequence[Fact], ordinal: int, chart: Chart) -> list[DraftClaim]:
    """Say the nth of what was done, by day; nothing where there were fewer."""
    days = list({fact.occurred.day: fact for fact in done if fact.occurred}.values())
    asked = nth(days, ordinal)
    return [draft(asked, chart, route="nth_happening")] if asked is not None else []


def _telling(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[Fact]:
    """Return the facts that say best whether a condition is there: active ones, else the newest; of a class more of them."""
    active = newest_each([fact for fact in facts if condition_is_active(fact, chart.today)])
    of_class = bool(plan.targets) and plan.targets[0].is_class
    if active and of_class and plan.intent is Intent.PRESENCE:
        refuted = newest_each([fact for fact in facts if fact.category is Category.CONDITION and fact.assertion in _REFUTED])
        return [*active[:4], *refuted[:2]]  # "is she diabetic?": that a diabetes was taken back tells more than what is near it
    return active[:4] or newest_each(facts)[: 6 if of_class else 2]


_REFUTED = frozenset({AssertionStatus.ABSENT})


def condition_list(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """List conditions: those of the window, those there ever were, or the active ones. Disorders come before other findings."""
    if plan.window is not None:
        chosen = [fact for fact in facts if plan.window.holds(fact.occurred or fact.recorded)]
    elif plan.historical and not plan.current:
        chosen = [fact for fact in facts if fact.assertion is AssertionStatus.PRESENT]
    else:
        chosen = [fact for fact in facts if condition_is_active(fact, chart.today)]
    chosen = newest_each(chosen)
    if plan.intent is Intent.COUNT and chosen:
        return [count_claim(chosen, chart, "conditions")]
    # SNOMED CT findings and situations (employment, education, ...) follow the disorders.
    ordered = sorted(chosen, key=lambda fact: "(finding)" in fact.concept.text or "(situation)" in fact.concept.text)
    return [draft(fact, chart, route="condition_list") for fact in ordered[:MOST_LISTED]]
