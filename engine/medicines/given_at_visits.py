"""What was given at a visit: "what did they give him in A&E?", "which drugs did she get on the ward in May?".

That somebody was there does not tell it, and what is taken all the time was not given there: told are the administrations and the orders
that began in those days, and the sentences of their notes by which a medicine was given.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan
from chartcite.engine.visits.encounters import is_admission, is_emergency

ROUTE = "near_quote"
MOST_ORDERS, MOST_QUOTED = 6, 4
_EMERGENCY = r"(?:(?-i:ED|ER)|a ?& ?e|a and e|casualty|emergency(?: room| department)?)"
_WARD = r"(?:hospital|ward|unit|icu|itu|hdu|picu|nicu|admission|stay)"
_PLACE = rf"\b(?:in|at|on|during) (?:the |his |her |my |that |this )?(?:\w+ )?(?:{_EMERGENCY}|{_WARD})\b"
_ASKS = Cue(
    rf"\bwhat (?:else |all |(?:drugs?|med\w+|treatments?) )?(?:was|were|did) (?:\w+ ){{1,3}}?(?:given|get|got|give|receive[d]?)\b[^?]{{0,30}}?{_PLACE}"
    rf"|\b(?:which|what) (?:drugs?|med\w+|treatments?) (?:was|were|did) (?:\w+ ){{0,3}}?(?:given|get|got|give|receive[d]?)\b[^?]{{0,30}}?{_PLACE}"
    rf"|\bwhat was given\b[^?]{{0,30}}?{_PLACE}"
)
_IN_EMERGENCY = Cue(rf"\b{_EMERGENCY}\b")
_GIVEN = Cue(
    r"\b(?:given|gave|received|stat|loaded|bolus\w*|administered|treated with|IV|IM|PO|nebs?|nebuli[sz]\w*|puffs|infusion|mg|mcg|mL|g)\b"
)
_NOT_GIVEN = Cue(
    r"\b(?:home (?:meds?|medic\w+)|regular|usual|takes|allerg\w*|on discharge|discharged (?:home )?(?:on|with)|prescri\w*|script|to take|plan|if|pmh|history|hx|known|no|not|declin\w*|refus\w*|held|stopped)\b"
)


def told_given(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what was given at the visit that is meant; empty: that is not asked, or nothing tells which visit or what."""
    if len(plans) != 1 or not _ASKS.search(text) or plans[0].targets or plans[0].family:
        return []
    visit = _meant(plans[0], text, reading)
    if visit is None or visit.occurred is None:
        return []
    first, last = visit.occurred.first_day, (visit.ended or visit.occurred).last_day
    records = reading.shelves.records
    medicines = records.facts(reading.scope, categories=(Category.MEDICATION,))
    given = [fact for fact in medicines if fact.span is None and _began(fact, first, last)]
    quotes = [
        quote_sentence(passage, sentence, records, route=ROUTE)
        for passage, sentence in _sentences(list(records.all_passages(reading.scope)), first, last, reading.chart.lexicon)
    ]
    return [*(draft(fact, reading.chart, route="medication_state") for fact in given[:MOST_ORDERS]), *quotes[:MOST_QUOTED]]


def _meant(plan: Plan, text: str, reading: Reading) -> Fact | None:
    """Return the one visit of the kind and time that are asked, or the newest where the last one is asked for."""
    kind = is_emergency if _IN_EMERGENCY.search(text) else is_admission
    listed = reading.shelves.records.facts(reading.scope, categories=(Category.ENCOUNTER,))
    visits = [
        fact
        for fact in listed
        if fact.span is None
        and kind(fact)
        and fact.occurred is not None
        and (plan.window is None or plan.window.holds(fact.occurred))
    ]
    visits.sort(key=lambda fact: fact.occurred.start.timestamp() if fact.occurred else 0.0)
    return visits[-1] if visits and (len(visits) == 1 or plan.newest) else None


def _began(fact: Fact, first: date, last: date) -> bool:
    real = fact.assertion in {AssertionStatus.PRESENT, AssertionStatus.HISTORICAL}
    return real and fact.occurred is not None and first <= fact.occurred.first_day <= last


def _sentences(passages: Sequence[Passage], first: date, last: date, lexicon: Lexicon) -> Iterator[tuple[Passage, Sentence]]:
    for passage in passages:
        known = passage.occurred or passage.recorded
        if known is None or not passage.resource.startswith("DocumentReference/"):
            continue
        if not first <= known.first_day <= last + timedelta(days=1):
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            told = _GIVEN.search(text) is not None and _NOT_GIVEN.search(text) is None
            if told and sentence not in passage.commands and _names_medicine(text, lexicon):
                yield passage, sentence


def _names_medicine(text: str, lexicon: Lexicon) -> bool:
    return any(lexicon.concepts[id_].kind is ConceptKind.DRUG for each in lexicon.mentions(forms(text)) for id_ in each.ids[:1])
