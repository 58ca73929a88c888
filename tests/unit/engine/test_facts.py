"""Answers computed from the tables of a small chart: each case asks, and reads the sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from chartcite.engine.domain.answers import Claim
from chartcite.engine.domain.records import PartialDate
from chartcite.engine.facts.active_facts import active_at, condition_is_active

from tests.charts import (
    AskedChart,
    Resource,
    allergy,
    condition,
    immunization,
    lab,
    medication,
    note,
    open_store,
    person,
    pressure,
    procedure,
    relative,
    scope,
    store_chart,
    visit,
)

ChartOf = Callable[..., AskedChart]
RESOURCES = (
    lab("a1", 7.1, "2023-01-05"),
    lab("a2", 8.4, "2024-01-05"),
    lab("a3", 6.9, "2025-06-01"),
    lab("wrong", 14.2, "2025-09-01", status="entered-in-error"),
    lab("na1", 141, "2024-02-01", unit="mmol/L", name="Sodium", status="amended"),
    pressure("bp1", 151, 94, "2023-05-05"),
    pressure("bp2", 142, 88, "2024-05-05"),
    condition("c1", "Hypertension", "2015-03-01"),
    condition("c2", "Asthma", "2001-01-01", clinical="resolved", abatementDateTime="2010-01-01"),
    condition("c3", "Diabetes mellitus", "2022-01-01", verified="refuted"),
    condition("c4", "Sarcoidosis", "2022-01-01", verified="unconfirmed"),
    condition("c5", "Gout", "2022-01-01", verified="entered-in-error"),
    condition("c6", "Cerebrovascular accident", "2019-01-01", clinical="resolved"),
    medication(
        "m1",
        "Lisinopril 10 MG Oral Tablet",
        "2018-01-01",
        status="stopped",
        dose="10 mg daily",
        dispenseRequest={"validityPeriod": {"end": "2021-06-01"}},
    ),
    medication("m2", "Lisinopril 20 MG Oral Tablet", "2021-06-01", dose="20 mg daily", reasonCode=[{"text": "hypertension"}]),
    medication("m3", "Warfarin 5 MG", "2016-01-01", status="stopped", statusReason={"text": "GI bleed"}),
    medication("m4", "Aspirin 81 MG", "2024-03-01", status="entered-in-error"),
    procedure("p1", "Colonoscopy", "2019-05-05"),
    procedure("p2", "Colonoscopy", "2024-05-05", status="not-done", statusReason={"text": "patient declined"}),
    immunization("i1", "Influenza vaccine", "2023-10-01"),
    immunization("i2", "Influenza vaccine", "2024-10-01"),
    allergy("al", "Penicillin", "hives"),
    relative("f1", "father", "Type 2 diabetes mellitus"),
    relative("f2", "mother", "Breast cancer"),
    visit("e1", "IMP", "Hospital admission", "2023-03-01", "2023-03-05"),
    visit("e2", "EMER", "Emergency visit", "2025-03-01", "2025-03-01"),
)


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> AskedChart:
    store = tmp_path_factory.mktemp("facts") / "store"
    store_chart(store, person(), *RESOURCES)
    return AskedChart(open_store(store))


def claim_of(chart: AskedChart, question: str) -> Claim:
    answer = chart.ask(question, as_of=date(2026, 1, 1))
    assert answer.kind == "supported", answer.text
    [claim] = answer.claims
    return claim


LATEST_PRESSURE = "Blood pressure was 142/88 mm[Hg] on 2024-05-05."
SAID = [
    ("What is her latest A1c?", ["Hemoglobin A1c was 6.9 % on 2025-06-01."]),
    (
        "what were her last two A1cs?",
        ["Hemoglobin A1c was 8.4 % on 2024-01-05.", "Hemoglobin A1c was 6.9 % on 2025-06-01."],
    ),
    ("average of the last 2 A1cs", ["The mean of 2 values of Hemoglobin A1c from 2024-01-05 to 2025-06-01 is 7.65 %."]),
    ("the last two flu shots", ["Influenza vaccine was given on 2024-10-01.", "Influenza vaccine was given on 2023-10-01."]),
    ("first A1c", ["Hemoglobin A1c was 7.1 % on 2023-01-05."]),
    ("A1c in 2024", ["Hemoglobin A1c was 8.4 % on 2024-01-05."]),
    ("highest A1c", ["The highest of 3 values: Hemoglobin A1c was 8.4 % on 2024-01-05."]),
    ("lowest A1c", ["The lowest of 3 values: Hemoglobin A1c was 6.9 % on 2025-06-01."]),
    ("average A1c", ["The mean of 3 values of Hemoglobin A1c from 2023-01-05 to 2025-06-01 is 7.47 %."]),
    ("how many times was the A1c measured?", ["Hemoglobin A1c: 3 times in the chart (2023-01-05, 2024-01-05, 2025-06-01)."]),
    ("What is the sodium?", ["Sodium was 141 mmol/L on 2024-02-01 (amended)."]),
    ("What is her blood pressure?", [LATEST_PRESSURE]),
    ("systolic blood pressure?", ["Systolic blood pressure was 142 mm[Hg] on 2024-05-05."]),
    ("highest blood pressure", ["The highest of 2 values: Systolic blood pressure was 151 mm[Hg] on 2023-05-05."]),
    ("How old is she?", ["The patient is 65 years old on 2026-01-01 (born 1960-02-29)."]),
    ("How old was she at the colonoscopy?", ["Colonoscopy was done on 2019-05-05: at the age of 59 years (born 1960-02-29)."]),
    ("How long has she had hypertension?", ["Hypertension: from 2015-03-01 and goes on, 10 years up to 2026-01-01."]),
    ("Does she have hypertension?", ["Hypertension: active, onset 2015-03-01."]),
    ("Does she have asthma?", ["Asthma: resolved, onset 2001-01-01, ended 2010-01-01."]),
    ("Has she had a stroke?", ["Cerebrovascular accident: resolved, onset 2019-01-01."]),
    (
        "What medications is she taking?",
        ["Lisinopril 20 MG Oral Tablet (20 mg daily) is active since 2021-06-01, for hypertension."],
    ),
    (
        "What dose of lisinopril does she take?",
        ["Lisinopril 20 MG Oral Tablet (20 mg daily) is active since 2021-06-01, for hypertension."],
    ),
    ("When was her last flu shot?", ["Influenza vaccine was given on 2024-10-01."]),
    ("How many flu shots has she had?", ["Influenza vaccine: 2 times in the chart (2023-10-01, 2024-10-01)."]),
    pytest.param("Is she allergic to penicillin?", ["Allergy to Penicillin: hives."]),
    ("Is she allergic to amoxicillin?", ["Allergy to Penicillin: hives."]),
    ("Was she admitted in 2023?", ["Hospital admission (inpatient (IMP)) on 2023-03-01 to 2023-03-05."]),
    ("How many colonoscopies has she had?", ["Colonoscopy: 1 time in the chart (2019-05-05)."]),
    ("Does her father have diabetes?", ["Father: Type 2 diabetes mellitus."]),
]


@pytest.mark.parametrize(("question", "sentences"), SAID)
def test_says_what_the_tables_hold(chart: AskedChart, question: str, sentences: list[str]) -> None:
    assert chart.say(question) == sentences


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("What was the A1c in 2022?", id="nothing in the window"),
        pytest.param("Does she take metformin?", id="a drug that is not there"),
        pytest.param("Does she have heart failure?", id="a problem that is not there"),
        pytest.param("Was she admitted in 2024?", id="another year"),
        pytest.param("Is she allergic to latex?", id="another substance"),
        pytest.param("Is she on aspirin?", id="an order entered in error"),
        pytest.param("Does she have breast cancer?", id="only the mother has it"),
        pytest.param("Has she had the shingles vaccine?", id="another vaccine"),
        pytest.param("Did her brother have breast cancer?", id="another relative"),
        pytest.param("Does her mother have diabetes?", id="the father has it"),
    ],
)
def test_says_nothing_where_the_tables_are_silent(chart: AskedChart, question: str) -> None:
    facts = [text for text in chart.say(question) if "entered in error" not in text]
    assert facts == []


@pytest.mark.parametrize(
    ("question", "operation", "inputs", "result"),
    [
        ("A1c trend", "difference", ("6.9", "7.1"), "-0.2"),
        ("How much did the A1c change between 2023 and 2024?", "difference", ("8.4", "7.1"), "1.3"),
        ("average A1c", "mean", ("7.1", "8.4", "6.9"), "7.47"),
        ("highest A1c", "maximum", ("7.1", "8.4", "6.9"), "8.4"),
        ("lowest A1c", "minimum", ("7.1", "8.4", "6.9"), "6.9"),
        ("How old is she?", "years_between", ("1960-02-29", "2026-01-01"), "65"),
        ("How long has she been on lisinopril?", "years_between", ("2018-01-01", "2026-01-01"), "8"),
        ("How many flu shots has she had?", "count", ("Immunization/i1", "Immunization/i2"), "2"),
    ],
)
def test_arithmetic_is_written_down(
    chart: AskedChart, question: str, operation: str, inputs: tuple[str, ...], result: str
) -> None:
    computation = claim_of(chart, question).computation
    assert computation is not None
    assert (computation.operation, computation.inputs, computation.result) == (operation, inputs, result)


def test_a_trend_tells_its_points_and_their_days(chart: AskedChart) -> None:
    told = "7.1 % (2023-01-05), 8.4 % (2024-01-05), 6.9 % (2025-06-01)"
    assert chart.say("A1c trend") == [f"Hemoglobin A1c fell by 0.2 % from 2023-01-05 to 2025-06-01: {told}."]


def test_a_trend_cites_each_point(chart: AskedChart) -> None:
    cited = [citation.source.resource for citation in claim_of(chart, "A1c trend").citations]
    assert cited == ["Observation/a1", "Observation/a2", "Observation/a3"]


def test_what_was_entered_in_error_is_no_value(chart: AskedChart) -> None:
    for question in ("latest A1c", "highest A1c", "A1c trend", "average A1c", "A1c in September 2025"):
        assert "14.2" not in " ".join(chart.say(question))


def test_a_refuted_problem_is_told_as_absent(chart: AskedChart) -> None:
    claim = claim_of(chart, "Does she have diabetes?")
    assert claim.kind == "absence"
    assert claim.text == "Diabetes mellitus recorded 2022-01-01 was refuted: the chart says the patient does not have it."


def test_an_unconfirmed_problem_is_told_as_such(chart: AskedChart) -> None:
    assert chart.say("Does she have sarcoidosis?") == ["Sarcoidosis (unconfirmed): active, onset 2022-01-01."]


def test_a_problem_entered_in_error_is_told_as_such(chart: AskedChart) -> None:
    assert chart.say("Does she have gout?") == ["Gout on 2022-01-01 was entered in error and does not count."]


def test_a_stopped_drug_is_told_with_its_reason(chart: AskedChart) -> None:
    [said] = chart.say("Is she on warfarin?")
    assert "stopped" in said
    assert "GI bleed" in said


def test_a_change_of_dose_is_told_in_order(chart: AskedChart) -> None:
    assert [text.partition(" (")[0] for text in chart.say("Was lisinopril changed?")] == [
        "Lisinopril 10 MG Oral Tablet",
        "Lisinopril 20 MG Oral Tablet",
    ]


def test_a_procedure_that_was_not_done_is_not_told_as_done(chart: AskedChart) -> None:
    assert chart.say("When was the last colonoscopy?") == [
        "Colonoscopy is recorded as not-done on 2024-05-05 (patient declined).",
        "Colonoscopy was done on 2019-05-05.",
    ]


@pytest.mark.parametrize(
    ("day", "taken"),
    [
        pytest.param(date(2015, 6, 1), "", id="before the first order"),
        pytest.param(date(2019, 6, 1), "Lisinopril 10 MG", id="the old dose"),
        pytest.param(date(2022, 6, 1), "Lisinopril 20 MG", id="the new dose"),
    ],
)
def test_the_list_of_drugs_is_that_of_the_moment(chart: AskedChart, day: date, taken: str) -> None:
    said = [text for text in chart.say("What medications is she taking?", as_of=day) if text.startswith("Lisinopril")]
    assert [text.partition(" Oral")[0] for text in said] == ([taken] if taken else [])


@pytest.mark.parametrize(
    ("day", "age"), [(date(2024, 2, 28), 63), (date(2024, 2, 29), 64), (date(2025, 2, 28), 64), (date(2025, 3, 1), 65)]
)
def test_age_is_counted_on_the_day_of_the_question(chart: AskedChart, day: date, age: int) -> None:
    assert chart.say("How old is she?", as_of=day) == [f"The patient is {age} years old on {day} (born 1960-02-29)."]


def test_age_stops_at_death(chart_of: ChartOf) -> None:
    chart = chart_of(person(deceasedDateTime="2020-02-28"))
    assert chart.say("How old is she?") == ["The patient died on 2020-02-28 at the age of 59 years (born 1960-02-29)."]


@pytest.mark.parametrize("question", ["average A1c", "A1c trend", "difference in A1c between 2023 and 2025", "highest A1c"])
def test_values_of_different_units_are_never_put_together(chart_of: ChartOf, question: str) -> None:
    chart = chart_of(lab("a", 8.4, "2023-01-05"), lab("b", 60, "2025-01-05", unit="mmol/mol"))
    for claim in chart.ask(question, as_of=date(2026, 1, 1)).model_dump().get("claims", []):
        assert claim["computation"] is None or not {"8.4", "60"} <= set(claim["computation"]["inputs"])


def test_an_extreme_says_that_values_in_another_unit_were_left_out(chart_of: ChartOf) -> None:
    chart = chart_of(lab("a", 8.4, "2023-01-05"), lab("b", 60, "2025-01-05", unit="mmol/mol"))
    answer = chart.ask("highest A1c", as_of=date(2026, 1, 1))
    assert "8.4" in answer.text or answer.missing


def test_two_values_of_one_time_are_both_told(chart_of: ChartOf) -> None:
    chart = chart_of(lab("a", 7.1, "2023-01-05T08:00:00Z"), lab("b", 9.9, "2023-01-05T08:00:00Z"))
    assert {text.split()[3] for text in chart.say("latest A1c")} == {"7.1", "9.9"}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("What medications did she take in the past?", "Warfarin", id="past drugs"),
        pytest.param("How long was she in the hospital in 2023?", "4 days", id="length of a stay"),
        pytest.param("Any history of stroke?", "Cerebrovascular", id="history of"),
        pytest.param("What is her date of birth?", "1960-02-29", id="date of birth"),
        pytest.param("What is she currently on?", "Lisinopril", id="on"),
        pytest.param("How many ED visits in the last 2 years?", "1 time", id="counted visits"),
    ],
)
def test_plain_ways_to_ask_are_answered(chart: AskedChart, question: str, expected: str) -> None:
    assert expected in " ".join(chart.say(question))


def test_silence_names_only_what_was_asked(chart: AskedChart) -> None:
    assert "Influenza" not in chart.ask("Has she had the shingles vaccine?").text


def moment(written: str | None) -> PartialDate | None:
    return PartialDate.parse(written) if written else None


@pytest.mark.parametrize(
    ("status", "began", "ended", "active"),
    [
        pytest.param("active", "2020-01-01", None, True, id="begun and going on"),
        pytest.param("active", "2020-06-01", None, False, id="not begun yet"),
        pytest.param("active", "2020-05-05", None, True, id="begun on the day"),
        pytest.param("active", None, None, True, id="active since nobody knows when"),
        pytest.param("stopped", "2019-01-01", "2020-06-01", True, id="stopped later"),
        pytest.param("stopped", "2019-01-01", "2020-05-05", False, id="stopped on the day"),
        pytest.param("stopped", "2019-01-01", None, False, id="stopped nobody knows when"),
        pytest.param("cancelled", "2019-01-01", "2021-01-01", False, id="never taken"),
    ],
)
def test_a_drug_is_active_between_its_days(
    chart: AskedChart, status: str, began: str | None, ended: str | None, *, active: bool
) -> None:
    [any_order] = chart.engine.records.facts_of("MedicationRequest/m3", scope=scope())
    order = any_order.model_copy(update={"status": status, "occurred": moment(began), "ended": moment(ended)})
    assert active_at(order, date(2020, 5, 5)) is active


@pytest.mark.parametrize(
    ("resource", "day", "active"),
    [
        pytest.param("Condition/c1", date(2026, 1, 1), True, id="active"),
        pytest.param("Condition/c2", date(2026, 1, 1), False, id="ended"),
        pytest.param("Condition/c2", date(2005, 1, 1), True, id="before it ended"),
        pytest.param("Condition/c3", date(2026, 1, 1), False, id="refuted"),
        pytest.param("Condition/c5", date(2026, 1, 1), False, id="entered in error"),
        pytest.param("Condition/c6", date(2026, 1, 1), False, id="resolved nobody knows when"),
    ],
)
def test_a_problem_is_active_until_it_ends(chart: AskedChart, resource: str, day: date, *, active: bool) -> None:
    [fact] = chart.engine.records.facts_of(resource, scope=scope())
    assert condition_is_active(fact, day) is active


def test_a_length_under_two_years_is_told_in_months_and_days(chart_of: ChartOf) -> None:
    bounds = {"timing": {"repeat": {"boundsPeriod": {"start": "2023-06-27", "end": "2023-10-02"}}}}
    course = medication("m", "Atorvastatin 10 MG", "2023-06-27", status="stopped", dosageInstruction=[bounds])
    told = chart_of(course).say("How long did she take atorvastatin for?")
    assert any("97 days" in sentence for sentence in told)


@pytest.mark.parametrize(
    "question", ["Which tablet is she taking for her gout?", "When did her gout start?", "What stage is her gout?"]
)
def test_of_a_withdrawn_problem_nothing_else_is_told(chart_of: ChartOf, question: str) -> None:
    wrong = {**condition("g", "Gout", "2020-01-01"), "verificationStatus": {"coding": [{"code": "entered-in-error"}]}}
    told = chart_of(wrong, medication("m", "Allopurinol 100 MG", "2020-01-01")).say(question)
    assert told
    assert all("entered in error" in sentence for sentence in told)


def test_a_problem_that_stands_is_not_taken_for_withdrawn(chart_of: ChartOf) -> None:
    wrong = {**condition("w", "Gout", "2018-01-01"), "verificationStatus": {"coding": [{"code": "entered-in-error"}]}}
    told = chart_of(wrong, condition("g", "Gout", "2020-01-01")).say("When did her gout start?")
    assert any("2020-01-01" in sentence for sentence in told)


# --- values of a time, and how they went -----------------------------------------------------------------------------


def creatinine(day: str, value: float) -> Resource:
    return lab(f"cr-{day}", value, day, unit="mg/dL", name="Creatinine")


SERIES = [creatinine(*pair) for pair in (("2024-01-10", 0.9), ("2024-05-17", 2.4), ("2024-05-21", 1.3), ("2025-02-01", 1.0))]


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        pytest.param("creatinines May 2024", ("2.4 mg/dL", "1.3 mg/dL"), "1.0 mg/dL", id="all of a closed time"),
        pytest.param("last creatinine in May 2024", ("1.3 mg/dL",), "2.4 mg/dL", id="the last of it"),
        pytest.param("creatinine before June 2024", ("1.3 mg/dL",), "2.4 mg/dL", id="an open time asks for its last"),
        pytest.param("mean creatinine", ("1.4 mg/dL",), "0.9", id="mean"),
        pytest.param("creatinine rise since 2024-01-01", ("0.1 mg/dL",), "2.4 mg/dL", id="a rise as a noun"),
        pytest.param("creatinine at each visit", ("0.9 mg/dL", "2.4 mg/dL", "1.0 mg/dL"), "no such", id="each visit"),
        pytest.param("creatinine across visits", ("0.9 mg/dL", "1.0 mg/dL"), "no such", id="across visits"),
    ],
)
def test_values_are_told_for_the_time_that_is_asked(chart_of: ChartOf, question: str, told: tuple[str, ...], untold: str) -> None:
    answer = " | ".join(chart_of(*SERIES, visit("v", "AMB", "Office visit", "2024-05-17", "2024-05-17")).say(question))
    assert all(each in answer for each in told)
    assert untold not in answer


def test_the_course_of_many_values_passes_its_check(chart_of: ChartOf) -> None:
    many = [lab(f"a-{month}", 6 + month / 10, f"2024-{month:02}-01") for month in range(1, 13)]
    more = lab("a-13", 8.0, "2025-01-01")
    assert any("set aside" in sentence for sentence in chart_of(*many, more).say("trend of A1c"))


def test_the_course_of_a_pressure_tells_both_parts(chart_of: ChartOf) -> None:
    chart = chart_of(pressure("one", 150, 90, "2024-01-01"), pressure("two", 130, 80, "2025-06-01"))
    answer = " | ".join(chart.say("BPs over the last 2 years"))
    assert "150/90" in answer
    assert "130/80" in answer


def test_another_way_of_giving_a_medicine_is_not_by_mouth(chart_of: ChartOf) -> None:
    drops = medication("d", "Ciprofloxacin / dexamethasone otic suspension", "2021-04-20", dose="4 drops left ear twice daily")
    syrup = medication("p", "Prednisolone 15 mg/5 mL solution", "2022-10-08", dose="16 mg by mouth daily")
    answer = " | ".join(chart_of(drops, syrup).say("oral steroid courses - dates"))
    assert "Prednisolone" in answer
    assert "otic" not in answer


def test_a_medicine_at_two_times_is_told_as_it_changed(chart_of: ChartOf) -> None:
    def bounds(first: str, last: str) -> Resource:
        return {"timing": {"repeat": {"boundsPeriod": {"start": first, "end": last}}}}

    first = {**bounds("2025-07-22", "2026-02-17"), "text": "Inject 10 units at bedtime"}
    old = medication("old", "Insulin glargine", "2025-07-22", status="completed", dosageInstruction=[first])
    new = medication("new", "Insulin glargine", "2026-02-17", dose="Inject 18 units at bedtime")
    answer = " | ".join(chart_of(old, new).say("lantus: units jul 25 vs feb 26", as_of=date(2026, 6, 1)))
    assert "10 units" in answer
    assert "18 units" in answer


def test_what_somebody_changed_on_a_single_day_is_told(chart_of: ChartOf) -> None:
    chart = chart_of(
        medication("m", "Glipizide 5 MG", "2025-07-22"),
        medication("other", "Amlodipine 5 MG", "2024-01-01"),
        visit("v", "AMB", "Endocrinology consult", "2025-07-22", "2025-07-22"),
    )
    answer = " | ".join(chart.say("endo 7/22/25 med changes"))
    assert "Glipizide" in answer
    assert "Amlodipine" not in answer


def test_a_check_up_by_age_tells_a_time(chart_of: ChartOf) -> None:
    chart = chart_of(
        person(birthDate="2018-04-17"),
        lab("w5", 18.1, "2023-05-09", unit="kg", name="Body weight"),
        lab("w8", 24.6, "2025-08-12", unit="kg", name="Body weight"),
    )
    assert any("6.5 kg" in each for each in chart.say("How many kilos has she put on since her 5 year checkup?"))


def test_an_amount_of_fluid_is_no_count(chart_of: ChartOf) -> None:
    tap = procedure("p", "Paracentesis", "2021-06-09", outcome={"text": "4.5 L clear fluid"})
    assert any("4.5 L" in each for each in chart_of(tap).say("how many litres came off at the first paracentesis?"))


def test_operations_are_told_apart_from_other_procedures(chart_of: ChartOf) -> None:
    chart = chart_of(
        procedure("chemo", "Chemotherapy", "2014-07-23"), procedure("op", "Partial resection of colon", "2014-02-01")
    )
    answer = " | ".join(chart.say("any operations?"))
    assert "resection" in answer
    assert "Chemotherapy" not in answer


def test_what_took_a_medicine_s_place_may_hold_it(chart_of: ChartOf) -> None:
    ends = [{"timing": {"repeat": {"boundsPeriod": {"start": "2020-07-21", "end": "2022-11-15"}}}}]
    reason = [{"text": "HIV"}]
    old = medication(
        "old", "Dolutegravir 50 mg (Tivicay)", "2020-07-21", status="stopped", dosageInstruction=ends, reasonCode=reason
    )
    new = medication("new", "Dolutegravir/lamivudine 50 mg/300 mg (Dovato)", "2022-11-15", reasonCode=reason)
    answer = " | ".join(chart_of(old, new).say("What took the place of Tivicay?"))
    assert "Dovato" in answer


def test_what_was_given_for_a_problem_without_a_reason_was_begun_that_day(chart_of: ChartOf) -> None:
    chart = chart_of(
        condition("s", "Sprain of ankle", "2015-06-25", clinical="resolved"),
        medication("n", "Naproxen sodium 220 MG Oral Tablet", "2015-06-25", status="stopped"),
        medication("a", "Amlodipine 5 MG", "2015-01-01"),
    )
    answer = " | ".join(chart.say("What did the ER give her for the sprained ankle in 2015?"))
    assert "Naproxen" in answer
    assert "Amlodipine" not in answer


@pytest.mark.parametrize("question", ["how much taller is she than in 2012", "height difference since 2012"])
def test_a_comparison_of_the_body_asks_for_a_difference(chart_of: ChartOf, question: str) -> None:
    first = lab("h1", 96.4, "2012-11-27", unit="cm", name="Body height")
    last = lab("h2", 153.3, "2022-09-07", unit="cm", name="Body height")
    assert any("56.9 cm" in each for each in chart_of(first, last).say(question))


def test_the_size_of_a_thing_is_found_by_one_of_its_words(chart_of: ChartOf) -> None:
    polyp = condition("p", "Polyp of colon", "2017-05-29")
    size = lab("s", 3.5, "2017-05-29", unit="mm", name="Polyp size greatest dimension")
    assert any("3.5 mm" in each for each in chart_of(polyp, size).say("biggest bowel polyp - size"))


def test_a_pressure_that_was_not_taken_is_not_told_by_another_day(chart_of: ChartOf) -> None:
    missing = {"text": "not-performed"}
    untaken = pressure("no", 1, 1, "2025-05-12")
    for part in untaken["component"]:
        del part["valueQuantity"]
        part["dataAbsentReason"] = missing
    told = chart_of(untaken, pressure("yes", 134, 74, "2025-03-24")).say("BP on 2025-05-12?")
    assert not any("134" in each for each in told)


# --- what is computed over a time ------------------------------------------------------------------------------------

BEFORE_AND_AFTER = (
    medication("sema", "Semaglutide 0.5 MG", "2024-05-01"),
    medication("sema2", "Semaglutide 1 MG", "2024-09-01"),
    lab("w0", 130, "2021-01-01", unit="kg", name="Body weight"),
    lab("w1", 121, "2024-03-15", unit="kg", name="Body weight"),
    lab("w2", 113, "2024-08-20", unit="kg", name="Body weight"),
    lab("w3", 104, "2025-02-20", unit="kg", name="Body weight"),
)


def test_a_course_since_a_treatment_began_starts_with_the_value_before_it(chart_of: ChartOf) -> None:
    [course] = chart_of(*BEFORE_AND_AFTER).say("How has her weight moved since semaglutide was started?")
    assert "121 kg (2024-03-15), 113 kg (2024-08-20), 104 kg (2025-02-20)" in course
    assert "130 kg" not in course


def test_a_value_of_the_first_days_or_one_long_before_is_no_baseline(chart_of: ChartOf) -> None:
    at_start = lab("w9", 120, "2024-05-03", unit="kg", name="Body weight")
    [course] = chart_of(*BEFORE_AND_AFTER, at_start).say("How has her weight moved since semaglutide was started?")
    assert "120 kg (2024-05-03)" in course
    assert "121 kg" not in course
    [late] = chart_of(*BEFORE_AND_AFTER[:3], *BEFORE_AND_AFTER[4:]).say("How has her weight moved since semaglutide was started?")
    assert "130 kg" not in late


def test_two_extremes_are_told_each_of_its_own_test(chart_of: ChartOf) -> None:
    potassium = [
        lab(f"k{day}", value, day, unit="mmol/L", name="Potassium") for day, value in (("2024-01-10", 3.1), ("2024-06-01", 4.0))
    ]
    answer = chart_of(*SERIES, *potassium).say("Highest creatinine and lowest potassium in 2024?")
    assert len(answer) == 2
    assert "2.4 mg/dL" in answer[0]
    assert "3.1 mmol/L" in answer[1]


def test_the_difference_of_named_extremes_is_worked_out(chart_of: ChartOf) -> None:
    [said] = chart_of(*SERIES).say("How much did the creatinine come down between its highest recorded value and the last one?")
    assert "fell by 1.4 mg/dL" in said


def test_days_in_total_are_the_length_of_what_was_done(chart_of: ChartOf) -> None:
    vent = {**procedure("vent", "Mechanical ventilation", ""), "performedPeriod": {"start": "2024-02-03", "end": "2024-02-12"}}
    del vent["performedDateTime"]
    assert "9 days" in " ".join(chart_of(vent).say("How many days in total was he on the ventilator?"))


def test_a_numbered_ward_chooses_the_stay(chart_of: ChartOf) -> None:
    def stay(identity: str, first: str, last: str, ward: str) -> Resource:
        where = [{"location": {"display": f"Hillside Hospital, Ward {ward}"}}]
        return {**visit(identity, "IMP", "Inpatient", first, last), "location": where}

    chart = chart_of(stay("s1", "2023-02-01", "2023-02-08", "7"), stay("s2", "2023-09-01", "2023-09-03", "C2"))
    assert "7 days" in " ".join(chart.say("How many days did she lie in Ward 7 in 2023?"))
    assert "days up to" not in " ".join(chart.say("How many days did she lie in Ward 9 in 2023?"))


def test_the_test_in_brackets_is_the_one_that_is_meant(chart_of: ChartOf) -> None:
    values = [lab(f"a{day}", value, day) for day, value in (("2022-01-01", 9.4), ("2024-01-01", 7.3))]
    assert "9.4 %" in " ".join(chart_of(*values).say("How have her sugars been over the years (A1c)?"))


def test_both_sides_answer_which_side_is_worse(chart_of: ChartOf) -> None:
    feet = [
        lab(f"m{side}", value, "2025-04-22", unit="{score}", name=f"Monofilament exam, {side} foot")
        for side, value in (("left", 7), ("right", 3))
    ]
    answer = " ".join(chart_of(*feet).say("Which foot has the worse sensation on the monofilament test?"))
    assert "left foot" in answer
    assert "right foot" in answer


def test_a_class_of_tests_takes_in_those_with_long_names(chart_of: ChartOf) -> None:
    tests = (
        lab("acr", 3.1, "2024-01-01", unit="mg/mmol", name="Urine albumin/creatinine ratio"),
        lab("egfr", 58, "2025-01-01", unit="mL/min/1.73m2", name="eGFR (CKD-EPI) per 1.73 square metres"),
    )
    assert "58 mL/min" in " ".join(chart_of(*tests).say("How is his kidney function?"))


STAGES = (
    condition("s2", "Stage 2 pressure ulcer of the heel", "2023-02-01", clinical="resolved", abatementDateTime="2024-05-06"),
    condition("s3", "Stage 3 pressure ulcer of the heel", "2024-05-06"),
)


def test_a_stage_that_goes_on_is_told_where_now_is_asked(chart_of: ChartOf) -> None:
    [told] = chart_of(*STAGES).say("Pressure ulcer stage currently, and since when?")[:1]
    assert told.startswith("Stage 3")


def test_a_first_stage_is_told_where_the_first_is_asked(chart_of: ChartOf) -> None:
    assert any("2023-02-01" in told for told in chart_of(*STAGES).say("When did the pressure ulcer first start?"))


@pytest.mark.parametrize("question", ["Is her giardiasis still active or is it gone?", "Has the giardiasis cleared?"])
def test_a_problem_that_ended_answers_whether_it_is_gone(chart_of: ChartOf, question: str) -> None:
    over = condition("g", "Giardiasis", "2021-03-01", clinical="resolved", abatementDateTime="2021-06-01")
    assert any("ended 2021-06-01" in told for told in chart_of(over).say(question))


def test_a_vaccination_listed_by_its_disease_is_found(chart_of: ChartOf) -> None:
    chart = chart_of(immunization("v", "Tetanus", "2022-08-09"), immunization("w", "Influenza", "2023-10-10", status="not-done"))
    assert any("was given on 2022-08-09" in told for told in chart.say("Did I have a tetanus jab in 2022?"))
    assert any("not given (not done) on 2023-10-10" in told for told in chart.say("Did she get her flu shot in 2023?"))


def test_a_disease_is_not_told_by_the_vaccination_against_it(chart_of: ChartOf) -> None:
    assert not chart_of(immunization("w", "Influenza", "2023-10-10")).say("Did she have influenza in 2023?")


def test_the_top_dose_is_found_among_all_of_them(chart_of: ChartOf) -> None:
    doses = [
        medication(
            f"d{number}", f"Quetiapine {strength} MG", f"202{number}-01-01", status="stopped", dose=f"{strength} mg at night"
        )
        for number, strength in enumerate((25, 150, 50))
    ]
    assert any("150 mg" in told for told in chart_of(*doses).say("What was the highest dose of quetiapine she had?"))


def test_an_operation_is_found_by_what_was_put_in(chart_of: ChartOf) -> None:
    hip = procedure(
        "h", "Left hip replacement, ceramic on ceramic", "2018-04-03", performer=[{"actor": {"display": "Dr P. Ogilvie"}}]
    )
    told = chart_of(hip).say("What sort of hip was implanted, on which date, and who operated?")
    assert any("ceramic" in each and "2018-04-03" in each and "Ogilvie" in each for each in told)


def test_another_part_tells_nothing_of_a_medicine_that_was_never_begun(chart_of: ChartOf) -> None:
    text = "Adalimumab: talked about it, she would rather wait. Not ordered. The methotrexate she tolerates well."
    told = chart_of(note("n", text)).say("When was her first adalimumab injection, and how did she tolerate it?")
    assert not any("methotrexate" in each for each in told)


def test_an_allergy_by_its_full_name_finds_the_entry(chart_of: ChartOf) -> None:
    assert any("Latex" in each for each in chart_of(allergy("l", "Latex", "hives")).say("Is there a latex allergy?"))
    assert not any("Latex" in each for each in chart_of(allergy("l", "Latex", "hives")).say("Is there a peanut allergy?"))
