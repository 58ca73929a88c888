"""Words of tests, operations, medicines and care: what people ask for them, what notes write, and what they do not mean."""

from __future__ import annotations

import pytest
from chartcite.engine.language import bedside_words, care_words, everyday_words, life_words
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.idioms import plainly
from chartcite.engine.language.terminology import forms

from tests.charts import bundled_lexicon


@pytest.mark.parametrize(
    ("asked", "noted"),
    [
        ("FBC", "platelets"), ("LFTs", "bilirubin"), ("swab", "culture"), ("MSU", "culture"), ("bx", "histology"),
        ("germ", "staph"), ("secondaries", "metastatic"), ("smear", "Pap"), ("dye", "gadolinium"), ("sonogram", "ultrasound"),
        ("tight", "stenosis"), ("shadow", "opacity"), ("fundi", "papilledema"), ("pupils", "PERRLA"), ("insoles", "orthotics"),
        ("keyhole", "laparoscopic"), ("stitches", "Vicryl"), ("metalwork", "screws"), ("indication", "indicated"),
        ("complications", "uneventful"), ("fasting", "NPO"), ("venflon", "IV"), ("blasted", "lithotripsy"), ("GP", "PCP"),
        ("LOS", "stay"), ("ITU", "ICU"), ("RTC", "follow"), ("referral", "consult"), ("leaflet", "handout"), ("CPT", "code"),
        ("TDS", "tid"), ("nocte", "qhs"), ("mane", "qam"), ("SOS", "prn"), ("subcut", "SC"), ("script", "prescribed"),
        ("refill", "renewed"), ("painkiller", "ibuprofen"), ("antihistamine", "fexofenadine"), ("weaning", "tapered"),
        ("chemist", "pharmacy"), ("contraception", "IUD"), ("abx", "clindamycin"), ("consented", "risks"),
    ],
)  # fmt: skip
def test_notes_write_what_is_asked_of_care_in_their_own_words(asked: str, noted: str) -> None:
    assert not noted_as(forms(asked)[0]).isdisjoint(forms(noted))


@pytest.mark.parametrize(
    ("asked", "noted"),
    [
        ("cetirizine", "loratadine"), ("amoxicillin", "ceftriaxone"), ("warfarin", "apixaban"),
        ("oxycodone", "morphine"), ("stage", "grade"), ("cardiologist", "heart"),
        ("salt", "swallow"), ("discharge", "released"), ("release", "discharged"), ("ear", "throat"),
        ("casualty", "a"), ("emergency", "e"), ("discharged", "d"), ("water", "furosemide"), ("acyclovir", "oseltamivir"),
    ],
)  # fmt: skip
def test_a_word_with_another_meaning_is_not_written_for_it(asked: str, noted: str) -> None:
    assert noted_as(forms(asked)[0]).isdisjoint(forms(noted))


@pytest.mark.parametrize(
    ("asked", "noted"),
    [("chemist", "pharmacy"), ("casualty", "ER"), ("cardiologist", "cardiology"), ("crutches", "crutch"), ("bx", "biopsied")],
)
def test_everyday_words_of_care_stand_for_each_other(asked: str, noted: str) -> None:
    assert not said_as(forms(asked)[0]).isdisjoint(forms(noted))


@pytest.mark.parametrize("groups", [module.GROUPS for module in (bedside_words, care_words, everyday_words, life_words)])
def test_every_entry_of_a_group_is_one_word_that_says_something(groups: str) -> None:
    entries = groups.replace(">", " ").split()
    # "a&e" would be read as "a" and "e", and "a" stands in every sentence
    assert [each for each in entries if len(forms(each)) != 1] == []
    assert [each for each in entries if len(each) < 2 and each not in {"d", "r", "l"}] == []


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("when should he go to A&E", "when should he go to the emergency department"),
        ("what should make me go back", "what are the return precautions to go"),
        ("when should she come back to the clinic", "when should she have a follow-up appointment"),
        ("safety-netting advice given?", "return precautions given?"),
        ("did they knock her right out for it", "was the anesthesia general, local or sedation for it"),
        ("why put a needle in her spine", "why put a lumbar puncture"),
        ("EMG bottom line", "EMG impression"),
        ("what are the bloods in aid of", "what are the bloods for"),
        ("how long was he in hospital", "what was the length of the hospital stay for the patient"),
        ("sent home on what", "discharged on what"),
        ("what did they keep an eye on", "what did they monitor"),
        ("last thing at night", "at bedtime"),
    ],
)
def test_sayings_of_care_are_read_plainly(asked: str, plain: str) -> None:
    assert plainly(asked) == plain


@pytest.mark.parametrize(
    "asked",
    [
        "What came after the biopsy",
        "Is she awake at night",
        "Where does she live",
        "Was the drain released",
        "Is it a needle biopsy",
    ],
)
def test_plain_questions_of_care_stay_as_they_are(asked: str) -> None:
    assert plainly(asked) == asked


@pytest.mark.parametrize(
    ("said", "concept"),
    [
        ("slit lamp exam", "slit-lamp-examination"),
        ("squint surgery", "strabismus-repair"),
        ("tongue-tie release", "frenectomy"),
        ("ingrown toenail removal", "nail-removal"),
        ("hammer toe surgery", "hammertoe-correction"),
        ("MUA", "manipulation-under-anesthesia"),
        ("orchidopexy", "orchidopexy"),
        ("VCUG", "voiding-cystourethrogram"),
        ("CTG", "cardiotocograph"),
        ("Synvisc", "viscosupplementation"),
        ("EBL", "estimated-blood-loss"),
        ("curve of the spine in degrees", "cobb-angle"),
        ("VEEG", "electroencephalogram"),
    ],
)
def test_procedures_are_known_by_the_names_people_use(said: str, concept: str) -> None:
    words = forms(said)
    found = [each.ids for each in bundled_lexicon().mentions(words) if (each.first, each.last) == (0, len(words))]
    assert found == [(concept,)]
