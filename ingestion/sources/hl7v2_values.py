"""Values of HL7 v2 observations: OBX-5 by its type, with unit, and the limits of OBX-7.

Source: HL7 v2.x chapters 2A (NM, SN, CWE) and 7 (OBX).
"""

from __future__ import annotations

import re
from decimal import Decimal

from chartcite.engine.domain.records import Quantity, Value
from chartcite.engine.facts.elements import range_path
from chartcite.ingestion.sources.hl7_values import number_of
from chartcite.ingestion.sources.hl7v2_reading import concept
from chartcite.ingestion.sources.hl7v2_syntax import Piece, Segment

UNREADABLE = frozenset({"ED", "RP"})
"""Types of OBX-5 that hold or point to a document."""
_COMPARED = re.compile(r"(<=|>=|<|>)\s*(.+)$")
_LIMITS = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)\s*-\s*([-+]?\d+(?:\.\d+)?)\s*(?:\S{0,20})?\s*$")
_ONE_LIMIT = re.compile(r"\s*(<=|>=|<|>)\s*(\d+(?:\.\d+)?)\s*(?:\S{0,20})?\s*$")


def read_value(finding: Segment) -> Value | None:
    """Return the value of an OBX by its type; `None` where it has none."""
    kind, piece = finding[2].words, finding[5]
    if not piece.words or kind in UNREADABLE:
        return None
    if kind == "SN":
        return _structured(piece, finding[6])
    if kind in {"NM", "ST"}:
        quantity = _quantity(piece.component(1), finding[6], sure=kind == "NM")
        place = _measured_path(piece.component(1), finding[6])
        return Value(quantity=quantity, path=place) if quantity else Value(text=piece.words, path=piece.path)
    if kind in {"CE", "CWE", "CNE", "CF", "IS", "ID"}:
        named = concept(piece)
        return Value(concept=named.concept, path=named.path) if named else None
    return Value(text=piece.words, path=piece.path)


def _quantity(number: Piece, unit: Piece, *, sure: bool) -> Quantity | None:
    """Return a number with its unit. A string is one only where a unit stands beside it."""
    compared = _COMPARED.match(number.words)
    written = compared[2].strip() if compared else number.words
    value = number_of(written)
    code, shown = unit.component(1).words, unit.component(2).words
    if value is None or not (sure or code or shown):
        return None
    ucum = code if unit.component(3).words.upper() == "UCUM" else ""
    return Quantity(value=value, written=written, unit=code or shown, ucum=ucum, comparator=compared[1] if compared else "")


def _structured(piece: Piece, unit: Piece) -> Value | None:
    """Read a SN: `>^100`, `^1^:^128`, `^2^-^4`."""
    comparator, first, separator, second = (piece.component(number) for number in (1, 2, 3, 4))
    value = number_of(first.words) if first.words else None
    code = unit.component(1).words or unit.component(2).words
    sign = comparator.words if comparator.words in {"<", "<=", ">", ">="} else ""
    if value is not None and not separator.words and (sign or comparator.words in {"", "="}):
        quantity = _quantity(first, unit, sure=True)
        place = _measured_path(first, unit)
        return Value(quantity=quantity.model_copy(update={"comparator": sign}), path=place) if quantity else None
    words = "".join(one.words for one in (comparator, first, separator, second))
    return Value(text=f"{words} {code}".strip(), path=piece.repetitions()[0].path) if words else None


def _measured_path(number: Piece, unit: Piece) -> str:
    """Return the range from a number to its unit: a number is never cited without the unit beside it."""
    code = unit.component(1)
    if not code.words:
        code = unit.component(2)
    if not code.words:
        return number.path
    start = number.start + len(number.raw) - len(number.raw.lstrip())
    return range_path(start, code.start + len(code.raw.rstrip()))


def limits(words: str) -> tuple[Decimal | None, Decimal | None]:
    """Return the low and the high limit of a reference range in words: `70-99`, `>=60`."""
    both, one = _LIMITS.match(words), _ONE_LIMIT.match(words)
    if both:
        return Decimal(both[1]), Decimal(both[2])
    if one:
        limit = Decimal(one[2])
        return (limit, None) if one[1].startswith(">") else (None, limit)
    return None, None
