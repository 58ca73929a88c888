"""The pneumonia severity index."""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.calculators.declaration import Calculator, Source, Values, Vector, Worked, YesNo, bands, score
from chartcite.engine.calculators.inputs import (
    GLUCOSE,
    HEART_FAILURE,
    HEART_RATE,
    HEMATOCRIT,
    PAO2,
    RESPIRATORY_RATE,
    SEX,
    SODIUM,
    SYSTOLIC_NOW,
    TEMPERATURE,
    UREA_NITROGEN,
    age,
    measured,
)

_PH = measured("ph", "arterial pH", "[pH]", "6.5", "8", "arterial-ph", fresh_days=2)._replace(one_unit=True)
_STATEMENTS = (
    (YesNo("nursing_home", "lives in a nursing home", conditions=("nursing-home-resident",)), 10),
    (YesNo("neoplastic_disease", "neoplastic disease", conditions=("cancer", "solid-tumor", "hematologic-malignancy")), 30),
    (YesNo("liver_disease", "liver disease", conditions=("liver-disease",)), 20),
    (HEART_FAILURE, 10),
    (
        YesNo(
            "cerebrovascular_disease",
            "cerebrovascular disease",
            conditions=("stroke", "history-of-stroke", "transient-ischemic-attack"),
        ),
        10,
    ),
    (YesNo("kidney_disease", "kidney disease", conditions=("chronic-kidney-disease-group", "end-stage-renal-disease")), 10),
    (YesNo("altered_mental_state", "altered mental state", bedside=True), 20),
    (YesNo("pleural_effusion", "pleural effusion on the radiograph", conditions=("pleural-effusion",), within_days=14), 10),
)


def _severity(values: Values) -> Worked:
    return score(
        ("age", values.number("age") - 10 * values.female),
        *((one.label, points * values.yes(one.name)) for one, points in _STATEMENTS),
        ("respiratory rate 30 or more", 20 * (values.number("respiratory_rate") >= 30)),
        ("systolic pressure below 90", 20 * (values.number("systolic") < 90)),
        ("temperature", 15 * (values.number("temperature") < 35 or values.number("temperature") >= 40)),
        ("pulse 125 or more", 10 * (values.number("heart_rate") >= 125)),
        ("pH below 7.35", 30 * (values.number("ph") < Decimal("7.35"))),
        ("urea nitrogen 30 mg/dL or more", 20 * (values.number("urea_nitrogen") >= 30)),
        ("sodium below 130", 20 * (values.number("sodium") < 130)),
        ("glucose 250 mg/dL or more", 10 * (values.number("glucose") >= 250)),
        ("haematocrit below 30 %", 10 * (values.number("hematocrit") < 30)),
        ("arterial oxygen below 60 mmHg", 10 * (values.number("pao2") < 60)),
    )


_CALM = {
    "respiratory_rate": "20",
    "systolic": "120 mm[Hg]",
    "temperature": "37 Cel",
    "heart_rate": "90",
    "ph": "7.40",
    "urea_nitrogen": "15 mg/dL",
    "sodium": "140",
    "glucose": "110 mg/dL",
    "hematocrit": "40 %",
    "pao2": "80 mm[Hg]",
}
_NONE = {one.name: "no" for one, _ in _STATEMENTS}

CALCULATORS = (
    Calculator(
        "psi",
        "Pneumonia severity index",
        "lung and infection",
        ("pneumonia severity index", "psi", "port score", "psi/port", "psi score"),
        (
            age(18),
            SEX,
            *(one for one, _ in _STATEMENTS),
            RESPIRATORY_RATE,
            SYSTOLIC_NOW,
            TEMPERATURE,
            HEART_RATE,
            _PH,
            *(one._replace(fresh_days=2) for one in (UREA_NITROGEN, SODIUM, GLUCOSE, HEMATOCRIT)),
            PAO2,
        ),
        _severity,
        "",
        0,
        Source(
            "Fine MJ, Auble TE, Yealy DM, et al",
            "A prediction rule to identify low-risk patients with community-acquired pneumonia",
            "N Engl J Med 1997;336:243-250",
            "doi:10.1056/NEJM199701233360402",
        ),
        (
            Vector({"age": "50", "sex": "female", **_NONE, **_CALM}, "40"),
            Vector(
                {"age": "70", "sex": "male", **_NONE, **_CALM, "nursing_home": "yes", "respiratory_rate": "32", "sodium": "128"},
                "120",
            ),
        ),
        bands=bands(
            (None, "class II at most (70 or less)"),
            ("71", "class III (71 to 90)"),
            ("91", "class IV (91 to 130)"),
            ("131", "class V (above 130)"),
        ),
        notes=("Class I is told by a first step without laboratory values, which is not done here.",),
        records=("pneumonia-severity-index",),
        kind="score",
    ),
)
