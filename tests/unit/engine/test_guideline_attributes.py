"""What a question asks of its subject, and whether a recommendation tells it."""

from __future__ import annotations

import pytest
from chartcite.engine.domain.records import CodedConcept, Coding
from chartcite.engine.guidelines.guideline_attributes import asked_for, asks_treatment
from chartcite.engine.guidelines.guideline_disagreements import of_one_issuer
from chartcite.engine.guidelines.guideline_rules import Age, Position, RuleError, parse_predicate, parse_rule
from chartcite.engine.language.terminology import Lexicon


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What dose of tamoxifen is taken?", {"dose"}),
        ("how long do I take it", {"duration"}),
        ("How often is TSH checked?", {"interval"}),
        ("how low should my blood pressure be", {"goal"}),
        ("HbA1c target in CKD", {"goal"}),
        ("At what age does it begin?", {"age"}),
        ("Ferritin cut-off in anemia", {"limit"}),
        ("Who should have a statin?", set()),
    ],
)
def test_what_is_asked_for_is_read(question: str, names: set[str]) -> None:
    assert {one.name for one in asked_for(question)} == names


def test_a_treatment_is_asked_for_and_a_screening_is_not() -> None:
    assert asks_treatment("how do you treat gonorrhea?")
    assert not asks_treatment("Should men be screened before treatment?")


def test_a_position_names_its_matter() -> None:
    rule = parse_rule("needs: age 18..\ndisputed: the goal = below 140/90 mm Hg")
    assert rule.positions == (Position("the goal", "below 140/90 mm Hg"),)
    with pytest.raises(RuleError, match="write `disputed:"):
        parse_rule("disputed: below 140/90 mm Hg")


def test_a_test_can_be_asked_for_at_an_age() -> None:
    known = parse_predicate("procedure hpv-test within 5y at-age 30..65")
    assert getattr(known, "at_age", None) == Age(30, 65)
    with pytest.raises(RuleError, match="only a procedure"):
        parse_predicate("condition gout at-age 30..65")


def test_one_organisation_may_name_its_parent() -> None:
    parent = "Centers for Disease Control and Prevention"
    assert of_one_issuer(parent, f"{parent}, Advisory Committee on Immunization Practices")
    assert not of_one_issuer(parent, "American Cancer Society")


def test_a_code_without_words_is_known_and_one_with_other_words_is_not(lexicon: Lexicon) -> None:
    bare = Coding(system="http://loinc.org", code="75622-1", display="")
    assert "hiv-tests" in lexicon.link(CodedConcept(text="http://loinc.org|75622-1", codings=(bare,)))
    odd = Coding(system="http://loinc.org", code="75622-1", display="Potassium")
    assert "hiv-tests" not in lexicon.link(CodedConcept(text="Potassium", codings=(odd,)))
