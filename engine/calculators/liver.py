"""Liver."""

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
    YesNo,
    bands,
    number,
    plain,
    score,
)
from chartcite.engine.calculators.inputs import (
    ALBUMIN,
    ALT,
    AST,
    BILIRUBIN,
    CREATININE,
    INR,
    PLATELETS,
    SEX,
    SODIUM,
    age,
)

_DIALYSIS = YesNo(
    "dialysis",
    "dialysis twice or more in the last week, or 24 hours of continuous dialysis",
    conditions=("dialysis-dependence",),
    procedures=("hemodialysis", "continuous-renal-replacement-therapy"),
    within_days=7,
)
_UPPER_LIMIT = Number("ast_limit", "upper limit of normal of AST", "U/L", number(10), number(100))


def _within(value: Decimal, low: str, high: str) -> Decimal:
    return min(max(value, Decimal(low)), Decimal(high))


def _whole(value: Decimal) -> Decimal:
    """Round half up to a whole number."""
    return Decimal(int(value + Decimal("0.5")))


def _meld3(values: Values) -> Worked:
    bilirubin, inr = max(values.number("bilirubin"), Decimal(1)).ln(), max(values.number("inr"), Decimal(1)).ln()
    creatinine = (Decimal(3) if values.yes("dialysis") else _within(values.number("creatinine"), "1", "3")).ln()
    low_sodium = 137 - _within(values.number("sodium"), "125", "137")
    low_albumin = Decimal("3.5") - _within(values.number("albumin"), "1.5", "3.5")
    total = (
        Decimal("1.33") * values.female
        + Decimal("4.56") * bilirubin
        + Decimal("0.82") * low_sodium
        - Decimal("0.24") * low_sodium * bilirubin
        + Decimal("9.09") * inr
        + Decimal("11.14") * creatinine
        + Decimal("1.85") * low_albumin
        - Decimal("1.83") * low_albumin * creatinine
        + 6
    )
    return plain(min(_whole(total), Decimal(40)))


def _meld(values: Values) -> Decimal:
    """Return the score of 2001 with the bounds of the allocation policy, rounded to a whole number."""
    bilirubin, inr = max(values.number("bilirubin"), Decimal(1)).ln(), max(values.number("inr"), Decimal(1)).ln()
    creatinine = (Decimal(4) if values.yes("dialysis") else _within(values.number("creatinine"), "1", "4")).ln()
    total = Decimal("0.957") * creatinine + Decimal("0.378") * bilirubin + Decimal("1.120") * inr + Decimal("0.643")
    return _whole(10 * total)


def _meld_na(values: Values) -> Worked:
    first = _meld(values)
    if first > 11:
        low = 137 - _within(values.number("sodium"), "125", "137")
        first = _whole(first + Decimal("1.32") * low - Decimal("0.033") * first * low)
    return plain(min(first, Decimal(40)))


def _child_pugh(values: Values) -> Worked:
    bilirubin, albumin, inr = values.number("bilirubin"), values.number("albumin"), values.number("inr")
    return score(
        ("bilirubin", 1 if bilirubin < 2 else 2 if bilirubin <= 3 else 3),
        ("albumin", 1 if albumin > Decimal("3.5") else 2 if albumin >= Decimal("2.8") else 3),
        ("INR", 1 if inr < Decimal("1.7") else 2 if inr <= Decimal("2.3") else 3),
        ("ascites", 1 + _ASCITES.index(values.word("ascites"))),
        ("encephalopathy", 1 + _ENCEPHALOPATHY.index(values.word("encephalopathy"))),
    )


def _fib4(values: Values) -> Worked:
    return plain(values.number("age") * values.number("ast") / (values.number("platelets") * values.number("alt").sqrt()))


def _apri(values: Values) -> Worked:
    return plain(100 * values.number("ast") / values.number("ast_limit") / values.number("platelets"))


_ASCITES = ("none", "mild", "moderate to severe")
_ENCEPHALOPATHY = ("none", "grade 1 to 2", "grade 3 to 4")
_MELD_INPUTS = (BILIRUBIN, INR, CREATININE._replace(fresh_days=90), SODIUM, _DIALYSIS)

CALCULATORS = (
    Calculator(
        "meld-3",
        "MELD 3.0",
        "liver",
        ("meld 3.0", "meld3", "meld", "meld score", "model for end-stage liver disease"),
        (SEX, *_MELD_INPUTS, ALBUMIN),
        _meld3,
        "",
        0,
        Source(
            "Kim WR, Mannalithara A, Heimbach JK, et al",
            "MELD 3.0: the Model for End-Stage Liver Disease updated for the modern era",
            "Gastroenterology 2021;161:1887-1895",
            "doi:10.1053/j.gastro.2021.08.050",
        ),
        (
            Vector(
                {
                    "sex": "male",
                    "bilirubin": "1.0 mg/dL",
                    "inr": "1.0",
                    "creatinine": "1.0 mg/dL",
                    "sodium": "137",
                    "albumin": "3.5",
                    "dialysis": "no",
                },
                "6",
            ),
            Vector(
                {
                    "sex": "female",
                    "bilirubin": "3.0 mg/dL",
                    "inr": "1.5",
                    "creatinine": "1.5 mg/dL",
                    "sodium": "130",
                    "albumin": "2.8",
                    "dialysis": "no",
                },
                "25",
            ),
        ),
        notes=("Values outside the score's bounds are set to the bound, as the source does.",),
        records=("meld-score",),
        kind="score",
    ),
    Calculator(
        "meld-na",
        "MELD-Na (allocation policy of 2016)",
        "liver",
        ("meld na", "meldna", "meld-na", "meld sodium", "unos meld", "meld with sodium"),
        _MELD_INPUTS,
        _meld_na,
        "",
        0,
        Source(
            "Kim WR, Biggins SW, Kremers WK, et al",
            "Hyponatremia and mortality among patients on the liver-transplant waiting list (with the coefficients of OPTN "
            "Policy 9, 2016)",
            "N Engl J Med 2008;359:1018-1026",
            "doi:10.1056/NEJMoa0801209",
        ),
        (
            Vector({"bilirubin": "1.0 mg/dL", "inr": "1.0", "creatinine": "1.0 mg/dL", "sodium": "137", "dialysis": "no"}, "6"),
            Vector({"bilirubin": "3.0 mg/dL", "inr": "1.5", "creatinine": "1.5 mg/dL", "sodium": "130", "dialysis": "no"}, "24"),
        ),
        records=("meld-score",),
        kind="score",
    ),
    Calculator(
        "child-pugh",
        "Child-Pugh score",
        "liver",
        ("child pugh", "child-turcotte-pugh", "ctp score", "childs score", "child's score", "child class", "child-pugh class"),
        (
            BILIRUBIN,
            ALBUMIN,
            INR,
            Choice("ascites", "ascites", _ASCITES),
            Choice("encephalopathy", "hepatic encephalopathy", _ENCEPHALOPATHY),
        ),
        _child_pugh,
        "",
        0,
        Source(
            "Pugh RNH, Murray-Lyon IM, Dawson JL, Pietroni MC, Williams R",
            "Transection of the oesophagus for bleeding oesophageal varices (with INR in the place of the prothrombin time)",
            "Br J Surg 1973;60:646-649",
            "doi:10.1002/bjs.1800600817",
        ),
        (
            Vector(
                {"bilirubin": "1.5 mg/dL", "albumin": "3.6 g/dL", "inr": "1.2", "ascites": "none", "encephalopathy": "none"}, "5"
            ),
            Vector(
                {
                    "bilirubin": "2.5 mg/dL",
                    "albumin": "3.0 g/dL",
                    "inr": "1.8",
                    "ascites": "mild",
                    "encephalopathy": "grade 1 to 2",
                },
                "10",
            ),
        ),
        bands=bands((None, "class A (5 or 6)"), ("7", "class B (7 to 9)"), ("10", "class C (10 to 15)")),
        records=("child-pugh",),
        kind="score",
    ),
    Calculator(
        "fib-4",
        "FIB-4",
        "liver",
        ("fib4", "fib 4", "fibrosis-4", "fibrosis 4 index", "liver fibrosis score"),
        (age(18), AST, ALT, PLATELETS),
        _fib4,
        "",
        2,
        Source(
            "Sterling RK, Lissen E, Clumeck N, et al",
            "Development of a simple noninvasive index to predict significant fibrosis in patients with HIV/HCV coinfection",
            "Hepatology 2006;43:1317-1325",
            "doi:10.1002/hep.21178",
        ),
        (
            Vector({"age": "60", "ast": "80 U/L", "alt": "64 U/L", "platelets": "150 10*3/uL"}, "4.00"),
            Vector({"age": "45", "ast": "30 U/L", "alt": "36 U/L", "platelets": "250 10*9/L"}, "0.90"),
        ),
        bands=bands(
            (None, "below 1.45: advanced fibrosis unlikely in the source"),
            ("1.45", "1.45 to 3.25: between the two limits of the source"),
            ("3.2500001", "above 3.25: advanced fibrosis likely in the source"),
        ),
        records=("fib-4",),
    ),
    Calculator(
        "apri",
        "APRI",
        "liver",
        ("ast to platelet ratio index", "apri"),
        (AST, _UPPER_LIMIT, PLATELETS),
        _apri,
        "",
        2,
        Source(
            "Wai CT, Greenson JK, Fontana RJ, et al",
            "A simple noninvasive index can predict both significant fibrosis and cirrhosis in patients with chronic hepatitis C",
            "Hepatology 2003;38:518-526",
            "doi:10.1053/jhep.2003.50346",
        ),
        (Vector({"ast": "80 U/L", "ast_limit": "40 U/L", "platelets": "100"}, "2.00"),),
        records=("apri-score",),
    ),
)
