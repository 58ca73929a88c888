"""Conditions against small charts: met, not met, unknown, and what a recommendation then means."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from chartcite.engine.care_gaps import care_gaps
from chartcite.engine.domain.answers import Outcome
from chartcite.engine.domain.care import Gap, Gaps
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import PatientNotFoundError
from chartcite.engine.findings.findings import Findings
from chartcite.engine.guidelines.applicability import Applicability, applicability, compared, mark_of
from chartcite.engine.guidelines.guideline_claims import fact_claim
from chartcite.engine.guidelines.guideline_rules import parse_predicate, parse_rule
from chartcite.engine.review.chart_review import Review
from chartcite.engine.testing import HashingEmbedder
from chartcite.engine.verification import verify
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest

from tests.charts import CORPORA, AskedChart, bundle, bundled_lexicon, open_store, scope
from tests.evals.small_patients import TODAY, patient_of

Look = Callable[[str], Findings]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Return what reads the findings of a patient written in one line."""

    def findings(line: str) -> Findings:
        store = tmp_path / str(len(list(tmp_path.iterdir())))
        store.mkdir()
        (store / "p.json").write_text(bundle(*patient_of(line, "p")), encoding="utf-8")
        with SqliteWriter(store) as writer:
            ingest([store / "p.json"], writer, HashingEmbedder(), lexicon=bundled_lexicon())
        engine = open_store(store)
        return Findings(Review(engine.records, bundled_lexicon(), scope("p", TODAY), today=TODAY))

    return findings


def judged(rule: str, findings: Findings) -> Applicability:
    return applicability(parse_rule(rule), findings)


@pytest.mark.parametrize(
    ("line", "said", "mark"),
    [
        ("f 50", "age 50..80", "met"),
        ("f 49", "age 50..80", "not met"),
        ("f 14mo", "age 6..23mo", "met"),
        ("f 14mo", "age 0..11mo", "not met"),
        ("m 50", "sex female", "not met"),
        ("f 30; pregnant 26", "gestation 24..28", "met"),
        ("f 30; pregnant 20", "gestation 24..28", "not met"),
        ("f 30", "gestation 24..28", "unknown"),
        ("m 30", "gestation 24..28", "not met"),
        ("f 30", "pregnant", "unknown"),
        ("m 30", "not-pregnant", "met"),
        ("m 60; cond Type 2 diabetes mellitus", "condition type-2-diabetes", "met"),
        ("m 60; no Type 2 diabetes mellitus", "condition type-2-diabetes", "not met"),
        ("m 60", "condition type-2-diabetes", "unknown"),
        ("m 60; cond Prediabetes", "condition =diabetes-mellitus", "unknown"),
        ("m 60; med Simvastatin 20 MG Oral Tablet", "medication statin", "met"),
        ("m 60; med Simvastatin 20 MG Oral Tablet stopped", "medication statin", "not met"),
        ("m 60; lab eGFR 29 mL/min/{1.73_m2}", "measurement egfr < 30 mL/min/{1.73_m2}", "met"),
        ("m 60; lab eGFR 30 mL/min/{1.73_m2}", "measurement egfr < 30 mL/min/{1.73_m2}", "not met"),
        ("m 60", "measurement egfr < 30 mL/min/{1.73_m2}", "unknown"),
        ("m 60; bp 150/80", "measurement systolic-blood-pressure >= 140 mm[Hg]", "met"),
        ("m 60; proc Colonoscopy 2020-01-01", "procedure colonoscopy within 10y", "met"),
        ("m 60; proc Colonoscopy 2010-01-01", "procedure colonoscopy within 10y", "not met"),
        ("m 60; smoke Former smoker quit 2015", "smoking current-or-quit-within 15y", "met"),
        ("m 60; smoke Former smoker quit 2005", "smoking current-or-quit-within 15y", "not met"),
        ("m 60; smoke Former smoker", "smoking current-or-quit-within 15y", "unknown"),
        ("m 60; smoke Never smoker", "pack-years >= 20", "not met"),
        ("m 60; fam Mother Breast cancer", "family breast-cancer-group", "met"),
        ("m 60; allergy Amoxicillin", "allergy penicillins", "met"),
        ("m 60; no Chronic kidney disease", "condition chronic-kidney-disease-group", "not met"),
    ],
)
def test_a_predicate_is_met_or_not_or_unknown(look: Look, line: str, said: str, mark: str) -> None:
    found, finding = mark_of(parse_predicate(said), look(line))
    assert found == mark
    assert mark == "unknown" or finding.facts  # what decides is cited


@pytest.mark.parametrize(
    ("line", "said", "mark"),
    [
        ("f 78; cond Atrial fibrillation; cond Hypertension", "measurement cha2ds2-vasc >= 3 {score}", "met"),
        ("f 78; cond Atrial fibrillation; cond Hypertension", "measurement cha2ds2-vasc <= 2 {score}", "not met"),
        ("m 50; cond Atrial fibrillation", "measurement cha2ds2-vasc >= 2 {score}", "unknown"),  # silence may hide points
        ("m 78; cond Hypertension; lab CHA2DS2-VASc score 1 {score}", "measurement cha2ds2-vasc >= 3 {score}", "not met"),
        ("m 60; lab Creatinine 3.0 mg/dL", "measurement egfr < 30 mL/min/{1.73_m2} within 1y", "met"),
        ("m 60; lab Creatinine 1.0 mg/dL", "measurement egfr < 30 mL/min/{1.73_m2} within 1y", "not met"),
        ("m 60; lab Creatinine 1.0 mg/dL", "measurement ldl-cholesterol >= 190 mg/dL", "unknown"),
    ],
)
def test_a_score_that_the_chart_lacks_is_calculated(look: Look, line: str, said: str, mark: str) -> None:
    found, finding = mark_of(parse_predicate(said), look(line))
    assert found == mark
    assert mark == "unknown" or finding.facts


@pytest.mark.parametrize(
    ("bound", "comparison", "held"),
    [
        (">", ">=", True),
        (">", "<=", False),
        (">=", ">=", True),
        (">=", ">", None),
        (">=", "<", False),
        (">=", "<=", None),
        ("<", "<=", True),
        ("<=", "<=", True),
        ("<=", "<", None),
        ("<", ">=", False),
        (">=", "=", None),
        (">", "=", False),
        ("", "=", True),
    ],
)
def test_a_bound_at_the_limit_decides_only_what_is_sure(bound: str, comparison: str, *, held: bool | None) -> None:
    assert compared(Decimal(60), bound, comparison, Decimal(60)) is held


def test_a_calculated_score_is_told_with_its_inputs(care: Callable[[str], AskedChart]) -> None:
    chart = care(
        "m 62; smoke Current every day smoker; cond Hypertension; cond Atrial fibrillation; cond Type 2 diabetes mellitus"
    )
    findings = Findings(Review(chart.engine.records, bundled_lexicon(), scope("p", TODAY), today=TODAY))
    claim = fact_claim(findings.calculated("cha2ds2-vasc", unit="{score}"), findings)
    assert claim is not None
    assert claim.text.startswith("CHA2DS2-VASc: at least 2")
    assert len(claim.citations) >= 2
    assert verify(claim, chart.engine.records).outcome is Outcome.SUPPORTED


@pytest.mark.parametrize(("race", "known"), [("White", True), ("Black or African American", True), ("Other", False)])
def test_a_risk_that_needs_the_race_takes_only_a_recorded_one(tmp_path: Path, race: str, *, known: bool) -> None:
    line = "m 60; bp 150/80; lab Total cholesterol 230 mg/dL; lab HDL cholesterol 40 mg/dL; smoke Current every day smoker"
    person, *others = patient_of(line, "p")
    told = {
        "url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race",
        "extension": [{"url": "text", "valueString": race}],
    }
    (tmp_path / "p.json").write_text(bundle({**person, "extension": [told]}, *others), encoding="utf-8")
    with SqliteWriter(tmp_path) as writer:
        ingest([tmp_path / "p.json"], writer, HashingEmbedder(), lexicon=bundled_lexicon())
    records = open_store(tmp_path).records
    findings = Findings(Review(records, bundled_lexicon(), scope("p", TODAY), today=TODAY))
    found, finding = mark_of(parse_predicate("measurement ascvd-10-year-risk >= 10 %"), findings)
    assert found == ("met" if known else "unknown")
    claim = fact_claim(finding, findings) if known else None
    assert not known or (claim is not None and verify(claim, records).outcome is Outcome.SUPPORTED)


def test_an_old_input_makes_no_score(look: Look) -> None:
    findings = look("m 60; lab Creatinine 3.0 mg/dL")
    assert findings.calculated("egfr", unit="mL/min/{1.73_m2}", within_days=1).state == "unknown"
    assert findings.calculated("egfr", unit="mL/min/{1.73_m2}", within_days=30).value is not None


def test_a_recommendation_applies_with_what_is_left_open(look: Look) -> None:
    found = judged(
        "needs: age 40..74\nneeds: sex female\nunless: condition breast-cancer-group ever\njudge: no symptoms", look("f 50")
    )
    assert found.state == "applies"
    assert [one.condition.role for one in found.left_open] == ["unless", "judge"]
    assert found.missing == ()


def test_an_exclusion_that_is_met_ends_it(look: Look) -> None:
    found = judged("needs: age 40..74\nunless: condition breast-cancer-group ever", look("f 50; cond Breast cancer"))
    assert found.state == "does not apply"


def test_what_is_missing_is_named(look: Look) -> None:
    found = judged("needs: age 50..80\nneeds: pack-years >= 20\nneeds: smoking ever", look("f 60"))
    assert found.state == "unknown"
    assert {one.missing for one in found.missing} == {"no pack-years documented", "no smoking history documented"}


def test_without_anything_to_compute_the_reader_judges(look: Look) -> None:
    assert judged("judge: about screening", look("f 60")).state == "to be judged"
    assert applicability(None, look("f 60")).state == "to be judged"


def test_a_measured_value_goes_before_the_name_of_a_disease(look: Look) -> None:
    rule = "needs: measurement left-ventricular-ejection-fraction <= 40 % else condition hfref"
    assert judged(rule, look("m 60; lab LVEF 60 %")).state == "does not apply"
    assert judged(rule, look("m 60; cond Heart failure with reduced ejection fraction")).state == "applies"
    assert judged(rule, look("m 60")).state == "unknown"


def test_what_is_already_so_is_told(look: Look) -> None:
    rule = "needs: age 40..75\ndone: medication statin"
    assert judged(rule, look("m 60; med Atorvastatin 40 MG Oral Tablet")).in_place
    assert not judged(rule, look("m 60")).in_place


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("f 60", "due"),
        ("f 60; proc Mammography 2025-09-01", "up to date"),
        ("f 60; proc Mammography 2022-09-01", "overdue"),
        ("f 60; proc Mammography 2024-06-10", "due"),
    ],
)
def test_an_interval_is_counted_from_the_last_time(look: Look, line: str, status: str) -> None:
    found = judged("needs: sex female\nscreen: every 2y by procedure mammography", look(line))
    assert found.status == status


def test_of_alternatives_the_best_counts(look: Look) -> None:
    rule = (
        "needs: age 45..\nscreen: every 10y by procedure colonoscopy\nscreen: every 1y by measurement fecal-immunochemical-test"
    )
    assert judged(rule, look("m 60; proc Colonoscopy 2020-01-01")).status == "up to date"
    assert judged(rule, look("m 60; proc Colonoscopy 2010-01-01")).status == "overdue"


def test_a_missing_dose_is_due(look: Look) -> None:
    rule = "needs: age 50..\nimmunise: doses 2 by immunization zoster-vaccine-recombinant"
    one = "m 60; imm Zoster vaccine, recombinant 2024-01-01"
    assert judged(rule, look(one)).status == "due"
    assert judged(rule, look(f"{one}; imm Zoster vaccine, recombinant 2024-04-01")).status == "up to date"


# --- gaps and questions over the bundled corpus ------------------------------------------------------------------------


@pytest.fixture
def care(tmp_path: Path) -> Callable[[str], AskedChart]:
    """Return what stores a patient written in one line beside the bundled guidelines."""

    def stored(line: str) -> AskedChart:
        (tmp_path / "p.json").write_text(bundle(*patient_of(line, "p")), encoding="utf-8")
        with SqliteWriter(tmp_path) as writer:
            files = [tmp_path / "p.json", *sorted((CORPORA / "guidelines").glob("*.md"))]
            ingest(files, writer, HashingEmbedder(), lexicon=bundled_lexicon())
        return AskedChart(open_store(tmp_path))

    return stored


def gaps_of(chart: AskedChart) -> Gaps:
    return care_gaps(PatientId("p"), records=chart.engine.records, lexicon=chart.engine.lexicon, as_of=TODAY)


def gap(found: Gaps, recommendation: str) -> Gap | None:
    return next((one for one in found.gaps if one.recommendation == recommendation), None)


def test_gaps_are_cited_and_sorted(care: Callable[[str], AskedChart]) -> None:
    found = gaps_of(care("f 60; proc Mammography 2022-09-01; imm Influenza vaccine 2025-10-01; smoke Current every day smoker"))
    breast = gap(found, "uspstf-breast-cancer-2024#R1")
    assert breast is not None
    assert (breast.status, breast.kind) == ("overdue", "screening")
    assert breast.last is not None
    assert "2022-09-01" in breast.last.text
    assert breast.last.citations
    flu = gap(found, "acip-influenza-2025#R1")
    assert flu is not None
    assert flu.status == "up to date"
    lung = gap(found, "uspstf-lung-cancer-2021#R1")
    assert lung is not None
    assert lung.status == "unknown"
    assert "no pack-years documented" in [one.why for one in lung.missing]
    assert gap(found, "uspstf-breast-cancer-2016#R1") is None  # superseded
    assert gap(found, "kdigo-ckd-2024#R10") is None  # nothing in the chart tells of kidney disease
    order = [one.status for one in found.gaps]
    assert order == sorted(order, key=["overdue", "due", "unknown", "up to date"].index)
    assert found.dropped_claims == 0


def test_gaps_of_nobody_are_an_error(care: Callable[[str], AskedChart]) -> None:
    chart = care("f 60")
    with pytest.raises(PatientNotFoundError):
        care_gaps(PatientId("q"), records=chart.engine.records, lexicon=chart.engine.lexicon)


def test_a_guideline_question_quotes_marks_and_names_what_is_missing(care: Callable[[str], AskedChart]) -> None:
    chart = care("m 62; smoke Current every day smoker; py 30")
    answer = chart.ask("Is he due for lung cancer screening?", patient="p", as_of=TODAY)
    assert answer.kind == "supported"
    texts = [claim.text for claim in answer.claims]
    assert "low-dose computed tomography" in texts[0]
    assert "strength B" in texts[0]
    assert "conditions met" in texts[0]
    assert any(text.startswith("Condition met (at least 20 pack-years): ") for text in texts)
    assert any(one.what.startswith("exclusion: lung cancer") for one in answer.missing)
    assert all(claim.citations for claim in answer.claims)


def test_an_unmet_condition_is_told_with_its_fact(care: Callable[[str], AskedChart]) -> None:
    answer = care("m 45; smoke Never smoker").ask(
        "Does the guideline recommend lung cancer screening for him?", patient="p", as_of=TODAY
    )
    assert answer.kind == "supported"
    assert "conditions unmet" in answer.claims[0].text
    assert any("Condition unmet (age 50 to 80 years)" in claim.text for claim in answer.claims)


def test_the_change_of_a_guideline_shows_both_versions(care: Callable[[str], AskedChart]) -> None:
    answer = care("m 62").ask("How did the guideline on lung cancer screening change?", patient="p", as_of=TODAY)
    assert answer.kind == "supported"
    older = [claim.text for claim in answer.claims if claim.text.startswith("Superseded: ")]
    assert len(older) == 1
    assert "30 pack-years" in older[0]
    assert not answer.claims[0].text.startswith("Superseded")


def test_a_chart_question_stays_one(care: Callable[[str], AskedChart]) -> None:
    answer = care("m 62; lab Potassium 4.1 mmol/L").ask("What was his last potassium?", patient="p", as_of=TODAY)
    assert answer.kind == "supported"
    assert [claim.text[:13] for claim in answer.claims] == ["Potassium was"]
