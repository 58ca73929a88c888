"""Rules of medication safety: each kind is met by one chart and not by another like it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from chartcite.engine.domain.medication_alerts import SafetyReport
from chartcite.engine.domain.medication_rules import RuleBook, RuleKind, RuleSeverity
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import CitationNotFoundError, InvalidQuestionError
from chartcite.engine.findings.findings import Findings
from chartcite.engine.medication_safety import medication_safety
from chartcite.engine.medicines.medication_checks import check
from chartcite.engine.medicines.taken_medicines import TakenMedicines, proposed_medicine
from chartcite.engine.review.chart_review import Review
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.sqlite_records import SqliteRecords
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest
from chartcite.ingestion.sources.medication_rules import load_rule_set
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.charts import (
    CORPORA,
    Resource,
    allergy,
    bundled_lexicon,
    condition,
    lab,
    medication,
    note,
    person,
    scope,
    store_chart,
    write_bundle,
)

TODAY = date(2026, 1, 1)
Reporter = Callable[..., SafetyReport]


@cache
def book() -> RuleBook:
    return RuleBook([load_rule_set(CORPORA / "safety")])


def taken(*names: str) -> list[Resource]:
    return [medication(f"m{number}", name, "2025-06-01") for number, name in enumerate(names)]


def born(day: str, gender: str = "female") -> Resource:
    return person(birthDate=day, gender=gender)


@pytest.fixture
def report(tmp_path: Path) -> Reporter:
    """Store a chart and report on it."""

    def made(*resources: Resource, add: str = "", as_of: date = TODAY, patient: str = "ann") -> SafetyReport:
        people = [one for one in resources if one["resourceType"] == "Patient"] or [person()]
        store = tmp_path / f"store{len(list(tmp_path.iterdir()))}"
        store.mkdir()
        path = write_bundle(store, "chart", *people, *(one for one in resources if one["resourceType"] != "Patient"))
        with SqliteWriter(store) as writer:
            ingest([path], writer, HashingEmbedder(), lexicon=bundled_lexicon())
        records = SqliteRecords(store, rules=book)
        return medication_safety(PatientId(patient), records=records, lexicon=bundled_lexicon(), add=add, as_of=as_of)

    return made


def met(report: SafetyReport) -> list[str]:
    return [alert.rule for alert in report.alerts]


MALE = born("1960-01-01", "male")
WEIGHT = lab("w", 60, "2025-11-01", unit="kg", name="Body weight")
CREATININE = lab("l", 1.7, "2025-12-01", unit="mg/dL", name="Creatinine")
PREGNANT = condition("c", "Pregnancy", "2025-10-01")
YOUNG = born("1995-01-01")

KINDS: list[tuple[str, list[Resource], list[Resource]]] = [
    ("vka-nsaid", taken("Warfarin 5 mg", "Ibuprofen 400 mg"), taken("Warfarin 5 mg", "Acetaminophen 500 mg")),
    ("nitrate-pde5-inhibitor", taken("Nitroglycerin 0.4 mg", "Viagra 50 mg"), taken("Nitroglycerin 0.4 mg", "Finasteride 5 mg")),
    ("ras-diuretic-nsaid", taken("Lisinopril", "Furosemide", "Naproxen"), taken("Lisinopril", "Furosemide")),
    (
        "nsaid-heart-failure",
        [*taken("Naproxen 500 mg"), condition("c", "Heart failure", "2020-01-01")],
        [*taken("Naproxen 500 mg"), condition("c", "Heart failure", "2020-01-01", verified="refuted")],
    ),
    (
        "nonselective-beta-blocker-asthma",
        [*taken("Timolol 0.5 % ophthalmic solution"), condition("c", "Asthma", "2010-01-01")],
        [*taken("Dorzolamide ophthalmic solution"), condition("c", "Asthma", "2010-01-01")],
    ),
    (
        "nonselective-beta-blocker-copd",
        [*taken("Nadolol 40 mg"), condition("c", "Emphysema", "2010-01-01")],
        [*taken("Atenolol 25 mg"), condition("c", "Emphysema", "2010-01-01")],
    ),
    (
        "nonselective-beta-blocker-beta2-agonist",
        taken("Propranolol 40 mg", "Salbutamol 100 micrograms inhaler"),
        taken("Propranolol 40 mg", "Tiotropium 18 mcg inhalation capsule"),
    ),
    (
        "chc-migraine-aura",
        [*taken("Ethinyl estradiol / levonorgestrel"), condition("c", "Migraine with aura", "2015-01-01")],
        [*taken("Ethinyl estradiol / levonorgestrel"), condition("c", "Migraine", "2015-01-01")],
    ),
    (
        "nsaid-cirrhosis",
        [*taken("Naproxen 500 mg"), condition("c", "Alcohol-related cirrhosis of liver", "2021-01-01")],
        [*taken("Naproxen 500 mg"), condition("c", "Hepatic cyst", "2021-01-01")],
    ),
    (
        "thiazide-hyponatremia",
        [*taken("Hydrochlorothiazide 25 mg"), condition("c", "Hyponatremia", "2021-01-01", clinical="resolved")],
        [*taken("Furosemide 40 mg"), condition("c", "Hyponatremia", "2021-01-01", clinical="resolved")],
    ),
    (
        "rate-lowering-conduction",
        [*taken("Metoprolol"), condition("c", "Sick sinus syndrome", "2020-01-01")],
        [
            *taken("Metoprolol"), condition("c", "Sick sinus syndrome", "2020-01-01"),
            condition("d", "Cardiac pacemaker in situ", "2021-01-01"),
        ],
    ),
    (
        "ras-mra-potassium",
        [*taken("Ramipril", "Spironolactone"), lab("l", 5.3, "2025-12-01", unit="mmol/L", name="Potassium")],
        [*taken("Ramipril", "Spironolactone"), lab("l", 4.4, "2025-12-01", unit="mmol/L", name="Potassium")],
    ),
    (
        "qt-magnesium-low",
        [
            *taken("Sotalol"),
            lab("l", 1.4, "2025-12-20", unit="mg/dL", name="Magnesium", referenceRange=[{"low": {"value": 1.7}}]),
        ],
        [
            *taken("Sotalol"),
            lab("l", 2.0, "2025-12-20", unit="mg/dL", name="Magnesium", referenceRange=[{"low": {"value": 1.7}}]),
        ],
    ),
    (
        "metformin-egfr-30",
        [*taken("Metformin 500 mg"), lab("l", 24, "2025-12-01", unit="mL/min/{1.73_m2}", name="eGFR")],
        [*taken("Metformin 500 mg"), lab("l", 70, "2025-12-01", unit="mL/min/{1.73_m2}", name="eGFR")],
    ),
    (
        "gabapentin-crcl-60",
        [MALE, WEIGHT, *taken("Gabapentin"), lab("l", 2.0, "2025-12-01", unit="mg/dL", name="Creatinine")],
        [MALE, WEIGHT, *taken("Gabapentin"), lab("l", 0.8, "2025-12-01", unit="mg/dL", name="Creatinine")],
    ),
    ("pregnancy-ras-inhibitor", [YOUNG, PREGNANT, *taken("Losartan")], [YOUNG, PREGNANT, *taken("Labetalol")]),
    (
        "allergy-penicillins",
        [*taken("Amoxicillin"), allergy("a", "Penicillin")],
        [*taken("Azithromycin"), allergy("a", "Penicillin")],
    ),
    (
        "allergy-aminopenicillin-cephalosporin",
        [*taken("Cephalexin"), allergy("a", "Amoxicillin")],
        [*taken("Cefazolin"), allergy("a", "Amoxicillin")],
    ),
    ("allergy-same-substance", [*taken("Lamictal"), allergy("a", "Lamotrigine")], [*taken("Lamictal"), allergy("a", "Peanut")]),
    (
        "allergy-sulfonamide-antibiotics",
        [*taken("Bactrim DS"), allergy("a", "Sulfa")],
        [*taken("Trimethoprim 100 mg"), allergy("a", "Sulfa")],
    ),
    ("allergy-nsaids", [*taken("Naproxen"), allergy("a", "Aspirin")], [*taken("Tylenol"), allergy("a", "Aspirin")]),
    ("duplicate-nsaid", taken("Ibuprofen", "Aleve"), taken("Advil 200 mg", "Ibuprofen 400 mg")),
    ("duplicate-acetaminophen", taken("Tylenol", "Norco 5-325"), taken("Tylenol", "Paracetamol 500 mg")),
    ("age-12-codeine-tramadol", [born("2018-01-01"), *taken("Codeine")], [born("2000-01-01"), *taken("Codeine")]),
    (
        "apixaban-creatinine-age",
        [born("1940-01-01"), *taken("Eliquis"), CREATININE],
        [born("1950-01-01"), *taken("Eliquis"), CREATININE],
    ),
    ("burden-anticholinergic", taken("Oxybutynin", "Amitriptyline"), taken("Mirabegron", "Sertraline")),
    ("burden-qt", taken("Methadone", "Citalopram"), taken("Methadone", "Sertraline")),
    ("burden-bleeding", taken("Eliquis", "Aspirin 81 mg", "Zoloft"), taken("Eliquis", "Aspirin 81 mg")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "yes", "no"), KINDS, ids=[rule for rule, _, _ in KINDS])
def test_a_rule_is_met_by_one_chart_and_not_by_another(
    report: Reporter, rule: str, yes: list[Resource], no: list[Resource]
) -> None:
    told = report(*yes)
    [alert] = [one for one in told.alerts if one.rule == rule]
    assert rule not in met(report(*no))
    assert told.dropped_claims == 0
    assert alert.line.claim.verdict.outcome == "supported"
    assert alert.line.claim.citations[-1] == alert.citation
    assert len(alert.line.claim.citations) >= 2
    assert alert.sources
    assert alert.review_state == "not yet reviewed by a clinician"


def test_every_kind_has_a_chart_that_meets_it() -> None:
    kinds = {rule.id: rule.kind for rule in book().rules}
    assert {kinds[rule] for rule, _, _ in KINDS} == set(RuleKind)


def test_one_medicine_meets_several_rules_gravest_first(report: Reporter) -> None:
    told = report(*taken("Coumadin 5 MG Oral Tablet", "Bactrim", "Ibuprofen"))
    assert {"vka-nsaid", "vka-trimethoprim-sulfamethoxazole"} <= set(met(told))
    order = [list(RuleSeverity).index(one.severity) for one in told.alerts]
    assert order == sorted(order)


@pytest.mark.parametrize(
    "resources",
    [
        pytest.param([medication("m0", "Ibuprofen", "2025-01-01", status="stopped")], id="stopped"),
        pytest.param([medication("m0", "Ibuprofen", "2025-01-01", status="cancelled")], id="never begun"),
        pytest.param([medication("m0", "Ibuprofen", "2025-01-01", status="entered-in-error")], id="entered in error"),
        pytest.param([medication("m0", "Ibuprofen", "2026-06-01")], id="not yet"),
        pytest.param(
            [medication("m0", "Ibuprofen", "2025-01-01", owner="bob"), person("bob", "Bob", "Ray")], id="somebody else's"
        ),
        pytest.param([medication("m0", "Diclofenac 1 % topical gel", "2025-01-01")], id="on the skin"),
        pytest.param([note("n", "She was never given ibuprofen. No ibuprofen.", "2025-12-01T10:00:00Z")], id="denied in a note"),
    ],
)
def test_what_is_not_taken_meets_nothing(report: Reporter, resources: list[Resource]) -> None:
    people = [one for one in resources if one["resourceType"] == "Patient"]
    told = report(person(), *people, medication("w", "Warfarin", "2025-01-01"), *(one for one in resources if one not in people))
    assert met(told) == []
    assert told.summary.startswith(f"None met among the {len(book().rules)} rules loaded (version chartcite ")
    assert " safe" in told.summary
    assert "is safe." not in told.summary.replace("say that a combination is safe.", "")


def test_what_a_note_says_is_taken_counts_until_a_table_says_otherwise(report: Reporter) -> None:
    says = note("n", "Medications: warfarin 5 mg daily, ibuprofen 400 mg as needed.", "2025-11-01T10:00:00Z")
    assert "vka-nsaid" in met(report(says))
    later = medication(
        "m", "Ibuprofen 400 mg", "2025-10-01", status="stopped", dispenseRequest={"validityPeriod": {"end": "2025-12-01"}}
    )
    newer = {**later, "authoredOn": "2025-12-01"}
    assert "vka-nsaid" not in met(report(says, newer))


def test_a_condition_that_is_over_counts_only_where_the_past_does(report: Reporter) -> None:
    over = condition("c", "Deep vein thrombosis", "2015-01-01", clinical="resolved", abatementDateTime="2015-06-01")
    assert "raloxifene-thrombosis" in met(report(*taken("Raloxifene"), over))
    healed = condition("c", "Bowel obstruction", "2015-01-01", clinical="resolved", abatementDateTime="2015-02-01")
    assert "opioid-obstruction" not in met(report(*taken("Morphine"), healed))


def test_what_is_missing_is_told(report: Reporter) -> None:
    told = report(YOUNG, *taken("Lisinopril", "Spironolactone"), allergy("a", "Penicillin", verified="unconfirmed"))
    wanted = {one.what: one for one in told.not_known}
    assert "Lisinopril" in wanted["potassium of the last 90 days"].medicines
    assert wanted["whether she is pregnant"].rules
    old = lab("l", 6.1, "2025-01-01", unit="mmol/L", name="Potassium")
    stale = report(*taken("Lisinopril", "Spironolactone"), old)
    assert "ras-mra-potassium" not in met(stale)
    assert any("0 of the last 90 days" in one.why for one in stale.not_known)


def test_an_allergy_that_is_not_confirmed_is_left_open(report: Reporter) -> None:
    told = report(*taken("Amoxicillin"), allergy("a", "Penicillin", verified="unconfirmed"))
    assert "allergy-penicillins" not in met(told)
    [unsure] = [one for one in told.not_known if one.what == "an allergy"]
    assert unsure.facts
    assert unsure.facts[0].claim.citations


def test_a_medicine_that_nobody_knows_is_named(report: Reporter) -> None:
    assert report(*taken("Zyxoquilin 5 mg")).not_recognised == ("Zyxoquilin 5 mg",)


@pytest.mark.parametrize("add", ["ibuprofen", "Advil", "ibuprofin", "NSAIDs", "Motrin 200 mg"])
def test_a_proposed_medicine_is_checked_beside_the_chart(report: Reporter, add: str) -> None:
    told = report(*taken("Warfarin", "Lisinopril", "Furosemide"), add=add)
    assert {"vka-nsaid", "ras-nsaid", "ras-diuretic-nsaid"} <= set(met(told))
    assert all(alert.proposed for alert in told.alerts)
    assert told.asked
    assert "lithium" not in " ".join(met(told))


def test_a_class_that_is_proposed_is_judged_by_each_member_alone(report: Reporter) -> None:
    found = report(*taken("Salbutamol inhaler"), condition("c", "COPD", "2015-01-01"), add="beta blocker")
    named = {alert.rule: " ".join(alert.medicines) for alert in found.alerts}
    assert "propranolol" in named["nonselective-beta-blocker-copd"]
    assert "metoprolol" not in named["nonselective-beta-blocker-copd"]
    assert "metoprolol" in named["selective-beta-blocker-copd"]
    assert "duplicate-beta-blocker" not in named
    assert len(found.alerts) == len({(alert.rule, alert.medicines) for alert in found.alerts})


def test_only_what_concerns_the_proposed_medicine_is_told(report: Reporter) -> None:
    told = report(*taken("Warfarin", "Ibuprofen"), add="amoxicillin")
    assert met(told) == []
    assert "that concern amoxicillin" in told.summary


def test_a_proposed_medicine_that_nobody_knows_is_refused(report: Reporter) -> None:
    with pytest.raises(InvalidQuestionError, match="ingredient"):
        report(*taken("Warfarin"), add="zyxoquilin")


def test_the_chart_is_read_as_it_stood(report: Reporter) -> None:
    both = [medication("m1", "Warfarin", "2024-01-01"), medication("m2", "Ibuprofen", "2025-06-01")]
    assert "vka-nsaid" not in met(report(*both, as_of=date(2025, 1, 1)))
    assert "vka-nsaid" in met(report(*both))


def test_of_rules_about_one_allergy_the_gravest_is_told(report: Reporter) -> None:
    told = report(*taken("Amoxicillin"), allergy("a", "Amoxicillin", "hives"))
    assert [rule for rule in met(told) if rule.startswith("allergy")] == ["allergy-penicillins"]


def test_a_calculated_clearance_cites_what_it_rests_on(report: Reporter) -> None:
    creatinine = lab("l", 2.0, "2025-12-01", unit="mg/dL", name="Creatinine")
    told = report(MALE, WEIGHT, *taken("Gabapentin"), creatinine)
    [alert] = [one for one in told.alerts if one.rule == "gabapentin-crcl-60"]
    cited = {one.source.resource for one in alert.line.claim.citations}
    assert {"Observation/l", "Observation/w", "Patient/ann"} <= cited
    assert alert.value.startswith("30.8 mL/min")  # (140 - 66) * 60 / (72 * 2.0)


def test_the_text_of_a_rule_opens_and_a_changed_rule_does_not() -> None:
    rule = next(one for one in book().rules if one.id == "vka-nsaid")
    citation = book().cite(rule)
    opened = book().open(citation.id)
    assert opened.text[citation.start : citation.end] == citation.quote
    assert "not yet reviewed by a clinician" in citation.quote
    assert opened.patient_id is None
    with pytest.raises(CitationNotFoundError, match="changed or taken out"):
        book().open(citation.id[:-1] + "x")


DRUGS = st.lists(
    st.sampled_from(
        """warfarin ibuprofen naproxen lisinopril spironolactone furosemide metformin simvastatin clarithromycin sertraline
        tramadol citalopram methadone diazepam omeprazole clopidogrel lithium digoxin amiodarone azathioprine allopurinol
        methotrexate sulfamethoxazole-trimethoprim sildenafil nitroglycerin prednisone amitriptyline
        oxybutynin quetiapine""".split()
    ),
    min_size=1,
    max_size=8,
    unique=True,
)


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    store = tmp_path_factory.mktemp("safety") / "store"
    held = [
        condition("c", "Heart failure", "2020-01-01"),
        condition("g", "GI bleed", "2024-01-01"),
        allergy("a", "Aspirin"),
        lab("l", 5.8, "2025-12-20", unit="mmol/L", name="Potassium"),
    ]
    store_chart(store, person(birthDate="1940-01-01"), *held)
    return Findings(Review(SqliteRecords(store, rules=book), bundled_lexicon(), scope(as_of=TODAY), today=TODAY))


@given(DRUGS)
@settings(max_examples=60)
def test_without_a_medicine_no_alert_names_it_and_none_of_the_others_grows(findings: Findings, drugs: list[str]) -> None:
    medicines = [proposed_medicine((id_,), bundled_lexicon()) for id_ in drugs]
    every = {(one.rule.id, frozenset(each.name for each in one.medicines)) for one in check(book(), findings, medicines).met}
    left = {(one.rule.id, frozenset(each.name for each in one.medicines)) for one in check(book(), findings, medicines[1:]).met}
    name = medicines[0].name
    assert not any(name in names for _, names in left)
    excepting = {rule.id for rule in book().rules if rule.unless & medicines[0].over}
    whole = {rule.id for rule in book().rules if rule.kind in {RuleKind.BURDEN, RuleKind.DUPLICATE}}
    assert {pair for pair in left if pair[0] not in excepting | whole} <= every
    assert {rule for rule, _ in left} - excepting <= {rule for rule, _ in every}


def test_what_is_taken_is_read_once(findings: Findings) -> None:
    assert TakenMedicines(findings).known == ()
