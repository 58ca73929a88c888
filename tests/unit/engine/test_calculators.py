"""Calculators as declarations: every published or worked example, ranges, units, missing inputs, names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from chartcite.engine.calculators.declaration import Calculator, Number, Vector, YesNo
from chartcite.engine.calculators.evaluation import MissingInputsError, evaluate, shown_value
from chartcite.engine.calculators.reading import RefusedError, in_declared_unit
from chartcite.engine.calculators.registry import CALCULATORS, calculator, folded, names, spoken_names
from chartcite.engine.calculators.statement import Taken, Told, from_tokens, result_of, statement, tokens
from chartcite.engine.errors import InvalidQuestionError
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import bundled_lexicon
from tests.evals.calculators_doc import PAGE, page

VECTORS = [(one, vector) for one in CALCULATORS for vector in one.vectors]
PAST = date(2026, 1, 1)
NUMBERS = [(one, declared) for one in CALCULATORS for declared in one.inputs if isinstance(declared, Number)]


def shown(one: Calculator, vector: Vector) -> str:
    result = evaluate(one, dict(vector.given))
    return f"{result.value:f}" if one.kind in {"number", "score"} else shown_value(one, result.value)


@pytest.mark.parametrize(("one", "vector"), VECTORS, ids=[f"{one.name}-{vector.shown}" for one, vector in VECTORS])
def test_an_example_comes_out_to_its_last_digit(one: Calculator, vector: Vector) -> None:
    assert shown(one, vector) == vector.shown


def test_there_are_at_least_24_and_each_has_an_example_a_source_and_its_review_state() -> None:
    assert len(CALCULATORS) >= 24
    assert {one.name for one in CALCULATORS if not one.vectors} == set()
    assert {one.name for one in CALCULATORS if not (one.source.authors and one.source.title and one.source.journal)} == set()
    assert {one.review for one in CALCULATORS} == {"not yet reviewed by a clinician"}
    assert len({one.name for one in CALCULATORS}) == len(CALCULATORS)


def test_every_concept_that_an_input_is_looked_for_by_is_in_the_lexicon() -> None:
    used: set[str] = set()
    for one in CALCULATORS:
        used |= set(one.records)
        for each in one.inputs:
            used |= set(getattr(each, "concepts", ()))
            if isinstance(each, YesNo):
                used |= {*each.conditions, *each.excluding, *each.medications, *each.procedures, *each.family}
                used |= {each.threshold.concept} if each.threshold else set()
    assert used - bundled_lexicon().concepts.keys() == set()


@pytest.mark.parametrize(("one", "declared"), NUMBERS, ids=[f"{one.name}-{declared.name}" for one, declared in NUMBERS])
def test_a_number_outside_its_range_is_refused_by_name(one: Calculator, declared: Number) -> None:
    for value in (declared.high + 1, declared.low - 1):
        with pytest.raises(RefusedError, match=f"{declared.name}: outside"):
            evaluate(one, {**one.vectors[0].given, declared.name: f"{value:f} {declared.unit}"})


@pytest.mark.parametrize("one", CALCULATORS, ids=lambda one: one.name)
def test_without_any_input_what_is_missing_is_named(one: Calculator) -> None:
    with pytest.raises(MissingInputsError) as refused:
        evaluate(one, {})
    assert refused.value.names
    assert set(refused.value.names) <= {each.name for each in one.inputs}


def test_a_missing_yes_or_no_is_missing_too_where_no_chart_was_searched() -> None:
    given_ = {"age": "70", "sex": "male", "heart_failure": "no", "hypertension": "no", "diabetes": "no", "stroke": "no"}
    with pytest.raises(MissingInputsError, match="vascular_disease"):
        evaluate(calculator("cha2ds2-vasc"), given_)


def test_what_was_searched_in_vain_makes_a_lower_bound() -> None:
    silent = ["heart_failure", "hypertension", "diabetes", "stroke", "vascular_disease"]
    result = evaluate(calculator("cha2ds2-vasc"), {"age": "70", "sex": "female"}, silent=silent)
    assert (result.shown, result.value, result.highest) == ("at least 2", Decimal(2), Decimal(8))
    assert result.silent == tuple(silent)
    assert result.band is not None  # 2 is already in the source's highest band
    low = evaluate(calculator("cha2ds2-vasc"), {"age": "40", "sex": "male"}, silent=silent)
    assert (low.shown, low.band) == ("at least 0", None)  # what was not found could lead to another band


def test_a_silent_input_that_would_lower_a_score_is_taken_into_the_bound() -> None:
    one = calculator("news2")
    given_ = {**one.vectors[1].given, "oxygen_saturation": "90 %"}
    given_.pop("hypercapnic")
    result = evaluate(one, given_, silent=["hypercapnic"])
    assert result.value < result.highest
    assert result.value == evaluate(one, {**given_, "hypercapnic": "yes"}).value


@pytest.mark.parametrize(
    ("name", "inputs", "words"),
    [
        ("bmi", {"weight": "70 mg/dL", "height": "175 cm"}, "weight: its unit cannot be converted; give it in kg"),
        ("bmi", {"weight": "heavy", "height": "175 cm"}, "weight: give a number"),
        ("bmi", {"wieght": "70 kg"}, "did you mean weight?"),
        ("gcs", {"eyes": "shut", "verbal": "oriented", "motor": "none"}, "eyes: choose one of none, to pain"),
        ("due-date", {"last_period": "1 March"}, "last_period: give a day such as 2026-03-01"),
        ("perc", {"leg_swelling": "perhaps"}, "leg_swelling: say yes or no"),
        ("delta-ratio", {"sodium": "140", "chloride": "104", "bicarbonate": "24"}, "bicarbonate: outside"),
    ],
)
def test_what_cannot_be_used_is_named_with_what_can(name: str, inputs: dict[str, str], words: str) -> None:
    with pytest.raises(InvalidQuestionError) as refused:
        evaluate(calculator(name), inputs)
    assert words in str(refused.value)
    assert "heavy" not in str(refused.value)


@pytest.mark.parametrize(
    ("spoken", "name"),
    [
        ("CHA₂DS₂-VASc", "cha2ds2-vasc"),
        ("chads vasc", "cha2ds2-vasc"),
        ("CHADSVASC score", "cha2ds2-vasc"),
        ("kidney function by CKD-EPI", "ckd-epi-2021"),
        ("corrected QT", "qtc-bazett"),
        ("Creatinine Clearance", "cockcroft-gault"),
        ("MELD", "meld-3"),
        ("MELD-Na", "meld-na"),
        ("adjusted calcium", "corrected-calcium"),
        ("wells score dvt", "wells-dvt"),
        ("eAG", "estimated-average-glucose"),
    ],
)
def test_a_calculator_is_found_by_what_people_call_it(spoken: str, name: str) -> None:
    assert calculator(spoken).name == name


def test_an_unknown_name_is_refused_with_near_ones() -> None:
    with pytest.raises(InvalidQuestionError, match="did you mean fib-4"):
        calculator("fibb-4")
    with pytest.raises(InvalidQuestionError, match="--list"):
        calculator("zzzzzz")


def test_no_alias_means_two_calculators() -> None:
    twice = [name for name, one in spoken_names() if names()[folded(name)] is not one]
    assert twice == []


@given(st.decimals(min_value="0.3", max_value="20", places=2))
def test_creatinine_in_either_unit_gives_the_same_filtration(value: Decimal) -> None:
    one = calculator("ckd-epi-2021")
    micromoles = value * 1000000 / (Decimal("113.12") * 100)
    first = evaluate(one, {"age": "60", "sex": "female", "creatinine": f"{value} mg/dL"})
    second = evaluate(one, {"age": "60", "sex": "female", "creatinine": f"{micromoles:.12f} umol/L"})
    assert abs(first.value - second.value) <= 1  # a half may fall on either side


@given(st.integers(min_value=2, max_value=240), st.integers(min_value=100, max_value=220))
def test_pounds_and_inches_give_the_same_index(kilograms: int, centimetres: int) -> None:
    one = calculator("bmi")
    metric = evaluate(one, {"weight": f"{kilograms} kg", "height": f"{centimetres} cm"})
    pounds, inches = kilograms / Decimal("0.45359237"), centimetres / Decimal("2.54")
    imperial = evaluate(one, {"weight": f"{pounds:.15f} lb", "height": f"{inches:.15f} in"})
    assert abs(metric.value - imperial.value) <= Decimal("0.1")


@pytest.mark.parametrize(
    ("name", "value", "unit", "want"),
    [
        ("glucose", "10", "mmol/L", "180.156"),
        ("urea_nitrogen", "10", "mmol/L", "28.014"),
        ("albumin", "35", "g/L", "3.5"),
        ("bilirubin", "34.2", "umol/L", "1.9995"),
        ("temperature", "98.6", "degF", "37.0"),
        ("fio2", "0.5", "1", "50"),
        ("pao2", "10", "kPa", "75.0064"),
        ("platelets", "150000", "/uL", "150"),
    ],
)
def test_units_of_the_same_quantity_are_converted(name: str, value: str, unit: str, want: str) -> None:
    declared = next(one for _, one in NUMBERS if one.name == name)
    converted = in_declared_unit(declared, Decimal(value), unit)
    assert converted is not None
    assert abs(converted - Decimal(want)) < Decimal("0.001")


def test_a_statement_is_made_again_from_its_tokens() -> None:
    taken = (
        Taken("age", "0 a", "1960-02-29"),
        Taken("sex", "female"),
        Taken("hypertension", "yes", "2019-03", "Essential hypertension, stage 1: poorly controlled"),
    )
    told = Told(PAST, taken, ("heart_failure", "diabetes", "stroke", "vascular_disease"))
    again = from_tokens(tokens(told))
    assert again == told
    said = statement(result_of(calculator("cha2ds2-vasc"), again), again)
    assert said.startswith("CHA2DS2-VASc: at least 3 (hypertension +1, age +1, female sex +1). From age 65 years;")
    assert "Not found in the chart and counted as no: heart failure" in said


def test_a_number_of_the_chart_without_a_unit_is_said_to_have_none() -> None:
    one = calculator("anion-gap")
    taken = (
        Taken("sodium", "140", "2025-01-01"),
        Taken("chloride", "104 mmol/L", "2025-01-01"),
        Taken("bicarbonate", "24", given=True),
    )
    told = Told(PAST, taken)
    said = statement(result_of(one, told), told)
    assert "serum sodium 140 mmol/L (no unit written, 2025-01-01, 365 days old: stale)" in said
    assert "serum bicarbonate 24 mmol/L (given)" in said


def test_tokens_that_are_none_are_refused() -> None:
    for broken in (("nonsense",), ("sex=female",)):
        with pytest.raises(ValueError, match="calculation"):
            from_tokens(broken)


def test_the_page_is_that_of_the_declarations() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.evals.calculators_doc"
