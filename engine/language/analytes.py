"""Conversions that need to know what was measured: mass to amount of substance, and the scales of HbA1c.

An analyte is known by concept id of the lexicon or by `loinc:code`. Nothing is converted for a concept that is not listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, DecimalException
from fractions import Fraction
from typing import NamedTuple

from chartcite.engine.domain.records import Quantity
from chartcite.engine.language.units import EXACT_DIGITS, Measure, convert, measure_of, normalised, scaled


class Analyte(NamedTuple):
    """What must be known of a substance to convert its units."""

    grams_per_mole: str = ""
    valence: int = 0
    """Equivalents in one mole; 0: not measured in equivalents."""
    enzyme: bool = False
    """International units of its activity are the enzyme units (1 umol/min)."""
    fraction: bool = False
    """A share: 0.42 L/L is 42 %."""


_CHOLESTEROL = Analyte("386.65")
_CREATININE = Analyte("113.12")
_UREA_NITROGEN = Analyte("28.014")
_BILIRUBIN = Analyte("584.66")
_TESTOSTERONE = Analyte("288.42")
_THYROXINE = Analyte("776.87")
_TRIIODOTHYRONINE = Analyte("650.97")
_ENZYME = Analyte(enzyme=True)
_FRACTION = Analyte(fraction=True)
_MONOVALENT = Analyte(valence=1)

ANALYTES: dict[str, Analyte] = {
    # Molar masses in g/mol (PubChem; elements: IUPAC standard atomic weights), rounded as laboratories use them.
    "glucose": Analyte("180.156"), "loinc:2345-7": Analyte("180.156"), "loinc:2339-0": Analyte("180.156"),
    "loinc:14749-6": Analyte("180.156"), "glucose-challenge-test": Analyte("180.156"),
    "creatinine": _CREATININE, "loinc:2160-0": _CREATININE, "loinc:14682-9": _CREATININE, "loinc:38483-4": _CREATININE,
    # The moles are those of creatinine, under the line of the ratio.
    "urine-albumin-creatinine-ratio": _CREATININE, "urine-protein-creatinine-ratio": _CREATININE,
    "loinc:9318-7": _CREATININE, "loinc:14959-1": _CREATININE, "loinc:32294-1": _CREATININE,
    "total-cholesterol": _CHOLESTEROL, "ldl-cholesterol": _CHOLESTEROL, "hdl-cholesterol": _CHOLESTEROL,
    "non-hdl-cholesterol": _CHOLESTEROL, "vldl-cholesterol": _CHOLESTEROL,
    "loinc:2093-3": _CHOLESTEROL, "loinc:14647-2": _CHOLESTEROL, "loinc:2085-9": _CHOLESTEROL, "loinc:14646-4": _CHOLESTEROL,
    "loinc:13457-7": _CHOLESTEROL, "loinc:18262-6": _CHOLESTEROL, "loinc:2089-1": _CHOLESTEROL, "loinc:22748-8": _CHOLESTEROL,
    "loinc:43396-1": _CHOLESTEROL,
    # Triolein, the convention behind 88.57 mg/dL for 1 mmol/L.
    "triglycerides": Analyte("885.7"), "loinc:2571-8": Analyte("885.7"), "loinc:14927-8": Analyte("885.7"),
    # Two nitrogen atoms of one urea: 2.8 mg/dL for 1 mmol/L. By code only: `urea 40 mg/dL` in words may be urea or its nitrogen.
    "loinc:3094-0": _UREA_NITROGEN, "loinc:6299-2": _UREA_NITROGEN, "loinc:22664-7": _UREA_NITROGEN,
    "bilirubin-total": _BILIRUBIN, "bilirubin-direct": _BILIRUBIN, "bilirubin-indirect": _BILIRUBIN,
    "loinc:1975-2": _BILIRUBIN, "loinc:1968-7": _BILIRUBIN, "loinc:1971-1": _BILIRUBIN,
    "calcium": Analyte("40.078", valence=2), "ionized-calcium": Analyte("40.078", valence=2),
    "loinc:17861-6": Analyte("40.078", valence=2), "loinc:1995-0": Analyte("40.078", valence=2),
    "magnesium": Analyte("24.305", valence=2), "loinc:19123-9": Analyte("24.305", valence=2),
    "phosphate": Analyte("30.974"), "loinc:2777-1": Analyte("30.974"),  # both count phosphorus
    "uric-acid": Analyte("168.11"), "loinc:3084-1": Analyte("168.11"),
    "lactate": Analyte("90.08"), "loinc:2524-7": Analyte("90.08"), "loinc:32693-4": Analyte("90.08"),
    # One chain with one haem: what 0.6206 mmol/L for 1 g/dL counts.
    "hemoglobin": Analyte("16114"), "loinc:718-7": Analyte("16114"), "loinc:59260-0": Analyte("16114"),
    "total-iron-binding-capacity": Analyte("55.845"), "loinc:2500-7": Analyte("55.845"),
    "copper-level": Analyte("63.546"), "zinc-level": Analyte("65.38"), "lead-level": Analyte("207.2"),
    "lithium-level": Analyte("6.94", valence=1), "loinc:14334-7": Analyte("6.94", valence=1),
    "ammonia": Analyte("17.031"),
    "cortisol": Analyte("362.46"), "loinc:2143-6": Analyte("362.46"),
    "estradiol-level": Analyte("272.38"), "loinc:2243-4": Analyte("272.38"),
    "total-testosterone": _TESTOSTERONE, "free-testosterone": _TESTOSTERONE, "loinc:2986-8": _TESTOSTERONE,
    "free-t4": _THYROXINE, "total-t4": _THYROXINE, "loinc:3024-7": _THYROXINE, "loinc:14920-3": _THYROXINE,
    "free-t3": _TRIIODOTHYRONINE, "total-t3": _TRIIODOTHYRONINE, "loinc:3051-0": _TRIIODOTHYRONINE,
    "vitamin-b12-level": Analyte("1355.37"), "loinc:2132-9": Analyte("1355.37"),
    "vitamin-d-25-hydroxy": Analyte("400.64"), "loinc:1989-3": Analyte("400.64"), "loinc:62292-8": Analyte("400.64"),
    "digoxin-level": Analyte("780.94"), "phenytoin-level": Analyte("252.27"), "valproate-level": Analyte("144.21"),
    "carbamazepine-level": Analyte("236.27"), "theophylline-level": Analyte("180.16"), "acetaminophen-level": Analyte("151.16"),
    "sodium": _MONOVALENT, "potassium": _MONOVALENT, "chloride": _MONOVALENT, "bicarbonate": _MONOVALENT,
    "loinc:2951-2": _MONOVALENT, "loinc:2823-3": _MONOVALENT, "loinc:2075-0": _MONOVALENT, "loinc:2028-9": _MONOVALENT,
    "alanine-aminotransferase": _ENZYME, "aspartate-aminotransferase": _ENZYME, "alkaline-phosphatase": _ENZYME,
    "gamma-glutamyl-transferase": _ENZYME, "lactate-dehydrogenase": _ENZYME, "creatine-kinase": _ENZYME,
    "amylase": _ENZYME, "lipase": _ENZYME, "loinc:1742-6": _ENZYME, "loinc:1920-8": _ENZYME, "loinc:6768-6": _ENZYME,
    "hematocrit": _FRACTION, "loinc:4544-3": _FRACTION, "loinc:20570-8": _FRACTION,
    "oxygen-saturation": _FRACTION, "loinc:2708-6": _FRACTION, "loinc:59408-5": _FRACTION,
    "transferrin-saturation": _FRACTION,
}  # fmt: skip
_A1C = frozenset({"hemoglobin-a1c", "loinc:4548-4", "loinc:17856-6", "loinc:59261-8"})
_A1C_SLOPE, _A1C_INTERCEPT = Decimal("0.09148"), Decimal("2.152")
"""NGSP (%) = 0.09148 * IFCC (mmol/mol) + 2.152: Hoelzel et al., Clin Chem 2004;50:166, as kept by ngsp.org/ifcc.asp."""

_FRACTION_UNITS = {"%": Fraction(1, 100), "1": Fraction(1), "L/L": Fraction(1), "{ratio}": Fraction(1)}


def convert_analyte(value: Decimal, unit: str, to: str, concepts: Iterable[str]) -> Decimal | None:
    """Return a value of a known analyte in another unit, across mass, amount and equivalents too.

    Args:
        value: finite.
        unit: as written or as UCUM code.
        to: likewise.
        concepts: what was measured: lexicon concept ids and `loinc:code`. The first that is listed counts.

    Returns:
        The value with up to 34 digits, or `None`: unit or concept unknown, or no such conversion.
    """
    plain = convert(value, unit, to)
    if plain is not None:
        return plain
    source, target = normalised(unit), normalised(to)
    if source is None or target is None or not value.is_finite():
        return None
    known = list(concepts)
    if _A1C.intersection(known):
        return _a1c(value, source, target)
    analyte = next((ANALYTES[concept] for concept in known if concept in ANALYTES), None)
    return None if analyte is None else _of_analyte(value, source, target, analyte)


def in_unit(quantity: Quantity, unit: str, concepts: Iterable[str] = ()) -> Quantity | None:
    """Return a quantity in another unit, or `None` where that is not known to be right.

    `value` is unrounded. `written` is rounded to one significant digit more than the source gives (at least three).
    The comparator stays: every conversion here rises with the value. A quantity already in that unit is returned as it is.
    """
    source = normalised(quantity.unit, ucum=quantity.ucum)
    target = normalised(unit)
    if source is None or target is None:
        return None
    if source == target:
        return quantity
    value = convert_analyte(quantity.value, source, target, concepts)
    if value is None:
        return None
    shown = _rounded(value, digits=max(3, len(quantity.value.as_tuple().digits) + 1))
    return Quantity(value=value, written=shown, unit=unit, ucum=target, comparator=quantity.comparator)


def _of_analyte(value: Decimal, source: str, target: str, analyte: Analyte) -> Decimal | None:
    if analyte.fraction and source in _FRACTION_UNITS and target in _FRACTION_UNITS:
        return scaled(value, _FRACTION_UNITS[source] / _FRACTION_UNITS[target])
    one, two = measure_of(source), measure_of(target)
    if one is None or two is None:
        return None
    one, two = _substance(one, analyte), _substance(two, analyte)
    return scaled(value, one.factor / two.factor) if one[:2] == two[:2] else None


def _substance(measure: Measure, analyte: Analyte) -> Measure:
    """Return a measure with moles and equivalents told in grams (or in moles, without a molar mass), [IU] in U."""
    told: dict[str, tuple[str, Fraction]] = {}
    if analyte.valence:
        told["equivalents"] = ("amount", Fraction(1, analyte.valence))
    if analyte.grams_per_mole:
        mass = Fraction(analyte.grams_per_mole)
        told["amount"] = ("mass", mass)
        told["equivalents"] = ("mass", mass / analyte.valence) if analyte.valence else ("equivalents", Fraction(1))
    if analyte.enzyme:
        told["international"] = ("enzyme", Fraction(1))
    factor = measure.factor
    for kind in measure.above:
        factor *= told.get(kind, (kind, Fraction(1)))[1]
    for kind in measure.below:
        factor /= told.get(kind, (kind, Fraction(1)))[1]
    above, below = ([told.get(kind, (kind,))[0] for kind in kinds] for kinds in measure[:2])
    return Measure(tuple(sorted(above)), tuple(sorted(below)), factor)


def _a1c(value: Decimal, source: str, target: str) -> Decimal | None:
    try:
        if (source, target) == ("mmol/mol", "%"):
            return EXACT_DIGITS.add(EXACT_DIGITS.multiply(value, _A1C_SLOPE), _A1C_INTERCEPT)
        if (source, target) == ("%", "mmol/mol"):
            return EXACT_DIGITS.divide(EXACT_DIGITS.subtract(value, _A1C_INTERCEPT), _A1C_SLOPE)
    except DecimalException:
        return None
    return None


def _rounded(value: Decimal, *, digits: int) -> str:
    if not value:
        return "0"
    places = digits - 1 - value.adjusted()
    if abs(places) > 30:
        return str(value)
    text = f"{value:.{max(places, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
