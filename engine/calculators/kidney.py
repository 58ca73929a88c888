"""Kidney function."""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.calculators.declaration import Calculator, Number, Source, Values, Vector, Worked, bands, number, plain
from chartcite.engine.calculators.inputs import CREATININE, HEIGHT, SEX, SODIUM, UREA_NITROGEN, WEIGHT, age, measured

_GFR_UNIT = "mL/min/1.73 m²"
_STEADY = "Kidney function must be steady: in acute kidney injury it says nothing."
URINE_SODIUM = measured("urine_sodium", "urine sodium", "mmol/L", "1", "400", "urine-sodium", fresh_days=7, substance=("sodium",))
URINE_CREATININE = measured(
    "urine_creatinine", "urine creatinine", "mg/dL", "1", "1000", "urine-creatinine", fresh_days=7, substance=("creatinine",)
)
URINE_UREA = Number(
    "urine_urea_nitrogen", "urine urea nitrogen", "mg/dL", number(1), number(5000), substance=("loinc:3094-0",), fresh_days=7
)


def _ckd_epi(values: Values) -> Worked:
    female = values.female
    kappa, alpha = (Decimal("0.7"), Decimal("-0.241")) if female else (Decimal("0.9"), Decimal("-0.302"))
    ratio = values.number("creatinine") / kappa
    one = Decimal(1)
    filtered = 142 * min(ratio, one) ** alpha * max(ratio, one) ** Decimal("-1.200") * Decimal("0.9938") ** values.number("age")
    return plain(filtered * (Decimal("1.012") if female else one))


def _cockcroft_gault(values: Values) -> Worked:
    cleared = (140 - values.number("age")) * values.number("weight") / (72 * values.number("creatinine"))
    return plain(cleared * (Decimal("0.85") if values.female else 1))


def _mdrd(values: Values) -> Worked:
    filtered = 175 * values.number("creatinine") ** Decimal("-1.154") * values.number("age") ** Decimal("-0.203")
    return plain(filtered * (Decimal("0.742") if values.female else 1))


def _schwartz(values: Values) -> Worked:
    return plain(Decimal("0.413") * values.number("height") / values.number("creatinine"))


def _fena(values: Values) -> Worked:
    urine, blood = values.number("urine_sodium"), values.number("sodium")
    return plain(100 * urine * values.number("creatinine") / (blood * values.number("urine_creatinine")))


def _feurea(values: Values) -> Worked:
    urine, blood = values.number("urine_urea_nitrogen"), values.number("urea_nitrogen")
    return plain(100 * urine * values.number("creatinine") / (blood * values.number("urine_creatinine")))


CALCULATORS = (
    Calculator(
        "ckd-epi-2021",
        "eGFR by CKD-EPI 2021 (creatinine)",
        "kidney",
        ("ckd-epi", "ckd epi", "ckdepi", "kidney function by ckd-epi", "egfr", "estimated gfr", "gfr", "race-free egfr"),
        (age(18), SEX, CREATININE),
        _ckd_epi,
        _GFR_UNIT,
        0,
        Source(
            "Inker LA, Eneanya ND, Coresh J, et al",
            "New creatinine- and cystatin C-based equations to estimate GFR without race",
            "N Engl J Med 2021;385:1737-1749",
            "doi:10.1056/NEJMoa2102953",
        ),
        (
            Vector({"age": "50", "sex": "male", "creatinine": "1.0 mg/dL"}, "92"),
            Vector({"age": "65", "sex": "female", "creatinine": "0.6 mg/dL"}, "100"),
            Vector({"age": "72", "sex": "female", "creatinine": "1.8 mg/dL"}, "30"),
        ),
        notes=(_STEADY,),
        records=("egfr",),
    ),
    Calculator(
        "cockcroft-gault",
        "Creatinine clearance by Cockcroft-Gault",
        "kidney",
        (
            "creatinine clearance",
            "crcl",
            "cockcroft gault",
            "cockroft-gault",
            "cockcroft",
            "estimated creatinine clearance",
            "ccr",
        ),
        (age(18), SEX, WEIGHT, CREATININE),
        _cockcroft_gault,
        "mL/min",
        1,
        Source(
            "Cockcroft DW, Gault MH",
            "Prediction of creatinine clearance from serum creatinine",
            "Nephron 1976;16:31-41",
            "doi:10.1159/000180580",
        ),
        (
            Vector({"age": "83", "sex": "male", "weight": "67.2 kg", "creatinine": "1.4 mg/dL"}, "38.0"),
            Vector({"age": "60", "sex": "female", "weight": "72 kg", "creatinine": "1.0 mg/dL"}, "68.0"),
        ),
        notes=("With the weight that is given: for ideal or adjusted body weight give that as the weight.", _STEADY),
        records=("creatinine-clearance",),
    ),
    Calculator(
        "mdrd",
        "eGFR by MDRD (IDMS-traceable, without race)",
        "kidney",
        ("mdrd gfr", "mdrd egfr", "mdrd equation", "egfr by mdrd"),
        (age(18), SEX, CREATININE),
        _mdrd,
        _GFR_UNIT,
        0,
        Source(
            "Levey AS, Coresh J, Greene T, et al",
            "Using standardized serum creatinine values in the Modification of Diet in Renal Disease study equation for "
            "estimating glomerular filtration rate",
            "Ann Intern Med 2006;145:247-254",
            "doi:10.7326/0003-4819-145-4-200608150-00004",
        ),
        (Vector({"age": "60", "sex": "male", "creatinine": "1.0 mg/dL"}, "76"),),
        notes=("The factor 1.212 for Black patients of the source is left out.", _STEADY),
    ),
    Calculator(
        "schwartz",
        "eGFR of children by the bedside Schwartz equation",
        "kidney",
        ("bedside schwartz", "paediatric egfr", "pediatric egfr", "schwartz equation", "child's egfr"),
        (age(1, 17), HEIGHT._replace(fresh_days=180), CREATININE),
        _schwartz,
        _GFR_UNIT,
        0,
        Source(
            "Schwartz GJ, Muñoz A, Schneider MF, et al",
            "New equations to estimate GFR in children with CKD",
            "J Am Soc Nephrol 2009;20:629-637",
            "doi:10.1681/ASN.2008030287",
        ),
        (Vector({"age": "8", "height": "120 cm", "creatinine": "0.6 mg/dL"}, "83"),),
        notes=(_STEADY,),
    ),
    Calculator(
        "fena",
        "Fractional excretion of sodium",
        "kidney",
        ("fractional excretion of sodium", "fe na", "fena", "sodium excretion fraction"),
        (
            SODIUM._replace(fresh_days=7),
            CREATININE._replace(fresh_days=7),
            URINE_SODIUM,
            URINE_CREATININE,
        ),
        _fena,
        "%",
        2,
        Source(
            "Espinel CH",
            "The FENa test: use in the differential diagnosis of acute renal failure",
            "JAMA 1976;236:579-581",
            "doi:10.1001/jama.1976.03270060029022",
        ),
        (
            Vector(
                {"sodium": "140 mmol/L", "creatinine": "2 mg/dL", "urine_sodium": "20 mmol/L", "urine_creatinine": "100 mg/dL"},
                "0.29",
            ),
        ),
        notes=("Blood and urine of the same time.",),
        records=("fractional-excretion-sodium",),
    ),
    Calculator(
        "feurea",
        "Fractional excretion of urea",
        "kidney",
        ("fractional excretion of urea", "fe urea", "feun"),
        (UREA_NITROGEN._replace(fresh_days=7), CREATININE._replace(fresh_days=7), URINE_UREA, URINE_CREATININE),
        _feurea,
        "%",
        1,
        Source(
            "Carvounis CP, Nisar S, Guro-Razuman S",
            "Significance of the fractional excretion of urea in the differential diagnosis of acute renal failure",
            "Kidney Int 2002;62:2223-2229",
            "doi:10.1046/j.1523-1755.2002.00683.x",
        ),
        (
            Vector(
                {
                    "urea_nitrogen": "40 mg/dL",
                    "creatinine": "2 mg/dL",
                    "urine_urea_nitrogen": "600 mg/dL",
                    "urine_creatinine": "100 mg/dL",
                },
                "30.0",
            ),
        ),
        bands=bands((None, "at most 35 %: as in prerenal azotaemia in the source"), ("35.0000001", "more than 35 %")),
        notes=("Blood and urine of the same time.",),
    ),
)
