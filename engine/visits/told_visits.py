"""The visit that a question tells in its own words, where its people, place, day or reason are asked.

"Who examined her at the ED for the calf?", "which ward was she on for the heart failure?", "when did I last ring, and what about?".
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.periods import MONTH
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.list_choice import notes_told
from chartcite.engine.facts.people import called_as, fields_named, fields_of, met_in
from chartcite.engine.facts.statements import encounter_class, name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.review.chart_review import is_note
from chartcite.engine.visits.described import Known, choosing_words, is_foreign, likeliest, scored, untold
from chartcite.engine.visits.encounters import emergencies, is_admission, is_emergency, of_unit_asked
from chartcite.engine.visits.held_visits import began_in, held_visits, touches
from chartcite.engine.visits.named_visits import notes_of
from chartcite.engine.visits.visit_choice import EMERGENCY, INNER_MOVE, KINDS, LAST_VISIT
from chartcite.engine.visits.visits import ASKS_VISIT, found_that_day, told_of_visit

ROUTE = "visit"
_CARER = r"(?:doctors?|docs?|dr|physicians?|clinicians?|consultants?|specialists?|surgeons?|nurses?|midwi(?:fe|ves)|registrar|resident|attending|hospitalist|provider|practitioner|pharmacist|physio\w*|therapist|dieti[ct]ian|paramedic|social worker|gps?|pcp|\w+ologist|\w+iatrist|\w+iatrician|person|lady|gentleman|woman|man|guy|bloke)"
_PERSON = Cue(
    rf"\bwho(?:m|'s)?\b|\b(?:which|what) (?:\w+ ){{0,2}}?{_CARER}\b|\b(?:her|his|their|the|whose) names?\b|\bnames? (?:of|for) (?:\S+ ){{0,4}}?{_CARER}\b"
    rf"|\b{_CARER}(?:'s|s)? names?\b|\b(?:the|and) (?:\w+ )?{_CARER} (?:in charge|responsible|looking after|on duty)\b",
)
_PLACE = Cue(
    r"\b(?:which|what|names? of (?:the|that)|(?:tell|give|want|need|know|confirm)\b[^.?;]{0,30}? the) (?:\w+ )?(?:ward|wing|unit|site|hospital|clinic|surgery|practice|department|location|place|facility|office|floor)\b",
)
_TERSE = Cue(r"(?:^|[.?!,;:]\s*)(?:which )?(?:hospital|ward|clinic|site|place|where)\s*\?\s*(?:which )?(?:day|date|when)\s*\?")
"""Asks for place and day in a word each."""
_DAY = Cue(r"\bwhen\b|\b(?:what|which) (?:day|date)\b|\bdates?\b|(?:^|[.?!,;:]\s*)(?:day|date)\s*\?")
_WHY = Cue(
    r"\bwhy\b|\bwhat\b[^.?;]*\b(?:for|about)\b(?=\W*$|\W+(?:and|or)\b|[,;.?])|\bwhat (?:\w+ )?(?:reason|heading)\b|\bwhat brought\b"
)
_FOUND = Cue(
    r"\btold (?:\w+ ){0,3}?(?:was|is)\b|\bdiagnos\w+|\bdx\b|\bwhat (?:was|were|did)\b[^.?;]*\b(?:found|th(?:ink|ought)|conclude\w*|call(?:ed)? it|put it down to)\b"
)
"""Asks what a visit found."""
_MET = Cue(
    r"\b(?:saw|seen|see|sees|seeing|examin\w+|assess(?:ed|ing)|look(?:ed|ing)? (?:at|after|over)|check(?:ed|ing) (?:\w+ )?over|met|meet|treat(?:ed|ing)|attend(?:ed|ing)|visit(?:ed|s|ing)?|assessment|sp(?:oke|eak|oken)|c[ao]me (?:to|round|over|by|out|in|home|along|and)|called (?:in|round|by)|popped|dropped (?:in|by)"
    r"|admitted|discharged|in charge|review(?:ed|s)?|consult\w*|opinion|spoke|talked|rang|ring|phoned|telephoned|calls?|phone|appointments?|appts?|clinics?|admissions?|stays?|stayed|inpatient|ward|hospitals?|encounters?|trip|attendances?)\b",
)
_DEED = Cue(
    r"\b(?:prescrib\w+|ordered|started|stopped|operat\w+|perform\w+|inserted|removed|took (?:\w+ )?out|put in|gave|given|injected|delivered|did the(?! (?:\w+ ){0,2}?(?:visit|assessment|review|call|consult\w*|check|check-?up)\b)|signed|wrote|written|reported|diagnosed|recommended|decided|told (?:me|her|him|us|them) (?:to|that|not))\b"
)
"""What somebody did is told by other entries than that of the visit."""
_SENT = Cue(r"\bwhere\b[^.?;]*\b(?:sent|go|gone|went|discharged|end up)\b")
"""Asks where somebody went after a visit."""
_AHEAD = Cue(
    r"\b(?:next|upcoming|coming up|due|booked|scheduled|will|should|shall|does (?:she|he) (?:see|go)|do i (?:see|go)|currently|usual(?:ly)?)\b"
)
_MANY = Cue(r"\bhow (?:many|often|long)\b|\b(?:all|every|each|list|ever|since)\b")
"""Asks of several visits, of any time, or only tells a time by one."""

_BEFORE = re.compile(r"(?<=\S )\b(?:before|until|prior to)\b[^?,.;]*", re.IGNORECASE)
"""Tells what a visit came before, which is another visit."""
_MET_SOMEBODY = re.compile(
    r"\b(?:[Ww]hen|[Ww]here|what day|which day)\b[^.?;]*\b(?:see|seen|saw|speak|spoke|spoken|talk|talked|meet|met|visit)\b (?:to |with )?(?:(?:Dr|Mr|Mrs|Ms|Prof|Sr|Nurse)\.? [A-Z]\w+|[A-Z]\w+ [A-Z]\w+)"
)
"""Asks when, or where, somebody of that name was met."""
_FIRST = Cue(
    r"\bfirst (?:\S+ ){0,3}?(?:visit|appointment|appt|admission|stay|clinic|consultation|attendance|contact|call)\b|\bfirst (?:saw|seen|came|met)\b"
)
_NEWEST = Cue(
    rf"\b(?:last|latest|most recent)\b(?! (?:{MONTH}|week|weekend|month|year|night|spring|summer|autumn|winter|fall|few|couple)\b)"
)
_REMOTE_ASKED = Cue(
    r"\b(?:rang|ring(?:ing)?|phon(?:e|ed|ing)|telephon(?:e|ed|ing)|call(?:ed|s|ing)?(?! (?:in|round|by|on|it|out)\b)|on the line|by phone|video)\b"
)
_REMOTE = Cue(r"\b(?:virtual|telephone|phone|video|tele\w+)\b")
_HOME_ASKED = Cue(
    r"\b(?:home visit|(?:came|come|comes|coming|called|popped|dropped|visit\w*|out)\b[^.?;]{0,25}\b(?:home|house|flat|apartment|place|door|round|over)|(?:saw|seen|see|examin\w+|assess\w+) (?:\w+ ){0,2}?at home)\b"
)
_HOME = Cue(r"\b(?:home health|home|house|domiciliary)\b")
_STAY_ASKED = Cue(
    r"\b(?:(?:re-?)?admi(?:ssions?|tted)|hospitali[sz]\w*|inpatient|(?:hospital |ward |inpatient )stay|(?:the|this|that|her|his|my) (?:[\w-]+ ){1,4}stay|wards?(?! (?:clerk|round)))\b"
)
_OF_VISITS = frozenset(
    forms(
        "visit appointment appt clinic consult consultation encounter admission stay ward hospital unit site place location department practice surgery office doctor doc dr physician clinician consultant specialist surgeon nurse team "
        "person lady gentleman somebody someone anybody name day date time dates charge opinion asked heading reason call calling phone telephone line home house room saw seen see examined came come round week planned in out last latest first "
        "form note letter question caller desk front emergency ed er casualty inpatient outpatient"
    )
)
"""Words by which every question about a visit is asked, or that its kind accounts for."""


def told_visit_of(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft the entry of the one visit whose people, place, day or reason a question asks; empty: it asks otherwise, or of no single visit."""
    if not _asks(text, plans):
        return []
    visit = _meant(text, plans, reading)
    if visit is None:
        return []
    claims = [draft(visit, reading.chart, route=ROUTE)]
    if ASKS_VISIT.search(text):
        return [*claims, *notes_told(visit, text, reading)]
    if _FOUND.search(text):
        problems = reading.shelves.records.facts(reading.scope, categories=(Category.CONDITION,))
        held = [fact for fact in problems if fact.span is None and fact.assertion is AssertionStatus.PRESENT]
        found = [draft(fact, reading.chart, route=ROUTE) for fact in found_that_day(visit, held)]
        claims += found or told_of_visit(visit, text, reading.shelves.records, scope=reading.scope)
    return claims


_WHICH_SPECIALISTS = Cue(
    r"\b(?:which|what|list|all|any|name|how many)\b[^?.;]*\b(?:specialists?|consultants?|specialties|specialities)\b[^?.;]*\b(?:seen|sees?|saw|been|under|involved|had|has|have|follow\w*|visited)\b|\bspecialists? (?:seen|involved|visited)\b"
)
"""Asks for all specialists that were seen."""
_NO_SPECIALTY = Cue(
    r"\b(?:gp|primary care|family (?:medicine|physician|practice)|general pract\w*|pcp|internal medicine|pharmac\w*|nurse|rn|new patient visit|phone|telephone|portal|message)\b"
)


def told_specialists(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft the newest visit to each specialist that was seen, where all of them are asked; empty: it asks otherwise."""
    if not _WHICH_SPECIALISTS.search(text) or fields_named(text).words or any(plan.family or plan.targets for plan in plans):
        return []
    window = next((plan.window for plan in plans if plan.window is not None), None)
    newest: dict[str, Fact] = {}
    for fact in held_visits(reading):
        people = [detail.text for detail in fact.details if detail.name == "participant"]
        called = f"{fact.concept.text} {' '.join(people)}"
        inside = window is None or touches(fact, window)
        if (
            inside
            and fields_of(called)
            and not _NO_SPECIALTY.search(called)
            and not is_emergency(fact)
            and not is_admission(fact)
        ):
            newest[fact.author or " ".join(people)] = fact
    return [
        draft(fact, reading.chart, route=ROUTE)
        for fact in sorted(newest.values(), key=lambda fact: fact.occurred.day if fact.occurred else "")[::-1]
    ]


def _asks(text: str, plans: Sequence[Plan]) -> bool:
    """Say whether somebody met, a place, a day or a reason of one visit is asked."""
    if any(plan.family or plan.undone or plan.comparison or plan.asks_patient_group for plan in plans):
        return False
    text = _BEFORE.sub("", text)
    person, place = _PERSON.search(text) or _MET_SOMEBODY.search(text), _PLACE.search(text)
    day, why = _DAY.search(text), _WHY.search(text)
    # A day or a reason alone is asked of many things; with whom, of a visit.
    enough = person or (place and _sorted(text)) or (day and why and _REMOTE_ASKED.search(text)) or _IN_AND_OUT.search(text)
    enough, told = enough or _TERSE.search(text), _MET.search(text) or EMERGENCY.search(text) or _TERSE.search(text)
    if (
        not enough
        or not told
        or _SENT.search(text)
        or _DEED.search(ASKS_VISIT.sub(" ", text))
        or INNER_MOVE.search(text)
        or _AHEAD.search(text)
        or _MANY.search(text)
    ):
        return False
    apart = (
        {ConceptKind.DRUG, ConceptKind.VACCINE} if person else {ConceptKind.DRUG, ConceptKind.VACCINE, ConceptKind.MEASUREMENT}
    )
    return not any(target.kind in apart for plan in plans for target in plan.targets)


def _sorted(text: str) -> bool:
    """Say whether a stay, an emergency, a kind of visit or a field is named."""
    return any(cue.search(text) for cue in (_STAY_ASKED, EMERGENCY, LAST_VISIT)) or bool(fields_named(text).words)


_IN_AND_OUT = Cue(r"\bdates?,? (?:of )?(?:in|admi\w+) ?(?:and|\+|&|/|,) ?(?:out|d/?c|disch\w+)\b|\bin ?(?:\+|&|/|and) ?out\b")


def _meant(text: str, plans: Sequence[Plan], reading: Reading) -> Fact | None:
    """Return the visit that the words of a question choose; `None`: none, or several as well."""
    records, scope = reading.shelves.records, reading.scope
    held = held_visits(reading)
    window = next((plan.window for plan in plans if plan.window is not None), None)
    inside = [fact for fact in held if window is None or touches(fact, window)]
    chosen, sorts = _of_sort(_BEFORE.sub("", text), inside)
    newest = LAST_VISIT.search(text) is not None or _NEWEST.search(text) is not None
    first = any(plan.intent is Intent.FIRST for plan in plans) or _FIRST.search(text) is not None
    targets = [target for plan in plans for target in plan.targets]
    spoken = {word for cue in sorts for match in cue.finditer(text) for word in forms(match[0])}
    if asked := ASKS_VISIT.search(text):
        spoken |= set(forms(asked[0]))
    words = choosing_words(plans, _OF_VISITS | spoken)
    passages = [each for each in records.all_passages(scope) if is_note(each)]
    done = [fact for fact in records.facts(scope, categories=(Category.CONDITION, Category.PROCEDURE)) if fact.span is None]
    known = [_known(fact, done, notes_of(fact, passages, held)) for fact in chosen]
    scores = scored(known, words, targets)
    # A word that is no plain English and that no visit tells is of something else.
    left = untold(words, scores)
    if any(map(is_foreign, left)) and (len(left) * 2 > len(words) or not window):
        return None
    if any(target.ids and target.kind is ConceptKind.CONDITION and not _is_told(target, known) for target in targets):
        return None
    telling = [word for word in words if word not in left]
    alone = sorts and (window is not None or newest or first or len(chosen) == 1)
    if not (telling or words or sorts) and newest and _PERSON.search(text):
        in_person = [fact for fact in chosen if not _REMOTE.search(f"{encounter_class(fact)} {name_of(fact)}")]
        return next(iter((in_person or chosen)[::-1]), None)
    if not telling and not alone:
        return None
    best = likeliest(scores)
    if newest or first:
        return next(iter(best if first and not newest else best[::-1]), None)
    return best[0] if len(best) == 1 else None


def _is_told(target: Target, known: Sequence[Known]) -> bool:
    words = set(forms(target.words))
    return any(
        target.find(forms(f"{each.entry} {each.around}")) is not None or words & set(forms(f"{each.entry} {each.around}"))
        for each in known
    )


def _of_sort(text: str, visits: Sequence[Fact]) -> tuple[list[Fact], list[Cue]]:
    """Keep the visits of the sort that a question tells: by telephone, at home, an emergency, a stay, a kind, a field."""
    chosen = list(visits)
    sorts: list[Cue] = []
    if _HOME_ASKED.search(text):
        home = [fact for fact in chosen if _HOME.search(f"{encounter_class(fact)} {name_of(fact)}")]
        chosen, sorts = home, [_HOME_ASKED]
    elif _REMOTE_ASKED.search(text):
        chosen = [fact for fact in chosen if _REMOTE.search(f"{encounter_class(fact)} {name_of(fact)}")]
        sorts = [_REMOTE_ASKED]
    elif EMERGENCY.search(text):
        chosen, sorts = emergencies(chosen), [EMERGENCY]
    elif _STAY_ASKED.search(text):
        chosen, sorts = of_unit_asked([fact for fact in chosen if is_admission(fact)], text), [_STAY_ASKED]
    elif re.search(r"\bclinic (?:visit|appointment|appt)\b", text, re.IGNORECASE):
        chosen = [fact for fact in chosen if "ambulatory" in encounter_class(fact).lower()]
        sorts = [Cue(r"\bclinic\b")]
    for asked, called in KINDS[:8]:
        if asked.search(text):
            chosen = [fact for fact in chosen if called.search(f"{called_as(fact)} {_places(fact)}")]
            sorts.append(asked)
    fields = fields_named(text).called
    if fields:
        chosen = met_in(chosen, fields)
        sorts.append(Cue("|".join(re.escape(word) for word in fields_named(text).words)))
    return chosen, sorts


def _places(fact: Fact) -> str:
    return " ".join(detail.text for detail in fact.details if detail.name in {"provider", "location"})


def _known(visit: Fact, done: Sequence[Fact], notes: Sequence[Passage]) -> Known:
    details = " ".join(detail.text for detail in visit.details)
    heads = " ".join(dict.fromkeys(f"{note.title} {note.author}" for note in notes))
    days = " ".join(name_of(fact) for fact in done if began_in(fact, visit))
    return Known(visit, f"{called_as(visit)} {details} {heads}", f"{days} {' '.join(note.text for note in notes)}")
