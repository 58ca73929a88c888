"""Coma, and stroke after a transient ischaemic attack."""

from __future__ import annotations

from chartcite.engine.calculators.declaration import Calculator, Choice, Source, Values, Vector, Worked, score
from chartcite.engine.calculators.inputs import DIABETES, DIASTOLIC_NOW, SYSTOLIC_NOW, age

_EYES = ("none", "to pain", "to speech", "spontaneous")
_WORDS = ("none", "incomprehensible sounds", "inappropriate words", "confused", "oriented")
_MOVES = ("none", "extension", "abnormal flexion", "withdrawal", "localizes pain", "obeys commands")
_FEATURES = ("other", "speech disturbance without weakness", "unilateral weakness")
_DURATIONS = ("under 10 minutes", "10 to 59 minutes", "60 minutes or more")


def _coma(values: Values) -> Worked:
    return score(
        ("eyes", 1 + _EYES.index(values.word("eyes"))),
        ("verbal", 1 + _WORDS.index(values.word("verbal"))),
        ("motor", 1 + _MOVES.index(values.word("motor"))),
    )


def _abcd2(values: Values) -> Worked:
    return score(
        ("age 60 or more", values.number("age") >= 60),
        ("blood pressure 140/90 or more", values.number("systolic") >= 140 or values.number("diastolic") >= 90),
        ("clinical features", _FEATURES.index(values.word("features"))),
        ("duration", _DURATIONS.index(values.word("duration"))),
        ("diabetes", values.yes("diabetes")),
    )


CALCULATORS = (
    Calculator(
        "gcs",
        "Glasgow Coma Scale",
        "neurology",
        ("glasgow coma scale", "glasgow coma score", "gcs", "coma scale"),
        (
            Choice("eyes", "best eye opening", _EYES),
            Choice("verbal", "best verbal response", _WORDS),
            Choice("motor", "best motor response", _MOVES),
        ),
        _coma,
        "",
        0,
        Source(
            "Teasdale G, Jennett B",
            "Assessment of coma and impaired consciousness: a practical scale",
            "Lancet 1974;304:81-84",
            "doi:10.1016/S0140-6736(74)91639-0",
        ),
        (
            Vector({"eyes": "spontaneous", "verbal": "oriented", "motor": "obeys commands"}, "15", "published"),
            Vector({"eyes": "none", "verbal": "none", "motor": "none"}, "3", "published"),
            Vector({"eyes": "to speech", "verbal": "confused", "motor": "localizes pain"}, "12"),
        ),
        notes=("With the abnormal flexion that was added to the scale of 1974: 15 points at most.",),
        records=("glasgow-coma-scale",),
        kind="score",
    ),
    Calculator(
        "abcd2",
        "ABCD2",
        "neurology",
        ("abcd2 score", "abcd 2", "tia risk score", "stroke risk after tia"),
        (
            age(18),
            SYSTOLIC_NOW,
            DIASTOLIC_NOW,
            Choice("features", "clinical features", _FEATURES),
            Choice("duration", "duration of symptoms", _DURATIONS),
            DIABETES,
        ),
        _abcd2,
        "",
        0,
        Source(
            "Johnston SC, Rothwell PM, Nguyen-Huynh MN, et al",
            "Validation and refinement of scores to predict very early stroke risk after transient ischaemic attack",
            "Lancet 2007;369:283-292",
            "doi:10.1016/S0140-6736(07)60150-0",
        ),
        (
            Vector(
                {
                    "age": "70",
                    "systolic": "150 mm[Hg]",
                    "diastolic": "80 mm[Hg]",
                    "features": "unilateral weakness",
                    "duration": "60 minutes or more",
                    "diabetes": "yes",
                },
                "7",
            ),
        ),
        records=("abcd2-score",),
        kind="score",
    ),
)
