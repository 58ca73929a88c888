"""Kidney function of a patient: as the chart gives it, else calculated from what the chart holds."""

from __future__ import annotations

from typing import NamedTuple

from chartcite.engine.calculators.evaluation import evaluate
from chartcite.engine.calculators.kidney import CALCULATORS
from chartcite.engine.calculators.reading import RefusedError
from chartcite.engine.findings.findings import Finding, Findings

_FORMULAS = {"egfr": "ckd-epi-2021", "creatinine-clearance": "cockcroft-gault"}
WEIGHT_DAYS = 365
"""Age of a weight, at most, from which a clearance is calculated."""


class KidneyFunction(NamedTuple):
    """A clearance with the facts that it rests on."""

    finding: Finding
    formula: str = ""
    """Title of the calculator; empty: the chart gives the value itself."""


def kidney_function(findings: Findings, id_: str, *, unit: str, within_days: int) -> KidneyFunction:
    """Return the eGFR or the creatinine clearance.

    Args:
        findings: of the patient.
        id_: `egfr` or `creatinine-clearance`.
        unit: UCUM of the value.
        within_days: older results are not taken.
    """
    measured = findings.measurement(id_, unit=unit, within_days=within_days)
    calculator = next(one for one in CALCULATORS if one.name == _FORMULAS[id_])
    if measured.value is not None:
        return KidneyFunction(measured)
    creatinine = findings.measurement("creatinine", unit="mg/dL", within_days=within_days)
    weight = findings.measurement("body-weight", unit="kg", within_days=WEIGHT_DAYS)
    inputs = {"age": findings.age(), "sex": findings.sex(), "creatinine": creatinine, "weight": weight}
    needed = {one.name: inputs[one.name] for one in calculator.inputs}
    missing = [name for name, found in needed.items() if found.value is None and not found.text]
    if missing or creatinine.comparator:
        why = f"{measured.searched or 'no value'}; not calculated without {', '.join(missing) or 'an exact creatinine'}"
        return KidneyFunction(measured._replace(searched=why))
    units = {"age": "a", "creatinine": "mg/dL", "weight": "kg", "sex": ""}
    written = {name: f"{found.text or found.value} {units[name]}".strip() for name, found in needed.items()}
    try:
        result = evaluate(calculator, written)
    except RefusedError as error:
        return KidneyFunction(measured._replace(searched=str(error)))
    facts = tuple(dict.fromkeys(fact for found in needed.values() for fact in found.facts[:1]))
    found = Finding(measured.what, "present", facts, result.value, unit, creatinine.day, searched=measured.searched)
    return KidneyFunction(found, calculator.title)
