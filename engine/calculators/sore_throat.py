"""Sore throat."""

from __future__ import annotations

from chartcite.engine.calculators.declaration import (
    Calculator,
    Source,
    Values,
    Vector,
    Worked,
    YesNo,
    score,
)
from chartcite.engine.calculators.inputs import (
    age,
)


def _centor(values: Values) -> Worked:
    return score(*((name.replace("_", " "), values.yes(name)) for name in ("fever", "no_cough", "exudate", "tender_nodes")))


def _mcisaac(values: Values) -> Worked:
    years = values.number("age")
    by_age = 1 if years < 15 else -1 if years >= 45 else 0
    return score(*_centor(values).parts, ("age", by_age))


def _fever_pain(values: Values) -> Worked:
    return score(*((one.label, values.yes(one.name)) for one in _FEVER_PAIN))


_THROAT = (
    YesNo("fever", "history of fever or temperature above 38 °C", bedside=True),
    YesNo("no_cough", "no cough", bedside=True),
    YesNo("exudate", "tonsillar exudate or swelling", bedside=True),
    YesNo("tender_nodes", "tender or swollen anterior cervical nodes", bedside=True),
)


_FEVER_PAIN = (
    YesNo("fever", "fever in the last 24 hours", bedside=True),
    YesNo("purulence", "purulent tonsils", bedside=True),
    YesNo("rapid_attendance", "symptoms for 3 days or less", bedside=True),
    YesNo("inflamed_tonsils", "severely inflamed tonsils", bedside=True),
    YesNo("no_cough_or_coryza", "no cough or coryza", bedside=True),
)


def _answers(items: tuple[YesNo, ...], *yes: str) -> dict[str, str]:
    return {one.name: "yes" if one.name in yes else "no" for one in items}


CALCULATORS = (
    Calculator(
        "centor",
        "Centor score",
        "lung and infection",
        ("centor criteria", "centor", "strep score"),
        _THROAT,
        _centor,
        "",
        0,
        Source(
            "Centor RM, Witherspoon JM, Dalton HP, Brody CE, Link K",
            "The diagnosis of strep throat in adults in the emergency room",
            "Med Decis Making 1981;1:239-246",
            "doi:10.1177/0272989X8100100304",
        ),
        (Vector(_answers(_THROAT, "fever", "exudate", "tender_nodes"), "3"),),
        records=("centor-score",),
        kind="score",
    ),
    Calculator(
        "mcisaac",
        "Centor score modified by McIsaac",
        "lung and infection",
        ("mcisaac", "modified centor", "mcisaac score", "centor mcisaac"),
        (age(3), *_THROAT),
        _mcisaac,
        "",
        0,
        Source(
            "McIsaac WJ, White D, Tannenbaum D, Low DE",
            "A clinical score to reduce unnecessary antibiotic use in patients with sore throat",
            "CMAJ 1998;158:75-83",
        ),
        (
            Vector({"age": "10", **_answers(_THROAT, "fever", "exudate")}, "3"),
            Vector({"age": "50", **_answers(_THROAT)}, "-1"),
        ),
        records=("centor-score",),
        kind="score",
    ),
    Calculator(
        "feverpain",
        "FeverPAIN",
        "lung and infection",
        ("fever pain", "feverpain score"),
        _FEVER_PAIN,
        _fever_pain,
        "",
        0,
        Source(
            "Little P, Hobbs FDR, Moore M, et al",
            "Clinical score and rapid antigen detection test to guide antibiotic use for sore throats: randomised controlled "
            "trial of PRISM",
            "BMJ 2013;347:f5806",
            "doi:10.1136/bmj.f5806",
        ),
        (Vector(_answers(_FEVER_PAIN, "fever", "purulence", "no_cough_or_coryza"), "3"),),
        kind="score",
    ),
)
