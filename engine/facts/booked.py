"""What is booked: "when is she next in, and with whom?", "is he due back at the eye clinic?", told by the appointments of the chart."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from datetime import date, timedelta

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.people import called_as, fields_named
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.retrieval import retrieve_facts
from chartcite.engine.review.chart_review import Review
from chartcite.engine.review.planned import FOLLOW_UP, OPEN, due_by, quoted
from chartcite.engine.visits.described import Known, choosing_words, is_foreign, likeliest, scored, untold
from chartcite.engine.visits.held_visits import held_visits

ROUTE = "booked"
MOST_TOLD = 6
_HE = r"(?:i|we|he|she|they|it|you|mum|mom|dad|[A-Z]\w+|(?:my|our|the|her|his) \w+)"
_AHEAD = Cue(
    r"\bwhen(?:['’]?s| is) (?:my|his|her|their|mum['’]?s|mom['’]?s|dad['’]?s|the) (?:\w+ ){0,2}?(?:scan|ct|mri|pet|appointment|appt|clinic|op|operation|surgery|procedure|infusion|treatment|chemo|chemotherapy|radiotherapy|blood test|biopsy|endoscopy|colonoscopy|injection|check-?up|review|x-?ray|test|transfusion)\W*(?:$|and\b)|"
    r"\bnext(?! (?:of kin|to|door|steps?|best|line|move)\b)|\b(?:upcoming|forthcoming|coming up|booked|scheduled|lined up|arranged|in the (?:diary|book|calendar)|supposed to|meant to|due (?:in|on|at|for|back|to (?:be seen|see|come|go|attend|return|visit)))\b|\bdue\W*$|\bwhen(?:['’]s| is) (?:the|his|her|my|their) (?:[\w-]+ )?(?:follow[- ]?up|appointment|appt|visit|review|check-?up)\b"
    rf"|\b(?:when|which|what|who)\b[^.?;]*\b(?:am|is|are|do|does|will|should|shall|must)(?: {_HE})?\b[^.?;]{{0,40}}?\b(?:back|again|return\w*|see(?:ing)?|com(?:e|ing)|go(?:ing)?|bring(?:ing)?|tak(?:e|ing))\b[^.?;]{{0,30}}?\b(?:back|again|next|in|see|to (?:the |our )?(?:\w+ )?(?:clinic|hospital|surgery|doctor|practice|ward|unit))\b"
)
"""Looks ahead."""
_VISIT = Cue(
    r"\b(?:appointments?|appts?|bookings?|slots?|visits?|clinics?|follow[- ]?ups?|reviews?|check-?ups?|seen|see|sees|seeing|come|comes|coming|go|goes|going|attend|return|bring|back|anything|booked|scheduled|due)\b"
)
"""Speaks of somebody's coming, or of a thing that is done at a set time."""
_WHEN = Cue(
    r"\b(?:when|which day|what (?:day|date|time)|dates?|day|who|whom|any|anything|appointments?|appts?|bookings?|booked|scheduled|arranged)\b|\bnext [\w ]{2,30}\?"
)
_PAST = Cue(r"\b(?:did|was|were|had|missed|last|previous|cancel\w*|no-?show|turn(?:ed)? up)\b")
_NOT_VISITS = Cue(
    r"\b(?:blood test|bloods|scan|doses?|tablets?|pills?|smear|screening|vaccin\w*|booster|colonoscopy|mammogram|repeat|refill|prescription|script|steps?|plan)\b"
)
_ALL = Cue(
    r"\bwhat(?:['’]?s| is| has he| has she| do we have)\b(?=[^?.;]*\b(?:booked|scheduled|lined up|coming up|in the (?:diary|book|calendar))\b)|\b(?:appointments|appts|bookings|visits|clinics|follow-?ups|all|list|anything)\b"
)
_SAME = Cue(
    r"\b(?:same|usual|again who|before)\b(?= (?:\w+ )?(?:doctor|dr|doc|lady|woman|man|person|nurse|one|specialist|consultant|surgeon)\b)"
)
"""Asks whether it is who was seen before."""
_OF_BOOKING = frozenset(
    forms(
        "appointment appt booking booked book slot visit clinic follow up followup review checkup check see seen seeing come coming go going attend return bring take back again anything scheduled due arranged lined coming up supposed meant next upcoming "
        "date day time when who whom doctor doc dr nurse person lady gentleman team hospital surgery practice place letter form hand diary calendar desk front caller caller's asking week month year injection jab shot need get has got"
    )
)
"""Words by which every question about a booking is asked."""


_SOON = (
    (Cue(r"\btomorrow\b"), timedelta(days=1)),
    (Cue(r"\b(?:this|next) week\b"), timedelta(days=13)),
    (Cue(r"\b(?:this|next) month\b"), timedelta(days=61)),
)
"""How far ahead a near time can lie."""


def told_booked(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft the appointment to come that a question asks for; empty: it asks otherwise, or the chart has none such."""
    if not _looks_ahead(text) or any(plan.family or plan.comparison for plan in plans):
        return []
    ahead = _ahead(reading)
    beside = _BESIDE.search(text) is not None
    near = [fact for fact in ahead if _in_time(fact, text, plans, reading.chart.today)]
    chosen = _chosen(text, plans, near, reading.chart.lexicon, spoken=_ORDERS if beside else frozenset())
    if beside and (chosen or not ahead):
        orders = [draft(fact, reading.chart, route="order") for fact in _waiting(reading)[::-1][:MOST_TOLD]]
        return [*(draft(fact, reading.chart, route=ROUTE) for fact in chosen[:MOST_TOLD]), *orders]
    if not chosen:
        return _ordered(text, plans, reading) or ([] if ahead else _to_return(text, plans, reading))
    told = chosen[:MOST_TOLD] if _ALL.search(text) else chosen[:1]
    ordered = [fact for fact in _tests_ordered(plans, reading) if fact.id not in {each.id for each in told}]
    claims = [
        *(draft(fact, reading.chart, route="order") for fact in ordered[:1]),
        *(draft(fact, reading.chart, route=ROUTE) for fact in told),
    ]
    if _SAME.search(text):
        visits = reading.shelves.records.facts(reading.scope, categories=(Category.ENCOUNTER,))
        claims += [draft(fact, reading.chart, route=ROUTE) for fact in _seen_for(text, visits, reading)[-1:]]
    return claims


def only_past(plan: Plan, claims: Sequence[DraftClaim], /) -> bool:
    """Say whether a question asks for a visit to come, and nothing but visits that have been, values, or notes of no such field would be told."""
    if _NEXT_OF_FIELD.search(plan.text) and claims and all(claim.route in _QUOTES for claim in claims):
        called = fields_named(plan.text).called
        return bool(called) and not any(
            each.search(claim.citations[0].quote) for each in called for claim in claims if claim.citations
        )
    if plan.upcoming and _BOOKED_DEED.search(plan.text) and claims and all(claim.category in _MEASURED for claim in claims):
        return True
    visits = bool(claims) and all(claim.category is Category.ENCOUNTER for claim in claims)
    return visits and _looks_ahead(plan.text) and _VISIT.search(plan.text) is not None


_NEXT_OF_FIELD = Cue(
    r"^\W*(?:when(?:['’]?s| is| are)? |what(?:['’]?s| is) |and )?(?:the |his |her |my |their )?next (?:\w+ )?[\w-]+(?: (?:appointment|appt|visit|review|session|clinic))?\W*$"
)
_QUOTES = frozenset({"quote", "near_quote", "life", "note_part"})


_BOOKED_DEED = re.compile(
    r"\b(?:operation|op|procedure|surgery|appointment|appt|change|replacement|scan)\b[^?]*\b(?:booked|scheduled|planned|listed)\b"
    r"|\b(?:booked|scheduled|planned|listed)\b[^?]*\b(?:operation|op|procedure|surgery|appointment|appt|replacement|scan)\b",
    re.IGNORECASE,
)
_MEASURED = frozenset({Category.OBSERVATION, Category.LABORATORY, Category.VITAL_SIGN, Category.SURVEY})


def _looks_ahead(text: str) -> bool:
    return bool(_AHEAD.search(text) and _WHEN.search(text)) and not _PAST.search(text)


def _ahead(reading: Reading) -> list[Fact]:
    """Return the appointments and planned visits from the reader's day on, the nearest first; of a chart that ends before, from its end on."""
    today = reading.chart.today
    last = max((fact.occurred.first_day for fact in held_visits(reading) if fact.occurred), default=today)
    return _from(today, reading) or _from(min(today, last), reading)


def _from(day: date, reading: Reading) -> list[Fact]:
    entered = reading.shelves.records.facts(reading.scope, categories=(Category.OTHER, Category.ENCOUNTER))
    ahead = [
        (fact.occurred.first_day, fact)
        for fact in entered
        if fact.occurred is not None
        and fact.is_booked
        and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
        and fact.occurred.first_day >= day
    ]
    return [fact for _day, fact in sorted(ahead, key=lambda each: each[0])]


def _in_time(fact: Fact, text: str, plans: Sequence[Plan], today: date) -> bool:
    """Say whether an appointment lies in the time to come that a question names; a month without a year is the next of its name."""
    if fact.occurred is None:
        return False
    day = fact.occurred.first_day
    soon = all(day <= today + most for named, most in _SOON if named.search(text))
    windows = [plan.window for plan in plans if plan.window is not None and plan.window.first is not None]
    return soon and all(
        window.holds(fact.occurred)
        or (not re.search(r"\d", window.words) and window.first is not None and window.first.month == day.month)
        for window in windows
    )


def _chosen(
    text: str, plans: Sequence[Plan], ahead: Sequence[Fact], lexicon: Lexicon, *, spoken: Set[str] = frozenset()
) -> list[Fact]:
    """Return the appointments of the field and for the things that a question names; all where it names none.

    `spoken`: words that name no thing.
    """
    spoken = set(spoken)
    fields = fields_named(text)
    of_field = [fact for fact in ahead if not fields.called or any(each.search(called_as(fact)) for each in fields.called)]
    spoken |= {word for words in fields.words for word in forms(words)}
    words = choosing_words(plans, _OF_BOOKING | spoken)
    targets = [target for plan in plans for target in plan.targets if set(forms(target.words)) & set(words)]
    known = [Known(fact, f"{called_as(fact)} {' '.join(each.text for each in fact.details)}") for fact in of_field]
    scores = scored(known, words, targets)
    left = untold(words, scores)
    if len(left) < len(words):
        return [] if any(map(is_foreign, left)) else likeliest(scores)
    if targets:
        return [fact for fact in of_field if all(_is_given_for(fact, target, lexicon) for target in targets)]
    if any(map(is_foreign, left)) or _NOT_VISITS.search(text) or not (_VISIT.search(text) or fields.called):
        return []
    return of_field


def _ordered(text: str, plans: Sequence[Plan], reading: Reading) -> list[DraftClaim]:
    """Draft what was ordered and is open, of the things that a question names, where it asks whether or when these are booked."""
    if not _IS_IT.search(text) or any(plan.window is not None for plan in plans):
        return []
    waiting = _waiting(reading)
    spoken = set(forms("repeat check re-check recheck follow up test scan second third another"))
    words = choosing_words(plans, _OF_BOOKING | spoken)
    targets = [target for plan in plans for target in plan.targets if set(forms(target.words)) & set(words)]
    scores = scored([Known(fact, f"{called_as(fact)} {name_of(fact)}") for fact in waiting], words, targets)
    if not words or untold(words, scores):
        return []
    return [draft(fact, reading.chart, route="order") for fact in likeliest(scores)[-1:]]


def _tests_ordered(plans: Sequence[Plan], reading: Reading) -> list[Fact]:
    """Return the open orders to come of the one procedure that is asked ("when's his next scan?"), the nearest first.

    An appointment that only speaks of it ("clinic with scan results") is not the scan.
    """
    if any(target.kind is not ConceptKind.PROCEDURE for plan in plans for target in plan.targets):
        return []
    found = [item for plan in plans for item in retrieve_facts(plan, reading.shelves.records, scope=reading.scope)]
    orders = [
        (day, fact)
        for item in found
        for fact in item.facts
        if fact.category is Category.ORDER
        and fact.status in OPEN
        and (day := _planned_day(fact)) >= reading.chart.today.isoformat()
    ]
    return [fact for _, fact in sorted(orders, key=lambda each: each[0])]


def _planned_day(fact: Fact) -> str:
    """Return the day for which something is ordered, as written; empty: the order tells none."""
    planned = fact.detail("planned_for")
    return planned.text[:10] if planned is not None else ""


def _waiting(reading: Reading) -> list[Fact]:
    """Return what was ordered and is open, oldest first."""
    orders = reading.shelves.records.facts(reading.scope, categories=(Category.ORDER,))
    return [fact for fact in orders if fact.span is None and fact.status in OPEN and fact.occurred is not None]


_ORDERS = frozenset(forms("referral referrals order orders request requests open outstanding pending"))
_BESIDE = Cue(
    r"\b(?:appointments?|appts?|bookings?|visits?|clinics?)\b[^?.;]{0,12}?(?:\bor\b|\band\b|/|&|\+|,)[^?.;]{0,20}?\b(?:referr?als?|orders?)\b"
    r"|\b(?:referr?als?|orders?)\b[^?.;]{0,12}?(?:\bor\b|\band\b|/|&|\+|,)[^?.;]{0,20}?\b(?:appointments?|appts?|bookings?|visits?|clinics?)\b"
)
"""Asks for what is booked together with what is ordered."""


def _to_return(text: str, plans: Sequence[Plan], reading: Reading) -> list[DraftClaim]:
    """Quote the newest note that says when to come back, where nothing is booked and no visit came since that day."""
    spoken = {word for words in fields_named(text).words for word in forms(words)}
    named = choosing_words(plans, _OF_BOOKING | spoken) or fields_named(text).words or any(plan.window for plan in plans)
    if named or not _VISIT.search(text) or _NOT_VISITS.search(text) or not _OF_HIM.search(text):
        return []
    review = Review(reading.shelves.records, reading.chart.lexicon, reading.scope, today=reading.chart.today)
    seen = max((fact.occurred.first_day for fact in held_visits(reading) if fact.occurred), default=None)
    for note in review.notes(None):
        matches = [
            match
            for match in FOLLOW_UP.finditer(note.text)
            if _COMES.match(match[0]) and (due := due_by(note, match)) and (seen is None or due > seen)
        ]
        if matches and (line := quoted(note, matches[-1], "planned", "", review)) is not None:
            claim = line.claim
            return [DraftClaim(text=claim.text, kind=claim.kind, citations=claim.citations, route="quote")]
    return []


_COMES = Cue(r"(?!recheck)")
_IS_IT = Cue(r"\b(?:is|are|has|have|was|when|any|did|do)\b")
_OF_HIM = Cue(
    r"\b(?:next (?:\w+ )?(?:visit|appointment|appt|review|check-?up|follow[- ]?up)|follow[- ]?up|(?:come|coming|go|be|seen|see) (?:back|again|next)|due back|back in)\b"
)
"""Asks when somebody is to come back, to no one and for nothing in particular."""


def _is_given_for(fact: Fact, target: Target, lexicon: Lexicon) -> bool:
    """Say whether an appointment tells a thing by another word, or is for a medicine that is given for it."""
    words = forms(f"{called_as(fact)} {' '.join(detail.text for detail in fact.details)}")
    if target.find(words) is not None or set(forms(target.words)) & {each for word in words for each in said_as(word)}:
        return True
    drugs = [id_ for mention in lexicon.mentions(words) for id_ in mention.ids[:1]]
    drugs = [id_ for id_ in drugs if lexicon.concepts[id_].kind is ConceptKind.DRUG]
    classes = {above for id_ in drugs for above in lexicon.above(id_)}
    asked = set(forms(target.words))
    return any(asked <= set(forms(surface)) for surface in lexicon.surfaces(sorted(classes)))


def _seen_for(text: str, visits: Sequence[Fact], reading: Reading) -> list[Fact]:
    """Return the visits of the past in the field that a question names, oldest first."""
    called = fields_named(text).called
    return [
        fact
        for fact in visits
        if fact.occurred is not None
        and fact.occurred.first_day <= reading.chart.today
        and not fact.is_booked
        and fact.status not in {"cancelled", "noshow", "entered-in-error"}
        and any(each.search(f"{called_as(fact)} {name_of(fact)}") for each in called)
    ]


_THE_CLOCK = re.compile(r"\W*(?:and )?(?:at )?what time (?:is (?:it|that)|does (?:it|that) start)\W*", re.IGNORECASE)


def asks_the_clock(plan: Plan) -> bool:
    """Say whether a further part of a question asks nothing but at what time a booked thing is."""
    return _THE_CLOCK.fullmatch(plan.text) is not None
