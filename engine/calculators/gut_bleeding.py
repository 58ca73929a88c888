"""Upper gastrointestinal bleeding."""

from __future__ import annotations

from chartcite.engine.calculators.declaration import (
    Calculator,
    Source,
    Values,
    Vector,
    Worked,
    YesNo,
    score,
    steps,
)
from chartcite.engine.calculators.inputs import (
    HEART_FAILURE,
    HEART_RATE,
    HEMOGLOBIN,
    SEX,
    SYSTOLIC_NOW,
    UREA_NITROGEN,
)


def _blatchford(values: Values) -> Worked:
    urea, blood, pressure = values.number("urea_nitrogen"), values.number("hemoglobin"), values.number("systolic")
    anaemia = (0, 1, 6) if values.female else (0, 1, 3, 6)
    limits = (12, 10) if values.female else (13, 12, 10)
    return score(
        ("urea nitrogen", (0, 2, 3, 4, 6)[steps(urea, "18.2", "22.4", "28", "70")]),
        ("haemoglobin", anaemia[sum(blood < limit for limit in limits)]),
        ("systolic pressure", sum(pressure < limit for limit in (110, 100, 90))),
        ("heart rate 100 or more", values.number("heart_rate") >= 100),
        ("melaena", values.yes("melena")),
        ("syncope", 2 * values.yes("syncope")),
        ("liver disease", 2 * values.yes("liver_disease")),
        ("heart failure", 2 * values.yes("heart_failure")),
    )


CALCULATORS = (
    Calculator(
        "glasgow-blatchford",
        "Glasgow-Blatchford score",
        "liver",
        ("glasgow blatchford", "blatchford", "glasgow-blatchford bleeding score", "gi bleed score"),
        (
            SEX,
            UREA_NITROGEN._replace(fresh_days=2),
            HEMOGLOBIN._replace(fresh_days=2),
            SYSTOLIC_NOW,
            HEART_RATE,
            YesNo("melena", "melaena", conditions=("melena",), within_days=7),
            YesNo("syncope", "recent syncope", conditions=("syncope",), within_days=7),
            YesNo("liver_disease", "liver disease", conditions=("liver-disease",)),
            HEART_FAILURE,
        ),
        _blatchford,
        "",
        0,
        Source(
            "Blatchford O, Murray WR, Blatchford M",
            "A risk score to predict need for treatment for upper-gastrointestinal haemorrhage",
            "Lancet 2000;356:1318-1321",
            "doi:10.1016/S0140-6736(00)02816-6",
        ),
        (
            Vector(
                {
                    "sex": "male",
                    "urea_nitrogen": "30 mg/dL",
                    "hemoglobin": "9.5 g/dL",
                    "systolic": "95 mm[Hg]",
                    "heart_rate": "110",
                    "melena": "yes",
                    "syncope": "no",
                    "liver_disease": "no",
                    "heart_failure": "no",
                },
                "14",
            ),
            Vector(
                {
                    "sex": "female",
                    "urea_nitrogen": "6 mmol/L",
                    "hemoglobin": "12 g/dL",
                    "systolic": "120 mm[Hg]",
                    "heart_rate": "80",
                    "melena": "no",
                    "syncope": "no",
                    "liver_disease": "no",
                    "heart_failure": "no",
                },
                "0",
            ),
        ),
        kind="score",
    ),
)
