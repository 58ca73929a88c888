"""What a chart adds to a question: fresh critical values, dangerous combinations, and facts beside an answer, each cited."""

# ruff: noqa: E501 -- questions read better whole

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from chartcite.api.wire import answer_to_wire
from chartcite.engine.domain.answers import Answer, RedFlag
from chartcite.engine.domain.records import PatientId
from chartcite.engine.red_flags.omission_guard import asks_decision

from tests.charts import (
    LOINC,
    AskedChart,
    Resource,
    allergy,
    condition,
    lab,
    medication,
    note,
    of,
    open_store,
    person,
    pressure,
    store_chart,
)

NOON = "2024-03-01T12:00:00Z"
TODAY = date(2024, 3, 1)
PLAIN = "What was the last HbA1c?"


def chart(folder: Path, *resources: Resource, **elements: Any) -> AskedChart:
    store_chart(folder, person(**elements), *resources)
    return AskedChart(open_store(folder))


def potassium(value: float, day: str, identity: str = "k", **elements: Any) -> Resource:
    code = {"text": "Potassium", "coding": [{"system": LOINC, "code": "2823-3", "display": "Potassium"}]}
    return lab(identity, value, day, unit="mmol/L", name="Potassium", code=code, **elements)


def names(answer: Answer) -> list[str]:
    return [flag.name for flag in answer.red_flags]


def opened(flag: RedFlag, asked: AskedChart) -> str:
    return "".join(
        asked.engine.records.open_citation(one.id, patient_id=PatientId("ann")).citation.quote for one in flag.citations
    )


def test_a_fresh_critical_value_is_flagged_with_its_citation(tmp_path: Path) -> None:
    asked = chart(tmp_path, potassium(7.1, "2024-03-01T08:00:00Z"))
    answer = asked.ask(PLAIN, as_of=TODAY)
    assert names(answer) == ["critical_potassium"]
    assert "7.1 mmol/L" in answer.red_flags[0].text
    assert "7.1" in opened(answer.red_flags[0], asked)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([(7.1, "2024-02-20T08:00:00Z")], id="stale"),
        pytest.param([(7.1, "2024-02-29T08:00:00Z"), (4.4, "2024-03-01T08:00:00Z")], id="not the newest"),
        pytest.param([(6.4, "2024-03-01T08:00:00Z")], id="inside the limits"),
        pytest.param([(7.1, "2024-03-05T08:00:00Z")], id="after the moment of the question"),
    ],
)
def test_other_values_are_not_flagged(tmp_path: Path, values: list[tuple[float, str]]) -> None:
    asked = chart(tmp_path, *(potassium(value, day, f"k{number}") for number, (value, day) in enumerate(values)))
    assert names(asked.ask(PLAIN, as_of=TODAY)) == []


def test_without_a_moment_an_old_chart_raises_nothing(tmp_path: Path) -> None:
    assert names(chart(tmp_path, potassium(7.1, NOON)).ask(PLAIN)) == []


@pytest.mark.parametrize(("code", "flagged"), [("HH", True), ("LL", True), ("AA", True), ("H", False), ("N", False)])
def test_the_laboratorys_own_critical_flag_counts_always(tmp_path: Path, code: str, flagged: bool) -> None:  # noqa: FBT001
    value = lab("x", 3, NOON, unit="mg/L", name="Rare analyte", interpretation=[{"coding": [{"code": code}]}])
    assert bool(names(chart(tmp_path, value).ask(PLAIN, as_of=TODAY))) is flagged


@pytest.mark.parametrize(("code", "flagged"), [("H", True), ("N", False)])
def test_a_troponin_counts_by_the_laboratorys_flag_only(tmp_path: Path, code: str, flagged: bool) -> None:  # noqa: FBT001
    value = lab("x", 900, NOON, unit="ng/L", name="High-sensitivity troponin T", interpretation=[{"coding": [{"code": code}]}])
    assert bool(names(chart(tmp_path, value).ask(PLAIN, as_of=TODAY))) is flagged


def test_units_are_converted_before_a_limit_is_applied(tmp_path: Path) -> None:
    low = lab("g", 2.4, NOON, unit="mmol/L", name="Glucose")
    assert names(chart(tmp_path, low).ask(PLAIN, as_of=TODAY)) == ["critical_glucose"]


def test_a_value_in_an_unknown_unit_is_not_judged(tmp_path: Path) -> None:
    assert names(chart(tmp_path, lab("g", 2.4, NOON, unit="furlong", name="Glucose")).ask(PLAIN, as_of=TODAY)) == []


@pytest.mark.parametrize(("birth", "flagged"), [("1960-02-29", True), ("2020-01-01", False)])
def test_limits_of_vital_signs_are_for_adults(tmp_path: Path, birth: str, flagged: bool) -> None:  # noqa: FBT001
    asked = chart(tmp_path, pressure("bp", 78, 40, NOON), birthDate=birth)
    assert ("critical_systolic_blood_pressure" in names(asked.ask(PLAIN, as_of=TODAY))) is flagged


def test_a_vital_sign_is_fresh_for_a_day_only(tmp_path: Path) -> None:
    asked = chart(tmp_path, pressure("bp", 78, 40, NOON))
    assert names(asked.ask(PLAIN, as_of=datetime(2024, 3, 2, 11, tzinfo=UTC))) == ["critical_systolic_blood_pressure"]
    assert names(asked.ask(PLAIN, as_of=datetime(2024, 3, 2, 13, tzinfo=UTC))) == []


WARFARIN = medication("w", "Warfarin 5 MG Oral Tablet", "2024-01-02")


@pytest.mark.parametrize(
    ("question", "resource", "name"),
    [
        ("She fell down the stairs and hit her head, what does she take?", WARFARIN, "head_injury_on_anticoagulant"),
        ("My nose is bleeding", WARFARIN, "bleeding_on_anticoagulant"),
        ("I have had some spotting today", condition("p", "Pregnancy", "2024-01-10"), "warning_sign_in_pregnancy"),
        ("I have a fever", medication("m", "methotrexate 2.5 MG Oral Tablet", "2024-01-02"), "fever_with_weak_immunity"),
        ("I keep vomiting", condition("a", "Addison's disease", "2019-01-02"), "illness_with_steroid_dependence"),
        ("I'm throwing up", condition("t", "Type 1 diabetes mellitus", "1999-01-02"), "illness_on_insulin"),
    ],
)
def test_what_the_chart_holds_makes_a_sign_dangerous(tmp_path: Path, question: str, resource: Resource, name: str) -> None:
    asked = chart(tmp_path, resource)
    answer = asked.ask(question, as_of=TODAY, audience="patient")
    flag = next(flag for flag in answer.red_flags if flag.name == name)
    assert flag.citations[0].source.resource == f"{resource['resourceType']}/{resource['id']}"
    assert answer.text.startswith(answer.red_flags[0].text)


def test_muddled_and_sleeping_since_a_fall_is_an_emergency_without_a_word_of_the_head(tmp_path: Path) -> None:
    asked = chart(tmp_path, lab("g", 5.4, NOON, unit="mmol/L", name="Glucose"))
    told = "Grandad fell on Tuesday, since then he has been drowsy and muddled. When is his check-up?"
    assert names(asked.ask(told, as_of=TODAY, audience="patient")) == ["head_injury"]
    assert names(asked.ask("Grandad fell on Tuesday. When is his check-up?", as_of=TODAY, audience="patient")) == []


@pytest.mark.parametrize(
    "question",
    [
        "I collect her blood thinner for her, when was it handed out?",
        "What is her blood group?",
        "Her last blood results, please",
        "Is her blood thin enough?",
    ],
)
def test_the_word_blood_alone_is_no_bleeding(tmp_path: Path, question: str) -> None:
    asked = chart(tmp_path, WARFARIN)
    assert names(asked.ask(question, as_of=TODAY, audience="patient")) == []
    assert names(asked.ask(f"{question} And there is blood in her wee.", as_of=TODAY, audience="patient")) != []


@pytest.mark.parametrize(
    ("question", "resource"),
    [
        pytest.param("She hit her head", medication("w", "Warfarin", "2020-01-02", status="stopped"), id="stopped medicine"),
        pytest.param("I have some spotting", condition("p", "Pregnancy", "2019-01-10"), id="pregnancy never closed"),
        pytest.param("Did she have a fever after surgery?", medication("m", "methotrexate", "2024-01-02"), id="asks the record"),
        pytest.param("I have no fever", medication("m", "methotrexate", "2024-01-02"), id="denied"),
    ],
)
def test_a_combination_needs_both_now(tmp_path: Path, question: str, resource: Resource) -> None:
    found = names(chart(tmp_path, resource).ask(question, as_of=TODAY, audience="patient"))
    assert not {"head_injury_on_anticoagulant", "warning_sign_in_pregnancy", "fever_with_weak_immunity"} & set(found)


def test_a_fever_of_a_young_infant_is_known_by_the_date_of_birth(tmp_path: Path) -> None:
    asked = chart(tmp_path, birthDate="2024-01-20")
    assert "fever_of_young_infant" in names(asked.ask("he has a fever since this morning", as_of=TODAY, audience="patient"))
    assert "fever_of_young_infant" not in names(asked.ask("he has a fever", as_of=date(2024, 6, 1), audience="patient"))


def salient() -> tuple[Resource, ...]:
    return (
        allergy("pen", "Penicillin", "Anaphylaxis"),
        WARFARIN,
        lab("e", 28, "2024-02-01", unit="mL/min/1.73m2", name="eGFR"),
        of(
            "ann", "Observation", "code", status="final", code={"text": "Code status"}, effectiveDateTime="2024-02-01",
            valueCodeableConcept={"text": "Do not resuscitate"},
        ),
    )  # fmt: skip


def told_beside(answer: Answer) -> str:
    return " ".join(claim.text for claim in answer.beside)


def test_salient_facts_stand_beside_a_decision(tmp_path: Path) -> None:
    answer = chart(tmp_path, *salient()).ask("Can I give her ibuprofen?", as_of=TODAY)
    for word in ("Penicillin", "Warfarin", "28", "resuscitate"):
        assert word in told_beside(answer)
    assert len(answer.beside) <= 5
    assert all(claim.citations and claim.verdict.outcome == "supported" for claim in answer.beside)
    assert answer_to_wire(answer).beside == answer.beside


def test_what_the_answer_says_is_not_said_again(tmp_path: Path) -> None:
    answer = chart(tmp_path, *salient()).ask("Should we hold her warfarin?", as_of=TODAY)
    assert answer.kind == "supported"
    assert any("Warfarin" in claim.text for claim in answer.claims)
    assert "Warfarin" not in told_beside(answer)


@pytest.mark.parametrize("question", [PLAIN, "What is she allergic to?", "When was warfarin started?", "What was her last eGFR?"])
def test_a_plain_question_of_fact_gets_nothing_beside(tmp_path: Path, question: str) -> None:
    assert chart(tmp_path, *salient()).ask(question, as_of=TODAY).beside == ()


def test_a_chart_without_such_facts_gets_nothing_beside(tmp_path: Path) -> None:
    assert chart(tmp_path, note("n", "Feels well.")).ask("Can I give her ibuprofen?", as_of=TODAY).beside == ()


@pytest.mark.parametrize(
    "question",
    [
        "Is it safe to start metformin?", "can he have iv contrast", "Should we hold apixaban before the colonoscopy?",
        "is she ready for discharge?", "what antibiotic can I give him?", "Going to theatre tomorrow, anything to worry about before surgery?",
        "any contraindication to lytics?", "ok to give toradol", "May I take aspirin?", "fit for anaesthesia?", "best painkiller options for her?",
        "we're going to thrombolyse him", "Is ibuprofen safe for me?", "Can she be discharged home today?", "does anything interact with clarithromycin?",
    ],
)  # fmt: skip
def test_questions_that_decide_are_known(question: str) -> None:
    assert asks_decision(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is her current dose of apixaban?", "When was she discharged?", "Was contrast given?", "Did he tolerate the procedure?",
        "How long was she on warfarin?", "What surgery did she have?", "trend of creatinine", "who operated on him?", "Does she take aspirin?",
        "What did the discharge summary say?", "list her medications", "Why was metformin stopped?", "How should I read this scan?",
    ],
)  # fmt: skip
def test_questions_of_fact_are_none_that_decide(question: str) -> None:
    assert not asks_decision(question)


def test_a_patient_reads_the_advice_first_and_no_recommendation(tmp_path: Path) -> None:
    asked = chart(tmp_path, lab("a1c", 7.2, "2024-02-01"))
    answer = asked.ask("My chest is crushing and I can't breathe, what was my last HbA1c?", as_of=TODAY, audience="patient")
    assert "911" in answer.text.splitlines()[0]
    assert "7.2" in answer.text
    assert all(claim.kind != "guideline" for claim in answer.claims) if answer.kind == "supported" else False


def test_a_professional_reads_the_answer_as_it_was(tmp_path: Path) -> None:
    asked = chart(tmp_path, lab("a1c", 7.2, "2024-02-01"))
    crashing = asked.ask("pt crashing, bp 70/30, what was his last HbA1c?", as_of=TODAY)
    assert names(crashing) == ["unconscious"]
    assert crashing.text == asked.ask("what was his last HbA1c?", as_of=TODAY).text


def test_an_abstention_for_a_patient_begins_with_the_advice(tmp_path: Path) -> None:
    answer = chart(tmp_path, note("n", "Feels well.")).ask(
        "I can't breathe, what is my ferritin?", as_of=TODAY, audience="patient"
    )
    assert answer.kind == "abstained"
    assert answer.text.startswith(answer.red_flags[0].text)
