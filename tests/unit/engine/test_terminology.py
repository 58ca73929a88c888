from __future__ import annotations

import pytest
from chartcite.engine.domain.records import CodedConcept, Coding
from chartcite.engine.language.terminology import ConceptKind, Lexicon, LexiconConcept, fold, forms, plain_display, tokenize
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import bundled_lexicon

LOINC = "http://loinc.org"


def concept(identity: str, name: str, *surfaces: str, **more: object) -> LexiconConcept:
    return LexiconConcept.model_validate({"id": identity, "kind": "condition", "name": name, "surfaces": surfaces, **more})


SMALL = Lexicon(
    [
        concept("dm", "diabetes mellitus", "diabetes"),
        concept("dm2", "type 2 diabetes mellitus", "type 2 diabetes", "T2DM", parents=("dm",)),
        concept("ms", "multiple sclerosis", "MS"),
        concept("a1c", "hemoglobin A1c", "HbA1c", "glycated haemoglobin", kind="measurement", codes=("loinc:4548-4",)),
        concept("metformin", "metformin", "Glucophage", kind="drug", parents=("biguanide",)),
        concept("biguanide", "biguanide", kind="drug", is_class=True),
    ],
    treatments=[("dm", "biguanide")],
)


def named(text: str) -> list[str]:
    return [id_ for mention in SMALL.mentions(forms(text)) for id_ in mention.ids]


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("haemoglobin", "hemoglobin"), ("anaemia", "anemia"), ("oedema", "edema"), ("diarrhoea", "diarrhea"), ("tumour", "tumor"),
        ("oesophagus", "esophagus"), ("paediatric", "pediatric"), ("hypokalaemia", "hypokalemia"), ("leukaemia", "leukemia"),
        ("caesarean", "cesarean"), ("immunisation", "immunization"), ("hospitalised", "hospitalized"), ("apnoea", "apnea"),
    ],
)  # fmt: skip
def test_british_and_american_spelling_meet(british: str, american: str) -> None:
    assert fold(british) == fold(american)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("allergies", "allergy", id="plural in ies"),
        pytest.param("biopsies", "biopsy", id="biopsies"),
        pytest.param("scans", "scan", id="plural in s"),
        pytest.param("Crohn's", "crohn", id="possessive"),
        pytest.param("Alzheimer’s", "alzheimer", id="possessive with a curly mark"),
        pytest.param("LABS", "lab", id="capitals"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["diabetes", "lupus", "pancreas", "sepsis", "abscess", "gas"])
def test_a_word_that_ends_in_s_is_no_plural(word: str) -> None:
    assert fold(word) == word


@given(st.text(max_size=30))
def test_a_folded_word_is_in_lower_case(word: str) -> None:
    assert fold(word).lower() == fold(word)


@given(st.text(max_size=120))
def test_tokens_stand_where_they_say(text: str) -> None:
    for token in tokenize(text):
        assert fold(text[token.start : token.end]) == token.form


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("type 2 diabetes mellitus since 2010", ["dm2"], id="the longest name wins"),
        pytest.param("diabetes since 2010", ["dm"], id="a shorter name where the longer is not there"),
        pytest.param("glycated hemoglobin", ["a1c"], id="a synonym in the other spelling"),
        pytest.param("T2DM on Glucophage", ["dm2", "metformin"], id="an abbreviation and a brand"),
        pytest.param("no such thing", [], id="nothing known"),
    ],
)
def test_the_longest_name_from_the_left_is_found(text: str, ids: list[str]) -> None:
    assert named(text) == ids


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("metfromin", "metformin", id="letters swapped"),
        pytest.param("metfrmin", "metformin", id="a letter left out"),
        pytest.param("diabetis", "diabetes", id="a wrong letter"),
        pytest.param("setformin", None, id="the first letter is kept"),
        pytest.param("house", None, id="nothing near"),
        pytest.param("ms", None, id="too short to judge"),
        pytest.param("a1c55", None, id="digits are never mended"),
    ],
)
def test_a_typing_error_is_mended_where_one_word_is_near(typed: str, meant: str | None) -> None:
    assert SMALL.correct(typed) == meant


def test_a_typing_error_between_two_words_is_left_alone() -> None:
    lexicon = Lexicon([concept("a", "prednisone"), concept("b", "prednisane")])
    assert lexicon.correct("prednisxne") is None


def test_an_abbreviation_in_capitals_is_known_as_such() -> None:
    assert SMALL.is_acronym("ms")
    assert not SMALL.is_acronym("diabetes")


def test_a_code_names_its_concept() -> None:
    chart = CodedConcept(text="Hemoglobin A1c/Hemoglobin.total", codings=(Coding(system=LOINC, code="4548-4"),))
    assert SMALL.link(chart) == {"a1c": 2}


@pytest.mark.parametrize("display", ["B-GlHbA", "fS-Glyhemo", "Sokerihemo"])
def test_a_code_names_what_a_laboratory_calls_by_its_own_abbreviation(display: str) -> None:
    chart = CodedConcept(text=display, codings=(Coding(system=LOINC, code="4548-4"),))

    assert SMALL.link(chart) == {"a1c": 2}


@pytest.mark.parametrize("display", ["Serum sodium", "S-Natrium (sodium)"])
def test_a_code_whose_words_disagree_is_not_trusted(display: str) -> None:
    chart = CodedConcept(text=display, codings=(Coding(system=LOINC, code="4548-4", display="Sodium"),))
    assert "hemoglobin-a1c" not in bundled_lexicon().link(chart)


@pytest.mark.parametrize(
    ("display", "linked"),
    [
        pytest.param("Diabetes mellitus", {"dm": 2}, id="the name itself"),
        pytest.param("Diabetes (disorder)", {"dm": 2}, id="a semantic tag does not count"),
        pytest.param("Suspected diabetes screening", {"dm": 1}, id="a name inside other words is weaker"),
        pytest.param("metformin 500 MG Oral Tablet", {"metformin": 2}, id="a drug with its strength is the drug"),
    ],
)
def test_the_words_of_a_chart_link_to_the_lexicon(display: str, linked: dict[str, int]) -> None:
    assert SMALL.link(CodedConcept(text=display)) == linked


def test_relations_go_down_up_and_to_treatments() -> None:
    assert SMALL.below("dm") == {"dm", "dm2"}
    assert SMALL.above("dm2") == {"dm2", "dm"}
    assert SMALL.treatments_of(["dm2"]) == {"biguanide", "metformin"}


def test_a_circle_of_classes_ends() -> None:
    lexicon = Lexicon([concept("a", "one", parents=("b",)), concept("b", "two", parents=("a",))])
    assert lexicon.below("a") == lexicon.above("a") == {"a", "b"}


@pytest.mark.parametrize(
    ("display", "plain"),
    [("Asthma (disorder)", "Asthma"), ("Tooth (body structure) care (procedure)", "Tooth care"), ("Gout (left)", "Gout (left)")],
)
def test_a_display_is_shown_without_its_semantic_tag(display: str, plain: str) -> None:
    assert plain_display(display) == plain


def test_every_bundled_name_is_found_again(lexicon: Lexicon) -> None:
    for known in lexicon.concepts.values():
        mentions = list(lexicon.mentions(forms(known.name)))
        assert any(known.id in mention.ids for mention in mentions), known.id


def test_the_bundled_tables_hold_every_kind(lexicon: Lexicon) -> None:
    assert {known.kind for known in lexicon.concepts.values()} == set(ConceptKind)


@pytest.mark.parametrize(
    ("name", "is_hiv"),
    [("Hearing loss, wears aids", False), ("Needs walking aids", False), ("History of AIDS", True), ("HIV infection", True)],
)
def test_an_abbreviation_in_capitals_is_no_plural(name: str, *, is_hiv: bool) -> None:
    assert ("hiv" in bundled_lexicon().link(CodedConcept(text=name))) is is_hiv


@pytest.mark.parametrize(
    ("name", "held", "not_held"),
    [
        ("Elevated blood pressure without diagnosis of hypertension", "", "hypertension"),
        ("Displaced fracture of neck of LEFT femur", "fracture-hip", ""),
        ("Hepatitis B vaccine, adjuvanted (repeat series)", "", "hepatitis-b"),
        ("Bilateral myringotomy with tympanostomy tube placement", "tympanostomy-tubes", "bone-marrow-transplant"),
    ],
)
def test_other_words_and_denials_in_a_name_keep_its_meaning(lexicon: Lexicon, name: str, held: str, not_held: str) -> None:
    found = lexicon.link(CodedConcept(text=name))
    assert not held or held in found
    assert not_held not in found
