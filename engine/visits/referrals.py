"""What came of a referral or of something ordered, and which of these are open: "did the ENT referral go through?", "anything outstanding?"."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.list_choice import notes_told
from chartcite.engine.facts.people import called_as, fields_named, fields_of, met_in
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent, is_plain
from chartcite.engine.review.chart_review import Review
from chartcite.engine.review.planned import OPEN, next_planned, not_happened
from chartcite.engine.visits.described import Known, choosing_words, likeliest, scored, untold
from chartcite.engine.visits.held_visits import held_visits

ROUTE = "order"
MOST_OPEN = 8
_CAME = Cue(
    r"\b(?:what (?:came|became|has become|happened|is happening|was the (?:outcome|result|upshot))|(?:outcome|result|upshot|status) of|any (?:news|update|word|progress|outcome)|where (?:are we|is he|is she|do we stand))\b[^?.;]*\b(?:referr?al|referred|order(?:ed)?|request)\b"
    r"|\breferred\b[^?.;]*\b(?:what (?:happened|came of (?:it|that)|was (?:found|said|decided))|(?:was|were|is) (?:he|she|they) (?:ever )?seen|did (?:he|she|they|i) (?:ever )?(?:go|get seen|attend))\b"
    r"|\b(?:referr?al|request)\b[^?.;]*\b(?:go (?:through|ahead|anywhere)|gone (?:through|anywhere)|happen(?:ed)?|come (?:to|of|through)|accepted|rejected|declined|cancel\w*|completed?|actioned|outcome|status|result|still (?:open|pending|active|live))\b"
)
"""Asks what came of a referral."""
_GOT_TO = Cue(
    r"\b(?:did|has|have)\b (?:\w+ ){1,2}?(?:(?:ever|actually|finally|end up|manage to|yet) )+(?:go(?:ing)?|gone|been|got|get(?:ting)?|make it|made it|see(?:n|ing)?|attend(?:ed|ing)?|turn(?:ed)? up)\b|\b(?:make|made) it to\b|\bturn(?:ed)? up (?:for|to|at)\b"
)
"""Asks whether somebody got to what was ordered."""
_WAS_DONE = Cue(
    r"^\W*(?:and |so |but )?(?:was|were|has|have)\b (?:the|his|her|my|their|that|this)\b[^?.;]*\b(?:done|performed|completed|carried out|happened|taken place|gone ahead)\b(?: yet)?\W*$"
)
"""Asks whether what was ordered has been done."""
_OPEN = Cue(
    r"\b(?:outstanding|loose ends|to be chased|(?:left|need(?:s|ed)?|have|has|anything|something|things?) to (?:chase|follow up|sort|be (?:done|followed up|chased|sorted|booked))|(?:still|yet) to be (?:done|booked|scheduled|chased|arranged|organi[sz]ed|sorted)|(?:what(?:['’]?s| is)|anything) coming up|needs? (?:to be )?(?:doing|done|chasing|chased|following up|followed up|sorting|booking|arranging)|needs? (?:a )?follow[- ]?up|(?:we |i |you )?(?:are |am |['’]re |['’]m )?(?:still )?waiting (?:for|on)(?=\W*$)|(?:is|are) (?:\w+ )?(?:planned|coming up|booked|lined up|arranged)(?: (?:for|with) (?:him|her|them|me|mum|mom|dad|this patient|the patient))?(?: (?:next|from here|now|soon))?(?=\W*$)|unfinished|not (?:yet )?(?:been )?(?:done|completed|actioned)(?= yet))\b"
    r"|\b(?:open|pending|unscheduled|uncompleted|incomplete) (?:orders?|referr?als?|requests?|tests?|investigations?|items?|issues|actions?|tasks?|follow-?ups?|things)\b"
    r"|\b(?:orders?|referr?als?|requests?|investigations?|follow-?ups?|tests?|labs?|bloods?|scans?|results?|anything|what(?:['’]?s| is| else is)?) (?:\w+ )?(?:(?:is|are|that is|that are) )?(?:still |left )?(?:open|pending|waiting|hanging|undone)\b(?! (?:heart|wound|fracture|surgery|angle|label))"
)
"""Asks what is left open."""
_ASKS_TESTS = Cue(r"\b(?:tests?|labs?|bloods?|blood ?work|scans?|imaging|results?|investigations?|studies)\b")
"""Asks for tests alone: when to come back is none."""
_OF_OPEN = frozenset(
    forms(
        "outstanding open pending order ordered referral refer request test investigation item issue action task follow up followup thing anything something loose end chase chased sort book booked schedule scheduled left still yet visit appointment next clinic review "
        "prep prepare prepped preparing today tomorrow list else need needs done complete completed patient chart file hanging waiting undone unfinished incomplete unscheduled result back "
        "lab blood scan study follow following doing planned lined arrange arranged organise organised organize organized sorted coming come up soon here him her them"
    )
)
_OF_REFERRALS = frozenset(
    forms(
        "referral refer referred order ordered request requested came come become became happened happen outcome result upshot status news update word progress go gone going through ahead accepted declined rejected cancelled completed "
        "ever actually finally end manage get got getting make made see seen attend turn turned up have had start do done yet visit appointment clinic doctor dr specialist people team service still open pending active live recheck check repeat re test"
    )
)


def told_referral(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what was ordered and what came of it, where that is asked of something that the chart orders; empty: it asks otherwise."""
    came, whether = _CAME.search(text) is not None, _WAS_DONE.search(text) is not None
    if not (came or whether or _GOT_TO.search(text)) or any(plan.family or plan.upcoming or plan.comparison for plan in plans):
        return []
    if any(target.kind is ConceptKind.VACCINE for plan in plans for target in plan.targets):
        return []  # the table of immunisations tells what was given, and what was not
    if any(plan.intent is Intent.REASON for plan in plans):
        return []
    order = _meant(plans, reading)
    if order is None:
        return [] if whether else _first_seen(text, reading)
    if whether and order.status not in OPEN:
        return []
    visit = _seen_for(order, reading)
    if visit is not None:
        told = notes_told(visit, "what was found", reading) if came else []
        return [draft(order, reading.chart, route="visit"), draft(visit, reading.chart, route="visit"), *told]
    if not came and (order.status in _DONE or _arrived(order, reading)):
        return []  # the entry of what was done tells more
    return [draft(fact, reading.chart, route=ROUTE) for fact in (order, *(_done_before(order, reading) if whether else ()))]


def _first_seen(text: str, reading: Reading) -> list[DraftClaim]:
    """Draft the first visit in the field to which a question asks about a referral that the chart does not list."""
    named = _REFERRED.search(text)
    fields = [] if named is None else fields_named(text).called or fields_of(named["whom"] or "")
    if not fields:
        return []
    visits = met_in(held_visits(reading), fields)
    visits = [fact for fact in visits if "consult" in name_of(fact).lower()] or visits
    told = notes_told(visits[0], "what was found", reading) if visits and _CAME.search(text) else []
    return [*(draft(fact, reading.chart, route="visit") for fact in visits[:1]), *told]


_REFERRED = Cue(r"\b(?:referred|referr?al)\b(?: to (?P<whom>(?:\w+[ -]?){1,4}))?")
_DONE = frozenset({"completed"})
_RESULTS = (Category.PROCEDURE, Category.REPORT, Category.LABORATORY, Category.OBSERVATION, Category.IMMUNIZATION)


def _orders(reading: Reading) -> list[Fact]:
    orders = reading.shelves.records.facts(reading.scope, categories=(Category.ORDER,))
    return [
        fact
        for fact in orders
        if fact.span is None and fact.occurred is not None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
    ]


def _meant(plans: Sequence[Plan], reading: Reading) -> Fact | None:
    """Return the newest order that every word of a question tells."""
    words = choosing_words(plans, _OF_REFERRALS)
    targets = [target for plan in plans for target in plan.targets if set(forms(target.words)) & set(words)]
    scores = scored([Known(fact, f"{called_as(fact)} {name_of(fact)}") for fact in _orders(reading)], words, targets)
    if not words or untold(words, scores):
        return None
    best = [fact for fact in likeliest(scores) if any(each.fact is fact and each.told for each in scores)]
    return best[-1] if best else None


def _seen_for(order: Fact, reading: Reading) -> Fact | None:
    """Return the first visit in the field of a referral from its day on."""
    fields = fields_of(name_of(order))
    if order.occurred is None or not fields or order.status in {"revoked", "cancelled"}:
        return None
    later = [fact for fact in held_visits(reading) if fact.occurred and fact.occurred.first_day > order.occurred.first_day]
    return next((fact for fact in later if any(each.search(called_as(fact)) for each in fields)), None)


def _telling(order: Fact) -> set[str]:
    """Return the folded words of an order's name that tell what was ordered."""
    return {word for word in forms(name_of(order)) if word not in _OF_REFERRALS and not is_plain(word)}


def _done_before(order: Fact, reading: Reading) -> list[Fact]:
    """Return the newest procedure of an order's name that was done before it was ordered."""
    words = _telling(order)
    done = reading.shelves.records.facts(reading.scope, categories=(Category.PROCEDURE,))
    same = [fact for fact in done if fact.span is None and fact.occurred and words and words <= set(forms(name_of(fact)))]
    return same[-1:]


def _arrived(order: Fact, reading: Reading) -> bool:
    """Say whether an entry of an order's name tells from its day on what was done, or that it was not."""
    words = _telling(order)
    done = reading.shelves.records.facts(reading.scope, categories=_RESULTS)
    return any(
        fact.occurred is not None
        and order.occurred is not None
        and fact.occurred.first_day >= order.occurred.first_day
        and len(words & set(forms(name_of(fact)))) * 2 > len(words)
        for fact in done
    )


def told_open(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what was ordered or planned and has not come, where that is asked in general; empty: it asks otherwise."""
    if not _OPEN.search(text) or any(plan.family or plan.window is not None or plan.comparison for plan in plans):
        return []
    asked = set(forms(text))
    if set(choosing_words(plans, _OF_OPEN)) & asked - {"open"}:
        return []
    return left_undone(reading, tests=_ASKS_TESTS.search(text) is not None, orders=_ORDERS.search(text) is not None)


def left_undone(reading: Reading, /, *, tests: bool = False, orders: bool = False, most: int = MOST_OPEN) -> list[DraftClaim]:
    """Draft what was ordered or planned and has not come.

    Args:
        reading: the question and the chart.
        tests: whether tests alone are asked for, and no visits.
        orders: whether orders alone are.
        most: lines at most.
    """
    review = Review(reading.shelves.records, reading.chart.lexicon, reading.scope, today=reading.chart.today)
    last = max((fact.occurred.first_day for fact in held_visits(reading) if fact.occurred), default=reading.chart.today)
    planned = () if tests else next_planned(review).lines
    lines = [*not_happened(review, last - _RECENT).lines, *planned]
    lines = [line for line in lines if line.label in _OF_ORDERS or (not orders and line.label not in _PAST)]
    return [
        DraftClaim(
            text=line.claim.text,
            kind=line.claim.kind,
            citations=line.claim.citations,
            route="brief",
            computation=line.claim.computation,
        )
        for line in lines[:most]
    ]


_RECENT = timedelta(days=365)
"""What notes call open is told of the last year of a chart."""
_ORDERS = Cue(r"\b(?:orders?|referr?als?|requests?|tests?|investigations?)\b")
_OF_ORDERS = frozenset({"open order", "on hold", "planned"})
_PAST = frozenset({"revoked", "cancelled", "stopped", "not done"})
"""Labels of what was called off, which is no longer open."""
