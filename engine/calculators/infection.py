"""Lung, infection and acute illness."""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.calculators.declaration import (
    Calculator,
    Number,
    Source,
    Values,
    Vector,
    Worked,
    YesNo,
    bands,
    number,
    score,
    steps,
)
from chartcite.engine.calculators.inputs import (
    BILIRUBIN,
    CREATININE,
    DIASTOLIC_NOW,
    FIO2,
    GCS,
    HEART_RATE,
    PACO2,
    PAO2,
    PLATELETS,
    RESPIRATORY_RATE,
    SATURATION,
    SYSTOLIC_NOW,
    TEMPERATURE,
    UREA_NITROGEN,
    WHITE_CELLS,
    age,
)

_CONFUSION = YesNo("confusion", "new confusion or altered mental state", conditions=("delirium",), within_days=7, bedside=True)
_SINGER = "Singer M, Deutschman CS, Seymour CW, et al"


def _infusion(name: str) -> Number:
    return Number(name, f"{name} infusion", "ug/kg/min", number(0), number(100), optional="raises")


_URINE = Number(
    "urine_output", "urine output a day", "mL/d", number(0), number(20000), ("urine-output",), optional="raises", fresh_days=2
)
_BANDS = Number("bands", "band neutrophils", "%", number(0), number(100), ("band-neutrophils",), optional="raises", fresh_days=2)


def _curb(values: Values) -> Worked:
    return score(
        ("confusion", values.yes("confusion")),
        ("urea nitrogen above 19 mg/dL", values.number("urea_nitrogen") > 19),
        ("respiratory rate 30 or more", values.number("respiratory_rate") >= 30),
        ("low blood pressure", values.number("systolic") < 90 or values.number("diastolic") <= 60),
        ("age 65 or more", values.number("age") >= 65),
    )


def _qsofa(values: Values) -> Worked:
    return score(
        ("respiratory rate 22 or more", values.number("respiratory_rate") >= 22),
        ("altered mental state", values.number("gcs") < 15),
        ("systolic pressure 100 or less", values.number("systolic") <= 100),
    )


def _circulation(values: Values) -> int:
    dopamine = values.maybe("dopamine") or Decimal(0)
    pressor = max(values.maybe("epinephrine") or Decimal(0), values.maybe("norepinephrine") or Decimal(0))
    if dopamine > 15 or pressor > Decimal("0.1"):
        return 4
    if dopamine > 5 or pressor > 0:
        return 3
    if dopamine > 0 or (values.maybe("dobutamine") or 0) > 0:
        return 2
    return int((values.number("systolic") + 2 * values.number("diastolic")) / 3 < 70)


def _sofa(values: Values) -> Worked:
    ratio = 100 * values.number("pao2") / values.number("fio2")
    breathing = int(ratio < 400) + int(ratio < 300)
    if values.yes("ventilated"):
        breathing += int(ratio < 200) + int(ratio < 100)
    coma = values.number("gcs")
    urine = values.maybe("urine_output")
    kidney = steps(values.number("creatinine"), "1.2", "2", "3.5", "5")
    if urine is not None:
        kidney = max(kidney, 4 if urine < 200 else 3 if urine < 500 else 0)
    return score(
        ("respiration", breathing),
        ("coagulation", sum(values.number("platelets") < limit for limit in (150, 100, 50, 20))),
        ("liver", steps(values.number("bilirubin"), "1.2", "2", "6", "12")),
        ("circulation", _circulation(values)),
        ("nervous system", sum(coma < limit for limit in (15, 13, 10, 6))),
        ("kidney", kidney),
    )


def _sirs(values: Values) -> Worked:
    warmth, white = values.number("temperature"), values.number("white_cells")
    carbon, young = values.maybe("paco2"), values.maybe("bands")
    return score(
        ("temperature", warmth > 38 or warmth < 36),
        ("heart rate above 90", values.number("heart_rate") > 90),
        ("breathing", values.number("respiratory_rate") > 20 or (carbon is not None and carbon < 32)),
        ("white cells", white > 12 or white < 4 or (young is not None and young > 10)),
    )


def _saturation_points(values: Values) -> int:
    measured, oxygen = values.number("oxygen_saturation"), values.yes("oxygen")
    if not values.yes("hypercapnic"):
        return 3 - steps(measured, "92", "94", "96")
    if measured >= 93:
        return steps(measured, "93", "95", "97") if oxygen else 0
    return 3 - steps(measured, "84", "86", "88")


def _news2(values: Values) -> Worked:
    breaths, pulse = values.number("respiratory_rate"), values.number("heart_rate")
    pressure, warmth = values.number("systolic"), values.number("temperature")
    return score(
        ("respiratory rate", 3 if breaths <= 8 else 1 if breaths <= 11 else 0 if breaths <= 20 else 2 if breaths <= 24 else 3),
        ("oxygen saturation", _saturation_points(values)),
        ("oxygen", 2 * values.yes("oxygen")),
        ("systolic pressure", 3 if pressure >= 220 else sum(pressure <= limit for limit in (90, 100, 110))),
        ("pulse", 3 - sum(pulse > limit for limit in (40, 40, 50)) if pulse <= 50 else steps(pulse, "91", "111", "131")),
        ("consciousness", 3 * (not values.yes("alert"))),
        ("temperature", _warmth_points(warmth)),
    )


def _warmth_points(warmth: Decimal) -> int:
    if warmth <= 35:
        return 3
    return int(warmth <= 36 or warmth > 38) + int(warmth > 39)


_NEWS_VALUES = {
    "respiratory_rate": "16",
    "oxygen_saturation": "97 %",
    "hypercapnic": "no",
    "oxygen": "no",
    "systolic": "120 mm[Hg]",
    "heart_rate": "80",
    "alert": "yes",
    "temperature": "37.0 Cel",
}

CALCULATORS = (
    Calculator(
        "curb-65",
        "CURB-65",
        "lung and infection",
        ("curb65", "curb 65", "pneumonia severity curb"),
        (_CONFUSION, UREA_NITROGEN._replace(fresh_days=2), RESPIRATORY_RATE, SYSTOLIC_NOW, DIASTOLIC_NOW, age(18)),
        _curb,
        "",
        0,
        Source(
            "Lim WS, van der Eerden MM, Laing R, et al",
            "Defining community acquired pneumonia severity on presentation to hospital: an international derivation and "
            "validation study",
            "Thorax 2003;58:377-382",
            "doi:10.1136/thorax.58.5.377",
        ),
        (
            Vector(
                {
                    "confusion": "yes",
                    "urea_nitrogen": "25 mg/dL",
                    "respiratory_rate": "32",
                    "systolic": "85 mm[Hg]",
                    "diastolic": "50 mm[Hg]",
                    "age": "70",
                },
                "5",
            ),
            Vector(
                {
                    "confusion": "no",
                    "urea_nitrogen": "7.5 mmol/L",
                    "respiratory_rate": "20",
                    "systolic": "120 mm[Hg]",
                    "diastolic": "60 mm[Hg]",
                    "age": "64",
                },
                "2",
            ),
        ),
        bands=bands(
            (None, "0 or 1 in the source: low risk"),
            ("2", "2 in the source: intermediate risk"),
            ("3", "3 or more in the source: severe"),
        ),
        notes=("Urea above 7 mmol/L of the source is told as urea nitrogen above 19 mg/dL.",),
        records=("curb-65",),
        kind="score",
    ),
    Calculator(
        "qsofa",
        "qSOFA",
        "lung and infection",
        ("quick sofa", "qsofa"),
        (RESPIRATORY_RATE, GCS, SYSTOLIC_NOW),
        _qsofa,
        "",
        0,
        Source(
            _SINGER,
            "The Third International Consensus Definitions for Sepsis and Septic Shock (Sepsis-3)",
            "JAMA 2016;315:801-810",
            "doi:10.1001/jama.2016.0287",
        ),
        (
            Vector({"respiratory_rate": "22", "gcs": "14", "systolic": "100 mm[Hg]"}, "3"),
            Vector({"respiratory_rate": "21", "gcs": "15", "systolic": "101 mm[Hg]"}, "0"),
        ),
        bands=bands((None, "below 2"), ("2", "2 or more: positive in the source")),
        kind="score",
    ),
    Calculator(
        "sofa",
        "SOFA",
        "lung and infection",
        ("sofa score", "sequential organ failure assessment", "sequential organ failure"),
        (
            PAO2,
            FIO2,
            YesNo(
                "ventilated",
                "respiratory support (ventilation or CPAP)",
                procedures=("mechanical-ventilation", "noninvasive-ventilation", "cpap-therapy"),
                within_days=2,
            ),
            PLATELETS._replace(fresh_days=2),
            BILIRUBIN._replace(fresh_days=2),
            SYSTOLIC_NOW,
            DIASTOLIC_NOW,
            GCS,
            CREATININE._replace(fresh_days=2),
            _infusion("dopamine"),
            _infusion("dobutamine"),
            _infusion("epinephrine"),
            _infusion("norepinephrine"),
            _URINE,
        ),
        _sofa,
        "",
        0,
        Source(
            "Vincent JL, Moreno R, Takala J, et al",
            "The SOFA (Sepsis-related Organ Failure Assessment) score to describe organ dysfunction/failure",
            "Intensive Care Med 1996;22:707-710",
            "doi:10.1007/BF01709751",
        ),
        (
            Vector(
                {
                    "pao2": "60 mm[Hg]",
                    "fio2": "50 %",
                    "ventilated": "yes",
                    "platelets": "80",
                    "bilirubin": "2.5 mg/dL",
                    "systolic": "80 mm[Hg]",
                    "diastolic": "50 mm[Hg]",
                    "gcs": "12",
                    "creatinine": "2.0 mg/dL",
                    "dopamine": "0",
                    "dobutamine": "0",
                    "epinephrine": "0",
                    "norepinephrine": "0.05",
                    "urine_output": "1200 mL/d",
                },
                "14",
            ),
        ),
        notes=("With infusions running, each must be given; one that is not given counts nothing.",),
        records=("sofa-score",),
        kind="score",
    ),
    Calculator(
        "sirs",
        "SIRS criteria",
        "lung and infection",
        ("sirs", "systemic inflammatory response", "sirs score"),
        (
            TEMPERATURE,
            HEART_RATE,
            RESPIRATORY_RATE,
            WHITE_CELLS._replace(fresh_days=2),
            PACO2._replace(optional="raises"),
            _BANDS,
        ),
        _sirs,
        "",
        0,
        Source(
            "Bone RC, Balk RA, Cerra FB, et al",
            "Definitions for sepsis and organ failure and guidelines for the use of innovative therapies in sepsis",
            "Chest 1992;101:1644-1655",
            "doi:10.1378/chest.101.6.1644",
        ),
        (
            Vector(
                {
                    "temperature": "38.5 Cel",
                    "heart_rate": "110",
                    "respiratory_rate": "18",
                    "white_cells": "13",
                    "paco2": "40",
                    "bands": "2 %",
                },
                "3",
            ),
        ),
        bands=bands((None, "below 2"), ("2", "2 or more: the syndrome as the source defines it")),
        kind="score",
    ),
    Calculator(
        "news2",
        "NEWS2",
        "lung and infection",
        ("national early warning score", "news 2", "early warning score", "news"),
        (
            RESPIRATORY_RATE,
            SATURATION,
            YesNo("hypercapnic", "known hypercapnic respiratory failure (scale 2)"),
            YesNo("oxygen", "breathing supplemental oxygen", bedside=True),
            SYSTOLIC_NOW,
            HEART_RATE,
            YesNo("alert", "alert (no new confusion, response to voice or pain only, or unresponsiveness)", bedside=True),
            TEMPERATURE,
        ),
        _news2,
        "",
        0,
        Source(
            "Royal College of Physicians",
            "National Early Warning Score (NEWS) 2: standardising the assessment of acute-illness severity in the NHS",
            "London: RCP, 2017",
        ),
        (
            Vector(_NEWS_VALUES, "0"),
            Vector(
                {
                    **_NEWS_VALUES,
                    "respiratory_rate": "25",
                    "oxygen_saturation": "93 %",
                    "oxygen": "yes",
                    "heart_rate": "115",
                    "temperature": "39.2 Cel",
                    "systolic": "98 mm[Hg]",
                },
                "13",
            ),
            Vector({**_NEWS_VALUES, "hypercapnic": "yes", "oxygen_saturation": "95 %", "oxygen": "yes"}, "4"),
        ),
        bands=bands(
            (None, "0 to 4 in the source (3 in one item alone asks for urgent review)"),
            ("5", "5 or 6 in the source: urgent response"),
            ("7", "7 or more in the source: emergency response"),
        ),
        notes=("For people of 16 years and more, not in pregnancy.",),
        records=("news2",),
        kind="score",
    ),
)
