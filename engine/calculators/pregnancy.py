"""Dates of a pregnancy."""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.calculators.declaration import Calculator, Day, Number, Source, Values, Vector, Worked, number, plain
from chartcite.engine.calculators.inputs import LAST_PERIOD

_USUAL_CYCLE = 28
LONGEST_DAYS = 44 * 7
"""A last period longer ago tells nothing of a pregnancy now."""
_CYCLE = Number("cycle", "length of the cycle", "d", number(20), number(45), optional="left out")
_ON = Day("on", "day asked about")
_ACOG = Source(
    "American College of Obstetricians and Gynecologists",
    "Committee Opinion No. 700: methods for estimating the due date",
    "Obstet Gynecol 2017;129:e150-e154",
    "doi:10.1097/AOG.0000000000002046",
)
_CYCLE_NOTE = "A cycle other than 28 days, where it is given, moves ovulation by the difference."
_ULTRASOUND_NOTE = "A dating ultrasound of the first trimester goes before the last period."


def _shift(values: Values) -> Decimal:
    return (values.maybe("cycle") or Decimal(_USUAL_CYCLE)) - _USUAL_CYCLE


def _due(values: Values) -> Worked:
    return plain(values.number("last_period") + 280 + _shift(values))


def _conceived(values: Values) -> Worked:
    return plain(values.number("last_period") + 14 + _shift(values))


def _gestation(values: Values) -> Worked:
    days = values.number("on") - values.number("last_period")
    if not 0 <= days <= LONGEST_DAYS:
        raise ValueError("no pregnancy lasts so long, or it has not begun")
    return plain(days)


CALCULATORS = (
    Calculator(
        "due-date",
        "Due date by the last menstrual period",
        "pregnancy",
        ("estimated due date", "edd", "due date", "naegele", "estimated date of delivery", "edc", "expected date of confinement"),
        (LAST_PERIOD, _CYCLE),
        _due,
        "",
        0,
        _ACOG,
        (
            Vector({"last_period": "2024-01-01"}, "2024-10-07"),
            Vector({"last_period": "2023-06-08", "cycle": "30 d"}, "2024-03-16"),
        ),
        notes=(_CYCLE_NOTE, _ULTRASOUND_NOTE),
        records=("estimated-due-date",),
        kind="day",
    ),
    Calculator(
        "conception-date",
        "Day of conception by the last menstrual period",
        "pregnancy",
        ("conception date", "date of conception"),
        (LAST_PERIOD, _CYCLE),
        _conceived,
        "",
        0,
        _ACOG,
        (Vector({"last_period": "2024-01-01"}, "2024-01-15"),),
        notes=("Ovulation is taken on day 14.", _CYCLE_NOTE),
        kind="day",
    ),
    Calculator(
        "gestational-age",
        "Gestational age by the last menstrual period",
        "pregnancy",
        ("gestational age", "weeks pregnant", "how far along"),
        (LAST_PERIOD, _ON),
        _gestation,
        "",
        0,
        _ACOG,
        (Vector({"last_period": "2024-01-01", "on": "2024-03-29"}, "12 weeks 4 days"),),
        notes=("From the last period up to 44 weeks after it.", _ULTRASOUND_NOTE),
        records=("gestational-age",),
        kind="weeks",
    ),
)
