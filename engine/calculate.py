"""USE CASE: a calculator for a patient, for given numbers, or for both. Read this file first.

What the caller gives goes before what the chart holds, and is marked so. A number that is missing is named and refused; a
yes or no that the chart was searched for in vain counts as no, and the result is then told as a lower bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple

from chartcite.engine.calculators.declaration import Calculator, Day, Number, YesNo
from chartcite.engine.calculators.evaluation import Result, missing_of
from chartcite.engine.calculators.reading import RefusedError, accepted, check_names, values_of
from chartcite.engine.calculators.registry import calculator as named
from chartcite.engine.calculators.statement import Taken, Told, days_old, result_of, shown_input, statement, years_on
from chartcite.engine.domain.answers import Missing
from chartcite.engine.domain.calculations import Calculation, CalculationInput, CalculationStep, RecordedResult
from chartcite.engine.domain.evidence import Citation, Scope
from chartcite.engine.domain.records import Fact, PatientId
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.statements import MEASURED
from chartcite.engine.findings.calculator_inputs import Read, read_input
from chartcite.engine.findings.findings import Findings
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.ports import RecordStore
from chartcite.engine.review.chart_review import Review, last_day

MOST_RECORDED = 1


class Gathered(NamedTuple):
    """The inputs of a calculator as far as they are known."""

    calculator: Calculator
    told: Told
    reads: Mapping[str, Read]
    missing: tuple[str, ...]


def calculate_from(name: str, given: Mapping[str, str], /, *, asked: date | None = None) -> Calculation:
    """Calculate from given inputs alone.

    Raises:
        InvalidQuestionError: no such calculator, or an input that it does not take or that lies outside its range.
    """
    one = named(name)
    gathered = gather(one, given, None, asked=asked or last_day(None))
    return _calculation(gathered, given, None, None)


def calculate(
    name: str,
    patient_id: PatientId,
    given: Mapping[str, str],
    /,
    *,
    records: RecordStore,
    lexicon: Lexicon,
    as_of: date | datetime | None = None,
) -> Calculation:
    """Calculate for a patient.

    Args:
        name: of the calculator, or what people call it.
        patient_id: whose chart.
        given: inputs by name, as people write them; they go before those of the chart.
        records: the store.
        lexicon: words and codes by which the inputs are found.
        as_of: last day (or instant) whose records count; ages count to it.

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InvalidQuestionError: no such calculator, or a given input that it does not take or that lies outside its range.
    """
    one = named(name)
    check_given(one, given)
    records.patient(patient_id)
    scope = Scope(patient_id=patient_id, as_of=as_of)
    findings = Findings(Review(records, lexicon, scope, today=last_day(as_of)))
    return _calculation(gather(one, given, findings, asked=findings.today), given, findings, as_of)


def check_given(calculator: Calculator, given: Mapping[str, str]) -> None:
    """Check given inputs before a chart is opened.

    Raises:
        InvalidQuestionError: one that the calculator does not take, or that lies outside its range.
    """
    check_names(calculator, given)
    values_of(calculator, dict(given))


def gather(calculator: Calculator, given: Mapping[str, str], findings: Findings | None, *, asked: date) -> Gathered:
    """Collect the inputs: those that are given, else the chart's.

    Raises:
        InvalidQuestionError: a given input that the calculator does not take, or that lies outside its range.
    """
    check_given(calculator, given)
    reads: dict[str, Read] = {}
    taken: list[Taken] = []
    for declared in calculator.inputs:
        if declared.name in given:
            taken.append(Taken(declared.name, given[declared.name], given=True))
            continue
        if findings is None:
            if isinstance(declared, Day) and not declared.concepts:
                taken.append(Taken(declared.name, asked.isoformat()))
            continue
        read = read_input(declared, findings)
        reads[declared.name] = read
        if read.taken is not None:
            taken.append(read.taken)
    known = {one.name for one in taken}
    silent = [
        one.name
        for one in calculator.inputs
        if findings is not None and isinstance(one, YesNo) and not one.bedside and one.name not in known
    ]
    return Gathered(calculator, Told(asked, tuple(taken), tuple(silent)), reads, missing_of(calculator, known, silent))


def recorded_results(calculator: Calculator, findings: Findings) -> list[Fact]:
    """Return what the chart itself records of this result, newest first."""
    facts = findings.about(calculator.records, *MEASURED) if calculator.records else []
    return [fact for fact in reversed(facts) if fact.value is not None][:MOST_RECORDED]


def why_missing(gathered: Gathered) -> tuple[Missing, ...]:
    """Name each missing input, with what was searched for it."""
    return tuple(Missing(what=_label(gathered.calculator, name), why=_why(gathered, name)) for name in gathered.missing)


def _why(gathered: Gathered, name: str) -> str:
    read = gathered.reads.get(name)
    declared = gathered.calculator.input(name)
    if read is None:
        return f"not given; it takes {accepted(declared)}" if declared is not None else "not given"
    return "; ".join(part for part in (read.why, read.searched) if part) or "not in the chart"


def _label(calculator: Calculator, name: str) -> str:
    declared = calculator.input(name)
    return declared.label if declared is not None else name


def refusal_text(gathered: Gathered) -> str:
    """Say that there is no result, and what is missing."""
    told = "; ".join(f"{one.what} ({one.why})" for one in why_missing(gathered))
    return f"{gathered.calculator.title} cannot be calculated. Missing: {told}."


def _calculation(
    gathered: Gathered, given: Mapping[str, str], findings: Findings | None, as_of: date | datetime | None
) -> Calculation:
    result, text, missing = _outcome(gathered)
    kind: Literal["calculated", "refused"] = "refused" if result is None else "calculated"
    calculator = gathered.calculator
    return Calculation(
        kind=kind,
        calculator=calculator.name,
        title=calculator.title,
        patient_id=findings.review.scope.patient_id if findings is not None else None,
        as_of=as_of,
        asked=gathered.told.asked,
        text=text,
        result=result.shown if result else "",
        value=result.value if result and calculator.kind in {"number", "score"} else None,
        highest=result.highest if result and calculator.kind in {"number", "score"} else None,
        unit=calculator.unit,
        interpretation=result.band.text if result and result.band else "",
        steps=tuple(CalculationStep(label=label, points=points) for label, points in (result.parts if result else ())),
        inputs=tuple(_input(gathered, one.name, given, findings) for one in calculator.inputs),
        missing=missing,
        recorded=tuple(_recorded(findings, calculator)) if findings is not None else (),
        notes=calculator.notes,
        source=calculator.source.shown,
        review=calculator.review,
    )


def _outcome(gathered: Gathered) -> tuple[Result | None, str, tuple[Missing, ...]]:
    """Return the result with its sentence, or none with the reason."""
    if gathered.missing:
        return None, refusal_text(gathered), why_missing(gathered)
    try:
        result = result_of(gathered.calculator, gathered.told)
    except RefusedError as error:
        return None, f"{gathered.calculator.title} cannot be calculated. {error}.", ()
    return result, statement(result, gathered.told), ()


def _recorded(findings: Findings, calculator: Calculator) -> list[RecordedResult]:
    found: list[RecordedResult] = []
    for fact in recorded_results(calculator, findings):
        try:
            told = draft(fact, findings.review.chart, route="latest_value")
        except CitationNotFoundError:
            continue
        found.append(RecordedResult(text=told.text, citations=told.citations))
    return found


def cited(read: Read, findings: Findings) -> tuple[Citation, ...]:
    """Return the citations of an input; none where its source cannot be opened."""
    found: list[Citation] = []
    for fact in read.facts[:1] if read.taken is not None else ():
        try:
            found += draft(fact, findings.review.chart, route="formula", component=read.component).citations
        except CitationNotFoundError:
            continue
    return tuple(found)


def _input(gathered: Gathered, name: str, given: Mapping[str, str], findings: Findings | None) -> CalculationInput:
    declared = gathered.calculator.input(name)
    taken = next((one for one in gathered.told.taken if one.name == name), None)
    read = gathered.reads.get(name)
    label = declared.label if declared is not None else name
    if taken is None:
        absent = isinstance(declared, Number) and bool(declared.optional)
        not_found = absent or name in gathered.told.silent
        return CalculationInput(
            name=name, label=label, origin="not_found" if not_found else "missing", searched=read.searched if read else ""
        )
    old = days_old(taken, gathered.told.asked) if isinstance(declared, Number) and name != "age" else None
    return CalculationInput(
        name=name,
        label=label,
        origin="given" if name in given else "chart",
        value=shown_input(declared, taken.written) if name != "age" else f"{years_on(taken, gathered.told.asked)} years",
        words=taken.words,
        day=taken.day,
        days_old=old,
        stale=isinstance(declared, Number) and old is not None and old > declared.fresh_days,
        searched=read.searched if read else "",
        citations=cited(read, findings) if read is not None and findings is not None else (),
    )
