from __future__ import annotations

import json
from pathlib import Path

import pytest
from chartcite.engine.assertion import assert_mention, context_of
from chartcite.engine.domain.records import AssertionStatus
from hypothesis import given
from hypothesis import strategies as st


def asserted(marked: str, section: str = "") -> str:
    """Return the assertion of the words between square brackets."""
    start, end = marked.index("["), marked.index("]") - 1
    return assert_mention(marked.replace("[", "").replace("]", ""), start, end, section=section).value


LABELLED = Path(__file__).parents[2] / "evals" / "assertions.jsonl"
"""Sentences of many clinics' styles, each with a mention and its assertion."""

PRESENT = [
    "She has [asthma] and takes an inhaler daily.",
    "[Pneumonia] of the right lower lobe, improving on antibiotics.",
    "No chest pain, but has [palpitations] at night.",
    "Denies fever; reports [cough] for two weeks.",
    "No change in [renal function].",
    "He no longer tolerates [metformin].",
    "Walks with difficulty because of [knee pain].",
    "Gram-negative [bacteremia] on 3 of 4 bottles.",
    "Without fever but with [rigors].",
    "Presents with [syncope] after standing.",
    "4/7 hx of [sore throat] and myalgia.",
    "Three-week history of [cough].",
    "Victim of intimate partner abuse, [gout].",
    "Relative [bradycardia] at rest.",
]
ABSENT = [
    "Denies [chest pain] or dyspnea.",
    "No fever, chills or [night sweats].",
    "There is no evidence of [metastasis].",
    "CT was negative for [pulmonary embolism].",
    "[Hepatitis C] antibody: negative.",
    "Patient is without [edema].",
    "Never had a [stroke].",
    "[Influenza] was ruled out.",
    "She doesn't have [diabetes].",
    "Lungs clear of [crackles].",
    "[HIV] screen non-reactive.",
    "Neither rash nor [itching] today.",
]
POSSIBLE = [
    "Possible [pneumonia] at the left base.",
    "Concern for [sepsis]; cultures sent.",
    "Findings suspicious for [malignancy].",
    "[Endocarditis] cannot be excluded.",
    "r/o [DVT], doppler tomorrow.",
    "Likely [viral bronchitis].",
    "Differential includes [sarcoidosis] and lymphoma.",
    "This may represent [early cirrhosis].",
]
HYPOTHETICAL = [
    "Return if [fever] develops.",
    "Call for worsening [shortness of breath].",
    "Acetaminophen as needed for [pain].",
    "Counseled on signs of [hypoglycemia].",
    "If [rash] appears, stop the drug.",
    "Should she develop [bleeding], go to the ED.",
    "Watch for [jaundice].",
]
HISTORICAL = [
    "History of [appendectomy] at age 12.",
    "s/p [cholecystectomy] in 2009.",
    "Had a [DVT] years ago, no longer anticoagulated.",
    "Former [smoker], quit 2015.",
    "[Rheumatic fever] as a child.",
    "PMH: [gout].",
]
FAMILY = [
    "Mother had [breast cancer] at 52.",
    "Family history of [colon cancer].",
    "[Diabetes] in her father and two uncles.",
    "Paternal grandfather died of [stroke].",
    "His brother has [hemophilia], patient tested normal.",
]


@pytest.mark.parametrize("sentence", PRESENT)
def test_what_a_sentence_says_of_the_patient_is_present(sentence: str) -> None:
    assert asserted(sentence) == "present"


@pytest.mark.parametrize("sentence", ABSENT)
def test_what_a_sentence_denies_is_absent(sentence: str) -> None:
    assert asserted(sentence) == "absent"


@pytest.mark.parametrize("sentence", POSSIBLE)
def test_what_a_sentence_suspects_is_possible(sentence: str) -> None:
    assert asserted(sentence) == "possible"


@pytest.mark.parametrize("sentence", HYPOTHETICAL)
def test_what_a_sentence_warns_of_is_hypothetical(sentence: str) -> None:
    assert asserted(sentence) == "hypothetical"


@pytest.mark.parametrize("sentence", HISTORICAL)
def test_what_a_sentence_puts_in_the_past_is_historical(sentence: str) -> None:
    assert asserted(sentence) == "historical"


@pytest.mark.parametrize("sentence", FAMILY)
def test_what_a_sentence_says_of_relatives_is_family(sentence: str) -> None:
    assert asserted(sentence) == "family"


@pytest.mark.parametrize(
    ("sentence", "section", "expected"),
    [
        pytest.param("[Breast cancer] at 52.", "FAMILY HISTORY", "family", id="a family heading"),
        pytest.param("[Gout], hypertension.", "PAST MEDICAL HISTORY", "historical", id="a past history heading"),
        pytest.param("[Cough] for two weeks.", "HISTORY OF PRESENT ILLNESS", "present", id="the present illness is now"),
        pytest.param(
            "The patient has [asthma].",
            "FAMILY HISTORY",
            "present",
            id="the patient under a family heading",
        ),
        pytest.param("No [gout].", "PAST MEDICAL HISTORY", "absent", id="a denial outweighs the heading"),
    ],
)
def test_a_heading_decides_where_the_sentence_does_not(sentence: str, section: str, expected: str) -> None:
    assert asserted(sentence, section) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Lives with her mother, has [asthma].", id="who she lives with"),
        pytest.param("Brought by his daughter with [confusion].", id="who brings him"),
        pytest.param("He lives with his mother and has [asthma].", id="whom he lives with, inside the sentence"),
        pytest.param("Mother has lupus but the patient has [psoriasis].", id="the patient after the relative"),
    ],
)
def test_a_relative_in_a_sentence_does_not_take_the_patients_finding(sentence: str) -> None:
    assert asserted(sentence) == "present"


def test_a_negation_ends_with_its_sentence() -> None:
    assert asserted("No acute distress. [Wheezing] on both sides.") == "present"


def test_sentences_of_many_styles_are_asserted_as_labelled() -> None:
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    wrong = [
        row["sentence"] for row in rows if assert_mention(row["sentence"], row["start"], row["end"]).value != row["assertion"]
    ]
    assert len(wrong) <= len(rows) * 0.03, wrong


def test_axes_are_told_apart() -> None:
    sentence = "No history of stroke."
    context = context_of(sentence, sentence.index("stroke"), len(sentence) - 1)
    assert (context.negated, context.historical, context.other) == (True, True, False)


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 60))
def test_any_text_has_some_assertion(text: str, start: int, length: int) -> None:
    assert assert_mention(text, start, start + length, section=text[:20]) in AssertionStatus
