"""What a question tells, made dangerous by what the chart holds: a fall on the head of somebody who takes an anticoagulant.

Rules of ours after public guidance, not yet reviewed by a clinician. The chart is read only where the question tells the sign.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from chartcite.engine.domain.answers import RedFlag
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.findings.chart_look import ChartLook
from chartcite.engine.questions.persons import person_of
from chartcite.engine.red_flags.red_flag_advice import ADVICE
from chartcite.engine.red_flags.red_flag_cues import Cue, Source, Urgency, cue
from chartcite.engine.red_flags.red_flag_reading import Heard
from chartcite.engine.red_flags.red_flag_topics import CONFUSED, FEVER, VOMIT
from chartcite.engine.red_flags.red_flags import tells

_NICE = "National Institute for Health and Care Excellence (NICE)"
_NHS = "National Health Service (NHS)"
PREGNANCY_WEEKS = 44
"""An entry of a pregnancy older than this was not closed: it tells of none now."""
_YOUNG = timedelta(days=92)


class Combination(NamedTuple):
    """Signs in a question that count for more beside facts of the chart."""

    name: str
    told: str
    """What the question tells, in words."""
    held: str
    """What the chart holds, in words."""
    urgency: Urgency
    help: str
    """Key of `red_flag_advice.ADVICE`."""
    source: Source
    cues: tuple[Cue, ...]
    facts: Callable[[ChartLook], list[Fact]]


def anticoagulants(look: ChartLook) -> list[Fact]:
    """Return the anticoagulants that the chart lists as taken."""
    return look.taken("anticoagulant")


def pregnancy(look: ChartLook) -> list[Fact]:
    """Return what tells that the patient is pregnant now: the newest status, else an active condition of the last 44 weeks."""
    statuses = look.about(
        ("pregnancy-status",), Category.OBSERVATION, Category.SOCIAL_HISTORY, Category.SURVEY, Category.LABORATORY
    )
    recent = [fact for fact in statuses if _weeks_old(fact, look) <= PREGNANCY_WEEKS]
    if recent:
        value = recent[-1].value
        return [recent[-1]] if value is not None and value.shown.lower().startswith("pregnant") else []
    return [fact for fact in look.active(*_PREGNANT_NOW) if _weeks_old(fact, look) <= PREGNANCY_WEEKS]


_PREGNANT_NOW = (
    "pregnancy",
    "multiple-pregnancy",
    "preeclampsia",
    "gestational-diabetes",
    "gestational-hypertension",
    "placenta-previa",
    "hyperemesis",
    "ivf-pregnancy",
)


def _weeks_old(fact: Fact, look: ChartLook) -> float:
    occurred = fact.occurred or fact.recorded
    return (look.today - occurred.first_day).days / 7 if occurred is not None else 1e9


def _immunosuppression(look: ChartLook) -> list[Fact]:
    return [
        *look.taken("chemotherapy", "immunosuppressant"),
        *look.active("neutropenia", "asplenia", "immunodeficiency", "organ-transplant-status"),
    ]


def _steroid_dependence(look: ChartLook) -> list[Fact]:
    return [*look.active("adrenal-insufficiency"), *look.taken("systemic-corticosteroid")]


def _insulin(look: ChartLook) -> list[Fact]:
    return [*look.active("type-1-diabetes"), *look.taken("insulins")]


def _young_infant(look: ChartLook) -> list[Fact]:
    demographics = look.person_facts()
    born = person_of(demographics).birth
    if born is None or not timedelta(0) <= look.today - born <= _YOUNG:
        return []
    return [fact for fact in demographics if fact.id.lower().endswith("#birthdate")]


_HEAD = cue("head|skull|face", "hit|bang*|bump*|knock*|struck|injur*|smack*|crack*|strike|fell|fall|trauma|whack*", within=12)
_FELL = cue(
    "fell|fallen|fall|tripped|slipped", "stair*|ladder|head|shower|floor|hard|down|today|just|now|this morning|off", within=10
)
COMBINATIONS: tuple[Combination, ...] = (
    Combination("head_injury_on_anticoagulant", "a blow to the head or a fall", "an anticoagulant", "emergency", "emergency",
        Source(_NICE, "Head injury: assessment and early management (NG232), 2023", "https://www.nice.org.uk/guidance/ng232"), (_HEAD, _FELL), anticoagulants),
    Combination("bleeding_on_anticoagulant", "bleeding", "an anticoagulant", "urgent", "urgent",
        Source(_NHS, "Anticoagulant medicines: side effects", "https://www.nhs.uk/medicines/anticoagulants/"), (cue("bleed*|blood in|nosebleed|bruise everywhere|black stool|black poo|blood"),), anticoagulants),
    Combination("warning_sign_in_pregnancy", "a warning sign", "a pregnancy", "emergency", "maternity",
        Source("Centers for Disease Control and Prevention (CDC)", "Urgent Maternal Warning Signs (Hear Her)", "https://www.cdc.gov/hearher/maternal-warning-signs/"),
        (cue("bleed*|spotting|gush*|headache|seeing spot|sees spot|blurr*|flashing light|short of breath|chest pain|faint*|fever*|seiz*|stomach pain|belly pain|abdominal pain|face ~ swoll*|hand ~ swoll*|swollen face|swollen hand|water broke|waters broke|contraction*|hasnt moved|not moving|less movement|moving less|stopped moving"),), pregnancy),
    Combination("fever_with_weak_immunity", "a fever", "weakened immunity", "emergency", "emergency",
        Source(_NICE, "Neutropenic sepsis: prevention and management in people with cancer (CG151), 2012", "https://www.nice.org.uk/guidance/cg151"), (cue(FEVER),), _immunosuppression),
    Combination("illness_with_steroid_dependence", "vomiting or collapse", "adrenal insufficiency or long-term steroids", "emergency", "emergency",
        Source(_NHS, "Addison's disease", "https://www.nhs.uk/conditions/addisons-disease/"), (cue(VOMIT + "|collapse*|faint*|cant keep"),), _steroid_dependence),
    Combination("illness_on_insulin", "vomiting or confusion", "type 1 diabetes or insulin", "emergency", "emergency",
        Source(_NHS, "Diabetic ketoacidosis", "https://www.nhs.uk/conditions/diabetic-ketoacidosis/"), (cue(VOMIT + "|cant keep|" + CONFUSED),), _insulin),
    Combination("fever_of_young_infant", "a fever", "an age under three months", "emergency", "emergency",
        Source(_NICE, "Fever in under 5s: assessment and initial management (NG143), 2019", "https://www.nice.org.uk/guidance/ng143"), (cue(FEVER + "|hot|temperature"),), _young_infant),
)  # fmt: skip
_MOST_CITED = 2


def dangerous_combinations(heard: Heard, look: ChartLook, *, patient: bool, by_patient: bool) -> list[RedFlag]:
    """Return a flag for each combination that question and chart make together, with citations to the chart."""
    found = []
    for each in COMBINATIONS:
        if not any(tells(one, heard, by_patient=by_patient) for one in each.cues):
            continue
        facts = [fact for fact in each.facts(look) if fact.assertion is not AssertionStatus.ABSENT][:_MOST_CITED]
        if facts:
            found.append(_flag(each, facts, look, patient=patient))
    return found


def _flag(each: Combination, facts: list[Fact], look: ChartLook, *, patient: bool) -> RedFlag:
    names = ", ".join(dict.fromkeys(fact.concept.text for fact in facts))
    told = f"The question tells of {each.told}, and the chart holds {each.held} ({names})."
    text = f"{ADVICE[each.help]} {told}" if patient else f"{told} {each.source.organisation}: {each.source.title}."
    citations = tuple(look.records.cite_fact(fact) for fact in facts)
    return RedFlag(name=each.name, text=text, urgency=each.urgency, citations=citations)
