"""Units of measurement: the one UCUM code behind many spellings, and conversion by exact factors.

What is not known stays as written and is never converted: a wrong factor is worse than two columns. Conversions that need
to know the substance (mg/dL of glucose to mmol/L) are in `analytes.py`.

Source: UCUM 2.2 (https://ucum.org/ucum), tables 1 to 8 for the factors.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from decimal import Context, Decimal, DecimalException
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.language.unit_spellings import (
    AMBIGUOUS,
    CAPITALS,
    CAPITALS_ALONE,
    EXACT,
    NEUTRAL_ANNOTATIONS,
    PARTS,
    WHOLE,
)

EXACT_DIGITS = Context(prec=34)
"""Decimal128: an exact quotient stays exact, any other is rounded at the 34th digit."""

_MAX_UNIT_CHARACTERS = 60

_PREFIXES = {
    "k": Fraction(1000), "d": Fraction(1, 10), "c": Fraction(1, 100), "m": Fraction(1, 1000), "u": Fraction(1, 10**6),
    "n": Fraction(1, 10**9), "p": Fraction(1, 10**12), "f": Fraction(1, 10**15),
}  # fmt: skip
"""No `M`, `G`, `T`: in the capitals of a laboratory they are more often milli, gram and thousand."""

_POUND = Fraction("453.59237")
_INCH = Fraction("0.0254")
_METRIC = {
    "g": ("mass", Fraction(1)), "m": ("length", Fraction(1)), "L": ("volume", Fraction(1)), "s": ("time", Fraction(1)),
    "mol": ("amount", Fraction(1)), "eq": ("equivalents", Fraction(1)), "osm": ("osmoles", Fraction(1)),
    "U": ("enzyme", Fraction(1)), "kat": ("enzyme", Fraction(60 * 10**6)), "[IU]": ("international", Fraction(1)),
    "Pa": ("pressure", Fraction(1)), "bar": ("pressure", Fraction(10**5)), "m[Hg]": ("pressure", Fraction(133322)),
    "m[H2O]": ("pressure", Fraction("9806.65")), "J": ("energy", Fraction(1)), "cal": ("energy", Fraction("4.184")),
    "V": ("voltage", Fraction(1)), "Hz": ("frequency", Fraction(1)), "Gy": ("dose", Fraction(1)), "Bq": ("activity", Fraction(1)),
    "Sv": ("effective", Fraction(1)), "W": ("power", Fraction(1)), "dyn": ("force", Fraction(1)),
}  # fmt: skip
_OTHER = {
    "min": ("time", Fraction(60)), "h": ("time", Fraction(3600)), "d": ("time", Fraction(86400)),
    "wk": ("time", Fraction(604800)), "mo": ("time", Fraction(2629800)), "a": ("time", Fraction(31557600)),
    "[lb_av]": ("mass", _POUND), "[oz_av]": ("mass", _POUND / 16), "[stone_av]": ("mass", _POUND * 14),
    "[in_i]": ("length", _INCH), "[ft_i]": ("length", _INCH * 12), "[foz_us]": ("volume", Fraction("0.0295735295625")),
    "%": ("percent", Fraction(1)), "[pH]": ("pH", Fraction(1)), "[HPF]": ("hpf", Fraction(1)), "[LPF]": ("lpf", Fraction(1)),
    "[CFU]": ("cfu", Fraction(1)), "dB": ("decibel", Fraction(1)), "[ppb]": ("parts", Fraction(1)),
    "Cel": ("temperature", Fraction(1)), "[degF]": ("temperature", Fraction(5, 9)),
}  # fmt: skip
_FREEZING = {"Cel": Fraction(0), "[degF]": Fraction(32)}
"""Where the scale stands at 0 Cel: these two are scales, not multiples, and convert only on their own."""

_ANNOTATION = re.compile(r"\{[^{}]*\}")
_TEN = re.compile(r"10\*(-?[0-9]{1,2})")
_POWER = re.compile(r"^(?:x|×|\*)?10(?:\^|\*\*|\*|e|x|exp|(?=\())\(?\+?([0-9]{1,2})\)?(?=/)", re.IGNORECASE)
_SUPERSCRIPT = re.compile(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_BODY_SURFACE = re.compile(r"\{?1[.,]73[_ ]*\(?(?:m2|m\^2|m²|sq\.? ?m|square ?meters?|m)?\)?\}?$", re.IGNORECASE)


class Measure(NamedTuple):
    """What a unit measures, and its size in base units."""

    above: tuple[str, ...]
    """Kinds of quantity over the line, sorted; a kind that does not cancel, so that mg/g is not a percentage."""
    below: tuple[str, ...]
    factor: Fraction


def normalised(unit: str, *, ucum: str = "") -> str | None:
    """Return the UCUM code of a unit as people write it; `None` where it is unknown or has two readings.

    Args:
        unit: as written, with any white space: `K/uL`, `mm Hg`, `mcg/kg/min`.
        ucum: the code that the record itself gives. It counts first; where code and words are both known and
            are not the same unit, the record contradicts itself and the answer is `None`.
    """
    given, written = _canonical(ucum), _canonical(unit)
    if given is None or written is None:
        return given or written
    one, two = measure_of(given), measure_of(written)
    if one is None or two is None or _bare(one) != _bare(two):
        return None
    return written if len(_annotations(two)) > len(_annotations(one)) else given


def _annotations(measure: Measure) -> list[str]:
    return [kind for kind in (*measure.above, *measure.below) if kind.startswith("{")]


def _bare(measure: Measure) -> Measure:
    """Return a measure without annotations, [IU] and U being one: records use both for one unit."""
    above, below = (
        tuple("enzyme" if kind == "international" else kind for kind in kinds if not kind.startswith("{"))
        for kinds in measure[:2]
    )
    return Measure(above, below, measure.factor)


@lru_cache(maxsize=8192)
def measure_of(code: str) -> Measure | None:
    """Return what a UCUM code (as `normalised` returns it) measures; `None` where it is not one that is known."""
    above: Counter[str] = Counter()
    below: Counter[str] = Counter()
    factor = Fraction(1)
    parts = code.split("/")
    for position, part in enumerate(parts):
        for term in part.split(".") if "{" not in part else [part]:
            read = _term(term, empty=position == 0 and len(parts) > 1)
            if read is None:
                return None
            kinds, size = read
            for kind, power in kinds.items():
                (above if position == 0 else below)[kind] += power
            factor = factor * size if position == 0 else factor / size
    return Measure(tuple(sorted(above.elements())), tuple(sorted(below.elements())), factor)


def same_dimension(unit: str, other: str) -> bool:
    """Say whether both units are known and measure the same kind of quantity: one can be converted into the other."""
    one, two = _measured(unit), _measured(other)
    return one is not None and two is not None and one[:2] == two[:2]


def comparable(unit: str, other: str) -> bool:
    """Say whether values in these units can stand in one series: same dimension, or the same unknown (or no) unit."""
    if _canonical(unit) is None and _canonical(other) is None:
        return _without_space(unit).lower() == _without_space(other).lower()
    return same_dimension(unit, other)


def convert(value: Decimal, unit: str, to: str) -> Decimal | None:
    """Return a value in another unit of its dimension; `None` where a unit is unknown or the dimensions differ.

    Exact where the quotient is a decimal of at most 34 digits, else rounded there (the last digit to even).
    """
    source, target = _canonical(unit), _canonical(to)
    if source is None or target is None or not value.is_finite():
        return None
    if source == target:
        return value
    one, two = measure_of(source), measure_of(target)
    if one is None or two is None or one[:2] != two[:2]:
        return None
    if source in _FREEZING and target in _FREEZING:
        return _temperature(value, source, target)
    return scaled(value, one.factor / two.factor)


def scaled(value: Decimal, factor: Fraction) -> Decimal | None:
    """Return `value * factor` with 34 digits; `None` where it is beyond all measure."""
    try:
        product = EXACT_DIGITS.multiply(value, Decimal(factor.numerator))
        return EXACT_DIGITS.divide(product, Decimal(factor.denominator))
    except DecimalException:
        return None


def _temperature(value: Decimal, source: str, target: str) -> Decimal | None:
    zero = Decimal(_FREEZING[source].numerator)
    try:
        moved = scaled(EXACT_DIGITS.subtract(value, zero), _OTHER[source][1] / _OTHER[target][1])
        return None if moved is None else EXACT_DIGITS.add(moved, Decimal(_FREEZING[target].numerator))
    except DecimalException:
        return None


def _measured(unit: str) -> Measure | None:
    code = _canonical(unit)
    return measure_of(code) if code else None


@lru_cache(maxsize=8192)
def _canonical(unit: str) -> str | None:
    """Return the one code for all spellings of a unit."""
    if len(unit) > _MAX_UNIT_CHARACTERS:
        return None
    text = _plain(unit)
    packed = _without_space(text)
    if not packed or packed in AMBIGUOUS:
        return None
    found = EXACT.get(packed) or WHOLE.get(packed.lower()) or _composed(text) or _composed(packed)
    return found if found and measure_of(found) is not None else None


def _plain(unit: str) -> str:
    """Return a unit in one alphabet: micro as `u`, powers of ten as `10*3`, `per` as a stroke."""
    text = _SUPERSCRIPT.sub(lambda match: "10*" + unicodedata.normalize("NFKC", match[1]), unit.replace("º", "°"))
    text = unicodedata.normalize("NFKC", text).replace("μ", "u").replace("⁄", "/").replace("∕", "/").strip()
    text = re.sub(r"\s+per\s+", "/", text, flags=re.IGNORECASE)
    text = _BODY_SURFACE.sub("{1.73_m2}", text).removeprefix("#" if text.startswith("#/") else "")
    return _POWER.sub(r"10*\1", _without_space(text)) if _POWER.match(_without_space(text)) else text


def _without_space(text: str) -> str:
    return "".join(text.split())


def _composed(text: str) -> str | None:
    """Return a unit put together from its parts: `MCG / kg / Min` is `ug/kg/min`."""
    parts = [part.strip() for part in text.split("/")]
    if len(parts) == 1:
        return _part(parts[0], alone=True)
    found = [_part(part, alone=False) if part or position else "" for position, part in enumerate(parts)]
    return None if None in found else "/".join(str(part) for part in found)


def _part(part: str, *, alone: bool) -> str | None:
    """Return the code of one part of a unit."""
    if part == "1" or _ANNOTATION.fullmatch(part):
        return part
    packed = _without_space(part)
    if packed not in PARTS and measure_of(part) is not None:
        return part
    cased = CAPITALS.get(packed) if not alone or packed in CAPITALS_ALONE else None
    return cased or PARTS.get(packed.lower())


def _term(term: str, *, empty: bool) -> tuple[dict[str, int], Fraction] | None:
    """Return kinds (with their powers) and size of one term, such as `kg`, `m2`, `10*3`, `mL{FEU}`."""
    if term == "1" or not term:
        return ({}, Fraction(1)) if term or empty else None
    kinds = {note.lower(): 1 for note in _ANNOTATION.findall(term) if note.lower() not in NEUTRAL_ANNOTATIONS}
    bare = _ANNOTATION.sub("", term)
    if not bare:
        return kinds, Fraction(1)
    if ten := _TEN.fullmatch(bare):
        return kinds, Fraction(10) ** int(ten[1])
    name, power = (bare, 1) if _atom(bare) or bare[-1] not in "23456789" else (bare[:-1], int(bare[-1]))
    atom = _atom(name)
    if atom is None:
        return None
    kind, size = atom
    return {**kinds, kind: power}, size**power


def _atom(name: str) -> tuple[str, Fraction] | None:
    known = _OTHER.get(name) or _METRIC.get(name)
    if known is None and name[:1] in _PREFIXES and name[1:] in _METRIC:
        kind, size = _METRIC[name[1:]]
        return kind, size * _PREFIXES[name[0]]
    return known
