"""Units as people write them, and conversions that are right or not made."""

from __future__ import annotations

from decimal import Decimal

import pytest
from chartcite.engine.domain.records import Quantity
from chartcite.engine.language.analytes import ANALYTES, convert_analyte, in_unit
from chartcite.engine.language.unit_spellings import CAPITALS, EXACT, PARTS, WHOLE
from chartcite.engine.language.units import comparable, convert, measure_of, normalised, same_dimension
from hypothesis import given
from hypothesis import strategies as st

SPELLINGS = {
    "10*3/uL": "K/uL 10*3/uL x10E3/uL X10E3/UL x10(3)/mcL 10³/µL 10^3/uL 10e3/uL 10x3/uL 10**3/uL thou/mcL Thousand/uL 1000/uL",
    "10*6/uL": "M/uL M/UL 10*6/uL x10E6/uL 10^6/mm3 Million/uL mill/mcL",
    "10*9/L": "10*9/L ×10⁹/L 10^9/L x10e9/l Gpt/l",
    "10*12/L": "10*12/L 10¹²/L T/L",
    "/uL": "cells/uL cells/mm3 /cumm {cells}/uL #/uL",
    "/min": "bpm /min beats/min breaths/min {beats}/min min-1",
    "mg/dL": "mg/dL mg/dl MG/DL Mg/dL mg% mg/100",
    "g/dL": "g/dL g/dl GM/DL gm/dl g%",
    "ug/dL": "ug/dL mcg/dL µg/dL μg/dL MCG/DL",
    "mg/d": "mg/24h mg/24hr mg/day mg/(24.h) MG/24HR",
    "mL/min/{1.73_m2}": "mL/min/1.73m2 mL/min/{1.73_m2} ml/min/1.73m² mL/min/1.73m^2 ML/MIN/1.73M2 mL/min/1,73m2",
    "mm[Hg]": "mmHg mm[Hg] MMHG mmhg torr",
    "[degF]": "°F F degF ℉ [degF] Fahrenheit",
    "Cel": "°C C degC ℃ Cel celsius ºC",
    "[lb_av]": "lb lbs LBS Pounds [lb_av]",
    "[in_i]": "in inches Inch [in_i]",
    "kg": "kg KG Kg kgs kilograms",
    "cm": "cm CM centimeters",
    "meq/L": "mEq/L MEQ/L meq/l mequiv/L",
    "[IU]/L": "IU/L iu/l [iU]/L I.U./L",
    "m[IU]/L": "mIU/L m[IU]/L MIU/L",
    "u[IU]/mL": "uIU/mL µIU/mL uu/ml UIU/ML",
    "mmol/mol": "mmol/mol",
    "mmol/L": "mmol/L MMOL/L mM",
    "s": "sec s seconds Secs",
    "/[HPF]": "/hpf /HPF /[HPF]",
    "ng/mL{FEU}": "ng/mL{FEU} ng{FEU}/mL",
    "ug/kg/min": "mcg/kg/min ug/kg/min MCG/KG/MIN",
}


@pytest.mark.parametrize(
    ("code", "written"), [(code, one) for code, words in SPELLINGS.items() for one in words.split() if one != "mg/100"]
)
def test_a_spelling_gives_its_code(code: str, written: str) -> None:
    assert normalised(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("mm Hg", "mm[Hg]"),
        ("x 10^3 / uL", "10*3/uL"),
        ("breaths per minute", "/min"),
        ("mL/min/1.73 m²", "mL/min/{1.73_m2}"),
        ("ng/mL FEU", "ng/mL{FEU}"),
        (" mcg / mL ", "ug/mL"),
        ("fl oz", "[foz_us]"),
        ("% of total Hgb", "%"),
    ],
)
def test_white_space_does_not_count(written: str, code: str) -> None:
    assert normalised(written) == code


def test_every_spelling_of_the_tables_is_known_and_there_are_enough() -> None:
    tables = (EXACT, WHOLE, PARTS)
    assert all(normalised(written) == code for table in tables for written, code in table.items())
    assert all(measure_of(code) for code in CAPITALS.values())
    assert sum(len(table) for table in tables) >= 150


def test_a_code_is_its_own_code() -> None:
    for code in {code for table in (EXACT, WHOLE, PARTS) for code in table.values()}:
        assert normalised(code) == code


@pytest.mark.parametrize(
    "written",
    ["", " ", "K", "M", "D", "Mg", "Mm", "G/L", "m/uL", "MU/L", "103/uL", "tablet", "mg/100", "//", "mg/", "10*", "{", "x" * 500],
)
def test_what_is_unknown_or_has_two_readings_is_left_alone(written: str) -> None:
    assert normalised(written) is None
    assert convert(Decimal(5), written, "mg/dL") is None
    assert convert(Decimal(5), "mg/dL", written) is None


def test_the_records_own_code_counts_first_and_a_contradiction_stops() -> None:
    assert normalised("beats", ucum="/min") == "/min"
    assert normalised("IU/L", ucum="U/L") == "U/L"
    assert normalised("INR", ucum="1") == "{INR}"
    assert normalised("mL/min", ucum="mL/min/{1.73_m2}") == "mL/min/{1.73_m2}"
    assert normalised("mg/dL", ucum="mmol/L") is None
    assert normalised("g/dL", ucum="g/L") is None


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        ("98.6", "F", "C", "37.0"),
        ("-40", "°C", "°F", "-40"),
        ("150", "lbs", "kg", "68.0388555"),
        ("70", "in", "cm", "177.8"),
        ("7.2", "K/uL", "10*9/L", "7.2"),
        ("850", "cells/uL", "10*3/uL", "0.85"),
        ("14.1", "g/dL", "g/L", "141"),
        ("0.5", "g/24h", "mg/d", "500"),
        ("500", "ng/mL FEU", "mg/L FEU", "0.5"),
        ("2.5", "mIU/L", "uIU/mL", "2.5"),
        ("120", "mmHg", "kPa", "15.99864"),
        ("2", "yrs", "months", "24"),
        ("1", "ukat/L", "U/L", "60"),
    ],
)
def test_factors_are_exact(value: str, unit: str, to: str, expected: str) -> None:
    assert convert(Decimal(value), unit, to) == Decimal(expected)


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("mL/min", "mL/min/1.73m2"),
        ("ng/mL FEU", "ng/mL"),
        ("ng/mL FEU", "ng/mL DDU"),
        ("mg/dL", "mmol/L"),
        ("mEq/L", "mmol/L"),
        ("IU/L", "U/L"),
        ("mg/g", "%"),
        ("1", "%"),
        ("{score}", "{INR}"),
        ("mg", "mg/dL"),
    ],
)
def test_quantities_of_different_kinds_never_meet(unit: str, other: str) -> None:
    assert not same_dimension(unit, other)
    assert not comparable(unit, other)
    assert convert(Decimal(1), unit, other) is None


def test_unknown_units_are_comparable_to_themselves_only() -> None:
    assert comparable("", "")
    assert comparable("tablet", "Tablet ")
    assert not comparable("tablet", "capsule")
    assert not comparable("", "mg/dL")
    assert not same_dimension("tablet", "tablet")


@pytest.mark.parametrize(
    ("value", "unit", "to", "concept", "expected"),
    [
        ("1", "mmol/L", "mg/dL", "glucose", "18.0156"),
        ("1", "mg/dL", "umol/L", "creatinine", "88.40"),
        ("1", "mmol/L", "mg/dL", "ldl-cholesterol", "38.67"),
        ("1", "mmol/L", "mg/dL", "triglycerides", "88.57"),
        ("1", "mmol/L", "mg/dL", "loinc:3094-0", "2.801"),
        ("1", "mg/dL", "umol/L", "bilirubin-total", "17.10"),
        ("1", "mmol/L", "mg/dL", "calcium", "4.008"),
        ("1", "g/dL", "mmol/L", "hemoglobin", "0.6206"),
        ("1", "mg/dL", "umol/L", "uric-acid", "59.48"),
        ("1", "ng/mL", "nmol/L", "vitamin-d-25-hydroxy", "2.496"),
        ("30", "mg/g", "mg/mmol", "urine-albumin-creatinine-ratio", "3.394"),
        ("140", "mEq/L", "mmol/L", "sodium", "140"),
        ("4", "mEq/L", "mg/dL", "calcium", "8.016"),
        ("40", "IU/L", "U/L", "alanine-aminotransferase", "40"),
        ("0.42", "L/L", "%", "hematocrit", "42"),
        ("53", "mmol/mol", "%", "hemoglobin-a1c", "7.000"),
        ("6.5", "%", "mmol/mol", "loinc:4548-4", "47.53"),
    ],
)
def test_known_analytes_convert_as_the_published_factors_say(value: str, unit: str, to: str, concept: str, expected: str) -> None:
    found = convert_analyte(Decimal(value), unit, to, [concept])
    assert found is not None
    assert abs(found - Decimal(expected)) <= Decimal(expected) * Decimal("0.0005")


@pytest.mark.parametrize(
    ("unit", "to", "concepts"),
    [
        ("mg/dL", "mmol/L", []),
        ("mg/dL", "mmol/L", ["aspirin"]),
        ("mg/dL", "mmol/L", ["blood-urea-nitrogen"]),
        ("mEq/L", "mmol/L", ["glucose"]),
        ("mIU/L", "U/L", ["tsh"]),
        ("%", "mmol/mol", ["hematocrit"]),
        ("%", "g/dL", ["hemoglobin-a1c"]),
        ("tablet", "mg", ["glucose"]),
    ],
)
def test_nothing_is_converted_without_knowing_the_substance(unit: str, to: str, concepts: list[str]) -> None:
    assert convert_analyte(Decimal(40), unit, to, concepts) is None


def test_a_quantity_keeps_its_comparator_and_is_rounded_for_the_reader() -> None:
    found = in_unit(Quantity(value=Decimal("7.1"), written="7.1", unit="mmol/L", comparator="<"), "mg/dL", ["glucose"])
    assert found == Quantity(value=Decimal("127.91076"), written="128", unit="mg/dL", ucum="mg/dL", comparator="<")
    same = Quantity(value=Decimal("5.40"), written="5.40", unit="MG/DL")
    assert in_unit(same, "mg/dL") is same
    assert in_unit(Quantity(value=Decimal(1), written="1", unit="tablet"), "mg") is None


def test_values_beyond_all_measure_are_refused() -> None:
    assert convert(Decimal("NaN"), "mg", "g") is None
    assert convert(Decimal("Infinity"), "mg", "g") is None
    assert convert(Decimal("9E+999999"), "kg", "ng") is None
    assert convert(Decimal("9E+999999"), "C", "F") is None
    assert convert_analyte(Decimal("9E+999999"), "mmol/mol", "%", ["hemoglobin-a1c"]) is not None


_CODES = sorted({code for table in (EXACT, WHOLE, PARTS) for code in table.values()})
_NUMBERS = st.decimals(min_value=Decimal(-1000), max_value=Decimal(100000), places=3)


@given(st.sampled_from(_CODES), st.sampled_from(_CODES), _NUMBERS)
def test_a_conversion_can_be_undone(unit: str, other: str, value: Decimal) -> None:
    there = convert(value, unit, other)
    assert (there is not None) == same_dimension(unit, other)
    if there is not None:
        back = convert(there, other, unit)
        assert back is not None
        assert abs(back - value) < Decimal("1E-20")


@given(st.sampled_from(sorted(ANALYTES)), st.sampled_from(["mg/dL", "mmol/L", "meq/L", "%", "L/L"]), _NUMBERS)
def test_an_analytes_conversion_can_be_undone(concept: str, other: str, value: Decimal) -> None:
    there = convert_analyte(value, "umol/L", other, [concept])
    if there is not None:
        back = convert_analyte(there, other, "umol/L", [concept])
        assert back is not None
        assert abs(back - value) < Decimal("1E-20")


@given(st.text(max_size=80))
def test_any_words_can_be_asked(words: str) -> None:
    code = normalised(words)
    assert code is None or (normalised(code) == code and measure_of(code) is not None)
