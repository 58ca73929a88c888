"""How calculations look on the command line: the result, each input with its age and source, and what is missing."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import typer
from chartcite.api.terminal import clean
from chartcite.engine.brief import wrapped
from chartcite.engine.calculators.reading import accepted
from chartcite.engine.calculators.registry import CALCULATORS, calculator

if TYPE_CHECKING:
    from chartcite.engine.domain.calculations import Calculation, CalculationInput


def print_calculators() -> None:
    """Print every calculator with its inputs, by topic."""
    for topic, found in groupby(CALCULATORS, key=lambda one: one.topic):
        typer.echo(topic.capitalize())
        for one in found:
            names = ", ".join(each.name for each in one.inputs)
            for row in [f"  {one.name}: {one.title}", *wrapped(names, indent=6)]:
                typer.echo(row)


def print_calculation(found: Calculation, *, store: str = "") -> None:
    """Print a result or a refusal."""
    rows = [f"{found.title}: {found.result}"] if found.kind == "calculated" else wrapped(clean(found.text), indent=0)
    if found.interpretation:
        rows += wrapped(found.interpretation, indent=2)
    if found.steps:
        rows += wrapped(f"Points: {', '.join(f'{step.label} {step.points:+f}' for step in found.steps)}", indent=2)
    rows += ["", "Inputs"]
    citations: list[str] = []
    for one in found.inputs:
        if one.origin == "not_found":
            continue
        rows += wrapped(clean(_input(one, found.calculator, citations)), indent=2)
    silent = [one.label for one in found.inputs if one.origin == "not_found"]
    if silent:
        where = "Not found in the chart and counted as no" if found.patient_id else "Not given and counted as none"
        rows += wrapped(f"{where}: {', '.join(silent)}", indent=2)
    for each in found.recorded:
        rows += ["", *wrapped(f"The chart itself records: {clean(each.text)}", indent=0)]
    for note in found.notes:
        rows += wrapped(f"Note: {note}", indent=0)
    rows += wrapped(f"Source: {found.source} ({found.review})", indent=0)
    rows += [f"[{number}] chartcite show {id_}{store}" for number, id_ in enumerate(citations, start=1)]
    typer.echo("\n".join(rows))


def _input(one: CalculationInput, name: str, citations: list[str]) -> str:
    """Say an input in one line, and keep its citations for the list of sources."""
    if one.origin == "missing":
        declared = calculator(name).input(one.name)
        takes = accepted(declared) if declared is not None else ""
        searched = f"; {one.searched}" if one.searched else ""
        return f"{one.label}: MISSING{searched}; give --input '{one.name}=...' ({takes})"
    shown = f"{one.value} ({one.words})" if one.words else one.value
    notes = ["given"] if one.origin == "given" else []
    if one.day and one.name != "age":
        notes.append(one.day)
    if one.days_old is not None:
        notes.append(f"{one.days_old} days old{': stale' if one.stale else ''}")
    for citation in one.citations:
        if citation.id not in citations:
            citations.append(citation.id)
    places = "".join(f"[{citations.index(citation.id) + 1}]" for citation in one.citations)
    beside = f" ({', '.join(notes)})" if notes else ""
    return f"{one.label}: {shown}{beside} {places}".rstrip()
