"""Calculators over charts: inputs with their sources, what is missing, and questions that ask for a score or a formula."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from chartcite.engine.answers.formula_check import formula_stands
from chartcite.engine.calculate import calculate, calculate_from
from chartcite.engine.calculators.evaluation import evaluate
from chartcite.engine.calculators.registry import calculator
from chartcite.engine.domain.answers import Computation, DraftClaim, Outcome
from chartcite.engine.domain.calculations import Calculation, CalculationInput
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import InvalidQuestionError, PatientNotFoundError
from chartcite.engine.findings.calculated import requested
from chartcite.engine.understanding import understand
from chartcite.engine.verification import verify

from tests.charts import (
    ANN,
    CORPORA,
    LOINC,
    AskedChart,
    bundled_lexicon,
    condition,
    lab,
    medication,
    of,
    open_store,
    person,
    pressure,
    store_chart,
    store_files,
)

TODAY = date(2026, 1, 1)
RESOURCES = (
    lab("cr-old", 1.0, "2023-01-05", unit="mg/dL", name="Creatinine"),
    lab("cr", 124, "2025-11-01", unit="umol/L", name="Creatinine"),
    lab("ca", 8.0, "2025-11-01", unit="mg/dL", name="Calcium"),
    lab("inr", 1.4, "2025-11-01", unit="{INR}", name="INR"),
    lab("weight", 158, "2024-06-01", unit="[lb_av]", name="Body weight"),
    lab("height", 160, "2020-06-01", unit="cm", name="Body height"),
    lab("bmi", 30.1, "2025-10-01", unit="kg/m2", name="Body mass index"),
    lab("score", 3, "2025-05-01", unit="{score}", name="CHA2DS2-VASc score"),
    pressure("bp", 128, 72, "2025-12-31"),
    condition("htn", "Essential hypertension", "2019-03-01"),
    condition("raised", "Elevated blood pressure without diagnosis of hypertension", "2015-03-01"),
    condition("hyper", "Non-diabetic hyperglycaemia", "2024-03-01"),
    condition("hf", "Heart failure", "2024-03-01", verified="refuted"),
    medication("asa", "Aspirin 81 mg tablet", "2025-01-01"),
)


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> AskedChart:
    store = tmp_path_factory.mktemp("calculated") / "store"
    store_chart(store, person(), *RESOURCES)
    return AskedChart(open_store(store))


@pytest.fixture(scope="module")
def made(chart: AskedChart) -> Callable[..., Calculation]:
    def make(name: str, *, as_of: date = TODAY, **given: str) -> Calculation:
        return calculate(name, ANN, given, records=chart.engine.records, lexicon=chart.engine.lexicon, as_of=as_of)

    return make


def one(found: Calculation, name: str) -> CalculationInput:
    return next(each for each in found.inputs if each.name == name)


def test_inputs_come_from_the_chart_with_their_day_age_and_source(made: Callable[..., Calculation]) -> None:
    found = made("cockcroft-gault")
    assert (found.kind, found.result) == ("calculated", "45.2 mL/min")
    creatinine, weight = one(found, "creatinine"), one(found, "weight")
    assert (creatinine.value, creatinine.day, creatinine.days_old, creatinine.stale) == ("124 umol/L", "2025-11-01", 61, False)
    assert (weight.days_old, weight.stale) == (579, True)
    assert {each.origin for each in found.inputs} == {"chart"}
    assert all(each.citations for each in found.inputs)
    assert "579 days old: stale" in found.text


def test_what_the_chart_held_then_counts(made: Callable[..., Calculation]) -> None:
    found = made("ckd-epi-2021", as_of=date(2023, 6, 1))
    assert (one(found, "creatinine").value, one(found, "age").value) == ("1.0 mg/dL", "63 years")


def test_what_is_given_goes_first_and_is_marked(made: Callable[..., Calculation]) -> None:
    found = made("cockcroft-gault", weight="60 kg")
    assert (one(found, "weight").origin, one(found, "creatinine").origin) == ("given", "chart")
    assert "body weight 60 kg (given)" in found.text


def test_a_missing_number_is_refused_by_name_with_what_was_searched(made: Callable[..., Calculation]) -> None:
    found = made("corrected-calcium")
    assert (found.kind, found.result, found.value) == ("refused", "", None)
    assert [(gap.what, gap.why) for gap in found.missing] == [("serum albumin", "0 values searched")]
    assert one(found, "albumin").origin == "missing"
    assert made("corrected-calcium", albumin="2.5 g/dL").result == "9.20 mg/dL"


def test_a_score_says_what_was_not_found(made: Callable[..., Calculation]) -> None:
    found = made("cha2ds2-vasc")
    assert (found.result, found.value, found.highest) == ("at least 3", Decimal(3), Decimal(7))
    assert one(found, "hypertension").words == "Essential hypertension"
    assert one(found, "heart_failure").value == "no"  # refuted: the chart says so
    assert {each.name for each in found.inputs if each.origin == "not_found"} == {"diabetes", "stroke", "vascular_disease"}
    assert [each.text for each in found.recorded] == ["CHA2DS2-VASc score was 3 on 2025-05-01."]


def test_a_measurement_decides_a_yes_or_no(made: Callable[..., Calculation]) -> None:
    found = made("has-bled")
    assert one(found, "uncontrolled_hypertension").value == "no"
    assert one(found, "kidney_disease").value == "no"
    assert one(found, "bleeding_drugs").words == "Aspirin 81 mg tablet"


def test_a_finding_of_who_sees_the_patient_is_never_assumed(made: Callable[..., Calculation]) -> None:
    found = made("wells-dvt")
    assert found.kind == "refused"
    assert "entire leg swollen" in {gap.what for gap in found.missing}
    assert "earlier deep vein thrombosis" not in {gap.what for gap in found.missing}


def test_a_chart_outside_the_range_is_refused(made: Callable[..., Calculation]) -> None:
    found = made("schwartz")
    assert found.kind == "refused"
    assert "age: outside 1 to 17 years" in found.text


def test_a_bound_and_a_number_without_a_unit_are_not_used(tmp_path: Path) -> None:
    bound = lab("bili", 0.2, "2025-11-01", unit="mg/dL", name="Total bilirubin")
    bound["valueQuantity"]["comparator"] = "<"
    bare = lab("na", 138, "2025-11-01", unit="", name="Sodium")
    bare["valueQuantity"] = {"value": 138}
    unitless = lab("cr", 1.4, "2025-11-01", name="Creatinine", valueQuantity={"value": 1.4})
    store_chart(tmp_path / "store", person(), bound, bare, unitless)
    engine = open_store(tmp_path / "store")
    found = calculate("meld-na", ANN, {}, records=engine.records, lexicon=engine.lexicon, as_of=TODAY)
    why = {gap.what: gap.why for gap in found.missing}
    assert "only a bound" in why["total bilirubin"]
    assert "its unit is missing" in why["serum creatinine"]
    assert "serum sodium" not in why  # all write it in one unit


def test_errors_name_the_patient_the_calculator_and_the_input(made: Callable[..., Calculation], chart: AskedChart) -> None:
    with pytest.raises(PatientNotFoundError):
        calculate("bmi", PatientId("nobody"), {}, records=chart.engine.records, lexicon=chart.engine.lexicon)
    with pytest.raises(InvalidQuestionError, match="none of that name"):
        made("no such thing")
    with pytest.raises(InvalidQuestionError, match="weight: outside"):
        made("bmi", weight="7000 kg")


def test_without_a_patient_everything_must_be_given() -> None:
    assert calculate_from("fib-4", {"age": "60", "ast": "80", "alt": "64", "platelets": "150 10*9/L"}).result == "4.00"
    refused = calculate_from("fib-4", {"age": "60"})
    assert (refused.kind, [gap.what for gap in refused.missing]) == (
        "refused",
        ["aspartate aminotransferase", "alanine aminotransferase", "platelet count"],
    )


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("what's her CHA2DS2-VASc?", ["CHA2DS2-VASc score was 3", "CHA2DS2-VASc: at least 3"]),
        ("CHADS-VASc?", ["CHA2DS2-VASc score was 3", "CHA2DS2-VASc: at least 3"]),
        ("calculate her creatinine clearance", ["Creatinine clearance by Cockcroft-Gault: 45.2 mL/min"]),
        ("what is her creatinine clearance by Cockcroft-Gault?", ["Creatinine clearance by Cockcroft-Gault: 45.2 mL/min"]),
        ("estimate the eGFR by MDRD", ["eGFR by MDRD (IDMS-traceable, without race): 38"]),
        ("HAS-BLED?", ["HAS-BLED: at least 1"]),
        ("MAP?", ["Mean arterial pressure: 90.7 mmHg"]),
        ("What is her BMI?", ["Body mass index was 30.1"]),
        ("calculate her BMI", ["Body mass index: 28.0", "Body mass index was 30.1"]),
    ],
)
def test_a_question_is_answered_by_the_record_and_by_calculation(chart: AskedChart, question: str, starts: list[str]) -> None:
    said = chart.say(question, as_of=TODAY)
    assert [line[: len(start)] for line, start in zip(said, starts, strict=True)] == starts


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("MELD?", ["total bilirubin", "serum sodium", "serum albumin"]),
        ("corrected calcium?", ["serum albumin"]),
        ("calculate the anion gap", ["serum sodium", "serum chloride", "serum bicarbonate"]),
    ],
)
def test_a_question_without_its_inputs_names_them(chart: AskedChart, question: str, missing: list[str]) -> None:
    answer = chart.ask(question, as_of=TODAY)
    assert answer.kind == "abstained"
    assert [gap.what for gap in answer.missing] == missing
    assert "cannot be calculated. Missing: " in answer.text


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("whats the chads vasc", "cha2ds2-vasc"),
        ("Work out the corrected QT please", "qtc-bazett"),
        ("QTc by Fridericia?", "qtc-fridericia"),
        ("How far along is she by gestational age?", "gestational-age"),
        ("SOFA?", "sofa"),
        ("SOFA score today", "sofa"),
        ("creatinine clearence", "cockcroft-gault"),
        ("corrected QT interval (Fridericia)", "qtc-fridericia"),
        ("wells criteria dvt", "wells-dvt"),
        ("sodium corrected for glucose", "corrected-sodium"),
        ("any news?", None),
        ("is she sleeping on the sofa?", None),
        ("what was the highest BMI", None),
        ("trend of the eGFR", None),
        ("when was the Wells score done", None),
        ("Was a HEART score documented?", None),
        ("What was her serum osmolality when the sodium was 122?", None),
        ("latest LDL", None),
        ("Does she take metformin?", None),
    ],
)
def test_what_is_asked_to_be_calculated(question: str, name: str | None) -> None:
    plans = understand(question, lexicon=bundled_lexicon(), chart=(), today=TODAY)
    found = [request.calculator.name for plan in plans if (request := requested(plan)) is not None]
    assert found == ([name] if name else [])


def test_a_changed_result_or_input_does_not_pass_verification(chart: AskedChart) -> None:
    answer = chart.ask("calculate her creatinine clearance", as_of=TODAY)
    assert answer.kind == "supported"
    [claim] = answer.claims
    assert claim.computation is not None
    assert claim.verdict.outcome is Outcome.SUPPORTED
    evidence = " ".join(
        f"{cited.quote} {' '.join(part.quote for part in cited.elements)} {cited.source.occurred_at}" for cited in claim.citations
    )

    def draft(text: str, computation: Computation) -> DraftClaim:
        return DraftClaim(text=text, kind=claim.kind, citations=claim.citations, route="formula", computation=computation)

    sound = draft(claim.text, claim.computation)
    assert verify(sound, chart.engine.records).outcome is Outcome.SUPPORTED
    assert formula_stands(sound, claim.computation, evidence)
    false_text = draft(claim.text.replace("45.2", "54.5"), claim.computation)
    assert verify(false_text, chart.engine.records).outcome is Outcome.NOT_ENOUGH
    for old, new in (("124", "99"), ("2025-11-01", "2025-11-02"), ("0 a @1960-02-29", "0 a @1970-02-28")):
        inputs = tuple(token.replace(old, new) for token in claim.computation.inputs)
        changed = claim.computation.model_copy(update={"inputs": inputs})
        assert not formula_stands(draft(claim.text, changed), changed, evidence)
    unknown = claim.computation.model_copy(update={"formula": "no-such-formula"})
    assert not formula_stands(sound, unknown, evidence)


def test_bundled_charts_give_the_results_that_were_done_by_hand(tmp_path: Path) -> None:
    store_files(tmp_path / "store", [CORPORA / "patients" / f"{name}.json" for name in ("george-papadakis", "james-carter")])
    chart = AskedChart(open_store(tmp_path / "store"))
    # 0.957 ln 1.2 + 0.378 ln 1.8 + 1.120 ln 1.4 + 0.643 = 1.42 -> 14; 14 + 1.32 * 2 - 0.033 * 14 * 2 = 15.7 -> 16
    assert chart.say("MELD-Na?", patient="george-papadakis", as_of=date(2026, 11, 21))[1].startswith(
        "MELD-Na (allocation policy of 2016): at least 16"
    )
    # no hypertension: the chart says "elevated blood pressure without diagnosis of hypertension"
    assert chart.say("CHA2DS2-VASc?", patient="james-carter", as_of=date(2026, 11, 21))[0].startswith("CHA2DS2-VASc: at least 0.")


def last_period(day: str) -> dict[str, object]:
    code = {"coding": [{"system": LOINC, "code": "8665-2", "display": "Last menstrual period start date"}]}
    return of("ann", "Observation", "lmp", status="final", code=code, effectiveDateTime="2025-10-10", valueDateTime=day)


@pytest.mark.parametrize(
    ("question", "starts"),
    [
        ("How far along is she?", "Gestational age by the last menstrual period: 14 weeks 5 days."),
        ("calculate the due date", "Due date by the last menstrual period: 2026-06-27."),
    ],
)
def test_a_pregnancy_is_dated_by_the_last_period(tmp_path: Path, question: str, starts: str) -> None:
    store_chart(tmp_path / "store", person(birthDate="1995-01-01"), last_period("2025-09-20"))
    [said] = AskedChart(open_store(tmp_path / "store")).say(question, as_of=TODAY)
    assert said.startswith(starts)


def test_an_old_last_period_dates_no_pregnancy(tmp_path: Path) -> None:
    store_chart(tmp_path / "store", person(birthDate="1995-01-01"), last_period("2023-09-20"))
    engine = open_store(tmp_path / "store")
    found = calculate("gestational-age", ANN, {}, records=engine.records, lexicon=engine.lexicon, as_of=TODAY)
    assert [gap.why for gap in found.missing] == ["the newest is more than 44 weeks old; 1 entry searched, newest 2025-10-10"]
    with pytest.raises(InvalidQuestionError, match="together have no result"):
        evaluate(calculator("gestational-age"), {"last_period": "2023-01-01", "on": "2025-01-01"})
