"""Fresh results that nobody should leave lying: by the laboratory's own critical flag, or by limits that are commonly published.

Only the newest value of each thing counts, and only while it is fresh. Not yet reviewed by a clinician; a laboratory's own
limits always count beside these.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from chartcite.engine.domain.answers import RedFlag
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.facts.measured_values import Point
from chartcite.engine.facts.statements import name_of
from chartcite.engine.findings.chart_look import ChartLook, age_in_years
from chartcite.engine.language.analytes import in_unit
from chartcite.engine.language.terminology import plain_display
from chartcite.engine.questions.persons import Person
from chartcite.engine.red_flags.red_flag_advice import ADVICE
from chartcite.engine.red_flags.red_flag_cues import Source

LABORATORY_HOURS = 72
VITAL_HOURS = 24
"""How long before the moment of the question a value counts as fresh."""
ADULT = 16
"""Years from which NEWS2 holds."""
_MAYO = Source("Mayo Clinic Laboratories", "Critical Values / Critical Results List", "https://www.mayocliniclabs.com/")
_UKKA = Source(
    "UK Kidney Association",
    "Clinical Practice Guidelines: Treatment of Acute Hyperkalaemia in Adults, 2023",
    "https://www.ukkidney.org/",
)
_ADA = Source(
    "American Diabetes Association",
    "Standards of Care in Diabetes: hypoglycemia classification (level 2, below 54 mg/dL)",
    "https://diabetesjournals.org/care",
)
_SSC = Source(
    "Society of Critical Care Medicine",
    "Surviving Sepsis Campaign guidelines, 2021",
    "https://www.sccm.org/survivingsepsiscampaign/",
)
_NEWS2 = Source("Royal College of Physicians", "National Early Warning Score (NEWS) 2, 2017", "https://www.rcp.ac.uk/")
_BTS = Source(
    "British Thoracic Society",
    "Guideline for oxygen use in adults in healthcare and emergency settings, 2017",
    "https://www.brit-thoracic.org.uk/",
)
_NICE_NEUTROPENIC = Source(
    "National Institute for Health and Care Excellence (NICE)",
    "Neutropenic sepsis: prevention and management in people with cancer (CG151), 2012",
    "https://www.nice.org.uk/guidance/cg151",
)


class CriticalLimit(NamedTuple):
    """From where on a value is critical: at or under `low`, at or over `high`."""

    concepts: tuple[str, ...]
    """Lexicon ids."""
    unit: str
    low: Decimal | None
    high: Decimal | None
    source: Source
    adults_only: bool = False


def _limit(
    concepts: str, unit: str, low: str | None, high: str | None, source: Source, *, adults_only: bool = False
) -> CriticalLimit:
    return CriticalLimit(
        tuple(concepts.split()), unit, Decimal(low) if low else None, Decimal(high) if high else None, source, adults_only
    )


LIMITS: tuple[CriticalLimit, ...] = (
    _limit("potassium", "mmol/L", "2.5", "6.5", _UKKA),
    _limit("sodium", "mmol/L", "120", "160", _MAYO),
    _limit("calcium corrected-calcium", "mg/dL", "6.5", "13.0", _MAYO),
    _limit("glucose capillary-glucose fasting-glucose", "mg/dL", "53.9", "400", _ADA),
    _limit("hemoglobin", "g/dL", "6.5", None, _MAYO),
    _limit("platelet-count", "10*9/L", "20", None, _MAYO),
    _limit("inr", "1", None, "5.0", _MAYO),
    _limit("arterial-ph", "[pH]", "7.20", "7.60", _MAYO),
    _limit("lactate", "mmol/L", None, "4.0", _SSC),
    _limit("neutrophil-count", "10*9/L", "0.5", None, _NICE_NEUTROPENIC),
    _limit("oxygen-saturation", "%", "87", None, _BTS, adults_only=True),
    _limit("systolic-blood-pressure", "mm[Hg]", "90", "220", _NEWS2, adults_only=True),
    _limit("heart-rate", "/min", "40", "131", _NEWS2, adults_only=True),
    _limit("respiratory-rate", "/min", "8", "25", _NEWS2, adults_only=True),
    _limit("body-temperature", "Cel", "35.0", None, _NEWS2, adults_only=True),
)  # fmt: skip
CRITICAL_FLAGS = frozenset(
    {
        "hh",
        "ll",
        "aa",
        "critical high",
        "critical low",
        "critical abnormal",
        "critically high",
        "critically low",
        "critical",
        "panic",
    }
)
"""HL7 observation interpretation codes and displays (http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation)."""
_RAISED = CRITICAL_FLAGS | {"h", "hu", "high", "a", "abnormal", "positive", "pos"}
_NO_RESULT = frozenset({"cancelled", "registered", "unknown", "entered-in-error"})
_BY_CONCEPT = {concept: limit for limit in LIMITS for concept in limit.concepts}


def critical_values(look: ChartLook, person: Person, *, patient: bool) -> list[RedFlag]:
    """Return a flag for each fresh critical value of a chart, with its citation. `patient`: worded for one."""
    facts = look.since(LABORATORY_HOURS, Category.LABORATORY, Category.VITAL_SIGN)
    age = age_in_years(person, look.today)
    newest: dict[str, tuple[Point, str]] = {}
    for point in _points(facts):
        key, why = _judged(point, look, age)
        if key:
            newest[key] = (point, why)
    return [
        _flag(key, point, why, look, patient=patient) for key, (point, why) in newest.items() if why and _is_fresh(point, look)
    ]


def _points(facts: Iterable[Fact]) -> Iterable[Point]:
    for fact in facts:
        if fact.status not in _NO_RESULT:
            yield Point(fact, None)
            yield from (Point(fact, part) for part in fact.components)


def _is_fresh(point: Point, look: ChartLook) -> bool:
    hours = VITAL_HOURS if point.fact.category is Category.VITAL_SIGN else LABORATORY_HOURS
    occurred = point.fact.occurred
    return occurred is not None and (look.moment - occurred.start).total_seconds() <= hours * 3600


def _judged(point: Point, look: ChartLook, age: int | None) -> tuple[str, str]:
    """Return what was measured, and why the value is critical; empty: it is not."""
    concept = point.component.concept if point.component else point.fact.concept
    ids = sorted(id_ for id_, strength in look.lexicon.link(concept).items() if strength == 2)
    known = next((id_ for id_ in ids if id_ in _BY_CONCEPT), ids[0] if ids else plain_display(concept.text).lower())
    flag = point.fact.interpretation.strip().lower() if point.component is None else ""
    if flag in CRITICAL_FLAGS:
        return known, "marked critical by the laboratory"
    if flag in _RAISED and any("troponin" in id_ for id_ in ids):
        return known, "marked abnormal by the laboratory"
    limit = _BY_CONCEPT.get(known)
    quantity = point.quantity
    if limit is None or quantity is None or (limit.adults_only and (age is None or age < ADULT)):
        return (known if quantity is not None or flag else ""), ""
    measured = quantity if limit.unit == "1" else in_unit(quantity, limit.unit, ids)
    return known, _beyond(measured.value, limit) if measured is not None else ""


def _beyond(value: Decimal, limit: CriticalLimit) -> str:
    unit = "" if limit.unit == "1" else f" {limit.unit}"
    if limit.high is not None and value >= limit.high:
        return f"at or above {limit.high}{unit} ({limit.source.organisation})"
    if limit.low is not None and value <= limit.low:
        return f"at or below {limit.low}{unit} ({limit.source.organisation})"
    return ""


def _flag(key: str, point: Point, why: str, look: ChartLook, *, patient: bool) -> RedFlag:
    value = point.component.value if point.component else point.fact.value
    name = plain_display(point.component.concept.text) if point.component else name_of(point.fact)
    when = point.fact.occurred.written if point.fact.occurred else ""
    told = f"{name} {value.shown if value else ''} on {when}: {why}."
    path = value.path if value else ""
    text = f"{ADVICE['urgent']} A recent result in this chart: {told}" if patient else f"Critical value in the chart: {told}"
    return RedFlag(
        name=f"critical_{key.replace('-', '_')}",
        text=text,
        urgency="urgent",
        citations=(look.records.cite_fact(point.fact, path=path),),
    )
