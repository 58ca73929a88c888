"""Ten-year risk of atherosclerotic cardiovascular disease."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from chartcite.engine.calculators.declaration import Calculator, Choice, Source, Values, Vector, Worked, YesNo, plain
from chartcite.engine.calculators.inputs import DIABETES, HDL, SEX, SYSTOLIC, TOTAL_CHOLESTEROL, age


class _Cohort(NamedTuple):
    """Coefficients of one cohort. `by_age`: of the product with the logarithm of age."""

    age: str
    age_squared: str
    total: str
    total_by_age: str
    hdl: str
    hdl_by_age: str
    treated: str
    treated_by_age: str
    untreated: str
    untreated_by_age: str
    smoker: str
    smoker_by_age: str
    diabetes: str
    mean: str
    survival: str


_COHORTS = {
    ("female", "white"): _Cohort(
        "-29.799", "4.884", "13.540", "-3.114", "-13.578", "3.149", "2.019", "0", "1.957", "0",
        "7.574", "-1.665", "0.661", "-29.18", "0.9665",
    ),
    ("female", "African American"): _Cohort(
        "17.114", "0", "0.940", "0", "-18.920", "4.475", "29.291", "-6.432", "27.820", "-6.087",
        "0.691", "0", "0.874", "86.61", "0.9533",
    ),
    ("male", "white"): _Cohort(
        "12.344", "0", "11.853", "-2.664", "-7.990", "1.769", "1.797", "0", "1.764", "0",
        "7.837", "-1.795", "0.658", "61.18", "0.9144",
    ),
    ("male", "African American"): _Cohort(
        "2.469", "0", "0.302", "0", "-0.307", "0", "1.916", "0", "1.809", "0",
        "0.549", "0", "0.645", "19.54", "0.8954",
    ),
}  # fmt: skip
"""Goff 2013, Appendix 7, table A."""


def _risk(values: Values) -> Worked:
    one = _COHORTS[values.word("sex"), values.word("race")]
    years, total = values.number("age").ln(), values.number("total_cholesterol").ln()
    high, pressure = values.number("hdl").ln(), values.number("systolic").ln()
    treated = values.yes("treated")
    terms = [
        Decimal(one.age) * years,
        Decimal(one.age_squared) * years * years,
        (Decimal(one.total) + Decimal(one.total_by_age) * years) * total,
        (Decimal(one.hdl) + Decimal(one.hdl_by_age) * years) * high,
        (
            Decimal(one.treated if treated else one.untreated)
            + Decimal(one.treated_by_age if treated else one.untreated_by_age) * years
        )
        * pressure,
        (Decimal(one.smoker) + Decimal(one.smoker_by_age) * years) * values.yes("smoker"),
        Decimal(one.diabetes) * values.yes("diabetes"),
    ]
    return plain(100 * (1 - Decimal(one.survival) ** (sum(terms, Decimal(0)) - Decimal(one.mean)).exp()))


def _published(sex: str, race: str, shown: str) -> Vector:
    given = {
        "age": "55",
        "sex": sex,
        "race": race,
        "total_cholesterol": "213 mg/dL",
        "hdl": "50 mg/dL",
        "systolic": "120 mm[Hg]",
        "treated": "no",
        "smoker": "no",
        "diabetes": "no",
    }
    return Vector(given, shown, "published")


CALCULATORS = (
    Calculator(
        "ascvd-pce",
        "10-year ASCVD risk by the pooled cohort equations (2013)",
        "heart",
        (
            "pooled cohort equations",
            "pce",
            "ascvd risk",
            "10-year ascvd risk",
            "ascvd risk score",
            "10 year cardiovascular risk",
            "ten-year ascvd risk",
        ),
        (
            age(40, 79),
            SEX,
            Choice("race", "race as the equations know it (others: use white)", ("white", "African American")),
            TOTAL_CHOLESTEROL._replace(low=Decimal(130), high=Decimal(320)),
            HDL._replace(low=Decimal(20), high=Decimal(100)),
            SYSTOLIC._replace(low=Decimal(90), high=Decimal(200)),
            YesNo("treated", "treatment for hypertension", medications=("antihypertensive",)),
            YesNo("smoker", "current smoker", conditions=("smoker", "tobacco-dependence")),
            DIABETES,
        ),
        _risk,
        "%",
        1,
        Source(
            "Goff DC Jr, Lloyd-Jones DM, Bennett G, et al",
            "2013 ACC/AHA guideline on the assessment of cardiovascular risk",
            "Circulation 2014;129(25 Suppl 2):S49-S73",
            "doi:10.1161/01.cir.0000437741.48606.98",
        ),
        (
            _published("female", "white", "2.1"),
            _published("female", "African American", "3.0"),
            _published("male", "white", "5.4")._replace(origin="worked"),
            _published("male", "African American", "6.1"),
        ),
        notes=(
            "For people without atherosclerotic cardiovascular disease.",
            "The source prints 5.3 % for its white man: its printed coefficients, which are rounded, give 5.4 %.",
        ),
        records=("ascvd-10-year-risk",),
    ),
)
