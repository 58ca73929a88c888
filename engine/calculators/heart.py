"""Blood pressure and QT correction."""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.calculators.declaration import (
    Calculator,
    Source,
    Values,
    Vector,
    Worked,
    plain,
)
from chartcite.engine.calculators.inputs import (
    DIASTOLIC,
    ECG_RATE,
    HEART_RATE,
    QT,
    SYSTOLIC,
)


def _pressure(values: Values) -> Worked:
    return plain((values.number("systolic") + 2 * values.number("diastolic")) / 3)


def _shock_index(values: Values) -> Worked:
    return plain(values.number("heart_rate") / values.number("systolic"))


def _bazett(values: Values) -> Worked:
    return plain(values.number("qt") / (60 / values.number("heart_rate")).sqrt())


def _fridericia(values: Values) -> Worked:
    return plain(values.number("qt") / (60 / values.number("heart_rate")) ** (Decimal(1) / 3))


def _framingham(values: Values) -> Worked:
    return plain(values.number("qt") + 154 * (1 - 60 / values.number("heart_rate")))


def _hodges(values: Values) -> Worked:
    return plain(values.number("qt") + Decimal("1.75") * (values.number("heart_rate") - 60))


def _rautaharju(values: Values) -> Worked:
    return plain(values.number("qt") * (120 + values.number("heart_rate")) / 180)


_QT_INPUTS = (QT, ECG_RATE)
_QT_RECORDS = ("qtc-interval",)
_QT_NOTE = "The QT interval and the heart rate must be of the same tracing."


def _qtc(name: str, title: str, formula: str, source: Source, shown: str, *aliases: str) -> Calculator:
    formulas = {
        "bazett": _bazett,
        "fridericia": _fridericia,
        "framingham": _framingham,
        "hodges": _hodges,
        "rautaharju": _rautaharju,
    }
    return Calculator(
        name,
        title,
        "heart",
        aliases,
        _QT_INPUTS,
        formulas[formula],
        "ms",
        0,
        source,
        (Vector({"qt": "400 ms", "heart_rate": "60 /min"}, "400"), Vector({"qt": "360 ms", "heart_rate": "90 /min"}, shown)),
        notes=(_QT_NOTE,),
        records=_QT_RECORDS,
    )


CALCULATORS = (
    Calculator(
        "map",
        "Mean arterial pressure",
        "heart",
        ("mean arterial pressure", "map", "mean blood pressure", "mean bp"),
        (SYSTOLIC, DIASTOLIC),
        _pressure,
        "mm[Hg]",
        1,
        Source(
            "Meaney E, Alva F, Moguel R, Meaney A, Alva J, Webel R",
            "Formula and nomogram for the sphygmomanometric calculation of the mean arterial pressure",
            "Heart 2000;84:64",
            "doi:10.1136/heart.84.1.64",
        ),
        (Vector({"systolic": "120 mm[Hg]", "diastolic": "80 mm[Hg]"}, "93.3"),),
        notes=(
            "The usual formula, diastolic pressure and a third of the pulse pressure, with which the source compares its own.",
        ),
        records=("mean-arterial-pressure",),
    ),
    Calculator(
        "shock-index",
        "Shock index",
        "heart",
        ("shock index",),
        (HEART_RATE, SYSTOLIC._replace(fresh_days=2)),
        _shock_index,
        "",
        2,
        Source("Allgöwer M, Burri C", "Schockindex", "Dtsch Med Wochenschr 1967;92:1947-1950"),
        (Vector({"heart_rate": "120 /min", "systolic": "80 mm[Hg]"}, "1.50"),),
    ),
    _qtc(
        "qtc-bazett",
        "QTc by Bazett",
        "bazett",
        Source("Bazett HC", "An analysis of the time-relations of electrocardiograms", "Heart 1920;7:353-370"),
        "441",
        "bazett",
        "corrected qt",
        "qtc",
        "corrected qt interval",
        "qt correction",
        "qtcb",
    ),
    _qtc(
        "qtc-fridericia",
        "QTc by Fridericia",
        "fridericia",
        Source(
            "Fridericia LS",
            "Die Systolendauer im Elektrokardiogramm bei normalen Menschen und bei Herzkranken",
            "Acta Med Scand 1920;53:469-486",
            "doi:10.1111/j.0954-6820.1920.tb18266.x",
        ),
        "412",
        "fridericia",
        "qtcf",
    ),
    _qtc(
        "qtc-framingham",
        "QTc by Framingham",
        "framingham",
        Source(
            "Sagie A, Larson MG, Goldberg RJ, Bengtson JR, Levy D",
            "An improved method for adjusting the QT interval for heart rate (the Framingham Heart Study)",
            "Am J Cardiol 1992;70:797-801",
            "doi:10.1016/0002-9149(92)90562-D",
        ),
        "411",
        "framingham qtc",
    ),
    _qtc(
        "qtc-hodges",
        "QTc by Hodges",
        "hodges",
        Source(
            "Hodges M, Salerno D, Erlien D",
            "Bazett's QT correction reviewed: evidence that a linear QT correction for heart rate is better",
            "J Am Coll Cardiol 1983;1:694",
        ),
        "413",
        "hodges",
    ),
    _qtc(
        "qtc-rautaharju",
        "QTc by Rautaharju",
        "rautaharju",
        Source(
            "Rautaharju PM, Mason JW, Akiyama T",
            "New age- and sex-specific criteria for QT prolongation based on rate correction formulas that minimize bias at "
            "the upper normal limits",
            "Int J Cardiol 2014;174:535-540",
        ),
        "420",
        "rautaharju",
    ),
)
