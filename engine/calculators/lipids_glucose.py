"""Lipids and glucose."""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.calculators.declaration import Calculator, Number, Source, Values, Vector, Worked, number, plain
from chartcite.engine.calculators.inputs import HBA1C, HDL, TOTAL_CHOLESTEROL, TRIGLYCERIDES

_INSULIN = Number("insulin", "fasting insulin", "u[IU]/mL", number("0.1"), number(1000), ("insulin-level",))
_FASTING_GLUCOSE = Number("glucose", "fasting glucose", "mg/dL", number(10), number(2500), ("fasting-glucose",), ("glucose",))


def _friedewald(values: Values) -> Worked:
    return plain(values.number("total_cholesterol") - values.number("hdl") - values.number("triglycerides") / 5)


def _sampson(values: Values) -> Worked:
    total, high, fat = values.number("total_cholesterol"), values.number("hdl"), values.number("triglycerides")
    bound = fat / Decimal("8.56") + fat * (total - high) / 2140 - fat * fat / 16100
    return plain(total / Decimal("0.948") - high / Decimal("0.971") - bound - Decimal("9.44"))


def _non_hdl(values: Values) -> Worked:
    return plain(values.number("total_cholesterol") - values.number("hdl"))


def _average_glucose(values: Values) -> Worked:
    return plain(Decimal("28.7") * values.number("hba1c") - Decimal("46.7"))


def _homa(values: Values) -> Worked:
    return plain(values.number("insulin") * values.number("glucose") / 405)


_LIPIDS = (TOTAL_CHOLESTEROL, HDL)

CALCULATORS = (
    Calculator(
        "ldl-friedewald",
        "LDL cholesterol by Friedewald",
        "lipids and glucose",
        ("friedewald", "ldl by friedewald", "calculated ldl", "ldl", "ldl cholesterol"),
        (*_LIPIDS, TRIGLYCERIDES._replace(high=Decimal(400))),
        _friedewald,
        "mg/dL",
        1,
        Source(
            "Friedewald WT, Levy RI, Fredrickson DS",
            "Estimation of the concentration of low-density lipoprotein cholesterol in plasma, without use of the "
            "preparative ultracentrifuge",
            "Clin Chem 1972;18:499-502",
            "doi:10.1093/clinchem/18.6.499",
        ),
        (
            Vector({"total_cholesterol": "200 mg/dL", "hdl": "50 mg/dL", "triglycerides": "150 mg/dL"}, "120.0"),
            Vector({"total_cholesterol": "240 mg/dL", "hdl": "42 mg/dL", "triglycerides": "310 mg/dL"}, "136.0"),
        ),
        notes=("Only for triglycerides up to 400 mg/dL, in a fasting sample.",),
        records=("ldl-cholesterol",),
    ),
    Calculator(
        "ldl-sampson",
        "LDL cholesterol by Sampson (NIH equation 2)",
        "lipids and glucose",
        ("nih equation", "sampson-nih ldl", "nih ldl", "ldl by sampson"),
        (*_LIPIDS, TRIGLYCERIDES._replace(high=Decimal(800))),
        _sampson,
        "mg/dL",
        1,
        Source(
            "Sampson M, Ling C, Sun Q, et al",
            "A new equation for calculation of low-density lipoprotein cholesterol in patients with normolipidemia and/or "
            "hypertriglyceridemia",
            "JAMA Cardiol 2020;5:540-548",
            "doi:10.1001/jamacardio.2020.0013",
        ),
        (Vector({"total_cholesterol": "200 mg/dL", "hdl": "50 mg/dL", "triglycerides": "150 mg/dL"}, "123.4"),),
        notes=("Only for triglycerides up to 800 mg/dL.",),
        records=("ldl-cholesterol",),
    ),
    Calculator(
        "non-hdl",
        "Non-HDL cholesterol",
        "lipids and glucose",
        ("non-hdl cholesterol", "non hdl"),
        _LIPIDS,
        _non_hdl,
        "mg/dL",
        0,
        Source(
            "Grundy SM, Stone NJ, Bailey AL, et al",
            "2018 AHA/ACC multisociety guideline on the management of blood cholesterol",
            "Circulation 2019;139:e1082-e1143",
            "doi:10.1161/CIR.0000000000000625",
        ),
        (Vector({"total_cholesterol": "200 mg/dL", "hdl": "50 mg/dL"}, "150"),),
        records=("non-hdl-cholesterol",),
    ),
    Calculator(
        "estimated-average-glucose",
        "Estimated average glucose",
        "lipids and glucose",
        ("eag", "estimated average glucose", "average blood sugar from a1c"),
        (HBA1C,),
        _average_glucose,
        "mg/dL",
        0,
        Source(
            "Nathan DM, Kuenen J, Borg R, et al",
            "Translating the A1C assay into estimated average glucose values",
            "Diabetes Care 2008;31:1473-1478",
            "doi:10.2337/dc08-0545",
        ),
        (
            Vector({"hba1c": "5 %"}, "97", "published"),
            Vector({"hba1c": "6 %"}, "126", "published"),
            Vector({"hba1c": "7 %"}, "154", "published"),
            Vector({"hba1c": "8 %"}, "183", "published"),
            Vector({"hba1c": "9 %"}, "212", "published"),
            Vector({"hba1c": "10 %"}, "240", "published"),
            Vector({"hba1c": "11 %"}, "269", "published"),
            Vector({"hba1c": "12 %"}, "298", "published"),
        ),
        records=("estimated-average-glucose",),
    ),
    Calculator(
        "homa-ir",
        "HOMA-IR",
        "lipids and glucose",
        ("homa ir", "homeostatic model assessment", "insulin resistance index", "homa"),
        (_FASTING_GLUCOSE, _INSULIN),
        _homa,
        "",
        2,
        Source(
            "Matthews DR, Hosker JP, Rudenski AS, Naylor BA, Treacher DF, Turner RC",
            "Homeostasis model assessment: insulin resistance and beta-cell function from fasting plasma glucose and insulin "
            "concentrations in man",
            "Diabetologia 1985;28:412-419",
            "doi:10.1007/BF00280883",
        ),
        (Vector({"glucose": "90 mg/dL", "insulin": "9 u[IU]/mL"}, "2.00"),),
        notes=("Glucose and insulin of the same fasting sample.",),
    ),
)
