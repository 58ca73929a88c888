"""Who looks after what: "who does she see for her kidneys", "her heart doctor": by role, specialty, visit and reason."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Plan

SPECIALTIES: tuple[tuple[str, str], ...] = (
    (r"pulmon\w*|respirat\w*|chest (?:physician|clinic)|lung\w*", r"pulm\w*|respirat\w*|lungs?|breath\w*|chest|asthma|copd|inhalers?"),
    (r"cardio\w*|cardiac|heart\w*", r"cardi\w*|cards|heart|afib|arrhythmia\w*|rhythm|valve|angina"),
    (r"heart failure (?:specialist )?nurs\w*|hf ?(?:specialist )?nurs\w*|hfsn", r"(?:heart failure|hf)(?: specialist)? nurse"),
    (r"(?:device|pacing|pacemaker|icd) (?:clinic|check\w*|lab|implant)|cardiac physiolog\w*", r"(?:device|pacing|pacemaker|icd) (?:clinic|team|physiologist)"),
    (r"nephro\w*|renal|kidney\w*|dialysis", r"nephro\w*|renal|kidneys?|dialysis|ckd"),
    (r"neuro\w*", r"neuro\w*|brain|seizures?|epilep\w*|strokes?|parkinson\w*|migraines?|nerves?|memory"),
    (r"parkinson\w*|movement disorders?", r"parkinson['’]?s? (?:disease )?(?:\w+ )?(?:nurse|clinic|team|specialist|doctor|dr|visit)|pdns|pd (?:\w+ )?nurse|movement disorders?"),
    (r"district nurs\w*|community nurs\w*|tissue viability", r"district nurses?|community nurses?|tissue viability(?: nurse)?|wound nurse"),
    (r"speech and language\w*|speech therap\w*|slt|slp|salt", r"speech (?:and language )?(?:therap\w+|patholog\w+)|slt|slp|(?-i:SALT)(?! (?:intake|free|restrict))"),
    (r"endocrin\w*|diabet\w*", r"endo|endocrin\w*|diabet\w*|sugars?|thyroid|hormones?|insulin"),
    (r"ophthal\w*|optom\w*|retina\w*|eye", r"oph?th\w*|optom\w*|eyes?|vision|sight|glaucoma|retin\w*|cataracts?"),
    (r"gastro\w*|hepat\w*|liver|digest\w*", r"gastro\w*|stomach|gut|bowels?|colon\w*|liver|hepat\w*|cirrhosis|crohn\w*|colitis"),
    (r"rheumat\w*", r"rheum\w*|joints?|arthritis|lupus|gout"),
    (r"oncolog\w*|cancer", r"onc|oncolog\w*|cancers?|tumou?rs?|chemo\w*|lymphoma|leuk\w*"),
    (r"h[a]?ematolog\w*", r"h[a]?ematolog\w*|blood|clots?|clotting|an[a]?emia|lymphoma|leuk\w*|myeloma"),
    (r"dermat\w*|skin", r"derm|dermat\w*|skin|rash|psoriasis|eczema|moles?|acne"),
    (r"psychi\w*|psychol\w*|mental\w*|behavio\w*|therapist|counsel\w*|pmhnp", r"psych\w*|mood|depress\w*|mental|anxiety|bipolar|shrink|therap(?:y|ist)|counsel\w*"),
    (r"urolog\w*", r"uro|urolog\w*|bladder|prostate|urine|waterworks|urinary"),
    (r"orthop\w*", r"ortho\w*|bones?|hips?|knees?|shoulders?|fractures?|spine|back"),
    (r"midwi\w*|cnm", r"midwi\w*|cnm|lmc"),
    (r"obstet\w*|gyn\w*|prenatal|maternity", r"obstet\w*|gyn\w*|obgyn|ob|pregnan\w*|baby|womb|periods?|delivery"),
    (r"infect\w*|hiv|id physician", r"infect\w*|hiv|aids"),
    (r"otolaryn\w*|ent|audiolog\w*", r"otolaryn\w*|ent|ears?|nose|throat|hearing|sinus\w*"),
    (r"p[a]?ediatr\w*", r"p[a]?ediatr\w*|child\w*|kids?"),
    (r"geriatr\w*", r"geri|geriatr\w*|elderly"),
    (r"allerg\w*|immunolog\w*", r"allergist|immunologist"),
    (r"pain", r"pain"),
    (r"palliat\w*|hospice|supportive care", r"palliat\w*|hospice|supportive care|supportive"),
    (r"dent\w*|dds|dmd", r"dent\w*|teeth|tooth"),
    (r"podiat\w*|foot|dpm", r"podiat\w*|feet|foot"),
    (r"diet\w*|nutrit\w*|rdn?", r"diet\w*|nutrit\w*|food"),
    (r"physio\w*|physical therap\w*|dpt", r"physio\w*|physical therap\w*|rehab\w*"),
    (r"pharmac\w*|pharmd", r"pharmacist"),
    (r"nurse\w*|rn|nursing|cns", r"nurse|cns|clinical nurse specialist"),
    (r"health visit\w*", r"health visitor"),
    (r"social work\w*|lcsw|msw|lmsw", r"social worker"),
    (r"gp|primary care|family (?:medicine|physician|practice)|general pract\w*|pcp|internal medicine|internist", r"gp|gps|pcp|primary care|family (?:doctor|physician)|general practitioner|internist|regular doctor|own doctor|usual doctor"),
    (r"stoma\w*|ostomy", r"stoma|ostomy|bag|colostomy|ileostomy"),
    (r"wound\w*|tissue viab\w*", r"wounds?|tissue viability"),
    (r"colorectal", r"colorectal"),
    (r"icu|intensive care|critical care", r"icu|itu|intensive care|critical care"),
    (r"sleep\w*", r"sleep|apn(?:o)?ea|cpap"),
    (r"memory|dementia", r"memory|dementia|alzheimer\w*"),
    (r"breast", r"breasts?"),
    (r"surg\w*", r"surgeon|operat\w*|surgery|surgical"),
)  # fmt: skip
"""By specialty: how roles, visits and clinics are called, and what people say who ask for its people."""
_PATTERNS = tuple((Cue(rf"\b(?:{called})\b"), Cue(rf"\b(?:{asked})\b")) for called, asked in SPECIALTIES)
ASKS_CARER = Cue(
    r"\bwho(?:'s| is| was| are)? (?:\S+ ){0,3}?(?:doctors?|physicians?|specialists?|surgeons?|nurses?|consultants?|gp|pcp|midwife|therapist|team|mdt|multidisciplinary team|(?:key|link|case|social|support|care) ?(?:worker|coordinator|manager)s?|named nurse|social workers?|health visitors?|\w+ologists?|\w+iatrists?|\w+iatricians?|dentist|pharmacist|dietitian|dietician|cns|key[- ]?workers?|(?:case|care|social|support|link|outreach) (?:worker|manager|coordinator)|coordinator|navigator)\b"
    r"|\bwho (?:does|do|did|is|are) (?:\S+ ){1,3}?(?:see|sees|seeing|saw|go to|going to|under|followed by|follow up with)\b|\bwho (?:sees|looks after|is looking after|manages|is managing|follows|treats|is treating|takes care of|cares for|handles)\b"
    r"|\b(?:which|what) (?:\w+ )?(?:doctors?|physicians?|specialists?|clinics?|clinicians?|consultants?|\w+ologists?) (?:looks? after|manages?|follows?|treats?|sees?|handles?|do(?:es)?|did|is|are)\b"
    r"|\bwho (?:all )?(?:is|are) (?:all )?(?:involved (?:in|with)|on) (?:his|her|my|their|the) (?:medical )?(?:care|case|team)\b"
    r"|\b(?:name of|name for) (?:\S+ ){0,2}?(?:doctor|physician|specialist|surgeon|nurse|consultant|gp|pcp|midwife|therapist|\w+ologist|navigator|pharmacist|dieti[ct]ian|counsell?or|manager|worker)\b"
    r"|\b(?:doctor|physician|specialist|surgeon|nurse|consultant|gp|pcp|\w+ologist|midwife|therapist|pharmacist|dieti[ct]ian|counsell?or|navigator|social worker)(?:'s|s)? name\b",
)
_ACT = Cue(
    r"\b(?:ordered|prescribed|performed|did the|started|stopped|wrote|signed|operated|delivered|admitted|discharged|took out|removed|took|who (?:did|fixed|repaired|replaced|put in|fitted|implanted|inserted))\b",
)
_EVERYBODY = Cue(
    r"\b(?:team|mdt)\b|\b(?:which|what) (?:doctors|clinicians|physicians)\b|\binvolved (?:in|with) (?:his|her|my|their|the) (?:medical )?(?:care|case)\b|\bwho (?:looks|is looking) after (?:him|her|me|them|the patient|this patient)\W*$|\bwho(?:'s| is| are) (?:\S+ ){0,3}?doctors\b|\ball (?:of )?(?:his|her|my|their|the) doctors\b"
)
CARERS = (Category.CARE_TEAM, Category.ENCOUNTER, Category.DEMOGRAPHIC)
MOST_CARERS = 3


def asks_carer(plan: Plan) -> bool:
    """Say whether a question asks who looks after something, rather than who did something."""
    return (ASKS_CARER.search(plan.text) or _ASKS_ROLE.search(plan.text)) is not None and not _ACT.search(plan.text)


_ROLES = (
    r"social workers?|care co-?ordinators?|co-?ordinators?|case ?managers?|case ?workers?|key ?workers?|cpns?|rmns?|community (?:psychiatric|mental health) nurses?|psychiatric nurses?|psychiatrists?|psychologists?"
    r"|(?:peer )?support workers?|peer (?:worker|mentor|support)|recovery workers?|drugs? workers?|alcohol workers?|advocates?|sponsors?|nearest relative|health visitors?|district nurses?|specialist nurses?|link workers?|responsible clinician"
)
_ASKS_ROLE = Cue(
    rf"\b(?:who(?:['’]?s| is| are| was)|name of|(?:has|have|does|is there) (?:(?:he|she|they|i|mum|mom|dad|the patient|pt) )?(?:have |got )?(?:an?|any)) (?:(?:his|her|my|their|the|current|an?|named) )*(?P<role>{_ROLES})\b(?!['’]s)"
    rf"|^\W*(?:(?:his|her|my|their|the|current|named) )*(?P<bare>{_ROLES})(?: name)?\W*$"
)
"""Asks for somebody by a role that care teams name."""
_ALSO_CALLED: tuple[tuple[str, str], ...] = (
    (
        r"cpns?|rmns?|community (?:psychiatric|mental health) nurses?|psychiatric nurses?",
        r"cpn|rmn|community (?:psychiatric|mental health) nurse|psychiatric nurse",
    ),
    (r"co-?ordinators?|care co-?ordinators?|case ?managers?|key ?workers?", r"co-?ordinator|case ?manager|key ?worker"),
    (r"social workers?|case ?workers?", r"social work\w*|case ?worker|lcsw|msw"),
    (r"psychiatrists?|responsible clinician", r"psychiatr(?:ist|y)\b|pmhnp"),
    (r"(?:peer )?support workers?|peer (?:worker|mentor|support)", r"peer|support worker"),
)
"""Roles as people ask for them, and as teams call them."""


def in_role(facts: Sequence[Fact], plan: Plan, /) -> list[Fact]:
    """Return the newest care team that names somebody in the role that a question asks for; empty: it asks for none, or none does."""
    match = _ASKS_ROLE.search(plan.text)
    asked = (match["role"] or match["bare"]).lower() if match else ""
    if not asked:
        return []
    called = next((called for said, called in _ALSO_CALLED if re.fullmatch(said, asked)), re.escape(asked.rstrip("s")))
    role = re.compile(rf"\b(?:{called})", re.IGNORECASE)
    teams = [
        fact for fact in facts if fact.category is Category.CARE_TEAM and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
    ]
    named = [fact for fact in teams if any(role.search(each.text) for each in fact.details if each.name == "participant")]
    return named[-1:]


_SAW = Cue(
    r"\b(?:see|saw|seen|visit(?:ed)?|been (?:to|seen)|went to|appointment|appt)\b.*\b(?:doctor|dr|specialist|clinic|nurse|dentist|optician|gp|\w+ologist|\w+iatrist|midwife|dietitian|therapist|surgeon)\b",
)


def visits_to_specialist(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Return the encounters with somebody of the field that a question names ("when did she last see the eye doctor?"); empty: none named."""
    asked = fields_named(plan.text).called or [called for called, said in _PATTERNS if said.search(plan.text)]
    if plan.subject is not Category.ENCOUNTER or not asked or not _SAW.search(plan.text):
        return []
    return [fact for fact in facts if any(pattern.search(called_as(fact)) for pattern in asked)]


_IN_THE_FIELD = Cue(
    r"\b(?:allergists?|\w{2,}(?:ologists?|ology|iatrists?|iatricians?|iatry)|(?:\w+ )?surgeon|surgery clinic|pharmacist|pharmacy visit|dieti[ct]ian|nutritionist|midwife|dentist|podiatrist|optician|optometr(?:ist|y)|audiology|therapist|(?:gp|pcp|hiv|palliative(?: care)?|hospice|supportive care|intensive care|icu|rehab)(?= (?:visit|appt|appointment|clinic|check\w*|f/u|follow|consult|review|do|did|done|sa(?:y|id)|advi[sc]ed?|recommend\w*|plan|think|thought|find|found|want|suggest\w*|prescribe|stop|start|change|decide|tell)\b)|counsell?or|social worker|physio\w*|"
    r"(?:heart failure|hf)(?: specialist)? nurse|(?:device|pacing|pacemaker|icd) (?:clinic|team|physiologist)|(?:palliative|supportive|hospice)(?: care)? (?:doctor|dr|specialist|clinic|team|consultant|people|nurse)|"
    r"parkinson['’]?s? (?:disease )?(?:specialist )?(?:nurse|clinic|team|specialist|doctor|dr|visit)|pdns|pd (?:specialist )?nurse|movement disorders? (?:clinic|team|nurse)"
    r"|district nurses?|community nurses?|tissue viability(?: nurse)?|wound nurse|speech (?:and language )?(?:therapists?|therapy|pathologists?)|slt|slp|"
    r"(?:heart|cardiac|sugar|kidney|renal|eye|lung|chest|liver|skin|bone|brain|nerve|cancer|diabetes|diabetic|hormone|thyroid|stomach|gut|foot|ear|ent|blood|joint|allergy|women'?s|baby|child\w*|pain|mental health|sleep|memory|breast|bladder|waterworks|prostate|hearing|spine|back|hip|knee|shoulder|hand|stroke|urinary|stoma|ostomy|bag|colostomy|wound|tissue viability|colorectal|icu|itu|intensive care|critical care) (?:care )?(?:doctor|dr|specialist|clinic|team|consultant|people|nurse|doc|surgeon|visit|appointment|appt|check-?up)|"
    r"ears?,? nose,?(?: and| &)? throat(?: (?:doctor|dr|doc|specialist|clinic|consultant|surgeon|people|team))?|ent|neuro|ortho|cards|cardio|nephro|endo|pulm|rheum|gyn|obgyn|geri|derm|onc|uro|gastro|psych|optho|ophtho)\b",
)


class Fields(NamedTuple):
    """The fields of medicine whose people or clinics a question names."""

    words: list[str]
    """As the question says them."""
    called: list[Cue]
    """How their people, clinics and visits are called."""


def is_field(words: str) -> bool:
    """Say whether words are how people name a field of medicine: "kidney", "sugar"."""
    return any(said.fullmatch(words) for _called, said in _PATTERNS)


def fields_named(text: str) -> Fields:
    """Return the fields whose people or clinics a text names ("the kidney doctor", "neuro", "the surgeon")."""
    found = [match[0] for match in _IN_THE_FIELD.finditer(text)]
    meant = {word: _meant_by(word) for word in found}
    words = [word for word, called in meant.items() if called]  # "pathology" has no clinic
    return Fields(words, list(dict.fromkeys(called for word in words for called in meant[word])))


def _meant_by(word: str) -> list[Cue]:
    """Return how the people of a field are called: a heart failure nurse is called so, and is no cardiologist."""
    whole = [called for called, said in _PATTERNS if said.fullmatch(word)]
    return _narrower(whole or [called for called, said in _PATTERNS if said.search(word) or called.search(word)])


def _narrower(called: list[Cue]) -> list[Cue]:
    """Leave out nurses in general where those of a field are meant: a Parkinson's nurse is no district nurse."""
    return [each for each in called if each not in _any_nurse()] or called


@cache
def _any_nurse() -> tuple[Cue, ...]:
    return tuple(called for called, said in _PATTERNS if said.fullmatch("nurse"))


def met_in(facts: Sequence[Fact], fields: Sequence[Cue], /) -> list[Fact]:
    """Return the encounters of fields: called by one, or, called by no other, with whom a consultation of one was."""
    consulted = {_met(fact) for fact in facts if _is_called(fact.concept.text, fields) and _CONSULT.search(fact.concept.text)} - {
        ""
    }
    return [
        fact
        for fact in facts
        if _is_called(called_as(fact), fields)
        or (_met(fact) in consulted and not fields_of(fact.concept.text) and not _REMOTE.search(fact.concept.text))
    ]


_REMOTE = Cue(r"\b(?:telephone|phone|portal|message|e-?mail|video|virtual)\b")
_CONSULT = Cue(r"\bconsult\w*")


def _is_called(name: str, fields: Sequence[Cue]) -> bool:
    return any(each.search(name) for each in fields)


def fields_of(name: str) -> list[Cue]:
    """Return how the people and clinics of the fields are called that the name of a referral holds: "Referral to Allergy"."""
    return [called for called, _said in _PATTERNS if called.search(name)]


def carers(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Return who cares for what the question names, newest first: members of care teams, then people met at visits.

    Args:
        facts: facts of `CARERS`, oldest first.
        plan: a question for which `asks_carer` holds.
    """
    people = [fact for fact in facts if _is_somebody(fact) and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
    held = in_role(people, plan)
    if held:
        return held
    asked = [called for called, said in _PATTERNS if said.search(plan.text)]
    titles = [word for word in forms(_JOINED.sub(r"\1 \2", plan.text)) if word in _TITLES]
    if _EVERYBODY.search(plan.text):
        teams = [fact for fact in people if fact.category is Category.CARE_TEAM][-MOST_CARERS:]
        return teams or _newest_by_person(people)[:MOST_CARERS]
    if not asked and not plan.targets and not titles:
        return _seen_most(people) if _USUALLY.search(plan.text) else []
    concerned = [fact for fact in people if _fits(fact, asked, plan, titles)]
    if _OPERATED.search(plan.text):
        concerned = [fact for fact in concerned if _was_at_deed(fact, plan)]
    titled = [fact for fact in concerned if any(title in forms(called_as(fact)) for title in titles)]
    concerned = titled or concerned
    teams = [fact for fact in reversed(concerned) if fact.category is not Category.ENCOUNTER]
    return [*teams, *_newest_by_person(_of_field(concerned, teams, people, asked))][:MOST_CARERS]


def _of_field(concerned: Sequence[Fact], teams: Sequence[Fact], people: Sequence[Fact], asked: Sequence[Cue]) -> list[Fact]:
    """Return the visits to people of a field: to whom the care team names for it, else visits of that kind, else for its problems.

    Who is seen for everything is not the specialist of a problem that a visit was for too.
    """
    visits = [fact for fact in concerned if fact.category is Category.ENCOUNTER]
    roles = [detail.text for team in teams for detail in team.details if detail.name == "participant"]
    named = [role for role in roles if any(pattern.search(role) for pattern in asked)]
    if named:
        return [fact for fact in visits if _met(fact) and any(_met(fact) in role for role in named)]
    of_kind = [fact for fact in visits if any(pattern.search(_kind(fact)) for pattern in asked)]
    if of_kind or not asked:
        return of_kind or visits
    general = {fact.value.shown for fact in people if fact.category is Category.DEMOGRAPHIC and fact.value is not None}
    others = [fact for fact in visits if _met(fact) not in general]
    seen = [
        fact for fact in others if not _STAY.search(" ".join(detail.text for detail in fact.details if detail.name == "class"))
    ]
    return seen or others or visits


_STAY = Cue(r"\b(?:inpatient|emergency|acute)\b")


def _kind(fact: Fact) -> str:
    """Return the words that tell of what kind a visit is, without its reason."""
    told = [detail.text for detail in fact.details if detail.name in {"specialty", "service_type"}]
    return f"{fact.concept.text} {' '.join(told)}"


_USUALLY = Cue(r"\b(?:always|usual(?:ly)?|normally|regular(?:ly)?|mostly|most(?: often| of the time)?|mainly)\b", re.IGNORECASE)
"""Asks for whom somebody sees as a rule."""


def _seen_most(facts: Sequence[Fact]) -> list[Fact]:
    """Return the newest visit to whom most visits were."""
    visits = [fact for fact in facts if fact.category is Category.ENCOUNTER]
    seen = Counter(_met(fact) for fact in visits)
    return [fact for fact in reversed(visits) if _met(fact) == seen.most_common(1)[0][0]][:1]


def _met(fact: Fact) -> str:
    return fact.author or next((detail.text for detail in fact.details if detail.name == "participant"), "")


_JOINED = re.compile(r"\b(key|link|case)(worker|manager)", re.IGNORECASE)
_WORKER = re.compile(r"\b(key|link|case|social|support|care) ?(worker|manager|coordinator)", re.IGNORECASE)
_TITLES = frozenset(
    {"keyworker", "navigator", "manager", "coordinator", "worker", "midwife", "pharmacist", "dietitian", "therapist"}
)


def _fits(fact: Fact, asked: Sequence[Cue], plan: Plan, titles: Sequence[str]) -> bool:
    called = called_as(fact)
    workers = {(match[1].lower(), match[2].lower()) for match in _WORKER.finditer(plan.text)}
    if workers and workers.isdisjoint((match[1].lower(), match[2].lower()) for match in _WORKER.finditer(called)):
        return False  # a key worker is no social worker
    if asked and any(pattern.search(called) for pattern in asked):
        return True
    words = forms(called)
    return any(target.find(words) is not None for target in plan.targets) or any(title in words for title in titles)


_OPERATED = Cue(
    r"\b(?:surgeon|operator|ana?esthetist)s?\b.*\b(?:for|of|in(?! charge)|at|on(?! (?:duty|call))|during|who (?:did|performed))\b"
)
"""Asks for somebody by what they did, not for whom the patient is under."""

_SURGICAL = Cue(r"\b(?:surg|operat|an(?:a)?esth)")


def _was_at_deed(fact: Fact, plan: Plan) -> bool:
    """Say whether a team or visit was for the procedures that are named, if any are: another operation had its own surgeon."""
    said = forms(called_as(fact))
    deeds = [target for target in plan.targets if target.kind is ConceptKind.PROCEDURE and not target.is_class]
    where = [noted_as(word) for word in plan.keywords if not _SURGICAL.search(word)]
    where = [words for words in where if len(words) > 1]  # words that notes write otherwise: "knee", "tummy"
    return all(target.find(said) is not None for target in deeds) and not any(words.isdisjoint(said) for words in where)


def was_for(visit: Fact, plan: Plan) -> bool:
    """Say whether a visit for surgery names a procedure that is asked for, and who was there."""
    called = called_as(visit)
    names = any(target.find(forms(called)) is not None for target in plan.targets if not target.is_class)
    return names and _SURGICAL.search(called) is not None and bool(_met(visit))


def called_as(fact: Fact) -> str:
    """Return the words that tell of whose field a team or visit is: roles, the kind of visit, its reason."""
    told = [detail.text for detail in fact.details if detail.name in {"participant", "reason", "specialty", "service_type"}]
    return f"{fact.concept.text} {' '.join(told)}"


def _is_somebody(fact: Fact) -> bool:
    if fact.category is Category.DEMOGRAPHIC:
        return "practitioner" in fact.id.lower() or "primary care" in fact.concept.text.lower()
    return bool(fact.author) or any(detail.name == "participant" for detail in fact.details)


def _newest_by_person(facts: Sequence[Fact]) -> list[Fact]:
    newest: dict[str, Fact] = {}
    for fact in facts:
        remote = _REMOTE.search(fact.concept.text) is not None and _met(fact) in newest
        if fact.category is Category.ENCOUNTER and not remote:  # a message is no visit where there are visits
            newest[_met(fact)] = fact
    return sorted(newest.values(), key=lambda fact: fact.occurred.start.timestamp() if fact.occurred else 0.0, reverse=True)
