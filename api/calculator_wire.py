"""The JSON of calculators: what they are, and what is asked of one."""

from __future__ import annotations

from typing import Annotated, Literal

from chartcite.api.wire import Body, Moment
from chartcite.engine.calculators.declaration import Calculator, Choice, Day, Input, Number
from chartcite.engine.calculators.reading import accepted, readable
from chartcite.engine.calculators.registry import CALCULATORS
from pydantic import Field

_Kind = Literal["number", "yes_no", "choice", "day"]


class CalculatorInputBody(Body):
    """An input of a calculator."""

    name: str
    label: str
    kind: _Kind
    accepts: str = Field(description="Range with unit, options, or what else is taken.")
    unit: str = ""
    optional: bool = False


class CalculatorBody(Body):
    """A calculator."""

    name: str
    title: str
    topic: str
    aliases: tuple[str, ...]
    inputs: tuple[CalculatorInputBody, ...]
    unit: str = Field(description="Of the result; empty for a score.")
    notes: tuple[str, ...]
    source: str
    review: str


class CalculatorList(Body):
    """Every calculator, by topic."""

    calculators: tuple[CalculatorBody, ...]


class CalculateBody(Body):
    """What is asked of a calculator."""

    calculator: str = Field(min_length=1, max_length=200, description="Name, or what people call it.")
    inputs: dict[Annotated[str, Field(max_length=100)], Annotated[str, Field(max_length=200)]] = Field(
        default={}, max_length=100, description="Inputs by name, as people write them; they go before those of the chart."
    )
    as_of: Moment = Field(default=None, description="From what the chart held then.")


def calculator_list() -> CalculatorList:
    """Return every calculator in the public form."""
    return CalculatorList(calculators=tuple(map(_body, CALCULATORS)))


def _body(one: Calculator) -> CalculatorBody:
    return CalculatorBody(
        name=one.name,
        title=one.title,
        topic=one.topic,
        aliases=one.aliases,
        inputs=tuple(map(_input, one.inputs)),
        unit=readable(one.unit),
        notes=one.notes,
        source=one.source.shown,
        review=one.review,
    )


def _input(one: Input) -> CalculatorInputBody:
    return CalculatorInputBody(
        name=one.name,
        label=one.label,
        kind=_kind(one),
        accepts=accepted(one),
        unit=readable(one.unit) if isinstance(one, Number) else "",
        optional=isinstance(one, Number) and bool(one.optional),
    )


def _kind(one: Input) -> _Kind:
    if isinstance(one, Number):
        return "number"
    if isinstance(one, Choice):
        return "choice"
    return "day" if isinstance(one, Day) else "yes_no"
