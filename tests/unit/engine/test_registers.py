"""The same claims in words for each reader; a wording that says more or less than the claim is not shown."""

# ruff: noqa: E501 -- sentences read better whole

import re
from datetime import date
from decimal import Decimal

import pytest
from chartcite.engine.ask import ask
from chartcite.engine.domain.answers import Answer, Audience, ClaimKind, Question, SupportedAnswer, Turn
from chartcite.engine.domain.medication_rules import ADVICE
from chartcite.engine.domain.records import PatientId
from chartcite.engine.registers import NO_DIAGNOSIS, NO_TREATMENT, patient_wording
from chartcite.engine.wording.plain_claims import plain_words
from chartcite.engine.wording.plain_dates import day_in_words, with_days_in_words, with_iso_days
from chartcite.engine.wording.plain_language import Glossary
from chartcite.engine.wording.plain_sentences import ASK_FIRST
from chartcite.engine.wording.reading_grade import own_words, reading_grade, syllables
from chartcite.engine.wording.register_checks import is_faithful
from chartcite.ingestion.sources.plain_language import load_glossary
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import CORPORA, AskedChart, bundled_lexicon
from tests.evals.registers import RECOMMENDS

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))
FACT, ABSENT, COMPUTED = ClaimKind.RECORD_FACT, ClaimKind.ABSENCE, ClaimKind.COMPUTED

WORDINGS = [
    (
        FACT,
        "Potassium was 5.9 mmol/L on 2024-03-03 (reference range 3.5-5.1 mmol/L, flagged HH).",
        "Your “Potassium” was 5.9 mmol/L on 3 March 2024. The range in the record is 3.5-5.1 mmol/L. The record marks this result as critically high.",
    ),
    (FACT, "Body weight was 82.1 kg on 2024-03.", "Your body weight was 82.1 kg in March 2024."),
    (FACT, "Blood pressure was 130/82 mm[Hg] on 2024-11-12.", "Your blood pressure was 130/82 mmHg on 12 November 2024."),
    (
        FACT,
        "Glipizide 5 mg tablet (Take 1 tablet by mouth) was stopped on 2025-07-22 (started 2016-04-04), for Type 2 diabetes; reason: Hypoglycemia; insulin started.",
        "“Glipizide 5 mg tablet (Take 1 tablet by mouth)” was stopped on 22 July 2025. It was started on 4 April 2016. It was for “Type 2 diabetes”. The reason given: “Hypoglycemia; insulin started”.",
    ),
    (
        FACT,
        "Allergy to Penicillin: Anaphylaxis (disorder); severe (criticality high), recorded 2019-11-14.",
        "Your record lists an allergy to “Penicillin”. What is noted: “Anaphylaxis; severe”. The record rates how serious it can be as high. It was recorded on 14 November 2019.",
    ),
    (
        ABSENT,
        "Allergy to Amoxicillin was refuted, recorded 2019-11-14.",
        "Your record says that you do not have an allergy to “Amoxicillin”: it was refuted (ruled out). This was recorded on 14 November 2019.",
    ),
    (
        ABSENT,
        "Diabetic gastroparesis was refuted: the chart says the patient does not have it.",
        "Your record says that you do not have “Diabetic gastroparesis”. It was refuted (ruled out).",
    ),
    (FACT, "Asthma: resolved, onset 2013, ended 2014-02-13.", "Your record lists asthma as resolved. It began in 2013. It ended on 13 February 2014."),
    (
        COMPUTED,
        "MoCA score fell by 5 from 2022-03-22 to 2026-02-10: 22 (2022-03-22), 17 (2026-02-10).",
        "Your MoCA score fell by 5 from 22 March 2022 to 10 February 2026. The values were:\n– 22 on 22 March 2022\n– 17 on 10 February 2026",
    ),
    (FACT, "Progress note, 2024-02-06: “-> STOP tiotropium.”", "Your notes say this (Progress note, 6 February 2024): “-> STOP tiotropium.”"),
    (
        FACT,
        "Six-minute walk test was ordered on 2026-08-25 by Rania Haddad, MD for COPD, planned for 2026-10-01 (order active): Not scheduled.",
        "“Six-minute walk test” was ordered on 25 August 2026 by Rania Haddad, MD. It is for COPD. It is planned for 1 October 2026. The order is marked as “active”. The record adds: “Not scheduled”.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "said"), WORDINGS)
def test_a_claim_is_said_plainly_and_says_the_same(kind: ClaimKind, text: str, said: str) -> None:
    assert plain_words(text, kind) == said
    assert is_faithful(said, text, lexicon=bundled_lexicon())
    assert reading_grade(own_words(said)) <= 8


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("5.9 mmol/L", "6.9 mmol/L", id="number"),
        pytest.param("5.9 mmol/L", "5.9 mg/dL", id="unit"),
        pytest.param("3 March 2024", "4 March 2024", id="day"),
        pytest.param(" on 3 March 2024", "", id="day lost"),
        pytest.param("critically high", "high", id="flag"),
        pytest.param(" The record marks this result as critically high.", "", id="flag lost"),
        pytest.param("Potassium", "Sodium", id="test"),
        pytest.param("was 5.9", "was not 5.9", id="denial"),
        pytest.param("Your “Pot", "Do not worry, your “Pot", id="reassurance"),
        pytest.param(" The range in the record is 3.5-5.1 mmol/L.", "", id="range lost"),
    ],
)
def test_a_wording_that_says_more_or_less_does_not_stand_for_the_claim(before: str, after: str) -> None:
    _, text, said = WORDINGS[0]
    assert before in said
    assert not is_faithful(said.replace(before, after), text, lexicon=bundled_lexicon())


@pytest.mark.parametrize(
    ("place", "before", "after"),
    [
        (3, "was stopped", "was started"),
        (3, "Glipizide", "Glimepiride"),
        (3, "22 July 2025. It was started on 4 April 2016", "22 July 2025"),
        (4, "an allergy to", "no allergy to"),
        (4, "Anaphylaxis; severe", "Anaphylaxis; mild"),
        (5, "do not have", "have"),
        (6, "“Diabetic gastroparesis”", "“Diabetic retinopathy”"),
        (9, "STOP", "START"),
        (10, " It is planned for 1 October 2026.", ""),
    ],
)
def test_a_swap_is_caught(place: int, before: str, after: str) -> None:
    _, text, said = WORDINGS[place]
    assert before in said
    changed = said.replace(before, after).replace(": it was refuted (ruled out)", "")
    assert not is_faithful(changed, text, lexicon=bundled_lexicon())


@given(
    name=st.sampled_from(["Creatinine, serum", "Blood pressure", "eGFR (CKD-EPI 2021)", "Weight"]),
    value=st.decimals(min_value=0, max_value=999, places=2, allow_nan=False, allow_infinity=False),
    unit=st.sampled_from(["mg/dL", "mmHg", "%", "kg"]),
    day=DAYS,
    other=st.integers(min_value=1, max_value=9),
)
def test_any_value_stays_what_it_is(name: str, value: Decimal, unit: str, day: date, other: int) -> None:
    text = f"{name} was {value} {unit} on {day}."
    said = plain_words(text, FACT)
    assert is_faithful(said, text, lexicon=bundled_lexicon())
    assert with_iso_days(said).count(str(day)) == 1
    assert not is_faithful(said.replace(f"{value} ", f"{other}{value} "), text, lexicon=bundled_lexicon())


@given(DAYS)
def test_a_day_in_words_is_that_day(day: date) -> None:
    assert with_iso_days(day_in_words(str(day))) == str(day)


def test_days_in_quotes_stay_as_written() -> None:
    assert with_days_in_words("on 2024-03-03: “due 2024-04-04”, in 2024-05") == "on 3 March 2024: “due 2024-04-04”, in May 2024"
    assert with_days_in_words("on 2024-13-40") == "on 2024-13-40"


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("table", 2),
        ("tested", 2),
        ("used", 1),
        ("potassium", 4),
        ("medicine", 3),
        ("dialysis", 4),
        ("mg/dL", 1),
        ("7.2", 1),
        ("care", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_hard_words_are_of_a_higher_grade() -> None:
    assert reading_grade("The cat sat. It was fat.") < 2
    assert reading_grade("Pharmacological interventions necessitate interdisciplinary deliberation.") > 20
    assert own_words("Your notes say: “acute myocardial infarction”.") == "Your notes say: ."
    assert reading_grade("") == 0


def _asked(chart: AskedChart, text: str, audience: Audience, patient: str = "rosa-delgado") -> Answer:
    question = Question(text=text, patient_id=PatientId(patient), audience=audience)
    return ask(question, engine=chart.engine._replace(glossary=load_glossary(CORPORA / "terminology")))


def test_a_patient_reads_plain_words_over_the_same_claims(bundled: AskedChart) -> None:
    theirs, plain = (_asked(bundled, "What was the last HbA1c?", one) for one in (Audience.CLINICIAN, Audience.PATIENT))
    assert isinstance(theirs, SupportedAnswer)
    assert isinstance(plain, SupportedAnswer)
    assert [claim.text for claim in plain.claims] == [claim.text for claim in theirs.claims]
    assert all(claim.worded == "" and claim.shown == claim.text for claim in theirs.claims)
    assert plain.claims[0].worded in plain.text
    assert re.search(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b", plain.text)
    assert [one.id for one in plain.explanations] == ["hemoglobin-a1c"]
    assert plain.explanations[0].review_state == "not yet reviewed by a clinician"
    assert theirs.explanations == ()
    assert theirs.closing == ""
    assert plain.text.endswith(plain.closing)


def test_a_researcher_reads_counts_and_codes(bundled: AskedChart) -> None:
    answer = _asked(bundled, "What was the last HbA1c?", Audience.RESEARCHER)
    assert isinstance(answer, SupportedAnswer)
    assert answer.text.startswith("n = 1 (record fact 1); sources: 1; ")
    assert "[LOINC 4548-4" in answer.claims[0].worded
    assert re.search(r"\d{4}-\d\d-\d\d", answer.claims[0].worded)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Should I stop my blood pressure pill?", NO_TREATMENT),
        ("Can I take ibuprofen with this?", NO_TREATMENT),
        ("how much insulin should I take", NO_TREATMENT),
        ("Do I have cancer?", NO_DIAGNOSIS),
        ("Is my potassium too high?", NO_DIAGNOSIS),
        ("Do I have any allergies?", ""),
        ("What medicines am I on?", ""),
        ("When did I have my last flu shot?", ""),
    ],
)
def test_no_judgment_is_made_for_a_patient(bundled: AskedChart, text: str, lead: str) -> None:
    answer = _asked(bundled, text, Audience.PATIENT)
    assert answer.lead == lead
    assert answer.text.startswith(lead)
    if isinstance(answer, SupportedAnswer):
        assert lead != NO_TREATMENT or all(claim.kind is not ClaimKind.GUIDELINE for claim in answer.claims)


def test_an_alert_keeps_its_facts_and_tells_whom_to_ask(bundled: AskedChart) -> None:
    answer = _asked(bundled, "What was the last HbA1c?", Audience.PATIENT)
    assert isinstance(answer, SupportedAnswer)
    told = "Major kidney function warning: ibuprofen (eGFR < 30) – eGFR was 26 on 2026-08-11 (flagged L). Acute kidney injury."
    alert = answer.claims[0].model_copy(update={"text": f"{told} {ADVICE}", "kind": ClaimKind.INFERENCE})
    said = patient_wording(alert, lexicon=bundled_lexicon())
    assert f"“{told}”" in said
    assert said.endswith(ASK_FIRST)
    assert RECOMMENDS.search(own_words(said)) is None


@pytest.mark.parametrize(
    "text",
    [
        "You should take aspirin.",
        "We recommend insulin.",
        "Stop taking the pill.",
        "You have diabetes.",
        "This is nothing to worry about.",
    ],
)
def test_advice_is_recognised(text: str) -> None:
    assert RECOMMENDS.search(text)


def test_silence_tells_a_patient_what_was_looked_for_and_where(bundled: AskedChart) -> None:
    theirs, plain = (_asked(bundled, "Why was amiodarone stopped?", one) for one in (Audience.CLINICIAN, Audience.PATIENT))
    assert plain.kind == theirs.kind == "abstained"
    assert "“amiodarone”" in plain.text
    assert "notes were searched" in plain.text
    assert "resource types" not in plain.text
    assert reading_grade(own_words(plain.text)) <= 8
    assert not isinstance(plain, SupportedAnswer)
    assert not isinstance(theirs, SupportedAnswer)
    assert plain.basis == theirs.basis


def test_the_glossary_explains_a_concept_or_the_class_of_a_medicine() -> None:
    glossary, lexicon = load_glossary(CORPORA / "terminology"), bundled_lexicon()
    assert len(glossary) >= 250
    told = glossary.explain("lisinopril", ("lisinopril",), lexicon)
    assert told is not None
    assert (told.id, told.term) == ("ace-inhibitor", "lisinopril and medicines like it")
    assert glossary.explain("some of both", ("hemoglobin-a1c", "asthma"), lexicon) is None
    assert glossary.explain("nothing", ("no-such-id",), lexicon) is None
    assert Glossary({}).explain("asthma", ("asthma",), lexicon) is None


def test_a_slip_is_not_repeated_in_an_explanation() -> None:
    told = Glossary({"asthma": "It narrows the airways."}).explain("athsma", ("asthma",), bundled_lexicon())
    assert told is not None
    assert told.term == "asthma"


def test_a_follow_up_is_read_with_the_days_of_an_answer_in_words(bundled: AskedChart) -> None:
    first = _asked(bundled, "What was the last HbA1c?", Audience.PATIENT)
    turn = Turn(question=first.question.text, answer=first.text, patient_id=first.question.patient_id)
    asked = first.question.model_copy(update={"text": "and before that?", "earlier": (turn,)})
    plain = ask(asked, engine=bundled.engine)
    told = turn.model_copy(update={"answer": bundled.ask(turn.question, patient="rosa-delgado").text})
    usual = ask(asked.model_copy(update={"earlier": (told,), "audience": Audience.CLINICIAN}), engine=bundled.engine)
    assert plain.read_as == usual.read_as != ""
