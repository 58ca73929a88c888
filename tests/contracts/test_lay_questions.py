"""Questions as families, patients and hurried clinicians put them, to a small chart: what is told, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.charts import (
    AskedChart,
    Resource,
    allergy,
    condition,
    immunization,
    lab,
    medication,
    note,
    of,
    open_store,
    person,
    procedure,
    relative,
    store_chart,
    visit,
)

ChartOf = Callable[..., AskedChart]


def sorted_allergy(identity: str, name: str, reaction: str, sort: str) -> Resource:
    """Build an allergy with its FHIR category."""
    return {**allergy(identity, name, reaction), "category": [sort]}


def stopped(identity: str, name: str, day: str, end: str, *, why: str = "", reason: str = "") -> Resource:
    """Build an order that was ended, with what it was for and why it was stopped."""
    more: dict[str, Any] = {"dispenseRequest": {"validityPeriod": {"start": day, "end": end}}}
    if why:
        more["statusReason"] = {"text": why}
    if reason:
        more["reasonCode"] = [{"text": reason}]
    return medication(identity, name, day, status="stopped", **more)


def met(identity: str, kind: str, name: str, day: str, who: str, role: str, why: str = "") -> Resource:
    """Build an Encounter with somebody of a role, for a reason."""
    participant = [{"type": [{"text": role}], "individual": {"display": who}}]
    return {**visit(identity, kind, name, day, day), "participant": participant, "reasonCode": [{"text": why}] if why else []}


def given(identity: str, name: str, day: str, *, status: str = "completed") -> Resource:
    """Build a MedicationAdministration."""
    more = {"medicationCodeableConcept": {"text": name}, "effectiveDateTime": day}
    return of("ann", "MedicationAdministration", identity, status=status, **more)


VISIT_NOTE = """Chief Complaint: Chest pain since yesterday.

History of Present Illness:
The pain began while she was gardening.

Assessment:
Unstable angina is the likely cause.

Plan:
Start metoprolol and return in two weeks.
"""
OLDER_NOTE = """Chief Complaint: Itching of the left ear.

Assessment:
Mild eczema of the ear canal.
"""
RESOURCES = (
    lab("a1", 7.1, "2023-01-05"),
    lab("a2", 8.4, "2024-01-05"),
    lab("a3", 6.9, "2025-06-01"),
    lab("cr1", 1.0, "2023-02-10", unit="mg/dL", name="Creatinine"),
    lab("cr2", 1.6, "2023-03-03", unit="mg/dL", name="Creatinine"),
    lab("cr3", 1.1, "2023-03-20", unit="mg/dL", name="Creatinine"),
    condition("c1", "Hypertension", "2015-03-01"),
    condition("c2", "Asthma", "2001-01-01", clinical="resolved", abatementDateTime="2010-01-01"),
    condition("c3", "Diabetes mellitus type 2", "2016-05-04"),
    condition("c4", "Fracture of left hip", "2022-11-02", clinical="resolved"),
    stopped("m1", "Lisinopril 10 MG Oral Tablet", "2018-01-01", "2021-06-01", why="dry cough", reason="hypertension"),
    medication("m2", "Losartan 50 MG Oral Tablet", "2021-06-03", dose="50 mg daily", reasonCode=[{"text": "hypertension"}]),
    medication("m3", "Metformin 500 MG Oral Tablet", "2016-06-01", dose="500 mg twice daily"),
    procedure("p1", "Colonoscopy", "2019-05-05"),
    procedure("p2", "Colonoscopy", "2024-05-05", status="not-done", statusReason={"text": "patient declined"}),
    procedure("p3", "Appendectomy", "1999-08-08"),
    immunization("i1", "Influenza vaccine", "2023-10-01"),
    immunization("i2", "Influenza vaccine", "2024-10-01"),
    immunization("i3", "Hepatitis B vaccine", "2010-02-02"),
    immunization("i4", "Hepatitis A vaccine", "2011-02-02"),
    immunization("i5", "Zoster vaccine", "2024-11-01", status="not-done"),
    sorted_allergy("al1", "Penicillin", "hives", "medication"),
    sorted_allergy("al2", "Peanut", "anaphylaxis", "food"),
    relative("f1", "father", "Type 2 diabetes mellitus"),
    relative("f2", "mother", "Breast cancer"),
    relative("f3", "maternal grandmother", "Stroke"),
    visit("e1", "IMP", "Hospital admission", "2023-03-01", "2023-03-05"),
    visit("e2", "EMER", "Emergency visit", "2025-03-01", "2025-03-01"),
    met("e3", "AMB", "Cardiology clinic visit", "2024-06-10", "Dr. Ines Vega", "cardiologist", "Hypertension"),
    met("e4", "AMB", "Eye clinic visit", "2024-09-12", "Dr. Paul Okafor", "ophthalmologist"),
    of("ann", "ServiceRequest", "o1", status="active", intent="order", code={"text": "Mammography"}, authoredOn="2025-11-20"),
    visit("e5", "AMB", "Hospital outpatient visit", "2025-08-08", "2025-08-08"),
    given("g1", "Vitamin B12 1 MG Injection", "2025-01-02"),
    given("g2", "Vitamin B12 1 MG Injection", "2025-02-02"),
    given("g3", "Vitamin B12 1 MG Injection", "2025-03-02", status="not-done"),
    note("n1", VISIT_NOTE, "2025-03-01T10:00:00-05:00"),
    note("n2", OLDER_NOTE, "2024-02-01T10:00:00-05:00"),
)


TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> AskedChart:
    store = tmp_path_factory.mktemp("lay") / "store"
    store_chart(store, person(), *RESOURCES)
    return AskedChart(open_store(store))


@pytest.fixture(scope="module")
def his_chart(tmp_path_factory: pytest.TempPathFactory) -> AskedChart:
    """Give the chart of a man."""
    store = tmp_path_factory.mktemp("his") / "store"
    store_chart(store, person(given="Alan", gender="male"), *RESOURCES)
    return AskedChart(open_store(store))


def defect(*values: object, why: str) -> Any:
    """Mark a case that is answered wrongly today; it must be unmarked once it is not."""
    return pytest.param(*values, marks=pytest.mark.xfail(reason=why))


HYPERTENSION = "Hypertension: active, onset 2015-03-01."
DIABETES = "Diabetes mellitus type 2: active, onset 2016-05-04."
BROKEN_HIP = "Fracture of left hip: resolved, onset 2022-11-02."
LOSARTAN = "Losartan 50 MG Oral Tablet (50 mg daily) is active since 2021-06-03, for hypertension."
METFORMIN = "Metformin 500 MG Oral Tablet (500 mg twice daily) is active since 2016-06-01."
LISINOPRIL = "Lisinopril 10 MG Oral Tablet was stopped on 2021-06-01 (started 2018-01-01), for hypertension; reason: dry cough."
FATHER, MOTHER = "Father: Type 2 diabetes mellitus.", "Mother: Breast cancer."
GRANDMOTHER = "Maternal grandmother: Stroke."
CARDIOLOGY = "Cardiology clinic visit (ambulatory (AMB)) on 2024-06-10, for Hypertension, with Dr. Ines Vega."
EYE_CLINIC = "Eye clinic visit (ambulatory (AMB)) on 2024-09-12, with Dr. Paul Okafor."
STAY = "Hospital admission (inpatient (IMP)) on 2023-03-01 to 2023-03-05."
EMERGENCY = "Emergency visit (emergency (EMER)) on 2025-03-01."
DECLINED = "Colonoscopy is recorded as not-done on 2024-05-05 (patient declined)."
COLONOSCOPY = "Colonoscopy was done on 2019-05-05."
ORDERED = "Mammography was ordered on 2025-11-20 (order active)."
APPENDIX = "Appendectomy was done on 1999-08-08."
PENICILLIN, PEANUT = "Allergy to Penicillin: hives.", "Allergy to Peanut: anaphylaxis."
FLU_24, FLU_23 = "Influenza vaccine was given on 2024-10-01.", "Influenza vaccine was given on 2023-10-01."
HEPATITIS_A, HEPATITIS_B = "Hepatitis A vaccine was given on 2011-02-02.", "Hepatitis B vaccine was given on 2010-02-02."
NO_ZOSTER = "Zoster vaccine was not given (not done) on 2024-11-01."
CREATININE = (
    "Creatinine was 1.0 mg/dL on 2023-02-10.",
    "Creatinine was 1.6 mg/dL on 2023-03-03.",
    "Creatinine was 1.1 mg/dL on 2023-03-20.",
)
OF_2025, OF_2024 = "Progress note, 2025-03-01: “{}”", "Progress note, 2024-02-01: “{}”"
CONCLUSIONS = [
    OF_2025.format("Unstable angina is the likely cause."),
    OF_2025.format("Start metoprolol and return in two weeks."),
]

TOLD = [
    # whose chart it is
    ("Does my mum have high blood pressure?", [HYPERTENSION]),
    ("Is my mum still on lisinopril?", [LISINOPRIL]),
    ("I'm worried about my mother. Does she have high blood pressure?", [HYPERTENSION]),
    ("Did my father have diabetes?", [FATHER]),
    ("Did my mother have breast cancer?", [MOTHER]),
    ("Did her grandmother have a stroke?", [GRANDMOTHER]),
    ("Which family members have diabetes?", [FATHER]),
    ("Any family history of stroke?", [GRANDMOTHER]),
    pytest.param("Any family history of diabetes?", [FATHER]),
    pytest.param("Any family history of breast cancer?", [MOTHER]),
    ("Does stroke run in the family?", [GRANDMOTHER]),
    # one of a class, and several times
    ("When did she have the hepatitis A vaccine?", [HEPATITIS_A]),
    ("When did she have the hepatitis B jab?", [HEPATITIS_B]),
    ("Did dad have diabetes?", [FATHER]),
    ("Which hepatitis shots has she had?", [HEPATITIS_A, HEPATITIS_B]),
    ("When were her flu shots?", [FLU_24, FLU_23]),
    ("When was her last flu shot?", [FLU_24]),
    ("What was the second flu shot's date?", [FLU_24]),
    ("When was her last B12 injection?", ["Vitamin B12 1 MG Injection was given on 2025-02-02."]),
    pytest.param(
        "How many B12 injections has she had?",
        ["Vitamin B12 1 MG Injection: 2 times in the chart (2025-01-02, 2025-02-02)."],
    ),
    # a time told by something of the chart
    ("What was her creatinine before the admission?", [CREATININE[0]]),
    ("What was her creatinine during the admission?", [CREATININE[1]]),
    ("What was her creatinine after the admission?", [CREATININE[2]]),
    ("What was her creatinine when she was in hospital?", [CREATININE[1]]),
    ("What was her creatinine before the emergency visit?", [CREATININE[2]]),
    ("What was her creatinine after the colonoscopy?", [CREATININE[0]]),
    ("What was her A1c after the metformin was started?", ["Hemoglobin A1c was 7.1 % on 2023-01-05."]),
    (
        "What was her A1c since the hip fracture?",
        [
            (
                "Hemoglobin A1c fell by 0.2 % from 2023-01-05 to 2025-06-01: "
                "7.1 % (2023-01-05), 8.4 % (2024-01-05), 6.9 % (2025-06-01)."
            )
        ],
    ),
    # who looks after what
    ("Who looks after her heart?", [CARDIOLOGY]),
    ("Who does she see for her heart?", [CARDIOLOGY]),
    ("Who is her cardiologist?", [CARDIOLOGY]),
    ("Who is her eye doctor?", [EYE_CLINIC]),
    ("When did she last see the eye doctor?", [EYE_CLINIC]),
    ("How many times has she seen the eye doctor?", ["Eye clinic visit: 1 time in the chart (2024-09-12)."]),
    # what a treatment did, and what took its place
    ("Why was lisinopril stopped?", [LISINOPRIL]),
    ("What did lisinopril do to her?", [LISINOPRIL]),
    ("Did she have side effects on lisinopril?", [LISINOPRIL]),
    ("What replaced the lisinopril?", [LISINOPRIL, LOSARTAN]),
    ("What was she switched to from lisinopril?", [LISINOPRIL, LOSARTAN]),
    ("What is she taking for her sugar?", [METFORMIN]),
    ("What is she taking for her blood pressure?", [LOSARTAN]),
    ("Which drugs were stopped in 2021?", [LISINOPRIL]),
    # what was refused, and what is to come
    ("What procedures were refused?", [DECLINED]),
    ("Did she refuse the colonoscopy?", [DECLINED]),
    ("Was the colonoscopy done in 2024?", [DECLINED]),
    ("When was her last colonoscopy?", [DECLINED, COLONOSCOPY]),
    ("When was her colonoscopy?", [COLONOSCOPY]),
    ("Which vaccines has she missed?", [NO_ZOSTER]),
    ("What scans are due?", [ORDERED]),
    ("When is her mammogram due?", [ORDERED]),
    ("Has the mammogram been done?", [ORDERED]),
    # sorts of allergy
    ("What food allergies does she have?", [PEANUT]),
    ("What drug allergies does she have?", [PENICILLIN]),
    ("What is she allergic to?", [PENICILLIN, PEANUT]),
    ("Is she allergic to amoxicillin?", [PENICILLIN]),
    ("What happens if she eats peanuts?", [PEANUT]),
    ("Before I prescribe: is she allergic to penicillin?", [PENICILLIN]),
    # visits and the parts of notes
    ("Was she admitted in 2023?", [STAY]),
    ("When was she last in the emergency room?", [EMERGENCY]),
    (
        "What happened at the emergency visit?",
        [
            EMERGENCY,
            OF_2025.format("Chief Complaint: Chest pain since yesterday."),
            OF_2025.format("History of Present Illness: The pain began while she was gardening."),
            OF_2025.format("Assessment: Unstable angina is the likely cause."),
            OF_2025.format("Plan: Start metoprolol and return in two weeks."),
        ],
    ),
    ("What was decided at the emergency visit?", [EMERGENCY, CONCLUSIONS[1]]),
    ("What was she complaining of in March 2025?", [OF_2025.format("Chief Complaint: Chest pain since yesterday.")]),
    ("What was her chief complaint in February 2024?", [OF_2024.format("Chief Complaint: Itching of the left ear.")]),
    ("What was the assessment in March 2025?", [CONCLUSIONS[0]]),
    ("What was the plan in March 2025?", [CONCLUSIONS[1]]),
    # as people write
    ("latset a1c", ["Hemoglobin A1c was 6.9 % on 2025-06-01."]),
    ("dx dte of htn", [HYPERTENSION]),
    ("reson lisinopril stopped", [LISINOPRIL]),
    ("wat dose of metformin", [METFORMIN]),
    ("allergys?", [PENICILLIN, PEANUT]),
    ("famly history", [FATHER, MOTHER, GRANDMOTHER]),
    ("What did the colonoscopy show?", ["Colonoscopy is recorded as not-done on 2024-05-05 (patient declined)."]),
    ("hw many colonoscopies", ["Colonoscopy: 1 time in the chart (2019-05-05)."]),
    ("Did she break her hip?", [BROKEN_HIP]),
    ("Did she have her appendix removed?", [APPENDIX]),
    ("The letter needs this. When was her appendectomy?", [APPENDIX]),
    (
        "How old was she when she had her appendix out?",
        ["Appendectomy was done on 1999-08-08: at the age of 39 years (born 1960-02-29)."],
    ),
]


@pytest.mark.parametrize(("question", "sentences"), TOLD)
def test_tells_what_the_chart_holds(chart: AskedChart, question: str, sentences: list[str]) -> None:
    assert chart.say(question, as_of=TODAY) == sentences


SILENT = [
    # another person
    "Has my dad got asthma?",
    "Did my mother have diabetes?",
    "Did her sister have diabetes?",
    "Did her brother have breast cancer?",
    "Did her aunt have breast cancer?",
    "Did her grandfather have a stroke?",
    "Does she have breast cancer?",
    "Has she ever had a stroke?",
    "Is my dad still taking losartan?",
    "Does asthma run in the family?",
    pytest.param("Did her mother have a stroke?"),
    "Does her son have asthma?",
    "Does her neighbor have diabetes?",
    pytest.param("Does her husband have high blood pressure?"),
    pytest.param("Is her daughter on losartan?"),
    # another vaccine, or not so often
    "Has she had a tetanus shot?",
    "Has she had the pneumonia vaccine?",
    "When was her third flu shot?",
    # an event that the chart lacks
    "What was her creatinine after the heart transplant?",
    "What was her A1c before the bypass?",
    "Creatinine after the dialysis?",
    "Creatinine after the ER visit?",
    "What was her A1c during the admission?",
    "A1c when she started metformin?",
    pytest.param("What was her A1c after the stroke?"),
    "What happened at the admission in 2021?",
    "Was she admitted in 2025?",
    "How old was she when she broke her wrist?",
    "When was her gallbladder removed?",
    "How did the heart surgery go?",
    "What was the assessment in 2021?",
    "What was she complaining of in 2022?",
    "What were the exam findings?",
    # a class without a member, or another medicine
    "Is she on a blood thinner?",
    "Is she on a statin?",
    "Is she on a water pill?",
    "Is she on any antidepressants?",
    "What is she on for cholesterol?",
    "What does she take for her asthma?",
    "What side effects did metformin cause?",
    "Did losartan cause a cough?",
    "Which drugs were stopped in 2023?",
    "When was warfarin stopped?",
    "When was her last insulin injection?",
    # what was only planned
    "What did the mammogram show?",
    "When is her next appointment?",
    # another field, another side, another substance
    "Who is her kidney doctor?",
    "Who looks after her skin?",
    "When did she last see the dentist?",
    "Who did her colonoscopy?",
    "Is she allergic to eggs?",
    "What happens if she eats shrimp?",
    "Did she break her wrist?",
    pytest.param("Did she break her right hip?"),
]


@pytest.mark.parametrize("question", SILENT)
def test_says_nothing_near_by(chart: AskedChart, question: str) -> None:
    assert chart.say(question, as_of=TODAY) == []


@pytest.mark.parametrize(
    "question",
    [
        "Has she had a mammogram?",
        "When was her last mammogram?",
        pytest.param("How many mammograms has she had?"),
    ],
)
def test_what_was_only_ordered_is_told_as_ordered(chart: AskedChart, question: str) -> None:
    assert chart.say(question, as_of=TODAY) in ([], [ORDERED])


def test_the_count_of_a_class_is_not_told_as_of_one_member(chart: AskedChart) -> None:
    assert chart.say("How many hepatitis A shots has she had?", as_of=TODAY) == [
        "Hepatitis A vaccine: 1 time in the chart (2011-02-02)."
    ]


def test_the_count_of_two_vaccines_bears_the_name_of_neither(chart: AskedChart) -> None:
    [said] = chart.say("How many hepatitis shots has she had?", as_of=TODAY)
    assert "2 times" in said
    assert not said.startswith("Hepatitis A vaccine")


def test_the_plain_name_of_a_vaccine_finds_the_formal_one(chart: AskedChart) -> None:
    assert chart.say("Has she had the shingles shot?", as_of=TODAY) == [NO_ZOSTER]


FLU_REFUSED = immunization("i", "Influenza vaccine", "2024-10-01", status="not-done")
FLU_NOT_GIVEN = ["Influenza vaccine was not given (not done) on 2024-10-01."]
BROKEN = (condition("rib", "Fracture of rib", "2020-01-01"), condition("arm", "Fracture of right arm", "2020-01-01"))
PAST_VISIT = visit("past", "AMB", "Clinic visit", "2025-08-08", "2025-08-08")
GRANDFATHER = relative("f", "paternal grandfather", "Diabetes mellitus")
OF_SON = relative("f", "son", "Asthma")
CLOPIDOGREL = medication("m", "Clopidogrel 75 MG", "2020-01-01")


@pytest.mark.parametrize(
    ("resources", "question", "sentences"),
    [
        ([FLU_REFUSED], "Has she had the influenza vaccine?", FLU_NOT_GIVEN),
        ([FLU_REFUSED], "Did she have a flu shot in 2024?", FLU_NOT_GIVEN),
        ([FLU_REFUSED], "Has she had the flu shot?", FLU_NOT_GIVEN),
        ([BROKEN[0]], "Did she break her arm?", []),
        ([BROKEN[0]], "Did she crack a rib?", ["Fracture of rib: active, onset 2020-01-01."]),
        ([*BROKEN], "Did she break her arm?", ["Fracture of right arm: active, onset 2020-01-01."]),
        ([CLOPIDOGREL], "Is she on a blood thinner?", ["Clopidogrel 75 MG is active since 2020-01-01."]),
        ([CLOPIDOGREL], "Is she on a statin?", []),
        ([GRANDFATHER], "Did her grandpa have diabetes?", ["Paternal grandfather: Diabetes mellitus."]),
        ([GRANDFATHER], "Did her grandmother have diabetes?", []),
        pytest.param([GRANDFATHER], "Did her father have diabetes?", []),
        ([OF_SON], "Any family history of asthma?", ["Son: Asthma."]),
        ([OF_SON], "Does her daughter have asthma?", []),
        pytest.param([OF_SON], "Does her son have asthma?", ["Son: Asthma."]),
        ([PAST_VISIT], "Any upcoming visits?", []),
        ([PAST_VISIT], "When is the follow-up visit?", []),
    ],
)
def test_a_chart_of_a_few_entries(chart_of: ChartOf, resources: list[Resource], question: str, sentences: list[str]) -> None:
    assert chart_of(*resources).say(question, as_of=TODAY) == sentences


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("Is my dad still taking losartan?", [LOSARTAN]),
        ("Does Dad have high blood pressure?", [HYPERTENSION]),
        ("Does my husband take metformin?", [METFORMIN]),
        ("Did my dad have diabetes?", [FATHER]),
        ("Did Mum have breast cancer?", [MOTHER]),
        ("Is my mum on losartan?", []),
        pytest.param("Does my wife take metformin?", []),
    ],
)
def test_whom_a_speaker_means_depends_on_the_patients_sex(his_chart: AskedChart, question: str, sentences: list[str]) -> None:
    assert his_chart.say(question, as_of=TODAY) == sentences


def test_every_quote_is_byte_equal_to_its_source(chart: AskedChart) -> None:
    questions = [str(case[0]) for case in TOLD if isinstance(case, tuple) and not hasattr(case, "marks")]
    quoted = 0
    for question in questions:
        answer = chart.ask(question, as_of=TODAY)
        assert answer.kind == "supported", question
        for citation in (one for claim in answer.claims for one in claim.citations):
            text = chart.engine.records.open_citation(citation.id).text
            assert text[citation.start : citation.end].encode() == citation.quote.encode()
            quoted += 1
    assert quoted >= len(questions)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Has her A1c ever been above 9?", "Hemoglobin A1c was 9.4 % on 2023-05-01."),
        ("Did the a1c exceed 9 at any time?", "The highest of 3 values: Hemoglobin A1c was 9.4 % on 2023-05-01."),
        ("Was her HbA1c ever under 7 %?", "Hemoglobin A1c was 6.8 % on 2022-05-01."),
        ("Is her A1c below 8?", "Hemoglobin A1c was 7.1 % on 2024-05-01."),
    ],
)
def test_whether_a_value_was_ever_beyond_a_number_is_told_by_the_extreme(
    chart_of: Callable[..., AskedChart], question: str, said: str
) -> None:
    values = [lab("x", 6.8, "2022-05-01"), lab("y", 9.4, "2023-05-01"), lab("z", 7.1, "2024-05-01")]
    assert chart_of(*values).say(question, as_of=TODAY) == [said]


@pytest.mark.parametrize(
    "question", ["Is she on an antibiotic?", "Is she taking penicillin?", "Is she currently given any penicillins?"]
)
def test_an_allergy_is_no_medicine_that_is_taken(chart_of: Callable[..., AskedChart], question: str) -> None:
    chart = chart_of(allergy("a", "Penicillin G", "Hives"), note("n", "Allergies: penicillin (hives).\n"))
    assert chart.say(question, as_of=TODAY) == []
    assert chart.say("Is she allergic to penicillin?", as_of=TODAY) == ["Allergy to Penicillin G: Hives."]
