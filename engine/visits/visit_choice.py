"""Which visits a question names: by their kind, the field of who was seen, their time, and what they were for.

"When was she let out after the hip?", "how long was he in hospice?", "where did they take him?", "what did the kidney doctor say?".
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.dates.times import Window
from chartcite.engine.domain.records import AssertionStatus, Fact
from chartcite.engine.facts.people import asks_carer, called_as, fields_named, met_in
from chartcite.engine.facts.statements import encounter_class, name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import TO_HOSPITAL, Intent, is_ordinary
from chartcite.engine.retrieval import TargetFacts
from chartcite.engine.visits.encounters import emergencies, is_admission, is_emergency, of_unit_asked
from chartcite.engine.visits.visits import ASKS_CAUSE, ASKS_VISIT

KINDS: tuple[tuple[Cue, Cue], ...] = tuple(
    (Cue(rf"\b(?:{asked})\b"), Cue(called))
    for asked, called in (
        (r"hospice", r"hospice"),
        (r"skilled nursing(?: facility)?|nursing (?:home|facility)|snf|care home", r"nursing (?:facility|home)|\bsnf\b"),
        (r"rehab\w*|detox\w*", r"rehab|detox"),
        (r"urgent care|walk-?in(?: clinic)?", r"urgent care"),
        (r"(?:pre|ante)natal(?: (?:visits?|care|check\w*))?", r"(?:pre|ante)natal"),
        (r"post-?(?:natal|partum)(?: (?:visits?|care|check\w*))?", r"post-?(?:natal|partum)"),
        (r"post-?op\w*(?: (?:visits?|check\w*))?", r"post-?op"),
        (r"icu|itu|intensive care(?: unit)?|critical care(?: unit)?", r"intensive care|critical care|\b[im]?[ci]cu\b"),
        (r"hdu|high[- ]dependency(?: unit)?", r"\bhdu\b|high[- ]dependency|intensive care|critical care|\b[imp]?[ci]cu\b|\bitu\b"),
        (r"nicu|nnu|scbu|neonatal (?:unit|ward|intensive care(?: unit)?)|special care baby unit", r"neonatal|newborn|special care|\bn[in][cn]?u\b|\bscbu\b"),
        (r"in labou?r|labou?r (?:ward|and delivery|& delivery)|l ?& ?d|to have (?:the|her|my|our|a|his) baby|maternity (?:ward|unit)|birthing (?:unit|centre|center)", r"\bobstetric|\blabou?r\b|deliver|maternity|childbirth"),
        (r"follow[- ]?ups?(?: (?:visits?|appointments?|encounters?))?", r"follow[- ]?up"),
        (r"check-?ups?|physicals?|wellness(?: visits?)?|annual", r"check[ -]?up|general examination|physical|wellness|annual|well child"),
    )
)  # fmt: skip
"""By kind of visit: what people say, and how the visits are called."""
_HOSPITAL = Cue(
    r"\b(?:admi(?:t|ts|tted|ssion|ssions)|hospitali[sz]\w*|inpatient(?: stay)?|in (?:the )?hospital|out of (?:the )?hospital|hospital (?:stay|visits?|trips?|attendances?)|(?:visits?|trips?) to (?:the )?hospital|stay\b(?! (?:on|at|off|in(?! ?[/&-])|away|with|home|up|under|above|below|dry|well)\b)|discharged?|kept in|overnight|(?:how many|for|spend|spent) (?:\w+ )?nights?|let out|(?:was|were|is|been) (?:\w+ ){0,2}?in for|(?:go(?:ne|ing)?|went) in (?=for|to)|in and out|(?:in|on) (?:the )?(?:\w+ )?ward(?! rounds?))\b",
)
_TO_HOSPITAL = Cue(rf"\b(?:{TO_HOSPITAL})\b")
EMERGENCY = Cue(r"\b(?:ED|ER|A&E|A and E)\b|\b(?i:emergency(?: room| department)?|emerg|casualty|the er|the ed)\b", 0)
_VISIT = Cue(
    r"\b(?:visits?|appointments?|appts?|consult\w*|clinic|seen|saw|see|seeing|went to|been to|come in|came in|brought (?:in|to)|rushed (?:in|to)|taken in|taken to|(?:set|clapped|laid) eyes on|attendances?|encounters?|contacts? with|where (?:did|does) (?:he|she|they|i|it|mum|mom|dad|my \w+|the patient|pt) (?:go|end up)|where (?:was|were|did) (?:he|she|they|i) (?:taken|treated|sent|end up|turn up))\b",
)
LAST_VISIT = Cue(
    r"\b(?:last|latest|(?:most )?recent|newest) (?:\S+ ){0,3}?(?:visits?|appointments?|appts?|consult\w*|follow[- ]?ups?|reviews?|check-?ups?)\b"
    r"|\b(?:last|latest|most recent)\b[^?.;]*\beyes on\b",
)
"""Asks for the newest visit itself."""
_WARD = Cue(r"\bward (?P<name>[a-z]?\d{1,3}[a-z]?)\b")
_OF_VISITS = re.compile(
    r"\b(?:hospital|home|length|episode|start|started|begin|began|day|days|night|nights|week|weeks|leave|left|leaving|overnight|kept|keep|taken|took|look|looked|sent|go|went|gone|come|came|clinic|facility|place|location|loc|dt|dte|date|stay|stayed|"
    r"lie|lying|lain|discharge|discharged|admission|admitted|adm|admit|visit|appointment|saw|see|seen|doctor|ward|end|ended|recommend\w*|suggest\w*|advis\w*|offer\w*|think|thought|want\w*|opinion|specialist|surgeon|team|turn|turned|gather|land|landed|"
    r"bring|brought|due|out|let|meet|met|attend\w*|name|named|which|care|department|room|unit|sleep|slept|spend|spent|check\w*|happen\w*|last|long|post|op|find|found|say|said|tell|told|wrong|matter|trouble|contact|provider|clinician|somewhere|attendance|encounter|eye|eyes|set|anybody|anyone|treat|treated|reason|recorded|apart|gap|interval|centre|center|attending|practitioner|gentleman|lady|ever|logged|clapped|clap|laid|lay)\b"
)
"""Folded words of a question about a visit that choose none."""
ASKS_PLACE = Cue(
    r"\bwhere\b|\b(?:which|what) (?:hospital|clinic|facility|place|snf|home|er|ed|hospice|unit|nursing home|rehab)\b(?! (?:visits|appointments|appts|attendances|stays|admissions)\b)"
    r"|\b(?:facility|location|venue|provider|clinician|practitioner|attending)\b(?= (?:for|of|at|on)\b)",
)
GONE_AFTER = Cue(
    r"\bwhere (?:did|was|were|has) (?:he|she|they|i|we|mum|mom|dad|my \w+|the patient|pt) (?:been )?(?:go|gone|sent|taken|moved|transferred|discharged|end up|recover)\b[^?.;]*\b(?:after|following|from)\b"
)
"""Asks where somebody went after something that was done in a stay."""
_WHICH_PLACE = Cue(
    r"\b(?:which|what) (?:hospital|clinic|facility|er|ed|a&e|urgent care(?: cent(?:er|re))?)\b(?! (?:visits|appointments|appts|attendances|stays|admissions)\b)"
)
"""Asks for the place of a visit by its sort: "which hospital treated my ankle?"."""
_BEEN = Cue(r"\b(?:ever|been) (?:\w+ )?(?:to|in|at|seen|attended|used|visited|needed)\b")
_ADMITTED = Cue(r"\b(?:(?:re-?)?admi(?:t|ts|tted|ssions?)|hospitali[sz]\w*|inpatient|hospital stays?)\b")
"""Asks of admissions: a night in an emergency department is none, where there are others."""
_ASKS_NIGHTS = Cue(r"\bhow many (?:nights|days|weeks)\b")
_STAYED = Cue(r"^\W*(?:was|were|did|is|has|had)\b.*\b(?:kept in|overnight|let out|stay(?:ed)? in)\b")
_TOLD = (Intent.WHEN, Intent.DURATION, Intent.WHO)
INNER_MOVE = Cue(
    r"\b(?:step(?:ped|ping)?[- ]?down|(?:transferred|moved)\b(?=[^.?;]*\b(?:ward|icu|itu|hdu|bed|floor|unit|wing)\b))"
)
"""Speaks of a move within a stay, whose day no entry of a visit tells."""
_ASKS_SAID = Cue(
    r"\bwhat (?:did|does|do|has|have|was|were)\b.*\b(?:says?|said|thinks?|thought|recommend\w*|suggest\w*|advis\w*|find|found|conclude\w*|decide\w*|tell|told|wants?|wanted|offer\w*|opinion|put (?:it|this|that) down to)\b",
)
"""Asks what somebody who was seen had to say."""
_STEM = 6
"""Letters by which a word of the question and one of a visit count as the same."""
_NOT_ONE = frozenset({"cancelled", "noshow", "entered-in-error", "planned", "booked"})


def asks_of_visit(plan: Plan) -> bool:
    """Say whether a question asks when, where, why, how long, with whom or what of a visit."""
    asks = plan.intent in _TOLD or any(
        cue.search(plan.text) for cue in (ASKS_PLACE, ASKS_CAUSE, ASKS_VISIT, _ASKS_NIGHTS, _STAYED)
    )
    asks = asks or (plan.intent is Intent.COUNT and (_kind_asked(plan.text) or bool(fields_named(plan.text).words)))
    asks = asks or (bool(plan.aspects) and _strong(plan.text))
    asks = asks or (_BEEN.search(plan.text) is not None and _kind_asked(plan.text))
    names_visit = _kind_asked(plan.text) or (LAST_VISIT.search(plan.text) is not None and not _names_other(plan))
    asks = asks or (plan.newest and names_visit) or asks_what_was_said(plan)
    gone = GONE_AFTER.search(plan.text) is not None
    of_carer = (
        plan.intent is Intent.WHO and asks_carer(plan) and (plan.window is None or plan.targets or fields_named(plan.text).words)
    )
    if of_carer or (not gone and not _strong(plan.text) and _names_other(plan)):
        return False
    if INNER_MOVE.search(plan.text):
        return False
    cued = bool(_cues(plan)) or (bool(plan.targets) and _WHICH_PLACE.search(plan.text) is not None)
    return asks and cued and not plan.family and not plan.upcoming and not plan.undone


def names_visit(plan: Plan) -> bool:
    """Say whether a question names a visit: a stay, an emergency, a kind of visit, or one of a field or a time."""
    if _strong(plan.text):
        return any(cue.search(plan.text) for cue in (_HOSPITAL, EMERGENCY, _VISIT)) or _kind_asked(plan.text)
    return _VISIT.search(plan.text) is not None and not _names_other(plan)


def _strong(text: str) -> bool:
    """Say whether a stay, an emergency, a kind of visit or a field is named, and not merely a visit or a clinic."""
    patterns = (_HOSPITAL, EMERGENCY, *(asked for asked, _called in KINDS))
    return any(pattern.search(text) for pattern in patterns) or bool(fields_named(text).words)


def _names_other(plan: Plan) -> bool:
    """Say whether something with a date of its own is named: "her first MMR at your clinic"."""
    return any(target.kind not in {None, ConceptKind.CONDITION} for target in plan.targets)


def _kind_asked(text: str) -> bool:
    return any(asked.search(text) for asked, _called in KINDS)


def asks_what_was_said(plan: Plan) -> bool:
    """Say whether a question asks what somebody of a field said, found or advised: "what did the kidney doctor think?"."""
    return _ASKS_SAID.search(plan.text) is not None and bool(fields_named(plan.text).words)


def asks_stay(plan: Plan) -> bool:
    """Say whether the length of a stay is asked."""
    return plan.intent is Intent.DURATION or _ASKS_NIGHTS.search(plan.text) is not None


def _cues(plan: Plan) -> list[str]:
    """Return the words of a question that say what kind of visit is meant."""
    patterns = [asked for asked, _called in KINDS] + [_HOSPITAL, EMERGENCY, _VISIT]
    found = [match[0] for pattern in patterns for match in pattern.finditer(plan.text)]
    return found + fields_named(plan.text).words


def visits_named(plan: Plan, visits: Sequence[Fact], found: Sequence[TargetFacts], done: Sequence[Fact], /) -> list[Fact]:
    """Return the visits that have everything the question names, oldest first; empty where it names nothing that chooses.

    Args:
        plan: a question for which `asks_of_visit` holds.
        visits: encounters, oldest first.
        found: the facts of the plan's targets: a visit during which one of them began is about it.
        done: problems and procedures: those of the days of a visit tell what it was about.
    """
    real = [fact for fact in visits if fact.status not in _NOT_ONE and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
    chosen, narrowed = _of_kind(plan, real)
    fits = any if re.search(r"\bor\b", plan.text, re.IGNORECASE) else all
    things = _things_named(plan, found)
    if things:
        # A count must not rest on what was merely measured that day.
        counted = plan.intent is Intent.COUNT
        chosen, narrowed = [fact for fact in chosen if fits(_is_about(fact, item, named=counted) for item in things)], True
        if GONE_AFTER.search(plan.text):
            chosen = [fact for fact in chosen if _is_stay(fact)] or chosen
    for word in _words_that_choose(plan, found):
        chosen, narrowed = [fact for fact in chosen if _says(fact, word, done)], True
    if plan.window is not None:
        chosen = [fact for fact in chosen if _during(fact, plan.window)]
    if ward := _WARD.search(plan.text):
        chosen = [fact for fact in chosen if re.search(rf"\bward {re.escape(ward['name'])}\b", _place(fact), re.IGNORECASE)]
    if not narrowed and (plan.window is not None or plan.newest):
        narrowed = _VISIT.search(plan.text) is not None
    return chosen if narrowed else []


def _of_kind(plan: Plan, visits: Sequence[Fact]) -> tuple[list[Fact], bool]:
    """Keep the visits of the kind and field that a question names, and say whether it names any."""
    chosen = list(visits)
    kinds = [called for asked, called in KINDS if asked.search(plan.text)]
    fields = fields_named(plan.text).called
    for called in kinds:
        named = [fact for fact in chosen if called.search(called_as(fact))]
        chosen = named or [fact for fact in chosen if called.search(_place(fact))]
    if not kinds and EMERGENCY.search(plan.text):
        chosen, kinds = emergencies(chosen), [EMERGENCY]
    elif not kinds and _HOSPITAL.search(plan.text):
        of_either = _TO_HOSPITAL.search(plan.text) is not None
        stays = [fact for fact in chosen if _is_stay(fact) or (of_either and is_emergency(fact))]
        admitted = [fact for fact in stays if is_admission(fact)] if _ADMITTED.search(plan.text) else []
        chosen, kinds = of_unit_asked(admitted or stays, plan.text), [_HOSPITAL]
    if fields:
        chosen = met_in(chosen, fields)
    return chosen, bool(kinds or fields)


def _place(fact: Fact) -> str:
    """Return where a visit was: an urgent care centre may be known by its name only."""
    return " ".join(detail.text for detail in fact.details if detail.name in {"provider", "location"})


def _things_named(plan: Plan, found: Sequence[TargetFacts]) -> list[TargetFacts]:
    """Return the things that choose among visits: not those whose words name its kind ("the kidney doctor", "nursing home")."""
    spoken = {word for cue in _cues(plan) for word in forms(cue)}
    left = [item for item in found if not set(forms(item.target.words)) <= spoken]
    return [item for item in left if item.facts or not all(_OF_VISITS.fullmatch(word) for word in forms(item.target.words))]


def _words_that_choose(plan: Plan, found: Sequence[TargetFacts]) -> list[str]:
    spoken = {word for cue in _cues(plan) for word in forms(cue)} | {word for item in found for word in forms(item.target.words)}
    spoken |= {plan.corrected[word] for word in spoken & plan.corrected.keys()}
    left = [word for word in plan.keywords if word not in spoken and not _OF_VISITS.fullmatch(word)]
    # What somebody said of a thing stands in the note, and not in the entry of the visit.
    return [word for word in left if not is_ordinary(word)] if asks_what_was_said(plan) else left


def _is_stay(fact: Fact) -> bool:
    """Say whether somebody stayed: an admission, or what lasted past its day."""
    lasted = fact.occurred is not None and fact.ended is not None and fact.ended.day > fact.occurred.day
    if any(called.search(called_as(fact)) for _asked, called in KINDS[:3]):
        return False  # a stay, and in no hospital
    return is_admission(fact) or (lasted and "ambulatory" not in encounter_class(fact).lower())


def _during(fact: Fact, window: Window) -> bool:
    return window.holds(fact.occurred) or (fact.ended is not None and window.overlaps(fact.occurred, fact.ended))


def _is_about(fact: Fact, item: TargetFacts, *, named: bool) -> bool:
    """Say whether a visit is about a target; `named`: a measurement must stand in the visit's own words."""
    if _names(fact, item.target):
        return True
    apart = named and item.target.kind is ConceptKind.MEASUREMENT
    return not apart and any(_began_in(other, fact) for other in item.facts if other.assertion not in _REFUTED)


_REFUTED = frozenset({AssertionStatus.ABSENT, AssertionStatus.ENTERED_IN_ERROR})


def _names(fact: Fact, target: Target) -> bool:
    texts = (name_of(fact), *(detail.text for detail in fact.details))
    return any(target.find(forms(text)) is not None for text in texts)


def _began_in(other: Fact, visit: Fact) -> bool:
    if other.occurred is None or visit.occurred is None:
        return False
    return visit.occurred.first_day <= other.occurred.first_day <= (visit.ended or visit.occurred).last_day


def _says(fact: Fact, word: str, done: Sequence[Fact]) -> bool:
    told = [detail.text for detail in fact.details] + [name_of(other) for other in done if _began_in(other, fact)]
    words = set(forms(f"{called_as(fact)} {' '.join(told)}"))
    meant = said_as(word)
    # "The appendix stay": appendicitis and appendectomy begin as the organ does.
    return bool(words & meant) or any(len(each) > _STEM and other[:_STEM] == each[:_STEM] for each in meant for other in words)
