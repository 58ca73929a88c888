"""Scores and rates that a chart does not hold, calculated from what it holds: `CHA2DS2-VASc`, `FIB-4`, an eGFR from creatinine.

The result stands for a measurement in conditions of recommendations. It is told with its inputs, each of them cited. A yes or no
on which the chart is silent counts as no, and the result is then a lower bound: it decides only what a bound surely decides.
"""

from __future__ import annotations

import re
from datetime import timedelta

from chartcite.engine.calculate import Gathered, gather
from chartcite.engine.calculators.declaration import Calculator, Number
from chartcite.engine.calculators.reading import RefusedError
from chartcite.engine.calculators.registry import CALCULATORS
from chartcite.engine.calculators.statement import Taken, days_old, result_of
from chartcite.engine.findings.findings import Finding, Findings

_MARKS = re.compile(r"[{}\[\]_ ]")
_PURE = frozenset({"", "1", "score"})


def calculated_finding(findings: Findings, id_: str, *, unit: str, within_days: int | None) -> Finding:
    """Return what a calculator makes of the chart for a measurement; "unknown" where none does, or an input is missing or old.

    Args:
        findings: of the patient.
        id_: measurement of the lexicon.
        unit: UCUM code in which it is wanted.
        within_days: inputs that are measured must not be older; without it, not older than the calculator calls fresh.
    """
    calculator = next((one for one in CALCULATORS if id_ in one.records and one.kind in {"number", "score"}), None)
    silent = Finding(findings.named((id_,)), "unknown")
    if calculator is None or _plain(calculator.unit) != _plain(unit):
        return silent
    gathered = gather(calculator, {}, findings, asked=findings.today)
    if gathered.missing or not all(_fresh(one, calculator, findings, within_days) for one in gathered.told.taken):
        return silent
    try:
        result = result_of(calculator, gathered.told)
    except RefusedError:
        return silent
    bound = ">=" if result.highest > result.value else ""
    facts = tuple(dict.fromkeys(fact for read in gathered.reads.values() if read.taken for fact in read.facts[:1]))
    return silent._replace(
        state="present" if facts else "unknown",
        facts=facts,
        value=result.value if facts else None,
        unit=unit,
        comparator=bound,
        formula=calculator.name,
    )


def gathered_again(finding: Finding, findings: Findings) -> Gathered:
    """Return the inputs of a calculated finding."""
    calculator = next(one for one in CALCULATORS if one.name == finding.formula)
    return gather(calculator, {}, findings, asked=findings.today)


def _plain(unit: str) -> str:
    """Return a unit as it can be compared, UCUM or shown: `mL/min/{1.73_m2}` and `mL/min/1.73 m²` are one."""
    plain = _MARKS.sub("", unit).replace("²", "2").lower()
    return "" if plain in _PURE else plain


def _fresh(taken: Taken, calculator: Calculator, findings: Findings, within_days: int | None) -> bool:
    declared = calculator.input(taken.name)
    if not isinstance(declared, Number) or taken.name == "age":
        return True
    old = days_old(taken, findings.today)
    limit = timedelta(days=declared.fresh_days if within_days is None else within_days)
    return old is not None and timedelta(days=old) <= limit
