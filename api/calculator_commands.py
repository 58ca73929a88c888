"""The command `calculate`: a calculator for a patient, for given numbers, or for both; or the list of them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from chartcite.engine.errors import InvalidQuestionError

if TYPE_CHECKING:
    from chartcite.engine.domain.calculations import Calculation


def calculate(  # noqa: PLR0913, PLR0917 -- each is an option of the command
    name: Annotated[str | None, typer.Argument(help="Which, by name or as people call it: cha2ds2-vasc, “corrected QT”.")] = None,
    patient: Annotated[str | None, typer.Option("--patient", metavar="ID", help="Whose chart gives the inputs.")] = None,
    inputs: Annotated[
        list[str] | None, typer.Option("--input", metavar="KEY=VALUE", help="An input, such as 'creatinine=124 umol/L'; repeat.")
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="From what the chart held then.")] = None,
    show_list: Annotated[bool, typer.Option("--list", help="Name every calculator with its inputs.")] = False,  # noqa: FBT002 -- typer's way to a flag
    store: Annotated[
        Path | None, typer.Option("--store", metavar="DIR", help="Folder of the store [default: ./chartcite-store].")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")] = False,  # noqa: FBT002
) -> None:
    """Calculate a score or formula, each input with its source; without NAME or with --list, name them all."""
    from chartcite.api.calculator_wire import calculator_list
    from chartcite.api.terminal import print_json

    if show_list or name is None:
        if json:
            print_json(calculator_list().model_dump(mode="json"))
        else:
            from chartcite.api.calculator_printing import print_calculators

            print_calculators()
        return
    found = _calculated(name, patient, _given(inputs or []), as_of, store)
    if json:
        print_json(found.model_dump(mode="json"))
        return
    from chartcite.api.calculator_printing import print_calculation

    print_calculation(found, store=f" --store {store}" if store else "")


def _calculated(name: str, patient: str | None, given: dict[str, str], as_of: str | None, store: Path | None) -> Calculation:
    from chartcite.engine.calculate import calculate as for_patient
    from chartcite.engine.calculate import calculate_from
    from chartcite.engine.domain.records import PatientId
    from chartcite.engine.review.chart_review import last_day

    moment = _moment(as_of)
    if patient is None:
        return calculate_from(name, given, asked=last_day(moment))
    from chartcite.api.settings import load_settings
    from chartcite.api.wiring import open_chart_lexicon, open_records

    settings = load_settings(store=store)
    records, lexicon = open_records(settings), open_chart_lexicon(settings)
    return for_patient(name, PatientId(patient), given, records=records, lexicon=lexicon, as_of=moment)


def _given(inputs: list[str]) -> dict[str, str]:
    """Return `KEY=VALUE` options by key.

    Raises:
        InvalidQuestionError: one has no key or no value, or a key comes twice.
    """
    given: dict[str, str] = {}
    for one in inputs:
        key, _, value = one.partition("=")
        name = key.strip().lower().replace("-", "_")
        if not name or not value.strip():
            raise InvalidQuestionError("input: give KEY=VALUE, such as --input 'creatinine=1.4 mg/dL'")
        if name in given:
            raise InvalidQuestionError(f"input: {name} is given twice")
        given[name] = value.strip()
    return given


def _moment(given: str | None) -> date | datetime | None:
    from chartcite.api.wire import parse_moment

    try:
        return parse_moment(given)
    except ValueError as error:
        raise InvalidQuestionError(f"as_of: {error}") from None
