"""Body size, and the fluids that follow from it."""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.calculators.declaration import Calculator, Source, Values, Vector, Worked, plain
from chartcite.engine.calculators.inputs import HEIGHT, SEX, WEIGHT, age, measured

_TALL = measured("height", "body height", "cm", "152.4", "272", "body-height", fresh_days=3650)
"""Devine's equation begins at five feet."""
_ADULT = age(18)
_DEVINE = Source(
    "Devine BJ",
    "Gentamicin therapy (the equation's origin is told by Pai MP, Paloucek FP, Ann Pharmacother 2000;34:1066-1069)",
    "Drug Intell Clin Pharm 1974;8:650-655",
)


def _bmi(values: Values) -> Worked:
    metres = values.number("height") / 100
    return plain(values.number("weight") / (metres * metres))


def _mosteller(values: Values) -> Worked:
    return plain((values.number("height") * values.number("weight") / 3600).sqrt())


def _dubois(values: Values) -> Worked:
    size = values.number("weight") ** Decimal("0.425") * values.number("height") ** Decimal("0.725")
    return plain(Decimal("0.007184") * size)


def ideal_weight(values: Values) -> Decimal:
    """Return Devine's ideal body weight in kg."""
    inches = values.number("height") / Decimal("2.54")
    return (Decimal("45.5") if values.female else Decimal(50)) + Decimal("2.3") * (inches - 60)


def _ideal(values: Values) -> Worked:
    return plain(ideal_weight(values))


def _adjusted(values: Values) -> Worked:
    ideal = ideal_weight(values)
    return plain(ideal + Decimal("0.4") * (values.number("weight") - ideal))


def _maintenance(values: Values) -> Worked:
    weight = values.number("weight")
    first, second = min(weight, Decimal(10)), min(max(weight - 10, Decimal(0)), Decimal(10))
    daily = 100 * first + 50 * second + 20 * max(weight - 20, Decimal(0))
    return plain(daily)


def _hourly(values: Values) -> Worked:
    weight = values.number("weight")
    first, second = min(weight, Decimal(10)), min(max(weight - 10, Decimal(0)), Decimal(10))
    return plain(4 * first + 2 * second + max(weight - 20, Decimal(0)))


CALCULATORS = (
    Calculator(
        "bmi",
        "Body mass index",
        "body size",
        ("body mass index", "quetelet index", "bmi"),
        (WEIGHT, HEIGHT),
        _bmi,
        "kg/m²",
        1,
        Source(
            "Keys A, Fidanza F, Karvonen MJ, Kimura N, Taylor HL",
            "Indices of relative weight and obesity (bands for adults: WHO Technical Report Series 894, 2000)",
            "J Chronic Dis 1972;25:329-343",
            "doi:10.1016/0021-9681(72)90027-6",
        ),
        (
            Vector({"weight": "70 kg", "height": "175 cm"}, "22.9"),
            Vector({"weight": "105 kg", "height": "160 cm"}, "41.0"),
        ),
        notes=("The bands of adults are not given: in children the percentile for age counts.",),
        records=("body-mass-index",),
    ),
    Calculator(
        "bsa-mosteller",
        "Body surface area by Mosteller",
        "body size",
        ("body surface area", "bsa", "mosteller", "body surface"),
        (WEIGHT, HEIGHT),
        _mosteller,
        "m²",
        2,
        Source(
            "Mosteller RD",
            "Simplified calculation of body-surface area",
            "N Engl J Med 1987;317:1098",
            "doi:10.1056/NEJM198710223171717",
        ),
        (Vector({"weight": "70 kg", "height": "170 cm"}, "1.82"), Vector({"weight": "60 kg", "height": "150 cm"}, "1.58")),
        records=("body-surface-area",),
    ),
    Calculator(
        "bsa-dubois",
        "Body surface area by Du Bois",
        "body size",
        ("dubois", "du bois", "bsa by dubois", "dubois body surface area"),
        (WEIGHT, HEIGHT),
        _dubois,
        "m²",
        2,
        Source(
            "Du Bois D, Du Bois EF",
            "A formula to estimate the approximate surface area if height and weight be known",
            "Arch Intern Med 1916;17:863-871",
            "doi:10.1001/archinte.1916.00080130010002",
        ),
        (Vector({"weight": "70 kg", "height": "170 cm"}, "1.81"),),
        records=("body-surface-area",),
    ),
    Calculator(
        "ideal-body-weight",
        "Ideal body weight by Devine",
        "body size",
        ("ideal body weight", "ibw", "devine", "ideal weight"),
        (_ADULT, SEX, _TALL),
        _ideal,
        "kg",
        1,
        _DEVINE,
        (
            Vector({"age": "40", "sex": "male", "height": "177.8 cm"}, "73.0"),
            Vector({"age": "40", "sex": "female", "height": "162.56 cm"}, "54.7"),
        ),
        notes=("Not defined below 152.4 cm (five feet).",),
    ),
    Calculator(
        "adjusted-body-weight",
        "Adjusted body weight (factor 0.4)",
        "body size",
        ("adjusted body weight", "abw", "adjbw", "adjusted weight", "dosing weight"),
        (_ADULT, SEX, _TALL, WEIGHT),
        _adjusted,
        "kg",
        1,
        Source(
            "Bauer LA, Edwards WA, Dellinger EP, Simonowitz DA",
            "Influence of weight on aminoglycoside pharmacokinetics in normal weight and morbidly obese patients",
            "Eur J Clin Pharmacol 1983;24:643-647",
            "doi:10.1007/BF00542215",
        ),
        (Vector({"age": "40", "sex": "male", "height": "177.8 cm", "weight": "120 kg"}, "91.8"),),
        notes=("Meant for people heavier than their ideal body weight.",),
    ),
    Calculator(
        "maintenance-fluids",
        "Maintenance fluids by Holliday and Segar, a day",
        "body size",
        ("maintenance fluids", "maintenance fluid", "holliday-segar", "daily fluid requirement", "100-50-20"),
        (measured("weight", "body weight", "kg", "3", "100", "body-weight", fresh_days=90),),
        _maintenance,
        "mL/day",
        0,
        Source(
            "Holliday MA, Segar WE",
            "The maintenance need for water in parenteral fluid therapy",
            "Pediatrics 1957;19:823-832",
        ),
        (
            Vector({"weight": "8 kg"}, "800"),
            Vector({"weight": "25 kg"}, "1600"),
        ),
        notes=("For children after the newborn period.",),
    ),
    Calculator(
        "maintenance-fluids-hourly",
        "Maintenance fluids by the 4-2-1 rule, an hour",
        "body size",
        ("maintenance fluid rate", "4-2-1 rule", "421 rule", "hourly maintenance fluids", "maintenance rate"),
        (measured("weight", "body weight", "kg", "3", "100", "body-weight", fresh_days=90),),
        _hourly,
        "mL/h",
        0,
        Source(
            "Holliday MA, Segar WE",
            "The maintenance need for water in parenteral fluid therapy (its daily amounts told by the hour)",
            "Pediatrics 1957;19:823-832",
        ),
        (Vector({"weight": "8 kg"}, "32"), Vector({"weight": "25 kg"}, "65")),
        notes=("For children after the newborn period.",),
    ),
)
