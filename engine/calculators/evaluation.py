"""Inputs → result, or what is missing. A yes or no that was looked for in vain counts as no, and the result says so."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from chartcite.engine.calculators.declaration import Band, Calculator, Number, Values, Worked, YesNo
from chartcite.engine.calculators.reading import RefusedError, readable, values_of


class MissingInputsError(RefusedError):
    """Inputs without which there is no result; each is named."""

    def __init__(self, calculator: Calculator, names: tuple[str, ...]) -> None:
        super().__init__(f"{calculator.name}: cannot be calculated without {', '.join(names)}")
        self.names = names


class Result(NamedTuple):
    """What a calculator found."""

    calculator: Calculator
    value: Decimal
    """Rounded as it is shown."""
    highest: Decimal
    """The same, were every input that is silent to hold: equal to `value` where none is."""
    shown: str
    """With `at least` where silent inputs could raise it, and the unit."""
    parts: tuple[tuple[str, Decimal], ...]
    silent: tuple[str, ...]
    """Names of the inputs that were looked for in vain and counted as no."""
    band: Band | None
    """What the source says of it; `None` where it says nothing, or silent inputs could lead to another."""


def missing_of(calculator: Calculator, known: Collection[str], silent: Collection[str] = ()) -> tuple[str, ...]:
    """Return the names of the inputs without which there is no result."""
    needed = [
        one.name
        for one in calculator.inputs
        if one.name not in known
        and not (isinstance(one, Number) and one.optional)
        and not (isinstance(one, YesNo) and one.name in silent and not one.bedside)
    ]
    if not needed and not known:
        return tuple(one.name for one in calculator.inputs)
    return tuple(needed)


def evaluate(calculator: Calculator, written: dict[str, str], *, silent: Collection[str] = ()) -> Result:
    """Calculate.

    Args:
        calculator: which.
        written: inputs by name, as people write them: `1.4 mg/dL`, `yes`, `female`, `2026-03-01`.
        silent: names of yes-or-no inputs that a chart was searched for in vain: they count as no, and the result is told
            as a lower bound.

    Raises:
        MissingInputsError: inputs are missing.
        RefusedError: one cannot be read, or lies outside the range; or they have no result together.
    """
    values = values_of(calculator, written)
    missing = missing_of(calculator, written, silent)
    if missing:
        raise MissingInputsError(calculator, missing)
    unsaid = [one.name for one in calculator.inputs if isinstance(one, YesNo) and one.name not in written]
    unsaid_numbers = [
        one.name for one in calculator.inputs if isinstance(one, Number) and one.optional == "raises" and one.name not in written
    ]
    worked = _run(calculator, values, dict.fromkeys(unsaid, False))
    lower, higher = dict.fromkeys(unsaid, False), dict.fromkeys(unsaid, False)
    for name in unsaid:
        turned = _run(calculator, values, {**dict.fromkeys(unsaid, False), name: True}).value
        lower[name], higher[name] = turned < worked.value, turned > worked.value
    lowest = _run(calculator, values, lower)
    value = _rounded(lowest.value, calculator.decimals)
    highest = _rounded(_run(calculator, values, higher).value, calculator.decimals)
    open_above = highest > value or bool(unsaid_numbers)
    low_band, high_band = _band(calculator, value), _band(calculator, highest)
    last = calculator.bands[-1] if calculator.bands else None
    sure = low_band if low_band == high_band and (not unsaid_numbers or low_band == last) else None
    return Result(
        calculator=calculator,
        value=value,
        highest=highest,
        shown=f"{'at least ' if open_above else ''}{shown_value(calculator, value)}",
        parts=lowest.parts,
        silent=(*unsaid, *unsaid_numbers),
        band=sure,
    )


def _run(calculator: Calculator, values: Values, silent: dict[str, bool]) -> Worked:
    try:
        return calculator.formula(values._replace(holds={**silent, **values.holds}))
    except (InvalidOperation, ZeroDivisionError, ValueError):
        raise RefusedError(f"{calculator.name}: these inputs together have no result; check numbers and units") from None


def _rounded(value: Decimal, decimals: int) -> Decimal:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def shown_value(calculator: Calculator, value: Decimal) -> str:
    """Return a rounded result as it is shown: with its unit, as a day, or as weeks and days."""
    if calculator.kind == "day":
        return date.fromordinal(int(value)).isoformat()
    if calculator.kind == "weeks":
        return f"{int(value) // 7} weeks {int(value) % 7} days"
    return f"{value:f} {readable(calculator.unit)}".rstrip()


def _band(calculator: Calculator, value: Decimal) -> Band | None:
    reached = [band for band in calculator.bands if band.low is None or value >= band.low]
    return reached[-1] if reached else None
