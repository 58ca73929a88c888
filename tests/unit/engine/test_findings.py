"""What a chart says by concept: present, absent, or unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from chartcite.engine.findings.findings import Findings
from chartcite.engine.review.chart_review import Review
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest

from tests.charts import (
    LOINC,
    Resource,
    allergy,
    bundled_lexicon,
    condition,
    immunization,
    lab,
    medication,
    note,
    of,
    open_store,
    person,
    pressure,
    procedure,
    relative,
    scope,
    write_bundle,
)

TODAY = date(2026, 1, 1)
Read = Callable[..., Findings]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return what reads findings of a small chart."""

    def findings(*resources: Resource, today: date = TODAY, **patient: Any) -> Findings:
        path = write_bundle(tmp_path, "chart", person(**patient), *resources)
        with SqliteWriter(tmp_path) as writer:
            ingest([path], writer, HashingEmbedder(), lexicon=bundled_lexicon())
        engine = open_store(tmp_path)
        return Findings(Review(engine.records, bundled_lexicon(), scope(as_of=today), today=today))

    return findings


def social(identity: str, name: str, said: str, day: str, code: str = "", **elements: Any) -> Resource:
    named: Resource = {"text": name, **({"coding": [{"system": LOINC, "code": code}]} if code else {})}
    category = [{"coding": [{"code": "social-history"}]}]
    base = {"status": "final", "category": category, "code": named, "effectiveDateTime": day}
    return of("ann", "Observation", identity, **base, valueCodeableConcept={"text": said}, **elements)


def test_age_and_sex_are_of_the_moment(read: Read) -> None:
    findings = read(today=date(2026, 2, 28))
    assert findings.age().value == 65
    assert findings.age(date(2026, 3, 1)).value == 66
    assert findings.sex().text == "female"
    assert findings.sex().facts


def test_a_birth_year_alone_may_leave_two_ages_open(read: Read) -> None:
    findings = read(today=date(2026, 6, 1), birthDate="1960")
    assert findings.age().state == "unknown"
    assert findings.age(date(2026, 12, 31)).value == 66


def test_no_birth_date_and_no_sex_are_unknown(read: Read) -> None:
    findings = read(birthDate=None, gender=None)
    assert findings.age().state == "unknown"
    assert findings.sex().state == "unknown"


def test_the_newest_value_is_converted_and_an_old_one_is_not_taken(read: Read) -> None:
    findings = read(
        lab("l1", 1.0, "2024-01-01", unit="mg/dL", name="Creatinine"),
        lab("l2", 176.8, "2025-12-01", unit="umol/L", name="Creatinine"),
    )
    found = findings.measurement("creatinine", unit="mg/dL")
    assert found.value is not None
    assert round(found.value, 1) == 2
    assert found.day is not None
    assert found.day.day == "2025-12-01"
    assert findings.measurement("creatinine", unit="mg/dL", within_days=20).state == "unknown"
    assert findings.measurement("hemoglobin", unit="g/dL").state == "unknown"


def test_a_value_that_cannot_be_converted_is_unknown_and_shown(read: Read) -> None:
    found = read(lab("l1", 40, "2025-12-01", unit="furlongs", name="Creatinine")).measurement("creatinine", unit="mg/dL")
    assert (found.state, found.value, len(found.facts)) == ("unknown", None, 1)


def test_components_carry_a_blood_pressure(read: Read) -> None:
    found = read(pressure("p1", 152, 94, "2025-12-01")).measurement("systolic-blood-pressure", unit="mm[Hg]")
    assert found.value == 152
    assert found.component is not None


def test_a_bound_keeps_its_comparator(read: Read) -> None:
    bound = {"value": 60, "unit": "mL/min/{1.73_m2}", "comparator": ">"}
    found = read(lab("l1", 0, "2025-12-01", name="eGFR", valueQuantity=bound)).measurement("egfr", unit="mL/min/{1.73_m2}")
    assert (found.value, found.comparator) == (Decimal(60), ">")


def test_a_condition_counts_under_its_class(read: Read) -> None:
    findings = read(condition("c1", "Type 2 diabetes mellitus", "2015-01-01"))
    assert findings.condition("diabetes-mellitus").state == "present"
    assert findings.condition(("heart-failure", "diabetes-mellitus")).state == "present"
    assert findings.condition("type-1-diabetes").state == "unknown"
    assert "1 condition searched" in findings.condition("type-1-diabetes").searched


def test_a_condition_that_is_over_was_had(read: Read) -> None:
    findings = read(condition("c1", "Gout", "2015-01-01", clinical="resolved", abatementDateTime="2016-01-01"))
    assert findings.condition("gout").state == "absent"
    assert findings.condition("gout", ever=True).state == "present"


def test_a_refuted_condition_is_absent_and_an_unconfirmed_one_unknown(read: Read) -> None:
    findings = read(
        condition("c1", "Asthma", "2015-01-01", verified="refuted"), condition("c2", "Gout", "2015-01-01", verified="provisional")
    )
    assert findings.condition("asthma").state == "absent"
    assert findings.condition("gout").state == "unknown"
    assert findings.condition("gout").facts
    assert findings.condition(("asthma", "gout")).state == "unknown"


def test_what_is_screened_for_or_feared_is_no_condition(read: Read) -> None:
    findings = read(condition("c1", "Encounter for screening for breast cancer", "2025-01-01"))
    assert findings.condition("breast-cancer-group").state == "unknown"


def test_a_note_tells_conditions_and_denies_them(read: Read) -> None:
    findings = read(note("n1", "Assessment: Patient has atrial fibrillation. She denies diabetes.", "2025-11-01"))
    assert findings.condition("atrial-fibrillation").state == "present"
    assert findings.condition("atrial-fibrillation").facts[0].span is not None


def test_medicines_run_or_were_stopped(read: Read) -> None:
    findings = read(
        medication("m1", "Atorvastatin 40 MG Oral Tablet", "2025-01-01"),
        medication("m2", "Warfarin 5 MG Oral Tablet", "2020-01-01", status="stopped"),
    )
    assert findings.medication("statin").state == "present"
    assert findings.medication("warfarin").state == "absent"
    assert findings.medication("sulfonylurea").state == "unknown"


def test_allergies_by_class_and_none_known(read: Read) -> None:
    findings = read(allergy("a1", "Amoxicillin", "rash"))
    assert findings.allergy("penicillins").state == "present"
    assert findings.allergy("cephalosporin").state == "unknown"


def test_a_concept_that_the_lexicon_lacks_is_an_error(read: Read) -> None:
    with pytest.raises(ValueError, match="no concept wishful-thinking"):
        read().condition(("gout", "wishful-thinking"))


def test_no_known_allergies_deny_each(read: Read) -> None:
    assert read(allergy("a1", "No known allergies")).allergy("penicillins").state == "absent"


def test_procedures_and_doses_by_date(read: Read) -> None:
    findings = read(
        procedure("p1", "Colonoscopy", "2014-05-01"),
        procedure("p2", "Colonoscopy", "2024-05-01"),
        procedure("p3", "Mammography", "2024-05-01", status="not-done"),
        immunization("i1", "zoster vaccine, recombinant", "2022-01-05"),
        immunization("i2", "zoster vaccine, recombinant", "2022-05-05"),
        immunization("i3", "zoster vaccine, recombinant", "2022-05-05"),
    )
    colonoscopy = findings.procedure("colonoscopy")
    assert colonoscopy.day is not None
    assert (colonoscopy.day.day, colonoscopy.times) == ("2024-05-01", 2)
    assert findings.procedure("mammography").state == "absent"
    assert findings.immunization("zoster-vaccine").times == 2
    assert findings.immunization("influenza-vaccine").state == "unknown"


def test_what_comes_later_is_not_known(read: Read) -> None:
    findings = read(procedure("p1", "Colonoscopy", "2027-05-01"))
    assert findings.procedure("colonoscopy").state == "unknown"


def test_relatives(read: Read) -> None:
    findings = read(relative("f1", "Mother", "Breast cancer"))
    assert findings.family("breast-cancer-group").state == "present"
    assert findings.condition("breast-cancer-group", ever=True).state == "unknown"


@pytest.mark.parametrize(
    ("resources", "patient", "state"),
    [
        ([], {"gender": "male"}, "absent"),
        ([], {"birthDate": "1940-01-01"}, "absent"),
        ([], {"birthDate": "1995-01-01"}, "unknown"),
        ([condition("c1", "Pregnant", "2025-10-01")], {"birthDate": "1995-01-01"}, "present"),
        ([condition("c1", "Normal pregnancy", "2023-10-01")], {"birthDate": "1995-01-01"}, "unknown"),
        ([procedure("p1", "Hysterectomy", "2020-01-01")], {"birthDate": "1980-01-01"}, "absent"),
        ([social("s1", "Pregnancy status", "Pregnant", "2025-11-01", "82810-3")], {"birthDate": "1995-01-01"}, "present"),
        ([social("s1", "Pregnancy status", "Not pregnant", "2025-11-01", "82810-3")], {"birthDate": "1995-01-01"}, "absent"),
    ],
)
def test_pregnancy(read: Read, resources: list[Resource], patient: dict[str, str], state: str) -> None:
    assert read(*resources, **patient).pregnant().state == state


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Current every day smoker", "current"),
        ("Former smoker", "former"),
        ("Ex-smoker", "former"),
        ("Never smoked tobacco", "never"),
        ("Smokes tobacco daily", "current"),
    ],
)
def test_smoking_status(read: Read, said: str, status: str) -> None:
    findings = read(social("s1", "Tobacco smoking status", said, "2025-01-01", "72166-2"))
    assert findings.smoking().text == status
    assert findings.pack_years().value == (Decimal(0) if status == "never" else None)


def test_quit_date_and_pack_years(read: Read) -> None:
    findings = read(
        social("s1", "Tobacco smoking status", "Current every day smoker", "2020-01-01", "72166-2"),
        social("s2", "Tobacco smoking status", "Former smoker", "2024-01-01", "72166-2", note=[{"text": "Quit 2023-02-14."}]),
        lab("s3", 45, "2022-11-01", name="Cigarette pack-years", unit="{pack-years}"),
    )
    smoking = findings.smoking()
    assert smoking.text == "former"
    assert smoking.day is not None
    assert smoking.day.day == "2023-02-14"
    assert findings.pack_years().value == 45


def test_who_smoked_once_is_no_never_smoker(read: Read) -> None:
    findings = read(
        social("s1", "Tobacco smoking status", "Former smoker", "2020-01-01", "72166-2"),
        social("s2", "Tobacco smoking status", "Never smoker", "2024-01-01", "72166-2"),
    )
    assert findings.smoking().text == "former"


def test_smoking_is_unknown_where_nothing_is_told(read: Read) -> None:
    assert read().smoking().state == "unknown"
    assert read().pack_years().state == "unknown"
