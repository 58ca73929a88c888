"""Electrolytes, osmolality and acid-base."""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.calculators.declaration import Calculator, Source, Values, Vector, Worked, plain
from chartcite.engine.calculators.inputs import (
    ALBUMIN,
    BICARBONATE,
    CALCIUM,
    CHLORIDE,
    GLUCOSE,
    SEX,
    SODIUM,
    UREA_NITROGEN,
    WEIGHT,
    age,
    measured,
)

_GAP = (SODIUM, CHLORIDE, BICARBONATE)
_FIGGE = Source("Figge J, Jabor A, Kazda A, Fencl V", "Anion gap and hypoalbuminemia", "Crit Care Med 1998;26:1807-1810")
_EMMETT = Source("Emmett M, Narins RG", "Clinical use of the anion gap", "Medicine (Baltimore) 1977;56:38-54")
_WRENN = Source("Wrenn K", "The delta (Δ) gap: an approach to mixed acid-base disorders", "Ann Emerg Med 1990;19:1310-1313")
_MEASURED_OSMOLALITY = measured(
    "measured_osmolality", "measured serum osmolality", "mosm/kg", "100", "600", "serum-osmolality", fresh_days=2
)
_USUAL_GAP, _USUAL_BICARBONATE, _USUAL_ALBUMIN = Decimal(12), Decimal(24), Decimal(4)
_GAP_NOTE = "Taken against an anion gap of 12 and a bicarbonate of 24 mmol/L."
_SAME_TIME = "All values should be of the same blood sample."


def _gap(values: Values) -> Decimal:
    return values.number("sodium") - values.number("chloride") - values.number("bicarbonate")


def _corrected_gap(values: Values) -> Decimal:
    return _gap(values) + Decimal("2.5") * (_USUAL_ALBUMIN - values.number("albumin"))


def _anion_gap(values: Values) -> Worked:
    return plain(_gap(values))


def _albumin_gap(values: Values) -> Worked:
    return plain(_corrected_gap(values))


def _delta_gap(values: Values) -> Worked:
    return plain(_gap(values) - _USUAL_GAP)


def _delta_ratio(values: Values) -> Worked:
    return plain((_gap(values) - _USUAL_GAP) / (_USUAL_BICARBONATE - values.number("bicarbonate")))


def _albumin_delta_gap(values: Values) -> Worked:
    return plain(_corrected_gap(values) - _USUAL_GAP)


def _albumin_delta_ratio(values: Values) -> Worked:
    return plain((_corrected_gap(values) - _USUAL_GAP) / (_USUAL_BICARBONATE - values.number("bicarbonate")))


def _calcium(values: Values) -> Worked:
    return plain(values.number("calcium") + Decimal("0.8") * (_USUAL_ALBUMIN - values.number("albumin")))


def _sodium(factor: str, values: Values) -> Worked:
    return plain(values.number("sodium") + Decimal(factor) * (values.number("glucose") - 100) / 100)


def _hillier(values: Values) -> Worked:
    return _sodium("2.4", values)


def _katz(values: Values) -> Worked:
    return _sodium("1.6", values)


def _calculated_osmolality(values: Values) -> Decimal:
    return 2 * values.number("sodium") + values.number("glucose") / 18 + values.number("urea_nitrogen") / Decimal("2.8")


def _osmolality(values: Values) -> Worked:
    return plain(_calculated_osmolality(values))


def _osmolar_gap(values: Values) -> Worked:
    return plain(values.number("measured_osmolality") - _calculated_osmolality(values))


def _water_deficit(values: Values) -> Worked:
    years, female = values.number("age"), values.female
    old, child = years >= 65, years < 18
    share = Decimal("0.6") if child or not (old or female) else Decimal("0.45") if old and female else Decimal("0.5")
    return plain(share * values.number("weight") * (values.number("sodium") / 140 - 1))


_LOW_BICARBONATE = BICARBONATE._replace(high=Decimal("23.9"))
_HIGH_GLUCOSE = GLUCOSE._replace(low=Decimal(100))
_OSMOLALITY_SOURCE = Source(
    "Rasouli M",
    "Basic concepts and practical equations on osmolality: biochemical approach",
    "Clin Biochem 2016;49:936-941",
    "doi:10.1016/j.clinbiochem.2016.06.001",
)

CALCULATORS = (
    Calculator(
        "anion-gap",
        "Anion gap",
        "electrolytes and acid-base",
        ("anion gap", "serum anion gap"),
        _GAP,
        _anion_gap,
        "mmol/L",
        1,
        _EMMETT,
        (Vector({"sodium": "140 mmol/L", "chloride": "104 mmol/L", "bicarbonate": "24 mmol/L"}, "12.0"),),
        notes=("Without potassium.", _SAME_TIME),
        records=("anion-gap",),
    ),
    Calculator(
        "anion-gap-corrected",
        "Anion gap corrected for albumin",
        "electrolytes and acid-base",
        ("albumin corrected anion gap", "corrected anion gap", "albumin-adjusted anion gap", "anion gap corrected for albumin"),
        (*_GAP, ALBUMIN),
        _albumin_gap,
        "mmol/L",
        1,
        _FIGGE,
        (Vector({"sodium": "140", "chloride": "104", "bicarbonate": "24", "albumin": "2.0 g/dL"}, "17.0"),),
        notes=("2.5 mmol/L for each g/dL of albumin below 4.0.", _SAME_TIME),
    ),
    Calculator(
        "delta-gap",
        "Delta gap",
        "electrolytes and acid-base",
        ("delta gap", "delta anion gap"),
        _GAP,
        _delta_gap,
        "mmol/L",
        1,
        _WRENN,
        (Vector({"sodium": "140", "chloride": "100", "bicarbonate": "15"}, "13.0"),),
        notes=(_GAP_NOTE, _SAME_TIME),
    ),
    Calculator(
        "delta-ratio",
        "Delta ratio",
        "electrolytes and acid-base",
        ("delta ratio", "delta delta", "delta-delta ratio"),
        (SODIUM, CHLORIDE, _LOW_BICARBONATE),
        _delta_ratio,
        "",
        2,
        _WRENN,
        (Vector({"sodium": "140", "chloride": "100", "bicarbonate": "14"}, "1.40"),),
        notes=(_GAP_NOTE, "Only for a bicarbonate below 24 mmol/L.", _SAME_TIME),
        kind="number",
    ),
    Calculator(
        "delta-gap-corrected",
        "Delta gap corrected for albumin",
        "electrolytes and acid-base",
        ("albumin corrected delta gap", "corrected delta gap"),
        (*_GAP, ALBUMIN),
        _albumin_delta_gap,
        "mmol/L",
        1,
        _FIGGE,
        (Vector({"sodium": "140", "chloride": "100", "bicarbonate": "15", "albumin": "3"}, "15.5"),),
        notes=(_GAP_NOTE, _SAME_TIME),
    ),
    Calculator(
        "delta-ratio-corrected",
        "Delta ratio corrected for albumin",
        "electrolytes and acid-base",
        ("albumin corrected delta ratio", "corrected delta ratio"),
        (SODIUM, CHLORIDE, _LOW_BICARBONATE, ALBUMIN),
        _albumin_delta_ratio,
        "",
        2,
        _FIGGE,
        (Vector({"sodium": "140", "chloride": "100", "bicarbonate": "14", "albumin": "3"}, "1.65"),),
        notes=(_GAP_NOTE, "Only for a bicarbonate below 24 mmol/L.", _SAME_TIME),
    ),
    Calculator(
        "corrected-calcium",
        "Calcium corrected for albumin",
        "electrolytes and acid-base",
        ("corrected calcium", "albumin corrected calcium", "adjusted calcium", "calcium correction", "corr ca"),
        (CALCIUM, ALBUMIN),
        _calcium,
        "mg/dL",
        2,
        Source(
            "Payne RB, Little AJ, Williams RB, Milner JR",
            "Interpretation of serum calcium in patients with abnormal serum proteins (in the form in common use, "
            "0.8 mg/dL for each g/dL of albumin below 4.0)",
            "Br Med J 1973;4:643-646",
            "doi:10.1136/bmj.4.5893.643",
        ),
        (
            Vector({"calcium": "8.0 mg/dL", "albumin": "2.5 g/dL"}, "9.20"),
            Vector({"calcium": "7.6 mg/dL", "albumin": "29 g/L"}, "8.48"),
        ),
        notes=("An ionised calcium is better where it can be had.", _SAME_TIME),
        records=("corrected-calcium",),
    ),
    Calculator(
        "corrected-sodium",
        "Sodium corrected for glucose (2.4 for 100 mg/dL)",
        "electrolytes and acid-base",
        (
            "corrected sodium",
            "sodium correction",
            "glucose corrected sodium",
            "sodium corrected for glucose",
            "corrected na",
            "sodium in hyperglycemia",
        ),
        (SODIUM, _HIGH_GLUCOSE),
        _hillier,
        "mmol/L",
        1,
        Source(
            "Hillier TA, Abbott RD, Barrett EJ",
            "Hyponatremia: evaluating the correction factor for hyperglycemia",
            "Am J Med 1999;106:399-403",
            "doi:10.1016/S0002-9343(99)00055-8",
        ),
        (Vector({"sodium": "130 mmol/L", "glucose": "600 mg/dL"}, "142.0"),),
        notes=("Only for a glucose of 100 mg/dL or more.", _SAME_TIME),
    ),
    Calculator(
        "corrected-sodium-katz",
        "Sodium corrected for glucose (1.6 for 100 mg/dL)",
        "electrolytes and acid-base",
        ("corrected sodium by katz", "katz correction"),
        (SODIUM, _HIGH_GLUCOSE),
        _katz,
        "mmol/L",
        1,
        Source(
            "Katz MA",
            "Hyperglycemia-induced hyponatremia: calculation of expected serum sodium depression",
            "N Engl J Med 1973;289:843-844",
            "doi:10.1056/NEJM197310182891607",
        ),
        (Vector({"sodium": "130 mmol/L", "glucose": "600 mg/dL"}, "138.0"),),
        notes=("Only for a glucose of 100 mg/dL or more.", _SAME_TIME),
    ),
    Calculator(
        "serum-osmolality",
        "Calculated serum osmolality",
        "electrolytes and acid-base",
        ("serum osmolality", "calculated osmolality", "serum osm", "plasma osmolality", "calculated osm", "osmolarity"),
        (SODIUM, GLUCOSE, UREA_NITROGEN),
        _osmolality,
        "mosm/kg",
        1,
        _OSMOLALITY_SOURCE,
        (Vector({"sodium": "140 mmol/L", "glucose": "90 mg/dL", "urea_nitrogen": "14 mg/dL"}, "290.0"),),
        notes=(_SAME_TIME,),
        records=("serum-osmolality",),
    ),
    Calculator(
        "osmolar-gap",
        "Osmolar gap",
        "electrolytes and acid-base",
        ("osmolar gap", "osmolal gap", "osm gap", "osmole gap"),
        (SODIUM, GLUCOSE, UREA_NITROGEN, _MEASURED_OSMOLALITY),
        _osmolar_gap,
        "mosm/kg",
        1,
        _OSMOLALITY_SOURCE,
        (Vector({"sodium": "140", "glucose": "90", "urea_nitrogen": "14", "measured_osmolality": "305 mosm/kg"}, "15.0"),),
        notes=("Without ethanol.", _SAME_TIME),
    ),
    Calculator(
        "free-water-deficit",
        "Free water deficit",
        "electrolytes and acid-base",
        ("free water deficit", "water deficit"),
        (age(), SEX, WEIGHT, SODIUM._replace(low=Decimal("140"))),
        _water_deficit,
        "L",
        2,
        Source("Adrogué HJ, Madias NE", "Hypernatremia", "N Engl J Med 2000;342:1493-1499", "doi:10.1056/NEJM200005183422006"),
        (
            Vector({"age": "45", "sex": "male", "weight": "70 kg", "sodium": "160 mmol/L"}, "6.00"),
            Vector({"age": "76", "sex": "female", "weight": "60 kg", "sodium": "158 mmol/L"}, "3.47"),
        ),
        notes=(
            "Body water as a share of weight: 0.6 in children and men, 0.5 in women and elderly men, 0.45 in elderly women.",
            "Elderly is read as 65 years and more, which the source does not define.",
            "Only for a sodium of 140 mmol/L or more.",
        ),
    ),
)
