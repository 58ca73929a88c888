"""Blood gases."""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.calculators.declaration import Calculator, Source, Values, Vector, Worked, plain
from chartcite.engine.calculators.inputs import (
    BICARBONATE,
    FIO2,
    PACO2,
    PAO2,
)


def _winters(values: Values) -> Worked:
    return plain(Decimal("1.5") * values.number("bicarbonate") + 8)


def _alveolar_gradient(values: Values) -> Worked:
    alveolar = values.number("fio2") / 100 * (760 - 47) - values.number("paco2") / Decimal("0.8")
    return plain(alveolar - values.number("pao2"))


def _oxygenation(values: Values) -> Worked:
    return plain(100 * values.number("pao2") / values.number("fio2"))


CALCULATORS = (
    Calculator(
        "winters",
        "Expected carbon dioxide tension in metabolic acidosis (Winters)",
        "electrolytes and acid-base",
        ("winters formula", "winter's formula", "expected pco2", "expected co2"),
        (BICARBONATE,),
        _winters,
        "mm[Hg]",
        1,
        Source(
            "Albert MS, Dell RB, Winters RW",
            "Quantitative displacement of acid-base equilibrium in metabolic acidosis",
            "Ann Intern Med 1967;66:312-322",
        ),
        (Vector({"bicarbonate": "12 mmol/L"}, "26.0"),),
        notes=("Plus or minus 2 mmHg; only in metabolic acidosis.",),
    ),
    Calculator(
        "a-a-gradient",
        "Alveolar-arterial oxygen gradient at sea level",
        "electrolytes and acid-base",
        ("a-a gradient", "alveolar arterial gradient", "aa gradient", "alveolar-arterial oxygen gradient"),
        (FIO2, PACO2, PAO2),
        _alveolar_gradient,
        "mm[Hg]",
        1,
        Source(
            "Fenn WO, Rahn H, Otis AB",
            "A theoretical study of the composition of the alveolar air at altitude (its alveolar gas equation, shortened)",
            "Am J Physiol 1946;146:637-653",
        ),
        (Vector({"fio2": "21 %", "paco2": "40 mm[Hg]", "pao2": "90 mm[Hg]"}, "9.7"),),
        notes=("Barometric pressure 760 mmHg, water vapour 47 mmHg, respiratory quotient 0.8.",),
    ),
    Calculator(
        "pf-ratio",
        "Ratio of arterial to inspired oxygen (P/F)",
        "electrolytes and acid-base",
        ("p/f ratio", "pf ratio", "pao2/fio2", "pao2 fio2 ratio", "horowitz index"),
        (PAO2, FIO2),
        _oxygenation,
        "mm[Hg]",
        0,
        Source(
            "ARDS Definition Task Force",
            "Acute respiratory distress syndrome: the Berlin definition",
            "JAMA 2012;307:2526-2533",
            "doi:10.1001/jama.2012.5669",
        ),
        (Vector({"pao2": "60 mm[Hg]", "fio2": "40 %"}, "150"),),
    ),
)
