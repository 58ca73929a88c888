"""Equivalent doses of opioids and of corticosteroids."""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.calculators.declaration import (
    Calculator,
    Choice,
    Number,
    Source,
    Values,
    Vector,
    Worked,
    number,
    plain,
    score,
)

_FACTORS = {
    "codeine": "0.15", "hydrocodone": "1", "hydromorphone": "5", "methadone": "4.7", "morphine": "1", "oxycodone": "1.5",
    "oxymorphone": "3", "tapentadol": "0.4", "tramadol": "0.2",
}  # fmt: skip
"""Morphine equivalents of one mg by mouth: CDC 2022, table of conversion factors."""
_PATCH = Decimal("2.4")
"""Of one microgram an hour of transdermal fentanyl."""
_OPIOIDS = (
    *(Number(name, f"{name} by mouth, a day", "mg/d", number(0), number(5000), optional="left out") for name in _FACTORS),
    Number("fentanyl_patch", "transdermal fentanyl", "ug/h", number(0), number(1000), optional="left out"),
)
_STEROIDS = {
    "betamethasone": "0.75", "cortisone": "25", "dexamethasone": "0.75", "hydrocortisone": "20", "methylprednisolone": "4",
    "prednisolone": "5", "prednisone": "5", "triamcinolone": "4",
}  # fmt: skip
"""Milligrams of equal glucocorticoid potency."""


def _morphine(values: Values) -> Worked:
    spoken = [(name, Decimal(factor) * (values.maybe(name) or 0)) for name, factor in _FACTORS.items()]
    return score(*spoken, ("fentanyl patch", _PATCH * (values.maybe("fentanyl_patch") or 0)))


def _steroid(values: Values) -> Worked:
    source, target = Decimal(_STEROIDS[values.word("drug")]), Decimal(_STEROIDS[values.word("to")])
    return plain(values.number("dose") * target / source)


CALCULATORS = (
    Calculator(
        "mme",
        "Morphine milligram equivalents a day (CDC 2022)",
        "doses",
        (
            "morphine milligram equivalents",
            "mme",
            "morphine equivalents",
            "meq of opioids",
            "oral morphine equivalent",
            "medd",
        ),
        _OPIOIDS,
        _morphine,
        "mg/d",
        1,
        Source(
            "Dowell D, Ragan KR, Jones CM, Baldwin GT, Chou R",
            "CDC clinical practice guideline for prescribing opioids for pain: United States, 2022",
            "MMWR Recomm Rep 2022;71(3):1-95",
            "doi:10.15585/mmwr.rr7103a1",
        ),
        (
            Vector({"oxycodone": "30 mg/d"}, "45.0"),
            Vector({"tramadol": "200 mg/d", "fentanyl_patch": "25 ug/h"}, "100.0"),
        ),
        notes=("Only the opioids that are given count. Not for choosing the dose of a new opioid: the source warns against it.",),
    ),
    Calculator(
        "steroid-conversion",
        "Equivalent dose of a corticosteroid",
        "doses",
        (
            "steroid conversion",
            "steroid equivalent",
            "corticosteroid conversion",
            "prednisone equivalent",
            "steroid dose equivalence",
        ),
        (
            Choice("drug", "corticosteroid now", tuple(_STEROIDS)),
            Number("dose", "its dose", "mg", number(0), number(2500)),
            Choice("to", "corticosteroid wanted", tuple(_STEROIDS)),
        ),
        _steroid,
        "mg",
        2,
        Source(
            "Liu D, Ahmet A, Ward L, et al",
            "A practical guide to the monitoring and management of the complications of systemic corticosteroid therapy",
            "Allergy Asthma Clin Immunol 2013;9:30",
            "doi:10.1186/1710-1492-9-30",
        ),
        (
            Vector({"drug": "hydrocortisone", "dose": "100 mg", "to": "prednisone"}, "25.00"),
            Vector({"drug": "dexamethasone", "dose": "6 mg", "to": "methylprednisolone"}, "32.00"),
        ),
        notes=("By glucocorticoid potency, by mouth or into a vein; says nothing of mineralocorticoid effect or duration.",),
    ),
)
