"""The check of a calculated claim: the formula is done again from its inputs, and each input must stand in the sources."""

from __future__ import annotations

import re
from decimal import Decimal

from chartcite.engine.calculators.declaration import Number, YesNo
from chartcite.engine.calculators.reading import split
from chartcite.engine.calculators.registry import calculator
from chartcite.engine.calculators.statement import Taken, Told, from_tokens, result_of, statement
from chartcite.engine.domain.answers import Computation, DraftClaim
from chartcite.engine.errors import InvalidQuestionError
from chartcite.engine.language.terminology import forms

_DIGITS = re.compile(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?")
_LEAST_WORDS = 0.6
"""Share of the words of a yes or no that must stand in the sources."""


def formula_stands(draft: DraftClaim, computation: Computation, evidence: str) -> bool:
    """Say whether a calculated sentence is what the formula makes of inputs that all stand in the evidence."""
    try:
        told = from_tokens(computation.inputs)
        one = calculator(computation.formula)
        result = result_of(one, told)
    except (InvalidQuestionError, ValueError):
        return False
    if result.shown != computation.result or statement(result, told) != draft.text:
        return False
    numbers = {Decimal(found.replace(",", "").replace("−", "-").rstrip(".")) for found in _DIGITS.findall(evidence)}
    known = set(forms(evidence))
    return all(_stands(taken, told, one.input(taken.name), evidence, numbers, known) for taken in told.taken)


def _stands(taken: Taken, told: Told, declared: object, evidence: str, numbers: set[Decimal], known: set[str]) -> bool:
    if taken.day == told.asked.isoformat() or taken.written == told.asked.isoformat():
        dated = True
    else:
        dated = not taken.day or taken.day in evidence
    if isinstance(declared, Number):
        found = split(taken.written)
        if taken.name == "age" and found is not None and not found[0]:
            return bool(taken.day) and dated  # an age of 0 on the day of birth
        return dated and found is not None and found[0] in numbers
    if isinstance(declared, YesNo):
        words = [word for word in forms(taken.words) if len(word) > 1]
        return dated and bool(words) and sum(word in known for word in words) >= _LEAST_WORDS * len(words)
    return dated and (taken.written.lower() in evidence.lower() or taken.written == told.asked.isoformat())
