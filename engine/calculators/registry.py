"""All calculators, and how one is found by what people call it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from chartcite.engine.calculators import (
    blood_gas,
    body_size,
    comorbidity,
    coronary_risk,
    doses,
    electrolytes,
    gut_bleeding,
    heart,
    heart_risk,
    infection,
    kidney,
    lipids_glucose,
    liver,
    neurology,
    pneumonia,
    pregnancy,
    sore_throat,
    thrombosis,
)
from chartcite.engine.calculators.declaration import Calculator
from chartcite.engine.errors import InvalidQuestionError

CALCULATORS: tuple[Calculator, ...] = (
    *kidney.CALCULATORS,
    *body_size.CALCULATORS,
    *electrolytes.CALCULATORS,
    *blood_gas.CALCULATORS,
    *lipids_glucose.CALCULATORS,
    *heart.CALCULATORS,
    *heart_risk.CALCULATORS,
    *coronary_risk.CALCULATORS,
    *thrombosis.CALCULATORS,
    *infection.CALCULATORS,
    *pneumonia.CALCULATORS,
    *sore_throat.CALCULATORS,
    *liver.CALCULATORS,
    *gut_bleeding.CALCULATORS,
    *neurology.CALCULATORS,
    *comorbidity.CALCULATORS,
    *doses.CALCULATORS,
    *pregnancy.CALCULATORS,
)
"""By topic."""

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉’", "0123456789'")


def folded(words: str) -> str:
    """Return a name without case, punctuation and spaces: `CHA₂DS₂-VASc` and `cha2ds2 vasc` are one."""
    return re.sub(r"[^a-z0-9]", "", words.translate(_SUBSCRIPTS).lower())


@cache
def names() -> dict[str, Calculator]:
    """Return every folded name with its calculator. A name or title goes before an alias."""
    found: dict[str, Calculator] = {}
    for one in CALCULATORS:
        for name in (one.name, one.title):
            found.setdefault(folded(name), one)
    for one in CALCULATORS:
        for name in one.aliases:
            found.setdefault(folded(name), one)
    return found


def calculator(name: str) -> Calculator:
    """Return the calculator of a name.

    Raises:
        InvalidQuestionError: there is none; near names are told.
    """
    known = names()
    found = known.get(folded(name)) or known.get(folded(re.sub(r"\b(score|index|formula|equation|rule)\b", "", name.lower())))
    if found is not None:
        return found
    near = dict.fromkeys(known[one].name for one in get_close_matches(folded(name), known, n=6, cutoff=0.6))
    hint = f"did you mean {', '.join(near)}?" if near else "`chartcite calculate --list` names them all"
    raise InvalidQuestionError(f"calculator: there is none of that name; {hint}")


def spoken_names() -> Iterator[tuple[str, Calculator]]:
    """Yield every way to say a calculator, as written."""
    for one in CALCULATORS:
        for name in (one.name, one.title, *one.aliases):
            yield name, one
