"""What loaded releases add to the reviewed lexicon, and that they take nothing away."""

from __future__ import annotations

from collections.abc import Iterable

from chartcite.engine.domain.records import CodedConcept, Coding
from chartcite.engine.language.extended_lexicon import FoundConcept, ReleaseConcept, Reviewed, Role, widen
from chartcite.engine.language.terminology import ConceptKind, Lexicon, LexiconConcept

DRUG, CONDITION, MEASUREMENT = ConceptKind.DRUG, ConceptKind.CONDITION, ConceptKind.MEASUREMENT
REVIEWED = Reviewed(
    [
        LexiconConcept(id="ace", kind=DRUG, name="ACE inhibitor", codes=("atc:C09A",), is_class=True),
        LexiconConcept(
            id="lisinopril", kind=DRUG, name="lisinopril", codes=("rxnorm:29046",), surfaces=("Zestril",), parents=("ace",)
        ),
        LexiconConcept(id="hctz", kind=DRUG, name="hydrochlorothiazide", codes=("rxnorm:5487",)),
        LexiconConcept(id="dm", kind=CONDITION, name="diabetes", codes=("snomed:73211009",), is_class=True),
        LexiconConcept(id="potassium", kind=MEASUREMENT, name="potassium", codes=("loinc:2823-3",)),
    ]
)


def node(
    id_: str,
    name: str,
    *parents: str,
    kind: ConceptKind | None = DRUG,
    role: Role = Role.CONCEPT,
    used: bool = False,
    **more: object,
) -> FoundConcept:
    system, _, code = id_.partition(":")
    names, alike = more.pop("names", ()), more.pop("alike", ())
    concept = ReleaseConcept(id_, system, code, name, kind, role, **more)  # type: ignore[arg-type]
    return FoundConcept(concept, names, parents, alike, used)  # type: ignore[arg-type]


def widened(*nodes: FoundConcept) -> Lexicon:
    return widen(REVIEWED, [("dm", "ace")], [{one.concept.id: one for one in nodes}])


def coded(code: str, text: str, system: str = "rxnorm") -> CodedConcept:
    return CodedConcept(text=text, codings=(Coding(system=system, code=code, display=text),))


def linked(lexicon: Lexicon, code: str, text: str, system: str = "rxnorm") -> set[str]:
    return {id_ for id_, strength in lexicon.link(coded(code, text, system)).items() if strength == 2}


def named(lexicon: Lexicon, words: Iterable[str]) -> set[str]:
    return {id_ for mention in lexicon.mentions(list(words)) for id_ in mention.ids}


def test_a_product_becomes_a_code_of_its_ingredient() -> None:
    lexicon = widened(
        node("rxnorm:1", "lisinopril 7 MG Oral Tablet", "rxnorm:29046", role=Role.FORM, used=True),
        node("rxnorm:29046", "lisinopril"),
    )
    assert linked(lexicon, "1", "Quux 7") == set(), "words that have nothing in common with the code's decide"
    assert linked(lexicon, "1", "lisinopril 7") == {"lisinopril"}
    assert "rxnorm:1" in lexicon.concepts["lisinopril"].codes
    assert set(lexicon.concepts) == {one.id for one in REVIEWED.concepts}


def test_an_ingredient_that_nobody_listed_stands_under_the_nearest_class() -> None:
    lexicon = widened(
        node("rxnorm:2", "zzopril 10 MG Oral Tablet", "rxnorm:3", role=Role.FORM, used=True),
        node("rxnorm:3", "zzopril", "atc:C09AA99", names=("zzoprilum",)),
        node("atc:C09AA99", "zzopril", "atc:C09AA", role=Role.FORM),
        node("atc:C09AA", "", "atc:C09A"),
        node("atc:C09A", "ACE inhibitors, plain"),
        node("rxnorm:4", "Zzopace", "rxnorm:3", role=Role.NAME),
    )
    assert linked(lexicon, "2", "zzopril 10 MG Oral Tablet") == {"~rxnorm:3"}
    assert lexicon.below("ace") == {"ace", "lisinopril", "~rxnorm:3"}
    assert named(lexicon, ["zzopace"]) == named(lexicon, ["zzoprilum"]) == {"~rxnorm:3"}
    assert lexicon.treatments_of(["dm"]) == lexicon.below("ace")
    assert not lexicon.concepts["~rxnorm:3"].is_class


def test_a_brand_of_two_ingredients_names_neither() -> None:
    both = [node("rxnorm:29046", "lisinopril"), node("rxnorm:5487", "hydrochlorothiazide")]
    brand = node("rxnorm:5", "Duopril", "rxnorm:29046", "rxnorm:5487", role=Role.NAME)
    product = node(
        "rxnorm:6", "lisinopril / hydrochlorothiazide Tablet", "rxnorm:29046", "rxnorm:5487", role=Role.FORM, used=True
    )
    lexicon = widened(*both, brand, product)
    assert named(lexicon, ["duopril"]) == set()
    assert linked(lexicon, "6", "hydrochlorothiazide and lisinopril") == {"lisinopril", "hctz"}


def test_a_finding_stands_under_what_is_between_and_what_is_reviewed() -> None:
    lexicon = widened(
        node("snomed:1", "Quuxian diabetes with frobbing", "snomed:2", "snomed:9", kind=CONDITION, used=True, names=("Pain",)),
        node("snomed:2", "Quuxian diabetes", "snomed:73211009", kind=CONDITION),
        node("snomed:73211009", "Diabetes mellitus", "snomed:10", kind=CONDITION),
        node("snomed:9", "Frobbing", kind=CONDITION),
        node("snomed:10", "Disease", kind=CONDITION),
    )
    assert lexicon.above("~snomed:1") == {"~snomed:1", "~snomed:2", "dm"}
    assert lexicon.concepts["~snomed:2"].is_class
    assert not {"~snomed:9", "~snomed:10"} & lexicon.concepts.keys(), "what leads to nothing that is known names nothing"
    assert named(lexicon, ["pain"]) == set(), "an everyday word is no name"


def test_another_method_of_a_test_is_the_test_and_another_specimen_is_not() -> None:
    lexicon = widened(
        node("loinc:1-1", "Potassium by quux", kind=MEASUREMENT, used=True, identity="k", alike=("loinc:2823-3", "loinc:1-1")),
        node("loinc:2-2", "Potassium in Urine", kind=MEASUREMENT, used=True, identity="u", alike=("loinc:2-2",)),
    )
    assert linked(lexicon, "1-1", "Potassium by quux", "loinc") == {"potassium"}
    assert linked(lexicon, "2-2", "Potassium in Urine", "loinc") == {"~loinc:2-2"}
    assert lexicon.link(coded("2-2", "Potassium in Urine", "loinc")) == {"potassium": 1, "~loinc:2-2": 2}, "no link is lost"


def test_a_code_without_any_words_decides_alone() -> None:
    lexicon = widened(node("snomed:1", "Frobbing", kind=CONDITION, used=True))
    bare = CodedConcept(text="http://snomed.info/sct|1", codings=(Coding(system="http://snomed.info/sct", code="1", display=""),))
    assert lexicon.link(bare) == {"~snomed:1": 2}


def test_a_concept_that_bears_a_reviewed_name_of_its_kind_is_that_one() -> None:
    lexicon = widened(
        node("icd10cm:E1", "Diabetes", kind=CONDITION, used=True), node("icd10cm:E2", "Zestril", kind=CONDITION, used=True)
    )
    assert "icd10cm:E1" in lexicon.concepts["dm"].codes
    assert lexicon.concepts["~icd10cm:E2"].kind is CONDITION


def test_a_loaded_word_mends_no_typing() -> None:
    lexicon = widened(node("snomed:1", "relieve", kind=CONDITION, used=True))
    assert lexicon.has_word("relieve")
    assert lexicon.correct("recieve") is None
    assert lexicon.correct("lisinoprill") == "lisinopril"


def test_links_in_a_circle_end() -> None:
    lexicon = widened(
        node("rxnorm:7", "a form", "rxnorm:8", role=Role.FORM, used=True), node("rxnorm:8", "b form", "rxnorm:7", role=Role.FORM)
    )
    assert lexicon.concepts["~rxnorm:7"].parents == ()


def test_two_releases_tell_of_one_concept_together() -> None:
    one = node("snomed:1", "Frobbing", kind=CONDITION, used=True, names=("Frobbing disease",))
    other = node("snomed:1", "Frobbing (quux)", "snomed:73211009", kind=CONDITION, used=True, names=("Frob syndrome",))
    above = node("snomed:73211009", "Diabetes mellitus", kind=CONDITION)
    lexicon = widen(REVIEWED, [], [{"snomed:1": one}, {"snomed:1": other, "snomed:73211009": above}])
    assert lexicon.concepts["~snomed:1"].surfaces == ("Frobbing disease", "Frob syndrome")
    assert lexicon.concepts["~snomed:1"].parents == ("dm",)
