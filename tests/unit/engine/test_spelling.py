"""Shorthand and slips in questions are mended; what means something already is left as it stands."""

from __future__ import annotations

import re

import pytest
from chartcite.engine.language.english_words import NAMES
from chartcite.engine.language.english_words import WORDS as WORDS_OF_ENGLISH
from chartcite.engine.language.spelling import (
    CUE_WORDS,
    LEAST_LETTERS,
    SHORTHAND,
    mend_question,
    mend_words,
    nearest,
    people_named,
    plain_slip,
    undoubled,
)
from chartcite.engine.language.terminology import fold, tokenize
from chartcite.engine.questions.question_words import is_ordinary
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import bundled_lexicon


def nothing_known(_word: str) -> bool:
    return False


def all_known(_word: str) -> bool:
    return True


def mended(text: str) -> str:
    return mend_question(text, nothing_known)[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dx dte of htn", "dx date of htn"),
        ("lst a1c", "last a1c"),
        ("hx of sz", "history of seizure"),
        ("any rxn to abx", "any reaction to antibiotics"),
        ("1st appt", "first appointment"),
        ("reason f/u w/ cardiology", "reason follow-up with cardiology"),
        ("typ/dte of surgery", "type / date of surgery"),
        ("lisinopril -> losartan", "lisinopril to losartan"),
        ("prostate ca", "prostate cancer"),
        ("did she break her wrist", "did she wrist fracture"),
        ("broke his hip", "hip fracture"),
        ("hip # adm", "hip fracture admission"),
        ("# of admits", "number of admissions"),
        ("LOS of inpt stay", "length of stay of inpatient stay"),
        ("adm + d/c dates", "admission and discharge dates"),
        ("stay for the low Na", "stay for the hyponatremia"),
        ("low sodium diet", "low sodium diet"),
        ("ED visits for OD", "ED visits for overdose"),
        ("VA OD 20/30", "VA OD 20/30"),
        ("renal tx date", "renal transplant date"),
        ("FEV1 %pred over time", "FEV1  percent predicted over time"),
        ("Mg on admission", "magnesium on admission"),
        ("5 Mg tablet", "5 Mg tablet"),
        ("lot # of the vaccine", "lot number of the vaccine"),
        ("did he have SBP", "did he have spontaneous bacterial peritonitis"),
        ("SBP 140", "SBP 140"),
        ("she has had the sugar", "she has had diabetes"),
        ("BP meds", "blood pressure meds"),
        ("why'd she stop", "why did she stop"),
        ("When’d he start", "When did he start"),
        ("who'd been told", "who had been told"),
        ("what'd they find", "what did they find"),
        ("who's told", "who's told"),
    ],
)
def test_shorthand_is_written_out(typed: str, meant: str) -> None:
    assert mend_question(typed, all_known)[0] == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("reson", "reason"), ("latset", "latest"), ("dosge", "dosage"), ("alergies", "allergies"), ("medicaton's", "medication's")],
)
def test_one_slip_in_a_question_word_is_mended_and_told(typed: str, meant: str) -> None:
    assert mend_question(f"the {typed} of it", lambda word: word in {"the", "of", "it"}) == (
        f"the {meant} of it",
        {typed.removesuffix("'s"): meant.removesuffix("'s")},
    )


def test_what_is_known_is_no_slip() -> None:
    assert mended("reson of it") == "reason of it"
    assert mend_question("reson of it", lambda word: word == "reson") == ("reson of it", {})


@pytest.mark.parametrize("text", ["RESON of it", "by Reson there", "res0n of it", "r3son", "SZ plan", "CA 125", "ALT/AST"])
def test_capitals_names_and_codes_stand_as_typed(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize("word", ["dat", "las", "xyz", "qqqqqq", "reesoon", "creatinine"])
def test_a_short_or_distant_word_is_no_question_word(word: str) -> None:
    assert nearest(word) is None


SWAPPED = {cue[:-2] + cue[-1] + cue[-2]: cue for cue in CUE_WORDS if len(cue) > LEAST_LETTERS}


@pytest.mark.parametrize("typed", sorted(set(SWAPPED) - set(CUE_WORDS)))
def test_letters_that_changed_places_are_found(typed: str) -> None:
    assert sorted(nearest(typed) or "") == sorted(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Did she break her wrist in 2020?", "wrist fracture"), ("break her right hip", "right hip")],
)
def test_a_broken_bone_is_a_fracture_of_it(typed: str, meant: str) -> None:
    assert meant in mend_question(typed, all_known)[0]


@pytest.mark.parametrize(
    "word", ["injected", "fewer", "addition", "county", "lawyer", "tommy", "basis", "north", "album", "brian", "trevor"]
)
def test_an_english_word_is_no_slip_for_a_word_of_medicine(word: str) -> None:
    words, corrected = mend_words(tokenize(f"the {word} of it"), bundled_lexicon(), [], frozenset())
    assert (words[1], corrected) == (word, {})


@pytest.mark.parametrize(("typed", "meant"), [("assesed", "assessed"), ("refered", "referred"), ("hydrated", "hydrated")])
def test_a_letter_left_out_of_a_pair_is_put_back(typed: str, meant: str) -> None:
    assert (undoubled(typed) or typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("diabtes", "diabetes"), ("herpse", "herpes"), ("metforman", "metformin"), ("pnemonia", "pneumonia")]
)
def test_a_misspelt_word_of_medicine_is_mended(typed: str, meant: str) -> None:
    assert mend_words(tokenize(typed), bundled_lexicon(), [], frozenset())[0] == [meant]


@pytest.mark.parametrize("words", [WORDS_OF_ENGLISH, NAMES])
def test_no_word_of_medicine_is_taken_for_english(words: str) -> None:
    lexicon = bundled_lexicon()
    assert not [word for word in words.split() if lexicon.has_word(fold(word))]


WORDS = st.lists(
    st.one_of(
        st.sampled_from([*CUE_WORDS, *SHORTHAND, "reson", "A1c", "4.5", "2019-03-04", "HIV", "Rosa", "break", "hip", "ca"]),
        st.text(alphabet="abcdefgXYZ019'/.->? ", max_size=9),
    ),
    max_size=12,
).map(" ".join)


@given(st.text(max_size=200))
def test_any_text_is_mended_without_an_error(text: str) -> None:
    found, corrected = mend_question(text, nothing_known)
    assert isinstance(found, str)
    assert all(meant in CUE_WORDS or is_ordinary(meant) for meant in corrected.values())
    assert not any(slip in CUE_WORDS for slip in corrected)


@given(WORDS)
def test_mending_keeps_every_number(text: str) -> None:
    found, _ = mend_question(text, nothing_known)
    kept = re.findall(r"\d+", re.sub(r"\b1st\b", "", text))
    assert re.findall(r"\d+", found) == kept


@given(WORDS)
def test_mending_keeps_words_in_capitals(text: str) -> None:
    found, _ = mend_question(text, nothing_known)
    for word in re.findall(r"(?<![\w'/.-])[A-Z]{2,}(?![\w'/.-])", text):
        assert word in found or word in SHORTHAND


@given(st.lists(st.sampled_from([cue for cue in CUE_WORDS if cue not in SHORTHAND]), max_size=12).map(" ".join))
def test_known_words_are_left_alone(text: str) -> None:
    assert mend_question(text, all_known) == (text, {})


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=12))
def test_the_nearest_word_is_one_slip_away(word: str) -> None:
    meant = nearest(word.lower())
    assert meant is None or (meant in CUE_WORDS and abs(len(meant) - len(word)) <= 1 and meant[0] == word.lower()[0])


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("when did I see Marisol Quintero", {"marisol", "quintero"}),
        ("what did Dr Insulan say", {"insulan"}),
        ("has she Rheumatoid Athritis", set[str]()),
        ("Was Metformn Stopped", set[str]()),
        ("which nurse gave the vaccine", set[str]()),
    ],
)
def test_names_of_people_are_no_typing_errors(text: str, people: set[str]) -> None:
    assert people_named(text, bundled_lexicon()) == people


def test_a_vowel_is_mistaken_more_often_than_a_consonant() -> None:
    assert bundled_lexicon().correct("diabetis") == "diabetes"
    assert bundled_lexicon().correct("zzabetix") is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("d/c weight", "discharge weight"),
        ("bloods on d/c", "bloods on discharge"),
        ("when was mum d/c'd", "when was mum discharged"),
        ("when was he d/c to rehab", "when was he discharged to rehab"),
        ("who d/c the amiodarone", "who discontinued the amiodarone"),
        ("was the digoxin d/c'd", "was the digoxin discontinued"),
        ("reason for d/c of warfarin", "reason for discontinuation of warfarin"),
        ("rash after d/c ramipril", "rash after discontinued ramipril"),
        ("had she a D&C", "had she a D&C"),
        ("D and C date", "D and C date"),
    ],
)
def test_d_c_is_a_discharge_or_a_medicine_stopped_and_never_a_curettage(typed: str, meant: str) -> None:
    assert mend_question(typed, all_known)[0] == meant


@pytest.mark.parametrize(
    "typed",
    [
        "repeats?",
        "her repeat prescriptions",
        "what's on the drug chart",
        "list usual tablets",
        "drug card please",
        "DHx",
        "the kardex",
    ],
)
def test_the_list_of_medicines_has_many_names(typed: str) -> None:
    assert mend_question(typed, all_known)[0].strip("?") == "current medications"


@pytest.mark.parametrize(
    "typed",
    ["when are her repeats due", "repeat potassium", "was the scan a repeat", "who wrote the drug chart", "repeat tests in May"],
)
def test_what_asks_more_than_the_list_or_something_else_stands(typed: str) -> None:
    assert mend_question(typed, all_known)[0] == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("beleive", "believe"), ("recieved", "received"), ("pateint", "patient"), ("finaly", "finally"), ("tommorrow", "tomorrow")],
)
def test_plain_words_with_letters_swapped_or_doubled_are_mended(typed: str, meant: str) -> None:
    assert plain_slip(typed) == fold(meant)


@pytest.mark.parametrize("word", ["sotalol", "zoster", "quetiapine", "lupus", "abcde", "teh"])
def test_other_words_are_no_slips_of_plain_ones(word: str) -> None:
    assert plain_slip(word) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how much iron is she taking", "how much iron supplement is she taking"),
        ("how much iron is in her blood", "how much iron is in her blood"),
        ("how many puffs does he take", "how many puffs of the inhaler does he take"),
    ],
)
def test_how_much_is_taken_asks_for_the_medicine(typed: str, meant: str) -> None:
    assert mend_question(typed, all_known)[0] == meant
