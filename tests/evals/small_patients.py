"""Patients from one line: `f 62; cond Hypertension; lab eGFR 55 mL/min/{1.73_m2}; proc Colonoscopy 2015-01-01`, as FHIR.

First sex and age (`m 62`, `f 14mo`), then parts by `;`: cond, no (refuted), med (`stopped` last), lab (name, value, unit), bp,
proc and imm (name, date), smoke (`quit 2015` last), py (pack-years), pregnant (completed weeks), allergy, and fam (relation,
condition).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

TODAY = date(2026, 6, 1)
"""The moment at which each patient is looked at."""
_LATELY = (TODAY - timedelta(days=3)).isoformat()
_LONG_AGO = "2024-03-01"
_LOINC = "http://loinc.org"
Resource = dict[str, Any]


def patient_of(line: str, identity: str) -> list[Resource]:
    """Return the resources of a patient written in one line.

    Raises:
        ValueError: a part is not in the form above.
    """
    first, *parts = [part.strip() for part in line.split(";")]
    match = re.fullmatch(r"([mf]) (\d+)(mo)?", first)
    if match is None:
        raise ValueError(f"{first!r}: write sex and age, `m 62` or `f 14mo`")
    days = int(match[2]) * (30.4375 if match[3] else 365.25) + 10
    born = TODAY - timedelta(days=round(days))
    gender = "female" if match[1] == "f" else "male"
    person = {"resourceType": "Patient", "id": identity, "gender": gender, "birthDate": born.isoformat()}
    resources: list[Resource] = [person]
    for number, part in enumerate(parts):
        word, _, rest = part.partition(" ")
        if word not in _MADE:
            raise ValueError(f"{part!r}: no such part")
        for place, made in enumerate(_MADE[word](rest.strip())):
            kind = made["resourceType"]
            owner = "patient" if kind in {"AllergyIntolerance", "Immunization", "FamilyMemberHistory"} else "subject"
            resources.append({**made, "id": f"{identity}-{number}-{place}", owner: {"reference": f"Patient/{identity}"}})
    return resources


def _code(code: str) -> Resource:
    return {"coding": [{"code": code}]}


def _condition(name: str, *, verified: str = "confirmed", onset: str = _LONG_AGO) -> list[Resource]:
    statuses = {"clinicalStatus": _code("active"), "verificationStatus": _code(verified)}
    return [{"resourceType": "Condition", **statuses, "code": {"text": name}, "onsetDateTime": onset}]


def _refuted(name: str) -> list[Resource]:
    return _condition(name, verified="refuted")


def _medication(said: str) -> list[Resource]:
    name = said.removesuffix(" stopped")
    status = "active" if name == said else "stopped"
    base = {"resourceType": "MedicationRequest", "status": status, "intent": "order", "authoredOn": _LONG_AGO}
    return [{**base, "medicationCodeableConcept": {"text": name}}]


def _observation(name: str, category: str, day: str = _LATELY, code: str = "", **value: Any) -> Resource:
    coding = [{"system": _LOINC, "code": code}] if code else []
    base = {"resourceType": "Observation", "status": "final", "category": [_code(category)], "effectiveDateTime": day}
    return {**base, "code": {"text": name, "coding": coding}, **value}


def _quantity(value: str, unit: str) -> Resource:
    return {"value": float(value), "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}


def _laboratory(said: str) -> list[Resource]:
    match = re.fullmatch(r"(.+) (-?\d+(?:\.\d+)?) (\S+)", said)
    if match is None:
        raise ValueError(f"lab {said!r}: write name, value and unit")
    return [_observation(match[1], "laboratory", valueQuantity=_quantity(match[2], match[3]))]


def _pressure(said: str) -> list[Resource]:
    high, _, low = said.partition("/")
    names = (("8480-6", "Systolic blood pressure", high), ("8462-4", "Diastolic blood pressure", low))
    parts = [
        {"code": {"coding": [{"system": _LOINC, "code": code, "display": name}]}, "valueQuantity": _quantity(value, "mm[Hg]")}
        for code, name, value in names
    ]
    return [_observation("Blood pressure", "vital-signs", component=parts)]


def _dated(said: str) -> tuple[str, str]:
    name, _, day = said.rpartition(" ")
    return name, day


def _procedure(said: str) -> list[Resource]:
    name, day = _dated(said)
    return [{"resourceType": "Procedure", "status": "completed", "code": {"text": name}, "performedDateTime": day}]


def _immunization(said: str) -> list[Resource]:
    name, day = _dated(said)
    return [{"resourceType": "Immunization", "status": "completed", "vaccineCode": {"text": name}, "occurrenceDateTime": day}]


def _smoking(said: str) -> list[Resource]:
    status, _, year = said.partition(" quit ")
    noted: Resource = {"note": [{"text": f"Quit {year}."}]} if year else {}
    concept: Resource = {"valueCodeableConcept": {"text": status}}
    return [_observation("Tobacco smoking status", "social-history", code="72166-2", **concept, **noted)]


def _pack_years(said: str) -> list[Resource]:
    return [_observation("Cigarette pack-years", "social-history", valueQuantity=_quantity(said, "{pack-years}"))]


def _pregnant(said: str) -> list[Resource]:
    began = TODAY - timedelta(days=int(said) * 7 + 2)
    due = {"valueDateTime": (began + timedelta(days=280)).isoformat()}
    expected = _observation("Delivery date Estimated", "laboratory", code="11778-8", **due)
    return [*_condition("Pregnancy", onset=began.isoformat()), expected]


def _allergy(name: str) -> list[Resource]:
    statuses = {"clinicalStatus": _code("active"), "verificationStatus": _code("confirmed")}
    return [{"resourceType": "AllergyIntolerance", **statuses, "code": {"text": name}}]


def _family(said: str) -> list[Resource]:
    relation, _, name = said.partition(" ")
    base = {"resourceType": "FamilyMemberHistory", "status": "completed", "relationship": {"text": relation}}
    return [{**base, "condition": [{"code": {"text": name}}]}]


_MADE: dict[str, Callable[[str], list[Resource]]] = {
    "cond": _condition, "no": _refuted, "med": _medication, "lab": _laboratory, "bp": _pressure, "proc": _procedure,
    "imm": _immunization, "smoke": _smoking, "py": _pack_years, "pregnant": _pregnant, "allergy": _allergy, "fam": _family,
}  # fmt: skip
